"""`toolkit check`: releases, catalogues and glossary brought before the checks. Reads, writes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import count

from toolkit import catalogue as catalogues
from toolkit import checks
from toolkit.checks import Ignored, Knowledge, Outcome, Text, Wrong
from toolkit.errors import ConfigError, ToolkitError
from toolkit.jobs.english import sentences as english_sentences
from toolkit.model import Catalogue, Release
from toolkit.pipeline import Pipeline
from toolkit.project import SourceFile, misnamed
from toolkit.reports import Report, kept
from toolkit.settings import FILE_NAME, CheckReleaseTable
from toolkit.text import quantities
from toolkit.text.fixtures import occurrences

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
        knowledge(pipeline),
        _ignored(pipeline),
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
    release: Release | None = pipeline.release(file) if asked else None
    catalogue: Catalogue | None = pipeline.shelf.load(file.release)
    settings = pipeline.project.settings.check.releases.get(file.release, CheckReleaseTable())
    return Text(
        id=file.release,
        path=pipeline.project.shown(pipeline.project.catalogue_path(file.release)),
        source_path=file.shown,
        release=release,
        catalogue=catalogue,
        final=settings.final,
        asked=asked,
    )


def _orphans(pipeline: Pipeline, report: Report, *, asked: bool) -> list[Text]:
    found: list[Text] = []
    for name in pipeline.shelf.orphans():
        with kept(report):
            path = pipeline.project.shown(pipeline.project.catalogue_path(name))
            found.append(Text(id=name, path=path, catalogue=pipeline.shelf.load(name), asked=asked, orphan=True))
    return found


def knowledge(pipeline: Pipeline) -> Knowledge:
    """What checks may ask: the project's glossary and fixtures, and the words it wants spelt so."""
    fixer, glossary = pipeline.fixer, pipeline.glossary

    def forbidden(source: str, target: str) -> tuple[Wrong, ...]:
        return tuple(
            Wrong(used[0] if used else term.english[0] if term.english else term.french, term.note, term.origin)
            for term in glossary.forbidden(source, target)
            for used in [[way for way in term.english if occurrences([way], target)]]
        )

    written = " ".join((*pipeline.project.settings.check.words, *(w for term in glossary.terms for w in term.english)))
    return Knowledge(
        language=pipeline.project.settings.project.target_language,
        fixtures=fixer.find,
        missing=fixer.missing,
        forbidden=forbidden,
        values=quantities.values,
        words=frozenset(re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", written.lower())) | _parts(written),
        digest=catalogues.digest,
        sentences=lambda text: len(english_sentences(text)),
    )


def _parts(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.lower()))


def _ignored(pipeline: Pipeline) -> Ignored:
    """[check] of toolkit.toml, with the lines on which things stand there."""
    table = pipeline.project.settings.check
    path = pipeline.project.root / FILE_NAME
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("cannot be read", where=FILE_NAME, hint="check its permissions") from error
    start = next((at for at, line in enumerate(lines) if re.match(r"\s*\[check", line)), 0)

    def line_of(word: str, after: int) -> int:
        quoted = re.compile(rf"[\"']?{re.escape(word)}[\"']?(?![\w-])")
        return next((at + 1 for at, line in enumerate(lines) if at >= after and quoted.search(line)), 0)

    named = {name: line_of(name, start) for name in table.releases}
    return Ignored(
        path=FILE_NAME,
        everywhere=tuple((spec, line_of(spec, start)) for spec in table.ignore),
        releases={
            name: tuple((spec, line_of(spec, max(0, named[name] - 1))) for spec in release.ignore)
            for name, release in table.releases.items()
        },
        lines=named,
    )
