"""What goes out to people who work on it: releases with their catalogues, and an account of what could not go.

Shared by `toolkit export` and `toolkit review export`.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.edition import Edition
from toolkit.errors import ToolkitError
from toolkit.model import Catalogue, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.reports import Report, kept

#: Sentences that are work: nobody has approved them.
OPEN = frozenset({State.UNTRANSLATED, State.MACHINE, State.FUZZY})


@dataclass(frozen=True, slots=True)
class Given:
    """A release that goes out."""

    edition: Edition
    catalogue: Catalogue

    @property
    def title(self) -> str:
        """Of the release, on one line."""
        return " ".join(bare(self.edition.release.title).split())


@dataclass(slots=True)
class Package:
    """What went out.

    Attributes:
        sentences, words: that are work, and their words of French.
        date: the latest of the catalogues' dates, as a PO header has it.
        problems: one error for each release that had to be left out.
        missing: releases without a catalogue.
    """

    sentences: int = 0
    words: int = 0
    date: str = ""
    problems: list[ToolkitError] = field(default_factory=list)
    missing: list[str] = field(default_factory=list)

    def gather(self, pipeline: Pipeline, releases: Sequence[str]) -> Iterator[Given]:
        """The releases asked for, all when none is; those that cannot go out are noted."""
        report = Report()
        for file in pipeline.sources(releases):
            with kept(report):
                catalogue = pipeline.shelf.load(file.release)
                if catalogue is None:
                    self.missing.append(file.release)
                    continue
                self.date = max(self.date, dict(catalogue.header).get("POT-Creation-Date", ""))
                yield Given(pipeline.edition(file), catalogue)
        self.problems = report.problems
