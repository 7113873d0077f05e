"""`toolkit review export`: every open sentence of any release in one PO file, the worst first."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.edition import Bead, Edition, Pair
from toolkit.errors import RefusedError, ReviewError
from toolkit.files import refuse_link, write_atomic
from toolkit.findings import Finding, Severity
from toolkit.jobs.check import check
from toolkit.jobs.effort import SHORT, Weighed, weigh
from toolkit.jobs.giving import OPEN, Given, Package
from toolkit.jobs.merging import pending
from toolkit.jobs.worklist import Item, dump
from toolkit.model import BlockKind, Entry, Key, State, context_of
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.project import LOCALES, is_below, refuse_output
from toolkit.translation.draft import Progress
from toolkit.translation.scores import FLAWED, MOST, Weights

#: Where the list goes, in the project's folder, unless somebody says otherwise.
FILE_NAME = "review.po"
#: Least priority where a check finds what must not be published.
WRONG = 90
#: So far behind its priority a short phrase stands that is no heading: it takes a look like any other, and few read it.
WAITS = 20
#: Groups of checks whose warnings are like a remark on a draft: numbers, terms and names, placeholders, meaning.
_FACTS = frozenset("NTPM")
#: Findings shown of one sentence.
_TOLD = 5


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which open sentences are listed.

    Attributes:
        least: priority from which on.
        limit: at most so many sentences; None for all.
        words: at most so many words of French, but always one sentence; None for all.
    """

    least: int = 0
    limit: int | None = None
    words: int | None = None


@dataclass(slots=True)
class Exported(Package):
    """What was listed.

    Attributes:
        path: the list; None when nothing is open and nothing was written.
        open_sentences: of how many open ones the listed are.
    """

    path: Path | None = None
    open_sentences: int = 0


def export(
    pipeline: Pipeline,
    releases: Sequence[str] = (),
    *,
    output: Path | None = None,
    wanted: Wanted = Wanted(),
    force: bool = False,
    progress: Callable[[Progress], None] = lambda progress: None,
) -> Exported:
    """Write the review list.

    Args:
        pipeline: of the project.
        releases: ids or files; all when empty.
        output: the list; ``FILE_NAME`` in the project's folder when None.
        wanted: which sentences.
        force: replace a list that holds work which is not in the catalogues.
        progress: told how far the checks are.

    Raises:
        RefusedError: there is such a list. ReviewError: another file has the list's name, or it would be read as a
            catalogue or a memory. WriteError: it cannot be written.
    """
    path = output or pipeline.project.root / FILE_NAME
    _refuse(pipeline, path, force)
    result = Exported()
    judge = _Judge(pipeline.weights, _findings(pipeline, releases, progress))
    items = [item for found in result.gather(pipeline, releases) for item in _items(found, judge)]
    result.open_sentences = len(items)
    chosen = tuple(_chosen(sorted(items, key=lambda item: -judge.rank(item)), wanted))
    if chosen:
        languages = pipeline.project.settings.project
        write_atomic(path, dump(chosen, languages.target_language, languages.source_language, result.date))
        result.path, result.sentences = path, len(chosen)
        result.words = sum(map(_words, chosen))
    return result


def _refuse(pipeline: Pipeline, path: Path, force: bool) -> None:
    """Refuse a place where the list would do harm."""
    refuse_link(path)
    if is_below(path, pipeline.project.root / LOCALES):
        raise ReviewError(
            f"a review list has no place in {LOCALES}/, where it would be read as a catalogue or a memory",
            where=str(path),
            hint="give another folder to --output",
        )
    refuse_output(pipeline.project, path)
    if force or not path.exists():
        return
    hint = f"save it elsewhere or choose another name with --output; --force replaces {path.name}"
    try:
        left = pending(pipeline, path)
    except ReviewError as error:
        raise ReviewError(f"a file of this name is in the way ({error.message})", where=str(path), hint=hint) from error
    if left:
        raise RefusedError(
            f"this list holds work on {left} sentence{'s' * (left > 1)} that the catalogues do not have",
            where=str(path),
            hint=f"run `toolkit review merge {path.name}` first; --force replaces the list and what merge refuses",
        )


@dataclass(frozen=True, slots=True)
class _Judge:
    """Weighs entries, with what the checks say of them."""

    weights: Weights | None
    findings: Mapping[tuple[str, Key], Sequence[Finding]]

    def weigh(self, release: str, entry: Entry) -> Weighed:
        found = weigh(entry, self.weights)
        least = max(map(_least, self.of(release, entry)), default=0)
        raised = least + round(found.priority * (100 - least) / 100)
        return replace(found, priority=min(raised, max(found.priority, MOST)))

    def rank(self, item: Item) -> int:
        """What a sentence is ordered by: its priority, less for a phrase that few read and nothing speaks against."""
        entry, priority = item.entry, item.weighed.priority
        is_phrase = _words(item) <= SHORT and entry.key.context != BlockKind.HEADING
        remarks = entry.provenance.remarks if entry.provenance else ()
        is_suspect = remarks or entry.state is State.FUZZY or any(map(_least, self.of(item.release, entry)))
        return priority - WAITS if is_phrase and not is_suspect else priority

    def of(self, release: str, entry: Entry) -> Sequence[Finding]:
        return self.findings.get((release, entry.key), ())


def _least(finding: Finding) -> int:
    """Least priority of a sentence with such a finding."""
    if finding.severity is Severity.ERROR:
        return WRONG
    return FLAWED if finding.code[:1] in _FACTS else 0


def _findings(
    pipeline: Pipeline, releases: Sequence[str], progress: Callable[[Progress], None]
) -> dict[tuple[str, Key], list[Finding]]:
    """What `toolkit check` says of single sentences, notes left out."""
    found: dict[tuple[str, Key], list[Finding]] = {}
    told = check(pipeline, releases, lambda done, total, release: progress(Progress(done, total, release)))
    for finding in told.outcome.findings:
        if finding.key is not None and finding.severity is not Severity.NOTE:
            found.setdefault((finding.release, finding.key), []).append(finding)
    return found


def _items(found: Given, judge: _Judge) -> Iterator[Item]:
    release = found.edition.release.id
    contexts = _contexts(found.edition)
    for entry in found.catalogue.live:
        if entry.state in OPEN:
            told = tuple(f"check {finding.code}: {finding.message}" for finding in judge.of(release, entry)[:_TOLD])
            context = (*told, *contexts.get(entry.key, ()))
            yield Item(release, found.title, entry, judge.weigh(release, entry), context)


def _contexts(edition: Edition) -> dict[Key, tuple[str, ...]]:
    """For each entry what stands before and after its first sentence, in French and, where there is any, English.

    A sentence that is said together with others comes with the English of all of them.
    """
    pairs = [
        (Key(context_of(block.block.kind), pair.segment.msgid), pair)
        for block in edition.blocks
        for pair in block.pairs
        if pair.state is not State.VERBATIM
    ]
    beads = {pair.segment.id: bead for block in edition.blocks for bead in block.beads for pair in bead.pairs}
    found: dict[Key, tuple[str, ...]] = {}
    for index, (key, pair) in enumerate(pairs):
        own = beads[pair.segment.id]
        together = (f"said together: {bare(own.source)}",) if len(own.pairs) > 1 else ()
        before = _told("before", pairs[index - 1][1], beads) if index else ()
        after = _told("after", pairs[index + 1][1], beads) if index + 1 < len(pairs) else ()
        found.setdefault(key, (*together, *before, *after))
    return found


def _told(where: str, pair: Pair, beads: Mapping[str, Bead]) -> tuple[str, ...]:
    french = f"{where}: {bare(pair.segment.msgid)}"
    bead = beads[pair.segment.id]
    if not bead.target:
        return (french,)
    more = ", with its neighbours" if len(bead.pairs) > 1 else ""
    english = " ".join(bare(bead.target).split())
    return (french, f"{where}, in English{_STANDING[pair.state]}{more}: {english}")


_STANDING = {State.MACHINE: " (draft)", State.FUZZY: " (needs work)", State.REVIEWED: "", State.UNTRANSLATED: ""}


def _chosen(items: Sequence[Item], wanted: Wanted) -> Iterator[Item]:
    words = 0
    for number, item in enumerate(item for item in items if item.weighed.priority >= wanted.least):
        words += _words(item)
        if wanted.limit is not None and number >= wanted.limit:
            return
        if wanted.words is not None and words > wanted.words and number:
            return
        yield item


def _words(item: Item) -> int:
    return len(bare(item.entry.key.source).split())
