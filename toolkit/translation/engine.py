"""What the drafting stage asks of a translation engine, whichever it is."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable


@dataclass(frozen=True, slots=True)
class Signature:
    """Where an engine's answers come from: what provenance lines carry.

    Attributes:
        engine: "argos".
        package: name and version ("translate-fr_en 0.1").
        checksum: first 12 hexadecimal digits of the package's SHA-256.
    """

    engine: str
    package: str
    checksum: str


@dataclass(frozen=True, slots=True)
class Attention:
    """What a model looked at while it wrote: where the words of a question went in its answer.

    Attributes:
        source: pieces of the question, in order; a piece that begins a word begins with a space.
        target: pieces of the answer, likewise.
        weights: for each piece of the answer a row, with a weight for each piece of the question.
    """

    source: tuple[str, ...]
    target: tuple[str, ...]
    weights: tuple[Sequence[float], ...]


@dataclass(frozen=True, slots=True)
class Answer:
    """One translated sentence.

    Attributes:
        text: "" when the engine has none; ``problem`` then says why.
        score: length-normalised log-probability of the answer (≤ 0); 0.0 without an answer.
        attention: where it was asked for and the engine has it.
        margin: how much less probable the second hypothesis is, in the score's unit (≥ 0); None where not known.
        coverage: share of the question's pieces that the model looked at (0–1); None where not known.
    """

    text: str
    score: float
    problem: str = ""
    attention: Attention | None = field(default=None, repr=False)
    margin: float | None = None
    coverage: float | None = None


@dataclass(frozen=True, slots=True)
class Decoding:
    """How an answer is looked for.

    Attributes:
        beam: beam width; 0 for the engine's own.
        controlled: punish repetition, and say no three pieces twice.
    """

    beam: int = 0
    controlled: bool = False


USUAL = Decoding()


class Engine(Protocol):
    """Translates bare sentences. Same sentences, same package: same answers."""

    @property
    def signature(self) -> Signature:
        """Name and checksum of what answers."""
        ...

    def translate(
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        """Answer window by window, in order; one window ahead may be read so that the processor never waits.

        Args:
            windows: groups of sentences; a group is answered as a whole.
            decoding: otherwise than usual for sentences whose first answer went astray.
            attended: sentences whose answers are to bring their attention; it changes no answer.
        """
        ...


@runtime_checkable
class Steerable(Engine, Protocol):
    """An engine that can be led: made to begin with given English, and asked what it thinks of some."""

    def complete(self, begun: Sequence[tuple[str, str]]) -> tuple[Answer, ...]:
        """Finish answers that are begun.

        Args:
            begun: French sentences, each with the English that its answer begins with.

        Returns:
            Whole answers, with attention; the score is that of the whole.
        """
        ...

    def score(self, pairs: Sequence[tuple[str, str]]) -> tuple[float, ...]:
        """Log-probability per token of English sentences, each for its French one; nearer 0 is likelier."""
        ...


def available_processors() -> int:
    """Processors this process may run on: what a container or `taskset` allows, not what the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
