"""The two texts of a TEI edition: divisions, blocks, sentences, and what stands in them.

Both languages walk the same tree (``toolkit.editions.tree``) and so have the same shape. A sentence is an ``s``; markup
that spans sentences closes at the end of each and opens again in the next, since an ``s`` may hold no half of it.
French sentences that one English sentence says have one ``s`` there, and a French one that became several has several.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.edition import Edition, EditionBlock, Pair
from toolkit.editions.drafts import Drafts
from toolkit.editions.inline import language_tag
from toolkit.editions.passages import Passages
from toolkit.editions.structure import Standing, clean, confidence_of, is_code, standing_of
from toolkit.editions.tables import Cell, table_of
from toolkit.editions.tei_inline import TeiWords
from toolkit.editions.tree import LISTS, Item, Leaf, Node
from toolkit.editions.xml_text import ID, LANG, SPACE, Attributes, Xml, attributes_of, part_ids
from toolkit.editions.xml_words import Image
from toolkit.model import BlockKind, Frame, State

#: A heading of no known level: any other closes its division.
_DEEPEST = 99


@dataclass(frozen=True, slots=True)
class Side:
    """What the writer of one text knows.

    Attributes:
        twins: of each sentence, those that belong together with it.
    """

    passages: Passages
    twins: Mapping[str, Twins]
    is_target: bool
    language: str
    drafts: Drafts

    @classmethod
    def of(cls, passages: Passages, twins: Mapping[str, Twins], drafts: Drafts, *, is_target: bool) -> Side:
        """One side of an edition."""
        return cls(passages, twins, is_target, passages.language(is_target=is_target), drafts)


@dataclass(frozen=True, slots=True)
class Twins:
    """Sentences that belong together.

    Attributes:
        french, english: their ids, without the language in front; of a bead without English those it will have.
        pointers: to the French ones, and to the English ones.
    """

    french: tuple[str, ...]
    english: tuple[str, ...]
    pointers: tuple[str, str]


def twins_of(edition: Edition) -> dict[str, Twins]:
    """For each sentence, by its id, those that belong together with it."""
    languages = edition.release.language, edition.target_language
    found: dict[str, Twins] = {}
    for block in edition.blocks:
        for bead in block.beads:
            french = tuple([pair.segment.id for pair in bead.pairs])
            english = part_ids(bead.lead) if bead.lead.parts else (bead.lead.segment.id,)
            twins = Twins(french, english, (_pointers(languages[0], french), _pointers(languages[1], english)))
            for name in french:
                found[name] = twins
    return found


def _pointers(language: str, names: Iterable[str]) -> str:
    return " ".join([f"#{language}-{name}" for name in names])


def analysis(standing: Standing) -> str:
    """Pointers for ``ana``: the state and, where it is one of two cases, the case."""
    return f"#fuzzy #{standing}" if standing in (Standing.CHANGED, Standing.TO_CHECK) else f"#{standing}"


def write_body(xml: Xml, side: Side) -> None:
    """Blocks into divisions: a heading opens one, inside the last one that has a lower level.

    TEI wants a head first in its division and no paragraph behind an inner division; what stands before the first
    heading gets a division of its own, and so do notes and the texts that are not in the flow.
    """
    writer, tree = _Writer(xml, side), side.passages.tree
    levels: list[int] = []
    xml.open("body")
    for item in tree.items:
        if isinstance(item, Leaf) and item.block.block.kind is BlockKind.HEADING:
            level = max(item.block.block.level, 1)
            while levels and levels[-1] >= level:
                levels.pop()
                xml.close()
            xml.open("div", {"type": "release" if level == 1 else "section"})
            levels.append(level)
            writer.block("head", {}, item.block)
            continue
        if not levels:
            levels.append(_DEEPEST)
            xml.open("div", {"type": "opening"})
        writer.item(item)
    for _ in levels:
        xml.close()
    writer.apart()
    if not any(tree.blocks()):
        xml.open("div", {"type": "opening"})
        xml.leaf("p")
        xml.close()
    xml.close()


class _Writer:
    """Writes items in one of the two languages."""

    def __init__(self, xml: Xml, side: Side) -> None:
        self._xml, self._side = xml, side
        self._descriptions: list[Image] | None = None  # of the images of the FIGURE that is open

    def apart(self) -> None:
        """Notes, and texts that are not in the flow."""
        xml, tree = self._xml, self._side.passages.tree
        if tree.notes:
            xml.open("div", {"type": "notes"})
            for note in tree.notes:
                name = f"{self._side.language}-note-{note.number}"
                xml.open("note", {ID: name, "n": note.label, "place": "foot"})
                self._items(note.items)
                xml.close()
            xml.close()
        if tree.attributes:
            xml.open("div", {"type": "attributes"})
            for block in tree.attributes:
                self.block("ab", {"type": "attribute", "n": block.block.label.strip()}, block)
            xml.close()

    def _items(self, items: Iterable[Item]) -> None:
        for item in items:
            self.item(item)

    def item(self, item: Item) -> None:
        """A block, or a node with all that is in it."""
        if isinstance(item, Leaf):
            self._leaf(item)
        elif item.frame in LISTS:
            self._list(item)
        elif item.frame is Frame.TABLE:
            self._table(item)
        elif item.frame is Frame.FIGURE:
            self._figure(item)
        else:
            self._xml.open("quote" if item.frame is Frame.QUOTE else "note")
            self._items(item.items)
            self._xml.close()

    def _leaf(self, leaf: Leaf) -> None:
        kind = leaf.block.block.kind
        if kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM):
            self.block("p", {}, leaf.block)
        else:
            self.block("ab", {"type": "code" if is_code(leaf.block) else kind.value}, leaf.block)

    def _inside(self, name: str, values: Attributes, items: Sequence[Item]) -> None:
        """An item or a cell: a single block needs no element of its own."""
        if len(items) == 1 and isinstance(items[0], Leaf) and not is_code(items[0].block):
            self.block(name, values, items[0].block)
        else:
            self._xml.open(name, values)
            self._items(items)
            self._xml.close()

    def _list(self, node: Node) -> None:
        self._xml.open("list", {"rend": "numbered" if node.frame is Frame.ORDERED_LIST else "bulleted"})
        for item in node.items:
            if isinstance(item, Node):
                self._inside("item", {"n": clean(item.marker).strip()}, item.items)
        self._xml.close()

    def _table(self, node: Node) -> None:
        grid, xml = table_of(node), self._xml
        xml.open("table", {"rows": str(len(grid.rows) or 1), "cols": str(grid.columns or 1)})
        self._heads(grid.captions)
        for row in grid.rows:
            label = all(cell.header or not cell.items for cell in row) and any(cell.header for cell in row)
            xml.open("row", {"role": "label" if label else ""})
            for cell in row:
                self._inside("cell", _cell(cell), cell.items)
            xml.close()
        if not grid.rows:  # nothing but a caption
            xml.open("row")
            xml.leaf("cell")
            xml.close()
        xml.close()

    def _figure(self, node: Node) -> None:
        """A figure: its images are its own graphics, and their texts stand behind its content."""
        self._xml.open("figure")
        around, self._descriptions = self._descriptions, []
        self._heads(item for item in node.items if _is_caption(item))
        self._items(item for item in node.items if not _is_caption(item))
        for image in self._descriptions:
            if image.text:
                self._xml.leaf("figDesc", {LANG: image.language}, image.text)
        self._descriptions = around
        self._xml.close()

    def _heads(self, items: Iterable[Item]) -> None:
        """Captions: a head holds one block, and no list."""
        waiting = [*items][::-1]
        while waiting:
            item = waiting.pop()
            if isinstance(item, Leaf):
                self.block("head", {}, item.block)
            else:
                waiting += item.items[::-1]

    # -- blocks and sentences -----------------------------------------------------------------------------------------

    # Ids and pointers are fit for XML as they are (``model.Segment.id``): they are not escaped once more.

    def block(self, name: str, values: Attributes, block: EditionBlock) -> None:
        """A block: its sentences, with what stands between them."""
        side, own = self._side, block.block
        words = TeiWords(side.passages, block, is_target=side.is_target, descriptions=self._descriptions)
        named = f' xml:id="{side.language}-{own.id}"'
        if own.kind is BlockKind.VERBATIM:
            named += attributes_of({LANG: language_tag(own.language), SPACE: "preserve" if words.lines else ""})
        self._xml.open(name, values, more=named, mixed=True)
        gap, marker, first = "", own.marker, True
        for pair in block.pairs:
            gap += pair.segment.before.removeprefix(marker)
            if not (side.is_target and pair.lead and not pair.target):
                self._xml.raw(words.gap(gap, first=first))
                self._xml.raw(self._english(pair, words) if side.is_target else self._french(pair, words))
                gap, first = "", False
            gap, marker = gap + pair.segment.after, ""
        self._xml.raw(words.gap(gap.rstrip(), first=True))
        self._xml.close()

    def _french(self, pair: Pair, words: TeiWords) -> str:
        name = pair.segment.id
        link = ' ana="#untranslated"' if pair.target is None else f' corresp="{self._side.twins[name].pointers[1]}"'
        return _sentence(f"{self._side.language}-{name}", link, words.stretch(pair.segment.text))

    def _english(self, pair: Pair, words: TeiWords) -> str:
        side, name = self._side, pair.segment.id
        twins = side.twins[name]
        if pair.target is None:
            gap = f'<gap reason="untranslated" corresp="{twins.pointers[0]}"/>'
            return gap + words.wordless(pair.segment.text)
        if pair.lead:
            return words.stretch(pair.target)
        state = {
            "corresp": twins.pointers[0],
            "ana": analysis(standing_of(pair)),
            "resp": self._responsible(pair),
            "cert": confidence_of(pair),
        }
        said = "".join([f' {key}="{value}"' for key, value in state.items() if value])
        parts = zip(twins.english, pair.parts or (pair.target,), strict=True)
        return " ".join([_sentence(f"{side.language}-{name}", said, words.stretch(part)) for name, part in parts])

    def _responsible(self, pair: Pair) -> str:
        """Who approved it, and whose the words are where a person has approved those of a machine as they were."""
        approved = ["resp-align" if pair.matched else "resp-review"] if pair.state is State.REVIEWED else []
        return " ".join([f"#{name}" for name in (*approved, self._side.drafts.maker(pair)) if name])


def _sentence(name: str, values: str, words: str) -> str:
    start = f'<s xml:id="{name}"{values}'
    return f"{start}>{words}</s>" if words else f"{start}/>"


def _is_caption(item: Item) -> bool:
    return isinstance(item, Leaf) and item.block.block.kind is BlockKind.CAPTION


def _cell(cell: Cell) -> dict[str, str]:
    return {
        "role": "label" if cell.header else "",
        "cols": str(cell.columns) if cell.columns > 1 else "",
        "rows": str(cell.rows) if cell.rows > 1 else "",
    }
