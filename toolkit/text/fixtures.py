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
    chosen: list[Fixture] = []
    for fixture in sorted(found, key=lambda one: one.start - one.end):
        if all(fixture.end <= other.start or other.end <= fixture.start for other in chosen):
            chosen.append(fixture)
    return tuple(sorted(chosen, key=lambda one: one.start))


def missing(
    fixtures: Sequence[Fixture], target: str, values: Callable[[str], Iterable[str]] = lambda text: ()
) -> tuple[Fixture, ...]:
    """The fixtures that an English sentence does not hold, as often as the French has them.

    Args:
        fixtures: of the French sentence.
        target: bare English.
        values: finds the values of the quantities in English (``toolkit.text.quantities.values``).
    """
    there = Counter(values(target))
    told: Counter[tuple[str, ...]] = Counter()
    lost = []
    for fixture in fixtures:
        if fixture.value and there[fixture.value]:
            there[fixture.value] -= 1
            continue
        told[fixture.english] += 1
        if occurrences(fixture.english, target) < told[fixture.english]:
            lost.append(fixture)
    return tuple(lost)


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
