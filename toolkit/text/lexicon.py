"""Which English words speak for being the translation of which French ones: a small table of word pairs.

It tells translations apart from other sentences; it translates nothing. Words are compared by their first letters, so
that most inflections are one word; figures by their digits, so that "1 333" and "1,333" are one figure.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from types import MappingProxyType

#: Letters of a word that are compared.
LETTERS = 6
#: Times likelier than by chance: a figure or name that both sentences have, a word that begins alike in both.
SAME_NAME, SAME_WORD = 400.0, 60.0
#: Words that may be the same by chance: shorter ones are other words ("but", "son").
_LEAST_LETTERS = 4

_TOKEN = re.compile(r"\d+(?:[ \u00a0\u202f\u2009.,]\d{3}(?!\d))*(?:[.,]\d+)?|[^\W\d_]{2,}")
_SEPARATORS = re.compile(r"\D")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "Œ": "Oe", "Æ": "Ae"})


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a sentence as it is compared.

    Attributes:
        key: its first letters in lower case without accents; a figure's digits.
        same: times likelier than by chance that the key stands in the translation, too; 0 for words that say nothing.
    """

    key: str
    same: float


@dataclass(frozen=True, slots=True)
class Lexicon:
    """The table.

    Attributes:
        rows: French key → English key → times likelier than by chance that one stands in the other's translation.
        french, english: keys of words that stand in every other sentence and tell nothing.
    """

    rows: Mapping[str, Mapping[str, float]]
    french: frozenset[str]
    english: frozenset[str]

    def of_french(self, text: str) -> tuple[Word, ...]:
        """The telling words of a bare French sentence, in order."""
        return tuple(word for word in words(text) if word.key not in self.french)

    def of_english(self, text: str) -> tuple[Word, ...]:
        """The telling words of a bare English sentence, in order."""
        return tuple(word for word in words(text) if word.key not in self.english)

    def expected(self, word: Word) -> Mapping[str, float]:
        """English keys that a French word speaks for, each with how much."""
        row = self.rows.get(word.key)
        if row is None:
            return {word.key: word.same} if word.same else {}
        return row if word.key in row or word.same < SAME_NAME else {**row, word.key: word.same}


@lru_cache(maxsize=1 << 14)
def words(text: str) -> tuple[Word, ...]:
    """The words and figures of a bare sentence in either language, in order."""
    found = []
    for match in _TOKEN.finditer(text.translate(_LIGATURES)):
        token = match[0]
        if token[0].isdigit():
            digits = _SEPARATORS.sub("", token).lstrip("0") or "0"
            found.append(Word(digits, SAME_NAME if len(digits) > 1 else SAME_WORD))
            continue
        key = _folded(token)
        name = token.isupper() or (match.start() > 0 and token[0].isupper())
        alike = len(token) >= _LEAST_LETTERS or (token.isupper() and len(token) > 1)
        found.append(Word(key, (SAME_NAME if name else SAME_WORD) if alike else 0.0))
    return tuple(found)


def _folded(word: str) -> str:
    letters = unicodedata.normalize("NFKD", word.lower())
    return "".join(letter for letter in letters if not unicodedata.combining(letter))[:LETTERS]


@cache
def french_english() -> Lexicon:
    """The packaged table, read once."""
    text = resources.files("toolkit").joinpath("data/lexicon/fr-en.tsv").read_text(encoding="utf-8")
    rows: dict[str, Mapping[str, float]] = {}
    silent = {"!fr": frozenset[str](), "!en": frozenset[str]()}
    for line in text.splitlines():
        french, _, rest = line.partition("\t")
        if french in silent:
            silent[french] = frozenset(rest.split())
        elif rest:
            rows[french] = _row(rest)
    return Lexicon(MappingProxyType(rows), silent["!fr"], silent["!en"])


def _row(text: str) -> Mapping[str, float]:
    pairs = (pair.rpartition(":") for pair in text.split())
    return {english: 2.718281828 ** (int(tenths) / 10) for english, _, tenths in pairs}
