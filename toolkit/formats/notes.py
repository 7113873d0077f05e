"""Notes that stand elsewhere than their marks (Word, Markdown): each mark gets what is printed and its paragraphs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from toolkit.model import Block, Role


def note_name(label: str) -> str:
    """The label of a note's blocks, and of its marks' codes, until ``with_notes`` has brought them together."""
    return f"note:{' '.join(label.casefold().split())}"


def with_notes(blocks: Sequence[Block], labels: Mapping[str, str]) -> tuple[Block, ...]:
    """Notes' marks with what is printed and with their paragraphs.

    Args:
        blocks: those of a note have its name as their label, and so have the codes of its marks.
        labels: name → what is printed.
    """
    hanging: dict[str, list[str]] = {}
    for block in blocks:
        if block.label in labels:
            hanging.setdefault(block.label, []).append(block.id)
    return tuple(
        replace(
            block,
            label="" if block.label in labels else block.label,
            codes=tuple(
                replace(code, label=labels.get(code.label, ""), blocks=tuple(hanging.get(code.label, ())))
                if code.role is Role.NOTE
                else code
                for code in block.codes
            ),
        )
        for block in blocks
    )
