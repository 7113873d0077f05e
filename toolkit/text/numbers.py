"""Figures of French and English text: converting a number that stands alone, and comparing two sentences' figures.

French groups thousands by a (no-break) space and marks decimals with a comma; English uses comma and point.
"""

from __future__ import annotations

import re
from collections import Counter

_SPACE = r"[ \u00a0\u202f\u2009]"
_FRENCH_NUMBER = rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?"
_BARE = re.compile(
    rf"(?P<sign>[+−-]?)(?P<number>{_FRENCH_NUMBER})(?:{_SPACE}?(?P<unit>%|‰|€|\$|£|°C|°|km|kg|m|cm|ha|t))?"
)
_ORDINAL = re.compile(r"(?P<number>\d+)\s?(?:er|ère|re|e|ème|ième|eme|nd|nde)s?")
_CLOCK = re.compile(rf"(?P<hour>[01]?\d|2[0-3]){_SPACE}?[hH]{_SPACE}?(?P<minute>[0-5]\d)?")
_CURRENCIES = frozenset("€$£")

_FIGURE = re.compile("(?<!\\d)\\d{1,3}(?:[ \u00a0\u202f\u2009,.]\\d{3})+(?!\\d)|\\d+")


def french_number(number: str) -> str:
    """``"1 333,5"`` gives ``"1,333.5"``; four figures without a space stay as they are (a year)."""
    whole, _, decimals = number.partition(",")
    grouped = re.sub(r"\s", ",", whole)
    return f"{grouped}.{decimals}" if decimals else grouped


def english_ordinal(number: int) -> str:
    """``25`` gives ``"25th"``, ``1`` ``"1st"``, ``112`` ``"112th"``."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


def bare_number(text: str) -> str | None:
    """Convert a French number that is all there is.

    Args:
        text: ``"1 333"``, ``"3,2 %"``, ``"1 200 €"``, ``"25ème"``, ``"10 h 30"``.

    Returns:
        ``"1,333"``, ``"3.2%"``, ``"€1,200"``, ``"25th"``, ``"10:30"``; None when the text is anything else.
    """
    if match := _BARE.fullmatch(text):
        number, unit = french_number(match["number"]), match["unit"] or ""
        if unit in _CURRENCIES:
            return f"{match['sign']}{unit}{number}" if unit else match["sign"] + number
        return f"{match['sign']}{number}{'' if unit in ('', '%', '‰', '°', '°C') else ' '}{unit}"
    if match := _ORDINAL.fullmatch(text):
        return english_ordinal(int(match["number"]))
    if match := _CLOCK.fullmatch(text):
        return f"{int(match['hour'])}:{match['minute'] or '00'}"
    return None


def numbers_of(text: str) -> tuple[str, ...]:
    """Find the figures of a text, in a form that does not depend on the language.

    Args:
        text: French or English.

    Returns:
        In order, digits with thousands separators removed: ``"1 333"``, ``"1,333"`` and ``"1333"`` give ``"1333"``;
        ``"3,2"`` and ``"3.2"`` give ``"3"``, ``"2"``; ``"25ème"`` gives ``"25"``, ``"24/7"`` gives ``"24"``, ``"7"``.
    """
    return tuple(re.sub(r"\D", "", match[0]).lstrip("0") or "0" for match in _FIGURE.finditer(text))


def missing_numbers(source: str, target: str) -> tuple[str, ...]:
    """Figures of the source that the target lacks. Numbers written in words are not looked at.

    Args:
        source: the French sentence.
        target: its English.

    Returns:
        Each missing figure as ``numbers_of`` writes it, in the source's order; () when all are there. ``1er`` may have
        become "first" and ``21`` "twenty-one": a figure up to 12 counts as present when its English word is.
    """
    present = Counter(numbers_of(target))
    words = set(re.findall(r"[a-z]+", target.lower()))
    missing = []
    for number in numbers_of(source):
        if present[number]:
            present[number] -= 1
        elif not words & _IN_WORDS.get(number, frozenset()):
            missing.append(number)
    return tuple(missing)


_IN_WORDS = {
    str(value): frozenset(names.split())
    for value, names in enumerate(
        (
            "zero no",
            "one first once",
            "two second twice both",
            "three third",
            "four fourth",
            "five fifth",
            "six sixth",
            "seven seventh",
            "eight eighth",
            "nine ninth",
            "ten tenth",
            "eleven eleventh",
            "twelve twelfth",
        )
    )
}
