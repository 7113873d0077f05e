"""The same sentence with other figures: its English with the figures of the new one put in.

Both sentences must be equal but for their quantities and addresses, in the same order and of the same kinds; each old
one must stand in the old English exactly as often as in the old French, in one of its right renderings. Otherwise
nothing is offered: a number in the wrong place is worse than none.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

from toolkit.text.fixtures import Finder, Fixture, Kind, settle
from toolkit.text.numbers import french_number
from toolkit.text.spelling import folded

#: What may differ. Terms and names change the grammar around them.
VARIABLE = frozenset(
    {
        Kind.NUMBER,
        Kind.ORDINAL,
        Kind.PERCENT,
        Kind.DATE,
        Kind.TIME,
        Kind.MONEY,
        Kind.MEASURE,
        Kind.ADDRESS,
        Kind.CODE,
    }
)
_FIGURE = re.compile("(?<![\\w.,/-])(?:\\d{1,3}(?:[ \u00a0\u202f\u2009]\\d{3})+(?!\\d)|\\d+)(?:,\\d+)?")
#: What takes the singular in English; French says "1,5 million" and "0 bateau" in the singular, too.
_ONE = frozenset({"1"})


class Substituted(NamedTuple):
    """English with other figures, and which: as (old, new) French words."""

    target: str
    changes: tuple[tuple[str, str], ...]


def substituted(old: str, new: str, target: str, find: Finder) -> Substituted | None:
    """Put a sentence's figures into the English of another that differs in nothing else.

    Args:
        old: the bare French that the English was made for.
        new: the bare French it is wanted for.
        target: the bare English.
        find: the fixtures of a bare French sentence.

    Returns:
        None where the sentences differ in more, or it cannot be told which figure is which.
    """
    before, after = variables(old, find), variables(new, find)
    if [one.kind for one in before] != [one.kind for one in after] or not before:
        return None
    if _around(old, before) != _around(new, after):
        return None
    changes: dict[tuple[str, str], None] = {}
    wanted: dict[tuple[str, ...], Fixture] = {}
    counts: dict[tuple[str, ...], int] = {}
    for one, other in zip(before, after, strict=True):
        if _is_one(one) != _is_one(other) or not one.english or not other.english:
            return None
        if wanted.setdefault(one.english, other).english != other.english:
            return None
        counts[one.english] = counts.get(one.english, 0) + 1
        if one.source(old) != other.source(new):
            changes[one.source(old), other.source(new)] = None
    places = [place for ways in wanted for place in _places(ways, wanted[ways].english, target)]
    found = sorted(places)
    if any(first.end > second.start for first, second in pairwise(found)):
        return None
    if any(sum(place.ways == ways for place in found) != count for ways, count in counts.items()):
        return None
    return Substituted(_replaced(target, found), tuple(changes))


def variables(text: str, find: Finder) -> tuple[Fixture, ...]:
    """The quantities and addresses of a bare French sentence; figures that nobody claims count as plain numbers."""
    found = settle(one for one in find(text) if one.kind in VARIABLE)
    return tuple(sorted((*found, *_unclaimed(text, found)), key=lambda one: one.start))


def _unclaimed(text: str, found: Sequence[Fixture]) -> Iterator[Fixture]:
    for match in _FIGURE.finditer(text):
        start, end = match.span()
        if all(end <= one.start or one.end <= start for one in found):
            yield Fixture(start, end, Kind.NUMBER, (french_number(match[0]),), value=re.sub(r"\s", "", match[0]))


def _around(text: str, found: Sequence[Fixture]) -> list[str]:
    """The text before, between and behind the variables."""
    edges = [0, *(edge for one in found for edge in (one.start, one.end)), len(text)]
    return [folded(text[start:end]) for start, end in zip(edges[::2], edges[1::2], strict=True)]


def _is_one(fixture: Fixture) -> bool:
    return fixture.kind is Kind.NUMBER and (fixture.value or fixture.english[0]) in _ONE


class _Place(NamedTuple):
    """A rendering that is found in the English, and what goes there."""

    start: int
    end: int
    ways: tuple[str, ...]
    text: str


def _places(ways: tuple[str, ...], wanted: Sequence[str], target: str) -> Iterator[_Place]:
    longest = sorted(range(len(ways)), key=lambda index: -len(ways[index]))
    pattern = "|".join(f"(?P<w{index}>{_spelt(ways[index])})" for index in longest if ways[index])
    for match in re.finditer(rf"(?<!\w)(?<!\d[.,])(?:{pattern})(?!\w)(?![.,]\d)", target, re.IGNORECASE):
        index = int((match.lastgroup or "w0")[1:])
        text = wanted[index] if len(wanted) == len(ways) else wanted[0]
        if match[0][0].isupper() and ways[index][0].islower():
            text = text[:1].upper() + text[1:]
        yield _Place(match.start(), match.end(), ways, text)


def _spelt(way: str) -> str:
    words: Iterable[str] = way.split()
    return re.sub("['’]", "['’]", r"\s+".join(map(re.escape, words)))


def _replaced(target: str, places: Sequence[_Place]) -> str:
    parts = []
    end = 0
    for place in places:
        parts += [target[end : place.start], place.text]
        end = place.end
    return "".join((*parts, target[end:]))
