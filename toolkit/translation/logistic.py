"""Logistic regression in plain Python: a few thousand drafts and ten signals need no library.

Weights that would go against their signal's sense (a surer model wanting more review) are left out, so that what is
learned from few reviews cannot turn priority upside down.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.translation.scores import SIGNALS, Weights

#: Strength of the pull of each weight towards 0, in examples: steadies what few examples say.
RIDGE = 2.0
_STEPS = 25
_CLOSE = 1e-9


@dataclass(frozen=True, slots=True)
class Example:
    """A draft that a person has judged.

    Attributes:
        values: ``scores.features`` of its signals.
        changed: whether the person changed it.
    """

    values: Mapping[str, float]
    changed: bool


def fit(examples: Sequence[Example], note: str = "") -> Weights:
    """Weights under which the examples are most probable, each signal counting only in its own sense.

    Signals missing in an example count as usual there. The same examples give the same weights, to the last digit
    that is kept.

    Args:
        examples: at least one changed and one unchanged.
        note: kept with the weights.
    """
    spread = _spread(examples)
    names = list(spread)
    while True:
        rows = [[1.0, *(_standard(example, name, spread[name]) for name in names)] for example in examples]
        found = _newton(rows, [float(example.changed) for example in examples])
        against = [(value * SIGNALS[name].sign, name) for name, value in zip(names, found[1:], strict=True)]
        worst = min(against, default=(0.0, ""))
        if worst[0] >= 0:
            break
        names.remove(worst[1])
    terms = {
        name: (round(spread[name][0], 4), round(value / spread[name][1], 4))
        for name, value in zip(names, found[1:], strict=True)
    }
    return Weights(round(found[0], 4), terms, note)


def auc(scored: Iterable[tuple[float, bool]]) -> float:
    """How often a changed draft has the higher score of a pair of one changed and one unchanged; ties count half.

    Returns:
        1.0 for a perfect order, 0.5 for chance, and for examples of one kind only.
    """
    ordered = sorted(scored)
    ranks: dict[float, list[int]] = {}
    for rank, (score, _) in enumerate(ordered, 1):
        ranks.setdefault(score, []).append(rank)
    changed = [score for score, is_changed in ordered if is_changed]
    others = len(ordered) - len(changed)
    if not changed or not others:
        return 0.5
    total = sum((ranks[score][0] + ranks[score][-1]) / 2 for score in changed)
    return (total - len(changed) * (len(changed) + 1) / 2) / (len(changed) * others)


def _spread(examples: Sequence[Example]) -> dict[str, tuple[float, float]]:
    """Mean and standard deviation of each signal that varies."""
    found = {}
    for name in SIGNALS:
        values = [example.values[name] for example in examples if name in example.values]
        if len(values) * 2 < len(examples):
            continue
        mean = sum(values) / len(values)
        deviation = math.sqrt(sum((value - mean) ** 2 for value in values) / len(values))
        if deviation > _CLOSE:
            found[name] = (mean, deviation)
    return found


def _standard(example: Example, name: str, spread: tuple[float, float]) -> float:
    mean, deviation = spread
    return (example.values.get(name, mean) - mean) / deviation


def _newton(rows: Sequence[Sequence[float]], labels: Sequence[float]) -> list[float]:
    """Coefficients of highest penalised likelihood (Newton's method; the first, the intercept, is not penalised)."""
    width = len(rows[0])
    found = [0.0] * width
    for _ in range(_STEPS):
        slope = [-RIDGE * value if index else 0.0 for index, value in enumerate(found)]
        curve = [[RIDGE * (row == column) if row else 0.0 for column in range(width)] for row in range(width)]
        for row, label in zip(rows, labels, strict=True):
            chance = _logistic(sum(value * weight for value, weight in zip(row, found, strict=True)))
            doubt = max(chance * (1 - chance), 1e-6)
            for index, value in enumerate(row):
                slope[index] += (label - chance) * value
                scaled = doubt * value
                line = curve[index]
                for other, second in enumerate(row):
                    line[other] += scaled * second
        step = _solved(curve, slope)
        found = [value + change for value, change in zip(found, step, strict=True)]
        if max(map(abs, step)) < _CLOSE:
            break
    return found


def _logistic(value: float) -> float:
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, value))))


def _solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """The solution of a symmetric positive definite system, by elimination."""
    lines = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    size = len(lines)
    for pivot in range(size):
        for row in range(pivot + 1, size):
            factor = lines[row][pivot] / lines[pivot][pivot]
            for column in range(pivot, size + 1):
                lines[row][column] -= factor * lines[pivot][column]
    result = [0.0] * size
    for row in reversed(range(size)):
        known = sum(lines[row][column] * result[column] for column in range(row + 1, size))
        result[row] = (lines[row][size] - known) / lines[row][row]
    return result
