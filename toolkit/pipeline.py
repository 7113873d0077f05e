"""The stages composed: what each command calls. Opens and writes files, prints nothing.

One release that cannot be read does not stop the others: its error is kept in the report and the command ends with its
exit code, after everything else is done.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.editions import SiteInfo, align, assets, index, page, render_tei, summary, validate_tei
from toolkit.errors import CatalogueError, RefusedError, SourceError, ToolkitError
from toolkit.files import read_source, remove_partials, write_atomic, write_error
from toolkit.formats import ReadOptions, Recognition, read_release
from toolkit.model import Catalogue, Edition, Release, State
from toolkit.project import LOCALES, Project, SourceFile, find_sources
from toolkit.segmentation import Segmenter, load_srx, segment_release
from toolkit.translation.directories import package_directories
from toolkit.translation.draft import Drafter, Progress
from toolkit.translation.engine import Engine, Signature
from toolkit.translation.install import verify_package
from toolkit.translation.packages import ModelPackage, choose, embedded_packages, installed_packages

#: Lists what a full publication wrote, so that the next one can take away what no longer belongs.
OUTPUT_LIST = "files.json"

Notify = Callable[[str], None]


@dataclass(slots=True)
class Report:
    """What a stage did.

    Attributes:
        done: ids of the releases it went through.
        written: files that changed, relative to the project.
        problems: one error for each release it had to leave out.
        drafted: sentences that got a draft.
        model: label of the model package that was loaded; "" when none was.
    """

    done: list[str] = field(default_factory=list)
    written: list[str] = field(default_factory=list)
    problems: list[ToolkitError] = field(default_factory=list)
    drafted: int = 0
    undrafted: int = 0
    model: str = ""


@dataclass(frozen=True, slots=True)
class ReleaseStatus:
    """How far a release has come: sentences by state, and words of the source.

    Attributes:
        words: of all translatable sentences; ``words_left`` of those no person has approved.
    """

    release: str
    title: str
    segments: int
    words: int
    words_left: int
    states: dict[State, int]


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
    def read_options(self) -> ReadOptions:
        """How sources are read, from toolkit.toml."""
        settings = self.project.settings
        return ReadOptions(
            encoding=self.encoding or settings.source.encoding,
            paragraphs=settings.source.paragraphs,
            language=settings.project.source_language,
            max_bytes=settings.source.max_bytes,
            recognition=Recognition.from_mapping(settings.recognise),
        )

    def release(self, file: SourceFile, *, warn: bool = False) -> Release:
        """Read and segment one release: the one cut of the document that every stage uses."""
        data = read_source(file.path, file.shown, self.read_options.max_bytes)
        result = read_release(data, file.shown, self.read_options)
        for warning in result.warnings if warn else ():
            self.notify(warning)
        return segment_release(result.release, self.segmenter)

    def catalogue(self, release: str) -> Catalogue | None:
        """The working catalogue of a release; None when there is none yet."""
        path = self.project.catalogue_path(release)
        shown = self.project.shown(path)
        if path.is_symlink():
            raise CatalogueError(
                "this is a symbolic link", where=shown, hint="replace the link by the catalogue itself"
            )
        try:
            data = path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CatalogueError(
                f"cannot be read: {error.strerror}", where=shown, hint="check the file's permissions"
            ) from error
        return catalogues.parse(data, shown, release)

    def sources(self, wanted: Sequence[str]) -> tuple[SourceFile, ...]:
        """The releases asked for; all when none is."""
        return find_sources(self.project, wanted)

    def tidy(self) -> None:
        """Remove what killed runs left half-written. Only under the project's lock."""
        remove_partials(self.project.root / LOCALES, self.project.output)

    def extract(self, wanted: Sequence[str] = ()) -> Report:
        """Write templates, and merge each into its working catalogue."""
        report = Report()
        for file in self.sources(wanted):
            with _kept(report):
                release = self.release(file, warn=True)
                template = catalogues.template(release)
                old = self.catalogue(release.id)
                new = catalogues.update(old, catalogues.template(release, self._target_language))
                self._write(report, self.project.template_path(release.id), catalogues.serialize(template))
                if new != old:  # an editor's own layout stays as long as there is nothing to say
                    self._write(report, self.project.catalogue_path(release.id), catalogues.serialize(new))
                report.done.append(release.id)
        return report

    def translate(
        self,
        wanted: Sequence[str] = (),
        *,
        model: str | None = None,
        beam: int | None = None,
        progress: Callable[[Progress], None] = lambda progress: None,
    ) -> Report:
        """Draft every sentence that has no target, and write each catalogue as its sentences are done.

        A release without a catalogue is extracted first. Nothing that has a target is touched.

        Raises:
            ModelError: no model for the language pair, or it cannot be loaded; catalogues are as they were.
        """
        report = Report()
        files = self.sources(wanted)
        missing = [file.release for file in files if not self.project.catalogue_path(file.release).exists()]
        if missing:
            report.problems += self.extract(missing).problems
        todo: list[Catalogue] = []
        for file in files:
            with _kept(report):
                found = self.catalogue(file.release)
                if found is not None:
                    report.done.append(file.release)
                    if any(entry.state is State.UNTRANSLATED for entry in found.entries):
                        todo.append(found)
        if todo:
            self._draft(report, todo, self.package(model), beam, progress)
        return report

    def _draft(
        self,
        report: Report,
        todo: Sequence[Catalogue],
        package: ModelPackage,
        beam: int | None,
        progress: Callable[[Progress], None],
    ) -> None:
        settings = self.project.settings.translate

        def open_engine() -> Engine:
            from toolkit.translation.argos import ArgosEngine

            verify_package(package)
            report.model = package.label + (" (embedded)" if package.embedded else "")
            return ArgosEngine(package, beam=beam or settings.beam, threads=settings.threads)

        drafter = Drafter(
            signature=Signature("argos", package.label, package.checksum[:12]),
            open_engine=open_engine,
            digest=catalogues.digest,
            key_digest=catalogues.key_digest,
        )
        before = {found.release: _untranslated(found) for found in todo}
        after = dict(before)
        for drafted in drafter.draft(todo, progress):
            self._write(report, self.project.catalogue_path(drafted.release), catalogues.serialize(drafted))
            after[drafted.release] = _untranslated(drafted)
        report.undrafted = sum(after.values())
        report.drafted = sum(before.values()) - report.undrafted

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
        release = self.release(file)
        return align(release, self.catalogue(release.id), self._target_language)

    def status(self, wanted: Sequence[str] = ()) -> tuple[list[ReleaseStatus], list[ToolkitError]]:
        """How far each release has come. Nothing is written."""
        report = Report()
        found: list[ReleaseStatus] = []
        for file in self.sources(wanted):
            with _kept(report):
                found.append(_status(self.edition(file)))
        return found, report.problems

    def publish(self, wanted: Sequence[str] = (), *, require: str | None = None) -> Report:
        """Write the editions of the releases asked for, and the index of all.

        Args:
            wanted: all when empty; then pages of releases that are gone are removed too.
            require: "reviewed" refuses before anything is written.

        Raises:
            RefusedError: a sentence has not been approved by a person.
        """
        settings = self.project.settings.publish
        report = Report()
        files = self.sources(wanted)
        if (settings.require if require is None else require) == "reviewed":
            self._require_reviewed(files)
        asked = {file.release for file in files}
        site = self._site()
        summaries = []
        outputs: list[str] = []
        for file in self.sources(()) if "html" in settings.formats else files:
            with _kept(report):
                edition = self.edition(file)
                if "html" in settings.formats:
                    summaries.append(summary(edition))
                if file.release in asked:
                    outputs += self._write_outputs(report, self._files_of(edition, site))
                    report.done.append(file.release)
        if "html" in settings.formats:
            outputs += self._write_outputs(report, {**index(summaries, site), **assets()})
        if not wanted and not report.problems:
            self._take_away(report, outputs)
        return report

    def _files_of(self, edition: Edition, site: SiteInfo) -> dict[str, bytes]:
        formats = self.project.settings.publish.formats
        made: dict[str, bytes] = {}
        if "html" in formats:
            made.update(page(edition, site))
        if "tei" in formats:
            tei = render_tei(edition, publisher=site.publisher)
            validate_tei(tei)
            made[site.tei.replace("{id}", edition.release.id)] = tei
        return made

    def _site(self) -> SiteInfo:
        project, publish = self.project.settings.project, self.project.settings.publish
        base = publish.base_url
        return SiteInfo(
            title=project.name,
            title_fr=project.name_in_source_language,
            publisher=publish.publisher,
            url=base if not base or base.endswith("/") else base + "/",
            tei="{id}.xml" if "tei" in publish.formats else "",
        )

    def _require_reviewed(self, files: Iterable[SourceFile]) -> None:
        missing: list[str] = []
        for file in files:
            edition = self.edition(file)
            open_pairs = [pair for pair in edition.pairs if pair.state not in {State.REVIEWED, State.VERBATIM}]
            if open_pairs:
                catalogue = self.project.shown(self.project.catalogue_path(file.release))
                missing.append(f"{catalogue}: {len(open_pairs)} of {len(edition.pairs)} sentences not reviewed")
                missing += [
                    f"    {pair.segment.id} {pair.state.value}: {pair.segment.msgid}" for pair in open_pairs[:5]
                ]
                if len(open_pairs) > 5:
                    missing.append(f"    … and {len(open_pairs) - 5} more")
        if missing:
            raise RefusedError(
                "not everything has been reviewed, so nothing was published\n" + "\n".join(missing),
                hint="review them in a PO editor (clear the “needs work” mark), or publish without --require",
            )

    def _write_outputs(self, report: Report, made: dict[str, bytes]) -> list[str]:
        for name, data in made.items():
            self._write(report, self.project.output / name, data, durable=False)
        return list(made)

    def _take_away(self, report: Report, outputs: Sequence[str]) -> None:
        """Remove what an earlier publication wrote and this one did not, and nothing else."""
        record = self.project.output / OUTPUT_LIST
        for name in sorted(set(_listed(record)) - set(outputs)):
            stale = self.project.output / name
            if stale.is_file() and stale.resolve().is_relative_to(self.project.output):
                try:
                    stale.unlink()
                except OSError as error:
                    raise write_error(error, stale) from error
                report.written.append(self.project.shown(stale))
        self._write(report, record, (json.dumps(sorted(outputs), indent=1) + "\n").encode(), durable=False)

    def _write(self, report: Report, path: Path, data: bytes, *, durable: bool = True) -> None:
        if write_atomic(path, data, durable=durable):
            report.written.append(self.project.shown(path))

    @property
    def _target_language(self) -> str:
        return self.project.settings.project.target_language


@contextmanager
def _kept(report: Report) -> Iterator[None]:
    """Keep a release's error in the report and go on with the next; a full disk still ends the run."""
    try:
        yield
    except (SourceError, CatalogueError) as error:
        report.problems.append(error)


def _listed(record: Path) -> Iterator[str]:
    try:
        names = json.loads(record.read_bytes())
    except (OSError, ValueError):
        return
    if isinstance(names, list):
        yield from (name for name in names if isinstance(name, str))


def _untranslated(catalogue: Catalogue) -> int:
    return sum(entry.state is State.UNTRANSLATED for entry in catalogue.entries)


def _status(edition: Edition) -> ReleaseStatus:
    pairs = [pair for pair in edition.pairs if pair.state is not State.VERBATIM]
    words = [len(pair.segment.text.split()) for pair in pairs]
    left = sum(count for count, pair in zip(words, pairs, strict=True) if pair.state is not State.REVIEWED)
    states = {
        state: sum(pair.state is state for pair in pairs)
        for state in (State.UNTRANSLATED, State.MACHINE, State.FUZZY, State.REVIEWED)
    }
    return ReleaseStatus(edition.release.id, edition.release.title, len(pairs), sum(words), left, states)
