"""`toolkit export`: releases as a package for a translation agency, in the format that its tools read."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain
from pathlib import Path

from toolkit import exchange
from toolkit.errors import ConfigError, RefusedError
from toolkit.exchange.writing import Hints
from toolkit.files import refuse_link, write_atomic
from toolkit.jobs.effort import weigh
from toolkit.jobs.giving import OPEN, Given, Package
from toolkit.jobs.worklist import Item, dump
from toolkit.memory.editions import records_of
from toolkit.memory.tmx import write_tmx
from toolkit.model import Catalogue, Key, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.project import refuse_place
from toolkit.writers import DIGESTS

#: Format → ending of its files.
SUFFIXES = {"xliff": ".xlf", "tmx": ".tmx", "po": ".po"}
#: What else a file of a format may be called: `toolkit import` tells formats by these names.
_ALSO = {"xliff": (".xliff",), "tmx": (), "po": ()}
#: Where the package goes, in the project's folder, unless somebody says otherwise; with the format's ending.
FILE_NAME = "export"


@dataclass(slots=True)
class Exported(Package):
    """What was exported.

    Attributes:
        written: files, as they are on disk.
        releases: how many.
        approved: sentences that somebody has approved.
    """

    written: list[Path] = field(default_factory=list)
    releases: int = 0
    approved: int = 0


def export(
    pipeline: Pipeline,
    releases: Sequence[str] = (),
    *,
    form: str = "xliff",
    output: Path | None = None,
    only_open: bool = False,
    force: bool = False,
) -> Exported:
    """Write releases for an agency.

    Args:
        pipeline: of the project.
        releases: ids or files; all when empty.
        form: one of ``SUFFIXES``.
        output: a file for all releases, or a folder for a file each: a name without ending.
        only_open: leave out of the work what a person has approved.
        force: replace files that are there.

    Raises:
        RefusedError: a file is there already. ConfigError: the place or the name cannot be used. WriteError.
    """
    path = output or pipeline.project.root / f"{FILE_NAME}{SUFFIXES[form]}"
    refuse_place(pipeline.project, path)
    _refuse_name(path, form)
    result = Exported()
    given = list(result.gather(pipeline, releases))
    for found in given:
        _count(found, result)
    if path.suffix and not path.is_dir():
        files = {path: given} if given else {}
    else:
        files = {path / f"{found.catalogue.release}{SUFFIXES[form]}": [found] for found in given}
    made = {file: _FORMS[form](pipeline, found, only_open) for file, found in files.items()}
    for file, data in made.items():
        _refuse(file, data, force)
    for file, data in made.items():
        write_atomic(file, data)
        result.written.append(file)
    return result


def _refuse_name(path: Path, form: str) -> None:
    """Refuse a file whose name says another format: what comes back under it could not be imported."""
    known = (SUFFIXES[form], *_ALSO[form])
    if path.suffix and path.suffix.lower() not in known and not path.is_dir():
        raise ConfigError(
            f"a file in {form.upper()} has a name that ends in {' or '.join(known)}",
            where=str(path),
            hint="`toolkit import` tells formats by the name: give --output one that ends so; a folder's has no ending",
        )


def _refuse(path: Path, data: bytes, force: bool) -> None:
    refuse_link(path)
    if path.exists() and not force and (path.is_dir() or path.read_bytes() != data):
        raise RefusedError(
            "there is a file of this name, which may hold work that has not been imported",
            where=str(path),
            hint="import it first, or choose another name with --output; --force replaces it",
        )


def _count(found: Given, result: Exported) -> None:
    result.releases += 1
    for pair in found.edition.pairs:
        if pair.state in OPEN:
            result.sentences += 1
            result.words += len(bare(pair.segment.text).split())
        result.approved += pair.state is State.REVIEWED


# -- formats --------------------------------------------------------------------------------------------------------


def _xliff(pipeline: Pipeline, given: Sequence[Given], only_open: bool) -> bytes:
    hints: Mapping[str, Hints] = {found.catalogue.release: _hints(found.catalogue) for found in given}
    return exchange.dump([found.edition for found in given], exchange.Options(DIGESTS, only_open, hints))


def _hints(catalogue: Catalogue) -> Hints:
    """What a catalogue says of a sentence beside its place: glossary hints, translators' comments."""
    found = {
        entry.key: tuple(line for line in (*entry.comments[1:], *entry.notes) if not line.startswith("<"))
        for entry in catalogue.live  # what placeholders are, the file says in its own way
    }

    def hints(key: Key) -> Sequence[str]:
        return found.get(key, ())

    return hints


def _tmx(pipeline: Pipeline, given: Sequence[Given], only_open: bool) -> bytes:
    records = chain.from_iterable(records_of(found.edition) for found in given)
    return b"".join(write_tmx(records, pipeline.memory.languages))


def _po(pipeline: Pipeline, given: Sequence[Given], only_open: bool) -> bytes:
    """A review list in the order of the releases, with what is approved unless only open sentences are wanted."""
    items = [
        Item(found.catalogue.release, found.title, entry, weigh(entry))
        for found in given
        for entry in found.catalogue.live
        if not only_open or entry.state in OPEN
    ]
    date = max(dict(found.catalogue.header).get("POT-Creation-Date", "") for found in given)
    source, target = pipeline.memory.languages
    return dump(items, target, source, date, "in the order of the text; bring it back with: toolkit import")


_FORMS: dict[str, Callable[[Pipeline, Sequence[Given], bool], bytes]] = {"xliff": _xliff, "tmx": _tmx, "po": _po}
