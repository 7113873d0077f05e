"""The preview: what it serves and refuses, what it tells open pages, and what a reader sees while somebody edits."""

from __future__ import annotations

import http.client
import json
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from tests.judges import program
from tests.running import ROOT, environment
from toolkit.errors import CatalogueError, ConfigError
from toolkit.preview.changes import changed_sentences
from toolkit.preview.live import Live
from toolkit.preview.news import Bulletin
from toolkit.preview.pages import with_script
from toolkit.preview.server import PreviewServer, open_server
from toolkit.preview.session import preview

RELEASE = "2026-05-04-ecole-d-ete"
OTHER = "2026-06-18-signalement-en-mer"
SAMPLES = (f"{RELEASE}.txt", f"{OTHER}.docx", "2026-06-02-numero-unique.html")
#: Seconds for which something is waited that happens in a fraction of one.
PATIENCE = 30


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three of the sample releases with their catalogues."""
    for name in ("source", "locales/en"):
        (tmp_path / name).mkdir(parents=True)
    for name in SAMPLES:
        shutil.copy(ROOT / "source" / name, tmp_path / "source")
        shutil.copy(ROOT / "locales" / "en" / f"{name.rpartition('.')[0]}.po", tmp_path / "locales" / "en")
    (tmp_path / "toolkit.toml").write_text('[publish]\nformats = ["html", "tei", "source"]\n')
    return tmp_path


@contextmanager
def serving(project: Path) -> Iterator[PreviewServer]:
    with preview(project, 0) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def server(project: Path) -> Iterator[PreviewServer]:
    with serving(project) as server:
        yield server


def ask(
    server: PreviewServer, path: str, method: str = "GET", headers: dict[str, str] | None = None
) -> tuple[int, dict[str, str], bytes]:
    connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    try:
        connection.request(method, path, headers=headers or {})
        answer = connection.getresponse()
        return answer.status, {name.lower(): value for name, value in answer.getheaders()}, answer.read()
    finally:
        connection.close()


def catalogue(project: Path, release: str = RELEASE) -> Path:
    return project / "locales" / "en" / f"{release}.po"


def edit(path: Path, old: str, new: str) -> None:
    """As an editor saves: a new file put in the place of the old one."""
    text = path.read_text(encoding="utf-8")
    assert old in text
    beside = path.with_name(f"{path.name}.new")
    beside.write_text(text.replace(old, new), encoding="utf-8")
    beside.replace(path)


class Listener:
    """A page's connection for news."""

    def __init__(self, server: PreviewServer, release: str = "", after: int | None = None) -> None:
        number = server.live.bulletin.number if after is None else after
        self._connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
        self._connection.request("GET", f"/.preview/events?release={release}&after={number}")
        self.answer = self._connection.getresponse()
        self.next("problems")  # which every connection is told first

    def next(self, kind: str) -> dict[str, Any]:
        """The next message of a kind."""
        while True:
            line = self.answer.readline().decode()
            assert line, "the connection has ended"
            if line.startswith("data: "):
                news: dict[str, Any] = json.loads(line.removeprefix("data: "))
                if news["kind"] == kind:
                    return news

    def close(self) -> None:
        self.answer.close()
        self._connection.close()


# -- what is served -----------------------------------------------------------------------------------------------


def test_serves_what_a_publication_would_write_and_writes_nothing(project: Path, server: PreviewServer) -> None:
    status, headers, _ = ask(server, "/")
    assert status == 200
    assert headers["content-type"] == "text/html; charset=utf-8"
    for path, kind in (
        (f"/{RELEASE}.html", "text/html"),
        (f"/{RELEASE}.xml", "application/xml"),
        (f"/files/en/{RELEASE}.txt", "text/plain"),
        (f"/files/en/{OTHER}.docx", "application/vnd"),
        ("/assets/edition-tei.rng", "application/xml"),
    ):
        status, headers, data = ask(server, path)
        assert (status, headers["content-type"].startswith(kind), bool(data)) == (200, True, True), path
        assert headers["cache-control"] == "no-store"
        assert headers["x-content-type-options"] == "nosniff"
    assert not (project / "output").exists()
    assert not list(project.rglob("*.lock"))


def test_every_file_of_a_publication_is_served_as_it_is(project: Path) -> None:
    from toolkit.pipeline import Pipeline
    from toolkit.project import open_project

    Pipeline(open_project(project)).publish()
    live = Live(project)
    live.warm(threading.Event())
    published = [path for path in (project / "output").rglob("*") if path.is_file()]
    names = {path.relative_to(project / "output").as_posix() for path in published} - {".toolkit.json", "manifest.json"}
    assert len(names) > 10
    for name in names:
        found = live.get(name)
        assert found is not None, name
        assert found.data == (project / "output" / name).read_bytes(), name


@pytest.mark.parametrize(
    "path",
    [
        "/toolkit.toml",
        "/../toolkit.toml",
        "/%2e%2e/toolkit.toml",
        "/..%2ftoolkit.toml",
        f"/source/{RELEASE}.txt",
        f"/./{RELEASE}.html",
        "/output/index.html",
        "/etc/passwd",
        "/%00",
        "/%ff",
        f"/{RELEASE}.html/",
        "/.preview/",
        "/fichier\\..\\toolkit.toml",
    ],
)
def test_serves_nothing_else(server: PreviewServer, path: str) -> None:
    status, _, data = ask(server, path)
    assert status == 404
    assert b"[publish]" not in data


def test_a_published_file_on_the_disk_is_not_what_is_served(project: Path, server: PreviewServer) -> None:
    (project / "output").mkdir()
    (project / "output" / f"{RELEASE}.html").write_text("left over")
    (project / "output" / "secret.txt").write_text("secret")
    assert b"left over" not in ask(server, f"/{RELEASE}.html")[2]
    assert ask(server, "/secret.txt")[0] == 404


@pytest.mark.parametrize("host", ["example.org", "127.0.0.1", "localhost:1", "127.0.0.1.example.org:{port}", ""])
def test_answers_only_to_its_own_name(server: PreviewServer, host: str) -> None:
    """Another name that leads to our address (DNS rebinding) learns nothing."""
    status, _, data = ask(server, f"/{RELEASE}.html", headers={"Host": host.replace("{port}", str(server.server_port))})
    assert status == 421
    assert b"<html" not in data


@pytest.mark.parametrize("name", ["localhost", "127.0.0.1"])
def test_answers_to_its_own_names(server: PreviewServer, name: str) -> None:
    assert ask(server, "/", headers={"Host": f"{name}:{server.server_port}"})[0] == 200


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "PATCH", "OPTIONS"])
def test_only_reads(server: PreviewServer, method: str) -> None:
    status, headers, _ = ask(server, "/", method)
    assert (status, headers["allow"]) == (405, "GET, HEAD")


def test_head_says_the_same_without_the_page(server: PreviewServer) -> None:
    status, headers, data = ask(server, f"/{RELEASE}.html", "HEAD")
    assert (status, data) == (200, b"")
    assert int(headers["content-length"]) == len(ask(server, f"/{RELEASE}.html")[2])


def test_listens_on_this_machine_only(server: PreviewServer) -> None:
    assert server.server_address[0] == "127.0.0.1"


def test_a_taken_port_gives_the_next_one(project: Path, server: PreviewServer) -> None:
    with preview(project, server.server_port) as second:
        assert server.server_port < second.server_port <= server.server_port + 20


def test_no_port_at_all_is_told(project: Path, monkeypatch: pytest.MonkeyPatch, server: PreviewServer) -> None:
    monkeypatch.setattr("toolkit.preview.server._PORTS", 1)
    with pytest.raises(ConfigError, match=f"no port from {server.server_port}"):
        open_server(server.live, server.server_port, lambda message: None)


def test_the_policy_of_a_page_lets_the_previews_script_run_and_nothing_else() -> None:
    policy = "default-src 'none'; script-src 'sha256-abc='; img-src 'self'"
    page = f'<html><head><meta http-equiv="Content-Security-Policy" content="{policy}"></head><body></body></html>'
    made = with_script(page.encode(), {"release": 'a"><script>alert(1)</script>'}).decode()
    assert made.count("<script>") == 1
    widened = made.partition('content="')[2].partition('"')[0]
    parts = {part.split()[0]: part.split()[1:] for part in widened.split(";")}
    assert parts["default-src"] == ["'none'"]
    assert parts["connect-src"] == ["'self'"]
    assert parts["script-src"][0] == "'sha256-abc='"
    assert len(parts["script-src"]) == 2
    assert all(source.startswith("'sha256-") for source in parts["script-src"])


# -- what is told -------------------------------------------------------------------------------------------------


def test_a_saved_catalogue_is_told_with_its_sentences(project: Path, server: PreviewServer) -> None:
    ask(server, f"/{RELEASE}.html")
    listener = Listener(server, RELEASE)
    edit(catalogue(project), 'msgstr "A summer school', 'msgstr "A school of summer')
    news = listener.next("release")
    assert (news["release"], news["sentences"], news["problems"]) == (RELEASE, ["p1s1"], [])
    assert b"A school of summer" in ask(server, f"/{RELEASE}.html")[2]
    assert b"A school of summer" in ask(server, "/")[2]
    listener.close()


def test_news_that_came_while_a_page_was_loading_is_not_lost(project: Path, server: PreviewServer) -> None:
    ask(server, f"/{RELEASE}.html")
    before = server.live.bulletin.number
    first = Listener(server, RELEASE)
    edit(catalogue(project), 'msgstr "A summer school', 'msgstr "A school of summer')
    first.next("release")
    late = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=PATIENCE)
    late.request("GET", f"/.preview/events?release={RELEASE}&after={before}")
    answer = late.getresponse()
    lines = [answer.readline().decode() for _ in range(8)]
    assert any('"kind": "release"' in line for line in lines)
    answer.close()
    late.close()
    first.close()


def test_a_broken_catalogue_is_told_and_the_last_good_page_stays(project: Path, server: PreviewServer) -> None:
    good = ask(server, f"/{RELEASE}.html")[2]
    listener, elsewhere = Listener(server, RELEASE), Listener(server, OTHER)
    text = catalogue(project).read_text(encoding="utf-8")
    catalogue(project).write_text(text + '\nmsgid "cut', encoding="utf-8")
    problems = listener.next("problems")["problems"]
    assert [problem["release"] for problem in problems] == [RELEASE]
    assert problems[0]["where"].startswith(f"locales/en/{RELEASE}.po")
    assert problems[0]["hint"]
    assert elsewhere.next("problems")["problems"] == [], "a page of another release is left in peace"
    status, _, page = ask(server, f"/{RELEASE}.html")

    mark = b'<meta name="toolkit-preview"'
    assert (status, page.partition(mark)[0]) == (200, good.partition(mark)[0])
    catalogue(project).write_text(text, encoding="utf-8")
    assert listener.next("problems")["problems"] == []
    listener.close()
    elsewhere.close()


def test_a_release_that_never_could_be_read_has_a_page_that_says_so(project: Path) -> None:
    catalogue(project).write_text('msgid "cut', encoding="utf-8")
    with serving(project) as server:
        status, _, page = ask(server, f"/{RELEASE}.html")
        assert status == 500
        assert f"locales/en/{RELEASE}.po".encode() in page
        assert b"toolkit-preview" in page, "it opens by itself when that is mended"
        assert ask(server, "/")[0] == 200
        listener = Listener(server)
        catalogue(project).unlink()
        listener.next("release")
        assert ask(server, f"/{RELEASE}.html")[0] == 200
        listener.close()


def test_a_new_release_and_one_that_goes_are_told(project: Path, server: PreviewServer) -> None:
    listener = Listener(server)
    (project / "source" / "2026-07-01-avis.txt").write_text("Avis aux bateliers\n\nLe bac ne circule pas.\n")
    while b"Avis aux bateliers" not in ask(server, "/")[2]:
        listener.next("index")
    assert ask(server, "/2026-07-01-avis.html")[0] == 200
    (project / "source" / "2026-07-01-avis.txt").unlink()
    while b"Avis aux bateliers" in ask(server, "/")[2]:
        listener.next("index")
    assert ask(server, "/2026-07-01-avis.html")[0] == 404
    listener.close()


def test_broken_settings_are_told_and_mended_ones_used(project: Path, server: PreviewServer) -> None:
    listener = Listener(server)
    (project / "toolkit.toml").write_text("[project]\nname = \n")
    problem = listener.next("problems")["problems"][0]
    assert "toolkit.toml:2" in problem["where"]
    assert ask(server, "/")[0] == 200
    (project / "toolkit.toml").write_text('[project]\nname = "Harbour notes"\n')
    listener.next("site")
    assert b"Harbour notes" in ask(server, "/")[2]
    listener.close()


def test_an_unreadable_project_is_refused(tmp_path: Path) -> None:
    (tmp_path / "toolkit.toml").write_text("[")
    with pytest.raises(ConfigError), preview(tmp_path, 0):
        pass


def test_a_reader_who_missed_too_much_is_told_so() -> None:
    bulletin = Bulletin()
    for _ in range(300):
        bulletin.tell("index")
    assert [news.kind for news in bulletin.wait(3, 0)] == ["site"]
    assert [news.number for news in bulletin.wait(298, 0)] == [299, 300]
    assert bulletin.wait(300, 0) == ()
    assert [news.kind for news in bulletin.wait(9_999, 0)] == ["site"], "of an earlier run"


def test_the_same_problem_is_told_once() -> None:
    bulletin = Bulletin()
    assert bulletin.problem("a", CatalogueError("cut short", where="a.po"))
    assert not bulletin.problem("a", CatalogueError("cut short", where="a.po"))
    assert bulletin.problem("a", None)
    assert not bulletin.problem("a", None)


def test_sentences_that_only_moved_have_not_changed(project: Path) -> None:
    live = Live(project)
    live.get(f"{RELEASE}.html")
    before = live._shown[RELEASE].edition
    assert changed_sentences(None, before) == ()
    assert changed_sentences(before, before) == ()
    source = project / "source" / f"{RELEASE}.txt"
    source.write_text("Le port ferme à midi.\n\n" + source.read_text(encoding="utf-8"), encoding="utf-8")
    live.changed([source])
    changed = changed_sentences(before, live._shown[RELEASE].edition)
    texts = {pair.segment.id: pair.segment.text for pair in live._shown[RELEASE].edition.pairs}
    assert "Le port ferme à midi." in [texts[name] for name in changed]
    assert len(changed) <= 2  # and the old headline, which may be another kind of block now


# -- as a user runs it --------------------------------------------------------------------------------------------


def test_the_command_says_where_and_ends_cleanly(project: Path) -> None:
    process = subprocess.Popen(
        [sys.executable, "-X", "utf8", "-m", "toolkit", "serve", "--port", "0"],
        cwd=project,
        env=environment(project, {"PYTHONUNBUFFERED": "1"}),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
    assert process.stdout is not None
    line = process.stdout.readline()
    assert line.startswith("Preview at http://127.0.0.1:"), line
    port = int(line.split("127.0.0.1:")[1].split("/")[0])
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)
    connection.request("GET", "/.preview/events")  # somebody still listens
    connection.getresponse()
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=PATIENCE)
    connection.close()
    assert (process.returncode, out, err) == (0, "Ended.\n", "")


@pytest.mark.external
def test_the_open_page_goes_to_what_was_saved(project: Path, server: PreviewServer) -> None:
    """In a real browser: the page renews itself at the sentence, keeps its place, and shows what is wrong."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    binary = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        page = browser.new_page(viewport={"width": 900, "height": 500})
        messages: list[str] = []
        page.on("console", lambda message: messages.append(message.text))
        page.goto(f"{server.url}{RELEASE}.html")
        time.sleep(0.3)  # until it listens
        last = next(line for line in reversed(catalogue(project).read_text().splitlines()) if "msgstr" in line)
        edit(catalogue(project), last, 'msgstr "The tide tables are on the quay."')
        page.wait_for_selector("[data-preview-changed]")
        changed = page.locator("[data-preview-changed]")
        assert "The tide tables are on the quay." in " ".join(changed.all_inner_texts())
        assert changed.first.evaluate("e => e.getBoundingClientRect().top < innerHeight")
        assert page.evaluate("scrollY") > 0
        assert page.get_by_role("status").last.inner_text() == "1 sentence changed"
        place = page.evaluate("scrollY")
        text = catalogue(project).read_text(encoding="utf-8")
        catalogue(project).write_text(text + '\nmsgid "cut', encoding="utf-8")
        page.wait_for_selector("[role=alert]")
        assert f"locales/en/{RELEASE}.po" in page.get_by_role("alert").inner_text()
        assert page.evaluate("scrollY") == place
        catalogue(project).write_text(text, encoding="utf-8")
        page.wait_for_selector("[role=alert]", state="detached")
        assert not [message for message in messages if "Content Security Policy" in message or "Error" in message]
        browser.close()
