"""Judges that are not ours: a browser, the Nu HTML checker, axe-core, jing, xmllint. A missing one skips, saying so."""

from __future__ import annotations

import base64
import json
import os
import selectors
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parent.parent

#: Seconds after which a silent browser counts as hung; only ever waited for when something is broken.
PATIENCE = 30

_FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--remote-debugging-pipe",
)


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


def check_html(*pages: Path) -> list[dict[str, Any]]:
    """What the Nu HTML checker says of these pages, warnings included."""
    command = [program("java"), "-jar", str(npm_file("vnu-jar/build/dist/vnu.jar")), "--format", "json"]
    done = subprocess.run([*command, *map(str, pages)], capture_output=True, text=True, check=False)
    messages: list[dict[str, Any]] = json.loads(done.stderr or done.stdout)["messages"]
    return messages


class Browser:
    """Chromium over its debugging pipe: messages are JSON, each ended by NUL."""

    def __init__(self, process: subprocess.Popen[bytes], reader: int, writer: int) -> None:
        self._process, self._reader, self._writer = process, reader, writer
        self._buffer, self._number, self._session = b"", 0, ""
        self._events: list[str] = []
        self._selector = selectors.DefaultSelector()
        self._selector.register(reader, selectors.EVENT_READ)
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        self.call("Page.enable")
        self.call("Emulation.setFocusEmulationEnabled", enabled=True)

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """One command of the DevTools protocol and its result."""
        self._number += 1
        message: dict[str, Any] = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._writer, json.dumps(message).encode() + b"\0")
        while True:
            answer = self._read()
            self._events.append(answer.get("method", ""))
            if answer.get("id") == self._number:
                assert "error" not in answer, answer["error"]
                result: dict[str, Any] = answer["result"]
                return result

    def open(self, page: Path | str, query: str = "") -> None:
        """Load a page and wait until it is complete."""
        address = page if isinstance(page, str) else page.resolve().as_uri()
        # By way of an empty page, so that another fragment is another load.
        for url in ("about:blank", address + query):
            self._events.clear()
            self.call("Page.navigate", url=url)
            self.wait("Page.loadEventFired")

    def wait(self, event: str) -> None:
        """Until the browser has reported this event."""
        while event not in self._events:
            self._events.append(self._read().get("method", ""))

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
        shot = self.call("Page.captureScreenshot", captureBeyondViewport=True)
        path.write_bytes(base64.b64decode(shot["data"]))

    def _read(self) -> dict[str, Any]:
        while b"\0" not in self._buffer:
            assert self._selector.select(PATIENCE), "the browser does not answer"
            chunk = os.read(self._reader, 1 << 20)
            assert chunk, "the browser is gone"
            self._buffer += chunk
        message, _, self._buffer = self._buffer.partition(b"\0")
        answer: dict[str, Any] = json.loads(message)
        return answer

    def close(self) -> None:
        """End the browser and wait for it."""
        self._selector.close()
        self._process.terminate()
        self._process.wait(PATIENCE)


@contextmanager
def chromium() -> Iterator[Browser]:
    """A headless Chromium with a profile of its own."""
    binary = program("chromium", "chromium-browser", "google-chrome")
    commands_out, commands_in = os.pipe()
    answers_out, answers_in = os.pipe()
    # The pipe's ends must be 3 and 4 in the browser: the shell puts them there.
    wiring = f'exec "$@" 3<&{commands_out} 4>&{answers_in}'
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as profile:
        process = subprocess.Popen(
            ["/bin/bash", "-c", wiring, "sh", binary, *_FLAGS, f"--user-data-dir={profile}"],
            pass_fds=(commands_out, answers_in),
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        os.close(commands_out)
        os.close(answers_in)
        browser = None
        try:
            browser = Browser(process, answers_out, commands_in)
            yield browser
        finally:
            if browser:
                browser.close()
            else:
                process.kill()
                process.wait(PATIENCE)
            os.close(commands_in)
            os.close(answers_out)
