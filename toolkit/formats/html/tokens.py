"""HTML source → tokens with their exact places, cut as the WHATWG tokenizer cuts it (HTML standard, section 13.2.5).

Nothing is normalised and nothing is thrown away: the tokens tile the source. Every repetition is possessive and what
the source leaves open reaches to its end, so the time is linear whatever stands there.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from enum import IntEnum
from typing import NamedTuple


class Kind(IntEnum):
    """What a token is."""

    TEXT = 0
    START = 1
    END = 2
    #: Also what the standard calls a bogus comment, and a processing instruction.
    COMMENT = 3
    DOCTYPE = 4
    #: ``<![CDATA[…]]>``, in XHTML and in SVG or MathML.
    CDATA = 5
    #: What stands in a script, a style sheet, a text area …: no markup but its end tag.
    RAW = 6
    #: The same of a title or text area: character references mean characters there.
    RCDATA = 7
    #: What a browser ignores: ``</>``, a tag that the end of the file cuts off.
    IGNORED = 8


#: Before Python 3.12 it takes long to look up a member of an enumeration.
_TEXT, _START, _END = Kind.TEXT, Kind.START, Kind.END


class Token(NamedTuple):
    """One token.

    Attributes:
        start: offset of its first character.
        end: offset behind its last one.
        name: of a tag, in lower case.
        attributes: offset where a start tag's name ends.
        closed: a start tag that ends in ``/>``.
    """

    kind: Kind
    start: int
    end: int
    name: str = ""
    attributes: int = 0
    closed: bool = False


class Attribute(NamedTuple):
    """Where an attribute's value stands, without its quotes; ``quote`` is "" where it has none."""

    start: int
    end: int
    quote: str


_WS = r"[\t\n\f\r ]"
_ATTRIBUTE = (
    r"[^\t\n\f\r />][^\t\n\f\r />=]*+"
    rf"(?:{_WS}*+={_WS}*+(?:\"[^\"]*+(?:\"|\Z)|'[^']*+(?:'|\Z)|(?=>)|\Z|[^\t\n\f\r >\"'][^\t\n\f\r >]*+))?+"
)
#: The groups, by number, are the kinds of markup.
_MARKUP = re.compile(
    r"<(?:"
    rf"(/?[a-zA-Z][^\t\n\f\r />]*+)((?:[\t\n\f\r /]*+{_ATTRIBUTE})*+)[\t\n\f\r /]*+>"
    r"|(/?[a-zA-Z][\s\S]*+|/>)"  # ignored
    r"|(!--(?:-?>|[\s\S]*?(?:--!?>|\Z)))"
    r"|(![dD][oO][cC][tT][yY][pP][eE][^>]*+>?)"
    r"|(!\[CDATA\[)"
    r"|(\?)"
    r"|((?:!|/[^>])[^>]*+>?)"  # a bogus comment
    r")"
)
_TAG, _IGNORED, _COMMENT, _DOCTYPE, _CDATA, _INSTRUCTION, _BOGUS = 2, 3, 4, 5, 6, 7, 8
#: XML's internal subset: a ">" in it does not end the doctype.
_SUBSET = re.compile(
    r"""<![dD][oO][cC][tT][yY][pP][eE](?:[^>\["']|"[^"]*+"|'[^']*+')*+"""
    r"""\[(?:[^\]"'<]|"[^"]*+"|'[^']*+'|<!--[\s\S]*?(?:-->|\Z)|<)*+\][\t\n\f\r ]*+>"""
)
_ATTRIBUTES = re.compile(
    rf"[\t\n\f\r /]*+([^\t\n\f\r />][^\t\n\f\r />=]*+)"
    rf"(?:{_WS}*+={_WS}*+(?:\"([^\"]*+)\"|'([^']*+)'|(?=>)|\Z|([^\t\n\f\r >\"'][^\t\n\f\r >]*+)))?+"
)

#: Elements whose content is no markup.
RAW = frozenset({"script", "style", "xmp", "iframe", "noembed", "noframes"})
RCDATA = frozenset({"title", "textarea"})
_END_TAGS = {name: re.compile(rf"</{name}(?=[\t\n\f\r />])", re.IGNORECASE) for name in RAW | RCDATA}
_SCRIPT = re.compile(r"(<!--)|(-->)|<(/?)script(?=[\t\n\f\r />])", re.IGNORECASE)
_FOREIGN = frozenset({"svg", "math"})
#: Elements of SVG and MathML in which HTML begins again.
_INTEGRATION = frozenset({"foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"})
_NAMES = (
    "b big blockquote body br center code dd div dl dt em embed h1 h2 h3 h4 h5 h6 head hr i img li listing menu meta "
    "nobr ol p pre ruby s small span strong strike sub sup table tt u ul var"
)
#: Start tags that end SVG and MathML wherever they stand (section 13.2.6.5).
_BREAKOUT = frozenset(_NAMES.split())


def tokens(source: str, *, xml: bool = False) -> Iterator[Token]:
    """The tokens of a source, which tile it.

    Args:
        source: the text of the file.
        xml: read as XHTML: every element can be empty, CDATA sections are text, ``?>`` ends an instruction.
    """
    return _Tokenizer(source, xml).run()


def attributes(source: str, start: int, end: int) -> dict[str, Attribute]:
    """The attributes of a start tag, by name in lower case; of two with one name the first counts."""
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTES.finditer(source, start, end - 1):
        group = match.lastindex or 1
        at = match.span(group) if group > 1 else (match.end(), match.end())
        found.setdefault(match[1].lower(), Attribute(*at, ("", "", '"', "'", "")[group]))
    return found


class _Tokenizer:
    def __init__(self, source: str, xml: bool) -> None:
        self._source, self._xml = source, xml
        #: Open SVG and MathML elements, and those in them in which HTML begins again.
        self._foreign: list[str] = []
        self._doctype = False

    def run(self) -> Iterator[Token]:
        """The tokens."""
        source, at = self._source, 0
        search = _MARKUP.search
        while (match := search(source, at)) is not None:
            start = match.start()
            if start > at:
                yield Token(_TEXT, at, start)
            if match.lastindex == _TAG:
                name = match[1].lower()
                end = match.end()
                if name[0] == "/":
                    name = name[1:]
                    if self._foreign:
                        self._leave(name)
                    yield Token(_END, start, end, name)
                else:
                    closed = source[end - 2] == "/" and match.end(_TAG) <= end - 2
                    yield Token(_START, start, end, name, match.end(1), closed)
                    foreign = self._enter(name, closed) if self._foreign or name in _FOREIGN else False
                    if name in _END_TAGS or name == "plaintext":
                        raw = None if foreign or (self._xml and closed) else self._raw(name, end)
                        if raw is not None:
                            yield raw
                            end = raw.end
            else:
                token = self._other(match)
                end = token.end
                yield token
            at = end
        if at < len(source):
            yield Token(_TEXT, at, len(source))

    def _other(self, match: re.Match[str]) -> Token:
        """Markup that is no tag."""
        start, end = match.span()
        kind = Kind.COMMENT
        match match.lastindex:
            case 3:
                kind = Kind.IGNORED
            case 5:
                kind = Kind.DOCTYPE
                subset = None if self._doctype else _SUBSET.match(self._source, start)
                self._doctype = True
                end = subset.end() if subset else end
            case 6 if self._xml or (self._foreign and self._foreign[-1] in _FOREIGN):
                kind = Kind.CDATA
                end = self._behind("]]>", end)
            case 6:
                end = self._behind(">", end)
            case 7:
                end = self._behind("?>" if self._xml else ">", end)
        return Token(kind, start, end)

    def _behind(self, mark: str, start: int) -> int:
        at = self._source.find(mark, start)
        return len(self._source) if at < 0 else at + len(mark)

    def _raw(self, name: str, start: int) -> Token | None:
        """What stands between a start tag and the end tag of an element without markup inside."""
        kind = Kind.RCDATA if name in RCDATA else Kind.RAW
        if name == "plaintext":
            end = len(self._source)
        elif name == "script":
            end = self._script_end(start)
        else:
            found = _END_TAGS[name].search(self._source, start)
            end = found.start() if found else len(self._source)
        return Token(kind, start, end, name) if end > start else None

    def _script_end(self, start: int) -> int:
        """A script's end tag: after ``<!--`` a script can hold a whole script element (section 13.2.5.20)."""
        escaped = doubly = False
        for match in _SCRIPT.finditer(self._source, start):
            if match[1]:
                escaped = True
                if self._source.startswith((">", "->"), match.end()):  # "<!-->" opens and closes
                    escaped = doubly = False
            elif match[2]:
                escaped = doubly = False
            elif match[3]:
                if not doubly:
                    return match.start()
                doubly = False
            elif escaped:
                doubly = True
        return len(self._source)

    def _enter(self, name: str, closed: bool) -> bool:
        """Keep track of SVG and MathML at a start tag; whether the tag stands in it and is not HTML."""
        inside = bool(self._foreign) and self._foreign[-1] in _FOREIGN
        if inside and name in _BREAKOUT:
            while self._foreign and self._foreign[-1] in _FOREIGN:
                self._foreign.pop()
            return False
        if not closed and (name in _FOREIGN or (inside and name in _INTEGRATION)):
            self._foreign.append(name)
        return inside

    def _leave(self, name: str) -> None:
        """Keep track of SVG and MathML at an end tag."""
        if self._foreign[-1] == name:
            self._foreign.pop()
        elif name in _FOREIGN:
            while self._foreign and self._foreign.pop() != name:
                pass
