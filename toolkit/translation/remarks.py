"""What a reviewer should look at first in a draft: short lines, each of which says what and where."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from toolkit.text.fixtures import Fixture, Kind, Reading, missing
from toolkit.translation.candidates import is_worded_otherwise
from toolkit.translation.doubts import doubts
from toolkit.translation.guard import missing_addresses, missing_numbers, stutter

#: What is said of a fixture that a draft does not hold, by kind; whether the English or the French is shown.
_LOST: dict[Kind, tuple[str, bool]] = {
    Kind.TERM: ("term not followed", True),
    Kind.NUMBER: ("number missing", False),
    Kind.ORDINAL: ("number missing", False),
    Kind.PERCENT: ("number missing", False),
    Kind.MEASURE: ("measure changed", False),
    Kind.MONEY: ("amount changed", False),
    Kind.DATE: ("date changed", False),
    Kind.TIME: ("time changed", False),
    Kind.ADDRESS: ("address changed", False),
    Kind.CODE: ("code changed", False),
    Kind.ACRONYM: ("name missing", True),
    Kind.NAME: ("name missing", True),
}
#: Longest remark that a line of comment holds well.
LONGEST = 56


#: Quantities whose words say as much as their figures: "ten years", "Tuesday 3 March".
_IN_WORDS = frozenset({Kind.MEASURE, Kind.DATE})


def remarks(
    source: str, target: str, fixtures: Sequence[Fixture], values: Callable[[str], Iterable[str | Reading]]
) -> tuple[str, ...]:
    """What is doubtful about a draft.

    Args:
        source: bare French.
        target: bare English, finished.
        fixtures: what is settled in the French.
        values: finds the values of quantities in English.
    """
    found: dict[str, None] = {}
    lost = missing(fixtures, target, values)
    changed = [
        one for one in fixtures if one.kind in _IN_WORDS and one not in lost and is_worded_otherwise(one, target)
    ]
    for one in (*lost, *changed):
        what, in_english = _LOST[one.kind]
        found[_short(f"{what}: {one.english[0] if in_english else one.source(source)}")] = None
    rest = _without(source, fixtures)
    if numbers := missing_numbers(rest, target):
        found[f"number missing: {', '.join(numbers)}"] = None
    if addresses := missing_addresses(rest, target):
        found[f"address changed: {', '.join(addresses)}"] = None
    if doubled := stutter(source, target):
        found[f"doubled: {doubled}"] = None
    english = [way for one in fixtures for way in one.english]
    found |= dict.fromkeys(map(_short, doubts(source, target, english)))
    return tuple(found)


def failures(told: Sequence[str]) -> int:
    """How many of these remarks point at something wrong."""
    return len(told)


def _without(source: str, fixtures: Sequence[Fixture]) -> str:
    """The French without its fixtures: they have been looked for already."""
    for one in sorted(fixtures, key=lambda one: -one.start):
        source = f"{source[: one.start]} {source[one.end :]}"
    return source


def _short(remark: str) -> str:
    return remark if len(remark) <= LONGEST else remark[: LONGEST - 1].rstrip() + "…"
