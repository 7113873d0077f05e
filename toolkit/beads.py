r"""Marks for a translation that is not one sentence for one. Pure text in, pure text out.

A catalogue has one entry for each French sentence, whatever its translator makes of it. Three marks in a msgstr say the
rest; an editor types them as they are, or in plain letters:

* ``←`` (``<-``) alone: said in the English of the previous sentence of the paragraph.
* ``→`` (``->``) alone: said in the English of the next one.
* ``‖`` (``||``) between two English sentences, with space around it: one French sentence became two.

The sentences that belong together are a bead (Gale and Church, "A Program for Aligning Sentences in Bilingual Corpora",
1993): two French sentences in one English is a bead of 2:1, one in two of 1:2.
"""

from __future__ import annotations

import re
from enum import StrEnum

from toolkit.placeholders import bare, tags


class Mark(StrEnum):
    """Where a sentence without English of its own is said."""

    PREVIOUS = "←"
    NEXT = "→"


#: Between two English sentences that one French sentence became.
BOUNDARY = "‖"

_MARKS = {"←": Mark.PREVIOUS, "<-": Mark.PREVIOUS, "→": Mark.NEXT, "->": Mark.NEXT}
_BOUNDARY = re.compile(r"\s*‖\s*|\s+\|\|\s+")


def mark_of(target: str) -> Mark | None:
    """What a msgstr says instead of English; None where it is a translation. Placeholders may stand beside the mark."""
    return _MARKS.get(bare(target).strip())


def is_boundary_alone(target: str) -> bool:
    """Whether a msgstr is nothing but boundaries: no English at all."""
    words = bare(target).strip()
    return "‖" in words and not words.strip("‖ \t\n\u00a0\u202f")


def without_mark(source: str) -> str:
    """The English that a sentence said elsewhere still has in its own place: the placeholders of its French, no words.

    So no image and no note's mark is lost; words that stay as they are (``<ph1>``) stand in them.
    """
    return "".join(map(str, tags(source)))


def parts(source: str, target: str) -> tuple[str, ...]:
    """The English sentences of a msgstr: one, or more where its translator set boundaries.

    A boundary at an edge, or one that the French has too (``||`` in code or a table), is text.
    """
    if "‖" not in target and "||" not in target:
        return (target,)
    if _BOUNDARY.search(source):
        return (target,)
    found = tuple(part for part in _BOUNDARY.split(target.strip()) if bare(part).strip())
    return found if len(found) > 1 else (target,)


def joined(source: str, target: str) -> str:
    """A msgstr as running text: a space where its boundaries were."""
    found = parts(source, target)
    return target if len(found) == 1 else " ".join(found)
