"""What goes out and comes back: a bead of sentences as a unit, its state, and how both are known again.

XLIFF's states (XLIFF 2.1, attribute "state") tell a person's work from what is only there. What nobody has looked at is
``initial``, even where it has English: a tool that lets a translator confirm a segment raises the state, and that says
more than the words.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit.edition import Bead, EditionBlock, Pair
from toolkit.exchange.inline import settled
from toolkit.model import Code, Key, State, context_of
from toolkit.placeholders import Tag, numbering, tags, tokenize


class Stage(StrEnum):
    """A segment's state in XLIFF."""

    INITIAL = "initial"
    TRANSLATED = "translated"
    REVIEWED = "reviewed"
    FINAL = "final"

    @property
    def is_approved(self) -> bool:
        """Whether somebody vouches for the English."""
        return self in (Stage.REVIEWED, Stage.FINAL)


@dataclass(frozen=True, slots=True)
class Digests:
    """How sentences are known again; the catalogue's own ways.

    Attributes:
        text: 12 hexadecimal digits for a text.
        key: the same for an entry's key.
    """

    text: Callable[[str], str]
    key: Callable[[Key], str]


@dataclass(frozen=True, slots=True)
class Base:
    """A unit as it was exported.

    Attributes:
        entries: digests of the keys of its sentences.
        english: digest of its English.
        stage: its state.
        is_locked: whether it was not to be changed.
    """

    entries: tuple[str, ...]
    english: str
    stage: Stage
    is_locked: bool = False


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit as it came back.

    Attributes:
        source, target: settled, with placeholders counted from 1; the target is "" where there is none.
        stage: of its segments the least advanced.
        spot: in the file, as messages name it behind the file's name (``toolkit.text.spots``); no two have the same.
        base: as it was exported; None where the file does not say.
        context: msgctxt of its sentences, "" for running text; None where the file does not say.
        notes: what somebody wrote beside it, one line each.
        is_to_check: whether it says that its English is to be checked, as it went out.
        is_partial: whether somebody has worked on some of its segments, and others have no English.
        has_stage: whether its file can say how far it has come; a TMX cannot.
    """

    source: str
    target: str
    stage: Stage
    spot: str = ""
    base: Base | None = None
    context: str | None = None
    notes: tuple[str, ...] = ()
    is_to_check: bool = False
    is_partial: bool = False
    has_stage: bool = True


@dataclass(frozen=True, slots=True)
class Returned:
    """The units of one release in a file.

    Attributes:
        release: id; "" where the file does not say.
        original: path of its source; "" where the file does not say.
    """

    release: str
    original: str
    units: tuple[Unit, ...]


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A bead with all that a file says of it.

    Attributes:
        keys: of its sentences, in order.
        english: settled; "" where there is none.
        reason: of its stage: "machine", "changed", "to-check", "approved", "verbatim"; "" without English.
        codes: what its placeholders stand for, by their numbers in ``source`` and ``english``.
    """

    bead: Bead
    keys: tuple[Key, ...]
    source: str
    english: str
    stage: Stage
    reason: str
    codes: Mapping[int, Code] = field(default_factory=dict)

    @property
    def lead(self) -> Pair:
        """The sentence that has the English."""
        return self.bead.lead

    def base(self, digests: Digests) -> Base:
        """As it is now: what it is compared with when it comes back."""
        return Base(tuple(map(digests.key, self.keys)), digests.text(self.english), self.stage)


def outgoing(block: EditionBlock) -> tuple[Outgoing, ...]:
    """The beads of a block, in order."""
    context = context_of(block.block.kind)
    codes = {code.number: code for code in block.block.codes}
    return tuple(_outgoing(bead, context, codes) for bead in block.beads)


def _outgoing(bead: Bead, context: str | None, codes: Mapping[int, Code]) -> Outgoing:
    stage, reason = _stage(bead.lead)
    verbatim = bead.lead.state is State.VERBATIM
    keys = () if verbatim else tuple(Key(context, pair.segment.msgid) for pair in bead.pairs)
    shown = numbering(_french(bead))
    return Outgoing(
        bead,
        keys,
        settled(bead.source),
        "" if verbatim else settled(bead.target or ""),
        stage,
        reason,
        {new: codes[old] for old, new in shown.items() if old in codes},
    )


#: Sub-state of English that a person has begun.
TO_CHECK = "to-check"


def _stage(pair: Pair) -> tuple[Stage, str]:
    if pair.state is State.REVIEWED:
        return Stage.FINAL, "approved"
    if pair.state is State.MACHINE:
        return Stage.INITIAL, "machine"
    if pair.state is State.FUZZY:
        return (Stage.INITIAL, "changed") if pair.previous else (Stage.TRANSLATED, TO_CHECK)
    return Stage.INITIAL, "verbatim" if pair.state is State.VERBATIM else ""


def _french(bead: Bead) -> str:
    return " ".join(pair.segment.text for pair in bead.pairs)


def own_english(bead: Bead, english: str) -> str:
    """Of a bead's English what goes into the entry of the sentence that leads: without the others' placeholders.

    Args:
        bead: as it is now.
        english: with the placeholders of ``bead.source``.
    """
    if len(bead.pairs) == 1:
        return english
    back = {new: old for old, new in numbering(_french(bead)).items()}
    own = numbering(bead.lead.segment.text)
    mine, all_tags = tags(bead.lead.segment.text), tags(_french(bead))
    known = {(tag.form, tag.number) for tag in mine}
    others = {(tag.form, tag.number) for tag in all_tags} - known
    made: list[str] = []
    dropped = False
    for token in tokenize(english):
        if isinstance(token, Tag):
            old = back.get(token.number, 0)
            if (token.form, old) in others:
                dropped = True
                continue
            number = own[old] if (token.form, old) in known else len(own) + token.number
            token = Tag(token.form, number, token.shown)
        made.append(str(token))
    text = "".join(made)
    return " ".join(filter(None, text.split(" "))) if dropped else text


def by_entries(beads: Sequence[Outgoing], digests: Digests) -> dict[tuple[str, ...], Outgoing]:
    """Beads by the digests of their keys; of those that are the same the first."""
    found: dict[tuple[str, ...], Outgoing] = {}
    for bead in beads:
        if bead.keys:
            found.setdefault(tuple(map(digests.key, bead.keys)), bead)
    return found
