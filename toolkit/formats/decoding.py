"""Bytes → text, never by guessing silently.

The order: a byte order mark, strict UTF-8, else Windows-1252 with a warning. Statistical detectors are not used: on
short French texts they choose cp850 or Mac Roman without a word. What cannot be text is refused with its place.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass

from toolkit.errors import SourceError
from toolkit.formats.contract import for_this_file

#: Codec that writes a block → its byte order mark. UTF-32 first: its mark begins with that of UTF-16.
_MARKS = {
    "utf-32-le": codecs.BOM_UTF32_LE,
    "utf-32-be": codecs.BOM_UTF32_BE,
    "utf-8": codecs.BOM_UTF8,
    "utf-16-le": codecs.BOM_UTF16_LE,
    "utf-16-be": codecs.BOM_UTF16_BE,
}
#: Codecs that choose by the mark → what they may become.
_BY_MARK = {"utf-16": ("utf-16-le", "utf-16-be"), "utf-32": ("utf-32-le", "utf-32-be")}
#: Python calls these text encodings, but no editor saves a file in them.
NOT_FILES = frozenset({"idna", "punycode", "undefined", "unicode-escape", "raw-unicode-escape"})

_LINE_END = re.compile(r"\r\n|\r|\n")
#: No text holds these: C0 and C1 controls but tab, LF, VT, FF, CR and NEL; DEL; surrogates; noncharacters.
FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff"
    + "".join(f"{chr(plane << 16 | 0xFFFE)}{chr(plane << 16 | 0xFFFF)}" for plane in range(1, 17))
    + "]"
)
#: What is left of a text without these: characters that need a closer look. Far faster to search for.
_SUSPECT = re.compile("[^\t-\r\x20-\x7e\x85\xa0-\ud7ff]")
# A file that is not UTF-8 but has these sequences is damaged UTF-8, not Windows-1252. They are the UTF-8 of the
# letters and marks French text has (U+00A0–U+00FF, Œ œ Ÿ, general punctuation, €); read as Windows-1252 they are
# "Ã©", "â€™" …, which nobody writes. Any valid sequence will not do: "liberté »" with a no-break space is
# E9 A0 BB in Windows-1252, and that is a valid UTF-8 character as well.
_FRENCH_UTF8 = re.compile(rb"\xc2[\xa0-\xbf]|\xc3[\x80-\xbf]|\xc5[\x92\x93\xb8]|\xe2\x80[\x80-\xbf]|\xe2\x82\xac")
#: First bytes → what the file is. Files like these come renamed, or saved with the wrong suffix.
_SIGNATURES = (
    (re.compile(rb"PK(?:\x03\x04|\x05\x06|\x07\x08)"), "a Word (.docx), OpenDocument or other ZIP file"),
    (re.compile(rb"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), "an old Word or other Office file (.doc)"),
    (re.compile(rb"%PDF-\d"), "a PDF file"),
    (re.compile(rb"\{\\rtf"), "a rich text file (RTF)"),
    (
        re.compile(rb"\x89PNG\r\n|\xff\xd8\xff|GIF8[79]a|II\*\0|MM\0\*|RIFF...\0WEBP|BM....\0\0\0\0", re.DOTALL),
        "an image",
    ),
    (re.compile(rb"\x1f\x8b\x08|7z\xbc\xaf\x27\x1c|Rar!\x1a\x07|BZh[1-9]1AY|\xfd7zXZ\0"), "a compressed archive"),
)
_UTF8_SURROGATE = re.compile(rb"\xed[\xa0-\xbf][\x80-\xbf]")
_RESAVE = "Open the file in a text editor and save it as UTF-8; a binary file does not belong in source/."


@dataclass(frozen=True, slots=True)
class Decoded:
    """A decoded file: ``mark`` and ``text.encode(encoding)``, joined, are its bytes.

    Attributes:
        text: everything behind the byte order mark.
        encoding: Python codec that writes a piece of ``text``; never one that adds a mark of its own.
        mark: the byte order mark, or b"".
        warnings: what had to be assumed.
    """

    text: str
    encoding: str
    mark: bytes = b""
    warnings: tuple[str, ...] = ()


def decode(data: bytes, path: str, encoding: str = "auto") -> Decoded:
    """Decodes a whole file.

    Args:
        data: the file.
        path: for messages.
        encoding: "auto", or the name of any Python text codec.

    Raises:
        SourceError: unknown or wrong encoding, damaged or binary content; with line and column where there is one.
    """
    _refuse_other_files(data, path)
    decoded = _automatic(data, path) if encoding == "auto" else _as_asked(data, path, encoding)
    _refuse_binary(decoded, path, data)
    return decoded


def position(text: str, offset: int) -> str:
    """Line and column of an offset as "line:column", both counted from 1; LF, CR and CRLF end lines."""
    line = 1 + text.count("\n", 0, offset) + text.count("\r", 0, offset) - text.count("\r\n", 0, offset)
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    return f"{line}:{offset - start + 1}"


def _automatic(data: bytes, path: str) -> Decoded:
    for codec, mark in _MARKS.items():
        if data.startswith(mark):
            return Decoded(_strict(data[len(mark) :], codec, path), codec, mark)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _windows(data, path, error)


def _windows(data: bytes, path: str, error: UnicodeDecodeError) -> Decoded:
    before = data[: error.start].decode("utf-8")
    where = f"{path}:{position(before, len(before))}"
    if _UTF8_SURROGATE.match(data, error.start):
        raise SourceError("a lone surrogate: half a character, which is not text", where=where, hint=_RESAVE)
    if _FRENCH_UTF8.search(data):
        raise SourceError(
            f"the file is UTF-8 in some places and not in others (byte 0x{data[error.start]:02X} here)",
            where=where,
            hint="Two encodings were mixed or the file is damaged: repair this line and save the file as UTF-8.",
        )
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as second:
        raise SourceError(
            f"neither UTF-8 nor Windows-1252 (byte 0x{data[second.start]:02X} means nothing there)",
            where=f"{path}:{position(data[: second.start].decode('cp1252'), second.start)}",
            hint=f"Save the file as UTF-8, or name its encoding: {for_this_file(path, 'encoding', '…')}.",
        ) from None
    return Decoded(text, "cp1252", warnings=(_assumed(text, path, error.start),))


def _assumed(text: str, path: str, offset: int) -> str:
    start = max(text.rfind("\n", 0, offset), text.rfind("\r", 0, offset)) + 1
    line = _LINE_END.split(text[start : offset + 60], maxsplit=1)[0]
    excerpt = line[max(0, offset - start - 30) :].strip()
    return (
        f"{path}:{position(text, offset)}: not UTF-8, read as Windows-1252 (cp1252). "
        f"Check the accents in “{excerpt}”; if they are right, save the file as UTF-8, "
        f"or write {for_this_file(path, 'encoding', 'cp1252')}."
    )


def _as_asked(data: bytes, path: str, encoding: str) -> Decoded:
    try:
        codec = codecs.lookup(encoding).name
        "".encode(codec)  # a codec that is not for text ("rot13", "zlib") says so here
    except (LookupError, ValueError):
        codec = "undefined"
    if codec in NOT_FILES:
        raise SourceError(
            f"unknown encoding {encoding!r}",
            where=path,
            hint='Use "auto", "utf-8", "cp1252", "iso8859-15", "mac-roman" or another text codec of Python.',
        )
    found = next((name for name, mark in _MARKS.items() if data.startswith(mark)), "")
    codec = _with_mark(codec, found, encoding, path)
    mark = _MARKS[codec] if codec in _MARKS and data.startswith(_MARKS[codec]) else b""
    payload = data[len(mark) :]
    return Decoded(_strict(payload, codec, path), codec, mark, _doubts(payload, codec, path))


def _with_mark(codec: str, found: str, encoding: str, path: str) -> str:
    """The codec without a mark of its own, after checking it against the mark the file ``found`` has ("" for none)."""
    if codec == "utf-8-sig":
        codec = "utf-8"
    if codec in _BY_MARK:
        if found in _BY_MARK[codec]:
            return found
        raise SourceError(
            f"asked to read {encoding}, but the file does not begin with its byte order mark",
            where=path,
            hint=f'Name the byte order: "{codec}-le" or "{codec}-be".',
        )
    # UTF-16 LE's mark is also the first half of UTF-32 LE's: whoever says utf-16-le is believed.
    if found and codec != found and not _MARKS[found].startswith(_MARKS.get(codec, b"?")):
        raise SourceError(
            f"asked to read {encoding}, but the file begins with the byte order mark of {found}",
            where=path,
            hint='Leave the encoding to "auto" for this file.',
        )
    return codec


def _doubts(payload: bytes, codec: str, path: str) -> tuple[str, ...]:
    if codec in _MARKS or payload.isascii():
        return ()
    try:
        payload.decode("utf-8")
    except UnicodeDecodeError:
        return ()
    return (f'{path}: read as {codec} as asked, but the file is valid UTF-8. If accents look wrong, use "auto".',)


def _strict(payload: bytes, codec: str, path: str) -> str:
    try:
        return payload.decode(codec)
    except UnicodeDecodeError as error:
        before = payload[: error.start].decode(codec, "replace")
        raise SourceError(
            f"not {codec}: {error.reason} (byte 0x{payload[error.start]:02X})",
            where=f"{path}:{position(before, len(before))}",
            hint="The file is damaged or in another encoding: open it in an editor and save it as UTF-8.",
        ) from None


def _refuse_other_files(data: bytes, path: str) -> None:
    head = data[:64].removeprefix(codecs.BOM_UTF8).lstrip(b" \t\r\n")
    kind = next((kind for signature, kind in _SIGNATURES if signature.match(head)), "")
    if kind:
        raise SourceError(
            f"this is {kind}, not text",
            where=path,
            hint="Open it in the program it comes from, save it as plain text (UTF-8) and put that into source/.",
        )


def _refuse_binary(decoded: Decoded, path: str, data: bytes) -> None:
    suspect = _SUSPECT.search(decoded.text)
    bad = FORBIDDEN.search(decoded.text, suspect.start()) if suspect else None
    if bad is None:
        return
    code = ord(bad[0])
    hint = _RESAVE
    if code == 0 and decoded.encoding in {"utf-8", "cp1252"}:
        halves = {"utf-16-le": data[1::2].count(0), "utf-16-be": data[::2].count(0)}
        likely = max(halves, key=lambda name: halves[name])
        if halves[likely] * 3 > len(data):
            hint = f"It looks like UTF-16 without a byte order mark: write {for_this_file(path, 'encoding', likely)}."
    elif 0x80 <= code <= 0x9F and decoded.encoding not in _MARKS:
        hint = f"This looks like Windows-1252: write {for_this_file(path, 'encoding', 'cp1252')}."
    elif 0x80 <= code <= 0x9F:
        hint = "Windows-1252 was once read as Latin-1 here: repair the line and save the file as UTF-8."
    raise SourceError(
        f"U+{code:04X} is not text",
        where=f"{path}:{position(decoded.text, bad.start())}",
        hint=hint,
    )
