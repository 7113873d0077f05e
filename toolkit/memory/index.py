"""What sentences are found by: hashes of their words, their shape without figures, and pairs of neighbouring words.

A pair of neighbouring words is an n-gram that is both rare and robust: a sentence of m words has m + 1 of them (its
beginning and end count), and changing one word loses two. So of two sentences that are alike by three quarters or more
some pairs are always the same, and it is enough to look up the rarest ones. Pairs are hashed into BUCKETS, which keeps
the index small; that others share a bucket only makes for some more candidates.
"""

from __future__ import annotations

import re
from array import array
from collections.abc import Sequence
from hashlib import blake2b
from zlib import crc32

from toolkit.text.dates import DAYS, MONTHS
from toolkit.text.difference import NUMBER_WORDS, words

BUCKETS = 1 << 18
_EDGE = 0x5F3759DF
_MIX = 0x9E3779B1

_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+")
_ORDINAL = re.compile(r"(\d)\s?(?:ers?|ères?|res?|i?èmes?|emes?|es?|nds?|ndes?)\b")
_VARIABLE = frozenset((*MONTHS, *DAYS, *NUMBER_WORDS))


def shape(text: str) -> str:
    """A bare sentence's words with every figure, number in words, date and address alike; "" where there is none."""
    if not any(map(str.isdigit, text)) and "@" not in text and "://" not in text:
        return ""
    kept = [
        "0" if word[0].isdigit() or word in _VARIABLE else word
        for word in words(_ORDINAL.sub(r"\1", _ADDRESS.sub(" 0 ", text)))
    ]
    return " ".join(kept) if "0" in kept else ""


def digest(text: str) -> int:
    """64 bits of a text, as SQLite's signed integers."""
    return int.from_bytes(blake2b(text.encode("utf-8", "surrogatepass"), digest_size=8).digest(), "big", signed=True)


class Hasher:
    """Hashes words to 32 bits; remembers the ones it has met, which in running text are few."""

    def __init__(self) -> None:
        self._known: dict[str, int] = {}

    def codes(self, text: str) -> array[int]:
        """The words of a bare sentence, hashed, in order."""
        known = self._known
        if len(known) > 500_000:
            known.clear()
        found = array("I")
        for word in words(text):
            code = known.get(word)
            if code is None:
                code = known[word] = crc32(word.encode("utf-8", "surrogatepass"))
            found.append(code)
        return found


def buckets(codes: Sequence[int]) -> set[int]:
    """The buckets of a sentence's pairs of neighbouring words."""
    before = _EDGE
    found = set()
    for code in (*codes, _EDGE):
        found.add(((before * _MIX) ^ code) >> 3 & (BUCKETS - 1))
        before = code
    return found
