"""HTML escaped in the text of an XML element, as RSS and Atom hold it: ``&lt;p&gt;Bonjour&lt;/p&gt;``, or in CDATA.

A feed's snippets are small and often broken, so this reads tags one by one and asks for no structure: tags of block
elements part paragraphs, inline tags and line breaks are placeholders. New text is escaped twice.
"""

from __future__ import annotations

import html
import re
from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.formats.flow import Flow
from toolkit.formats.html.elements import ROLES
from toolkit.formats.xml.spelling import FORBIDDEN
from toolkit.model import Code, Role

_TAG = re.compile(
    r"<!--.*?-->|<!\w[^<>]*+>|<(?P<close>/?)(?P<name>[A-Za-z][\w:.-]*+)"
    r"(?P<rest>(?:[^<>\"']|\"[^\"<]*+\"|'[^'<]*+')*+)>",
    re.DOTALL,
)
_ADDRESS = re.compile(r"""\b(?:href|src)\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ROLES = {
    **dict.fromkeys(("abbr", "acronym", "big", "bdi", "bdo", "font", "mark", "small", "span", "time"), Role.OTHER),
    **dict.fromkeys(("wbr", "tt"), Role.OTHER),
    **{name: role for name, role in ROLES.items() if role is not Role.CODE and name != "var"},
}
_VOID = frozenset({"br", "img", "wbr"})
#: Their words are not translated; the whole of them is one placeholder.
_CODE = frozenset({"code", "kbd", "samp", "var"})
#: Their content is no text.
_HIDDEN = frozenset({"script", "style", "iframe", "object", "svg", "math", "template", "noscript"})


@dataclass(frozen=True)
class Escaped:
    """A piece of HTML in a source.

    Attributes:
        text: what it is once XML's own escaping is taken off.
        offsets: where each of its characters stands in the source, and at last where it ends.
        marks: characters of ``text`` that stand for something of XML's own (a comment, an entity), in order → tells it.
    """

    text: str
    offsets: Sequence[int]
    marks: Mapping[int, Callable[[], None]] = field(default_factory=dict)

    @cached_property
    def _places(self) -> list[int]:
        return list(self.marks)

    def marks_between(self, start: int, end: int) -> Sequence[int]:
        """Where marks stand in a piece of the text."""
        places = self._places
        return places[bisect_left(places, start) : bisect_left(places, end)]


def tell_html(flow: Flow, escaped: Escaped) -> None:
    """Tell the flow what stands in a piece of HTML."""
    at = 0
    text = escaped.text
    while match := _TAG.search(text, at):
        _words(flow, escaped, at, match.start())
        at = _tag(flow, escaped, match)
    _words(flow, escaped, at, len(text))


def _words(flow: Flow, escaped: Escaped, start: int, end: int) -> None:
    for mark in escaped.marks_between(start, end) if escaped.marks else ():
        _text(flow, escaped, start, mark)
        escaped.marks[mark]()
        start = mark + 1
    _text(flow, escaped, start, end)


def _text(flow: Flow, escaped: Escaped, start: int, end: int) -> None:
    if end > start:
        raw = escaped.text[start:end]
        means = _unescaped(raw)
        here = escaped.offsets[end] - escaped.offsets[start] == end - start
        flow.text(escaped.offsets[end], None if means == raw and here else means)


def _tag(flow: Flow, escaped: Escaped, match: re.Match[str]) -> int:
    """One tag; returns where the next text begins."""
    name = (match["name"] or "").lower()
    end = match.end()
    if not name:
        flow.empty(escaped.offsets[end], Code(0))
    elif name in _CODE or name in _HIDDEN:
        return _closed(flow, escaped, match, name)
    elif name not in _ROLES:
        flow.boundary(escaped.offsets[end])
    elif name in _VOID:
        flow.empty(escaped.offsets[end], _code(name, match["rest"]))
    elif match["close"]:
        flow.close(escaped.offsets[end], name)
    else:
        flow.open(escaped.offsets[end], name, _code(name, match["rest"]))
    return end


def _closed(flow: Flow, escaped: Escaped, match: re.Match[str], name: str) -> int:
    """An element that is told whole, when its end tag can be found."""
    close = re.compile(rf"</{name}\s*>", re.IGNORECASE).search(escaped.text, match.end())
    if match["close"] or close is None:
        flow.empty(escaped.offsets[match.end()], Code(0))
        return match.end()
    end = escaped.offsets[close.end()]
    shown = _unescaped(re.sub(r"<[^<>]*>|\ufffc", "", escaped.text[match.end() : close.start()]))
    if name in _HIDDEN or not shown.strip():
        flow.empty(end, Code(0))
    else:
        flow.fixed(end, shown, Code(0, Role.CODE))
    return close.end()


def _code(name: str, rest: str) -> Code:
    found = _ADDRESS.search(rest) if name in ("a", "img") else None
    return Code(0, _ROLES[name], _unescaped(found[1] or found[2] or found[3] or "") if found else "")


def _unescaped(text: str) -> str:
    """Text without HTML's own escaping; what XML cannot hold is left out."""
    return FORBIDDEN.sub("", html.unescape(text))
