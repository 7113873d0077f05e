"""A volume → its pages as XHTML elements, which EPUB and PDF share: title page, a chapter a release, colophon.

The templates write XML: every text passes ``structure.clean`` and Jinja's autoescape, void elements are closed, and
each page is parsed before it goes any further, so that no text can change the elements of a page.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
from lxml import etree
from markupsafe import Markup

from toolkit import __version__
from toolkit.books.marks import first_sentence, is_open, said_in
from toolkit.books.volume import Bound, Shown, Volume, by_language, titles_of
from toolkit.edition import Edition, EditionBlock
from toolkit.editions.about import Picture
from toolkit.editions.inline import link_address
from toolkit.editions.interface import Words, base, both, both_plural
from toolkit.editions.labels import (
    MARKS,
    MEANINGS,
    long_date,
    machine_date,
    matched_mark,
    matched_meaning,
    notice,
    summary_words,
)
from toolkit.editions.structure import Title, clean, counts_of, models_of, title_of
from toolkit.editions.summaries import text_of
from toolkit.editions.view import view_of
from toolkit.errors import EditionError

Element = etree._Element

XHTML = "http://www.w3.org/1999/xhtml"
OPS = "http://www.idpf.org/2007/ops"
_TYPE = f"{{{OPS}}}type"
#: Elements without content as HTML writes them, with their attributes; in text every "<" has been escaped.
_VOID = re.compile(r'<(br|img|wbr|hr)((?:\s+[\w:-]+="[^"]*")*)\s*>')
_BLANKS = re.compile(r"[ \t\n]+")
_HEADINGS = frozenset(f"{{{XHTML}}}h{level}" for level in range(1, 7))


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading of a chapter: its element's id, its level, and its words by language.

    Attributes:
        apart: whether it is none of the release's own, but stands over notes or the like.
    """

    id: str
    level: int
    words: tuple[tuple[str, str], ...]
    apart: bool = False


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a book.

    Attributes:
        name: of its file, unique in the book: "title", "r1", "colophon".
        language: BCP 47 tag of the page as a whole.
        title: of the window.
        headings: those that a table of contents lists; the first is the page's own.
        body: its ``section``.
    """

    name: str
    language: str
    title: str
    headings: tuple[Heading, ...]
    body: Element


def pages_of(volume: Volume, images: Sequence[Mapping[str, Picture]]) -> tuple[Page, ...]:
    """All pages of a book in their order.

    Args:
        volume: what to show.
        images: of each part as they lie in the book, by their address in the source.
    """
    chapters = [
        chapter(volume, part, found, f"r{number}")
        for number, (part, found) in enumerate(zip(volume.parts, images, strict=True), 1)
    ]
    front = () if volume.single else (title_page(volume),)
    return (*front, *chapters, colophon(volume))


# -- pages --------------------------------------------------------------------------------------------------------


def chapter(volume: Volume, part: Bound, images: Mapping[str, Picture], name: str) -> Page:
    """A release."""
    edition, release = part.edition, part.edition.release
    title, view, counts = title_of(edition), view_of(edition, images), counts_of(edition)
    first = next((tag for tag in _passage_tags(view.parts) if tag[1] == "h1"), ("title", "h1"))
    words = title.target or title.source
    body = _element(
        "chapter.xhtml.j2",
        **_shared(volume, part),
        view=view,
        said=said_in(view),
        is_open=is_open,
        first_sentence=first_sentence,
        date=Words(*(long_date(release.metadata.date, voice) for voice in ("fr", "en")))
        if machine_date(release.metadata.date)
        else None,
        place=release.metadata.place,
        credit=release.metadata.credit,
        origin=release.metadata.source,
        standing=summary_words(counts),
        warning=notice(counts),
        title=words or release.id,
        title_source=title.source or release.id,
        title_language=edition.target_language if title.target else release.language,
        title_id=first[0],
        back=both("Back to the mark of note {label}"),
    )
    for mark in body.iterfind(f".//{{{XHTML}}}sup[@class='note-mark']/{{{XHTML}}}a"):
        mark.set(_TYPE, "noteref")
    language = release.language if volume.shown is Shown.SOURCE else edition.target_language
    titles = titles_of(edition, volume.shown)
    headings = tuple(_headings(volume, edition, body))
    own = Heading(headings[0].id if headings else "title", 1, titles)
    return Page(name, language, titles[-1][1], (own, *headings[1:]), body)


def title_page(volume: Volume) -> Page:
    """What a collection is called, and how far its translations have come."""
    counts = volume.counts
    titles = volume.voices if volume.title.fr != volume.title.en else volume.voices[-1:]
    body = _element(
        "title.xhtml.j2",
        **_shared(volume),
        title=volume.title,
        titles=titles,
        publisher=volume.site.publisher,
        period=_period(volume),
        extent=both_plural("{count} release", "{count} releases", len(volume.parts)),
        standing=summary_words(counts),
        warning=notice(counts),
    )
    heading = Heading("titlepage", 1, both_words(volume, both("Title page")))
    return Page("title", volume.voices[-1], volume.title.in_(volume.voices[-1]), (heading,), body)


def colophon(volume: Volume) -> Page:
    """Who made the edition and with what, and what its marks mean."""
    name = both("About this edition")
    body = _element(
        "colophon.xhtml.j2",
        **_shared(volume),
        records=[_record(volume, part) for part in volume.parts],
        publisher=volume.site.publisher,
        url=link_address(volume.site.url),
        version=__version__,
        identifier=volume.identifier,
        matched_mark=matched_mark(),
        matched=matched_meaning() if volume.counts.aligned else None,
    )
    heading = Heading("colophon", 1, both_words(volume, name))
    return Page("colophon", volume.voices[-1], name.in_(volume.voices[-1]), (heading,), body)


def both_words(volume: Volume, words: Words) -> tuple[tuple[str, str], ...]:
    """A message in the languages of a book; once where they say the same."""
    said = {words.in_(voice): voice for voice in reversed(volume.voices)}
    return tuple((voice, text) for text, voice in reversed(said.items()))


def _record(volume: Volume, part: Bound) -> dict[str, object]:
    edition = part.edition
    return {
        "titles": titles_of(edition, volume.shown),
        "path": edition.release.path,
        "standing": summary_words(counts_of(edition)),
        "reviewer": clean(edition.reviewer),
        "models": models_of(edition),
    }


def _period(volume: Volume) -> Words | None:
    """From the oldest release to the newest."""
    days = [day.isoformat() for day in volume.dates]
    if not days:
        return None
    first, last = (Words(long_date(day, "fr"), long_date(day, "en")) for day in (days[0], days[-1]))
    return first if len(days) == 1 else Words(f"{first.fr} – {last.fr}", f"{first.en} – {last.en}")


# -- templates ----------------------------------------------------------------------------------------------------


def _shared(volume: Volume, part: Bound | None = None) -> dict[str, object]:
    """Names that every page's template may use."""
    first = (part or volume.parts[0]).edition
    sides = {Shown.BOTH: (False, True), Shown.SOURCE: (False,), Shown.TARGET: (True,)}[volume.shown]
    languages = {False: first.release.language, True: first.target_language}
    return {
        "shown": volume.shown.value,
        "sides": sides,
        "both_shown": volume.shown is Shown.BOTH,
        "shows_target": volume.shown is not Shown.SOURCE,
        "voices": volume.voices,
        "voice_of": lambda is_target: "fr" if base(languages[is_target]) == "fr" else "en",
        "source_language": first.release.language,
        "target_language": first.target_language,
        "both": both,
        "MARKS": MARKS,
        "MEANINGS": MEANINGS,
    }


def _element(template: str, **context: object) -> Element:
    """A page's element.

    Raises:
        EditionError: a template has written what is not XML.
    """
    return parsed(render(template, **context), template)


def parsed(text: str, template: str) -> Element:
    """XML that a template wrote, as an element; as for ``_element``."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=False)
    try:
        return etree.fromstring(_VOID.sub(r"<\1\2/>", text.strip()).encode(), parser)
    except etree.XMLSyntaxError as error:
        hint = "report it with the release: this is a mistake of the toolkit"
        raise EditionError(f"{template} made a page of a book that is not XML: {error}", hint=hint) from error


def render(template: str, **context: object) -> str:
    """Render one of our templates; a name it does not get is an error."""
    return _environment().get_template(template).render(**context)


def static(name: str) -> str:
    """A style sheet of ours."""
    return files("toolkit.books").joinpath("static", name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _environment() -> jinja2.Environment:
    return jinja2.Environment(
        loader=jinja2.FunctionLoader(_template),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        finalize=_safe,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _safe(value: Any) -> Any:
    """Text as XML can hold it; markup has been made so by who wrote it."""
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def _template(name: str) -> str:
    return files("toolkit.books").joinpath("templates", name).read_text(encoding="utf-8")


# -- headings -----------------------------------------------------------------------------------------------------


def _passage_tags(parts: Sequence[Any]) -> Iterator[tuple[str, str]]:
    """Ids and elements of the blocks that are rows."""
    for part in parts:
        if part.block:
            yield part.block.id, part.block.tag
        yield from _passage_tags(part.parts)


def _headings(volume: Volume, edition: Edition, body: Element) -> Iterator[Heading]:
    """The headings of a chapter in their order; those without words are left out."""
    blocks = {block.block.id: block for block in edition.blocks if block.pairs}
    for element in body.iter(*_HEADINGS):
        name = element.get("id", "")
        if name in blocks:
            is_matched = any(pair.matched for pair in blocks[name].pairs)
            words = by_language(edition, _with_images(edition, blocks[name]), volume.shown, is_matched=is_matched)
        else:
            spans = [each for each in element if each.get("lang")]
            words = tuple((each.get("lang", ""), _words(each)) for each in spans) or (("", _words(element)),)
        words = tuple((language, " ".join(text.split())) for language, text in words if text.strip())
        if words and name:
            level = int(etree.QName(element).localname[1:])
            yield Heading(name, level, words, "apart" in (element.get("class") or "").split())


def _with_images(edition: Edition, block: EditionBlock) -> Title:
    """A heading's words; those of its images where it has no others."""
    own = text_of(block)
    if own.source.strip():
        return own
    names = {name for code in block.block.codes for name in code.blocks}
    images = (text_of(each) for each in edition.blocks if each.block.id in names and each.pairs)
    return next(images, own)


def _words(element: Element) -> str:
    """All the text of an element of ours."""
    return _BLANKS.sub(" ", "".join(map(str, element.itertext()))).strip()
