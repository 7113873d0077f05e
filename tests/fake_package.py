"""Tiny packages that are right in structure (there is no model in them), and ones that are wrong in one way."""

from __future__ import annotations

import io
import json
import zipfile
from pathlib import Path

TOP = "translate-fr_en-3_0"


def metadata(**changes: object) -> bytes:
    fields: dict[str, object] = {
        "package_version": "3.0",
        "argos_version": "1.9",
        "from_code": "fr",
        "from_name": "French",
        "to_code": "en",
        "to_name": "English",
        **changes,
    }
    return json.dumps({key: value for key, value in fields.items() if value is not None}).encode()


def members(**changes: object) -> dict[str, bytes]:
    return {
        "metadata.json": metadata(**changes),
        "model/model.bin": b"weights " * 40,
        "model/config.json": b"{}",
        "model/shared_vocabulary.json": b'["<unk>"]',
        "sentencepiece.model": b"pieces",
        "README.md": "# Modèle d’essai\n".encode(),
    }


def pack(path: Path, files: dict[str, bytes] | None = None, top: str = TOP) -> Path:
    """Write an archive with the files below one top folder; deterministic, so that its sum is."""
    path.write_bytes(packed(files, top))
    return path


def packed(files: dict[str, bytes] | None = None, top: str = TOP) -> bytes:
    """The bytes of such an archive."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as zipped:
        for name, content in (members() if files is None else files).items():
            info = zipfile.ZipInfo(f"{top}/{name}" if top else name)
            info.compress_type = zipfile.ZIP_DEFLATED
            zipped.writestr(info, content)
    return buffer.getvalue()


def lay(folder: Path, files: dict[str, bytes] | None = None) -> Path:
    """Write the files as a folder, as Argos' own installation leaves it."""
    for name, content in (members() if files is None else files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    return folder


def tree(folder: Path) -> dict[str, bytes]:
    """All files below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in sorted(folder.rglob("*")) if p.is_file()}
