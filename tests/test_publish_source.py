"""The English file in the source's own format: what is in it, and that it says what it is."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.running import toolkit
from toolkit.catalogue import digest, key_digest
from toolkit.model import Key

TEXT = "Le port ouvre lundi.\n\nLe quai reste fermé. Il ouvrira mardi.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "avis.txt").write_text(TEXT, encoding="utf-8")
    toolkit(tmp_path, "extract")
    return tmp_path


def catalogue(project: Path) -> Path:
    return project / "locales" / "en" / "avis.po"


def review(project: Path, english: dict[str, str]) -> None:
    """Approve English for French, as a PO editor would."""
    path = catalogue(project)
    text = path.read_text(encoding="utf-8")
    for source, target in english.items():
        text = text.replace(f'msgid "{source}"\nmsgstr ""', f'msgid "{source}"\nmsgstr "{target}"')
    path.write_text(text, encoding="utf-8")


def test_english_stands_where_the_french_stood_and_the_rest_stays(project: Path) -> None:
    review(project, {"Le port ouvre lundi.": "The port opens on Monday.", "Il ouvrira mardi.": "It opens on Tuesday."})
    done = toolkit(project, "publish", "--formats", "source")
    written = (project / "output" / "files" / "en" / "avis.txt").read_text(encoding="utf-8")
    assert written == "The port opens on Monday.\n\nLe quai reste fermé. It opens on Tuesday.\n"
    assert "output/files/en/avis.txt: 1 of 3 sentences have no English" in done.stderr
    assert not (project / "output" / "avis.html").exists()


def test_english_for_other_french_is_not_published_as_if_it_were_current(project: Path) -> None:
    review(project, {"Le port ouvre lundi.": "The port opens on Monday."})
    (project / "source" / "avis.txt").write_text(TEXT.replace("ouvre lundi", "n’ouvre pas lundi"), encoding="utf-8")
    toolkit(project, "extract")
    toolkit(project, "publish", "--formats", "source")
    assert "opens on Monday" in catalogue(project).read_text(encoding="utf-8")
    assert "opens on Monday" not in (project / "output" / "files" / "en" / "avis.txt").read_text(encoding="utf-8")


def test_it_says_how_much_of_it_nobody_has_read(project: Path) -> None:
    review(project, {"Le port ouvre lundi.": "The port opens on Monday.", "Il ouvrira mardi.": "It opens on Tuesday."})
    text = catalogue(project).read_text(encoding="utf-8")
    french = "Il ouvrira mardi."
    made = (
        "# toolkit: engine argos stub 1 c0ffee\n"
        f"# toolkit: hashes {key_digest(Key(None, french))} {digest('It opens on Tuesday.')}\n#, fuzzy\n"
    )
    text = text.replace('msgid "Le port', '#, fuzzy\nmsgid "Le port').replace(
        f'msgid "{french}', f'{made}msgid "{french}'
    )
    catalogue(project).write_text(text, encoding="utf-8")
    told = toolkit(project, "publish", "--formats", "source").stderr
    assert (
        "output/files/en/avis.txt: 1 of 3 sentences have no English for the present source and stay in French" in told
    )
    assert "1 of 3 sentences are machine drafts nobody has read, 1 of 3 sentences are still to be checked" in told
    refused = toolkit(project, "publish", "--require", "reviewed").stderr
    for state in ("p1s1 to check: ", "p2s1 untranslated: ", "p2s2 draft: "):
        assert state in refused


def test_it_is_refused_as_the_pages_are_when_all_must_be_reviewed(project: Path) -> None:
    done = toolkit(project, "publish", "--formats", "source", "--require", "reviewed")
    assert done.returncode == 1
    assert not (project / "output" / "files" / "en").exists()


def test_formats_on_the_command_line_leave_the_files_of_others_alone(project: Path) -> None:
    toolkit(project, "publish")
    before = (project / "output" / "avis.html").read_bytes()
    toolkit(project, "publish", "--formats", "source")
    assert (project / "output" / "avis.html").read_bytes() == before
    done = toolkit(project, "publish")
    assert not (project / "output" / "files").exists(), "which would grow old there"
    assert "source" in done.stdout
    (project / "source" / "avis.txt").rename(project / "source" / "autre.txt")
    toolkit(project, "publish", "--formats", "source")
    (project / "toolkit.toml").write_text('[publish]\nformats = ["html", "source"]\n', encoding="utf-8")
    toolkit(project, "publish")
    assert not (project / "output" / "files" / "en" / "avis.txt").exists()
    assert (project / "output" / "files" / "en" / "autre.txt").exists()


def test_files_of_formats_that_were_asked_for_once_go_and_that_is_said(project: Path) -> None:
    (project / "toolkit.toml").write_text('[publish]\nformats = ["html"]\n', encoding="utf-8")
    toolkit(project, "publish")
    assert "Removed" not in toolkit(project, "publish", "--formats", "tmx,xliff").stdout
    for command in ("publish", "build"):
        toolkit(project, "publish", "--formats", "tmx,xliff")
        done = toolkit(project, command)
        assert "Removed 2 files of formats that were not asked for (tmx, xliff): add them to `formats`" in done.stdout
        assert not (project / "output" / "avis.tmx").exists()
    assert "Removed" not in toolkit(project, "publish").stdout


def test_a_format_that_does_not_exist_is_named(project: Path) -> None:
    done = toolkit(project, "publish", "--formats", "source,djvu")
    assert done.returncode == 2
    assert "“djvu” is none of html, tei" in done.stderr


def test_a_lost_placeholder_is_said_with_its_sentence(project: Path) -> None:
    review(project, {"Le port ouvre lundi.": "The <g1>port</g1> opens on Monday."})
    done = toolkit(project, "publish", "--formats", "source")
    assert "locales/en/avis.po: p1s1: <g1> is not in the French" in done.stderr
    for path in (catalogue(project),):  # approved as it is, it still cannot go out as reviewed
        path.write_text(path.read_text(encoding="utf-8").replace("#, fuzzy\n", ""), encoding="utf-8")
    assert "p1s1 <g1> is not in the French" in toolkit(project, "publish", "--require", "reviewed").stderr
    assert (
        (project / "output" / "files" / "en" / "avis.txt")
        .read_text(encoding="utf-8")
        .startswith("The port opens on Monday.")
    )


def page_with_image(project: Path, href: str) -> Path:
    (project / "source" / "i").mkdir(exist_ok=True)
    (project / "source" / "i" / "a.png").write_bytes(b"\x89PNG\r\n")
    (project / "source" / "page.html").write_text(f'<p>Le port ouvre.<img src="{href}" alt="Un quai"></p>')
    return project


def test_an_image_goes_with_the_english_file_as_it_lies_beside_the_french_one(project: Path) -> None:
    toolkit(page_with_image(project, "i/a.png"), "publish", "--formats", "source")
    assert (project / "output" / "files" / "en" / "i" / "a.png").exists()


@pytest.mark.parametrize("steps", ["../../{0}/source/i/a.png", "%2e%2e/source/i/a.png", "../source/i/a.png"])
def test_an_address_that_leaves_the_folder_and_comes_back_writes_nothing_outside_output(
    project: Path, steps: str
) -> None:
    before = set(project.parent.rglob("*.png"))
    toolkit(page_with_image(project, steps.format(project.name)), "publish", "--formats", "html,source")
    made = set(project.parent.rglob("*.png")) - before - {project / "source" / "i" / "a.png"}
    assert made == {project / "output" / "assets" / "page" / "image-1.png"}


def test_an_image_that_is_a_link_to_itself_is_said_to_be_missing(project: Path) -> None:
    page_with_image(project, "loop.png")
    (project / "source" / "loop.png").symlink_to("loop.png")
    done = toolkit(project, "publish")
    assert done.returncode == 0
    assert "loop.png” " in done.stderr
