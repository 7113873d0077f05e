"""What a stage did, and how far each release has come: what commands tell people."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from toolkit.edition import Edition
from toolkit.errors import CatalogueError, EditionError, SourceError, ToolkitError
from toolkit.model import Key, State
from toolkit.placeholders import bare

#: What people are told of a sentence's state; `toolkit status` heads its columns so.
STATE_NAMES = {
    State.UNTRANSLATED: "untranslated",
    State.MACHINE: "draft",
    State.FUZZY: "to check",
    State.REVIEWED: "reviewed",
}


@dataclass(slots=True)
class Report:
    """What a stage did.

    Attributes:
        done: ids of the releases it went through.
        written: files that changed, relative to the project, in order and each once.
        problems: one error for each release it had to leave out.
        dropped: how many published files were removed since nobody asked for their format, by its name; "" for images.
        recalled: sentences that memory took over as approved; ``offered`` those it filled in for a person to check.
        similar: for each release, remarks for drafts of sentences that memory knows a like one of.
        drafted: sentences that got a draft; ``undrafted`` those that got none.
        model: label of the model package that was loaded; "" when none was.
    """

    done: list[str] = field(default_factory=list)
    written: dict[str, None] = field(default_factory=dict)
    problems: list[ToolkitError] = field(default_factory=list)
    dropped: dict[str, int] = field(default_factory=dict)
    recalled: int = 0
    offered: int = 0
    similar: dict[str, dict[Key, tuple[str, ...]]] = field(default_factory=dict)
    drafted: int = 0
    undrafted: int = 0
    model: str = ""

    def note(self, name: str) -> None:
        """Name a file that changed, once."""
        self.written[name] = None


@dataclass(frozen=True, slots=True)
class ReleaseStatus:
    """How far a release has come: sentences by state, and words of the source.

    Attributes:
        words: of all translatable sentences; ``words_left`` of those no person has approved.
        effort_left: these words weighted by review priority (``toolkit.jobs.effort``).
        aligned: of the reviewed sentences, those that only a program has laid beside their French.
    """

    release: str
    title: str
    segments: int
    words: int
    words_left: int
    states: dict[State, int]
    effort_left: int = 0
    aligned: int = 0


def cost_of(reopened: int, unused: int) -> str:
    """What a change of the French has cost approved English, as a person is told; "" for nothing.

    Args:
        reopened: approved sentences that need work now.
        unused: those whose English has no place any more.
    """
    told = []
    if reopened:
        told.append(f"{_approved(reopened)} need{'s' * (reopened == 1)} work, because the French has changed")
    if unused:
        has = "has" if unused == 1 else "have"
        told.append(f"{_approved(unused)} {has} no place any more; the English is kept at the end of the file")
    return "; ".join(told)


def _approved(number: int) -> str:
    return f"{number:,} approved sentence{'s' * (number != 1)}"


@contextmanager
def kept(report: Report) -> Iterator[None]:
    """Keep a release's error in the report and go on with the next; a full disk still ends the run."""
    try:
        yield
    except (SourceError, CatalogueError, EditionError) as error:
        report.problems.append(error)


def release_status(edition: Edition, effort: Callable[[Edition], int] = lambda edition: 0) -> ReleaseStatus:
    """How far an edition has come.

    Args:
        edition: of the release.
        effort: weighs the words that are left.
    """
    pairs = [pair for pair in edition.pairs if pair.state is not State.VERBATIM]
    words = [len(bare(pair.segment.text).split()) for pair in pairs]
    left = sum(count for count, pair in zip(words, pairs, strict=True) if pair.state is not State.REVIEWED)
    states = {
        state: sum(pair.state is state for pair in pairs)
        for state in (State.UNTRANSLATED, State.MACHINE, State.FUZZY, State.REVIEWED)
    }
    aligned = sum(pair.matched for pair in pairs)
    return ReleaseStatus(
        edition.release.id, edition.release.title, len(pairs), sum(words), left, states, effort(edition), aligned
    )
