"""Short word tables written as text: easier to read, sort and extend than a column of quoted strings."""

from __future__ import annotations

import re


def words(text: str) -> frozenset[str]:
    """The words of a text, separated by spaces or line breaks."""
    return frozenset(text.split())


def pairs(text: str) -> dict[str, str]:
    """A table of ``french=english`` pairs, separated by ``|`` or line breaks."""
    rows = (row.partition("=") for row in re.split(r"[|\n]", text) if row.strip())
    return {french.strip(): english.strip() for french, _, english in rows}
