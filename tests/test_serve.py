"""The preview: what it serves and refuses, what it tells open pages, and what a reader sees while somebody edits."""

from __future__ import annotations

import http.client
import json
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import watchfiles

from tests.judges import program
from tests.running import copy_samples, environment
from toolkit.edition import Edition
from toolkit.editions.about import Theme
from toolkit.errors import CatalogueError, ConfigError
from toolkit.outputs import Outputs
from toolkit.pipeline import Pipeline
from toolkit.preview.changes import changed_sentences
from toolkit.preview.live import Live
from toolkit.preview.news import Bulletin
from toolkit.preview.pages import with_script
from toolkit.preview.server import PreviewServer, open_server
from toolkit.preview.session import _watch, preview
from toolkit.project import Project, SourceFile
from toolkit.themes import load_theme
from toolkit.writers import WRITERS

RELEASE = "2026-05-04-ecole-d-ete"
OTHER = "2026-06-18-signalement-en-mer"
SAMPLES = (f"{RELEASE}.txt", f"{OTHER}.docx", "2026-06-02-numero-unique.html")
#: Seconds for which something is waited that happens in a fraction of one.
PATIENCE = 30


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Three of the sample releases with their catalogues."""
    copy_samples(tmp_path, *SAMPLES)
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
    from toolkit.project import open_project

    Pipeline(open_project(project)).publish()
    live = Live(project)
    live.warm(threading.Event())
    published = [path for path in (project / "output").rglob("*") if path.is_file()]
    names = {path.relative_to(project / "output").as_posix() for path in published} - {".toolkit.json", "manifest.json"}
    assert len(names) > 10
    for name in sorted(names):
        found = live.get(name)
        assert found is not None, name
        assert found.data == (project / "output" / name).read_bytes(), name


def test_an_image_beside_a_source_file_is_found_before_its_release_was_asked_for(project: Path) -> None:
    image = "files/en/images/appels-par-nuit.png"
    live = Live(project)
    broken = project / "locales" / "en" / f"{OTHER}.po"
    broken.write_text("not a catalogue", encoding="utf-8")
    assert live.get("files/en/images/tampon-de-la-charte.png") is None, "which no release here shows"
    assert live.get("files/en/images/none.png") is None
    assert live.get(f"files/en/images/{'n' * 300}.png") is None
    assert live.get(f"files/en/../../{image}") is None
    found = live.get(image)
    assert found is not None
    assert found.data == (project / "source" / "images" / "appels-par-nuit.png").read_bytes()
    live.changed([project / "source" / "images" / "appels-par-nuit.png"])
    assert live.get(image) == found, "and after a change, which forgets what was shown"


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


def test_what_is_no_address_is_said(server: PreviewServer) -> None:
    assert ask(server, "/%ff")[0] == 400
    assert ask(server, "/" + "a." * 20_000)[0] == 414


def test_no_page_of_the_web_has_anything_made_here(server: PreviewServer) -> None:
    foreign = {"Sec-Fetch-Site": "cross-site"}
    assert ask(server, f"/{RELEASE}.xml", headers=foreign | {"Sec-Fetch-Mode": "no-cors"})[0] == 403
    assert ask(server, "/", headers=foreign | {"Sec-Fetch-Mode": "navigate"})[0] == 200  # a link that a person follows


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


def test_a_page_does_not_wait_for_a_download(
    project: Path, server: PreviewServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun, may_end = threading.Event(), threading.Event()
    writer = WRITERS["tei"]

    def slow(*args: Any) -> bytes:
        begun.set()
        assert may_end.wait(PATIENCE)
        return writer.render(*args)

    monkeypatch.setitem(WRITERS, "tei", replace(writer, render=slow))
    download = threading.Thread(target=ask, args=(server, f"/{RELEASE}.xml"))
    download.start()
    try:
        assert begun.wait(PATIENCE)
        connection = http.client.HTTPConnection("127.0.0.1", server.server_port, timeout=10)
        for path in (f"/{RELEASE}.html", f"/{OTHER}.html", "/"):
            connection.request("GET", path)
            answer = connection.getresponse()
            assert (answer.status, bool(answer.read())) == (200, True)
        connection.close()
        assert not may_end.is_set()
    finally:
        may_end.set()
        download.join()


def test_the_theme_is_read_once(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "site.css").write_text("p { color: #111 }")
    (project / "toolkit.toml").write_text('[publish]\nformats = ["html", "tei"]\n[theme]\ncss = "site.css"\n')
    read: list[Path] = []

    def load(project: Project, notify: Callable[[str], None]) -> Theme:
        read.append(project.root)
        return load_theme(project, notify)

    monkeypatch.setattr("toolkit.publishing.load_theme", load)
    live = Live(project)
    for path in (f"{RELEASE}.html", f"{RELEASE}.xml", "index.html", "404.html", f"{OTHER}.html"):
        live.get(path)
    assert len(read) == 1
    (project / "site.css").write_text("p { color: #222 }")
    live.changed([project / "site.css"])
    page = live.get(f"{RELEASE}.html")
    assert page is not None
    assert b"#222" in page.data
    assert len(read) == 2


def test_a_file_in_the_sources_own_format_runs_nothing(server: PreviewServer) -> None:
    name = "2026-06-02-numero-unique.html"
    status, headers, data = ask(server, f"/files/en/{name}")
    assert ask(server, "/files/en/images/appels-par-nuit.png")[0] == 200, "which lies beside the source"
    assert ask(server, "/files/en/images/tampon-de-la-charte.png")[0] == 404, "which no release here shows"
    policy = {part.split()[0]: part.split()[1:] for part in headers["content-security-policy"].split(";")}
    assert (status, headers["content-type"].startswith("text/html")) == (200, True)
    assert policy["default-src"] == ["'none'"]
    assert "script-src" not in policy
    assert "allow-scripts" not in policy["sandbox"]
    assert b"toolkit-preview" not in data
    assert "content-security-policy" not in ask(server, f"/{RELEASE}.html")[1], "pages have their own"
    assert "default-src 'none'" in ask(server, f"/{RELEASE}.xml")[1]["content-security-policy"]


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
    while b"Harbour notes" not in ask(server, "/")[2]:  # the file may have been read between its two writes
        listener.next("site")
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


def test_only_what_somebody_looked_at_is_rendered_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = Live(project)
    live.get(f"{RELEASE}.html")
    made: list[str] = []
    real = Outputs.of

    def of(self: Outputs, edition: Edition) -> dict[str, bytes]:
        made.append(edition.release.id)
        return real(self, edition)

    monkeypatch.setattr(Outputs, "of", of)
    for release in (RELEASE, OTHER):
        edit(catalogue(project, release), 'msgstr "', 'msgstr "Ahoy ')
    live.warm(threading.Event())
    before = live.bulletin.number
    live.changed([catalogue(project), catalogue(project, OTHER)])
    assert made == [RELEASE]
    told = [(news.kind, news.release) for news in live.bulletin.wait(before, 0)]
    assert ("release", OTHER) in told, "somebody may have it open all the same"
    assert live.cold.is_set()
    page = live.get(f"{OTHER}.html")
    assert page is not None
    assert b"Ahoy" in page.data


def test_what_changes_while_it_is_read_is_read_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live = Live(project)
    edition = Pipeline.edition

    def interrupted(self: Pipeline, file: SourceFile) -> Edition:
        made = edition(self, file)
        monkeypatch.setattr(Pipeline, "edition", edition)
        (project / "toolkit.toml").write_text('[publish]\nformats = ["html"]\n')
        live.changed([project / "toolkit.toml"])
        return made

    monkeypatch.setattr(Pipeline, "edition", interrupted)
    live.warm(threading.Event())
    assert live.cold.is_set()
    assert not live._fresh, "they were read with the settings of before"
    monkeypatch.setattr(Pipeline, "edition", interrupted)
    live.get(f"{RELEASE}.html")
    assert RELEASE not in live._shown
    live.warm(threading.Event())
    assert live._fresh == {name.rpartition(".")[0] for name in SAMPLES}


def test_a_watch_that_fails_is_told_and_begun_again(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    real, failed = watchfiles.watch, threading.Event()

    def watch(*args: Any, **options: Any) -> Iterator[Any]:
        if not failed.is_set():
            failed.set()
            raise OSError(28, "inotify watch limit reached")
        yield from real(*args, **options)

    monkeypatch.setattr("toolkit.preview.watching.watchfiles.watch", watch)
    with serving(project) as server:
        ask(server, f"/{RELEASE}.html")
        listener = Listener(server, RELEASE, after=0)
        assert failed.wait(PATIENCE)
        while server.live.bulletin.problems(RELEASE):
            assert "watch limit reached" in server.live.bulletin.problems(RELEASE)[0]["message"]
            listener.next("problems")
        edit(catalogue(project), 'msgstr "A summer school', 'msgstr "A school of summer')
        while b"A school of summer" not in ask(server, f"/{RELEASE}.html")[2]:
            time.sleep(0.05)
        listener.close()


def test_a_file_that_cannot_be_read_does_not_end_the_watch(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    live, stop, given = Live(project), threading.Event(), []

    def changed(paths: Iterable[Path]) -> None:
        given.append(set(paths))
        if len(given) == 1:
            raise OSError(5, "Input/output error")

    def rounds(*args: object) -> Iterator[frozenset[Path]]:
        yield frozenset({project / "a"})
        assert "Input/output error" in live.bulletin.problems("")[0]["message"]
        yield frozenset({project / "b"})

    monkeypatch.setattr(live, "changed", changed)
    monkeypatch.setattr("toolkit.preview.session.watch", rounds)
    _watch(live, stop)
    assert given == [{project / "a"}, {project / "a", project / "b"}]
    assert not live.bulletin.problems("")


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


#: Has a page believe that it is seen, or not: headless browsers show all their tabs at once.
_SEEN = """(seen) => {
  Object.defineProperty(document, "hidden", { value: !seen, configurable: true });
  document.dispatchEvent(new Event("visibilitychange"));
}"""


@pytest.mark.external
def test_a_page_that_nobody_sees_listens_no_longer_and_catches_up(project: Path, server: PreviewServer) -> None:
    """Browsers open six connections to a host, for all its pages together (HTTP/1.1)."""
    playwright = pytest.importorskip("playwright.sync_api", reason="Playwright is not installed")
    binary = program("chromium", "chromium-browser", "google-chrome")
    with playwright.sync_playwright() as play:
        browser = play.chromium.launch(executable_path=binary, args=["--no-sandbox"])
        context = browser.new_context(viewport={"width": 900, "height": 500})
        context.set_default_timeout(1000 * PATIENCE)
        tabs: list[Any] = []
        for _ in range(8):
            for tab in tabs[-1:]:
                tab.evaluate(_SEEN, False)
            page = context.new_page()
            page.goto(f"{server.url}{RELEASE}.html", timeout=5_000)
            tabs.append(page)
        first, second = tabs[:2]
        for text in ("The tide tables are on the quay.", "The tide tables have been taken down."):
            number = server.live.bulletin.number
            last = next(line for line in reversed(catalogue(project).read_text().splitlines()) if "msgstr" in line)
            edit(catalogue(project), last, f'msgstr "{text}"')
            while not [news for news in server.live.bulletin.wait(number, 1) if news.kind == "release"]:
                pass
        tabs[-1].wait_for_selector("[data-preview-changed]")
        assert "tide tables" not in first.content(), "it is not seen, and renews itself when it is"
        first.evaluate(_SEEN, True)
        first.wait_for_selector("[data-preview-changed]")
        assert "The tide tables have been taken down." in first.content()
        catalogue(project).write_text(catalogue(project).read_text() + '\nmsgid "cut', encoding="utf-8")
        first.wait_for_selector("[role=alert]")
        second.evaluate(_SEEN, True)
        second.wait_for_selector("[role=alert]")
        browser.close()


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
