"""Questions to the engine, and answers fit to be used: guarded, asked again in other ways, holding what is settled."""

from __future__ import annotations

from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass

from toolkit.text.fixtures import Fixture
from toolkit.translation import clauses
from toolkit.translation.candidates import Settler
from toolkit.translation.doubts import doubts
from toolkit.translation.engine import Answer, Decoding, Engine
from toolkit.translation.guard import stutter, suspicious

#: Other ways to decode a sentence whose answer went astray, in the order in which they are preferred.
LADDER = (Decoding(controlled=True), Decoding(beam=1), Decoding(beam=8))
#: Faults of an answer that nobody may see: only for these the widest beam is worth its time.
_UNFIT = 100


@dataclass(frozen=True)
class Answerer:
    """Makes the most of an engine's answers.

    Attributes:
        settler: makes them hold what is settled; None where nothing is.
    """

    engine: Engine
    settler: Settler | None = None

    def improve(
        self, questions: Sequence[str], answers: Sequence[Answer], attended: Container[str] = ()
    ) -> dict[str, Answer]:
        """Guard plain answers, and replace those that can be bettered.

        Returns:
            An answer for each question; one without text has a problem that says why.
        """
        plain = self._asked_again(dict(zip(questions, answers, strict=True)), attended)
        best = self.settler.settle(plain) if self.settler else plain
        lost = [question for question, answer in best.items() if not answer.problem and _unfit(question, answer)]
        for question in lost:
            best[question] = self._in_clauses(question, best[question])
        return best

    def _settled(self, question: str) -> tuple[Fixture, ...]:
        return tuple(self.settler.settled(question)) if self.settler else ()

    def _faults(self, question: str, answer: Answer) -> int:
        """How bad an answer is: 0 for nothing to say against it, _UNFIT for one that nobody may see."""
        if answer.problem or suspicious(question, answer.text):
            return _UNFIT
        english = [way for one in self._settled(question) for way in one.english]
        return len(doubts(question, answer.text, english)) + bool(stutter(question, answer.text))

    def _asked_again(self, answers: Mapping[str, Answer], attended: Container[str]) -> dict[str, Answer]:
        """Decode doubtful answers in other ways, and take the first that is least doubtful."""
        result = dict(answers)
        faults = {
            question: found
            for question, answer in answers.items()
            if not answer.problem and (found := self._faults(question, answer))
        }
        for decoding in LADDER:
            least = _UNFIT if decoding.beam > 1 else 1
            doubtful = [question for question, found in faults.items() if found >= least]
            if not doubtful:
                continue
            again = next(iter(self.engine.translate([doubtful], decoding=decoding, attended=attended)))
            for question, answer in zip(doubtful, again, strict=True):
                found = self._faults(question, answer)
                if found < faults[question]:
                    result[question], faults[question] = answer, found
        return result

    def _in_clauses(self, question: str, failed: Answer) -> Answer:
        """The clauses of a sentence translated one by one, joined; else the answer given up."""
        given_up = Answer("", 0.0, suspicious(question, failed.text) or "")
        parts = clauses.clauses(question, self._settled(question))
        if len(parts) == 1:
            return given_up
        asked = [clauses.question(part) for part in parts]
        answers = next(iter(self.engine.translate([asked])))
        if any(answer.problem or suspicious(part, answer.text) for part, answer in zip(asked, answers, strict=True)):
            return given_up
        text = clauses.joined(parts, [answer.text for answer in answers], question)
        joined = Answer(text, min(answer.score for answer in answers))
        return given_up if _unfit(question, joined) else joined


def _unfit(question: str, answer: Answer) -> bool:
    return suspicious(question, answer.text) is not None
