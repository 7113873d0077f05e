"""Waits until somebody saves a file: the only import of watchfiles, which asks the operating system."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import watchfiles

#: Milliseconds of quiet after which a save is over, and after which it is told in any case.
_QUIET, _LONGEST = 20, 200
#: Milliseconds after which single files are looked at, and folders that were not there before.
_PAUSE = 300
#: Seconds after which watching is tried again where the operating system refused it.
_AGAIN = 1.0


def watch(
    folders: Callable[[], Sequence[Path]],
    files: Callable[[], Sequence[Path]],
    stop: threading.Event,
    trouble: Callable[[OSError | None], None] = lambda error: None,
) -> Iterator[frozenset[Path]]:
    """Paths that were written, made or deleted, as it happens, until ``stop`` is set.

    Args:
        folders: to watch with everything below them; those that are missing are watched from when they are there.
        files: to look at now and then.
        stop: ends it.
        trouble: is told why the operating system tells nothing (a folder that just went, a limit that is reached), and
            None when it does. It is tried again; when it works, all folders are given, since anything may have changed.
    """
    was_deaf = False
    while not stop.is_set():
        try:
            yield from _watch(folders, files, stop, lambda: trouble(None), was_deaf=was_deaf)
        except OSError as error:
            was_deaf = True
            trouble(error)
            stop.wait(_AGAIN)


def _watch(
    folders: Callable[[], Sequence[Path]],
    files: Callable[[], Sequence[Path]],
    stop: threading.Event,
    well: Callable[[], None],
    *,
    was_deaf: bool,
) -> Iterator[frozenset[Path]]:
    seen = _signatures(files())
    watched: tuple[Path, ...] = ()
    while not stop.is_set():
        fresh, watched = watched != (), _present(folders())
        if fresh:
            yield frozenset(watched)  # what happened between two watches
        if not watched:
            stop.wait(_PAUSE / 1000)
            watched = ()
        for changes in _changes(watched, stop):
            well()
            now = _signatures(files())
            paths = {Path(path) for _, path in changes}
            paths |= {path for path in seen.keys() | now.keys() if seen.get(path) != now.get(path)}
            seen = now
            if was_deaf:
                paths, was_deaf = {*paths, *watched}, False
            if paths:
                yield frozenset(paths)
            if _present(folders()) != watched:
                break


def _changes(folders: Sequence[Path], stop: threading.Event) -> Iterator[set[tuple[watchfiles.Change, str]]]:
    if folders:
        yield from watchfiles.watch(
            *folders,
            watch_filter=None,
            step=_QUIET,
            debounce=_LONGEST,
            rust_timeout=_PAUSE,
            yield_on_timeout=True,
            stop_event=stop,
            raise_interrupt=False,
        )


def _present(folders: Sequence[Path]) -> tuple[Path, ...]:
    return tuple(sorted({folder for folder in folders if folder.is_dir()}))


def _signatures(files: Sequence[Path]) -> dict[Path, tuple[int, int]]:
    """When each file that is there was last written, and its size."""
    found = {}
    for path in files:
        try:
            status = path.stat()
        except (OSError, ValueError):
            continue
        found[path] = (status.st_mtime_ns, status.st_size)
    return found
