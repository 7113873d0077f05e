"""Where an image lies that a release names: inside the release itself, or beside it in source/.

The one place that knows: what is published, and what decides whether it is published anew, must not part.
"""

from __future__ import annotations

import posixpath
import unicodedata
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from toolkit.formats import embedded_file
from toolkit.project import IMAGES, Project
from toolkit.skeleton import Skeleton


@dataclass(frozen=True, slots=True)
class Place:
    """Where an image lies.

    Attributes:
        path: as the release names it, decoded.
        data: the image, where it lies inside the release.
        file: the image, where it lies beside the release: a file in source/ or below it.
        problem: why it cannot be shown, to follow "image x"; "" when it can.
        may_come: whether it may be there another time, although the release is the same.
    """

    path: str
    data: bytes | None = None
    file: Path | None = None
    problem: str = ""
    may_come: bool = False

    @property
    def suffix(self) -> str:
        """Of its name, in lower case, with the dot."""
        return suffix_of(self.path)


def place_of(project: Project, skeleton: Skeleton, href: str) -> Place:
    """Where an image of a release lies.

    Args:
        project: whose source/ is looked into.
        skeleton: of the release.
        href: its address, as the release writes it.
    """
    parts = urlsplit(href)
    path = unquote(parts.path)
    if suffix_of(path) not in IMAGES:
        return Place(path, problem="is of a kind that pages do not show")
    inside = embedded_file(skeleton, path)
    if inside is not None:
        return Place(path, data=inside)
    if parts.scheme or parts.netloc or path.startswith("/"):
        return Place(path, problem="lies on another server, or is named from the root of a site")
    if any(unicodedata.category(letter) == "Cc" for letter in path):
        return Place(path, problem="has a control character in its name")
    folder = project.source.resolve()
    try:
        file = folder / path
        if file.is_symlink():
            return Place(path, problem="is a symbolic link", may_come=True)
        place = file.resolve()
        if not place.is_relative_to(folder) or not place.is_file():
            return Place(path, problem="is not in source/", may_come=True)
    except (OSError, ValueError, RuntimeError):  # a name that no file can have
        return Place(path, problem="cannot be read", may_come=True)
    return Place(path, file=place)


def suffix_of(path: str) -> str:
    """Of a path with ``/``, in lower case, with the dot."""
    return posixpath.splitext(path)[1].lower()
