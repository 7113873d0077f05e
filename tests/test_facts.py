"""What a reader must be able to trust in a raw draft: the real model, the default project, releases it has not seen.

Each release of tests/data/facts has a table of the facts its English must hold, line by line. They are not the data the
rules were made from.
"""

from __future__ import annotations

import re
import shutil
from functools import cache
from pathlib import Path

import polib
import pytest

from tests.running import toolkit

FACTS = Path(__file__).parent / "data" / "facts"
NAMES = sorted(path.stem for path in FACTS.glob("*.tsv"))


@cache
def rows(name: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The beginning of a French sentence, and what its English must hold ("one|or the other")."""
    lines = (FACTS / f"{name}.tsv").read_text(encoding="utf-8").splitlines()
    parts = [line.split("\t") for line in lines if line and not line.startswith("#")]
    return tuple((first, tuple(rest)) for first, *rest in parts)


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("facts")
    (root / "source").mkdir()
    for name in NAMES:
        shutil.copy(FACTS / f"{name}.txt", root / "source")
    done = toolkit(root, "translate")
    assert done.returncode == 0, done.stderr
    return root


def drafts(root: Path, name: str) -> dict[str, str]:
    po = polib.pofile(str(root / "locales" / "en" / f"{name}.po"), wrapwidth=0)
    return {entry.msgid: entry.msgstr for entry in po if not entry.obsolete}


@pytest.mark.parametrize("name", NAMES)
def test_the_facts_are_in_the_draft(project: Path, name: str) -> None:
    english = drafts(project, name)
    lost = []
    for first, facts in rows(name):
        sentences = [target for source, target in english.items() if source.startswith(first)]
        assert sentences, f"no sentence of {name} begins with “{first}”"
        lost += [f"{fact}: {target}" for fact in facts for target in sentences if not holds(target, fact)]
    assert not lost, "\n".join(lost)


def holds(english: str, fact: str) -> bool:
    ways = "|".join(re.escape(way) for way in fact.split("|"))
    return re.search(rf"(?<![\w.,])(?:{ways})(?![\w]|[.,]\d)", english, re.IGNORECASE) is not None
