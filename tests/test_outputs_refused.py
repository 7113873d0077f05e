"""Where nothing but the toolkit's own work is written: --output never takes the place of a release or a catalogue."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from tests.running import ROOT, toolkit

NAME = "2026-03-12-points-de-contact-nationaux"


@pytest.mark.parametrize(
    "command",
    [
        ("check", "--output"),
        ("evaluate", "locales/en", "--output"),
        ("memory", "export", "--format", "po"),
        ("review", "export", "--force", "--output"),
    ],
    ids=lambda command: command[0],
)
def test_an_output_takes_no_release_catalogue_or_settings(tmp_path: Path, command: tuple[str, ...]) -> None:
    for kept in (f"source/{NAME}.txt", f"locales/en/{NAME}.po", "locales/glossary.csv", "toolkit.toml"):
        (tmp_path / kept).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / kept, tmp_path / kept)
    (tmp_path / "linked").symlink_to(tmp_path / "source")
    for target in (f"source/{NAME}.txt", f"locales/en/{NAME}.po", "toolkit.toml", f"linked/{NAME}.txt"):
        before = (tmp_path / target).read_bytes()
        done = toolkit(tmp_path, *command, target)
        assert done.returncode in (7, 13), (done.args, done.stdout, done.stderr)
        assert (tmp_path / target).read_bytes() == before
