"""What is not to be reported: in toolkit.toml for all or one release, in a catalogue for one sentence.

A suppression that suppresses nothing is itself reported: it would hide tomorrow what it was not meant for.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from toolkit.checks.model import NOTE, WARNING, About, Check, Problem, Scope, Text
from toolkit.model import Entry, Finding, Key

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
        entry: for which entry; None for all of them.
        reason: what the translator said.
    """

    spec: str
    path: str
    line: int
    release: str = ""
    entry: Entry | None = None
    reason: str = ""

    def covers(self, finding: Finding) -> bool:
        """Whether a finding is meant."""
        return (
            self.spec != ""
            and finding.code.startswith(self.spec)
            and (not self.release or self.release == finding.release)
            and (self.entry is None or self.entry.key == finding.key)
        )

    def is_known(self, codes: Iterable[str]) -> bool:
        """Whether there is such a code or group."""
        letters = {code[0] for code in codes}
        return self.spec in codes or (self.entry is None and self.spec in letters)


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
                    yield Suppression(code, text.path, entry.line, text.id, entry, match["reason"].strip())


def complaints(
    suppressions: Sequence[Suppression],
    used: set[Suppression],
    codes: Sequence[str],
    *,
    complete: bool,
    asked: frozenset[str],
) -> Iterator[tuple[Check, Suppression, Problem]]:
    """What is wrong with the suppressions themselves.

    Args:
        suppressions: all there are.
        used: those that suppressed something.
        codes: all there are.
        complete: whether every release was looked at; only then a suppression for all of them is known to be idle.
        asked: ids of the releases that were looked at.
    """
    for one in suppressions:
        judged = one.release in asked if one.release else complete
        if not one.is_known(codes):
            named = f"there is no check “{one.spec}”" if one.spec else "`toolkit: ignore` names no code"
            yield UNKNOWN_CODE, one, Problem(named, "`toolkit check --list` shows the codes")
        elif judged and one not in used and not one.spec.startswith("S2"):
            yield UNUSED, one, Problem(f"{one.spec} suppresses nothing", "delete it")
        elif one.entry is not None and not one.reason:
            yield NO_REASON, one, Problem(f"{one.spec} is suppressed without a reason", "write why behind the code")


def unknown_releases(ignored: Ignored, known: frozenset[str]) -> Iterator[tuple[str, int]]:
    """Releases that toolkit.toml names and that are not there, with their lines."""
    for name, line in ignored.lines.items():
        if name not in known:
            yield name, line


def key_of(one: Suppression) -> Key | None:
    """The entry it is about."""
    return one.entry.key if one.entry else None
