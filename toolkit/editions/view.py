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
from toolkit.editions.sentences import Sentence, Sentences, Translation
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
        draft: whether a visible mark says that all its English is a machine's; in a list the first item speaks for
            those that follow.
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
    draft: bool
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
        draft: of a table or figure, as of a block.
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
    draft: bool = False
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
    """A page's rows, in the order in which they are shown."""

    parts: tuple[Part, ...]
    notes: tuple[NoteView, ...]
    attributes: tuple[AttributeView, ...]
    changed: tuple[Translation, ...]
    has_h1: bool


def anchors(edition: Edition) -> tuple[tuple[str, Model], ...]:
    """The models behind an edition's drafts with the names of their entries."""
    return tuple((f"model-{number}", model) for number, model in enumerate(models_of(edition), 1))


def view_of(edition: Edition, images: Mapping[str, Picture]) -> View:
    """What a page shows of an edition."""
    tree = tree_of(edition)
    maker = _Maker(edition, tree, images)
    parts = maker.parts(tree.items)
    noted = [maker.note(note) for note in tree.notes]
    notes = tuple(maker.led_back(note, parts) for note, parts in zip(tree.notes, noted, strict=True))
    attributes = tuple(maker.attribute(block) for block in tree.attributes)
    changed = tuple(each for each in maker.translations if each.previous)
    return View(parts, notes, attributes, changed, "h1" in maker.tags.values())


class _Maker:
    """Makes the parts of one page, in its order."""

    def __init__(self, edition: Edition, tree: Tree, images: Mapping[str, Picture]) -> None:
        self.translations: list[Translation] = []
        self.tags = _heading_tags(edition, tree)
        self._edition, self._tree = edition, tree
        self._passages = Passages.of(edition, tree, images)
        self._sentences = Sentences(edition, {model: anchor for anchor, model in anchors(edition)})
        self._said = False
        self._still = 0

    # -- nodes --------------------------------------------------------------------------------------------------------

    def parts(self, items: Iterable[Item], depth: int = 0, *, listed: bool = False) -> tuple[Part, ...]:
        """Items as rows; in a list the draft mark of the first speaks for those that follow."""
        return tuple(self._part(item, depth, listed=listed) for item in items)

    def _part(self, item: Item, depth: int, *, listed: bool) -> Part:
        if isinstance(item, Leaf):
            return Part("", self._passage(item.block, draft=self._draft([item.block], listed=listed)), depth=depth)
        frame = item.frame
        if frame in _WHOLE:
            draft = self._draft(list(leaves((item,))), listed=listed)
            before = self._sentences.number
            part = self._table(item, depth) if frame is Frame.TABLE else self._figure(item, depth)
            still = frame is Frame.TABLE and self._sentences.number == before
            self._still += still
            return replace(part, draft=draft, still=self._still if still else 0)
        if frame in LISTS and not listed:
            self._said = False
        inner = self.parts(
            item.items, depth + (frame in LISTS or frame is Frame.QUOTE), listed=listed or frame in LISTS
        )
        marker = _marker(item.marker) if frame is Frame.ITEM else ""
        return Part(frame.value, parts=inner, depth=depth, marker=marker, start=item.start)

    def _whole(self, items: Iterable[Item]) -> tuple[Part, ...]:
        """Items inside a table or figure: no rows of their own, no marks of their own."""
        made: list[Part] = []
        for item in items:
            if isinstance(item, Leaf):
                made.append(Part("", self._passage(item.block, draft=False)))
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
        table = table_of(node)
        captions = self._whole(table.captions)
        rows = tuple(tuple(self._cell(cell, row) for cell in row) for row in table.rows)
        return Part("table", depth=depth, captions=captions, head=rows[: table.head], body=rows[table.head :])

    def _cell(self, cell: Cell, row: tuple[Cell, ...]) -> CellView:
        header = cell.header and bool(cell.items)
        columns = all(other.header or not other.items for other in row)
        scope = ("col" if columns else "row" if cell.column == 0 else "") if header else ""
        return CellView("th" if header else "td", scope, cell.columns, cell.rows, self._whole(cell.items))

    def note(self, note: Note) -> tuple[Part, ...]:
        """The rows of a note."""
        self._said = False
        return self.parts(note.items, 1, listed=True)

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
        passage = self._passage(block, draft=self._draft([block], listed=block is not self._tree.attributes[0]))
        return AttributeView(attribute_name(label), label, shown, passage)

    def _draft(self, blocks: Iterable[EditionBlock], *, listed: bool) -> bool:
        """Whether to mark blocks as a machine's work: those that hold nothing else, once in a list."""
        found = {standing_of(pair) for block in blocks for pair in block.pairs} - {Standing.VERBATIM}
        if not found:
            return False
        draft, said = found == {Standing.MACHINE}, self._said and listed
        self._said = draft
        return draft and not said

    # -- blocks -------------------------------------------------------------------------------------------------------

    def _passage(self, block: EditionBlock, *, draft: bool) -> Passage:
        code = is_code(block)
        source, target = (self._passages.side(block, is_target=side, lines=code) for side in (False, True))
        marked = {standing_of(pair) for pair in block.pairs} - {Standing.MACHINE, Standing.VERBATIM} != set()
        sentences, translations, end = self._sentences.of(block, source, target, marked=marked)
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
            draft=draft,
            language=language if block.block.kind is BlockKind.VERBATIM else "",
            code=code,
        )


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
