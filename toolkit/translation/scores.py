"""Review priority, 0–100: how much a sentence wants a person's look. Called priority, not quality."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from toolkit.translation.engine import Answer

#: Names of signals and their values, as provenance keeps them: short names, so that a line of comment holds all.
Signals = tuple[tuple[str, float], ...]


def signals(source: str, target: str, answers: Sequence[Answer], failed: int = 0) -> Signals:
    """Measure a machine draft.

    Args:
        source: bare French.
        target: bare English, finished.
        answers: of the engine, of which it was made; () where rules made it.
        failed: remarks that point at something wrong (a number missing, a term not followed).
    """
    return ()


def priority(measured: Signals, weights: Mapping[str, float] | None = None) -> int:
    """Review priority of a draft, 0 (a look is enough) to 100 (worst first).

    Args:
        measured: the draft's signals.
        weights: of a calibration; None for the shipped ones.
    """
    return 50
