"""What is left to do, worst first: the review priority of every sentence, drafts and others.

0 is for what a person has approved, 100 for what has no English. Between them a machine draft stands where its signals
say, English of a changed sentence where the change says, and a person's own unfinished work at ``BEGUN``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.errors import ToolkitError
from toolkit.model import Edition, Entry, Pair, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.reports import ReleaseStatus
from toolkit.text.difference import difference, per_cent
from toolkit.translation.engine import Answer
from toolkit.translation.scores import Signals, Weights, complaints, priority, signals

#: No English at all.
EMPTY = 100
#: English of a sentence whose negation, number or name has changed: it reads well and says something else.
GRAVE = 95
#: What a person has begun, or asks to be looked at again.
BEGUN = 60
#: English of a sentence that changed a little: so much, and half of what the sentences differ in per cent.
CHANGED = 40


@dataclass(frozen=True, slots=True)
class Weighed:
    """How much a sentence wants a person's look.

    Attributes:
        priority: 0 to 100, worst first.
        reasons: why, in words.
    """

    priority: int
    reasons: tuple[str, ...] = ()


def weigh(entry: Entry, weights: Weights | None = None) -> Weighed:
    """Priority of a catalogue's entry."""
    previous = entry.previous.source if entry.previous else ""
    return _weigh(entry.state, entry.key.source, entry.target, entry.provenance, previous, weights)


def weigh_pair(pair: Pair, weights: Weights | None = None) -> Weighed:
    """Priority of an edition's pair: that of its entry."""
    return _weigh(pair.state, pair.segment.msgid, pair.target or "", pair.provenance, pair.previous, weights)


def effort_left(edition: Edition, weights: Weights | None = None) -> int:
    """Words of an edition that no person has approved, each weighted by its sentence's priority, rounded."""
    total = sum(len(bare(pair.segment.text).split()) * weigh_pair(pair, weights).priority for pair in edition.pairs)
    return round(total / 100)


def statuses(pipeline: Pipeline, wanted: Sequence[str] = ()) -> tuple[list[ReleaseStatus], list[ToolkitError]]:
    """How far each release has come, and what it still takes. Nothing is written.

    Raises:
        ConfigError: the project's own weights cannot be read.
    """
    weights = pipeline.weights
    return pipeline.status(wanted, lambda edition: effort_left(edition, weights))


def measured(source: str, target: str, provenance: Provenance) -> Signals:
    """A draft's signals; for one that was written before there were any, what can still be told.

    Args:
        source: French, as the catalogue holds it.
        target: the draft itself.
        provenance: of the draft.
    """
    if provenance.signals:
        return provenance.signals
    answers = () if provenance.score is None else (Answer("", provenance.score),)
    return signals(bare(source), bare(target), answers, len(provenance.remarks))


def _weigh(
    state: State, source: str, target: str, provenance: Provenance | None, previous: str, weights: Weights | None
) -> Weighed:
    remarks = provenance.remarks if provenance else ()
    if state is State.UNTRANSLATED:
        return Weighed(EMPTY, remarks or ("no English yet",))
    if state is State.MACHINE and provenance is not None:
        found = measured(source, target, provenance)
        return Weighed(priority(found, weights), remarks or complaints(found, weights))
    if state is State.FUZZY and previous:
        return _changed(bare(previous), bare(source), remarks)
    if state is State.FUZZY:
        return Weighed(BEGUN, remarks or ("begun, and still marked “needs work”",))
    return Weighed(0)


def _changed(previous: str, source: str, remarks: Sequence[str]) -> Weighed:
    """Priority of English that was made for another French sentence."""
    found = difference(previous, source)
    if found.grave:
        return Weighed(GRAVE, (f"the {' and '.join(found.kinds)} changed", *(remarks or found.lines("French: "))))
    share = (100 - per_cent(previous, source)) // 2
    return Weighed(CHANGED + share, tuple(remarks) or found.lines("French: "))
