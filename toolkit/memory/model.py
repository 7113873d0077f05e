"""What a memory holds: translations, each with where it comes from and how far it is trusted."""

from __future__ import annotations

import re
from dataclasses import dataclass

from toolkit.model import Key


@dataclass(frozen=True, slots=True, order=True)
class Trust:
    """How far the units of an origin are trusted; OmegaT's folders tm/enforce, tm/auto, tm/penalty-NN set the example.

    Attributes:
        rank: the lower one's English is taken where two have some.
        name: of the folder in locales/memory/; "approved" for the project's own catalogues.
        penalty: per cent taken off every match.
    """

    rank: int
    name: str
    penalty: int = 0

    @property
    def fills(self) -> bool:
        """Whether an exact match is taken over as approved; else a person has to look."""
        return self.rank <= AUTO.rank

    def __str__(self) -> str:
        return self.name


ENFORCE = Trust(0, "enforce")
APPROVED = Trust(1, "approved")
AUTO = Trust(2, "auto")
SUGGEST = Trust(3, "suggest")


def trust_of(name: str) -> Trust | None:
    """The trust of a folder of locales/memory/: "enforce", "auto", "suggest", "penalty-1" to "penalty-99"; or None."""
    for known in (ENFORCE, AUTO, SUGGEST):
        if name == known.name:
            return known
    match = re.fullmatch(r"penalty-(\d\d?)", name, re.ASCII)
    return Trust(4, name, int(match[1])) if match and int(match[1]) else None


@dataclass(frozen=True, slots=True)
class Unit:
    """A sentence and its English.

    Attributes:
        key: the sentence as a catalogue holds it, with placeholders.
        target: its English, with placeholders.
        origin: id of the release it was approved in, or the imported file as "memory/auto/x.tmx".
    """

    key: Key
    target: str
    origin: str
    trust: Trust = APPROVED


@dataclass(frozen=True, slots=True)
class Match:
    """A unit that is like a sentence.

    Attributes:
        per_cent: how alike the sources are (``toolkit.text.difference``), less the penalty; 100 for the
            same sentence (``toolkit.text.spelling``).
    """

    unit: Unit
    per_cent: int
