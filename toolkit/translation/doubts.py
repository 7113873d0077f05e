"""What an answer says that the French does not: figures, names and addresses from nowhere, a "not" lost or added.

Such an answer may still be right (a "douzaine" is 12), so it is asked again and, if no other way is better, kept with a
remark; what no reader should meet is ``guard``'s business.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from toolkit.text import negation, quantities, tables
from toolkit.text.capitals import fold
from toolkit.text.names import USUAL, is_another_place
from toolkit.text.numbers import numbers_of
from toolkit.text.places import english_city, english_country
from toolkit.text.typography import VERBATIM
from toolkit.translation.alignment import SMALL_WORDS

_WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
_NAME = re.compile(r"(?<![.!?:…] )(?<=[\w,’'”)] )[“‘(]?(?P<name>[A-ZÀ-Þ][\w’'-]+)|\b(?P<capitals>[A-Z]{3,})\b")
_ALIKE = 0.5
#: Words that English may write in figures, and that are no numerals.
_COUNTED = tables.pairs(
    "demi=2|double=2|triple=3|dizaine=10|douzaine=12|quinzaine=15|vingtaine=20|trentaine=30|quarantaine=40"
    "|cinquantaine=50|soixantaine=60|centaine=100|millier=1000|midi=12|minuit=12"
)


def doubts(source: str, answer: str, settled: Iterable[str] = ()) -> tuple[str, ...]:
    """What an answer adds to the French or turns round, as remarks.

    Args:
        source: the French sentence, bare.
        answer: its English, raw or finished.
        settled: English that is settled for this sentence: what stands in it is not invented.
    """
    known = " ".join(settled)
    found = [
        *(f"number not in the French: {number}" for number in invented_numbers(source, answer, known)),
        *(f"name not in the French: {name}" for name in invented_names(source, answer, known)),
        *(f"address not in the French: {address}" for address in invented_addresses(source, answer)),
    ]
    return (*found, *negations(source, answer))


def negations(source: str, answer: str) -> tuple[str, ...]:
    """A negation that only one of the two has, as remarks."""
    if lost := negation.lost(source, answer):
        return (f"negation lost: {' '.join(lost.split()[:4])}",)
    if added := negation.added(source, answer):
        return (f"negation added: {added}",)
    return ()


def invented_addresses(source: str, answer: str) -> tuple[str, ...]:
    """Web and mail addresses that the French does not have."""
    found = (match[0].rstrip(".,;:!?)”’") for match in VERBATIM.finditer(answer))
    return tuple(dict.fromkeys(address for address in found if address not in source))


def invented_numbers(source: str, answer: str, known: str = "") -> tuple[str, ...]:
    """Figures that stand neither in the French, in figures or words, nor in what is settled."""
    there = {*numbers_of(source), *numbers_of(known), *_counted(source)}
    plain = VERBATIM.sub(" ", answer)
    if all(number in there for number in numbers_of(plain)):
        return ()
    return tuple(number for number in dict.fromkeys(quantities.invented(source, plain)) if number not in there)


def _counted(source: str) -> Iterator[str]:
    """Figures that English may write for a French word that is no numeral."""
    for word in _WORD.findall(source.lower()):
        if (value := _COUNTED.get(word.removesuffix("s"))) is not None:
            yield value


def invented_names(source: str, answer: str, known: str = "") -> tuple[str, ...]:
    """Capitalised English words inside a sentence that nothing in the French resembles."""
    french = _french_words(source)
    settled = frozenset(fold(word) for word in _WORD.findall(known))
    found = []
    for match in _NAME.finditer(VERBATIM.sub(" ", answer)):
        name = re.sub(r"[’']s?$", "", match["name"] or match["capitals"])
        if (
            name not in USUAL
            and not _stands_in(name, source)
            and fold(name) not in settled
            and (is_another_place(name, source) or not _has_source(name, french))
        ):
            found.append(name)
    return tuple(dict.fromkeys(found))


def _stands_in(name: str, source: str) -> bool:
    return re.search(rf"(?<!\w){re.escape(name)}(?!\w)", source) is not None


def _has_source(name: str, french: frozenset[str]) -> bool:
    parts = [fold(part) for part in re.split(r"[’'-]", name) if part]
    return all(part in french or any(_resembles(part, word) for word in french) for part in parts)


@lru_cache(maxsize=64)
def _french_words(source: str) -> frozenset[str]:
    """Words of a sentence, folded, with the English of places among them; small words left out."""
    found = {fold(word) for token in _WORD.findall(source) for word in re.split(r"[’'-]", token)}
    names = re.findall(r"[A-ZÀ-Þ][\w’-]*(?: [A-ZÀ-Þ][\w’-]*)*", source)
    for name in names:
        for part in (name, *name.split()):
            for english in (english_city(part), english_country(part)):
                found |= {fold(word) for word in _WORD.findall(english or "")}
    return frozenset(word for word in found if word and word not in SMALL_WORDS)


@lru_cache(maxsize=20_000)
def _resembles(english: str, french: str) -> bool:
    """Whether two words begin alike and share letters, as "Kyiv" and "Kiev" do, but "Environ" and "Aviron" do not."""
    if english[0] != french[0]:
        return False
    if min(len(english), len(french)) <= 3:
        return english[:2] == french[:2]
    letters = sum(1 for letter in set(english) if letter in french)
    return letters / len(set(english)) >= _ALIKE
