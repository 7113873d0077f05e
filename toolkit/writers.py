"""The formats of which each release becomes one file: where it lies in output/, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from toolkit import catalogue as catalogues
from toolkit import exchange
from toolkit.books.browser import find_browser
from toolkit.books.epub import render_epub
from toolkit.books.volume import volume_of
from toolkit.edition import Edition
from toolkit.editions import render_tei, render_xml, validate_tei, validate_xml
from toolkit.editions.about import Download, Picture, SiteInfo
from toolkit.memory.editions import tmx_of

Render = Callable[[Edition, SiteInfo, Mapping[str, Picture]], bytes]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format of editions.

    Attributes:
        download: its name, where its files lie, and what they are.
        render: edition, site and the release's images by their address in the source → the file.
        ready: raises ``MissingToolError`` where this machine lacks what the format needs.
    """

    download: Download
    render: Render
    ready: Callable[[], object] = lambda: None


def _tei(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture]) -> bytes:
    made = render_tei(edition, publisher=site.publisher, images=pictures)
    validate_tei(made)
    return made


def _edition_xml(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture]) -> bytes:
    made = render_xml(edition, publisher=site.publisher, images=pictures)
    validate_xml(made)
    return made


def _tmx(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture]) -> bytes:
    return tmx_of(edition)


#: How a catalogue's sentences are known again in files that come back.
DIGESTS = exchange.Digests(catalogues.digest, catalogues.key_digest)


def _xliff(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture]) -> bytes:
    return exchange.dump([edition], exchange.Options(DIGESTS))


def _epub(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture]) -> bytes:
    return render_epub(volume_of(edition, site, pictures))


def _pdf(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture]) -> bytes:
    from toolkit.books.pdf import render_pdf  # loads a PDF library that only this format wants

    return render_pdf(volume_of(edition, site, pictures))


#: By the name that toolkit.toml has for them, in the order in which pages offer them.
WRITERS = {
    writer.download.name: writer
    for writer in (
        Writer(Download("tei", "{id}.xml", "application/tei+xml", "TEI XML"), _tei),
        Writer(Download("edition", "{id}.edition.xml", "application/xml", "XML"), _edition_xml),
        Writer(Download("tmx", "{id}.tmx", "application/xml", "TMX"), _tmx),
        Writer(Download("xliff", "{id}.xlf", "application/xliff+xml", "XLIFF 2.1"), _xliff),
        Writer(Download("epub", "{id}.epub", "application/epub+zip", "EPUB"), _epub),
        Writer(Download("pdf", "{id}.pdf", "application/pdf", "PDF"), _pdf, find_browser),
    )
}

#: All names that [publish] formats may hold.
FORMATS = ("html", *WRITERS, "source")


def refuse_missing_tools(formats: Iterable[str]) -> None:
    """Before anything is made: refuse formats for which this machine lacks a program.

    Raises:
        MissingToolError: naming the first.
    """
    for name in formats:
        if name in WRITERS:
            WRITERS[name].ready()
