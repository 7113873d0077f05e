"""Editions → TMX: what people approved of a release, for other programs' memories.

Drafts stay out. A translation program shows whatever a memory holds as a perfect match, and no property that says
"machine" makes it look twice. Sentences that one English sentence says are one unit.
"""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.edition import Edition
from toolkit.memory.tmx import Record, in_one_line, write_tmx
from toolkit.model import Key, State, context_of


def tmx_of(edition: Edition) -> bytes:
    """A TMX 1.4b file of an edition; one without approved sentences has no units."""
    languages = (edition.release.language, edition.target_language)
    return b"".join(write_tmx(records_of(edition), languages))


def records_of(edition: Edition) -> Iterator[Record]:
    """The approved beads of an edition in order, repetitions once."""
    seen: set[tuple[Key, str]] = set()
    for block in edition.blocks:
        context = context_of(block.block.kind)
        for bead in block.beads:
            if bead.lead.state is not State.REVIEWED or not bead.target:
                continue
            key = Key(context, in_one_line(bead.source))
            if (key, bead.target) not in seen:
                seen.add((key, bead.target))
                ids = " ".join(pair.segment.id for pair in bead.pairs)
                props = (("state", "reviewed"), ("release", edition.release.id), ("sentences", ids))
                yield Record(key, bead.target, props)
