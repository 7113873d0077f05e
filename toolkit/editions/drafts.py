"""Who made the drafts of an edition, and how many of each nobody has read: counted once, for all who say it.

A draft is a draft by its words: while they are, letter for letter, what a machine or a rule wrote, they are its own,
whether a person has approved them or not.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.edition import Edition, Pair
from toolkit.editions.structure import Model, model_behind
from toolkit.model import ENGINE_ALIGN, ENGINE_MEMORY, ENGINE_PREVIOUS, Provenance, State

#: Engines whose English people wrote.
_PEOPLE = frozenset({ENGINE_PREVIOUS, ENGINE_MEMORY, ENGINE_ALIGN})


@dataclass(frozen=True, slots=True)
class Drafts:
    """Drafts of an edition.

    Attributes:
        models: first as ``structure.models_of`` has them, so that the first is ``model-1`` in all outputs; then those
            whose drafts have all been approved.
        by_rule: whether some were made by rule (dates, credits, fixed phrases).
        unread: how many of each model nobody has read; None made those by rule.
    """

    models: tuple[Model, ...]
    by_rule: bool
    unread: Mapping[Model | None, int]
    _makers: Mapping[tuple[str, str, str], Model | None]

    @classmethod
    def of(cls, edition: Edition) -> Drafts:
        """Those of an edition."""
        makers: dict[tuple[str, str, str], Model | None] = {}
        counted: Counter[Model | None] = Counter()
        for pair in edition.pairs:
            made = _made(pair)
            if made is not None:
                name = made.engine, made.package, made.checksum
                if name not in makers:
                    makers[name] = model_behind(made)
                if pair.state is State.MACHINE:
                    counted[makers[name]] += 1
        models = tuple(model for model in dict.fromkeys((*counted, *makers.values())) if model)
        return cls(models, None in makers.values(), counted, makers)

    def maker(self, pair: Pair) -> str:
        """Whose the words are, as a name: "model-1", "resp-rule"; "" where they are a person's, or nobody knows."""
        made = _made(pair)
        if made is None:
            return ""
        model = self._makers[made.engine, made.package, made.checksum]
        return f"model-{self.models.index(model) + 1}" if model else "resp-rule"


def _made(pair: Pair) -> Provenance | None:
    """Of a draft, which no person has changed."""
    made = pair.provenance
    written = pair.target is not None and not pair.edited
    return made if written and made is not None and made.engine not in _PEOPLE else None
