"""The stages composed: what each command calls. Opens and writes files, prints nothing.

One release that cannot be read does not stop the others: its error is kept in the report and the command ends with its
exit code, after everything else is done.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from toolkit import catalogue as catalogues
from toolkit.edition import Edition
from toolkit.editions import align
from toolkit.errors import GlossaryError, ToolkitError
from toolkit.files import read_source, refuse_link, remove_partials, write_atomic
from toolkit.fixing import Fixer
from toolkit.formats import SUFFIXES, ReadOptions, Recognition, read_release, verify_round_trip
from toolkit.glossary import Glossary, encodings
from toolkit.glossary import load as load_glossary
from toolkit.inputs import Inputs
from toolkit.model import Catalogue, Release, State
from toolkit.project import LOCALES, Project, SourceFile, find_sources, misnamed, unread_files
from toolkit.publishing import Publisher, require_reviewed
from toolkit.recalling import ProjectMemory, with_similar
from toolkit.reports import ReleaseStatus, Report, cost_of, kept, release_status
from toolkit.segmentation import Segmenter, load_srx, segment_release
from toolkit.settings import FileTable
from toolkit.shelf import Shelf, overlay
from toolkit.text import quantities
from toolkit.translation.directories import cache_directory, package_directories
from toolkit.translation.draft import WINDOW, Drafter, Progress
from toolkit.translation.engine import Engine, Signature, available_processors
from toolkit.translation.install import verify_package
from toolkit.translation.packages import ModelPackage, choose, embedded_packages, installed_packages
from toolkit.translation.scores import WEIGHTS_NAME, Weights, load_weights
from toolkit.writers import refuse_missing_tools

if TYPE_CHECKING:
    from toolkit.checks import Knowledge
    from toolkit.judging import Judge

Notify = Callable[[str], None]


@dataclass(frozen=True)
class Pipeline:
    """A project with everything its stages need.

    Attributes:
        encoding: overrides the project's; None keeps it.
        notify: is told warnings, one line each.
    """

    project: Project
    encoding: str | None = None
    notify: Notify = lambda message: None

    @cached_property
    def segmenter(self) -> Segmenter:
        """The project's sentence rules, compiled once."""
        return Segmenter(load_srx(self.project.srx_path()), self.project.settings.project.source_language)

    @cached_property
    def _fixing(self) -> tuple[Fixer, tuple[str, ...]]:
        """What finds fixtures with the project's glossary, and what is doubtful in that."""
        found, warnings = load_glossary(self.project.glossaries())
        return Fixer(found), tuple(warnings)

    @cached_property
    def fixer(self) -> Fixer:
        """Finds what is settled in a sentence; what is doubtful in the glossary is told once."""
        for warning in self._fixing[1]:
            self.notify(warning)
        return self._fixing[0]

    @property
    def glossary(self) -> Glossary:
        """The terms of the project's glossary files."""
        return self.fixer.glossary

    @cached_property
    def _recognition(self) -> Recognition:
        return Recognition.from_mapping(self.project.settings.recognise)

    def read_options(self, name: str) -> ReadOptions:
        """How the source of this file name is read: the command line, then its own settings, then those of all."""
        settings = self.project.settings
        own = settings.source.files.get(name, FileTable())
        rules = own.rules or settings.source.rules
        return ReadOptions(
            encoding=self.encoding or own.encoding or settings.source.encoding,
            paragraphs=own.paragraphs or settings.source.paragraphs,
            language=settings.project.source_language,
            max_bytes=settings.source.max_bytes,
            recognition=self._recognition,
            its_rules=self.project.rules(rules) if rules else None,
            its_name=rules,
            content=own.content or settings.source.content,
        )

    def release(self, file: SourceFile, *, prove: bool = False) -> Release:
        """Read and segment one release: the one cut of the document that every stage uses.

        Args:
            file: which one.
            prove: first prove that nothing is lost between reading and writing it, and pass on the reader's warnings.

        Raises:
            SourceError: it cannot be read, or not be written back.
        """
        options = self.read_options(file.path.name)
        data = read_source(file.path, file.shown, options.max_bytes)
        result = (verify_round_trip if prove else read_release)(data, file.shown, options)
        for warning in result.warnings if prove else ():
            self.notify(warning)
        return segment_release(result.release, self.segmenter)

    @property
    def shelf(self) -> Shelf:
        """The project's catalogues."""
        return Shelf(self.project)

    @property
    def memory(self) -> ProjectMemory:
        """What people approved anywhere in the project, and what was imported."""
        return ProjectMemory(self.project, self.shelf.load, self.notify)

    def sources(self, wanted: Sequence[str]) -> tuple[SourceFile, ...]:
        """The releases asked for; all when none is."""
        return find_sources(self.project, wanted)

    def _report(self, wanted: Sequence[str]) -> Report:
        """A report that begins with the releases whose names cannot be used, when all are asked for."""
        return Report() if wanted else Report(problems=list(misnamed(self.project)))

    def tidy(self) -> None:
        """Remove what killed runs left half-written. Only under the project's lock."""
        remove_partials(self.project.root / LOCALES, self.project.output)

    def extract(self, wanted: Sequence[str] = ()) -> Report:
        """Write templates, and merge each into its working catalogue."""
        files = self.sources(wanted)
        report = self._report(wanted)
        orphans = self.shelf.orphans()
        for file in files:
            with kept(report):
                release = self.release(file, prove=True)
                template = catalogues.template(release, notes=self.glossary.notes)
                self._write(report, self.project.template_path(release.id), catalogues.serialize(template))
                self._merge(report, catalogues.for_language(template, release, self._target_language), orphans)
                report.done.append(release.id)
        for warning in encodings(self.project.glossaries()):
            self.notify(warning)
        for name in unread_files(self.project):
            self.notify(f"{name} is passed over: only {', '.join(SUFFIXES)} files are read; save it as one of them")
        return report

    def _merge(self, report: Report, new: Catalogue, orphans: Sequence[str]) -> None:
        """Merge a template into its working catalogue, or into the one the release had under another file name."""
        orphan = None
        if not self.project.catalogue_path(new.release).exists():
            orphan = self.shelf.orphan_of(new, orphans)
        before: list[Catalogue | None] = []

        def merged(old: Catalogue | None) -> Catalogue:
            before[:] = [old or orphan]
            return catalogues.update(old or orphan, new)

        path = self.shelf.change(new.release, merged)
        self._noted(report, path)
        if path is not None:
            self._tell_cost(before[0], new.release)
        if orphan and self.shelf.replaces(orphan, new.release):
            self.notify(f"{orphan.release} is called {new.release} now: its catalogue was taken over")
            for path in self.shelf.drop(orphan.release):
                self._noted(report, path)
        elif orphan:
            self.notify(f"{new.release} took over what it shares with {orphan.release}, whose catalogue stays")

    def _tell_cost(self, before: Catalogue | None, release: str) -> None:
        """Say what a change of the French has cost approved English."""
        after = self.shelf.load(release)
        if after and (told := cost_of(*catalogues.cost(before, after))):
            self.notify(f"{self.project.shown(self.project.catalogue_path(release))}: {told}")

    def translate(
        self,
        wanted: Sequence[str] = (),
        *,
        model: str | None = None,
        beam: int | None = None,
        progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Report:
        """Draft every sentence that has no target, and write each catalogue as its sentences are done.

        A release without a catalogue is extracted first. Nothing that has a target is touched,
        but that a draft nobody touched makes way for approved English of the very same sentence.

        Raises:
            ModelError: no model for the language pair, or it cannot be loaded; catalogues are as they were.
        """
        files = self.sources(wanted)
        report = self._report(wanted)
        missing = [file.release for file in files if not self.project.catalogue_path(file.release).exists()]
        if missing:
            report.problems += self.extract(missing).problems
        todo: list[Catalogue] = []
        for file in files:
            with kept(report):
                found = self.shelf.load(file.release)
                if found is not None:
                    report.done.append(file.release)
                    if self.memory.concerns(found):
                        todo.append(found)
        todo = self._recall(report, todo)
        if todo:
            self._draft(report, todo, self.package(model), beam, progress)
        return report

    def _recall(self, report: Report, todo: Sequence[Catalogue]) -> list[Catalogue]:
        """Fill from what people approved in any release or was imported; what is left to draft is returned."""
        left: list[Catalogue] = []
        for old, found in zip(todo, self.memory.recall(todo, self.fixer), strict=True):
            with kept(report):  # somebody may have broken the file meanwhile
                self._keep(report, old, found.catalogue)
                report.recalled += found.copied
                report.offered += found.offered
                report.similar[old.release] = found.similar
                if _untranslated(found.catalogue):
                    left.append(found.catalogue)
        return left

    def _keep(self, report: Report, before: Catalogue, after: Catalogue) -> None:
        """Write what a stage filled in, onto whatever is on disk by now."""
        after = with_similar(after, report.similar.get(after.release, {}))
        if after != before:
            path = self.shelf.change(after.release, lambda current: overlay(current, after))
            self._noted(report, path)

    def _draft(
        self,
        report: Report,
        todo: Sequence[Catalogue],
        package: ModelPackage,
        beam: int | None,
        progress: Callable[[Progress], None],
    ) -> None:
        def open_engine() -> Engine:
            report.model = package.label + (" (embedded)" if package.embedded else "")
            return self.engine(package, beam)

        drafter = self.drafter(package, open_engine)
        before = {found.release: found for found in todo}
        after = dict(before)
        for drafted in drafter.draft(todo, progress):
            with kept(report):  # somebody may have broken the file meanwhile
                self._keep(report, before[drafted.release], drafted)
            after[drafted.release] = drafted
        report.undrafted = sum(map(_untranslated, after.values()))
        report.drafted = sum(map(_untranslated, before.values())) - report.undrafted

    def engine(self, package: ModelPackage, beam: int | None = None) -> Engine:
        """Verify a package and load it."""
        from toolkit.translation.argos import ArgosEngine

        settings = self.project.settings.translate
        verify_package(package)
        return ArgosEngine(package, beam=beam or settings.beam, threads=settings.threads)

    def drafter(self, package: ModelPackage, open_engine: Callable[[], Engine]) -> Drafter:
        """What drafts with a package; the engine is opened when the first sentence needs it."""
        return Drafter(
            signature=Signature("argos", package.label, package.checksum[:12]),
            open_engine=open_engine,
            digest=catalogues.digest,
            key_digest=catalogues.key_digest,
            window=WINDOW * (self.project.settings.translate.threads or available_processors()),
            weights=self.weights,
            settled=self.fixer.drafted,
            values=quantities.readings,
            cache=cache_directory(),
        )

    @property
    def weights(self) -> Weights | None:
        """What review priority is computed with: the project's own calibration, None for the shipped weights."""
        path = self.project.root / LOCALES / WEIGHTS_NAME
        return load_weights(path, self.project.shown(path))

    def package(self, wanted: str | None = None) -> ModelPackage:
        """The model package to draft with: what is asked for, else toolkit.toml's, else the best one there is."""
        languages = self.project.settings.project
        name = wanted or self.project.settings.translate.model or None
        found, problems = installed_packages(package_directories())
        for problem in problems:
            self.notify(problem)
        return choose((*found, *embedded_packages()), languages.source_language, languages.target_language, name)

    def edition(self, file: SourceFile) -> Edition:
        """A release side by side with what its catalogue says."""
        return self._judged(file, None)[0]

    def _judged(self, file: SourceFile, judge: Judge | None) -> tuple[Edition, str]:
        """The edition, and what is to be told of findings that must not be published; "" where nobody judges."""
        release = self.release(file)
        found = self.shelf.load(release.id)
        edition = align(release, found, self._target_language)
        return edition, judge.notice(file, release, found) if judge else ""

    @cached_property
    def _judge(self) -> Judge:
        """Says what of a release must not be published."""
        from toolkit.judging import Judge, ignored  # the checks are many, and most commands need none

        return Judge(self.project, lambda: self._knowledge, ignored(self.project))

    @cached_property
    def _knowledge(self) -> Knowledge:
        """What figures are judged with; without the glossary where that cannot be read: publishing does not need it."""
        try:
            fixer = self._fixing[0]
        except GlossaryError:  # said by the commands that need it, as is what is doubtful in it
            fixer = Fixer(Glossary())
        from toolkit.judging import knowledge

        return knowledge(self.project, fixer)

    def status(
        self, wanted: Sequence[str] = (), effort: Callable[[Edition], int] = lambda edition: 0
    ) -> tuple[list[ReleaseStatus], list[ToolkitError]]:
        """How far each release has come, and what it still takes as ``effort`` says. Nothing is written."""
        files = self.sources(wanted)
        report = self._report(wanted)
        found: list[ReleaseStatus] = []
        for file in files:
            with kept(report):
                found.append(release_status(self.edition(file), effort))
        return found, report.problems

    def publish(
        self,
        wanted: Sequence[str] = (),
        *,
        require: str | None = None,
        formats: Sequence[str] = (),
        anew: bool = False,
    ) -> Report:
        """Write the editions of the releases asked for, and the index of all.

        Args:
            wanted: all when empty; pages of releases that are gone are removed then, if everything could be read.
            require: "reviewed" refuses before anything is written.
            formats: names of ``toolkit.writers.FORMATS``; those of toolkit.toml when empty. Files of others stay then.
            anew: make every edition, even one that would come out the same.

        Raises:
            MissingToolError: a format needs a program that this machine has not; nothing is written.
            RefusedError: a sentence has not been approved by a person.
        """
        settings = self.project.settings.publish
        refuse_missing_tools(formats or settings.formats)
        files = self.sources(wanted)
        report = self._report(wanted)
        if (settings.require if require is None else require) == "reviewed":
            require_reviewed(self.project, self.edition, files)
        publisher = Publisher(
            self.project,
            self.edition,
            lambda file: self._judged(file, self._judge),
            tuple(formats) or settings.formats,
            self.notify,
            report,
            Inputs(self.project, self.encoding),
            anew,
        )
        asked = frozenset(file.release for file in files)
        publisher.publish(self.sources(()), asked, whole=not wanted and not formats)
        return report

    def _write(self, report: Report, path: Path, data: bytes) -> None:
        refuse_link(path, self.project.root)
        if write_atomic(path, data):
            self._noted(report, path)

    def _noted(self, report: Report, path: Path | None) -> None:
        """Name a file that changed."""
        if path is not None:
            report.note(self.project.shown(path))

    @property
    def _target_language(self) -> str:
        return self.project.settings.project.target_language


def _untranslated(catalogue: Catalogue) -> int:
    return sum(entry.state is State.UNTRANSLATED for entry in catalogue.entries)
