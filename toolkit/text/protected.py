"""What a translation must not spoil: addresses, handles, codes, file names, acronyms, people, operations, places.

Most goes through letter for letter; acronyms and places that English has otherwise get their English.
"""

from __future__ import annotations

from toolkit.text import acronyms, people, placenames
from toolkit.text.addresses import verbatim
from toolkit.text.fixtures import Fixture, settle


def find(text: str) -> tuple[Fixture, ...]:
    """The protected stretches of a French sentence, in order, without overlaps.

    Nothing is found inside an address. What may be something else is not settled.
    """
    fixed = verbatim(text)
    taken = bytearray(len(text))
    for one in fixed:
        taken[one.start : one.end] = b"\x01" * (one.end - one.start)
    others = (*people.find(text), *placenames.find(text), *acronyms.find(text))
    return settle((*fixed, *(one for one in others if taken.find(1, one.start, one.end) < 0)))
