"""Where the cells of a table stand (HTML standard, section 4.9.12)."""

from __future__ import annotations

#: Cells further to the right are counted, but not what spans into the rows below them.
WIDEST = 256
#: What a browser takes for the most a cell can span.
MOST_COLUMNS, MOST_ROWS = 1000, 65534


class Grid:
    """Counts the columns of one table, from front to back."""

    def __init__(self) -> None:
        self._row = 0
        self._column = 0
        #: For each column the first row that no cell from above reaches into.
        self._free: list[int] = []

    def section(self) -> None:
        """A head, body or foot begins or ends: no cell reaches beyond it."""
        self._free.clear()

    def row(self) -> None:
        """A row begins."""
        self._row += 1
        self._column = 0

    def cell(self, columns: int, rows: int) -> int:
        """The column of the next cell, counted from 0, which spans so many columns and rows; 0 rows is all."""
        free, column = self._free, self._column
        while column < len(free) and free[column] > self._row:
            column += 1
        self._column = column + columns
        if rows != 1:
            until = self._row + (rows or MOST_ROWS)
            end = min(self._column, WIDEST)
            if end > len(free):
                free.extend([0] * (end - len(free)))
            free[column:end] = [until] * max(0, end - column)
        return column


def span(value: str | None, most: int, least: int = 1) -> int:
    """The number a colspan or rowspan attribute gives: 1 where it gives none."""
    digits = (value or "").strip("\t\n\f\r ").lstrip("+")
    leading = digits[: len(digits) - len(digits.lstrip("0123456789"))]
    if not leading:
        return 1
    number = int(leading) if len(leading) < 9 else most
    return min(number, most) if number >= least else 1
