"""Edition → reading pages: French and English side by side, or one of them alone; each one self-contained HTML file.

Pure and deterministic: the same edition and site give the same bytes, whatever the clock says. ``templating`` has what
the pages share, docs/editions.md describes the markup.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType
from urllib.parse import quote

from toolkit.edition import Edition
from toolkit.editions.about import Picture, SiteInfo, page_path
from toolkit.editions.interface import Words, base
from toolkit.editions.labels import matched_mark, matched_meaning, place_words
from toolkit.editions.metadata import json_ld, page_data
from toolkit.editions.sides import Sides, indent
from toolkit.editions.structure import clean, counts_of
from toolkit.editions.templating import csp_hash, render, script_json, shared_context
from toolkit.editions.view import View, view_of

__all__ = ["csp_hash", "render", "render_monolingual", "render_page", "render_pages", "script_json", "shared_context"]

_NO_IMAGES: Mapping[str, Picture] = MappingProxyType({})


def render_page(edition: Edition, site: SiteInfo, images: Mapping[str, Picture] = _NO_IMAGES) -> str:
    """The reading page of one edition, as a whole HTML document.

    Args:
        edition: what to show.
        site: that the page belongs to.
        images: for the addresses that ``images_of`` names, the published files; one without a file is shown as a
            frame with its alternative text.
    """
    return _render(edition, site, images, "", _view(edition, images, ""))


def render_monolingual(
    edition: Edition, site: SiteInfo, language: str, images: Mapping[str, Picture] = _NO_IMAGES
) -> str:
    """The page of one language, as a whole HTML document; it lies in the folder of its language (``page_path``).

    The English one shows states as the page of both does, and the French where there is no English.

    Args:
        edition: what to show.
        site: that the page belongs to.
        language: the release's or the edition's target language, as their tags are written.
        images: as of ``render_page``.
    """
    return _render(edition, site, images, language, _view(edition, images, language))


def render_pages(edition: Edition, site: SiteInfo, images: Mapping[str, Picture] = _NO_IMAGES) -> dict[str, str]:
    """The reading page and that of each language, by their paths; what they share is made once."""
    languages = (edition.release.language, edition.target_language)
    view, alone = _view(edition, images, ""), None
    made = {page_path(edition.release.id): _render(edition, site, images, "", view)}
    for language in languages:
        alone = alone or (_view(edition, images, language) if images else view)
        made[page_path(edition.release.id, language)] = _render(edition, site, images, language, alone)
    return made


def _view(edition: Edition, images: Mapping[str, Picture], only: str) -> View:
    root = "../" if only else ""
    return view_of(edition, {href: replace(image, path=root + image.path) for href, image in images.items()})


def _render(edition: Edition, site: SiteInfo, images: Mapping[str, Picture], only: str, view: View) -> str:
    release, root = edition.release, "../" if only else ""
    source, target = release.language, edition.target_language
    data = script_json(json_ld(edition, site, only, images))
    columns = (False, True) if not only else (only != source,)
    context = shared_context("page.js", "base.css", theme=site.theme, only=only, root=root)
    return render(
        "page.html.j2",
        theme=site.theme,
        **context
        | {
            "site": site,
            "site_name": Words(clean(site.title_fr), clean(site.title)),
            "release": release,
            "place": place_words(clean(release.metadata.place)) if release.metadata.place else None,
            "source_language": source,
            "target_language": target,
            "about": page_data(edition, site, only),
            "view": view,
            "sides": Sides(source, target, base(only), columns),
            "indent": indent,
            "columns": columns,
            "models": view.models,
            "saved": {"by": clean(edition.reviewer), "day": clean(edition.revised)},
            "counts": counts_of(edition),
            "matched_mark": matched_mark,
            "matched_meaning": matched_meaning,
            "href": quote(page_path(release.id, only)),
            "translated": site.source_href(release.path, target),
            "decapitalized": _decapitalized,
            "json_ld": data,
            # A data block never runs, and browsers do not ask for its hash; the Nu checker does.
            "data_hash": csp_hash(data),
        },
    )


def _decapitalized(text: str) -> str:
    return text[:1].lower() + text[1:]
