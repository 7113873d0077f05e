"""How alike two French sentences are, and in which words they differ: what a fuzzy match shows its reviewer.

Alike in per cent: of the words of both sentences, the share that stands in both in the same order (2 · LCS / (m + n),
the normalised insertion/deletion similarity). Case and punctuation are no words. Two sentences that are not the same,
letter for letter, are never more than 99 % alike.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz.distance import Indel

from toolkit.text import negation
from toolkit.text.dates import DAYS, MONTHS
from toolkit.text.tables import words as table

#: Longest line of a remark in a catalogue, where it stands behind "# toolkit: remark ".
LINE = 56
#: Changes that are listed; what is more is counted.
_LISTED = 6
#: Longest stretch of changed words that is shown whole: alone, and beside another.
_ALONE, _BESIDE = 40, 22
_SHORT_WORD = 3

_S = " \u00a0\u202f\u2009"
#: Numbers with their decimals and thousands, then words; an elided article is a word of its own.
_WORD = re.compile(rf"\d{{1,3}}(?:[{_S}.]\d{{3}})+(?![\d])(?:,\d+)?|\d+(?:,\d+)?|[^\W\d_]+|\d+|[%€$£°]")

#: Numbers in words; "un" and "une" are articles far more often.
NUMBER_WORDS = table(
    """
    zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt vingts trente
    quarante cinquante soixante septante huitante nonante cent cents mille million millions milliard milliards billion
    billions dizaine dizaines douzaine douzaines quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine
    centaine centaines millier milliers premier première premiers premières deuxième deuxièmes second seconde troisième
    quatrième cinquième sixième septième huitième neuvième dixième moitié tiers quart quarts double triple doublé triplé
    """
)
_DATES = frozenset((*MONTHS, *DAYS))
_SIGNS = frozenset("%€$£°")
#: Words that begin sentences: their capital says nothing.
_OPENERS = table(
    """
    le la les l un une des du de d ce cet cette ces c il elle ils elles on nous vous je j qui que qu quoi dans en à au
    aux pour par sur sous selon après avant lors depuis pendant avec sans chez entre vers dès et ou mais or donc ni car
    si s leur leurs son sa ses notre nos votre vos mon ma mes tous toutes tout toute plusieurs certains certaines chaque
    aucun aucune quelques comme quand lorsque puis ainsi enfin aussi alors cela ça y ne n pas plus non oui voici voilà
    afin grâce malgré outre face parmi contre jusqu près loin hier demain aujourd
    """
)


@dataclass(frozen=True, slots=True)
class Change:
    """Words that one sentence has where the other has other words, or none; as they are written."""

    old: str
    new: str

    def __str__(self) -> str:
        if self.old and self.new:
            return f"“{_short(self.old, _BESIDE)}” → “{_short(self.new, _BESIDE)}”"
        return f"without “{_short(self.old, _ALONE)}”" if self.old else f"with “{_short(self.new, _ALONE)}”"


@dataclass(frozen=True, slots=True)
class Difference:
    """In which words a sentence differs from an older one.

    Attributes:
        changes: in order; words that differ in their capitals only are no change.
        negation, number, name: whether such a word is among the changes. Dates and units count as numbers.
    """

    changes: tuple[Change, ...] = ()
    negation: bool = False
    number: bool = False
    name: bool = False

    @property
    def grave(self) -> bool:
        """Whether the older sentence's English would say something else with the same assurance."""
        return self.negation or self.number or self.name

    @property
    def kinds(self) -> tuple[str, ...]:
        """The grave kinds of words that changed, in words."""
        kinds = (("negation", self.negation), ("number", self.number), ("name", self.name))
        return tuple(kind for kind, there in kinds if there)

    def lines(self, lead: str = "") -> tuple[str, ...]:
        """The changes as remarks of at most LINE characters, each a line: ``“deux” → “trois”, without “hier”``.

        Args:
            lead: what the first line begins with ("memory match 87 %: ").
        """
        said = [str(change) for change in self.changes[:_LISTED]]
        if len(self.changes) > _LISTED:
            said.append(f"and {len(self.changes) - _LISTED} more")
        return tuple(packed(lead, said or ["only capitals or punctuation differ"]))


def words(text: str) -> list[str]:
    """The words of a sentence as they are compared: lower case, numbers whole and without spaces."""
    return [_folded(word) for word in _WORD.findall(text)]


def _folded(word: str) -> str:
    return re.sub(rf"[{_S}]", "", word).casefold() if word[0].isdigit() else word.casefold()


def similarity(old: Sequence[str], new: Sequence[str]) -> float:
    """How alike two sentences are, 0 to 100, given their ``words``; the same words are 100."""
    return 100 * Indel.normalized_similarity(old, new)


def per_cent(old: str, new: str) -> int:
    """How alike two sentences are, in whole per cent: 100 for the same letters only."""
    return 100 if old == new else min(99, int(similarity(words(old), words(new))))


def difference(old: str, new: str) -> Difference:
    """Compare two French sentences word by word.

    Args:
        old: the bare sentence that some English was made for.
        new: the bare sentence it is offered for.
    """
    changes = _changes(old, new)
    # A word that moved may be told of at its old or at its new place: both directions say all that moved.
    touched = {word for change in (*changes, *_changes(new, old)) for word in change.words}
    changed = {word.casefold() for word, _ in touched}
    return Difference(
        tuple(change.shown for change in changes),
        negation=negation.turns(changed, {*words(old), *words(new)}),
        number=any(_is_number(word) for word in changed),
        name=any(_is_name(word, is_first) for word, is_first in touched),
    )


class _Found(NamedTuple):
    """A change, and its words of both sentences: each with whether it begins its sentence."""

    shown: Change
    words: frozenset[tuple[str, bool]]


def _changes(old: str, new: str) -> list[_Found]:
    before, after = (list(_WORD.finditer(text)) for text in (old, new))
    found = []
    for first, last, start, end in _stretches(words(old), words(new)):
        sides = ((old, before[first:last]), (new, after[start:end]))
        change = Change(*(text[at[0].start() : at[-1].end()] if at else "" for text, at in sides))
        touched = {(match[0], match is before[0]) for match in before[first:last]}
        touched |= {(match[0], match is after[0]) for match in after[start:end]}
        found.append(_Found(change, frozenset(touched)))
    return found


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[tuple[int, int, int, int]]:
    """Where two lists of words differ, as (old start, old end, new start, new end).

    One short word that both have between two changes ("de") belongs to the change: “deux bateaux de Sète”.
    """
    found: list[tuple[int, int, int, int]] = []
    for operation in Indel.opcodes(old, new):
        if operation.tag == "equal":
            continue
        place = (operation.src_start, operation.src_end, operation.dest_start, operation.dest_end)
        if found:
            first, last, start, _ = found[-1]
            between = old[last : place[0]]
            if not between or (len(between) == 1 and len(between[0]) <= _SHORT_WORD):
                found[-1] = (first, place[1], start, place[3])
                continue
        found.append(place)
    return found


def _is_number(word: str) -> bool:
    return word[:1].isdigit() or word in NUMBER_WORDS or word in _DATES or word in _SIGNS


def _is_name(word: str, is_first: bool) -> bool:
    """Whether a word looks like a name: a capital, unless it only begins the sentence."""
    if not word[:1].isupper():
        return False
    return not is_first or word.casefold() not in _OPENERS


def packed(lead: str, parts: Sequence[str]) -> list[str]:
    """Parts joined by commas into lines of at most LINE characters, the first behind ``lead``; none is cut in two."""
    lines = [lead]
    for number, part in enumerate(parts, 1):
        text = part if number == len(parts) else f"{part}, "
        if lines[-1] and len(lines[-1] + text.rstrip()) > LINE:
            lines.append("")
        lines[-1] += text
    return [line.rstrip() for line in lines if line.strip()]


def _short(text: str, length: int) -> str:
    joined = " ".join(text.split())
    return joined if len(joined) <= length else joined[: length - 1] + "…"
