"""Terms by their words, so that asking for the terms of a sentence costs the same whatever the size of the glossary.

The beginnings of all terms are kept in one dictionary, word by word; a sentence is followed through it from each of its
words, with every dictionary form the word may have.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence

from toolkit.glossary.french import keys, looks_plural, verb_forms
from toolkit.glossary.matching import Found, compare
from toolkit.glossary.terms import Term
from toolkit.glossary.words import (
    DE,
    DE_THE,
    ELIDED,
    HYPHENS,
    THE,
    TO,
    TO_THE,
    Token,
    Unit,
    first_key,
    joint,
    path,
    plain,
    tokens,
    units,
)

#: What is inside an address is no word of the sentence.
_MAY_BE_ADDRESS = re.compile(r"://|@|www\.|/")
#: Words in capitals up to this length may be acronyms.
SHORT = 5
_ADDRESS = re.compile(r"\S{0,200}(?:://|@)\S+|\bwww\.\S+|\b[\w-]{1,63}(?:\.[\w-]{1,63}){1,6}/\S*")


class Index:
    """Terms, found by the words they begin with; cut into words when a sentence first has such a beginning."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._terms = terms
        #: Beginning of a term, as keys joined by their gaps → the terms that end there.
        self._beginnings: dict[str, tuple[int, ...]] = {}
        #: First key → the terms with it that are not among the beginnings yet.
        self._waiting: dict[str, list[int]] = {}
        for number, term in enumerate(terms):
            for first in _firsts(term):
                self._waiting.setdefault(first, []).append(number)

    def _begun(self, first: str) -> bool:
        """Whether a term begins with this key."""
        if first in self._waiting:
            for number in self._waiting[first]:
                self._add(number, first, path(self._terms[number].french)[1:])
            self._waiting.pop(first, None)  # last, so that another thread never finds half of them
        return first in self._beginnings

    def _add(self, number: int, beginning: str, words: Iterable[str]) -> None:
        beginnings = self._beginnings
        for word in words:
            beginnings.setdefault(beginning, ())
            beginning += word
        beginnings[beginning] = (*beginnings.get(beginning, ()), number)

    def find(self, text: str) -> tuple[list[Token], list[tuple[Term, Found]]]:
        """All terms of a sentence, those within others included; of equally good ones the earlier in the glossary.

        Returns:
            The sentence's words, and the terms found.
        """
        cut = tokens(text)
        there = units(cut)
        inside = _in_addresses(text, there)
        found = []
        for first in range(len(there)):
            paths = {key for key in _keys(there, first, first) if self._begun(key)}
            for last, numbers in self._ends(there, first, paths) if paths else ():
                if first in inside or last in inside:
                    continue
                best = self._best(text, there[first : last + 1], first, numbers)
                if best is not None and _stands_alone(text, cut, there, best, last):
                    found.append(best)
        return cut, found

    def _best(self, text: str, found: Sequence[Unit], first: int, numbers: Sequence[int]) -> tuple[Term, Found] | None:
        """Of the terms with these keys the one that is nearest to how the sentence writes it."""
        best: tuple[Term, Found] | None = None
        for number in numbers:
            hit = compare(self._terms[number], text, found, first)
            if hit is not None and (best is None or hit.cost < best[1].cost):
                best = (self._terms[number], hit)
        return best

    def _ends(self, there: Sequence[Unit], first: int, paths: set[str]) -> Iterator[tuple[int, list[int]]]:
        """Where the beginnings of terms that are followed from a word come to an end: index of the last word, terms."""
        at = first
        while paths:
            closing = {*paths} if at == first else paths
            numbers = [number for ended in closing for number in self._beginnings[ended]]
            if numbers:
                yield at, sorted(set(numbers))
            at += 1
            if at == len(there):
                return
            before = joint(there[at])
            steps = [before + key for key in _keys(there, first, at)]
            paths = {new for old in paths for step in steps if (new := old + step) in self._beginnings}


def _firsts(term: Term) -> Iterable[str]:
    """The keys that a term may begin with: of a verb, those of its forms."""
    first = first_key(term.french)
    if first and term.part_of_speech == "verb":
        return dict.fromkeys(plain(form) for form in verb_forms(tokens(term.french)[0].text.lower()))
    return (first,) if first else ()


def _keys(there: Sequence[Unit], first: int, at: int) -> tuple[str, ...]:
    """The keys under which a term may have this word of a sentence."""
    unit = there[at]
    if unit.content:
        return keys(unit.text)
    key = unit.key
    if key in (DE, DE_THE):
        return _preposition(there, first, at, DE, DE_THE)
    if key in (TO, TO_THE):
        return _preposition(there, first, at, TO, TO_THE)
    return (key,)


def _preposition(there: Sequence[Unit], first: int, at: int, bare: str, fused: str) -> tuple[str, ...]:
    """Forms of a preposition: "de" and "des" are one before a plural, "du" may be a term's "le" or end it."""
    unit = there[at]
    if unit.key == bare:
        few = bare == DE and at + 1 < len(there) and looks_plural(there[at + 1].text)
        return (bare, fused) if few else (bare,)
    return (fused, bare, THE) if at == first else (fused, bare)


def _in_addresses(text: str, there: Sequence[Unit]) -> frozenset[int]:
    """Indices of the words that are inside web and mail addresses."""
    if not _MAY_BE_ADDRESS.search(text):
        return frozenset()
    starts = [unit.start for unit in there]
    return frozenset(
        at
        for match in _ADDRESS.finditer(text)
        for at in range(bisect_left(starts, match.start()), bisect_left(starts, match.end()))
    )


def _stands_alone(text: str, cut: Sequence[Token], there: Sequence[Unit], best: tuple[Term, Found], last: int) -> bool:
    """Whether a term is no part of a longer word ("vice-président"), and no acronym ("SAS" is not "sas")."""
    term, hit = best
    opening = there[hit.first]
    if hit.first == last and opening.text.isupper() and 1 < len(opening.text) <= SHORT and term.french.islower():
        return text.isupper()  # a headline in capitals
    before, after = text[max(0, hit.start - 2) : hit.start], text[hit.end : hit.end + 2]
    if opening.gap == "'" and cut[opening.token - 1].text.lower() not in ELIDED:
        return False
    if len(before) == 2 and before[1] in HYPHENS and before[0].isalnum() and not opening.text.isupper():
        return False
    if len(after) == 2 and after[0] in HYPHENS and after[1].isalnum() and not there[last].text.isupper():
        return text[hit.end + 1 : hit.end + 3] in ("ci", "là") and not text[hit.end + 3 : hit.end + 4].isalnum()
    dotted = len(after) == 2 and after[0] == "." and after[1].isalnum()
    return not dotted and not (len(before) == 2 and before[1] == "." and before[0].isalnum())
