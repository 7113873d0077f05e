"""What is not to be reported: in toolkit.toml for all or one release, in a catalogue for one sentence.

A suppression that suppresses nothing is itself reported: it would hide tomorrow what it was not meant for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from toolkit.checks.model import NOTE, WARNING, About, Check, Problem, Scope, Text
from toolkit.findings import Finding
from toolkit.model import Key

#: A translator's comment line that names what is meant to be as it is: "toolkit: ignore N101, T101 said so by phone".
_NOTE_LINE = re.compile(r"toolkit: ignore(?!\w)(?P<codes>(?:[ ,]+[A-Z]\d{3}\b)*)[ :,–-]*(?P<reason>.*)", re.DOTALL)
_CODE = re.compile(r"[A-Z]\d{3}")

UNUSED = Check(
    About(
        "S201",
        WARNING,
        "A suppression that suppresses nothing",
        "What it was for has been put right, or was never reported. Delete it, or it will hide something else one day.",
        any_language=True,
    ),
    Scope.PROJECT,
)
UNKNOWN_CODE = Check(
    About(
        "S202",
        WARNING,
        "A suppression of a code that does not exist",
        "Codes are a letter and three digits (N101); in toolkit.toml a letter alone stands for its whole group.",
        any_language=True,
    ),
    Scope.PROJECT,
)
UNKNOWN_RELEASE = Check(
    About(
        "S203",
        WARNING,
        "[check.releases] names a release that does not exist",
        "The release was renamed or is misspelt, so what is said of it holds for none.",
        any_language=True,
    ),
    Scope.PROJECT,
)
NO_REASON = Check(
    About(
        "S204",
        NOTE,
        "A suppression without its reason",
        "Say behind the code why the sentence is meant to be as it is: the next reader will wonder.",
        any_language=True,
    ),
    Scope.PROJECT,
)


@dataclass(frozen=True, slots=True)
class Suppression:
    """One code, or letter, that is not to be reported.

    Attributes:
        spec: "N101", or "N" for the group.
        path, line: where it stands.
        release: for which release; "" for all.
        key: for which entry; None for all of them.
        reason: what the translator said.
    """

    spec: str
    path: str
    line: int
    release: str = ""
    key: Key | None = None
    reason: str = ""


class Suppressions:
    """All there are, found by what a finding is of: thousands of findings do not meet thousands of suppressions."""

    def __init__(self, every: Iterable[Suppression]) -> None:
        self.every = tuple(every)
        self.used: set[Suppression] = set()
        self._index: dict[tuple[str, Key | None, str], list[Suppression]] = {}
        for one in self.every:
            self._index.setdefault((one.release, one.key, one.spec), []).append(one)

    def cover(self, finding: Finding) -> bool:
        """Whether a finding is suppressed; what suppresses it is noted as used."""
        covering = [
            one
            for release in {finding.release, ""}
            for key in {finding.key, None}
            for spec in (finding.code, finding.code[0])
            for one in self._index.get((release, key, spec), ())
        ]
        self.used.update(covering)
        return bool(covering)


@dataclass(frozen=True, slots=True)
class Ignored:
    """What toolkit.toml says: (code or letter, line in the file), for all releases and for single ones.

    Attributes:
        releases: by id; with the line on which the release is named.
    """

    path: str = "toolkit.toml"
    everywhere: tuple[tuple[str, int], ...] = ()
    releases: Mapping[str, tuple[tuple[str, int], ...]] = field(default_factory=dict)
    lines: Mapping[str, int] = field(default_factory=dict)

    def suppressions(self) -> Iterator[Suppression]:
        """Each of them."""
        for spec, line in self.everywhere:
            yield Suppression(spec, self.path, line)
        for release, specs in self.releases.items():
            for spec, line in specs:
                yield Suppression(spec, self.path, line, release)


NOTHING_IGNORED = Ignored()


def in_catalogue(text: Text) -> Iterator[Suppression]:
    """The suppressions in the translators' comments of a catalogue."""
    for entry in text.catalogue.live if text.catalogue else ():
        for note in entry.notes:
            if match := _NOTE_LINE.fullmatch(note):
                for code in _CODE.findall(match["codes"]) or ("",):
                    yield Suppression(code, text.path, entry.line, text.id, entry.key, match["reason"].strip())


def complaints(
    suppressions: Suppressions,
    codes: frozenset[str],
    *,
    complete: bool,
    asked: frozenset[str],
) -> Iterator[tuple[Check, Suppression, Problem]]:
    """What is wrong with the suppressions themselves.

    Args:
        suppressions: all there are, after every finding has been shown to them.
        codes: all there are.
        complete: whether every release was looked at; only then a suppression for all of them is known to be idle.
        asked: ids of the releases that were looked at.
    """
    letters = {code[0] for code in codes}
    used = frozenset(suppressions.used)  # as it is now: these complaints may be suppressed in their turn
    for one in suppressions.every:
        judged = one.release in asked if one.release else complete
        if one.spec not in codes and (one.key is not None or one.spec not in letters):
            named = f"there is no check “{one.spec}”" if one.spec else "`toolkit: ignore` names no code"
            yield UNKNOWN_CODE, one, Problem(named, "`toolkit check --list` shows the codes")
        elif judged and one not in used and not one.spec.startswith("S2"):
            yield UNUSED, one, Problem(f"{one.spec} suppresses nothing", "delete it")
        elif one.key is not None and not one.reason:
            yield NO_REASON, one, Problem(f"{one.spec} is suppressed without a reason", "write why behind the code")


def unknown_releases(ignored: Ignored, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Releases that toolkit.toml names and that are not there, with their lines."""
    for name, line in ignored.lines.items():
        if name not in known:
            yield name, line
