"""The blocks of an OpenDocument text: paragraphs, lists, tables, page headers (ODF 1.3 part 3, 4, 5, 9)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.formats.drafts import Part as Source
from toolkit.formats.flow import Builder, Flow, Place
from toolkit.formats.office.lines import line_of, paragraphs
from toolkit.formats.office.odf_inline import OUTER, Context, Seen, atoms, floating
from toolkit.formats.office.odf_styles import OdfStyles
from toolkit.formats.office.runs import Paragraph, Walk, walked, without_edges
from toolkit.formats.office.xml import Node, Part
from toolkit.model import BlockKind, Frame

#: Elements whose content stands in the text around them.
_INSIDE = frozenset(
    {"text:section", "text:index-body", "text:index-title", "text:numbered-paragraph", "office:text", "office:body"}
    | {"text:table-of-content", "text:illustration-index", "text:table-index", "text:object-index", "text:user-index"}
    | {"text:alphabetical-index", "text:bibliography", "text:page-sequence"}
)
_ROWS = frozenset({"table:table-header-rows", "table:table-rows", "table:table-row-group"})
_PAGE_STYLES = ("style:header", "style:footer")


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the parts of one document has in common.

    Attributes:
        titled: a paragraph has the style Title, so that headings begin on level 2.
    """

    builder: Builder
    seen: Seen
    titled: bool


def is_titled(body: Node, styles: OdfStyles) -> bool:
    """Whether a paragraph has the style Title."""
    return any(styles.kind(node).title for node in body.all("text:p", "text:h"))


def read_content(reading: Reading, part: Part, styles: OdfStyles) -> list[Source]:
    """Tell the blocks of content.xml; the pieces of its skeleton."""
    flow = _flow(reading, part, 0)
    localise_styles(flow, part, reading.builder.language)
    body = part.root.find("office:body", "office:text")
    if body is not None:
        flow.boundary(body.inner)
        walked(_Walker(reading, styles, flow).blocks(body))
    return flow.finish()


def read_pages(reading: Reading, part: Part, styles: OdfStyles, before: int) -> list[Source]:
    """The same for styles.xml: headers and footers, behind ``before`` paragraphs."""
    flow = _flow(reading, part, before)
    localise_styles(flow, part, reading.builder.language)
    walker = _Walker(reading, styles, flow)
    masters = part.root.child("office:master-styles")
    for page in masters.children if masters else ():
        for node in page.children if page.name == "style:master-page" else ():
            if node.name.startswith(_PAGE_STYLES) and node.end > node.inner:
                flow.enter(node.inner, Place(BlockKind.BOILERPLATE))
                walked(walker.blocks(node))
                flow.leave(node.end)
    return flow.finish()


def _flow(reading: Reading, part: Part, before: int) -> Flow:
    starts = paragraphs(part, "text:p", "text:h")
    return reading.builder.flow(part.source, Place(BlockKind.PARAGRAPH), line_of=line_of(starts, before))


def localise_styles(flow: Flow, part: Part, language: str) -> None:
    """The languages of default styles, and of those that say the document's own (20.192, 20.188)."""
    for style in part.root.all("style:default-style", "style:style"):
        node = style.child("style:text-properties")
        found = node.attributes.get("fo:language") if node else None
        if node is None or found is None or found[0] in ("", "none", "zxx"):
            continue
        same = found[0].partition("-")[0].lower() == language.partition("-")[0].lower()
        if not same and style.name != "style:default-style":
            continue
        flow.localise(found[1], found[2], "{language}" if "fo:country" in node.attributes else "{territory}")
        if country := node.attributes.get("fo:country"):
            flow.localise(country[1], country[2], "{region}")


class _Walker:
    def __init__(self, reading: Reading, styles: OdfStyles, flow: Flow) -> None:
        self._reading, self._styles, self._flow = reading, styles, flow
        self._context = Context(flow, styles, reading.seen, self.blocks)

    def blocks(self, node: Node, style: str = "", depth: int = 0) -> Walk:
        """What stands in an element; ``style`` and ``depth`` are those of the list around it."""
        flow = self._flow
        for child in node.flat(_INSIDE):
            if child.name in ("text:p", "text:h"):
                yield self._paragraph(child)
            elif child.name == "text:list":
                yield self._list(child, style, depth)
            elif child.name == "table:table":
                yield self._table(child)
            elif child.name == "text:tracked-changes":
                flow.boundary(child.start)
                flow.localise(child.start, child.end, "")  # deleted words are not for the translation's readers
                flow.boundary(child.end)
            elif child.name.startswith("draw:"):
                yield floating(self._context, child)

    def _paragraph(self, node: Node) -> Walk:
        first, last, held = without_edges(node.children, atoms(self._context, node), OUTER)
        if not held:
            return
        start, end = node.children[first].start, node.children[last - 1].end
        run = self._styles.run((), node.get("text:style-name"))
        paragraph = Paragraph(held, node.part.source, run)
        found = self._styles.kind(node)
        level = found.level_below(self._reading.titled)
        self._flow.enter(start, Place(found.kind, level=level, wrap=paragraph.wrap, whole=True))
        yield from paragraph.tell(self._flow, start)
        self._flow.text(end, "")
        self._flow.leave(node.end)

    def _list(self, node: Node, style: str, depth: int) -> Walk:
        flow = self._flow
        if _holds_headings(node):  # numbered headings, not a list to a reader
            for item in node.children:
                yield self.blocks(item, style, depth)
            return
        style = node.get("text:style-name") or style
        form = self._styles.list_style(style, depth + 1)
        items = [item for item in node.children if item.name in ("text:list-item", "text:list-header")]
        own = items[0].get("text:start-value") if items else ""
        start = int(own) if own.isdecimal() and len(own) < 7 else form.start
        frame = Frame.ORDERED_LIST if form.ordered else Frame.LIST
        flow.enter(node.inner, Place(frame=frame, start=start))
        for item in items:
            flow.enter(item.inner, Place(BlockKind.ITEM, frame=Frame.ITEM))
            yield self.blocks(item, style, depth + 1)
            flow.leave(item.end)
        flow.leave(node.end)

    def _table(self, table: Node) -> Walk:
        flow = self._flow
        flow.enter(table.inner, Place(frame=Frame.TABLE))
        for row, header in _rows(table):
            flow.enter(row.inner, Place(frame=Frame.ROW))
            column = 0
            for cell in row.children:
                repeated = _number(cell, "table:number-columns-repeated")
                if cell.name == "table:table-cell" and cell.end > cell.inner:
                    place = Place(
                        BlockKind.CELL,
                        frame=Frame.HEADER_CELL if header else Frame.CELL,
                        column=column,
                        columns=_number(cell, "table:number-columns-spanned"),
                        rows=_number(cell, "table:number-rows-spanned"),
                    )
                    flow.enter(cell.inner, place)
                    yield self.blocks(cell)
                    flow.leave(cell.end)
                column += repeated if cell.name in ("table:table-cell", "table:covered-table-cell") else 0
            flow.leave(row.end)
        flow.leave(table.end)


def _rows(table: Node) -> Iterator[tuple[Node, bool]]:
    """The rows of a table, and whether each is a header."""
    stack = [(iter(table.children), False)]
    while stack:
        children, header = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
        elif child.name in _ROWS:
            stack.append((iter(child.children), header or child.name == "table:table-header-rows"))
        elif child.name == "table:table-row":
            yield child, header


def _holds_headings(node: Node) -> bool:
    first = next(node.all("text:p", "text:h"), None)
    return first is not None and first.name == "text:h"


def _number(node: Node, name: str) -> int:
    value = node.get(name, "1")
    return max(1, int(value)) if value.isdecimal() and len(value) < 7 else 1
