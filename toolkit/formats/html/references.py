"""Character references: ``&eacute;``, ``&#233;``, ``&#xE9;`` (HTML standard, sections 13.2.5.72 to 13.2.5.80)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from html.entities import html5

_REFERENCE = re.compile(r"&(?:#(?:([0-9]++)|[xX]([0-9a-fA-F]++));?|([a-zA-Z][a-zA-Z0-9]*+;?))")
#: Where a reference begins and ends, and what it means.
Reference = tuple[int, int, str]
#: Names that count without their semicolon, too; the longest has six letters.
_LEGACY = {name: text for name, text in html5.items() if not name.endswith(";")}
_LONGEST = max(map(len, _LEGACY))
_REPLACEMENT = "\ufffd"
_LAST = 0x10FFFF
_C1 = {
    at: bytes([at]).decode("cp1252", "replace") for at in range(0x80, 0xA0) if at not in (0x81, 0x8D, 0x8F, 0x90, 0x9D)
}


def references(source: str, start: int, end: int, *, attribute: bool = False) -> Iterator[Reference]:
    """Each reference in source[start:end] as (start, end, what it means), in order.

    Args:
        source: the text they stand in.
        start: where to begin.
        end: where to stop.
        attribute: by the rule for attribute values: "&copy=1" in an address is no reference.
    """
    for match in _REFERENCE.finditer(source, start, end):
        if match[3] is None:
            digits, base = (match[1], 10) if match[1] is not None else (match[2], 16)
            yield match.start(), match.end(), _numbered(digits.lstrip("0"), base)
            continue
        name = match[3]
        if name in html5 and name.endswith(";"):
            yield match.start(), match.end(), html5[name]
        elif found := _legacy(name):
            stop = match.start() + 1 + len(found)
            following = source[stop : stop + 1] if stop < end else ""
            if not (attribute and (following == "=" or (following.isascii() and following.isalnum()))):
                yield match.start(), stop, _LEGACY[found]


def decoded(source: str, start: int, end: int, *, attribute: bool = True) -> str:
    """source[start:end] with its references as the characters they mean."""
    if source.find("&", start, end) < 0:
        return source[start:end]
    return replaced(source, start, end, references(source, start, end, attribute=attribute))


def replaced(source: str, start: int, end: int, found: Iterable[Reference]) -> str:
    """source[start:end] with these references in it as the characters they mean."""
    parts: list[str] = []
    for first, last, text in found:
        parts += (source[start:first], text)
        start = last
    parts.append(source[start:end])
    return "".join(parts)


def _numbered(digits: str, base: int) -> str:
    number = int(digits or "0", base) if len(digits) < 8 else _LAST + 1
    if number == 0 or number > _LAST or 0xD800 <= number <= 0xDFFF:
        return _REPLACEMENT
    return _C1.get(number) or chr(number)


def _legacy(name: str) -> str:
    """The longest beginning of a name that counts without a semicolon; "" when there is none."""
    return next((name[:size] for size in range(min(len(name), _LONGEST), 1, -1) if name[:size] in _LEGACY), "")
