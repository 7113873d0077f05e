"""Ordinals, centuries, numbered things, fractions and round quantities without a number, in running French.

"25ème", "1re", "XXIe siècle", "n° 12", "deux tiers", "plusieurs milliers de", "des milliards". Spelling of the French
forms: Lexique des règles typographiques en usage à l'Imprimerie nationale (1er, 1re, 2e); what else is found
(2ème, 2nd, 25ᵉ) is read, too. English sets the suffix on the line (New Hart's Rules 11.2).
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.capitals import fold
from toolkit.text.counting import english_ordinal_words, french_ordinals
from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.numbers import english_ordinal
from toolkit.text.tables import words

_S = "[ \u00a0\u202f\u2009]"
_SUFFIX = "(?:ers?|ère?s?|res?|èmes?|emes?|ièmes?|iemes?|es?|ndes?|nds?|ᵉʳ|ᵉ|ʳᵉ)"
_FIGURE = re.compile(
    rf"(?<!\w)(?<!\w[-/.,])(?P<number>\d{{1,4}}){_S}?{_SUFFIX}(?![\w’'])(?P<century>{_S}siècles?(?!\w))?", re.IGNORECASE
)
_ROMAN = re.compile(
    rf"(?<!\w)(?!Le\b)(?P<number>[IVXLC]{{1,7}})(?:{_SUFFIX})(?!\w)(?P<century>{_S}siècles?(?!\w))?"
    rf"(?P<era>{_S}(?:av|ap)\.{_S}J\.-C\.)?"
)
_BARE_CENTURY = re.compile(rf"(?<!\w)(?P<number>[IVXLC]{{1,7}}){_S}siècle(?!\w)")
_WORD = re.compile(r"(?<!\w)(?P<word>premi(?:er|ère)s?|[a-zà-ÿ-]{3,20}ièmes?)(?!\w)", re.IGNORECASE)
_NUMBERED = re.compile(rf"(?<!\w)(?P<plural>n°s|nᵒˢ)?(?(plural)|(?:n°|nº|N°|Nº|nᵒ)){_S}?(?P<number>\d[\w./–-]{{0,24}})")
_FRACTIONS = {
    "deux tiers": ("two thirds", "two-thirds"),
    "un tiers": ("a third", "one third", "one-third"),
    "trois quarts": ("three quarters", "three-quarters", "three fourths"),
    "un quart": ("a quarter", "one quarter", "one-quarter", "a fourth"),
    "la moitié": ("half", "one half"),
    "un dixième": ("a tenth", "one tenth", "one-tenth"),
}
_FRACTION = re.compile(
    rf"(?<!\w)(?P<all>les{_S})?(?P<words>" + "|".join(words.replace(" ", _S) for words in _FRACTIONS) + r")(?![\w-])",
    re.IGNORECASE,
)
_MANY = re.compile(
    rf"(?<![\w-])(?:(?P<lead>plusieurs|quelques|des){_S})?(?P<noun>dizaines|centaines|milliers|millions|milliards)"
    rf"(?:{_S}de{_S}(?P<more>millions|milliards|milliers))?(?![\w-])",
    re.IGNORECASE,
)
_MANY_ENGLISH = {
    "dizaines": "ten",
    "centaines": "hundred",
    "milliers": "thousand",
    "millions": "million",
    "milliards": "billion",
}
_DIGIT_BEFORE = re.compile(rf"(?:\d|[a-zà-ÿ]){_S}$", re.IGNORECASE)
_ROMAN_VALUES = {"I": 1, "V": 5, "X": 10, "L": 50, "C": 100}
_MOST = 4000


def find(text: str) -> Iterator[Fixture]:
    """The ordinals, numbered things, fractions and indefinite quantities of a French text; they may overlap."""
    for match in _FIGURE.finditer(text):
        yield _ordinal(match.start(), match.end(), int(match["number"]), bool(match["century"]), match[0])
    for match in _ROMAN.finditer(text):
        if (value := roman(match["number"])) and (found := _roman_ordinal(text, match, value)):
            yield found
    for match in _BARE_CENTURY.finditer(text):
        if value := roman(match["number"]):
            yield _ordinal(match.start(), match.end(), value, True, match[0])
    for match in _WORD.finditer(text):
        word = fold(match["word"])
        number = french_ordinals().get(word) or french_ordinals().get(word.removesuffix("S"))
        if number:
            ways = (english_ordinal_words(number), english_ordinal(number))
            yield Fixture(match.start(), match.end(), Kind.ORDINAL, ways, f"{number}.", settled=False, origin="ordinal")
    yield from _numbered(text)
    yield from _shares(text)
    yield from _indefinite(text)


def roman(numeral: str) -> int | None:
    """The value of a Roman numeral up to 399; None when it is not written as one ("IIX", "CIVIC")."""
    total, before = 0, 0
    for letter in reversed(numeral):
        value = _ROMAN_VALUES[letter]
        total += -value if value < before else value
        before = max(before, value)
    return total if _to_roman(total) == numeral else None


def _to_roman(number: int) -> str:
    out = ""
    for value, sign in (
        (100, "C"),
        (90, "XC"),
        (50, "L"),
        (40, "XL"),
        (10, "X"),
        (9, "IX"),
        (5, "V"),
        (4, "IV"),
        (1, "I"),
    ):
        out += sign * (number // value)
        number %= value
    return out


def _ordinal(start: int, end: int, number: int, century: bool, written: str) -> Fixture:
    """Write "25ème" as "25th", "XIXe siècle" as "19th century"."""
    ways = (english_ordinal(number), *((english_ordinal_words(number),) if number < _MOST else ()))
    if century:
        nouns = ("centuries", "century") if written.endswith("s") else ("century", "centuries")
        ways = tuple(f"{way} {noun}" for noun in nouns for way in ways)
    return Fixture(start, end, Kind.ORDINAL, ways, f"{number}.", origin="century" if century else "ordinal")


def _roman_ordinal(text: str, match: re.Match[str], value: int) -> Fixture | None:
    """Read "XXIe siècle", "XXIe session"; behind a name ("François Ier") the numeral alone."""
    before = re.search(rf"[A-ZÀ-Þ][\w’'-]+{_S}$", text[max(match.start() - 24, 0) : match.start()])
    if not match["century"] and before and match[0].endswith(("er", "ᵉʳ")):
        return Fixture(match.start(), match.end(), Kind.ORDINAL, (match["number"],), settled=False, origin="ruler")
    if len(match["number"]) == 1 and not match["century"] and match[0] not in ("Ier", "Ire", "Ve", "Xe"):
        return None
    found = _ordinal(match.start(), match.end(), value, bool(match["century"]), match[0] if not match["era"] else "")
    if match["era"]:
        era = "BC" if "av" in match["era"] else "AD"
        ways = tuple(f"{way} {era}" for way in found.english) + found.english
        return Fixture(found.start, found.end, found.kind, ways, found.value, origin=found.origin)
    return found


def _numbered(text: str) -> Iterator[Fixture]:
    """Write "n° 2025/118" as "No. 2025/118"."""
    for match in _NUMBERED.finditer(text):
        number = match["number"].rstrip("./–-")
        lead = "Nos" if match["plural"] else "No."
        ways = (f"{lead} {number}", f"no. {number}", f"number {number}", f"№ {number}", f"#{number}", f"No {number}")
        end = match.start("number") + len(number)
        yield Fixture(
            match.start(), end, Kind.CODE, ways, number if number.isdigit() else "", origin="number of a document"
        )


def _shares(text: str) -> Iterator[Fixture]:
    """Write "les deux tiers" as "two thirds": suggested only, for "two out of three" is as good."""
    for match in _FRACTION.finditer(text):
        key = " ".join(match["words"].lower().split())
        ways = _FRACTIONS[key]
        yield Fixture(match.start(), match.end(), Kind.NUMBER, ways, settled=False, origin="fraction")


def _indefinite(text: str) -> Iterator[Fixture]:
    """Write "plusieurs milliers de" as "several thousand", "dizaines de millions" as "tens of millions"."""
    for match in _MANY.finditer(text):
        if (
            not match["lead"]
            and _DIGIT_BEFORE.search(text[max(match.start() - 2, 0) : match.start()])
            and _counted(text, match)
        ):
            continue
        noun, lead = match["noun"].lower(), (match["lead"] or "").lower()
        one = _MANY_ENGLISH[noun]
        if match["more"]:
            more = _MANY_ENGLISH[match["more"].lower()]
            ways: tuple[str, ...] = (f"{one}s of {more}s", f"{one}s of {more}")
            start = match.start("noun")
        elif lead in ("plusieurs", "quelques"):
            word = "several" if lead == "plusieurs" else "a few"
            one = "dozen" if noun == "dizaines" else one
            ways = (f"{word} {one}", f"{one}s of", f"{one}s", f"several {one}", f"many {one}", f"a few {one}")
            start = match.start()
        else:
            start, ways = match.start("noun"), (f"{one}s", one)
        settled = noun != "dizaines" or bool(match["more"])
        yield _with_of(text, start, match.end(), ways, settled=settled, absorbs=lead in ("plusieurs", "quelques"))


def _counted(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands before "millions", so that it is an amount."""
    before = text[max(match.start() - 16, 0) : match.start()].rstrip()
    last = re.split(r"[\s’'-]", before)[-1].lower()
    return last[-1:].isdigit() or last in _NUMBER_WORDS


_NUMBER_WORDS = words(
    "un deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente quarante "
    "cinquante soixante cent cents mille"
)


def _with_of(text: str, start: int, end: int, ways: tuple[str, ...], *, settled: bool, absorbs: bool) -> Fixture:
    """Take in the "de" that English drops behind "several thousand"."""
    of = re.compile(rf"{_S}de(?={_S})|{_S}d[’']").match(text, end) if absorbs else None
    return Fixture(start, of.end() if of else end, Kind.NUMBER, ways, settled=settled, origin="indefinite number")
