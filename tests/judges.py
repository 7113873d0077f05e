"""Judges that are not ours: a browser, the Nu HTML checker, axe-core, jing, xmllint. A missing one skips, saying so."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parent.parent

#: Seconds after which a silent browser counts as hung; only ever waited for when something is broken.
PATIENCE = 30

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")


def npm_file(path: str) -> Path:
    """A file of an npm package, from $TOOLKIT_NPM or the repository's .npm/node_modules."""
    for folder in (os.environ.get("TOOLKIT_NPM", ""), str(ROOT / ".npm" / "node_modules")):
        if folder and (Path(folder) / path).is_file():
            return Path(folder) / path
    package = path.split("/")[0]
    pytest.skip(f"npm package {package} is not installed: npm i --prefix .npm vnu-jar axe-core")


def program(*names: str) -> str:
    """The first of these programs that is installed."""
    for name in names:
        if found := shutil.which(name):
            return found
    pytest.skip(f"{' or '.join(names)} is not installed")


def tei_all() -> Path:
    """The TEI consortium's own grammar, from $TOOLKIT_TEI_ALL or the repository's .npm."""
    for path in (Path(os.environ.get("TOOLKIT_TEI_ALL", "")), ROOT / ".npm" / "tei_all.rng"):
        if path.is_file():
            return path
    pytest.skip("the grammar tei_all.rng is not there: tests/install-tools.sh")


def check_epub(book: Path) -> list[str]:
    """What EPUBCheck says of a book, warnings included; its jar is in the repository's .npm or $TOOLKIT_EPUBCHECK."""
    java = program("java")
    for path in (Path(os.environ.get("TOOLKIT_EPUBCHECK", "")), ROOT / ".npm" / "epubcheck" / "epubcheck.jar"):
        if path.is_file():
            command = [java, "-jar", str(path), str(book), "-q", "--locale", "en", "--json", "-"]
            done = subprocess.run(command, capture_output=True, text=True, check=False)
            found = json.loads(done.stdout)["messages"]
            return [f"{each['ID']} {each['severity']}: {each['message']} {each['locations'][:2]}" for each in found]
    pytest.skip("EPUBCheck is not there: tests/install-tools.sh")


def check_html(*pages: Path) -> list[dict[str, Any]]:
    """What the Nu HTML checker says of these pages, warnings included."""
    command = [program("java"), "-jar", str(npm_file("vnu-jar/build/dist/vnu.jar")), "--format", "json"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(done.stderr or done.stdout)["messages"]
    return messages


class Browser:
    """A page of Chromium, through Playwright."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self._session = page.context.new_cdp_session(page)
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the DevTools protocol and its result, for what Playwright has no word for."""
        result: dict[str, Any] = self._session.send(method, params)
        return result

    def open(self, page: Path | str, query: str = "") -> None:
        """Load a page and wait until it is complete."""
        address = page if isinstance(page, str) else page.resolve().as_uri()
        self.page.goto("about:blank")  # so that another fragment is another load
        self.page.goto(address + query)

    def run(self, script: str) -> Any:
        """The value of an expression in the page, promises awaited."""
        done = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        assert "exceptionDetails" not in done, done["exceptionDetails"]
        return done["result"].get("value")

    def window(self, width: int, height: int = 900, *, scheme: str = "light", media: str = "screen") -> None:
        """Emulate a window of this many CSS pixels, a colour scheme and a medium."""
        mobile = width < 600
        self.call("Emulation.setDeviceMetricsOverride", width=width, height=height, deviceScaleFactor=1, mobile=mobile)
        features = [{"name": "prefers-color-scheme", "value": scheme}]
        self.call("Emulation.setEmulatedMedia", media=media, features=features)

    def screenshot(self, path: Path) -> None:
        """The whole page as PNG."""
        self.page.screenshot(path=path, full_page=True)


@contextmanager
def chromium() -> Iterator[Browser]:
    """The system's Chromium, headless, with a profile of its own. Nothing is downloaded."""
    from playwright.sync_api import sync_playwright

    binary = program("chromium", "chromium-browser", "google-chrome")
    with sync_playwright() as playwright:
        started = playwright.chromium.launch(executable_path=binary, args=list(_FLAGS))
        try:
            context = started.new_context()
            context.set_default_timeout(1000 * PATIENCE)
            yield Browser(context.new_page())
        finally:
            started.close()
