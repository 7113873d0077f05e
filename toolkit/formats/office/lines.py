"""Where a text stands in an office file: there are no lines, so paragraphs are counted."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable

from toolkit.formats.office.xml import Part


def paragraphs(part: Part, *names: str) -> list[int]:
    """Where the paragraphs of a part begin, those in text boxes too."""
    found: list[int] = []
    stack = [part.root]
    while stack:
        node = stack.pop()
        if node.name in names:
            found.append(node.start)
        stack += node.children
    return sorted(found)


def line_of(starts: list[int], before: int) -> Callable[[int], int]:
    """Offset → number of its paragraph in the file, ``before`` of which are in the parts before."""
    return lambda offset: before + max(1, bisect_right(starts, offset))
