"""Numbers in words, French and English, as far as checks need them: what a figure in one may be in the other."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.tables import pairs


def _table(text: str) -> dict[str, int]:
    return {word: int(value) for word, value in pairs(text).items()}


_FRENCH = _table(
    "deux=2|trois=3|quatre=4|cinq=5|six=6|sept=7|huit=8|neuf=9|dix=10|onze=11|douze=12|treize=13|quatorze=14|quinze=15"
    "|seize=16|vingt=20|trente=30|quarante=40|cinquante=50|soixante=60|septante=70|huitante=80|nonante=90|vingts=20"
)
_FRENCH_MORE = _table(
    "un=1|une=1|cent=100|cents=100|mille=1000|millier=1000|dizaine=10|douzaine=12|quinzaine=15|vingtaine=20"
    "|trentaine=30|quarantaine=40|cinquantaine=50|soixantaine=60|centaine=100|huitaine=8|premier=1|première=1"
    "|deuxième=2|second=2|seconde=2|troisième=3|quatrième=4|demi=2|demie=30|tiers=3|quart=15|moitié=50|midi=12"
    "|minuit=12|double=2|triple=3"
)
_ENGLISH = _table(
    "one=1|two=2|three=3|four=4|five=5|six=6|seven=7|eight=8|nine=9|ten=10|eleven=11|twelve=12|thirteen=13|fourteen=14"
    "|fifteen=15|sixteen=16|seventeen=17|eighteen=18|nineteen=19|twenty=20|thirty=30|forty=40|fifty=50|sixty=60"
    "|seventy=70|eighty=80|ninety=90|hundred=100|thousand=1000|dozen=12|half=50|once=1|twice=2|thrice=3|first=1"
    "|second=2|third=3|fifth=5|eighth=8|ninth=9|twelfth=12|twentieth=20|thirtieth=30|fortieth=40|fiftieth=50"
    "|sixtieth=60|seventieth=70|eightieth=80|ninetieth=90"
)
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_TENS = 20


def french_values(text: str) -> Iterator[int]:
    """Values of all numbers that a French sentence has in words, or in Roman figures ("XIXe siècle")."""
    text = text.lower()
    for match in _WORD.finditer(text):
        word = match[0]
        value = _FRENCH_MORE.get(word) or _cardinal(word) or _cardinal(re.sub(r"i[èe]mes?$", "", word))
        if value:
            yield value
    for match in re.finditer(r"\b([ivxlc]+)(?:er|e|ème)?\b", text):
        values = [_ROMAN[letter] for letter in match[1]]
        yield sum(-a if a < b else a for a, b in zip(values, [*values[1:], 0], strict=True))


def french_cardinals(text: str) -> Iterator[tuple[int, int, str]]:
    """Numbers from two to ninety-nine in words: value, offset and the word; names ("Trois-Rivières") are left out."""
    for match in _WORD.finditer(text):
        word = match[0]
        if (match.start() == 0 or word[0].islower()) and (value := _cardinal(word.lower())):
            behind = text[match.end() :].lstrip()[:5].lower()
            if not behind.startswith(("cent", "mille", "milli")) and not text[: match.start()].rstrip().endswith(
                "cent"
            ):
                yield value, match.start(), word


def _cardinal(word: str) -> int:
    """Add "soixante-douze", multiply "quatre-vingts"; 0 for what is no number."""
    total = 0
    for part in word.split("-"):
        if part in ("et", "un", "une", "unième") and total:
            total += part != "et"
        elif part not in _FRENCH:
            return 0
        else:
            total = total * _TENS if total == 4 and _FRENCH[part] == _TENS else total + _FRENCH[part]
    return total


def english_values(text: str) -> Iterator[int]:
    """Values of the numbers that an English sentence has in words: "nineteen", "thirty-first", "eighties"."""
    for word in re.findall(r"[a-z]+", text.lower()):
        if value := _english(word):
            yield value
    for tens, units in re.findall(r"\b([a-z]{3,6}ty)[- ]([a-z]{3,7})", text.lower()):
        if _english(tens) >= _TENS and 0 < _english(units) < 10:
            yield _english(tens) + _english(units)


def _english(word: str) -> int:
    for form in (word, re.sub(r"(?:th|s|fold)$", "", word), re.sub(r"ies$", "y", word)):
        if form in _ENGLISH:
            return _ENGLISH[form]
    return 0
