"""The files of a site: a page and a search shard per release, and the index that lists and searches them all.

A project of any size passes one release at a time: ``page`` gives its files and ``summary`` what the index must know
of it, which is small; ``index`` needs nothing but the summaries. All functions are pure: they return
``{path relative to the output folder: bytes}``, and whoever calls them writes.

Search works in two steps, so that no browser loads what it does not show: ``assets/search.js`` holds each release's
vocabulary, and the shard ``assets/search/<release>.js`` its sentences, fetched for the releases that match. Both are
scripts and not JSON, because a page opened from the disk may load a script but may not fetch a file.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import quote

from toolkit.edition import Edition
from toolkit.editions.about import SiteInfo, page_path
from toolkit.editions.html import render, render_page, script_json, shared_context
from toolkit.editions.labels import MARKS
from toolkit.editions.structure import Counts, Standing, Title, clean, counts_of, plain, standing_of, title_of
from toolkit.model import State

_WORD = re.compile(r"[^\W_]+")
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "đ": "d"})

#: A word is searched by its first letters: no real word is longer, and one without end must not fill the index.
LONGEST_WORD = 40

_UNAPPROVED = (Standing.MACHINE, Standing.TO_CHECK, Standing.CHANGED)


@dataclass(frozen=True, slots=True)
class ReleaseSummary:
    """What the index knows of a release. Text and numbers only: ``msgspec`` stores it as JSON and restores it.

    Attributes:
        date: ISO 8601, or "" when the release does not say.
        words: its folded vocabulary in both languages, sorted, each once, separated by spaces.
    """

    id: str
    source_language: str
    target_language: str
    date: str
    place: str
    title: Title
    counts: Counts
    words: str

    @property
    def href(self) -> str:
        """Address of its page, relative to the index."""
        return quote(page_path(self.id))


def fold(text: str) -> str:
    """Text as search compares it: no case, no accents, ligatures undone. index.js folds the query the same way."""
    # Lower case twice decomposed: capitals of mathematics only show as such after the first, "İ" needs the second.
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKD", text).lower())
    return "".join(c for c in decomposed if not unicodedata.category(c).startswith("M")).translate(_LIGATURES)


def summary(edition: Edition) -> ReleaseSummary:
    """What the index must know of an edition."""
    release = edition.release
    words = {
        word[:LONGEST_WORD]
        for pair in edition.pairs
        for text in (pair.segment.text, pair.target or "")
        for word in _WORD.findall(fold(plain(text)))
    }
    return ReleaseSummary(
        id=release.id,
        source_language=release.language,
        target_language=edition.target_language,
        date=clean(release.metadata.date),
        place=clean(release.metadata.place),
        title=title_of(edition),
        counts=counts_of(edition),
        words=" ".join(sorted(words)),
    )


def page(edition: Edition, site: SiteInfo, images: Mapping[str, str] = MappingProxyType({})) -> dict[str, bytes]:
    """A release's files: its page and its search shard; ``images`` is as for ``render_page``."""
    sentences = [
        [
            pair.segment.id,
            plain(pair.segment.text),
            None if pair.target is None else plain(pair.target),
            # Shown beside an English sentence that is found and has not been approved.
            MARKS[standing_of(pair)].en if standing_of(pair) in _UNAPPROVED else "",
        ]
        for pair in edition.pairs
        if pair.state is not State.VERBATIM
    ]
    languages = [edition.release.language, edition.target_language]
    shard = f"releaseSentences({script_json([edition.release.id, languages, sentences])});\n"
    return {
        page_path(edition.release.id): render_page(edition, site, images).encode(),
        f"assets/search/{edition.release.id}.js": shard.encode(),
    }


def index(summaries: Iterable[ReleaseSummary], site: SiteInfo) -> dict[str, bytes]:
    """The index page, newest release first (those without a date last), and the vocabulary it searches."""
    by_name = sorted(summaries, key=lambda entry: entry.id)
    entries = tuple(sorted(by_name, key=lambda entry: entry.date, reverse=True))
    vocabulary = script_json([[entry.id, entry.words] for entry in entries])
    return {
        "index.html": render_index(entries, site).encode(),
        "assets/search.js": f"releaseIndex({vocabulary});\n".encode(),
    }


def render_index(entries: tuple[ReleaseSummary, ...], site: SiteInfo) -> str:
    """The index page as a whole HTML document; entries are shown in the order given."""
    return render("index.html.j2", site=site, entries=entries, **shared_context("index.js", "base.css", "index.css"))


def assets() -> dict[str, bytes]:
    """Files that belong to every site: the schema that the TEI files name beside them."""
    schema = files("toolkit.editions").joinpath("schema", "edition-tei.rng").read_bytes()
    return {"assets/edition-tei.rng": schema}


def publish_html(editions: Iterable[Edition], site: SiteInfo) -> dict[str, bytes]:
    """A whole site at once, for projects that fit in memory."""
    plan, summaries = assets(), []
    for edition in editions:
        plan |= page(edition, site)
        summaries.append(summary(edition))
    return plan | index(summaries, site)
