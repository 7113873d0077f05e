"""Reads the quantities of an English sentence as values, in any usual English writing.

"USD 300 million", "$300m" and "300 million US dollars" are the same, as are "3.2%" and "3.2 per cent", "10 January
2013" and "January 10, 2013", "2:30 p.m." and "14:30", "eight billion" and "8 billion". It reads generously, because it
decides whether a person's translation holds a figure: a date is also read without its year, a measure as a bare number.
French writing ("1 333", "3,2") is not read.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import pairwise

from toolkit.text import currencies
from toolkit.text.counting import ENGLISH_ROW, ordinals, read_english
from toolkit.text.dates import MONTHS, exists
from toolkit.text.fixtures import Reading
from toolkit.text.moments import Day, interval
from toolkit.text.numerals import plain
from toolkit.text.units import english_unit

_S = "[ \u00a0\u202f\u2009]"
_NUMBER = re.compile(
    rf"(?<!\w)(?<!\w[/_])(?<!(?-i:[A-Z])[-‑])(?<![\d][.,:])(?:(?P<figure>\d{{1,3}}(?:,\d{{3}}){{1,5}}(?!\d)(?:\.\d{{1,9}}(?!\d))?|\d{{1,15}}(?!\d)(?:\.\d{{1,9}}(?!\d))?)"
    rf"|(?P<row>{ENGLISH_ROW})|(?P<half>half{_S}a(?={_S}(?:million|billion|dozen)))|(?P<one>an?(?={_S}(?:million|billion|trillion|dozen|couple)\b)))",
    re.IGNORECASE,
)
_SCALE = re.compile(
    rf"(?:{_S}|-)?(?P<scale>hundred|thousand|million|billion|trillion|dozens?|couple)(?![\w])", re.IGNORECASE
)
_SHORT_SCALE = re.compile(rf"{_S}?(?P<scale>bn|mn|m|k|tn)(?!\w)", re.IGNORECASE)
_SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "million": Decimal(10) ** 6,
    "billion": Decimal(10) ** 9,
    "trillion": Decimal(10) ** 12,
    "dozen": Decimal(12),
    "dozens": Decimal(12),
    "couple": Decimal(2),
}
_SHORT = {
    "bn": Decimal(10) ** 9,
    "mn": Decimal(10) ** 6,
    "m": Decimal(10) ** 6,
    "k": Decimal(1000),
    "tn": Decimal(10) ** 12,
}
_PERCENT = re.compile(rf"{_S}?%|(?:{_S}|-)per{_S}?cent(?:age{_S}points?)?(?!\w)|{_S}?pc(?!\w)", re.IGNORECASE)
_TO = re.compile(rf"{_S}(?:to|or){_S}|{_S}?[-–‑—]{_S}?|{_S}and{_S}", re.IGNORECASE)
_SLASHED_YEARS = re.compile(r"(?<![\w/])(?P<first>(?:1\d|20|21)\d\d)/(?P<last>(?:1\d|20|21)?\d\d)(?![\w/])")
_MINUS = re.compile(r"(?:^|[\s(])[−-]$")
_WORDS_TWICE = {
    "once": "1",
    "twice": "2",
    "both": "2",
    "double": "2",
    "pair": "2",
    "dozen": "12",
    "fortnight": "14",
    "single": "1",
}
_SIMPLE = re.compile(rf"(?<!\w)({'|'.join(_WORDS_TWICE)})(?!\w)", re.IGNORECASE)
_ORDINAL_WORDS = "|".join(sorted(ordinals(), key=len, reverse=True))
_ORDINAL = re.compile(
    rf"(?<!\w)(?:(?P<figure>\d{{1,4}})(?:st|nd|rd|th)|(?P<word>{_ORDINAL_WORDS}))(?!\w)",
    re.IGNORECASE,
)
_DECADE = re.compile(r"(?<!\w)[’']?(?P<year>(?:1\d|20)?\d0)[’']?s(?!\w)")

_MONTH_NUMBERS = {name.lower(): number for number, name in enumerate(MONTHS.values(), 1)} | {
    short: number
    for number, shorts in enumerate(
        ("jan", "feb", "mar", "apr", "", "jun", "jul", "aug", "sept sep", "oct", "nov", "dec"), 1
    )
    for short in shorts.split()
}
_MONTH = rf"(?:{'|'.join(MONTHS.values())}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)(?:\.|(?![\w])))"
_DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?!\d)"
_WEEKDAY = rf"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,?{_S}(?:the{_S})?)?"
_JOIN = rf"(?:{_S}?[-–‑]{_S}?|,?{_S}(?:to|and|or|until|through){_S}|,{_S})"
_YEAR = r"(?:1\d|20|21)\d\d(?!\d)"
_DAYS = rf"{_WEEKDAY}{_DAY}(?:{_JOIN}(?:the{_S})?{_WEEKDAY}{_DAY}){{0,5}}"
_DAY_FIRST = re.compile(
    rf"(?<![\w.,/-])(?P<days>{_DAYS})(?:{_S}of)?{_S}(?P<month>{_MONTH})(?:,?{_S}(?:of{_S})?(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_MONTH_FIRST = re.compile(
    rf"(?<![\w])(?P<month>{_MONTH}){_S}(?:the{_S})?(?P<days>{_DAYS})(?![\w%]|[.,]\d)(?:,?{_S}(?P<year>{_YEAR}))?",
    re.IGNORECASE,
)
_MONTH_ALONE = re.compile(rf"(?<![\w])(?P<month>{_MONTH})(?:(?:,?{_S}|{_S}of{_S})(?P<year>{_YEAR}))?(?![\w])")
#: "May they rest" is no month.
_GOES_ON = re.compile(r"\s[a-z]")
_ISO = re.compile(rf"(?<![\w-])(?P<year>{_YEAR})-(?P<month>[01]\d)-(?P<day>[0-3]\d)(?![\w-])")
_SLASHED = re.compile(rf"(?<![\w/.])(?P<a>[0-3]?\d)(?P<sep>[/.])(?P<b>[0-3]?\d)(?P=sep)(?P<year>{_YEAR})")
_ONE_DAY = re.compile(_DAY)
_BETWEEN_DATES = re.compile(rf"{_JOIN}(?:the{_S})?", re.IGNORECASE)

_CLOCK = re.compile(
    rf"(?<![\w:.])(?P<hour>[01]?\d|2[0-4])(?:[:.h](?P<minute>[0-5]\d)|{_S}o[’']clock|(?={_S}?[ap]\.?m\b)|(?={_S}?[-–]{_S}?\d{{1,2}}(?:[:.]\d\d)?{_S}?[ap]\.?m\b))"
    rf"(?:{_S}?(?P<half>[ap])\.?m\b\.?)?(?!\w)",
    re.IGNORECASE,
)
_MILITARY = re.compile(rf"(?<!\w)(?P<hour>[01]\d|2[0-3])(?P<minute>[0-5]\d){_S}(?:hours|hrs)(?!\w)")
_NAMED = re.compile(r"(?<!\w)(noon|midday|midnight)(?!\w)", re.IGNORECASE)
_BETWEEN_TIMES = re.compile(rf"{_S}?[-–]{_S}?|{_S}(?:to|and|until){_S}", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class _Number:
    """A number in an English text; ``scale`` is 1 where it has none."""

    start: int
    end: int
    value: Decimal
    scale: Decimal


def readings(text: str) -> tuple[Reading, ...]:
    """Every way to read the figures of an English sentence.

    Returns:
        In no particular order; readings of the same figures share atoms.
    """
    found = (*_amounts(text), *_ordinals(text), *_dates(text), *_times(text), *_decades(text))
    return tuple(dict.fromkeys(found))


def _numbers(text: str) -> list[_Number]:
    numbers: list[_Number] = []
    for match in _NUMBER.finditer(text):
        if numbers and match.start() < numbers[-1].end:
            continue
        if match["figure"]:
            value = Decimal(match["figure"].replace(",", ""))
        elif match["row"]:
            value, end = _row(match["row"])
            if end < len(match["row"]):
                numbers.append(_Number(match.start(), match.start() + end, value, Decimal(1)))
                continue
        else:
            value = Decimal("0.5") if match["half"] else Decimal(1)
        numbers.append(_scaled(text, match.start(), match.end(), value))
    return numbers


def _row(row: str) -> tuple[Decimal, int]:
    """The value of a row of number words, or of the part of it that is one, and where that ends."""
    ends = [end.start() for end in re.finditer(r"[\s‑-]|$", row)]
    for end in reversed(ends):
        value = read_english(row[:end]) if not row[:end].lower().endswith(" and") else None
        if value is not None:
            return Decimal(value), end
    return Decimal(0), len(row)


def _scaled(text: str, start: int, end: int, value: Decimal) -> _Number:
    scale = Decimal(1)
    while match := _SCALE.match(text, end):
        scale *= _SCALES[match["scale"].lower()]
        end = match.end()
    if (
        scale == 1
        and (short := _SHORT_SCALE.match(text, end))
        and (currencies.before(text, start, "en") or short["scale"].lower() not in "mk")
    ):
        scale, end = _SHORT[short["scale"].lower()], short.end()
    if not text[start].isdigit() or not _MINUS.search(text[max(start - 2, 0) : start]):
        return _Number(start, end, value * scale, scale)
    return _Number(start, end, -value * scale, scale)


def _amounts(text: str) -> Iterator[Reading]:
    """Plain numbers, percentages, money and measures, and ranges of them."""
    numbers = _numbers(text)
    for place, number in enumerate(numbers):
        yield from _with_units(text, number, None)
        if place + 1 < len(numbers):
            other = numbers[place + 1]
            if _linked(text, number, other):
                yield from _with_units(text, number, other)
    for match in _SLASHED_YEARS.finditer(text):
        first, last = match["first"], match["last"]
        yield Reading(f"{first}..{last if len(last) > 2 else first[:2] + last}", (match.start(), match.start("last")))
    for match in _SIMPLE.finditer(text):
        yield Reading(_WORDS_TWICE[match[0].lower()], (match.start(),))


def _linked(text: str, low: _Number, high: _Number) -> bool:
    """Whether two numbers are the ends of a range: what stands between them is "to", a dash, "and", and units."""
    at = low.end
    for _ in range(2):
        if (match := _TO.match(text, at)) and _prefix_start(text, high) <= match.end() <= high.start:
            return match[0].strip()[:1].isalpha() or low.value < high.value or high.end - high.start == 2
        at = _behind(text, low)
    return False


def _prefix_start(text: str, number: _Number) -> int:
    front = currencies.before(text, number.start, "en")
    return front[1] if front else number.start


def _behind(text: str, number: _Number) -> int:
    """Where the unit, currency or percent sign behind a number ends; the number's own end where there is none."""
    if match := _PERCENT.match(text, number.end):
        return match.end()
    for found in (currencies.behind(text, number.end, "en"), english_unit(text, number.end)):
        if found:
            return found[1]
    return number.end


def _with_units(text: str, low: _Number, high: _Number | None) -> Iterator[Reading]:
    """A number or range as every unit that stands with it says, and bare."""
    last = high or low
    atoms = (low.start, high.start) if high else (low.start,)
    name = plain(low.value)
    if high:
        lent = low.value * high.scale if low.scale == 1 and low.value < high.value / high.scale else low.value
        name = f"{plain(lent)}..{plain(high.value)}"
    yield Reading(name, atoms)
    if high and (short := re.fullmatch(r"\d\d", text[high.start : high.end])) and low.end - low.start == 4:
        yield Reading(f"{plain(low.value)}..{text[low.start : low.start + 2]}{short[0]}", atoms)
    if _PERCENT.match(text, last.end):
        yield Reading(f"{name}%", atoms)
    for front in (currencies.before(text, low.start, "en"), currencies.behind(text, last.end, "en")):
        if front:
            yield Reading(f"{front[0].code} {name}", atoms)
            if front[0].code in ("CAD", "AUD", "NZD") and front[0].written == "name":
                yield Reading(f"USD {name}", atoms)
    if unit := english_unit(text, last.end):
        yield Reading(f"{name} {unit[0]}", atoms)
    if "°" in text[last.end : last.end + 2]:
        yield Reading(f"{name} °C", atoms)


def _ordinals(text: str) -> Iterator[Reading]:
    for match in _ORDINAL.finditer(text):
        number = int(match["figure"]) if match["figure"] else ordinals()[re.sub(r"\s", "-", match["word"].lower())]
        yield Reading(f"{number}.", (match.start(),))
        if match["figure"]:
            yield Reading(str(number), (match.start(),))


def _decades(text: str) -> Iterator[Reading]:
    for match in _DECADE.finditer(text):
        year = match["year"] if len(match["year"]) > 2 else f"19{match['year']}"
        yield Reading(f"{year}s", (match.start(),))
        yield Reading(match["year"], (match.start(),))


@dataclass(frozen=True, slots=True)
class _Date:
    """Days that share a month: offsets of the days, where the whole stands, and where its year (-1 for none)."""

    start: int
    end: int
    days: tuple[tuple[Day, int], ...]
    year: int = -1


def _dates(text: str) -> Iterator[Reading]:
    """Days, months and the intervals between them."""
    dates = _found_dates(text)
    for date in dates:
        for number, (day, at) in enumerate(date.days):
            # Days that share a year share its figures, too: the first of them takes it.
            yield from _day(day, at, date.year if not number else -1)
        if len(date.days) > 1:
            yield from _interval(date.days[0], date.days[-1])
    for first, second in pairwise(dates):
        link = _BETWEEN_DATES.match(text, first.end)
        if link and link.end() >= second.start:
            yield from _interval(first.days[-1], second.days[0])
    yield from _months(text, [(date.start, date.end) for date in dates])


def _found_dates(text: str) -> list[_Date]:
    dates: list[_Date] = []
    for pattern in (_DAY_FIRST, _MONTH_FIRST):
        for match in pattern.finditer(text):
            month = _MONTH_NUMBERS[match["month"].lower().rstrip(".")]
            year = int(match["year"]) if match["year"] else None
            base = match.start("days")
            days = tuple(
                (Day(number, month, year), base + one.start())
                for one in _ONE_DAY.finditer(match["days"])
                if exists(number := int(re.sub(r"\D", "", one[0])), month)
            )
            if days:
                dates.append(_Date(match.start(), match.end(), days, match.start("year")))
    for match in _ISO.finditer(text):
        dates += _numeric(match, int(match["day"]), int(match["month"]))
    for match in _SLASHED.finditer(text):
        dates += _numeric(match, int(match["a"]), int(match["b"])) + _numeric(match, int(match["b"]), int(match["a"]))
    return sorted(dates, key=lambda one: one.start)


def _numeric(match: re.Match[str], day: int, month: int) -> list[_Date]:
    if not exists(day, month):
        return []
    return [_Date(match.start(), match.end(), ((Day(day, month, int(match["year"])), match.start()),))]


def _day(day: Day, at: int, year: int) -> Iterator[Reading]:
    whole = (at, year) if year >= 0 else (at,)
    yield Reading(day.value, whole)
    if day.year:
        yield Reading(Day(day.day, day.month).value, (at,))
        yield Reading(f"{day.year}-{day.month:02}", whole)
    yield Reading(f"--{day.month:02}", (at,))


def _interval(first: tuple[Day, int], last: tuple[Day, int]) -> Iterator[Reading]:
    atoms = (first[1], last[1])
    yield Reading(interval(first[0], last[0]), atoms)
    yield Reading(interval(Day(first[0].day, first[0].month), Day(last[0].day, last[0].month)), atoms)


def _months(text: str, taken: list[tuple[int, int]]) -> Iterator[Reading]:
    """Read "March 2024", "mid-March", "March to June 2024"."""
    months: list[tuple[int, int, int, str]] = []
    for match in _MONTH_ALONE.finditer(text):
        if any(start <= match.start() < end for start, end in taken):
            continue
        if match["month"] == "May" and match.start() == 0 and _GOES_ON.match(text, match.end()):
            continue
        month, year = _MONTH_NUMBERS[match["month"].lower().rstrip(".")], match["year"] or ""
        months.append((match.start(), match.end(), month, year))
        yield Reading(f"{year or '-'}-{month:02}", (match.start(),))
        yield Reading(f"--{month:02}", (match.start(),))
    for (start, end, month, year), (start2, _, month2, year2) in pairwise(months):
        link = _BETWEEN_DATES.match(text, end)
        if link and link.end() == start2:
            lent = year or (str(int(year2) - (month > month2)) if year2 else "")
            yield Reading(f"{lent or '-'}-{month:02}/{year2 or '-'}-{month2:02}", (start, start2))
            yield Reading(f"--{month:02}/--{month2:02}", (start, start2))


def _times(text: str) -> Iterator[Reading]:
    """Times of day by either clock, and the spans between two of them."""
    times: list[tuple[int, int, str]] = []
    half = ""
    for match in reversed(list(_CLOCK.finditer(text))):
        half = (
            match["half"] or (half if times and _BETWEEN_TIMES.fullmatch(text[match.end() : times[-1][0]]) else "")
        ).lower()
        hour = int(match["hour"])
        if half:
            hour = hour % 12 + (12 if half == "p" else 0)
        times.append((match.start(), match.end(), f"T{hour:02}:{match['minute'] or '00'}"))
    times += [(m.start(), m.end(), f"T{m['hour']}:{m['minute']}") for m in _MILITARY.finditer(text)]
    times += [(m.start(), m.end(), "T00:00" if m[0].lower() == "midnight" else "T12:00") for m in _NAMED.finditer(text)]
    times.sort()
    for start, _, value in times:
        yield Reading(value, (start,))
        if value == "T00:00":
            yield Reading("T24:00", (start,))
    for (start, end, value), (start2, _, value2) in pairwise(times):
        if _BETWEEN_TIMES.fullmatch(text[end:start2]):
            yield Reading(f"{value}/{value2}", (start, start2))
