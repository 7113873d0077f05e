"""HTTP for model packages: the only module of the toolkit that opens a socket, for `models install` alone.

Plain urllib with what it leaves open closed: no scheme but http and https, no redirect that leaves them or falls from
https to http, a cap on every size, and a cut download that goes on where it stopped (RFC 9110, sections 13 and 14).
"""

from __future__ import annotations

import http.client
import re
import time
from collections.abc import Callable
from email.message import Message
from pathlib import Path
from typing import IO, Protocol
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urlsplit
from urllib.request import (
    HTTPDefaultErrorHandler,
    HTTPErrorProcessor,
    HTTPHandler,
    HTTPRedirectHandler,
    HTTPSHandler,
    OpenerDirector,
    ProxyHandler,
    Request,
    UnknownHandler,
)

from toolkit import __version__
from toolkit.errors import DownloadError, ModelError
from toolkit.translation.partial import PartialFile

MAX_PACKAGE = 4 << 30
"""Bytes; no package is larger, so whatever announces or sends more is not one."""

TIMEOUT = 30.0
"""Seconds without a byte after which a connection is given up."""

ATTEMPTS = 6

Progress = Callable[[int, int | None], None]
"""Called with the bytes that are there and the bytes there will be (None where the server does not say)."""

Wait = Callable[[float], None]
"""Pauses for that many seconds: ``time.sleep``, or a test's own."""

_CHUNK = 1 << 18
_PASSING = frozenset({408, 425, 429, 500, 502, 503, 504})  # the same request may succeed later (RFC 9110, 6585, 8470)
_CONTENT_RANGE = re.compile(r"bytes (?:(\d{1,18})-\d{1,18}|\*)/(\d{1,18}|\*)", re.ASCII)  # RFC 9110, 14.4
_SAFE = "%/:=&?~#+!$,;'@()*[]"
_LATER = "check the connection and run the same command again: it goes on where it stopped"


class _Response(Protocol):
    status: int
    headers: http.client.HTTPMessage

    def read(self, amount: int, /) -> bytes: ...


class _StartOverError(Exception):
    """What is on disk cannot be continued."""


class _Redirects(HTTPRedirectHandler):
    """Follows redirects to http and https only, and never from https to http."""

    max_redirections = 5

    def redirect_request(
        self, req: Request, fp: IO[bytes], code: int, msg: str, headers: http.client.HTTPMessage, newurl: str
    ) -> Request | None:
        scheme = urlsplit(newurl).scheme
        if scheme != "https" and (scheme != "http" or req.type == "https"):
            message = f"the server redirects to {public(newurl)}, which is not safe to follow"
            raise DownloadError(message, where=public(req.full_url), hint="use another address")
        return super().redirect_request(req, fp, code, msg, headers, newurl)


def public(url: str) -> str:
    """A URL fit for messages and records: without user name, password, query and fragment."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc.rpartition('@')[2]}{parts.path}"


def checked_url(url: str) -> str:
    """The URL, ready to be requested. Raises DownloadError unless it is a whole http or https URL."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.netloc.isascii()
        usable = usable and "@" not in parts.netloc and (parts.port is None or parts.port > 0)
    except ValueError:
        usable = False
    if not usable or not url.isprintable():
        message = f"this is not an address that can be downloaded from: {url!r}"
        raise DownloadError(message, hint="give an http or https address without user name and password")
    return quote(url, safe=_SAFE)


def fetch(url: str, cap: int, wait: Wait = time.sleep) -> bytes:
    """A small file, whole, in memory.

    Args:
        url: http or https.
        cap: bytes it may have at most.
        wait: see ``Wait``.

    Raises:
        DownloadError: no connection, an error from the server, or more than ``cap`` bytes.
    """
    address, failure = checked_url(url), ""
    for attempt in range(ATTEMPTS):
        _pause(attempt, wait)
        try:
            with _open(Request(address)) as response:  # noqa: S310 - checked_url allows http and https only
                content = response.read(cap + 1)
                announced = _announced(response)
        except (OSError, http.client.HTTPException) as error:
            failure = _reason(error, url, final=attempt == 0)
            continue
        if len(content) > cap:
            raise DownloadError(
                f"the answer is larger than {cap >> 20} MiB", where=public(url), hint="check the address"
            )
        if announced is None or announced == len(content):
            return content
        failure = f"the connection was cut after {len(content)} of {announced} bytes"
    raise DownloadError(f"the download failed: {failure}", where=public(url), hint="try again later")


def download(
    url: str,
    target: Path,
    *,
    size: int | None = None,
    sha256: str | None = None,
    cap: int = MAX_PACKAGE,
    progress: Progress | None = None,
    wait: Wait = time.sleep,
) -> Path:
    """Download a file; a cut connection or a killed run is continued, not repeated.

    The bytes gather in ``<target>.part``, with what identifies the server's file in ``<target>.part.json``.

    Args:
        url: http or https.
        target: the file to write; its folder exists.
        size: bytes it must have, if known.
        sha256: what its SHA-256 must be, hexadecimal; None to take what comes.
        cap: bytes it may have at most.
        progress: see ``Progress``.
        wait: see ``Wait``.

    Returns:
        ``target``, synced to disk.

    Raises:
        DownloadError: no connection, an error from the server, too many cuts, too large, an unsafe redirect.
        ModelError: the file is whole but not the expected one; it is deleted.
        WriteError: the file cannot be written.
        LockedError: the same file is being downloaded by another process.
    """
    address, failure = checked_url(url), ""
    with PartialFile(target, url) as part:
        # Without either, nothing would tell if the rest came from another version.
        if (part.done and not (part.validator or sha256)) or (size is not None and part.done > size):
            part.restart()
        for attempt in range(ATTEMPTS):
            _pause(attempt, wait)
            try:
                if size is None or part.done != size:
                    _continue(address, part, size, cap, progress)
            except _StartOverError as error:
                part.restart()
                failure = str(error)
                continue
            except (OSError, http.client.HTTPException) as error:
                failure = _reason(error, url, final=attempt == 0 and not part.done)
                continue
            if sha256 is None or part.sha256 == sha256.strip().lower():
                return part.finish()
            if not part.resumed:
                raise _wrong(part, url, f"its SHA-256 is {part.sha256}, expected {sha256}")
            part.restart()
            failure = "what had been downloaded before does not fit the rest"
    raise DownloadError(f"the download failed: {failure}", where=public(url), hint=_LATER)


def _continue(url: str, part: PartialFile, size: int | None, cap: int, progress: Progress | None) -> None:
    """One request for what is missing; returns when the file is whole, raises when it is not."""
    headers = {"Range": f"bytes={part.done}-"} if part.done else {}
    if part.done and part.validator:
        headers["If-Range"] = part.validator
    try:
        response = _open(Request(url, headers=headers))  # noqa: S310 - checked_url allows http and https only
    except HTTPError as error:
        error.close()
        if error.code != 416:
            raise
        if _range(error.headers)[1] == part.done:
            return  # "range not satisfiable, there are N bytes": it was whole already
        raise _StartOverError("the server has another file than before") from error
    with response:
        total = _start(response, part)
        if total is not None and size is not None and total != size:
            raise _wrong(part, url, f"it has {total} bytes, expected {size}")
        limit = cap if size is None else size
        if total is not None and total > limit:
            raise DownloadError(f"the file has {total} bytes, more than the {cap} allowed", where=public(url))
        while chunk := response.read(_CHUNK):
            if part.done + len(chunk) > limit:
                raise _wrong(part, url, f"it has more than {limit} bytes")
            part.append(chunk)
            if progress:
                progress(part.done, total if total is not None else size)
    expected = total if total is not None else size
    if expected is not None and part.done < expected:
        raise ConnectionError(f"the connection was cut after {part.done} of {expected} bytes")


def _start(response: _Response, part: PartialFile) -> int | None:
    """Make ``part`` fit the answer's first byte; gives the whole file's size, if the server says."""
    if response.status == 206:
        first, total = _range(response.headers)
        if first != part.done:
            raise _StartOverError("the server sent another part than was asked for")
        part.resumed = part.done > 0
        rest = _announced(response)
        return total if total is not None or rest is None else part.done + rest
    if response.status != 200:
        raise ConnectionError(f"the server answered with status {response.status}")
    # All of it again: the server knows no ranges, or the file has changed since.
    part.restart(_validator(response.headers))
    return _announced(response)


def _validator(headers: Message) -> str:
    """What If-Range may name: a strong ETag, or else the date where there is no ETag (RFC 9110, 13.1.5)."""
    etag = headers.get("ETag")
    if etag is None:
        return headers.get("Last-Modified") or ""
    return etag if etag.startswith('"') else ""


def _range(headers: Message) -> tuple[int | None, int | None]:
    """First byte and whole size of a Content-Range; None where it does not say."""
    match = _CONTENT_RANGE.fullmatch((headers.get("Content-Range") or "").strip())
    if not match:
        return None, None
    first, total = match.groups()
    return (int(first) if first else None), (int(total) if total != "*" else None)


def _announced(response: _Response) -> int | None:
    length = (response.headers.get("Content-Length") or "").strip()
    return int(length) if length.isascii() and length.isdigit() else None


def _open(request: Request) -> http.client.HTTPResponse:
    # Built by hand: urllib's build_opener would also take file:, ftp: and data: addresses.
    opener = OpenerDirector()
    for handler in (
        ProxyHandler(),
        UnknownHandler(),
        HTTPHandler(),
        HTTPSHandler(),
        HTTPDefaultErrorHandler(),
        _Redirects(),
        HTTPErrorProcessor(),
    ):
        opener.add_handler(handler)
    request.add_header("User-Agent", f"bilingual-toolkit/{__version__}")
    response: http.client.HTTPResponse = opener.open(request, timeout=TIMEOUT)
    return response


def _reason(error: OSError | http.client.HTTPException, url: str, *, final: bool) -> str:
    """Say why a request failed, for the last message; raises at once where trying again is of no use.

    Args:
        error: what was raised.
        url: for the message.
        final: nothing has come yet: a machine without a network should not make the person wait.
    """
    if isinstance(error, HTTPError):
        reason = f"the server answered {error.code} {error.reason}"
        if 300 <= error.code < 400:  # those that could be followed have been
            reason = "the server redirects in a circle, or to an address that is not safe to follow"
        error.close()
        if error.code not in _PASSING:
            raise DownloadError(reason, where=public(url), hint="check the address") from error
        return reason
    if isinstance(error, URLError):
        cause = error.reason.strerror if isinstance(error.reason, OSError) else error.reason
        reason = f"no connection: {cause or error.reason}"
        if final:
            raise DownloadError(reason, where=public(url), hint=_LATER) from error
        return reason
    return str(error) or type(error).__name__


def _wrong(part: PartialFile, url: str, what: str) -> ModelError:
    part.discard()
    message = f"this is not the expected file and was deleted: {what}"
    return ModelError(message, where=public(url), hint="the file at this address is another one: do not use it")


def _pause(attempt: int, wait: Wait) -> None:
    if attempt:
        wait(min(2.0 ** (attempt - 1), 15.0))
