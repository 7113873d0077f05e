"""A running preview: the server, the thread that watches the project's files, the one that learns its releases."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from toolkit.errors import SourceError
from toolkit.preview.live import Live
from toolkit.preview.news import WATCH
from toolkit.preview.server import PreviewServer, open_server
from toolkit.preview.watching import watch

#: Seconds that a thread is waited for at the end.
_PATIENCE = 5


@contextmanager
def preview(
    root: Path, port: int, *, encoding: str | None = None, notify: Callable[[str], None] = lambda message: None
) -> Iterator[PreviewServer]:
    """A preview of the project in a folder, watching; ``serve_forever`` of what it gives answers requests.

    Raises:
        ToolkitError: the project cannot be opened, or no port can be had.
    """
    live = Live(root.resolve(), encoding, notify)
    server = open_server(live, port, notify)
    stop = threading.Event()
    threads = [threading.Thread(target=work, args=(live, stop), daemon=True) for work in (_watch, _warm)]
    for thread in threads:
        thread.start()
    try:
        yield server
    finally:
        stop.set()
        live.cold.set()
        server.server_close()
        for thread in threads:
            thread.join(_PATIENCE)


def _watch(live: Live, stop: threading.Event) -> None:
    """Pass on what is saved; a file or folder that cannot be read this time is tried again with the next change."""
    missed: frozenset[Path] = frozenset()
    for paths in watch(live.folders, live.files, stop, lambda error: _tell(live, WATCH, error)):
        if missed:
            _tell(live, "", None)
        try:
            live.changed(missed | paths)
            missed = frozenset()
        except OSError as error:
            missed |= paths
            _tell(live, "", error)


def _warm(live: Live, stop: threading.Event) -> None:
    while not stop.is_set():
        try:
            live.warm(stop)
        except OSError as error:
            _tell(live, "", error)
        live.cold.wait()


def _tell(live: Live, place: str, error: OSError | None) -> None:
    """Show on the pages that the operating system refuses something; None takes it back."""
    if error is None:
        live.bulletin.problem(place, None)
        return
    said = f"the preview does not see all that is saved: {error.strerror or error}"
    hint = "save the file again; if this stays, end the preview and start it anew"
    live.bulletin.problem(place, SourceError(said, where=str(error.filename or live.root), hint=hint))
