"""“a” or “an”: by the sound of what follows, as far as its spelling tells."""

from __future__ import annotations

import re

from toolkit.text.tables import words

#: A word, a figure with its thousands, an acronym with its points.
_FIRST = re.compile(r"(?P<acronym>[A-Z](?:[A-Z0-9]|\.(?=[A-Z]))+(?=s?\b))|\d[\d,.]*|[^\W\d_]+")
#: Read "eight", "eleven", "eighteen", and their thousands.
_VOWEL_FIGURE = re.compile(r"8[\d,.]*|1[18](?:,?\d{3})*(?:\.\d+)?")
_VOWEL_SOUND = re.compile(r"[aeiouâàáåäéèêëîïôöó]|hour(?!i)|hono|honest|heir", re.IGNORECASE)
_CONSONANT_SOUND = re.compile(
    r"one(?![ir])|once|eu|ewe|uni(?![nm]|de)|unanim|unesco|uef|us[eau]|ut[eoi]|ura|ukr|uk\b|ubi|oui", re.IGNORECASE
)
_SPELT_WITH_VOWEL = frozenset("AEFHILMNORSX")
#: Acronyms read as words, and how long others must be to be read so.
_SPOKEN = words("ASEAN AIDS EUR FIFA NASA NATO PIN SIM UEFA UNESCO UNICEF")
_SURELY_SPOKEN = 6
_OPENING = "“‘(\"'"


def likely(term: str) -> str:
    """The indefinite article before a term, its letters spelt out where the spelling does not tell."""
    first = term.lstrip(_OPENING)[:1].upper()
    return article(term) or ("an" if first and first in _SPELT_WITH_VOWEL else "a")


def article(term: str) -> str:
    """The indefinite article before a term; "" where its spelling does not tell ("FARO", letters or a word?)."""
    found = _FIRST.match(term.lstrip(_OPENING))
    if not found:
        return ""
    word = found[0]
    if word[0].isdigit():
        return "an" if _VOWEL_FIGURE.fullmatch(word.rstrip(",.")) else "a"
    acronym = word.replace(".", "") if found["acronym"] else ""
    if acronym and acronym not in _SPOKEN and len(acronym) < _SURELY_SPOKEN:
        spelt = "an" if word[0] in _SPELT_WITH_VOWEL else "a"
        spoken = "an" if word[0] in "AEIOU" else "a"
        return spelt if spelt == spoken or "." in word or _unspeakable(acronym) else ""
    if len(word) == 1:
        return "an" if word.upper() in _SPELT_WITH_VOWEL else "a"
    return "an" if _VOWEL_SOUND.match(word) and not _CONSONANT_SOUND.match(word) else "a"


def _unspeakable(acronym: str) -> bool:
    """Whether letters have no vowel among the first three, so that nobody says them as a word: "MBA", "NCB"."""
    return not re.search("[AEIOUY]", acronym[:3]) or len(acronym) <= 2
