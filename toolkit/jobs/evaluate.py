"""`toolkit evaluate`: the English of a project, or new drafts of it, against references."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.edition import Edition
from toolkit.editions import align
from toolkit.errors import EvaluationError, ToolkitError
from toolkit.jobs.references import References, Unit, plain, sentences_of
from toolkit.jobs.scoring import Case, System, Targets, score, signatures
from toolkit.model import Catalogue, Release, State
from toolkit.pipeline import Pipeline
from toolkit.reports import Report, kept
from toolkit.translation.draft import WINDOW, Progress
from toolkit.translation.engine import available_processors
from toolkit.translation.packages import ModelPackage

#: The names of systems that are no file.
CURRENT, FRESH, RAW = "current", "fresh", "raw"

Show = Callable[[Progress], None]


@dataclass(frozen=True, slots=True)
class Evaluation:
    """The outcome.

    Attributes:
        signatures: of the metrics, as sacrebleu writes them.
        without: ids of the releases asked for that have no reference.
        problems: of releases that could not be read.
    """

    systems: tuple[System, ...]
    signatures: Mapping[str, str]
    without: tuple[str, ...]
    problems: tuple[ToolkitError, ...]


def evaluate(
    pipeline: Pipeline,
    references: Path,
    wanted: Sequence[str] = (),
    *,
    fresh: bool = False,
    compare: str = "",
    model: str | None = None,
    progress: Show = lambda progress: None,
) -> Evaluation:
    """Score the English of releases against references. Nothing is written.

    Args:
        pipeline: of the project.
        references: a folder or a file, see ``References``.
        wanted: releases; all that have a reference when empty.
        fresh: score new drafts of everything, made without memory, instead of what the catalogues hold.
        compare: "raw" for the engine without rules and glossary, or a file or folder like ``references``; "" for none.
        model: package to draft with, as `toolkit translate` takes it.
        progress: of drafting.

    Raises:
        EvaluationError: references cannot be read, or fit no release.
        ModelError: no package to draft with.
    """
    return _Job(pipeline, model, progress).run(references, wanted, fresh, compare)


@dataclass(slots=True)
class _Job:
    pipeline: Pipeline
    model: str | None
    progress: Show
    report: Report = field(default_factory=Report)
    releases: dict[str, Release] = field(default_factory=dict)
    without: list[str] = field(default_factory=list)

    def run(self, references: Path, wanted: Sequence[str], fresh: bool, compare: str) -> Evaluation:
        cases = self._cases(references, wanted)
        package = self.pipeline.package(self.model) if fresh or compare == RAW else None
        systems = []
        if fresh and package:
            systems.append(score(FRESH, package.label, cases, self._fresh(package, cases)))
        else:
            current = self._current(cases)
            cases = [self._as_merged(case) for case in cases if case.release in current]
            self._require(cases)
            systems.append(score(CURRENT, "", cases, current))
        if compare == RAW and package:
            systems.append(score(RAW, package.label, cases, self._raw(package, cases)))
        elif compare:
            systems.append(score(compare, "", cases, self._given(Path(compare), cases)))
        return Evaluation(tuple(systems), signatures(), tuple(self.without), tuple(self.report.problems))

    def _references(self, path: Path, releases: Sequence[str]) -> References:
        languages = self.pipeline.project.settings.project
        pair = (languages.source_language, languages.target_language)
        every = [file.release for file in self.pipeline.sources(())]
        return References(path, every, pair, releases[0] if len(releases) == 1 else "", self.pipeline.notify)

    def _cases(self, path: Path, wanted: Sequence[str]) -> list[Case]:
        files = self.pipeline.sources(wanted)
        references = self._references(path, [file.release for file in files])
        cases = []
        for file in files:
            with kept(self.report):
                release = self.pipeline.release(file)
                sentences = sentences_of(release)
                units = references.units(release.id, sentences)
                if not units:
                    self.without.append(release.id)
                    continue
                fixtures = tuple(self.pipeline.fixer.settled(sentence.french) for sentence in sentences)
                cases.append(Case(release.id, sentences, units, fixtures))
                self.releases[release.id] = release
        self._require(cases)
        if not cases:
            raise EvaluationError(
                "no sentence of these releases has a reference here",
                where=str(path),
                hint="call the files as the releases are called (`toolkit status` lists them), or name the one release",
            )
        return cases

    def _require(self, cases: Sequence[Case]) -> None:
        """Where nothing can be scored because of what is wrong with the releases, that is the error."""
        if not cases and self.report.problems:
            raise self.report.problems[0]

    def _edition(self, release: str, catalogue: Catalogue | None) -> Edition:
        return align(self.releases[release], catalogue, self.pipeline.project.settings.project.target_language)

    def _english(self, release: str, catalogue: Catalogue | None) -> Targets:
        pairs = self._edition(release, catalogue).pairs
        return [plain(pair.target or "") for pair in pairs if pair.state is not State.VERBATIM]

    def _current(self, cases: Sequence[Case]) -> dict[str, Targets]:
        """What the catalogues hold, whoever wrote it."""
        found = {}
        for case in cases:
            with kept(self.report):
                found[case.release] = self._english(case.release, self.pipeline.shelf.load(case.release))
        return found

    def _as_merged(self, case: Case) -> Case:
        """A case whose units are whole where the catalogue merges sentences: one's English says the others, too."""
        pairs = [
            pair
            for pair in self._edition(case.release, self.pipeline.shelf.load(case.release)).pairs
            if pair.state is not State.VERBATIM
        ]
        at = {pair.segment.id: number for number, pair in enumerate(pairs)}
        return replace(case, units=_united(case.units, [at[pair.lead or pair.segment.id] for pair in pairs]))

    def _fresh(self, package: ModelPackage, cases: Sequence[Case]) -> dict[str, Targets]:
        """Drafts of everything, as if there were no catalogue and no memory yet."""
        language = self.pipeline.project.settings.project.target_language
        releases = [self.releases[case.release] for case in cases]
        blank = [catalogues.for_language(catalogues.template(release), release, language) for release in releases]
        done = {catalogue.release: catalogue for catalogue in blank}
        drafter = self.pipeline.drafter(package, lambda: self.pipeline.engine(package))
        done.update((catalogue.release, catalogue) for catalogue in drafter.draft(blank, self.progress))
        return {release: self._english(release, catalogue) for release, catalogue in done.items()}

    def _raw(self, package: ModelPackage, cases: Sequence[Case]) -> dict[str, Targets]:
        """What the engine makes of the bare sentences, with nothing of ours around it."""
        asked = list(dict.fromkeys(sentence.french for case in cases for sentence in case.sentences))
        size = WINDOW * (self.pipeline.project.settings.translate.threads or available_processors())
        windows = [asked[at : at + size] for at in range(0, len(asked), size)]
        known: dict[str, str] = {}
        for window, answers in zip(windows, self.pipeline.engine(package).translate(windows), strict=True):
            known.update((query, plain(answer.text)) for query, answer in zip(window, answers, strict=True))
            self.progress(Progress(len(known), len(asked), RAW))
        return {case.release: [known[sentence.french] for sentence in case.sentences] for case in cases}

    def _given(self, path: Path, cases: Sequence[Case]) -> dict[str, Targets]:
        """A translation from files; English of several sentences at once stands at the first of them."""
        given = self._references(path, [case.release for case in cases])
        found: dict[str, Targets] = {}
        for case in cases:
            targets = [""] * len(case.sentences)
            for unit in given.units(case.release, case.sentences):
                targets[unit.sentences[0]] = unit.english
            found[case.release] = targets
        return found


def _united(units: Sequence[Unit], leads: Sequence[int]) -> tuple[Unit, ...]:
    """Units of which none ends inside a bead; of one that the references have in part only, what they have.

    Args:
        units: in order.
        leads: for each sentence the one whose English says it.
    """
    found: list[Unit] = []
    for unit in units:
        beads = {leads[at] for at in unit.sentences}
        if found and beads & {leads[at] for at in found[-1].sentences}:
            before = found.pop()
            unit = Unit((*before.sentences, *unit.sentences), f"{before.english} {unit.english}")
        found.append(unit)
    return tuple(found)
