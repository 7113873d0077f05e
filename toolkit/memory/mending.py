"""TMX as it is met → XML that parses: broken entities are mended as the file streams by, and counted.

Memories of many years hold ``&nbsp;`` without a declaration, bare ampersands, and control characters that XML forbids.
Each is mended for what it was meant to be. What declares entities of its own is refused: no memory needs to, and it is
how XML files are made to grow or to read other files.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.entities import html5
from typing import BinaryIO

from toolkit.errors import MemoryFileError

#: Bytes read at a time.
CHUNK = 1 << 20
#: So much of the end of a chunk may belong to an entity or a mark that goes on in the next.
_TAIL = 48
#: Lines that are named, of each kind of trouble.
_NAMED = 5

_TROUBLE = re.compile(
    r"<!\[CDATA\[|\]\]>|<!ENTITY"
    r"|&(?:(?P<name>[A-Za-z][A-Za-z0-9]{0,31})|#(?P<number>\d{1,7})|#[xX](?P<hex>[0-9A-Fa-f]{1,6}));|&"
    r"|[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]"
)
_PREDEFINED = frozenset({"amp", "lt", "gt", "quot", "apos"})
_DECLARATION = re.compile(r"\s*<\?xml\s[^>]*\?>")
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_WIDE = ((b"<\0", "utf-16-le"), (b"\0<", "utf-16-be"))


@dataclass
class Notes:
    """What was noticed while a file was read: counted, with the first places of each kind."""

    places: dict[str, list[tuple[str, int]]] = field(default_factory=dict)
    counts: dict[str, int] = field(default_factory=dict)

    def add(self, what: str, number: int, of: str = "line") -> None:
        """Note one more trouble of a kind: on a line, or in a unit of a file whose lines do not part units."""
        self.counts[what] = self.counts.get(what, 0) + 1
        named = self.places.setdefault(what, [])
        if len(named) <= _NAMED and (of, number) not in named:
            named.append((of, number))

    def warnings(self, where: str) -> tuple[str, ...]:
        """One line for each kind: ``x.tmx: unknown entities taken literally: 3 (lines 7, 9, 12)``."""
        told = []
        for what, count in self.counts.items():
            places = self.places[what]
            more = ", …" if len(places) > _NAMED else ""
            told.append(f"{where}: {what}: {count:,} ({_places(places[:_NAMED])}{more})")
        return tuple(told)


def _places(found: list[tuple[str, int]]) -> str:
    """Places in words: "lines 7, 9; unit 12"."""
    numbers: dict[str, list[str]] = {}
    for of, number in found:
        numbers.setdefault(of, []).append(str(number))
    return "; ".join(f"{of}{'s' if len(these) > 1 else ''} {', '.join(these)}" for of, these in numbers.items())


def mended(handle: BinaryIO, where: str, notes: Notes) -> Iterator[str]:
    """The file's text in chunks, without its XML declaration, with every entity one that XML knows.

    Args:
        handle: read from where it stands, CHUNK bytes at a time.
        where: the file, for messages.
        notes: is told what was mended.

    Raises:
        MemoryFileError: not in the encoding it says, or with entity declarations of its own.
    """
    mender = _Mender(where, notes)
    carried = ""
    is_first = True
    for text in _decoded(handle, where):
        text = carried + text
        if is_first:
            text = _DECLARATION.sub(lambda found: "\n" * found[0].count("\n"), text.lstrip("\ufeff"), count=1)
            is_first = False
        cut = max(text.rfind(mark, len(text) - _TAIL if len(text) > _TAIL else 0) for mark in "<&]")
        carried = text[cut:] if cut >= 0 else ""
        yield mender.mend(text[:cut] if cut >= 0 else text)
    yield mender.mend(carried)


class _Mender:
    """Mends chunk after chunk; knows the line, and whether it is inside a CDATA section."""

    def __init__(self, where: str, notes: Notes) -> None:
        self.where, self.notes = where, notes
        self.line = 1
        self.literal = False

    def mend(self, text: str) -> str:
        done = _TROUBLE.sub(self._mend_one, text)
        self.line += text.count("\n")
        return done

    def _mend_one(self, found: re.Match[str]) -> str:
        text = found[0]
        if text == "<![CDATA[":
            self.literal = True
            return text
        if text == "]]>":
            self.literal = False
            return text
        if text[0] in "<&" and self.literal:
            return text
        line = self.line + found.string.count("\n", 0, found.start()) if not self._is_sound(found) else 0
        if text == "<!ENTITY":
            raise MemoryFileError(
                "declares entities of its own",
                where=f"{self.where}:{line}",
                hint="take the <!ENTITY …> declarations out: no memory needs them",
            )
        return self._mended(found, line) if line else text

    @staticmethod
    def _is_sound(found: re.Match[str]) -> bool:
        if found["name"]:
            return found["name"] in _PREDEFINED
        return _is_character(_code(found))

    def _mended(self, found: re.Match[str], line: int) -> str:
        if _code(found) is not None or found[0][0] != "&":
            self.notes.add("control characters left out", line)
            return ""
        meant = html5.get(f"{found['name']};") if found["name"] else None
        if meant:
            self.notes.add("HTML entities read as their characters", line)
            return "".join(f"&#{ord(character)};" for character in meant)
        if found["name"]:
            self.notes.add("unknown entities taken literally", line)
            return f"&amp;{found['name']};"
        self.notes.add("bare ampersands taken literally", line)
        return "&amp;"


def _code(found: re.Match[str]) -> int | None:
    """The number of a character reference; None for everything else."""
    if found["number"]:
        return int(found["number"])
    return int(found["hex"], 16) if found["hex"] else None


def _is_character(code: int | None) -> bool:
    """Whether XML 1.0 has this character (section 2.2); U+007F is left out because no catalogue may hold it."""
    if code is None or code == 0x7F:
        return False
    return code in (9, 10, 13) or 0x20 <= code <= 0xD7FF or 0xE000 <= code <= 0xFFFD or 0x10000 <= code <= 0x10FFFF


def _decoded(handle: BinaryIO, where: str) -> Iterator[str]:
    data = handle.read(CHUNK)
    encoding = _encoding(data)
    try:
        "".encode(encoding)  # refuses what is no encoding of text ("hex")
        decoder = codecs.getincrementaldecoder(encoding)()
    except (LookupError, TypeError):
        raise MemoryFileError(
            f"says it is in {encoding}, which is not known", where=where, hint="save it as UTF-8"
        ) from None
    line = 1
    try:
        while data:
            text = decoder.decode(data)
            line += text.count("\n")
            yield text
            data = handle.read(CHUNK)
        yield decoder.decode(b"", final=True)
    except UnicodeError as error:
        at = line + error.object[: error.start].count(b"\n") if isinstance(error, UnicodeDecodeError) else line
        raise MemoryFileError(
            f"is not {encoding.removesuffix('-sig').upper()} as it says",
            where=f"{where}:{at}",
            hint="export it again as UTF-8 from the program it came from",
        ) from None


def _encoding(head: bytes) -> str:
    """By byte-order mark, by how the first characters look, else as declared, else UTF-8."""
    for mark, encoding in (*_MARKS, *_WIDE):
        if head.startswith(mark):
            return encoding
    declared = _DECLARED.search(head[:200])
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return "utf-8" if name.startswith("utf-16") else name
