"""Reading a package archive (``*.argosmodel``, a zip) that nobody has vouched for.

A zip can name any path, claim any size and inflate a thousandfold. Everything here looks before it reads and counts
while it inflates. The rules follow the zip format (PKWARE APPNOTE 6.3.10) and what Argos packages are: one top folder,
plain files, stored or deflated.
"""

from __future__ import annotations

import errno
import os
import stat
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from toolkit.errors import ModelError

CHUNK = 1 << 20
"""Bytes inflated at a time."""

_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_END = struct.Struct("<4s4H2LH")
_ZIP64 = 0xFFFF  # stands for "see the zip64 record", which zipfile has read
_ENCRYPTED = 0x1  # general purpose bit 0, APPNOTE 4.4.4
# What zipfile raises for damaged bytes; only the first is in its documentation, the others come out of flipping bytes.
_DAMAGED = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError, OverflowError)
_FRESH_COPY = "get a fresh copy of the package"


@dataclass(frozen=True, slots=True)
class Limits:
    """Caps on what an archive may hold; the official packages stay ten times below each.

    Attributes:
        members: number of files and folders.
        file_bytes: size of one inflated file.
        total_bytes: size of all inflated files together.
        ratio: inflated bytes per archive byte, of one member and of the whole.
        ratio_from: bytes below which the ratio is not looked at (a short text of one letter is no bomb).
    """

    members: int = 2_000
    file_bytes: int = 4 << 30
    total_bytes: int = 6 << 30
    ratio: int = 100
    ratio_from: int = 1 << 20


@dataclass(frozen=True, slots=True)
class Contents:
    """What is inside an accepted archive: the top folder's name, and its files by path below it, sorted."""

    top: str
    files: dict[str, zipfile.ZipInfo]


@contextmanager
def opened(archive: Path | BinaryIO, where: str) -> Iterator[zipfile.ZipFile]:
    """Open a zip file for the length of a ``with`` block.

    Args:
        archive: path, or a file open for reading (it stays open).
        where: what error messages call it.

    Raises:
        ModelError: it is missing, unreadable, or no zip.
    """
    try:
        if isinstance(archive, Path) and archive.exists() and not archive.is_file():
            raise ModelError("this is no file", where=where, hint="give an .argosmodel file")
        zipped = zipfile.ZipFile(archive)
    except FileNotFoundError as error:
        raise ModelError("there is no such file", where=where, hint="check the path") from error
    except (*_DAMAGED, OSError) as error:
        if isinstance(error, OSError) and error.errno != errno.EINVAL:  # that one is a seek to a nonsensical place
            message = f"the package cannot be read: {error.strerror or error}"
            raise ModelError(message, where=where, hint="check the file's permissions") from error
        message = "this is not an Argos package: it is no zip archive, or the end of it is missing"
        raise ModelError(message, where=where, hint=_FRESH_COPY) from error
    with zipped:
        yield zipped


def inspect(zipped: zipfile.ZipFile, where: str, limits: Limits) -> Contents:
    """Check every member's name, kind and claimed size, without reading any.

    Raises:
        ModelError: more or fewer than one top folder, a path that could leave it, a link, an encrypted or doubled
            member, or a claim over ``limits``.
    """
    members = zipped.infolist()
    if not _complete(zipped):
        raise ModelError("the archive's list of files is damaged", where=where, hint=_FRESH_COPY)
    if len(members) > limits.members:
        raise _refused(f"{len(members)} members, more than the {limits.members} allowed", where)
    if sum(member.file_size for member in members) > limits.total_bytes:
        raise _refused(f"more than {limits.total_bytes >> 20} MiB when unpacked", where)
    tops: set[str] = set()
    seen: set[str] = set()
    files: dict[str, zipfile.ZipInfo] = {}
    for member in members:
        parts = _parts(member, where)
        _check_kind(member, where, limits)
        folded = unicodedata.normalize("NFC", "/".join(parts)).casefold()
        if folded in seen:
            raise _refused(f"{member.filename!r} twice, or twice but for upper and lower case", where)
        seen.add(folded)
        tops.add(parts[0])
        if not member.is_dir():
            files["/".join(parts[1:])] = member
    for path in files:
        if any(parent in files for parent in _parents(path)):
            raise _refused(f"{path!r} inside of what is itself a file", where)
    if len(tops) != 1 or "" in files:
        raise _refused("not exactly one top folder with everything inside it", where)
    return Contents(tops.pop(), dict(sorted(files.items())))


def chunks(zipped: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, limits: Limits) -> Iterator[bytes]:
    """Inflate a member piece by piece; its CRC-32 is checked by the time the last piece is out.

    Raises:
        ModelError: it grows over ``limits`` or is damaged.
    """
    total = 0
    try:
        with zipped.open(member) as stream:
            while chunk := stream.read(CHUNK):
                total += len(chunk)
                if total > limits.file_bytes or _too_dense(total, member.compress_size, limits):
                    raise _refused(f"{member.filename!r}, which grows without end when unpacked", where)
                yield chunk
    except (*_DAMAGED, OSError) as error:
        raise ModelError(f"{member.filename!r} is damaged in the package", where=where, hint=_FRESH_COPY) from error


def read(zipped: zipfile.ZipFile, member: zipfile.ZipInfo, where: str, limits: Limits) -> bytes:
    """All of a member, inflated. Raises what ``chunks`` raises."""
    return b"".join(chunks(zipped, member, where, limits))


def _complete(zipped: zipfile.ZipFile) -> bool:
    """Whether the end record (APPNOTE 4.3.16) counts as many members as zipfile found: it stops early in silence."""
    if zipped.fp is None:
        return False
    zipped.fp.seek(-_END.size - len(zipped.comment), os.SEEK_END)
    count = _END.unpack(zipped.fp.read(_END.size))[4]
    return count in {len(zipped.infolist()), _ZIP64}


def _parents(path: str) -> list[str]:
    parts = path.split("/")
    return ["/".join(parts[:count]) for count in range(1, len(parts))]


def _parts(member: zipfile.ZipInfo, where: str) -> list[str]:
    """The member's path, split; zipfile cuts ``filename`` at a NUL, so the name as stored is what is judged."""
    name = member.orig_filename
    parts = name.removesuffix("/").split("/")
    # A colon is a drive letter or an NTFS stream on Windows; a backslash its separator.
    if not name.isprintable() or "\\" in name or ":" in name or any(part in {"", ".", ".."} for part in parts):
        raise _refused(f"the path {name!r}, which could lead out of its folder", where)
    if parts[0].startswith("."):
        raise _refused(f"the hidden top folder {parts[0]!r}", where)
    return parts


def _check_kind(member: zipfile.ZipInfo, where: str, limits: Limits) -> None:
    """Refuse what is neither a plain file nor a folder, and claims that no honest package makes."""
    kind = stat.S_IFMT(member.external_attr >> 16)
    if kind not in {0, stat.S_IFREG, stat.S_IFDIR}:
        raise _refused(f"{member.filename!r}, a link or a device", where)
    if member.flag_bits & _ENCRYPTED:
        raise _refused(f"{member.filename!r}, which is encrypted", where)
    if member.compress_type not in _METHODS:
        raise _refused(f"{member.filename!r} in compression method {member.compress_type}", where)
    if member.file_size > limits.file_bytes or _too_dense(member.file_size, member.compress_size, limits):
        raise _refused(f"{member.filename!r}, which would be {member.file_size >> 20} MiB when unpacked", where)


def _too_dense(size: int, compressed: int, limits: Limits) -> bool:
    return size > limits.ratio_from and size > limits.ratio * compressed


def _refused(what: str, where: str) -> ModelError:
    return ModelError(f"the package is refused: it holds {what}", where=where, hint="get it from a source you trust")
