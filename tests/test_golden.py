"""Golden folders: a project with its sources and catalogues, and every file that extracting and publishing it writes.

A case is a folder below tests/data/golden/ with source/, expected/ and, where it needs them, locales/ and toolkit.toml.
To accept new output: TOOLKIT_ACCEPT=1 pytest tests/test_golden.py, then read the difference in version control.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from tests.running import tree
from toolkit.pipeline import Pipeline
from toolkit.project import open_project

CASES = sorted((Path(__file__).parent / "data" / "golden").iterdir())


def _is_kept(path: str) -> bool:
    """Whether a file is compared: pages are judged elsewhere, and each change of their style would change them all.

    The manifest holds their hashes, and the record what depends on the machine.
    """
    if path in ("output/manifest.json", "output/.toolkit.json"):
        return False
    made = path.startswith(("locales/", "output/"))
    return made and (path.endswith((".po", ".pot", ".xml", ".json")) or path.startswith("output/files/"))


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_project_gives_what_it_gave(case: Path, tmp_path: Path) -> None:
    shutil.copytree(case / "source", tmp_path / "source")
    if (case / "locales").is_dir():
        shutil.copytree(case / "locales", tmp_path / "locales")
    if (case / "toolkit.toml").exists():
        shutil.copy(case / "toolkit.toml", tmp_path)
    pipeline = Pipeline(open_project(tmp_path))
    assert not pipeline.extract().problems
    assert not pipeline.publish().problems
    made = {path: data for path, data in tree(tmp_path).items() if _is_kept(path)}
    expected = case / "expected"
    if os.environ.get("TOOLKIT_ACCEPT"):
        shutil.rmtree(expected, ignore_errors=True)
        for path, data in made.items():
            (expected / path).parent.mkdir(parents=True, exist_ok=True)
            (expected / path).write_bytes(data)
    assert made == tree(expected)
