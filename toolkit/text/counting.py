"""Numbers written in words, French and English: "dix-neuf" is 19, "two hundred and thirty" 230.

French as the Imprimerie nationale writes it (with or without the hyphens of 1990, and the Belgian and Swiss septante,
huitante, nonante); English as New Hart's Rules: hyphen in twenty-five, "and" behind hundred. A row of words counts only
when it is how its own value is written, so "deux trois" is no number.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from toolkit.text.capitals import fold

_UNITS: list[str] = re.findall(
    r"\S+",
    "zéro un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize dix-sept "
    "dix-huit dix-neuf",
)
_TENS = {20: "vingt", 30: "trente", 40: "quarante", 50: "cinquante", 60: "soixante"}
_REGIONAL = {"septante": "soixante-dix", "huitante": "quatre-vingt", "octante": "quatre-vingt"}
_ENGLISH_UNITS: list[str] = re.findall(
    r"\S+",
    "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen",
)
_ENGLISH_TENS = {
    20: "twenty",
    30: "thirty",
    40: "forty",
    50: "fifty",
    60: "sixty",
    70: "seventy",
    80: "eighty",
    90: "ninety",
}
_IRREGULAR = {
    "one": "first",
    "two": "second",
    "three": "third",
    "five": "fifth",
    "eight": "eighth",
    "nine": "ninth",
    "twelve": "twelfth",
}
_TEN, _TWENTY, _SEVENTY, _EIGHTY, _HUNDRED, _THOUSAND = 10, 20, 70, 80, 100, 1000
_MOST = 1_000_000

#: A word of a French number, and a row of them.
FRENCH_WORD = (
    "(?:z[ée]ro|une?|deux|trois|quatre|cinq|six|sept|huit|neuf|dix|onze|douze|treize|quatorze|quinze|seize|vingts?|"
    "trente|quarante|cinquante|soixante|septante|huitante|octante|nonante|cents?|mille)"
)
_GAP = "[ \u00a0\u202f\u2009]"
FRENCH_ROW = rf"{FRENCH_WORD}(?:(?:[-‑]|{_GAP}et{_GAP}|-et-|{_GAP}){FRENCH_WORD}){{0,12}}(?![\w’'-])"
#: The same for English; "a" and "half" only where the whole row asks for it.
ENGLISH_WORD = (
    "(?:zero|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|"
    "seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety|hundred|thousand)"
)
ENGLISH_ROW = (
    rf"(?:an?{_GAP}(?=hundred|thousand))?{ENGLISH_WORD}"
    rf"(?:(?:[-‑]|{_GAP}and{_GAP}|{_GAP}){ENGLISH_WORD}){{0,12}}(?![\w’'])"
)
#: "une trentaine": nouns for a round number.
COLLECTIVES = {
    "dizaine": 10,
    "douzaine": 12,
    "quinzaine": 15,
    "vingtaine": 20,
    "trentaine": 30,
    "quarantaine": 40,
    "cinquantaine": 50,
    "soixantaine": 60,
    "centaine": 100,
    "millier": 1000,
}


def french_words(number: int) -> str:
    """``21`` gives ``"vingt et un"``, ``280`` ``"deux cent quatre-vingts"``; from 0 to 999,999."""
    if number < _TWENTY:
        return _UNITS[number]
    if number < _HUNDRED:
        return _french_tens(number)
    if number < _THOUSAND:
        return _french_large(number, _HUNDRED, "cent")
    return _french_large(number, _THOUSAND, "mille")


def _french_tens(number: int) -> str:
    base = 60 if _SEVENTY <= number < _EIGHTY else 80 if number >= _EIGHTY else number // _TEN * _TEN
    head = "quatre-vingt" if base == _EIGHTY else _TENS[base]
    rest = number - base
    if not rest:
        return head + ("s" if base == _EIGHTY else "")
    joined = " et " if rest in (1, 11) and base != _EIGHTY else "-"
    return head + joined + _UNITS[rest]


def _french_large(number: int, step: int, name: str) -> str:
    count, rest = divmod(number, step)
    head = name if count == 1 else f"{french_words(count)} {name}"
    if rest:
        return f"{head} {french_words(rest)}"
    return head + ("s" if step == _HUNDRED and count > 1 else "")


def english_words(number: int) -> str:
    """``21`` gives ``"twenty-one"``, ``230`` ``"two hundred and thirty"``; from 0 to 999,999."""
    if number < _TWENTY:
        return _ENGLISH_UNITS[number]
    if number < _HUNDRED:
        rest = number % _TEN
        return _ENGLISH_TENS[number - rest] + (f"-{_ENGLISH_UNITS[rest]}" if rest else "")
    step, name = (_HUNDRED, "hundred") if number < _THOUSAND else (_THOUSAND, "thousand")
    count, rest = divmod(number, step)
    link = " " if not rest else " and " if rest < _HUNDRED else " "
    return f"{english_words(count)} {name}{link}{english_words(rest) if rest else ''}".rstrip()


def english_ordinal_words(number: int) -> str:
    """``25`` gives ``"twenty-fifth"``."""
    words = english_words(number)
    head, last = words[: -len(re.split(r"[ -]", words)[-1])], re.split(r"[ -]", words)[-1]
    if last in _IRREGULAR:
        return head + _IRREGULAR[last]
    return head + (last[:-1] + "ieth" if last.endswith("y") else last + "th")


@cache
def ordinals() -> dict[str, int]:
    """The English ordinals in words up to ninety-ninth, and hundredth."""
    return {english_ordinal_words(number): number for number in (*range(1, _HUNDRED), _HUNDRED)}


@cache
def french_ordinals() -> dict[str, int]:
    """The French ordinals in words up to "vingtième", folded; "second" is left out: it is a unit of time, too."""
    table = {"PREMIER": 1, "PREMIERE": 1}
    for number in range(2, _TWENTY + 1):
        word = french_words(number)
        stem = {"cinq": "cinqu", "neuf": "neuv"}.get(word, word.removesuffix("e"))
        table[fold(stem + "ième")] = number
    return table


@lru_cache(maxsize=4096)
def read_french(row: str) -> int | None:
    """The number a row of French words is; None when it is none ("deux trois", "cent mille cent mille")."""
    words = [_REGIONAL.get(word, word) for word in re.split(r"[\s‑-]+", row.lower()) if word != "et"]
    plain = [part for word in words for part in re.split("-", word.replace("nonante", "quatre-vingt-dix"))]
    plain = [word.replace("zero", "zéro") for word in plain]
    value = _sum(["un" if word == "une" else word for word in plain])
    if value is None or value >= _MOST:
        return None
    told = [word for word in re.split(r"[\s-]+", french_words(value)) if word != "et"]
    return value if list(map(_singular, told)) == list(map(_singular, plain)) else None


def _singular(word: str) -> str:
    """A word of a number without what spelling may vary: plural -s of vingt and cent, une."""
    return {"vingts": "vingt", "cents": "cent", "une": "un"}.get(word, word)


_VALUES = {word: value for value, word in enumerate(_UNITS[:17])} | {word: value for value, word in _TENS.items()}
_VALUES |= {"vingts": 20}


def _sum(words: list[str]) -> int | None:
    total, current = 0, 0
    for word in words:
        if word == "mille":
            total, current = total + max(current, 1) * _THOUSAND, 0
        elif word in ("cent", "cents"):
            current = current * _HUNDRED if current else _HUNDRED
        elif word in ("vingt", "vingts") and current % _HUNDRED == 4:  # quatre-vingts
            current += 76
        elif word in _VALUES:
            current += _VALUES[word]
        else:
            return None
    return total + current


_ENGLISH_VALUES = {word: value for value, word in enumerate(_ENGLISH_UNITS)} | {
    word: value for value, word in _ENGLISH_TENS.items()
}


def read_english(row: str) -> int | None:
    """The number a row of English words is; None when it is none ("two three")."""
    words = [word for word in re.split(r"[\s‑-]+", row.lower()) if word != "and"]
    if words[0] in ("a", "an"):
        words[0] = "one"
    if words[0] in ("hundred", "thousand"):
        words.insert(0, "one")
    total, current = 0, 0
    for word in words:
        if word == "thousand":
            total, current = total + current * _THOUSAND, 0
        elif word == "hundred":
            current *= _HUNDRED
        else:
            current += _ENGLISH_VALUES[word]
    value = total + current
    told = [word for word in re.split(r"[\s-]+", english_words(value)) if word != "and"] if value < _MOST else []
    return value if told == words else None
