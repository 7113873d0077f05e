"""The placeholders of a sentence as a tree, and such a tree over other words as a sentence again.

Reading keeps for each placeholder what it holds of the bare words; for writing it must be known where each stands among
the units (words, parts of words, single marks) of the English. What is written is well nested by construction. Nothing
recurs: a sentence may be nested as deeply as a file pleases.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum, auto
from itertools import accumulate

from toolkit.placeholders import Form, Tag, Token, escape, laid_out, tokenize, unescape
from toolkit.translation.units import Unit


class Kind(Enum):
    """What has to be placed."""

    ROOT = auto()
    #: Something around words, or around marks.
    PAIR = auto()
    #: Words that stay as they are, in place of what became of them.
    FIXED = auto()
    #: Something between words: a tag that stands alone, or a pair around nothing.
    POINT = auto()
    #: A pair of which nothing is left in English.
    GONE = auto()
    #: One tag of a pair whose other one is in another sentence.
    HALF = auto()


@dataclass(slots=True, eq=False)
class Node:
    """A placeholder: where it is in the French, and where it goes. Compared by identity.

    Attributes:
        opening, closing: what is written; all of it in ``opening`` where nothing stands inside.
        start, end: offsets in the bare French of what it holds; the same for a point or half.
        left, right: the characters of the source before and behind it, "" at the sentence's edges.
        spaced: whether white space comes directly before, and directly behind.
        first, last: units of the English ``[first, last)`` that it is put around or stands for; of a point, and until
            it has been placed, the same.
    """

    kind: Kind
    opening: str = ""
    closing: str = ""
    start: int = 0
    end: int = 0
    left: str = ""
    right: str = ""
    spaced: tuple[bool, bool] = (False, False)
    children: list[Node] = field(default_factory=list)
    first: int = 0
    last: int = 0


def read(source: str) -> tuple[str, Node] | None:
    """The bare words of a sentence and the tree of its placeholders; None when they are not well nested."""
    text, laid = laid_out(source)
    tokens = tokenize(source)
    root = Node(Kind.ROOT, end=len(text))
    stack, opened = [root], [0]
    closed = {tag.number for _, tag in laid if tag.form is Form.CLOSE}
    offsets = iter(laid)
    before, behind = _neighbours(tokens)
    for at, token in enumerate(tokens):
        if not isinstance(token, Tag):
            continue
        offset, tag = next(offsets)
        spaced = (_has_space(tokens[max(at - 1, 0) : at], -1), _has_space(tokens[at + 1 : at + 2], 0))
        node = Node(Kind.POINT, str(tag), "", offset, offset, before[at], behind[at], spaced)
        match tag.form:
            case Form.OPEN if tag.number in closed:
                node.kind = Kind.PAIR
                stack.append(node)
                opened.append(at)
                continue
            case Form.CLOSE if stack[-1].opening == f"<g{tag.number}>":
                pair = stack.pop()
                pair.closing, pair.end, pair.right = str(tag), offset, node.right
                pair.spaced = (pair.spaced[0], node.spaced[1])
                node = _collapsed(pair, text, tokens[opened.pop() : at + 1])
            case Form.OPEN | Form.CLOSE:
                node.kind = Kind.HALF
            case Form.FIXED:
                node.kind, node.end = Kind.FIXED, offset + len(unescape(tag.shown))
        if node.kind is Kind.HALF and len(stack) > 1:
            return None
        stack[-1].children.append(node)
    return (text, root) if len(stack) == 1 else None


def _collapsed(pair: Node, text: str, tokens: Sequence[Token]) -> Node:
    """A pair around nothing that could be placed is a point, with all that is in it."""
    if not text[pair.start : pair.end].strip() and all(child.kind is Kind.POINT for child in pair.children):
        pair.kind, pair.opening, pair.closing, pair.children = Kind.POINT, "".join(map(str, tokens)), "", []
    return pair


def _neighbours(tokens: Sequence[Token]) -> tuple[list[str], list[str]]:
    """For each token the last character of the text before it, and the first of that behind it, tags passed over."""
    texts = [unescape(token.shown if isinstance(token, Tag) else token) for token in tokens]
    lasts = [*accumulate(texts, lambda found, text: text[-1:] or found, initial="")]
    firsts = [*accumulate(reversed(texts), lambda found, text: text[:1] or found, initial="")]
    return lasts[:-1], firsts[::-1][1:]


def _has_space(tokens: Sequence[Token], end: int) -> bool:
    """Whether text, if that is what there is, has white space at an end."""
    return any(isinstance(token, str) and token[end].isspace() for token in tokens)


class _Writer:
    """Text and tags one after the other; white space waits until it is known what it stands before."""

    def __init__(self, units: Sequence[Unit]) -> None:
        self._units = units
        self._at = 0
        self._out: list[str] = []
        self._literal: list[str] = []
        self._space: str | None = None  # already written, or changed, where it is not the unit's own

    def advance(self, to: int, *, dropped: bool = False) -> None:
        """Write the units before number ``to``, or leave them out."""
        while self._at < to:
            if not dropped:
                self.flush()
                self._literal.append(self._units[self._at].text)
            self._at += 1
            self._space = None

    @property
    def waiting(self) -> str:
        """White space before the next unit that has not been written."""
        if self._space is not None:
            return self._space
        return self._units[self._at].space if self._at < len(self._units) else ""

    @waiting.setter
    def waiting(self, space: str) -> None:
        self._space = space

    def flush(self) -> None:
        """Write the white space that waits."""
        self._literal.append(self.waiting)
        self._space = ""

    def tag(self, text: str) -> None:
        """Write a tag."""
        self._out += [escape("".join(self._literal)), text]
        self._literal = []

    def point(self, node: Node) -> None:
        """Write what stands between words with the white space it has in the source."""
        if not node.left.strip():
            if node.spaced[0] and not self.waiting and (self._out or self._literal):
                self.waiting = " "
            self.flush()
            self.tag(node.opening)
            if node.spaced[1] and self._at < len(self._units) and self._units[self._at].word is not None:
                self.waiting = " "
            return
        if node.left.isalnum() and node.right.isalnum():
            self.waiting = ""
        self.tag(node.opening)

    def text(self) -> str:
        """All of it."""
        self.advance(len(self._units))
        self.tag("")
        return "".join(self._out).strip()


def write(root: Node, units: Sequence[Unit]) -> str:
    """The units with the placeholders where the tree says; siblings must be disjoint, and inside their parents."""
    writer = _Writer(units)
    todo: list[tuple[Node, bool]] = [(root, False)]
    while todo:
        node, done = todo.pop()
        if done:
            writer.advance(node.last)
            writer.tag(node.closing)
            continue
        writer.advance(node.first)
        if node.kind in (Kind.POINT, Kind.HALF, Kind.GONE) or (node.kind is Kind.FIXED and node.first == node.last):
            writer.point(node)
        elif node.kind is Kind.FIXED:
            writer.flush()
            writer.tag(node.opening)
            writer.advance(node.last, dropped=True)
        else:
            if node.kind is Kind.PAIR:
                writer.flush()
                writer.tag(node.opening)
                todo.append((node, True))
            inner = sorted(node.children, key=lambda child: (child.first, child.last))
            todo += [(child, False) for child in reversed(inner)]
    return writer.text()
