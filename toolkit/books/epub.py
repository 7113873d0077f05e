"""A volume → EPUB 3.3 (W3C Recommendation, 25 May 2023), the same bytes for the same volume."""

from __future__ import annotations

import io
import textwrap
import zipfile
import zlib
from collections.abc import Iterable, Sequence
from copy import deepcopy
from pathlib import Path

from lxml import etree
from markupsafe import Markup

from toolkit import __version__
from toolkit.books.contents import contents
from toolkit.books.images import Image, images_in
from toolkit.books.pages import XHTML, Element, Page, both_words, pages_of, parsed, render, static
from toolkit.books.volume import Shown, Volume
from toolkit.editions.about import Picture
from toolkit.editions.interface import Words, both
from toolkit.editions.labels import summary_words
from toolkit.editions.structure import clean, in_order

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
#: The first moment that ZIP can name: no file of a book has a date of its own.
_MOMENT = (1980, 1, 1, 0, 0, 0)
#: How a book says who made it, and the most of its package document that is looked at for that, in bytes.
_GENERATOR, _LARGEST_PACKAGE = "bilingual-toolkit", 10_000_000
#: Letters in a line of the cover's title, lines of it, and its size.
_COVER_SIZES = ((17, 6, 110), (24, 8, 80), (32, 10, 60))


def render_epub(volume: Volume) -> bytes:
    """A volume as an EPUB file.

    Raises:
        EditionError: a page is not XML, which is a mistake of ours.
    """
    images = tuple(images_in(volume.parts))
    pages = pages_of(volume, [{image.href: Picture(image.path, image.data) for image in found} for found in images])
    every = tuple(image for found in images for image in found)
    made = {
        "META-INF/container.xml": render("container.xml.j2").encode(),
        "EPUB/package.opf": _package(volume, pages, every).encode(),
        "EPUB/nav.xhtml": _nav(volume, pages),
        "EPUB/book.css": static("book.css").encode(),
        "EPUB/cover.svg": _cover(volume).encode(),
        "EPUB/cover.xhtml": _cover_page(volume),
    }
    made |= {f"EPUB/{page.name}.xhtml": _page(page.body, page.title, page.language) for page in pages}
    made |= {f"EPUB/{image.path}": image.data for image in every}
    return _zipped(made)


def is_our_epub(path: Path) -> bool:
    """Whether a file is an EPUB that says it was made by the toolkit."""
    try:
        with zipfile.ZipFile(path) as archive, archive.open("EPUB/package.opf") as package:
            return f'name="generator" content="{_GENERATOR} '.encode() in package.read(_LARGEST_PACKAGE)
    except (OSError, KeyError, RuntimeError, NotImplementedError, EOFError, zipfile.BadZipFile, zlib.error):
        return False


def _zipped(made: dict[str, bytes]) -> bytes:
    """The container (EPUB 3.3, section 4.2): mimetype first, stored, without extra field."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, data in (("mimetype", b"application/epub+zip"), *made.items()):
            entry = zipfile.ZipInfo(name, _MOMENT)
            entry.create_system, entry.external_attr = 3, 0o644 << 16
            entry.compress_type = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            archive.writestr(entry, data, compresslevel=9)
    return out.getvalue()


# -- package document ---------------------------------------------------------------------------------------------


def _package(volume: Volume, pages: Sequence[Page], images: Sequence[Image]) -> str:
    drawn = [image for page in pages for image in page.body.iter(f"{{{XHTML}}}img")]
    described = all(image.get("alt") for image in drawn)
    counts = summary_words(volume.counts)
    features = ["structuralNavigation", "tableOfContents", "readingOrder", "displayTransformability", "ARIA"]
    features += ["alternativeText"] if drawn and described else []
    moving = any(image.media_type in ("image/gif", "image/webp") for image in images)
    return render(
        "package.opf.j2",
        identifier=volume.identifier,
        generator=f"{_GENERATOR} {__version__}",
        titles=_titles(volume),
        languages=volume.languages,
        voices=volume.voices,
        publisher=in_order(volume.site.publisher),
        date=volume.dates[-1].isoformat() if volume.dates else "",
        description=counts if volume.shown is not Shown.SOURCE else both("The original French text."),
        modified=volume.modified.strftime("%Y-%m-%dT%H:%M:%SZ"),
        images=images,
        pages=pages,
        single=volume.single,
        sufficient="textual" if described else "textual,visual",
        features=features,
        hazard="unknown" if moving else "none",
        summary=_accessibility(described=described),
    )


def _accessibility(*, described: bool) -> Words:
    said = both(
        "Every passage is marked with its language, headings and lists are marked as such. What no person has approved "
        "says so in words: before a sentence, or the first of several in a paragraph, or above a table. "
        "Not checked against a standard by a person."
    )
    if described:
        return said
    more = both("Some images have no description.")
    return Words(f"{said.fr} {more.fr}", f"{said.en} {more.en}")


def _titles(volume: Volume) -> tuple[tuple[str, str], ...]:
    """The title in the languages of the book, the last one's first: it is the translation that is published."""
    words = both_words(volume, volume.title)  # without marks of direction, as ``volume`` makes it
    return tuple((voice, text) for voice, text in reversed(words))


# -- pages --------------------------------------------------------------------------------------------------------


def _page(body: Element, title: str, language: str) -> bytes:
    """A page as a file: ``xml:lang`` beside each ``lang``, since reading systems read either."""
    body = deepcopy(body)
    for each in body.iter():
        if isinstance(each.tag, str) and each.get("lang"):
            each.set(_LANG, each.get("lang", ""))
    text = etree.tostring(body, encoding="unicode")
    markup = Markup(text)  # noqa: S704 - serialised XML
    return render("page.xhtml.j2", title=title, language=language, body=markup).encode()


def _nav(volume: Volume, pages: Sequence[Page]) -> bytes:
    listed = contents(pages, lambda page, heading: f"{page.name}.xhtml#{heading.id}")
    first = next(page.name for page in pages if page.name != "title")
    landmarks = [
        ("cover", "cover.xhtml", both("Cover")),
        ("toc", "nav.xhtml", both("Contents")),
        ("bodymatter", f"{first}.xhtml", both("Text")),
        ("colophon", "colophon.xhtml", both("About this edition")),
    ]
    body = render("nav.xhtml.j2", contents=listed, landmarks=landmarks, voices=volume.voices, both=both)
    language = volume.voices[-1]
    return _page(parsed(body, "nav.xhtml.j2"), both("Contents").in_(language), language)


def _alternative(volume: Volume) -> str:
    title, publisher = volume.title.in_(volume.voices[-1]), in_order(volume.site.publisher)
    return f"{title} – {publisher}" if publisher else title


def _cover_page(volume: Volume) -> bytes:
    body = parsed(render("cover.xhtml.j2", alt=_alternative(volume)), "cover.xhtml.j2")
    return _page(body, volume.title.in_(volume.voices[-1]), volume.voices[-1])


# -- cover --------------------------------------------------------------------------------------------------------


def _cover(volume: Volume) -> str:
    """A cover set in type: titles, and below them who publishes and what it is."""
    lines: list[dict[str, object]] = []
    y, bold = 330, True
    for language, text in _titles(volume):
        set_lines, size = _fitted(text, smaller=not bold)
        for line in set_lines:
            lines.append({"language": language, "text": line, "y": y, "size": size, "bold": bold})
            y += round(size * 1.22)
        y, bold = y + 40, False
    foot = [(volume.voices[-1], text) for text in textwrap.wrap(in_order(clean(volume.site.publisher)), 50)[:2]]
    spoken = {"fr": "Français", "en": "English"}
    foot.append((volume.voices[-1], " · ".join(spoken[voice] for voice in volume.voices)))
    placed = [{"language": tag, "text": text, "y": 1690 - 58 * at} for at, (tag, text) in enumerate(reversed(foot))]
    return render(
        "cover.svg.j2", alt=_alternative(volume), language=volume.voices[-1], lines=lines, rule=y, foot=placed
    )


def _fitted(text: str, *, smaller: bool) -> tuple[list[str], int]:
    """A title in lines, as large as it can be; one too long for the smallest size ends in an ellipsis."""
    sizes: Iterable[tuple[int, int, int]] = _COVER_SIZES[1:] if smaller else _COVER_SIZES
    for width, most, size in sizes:
        lines = textwrap.wrap(text, width, break_on_hyphens=False)
        if len(lines) <= most and all(len(line) <= width for line in lines):
            return lines, size
    return textwrap.wrap(text, width, max_lines=most, placeholder=" …"), size
