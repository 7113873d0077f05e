r"""How new text is spelled in Markdown, so that CommonMark reads exactly that text: with as few backslashes as will do.

A character gets one where it could be markup in its place: "*" in "3 * 4" and "_" in "un_mot" cannot. Where emphasis
would not be recognised (CommonMark 0.31, section 6.2: the flanking rules), the letter outside it becomes a character
reference, which counts as punctuation.
"""

from __future__ import annotations

import re
import string
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass, replace
from itertools import groupby

from toolkit.placeholders import Form

_PUNCTUATION = frozenset(string.punctuation)
_SPECIAL = re.compile(r"\*+|_+|~+|[\\`\[\]<&!|$}]")
_REFERENCE = re.compile(r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]*);")
#: A tag, a declaration or an address in angle brackets.
_ANGLE = re.compile(r"<(?:[A-Za-z/!?]|[^\s<>]{1,300}@)")
#: What makes a line something else than running text; the last character of the match gets the backslash.
_LINE_START = re.compile(
    r"#(?=#{0,5}(?:[ \t]|$))|[-+*](?=[ \t]|$)|>|\d{1,9}[.)](?=[ \t]|$)|~(?=~~)|:(?=::)|\{(?=[:#.%{])"
    r"|[-=+|:_*](?=[-=+|:_* \t]*$)"
)
#: Tags that begin a block of HTML wherever a line begins with them (CommonMark 0.31, section 4.6, kinds 1 to 6).
_HTML_BLOCK = re.compile(
    r"<[!?]|</?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir"
    r"|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link"
    r"|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|pre|script|search|section|style|summary|table|tbody"
    r"|td|textarea|tfoot|th|thead|title|tr|track|ul)(?:[\s/>]|$)",
    re.IGNORECASE,
)
_CLOSING = re.compile(r"(?:^|[ \t])#(?=#*[ \t]*$)")
_EDGE = " \t\r\n"
#: Parts two marks of emphasis that would be one: it is not shown.
_NOTHING = "<!-- -->"


@dataclass(slots=True)
class Part:
    """Text to spell, or the source of a placeholder.

    Attributes:
        text: literal text; of a placeholder, its source.
        form: None for text.
        number: of the placeholder.
        mark: "*", "_" or "~" where it opens or closes emphasis.
    """

    text: str
    form: Form | None = None
    number: int = 0
    mark: str = ""
    raw: bytes = b""


@dataclass(frozen=True, slots=True)
class Style:
    """Where text stands.

    Attributes:
        line: it may begin a line.
        atx: in a heading that begins with "#".
        heading: in any heading: attributes in braces may follow.
        cell: in a table.
        brackets: inside a link's or an image's square brackets.
        part: of a paragraph, which has other texts beside it.
        quote: characters that end a link's title.
        ticks: there is a "`" in markup that is no code: it could be closed by an escaped one.
        exact: white space that Markdown would drop is kept, by references.
    """

    line: bool = False
    atx: bool = False
    heading: bool = False
    cell: bool = False
    brackets: bool = False
    part: bool = False
    quote: str = ""
    ticks: bool = False
    exact: bool = False


STYLES = {
    "line": Style(line=True),
    "part": Style(line=True, part=True),
    "atx": Style(atx=True, heading=True),
    "setext": Style(line=True, heading=True),
    "cell": Style(cell=True),
    "cell-line": Style(line=True, cell=True),
    "alt": Style(cell=True, brackets=True),
    "alt-label": Style(cell=True, brackets=True),
    "title-double": Style(cell=True, quote='"'),
    "title-single": Style(cell=True, quote="'"),
    "title-round": Style(cell=True, quote="()"),
}


def spelled(parts: Iterable[Part], style: Style) -> list[Part]:
    """Parts with every text in Markdown's spelling.

    Args:
        parts: of one block, in order.
        style: of the block.
    """
    found = [part for part in parts if part.text or part.form]
    if not style.exact:
        found = _tidied(found)
    if any(part.form and "`" in part.text and part.text[0] != "`" for part in found):
        style = replace(style, ticks=True)
    lone = frozenset() if style.brackets or style.quote or style.part else _lone(found)
    depth = 0
    out: list[Part] = []
    for at, part in enumerate(found):
        if part.form is not None:
            if not style.exact and style.line and _needs_line(found, at):
                out.append(Part(_reference(" ")))
            depth += (part.text == "[") - (part.form is Form.CLOSE and part.text.startswith("]"))
            out.append(part)
            continue
        before = found[at - 1].text if at else ""
        after = found[at + 1].text if at + 1 < len(found) else ""
        inner = replace(style, brackets=True) if depth > 0 else style
        out.append(Part(_text(part.text, before, after, inner, lone)))
    if found and found[-1].form and _is_break(found[-1].text) and not style.exact:
        out.append(Part(_reference(" ")))  # at the end of a paragraph it would be a backslash
    _flanked(out)
    return out


def _lone(parts: list[Part]) -> frozenset[str]:
    """Marks that stand only once in the block: they cannot pair with another."""
    whole = "".join(part.text for part in parts)
    return frozenset(mark for mark in "*_~$" if whole.count(mark) < 2)


# -- one stretch of text ------------------------------------------------------------------------------------------


def _begins_line(before: str) -> bool:
    """Whether a line begins behind a part: at the beginning of a block, and behind a line break and its prefix."""
    return not before or before.rstrip(" \t>")[-1:] in ("\n", "\r")


def _needs_line(parts: list[Part], at: int) -> bool:
    """Whether a placeholder would be something else where a line begins: a block of HTML, an empty line."""
    before = parts[at - 1].text if at else ""
    if not _begins_line(before):
        return False
    text = parts[at].text
    if _HTML_BLOCK.match(text) or _is_break(text):
        return True
    return not before and text.startswith("<") and (at + 1 == len(parts) or parts[at + 1].form is not None)


def _is_break(text: str) -> bool:
    """Whether a part is a line break, or begins with one."""
    return text.lstrip(" \t\\")[:1] in ("\n", "\r")


def _text(text: str, before: str, after: str, style: Style, lone: frozenset[str]) -> str:
    starts = _begins_line(before)
    ends = not after or _is_break(after)
    marks: set[int] = set()
    for found in _SPECIAL.finditer(text):
        if _needs(found, before, after, style, lone):
            marks.update(range(*found.span()))
    marks |= {at for at, char in enumerate(text) if char in style.quote} if style.quote else set()
    if starts and style.line and (match := _LINE_START.match(text)):
        marks.add(match.end() - 1)
    if ends and style.atx and (match := _CLOSING.search(text)):
        marks.add(match.end() - 1)
    if before.endswith("]") and text[0] in ":(":
        marks.add(0)
    if marks:
        text = "".join(f"\\{char}" if at in marks else char for at, char in enumerate(text))
    if style.ticks:
        text = text.replace("\\`", _reference("`"))
    if before.endswith("]") and text[0] == "\\" and text[1:2] == "[":
        text = _reference("[") + text[2:]  # pulldown-cmark reads no note's mark in front of an escaped bracket
    if starts and text[0] in _EDGE:
        text = _reference(text[0]) + text[1:]
    if ends and text[-1] in _EDGE:
        text = text[:-1] + _reference(text[-1])
    return text


def _reference(char: str) -> str:
    return f"&#{ord(char)};"


def _needs(match: re.Match[str], before: str, after: str, style: Style, lone: frozenset[str]) -> bool:
    """Whether a character must have a backslash in front of it."""
    char, at, text = match[0][0], match.start(), match.string
    following = text[at + 1 : at + 2] or after[:1]
    match char:
        case "*" | "_" | "~":
            return char not in lone and _delimits(match, before, after)
        case "\\":
            return not following or following in _PUNCTUATION or following.isspace()
        case "<":
            return bool(_ANGLE.match(text, at)) or (at + 1 == len(text) and bool(after))
        case "&":
            return bool(_REFERENCE.match(text, at))
        case "!":
            return at + 1 == len(text) and after.startswith("[")
        case "]":
            return style.brackets or following == "("
        case "|":
            return style.cell
        case "$":
            return char not in lone
        case "}":
            return style.heading and not text[at + 1 :].strip() and not after
        case _:
            return True


def _delimits(match: re.Match[str], before: str, after: str) -> bool:
    """Whether a run of marks could open or close emphasis."""
    mark, text = match[0][0], match.string
    left = text[match.start() - 1] if match.start() else before[-1:]
    right = text[match.end()] if match.end() < len(text) else after[:1]
    if mark in (left, right):
        return True
    if (not left or left.isspace()) and (not right or right.isspace()):
        return False
    return not (mark == "_" and left.isalnum() and right.isalnum())


# -- white space and emphasis -------------------------------------------------------------------------------------


def _tidied(parts: list[Part]) -> list[Part]:
    """White space out of emphasis and off the edges of lines; no empty emphasis; no two marks that would become one."""
    parts = _moved_out(_moved_out(parts, Form.OPEN), Form.CLOSE)
    out: list[Part] = []
    for part in parts:
        last = out[-1] if out else None
        if last and last.text[:2] == "[^" and part.form and part.text[0] == "[" and part.text[1:2] != "^":
            out.append(Part(_NOTHING, Form.EMPTY, raw=_NOTHING.encode()))  # a note's mark is no link's text
        if part.mark and last and last.mark:
            if last.form is Form.OPEN and part.form is Form.CLOSE:
                out.pop()
                continue
            merged = part.mark == last.mark and len(part.text) + len(last.text)
            if merged and (part.form is not last.form or merged == 2):
                out.append(Part(_NOTHING, Form.EMPTY, raw=_NOTHING.encode()))
        out.append(part)
    return _stripped(out)


def _moved_out(parts: list[Part], form: Form) -> list[Part]:
    """White space and line breaks behind each opening mark to its front, those in front of a closing one behind it."""
    opening = form is Form.OPEN
    out: list[Part] = []
    for part in reversed(parts) if opening else parts:
        moved: list[Part] = []
        while part.mark and part.form is form and out:
            last = out[-1]
            core = "" if last.form else last.text.lstrip() if opening else last.text.rstrip()
            if core == last.text or (last.form and not _is_break(last.text)):
                break
            out.pop()
            if core:
                out.append(Part(core))
                moved.append(Part(last.text[: -len(core)] if opening else last.text[len(core) :]))
                break
            moved.append(last)
        out += [part, *reversed(moved)]
    return out[::-1] if opening else out


def _stripped(parts: list[Part]) -> list[Part]:
    """White space off the edges of lines."""
    out: list[Part] = []
    for at, part in enumerate(parts):
        if part.form is None:
            before = out[-1].text if out else ""
            after = parts[at + 1].text if at + 1 < len(parts) else "\n"
            text = part.text
            if _begins_line(before):
                text = text.lstrip(_EDGE)
            if _is_break(after):
                text = text.rstrip(_EDGE)
            if text:
                out.append(Part(text))
        else:
            out.append(part)
    return out


def _flanked(parts: list[Part]) -> None:
    """Make each mark of emphasis one that CommonMark recognises."""
    around = {"*": 0, "_": 0, "~": 0}
    runs = groupby(range(len(parts)), key=lambda at: parts[at].mark or -at)
    for mark, places in runs:
        if not isinstance(mark, str):
            continue
        run = [*places]
        left = parts[run[0] - 1] if run[0] else None
        right = parts[run[-1] + 1] if run[-1] + 1 < len(parts) else None
        for at in run:
            opens = parts[at].form is Form.OPEN
            around[mark] -= not opens
            # Inside words "_" neither opens nor closes; "*" does both, which is one too many where it is in another.
            never = mark != "*" or around[mark] > 0
            around[mark] += opens
            if opens:
                _flank(right, 0, left, -1, never)
            else:
                _flank(left, -1, right, 0, never)


def _flank(inner: Part | None, inner_at: int, outer: Part | None, outer_at: int, never: bool) -> None:
    """Spell the neighbours of a mark, inside the emphasis and outside, so that it is one.

    Args:
        inner: the text it belongs to, which must not begin or end with white space there.
        inner_at: 0 or -1.
        outer: the text on its other side.
        outer_at: -1 or 0.
        never: it must not stand beside a letter.
    """
    if inner is not None and inner.form is None and inner.text[inner_at].isspace():
        _refer(inner, inner_at)
    if outer is None or outer.form is not None:
        return
    beyond = outer.text[outer_at]
    if beyond.isspace() or unicodedata.category(beyond)[0] == "P" or beyond in _PUNCTUATION:
        return
    within = inner.text[inner_at] if inner is not None else " "
    if never or unicodedata.category(within)[0] in "PS":
        _refer(outer, outer_at)


def _refer(part: Part, at: int) -> None:
    """Spell the first or last character as a reference."""
    text = part.text
    if at == 0:
        part.text = _reference(text[0]) + text[1:]
        return
    rest = text[:-1]
    odd = (len(rest) - len(rest.rstrip("\\"))) % 2
    part.text = rest + "\\" * odd + _reference(text[-1])
