"""Which sentences of a translation belong to which of the original, where nobody has said so.

Three steps. Sentences that show it by their words alone are anchors: the heaviest chain of them that keeps the order of
both texts (so a moved paragraph is no anchor). Between them a corridor is left open, and in it every way to cut both
texts into beads is weighed (``toolkit.jobs.evidence``): the best one is the answer, and the share that a bead has in
all of them says how sure it is. Time and memory grow with the length of the text, not with its square.
"""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from toolkit.jobs.evidence import SHAPES, Evidence, Line

#: Sentences that a path may stray from the way between two anchors; from their diagonal where they are far apart.
_SLACK, _BAND = 4, 30
#: Cells between two anchors that are all looked at.
_MOST_CELLS = 2_500
#: Candidates looked at for each sentence, and the least that an anchor's weight must be.
_CANDIDATES, _LEAST_ANCHOR = 4, 8.0
#: English words in more sentences than this say nothing about where a sentence is.
_MOST_PLACES = 25
#: How often what is left over is matched again, and what must speak for a match in another place, either way.
_MOST_ROUNDS, _LEAST_MOVED = 3, 6.0
#: How much flatter likelihoods are made for the share that a bead has in all ways.
_TEMPER = 2.0


@dataclass(frozen=True, slots=True)
class Match:
    """A bead: sentences that belong together, as positions; one side is empty where nothing belongs.

    Attributes:
        weight: the log-likelihood ratio that spoke for it.
        share: of all ways to align the texts, weighted, the part in which this bead occurs; 0–1.
    """

    source: range
    target: range
    weight: float = 0.0
    share: float = 1.0

    @property
    def shape(self) -> tuple[int, int]:
        """How many French sentences, how many English ones."""
        return len(self.source), len(self.target)


def match(source: Sequence[str], target: Sequence[str]) -> tuple[Match, ...]:
    """Match the sentences (or paragraphs) of a text and its translation; see ``matched``."""
    return matched(Evidence([Line(text) for text in source], [Line(text) for text in target]))


def matched(evidence: Evidence) -> tuple[Match, ...]:
    """Match two texts.

    Returns:
        Matches in order; each position of either side is in exactly one.
    """
    lattice = _Lattice(evidence, corridor(evidence))
    shares = lattice.shares()
    return tuple(
        Match(range(i, i + m), range(j, j + n), weight, shares[i, j, m, n]) for i, j, m, n, weight in lattice.best()
    )


# -- what was moved ---------------------------------------------------------------------------------------------------


def moved(evidence: Evidence, found: Sequence[Match]) -> tuple[tuple[Match, ...], frozenset[Match]]:
    """Match what is left over as a text of its own, and what is left over then, as long as something is found.

    A section that stands elsewhere in the translation is left over on both sides, its sentences in the same order.
    Left over is what has no partner, or one that its words speak against; that one is kept where no better is found.

    Returns:
        The matches, in the order of the source, what is only in the target at its place; and which of them were found
        elsewhere.
    """
    kept, new = list(found), list[Match]()
    for _ in range(_MOST_ROUNDS):
        more = _elsewhere(evidence, [one for one in kept if not all(one.shape) or _support(evidence, one) < 0])
        if not more:
            break
        new += more
        kept = list(_without(kept, more))
    ordered = sorted(
        (*kept, *new), key=lambda one: (one.source.start if one.source else _before(one, kept), len(one.source))
    )
    return tuple(ordered), frozenset(new)


def _support(evidence: Evidence, one: Match) -> float:
    return evidence.support(one.source.start, len(one.source), one.target.start, len(one.target))


def _elsewhere(evidence: Evidence, loose: Sequence[Match]) -> list[Match]:
    """Matches among what is left over whose words speak for them, and those beside them whose do not speak against."""
    rows = sorted(at for one in loose for at in one.source)
    columns = sorted(at for one in loose for at in one.target)
    again = matched(Evidence(_left(evidence.source, rows), _left(evidence.target, columns)))
    pairs = [
        replace(one, source=_there(rows, one.source), target=_there(columns, one.target))
        for one in again
        if all(one.shape)
    ]
    known = {(one.source, one.target) for one in loose}
    fresh = [one for one in pairs if (one.source, one.target) not in known and _support(evidence, one) > 0]
    taken = [min(_directions(evidence, one)) >= _LEAST_MOVED for one in fresh]
    for order in (range(1, len(fresh)), range(len(fresh) - 2, -1, -1)):
        for at in order:
            other = at - 1 if order.step > 0 else at + 1
            first, second = sorted((at, other))
            taken[at] |= taken[other] and _follows(fresh[second], fresh[first])
    return [one for one, is_taken in zip(fresh, taken, strict=True) if is_taken]


def _directions(evidence: Evidence, one: Match) -> tuple[float, float]:
    return evidence.directions(one.source.start, len(one.source), one.target.start, len(one.target))


def _follows(one: Match, other: Match) -> bool:
    return (one.source.start, one.target.start) == (other.source.stop, other.target.stop)


def _left(lines: Sequence[Line], places: Sequence[int]) -> list[Line]:
    """What is left of a text; where something was taken out, the number of a block is left out, too."""
    block, found = 0, list[Line]()
    for before, at in pairwise((-1, *places)):
        block += 2 if before < at - 1 else lines[at].block != lines[before].block
        found.append(replace(lines[at], block=block))
    return found


def _there(places: Sequence[int], among: range) -> range:
    return range(places[among[0]], places[among[-1]] + 1)


def _without(found: Sequence[Match], taken: Sequence[Match]) -> Iterator[Match]:
    """The matches of which nothing was taken, and what is left of the others, without partner."""
    rows = {at for one in taken for at in one.source}
    columns = {at for one in taken for at in one.target}
    for one in found:
        if rows.isdisjoint(one.source) and columns.isdisjoint(one.target):
            yield one
            continue
        for at in one.source:
            if at not in rows:
                yield Match(range(at, at + 1), range(one.target.start, one.target.start))
        for at in one.target:
            if at not in columns:
                yield Match(range(one.source.start, one.source.start), range(at, at + 1))


def _before(one: Match, kept: Sequence[Match]) -> int:
    """The source position at which a match without source stands."""
    return max(
        (other.source.stop for other in kept if other.source and other.target.stop <= one.target.start), default=0
    )


# -- the corridor -----------------------------------------------------------------------------------------------------


def anchors(evidence: Evidence) -> tuple[tuple[int, int], ...]:
    """Pairs of sentences that show by themselves that they belong together, in the order of both texts."""
    places: dict[str, list[int]] = {}
    for column, keys in enumerate(evidence.english):
        for key in dict.fromkeys(keys):
            places.setdefault(key, []).append(column)
    found = []
    for row, expected in enumerate(evidence.expected):
        votes: dict[int, float] = {}
        for key, times in expected.items():
            columns = places.get(key, ())
            for column in columns if len(columns) <= _MOST_PLACES and times > 1 else ():
                votes[column] = votes.get(column, 0.0) + math.log(times) / len(columns)
        near = sorted(votes, key=lambda column: (-votes[column], column))[:_CANDIDATES]
        weights = [(evidence.words(row, 1, column, 1) + evidence.lengths(row, 1, column, 1), column) for column in near]
        found += [(row, column, weight) for weight, column in weights if weight >= _LEAST_ANCHOR]
    return tuple(_chain(found))


def _chain(found: Sequence[tuple[int, int, float]]) -> list[tuple[int, int]]:
    """The heaviest chain of cells in which both coordinates grow (Fredman's algorithm with weights, by best ends)."""
    # Ends of chains: columns in order, with the weight of the best chain that ends there; heavier to the right.
    columns: list[int] = []
    weights: list[float] = []
    heads: list[int] = []
    before: list[int] = []
    ordered = sorted(found, key=lambda cell: (cell[0], -cell[1]))
    for number, (_, column, weight) in enumerate(ordered):
        at = bisect_left(columns, column)
        total = weight + (weights[at - 1] if at else 0.0)
        before.append(heads[at - 1] if at else -1)
        if at < len(columns) and columns[at] == column and weights[at] >= total:
            continue
        end = at
        while end < len(columns) and weights[end] <= total:
            end += 1
        columns[at:end], weights[at:end], heads[at:end] = [column], [total], [number]
    chain = []
    number = heads[-1] if heads else -1
    while number >= 0:
        chain.append(ordered[number][:2])
        number = before[number]
    return chain[::-1]


def corridor(evidence: Evidence) -> list[tuple[int, int]]:
    """For each French position (before the first sentence … behind the last) the English positions to look at."""
    rows, columns = len(evidence.source), len(evidence.target)
    stops = [(0, 0), *((row + 1, column + 1) for row, column in anchors(evidence)), (rows, columns)]
    low, high = [columns] * (rows + 1), [0] * (rows + 1)
    for (i, j), (k, end) in pairwise(stops):
        wide = (k - i + 1) * (end - j + 1) > _MOST_CELLS
        for row in range(i, k + 1):
            middle = j + (row - i) * (end - j) // max(1, k - i)
            band = max(_BAND, (end - j) // max(1, k - i)) if wide else columns
            low[row] = min(low[row], max(0, j - _SLACK, middle - band))
            high[row] = max(high[row], min(columns, end + _SLACK, middle + band))
    for row in range(rows - 1, -1, -1):
        low[row] = min(low[row], low[row + 1])
    for row in range(1, rows + 1):
        high[row] = max(high[row], high[row - 1])
    low[0], high[rows] = 0, columns
    return list(zip(low, high, strict=True))


# -- all ways through it ----------------------------------------------------------------------------------------------

_Edge = tuple[int, int, int, int, float]


class _Lattice:
    """All ways to cut two texts into beads, within a corridor."""

    def __init__(self, evidence: Evidence, cells: Sequence[tuple[int, int]]) -> None:
        self._cells = cells
        self._edges = list(_edges(evidence, cells))

    def best(self) -> list[_Edge]:
        """The heaviest way."""
        best: dict[tuple[int, int], tuple[float, _Edge | None]] = {(0, 0): (0.0, None)}
        for edge in self._edges:
            i, j, m, n, weight = edge
            here = best.get((i, j))
            if here is not None:
                there = best.get((i + m, j + n))
                if there is None or here[0] + weight > there[0]:
                    best[i + m, j + n] = here[0] + weight, edge
        way: list[_Edge] = []
        at = (len(self._cells) - 1, self._cells[-1][1])
        while (last := best[at][1]) is not None:
            way.append(last)
            at = last[:2]
        return way[::-1]

    def shares(self) -> dict[tuple[int, int, int, int], float]:
        """Of each bead, the part of all ways, weighted, in which it occurs: forward and backward sums."""
        ahead: dict[tuple[int, int], float] = {(0, 0): 0.0}
        for i, j, m, n, weight in self._edges:
            if (i, j) in ahead:
                ahead[i + m, j + n] = _added(ahead.get((i + m, j + n)), ahead[i, j] + weight / _TEMPER)
        end = (len(self._cells) - 1, self._cells[-1][1])
        behind: dict[tuple[int, int], float] = {end: 0.0}
        for i, j, m, n, weight in reversed(self._edges):
            if (i + m, j + n) in behind:
                behind[i, j] = _added(behind.get((i, j)), behind[i + m, j + n] + weight / _TEMPER)
        found = {}
        for i, j, m, n, weight in self._edges:
            if (i, j) in ahead and (i + m, j + n) in behind:
                through = ahead[i, j] + weight / _TEMPER + behind[i + m, j + n] - ahead[end]
                found[i, j, m, n] = min(1.0, math.exp(through))
        return found


def _edges(evidence: Evidence, cells: Sequence[tuple[int, int]]) -> Iterator[_Edge]:
    """Every bead within the corridor, in an order in which each comes behind all that end where it begins."""
    rows, columns = len(cells) - 1, cells[-1][1]
    blocks, parted = [line.block for line in evidence.source], _parted(evidence.target)
    for i, (low, high) in enumerate(cells):
        for j in range(low, high + 1):
            for m, n in SHAPES:
                k, end = i + m, j + n
                if k > rows or end > columns or not cells[k][0] <= end <= cells[k][1]:
                    continue
                if m > 1 and len(set(blocks[i:k])) > 1:
                    continue  # what is said elsewhere is said in the same paragraph: toolkit.beads
                if n > 1 and parted.intersection(range(j + 1, end)):
                    continue  # never said in one breath
                if m + n > 3 and not (evidence.linked(i, j) and evidence.linked(k - 1, end - 1)):
                    continue  # rare, and never without a word in common
                yield i, j, m, n, evidence.weigh(i, m, j, n)


def _parted(lines: Sequence[Line]) -> frozenset[int]:
    """Where no sentence runs on: before and behind a heading, and where there is something between two blocks."""
    return frozenset(
        at
        for at, (one, other) in enumerate(pairwise(lines), 1)
        if (one.kind == "heading") != (other.kind == "heading") or other.block - one.block > 1
    )


def _added(one: float | None, other: float) -> float:
    """The logarithm of the sum of two numbers that are given by theirs."""
    if one is None:
        return other
    high, low = (one, other) if one > other else (other, one)
    return high + math.log1p(math.exp(low - high))
