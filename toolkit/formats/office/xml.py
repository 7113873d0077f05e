"""The XML parts of DOCX and ODT files: text → a tree whose nodes know where they stand.

Expat proves that a part is well-formed; after that one regular expression finds every tag and attribute exactly, which
expat does not do: it gives no positions of attributes. Office parts have no document type (ECMA-376 part 2, section
6.2.5 forbids one), so there are no entities to expand.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Iterator
from xml.parsers import expat

from toolkit.errors import SourceError

#: Elements inside each other; word processors stay far below.
DEEPEST = 300
#: Elements and stretches of text in one part: some 5,000 pages.
MOST_NODES = 500_000
#: Namespace → the prefix that the readers know it by, whatever the file calls it.
_PREFIXES = {
    "http://www.w3.org/XML/1998/namespace": "xml",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "urn:schemas-microsoft-com:vml": "v",
    "urn:schemas-microsoft-com:office:office": "o",
    "http://schemas.microsoft.com/office/word/2010/wordprocessingShape": "wps",
    "http://schemas.openxmlformats.org/package/2006/relationships": "rels",
    "http://schemas.openxmlformats.org/package/2006/content-types": "types",
    "http://schemas.openxmlformats.org/package/2006/metadata/core-properties": "cp",
    "http://purl.org/dc/elements/1.1/": "dc",
    "http://www.w3.org/1999/xlink": "xlink",
}
for _strict, _name, _prefix in (
    ("wordprocessingml/main", "wordprocessingml/2006/main", "w"),
    ("officeDocument/relationships", "officeDocument/2006/relationships", "r"),
    ("officeDocument/math", "officeDocument/2006/math", "m"),
    ("drawingml/main", "drawingml/2006/main", "a"),
    ("drawingml/picture", "drawingml/2006/picture", "pic"),
    ("drawingml/chart", "drawingml/2006/chart", "c"),
    ("drawingml/diagram", "drawingml/2006/diagram", "dgm"),
    ("drawingml/wordprocessingDrawing", "drawingml/2006/wordprocessingDrawing", "wp"),
):
    # Strict documents (ISO 29500) have names of their own for the same things.
    _PREFIXES[f"http://schemas.openxmlformats.org/{_name}"] = _prefix
    _PREFIXES[f"http://purl.oclc.org/ooxml/{_strict}"] = _prefix
for _name in ("office", "style", "text", "table", "meta", "manifest"):
    _PREFIXES[f"urn:oasis:names:tc:opendocument:xmlns:{_name}:1.0"] = _name
for _name, _prefix in (("drawing", "draw"), ("xsl-fo-compatible", "fo"), ("svg-compatible", "svg")):
    _PREFIXES[f"urn:oasis:names:tc:opendocument:xmlns:{_name}:1.0"] = _prefix

_TOKEN = re.compile(
    r"<(?:!--.*?-->|!\[CDATA\[(?P<cdata>.*?)\]\]>|\?.*?\?>"
    r"|!DOCTYPE[^>\"']*(?:(?:\"[^\"]*\"|'[^']*')[^>\"']*)*>"
    r"|(?P<close>/)?(?P<name>[^\s/>!?]+)(?P<attributes>[^>\"'/]*(?:(?:\"[^\"]*\"|'[^']*')[^>\"'/]*)*)(?P<empty>/)?>)",
    re.DOTALL,
)
_ATTRIBUTE = re.compile(r"([^\s=]+)\s*=\s*(?:\"([^\"]*)\"|'([^']*)')")
_REFERENCE = re.compile(r"&(?:#x([0-9a-fA-F]+)|#([0-9]+)|(amp|lt|gt|quot|apos));")
_NAMED = {"amp": "&", "lt": "<", "gt": ">", "quot": '"', "apos": "'"}
_DECLARED = re.compile(rb"<\?xml\s[^>]*?encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_CODECS = frozenset({"utf-8", "utf-16-le", "utf-16-be"})
#: What XML 1.0 cannot hold, however it is spelled.
UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")

#: Prefix in the file → known prefix.
Scope = dict[str, str]


class Node:
    """An element, or a stretch of characters in one.

    Attributes:
        name: with the known prefix ("w:p"); "" for characters.
        start, inner, close, end: where its start tag begins and ends, and its end tag; equal where there is none.
        text: of characters, what they mean.
        scope: the prefixes that are declared where it stands.
    """

    __slots__ = ("_attributes", "_where", "children", "close", "end", "inner", "name", "part", "scope", "start", "text")

    def __init__(self, part: Part, name: str, start: int, inner: int, scope: Scope, where: tuple[int, int]) -> None:
        self.part, self.name, self.scope = part, name, scope
        self.start, self.inner, self.close, self.end = start, inner, inner, inner
        self.text = ""
        self.children: list[Node] = []
        self._where = where
        self._attributes: dict[str, tuple[str, int, int]] | None = None

    @property
    def raw(self) -> str:
        """The source of all of it."""
        return self.part.source[self.start : self.end]

    @property
    def start_tag(self) -> str:
        """The source of its start tag."""
        return self.part.source[self.start : self.inner]

    @property
    def attributes(self) -> dict[str, tuple[str, int, int]]:
        """Name with the known prefix → its value, and where the value's spelling stands in the source."""
        if self._attributes is None:
            self._attributes = {}
            for match in _ATTRIBUTE.finditer(self.part.source, *self._where):
                group = 2 if match[2] is not None else 3
                name = known_name(match[1], self.scope, attribute=True)
                self._attributes[name] = (attribute_value(match[group]), *match.span(group))
        return self._attributes

    def get(self, name: str, default: str = "") -> str:
        """The value of an attribute."""
        found = self.attributes.get(name)
        return default if found is None else found[0]

    def child(self, name: str) -> Node | None:
        """The first child of a name."""
        return next((child for child in self.children if child.name == name), None)

    def find(self, *names: str) -> Node | None:
        """The first child of the first name, its first child of the second …."""
        found: Node | None = self
        for name in names:
            found = found.child(name) if found is not None else None
        return found

    def all(self, *names: str, within: frozenset[str] = frozenset()) -> Iterator[Node]:
        """Every element below it with one of the names, in order; not inside those, nor inside elements ``within``."""
        stack = [iter(self.children)]
        while stack:
            node = next(stack[-1], None)
            if node is None:
                stack.pop()
            elif node.name in names:
                yield node
            elif node.name not in within:
                stack.append(iter(node.children))

    def flat(self, inside: frozenset[str]) -> Iterator[Node]:
        """Its children, with those of elements that only group: whose names are in ``inside``."""
        stack = [iter(self.children)]
        while stack:
            child = next(stack[-1], None)
            if child is None:
                stack.pop()
            elif child.name in inside:
                stack.append(iter(child.children))
            else:
                yield child

    @property
    def words(self) -> str:
        """All characters in it."""
        if not self.name:
            return self.text
        return "".join(node.text for node in self.all(""))


class Part:
    """A part of an office file.

    Attributes:
        name: of the member, for messages.
        encoding: codec of ``source``; what stands in front of it is in ``mark``.
        root: the document element.
    """

    def __init__(self, data: bytes, name: str, path: str) -> None:
        self.name, self.path = name, path
        self.mark, self.encoding = _encoding(data)
        if self.encoding not in _CODECS:
            raise self._broken(f"is in {self.encoding.upper()}, and office programs write UTF-8 or UTF-16")
        try:
            self.source = data[len(self.mark) :].decode(self.encoding)
        except UnicodeDecodeError:
            raise self._broken(f"is not {self.encoding.upper()} as it says") from None
        self._check()
        self.root = _tree(self)

    def _broken(self, what: str) -> SourceError:
        return SourceError(
            f"its part {self.name} {what}",
            where=self.path,
            hint="The file is damaged: open it in the program it comes from and save it again.",
        )

    def _check(self) -> None:
        parser = expat.ParserCreate(encoding="utf-8", namespace_separator="\n")
        parser.StartDoctypeDeclHandler = self._doctype
        try:
            parser.Parse(self.source.encode("utf-8"), True)
        except expat.ExpatError as error:
            raise self._broken(
                f"is not well-formed XML: {expat.ErrorString(error.code)} (line {error.lineno})"
            ) from None
        except UnicodeEncodeError:
            raise self._broken("holds half a character") from None

    def _doctype(self, name: str, system: str | None, public: str | None, subset: bool) -> None:
        # OpenOffice.org 1 wrote one without a subset into its manifest; nothing is fetched for it.
        if subset or not name.startswith("manifest"):
            raise self._broken("has a document type (DOCTYPE), which no office program writes")


def _encoding(data: bytes) -> tuple[bytes, str]:
    """The byte order mark and the codec of what follows it (ECMA-376 part 2, 6.2.5: UTF-8 or UTF-16)."""
    for mark, codec in (
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ):
        if data.startswith(mark):
            return mark, codec
    declared = _DECLARED.match(data)
    name = declared[1].decode("ascii").lower() if declared else "utf-8"
    return b"", "utf-8" if name in ("utf8", "us-ascii", "ascii") else name


def _tree(part: Part) -> Node:
    source = part.source
    top = Node(part, "", 0, 0, {"xml": "xml"}, (0, 0))
    stack = [top]
    at = count = 0
    for match in _TOKEN.finditer(source):
        start, end = match.span()
        parent = stack[-1]
        if start > at and len(stack) > 1:
            parent.children.append(_characters(part, at, start, plain(source[at:start])))
        at = end
        if match["name"] is None:
            if match["cdata"] is not None:
                parent.children.append(_characters(part, start, end, _line_ends(match["cdata"])))
            continue
        if match["close"]:
            parent.close, parent.end = start, end
            stack.pop()
            continue
        scope = parent.scope
        where = match.span("attributes")
        if "xmlns" in match["attributes"]:
            scope = _declared(source, where, scope)
        node = Node(part, known_name(match["name"], scope), start, end, scope, where)
        parent.children.append(node)
        count += 1
        if not match["empty"]:
            stack.append(node)
        if len(stack) > DEEPEST or count > MOST_NODES:
            many = f"{DEEPEST} elements inside each other" if len(stack) > DEEPEST else f"{MOST_NODES:,} elements"
            raise SourceError(
                f"its part {part.name} has more than {many}",
                where=part.path,
                hint="No press release is like this: do not trust the file, or split the document.",
            )
    return top.children[0]


def _characters(part: Part, start: int, end: int, text: str) -> Node:
    node = Node(part, "", start, start, {}, (start, start))
    node.end, node.close, node.inner, node.text = end, end, start, text
    return node


def _declared(source: str, where: tuple[int, int], scope: Scope) -> Scope:
    """A scope with the prefixes that a start tag declares."""
    inner = dict(scope)
    for match in _ATTRIBUTE.finditer(source, *where):
        name, _, prefix = match[1].partition(":")
        if name == "xmlns":
            uri = plain(match[2] if match[2] is not None else match[3])
            inner[prefix] = _PREFIXES.get(uri, "?")
    return inner


def known_name(name: str, scope: Scope, *, attribute: bool = False) -> str:
    """A name as it stands in the file → with the prefix that the readers know; "?" for namespaces they do not."""
    prefix, colon, local = name.rpartition(":")
    if not colon and attribute:
        return local
    return f"{scope.get(prefix, '?')}:{local}"


def plain(raw: str) -> str:
    """Characters as they stand in the source → what they mean (XML 1.0, 2.11 and 4.1)."""
    raw = _line_ends(raw)
    return _REFERENCE.sub(_resolved, raw) if "&" in raw else raw


def _line_ends(raw: str) -> str:
    return raw.replace("\r\n", "\n").replace("\r", "\n") if "\r" in raw else raw


def attribute_value(raw: str) -> str:
    """The same for an attribute: white space that is not a reference is a space (XML 1.0, 3.3.3)."""
    raw = raw.replace("\r\n", " ").translate({9: " ", 10: " ", 13: " "})
    return _REFERENCE.sub(_resolved, raw) if "&" in raw else raw


def _resolved(match: re.Match[str]) -> str:
    if match[3]:
        return _NAMED[match[3]]
    return chr(int(match[1], 16) if match[1] else int(match[2]))


def spelled(text: str, *, attribute: bool = False) -> str:
    """Text as it may stand in a part.

    Raises:
        SourceError: it has a character that no XML can hold.
    """
    if bad := UNWRITABLE.search(text):
        raise SourceError(
            f"a text holds U+{ord(bad[0]):04X}, which cannot stand in a document",
            hint="Remove the character from the catalogue.",
        )
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\r", "&#13;")
    if attribute:
        text = text.replace('"', "&quot;").replace("'", "&apos;").replace("\n", "&#10;").replace("\t", "&#9;")
    return text
