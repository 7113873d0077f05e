"""What a page says of itself to programs: addresses in each language, description, Open Graph, schema.org.

Nothing here claims more than the page: English that no person has approved is neither a description nor a plain title.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from urllib.parse import quote

from toolkit.edition import Edition, EditionBlock
from toolkit.editions.about import Picture, SiteInfo, page_path
from toolkit.editions.interface import say
from toolkit.editions.labels import (
    long_date,
    machine_date,
    matched_cited,
    open_graph_locale,
    quotation_marks,
    summary_words,
    title_mark,
)
from toolkit.editions.structure import Counts, Title, clean, counts_of, in_order, plain, title_of, title_pairs
from toolkit.model import BlockKind, State

_NONE: Mapping[str, Picture] = MappingProxyType({})
#: Letters of a description: search engines and previews show about so many.
_DESCRIPTION = 200
_RUNNING = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM})


@dataclass(frozen=True, slots=True)
class Pages:
    """Addresses of an edition's three pages, relative to the one that names them; ``here`` is its own."""

    source: str
    both: str
    target: str
    here: str


@dataclass(frozen=True, slots=True)
class PageData:
    """What a page says of itself.

    Attributes:
        language: of the headline.
        window: the headline as a window or a search result shows it, alone: with its state, where nobody approved it.
        alternates: (hreflang, address) of the same text in each language, and of both for any other reader; none where
            the site has no address: search engines, for which they are, take whole ones only.
        properties: Open Graph.
        citation: what a citation of a sentence is made of, as attributes for the script.
    """

    language: str
    headline: str
    window: str
    description: str
    description_language: str
    pages: Pages
    alternates: tuple[tuple[str, str], ...]
    properties: tuple[tuple[str, str], ...]
    citation: dict[str, str]


def page_data(edition: Edition, site: SiteInfo, only: str = "") -> PageData:
    """What the page of both languages, or of one, says of itself.

    Args:
        edition: what it shows.
        site: that it belongs to.
        only: language tag of a page in one language; "" for the page of both.
    """
    source, target = edition.release.language, edition.target_language
    title, release = title_of(edition), edition.release.id
    english = title.target is not None and only != source
    headline = (title.target or title.source) if english else title.source
    language = target if english else source
    description, its_language = _description(edition, only)
    ways = (source, page_path(release, source)), (target, page_path(release, target)), ("x-default", page_path(release))
    alternates = tuple((tag, site.url + quote(path)) for tag, path in ways) if site.url else ()
    addresses = [_way(only) + quote(path) for _, path in ways]
    here = addresses[2] if not only else addresses[1] if only == target else addresses[0]
    window = in_order(title_mark(title.standing, "en") + headline if english else headline)
    return PageData(
        language=language,
        headline=headline,
        window=window,
        description=description,
        description_language=its_language,
        pages=Pages(addresses[0], addresses[2], addresses[1], here),
        alternates=alternates,
        properties=tuple(_properties(edition, site, only, window, description)),
        citation=_citation(edition, site, title, only),
    )


def _way(only: str) -> str:
    """From a page to the folder with index.html."""
    return "../" if only else ""


def _address(site: SiteInfo, path: str, only: str) -> str:
    """Address of a file: absolute where the site has one, else as a page of both languages, or of one, names it."""
    return (site.url or _way(only)) + quote(path)


def _description(edition: Edition, only: str) -> tuple[str, str]:
    """The first paragraph and its language: English where a person has approved all of it, French otherwise."""
    first = next((block for block in edition.blocks if block.block.kind in _RUNNING and _has_words(block)), None)
    if first is None:
        return "", edition.release.language
    approved = all(pair.state in (State.REVIEWED, State.VERBATIM) for pair in first.pairs)
    if approved and only != edition.release.language:
        words = (pair.target or "" for pair in first.pairs)
        return _shortened(" ".join(map(plain, words))), edition.target_language
    return _shortened(" ".join(plain(pair.segment.text) for pair in first.pairs)), edition.release.language


def _has_words(block: EditionBlock) -> bool:
    return any(block.block.translatable(pair.segment) for pair in block.pairs)


def _shortened(text: str) -> str:
    text = in_order(" ".join(text.split()))
    if len(text) <= _DESCRIPTION:
        return text
    return text[:_DESCRIPTION].rsplit(" ", 1)[0].rstrip(" ,;:–-") + "…"


def _properties(edition: Edition, site: SiteInfo, only: str, window: str, description: str) -> list[tuple[str, str]]:
    """Open Graph (ogp.me): what a link to the page looks like where it is shared."""
    source, target = edition.release.language, edition.target_language
    own = only or target
    other = source if own == target else target
    found = [("og:type", "article"), ("og:title", window), ("og:description", description)]
    found += [("og:locale", open_graph_locale(own)), ("og:locale:alternate", open_graph_locale(other))]
    found.append(("og:site_name", in_order(clean(site.name(own)))))
    if site.url:
        found.append(("og:url", site.url + quote(page_path(edition.release.id, only))))
        if site.theme.logo:
            found.append(("og:image", site.url + quote(site.theme.logo.path)))
    if machine_date(edition.release.metadata.date):
        found.append(("article:published_time", edition.release.metadata.date))
    return [(name, content) for name, content in found if content]


def _citation(edition: Edition, site: SiteInfo, title: Title, only: str) -> dict[str, str]:
    source, target = edition.release.language, edition.target_language
    sides = {"source": source, "target": target}
    english = title_mark(title.standing, "en") + title.target if title.target is not None else title.source
    if title.target is not None and any(pair.matched for pair in title_pairs(edition)):
        english = f"[{matched_cited()}] {english}"
    titles = {"source": title.source, "target": english}
    data: dict[str, str] = {}
    for side, language in sides.items():
        if only in ("", language):
            data[f"data-title-{side}"] = in_order(titles[side])
            data[f"data-date-{side}"] = long_date(clean(edition.release.metadata.date), language)
            data[f"data-quotes-{side}"] = "|".join(quotation_marks(language, inner=False))
            data[f"data-inner-{side}"] = "|".join(quotation_marks(language, inner=True))
            data[f"data-sentence-{side}"] = say(language, "sentence {number}")
            data[f"data-sentences-{side}"] = say(language, "sentences {number}")
    data["data-publisher"] = in_order(clean(site.publisher))
    if site.url:
        data["data-url"] = site.url + quote(page_path(edition.release.id, only))
    data |= {
        "data-machine": say("en", "machine draft, not reviewed"),
        "data-to-check": say("en", "not yet approved by a person"),
        "data-changed": say("en", "made for an earlier French text"),
        "data-matched": matched_cited(),
    }
    return data


# -- schema.org ---------------------------------------------------------------------------------------------------


def json_ld(
    edition: Edition, site: SiteInfo, only: str = "", images: Mapping[str, Picture] = _NONE
) -> dict[str, object]:
    """schema.org NewsArticle; the English one names the French as ``translationOfWork``.

    A page of French alone is about the original, which names its ``workTranslation``.
    """
    title, source, target = title_of(edition), edition.release.language, edition.target_language
    original = _original(edition, site, title, only)
    if images and site.url:
        original["image"] = [site.url + quote(path) for path in dict.fromkeys(image.path for image in images.values())]
    counts = counts_of(edition)
    if not counts.english:
        return {"@context": "https://schema.org", **original}
    translation: dict[str, object] = {
        "@type": "NewsArticle",
        "@id": _address(site, page_path(edition.release.id, target), only),
        "headline": title.target or title.source,
        "inLanguage": target,
        "creativeWorkStatus": _status(counts),
    }
    if site.url:
        translation["url"] = translation["@id"]
    if edition.reviewer:  # the catalogue says who saved it last: neither who translated nor who approved which sentence
        translation["contributor"] = {"@type": "Person", "name": clean(edition.reviewer)}
    if site.publisher:
        translation["publisher"] = _publisher(site)
    if only == source:
        return {"@context": "https://schema.org", **original, "workTranslation": translation}
    based = {"@id": original["@id"]}
    return {"@context": "https://schema.org", **translation, "translationOfWork": original, "isBasedOn": based}


def _original(edition: Edition, site: SiteInfo, title: Title, only: str) -> dict[str, object]:
    release, metadata = edition.release, edition.release.metadata
    data: dict[str, object] = {
        "@type": "NewsArticle",
        "@id": _address(site, page_path(release.id, release.language), only),
        "headline": title.source,
        "inLanguage": release.language,
    }
    if site.url:
        data["url"] = data["@id"]
    if machine_date(metadata.date):
        data["datePublished"] = metadata.date
    if metadata.place:
        data["locationCreated"] = {"@type": "Place", "name": clean(metadata.place)}
    if metadata.credit:
        data["creditText"] = clean(metadata.credit)
    if site.publisher:
        data["publisher"] = _publisher(site)
    return data


def _publisher(site: SiteInfo) -> dict[str, object]:
    data: dict[str, object] = {"@type": "Organization", "name": clean(site.publisher)}
    if site.theme.logo and site.url:
        data["logo"] = site.url + quote(site.theme.logo.path)
    return data


def _status(counts: Counts) -> str:
    """How far the translation has come, in the words of Creative Work Status and in numbers."""
    word = "Reviewed" if counts.read == counts.total else "Draft"
    return f"{word}: {summary_words(counts).en}"
