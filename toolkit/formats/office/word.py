"""The blocks of a Word document's part: paragraphs, lists, tables, notes (ECMA-376 part 1, 17.2 to 17.4, 17.9)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace

from toolkit.formats.drafts import Part as Source
from toolkit.formats.flow import Builder, Flow, Place
from toolkit.formats.office.inline import OUTER, TRANSPARENT, Context, Seen, atoms
from toolkit.formats.office.lines import line_of, paragraphs
from toolkit.formats.office.lists import Lists
from toolkit.formats.office.runs import Paragraph, Walk, walked, without_edges
from toolkit.formats.office.styles import ParagraphStyle, WordStyles
from toolkit.formats.office.xml import Node, Part
from toolkit.model import BlockKind, Frame

_INSIDE = TRANSPARENT | {"w:sdt", "w:sdtContent", "mc:AlternateContent", "mc:Choice", "mc:Fallback", "w:body"}
_YES = frozenset({"", "1", "true", "on"})


@dataclass(frozen=True, slots=True)
class Reading:
    """What reading the parts of one document has in common.

    Attributes:
        titled: a paragraph has the style Title, so that headings begin on level 2.
    """

    builder: Builder
    styles: WordStyles
    seen: Seen
    titled: bool


def is_titled(part: Part, styles: WordStyles) -> bool:
    """Whether a paragraph of a document has the style Title."""
    return any(styles.paragraph(node.child("w:pPr")).kind.title for node in part.root.all("w:p"))


def read_part(reading: Reading, part: Part, links: Mapping[str, str], kind: BlockKind, before: int) -> list[Source]:
    """Tell the blocks of a part; the pieces of its skeleton.

    Args:
        reading: of the document.
        part: the body, the footnotes, a header …
        links: its relationships.
        kind: of its paragraphs where nothing else says so.
        before: how many paragraphs the parts before it have.
    """
    flow = reading.builder.flow(part.source, Place(kind), line_of=line_of(paragraphs(part, "w:p"), before))
    walker = _Walker(reading, part, links, flow)
    walked(walker.notes() if part.root.name in ("w:footnotes", "w:endnotes") else walker.blocks(part.root))
    return flow.finish()


class _Walker:
    def __init__(self, reading: Reading, part: Part, links: Mapping[str, str], flow: Flow) -> None:
        self._reading, self._part, self._flow = reading, part, flow
        self._context = Context(part, flow, reading.styles, links, reading.seen, self._box)

    def notes(self) -> Walk:
        """The notes of a part: each in a frame whose blocks are labelled with its name until all is known."""
        for note in self._part.root.children:
            if note.name in ("w:footnote", "w:endnote"):
                label = f"{note.name.removeprefix('w:')} {note.get('w:id')}"
                self._flow.enter(note.inner, Place(BlockKind.PARAGRAPH, frame=Frame.NOTE, label=label))
                yield self.blocks(note)
                self._flow.leave(note.end)

    def blocks(self, node: Node) -> Walk:
        """What stands in an element: paragraphs and tables, lists among them."""
        lists = Lists(self._flow)
        for child in node.flat(_INSIDE):
            if child.name == "w:p" and child.end > child.inner:
                properties = child.child("w:pPr")
                style = self._reading.styles.paragraph(properties)
                yield self._paragraph(child, style, lists)
            elif child.name == "w:tbl":
                lists.end(child.start)
                yield self._table(child)
            elif child.name == "w:altChunk":
                self._reading.seen.unread["inserted documents"] += 1
        lists.end(node.close)

    def _box(self, node: Node, style: str) -> Walk:
        """A text box."""
        self._flow.enter(node.inner, Place(BlockKind.PARAGRAPH, style=style))
        yield self.blocks(node)
        self._flow.leave(node.close)

    def _paragraph(self, node: Node, style: ParagraphStyle, lists: Lists) -> Walk:
        properties = next((index for index, child in enumerate(node.children) if child.name == "w:pPr"), -1)
        children = node.children[properties + 1 :]
        held = atoms(self._context, children, style.name, node.start)
        first, last, kept = without_edges(children, held, OUTER)
        if not kept:
            return
        inner = children[first:last]
        place = self._place(style)
        if place.kind is BlockKind.ITEM and style.place:
            lists.item(node.start, style.place)
        elif any(atom.text.strip() or atom.inside for atom in kept):
            lists.end(node.start)
        run = self._reading.styles.run(None, style.name, self._part)
        paragraph = Paragraph(kept, self._part.source, run)
        self._flow.enter(inner[0].start, replace(place, wrap=paragraph.wrap, whole=True))
        yield from paragraph.tell(self._flow, inner[0].start)
        self._flow.text(inner[-1].end, "")
        self._flow.leave(node.end)

    def _place(self, style: ParagraphStyle) -> Place:
        kind = style.kind.kind
        if kind is None and style.place is not None:
            return Place(BlockKind.ITEM)
        return Place(kind, level=style.kind.level_below(self._reading.titled))

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table(self, table: Node) -> Walk:
        flow = self._flow
        spans = _merged_rows(table)
        flow.enter(table.inner, Place(frame=Frame.TABLE))
        for row in table.flat(_INSIDE):
            if row.name != "w:tr":
                continue
            flow.enter(row.inner, Place(frame=Frame.ROW))
            for cell, column, columns in _cells(row):
                frame = Frame.HEADER_CELL if _is_header(row) else Frame.CELL
                rows = spans.get(cell.start, 1)
                shown = frame if rows else None
                place = Place(BlockKind.CELL, frame=shown, column=column, columns=columns, rows=max(rows, 1))
                flow.enter(cell.inner, place)
                yield self.blocks(cell)
                flow.leave(cell.end)
            flow.leave(row.end)
        flow.leave(table.end)


def _is_header(row: Node) -> bool:
    mark = row.find("w:trPr", "w:tblHeader")
    return mark is not None and mark.get("w:val") in _YES


def _cells(row: Node) -> Iterator[tuple[Node, int, int]]:
    """The cells of a row, each with its first column and how many it spans."""
    column = _number(row.find("w:trPr", "w:gridBefore"), 0)
    for cell in row.flat(_INSIDE):
        if cell.name == "w:tc":
            columns = max(1, _number(cell.find("w:tcPr", "w:gridSpan"), 1))
            yield cell, column, columns
            column += columns


def _merged_rows(table: Node) -> dict[int, int]:
    """Where a cell begins → how many rows it spans; 0 for the cells that are merged into the one above them."""
    spans: dict[int, int] = {}
    above: dict[int, int] = {}
    for row in table.flat(_INSIDE):
        if row.name != "w:tr":
            continue
        now: dict[int, int] = {}
        for cell, column, _ in _cells(row):
            merge = cell.find("w:tcPr", "w:vMerge")
            if merge is None:
                continue
            if merge.get("w:val") != "restart" and column in above:
                spans[above[column]] += 1
                spans[cell.start] = 0
                now[column] = above[column]
            else:
                spans[cell.start] = 1
                now[column] = cell.start
        above = now
    return spans


def _number(node: Node | None, default: int) -> int:
    value = node.get("w:val") if node else ""
    return int(value) if value.isdecimal() and len(value) < 4 else default
