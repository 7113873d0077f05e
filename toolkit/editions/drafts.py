"""Who made the drafts of an edition, and how many of each nobody has read: counted once, for all who say it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from toolkit.edition import Edition, Pair
from toolkit.editions.structure import Model, model_of
from toolkit.model import State


@dataclass(frozen=True, slots=True)
class Drafts:
    """Machine drafts of an edition.

    Attributes:
        models: as ``structure.models_of`` has them: the first is ``model-1`` in all outputs.
        unread: how many drafts each model made; None made those by rule (dates, credits, fixed phrases).
    """

    models: tuple[Model, ...]
    unread: Mapping[Model | None, int]
    _makers: Mapping[tuple[str, str, str], Model | None]

    @classmethod
    def of(cls, edition: Edition) -> Drafts:
        """Those of an edition."""
        makers: dict[tuple[str, str, str], Model | None] = {}
        counted: Counter[Model | None] = Counter()
        for pair in edition.pairs:
            made = pair.provenance
            if pair.state is State.MACHINE and made is not None:
                name = made.engine, made.package, made.checksum
                if name not in makers:
                    makers[name] = model_of(pair)
                counted[makers[name]] += 1
        return cls(tuple(model for model in counted if model), counted, makers)

    def maker(self, pair: Pair) -> str:
        """Who made a draft, as a name: "model-1", "resp-rule"; "" for what is no draft, or of nobody that is known."""
        made = pair.provenance
        if pair.state is not State.MACHINE or made is None:
            return ""
        model = self._makers[made.engine, made.package, made.checksum]
        return f"model-{self.models.index(model) + 1}" if model else "resp-rule"
