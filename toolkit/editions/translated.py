"""Edition → the text of each block in the other language, for writing the source file again."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.beads import without_mark
from toolkit.edition import Edition, EditionBlock, Pair
from toolkit.editions.structure import Standing, clean, counts_of, standing_of
from toolkit.model import State

#: English that does not belong to the present French is nobody's translation of it.
_STANDS_IN_FRENCH = (Standing.UNTRANSLATED, Standing.CHANGED)


def texts(edition: Edition) -> dict[str, str]:
    """The text of each block by its id, with exactly the placeholders of the block's own text.

    A sentence without English, or whose English was made for other French, stays in French: the file has no place to
    say so beside it.
    """
    return {block.block.id: _text(block) for block in edition.blocks}


def _text(block: EditionBlock) -> str:
    if not block.pairs:
        return block.block.text
    return "".join(_stretch(block.pairs, at) for at in range(len(block.pairs)))


def _stretch(pairs: Sequence[Pair], at: int) -> str:
    """A sentence with what stands around it; where one is said elsewhere, without the space that parts the two."""
    pair = pairs[at]
    before = pair.segment.before
    if at and _lead(pair) == _lead(pairs[at - 1]) and standing_of(pair) not in _STANDS_IN_FRENCH:
        before = without_mark(before)
    return before + _sentence(pair) + pair.segment.after


def _lead(pair: Pair) -> str:
    return pair.lead or pair.segment.id


def _sentence(pair: Pair) -> str:
    if pair.target is None or pair.state is State.VERBATIM or standing_of(pair) in _STANDS_IN_FRENCH:
        return pair.segment.text
    return clean(pair.target).strip()


def in_source_language(edition: Edition) -> int:
    """How many sentences the translated file still has in the source's language."""
    return sum(standing_of(pair) in _STANDS_IN_FRENCH for pair in edition.pairs)


def status(edition: Edition) -> tuple[str, bool]:
    """How far the translation has come, as a file says it of itself, and whether a person has approved all of it."""
    counts = counts_of(edition)
    if counts.reviewed == counts.total:
        return f"reviewed: a person has approved all {counts.total} sentences", True
    return f"draft: a person has approved {counts.reviewed} of {counts.total} sentences", False
