"""HTTP for the preview: on this machine only, reading only, and of nothing but what the renderer makes.

No path of a request ever reaches the disk: it is a name that the renderer's files either have or have not. Requests
under another name than this machine's are refused, so that no page elsewhere can read the preview by giving its own
name our address (DNS rebinding).
"""

from __future__ import annotations

import mimetypes
import os
import secrets
import socket
import sys
import threading
from collections.abc import Callable
from contextlib import suppress
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import PurePosixPath
from urllib.parse import parse_qs, unquote, urlsplit

from toolkit.errors import ConfigError, ToolkitError
from toolkit.outputs import SOURCE_FILES
from toolkit.preview.live import Live
from toolkit.preview.news import News, message
from toolkit.preview.pages import EVENTS, failed_page, missing_page, with_script

_POLICY = "Content-Security-Policy"
ADDRESS = "127.0.0.1"
#: Characters of an address: no file of a site has a longer one.
_LONGEST_PATH = 2_000
#: How many ports are tried from the one that is asked for.
_PORTS = 20
#: Pages that may listen at once, and seconds after which a silent connection is tried.
_LISTENERS, _SILENCE = 60, 10
#: Seconds after which a connection that sends no request is closed.
_PATIENCE = 30
_TYPES = {
    ".html": "text/html",
    ".js": "text/javascript",
    ".css": "text/css",
    ".xml": "application/xml",
    ".rng": "application/xml",
    ".atom": "application/atom+xml",
    ".tmx": "application/xml",
    ".xlf": "application/xml",
    ".json": "application/json",
    ".txt": "text/plain",
    ".md": "text/plain",
    ".epub": "application/epub+zip",
    ".webp": "image/webp",
    ".avif": "image/avif",
}
_CHARSET = ("text/", "application/xml", "application/json", "application/atom")
#: Files other than pages may load and run nothing.
_FILE_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'"
#: Files in the sources' own formats are strangers' markup: besides, they may send, open and go nowhere by themselves.
#: Their origin stays ours, or they could not show the images that lie beside them; without scripts it is of no use.
_SOURCE_POLICY = "default-src 'none'; img-src 'self' data:; style-src 'self' 'unsafe-inline'; sandbox allow-same-origin"


class PreviewServer(ThreadingHTTPServer):
    """Serves a live site on the first free port."""

    daemon_threads = True
    block_on_close = False
    #: Elsewhere than on POSIX systems this would let two programs have one port.
    allow_reuse_address = os.name == "posix"

    def __init__(self, live: Live, port: int, notify: Callable[[str], None]) -> None:
        self.live, self.notify = live, notify
        self.run = secrets.token_hex(8)
        self.listeners = threading.BoundedSemaphore(_LISTENERS)
        super().__init__((ADDRESS, port), _Handler)

    @property
    def url(self) -> str:
        """Of the index."""
        return f"http://{ADDRESS}:{self.server_port}/"

    def handle_error(self, request: object, client_address: object) -> None:
        """Say a failure in one line; a browser that went away is none."""
        error = sys.exc_info()[1]
        if isinstance(error, ConnectionError | TimeoutError):
            return
        said = f"the toolkit itself failed ({type(error).__name__}: {error})"
        self.notify(said)
        if isinstance(request, socket.socket):
            with suppress(OSError):
                request.sendall(f"HTTP/1.1 500 Failed\r\nContent-Type: text/plain\r\n\r\n{said!a}\n".encode())

    def server_close(self) -> None:
        """End, with all who listen."""
        self.live.bulletin.close()
        super().server_close()


def open_server(live: Live, port: int, notify: Callable[[str], None]) -> PreviewServer:
    """A server on the port that is asked for or, where that is taken, one of those behind it; 0 takes any.

    Raises:
        ConfigError: none of them is free.
    """
    for candidate in range(port, min(port + _PORTS, 65536)):
        with suppress(OSError):
            return PreviewServer(live, candidate, notify)
    raise ConfigError(
        f"no port from {port} to {min(port + _PORTS, 65536) - 1} can be had",
        hint="end a program that uses one, or name another with --port (0 takes any that is free)",
    )


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    server: PreviewServer
    protocol_version = "HTTP/1.1"
    server_version, sys_version = "toolkit-preview", ""
    timeout = _PATIENCE

    def do_GET(self) -> None:
        """Answer with a file, or with news."""
        if self._is_refused():
            return
        try:
            address = urlsplit(self.path)
            path = unquote(address.path, errors="strict").removeprefix("/") or "index.html"
        except ValueError:  # no address, or none in UTF-8
            self._send(HTTPStatus.BAD_REQUEST, "text/plain", b"This is no address of a page.\n")
            return
        if path == EVENTS:
            self._events(parse_qs(address.query))
            return
        about = {"number": self.server.live.bulletin.number, "run": self.server.run, "release": "", "failed": False}
        try:
            found = self.server.live.get(path + "index.html" if path.endswith("/") else path)
        except ToolkitError as error:
            status, data = HTTPStatus.INTERNAL_SERVER_ERROR, with_script(failed_page(error), about | {"failed": True})
            self._send(status, "text/html", data)
            return
        if found is None:
            self._send(HTTPStatus.NOT_FOUND, "text/html", with_script(missing_page(path), about | {"failed": True}))
        elif found.path.startswith(f"{SOURCE_FILES}/"):
            self._send(HTTPStatus.OK, _type(found.path), found.data, {_POLICY: _SOURCE_POLICY})
        elif (kind := _type(found.path)) == "text/html":
            self._send(HTTPStatus.OK, kind, with_script(found.data, about | {"release": found.release}))
        else:
            self._send(HTTPStatus.OK, kind, found.data)

    do_HEAD = do_GET  # noqa: N815 - the library's name

    def _only_reading(self) -> None:
        self.close_connection = True
        self._send(HTTPStatus.METHOD_NOT_ALLOWED, "text/plain", b"Only GET and HEAD.\n", {"Allow": "GET, HEAD"})

    do_POST = do_PUT = do_DELETE = do_PATCH = do_OPTIONS = do_TRACE = do_CONNECT = _only_reading  # noqa: N815

    def _is_refused(self) -> bool:
        """Whether the request is not one of this machine's own pages and people; it has been answered then."""
        port = self.server.server_port
        names = {f"{name}:{port}" for name in (ADDRESS, "localhost")} | (
            {ADDRESS, "localhost"} if port == 80 else set()
        )
        asked = self.headers.get_all("Host") or []
        if len(asked) != 1 or asked[0].strip().lower() not in names:
            status = HTTPStatus.MISDIRECTED_REQUEST
        elif self.headers.get("Sec-Fetch-Site") == "cross-site" and self.headers.get("Sec-Fetch-Mode") != "navigate":
            status = HTTPStatus.FORBIDDEN  # a page of the web that would have something made here
        elif len(self.path) > _LONGEST_PATH:
            status = HTTPStatus.REQUEST_URI_TOO_LONG
        else:
            return False
        self.close_connection = True
        self._send(status, "text/plain", f"This is {self.server.url}\n".encode())
        return True

    def _send(self, status: HTTPStatus, kind: str, data: bytes, more: dict[str, str] | None = None) -> None:
        self.send_response(status)
        charset = "; charset=utf-8" if kind.startswith(_CHARSET) else ""
        policy = {} if kind == "text/html" else {_POLICY: _FILE_POLICY}
        self._headers({"Content-Type": kind + charset, "Content-Length": str(len(data)), **policy, **(more or {})})
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(data)

    def _headers(self, values: dict[str, str]) -> None:
        common = {
            "Cache-Control": "no-store",
            "X-Content-Type-Options": "nosniff",
            "X-Frame-Options": "DENY",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        }
        for name, value in {**common, **values}.items():
            self.send_header(name, value)

    # -- news ---------------------------------------------------------------------------------------------------------

    def _events(self, query: dict[str, list[str]]) -> None:
        """Server-Sent Events, until the page goes or the preview ends."""
        self.close_connection = True
        if not self.server.listeners.acquire(blocking=False):
            self._send(HTTPStatus.SERVICE_UNAVAILABLE, "text/plain", b"Too many pages listen.\n")
            return
        try:
            self.send_response(HTTPStatus.OK)
            self._headers({"Content-Type": "text/event-stream; charset=utf-8", "Connection": "close"})
            self.end_headers()
            if self.command != "HEAD":
                self._tell(query)
        finally:
            self.server.listeners.release()

    def _tell(self, query: dict[str, list[str]]) -> None:
        bulletin, run = self.server.live.bulletin, self.server.run
        release = query.get("release", [""])[0]
        asked = self.headers.get("Last-Event-ID") or query.get("after", ["0"])[0]
        after = int(asked) if asked.isascii() and asked.isdigit() and len(asked) < 10 else 0
        self.wfile.write(b"retry: 1000\n\n")
        news = [*bulletin.wait(after, 0), News(bulletin.number, "problems")]
        while not bulletin.is_closed:
            for each in news:
                self.wfile.write(message(each, run, bulletin.problems(release)))
                after = each.number
            if not news:
                self.wfile.write(b":\n\n")
            self.wfile.flush()
            news = [*bulletin.wait(after, _SILENCE)]

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the library's name
        """Nothing: people watch for warnings here."""


def _type(path: str) -> str:
    suffix = PurePosixPath(path).suffix.lower()
    return _TYPES.get(suffix) or mimetypes.guess_type(path)[0] or "application/octet-stream"
