"""Calibration: what people made of drafts teaches which drafts need people."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.running import assert_error, toolkit
from toolkit.catalogue import digest, key_digest, parse, serialize
from toolkit.errors import RefusedError
from toolkit.jobs.calibrate import LEAST, calibrate, cross_validated, history, store
from toolkit.jobs.effort import weigh
from toolkit.model import ENGINE_MEMORY, ENGINE_RULE, Catalogue, Entry, Key, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.project import open_project
from toolkit.translation.scores import SHIPPED, Signals

HEADER = (("Project-Id-Version", "x"), ("Language", "en"))


def reviewed(number: int, changed: bool, measured: Signals) -> Entry:
    """A draft that a person approved, as it was or with other words."""
    key = Key(None, f"Le navire numéro {number} est entré dans le port de Sète.")
    target = f"Ship number {number} entered the port of Sète."
    written = target if not changed else f"The ship {number} is came in port."
    made = Provenance("argos", "stub 1", "c0ffee", key_digest(key), digest(written), -0.5, signals=measured)
    return Entry(key, target, State.REVIEWED, made)


def long_answers_are_changed(count: int) -> list[Entry]:
    """Reviewers of this project change drafts of unusual length, whatever the model thinks of them."""
    made = []
    for number in range(count):
        length = 0.1 * (number % 10)
        changed = number % 10 >= 5 if number % 7 else number % 10 < 5
        made.append(reviewed(number, changed, (("lp", -0.1 * (number % 3)), ("len", length), ("bad", 0), ("words", 9))))
    return made


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "port.txt").write_text("Un avis aux capitaines.\n", encoding="utf-8")
    write(tmp_path, long_answers_are_changed(80))
    return tmp_path


def write(project: Path, entries: list[Entry], release: str = "port") -> None:
    path = project / "locales" / "en" / f"{release}.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(serialize(Catalogue(release, HEADER, tuple(entries))))


def pipeline(project: Path) -> Pipeline:
    return Pipeline(open_project(project))


def test_it_learns_what_this_projects_reviewers_change(project: Path) -> None:
    found = calibrate(pipeline(project))
    assert found.examples == 80
    assert 30 < found.changed < 50
    assert found.predicted > 0.75
    assert found.predicted > found.shipped
    assert found.weights.terms["len"][1] > 1
    assert calibrate(pipeline(project)) == found, "the same catalogues, the same weights"


def test_only_what_a_person_judged_of_an_engines_draft_counts() -> None:
    good = reviewed(1, False, (("lp", -0.5),))
    made = good.provenance
    assert made is not None
    key = good.key
    others = [
        Entry(key, good.target, State.MACHINE, made),
        Entry(key, good.target, State.FUZZY, made),
        Entry(key, good.target, State.REVIEWED),
        Entry(Key(None, "Une autre phrase."), good.target, State.REVIEWED, made),
        Entry(key, good.target, State.REVIEWED, Provenance(ENGINE_RULE, "", "", key_digest(key), digest("x"))),
        Entry(key, good.target, State.REVIEWED, Provenance(ENGINE_MEMORY, "a", "", key_digest(key), digest("x"))),
        Entry(key, good.target, State.OBSOLETE, made, flags=("fuzzy",)),
    ]
    assert list(history("port", others)) == []
    asleep = Entry(key, good.target, State.OBSOLETE, made)
    assert [example.changed for _, example in history("port", [good, asleep])] == [False, False]
    retyped = Entry(key, "Other words.", State.REVIEWED, made)
    assert [example.changed for _, example in history("port", [retyped])] == [True]


def test_an_approved_draft_keeps_its_history_through_an_extraction(tmp_path: Path) -> None:
    """A person clears "needs work" or retypes the English; both stay examples after the source is extracted again."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "port.txt").write_text("Un avis aux capitaines.\n\nLe quai est fermé.\n", encoding="utf-8")
    project = pipeline(tmp_path)
    project.extract()
    path = tmp_path / "locales" / "en" / "port.po"
    found = parse(path.read_bytes(), "port.po", "port")
    drafted = []
    for entry, target in zip(found.entries, ("A notice.", "The quay is closed."), strict=True):
        made = Provenance(
            "argos",
            "stub 1",
            "c0",
            key_digest(entry.key),
            digest("The quay is closed."),
            -0.5,
            ("doubt",),
            (("lp", -0.5),),
        )
        drafted.append(Entry(entry.key, target, State.REVIEWED, made))
    path.write_bytes(serialize(Catalogue("port", found.header, tuple(drafted))))
    project.extract()
    after = parse(path.read_bytes(), "port.po", "port")
    assert [entry.provenance.remarks for entry in after.entries if entry.provenance] == [(), ()]
    assert sorted(example.changed for _, example in history("port", after.entries)) == [False, True]


def test_stored_weights_are_used(project: Path) -> None:
    before = pipeline(project).weights
    assert before is None
    done = toolkit(project, "calibrate", "--write")
    assert done.returncode == 0, done.stderr
    assert "80 reviewed drafts" in done.stdout
    assert "shipped weights" in done.stdout
    assert "English longer or shorter than usual" in done.stdout
    stored = json.loads((project / "locales" / "priority.json").read_bytes())
    assert stored["signals"]["len"]["weight"] > 1
    own = pipeline(project).weights
    assert own == calibrate(pipeline(project)).weights
    long = reviewed(1, False, (("lp", -0.1), ("len", 0.9), ("bad", 0), ("words", 9)))
    draft = Entry(long.key, long.target, State.MACHINE, long.provenance)
    assert weigh(draft, own).priority > 60
    again = toolkit(project, "calibrate", "--write")
    assert "holds these weights already" in again.stdout
    assert "weights stored in" in again.stdout


def test_nothing_is_stored_without_being_asked(project: Path) -> None:
    done = toolkit(project, "calibrate", "port")
    assert done.returncode == 0, done.stderr
    assert not (project / "locales" / "priority.json").exists()


def test_too_little_to_learn_from_is_refused_kindly(project: Path) -> None:
    write(project, long_answers_are_changed(LEAST - 1))
    assert_error(toolkit(project, "calibrate"), 1, f"only {LEAST - 1} reviewed machine drafts")
    write(project, [])
    with pytest.raises(RefusedError, match="no reviewed drafts"):
        calibrate(pipeline(project))
    write(project, [reviewed(number, True, (("lp", -0.1 * number),)) for number in range(60)])
    with pytest.raises(RefusedError, match="0 were approved as they were"):
        calibrate(pipeline(project))


def test_a_broken_catalogue_is_told_and_left_out(project: Path) -> None:
    (project / "source" / "autre.txt").write_text("Un autre avis.\n", encoding="utf-8")
    (project / "locales" / "en" / "autre.po").write_text("", encoding="utf-8")
    found = calibrate(pipeline(project))
    assert found.examples == 80
    assert [problem.where for problem in found.problems] == ["locales/en/autre.po"]


def test_prediction_is_measured_on_drafts_not_fitted_on() -> None:
    """Weights fitted on noise predict the noise they know, and no other."""
    noise = []
    for number in range(120):
        values = tuple(
            (name, ((number * prime) % 101) / 101) for name, prime in (("gap", 37), ("len", 53), ("same", 71))
        )
        noise.append(reviewed(number, (number * number * 29) % 97 < 48, (("lp", -((number * 83) % 89) / 89), *values)))
    examples = [example for _, example in history("port", noise)]
    assert 0.3 < cross_validated(examples) < 0.7


def test_the_same_weights_are_not_written_twice(project: Path) -> None:
    assert store(pipeline(project), SHIPPED) is not None
    assert store(pipeline(project), SHIPPED) is None
