"""What a publication leaves in output/ about itself: which files are its own, and what its index says of each release.

The next publication takes away files that no longer belong, and nothing else; and a release that cannot be read this
time keeps its place in the index beside its page.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import msgspec

from toolkit.editions import ReleaseSummary
from toolkit.files import write_error

RECORD = "files.json"


class Record(msgspec.Struct, frozen=True):
    """The record of a publication.

    Attributes:
        files: paths below output/ that were written or kept, sorted.
        releases: what the index says, by release, sorted by id.
    """

    files: tuple[str, ...] = ()
    releases: tuple[ReleaseSummary, ...] = ()


def load_record(output: Path) -> Record:
    """The record of the last publication; an empty one when there is none, or none that can be read."""
    try:
        return msgspec.json.decode((output / RECORD).read_bytes(), type=Record)
    except (OSError, msgspec.MsgspecError, UnicodeDecodeError):
        return Record()


def dump_record(files: Iterable[str], releases: Iterable[ReleaseSummary]) -> bytes:
    """The record as JSON; the same for the same publication."""
    record = Record(tuple(sorted(set(files))), tuple(sorted(releases, key=lambda release: release.id)))
    return msgspec.json.format(msgspec.json.encode(record), indent=1) + b"\n"


def remove_stale(output: Path, stale: Iterable[str]) -> list[Path]:
    """Delete files of an earlier publication.

    Args:
        output: the project's output folder.
        stale: paths below it, from a record: anybody may have edited that, so nothing outside is touched.

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
    return deleted
