"""All finders together: what is settled in a sentence before it is translated, and whether a translation holds it."""

from __future__ import annotations

import re
from collections.abc import Container, Sequence
from dataclasses import dataclass, field, replace

from toolkit.glossary import Glossary
from toolkit.text import protected, quantities
from toolkit.text.fixtures import Fixture, Kind, missing, settle
from toolkit.text.people import OPERATION

#: Sentences whose fixtures are kept.
_MOST_KNOWN = 50_000


@dataclass(frozen=True)
class Fixer:
    """Finds the fixtures of sentences.

    Attributes:
        glossary: the project's terms; they win over equally long stretches of other kinds.
    """

    glossary: Glossary
    _known: dict[str, tuple[Fixture, ...]] = field(default_factory=dict, init=False, compare=False, repr=False)

    def _all(self, text: str) -> tuple[Fixture, ...]:
        """What all finders find: asked for more than once in a run, of the same sentence."""
        found = self._known.get(text)
        if found is None:
            terms = tuple(self.glossary.find(text))
            others = (*quantities.find(text), *protected.find(text))
            found = (*terms, *(kept for one in others if (kept := _as_in_glossary(one, terms, text))))
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            self._known[text] = found
        return found

    def find(self, text: str) -> tuple[Fixture, ...]:
        """The fixtures of a bare French sentence, in order, without overlaps; suggestions included."""
        return settle(self._all(text))

    def settled(self, text: str) -> tuple[Fixture, ...]:
        """Those that a translation must hold."""
        return settle(one for one in self._all(text) if one.settled)

    def drafted(self, text: str) -> tuple[Fixture, ...]:
        """Those that a draft is to hold: a name and the acronym behind it in brackets are one.

        Another's preferred English is none of a fixture's. Beyond ``settled`` they are numbers in words from three up,
        which a person may put otherwise and a machine not.
        """
        joined: list[Fixture] = []
        for one in settle(one for one in self._all(text) if one.settled or _is_counted(one, text)):
            last = joined[-1] if joined else None
            if last and one.kind in _ACRONYMS and last.kind in _NAMED and _is_gloss(text, last, one):
                english = f"{last.english[0]} ({one.english[0]})"
                joined[-1] = replace(last, end=one.end + 1, english=(english,), kind=Kind.TERM)
            else:
                joined.append(one)
        firsts = {one.english[0].lower() for one in joined}
        return tuple(replace(one, english=_own(one.english, firsts)) for one in joined)

    def missing(self, source: str, target: str) -> tuple[Fixture, ...]:
        """The settled fixtures of a bare French sentence that its bare English does not hold."""
        return lost(self.settled(source), target)


def _as_in_glossary(one: Fixture, terms: Sequence[Fixture], text: str) -> Fixture | None:
    """The name of an operation in the glossary's English, where it has it; None where the term alone is to count."""
    if one.origin != OPERATION:
        return one
    inside = (term for term in terms if term.settled and one.start <= term.start and term.end <= one.end)
    term = next((term for term in inside if not text[term.end : one.end].strip(" \u00a0\u202f»”")), None)
    if term is None:
        return one
    french = term.source(text)
    if re.match("(?i)op[ée]ration", french):
        opens = term.english[0].startswith("Operation")
        return replace(one, english=term.english, kind=term.kind, origin=term.origin) if opens else None
    if one.english[0].partition(" ")[2] != french:
        return one
    return replace(one, english=tuple(way.replace(french, term.english[0]) for way in one.english), origin=term.origin)


def _own(english: tuple[str, ...], firsts: Container[str]) -> tuple[str, ...]:
    """Renderings of a fixture without the preferred ones of others: "pays membres et États membres" are two things."""
    return (english[0], *(way for way in english[1:] if way.lower() not in firsts))


_LEAST_COUNTED = 3
_NEW = re.compile(r"(?i:neuf)\s+[^\W\d_]+[sx]\b")


def _is_counted(one: Fixture, text: str) -> bool:
    """Whether a fixture is a number in words that English has, too; "neuf" only before a plural, or it means new."""
    if one.kind not in (Kind.NUMBER, Kind.MEASURE) or not one.value.isdigit() or int(one.value) < _LEAST_COUNTED:
        return False
    return one.source(text).lower() != "neuf" or _NEW.match(text, one.start) is not None


_ACRONYMS = frozenset({Kind.ACRONYM, Kind.TERM})
_NAMED = frozenset({Kind.TERM, Kind.NAME})


def _is_gloss(text: str, name: Fixture, acronym: Fixture) -> bool:
    """Whether an acronym stands in brackets of its own behind a name: "Organisation mondiale des douanes (OMD)"."""
    between = text[name.end : acronym.start]
    return between.strip() == "(" and text[acronym.end : acronym.end + 1] == ")" and acronym.source(text).isupper()


def lost(fixtures: Sequence[Fixture], target: str) -> tuple[Fixture, ...]:
    """The fixtures that bare English does not hold; those of several sentences must not share offsets."""
    return missing(fixtures, target, quantities.readings)
