"""Model packages: find them, describe them, choose one, prove that they are what they were.

A package is an Argos package: ``metadata.json``, a CTranslate2 model in ``model/`` and a tokenizer beside it. It is
met as a folder (installed, by us or by Argos itself) or as an ``.argosmodel`` archive, which is used as it is, in
memory: so the embedded model runs where nothing can be written. Nothing here imports an engine or opens a socket.
"""

from __future__ import annotations

import hashlib
import json
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from importlib import resources
from pathlib import Path
from typing import Any, Literal

from packaging.version import InvalidVersion, Version

from toolkit.errors import ModelError
from toolkit.translation import archive as archives
from toolkit.translation.archive import Limits

RECORD = "toolkit-install.json"
"""The file that an installation of ours leaves in the folder: where it came from and what each file's SHA-256 was."""

WORK_PREFIX = ".toolkit-staging"
"""Start of the name of the folder in which an installation is under way; see ``work_folders``."""

SUMS = "SHA256SUMS"
TOKENIZERS = ("sentencepiece.model", "bpe.model")
MODEL = "model/model.bin"
_METADATA_LIMIT = 1 << 20
_LIMITS = Limits()
_CODE = re.compile(r"[A-Za-z]{2,8}(?:[-_][A-Za-z0-9]{1,8})*")  # ISO 639 or BCP 47, as Argos writes them: "pb", "zt"
_VERSION = re.compile(r"[0-9A-Za-z][0-9A-Za-z.+_-]{0,31}")  # goes into catalogues, so it must be tame


class NotForTranslationError(ModelError):
    """A package of another kind (Argos also has sentence splitters); a listing passes over it in silence."""


@dataclass(frozen=True)
class ModelPackage:
    """One package, wherever it lies.

    Attributes:
        path: the folder, or the ``.argosmodel`` file.
        from_code: language translated from ("fr").
        to_code: language translated to ("en").
        version: the package's own version ("1.9"; "0" where it has none).
        argos_version: the Argos Translate it was made for.
        name: as the Argos index calls it: "translate-fr_en".
        tokenizer_name: "sentencepiece.model" or "bpe.model".
        embedded: it came with the toolkit.
        is_archive: it is a file, not a folder.
        target_prefix: token that the decoder must start with; "" for models of one pair.
    """

    path: Path
    from_code: str
    to_code: str
    version: str
    argos_version: str
    name: str
    tokenizer_name: str
    embedded: bool = False
    is_archive: bool = False
    target_prefix: str = ""
    members: tuple[str, ...] = field(default=(), repr=False, compare=False)

    @property
    def label(self) -> str:
        """Name and version: "translate-fr_en 0.1"."""
        return f"{self.name} {self.version}"

    def names(self) -> tuple[str, ...]:
        """Paths of the package's files, with ``/``, sorted; without our own record."""
        return tuple(name for name in self.members if name != RECORD)

    def read(self, name: str) -> bytes:
        """One file's bytes. Raises ModelError when it is not there, unreadable or damaged."""
        return self._read_all([name])[name]

    def model_files(self) -> dict[str, bytes]:
        """The files below ``model/`` by their path there ("model.bin"): what ``Translator(files=…)`` takes."""
        found = self._read_all([name for name in self.members if name.startswith("model/")])
        return {name.removeprefix("model/"): content for name, content in found.items()}

    def card(self) -> str | None:
        """The model card: README.md of the package; of an embedded one the page beside it; None where there is none."""
        beside = self.path.with_suffix(".md")
        if self.embedded and beside.is_file():
            return beside.read_text(encoding="utf-8")
        if "README.md" not in self.members:
            return None
        return self.read("README.md").decode("utf-8", errors="replace")

    @property
    def checksum(self) -> str:
        """SHA-256, 64 hexadecimal digits, computed on first use; ``checksum_kind`` says of what."""
        return self._checksum[0]

    @property
    def checksum_kind(self) -> Literal["archive", "folder"]:
        """Of the archive (as it is, or as recorded at installation), or over the folder's sorted file list."""
        return self._checksum[1]

    @cached_property
    def _checksum(self) -> tuple[str, Literal["archive", "folder"]]:
        if self.is_archive:
            return sha256_of(self.path), "archive"
        record = read_record(self)
        if record and _still_the_same(self, record):
            return record.archive, "archive"
        lines = "".join(f"{name}\0{sha256_of(self.path / name)}\n" for name in self.names())
        return hashlib.sha256(lines.encode()).hexdigest(), "folder"

    def _read_all(self, names: Iterable[str]) -> dict[str, bytes]:
        where = str(self.path)
        if not self.is_archive:
            return {name: _read_file(self.path / name) for name in names}
        with archives.opened(self.path, where) as zipped:
            files = archives.inspect(zipped, where, _LIMITS).files
            found = {name: files.get(name) for name in names}
            missing = next((name for name, member in found.items() if member is None), None)
            if missing is not None:
                raise ModelError(f"{missing!r} is not in the package", where=where)
            return {n: archives.read(zipped, member, where, _LIMITS) for n, member in found.items() if member}


@dataclass(frozen=True, slots=True)
class Record:
    """What an installation wrote down.

    Attributes:
        archive: SHA-256 of the archive it was unpacked from.
        source: URL or file name it came from.
        files: size in bytes and SHA-256 of each file.
    """

    archive: str
    source: str
    files: dict[str, tuple[int, str]]


def open_package(path: Path, *, embedded: bool = False) -> ModelPackage:
    """Describe the package in a folder or an ``.argosmodel`` file, without loading it.

    Raises:
        ModelError: it is missing, no zip, unsafe to unpack, or lacks metadata, model or tokenizer.
    """
    where = str(path)
    try:
        is_folder = path.is_dir()
    except OSError as error:  # a name too long, a folder above it that may not be entered
        raise _unreadable(path, error) from error
    if is_folder:
        names = tuple(sorted(_files_below(path)))
        return describe(path, names, lambda name: _read_file(path / name))
    with archives.opened(path, where) as zipped:
        files = archives.inspect(zipped, where, _LIMITS).files
        return describe(
            path,
            tuple(files),
            lambda name: archives.read(zipped, files[name], where, Limits(file_bytes=_METADATA_LIMIT)),
            is_archive=True,
            embedded=embedded,
        )


def describe(
    path: Path, names: Sequence[str], read: Callable[[str], bytes], *, is_archive: bool = False, embedded: bool = False
) -> ModelPackage:
    """Make a ModelPackage of a list of files and a way to read one of them (``metadata.json`` is all that is read).

    Raises:
        ModelError: as ``open_package``. NotForTranslationError: a package of another kind.
    """
    where = str(path)
    if "metadata.json" not in names:
        raise ModelError("this is not an Argos package: there is no metadata.json", where=where, hint=_OTHER)
    try:
        metadata = json.loads(read("metadata.json"))
    except (ValueError, RecursionError) as error:
        raise ModelError("metadata.json is not JSON", where=where, hint=_OTHER) from error
    if not isinstance(metadata, dict):
        raise ModelError("metadata.json does not describe a package", where=where, hint=_OTHER)
    if metadata.get("type", "translate") != "translate":
        message = f"this package is not for translation but of type {metadata['type']!r}"
        raise NotForTranslationError(message, where=where, hint=_OTHER)
    if MODEL not in names:
        raise ModelError(f"the package has no {MODEL}", where=where, hint=_OTHER)
    tokenizer = next((name for name in TOKENIZERS if name in names), None)
    if tokenizer is None:
        message = f"the package has no tokenizer (neither {TOKENIZERS[0]} nor {TOKENIZERS[1]})"
        raise ModelError(message, where=where, hint=_OTHER)
    from_code, to_code = _text(metadata, "from_code", _CODE, where), _text(metadata, "to_code", _CODE, where)
    return ModelPackage(
        path=path,
        from_code=from_code,
        to_code=to_code,
        version=_text(metadata, "package_version", _VERSION, where, "0"),
        argos_version=_text(metadata, "argos_version", _VERSION, where, "0"),
        name=f"translate-{from_code}_{to_code}",
        tokenizer_name=tokenizer,
        embedded=embedded,
        is_archive=is_archive,
        target_prefix=str(metadata.get("target_prefix") or ""),
        members=tuple(names),
    )


def work_folders(directory: Path) -> tuple[Path, Path]:
    """Where an installation into a packages directory is staged: beside the directory, or else in it.

    Beside it, because Argos stops at any folder in a packages directory that has no metadata.json; in it where it is a
    file system of its own or its parent cannot be written.
    """
    directory = directory.resolve()
    return directory.parent / f"{WORK_PREFIX}-{directory.name}", directory / WORK_PREFIX


def installed_packages(directories: Sequence[Path]) -> tuple[list[ModelPackage], list[str]]:
    """All translation packages in the packages directories, sorted by pair and version.

    Returns:
        The packages, and a line for each folder that is none. A directory that does not exist is empty. A package whose
        replacement was killed half-way is found where the replacement had put it.
    """
    packages: list[ModelPackage] = []
    problems: list[str] = []
    for directory in directories:
        for folder in _package_folders(directory, problems):
            try:
                packages.append(open_package(folder))
            except NotForTranslationError:
                continue
            except ModelError as error:
                problems.append(f"{error.where}: {error.message}")
    return sorted(packages, key=_order), problems


def embedded_packages() -> tuple[ModelPackage, ...]:
    """The packages that came with the toolkit, sorted. They work without being installed."""
    # A real folder: lxml and CTranslate2 are binary, so the toolkit cannot run from inside a zip anyway.
    folder = Path(str(resources.files("toolkit"))) / "data" / "models"
    found = [open_package(path, embedded=True) for path in folder.glob("*.argosmodel")]
    return tuple(sorted(found, key=_order))


def choose(packages: Sequence[ModelPackage], from_code: str, to_code: str, wanted: str | None = None) -> ModelPackage:
    """The package to translate with.

    Args:
        packages: installed and embedded ones.
        from_code: language translated from.
        to_code: language translated to.
        wanted: None for the highest version, an installed one before an embedded one; or "embedded", "translate-fr_en",
            "translate-fr_en 1.9", or a path: of an ``.argosmodel`` file, or of a package folder (with a "/" in it,
            or it is taken for a name).

    Raises:
        ModelError: there is none; it says which there are and how to install one.
    """
    pair = [package for package in packages if (package.from_code, package.to_code) == (from_code, to_code)]
    if wanted is None:
        found = pair
    elif wanted == "embedded":
        found = [package for package in pair if package.embedded]
    else:
        found = [package for package in pair if wanted in {package.name, package.label}]
    if found:
        return max(found, key=lambda package: (not package.embedded, _order(package)))
    if wanted and (wanted.endswith(".argosmodel") or Path(wanted).name != wanted):
        return require_pair(open_package(Path(wanted)), (from_code, to_code))
    there = ", ".join(_in_words(package) for package in sorted(packages, key=_order)) or "none"
    what = f"no model package {wanted!r} translates" if wanted else "no model package translates"
    raise ModelError(
        f"{what} from {from_code!r} to {to_code!r}; there is: {there}",
        hint=f"toolkit models install {from_code} {to_code}",
    )


def require_pair(package: ModelPackage, pair: tuple[str, str]) -> ModelPackage:
    """Give the package back if it is of the language pair. Raises ModelError otherwise."""
    if (package.from_code, package.to_code) != pair:
        message = f"this package translates {package.from_code} to {package.to_code}, not {pair[0]} to {pair[1]}"
        raise ModelError(message, where=str(package.path), hint=f"toolkit models install {pair[0]} {pair[1]}")
    return package


def read_record(package: ModelPackage) -> Record | None:
    """What our installation wrote into the folder; None where somebody else installed it.

    Raises:
        ModelError: there is a record, but nobody can read it.
    """
    if RECORD not in package.members or package.is_archive:
        return None
    try:
        data: Any = json.loads(_read_file(package.path / RECORD))
        files = {str(name): (int(entry["size"]), str(entry["sha256"])) for name, entry in data["files"].items()}
        return Record(str(data["archive_sha256"]), str(data["source"]), files)
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        message = "the record of the installation is damaged"
        raise ModelError(message, where=str(package.path / RECORD), hint="install the package again") from error


def sha256_of(path: Path) -> str:
    """SHA-256 of a file, 64 hexadecimal digits. Raises ModelError when it cannot be read."""
    try:
        with path.open("rb") as stream:
            return hashlib.file_digest(stream, "sha256").hexdigest()
    except OSError as error:
        raise _unreadable(path, error) from error


_OTHER = "get the package again, or another one"


def _still_the_same(package: ModelPackage, record: Record) -> bool:
    """Whether the folder still looks as recorded, cheaply: Argos may have unpacked another version over it."""
    if set(package.names()) != set(record.files):
        return False
    try:
        sizes = all((package.path / name).stat().st_size == size for name, (size, _) in record.files.items())
    except OSError as error:
        raise _unreadable(package.path, error) from error
    return sizes and record.files["metadata.json"][1] == sha256_of(package.path / "metadata.json")


def _package_folders(directory: Path, problems: list[str]) -> list[Path]:
    try:
        present = {path.name: path for path in directory.iterdir() if path.is_dir()}
    except FileNotFoundError:
        present = {}
    except OSError as error:
        problems.append(f"{directory}: the packages directory cannot be read: {error.strerror or error}")
        return []
    folders = [path for name, path in sorted(present.items()) if not name.startswith(WORK_PREFIX)]
    for work in work_folders(directory):
        aside = work / "old"
        if aside.is_dir():
            folders += [path for path in sorted(aside.iterdir()) if path.name not in present]
    return folders


def _files_below(folder: Path) -> Iterable[str]:
    for root, _, names in os.walk(folder):
        for name in names:
            yield (Path(root) / name).relative_to(folder).as_posix()


def _read_file(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError as error:
        raise _unreadable(path, error) from error


def _unreadable(path: Path, error: OSError) -> ModelError:
    message = f"the package's file cannot be read: {error.strerror or error}"
    return ModelError(message, where=str(path), hint="check its permissions, or install the package again")


def _text(
    metadata: dict[str, object], key: str, pattern: re.Pattern[str], where: str, default: str | None = None
) -> str:
    value = metadata.get(key) or default
    if not isinstance(value, str) or not pattern.fullmatch(value):
        raise ModelError(f"metadata.json has no usable {key!r}: {value!r}", where=where, hint=_OTHER)
    return value


def _order(package: ModelPackage) -> tuple[str, str, Version, str]:
    try:
        version = Version(package.version)
    except InvalidVersion:
        version = Version("0.dev0")  # below every real one
    return package.from_code, package.to_code, version, str(package.path)


def _in_words(package: ModelPackage) -> str:
    return f"{package.label} (embedded)" if package.embedded else package.label
