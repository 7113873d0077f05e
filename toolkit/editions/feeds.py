"""The newest releases as Atom feeds (RFC 4287), one for each language.

Everything in a feed comes from the releases: there is no clock in it. ``published`` is the release's date at midnight,
in universal time, and so is ``updated`` (section 4.2.15) of the original; a translation was updated when a person last
saved it, if that was later. A release without a date has no place in a list of news and is left out. Ids must never
change, not even when a site moves (section 4.2.6): they are UUIDs (RFC 9562, section 5.5) made from the publisher, the
language and the release.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from lxml import etree

from toolkit.editions.about import SiteInfo, page_path
from toolkit.editions.interface import Words, both
from toolkit.editions.labels import machine_date, notice, title_mark
from toolkit.editions.structure import Title, clean, in_order
from toolkit.editions.summaries import ReleaseSummary

ATOM = "http://www.w3.org/2005/Atom"
_SPACES: Any = {None: ATOM}
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: Entries of a feed.
NEWEST = 50
#: ``updated`` of a feed without entries: as for catalogues without a date.
_NEVER = "1970-01-01"
#: Root of all ids, made once (uuid4) and never to be changed.
_NAMESPACE = uuid.UUID("5f6c1d0e-9c5b-4a53-9a0e-3f1d1f6f7b52")


def feed_path(language: str) -> str:
    """Where a language's feed lies, relative to the output folder. No release's files have such names."""
    return f"feed.{language}.atom"


def render_feed(entries: Iterable[ReleaseSummary], language: str, site: SiteInfo) -> bytes:
    """The feed of a language.

    Args:
        entries: all releases, newest first.
        language: a primary subtag. Of a language that is translated to, releases appear as soon as any sentence has a
            translation of the present source, and their state is said in title, summary and category.
        site: whose releases they are.
    """
    news = [entry for entry in entries if entry.year and _speaks(entry, language)][:NEWEST]
    feed = etree.Element(f"{{{ATOM}}}feed", {_LANG: language}, nsmap=_SPACES)
    title = clean(site.name(language))
    _add(feed, "id", _id(site, site.title, site.title_fr, language))
    _add(feed, "title", title)
    _add(feed, "updated", _instant(max((_updated(entry, language) for entry in news), default=_NEVER)))
    _add(_add(feed, "author"), "name", clean(site.publisher) or title)
    if site.url:
        _link(feed, "self", site.url + feed_path(language), "application/atom+xml")
    _link(feed, "alternate", f"{site.url}{language}/index.html", "text/html", language)
    for entry in news:
        feed.append(_entry(entry, language, site))
    etree.indent(feed, "")
    made: bytes = etree.tostring(feed, xml_declaration=True, encoding="utf-8")
    return made + b"\n"


def _speaks(entry: ReleaseSummary, language: str) -> bool:
    return language == entry.source or (language == entry.target and entry.current > 0)


def _entry(entry: ReleaseSummary, language: str, site: SiteInfo) -> etree._Element:
    made = etree.Element(f"{{{ATOM}}}entry", nsmap=_SPACES)
    own = quote(page_path(entry.id, language))
    original = language == entry.source
    state = None if original else _state(entry)
    _text(made, "title", entry.title, entry, language, "" if original else title_mark(entry.title.standing, language))
    _add(made, "id", _id(site, f"{language}/{entry.id}"))
    _add(made, "updated", _instant(_updated(entry, language)))
    _add(made, "published", _instant(entry.date))
    _link(made, "alternate", site.url + own, "text/html", language)
    other = entry.target if original else entry.source
    _link(made, "alternate", site.url + quote(page_path(entry.id, other)), "text/html", other)
    _link(made, "related", site.url + quote(page_path(entry.id)), "text/html")
    if entry.lead.source:
        said = f"{state.in_(language)}. " if state else ""
        _text(made, "summary", entry.lead, entry, language, said)
    elif state:
        _add(made, "summary", f"{state.in_(language)}.")
    if state:
        category = _add(made, "category")
        category.set("term", _term(entry))
        category.set("label", state.in_(language))
    return made


def _state(entry: ReleaseSummary) -> Words | None:
    """What a reader of the translation must be told; None where a person has read all of it."""
    counts = entry.counts
    if counts.read == counts.total:
        return None
    if not counts.unread:
        return both("Earlier translation, matched by program")
    warning = notice(counts)
    return warning.name if warning else both("Partly unreviewed translation")


def _term(entry: ReleaseSummary) -> str:
    """The same for programs."""
    counts = entry.counts
    if not counts.unread or counts.mostly_matched:
        return "matched-by-program"
    if not counts.mostly_unread:
        return "partly-unreviewed"
    return "machine-draft" if 2 * counts.machine >= counts.english else "unfinished"


def _text(parent: etree._Element, name: str, text: Title, entry: ReleaseSummary, language: str, before: str) -> None:
    """A text in the feed's language, or in the release's own and marked so where it has none in that."""
    if language == entry.source:
        _add(parent, name, text.source)
    elif text.target is not None:
        _add(parent, name, before + text.target)
    else:
        _add(parent, name, text.source).set(_LANG, entry.source_language)


def _add(parent: etree._Element, name: str, text: str = "") -> etree._Element:
    made = etree.SubElement(parent, f"{{{ATOM}}}{name}")
    if text:
        made.text = in_order(text)
    return made


def _link(parent: etree._Element, relation: str, href: str, kind: str, language: str = "") -> None:
    made = _add(parent, "link")
    made.set("rel", relation)
    made.set("type", kind)
    if language:
        made.set("hreflang", language)
    made.set("href", href)


def _updated(entry: ReleaseSummary, language: str) -> str:
    """The day on which what a feed says of a release last changed."""
    days = (machine_date(entry.date), machine_date(entry.revised) if language == entry.target else None)
    return max(day.isoformat() for day in days if day)


def _instant(date: str) -> str:
    """A date-time of RFC 3339: the beginning of a day."""
    return f"{machine_date(date) or _NEVER}T00:00:00Z"


def _id(site: SiteInfo, *names: str) -> str:
    """An id in which neither the site's address nor, where it has a publisher, its title counts."""
    return uuid.uuid5(_NAMESPACE, "\n".join((site.publisher or site.title, *names))).urn
