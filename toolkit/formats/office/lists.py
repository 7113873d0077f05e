"""List paragraphs that only say their list and level → lists in lists, as a reader sees them."""

from __future__ import annotations

from dataclasses import dataclass

from toolkit.formats.flow import Flow, Place
from toolkit.model import BlockKind, Frame


@dataclass(frozen=True, slots=True)
class ListPlace:
    """A list paragraph's list, its level from 0, and how that level counts."""

    number: str
    level: int
    ordered: bool
    start: int


class Lists:
    """The lists that are open among the paragraphs of one element."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow
        self._open: list[ListPlace] = []
        self._counts: dict[tuple[str, int], int] = {}

    def item(self, at: int, place: ListPlace) -> None:
        """A paragraph of a list begins at offset ``at``."""
        while self._open and not self._continues(place):
            self._leave(at)
        if self._open and self._open[-1].level == place.level:
            self._flow.leave(at)
        else:
            start = place.start + self._counts.get((place.number, place.level), 0)
            frame = Frame.ORDERED_LIST if place.ordered else Frame.LIST
            self._flow.enter(at, Place(frame=frame, start=start))
            self._open.append(place)
        key = place.number, place.level
        self._counts[key] = self._counts.get(key, 0) + 1
        for number, level in [*self._counts]:  # what is deeper counts from the start again
            if number == place.number and level > place.level:
                del self._counts[number, level]
        self._flow.enter(at, Place(BlockKind.ITEM, frame=Frame.ITEM))

    def end(self, at: int) -> None:
        """Something that is in no list begins."""
        while self._open:
            self._leave(at)

    def _continues(self, place: ListPlace) -> bool:
        """Whether a paragraph goes on in the innermost list, or opens one in its last item."""
        last = self._open[-1]
        return place.level > last.level or (place.level == last.level and place.number == last.number)

    def _leave(self, at: int) -> None:
        self._flow.leave(at)
        self._flow.leave(at)
        self._open.pop()
