"""What the lists of a site (index, search, feeds, sitemap) must know of a release: little, to keep of thousands."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date
from urllib.parse import quote

from toolkit.edition import Edition, EditionBlock
from toolkit.editions.about import page_path
from toolkit.editions.interface import base
from toolkit.editions.labels import machine_date
from toolkit.editions.structure import Counts, Standing, Title, clean, counts_of, day_of, plain, standing_of, title_of
from toolkit.editions.vocabulary import packed, vocabulary
from toolkit.model import BlockKind, State

#: Characters of a title in a list, and of a release's first paragraph in a feed.
LONGEST_TITLE = 300
LONGEST_LEAD = 500


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """What the lists know of a release. Text and numbers only: ``msgspec`` stores it as JSON and restores it.

    Attributes:
        date: ISO 8601, of the release or of its file's name; "" when neither says.
        title: cut to ``LONGEST_TITLE`` characters.
        lead: the first paragraph of running text, cut to ``LONGEST_LEAD``; "" in a release that has none.
        words: for each language's primary subtag its packed ``vocabulary``.
        revised: day on which a person last saved the translation, ISO 8601; "" when nobody did.
    """

    id: str
    source_language: str
    target_language: str
    date: str
    place: str
    title: Title
    lead: Title
    counts: Counts
    words: dict[str, str]
    revised: str = ""

    @property
    def href(self) -> str:
        """Address of its page, relative to the index."""
        return quote(page_path(self.id))

    @property
    def source(self) -> str:
        """Primary subtag of the language it was written in."""
        return base(self.source_language)

    @property
    def target(self) -> str:
        """Primary subtag of the language it is translated to."""
        return base(self.target_language)

    @property
    def year(self) -> str:
        """Year of its date as four digits; "" without a date that is one."""
        day = machine_date(self.date)
        return f"{day.year:04}" if day else ""

    @property
    def current(self) -> int:
        """How many sentences have a translation of today's source."""
        return self.counts.english - self.counts.changed


def summary(edition: Edition) -> ReleaseSummary:
    """What the lists must know of an edition."""
    source, target = base(edition.release.language), base(edition.target_language)
    words = {source: vocabulary(plain(pair.segment.text) for pair in edition.pairs)}
    english = vocabulary(plain(pair.target) for pair in edition.pairs if pair.target)
    words[target] = words.get(target, frozenset()) | english
    return replace(overview(edition), words={language: packed(found) for language, found in words.items()})


def overview(edition: Edition) -> ReleaseSummary:
    """The same without the words: all that an entry of a list shows."""
    release = edition.release
    return ReleaseSummary(
        id=release.id,
        source_language=release.language,
        target_language=edition.target_language,
        date=day_of(edition),
        place=clean(release.metadata.place),
        title=_cut(title_of(edition), LONGEST_TITLE),
        lead=_cut(_lead_of(edition), LONGEST_LEAD),
        counts=counts_of(edition),
        words={},
        revised=edition.revised,
    )


def in_listed_order(summaries: Iterable[ReleaseSummary]) -> tuple[ReleaseSummary, ...]:
    """Newest release first, those without a date last; of one day by name."""
    by_name = sorted(summaries, key=lambda entry: entry.id)
    return tuple(sorted(by_name, key=lambda entry: machine_date(entry.date) or date.min, reverse=True))


_RANKS = {standing: rank for rank, standing in enumerate(Standing)}


def _lead_of(edition: Edition) -> Title:
    """The first paragraph of running text; its translation where no sentence of it is missing or outdated."""
    for block in edition.blocks:
        if block.block.kind is BlockKind.PARAGRAPH and any(pair.state is not State.VERBATIM for pair in block.pairs):
            return text_of(block)
    return Title("", None, Standing.UNTRANSLATED)


def text_of(block: EditionBlock) -> Title:
    """A block's sentences as one text; no translation where one of them is missing or outdated."""
    source = " ".join(plain(pair.segment.text) for pair in block.pairs)
    standing = min((standing_of(pair) for pair in block.pairs), key=_RANKS.__getitem__)
    if standing in (Standing.UNTRANSLATED, Standing.CHANGED):
        return Title(source, None, standing)
    return Title(source, " ".join(filter(None, (plain(pair.target or "") for pair in block.pairs))), standing)


def _cut(title: Title, most: int) -> Title:
    return Title(shortened(title.source, most), None if title.target is None else shortened(title.target, most),
                 title.standing)  # fmt: skip


def shortened(text: str, most: int) -> str:
    """A text of at most so many characters, cut between two words where there is a place, with "…" where it was cut."""
    if len(text) <= most:
        return text
    head = text[: most - 1]
    at = re.search(r"\s+\S*$", head)
    return (head[: at.start()] if at and at.start() > most // 2 else head).rstrip(" ,;:\u00a0\u202f") + "…"
