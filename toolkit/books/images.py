"""Images of a book: what each file is, by its content, since names lie and reading systems believe the manifest."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from toolkit.books.volume import Bound
from toolkit.imaging import kind_of


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
