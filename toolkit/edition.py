"""An Edition: a release side by side with its translation, pair by pair; what every writer of editions is given."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from toolkit import placeholders
from toolkit.model import Block, Provenance, Release, Segment, State


@dataclass(frozen=True, slots=True)
class Pair:
    """A segment and its English.

    Attributes:
        target: None where there is none yet.
        previous: the French a FUZZY target was made for, when that changed since; "" where a person is at work on it.
        problem: what is wrong with the catalogue's placeholders or marks; the target has been mended then.
        lead: id of the sentence whose English says this one, too; "" for a sentence with English of its own.
        parts: the English sentences of a target that holds several; () for one. Joined by spaces they are the target.
        matched: whether a REVIEWED target is from an earlier translation, and a program alone has laid it beside this
            French.
        edited: whether a person has changed the target since it was written as ``provenance`` says
            (``digests.is_edited``).

    The target's placeholders are exactly those of the segment's text; only where there is a problem may a pair miss.
    That of a sentence said elsewhere holds these placeholders and no words. All pairs of a bead have one state.
    """

    segment: Segment
    target: str | None
    state: State
    provenance: Provenance | None = None
    previous: str = ""
    problem: str = ""
    lead: str = ""
    parts: tuple[str, ...] = ()
    matched: bool = False
    edited: bool = False


@dataclass(frozen=True, slots=True)
class Bead:
    """Sentences that belong together: usually one pair; more where one's English says several (``toolkit.beads``).

    Attributes:
        pairs: in the order of the source, all in one block; one of them leads, the others have its id in ``lead``.
    """

    pairs: tuple[Pair, ...]

    @property
    def lead(self) -> Pair:
        """The pair that has the English."""
        first = self.pairs[0]
        return first if not first.lead else next(pair for pair in self.pairs if not pair.lead)

    @property
    def shape(self) -> tuple[int, int]:
        """How many French sentences, and how many English ones; 0 while there is none."""
        lead = self.lead
        return len(self.pairs), 0 if lead.target is None else max(1, len(lead.parts))

    @property
    def source(self) -> str:
        """The French of all its sentences as one text, placeholders counted from 1."""
        return placeholders.renumbered(self._french)

    @property
    def target(self) -> str | None:
        """Its English, with the placeholders of ``source``; None while there is none."""
        if self.lead.target is None:
            return None
        return placeholders.renumbered_as(" ".join(filter(None, (pair.target for pair in self.pairs))), self._french)

    @property
    def _french(self) -> str:
        return " ".join(pair.segment.text for pair in self.pairs)


@dataclass(frozen=True)
class EditionBlock:
    """A block with its pairs, in order, one per segment."""

    block: Block
    pairs: tuple[Pair, ...]

    @cached_property
    def beads(self) -> tuple[Bead, ...]:
        """The pairs by what belongs together, in order."""
        runs = groupby(self.pairs, key=lambda pair: pair.lead or pair.segment.id)
        return tuple(Bead(tuple(run)) for _, run in runs)


@dataclass(frozen=True)
class Edition:
    """A release side by side with its translation.

    Attributes:
        reviewer: who saved the catalogue last, by name, where a person has approved anything in it; "" when it does
            not say. Who approved which sentence, no catalogue knows.
        created, revised: days (ISO 8601) on which the catalogue was made, and on which a person last saved it; "" when
            it does not say.
    """

    release: Release
    target_language: str
    blocks: tuple[EditionBlock, ...]
    reviewer: str = ""
    created: str = ""
    revised: str = ""

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """All pairs in order."""
        return tuple(pair for block in self.blocks for pair in block.pairs)

    def count(self, state: State) -> int:
        """Number of pairs in a state."""
        return sum(pair.state is state for pair in self.pairs)
