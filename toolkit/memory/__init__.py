"""The translation memory: what people approved, and what was imported, served to every release."""

from toolkit.memory.model import APPROVED, AUTO, ENFORCE, SUGGEST, Match, Trust, Unit, trust_of
from toolkit.memory.recall import Recalled, Recaller, approved, is_copy
from toolkit.memory.store import DamagedError, Stamp, Store

__all__ = [
    "APPROVED",
    "AUTO",
    "ENFORCE",
    "SUGGEST",
    "DamagedError",
    "Match",
    "Recalled",
    "Recaller",
    "Stamp",
    "Store",
    "Trust",
    "Unit",
    "approved",
    "is_copy",
    "trust_of",
]
