"""`toolkit check`: releases, catalogues and glossary brought before the checks. Reads, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from itertools import count

from toolkit import checks
from toolkit.checks import Outcome, Text
from toolkit.errors import ToolkitError
from toolkit.jobs.english import sentences as english_sentences
from toolkit.judging import ignored, knowledge, text_of
from toolkit.pipeline import Pipeline
from toolkit.project import SourceFile, misnamed
from toolkit.reports import Report, kept

Progress = Callable[[int, int, str], None]


@dataclass(slots=True)
class CheckReport:
    """What `check` found.

    Attributes:
        outcome: the findings.
        releases, sentences: how much was looked at.
        problems: one error for each release or catalogue that could not be read.
    """

    outcome: Outcome
    releases: int = 0
    sentences: int = 0
    problems: list[ToolkitError] = field(default_factory=list)


def check(
    pipeline: Pipeline,
    wanted: Sequence[str] = (),
    progress: Progress = lambda done, total, release: None,
) -> CheckReport:
    """Check the releases asked for; all when none is.

    Args:
        pipeline: the project.
        wanted: ids or file names of releases.
        progress: told (done, total, release) before each release is read, and before it is checked.

    Raises:
        ConfigError: [check] of toolkit.toml is not as it must be.
    """
    asked = {file.release for file in pipeline.sources(wanted)}
    report = Report() if wanted else Report(problems=list(misnamed(pipeline.project)))
    files = pipeline.sources(())
    texts: list[Text] = []
    steps = count()
    total = len(files) + len(asked)
    for file in files:
        progress(next(steps), total, file.release)
        with kept(report):
            texts.append(_text(pipeline, file, asked=file.release in asked))
    texts += _orphans(pipeline, report, asked=not wanted)
    complete = not wanted and not report.problems
    outcome = checks.run(
        texts,
        replace(knowledge(pipeline.project, pipeline.fixer), sentences=lambda text: len(english_sentences(text))),
        ignored(pipeline.project),
        complete=complete,
        progress=lambda release: progress(next(steps), total, release),
    )
    done = [text for text in texts if text.asked]
    problems = [problem for problem in report.problems if _concerns(problem, pipeline, asked, bool(wanted))]
    sentences = sum(len(line.bead) or 1 for text in done for line in text.sentences)
    return CheckReport(outcome, len(done), sentences, problems)


def _concerns(problem: ToolkitError, pipeline: Pipeline, asked: set[str], some: bool) -> bool:
    """Whether an error is about a release that was asked for; of the others the catalogues only serve to compare."""
    names = {file.shown: file.release for file in pipeline.sources(())}
    place = problem.where.partition(":")[0]
    own = names.get(place) or re.sub(r"\.po$", "", place.rpartition("/")[2])
    return not some or own in asked


def _text(pipeline: Pipeline, file: SourceFile, *, asked: bool) -> Text:
    """A release with its catalogue; only the catalogue of one that is there to compare with."""
    release = pipeline.release(file) if asked else None
    return text_of(pipeline.project, file, release, pipeline.shelf.load(file.release), asked=asked)


def _orphans(pipeline: Pipeline, report: Report, *, asked: bool) -> list[Text]:
    found: list[Text] = []
    for name in pipeline.shelf.orphans():
        with kept(report):
            path = pipeline.project.shown(pipeline.project.catalogue_path(name))
            found.append(Text(id=name, path=path, catalogue=pipeline.shelf.load(name), asked=asked, orphan=True))
    return found
