"""Which entries of a catalogue belong together: the marks of ``toolkit.beads``, read without the release.

An edition knows its beads from the release (``toolkit.editions.align``). A catalogue alone, as memory and update meet
it, knows them from the places in its comments ("p3s2: paragraph 2 of 7"), which every template has. An entry that
stands at several places belongs to what stands at its first.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from toolkit.beads import Mark, joined, mark_of, without_mark
from toolkit.model import Catalogue, Entry, Key, Release, State, context_of
from toolkit.placeholders import Tag, tags, tokenize

#: Id of a block, and which of its sentences, counted from 1.
Place = tuple[str, int]
#: Where a release or a catalogue has which sentence.
Places = Mapping[Place, Key]

_PLACE = re.compile(r"(?P<block>p\d+)s(?P<number>\d+)")
_COMMENT = re.compile(rf"{_PLACE.pattern}: ")
#: Which way a mark points.
STEPS = {Mark.PREVIOUS: -1, Mark.NEXT: 1}


@dataclass(frozen=True, slots=True)
class EntryBead:
    """Entries of which one has the English of all.

    Attributes:
        entries: in the order of the text, two or more.
        lead: the one with the English.
    """

    entries: tuple[Entry, ...]
    lead: Entry

    @property
    def source(self) -> str:
        """The French of all as one text, its placeholders counted through."""
        return strung(entry.key.source for entry in self.entries)

    @property
    def target(self) -> str:
        """Its English, with the placeholders of ``source``."""
        english = (
            joined(entry.key.source, entry.target) if entry is self.lead else without_mark(entry.key.source)
            for entry in self.entries
        )
        return strung(english, [entry.key.source for entry in self.entries])

    @property
    def state(self) -> State:
        """The least advanced of its entries' states: approved when all of it is."""
        return min((entry.state for entry in self.entries), key=_RANKS.index)


_RANKS = (State.OBSOLETE, State.UNTRANSLATED, State.FUZZY, State.MACHINE, State.REVIEWED)


def strung(texts: Iterable[str], counted: Sequence[str] = ()) -> str:
    """Sentences as one text, a space between them, the placeholders of each counted on from those before.

    Args:
        texts: each with placeholders of its own; what is "" leaves no space.
        counted: the sentences whose placeholders are counted; ``texts`` themselves when empty.
    """
    texts = list(texts)
    found, above = [], 0
    for text, source in zip(texts, counted or texts, strict=True):
        found.append(_raised(text, above))
        above += max((tag.number for tag in tags(source)), default=0)
    return " ".join(filter(None, found))


def _raised(text: str, by: int) -> str:
    if not by or "<" not in text:
        return text
    tokens = tokenize(text)
    return "".join(
        str(Tag(token.form, token.number + by, token.shown)) if isinstance(token, Tag) else token for token in tokens
    )


def place_of(segment_id: str) -> Place | None:
    """The place that a segment's id names ("p3s2"); None for another id."""
    found = _PLACE.fullmatch(segment_id)
    return (found["block"], int(found["number"])) if found else None


def places_in(release: Release) -> dict[Place, Key]:
    """Where a segmented release has what."""
    return {
        place: Key(context_of(block.kind), segment.msgid)
        for block in release.blocks
        for segment in block.segments
        if block.translatable(segment) and (place := place_of(segment.id))
    }


def places_of(catalogue: Catalogue) -> dict[Place, Key]:
    """Where the sentences of a catalogue stand, as the comments of its template say."""
    return {place: entry.key for entry in catalogue.live for place in entry_places(entry)}


def entry_places(entry: Entry) -> tuple[Place, ...]:
    """Where an entry's sentence stands, in order; () where its comments do not say."""
    found = (_COMMENT.match(comment) for comment in entry.comments)
    return tuple((match["block"], int(match["number"])) for match in found if match)


def beads_in(catalogue: Catalogue, places: Places | None = None, *, begun: bool = False) -> dict[Key, EntryBead]:
    """The beads of several entries, by the key of each of them.

    Args:
        catalogue: its live entries are looked at.
        places: of the release; None takes what the catalogue says.
        begun: also those whose lead has no English yet.
    """
    entries = {entry.key: entry for entry in catalogue.live}
    marked = [entry for entry in entries.values() if mark_of(entry.target)]
    if not marked:
        return {}
    there = places_of(catalogue) if places is None else places
    first: dict[Key, Place] = {}
    for place, key in there.items():
        first.setdefault(key, place)
    led: dict[Key, dict[Key, Place]] = {}
    for entry in marked:
        own = first.get(entry.key)
        lead = lead_at(own, there, entries, begun=begun) if own else None
        if own and lead:
            led.setdefault(lead[1], {lead[1]: lead[0]})[entry.key] = own
    beads = {}
    for key, members in led.items():
        ordered = sorted(members, key=lambda member: members[member][1])
        bead = EntryBead(tuple(entries[member] for member in ordered), entries[key])
        beads.update(dict.fromkeys(ordered, bead))
    return beads


def pointed_at(catalogue: Catalogue) -> frozenset[Key]:
    """The sentences that are to say others, too, whether they have English yet or not."""
    return frozenset(bead.lead.key for bead in beads_in(catalogue, begun=True).values())


def lead_at(
    place: Place, places: Places, entries: Mapping[Key, Entry], *, begun: bool = False
) -> tuple[Place, Key] | None:
    """The sentence in whose English the one at a place is said, past further marks of the same kind; or None."""
    found = _pointed_at(place, places, entries)
    return (found[0], found[1].key) if found and (begun or found[1].target.strip()) else None


def _pointed_at(place: Place, places: Places, entries: Mapping[Key, Entry]) -> tuple[Place, Entry] | None:
    """Where the mark at a place leads to; None where there is no mark, or it leads to none."""

    def at(number: int) -> Entry | None:
        key = places.get((place[0], number))
        return entries.get(key) if key else None

    number = place[1]
    entry = at(number)
    mark = mark_of(entry.target) if entry else None
    while mark and entry and mark_of(entry.target) is mark:
        number += STEPS[mark]
        entry = at(number)
    return ((place[0], number), entry) if mark and entry and not mark_of(entry.target) else None
