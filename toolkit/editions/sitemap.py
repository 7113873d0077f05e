"""The site's addresses for search engines (sitemaps.org, protocol 0.9), with the languages that belong together.

Only for a site that knows its address: the protocol has no relative ones. ``lastmod`` is left out: it would have to be
the day on which a page last changed, and only the day of the release is known.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any
from urllib.parse import quote

from lxml import etree

from toolkit.editions.about import SiteInfo, page_path
from toolkit.editions.listing import list_pages
from toolkit.editions.search import languages_of
from toolkit.editions.summaries import ReleaseSummary

SITEMAP = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XHTML = "http://www.w3.org/1999/xhtml"
_SPACES: Any = {None: SITEMAP, "xhtml": _XHTML}
#: Addresses of one file. The protocol allows 50,000 and 50 MB; with their alternates these stay below both.
MOST = 15_000

#: hreflang → path: one page in all its languages.
_Versions = dict[str, str]


def sitemaps(entries: Sequence[ReleaseSummary], site: SiteInfo) -> dict[str, bytes]:
    """``sitemap.xml``, and where the site is large the files that it lists; nothing for a site without an address."""
    if not site.url:
        return {}
    pages = list(_pages(entries))
    addresses = [(path, versions) for versions in pages for path in versions.values()]
    parts = [addresses[start : start + MOST] for start in range(0, len(addresses), MOST)]
    if len(parts) == 1:
        return {"sitemap.xml": _urls(parts[0], site.url)}
    # Beside sitemap.xml: a site map may only name addresses in and below its own folder. No release's id has a dot.
    named = {f"sitemap.{number}.xml": _urls(part, site.url) for number, part in enumerate(parts, 1)}
    return {"sitemap.xml": _index(named, site.url), **named}


def _pages(entries: Sequence[ReleaseSummary]) -> Iterator[_Versions]:
    languages = languages_of(entries)
    for page in list_pages(entries, ""):
        yield {"x-default": page.path()} | {language: page.path(language) for language in languages}
    for entry in entries:
        own = {language: quote(page_path(entry.id, language)) for language in (entry.source, entry.target)}
        yield {"x-default": quote(page_path(entry.id))} | own


def _urls(addresses: Sequence[tuple[str, _Versions]], root: str) -> bytes:
    urlset = etree.Element(f"{{{SITEMAP}}}urlset", nsmap=_SPACES)
    for path, versions in addresses:
        url = etree.SubElement(urlset, f"{{{SITEMAP}}}url")
        etree.SubElement(url, f"{{{SITEMAP}}}loc").text = root + path
        for language, other in versions.items():
            link = etree.SubElement(url, f"{{{_XHTML}}}link")
            link.set("rel", "alternate")
            link.set("hreflang", language)
            link.set("href", root + other)
    return _bytes(urlset)


def _index(names: Iterable[str], root: str) -> bytes:
    made = etree.Element(f"{{{SITEMAP}}}sitemapindex", nsmap=_SPACES)
    for name in names:
        part = etree.SubElement(made, f"{{{SITEMAP}}}sitemap")
        etree.SubElement(part, f"{{{SITEMAP}}}loc").text = root + name
    return _bytes(made)


def _bytes(root: etree._Element) -> bytes:
    etree.indent(root, "")
    made: bytes = etree.tostring(root, xml_declaration=True, encoding="utf-8")
    return made + b"\n"
