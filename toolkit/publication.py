"""What a publication leaves in output/ about itself: the manifest for everybody, and a record for the next publication.

manifest.json says of each edition what it was made from and which files it became, with their SHA-256: anybody can
prove with it that nothing was changed since (``toolkit verify output``), and the next publication takes away what no
longer belongs, and nothing else. docs/provenance.md describes it. The record holds what depends on this machine, or
is of no use to others: what the index says of each release, and what decided the bytes of its edition.
"""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from pathlib import Path, PurePosixPath
from typing import Literal

import msgspec

from toolkit.editions import ReleaseSummary
from toolkit.errors import PublicationError
from toolkit.files import write_error
from toolkit.formats.slug import is_release_id
from toolkit.project import LOCALES, SOURCE

MANIFEST = "manifest.json"
#: Of use to nobody else; hidden, so that it is out of the way. A server that serves it gives nothing away.
RECORD = ".toolkit.json"
#: What publications before the manifest left: the list of their files.
FORMER = "files.json"
#: Of the manifest's layout; a reader refuses another one.
VERSION = 1
#: Bytes of a manifest or record that is read: those of a hundred thousand releases have fewer.
LARGEST = 400_000_000
#: Of a name in a path, in the file systems of today.
_LONGEST_NAME = 255
_SHA256 = re.compile(r"[0-9a-f]{64}")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f]")


class Made(msgspec.Struct, frozen=True, omit_defaults=True):
    """A file of a publication.

    Attributes:
        path: relative to the folder of the manifest, with ``/``.
        sha256, bytes: of its content, and its length.
        since: "" when it was made with its edition; "earlier" when it stayed from an earlier publication with other
            formats, of the same source and catalogue; "older" when it stayed from another source or catalogue.
    """

    path: str
    sha256: str
    bytes: int
    since: Literal["", "earlier", "older"] = ""


class Input(msgspec.Struct, frozen=True):
    """A file that an edition was made from: its path relative to the project, and the SHA-256 of its bytes."""

    path: str
    sha256: str


class Package(msgspec.Struct, frozen=True, omit_defaults=True):
    """A translation package that drafts in an edition came from; ``sha256`` is the first digits of its checksum."""

    name: str
    version: str = ""
    sha256: str = ""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True):
    """One edition.

    Attributes:
        id: of the release.
        tool: version of the toolkit that made it.
        date: of the release, as its source says it; "" when it does not.
        source, catalogue, images: what it was made from; no catalogue where there was none.
        sentences: how many are in which state.
        models: packages that its drafts came from.
        reviewer: the catalogue's last translator, where something has been reviewed and one is named.
        formats: that were asked for.
        notices: what a person was told when it was made, and is told again while it is not made anew.
    """

    id: str
    tool: str
    source: Input
    source_language: str
    target_language: str
    sentences: dict[str, int]
    files: tuple[Made, ...]
    catalogue: Input | None = None
    images: tuple[Input, ...] = ()
    date: str = ""
    models: tuple[Package, ...] = ()
    reviewer: str = ""
    formats: tuple[str, ...] = ()
    notices: tuple[str, ...] = ()

    @property
    def inputs(self) -> tuple[Input, ...]:
        """Everything of the project that it was made from."""
        return (self.source, *((self.catalogue,) if self.catalogue else ()), *self.images)


class Manifest(msgspec.Struct, frozen=True, omit_defaults=True):
    """A publication.

    Attributes:
        version: of this layout.
        tool: name and version of the program.
        formats: with which the files of the whole site were made.
        releases: the editions, sorted by id.
        site: files of the whole site (the index, its search, style …), sorted by path.
    """

    version: int
    tool: str = ""
    formats: tuple[str, ...] = ()
    releases: tuple[Entry, ...] = ()
    site: tuple[Made, ...] = ()

    @property
    def files(self) -> dict[str, Made]:
        """Every file by its path; the manifest itself is none of them."""
        every = (*self.site, *(made for entry in self.releases for made in entry.files))
        return {made.path: made for made in every}


def load_manifest(folder: Path) -> Manifest | None:
    """The manifest in a folder; None when there is none.

    Anybody may have written it: what it says is trusted no further than it is checked here.

    Raises:
        PublicationError: it cannot be read, is not one of ours, names a file outside its folder or a source outside of
            the project, or contradicts itself.
    """
    path = folder / MANIFEST
    hint = "run `toolkit publish` to make it anew"
    try:
        data = _own(path)
        found = None if data is None else msgspec.json.decode(data, type=Manifest)
    except OSError as error:
        raise PublicationError(f"cannot be read: {error.strerror}", where=str(path), hint=hint) from error
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise PublicationError(f"the manifest is damaged: {error}", where=str(path), hint=hint) from error
    if found is None:
        return None
    if found.version != VERSION:
        raise PublicationError(f"this is no manifest of layout {VERSION}", where=str(path), hint=hint)
    for problem in _wrong(found):
        raise PublicationError(f"the manifest {problem}", where=str(path), hint=hint)
    return found


def _own(path: Path) -> bytes | None:
    """A file that an earlier publication left; None when there is none.

    Raises:
        PublicationError: a link, a folder or a pipe stands in its place, or no publication leaves one so large.
        OSError: it cannot be read.
    """
    try:
        status = path.lstat()
    except FileNotFoundError:
        return None
    hint = "delete it, and run `toolkit publish`"
    if not stat.S_ISREG(status.st_mode):  # a pipe could be read for ever
        what = "a symbolic link" if stat.S_ISLNK(status.st_mode) else "a folder" if path.is_dir() else "no file"
        raise PublicationError(f"this is {what}, and no file of a publication", where=str(path), hint=hint)
    if status.st_size > LARGEST:
        raise PublicationError(f"{status.st_size:,} bytes are too many for it", where=str(path), hint=hint)
    return path.read_bytes()


def _wrong(manifest: Manifest) -> Iterator[str]:
    """What is wrong with a manifest, to follow "the manifest"; nothing in one that a publication wrote."""
    for files in (manifest.site, *(entry.files for entry in manifest.releases)):
        twice = [path for path, times in Counter(made.path for made in files).items() if times > 1]
        yield from (f"names {_named(path)} twice" for path in twice)
        for made in files:
            if not is_inside(made.path) or made.path.startswith("."):
                yield f"names {_named(made.path)}, no file of its own"
            if not _SHA256.fullmatch(made.sha256) or made.bytes < 0:
                yield f"says nothing that {_named(made.path)} could be proved with"
    known: set[str] = set()
    for entry in manifest.releases:
        if not is_release_id(entry.id):
            yield f"names a release {_named(entry.id)}: no release is called so"
        if entry.id in known:
            yield f"names the release {_named(entry.id)} twice"
        known.add(entry.id)
        for put, folder in _inputs(entry):
            if not is_inside(put.path) or not put.path.startswith(f"{folder}/"):
                yield f"names {_named(put.path)}, which is not in {folder}/, as what {entry.id} was made from"


def _inputs(entry: Entry) -> Iterator[tuple[Input, str]]:
    """What an edition was made from, each with the folder of the project in which such files lie."""
    yield entry.source, SOURCE
    yield from ((image, SOURCE) for image in entry.images)
    if entry.catalogue:
        yield entry.catalogue, LOCALES


def _named(text: str) -> str:
    """A text that somebody else wrote, as a message shows it."""
    shown = text[:80] + ("…" if len(text) > 80 else "")
    return f"“{shown if shown.isprintable() else ascii(shown)[1:-1]}”"


def is_inside(name: str) -> bool:
    """Whether a path with ``/``, in its plain spelling, leads nowhere but below the folder it is relative to."""
    path = PurePosixPath(name)
    strange = re.search(r"[\\:]", name) if os.name == "nt" else None
    return (
        bool(path.parts)
        and path.parts[0] != "/"
        and ".." not in path.parts
        and str(path) == name
        and not strange
        and not _CONTROL.search(name)
        and all(len(part.encode("utf-8", "replace")) <= _LONGEST_NAME for part in path.parts)
    )


def dump_manifest(manifest: Manifest) -> bytes:
    """The manifest as JSON, sorted; the same for the same publication."""
    ordered = msgspec.structs.replace(
        manifest,
        releases=tuple(sorted(manifest.releases, key=lambda entry: entry.id)),
        site=tuple(sorted(manifest.site, key=lambda made: made.path)),
    )
    return msgspec.json.format(msgspec.json.encode(ordered), indent=1) + b"\n"


class Record(msgspec.Struct, frozen=True):
    """What the next publication wants to know of the last one.

    Attributes:
        manifest: SHA-256 of the manifest that it belongs to.
        keys: for each release the digest of everything that decides its edition (``toolkit.inputs``).
        releases: what the index says of each, sorted by id.
    """

    manifest: str = ""
    keys: dict[str, str] = {}
    releases: tuple[ReleaseSummary, ...] = ()


def load_record(folder: Path) -> Record:
    """The record of the last publication; an empty one when there is none that belongs to the manifest."""
    try:
        found = msgspec.json.decode(_own(folder / RECORD) or b"", type=Record)
        return found if found.manifest == content_of(folder / MANIFEST) else Record()
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, PublicationError):
        return Record()


def dump_record(manifest: bytes, keys: Mapping[str, str], releases: Iterable[ReleaseSummary]) -> bytes:
    """The record that belongs to a manifest."""
    by_id = tuple(sorted(releases, key=lambda release: release.id))
    return msgspec.json.encode(Record(sha256(manifest), dict(sorted(keys.items())), by_id)) + b"\n"


def former_files(folder: Path) -> frozenset[str]:
    """Files that a publication before the manifest listed as its own, its list among them."""
    try:
        known = msgspec.json.decode(_own(folder / FORMER) or b"", type=_Former)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError, RecursionError, PublicationError):
        return frozenset()
    return frozenset({FORMER, *filter(is_inside, known.files)})


class _Former(msgspec.Struct, frozen=True):
    files: tuple[str, ...]


def sha256(data: bytes) -> str:
    """Of bytes, in hexadecimal."""
    return hashlib.sha256(data).hexdigest()


def made_of(path: str, data: bytes) -> Made:
    """A file as the manifest lists it."""
    return Made(path, sha256(data), len(data))


def package_of(label: str, checksum: str) -> Package:
    """A package as drafts name it, "name version" or a name alone, as the manifest lists it."""
    name, _, version = label.rpartition(" ")
    return Package(name, version, checksum) if name else Package(version, "", checksum)


def is_untouched(folder: Path, files: Sequence[Made]) -> bool:
    """Whether all these files lie below the folder, as they were made."""
    return all(content_of(folder / made.path, made.bytes) == made.sha256 for made in files)


def content_of(path: Path, size: int | None = None) -> str:
    """SHA-256 of a file; "" when it is missing, a link, no file, unreadable, or of another size than asked for."""
    try:
        status = path.lstat()
        if not stat.S_ISREG(status.st_mode) or (size is not None and status.st_size != size):
            return ""
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, ValueError):
        return ""


def remove_stale(output: Path, stale: Iterable[str]) -> list[Path]:
    """Delete files of an earlier publication, and the folders that are empty then.

    Args:
        output: the project's output folder.
        stale: paths below it, from a manifest: anybody may have edited that, so nothing outside is touched.

    Returns:
        What was deleted.

    Raises:
        WriteError: a file cannot be deleted.
    """
    deleted: list[Path] = []
    root = output.resolve()
    for name in sorted(set(stale)):
        path = output / name
        try:
            if not path.is_file() or path.is_symlink() or not path.resolve().is_relative_to(root):
                continue
        except (OSError, ValueError):  # a name that no file can have
            continue
        try:
            path.unlink()
        except OSError as error:
            raise write_error(error, path) from error
        deleted.append(path)
        for folder in path.parents[: len(Path(name).parts) - 1]:
            with suppress(OSError):  # others' files are in it
                folder.rmdir()
    return deleted
