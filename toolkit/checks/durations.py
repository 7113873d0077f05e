"""N, continued: lengths of time. A sentence of four years that became five is read, and believed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from fractions import Fraction
from itertools import pairwise

from toolkit.checks.model import ERROR, About, Knowledge, Problem, Sentence, quoted, sentence_check
from toolkit.text.counting import ENGLISH_ROW, FRENCH_ROW, read_english, read_french

_FRENCH_UNITS = {
    "an": "year",
    "année": "year",
    "mois": "month",
    "semaine": "week",
    "jour": "day",
    "journée": "day",
    "heure": "hour",
    "minute": "minute",
}
#: What a unit is worth: years in months, weeks in minutes; a month has no fixed number of days.
_WORTH = {"year": ("M", 12), "month": ("M", 1)} | {
    unit: ("m", minutes) for unit, minutes in (("week", 10_080), ("day", 1440), ("hour", 60), ("minute", 1))
}
_G = "[ \u00a0\u202f\u2009]"
_UNIT_THERE = re.compile(r"(?<!\w)(?:ans?|années?|mois|semaines?|jours?|journées|heures?|minutes?)(?!\w)")
_FRENCH = re.compile(
    rf"(?<![\w.,/-])(?<!\d{_G})(?P<number>\d{{1,3}}|{FRENCH_ROW}){_G}(?P<unit>an|année|mois|semaine|jour|journée|heure"
    rf"|minute)s?(?P<half>{_G}et{_G}demie?)?(?![\w’'])",
    re.IGNORECASE,
)
#: What may stand between a number and its unit.
_BETWEEN = (
    "more|further|additional|full|whole|long|consecutive|successive|calendar|working|business|last|past|next|first"
    "|previous|following|coming|or so|odd|extra|other"
)
_HALF = f"{_G}and{_G}a{_G}half"
_ENGLISH = re.compile(
    rf"(?<![\w.,/-])(?P<number>\d{{1,3}}|{ENGLISH_ROW})(?P<half>{_HALF})?(?:{_G}|-)(?:(?:{_BETWEEN}){_G}){{0,2}}"
    rf"(?P<unit>year|month|week|day|hour|minute)s?(?P<behind>{_HALF})?(?!\w)",
    re.IGNORECASE,
)
#: English whose number is no number, or not that of a length of time.
_OTHERWISE = re.compile(r"\b(?:fortnight|decade|century|centuries|half|quarter|couple|dozen|score)", re.IGNORECASE)
_LEAST_SETTLED, _IDIOMATIC = 13, frozenset({15, 20})


@dataclass(frozen=True, slots=True)
class Duration:
    """A number of years, months, days … in a sentence.

    Attributes:
        start: where it stands.
        words: as written.
        value: the number.
        unit: in English, singular.
        spelled: whether the number is in words.
    """

    start: int
    words: str
    value: Fraction
    unit: str
    spelled: bool

    @property
    def worth(self) -> tuple[str, Fraction]:
        """In the smallest unit of its kind."""
        kind, times = _WORTH[self.unit]
        return kind, self.value * times

    def may_be(self, other: Duration) -> bool:
        """Whether English may say it so: "quinze jours" is also two weeks, "huit jours" one."""
        idiom = self.unit == "day" and self.value in (8, 15)
        return other.worth == self.worth or (idiom and other.worth == replace(self, value=self.value - 1).worth)


def changed(french: str, english: str) -> Iterator[tuple[Duration, Duration]]:
    """Lengths of time of the French that the English lacks, each with one that only the English has.

    Both are of one unit, or of one number. Those of one unit whose number is settled as a fixture are left to N115.
    """
    if not _UNIT_THERE.search(french) or _OTHERWISE.search(english):
        return
    new, old = list(_read(_ENGLISH, english)), list(_read(_FRENCH, french))
    _take_sums(old, new)
    _take_sums(new, old)
    lost = []
    for one in old:
        same = next((other for other in new if one.may_be(other)), None)
        if same is None:
            lost.append(one)
        else:
            new.remove(same)
    for one in lost:
        unlike = (other for other in new if other.value == one.value or (other.unit == one.unit and not _settled(one)))
        if other := next(unlike, None):
            yield one, other


def _take_sums(parts: list[Duration], wholes: list[Duration]) -> None:
    """Take out of both what one language says in two lengths and the other in one: "un an et six mois", "18 months"."""
    for first, second in list(pairwise(parts)):
        kind, length = first.worth
        other, rest = second.worth
        whole = next((each for each in wholes if each.worth == (kind, length + rest)), None)
        if kind == other and first.unit != second.unit and whole and first in parts:
            parts.remove(first)
            parts.remove(second)
            wholes.remove(whole)


def _settled(one: Duration) -> bool:
    """Whether its number is one that N115 looks for: figures, and large numbers in words."""
    return not one.spelled or (one.value >= _LEAST_SETTLED and one.value not in _IDIOMATIC)


def _read(pattern: re.Pattern[str], text: str) -> Iterator[Duration]:
    for match in pattern.finditer(text):
        number, unit = match["number"], match["unit"].lower()
        read = read_french if pattern is _FRENCH else read_english
        value = int(number) if number.isdigit() else read(number)
        if value:
            half = match["half"] or (match["behind"] if pattern is _ENGLISH else None)
            length = Fraction(value) + (Fraction(1, 2) if half else 0)
            yield Duration(match.start(), match[0], length, _FRENCH_UNITS.get(unit, unit), not number.isdigit())


@sentence_check(
    About(
        "N118",
        ERROR,
        "Another length of time",
        "The English lacks a length of time of the French and has another one of the same unit, or of the same number.",
        "Il a été condamné à quatre ans de prison.",
        "He was sentenced to five years in prison.",
        "He was sentenced to four years in prison.",
    )
)
def duration(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Years, months, weeks, days, hours and minutes, in figures or in words."""
    for one, other in changed(line.french, line.english):
        yield Problem(
            f"another length of time: {quoted([other.words])} for {quoted([one.words])}", "compare it with the French"
        )
