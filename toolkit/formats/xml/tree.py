"""An XML document → its tokens with exact positions, and the element tree that selectors are asked of.

One pass of expat makes both, so that the n-th start tag is the n-th element by construction. Entities are never
expanded in content (a DefaultHandler is set, Expat's reference for XML_SetDefaultHandler), nothing outside the file is
read, and lxml never sees the document's text as markup: it only gets elements, attributes and characters.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum, auto
from html.entities import name2codepoint
from typing import NamedTuple
from xml.parsers import expat

from lxml import etree

from toolkit.errors import SourceError
from toolkit.formats.decoding import position as place_of

#: No document that people write comes near; what reads XML behind us (libxml2) stops at 256 unless it is asked not to.
DEEPEST = 500
_SEPARATOR = "\f"  # cannot stand in an XML document, so it cannot stand in a namespace's name
_BROKEN_NAMESPACE = "urn:uuid:9a6e943d-dc8c-4fc0-92dd-9db7f6e9a8a0#broken"


class Kind(Enum):
    """What a token is."""

    START = auto()
    END = auto()
    TEXT = auto()
    #: A character reference or one of the five entities: ``text`` is what it means.
    REFERENCE = auto()
    ENTITY = auto()
    CDATA = auto()
    COMMENT = auto()
    INSTRUCTION = auto()


class Token(NamedTuple):
    """A stretch of the document, in characters; tokens tile the root element.

    An element without end tag (``<a/>``) has an END of no length.
    """

    kind: Kind
    start: int
    end: int
    node: int
    text: str = ""


@dataclass(slots=True)
class Node:
    """An element.

    Attributes:
        parent: index of its parent; -1 for the root.
        name: as the document spells it, with prefix.
        first: index of its START token.
        last: index of its END token.
        own_text: characters directly inside that are not white space.
        has_text: such characters anywhere inside.
        worded_children: how many of its children have text.
    """

    parent: int
    name: str
    first: int
    last: int = -1
    own_text: bool = False
    has_text: bool = False
    worded_children: int = 0


@dataclass(frozen=True, slots=True)
class Document:
    """A document that has been read.

    Attributes:
        text: all of it.
        elements: lxml's elements, the n-th that of the n-th node.
        prefixes: every prefix the document declares, with the namespace it was last given.
        entities: what the internal subset declares: name → value, None for what lies outside the file.
        external: a DTD outside the file may declare more.
    """

    text: str
    tokens: list[Token]
    nodes: list[Node]
    elements: list[etree._Element]
    prefixes: dict[str, str]
    entities: dict[str, str | None]
    external: bool


#: Attributes of one element: Expat's time grows with their square.
MOST_ATTRIBUTES = 5_000
#: Of all elements together. A DTD can give each element thousands by default, in a file of some kilobytes.
MOST_ATTRIBUTES_OF_ALL = 1_000_000
_LONG_TAG = re.compile(r"<[^\W\d][^<>]{15000,}")


def _crowded(said: str, path: str, line: int | str) -> SourceError:
    hint = "No text needs so many: look at the program that wrote the file."
    return SourceError(f"{said} attributes", where=f"{path}:{line}", hint=hint)


def _refuse_crowded(text: str, path: str) -> None:
    for match in _LONG_TAG.finditer(text):
        if match[0].count("=") > MOST_ATTRIBUTES:
            line = place_of(text, match.start()).partition(":")[0]
            raise _crowded(f"an element has more than {MOST_ATTRIBUTES:,}", path, line)


def read_document(text: str, path: str) -> Document:
    """The document's tokens and tree.

    Raises:
        SourceError: it is not well-formed (with the line), or nested too deeply.
    """
    _refuse_crowded(text, path)
    scan = _Scan(text, path)
    try:
        scan.parser.Parse(scan.data, True)
    except expat.ExpatError as error:
        raise _explained(error, scan) from None
    nodes, tokens = _tokens(scan, text)
    return Document(text, tokens, nodes, scan.elements, scan.prefixes, scan.entities, scan.external)


class _Scan:
    """Expat's handlers and what they collect. Positions are bytes of the UTF-8 form."""

    def __init__(self, text: str, path: str) -> None:
        self.data, self.path = text.encode(), path
        self.events: list[tuple[Kind, int, str]] = []
        self.elements: list[etree._Element] = []
        self.prefixes: dict[str, str] = {}
        self.entities: dict[str, str | None] = {}
        self.external = False
        self.open: list[etree._Element] = []
        self.open_at: list[int] = []
        self._closed: etree._Element | None = None
        self._characters: list[str] = []
        self._in_cdata = False
        self._attributes = 0
        parser = self.parser = expat.ParserCreate("utf-8", _SEPARATOR)
        parser.buffer_text = False
        parser.UseForeignDTD(True)  # an undeclared entity is kept as it stands, as if the DTD outside declared it
        parser.StartDoctypeDeclHandler = self._doctype
        parser.EntityDeclHandler = self._entity
        parser.StartNamespaceDeclHandler = self._namespace
        parser.StartElementHandler = self._start
        parser.EndElementHandler = self._end
        parser.CharacterDataHandler = self._text
        parser.StartCdataSectionHandler = self._cdata
        parser.EndCdataSectionHandler = self._end_cdata
        parser.CommentHandler = self._comment
        parser.ProcessingInstructionHandler = self._instruction
        parser.DefaultHandler = self._other

    def _doctype(self, _: str, system: str | None, *__: object) -> None:
        self.external = system is not None

    def _entity(self, name: str, is_parameter: int, value: str | None, *_: object) -> None:
        if not is_parameter:
            self.entities.setdefault(name, value)  # the first declaration binds (XML 1.0 section 4.2)

    def _namespace(self, prefix: str | None, name: str | None) -> None:
        self.prefixes[prefix or ""] = name or ""

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._flush()
        if len(self.open) >= DEEPEST:
            raise SourceError(
                f"elements are nested more than {DEEPEST} deep",
                where=f"{self.path}:{self.parser.CurrentLineNumber}",
                hint="No text needs that: the file is damaged or made to overload programs. Simplify it.",
            )
        self._attributes += len(attributes)
        if self._attributes > MOST_ATTRIBUTES_OF_ALL:
            said = f"with what its DTD adds, the file has more than {MOST_ATTRIBUTES_OF_ALL:,}"
            raise _crowded(said, self.path, self.parser.CurrentLineNumber)
        element = _element(self, name, attributes)
        self.elements.append(element)
        self.open.append(element)
        self.open_at.append(self.parser.CurrentByteIndex)
        self._closed = None
        self._note(Kind.START)

    def _end(self, _: str) -> None:
        self._flush()
        self._closed = self.open.pop()
        self.open_at.pop()
        self._note(Kind.END)

    def _text(self, text: str) -> None:
        self._characters.append(text)
        if self._in_cdata:
            return
        if self.data[self.parser.CurrentByteIndex] == 0x26:  # "&"
            self._note(Kind.REFERENCE, text)
        elif self.events[-1][0] is not Kind.TEXT:
            self._note(Kind.TEXT)

    def _cdata(self) -> None:
        self._in_cdata = True
        self._note(Kind.CDATA)

    def _end_cdata(self) -> None:
        self._in_cdata = False

    def _comment(self, _: str) -> None:
        if self.open:
            self._note(Kind.COMMENT)

    def _instruction(self, *_: str) -> None:
        if self.open:
            self._note(Kind.INSTRUCTION)

    def _other(self, text: str) -> None:
        if self.open:
            self._note(Kind.ENTITY, text)

    def known_prefixes(self) -> dict[str, str]:
        """Prefixes declared so far; the root gets them, so that selectors may use name()."""
        return {prefix: name for prefix, name in self.prefixes.items() if prefix and name}

    def _note(self, kind: Kind, text: str = "") -> None:
        self.events.append((kind, self.parser.CurrentByteIndex, text))

    def _flush(self) -> None:
        """Give the tree the characters since the last tag."""
        text = "".join(self._characters)
        self._characters.clear()
        if self._closed is not None:
            self._closed.tail = text
        elif self.open:
            self.open[-1].text = text


def _element(scan: _Scan, name: str, attributes: dict[str, str]) -> etree._Element:
    tag = _clark(name)
    values = {_clark(key): value for key, value in attributes.items()}
    parent = scan.open[-1] if scan.open else None
    for broken in (False, True):
        try:
            if parent is not None:
                return etree.SubElement(parent, tag, values)
            return etree.Element(tag, values, nsmap={} if broken else scan.known_prefixes())
        except ValueError:  # libxml2 holds that the namespace's name is no URI: selectors will not find it
            tag = _mended(tag)
            values = {_mended(key): value for key, value in values.items()}
    raise SourceError(f"the name {tag} cannot be read")


def _clark(name: str) -> str:
    uri, separator, local = name.partition(_SEPARATOR)
    return f"{{{uri}}}{local}" if separator else name


def _mended(name: str) -> str:
    return f"{{{_BROKEN_NAMESPACE}}}{name.rpartition('}')[2]}" if name[:1] == "{" else name


# -- tokens -------------------------------------------------------------------------------------------------------


def _tokens(scan: _Scan, text: str) -> tuple[list[Node], list[Token]]:
    starts = _offsets(scan.data, text, [at for _, at, _ in scan.events])
    starts.append(text.index(">", starts[-1]) + 1 if text.startswith("</", starts[-1]) else starts[-1])
    nodes: list[Node] = []
    tokens: list[Token] = []
    open_nodes: list[int] = []
    for at, (kind, _, value) in enumerate(scan.events):
        start, end = starts[at], starts[at + 1]
        if kind is Kind.START:
            name = _NAME.match(text, start + 1)
            nodes.append(Node(open_nodes[-1] if open_nodes else -1, name[0] if name else "", len(tokens)))
            open_nodes.append(len(nodes) - 1)
        node = open_nodes[-1]
        if kind is Kind.REFERENCE:
            value = readable(value)
            if not value:
                kind, value = Kind.ENTITY, text[start:end]
        elif kind is Kind.ENTITY and (character := character_of(value[1:-1], scan.entities)):
            kind, value = Kind.REFERENCE, character
        if kind is Kind.END:
            open_nodes.pop()
            nodes[node].last = len(tokens)
            if scan.events[at - 1][0] is Kind.START and text.startswith("/>", start - 2):
                end = start
        tokens.append(Token(kind, start, end, node, value))
        if not nodes[node].own_text and _worded(kind, text, start, end, value):
            nodes[node].own_text = nodes[node].has_text = True
    for each in reversed(nodes):
        if each.has_text and each.parent >= 0:
            nodes[each.parent].has_text = True
            nodes[each.parent].worded_children += 1
    return nodes, tokens


_NAME = re.compile(r"[^\s/>]+")


def character_of(name: str, declared: dict[str, str | None]) -> str:
    """What an entity means when it is one character: declared so, or known from ISO 8879 and XHTML ("eacute")."""
    if name in declared:
        value = declared[name] or ""
        return value if len(value) == 1 and value not in "<&" else ""
    return chr(name2codepoint[name]) if name in name2codepoint else ""


#: Controls and noncharacters that XML allows as references; no catalogue can hold them.
_UNREADABLE = re.compile("[\x7f-\x84\x86-\x9f\ufdd0-\ufdef]")


def readable(character: str) -> str:
    """The character that a reference means; "" when nobody can read it.

    U+0080 to U+009F are what HTML takes them for: Windows-1252, from which they come.
    """
    if _UNREADABLE.match(character):
        return bytes([ord(character)]).decode("cp1252", "ignore") if "\x80" <= character <= "\x9f" else ""
    return "" if ord(character) & 0xFFFE == 0xFFFE else character


def _worded(kind: Kind, text: str, start: int, end: int, value: str) -> bool:
    """Whether a token is characters other than white space."""
    match kind:
        case Kind.TEXT:
            return not text[start:end].isspace()
        case Kind.REFERENCE:
            return not value.isspace()
        case Kind.CDATA:
            return bool(text[start + 9 : end - 3].strip())
        case _:
            return False


def _offsets(data: bytes, text: str, positions: list[int]) -> list[int]:
    """Byte positions, ascending → character positions."""
    if len(data) == len(text):
        return positions
    found: list[int] = []
    at = characters = 0
    for position in positions:
        characters += len(data[at:position].decode())
        at = position
        found.append(characters)
    return found


# -- what is wrong ------------------------------------------------------------------------------------------------

_MEND = "Open the file in an XML editor, which shows the place, mend it there and save it."
#: Expat's codes (expat.h, enum XML_Error) in plain words.
_REASONS = {
    2: "the file is not XML: what stands here has no place in front of the first tag",
    3: "there is no element in it: the file is empty or ends too early",
    4: "what stands here is not XML: a “<” or “&” that should be &lt; or &amp;, or a character that XML forbids",
    5: "a tag, comment or declaration that begins here does not end",
    6: "a character is cut in half here",
    8: "an attribute stands twice in this tag",
    9: "there is something behind the end of the document",
    11: "an entity that is not declared, in a document that says it is standalone",
    12: "an entity that contains itself",
    14: "a reference to a character that XML forbids",
    15: "a reference to a file that is no text",
    16: "an attribute's value may not come from another file",
    17: "the XML declaration is not at the very beginning of the file",
    20: "a CDATA section is not closed",
    27: "a prefix is used that is not declared (xmlns:…)",
    28: "a prefix cannot be taken back in XML 1.0",
    30: "the XML declaration is wrong",
    38: "the prefix “xml” may only mean what it always means",
    39: "the prefix “xmlns” may not be declared",
    40: "this namespace belongs to “xml” or “xmlns”",
    43: "entities that multiply: written out they would be far larger than the file, as in an attack",
}


def _explained(error: expat.ExpatError, scan: _Scan) -> SourceError:
    where = f"{scan.path}:{error.lineno}"
    missing = ""
    if scan.open:
        line = scan.data.count(b"\n", 0, scan.open_at[-1]) + 1
        missing = f"</{etree.QName(scan.open[-1]).localname}> is missing (open since line {line})"
    if error.code == 7 and missing:
        wrong = scan.data[scan.parser.ErrorByteIndex :][:80].decode(errors="replace").partition(">")[0]
        wrong = "</" + wrong.removeprefix("</").strip()
        return SourceError(f"not well-formed XML: {wrong}> stands where {missing}", where=where, hint=_MEND)
    if error.code == 3 and missing:
        return SourceError(f"not well-formed XML: the file ends, but {missing}", where=where, hint=_MEND)
    reason = _REASONS.get(error.code) or expat.ErrorString(error.code)
    return SourceError(f"not well-formed XML: {reason}", where=where, hint=_MEND)
