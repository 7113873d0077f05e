"""Merged sentences when the source changes: a mark is true only beside the sentence it was set beside.

Sentences that belong together (``toolkit.beading``) stay approved while all of them are there. Where one is gone or
another came between, the English that said them all needs work, with the French it was made for; so does a mark that
leads to another sentence now. When all of them are back, so is the approval.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from toolkit.beading import STEPS, EntryBead, beads_in, places_of
from toolkit.beads import Mark, mark_of
from toolkit.digests import digest, fits, key_digest
from toolkit.model import ENGINE_PREVIOUS, Catalogue, Entry, Key, Provenance, State
from toolkit.placeholders import bare

#: What became of the entries of the old catalogue: old key → key in the new one. What is not in it is gone.
Heirs = Mapping[Key, Key]

_SIDES = {Mark.PREVIOUS: "before", Mark.NEXT: "after"}
_BROKEN = "this English says sentences that are no longer together"


def kept_unchanged(entry: Entry) -> bool:
    """Whether this is a reviewed target carried to a changed source, and nobody has touched it since."""
    provenance = entry.provenance
    return (
        entry.previous is not None
        and provenance is not None
        and provenance.engine == ENGINE_PREVIOUS
        and fits(provenance, entry.previous, entry.target)
    )


def followers(old: Catalogue, new: Catalogue, heirs: Heirs, free: Iterable[Key], least: float) -> dict[Key, Entry]:
    """Marks whose sentence has changed a little and still stands beside its lead: {new sentence: old entry}.

    A mark is no English: it is offered to no sentence elsewhere.

    Args:
        old: the catalogue as it was.
        new: the template of the source as it is.
        heirs: what became of the other entries.
        free: sentences that have found no English yet.
        least: similarity from which on two sentences are one that changed, 0–100.
    """
    there = places_of(new)
    first = {key: place for place, key in reversed(there.items())}
    open_keys = set(free)
    found: dict[Key, Entry] = {}
    for bead in dict.fromkeys(beads_in(old).values()):
        place = first.get(heirs.get(bead.lead.key, bead.lead.key))
        for entry in bead.entries:
            mark = mark_of(entry.target)
            if place is None or mark is None or entry.key in heirs:
                continue
            beside = [(place[0], place[1] - STEPS[mark] * far) for far in range(1, len(bead.entries))]
            keys = [there[one] for one in beside if there.get(one) in open_keys - found.keys()]
            best = max(keys, key=lambda key: _alike(key, entry), default=None)
            if best is not None and _alike(best, entry) >= least:
                found[best] = entry
    return found


def _alike(key: Key, entry: Entry) -> float:
    return fuzz.ratio(bare(key.source), bare(entry.key.source))


def sleeping(entry: Entry, beads: Mapping[Key, EntryBead]) -> Entry:
    """A lead whose sentence is gone, as it is kept: its approved English is that of all its bead's French."""
    bead = beads.get(entry.key)
    if bead is None or bead.lead is not entry or entry.state is not State.REVIEWED:
        return entry
    return replace(entry, key=Key(entry.key.context, bead.source), provenance=None)


def settled(old: Catalogue, new: Catalogue, heirs: Heirs) -> Catalogue:
    """A merged catalogue with every mark and every lead in the state that it deserves.

    Args:
        old: before the merge; its obsolete entries may hold the English of sentences that are together again.
        new: after it.
        heirs: what became of the old entries.
    """
    if not any(mark_of(entry.target) for entry in new.entries) and not beads_in(old):
        return new
    whole = _whole_again(old, new)
    entries = {entry.key: whole.get(entry.key, entry) for entry in new.live}
    now = beads_in(replace(new, entries=tuple(entries.values())))
    before = beads_in(old)
    for key in _untrue(old, entries, now, before, heirs, whole):
        entries[key] = _questioned(entries[key])
    for bead in dict.fromkeys(before.values()):
        heir = heirs.get(bead.lead.key)
        if heir is not None and heir in entries and heir not in whole:
            wanted = {heirs.get(entry.key) for entry in bead.entries}
            if not wanted <= {entry.key for entry in (now[heir].entries if heir in now else (entries[heir],))}:
                entries[heir] = _broken(entries[heir], bead)
    taken_back = {Key(entry.key.context, bead.source) for key, bead in now.items() if (entry := whole.get(key))}
    asleep = [entry for entry in new.obsolete if entry.key not in taken_back or mark_of(entry.target)]
    return replace(new, entries=(*entries.values(), *asleep))


def _whole_again(old: Catalogue, new: Catalogue) -> dict[Key, Entry]:
    """Leads that are approved again, because all that their English says is together again."""
    asleep = {entry.key: entry for entry in old.obsolete if "fuzzy" not in entry.flags and entry.target}
    found: dict[Key, Entry] = {}
    for bead in dict.fromkeys(beads_in(new, begun=True).values()):
        lead, all_french = bead.lead, Key(bead.lead.key.context, bead.source)
        kept = lead if lead.previous == all_french and kept_unchanged(lead) else None
        if lead.state in (State.UNTRANSLATED, State.MACHINE):
            kept = asleep.get(all_french)
        if kept is not None:
            found[lead.key] = replace(lead, target=kept.target, state=State.REVIEWED, provenance=None, previous=None)
    return found


def _untrue(
    old: Catalogue,
    entries: Mapping[Key, Entry],
    now: Mapping[Key, EntryBead],
    before: Mapping[Key, EntryBead],
    heirs: Heirs,
    whole: Mapping[Key, Entry],
) -> Sequence[Key]:
    """Approved marks that lead to another sentence than the one they were set beside."""
    origins = {heirs[entry.key]: entry.key for entry in old.live if entry.key in heirs}
    found = []
    for key, entry in entries.items():
        if entry.state is not State.REVIEWED or not mark_of(entry.target):
            continue
        bead, was = now.get(key), before.get(origins.get(key, key))
        if bead is None or was is None:
            true = bead is None and was is None and key in origins
        else:
            true = heirs.get(was.lead.key) == bead.lead.key
        if not true and not (bead and bead.lead.key in whole):
            found.append(key)
    return found


def _questioned(entry: Entry) -> Entry:
    mark = mark_of(entry.target) or Mark.PREVIOUS
    remark = f"the sentence {_SIDES[mark]} it is another one now"
    return replace(entry, state=State.FUZZY, provenance=_previous(entry.key, entry.target, remark))


def _broken(entry: Entry, bead: EntryBead) -> Entry:
    """A lead whose bead is not together any more: its English needs work, and says what it was made for."""
    if entry.state is not State.REVIEWED and not kept_unchanged(entry):
        return entry
    previous = Key(entry.key.context, bead.source)
    return replace(entry, state=State.FUZZY, previous=previous, provenance=_previous(previous, entry.target, _BROKEN))


def _previous(key: Key, target: str, remark: str) -> Provenance:
    return Provenance(ENGINE_PREVIOUS, source_hash=key_digest(key), target_hash=digest(target), remarks=(remark,))
