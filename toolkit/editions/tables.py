"""A table's node → its grid: every row complete, spans that fit, empty cells in their places.

Empty cells have no blocks, and so no containers; an empty row is not there at all. Each cell says in which column it
stands: that settles where something is missing, and where a span over rows must have ended.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from toolkit.editions.tree import CELLS, Item, Node
from toolkit.model import Frame

#: Tables with more columns or places than this are not filled up: nobody reads those, and a hostile one would fill
#: the disk.
WIDEST, LARGEST = 200, 50_000


@dataclass(frozen=True, slots=True)
class Cell:
    """A cell, or an empty one: ``items`` is () then.

    Attributes:
        column: counted from 0; columns in which no cell begins are left out.
        columns, rows: how many it spans.
    """

    items: tuple[Item, ...]
    column: int
    header: bool = False
    columns: int = 1
    rows: int = 1


@dataclass(frozen=True, slots=True)
class Table:
    """A table's grid.

    Attributes:
        captions: what stands in the table and in none of its rows.
        head: how many of the first rows hold nothing but header cells, and can stand apart from the others.
    """

    captions: tuple[Item, ...]
    columns: int
    rows: tuple[tuple[Cell, ...], ...]
    head: int


def table_of(node: Node) -> Table:
    """The grid of a TABLE node."""
    rows: list[Node] = []
    captions: list[Item] = []
    for item in node.items:
        if isinstance(item, Node) and item.frame is Frame.ROW:
            rows.append(item)
        else:
            captions.append(item)
    placed = _squeezed([_placed(row) for row in rows])
    width = max((cell.column + cell.columns for row in placed for cell in row), default=0)
    placed = [[replace(cell, rows=_height(cell, placed, at)) for cell in row] for at, row in enumerate(placed)]
    fits = width <= WIDEST and width * len(placed) <= LARGEST
    filled = tuple(tuple(row) for row in (_filled(placed, width) if fits else placed))
    return Table(tuple(captions), width, filled, _head(filled))


def _placed(row: Node) -> list[Cell]:
    cells: list[Cell] = []
    end = 0
    for item in row.items:
        if not isinstance(item, Node) or item.frame not in CELLS:
            continue
        said = item.container
        column = max(said.column if said else 0, end)
        columns, rows = (max(said.columns, 1), max(said.rows, 1)) if said else (1, 1)
        cells.append(Cell(item.items, column, item.frame is Frame.HEADER_CELL, columns, rows))
        end = column + columns
    return cells


def _squeezed(rows: list[list[Cell]]) -> list[list[Cell]]:
    """Without the columns in which no cell begins: they are there only because something spans them."""
    begins = sorted({cell.column for row in rows for cell in row})
    return [
        [
            replace(
                cell,
                column=(at := bisect_left(begins, cell.column)),
                columns=max(bisect_left(begins, cell.column + cell.columns) - at, 1),
            )
            for cell in row
        ]
        for row in rows
    ]


def _height(cell: Cell, rows: Sequence[Sequence[Cell]], at: int) -> int:
    """How many rows a cell spans: no further than the table goes, and to the next cell below it."""
    last = min(at + cell.rows, len(rows))
    for below in range(at + 1, last):
        if any(_meet(cell, other) for other in rows[below]):
            return below - at
    return last - at


def _meet(one: Cell, other: Cell) -> bool:
    return one.column < other.column + other.columns and other.column < one.column + one.columns


def _filled(rows: Sequence[Sequence[Cell]], width: int) -> Iterator[list[Cell]]:
    """Rows with an empty cell wherever nothing stands, and nothing reaches down from above."""
    free_from = [0] * width
    for at, row in enumerate(rows):
        taken = {column for column in range(width) if free_from[column] > at}
        for cell in row:
            for column in range(cell.column, cell.column + cell.columns):
                taken.add(column)
                free_from[column] = at + cell.rows
        empty = [Cell((), column) for column in range(width) if column not in taken]
        yield sorted((*row, *empty), key=lambda cell: cell.column)


def _head(rows: Sequence[Sequence[Cell]]) -> int:
    """Leading rows of header cells; 0 where one of them reaches into the body, or no row would be left for it."""
    head = 0
    while head < len(rows) and rows[head] and all(cell.header or not cell.items for cell in rows[head]):
        head += 1
    crosses = any(at + cell.rows > head for at, row in enumerate(rows[:head]) for cell in row)
    return 0 if crosses or head == len(rows) else head
