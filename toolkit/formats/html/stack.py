"""The open elements of a page, and which of them end where the source does not say so.

A short form of the HTML standard's stack of open elements (section 13.2.4.2): only elements that part paragraphs are on
it. Cells and captions are scopes: an end tag inside does not end what was begun outside. Every question is answered by
counting, so that the time stays linear however deep a page nests.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.formats.flow import Flow, Place
from toolkit.formats.html.elements import ITEMS, LISTS
from toolkit.formats.html.tables import Grid

#: A term and its descriptions: an item of a description list, which has no element of its own.
GROUP = "#group"


@dataclass(frozen=True, slots=True)
class Mode:
    """What holds in an element.

    Attributes:
        language: BCP 47 tag in force; "" where nobody knows.
        translate: what the translate attribute says.
        on: whether the text is to be translated: it says so, and is in the page's language.
        lines: each line is a block of its own.
    """

    language: str
    translate: bool = True
    on: bool = True
    lines: bool = False


@dataclass(slots=True)
class _Open:
    name: str
    entered: bool
    outer: Mode


@dataclass(slots=True)
class _List:
    """An open list, or what is outside of all lists.

    Attributes:
        items: how many of its items are open.
        group: whether a term's group is open.
        described: whether that has a description.
    """

    items: int = 0
    group: bool = False
    described: bool = False


@dataclass(slots=True)
class Scope:
    """What stands in a table, a cell, a caption, or outside of all.

    Attributes:
        kind: "table", "cell", "caption" or "".
        grid: of a table that is one, not a page's layout.
    """

    kind: str = ""
    grid: Grid | None = None
    open: list[_Open] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    lists: list[_List] = field(default_factory=lambda: [_List()])


class Stack:
    """The open elements; tells the flow where they begin and end.

    Attributes:
        mode: what holds where the reader is.
        top: name of the innermost element of the innermost scope; "" where there is none.
    """

    def __init__(self, flow: Flow, mode: Mode) -> None:
        self.mode = mode
        self.top = ""
        self._flow = flow
        self._scopes = [Scope()]
        self._tables = 0

    @property
    def scope(self) -> Scope:
        """The innermost scope."""
        return self._scopes[-1]

    @property
    def list(self) -> _List:
        """The innermost list of the scope."""
        return self._scopes[-1].lists[-1]

    def has(self, name: str) -> bool:
        """Whether an element of this name is open in the innermost scope."""
        return self._scopes[-1].counts.get(name, 0) > 0

    def push(
        self, name: str, end: int, place: Place | None, mode: Mode | None = None, scope: Scope | None = None
    ) -> None:
        """An element begins; its start tag ends at ``end``. Without a place its blocks are what those around it are."""
        if scope is not None:
            self._scopes.append(scope)
            self._tables += scope.kind == "table"
        inner = self._scopes[-1]
        inner.open.append(_Open(name, place is not None, self.mode))
        self.top = name
        inner.counts[name] = inner.counts.get(name, 0) + 1
        if name in LISTS:
            inner.lists.append(_List())
        elif name in ITEMS:
            inner.lists[-1].items += 1
        elif name == GROUP:
            inner.lists[-1].group, inner.lists[-1].described = True, False
        self.mode = mode or self.mode
        if place is None:
            self._flow.boundary(end)
        else:
            self._flow.enter(end, place)

    def pop(self, end: int) -> None:
        """The innermost element ends; its end tag, if it has one, ends at ``end``."""
        scope = self._scopes[-1]
        ended = scope.open.pop()
        scope.counts[ended.name] -= 1
        if ended.name in LISTS:
            scope.lists.pop()
        elif ended.name in ITEMS:
            scope.lists[-1].items -= 1
        elif ended.name == GROUP:
            scope.lists[-1].group = False
        if not scope.open and scope.kind:
            self._scopes.pop()
            self._tables -= scope.kind == "table"
        opened = self._scopes[-1].open
        self.top = opened[-1].name if opened else ""
        self.mode = ended.outer
        if ended.entered:
            self._flow.leave(end)
        else:
            self._flow.boundary(end)

    def close(self, name: str, start: int, end: int) -> bool:
        """The end tag source[start:end]: ends the innermost such element of the scope, and all that is in it.

        Returns:
            Whether there was one.
        """
        if not self.has(name):
            return False
        while self.top != name:
            self.pop(start)
        self.pop(end)
        return True

    def close_item(self, start: int) -> None:
        """Where an item begins, that of the same list which is open ends."""
        if self.list.items:
            while self.top not in ITEMS:
                self.pop(start)
            self.pop(start)

    def in_table(self, start: int) -> bool:
        """Whether there is a table around; if so, its cell or caption that is open ends at ``start``."""
        if not self._tables:
            return False
        while self.scope.kind != "table":
            self.close_scope(start, start)
        return True

    def close_scope(self, start: int, end: int) -> None:
        """All of the innermost scope ends."""
        scope = self.scope
        while len(scope.open) > 1:
            self.pop(start)
        self.pop(end)
