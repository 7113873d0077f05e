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
    told: Counter[tuple[str, ...]] = Counter()
    lost = _unread(fixtures, target, values)
    for fixture in fixtures:
        if fixture.value and fixture not in lost:
            continue
        told[fixture.english] += 1
        ways = _not_figures(fixture, values)
        if ways and occurrences(ways, target) >= told[fixture.english]:
            lost.discard(fixture)
    return tuple(fixture for fixture in fixtures if fixture in lost)


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
    found = 0
    at = 0
    ways = sorted({way for way in renderings if way}, key=len, reverse=True)
    if not ways:
        return 0
    pattern = re.compile(r"(?<![\w])(?:" + "|".join(_loose(way) for way in ways) + r")(?![\w])", re.IGNORECASE)
    while match := pattern.search(target, at):
        found += 1
        at = match.end()
    return found


def _loose(rendering: str) -> str:
    """A rendering whose spaces, apostrophes and hyphens may be of any kind."""
    words = re.split(r"\s+", rendering.strip())
    joined = r"\s+".join(re.escape(word) for word in words)
    joined = re.sub(r"['’]", "['’]", joined)
    return re.sub(r"\\-|‑", "[-‑–]", joined)
