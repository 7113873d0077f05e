"""All finders together: what is settled in a sentence before it is translated, and whether a translation holds it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.glossary import Glossary
from toolkit.text import protected, quantities
from toolkit.text.fixtures import Fixture, missing, settle


@dataclass(frozen=True)
class Fixer:
    """Finds the fixtures of sentences.

    Attributes:
        glossary: the project's terms; they win over equally long stretches of other kinds.
    """

    glossary: Glossary

    def find(self, text: str) -> tuple[Fixture, ...]:
        """The fixtures of a bare French sentence, in order, without overlaps; suggestions included."""
        return settle((*self.glossary.find(text), *quantities.find(text), *protected.find(text)))

    def settled(self, text: str) -> tuple[Fixture, ...]:
        """Those that a translation must hold."""
        enforced = (
            one for one in (*self.glossary.find(text), *quantities.find(text), *protected.find(text)) if one.settled
        )
        return settle(enforced)

    def missing(self, source: str, target: str) -> tuple[Fixture, ...]:
        """The settled fixtures of a bare French sentence that its bare English does not hold."""
        return lost(self.settled(source), target)


def lost(fixtures: Sequence[Fixture], target: str) -> tuple[Fixture, ...]:
    """The fixtures that bare English does not hold; those of several sentences must not share offsets."""
    return missing(fixtures, target, quantities.readings)
