"""N, continued: dates and times."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks.model import (
    ERROR,
    NOTE,
    WARNING,
    About,
    Knowledge,
    Problem,
    Sentence,
    quoted,
    sentence_check,
    unsaid,
)
from toolkit.text.dates import DAYS, MONTHS
from toolkit.text.fixtures import Kind

_HARTS = "New Hart’s Rules (Oxford), numbers and dates"
_SPACES = " \u00a0\u202f\u2009"


@sentence_check(
    About(
        "N106",
        ERROR,
        "A date is missing or changed",
        "Each date of the French must be in the English.",
        "Il rouvrira le 10 janvier 2026.",
        "It will reopen on 10 July 2026.",
        "It will reopen on 10 January 2026.",
        any_language=True,
    )
)
def date_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Dates that are found as fixtures."""
    yield from unsaid(line, know, "date missing or changed", Kind.DATE)


_MONTH_AFTER = rf"(?:\d|1er|en|de|d[’']|à|au|fin|début|mi|et|ou|–|-|mois[{_SPACES}]de)[{_SPACES}-]?(?P<name>%s)(?!\w)"


@sentence_check(
    About(
        "N107",
        WARNING,
        "A month or a day of the week is missing",
        "The French names a month or a weekday that the English does not.",
        "Les travaux commencent mardi, le 3 mars.",
        "Work begins on Wednesday, 3 March.",
        "Work begins on Tuesday, 3 March.",
    )
)
def month_or_weekday(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Names of the calendar outside settled dates; "mars" and "mai" only where they are months."""
    english = line.english.lower()
    french = line.french.lower()
    for name, meant in MONTHS.items():
        if name not in french or name in english or re.search(rf"\b{meant[:3]}", english, re.IGNORECASE):
            continue
        if (found := re.search(_MONTH_AFTER % name, french)) and not know.settles(line.french, found.start("name")):
            yield Problem(f"the month is missing: {quoted([name])}", f"in English: {meant}")
    for name, meant in DAYS.items():
        found = re.search(rf"\b{name}s?\b", french) if name in french else None
        if found is None or re.search(rf"\b{meant[:3].lower()}(?:\b|[a-z]*day)", english):
            continue
        if not know.settles(line.french, found.start()):
            yield Problem(f"the day of the week is missing: {quoted([name])}", f"in English: {meant}")


@sentence_check(
    About(
        "N108",
        ERROR,
        "A time is missing or changed",
        "Each time of day of the French must be in the English.",
        "L’écluse ferme à 18 h 30.",
        "The lock closes at 8.30 p.m.",
        "The lock closes at 6.30 p.m.",
        any_language=True,
    )
)
def time_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Times that are found as fixtures."""
    yield from unsaid(line, know, "time missing or changed", Kind.TIME)


@sentence_check(
    About(
        "N109",
        WARNING,
        "A time in the French way",
        "“18 h 30” is not English.",
        "L’écluse ferme à 18 h 30.",
        "The lock closes at 18 h 30.",
        "The lock closes at 18:30.",
    )
)
def french_time(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Figures with an h for the hour."""
    pattern = rf"(?<![\w.,])(?:[01]?\d|2[0-3])[{_SPACES}]?h(?:[{_SPACES}]?[0-5]\d)?(?!\w)"
    for match in re.finditer(pattern, line.english):
        if match[0] in line.french or re.search(r"h\s?\d", match[0]):
            yield Problem(f"a French time: {quoted([match[0]])}", "write 18:30 or 6.30 p.m.")


_DATE_WITH_ORDINAL = re.compile(
    rf"\b(?:the )?\d{{1,2}}(?:st|nd|rd|th) (?:of )?(?:{'|'.join(MONTHS.values())})\b"
    rf"|\b(?:{'|'.join(MONTHS.values())}) \d{{1,2}}(?:st|nd|rd|th)?,? \d{{4}}\b"
)


@sentence_check(
    About(
        "N116",
        NOTE,
        "A date in another style",
        "Releases write day, month, year without ordinal or comma: 3 June 2026.",
        "Le service ouvre le 3 juin 2026.",
        "The service opens on June 3rd, 2026.",
        "The service opens on 3 June 2026.",
        rule=_HARTS,
    )
)
def date_style(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """American order, and ordinals."""
    for match in _DATE_WITH_ORDINAL.finditer(line.english):
        yield Problem(f"a date in another style: {quoted([match[0]])}", "write day, month, year: 3 June 2026")
