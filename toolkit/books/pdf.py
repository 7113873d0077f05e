"""A volume → PDF on A4: printed by Chromium from the pages of the EPUB, completed and made the same each time.

docs/books.md says why Chromium, and what the file has of PDF/UA.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from copy import deepcopy

from lxml import etree
from markupsafe import Markup

from toolkit import __version__
from toolkit.books.browser import print_pages
from toolkit.books.contents import contents, every
from toolkit.books.images import images_in
from toolkit.books.pages import OPS, XHTML, Element, Page, pages_of, render, static
from toolkit.books.tagged import completed, destinations
from toolkit.books.volume import Bound, Shown, Volume, is_matched_title, titles_of, with_mark
from toolkit.editions.about import Picture
from toolkit.editions.interface import both, both_plural
from toolkit.editions.labels import own_name
from toolkit.editions.structure import counts_of, in_order, title_of

#: Attributes that name other elements of the page.
_REFERENCES = ("aria-labelledby", "aria-describedby")
_SPANS = frozenset({f"{{{XHTML}}}span", f"{{{XHTML}}}bdi"})
#: In the place of a page's number before it is known: as wide as most.
_UNKNOWN = "00"


def render_pdf(volume: Volume) -> bytes:
    """A volume as a PDF file.

    Raises:
        MissingToolError: there is no Chromium on this machine, or it does not print.
        EditionError: a page is not XML, which is a mistake of ours.
    """
    images = tuple(images_in(volume.parts))
    pages = pages_of(volume, [{image.href: Picture(image.path, image.data) for image in found} for found in images])
    files = {image.path: image.data for found in images for image in found}
    sentences = volume.counts.total
    printed = print_pages(_document(volume, pages, {}), files, sentences=sentences)
    if not volume.single:  # Chromium knows no target-counter: the contents' page numbers come from a first printing
        printed = print_pages(_document(volume, pages, destinations(printed)), files, sentences=sentences)
    title, language = volume.title, volume.voices[-1]
    return completed(
        printed, title=title.in_(language), language=language, metadata=_metadata(volume), outline=_outline(pages)
    )


def _metadata(volume: Volume) -> bytes:
    return render(
        "metadata.xmp.j2",
        title=volume.title,
        voices=volume.voices,
        languages=volume.languages,
        identifier=volume.identifier,
        publisher=in_order(volume.site.publisher),
        moment=volume.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        version=__version__,
    ).encode()


def _outline(pages: Sequence[Page]) -> list[str]:
    """The words of every bookmark, in the order of the pages' headings; the title page has none, the contents one."""
    contents_words = both("Contents")
    words = [
        " · ".join(words for _, words in heading.words)
        for page in pages
        for heading in page.headings
        if page.name != "title"
    ]
    several = pages[0].name == "title"
    return [" · ".join(dict.fromkeys((contents_words.fr, contents_words.en))), *words] if several else words


# -- one page of all ----------------------------------------------------------------------------------------------


def _document(volume: Volume, pages: Sequence[Page], numbers: Mapping[str, int]) -> bytes:
    """All pages as one, with a table of contents in a collection; ``numbers`` are the pages that it names."""
    listed = [] if volume.single else contents(pages[1:], lambda page, heading: f"#{page.name}-{heading.id}")
    for entry in every(listed):
        entry.page = str(numbers.get(entry.href[1:], _UNKNOWN))
    language = volume.voices[-1]
    return render(
        "print.xhtml.j2",
        language=language,
        title=volume.title.in_(language),
        style=Markup("\n".join((static("book.css"), static("print.css"), *_page_rules(volume)))),  # noqa: S704
        pages=[_printable(page, "r1" if volume.single else page.name) for page in pages],
        single=volume.single,
        contents=listed,
        both=both,
        voices=volume.voices,
    ).encode()


def _printable(page: Page, sheet: str) -> Markup:
    """A page's element with ids that are unique in the whole, and without what only EPUB knows.

    ``sheet`` names the kind of paper it is printed on: that with its release's running heads.
    """
    body = deepcopy(page.body)
    body.set("style", f"page: {sheet}")
    for each in body.iter(etree.Element):
        _renamed(each, page.name)
        each.attrib.pop(f"{{{OPS}}}type", "")
        # Chromium leaves out of the structure what is hidden, and all that is seen must be there.
        each.attrib.pop("aria-hidden", "")
        # Chromium keeps the language of a span only where it has a role; ``tagged`` makes it a span again.
        if each.tag in _SPANS and each.get("lang") and not each.get("role"):
            each.set("role", "mark")
    etree.cleanup_namespaces(body)
    return Markup(etree.tostring(body, encoding="unicode"))  # noqa: S704 - serialised XML


def _renamed(element: Element, page: str) -> None:
    if element.get("id"):
        element.set("id", f"{page}-{element.get('id')}")
    if (element.get("href") or "").startswith("#"):
        element.set("href", f"#{page}-{element.get('href', '')[1:]}")
    for name in _REFERENCES:
        if element.get(name):
            element.set(name, " ".join(f"{page}-{each}" for each in element.get(name, "").split()))


# -- running heads ------------------------------------------------------------------------------------------------

_FONT = '7.6pt "Source Sans 3", "Noto Sans", "Liberation Sans", Arial, sans-serif'


#: Small letters that a running head holds beside the language's name.
_HEAD = 50
_NO_BREAK = "\u00a0"
#: A box as wide as a column.
_BOX = f"font: {_FONT}; color: #625d55; width: 47.7%; text-align: left"


def _page_rules(volume: Volume) -> Iterator[str]:
    """The boxes of each release's pages: its titles above their columns; below, how much of it a person has read."""
    yield f"@page {{ @bottom-center {{ content: counter(page); font: {_FONT} }} }}"
    yield "@page title { @bottom-center { content: none } }"
    for number, part in enumerate(volume.parts, 1):
        boxes = "".join(f"@{place} {{ content: {_string(text)}; {_BOX} }}\n" for place, text in _boxes(volume, part))
        yield f"@page r{number} {{\n{boxes}@bottom-right {{ text-align: right }}\n}}"


def _boxes(volume: Volume, part: Bound) -> Iterator[tuple[str, str]]:
    titles = titles_of(part.edition, volume.shown)
    places = ("top-left", "top-right")
    of_title = with_mark("", title_of(part.edition).standing.value, is_matched=is_matched_title(part.edition))
    for place, (language, title) in zip(places, titles, strict=False):
        mark = of_title if language == part.edition.target_language and title.endswith(of_title) else ""
        words = _shortened(title.removesuffix(mark), _HEAD - len(mark))
        yield place, f"{own_name(language)} · {words}{mark.replace(' ', _NO_BREAK)}"
    if volume.shown is not Shown.SOURCE:
        counts = counts_of(part.edition)
        said = both_plural(
            "{count} of {total} sentences read by a person", "{count} of {total} sentences read by a person",
            counts.read, total=counts.total,
        )  # fmt: skip
        spoken = [said.in_(voice) for voice in volume.voices]
        for place, text in zip(("bottom-left", "bottom-right"), spoken, strict=False):
            yield place, text


def _shortened(title: str, most: int) -> str:
    """A title of at most so many small letters; capitals are wider than others."""
    width = 0.0
    for at, letter in enumerate(title):
        width += 1.4 if letter.isupper() else 1
        if width > most:
            return title[:at].rstrip() + "…"
    return title


def _string(text: str) -> str:
    """A CSS string (CSS Syntax 3, section 4.3.5): all but letters and digits of ASCII as escapes."""
    return '"' + "".join(c if c.isascii() and c.isalnum() else f"\\{ord(c):x} " for c in text) + '"'
