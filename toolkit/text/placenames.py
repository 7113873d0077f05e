"""Towns and countries in running French: their English names, from the tables of ``toolkit.text.places``.

A country behind "de" may become an adjective in English ("la police de Serbie", "the Serbian police"), so it is
enforced only where French says where ("en Serbie"), and so are towns that are words or first names as well.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.places import english_city, english_country, english_region
from toolkit.text.places import ways as other_names
from toolkit.text.tables import words

_S = "[ \u00a0\u202f]"
_LETTERS = r"[^\W\d_]+(?:[-’'][^\W\d_]+)*"
_WORD = re.compile(rf"(?:(?:[dlDL]|[Qq]u|[Jj]usqu)[’'])?(?P<word>{_LETTERS})")
_NAME_WORD = re.compile(_LETTERS)
_COUNTRY_BEHIND = re.compile(rf"{_S}?\((?P<country>[^()]{{2,40}})\)")
_WHERE = re.compile(rf"(?<!\w)(?:en|au|aux|à|vers|depuis|dans{_S}l[ea]s?){_S}(?:l[ea]s?{_S})?$", re.IGNORECASE)
_MOST_WORDS = 6
#: Names that are first names, words or other places, too.
_DOUBTFUL = words(
    "Canton Florence Constance Valence Grenade Maurice Sofia Nice Tours Panama Québec Mexico Fribourg Naples Pau Brest"
)


def find(text: str) -> Iterator[Fixture]:
    """The towns and countries of a French sentence."""
    done = 0
    for match in _WORD.finditer(text):
        if match.start() < done or not match["word"][0].isupper():
            continue
        found = _longest(text, match.start("word"))
        if not found:
            continue
        end, city, country = found
        done = end
        yield _place(text, match.start("word"), end, city, country)


def _longest(text: str, start: int) -> tuple[int, str | None, str | None] | None:
    """The longest name of one to six words that a table has: its end, and its English as a town and as a country."""
    found = None
    at = start
    for _ in range(_MOST_WORDS):
        match = _NAME_WORD.match(text, at)
        if not match:
            break
        name = text[start : match.end()]
        city, country = english_city(name), english_country(name)
        if city or country or english_region(name):
            found = match.end(), city, country
        at = match.end()
        if text[at : at + 1] not in (" ", "\u00a0", "\u202f"):
            break
        at += 1
    return found


def _place(text: str, start: int, end: int, city: str | None, country: str | None) -> Fixture:
    name = text[start:end]
    if not city and not country:
        return Fixture(start, end, Kind.NAME, english_region(name), origin="region")
    before = text[max(start - 14, 0) : start]
    if city and (behind := _COUNTRY_BEHIND.match(text, end)) and (state := english_country(behind["country"])):
        ways: tuple[str, ...] = (f"{city}, {state}", f"{city} ({state})", f"{city} in {state}")
        return Fixture(start, behind.end(), Kind.NAME, ways, origin="place")
    where = _WHERE.search(before)
    at = bool(where and where[0].strip().lower() == "à")
    named = (city, country) if at or not country else (country, city)
    ways = tuple(dict.fromkeys(way for one in named if one for way in other_names(one)))
    settled = (name not in _DOUBTFUL or at) if not country else where is not None
    return Fixture(start, end, Kind.NAME, ways, settled=settled, origin="place")
