"""All-capital headlines: to sentence case for a model that never saw capitals, and back.

Capitals hide what is a name. What the release itself writes in small letters elsewhere tells: ``casing`` collects it.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping
from functools import lru_cache

from toolkit.text.tables import words

_WORD = re.compile(r"[^\W_]+")
_DOT_LETTER = re.compile(r"\.[A-Z]")
_VOWELS = frozenset("AEIOUYŒÆ")
#: Abbreviations with vowels that French releases use; those without a vowel are seen by rule.
ACRONYMS = words(
    """
    AFP ANSSI CEDEAO CEE CIJ CNIL COVID CPI EUROPOL FAO FRONTEX HCR INTERPOL OCDE OEA OIM OIT OMC OMI OMS ONG
    ONU ONUDC OSCE OTAN PIB PME RDC TVA UA UE UNESCO UNICEF USD EUR EUROJUST IA ADN ETA UEMOA
    """
)
_LEAST_LETTERS = 4


@lru_cache(maxsize=16_384)
def fold(word: str) -> str:
    """A word in capitals without accents, as headlines print it: ``"État"`` gives ``"ETAT"``."""
    decomposed = unicodedata.normalize("NFD", word.upper())
    return "".join(character for character in decomposed if not unicodedata.combining(character))


def is_capitals(text: str) -> bool:
    """Whether a line is a headline in capitals: no small letter, and more than an abbreviation in it.

    Args:
        text: one sentence.

    Returns:
        True for ``"UN ACCORD EST SIGNÉ"``, False for ``"OMS"``, ``"COP 21"`` and lines with any small letter.
    """
    found = _WORD.findall(text)
    letters = [character for character in text if character.isalpha()]
    if any(character.islower() for character in letters) or len(letters) < _LEAST_LETTERS:
        return False
    plain = [word for word in found if word.isalpha() and not is_acronym(word)]
    return any(len(word) >= _LEAST_LETTERS for word in plain)


def is_acronym(word: str) -> bool:
    """Whether a word in capitals is an abbreviation: listed, with a figure in it, or without a vowel."""
    folded = fold(word)
    return folded in ACRONYMS or any(c.isdigit() for c in word) or (len(word) > 1 and not _VOWELS & set(folded))


def casing(texts: Iterable[str]) -> dict[str, str]:
    """Collect how running text writes its words, for ``sentence_case``.

    Args:
        texts: sentences of the same release; those in capitals, and first words, say nothing and are skipped.

    Returns:
        Each word by its folded capitals, in its most frequent form (``{"ETAT": "État", "LYON": "Lyon"}``).
    """
    forms: dict[str, Counter[str]] = {}
    for text in texts:
        if is_capitals(text):
            continue
        for word in _WORD.findall(text)[1:]:
            forms.setdefault(fold(word), Counter())[word] += 1
    return {key: max(sorted(count), key=count.__getitem__) for key, count in forms.items()}


def sentence_case(text: str, known: Mapping[str, str] | None = None) -> str:
    """Write a headline in capitals as a sentence.

    Args:
        text: text in capitals.
        known: what ``casing`` found in the release; its forms win.

    Returns:
        Small letters with an initial capital; abbreviations stay, and a lone A is the preposition à.
    """
    known = known or {}

    def small(match: re.Match[str]) -> str:
        word = match[0]
        if fold(word) in known:
            return known[fold(word)]
        dotted = _DOT_LETTER.match(text, match.end()) or text[match.start() - 1 : match.start()] == "."
        if dotted or is_acronym(word):
            return word
        return "à" if word == "A" and match.start() > 0 else word.lower()

    lowered = _WORD.sub(small, text)
    first = next((at for at, character in enumerate(lowered) if character.isalpha()), 0)
    return lowered[:first] + lowered[first : first + 1].upper() + lowered[first + 1 :]


def to_capitals(text: str) -> str:
    """Write an English sentence as a headline in capitals; dotted or not, abbreviations are capitals already."""
    return text.upper()
