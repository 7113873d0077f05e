"""What the drafting stage asks of a translation engine, whichever it is."""

from __future__ import annotations

import os
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Protocol


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
    """

    text: str
    score: float
    problem: str = ""
    attention: Attention | None = field(default=None, repr=False)


class Engine(Protocol):
    """Translates bare sentences. Same sentences, same package: same answers."""

    @property
    def signature(self) -> Signature:
        """Name and checksum of what answers."""
        ...

    def translate(
        self, windows: Iterable[Sequence[str]], *, careful: bool = False, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        """Answer window by window, in order; one window ahead may be read so that the processor never waits.

        Args:
            windows: groups of sentences; a group is answered as a whole.
            careful: decode with repetition control, for sentences whose first answer went astray.
            attended: sentences whose answers are to bring their attention; it changes no answer.
        """
        ...


def available_processors() -> int:
    """Processors this process may run on: what a container or `taskset` allows, not what the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
