"""A Chromium of this machine, which prints our pages: the one program outside Python that a book may need."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from toolkit.errors import MissingToolError

#: Names the browser to use; any Chromium of version 131 or newer will do.
VARIABLE = "TOOLKIT_BROWSER"
_NAMES = ("chromium", "chromium-browser", "google-chrome-stable", "google-chrome", "chrome", "microsoft-edge", "msedge")
_MAC = ("Google Chrome", "Chromium", "Microsoft Edge", "Brave Browser")
_WINDOWS = ("Google/Chrome/Application/chrome.exe", "Microsoft/Edge/Application/msedge.exe")
#: Seconds for a page of a book and for the start: a browser that takes longer hangs.
_PATIENCE, _START = 1.0, 90
#: No network, no profile, no window, no pages of its own.
_FLAGS = (
    "--headless",
    "--disable-gpu",
    "--disable-dev-shm-usage",
    "--disable-extensions",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-default-apps",
    "--disable-sync",
    "--no-first-run",
    "--no-default-browser-check",
    "--host-resolver-rules=MAP * ~NOTFOUND",
    "--no-pdf-header-footer",
    "--generate-pdf-document-outline",
    "--export-tagged-pdf",
)


def find_browser() -> str:
    """The program that prints.

    Raises:
        MissingToolError: there is none.
    """
    asked = os.environ.get(VARIABLE, "")
    if asked:
        found = shutil.which(asked)
        if found:
            return found
        raise MissingToolError(f"there is no program “{asked}”", where=VARIABLE, hint=_HINT)
    for candidate in _candidates():
        if found := shutil.which(candidate):
            return found
    raise MissingToolError("PDF files are printed by Chromium, and there is none on this machine", hint=_HINT)


_HINT = (
    "install Chromium, Chrome or Edge (Debian: apt-get install chromium), or name one in TOOLKIT_BROWSER; "
    "EPUB needs no such program"
)


def _candidates() -> Iterator[str]:
    yield from _NAMES
    if sys.platform == "darwin":
        yield from (f"/Applications/{name}.app/Contents/MacOS/{name}" for name in _MAC)
    for variable in ("PROGRAMFILES", "PROGRAMFILES(X86)", "LOCALAPPDATA"):
        if folder := os.environ.get(variable):
            yield from (str(Path(folder) / path) for path in _WINDOWS)


def print_pages(page: bytes, files: dict[str, bytes], *, sentences: int = 0) -> bytes:
    """An XHTML page as PDF.

    Args:
        page: the page; it has no script.
        files: what lies beside it, by path.
        sentences: how long it is, for how long to wait.

    Raises:
        MissingToolError: there is no browser, or it does not print.
    """
    browser = find_browser()
    with tempfile.TemporaryDirectory(prefix="toolkit-book-", ignore_cleanup_errors=True, dir=_folder(browser)) as name:
        folder = Path(name)
        for path, data in {"book.xhtml": page, **files}.items():
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
        made = folder / "book.pdf"
        command = [browser, *_FLAGS, *_as_root(), f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={made}"]
        wait = _START + _PATIENCE * sentences
        try:
            done = subprocess.run(  # noqa: S603 - the browser that the person installed, with our own page
                [*command, (folder / "book.xhtml").as_uri()], capture_output=True, timeout=wait, check=False
            )
        except subprocess.TimeoutExpired as error:
            raise _failed(browser, f"has not printed a book in {wait:.0f} seconds") from error
        except OSError as error:
            raise _failed(browser, f"cannot be started: {error.strerror or error}") from error
        if not made.is_file():
            said = done.stderr.decode(errors="replace").strip().splitlines()
            raise _failed(browser, f"has printed nothing: {said[-1][:200] if said else f'exit {done.returncode}'}")
        return made.read_bytes()


def _failed(browser: str, what: str) -> MissingToolError:
    return MissingToolError(f"it {what}", where=browser, hint=f"name another Chromium in {VARIABLE}, or write EPUB")


def _as_root() -> tuple[str, ...]:
    """Chromium's sandbox refuses to work for root; our page has no script, and may load nothing but its own images."""
    return ("--no-sandbox",) if hasattr(os, "geteuid") and os.geteuid() == 0 else ()


def _folder(browser: str) -> str | None:
    """Where the page may lie: a Chromium from a snap sees no /tmp and nothing hidden, only the person's own folder."""
    return str(Path.home()) if "/snap/" in str(Path(browser).resolve()) or browser.startswith("/snap/") else None
