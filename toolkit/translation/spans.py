"""Where a stretch of French words, or a place between two, is in the English: the best one by an alignment's links.

Weighing goes both ways: an English word speaks for a stretch as far as its links lead into it, and a stretch's French
words want to be inside with theirs. The heaviest stretch of words is taken (``placing.heaviest``).
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit.translation.alignment import SMALL_WORDS, Alignment
from toolkit.translation.placing import NEVER_FIRST, NEVER_LAST, SMALL_FRENCH, heaviest

#: Links that add up to this are as good as certain.
_CERTAIN = 0.4
#: A word at an edge with less than this share of the heaviest one's weight is left outside.
_LEAST_WEIGHT = 0.15
#: Shares of the two directions in a word's weight, and of its relative place.
_PRECISION, _RECALL, _PLACE, _DISTANCE = 0.6, 0.4, 0.06, 0.3
#: So much of what a stretch's own words are linked to must be inside for its place to rest on evidence.
LEAST_EVIDENCE = 0.5
#: Words on each side of a place between words that are looked at, each counting for less than the one before.
_REACH, _FADING, _FAR = 3, 0.6, 0.05
_ANCHOR, _DRIFT, _OTHER_SIDE, _FAINT = 0.5, 0.4, 0.3, 0.02
#: "plus de 300" is "more than 300": its "de" begins nothing.
_MEASURES = frozenset({"PLUS", "MOINS", "PRES", "BEAUCOUP"})
_PARTING = re.compile(r"[,;:()–—]")


@dataclass(frozen=True, slots=True)
class Found:
    """Words ``[first, last)`` of the English; ``first == last`` for a place between two.

    Attributes:
        score: mean weight; what is surest is placed first.
        evidence: share of the French words' links that lead there, 0 to 1.
    """

    first: int
    last: int
    score: float
    evidence: float


class Finder:
    """Looks for stretches and places of one sentence in its English."""

    def __init__(self, source: str, target: str, alignment: Alignment) -> None:
        self._source = source
        self.french, self.english = alignment.source, alignment.target
        self._trusted = [min(1.0, sum(row) / _CERTAIN) for row in alignment.links]
        self._trust = [min(1.0, sum(column) / _CERTAIN) for column in zip(*alignment.links, strict=True)]
        agreed = _agreed(alignment.links)
        self._by_french = [_shares(row) for row in agreed]
        self._strong = [[(t, w) for t, w in enumerate(row) if w > _FAINT] for row in self._by_french]
        self._by_english = [*map(_shares, zip(*agreed, strict=True))]  # the rows are English words
        self._weighed: dict[range, list[float]] = {}
        self._gaps = [target[a.end : b.start] for a, b in zip(self.english, self.english[1:], strict=False)]

    def inside(self, start: int, end: int) -> range:
        """The French words between two offsets, those that reach in included."""
        words = [at for at, word in enumerate(self.french) if word.start < end and start < word.end]
        return range(words[0], words[-1] + 1) if words else range(0)

    def partner(self, word: int) -> int:
        """The English word that stands for a French one."""
        scale = len(self.english) / len(self.french)
        row = self._by_french[word]
        return max(range(len(self.english)), key=lambda t: (row[t], -abs(t - word * scale)))

    def stretch(self, inner: tuple[int, int], rooms: Sequence[tuple[int, int]], limits: tuple[int, int]) -> Found:
        """The heaviest stretch for what is between two offsets of the French.

        Args:
            inner: the offsets; there is a word between them.
            rooms: runs of English words that may be taken; one of them is as long as it must be.
            limits: how many words it has at least, and at most.
        """
        own = self.inside(*inner)
        if own not in self._weighed:
            self._weighed[own] = self._weights(own)
        weights = self._weighed[own]
        walls = self._walls(self._source[inner[0] : inner[1]])
        found = []
        for low, high in rooms:
            if high - low < limits[0]:
                continue
            first, last = heaviest(weights[low:high], frozenset(wall - low for wall in walls))
            bounds = self._trimmed(own, weights, first + low, last + low)
            first, last = _limited(weights, bounds, (low, high), limits)
            found.append(Found(first, last, sum(weights[first:last]), self._evidence(own, first, last)))
        best = max(found, key=lambda one: one.score)
        return replace(best, score=best.score / (best.last - best.first))

    def _weights(self, own: range) -> list[float]:
        count, total = len(self.english), max(len(self.french), 1)
        weights = []
        for t in range(count):
            into = sum(self._by_english[t][own.start : own.stop])
            weight = _PRECISION * self._trust[t] * (2 * into - 1)
            for s in range(len(self.french)):
                wanted = self._by_french[s][t] * self._trusted[s]
                weight += _RECALL * (wanted if s in own else -wanted)
            at = (t + 0.5) / count
            away = max(own.start / total - at, at - own.stop / total, 0.0)
            weights.append(weight + (_PLACE if not away else -_PLACE - _DISTANCE * away))
        return weights

    def _walls(self, french: str) -> frozenset[int]:
        """English words that a comma or bracket parts from the one before, where the French has none inside."""
        if _PARTING.search(french):
            return frozenset()
        return frozenset(k for k, gap in enumerate(self._gaps, 1) if _PARTING.search(gap))

    def _trimmed(self, own: range, weights: Sequence[float], first: int, last: int) -> tuple[int, int]:
        """Leave outside what hardly weighs anything at the edges, and small words at the end that lead on."""
        least = _LEAST_WEIGHT * max(weights[first:last])
        lead = own[:1] if self.french[own.start].key in _MEASURES else own[:3]
        begins = {word for s in lead for word in SMALL_WORDS.get(self.french[s].key, ())}
        leads_on = self.french[own.stop - 1].key.lower() in SMALL_FRENCH
        while last - first > 1:
            key = self.english[first].key
            if not self._is_light(weights[first], least, last - first - len(own)) and (
                key.lower() not in NEVER_FIRST or key in begins
            ):
                break
            first += 1
        while last - first > 1 and (
            self._is_light(weights[last - 1], least, last - first - len(own))
            or (not leads_on and self.english[last - 1].key.lower() in NEVER_LAST)
        ):
            last -= 1
        return first, last

    @staticmethod
    def _is_light(weight: float, least: float, surplus: int) -> bool:
        """Whether a word at an edge hardly weighs anything, and is not needed to reach the French length."""
        return weight <= 0 or (surplus > 0 and weight < least)

    def _evidence(self, own: range, first: int, last: int) -> float:
        """How much of the own words' links lead inside; small words count where there are no others."""
        words = [s for s in own if self.french[s].key not in SMALL_WORDS] or own
        return sum(self._trusted[s] * sum(self._by_french[s][first:last]) for s in words) / len(words)

    # --- places between words ---------------------------------------------------------------------------------------

    def gap(self, offset: int, allowed: Sequence[int], *, after: bool, before: bool) -> Found:
        """The place between two English words for one between two French words.

        Args:
            offset: in the French.
            allowed: places that may be taken, as the number of the word behind them; not empty.
            after: it belongs to the word before it (a note's mark).
            before: it belongs to the word behind it. Both, or neither, for what parts the words (a line break).
        """
        left = self._side([at for at, word in enumerate(self.french) if word.end <= offset][::-1][:_REACH], offset)
        right = self._side([at for at, word in enumerate(self.french) if word.start >= offset][:_REACH], offset)
        shares = (_OTHER_SIDE if before and not after else 1.0, _OTHER_SIDE if after and not before else 1.0)
        wanted = sum(word.end <= offset for word in self.french) / max(len(self.french), 1)
        scores: dict[int, float] = {}
        for k in allowed:
            score = -_DRIFT * abs(k / max(len(self.english), 1) - wanted)
            for side, share, sign in ((left, shares[0], -1), (right, shares[1], 1)):
                for order, s in enumerate(side):
                    passed = sum(weight * _passed(sign * (t + 0.5 - k)) for t, weight in self._strong[s])
                    score += share * self._trusted[s] * passed * _FADING**order
            for side, share, t in ((left, shares[0], k - 1), (right, shares[1], k)):
                if side and 0 <= t < len(self.english):
                    score += share * _ANCHOR * self._by_french[side[0]][t] * self._trusted[side[0]]
            scores[k] = score
        best = max(allowed, key=scores.__getitem__)
        return Found(best, best, scores[best], self._held(best, (*left[:1], *right[:1])))

    def _side(self, words: Sequence[int], offset: int) -> list[int]:
        """The nearest words on one side, up to the first mark that parts them."""
        found: list[int] = []
        for s in words:
            word = self.french[s]
            between = self._source[word.end : offset] if word.end <= offset else self._source[offset : word.start]
            if _PARTING.search(between):
                break
            found.append(s)
        return found

    def _held(self, k: int, neighbours: Sequence[int]) -> float:
        """How much a neighbour's links hold a place: those to the words beside it."""
        near = range(max(k - 2, 0), min(k + 2, len(self.english)))
        return max((self._trusted[s] * sum(self._by_french[s][t] for t in near) for s in neighbours), default=0.0)


def _passed(distance: float) -> float:
    """How well a word stands at a distance from a place: on its side (above 0) and near, or on the other."""
    return 1 - _FAR * min(distance, _REACH) if distance > 0 else -1


def _agreed(links: Sequence[Sequence[float]]) -> list[list[float]]:
    """Links as far as both sides want them: a word that has a better partner leaves this one to others."""
    rows = [sum(row) or 1.0 for row in links]
    columns = [sum(column) or 1.0 for column in zip(*links, strict=True)]
    return [
        [weight / total * (weight / column) for weight, column in zip(row, columns, strict=True)]
        for row, total in zip(links, rows, strict=True)
    ]


def _shares(weights: Sequence[float]) -> list[float]:
    total = sum(weights)
    return [weight / total if total else 0.0 for weight in weights]


def _limited(
    weights: Sequence[float], bounds: tuple[int, int], room: tuple[int, int], limits: tuple[int, int]
) -> tuple[int, int]:
    """A stretch made as short and as long as it must be, at its lighter or heavier side."""
    first, last = bounds
    while last - first > limits[1]:
        if weights[first] < weights[last - 1]:
            first += 1
        else:
            last -= 1
    while last - first < limits[0]:
        if last == room[1] or (first > room[0] and weights[first - 1] > weights[last]):
            first -= 1
        else:
            last += 1
    return first, last
