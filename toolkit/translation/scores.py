"""Review priority, 0–100: how much a machine draft wants a person's look. Called priority, not quality.

A draft is measured when it is written: how sure the model was, how long the English is, what went missing. The numbers
are its signals, kept in the catalogue; a logistic of their weighted sum is its priority. The shipped weights and what
they were fitted on are in docs/review.md; `toolkit calibrate` fits a project's own.
"""

from __future__ import annotations

import itertools
import json
import math
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from toolkit.errors import ConfigError
from toolkit.translation.engine import Answer

#: Names of signals and their values, as provenance keeps them: short names, so that two lines of comment hold all.
Signals = tuple[tuple[str, float], ...]

#: File of a project's own weights, in its locales/ folder.
WEIGHTS_NAME = "priority.json"

#: Where nothing was measured.
UNKNOWN = 50
#: A draft made by rule alone: a date, a place, a credit line.
BY_RULE = 5
#: Least priority of a draft with a remark that says what is wrong; and the most any draft has: 100 is for no English.
FLAWED, MOST = 80, 99
#: Share of the log-odds, above the usual, that is worth telling.
_TELLING = 0.5

#: Mean of the logarithm of (English + 5) / (French + 5) characters, over the pairs the shipped weights were fitted on.
USUAL_LENGTH = -0.11
_WORD = re.compile(r"[^\W_]+")
_NAME = re.compile(r"(?<=[^\W_][,’'( ]) ?(?:[A-ZÀ-ÖØ-Þ][^\W_]+|\d+)")


@dataclass(frozen=True, slots=True)
class Signal:
    """A kind of signal.

    Attributes:
        meaning: in words, for people.
        complaint: what a reviewer is told where it raises the priority.
        sign: 1 where more of it wants a look more, -1 where less does.
        shape: what the weighted sum takes of the value.
    """

    meaning: str
    complaint: str
    sign: int
    shape: Callable[[float], float] = float


#: All signals by name, in the order in which they are written.
SIGNALS: Mapping[str, Signal] = {
    "lp": Signal("log-probability per token", "the model was unsure", -1),
    "gap": Signal("margin to the second hypothesis", "another wording was as likely", -1),
    "cov": Signal("share of the French the model looked at", "part of the French may be missing", -1),
    "len": Signal("English longer or shorter than usual", "the English is {} for this French", 1, abs),
    "rep": Signal("words said again", "words said again", 1),
    "same": Signal("share of words left as in the French", "words left as in the French", 1),
    "lost": Signal("names and figures not found in the English", "names or figures not found", 1),
    "rt": Signal("likeness of the French translated back", "translated back it is other French", -1),
    "bad": Signal("remarks on something wrong", "something is wrong", 1),
    "words": Signal("length of the sentence", "a long sentence", 1, math.log1p),
}


@dataclass(frozen=True, slots=True)
class Weights:
    """What each signal counts for.

    Attributes:
        bias: log-odds that a draft whose signals are all usual is changed by a reviewer.
        terms: by signal its usual value (after ``Signal.shape``) and its weight, in log-odds for each unit.
        note: what they were fitted on, one line.
    """

    bias: float
    terms: Mapping[str, tuple[float, float]]
    note: str = ""


#: docs/review.md says what they were fitted on; benchmarks/priority.py fits again.
SHIPPED = Weights(
    bias=-0.13,
    # The last was set by hand: no package for the way back was there to fit it with.
    terms={"lp": (-0.583, -5.79), "len": (0.097, 2.6), "rt": (0.6, -2.0)},
    note="2,250 pairs of Europarl, laws of Canada and Tatoeba, and the sample project's reviewed English",
)


def signals(source: str, target: str, answers: Sequence[Answer], failed: int = 0) -> Signals:
    """Measure a machine draft.

    Args:
        source: bare French.
        target: bare English, finished.
        answers: of the engine, of which it was made; () where rules made it.
        failed: remarks that point at something wrong (a number missing, a term not followed).

    Returns:
        In the order of ``SIGNALS``, each value rounded; those of the engine only where it has them.
    """
    french, english = _WORD.findall(source.casefold()), _WORD.findall(target.casefold())
    measured: dict[str, float] = {}
    if answers:
        measured["lp"] = round(min(answer.score for answer in answers), 2)
    margins = [answer.margin for answer in answers if answer.margin is not None]
    if margins:
        measured["gap"] = round(min(margins), 3)
    coverages = [answer.coverage for answer in answers if answer.coverage is not None]
    if coverages:
        measured["cov"] = round(min(coverages), 2)
    measured["len"] = round(math.log((len(target) + 5) / (len(source) + 5)) - USUAL_LENGTH, 2)
    measured["rep"] = max(0, _repeated(english) - _repeated(french))
    measured["same"] = round(_share_left(french, english), 2)
    measured["lost"] = _lost(source, english)
    measured["bad"] = failed
    measured["words"] = len(source.split())
    return tuple(measured.items())


def features(measured: Signals) -> dict[str, float]:
    """The signals as the weighted sum takes them; unknown names are left out."""
    return {name: SIGNALS[name].shape(value) for name, value in measured if name in SIGNALS}


def priority(measured: Signals, weights: Weights | None = None) -> int:
    """Review priority of a draft, 0 (a look is enough) to 99 (worst first; 100 is kept for sentences without English).

    More repetition, more lost names, a length farther from the usual, or a less sure model never lower it. With a
    remark on something wrong it is at least ``FLAWED``.

    Args:
        measured: the draft's signals.
        weights: of a calibration; None for the shipped ones.
    """
    if not measured:
        return UNKNOWN
    return min(MOST, round(chance(features(measured), weights or SHIPPED) * 100))


def chance(values: Mapping[str, float], weights: Weights) -> float:
    """What ``priority`` rounds: 0 to 1, given the ``features`` of a draft's signals."""
    if "lp" in values:
        log_odds = weights.bias
        for name, (usual, weight) in weights.terms.items():
            log_odds += weight * (values.get(name, usual) - usual)
        found = 1 / (1 + math.exp(-max(-30.0, min(30.0, log_odds))))
    else:
        found = BY_RULE / 100
    return FLAWED / 100 + (1 - FLAWED / 100) * found if values.get("bad") else found


def complaints(measured: Signals, weights: Weights | None = None) -> tuple[str, ...]:
    """What raises a draft's priority above the usual, in words, the strongest first; () where nothing much does."""
    values = features(measured)
    long = "long" if dict(measured).get("len", 0) > 0 else "short"
    return tuple(
        SIGNALS[name].complaint.format(long)
        for share, name in shares(measured, weights)
        if share >= _TELLING and "lp" in values
    )


def shares(measured: Signals, weights: Weights | None = None) -> list[tuple[float, str]]:
    """What each signal adds to the log-odds above its usual value, the most first."""
    values = features(measured)
    found = [
        (weight * (values[name] - usual), name)
        for name, (usual, weight) in (weights or SHIPPED).terms.items()
        if name in values and name != "bad"
    ]
    return sorted(found, reverse=True)


def load_weights(path: Path, where: str) -> Weights | None:
    """The weights that `toolkit calibrate --write` stored for a project; None when it has none.

    Args:
        path: of the project's ``WEIGHTS_NAME``.
        where: its name, for messages.

    Raises:
        ConfigError: the file cannot be read, or holds something else.
    """
    hint = "delete it, or write it anew with `toolkit calibrate --write`"
    try:
        data = json.loads(path.read_bytes())
    except FileNotFoundError:
        return None
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=where, hint="check its permissions") from error
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"is not valid JSON: {error}", where=where, hint=hint) from error
    try:
        terms = {
            name: (_finite(term["usual"]), _finite(term["weight"]))
            for name, term in data["signals"].items()
            if name in SIGNALS
        }
        return Weights(_finite(data["bias"]), terms, str(data.get("fitted on", "")))
    except (KeyError, TypeError, ValueError, AttributeError) as error:
        raise ConfigError("does not hold the weights of a calibration", where=where, hint=hint) from error


def dump_weights(weights: Weights) -> bytes:
    """What ``load_weights`` reads."""
    signals = {name: {"usual": usual, "weight": weight} for name, (usual, weight) in weights.terms.items()}
    data = {"fitted on": weights.note, "bias": weights.bias, "signals": signals}
    return (json.dumps(data, ensure_ascii=False, indent=2) + "\n").encode()


def _finite(value: float) -> float:
    if isinstance(value, bool) or not math.isfinite(value):
        raise ValueError
    return float(value)


def _repeated(words: Sequence[str]) -> int:
    """How many pairs of neighbouring words come again, and words come twice running."""
    pairs = list(itertools.pairwise(words))
    return len(pairs) - len(set(pairs)) + sum(first == second for first, second in pairs)


def _share_left(french: Sequence[str], english: Sequence[str]) -> float:
    """Share of the longer English words that stand in the French as they are; names and figures count, too."""
    long = [word for word in english if len(word) > 3]
    known = frozenset(french)
    return sum(word in known for word in long) / len(long) if long else 0.0


def _lost(source: str, english: Sequence[str]) -> int:
    """How many capitalised words and figures inside the French are not among the English words."""
    named = Counter(found.strip().casefold() for found in _NAME.findall(source))
    return sum((named - Counter(english)).values())
