"""What tells whether a name of the English is one of the French: idle capitals, words that speak for it."""

from __future__ import annotations

import re
from functools import lru_cache

from toolkit.text import placenames, rulers
from toolkit.text.capitals import fold
from toolkit.text.dates import DAYS, MONTHS
from toolkit.text.lexicon import french_english
from toolkit.text.lexicon import words as keyed
from toolkit.text.places import is_english_place
from toolkit.text.tables import pairs, words

_WORD = re.compile(r"[^\W\d_]+")
#: English that is written with a capital for other reasons than being a name of its own.
USUAL = words(
    """
    Act Agency Assembly Association Authority Board Bureau Centre Chair Chairman Charter Chief Code Commission
    Commissioner Committee Community Conference Congress Convention Council Court Day Declaration Department Deputy
    Director Directorate Directive EC EU European Executive Federation Foundation Fund General Government Head
    Headquarters House Human Institute International Internet Agreement Member Members Minister Ministers Ministry Mr
    Mrs Ms Museum National Nations Office Officer Organisation Organization Parliament Police Policy Port Presidency
    President Prime Programme Project Protocol Regulation Report Representative Republic Resolution Rights Secretariat
    Secretary Section Security Service Services Society State States Summit Treaty Union United University Vice
    English French German Spanish Italian Dutch Belgian Swiss British Irish American African Asian Arab Chinese Russian
    Portuguese Greek Polish Turkish Moroccan Algerian Tunisian Canadian Christmas Easter God Earth West East North South
    Western Eastern Northern Southern Second World War First Third Middle Mediterranean Atlantic Pacific Channel EUR USD
    Sea River Lake Bay Coast Gulf Island Islands Monitoring Observatory Minutes Convention Charter Plan Strategy The A
    An In On At Of And For To From By With I It We This That These GBP CHF AM PM
    UN USA UK US Law Laws Justice Interior Foreign Affairs Health Education Culture Environment Fisheries
    """
) | {word.capitalize() for word in (*DAYS.values(), *MONTHS.values())}


#: Rivers, lakes and mountains that English calls otherwise.
_WATERS = pairs("""
Escaut=Scheldt|Tamise=Thames|Meuse=Maas|Rhin=Rhine|Tibre=Tiber|Tage=Tagus|Èbre=Ebro|Pô=Po|Elbe=Elbe|Vistule=Vistula
Danube=Danube|Moselle=Mosel|Nil=Nile|Jourdain=Jordan|Euphrate=Euphrates|Tigre=Tigris|Gange=Ganges|Amazone=Amazon
Léman=Geneva|Manche=Channel|Égée=Aegean|Adriatique=Adriatic|Baltique=Baltic|Caspienne=Caspian|Tyrrhénienne=Tyrrhenian
Alpes=Alps|Pyrénées=Pyrenees|Vosges=Vosges|Apennins=Apennines|Carpates=Carpathians|Oural=Urals|Machrek=Mashreq
""")
_WATERS_BY_KEY = {fold(french): english for french, english in _WATERS.items()}


def english_water(word: str) -> str:
    """The English name of a river, sea or mountain range; "" where the table has none."""
    return _WATERS_BY_KEY.get(fold(word), "")


@lru_cache(maxsize=64)
def spoken_for(french: str) -> frozenset[str]:
    """Keys of the English words that a bare French sentence speaks for: by the lexicon, its places and rulers.

    They are those of ``toolkit.text.lexicon.words``; small words speak for nothing.
    """
    lexicon = french_english()
    told = {key for word in lexicon.of_french(french) for key in lexicon.expected(word)}
    ways = [way for one in (*placenames.find(french), *rulers.find(french)) for way in one.english]
    ways += filter(None, map(english_water, _WORD.findall(french)))
    return frozenset(told | {word.key for way in ways for word in keyed(way)})


def is_another_place(name: str, french: str) -> bool:
    """Whether a word is the English name of a town or country that nothing in a bare French sentence speaks for."""
    return is_english_place(name) and spoken_for(french).isdisjoint(word.key for word in keyed(name))
