"""The main job from the command line: what each command does, twice, in any order, and as a translator meets it."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.running import ROOT, environment, toolkit, tree
from toolkit.cli import COMMANDS

RELEASE = """\
Le port de Gand ouvre un nouveau quai

GAND (Belgique) – Le comité a adopté le rapport. La coopération entre les pays est nécessaire.

« Nous devons agir », a déclaré Mme Petit.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    assert toolkit(tmp_path, "init").returncode == 0
    (tmp_path / "source" / "gand.txt").write_text(RELEASE, encoding="utf-8")
    return tmp_path


def states(project: Path) -> dict[str, int]:
    done = toolkit(project, "status", "--json")
    assert done.returncode == 0, done.stderr
    total: dict[str, int] = json.loads(done.stdout)["total"]
    return {name: total[name] for name in ("untranslated", "machine", "fuzzy", "reviewed")}


def test_build_does_the_whole_job_and_a_second_run_changes_nothing(project: Path) -> None:
    first = toolkit(project, "build")
    assert first.returncode == 0, first.stderr
    assert str(project / "output" / "index.html") in first.stdout
    assert states(project) == {"untranslated": 0, "machine": 4, "fuzzy": 0, "reviewed": 0}
    before = tree(project)
    stamps = {path: path.stat().st_mtime_ns for path in map(project.joinpath, before)}
    second = toolkit(project, "build", program=NO_MODEL)
    assert second.returncode == 0, second.stderr
    assert "0 files changed" in second.stdout
    assert tree(project) == before
    assert stamps == {path: path.stat().st_mtime_ns for path in stamps}


#: Run before the command: loading a model is an error from here on.
NO_MODEL = "import sys\nsys.modules['ctranslate2'] = None\nsys.modules['sentencepiece'] = None"


def test_a_translators_correction_is_published_and_kept(project: Path) -> None:
    """As in the issue: correct a sentence in the catalogue, run one command again, see it published."""
    toolkit(project, "build")
    path = project / "locales" / "en" / "gand.po"
    text = path.read_text(encoding="utf-8")
    corrected = re.sub(
        r'#, fuzzy\n(msgid "La coopération entre les pays est nécessaire\."\n)msgstr "[^"]*"',
        r'\1msgstr "Countries have to cooperate."',
        text,
    )
    assert corrected != text
    path.write_text(corrected, encoding="utf-8")
    assert toolkit(project, "build", program=NO_MODEL).returncode == 0
    assert states(project)["reviewed"] == 1
    assert "Countries have to cooperate." in (project / "output" / "gand.html").read_text(encoding="utf-8")
    assert "Countries have to cooperate." in (project / "output" / "gand.xml").read_text(encoding="utf-8")
    assert path.read_text(encoding="utf-8") == corrected


def test_a_changed_source_is_published_as_changed(project: Path) -> None:
    test_a_translators_correction_is_published_and_kept(project)
    source = project / "source" / "gand.txt"
    source.write_text(RELEASE.replace("est nécessaire", "est indispensable"), encoding="utf-8")
    done = toolkit(project, "build", program=NO_MODEL)
    assert done.returncode == 0, done.stderr
    said = "locales/en/gand.po: 1 approved sentence needs work, because the French has changed"
    assert said in " ".join(done.stderr.split())
    assert "approved sentence" not in toolkit(project, "build", program=NO_MODEL).stderr, "it is said once"
    assert states(project)["fuzzy"] == 1
    po = (project / "locales" / "en" / "gand.po").read_text(encoding="utf-8")
    assert '#| msgid "La coopération entre les pays est nécessaire."' in po
    page = (project / "output" / "gand.html").read_text(encoding="utf-8")
    assert re.search(r'data-state="fuzzy"[^>]*>(?:<[^>]*>|[^<])*Countries have to cooperate', page)


def test_stages_one_by_one_equal_build(project: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    other = tmp_path_factory.mktemp("other")
    shutil.copytree(project, other, dirs_exist_ok=True)
    for command in ("extract", "translate", "publish"):
        assert toolkit(project, command).returncode == 0
    assert toolkit(other, "build").returncode == 0
    assert tree(project) == tree(other)


def test_publish_can_require_review(project: Path) -> None:
    toolkit(project, "extract")
    done = toolkit(project, "publish", "--require", "reviewed")
    assert done.returncode == 1
    assert "locales/en/gand.po: 4 of 4 sentences not reviewed" in done.stderr
    assert "p1s1 untranslated: Le port de Gand" in done.stderr
    assert not list((project / "output").iterdir())
    path = project / "locales" / "en" / "gand.po"
    path.write_text(path.read_text(encoding="utf-8").replace('msgstr ""\n\n', 'msgstr "x"\n\n'), encoding="utf-8")
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'msgstr ""\n$', 'msgstr "x"\n', text), encoding="utf-8")
    done = toolkit(project, "publish", "--require", "reviewed")
    assert done.returncode == 0, done.stderr
    assert (project / "output" / "gand.html").exists()


def test_a_release_that_is_gone_leaves_the_published_site(project: Path) -> None:
    extra = project / "source" / "brouillon.txt"
    extra.write_text("Un texte retiré depuis.\n", encoding="utf-8")
    mine = project / "output" / "CNAME"
    mine.write_text("press.example\n", encoding="utf-8")
    toolkit(project, "build")
    assert (project / "output" / "brouillon.html").exists()
    extra.unlink()
    assert toolkit(project, "publish").returncode == 0
    assert not list((project / "output").rglob("brouillon*"))
    assert mine.exists()
    assert (project / "locales" / "en" / "brouillon.po").exists()


def test_one_release_can_be_named(project: Path) -> None:
    (project / "source" / "autre.txt").write_text("Un autre texte.\n", encoding="utf-8")
    assert toolkit(project, "extract", "gand").returncode == 0
    assert [path.name for path in (project / "locales" / "en").iterdir()] == ["gand.po"]
    assert toolkit(project, "translate", "source/autre.txt").returncode == 0
    assert (project / "locales" / "en" / "autre.po").exists()
    assert toolkit(project, "publish", "gand").returncode == 0
    assert (project / "output" / "gand.html").exists()
    assert not (project / "output" / "autre.html").exists()


def test_a_project_needs_no_toolkit_toml(tmp_path: Path) -> None:
    (tmp_path / "press" / "source").mkdir(parents=True)
    (tmp_path / "press" / "source" / "a.txt").write_text(RELEASE, encoding="utf-8")
    assert toolkit(tmp_path, "build", "--project", "press", "-q").stdout == ""
    assert (tmp_path / "press" / "output" / "a.html").exists()
    assert toolkit(tmp_path, "--project", "press", "status").returncode == 0


def test_segment_prints_sentences_and_explains(project: Path) -> None:
    done = toolkit(project, "segment", "source/gand.txt")
    assert done.stdout.split("\n\n")[1].splitlines() == [
        "GAND (Belgique) – Le comité a adopté le rapport.",
        "La coopération entre les pays est nécessaire.",
    ]
    piped = toolkit(project, "segment", "-", stdin="M. Petit est venu. Il a parlé.\n\nFin.\n".encode())
    assert piped.stdout == "M. Petit est venu.\nIl a parlé.\n\nFin.\n"
    explained = toolkit(project, "segment", "-", "--explain", stdin=b"M. Petit est venu. Il a dit oui.\n").stdout
    assert re.search(r"keep .*M\.\|.*\[.+\]", explained)
    assert re.search(r"break .*venu\.\|.*\[.+\]", explained)


def test_verify_proves_the_round_trip(project: Path) -> None:
    (project / "source" / "crlf.txt").write_bytes("Été.\r\n\r\nFin".encode("utf-16"))
    done = toolkit(project, "verify", "source/gand.txt", "source/crlf.txt")
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("ok ") == 2


def test_doctor_tries_the_model(project: Path) -> None:
    done = toolkit(project, "doctor")
    assert done.returncode == 0, done.stderr
    assert "it translates" in done.stdout
    assert done.stdout.rstrip().endswith("This machine can do the whole job offline.")


def test_models_can_be_installed_verified_used_and_removed(project: Path) -> None:
    archive = next((ROOT / "toolkit" / "data" / "models").glob("*.argosmodel"))
    installed = toolkit(project, "models", "install", str(archive))
    assert installed.returncode == 0, installed.stderr
    listed = toolkit(project, "models", "list").stdout
    assert re.search(r"→ translate-fr_en 0\.\d .*argos-translate/packages", listed)
    assert toolkit(project, "models", "verify").stdout.count("ok ") == 2
    built = toolkit(project, "build")
    assert re.search(r"with translate-fr_en [\d.]+\. Drafts", built.stdout), built.stdout + built.stderr
    assert toolkit(project, "models", "remove", "translate-fr_en").returncode == 0
    assert "embedded" in toolkit(project, "models", "list").stdout


def test_a_model_file_can_be_used_without_installing(project: Path, tmp_path: Path) -> None:
    archive = next((ROOT / "toolkit" / "data" / "models").glob("*.argosmodel"))
    shutil.copy(archive, tmp_path / "mine.argosmodel")
    done = toolkit(project, "translate", "--model", str(tmp_path / "mine.argosmodel"), "--beam", "1")
    assert done.returncode == 0, done.stderr
    assert states(project)["machine"] == 4


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_explains_itself_with_an_example(tmp_path: Path, command: str) -> None:
    groups = [[command, sub] for sub in ("list", "install", "verify", "remove")] if command == "models" else [[command]]
    for words in groups:
        done = toolkit(tmp_path, *words, "--help")
        assert done.returncode == 0
        assert "Example:" in done.stdout
        for option in ("--project", "--verbose", "--quiet"):
            assert option in done.stdout


def test_version(tmp_path: Path) -> None:
    assert re.fullmatch(r"toolkit, version \d+\.\d+\.\d+\n", toolkit(tmp_path, "--version").stdout)


def test_msgids_are_merged_by_gettext_itself(project: Path) -> None:
    """A translator's own tools may update the catalogue from the template: states and provenance stay."""
    if shutil.which("msgmerge") is None:
        pytest.skip("gettext's msgmerge is not installed")
    toolkit(project, "build")
    po, pot = project / "locales" / "en" / "gand.po", project / "locales" / "templates" / "gand.pot"
    subprocess.run(["msgmerge", "--quiet", "--update", "--backup=none", po, pot], check=True, env=environment(project))
    assert states(project) == {"untranslated": 0, "machine": 4, "fuzzy": 0, "reviewed": 0}


def test_a_renamed_release_keeps_its_review(project: Path) -> None:
    test_a_translators_correction_is_published_and_kept(project)
    (project / "source" / "gand.txt").rename(project / "source" / "2026-03-gand.txt")
    done = toolkit(project, "build", program=NO_MODEL)
    assert done.returncode == 0, done.stderr
    assert "gand is called 2026-03-gand now" in done.stderr
    assert states(project) == {"untranslated": 0, "machine": 3, "fuzzy": 0, "reviewed": 1}
    assert not list((project / "locales").rglob("gand.po*"))
    assert not (project / "output" / "gand.html").exists()


def test_an_approved_sentence_is_not_drafted_again_in_another_release(project: Path) -> None:
    test_a_translators_correction_is_published_and_kept(project)
    again = "La coopération entre les pays est nécessaire. Tout autre chose suit ici.\n"
    (project / "source" / "suite.txt").write_text(again, encoding="utf-8")
    done = toolkit(project, "build")
    assert "Took over 1 sentence that a person approved" in done.stdout
    po = (project / "locales" / "en" / "suite.po").read_text(encoding="utf-8")
    assert "# toolkit: engine memory gand" in po
    assert states(project)["reviewed"] == 2


def test_a_release_that_cannot_be_read_keeps_its_place_in_the_index(project: Path) -> None:
    (project / "source" / "autre.txt").write_text("Un autre texte est là.\n", encoding="utf-8")
    toolkit(project, "build")
    index = (project / "output" / "index.html").read_bytes()
    (project / "locales" / "en" / "autre.po").write_bytes(b"")
    done = toolkit(project, "build")
    assert done.returncode == 4
    assert (project / "output" / "index.html").read_bytes() == index
    assert (project / "output" / "autre.html").exists()


def test_files_of_other_kinds_are_mentioned(project: Path) -> None:
    (project / "source" / "horaires.pages").write_bytes(b"PK")
    assert "horaires.pages is passed over" in toolkit(project, "extract").stderr
    (project / "source" / "gand.txt").unlink()
    assert "only source/horaires.pages" in toolkit(project, "extract").stderr


def test_a_command_in_the_wrong_folder_leaves_nothing_behind(tmp_path: Path) -> None:
    assert toolkit(tmp_path, "build").returncode == 3
    assert not list(tmp_path.iterdir())


def test_settings_of_one_file(project: Path) -> None:
    (project / "source" / "vieux.txt").write_bytes("Été à Sète.\n".encode("cp1252"))
    (project / "toolkit.toml").write_text('[source.files."vieux.txt"]\nencoding = "cp1252"\n', encoding="utf-8")
    done = toolkit(project, "extract")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Été à Sète" in (project / "locales" / "en" / "vieux.po").read_text(encoding="utf-8")


def test_another_release_with_the_same_closing_does_not_take_a_catalogue_away(project: Path) -> None:
    """A release is removed and a similar one added: what was approved for the old one stays on disk."""
    closing = "Le comité a adopté le rapport. La coopération entre les pays est nécessaire.\n"
    (project / "source" / "mars.txt").write_text("La séance de mars du comité est levée. " + closing, encoding="utf-8")
    toolkit(project, "extract")
    path = project / "locales" / "en" / "mars.po"
    march = 'msgid "La séance de mars du comité est levée."\nmsgstr "'
    path.write_text(path.read_text(encoding="utf-8").replace(march, march + "March approved"), encoding="utf-8")
    (project / "source" / "mars.txt").unlink()
    (project / "source" / "juin.txt").write_text("La séance de juin du comité est levée. " + closing, encoding="utf-8")
    assert "whose catalogue stays" in toolkit(project, "extract").stderr
    assert 'msgstr "March approved"' in path.read_text(encoding="utf-8")
    assert toolkit(project, "extract").stderr == ""


def test_a_glossary_of_another_encoding_is_told_once(project: Path) -> None:
    (project / "termes.csv").write_bytes("fr,en\nquai,quay\nmarée,tide\n".encode("cp1252"))
    (project / "toolkit.toml").write_text('[glossary]\nfiles = ["termes.csv"]\n', encoding="utf-8")
    assert "termes.csv:3: not UTF-8" in toolkit(project, "extract").stderr
    for command in ("check", "status", "terms"):
        assert "not UTF-8" not in toolkit(project, command).stderr
