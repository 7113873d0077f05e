"""Placeholders ↔ XLIFF 2.1 inline elements (its section "Inline Content").

``<g1>…</g1>`` is ``pc``; where it crosses another one ``sc`` and an ``ec`` that names it in ``startRef``; a half whose
partner is in another unit ``sc`` or ``ec`` with ``isolated="yes"``, ``<x2/>`` ``ph``. Words that stay as they are
(``<ph3>…</ph3>``) are a ``ph`` that shows them, because no tool lets a translator change what is inside a ``ph``.
Characters that XML cannot hold are ``cp``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.exchange.names import PREFIX, core, local
from toolkit.model import Code, Role
from toolkit.placeholders import Form, Tag, Token, escape, tokenize, unescape

#: What XML 1.0 cannot hold (section 2.2, Char), and U+000D, which a parser would read as a line feed.
UNFIT = re.compile("[\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]")
_LINE_BREAK = re.compile("\\s*[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]\\s*")
_BREAKS = re.compile("[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_FIXED = f"{PREFIX}fixed"
_NUMBER = re.compile(r"[1-9]\d{0,5}", re.ASCII)
_CODES = tuple(map(core, ("pc", "sc", "ec", "ph")))

#: type and subType of a code, by what it is for a reader (XLIFF 2.1, attributes "type" and "subType").
_TYPES = {
    Role.STRONG: ("fmt", "xlf:b"),
    Role.EMPHASIS: ("fmt", "xlf:i"),
    Role.UNDERLINE: ("fmt", "xlf:u"),
    Role.BREAK: ("fmt", "xlf:lb"),
    Role.LINK: ("link", ""),
    Role.IMAGE: ("image", ""),
    Role.QUOTE: ("quote", ""),
}


def settled(text: str) -> str:
    """A sentence as it comes back from a file that nobody touched: what is compared.

    White space with a line break in it is one space, outer white space is gone, look-alikes of placeholders are
    escaped.
    """
    made = "".join(str(_escaped(token)) for token in tokenize(text))
    return (_LINE_BREAK.sub(" ", made) if _BREAKS.search(made) else made).strip()


def _escaped(token: Token) -> Token:
    if isinstance(token, Tag):
        return Tag(token.form, token.number, escape(unescape(token.shown))) if token.shown else token
    return escape(unescape(token))


# -- writing --------------------------------------------------------------------------------------------------------


def fill(element: etree._Element, text: str, codes: Mapping[int, Code]) -> None:
    """Write a sentence into a ``source`` or ``target``.

    Args:
        element: an empty one.
        text: with placeholders.
        codes: what they stand for, by their numbers in ``text``; one may be missing.
    """
    tokens = tokenize(text)
    paired = _paired(tokens)
    both = _complete(tokens)
    stack = [element]
    for token in tokens:
        if isinstance(token, str):
            _write(stack[-1], unescape(token))
            continue
        if token.form is Form.CLOSE and token.number in paired:
            stack.pop()
            continue
        made = etree.SubElement(stack[-1], core(_name(token, paired)), _attributes(token, paired, both, codes))
        if token.form is Form.OPEN and token.number in paired:
            stack.append(made)


def _paired(tokens: Sequence[Token]) -> set[int]:
    """Numbers whose two halves stand in their order with nothing crossing them: those that can be a ``pc``."""
    given = [token for token in tokens if isinstance(token, Tag) and token.form in (Form.OPEN, Form.CLOSE)]
    while True:
        stack: list[int] = []
        crossing: set[int] = set()
        for tag in given:
            if tag.form is Form.OPEN:
                stack.append(tag.number)
            elif stack and stack[-1] == tag.number:
                stack.pop()
            else:
                crossing.add(tag.number)
        crossing |= set(stack)
        if not crossing:
            return {tag.number for tag in given}
        given = [tag for tag in given if tag.number not in crossing]


def _complete(tokens: Sequence[Token]) -> set[int]:
    """Numbers of which both halves stand in a text, the opening one first: once each."""
    halves: dict[int, list[Form]] = {}
    for token in tokens:
        if isinstance(token, Tag) and token.form in (Form.OPEN, Form.CLOSE):
            halves.setdefault(token.number, []).append(token.form)
    return {number for number, forms in halves.items() if forms == [Form.OPEN, Form.CLOSE]}


def _name(tag: Tag, paired: set[int]) -> str:
    if tag.form is Form.OPEN:
        return "pc" if tag.number in paired else "sc"
    return "ec" if tag.form is Form.CLOSE else "ph"


def _attributes(tag: Tag, paired: set[int], both: set[int], codes: Mapping[int, Code]) -> dict[str, str]:
    """Of a code; ``id`` and ``startRef`` of an ``ec`` exclude each other (XLIFF 2.1, constraints of ``ec``)."""
    code = codes.get(tag.number)
    if tag.form is Form.CLOSE:
        found = {"startRef": str(tag.number)} if tag.number in both else {"id": f"{tag.number}e"}
    else:
        found = {"id": str(tag.number)}
    found |= {"canCopy": "no", "canDelete": "no"}
    if tag.number not in paired | both and tag.form in (Form.OPEN, Form.CLOSE):
        found["isolated"] = "yes"
    role = code.role if code else Role.OTHER
    kind, sub = _TYPES.get(role, ("other", "" if role is Role.OTHER else PREFIX + role.value))
    if tag.form is Form.FIXED:
        shown = fit(unescape(tag.shown))
        return found | {"type": "other", "subType": _FIXED, "equiv": shown, "disp": shown}
    if role is Role.OTHER:
        return found
    found |= {"type": kind} | ({"subType": sub} if sub else {})
    if tag.form is Form.EMPTY and code:
        found["disp"] = fit(code.label) or code.role.value
    return found


def fit(text: str) -> str:
    """Text for an attribute or a note, where ``cp`` is not allowed: what XML cannot hold is U+FFFD."""
    return UNFIT.sub("\ufffd", text)


def _write(element: etree._Element, text: str) -> None:
    """Append text behind whatever an element has by now."""
    last: etree._Element | None = element[-1] if len(element) else None
    position = 0
    for match in UNFIT.finditer(text):
        _append(element, last, text[position : match.start()])
        last = etree.SubElement(element, core("cp"), hex=f"{ord(match[0]):04X}")
        position = match.end()
    _append(element, last, text[position:])


def _append(element: etree._Element, last: etree._Element | None, text: str) -> None:
    if not text:
        return
    if last is None:
        element.text = (element.text or "") + text
    else:
        last.tail = (last.tail or "") + text


# -- reading --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class Codes:
    """The inline codes of a unit's source by their ids: what those of its target are known by."""

    numbers: dict[str, int] = field(default_factory=dict)
    fixed: dict[int, str] = field(default_factory=dict)

    @classmethod
    def of(cls, parts: Iterable[etree._Element]) -> Codes:
        """Those of a unit's segments; our own ids have their numbers before any other tool's id is given one."""
        found = (_known(code) for part in parts for code in part.iter(*_CODES))
        return cls({name: int(name) for name in found if _NUMBER.fullmatch(name)})

    def number(self, name: str) -> int:
        """The placeholder's number of a code's id; a new one for an id that was not met before."""
        if name not in self.numbers:
            own = _NUMBER.fullmatch(name)
            self.numbers[name] = int(name) if own else max(self.numbers.values(), default=0) + 1
        return self.numbers[name]


def _known(code: etree._Element) -> str:
    """The id that a code goes by; that of an ``ec`` is its partner's."""
    if local(code) != "ec":
        return code.get("copyOf") or code.get("id") or ""
    own = code.get("startRef") or code.get("copyOf") or code.get("id") or ""
    start = own.removesuffix("e")
    return start if _NUMBER.fullmatch(start) else own


def read(element: etree._Element | None, codes: Codes, *, target: bool = False) -> str:
    """A sentence with placeholders; "" for None.

    Args:
        element: a ``source`` or ``target``.
        codes: of the unit; what the source shows is noted in it.
        target: whether it is one: its codes are those of the source.
    """
    if element is None:
        return ""
    made: list[str] = []
    run: list[str] = []
    for part in _parts(element, codes, target):
        if isinstance(part, str):
            run.append(part)
        else:
            made += (escape("".join(run)), str(part))
            run = []
    return "".join((*made, escape("".join(run))))


def _parts(element: etree._Element, codes: Codes, target: bool) -> Iterator[Token]:
    yield element.text or ""
    for child in element:
        yield from _part(child, codes, target)
        yield child.tail or ""


def _part(child: etree._Element, codes: Codes, target: bool) -> Iterator[Token]:
    name = local(child)
    known = _known(child)
    if name == "cp":
        yield _character(child.get("hex", ""))
    elif name == "pc":
        number = codes.number(known)
        yield Tag(Form.OPEN, number)
        yield from _inside(list(_parts(child, codes, target)))
        yield Tag(Form.CLOSE, number)
    elif name == "sc":
        yield Tag(Form.OPEN, codes.number(known))
    elif name == "ec":
        yield Tag(Form.CLOSE, codes.number(known))
    elif name == "ph":
        number = codes.number(known)
        if not target and child.get("subType") == _FIXED:
            codes.fixed[number] = escape(child.get("equiv", ""))
        shown = codes.fixed.get(number)
        yield Tag(Form.EMPTY, number) if shown is None else Tag(Form.FIXED, number, shown)
    elif name:  # mrk, and what other programs put there: the words count
        yield from _parts(child, codes, target)


def _inside(parts: list[Token]) -> list[Token]:
    """What is inside a code, without the line breaks that a tool has put around it there to indent the file."""
    if len(parts) > 1:
        for edge in (0, -1):
            text = parts[edge]
            if isinstance(text, str) and not text.strip() and _BREAKS.search(text):
                parts[edge] = ""
    return parts


def _character(code: str) -> str:
    """What a ``cp`` stands for; U+FFFD for what is no character: half of a surrogate pair, no number at all."""
    try:
        found = chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"
    return "\ufffd" if "\ud800" <= found <= "\udfff" else found
