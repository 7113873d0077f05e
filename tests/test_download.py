"""Downloads against a real HTTP server on loopback that cuts, lies, redirects and changes its files."""

from __future__ import annotations

import hashlib
import json
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.request import Request

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fake_package import TOP, members, metadata, pack, packed, tree
from toolkit.errors import DownloadError, LockedError, ModelError, ToolkitError, WriteError
from toolkit.translation import download as module
from toolkit.translation import transfer
from toolkit.translation.download import (
    DEFAULT_INDEX,
    PINNED,
    fetch_index,
    index_address,
    install_pair,
    install_source,
    install_url,
    pick,
)
from toolkit.translation.packages import RECORD, installed_packages
from toolkit.translation.partial import PartialFile
from toolkit.translation.transfer import checked_url, download, public

BODY = bytes(range(256)) * 3_000
SUM = hashlib.sha256(BODY).hexdigest()


@dataclass
class Served:
    """A file of the server and how it misbehaves.

    ``cuts``: bytes after which the next answers are cut. ``statuses``: answered first, one a request.
    """

    body: bytes
    etag: str = '"one"'
    ranges: bool = True
    cuts: list[int] = field(default_factory=list)
    statuses: list[int] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    content_range: str = ""
    length: bool = True


class Site(ThreadingHTTPServer):
    daemon_threads = False
    block_on_close = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, Served] = {}
        self.log: list[tuple[str, dict[str, str]]] = []

    def url(self, path: str) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}{path}"

    def add(self, path: str, body: bytes = BODY, **settings: Any) -> str:
        self.files[path] = Served(body, **settings)
        return self.url(path)

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that hangs up is part of the tests."""


class Handler(BaseHTTPRequestHandler):
    server: Site

    def log_message(self, *arguments: object) -> None:
        pass

    def do_GET(self) -> None:
        self.server.log.append((self.path, {key.lower(): value for key, value in self.headers.items()}))
        served = self.server.files.get(self.path)
        if served is None:
            self.send_error(404)
        elif served.statuses:
            self.send_response(served.statuses.pop(0))
            for name, value in served.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", "0")
            self.end_headers()
        else:
            self.answer(served)

    def answer(self, served: Served) -> None:
        first = 0
        wanted = self.headers.get("Range")
        if wanted and served.ranges and self.headers.get("If-Range", served.etag) == served.etag:
            first = int(wanted.removeprefix("bytes=").removesuffix("-"))
        if first and first >= len(served.body):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(served.body)}")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return
        self.send_response(206 if first else 200)
        rest = served.body[first:]
        if first:
            whole = f"bytes {first}-{len(served.body) - 1}/{len(served.body)}"
            self.send_header("Content-Range", served.content_range or whole)
        if served.etag:
            self.send_header("ETag", served.etag)
        if served.length:
            self.send_header("Content-Length", str(len(rest)))
        for name, value in served.headers.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(rest[: served.cuts.pop(0)] if served.cuts else rest)


@pytest.fixture
def site(monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    monkeypatch.setenv("no_proxy", "*")
    server = Site()
    thread = threading.Thread(target=partial(server.serve_forever, poll_interval=0.005))
    thread.start()
    yield server
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def waits() -> list[float]:
    """Where the pauses go, so that no test waits."""
    return []


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    return tmp_path / "data" / "packages"


def ranges(site: Site) -> list[str | None]:
    return [headers.get("range") for _, headers in site.log]


def test_a_whole_file(site: Site, tmp_path: Path, waits: list[float]) -> None:
    seen: list[tuple[int, int | None]] = []
    target = tmp_path / "x"
    progress = lambda done, total: seen.append((done, total))  # noqa: E731
    assert download(site.add("/x"), target, size=len(BODY), sha256=SUM, progress=progress, wait=waits.append) == target
    assert tree(tmp_path) == {"x": BODY}
    assert seen[-1] == (len(BODY), len(BODY))
    assert [done for done, _ in seen] == sorted({done for done, _ in seen})
    assert len(seen) > 1
    assert waits == []


def test_a_cut_connection_is_continued(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x", cuts=[100_000, 200_000, 1])
    download(url, tmp_path / "x", size=len(BODY), sha256=SUM, wait=waits.append)
    assert tree(tmp_path) == {"x": BODY}
    assert ranges(site) == [None, "bytes=100000-", "bytes=300000-", "bytes=300001-"]
    assert [headers.get("if-range") for _, headers in site.log[1:]] == ['"one"'] * 3
    assert waits == [1.0, 2.0, 4.0]


@settings(max_examples=40)
@given(cuts=st.lists(st.integers(0, len(BODY)), max_size=transfer.ATTEMPTS - 1))
def test_wherever_it_is_cut_the_bytes_are_the_same(tmp_path_factory: pytest.TempPathFactory, cuts: list[int]) -> None:
    """The law of the partial file, without sockets: parts appended by several runs are the whole."""
    target = tmp_path_factory.mktemp("cut") / "x"
    places = [0, *sorted(cuts), len(BODY)]
    for start, end in pairwise(places):
        with PartialFile(target, "http://example.org/x") as part:
            assert part.done == start
            if start == 0:
                part.restart('"one"')
            part.append(BODY[start:end])
            if end == len(BODY):
                assert part.sha256 == SUM
    with PartialFile(target, "http://example.org/x") as part:
        assert part.finish().read_bytes() == BODY


def test_too_many_cuts_fail_and_the_next_run_goes_on(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x", cuts=[10] * transfer.ATTEMPTS)
    with pytest.raises(DownloadError, match="cut after 60 of 768000 bytes") as raised:
        download(url, tmp_path / "x", sha256=SUM, wait=waits.append)
    assert "run the same command again" in raised.value.hint
    assert len(site.log) == transfer.ATTEMPTS
    assert not (tmp_path / "x").exists()
    download(url, tmp_path / "x", sha256=SUM, wait=waits.append)
    assert ranges(site)[-1] == "bytes=60-"
    assert tree(tmp_path) == {"x": BODY}


def test_a_server_without_ranges_starts_over(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x", ranges=False, cuts=[1_000])
    download(url, tmp_path / "x", sha256=SUM, wait=waits.append)
    assert ranges(site) == [None, "bytes=1000-"]
    assert tree(tmp_path) == {"x": BODY}


@pytest.mark.parametrize("content_range", ["bytes 0-767999/768000", "octets", "bytes */768000"])
def test_the_wrong_part_starts_over(site: Site, tmp_path: Path, waits: list[float], content_range: str) -> None:
    url = site.add("/x", cuts=[1_000], content_range=content_range)
    download(url, tmp_path / "x", wait=waits.append)
    assert ranges(site) == [None, "bytes=1000-", None]
    assert tree(tmp_path) == {"x": BODY}


def test_a_file_changed_between_two_runs_starts_over(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x", b"old" * 1_000, cuts=[10] * transfer.ATTEMPTS)
    with pytest.raises(DownloadError):
        download(url, tmp_path / "x", wait=waits.append)
    site.add("/x", etag='"two"')
    download(url, tmp_path / "x", wait=waits.append)
    assert tree(tmp_path) == {"x": BODY}


def test_a_date_serves_where_there_is_no_etag(site: Site, tmp_path: Path, waits: list[float]) -> None:
    date = "Wed, 05 Mar 2014 10:00:00 GMT"
    url = site.add("/x", etag="", cuts=[10], headers={"Last-Modified": date})
    download(url, tmp_path / "x", wait=waits.append)
    assert site.log[1][1]["if-range"] == date
    assert tree(tmp_path) == {"x": BODY}


def test_a_mixture_of_two_versions_is_noticed_and_fetched_again(site: Site, tmp_path: Path, waits: list[float]) -> None:
    """A weak ETag must not be used for ranges, so only the sum can tell."""
    url = site.add("/x", b"old" * 1_000, etag='W/"one"', cuts=[10] * transfer.ATTEMPTS)
    with pytest.raises(DownloadError):
        download(url, tmp_path / "x", sha256=SUM, wait=waits.append)
    site.add("/x", etag='W/"two"')
    site.log.clear()
    download(url, tmp_path / "x", sha256=SUM, wait=waits.append)
    assert ranges(site) == ["bytes=60-", None]
    assert "if-range" not in site.log[0][1]
    assert tree(tmp_path) == {"x": BODY}


def test_without_validator_and_sum_nothing_is_continued(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x", etag="", cuts=[10] * transfer.ATTEMPTS)
    with pytest.raises(DownloadError):
        download(url, tmp_path / "x", wait=waits.append)
    site.log.clear()
    download(url, tmp_path / "x", wait=waits.append)
    assert ranges(site) == [None]
    assert tree(tmp_path) == {"x": BODY}


def test_a_part_that_was_whole_already_is_used(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x")
    for size, requests in ((len(BODY), 0), (None, 1)):
        with PartialFile(tmp_path / "x", url) as part:
            part.restart('"one"')
            part.append(BODY)
        site.log.clear()
        download(url, tmp_path / "x", size=size, sha256=SUM, wait=waits.append)
        assert len(site.log) == requests
        assert tree(tmp_path) == {"x": BODY}


@pytest.mark.parametrize("left", [BODY + b"too much", b"\0" * len(BODY)])
def test_a_damaged_part_is_replaced(site: Site, tmp_path: Path, waits: list[float], left: bytes) -> None:
    url = site.add("/x")
    with PartialFile(tmp_path / "x", url) as part:
        part.restart('"one"')
        part.append(left)
    download(url, tmp_path / "x", size=len(BODY), sha256=SUM, wait=waits.append)
    assert tree(tmp_path) == {"x": BODY}


def test_a_part_of_another_address_is_not_continued(site: Site, tmp_path: Path, waits: list[float]) -> None:
    with PartialFile(tmp_path / "x", site.url("/other")) as part:
        part.restart('"one"')
        part.append(b"other")
    download(site.add("/x"), tmp_path / "x", wait=waits.append)
    assert ranges(site) == [None]
    assert tree(tmp_path) == {"x": BODY}


def test_notes_that_cannot_be_read_are_ignored(site: Site, tmp_path: Path, waits: list[float]) -> None:
    (tmp_path / "x.part").write_bytes(b"what is this")
    (tmp_path / "x.part.json").write_text("[")
    download(site.add("/x"), tmp_path / "x", wait=waits.append)
    assert tree(tmp_path) == {"x": BODY}


def test_a_wrong_sum_deletes_the_file(site: Site, tmp_path: Path, waits: list[float]) -> None:
    with pytest.raises(ModelError, match=f"SHA-256 is {SUM}, expected {'0' * 64}"):
        download(site.add("/x"), tmp_path / "x", sha256="0" * 64, wait=waits.append)
    assert tree(tmp_path) == {}
    assert len(site.log) == 1


def test_a_wrong_size_is_refused_before_it_is_fetched(site: Site, tmp_path: Path, waits: list[float]) -> None:
    with pytest.raises(ModelError, match="has 768000 bytes, expected 5"):
        download(site.add("/x"), tmp_path / "x", size=5, sha256=SUM, wait=waits.append)
    assert tree(tmp_path) == {}


def test_a_huge_length_is_refused(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x", b"", length=False, headers={"Content-Length": str(10**15)})
    with pytest.raises(DownloadError, match="1000000000000000 bytes, more than"):
        download(url, tmp_path / "x", wait=waits.append)
    assert not (tmp_path / "x").exists()


def test_a_stream_without_end_is_stopped_at_the_cap(site: Site, tmp_path: Path, waits: list[float]) -> None:
    with pytest.raises(ModelError, match="more than 1000 bytes"):
        download(site.add("/x", length=False), tmp_path / "x", cap=1_000, wait=waits.append)
    assert tree(tmp_path) == {}


def test_a_missing_file_is_not_asked_for_twice(site: Site, tmp_path: Path, waits: list[float]) -> None:
    with pytest.raises(DownloadError, match="404 Not Found") as raised:
        download(site.url("/nulle-part"), tmp_path / "x", wait=waits.append)
    assert raised.value.where == site.url("/nulle-part")
    assert len(site.log) == 1


def test_a_busy_server_is_asked_again(site: Site, tmp_path: Path, waits: list[float]) -> None:
    download(site.add("/x", statuses=[503, 429, 500]), tmp_path / "x", sha256=SUM, wait=waits.append)
    assert tree(tmp_path) == {"x": BODY}
    assert waits == [1.0, 2.0, 4.0]


def test_a_redirect_is_followed(site: Site, tmp_path: Path, waits: list[float]) -> None:
    site.add("/x", cuts=[1_000])
    url = site.add("/old", b"", statuses=[302, 307], headers={"Location": "/x"})
    download(url, tmp_path / "x", sha256=SUM, wait=waits.append)
    assert ranges(site) == [None, None, "bytes=1000-", "bytes=1000-"]
    assert tree(tmp_path) == {"x": BODY}


@pytest.mark.parametrize("location", ["file:///etc/passwd", "ftp://example.org/x", "data:,x", "gopher://x"])
def test_a_redirect_to_another_scheme_is_refused(site: Site, tmp_path: Path, waits: list[float], location: str) -> None:
    url = site.add("/x", b"", statuses=[302], headers={"Location": location})
    with pytest.raises(DownloadError, match="not safe to follow"):
        download(url, tmp_path / "x", wait=waits.append)
    assert not (tmp_path / "x").exists()


def test_a_redirect_from_https_to_http_is_refused() -> None:
    request = Request("https://example.org/x")
    handler = transfer._Redirects()
    headers = HTTPMessage()
    arguments = (request, None, 302, "Found", headers)
    with pytest.raises(DownloadError, match=r"redirects to http://example\.org/y, which is not safe"):
        handler.redirect_request(*arguments, "http://user:secret@example.org/y?key=1")  # type: ignore[arg-type]
    assert handler.redirect_request(*arguments, "https://example.net/y") is not None  # type: ignore[arg-type]


def test_redirects_in_a_circle_end(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x", b"", statuses=[302] * 50, headers={"Location": "/x"})
    with pytest.raises(DownloadError, match="in a circle"):
        download(url, tmp_path / "x", wait=waits.append)
    assert tree(tmp_path) == {}


def test_no_network_fails_at_once(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.url("/x").replace(str(site.server_address[1]), "1")
    for attempt in (partial(download, url, tmp_path / "x"), partial(fetch_index, url)):
        with pytest.raises(DownloadError, match="no connection: Connection refused"):
            attempt(wait=waits.append)
    assert waits == []


@pytest.mark.parametrize(
    "url",
    [
        "file:///etc/passwd",
        "ftp://example.org/x",
        "//example.org/x",
        "x.argosmodel",
        "",
        "http://",
        "http://[::1",
        "http://example.org:99999/",
        "http://user:secret@example.org/",
        "http://example.org/a\nb",
        "http://exämple.org/",
    ],
)
def test_only_whole_web_addresses_are_taken(url: str) -> None:
    with pytest.raises(DownloadError, match="not an address"):
        checked_url(url)


@given(url=st.text(max_size=60) | st.text(max_size=40).map("https://example.org/{}".format))
def test_any_address_is_taken_whole_or_refused_in_our_own_words(url: str) -> None:
    try:
        address = checked_url(url)
    except DownloadError:
        return
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address


def test_what_is_shown_of_an_address_holds_no_secret() -> None:
    assert public("https://me:secret@example.org:8443/a/b?token=1#x") == "https://example.org:8443/a/b"


def test_a_second_download_of_the_same_file_is_refused(site: Site, tmp_path: Path, waits: list[float]) -> None:
    url = site.add("/x")
    with PartialFile(tmp_path / "x", url), pytest.raises(LockedError, match="another process"):
        download(url, tmp_path / "x", wait=waits.append)


def test_a_target_that_cannot_be_written_is_said(site: Site, tmp_path: Path, waits: list[float]) -> None:
    (tmp_path / "x.part").mkdir()
    with pytest.raises(WriteError, match="cannot be written"):
        download(site.add("/x"), tmp_path / "x", wait=waits.append)


# --- the index, and the one call behind `models install` ---


def entry(version: str, *links: str, **changes: object) -> dict[str, object]:
    described: dict[str, object] = json.loads(metadata(package_version=version))
    return {**described, "links": list(links), **changes}


def serve_package(site: Site, name: str = "x.argosmodel", **changes: object) -> tuple[str, str]:
    """An address of a tiny package, and its sum."""
    body = packed(members(**changes))
    return site.add(f"/v1/{name}", body), hashlib.sha256(body).hexdigest()


def test_the_newest_of_the_pair_is_picked() -> None:
    index: list[dict[str, object]] = [
        entry("1.9"),
        entry("1.10"),
        entry("odd"),
        entry("2.0", type="sbd"),
        entry("3.0", to_code="de"),
        {"type": "sbd"},
    ]
    assert pick(index, "fr", "en")["package_version"] == "1.10"
    with pytest.raises(ModelError, match="no package from 'fr' to 'xx'") as raised:
        pick(index, "fr", "xx")
    assert raised.value.hint == "from 'fr' it has: de, en"
    with pytest.raises(ModelError):
        pick([], "fr", "en")


def test_the_index_is_found_by_its_folder_too(site: Site, waits: list[float]) -> None:
    site.add("/main/index.json", json.dumps([entry("1.9"), "noise"]).encode())
    for url in (site.url("/main"), site.url("/main/"), site.url("/main/index.json")):
        assert fetch_index(index_address(url), wait=waits.append) == [entry("1.9")]


@pytest.mark.parametrize(
    ("body", "says"),
    [(b"<html>", "not JSON"), (b"\xff", "not JSON"), (b"[" * 100_000, "not JSON"), (b"{}", "not an Argos index")],
)
def test_what_is_no_index_is_refused(site: Site, waits: list[float], body: bytes, says: str) -> None:
    with pytest.raises(DownloadError, match=says):
        fetch_index(site.add("/index.json", body), wait=waits.append)


def test_an_index_too_large_is_refused(site: Site, waits: list[float], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_INDEX_CAP", 1_000)
    with pytest.raises(DownloadError, match="larger than"):
        fetch_index(site.add("/index.json", b" " * 1_001), wait=waits.append)
    with pytest.raises(DownloadError, match="larger than"):
        fetch_index(site.add("/index.json", b" " * 1_001, length=False), wait=waits.append)


def test_a_cut_index_is_asked_for_again(site: Site, waits: list[float]) -> None:
    url = site.add("/index.json", b"[]  ", cuts=[1, 2], statuses=[503])
    assert fetch_index(url, wait=waits.append) == []
    site.add("/index.json", b"[]  ", cuts=[1] * transfer.ATTEMPTS)
    with pytest.raises(DownloadError, match="cut after 1 of 4 bytes"):
        fetch_index(url, wait=waits.append)


def test_a_pair_is_installed_from_the_index(site: Site, packages: Path, waits: list[float]) -> None:
    link, digest = serve_package(site)
    index = site.add("/index.json", json.dumps([entry("3.0", "ipfs://Qm", site.url("/gone"), link)]).encode())
    seen: list[int] = []
    package = install_pair(
        "fr", "en", packages, index_url=index, sha256=digest, progress=lambda n, _: seen.append(n), wait=waits.append
    )
    assert package.path == packages / TOP
    assert package.checksum == digest
    assert seen
    assert json.loads((package.path / RECORD).read_text())["source"] == link
    assert [name for name in tree(packages.parent) if TOP not in name] == [".toolkit-install.lock"]
    # The same again: nothing to fetch but the index.
    site.log.clear()
    again = install_pair("fr", "en", packages, index_url=index, sha256=digest, wait=waits.append)
    assert again == package
    assert [path for path, _ in site.log] == ["/index.json"]


def test_a_damaged_installation_is_fetched_again(site: Site, packages: Path, waits: list[float]) -> None:
    link, digest = serve_package(site)
    package = install_url(link, packages, sha256=digest, wait=waits.append)
    (package.path / "model/model.bin").write_bytes(b"")
    assert install_url(link, packages, sha256=digest, wait=waits.append).read("model/model.bin") == b"weights " * 40


def test_no_sum_no_installation(site: Site, packages: Path, waits: list[float]) -> None:
    link, digest = serve_package(site)
    index = site.add("/index.json", json.dumps([entry("3.0", link)]).encode())
    for words in (["fr", "en"], [link]):
        with pytest.raises(ModelError, match=r"no SHA-256 is known for x\.argosmodel") as raised:
            install_source(words, packages, index_url=index, wait=waits.append)
        assert "--sha256" in raised.value.hint
        assert "--trust" in raised.value.hint
    assert "/v1/x.argosmodel" not in [path for path, _ in site.log]
    assert install_source([link], packages, trust=True, wait=waits.append).checksum == digest


def test_a_sum_in_the_index_counts(site: Site, packages: Path, waits: list[float]) -> None:
    link, digest = serve_package(site)
    index = site.add("/index.json", json.dumps([entry("3.0", link, sha256=digest)]).encode())
    assert install_pair("fr", "en", packages, index_url=index, wait=waits.append).checksum == digest
    index = site.add("/index.json", json.dumps([entry("3.0", link, sha256="0" * 64)]).encode())
    with pytest.raises(ModelError, match="expected 0000"):
        install_pair("fr", "en", packages, index_url=index, wait=waits.append)


def test_sums_of_an_index_over_plain_http_prove_nothing(
    site: Site, packages: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    assert module._authentic("https://example.org/index.json")
    assert module._authentic("http://127.0.0.1:1/index.json")
    assert not module._authentic("http://example.org/index.json")
    link, digest = serve_package(site)
    index = site.add("/index.json", json.dumps([entry("3.0", link, sha256=digest)]).encode())
    monkeypatch.setattr(module, "_LOOPBACK", frozenset())
    with pytest.raises(ModelError, match="no SHA-256 is known"):
        install_pair("fr", "en", packages, index_url=index, wait=waits.append)


def test_the_official_package_is_pinned_even_when_trusted(site: Site, packages: Path, waits: list[float]) -> None:
    (name,) = PINNED
    link, digest = serve_package(site, name)
    with pytest.raises(ModelError, match="expected 66585033"):
        install_source([link], packages, trust=True, wait=waits.append)
    assert installed_packages([packages])[0] == []
    assert install_source([link], packages, sha256=digest, wait=waits.append).checksum == digest


def test_the_pin_is_checked_to_the_last_byte(
    site: Site, packages: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    link, digest = serve_package(site, "pinned.argosmodel")
    size = len(packed())
    monkeypatch.setitem(PINNED, "pinned.argosmodel", (size, digest))
    assert install_source([link], packages, wait=waits.append).checksum == digest
    monkeypatch.setitem(PINNED, "pinned.argosmodel", (size, "0" * 64))
    with pytest.raises(ModelError, match=f"SHA-256 is {digest}"):
        install_source([link], packages, wait=waits.append)


def test_a_sum_in_the_index_does_not_replace_the_pin(
    site: Site, packages: Path, waits: list[float], monkeypatch: pytest.MonkeyPatch
) -> None:
    link, digest = serve_package(site, "pinned.argosmodel")
    monkeypatch.setitem(PINNED, "pinned.argosmodel", (len(packed()), "0" * 64))
    index = site.add("/index.json", json.dumps([entry("3.0", link, sha256=digest)]).encode())
    with pytest.raises(ModelError, match="expected 0000"):
        install_pair("fr", "en", packages, index_url=index, wait=waits.append)


def test_the_wrong_pair_is_not_installed(site: Site, packages: Path, waits: list[float]) -> None:
    link, digest = serve_package(site, from_code="en", to_code="fr")
    index = site.add("/index.json", json.dumps([entry("3.0", link)]).encode())
    with pytest.raises(ModelError, match="en to fr, not fr to en"):
        install_pair("fr", "en", packages, index_url=index, sha256=digest, wait=waits.append)
    assert installed_packages([packages])[0] == []
    assert list(tree(packages.parent)) == [".toolkit-install.lock"] or tree(packages.parent) == {}


@pytest.mark.parametrize("links", [[], ["ipfs://Qm"], None, 5, [5]])
def test_a_package_without_an_address_is_said(site: Site, packages: Path, waits: list[float], links: object) -> None:
    index = site.add("/index.json", json.dumps([{**entry("3.0"), "links": links}]).encode())
    with pytest.raises(DownloadError, match="no http address"):
        install_pair("fr", "en", packages, index_url=index, trust=True, wait=waits.append)


def test_a_download_that_is_no_package_leaves_nothing(site: Site, packages: Path, waits: list[float]) -> None:
    with pytest.raises(ModelError, match="no zip"):
        install_url(site.add("/x.argosmodel", b"<html>"), packages, trust=True, wait=waits.append)
    assert tree(packages.parent) == {}


def test_a_file_needs_no_sum_but_is_held_to_one(packages: Path, tmp_path: Path) -> None:
    archive = pack(tmp_path / "x.argosmodel")
    with pytest.raises(ModelError, match="expected 000"):
        install_source([str(archive)], packages, sha256="0" * 64)
    with pytest.raises(ModelError, match="not a SHA-256"):
        install_source([str(archive)], packages, sha256="abc")
    assert install_source([str(archive)], packages).version == "3.0"


@pytest.mark.parametrize("words", [[], ["a", "b", "c"], ["nulle-part.argosmodel"], ["gopher://x/y"]])
def test_what_cannot_be_a_package_is_refused(packages: Path, words: list[str]) -> None:
    with pytest.raises(ToolkitError) as raised:
        install_source(words, packages, trust=True)
    assert raised.value.hint


def test_a_directory_that_cannot_be_made_is_said(site: Site, tmp_path: Path, waits: list[float]) -> None:
    (tmp_path / "file").write_text("")
    link, _ = serve_package(site)
    with pytest.raises(WriteError, match="cannot be made"):
        install_url(link, tmp_path / "file" / "packages", trust=True, wait=waits.append)


def test_the_default_index_is_that_of_argos() -> None:
    assert index_address("https://raw.githubusercontent.com/argosopentech/argospm-index/main") == DEFAULT_INDEX
