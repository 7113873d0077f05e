"""The blocks of an office file as they are when all parts have been read: what stands twice is made one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from toolkit.model import Block
from toolkit.skeleton import Markup, Piece, Slot

Pieces = tuple[Piece, ...]


def without_twins(blocks: Sequence[Block], parts: Mapping[str, Pieces]) -> tuple[tuple[Block, ...], dict[str, Pieces]]:
    """Texts that stand twice for one reader become one block with two slots.

    A text box has a spare for old programs, a picture's description stands in two elements: the styles of their slots
    end in the same number (":7"), and all but a box's first form ("text:7") may be another's twin.
    """
    twins: dict[str, str] = {}
    first: dict[tuple[str, str], str] = {}
    texts = {block.id: block.text for block in blocks}
    for slot in _slots(piece for pieces in parts.values() for piece in pieces):
        kind, _, number = slot.style.partition(":")
        if not number:
            continue
        key = f"{number} {'attribute' if kind == 'attribute' else 'text'}", texts[slot.block]
        if kind == "text":
            first.setdefault(key, slot.block)
        elif first.setdefault(key, slot.block) != slot.block:
            twins[slot.block] = first[key]
    if not twins:
        return tuple(blocks), dict(parts)
    kept = [block for block in blocks if block.id not in twins]
    names = {block.id: f"p{number}" for number, block in enumerate(kept, 1)}
    names |= {twin: names[other] for twin, other in twins.items()}
    renamed = tuple(
        replace(
            block,
            id=names[block.id],
            codes=tuple(
                replace(code, blocks=tuple(dict.fromkeys(names[each] for each in code.blocks))) for code in block.codes
            ),
        )
        for block in kept
    )
    return renamed, {name: _renamed(pieces, names) for name, pieces in parts.items()}


def _slots(pieces: Iterable[Piece]) -> Iterator[Slot]:
    """All slots, in the order of the source; placeholders hold no more than ``flow.DEEPEST`` of each other."""
    for piece in pieces:
        if isinstance(piece, Slot):
            yield piece
            for markup in piece.markup:
                yield from _slots((*markup.open, *markup.close))


def _renamed(pieces: Pieces, names: Mapping[str, str]) -> Pieces:
    def of_markup(markup: Markup) -> Markup:
        return replace(markup, open=_renamed(markup.open, names), close=_renamed(markup.close, names))

    return tuple(
        replace(piece, block=names[piece.block], markup=tuple(map(of_markup, piece.markup)))
        if isinstance(piece, Slot)
        else piece
        for piece in pieces
    )
