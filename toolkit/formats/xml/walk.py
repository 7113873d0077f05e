"""A document whose elements have traits, told to a flow: which stretch is a block, inline markup, text, or neither."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial

from toolkit.formats.drafts import Place
from toolkit.formats.flow import Flow
from toolkit.formats.xml.html import Escaped, tell_html
from toolkit.formats.xml.spelling import (
    CDATA,
    HTML,
    HTML_IN_CDATA,
    LOOKS_LIKE_HTML,
    PLAIN,
    PLAIN_IN_CDATA,
    PRESERVED,
    TEXT,
    attributes,
)
from toolkit.formats.xml.traits import SHORTER, XML_LANG, Traits, Within, normalised, same_language
from toolkit.formats.xml.tree import Document, Kind, Node, Token
from toolkit.model import Code, Frame, Role

#: A line end; or an empty line, which parts paragraphs.
_LINE_END = re.compile(r"(?:\r\n|\r|\n)(?P<empty>(?:[ \t]*(?:\r\n|\r|\n))+)?")
_BREAK = Code(0, Role.BREAK)
#: An entity's value is shown when it is no longer than this, and is nothing but characters.
_SHOWN = 200
_MARKUP = re.compile(r"[<&]|^\s*$")
_CHARACTERS = (Kind.TEXT, Kind.REFERENCE, Kind.CDATA, Kind.ENTITY)
_ESCAPES = re.compile("[<&]")
_NO_CHARACTERS = (Kind.ENTITY, Kind.COMMENT, Kind.INSTRUCTION)
#: Length of "<![CDATA[" and of "]]>".
_OPEN, _CLOSE = 9, 3


class Walk:
    """Tells a document to a flow.

    Args:
        document: the document.
        traits: of its elements.
        flow: over the document's text.
        language: of the release.
    """

    def __init__(self, document: Document, traits: list[Traits], flow: Flow, language: str) -> None:
        self._document, self._traits, self._flow, self._language = document, traits, flow, language
        self._speaks = [self._translated(each) for each in traits]
        self._shows = [not each.ignored for each in traits]
        for at in range(len(traits) - 1, 0, -1):
            parent = document.nodes[at].parent
            self._speaks[parent] |= self._speaks[at]
            self._shows[parent] |= self._shows[at]
        self._opened: list[Within] = []
        self._alone: set[int] = set()
        self._grids: list[_Grid] = []
        self._places: dict[tuple[int, str, bool, str], Place] = {}
        #: Elements whose escaped HTML was left as it is.
        self.unread: list[int] = []

    def run(self) -> None:
        """Tell everything."""
        tokens = self._document.tokens
        self._flow.boundary(tokens[0].start)
        at = 0
        while at < len(tokens):
            token = tokens[at]
            match token.kind:
                case Kind.START:
                    at = self._start(at, token)
                    continue
                case Kind.END:
                    self._end(token)
                case Kind.COMMENT | Kind.INSTRUCTION:
                    self._other(token)
                case _:
                    at = self._characters(at, token)
                    continue
            at += 1

    def _translated(self, traits: Traits) -> bool:
        return traits.translate and not traits.ignored and same_language(traits.language, self._language)

    # -- elements -------------------------------------------------------------------------------------------------

    def _start(self, at: int, token: Token) -> int:
        """A start tag; returns the index of the next token to tell."""
        number, flow = token.node, self._flow
        node, traits = self._document.nodes[number], self._traits[number]
        if traits.content_localised or (traits.ignored and not self._shows[number]):
            return self._whole(number, node, None)
        within = traits.within
        if within is Within.YES and flow.place.fixed and self._translated(traits):
            within = Within.NO  # what is translated inside what is not becomes a block of its own
        if within is Within.YES:
            return self._inline(at, token, node, traits)
        self._about(number)
        if within is Within.NESTED:
            flow.nest(token.end, self._code(traits))
        may_be_html = traits.html and self._translated(traits) and self._is_leaf(node)
        flow.enter(token.end, self._place(traits, PLAIN if may_be_html else PRESERVED if traits.preserve else TEXT))
        self._opened.append(within)
        if may_be_html:
            return self._html(at, node)
        cdata = self._only_cdata(at, node)
        if cdata is not None:
            self._alone.add(cdata)
        return at + 1

    def _inline(self, at: int, token: Token, node: Node, traits: Traits) -> int:
        number = token.node
        if all(
            token.kind is Kind.CDATA and not self._meaning(token) for token in self._document.tokens[at + 1 : node.last]
        ):
            return self._whole(number, node, self._code(traits))
        if not self._speaks[number] and not self._flow.place.fixed:
            return self._whole(number, node, self._code(traits), self._shown(node))
        self._about(number)
        self._flow.open(token.end, str(number), self._code(traits))
        self._opened.append(Within.YES)
        return at + 1

    def _whole(self, number: int, node: Node, code: Code | None, shown: str = "") -> int:
        """An element with all that is in it: a placeholder, or (without code) no text at all."""
        end = self._document.tokens[node.last].end
        for inner in range(number, len(self._traits)):
            if self._document.nodes[inner].first > node.last:
                break
            self._about(inner)
        if code is None and self._traits[number].within is Within.NO:
            self._flow.boundary(end)
        elif shown.strip():
            self._flow.fixed(end, shown, code or Code(0))
        else:
            self._flow.empty(end, code or Code(0))
        return node.last + 1

    def _end(self, token: Token) -> None:
        within = self._opened.pop()
        if within is Within.YES:
            self._flow.close(token.end, str(token.node))
            return
        if self._traits[token.node].place.frame is Frame.TABLE:
            self._grids.pop()
        if within is Within.NESTED:
            self._flow.leave(token.start)
            self._flow.unnest(token.end)
        else:
            self._flow.leave(token.end)

    def _place(self, traits: Traits, style: str) -> Place:
        key = (id(traits.place), traits.language, self._translated(traits), style)
        if key not in self._places:
            self._places[key] = replace(
                traits.place,
                language=traits.language or self._language,
                fixed=bool(traits.place.fixed) or not key[2],
                style=style,
            )
        place = self._places[key]
        match place.frame:
            case Frame.TABLE:
                self._grids.append(_Grid())
            case Frame.ROW if self._grids:
                self._grids[-1].row()
            case Frame.CELL | Frame.HEADER_CELL if self._grids:
                place = replace(place, column=self._grids[-1].cell(place.columns, place.rows))
            case _:
                pass
        return place

    def _code(self, traits: Traits) -> Code:
        if same_language(traits.language, self._language):
            return traits.code
        role = Role.FOREIGN if traits.code.role is Role.OTHER else traits.code.role
        return replace(traits.code, role=role, language=traits.language)

    def _about(self, number: int) -> None:
        """What is to be told of an element's attributes, before the stretch that holds them."""
        traits = self._traits[number]
        if traits.content_localised:
            self._localise_content(self._document.nodes[number])
        if not (traits.attributes or traits.localised or traits.insert):
            return
        found = attributes(self._document, number)
        for name in traits.attributes if same_language(traits.language, self._language) else ():
            if name in found and (value := found[name].value) is not None:
                label = name.rpartition("}")[2]
                self._flow.attribute(found[name].start, found[name].end, value, label, found[name].style)
        for name in traits.localised:
            if name in found and same_language(normalised(found[name].value or ""), self._language):
                self._flow.localise(found[name].start, found[name].end, _template(found[name].value or ""))
        if traits.insert and traits.insert not in found:
            node = self._document.nodes[number]
            behind = self._document.tokens[node.first].start + 1 + len(node.name)
            name = "xml:lang" if traits.insert == XML_LANG else traits.insert
            self._flow.localise(behind, behind, f' {name}="{{language}}"')

    def _localise_content(self, node: Node) -> None:
        """The name of the language as an element's text, which the next stretch reaches over."""
        token = self._document.tokens[node.first + 1]
        value = self._document.text[token.start : token.end]
        same = same_language(normalised(value), self._language)
        if node.last == node.first + 2 and token.kind is Kind.TEXT and same:
            start = token.start + len(value) - len(value.lstrip())
            self._flow.localise(start, start + len(value.strip()), _template(value))

    # -- characters -----------------------------------------------------------------------------------------------

    def _characters(self, at: int, token: Token) -> int:
        """Characters, or an entity; returns the index of the next token to tell."""
        flow, traits = self._flow, self._traits[token.node]
        if traits.ignored:
            flow.boundary(token.end)
        elif not flow.place.fixed and not self._translated(traits):
            return self._fixed(at)
        elif at in self._alone:
            plain = flow.place.style == PLAIN
            flow.enter(token.start + _OPEN, Place(style=PLAIN_IN_CDATA if plain else CDATA))
            flow.text(token.end - _CLOSE)
            flow.leave(token.end)
        elif token.kind is Kind.ENTITY:
            self._other(token)
        elif token.kind is Kind.TEXT and flow.place.style == PRESERVED and not flow.place.fixed:
            self._lines(token)
        else:
            flow.text(token.end, None if token.kind is Kind.TEXT else self._meaning(token))
        return at + 1

    def _fixed(self, at: int) -> int:
        """Words that are not translated, in an element that also holds words that are."""
        tokens = self._document.tokens
        end = at
        while tokens[end].kind in _CHARACTERS:
            end += 1
        shown = "".join(map(self._meaning, tokens[at:end]))
        if shown.strip():
            self._flow.fixed(tokens[end].start, shown, Code(0))
        else:
            self._flow.text(tokens[end].start, shown)
        return end

    def _other(self, token: Token) -> None:
        """What is neither characters nor a tag.

        An entity is a word or a name that stays; where it can be known, people see what it stands for.
        """
        if token.kind is not Kind.ENTITY:
            self._flow.empty(token.end, Code(0))
            return
        name = token.text[1:-1]
        value = self._document.entities.get(name) or ""
        if name.startswith("#"):
            self._flow.empty(token.end, Code(0, label=token.text))
        else:
            known = 0 < len(value) <= _SHOWN and not _MARKUP.search(value)
            self._flow.fixed(token.end, value if known else token.text, Code(0, label=token.text))

    def _lines(self, token: Token) -> None:
        """Text whose line ends count: they become placeholders, so that a translation can keep them.

        An empty line parts paragraphs.
        """
        for match in _LINE_END.finditer(self._document.text, token.start, token.end):
            self._flow.text(match.start())
            if match["empty"] and self._opened[-1] is not Within.YES:
                self._flow.boundary(match.end())
            else:
                self._flow.empty(match.end(), _BREAK)
        self._flow.text(token.end)

    def _meaning(self, token: Token) -> str:
        """The characters that a token stands for."""
        match token.kind:
            case Kind.CDATA:
                return self._document.text[token.start + _OPEN : token.end - _CLOSE]
            case Kind.TEXT:
                return self._document.text[token.start : token.end]
            case Kind.REFERENCE | Kind.ENTITY:
                return token.text
            case _:
                return ""

    def _shown(self, node: Node) -> str:
        inside = self._document.tokens[node.first : node.last]
        return "".join(map(self._meaning, inside))

    def _inside(self, at: int, node: Node) -> Iterator[tuple[int, Token]]:
        """The tokens between a start tag and its end tag, without white space at the edges of nothing."""
        for index in range(at + 1, node.last):
            token = self._document.tokens[index]
            if token.kind is not Kind.TEXT or not self._document.text[token.start : token.end].isspace():
                yield index, token

    def _only_cdata(self, at: int, node: Node) -> int | None:
        """The CDATA section that is all of an element's content."""
        found: int | None = None
        for index, token in self._inside(at, node):
            if found is not None or token.kind is not Kind.CDATA:
                return None
            found = index
        return found

    # -- escaped HTML ---------------------------------------------------------------------------------------------

    def _is_leaf(self, node: Node) -> bool:
        """Whether no element stands inside."""
        inside = self._document.tokens[node.first + 1 : node.last]
        return all(token.kind is not Kind.START for token in inside)

    def _html(self, at: int, node: Node) -> int:
        """Content that may be escaped HTML; returns the index of the next token to tell."""
        inside = [token for _, token in self._inside(at, node)]
        cdata = self._only_cdata(at, node)
        whole = "".join("\ufffc" if token.kind in _NO_CHARACTERS else self._meaning(token) for token in inside)
        if not LOOKS_LIKE_HTML.search(whole):
            if cdata is not None:
                self._alone.add(cdata)
            return at + 1
        end = self._document.tokens[node.last].start
        if cdata is not None:
            start = self._document.tokens[cdata].start + _OPEN
            stop = self._document.tokens[cdata].end - _CLOSE
            escaped = Escaped(whole, range(start, stop + 1))
            self._flow.enter(start, Place(style=HTML_IN_CDATA))
            tell_html(self._flow, escaped)
        elif not any(token.kind is Kind.CDATA and _ESCAPES.search(self._meaning(token)) for token in inside):
            escaped = self._unescaped(at, node)
            self._flow.enter(escaped.offsets[0], Place(style=HTML))
            tell_html(self._flow, escaped)
        else:
            self.unread.append(self._document.tokens[at].node)
            self._flow.enter(self._document.tokens[at].end, Place())
        self._flow.leave(end)
        return node.last

    def _unescaped(self, at: int, node: Node) -> Escaped:
        """The meaning of all that stands in an element, with the offset of each character in the source."""
        offsets: list[int] = []
        parts: list[str] = []
        marks: dict[int, Callable[[], None]] = {}
        for index in range(at + 1, node.last):
            token = self._document.tokens[index]
            meaning = self._meaning(token)
            if token.kind in _NO_CHARACTERS:
                meaning = "\ufffc"
                marks[len(offsets)] = partial(self._other, token)
            parts.append(meaning)
            if token.kind is Kind.TEXT:
                offsets += range(token.start, token.end)
            else:
                offsets += [token.start] * len(meaning)
        return Escaped("".join(parts), [*offsets, self._document.tokens[node.last].start], marks)


class _Grid:
    """A table that is being read: which columns are taken by cells from rows above."""

    def __init__(self) -> None:
        self._taken: dict[int, int] = {}
        self._next = 0

    def row(self) -> None:
        """A row begins."""
        self._taken = {column: rows - 1 for column, rows in self._taken.items() if rows > 1}
        self._next = 0

    def cell(self, columns: int, rows: int) -> int:
        """The column of the next cell."""
        while self._next in self._taken:
            self._next += 1
        column = self._next
        self._next += columns
        for each in range(column, column + columns) if rows > 1 else ():
            self._taken[each] = rows
        return column


def _template(value: str) -> str:
    """How the language is written in its place: with a territory or in three letters where the source has that."""
    if value.strip().lower() in SHORTER:
        return "{alpha3}"
    return "{territory}" if re.search(r"[-_]", value.strip()) else "{language}"
