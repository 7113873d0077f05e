"""The two texts of a TEI edition: divisions, blocks, sentences, and what stands in them.

Both languages walk the same tree (``toolkit.editions.tree``) and so have the same shape. A sentence is an ``s``; markup
that spans sentences closes at the end of each and opens again in the next, since an ``s`` may hold no half of it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from toolkit.editions.inline import Reader, Run, image_address, language_tag, nested
from toolkit.editions.passages import Passages
from toolkit.editions.structure import (
    Standing,
    clean,
    clean_lines,
    confidence_of,
    is_code,
    model_of,
    models_of,
    standing_of,
)
from toolkit.editions.tables import Cell, table_of
from toolkit.editions.tree import LISTS, Item, Leaf, Node, Tree
from toolkit.model import BlockKind, Code, Edition, EditionBlock, Frame, Pair, Role, State
from toolkit.placeholders import Form

TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
ID, LANG, _SPACE = f"{{{_XML}}}id", f"{{{_XML}}}lang", f"{{{_XML}}}space"

#: Elements that hold running text: white space inside them counts, so they are never indented.
_MIXED = frozenset(
    {"p", "ab", "head", "item", "cell", "s", "title", "catDesc", "figDesc", "language", "resp", "name", "label"}
)
_RENDITIONS = {
    Role.STRONG: "bold",
    Role.EMPHASIS: "italic",
    Role.UNDERLINE: "underline",
    Role.STRIKE: "strikethrough",
    Role.SUPERSCRIPT: "superscript",
    Role.SUBSCRIPT: "subscript",
    Role.CODE: "code",
}
#: A heading of no known level: any other closes its division.
_DEEPEST = 99


# -- building -----------------------------------------------------------------------------------------------------


def add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None, text: str = "") -> etree._Element:
    """A new last child in the TEI namespace; attributes that are "" are left out."""
    given = {key: clean(value) for key, value in (attributes or {}).items() if value}
    element = etree.SubElement(parent, f"{{{TEI}}}{name}", given)
    if text:
        element.text = clean(text)
    return element


def indent(element: etree._Element, depth: int = 1) -> None:
    """One element a line, except inside running text."""
    if etree.QName(element).localname in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * depth
    for child in element:
        indent(child, depth + 1)
        child.tail = "\n" + "  " * depth
    element[-1].tail = "\n" + "  " * (depth - 1)


def _say(element: etree._Element, text: str) -> None:
    """Text behind all that an element holds."""
    last = next(element.iterchildren(reversed=True), None)  # len() would count them all
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def analysis(standing: Standing) -> str:
    """Pointers for ``ana``: the state and, where it is one of two cases, the case."""
    return " ".join(f"#{name}" for name in dict.fromkeys((standing.state.value, standing.value)))


def by_rule(pair: Pair) -> bool:
    """Whether a draft was made without a package: dates, credits and fixed phrases."""
    return pair.state is State.MACHINE and pair.provenance is not None and not pair.provenance.package


# -- one of the two texts -----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Texts:
    """What the writer of one text knows.

    Attributes:
        models: pointer to the entry of each model.
    """

    passages: Passages
    is_target: bool
    language: str
    other: str
    models: Mapping[object, str]

    @classmethod
    def of(cls, edition: Edition, tree: Tree, images: Mapping[str, str], *, is_target: bool) -> Texts:
        """All that is to be known of one side of an edition."""
        languages = edition.release.language, edition.target_language
        return cls(
            Passages.of(edition, tree, images),
            is_target,
            languages[is_target],
            languages[not is_target],
            {model: f"#model-{number}" for number, model in enumerate(models_of(edition), 1)},
        )


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
            element.set(_SPACE, "preserve")
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


# -- inside a sentence --------------------------------------------------------------------------------------------


class Inner:
    """One block in one language, written stretch by stretch.

    Args:
        texts: that it belongs to.
        block: to write.
        lines: whether line breaks in its text count.
        descriptions: where to put the texts of its images; None gives each image a figure of its own.
    """

    def __init__(
        self, texts: Texts, block: EditionBlock, *, lines: bool, descriptions: list[dict[str, str]] | None
    ) -> None:
        self._texts, self._lines, self._descriptions = texts, lines, descriptions
        self._reader = Reader(block.block, self._address, lines=lines)

    def gap(self, element: etree._Element, text: str, *, first: bool) -> None:
        """What stands in front of a sentence; in the target there is always a space."""
        if first and not self._lines:
            text = text.lstrip()
        if not first and (text.isspace() or (self._texts.is_target and not any(map(str.isspace, text)))):
            _say(element, " ")
        if not text.isspace():
            self.write(element, text)

    def write(self, parent: etree._Element, text: str, *, words: bool = True) -> None:
        """A stretch of text inside ``parent``; without its words only the images and the marks of notes in it."""
        path: list[etree._Element] = [parent]
        for stay, opened, run in nested(self._reader.read(text)):
            if not words:
                if run.form is Form.EMPTY and run.code is not None and run.code.role is not Role.BREAK:
                    self._alone(parent, run.code)
                continue
            del path[stay + 1 :]
            for code in opened:
                path.append(self._start(path[-1], code))
            self._run(path[-1], run)

    def _address(self, code: Code) -> str:
        target = self._texts.passages.address(code)
        return f"#{self._texts.language}-{target[1:]}" if target.startswith("#") else target

    def _start(self, parent: etree._Element, code: Code) -> etree._Element:
        match code.role:
            case Role.LINK:
                return add(parent, "ref", {"target": self._address(code)})
            case Role.FOREIGN:
                return add(parent, "foreign", {LANG: language_tag(code.language)})
            case Role.QUOTE:
                return add(parent, "q")
            case _:
                return add(parent, "hi", {"rend": _RENDITIONS[code.role]})

    def _run(self, parent: etree._Element, run: Run) -> None:
        if run.code is None:
            _say(parent, (clean_lines if self._lines else clean)(run.text))
        elif run.form is Form.EMPTY:
            self._alone(parent, run.code)
        else:
            self._fixed(parent, run, run.code)

    def _fixed(self, parent: etree._Element, run: Run, code: Code) -> None:
        language = language_tag(code.language)
        if code.role is Role.CODE:
            element = add(parent, "code")
        elif code.role is Role.LINK and self._address(code):
            element = add(parent, "ref", {"target": self._address(code)})
        elif language:
            element = add(parent, "foreign", {LANG: language})
        elif code.role in _RENDITIONS:
            element = add(parent, "hi", {"rend": _RENDITIONS[code.role]})
        else:
            element = parent
        _say(element, run.text)

    def _alone(self, parent: etree._Element, code: Code) -> None:
        match code.role:
            case Role.BREAK:
                add(parent, "lb")
            case Role.IMAGE:
                self._image(parent, code)
            case _:
                self._note(parent, code)

    def _image(self, parent: etree._Element, code: Code) -> None:
        passages = self._texts.passages
        path = passages.images.get(code.href)
        url = quote(path, safe="/-._~", errors="replace") if path else image_address(code.href)
        text, language = passages.alternative(code, is_target=self._texts.is_target)
        if not url and not text:
            return
        figure = parent if self._descriptions is not None else add(parent, "figure")
        if url:
            add(figure, "graphic", {"url": url})
        other = language if language != self._texts.language else ""
        if text and self._descriptions is not None:
            self._descriptions.append({"language": other, "text": text})
        elif text:
            add(figure, "figDesc", {LANG: other}, text)

    def _note(self, parent: etree._Element, code: Code) -> None:
        """A note's mark: all marks of a note lead to it."""
        passages, block = self._texts.passages, self._reader.block.id
        note = passages.notes.get(passages.tree.marks.get((block, code.number), 0))
        if note is not None:
            target = {"type": "note", "target": f"#{self._texts.language}-note-{note.number}"}
            add(parent, "ref", target, note.label)
        elif code.label.strip():
            add(parent, "hi", {"rend": "superscript"}, code.label.strip())
