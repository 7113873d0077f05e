"""What every writer of an edition needs: safe text, where its sentences stand, its title and its counts."""

from __future__ import annotations

import math
import re
from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from toolkit.edition import Edition, EditionBlock, Pair
from toolkit.model import BlockKind, Provenance, Role, State
from toolkit.placeholders import Tag, bare, tokenize

# XML 1.0 section 2.2 allows the rest of C1 and the non-characters only as "discouraged", HTML calls them parse errors.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ud800-\udfff\ufdd0-\ufdef"
    + "".join(chr(plane * 0x10000 + 0xFFFE) + chr(plane * 0x10000 + 0xFFFF) for plane in range(17))
    + "]"
)
_BREAKS = "\n\r\v\f\x1c\x1d\x1e\x85\u2028\u2029"
_LINE_BREAK = re.compile("[\n\r\v\f\x1c-\x1f\x85\u2028\u2029]")
_BLANKS = re.compile("[\t \n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")


def clean(text: str) -> str:
    """Text that XML 1.0 and HTML can both hold: line breaks become a space, forbidden characters U+FFFD.

    The readers refuse such characters, but a target comes from a PO file that any program may have written.
    """
    if text.isprintable():  # as most text is: nothing to look for
        return text
    if _LINE_BREAK.search(text):
        text = _BLANKS.sub(lambda run: " " if _LINE_BREAK.search(run[0]) else run[0], text)
    return _FORBIDDEN.sub("\ufffd", text)


def clean_lines(text: str) -> str:
    """As ``clean``, with each line break as one U+000A: text in which lines count."""
    return "\n".join(map(clean, text.splitlines())) + ("\n" if text[-1:] in _BREAKS and text else "")


def plain(text: str) -> str:
    """A sentence as mere text: without its placeholders, clean."""
    return clean(bare(text))


#: Characters that turn the direction of what follows (Unicode Bidirectional Algorithm, UAX 9, section 2).
_DIRECTIONS = re.compile("[\u202a-\u202e\u2066-\u2069]")


def in_order(text: str) -> str:
    """Text without marks that turn its direction: for places where no element keeps them from what follows."""
    return _DIRECTIONS.sub("", text)


class Standing(StrEnum):
    """A pair's state as a reader must know it: FUZZY is two things. Least advanced first."""

    UNTRANSLATED = "untranslated"
    CHANGED = "changed"
    MACHINE = "machine"
    TO_CHECK = "to-check"
    REVIEWED = "reviewed"
    VERBATIM = "verbatim"

    @property
    def state(self) -> State:
        """The state that this is, or is a case of."""
        return _STATES[self]


_RANKS = {standing: rank for rank, standing in enumerate(Standing)}
# Tables, because an edition asks for them hundreds of times.
_OF_FUZZY = (Standing.CHANGED, Standing.TO_CHECK)
_STANDINGS = {State(standing.value): standing for standing in Standing if standing not in _OF_FUZZY}
_STATES = {standing: state for state, standing in _STANDINGS.items()} | dict.fromkeys(_OF_FUZZY, State.FUZZY)


def standing_of(pair: Pair) -> Standing:
    """Where a pair stands: a FUZZY one has CHANGED when its English was made for other French, else it is TO_CHECK.

    The French it was made for can be the same words in another place (a paragraph that became a heading): nothing
    that a reader could compare has changed then.
    """
    if pair.state is State.FUZZY:
        return Standing.CHANGED if pair.previous not in ("", pair.segment.msgid) else Standing.TO_CHECK
    return _STANDINGS[pair.state]


def is_code(block: EditionBlock) -> bool:
    """Whether a block is code, as its reader's label or its markup says: its lines count then."""
    inner = block.block
    if inner.kind is not BlockKind.VERBATIM:
        return False
    tokens = tokenize(inner.text.strip())
    code = {each.number for each in inner.codes if each.role is Role.CODE}
    ends = [token.number for token in (*tokens[:1], *tokens[-1:]) if isinstance(token, Tag)]
    return inner.label == "code" or (len(ends) == 2 and ends[0] == ends[1] and ends[0] in code)


def title_block(edition: Edition) -> EditionBlock | None:
    """The headline: the first heading of level 1 that has words; None in a release without one."""
    for block in edition.blocks:
        if (
            block.block.kind is BlockKind.HEADING
            and block.block.level == 1
            and any(map(str.isalnum, bare(block.block.text)))
        ):
            return block
    return None


@dataclass(frozen=True, slots=True)
class Title:
    """A release's title in both languages, for places that cannot show a sentence's state mark.

    Attributes:
        source: as in the release.
        target: None while it is untranslated or belongs to an older French title.
        standing: the least advanced one of its sentences.
    """

    source: str
    target: str | None
    standing: Standing


def title_of(edition: Edition) -> Title:
    """The headline's sentences or, in a release without headline, its first sentence."""
    pairs = title_pairs(edition)
    if not pairs:
        return Title(clean(edition.release.title).strip(), None, Standing.UNTRANSLATED)
    source = " ".join(plain(pair.segment.text) for pair in pairs)
    standing = min(map(standing_of, pairs), key=_RANKS.__getitem__)
    if standing in (Standing.UNTRANSLATED, Standing.CHANGED):
        return Title(source, None, standing)
    return Title(source, " ".join(filter(None, (plain(pair.target or "") for pair in pairs))), standing)


def title_pairs(edition: Edition) -> tuple[Pair, ...]:
    """The sentences that ``title_of`` takes the title from; none in a release without words."""
    headline = title_block(edition)
    pairs = headline.pairs if headline else _first_sentence(edition)
    return tuple(pair for pair in pairs if plain(pair.segment.text).strip())


def _first_sentence(edition: Edition) -> tuple[Pair, ...]:
    """The first sentence to translate; one that is not in the flow only where no other is."""
    found = [
        (block.block.kind is BlockKind.ATTRIBUTE, pair)
        for block in edition.blocks
        for pair in block.pairs
        if block.block.translatable(pair.segment)
    ]
    return tuple(pair for outside, pair in found if not outside)[:1] or tuple(pair for _, pair in found)[:1]


@dataclass(frozen=True, slots=True)
class Counts:
    """Sentences of an edition by standing; those with nothing to translate are left out.

    Attributes:
        aligned: of the reviewed ones, those that only a program has laid beside their French (``Pair.matched``).
    """

    reviewed: int
    machine: int
    changed: int
    to_check: int
    untranslated: int
    aligned: int = 0

    @property
    def read(self) -> int:
        """Sentences that a person has read beside their French, and approved."""
        return self.reviewed - self.aligned

    @property
    def total(self) -> int:
        """All sentences that have something to translate."""
        return self.english + self.untranslated

    @property
    def english(self) -> int:
        """Sentences that have an English one, in whatever state."""
        return self.reviewed + self.machine + self.changed + self.to_check

    @property
    def unread(self) -> int:
        """Sentences that no person has approved, those without English among them."""
        return self.total - self.reviewed

    @property
    def open(self) -> tuple[tuple[Standing, int], ...]:
        """What is unread by standing, most advanced first; nothing for nothing."""
        found = (
            (Standing.TO_CHECK, self.to_check),
            (Standing.CHANGED, self.changed),
            (Standing.MACHINE, self.machine),
            (Standing.UNTRANSLATED, self.untranslated),
        )
        return tuple((standing, number) for standing, number in found if number)

    @property
    def mostly_unread(self) -> bool:
        """Whether a person has read less than half of the sentences: the edition must not look finished."""
        return 2 * self.read < self.total

    @property
    def mostly_matched(self) -> bool:
        """Whether it would not be mostly unread, had a person compared what a program has matched."""
        return self.mostly_unread and 2 * self.reviewed >= self.total


def counts_of(edition: Edition) -> Counts:
    """How far an edition has come."""
    found = Counter(map(standing_of, edition.pairs))
    return Counts(
        reviewed=found[Standing.REVIEWED],
        machine=found[Standing.MACHINE],
        changed=found[Standing.CHANGED],
        to_check=found[Standing.TO_CHECK],
        untranslated=found[Standing.UNTRANSLATED],
        aligned=sum(pair.matched for pair in edition.pairs),
    )


def bar(counts: Counts) -> tuple[tuple[str, float, float], ...]:
    """The proportions of the states as (class, offset, width) in percent, for a bar 100 wide; nothing for nothing."""
    parts = (
        ("reviewed", counts.read),
        ("matched", counts.aligned),
        ("machine", counts.machine),
        ("to-check", counts.to_check),
        ("changed", counts.changed),
        ("untranslated", counts.untranslated),
    )
    pieces, offset = [], 0.0
    for name, number in parts:
        if number:
            width = round(100 * number / counts.total, 2)
            pieces.append((name, round(offset, 2), width))
            offset += width
    return tuple(pieces)


@dataclass(frozen=True, slots=True)
class Model:
    """A translation package that drafts came from: ``name`` and version, first digits of its SHA-256."""

    engine: str
    package: str
    checksum: str


def model_of(pair: Pair) -> Model | None:
    """The package that a machine draft came from; None for people's sentences and for drafts made by rule."""
    made = pair.provenance
    return model_behind(made) if pair.state is State.MACHINE and made is not None else None


def model_behind(made: Provenance) -> Model | None:
    """The package that a machine wrote with, whoever has worked on the draft since; None of a rule."""
    return Model(clean(made.engine), clean(made.package), clean(made.checksum)) if made.package else None


def models_of(edition: Edition) -> tuple[Model, ...]:
    """Every package behind an edition's drafts, in order of first use: the first is ``model-1`` in all outputs."""
    return tuple(dict.fromkeys(model for pair in edition.pairs if (model := model_of(pair))))


def confidence_of(pair: Pair) -> str:
    """A draft's score as a number from 0 to 1: the geometric mean of its tokens' probabilities; "" without a score."""
    score = pair.provenance.score if pair.provenance and pair.state is State.MACHINE else None
    if score is None or math.isnan(score):
        return ""
    return f"{math.exp(min(score, 0.0)):.4f}"


def day_of(edition: Edition) -> str:
    """When a release came out, as text that XML and HTML can hold."""
    return clean(edition.release.metadata.date)
