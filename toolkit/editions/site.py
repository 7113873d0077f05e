"""The files of a site: a page and a search shard per release, and what lists, searches and announces them all.

A project of any size passes one release at a time: ``page`` gives its files and ``summary`` what the lists must know
of it, which is small; ``index`` needs nothing but the summaries. All functions are pure: they return
``{path relative to the output folder: bytes}``, and whoever calls them writes. docs/site.md says what lies where.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from types import MappingProxyType

from toolkit.edition import Edition
from toolkit.editions.about import Picture, SiteInfo
from toolkit.editions.feeds import feed_path, render_feed
from toolkit.editions.html import render_pages
from toolkit.editions.listing import entry_of, render_lists
from toolkit.editions.plain_xml import GRAMMAR as XML_GRAMMAR
from toolkit.editions.search import languages_of, search_files, sentences, sentences_path
from toolkit.editions.sitemap import sitemaps
from toolkit.editions.summaries import ReleaseSummary, in_listed_order, overview, summary
from toolkit.editions.tei import GRAMMAR as TEI_GRAMMAR
from toolkit.editions.templating import static

__all__ = ["ReleaseSummary", "assets", "index", "page", "summary"]


def page(edition: Edition, site: SiteInfo, images: Mapping[str, Picture] = MappingProxyType({})) -> dict[str, bytes]:
    """A release's files: its pages and its sentences for the search; ``images`` is as for ``render_page``."""
    return {
        **{path: made.encode() for path, made in render_pages(edition, site, images).items()},
        sentences_path(edition.release.id): sentences(edition, entry_of(overview(edition)).data()),
    }


def index(summaries: Iterable[ReleaseSummary], site: SiteInfo) -> dict[str, bytes]:
    """The lists of releases, newest first (those without a date last), search, feeds, site map, theme."""
    entries = in_listed_order(summaries)
    found = search_files(entries)
    version = hashlib.sha256(b"".join(found.values())).hexdigest()[:10]
    made = found | render_lists(entries, site, version) | {"assets/icon.svg": static("icon.svg").encode()}
    for language in languages_of(entries):
        made[feed_path(language)] = render_feed(entries, language, site)
    return made | sitemaps(entries, site) | site.theme.files


def assets() -> dict[str, bytes]:
    """Files that belong to every site: the grammars that its XML files name beside them."""
    return {f"assets/{grammar.name}": grammar.source for grammar in (TEI_GRAMMAR, XML_GRAMMAR)}
