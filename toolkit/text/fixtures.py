"""Fixtures: the stretches of a French sentence whose English is settled before any model sees it.

A term of the glossary, a figure, a date, an amount of money, an address, a name: whatever finds them (the glossary,
``toolkit.text.quantities``, ``toolkit.text.protected``) says the same three things of each: where it stands, what its
English is, and how to see whether a translation holds it. Drafting writes them into the English, checks and evaluation
look for them, and because all use this one definition they cannot disagree.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache


class Kind(StrEnum):
    """What a fixture is."""

    TERM = "term"
    NUMBER = "number"
    ORDINAL = "ordinal"
    PERCENT = "percentage"
    DATE = "date"
    TIME = "time"
    MONEY = "amount of money"
    MEASURE = "measure"
    ADDRESS = "address"
    CODE = "code"
    ACRONYM = "acronym"
    NAME = "name"


@dataclass(frozen=True, slots=True)
class Fixture:
    """A stretch of a French sentence with settled English.

    Attributes:
        start, end: offsets in the sentence (bare text, without placeholders). The stretch takes along the article or
            preposition that the English renders with it ("le 10 janvier" → "on 10 January").
        english: right renderings; the first is written into drafts, any of them satisfies a check.
        value: language-independent value of a quantity ("1333", "2013-01-10", "USD 300000000"), as
            ``toolkit.text.quantities.values`` finds it in English; "" where the words themselves are looked for.
        plural: whether the French stretch is plural, as its determiner or ending says; None where it cannot be told.
        settled: whether drafts must hold it; otherwise it is a suggestion, shown and not enforced.
        origin: what settled it, for messages: "police.csv:12", "date range".
    """

    start: int
    end: int
    kind: Kind
    english: tuple[str, ...]
    value: str = ""
    plural: bool | None = None
    settled: bool = True
    origin: str = ""

    def source(self, text: str) -> str:
        """The stretch itself, of the sentence it was found in."""
        return text[self.start : self.end]


#: Finds the fixtures of a sentence; may give overlapping ones, ``settle`` decides.
Finder = Callable[[str], Iterable[Fixture]]


def settle(found: Iterable[Fixture]) -> tuple[Fixture, ...]:
    """Choose among overlapping fixtures: the longest wins, of equally long ones the first given.

    Returns:
        In the order of the sentence, without overlaps.
    """
    fixtures = sorted(found, key=lambda one: one.start - one.end)
    taken = bytearray(max((one.end for one in fixtures), default=0))
    chosen: list[Fixture] = []
    for fixture in fixtures:
        if taken.find(1, fixture.start, fixture.end) < 0:
            taken[fixture.start : fixture.end] = b"\x01" * (fixture.end - fixture.start)
            chosen.append(fixture)
    return tuple(sorted(chosen, key=lambda one: one.start))


@dataclass(frozen=True, slots=True)
class Reading:
    """A way to read figures of an English sentence.

    Attributes:
        value: as a fixture's.
        atoms: offsets of the numbers it is made of: "7–9 February" may be read as an interval, of both, or as a 7, a 9
            or a day; what one fixture has taken, no other can.
    """

    value: str
    atoms: tuple[int, ...]


def missing(
    fixtures: Sequence[Fixture], target: str, values: Callable[[str], Iterable[str | Reading]] = lambda text: ()
) -> tuple[Fixture, ...]:
    """The fixtures that an English sentence does not hold, as often as the French has them.

    Args:
        fixtures: of the French sentence.
        target: bare English.
        values: finds the values of the quantities in English (``toolkit.text.quantities.values``, or ``readings``,
            which counts no figure twice).
    """
    if not fixtures:
        return ()
    lost = _unread(fixtures, target, values)
    worded = [
        (index, ways)
        for index, fixture in enumerate(fixtures)
        if fixture in lost or not fixture.value
        if (ways := _not_figures(fixture, values))
    ]
    held = {worded[at][0] for at in _matched([ways for _, ways in worded], target)}
    return tuple(fixture for index, fixture in enumerate(fixtures) if fixture in lost and index not in held)


def places(renderings: Sequence[Sequence[str]], target: str) -> dict[tuple[int, int], frozenset[int]]:
    """Where English has any of these renderings: stretches that do not overlap, the longest first.

    Args:
        renderings: of each fixture.
        target: bare English.

    Returns:
        For each stretch the numbers of the fixtures that it may stand for: the "UN" of "UN Security Council" stands for
        no "ONU" where the Council itself is a fixture.
    """
    found: dict[tuple[int, int], set[int]] = {}
    for number, ways in enumerate(renderings):
        pattern = _pattern(tuple(ways))
        for match in pattern.finditer(target) if pattern else ():
            found.setdefault(match.span(), set()).add(number)
    chosen: dict[tuple[int, int], frozenset[int]] = {}
    taken = bytearray(len(target))
    for start, end in sorted(found, key=lambda span: (span[0] - span[1], span[0])):
        if taken.find(1, start, end) < 0:
            taken[start:end] = b"\x01" * (end - start)
            chosen[start, end] = frozenset(found[start, end])
    return chosen


#: Beyond so many fixtures nobody wrote the sentence, and each kind is only counted.
_MOST_MATCHED = 200


def _matched(renderings: Sequence[Sequence[str]], target: str) -> set[int]:
    """The numbers of the fixtures that can each have a stretch of its own: a greatest matching (Kuhn)."""
    if len(renderings) > _MOST_MATCHED:
        told: Counter[tuple[str, ...]] = Counter()
        told.update(map(tuple, renderings))
        there = {ways: occurrences(ways, target) >= count for ways, count in told.items()}
        return {number for number, ways in enumerate(renderings) if there[tuple(ways)]}
    stretches = places(renderings, target)
    taken: dict[tuple[int, int], int] = {}

    def settled(number: int, tried: set[tuple[int, int]]) -> bool:
        for span, numbers in stretches.items():
            if number in numbers and span not in tried:
                tried.add(span)
                if span not in taken or settled(taken[span], tried):
                    taken[span] = number
                    return True
        return False

    for number in range(len(renderings)):
        settled(number, set())
    return set(taken.values())


def _unread(fixtures: Sequence[Fixture], target: str, values: Callable[[str], Iterable[str | Reading]]) -> set[Fixture]:
    """The fixtures whose value cannot be read in English any more, once those before have taken theirs."""
    if not any(fixture.value for fixture in fixtures):
        return set(fixtures)
    found = [
        one if isinstance(one, Reading) else Reading(one, (-number,)) for number, one in enumerate(values(target), 1)
    ]
    ways = Counter(atom for one in found for atom in one.atoms)
    lost = set()
    used: set[int] = set()
    for fixture in sorted(fixtures, key=lambda one: _rank(one.value)):
        fits = [one for one in found if one.value == fixture.value and not used.intersection(one.atoms)]
        if not fixture.value or not fits:
            lost.add(fixture)
        else:
            used.update(min(fits, key=lambda one: sum(ways[atom] for atom in one.atoms)).atoms)
    return lost


def _rank(value: str) -> int:
    """Ranges and intervals choose their figures first, plain numbers last."""
    return 0 if ".." in value or "/" in value else 2 if value.replace(".", "").isdigit() else 1


def _not_figures(fixture: Fixture, values: Callable[[str], Iterable[str | Reading]]) -> tuple[str, ...]:
    """Renderings in which the value cannot be read, so that the words themselves are looked for."""
    if not fixture.value:
        return fixture.english

    def readable(way: str) -> bool:
        return any(fixture.value == (one.value if isinstance(one, Reading) else one) for one in values(way))

    return tuple(way for way in fixture.english if not readable(way))


def occurrences(renderings: Iterable[str], target: str) -> int:
    """How often an English sentence holds any of these renderings, as whole words, whatever their capitals.

    Renderings inside one another ("NCB", "the NCB") count once; a possessive ('s) is no other word.
    """
    pattern = _pattern(tuple(renderings))
    return sum(1 for _ in pattern.finditer(target)) if pattern else 0


@lru_cache(maxsize=1 << 13)
def _pattern(renderings: tuple[str, ...]) -> re.Pattern[str] | None:
    """Any of these renderings as whole words, the longest first; None for none."""
    ways = sorted({way for way in renderings if way}, key=len, reverse=True)
    if not ways:
        return None
    return re.compile(r"(?<!\w)(?:" + "|".join(_loose(way) for way in ways) + r")(?!\w)", re.IGNORECASE)


def _loose(rendering: str) -> str:
    """A rendering whose spaces, apostrophes and hyphens may be of any kind."""
    words = re.split(r"\s+", rendering.strip())
    joined = r"\s+".join(re.escape(word) for word in words)
    joined = re.sub(r"['’]", "['’]", joined)
    return re.sub(r"\\-|‑", "[-‑–]", joined)
