"""The English in units: words, parts of words that a placeholder wants, and single marks."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from toolkit.translation.alignment import Word

#: What a mark may have become in English: a quotation mark any of its side, a dash any dash; all others themselves.
_KINDS = ("«“„‹‘\"'", "»”›’\"'", "–—-", "….")
_ROMAN = frozenset("IVXLC")
_DIGITS, _LEAST_LETTERS = "0123456789", 2


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a part of one, or a mark of the English.

    Attributes:
        space: white space before it.
        word: number of its word; None for a mark.
    """

    space: str
    text: str
    word: int | None


@dataclass(frozen=True, slots=True)
class Part:
    """Letters of an English word, as offsets in its sentence."""

    word: int
    start: int
    end: int


def cut(english: str, words: Sequence[Word], parts: Iterable[Part]) -> tuple[list[Unit], list[tuple[int, int]]]:
    """Cut the English into words, the parts of words that a placeholder wants, and single marks.

    Returns:
        The units, and for each word its first unit and the one behind its last.
    """
    cuts: dict[int, set[int]] = {}
    for part in parts:
        cuts.setdefault(part.word, set()).update((part.start, part.end))
    units: list[Unit] = []
    bounds: list[tuple[int, int]] = []
    at = 0
    for number, word in enumerate(words):
        marks, space = _marks(english[at : word.start])
        units += marks
        edges = sorted({word.start, word.end, *cuts.get(number, ())})
        bounds.append((len(units), len(units) + len(edges) - 1))
        for start, end in pairwise(edges):
            units.append(Unit(space, english[start:end], number))
            space = ""
        at = word.end
    return units + _marks(english[at:])[0], bounds


def _marks(text: str) -> tuple[list[Unit], str]:
    """Marks between words, one by one, and the white space behind them."""
    units: list[Unit] = []
    space = ""
    for character in text:
        if character.isspace():
            space += character
        else:
            units.append(Unit(space, character, None))
            space = ""
    return units, space


def part_of(french: str, inner: tuple[int, int], english: str) -> tuple[int, int]:
    """Which letters of an English word a part of a French one becomes: "25[e]" gives "25[th]", "M[me]" "M[s]".

    None are left of "1[er]" in "1 June": then both offsets are the same.
    """
    start, end = inner
    if len(french) == len(english) and french[start:end].lower() == english[start:end].lower():
        return inner
    figures = len(english) - len(english.lstrip(_DIGITS))
    if figures and (french[:start].isdigit() or not set(french[:start]) - _ROMAN):
        return figures, len(english)
    if len(english) < _LEAST_LETTERS:
        return 0, len(english)
    if not start:
        return 0, min(end, len(english) - 1)
    return max(len(english) - (len(french) - start), 1), len(english)


def kin(marks: str) -> str:
    """The marks that may stand for those of the French."""
    kinds = [kind for kind in _KINDS if any(mark in kind for mark in marks)]
    return "".join((*kinds, *(mark for mark in marks if not mark.isspace())))
