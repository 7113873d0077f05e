"""What is left to do, worst first: the review priority of every sentence, drafts and others.

0 is for what a person has approved, 100 for what has no English. Between them a machine draft stands where its signals
say, English of a changed sentence where the change says, and a person's own unfinished work at ``BEGUN``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.edition import Edition, Pair
from toolkit.errors import ToolkitError
from toolkit.model import ENGINE_ALIGN, Entry, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.reports import ReleaseStatus
from toolkit.text.difference import difference, per_cent
from toolkit.translation.engine import Answer
from toolkit.translation.scores import Signals, Weights, complaints, priority, shares, signals

#: No English at all.
EMPTY = 100
#: English of a sentence whose negation, number or name has changed: it reads well and says something else.
GRAVE = 95
#: What a person has begun, or asks to be looked at again.
BEGUN = 60
#: English of a sentence that changed a little: so much, and half of what the sentences differ in per cent.
CHANGED = 40
#: So many words of French are a phrase without the context that tells what it means.
SHORT = 3
#: Log-odds below the usual from which on a draft looks better than most.
_AS_USUAL = -1.0
#: What is said of a signal that raises a priority only a little.
_MILD = {
    "lp": "the model was not quite sure",
    "len": "the English is a little {} for this French",
    "rt": "translated back it differs a little",
}


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
        return Weighed(priority(found, weights), remarks or _reasons(found, weights))
    if state is State.FUZZY and provenance and provenance.engine == ENGINE_ALIGN and provenance.priority is not None:
        return Weighed(provenance.priority, remarks)
    if state is State.FUZZY and previous:
        return _changed(bare(previous), bare(source), remarks)
    if state is State.FUZZY:
        return Weighed(BEGUN, remarks or ("begun, and still marked “needs work”",))
    return Weighed(0)


def _reasons(found: Signals, weights: Weights | None) -> tuple[str, ...]:
    """Why a draft without a remark has its priority: what speaks against it, however little, or that nothing does."""
    if told := complaints(found, weights):
        return told
    values = dict(found)
    if "lp" not in values:
        return ("made by rule",)
    if values.get("words", SHORT + 1) <= SHORT:
        return ("a short phrase: easily wrong",)
    each = shares(found, weights)
    if each and each[0][0] > 0 and (name := each[0][1]) in _MILD:
        return (_MILD[name].format("long" if values.get("len", 0) > 0 else "short"),)
    total = sum(share for share, _ in each)
    return ("the model was as sure as usual" if total > _AS_USUAL else "the model was sure; only reading tells",)


def _changed(previous: str, source: str, remarks: Sequence[str]) -> Weighed:
    """Priority of English that was made for another French sentence."""
    found = difference(previous, source)
    if found.grave:
        return Weighed(GRAVE, (f"the {' and '.join(found.kinds)} changed", *(remarks or found.lines("French: "))))
    share = (100 - per_cent(previous, source)) // 2
    return Weighed(CHANGED + share, tuple(remarks) or found.lines("French: "))
