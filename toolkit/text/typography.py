"""English typography for text that comes from French, or from a machine that learnt its quotation marks badly.

Sources of the rules: New Hart's Rules (Oxford) for dashes, ranges and spacing; double quotation marks outside and
single inside, as the institutional releases this toolkit is made for print them. French marks and spaces as in the
Lexique des règles typographiques en usage à l'Imprimerie nationale.
"""

from __future__ import annotations

import re

#: No-break and other fixed-width spaces that French sources use; English sets a plain space.
_FIXED_SPACES = re.compile("[\u00a0\u202f\u2000-\u200a\u205f\u3000]")
_INVISIBLE = re.compile("[\u200b\u2060\ufeff\u00ad]")
_RUNS_OF_SPACE = re.compile(r"\s+")
_UNIT_SPACE = re.compile(r"(?<=\d)\s%")
_SPACE_BEFORE = re.compile(r"\s+(?=[;!?]|:(?![\w/)(-])|,(?!\d)|\.(?![\w.]))")
_SPACE_INSIDE = re.compile(r"(?<=[(\[“])\s+|(?<=(?<!\w)‘)\s+|\s+(?=[)\]”])")
_DASH = re.compile(r"(?<=\s)(?:--|[-‒–—―−])(?=\s)")
_RANGE = re.compile(r"(?<![\w./-])(\d{1,4})[-‒](\d{1,4})(?![\w/-]|\.\d)")
#: What no rule may touch: addresses and anything with an @ in it (RFC 5321: at most 64 characters before it).
VERBATIM = re.compile(r"(?:https?://|www\.)[^\s«»“”\"<>]+|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63})+")

_OPENING = "«“„‹"
_CLOSING = "»”›"
_SINGLES = "'’‘‛"
_DOUBLES = _OPENING + _CLOSING + '"'
_ANY_MARK = re.compile(f"[{_DOUBLES}{_SINGLES}]")
_ELIDED = re.compile(r"\d{2}s?\b|t(?:is|was)\b")
_MAY_BE_ADDRESS = re.compile("@|://|www")
#: English outer and inner marks, by depth modulo 2.
_PAIRS = (("“", "”"), ("‘", "’"))


def english(text: str) -> str:
    """Set a line in English typography.

    Curly quotation marks, double outside and single inside; no space before ``: ; ! ?`` nor ``%``; en dash between
    spaces and in ranges of figures; ``…``; plain single spaces. Web and e-mail addresses are left alone.

    Args:
        text: English, with any typography.

    Returns:
        The same words; applying the function again changes nothing.
    """
    text = _RUNS_OF_SPACE.sub(" ", _INVISIBLE.sub("", _FIXED_SPACES.sub(" ", text))).strip()
    if not _MAY_BE_ADDRESS.search(text):
        return _SPACE_INSIDE.sub("", curl(_punctuate(text))).strip()
    parts: list[str] = []
    end = 0
    for address in VERBATIM.finditer(text):
        parts += [_punctuate(text[end : address.start()]), address[0]]
        end = address.end()
    return _SPACE_INSIDE.sub("", curl("".join(parts) + _punctuate(text[end:]))).strip()


def _punctuate(text: str) -> str:
    """Spaces, dashes, ranges and ellipses of a stretch without addresses."""
    text = re.sub(r"(?<!\.)\.{3}(?!\.)", "…", text)
    text = _RANGE.sub(lambda m: f"{m[1]}–{m[2]}" if int(m[1]) < int(m[2]) else m[0], text)
    text = _UNIT_SPACE.sub("%", _DASH.sub("–", text))
    return _SPACE_BEFORE.sub("", text)


def curl(text: str) -> str:
    """Turn every quotation mark into the English one for its depth, and apostrophes into ’.

    Marks that are never closed, or never opened, keep their side: a quotation over several paragraphs opens at each.

    Args:
        text: any text.

    Returns:
        Text of the same length with only “ ” ‘ ’ as marks.
    """
    return _rewrite(text, [(at, mark) for at, mark, _ in _read_marks(text)])


def unquote(text: str) -> str:
    """Drop every quotation mark and keep apostrophes.

    Args:
        text: English or French.

    Returns:
        The words without marks, single spaces where a mark stood between spaces.
    """
    marks = _read_marks(text)
    if not marks:
        return text.strip()
    bare = _rewrite(text, [(at, "" if quotes else text[at]) for at, _, quotes in marks])
    return re.sub(r" {2,}", " ", bare).strip()


def _rewrite(text: str, changes: list[tuple[int, str]]) -> str:
    """Put each character at its offset."""
    out: list[str] = []
    end = 0
    for at, mark in changes:
        out += [text[end:at], mark]
        end = at + 1
    return "".join(out) + text[end:]


def _read_marks(text: str) -> list[tuple[int, str, bool]]:
    """Every mark outside addresses: offset, its English form, and whether it is a quotation mark, not an apostrophe."""
    stack: list[bool] = []  # True where the open mark was a single one in the input
    addresses = [match.span() for match in VERBATIM.finditer(text)] if _MAY_BE_ADDRESS.search(text) else []
    marks = []
    for match in _ANY_MARK.finditer(text):
        at = match.start()
        if any(first <= at < last for first, last in addresses):
            continue
        read = _single if match[0] in _SINGLES else _double
        marks.append((at, *read(text, at, stack)))
    return marks


def _double(text: str, at: int, stack: list[bool]) -> tuple[str, bool]:
    """Read a double mark."""
    if _opens(text, at, stack):
        stack.append(False)
        return _PAIRS[(len(stack) - 1) % 2][0], True
    closing = _PAIRS[max(len(stack) - 1, 0) % 2][1]
    del stack[-1:]
    return closing, True


def _single(text: str, at: int, stack: list[bool]) -> tuple[str, bool]:
    """Read a single mark: an apostrophe unless it opens, or closes what a single mark opened."""
    if _opens_single(text, at):
        stack.append(True)
        return _PAIRS[(len(stack) - 1) % 2][0], True
    if stack and stack[-1] and _closes_single(text, at):
        stack.pop()
        return _PAIRS[len(stack) % 2][1], True
    return "’", _stray(text, at)


def _stray(text: str, at: int) -> bool:
    """Whether a single mark that pairs with none is no apostrophe either: at a word's start, or between spaces."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    inside = before.isalnum() and after.isalnum()
    plural = before in "sS" and not after.isalnum()
    return not (inside or plural or _ELIDED.match(text, at + 1))


def _opens(text: str, at: int, stack: list[bool]) -> bool:
    """Whether the double mark at ``at`` opens; a straight one is judged by its neighbours, then by what is open."""
    mark = text[at]
    if mark in _OPENING:
        return True
    if mark in _CLOSING:
        return False
    spaced_before = at == 0 or text[at - 1].isspace() or text[at - 1] in "([-–—'’‘“«"
    spaced_after = at + 1 == len(text) or text[at + 1].isspace() or text[at + 1] in ".,;:!?…)]"
    return spaced_before if spaced_before != spaced_after else not stack


def _opens_single(text: str, at: int) -> bool:
    """Whether the single mark at ``at`` opens a quotation: at a word's start, closed later, no ’90s and no ’tis."""
    before = text[at - 1] if at else " "
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] in "‘‛":
        return not (before.isalnum() and after.isalnum())
    if before.isalnum() or before in ".,;:!?" or _ELIDED.match(text, at + 1):
        return False
    if text[at] == "’" or after in ".,;:!?)":
        return False
    return any(text[i] in _SINGLES and _closes_single(text, i) for i in range(at + 2, len(text)))


def _closes_single(text: str, at: int) -> bool:
    """Whether the single mark at ``at`` can close: at a word's end; not in ``members’ rights’`` where one follows."""
    after = text[at + 1] if at + 1 < len(text) else " "
    if text[at] == "‘" or at == 0 or after.isalnum():
        return False
    possessive = text[at - 1] in "sS" and after == " "
    return not (possessive and re.search(r"^[^'’‘\"“”]*['’](?!\w)", text[at + 1 :]))
