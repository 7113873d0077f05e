"""The review list: exported worst first, edited as a PO editor does, brought back without overwriting anybody."""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running import assert_error, toolkit, tree
from toolkit.catalogue import digest, key_digest, parse, serialize
from toolkit.errors import RefusedError, ReviewError
from toolkit.jobs.combining import Merged, Outcome, combine
from toolkit.jobs.effort import Weighed, statuses
from toolkit.jobs.merging import merge
from toolkit.jobs.review import Wanted, export
from toolkit.jobs.worklist import MARK, Item, Listed, dump, fingerprint, read
from toolkit.model import Catalogue, Entry, Key, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.project import open_project

SOURCES = {
    "quai": """\
Le port de Gand ouvre un nouveau quai

GAND (Belgique) – Le comité a adopté le rapport. La coopération entre les pays est nécessaire.

« Nous devons agir », a déclaré Mme Petit. Les <b>12 navires</b> attendent au large.
""",
    "phare": """\
Le phare de Sein rallume sa lanterne

La lanterne a été réparée en trois mois. La coopération entre les pays est nécessaire.
""",
}
ALL = Wanted()
HEADER = (("Project-Id-Version", "x"), ("Last-Translator", "toolkit (machine drafts)"), ("Language", "en"))


def draft(source: str, target: str, score: float, remarks: tuple[str, ...] = (), context: str | None = None) -> Entry:
    key = Key(context, source)
    made = Provenance("argos", "stub 1", "c0ffee", key_digest(key), digest(target), score, remarks)
    return Entry(key, target, State.MACHINE, made)


#: Drafts for both releases, by sentence: what a weak model could have written, and how sure it was.
DRAFTS = {
    "Le port de Gand ouvre un nouveau quai": ("The port of Ghent opens a new quay", -0.2, ()),
    "GAND (Belgique) – Le comité a adopté le rapport.": ("GHENT, Belgium – The committee ran.", -2.5, ()),
    "La coopération entre les pays est nécessaire.": ("Countries must cooperate.", -0.3, ()),
    "« Nous devons agir », a déclaré Mme Petit.": ("“We must act,” said Ms Small.", -0.9, ("name changed: Petit",)),
    "La lanterne a été réparée en trois mois.": ("The lantern was mended in a month.", -0.8, ()),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two releases, drafted without loading a model; one sentence has no English."""
    (tmp_path / "source").mkdir()
    for name, text in SOURCES.items():
        (tmp_path / "source" / f"{name}.txt").write_text(text, encoding="utf-8")
    Pipeline(open_project(tmp_path)).extract()
    for name in SOURCES:
        path = po(tmp_path, name)
        found = parse(path.read_bytes(), path.name, name)
        filled = tuple(
            draft(entry.key.source, *DRAFTS[entry.key.source], entry.key.context)
            if entry.key.source in DRAFTS
            else entry
            for entry in found.entries
        )
        made = [
            Entry(new.key, new.target, new.state, new.provenance, comments=old.comments, origins=old.origins)
            for new, old in zip(filled, found.entries, strict=True)
        ]
        path.write_bytes(serialize(Catalogue(name, found.header, tuple(made))))
    return tmp_path


def po(project: Path, release: str) -> Path:
    return project / "locales" / "en" / f"{release}.po"


def exported(project: Path, *releases: str, wanted: Wanted = ALL, force: bool = False) -> str:
    """The list, made in this process: a process of its own for each step would take its time."""
    found = export(Pipeline(open_project(project)), releases, wanted=wanted, force=force)
    assert not found.problems
    return found.path.read_text(encoding="utf-8") if found.path else ""


def merged(project: Path) -> Merged:
    return merge(Pipeline(open_project(project)), project / "review.po")


def edit(path: Path, source: str, target: str | None = None, note: str = "") -> None:
    """What an editor does: clear "needs work" of a sentence, give it other English, add a comment."""
    blocks = path.read_text(encoding="utf-8").split("\n\n")
    hits = [index for index, block in enumerate(blocks) if f'msgid "{source}"' in block]
    for index in hits:
        block = blocks[index].replace("#, fuzzy\n", "")
        block = re.sub(r"^#\| .*\n", "", block, flags=re.MULTILINE)
        if target is not None:
            block = re.sub(r'msgstr ".*"', lambda _: f'msgstr "{target}"', block)
        blocks[index] = (f"# {note}\n" if note else "") + block
    assert hits, source
    path.write_text("\n\n".join(blocks), encoding="utf-8")


def entry_of(project: Path, release: str, source: str) -> Entry:
    found = parse(po(project, release).read_bytes(), release, release)
    return next(entry for entry in found.live if entry.key.source == source)


def test_the_worst_comes_first_across_releases_with_what_a_reviewer_needs(project: Path) -> None:
    text = exported(project)
    priorities = [int(number) for number in re.findall(r"^#\. priority (\d+):", text, flags=re.MULTILINE)]
    assert len(priorities) == 8
    assert priorities == sorted(priorities, reverse=True)
    order = re.findall(r'^msgid "(.+)"$', text, flags=re.MULTILINE)
    assert order.index("GAND (Belgique) – Le comité a adopté le rapport.") < order.index(
        "La lanterne a été réparée en trois mois."
    )
    block = next(block for block in text.split("\n\n") if 'msgid "« Nous devons agir' in block)
    assert re.search(r"^#\. priority (8\d|9\d): name changed: Petit$", block, flags=re.MULTILINE)
    assert "#. release quai: Le port de Gand ouvre un nouveau quai" in block
    assert "#. before: La coopération entre les pays est nécessaire." in block
    assert "#. before, in English (draft): Countries must cooperate." in block
    assert "#. after: Les" in block
    assert re.search(r"^#\. p3s1: paragraph 2 of 2, sentence 1 of 2$", block, flags=re.MULTILINE), block
    assert "#: source/quai.txt:5" in block
    assert re.search(r'^msgctxt "quai\|[0-9a-f]{12}\|[0-9a-f]{12}"$', block, flags=re.MULTILINE)
    assert "toolkit:" not in text, "nothing in it is for machines to read back but the msgctxt"


def test_a_phrase_that_few_read_waits_for_sentences_unless_something_is_wrong(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    cells = ["Façade du Nord", "Ensemble", "Onze quais"]
    table = "".join(f"<tr><td>{cell}</td></tr>" for cell in cells)
    page = (
        f"<html><body><h2>Trois quais</h2><table>{table}</table><p>Le port de Corvenne ferme ce soir.</p></body></html>"
    )
    (tmp_path / "source" / "quai.html").write_text(page, encoding="utf-8")
    Pipeline(open_project(tmp_path)).extract()
    found = parse(po(tmp_path, "quai").read_bytes(), "quai", "quai")
    english = {
        "Façade du Nord": "North side",
        "Ensemble": "Together",
        "Onze quais": "Twelve quays",
        "Trois quais": "Three quays",
    }
    made = tuple(
        draft(
            entry.key.source,
            english.get(entry.key.source, "The port of Corvenne closes tonight."),
            -1.4 if entry.key.source in english else -0.85,
            context=entry.key.context,
        )
        for entry in found.entries
    )
    po(tmp_path, "quai").write_bytes(serialize(Catalogue("quai", found.header, made)))
    text = exported(tmp_path)
    order = re.findall(r'^msgid "(.+)"$', text, flags=re.MULTILINE)
    assert order[-2:] == ["Façade du Nord", "Ensemble"], order
    assert set(order[:-2]) == {"Trois quais", "Onze quais", "Le port de Corvenne ferme ce soir."}, "a number is wrong"
    assert exported(tmp_path, wanted=Wanted(least=95)).count("#. priority") == 4, "the numbers are what they were"


def test_options_shorten_the_list(project: Path) -> None:
    assert exported(project, wanted=Wanted(limit=2)).count("#. priority") == 2
    assert exported(project, wanted=Wanted(words=1)).count("#. priority") == 1, "at least one sentence"
    assert exported(project, wanted=Wanted(words=14)).count("#. priority") == 2
    assert "release quai" not in exported(project, "phare")
    assert 0 < exported(project, wanted=Wanted(least=80)).count("#. priority") < 8
    for source in ("La lanterne a été réparée en trois mois.", "La coopération entre les pays est nécessaire."):
        edit(po(project, "phare"), source)
    edit(po(project, "phare"), "Le phare de Sein rallume sa lanterne", "The Sein lighthouse shines again")
    assert exported(project, "phare") == "", "nothing is open"


@pytest.mark.external
def test_gettext_and_pofilter_accept_the_list(project: Path) -> None:
    exported(project)
    if msgfmt := shutil.which("msgfmt"):
        done = subprocess.run(
            [msgfmt, "-c", "-o", "/dev/null", "review.po"], cwd=project, capture_output=True, text=True, check=False
        )
        said = "header field 'PO-Revision-Date' still has the initial default value"  # no release here has a date
        assert (done.returncode, done.stderr) == (0, f"review.po:2: warning: {said}\n")
    filtered = [sys.executable, "-m", "translate.filters.pofilter", "--nofuzzy", "-t", "endpunc", "-i", "review.po"]
    done = subprocess.run([*filtered, "-o", "out.po"], cwd=project, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    if not msgfmt:
        pytest.skip("msgfmt is not here")


def test_what_is_reviewed_comes_back_and_a_second_merge_does_nothing(project: Path) -> None:
    done = toolkit(project, "review", "export")
    assert (done.returncode, done.stderr) == (0, "")
    assert "Listed 8 sentences" in done.stdout
    listed = project / "review.po"
    edit(listed, "GAND (Belgique) – Le comité a adopté le rapport.", "GHENT, Belgium – The committee adopted it.")
    edit(listed, "Le port de Gand ouvre un nouveau quai", note="fine as it is")
    edit(listed, "Les <b>12 navires</b> attendent au large.", "The <b>12 ships</b> wait in the roadstead.")
    named = listed.read_text(encoding="utf-8").replace("toolkit (review list)", "Rose Abadie <r@amarre.example>")
    listed.write_text(named, encoding="utf-8")
    phare = po(project, "phare").read_bytes()
    dry = toolkit(project, "review", "merge", "review.po", "--dry-run")
    assert "Would merge" in dry.stdout
    assert entry_of(project, "quai", "Le port de Gand ouvre un nouveau quai").state is State.MACHINE
    done = toolkit(project, "review", "merge", "review.po")
    assert done.returncode == 0, done.stderr
    assert "3 approved" in done.stdout
    approved = entry_of(project, "quai", "Le port de Gand ouvre un nouveau quai")
    assert (approved.state, approved.notes) == (State.REVIEWED, ("fine as it is",))
    assert approved.provenance is not None, "calibrate needs to know that a machine wrote it"
    changed = entry_of(project, "quai", "GAND (Belgique) – Le comité a adopté le rapport.")
    assert (changed.target, changed.state) == ("GHENT, Belgium – The committee adopted it.", State.REVIEWED)
    assert "Rose Abadie" in po(project, "quai").read_text(encoding="utf-8")
    assert po(project, "phare").read_bytes() == phare, "nobody touched its sentences"
    before = tree(project)
    again = toolkit(project, "review", "merge", "review.po")
    assert (again.returncode, tree(project)) == (0, before)
    assert "Nothing to merge" in again.stdout
    assert "3 in the catalogue already" in again.stdout
    Pipeline(open_project(project)).extract()
    assert entry_of(project, "quai", "Le port de Gand ouvre un nouveau quai").provenance is not None


def test_what_changed_underneath_is_refused_with_both_versions(project: Path) -> None:
    exported(project)
    listed = project / "review.po"
    sentence = "La lanterne a été réparée en trois mois."
    edit(listed, sentence, "The lantern was repaired in three months.")
    edit(listed, "Le port de Gand ouvre un nouveau quai")
    edit(po(project, "phare"), sentence, "It took three months to repair the lantern.")
    done = toolkit(project, "review", "merge", "review.po")
    mine, theirs = "The lantern was repaired in three months.", "It took three months to repair the lantern."
    assert_error(done, 1, "review.po:", "locales/en/phare.po:", mine, theirs)
    assert entry_of(project, "phare", sentence).target == theirs
    assert entry_of(project, "quai", "Le port de Gand ouvre un nouveau quai").state is State.REVIEWED
    with pytest.raises(RefusedError, match="work on 1 sentence that") as refused:
        exported(project)
    assert "--force" in refused.value.hint
    assert exported(project, force=True)


def test_a_sentence_gone_from_the_source_is_told(project: Path) -> None:
    exported(project)
    edit(project / "review.po", "La lanterne a été réparée en trois mois.", "The lantern was repaired.")
    source = project / "source" / "phare.txt"
    source.write_text(SOURCES["phare"].replace("La lanterne a été réparée en trois mois. ", ""), encoding="utf-8")
    Pipeline(open_project(project)).extract()
    for _ in range(2):
        (problem,) = merged(project).problems
        assert "no longer in locales/en/phare.po" in problem.message
        assert "The lantern was repaired." in problem.message
        po(project, "phare").unlink(missing_ok=True)
    assert not po(project, "phare").exists()


def test_what_was_merged_once_never_stops_the_next_list(project: Path) -> None:
    """Export, review, merge; then the French changes, an editor changes English: a new list, at once."""
    mended, quay = "La lanterne a été réparée en trois mois.", "Le port de Gand ouvre un nouveau quai"
    exported(project)
    listed = project / "review.po"
    edit(listed, mended, "The lantern was repaired in three months.")
    edit(listed, quay, "The port of Ghent opens a new quay")
    assert toolkit(project, "review", "merge", "review.po", "--dry-run").returncode == 0
    assert read(listed.read_bytes(), "review.po")[0][0].merged == "", "nothing was merged yet"
    assert merged(project).outcomes[Outcome.APPROVED] == 2
    assert sum(item.is_merged for item in read(listed.read_bytes(), "review.po")[0]) == 2
    source = project / "source" / "phare.txt"
    source.write_text(SOURCES["phare"].replace("en trois mois", "en deux mois"), encoding="utf-8")
    Pipeline(open_project(project)).extract()
    edit(po(project, "quai"), quay, "Ghent has a new quay")
    found = merged(project)
    assert (found.outcomes[Outcome.BEFORE], found.problems) == (2, [])
    assert entry_of(project, "quai", quay).target == "Ghent has a new quay"
    assert "deux mois" in exported(project)


def test_what_was_merged_and_taken_back_is_merged_again(project: Path) -> None:
    """The catalogues may come back from version control; what the list notes of itself does not stand in the way."""
    sentence, before = "La lanterne a été réparée en trois mois.", po(project, "phare").read_bytes()
    exported(project)
    edit(project / "review.po", sentence, "The lantern was repaired in three months.")
    assert merged(project).outcomes[Outcome.APPROVED] == 1
    po(project, "phare").write_bytes(before)
    with pytest.raises(RefusedError, match="1 sentence"):
        exported(project)
    assert merged(project).outcomes[Outcome.APPROVED] == 1
    edit(project / "review.po", sentence, "It took three months.")
    with pytest.raises(RefusedError, match="1 sentence"):
        exported(project)


def test_altered_french_is_refused(project: Path) -> None:
    exported(project)
    listed = project / "review.po"
    text = listed.read_text(encoding="utf-8").replace('msgid "La lanterne', 'msgid "La grande lanterne')
    listed.write_text(text, encoding="utf-8")
    (problem,) = merged(project).problems
    assert "La grande lanterne" in problem.message


def test_work_not_yet_merged_is_not_overwritten(project: Path) -> None:
    exported(project)
    assert exported(project), "nobody has worked on it"
    edit(project / "review.po", "La lanterne a été réparée en trois mois.", "The lantern was repaired.")
    before = (project / "review.po").read_bytes()
    assert_error(toolkit(project, "review", "export"), 1, "review merge")
    assert (project / "review.po").read_bytes() == before
    assert merged(project).outcomes[Outcome.APPROVED] == 1
    comment = exported(project).replace("#. priority", "# hm\n#. priority", 1)
    (project / "review.po").write_text(comment, encoding="utf-8")
    with pytest.raises(RefusedError, match="1 sentence"):
        exported(project)


def test_an_editors_own_work_is_kept_as_begun(project: Path) -> None:
    """English retyped under "needs work" is the person's; English deleted is deleted; a reviewer may do either."""
    text = exported(project)
    listed = project / "review.po"
    text = text.replace("The lantern was mended in a month.", "The lantern was mended in three")
    listed.write_text(text.replace('"The port of Ghent opens a new quay"', '""'), encoding="utf-8")
    found = merged(project)
    assert (found.outcomes[Outcome.CHANGED], found.outcomes[Outcome.EMPTIED], found.problems) == (1, 1, [])
    assert entry_of(project, "phare", "La lanterne a été réparée en trois mois.").state is State.FUZZY
    emptied = entry_of(project, "quai", "Le port de Gand ouvre un nouveau quai")
    assert emptied.state is State.UNTRANSLATED
    assert emptied.provenance is None  # so that it is drafted again
    assert not merged(project).has_taken


def test_a_placeholder_gone_wrong_is_told(project: Path) -> None:
    (project / "source" / "gras.md").write_text("Les **12 navires** attendent.\n", encoding="utf-8")
    Pipeline(open_project(project)).extract()
    exported(project)
    edit(project / "review.po", "Les <g1>12 navires</g1> attendent.", "The 12 ships wait.")
    before = (project / "review.po").read_bytes()
    found = merged(project)
    assert (found.outcomes[Outcome.APPROVED], found.outcomes[Outcome.CHANGED]) == (0, 1)
    assert "<g1>" in found.warnings[0]
    assert "gras, sentence p1s1: " in found.warnings[0]
    french = "Les <g1>12 navires</g1> attendent."
    assert entry_of(project, "gras", french).state is State.FUZZY
    assert not merged(project).has_taken
    (project / "review.po").write_bytes(before)  # nothing could be noted in it
    assert (merged(project).has_taken, merged(project).problems) == (False, [])
    edit(project / "review.po", french, "The <g1>12 ships</g1> wait.")
    assert merged(project).outcomes[Outcome.APPROVED] == 1
    assert entry_of(project, "gras", french).state is State.REVIEWED


def test_files_that_are_no_list(project: Path) -> None:
    text = exported(project)
    listed = project / "review.po"
    with pytest.raises(ReviewError, match="cannot be read"):
        merge(Pipeline(open_project(project)), project / "none.po")
    with pytest.raises(ReviewError, match=MARK):
        merge(Pipeline(open_project(project)), po(project, "quai"))
    listed.write_text(text[: len(text) // 2], encoding="utf-8")
    assert_error(toolkit(project, "review", "merge", "review.po"), 13, "review.po")
    listed.write_text(text.replace('msgctxt "quai|', 'msgctxt "../quai|'), encoding="utf-8")
    with pytest.raises(ReviewError, match=r"\.\./quai"):
        merged(project)
    listed.write_text("my own notes\n", encoding="utf-8")
    with pytest.raises(ReviewError, match="in the way"):
        exported(project)
    assert listed.read_text(encoding="utf-8") == "my own notes\n"
    with pytest.raises(ReviewError, match="no place in locales/"):
        export(Pipeline(open_project(project)), output=po(project, "list"))


@pytest.mark.parametrize(
    "output",
    [
        "locales/review.po",
        "locales/en/review.po",
        "locales/templates/review.pot",
        "locales/memory/auto/review.po",
        "locales/memory/auto/../penalty-20/review.po",
        "lists/review.po",
        "tidy/review.po",
        "outside/auto/review.po",
    ],
)
def test_a_list_has_no_place_in_locales(project: Path, output: str) -> None:
    memory = project / "locales" / "memory"
    for folder in (memory / "auto", memory / "penalty-20", project / "outside" / "auto"):
        folder.mkdir(parents=True)
    (project / "lists").symlink_to(memory / "auto")
    (project / "tidy").symlink_to(project / "lists")
    (memory / "enforce").symlink_to(project / "outside" / "auto")
    before = tree(project)
    with pytest.raises(ReviewError, match="no place in locales/"):
        export(Pipeline(open_project(project)), output=project / output)
    assert tree(project) == before


def test_a_list_may_lie_beside_locales(project: Path) -> None:
    done = toolkit(project / "locales", "review", "export", "--output", "../lists.po", "--project", "..")
    assert done.returncode == 0, done.stderr
    assert (project / "lists.po").is_file()
    refused = toolkit(project, "review", "export", "--output", "locales/memory/auto/review.po")
    assert_error(refused, 13, "locales/memory/auto/review.po", "--output")


def test_a_broken_catalogue_does_not_stop_the_others(project: Path) -> None:
    exported(project)
    edit(project / "review.po", "La lanterne a été réparée en trois mois.")
    edit(project / "review.po", "Le port de Gand ouvre un nouveau quai")
    po(project, "phare").write_text("<<<<<<< mine\n", encoding="utf-8")
    assert [(problem.exit_code, problem.where) for problem in merged(project).problems] == [
        (4, "locales/en/phare.po:1")
    ]
    assert entry_of(project, "quai", "Le port de Gand ouvre un nouveau quai").state is State.REVIEWED
    with pytest.raises(RefusedError):
        exported(project)


def test_a_release_without_a_catalogue_is_named(project: Path) -> None:
    (project / "source" / "neuf.txt").write_text("Un nouveau communiqué est arrivé.\n", encoding="utf-8")
    assert export(Pipeline(open_project(project))).missing == ["neuf"]


def test_status_says_what_effort_is_left(project: Path) -> None:
    total = json.loads(toolkit(project, "status", "--json").stdout)["total"]
    assert 0 < total["effort_left"] < total["words_left"]
    edit(po(project, "quai"), "GAND (Belgique) – Le comité a adopté le rapport.")
    after = effort(project)
    assert total["effort_left"] - after == 9, "the words of a draft that wanted a look, at 99 %"
    (project / "locales" / "priority.json").write_text('{"bias": 9, "signals": {}}', encoding="utf-8")
    assert effort(project) > after


def effort(project: Path) -> int:
    return sum(status.effort_left for status in statuses(Pipeline(open_project(project)))[0])


states = st.sampled_from([State.UNTRANSLATED, State.MACHINE, State.FUZZY, State.REVIEWED])
words = st.text('abc <g1></g1>\n"é', min_size=1, max_size=12).map(lambda text: f"x{text}y")


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    source, target, state = draw(words), draw(words), draw(states)
    if state is State.UNTRANSLATED:
        return Entry(Key(draw(st.sampled_from([None, "heading"])), source))
    if state is State.MACHINE:
        return draft(source, target, -0.5)
    previous = Key(None, draw(words)) if state is State.FUZZY and draw(st.booleans()) else None
    return Entry(Key(None, source), target, state, previous=previous, notes=draw(st.sampled_from([(), ("ask Rose",)])))


def catalogue_of(found: list[Entry]) -> Catalogue:
    return Catalogue("quai", HEADER, tuple({entry.key: entry for entry in found}.values()))


def listed_of(catalogue: Catalogue) -> tuple[Listed, ...]:
    open_entries = [entry for entry in catalogue.live if entry.state is not State.REVIEWED]
    items = [Item("quai", "T", entry, Weighed(50, ("why",))) for entry in open_entries]
    return read(dump(items, "en", "fr", "2026-01-01 00:00+0000"), "review.po")[0]


@settings(max_examples=60, deadline=None)
@given(st.lists(entries(), max_size=5))
def test_an_untouched_list_changes_nothing(found: list[Entry]) -> None:
    catalogue = catalogue_of(found)
    listed = listed_of(catalogue)
    assert not any(item.is_touched for item in listed)
    assert combine(catalogue, listed, {}).catalogue == catalogue


@settings(max_examples=60, deadline=None)
@given(st.lists(entries(), min_size=1, max_size=5), st.data())
def test_a_merge_takes_the_reviewers_words_is_idempotent_and_overwrites_nobody(
    found: list[Entry], data: st.DataObject
) -> None:
    catalogue = catalogue_of(found)
    edited = []
    for item in listed_of(catalogue):
        target, state = data.draw(words), data.draw(st.sampled_from([State.FUZZY, State.REVIEWED]))
        new = Entry(item.entry.key, target, state, notes=item.entry.notes)
        edited.append(Listed(item.release, item.digest, item.exported, new))
    meddled = tuple(
        Entry(entry.key, data.draw(words), State.REVIEWED) if data.draw(st.booleans()) else entry
        for entry in catalogue.entries
    )
    now = Catalogue("quai", HEADER, meddled)
    result = combine(now, edited, {"Last-Translator": "Rose Abadie"})
    before = {entry.key: entry for entry in now.entries}
    after = {entry.key: entry for entry in result.catalogue.entries}
    assert list(before) == list(after)
    for item, outcome, entry in result.outcomes:
        assert entry is not None
        if outcome is Outcome.CHANGED_BOTH:
            assert replace(after[entry.key], notes=()) == replace(before[entry.key], notes=())
            assert {*after[entry.key].notes} == {*before[entry.key].notes, *item.entry.notes}
        elif outcome is not Outcome.UNTOUCHED:
            assert fingerprint(after[entry.key]) == item.fingerprint
    told = {entry.key for _, _, entry in result.outcomes if entry}
    assert all(after[key] == before[key] for key in before if key not in told)
    again = combine(result.catalogue, edited, {"Last-Translator": "Rose Abadie"})
    assert again.catalogue == result.catalogue
    assert parse(serialize(result.catalogue), "quai.po", "quai") == result.catalogue


@settings(max_examples=60)
@given(st.one_of(st.binary(max_size=300), st.text(max_size=300).map(str.encode)))
def test_any_bytes_are_a_list_or_an_error_for_people(data: bytes) -> None:
    try:
        read(data, "review.po")
    except ReviewError as error:
        assert error.where.startswith("review.po")
