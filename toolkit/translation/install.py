"""Installing a model package: unpack it in a place of its own, look at it, and only then let it be seen.

Argos' own installation is a bare ``extractall``: no cap, no check, and a folder without metadata.json that stops every
listing while it runs or for ever if it is killed. This one stages beside the packages directory, syncs, and renames.
"""

from __future__ import annotations

import errno
import hashlib
import json
import os
import shutil
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from io import BufferedReader
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from toolkit.errors import LockedError, ModelError, WriteError
from toolkit.files import sync_folder
from toolkit.translation import archive as archives
from toolkit.translation.archive import Contents, Limits
from toolkit.translation.packages import (
    RECORD,
    SUMS,
    ModelPackage,
    describe,
    open_package,
    read_record,
    require_pair,
    sha256_of,
    work_folders,
)

_LOCK = ".toolkit-install.lock"
_AGAIN = "remove the package and install it again"


@dataclass(frozen=True, slots=True)
class Verification:
    """What was proved about a package that is as it should be.

    Attributes:
        kind: "checksums": every byte is what it was when it was shipped or installed; "archive": the archive is whole
            (its own CRC-32 sums), nobody has vouched for its contents; "structure": somebody else installed the folder
            and left no sums, so only its parts were looked for.
        files: number of files looked at.
        size: their size in bytes.
        extra: files that the installation did not put there.
    """

    package: ModelPackage
    kind: Literal["checksums", "archive", "structure"]
    files: int
    size: int
    extra: tuple[str, ...] = ()


def install_archive(
    archive: Path,
    directory: Path,
    *,
    expect_pair: tuple[str, str] | None = None,
    sha256: str | None = None,
    limits: Limits | None = None,
    source: str = "",
) -> ModelPackage:
    """Unpack a package archive into a packages directory, replacing an installed package of the same folder name.

    Whatever goes wrong, and whenever it is killed, the directory holds the old package or the new one, whole.

    Args:
        archive: the ``.argosmodel`` file; it stays.
        directory: packages directory; made if missing.
        expect_pair: the language pair it must be of.
        sha256: what the file's SHA-256 must be, hexadecimal.
        limits: caps on the contents; the defaults let every official package through.
        source: URL it came from, for the record; the archive's path by default.

    Raises:
        ModelError: the archive is no package, unsafe, damaged, or not the one expected.
        WriteError: the directory cannot be written, or the disk is full.
        LockedError: another installation is under way in the same directory.
    """
    where, limits = str(archive), limits or Limits()
    # One open file from the checksum to the last byte: what was checked is what is unpacked.
    with _reading(archive) as stream:
        digest = _check_sum(stream, sha256, where)
        with archives.opened(stream, where) as zipped:
            contents = archives.inspect(zipped, where, limits)
            package = describe(
                archive,
                tuple(contents.files),
                lambda name: archives.read(zipped, contents.files[name], where, limits),
                is_archive=True,
            )
            if expect_pair:
                require_pair(package, expect_pair)
            with _exclusive(directory, make=True) as work:
                folder = work / "new" / contents.top
                sums = _unpack(zipped, contents, folder, where, limits)
                _write_record(folder, digest, source or where, sums)
                _swap(folder, directory.resolve() / contents.top, work / "old")
    return open_package(directory / contents.top)


def remove_package(package: ModelPackage, directories: Sequence[Path]) -> None:
    """Delete an installed package.

    Args:
        package: one that ``installed_packages`` found.
        directories: the packages directories; nothing outside them is ever deleted.

    Raises:
        ModelError: it is embedded, not in one of the directories, or not there.
        WriteError, LockedError: as ``install_archive``.
    """
    if package.embedded:
        message = f"{package.label} is part of the toolkit and cannot be removed"
        raise ModelError(message, hint="install another package: it is preferred over the embedded one")
    parent = package.path.absolute().parent.resolve()
    directory = next((directory for directory in directories if directory.resolve() == parent), None)
    if not os.path.lexists(package.path):
        raise ModelError("the package is no longer there", where=str(package.path), hint="toolkit models list")
    if directory is None or package.is_archive:
        message = "this package is not in a packages directory, so the toolkit leaves it alone"
        raise ModelError(message, where=str(package.path), hint="delete it yourself if you no longer want it")
    with _exclusive(directory, make=False) as work, _writing(package.path):
        # Renamed away first: a deletion that is killed half-way must not leave half a package to be listed.
        gone = work / "gone"
        gone.mkdir(parents=True)
        package.path.rename(gone / package.path.name)
        sync_folder(directory)


def recover(directories: Sequence[Path]) -> None:
    """Finish or undo what a killed installation left in or beside the packages directories.

    Installing and removing do this by themselves. Raises WriteError, LockedError.
    """
    for directory in directories:
        if any(work.exists() for work in work_folders(directory)):
            with _exclusive(directory, make=False):
                pass


def staging_folder(directory: Path) -> Path:
    """The one of ``work_folders`` that can be made now and renamed from into ``directory``, which must exist."""
    beside, inside = work_folders(directory)
    parent = beside.parent
    usable = os.access(parent, os.W_OK | os.X_OK) and parent.stat().st_dev == directory.stat().st_dev
    return beside if usable else inside


def verify_package(package: ModelPackage) -> Verification:
    """Read every byte of a package and compare it with what was written down when it was shipped or installed.

    Raises:
        ModelError: a file is missing, changed or damaged.
    """
    if package.is_archive:
        return _verify_archive(package)
    record = read_record(package)
    if record is None:
        sizes = [_size(package.path / name) for name in package.names()]
        if not _size(package.path / package.tokenizer_name) or not _size(package.path / "model/model.bin"):
            raise ModelError("the model or the tokenizer is empty", where=str(package.path), hint=_AGAIN)
        return Verification(package, "structure", len(sizes), sum(sizes))
    missing = sorted(set(record.files) - set(package.names()))
    if missing:
        raise ModelError(f"{missing[0]!r} is missing from the package", where=str(package.path), hint=_AGAIN)
    for name, (_, expected) in record.files.items():
        _compare(sha256_of(package.path / name), expected, package.path / name)
    extra = tuple(sorted(set(package.names()) - set(record.files)))
    return Verification(package, "checksums", len(record.files), sum(size for size, _ in record.files.values()), extra)


def _verify_archive(package: ModelPackage) -> Verification:
    where, size, limits = str(package.path), 0, Limits()
    with archives.opened(package.path, where) as zipped:
        files = archives.inspect(zipped, where, limits).files
        for member in files.values():
            size += sum(len(chunk) for chunk in archives.chunks(zipped, member, where, limits))
    if not package.embedded:
        return Verification(package, "archive", len(files), size)
    sums = package.path.with_name(SUMS)
    try:
        lines = [line.split() for line in sums.read_text(encoding="ascii").splitlines()]
    except (OSError, ValueError) as error:
        message = "the checksums of the embedded packages cannot be read"
        raise ModelError(message, where=str(sums), hint="install the toolkit again") from error
    expected = next((line[0] for line in lines if line[1:] == [package.path.name]), "")
    _compare(package.checksum, expected, package.path)
    return Verification(package, "checksums", len(files), size)


def _compare(got: str, expected: str, path: Path) -> None:
    if got != expected:
        message = f"the file is not what was installed: SHA-256 {got}, expected {expected or '(none known)'}"
        raise ModelError(message, where=str(path), hint=_AGAIN)


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise ModelError(f"the file cannot be read: {error.strerror}", where=str(path), hint=_AGAIN) from error


@contextmanager
def _reading(path: Path) -> Iterator[BufferedReader]:
    try:
        is_file = path.is_file()  # asked first, because opening a named pipe would wait for a writer
        stream = path.open("rb") if is_file else None
    except OSError as error:
        message = f"the package cannot be read: {error.strerror}"
        raise ModelError(message, where=str(path), hint="check the file's permissions") from error
    if stream is None:
        raise ModelError("there is no such file", where=str(path), hint="check the path of the package")
    with stream:
        yield stream


def _check_sum(stream: BufferedReader, expected: str | None, where: str) -> str:
    digest = hashlib.file_digest(stream, "sha256").hexdigest()
    stream.seek(0)
    if expected is not None and digest != expected.strip().lower():
        message = f"this is not the expected package: its SHA-256 is {digest}, expected {expected}"
        raise ModelError(message, where=where, hint="get a fresh copy, from a source you trust")
    return digest


def _unpack(
    zipped: zipfile.ZipFile, contents: Contents, folder: Path, where: str, limits: Limits
) -> dict[str, tuple[int, str]]:
    """Write all files below ``folder``, synced; gives back size and SHA-256 of each."""
    sums: dict[str, tuple[int, str]] = {}
    with _writing(folder):
        for name, member in contents.files.items():
            if name == RECORD:  # of a folder that somebody packed again: ours is written anew
                continue
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            digest, size = hashlib.sha256(), 0
            with path.open("xb") as out:
                for chunk in archives.chunks(zipped, member, where, limits):
                    size += len(chunk)
                    digest.update(chunk)
                    out.write(chunk)
                out.flush()
                os.fsync(out.fileno())
            sums[name] = (size, digest.hexdigest())
    return sums


def _write_record(folder: Path, digest: str, source: str, sums: dict[str, tuple[int, str]]) -> None:
    record = {
        "archive_sha256": digest,
        "source": source,
        "files": {name: {"size": size, "sha256": sha256} for name, (size, sha256) in sums.items()},
    }
    with _writing(folder), (folder / RECORD).open("w", encoding="utf-8") as out:
        json.dump(record, out, indent=2, ensure_ascii=False)
        out.write("\n")
        out.flush()
        os.fsync(out.fileno())


def _swap(new: Path, final: Path, aside: Path) -> None:
    """Put ``new`` where ``final`` is. Killed between the renames, ``_restore`` puts the old one back."""
    with _writing(final):
        for folder, _, _ in os.walk(new):
            sync_folder(Path(folder))
        if os.path.lexists(final):
            aside.mkdir(parents=True, exist_ok=True)
            final.rename(aside / final.name)
        new.rename(final)
        sync_folder(final.parent)


@contextmanager
def _exclusive(directory: Path, *, make: bool) -> Iterator[Path]:
    """Hold the packages directory for one installer; gives the folder to work in, which is gone afterwards."""
    with _writing(directory):
        if make:
            directory.mkdir(parents=True, exist_ok=True)
        works, work = work_folders(directory), staging_folder(directory)
        lock = FileLock(work.parent / _LOCK)
        try:
            lock.acquire(timeout=0)
        except Timeout as error:
            message = "another installation is under way"
            raise LockedError(message, where=str(directory), hint="wait until it has finished") from error
    try:
        _restore(directory, works)
        yield work
    finally:
        try:
            _restore(directory, works)
        finally:
            lock.release()


def _restore(directory: Path, works: Sequence[Path]) -> None:
    """Put back packages that were set aside and not replaced, and delete what else is in the work folders."""
    for work in works:
        if not work.is_dir():
            continue
        with _writing(work):
            aside = work / "old"
            for old in sorted(aside.iterdir()) if aside.is_dir() else ():
                final = directory.resolve() / old.name
                if not os.path.lexists(final):
                    old.rename(final)
                    sync_folder(final.parent)
            shutil.rmtree(work)


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    """Say in one sentence why something could not be written."""
    try:
        yield
    except OSError as error:
        if error.errno in {errno.ENOSPC, errno.EDQUOT}:
            message, hint = "the disk is full; nothing was changed", "free some space and try again"
        else:
            message = f"this cannot be written: {error.strerror or error}"
            hint = "set ARGOS_PACKAGES_DIR to a folder you may write"
        raise WriteError(message, where=str(path), hint=hint) from error
