"""The catalogues of a project on disk: read whole, changed under the eyes of a person who may be editing them.

A PO editor takes no lock. So a catalogue is read again just before it is replaced, and when somebody has saved it in
the meantime the change is made anew on what they saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.errors import CatalogueError, TruncatedError, WriteError
from toolkit.files import refuse_link, write_atomic, write_error
from toolkit.model import ENGINE_MEMORY, Catalogue, Entry, State
from toolkit.project import Project, find_sources

#: How often a change is made anew before giving up on a file that somebody else keeps writing.
ATTEMPTS = 5


@dataclass(frozen=True, slots=True)
class Shelf:
    """The working catalogues of a project."""

    project: Project

    def load(self, release: str) -> Catalogue | None:
        """The working catalogue of a release; None when there is none yet.

        Raises:
            CatalogueError: it cannot be read or trusted.
        """
        data = self._read(release)
        return None if data is None else self._parse(data, release)

    def _parse(self, data: bytes, release: str) -> Catalogue:
        """Parse; a catalogue with fewer entries than it counts is whole after all if a tool merged the template in."""
        shown = self._shown(release)
        try:
            return catalogues.parse(data, shown, release)
        except TruncatedError:
            template = self.project.template_path(release)
            if not template.is_file():
                raise
            wanted = catalogues.parse(template.read_bytes(), self.project.shown(template), release)
            found = catalogues.parse(data, shown, release, counted=False)
            if {entry.key for entry in found.live} != {entry.key for entry in wanted.live}:
                raise
            return found

    def change(self, release: str, change: Callable[[Catalogue | None], Catalogue]) -> Path | None:
        """Replace a catalogue by what ``change`` makes of it; no word that an editor saves meanwhile is lost.

        Returns:
            The file if it was written; None when ``change`` left the catalogue as it was: an editor's own layout stays.

        Raises:
            CatalogueError: it cannot be read or trusted. WriteError: it cannot be written.
        """
        path = self.project.catalogue_path(release)
        for _ in range(ATTEMPTS):
            data = self._read(release)
            old = None if data is None else self._parse(data, release)
            new = change(old)
            if new == old:
                return None
            made = catalogues.serialize(new)
            refuse_link(path, self.project.root)
            if self._read(release) == data:
                return path if write_atomic(path, made) else None
        raise WriteError(
            "another program keeps writing this catalogue", where=self._shown(release), hint="close it, then run again"
        )

    def all(self) -> Iterator[Catalogue]:
        """Every catalogue that can be read, those without a release too; a broken one is reported with its release."""
        for path in self._files():
            with suppress(CatalogueError):
                if found := self.load(path.stem):
                    yield found

    def orphans(self) -> tuple[str, ...]:
        """Ids of catalogues whose release is no longer in source/: removed, or renamed."""
        known = {file.release for file in find_sources(self.project)}
        return tuple(path.stem for path in self._files() if path.stem not in known)

    def _files(self) -> list[Path]:
        return sorted(path for path in self.project.locales.glob("*.po") if not path.name.startswith("."))

    def orphan_of(self, new: Catalogue, orphans: Sequence[str]) -> Catalogue | None:
        """The one of these catalogues that a release had under another file name, made its own; or None."""
        found: list[tuple[int, Catalogue]] = []
        for name in orphans:
            with suppress(CatalogueError):
                orphan = self.load(name)
                if orphan and (share := catalogues.shared(orphan, new)):
                    found.append((share, orphan))
        if not found:
            return None
        best = max(found, key=lambda candidate: candidate[0])[1]
        header = tuple(
            (field, new.release if (field, value) == ("Project-Id-Version", best.release) else value)
            for field, value in best.header
        )
        return replace(best, header=header)

    def replaces(self, orphan: Catalogue, release: str) -> bool:
        """Whether every word a person wrote in an orphan stands, for the same sentences, in a release's catalogue."""
        taken = self.load(release)
        there = {(entry.key, entry.target) for entry in taken.entries} if taken else set()
        return all(
            (entry.key, entry.target) in there
            for entry in orphan.entries
            if entry.target and entry.state is not State.MACHINE
        )

    def drop(self, release: str) -> Iterator[Path]:
        """Delete a catalogue and its template, whose words are elsewhere by now; gives what was deleted."""
        for path in (self.project.catalogue_path(release), self.project.template_path(release)):
            try:
                if path.exists():
                    path.unlink()
                    yield path
            except OSError as error:
                raise write_error(error, path) from error

    def _shown(self, release: str) -> str:
        return self.project.shown(self.project.catalogue_path(release))

    def _read(self, release: str) -> bytes | None:
        path = self.project.catalogue_path(release)
        try:
            if path.is_symlink():
                hint = "replace the link by the catalogue itself"
                raise CatalogueError("this is a symbolic link", where=self._shown(release), hint=hint)
            if path.is_fifo() or path.is_socket() or path.is_char_device():  # reading one may never end
                hint = "put the catalogue itself in its place"
                raise CatalogueError("this is no file", where=self._shown(release), hint=hint)
            return path.read_bytes()
        except FileNotFoundError:
            return None
        except OSError as error:
            raise CatalogueError(
                f"cannot be read: {error.strerror}", where=self._shown(release), hint="check the file's permissions"
            ) from error


def overlay(current: Catalogue | None, drafted: Catalogue) -> Catalogue:
    """Lay drafts onto what is on disk now: only entries that still have no target, or a mere draft, take one."""
    if current is None:
        return drafted
    drafts = {entry.key: entry for entry in drafted.live if entry.provenance}
    return replace(
        current,
        entries=tuple(_drafted(entry, drafts.get(entry.key)) for entry in current.entries),
    )


def _drafted(entry: Entry, draft: Entry | None) -> Entry:
    if draft is None or not (
        entry.state is State.UNTRANSLATED or _is_questioned(entry, draft) or _is_outranked(entry, draft)
    ):
        return entry
    return replace(entry, target=draft.target, state=draft.state, provenance=draft.provenance, previous=draft.previous)


def _is_outranked(entry: Entry, draft: Entry) -> bool:
    """Whether a draft that nobody touched makes way for what memory knows that people approved."""
    made = draft.provenance
    return entry.state is State.MACHINE and made is not None and made.engine == ENGINE_MEMORY


def _is_questioned(entry: Entry, draft: Entry) -> bool:
    """Whether a stage only asks for another look at English that is still the same."""
    return entry.state is State.REVIEWED and draft.state is State.FUZZY and entry.target == draft.target
