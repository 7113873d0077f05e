"""What a publication says of itself: the manifest, what is passed over because of it, and what `verify` finds."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running import assert_error, copy_samples, toolkit
from toolkit import __version__
from toolkit.cli.publish import command as publish_command
from toolkit.cli.verify import command
from toolkit.errors import PublicationError
from toolkit.files import write_atomic
from toolkit.inputs import Inputs
from toolkit.pipeline import Pipeline
from toolkit.project import open_project
from toolkit.publication import (
    MANIFEST,
    RECORD,
    Entry,
    Input,
    Made,
    Manifest,
    Package,
    Record,
    dump_manifest,
    is_inside,
    load_manifest,
    load_record,
)

RELEASE = "2026-05-04-ecole-d-ete"
OTHER = "2026-06-02-numero-unique"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two of the sample releases, one of them with images, and their catalogues."""
    copy_samples(tmp_path, f"{RELEASE}.txt", f"{OTHER}.html")
    (tmp_path / "toolkit.toml").write_text('[publish]\nformats = ["html", "tei"]\n')
    return tmp_path


def publish(project: Path, *releases: str, **options: Any) -> list[str]:
    """Publish, and name the files that changed."""
    told: list[str] = []
    pipeline = Pipeline(open_project(project), None, told.append)
    report = pipeline.publish(releases, **options)
    assert not report.problems
    return [name.removeprefix("output/") for name in report.written]


def manifest(project: Path) -> Any:
    return json.loads((project / "output" / MANIFEST).read_bytes())


def entry(project: Path, release: str = RELEASE) -> Any:
    return next(found for found in manifest(project)["releases"] if found["id"] == release)


def digest(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()


def catalogue(project: Path, release: str = RELEASE) -> Path:
    return project / "locales" / "en" / f"{release}.po"


def edit(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


def verify(project: Path, *args: str) -> subprocess.CompletedProcess[str]:
    """`toolkit verify` in a project, in this process."""
    words = [
        word if word.startswith("-") or previous == "--own" else str(project / word)
        for previous, word in zip(("", *args), args, strict=False)
    ]
    done = CliRunner().invoke(command, ["--project", str(project), *words])
    return subprocess.CompletedProcess(args, done.exit_code, done.stdout, done.stderr)


def rendered(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Ids of the releases that are rendered from now on."""
    from toolkit.outputs import Outputs

    found: list[str] = []
    real = Outputs.of

    def of(self: Outputs, edition: Any) -> dict[str, bytes]:
        found.append(edition.release.id)
        return real(self, edition)

    monkeypatch.setattr(Outputs, "of", of)
    return found


# -- the manifest -------------------------------------------------------------------------------------------------


def test_names_every_file_with_its_hash_and_what_it_was_made_from(project: Path) -> None:
    publish(project)
    whole, output = manifest(project), project / "output"
    listed = [*whole["site"], *(made for found in whole["releases"] for made in found["files"])]
    assert {made["path"] for made in listed} == {
        path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()
    } - {MANIFEST, RECORD}
    for made in listed:
        assert made["sha256"] == digest(output / made["path"])
        assert made["bytes"] == (output / made["path"]).stat().st_size
    found = entry(project)
    assert found["source"] == {"path": f"source/{RELEASE}.txt", "sha256": digest(project / f"source/{RELEASE}.txt")}
    assert found["catalogue"]["sha256"] == digest(catalogue(project))
    assert (found["tool"], found["date"], found["source_language"]) == (__version__, "2026-05-04", "fr")
    assert found["models"] == [{"name": "translate-fr_en", "version": "0.1", "sha256": "df5b3dfb45a4"}]
    assert sum(found["sentences"].values()) == 18
    image = "source/images/appels-par-nuit.png"
    assert entry(project, OTHER)["images"] == [{"path": image, "sha256": digest(project / image)}]


def test_names_the_reviewer_where_something_was_reviewed(project: Path) -> None:
    edit(
        catalogue(project, OTHER),
        '"Last-Translator: ',
        '"Last-Translator: Ysaline Corvaisier <y@example.org>\\n"\n"X-Was: ',
    )
    publish(project)
    assert entry(project, OTHER)["reviewer"] == "Ysaline Corvaisier"
    assert "y@example.org" not in (project / "output" / MANIFEST).read_text()


def test_the_same_project_gives_the_same_manifest(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    publish(project)
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "copy"
    shutil.copytree(project, elsewhere, ignore=shutil.ignore_patterns("output"))
    publish(elsewhere)
    assert (elsewhere / "output" / MANIFEST).read_bytes() == (project / "output" / MANIFEST).read_bytes()


_text = st.text(max_size=20)
_digest = st.text("0123456789abcdef", min_size=64, max_size=64)
_made = st.builds(
    Made, st.text("abc/é", min_size=1).filter(is_inside), _digest, st.integers(0, 2**53), st.sampled_from(["", "older"])
)
_name = st.text("ab/é ", min_size=1, max_size=9)
_input = st.builds(Input, _name.map("source/{}".format).filter(is_inside), _digest)
_catalogue = st.builds(Input, _name.map("locales/{}".format).filter(is_inside), _digest)
_entry = st.builds(
    Entry,
    id=st.from_regex("[a-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True),
    tool=_text,
    source=_input,
    source_language=_text,
    target_language=_text,
    sentences=st.dictionaries(_text, st.integers(0, 9)),
    files=st.lists(_made, max_size=3, unique_by=lambda made: made.path).map(tuple),
    catalogue=st.none() | _catalogue,
    images=st.lists(_input, max_size=2).map(tuple),
    models=st.lists(st.builds(Package, _text, _text, _text), max_size=2).map(tuple),
    notices=st.lists(_text, max_size=2).map(tuple),
)


@settings(max_examples=40, deadline=None)
@given(
    st.builds(
        Manifest,
        st.just(1),
        _text,
        releases=st.lists(_entry, max_size=3, unique_by=lambda entry: entry.id).map(tuple),
    )
)
def test_what_is_written_is_read(tmp_path_factory: pytest.TempPathFactory, found: Manifest) -> None:
    folder = tmp_path_factory.mktemp("manifest")
    data = dump_manifest(found)
    (folder / MANIFEST).write_bytes(data)
    read = load_manifest(folder)
    assert read is not None
    assert sorted(map(repr, read.releases)) == sorted(map(repr, found.releases))
    assert dump_manifest(read) == data


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"version": 99}',
        b'{"version": 1, "site": [{"path": "../secret", "sha256": "", "bytes": 1}]}',
        b'{"version": 1, "site": [{"path": "/etc/passwd", "sha256": "", "bytes": 1}]}',
        b'{"version": 1, "site": [{"path": "", "sha256": "", "bytes": 1}]}',
        b'{"version": 1, "site": [{"path": "a"}]}',
        b"[" * 100_000,
    ],
)
def test_a_damaged_manifest_is_told_and_a_publication_makes_it_anew(project: Path, content: bytes) -> None:
    publish(project)
    path = project / "output" / MANIFEST
    good = path.read_bytes()
    path.write_bytes(content)
    with pytest.raises(PublicationError) as caught:
        load_manifest(project / "output")
    assert "toolkit publish" in caught.value.hint
    assert publish(project) == [MANIFEST]
    assert path.read_bytes() == good


# -- a manifest is a stranger's --------------------------------------------------------------------------------------


def forge(project: Path, change: Callable[[Any], object], release: str = OTHER) -> None:
    """Rewrite the manifest of a publication."""
    whole = manifest(project)
    change(next(found for found in whole["releases"] if found["id"] == release) if release else whole)
    (project / "output" / MANIFEST).write_text(json.dumps(whole))


def _again(whole: Any) -> None:
    whole["releases"].append(dict(whole["releases"][0], source=dict(whole["releases"][0]["source"], sha256="0" * 64)))


_PATHS = [
    "../../../etc/passwd",
    "/etc/passwd",
    "source/../../secret.txt",
    "source/./images/x.png",
    "source//images/x.png",
    "source/\0.png",
    "source/a\x1b[2Jb.png",
    "source",
    "locales/en/x.po",
    "toolkit.toml",
    "SOURCE/x.png",
    "sourc\u0435/x.png",
    "",
    "source/" + "x" * 300,
]


@pytest.mark.parametrize("path", _PATHS)
@pytest.mark.parametrize("part", ["source", "catalogue", "images"])
def test_a_manifest_that_names_sources_elsewhere_is_refused(
    project: Path, monkeypatch: pytest.MonkeyPatch, part: str, path: str
) -> None:
    publish(project)
    if part == "catalogue":
        path = path.replace("source", "locales") if "/en/" not in path else "source/x.txt"
    forged = {"path": path, "sha256": digest(project / "toolkit.toml")}
    forge(project, lambda found: found.update({part: [forged] if part == "images" else forged}))
    read: list[Path] = []
    monkeypatch.setattr("toolkit.inputs.content_of", read.append)
    assert_error(verify(project, "output"), 15, MANIFEST, "which is not in", OTHER)
    assert read == []


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (_again, f"names the release “{RELEASE}” twice"),
        (lambda whole: whole["site"].append(whole["site"][0]), "twice"),
        (lambda whole: whole["releases"][0]["files"].append(whole["releases"][0]["files"][0]), "twice"),
        (lambda whole: whole["releases"][0].update(id="x; rm -rf ~"), "names a release “x; rm -rf ~”"),
        (lambda whole: whole["releases"][0].update(id="\x1b[2J"), r"names a release “\x1b[2J”"),
        (lambda whole: whole["releases"][0].update(id="\u202eelif"), r"names a release “\u202eelif”"),
        (lambda whole: whole["site"][0].update(path=".git/config"), "“.git/config”, no file of its own"),
        (lambda whole: whole["site"][0].update(path="x" * 300), "no file of its own"),
        (lambda whole: whole["site"][0].update(path="a/../b"), "no file of its own"),
        (lambda whole: whole["site"][0].update(path="a//b"), "no file of its own"),
        (lambda whole: whole["site"][0].update(path="a\x00b"), "no file of its own"),
        (lambda whole: whole["site"][0].update(sha256=""), "could be proved with"),
        (lambda whole: whole["site"][0].update(bytes=-1), "could be proved with"),
        (lambda whole: whole["site"][0].update(bytes=1), "has another length"),
    ],
)
def test_a_manifest_that_no_publication_writes_is_refused(
    project: Path, change: Callable[[Any], object], told: str
) -> None:
    publish(project)
    forge(project, change, "")
    assert_error(verify(project, "output"), 15, told, "toolkit publish")
    publish(project)
    assert verify(project, "output").returncode == 0


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are other things there")
def test_a_link_out_of_the_sources_is_not_followed(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Whoever has a link in source/ and a digest in the manifest would learn whether a file has a content."""
    publish(project)
    secret = tmp_path_factory.mktemp("elsewhere") / "secret.png"
    secret.write_text("secret")
    (project / "source" / "link").symlink_to(secret.parent)
    forged = {"path": "source/link/secret.png", "sha256": digest(secret)}
    forge(project, lambda found: found.update(images=[forged]))
    assert_error(verify(project, "output"), 1, "source/link/secret.png", "has changed since")


@pytest.mark.skipif(os.name == "nt", reason="links and pipes are other things there")
@pytest.mark.parametrize("kind", ["folder", "pipe", "link", "dangling", "huge"])
@pytest.mark.parametrize("name", [MANIFEST, RECORD])
def test_what_is_no_file_is_not_read(project: Path, name: str, kind: str) -> None:
    publish(project)
    path = project / "output" / name
    path.rename(project / "kept")
    if kind == "folder":
        path.mkdir()
    elif kind == "pipe":
        os.mkfifo(path)
    elif kind == "huge":
        with path.open("wb") as file:
            file.truncate(10**12)
    else:
        path.symlink_to(project / ("kept" if kind == "link" else "nowhere"))
    if name == RECORD:
        assert load_record(project / "output") == Record()
        assert verify(project, "output").returncode == 0
    else:
        what = {"folder": "a folder", "pipe": "no file", "huge": "too many"}.get(kind, "a symbolic link")
        assert_error(verify(project, "output"), 15, MANIFEST, what, "delete it")


def test_what_a_manifest_tells_does_not_reach_the_terminal_as_it_is(project: Path) -> None:
    (project / "toolkit.toml").write_text('[publish]\nformats = ["source"]\n')
    publish(project)
    path = project / "output" / MANIFEST
    whole = manifest(project)
    for found in whole["releases"]:
        found.update(notices=["all is well\x1b[2K\r\u202eoh"], tool="9\x1b[2J")
    path.write_text(json.dumps(whole))
    record = project / "output" / RECORD
    record.write_text(record.read_text().replace(json.loads(record.read_text())["manifest"], digest(path)))
    done = CliRunner().invoke(publish_command, ["--project", str(project)])
    assert "all is well\\x1b[2K\\r\\u202eoh" in done.stderr
    assert "\x1b" not in done.stdout + done.stderr + verify(project, "output").stdout


# -- what is passed over ------------------------------------------------------------------------------------------


def test_a_second_publication_renders_and_writes_nothing(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(project)
    made = rendered(monkeypatch)
    assert publish(project) == []
    assert made == []


def test_anew_renders_everything_and_finds_it_the_same(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(project)
    made = rendered(monkeypatch)
    assert publish(project, anew=True) == []
    assert made == [RELEASE, OTHER]


def _touch_source(project: Path) -> None:
    edit(project / "source" / f"{RELEASE}.txt", "4 mai 2026", "5 mai 2026")


def _touch_catalogue(project: Path) -> None:
    edit(catalogue(project), "summer school", "school of summer")


def _remove_catalogue(project: Path) -> None:
    catalogue(project).unlink()


def _remove_page(project: Path) -> None:
    (project / "output" / f"{RELEASE}.html").unlink()


def _tamper(project: Path) -> None:
    path = project / "output" / f"{RELEASE}.xml"
    data = path.read_bytes()
    path.write_bytes(data.replace(b"Nantes", b"Brest_"))
    assert path.stat().st_size == len(data)


def _lose_the_record(project: Path) -> None:
    (project / "output" / RECORD).write_text("[]")


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        (_touch_source, [RELEASE]),
        (_touch_catalogue, [RELEASE]),
        (_remove_catalogue, [RELEASE]),
        (_remove_page, [RELEASE]),
        (_tamper, [RELEASE]),
        (_lose_the_record, [RELEASE, OTHER]),
    ],
)
def test_what_has_changed_is_made_anew(
    project: Path, monkeypatch: pytest.MonkeyPatch, change: Any, expected: list[str]
) -> None:
    publish(project)
    change(project)
    made = rendered(monkeypatch)
    publish(project)
    assert made == expected
    after = {path: path.read_bytes() for path in (project / "output").rglob("*") if path.is_file()}
    shutil.rmtree(project / "output")
    publish(project)
    assert after == {path: path.read_bytes() for path in (project / "output").rglob("*") if path.is_file()}


@pytest.mark.parametrize(
    "settings",
    [
        '[project]\nname = "Harbour notes"\n[publish]\nformats = ["html", "tei"]\n',
        '[publish]\nformats = ["html", "tei", "source"]\n',
        '[publish]\nformats = ["html", "tei"]\npublisher = "AMARRE"\n',
    ],
)
def test_other_settings_make_everything_anew(project: Path, monkeypatch: pytest.MonkeyPatch, settings: str) -> None:
    publish(project)
    (project / "toolkit.toml").write_text(settings)
    made = rendered(monkeypatch)
    publish(project)
    assert made == [RELEASE, OTHER]


def test_a_file_that_the_settings_name_counts(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (project / "toolkit.toml").write_text('[glossary]\nfiles = ["terms.csv"]\n[publish]\nformats = ["html"]\n')
    (project / "terms.csv").write_text("fr,en\nport,port\n")
    publish(project)
    made = rendered(monkeypatch)
    publish(project)
    assert made == []
    (project / "terms.csv").write_text("fr,en\nport,harbour\n")
    publish(project)
    assert made == [RELEASE, OTHER]


@pytest.mark.parametrize(
    ("table", "name"),
    [
        ('[segmentation]\nsrx = "%s"', "rules.srx"),
        ('[source]\nrules = "%s"', "its.xml"),
        ('[source.files."x.xml"]\nrules = "%s"', "its.xml"),
        ('[glossary]\nfiles = ["%s"]', "terms.csv"),
        ('[theme]\nlogo = "%s"', "logo.svg"),
        ('[theme]\ncss = "%s"', "theme/site.css"),
        ('[theme]\ntemplates = "%s"', "theme/templates/page.html.j2"),
    ],
)
def test_files_that_the_settings_name_count(project: Path, table: str, name: str) -> None:
    named = name.rpartition("/")[0] if "templates" in table else name
    (project / "toolkit.toml").write_text(table % named)
    path = project / name
    inputs = Inputs(open_project(project))
    assert path not in inputs.named_files
    path.parent.mkdir(parents=True, exist_ok=True)
    path.touch()
    assert inputs.named_files == (path,)


def test_a_folder_that_is_called_as_the_publisher_is_does_not_count(project: Path) -> None:
    (project / "toolkit.toml").write_text('[publish]\npublisher = "Archives"\n[recognise]\nagencies = ["Archives"]\n')
    (project / "Archives").mkdir()
    (project / "Archives" / "notes.txt").touch()
    assert Inputs(open_project(project)).named_files == ()


def test_another_toolkit_makes_everything_anew(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    publish(project)
    made = rendered(monkeypatch)
    monkeypatch.setattr("toolkit.inputs.program", lambda: "another")
    assert publish(project) == []
    assert made == [RELEASE, OTHER]


def test_an_image_that_changes_or_appears_counts(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    image = project / "source" / "images" / "appels-par-nuit.png"
    publish(project)
    made = rendered(monkeypatch)
    image.write_bytes(image.read_bytes() + b"\0")
    assert publish(project)
    assert made == [OTHER]
    image.unlink()
    publish(project)
    publish(project)
    assert made == [OTHER] * 3, "while an image is missing, it may come at any time"


def test_an_image_of_a_kind_that_is_never_shown_does_not_count(project: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    edit(project / "source" / f"{OTHER}.html", "appels-par-nuit.png", "appels-par-nuit.svg")
    publish(project)
    made = rendered(monkeypatch)
    (project / "source" / "images" / "appels-par-nuit.svg").write_text("<svg/>")
    assert publish(project) == []
    assert made == []
    assert "images" not in entry(project, OTHER)


def test_what_was_told_is_told_again(project: Path) -> None:
    (project / "toolkit.toml").write_text('[publish]\nformats = ["source"]\n')
    told: list[list[str]] = [[], []]
    for lines in told:
        Pipeline(open_project(project), None, lines.append).publish()
    assert told[0] == told[1] != []


# -- publications of parts ----------------------------------------------------------------------------------------


def test_entries_of_other_releases_stay(project: Path) -> None:
    publish(project)
    other = entry(project, OTHER)
    _touch_catalogue(project)
    publish(project, RELEASE)
    assert entry(project, OTHER) == other
    assert entry(project)["catalogue"]["sha256"] == digest(catalogue(project))


def test_files_of_other_formats_stay_and_say_how_old_they_are(project: Path) -> None:
    publish(project)
    publish(project, formats=("html",))
    since = {made["path"]: made.get("since", "") for made in entry(project)["files"]}
    assert since[f"{RELEASE}.xml"] == "earlier"
    assert since[f"{RELEASE}.html"] == ""
    _touch_catalogue(project)
    publish(project, formats=("html",))
    since = {made["path"]: made.get("since", "") for made in entry(project)["files"]}
    assert since[f"{RELEASE}.xml"] == "older"
    done = verify(project, "output")
    assert_error(done, 1, f"{RELEASE}.xml", "other formats")
    publish(project)
    assert not any("since" in made for made in entry(project)["files"])


def test_what_is_removed_since_nobody_asked_for_its_format_is_counted_by_format(project: Path) -> None:
    def dropped() -> dict[str, int]:
        return Pipeline(open_project(project)).publish().dropped

    assert dropped() == {}
    publish(project, formats=("epub",))
    publish(project, formats=("tmx",))
    publish(project, formats=("source",))
    assert dropped() == {"epub": 2, "tmx": 2, "source": 3}, "an image lies beside one of the English files"
    assert dropped() == {}
    (project / "source" / f"{OTHER}.html").unlink()
    assert dropped() == {}, "a release that goes is no matter of formats"
    (project / "toolkit.toml").write_text('[publish]\nformats = ["tmx"]\n')
    assert dropped() == {"html": 4, "tei": 1}, "its page, one in each language, and what the search has of it"


def test_an_english_file_goes_with_its_format_unless_somebody_worked_in_it(project: Path) -> None:
    """Else it would lie there, and be vouched for, when the French says something else."""
    publish(project, formats=("source",))
    files = project / "output" / "files" / "en"
    edited = files / f"{RELEASE}.txt"
    edited.write_bytes(edited.read_bytes() + b"By hand.")
    told: list[str] = []
    Pipeline(open_project(project), None, told.append).publish()
    assert [path for path in files.rglob("*") if path.is_file()] == [edited]
    assert any(f"output/files/en/{RELEASE}.txt stays as it is: it is not what" in line for line in told)
    listed = [made["path"] for found in manifest(project)["releases"] for made in found["files"]]
    listed += [made["path"] for made in manifest(project)["site"]]
    assert len(listed) == len(set(listed))
    assert f"files/en/{RELEASE}.txt" not in listed
    for _ in range(2):
        told.clear()
        assert f"files/en/{RELEASE}.txt" not in publish(project, formats=("source",)), "nor is it overwritten"
        Pipeline(open_project(project), None, told.append).publish(formats=("source",))
        assert any("stays as it is" in line for line in told), "which is told each time"
        assert_error(verify(project, "output"), 15, f"{RELEASE}.txt", "is not what was published")
    edited.unlink()
    publish(project, formats=("source",))
    assert verify(project, "output").returncode == 0


def test_a_release_that_is_published_alone_may_replace_what_others_show_too(project: Path) -> None:
    """Both lay the same image beside their English file: that one of them is older now is no tampering."""
    (project / "toolkit.toml").write_text('[publish]\nformats = ["source"]\n')
    shutil.copy(project / "source" / f"{OTHER}.html", project / "source" / "autre.html")
    publish(project)
    image = project / "source" / "images" / "appels-par-nuit.png"
    image.write_bytes(image.read_bytes() + b"\0")
    publish(project, OTHER)
    assert_error(verify(project, "output"), 1, "appels-par-nuit.png", "has changed since autre was published")
    assert publish(project, "autre")
    assert verify(project, "output").returncode == 0


def test_no_formats_at_all_are_refused(project: Path) -> None:
    """Neither are they the default, nor do they take the publication away."""
    publish(project)
    for value in ("", " , "):
        done = CliRunner().invoke(publish_command, ["--project", str(project), "--formats", value])
        assert (done.exit_code, "no format is named; there are html, tei" in done.stderr) == (2, True)
    (project / "toolkit.toml").write_text("[publish]\nformats = []\n")
    assert_error(toolkit(project, "publish"), 7, "toolkit.toml", "publish.formats", "1")
    assert (project / "output" / "index.html").exists()


def test_a_release_that_goes_takes_its_files_with_it(project: Path) -> None:
    publish(project)
    (project / "source" / f"{RELEASE}.txt").unlink()
    assert_error(verify(project, "output"), 1, f"source/{RELEASE}.txt", "its source is gone")
    publish(project)
    assert [found["id"] for found in manifest(project)["releases"]] == [OTHER]
    assert not list((project / "output").rglob(f"*{RELEASE}*"))
    assert verify(project, "output").returncode == 0


def test_the_list_of_an_earlier_version_is_taken_over(project: Path) -> None:
    """Version 0.1 kept its files in files.json: what it published and nothing makes any more still goes."""
    output = project / "output"
    output.mkdir()
    (output / "gone.html").write_text("of a release that is gone")
    (output / "own.html").write_text("somebody's own")
    (project / "secret.txt").write_text("outside")
    files = ["gone.html", "../secret.txt"]
    (output / "files.json").write_text(json.dumps({"files": files, "releases": []}))
    publish(project)
    assert not (output / "gone.html").exists()
    assert not (output / "files.json").exists()
    assert (output / "own.html").exists()
    assert (project / "secret.txt").exists()


# -- verify -------------------------------------------------------------------------------------------------------


def test_verify_says_that_all_is_well(project: Path) -> None:
    publish(project)
    done = toolkit(project, "verify", "output", "--rebuild")
    assert done.returncode == 0, done.stderr
    assert "2 releases" in done.stdout
    assert "made again, the same bytes" in done.stdout


@pytest.mark.parametrize("name", [f"{RELEASE}.html", "index.html", f"{RELEASE}.xml"])
def test_verify_finds_a_changed_byte(project: Path, name: str) -> None:
    publish(project)
    path = project / "output" / name
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)
    done = verify(project, "output")
    assert_error(done, 15, name, "not what was published", "toolkit publish")
    publish(project)
    assert verify(project, "output").returncode == 0


def test_verify_finds_a_missing_and_an_unknown_file(project: Path) -> None:
    publish(project)
    (project / "output" / f"{RELEASE}.xml").unlink()
    assert_error(verify(project, "output"), 15, f"{RELEASE}.xml", "missing")
    publish(project)
    (project / "output" / "fr").mkdir(exist_ok=True)
    (project / "output" / "fr" / "mine.html").write_text("mine")
    assert_error(verify(project, "output"), 15, "fr/mine.html", "nobody published", "--own")
    assert verify(project, "output", "--own", "fr/mine.html").returncode == 0


@pytest.mark.parametrize("name", [".x/evil.html", ".htaccess", ".well-known/page.html", "fr/.page.html", "a/.git/x"])
def test_verify_finds_what_is_hidden(project: Path, name: str) -> None:
    publish(project)
    (project / "output" / name).parent.mkdir(parents=True, exist_ok=True)
    (project / "output" / name).write_text("mine")
    assert_error(verify(project, "output"), 15, name, "nobody published", "--own")


def test_what_puts_a_site_online_is_passed_over(project: Path) -> None:
    publish(project)
    (project / "output" / ".nojekyll").touch()
    (project / "output" / ".git" / "objects").mkdir(parents=True)
    (project / "output" / ".git" / "objects" / "ab").touch()
    assert verify(project, "output").returncode == 0


def test_rebuilding_says_what_was_not_compared(project: Path) -> None:
    publish(project)
    _touch_catalogue(project)
    done = verify(project, "output", "--rebuild")
    assert done.returncode == 1
    assert "the files of 1 of 2 releases" in done.stdout
    assert "files of the whole site (indexes, search, feeds): not all releases are" in done.stdout
    publish(project)
    assert "not made again" not in verify(project, "output", "--rebuild").stdout


@pytest.mark.skipif(os.name == "nt", reason="links want rights there")
def test_verify_finds_a_link(project: Path) -> None:
    publish(project)
    path = project / "output" / f"{RELEASE}.xml"
    path.replace(project / "moved.xml")
    path.symlink_to(project / "moved.xml")
    assert_error(verify(project, "output"), 15, "symbolic link")


def test_verify_says_what_is_older_than_its_source(project: Path) -> None:
    publish(project)
    _touch_catalogue(project)
    done = verify(project, "output")
    assert_error(done, 1, f"locales/en/{RELEASE}.po", f"toolkit publish {RELEASE}")
    publish(project, RELEASE)
    assert verify(project, "output").returncode == 0
    _remove_catalogue(project)
    assert_error(verify(project, "output"), 1, f"locales/en/{RELEASE}.po", "gone")
    publish(project)
    _touch_source(project)
    assert_error(verify(project, "output"), 1, f"source/{RELEASE}.txt", "has changed")
    publish(project)
    (project / "source" / "2026-07-01-avis.txt").write_text("Avis aux bateliers\n")
    assert_error(verify(project, "output"), 1, "2026-07-01-avis.txt", "not been published")


def test_damage_counts_more_than_age(project: Path) -> None:
    publish(project)
    _touch_catalogue(project)
    (project / "output" / "index.html").unlink()
    done = verify(project, "output")
    assert done.returncode == 15
    assert done.stderr.count("error: ") == 2


def test_rebuilding_finds_a_forged_file_and_manifest(project: Path) -> None:
    """Somebody who changes a page can change its hash, too; not what it is made from."""
    publish(project)
    page = project / "output" / f"{RELEASE}.html"
    before = digest(page)
    page.write_bytes(page.read_bytes().replace(b"</body>", b"<p>forged</p></body>"))
    edit(project / "output" / MANIFEST, before, digest(page))
    size = str(page.stat().st_size)
    path = project / "output" / MANIFEST
    whole = manifest(project)
    for made in next(found for found in whole["releases"] if found["id"] == RELEASE)["files"]:
        if made["path"] == page.name:
            made["bytes"] = int(size)
    path.write_text(json.dumps(whole))
    assert verify(project, "output").returncode == 0
    assert_error(verify(project, "output", "--rebuild"), 15, page.name, "comes out otherwise")


def test_verify_without_a_manifest_or_with_a_damaged_one(project: Path) -> None:
    assert_error(verify(project, "output"), 15, "nothing has been published here yet", "toolkit publish")
    (project / "output").mkdir()
    assert_error(verify(project, "output"), 15, "no manifest", "toolkit publish")
    (project / "elsewhere").mkdir()
    (project / "source" / "images").mkdir(exist_ok=True)
    assert_error(verify(project, "elsewhere"), 15, "elsewhere", "no manifest")
    assert verify(project, "source/images").returncode == 0, "as source/* names it"
    publish(project)
    (project / "output" / MANIFEST).write_text("{")
    assert_error(verify(project, "output"), 15, MANIFEST, "damaged")


def test_a_copy_without_its_project_proves_its_files(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    publish(project)
    elsewhere = tmp_path_factory.mktemp("archive")
    shutil.copytree(project / "output", elsewhere / "site")
    done = verify(elsewhere, "site")
    assert done.returncode == 0, done.stderr
    assert "not compared with sources" in done.stdout
    (elsewhere / "site" / "index.html").write_text("")
    assert_error(verify(elsewhere, "site"), 15, "index.html")


def test_the_output_of_another_project_is_compared_with_that_project(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    publish(project)
    other = tmp_path_factory.mktemp("elsewhere")
    (other / "source").mkdir()
    (other / "source" / "bouee.txt").write_text("La bouée orange\n\nElle attend au large.\n", "utf-8")
    done = toolkit(other, "verify", str(project / "output"))
    assert (done.returncode, done.stderr) == (0, "")
    assert f"compared with its own project, {project}" in done.stdout
    assert "2 releases" in done.stdout
    for words in (["verify", "--project", "."], ["--project", ".", "verify"]):  # who names a project means it
        said = toolkit(other, *words, str(project / "output"))
        assert_error(said, 1, "another project: none of its 2 releases is in", "--project DIR")


def test_a_copy_is_compared_with_the_project_that_is_named(
    project: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    publish(project)
    other = tmp_path_factory.mktemp("archive")
    (other / "source").mkdir()
    (other / "source" / "bouee.txt").write_text("La bouée orange\n\nElle attend au large.\n", "utf-8")
    shutil.copytree(project / "output", other / "site")
    assert_error(verify(other, "site", "--rebuild"), 1, "is the publication of another project")
    (other / "site" / "index.html").write_text("")
    damaged = verify(other, "site")
    assert damaged.returncode == 15, "its files are proved all the same"
    assert "index.html" in damaged.stderr
    shutil.copytree(project / "output", other / "whole")
    done = verify(project, str(other / "whole"), "--rebuild")
    assert (done.returncode, done.stderr) == (0, "")
    assert "made again, the same bytes" in done.stdout
    edit(catalogue(project), "msgid", "# seen\nmsgid")
    assert_error(verify(project, str(other / "whole")), 1, "has changed since", "and copy output/ again")


def test_a_copy_is_mended_by_no_publication(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    """What `publish` would write lies elsewhere: whoever follows that advice finds the copy as damaged as before."""
    publish(project)
    copy = tmp_path_factory.mktemp("archive") / "2026"
    shutil.copytree(project / "output", copy)
    with (copy / f"{RELEASE}.xml").open("a") as file:
        file.write("<!-- -->")
    done = verify(project, str(copy))
    assert_error(done, 15, f"{RELEASE}.xml", "not what was published", "from a backup or another copy")
    assert "run `toolkit publish" not in done.stderr
    for path in (copy / "assets").iterdir():
        path.write_text("") if path.is_file() else shutil.rmtree(path)
    assert "run `toolkit publish" not in verify(project, str(copy), "--rebuild").stderr
    (copy / MANIFEST).write_text("{")
    assert_error(verify(project, str(copy)), 15, "damaged", "from a backup or another copy")
    (copy / MANIFEST).unlink()
    assert_error(verify(project, str(copy)), 15, "no manifest", "or a copy of one")


def test_many_problems_are_counted(project: Path) -> None:
    publish(project)
    for number in range(30):
        (project / "output" / f"stray-{number:02}.txt").write_text("")
    done = verify(project, "output")
    assert done.returncode == 15
    assert "… and 10 more" in done.stderr


def test_files_and_folders_are_told_apart(project: Path) -> None:
    publish(project)
    done = verify(project, f"source/{RELEASE}.txt", "source", "output")
    assert done.returncode == 0, done.stderr
    assert "bytes come back the same" in done.stdout
    assert "is no release: a folder" in done.stdout
    assert "as they were published" in done.stdout


@pytest.mark.parametrize("written", [0, 1, 3])
def test_an_interrupted_publication_is_what_its_manifest_says(
    project: Path, monkeypatch: pytest.MonkeyPatch, written: int
) -> None:
    """Wherever Ctrl-C falls while a release is written: what lies there is listed, and nothing seems tampered with."""
    publish(project)
    for release in (RELEASE, OTHER):
        path = project / "locales" / "en" / f"{release}.po"
        path.write_text(path.read_text("utf-8").replace('msgstr "', 'msgstr "Now: ', 9), "utf-8")
    left = [written]

    def interrupted(path: Path, data: bytes, *, durable: bool = True) -> bool:
        left[0] -= 1
        if left[0] == -1:
            raise KeyboardInterrupt
        return write_atomic(path, data, durable=durable)

    monkeypatch.setattr("toolkit.publishing.write_atomic", interrupted)
    with pytest.raises(KeyboardInterrupt):
        publish(project)
    monkeypatch.undo()
    told = toolkit(project, "verify", "output")
    assert told.returncode in (0, 1), told.stdout + told.stderr
    publish(project)
    assert toolkit(project, "verify", "output").returncode == 0
