"""Edition → what the page's templates walk: rows with two sides, in lists, quotations, tables, figures and notes.

A row is a block beside its translation. A table or a figure is one row, too: each side is a whole table, so that each
can be read, and read aloud, by itself.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from markupsafe import Markup

from toolkit.edition import Edition, EditionBlock
from toolkit.editions.about import Picture
from toolkit.editions.inline import language_tag
from toolkit.editions.interface import Words
from toolkit.editions.labels import attribute_name
from toolkit.editions.passages import Passages, mark_id
from toolkit.editions.sentences import APPROVED, MATCHED, Sentence, Sentences, Translation
from toolkit.editions.structure import Model, Standing, clean, is_code, models_of, standing_of, title_block
from toolkit.editions.tables import Cell, table_of
from toolkit.editions.tree import LISTS, Item, Leaf, Node, Note, Tree, leaves, tree_of
from toolkit.model import BlockKind, Frame

_WHOLE = frozenset({Frame.TABLE, Frame.FIGURE})


@dataclass(frozen=True, slots=True)
class Passage:
    """One block: its two sides, and the element they are set in.

    Attributes:
        tag: of the row, where the block is one.
        sentences, translations: the French and the English, in order.
        source_end, target_end: what stands behind the last sentence.
        language: of a block in another language than the release's; "" otherwise.
        code: whether its lines count.
    """

    id: str
    kind: BlockKind
    tag: str
    sentences: tuple[Sentence, ...]
    translations: tuple[Translation, ...]
    source_end: Markup
    target_end: Markup
    language: str
    code: bool


@dataclass(frozen=True, slots=True)
class CellView:
    """A table's cell; ``scope`` is "col", "row" or "" for header cells."""

    tag: str
    scope: str
    columns: int
    rows: int
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Part:
    """A node of the edition's tree: a block where ``block`` is given, else what ``frame`` says.

    Attributes:
        depth: how many lists and quotations it stands in.
        captions: of a figure or table; ``first`` says that a figure's stands above it.
        marker: of an item.
        start: first number of an ordered list.
        whole: of a table: the state of all its English, where one mark says it of all ("machine", "matched").
        head, body: rows of a table.
        still: number of a table in which nothing can have the keyboard's focus, so that it must have it itself to be
            scrolled; 0 for any other.
    """

    frame: str
    block: Passage | None = None
    parts: tuple[Part, ...] = ()
    depth: int = 0
    captions: tuple[Part, ...] = ()
    first: bool = False
    marker: str = ""
    start: int = 1
    whole: str = ""
    head: tuple[tuple[CellView, ...], ...] = ()
    body: tuple[tuple[CellView, ...], ...] = ()
    still: int = 0


@dataclass(frozen=True, slots=True)
class NoteView:
    """A note at the end of the text, with the names of the first marks that lead to it."""

    number: int
    label: str
    source_mark: str
    target_mark: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class AttributeView:
    """A text that is not in the flow, and what it is; ``holder`` is the block it belongs to, or ""."""

    name: Words | None
    label: str
    holder: str
    block: Passage


@dataclass(frozen=True, slots=True)
class View:
    """A page's rows, in the order in which they are shown, and the models behind its drafts (``anchors``)."""

    parts: tuple[Part, ...]
    notes: tuple[NoteView, ...]
    attributes: tuple[AttributeView, ...]
    changed: tuple[Translation, ...]
    has_h1: bool
    models: tuple[tuple[str, Model], ...]


def anchors(edition: Edition) -> tuple[tuple[str, Model], ...]:
    """The models behind an edition's drafts with the names of their entries."""
    return tuple((f"model-{number}", model) for number, model in enumerate(models_of(edition), 1))


def view_of(edition: Edition, images: Mapping[str, Picture]) -> View:
    """What a page shows of an edition."""
    tree = tree_of(edition)
    models = anchors(edition)
    maker = _Maker(edition, tree, images, models)
    parts = maker.parts(tree.items)
    noted = [maker.note(note) for note in tree.notes]
    notes = tuple(maker.led_back(note, parts) for note, parts in zip(tree.notes, noted, strict=True))
    attributes = tuple(maker.attribute(block) for block in tree.attributes)
    changed = tuple(each for each in maker.translations if each.previous)
    return View(parts, notes, attributes, changed, "h1" in maker.tags.values(), models)


class _Maker:
    """Makes the parts of one page, in its order."""

    def __init__(
        self, edition: Edition, tree: Tree, images: Mapping[str, Picture], models: Iterable[tuple[str, Model]]
    ) -> None:
        self.translations: list[Translation] = []
        self.tags = _heading_tags(edition, tree)
        self._edition, self._tree = edition, tree
        self._passages = Passages.of(edition, tree, images)
        self._sentences = Sentences(edition, {model: anchor for anchor, model in models})
        self._said = APPROVED
        self._still = 0

    # -- nodes --------------------------------------------------------------------------------------------------------

    def parts(self, items: Iterable[Item], depth: int = 0) -> tuple[Part, ...]:
        """Items as rows."""
        return tuple(self._part(item, depth) for item in items)

    def _part(self, item: Item, depth: int) -> Part:
        if isinstance(item, Leaf):
            return Part("", self._passage(item.block), depth=depth)
        frame = item.frame
        if frame in _WHOLE:
            before = self._sentences.number
            part = self._table(item, depth) if frame is Frame.TABLE else self._figure(item, depth)
            still = frame is Frame.TABLE and self._sentences.number == before
            self._still += still
            return replace(part, still=self._still) if still else part
        inner = self.parts(item.items, depth + (frame in LISTS or frame is Frame.QUOTE))
        marker = _marker(item.marker) if frame is Frame.ITEM else ""
        return Part(frame.value, parts=inner, depth=depth, marker=marker, start=item.start)

    def _whole(self, items: Iterable[Item]) -> tuple[Part, ...]:
        """Items inside a table or figure: no rows of their own."""
        made: list[Part] = []
        for item in items:
            if isinstance(item, Leaf):
                made.append(Part("", self._passage(item.block)))
            elif item.frame is Frame.TABLE:
                made.append(self._table(item, 0))
            elif item.frame is Frame.FIGURE:
                made.append(self._figure(item, 0))
            else:
                made.append(Part(item.frame.value, parts=self._whole(item.items), start=item.start))
        return tuple(made)

    def _figure(self, node: Node, depth: int) -> Part:
        caption = [isinstance(item, Leaf) and item.block.block.kind is BlockKind.CAPTION for item in node.items]
        inner = self._whole(node.items)
        captions = tuple(part for part, is_caption in zip(inner, caption, strict=True) if is_caption)
        others = tuple(part for part, is_caption in zip(inner, caption, strict=True) if not is_caption)
        return Part("figure", parts=others, depth=depth, captions=captions, first=caption[0])

    def _table(self, node: Node, depth: int) -> Part:
        table, above = table_of(node), self._said
        whole = _state_of_all(node) if above == APPROVED else ""
        self._said = whole or above
        captions = self._whole(table.captions)
        rows = tuple(tuple(self._cell(cell, row) for cell in row) for row in table.rows)
        self._said = above
        head, body = rows[: table.head], rows[table.head :]
        return Part("table", depth=depth, captions=captions, head=head, body=body, whole=whole)

    def _cell(self, cell: Cell, row: tuple[Cell, ...]) -> CellView:
        header = cell.header and bool(cell.items)
        columns = all(other.header or not other.items for other in row)
        scope = ("col" if columns else "row" if cell.column == 0 else "") if header else ""
        return CellView("th" if header else "td", scope, cell.columns, cell.rows, self._whole(cell.items))

    def note(self, note: Note) -> tuple[Part, ...]:
        """The rows of a note."""
        return self.parts(note.items, 1)

    def led_back(self, note: Note, parts: tuple[Part, ...]) -> NoteView:
        """A note with the way back to its mark, or to the block where that should have been."""
        names = (mark_id(note.number, self._passages.language(is_target=side)) for side in (False, True))
        source, target = (name if name in self._passages.marks else note.mark[0] for name in names)
        return NoteView(note.number, clean(note.label), source, target, parts)

    def attribute(self, block: EditionBlock) -> AttributeView:
        """A text that is not in the flow."""
        label = clean(block.block.label).strip()
        holder = self._tree.holders.get(block.block.id, "")
        shown = holder if holder in self._passages.blocks else ""
        return AttributeView(attribute_name(label), label, shown, self._passage(block))

    # -- blocks -------------------------------------------------------------------------------------------------------

    def _passage(self, block: EditionBlock) -> Passage:
        code = is_code(block)
        source, target = (self._passages.side(block, is_target=side, lines=code) for side in (False, True))
        sentences, translations, end = self._sentences.of(block, source, target, said=self._said)
        self.translations += translations
        language = language_tag(block.block.language)
        return Passage(
            id=block.block.id,
            kind=block.block.kind,
            tag=self.tags.get(block.block.id, "div"),
            sentences=sentences,
            translations=translations,
            source_end=source.html(end),
            target_end=target.html(end),
            language=language if block.block.kind is BlockKind.VERBATIM else "",
            code=code,
        )


def _state_of_all(table: Node) -> str:
    """The state of all the English of a table, if it is one that a mark above it can say; "" otherwise."""
    leads = [bead.lead for leaf in leaves((table,)) for bead in leaf.beads]
    found = {MATCHED if lead.matched else standing_of(lead).value for lead in leads} - {Standing.VERBATIM.value}
    return found.pop() if len(found) == 1 and found <= {MATCHED, Standing.MACHINE.value} else ""


def _marker(marker: str) -> str:
    """A list marker as it is set: numbers and letters as written, every bullet the dash of French lists."""
    text = clean(marker).strip()
    return text if any(character.isalnum() for character in text) else "–"


def _heading_tags(edition: Edition, tree: Tree) -> dict[str, str]:
    """Which element each heading becomes: one h1, no level skipped, nothing above the h1 that counts as heading.

    A page has one h1 and an outline without holes (WCAG 2.2 technique G141); sources keep to neither. Headings in
    tables, figures and notes stand twice, or apart: they are mere paragraphs.
    """
    rows = [
        each
        for each in leaves(tree.items, within=set(Frame) - _WHOLE - {Frame.NOTE})
        if each.block.kind is BlockKind.HEADING
    ]
    headline = title_block(edition)
    tags: dict[str, str] = {}
    above: list[int] = []
    seen = headline not in rows
    for each in rows:
        if each is headline:
            tags[each.block.id], seen = "h1", True
        elif seen:
            level = max(each.block.level, 2)
            above = [*(outer for outer in above if outer < level), level]
            tags[each.block.id] = f"h{min(len(above) + 1, 6)}"
    return tags
