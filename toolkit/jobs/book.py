"""Releases of a project → one book, EPUB or PDF."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.books.browser import find_browser
from toolkit.books.epub import is_our_epub, render_epub
from toolkit.books.volume import Bound, Shown, Volume, collected, volume_of
from toolkit.edition import Edition
from toolkit.editions.about import SiteInfo
from toolkit.editions.interface import Words
from toolkit.editions.structure import day_of
from toolkit.errors import ConfigError, RefusedError, SourceError, ToolkitError
from toolkit.files import refuse_link, write_atomic
from toolkit.formats.slug import release_id
from toolkit.outputs import Outputs
from toolkit.pipeline import Pipeline
from toolkit.project import refuse_place
from toolkit.publishing import site_of
from toolkit.reports import Report, kept

#: By the end of the file's name.
SUFFIXES = (".epub", ".pdf")
_LONGEST_NAME = 120


@dataclass(frozen=True, slots=True)
class Wish:
    """What a book is to be.

    Attributes:
        releases: ids or files; all when empty.
        year: only releases dated in it; 0 for any.
        title: "" for the name of the site, with the year where one is asked for; of a single release its own.
        shown: which languages.
        output: the file; None names it after the title, in this folder.
        force: replace a file that the toolkit did not make.
    """

    releases: Sequence[str] = ()
    year: int = 0
    title: str = ""
    shown: Shown = Shown.BOTH
    output: Path | None = None
    force: bool = False


@dataclass(frozen=True, slots=True)
class Made:
    """A book that was written.

    Attributes:
        changed: whether the file is another than before.
        problems: releases that are not in it.
    """

    path: Path
    volume: Volume
    changed: bool
    problems: list[ToolkitError] = field(default_factory=list)


def make_book(pipeline: Pipeline, wish: Wish) -> Made:
    """Write a book.

    Raises:
        ConfigError: the file would lie where the project keeps what nobody can make again, or in no folder, or is of
            another kind.
        RefusedError: there is a file of that name, and it is none of the toolkit's books.
        MissingToolError: there is no Chromium for a PDF.
        SourceError: no release is as it is asked for.
    """
    site = site_of(pipeline.project, ())
    title = _title(wish, site)
    alone = len(wish.releases) == 1 and not wish.title
    name = pipeline.sources(wish.releases)[0].release if alone else _slug(title.en)
    path = wish.output or Path(f"{name}.epub")
    _refuse(pipeline, path, wish.force)
    report = Report()
    parts = _parts(pipeline, wish, report, Outputs(pipeline.project, site, (), pipeline.notify))
    if alone:
        volume = volume_of(parts[0].edition, site, parts[0].pictures, wish.shown)
    else:
        volume = collected(parts, site, title=title, shown=wish.shown)
    return Made(path, volume, write_atomic(path, _rendered(volume, path)), report.problems)


def _refuse(pipeline: Pipeline, path: Path, force: bool) -> None:
    refuse_place(pipeline.project, path)
    if path.suffix.lower() not in SUFFIXES:
        raise ConfigError(
            "a book is an .epub or a .pdf file", where=str(path), hint="give --output a name that ends so"
        )
    if path.is_dir():
        raise ConfigError("is a folder", where=str(path), hint="give --output the name of a file")
    refuse_link(path, path.parent)
    if path.exists() and not force and not _is_ours(path):
        raise RefusedError(
            "there is a file of this name, and it is no book that the toolkit made",
            where=str(path),
            hint="choose another name with --output; --force replaces it",
        )
    if path.suffix.lower() == ".pdf":
        find_browser()


def _is_ours(path: Path) -> bool:
    """Whether a file is a book of ours, as its metadata says: then it can be made again."""
    if path.suffix.lower() == ".epub":
        return is_our_epub(path)
    from toolkit.books.tagged import is_our_pdf  # as in ``_rendered``

    return is_our_pdf(path)


def _parts(pipeline: Pipeline, wish: Wish, report: Report, outputs: Outputs) -> list[Bound]:
    found: list[Bound] = []
    for file in pipeline.sources(wish.releases):
        with kept(report):
            edition = pipeline.edition(file)
            if not wish.year or _year(edition) == wish.year:
                found.append(Bound(edition, outputs.pictures(edition)))
    if found:
        return found
    if report.problems:
        raise report.problems[0]
    hint = "a release has its year from its dateline, or from the date that its file's name begins with"
    raise SourceError(f"no release is dated {wish.year}", where="source", hint=hint)


def _year(edition: Edition) -> int:
    year = day_of(edition)[:4]
    return int(year) if year.isdecimal() else 0


def _title(wish: Wish, site: SiteInfo) -> Words:
    if wish.title.strip():
        return Words(wish.title.strip(), wish.title.strip())
    year = f" {wish.year}" if wish.year else ""
    return Words(f"{site.title_fr}{year}", f"{site.title}{year}")


def _slug(title: str) -> str:
    name = title.replace("/", " ").replace("\\", " ").strip(". ")[:_LONGEST_NAME]
    try:
        return release_id(f"{name}.epub")
    except SourceError:
        return "book"


def _rendered(volume: Volume, path: Path) -> bytes:
    if path.suffix.lower() == ".epub":
        return render_epub(volume)
    from toolkit.books.pdf import render_pdf  # loads a PDF library that only this format wants

    return render_pdf(volume)
