"""Images of a book: what each file is, by its first bytes, since names lie and reading systems believe the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.books.volume import Bound

#: EPUB 3.3, section 3.2: core media types of images; AVIF is none, and every reading system may leave it out.
_SIGNATURES = (
    (b"\x89PNG\r\n\x1a\n", "image/png", ".png"),
    (b"\xff\xd8\xff", "image/jpeg", ".jpg"),
    (b"GIF87a", "image/gif", ".gif"),
    (b"GIF89a", "image/gif", ".gif"),
)


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
    """Media type and suffix of a file; None for one that books do not hold."""
    if data[:4] == b"RIFF" and data[8:12] == b"WEBP":
        return "image/webp", ".webp"
    return next(((kind, suffix) for start, kind, suffix in _SIGNATURES if data.startswith(start)), None)
