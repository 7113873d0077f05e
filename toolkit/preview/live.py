"""The site of a project as it would be published now, made when it is asked for.

Nothing is read from output/ but what the last index said, and nothing is written.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.edition import Edition
from toolkit.editions import ReleaseSummary, summary
from toolkit.errors import ToolkitError
from toolkit.files import PARTIAL_SUFFIX
from toolkit.inputs import Inputs
from toolkit.outputs import Outputs
from toolkit.pipeline import Pipeline
from toolkit.preview.changes import changed_sentences
from toolkit.preview.news import Bulletin
from toolkit.project import IMAGES, LOCALES, SourceFile, find_sources, open_project
from toolkit.publication import load_manifest, load_record
from toolkit.publishing import site_files, site_of
from toolkit.settings import FILE_NAME

#: Releases whose pages are kept in memory.
_KEPT = 50
#: What editors and the toolkit leave beside the files they write.
_PASSING = (PARTIAL_SUFFIX, ".mo", ".pot", "~", ".swp", ".tmp", ".bak")


@dataclass(slots=True)
class _Shown:
    """A release as it was last rendered without a mistake."""

    edition: Edition
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Found:
    """A file of the site; ``release`` is whose it is, "" for those of the whole site."""

    path: str
    data: bytes
    release: str = ""


@dataclass
class Live:
    """A project's site.

    Attributes:
        root: the project's folder.
        encoding: of the sources, where the command line names one.
        notify: is told warnings, one line each.
        bulletin: where changes and problems are told.
        cold: set when ``warm`` has something to do again.
    """

    root: Path
    encoding: str | None = None
    notify: Callable[[str], None] = lambda message: None
    bulletin: Bulletin = field(default_factory=Bulletin)
    cold: threading.Event = field(init=False, default_factory=threading.Event)
    _lock: threading.RLock = field(init=False, default_factory=threading.RLock)
    _pipeline: Pipeline = field(init=False)
    _files: dict[str, SourceFile] = field(init=False, default_factory=dict)
    _shown: OrderedDict[str, _Shown] = field(init=False, default_factory=OrderedDict)
    _summaries: dict[str, ReleaseSummary] = field(init=False, default_factory=dict)
    _fresh: set[str] = field(init=False, default_factory=set)
    _site: dict[str, bytes] | None = field(init=False, default=None)
    _age: int = field(init=False, default=0)
    _making: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._pipeline = Pipeline(open_project(self.root), self.encoding, self.notify)
        self._files = {file.release: file for file in self._pipeline.sources(())}
        self._summaries = {each.id: each for each in load_record(self._pipeline.project.output).releases}

    # -- what is asked for --------------------------------------------------------------------------------------------

    def get(self, path: str) -> Found | None:
        """A file of the site by its path relative to output/; None when a publication would make no such file.

        Raises:
            ToolkitError: its release cannot be read, and there is no earlier page of it.
        """
        for release in self._named(path):
            found = self._of_release(release, path)
            if found is not None:
                return Found(path, found, release)
        data = self._index().get(path)
        return None if data is None else Found(path, data)

    def _index(self) -> dict[str, bytes]:
        """Files of the whole site; of thousands of releases they take seconds, in which pages can be asked for."""
        with self._making:
            with self._lock:
                site, age = self._site, self._age
                known = [self._summaries[release] for release in self._files if release in self._summaries]
                about = self._outputs("html").site
            if site is None:
                site = site_files(known, about, ("html",))
                with self._lock:
                    if age == self._age:
                        self._site = site
            return site

    def _forget_index(self) -> None:
        self._site, self._age = None, self._age + 1

    def _named(self, path: str) -> Iterator[str]:
        """Releases that a path may belong to: those whose id, or whose file, a part of it begins with."""
        with self._lock:
            names = {file.path.name: release for release, file in self._files.items()}
            for part in path.split("/"):
                if part in names:
                    yield names[part]
                while part:
                    if part in self._files:
                        yield part
                    part = part.rpartition(".")[0]

    def _of_release(self, release: str, path: str) -> bytes | None:
        with self._lock:
            shown = self._show(release)
            if path in shown.files:
                return shown.files[path]
            formats = [
                download.name
                for download in self._outputs("html").site.downloads
                if download.path.replace("{id}", release) == path
            ]
            if self._outputs("source").translated_path(shown.edition) == path:
                formats = ["source"] if "source" in self._formats else []
        for name in formats:  # may take seconds: without the lock
            return self._outputs("html", name).of(shown.edition).get(path)
        return None

    @property
    def _formats(self) -> tuple[str, ...]:
        return self._pipeline.project.settings.publish.formats

    def _outputs(self, *formats: str) -> Outputs:
        """Makes files of some formats, for a site with all of them."""
        project = self._pipeline.project
        return Outputs(project, site_of(project, self._formats), formats, lambda message: None)

    # -- releases -----------------------------------------------------------------------------------------------------

    def _show(self, release: str) -> _Shown:
        """A release's pages, the last ones without a mistake."""
        if release not in self._shown:
            try:
                self._renew(release)
            except ToolkitError as error:
                self.bulletin.problem(release, error)
                raise
        self._shown.move_to_end(release)
        return self._shown[release]

    def _renew(self, release: str) -> tuple[str, ...]:
        """Render a release anew.

        Returns:
            Ids of the sentences that have changed.
        """
        edition = self._pipeline.edition(self._files[release])
        made = _Shown(edition, self._outputs("html").of(edition))
        old = self._shown.get(release)
        self._shown[release] = made
        while len(self._shown) > _KEPT:
            self._shown.popitem(last=False)
        self._know(edition)
        self.bulletin.problem(release, None)
        return changed_sentences(old.edition if old else None, edition)

    def _know(self, edition: Edition) -> None:
        """Keep what the index says of a release."""
        release, said = edition.release.id, summary(edition)
        self._fresh.add(release)
        if self._summaries.get(release) != said:
            self._summaries[release] = said
            self._forget_index()

    # -- what changes -------------------------------------------------------------------------------------------------

    def folders(self) -> tuple[Path, ...]:
        """Folders in which a change matters, with everything below them."""
        project = self._pipeline.project
        named = {path.parent for path in Inputs(project).named_files if not project.root.is_relative_to(path.parent)}
        return (project.source, project.root / LOCALES, *named)

    def files(self) -> tuple[Path, ...]:
        """toolkit.toml, and files it names that lie beside or above it, in folders that hold too much to watch."""
        project = self._pipeline.project
        named = (path for path in Inputs(project).named_files if project.root.is_relative_to(path.parent))
        return (project.root / FILE_NAME, *named)

    def changed(self, paths: Iterable[Path]) -> None:
        """Make anew what depends on these files, and tell the pages."""
        with self._lock:
            project = self._pipeline.project
            wanted = {path for path in paths if not path.name.startswith(".") and not path.name.endswith(_PASSING)}
            catalogues = {path.stem for path in wanted if path.parent == project.locales and path.suffix == ".po"}
            sources = {path for path in wanted if path.is_relative_to(project.source)}
            others = {path for path in wanted - sources if not path.is_relative_to(project.root / LOCALES)}
            named = set(Inputs(project).named_files)
            if others or wanted & named or project.source in wanted or project.root / LOCALES in wanted:
                self._reopen()
                return
            self._again(catalogues & self._files.keys() | self._of_sources(sources))

    def _of_sources(self, paths: set[Path]) -> set[str]:
        """Releases whose own files changed; what else changed in source/ is dealt with."""
        if not paths:
            return set()
        before = self._files
        try:
            self._files = {file.release: file for file in find_sources(self._pipeline.project)}
        except ToolkitError as error:
            self.bulletin.problem("", error)
            return set()
        self.bulletin.problem("", None)
        for release in before.keys() - self._files.keys():
            self._shown.pop(release, None)
            self._summaries.pop(release, None)
            self._forget_index()
            self.bulletin.problem(release, None)
            self.bulletin.tell("release", release)
            self.bulletin.tell("index")
        if any(path.suffix.lower() in IMAGES or path.is_dir() for path in paths):
            self._shown.clear()
            self.bulletin.tell("site")
        return {release for release, file in self._files.items() if file.path in paths}

    def _again(self, releases: Iterable[str]) -> None:
        """Render releases anew and tell their pages."""
        for release in sorted(releases):
            old, known = self._shown.get(release), self._summaries.get(release)
            try:
                sentences = self._renew(release)
            except ToolkitError as error:
                self.bulletin.problem(release, error)
                continue
            if old is None or old.files != self._shown[release].files:
                self.bulletin.tell("release", release, sentences)
            if known != self._summaries[release]:
                self.bulletin.tell("index")

    def _reopen(self) -> None:
        """Read toolkit.toml again; what it settles may change every page."""
        try:
            pipeline = Pipeline(open_project(self.root), self.encoding, self.notify)
            files = {file.release: file for file in pipeline.sources(())}
        except ToolkitError as error:
            self.bulletin.problem("", error)
            return
        self._pipeline, self._files = pipeline, files
        self._forget_index()
        self._shown.clear()
        self._fresh.clear()
        self.cold.set()
        self.bulletin.problem("", None)
        self.bulletin.tell("site")

    # -- the index ----------------------------------------------------------------------------------------------------

    def warm(self, stop: threading.Event) -> None:
        """Learn what the index must know of every release that the last publication does not know as it is now."""
        self.cold.clear()
        inputs = Inputs(self._pipeline.project, self.encoding)
        known = _published(self._pipeline, inputs)
        for release, file in tuple(self._files.items()):
            if stop.wait(0.001):  # lets a page that is asked for go first
                return
            with self._lock:
                if release in self._fresh or release not in self._files:
                    continue
                if release in self._summaries and known(file):
                    self._fresh.add(release)
                    continue
                try:
                    self._know(self._pipeline.edition(file))
                except ToolkitError as error:
                    self.bulletin.problem(release, error)
        if self._site is None:
            self.bulletin.tell("index")


def _published(pipeline: Pipeline, inputs: Inputs) -> Callable[[SourceFile], bool]:
    """Tells of a release whether the last publication knows it as it is now."""
    output, formats = pipeline.project.output, pipeline.project.settings.publish.formats
    keys = load_record(output).keys
    try:
        manifest = load_manifest(output)
    except ToolkitError:
        manifest = None
    images = {entry.id: entry.images for entry in manifest.releases} if manifest else {}

    def known(file: SourceFile) -> bool:
        found = (*inputs.of(file), *inputs.again(images.get(file.release, ())))
        return keys.get(file.release) == inputs.key(file, found, formats)

    return known
