"""Months, years, decades, times of day and round-the-clock formulas in running French.

"en mars 2024" is "in March 2024", "fin 2023" "at the end of 2023", "les années 1990" "the 1990s", "de 9 h à 12 h 30"
"from 9:00 to 12:30": the twenty-four-hour clock with a colon (ISO 8601; New Hart's Rules 11.3 knows both clocks).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.capitals import fold
from toolkit.text.dates import DAY_NAMES, MONTH, MONTH_NUMBERS, WEEKDAY
from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.moments import english_month

_G = "[ \u00a0\u202f\u2009]{1,2}"
_YEAR = r"(?:1\d|20|21)\d\d(?!\d)"
_NOT_INSIDE = r"(?<!\w)(?<!\w[-‑–/.,:_])"
_LEADS = rf"en|fin|début|mi|courant|d[’']ici(?:{_G}[àa])?|dès|depuis|de|d|entre|(?:du|au){_G}mois{_G}de"
_PERIOD = re.compile(
    rf"(?:(?<!\w)(?P<lead>{_LEADS})(?:{_G}|[-‑’']))?(?<![\w])(?<!\d[ \u00a0\u202f])(?<!\der[ \u00a0\u202f])"
    rf"(?P<first>{MONTH})(?:{_G}(?P<fyear>{_YEAR}))?"
    rf"(?:(?P<link>{_G}(?:à|et|ou){_G}|[-–])(?P<second>{MONTH})(?:{_G}(?P<year>{_YEAR}))?)?(?![\w])",
    re.IGNORECASE,
)
_YEARS = re.compile(
    rf"(?<!\w)(?P<lead>en|fin|début|mi|courant|d[’']ici(?:{_G}[àa])?|de|entre)(?:{_G}|[-‑])(?P<first>{_YEAR})"
    rf"(?:{_G}(?P<link>à|et){_G}(?P<second>{_YEAR}))?(?![\w%])(?!{_G}?%)(?!{_G}\d)(?![-/.,]\d)",
    re.IGNORECASE,
)
_SPAN = re.compile(rf"{_NOT_INSIDE}(?P<first>{_YEAR})(?P<link>[-‑–/])(?P<last>{_YEAR}|\d\d(?!\d))(?![\w/-]|[.,]\d)")
_DECADE = re.compile(
    rf"(?:(?<!\w)(?P<les>les){_G})?(?<!\w)années{_G}(?P<year>(?:1\d|20)\d0|\d0)(?![\w-])", re.IGNORECASE
)
_LOOSE_MONTHS = frozenset({"MARS", "MAI"})
_PREPOSITION = re.compile(
    r"(?<!\w)(?:depuis|dès|avant|après|pour|vers|la|à|de|d[’']ici|en)[ \u00a0\u202f]$", re.IGNORECASE
)

_CLOCK = rf"(?:[01]?\d|2[0-4])(?:{_G})?(?:h|heures?)(?:(?:{_G})?[0-5]\d)?"
_ONE_CLOCK = re.compile(
    rf"(?P<hour>\d+)(?:{_G})?(?:(?:h|heures?)(?:{_G})?(?P<minute>\d\d)?|:(?P<colon>\d\d))?", re.IGNORECASE
)
_PART = rf"(?:{_G}(?P<part>du{_G}matin|du{_G}soir|de{_G}l[’']après-midi))?"
_TIME = re.compile(
    rf"(?:(?<![\w’'])(?P<lead>à|dès|vers|avant|après|depuis){_G})?{_NOT_INSIDE}(?P<clock>{_CLOCK}|(?:[01]?\d|2[0-3]):[0-5]\d)"
    rf"(?![\w/:])(?!\.\d){_PART}",
    re.IGNORECASE,
)
_TIMES = re.compile(
    rf"(?:(?<!\w)(?P<lead>de|entre|d){_G})?{_NOT_INSIDE}(?P<first>(?:[01]?\d|2[0-3])(?:(?:{_G})?(?:h|heures?)(?:(?:{_G})?[0-5]\d)?|:[0-5]\d)?)"
    rf"(?P<link>{_G}(?:à|et){_G}|(?:{_G})?[-–](?:{_G})?)(?P<second>{_CLOCK}|(?:[01]?\d|2[0-3]):[0-5]\d)(?![\w/:])",
    re.IGNORECASE,
)
#: "midi" where it can only be a time; "après midi" is mostly "après-midi", "entre midi et deux" lunch.
_NOON = re.compile(
    rf"(?:(?<![\w’'])(?P<lead>à|dès|vers|avant|depuis|jusqu[’']à){_G}|(?:(?<!\w)après{_G}(?=minuit))|(?<=[a-z](?:di|he)){_G})"
    rf"(?P<clock>midi|minuit)(?P<half>{_G}et{_G}demie?)?(?![\w-])(?!{_G}(?:moins|et{_G}quart))"
)
_LENGTH = re.compile(rf"{_G}(?:de{_G}|d[’'])(?!l[’']après)", re.IGNORECASE)
_ROUND = re.compile(
    rf"{_NOT_INSIDE}(?P<hours>24(?:{_G})?h(?:eures)?(?:(?:{_G})?/(?:{_G})?|{_G}sur{_G})24(?:(?:{_G})?h(?:eures)?)?)?"
    rf"(?P<and>{_G}et{_G}|,{_G}|{_G})?(?P<days>7(?:{_G})?j(?:ours)?(?:(?:{_G})?/(?:{_G})?|{_G}sur{_G})7(?:(?:{_G})?j(?:ours)?)?)?(?!\w)",
    re.IGNORECASE,
)
_WEEK = re.compile(
    rf"(?:(?<!\w)(?P<lead>du|de|le){_G})?(?<![\w-])(?P<first>{WEEKDAY})(?:{_G}(?P<link>au|à|et|ou){_G}(?:le{_G})?(?P<second>{WEEKDAY}))?"
    rf"(?P<plural>s)?(?![\w-])(?!{_G}(?:gras|saint|\d|1er))",
    re.IGNORECASE,
)


def find(text: str) -> Iterator[Fixture]:
    """The months, years, decades, weekdays and times of a French text; they may overlap."""
    for pattern, read in _RULES:
        for match in pattern.finditer(text):
            if match[0] and (fixture := read(text, match)):
                yield fixture


def _period(text: str, match: re.Match[str]) -> Fixture | None:
    """Read "en mars 2024", "de mars à juin", "mi-juillet"; "mars" and "mai" alone are nothing."""
    lead = " ".join((match["lead"] or "").lower().split())
    first, second = _month(match["first"]), _month(match["second"])
    year = match["year"] or (match["fyear"] if not second else None)
    alone = not lead and not year and not second
    if alone and (fold(match["first"]) in _LOOSE_MONTHS or match["first"][0].isupper()):
        return None
    if lead and not year and match["first"][0].isupper() and not text[match.start() : match.end()].isupper():
        return None
    before = text[max(match.start() - 9, 0) : match.start()]
    words, value = _month_words(first, match["fyear"] or "", year or "")
    if second:
        return _months(match, lead, (first, second))
    ways = _led(lead, words, _PREPOSITION.search(before) is not None)
    inside = lead in ("", "dès", "depuis", "de", "d", "entre", "du mois de", "au mois de")
    start = match.start("first") if inside else match.start()
    return Fixture(start, match.end(), Kind.DATE, ways, value, origin="month")


def _month(name: str | None) -> int:
    return MONTH_NUMBERS[fold(name.rstrip("."))] if name else 0


def _month_words(month: int, first_year: str, year: str) -> tuple[str, str]:
    """The English of a month, and its value."""
    told = first_year or year
    return f"{english_month(month)} {told}".strip(), f"{told or '-'}-{month:02}"


def _months(match: re.Match[str], lead: str, months: tuple[int, int]) -> Fixture:
    """Read "de mars à juin 2024", "mars-avril", "en mars et avril"."""
    first_year, year = match["fyear"] or "", match["year"] or ""
    begin, _ = _month_words(months[0], first_year, "")
    end, last = _month_words(months[1], "", year)
    lent = first_year or (str(int(year) - (months[0] > months[1])) if year else "")
    value = f"{_month_words(months[0], lent, '')[1]}/{last}"
    link = match["link"].strip()
    start = match.start() if lead in ("en", "de", "entre") and link != "ou" else match.start("first")
    joined = {"à": "to", "ou": "or"}.get(link, "and")
    ways: tuple[str, ...] = (f"{begin} {joined} {end}",)
    if link in "-–":
        ways = (f"{begin}–{end}", f"{begin} to {end}", f"{begin} and {end}")
    elif start == match.start() and lead:
        front = {"de": "from", "entre": "between", "en": "in"}[lead]
        ways = (f"{front} {ways[0]}", ways[0])
    return Fixture(start, match.end(), Kind.DATE, ways, value, origin="months")


def _led(lead: str, words: str, governed: bool) -> tuple[str, ...]:
    """A month or year behind its small word; ``governed`` when a preposition stands before that."""
    ways: tuple[str, ...]
    if lead == "fin":
        ways = (f"the end of {words}", f"late {words}", f"end of {words}", f"end-{words}")
        return ways if governed else (f"at {ways[0]}", f"in {ways[1]}", *ways)
    if lead == "début":
        ways = (f"early {words}", f"the beginning of {words}", f"the start of {words}")
        return ways if governed else (f"in {ways[0]}", *ways)
    if lead == "mi":
        return (f"mid-{words}",) if governed else (f"in mid-{words}", f"mid-{words}", f"the middle of {words}")
    if lead == "courant":
        return (f"during {words}", f"in {words}", words)
    if lead.startswith(("d’ici", "d'ici")):
        return (f"by {words}", f"before {words}", f"until {words}", words)
    return (f"in {words}", words) if lead == "en" else (words,)


def _years(text: str, match: re.Match[str]) -> Fixture | None:
    """Read "en 2012", "fin 2023", "d’ici à 2030", "de 2012 à 2015", "entre 2012 et 2015"."""
    lead = " ".join(match["lead"].lower().split())
    first, second, link = match["first"], match["second"], match["link"]
    ways: tuple[str, ...]
    if second:
        front = {("de", "à"): ("from", "to"), ("entre", "et"): ("between", "and")}.get((lead, link.lower()))
        if not front:
            return None
        ways = (f"{front[0]} {first} {front[1]} {second}", f"{first} to {second}", f"{first}–{second}")
        return Fixture(match.start(), match.end(), Kind.DATE, ways, f"{first}..{second}", origin="years")
    if lead in ("de", "entre"):
        return None
    before = text[max(match.start() - 9, 0) : match.start()]
    ways = _led(lead, first, _PREPOSITION.search(before) is not None)
    return Fixture(match.start(), match.end(), Kind.DATE, ways, first, origin="year")


def _span(_: str, match: re.Match[str]) -> Fixture | None:
    """Write "2012-2013" as "2012–2013", "2023-24" as "2023–24"; "2024-12" may be a number of something."""
    first, last = match["first"], match["last"]
    full = last if len(last) > 2 else first[:2] + last
    if int(full) <= int(first) or (len(last) == 2 and int(full) != int(first) + 1):
        return None
    link = "/" if match["link"] == "/" else "–"
    ends = (f"–{full}", f"–{full[2:]}", f" to {full}", f"/{full}", f"/{full[2:]}")
    ways = dict.fromkeys((f"{first}{link}{last}", *(first + end for end in ends)))
    return Fixture(match.start(), match.end(), Kind.DATE, tuple(ways), f"{first}..{full}", origin="years")


def _decade(_: str, match: re.Match[str]) -> Fixture:
    """Write "les années 1990" as "the 1990s"."""
    year = match["year"] if len(match["year"]) == 4 else f"19{match['year']}"
    ways: tuple[str, ...] = (f"{year}s", f"’{year[2:]}s", f"{year[2:]}s")
    if match["les"]:
        ways = tuple(f"the {way}" for way in ways) + ways
    return Fixture(match.start(), match.end(), Kind.DATE, ways, f"{year}s", origin="decade")


def _hour(clock: str, part: str = "", minutes_of: str = "") -> tuple[str, str] | None:
    """The English of a time, and its value; None for a time that no clock shows."""
    match = _ONE_CLOCK.fullmatch(clock.strip())
    hour = int(match["hour"]) if match else 99
    if not match or hour > 24:
        return None
    hour += 12 if part and "matin" not in part.lower() and hour < 12 else 0
    minute = match["minute"] or match["colon"] or "00"
    return f"{hour}:{minute}", f"T{hour:02}:{minute}"


def _twelve(value: str) -> tuple[str, ...]:
    """A time by the twelve-hour clock."""
    hour, minute = int(value[1:3]), value[4:]
    half = "a.m." if hour % 24 < 12 else "p.m."
    shown = f"{(hour - 1) % 12 + 1}" + (f":{minute}" if minute != "00" else "")
    return f"{shown} {half}", f"{shown} {half.replace('.', '')}"


def _time(text: str, match: re.Match[str]) -> Fixture | None:
    """Write "à 14 h 30" as "at 14:30"; "14 heures" alone may be a length of time and is only suggested."""
    lead, part = (match["lead"] or "").lower(), match["part"] or ""
    found = _hour(match["clock"], part)
    if not found or _LENGTH.match(text, match.end()):
        return None
    english, value = found
    exact = value[-2:] != "00" or ":" in match["clock"] or bool(part)
    start = match.start() if lead == "à" else match.start("clock")
    if lead == "à" and text[max(match.start() - 1, 0) : match.start()] in ("’", "'"):
        start = match.start("clock")
    front = "at " if start == match.start() and lead == "à" else ""
    ways = (front + english, english, *_twelve(value))
    settled = (bool(lead) or exact) and value[1:3] != "24"
    return Fixture(start, match.end(), Kind.TIME, tuple(dict.fromkeys(ways)), value, settled=settled, origin="time")


def _noon(_: str, match: re.Match[str]) -> Fixture:
    """Write "à midi" as "at noon", "vendredi midi" as "Friday noon", "à minuit et demi" as "at 0:30"."""
    midday, lead = match["clock"] == "midi", match["lead"]
    value = f"T{'12' if midday else '00'}:{'30' if match['half'] else '00'}"
    ways: tuple[str, ...] = ("noon", "midday", "lunchtime", "12:00") if midday else ("midnight", "0:00", "24:00")
    if match["half"]:
        ways = (value[1:].removeprefix("0"), *_twelve(value))
    start = match.start() if lead == "à" else match.start("clock")
    front = tuple(f"at {way}" for way in ways) if lead == "à" else ()
    return Fixture(start, match.end(), Kind.TIME, front + ways, value, origin="time")


def _times(_: str, match: re.Match[str]) -> Fixture | None:
    """Write "de 9 h à 12 h 30" as "from 9:00 to 12:30", "10 h – 18 h" "10:00–18:00"."""
    first, second = _hour(match["first"]), _hour(match["second"])
    lead, link = (match["lead"] or "").lower(), match["link"].strip().lower()
    if not first or not second or (link == "et" and lead != "entre"):
        return None
    (begin, low), (end, high) = first, second
    words = f"{begin} to {end}"
    if link in "-–":
        ways: tuple[str, ...] = (f"{begin}–{end}", words)
    elif link == "et":
        ways = (f"between {begin} and {end}", words)
    else:
        ways = (f"from {words}", words, f"{begin}–{end}") if lead == "de" else (words, f"{begin}–{end}")
    start = match.start() if lead in ("de", "entre") and link not in "-–" else match.start("first")
    return Fixture(start, match.end(), Kind.TIME, ways, f"{low}/{high}", origin="times")


def _round_the_clock(_: str, match: re.Match[str]) -> Fixture | None:
    """Write "24h/24 et 7j/7" as "24 hours a day, seven days a week"."""
    hours, days = match["hours"], match["days"]
    ways: tuple[str, ...]
    if hours and days:
        ways = ("24 hours a day, seven days a week", "24/7", "around the clock", "round the clock", "24 hours a day")
    elif hours:
        ways = ("24 hours a day", "around the clock", "round the clock", "24/7", "24-hour", "day and night")
    elif days:
        ways = ("seven days a week", "7 days a week", "every day", "24/7")
    else:
        return None
    start = match.start() if hours else match.start("days")
    end = match.end() if days else match.end("hours")
    return Fixture(start, end, Kind.TIME, ways, origin="round the clock")


def _weekdays(_: str, match: re.Match[str]) -> Fixture | None:
    """Write "du lundi au vendredi" as "from Monday to Friday"; a weekday alone is its English name."""
    first = DAY_NAMES[fold(match["first"])]
    ways: tuple[str, ...]
    if not match["second"]:
        ways = (first, f"{first}s") if not match["plural"] else (f"{first}s", first)
        return Fixture(match.start("first"), match.end(), Kind.DATE, ways, origin="weekday")
    second = DAY_NAMES[fold(match["second"])]
    link, lead = match["link"].lower(), (match["lead"] or "").lower()
    if link in ("et", "ou"):
        joined = "and" if link == "et" else "or"
        ways = (f"{first} {joined} {second}", f"{first}s {joined} {second}s")
        return Fixture(match.start("first"), match.end(), Kind.DATE, ways, origin="weekdays")
    pairs = ((first, second), (f"{first}s", f"{second}s"))
    ways = tuple(f"{begin}{to}{end}" for begin, end in pairs for to in (" to ", " through ", "–", " and "))
    if (first, second) == ("Monday", "Friday"):
        ways += ("weekday", "weekdays")
    if lead in ("du", "de"):
        ways = (f"from {ways[0]}", *ways)
    start = match.start() if lead in ("du", "de") else match.start("first")
    return Fixture(start, match.end(), Kind.DATE, ways, origin="weekdays")


_RULES = (
    (_PERIOD, _period),
    (_YEARS, _years),
    (_SPAN, _span),
    (_DECADE, _decade),
    (_TIMES, _times),
    (_TIME, _time),
    (_NOON, _noon),
    (_ROUND, _round_the_clock),
    (_WEEK, _weekdays),
)
