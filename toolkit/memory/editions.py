"""Editions → TMX: what people approved of a release, for other programs' memories.

Drafts stay out. A translation program shows whatever a memory holds as a perfect match, and no property that says
"machine" makes it look twice. Sentences that one English sentence says are one unit. What only a program has
matched with its French is a person's English: it is there, and says so.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.edition import Bead, Edition
from toolkit.memory.tmx import MATCHED, MATCHED_NOTE, Record, in_one_line, write_tmx
from toolkit.model import Key, State, context_of


def tmx_of(edition: Edition) -> bytes:
    """A TMX 1.4b file of an edition; one without approved sentences has no units."""
    languages = (edition.release.language, edition.target_language)
    return b"".join(write_tmx(records_of(edition), languages))


def records_of(edition: Edition) -> Iterator[Record]:
    """The approved beads of an edition in order, repetitions once: as people have read them, where they have once."""
    found: dict[tuple[Key, str], Record] = {}
    for block in edition.blocks:
        context = context_of(block.block.kind)
        for bead in block.beads:
            if bead.lead.state is not State.REVIEWED or not bead.target:
                continue
            key = Key(context, in_one_line(bead.source))
            name = (key, bead.target)
            if name not in found or (found[name].note and not bead.lead.matched):
                found[name] = _record(edition.release.id, key, bead)
    yield from found.values()


def _record(release: str, key: Key, bead: Bead) -> Record:
    ids = " ".join(pair.segment.id for pair in bead.pairs)
    props = (("state", "reviewed"), ("release", release), ("sentences", ids))
    if not bead.lead.matched:
        return Record(key, bead.target or "", props)
    return Record(key, bead.target or "", (*props, MATCHED), MATCHED_NOTE)
