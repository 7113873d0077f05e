"""What one release becomes in output/: its page, a file of each format, its images, the source file in English."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from urllib.parse import quote

from toolkit.edition import Edition
from toolkit.editions import images_of, page
from toolkit.editions.about import Picture, SiteInfo
from toolkit.editions.labels import LANGUAGE_NAMES
from toolkit.editions.structure import counts_of
from toolkit.editions.translated import in_source_language, status, texts
from toolkit.errors import ToolkitError
from toolkit.files import read_source
from toolkit.formats import Localisation, assemble
from toolkit.imaging import size_of
from toolkit.pictures import Place, place_of
from toolkit.project import OUTPUT, Project
from toolkit.writers import WRITERS

#: Folder of the translated files in the sources' own formats, by language, below output/.
SOURCE_FILES = "files"
_LARGEST_IMAGE = 20_000_000
#: Of a file name that is written, in bytes: what is written beside it first has a longer one.
_LONGEST_NAME = 200
#: Scripts written from right to left (Unicode CLDR, layout/orientation).
_RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ks", "ku", "ps", "sd", "ug", "ur", "yi"})
#: Territories for formats that want one (CLDR likely subtags, but the English of Europe's institutions).
_TERRITORIES = {"en": "GB", "ar": "SA", "zh": "CN", "ja": "JP", "ko": "KR", "sv": "SE", "da": "DK", "cs": "CZ"}

Notify = Callable[[str], None]


@dataclass(frozen=True)
class Outputs:
    """Makes the files of one release.

    Attributes:
        formats: names of ``toolkit.writers.FORMATS``.
        notify: is told what a person should know, one line each.
    """

    project: Project
    site: SiteInfo
    formats: Sequence[str]
    notify: Notify

    def of(self, edition: Edition) -> dict[str, bytes]:
        """All files of an edition: {path relative to output/: bytes}.

        Raises:
            EditionError: the TEI file is not valid.
            SourceError: an English text cannot be written in the source's encoding.
        """
        made: dict[str, bytes] = {}
        found = self._images(edition)
        own = [WRITERS[name] for name in self.formats if name in WRITERS]
        if "html" in self.formats or own:
            made |= {image.published: image.data for image in found}
            pictures = _pictures(found)
            if "html" in self.formats:
                made |= page(edition, self.site, pictures)
            for writer in own:
                made[writer.download.href(edition.release.id)] = writer.render(edition, self.site, pictures)
        if "source" in self.formats:
            made[self.translated_path(edition)] = self._translated(edition)
            made |= _copies(edition, found)
        return made

    def copies(self, edition: Edition) -> dict[str, bytes]:
        """The images that lie beside the translated file as beside the source: {path relative to output/: bytes}."""
        return _copies(edition, self._images(edition))

    def translated_path(self, edition: Edition) -> str:
        """Where the source file in the other language lies, relative to output/."""
        return f"{SOURCE_FILES}/{edition.target_language}/{Path(edition.release.path).name}"

    # -- the source's own format ----------------------------------------------------------------------------------

    def _translated(self, edition: Edition) -> bytes:
        path = f"{OUTPUT}/{self.translated_path(edition)}"
        left = in_source_language(edition)
        if left:
            code = edition.release.language
            language = LANGUAGE_NAMES[code].en if code in LANGUAGE_NAMES else code
            self.notify(
                f"{path}: {left} of {len(edition.pairs)} sentences have no English for the present source and stay in "
                f"{language}"
            )
        if unread := _unread(edition):
            self.notify(f"{path}: {unread}; this file cannot mark them")
        return assemble(edition.release.skeleton, texts(edition), self._localisation(edition))

    def _localisation(self, edition: Edition) -> Localisation:
        language, release = edition.target_language, edition.release
        said, final = status(edition)
        original = ""
        if "html" in self.formats:
            base = self.site.url or "../../"
            original = f"{base}{quote(release.id)}.html?view={release.language.partition('-')[0]}"
        return Localisation(
            language=language,
            territory=_with_territory(language),
            direction="rtl" if language.partition("-")[0].lower() in _RIGHT_TO_LEFT else "ltr",
            original_language=release.language,
            original=original,
            status=said,
            final="Final" if final else "Draft",
        )

    # -- images ---------------------------------------------------------------------------------------------------

    def pictures(self, edition: Edition) -> dict[str, Picture]:
        """The images of a release that can be shown, by their address in the source."""
        return _pictures(self._images(edition))

    def _images(self, edition: Edition) -> list[_Image]:
        """The images of a release that can be shown; of the others the reason is told."""
        found: list[_Image] = []
        for number, href in enumerate(images_of(edition), 1):
            place = place_of(self.project, edition.release.skeleton, href)
            data, problem = self._read(place)
            if data is None:
                shown = re.sub(r"\s+", " ", href)[:80]
                self.notify(
                    f"{edition.release.path}: image “{shown}” {problem}; its alternative text stands in its place"
                )
                continue
            published = f"assets/{edition.release.id}/image-{number}{place.suffix}"
            found.append(_Image(href, published, self._beside(place), data))
        return found

    def _read(self, place: Place) -> tuple[bytes | None, str]:
        """An image; None and why, when it cannot be shown."""
        if place.file is None:
            return place.data, place.problem
        try:
            return read_source(place.file, self.project.shown(place.file), _LARGEST_IMAGE), ""
        except ToolkitError:
            return None, "cannot be read"

    def _beside(self, place: Place) -> str:
        """The path of an image relative to source/; "" where the release names it otherwise, or it lies inside one."""
        if place.file is None:
            return ""
        own = place.file.relative_to(self.project.source.resolve()).as_posix()
        plain = posixpath.normpath(place.path) == own and len(PurePath(own).name.encode()) <= _LONGEST_NAME
        return own if plain else ""


def _pictures(images: Iterable[_Image]) -> dict[str, Picture]:
    return {image.href: Picture(image.published, image.data, size_of(image.data)) for image in images}


def _copies(edition: Edition, images: Iterable[_Image]) -> dict[str, bytes]:
    folder = f"{SOURCE_FILES}/{edition.target_language}"
    return {f"{folder}/{image.beside}": image.data for image in images if image.beside}


def _unread(edition: Edition) -> str:
    """How much of an English file no person has approved, in words; "" for nothing."""
    counts = counts_of(edition)
    drafts, begun = counts.machine, counts.to_check
    parts = []
    if drafts:
        parts.append(f"{drafts} of {counts.total} sentences are machine drafts nobody has read")
    if begun:
        parts.append(f"{begun} of {counts.total} sentences are still to be checked")
    if counts.aligned:
        parts.append(
            f"{counts.aligned} of {counts.total} sentences were matched by program, and nobody has compared them"
        )
    return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class _Image:
    """An image of a release.

    Attributes:
        href: as the source names it.
        published: where it lies in output/.
        beside: where it lies beside the source; "" inside one.
    """

    href: str
    published: str
    beside: str
    data: bytes


def _with_territory(language: str) -> str:
    """A language tag with a territory: "en" gives "en-GB", "pt-BR" stays."""
    base, _, rest = language.partition("-")
    return language if rest else f"{base}-{_TERRITORIES.get(base, base.upper())}"
