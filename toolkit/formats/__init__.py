"""Bytes ↔ Release + Skeleton, one module per source format.

A format is a line in ``_MODULES`` and a module with a ``FORMAT`` that fulfils ``contract.Format``. The module is
imported when a file of its suffix is first met, so that reading text never pays for a DOCX library.
"""

from __future__ import annotations

from collections.abc import Mapping
from importlib import import_module
from pathlib import PurePath

from toolkit.errors import SourceError
from toolkit.formats.contract import Format, ReadOptions, ReadResult
from toolkit.formats.recognition import Recognition
from toolkit.model import Skeleton

__all__ = [
    "SUFFIXES",
    "Format",
    "ReadOptions",
    "ReadResult",
    "Recognition",
    "assemble",
    "format_for",
    "read_release",
    "verify_round_trip",
]

#: Format name → (suffixes, module). Suffixes are compared in lower case.
_MODULES: dict[str, tuple[tuple[str, ...], str]] = {
    "text": ((".txt",), "toolkit.formats.text"),
}

#: Every suffix a source can have, in the registry's order.
SUFFIXES: tuple[str, ...] = tuple(suffix for suffixes, _ in _MODULES.values() for suffix in suffixes)


def _load(name: str) -> Format:
    found: Format = import_module(_MODULES[name][1]).FORMAT
    return found


def format_for(path: str) -> Format:
    """The format that reads ``path``, by its suffix.

    Raises:
        SourceError: no format has this suffix.
    """
    suffix = PurePath(path).suffix.lower()
    for name, (suffixes, _) in _MODULES.items():
        if suffix in suffixes:
            return _load(name)
    raise SourceError(
        f'"{suffix}" is not a format the toolkit reads' if suffix else "the file name has no suffix",
        where=path,
        hint=f"Give a file that ends in {', '.join(SUFFIXES)}.",
    )


def read_release(data: bytes, path: str, options: ReadOptions | None = None) -> ReadResult:
    """Bytes of a source → its release, unsegmented.

    Args:
        data: the whole file.
        path: relative to the project with ``/`` ("source/x.txt"); names the release and stands in every message.
        options: how to read; None for the defaults.

    Raises:
        SourceError: unknown suffix, too large, a bad name, or anything the format itself refuses.
    """
    options = options or ReadOptions()
    chosen = format_for(path)
    if len(data) > options.max_bytes:
        raise SourceError(
            f"the file has {len(data):,} bytes, over the limit of {options.max_bytes:,}",
            where=path,
            hint="Split the file, or raise max_bytes under [source] in toolkit.toml.",
        )
    return chosen.read(data, path, options)


def assemble(skeleton: Skeleton, texts: Mapping[str, str]) -> bytes:
    """The source file again, with ``texts[block id]`` in each block's place; everything else byte for byte.

    Raises:
        SourceError: a text cannot be written in the file's encoding, or is missing.
    """
    return _load(skeleton.format).assemble(skeleton, texts)


def verify_round_trip(data: bytes, path: str, options: ReadOptions | None = None) -> None:
    """Proves that reading ``data`` and writing it back with identity gives the same bytes.

    Raises:
        SourceError: the source is refused, or a byte differs; the message names the first one.
    """
    release = read_release(data, path, options).release
    again = assemble(release.skeleton, {block.id: block.text for block in release.blocks})
    if again == data:
        return
    pairs = zip(again, data, strict=False)
    first = next((at for at, (one, other) in enumerate(pairs) if one != other), min(len(again), len(data)))
    raise SourceError(
        f"written back, the file differs from byte {first} on",
        where=path,
        hint="This is a defect of the toolkit: please report it with the file.",
    )
