"""Memories as files: TMX as it is met, PO, the cache and what may befall it, and the commands as a user runs them."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import subprocess
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from translate.storage import tmx

from tests.running import assert_error, toolkit
from toolkit.catalogue import digest, key_digest, parse, serialize
from toolkit.errors import MemoryFileError, WriteError
from toolkit.files import project_lock
from toolkit.jobs import memory as jobs
from toolkit.memory import AUTO, SUGGEST
from toolkit.memory.mending import CHUNK, Notes
from toolkit.memory.tmx import Pair, Record, read_tmx, write_tmx
from toolkit.model import Key, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import escape, renumbered
from toolkit.project import open_project

PAIR = ("fr", "en")


def read(data: bytes, notes: Notes | None = None) -> list[tuple[Key, str]]:
    pairs = read_tmx(io.BytesIO(data), "x.tmx", PAIR, notes or Notes())
    return [(pair.key, pair.target) for pair in pairs]


def unit(french: str, english: str, first: str = "fr", second: str = "en") -> str:
    return (
        f'<tu><tuv xml:lang="{first}"><seg>{french}</seg></tuv><tuv xml:lang="{second}"><seg>{english}</seg></tuv></tu>'
    )


def memory(*units: str, head: str = "") -> bytes:
    body = "\n".join(units)
    return f'{head}<tmx version="1.4"><header srclang="fr"/><body>\n{body}\n</body></tmx>\n'.encode()


# --- TMX ----------------------------------------------------------------------------------------------------------

TEXT = st.text(st.sampled_from("aé <>&\\g1/xph\u00a0\u202f’«»]"), min_size=1, max_size=12).map(lambda text: f"a{text}b")
TAGGED = st.sampled_from(
    ["<g1>le quai</g1> de Sète<x2/>", "le <ph1>R-12 <\\g1></ph1> fini</g2>", "<g1>un <g2>deux</g2></g1>"]
)


@given(st.lists(st.tuples(st.sampled_from([None, "heading"]), TEXT | TAGGED, TEXT | TAGGED), min_size=1, max_size=5))
def test_what_is_written_is_read_again(units: list[tuple[str | None, str, str]]) -> None:
    records = [
        Record(Key(context, source if "</" in source else escape(source)), target if "</" in target else escape(target))
        for context, source, target in units
    ]
    data = b"".join(write_tmx(records, PAIR))
    assert data == b"".join(write_tmx(records, PAIR))
    for record, (key, target) in zip(records, read(data), strict=True):
        assert key == record.key
        assert target == record.target or "<" in record.target  # numbers that the source has not may change
        assert renumbered(target) == renumbered(record.target)
    other: Any = tmx.tmxfile.parsestring(data)  # type: ignore[no-untyped-call]  # an independent reader agrees
    assert len(other.units) == len(records)
    assert other.units[0].getNodeText(other.units[0].getlanguageNode("fr"), "preserve")


def test_inline_tags_become_placeholders() -> None:
    french = 'Le <bpt i="1">&lt;b></bpt>quai<ept i="1">&lt;/b></ept> est<ph x="9">&lt;br/></ph> <hi>fermé</hi>'
    french += ' <it pos="begin"/>.'
    english = '<hi>Closed</hi><ph x="9"/> is the <bpt i="4"/>quay<ept i="4"/><ut/>.'
    [(key, target)] = read(memory(unit(french, english)))
    assert key.source == "Le <g1>quai</g1> est<x2/> <g3>fermé</g3> <g4>."
    assert target == "<g3>Closed</g3><x2/> is the <g1>quay</g1><x5/>."


def test_broken_entities_are_mended_and_counted() -> None:
    notes = Notes()
    broken = unit("Le&nbsp;quai &foo; & <![CDATA[A & B &x;]]>&#0;", "The quay &amp; R&D &#xe9;")
    data = memory(broken, unit("Fin\0.", "End."))
    assert read(data, notes) == [
        (Key(None, "Le\u00a0quai &foo; & A & B &x;"), "The quay & R&D é"),
        (Key(None, "Fin."), "End."),
    ]
    assert notes.warnings("x.tmx") == (
        "x.tmx: HTML entities read as their characters: 1 (line 2)",
        "x.tmx: unknown entities taken literally: 1 (line 2)",
        "x.tmx: bare ampersands taken literally: 2 (line 2)",
        "x.tmx: control characters left out: 2 (lines 2, 3)",
    )


@settings(max_examples=20)
@given(st.integers(-30, 30))
def test_entities_over_the_edge_of_a_chunk(shift: int) -> None:
    filling = "x" * (CHUNK - 140 + shift)
    [(key, _)] = read(memory(unit(f"{filling}&nbsp;&foo;<![CDATA[&]]> fin", "End.")))
    assert key.source == f"{filling}\u00a0&foo;& fin"


@pytest.mark.parametrize(("french", "english"), [("FR-fr", "en_GB"), ("fr", "EN"), ("fr-CA", "en-US")])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_codes_of_languages_and_encodings_vary(french: str, english: str, encoding: str) -> None:
    head = '<?xml version="1.0"?>\n<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
    other = unit("das Ende", "the end", "de", "en")
    data = memory(unit("été", "summer", french, english), other, head=head).decode().encode(encoding)
    assert read(data) == [(Key(None, "été"), "summer")]
    assert read(data.replace(b"xml:lang", b"lang")) == [(Key(None, "été"), "summer")]


HARMFUL = [
    (b"", "not well-formed"),
    (b"\0\0\0", "not well-formed"),
    (b"Bonjour", "not well-formed"),
    (b"<html/>", "is no TMX file"),
    (memory(unit("a", "b"))[:-12], "not well-formed"),
    (memory(unit("a", "b", "de", "en")), "only de and en"),
    (memory(), "no units at all"),
    (b'<!DOCTYPE tmx [<!ENTITY a "aa">]>' + memory(unit("&a;", "b")), "entities of its own"),
    (b'<!DOCTYPE tmx [<!ENTITY % a SYSTEM "file:///etc/hostname"> %a;]>' + memory(), "entities of its own"),
    ("<tmx>é</tmx>".encode("latin-1"), "is not UTF-8"),
    (b'<?xml version="1.0" encoding="klingon"?><tmx/>', "klingon"),
    (b"<tmx><body>" + b"<tu>" * 300 + b"</tmx>", "not well-formed"),
]


@pytest.mark.parametrize(("data", "problem"), HARMFUL, ids=[problem for _, problem in HARMFUL])
def test_what_is_no_memory_is_refused_with_its_place(data: bytes, problem: str) -> None:
    with pytest.raises(MemoryFileError, match=problem) as caught:
        read(data)
    assert caught.value.where.startswith("x.tmx")
    assert caught.value.hint


def test_external_files_are_not_read(tmp_path: Path) -> None:
    (tmp_path / "tmx14.dtd").write_text('<!ENTITY nbsp "secret">', encoding="utf-8")
    data = memory(unit("Le&nbsp;quai", "x"), head=f'<!DOCTYPE tmx SYSTEM "{tmp_path.as_uri()}/tmx14.dtd">')
    assert read(data) == [(Key(None, "Le\u00a0quai"), "x")]


@given(st.binary(max_size=200) | st.text("<>/tmxu&;[]!\0 é", max_size=60).map(str.encode))
def test_any_bytes_end_in_units_or_in_a_message(data: bytes) -> None:
    try:
        read(data)
        read(memory(unit("a", "b")) + data)
    except MemoryFileError as error:
        assert error.where


def test_pairs_know_their_lines() -> None:
    pairs = list(read_tmx(io.BytesIO(memory(unit("a", "b"), unit("c", "d"))), "x", PAIR, Notes()))
    assert pairs == [Pair(Key(None, "a"), "b", ":2"), Pair(Key(None, "c"), "d", ":3")]


def test_pairs_of_a_file_in_one_line_know_their_numbers() -> None:
    given = memory(unit("a", "b"), unit("", "x"), unit("c", "d"), unit("", "y")).replace(b"\n", b"")
    notes = Notes()
    pairs = list(read_tmx(io.BytesIO(given), "x", PAIR, notes))
    assert [pair.spot for pair in pairs] == [", unit 1", ", unit 3"]
    assert notes.warnings("x") == ("x: units without words passed over: 2 (units 2, 4)",)


# --- commands -----------------------------------------------------------------------------------------------------

RELEASE = "Les gardiens du phare ont repris leur service en mai.\n\nLe quai est rouvert.\n"
OTHER = "Les gardiens du phare ont repris leur service en mer.\n\nLe quai est rouvert.\n"
KEEPERS = "The lighthouse keepers are back on duty in May."


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("ready") / "press"
    (root / "source").mkdir(parents=True)
    (root / "source" / "phare.txt").write_text(RELEASE, encoding="utf-8")
    Pipeline(open_project(root)).extract()
    path = root / "locales" / "en" / "phare.po"
    text = path.read_text(encoding="utf-8")
    for french, english in zip(RELEASE.split("\n\n"), (KEEPERS, "The quay has reopened."), strict=True):
        empty_entry = f'msgid "{french.strip()}"\nmsgstr "'
        assert empty_entry in text
        text = text.replace(empty_entry, empty_entry + english)
    path.write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def project(ready: Path, tmp_path: Path) -> Path:
    """A project with one approved release."""
    return Path(shutil.copytree(ready, tmp_path / "press"))


class Told:
    """The project's memory, opened anew, and what it said."""

    def __init__(self, root: Path) -> None:
        self.warnings: list[str] = []
        self.memory = Pipeline(open_project(root), notify=self.warnings.append).memory

    def english(self, french: str, least: int = 70) -> list[str]:
        return [match.unit.target for match in jobs.search(self.memory, french, least)]


def imported(root: Path, data: bytes, *args: str, name: str = "old.tmx") -> str:
    (root / name).write_bytes(data)
    done = toolkit(root, "memory", "import", name, *args)
    assert done.returncode == 0, done.stderr
    return done.stdout


def units(root: Path) -> dict[str, int]:
    return {file.name: file.units for file in jobs.stats(Told(root).memory).files}


def test_approved_sentences_are_found_at_once(project: Path) -> None:
    done = toolkit(project, "memory", "search", "Les gardiens du phare ont repris leur service en mer.", "--json")
    [match] = json.loads(done.stdout)
    assert (match["target"], match["origin"], match["trust"]) == (KEEPERS, "phare", "approved")
    assert (match["per_cent"], match["difference"]) == (90, "“mai” → “mer”")
    shown = toolkit(project, "memory", "search", "Les gardiens du phare ont repris leur service en mer.").stdout
    assert " 90 %  phare (approved)" in shown
    assert "“mai” → “mer”" in shown
    assert "--least 50 looks farther" in toolkit(project, "memory", "search", "Tout autre chose.").stdout
    assert (project / ".toolkit" / ".gitignore").read_text() == "*\n"


def test_translate_takes_over_and_says_so(project: Path) -> None:
    (project / "source" / "mer.txt").write_text(OTHER, encoding="utf-8")
    imported(
        project,
        memory(unit("Les gardiens du phare ont repris leur service en mer.", "Back at sea.")),
        "--trust",
        "suggest",
    )
    done = toolkit(project, "translate", program="import sys\nsys.modules['ctranslate2'] = None")
    assert done.returncode == 0, done.stderr
    assert "Took over 1 sentence that a person approved before." in done.stdout
    assert "Filled in 1 sentence from memory to be checked" in done.stdout
    po = (project / "locales" / "en" / "mer.po").read_text(encoding="utf-8")
    assert "# toolkit: engine memory phare\n" in po
    assert "# toolkit: engine memory memory/suggest/old.tmx\n" in po
    assert '#, fuzzy\nmsgid "Les gardiens du phare ont repris leur service en mer."\nmsgstr "Back at sea."' in po


# --- copies and what becomes of their origins ---------------------------------------------------------------------

NO_MODEL = "import sys\nsys.modules['ctranslate2'] = None"
MINE = '\n<<<<<<< HEAD\nmsgid "a"\n'


@pytest.fixture
def copied(project: Path) -> Path:
    """A project in which the release "mer" has a copy of a sentence of "phare", and one of an imported memory."""
    (project / "source" / "mer.txt").write_text("Le quai est rouvert.\n\nLe môle est rouvert.\n", encoding="utf-8")
    mole = memory(unit("Le môle est rouvert.", "The mole has reopened."))
    path = project / "locales" / "memory" / "auto" / "mole.tmx"
    path.parent.mkdir(parents=True)
    path.write_bytes(mole)
    report = Pipeline(open_project(project)).translate()
    assert (report.recalled, report.offered, report.drafted, report.problems) == (2, 0, 0, [])
    return project


def break_catalogue(root: Path) -> None:
    path = root / "locales" / "en" / "phare.po"
    path.write_text(path.read_text(encoding="utf-8") + MINE, encoding="utf-8")


def break_memory(root: Path) -> None:
    (root / "locales" / "memory" / "auto" / "mole.tmx").write_bytes(b"<tmx>")


def remove_release(root: Path) -> None:
    (root / "source" / "phare.txt").unlink()
    (root / "locales" / "en" / "phare.po").unlink()


def remove_memory(root: Path) -> None:
    (root / "locales" / "memory" / "auto" / "mole.tmx").unlink()


def trust_memory_less(root: Path) -> None:
    folder = root / "locales" / "memory"
    (folder / "auto").rename(folder / "suggest")


@pytest.mark.parametrize("cached", [True, False])
@pytest.mark.parametrize(
    "harm",
    [break_catalogue, break_memory, remove_release, remove_memory, trust_memory_less],
    ids=lambda harm: harm.__name__,
)
def test_a_copy_stays_approved_whose_origin_is_gone_or_unreadable(
    copied: Path, harm: Callable[[Path], None], cached: bool
) -> None:
    before = (copied / "locales" / "en" / "mer.po").read_bytes()
    harm(copied)
    if not cached:
        shutil.rmtree(copied / ".toolkit")
    Pipeline(open_project(copied)).translate()
    assert (copied / "locales" / "en" / "mer.po").read_bytes() == before


def test_a_merge_conflict_in_one_release_demotes_nothing_in_another(copied: Path) -> None:
    phare, mer = (copied / "locales" / "en" / f"{name}.po" for name in ("phare", "mer"))
    good, before = phare.read_bytes(), mer.read_bytes()
    break_catalogue(copied)
    (copied / "source" / "port.txt").write_text("Le quai est rouvert.\n", encoding="utf-8")
    assert_error(toolkit(copied, "translate", program=NO_MODEL), 4, "locales/en/phare.po")
    assert mer.read_bytes() == before
    port = (copied / "locales" / "en" / "port.po").read_text(encoding="utf-8")
    assert "# toolkit: engine memory phare\n" in port  # what was approved there still serves the others
    assert "  cannot be read: " in toolkit(copied, "memory", "stats").stdout
    phare.write_bytes(good.replace(b"The quay has reopened.", b"The quay is open again."))
    assert toolkit(copied, "translate", program=NO_MODEL).returncode == 0
    assert "cannot be read" not in toolkit(copied, "memory", "stats").stdout
    text = mer.read_text(encoding="utf-8")
    assert "# toolkit: remark its original in phare has other English now\n" in text
    assert '#, fuzzy\nmsgid "Le quai est rouvert."\nmsgstr "The quay has reopened."' in text


def test_other_english_as_trusted_as_the_origins_questions_a_copy(copied: Path) -> None:
    path = copied / "locales" / "memory" / "auto" / "mole.tmx"
    path.with_name("new.tmx").write_bytes(path.read_bytes().replace(b"reopened", b"closed"))
    mer = copied / "locales" / "en" / "mer.po"
    before = mer.read_bytes()
    Pipeline(open_project(copied)).translate()
    assert mer.read_bytes() == before  # its own origin still says the same
    path.unlink()
    Pipeline(open_project(copied)).translate()
    assert "# toolkit: remark memory/auto/new.tmx has other English now\n" in mer.read_text(encoding="utf-8")


# --- import and export --------------------------------------------------------------------------------------------


def test_import_takes_a_file_once_and_asks_before_it_replaces(project: Path) -> None:
    source = project / "old.tmx"
    source.write_bytes(memory(unit("Le phare.", "The lighthouse.")))
    done = jobs.import_file(Told(project).memory, source, AUTO)
    assert done == jobs.Imported("locales/memory/auto/old.tmx", 1, AUTO)
    (project / "b.tmx").write_bytes(source.read_bytes())
    for trust in (AUTO, None):
        assert jobs.import_file(Told(project).memory, project / "b.tmx", trust) == replace(done, known=True)
    source.write_bytes(memory(unit("Le phare.", "The light."), unit("La mer.", "The sea.")))
    with pytest.raises(MemoryFileError, match="another file of this name"):
        jobs.import_file(Told(project).memory, source, AUTO)
    assert units(project) == {"phare": 2, "memory/auto/old.tmx": 1}
    assert jobs.import_file(Told(project).memory, source, AUTO, replacing=True).units == 2
    source.write_bytes(b"<tmx>")
    with pytest.raises(MemoryFileError, match="not well-formed") as caught:
        jobs.import_file(Told(project).memory, source, AUTO, replacing=True)
    assert caught.value.where == f"{source}:1"
    assert units(project) == {"phare": 2, "memory/auto/old.tmx": 2}  # the one that was there is there
    assert [path.name for path in (project / "locales" / "memory" / "auto").iterdir()] == ["old.tmx"]


def test_import_with_another_trust_moves_the_file(project: Path) -> None:
    old = memory(unit("Le phare.", "The lighthouse."))
    assert "`toolkit translate` takes over" in imported(project, old)
    said = imported(project, old, "--trust", "enforce")
    assert "was in locales/memory/auto/old.tmx and moved to locales/memory/enforce/old.tmx: 1 sentence" in said
    assert units(project) == {"phare": 2, "memory/enforce/old.tmx": 1}
    assert "is there already, in locales/memory/enforce/old.tmx" in imported(project, old)
    other = project / "locales" / "memory" / "suggest" / "old.tmx"
    other.parent.mkdir()
    other.write_bytes(memory(unit("La mer.", "The sea.")))
    with pytest.raises(MemoryFileError, match="another file of this name"):
        jobs.import_file(Told(project).memory, project / "old.tmx", SUGGEST)
    assert units(project) == {"phare": 2, "memory/enforce/old.tmx": 1, "memory/suggest/old.tmx": 1}
    moved = jobs.import_file(Told(project).memory, project / "old.tmx", SUGGEST, replacing=True)
    assert (moved.moved, moved.units) == ("locales/memory/enforce/old.tmx", 1)
    assert units(project) == {"phare": 2, "memory/suggest/old.tmx": 1}


def test_drafts_nobody_touched_get_the_english_of_their_twins(project: Path) -> None:
    """Approved or imported after the drafts were made, it comes with the next run."""
    (project / "source" / "mer.txt").write_text("Le môle est rouvert.\n\nLe bac est rouvert.\n", encoding="utf-8")
    Pipeline(open_project(project)).extract()
    path = project / "locales" / "en" / "mer.po"
    found = parse(path.read_bytes(), "mer.po", "mer")
    made = Provenance("argos", "stub 1", "c0ffee", "", digest("Draft."))
    drafts = (
        replace(
            entry, target="Draft.", state=State.MACHINE, provenance=replace(made, source_hash=key_digest(entry.key))
        )
        for entry in found.entries
    )
    path.write_bytes(serialize(replace(found, entries=tuple(drafts))))
    assert Pipeline(open_project(project)).translate().recalled == 0
    imported(project, memory(unit("Le môle est rouvert.", "The mole has reopened.")))
    report = Pipeline(open_project(project)).translate()
    assert (report.recalled, report.drafted, report.problems) == (1, 0, [])
    states = {entry.target: entry.state for entry in parse(path.read_bytes(), "mer.po", "mer").entries}
    assert states == {"The mole has reopened.": State.REVIEWED, "Draft.": State.MACHINE}


def test_a_memory_is_exported_as_its_name_says(project: Path) -> None:
    done = toolkit(project, "memory", "export", "all.xyz")
    assert done.returncode == 2
    assert "must end in .tmx or .po, unless --format says which" in done.stderr
    assert not (project / "all.xyz").exists()
    assert toolkit(project, "memory", "export", "all.xyz", "--format", "po").returncode == 0
    assert b"msgid" in (project / "all.xyz").read_bytes()


def test_import_refuses_and_goes_on_with_the_next(project: Path) -> None:
    (project / "de.tmx").write_bytes(memory(unit("das Ende", "the end", "de", "en")))
    (project / "gut.tmx").write_bytes(memory(unit("La fin &", "The end")))
    done = toolkit(project, "memory", "import", "de.tmx", "gut.tmx")
    assert_error(done, 12, "de.tmx", "only de and en")
    assert "gut.tmx → locales/memory/auto/gut.tmx: 1 sentence" in done.stdout
    assert "gut.tmx: bare ampersands taken literally: 1 (line 2)" in done.stderr
    assert_error(toolkit(project, "memory", "import", "gut.tmx", "--trust", "blind"), 12, "enforce, auto, suggest")
    for name, problem in (("nowhere.tmx", "cannot be read"), ("toolkit.txt", "neither TMX nor PO")):
        with pytest.raises(MemoryFileError, match=problem):
            jobs.import_file(Told(project).memory, project / name, AUTO)


@pytest.mark.parametrize("name", ["all.tmx", "all.po"])
def test_export_and_import_come_to_the_same(project: Path, tmp_path: Path, name: str) -> None:
    done = toolkit(project, "memory", "export", name)
    assert done.stdout == f"{name}: 2 sentences\n"
    first = (project / name).read_bytes()
    assert toolkit(project, "memory", "export", name, "phare").returncode == 0
    assert (project / name).read_bytes() == first
    other = tmp_path / "other"
    (other / "source").mkdir(parents=True)
    (other / "source" / "phare.txt").write_text(RELEASE, encoding="utf-8")
    assert jobs.import_file(Told(other).memory, project / name, AUTO).units == 2
    report = Pipeline(open_project(other)).translate()
    assert (report.recalled, report.drafted) == (2, 0)
    if name == "all.tmx":
        found: Any = tmx.tmxfile.parsestring(first)  # type: ignore[no-untyped-call]
        assert [entry.target for entry in found.units] == [KEEPERS, "The quay has reopened."]
        assert b'<prop type="x-release">phare</prop>' in first
    elif shutil.which("msgfmt"):
        subprocess.run(["msgfmt", "-c", "-o", os.devnull, str(project / name)], check=True)


def test_a_po_of_another_language_is_refused(project: Path) -> None:
    pipeline = Pipeline(open_project(project))
    jobs.export(pipeline.memory, project / "all.po", pipeline.shelf.all(), "po")
    text = (project / "all.po").read_text(encoding="utf-8")
    for name, changed, problem in (
        ("de.po", text.replace('"Language: en', '"Language: de'), "from fr to de"),
        ("nul.po", text.replace("quay", "qu\0ay"), r"U\+0000"),
    ):
        (project / name).write_text(changed, encoding="utf-8")
        with pytest.raises(MemoryFileError, match=problem) as caught:
            jobs.import_file(Told(project).memory, project / name, AUTO)
        assert caught.value.where.startswith(str(project / name))


def test_changed_and_deleted_files_are_noticed(project: Path) -> None:
    path = project / "locales" / "memory" / "auto" / "old.tmx"
    path.parent.mkdir(parents=True)
    path.write_bytes(memory(unit("Le phare.", "The lighthouse.")))  # put there by hand
    assert Told(project).english("Le phare.") == ["The lighthouse."]
    path.write_bytes(path.read_bytes().replace(b"The lighthouse.", b"The lighthouze."))  # same size
    assert Told(project).english("Le phare.") == ["The lighthouze."]
    path.write_bytes(b"<tmx>")
    told = Told(project)
    assert told.english("Le phare.") == []
    assert "old.tmx:1: is not well-formed" in told.warnings[0]
    assert Told(project).english("Le quai est rouvert.") == ["The quay has reopened."]
    path.unlink()
    assert units(project) == {"phare": 2}
    (path.parent.parent / "trusted").mkdir()
    told = Told(project)
    told.english("Le phare.")
    assert "locales/memory/trusted/ is passed over" in told.warnings[0]


# --- the cache ----------------------------------------------------------------------------------------------------


def garbage(path: Path) -> None:
    path.write_bytes(b"no database at all" * 100)


def truncated(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:5000])


def empty(path: Path) -> None:
    path.write_bytes(b"")


def overwritten(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[4096:] = os.urandom(len(data) - 4096)
    path.write_bytes(bytes(data))


def older(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("PRAGMA user_version = 0")
    base.close()


def foreign(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as base:
        base.execute("CREATE TABLE cookies (id)")
    base.close()


def beheaded(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("DROP TABLE postings")
    base.close()


def falsified(path: Path) -> None:
    with sqlite3.connect(path) as base:
        base.execute("UPDATE units SET target = 'The quay is on fire.'")
    base.close()


@pytest.mark.parametrize("damage", [garbage, truncated, empty, overwritten, older, foreign, beheaded, falsified])
def test_a_damaged_cache_is_made_anew_with_a_message(project: Path, damage: Callable[[Path], None]) -> None:
    assert units(project) == {"phare": 2}
    damage(project / ".toolkit" / "memory.sqlite")
    told = Told(project)
    assert told.english("Le quai est rouvert.") == ["The quay has reopened."]
    assert damage is empty or "made anew" in told.warnings[0]
    told = Told(project)
    assert told.english("Le quai est rouvert.") == ["The quay has reopened."]
    assert not told.warnings


def test_damage_is_a_warning_on_the_command_line(project: Path) -> None:
    (project / ".toolkit").mkdir()
    garbage(project / ".toolkit" / "memory.sqlite")
    done = toolkit(project, "memory", "stats")
    assert done.returncode == 0
    assert "2  approved    phare" in done.stdout
    assert "warning: the memory's cache cannot be used" in done.stderr
    assert "Traceback" not in done.stderr
    again = toolkit(project, "memory", "rebuild")
    assert (again.stdout, again.stderr) == (done.stdout, "")


def test_a_cache_that_another_program_holds(project: Path) -> None:
    units(project)
    base = sqlite3.connect(project / ".toolkit" / "memory.sqlite", isolation_level=None)
    base.execute("BEGIN EXCLUSIVE")
    assert_error(toolkit(project, "memory", "search", "Le quai est rouvert."), 8, "memory.sqlite", "close it")
    base.close()


def test_while_another_command_works_the_memory_can_be_searched(project: Path) -> None:
    units(project)
    with project_lock(project):
        done = toolkit(project, "memory", "search", "Le quai est rouvert.")
    assert "The quay has reopened." in done.stdout
    assert "another toolkit command is at work" in done.stderr


def test_a_linked_cache_is_refused(project: Path, tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (project / ".toolkit").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match="symbolic link"):
        units(project)
