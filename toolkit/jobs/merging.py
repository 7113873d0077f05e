"""`toolkit review merge`: a reviewed list brought back into the catalogues, entry by entry.

Three versions of each sentence's English are compared: as it was exported (its fingerprint), as the list has it, and as
the catalogue has it now. What changed on one side is taken; what changed on both, differently, is refused and told. So
merging twice does nothing, and nobody's words are overwritten. The list notes what was brought back: whatever becomes
of such a sentence later, its line in the list is history.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.errors import CatalogueError, RefusedError, ReviewError, ToolkitError, WriteError
from toolkit.files import write_atomic
from toolkit.jobs.worklist import NOBODY, Listed, fingerprint, read
from toolkit.mending import problem
from toolkit.model import Catalogue, Entry, State
from toolkit.pipeline import Pipeline
from toolkit.reports import Report, kept

_HEADER = ("Last-Translator", "PO-Revision-Date")


class Outcome(StrEnum):
    """What became of a listed sentence."""

    UNTOUCHED = "untouched"
    MERGED = "in the catalogue already"
    BEFORE = "merged before, and changed since"
    APPROVED = "approved"
    CHANGED = "changed, and still marked “needs work”"
    EMPTIED = "emptied"
    CHANGED_BOTH = "changed on both sides"
    GONE = "gone from the source"
    ALTERED = "with altered French"


_TAKEN = frozenset({Outcome.APPROVED, Outcome.CHANGED, Outcome.EMPTIED})
_REFUSED = frozenset({Outcome.CHANGED_BOTH, Outcome.GONE, Outcome.ALTERED})
_DONE = _TAKEN | {Outcome.MERGED}


@dataclass(slots=True)
class Merged:
    """What a merge did.

    Attributes:
        outcomes: how many listed sentences had each.
        notes: reviewers' comments that were brought back.
        written: catalogues that changed, as messages name them.
        problems: an error for each refused sentence and each catalogue that cannot be read.
        warnings: on English that was taken over all the same.
    """

    outcomes: Counter[Outcome] = field(default_factory=Counter)
    notes: int = 0
    written: dict[str, None] = field(default_factory=dict)
    problems: list[ToolkitError] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)

    @property
    def has_taken(self) -> bool:
        """Whether anything went, or would go, into a catalogue."""
        return bool(self.notes) or any(self.outcomes[outcome] for outcome in _TAKEN)


@dataclass(frozen=True, slots=True)
class _Result:
    """A catalogue with its part of the list in it, and what became of each sentence, with the entry it met."""

    catalogue: Catalogue
    outcomes: tuple[tuple[Listed, Outcome, Entry | None], ...]
    notes: int


def merge(pipeline: Pipeline, path: Path, *, dry_run: bool = False) -> Merged:
    """Bring a reviewed list back.

    Args:
        pipeline: of the project.
        path: the list; what was brought back is noted in it (``Listed.merged``), else it stays as it is.
        dry_run: only say what would be done.

    Raises:
        ReviewError: the file is no review list, or broken. WriteError: a catalogue cannot be written.
    """
    data, listed, found_list = _opened(path)
    where, header = str(path), dict(found_list.header)
    result = Merged()
    report = Report()
    done: list[Listed] = []
    for release, items in _by_release(listed).items():
        with kept(report):
            found = _merged_release(pipeline, release, items, header, result, dry_run)
            done += (item for item, outcome, _ in found.outcomes if outcome in _DONE)
            _tell(pipeline, release, found, where, result)
    result.problems += report.problems
    if not dry_run:
        _note(path, data, found_list, done, result)
    return result


def _note(path: Path, data: bytes, before: Catalogue, done: Iterable[Listed], result: Merged) -> None:
    """Note in the list what was brought back, unless an editor has saved it meanwhile: the next merge notes it then."""
    merged = {item.entry.key: item.as_merged() for item in done}
    after = replace(before, entries=tuple(merged.get(entry.key, entry) for entry in before.entries))
    try:
        if after != before and path.read_bytes() == data:
            write_atomic(path, catalogues.serialize(after))
    except (OSError, WriteError) as error:
        said = error.message if isinstance(error, WriteError) else error.strerror
        result.warnings.append(f"{path}: everything was merged, but that could not be noted in the list: {said}")


def pending(pipeline: Pipeline, path: Path) -> int:
    """How many sentences of a list hold a reviewer's work that the catalogues do not have.

    Raises:
        ReviewError: the file is no review list.
    """
    _, listed, found_list = _opened(path)
    left = 0
    for release, items in _by_release(listed).items():
        report = Report()
        with kept(report):
            found = combine(pipeline.shelf.load(release) or _empty(release), items, dict(found_list.header))
            left += found.notes + sum(outcome in _TAKEN | _REFUSED for _, outcome, _ in found.outcomes)
        left += sum(item.is_touched and not item.is_merged for item in items) if report.problems else 0
    return left


def _opened(path: Path) -> tuple[bytes, tuple[Listed, ...], Catalogue]:
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ReviewError(
            f"cannot be read: {error.strerror}", where=str(path), hint="name the list that you reviewed"
        ) from error
    listed, found = read(data, str(path))
    return data, listed, found


def _by_release(listed: Iterable[Listed]) -> dict[str, list[Listed]]:
    found: dict[str, list[Listed]] = {}
    for item in listed:
        found.setdefault(item.release, []).append(item)
    return found


def vanished(release: str) -> CatalogueError:
    """A catalogue that was there a moment ago."""
    return CatalogueError(
        "the catalogue was deleted while it was worked on", where=f"{release}.po", hint="put it back and run again"
    )


def _empty(release: str) -> Catalogue:
    return Catalogue(release, (), ())


def _merged_release(
    pipeline: Pipeline, release: str, items: Sequence[Listed], header: Mapping[str, str], result: Merged, dry_run: bool
) -> _Result:
    now = pipeline.shelf.load(release)
    found = combine(now or _empty(release), items, header)
    if dry_run or now is None or found.catalogue == now:
        return found

    def change(old: Catalogue | None) -> Catalogue:  # made anew on what an editor may have saved meanwhile
        nonlocal found
        if old is None:
            raise vanished(release)
        found = combine(old, items, header)
        return found.catalogue

    if written := pipeline.shelf.change(release, change):
        result.written[pipeline.project.shown(written)] = None
    return found


def combine(catalogue: Catalogue, items: Sequence[Listed], header: Mapping[str, str]) -> _Result:
    """A catalogue with what a reviewer did to its sentences in a list.

    Args:
        catalogue: as it is now.
        items: of the list, for this release.
        header: of the list: who reviewed it, and when.
    """
    entries = {catalogues.key_digest(entry.key): entry for entry in catalogue.live}
    outcomes = []
    notes = 0
    for item in items:
        entry = entries.get(item.digest)
        outcome = _outcome(item, entry)
        outcomes.append((item, outcome, entry))
        if entry is not None and outcome not in _REFUSED:
            after = _noted(_taken(entry, item) if outcome in _TAKEN else entry, item)
            notes += len(after.notes) - len(entry.notes)
            entries[item.digest] = after
    live = tuple(entries.values())
    after_all = replace(catalogue, entries=(*live, *catalogue.obsolete))
    if live != catalogue.live:
        after_all = replace(after_all, header=_signed(catalogue.header, header))
    return _Result(after_all, tuple(outcomes), notes)


def _outcome(item: Listed, entry: Entry | None) -> Outcome:
    if entry is None:
        if item.is_merged:
            return Outcome.BEFORE
        return Outcome.GONE if item.is_touched else Outcome.UNTOUCHED
    if entry.key.source != item.entry.key.source:
        return Outcome.ALTERED
    if not item.is_touched:
        return Outcome.UNTOUCHED
    now = fingerprint(entry)
    if now == item.fingerprint:
        return Outcome.MERGED
    if now != item.exported:
        return Outcome.BEFORE if item.is_merged else Outcome.CHANGED_BOTH
    if not item.entry.target:
        return Outcome.EMPTIED
    return Outcome.APPROVED if item.entry.state is State.REVIEWED else Outcome.CHANGED


def _taken(entry: Entry, item: Listed) -> Entry:
    """The catalogue's entry with the reviewer's English; where its draft came from is kept, for `calibrate`."""
    state = item.entry.state
    approved = state is State.REVIEWED
    made = replace(entry.provenance, remarks=()) if entry.provenance and approved else entry.provenance
    if not item.entry.target:
        made = None  # emptied: it may be drafted again
    previous = entry.previous if state is State.FUZZY else None
    return replace(entry, target=item.entry.target, state=state, provenance=made, previous=previous)


def _noted(entry: Entry, item: Listed) -> Entry:
    new = tuple(note for note in item.entry.notes if note not in entry.notes)
    return replace(entry, notes=(*entry.notes, *new)) if new else entry


def _signed(header: tuple[tuple[str, str], ...], review: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A catalogue's header with the name and date of the list's reviewer; as it was where the list names nobody."""
    name = review.get("Last-Translator", "")
    if not name or name == NOBODY or name.startswith("FULL NAME"):
        return header
    given = {field: review[field] for field in _HEADER if review.get(field)}
    return tuple((field, given.get(field, value)) for field, value in header)


def _tell(pipeline: Pipeline, release: str, found: _Result, where: str, result: Merged) -> None:
    shown = pipeline.project.shown(pipeline.project.catalogue_path(release))
    result.notes += found.notes
    for item, outcome, entry in found.outcomes:
        result.outcomes[outcome] += 1
        at = f"{where}:{item.entry.line}"
        if outcome in _REFUSED:
            result.problems.append(_refusal(item, outcome, entry, at, shown))
        elif outcome is Outcome.APPROVED and (wrong := problem(item.entry.key.source, item.entry.target)):
            place = entry.comments[0].partition(":")[0] if entry and entry.comments else ""
            named = f"{release}, sentence {place}" if place else release
            result.warnings.append(f"{at}: {named}: {wrong}; merged all the same: put it right in {shown}")


def _refusal(item: Listed, outcome: Outcome, entry: Entry | None, at: str, shown: str) -> RefusedError:
    yours = f"    the list: {item.entry.target or '(empty)'}"
    keep = "the list keeps your English"
    if outcome is Outcome.GONE or entry is None:
        return RefusedError(
            f"this sentence is no longer in {shown}\n    French: {item.entry.key.source}\n{yours}",
            where=at,
            hint=f"look for its new wording there; {keep}",
        )
    if outcome is Outcome.ALTERED:
        return RefusedError(
            f"the French was altered in the list\n    the list: {item.entry.key.source}\n"
            f"    {shown}:{entry.line}: {entry.key.source}",
            where=at,
            hint="put the msgid back as it was and merge again: the French is changed in source/ only",
        )
    return RefusedError(
        f"this sentence was changed in {shown}, too\n{yours}\n    {shown}:{entry.line}: {entry.target or '(empty)'}",
        where=at,
        hint=f"write the better one into the catalogue; {keep}",
    )
