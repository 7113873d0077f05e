"""Units of measure: how French writes them behind a number, how English does, and one name that both share.

Symbols of the SI are the same in both languages and stay (BIPM brochure, 9th edition, 5.4); names are spelt the British
way. English takes no space before % and °C (UN Editorial Manual), French a fixed one.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TypeVar

from toolkit.text.tables import pairs

_Found = TypeVar("_Found")


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit of measure.

    Attributes:
        name: what values call it ("km").
        english: how it stands behind a number, singular.
        plural: the same for any other number than one.
        tight: whether no space comes between.
    """

    name: str
    english: str
    plural: str
    tight: bool = False


#: Symbols that both languages write, and French ones with their English; the value is the unit's name.
_SYMBOLS = pairs("""
km=km|m=m|cm=cm|mm=mm|km²=km²|km2=km²|m²=m²|m2=m²|cm²=cm²|cm2=cm²|m³=m³|m3=m³|cm³=cm³|cm3=cm³|ha=ha|kg=kg|g=g|mg=mg|t=t
kt=kt|Mt=Mt|l=l|L=l|cl=cl|ml=ml|mL=ml|hl=hl|km/h=km/h|m/s=m/s|kWh=kWh|MWh=MWh|GWh=GWh|TWh=TWh|kW=kW|MW=MW|GW=GW
W=W|V=V|kV=kV|Hz=Hz|kHz=kHz|MHz=MHz|GHz=GHz|hPa=hPa|bar=bar|dB=dB|°C=°C|°F=°F|ppm=ppm|nds=kn|kn=kn|nd=kn|mi=mi|NM=nmi
°=°|octet=B|octets=B|Ko=kB|ko=kB|Mo=MB|Go=GB|To=TB|Po=PB|Mbit/s=Mbit/s|Gbit/s=Gbit/s|Mb/s=Mbit/s|Gb/s=Gbit/s|min=min
""")
#: English symbols that differ from the name of the unit.
_ENGLISH_SYMBOLS = {"kn": "knots", "nmi": "nautical miles", "B": "bytes", "l": "litres", "mi": "miles", "min": "min"}
#: French names: unit = its name, its English singular and plural.
_NAMES = """
kilomètre = km, kilometre, kilometres
kilomètre carré = km², square kilometre, square kilometres
kilomètre par heure = km/h, kilometre per hour, kilometres per hour
kilomètre-heure = km/h, kilometre per hour, kilometres per hour
mètre = m, metre, metres
mètre carré = m², square metre, square metres
mètre cube = m³, cubic metre, cubic metres
centimètre = cm, centimetre, centimetres
millimètre = mm, millimetre, millimetres
hectare = ha, hectare, hectares
kilogramme = kg, kilogram, kilograms
kilo = kg, kilo, kilos
gramme = g, gram, grams
milligramme = mg, milligram, milligrams
tonne = t, tonne, tonnes
litre = l, litre, litres
hectolitre = hl, hectolitre, hectolitres
mille marin = nmi, nautical mile, nautical miles
mille nautique = nmi, nautical mile, nautical miles
nœud = kn, knot, knots
noeud = kn, knot, knots
pied = ft, foot, feet
pouce = in, inch, inches
degré Celsius = °C, degree Celsius, degrees Celsius
degré = °, degree, degrees
watt = W, watt, watts
mégawatt = MW, megawatt, megawatts
kilowattheure = kWh, kilowatt-hour, kilowatt-hours
baril = bbl, barrel, barrels
mégaoctet = MB, megabyte, megabytes
gigaoctet = GB, gigabyte, gigabytes
téraoctet = TB, terabyte, terabytes
point de pourcentage = pp, percentage point, percentage points
"""
#: Other English names, for reading: what reviewers and American texts write.
_OTHER_ENGLISH = """
km = kilometer, kilometers, km
km² = square kilometer, square kilometers, sq km, sq. km
km/h = kilometer per hour, kilometers per hour, kph, km/hr
m = meter, meters
m² = square meter, square meters, sq m, sq. m
m³ = cubic meter, cubic meters, cu m, cu. m
cm = centimeter, centimeters
mm = millimeter, millimeters
kg = kilogramme, kilogrammes, kgs
g = gramme, grammes
t = ton, tons, metric ton, metric tons, metric tonne, metric tonnes
l = liter, liters, L
ml = mL
nmi = NM
B = byte, bytes, B
kB = KB, kilobyte, kilobytes
MB = megabyte, megabytes
GB = gigabyte, gigabytes
TB = terabyte, terabytes
°C = degree Celsius, degrees Celsius, degree centigrade, degrees centigrade
min = minute, minutes
"""
_MOST_WORDS = 3


@cache
def _french() -> dict[str, Unit]:
    table = {}
    for symbol, name in _SYMBOLS.items():
        written = _ENGLISH_SYMBOLS.get(name, name)
        table[symbol] = Unit(name, written.removesuffix("s") if len(written) > 3 else written, written, name[0] == "°")
    for line in _NAMES.strip().splitlines():
        french, _, rest = line.partition(" = ")
        name, one, many = rest.split(", ")
        for words in (french, _plural(french)):
            table[words] = Unit(name, one, many)
    table["milles"] = table["mille marin"]  # "deux milles" are two miles: the number takes no s
    return table


def _plural(words: str) -> str:
    """Write "mètre carré" as "mètres carrés", "kilomètre par heure" as "kilomètres par heure"."""
    head, link, rest = words.partition(" par ")
    head, other, tail = (head, "", "") if link else head.partition(" de ")
    return " ".join(word if word == "Celsius" else word + "s" for word in head.split()) + other + tail + link + rest


@cache
def _english() -> dict[str, str]:
    table: dict[str, str] = {}
    for line in _NAMES.strip().splitlines():
        name, one, many = line.partition(" = ")[2].split(", ")
        table |= {one: name, many: name}
    for line in _OTHER_ENGLISH.strip().splitlines():
        name, _, words = line.partition(" = ")
        table |= dict.fromkeys(words.split(", "), name)
    table |= {_ENGLISH_SYMBOLS.get(name, name): name for name in _SYMBOLS.values()} | {
        name: name for name in _SYMBOLS.values()
    }
    return table


_UNIT_WORD = re.compile(r"[ \u00a0\u202f\u2009-]?((?:°\s?)?[^\W\d_]+(?:/[^\W\d_]+|[²³23](?!\w))?|°)")

_GLUED = re.compile(r"[\w’']")


def french_unit(text: str, at: int) -> tuple[Unit, int] | None:
    """The unit behind a French number that ends at ``at``, and where it ends; None when there is none."""
    return _longest(text, at, _french())


def english_unit(text: str, at: int) -> tuple[str, int] | None:
    """The name of the unit behind an English number ("85-metre" too), and where it ends."""
    return _longest(text, at, _english())


def _longest(text: str, at: int, table: dict[str, _Found]) -> tuple[_Found, int] | None:
    """Look up one to three words behind ``at``."""
    found = None
    words: list[str] = []
    while len(words) < _MOST_WORDS and (match := _UNIT_WORD.match(text, at)):
        words.append(match[1].replace("° ", "°"))
        at = match.end()
        if _GLUED.match(text, at):
            continue
        if (unit := table.get(" ".join(words))) or (unit := table.get("-".join(words))):
            found = unit, at
    return found
