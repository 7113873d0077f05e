"""Exchange with translation agencies: XLIFF 2.1 out, and the work back in."""

from toolkit.exchange.inline import settled
from toolkit.exchange.reading import load
from toolkit.exchange.units import (
    TO_CHECK,
    Base,
    Digests,
    Outgoing,
    Returned,
    Stage,
    Unit,
    by_entries,
    outgoing,
    own_english,
)
from toolkit.exchange.writing import Options, dump

__all__ = [
    "TO_CHECK",
    "Base",
    "Digests",
    "Options",
    "Outgoing",
    "Returned",
    "Stage",
    "Unit",
    "by_entries",
    "dump",
    "load",
    "outgoing",
    "own_english",
    "settled",
]
