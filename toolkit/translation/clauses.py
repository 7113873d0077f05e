"""Long sentences cut at their commas and semicolons, for when a model cannot hold them whole, and joined again."""

from __future__ import annotations

import re
from collections.abc import Sequence

from toolkit.text.fixtures import Fixture
from toolkit.translation.pieces import recase

#: A comma, semicolon, colon or dash between words; a comma in a number has no space behind it.
_CUT = re.compile(r"(?<=[;:,])\s+|\s+[–—]\s+")
_LEAST_WORDS = 7
_MARKS = ",;: –—"


def clauses(sentence: str, fixtures: Sequence[Fixture] = ()) -> tuple[str, ...]:
    """Cut a French sentence into parts of seven words or more.

    Args:
        sentence: with its final mark.
        fixtures: what must not be cut.

    Returns:
        The parts with the marks between them; joined by spaces they are the sentence. One where it cannot be cut.
    """
    parts: list[str] = []
    at = 0
    for match in _CUT.finditer(sentence):
        part, rest = sentence[at : match.start()], sentence[match.end() :]
        inside = any(one.start < match.end() and match.start() < one.end for one in fixtures)
        bracketed = sentence[: match.start()].count("(") > sentence[: match.start()].count(")")
        if inside or bracketed or min(len(part.split()), len(rest.split())) < _LEAST_WORDS:
            continue
        parts.append(part + match[0].strip())
        at = match.end()
    return (*parts, sentence[at:])


def question(clause: str) -> str:
    """A clause asked as a sentence of its own."""
    bare = clause.strip().rstrip(_MARKS + ".")
    return f"{bare[:1].upper()}{bare[1:]}{'' if bare.endswith(('?', '!')) else '.'}"


def halves(parts: Sequence[str]) -> tuple[str, ...]:
    """The same sentence in two parts, as equal as they can be."""
    sizes = [len(part.split()) for part in parts]
    at = min(range(1, len(parts)), key=lambda cut: abs(sum(sizes[:cut]) - sum(sizes[cut:])))
    return " ".join(parts[:at]), " ".join(parts[at:])


def joined(french: Sequence[str], english: Sequence[str], names: str = "") -> str:
    """The English of clauses as one sentence, with the marks of the French between them.

    Args:
        french: the parts, as ``clauses`` cut them.
        english: for each its English.
        names: words that keep their capitals: the French sentence, and the English that is settled for it.
    """
    text = ""
    for part, answer in zip(french, english, strict=True):
        bare = answer.strip().rstrip(_MARKS + ".")
        first = re.match(r"\w+", bare)
        if text and first and not re.search(rf"(?<!\w){re.escape(first[0])}(?!\w)", names):
            bare = recase(bare, "lower")
        mark = part.rstrip()[-1:]
        text += f"{' ' if text else ''}{bare}{f' {mark}' if mark in '–—' else mark if mark in ',;:.!?' else ''}"
    return text
