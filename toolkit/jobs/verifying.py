"""A publication proved by its manifest: each file as it was made, none that nobody made, none older than its source.

Nothing is written. What is wrong with the files is a ``PublicationError``; where only the sources have gone on since,
it is a ``RefusedError`` that says which release to publish again.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from itertools import chain
from pathlib import Path

from toolkit import __version__
from toolkit.editions import ReleaseSummary, summary
from toolkit.editions.about import SiteInfo
from toolkit.errors import PublicationError, RefusedError, ToolkitError
from toolkit.inputs import Inputs
from toolkit.outputs import Outputs
from toolkit.pipeline import Pipeline
from toolkit.project import OUTPUT, SOURCE, SourceFile, find_sources
from toolkit.publication import MANIFEST, RECORD, Entry, Made, Manifest, content_of, load_manifest, sha256
from toolkit.publishing import site_files, site_of
from toolkit.settings import FILE_NAME

#: Hidden files beside a publication that show a reader nothing: our own record, and what those leave who put the folder
#: online. All others may hold pages, or, as .htaccess, change them: web servers serve most hidden files.
_BESIDE = frozenset({RECORD, ".nojekyll", ".git", ".gitignore", ".gitattributes"})
#: Of each kind of problem, how many are told one by one.
_TOLD = 20
#: What to do about damage where `toolkit publish` mends nothing, in a copy that lies elsewhere.
_RESTORE = "put back what was published, from a backup or another copy: `toolkit publish` does not write to this folder"


@dataclass(slots=True)
class Verification:
    """What was found.

    Attributes:
        releases, files: how many the manifest lists.
        rebuilt: files that were made again and compared.
        compared: whether the project has the sources to compare with.
        left: published files that were not made again although that was asked for, each kind with the reason.
        damaged: what is wrong with the files.
        stale: what must be published again.
        makers: versions of the toolkit that made editions, other than this one.
        is_copy: whether it lies elsewhere than where the project's publications are written.
    """

    releases: int = 0
    files: int = 0
    rebuilt: int = 0
    compared: bool = True
    left: list[str] = field(default_factory=list)
    damaged: list[ToolkitError] = field(default_factory=list)
    stale: list[ToolkitError] = field(default_factory=list)
    makers: tuple[str, ...] = ()
    is_copy: bool = False

    @property
    def problems(self) -> list[ToolkitError]:
        """Everything that is wrong, the worst first; of many alike the first ones and a count."""
        anew = "`toolkit publish` makes everything anew"
        damaged, stale = (_RESTORE, _again(is_copy=True)) if self.is_copy else (anew, anew)
        return [*_shortened(self.damaged, PublicationError, damaged), *_shortened(self.stale, RefusedError, stale)]


def _shortened(problems: Sequence[ToolkitError], kind: type[ToolkitError], hint: str) -> list[ToolkitError]:
    told = list(problems[:_TOLD])
    if len(problems) > _TOLD:
        told.append(kind(f"… and {len(problems) - _TOLD} more", hint=hint))
    return told


def _again(release: str = "", *, is_copy: bool) -> str:
    """How a publication catches up with its project: all of it, or one release."""
    run = f"run `{' '.join(filter(None, ('toolkit publish', release)))}`"
    return f"a copy may stay as old as it is; for one of today, {run} and copy output/ again" if is_copy else run


def project_around(folder: Path) -> Path | None:
    """The project whose output/ a folder is; None for a copy that lies elsewhere."""
    place = folder.resolve()
    root = place.parent
    is_project = (root / FILE_NAME).is_file() or (root / SOURCE).is_dir()
    return root if place.name == OUTPUT and is_project else None


def verify_publication(
    pipeline: Pipeline, folder: Path, *, rebuild: bool = False, own: Sequence[str] = ()
) -> Verification:
    """Prove a publication.

    Args:
        pipeline: of the project that it was made from, for its sources; one without source/ proves the files only.
        folder: with the manifest in it.
        rebuild: also make every edition again and compare the bytes.
        own: patterns of paths below the folder that somebody else put there (``fnmatch``).

    Raises:
        PublicationError: there is no manifest, or it is damaged.
    """
    compared = pipeline.project.source.is_dir()
    is_copy = not (compared and folder.resolve() == pipeline.project.output)
    manifest = _manifest(folder, is_copy=is_copy)
    found = Verification(len(manifest.releases), len(manifest.files), compared=compared, is_copy=is_copy)
    found.makers = tuple(sorted({entry.tool for entry in manifest.releases} - {__version__}))
    found.damaged += _damaged(folder, manifest, own, is_copy=is_copy)
    files = {file.release: file for file in find_sources(pipeline.project)} if compared else {}
    if compared and _is_foreign(pipeline, folder, manifest, files):
        found.stale.append(_foreign(pipeline, folder, manifest))
        if rebuild:
            found.left.append("any file: its sources are not here")
    elif compared:
        inputs, listed = Inputs(pipeline.project, pipeline.encoding), manifest.releases
        stale = {entry.id: list(_stale(inputs, entry, files.get(entry.id), is_copy=is_copy)) for entry in listed}
        found.stale += chain.from_iterable(stale.values())
        found.stale += [_unpublished(file, is_copy=is_copy) for release, file in files.items() if release not in stale]
        if rebuild:
            fresh = {release: file for release, file in files.items() if not stale.get(release, True)}
            try:
                _rebuild(pipeline, folder, manifest, fresh, found)
            except ToolkitError as error:  # a theme that cannot be used concerns all
                found.stale.append(error)
    elif rebuild:
        found.left.append("any file: there are no sources")
    return found


def _is_foreign(pipeline: Pipeline, folder: Path, manifest: Manifest, files: Container[str]) -> bool:
    """Whether a publication is surely another project's: it lies elsewhere, and this one has none of its releases."""
    own = folder.resolve() == pipeline.project.output
    return not own and bool(manifest.releases) and not any(entry.id in files for entry in manifest.releases)


def _foreign(pipeline: Pipeline, folder: Path, manifest: Manifest) -> RefusedError:
    number = len(manifest.releases)
    has = "its only release is not" if number == 1 else f"none of its {number} releases is"
    message = f"is the publication of another project: {has} in {pipeline.project.source}"
    return RefusedError(message, where=str(folder), hint="name the project it was made from with --project DIR")


# -- the files ----------------------------------------------------------------------------------------------------


def _manifest(folder: Path, *, is_copy: bool) -> Manifest:
    try:
        found = load_manifest(folder)
    except PublicationError as error:
        raise PublicationError(error.message, where=error.where, hint=_RESTORE if is_copy else error.hint) from error
    if found is None:
        hint = "name a folder that `toolkit publish` wrote, or a copy of one" if is_copy else "run `toolkit publish`"
        raise PublicationError("there is no manifest here", where=str(folder / MANIFEST), hint=hint)
    return found


def _damaged(folder: Path, manifest: Manifest, own: Sequence[str], *, is_copy: bool) -> Iterator[ToolkitError]:
    """Files that are not as they were made, are missing, or that nobody made."""
    known = manifest.files
    again = "run `toolkit publish` to write it again; changes belong into source/, locales/ or the theme"
    for name, made in sorted(known.items()):
        if problem := _touched(folder, folder / name, made):
            yield PublicationError(problem, where=str(folder / name), hint=_RESTORE if is_copy else again)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name == MANIFEST or name in known or name.partition("/")[0] in _BESIDE:
            continue
        if (path.is_symlink() or not path.is_dir()) and not any(fnmatchcase(name, pattern) for pattern in own):
            hint = "delete it, or name it with --own if you put it there"
            yield PublicationError("nobody published this file", where=str(path), hint=hint)


def _touched(folder: Path, path: Path, made: Made) -> str:
    """What is wrong with a file; "" for nothing."""
    try:
        if any(part.is_symlink() for part in (path, *path.parents) if part != folder and folder in part.parents):
            return "this is a symbolic link: what it leads to was not published"
        if not path.is_file():
            return "is no file" if path.exists() else "is missing"
    except OSError as error:
        return f"cannot be looked at: {error.strerror}"
    found = content_of(path)
    if found == made.sha256 and path.stat().st_size != made.bytes:
        return "has another length than the manifest says: somebody changed the manifest"
    if found != made.sha256:
        return f"is not what was published: its SHA-256 is {found[:12] or 'unknown'}…, not {made.sha256[:12]}…"
    return ""


# -- the sources --------------------------------------------------------------------------------------------------


def _stale(inputs: Inputs, entry: Entry, file: SourceFile | None, *, is_copy: bool) -> Iterator[ToolkitError]:
    """What has gone on since an edition was made."""
    again = _again(entry.id, is_copy=is_copy)
    if file is None:
        hint = _again(is_copy=True) if is_copy else "run `toolkit publish`: it takes the pages away"
        yield RefusedError(f"{entry.id} is published, but its source is gone", where=entry.source.path, hint=hint)
        return
    since = f"has changed since {entry.id} was published"
    if inputs.source(file) != entry.source:
        yield RefusedError(since, where=file.shown, hint=again)
    now = inputs.catalogue(file)
    if now != entry.catalogue:
        where = (now or entry.catalogue or entry.source).path
        yield RefusedError(since if now else f"is gone since {entry.id} was published", where=where, hint=again)
    for before, image in zip(entry.images, inputs.again(entry.images), strict=True):
        if image != before:
            yield RefusedError(since, where=image.path, hint=again)
    for made in entry.files:
        if made.since == "older":
            message = "stayed from an earlier publication with other formats, and its release has changed since"
            hint = again if is_copy else f"{again} with these formats, or delete the file"
            yield RefusedError(message, where=made.path, hint=hint)


def _unpublished(file: SourceFile, *, is_copy: bool) -> ToolkitError:
    return RefusedError("has not been published", where=file.shown, hint=_again(file.release, is_copy=is_copy))


# -- made again ---------------------------------------------------------------------------------------------------


def _rebuild(
    pipeline: Pipeline, folder: Path, manifest: Manifest, fresh: dict[str, SourceFile], found: Verification
) -> None:
    """Make the editions again whose sources are the same, and the index when they all are, and compare."""
    sites: dict[tuple[str, ...], SiteInfo] = {}
    summaries: list[ReleaseSummary] = []
    for entry in manifest.releases:
        if entry.id in fresh:
            if entry.formats not in sites:
                sites[entry.formats] = site_of(pipeline.project, entry.formats)
            try:
                edition = pipeline.edition(fresh[entry.id])
                made = Outputs(pipeline.project, sites[entry.formats], entry.formats, _silent).of(edition)
            except ToolkitError as error:
                found.stale.append(error)
                continue
            summaries.append(summary(edition))
            _compare(folder, [each for each in entry.files if not each.since], made.get, found)
    gone_on = len(manifest.releases) - len(summaries)
    if gone_on:
        found.left.append(
            f"the files of {gone_on} of {len(manifest.releases)} releases: their sources have gone on, or are not read"
        )
    earlier = sum(bool(each.since) for entry in manifest.releases if entry.id in fresh for each in entry.files)
    if earlier:
        found.left.append(f"{earlier} of the files, which stayed from a publication with other formats")
    _rebuild_site(pipeline, folder, manifest, None if found.stale or gone_on else summaries, found)


def _rebuild_site(
    pipeline: Pipeline,
    folder: Path,
    manifest: Manifest,
    summaries: Sequence[ReleaseSummary] | None,
    found: Verification,
) -> None:
    """Make again what belongs to no single release; without the index where what it must say is not known."""
    formats = [name for name in manifest.formats if summaries is not None or name != "html"]
    made = site_files(summaries or (), site_of(pipeline.project, formats), formats)
    _compare(folder, [each for each in manifest.site if each.path in made], made.get, found)
    left = sum(each.path not in made for each in manifest.site)
    if left:
        reason = "not all releases are as they were published" if summaries is None else "nothing makes them now"
        found.left.append(
            f"{left} of the {len(manifest.site)} files of the whole site (indexes, search, feeds): {reason}"
        )


def _compare(folder: Path, files: Sequence[Made], again: Callable[[str], bytes | None], found: Verification) -> None:
    for listed in files:
        data = again(listed.path)
        found.rebuilt += 1
        if data is None or sha256(data) != listed.sha256:
            then = "this copy is only older" if found.is_copy else "publish again"
            found.damaged.append(
                PublicationError(
                    "made again from the same source and catalogue, it comes out otherwise",
                    where=str(folder / listed.path),
                    hint=f"if toolkit.toml, the theme or the toolkit has changed since, {then}; if not, somebody "
                    "changed the file and the manifest",
                )
            )


def _silent(_: str) -> None:
    """What is told of an edition was told when it was published."""
