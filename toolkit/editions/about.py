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
        size: width and height in pixels, as it is shown; None where they are not known.
    """

    path: str
    data: bytes
    size: tuple[int, int] | None = None


@dataclass(frozen=True, slots=True)
class Template:
    """A template of a project's own, in place of ours of the same name.

    Attributes:
        name: as our templates name it ("page.html.j2").
        path: where it lies, for messages.
    """

    name: str
    path: str
    text: str


@dataclass(frozen=True, slots=True)
class Theme:
    """A site's own look; everything is as ours where it says nothing. ``toolkit.themes`` reads and checks it.

    Attributes:
        accent, accent_dark: colours of links and marks as "#rrggbb", on light and on dark paper.
        paper: of the light scheme.
        font: of the text, a CSS font-family.
        logo: beside the site's name.
        style: a style sheet that follows ours.
        templates: those that replace or extend ours.
    """

    accent: str = ""
    accent_dark: str = ""
    paper: str = ""
    font: str = ""
    logo: Picture | None = None
    style: str = ""
    templates: tuple[Template, ...] = ()

    @property
    def files(self) -> dict[str, bytes]:
        """What it publishes: {path relative to index.html: bytes}."""
        return {self.logo.path: self.logo.data} if self.logo else {}


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
        theme: its look.
    """

    title: str = "Bilingual releases"
    title_fr: str = "Communiqués bilingues"
    publisher: str = ""
    url: str = ""
    downloads: tuple[Download, ...] = ()
    source: str = ""
    theme: Theme = Theme()

    def name(self, language: str) -> str:
        """Its name in French for a French page, in English for any other."""
        return self.title_fr if language.partition("-")[0].lower() == "fr" else self.title

    def source_href(self, path: str, language: str) -> str:
        """Address of the translated file of the source at ``path``, relative to index.html; "" when there is none."""
        name = quote(path.rpartition("/")[2])
        return self.source.replace("{language}", quote(language)).replace("{name}", name)


def page_path(release: str, language: str = "") -> str:
    """Where a release's page lies, relative to index.html: the one of both languages, or of one ("fr/x.html")."""
    folder = language.partition("-")[0].lower()
    return f"{folder}/{release}.html" if folder else f"{release}.html"
