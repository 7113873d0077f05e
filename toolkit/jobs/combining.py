"""What reviewers and agencies send back, laid into the catalogues entry by entry. The core of merging and importing.

Three versions of each sentence's English are compared: as it was exported (its fingerprint), as the file has it, and as
the catalogue has it now. What changed on one side is taken; what changed on both, differently, is refused and told. So
bringing back twice does nothing, and nobody's words are overwritten.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum

from toolkit import catalogue as catalogues
from toolkit.beads import mark_of
from toolkit.editions import align
from toolkit.errors import CatalogueError, RefusedError, ToolkitError
from toolkit.jobs.worklist import Listed, fingerprint
from toolkit.mending import problem, respelled
from toolkit.model import Catalogue, Entry, Key, State, context_of
from toolkit.pipeline import Pipeline
from toolkit.text.spelling import folded


class Outcome(StrEnum):
    """What became of a sentence that came back."""

    UNTOUCHED = "untouched"
    MERGED = "in the catalogue already"
    BEFORE = "merged before, and changed since"
    APPROVED = "approved"
    CHANGED = "changed, and still marked “needs work”"
    EMPTIED = "emptied"
    CHANGED_BOTH = "changed on both sides"
    LOCKED = "changed although they were not to be"
    UNFIT = "unfit to replace approved English"
    GONE = "gone from the source"
    ALTERED = "with altered French"
    DIFFERENT = "unlike what a person wrote"
    TWO_WAYS = "translated in two ways"
    ELSEWHERE = "of other texts"


#: Went into a catalogue; was refused; is in the catalogue now.
TAKEN = frozenset({Outcome.APPROVED, Outcome.CHANGED, Outcome.EMPTIED})
REFUSED = frozenset(
    {
        Outcome.CHANGED_BOTH,
        Outcome.LOCKED,
        Outcome.UNFIT,
        Outcome.GONE,
        Outcome.ALTERED,
        Outcome.DIFFERENT,
        Outcome.TWO_WAYS,
    }
)
DONE = TAKEN | {Outcome.MERGED}


@dataclass(slots=True)
class Merged:
    """What a merge did.

    Attributes:
        outcomes: how many sentences had each.
        notes: comments that were brought back.
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
    def told(self) -> list[tuple[Outcome, int]]:
        """How many sentences had each outcome; what nobody touched comes last."""
        return sorted(self.outcomes.items(), key=lambda item: item[0] is Outcome.UNTOUCHED)

    @property
    def has_taken(self) -> bool:
        """Whether anything went, or would go, into a catalogue."""
        return bool(self.notes) or any(self.outcomes[outcome] for outcome in TAKEN)


#: What of a file belongs into a catalogue as it is now.
Find = Callable[[Catalogue], Sequence[Listed]]
#: What is wrong with a sentence's English, from both; "" where nothing is.
Judge = Callable[[str, str], str]


@dataclass(frozen=True, slots=True)
class Work:
    """Where English that comes back stands.

    Attributes:
        where: the file, as messages name it.
        noun: what messages call it.
        header: who did the work, and when, as fields of a PO header.
        judge: what English is not approved with, whatever the file says.
    """

    where: str
    noun: str
    header: Mapping[str, str] = field(default_factory=dict)
    judge: Judge = problem


@dataclass(frozen=True, slots=True)
class Combined:
    """A catalogue with its part of a file in it, and what became of each sentence, with the entry it met."""

    catalogue: Catalogue
    outcomes: tuple[tuple[Listed, Outcome, Entry | None], ...]
    notes: int


def vanished(release: str) -> CatalogueError:
    """A catalogue that was there a moment ago."""
    return CatalogueError(
        "the catalogue was deleted while it was worked on", where=f"{release}.po", hint="put it back and run again"
    )


def empty(release: str) -> Catalogue:
    """A catalogue without entries, for a release that has none."""
    return Catalogue(release, (), ())


def bring_back(
    pipeline: Pipeline, release: str, find: Find, work: Work, result: Merged, *, dry_run: bool = False
) -> Combined:
    """Bring a file's part for one release into its catalogue, and tell what happened.

    Args:
        pipeline: of the project.
        release: its id.
        find: what of the file belongs into the catalogue; asked again where an editor saved it meanwhile.
        work: the file.
        result: what is told is added to it.
        dry_run: only say what would be done.

    Raises:
        CatalogueError: the catalogue cannot be read. WriteError: it cannot be written.
    """
    now = pipeline.shelf.load(release)
    found = combine(now or empty(release), find(now or empty(release)), work.header, work.judge)
    if not dry_run and now is not None and found.catalogue != now:

        def change(old: Catalogue | None) -> Catalogue:
            nonlocal found
            if old is None:
                raise vanished(release)
            found = combine(old, find(old), work.header, work.judge)
            return found.catalogue

        if written := pipeline.shelf.change(release, change):
            result.written[pipeline.project.shown(written)] = None
    _tell(pipeline, release, found, work, result)
    result.warnings += _marks_alone(pipeline, release, found, work)
    return found


def combine(
    catalogue: Catalogue, items: Sequence[Listed], header: Mapping[str, str], judge: Judge = problem
) -> Combined:
    """A catalogue with what somebody did to its sentences in a file.

    Args:
        catalogue: as it is now.
        items: of the file, for this release.
        header: of the file: who did the work, and when.
        judge: of the English that is to be approved.
    """
    entries = {catalogues.key_digest(entry.key): entry for entry in catalogue.live}
    items = [_sound(item, entries.get(item.digest), judge) for item in items]
    disputed = _disputed(items)
    outcomes = []
    notes = 0
    for item in items:
        entry = entries.get(item.digest)
        outcome = Outcome.TWO_WAYS if item.digest in disputed and item.is_touched else _outcome(item, entry)
        outcomes.append((item, outcome, entry))
        if entry is not None and outcome is not Outcome.ALTERED:  # a note says why, refused or not
            after = _noted(_taken(entry, item) if outcome in TAKEN else entry, item)
            notes += len(after.notes) - len(entry.notes)
            entries[item.digest] = after
    live = tuple(entries.values())
    after_all = replace(catalogue, entries=(*live, *catalogue.obsolete))
    if any(_english(one) != _english(other) for one, other in zip(live, catalogue.live, strict=True)):
        after_all = replace(after_all, header=_signed(catalogue.header, header))
    return Combined(after_all, tuple(outcomes), notes)


def _sound(item: Listed, entry: Entry | None, judge: Judge) -> Listed:
    """An item as it may go into the catalogue.

    Nobody means to approve a sentence that lost its link or has another's: it still needs work. Placeholders that are
    only spelled otherwise (``<G1>``) are put right.
    """
    if entry is None or not item.is_touched:
        return item
    source = item.entry.key.source
    item = replace(item, entry=replace(item.entry, target=respelled(source, item.entry.target)))
    wrong = judge(source, item.entry.target)
    if not wrong or item.entry.state is not State.REVIEWED or fingerprint(entry) == item.fingerprint:
        return item  # English that is approved in the catalogue, too, is left to `toolkit check`
    return replace(item, entry=replace(item.entry, state=State.FUZZY), wrong=wrong)


def _disputed(items: Iterable[Listed]) -> set[str]:
    """Entries of which a file has two new versions, in different places where the sentence stands."""
    targets: dict[str, set[str]] = {}
    for item in items:
        if item.is_touched:
            targets.setdefault(item.digest, set()).add(item.entry.target)
    return {digest for digest, found in targets.items() if len(found) > 1}


def _outcome(item: Listed, entry: Entry | None) -> Outcome:
    if entry is None:
        if item.is_merged:
            return Outcome.BEFORE
        return Outcome.GONE if item.is_touched else Outcome.UNTOUCHED
    if folded(entry.key.source) != folded(item.entry.key.source):
        return Outcome.ALTERED
    if not item.is_touched:
        return Outcome.UNTOUCHED
    now = fingerprint(entry)
    if now == item.fingerprint:
        return Outcome.MERGED
    if now != item.exported and not item.exported:
        return Outcome.DIFFERENT
    if now not in (item.exported, item.merged):
        return Outcome.BEFORE if item.is_merged else Outcome.CHANGED_BOTH
    if item.is_locked:
        return Outcome.LOCKED
    if not item.entry.target:
        return Outcome.EMPTIED
    if item.wrong and entry.state is State.REVIEWED:
        return Outcome.UNFIT
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


def _english(entry: Entry) -> tuple[str, State]:
    """What a translator does to an entry; a note laid beside it is nobody's translation."""
    return entry.target, entry.state


#: Last-Translator of files that no person has saved: the toolkit's, xgettext's, and msginit's without a translator.
_NO_PERSON = ("toolkit (", "FULL NAME", "Automatically generated")


def _signed(header: tuple[tuple[str, str], ...], review: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """A catalogue's header with the name and date of who did the work; as it was where the file names nobody.

    A file without a date, or with the one that it went out with, does not say when: the date that the catalogue has is
    of somebody else's saving, and goes.
    """
    name = review.get("Last-Translator", "").strip()
    if not name or name.startswith(_NO_PERSON):
        return header
    saved = review.get("PO-Revision-Date", "")
    is_dated = saved not in ("", review.get("POT-Creation-Date", ""))
    given = {"Last-Translator": name, "PO-Revision-Date": saved if is_dated else catalogues.NOT_SAVED}
    return tuple((field, given.get(field, value)) for field, value in header)


def _tell(pipeline: Pipeline, release: str, found: Combined, work: Work, result: Merged) -> None:
    shown = pipeline.project.shown(pipeline.project.catalogue_path(release))
    result.notes += found.notes
    for item, outcome, entry in found.outcomes:
        result.outcomes[outcome] += 1
        at = f"{work.where}{item.at}"
        if outcome in REFUSED:
            result.problems.append(_refusal(item, outcome, entry, at, shown, work.noun))
        elif item.wrong and outcome is not Outcome.BEFORE:
            place = entry.comments[0].partition(":")[0] if entry and entry.comments else ""
            named = f"{release}, sentence {place}" if place else release
            result.warnings.append(f"{at}: {named}: {item.wrong}; “needs work” until that is put right in {shown}")


def _marks_alone(pipeline: Pipeline, release: str, found: Combined, work: Work) -> list[str]:
    """Warnings on sentences that were taken as said in another one's English where no such sentence stands."""
    places = {
        item.digest: item.at for item, outcome, _ in found.outcomes if outcome in TAKEN and mark_of(item.entry.target)
    }
    if not places:
        return []
    try:
        source = pipeline.release(pipeline.sources((release,))[0])
    except ToolkitError:
        return []  # a catalogue without its release: nothing to hold it against
    shown = pipeline.project.shown(pipeline.project.catalogue_path(release))
    return [
        f"{work.where}{places[digest]}: {release}, sentence {pair.segment.id}: {pair.problem}; "
        f"merged all the same: put it right in {shown}"
        for block in align(source, found.catalogue).blocks
        for pair in block.pairs
        if pair.problem
        and (digest := catalogues.key_digest(Key(context_of(block.block.kind), pair.segment.msgid))) in places
    ]


def _refusal(item: Listed, outcome: Outcome, entry: Entry | None, at: str, shown: str, noun: str) -> RefusedError:
    new = (note for note in item.entry.notes if entry is None or note not in entry.notes)
    label = f"English in {noun}" if entry is None or outcome in (Outcome.GONE, Outcome.ALTERED) else noun
    yours = "".join((f"    {label}: {item.entry.target or '(empty)'}", *(f"\n    its note: {note}" for note in new)))
    keep = f"{noun} keeps its English"
    if outcome is Outcome.GONE or entry is None:
        return RefusedError(
            f"this sentence is no longer in {shown}\n    French: {item.entry.key.source}\n{yours}",
            where=at,
            hint=f"look for its new wording there; {keep}",
        )
    theirs = f"    {shown}:{entry.line}: {entry.target or '(empty)'}"
    if outcome is Outcome.ALTERED:
        return RefusedError(
            f"the French was altered in {noun}\n    French in {noun}: {item.entry.key.source}\n{yours}\n"
            f"    French in {shown}:{entry.line}: {entry.key.source}",
            where=at,
            hint="put the French back as it was and bring it back again: it is changed in source/ only",
        )
    said, do = _CONFLICTS[outcome]
    what = f"{said.format(shown=shown, noun=noun, wrong=item.wrong)}\n{yours}\n{theirs}"
    return RefusedError(what, where=at, hint=f"{do}; {keep}, the catalogue its own")


_CONFLICTS = {
    Outcome.CHANGED_BOTH: ("this sentence was changed in {shown}, too", "write the better one into the catalogue"),
    Outcome.DIFFERENT: (
        "{shown} has a person’s English for this sentence, and {noun} does not say which one it is made from",
        "write the better one into the catalogue",
    ),
    Outcome.LOCKED: (
        "{shown} has approved English for this sentence, which went out as not to be changed",
        "if the change is right, make it in the catalogue",
    ),
    Outcome.UNFIT: (
        "{shown} has approved English for this sentence, and that of {noun} cannot take its place: {wrong}",
        "put it right and bring it back again; if it is right as it is, write it into the catalogue",
    ),
    Outcome.TWO_WAYS: (
        "this sentence stands in several places, and {noun} translates them in different ways",
        "write the one that fits all of them into the catalogue: a sentence has one translation",
    ),
}
