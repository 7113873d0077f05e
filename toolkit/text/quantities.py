"""Quantities in running text: found in French with their English, and read in English as values to compare."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.text.fixtures import Fixture


def find(text: str) -> Iterator[Fixture]:
    """The numbers, ordinals, percentages, dates, times, amounts of money and measures of a French sentence."""
    yield from ()


def values(text: str) -> tuple[str, ...]:
    """The values of the quantities in an English sentence, each as often as it stands there."""
    return ()
