"""Which sentences of a translation belong to which of the original, where nobody has said so.

Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora" (Computational Linguistics 19, 1993): long
sentences have long translations. Words that stay the same (figures, names) speak for a match, too: Simard, Foster and
Isabelle, "Using Cognates to Align Sentences in Bilingual Corpora" (1992).
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

#: How often so many sentences stand for so many: Gale and Church, table 5, but that more are left out: site text.
_FREQUENCY = {(1, 1): 0.89, (1, 0): 0.02, (0, 1): 0.02, (2, 1): 0.03, (1, 2): 0.03, (2, 2): 0.011}
_COSTS = {shape: -math.log(share) for shape, share in _FREQUENCY.items()}
#: Variance of the length of the translation of one character: Gale and Church, section 3.
_VARIANCE = 6.8
#: What the same words in both are worth: as much as a match is likelier than a merger.
_SAME_WORDS = 4.0
#: Words of the same beginning may be chance, figures and names hardly are.
_NAMES_WEIGH = 4
#: How far from the diagonal a match may lie, in sentences: the same text is told in the same order.
_BAND = 60
_MARK = re.compile(r"\d+(?:[\s.,]\d{3})*|[^\W\d_]{4,}")


@dataclass(frozen=True, slots=True)
class Match:
    """Sentences that belong together, as positions; one side is empty where nothing belongs."""

    source: range
    target: range


def match(source: Sequence[str], target: Sequence[str]) -> tuple[Match, ...]:
    """Match the sentences (or paragraphs) of a text and its translation.

    Returns:
        Matches in order; each position of either side is in exactly one.
    """
    best = _best(source, target)
    found = []
    here = (len(source), len(target))
    while here != (0, 0):
        (i, j), (step, other) = here, best[here][1]
        found.append(Match(range(i - step, i), range(j - other, j)))
        here = (i - step, j - other)
    return tuple(reversed(found))


def _best(source: Sequence[str], target: Sequence[str]) -> dict[tuple[int, int], tuple[float, tuple[int, int]]]:
    """The least cost of each pair of positions, and the shape of the last match on the way to it."""
    ratio = min(2.0, max(0.5, sum(map(len, target)) / max(1, sum(map(len, source)))))
    marks, others = [_marks(text) for text in source], [_marks(text) for text in target]
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    for i, j in _cells(len(source), len(target)):
        ways = []
        for (step, other), rarity in _COSTS.items():
            before = best.get((i - step, j - other))
            if before is None:
                continue
            cost = before[0] + rarity
            if step and other:
                lengths = sum(map(len, source[i - step : i])), sum(map(len, target[j - other : j]))
                same = _same(frozenset().union(*marks[i - step : i]), frozenset().union(*others[j - other : j]))
                cost += _surprise(*lengths, ratio) - _SAME_WORDS * same
            ways.append((cost, (step, other)))
        if ways:
            best[i, j] = min(ways)
    return best


def _cells(rows: int, columns: int) -> Iterator[tuple[int, int]]:
    band = _BAND + abs(rows - columns)
    for i in range(rows + 1):
        middle = i * columns // max(1, rows)
        low, high = (0, columns) if rows == 0 else (max(0, middle - band), min(columns, middle + band))
        for j in range(low, high + 1):
            if (i, j) != (0, 0):
                yield i, j


def _surprise(source: int, target: int, ratio: float) -> float:
    """How unlikely a translation of this length is: −log of the two-sided tail of the normal distribution."""
    mean = (source * ratio + target) / 2
    deviation = abs(target - source * ratio) / math.sqrt(max(1.0, mean) * _VARIANCE)
    return -math.log(max(math.erfc(deviation / math.sqrt(2)), 1e-12))


def _marks(text: str) -> frozenset[str]:
    """What a sentence has that its translation may keep.

    Figures without their separators, and the first letters of longer words: those of names with their capital.
    """
    plain = unicodedata.normalize("NFKD", text)
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return frozenset(
        re.sub(r"\D", "", mark[0])
        if mark[0][0].isdigit()
        else mark[0][:5]
        if mark.start() and mark[0][0].isupper()
        else mark[0][:5].lower()
        for mark in _MARK.finditer(plain)
    )


def _same(one: frozenset[str], other: frozenset[str]) -> float:
    """Share of the marks that both have, 0–1; figures and names weigh more."""
    both = _weight(one) + _weight(other)
    return 2 * _weight(one & other) / both if both else 0.0


def _weight(marks: frozenset[str]) -> int:
    return sum(1 if mark[0].islower() else _NAMES_WEIGH for mark in marks)
