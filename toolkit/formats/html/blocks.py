"""Blocks of a page: where they begin and end, also where no tag says so, and what lists and tables they stand in."""

from __future__ import annotations

import re
from dataclasses import replace

from toolkit.formats.flow import Flow, Place
from toolkit.formats.html.attributes import Attributes, Tags
from toolkit.formats.html.elements import (
    CELLS,
    ENDS_PARAGRAPH,
    HEADINGS,
    ITEMS,
    LISTS,
    PLAIN,
    SECTIONS,
    TABLE_PARTS,
    VOID,
)
from toolkit.formats.html.stack import GROUP, Mode, Scope, Stack
from toolkit.formats.html.survey import Survey
from toolkit.formats.html.tables import MOST_COLUMNS, MOST_ROWS, Grid, span
from toolkit.formats.html.tokens import Token
from toolkit.model import BlockKind, Frame

#: Text directly in these belongs to an item or cell that nobody wrote.
HOLDERS = LISTS | SECTIONS | {"table", "tr"}
#: These may stand in a list or table directly.
_UNHELD = TABLE_PARTS | ITEMS | {"form"}
#: A heading that is never closed ends where one of these begins.
_AFTER_HEADING = frozenset({*HEADINGS, *LISTS, "table", "p", "blockquote", "pre", "section", "article"})


class Blocks:
    """Knows the open blocks of one page and tells the flow of them."""

    def __init__(self, survey: Survey, flow: Flow, tags: Tags, stack: Stack, language: str) -> None:
        self._survey, self._flow, self._tags, self._stack, self._language = survey, flow, tags, stack, language

    def hold(self, start: int) -> None:
        """Text or a block begins: directly in a list or table it gets an item or cell of its own."""
        top = self._stack.top
        if top not in HOLDERS:
            return
        if top in LISTS:
            if top == "dl":
                self._group(start)
            self._stack.push("dd" if top == "dl" else "li", start, Place(BlockKind.ITEM, frame=_item_frame(top)))
        else:
            self._row(start)
            self._cell("td", start, {})

    def begin(self, at: int, token: Token, found: Attributes) -> None:
        """The start tag of a block, which is token ``at``."""
        name, stack = token.name, self._stack
        if name in ENDS_PARAGRAPH:
            stack.close("p", token.start, token.start)
        if stack.top in HEADINGS and name in _AFTER_HEADING:
            stack.pop(token.start)
        if name in ("html", "head"):
            self._page(at, token, found)
            return
        if name not in _UNHELD and not (name == "div" and stack.top == "dl"):
            self.hold(token.start)
        mode = self._tags.mode(found, stack.mode)
        self._tags.texts(token, found, mode)
        closed = name in VOID or (self._survey.xml and token.closed)
        if name in TABLE_PARTS:
            self._table_part(token, found, mode)
        elif name in ITEMS:
            self._item(token, mode)
        elif name in PLAIN and (mode is stack.mode or closed):
            self._flow.boundary(token.end)
            return
        elif not closed:
            self._open(at, token, found, mode)
        else:
            self._flow.boundary(token.end)
            return
        if closed and stack.top == name:
            stack.pop(token.end)

    def _page(self, at: int, token: Token, found: Attributes) -> None:
        if at == self._survey.root:
            self._tags.root(token, found)
        if at == self._survey.insertion:
            self._tags.head(at)
        self._flow.boundary(token.end)

    def _open(self, at: int, token: Token, found: Attributes, mode: Mode) -> None:
        """An element on the stack that is no part of a table and no item."""
        name, survey = token.name, self._survey
        place: Place | None = None
        if name in HEADINGS:
            place = Place(BlockKind.HEADING, level=int(name[1]))
        elif name == "ol":
            place = Place(frame=Frame.ORDERED_LIST, start=_number(self._tags.value(found, "start")))
        elif name in LISTS:
            place = Place(frame=Frame.LIST)
        elif name == "blockquote":
            place = Place(BlockKind.QUOTE, frame=Frame.QUOTE)
        elif name == "figure":
            place = Place(frame=Frame.FIGURE)
        elif name == "figcaption":
            place = Place(BlockKind.CAPTION)
        elif name == "title":
            place = Place(BlockKind.ATTRIBUTE, label="page title")
        elif name in ("pre", "listing"):
            last = survey.ends[at]
            if self._tags.is_program(at) or (last > 0 and survey.holds_code(at, last)):
                mode = Mode(mode.language, False, False)
                place = Place(BlockKind.VERBATIM, label="code")
            else:
                mode = Mode(mode.language, mode.translate, mode.on, lines=True)
        self._stack.push(name, token.end, self.place(place, mode), mode)

    def place(self, place: Place | None, mode: Mode) -> Place | None:
        """A place with what is not as it is around it."""
        around = self._stack.mode
        if (mode.on, mode.language) == (around.on, around.language):
            return place
        return replace(place or Place(), language=mode.language or self._language, fixed=not mode.on)

    def _item(self, token: Token, mode: Mode) -> None:
        stack, name = self._stack, token.name
        if name == "dt" and stack.list.group and stack.list.described:
            stack.close(GROUP, token.start, token.start)
        stack.close_item(token.start)
        frame = _item_frame(name if stack.scope.lists[1:] else "")
        if name in ("dt", "dd") and stack.scope.lists[1:]:
            self._group(token.start)
            frame = None
            stack.list.described = stack.list.described or name == "dd"
        stack.push(name, token.end, self.place(Place(BlockKind.ITEM, frame=frame), mode), mode)

    def _group(self, start: int) -> None:
        if not self._stack.list.group:
            self._stack.push(GROUP, start, Place(BlockKind.ITEM, frame=Frame.ITEM))

    # -- tables ---------------------------------------------------------------------------------------------------

    def _table_part(self, token: Token, found: Attributes, mode: Mode) -> None:
        name, start, end, stack = token.name, token.start, token.end, self._stack
        if name == "table":
            self.hold(start)
            layout = (self._tags.value(found, "role") or "").lower() in ("presentation", "none")
            grid = None if layout else Grid()
            place = self.place(None if layout else Place(frame=Frame.TABLE), mode)
            stack.push(name, end, place, mode, Scope("table", grid))
            return
        if not stack.in_table(start):
            self._flow.boundary(end)
            return
        if name in CELLS:
            self._row(start)
            self._cell(name, end, found, mode)
            return
        if name == "tr":
            self._row(start, end, mode)
            return
        stack.close("tr", start, start)
        for section in SECTIONS:
            stack.close(section, start, start)
        if stack.scope.grid:
            stack.scope.grid.section()
        if name in SECTIONS:
            stack.push(name, end, self.place(None, mode), mode)
        elif name == "caption":
            stack.push(name, end, self.place(Place(BlockKind.CAPTION), mode), mode, Scope("caption"))
        else:
            self._flow.boundary(end)

    def _row(self, start: int, end: int = -1, mode: Mode | None = None) -> None:
        """A row begins: its start tag ends at ``end``; without one, only if none is open."""
        stack = self._stack
        if end < 0 and stack.has("tr"):
            return
        stack.close("tr", start, start)
        place = None
        if stack.scope.grid:
            stack.scope.grid.row()
            place = Place(frame=Frame.ROW)
        mode = mode or stack.mode
        stack.push("tr", max(start, end), self.place(place, mode), mode)

    def _cell(self, name: str, end: int, found: Attributes, mode: Mode | None = None) -> None:
        stack = self._stack
        place = None
        if grid := stack.scope.grid:
            columns = span(self._tags.value(found, "colspan"), MOST_COLUMNS)
            rows = span(self._tags.value(found, "rowspan"), MOST_ROWS, 0)
            column = grid.cell(columns, rows)
            frame = Frame.HEADER_CELL if name == "th" else Frame.CELL
            place = Place(BlockKind.CELL, frame=frame, column=column, columns=columns, rows=max(rows, 1))
        mode = mode or stack.mode
        stack.push(name, end, self.place(place, mode), mode, Scope("cell"))

    def end(self, name: str, start: int, end: int) -> bool:
        """Whether an end tag ends an element that is open; it is ended then."""
        stack = self._stack
        if name in TABLE_PARTS:
            return self._ends_table_part(name, start, end)
        if name in ITEMS:
            return stack.list.items > 0 and stack.close(name, start, end)
        if name in HEADINGS:
            open_one = next((each for each in (name, *HEADINGS) if stack.has(each)), "")
            return bool(open_one) and stack.close(open_one, start, end)
        return stack.close(name, start, end)

    def _ends_table_part(self, name: str, start: int, end: int) -> bool:
        stack = self._stack
        if name in CELLS or name == "caption":
            inside = stack.scope.kind in ("cell", "caption") and stack.scope.open[0].name == name
            if inside:
                stack.close_scope(start, end)
            return inside
        if not stack.in_table(start):
            return False
        if name == "table":
            stack.close_scope(start, end)
            return True
        if name in SECTIONS and stack.scope.grid and stack.has(name):
            stack.scope.grid.section()
        return stack.close(name, start, end)


def _item_frame(name: str) -> Frame | None:
    """An item is a container only in a list; the parts of a description list are in a group's."""
    return Frame.ITEM if name and name not in ("dl", "dt", "dd") else None


def _number(value: str | None) -> int:
    match = re.match(r"\s*(-?[0-9]{1,9})", value or "")
    return int(match[1]) if match else 1
