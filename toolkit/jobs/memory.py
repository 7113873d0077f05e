"""What `toolkit memory` does: import, export, search, count, rebuild."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.beading import beads_in
from toolkit.beads import joined, mark_of
from toolkit.digests import is_matched
from toolkit.errors import MemoryFileError, ToolkitError
from toolkit.files import PARTIAL_SUFFIX, copy_atomic, refuse_link, write_atomic, write_error
from toolkit.memory import AUTO, Match, Stamp, Trust, trust_of
from toolkit.memory.tmx import MATCHED, MATCHED_NOTE, Record, write_tmx
from toolkit.model import Catalogue, Entry, State
from toolkit.placeholders import bare
from toolkit.recalling import FOLDER, SUFFIXES, Found, ProjectMemory, file_checksum
from toolkit.text.difference import difference

_NAME = re.compile(r"[^\w.()+-]+")
_LONGEST_NAME = 120
#: What a memory is exported as, by the name's ending.
FORMS = ("tmx", "po")


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of a file.

    Attributes:
        path: where its copy lies.
        units: how many it has.
        trust: of that place.
        known: it was there already.
        moved: the place where it was, with another trust; "" when it was not moved.
    """

    path: str
    units: int
    trust: Trust
    known: bool = False
    moved: str = ""


@dataclass(frozen=True, slots=True)
class Stats:
    """What a memory holds.

    Attributes:
        files: by name, each with its units and what is wrong with it.
        size: of the cache, in bytes.
    """

    files: tuple[Stamp, ...]
    size: int

    @property
    def units(self) -> int:
        """Of all files."""
        return sum(file.units for file in self.files)


def trust_named(name: str) -> Trust:
    """The trust of a name on the command line.

    Raises:
        MemoryFileError: there is no such trust.
    """
    found = trust_of(name)
    if found is None:
        raise MemoryFileError(
            f"there is no trust “{name}”", hint="choose enforce, auto, suggest, or penalty-NN with NN from 1 to 99"
        )
    return found


def import_file(memory: ProjectMemory, source: Path, trust: Trust | None, *, replacing: bool = False) -> Imported:
    """Copy a memory into the project, and take its units in. Under the project's lock.

    Args:
        memory: the project's.
        source: a TMX or PO file; it is not changed.
        trust: how far it is trusted; an imported file with these bytes moves there. None: ``AUTO``, or as it is.
        replacing: take the place of an imported file of the same name.

    Raises:
        MemoryFileError: it cannot be read, has no unit of the project's pair, or another file has its name.
    """
    if source.suffix.lower() not in SUFFIXES:
        hint = "export it as TMX from the program it comes from"
        raise MemoryFileError("is neither TMX nor PO", where=str(source), hint=hint)
    try:
        if twin := _twin(memory, source, trust):
            return _known(memory, twin, trust or twin.trust, source, replacing)
        name = _NAME.sub("-", source.stem).strip("-.")[:_LONGEST_NAME] or "memory"
        path = memory.folder / (trust or AUTO).name / f"{name}{source.suffix.lower()}"
        _refuse(memory, path, source, replacing)
        old = path.with_name(f".{path.name}.old{PARTIAL_SUFFIX}")
        if path.exists():
            copy_atomic(path, old)
        copy_atomic(source, path)
    except OSError as error:
        hint = "check the name and the file's permissions"
        raise MemoryFileError(f"cannot be read: {error.strerror}", where=str(source), hint=hint) from error
    return _taken_in(memory, path, source, old)


def _refuse(memory: ProjectMemory, path: Path, source: Path, replacing: bool) -> None:
    """Refuse the place of another file, unless it is to be replaced."""
    refuse_link(path, memory.project.root)
    if path.exists() and not replacing:
        raise MemoryFileError(
            f"{memory.project.shown(path)} is another file of this name",
            where=str(source),
            hint="give --replace if this is its new version, else rename it",
        )


def _known(memory: ProjectMemory, twin: Found, trust: Trust, source: Path, replacing: bool) -> Imported:
    """A file that was imported before; it moves where it is to be trusted otherwise."""
    path = twin.path
    if twin.trust != trust:
        path = memory.folder / trust.name / twin.path.name
        _refuse(memory, path, source, replacing)
        path.parent.mkdir(parents=True, exist_ok=True)
        twin.path.replace(path)
    name = f"{FOLDER}/{trust.name}/{path.name}"
    moved = "" if path == twin.path else memory.project.shown(twin.path)
    return Imported(memory.project.shown(path), _units(memory, name), trust, known=True, moved=moved)


def _units(memory: ProjectMemory, name: str) -> int:
    """How many units an imported file has."""
    return memory.use(lambda store: {stamp.name: stamp.units for stamp in store.stamps()}.get(name, 0))


def _taken_in(memory: ProjectMemory, path: Path, source: Path, old: Path) -> Imported:
    """Take a copied file's units in. One that cannot be read does not stay; what it was to replace comes back."""
    name = f"{FOLDER}/{path.parent.name}/{path.name}"
    shown = memory.project.shown(path)
    told: list[str] = []
    quiet = replace(memory, notify=told.append)
    try:
        units = _units(quiet, name)
        problem: ToolkitError | None = quiet.problems.get(name)
    except BaseException:
        _undone(path, old)
        raise
    if problem is not None:
        _undone(path, old)
        where = str(source) + problem.where.removeprefix(shown)
        raise MemoryFileError(problem.message, where=where, hint=problem.hint)
    old.unlink(missing_ok=True)
    for message in told:
        memory.notify(message)
    return Imported(shown, units, trust_named(path.parent.name))


def _undone(path: Path, old: Path) -> None:
    path.unlink(missing_ok=True)
    if old.exists():
        old.replace(path)


def _twin(memory: ProjectMemory, source: Path, trust: Trust | None) -> Found | None:
    """The imported file that holds the same bytes, under whatever name and trust; of several one with this trust."""
    size = source.stat().st_size
    same = [file for file in memory.imported_files() if file.path.stat().st_size == size]
    if not same:
        return None
    checksum = file_checksum(source)
    twins = [file for file in same if file_checksum(file.path) == checksum]
    return min(twins, key=lambda file: file.trust != trust, default=None)


def form_of(path: Path, form: str | None) -> str:
    """The form in which memory is exported: what is asked for, else what the file's name ends in.

    Raises:
        ValueError: the name ends in something else.
    """
    found = form or path.suffix.lower().removeprefix(".")
    if found not in FORMS:
        raise ValueError(path.suffix)
    return found


def search(memory: ProjectMemory, text: str, least: int, *, fresh: bool = True) -> tuple[Match, ...]:
    """The units most like a French sentence, the most alike first; each with how alike, in per cent."""
    return memory.use(lambda store: store.similar(text, least, 10), fresh=fresh)


def explained(match: Match, text: str) -> str:
    """In which words a sentence differs from a match's, in one line."""
    own = bare(match.unit.key.source)
    return "" if own == bare(text) else " ".join(difference(own, bare(text)).lines())


def stats(memory: ProjectMemory, *, fresh: bool = True) -> Stats:
    """What the memory holds, by origin."""
    files = memory.use(lambda store: store.stamps(), fresh=fresh)
    return Stats(files, memory.cache.stat().st_size)


def rebuild(memory: ProjectMemory) -> Stats:
    """Make the cache anew from the files. Under the project's lock."""
    memory.forget()
    return stats(memory)


def export(memory: ProjectMemory, path: Path, releases: Iterable[Catalogue], form: str) -> int:
    """Write what people approved in these releases into a file that other programs read.

    Args:
        memory: the project's.
        path: the file; its folder must exist.
        releases: their catalogues.
        form: "tmx" or "po".

    Returns:
        How many units were written.
    """
    found = sorted(releases, key=lambda catalogue: catalogue.release)
    if not path.parent.is_dir():
        raise write_error(FileNotFoundError(2, "there is no such folder"), path)
    if form == "po":
        made = _as_po(found)
        write_atomic(path, catalogues.serialize(made))
        return len(made.entries)
    records = list(_records(found))
    write_atomic(path, b"".join(write_tmx(records, memory.languages)))
    return len(records)


def _approved(found: Sequence[Catalogue]) -> Iterator[tuple[Catalogue, Entry, bool]]:
    """What is approved, as running English, and whether only a program has matched it with its French.

    Sentences that were merged are one, with the French of all.
    """
    for catalogue in found:
        beads = beads_in(catalogue)
        for entry in catalogue.live:
            bead = beads.get(entry.key)
            if bead is not None and bead.lead is entry and bead.state is State.REVIEWED:
                merged = replace(entry, key=replace(entry.key, source=bead.source), target=bead.target)
                yield catalogue, merged, is_matched(entry)
            elif bead is None and entry.state is State.REVIEWED and entry.target and not mark_of(entry.target):
                yield catalogue, replace(entry, target=joined(entry.key.source, entry.target)), is_matched(entry)


def _records(found: Sequence[Catalogue]) -> Iterator[Record]:
    """Each sentence with each of its English once, and all releases that have it so."""
    units: dict[tuple[str | None, str, str], list[tuple[str, str]]] = {}
    keys = {}
    read = set()
    for catalogue, entry, matched in _approved(found):
        name = (entry.key.context, entry.key.source, entry.target)
        keys[name] = entry.key
        if not matched:
            read.add(name)
        props = units.setdefault(name, [])
        props.append(("release", catalogue.release))
        props += [("origin", str(entry.origins[0]))] if entry.origins else []
    for name, props in units.items():
        told = () if name in read else (MATCHED,)
        note = "" if name in read else MATCHED_NOTE
        yield Record(keys[name], name[2], (("state", "reviewed"), *told, *props), note)


def _as_po(found: Sequence[Catalogue]) -> Catalogue:
    """One catalogue of all; where releases have other English for a sentence, the first one's counts."""
    entries: dict[object, Entry] = {}
    for catalogue, entry, _ in _approved(found):
        said = f"release {catalogue.release}"
        known = entries.get(entry.key)
        if known is None:
            new = Entry(entry.key, entry.target, State.REVIEWED, comments=(said,), origins=entry.origins)
            entries[entry.key] = new
        elif known.target == entry.target:
            entries[entry.key] = replace(known, comments=(*known.comments, said))
        else:
            english = " ".join(entry.target.split())
            entries[entry.key] = replace(known, comments=(*known.comments, f"{said} has “{english}”"))
    header = dict(found[0].header) if found else {}
    header |= {"Project-Id-Version": "memory", "Last-Translator": "toolkit (memory export)"}
    return Catalogue("memory", tuple(header.items()), tuple(entries.values()))
