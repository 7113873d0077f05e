"""Drafts translated back: where the French that comes back is other French, the English is suspect.

Only with an installed package for the way back, and only when asked for: it takes as long as drafting. The likeness of
the two French sentences becomes a signal of the draft.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace

from toolkit.errors import ToolkitError
from toolkit.jobs.combining import vanished
from toolkit.model import Catalogue, Entry, Key, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.reports import Report, kept
from toolkit.text.difference import per_cent
from toolkit.translation.directories import package_directories
from toolkit.translation.draft import Progress
from toolkit.translation.engine import Engine
from toolkit.translation.packages import choose, installed_packages
from toolkit.translation.scores import SIGNALS, Weights, priority

_NAME = "rt"
#: Sentences translated back at once.
_WINDOW = 128


@dataclass(slots=True)
class RoundTrip:
    """What was measured.

    Attributes:
        sentences: how many drafts were translated back.
        written: catalogues that changed, as messages name them.
        problems: one error for each catalogue that could not be read.
        model: label of the package for the way back; "" when nothing was left to do.
    """

    sentences: int = 0
    written: dict[str, None] = field(default_factory=dict)
    problems: list[ToolkitError] = field(default_factory=list)
    model: str = ""


def back_engine(pipeline: Pipeline) -> Engine:
    """The engine for the way back, loaded.

    Raises:
        ModelError: no package for it is installed, or it cannot be loaded.
    """
    languages = pipeline.project.settings.project
    found, problems = installed_packages(package_directories())
    for problem in problems:
        pipeline.notify(problem)
    return pipeline.engine(choose(found, languages.target_language, languages.source_language))


def round_trip(
    pipeline: Pipeline,
    releases: Sequence[str] = (),
    *,
    open_engine: Callable[[Pipeline], Engine] = back_engine,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> RoundTrip:
    """Measure the drafts that have not been translated back yet.

    Args:
        pipeline: of the project.
        releases: ids or files; all when empty.
        open_engine: loads the engine for the way back, once, when a draft needs it.
        progress: called after each catalogue.

    Raises:
        ModelError: there is no package for the way back.
    """
    result, report = RoundTrip(), Report()
    todo: dict[str, list[Entry]] = {}
    for file in pipeline.sources(releases):
        with kept(report):
            catalogue = pipeline.shelf.load(file.release)
            if drafts := [entry for entry in catalogue.live if _wants(entry)] if catalogue else []:
                todo[file.release] = drafts
    result.problems = report.problems
    if not todo:
        return result
    engine = open_engine(pipeline)
    result.model = engine.signature.package
    total = sum(map(len, todo.values()))
    for release, drafts in todo.items():
        alike = _alike(engine, drafts)
        with kept(report):
            if written := pipeline.shelf.change(release, _adding(release, alike, pipeline.weights)):
                result.written[pipeline.project.shown(written)] = None
        result.sentences += len(drafts)
        progress(Progress(result.sentences, total, release))
    return result


def _wants(entry: Entry) -> bool:
    made = entry.provenance
    if entry.state is not State.MACHINE or made is None:
        return False
    names = {name for name, _ in made.signals}
    return "lp" in names and _NAME not in names


def _alike(engine: Engine, drafts: Sequence[Entry]) -> dict[tuple[Key, str], float]:
    """For each draft the share of words in which its French and the French made of it agree, 0 to 1."""
    windows = [drafts[start : start + _WINDOW] for start in range(0, len(drafts), _WINDOW)]
    found: dict[tuple[Key, str], float] = {}
    asked = [[bare(entry.target) for entry in window] for window in windows]
    for window, answers in zip(windows, engine.translate(asked), strict=True):
        for entry, answer in zip(window, answers, strict=True):
            share = per_cent(bare(entry.key.source), answer.text) / 100 if answer.text else 0.0
            found[entry.key, entry.target] = round(share, 2)
    return found


def _adding(
    release: str, alike: dict[tuple[Key, str], float], weights: Weights | None
) -> Callable[[Catalogue | None], Catalogue]:
    """Puts the signal into a catalogue, where a draft is still the one that was translated back."""

    def change(old: Catalogue | None) -> Catalogue:
        if old is None:
            raise vanished(release)
        return replace(old, entries=tuple(_measured(entry, alike, weights) for entry in old.entries))

    return change


def _measured(entry: Entry, alike: dict[tuple[Key, str], float], weights: Weights | None) -> Entry:
    share = alike.get((entry.key, entry.target))
    if share is None or entry.provenance is None or not _wants(entry):
        return entry
    values = {**dict(entry.provenance.signals), _NAME: share}
    found = tuple((name, values[name]) for name in SIGNALS if name in values)
    return replace(entry, provenance=replace(entry.provenance, signals=found, priority=priority(found, weights)))
