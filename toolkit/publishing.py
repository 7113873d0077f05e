"""Editions → output/: the files of each release asked for, the index of all, and the record of what was written."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field

from toolkit.edition import Edition
from toolkit.editions import ReleaseSummary, assets, index, summary
from toolkit.editions.about import SiteInfo
from toolkit.errors import RefusedError
from toolkit.files import refuse_link, write_atomic
from toolkit.model import State
from toolkit.outputs import SOURCE_FILES, Outputs
from toolkit.project import Project, SourceFile
from toolkit.publication import RECORD, Record, dump_record, load_record, remove_stale
from toolkit.reports import STATE_NAMES, Report, kept
from toolkit.writers import WRITERS

#: Sentences that a message names one by one.
_TOLD = 5


@dataclass
class Publisher:
    """Publishes the releases of a project.

    Attributes:
        edition: makes the edition of a release.
        formats: what to write, by the names of ``toolkit.writers.FORMATS``.
        notify: is told what a person should know, one line each.
    """

    project: Project
    edition: Callable[[SourceFile], Edition]
    formats: Sequence[str]
    notify: Callable[[str], None]
    report: Report
    outputs: Outputs = field(init=False)

    def __post_init__(self) -> None:
        self.outputs = Outputs(self.project, site_of(self.project, self.formats), self.formats, self.notify)

    def publish(self, files: Iterable[SourceFile], asked: frozenset[str], *, whole: bool) -> None:
        """Write the editions of the releases asked for, and the index of all.

        Args:
            files: all releases of the project.
            asked: ids of those to write anew; of the others the record knows what the index says.
            whole: whether files that nothing makes any more are removed, if nothing went wrong.
        """
        before = load_record(self.project.output)
        known = {release.id: release for release in before.releases}
        written: list[str] = []
        for file in files:
            if file.release in asked:
                with kept(self.report):
                    edition = self.edition(file)
                    self._tell_problems(edition)
                    written += self._write(self.outputs.of(edition))
                    known[file.release] = summary(edition)
                    self.report.done.append(file.release)
        summaries = [known[file.release] for file in files if file.release in known]
        if "html" in self.formats:
            written += self._write({**index(summaries, self.outputs.site), **assets()})
        self._settle(before, written, summaries, whole=whole and not self.report.problems)

    def _settle(
        self, before: Record, written: Sequence[str], summaries: Sequence[ReleaseSummary], *, whole: bool
    ) -> None:
        """Remove what nothing makes any more, and record what is there now."""
        stale = self.outputs.stale(set(before.files) - set(written)) if whole else set()
        for path in remove_stale(self.project.output, stale):
            self.report.note(self.project.shown(path))
        listed = [*(set(before.files) - stale), *written]
        self._write({RECORD: dump_record(listed, summaries)})

    def _write(self, made: dict[str, bytes]) -> list[str]:
        for name, data in made.items():
            path = self.project.output / name
            refuse_link(path, self.project.root)
            if write_atomic(path, data, durable=False):
                self.report.note(self.project.shown(path))
        return list(made)

    def _tell_problems(self, edition: Edition) -> None:
        """Say which sentences' placeholders or marks had to be mended."""
        catalogue = self.project.shown(self.project.catalogue_path(edition.release.id))
        broken = [pair for pair in edition.pairs if pair.problem]
        for pair in broken[:_TOLD]:
            self.notify(f"{catalogue}: {pair.segment.id}: {pair.problem}; published as well as it could be mended")
        if len(broken) > _TOLD:
            self.notify(f"{catalogue}: … and {len(broken) - _TOLD} more sentences with wrong placeholders or marks")


def site_of(project: Project, formats: Sequence[str]) -> SiteInfo:
    """What the pages of a project share when these formats are written."""
    names, publish = project.settings.project, project.settings.publish
    base = publish.base_url
    return SiteInfo(
        title=names.name,
        title_fr=names.name_in_source_language,
        publisher=publish.publisher,
        url=base if not base or base.endswith("/") else base + "/",
        downloads=tuple(writer.download for name, writer in WRITERS.items() if name in formats),
        source=f"{SOURCE_FILES}/{{language}}/{{name}}" if "source" in formats else "",
    )


def require_reviewed(project: Project, edition: Callable[[SourceFile], Edition], files: Iterable[SourceFile]) -> None:
    """Refuse where a person has not approved everything.

    Raises:
        RefusedError: naming the catalogues and their first open sentences.
    """
    missing: list[str] = []
    for file in files:
        pairs = [pair for pair in edition(file).pairs if pair.state is not State.VERBATIM]
        open_pairs = [pair for pair in pairs if pair.problem or pair.state is not State.REVIEWED]
        if open_pairs:
            catalogue = project.shown(project.catalogue_path(file.release))
            missing.append(f"{catalogue}: {len(open_pairs)} of {len(pairs)} sentences not reviewed")
            missing += [
                f"    {pair.segment.id} {pair.problem or STATE_NAMES[pair.state]}: {pair.segment.msgid}"
                for pair in open_pairs[:_TOLD]
            ]
            if len(open_pairs) > _TOLD:
                missing.append(f"    … and {len(open_pairs) - _TOLD} more")
    if missing:
        raise RefusedError(
            "not everything has been reviewed, so nothing was published\n" + "\n".join(missing),
            hint="review them in a PO editor (clear the “needs work” mark, put placeholders right), "
            "or publish without --require",
        )
