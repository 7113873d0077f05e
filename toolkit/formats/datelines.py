"""Places and dates as French releases write them: alone on a line, or in front of the first sentence.

A dateline says where and when a text was released: "LYON (France) – ", "23 mai 2016 - ", "Brest, le 2 mai 2024".
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "janvier janv jan",
            "février fevrier févr fevr fév",
            "mars",
            "avril avr",
            "mai",
            "juin",
            "juillet juil",
            "août aout",
            "septembre sept",
            "octobre oct",
            "novembre nov",
            "décembre decembre déc dec",
        ),
        start=1,
    )
    for name in names.split()
}
_WEEKDAY = r"(?i:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche)"
#: A month's name or abbreviation, in any case, as part of a regular expression.
MONTH = "(?i:" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + ")"
_DATE = (
    rf"(?:{_WEEKDAY},?\s+)?(?:"
    rf"(?P<day>\d{{1,2}})(?:\s?(?i:er)|ᵉʳ)?\s+(?P<month>{MONTH})\.?(?:\s+(?P<year>\d{{4}}))?"
    r"|(?P<day2>\d{1,2})(?P<stop>[/.])(?P<month2>\d{1,2})(?P=stop)(?P<year2>\d{4})"
    r"|(?P<year3>\d{4})-(?P<month3>\d\d)-(?P<day3>\d\d))(?!\w)"
)
_WORD = r"[A-ZÀ-ÖØ-ÞŒ][\w’'.\-]*"
_LINK = r"(?:(?:de|du|des|la|le|les|lès|sur|en|et|sous|aux?)\s+|[dl]['’]\s?)"
_NAME = rf"{_WORD}(?:\s*/\s*{_WORD}|\s+{_LINK}{{0,2}}{_WORD}){{0,5}}"
_PLACE = rf"{_NAME}(?:\s*\([^()\d]{{2,40}}\))?(?:,\s+{_NAME})?"
_TIME = r"(?:\s*(?:,|à|[-–—|])?\s*\d{1,2}\s?[h:]\s?(?:\d\d)?(?:\s?(?:min|GMT|UTC))?)?"
_PUBLISHED = r"(?i:publié(?:e)?|mis(?:e)?\s+en\s+ligne|posté|diffusé|paru|date|fait\s+à)"

_ALONE = re.compile(
    rf"(?:{_PUBLISHED}\s*:?\s+)?(?:(?P<place>{_PLACE})(?:\s*[,|–—-]\s*|\s+(?=(?i:le)\s)))?"
    rf"(?:(?i:le)\s+)?{_DATE}{_TIME}(?:\s*[,|–—-]\s*(?P<after>{_PLACE}))?"
    r"(?:\s*[-–—|,(]?\s*(?i:mis(?:e)?\s+à\s+jour|modifié(?:e)?|actualisé(?:e)?)\b.{0,60})?\s*\.?"
)
_HEAD = re.compile(
    rf"(?:(?P<place>{_PLACE})(?=[\s,(]|$))?"
    rf"(?:\s*,?\s*\(?\s*(?:(?i:le)\s+)?{_DATE}\s*\)?)?"
    r"(?:\s*,?\s*\(?(?P<agency>[A-Z]{2,8})\)?)?"
)
_DASH = re.compile(r"\s*(?:\s[-‒–—―]|[.)]\s?[–—―]|--)\s+(?=\S)|(?<=\d{4})\s?[.:]\s+(?=[A-ZÀ-Ý«])")
_DIGIT = re.compile(r"\d")
_SENTENCE = re.compile(r"[«“\"'\s]*[^\W_a-zà-öø-ÿœ]")
#: "Le" of "Le 12 mai", a person, an institution with its article ("L’ONU –").
_NO_PLACE = re.compile(r"(?:Le|La|Les|En|Ce)$|(?:M|MM|Mme|Mmes|Dr|Pr)\b\.?\s|[LD]['’]")
#: A dateline is short; looking no further keeps a line of megabytes linear.
_REACH = 120


@dataclass(frozen=True, slots=True)
class Dateline:
    """What a dateline says.

    Attributes:
        date: ISO 8601 ("2016-05-23"), or "" without a year or a valid day.
        place: as written, or "".
        length: characters it takes, with the dash and white space behind it.
    """

    date: str
    place: str
    length: int


def lone(text: str) -> Dateline | None:
    """The dateline that ``text`` is, wholly; None if it is anything else ("Le 2 mai 2024, le port a fermé.")."""
    if len(text) > _REACH or not _DIGIT.search(text):
        return None
    found = _ALONE.fullmatch(text)
    if found is None:
        return None
    return Dateline(_iso(found), (found["place"] or found["after"] or "").strip(), len(text))


def opening(text: str, agencies: frozenset[str] = frozenset()) -> Dateline | None:
    """The dateline ``text`` begins with, up to and with its dash.

    A place alone counts only in capitals or with its country in brackets, and a sentence must begin behind the dash:
    "Climat – le débat" and "Le 12 mai – jour férié – le port …" are no datelines.

    Args:
        text: a paragraph.
        agencies: names, casefolded, that are press agencies and never places.
    """
    dash = _DASH.search(text, 0, _REACH)
    head = text[: dash.start()].rstrip(" .") if dash else ""
    if dash and text[dash.start()] == ")":
        head += ")"
    found = _HEAD.fullmatch(head) if head else None
    if dash is None or found is None or not _SENTENCE.match(text, dash.end()):
        return None
    dated = any(found[name] for name in ("day", "day2", "day3"))
    place = (found["place"] or "").strip().rstrip(",")
    if place.casefold() in agencies or _NO_PLACE.match(place):
        place = ""
    first = place.split()[0].rstrip(",") if place else ""
    if dated or (len(first) > 1 and (first.isupper() or place.endswith(")"))):
        return Dateline(_iso(found), _without_agency(place, agencies), dash.end())
    return None


def first_date(text: str) -> str:
    """The first complete date in ``text`` as ISO 8601, or ""."""
    return next((iso for found in _ANY.finditer(text, 0, 4 * _REACH) if (iso := _iso(found))), "")


_ANY = re.compile(rf"(?<!\w){_DATE}")


def _without_agency(place: str, agencies: frozenset[str]) -> str:
    found = re.search(r"\s*\(([^()]*)\)$", place)
    return place[: found.start()] if found and found[1].casefold() in agencies else place


def _iso(found: re.Match[str]) -> str:
    for suffix in ("", "2", "3"):
        year, month, day = (found[f"{part}{suffix}"] for part in ("year", "month", "day"))
        if year and month and day:
            number = int(month) if month.isdigit() else _MONTHS[month.lower()]
            try:
                return date(int(year), number, int(day)).isoformat()
            except ValueError:
                return ""
    return ""
