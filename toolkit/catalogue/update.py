"""A changed source merged into its catalogue without losing a reviewer's word.

The order of trust: an entry whose sentence is unchanged stays as it is; a sentence that comes back brings its English
back; a sentence that changed takes the nearest lost English along as "needs work", with the French it was made for; and
English that finds no place is kept as obsolete. Machine drafts of sentences that are gone are dropped: they can be made
again.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace

from rapidfuzz import fuzz

from toolkit.beading import beads_in
from toolkit.beads import mark_of
from toolkit.catalogue import beads
from toolkit.catalogue.beads import kept_unchanged
from toolkit.digests import digest, key_digest
from toolkit.model import ENGINE_PREVIOUS, Catalogue, Entry, Key, Provenance, State, is_figure
from toolkit.placeholders import bare
from toolkit.text.difference import difference

#: Least similarity (0–100, normalised insertion/deletion distance) for lost English to be offered for a new sentence.
LEAST_SIMILARITY = 70.0
#: The same for a reworded sentence: both stand at the same place between the same unchanged sentences, and have
#: LEAST_WORDS. Of any two sentences of releases, 99 in 100 are less alike (35 at the median).
LEAST_IN_PLACE = 50.0
LEAST_WORDS = 5
#: Review priority of English whose French has another negation, number or name now.
GRAVE_PRIORITY = 95
#: How many lost entries, nearest in position, are compared with each new sentence.
NEIGHBOURS = 200

#: Where a changed sentence stands: after and before which unchanged ones, as which of how many.
_Stretch = tuple[Key, Key, int, int]


def shared(orphan: Catalogue, new: Catalogue) -> int:
    """How many sentences a catalogue without a release shares with a new release; 0 unless it is half of both's.

    So a renamed file is told from another release with the same closing paragraphs.
    """
    same = len({entry.key for entry in orphan.live} & {entry.key for entry in new.entries})
    return same if 2 * same >= max(len(orphan.live), len(new.entries)) else 0


def update(old: Catalogue | None, new: Catalogue) -> Catalogue:
    """Merge a template into the working catalogue.

    Args:
        old: the working catalogue; None when there is none yet.
        new: the template of the current source, made with the target language.

    Returns:
        The working catalogue with one live entry for each of the template's, in its order. Every reviewed target of
        ``old`` is still there: live, fuzzy with its previous source, or obsolete. Idempotent.
    """
    if old is None:
        return new
    wanted = {entry.key for entry in new.entries}
    live = {entry.key: entry for entry in old.live}
    asleep: dict[Key, Entry] = {}
    for entry in old.obsolete:  # of two for one sentence, the one that a person approved
        if entry.key not in asleep or "fuzzy" in asleep[entry.key].flags:
            asleep[entry.key] = entry
    restorable = {entry.previous: entry for entry in old.live if entry.previous and kept_unchanged(entry)}
    result: dict[Key, Entry] = {}
    returned: set[int] = set()
    for entry in new.entries:
        if entry.key in live and not _outranked(live[entry.key], asleep.get(entry.key)):
            result[entry.key] = _renew(live[entry.key], entry)
        elif entry.key in asleep:
            result[entry.key] = _renew(_awake(asleep[entry.key]), entry)
            returned.add(id(asleep[entry.key]))
        elif entry.key in restorable:
            result[entry.key] = _renew(_restored(restorable[entry.key]), entry)
    vanished = [entry for entry in old.live if entry.key not in wanted]
    lost = [entry for entry in vanished if not _restored_in(entry, result)]
    lost += [entry for entry in old.obsolete if id(entry) not in returned]
    lost = [entry for entry in lost if not _says_nothing(entry)]
    return _filled(old, new, result, lost)


def cost(old: Catalogue | None, merged: Catalogue) -> tuple[int, int]:
    """What a change of the source cost.

    Returns:
        How many approved sentences need work since, and of how many the approved English has no place any more.
    """
    live_before = old.live if old else ()
    approved = [entry.key for entry in live_before if entry.state is State.REVIEWED and not _says_nothing(entry)]
    live = {entry.key: entry.state for entry in merged.live}
    before = {entry.previous for entry in merged.live if entry.state is State.FUZZY}
    reopened = sum(live.get(key) is State.FUZZY or (key in before and key not in live) for key in approved)
    kept = sum(live.get(key) is State.REVIEWED for key in approved)
    return reopened, len(approved) - kept - reopened


def _filled(old: Catalogue, new: Catalogue, result: dict[Key, Entry], lost: Sequence[Entry]) -> Catalogue:
    """The merged catalogue: what is open takes over lost English, the rest of which goes to sleep."""
    places = [entry for entry in new.entries if entry.key not in result]
    words = [entry for entry in lost if not mark_of(entry.target)]
    order = {entry.key: position for position, entry in enumerate(old.entries)}
    stretches = _stretches(old.live, result), _stretches(new.entries, result)
    taken = _match(places, words, order, stretches)
    free = [place.key for place in places if place.key not in taken]
    heirs = _heirs(old, result, taken)
    marks = beads.followers(old, new, heirs, free, LEAST_SIMILARITY)
    taken |= marks
    heirs |= {entry.key: key for key, entry in marks.items()}
    for place in places:
        result[place.key] = _adapted(taken[place.key], place) if place.key in taken else place
    used = {id(entry) for entry in taken.values()}
    together = beads_in(old)
    unused = [beads.sleeping(entry, together) for entry in lost if id(entry) not in used]
    obsolete = _obsolete(unused, result)
    ordered = tuple(result[entry.key] for entry in new.entries)
    merged = Catalogue(old.release, old.header or new.header, (*ordered, *obsolete), old.comments)
    return beads.settled(old, merged, heirs)


def _heirs(old: Catalogue, result: Mapping[Key, Entry], taken: Mapping[Key, Entry]) -> dict[Key, Key]:
    """What became of the old live entries: old key → key in the new catalogue."""
    heirs = {entry.key: key for key, entry in taken.items() if entry.state is not State.OBSOLETE}
    for entry in old.live:
        if entry.key in result:
            heirs[entry.key] = entry.key
        elif entry.previous is not None and _restored_in(entry, result):
            heirs[entry.key] = entry.previous
    return heirs


def _renew(entry: Entry, current: Entry) -> Entry:
    provenance = entry.provenance
    if provenance and provenance.remarks and entry.state is State.REVIEWED:  # they were for the reviewer, who has been
        provenance = replace(provenance, remarks=())
    return replace(entry, comments=current.comments, origins=current.origins, provenance=provenance)


def _outranked(entry: Entry, sleeper: Entry | None) -> bool:
    """Whether approved English lies asleep for a sentence that has none, or only a draft."""
    if sleeper is None or "fuzzy" in sleeper.flags or not sleeper.target:
        return False
    return entry.state in {State.UNTRANSLATED, State.MACHINE}


def _restored(entry: Entry) -> Entry:
    """The reviewed entry that was made fuzzy, under the source it was reviewed for."""
    return Entry(entry.previous or entry.key, entry.target, State.REVIEWED, notes=entry.notes, flags=entry.flags)


def _restored_in(entry: Entry, result: Mapping[Key, Entry]) -> bool:
    restored = result.get(entry.previous) if entry.previous and kept_unchanged(entry) else None
    return restored is not None and restored.target == entry.target


def _awake(entry: Entry) -> Entry:
    """An obsolete entry whose sentence is back in the source."""
    fuzzy = "fuzzy" in entry.flags
    flags = tuple(flag for flag in entry.flags if flag != "fuzzy")
    if not entry.target:
        return replace(entry, state=State.UNTRANSLATED, flags=flags)
    return replace(entry, state=State.FUZZY if fuzzy else State.REVIEWED, flags=flags)


def _has_human_words(entry: Entry) -> bool:
    if entry.state in {State.UNTRANSLATED, State.MACHINE}:
        return bool(entry.notes)
    return bool(entry.target) or bool(entry.notes)


def _stretches(entries: Sequence[Entry], unchanged: Container[Key]) -> dict[Key, _Stretch]:
    """Where each changed sentence stands; nothing of those before the first or after the last unchanged one."""
    found: dict[Key, _Stretch] = {}
    run: list[Key] = []
    before: Key | None = None
    for entry in entries:
        if entry.key not in unchanged:
            run.append(entry.key)
            continue
        if before is not None:
            found |= {key: (before, entry.key, len(run), at) for at, key in enumerate(run)}
        before, run = entry.key, []
    return found


def _says_nothing(entry: Entry) -> bool:
    """Whether an entry only repeats a figure, as catalogues of earlier versions do."""
    return is_figure(entry.key.source) and entry.target.strip() in ("", entry.key.source) and not entry.notes


def _match(
    places: Sequence[Entry],
    lost: Sequence[Entry],
    position: Mapping[Key, int],
    stretches: tuple[Mapping[Key, _Stretch], Mapping[Key, _Stretch]],
) -> dict[Key, Entry]:
    """Give each new sentence the most similar lost entry, best pairs first, each lost entry once.

    Args:
        places: new sentences without English.
        lost: entries without a sentence.
        position: of the entries in the old catalogue.
        stretches: where the entries of the old and of the new catalogue stand.
    """
    candidates = [entry for entry in lost if _has_human_words(entry)]
    order = sorted(range(len(candidates)), key=lambda index: position[candidates[index].key])
    # Words count, markup does not: a sentence that became bold is the same sentence.
    words = [bare(place.key.source) for place in places]
    lost_words = [bare(candidate.key.source) for candidate in candidates]
    here = [stretches[0].get(candidate.key) for candidate in candidates]
    scored: list[tuple[float, bool, int, int]] = []
    for number, place in enumerate(places):
        centre = number * len(order) // max(1, len(places))
        near = order[max(0, centre - NEIGHBOURS // 2) : centre + NEIGHBOURS // 2]
        stretch = stretches[1].get(place.key)
        for index in near:
            in_place = stretch is not None and stretch == here[index]
            long = len(words[number].split()) >= LEAST_WORDS <= len(lost_words[index].split())
            least = LEAST_IN_PLACE if in_place and long else LEAST_SIMILARITY
            score = fuzz.ratio(words[number], lost_words[index], score_cutoff=least)
            if score:
                same_markup = place.key.source == candidates[index].key.source
                scored.append((-score, not same_markup, number, index))
    taken: dict[Key, Entry] = {}
    used: set[int] = set()
    for *_, number, index in sorted(scored):
        if places[number].key not in taken and index not in used:
            taken[places[number].key] = candidates[index]
            used.add(index)
    return taken


def _adapted(lost: Entry, place: Entry) -> Entry:
    """A lost entry's English offered for a changed sentence: fuzzy, with the source it was made for."""
    entry = _awake(lost) if lost.state is State.OBSOLETE else lost
    if entry.state in {State.UNTRANSLATED, State.MACHINE}:
        return replace(place, notes=entry.notes)
    previous = entry.previous or entry.key
    provenance = entry.provenance
    change = difference(bare(previous.source), bare(place.key.source))
    if entry.state is State.REVIEWED:
        provenance = Provenance(
            ENGINE_PREVIOUS,
            source_hash=key_digest(previous),
            target_hash=digest(entry.target),
            remarks=change.lines("the French has changed: "),
            priority=GRAVE_PRIORITY if change.grave else None,
        )
    elif provenance is not None and provenance.engine == ENGINE_PREVIOUS:
        priority = GRAVE_PRIORITY if change.grave else None
        provenance = replace(provenance, remarks=change.lines("the French has changed: "), priority=priority)
    return replace(
        entry,
        key=place.key,
        state=State.FUZZY,
        previous=previous,
        provenance=provenance,
        comments=place.comments,
        origins=place.origins,
    )


def _obsolete(lost: Iterable[Entry], live: dict[Key, Entry]) -> list[Entry]:
    """Lost entries put to sleep under the source their English was made for; drafts nobody worked on are dropped.

    gettext wants each key once, obsolete or not. English for a sentence that has other English by now becomes a note.
    """
    kept: dict[Key, Entry] = {}
    for entry in lost:
        if not _has_human_words(entry):
            continue
        asleep = _asleep(entry)
        occupant = live.get(asleep.key)
        superseded = False
        if occupant is not None and kept_unchanged(entry):
            # It was this sentence's English; where a person has written other English since, that is what counts.
            superseded = occupant.state is State.REVIEWED
        if occupant is not None and kept_unchanged(entry) and not superseded:
            asleep = replace(_asleep(replace(entry, provenance=None)), provenance=entry.provenance)
        place = live if asleep.key in live else kept
        there = place.setdefault(asleep.key, asleep)
        notes = (*there.notes, *asleep.notes)
        if there.target != asleep.target and asleep.target and not superseded and not mark_of(asleep.target):
            notes = (*notes, f"earlier English: {' '.join(asleep.target.split())}")
        place[asleep.key] = replace(there, notes=tuple(dict.fromkeys(notes)))
    return list(kept.values())


def _asleep(entry: Entry) -> Entry:
    if entry.state is State.OBSOLETE:
        return entry
    if kept_unchanged(entry):
        entry = _restored(entry)
    flags = ("fuzzy", *entry.flags) if entry.state is State.FUZZY else entry.flags
    return replace(entry, state=State.OBSOLETE, previous=None, comments=(), origins=(), flags=flags)
