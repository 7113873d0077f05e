"""Quantities in running text: found in French with their English, and read in English as values to compare.

The parts: ``amounts`` (numbers, money, measures), ``moments`` and ``times`` (dates and clocks), ``ordinals``; for
English ``reading``. A value is the same however it is written: "1333", "3.2%", "USD 300000000", "85 m", "25.",
"25..30", "2013-01-10", "--02-07/--02-09", "T14:30", "1990s".
"""

from __future__ import annotations

import re

from toolkit.text import amounts, moments, ordinals, reading, times
from toolkit.text.addresses import verbatim
from toolkit.text.fixtures import Fixture, Kind, Reading, settle
from toolkit.text.numbers import numbers_of

#: The hour of a time's value; English may have it by the twelve-hour clock.
_HOUR = re.compile(r"T(\d\d)")


def find(text: str) -> tuple[Fixture, ...]:
    """The numbers, ordinals, percentages, dates, times, amounts of money and measures of a French sentence.

    Nothing is found inside addresses, codes and telephone numbers. What may be something else ("deux", "14 heures") is
    not settled.

    Returns:
        In order, without overlaps.
    """
    if not any(character.isalnum() for character in text):
        return ()
    found = (*amounts.find(text), *moments.find(text), *times.find(text), *ordinals.find(text))
    fixed = _Fixed(text)
    fit = [one for one in found if fixed.leaves(one)]
    return settle(sorted(fit, key=lambda one: not one.settled))


class _Fixed:
    """Where the addresses and codes of a text are."""

    def __init__(self, text: str) -> None:
        self._ends = bytearray(len(text) + 1)
        for fixture in verbatim(text):
            self._ends[fixture.start : fixture.end] = b"\x01" * (fixture.end - fixture.start)

    def leaves(self, fixture: Fixture) -> bool:
        """Whether a quantity may be here: outside of them, or around a whole one ("n° 2025/118", "3/05/2024")."""
        if self._ends.find(1, fixture.start, fixture.end) < 0:
            return True
        cut = self._ends[fixture.end - 1] and self._ends[fixture.end]
        cut = cut or (fixture.start > 0 and self._ends[fixture.start - 1] and self._ends[fixture.start])
        return not cut and fixture.kind in (Kind.DATE, Kind.TIME, Kind.CODE)


def values(text: str) -> tuple[str, ...]:
    """The values of the quantities in an English sentence, each as often as it stands there.

    One quantity may have several: a date also counts without its year, a measure as its number. ``readings`` tells
    which of them are the same figures.
    """
    return tuple(one.value for one in reading.readings(text))


def readings(text: str) -> tuple[Reading, ...]:
    """The values of the quantities in an English sentence, each with the figures it is made of."""
    return reading.readings(text)


def invented(source: str, target: str) -> tuple[str, ...]:
    """Figures of an English sentence that nothing in its French accounts for, as ``numbers_of`` writes them."""
    known = set(numbers_of(source))
    for fixture in find(source):
        known.update(number for way in (*fixture.english, fixture.value) for number in numbers_of(way))
        known.update(str((int(hour) - 1) % 12 + 1) for hour in _HOUR.findall(fixture.value))
    return tuple(number for number in numbers_of(target) if number not in known)
