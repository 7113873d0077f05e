"""Editions → output/: the files of each release asked for, the index of all, and the manifest of what was written.

A release whose edition would come out the same, and whose files lie in output/ as they were made, is passed over:
``toolkit.inputs`` says what decides that.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import msgspec

from toolkit import __version__
from toolkit.edition import Edition, Pair
from toolkit.editions import ReleaseSummary, assets, index, summary
from toolkit.editions.about import SiteInfo
from toolkit.editions.structure import counts_of, models_of
from toolkit.errors import PublicationError, RefusedError, SourceError
from toolkit.files import refuse_link, write_atomic
from toolkit.inputs import Inputs
from toolkit.model import State
from toolkit.outputs import SOURCE_FILES, Outputs
from toolkit.project import Project, SourceFile
from toolkit.publication import (
    MANIFEST,
    RECORD,
    VERSION,
    Entry,
    Input,
    Made,
    Manifest,
    content_of,
    dump_manifest,
    dump_record,
    former_files,
    is_untouched,
    load_manifest,
    load_record,
    made_of,
    package_of,
    remove_stale,
    sha256,
)
from toolkit.reports import STATE_NAMES, Report, kept
from toolkit.themes import load_theme
from toolkit.writers import WRITERS

_TOOL = f"bilingual-toolkit {__version__}"
#: Sentences that a message names one by one.
_TOLD = 5
#: How often an edition is made again because its source or catalogue was saved meanwhile.
_ATTEMPTS = 5


@dataclass
class Publisher:
    """Publishes the releases of a project.

    Attributes:
        edition: makes the edition of a release.
        judged: makes the edition of a release, and says what is wrong with approved sentences, "" for nothing.
        formats: what to write, by the names of ``toolkit.writers.FORMATS``.
        notify: is told what a person should know, one line each.
        inputs: what the editions are made from.
        anew: make every edition, even one that would come out the same.
    """

    project: Project
    edition: Callable[[SourceFile], Edition]
    judged: Callable[[SourceFile], tuple[Edition, str]]
    formats: Sequence[str]
    notify: Callable[[str], None]
    report: Report
    inputs: Inputs
    anew: bool = False
    outputs: Outputs = field(init=False)
    _told: list[str] = field(init=False, default_factory=list)
    _summaries: dict[str, ReleaseSummary] = field(init=False, default_factory=dict)
    _keys: dict[str, str] = field(init=False, default_factory=dict)
    _pending: dict[str, bytes] = field(init=False, default_factory=dict)
    _fresh: dict[str, Made] = field(init=False, default_factory=dict)
    #: What lies in output/ as far as is known.
    _files: dict[str, Made] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        self.outputs = Outputs(self.project, site_of(self.project, self.formats, self.notify), self.formats, self._tell)

    def _tell(self, message: str) -> None:
        self._told.append(message)
        self.notify(message)

    def publish(self, sources: Iterable[SourceFile], asked: frozenset[str], *, whole: bool) -> None:
        """Write the editions of the releases asked for, and the index of all.

        Args:
            sources: all releases of the project.
            asked: ids of those to write; of the others the record knows what the index says.
            whole: whether files that nothing makes any more are removed, if nothing went wrong.
        """
        files = {file.release: file for file in sources}
        before, record = self._before(), load_record(self.project.output)
        entries, self._files = {entry.id: entry for entry in before.releases}, dict(before.files)
        self._summaries, self._keys = {each.id: each for each in record.releases}, dict(record.keys)
        try:
            self._editions(files, asked, entries, whole=whole)
        except KeyboardInterrupt:  # what was written is what was published
            self._write(self._pending)
            left = msgspec.structs.replace(before, tool=_TOOL, releases=tuple(entries.values()))
            self._settle(before, left, whole=False)
            raise
        site = self._site([self._summaries[release] for release in files if release in self._summaries])
        whole = whole and not self.report.problems
        manifest = Manifest(
            VERSION,
            _TOOL,
            tuple(self.formats) if "html" in self.formats else before.formats,
            tuple(entry for entry in entries.values() if entry.id in files or not whole),
            site if whole else _merged(before.site, site),
        )
        self._settle(before, manifest, whole=whole)

    def _before(self) -> Manifest:
        try:
            return load_manifest(self.project.output) or Manifest(VERSION)
        except PublicationError as error:
            self.notify(f"{error.where}: {error.message}; everything that is published now is made anew")
            return Manifest(VERSION)

    # -- a release ----------------------------------------------------------------------------------------------------

    def _editions(
        self, files: Mapping[str, SourceFile], asked: frozenset[str], entries: dict[str, Entry], *, whole: bool
    ) -> None:
        for release, file in files.items():
            with kept(self.report):
                if release in asked:
                    self._edition_of(file, entries, whole=whole)
                    self.report.done.append(release)
                elif release in entries and release not in self._summaries:
                    self._summaries[release] = summary(self.edition(file))

    def _edition_of(self, file: SourceFile, entries: dict[str, Entry], *, whole: bool) -> None:
        """Make and write the edition of a release, unless it would come out the same."""
        old = entries.get(file.release)
        if old and not self.anew and self._is_done(file, old, whole=whole):
            for notice in old.notices:
                self.notify(notice)
            return
        made, files = self._made(file)
        entries[file.release] = made if whole else _with_former(made, old)
        self._fresh |= {each.path: each for each in made.files}
        self._pending = files
        self._write(files)
        self._pending = {}

    def _is_done(self, file: SourceFile, old: Entry, *, whole: bool) -> bool:
        """Whether the edition there is, is the one that would be made; nothing is rendered to find out."""
        key = self._keys.get(file.release)
        if not key or file.release not in self._summaries or (whole and any(made.since for made in old.files)):
            return False
        found = (*self.inputs.of(file), *self.inputs.again(old.images))
        return key == self.inputs.key(file, found, self.formats) and is_untouched(self.project.output, old.files)

    def _made(self, file: SourceFile) -> tuple[Entry, dict[str, bytes]]:
        """The edition of a release and its files, of a source and catalogue that nobody changed meanwhile."""
        for _ in range(_ATTEMPTS):
            before = self.inputs.of(file)
            self._told.clear()
            edition, wrong = self.judged(file)
            self._tell_problems(edition)
            if wrong:
                self._tell(wrong)
            files = self.outputs.of(edition)
            images, complete = self.inputs.images(edition)
            if self.inputs.of(file) == before:
                break
        else:
            hint = "let the program that writes there finish, then run again"
            raise SourceError("the release or its catalogue changes all the time", where=file.shown, hint=hint)
        source, *catalogue = before
        written = tuple(made_of(name, files[name]) for name in sorted(files))
        made = entry_of(edition, written, source, next(iter(catalogue), None), images)
        self._summaries[file.release] = summary(edition)
        self._keys.pop(file.release, None)
        if complete and all(each.sha256 for each in before):
            self._keys[file.release] = self.inputs.key(file, made.inputs, self.formats)
        return msgspec.structs.replace(made, formats=tuple(self.formats), notices=tuple(self._told)), files

    def _tell_problems(self, edition: Edition) -> None:
        """Say which sentences' placeholders or marks had to be mended."""
        catalogue = self.project.shown(self.project.catalogue_path(edition.release.id))
        broken = [pair for pair in edition.pairs if pair.problem]
        for pair in broken[:_TOLD]:
            self._tell(f"{catalogue}: {pair.segment.id}: {pair.problem}; {_instead(pair)}")
        if len(broken) > _TOLD:
            self._tell(f"{catalogue}: … and {len(broken) - _TOLD} more sentences with wrong placeholders or marks")

    # -- the site -----------------------------------------------------------------------------------------------------

    def _site(self, summaries: Sequence[ReleaseSummary]) -> tuple[Made, ...]:
        """Write what belongs to no single release."""
        files = site_files(summaries, self.outputs.site, self.formats)
        self._write(files)
        return tuple(made_of(name, data) for name, data in files.items())

    def _settle(self, before: Manifest, manifest: Manifest, *, whole: bool) -> None:
        """Remove what nothing makes any more, and write the manifest and record of what is there now."""
        if whole:
            gone = {*before.files, *former_files(self.project.output)} - set(manifest.files)
            removed = remove_stale(self.project.output, {path for path in gone if not self._is_edited(path)})
            for path in removed:
                self.report.note(self.project.shown(path))
            self._tell_dropped(before, manifest, {path.relative_to(self.project.output).as_posix() for path in removed})
        agreed = tuple(_with_shared(entry, self._fresh) for entry in manifest.releases)
        data = dump_manifest(msgspec.structs.replace(manifest, releases=agreed))
        known = {entry.id for entry in manifest.releases}
        keys = {release: key for release, key in self._keys.items() if release in known}
        summaries = [each for each in self._summaries.values() if each.id in known]
        self._write({MANIFEST: data})
        self._write({RECORD: dump_record(data, keys, summaries)}, told=False)

    def _is_edited(self, name: str, data: bytes = b"") -> bool:
        """Whether a person has worked in an English file that is to go, or to become ``data``: then it stays.

        Others are never edited: they are made from the catalogue. A translated document may get its last touches there.
        """
        path = self.project.output / name
        if not name.startswith(f"{SOURCE_FILES}/") or not (found := content_of(path)):
            return False
        known = self._files.get(name)
        if found in {known.sha256 if known else "", sha256(data)}:
            return False
        shown = self.project.shown(path)
        self.notify(
            f"{shown} stays as it is: it is not what was published, so somebody may have edited it; move it elsewhere, "
            "and it is made anew"
        )
        return True

    def _tell_dropped(self, before: Manifest, manifest: Manifest, removed: Container[str]) -> None:
        """Count what went although its release is still published: its format is no longer asked for."""
        there, counted = {entry.id for entry in manifest.releases}, self.report.dropped
        for entry in before.releases:
            gone = [made.path for made in entry.files if made.path in removed and entry.id in there]
            for name in [_format_of(path, entry.id) for path in gone]:
                counted[name] = counted.get(name, 0) + 1

    def _write(self, made: Mapping[str, bytes], *, told: bool = True) -> None:
        for name, data in made.items():
            path = self.project.output / name
            refuse_link(path, self.project.root)
            if not self._is_edited(name, data) and write_atomic(path, data, durable=False) and told:
                self.report.note(self.project.shown(path))


def site_files(summaries: Iterable[ReleaseSummary], site: SiteInfo, formats: Iterable[str]) -> dict[str, bytes]:
    """What belongs to no single release: the index with its search, and the grammars that XML files name."""
    lists = index(summaries, site) if "html" in formats else {}
    return {**lists, **(assets() if {"html", "tei", "edition"}.intersection(formats) else {})}


def entry_of(
    edition: Edition,
    files: tuple[Made, ...],
    source: Input,
    catalogue: Input | None,
    images: tuple[Input, ...],
) -> Entry:
    """What the manifest says of an edition that became these files, and was made from these."""
    counts = counts_of(edition)
    return Entry(
        id=edition.release.id,
        tool=__version__,
        source=source,
        source_language=edition.release.language,
        target_language=edition.target_language,
        sentences={
            "reviewed": counts.reviewed,
            "machine": counts.machine,
            "changed": counts.changed,
            "to-check": counts.to_check,
            "untranslated": counts.untranslated,
            **({"aligned": counts.aligned} if counts.aligned else {}),
        },
        files=files,
        catalogue=catalogue,
        images=images,
        date=edition.release.metadata.date,
        models=tuple(package_of(model.package, model.checksum) for model in models_of(edition)),
        reviewer=edition.reviewer,
    )


def _format_of(path: str, release: str) -> str:
    """The name of the format that a release's file in output/ has; "" for images."""
    if path.startswith(f"{SOURCE_FILES}/"):
        return "source"
    other = "" if path.startswith(f"assets/{release}/") else "html"  # its pages, and what the search has of it
    return next((name for name, writer in WRITERS.items() if writer.download.href(release) == path), other)


def _with_former(made: Entry, old: Entry | None) -> Entry:
    """An entry with the files that its release had before and that stay where they are."""
    if old is None:
        return made
    own = {file.path for file in made.files}
    same = old.inputs == made.inputs
    left = [
        Made(file.path, file.sha256, file.bytes, "earlier" if same and file.since != "older" else "older")
        for file in old.files
        if file.path not in own
    ]
    return msgspec.structs.replace(made, files=tuple(sorted((*made.files, *left), key=lambda file: file.path)))


def _with_shared(entry: Entry, fresh: Mapping[str, Made]) -> Entry:
    """An entry with what was written now in place of what it shared with the releases that were made now: an image."""
    files = tuple(
        msgspec.structs.replace(file, sha256=new.sha256, bytes=new.bytes)
        if (new := fresh.get(file.path)) and new.sha256 != file.sha256
        else file
        for file in entry.files
    )
    return entry if files == entry.files else msgspec.structs.replace(entry, files=files)


def _merged(before: Iterable[Made], now: Iterable[Made]) -> tuple[Made, ...]:
    """Files of both, the newer ones where both have one."""
    return tuple({**{made.path: made for made in before}, **{made.path: made for made in now}}.values())


def _instead(pair: Pair) -> str:
    return "the French stands in its place" if pair.target is None else "published as well as it could be mended"


def site_of(project: Project, formats: Sequence[str], notify: Callable[[str], None] = lambda message: None) -> SiteInfo:
    """What the pages of a project share when these formats are written; ``notify`` is told of colours changed."""
    names, publish = project.settings.project, project.settings.publish
    base = publish.base_url
    return SiteInfo(
        title=names.name,
        title_fr=names.name_in_source_language,
        publisher=publish.publisher,
        url=base if not base or base.endswith("/") else base + "/",
        downloads=tuple(writer.download for name, writer in WRITERS.items() if name in formats),
        source=f"{SOURCE_FILES}/{{language}}/{{name}}" if "source" in formats else "",
        theme=load_theme(project, notify),
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
