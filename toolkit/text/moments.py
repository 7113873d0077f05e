"""Dates in running French, with the small words that English renders with them.

"le 10 janvier" is "on 10 January" where it says when, and "10 January" behind a preposition; "du 7 au 9 février" is
"from 7 to 9 February", in brackets "7–9 February". Day month year without comma or ordinal, as in
``toolkit.text.dates`` (New Hart's Rules 11.5, UN Editorial Manual). Values are ISO 8601: 2013-01-10, --01-10 without a
year, 2013-01, an interval with a slash.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from toolkit.text.capitals import fold
from toolkit.text.dates import DAY, DAY_NAMES, MONTH, MONTH_NUMBERS, MONTHS, WEEKDAY, exists
from toolkit.text.fixtures import Fixture, Kind

_G = "[ \u00a0\u202f\u2009]{1,2}"
_YEAR = r"(?:1\d|20|21)\d\d(?!\d)"
_START = r"(?<![\w])(?<!\w[-‑–/.,:_’'])"
_ITEM = rf"(?:{WEEKDAY},?{_G})?{DAY}"
_END = rf"{_G}{MONTH}(?:{_G}{_YEAR})?"
_LINK = rf"(?:{_G}(?:au|à|et|ou|jusqu[’']au){_G}(?:le{_G})?|,{_G}(?:le{_G})?|(?:{_G})?[-–](?:{_G})?)"
_NO_MORE = rf"(?![\w])(?!{_G}\d\d\d\d(?!\d))"
_SINGLE = re.compile(
    rf"(?:(?<!\w)(?P<det>le|ce){_G})?{_START}(?:(?P<weekday>{WEEKDAY}),?{_G})?(?P<day>{DAY}){_G}(?P<month>{MONTH})"
    rf"(?:{_G}(?:de{_G}l[’']année{_G})?(?P<year>{_YEAR}))?{_NO_MORE}",
    re.IGNORECASE,
)
_TO = rf"(?:{_G}(?:au|à|et|jusqu[’']au){_G}(?:le{_G})?|(?:{_G})?[-–](?:{_G})?)"
_SEVERAL = re.compile(
    rf"(?:(?<!\w)(?P<lead>du|de|entre|les|le|des|aux|au){_G}(?:le{_G})?)?{_START}"
    rf"(?P<items>{_ITEM}(?:(?:{_LINK}{_ITEM}){{1,5}}|{_END}{_TO}{_ITEM}){_END}){_NO_MORE}",
    re.IGNORECASE,
)
_ONE_ITEM = re.compile(
    rf"(?:(?P<weekday>{WEEKDAY}),?{_G})?(?P<day>{DAY})(?:{_G}(?P<month>{MONTH})(?:{_G}(?P<year>{_YEAR}))?)?",
    re.IGNORECASE,
)
_BETWEEN_ITEMS = re.compile(_LINK, re.IGNORECASE)
_FIGURES = re.compile(
    rf"(?:(?<!\w)(?P<det>le|ce){_G})?{_START}(?:(?P<day>[0-3]?\d)(?P<sep>[/.])(?P<month>[01]?\d)(?P=sep)(?P<year>{_YEAR})|"
    rf"(?P<iyear>{_YEAR})-(?P<imonth>[01]\d)-(?P<iday>[0-3]\d))(?![\w/.-]\w|\w)",
    re.IGNORECASE,
)
_PREPOSITION = re.compile(
    r"(?<!\w)(?:depuis|dès|avant|après|pour|vers|que|d[’']ici|et|ou|jusque|devant|sur)[ \u00a0\u202f]$", re.IGNORECASE
)
_DETERMINED = re.compile(
    r"(?:^|[(,;:–—«“]\s?|(?<!\w)(?:du|au|de|d[’']ici|le|ce|depuis|dès|avant|après|pour|et|ou|un|chaque|dernier|prochain)\s)$"
)
_IS = re.compile(r"\s(?:est|sera|était|fut|marque|reste|restera|marquera|a(?!\s\w+é))\b")
_OPENING = "([–—"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, perhaps without its year."""

    day: int
    month: int
    year: int | None = None
    weekday: str = ""

    @property
    def value(self) -> str:
        """ISO 8601; "--01-10" without a year."""
        return f"{self.year if self.year else '-'}-{self.month:02}-{self.day:02}"

    def english(self, *, month: bool = True, year: bool = True) -> str:
        """Write it, "Tuesday 3 June 2025", or its beginning."""
        parts = [self.weekday, str(self.day), english_month(self.month) if month else ""]
        return " ".join(part for part in (*parts, str(self.year) if self.year and month and year else "") if part)


_NAMES = tuple(MONTHS.values())


def english_month(number: int) -> str:
    """``1`` gives ``"January"``."""
    return _NAMES[number - 1]


def interval(first: Day, last: Day) -> str:
    """The value of a range of days; a first day without a year takes the last one's."""
    if last.year and not first.year:
        year = last.year - (1 if first.month > last.month else 0)
        first = Day(first.day, first.month, year)
    return f"{first.value}/{last.value}"


def find(text: str) -> Iterator[Fixture]:
    """The days and ranges of days of a French text; they may overlap."""
    for match in _SEVERAL.finditer(text):
        if fixture := _several(text, match):
            yield fixture
    for match in _SINGLE.finditer(text):
        if day := _read(match["day"], match["month"], match["year"], match["weekday"]):
            yield _single(text, match, day)
    for match in _FIGURES.finditer(text):
        numbers = (match["day"] or match["iday"], match["month"] or match["imonth"], match["year"] or match["iyear"])
        of_day, of_month, of_year = (int(number) for number in numbers)
        day = Day(of_day, of_month, of_year)
        if exists(day.day, day.month):
            yield _single(text, match, day)


def _read(day: str, month: str, year: str | None, weekday: str | None) -> Day | None:
    number = int(re.match(r"\d+", day)[0])  # type: ignore[index]
    of = MONTH_NUMBERS[fold(month.rstrip("."))]
    if not exists(number, of):
        return None
    return Day(number, of, int(year) if year else None, DAY_NAMES[fold(weekday)] if weekday else "")


def _single(text: str, match: re.Match[str], day: Day) -> Fixture:
    """One date: "on" where it says when."""
    written = day.english()
    determiner = (match["det"] or "").lower()
    before = text[max(match.start() - 10, 0) : match.start()]
    if determiner:
        when = not _PREPOSITION.search(before) and not (_IS.match(text, match.end()) and determiner == "le")
        when = when and not before.endswith(("(", "["))
    else:
        weekday = "weekday" in match.re.groupindex and match["weekday"]
        when = bool(weekday) and not _DETERMINED.search(before)
    plain = Day(day.day, day.month, day.year).english()
    ways = (f"on {written}", written, plain) if when else (written, plain)
    return Fixture(match.start(), match.end(), Kind.DATE, tuple(dict.fromkeys(ways)), day.value, origin="date")


def _several(text: str, match: re.Match[str]) -> Fixture | None:
    """A range or a list of days that share a month: "du 7 au 9 février", "les 7 et 8 mars"."""
    start = match.start("items")
    lead = (match["lead"] or "").lower()
    found = _days(match["items"], lead)
    if not found:
        return None
    days, links = found
    ranged = _is_range(links, lead)
    if lead in ("les", "le") or (ranged and lead in ("du", "de", "entre")):
        start = match.start()
    bracketed = text[max(match.start() - 1, 0) : match.start()] in tuple(_OPENING) and match.start() > 0
    ways = (
        _ranged(days, lead, links, bracketed=bracketed) if ranged else _listed(days, lead, links, bracketed=bracketed)
    )
    value = interval(days[0], days[-1])
    return Fixture(start, match.end(), Kind.DATE, tuple(dict.fromkeys(ways)), value, origin="date range")


def _days(items: str, lead: str) -> tuple[list[Day], list[str]] | None:
    """The days of a row, the earlier ones with the last one's month and year, and what stands between them."""
    raw, links, at = [], [], 0
    while match := _ONE_ITEM.match(items, at):
        raw.append(match)
        link = _BETWEEN_ITEMS.match(items, match.end())
        if not link:
            break
        links.append(re.sub(r"\s+|le$", "", link[0].strip().lower()) or ",")
        at = link.end()
    last = raw[-1]
    if not last["month"]:
        return None
    if raw[0]["month"] and not _is_range(links, lead):
        return None
    days = []
    for one in raw:
        day = _read(one["day"], one["month"] or last["month"], one["year"], one["weekday"])
        if day is None:
            return None
        days.append(day)
    year = days[-1].year
    return [replace(day, year=day.year or year) if day.month == days[-1].month else day for day in days], links


def _is_range(links: list[str], lead: str) -> bool:
    """Whether two days are the ends of a stretch of time."""
    if len(links) != 1:
        return False
    return links[0] in ("au", "à", "-", "–", "jusqu’au", "jusqu'au") or (lead == "entre" and links[0] == "et")


def _ranged(days: list[Day], lead: str, links: list[str], *, bracketed: bool) -> tuple[str, ...]:
    first, last = days[0], days[-1]
    same = first.month == last.month and first.year == last.year and not first.weekday
    begin = first.english(month=not same, year=first.year != last.year)
    end = last.english()
    dashed = f"{begin}–{end}" if same else f"{begin} – {end}"
    words = f"{begin} to {end}"
    if lead == "entre":
        return (f"between {begin} and {end}", words, dashed)
    if bracketed or links[0] in "-–" or lead not in ("du", "de"):
        return (dashed, words, f"from {words}")
    return (f"from {words}", words, dashed)


def _listed(days: list[Day], lead: str, links: list[str], *, bracketed: bool) -> tuple[str, ...]:
    """Write "on 7 and 8 March", "5, 7 or 9 March"."""
    joined = "or" if links[-1] == "ou" else "and"
    heads = ", ".join(day.english(month=False) for day in days[:-1])
    written = f"{heads} {joined} {days[-1].english()}"
    return (f"on {written}", written) if lead in ("les", "le") and not bracketed else (written,)
