"""ZIP archives as ranges of bytes: what is not translated stays as it stands, header, compressed data and all.

The directory is read here and not by ``zipfile``: writing a changed member means changing its record and all offsets
behind it, and a reader that forgives (``zipfile`` does) would give two opinions on where a member lies. Source of the
layout: PKWARE's APPNOTE.TXT 6.3.10, sections 4.3 and 4.4.
"""

from __future__ import annotations

import struct
import zlib
from bisect import bisect_right
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TypeGuard

from toolkit.errors import SourceError
from toolkit.formats.writing import Localisation, Spell, write
from toolkit.skeleton import Member, Piece, Skeleton

#: Bytes that the parts of one file may have unpacked, all together; only parts that are read count.
UNPACKED = 32_000_000
#: Parts over a megabyte that shrink more than this were not written by a word processor.
RATIO = 250
MEMBERS = 10_000

_STORED, _DEFLATED = 0, 8
_ENCRYPTED, _DESCRIPTOR = 0x0001, 0x0008
#: Of the general purpose flags, those that still hold for a member written here: UTF-8 names.
_KEPT_FLAGS = 0x0800
_ZIP64_FIELD = 0x0001

_LOCAL = struct.Struct("<4s5H3I2H")
_CENTRAL = struct.Struct("<4s6H3I5H2I")
_END = struct.Struct("<4s4H2IH")
_SAVE_AGAIN = "Open it in the program it comes from and save it again."

#: First bytes → what the file is instead of a ZIP.
_SIGNATURES = (
    (b"%PDF-", "a PDF file"),
    (b"{\\rtf", "a rich text file (RTF)"),
    (b"\x1f\x8b", "a compressed archive"),
    (b"<", "an XML or HTML file"),
)


@dataclass(frozen=True, slots=True)
class Entry:
    """A member's record in the directory.

    Attributes:
        record: where the record stands in the directory.
        offset: of the local header.
        packed, size: bytes in the file and unpacked, as the directory says.
    """

    name: str
    raw_name: bytes
    record: int
    offset: int
    flags: int
    method: int
    crc: int
    packed: int
    size: int


@dataclass(slots=True)
class Archive:
    """A ZIP that has been checked.

    Attributes:
        entries: by name, in the directory's order.
        start: where the directory begins.
    """

    data: bytes
    path: str
    entries: dict[str, Entry]
    start: int
    _unpacked: int = 0
    _ends: dict[str, int] = field(default_factory=dict)

    def __contains__(self, name: str) -> bool:
        return name in self.entries

    def read(self, name: str) -> bytes:
        """The content of a member.

        Raises:
            SourceError: it is missing, damaged, packed in a way nobody else reads, or too large.
        """
        entry = self.entries.get(name)
        if entry is None:
            raise SourceError(
                f"its part {name} is missing", where=self.path, hint=f"The file is damaged. {_SAVE_AGAIN}"
            )
        start = _data_start(self.data, entry, self.path)
        content = _unpack(self.data[start : start + entry.packed], entry, UNPACKED - self._unpacked, self.path)
        self._unpacked += len(content)
        return content

    def pieces(self, parts: Mapping[str, tuple[tuple[Piece, ...], str]]) -> tuple[Piece, ...]:
        """The pieces of the whole file: ``parts`` by name with their encoding as members, all else as bytes."""
        out: list[Piece] = []
        at = 0
        for entry in sorted(self.entries.values(), key=lambda entry: entry.offset):
            if entry.name not in parts:
                continue
            end = self._ends[entry.name]
            if entry.offset > at:
                out.append(self.data[at : entry.offset])
            inner, encoding = parts[entry.name]
            out.append(Member(entry.name, self.data[entry.offset : end], inner, encoding))
            at = end
        out += [self.data[at : self.start]] if self.start > at else []
        return (*out, self.data[self.start :])


def open_archive(data: bytes, path: str, kind: str) -> Archive:
    """The bytes of a file that should be a ZIP → its members.

    Args:
        data: the whole file.
        path: for messages.
        kind: what people call such a file ("Word document (.docx)"), for messages.

    Raises:
        SourceError: it is none, or one that could not be written back faithfully or should not be trusted.
    """
    end, start, size, count = _end_record(data, path, kind)
    if start + size != end:
        raise _damaged(path, "its table of contents is not where it should be")
    archive = Archive(data, path, {}, start)
    seen: set[str] = set()
    for entry in _records(data, start, end, path):
        _check_name(entry, seen, path)
        archive.entries[entry.name] = entry
    if len(archive.entries) != count:
        raise _damaged(path, f"it has {len(archive.entries)} members and says that it has {count}")
    archive._ends = _extents(archive)
    return archive


def _end_record(data: bytes, path: str, kind: str) -> tuple[int, int, int, int]:
    """Where the end record is; where the directory begins, its size, and its number of records."""
    at = data.rfind(b"PK\5\6", max(0, len(data) - 0xFFFF - _END.size))
    if at < 0 or at + _END.size > len(data):
        raise _not_zip(data, path, kind)
    _, disk, first_disk, here, count, size, start, comment = _END.unpack_from(data, at)
    if at + _END.size + comment > len(data):
        raise _damaged(path, "its end is missing")
    if data[max(0, at - 20) : at].startswith(b"PK\6\7") or 0xFFFF in (disk, count) or 0xFFFFFFFF in (size, start):
        raise SourceError("it is a ZIP64 archive, for files over 4 GB", where=path, hint=_SAVE_AGAIN)
    if disk or first_disk or here != count:
        raise SourceError("it is one part of an archive in several files", where=path, hint=_SAVE_AGAIN)
    if count > MEMBERS:
        raise SourceError(f"it has {count:,} members, over the limit of {MEMBERS:,}", where=path, hint=_SAVE_AGAIN)
    return at, start, size, count


def _not_zip(data: bytes, path: str, kind: str) -> SourceError:
    head = data[:64].lstrip(b"\xef\xbb\xbf \t\r\n")
    other = next((name for signature, name in _SIGNATURES if head.startswith(signature)), "")
    if data.startswith(b"PK"):
        return _damaged(path, "it was cut off")
    if data.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        if "EncryptedPackage".encode("utf-16-le") in data:
            return SourceError(
                "it is protected by a password",
                where=path,
                hint="Open it in Word, remove the password (File, Info, Protect Document), and save it.",
            )
        other = "an old Word or other Office file (.doc)"
    article = "an" if kind[0] in "AEIOU" else "a"
    what = f"this is {other}, not {article} {kind}" if other else f"this is not {article} {kind}"
    return SourceError(
        what, where=path, hint="Save it in that format from its own program, or give it the suffix it should have."
    )


def _records(data: bytes, at: int, end: int, path: str) -> Iterable[Entry]:
    while at < end:
        if at + _CENTRAL.size > end or data[at : at + 4] != b"PK\1\2":
            raise _damaged(path, "its table of contents is broken")
        found = _CENTRAL.unpack_from(data, at)
        flags, method, crc, packed, size = found[3], found[4], found[7], found[8], found[9]
        name_size, extra, comment, disk, offset = found[10], found[11], found[12], found[13], found[16]
        name_at = at + _CENTRAL.size
        raw = data[name_at : name_at + name_size]
        following = name_at + name_size + extra + comment
        if following > end:
            raise _damaged(path, "its table of contents is broken")
        if 0xFFFFFFFF in (packed, size, offset):
            raise SourceError("it is a ZIP64 archive, for files over 4 GB", where=path, hint=_SAVE_AGAIN)
        if disk:
            raise SourceError("it is one part of an archive in several files", where=path, hint=_SAVE_AGAIN)
        name = raw.decode("utf-8", "replace") if flags & _KEPT_FLAGS else raw.decode("cp437")
        yield Entry(name, raw, at, offset, flags, method, crc, packed, size)
        at = following


def _check_name(entry: Entry, seen: set[str], path: str) -> None:
    name = entry.name
    steps = name.removesuffix("/").split("/")
    bad = not name or "\\" in name or ":" in name or any(step in ("", ".", "..") for step in steps)
    if bad or not name.isprintable():
        raise SourceError(
            f"it has a member with the name {name!a}, which leads out of the archive or is no name",
            where=path,
            hint=f"No word processor writes this: do not trust the file. {_SAVE_AGAIN}",
        )
    if name.casefold() in seen:
        raise SourceError(
            f"it has two members with the name {name!a}",
            where=path,
            hint=f"Programs disagree on which one counts. {_SAVE_AGAIN}",
        )
    seen.add(name.casefold())
    if entry.flags & _ENCRYPTED:
        raise SourceError("it is protected by a password", where=path, hint="Save it without a password.")


def _extents(archive: Archive) -> dict[str, int]:
    """Where each member's bytes end: where the next one's begin."""
    entries = sorted(archive.entries.values(), key=lambda entry: entry.offset)
    ends = [*(entry.offset for entry in entries[1:]), archive.start][: len(entries)]
    for entry, end in zip(entries, ends, strict=True):
        if _data_start(archive.data, entry, archive.path) + entry.packed > end:
            raise _damaged(archive.path, f"its member {entry.name} reaches into the next one")
    return {entry.name: end for entry, end in zip(entries, ends, strict=True)}


def _data_start(data: bytes, entry: Entry, path: str) -> int:
    """Where a member's data begins; its local header must name it as the directory does."""
    if entry.offset + _LOCAL.size > len(data) or data[entry.offset : entry.offset + 4] != b"PK\3\4":
        raise _damaged(path, f"its member {entry.name} is not where it should be")
    name_size, extra = struct.unpack_from("<2H", data, entry.offset + 26)
    name_at = entry.offset + _LOCAL.size
    if data[name_at : name_at + name_size] != entry.raw_name:
        raise _damaged(path, f"its member {entry.name} has two names")
    end: int = name_at + name_size + extra
    return end


def _unpack(packed: bytes, entry: Entry, limit: int, path: str) -> bytes:
    """The content of a member; sizes are measured, not believed."""
    if entry.method == _STORED:
        content, whole = packed, True
    elif entry.method == _DEFLATED:
        engine = zlib.decompressobj(-zlib.MAX_WBITS)
        try:
            content = engine.decompress(packed, limit + 1)
        except zlib.error:
            raise _damaged(path, f"its part {entry.name} cannot be unpacked") from None
        whole = engine.eof and not engine.unused_data
    else:
        raise SourceError(
            f"its part {entry.name} is packed in a way (method {entry.method}) that word processors do not read",
            where=path,
            hint=_SAVE_AGAIN,
        )
    if len(content) > limit or (len(content) > 1_000_000 and len(content) > RATIO * max(1, len(packed))):
        raise SourceError(
            f"its part {entry.name} unpacks to far more than a document holds "
            f"(limits: {UNPACKED:,} bytes in all, {RATIO} times its packed size)",
            where=path,
            hint="Do not trust the file, or split the document.",
        )
    if not whole or len(content) != entry.size or zlib.crc32(content) != entry.crc:
        raise _damaged(path, f"its part {entry.name} is not what its checksum says")
    return content


def _damaged(path: str, what: str) -> SourceError:
    return SourceError(f"the file is damaged: {what}", where=path, hint=f"Take a whole copy, or: {_SAVE_AGAIN.lower()}")


# -- writing ---------------------------------------------------------------------------------------------------------


def embedded(skeleton: Skeleton, name: str) -> bytes | None:
    """A member of the archive that a skeleton was made of, by its name; None when it has none or it is damaged."""
    data = b"".join(piece.raw if isinstance(piece, Member) else piece for piece in skeleton.pieces if _is_whole(piece))
    try:
        archive = open_archive(data, name, skeleton.format)
        return archive.read(name) if name in archive else None
    except SourceError:
        return None


def _is_whole(piece: Piece) -> TypeGuard[bytes | Member]:
    return isinstance(piece, bytes | Member)


@dataclass(frozen=True, slots=True)
class _Packed:
    """A member that has been written anew."""

    raw: bytes
    flags: int
    method: int
    crc: int
    packed: int
    size: int


def assemble(
    skeleton: Skeleton,
    texts: Mapping[str, str],
    spell: Spell,
    localisation: Localisation | None = None,
    *,
    respell: bool = False,
) -> bytes:
    """The file of a skeleton made by ``Archive.pieces``, with its members' texts replaced.

    Members whose content is as it was are their own bytes; the directory follows what has changed.

    Raises:
        SourceError: as ``writing.write``.
    """
    tail = skeleton.pieces[-1]
    if not isinstance(tail, bytes):
        msg = "the last piece of a ZIP is its directory"
        raise TypeError(msg)
    entries = {entry.name: entry for entry in _records(tail, 0, tail.rindex(b"PK\5\6"), "")}
    changed: dict[str, _Packed] = {}

    def pack(member: Member, content: bytes) -> bytes:
        entry = entries[member.name]
        header = _LOCAL.size + sum(_LOCAL.unpack_from(member.raw)[-2:])
        old = member.raw[header : header + entry.packed]
        if content == (old if entry.method == _STORED else zlib.decompress(old, -zlib.MAX_WBITS)):
            return member.raw
        made = changed[member.name] = _packed(entry, member.raw[:header], content)
        return made.raw

    data = write(skeleton, texts, spell, localisation, respell=respell, pack=pack)
    if not changed:
        return data
    return data[: -len(tail)] + _directory(tail, entries, skeleton.pieces[:-1], changed)


def _packed(entry: Entry, header: bytes, content: bytes) -> _Packed:
    """A member written anew, with the time stamp it had, and its sizes in front of its data."""
    signature, version, _, _, time, date, *_, name_size, _ = _LOCAL.unpack_from(header)
    data, method = content, _STORED
    if entry.method == _DEFLATED:
        engine = zlib.compressobj(9, zlib.DEFLATED, -zlib.MAX_WBITS)
        data, method = engine.compress(content) + engine.flush(), _DEFLATED
    flags, crc = entry.flags & _KEPT_FLAGS, zlib.crc32(content)
    name = header[_LOCAL.size : _LOCAL.size + name_size]
    extra = _without_zip64(header[_LOCAL.size + name_size :])
    fixed = _LOCAL.pack(
        signature, version, flags, method, time, date, crc, len(data), len(content), name_size, len(extra)
    )
    return _Packed(fixed + name + extra + data, flags, method, crc, len(data), len(content))


def _without_zip64(extra: bytes) -> bytes:
    """Extra fields but the one that would hold sizes a second time (APPNOTE 4.5.3)."""
    out, at = b"", 0
    while at + 4 <= len(extra):
        kind, size = struct.unpack_from("<2H", extra, at)
        out += b"" if kind == _ZIP64_FIELD else extra[at : at + 4 + size]
        at += 4 + size
    return out + extra[at:]


def _directory(
    tail: bytes, entries: Mapping[str, Entry], pieces: Iterable[Piece], changed: Mapping[str, _Packed]
) -> bytes:
    """The directory and all behind it, with the sizes and offsets that hold now."""
    starts, shifts = [0], [0]
    at = shift = 0
    for piece in pieces:
        if isinstance(piece, Member):
            at += len(piece.raw)
            if piece.name in changed:
                shift += len(changed[piece.name].raw) - len(piece.raw)
        elif isinstance(piece, bytes):
            at += len(piece)
        starts.append(at)
        shifts.append(shift)
    out = bytearray(tail)
    for entry in entries.values():
        moved = entry.offset + shifts[bisect_right(starts, entry.offset) - 1]
        struct.pack_into("<I", out, entry.record + 42, moved)
        if new := changed.get(entry.name):
            struct.pack_into("<2H", out, entry.record + 8, new.flags, new.method)
            struct.pack_into("<3I", out, entry.record + 16, new.crc, new.packed, new.size)
    struct.pack_into("<I", out, tail.rindex(b"PK\5\6") + 16, at + shift)
    return bytes(out)
