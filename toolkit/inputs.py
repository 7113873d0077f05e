"""What decides the bytes of an edition, as one digest: where it is the same, the edition need not be made again.

In it are: the release and its catalogue, the images it shows, toolkit.toml and what it names (``Settings.paths``), the
toolkit's own files, the libraries that are installed, Python, and SOURCE_DATE_EPOCH. Not in it are programs outside
Python (a browser that prints pages); ``publish --anew`` makes everything again.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import msgspec

from toolkit.edition import Edition
from toolkit.editions import images_of
from toolkit.pictures import place_of
from toolkit.project import LOCALES, OUTPUT, SOURCE, Project, SourceFile
from toolkit.publication import Input, content_of

#: Folders of the package that no edition depends on.
_APART = ("data/models/", "__pycache__")


@dataclass(frozen=True)
class Inputs:
    """What the editions of a project are made from.

    Attributes:
        encoding: that the command line asks for; None for the project's.
    """

    project: Project
    encoding: str | None = None

    def source(self, file: SourceFile) -> Input:
        """The release's file as it is now; its digest is "" when it cannot be read."""
        return Input(file.shown, content_of(file.path))

    def catalogue(self, file: SourceFile) -> Input | None:
        """Its working catalogue; None when there is none."""
        path = self.project.catalogue_path(file.release)
        return Input(self.project.shown(path), content_of(path)) if path.exists() else None

    def of(self, file: SourceFile) -> tuple[Input, ...]:
        """A release's source and catalogue as they are now."""
        catalogue = self.catalogue(file)
        return (self.source(file), *((catalogue,) if catalogue else ()))

    def images(self, edition: Edition) -> tuple[tuple[Input, ...], bool]:
        """The image files beside the sources that an edition names, and whether that, and those in it, are all."""
        found: dict[str, Input] = {}
        complete = True
        for href in images_of(edition):
            place = place_of(self.project, edition.release.skeleton, href)
            if place.file is not None:
                shown = self.project.shown(place.file)
                found[shown] = Input(shown, content_of(place.file))
                complete &= bool(found[shown].sha256)
            else:
                complete &= not place.may_come
        return tuple(found[name] for name in sorted(found)), complete

    def again(self, images: Iterable[Input]) -> tuple[Input, ...]:
        """Images of an earlier publication as they are now; what links lead out of source/ is not looked at."""
        return tuple(Input(image.path, self._image(self.project.root / image.path)) for image in images)

    def _image(self, path: Path) -> str:
        try:
            return content_of(path) if path.resolve().is_relative_to(self.project.source.resolve()) else ""
        except (OSError, ValueError, RuntimeError):  # a name that no file can have, links that lead to themselves
            return ""

    def key(self, file: SourceFile, found: Iterable[Input], formats: Iterable[str]) -> str:
        """The digest of a release.

        Args:
            file: the release.
            found: its source, catalogue and images.
            formats: that are asked for.
        """
        # A catalogue cut short is whole after all when its template says so: toolkit.shelf.
        template = content_of(self.project.template_path(file.release))
        parts = [self._common, file.release, template, *formats]
        parts += [text for each in found for text in (each.path, each.sha256)]
        return _digest(parts)[:32]

    @cached_property
    def _common(self) -> str:
        settings = msgspec.json.encode(self.project.settings).decode()
        named = [f"{path.as_posix()}\n{content_of(path)}" for path in self.named_files]
        epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
        relative = [text.replace(self.project.root.as_posix(), "") for text in named]
        return _digest([program(), settings, self.encoding or "", epoch, *relative])

    @property
    def named_files(self) -> tuple[Path, ...]:
        """Every file that toolkit.toml names, or that lies in a folder it names."""
        found: dict[Path, None] = {}
        for path in self.named:
            try:
                each = path.rglob("*") if path.is_dir() else (path,)
                found |= dict.fromkeys(file for file in sorted(each) if file.is_file())
            except OSError:  # a folder that may not be looked into
                continue
        return tuple(found)

    @cached_property
    def named(self) -> tuple[Path, ...]:
        """Files and folders that toolkit.toml names, there or not; folders that hold the whole project are none."""
        root = self.project.root
        apart = {root, *root.parents, *(root / name for name in (SOURCE, LOCALES, OUTPUT))}
        found: dict[Path, None] = {}
        for name in self.project.settings.paths:
            try:
                found[(root / name).resolve()] = None
            except (OSError, ValueError, RuntimeError):  # no name of a file
                continue
        return tuple(path for path in found if path not in apart)


@cache
def program() -> str:
    """Digest of the toolkit's own files, of the libraries that are installed, and of Python's version."""
    root = Path(__file__).parent
    files = {path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.is_file()}
    own = [f"{name}\n{content_of(files[name])}" for name in sorted(files) if not any(apart in name for apart in _APART)]
    installed = {path.name for folder in sys.path if folder for path in Path(folder).glob("*.dist-info")}
    return _digest([sys.version, *sorted(installed), *own])


def _digest(parts: Iterable[str]) -> str:
    made = hashlib.sha256()
    for part in parts:
        data = part.encode("utf-8", "surrogatepass")
        made.update(len(data).to_bytes(8) + data)
    return made.hexdigest()
