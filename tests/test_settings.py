"""toolkit.toml: defaults, what is wrong and where, and the example that `toolkit init` writes."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest

from toolkit.errors import ConfigError, SourceError
from toolkit.project import INIT_TOML, find_sources, init_project, open_project
from toolkit.settings import FILE_NAME, Settings, load_settings


def write(root: Path, text: str) -> Path:
    (root / FILE_NAME).write_text(text, encoding="utf-8")
    return root


def test_without_a_file_the_defaults_hold(tmp_path: Path) -> None:
    assert load_settings(tmp_path) == Settings()


def test_the_example_shows_every_key_with_its_default(tmp_path: Path) -> None:
    """What is commented out in the example may be commented in without changing anything but the examples' own."""
    assert load_settings(write(tmp_path, INIT_TOML)) == Settings()
    shown = re.sub(r"^# (\w+ = |\[)", r"\1", INIT_TOML, flags=re.MULTILINE)
    tables = tomllib.loads(shown)
    for table, keys in tables.items():
        if table != "recognise":
            assert set(keys) == set(getattr(Settings(), table).__struct_fields__), table
    for key in ("srx", "model", "require", "publisher", "base_url"):
        shown = re.sub(rf"^{key} = .*$", "", shown, flags=re.MULTILINE)
    shown = re.sub(r"^boilerplate = .*$", "", shown, flags=re.MULTILINE)
    shown = re.sub(r"^\[theme\].*", "", shown, flags=re.MULTILINE | re.DOTALL)
    shown = re.sub(r"^\[source\.files.*?(?=^\[segm)", "", shown, flags=re.MULTILINE | re.DOTALL)
    shown = re.sub(r"^\[check\].*?(?=^\[publish)", "", shown, flags=re.MULTILINE | re.DOTALL)
    assert load_settings(write(tmp_path, shown)) == Settings()


@pytest.mark.parametrize(
    ("text", "message", "place"),
    [
        ("[project]\nname = Press\n", "not valid TOML", ":2"),
        ("[project]\nnom = 'Press'\n", "no key “nom” in [project]", ""),
        ("[publish]\npubliser = 'x'\n", "did you mean “publisher”?", ""),
        ("[publish]\nformats = ['djvu']\n", "invalid enum value 'djvu' at publish.formats", ""),
        ("[translate]\nbeam = 0\n", "translate.beam", ""),
        ("[translate]\nbeam = '4'\n", "expected `int`", ""),
    ],
)
def test_mistakes_are_named_with_their_place(tmp_path: Path, text: str, message: str, place: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        load_settings(write(tmp_path, text))
    assert caught.value.where.endswith(FILE_NAME + place)
    assert caught.value.hint


def test_init_makes_a_project_and_changes_nothing_twice(tmp_path: Path) -> None:
    root = tmp_path / "press"
    assert {path.name for path in init_project(root)} == {"source", "locales", "output", FILE_NAME}
    write(root, "[project]\nname = 'Mine'\n")
    assert init_project(root) == ()
    assert load_settings(root).project.name == "Mine"


def test_sources_are_found_by_id_name_or_path(tmp_path: Path) -> None:
    init_project(tmp_path)
    for name in ("Été 2026.txt", "b.txt", ".hidden.txt", "notes.log"):
        (tmp_path / "source" / name).write_text("x", encoding="utf-8")
    project = open_project(tmp_path)
    assert [file.release for file in find_sources(project)] == ["b", "ete-2026"]
    for name in ("ete-2026", "Été 2026.txt", "source/Été 2026.txt", str(tmp_path / "source" / "Été 2026.txt")):
        assert [file.release for file in find_sources(project, [name])] == ["ete-2026"]
    with pytest.raises(SourceError, match="no release “c”"):
        find_sources(project, ["c"])


def test_a_project_without_releases_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match="no source/ folder") as caught:
        find_sources(open_project(tmp_path))
    assert "toolkit init" in caught.value.hint
    init_project(tmp_path)
    with pytest.raises(SourceError, match="holds no release"):
        find_sources(open_project(tmp_path))


def test_colliding_names_are_refused_with_both(tmp_path: Path) -> None:
    init_project(tmp_path)
    for name in ("été.txt", "ete.txt"):
        (tmp_path / "source" / name).write_text("x", encoding="utf-8")
    with pytest.raises(SourceError, match="ete") as caught:
        find_sources(open_project(tmp_path))
    assert "été.txt" in str(caught.value)


def test_linked_folders_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "output").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(ConfigError, match="symbolic link"):
        open_project(tmp_path)
