"""`toolkit review merge`: a reviewed list brought back into the catalogues, entry by entry.

How is in ``toolkit.jobs.combining``. The list notes what was brought back: whatever becomes of such a sentence later,
its line in the list is history.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.errors import ReviewError, WriteError
from toolkit.files import write_atomic
from toolkit.jobs.combining import DONE, REFUSED, TAKEN, Judge, Merged, Work, bring_back, combine, empty
from toolkit.jobs.worklist import Listed, read
from toolkit.mending import problem
from toolkit.model import Catalogue
from toolkit.pipeline import Pipeline
from toolkit.reports import Report, kept


def merge(pipeline: Pipeline, path: Path, *, dry_run: bool = False, judge: Judge = problem) -> Merged:
    """Bring a reviewed list back.

    Args:
        pipeline: of the project.
        path: the list; what was brought back is noted in it (``Listed.merged``), else it stays as it is.
        dry_run: only say what would be done.
        judge: of English that the list has as approved.

    Raises:
        ReviewError: the file is no review list, or broken. WriteError: a catalogue cannot be written.
    """
    data, listed, found_list = _opened(path)
    work = Work(str(path), "the list", dict(found_list.header), judge)
    result = Merged()
    report = Report()
    done: list[Listed] = []
    for release, items in _by_release(listed).items():
        with kept(report):
            found = bring_back(pipeline, release, partial(_all, items), work, result, dry_run=dry_run)
            done += (item for item, outcome, _ in found.outcomes if outcome in DONE)
    result.problems += report.problems
    if not dry_run:
        _note(path, data, found_list, done, result)
    return result


def _all(items: Sequence[Listed], catalogue: Catalogue) -> Sequence[Listed]:
    """A list says by itself what belongs into a catalogue."""
    return items


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
            found = combine(pipeline.shelf.load(release) or empty(release), items, dict(found_list.header))
            left += found.notes + sum(outcome in TAKEN | REFUSED for _, outcome, _ in found.outcomes)
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
