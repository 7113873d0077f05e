"""The glossary: finds its terms in French sentences, and what it forbids in English ones."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from toolkit.glossary import english
from toolkit.glossary.forbidding import Forbidden
from toolkit.glossary.index import Index
from toolkit.glossary.matching import Found, is_plural_term, pattern
from toolkit.glossary.number import plural_before
from toolkit.glossary.terms import UNCOUNTABLE, Status, Term
from toolkit.glossary.words import Token
from toolkit.text.fixtures import Fixture, Kind

__all__ = ["UNCOUNTABLE", "Glossary", "Status", "Term"]

#: Longest line of a note for translators, in characters.
NOTE_WIDTH = 100
#: Renderings a note names.
NOTED = 2
_CLOSING = re.compile(r"[\s»”’\"]*")


@dataclass(frozen=True)
class Glossary:
    """Terms of several files; of two for the same French the earlier file's wins."""

    terms: Sequence[Term] = ()

    @cached_property
    def _index(self) -> Index:
        return Index([term for term in self.terms if term.status is not Status.FORBIDDEN])

    @cached_property
    def _forbidden(self) -> Forbidden:
        return Forbidden([term for term in self.terms if term.status is Status.FORBIDDEN])

    def find(self, text: str, *, any_number: bool = False) -> Iterator[Fixture]:
        """The terms of a French sentence, longest match first, as fixtures (KEPT ones too; FORBIDDEN ones not).

        A term that stands within a longer one is not found. Suggestions and verbs are not settled: which English fits
        depends on the sentence.

        Args:
            text: bare, without placeholders.
            any_number: also accept the singular for a plural and the plural for a singular, after the right one:
                English says "police officer training" where French has several officers.
        """
        cut, hits = self._longest(text)
        for term, hit in hits:
            yield _fixture(term, hit, text, cut, any_number)

    def _longest(self, text: str) -> tuple[list[Token], list[tuple[Term, Found]]]:
        """The sentence's words, and its terms without overlaps, in its order."""
        cut, found = self._index.find(text)
        chosen: list[tuple[Term, Found]] = []
        taken = bytearray(len(text))
        for term, hit in sorted(found, key=lambda one: one[1].start - one[1].end):
            if not any(taken[hit.start : hit.end]):
                taken[hit.start : hit.end] = bytes([1]) * (hit.end - hit.start)
                chosen.append((term, hit))
        return cut, sorted(chosen, key=lambda one: one[1].start)

    def forbidden(self, source: str, target: str) -> tuple[Term, ...]:
        """The forbidden terms that an English sentence uses.

        Whole words, inflected or not. Not counted is what belongs to a longer right rendering ("National Central
        Bureau", though "bureau" be forbidden).

        Args:
            source: bare French: a term is only forbidden where its French stands; one without French is everywhere.
            target: bare English.
        """
        used = self._forbidden.used(source, target)
        if not used:
            return ()
        right = [way for fixture in self.find(source, any_number=True) for way in fixture.english]
        return tuple(self._forbidden.outside(used, target, right))

    def notes(self, text: str) -> tuple[str, ...]:
        """What a translator is told of a sentence's terms, one line each: "term: B.C.N. → NCB (noun): …"."""
        found = [term for term, _ in self._longest(text)[1]]
        lines = [_note(term) for term in found]
        right = {term.french.casefold(): term.english for term in found}
        for term in self._forbidden.of(text):
            better = right.get(term.french.casefold(), ())
            wrong = ", ".join(f"“{way}”" for way in term.english)
            say = f", say “{better[0]}”" if better else ""
            lines.append(_cut(f"term: {term.french} → not {wrong}{say}" + (f": {term.note}" if term.note else "")))
        return tuple(dict.fromkeys(lines))


def _fixture(term: Term, hit: Found, text: str, cut: Sequence[Token], any_number: bool) -> Fixture:
    end = hit.end
    if text[end - 1 : end] == "." and _CLOSING.fullmatch(text, end):
        dotted = next((token.dotted for token in cut if token.end == end), False)
        end -= dotted  # the sentence's own period
    plural = hit.plural
    if pattern(term).head >= 0:
        first = bisect_left(cut, hit.start, key=lambda token: token.start)
        plural = True if is_plural_term(term) else plural if plural is not None else plural_before(cut, first)
    stretch = text[hit.start : end]
    return Fixture(
        start=hit.start,
        end=end,
        kind=Kind.NAME if term.status is Status.KEPT else Kind.TERM,
        english=_english(term, hit, plural, stretch, any_number),
        plural=plural,
        settled=term.status is not Status.SUGGESTED and term.part_of_speech != "verb",
        origin=term.origin,
    )


def _english(term: Term, hit: Found, plural: bool | None, stretch: str, any_number: bool) -> tuple[str, ...]:
    """Right renderings of a term as it stands in a sentence, the best first."""
    if term.status is Status.KEPT:
        return tuple(dict.fromkeys((*term.english, term.french, stretch)))
    if hit.form:
        forms = [english.verb_forms(way) for way in term.english]
        right = [word for ways in forms for word in ways[hit.form]]
        return tuple(dict.fromkeys((*right, *(word for ways in forms for words in ways.values() for word in words))))
    if hit.article:
        return (*(f"{way} the" for way in term.english), *term.english)
    shape = pattern(term)
    if shape.head < 0 or is_plural_term(term):
        return term.english
    plurals = _plurals(term)
    if plural is None or any_number:
        both = (plurals, term.english) if plural else (term.english, plurals)
        return tuple(dict.fromkeys((*both[0], *both[1])))
    return plurals if plural else term.english


def _plurals(term: Term) -> tuple[str, ...]:
    """Plurals of a term's renderings."""
    if term.plural == UNCOUNTABLE:
        return (term.english[0], *(english.plural(way) for way in term.english[1:]))
    first = tuple(way.strip() for way in term.plural.split("|")) if term.plural else (english.plural(term.english[0]),)
    return tuple(dict.fromkeys((*first, *(english.plural(way) for way in term.english[1:]))))


def _note(term: Term) -> str:
    if term.status is Status.KEPT:
        said = f"term: {term.french} stays as it is"
    else:
        may = " perhaps" if term.status is Status.SUGGESTED else ""
        said = f"term: {term.french} →{may} {' or '.join(term.english[:NOTED])}"
    kind = f" ({term.part_of_speech})" if term.part_of_speech else ""
    return _cut(said + kind + (f": {term.note}" if term.note else ""))


def _cut(line: str) -> str:
    line = " ".join(line.split())
    return line if len(line) <= NOTE_WIDTH else line[: NOTE_WIDTH - 2].rsplit(" ", 1)[0] + " …"
