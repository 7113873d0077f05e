"""Reading and writing files so that nothing is half-written and nothing outside the project is touched."""

from __future__ import annotations

import errno
import os
import shutil
import stat
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from toolkit.errors import LockedError, SourceError, WriteError

#: Ending of a file that is being written; whatever carries it after a crash is rubbish and may be deleted.
PARTIAL_SUFFIX = ".toolkit-partial"
LOCK_NAME = ".toolkit.lock"

_REASONS = {
    errno.ENOSPC: (
        "the disk is full",
        "free some space and run the command again; the file on disk is the old one, whole",
    ),
    errno.EDQUOT: ("the disk quota is used up", "free some space and run the command again; the old file is whole"),
    errno.EFBIG: ("the file would be larger than this account may write", "raise the limit (ulimit -f)"),
    errno.EACCES: ("permission denied", "check who owns the folder, or choose another with --project"),
    errno.EPERM: ("permission denied", "check who owns the folder, or choose another with --project"),
    errno.EROFS: ("the file system is read-only", "choose a folder that can be written with --project"),
    errno.ENAMETOOLONG: ("the name is too long", "shorten it; a release's files have the name of its source file"),
}


def write_error(error: OSError, path: Path) -> WriteError:
    """Say an operating-system error as a person would, with what to do about it."""
    reason, hint = _REASONS.get(error.errno or 0, (error.strerror or str(error), "mend that and run the command again"))
    return WriteError(f"cannot write: {reason}", where=str(path), hint=hint)


def write_atomic(path: Path, data: bytes, *, durable: bool = True) -> bool:
    """Replace a file's content in one step, or leave it as it was; never anything between.

    Args:
        path: the file; its folder is made when missing.
        data: the whole new content.
        durable: wait until the disk has it (fsync). Only outputs that can be made again may do without.

    Returns:
        Whether anything was written: a file that holds these bytes already is not touched.

    Raises:
        WriteError: full disk, no permission, or a symbolic link where the file belongs.
    """
    partial = path.with_name(f".{path.name}{PARTIAL_SUFFIX}")
    try:
        refuse_link(path)
        old = path.stat() if path.is_file() else None
        if old and old.st_size == len(data) and path.read_bytes() == data:
            return False
        _write_partial(partial, data, durable)
        if old:
            partial.chmod(stat.S_IMODE(old.st_mode))  # a folder shared with colleagues stays shared
        partial.replace(path)
        if durable:
            sync_folder(path.parent)
    except OSError as error:
        with suppress(OSError):
            partial.unlink(missing_ok=True)
        raise write_error(error, path) from error
    return True


def _write_partial(partial: Path, data: bytes, durable: bool) -> None:
    try:
        opened = partial.open("xb")
    except OSError:  # left behind by a killed run, or in a folder that is yet to be made
        partial.parent.mkdir(parents=True, exist_ok=True)
        partial.unlink(missing_ok=True)
        opened = partial.open("xb")
    with opened as handle:
        handle.write(data)
        if durable:
            handle.flush()
            os.fsync(handle.fileno())


def sync_folder(folder: Path) -> None:
    """Wait until the disk has a folder's list of names: what makes a rename last through a power cut."""
    if os.name == "nt":  # a folder cannot be opened there, and a rename is durable once it returns
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def copy_atomic(source: Path, path: Path) -> None:
    """Copy a file, however large, in one step: the copy is there whole, or not at all.

    Raises:
        WriteError: full disk, no permission, or a symbolic link where the copy belongs. OSError: unreadable source.
    """
    partial = path.with_name(f".{path.name}{PARTIAL_SUFFIX}")
    with source.open("rb") as original:
        try:
            refuse_link(path)
            path.parent.mkdir(parents=True, exist_ok=True)
            partial.unlink(missing_ok=True)
            with partial.open("xb") as handle:
                shutil.copyfileobj(original, handle, 1 << 20)
                handle.flush()
                os.fsync(handle.fileno())
            partial.replace(path)
            sync_folder(path.parent)
        except OSError as error:
            with suppress(OSError):
                partial.unlink(missing_ok=True)
            raise write_error(error, path) from error


def refuse_link(path: Path, root: Path | None = None) -> None:
    """Refuse a symbolic link where one of the project's own files or folders belongs: it would lead elsewhere.

    Args:
        path: the file.
        root: look at every folder from here down, too.
    """
    parts = [path, *(parent for parent in path.parents if root and root in parent.parents)]
    for part in parts:
        if part.is_symlink():
            raise WriteError(
                "this is a symbolic link",
                where=str(part),
                hint="the project's own files and folders may not be links: put the real one in its place",
            )


def read_source(path: Path, shown: str, max_bytes: int) -> bytes:
    """A source file's bytes.

    Args:
        path: the file.
        shown: how messages name it.
        max_bytes: refuse more than that.

    Raises:
        SourceError: missing, a link, no plain file, too large, or unreadable.
    """
    try:
        if path.is_symlink():
            raise SourceError(
                "a symbolic link is not read as a release", where=shown, hint="copy the file itself into source/"
            )
        if not path.is_file():
            raise SourceError(
                "there is no such file", where=shown, hint="check the name; `toolkit status` lists releases"
            )
        size = path.stat().st_size
        if size > max_bytes:
            raise SourceError(
                f"the file has {size:,} bytes, more than the {max_bytes:,} allowed for one release",
                where=shown,
                hint="split it, or raise max_bytes under [source] in toolkit.toml",
            )
        return path.read_bytes()
    except OSError as error:
        raise SourceError(
            f"cannot be read: {error.strerror or error}", where=shown, hint="check the file's permissions"
        ) from error


def remove_partials(*folders: Path) -> None:
    """Delete what killed runs left half-written. Only for the holder of the project's lock."""
    for folder in folders:
        for rubbish in folder.rglob(f".*{PARTIAL_SUFFIX}") if folder.is_dir() else ():
            with suppress(OSError):
                rubbish.unlink()


@contextmanager
def project_lock(root: Path) -> Iterator[None]:
    """Hold the project for one writing command; the operating system lets go of it even after kill -9.

    Raises:
        LockedError: another command holds it.
        WriteError: the project's folder cannot be written.
    """
    path = root / LOCK_NAME
    try:
        refuse_link(path)
        lock = FileLock(path, timeout=0)
        lock.acquire()
    except Timeout:
        raise LockedError(
            "another toolkit command is at work in this project",
            where=str(root),
            hint="wait until it has ended, then run this one again",
        ) from None
    except OSError as error:
        raise write_error(error, path) from error
    try:
        yield
    finally:
        lock.release()
