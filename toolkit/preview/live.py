"""The site of a project as it would be published now, made when it is asked for.

Nothing is written, and of output/ only the manifest and what the last index said are read.

What settings decide is one ``Setup``, replaced as a whole. Under the lock things are only looked up and put back: they
are read and rendered without it, and put back only if nothing they are made from has changed meanwhile.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from toolkit.editions import ReleaseSummary, summary
from toolkit.errors import ToolkitError
from toolkit.files import PARTIAL_SUFFIX
from toolkit.outputs import SOURCE_FILES
from toolkit.preview.changes import changed_sentences
from toolkit.preview.news import Bulletin
from toolkit.preview.setup import Published, Setup, Shown, published
from toolkit.project import IMAGES, LOCALES, SourceFile, find_sources
from toolkit.publication import load_record
from toolkit.publishing import site_files
from toolkit.settings import FILE_NAME

#: Releases whose pages are kept in memory: those that people have open are among them.
_KEPT = 50
#: What editors and the toolkit leave beside the files they write.
_PASSING = (PARTIAL_SUFFIX, ".mo", ".pot", "~", ".swp", ".tmp", ".bak")


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
    _setup: Setup = field(init=False)
    _files: dict[str, SourceFile] = field(init=False, default_factory=dict)
    _shown: OrderedDict[str, Shown] = field(init=False, default_factory=OrderedDict)
    _summaries: dict[str, ReleaseSummary] = field(init=False, default_factory=dict)
    #: Releases of which the index knows what is true now.
    _fresh: set[str] = field(init=False, default_factory=set)
    #: Counts what changed for all releases, and for each.
    _generation: int = field(init=False, default=0)
    _changes: dict[str, int] = field(init=False, default_factory=dict)
    _site: dict[str, bytes] | None = field(init=False, default=None)
    _age: int = field(init=False, default=0)
    #: One index, and one download, at a time: a PDF keeps a browser busy.
    _making: threading.Lock = field(init=False, default_factory=threading.Lock)
    _download: threading.Lock = field(init=False, default_factory=threading.Lock)

    def __post_init__(self) -> None:
        self._setup = Setup.read(self.root, self.encoding, self.notify)
        self._files = {file.release: file for file in self._setup.pipeline.sources(())}
        self._summaries = {each.id: each for each in load_record(self._setup.pipeline.project.output).releases}

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
        data = self._copy(path) if path.startswith(f"{SOURCE_FILES}/") else self._index().get(path)
        return None if data is None else Found(path, data)

    def _index(self) -> dict[str, bytes]:
        """Files of the whole site; of thousands of releases they take seconds, in which pages can be asked for."""
        with self._making:
            with self._lock:
                site, age, about = self._site, self._age, self._setup.site
                known = [self._summaries[release] for release in self._files if release in self._summaries]
            if site is None:
                site = site_files(known, about, ("html",))
                with self._lock:
                    if age == self._age:
                        self._site = site
            return site

    def _forget_index(self) -> None:
        self._site, self._age = None, self._age + 1

    def _named(self, path: str) -> tuple[str, ...]:
        """Releases that a path may belong to: those whose id, or whose file, a part of it begins with."""
        found: list[str] = []
        with self._lock:
            names = {file.path.name: release for release, file in self._files.items()}
            for part in path.split("/"):
                if part in names:
                    found.append(names[part])
                while part:
                    if part in self._files:
                        found.append(part)
                    part = part.rpartition(".")[0]
        return tuple(dict.fromkeys(found))

    def _of_release(self, release: str, path: str) -> bytes | None:
        shown, setup = self._show(release), self._setup
        if shown is None or path in shown.files:
            return shown.files[path] if shown else None
        formats = [each.name for each in setup.site.downloads if each.path.replace("{id}", release) == path]
        if "source" in setup.formats and setup.outputs("source").translated_path(shown.edition) == path:
            formats = ["source"]
        for name in formats:
            with self._download:  # may take seconds
                return setup.outputs("html", name).of(shown.edition).get(path)
        return None

    def _copy(self, path: str) -> bytes | None:
        """An image beside a source file in the other language.

        As a rule one of a file that was just asked for; otherwise, after a change for instance, all are asked.
        """
        with self._lock:
            setup, files = self._setup, dict(self._files)
            shown = {release: each.edition for release, each in reversed(self._shown.items())}
        if "source" not in setup.formats or PurePosixPath(path).suffix.lower() not in IMAGES:
            return None
        outputs = setup.outputs("source")
        for edition in shown.values():
            if path in (copies := outputs.copies(edition)):
                return copies[path]
        if not _is_file(setup.pipeline.project.source.joinpath(*PurePosixPath(path).parts[2:])):
            return None  # which spares reading every release
        for release in sorted(files.keys() - shown.keys()):
            with suppress(ToolkitError):
                if path in (copies := outputs.copies(setup.pipeline.edition(files[release]))):
                    return copies[path]
        return None

    # -- releases -----------------------------------------------------------------------------------------------------

    def _show(self, release: str) -> Shown | None:
        """A release's pages, the last ones without a mistake; None when it is gone."""
        with self._lock:
            shown = self._shown.get(release)
            if shown is not None:
                self._shown.move_to_end(release)
                return shown
        made, is_news = self._renew(release)
        if is_news:
            self.bulletin.tell("index")
        return made

    def _now(self, release: str) -> tuple[int, int]:
        """Is another one when something has changed that a release is made from."""
        return self._generation, self._changes.get(release, 0)

    def _renew(self, release: str) -> tuple[Shown | None, bool]:
        """Render a release anew, and keep it unless it has changed meanwhile.

        Returns:
            Its pages, None when it is gone, and whether the index should say another thing of it.
        """
        with self._lock:
            setup, file, before = self._setup, self._files.get(release), self._now(release)
        if file is None:
            return None, False
        try:
            made = setup.shown(file)
        except ToolkitError as error:
            with self._lock:
                if before == self._now(release):
                    self.bulletin.problem(release, error)
            raise
        with self._lock:
            if before != self._now(release):
                return made, False
            self._shown[release] = made
            self._shown.move_to_end(release)
            while len(self._shown) > _KEPT:
                self._shown.popitem(last=False)
            return made, self._know(release, summary(made.edition))

    def _know(self, release: str, said: ReleaseSummary) -> bool:
        """Keep what the index says of a release that can be read; tells whether that is another thing."""
        self._fresh.add(release)
        self.bulletin.problem(release, None)
        if self._summaries.get(release) == said:
            return False
        self._summaries[release] = said
        self._forget_index()
        return True

    # -- what changes -------------------------------------------------------------------------------------------------

    def folders(self) -> tuple[Path, ...]:
        """Folders in which a change matters, with everything below them."""
        project = self._setup.pipeline.project
        named = (path if path.is_dir() else path.parent for path in self._setup.inputs.named)
        return (project.source, project.root / LOCALES, *(path for path in named if not _holds(path, project.root)))

    def files(self) -> tuple[Path, ...]:
        """toolkit.toml, and what it names that lies beside or above it, in folders that hold too much to watch."""
        root = self._setup.pipeline.project.root
        return (root / FILE_NAME, *(path for path in self._setup.inputs.named if _holds(path.parent, root)))

    def changed(self, paths: Iterable[Path]) -> None:
        """Make anew what depends on these files, and tell the pages; only one thread calls it."""
        project, named = self._setup.pipeline.project, self._setup.inputs.named
        wanted = {path for path in paths if not path.name.startswith(".") and not path.name.endswith(_PASSING)}
        catalogues = {path.stem for path in wanted if path.parent == project.locales and path.suffix == ".po"}
        sources = {path for path in wanted if path.is_relative_to(project.source)}
        others = {path for path in wanted - sources if not path.is_relative_to(project.root / LOCALES)}
        others |= {path for path in wanted if any(path.is_relative_to(each) for each in named)}
        if others or project.source in wanted or project.root / LOCALES in wanted:
            self._reopen()
            return
        releases = self._of_sources(sources) | (catalogues & self._files.keys())
        with self._lock:
            for release in releases:
                self._changes[release] = self._changes.get(release, 0) + 1
        self._again(releases)

    def _of_sources(self, paths: set[Path]) -> set[str]:
        """Releases whose own files changed; what else changed in source/ is dealt with."""
        if not paths:
            return set()
        try:
            found = {file.release: file for file in find_sources(self._setup.pipeline.project)}
        except ToolkitError as error:
            self.bulletin.problem("", error)
            return set()
        self.bulletin.problem("", None)
        images = any(path.suffix.lower() in IMAGES or path.is_dir() for path in paths)
        with self._lock:
            gone = self._files.keys() - found.keys()
            self._files = found
            for release in gone:
                self._shown.pop(release, None)
                self._summaries.pop(release, None)
                self._changes[release] = self._changes.get(release, 0) + 1
                self._forget_index()
            if images:
                self._generation += 1
                self._shown.clear()
                self.cold.set()
        for release in sorted(gone):
            self.bulletin.problem(release, None)
            self.bulletin.tell("release", release)
            self.bulletin.tell("index")
        if images:
            self.bulletin.tell("site")
        return {release for release, file in found.items() if file.path in paths}

    def _again(self, releases: Iterable[str]) -> None:
        """Render those anew that are kept, tell the pages of all, and have the others read when there is time."""
        for release in sorted(releases):
            with self._lock:
                old = self._shown.get(release)
                if old is None:
                    self._fresh.discard(release)
            if old is None:
                self.bulletin.tell("release", release)
                self.cold.set()
                continue
            try:
                made, is_news = self._renew(release)
            except ToolkitError:
                continue
            if made is not None and old.files != made.files:
                self.bulletin.tell("release", release, changed_sentences(old.edition, made.edition))
            if is_news:
                self.bulletin.tell("index")

    def _reopen(self) -> None:
        """Read toolkit.toml again; what it settles may change every page."""
        try:
            setup = Setup.read(self.root, self.encoding, self.notify)
            files = {file.release: file for file in setup.pipeline.sources(())}
        except ToolkitError as error:
            self.bulletin.problem("", error)
            return
        with self._lock:
            self._setup, self._files = setup, files
            self._generation += 1
            self._forget_index()
            self._shown.clear()
            self._fresh.clear()
        self.cold.set()
        self.bulletin.problem("", None)
        self.bulletin.tell("site")

    # -- the index ----------------------------------------------------------------------------------------------------

    def warm(self, stop: threading.Event) -> None:
        """Learn what the index must know of every release that it does not know as it is now."""
        self.cold.clear()
        with self._lock:
            setup, generation = self._setup, self._generation
            waiting = [release for release in self._files if release not in self._fresh]
        last = published(setup) if waiting else {}
        is_news = False
        for release in waiting:
            if stop.wait(0.001):  # lets a page that is asked for go first
                return
            is_news |= self._learn(setup, generation, release, last.get(release))
        if is_news or self._site is None:
            self.bulletin.tell("index")

    def _learn(self, setup: Setup, generation: int, release: str, last: Published | None) -> bool:
        """Learn what the index says of a release; tells whether that is another thing than before.

        What changes while it is read is left: whoever noticed the change reads it again, or wakes ``warm``.
        """
        with self._lock:
            file, before = self._files.get(release), self._now(release)
            if file is None or release in self._fresh or self._generation != generation:
                return False
        try:
            is_known = last is not None and last.holds(setup, file)
            said = last.summary if last and is_known else summary(setup.pipeline.edition(file))
        except ToolkitError as error:
            with self._lock:
                if before == self._now(release):
                    self.bulletin.problem(release, error)
            return False
        with self._lock:
            return before == self._now(release) and self._know(release, said)


def _is_file(path: Path) -> bool:
    """Whether it is one; names that no file can have are none."""
    try:
        return path.is_file()
    except OSError:
        return False


def _holds(folder: Path, root: Path) -> bool:
    """Whether a folder is the project's, or one it lies in."""
    return root.is_relative_to(folder)
