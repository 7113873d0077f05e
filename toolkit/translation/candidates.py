"""Answers that hold what is settled: several ways to one, and the model itself to choose among them.

The plain question comes first: its answer is the most natural English. Where that lacks a term, a figure or a name,
more answers are made: with stand-ins in the question, with the attended words replaced, and by having the model go on
behind the term. Those that hold everything are scored by the model against the French, and the likeliest is taken.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

from toolkit.text.fixtures import Fixture, Kind, Reading, missing, occurrences
from toolkit.translation.alignment import MOST_WORK, align, words_of
from toolkit.translation.clauses import clauses, halves, joined, question
from toolkit.translation.doubts import doubts
from toolkit.translation.engine import Answer, Attention, Engine, Steerable
from toolkit.translation.fitting import (
    Use,
    asked,
    filled,
    preferred,
    replaced,
    surplus,
    tidied,
    unglued,
    uses,
    with_articles,
)
from toolkit.translation.guard import stutter, suspicious
from toolkit.translation.spans import Finder
from toolkit.translation.standins import StandIns, stand_ins

Settled = Callable[[str], Sequence[Fixture]]
Values = Callable[[str], Iterable[str | Reading]]

#: Kinds of stand-in tried for each fixture: at first, and where nothing held everything.
_VARIANTS, _MORE_VARIANTS = 1, 3
#: Beyond so many fixtures only those that went missing get a stand-in.
_MOST = 6
#: What an answer loses, in log-probability per token, for each word that was put in from outside.
_MALUS = 0.02
#: So much of what a fixture's words are linked to must be where it is put.
_EVIDENCE = 0.3
#: Quantities that drafts write in one of their own ways, not only in one with the same value.
_WORDED = frozenset({Kind.TIME, Kind.MONEY, Kind.MEASURE})
#: Flaws that an answer which nobody may see counts for.
_UNFIT = 100


@dataclass(frozen=True, slots=True)
class Candidate:
    """An answer, and how it came about.

    Attributes:
        lost: fixtures that it lacks.
        flaws: how much a guard has against it, and terms that it repeats.
        changes: how many stretches were put in from outside.
    """

    answer: Answer
    lost: tuple[Fixture, ...]
    flaws: int
    changes: int = 0


@dataclass(slots=True)
class _Case:
    """A question whose plain answer is not good enough."""

    question: str
    fixtures: tuple[Fixture, ...]
    found: list[Candidate]
    finders: dict[str, Finder | None] = field(default_factory=dict)

    def finder(self, answer: Answer) -> Finder | None:
        """Finds French words in an answer; None where there are none, or too many."""
        if answer.text not in self.finders:
            self.finders[answer.text] = _finder(self.question, answer)
        return self.finders[answer.text]


@dataclass(frozen=True)
class Settler:
    """Makes answers hold what is settled.

    Attributes:
        settled: finds what is settled in a French question.
        values: finds the values of quantities in English.
        cache: folder in which the model's stand-ins are kept between runs; None for none.
    """

    engine: Engine
    settled: Settled
    values: Values
    cache: Path | None = None

    @cached_property
    def stand_ins(self) -> StandIns:
        """What the model translates reliably: looked up, or probed, when the first sentence needs it."""
        return stand_ins(self.engine, self.cache)

    def settle(self, answers: Mapping[str, Answer], whole: bool = True) -> dict[str, Answer]:
        """The best answers there are.

        Args:
            answers: the plain ones by question; those with a problem stay.
            whole: whether the questions are sentences, which may be cut into clauses.

        Returns:
            For each question an answer that holds as much of what is settled as any does.
        """
        result = dict(answers)
        known: dict[str, tuple[Fixture, ...]] = {}
        cases = []
        for french, answer in answers.items():
            fixtures = tuple(self.settled(french)) if not answer.problem else ()
            if fixtures:
                known[french] = fixtures
                plain = self._judged(french, fixtures, answer)
                if plain.lost or plain.flaws:
                    cases.append(_Case(french, fixtures, [plain]))
        if cases:
            self._with_stand_ins(cases)
            self._from_attention(cases)
            self._begun(cases)
            if whole:
                self._in_clauses(cases)
            for case, best in zip(cases, self._best(cases), strict=True):
                # How sure the model is of its own English: settled English it did not choose looks improbable to it.
                own = case.found[0].answer
                result[case.question] = replace(best.answer, score=own.score, margin=own.margin, coverage=own.coverage)
        for french, fixtures in known.items():
            old = result[french].text
            text = preferred(old, fixtures)
            if text != old and len(missing(fixtures, text, self.values)) <= len(missing(fixtures, old, self.values)):
                result[french] = replace(result[french], text=text)
        return result

    def _judged(self, french: str, fixtures: Sequence[Fixture], answer: Answer, changes: int = 0) -> Candidate:
        lost = missing(fixtures, answer.text, self.values)
        lost += tuple(one for one in fixtures if one not in lost and is_worded_otherwise(one, answer.text))
        english = [way for one in fixtures for way in one.english]
        flaws = surplus(fixtures, answer.text) + len(doubts(french, answer.text, english))
        flaws += 2 * bool(stutter(french, answer.text)) + _UNFIT * bool(suspicious(french, answer.text))
        return Candidate(answer, lost, flaws, changes)

    # --- ways to an answer ------------------------------------------------------------------------------------------

    def _with_stand_ins(self, cases: Sequence[_Case]) -> None:
        """Ask with stand-ins for what is missing, and again with those that went missing then."""
        self._asked(cases, lambda case: case.found[0].lost or case.fixtures[:_MOST], _VARIANTS)
        again = [case for case in cases if all(one.lost or one.flaws >= _UNFIT for one in case.found)]
        self._asked(again, _ever_lost, _MORE_VARIANTS)

    def _asked(self, cases: Sequence[_Case], wanted: Callable[[_Case], Sequence[Fixture]], variants: int) -> None:
        todo: list[tuple[_Case, tuple[Use, ...], str]] = []
        for case in cases:
            for variant in range(variants):
                used = uses(case.question, wanted(case), self.stand_ins, variant)
                if used:
                    todo.append((case, used, asked(case.question, used)))
        questions = list(dict.fromkeys(asking for *_, asking in todo))
        if not questions:
            return
        answers = next(iter(self.engine.translate([questions], attended=frozenset(questions))))
        known = dict(zip(questions, answers, strict=True))
        for case, used, asking in todo:
            answer = known[asking]
            text = "" if answer.problem else filled(answer.text, used)
            if text:
                self._add(case, replace(answer, text=text), len(used))

    def _add(self, case: _Case, answer: Answer, changes: int) -> None:
        """Note a candidate; what it still lacks is put in by attention."""
        answer = replace(answer, text=unglued(answer.text, case.question, case.fixtures))
        one = self._judged(case.question, case.fixtures, answer, changes)
        text = _replaced(case.finder(answer), answer, one.lost) if one.lost else None
        if text:
            more = changes + len(one.lost)
            text = unglued(text, case.question, case.fixtures)
            one = self._judged(case.question, case.fixtures, replace(answer, text=text), more)
        if all(one.answer.text != other.answer.text for other in case.found):
            case.found.append(one)

    def _from_attention(self, cases: Sequence[_Case]) -> None:
        """Put settled English in the place of the words that stand for the French."""
        for case in cases:
            self._add(case, case.found[0].answer, 0)

    def _begun(self, cases: Sequence[_Case]) -> None:
        """Let the model go on behind the first settled English that is missing."""
        engine = self.engine
        if not isinstance(engine, Steerable):
            return
        todo = [
            (case, begun) for case in cases if (begun := _beginning(case.finder(case.found[0].answer), case.found[0]))
        ]
        if todo:
            answers = engine.complete([(case.question, begun) for case, begun in todo])
            for (case, _), answer in zip(todo, answers, strict=True):
                if not answer.problem:
                    self._add(case, answer, 1)

    def _in_clauses(self, cases: Sequence[_Case]) -> None:
        """Where no answer holds everything, ask for the clauses one by one."""
        todo: list[tuple[_Case, tuple[str, ...]]] = []
        for case in cases:
            parts = clauses(case.question, case.fixtures)
            if len(parts) > 1 and all(one.lost or one.flaws >= _UNFIT for one in case.found):
                todo += [(case, cut) for cut in dict.fromkeys((halves(parts), parts))]
        asked = list(dict.fromkeys(question(part) for _, parts in todo for part in parts))
        if not asked:
            return
        answers = next(iter(self.engine.translate([asked], attended=frozenset(asked))))
        known = self.settle(dict(zip(asked, answers, strict=True)), whole=False)
        for case, parts in todo:
            found = [known[question(part)] for part in parts]
            if not any(answer.problem for answer in found):
                names = " ".join((case.question, *(one.english[0] for one in case.fixtures)))
                text = joined(parts, [answer.text for answer in found], names)
                self._add(case, Answer(text, min(answer.score for answer in found)), len(parts) - 1)

    # --- the choice -------------------------------------------------------------------------------------------------

    def _best(self, cases: Sequence[_Case]) -> list[Candidate]:
        """The likeliest of each case's best candidates; then, with or without "the" before its terms."""
        best = self._likeliest(cases, [_shortlist(case.found) for case in cases])
        varied = [_shortlist([one, *self._varied(case, one)]) for case, one in zip(cases, best, strict=True)]
        return self._likeliest(cases, varied)

    def _likeliest(self, cases: Sequence[_Case], some: Sequence[Sequence[Candidate]]) -> list[Candidate]:
        if isinstance(self.engine, Steerable):
            asked = [(case, one) for case, few in zip(cases, some, strict=True) for one in few if len(few) > 1]
            scores = self.engine.score([(case.question, one.answer.text) for case, one in asked]) if asked else ()
            rated = iter(
                replace(one, answer=replace(one.answer, score=score))
                for (_, one), score in zip(asked, scores, strict=True)
            )
            some = [[next(rated) for _ in few] if len(few) > 1 else few for few in some]
        return [max(few, key=lambda one: one.answer.score - _MALUS * one.changes) for few in some]

    def _varied(self, case: _Case, one: Candidate) -> list[Candidate]:
        texts = with_articles(case.question, one.answer.text, case.found[0].lost)
        answers = [replace(one.answer, text=text) for text in texts]
        return [self._judged(case.question, case.fixtures, answer, one.changes + 1) for answer in answers]


_WEEKDAY = re.compile(r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day")


def is_worded_otherwise(fixture: Fixture, answer: str) -> bool:
    """Whether English has the value and not the words: "ten months" for ten years, "40" for "environ 40".

    A model that errs there writes odd words for it.
    """
    if fixture.kind in _WORDED:
        return not occurrences(fixture.english, answer)
    if fixture.kind is Kind.DATE and (weekday := _WEEKDAY.search(fixture.english[0])):
        return not occurrences([weekday[0]], answer)
    worded = [way for way in fixture.english if way[0].isalpha()]
    figures = [way for way in fixture.english if way[0].isdigit()]
    return bool(fixture.kind is Kind.NUMBER and worded and figures) and not occurrences(worded, answer)


def _ever_lost(case: _Case) -> tuple[Fixture, ...]:
    if len(case.fixtures) <= _MOST:
        return case.fixtures
    return tuple(one for one in case.fixtures if any(one in other.lost for other in case.found))


def _shortlist(found: Sequence[Candidate]) -> list[Candidate]:
    """Those that lack least, and of them the least flawed."""
    least = min(map(_badness, found))
    return [one for one in found if _badness(one) == least]


def _badness(one: Candidate) -> tuple[bool, int, int]:
    return one.flaws >= _UNFIT, len(one.lost), one.flaws


def _finder(french: str, answer: Answer) -> Finder | None:
    if len(words_of(french)) * len(words_of(answer.text)) not in range(1, MOST_WORK):
        return None
    attentions: Sequence[Attention] = (answer.attention,) if answer.attention else ()
    return Finder(french, answer.text, align(french, answer.text, attentions))


def _stretch(finder: Finder, fixture: Fixture) -> tuple[int, int] | None:
    """Offsets, in the answer, of the words that stand for a fixture; None where that rests on nothing."""
    if not finder.inside(fixture.start, fixture.end):
        return None
    most = 2 * max(len(english.split()) for english in fixture.english) + 2
    found = finder.stretch((fixture.start, fixture.end), [(0, len(finder.english))], (1, most))
    if found.evidence < _EVIDENCE:
        return None
    return finder.english[found.first].start, finder.english[found.last - 1].end


def _replaced(finder: Finder | None, answer: Answer, lost: Sequence[Fixture]) -> str | None:
    """The answer with settled English where its attention says; None where that cannot be told."""
    places = sorted((*(_stretch(finder, one) or (-1, -1)), one.english[0]) for one in lost) if finder else []
    if not places or places[0][0] < 0:
        return None
    if any(one[1] > other[0] for one, other in itertools.pairwise(places)):
        return None
    text = replaced(answer.text, places)
    return tidied(text[:1].upper() + text[1:])


def _beginning(finder: Finder | None, one: Candidate) -> str | None:
    """The answer up to its first missing fixture, which follows; None where there is none."""
    found = _stretch(finder, one.lost[0]) if finder and one.lost else None
    if found is None:
        return None
    begun = one.answer.text[: found[0]] + one.lost[0].english[0]
    return tidied(begun[:1].upper() + begun[1:])
