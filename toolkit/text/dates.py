"""French dates to English ones: "mardi 3 juin 2025" to "Tuesday 3 June 2025".

English dates are day month year without a comma or an ordinal, ranges with an en dash (New Hart's Rules; the UN
Editorial Manual writes them the same way). Only text that is wholly a date, or begins with one, is touched.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.text.capitals import fold
from toolkit.text.places import english_city, english_place

MONTHS = {
    "janvier": "January",
    "février": "February",
    "mars": "March",
    "avril": "April",
    "mai": "May",
    "juin": "June",
    "juillet": "July",
    "août": "August",
    "septembre": "September",
    "octobre": "October",
    "novembre": "November",
    "décembre": "December",
}
_ABBREVIATED = {"janv": 1, "févr": 2, "fév": 2, "avr": 4, "juil": 7, "sept": 9, "oct": 10, "nov": 11, "déc": 12}
DAYS = {
    "lundi": "Monday",
    "mardi": "Tuesday",
    "mercredi": "Wednesday",
    "jeudi": "Thursday",
    "vendredi": "Friday",
    "samedi": "Saturday",
    "dimanche": "Sunday",
}
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_NAMES = tuple(MONTHS.values())
MONTH_NUMBERS = {fold(name): number for number, name in enumerate(MONTHS, 1)} | {
    fold(name): number for name, number in _ABBREVIATED.items()
}
DAY_NAMES = {fold(french): english for french, english in DAYS.items()}

#: Patterns of French dates, for any case.
MONTH = (
    "(?:janvier|f[ée]vrier|mars|avril|mai|juin|juillet|ao[ûu]t|septembre|octobre|novembre|d[ée]cembre|"
    "(?:janv|f[ée]vr?|avr|juil|sept|oct|nov|d[ée]c)\\.)"
)
WEEKDAY = "(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
DAY = r"(?:1\s?er|1ᵉʳ|3[01]|0[1-9]|[12]?\d)(?!\d)"
SPACE = r"[\s\u00a0\u202f]+"
_LONG = (
    rf"(?:(?P<weekday>{WEEKDAY}),?{SPACE})?(?P<day>{DAY}){SPACE}(?P<month>{MONTH})(?:{SPACE}(?P<year>\d{{4}}))?(?!\d)"
)
_SHORT = r"(?P<nday>[0-3]?\d)[/.](?P<nmonth>[01]?\d)[/.](?P<nyear>\d{4})(?!\d)"
_RANGE = (
    rf"(?:du{SPACE}(?P<from>{DAY})(?:{SPACE}(?P<from_month>{MONTH}))?(?:{SPACE}(?P<from_year>\d{{4}}))?{SPACE}au|"
    rf"(?:les{SPACE})?(?P<first>{DAY}){SPACE}et){SPACE}"
    rf"(?P<day>{DAY}){SPACE}(?P<month>{MONTH})(?:{SPACE}(?P<year>\d{{4}}))?(?!\d)"
)
_PERIOD = rf"(?P<month>{MONTH}){SPACE}(?P<year>\d{{4}})(?!\d)"
_CLOCK = rf"(?:,?{SPACE}(?:[àa]{SPACE})?(?P<hour>[01]?\d|2[0-3])\s?(?:h|:)\s?(?P<minute>[0-5]\d)?(?!\d))?"
_FORMS = tuple(re.compile(form, re.IGNORECASE) for form in (_RANGE, "(?:le\\s)?" + _LONG, _SHORT, _PERIOD))
_TIME = re.compile(_CLOCK, re.IGNORECASE)
_PLACE = re.compile(
    r"(?P<place>[^\W\d_][^\d,;:.!?«»()]{1,40}?)(?:\s?\((?P<country>[^()\d]{2,40})\))?\s?,\s(?:le\s)?(?=\S)"
)
_PUBLISHED = re.compile(
    r"(?P<verb>publié|mis en ligne|mis à jour|modifié|dernière mise à jour|dernière modification|"
    r"fait à (?P<town>[^\d,]{2,40}?),?|date)"
    r"(?P<colon>\s?:)?\s(?:le\s)?(?=\S)",
    re.IGNORECASE,
)
_VERBS = {
    "publié": "Published on",
    "mis en ligne": "Published on",
    "mis à jour": "Updated on",
    "modifié": "Modified on",
    "dernière mise à jour": "Last updated on",
    "dernière modification": "Last modified on",
    "date": "Date:",
}


@dataclass(frozen=True, slots=True)
class Found:
    """A date at the beginning of a text: its English, and the offset where it ends."""

    english: str
    end: int


def leading_date(text: str) -> Found | None:
    """Read a date, with its weekday, range and time, at the beginning of a text.

    Args:
        text: French.

    Returns:
        Its English and where it ends; None when the text does not begin with a date, or with one that does not exist
        ("31 février").
    """
    for form in _FORMS:
        if match := form.match(text):
            english = _english(match.groupdict())
            if english is None:
                continue
            time = _TIME.match(text, match.end())
            if time and time["hour"]:
                return Found(f"{english}, {int(time['hour'])}:{time['minute'] or '00'}", time.end())
            return Found(english, match.end())
    return None


def whole_date(text: str) -> str | None:
    """Translate a line that is only a date.

    Args:
        text: ``"1er mars 2024"``, ``"Lyon, le 14 mars 2026"``, ``"Publié le 3/05/2024 à 10 h 30"``,
            ``"du 7 au 9 février"``.

    Returns:
        ``"1 March 2024"``, ``"Lyon, 14 March 2026"``, ``"Published on 3 May 2024, 10:30"``, ``"7–9 February"``, with a
        final period where the source has one; None when there is more, or less, than a date.
    """
    text = text.strip()
    for prefix, rest in _prefixes(text):
        found = leading_date(rest)
        if found and rest[found.end :].strip() in ("", "."):
            return prefix + found.english + rest[found.end :].strip()
    return None


def _prefixes(text: str) -> list[tuple[str, str]]:
    """Readings of what stands before the date: nothing, a place, "Publié le"; each with the remaining text."""
    readings = [("", text)]
    match = _PLACE.match(text)
    if match and _is_place(match["place"]):
        country = f", {english_place(match['country'])}" if match["country"] else ""
        readings.append((f"{english_place(match['place'])}{country}, ", text[match.end() :]))
    if match := _PUBLISHED.match(text):
        if match["town"]:
            readings.append((f"Done at {english_place(match['town'])}, ", text[match.end() :]))
        else:
            readings.append((_VERBS[match["verb"].lower()] + " ", text[match.end() :]))
    return readings


def _is_place(name: str) -> bool:
    """Whether a name before a date is a town: in the table, or capitals and particles only ("Pont-sur-Loire")."""
    words = re.findall(r"[^\W\d_]+", name)
    particles = {"le", "la", "les", "en", "sur", "sous", "de", "du", "des", "d", "l", "et", "aux"}
    return english_city(name) is not None or all(word[0].isupper() or word in particles for word in words)


def _day_and_month(parts: dict[str, str | None]) -> tuple[int, int]:
    """Numbers of the day and month; day 0 where only a month and year are given."""
    day = re.sub(r"\D", "", parts.get("day") or parts.get("nday") or "0")
    name = parts.get("month")
    month = MONTH_NUMBERS[fold(name.rstrip("."))] if name else int(parts.get("nmonth") or 0)
    return int(day), month


def exists(day: int, month: int) -> bool:
    """Whether a calendar has this day; 29 February is one."""
    return 1 <= month <= len(_LONGEST) and 1 <= day <= _LONGEST[month - 1]


def _english(parts: dict[str, str | None]) -> str | None:
    """Write one matched form in English; None for a date that is in no calendar."""
    day, month = _day_and_month(parts)
    year = parts.get("year") or parts.get("nyear")
    if "day" not in parts and "nday" not in parts:
        return f"{_NAMES[month - 1]} {year}"
    if not exists(day, month):
        return None
    end = " ".join(part for part in (str(day), _NAMES[month - 1], year) if part)
    if parts.get("from") or parts.get("first"):
        return _range(parts, end, month)
    weekday = parts.get("weekday")
    return f"{DAY_NAMES[fold(weekday)]} {end}" if weekday else end


def _range(parts: dict[str, str | None], end: str, month: int) -> str | None:
    """Write "du 7 au 9 février" as "7–9 February", "du 28 février au 2 mars" as "28 February – 2 March"."""
    start = int(re.sub(r"\D", "", parts.get("from") or parts.get("first") or "0"))
    other = parts.get("from_month")
    first_month = MONTH_NUMBERS[fold(other.rstrip("."))] if other else month
    if not exists(start, first_month):
        return None
    if parts.get("first"):
        return f"{start} and {end}"
    if not other:
        return f"{start}–{end}"
    return (
        " ".join(part for part in (str(start), _NAMES[first_month - 1], parts.get("from_year")) if part) + f" – {end}"
    )
