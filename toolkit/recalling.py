"""A project's memory: its catalogues and what was imported, with the cache that they are looked up in.

The files are the truth. The cache is brought up to date before it is used: what changed is taken in again, what is gone
is forgotten, and a cache that is damaged is made anew from the files.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TypeVar

from toolkit import catalogue as catalogues
from toolkit.beads import joined, mark_of
from toolkit.errors import CatalogueError, MemoryFileError, ToolkitError
from toolkit.files import refuse_link, write_atomic, write_error
from toolkit.fixing import Fixer
from toolkit.memory import APPROVED, DamagedError, Recalled, Recaller, Stamp, Store, Trust, approved, is_copy, trust_of
from toolkit.memory.mending import Notes
from toolkit.memory.tmx import read_tmx
from toolkit.model import Catalogue, Key, State
from toolkit.placeholders import bare
from toolkit.project import LOCALES, Project
from toolkit.translation.rules import plan
from toolkit.translation.tags import put_back

#: Folder of imported memories in locales/, and of what can be made again in the project.
FOLDER, CACHE = "memory", ".toolkit"
CACHE_FILE = "memory.sqlite"
SUFFIXES = (".tmx", ".po")
#: Larger files are only read again when their size or time has changed.
_SMALL = 4_000_000
#: Reading more than that takes so long that people should be told.
_LONG = 50_000_000
_READ = 1 << 20

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Found:
    """A file with units: what they are told by, where it is, and how far it is trusted."""

    name: str
    path: Path
    trust: Trust


@dataclass
class ProjectMemory:
    """The memory of a project.

    Attributes:
        load: the catalogue of a release (``Shelf.load``).
        notify: is told warnings, one line each.
        progress: is told units taken in so far, and from which file.
    """

    project: Project
    load: Callable[[str], Catalogue | None]
    notify: Callable[[str], None] = lambda message: None
    progress: Callable[[int, str], None] = lambda count, name: None
    problems: dict[str, ToolkitError] = field(default_factory=dict)

    @property
    def folder(self) -> Path:
        """Where imported memories lie, in a folder for each trust."""
        return self.project.root / LOCALES / FOLDER

    @property
    def cache(self) -> Path:
        """The cache's file."""
        return self.project.root / CACHE / CACHE_FILE

    @property
    def languages(self) -> tuple[str, str]:
        """The project's pair."""
        settings = self.project.settings.project
        return settings.source_language, settings.target_language

    def catalogue_files(self) -> tuple[Found, ...]:
        """The project's own catalogues."""
        paths = sorted(path for path in self.project.locales.glob("*.po") if not path.name.startswith("."))
        return tuple(Found(path.stem, path, APPROVED) for path in paths)

    def imported_files(self) -> tuple[Found, ...]:
        """The imported memories; folders whose names say no trust are told of and passed over."""
        found = []
        for folder in sorted(self.folder.iterdir()) if self.folder.is_dir() else ():
            if not folder.is_dir() or folder.name.startswith("."):
                continue
            trust = trust_of(folder.name)
            if trust is None or folder.is_symlink():
                self.notify(
                    f"{self.project.shown(folder)}/ is passed over: memories lie in enforce/, auto/, suggest/ "
                    "or penalty-NN/"
                )
                continue
            found += [
                Found(f"{FOLDER}/{trust.name}/{path.name}", path, trust)
                for path in sorted(folder.iterdir())
                if path.suffix.lower() in SUFFIXES and path.is_file() and not path.name.startswith(".")
            ]
        return tuple(found)

    def use(self, ask: Callable[[Store], Result], *, fresh: bool = True) -> Result:
        """Ask the memory something, with its cache brought up to date; one that is damaged is made anew.

        Args:
            ask: may be called twice.
            fresh: False reads the cache as it is: another command may be changing it.

        Raises:
            LockedError: another program has the cache open. WriteError: it cannot be written.
        """
        try:
            return self._used(ask, fresh)
        except DamagedError as error:
            self.notify(f"{error.message}: it is made anew from the files, nothing is lost")
            self.forget()
            return self._used(ask, fresh=True)

    def _used(self, ask: Callable[[Store], Result], fresh: bool) -> Result:
        self._make_folder()
        store = Store(self.cache)
        try:
            if fresh:
                self._bring_up_to_date(store)
            return ask(store)
        finally:
            store.close()

    def forget(self) -> None:
        """Delete the cache."""
        for suffix in ("", "-journal", "-wal", "-shm"):
            path = self.cache.with_name(CACHE_FILE + suffix)
            try:
                path.unlink(missing_ok=True)
            except OSError as error:
                raise write_error(error, path) from error

    def _make_folder(self) -> None:
        refuse_link(self.cache, self.project.root)
        # Version control is to leave the cache alone, whatever the project's own .gitignore says.
        write_atomic(self.cache.with_name(".gitignore"), b"*\n", durable=False)

    def _bring_up_to_date(self, store: Store) -> None:
        """Take in what changed, forget what is gone."""
        known = {stamp.name: stamp for stamp in store.stamps()}
        files = (*self.catalogue_files(), *self.imported_files())
        stale = [(file, stamp) for file in files if (stamp := self._changed(file, known.get(file.name)))]
        gone = known.keys() - {file.name for file in files}
        if not stale and not gone:
            return
        if (size := sum(stamp.size for _, stamp in stale)) > _LONG:
            self.notify(f"{size // 1_000_000} MB of memories are taken in; once, but it takes minutes")
        with store.changing():
            for name in gone:
                store.drop(name)
            for file, stamp in stale:
                old = known.get(file.name)
                if old and (old.checksum, old.trust) == (stamp.checksum, stamp.trust):
                    store.touch(replace(stamp, problem=old.problem))
                else:
                    self._take_in(store, file, stamp, known=old is not None)

    def _changed(self, file: Found, known: Stamp | None) -> Stamp | None:
        """A file's stamp, if its units are to be taken in."""
        try:
            status = file.path.stat()
            as_known = known and (known.size, known.modified) == (status.st_size, status.st_mtime_ns)
            if as_known and status.st_size > _SMALL:
                return None
            checksum = file_checksum(file.path)
        except OSError as error:
            self._told(file, MemoryFileError(f"cannot be read: {error.strerror}", where=self._shown(file)))
            return None
        if known and (known.checksum, known.trust) == (checksum, file.trust) and status.st_size <= _SMALL:
            return None
        return Stamp(file.name, file.trust, status.st_size, status.st_mtime_ns, checksum)

    def _take_in(self, store: Store, file: Found, stamp: Stamp, *, known: bool) -> None:
        """Take in a file's units; one that cannot be read gives none, and says why once.

        A catalogue of the project keeps the units it had: what people approved holds until it can be read again.
        """
        try:
            store.add(stamp, self._counted(self.units(file), file))
        except DamagedError:
            raise
        except (MemoryFileError, CatalogueError) as error:
            broken = replace(stamp, problem=error.message)
            if file.trust == APPROVED and known:
                store.touch(broken)
                return
            if file.trust != APPROVED:  # a catalogue's trouble is told with its release
                self._told(file, error)
            store.add(broken, ())

    def _told(self, file: Found, error: ToolkitError) -> None:
        self.problems[file.name] = error
        self.notify(str(error))

    def _counted(self, units: Iterator[tuple[Key, str]], file: Found) -> Iterator[tuple[Key, str]]:
        for count, unit in enumerate(units, 1):
            if not count % 10_000:
                self.progress(count, file.name)
            yield unit

    def _shown(self, file: Found) -> str:
        return self.project.shown(file.path)

    def units(self, file: Found) -> Iterator[tuple[Key, str]]:
        """The units of a file.

        Raises:
            MemoryFileError, CatalogueError: it cannot be read; of TMX while the units are taken, of PO before.
        """
        if file.trust == APPROVED:
            found = self.load(file.name)
            return approved(found, catalogues.digest) if found else iter(())
        return self._from_po(file) if file.path.suffix.lower() == ".po" else self._from_tmx(file)

    def _from_tmx(self, file: Found) -> Iterator[tuple[Key, str]]:
        notes = Notes()
        with file.path.open("rb") as handle:
            for pair in read_tmx(handle, self._shown(file), self.languages, notes):
                if not mark_of(pair.target):
                    yield pair.key, joined(pair.key.source, pair.target)
        for warning in notes.warnings(self._shown(file)):
            self.notify(warning)

    def _from_po(self, file: Found) -> Iterator[tuple[Key, str]]:
        shown = self._shown(file)
        try:
            found = catalogues.parse(file.path.read_bytes(), shown, file.name, counted=False)
        except CatalogueError as error:
            raise MemoryFileError(error.message, where=error.where, hint=error.hint) from None
        said = (dict(found.header).get("X-Source-Language", ""), found.target_language)
        for language, wanted in zip(said, self.languages, strict=True):
            if language and language.replace("-", "_").split("_")[0].lower() != wanted:
                raise MemoryFileError(
                    f"is a catalogue from {said[0] or '?'} to {said[1] or '?'}",
                    where=shown,
                    hint=f"this project translates from {self.languages[0]} to {self.languages[1]}: import a "
                    "memory of this pair",
                )
        return approved(found, catalogues.digest)

    # --- recall ---------------------------------------------------------------------------------------------------

    def concerns(self, catalogue: Catalogue) -> bool:
        """Whether recall may have anything to do in a catalogue."""
        asked = (State.UNTRANSLATED, State.MACHINE)
        return any(entry.state in asked or is_copy(entry, catalogues.digest) for entry in catalogue.live)

    def recall(self, todo: Sequence[Catalogue], fixer: Fixer) -> list[Recalled]:
        """What memory makes of catalogues; nothing is written but the cache."""

        def ask(store: Store) -> list[Recalled]:
            recaller = Recaller(
                store,
                digest=catalogues.digest,
                key_digest=catalogues.key_digest,
                least=self.project.settings.memory.fuzzy,
                find=fixer.find,
                fit=put_back,
                by_rule=lambda key: not plan(bare(key.source), key.context).queries,
                unread=frozenset({stamp.name for stamp in store.stamps() if stamp.problem} | self.problems.keys()),
            )
            return [recaller.recall(catalogue) for catalogue in todo]

        return self.use(ask) if todo else []


def with_similar(drafted: Catalogue, similar: dict[Key, tuple[str, ...]]) -> Catalogue:
    """Drafts with the remark that memory knows a sentence like theirs, which was too unlike to be filled in."""
    if not similar:
        return drafted
    entries = []
    for entry in drafted.entries:
        made, remarks = entry.provenance, similar.get(entry.key, ())
        if made is not None and entry.state is State.MACHINE and not set(remarks) <= set(made.remarks):
            entry = replace(entry, provenance=replace(made, remarks=(*made.remarks, *remarks)))
        entries.append(entry)
    return replace(drafted, entries=tuple(entries))


def file_checksum(path: Path) -> str:
    """SHA-256 of a file, read piece by piece."""
    total = hashlib.sha256()
    with path.open("rb") as handle:
        while piece := handle.read(_READ):
            total.update(piece)
    return total.hexdigest()
