"""Words as search compares them: without case and accents, ligatures undone. index.js does the same to a query."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from functools import lru_cache
from itertools import chain

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = {"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"}


class _Folded(dict[int, str]):
    """Code point of a decomposed small letter → as it is compared; filled as letters are met."""

    def __missing__(self, code: int) -> str:
        letter = chr(code)
        kept = "" if unicodedata.category(letter).startswith("M") else _LIGATURES.get(letter, letter)
        self[code] = kept
        return kept


_FOLDED = _Folded()

#: A word is searched by its first letters: no real word is longer, and one without end must not fill the index.
LONGEST_WORD = 40


def fold(text: str) -> str:
    """Text as search compares it: no case, no accents, ligatures undone. index.js folds the query the same way."""
    if text.isascii():
        return text.lower()
    # Lower case twice decomposed: capitals of mathematics only show as such after the first, "İ" needs the second.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    return decomposed.translate(_FOLDED)


def words_of(text: str) -> list[str]:
    """The folded words of a text, in order."""
    return _WORD.findall(fold(text))


def vocabulary(texts: Iterable[str]) -> frozenset[str]:
    """Every word of some texts once, folded and cut to ``LONGEST_WORD`` letters."""
    # White space parts words however they are folded: each run of letters is folded once, and most are known already.
    runs = set(" ".join(texts).split())
    return frozenset(chain.from_iterable([_known(run) if len(run) <= LONGEST_WORD else _cut(run) for run in runs]))


def _cut(run: str) -> tuple[str, ...]:
    return tuple([word[:LONGEST_WORD] for word in words_of(run)])


_known = lru_cache(maxsize=16_384)(_cut)


def sorted_words(words: Iterable[str]) -> list[str]:
    """Words sorted as JavaScript compares strings: by UTF-16 units, which differs from Python beyond U+FFFF."""
    found = list(words)
    return sorted(found) if all(map(str.isascii, found)) else sorted(found, key=_utf16)


def _utf16(word: str) -> bytes:
    return word.encode("utf-16-be", "surrogatepass")


# -- front coding: a sorted list in which each word only says how it differs from the one before ------------------

#: Digits of numbers in the search files (RFC 4648, table 2).
DIGITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_VALUES = {digit: value for value, digit in enumerate(DIGITS)}


def front_coded(words: Iterable[str]) -> Iterator[str]:
    """Each word as one digit, the number of letters it shares with the one before, and its other letters."""
    previous = ""
    for word in words:
        shared, most = 0, min(len(previous), len(word))
        while shared < most and previous[shared] == word[shared]:
            shared += 1
        # What is shared holds no letter beyond U+FFFF: JavaScript would count it as two.
        if shared and not word.isascii():
            shared = next((at for at, letter in enumerate(word[:shared]) if letter > "\uffff"), shared)
        yield DIGITS[shared] + word[shared:]
        previous = word


def packed(words: Iterable[str]) -> str:
    """A vocabulary as a short string; ``unpacked`` gives the words again, in order."""
    return " ".join(front_coded(sorted_words(words)))


def unpacked(text: str) -> Iterator[str]:
    """The words of a packed vocabulary."""
    previous = ""
    for coded in text.split():
        previous = previous[: _VALUES[coded[0]]] + coded[1:]
        yield previous
