"""A download that is not whole yet: its bytes, their running SHA-256, and what identifies the server's file."""

from __future__ import annotations

import hashlib
import json
import os
from contextlib import suppress
from io import BufferedRandom
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout

from toolkit.errors import LockedError, WriteError

_CHUNK = 1 << 20


class PartialFile:
    """``<target>.part`` while it grows, held by one process at a time. Use it in a ``with`` block.

    Leaving the block keeps the bytes for the next run, unless ``finish`` or ``discard`` was called.

    Args:
        target: the file it will be.
        url: where it comes from; bytes left by another URL are not continued.

    Attributes:
        done: bytes that are there.
        validator: the server's ETag or date of the file those bytes are from; "" if it gave none.
        resumed: some of the bytes came with an earlier request, so a wrong sum may be a mixture.
    """

    def __init__(self, target: Path, url: str) -> None:
        self.done = 0
        self.validator = ""
        self.resumed = False
        self._target = target
        self._url = url
        self._path = target.with_name(target.name + ".part")
        self._notes = target.with_name(target.name + ".part.json")
        self._lock = FileLock(target.with_name(target.name + ".lock"))
        self._hash = hashlib.sha256()
        self._file: BufferedRandom | None = None

    def __enter__(self) -> PartialFile:
        try:
            self._lock.acquire(timeout=0)
            known = self._read_notes()
            self._file = self._path.open("r+b" if known and self._path.exists() else "w+b")
            while chunk := self._file.read(_CHUNK):
                self._hash.update(chunk)
                self.done += len(chunk)
            self.resumed = self.done > 0
        except Timeout as error:
            message = "another process is downloading the same file"
            raise LockedError(message, where=str(self._target), hint="wait until it has finished") from error
        except OSError as error:
            self._lock.release()
            raise self._failed(error) from error
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._file:
            # On a full disk closing fails again; whatever got there is what the next run goes on from.
            with suppress(OSError):
                self._file.close()
        if not self.done:  # nothing to go on from
            self._remove(self._path, self._notes)
        self._remove(Path(self._lock.lock_file))
        self._lock.release()

    @property
    def sha256(self) -> str:
        """SHA-256 of the bytes that are there, hexadecimal."""
        return self._hash.hexdigest()

    def append(self, chunk: bytes) -> None:
        """Add bytes at the end. Raises WriteError."""
        try:
            self._open_file.write(chunk)
        except OSError as error:
            raise self._failed(error) from error
        self._hash.update(chunk)
        self.done += len(chunk)

    def restart(self, validator: str = "") -> None:
        """Throw the bytes away; the next ones are from the file that ``validator`` names. Raises WriteError."""
        try:
            self._open_file.seek(0)
            self._open_file.truncate()
            self._notes.write_text(json.dumps({"url": self._url, "validator": validator}), encoding="utf-8")
        except OSError as error:
            raise self._failed(error) from error
        self._hash = hashlib.sha256()
        self.done, self.resumed, self.validator = 0, False, validator

    def finish(self) -> Path:
        """Sync the file, give it its name, tidy up. Raises WriteError."""
        try:
            self._open_file.flush()
            os.fsync(self._open_file.fileno())
            self._open_file.close()
            self._path.replace(self._target)
        except OSError as error:
            raise self._failed(error) from error
        self._remove(self._notes)
        return self._target

    def discard(self) -> None:
        """Delete the bytes and the notes."""
        self._open_file.close()
        self._remove(self._path, self._notes)

    @property
    def _open_file(self) -> BufferedRandom:
        if self._file is None:
            raise ValueError("a PartialFile is used in a with block")
        return self._file

    @staticmethod
    def _remove(*paths: Path) -> None:
        for path in paths:
            with suppress(OSError):  # Windows deletes no open file; what stays does no harm
                path.unlink(missing_ok=True)

    def _read_notes(self) -> bool:
        """Whether the bytes that are there are of this URL; their validator, if so."""
        try:
            notes = json.loads(self._notes.read_text(encoding="utf-8"))
            self.validator = str(notes["validator"])
        except (FileNotFoundError, ValueError, KeyError, TypeError):
            return False
        return bool(notes["url"] == self._url)

    def _failed(self, error: OSError) -> WriteError:
        message = f"the download cannot be written: {error.strerror or error}"
        return WriteError(message, where=str(self._path), hint="make room or choose another packages directory")
