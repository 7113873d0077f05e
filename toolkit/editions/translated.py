"""Edition → the text of each block in the other language, for writing the source file again."""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.beads import without_mark
from toolkit.edition import Edition, EditionBlock, Pair
from toolkit.editions.inline import AROUND
from toolkit.editions.structure import Standing, clean, counts_of, standing_of
from toolkit.model import State
from toolkit.placeholders import Form, Tag, Token, bare, tags, tokenize

#: English that does not belong to the present French is nobody's translation of it.
_STANDS_IN_FRENCH = (Standing.UNTRANSLATED, Standing.CHANGED)


def texts(edition: Edition) -> dict[str, str]:
    """The text of each block by its id, with the placeholders of the block's own text.

    Only links, bold words and the like of a sentence said elsewhere are left out where nothing is in them any more.
    A sentence without English, or whose English was made for other French, stays in French: the file has no place to
    say so beside it.
    """
    return {block.block.id: _text(block) for block in edition.blocks}


def _text(block: EditionBlock) -> str:
    if not block.pairs:
        return block.block.text
    text = "".join(_stretch(block.pairs, at) for at in range(len(block.pairs)))
    return _without_empty(text, _wordless(block)) if any(pair.lead for pair in block.pairs) else text


def _wordless(block: EditionBlock) -> frozenset[int]:
    """Numbers of the pairs for words that sentences said elsewhere have; not what holds nothing in the French.

    An empty link or bold pair would be read aloud, or printed as its marks ("****").
    """
    numbers = {code.number for code in block.block.codes if code.role in AROUND}
    led = {tag.number for pair in block.pairs if pair.lead for tag in tags(pair.segment.text)}
    return frozenset(number for number in numbers & led if f"<g{number}></g{number}>" not in block.block.text)


def _without_empty(text: str, numbers: frozenset[int]) -> str:
    """A text without those of the pairs that hold nothing, or nothing but such pairs."""
    kept: list[Token] = []
    for token in tokenize(text):
        closes = isinstance(token, Tag) and token.form is Form.CLOSE and token.number in numbers
        if closes and isinstance(token, Tag) and kept and kept[-1] == Tag(Form.OPEN, token.number):
            kept.pop()
        else:
            kept.append(token)
    return "".join(map(str, kept))


def _stretch(pairs: Sequence[Pair], at: int) -> str:
    """A sentence with what stands around it; where one is said elsewhere, without the space that parts the two."""
    pair = pairs[at]
    before, after = pair.segment.before, pair.segment.after
    if at and _as_one(pairs[at - 1], pair):
        before = without_mark(before)
    if at + 1 < len(pairs) and _as_one(pair, pairs[at + 1]):
        after = without_mark(after)
    return before + _sentence(pair) + after


def _as_one(pair: Pair, following: Pair) -> bool:
    """Whether two neighbours are one piece of English: one of them has no words of its own there."""
    if (pair.lead or pair.segment.id) != (following.lead or following.segment.id):
        return False
    said_elsewhere = pair if pair.lead else following
    return standing_of(pair) not in _STANDS_IN_FRENCH and not bare(said_elsewhere.target or "").strip()


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
    if not counts.total:
        return "nothing to translate: the file is as its source", False
    if counts.read == counts.total:
        return f"reviewed: a person has approved all {counts.total} sentences", True
    matched = f", {counts.aligned} are from an earlier translation, matched by program" if counts.aligned else ""
    done = "reviewed" if counts.reviewed == counts.total else "draft"
    return f"{done}: a person has approved {counts.read} of {counts.total} sentences{matched}", False
