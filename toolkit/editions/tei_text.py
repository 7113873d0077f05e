"""The two texts of a TEI edition: divisions, blocks, sentences, and what stands in them.

Both languages walk the same tree (``toolkit.editions.tree``) and so have the same shape. A sentence is an ``s``; markup
that spans sentences closes at the end of each and opens again in the next, since an ``s`` may hold no half of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from lxml import etree

from toolkit.edition import EditionBlock, Pair
from toolkit.editions.inline import language_tag
from toolkit.editions.structure import clean, confidence_of, is_code, model_of, standing_of
from toolkit.editions.tables import Cell, table_of
from toolkit.editions.tei_elements import ID, LANG, SPACE, add, analysis, by_rule
from toolkit.editions.tei_inline import Inner, Texts
from toolkit.editions.tree import LISTS, Item, Leaf, Node
from toolkit.model import BlockKind, Frame, State

#: A heading of no known level: any other closes its division.
_DEEPEST = 99


def write_body(body: etree._Element, texts: Texts) -> None:
    """Blocks into divisions: a heading opens one, inside the last one that has a lower level.

    TEI wants a head first in its division and no paragraph behind an inner division; what stands before the first
    heading gets a division of its own, and so do notes and the texts that are not in the flow.
    """
    writer, tree = _Writer(texts), texts.passages.tree
    open_divisions: list[tuple[int, etree._Element]] = []
    for item in tree.items:
        if isinstance(item, Leaf) and item.block.block.kind is BlockKind.HEADING:
            level = max(item.block.block.level, 1)
            while open_divisions and open_divisions[-1][0] >= level:
                open_divisions.pop()
            parent = open_divisions[-1][1] if open_divisions else body
            division = add(parent, "div", {"type": "release" if level == 1 else "section"})
            open_divisions.append((level, division))
            writer.block(add(division, "head"), item.block)
            continue
        if not open_divisions:
            open_divisions.append((_DEEPEST, add(body, "div", {"type": "opening"})))
        writer.item(open_divisions[-1][1], item)
    if tree.notes:
        division = add(body, "div", {"type": "notes"})
        for note in tree.notes:
            name = {ID: f"{texts.language}-note-{note.number}", "n": note.label, "place": "foot"}
            writer.items(add(division, "note", name), note.items)
    if tree.attributes:
        division = add(body, "div", {"type": "attributes"})
        for block in tree.attributes:
            writer.block(add(division, "ab", {"type": "attribute", "n": block.block.label.strip()}), block)
    if not len(body):
        add(add(body, "div", {"type": "opening"}), "p")


class _Writer:
    """Writes items in one of the two languages."""

    def __init__(self, texts: Texts) -> None:
        self._texts = texts
        self._descriptions: list[dict[str, str]] | None = None  # of the images of the FIGURE that is open

    def items(self, parent: etree._Element, items: Iterable[Item]) -> None:
        """Items as children."""
        for item in items:
            self.item(parent, item)

    def item(self, parent: etree._Element, item: Item) -> None:
        """A block, or a node with all that is in it."""
        if isinstance(item, Leaf):
            self._leaf(parent, item)
        elif item.frame in LISTS:
            self._list(parent, item)
        elif item.frame is Frame.TABLE:
            self._table(parent, item)
        elif item.frame is Frame.FIGURE:
            self._figure(parent, item)
        else:
            self.items(add(parent, "quote" if item.frame is Frame.QUOTE else "note"), item.items)

    def _leaf(self, parent: etree._Element, leaf: Leaf) -> None:
        kind = leaf.block.block.kind
        if kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM):
            self.block(add(parent, "p"), leaf.block)
        else:
            self.block(add(parent, "ab", {"type": "code" if is_code(leaf.block) else kind.value}), leaf.block)

    def _inside(self, element: etree._Element, items: Sequence[Item]) -> None:
        """The content of an item or a cell: a single block needs no element of its own."""
        if len(items) == 1 and isinstance(items[0], Leaf) and not is_code(items[0].block):
            self.block(element, items[0].block)
        else:
            self.items(element, items)

    def _list(self, parent: etree._Element, node: Node) -> None:
        rend = "numbered" if node.frame is Frame.ORDERED_LIST else "bulleted"
        listing = add(parent, "list", {"rend": rend})
        for item in node.items:
            if isinstance(item, Node):
                self._inside(add(listing, "item", {"n": clean(item.marker).strip()}), item.items)

    def _table(self, parent: etree._Element, node: Node) -> None:
        grid = table_of(node)
        table = add(parent, "table", {"rows": str(len(grid.rows) or 1), "cols": str(grid.columns or 1)})
        self._heads(table, grid.captions)
        for row in grid.rows:
            label = all(cell.header or not cell.items for cell in row) and any(cell.header for cell in row)
            element = add(table, "row", {"role": "label" if label else ""})
            for cell in row:
                self._inside(add(element, "cell", _cell(cell)), cell.items)
        if not grid.rows:  # nothing but a caption
            add(add(table, "row"), "cell")

    def _figure(self, parent: etree._Element, node: Node) -> None:
        """A figure: its images are its own graphics, and their texts stand behind its content."""
        figure = add(parent, "figure")
        around, self._descriptions = self._descriptions, []
        self._heads(figure, [item for item in node.items if _is_caption(item)])
        self.items(figure, (item for item in node.items if not _is_caption(item)))
        for text in self._descriptions:
            add(figure, "figDesc", {LANG: text["language"]}, text["text"])
        self._descriptions = around

    def _heads(self, parent: etree._Element, items: Iterable[Item]) -> None:
        """Captions: a head holds one block, and no list."""
        waiting = [*items][::-1]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Leaf):
                self.block(add(parent, "head"), item.block)
            else:
                waiting += item.items[::-1]

    # -- blocks and sentences -----------------------------------------------------------------------------------------

    def block(self, element: etree._Element, block: EditionBlock) -> None:
        """The sentences of a block, with what stands between them."""
        code = is_code(block)
        language = language_tag(block.block.language) if block.block.kind is BlockKind.VERBATIM else ""
        element.set(ID, f"{self._texts.language}-{block.block.id}")
        if language:
            element.set(LANG, language)
        if code:
            element.set(SPACE, "preserve")
        inner = Inner(self._texts, block, lines=code, descriptions=self._descriptions)
        gap, marker = "", block.block.marker
        for pair in block.pairs:
            gap += pair.segment.before.removeprefix(marker)
            inner.gap(element, gap, first=pair is block.pairs[0])
            self._sentence(element, pair, inner)
            gap, marker = pair.segment.after, ""
        inner.gap(element, gap.rstrip(), first=True)

    def _sentence(self, parent: etree._Element, pair: Pair, inner: Inner) -> None:
        texts, segment = self._texts, pair.segment
        twin = f"#{texts.other}-{segment.id}"
        name = {ID: f"{texts.language}-{segment.id}"}
        if not texts.is_target:
            link = {"ana": "#untranslated"} if pair.target is None else {"corresp": twin}
            inner.write(add(parent, "s", name | link), segment.text)
            return
        if pair.target is None:
            add(parent, "gap", {"reason": "untranslated", "corresp": twin})
            inner.write(parent, segment.text, words=False)
            return
        state = {"ana": analysis(standing_of(pair)), "resp": self._responsible(pair), "cert": confidence_of(pair)}
        inner.write(add(parent, "s", name | {"corresp": twin} | state), pair.target)

    def _responsible(self, pair: Pair) -> str:
        if pair.state is State.REVIEWED:
            return "#resp-review"
        if by_rule(pair):
            return "#resp-rule"
        model = model_of(pair)
        return self._texts.models[model] if model else ""


def _is_caption(item: Item) -> bool:
    return isinstance(item, Leaf) and item.block.block.kind is BlockKind.CAPTION


def _cell(cell: Cell) -> dict[str, str]:
    return {
        "role": "label" if cell.header else "",
        "cols": str(cell.columns) if cell.columns > 1 else "",
        "rows": str(cell.rows) if cell.rows > 1 else "",
    }
