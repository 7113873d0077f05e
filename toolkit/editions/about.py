"""What every writer of editions is told beside the edition: the site it belongs to, the files that lie beside it."""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import quote


@dataclass(frozen=True, slots=True)
class Download:
    """A file that a site offers of each of its releases.

    Attributes:
        name: of the format, as toolkit.toml has it ("tei").
        path: relative to index.html, with ``{id}`` for the release.
        media_type: IANA's name of its kind.
        label: its name for readers, the same in all languages ("TEI XML").
    """

    name: str
    path: str
    media_type: str
    label: str

    def href(self, release: str) -> str:
        """Its address for one release, relative to index.html."""
        return self.path.replace("{id}", quote(release))


@dataclass(frozen=True, slots=True)
class Picture:
    """An image of a release that is published beside its pages.

    Attributes:
        path: relative to index.html, not percent-encoded.
        data: the file.
    """

    path: str
    data: bytes


@dataclass(frozen=True, slots=True)
class SiteInfo:
    """What all pages of a site share.

    Attributes:
        title: name of the site in English; ``title_fr`` in French.
        publisher: who publishes it; "" leaves the publisher out.
        url: absolute address of the folder with index.html, ending in "/"; "" when it is not known.
        downloads: what there is of each release beside its pages.
        source: path of the translated file in the source's format, with ``{language}`` of the translation and
            ``{name}`` of the source file; "" when there is none to link to.
    """

    title: str = "Bilingual releases"
    title_fr: str = "Communiqués bilingues"
    publisher: str = ""
    url: str = ""
    downloads: tuple[Download, ...] = ()
    source: str = ""

    def source_href(self, path: str, language: str) -> str:
        """Address of the translated file of the source at ``path``, relative to index.html; "" when there is none."""
        name = quote(path.rpartition("/")[2])
        return self.source.replace("{language}", quote(language)).replace("{name}", name)


def page_path(release: str) -> str:
    """Where a release's page lies, relative to index.html."""
    return f"{release}.html"
