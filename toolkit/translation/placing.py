"""Where the quoted words of a French sentence are in its English: quotation marks are put back by evidence.

A small model garbles « and » (stray apostrophes, a lost half, a spoilt next word), and translates clearly better
without them. So the sentence is asked bare, and each quotation is looked for in the answer. Every English word gets a
weight for being inside: its relative position, a French word it resembles (names, figures, cognates), and the words of
the quotation's own translation. The stretch of words with the largest sum is the quotation.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from toolkit.text import tables
from toolkit.text.capitals import fold

_WORD = re.compile(r"[^\W_]+(?:[’'.-][^\W_]+)*")

#: Weights, set by reading the answers of the embedded model: an inside position, distance from it per sentence
#: length, resemblance to a French word, a word of the quotation's own translation.
_POSITION, _DISTANCE, _COGNATE, _HINT, _FUNCTION_HINT = 0.35, 1.5, 1.5, 1.2, 0.4
#: Where most words of the quotation's own translation are in the answer, other words count against.
_GOOD_HINT, _UNHINTED, _SAME_STEM = 0.6, -0.5, 0.5
_LEAST_COGNATE = 4
#: Words times quotations beyond which position alone decides: no sentence, but a file may hold anything.
_MOST_WORK = 5_000
_PARTING = re.compile(r"[,;:()]")
#: English words for a French quotation's, at most, before words at its edges need evidence.
_GROWTH = 1.15
_LEAST_EVIDENCE = 0.9
_LONG_WORD, _SHORT_WORD = 4, 2

#: English words that do not begin a quotation cut out of a sentence, unless the French begins with a small word too.
NEVER_FIRST = tables.words(
    """
    of for by with and but or also that it is are was were be on at from this these
    """
)
NEVER_LAST = tables.words(
    """
    and or but of the a an to for with by in on that which is are was despite at from
    """
)
_ARTICLES = frozenset({"a", "an", "the"})
_FRENCH_ARTICLES = tables.words("le la les l un une des du de d ce cette ces son sa ses leur leurs notre nos")
SMALL_FRENCH = tables.words(
    """
    à de d en pour par avec et ou mais il elle c ce cette ces que qu sur dans est sont
    """
)


@dataclass(frozen=True, slots=True)
class Span:
    """A quotation in a sentence whose marks have been taken out.

    Attributes:
        start: offset of its first character.
        end: offset behind its last.
        opened: whether the opening mark is in this sentence (not in one before).
        closed: whether the closing mark is.
    """

    start: int
    end: int
    opened: bool = True
    closed: bool = True


def place(source: str, spans: Sequence[Span], answer: str, hints: Sequence[str]) -> tuple[str, bool]:
    """Put quotation marks into a translation.

    Args:
        source: the French without quotation marks.
        spans: its quotations, outer before inner, left to right.
        answer: the English without quotation marks.
        hints: for each span the English of its words alone, or "".

    Returns:
        The English with “ and ” (inner marks the same: typography turns them), and whether every place rests on more
        than position. Every mark of the source is there, even when the answer has no words.
    """
    words = list(_WORD.finditer(answer))
    if len(spans) * len(words) > _MOST_WORK:
        return _insert(answer, words, [_by_position(source, span, len(words)) for span in spans]), False
    taken: list[tuple[Span, int, int]] = []
    sure = True
    for at, (span, hint) in enumerate(zip(spans, hints, strict=True)):
        low, high = _room(span, taken, spans[at + 1 :], len(words))
        walls = _walls(source[span.start : span.end], answer, words)
        first, last, evidence = _best(source, span, [word[0] for word in words], hint, (low, high), walls)
        sure = sure and (evidence >= _LEAST_EVIDENCE or (span.start == 0 and span.end == len(source)))
        taken.append((span, first, last))
    return _insert(answer, words, taken), sure


def _by_position(source: str, span: Span, count: int) -> tuple[Span, int, int]:
    """A span's share of ``count`` words: for texts too long to be weighed."""
    first = min(count * span.start // max(len(source), 1), max(count - 1, 0))
    return span, first, min(max(count * span.end // max(len(source), 1), first + 1), count)


def _room(span: Span, taken: Sequence[tuple[Span, int, int]], later: Sequence[Span], count: int) -> tuple[int, int]:
    """Words where a span can be: inside its parent, behind its elder sibling, with one word left for each younger."""
    low, high = 0, count
    parent_end = None
    for other, first, last in taken:
        if other.start <= span.start and span.end <= other.end:
            low, high, parent_end = max(low, first), min(high, last), other.end
        elif other.end <= span.start:
            low = max(low, last)
    younger = sum(span.end <= other.start and (parent_end is None or other.end <= parent_end) for other in later)
    high = max(high - younger, min(low + 1, high))
    return min(low, high), high


def _walls(french: str, answer: str, words: Sequence[re.Match[str]]) -> frozenset[int]:
    """Words that a comma or bracket parts from the word before, when the quotation has no such mark inside."""
    if _PARTING.search(french):
        return frozenset()
    return frozenset(k for k in range(1, len(words)) if _PARTING.search(answer[words[k - 1].end() : words[k].start()]))


def _best(
    source: str, span: Span, words: Sequence[str], hint: str, room: tuple[int, int], walls: frozenset[int]
) -> tuple[int, int, float]:
    """The heaviest stretch ``[first, last)`` in the room, and what it owes to evidence."""
    low, high = room
    if low >= high:
        return low, low, 0.0
    evidence = _evidence(source, span, words, hint)
    weights = [evidence[k] + _positional(source, span, k, len(words)) for k in range(low, high)]
    first, last = heaviest(weights, frozenset(wall - low for wall in walls))
    first, last = first + low, last + low
    first, last = _trim(source[span.start : span.end], words, evidence, (first, last), low)
    if not span.opened or span.start == 0:
        first = low
    if not span.closed or span.end >= len(source):
        last = high
    return first, last, sum(evidence[first:last])


def _positional(source: str, span: Span, k: int, count: int) -> float:
    """Weight of the k-th of ``count`` words by where it stands."""
    at = (k + 0.5) / count
    start, end = span.start / max(len(source), 1), span.end / max(len(source), 1)
    if start <= at <= end:
        return _POSITION
    return -_POSITION - _DISTANCE * min(abs(at - start), abs(at - end))


def _evidence(source: str, span: Span, words: Sequence[str], hint: str) -> list[float]:
    """Weight of each word by what it resembles."""
    inside = _index(source[span.start : span.end])
    outside = _index(source[: span.start] + " " + source[span.end :])
    hinted = _index(hint)
    hits = [_resembles(fold(word), hinted, short=True) >= _SAME_STEM for word in words]
    strange = _UNHINTED if sum(hits) >= _GOOD_HINT * len(_WORD.findall(hint)) > 0 else 0.0
    weights = []
    for word, hit in zip(map(fold, words), hits, strict=True):
        weight = _COGNATE * (_resembles(word, inside) - _resembles(word, outside))
        if hit:
            weight += _HINT if len(word) >= _LONG_WORD else _FUNCTION_HINT
        else:
            weight += strange
        weights.append(weight)
    return weights


def _index(text: str) -> dict[str, set[str]]:
    """The words of a text by their first letters, without accents."""
    index: dict[str, set[str]] = {}
    for word in map(fold, _WORD.findall(text)):
        index.setdefault(word[:_LEAST_COGNATE], set()).add(word)
    return index


def _resembles(word: str, index: Mapping[str, set[str]], *, short: bool = False) -> float:
    """How much a word looks like one of the index: 1 for the same, else the share of a common beginning.

    Words of one or two letters are the same by chance in two languages; ``short`` counts them all the same.
    """
    others = index.get(word[:_LEAST_COGNATE], set())
    if word in others:
        return 1.0 if short or len(word) > _SHORT_WORD or word.isdigit() else 0.0
    if len(word) < _LEAST_COGNATE:
        return 0.0
    return max((_common(word, other) / max(len(word), len(other)) for other in others), default=0.0)


def _common(word: str, other: str) -> int:
    """Number of letters at the beginning that two words share."""
    pairs = enumerate(zip(word, other, strict=False))
    return next((at for at, (a, b) in pairs if a != b), min(len(word), len(other)))


def heaviest(weights: Sequence[float], walls: frozenset[int]) -> tuple[int, int]:
    """Bounds of the non-empty stretch with the largest sum that crosses no wall (Kadane)."""
    best, bounds = weights[0], (0, 1)
    total, start = 0.0, 0
    for k, weight in enumerate(weights):
        if total <= 0 or k in walls:
            total, start = 0.0, k
        total += weight
        if total > best:
            best, bounds = total, (start, k + 1)
    return bounds


def _trim(
    french: str, words: Sequence[str], evidence: Sequence[float], bounds: tuple[int, int], low: int
) -> tuple[int, int]:
    """Leave outside what only position holds inside: words beyond the French length, and small words at the edges."""
    first, last = bounds
    french_words = _WORD.findall(french) or [""]
    most = round(len(french_words) * _GROWTH + 1)
    while last - first > most and evidence[first] <= 0:
        first += 1
    while last - first > most and evidence[last - 1] <= 0:
        last -= 1
    title = french.strip()[:1].isupper() and any(evidence[k] > 0 for k in range(first, last))
    small = french_words[0].lower() in SMALL_FRENCH
    while last - first > 1 and (
        (title and evidence[first] <= 0) or (not small and words[first].lower() in NEVER_FIRST)
    ):
        first += 1
    while last - first > 1 and words[last - 1].lower() in NEVER_LAST:
        last -= 1
    if last - first > 1 and words[first].lower() in _ARTICLES and french_words[0].lower() not in _FRENCH_ARTICLES:
        return _without_article(words, first, low), last
    return first, last


def _without_article(words: Sequence[str], first: int, low: int) -> int:
    """Where a quotation begins that has no article in French: at the verb before the English one, else behind it."""
    before = words[first - 1].lower() if first > low else ""
    is_verb = len(before) > _SHORT_WORD and before not in NEVER_FIRST and before not in NEVER_LAST
    return first - 1 if is_verb else first + 1


def _insert(answer: str, words: Sequence[re.Match[str]], taken: Sequence[tuple[Span, int, int]]) -> str:
    """Write the marks; at one place inner marks close before outer ones, and openings follow closings."""
    marks: list[tuple[int, int, int, str]] = []
    for order, (span, first, last) in enumerate(taken):
        start = words[first].start() if first < len(words) else len(answer)
        end = words[last - 1].end() if last > first else start
        if span.opened:
            marks.append((start, 1 if end > start else 0, order, "“"))
        if span.closed:
            marks.append((end, 0, -order if end > start else order, "”"))
    out, at = [], 0
    for offset, _, _, mark in sorted(marks):
        out += [answer[at:offset], mark]
        at = offset
    return "".join(out) + answer[at:]
