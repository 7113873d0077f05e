"""Drafts translated back: other French that comes back makes a draft suspect."""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from tests.running import assert_error, toolkit
from toolkit.catalogue import digest, key_digest, parse, serialize
from toolkit.jobs.roundtrip import round_trip
from toolkit.model import ENGINE_RULE, Catalogue, Entry, Key, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.project import open_project
from toolkit.translation.engine import USUAL, Answer, Decoding, Signature
from toolkit.translation.scores import Signals, priority

FRENCH = {
    "The ship enters the port.": "Le navire entre dans le port.",
    "The lamp is cold.": "Le phare est éteint depuis hier.",
    "15 May 2026": "15 mai 2026",
}
SIGNALS: Signals = (("lp", -0.4), ("len", 0.0), ("rep", 0), ("bad", 0), ("words", 6))


class Back:
    """Translates back what it knows, and counts how often it is asked."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    @property
    def signature(self) -> Signature:
        return Signature("stub", "translate-en_fr 1.0", "c0ffee")

    def translate(
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        known = {"The ship enters the port.": "Le navire entre dans le port.", "The lamp is cold.": "La lampe a froid."}
        for window in windows:
            self.asked += window
            yield tuple(Answer(known[sentence], -0.1) for sentence in window)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "port.txt").write_text("\n\n".join(FRENCH.values()) + "\n", encoding="utf-8")
    entries = []
    for english, french in FRENCH.items():
        key = Key(None, french)
        by_rule = english[0].isdigit()
        found = tuple(pair for pair in SIGNALS if pair[0] != "lp" or not by_rule)
        engine = ENGINE_RULE if by_rule else "argos"
        made = Provenance(engine, "", "", key_digest(key), digest(english), signals=found, priority=priority(found))
        entries.append(Entry(key, english, State.MACHINE, made))
    path = tmp_path / "locales" / "en" / "port.po"
    path.parent.mkdir(parents=True)
    path.write_bytes(serialize(Catalogue("port", (("Language", "en"),), tuple(entries))))
    return tmp_path


def test_what_comes_back_as_other_french_is_reviewed_first(project: Path) -> None:
    engine = Back()
    pipeline = Pipeline(open_project(project))
    found = round_trip(pipeline, open_engine=lambda pipeline: engine)
    assert (found.sentences, list(found.written)) == (2, ["locales/en/port.po"])
    path = project / "locales" / "en" / "port.po"
    entries = parse(path.read_bytes(), "port.po", "port").live
    same, other, by_rule = (entry.provenance for entry in entries)
    assert same and other and by_rule
    assert dict(same.signals)["rt"] == 1
    assert dict(other.signals)["rt"] < 0.5
    assert "rt" not in dict(by_rule.signals), "no model made it"
    assert same.priority is not None
    assert other.priority is not None
    assert same.priority < other.priority
    before = path.read_bytes()
    again = round_trip(pipeline, open_engine=lambda pipeline: engine)
    assert (again.sentences, path.read_bytes(), len(engine.asked)) == (0, before, 2), "each draft once"


def test_without_a_package_for_the_way_back_nothing_is_written(project: Path) -> None:
    before = (project / "locales" / "en" / "port.po").read_bytes()
    done = toolkit(project, "review", "export", "--round-trip")
    assert_error(done, 5, "from 'en' to 'fr'", "models install")
    assert (project / "locales" / "en" / "port.po").read_bytes() == before
    assert not (project / "review.po").exists()
