"""Blocks → the tree that every writer of an edition walks: lists, tables, quotations, figures, notes.

Marked-up formats say which containers a block stands in (``Block.within``); in plain text a list is a run of items with
one lead-in and a quotation a run of paragraphs that continue it (``Block.marker``, ``Block.group``). Both end here in
the same nodes. What a source leaves out is supplied (an item without a list, a cell without a row), so that a writer
meets a list with items and nothing else, a table with rows of cells and its caption.

Notes that a mark leads to, and texts that are not in the flow (``BlockKind.ATTRIBUTE``), stand apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.edition import Edition, EditionBlock
from toolkit.model import Block, BlockKind, Container, Frame, Role

#: Containers deeper than this are left out: the readers go no deeper either, and the walks below recurse.
DEEPEST = 40
_LONGEST_MARK = 3
LISTS = frozenset({Frame.LIST, Frame.ORDERED_LIST})
CELLS = frozenset({Frame.CELL, Frame.HEADER_CELL})


@dataclass(frozen=True, slots=True)
class Leaf:
    """A block."""

    block: EditionBlock


@dataclass(frozen=True, slots=True)
class Node:
    """Something that holds blocks.

    Attributes:
        marker: of an item, as it is printed: "-", "a)", "3."; "" for a bullet that the source does not write.
        container: None where the source marks no such thing and it was supplied.
    """

    frame: Frame
    items: tuple[Item, ...]
    marker: str = ""
    container: Container | None = None

    @property
    def start(self) -> int:
        """First number of an ordered list."""
        return self.container.start if self.container else 1


Item = Leaf | Node
#: Where a mark stands: block and number of its placeholder.
Mark = tuple[str, int]


@dataclass(frozen=True, slots=True)
class Note:
    """A note that a mark in the text leads to.

    Attributes:
        number: counted from 1 in the order of the marks.
        label: the mark as it is printed; the number where the source does not say.
        mark: the first mark that leads here.
    """

    number: int
    label: str
    mark: Mark
    items: tuple[Item, ...]


@dataclass(frozen=True, slots=True)
class Tree:
    """An edition's blocks in the order in which they are shown: items, then notes, then attributes.

    Attributes:
        marks: number of the note that each mark leads to.
        holders: the block that an attribute belongs to, for those that hang on an image or a link.
    """

    items: tuple[Item, ...]
    notes: tuple[Note, ...]
    attributes: tuple[EditionBlock, ...]
    marks: Mapping[Mark, int]
    holders: Mapping[str, str]

    def blocks(self) -> Iterator[EditionBlock]:
        """All blocks, in the order in which they are shown."""
        yield from leaves(self.items)
        for note in self.notes:
            yield from leaves(note.items)
        yield from self.attributes


def tree_of(edition: Edition) -> Tree:
    """The tree of an edition; blocks without a sentence are left out, and nothing else is."""
    blocks = tuple(block for block in edition.blocks if block.pairs)
    shown = [block for block in blocks if block.block.kind is not BlockKind.ATTRIBUTE]
    marked = _Marked([each.block for each in shown])
    main = [each for each in shown if each.block.id not in marked.owner]
    return Tree(
        items=_grown((each.block.within, each) for each in main),
        notes=marked.notes(shown),
        attributes=tuple(block for block in blocks if block.block.kind is BlockKind.ATTRIBUTE),
        marks=marked.marks,
        holders=_holders(blocks),
    )


def leaves(items: Iterable[Item], *, within: Iterable[Frame] = Frame) -> Iterator[EditionBlock]:
    """The blocks below some items, in order; only those in nodes of the frames ``within``."""
    frames = frozenset(within)
    waiting = [*items][::-1]
    while waiting:
        item = waiting.pop()
        if isinstance(item, Leaf):
            yield item.block
        elif item.frame in frames:
            waiting += item.items[::-1]


def images_of(edition: Edition) -> tuple[str, ...]:
    """Addresses of the images that an edition wants beside its pages, in order, as the source writes them.

    Those on other hosts, and those that are no files (``data:``), are left out.
    """
    found = (
        code.href
        for block in edition.blocks
        for code in block.block.codes
        if code.role is Role.IMAGE and is_local(code.href)
    )
    return tuple(dict.fromkeys(found))


def is_local(href: str) -> bool:
    """Whether an address is that of a file beside the source, or of a member of its archive."""
    head = href.strip().partition("/")[0]
    return bool(href.strip()) and ":" not in head and not href.strip().startswith(("//", "\\\\", "#", "?"))


def _holders(blocks: Iterable[EditionBlock]) -> dict[str, str]:
    return {
        hanger: each.block.id
        for each in blocks
        for code in each.block.codes
        for hanger in code.blocks
        if each.block.kind is not BlockKind.ATTRIBUTE
    }


# -- notes --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Marked:
    """Which blocks belong to a note that a mark leads to, and which marks lead to which note.

    A note is the blocks that hang on its mark, or else those in a NOTE container whose label is the mark's; and all
    that stands in the same container.
    """

    blocks: Sequence[Block]
    owner: dict[str, int] = field(default_factory=dict)
    marks: dict[Mark, int] = field(default_factory=dict)
    _found: list[tuple[str, Mark, tuple[Container, ...]]] = field(default_factory=list)

    def __post_init__(self) -> None:
        known = {block.id: block for block in self.blocks}
        inside: dict[str, list[str]] = {}
        named: dict[str, list[str]] = {}
        for block in self.blocks:
            if (box := _note_box(block)) is not None:
                inside.setdefault(box.id, []).append(block.id)
                named.setdefault(block.label, []).append(block.id)
        # The text's own marks count first, though notes may be written above it.
        for block in sorted(self.blocks, key=lambda block: _note_box(block) is not None):
            for code in block.codes:
                if code.role is not Role.NOTE:
                    continue
                names = code.blocks or (named.get(code.label, ()) if code.label else ())
                hung = [name for name in names if name in known and name != block.id]
                if not hung:
                    continue
                number = self.owner.get(hung[0])
                # Blocks of a note within a note hang on the marks of both: the inner one owns them.
                if number is None or number == self.owner.get(block.id):
                    box = _note_box(known[hung[0]])
                    self._found.append((code.label, (block.id, code.number), block.within))
                    number = len(self._found)
                    own = [name for name in inside[box.id] if name != block.id] if box else []
                    self.owner |= dict.fromkeys((*hung, *own), number)
                self.marks[block.id, code.number] = number

    def notes(self, blocks: Iterable[EditionBlock]) -> tuple[Note, ...]:
        """The notes, in the order of their marks; one whose blocks all went to another note is left out."""
        own: dict[int, list[EditionBlock]] = {}
        for each in blocks:
            if each.block.id in self.owner:
                own.setdefault(self.owner[each.block.id], []).append(each)
        made = []
        for number, (label, mark, around) in enumerate(self._found, 1):
            grown = _grown((_inside_note(each.block.within, around), each) for each in own.get(number, ()))
            if grown:
                made.append(Note(number, _printed(label, number), mark, grown))
        return tuple(made)


def _printed(label: str, number: int) -> str:
    """A mark as it is printed: a long label is a name in the source, and the number is printed for it."""
    label = label.strip()
    return label if 0 < len(label) <= _LONGEST_MARK else str(number)


def _note_box(block: Block) -> Container | None:
    """The innermost NOTE that a block stands in."""
    return next((each for each in reversed(block.within) if each.frame is Frame.NOTE), None)


def _inside_note(within: tuple[Container, ...], around: tuple[Container, ...]) -> tuple[Container, ...]:
    """The containers of a note's block that are in the note, and not around its mark."""
    rest = within[_shared([each.id for each in around], within) :]
    boxes = [at for at, each in enumerate(rest) if each.frame is Frame.NOTE]
    return rest[boxes[-1] + 1 :] if boxes else rest


# -- nodes --------------------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Branch:
    container: Container
    items: list[_Branch | Leaf] = field(default_factory=list)


def _grown(blocks: Iterable[tuple[tuple[Container, ...], EditionBlock]]) -> tuple[Item, ...]:
    """Blocks with the containers they stand in → items: neighbours share what they have in common."""
    items: list[_Branch | Leaf] = []
    path: list[_Branch] = []
    for within, block in blocks:
        within = within[:DEEPEST]
        del path[_shared([branch.container.id for branch in path], within) :]
        for container in within[len(path) :]:
            branch = _Branch(container)
            (path[-1].items if path else items).append(branch)
            path.append(branch)
        (path[-1].items if path else items).append(Leaf(block))
    return _shaped(items, None, quoted=False)


def _shared(names: Sequence[str], within: Sequence[Container]) -> int:
    """How many of the outermost containers are the same."""
    count = 0
    for name, container in zip(names, within, strict=False):
        if name != container.id:
            break
        count += 1
    return count


def _shaped(items: Sequence[_Branch | Leaf], parent: Frame | None, *, quoted: bool) -> tuple[Item, ...]:
    made = (
        item if isinstance(item, Leaf) else _node(item.container, item.items, quoted=quoted)
        for item in _hoisted(items, parent)
    )
    return tuple(_supplied(made, parent, quoted=quoted))


def _node(container: Container, items: Sequence[_Branch | Leaf], *, quoted: bool) -> Node:
    frame = container.frame
    inner = _shaped(items, frame, quoted=quoted or frame is Frame.QUOTE)
    if frame is Frame.ORDERED_LIST:
        inner = tuple(
            Node(item.frame, item.items, item.marker or f"{number}.", item.container)
            for number, item in enumerate(inner, container.start)
            if isinstance(item, Node)
        )
    return Node(frame, inner, container=container)


def _hoisted(items: Sequence[_Branch | Leaf], parent: Frame | None) -> Iterator[_Branch | Leaf]:
    """Items without the rows and cells that stand in no table: their content takes their place."""
    waiting = [*items][::-1]
    while waiting:
        item = waiting.pop()
        frame = None if isinstance(item, Leaf) else item.container.frame
        lost = (frame is Frame.ROW and parent is not Frame.TABLE) or (
            frame in CELLS and parent not in (Frame.ROW, Frame.TABLE)
        )
        if lost and not isinstance(item, Leaf):
            waiting += item.items[::-1]
        else:
            yield item


def _supplied(items: Iterable[Item], parent: Frame | None, *, quoted: bool) -> Iterator[Item]:
    """Items with the nodes put around them that a writer needs there."""
    run: list[Item] = []
    around: Frame | None = None
    for item in items:
        wanted = _wanted(item, parent, quoted=quoted)
        if run and around is not None and (wanted is not around or not _goes_on(run[0], item, around)):
            yield _wrapped(around, run, quoted=quoted)
            run = []
        around = wanted
        if wanted is None:
            yield item
        else:
            run.append(item)
    if run and around is not None:
        yield _wrapped(around, run, quoted=quoted)


def _wanted(item: Item, parent: Frame | None, *, quoted: bool) -> Frame | None:
    """The frame of the node that is missing around an item; None where none is."""
    frame = item.frame if isinstance(item, Node) else None
    if parent in LISTS:
        return None if frame is Frame.ITEM else Frame.ITEM
    if parent is Frame.ROW:
        return None if frame in CELLS else Frame.CELL
    if parent is Frame.TABLE and frame in CELLS:
        return Frame.ROW
    if frame is Frame.ITEM:
        return Frame.LIST
    if isinstance(item, Leaf) and parent is not Frame.TABLE:
        kind = item.block.block.kind
        if kind is BlockKind.ITEM and parent is not Frame.ITEM:
            return Frame.LIST
        if kind is BlockKind.QUOTE and not quoted:
            return Frame.QUOTE
    return None


def _goes_on(first: Item, item: Item, around: Frame) -> bool:
    """Whether an item belongs into the node that is supplied for the one before it."""
    if around in (Frame.ROW, Frame.CELL):
        return True
    if around is Frame.ITEM:
        return False
    if isinstance(first, Node) or isinstance(item, Node):
        return isinstance(first, Node) and isinstance(item, Node)
    one, other = first.block.block, item.block.block
    if around is Frame.LIST:
        return other.group == one.group
    return bool(other.group) and other.group in (one.id, one.group)


def _wrapped(frame: Frame, run: Sequence[Item], *, quoted: bool) -> Node:
    """A supplied node; a list of text blocks is ordered where its markers count ("1.", "a)")."""
    if frame is Frame.CELL:  # what stands in it may want a node of its own
        return Node(frame, tuple(_supplied(run, frame, quoted=quoted)))
    if frame is not Frame.LIST:
        return Node(frame, tuple(run))
    markers = [item.block.block.marker if isinstance(item, Leaf) else item.marker for item in run]
    ordered = any(character.isalnum() for marker in markers for character in marker)
    items = tuple(
        Node(Frame.ITEM, (item,), marker.strip()) if isinstance(item, Leaf) else item
        for item, marker in zip(run, markers, strict=True)
    )
    return Node(Frame.ORDERED_LIST if ordered else Frame.LIST, items)
