"""What the drafting stage asks of a translation engine, whichever it is."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
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
class Answer:
    """One translated sentence.

    Attributes:
        text: "" when the engine has none; ``problem`` then says why.
        score: length-normalised log-probability of the answer (≤ 0); 0.0 without an answer.
    """

    text: str
    score: float
    problem: str = ""


class Engine(Protocol):
    """Translates bare sentences. Same sentences, same package: same answers."""

    @property
    def signature(self) -> Signature:
        """Name and checksum of what answers."""
        ...

    def translate(self, windows: Iterable[Sequence[str]], *, careful: bool = False) -> Iterator[tuple[Answer, ...]]:
        """Answer window by window, in order; one window ahead may be read so that the processor never waits.

        Args:
            windows: groups of sentences; a group is answered as a whole.
            careful: decode with repetition control, for sentences whose first answer went astray.
        """
        ...


def available_processors() -> int:
    """Processors this process may run on: what a container or `taskset` allows, not what the machine has."""
    if hasattr(os, "sched_getaffinity"):
        return max(1, len(os.sched_getaffinity(0)))
    return os.cpu_count() or 1
