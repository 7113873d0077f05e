"""French text ↔ words that can be compared: elision, contraction, dotted acronyms, every kind of space and hyphen.

A term and a sentence are cut by the same rules, so a typographic apostrophe, a no-break space, "B.C.N." for "BCN" or
"œ" for "oe" make no difference. Elision and contraction:
Grevisse and Goosse, *Le bon usage*.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

from toolkit.text.tables import words

HYPHENS = "-\u2010\u2011\u2012\u2013"
APOSTROPHES = "'’‘ʼ′"
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u2060\ufeff"
_TOKEN = re.compile(rf"(?P<dotted>(?:[A-ZÀ-ÖØ-Þ]\.){{2,}}(?:[A-ZÀ-ÖØ-Þ](?!\w))?)|\w[\w\u0300-\u036f{_INVISIBLE}]*")
_TO_REMOVE = re.compile(f"[{_INVISIBLE}]")
_GAP_APOSTROPHE = re.compile(rf"[{APOSTROPHES}]\s*")
_GAP_HYPHEN = re.compile(rf"[{HYPHENS}]")

#: Words that lose their vowel before another, as they are written there → whole.
ELIDED = {
    mark: mark + "e" for mark in ("l", "d", "qu", "s", "n", "j", "m", "t", "c", "jusqu", "lorsqu", "puisqu", "quoiqu")
}
#: Keys of function words. The forms with the article compare equal, whatever its gender and number.
DE, DE_THE, TO, TO_THE, THE = "de", "de+le", "à", "à+le", "le"
_FUNCTION = {"de": DE, "du": DE_THE, "des": DE_THE, "à": TO, "au": TO_THE, "aux": TO_THE}
_FUNCTION |= dict.fromkeys(("le", "la", "les"), THE)
_OTHER_FUNCTION = words(
    """
    en et ou par pour sur sous dans contre avec sans entre vers chez selon dès depuis pendant hors auprès envers que
    qui dont où ni mais donc or car si ne pas se ce je me te un une lors afin tout
    """
)


class Token(NamedTuple):
    """A word of a text: offsets, the word in one spelling (NFC, "oe", no dots, no soft hyphens), what is before it.

    ``gap`` is " " for any white space, "'" for any apostrophe, "-" for any hyphen, "" at the start, else as written.
    """

    start: int
    end: int
    text: str
    gap: str
    dotted: bool = False


class Unit(NamedTuple):
    """A word to compare; "de la" and "à l’" are one.

    Attributes:
        start, end: offsets in the text.
        text: the word in one spelling.
        key: canonical: of function words see ``DE`` …, otherwise the word without capitals and accents.
        gap: what stands before it (see ``Token``).
        token: index of its first token.
        second: offset where the article of "de la" begins; -1 where the article is fused or there is none.
        content: whether it is a word that inflects: no preposition, article, conjunction.
        dotted: whether it is an acronym with dots.
    """

    start: int
    end: int
    text: str
    key: str
    gap: str
    token: int
    second: int
    content: bool
    dotted: bool


@lru_cache(maxsize=1 << 16)
def plain(word: str) -> str:
    """A word without capitals, accents and ligatures: "Œuvré" gives "oeuvre"."""
    word = word.lower()
    if word.isascii():
        return word
    word = word.replace("œ", "oe").replace("æ", "ae")
    return "".join(letter for letter in unicodedata.normalize("NFD", word) if not unicodedata.combining(letter))


def tokens(text: str) -> list[Token]:
    """The words of a text, in order."""
    found: list[Token] = []
    at = 0
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        dotted = match["dotted"] is not None
        word = match[0].replace(".", "") if dotted else _one_spelling(match[0])
        found.append(Token(start, end, word, _gap(text[at:start]) if found else "", dotted))
        at = end
    return found


@lru_cache(maxsize=1 << 16)
def _one_spelling(word: str) -> str:
    if word.isascii():
        return word
    word = unicodedata.normalize("NFC", _TO_REMOVE.sub("", word))
    return word.replace("œ", "oe").replace("Œ", "OE" if word.isupper() else "Oe").replace("æ", "ae")


@lru_cache(maxsize=1 << 10)
def _gap(between: str) -> str:
    if not between.strip():
        return " "
    if _GAP_APOSTROPHE.fullmatch(between):
        return "'"
    if _GAP_HYPHEN.fullmatch(between):
        return "-"
    return " ".join(between.split())


def units(cut: list[Token]) -> list[Unit]:
    """Words to compare, from the tokens of a term or a sentence."""
    found: list[Unit] = []
    index = 0
    while index < len(cut):
        token = cut[index]
        after = cut[index + 1] if index + 1 < len(cut) else None
        word = token.text.lower()
        if after is not None and after.gap == "'":
            word = ELIDED.get(word, word)
        key = TO if token.text == "A" and _is_article(after, cut, index + 1) else _FUNCTION.get(word, "")
        last, second = token, -1
        if key in (DE, TO) and after is not None and _is_article(after, cut, index + 1):
            key, last, second = (DE_THE if key == DE else TO_THE), after, after.start
            index += 1
        content = not key and word not in _OTHER_FUNCTION
        found.append(
            Unit(
                token.start,
                last.end,
                token.text,
                key or plain(word),
                token.gap,
                index - (second >= 0),
                second,
                content,
                token.dotted,
            )
        )
        index += 1
    return found


def path(french: str) -> tuple[str, ...]:
    """The keys of a term's words, each with what joins it to the one before; a short cut for plain words."""
    if french.replace(" ", "").isalnum() and " la" not in french.lower() and " l" not in french[-2:]:
        keys = [_FUNCTION.get(word) or plain(word) for word in french.lower().split()]
        return (keys[0], *(f" {key}" for key in keys[1:]))
    cut = units(tokens(french))
    return tuple(joint(unit) + unit.key if at else unit.key for at, unit in enumerate(cut))


def first_key(french: str) -> str:
    """The first key of a term's path, "" where it has no word; a short cut for plain words."""
    word = next(iter(french.lower().split(None, 1)), "")
    if word.isalnum() and word not in ELIDED and word not in ("de", "à", "a"):
        return _FUNCTION.get(word) or plain(word)
    return next(iter(path(french)), "")


def joint(unit: Unit) -> str:
    """What joins a word to the one before it in a key: any space and any apostrophe is one blank."""
    return " " if unit.gap in (" ", "'") else f" {unit.gap} "


def _is_article(token: Token | None, cut: list[Token], index: int) -> bool:
    """Whether "la" or "l’" stands here, behind a space."""
    if token is None or token.gap != " ":
        return False
    word = token.text.lower()
    return word == "la" or (word == "l" and index + 1 < len(cut) and cut[index + 1].gap == "'")
