"""Placeholders put back: the bare sentence has been translated, and its tags go around the same words in the English.

The tags are a tree; each pair gets the heaviest stretch of words (``spans``) inside its parent's, beside its siblings',
and marks at its edges as in the French. What cannot be placed so is put at the sentence's edges, and the reviewer is
told. docs/rules.md has the rules and what they were measured to give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import accumulate
from typing import NamedTuple

from toolkit.placeholders import difference, escape, fitted
from toolkit.placeholders import tags as tags_of
from toolkit.translation.alignment import MOST_WORK, align, words_of
from toolkit.translation.engine import Attention
from toolkit.translation.spans import LEAST_EVIDENCE, Finder, Found
from toolkit.translation.tree import Kind, Node, read, write
from toolkit.translation.units import Part, cut, kin, part_of

AT_THE_EDGES = "placeholders put at the edges: move them to their words"
BY_POSITION = "placeholders placed by position: check what they hold"

#: Placeholders, and words times words times placeholders, beyond which nothing is placed one by one: no sentence's.
_MOST_TAGS, _MOST_WORK = 200, 1_000_000

_CURRENCIES = "€$£"
_AROUND = (Kind.PAIR, Kind.FIXED)


class Placed(NamedTuple):
    """A target with its placeholders, and what the reviewer should know of them."""

    text: str
    remarks: tuple[str, ...] = ()


def put_back(source: str, english: str, attentions: Sequence[Attention] = ()) -> Placed:
    """Put a sentence's placeholders into its translation.

    Args:
        source: the French as the catalogue holds it.
        english: the translation of its bare words, finished; literal text.
        attentions: of the questions that were asked for it, if any.

    Returns:
        A target with exactly the source's placeholders, well nested, around the same words as far as can be told.
    """
    wanted = tags_of(source)
    if not wanted:
        return Placed(escape(english))
    found = read(source) if len(wanted) <= _MOST_TAGS else None
    if found is not None:
        text, root = found
        work = len(words_of(text)) * len(words_of(english))
        if work <= MOST_WORK and work * len(wanted) <= _MOST_WORK:
            placer = _Placer(text, english, attentions, root)
            target = write(root, placer.units) if placer.place(root) else ""
            if not difference(source, target):
                return Placed(target, () if placer.sure else (BY_POSITION,))
    return Placed(fitted(source, escape(english)), (AT_THE_EDGES,))


class _Placer:
    """Finds for each placeholder of a sentence its units in the English.

    Attributes:
        units: of the English.
        sure: whether every place rests on more than position.
    """

    def __init__(self, text: str, english: str, attentions: Sequence[Attention], root: Node) -> None:
        self._text, self._english = text, english
        self._finder = Finder(text, english, align(text, english, attentions))
        self._parts = {node: part for node in _below(root) if (part := self._part(node))}
        self.units, self._bounds = cut(english, self._finder.english, self._parts.values())
        ends = [*accumulate(len(unit.space) + len(unit.text) for unit in self.units)]
        self._ends = {end: at for at, end in enumerate(ends, 1)}
        self._starts = {end - len(unit.text): at for at, (end, unit) in enumerate(zip(ends, self.units, strict=True))}
        #: For each unit the number of the sibling that has it, at the level that is being placed; 0 where it is free.
        self._owner = [0] * len(self.units)
        self.sure = True

    def place(self, root: Node) -> bool:
        """Give every node its units; False when the English has too few words for all pairs."""
        todo = self._regions(root)
        while todo:
            parent, low, high = todo.pop()
            if not self._place_children(parent, low, high):
                return False
            todo += [(child, child.first, child.last) for child in parent.children if child.children]
        return True

    def _regions(self, root: Node) -> list[tuple[Node, int, int]]:
        """Cut the sentence where half of a pair stands, because what is before one stays before it."""
        parts = [Node(Kind.ROOT, end=root.end)]
        halves = [node for node in root.children if node.kind is Kind.HALF]
        for node in root.children:
            if node.kind is Kind.HALF:
                parts[-1].end = node.start
                parts.append(Node(Kind.ROOT, start=node.start, end=root.end))
            else:
                parts[-1].children.append(node)
        needs = [sum(map(_need, part.children)) for part in parts]
        word = at = 0
        regions = []
        for number, half in enumerate(halves):
            most = max(len(self._bounds) - sum(needs[number + 1 :]), word)
            allowed = range(min(word + needs[number], most), most + 1)
            word = self._noted(self._finder.gap(half.start, allowed, after=False, before=False)).first
            half.first = half.last = max(self._between(half, word), at)
            regions.append((parts[number], at, half.first))
            at = half.first
        return [*regions, (parts[-1], at, len(self.units))]

    def _noted(self, found: Found) -> Found:
        self.sure = self.sure and found.evidence >= LEAST_EVIDENCE
        return found

    def _place_children(self, parent: Node, low: int, high: int) -> bool:
        """Place the children of a node in its units: what is surest first, points last."""
        self._owner[low:high] = [0] * (high - low)
        for node in parent.children:
            node.first = node.last = low
            if node.kind is Kind.FIXED:
                self._find_fixed(node, low, high)
            elif node in self._parts:
                self._take_part(node, low, high)
        waiting = [node for node in parent.children if node.kind in _AROUND and node.first == node.last]
        worded = [node for node in waiting if self._finder.inside(node.start, node.end)]
        marks = [node for node in waiting if node.kind is Kind.PAIR and node not in worded]
        if not self._place_worded(parent, worded, low, high):
            return False
        if not all(self._place_marks(node, low, high) for node in marks):
            return False
        for node in parent.children:
            if node.kind is Kind.POINT or (node.kind is Kind.FIXED and node.first == node.last):
                node.first = node.last = self._gap(node, low, high)
        return True

    # --- what is around words ---------------------------------------------------------------------------------------

    def _place_worded(self, parent: Node, worded: list[Node], low: int, high: int) -> bool:
        """Place what holds words; False when there are not enough."""
        finder, worded = self._finder, list(worded)
        own = finder.inside(parent.start, parent.end)
        if len(worded) == 1 and finder.inside(worded[0].start, worded[0].end) == own:
            return self._take_all(worded[0], low, high)
        while worded:
            rooms = self._rooms(low, high)
            needs = [_need(node) for node in worded]
            spare = sum(last - first for first, last in rooms) - sum(needs)
            widest = max((last - first for first, last in rooms), default=0)
            if spare < 0 or widest < max(needs):
                return all(node.kind is Kind.FIXED for node in worded)
            found = [
                finder.stretch((node.start, node.end), rooms, (need, need + spare))
                for node, need in zip(worded, needs, strict=True)
            ]
            surest = max(range(len(worded)), key=lambda at: found[at].score)
            node, place = worded.pop(surest), self._noted(found.pop(surest))
            if node.kind is Kind.PAIR or place.evidence >= LEAST_EVIDENCE:  # else no word is dropped for it
                self._take(node, self._bounds[place.first][0], self._bounds[place.last - 1][1], low, high)
        return True

    def _take_all(self, node: Node, low: int, high: int) -> bool:
        """What holds all words of its parent in French does so in English."""
        worded = [at for at in range(low, high) if self.units[at].word is not None and not self._owner[at]]
        if worded:
            self._take(node, worded[0], worded[-1] + 1, low, high)
        return bool(worded) or node.kind is Kind.FIXED

    def _rooms(self, low: int, high: int) -> list[tuple[int, int]]:
        """Runs of words that are free, between two units."""
        runs: list[tuple[int, int]] = []
        for number, (first, last) in enumerate(self._bounds):
            if low <= first and last <= high and not any(self._owner[first:last]):
                if runs and runs[-1][1] == number:
                    runs[-1] = (runs[-1][0], number + 1)
                else:
                    runs.append((number, number + 1))
        return runs

    def _take(self, node: Node, first: int, last: int, low: int, high: int) -> None:
        """Give a node its units, with the marks at its edges that it has in the French."""
        words = self._finder.inside(node.start, node.end)
        inner = self._text[node.start : node.end]
        currency = "".join(sign for sign in _CURRENCIES if sign in inner)
        before = inner[: max(self._finder.french[words.start].start - node.start, 0)]
        behind = inner[max(self._finder.french[words.stop - 1].end - node.start, 0) :]
        first = self._stretched(first, -1, kin(before) + currency, low, high)
        last = self._stretched(last, 1, kin(behind) + currency, low, high)
        self._own(node, first, last)

    def _own(self, node: Node, first: int, last: int) -> None:
        node.first, node.last = first, last
        self._owner[first:last] = [max(self._owner, default=0) + 1] * (last - first)

    def _stretched(self, edge: int, step: int, wanted: str, low: int, high: int) -> int:
        """An edge moved over the marks that touch it, as far as the last wanted one."""
        found = at = edge
        while wanted:
            unit, joint = (at, at) if step > 0 else (at - 1, at)
            if not low <= unit < high or self._owner[unit] or self.units[unit].word is not None:
                break
            if self.units[joint].space:
                break
            at += step
            if self.units[unit].text in wanted:
                found = at
        return found

    def _find_fixed(self, node: Node, low: int, high: int) -> None:
        """Look for fixed words in the English letter for letter, nearest to their place."""
        shown = self._text[node.start : node.end].strip()
        wanted = node.start / max(len(self._text), 1)
        found = []
        at = self._english.find(shown) if shown else -1
        while at >= 0:
            if units := self._exactly(at, at + len(shown), low, high):
                found.append((abs(at / len(self._english) - wanted), units))
            at = self._english.find(shown, at + 1)
        if found:
            self._own(node, *min(found)[1])

    def _exactly(self, start: int, end: int, low: int, high: int) -> tuple[int, int] | None:
        """The free units that a stretch of letters is made of; None when it begins or ends inside of one."""
        first, last = self._starts.get(start), self._ends.get(end)
        if first is None or last is None or not low <= first < last <= high or any(self._owner[first:last]):
            return None
        return first, last

    # --- parts of words ---------------------------------------------------------------------------------------------

    def _part(self, node: Node) -> Part | None:
        """For a pair inside one word (1<g1>er</g1>), its part of the English word; None for all others."""
        words = self._finder.inside(node.start, node.end)
        if node.kind is not Kind.PAIR or len(words) != 1 or not self._finder.english:
            return None
        french = self._finder.french[words.start]
        start, end = max(node.start, french.start) - french.start, min(node.end, french.end) - french.start
        if (start, end) == (0, french.end - french.start):
            return None
        number = self._finder.partner(words.start)
        english = self._finder.english[number]
        inner = part_of(self._text[french.start : french.end], (start, end), self._english[english.start : english.end])
        return Part(number, english.start + inner[0], english.start + inner[1])

    def _take_part(self, node: Node, low: int, high: int) -> None:
        part = self._parts[node]
        at = self._ends[part.end]
        if part.start == part.end and not node.children and low < at < high and self.units[at].space == " ":
            # Nothing is left of it, and no pair may be empty: it goes around the space, where nobody sees it.
            node.kind, node.opening, node.left, node.right = Kind.GONE, f"{node.opening} {node.closing}", "0", "0"
            node.first = node.last = at
        elif units := self._exactly(part.start, part.end, low, high):
            self._own(node, *units)

    # --- what is between words --------------------------------------------------------------------------------------

    def _place_marks(self, node: Node, low: int, high: int) -> bool:
        """Put a pair around the like mark nearest to its place, or any free unit; False when there is none."""
        wanted = kin(self._text[node.start : node.end])
        near = self._gap(node, low, high)
        free = [at for at in range(low, high) if not self._owner[at]]
        alike = [at for at in free if self.units[at].word is None and self.units[at].text in wanted]
        self.sure = self.sure and bool(alike)
        if free:
            at = min(alike or free, key=lambda at: abs(at - near))
            self._own(node, at, at + 1)
        return bool(free)

    def _gap(self, node: Node, low: int, high: int) -> int:
        """The unit before which something between words goes: in no sibling."""
        inside = [number for number, (first, last) in enumerate(self._bounds) if low <= first and last <= high]
        if not inside:
            return low
        allowed = [k for k in range(inside[0], inside[-1] + 2) if not self._is_owned_across(k, low, high)]
        glued = _glued(node)
        found = self._noted(self._finder.gap(node.start, allowed, after=glued[0], before=glued[1]))
        at = min(max(self._between(node, found.first), low), high)
        while low < at < high and self._owner[at] and self._owner[at] == self._owner[at - 1]:
            at += 1
        return at

    def _is_owned_across(self, k: int, low: int, high: int) -> bool:
        """Whether one sibling has the words on both sides."""
        if not 0 < k < len(self._bounds):
            return False
        left, right = self._bounds[k - 1][1] - 1, self._bounds[k][0]
        return low <= left and right < high and self._owner[left] > 0 and self._owner[left] == self._owner[right]

    def _between(self, node: Node, k: int) -> int:
        """The unit before which a point goes that is between word k - 1 and word k: on the side where it was glued."""
        left = self._bounds[k - 1][1] if k else 0
        right = self._bounds[k][0] if k < len(self._bounds) else len(self.units)
        if _glued(node)[0] or k == len(self._bounds):
            wanted = "" if node.left.isalnum() else kin(node.left)
            while left < right and wanted and not self.units[left].space and self.units[left].text in wanted:
                left += 1
            return left
        while right > left and not node.right.isalnum() and not self.units[right].space:
            right -= 1
        return right


def _below(root: Node) -> Iterator[Node]:
    todo = [root]
    while todo:
        node = todo.pop()
        todo += node.children
        yield node


def _need(node: Node) -> int:
    """Words that a node must have for every pair in it to have one."""
    needs: dict[Node, int] = {}
    for one in reversed(list(_below(node))):
        inner = sum(needs[child] for child in one.children)
        needs[one] = max(inner, 1) if one.kind in _AROUND else inner
    return needs[node]


def _glued(node: Node) -> tuple[bool, bool]:
    """Whether a point touches what is before it, and what is behind it."""
    return bool(node.left.strip()) and not node.spaced[0], bool(node.right.strip()) and not node.spaced[1]
