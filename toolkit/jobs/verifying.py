"""A publication proved by its manifest: each file as it was made, none that nobody made, none older than its source.

Nothing is written. What is wrong with the files is a ``PublicationError``; where only the sources have gone on since,
it is a ``RefusedError`` that says which release to publish again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path

from toolkit import __version__
from toolkit.editions import ReleaseSummary, summary
from toolkit.errors import PublicationError, RefusedError, ToolkitError
from toolkit.inputs import Inputs
from toolkit.outputs import Outputs
from toolkit.pipeline import Pipeline
from toolkit.project import SourceFile, find_sources
from toolkit.publication import MANIFEST, Entry, Made, Manifest, content_of, load_manifest, sha256
from toolkit.publishing import site_files, site_of

#: Of each kind of problem, how many are told one by one.
_TOLD = 20


@dataclass(slots=True)
class Verification:
    """What was found.

    Attributes:
        releases, files: how many the manifest lists.
        rebuilt: files that were made again and compared.
        compared: whether the project has the sources to compare with.
        damaged: what is wrong with the files.
        stale: what must be published again.
        makers: versions of the toolkit that made editions, other than this one.
    """

    releases: int = 0
    files: int = 0
    rebuilt: int = 0
    compared: bool = True
    damaged: list[ToolkitError] = field(default_factory=list)
    stale: list[ToolkitError] = field(default_factory=list)
    makers: tuple[str, ...] = ()

    @property
    def problems(self) -> list[ToolkitError]:
        """Everything that is wrong, the worst first; of many alike the first ones and a count."""
        return [*_shortened(self.damaged, PublicationError), *_shortened(self.stale, RefusedError)]


def _shortened(problems: Sequence[ToolkitError], kind: type[ToolkitError]) -> list[ToolkitError]:
    told = list(problems[:_TOLD])
    if len(problems) > _TOLD:
        told.append(kind(f"… and {len(problems) - _TOLD} more", hint="`toolkit publish` makes everything anew"))
    return told


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
    manifest = load_manifest(folder)
    if manifest is None:
        raise PublicationError("there is no manifest here", where=str(folder / MANIFEST), hint="run `toolkit publish`")
    found = Verification(len(manifest.releases), len(manifest.files), compared=pipeline.project.source.is_dir())
    found.makers = tuple(sorted({entry.tool for entry in manifest.releases} - {__version__}))
    found.damaged += _damaged(folder, manifest, own)
    if found.compared:
        files = {file.release: file for file in find_sources(pipeline.project)}
        inputs = Inputs(pipeline.project, pipeline.encoding)
        for entry in manifest.releases:
            found.stale += _stale(inputs, entry, files.get(entry.id))
        published = {entry.id for entry in manifest.releases}
        found.stale += [_unpublished(file) for release, file in files.items() if release not in published]
        if rebuild:
            _rebuild(pipeline, folder, manifest, files, found)
    return found


# -- the files ----------------------------------------------------------------------------------------------------


def _damaged(folder: Path, manifest: Manifest, own: Sequence[str]) -> Iterator[ToolkitError]:
    """Files that are not as they were made, are missing, or that nobody made; hidden ones are nobody's business."""
    known = manifest.files
    for name, made in sorted(known.items()):
        if problem := _touched(folder, folder / name, made):
            hint = "run `toolkit publish` to write it again; changes belong into source/, locales/ or the theme"
            yield PublicationError(problem, where=str(folder / name), hint=hint)
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name == MANIFEST or name in known or name.startswith(".") or "/." in name:
            continue
        if (path.is_symlink() or not path.is_dir()) and not any(fnmatchcase(name, pattern) for pattern in own):
            hint = "delete it, or name it with --own if you put it there"
            yield PublicationError("nobody published this file", where=str(path), hint=hint)


def _touched(folder: Path, path: Path, made: Made) -> str:
    """What is wrong with a file; "" for nothing."""
    if any(part.is_symlink() for part in (path, *path.parents) if part != folder and folder in part.parents):
        return "this is a symbolic link: what it leads to was not published"
    if not path.is_file():
        return "is missing"
    found = content_of(path)
    if found != made.sha256:
        return f"is not what was published: its SHA-256 is {found[:12] or 'unknown'}…, not {made.sha256[:12]}…"
    return ""


# -- the sources --------------------------------------------------------------------------------------------------


def _stale(inputs: Inputs, entry: Entry, file: SourceFile | None) -> Iterator[ToolkitError]:
    """What has gone on since an edition was made."""
    again = f"run `toolkit publish {entry.id}`"
    if file is None:
        hint = "run `toolkit publish`: it takes the pages away"
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
            yield RefusedError(message, where=made.path, hint=f"{again} with these formats, or delete the file")


def _unpublished(file: SourceFile) -> ToolkitError:
    return RefusedError("has not been published", where=file.shown, hint=f"run `toolkit publish {file.release}`")


# -- made again ---------------------------------------------------------------------------------------------------


def _rebuild(
    pipeline: Pipeline, folder: Path, manifest: Manifest, files: dict[str, SourceFile], found: Verification
) -> None:
    """Make every edition again whose sources are the same, and the index, and compare."""
    summaries: list[ReleaseSummary] = []
    for entry in manifest.releases:
        if entry.id in files:
            try:
                edition = pipeline.edition(files[entry.id])
                site = site_of(pipeline.project, entry.formats)
                made = Outputs(pipeline.project, site, entry.formats, _silent).of(edition)
            except ToolkitError as error:
                found.stale.append(error)
                continue
            summaries.append(summary(edition))
            if not any(_stale(Inputs(pipeline.project, pipeline.encoding), entry, files[entry.id])):
                _compare(folder, [each for each in entry.files if not each.since], made.get, found)
    if not found.stale and "html" in manifest.formats:
        made = site_files(summaries, site_of(pipeline.project, manifest.formats), manifest.formats)
        _compare(folder, [each for each in manifest.site if each.path in made], made.get, found)


def _compare(folder: Path, files: Sequence[Made], again: Callable[[str], bytes | None], found: Verification) -> None:
    for listed in files:
        data = again(listed.path)
        found.rebuilt += 1
        if data is None or sha256(data) != listed.sha256:
            found.damaged.append(
                PublicationError(
                    "made again from the same source and catalogue, it comes out otherwise",
                    where=str(folder / listed.path),
                    hint="if toolkit.toml, the theme or the toolkit has changed since, publish again; if not, somebody "
                    "changed the file and the manifest",
                )
            )


def _silent(_: str) -> None:
    """What is told of an edition was told when it was published."""
