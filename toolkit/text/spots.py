"""Where a unit of an XML file stands, as messages name it: by its line, or, where lines say nothing, by its number."""

from __future__ import annotations

#: The last line that an element of libxml2 can hold itself; it may stand for any later one (xmlGetLineNo).
_LAST_LINE = 65_535


def by_line(line: int, before: int) -> bool:
    """Whether a line leads to a unit: another than the one before stands on, and one that the parser can tell.

    Args:
        line: of the unit, counted from 1; 0 where the parser does not know.
        before: of the unit before it, or of what they stand in.
    """
    return line not in (0, before, _LAST_LINE)


def spot(number: int, line: int, before: int) -> str:
    """What messages say behind the file's name: ":12", or ", unit 7" in a file that is one long line.

    Args:
        number: of the unit in its file, counted from 1.
        line: of the unit.
        before: see ``by_line``.
    """
    return f":{line}" if by_line(line, before) else f", unit {number:,}"
