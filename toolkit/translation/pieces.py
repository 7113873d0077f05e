"""What a plan is made of: words that are ready, questions for the model, and how answers become English.

Each piece has ``queries`` (what it asks, in order), ``finish`` (its English, given as many answers) and ``doubts``
(what a reviewer should look at). All of it is pure; an answer may be anything, even empty.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal, Protocol

from toolkit.text.capitals import to_capitals
from toolkit.text.numbers import french_number
from toolkit.text.tables import words
from toolkit.text.typography import english, unquote
from toolkit.translation.corrections import corrected
from toolkit.translation.placing import Span, place

Initial = Literal["upper", "lower", "keep"]

_FINAL = ".,;:!?… \u00a0\u202f"
#: Not inside a telephone number: "+43 1 555 01 23".
_FRENCH_FIGURE = re.compile(r"(?<![\d.,+])(?<!\d\s)(?:\d{1,3}(?:\s\d{3})+(?:,\d+)?|\d+,\d{1,2})(?![\d,]|\s\d)")
#: "25ème" is spelt 25e in careful French (Imprimerie nationale), which models have seen far more often.
_ORDINAL = re.compile(r"(?<=\d)\s?[eèi]+mes?\b")


class Piece(Protocol):
    """Part of a plan."""

    @property
    def queries(self) -> tuple[str, ...]:
        """French for the model."""

    def finish(self, answers: Sequence[str]) -> str:
        """English for as many answers as there are queries."""

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """Remarks for the reviewer."""


@dataclass(frozen=True, slots=True)
class Done:
    """English that is ready."""

    text: str

    @property
    def queries(self) -> tuple[str, ...]:
        """Nothing to ask."""
        return ()

    def finish(self, answers: Sequence[str]) -> str:
        """The text."""
        return self.text

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Ask:
    """One question: French without quotation marks, closed by a period so that the model does not run on.

    Attributes:
        query: what the model gets.
        ending: the punctuation that the English ends with, "" for none.
        initial: whether the English begins with a capital.
    """

    query: str
    ending: str = ""
    initial: Initial = "upper"

    @property
    def queries(self) -> tuple[str, ...]:
        """The question."""
        return (self.query,)

    def finish(self, answers: Sequence[str]) -> str:
        """The answer in English typography, with the source's own ending and no stray quotation mark."""
        words = self.words(answers[0])
        return words + self.ending if words else ""

    def words(self, answer: str) -> str:
        """The answer without its final punctuation, in its final case."""
        bare = english(unquote(_with_english_figures(self.query, corrected(self.query, answer)))).rstrip(_FINAL)
        return recase(bare.lstrip(" .,;:!?…–-"), self.initial)

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Located:
    """A sentence with quotations inside: asked without marks; the marks are put around the same words in the answer.

    Attributes:
        ask: the whole sentence.
        source: its words without marks and final punctuation.
        spans: the quotations, as offsets into ``source``.
        inner: for each span, its own question ("" when it is too short for one): evidence of where it ended up.
    """

    ask: Ask
    source: str
    spans: tuple[Span, ...]
    inner: tuple[str, ...]

    @property
    def queries(self) -> tuple[str, ...]:
        """The sentence, then the quotations long enough to be asked alone."""
        return (self.ask.query, *(query for query in self.inner if query))

    def finish(self, answers: Sequence[str]) -> str:
        """The answer with its quotation marks."""
        return self._placed(answers)[0] + self.ask.ending

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """Say so when the quotation marks stand by position alone."""
        return () if self._placed(answers)[1] else ("quotation marks were placed by position: check what they enclose",)

    def _placed(self, answers: Sequence[str]) -> tuple[str, bool]:
        rest = iter(answers[1:])
        hints = tuple(next(rest) if query else "" for query in self.inner)
        return place(self.source, self.spans, self.ask.words(answers[0]), hints)


@dataclass(frozen=True, slots=True)
class Joined:
    """Pieces one after the other, with nothing between them."""

    parts: tuple[Piece, ...]

    @property
    def queries(self) -> tuple[str, ...]:
        """Those of the parts, in order."""
        return tuple(query for part in self.parts for query in part.queries)

    def finish(self, answers: Sequence[str]) -> str:
        """The parts' English in a row."""
        return "".join(part.finish(share) for part, share in self._shares(answers))

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """Those of the parts, each once."""
        return tuple(dict.fromkeys(doubt for part, share in self._shares(answers) for doubt in part.doubts(share)))

    def _shares(self, answers: Sequence[str]) -> list[tuple[Piece, Sequence[str]]]:
        shares = []
        at = 0
        for part in self.parts:
            count = len(part.queries)
            shares.append((part, answers[at : at + count]))
            at += count
        return shares


@dataclass(frozen=True, slots=True)
class Capitals:
    """A headline in capitals, asked in sentence case."""

    piece: Piece

    @property
    def queries(self) -> tuple[str, ...]:
        """Those of the sentence."""
        return self.piece.queries

    def finish(self, answers: Sequence[str]) -> str:
        """The English in capitals."""
        return to_capitals(self.piece.finish(answers))

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """Those of the sentence."""
        return self.piece.doubts(answers)


def ask(text: str, *, ending: str | None = None, initial: Initial | None = None) -> Ask:
    """Make the question for a French sentence or fragment that has no quotation marks.

    A fragment gets a capital and a period, which keep a small model from looping; the answer loses them again. A
    sentence that ends in a colon keeps it, because "a déclaré." without one is a different sentence.

    Args:
        text: French.
        ending: the punctuation to end the English with; None for the source's own.
        initial: case of the first letter; None for the source's own.
    """
    core, found = split_ending(text)
    stop = found[-1] if found and found[-1] in "?!" else ":" if found == ":" and " " in core else "."
    own: Initial = "lower" if first_letter(core).islower() else "upper"
    query = f"{recase(_ORDINAL.sub('e', core), 'upper')}{' :' if stop == ':' else stop}"
    return Ask(query, found if ending is None else ending, initial or own)


def _with_english_figures(query: str, answer: str) -> str:
    """Write "1 450", "3,2" and "3, 2" in English where the model copied them; other figures are its own."""
    for figure in _FRENCH_FIGURE.findall(query):
        copied = re.sub(r"\s", r"\\s", figure).replace(",", r",\s?")
        answer = re.sub(rf"(?<![\d.,]){copied}(?!\d|[.,]\d)", french_number(figure), answer)
    return answer


def split_ending(text: str) -> tuple[str, str]:
    """Part a sentence and its final punctuation: ``"Lesquels ?"`` gives ``("Lesquels", "?")``."""
    text = text.strip()
    core = text.rstrip(_FINAL)
    return core.rstrip(), "".join(text[len(core) :].split())


def first_letter(text: str) -> str:
    """The first letter of a text; "" when it has none."""
    return next((character for character in text if character.isalpha()), "")


def recase(text: str, initial: Initial) -> str:
    """Give a text's first letter its case; words with capitals inside (UNODC, McDonald) and "I" stay."""
    if initial == "keep":
        return text
    at = next((i for i, character in enumerate(text) if character.isalnum()), 0)
    head = re.match(r"[^\W_]*", text[at:])
    word = head[0] if head else ""
    if initial == "lower" and (word in _ALWAYS_CAPITAL or any(character.isupper() for character in word[1:])):
        return text
    letter = text[at : at + 1]
    return text[:at] + (letter.upper() if initial == "upper" else letter.lower()) + text[at + 1 :]


_ALWAYS_CAPITAL = words(
    """
    I Mr Ms Mrs Dr Europe European Europeans France French English Germany German Africa African Asia Asian
    America American Monday Tuesday Wednesday Thursday Friday Saturday Sunday January February March April June
    July August September October November December Parliament Interpol Europol
    """
)
