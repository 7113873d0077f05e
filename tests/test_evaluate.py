"""`toolkit evaluate`: references of every kind are read, matched and scored, and nothing is written."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sacrebleu.metrics.chrf import CHRF

from tests.running import assert_error, toolkit, tree
from toolkit.jobs.english import sentences as english_sentences
from toolkit.jobs.matching import match
from toolkit.jobs.references import References, Sentence, Unit
from toolkit.jobs.scoring import Case, score
from toolkit.model import Key
from toolkit.text.fixtures import Fixture, Kind

TEXTS = st.lists(st.text("abc é12.", min_size=1, max_size=30), max_size=12)

FRENCH = """\
Deux écluses fermées

Le P.C.N. de Nantes a fermé deux écluses. Les bateliers, prévenus la veille, ont attendu sans protester.

La capitainerie rouvrira lundi à 9 h.
"""
ENGLISH = """\
Two locks closed

The Nantes NCP has closed two locks. The barge operators waited without protest: they had been told the day before.

The harbour office will open again on Monday at 9 a.m.
"""
GLOSSARY = """\
fr,en,status,plural
PCN,NCP,preferred,NCPs
batelier,barge operator,preferred,
capitainerie,harbour office,preferred,
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "amarre"
    (root / "source").mkdir(parents=True)
    (root / "source" / "ecluses.txt").write_text(FRENCH, encoding="utf-8")
    (root / "source" / "autre.txt").write_text("Un phare s’allume.\n", encoding="utf-8")
    (root / "terms.csv").write_text(GLOSSARY, encoding="utf-8")
    (root / "toolkit.toml").write_text('[glossary]\nfiles = ["terms.csv"]\n', encoding="utf-8")
    return root


def catalogue(pairs: dict[str, str]) -> str:
    entries = [f'msgid "{french}"\nmsgstr "{english}"\n' for french, english in pairs.items()]
    head = 'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset=UTF-8\\n"\n"Language: en\\n"\n'
    return "\n".join((head, *entries))


def data(root: Path, *args: str) -> Any:
    done = toolkit(root, "evaluate", *args, "--json")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


def files(root: Path) -> dict[str, bytes]:
    """What is in the project; the home of ``toolkit`` lies there, too, and may hold a cache."""
    return {name: content for name, content in tree(root).items() if not name.startswith(".cache/")}


# --- matching -----------------------------------------------------------------------------------------------------


@settings(max_examples=60)
@given(TEXTS, TEXTS)
def test_each_sentence_is_matched_once_in_order(source: list[str], target: list[str]) -> None:
    found = match(source, target)
    assert [at for one in found for at in one.source] == list(range(len(source)))
    assert [at for one in found for at in one.target] == list(range(len(target)))
    assert all(one.source or one.target for one in found)


def test_sentences_that_a_translator_merged_or_left_out_are_told_apart() -> None:
    french = [
        "La crue a commencé mardi.",
        "Elle a duré onze jours et noyé 340 hectares de prairies entre Saumur et Angers.",
        "Partager cette page avec vos proches",
        "Aucun des 12 marins de Redon n’a été blessé.",
        "Les bateliers de Blain ont tenu.",
    ]
    english = [
        "The flood began on Tuesday.",
        "It lasted eleven days and drowned 340 hectares of meadows between Saumur and Angers.",
        "None of the 12 sailors from Redon was hurt, and the barge operators of Blain held out.",
    ]
    found = [(list(one.source), list(one.target)) for one in match(french, english)]
    assert found == [([0], [0]), ([1], [1]), ([2], []), ([3, 4], [2])]


def test_a_long_text_is_matched_near_its_diagonal() -> None:
    french = [f"La barge {number} passe l’écluse de Bouchemaine." for number in range(400)]
    english = [f"Barge {number} goes through the lock at Bouchemaine." for number in range(400) if number != 7]
    found = match(french, english)
    assert sum(len(one.source) == len(one.target) == 1 for one in found) >= 398


@settings(max_examples=60)
@given(st.text("ab. MrN!?”“ (\n", max_size=60))
def test_english_sentences_lose_nothing_but_space(text: str) -> None:
    assert "".join("".join(english_sentences(text)).split()) == "".join(text.split())


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("Mr Vos left. He came back.", 2),
        ("“Are we ready? Not yet,” said J. K. Sauvadet.", 2),
        ("See No. 12 and vol. II of the U.S. Code.", 1),
        ("It ended at 4 p.m. Nobody stayed.", 2),
    ],
)
def test_english_is_cut_into_sentences(text: str, count: int) -> None:
    assert len(english_sentences(text)) == count, english_sentences(text)


# --- references ---------------------------------------------------------------------------------------------------


def sentence(number: int, french: str, context: str | None = None, block: str = "p1") -> Sentence:
    return Sentence(f"{block}s{number}", Key(context, french), block, french)


TWO = (sentence(1, "Un phare s’allume."), sentence(2, "Un <g1>phare</g1> s’éteint."))


def test_only_what_a_person_approved_is_a_reference(tmp_path: Path) -> None:
    text = catalogue({"Un phare s'allume.": "A lighthouse lights up.", "Un phare s’éteint.": "?"})
    (tmp_path / "phare.po").write_text(text.replace('msgid "Un phare s’é', '#, fuzzy\nmsgid "Un phare s’é'), "utf-8")
    assert References(tmp_path).units("phare", TWO) == (Unit((0,), "A lighthouse lights up."),)


def test_an_entry_of_the_same_kind_of_text_comes_first(tmp_path: Path) -> None:
    text = catalogue({"Navigation": "Shipping"}) + '\nmsgctxt "heading"\nmsgid "Navigation"\nmsgstr "Waterways"\n'
    (tmp_path / "x.po").write_text(text, "utf-8")
    both = (sentence(1, "Navigation", "heading"), sentence(2, "Navigation", "cell"))
    assert [unit.english for unit in References(tmp_path).units("x", both)] == ["Waterways", "Shipping"]


def test_a_memory_serves_every_release(tmp_path: Path) -> None:
    unit = "<tu><tuv xml:lang='fr-FR'><seg>{}</seg></tuv><tuv xml:lang='EN-GB'><seg>{}</seg></tuv></tu>"
    body = unit.format("Un phare s’éteint.", "A lighthouse goes dark.")
    header = "<header srclang='fr' segtype='sentence'/>"
    (tmp_path / "all.tmx").write_text(f"<tmx version='1.4'>{header}<body>{body}</body></tmx>", "utf-8")
    assert References(tmp_path, ("phare",)).units("phare", TWO) == (Unit((1,), "A lighthouse goes dark."),)


def test_a_catalogue_of_another_release_serves_none_but_its_own(tmp_path: Path) -> None:
    (tmp_path / "autre.po").write_text(catalogue({"Un phare s’allume.": "Light!"}), "utf-8")
    assert References(tmp_path, ("phare", "autre")).units("phare", TWO) == ()


def test_lines_are_sentences_where_there_are_as_many(tmp_path: Path) -> None:
    (tmp_path / "phare.txt").write_text("\ufeffIt goes on.\r\n\r\n***\r\nIt goes off.\r\n", "utf-8")
    assert References(tmp_path).units("phare", TWO) == (Unit((0,), "It goes on."), Unit((1,), "It goes off."))


def test_a_text_of_any_format_is_matched_by_paragraph(tmp_path: Path) -> None:
    (tmp_path / "phare.md").write_text("A lighthouse *lights* up, and\nit goes out.\n", "utf-8")
    assert References(tmp_path).units("phare", TWO) == (Unit((0, 1), "A lighthouse lights up, and it goes out."),)


# --- scores -------------------------------------------------------------------------------------------------------


def fixture(start: int, kind: Kind, *english: str) -> Fixture:
    return Fixture(start, start + 1, kind, english)


CASE = Case(
    "x",
    tuple(sentence(number, "abcdef") for number in range(3)),
    (Unit((0,), "The NCP met in Basel."), Unit((1, 2), "Nobody from the harbour came.")),
    (
        (fixture(0, Kind.TERM, "NCP"), fixture(1, Kind.NAME, "Basel"), fixture(2, Kind.TERM, "office")),
        (fixture(0, Kind.TERM, "harbour"),),
        (fixture(0, Kind.TERM, "harbour"),),
    ),
)


def test_fixtures_are_counted_among_all_and_among_those_of_the_reference() -> None:
    found = score("s", "", [CASE], {"x": ("An office of the NCP met in Bâle.", "The harbour", "")})
    terms, names = found.total.held["terms"], found.total.held["names"]
    assert (terms.held, terms.of) == (3, 4)  # the harbour must be there twice
    assert (found.total.held_as_reference["terms"].held, found.total.held_as_reference["terms"].of) == (2, 2)
    assert (names.held, names.of) == (0, 1)
    assert [(miss.kind, miss.in_reference) for miss in found.misses] == [("name", True), ("term", False)]


def test_scores_are_those_of_sacrebleu() -> None:
    found = score("s", "", [CASE], {"x": ("The NCP met.", "Nobody came", "from the harbour.")})
    target = ["The NCP met.", "Nobody came from the harbour."]
    assert found.total.chrf == CHRF().corpus_score(target, [[unit.english for unit in CASE.units]]).score
    assert found.rows[0].chrf == found.total.chrf


def test_what_has_no_english_is_counted() -> None:
    found = score("s", "", [CASE], {"x": ("", "", "")})
    assert (found.total.sentences, found.total.untranslated, found.total.chrf) == (3, 3, 0.0)


# --- the command --------------------------------------------------------------------------------------------------


def test_the_catalogues_english_is_scored(project: Path) -> None:
    assert toolkit(project, "extract").returncode == 0
    path = project / "locales" / "en" / "ecluses.po"
    po = path.read_text("utf-8")
    po = po.replace('9 h."\nmsgstr ""', '9 h."\nmsgstr "The harbour office will open again on Monday at 9 a.m."')
    path.write_text(po, "utf-8")
    (project / "references").mkdir()
    (project / "references" / "ecluses.txt").write_text(ENGLISH, "utf-8")
    found = data(project, "references")
    (system,) = found["systems"]
    total = system["total"]
    assert (system["name"], total["sentences"], total["untranslated"], total["left_out"]) == ("current", 4, 3, 0)
    assert total["terms"] == {"held": 1, "of": 3, "share": 0.3333}
    assert total["as_reference"]["terms"]["of"] == 3
    assert [miss["french"] for miss in system["missing"] if miss["kind"] == "term"] == ["P.C.N.", "bateliers"]
    assert found["without_reference"] == ["autre"]
    assert found["signatures"]["chrF"].startswith("nrefs:1|")
    shown = toolkit(project, "evaluate", "references", "-v").stdout
    assert "1/3 33.3%" in shown
    assert "term bateliers → barge operators" in shown


def test_fresh_drafts_and_the_bare_engine_are_compared_and_nothing_is_written(project: Path) -> None:
    (project / "ecluses.en.txt").write_text(ENGLISH, "utf-8")
    before = files(project)
    found = data(project, "ecluses.en.txt", "ecluses", "--fresh", "--compare", "raw")
    fresh, raw = found["systems"]
    assert (fresh["name"], raw["name"]) == ("fresh", "raw")
    assert fresh["model"] == raw["model"] != ""
    assert fresh["total"]["untranslated"] == raw["total"]["untranslated"] == 0
    assert fresh["total"]["chrf"] > 30
    assert fresh["total"]["terms"]["held"] >= raw["total"]["terms"]["held"]
    assert files(project) == before


def test_another_translation_is_compared(project: Path) -> None:
    (project / "ecluses.po").write_text(catalogue({"La capitainerie rouvrira lundi à 9 h.": "It reopens."}), "utf-8")
    (project / "ecluses.txt").write_text(ENGLISH, "utf-8")
    out = project / "scores.json"
    done = toolkit(project, "evaluate", "ecluses.txt", "--compare", "ecluses.po", "--json", "--output", "scores.json")
    assert done.returncode == 0, done.stderr
    names = [system["name"] for system in json.loads(out.read_text("utf-8"))["systems"]]
    assert names == ["current", "ecluses.po"]
    assert "Wrote scores.json." in done.stdout


# --- bad input ----------------------------------------------------------------------------------------------------


def test_references_that_are_not_there(project: Path) -> None:
    assert_error(toolkit(project, "evaluate", "nowhere"), 14, "nowhere")
    (project / "empty").mkdir()
    assert_error(toolkit(project, "evaluate", "empty"), 14, "empty", "no reference")


def test_references_that_fit_no_release(project: Path) -> None:
    (project / "references").mkdir()
    (project / "references" / "phare.txt").write_text("A lighthouse.\n", "utf-8")
    assert_error(toolkit(project, "evaluate", "references"), 14, "no sentence of these releases")


def test_a_broken_catalogue_is_named_with_its_line(project: Path) -> None:
    (project / "ecluses.po").write_text(catalogue({"Un": "One"}) + "<<<<<<< ours\n", "utf-8")
    assert_error(toolkit(project, "evaluate", "ecluses.po"), 14, "ecluses.po:8")


def test_a_text_that_is_none(project: Path) -> None:
    (project / "ecluses.txt").write_bytes(b"PK\x03\x04\0\0\0")
    assert_error(toolkit(project, "evaluate", "ecluses.txt"), 14, "ecluses.txt")


def test_a_memory_of_another_pair(project: Path) -> None:
    unit = "<tu><tuv xml:lang='de'><seg>Ja</seg></tuv><tuv xml:lang='nl'><seg>Ja</seg></tuv></tu>"
    (project / "x.tmx").write_text(f"<tmx version='1.4'><header srclang='de'/><body>{unit}</body></tmx>", "utf-8")
    assert_error(toolkit(project, "evaluate", "x.tmx"), 14, "x.tmx", "de")


def test_a_catalogue_of_the_project_that_cannot_be_read(project: Path) -> None:
    """One release fails, the others are scored; when there is no other, that is the error."""
    assert toolkit(project, "extract").returncode == 0
    (project / "locales" / "en" / "ecluses.po").write_text("msgid\n", "utf-8")
    (project / "references").mkdir()
    (project / "references" / "ecluses.txt").write_text(ENGLISH, "utf-8")
    assert_error(toolkit(project, "evaluate", "references"), 4, "locales/en/ecluses.po")
    (project / "references" / "autre.txt").write_text("A lighthouse lights up.\n", "utf-8")
    done = toolkit(project, "evaluate", "references")
    assert_error(done, 4, "locales/en/ecluses.po")
    assert "autre" in done.stdout
