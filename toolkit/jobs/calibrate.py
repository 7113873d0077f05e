"""`toolkit calibrate`: which drafts need a person, learnt from what people made of earlier ones.

Nothing is recorded for it: a catalogue's provenance says what a machine wrote (its hash) and what was measured then,
and the approved English beside it says whether a person changed it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.beading import beads_in
from toolkit.beads import joined, mark_of
from toolkit.errors import RefusedError, ToolkitError
from toolkit.files import refuse_link, write_atomic
from toolkit.jobs.effort import measured
from toolkit.model import ENGINE_ALIGN, ENGINE_MEMORY, ENGINE_PREVIOUS, ENGINE_RULE, Catalogue, Entry, State
from toolkit.pipeline import Pipeline
from toolkit.project import LOCALES
from toolkit.reports import Report, kept
from toolkit.translation.logistic import Example, auc, fit
from toolkit.translation.scores import SHIPPED, WEIGHTS_NAME, Weights, chance, dump_weights, features

#: Fewer reviewed drafts, or fewer of either kind, tell nothing.
LEAST, LEAST_OF_EACH = 30, 5
#: Parts into which the drafts are dealt: each is predicted by weights fitted on the others.
FOLDS = 5
_NOT_MACHINES = frozenset({ENGINE_ALIGN, ENGINE_MEMORY, ENGINE_PREVIOUS, ENGINE_RULE})


@dataclass(frozen=True, slots=True)
class Calibration:
    """What was learnt.

    Attributes:
        examples: reviewed drafts; ``changed`` of them a person changed.
        weights: fitted on all of them.
        predicted: how well such weights predict drafts they were not fitted on (area under the ROC curve: how often,
            of one changed and one approved draft, the changed one has the higher priority; 0.5 is chance).
        shipped: how well the shipped weights do; ``stored`` those of an earlier calibration, None where there is none.
        problems: one error for each catalogue that could not be read.
    """

    examples: int
    changed: int
    weights: Weights
    predicted: float
    shipped: float
    stored: float | None = None
    problems: tuple[ToolkitError, ...] = field(default=())


def calibrate(pipeline: Pipeline, releases: Sequence[str] = ()) -> Calibration:
    """Learn from the reviews in the catalogues. Nothing is written.

    Args:
        pipeline: of the project.
        releases: ids or files; when empty, all catalogues, those without a release too.

    Raises:
        RefusedError: too few reviewed drafts, or all changed, or none. ConfigError: stored weights cannot be read.
    """
    before = pipeline.weights
    report = Report()
    found: list[tuple[str, Example]] = []
    for release in _releases(pipeline, releases):
        with kept(report):
            catalogue = pipeline.shelf.load(release)
            found += history(release, catalogue.entries) if catalogue else ()
    examples = [example for _, example in sorted(found, key=lambda one: one[0])]
    changed = sum(example.changed for example in examples)
    _require(len(examples), changed)
    note = f"{len(examples)} reviewed drafts of this project, {changed} of them changed"
    return Calibration(
        len(examples),
        changed,
        fit(examples, note),
        cross_validated(examples),
        predicts(examples, SHIPPED),
        predicts(examples, before) if before else None,
        tuple(report.problems),
    )


def store(pipeline: Pipeline, weights: Weights) -> Path | None:
    """Keep weights for `translate`, `review` and `status`; gives the file if it changed."""
    path = pipeline.project.root / LOCALES / WEIGHTS_NAME
    refuse_link(path, pipeline.project.root)
    return path if write_atomic(path, dump_weights(weights)) else None


def history(release: str, entries: Iterable[Entry]) -> Iterator[tuple[str, Example]]:
    """The drafts of a catalogue that a person has judged, each with a name that orders it.

    A draft counts when it was an engine's, its English is approved now, for the very sentence it was made for, and
    something was measured of it. That a person merged it with its neighbour, or parted it, says nothing against it.
    """
    entries = tuple(entries)
    merged = beads_in(Catalogue(release, (), entries))
    for entry in entries:
        made = entry.provenance
        approved = entry.state is State.REVIEWED or (entry.state is State.OBSOLETE and "fuzzy" not in entry.flags)
        if made is None or made.engine in _NOT_MACHINES or not approved or not entry.target:
            continue
        if entry.key in merged or mark_of(entry.target):
            continue
        digest = catalogues.key_digest(entry.key)
        if made.source_hash != digest or made.score is None:
            continue
        is_changed = made.target_hash != catalogues.digest(joined(entry.key.source, entry.target))
        values = features(made.signals or _remembered(entry, is_changed))
        yield f"{digest} {release}", Example(values, is_changed)


def _remembered(entry: Entry, is_changed: bool) -> tuple[tuple[str, float], ...]:
    """Signals of a draft from before there were any: the draft itself may be gone."""
    made = entry.provenance
    if made is None or made.score is None:
        return ()
    if is_changed:
        return (("lp", round(made.score, 2)), ("words", len(entry.key.source.split())))
    return measured(entry.key.source, entry.target, made)


def cross_validated(examples: Sequence[Example]) -> float:
    """How well weights predict examples they were not fitted on (AUC), each kind dealt evenly into ``FOLDS`` parts."""
    dealt = sorted(examples, key=lambda example: example.changed)
    scored: list[tuple[float, bool]] = []
    for part in range(FOLDS):
        weights = fit([example for index, example in enumerate(dealt) if index % FOLDS != part])
        held_out = [example for index, example in enumerate(dealt) if index % FOLDS == part]
        scored += [(chance(example.values, weights), example.changed) for example in held_out]
    return auc(scored)


def predicts(examples: Iterable[Example], weights: Weights) -> float:
    """How well weights predict examples (AUC)."""
    return auc((chance(example.values, weights), example.changed) for example in examples)


def _releases(pipeline: Pipeline, wanted: Sequence[str]) -> tuple[str, ...]:
    known = tuple(file.release for file in pipeline.sources(wanted))
    return known if wanted else (*known, *pipeline.shelf.orphans())


def _require(examples: int, changed: int) -> None:
    if examples < LEAST:
        said = f"only {examples} reviewed machine drafts, and {LEAST} are needed" if examples else "no reviewed drafts"
        raise RefusedError(
            f"there is too little to learn from: {said}", where=LOCALES, hint="review more; the shipped weights serve"
        )
    few, what = min((changed, "changed"), (examples - changed, "approved as they were"))
    if few < LEAST_OF_EACH:
        raise RefusedError(
            f"there is nothing to tell apart: of {examples} reviewed drafts, {few} were {what}",
            where=LOCALES,
            hint=f"at least {LEAST_OF_EACH} of each kind are needed; the shipped weights serve until then",
        )
