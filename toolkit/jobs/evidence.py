"""What speaks for sentences being translations of one another: their words, their lengths, their places in the text.

Each is a log-likelihood ratio: 0 says nothing, above it the sentences belong together, below they do not. Lengths after
Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora" (1993); words after Moore, "Fast and Accurate
Sentence Alignment of Bilingual Corpora" (2002), with a table that need not be learned from the text itself.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.text.lexicon import Lexicon, french_english

#: How often so many French sentences become so many English ones: Gale and Church, table 5, smoothed.
SHAPES = {
    (1, 1): 0.87,
    (1, 0): 0.02,
    (0, 1): 0.02,
    (2, 1): 0.035,
    (1, 2): 0.035,
    (2, 2): 0.003,
    (3, 1): 0.003,
    (1, 3): 0.003,
}
#: Share of a sentence's words that nothing in its translation accounts for: free translation, and a small table.
_UNACCOUNTED = 0.35
#: English that a sentence is known to have, or may have: times likelier than by chance.
_HINTED = 300.0
#: Variance of the length of the translation of one character, Gale and Church, section 3; of free translations more.
_VARIANCE, _FREE_VARIANCE, _FREE = 6.8, 40.0, 0.25
#: What a character of headings and cells may vary beyond that.
_LEAST_DEVIATION = 4.0
#: Share of English blocks that begin where a French one does, at most; of others, at least.
_BEGINS_TOO, _BEGINS_ELSEWHERE = 0.92, 0.03
_SAME_KIND = 0.85
#: How much of the likelihoods counts: words of a sentence do not stand there independently of each other.
_WORDS, _LENGTHS, _PLACES = 0.6, 0.7, 0.8


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence (or any stretch that is not cut further) on one side.

    Attributes:
        text: bare, on one line.
        block: number of the block it stands in, counted through the text.
        kind: what that block is, in words that both sides use; "" where it is not known.
        hints: English that it is known to have or may have; of French sentences only.
    """

    text: str
    block: int = 0
    kind: str = ""
    hints: tuple[str, ...] = ()


class Evidence:
    """Weighs beads of two texts; everything asked more than once is kept."""

    def __init__(self, source: Sequence[Line], target: Sequence[Line], lexicon: Lexicon | None = None) -> None:
        self.source, self.target = source, target
        self._lexicon = lexicon or french_english()
        self.french = [self._lexicon.of_french(line.text) for line in source]
        self.english = [tuple(word.key for word in self._lexicon.of_english(line.text)) for line in target]
        self.expected = [self._expected(at) for at in range(len(source))]
        #: For each French sentence, which of its words speak for an English key.
        self._speakers = [self._speakers_of(at) for at in range(len(source))]
        self._looks: dict[tuple[int, int], tuple[list[float], list[float]]] = {}
        self._source_lengths = [len(line.text) for line in source]
        self._target_lengths = [len(line.text) for line in target]
        self.ratio = min(1.6, max(0.6, sum(self._target_lengths) / max(1, sum(self._source_lengths))))

    def _expected(self, at: int) -> dict[str, float]:
        """English keys that a French sentence speaks for."""
        found: dict[str, float] = {}
        for word in self.french[at]:
            for key, times in self._lexicon.expected(word).items():
                found[key] = found.get(key, 0.0) + times
        for key in dict.fromkeys(key for hint in self.source[at].hints for key in self._hinted(hint)):
            found[key] = found.get(key, 0.0) + _HINTED
        return found

    def _hinted(self, hint: str) -> tuple[str, ...]:
        return tuple(word.key for word in self._lexicon.of_english(hint))

    def _speakers_of(self, at: int) -> dict[str, list[tuple[int, float]]]:
        found: dict[str, list[tuple[int, float]]] = {}
        for number, word in enumerate(self.french[at]):
            for key, times in self._lexicon.expected(word).items():
                found.setdefault(key, []).append((number, times))
        return found

    # -- a bead -------------------------------------------------------------------------------------------------------

    def weigh(self, i: int, m: int, j: int, n: int) -> float:
        """Log-likelihood ratio of French sentences i … i+m−1 being said by English j … j+n−1, with the shape's own."""
        rarity = math.log(SHAPES[m, n])
        if not m or not n:
            return rarity
        return rarity + _WORDS * self.words(i, m, j, n) + _LENGTHS * self.lengths(i, m, j, n) + self.places(i, m, j, n)

    def words(self, i: int, m: int, j: int, n: int) -> float:
        """What the words say: the mean of both directions."""
        there, back = self.directions(i, m, j, n)
        return (there + back) / 2

    def directions(self, i: int, m: int, j: int, n: int) -> tuple[float, float]:
        """Log-likelihood ratios of the English words given the French ones, and the other way round."""
        french = max(1, sum(len(self.french[at]) for at in range(i, i + m)))
        there = 0.0
        for column in range(j, j + n):
            there += _likelihood([self._look(row, column)[0] for row in range(i, i + m)], french)
        english = max(1, sum(len(self.english[at]) for at in range(j, j + n)))
        back = 0.0
        for row in range(i, i + m):
            back += _likelihood([self._look(row, column)[1] for column in range(j, j + n)], english)
        return there, back

    def support(self, i: int, m: int, j: int, n: int) -> float:
        """What the words say in the weaker direction, for each word; below 0 they speak against each other."""
        there, back = self.directions(i, m, j, n)
        french = sum(len(self.french[at]) for at in range(i, i + m))
        english = sum(len(self.english[at]) for at in range(j, j + n))
        return min(there / max(1, english), back / max(1, french))

    def added(self, rows: range, columns: range, *, row: int | None = None, column: int | None = None) -> float:
        """What one more sentence beside a bead accounts for among the words that nothing in it accounts for.

        Args:
            rows: the bead's French sentences.
            columns: its English ones.
            row: a French sentence beside it, which may account for its English words; or
            column: an English one, for its French words.
        """
        if row is not None:
            size = len(self.french[row])
            looks = [([self._look(at, to)[0] for at in rows], self._look(row, to)[0]) for to in columns]
        else:
            size = len(self.english[column or 0])
            looks = [([self._look(at, to)[1] for to in columns], self._look(at, column or 0)[1]) for at in rows]
        share = (1 - _UNACCOUNTED) / max(1, size)
        return sum(
            math.log1p(share * other / _UNACCOUNTED)
            for own, others in looks
            for *within, other in zip(*own, others, strict=True)
            if other > 1 > sum(within)
        )

    def linked(self, i: int, j: int) -> bool:
        """Whether any word of a French sentence speaks for one of an English sentence."""
        return any(self._look(i, j)[0])

    def _look(self, i: int, j: int) -> tuple[list[float], list[float]]:
        """How much French i speaks for each word of English j, and English j for each word of French i."""
        found = self._looks.get((i, j))
        if found is None:
            expected, speakers = self.expected[i], self._speakers[i]
            there = [expected.get(key, 0.0) for key in self.english[j]]
            back = [0.0] * len(self.french[i])
            for key, strength in zip(self.english[j], there, strict=True):
                for number, times in speakers.get(key, ()) if strength else ():
                    back[number] += times
            found = self._looks[i, j] = there, back
        return found

    def lengths(self, i: int, m: int, j: int, n: int) -> float:
        """What the lengths say: how likely this length of English is after that French, beside any English."""
        french = sum(self._source_lengths[i : i + m])
        english = sum(self._target_lengths[j : j + n])
        apart = english - french * self.ratio
        usual = max(_LEAST_DEVIATION, math.sqrt(french * _VARIANCE))
        free = max(2 * _LEAST_DEVIATION, math.sqrt(french * _FREE_VARIANCE))
        density = (1 - _FREE) * _normal(apart, usual) + _FREE * _normal(apart, free)
        chance = sum(self._chance(length) for length in self._target_lengths[j : j + n])
        return math.log(max(density, 1e-12)) - chance

    def _chance(self, length: int) -> float:
        """Log-density of a length among the English sentences: log-normal."""
        mean, deviation = self._spread
        apart = (math.log(length + 1) - mean) / deviation
        return -apart * apart / 2 - math.log(deviation * (length + 1) * math.sqrt(2 * math.pi))

    @cached_property
    def _spread(self) -> tuple[float, float]:
        logs = [math.log(length + 1) for length in self._target_lengths] or [4.0]
        mean = sum(logs) / len(logs)
        return mean, max(0.35, math.sqrt(sum((one - mean) ** 2 for one in logs) / len(logs)))

    # -- its place ----------------------------------------------------------------------------------------------------

    def places(self, i: int, m: int, j: int, n: int) -> float:
        """What the structure says: blocks begin together, and are of the same kind."""
        found = self._begins[self._starts[0][i], self._starts[1][j]]
        if i + m < len(self.source) and j + n < len(self.target):  # and end together
            found += self._begins[self._starts[0][i + m], self._starts[1][j + n]]
        crossed = sum(self._starts[1][j + 1 : j + n])
        kind, other = self.source[i].kind, self.target[j].kind
        return _PLACES * (found / 2 + self._kinds.get((kind, other), 0.0)) - 3.0 * crossed

    @cached_property
    def _starts(self) -> tuple[list[bool], list[bool]]:
        source, target = (
            [at == 0 or line.block != lines[at - 1].block for at, line in enumerate(lines)]
            for lines in (self.source, self.target)
        )
        return source, target

    @cached_property
    def _begins(self) -> dict[tuple[bool, bool], float]:
        """What it says that a block begins (or none) on either side, learned from how many there are."""
        source, target = (max(1, sum(starts)) for starts in self._starts)
        share = min(0.98, max(0.02, target / max(1, len(self.target))))
        both = min(_BEGINS_TOO, max(share, _BEGINS_TOO * target / source))
        rest = max(1, len(self.source) - source)
        other = min(0.9, max(min(_BEGINS_ELSEWHERE, share), (target - source) / rest))
        return {
            (True, True): math.log(both / share),
            (True, False): math.log((1 - both) / (1 - share)),
            (False, True): math.log(other / share),
            (False, False): math.log((1 - other) / (1 - share)),
        }

    @cached_property
    def _kinds(self) -> dict[tuple[str, str], float]:
        """What it says that the blocks are of these kinds; nothing where one side does not have a kind at all."""
        source = Counter(line.kind for line in self.source if line.kind)
        target = Counter(line.kind for line in self.target if line.kind)
        found = {}
        for kind in source.keys() & target.keys():
            share = min(0.95, target[kind] / len(self.target))
            for other in target:
                same = _SAME_KIND if kind == other else 1 - _SAME_KIND
                chance = share if kind == other else max(0.05, 1 - share)
                if other in source:
                    found[kind, other] = math.log(same / chance)
        return found


def _likelihood(looks: Sequence[Sequence[float]], size: int) -> float:
    """Log-likelihood ratio of the words of a sentence, given how much each of some others speaks for each of them.

    Args:
        looks: for each of the others, a strength for each word.
        size: how many words the others have together.
    """
    strengths = looks[0] if len(looks) == 1 else map(sum, zip(*looks, strict=True))
    share = (1 - _UNACCOUNTED) / size
    total, product = 0.0, 1.0
    for strength in strengths:
        product *= _UNACCOUNTED + share * strength
        if not 1e-200 < product < 1e200:
            total, product = total + math.log(product), 1.0
    return total + math.log(product)


def _normal(apart: float, deviation: float) -> float:
    return math.exp(-((apart / deviation) ** 2) / 2) / (deviation * math.sqrt(2 * math.pi))
