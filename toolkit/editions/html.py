"""Edition → reading page: French and English side by side, one self-contained HTML file per release.

Pure and deterministic: the same edition and site give the same bytes, whatever the clock says. All text passes
Jinja's autoescape or the one in ``passages``; style sheet and script stand in the page itself, each named by its
SHA-256 in the page's Content-Security-Policy, so that a page works from a disk or an e-mail and runs nothing but what
we wrote. docs/editions.md describes the markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from toolkit.edition import Edition
from toolkit.editions.about import SiteInfo, page_path
from toolkit.editions.labels import (
    ATTRIBUTES,
    MARKS,
    MEANINGS,
    base,
    long_date,
    machine_date,
    notice,
    own_name,
    summary_en,
    summary_fr,
)
from toolkit.editions.structure import Title, bar, clean, counts_of, title_of
from toolkit.editions.view import anchors, view_of


def render_page(edition: Edition, site: SiteInfo, images: Mapping[str, str] = MappingProxyType({})) -> str:
    """The reading page of one edition, as a whole HTML document.

    Args:
        edition: what to show.
        site: that the page belongs to.
        images: for the addresses that ``images_of`` names, paths of the published files, relative to index.html and
            not encoded; one without a file is shown as a frame with its alternative text.
    """
    title, release = title_of(edition), edition.release
    view = view_of(edition, images)
    json_ld = script_json(_json_ld(edition, title, site))
    return (
        _environment()
        .get_template("page.html.j2")
        .render(
            site=site,
            release=release,
            source_language=release.language,
            target_language=edition.target_language,
            title=title,
            view=view,
            models=anchors(edition),
            counts=counts_of(edition),
            href=quote(page_path(release.id)),
            translated=site.source_href(release.path, edition.target_language),
            json_ld=json_ld,
            # A data block never runs, and browsers do not ask for its hash; the Nu checker does.
            data_hash=csp_hash(json_ld),
            **shared_context("page.js", "base.css"),
        )
    )


def shared_context(script: str, *styles: str) -> dict[str, object]:
    """Names that every template may use: style and script with their hashes, labels, dates, texts that are safe."""
    style, code = "\n".join(map(static, styles)), static(script)
    return {
        "style": Markup(style),  # noqa: S704 - our own file, and CSS must not be escaped in a style element
        "script": Markup(code),  # noqa: S704 - our own file, as above
        "style_hash": csp_hash(style),
        "script_hash": csp_hash(code),
        "notice": notice,
        "ATTRIBUTES": ATTRIBUTES,
        "MARKS": MARKS,
        "MEANINGS": MEANINGS,
        "base": base,
        "clean": clean,
        "long_date": long_date,
        "machine_date": machine_date,
        "own_name": own_name,
        "summary_en": summary_en,
        "summary_fr": summary_fr,
        "bar": bar,
    }


# -- data in the page ---------------------------------------------------------------------------------------------


def _json_ld(edition: Edition, title: Title, site: SiteInfo) -> dict[str, object]:
    """schema.org NewsArticle; the English one names the French as ``translationOfWork``."""
    release, metadata = edition.release, edition.release.metadata
    original: dict[str, object] = {
        "@type": "NewsArticle",
        "headline": title.source,
        "inLanguage": release.language,
    }
    if machine_date(metadata.date):
        original["datePublished"] = metadata.date
    if metadata.place:
        original["locationCreated"] = {"@type": "Place", "name": clean(metadata.place)}
    if metadata.credit:
        original["creditText"] = clean(metadata.credit)
    if title.target is None:
        article = original
    else:
        counts = counts_of(edition)
        article = {
            "@type": "NewsArticle",
            "headline": title.target,
            "inLanguage": edition.target_language,
            "creativeWorkStatus": "Reviewed" if counts.reviewed == counts.total else "Draft",
            "translationOfWork": original,
        }
        if edition.reviewer:  # named once: the catalogue says who saved it last, not who approved which sentence
            article["translator"] = {"@type": "Person", "name": clean(edition.reviewer)}
    if site.publisher:
        article["publisher"] = {"@type": "Organization", "name": clean(site.publisher)}
    if site.url:
        article["url"] = site.url + quote(page_path(release.id))
    return {"@context": "https://schema.org", **article}


def script_json(data: object) -> Markup:
    """JSON that can stand in a script element or a script file: no ``<``, no line separators of old JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing that HTML could read as markup is left


# -- files of the package -----------------------------------------------------------------------------------------


def csp_hash(text: str) -> str:
    """The hash-source of an inline style or script (CSP level 3, section 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


@cache
def static(name: str) -> str:
    """A style sheet or script of ours, as it stands between its tags.

    Browsers hash the content after normalising line ends, the Nu checker after trimming it: LF and no outer space
    give both the same.
    """
    text = files("toolkit.editions").joinpath("static", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip()


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _template(name: str) -> str:
    return files("toolkit.editions").joinpath("templates", name).read_text(encoding="utf-8")


def render(template: str, **context: object) -> str:
    """Render one of our templates; a name it does not get is an error."""
    return _environment().get_template(template).render(**context)
