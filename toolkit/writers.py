"""The formats of which each release becomes one file: where it lies in output/, and what makes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from toolkit.edition import Edition
from toolkit.editions import render_tei, validate_tei
from toolkit.editions.about import Download, Picture, SiteInfo

Render = Callable[[Edition, SiteInfo, Mapping[str, Picture]], bytes]


@dataclass(frozen=True, slots=True)
class Writer:
    """A format of editions.

    Attributes:
        download: its name, where its files lie, and what they are.
        render: edition, site and the release's images by their address in the source → the file.
    """

    download: Download
    render: Render


def _tei(edition: Edition, site: SiteInfo, pictures: Mapping[str, Picture]) -> bytes:
    made = render_tei(
        edition, publisher=site.publisher, images={href: picture.path for href, picture in pictures.items()}
    )
    validate_tei(made)
    return made


#: By the name that toolkit.toml has for them, in the order in which pages offer them.
WRITERS = {
    writer.download.name: writer
    for writer in (Writer(Download("tei", "{id}.xml", "application/tei+xml", "TEI XML"), _tei),)
}

#: All names that [publish] formats may hold.
FORMATS = ("html", *WRITERS, "source")
