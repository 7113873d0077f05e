"""`toolkit terms`: candidates from the releases, as a glossary to fill in."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running import assert_error, toolkit, tree
from toolkit.glossary import Glossary, Term, load
from toolkit.glossary.candidates import Sort, candidates

RELEASE = """La Capitainerie fluviale unie élargit ses patrouilles

NANTES (France) – Le Bureau des balises et feux (BBF) a réuni les pilotes de rade, a indiqué Solange Vauquelin.

Un pilote de rade embarque chaque nuit. Deux bouées lumineuses ont coulé ; une bouée lumineuse a été retrouvée.

Pour Solange Vauquelin, le BBF doit agir, comme la CFR (Caisse fluviale de retraite).
"""


def project(root: Path) -> Path:
    (root / "source").mkdir()
    (root / "source" / "balises.txt").write_text(RELEASE, encoding="utf-8")
    return root


def rows(text: str) -> dict[str, dict[str, str]]:
    return {row["fr"]: row for row in csv.DictReader(io.StringIO(text))}


def test_candidates_of_a_project(tmp_path: Path) -> None:
    done = toolkit(project(tmp_path), "terms")
    assert done.returncode == 0, done.stderr
    found = rows(done.stdout)
    assert found["BBF"]["note"] == "acronym of Bureau des balises et feux"
    assert found["Bureau des balises et feux"]["note"] == "short: BBF"
    assert found["CFR"]["note"] == "acronym of Caisse fluviale de retraite"
    assert found["Solange Vauquelin"]["count"] == "2"
    assert found["pilote de rade"]["count"] == "2"
    assert found["bouée lumineuse"]["count"] == "2"
    assert found["pilote de rade"]["release"] == "balises"
    assert "pilotes de rade" in found["pilote de rade"]["example"]
    assert "NANTES" not in found
    assert all(row["en"] == "" for row in found.values())


def test_the_file_is_a_glossary_and_nothing_else_is_written(tmp_path: Path) -> None:
    project(tmp_path)
    before = tree(tmp_path)
    done = toolkit(tmp_path, "terms", "balises", "--output", "new.tsv", "--least", "1")
    assert done.returncode == 0, done.stderr
    after = tree(tmp_path)
    assert after.pop("new.tsv").decode("utf-8-sig").startswith("fr\ten\t")
    assert after == before
    glossary, warnings = load([("new.tsv", tmp_path / "new.tsv")])
    assert glossary.terms == ()
    assert all("no English yet" in line or "more entries without English" in line for line in warnings)
    filled = (tmp_path / "new.tsv").read_text(encoding="utf-8-sig").replace("BBF\t", "BBF\tOBL", 1)
    (tmp_path / "new.tsv").write_text(filled, encoding="utf-8")
    (tmp_path / "toolkit.toml").write_text('[glossary]\nfiles = ["new.tsv"]\n')
    again = toolkit(tmp_path, "terms", "--json")
    assert again.returncode == 0, again.stderr
    french = [one["french"] for one in json.loads(again.stdout)]
    assert "BBF" not in french
    assert "CFR" in french


def test_a_file_that_was_filled_in_is_not_overwritten(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "new.csv").write_text("fr,en\nquai,quay\n")
    before = tree(tmp_path)
    assert_error(toolkit(tmp_path, "terms", "--output", "new.csv"), 1, "new.csv", "exists already")
    assert tree(tmp_path) == before


def test_errors_are_for_people(tmp_path: Path) -> None:
    project(tmp_path)
    (tmp_path / "toolkit.toml").write_text('[glossary]\nfiles = ["rivers"]\n')
    assert_error(toolkit(tmp_path, "terms"), 11, "rivers", "no packaged glossary", "police")


def test_rare_groups_and_groups_within_groups_are_left_out() -> None:
    said = [("a", "La rade foraine abritée dort."), ("a", "Une rade foraine abritée veille."), ("b", "Un quai désert.")]
    assert [(one.french, one.count) for one in candidates(said)] == [("rade foraine abritée", 2)]
    assert [one.french for one in candidates(said, least=1)] == ["rade foraine abritée", "quai désert"]
    assert candidates(said, Glossary((Term("rade foraine abritée", ("x",)),))) == ()


def test_verbs_neither_begin_nor_end_a_candidate() -> None:
    said = [
        "En Afrique de l’Ouest suivent trois phares.",
        "Le salon se tiendra à Hong Kong.",
        "Il ferme des sites Web illicites.",
        "Les vedettes rapides patrouillaient ; l’agent permanent veille ; un incident récent.",
    ]
    found = {one.french for one in candidates([("a", text) for text in said], least=1)}
    assert {"Afrique de l’Ouest", "Hong Kong", "sites Web illicites", "agent permanent", "incident récent"} <= found
    assert not [one for one in found if one.startswith(("tiendra", "Web")) or one.endswith(("suivent", "aient"))], found


def test_nothing_found_is_said(tmp_path: Path) -> None:
    done = toolkit(project(tmp_path), "terms", "--least", "99")
    assert "CFR" in done.stdout, "explained acronyms always"
    (tmp_path / "source" / "balises.txt").write_text("Le quai est rouvert.\n", encoding="utf-8")
    done = toolkit(tmp_path, "terms")
    assert (done.returncode, done.stdout.count("\n")) == (0, 1)
    assert "no candidates" in done.stderr


def test_headlines_in_capitals_have_no_acronyms() -> None:
    assert candidates([("a", "LA RADE EST SAUVE"), ("b", "LA RADE EST SAUVE")]) == ()
    assert [one.sort for one in candidates([("a", "La CRU et la CRU.")])] == [Sort.ACRONYM]


@given(st.lists(st.tuples(st.just("r"), st.text(max_size=120)), max_size=5), st.integers(1, 3))
@settings(max_examples=100)
def test_candidates_never_raise_and_stand_in_their_example(said: list[tuple[str, str]], least: int) -> None:
    for one in candidates(said, least=least):
        assert one.count >= 1
        assert one.french
        assert any(text == one.example for _, text in said)
