"""Edition → reading page: French and English side by side, one self-contained HTML file per release.

Pure and deterministic: the same edition and site give the same bytes, whatever the clock says. All text passes
Jinja's autoescape; style sheet and script stand in the page itself, each named by its SHA-256 in the page's
Content-Security-Policy, so that a page works from a disk or an e-mail and runs nothing but what we wrote.
docs/editions.md describes the markup.
"""

from __future__ import annotations

import base64
import hashlib
import json
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from urllib.parse import quote

import jinja2
from markupsafe import Markup

from toolkit.editions.labels import (
    MARKS,
    MEANINGS,
    Words,
    base,
    long_date,
    machine_date,
    notice,
    own_name,
    summary_en,
    summary_fr,
)
from toolkit.editions.structure import (
    Group,
    Model,
    Standing,
    Title,
    bar,
    clean,
    counts_of,
    groups,
    model_of,
    models_of,
    ordered,
    standing_of,
    title_block,
    title_of,
)
from toolkit.model import BlockKind, Edition, EditionBlock, Pair, State


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What all pages of a site share.

    Attributes:
        title: name of the site in English; ``title_fr`` in French.
        publisher: who publishes it; "" leaves the publisher out.
        url: absolute address of the folder with index.html, ending in "/"; "" when it is not known.
        tei: path of a release's TEI file, with ``{id}`` for the release; "" when there is none to link to.
    """

    title: str = "Bilingual releases"
    title_fr: str = "Communiqués bilingues"
    publisher: str = ""
    url: str = ""
    tei: str = "{id}.xml"

    def tei_href(self, release: str) -> str:
        """Address of a release's TEI file, relative to index.html; "" when there is none."""
        return self.tei.replace("{id}", quote(release))


@dataclass(frozen=True, slots=True)
class Sentence:
    """One pair as the page shows it.

    Attributes:
        number: counted through the release; None where there is nothing to translate.
        gap: white space between the French sentence and the one before it: " " or "".
        target: English, or the French where there is none; ``target_language`` says which.
        previous: the French that the English of a CHANGED sentence was made for; "" otherwise.
        its: ITS 2.0 attributes of the English sentence.
    """

    id: str
    number: int | None
    gap: str
    source: str
    target: str
    target_language: str
    standing: Standing
    previous: str
    mark: Words | None
    meaning: Words | None
    its: dict[str, str]


@dataclass(frozen=True, slots=True)
class Row:
    """One block: the two passages of a row, and the element they are set in.

    Attributes:
        draft: whether a visible mark says that all its English is a machine's; in a list the first item speaks for
            those that follow.
    """

    id: str
    kind: BlockKind
    tag: str
    marker: str
    sentences: tuple[Sentence, ...]
    draft: bool


@dataclass(frozen=True, slots=True)
class Section:
    """Rows in one element: ``ul``, ``ol``, ``blockquote``, or "" for a row that stands alone."""

    tag: str
    rows: tuple[Row, ...]


def page_path(release: str) -> str:
    """Where a release's page lies, relative to index.html."""
    return f"{release}.html"


def render_page(edition: Edition, site: SiteInfo) -> str:
    """The reading page of one edition, as a whole HTML document."""
    title, release = title_of(edition), edition.release
    sections = _sections(edition)
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
            needs_heading=title_block(edition) is None,
            sections=sections,
            changed=_changed(sections),
            models=_anchors(edition),
            counts=counts_of(edition),
            href=quote(page_path(release.id)),
            tei=site.tei_href(release.id),
            json_ld=json_ld,
            # A data block never runs, and browsers do not ask for its hash; the Nu checker does.
            data_hash=csp_hash(json_ld),
            **shared_context("page.js"),
        )
    )


def shared_context(script: str) -> dict[str, object]:
    """Names that every template may use: style and script with their hashes, labels, dates, texts that are safe."""
    style, code = static("edition.css"), static(script)
    return {
        "style": Markup(style),  # noqa: S704 - our own file, and CSS must not be escaped in a style element
        "script": Markup(code),  # noqa: S704 - our own file, as above
        "style_hash": csp_hash(style),
        "script_hash": csp_hash(code),
        "notice": notice,
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


# -- rows ---------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Page:
    """What a sentence must know of its page."""

    edition: Edition
    numbers: dict[str, int]
    anchors: dict[Model, str]
    tags: dict[str, str]


def _sections(edition: Edition) -> tuple[Section, ...]:
    translatable = (pair.segment for pair in edition.pairs if pair.segment.translatable)
    page = _Page(
        edition,
        numbers={segment.id: number for number, segment in enumerate(translatable, 1)},
        anchors={model: anchor for anchor, model in _anchors(edition)},
        tags=_heading_tags(edition),
    )
    return tuple(
        Section(_section_tag(group), tuple(_rows(group, page)))
        for group in groups(tuple(block for block in edition.blocks if block.pairs))
    )


def _changed(sections: tuple[Section, ...]) -> tuple[Sentence, ...]:
    """Sentences whose French has changed: each has a note with the French before."""
    return tuple(s for section in sections for row in section.rows for s in row.sentences if s.previous)


def _anchors(edition: Edition) -> tuple[tuple[str, Model], ...]:
    return tuple((f"model-{number}", model) for number, model in enumerate(models_of(edition), 1))


def _rows(group: Group, page: _Page) -> Iterator[Row]:
    said = False
    for block in group.blocks:
        draft = {standing_of(pair) for pair in block.pairs} - {Standing.VERBATIM} == {Standing.MACHINE}
        yield _row(block, page, draft=draft and not said)
        said = draft and group.kind is BlockKind.ITEM


def _row(block: EditionBlock, page: _Page, *, draft: bool) -> Row:
    before = (None, *block.pairs)
    return Row(
        id=block.block.id,
        kind=block.block.kind,
        tag=page.tags.get(block.block.id, "div"),
        marker=_marker(block.block.marker),
        sentences=tuple(_sentence(pair, previous, page) for previous, pair in zip(before, block.pairs, strict=False)),
        draft=draft,
    )


def _section_tag(group: Group) -> str:
    if group.kind is BlockKind.ITEM:
        return "ol" if ordered(group) else "ul"
    return "blockquote" if group.kind is BlockKind.QUOTE else ""


def _marker(marker: str) -> str:
    """A list marker as it is set: numbers and letters as written, every bullet the dash of French lists."""
    text = clean(marker).strip()
    return text if any(character.isalnum() for character in text) else "–"


def _heading_tags(edition: Edition) -> dict[str, str]:
    """Which element each heading becomes: one h1, no level skipped, nothing above the h1 that counts as heading.

    A page has one h1 and an outline without holes (WCAG 2.2 technique G141); sources keep to neither.
    """
    headline = title_block(edition)
    tags: dict[str, str] = {}
    above: list[int] = []
    seen = headline is None
    for block in edition.blocks:
        if block.block.kind is not BlockKind.HEADING:
            continue
        if block is headline:
            tags[block.block.id], seen = "h1", True
        elif seen:
            level = max(block.block.level, 2)
            above = [*(outer for outer in above if outer < level), level]
            tags[block.block.id] = f"h{min(len(above) + 1, 6)}"
    return tags


def _sentence(pair: Pair, previous: Pair | None, page: _Page) -> Sentence:
    source, edition, standing = clean(pair.segment.text), page.edition, standing_of(pair)
    apart = previous is not None and bool(previous.segment.after or pair.segment.before)
    return Sentence(
        id=pair.segment.id,
        number=page.numbers.get(pair.segment.id),
        gap=" " if apart else "",
        source=source,
        target=source if pair.target is None else clean(pair.target),
        target_language=edition.release.language if pair.target is None else edition.target_language,
        standing=standing,
        previous=clean(pair.previous) if standing is Standing.CHANGED else "",
        mark=None if standing is Standing.REVIEWED else MARKS.get(standing),
        meaning=MEANINGS.get(standing),
        its=_its(pair, page),
    )


def _its(pair: Pair, page: _Page) -> dict[str, str]:
    """ITS 2.0 data about a target: MT confidence (8.19) with its annotator, and provenance (8.11)."""
    model = model_of(pair)
    if model is None:
        return {}
    anchor = f"#{page.anchors[model]}"
    data = {"its-tool-ref": anchor}
    confidence = confidence_of(pair)
    if confidence:
        data |= {"its-mt-confidence": confidence, "its-annotators-ref": f"mt-confidence|{anchor}"}
    return data


def confidence_of(pair: Pair) -> str:
    """A draft's score as a number from 0 to 1: the geometric mean of its tokens' probabilities; "" without a score."""
    score = pair.provenance.score if pair.provenance and pair.state is State.MACHINE else None
    if score is None or math.isnan(score):
        return ""
    return f"{math.exp(min(score, 0.0)):.4f}"


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
