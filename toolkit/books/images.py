"""Images of a book: what each file is, by its content, since names lie and reading systems believe the manifest."""

from __future__ import annotations

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.books.volume import Bound

#: EPUB 3.3, section 3.2: core media types of images, by Pillow's names. AVIF is none: reading systems may leave it out.
_KINDS = {
    "PNG": ("image/png", ".png"),
    "JPEG": ("image/jpeg", ".jpg"),
    "GIF": ("image/gif", ".gif"),
    "WEBP": ("image/webp", ".webp"),
}


@dataclass(frozen=True, slots=True)
class Image:
    """An image as it lies in a book: ``path`` below the pages, ``href`` as its source names it."""

    href: str
    path: str
    media_type: str
    data: bytes


def images_in(parts: Sequence[Bound]) -> Iterator[tuple[Image, ...]]:
    """The images of each part that a book can hold; of the others it shows the alternative text."""
    for number, part in enumerate(parts, 1):
        found = []
        for position, (href, picture) in enumerate(part.pictures.items(), 1):
            kind = kind_of(picture.data)
            if kind:
                found.append(Image(href, f"images/r{number}-{position}{kind[1]}", kind[0], picture.data))
        yield tuple(found)


def kind_of(data: bytes) -> tuple[str, str] | None:
    """Media type and suffix of an image; None for one that books do not hold, or that is broken or beyond measure."""
    from PIL import Image as Pillow  # only needed for releases with images

    with warnings.catch_warnings():
        warnings.simplefilter("error")
        try:
            with Pillow.open(io.BytesIO(data), formats=tuple(_KINDS)) as image:
                image.verify()
                return _KINDS.get(image.format or "")
        except (OSError, SyntaxError, ValueError, Warning, Pillow.DecompressionBombError):
            return None
