"""English that a glossary forbids: found inflected or not, as whole words, for its French or everywhere."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from toolkit.glossary.english import plural, verb_forms
from toolkit.glossary.index import Index
from toolkit.glossary.terms import Term

_WORD = re.compile(r"\w+")


class Forbidden:
    """Forbidden terms, found by the first word of their English and by their French."""

    def __init__(self, terms: Sequence[Term]) -> None:
        self._french = Index([term for term in terms if term.french])
        self._always = [term for term in terms if not term.french]
        #: First word of each form of each English, lower case → the terms and forms that begin with it.
        self._ways: dict[str, list[tuple[Term, str]]] = {}
        for term in terms:
            for form in _forms(term):
                first = _WORD.search(form)
                if first is not None:
                    self._ways.setdefault(first[0].lower(), []).append((term, form))

    def of(self, source: str) -> tuple[Term, ...]:
        """The forbidden terms whose French stands in a sentence."""
        return tuple(dict.fromkeys(term for term, _ in self._french.find(source)[1])) if self._ways else ()

    def used(self, source: str, target: str) -> dict[Term, list[tuple[int, int]]]:
        """The forbidden terms whose English an English sentence uses, and where."""
        places: dict[Term, list[tuple[int, int]]] = {}
        if self._ways:
            for match in _WORD.finditer(target):
                for term, form in self._ways.get(match[0].lower(), ()):
                    if (end := _ends(form, target, match.start())) > 0:
                        places.setdefault(term, []).append((match.start(), end))
        if not places:
            return {}
        here = {*self._always, *self.of(source)}
        return {term: found for term, found in places.items() if term in here}

    @staticmethod
    def outside(used: dict[Term, list[tuple[int, int]]], target: str, right: Iterable[str]) -> Iterator[Term]:
        """Those that are used outside longer right renderings."""
        spans = [match.span() for way in set(right) for match in re.finditer(re.escape(way), target, re.IGNORECASE)]
        for term, places in used.items():
            if any(
                not any(low <= start and end <= high and (low, high) != (start, end) for low, high in spans)
                for start, end in places
            ):
                yield term


def _forms(term: Term) -> Iterator[str]:
    for way in term.english:
        if term.part_of_speech == "verb":
            yield from {form for forms in verb_forms(way).values() for form in forms}
        else:
            yield from {way, plural(way)}


def _ends(form: str, target: str, start: int) -> int:
    """Where a form that begins here ends; -1 where it does not stand here. Capitals count where the form has them."""
    pattern = r"\s+".join(re.escape(word) for word in form[_WORD.search(form).start() :].split())  # type: ignore[union-attr]
    pattern = pattern.replace("'", "['’]").replace("’", "['’]")
    match = re.compile(pattern + r"(?!\w)", 0 if not form.islower() else re.IGNORECASE).match(target, start)
    return match.end() if match else -1
