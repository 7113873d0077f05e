"""`toolkit export` and `toolkit import`: what an agency does comes back, and nothing else changes."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.running import assert_error, toolkit, tree
from toolkit.catalogue import digest, key_digest, parse, serialize
from toolkit.errors import RefusedError, ReviewError
from toolkit.exchange.names import core, metadata
from toolkit.jobs.combining import Merged, Outcome
from toolkit.jobs.exporting import export
from toolkit.jobs.importing import Importer
from toolkit.jobs.returning import foreign
from toolkit.model import Catalogue, Entry, Key, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.project import open_project

QUAI = """\
<html lang="fr"><head><title>Quai</title></head><body>
<h1>Le port de Corvenne ouvre un quai</h1>
<p>Le comité a lu le rapport. Il ouvre <b>lundi</b>. La coopération est nécessaire.</p>
<p>Les <i>grues</i> attendent. Elles sont <b>neuves</b>. La coopération est nécessaire.</p>
<ul><li>Le phare veille.</li></ul>
</body></html>
"""
PHARE = "Le phare de Vigie rallume sa lanterne\n\nLe phare veille. La nuit tombe. La coopération est nécessaire.\n"
READ, OPENS = "Le comité a lu le rapport.", "Il ouvre <g1>lundi</g1>."
WAIT, NEW = "Les <g1>grues</g1> attendent.", "Elles sont <g1>neuves</g1>."
AGAIN, WATCH, NIGHT = "La coopération est nécessaire.", "Le phare veille.", "La nuit tombe."
#: English and state of some sentences; "?" is a draft nobody touched.
ENGLISH = {
    READ: ("The committee ran.", "?"),
    OPENS: ("It opens on <g1>Monday</g1>.", "R"),
    WAIT: ("The <g1>cranes</g1> wait, and they are new.", "R"),
    NEW: ("←", "R"),
    AGAIN: ("Cooperation is needed.", "F"),
    NIGHT: ("Night falls. ‖ It is dark.", "R"),
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """Two releases with markup, a bead, a repeated sentence, and English in every state."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "quai.html").write_text(QUAI, encoding="utf-8")
    (tmp_path / "source" / "phare.txt").write_text(PHARE, encoding="utf-8")
    Pipeline(open_project(tmp_path)).extract()
    for name in ("quai", "phare"):
        change(tmp_path, name, lambda entry: written(entry, *ENGLISH.get(entry.key.source, ("", ""))))
    return tmp_path


def written(entry: Entry, english: str, state: str) -> Entry:
    made = Provenance("argos", "stub 1", "c0ffee", key_digest(entry.key), digest(english), -0.5)
    states = {"R": State.REVIEWED, "F": State.FUZZY, "?": State.MACHINE, "": State.UNTRANSLATED}
    provenance = made if state == "?" else None
    return Entry(
        entry.key, english, states[state], provenance, None, entry.notes, entry.comments, entry.origins, entry.flags
    )


def po(project: Path, release: str) -> Path:
    return project / "locales" / "en" / f"{release}.po"


def catalogue(project: Path, release: str) -> Catalogue:
    return parse(po(project, release).read_bytes(), release, release)


def change(project: Path, release: str, made: Callable[[Entry], Entry]) -> None:
    found = catalogue(project, release)
    entries = tuple(map(made, found.entries))
    po(project, release).write_bytes(serialize(Catalogue(release, found.header, entries, found.comments)))


def entry(project: Path, source: str, release: str = "quai") -> Entry:
    return next(found for found in catalogue(project, release).live if found.key.source == source)


def exported(project: Path, name: str = "out.xlf", *releases: str, only_open: bool = False) -> Path:
    form = {".xlf": "xliff", ".tmx": "tmx", ".po": "po"}[Path(name).suffix]
    path = project / name
    pipeline = Pipeline(open_project(project))
    found = export(pipeline, releases, form=form, output=path, only_open=only_open, force=True)
    assert not found.problems
    return path


def imported(project: Path, path: Path, *, approve: bool = False, dry_run: bool = False) -> Merged:
    importer = Importer(Pipeline(open_project(project)), approve, dry_run=dry_run)
    importer.bring(path)
    return importer.result


def locales(project: Path) -> dict[str, bytes]:
    return tree(project / "locales")


def segment(path: Path, source: str, target: str | None, state: str = "", number: int = 0) -> None:
    """What a translation program does to a segment: English (as XML), or none, and a state.

    Of a sentence that stands in several places ``number`` says which; "phare" comes before "quai".
    """
    root = etree.parse(path)
    bare = re.sub(r"<[^>]*>", "", source)
    found = [
        one
        for one in root.iter(core("segment"))
        if "".join(map(str, one.find(core("source")).itertext())) == bare  # type: ignore[union-attr]
    ][number]
    old = found.find(core("target"))
    if target is not None:
        if old is not None:
            found.remove(old)
        found.append(etree.fromstring(f'<target xmlns="{core("")[1:-1]}">{target}</target>'))
    if state:
        found.set("state", state)
    root.write(path, encoding="UTF-8", xml_declaration=True)


def without_metadata(path: Path) -> None:
    root = etree.parse(path)
    for element in [*root.iter(metadata("metadata"))]:
        parent = element.getparent()
        assert parent is not None
        parent.remove(element)
    root.write(path, encoding="UTF-8")


# -- the law --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("name", ["out.xlf", "out.tmx", "out.po"])
@pytest.mark.parametrize("approve", [False, True])
def test_what_comes_back_as_it_went_out_changes_no_byte(project: Path, name: str, approve: bool) -> None:
    before = locales(project)
    found = imported(project, exported(project, name), approve=approve)
    assert not found.has_taken
    assert not found.problems
    assert locales(project) == before


@settings(max_examples=25, deadline=None)
@given(st.data())
def test_exactly_what_was_changed_comes_back(tmp_path_factory: pytest.TempPathFactory, data: st.DataObject) -> None:
    root = tmp_path_factory.mktemp("project")
    (root / "source").mkdir()
    (root / "source" / "phare.txt").write_text(PHARE, encoding="utf-8")
    Pipeline(open_project(root)).extract()
    change(root, "phare", lambda entry: written(entry, *ENGLISH.get(entry.key.source, ("", ""))))
    path = exported(root)
    before = {found.key: found for found in catalogue(root, "phare").live}
    source = data.draw(st.sampled_from([WATCH, NIGHT, AGAIN]))
    words = st.text(st.characters(exclude_categories=["Cs", "Cc"], exclude_characters="\u2028\u2029\ufffe\uffff"))
    english = data.draw(words.map(str.strip).filter(bool))
    state = data.draw(st.sampled_from(["initial", "translated", "reviewed", "final"]))
    safe = etree.Element("x")
    safe.text = english
    segment(path, source, etree.tostring(safe, encoding="unicode")[3:-4], state)
    found = imported(root, path)
    assert not found.problems
    for key, old in before.items():
        new = entry(root, key.source, "phare")
        if key.source != source:
            assert new == old
            continue
        approved = state in ("reviewed", "final") and not foreign(source, _escaped(english), ("fr", "en"))
        if english == "Cooperation is needed." and source == AGAIN and not approved:
            assert new == old
            continue
        assert (new.state is State.REVIEWED) == approved
        assert " ".join(new.target.split()) == " ".join(_escaped(english).split())
    again = locales(root)
    assert not imported(root, path).has_taken, "importing twice does nothing"
    assert locales(root) == again


def _escaped(text: str) -> str:
    from toolkit.placeholders import escape

    return escape(text)


# -- states ---------------------------------------------------------------------------------------------------------


def test_states_decide_and_approve_is_for_what_was_worked_on_only(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "The committee read the report.", "translated")
    segment(path, WATCH, "The lighthouse keeps watch.", "reviewed", number=1)
    found = imported(project, path)
    assert found.outcomes[Outcome.CHANGED] == 1
    assert found.outcomes[Outcome.APPROVED] == 1
    assert entry(project, READ).state is State.FUZZY
    assert entry(project, READ).target == "The committee read the report."
    assert entry(project, WATCH).state is State.REVIEWED
    assert imported(project, path, approve=True).outcomes[Outcome.APPROVED] == 1
    assert entry(project, READ).state is State.REVIEWED
    assert entry(project, AGAIN).state is State.FUZZY, "nobody has confirmed that one"


def test_a_draft_that_somebody_confirmed_is_approved(project: Path) -> None:
    path = exported(project)
    segment(path, READ, None, "final")
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1
    assert entry(project, READ).state is State.REVIEWED
    assert entry(project, READ).target == "The committee ran."


def test_a_tool_that_lowers_states_or_loses_english_takes_nothing_away(project: Path) -> None:
    path = exported(project)
    segment(path, OPENS, None, "translated")
    segment(path, READ, "", "initial")
    before = locales(project)
    assert not imported(project, path).has_taken
    assert locales(project) == before


# -- conflicts ------------------------------------------------------------------------------------------------------


def test_english_that_both_sides_changed_is_refused_and_told_with_its_place(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "The committee read it.", "final")
    segment(path, WATCH, "The light watches.", "final", number=1)
    change(project, "quai", lambda old: written(old, "They read it.", "R") if old.key.source == READ else old)
    found = imported(project, path)
    (problem,) = found.problems
    assert isinstance(problem, RefusedError)
    assert re.fullmatch(r".*out\.xlf:\d+", problem.where)
    assert "They read it." in problem.message
    assert "The committee read it." in problem.message
    assert entry(project, READ).target == "They read it."
    assert entry(project, WATCH).target == "The light watches.", "the others are brought back"


def test_the_same_change_on_both_sides_is_no_conflict(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "final")
    change(project, "quai", lambda old: written(old, "They read it.", "R") if old.key.source == READ else old)
    found = imported(project, path)
    assert found.outcomes[Outcome.MERGED] == 1
    assert not found.problems


def test_a_sentence_whose_french_is_gone_is_told_with_its_english(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "final")
    (project / "source" / "quai.html").write_text(QUAI.replace(READ, "Le comité a tout lu."), encoding="utf-8")
    Pipeline(open_project(project)).extract()
    (problem,) = imported(project, path).problems
    assert "no longer" in problem.message
    assert "They read it." in problem.message


def test_altered_french_is_refused(project: Path) -> None:
    path = exported(project)
    path.write_text(path.read_text().replace(f"<source>{READ}", "<source>Le comité a vu le rapport."))
    segment(path, "Le comité a vu le rapport.", "They saw it.", "final")
    (problem,) = imported(project, path).problems
    assert "French was altered" in problem.message


def test_altered_french_is_told_with_what_is_french_and_what_is_english(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "final")
    path.write_text(path.read_text("utf-8").replace(f"<source>{READ}", "<source>Le conseil a lu le rapport."), "utf-8")
    (problem,) = imported(project, path).problems
    _, *told = problem.message.splitlines()
    assert told[:2] == ["    French in the file: Le conseil a lu le rapport.", "    English in the file: They read it."]
    assert re.fullmatch(rf"    French in locales/en/quai\.po:\d+: {READ}", told[2])


def test_a_repeated_sentence_is_translated_once_and_not_in_two_ways(project: Path) -> None:
    path = exported(project, "out.xlf", "quai")
    segment(path, AGAIN, "We must cooperate.", "final", number=1)
    assert not imported(project, path).problems
    assert entry(project, AGAIN).target == "We must cooperate.", "it stands in two places, and was changed in one"
    path = exported(project, "out.xlf", "quai")
    segment(path, AGAIN, "Let us cooperate.", "final", number=0)
    segment(path, AGAIN, "Let’s cooperate.", "final", number=1)
    found = imported(project, path)
    assert found.outcomes[Outcome.TWO_WAYS] == 2
    assert entry(project, AGAIN).target == "We must cooperate."


def test_a_repeated_sentence_that_is_approved_in_one_place_is_approved(project: Path) -> None:
    path = exported(project, "out.xlf", "quai")
    segment(path, AGAIN, "We must cooperate.", "translated", number=0)
    segment(path, AGAIN, "We must cooperate.", "final", number=1)
    assert not imported(project, path).problems
    assert entry(project, AGAIN).state is State.REVIEWED


# -- contexts, beads, placeholders ----------------------------------------------------------------------------------


def test_contexts_are_kept_apart(project: Path) -> None:
    """ "Le phare veille." is an item here and running text there."""
    path = exported(project)
    segment(path, WATCH, "The item.", "final", number=1)
    imported(project, path)
    assert entry(project, WATCH, "quai").key.context == "item"
    texts = {entry(project, WATCH, "quai").target, entry(project, WATCH, "phare").target}
    assert texts == {"", "The item."}


def test_english_of_a_bead_goes_to_the_sentence_that_leads_it(project: Path) -> None:
    path = exported(project)
    both = "Les grues attendent. Elles sont neuves."
    segment(path, both, 'New <pc id="1">cranes</pc> <pc id="2">wait</pc>.', "final")
    found = imported(project, path)
    assert not found.problems
    assert entry(project, WAIT).target == "New <g1>cranes</g1> wait."
    assert entry(project, NEW).target == "←"
    change(project, "quai", lambda old: written(old, "←", "F") if old.key.source == NEW else old)
    path = exported(project)
    segment(path, both, None, "final")
    imported(project, path)
    assert entry(project, NEW).state is State.REVIEWED, "a bead is approved as a whole"
    assert entry(project, NEW).target == "←"


def test_a_bead_that_was_dissolved_meanwhile_is_a_conflict(project: Path) -> None:
    path = exported(project)
    segment(path, "Les grues attendent. Elles sont neuves.", "Cranes.", "final")
    change(project, "quai", lambda old: written(old, "They are new.", "R") if old.key.source == NEW else old)
    (problem,) = imported(project, path).problems
    assert "changed in" in problem.message
    assert entry(project, WAIT).target.startswith("The <g1>")


def test_a_boundary_between_english_sentences_stays_where_nobody_touched_it(project: Path) -> None:
    path = exported(project)
    assert "‖" not in path.read_text()
    segment(path, NIGHT, None, "reviewed")
    imported(project, path)
    assert entry(project, NIGHT, "phare").target == "Night falls. ‖ It is dark."


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("Il a publié À la recherche du quai perdu.", "He published À la recherche du quai perdu."),
        ("L’IRP (Institut de recherche sur les ports) en est.", "IRP (Institut de recherche sur les ports) joins in."),
        ("École des phares de Douai", "École des phares de Douai"),
        ("12, rue de la République, 29200 Brest", "12, rue de la République, 29200 Brest"),
    ],
)
def test_names_titles_and_addresses_may_stay_french(source: str, target: str) -> None:
    assert foreign(source, target, ("fr", "en")) == ""


@pytest.mark.parametrize(
    "target",
    [
        "Le port de Brest ferme lundi pour des travaux.",
        "Le port de Brest sera fermé lundi à cause de travaux.",
        "Der Hafen von Brest wird am Montag wegen dringender Arbeiten geschlossen.",
    ],
)
def test_whole_sentences_in_other_languages_are_told(target: str) -> None:
    assert foreign("Le port de Brest ferme lundi pour des travaux.", target, ("fr", "en"))


@pytest.mark.parametrize("approve", [False, True])
@pytest.mark.parametrize(
    ("target", "said"),
    [('It opens on Monday<ph id="7"/>.', "is not in the French"), ("It opens on Monday.", "<g1> is missing")],
)
def test_english_with_lost_or_foreign_codes_is_not_approved(
    project: Path, target: str, said: str, approve: bool
) -> None:
    change(project, "quai", lambda old: written(old, old.target, "F") if old.key.source == OPENS else old)
    path = exported(project)
    segment(path, OPENS, target, "translated" if approve else "final")
    found = imported(project, path, approve=approve)
    assert found.outcomes[Outcome.APPROVED] == 0
    assert found.outcomes[Outcome.CHANGED] == 1
    assert len(found.warnings) == 1
    assert said in found.warnings[0]
    assert "quai, sentence p3s2" in found.warnings[0]
    now = entry(project, OPENS)
    assert (now.state, "opens on Monday" in now.target) == (State.FUZZY, True)
    before = locales(project)
    again = imported(project, path, approve=approve)
    assert (again.has_taken, len(again.problems), locales(project)) == (False, 0, before)
    assert again.warnings == found.warnings, "it still has to be put right"


def test_a_bead_whose_codes_are_lost_is_approved_in_none_of_its_sentences(project: Path) -> None:
    for name in (WAIT, NEW):
        change(project, "quai", lambda old, n=name: written(old, old.target, "F") if old.key.source == n else old)  # type: ignore[misc]
    path = exported(project)
    segment(path, "Les grues attendent. Elles sont neuves.", "The cranes wait.", "final")
    found = imported(project, path)
    assert "<g1> is missing" in found.warnings[0]
    assert (entry(project, WAIT).target, entry(project, WAIT).state) == ("The cranes wait.", State.FUZZY)
    assert (entry(project, NEW).target, entry(project, NEW).state) == ("←", State.FUZZY)


def test_a_code_that_is_only_spelled_otherwise_is_put_right_and_approved(project: Path) -> None:
    path = exported(project)
    segment(path, OPENS, "It opens on &lt;G1&gt;Tuesday&lt; /g1 &gt;.", "final")
    found = imported(project, path)
    assert (found.outcomes[Outcome.APPROVED], found.warnings) == (1, [])
    assert (entry(project, OPENS).target, entry(project, OPENS).state) == (
        "It opens on <g1>Tuesday</g1>.",
        State.REVIEWED,
    )
    assert not imported(project, path).has_taken


@pytest.mark.parametrize("target", ["On Monday.", "On <G1>Monday</G1>."])
def test_what_nobody_touched_keeps_its_approval_whatever_is_wrong_with_it(project: Path, target: str) -> None:
    change(project, "quai", lambda old: written(old, target, "R") if old.key.source == OPENS else old)
    path = exported(project)
    found = imported(project, path, approve=True)
    assert (found.has_taken, found.warnings, found.problems) == (False, [], [])
    assert entry(project, OPENS).state is State.REVIEWED


def test_what_an_editor_approved_as_it_is_stays_approved(project: Path) -> None:
    path = exported(project)
    segment(path, OPENS, "On Monday.", "final")
    change(project, "quai", lambda old: written(old, "On Monday.", "R") if old.key.source == OPENS else old)
    found = imported(project, path)
    assert (found.outcomes[Outcome.MERGED], found.warnings) == (1, [])
    assert entry(project, OPENS).state is State.REVIEWED


def test_another_programs_po_is_not_approved_where_placeholders_are_lost(project: Path) -> None:
    path = project / "quai.po"
    found = catalogue(project, "quai")
    change(project, "quai", lambda old: written(old, "", "") if old.key.source == OPENS else old)
    entries = tuple(written(old, "On Monday.", "R") for old in found.live if old.key.source == OPENS)
    path.write_bytes(serialize(Catalogue("quai", found.header, entries)))
    result = imported(project, path)
    assert (result.outcomes[Outcome.CHANGED], len(result.warnings)) == (1, 1)
    assert entry(project, OPENS).state is State.FUZZY
    assert not imported(project, path).has_taken


# -- other typography ------------------------------------------------------------------------------------------------

TEAM = "L’équipe du phare le dit\u202f: «\u00a0Merci…\u00a0»."
FLAT = 'L\'équipe du phare le dit: "Merci...".'
#: What translation programs do to all that they touch.
PLAIN = str.maketrans({"’": "'", "«": '"', "»": '"', "…": "...", "\u202f": " ", "\u00a0": " "})


@pytest.fixture
def team(project: Path) -> Path:
    """The project with a sentence that has typography, and no English, in one of its releases."""
    (project / "source" / "phare.txt").write_text(PHARE.replace(NIGHT, f"{NIGHT} {TEAM}"), encoding="utf-8")
    Pipeline(open_project(project)).extract()
    return project


def memory_of(project: Path, *pairs: tuple[str, str]) -> Path:
    path = project / "agency.tmx"
    units = (
        f'<tu><tuv xml:lang="fr"><seg>{french}</seg></tuv><tuv xml:lang="en"><seg>{english}</seg></tuv></tu>'
        for french, english in pairs
    )
    path.write_text(f'<tmx version="1.4"><header/><body>{"".join(units)}</body></tmx>', encoding="utf-8")
    return path


@pytest.mark.parametrize("approve", [False, True])
def test_a_tmx_with_other_apostrophes_quotation_marks_and_spaces_is_of_the_same_sentence(
    team: Path, approve: bool
) -> None:
    found = imported(team, memory_of(team, (FLAT, "The keepers' word: “Thanks...”")), approve=approve)
    assert found.outcomes == {Outcome.APPROVED if approve else Outcome.CHANGED: 1}
    now = entry(team, TEAM, "phare")
    assert (now.target, now.state is State.REVIEWED) == ("The keepers' word: “Thanks...”", approve), "as it is"


def test_what_other_typography_leaves_in_doubt_is_not_taken(team: Path) -> None:
    other = FLAT.replace('"', "“")
    found = imported(team, memory_of(team, (FLAT, "One."), (other, "Two.")), approve=True)
    assert found.outcomes == {Outcome.TWO_WAYS: 2}
    assert entry(team, TEAM, "phare").target == ""
    found = imported(team, memory_of(team, (FLAT, "One."), (TEAM, "Two.")), approve=True)
    assert (found.outcomes, found.problems) == ({Outcome.APPROVED: 1}, [])
    assert entry(team, TEAM, "phare").target == "Two.", "its own letters go before"


@pytest.mark.parametrize("keeps", [True, False])
def test_a_tool_that_flattens_typography_has_changed_nothing(team: Path, keeps: bool) -> None:
    change(team, "phare", lambda old: written(old, "The crew’s “Thanks…”", "R") if old.key.source == TEAM else old)
    path = exported(team)
    path.write_text(path.read_text("utf-8").translate(PLAIN), "utf-8")
    assert "crew's" in path.read_text("utf-8")
    assert TEAM not in path.read_text("utf-8")
    if not keeps:
        without_metadata(path)
    before = locales(team)
    found = imported(team, path)
    assert (found.has_taken, found.problems, locales(team)) == (False, [], before)
    segment(path, TEAM.translate(PLAIN), "The crew says thanks.", "final")
    found = imported(team, path)
    if keeps:
        assert entry(team, TEAM, "phare").target == "The crew says thanks."
    else:
        assert found.outcomes[Outcome.DIFFERENT] == 1, "a person’s English is there"


def test_another_programs_po_with_other_typography_is_of_the_same_sentence(team: Path) -> None:
    path = team / "phare.po"
    now = catalogue(team, "phare")
    given = [replace(written(old, "Flat.", "R"), key=Key(None, FLAT)) for old in now.live if old.key.source == TEAM]
    path.write_bytes(serialize(Catalogue("phare", now.header, tuple(given))))
    assert imported(team, path).outcomes == {Outcome.APPROVED: 1}
    assert (entry(team, TEAM, "phare").target, entry(team, TEAM, "phare").state) == ("Flat.", State.REVIEWED)


def test_a_list_of_ours_with_other_typography_is_of_the_same_sentences(team: Path) -> None:
    path = exported(team, "out.po", "phare")
    text = path.read_text("utf-8").replace(TEAM.replace('"', ""), TEAM.replace("’", "'").replace("…", "..."))
    assert "L'équipe" in text
    path.write_text(
        text.replace('msgstr ""', 'msgstr "The crew."').replace('msgstr "The crew."', 'msgstr ""', 1), "utf-8"
    )
    found = imported(team, path)
    assert (found.problems, entry(team, TEAM, "phare").target) == ([], "The crew.")


# -- what was not to be changed -------------------------------------------------------------------------------------


@pytest.mark.parametrize("approve", [False, True])
@pytest.mark.parametrize("unlocked", [False, True])
def test_approved_english_that_was_not_to_be_changed_is_not_replaced(
    project: Path, approve: bool, unlocked: bool
) -> None:
    path = exported(project, only_open=True)
    segment(path, OPENS, 'It opens <pc id="1">today</pc>.', "final")
    segment(path, READ, "They read it.", "final")
    if unlocked:  # a tool that keeps metadata, but not this attribute
        path.write_text(path.read_text("utf-8").replace(' translate="no"', ""), "utf-8")
    found = imported(project, path, approve=approve)
    assert found.outcomes[Outcome.LOCKED] == 1
    (problem,) = found.problems
    assert re.search(r"out\.xlf:\d+: ", str(problem))
    assert re.search(r"locales/en/quai\.po:\d+: It opens on <g1>Monday</g1>\.", str(problem))
    assert "It opens <g1>today</g1>." in str(problem)
    assert entry(project, OPENS).target == "It opens on <g1>Monday</g1>."
    assert entry(project, READ).target == "They read it.", "the rest is taken"
    change(
        project, "quai", lambda old: written(old, "It opens <g1>today</g1>.", "R") if old.key.source == OPENS else old
    )
    assert not imported(project, path).problems, "the editor agreed"


def test_approved_english_that_went_out_as_work_may_be_changed(project: Path) -> None:
    path = exported(project)
    segment(path, OPENS, 'It opens <pc id="1">today</pc>.', "final")
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1


# -- what tools do by themselves ------------------------------------------------------------------------------------


def test_a_file_that_was_indented_is_the_same_file(project: Path) -> None:
    text = QUAI.replace("Le comité", "<b><i>Le comité</i></b> <b>aussi</b>")
    (project / "source" / "quai.html").write_text(text, encoding="utf-8")
    Pipeline(open_project(project)).extract()
    french = next(one.key.source for one in catalogue(project, "quai").live if "comité" in one.key.source)
    change(project, "quai", lambda old: written(old, old.key.source, "F") if old.key.source == french else old)
    path = exported(project)
    segment(path, WATCH, "The light watches.", "final", number=1)
    root = etree.parse(path, etree.XMLParser(remove_blank_text=True)).getroot()
    for element in root.iter(core("source"), core("target")):
        for code in element.iter(core("pc")):
            if len(code) and not (code.text or "").strip():
                code.text = code[-1].tail = "\n\t\t"
            if not (code.tail or "x").strip():
                code.tail = "\n\t\t"
    etree.indent(root, "\t")
    path.write_bytes(b"\xef\xbb\xbf" + etree.tostring(root, encoding="UTF-8").replace(b"\n", b"\r\n"))
    found = imported(project, path)
    assert (found.outcomes[Outcome.APPROVED], found.problems) == (1, [])
    assert found.outcomes.total() == found.outcomes[Outcome.UNTOUCHED] + 1
    assert entry(project, french).target == french


def test_the_line_breaks_of_an_indented_file_are_not_in_its_english(project: Path) -> None:
    path = exported(project)
    segment(path, OPENS, 'It opens <pc id="1">\n    <mrk id="m" type="term">today</mrk>\n  </pc>.', "final")
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1
    assert entry(project, OPENS).target == "It opens <g1>today</g1>."


def test_a_space_that_a_translator_puts_right_is_work(project: Path) -> None:
    change(project, "quai", lambda old: written(old, "The committeeread it.", "?") if old.key.source == READ else old)
    path = exported(project)
    segment(path, READ, "The committee read it.", "final")
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1
    assert entry(project, READ).target == "The committee read it."


@pytest.mark.parametrize("keeps", [True, False])
def test_a_space_put_right_is_work_even_where_a_tool_has_flattened_the_french(project: Path, keeps: bool) -> None:
    (project / "source" / "phare.txt").write_text("Ouvert\u00a0! La\u00a0nuit tombe.\n", encoding="utf-8")
    Pipeline(open_project(project)).extract()
    drafts = {"Ouvert\u00a0!": "Come in side every\u00a0day.", "La\u00a0nuit tombe.": "Night\u00a0falls."}
    change(project, "phare", lambda old: written(old, drafts.get(old.key.source, ""), "?"))
    path = exported(project)
    path.write_text(path.read_text("utf-8").replace("\u00a0", " "), "utf-8")
    if not keeps:
        without_metadata(path)
    segment(path, "Ouvert !", "Come inside everyday.", "final")
    segment(path, "La nuit tombe.", None, "final")
    assert imported(project, path).outcomes[Outcome.APPROVED] == 2
    assert entry(project, "Ouvert\u00a0!", "phare").target == "Come inside everyday."
    assert entry(project, "La\u00a0nuit tombe.", "phare").target == "Night\u00a0falls.", "nobody has changed it"


@pytest.mark.parametrize("keeps", [True, False])
def test_flattened_spaces_and_lost_sources_are_nobodys_edit(project: Path, keeps: bool) -> None:
    (project / "source" / "phare.txt").write_text("Qui veille\u202f?\n\nLe\u00a0phare veille.\n", encoding="utf-8")
    Pipeline(open_project(project)).extract()
    path = exported(project)
    path.write_text(path.read_text("utf-8").replace("\u202f", " ").replace("\u00a0", " "), "utf-8")
    segment(path, "Qui veille ?", "Who watches?", "final")
    if keeps:  # with metadata, a sentence is known without its French
        path.write_text(path.read_text("utf-8").replace("<source>Qui veille ?</source>", "<source/>"), "utf-8")
    else:
        without_metadata(path)
    found = imported(project, path)
    assert (found.outcomes[Outcome.APPROVED], found.problems) == (1, [])
    assert entry(project, "Qui veille\u202f?", "phare").target == "Who watches?"


@pytest.mark.parametrize("state", ["translated", "reviewed", "final"])
@pytest.mark.parametrize("target", ["", " ", None])
def test_a_sentence_that_is_marked_as_done_without_english_is_told(
    project: Path, target: str | None, state: str
) -> None:
    path = exported(project, only_open=True)
    segment(path, WATCH, target, state, number=1)
    without_target(path, NIGHT)  # locked: nobody was to give it any
    before = locales(project)
    found = imported(project, path)
    (warning,) = found.warnings
    assert re.search(rf"out\.xlf:\d+: this sentence is marked “{state}” and has no English.*: {WATCH}", warning)
    assert (found.problems, locales(project)) == ([], before)
    segment(path, WATCH, target, "initial", number=1)
    assert not imported(project, path).warnings


def test_codes_without_words_are_no_english(project: Path) -> None:
    path = exported(project)
    segment(path, OPENS, ' <pc id="1"> </pc>', "final")
    before = locales(project)
    found = imported(project, path, approve=True)
    assert ("has no English" in found.warnings[0], found.has_taken, locales(project)) == (True, False, before)


def without_target(path: Path, source: str) -> None:
    path.write_text(
        re.sub(rf"(<source>{re.escape(source)}</source>)\s*<target>.*?</target>", r"\1", path.read_text("utf-8")),
        "utf-8",
    )


def test_a_sentence_of_which_a_part_was_translated_is_told(project: Path) -> None:
    path = exported(project)
    parted = (
        '<segment state="final"><source>Le comité</source><target>The committee</target></segment>'
        "<segment><source> a lu le rapport.</source></segment>"
    )
    text = re.sub(
        r"<segment[^>]*>\s*<source>Le comité a lu.*?</segment>", parted, path.read_text("utf-8"), flags=re.DOTALL
    )
    path.write_text(text, "utf-8")
    before = locales(project)
    found = imported(project, path)
    assert (len(found.warnings), found.problems, locales(project)) == (1, [], before)
    assert re.search(r"out\.xlf:\d+: a part of this sentence has no English.*Le comité a lu", found.warnings[0])


def test_a_file_that_a_tool_named_anew_belongs_to_its_release(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "final")
    root = etree.parse(path)
    for number, element in enumerate(root.iter(core("file"))):
        element.set("id", f"f{number}")
        element.set("original", "C:\\jobs\\" + element.get("original", "").replace("/", "\\"))
    root.write(path, encoding="UTF-8")
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1


def test_sentences_that_nobody_reviewed_are_counted_even_where_a_tool_wrote_one_line(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "translated")
    segment(path, NIGHT, "It is night.", "translated")
    segment(path, OPENS, "It opens today.", "final")  # said already, with its placeholder
    path.write_text(re.sub(r"\n\s*", "", path.read_text("utf-8")), "utf-8")
    importer = Importer(Pipeline(open_project(project)))
    importer.bring(path)
    assert len(importer.unconfirmed) == 2


def in_one_line(path: Path) -> None:
    """As tools write that do not break lines; white space between elements is nobody's."""
    path.write_text(re.sub(r"\n *", "", path.read_text("utf-8")), "utf-8")


def test_units_of_a_file_in_one_line_are_told_by_their_numbers(project: Path) -> None:
    path = exported(project)
    segment(path, WATCH, "←", "final")
    segment(path, NIGHT, "It\ufffds night.", "final")
    in_one_line(path)
    numbers = [one.get("id") for one in etree.parse(path).iter(core("unit"))]
    found = imported(project, path)
    assert [problem.where for problem in found.problems] == [
        f"{path}, unit {numbers.index(at) + 1}" for at in ("p2s1", "p2s2")
    ]


def test_what_another_import_cannot_approve_is_told_apart_even_in_one_line(project: Path) -> None:
    """Only the unit whose metadata somebody dropped is left; the other one may be approved."""
    path = exported(project, "out.xlf", "quai")
    segment(path, READ, "They read it.", "translated")
    segment(path, WATCH, "The lighthouse keeps watch.", "translated")
    root = etree.parse(path)
    dropped = next(unit for unit in root.iter(core("unit")) if READ in "".join(map(str, unit.itertext())))
    dropped.remove(dropped.find(metadata("metadata")))  # type: ignore[arg-type]
    root.write(path, encoding="UTF-8")
    in_one_line(path)
    importer = Importer(Pipeline(open_project(project)))
    importer.bring(path)
    assert {french for _, _, french in importer.left} == {READ}
    assert {french for _, _, french in importer.unconfirmed} == {WATCH}


def test_a_tool_that_loses_every_code_does_not_fill_the_screen(project: Path) -> None:
    items = "".join(f"<p>Le port <b>numéro {n}</b> ouvre.</p>" for n in range(20))
    (project / "source" / "quai.html").write_text(QUAI.replace("<ul>", items + "<ul>"), encoding="utf-8")
    Pipeline(open_project(project)).extract()
    path = exported(project)
    text = re.sub(
        r'<segment id="[^"]*" state="initial">(\s*<source>Le port <pc.*?</source>)',
        r'<segment state="final">\1<target>The port opens.</target>',
        path.read_text("utf-8"),
    )
    path.write_text(text, "utf-8")
    done = toolkit(project, "import", "out.xlf")
    assert done.returncode == 0, done.stderr
    assert done.stderr.count("<g1> is missing") == 12
    assert "… and 8 more" in done.stderr
    assert toolkit(project, "import", "out.xlf", "-v").stderr.count("<g1> is missing") == 20


@pytest.mark.parametrize("keeps", [True, False])
def test_french_that_a_tool_filled_in_is_no_english(project: Path, keeps: bool) -> None:
    path = exported(project)
    segment(path, WATCH, WATCH, number=1)
    if not keeps:
        without_metadata(path)
    before = locales(project)
    found = imported(project, path, approve=True)
    assert (found.has_taken, found.problems) == (False, [])
    assert locales(project) == before
    segment(path, WATCH, WATCH, "final", number=1)
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1, "somebody says that it is right so"


def test_what_has_no_letter_comes_back_with_a_target_and_says_nothing(project: Path) -> None:
    source = project / "source" / "phare.txt"
    source.write_text(PHARE + "\n* * *\n", encoding="utf-8")
    Pipeline(open_project(project)).extract()
    path = exported(project)
    segment(path, "* * *", "* * *", "translated")
    assert "* * *" in path.read_text("utf-8")
    found = imported(project, path)
    assert (found.has_taken, found.problems) == (False, [])


def test_an_agencys_note_goes_to_the_catalogue_once(project: Path) -> None:
    path = exported(project)
    text = path.read_text()
    at = text.index(f"<source>{WATCH}")
    at = text.rindex("<segment", 0, at)
    path.write_text(f"{text[:at]}<notes><note>Quel phare ?</note></notes>{text[at:]}")
    assert imported(project, path).notes == 1
    assert imported(project, path).notes == 0
    assert "Quel phare ?" in {*entry(project, WATCH).notes, *entry(project, WATCH, "phare").notes}


def noted(path: Path, source: str, note: str) -> None:
    """What a tool does when a translator writes a note on a sentence."""
    text = path.read_text("utf-8")
    at = text.rindex("<segment", 0, text.rindex(f"<source>{source}"))  # behind its draft
    path.write_text(f"{text[:at]}<notes><note>{note}</note></notes>{text[at:]}", "utf-8")


def test_the_note_on_a_refused_change_is_told_and_kept(project: Path) -> None:
    path = exported(project, only_open=True)
    segment(path, NIGHT, "It is night.", "final")
    noted(path, NIGHT, "The minister says so.")
    found = imported(project, path)
    assert (found.outcomes[Outcome.LOCKED], found.notes) == (1, 1)
    assert "\n    its note: The minister says so.\n" in str(found.problems[0])
    now = entry(project, NIGHT, "phare")
    assert (now.target, now.notes) == ("Night falls. ‖ It is dark.", ("The minister says so.",))
    assert imported(project, path).notes == 0


def test_the_note_on_altered_or_vanished_french_is_told(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "final")
    noted(path, READ, "Who?")
    segment(path, NIGHT, "It is night.", "final")
    noted(path, NIGHT, "When?")
    path.write_text(path.read_text("utf-8").replace(f"<source>{NIGHT}", "<source>La nuit est tombée."), "utf-8")
    (project / "source" / "quai.html").write_text(QUAI.replace(READ, "Le comité a tout lu."), encoding="utf-8")
    Pipeline(open_project(project)).extract()
    told = "".join(str(problem) for problem in imported(project, path).problems)
    assert ("its note: Who?" in told, "its note: When?" in told, "It is night." in told) == (True, True, True)


def test_a_control_character_is_refused_and_the_rest_is_taken(project: Path) -> None:
    path = exported(project)
    segment(path, READ, 'They <cp hex="0007"/> read.', "final")
    segment(path, OPENS, 'It opens <pc id="1">today</pc>.', "final")
    found = imported(project, path)
    assert "U+0007" in found.problems[0].message
    assert entry(project, READ).target == "The committee ran."
    assert entry(project, OPENS).target == "It opens <g1>today</g1>."


def test_half_a_character_is_refused_and_the_rest_is_taken(project: Path) -> None:
    path = exported(project)
    segment(path, READ, 'They <cp hex="D800"/> read.', "final")
    segment(path, OPENS, 'It opens <pc id="1">today</pc>.', "final")
    found = imported(project, path)
    assert "U+FFFD" in found.problems[0].message
    assert entry(project, READ).target == "The committee ran."
    assert entry(project, OPENS).target == "It opens <g1>today</g1>."


LEFT = "Le comité a lu le rapport."
GERMAN = "Der Ausschuss hat den Bericht gelesen und wird ihn nun prüfen."


@pytest.mark.parametrize("target", [LEFT, GERMAN, "The rapport que le comité a lu pour tous les ports est là."])
@pytest.mark.parametrize("keeps", [True, False])
def test_what_is_no_english_is_not_approved_and_is_told(project: Path, target: str, keeps: bool) -> None:
    path = exported(project)
    segment(path, READ, target, "final")
    segment(path, WATCH, "The lighthouse keeps watch.", "final", number=1)
    if not keeps:
        without_metadata(path)
    for _ in range(2):
        found = imported(project, path, approve=True)
        assert (entry(project, READ).state, entry(project, READ).target) == (State.FUZZY, target)
        assert entry(project, WATCH).state is State.REVIEWED, "the others are"
        assert [warning for warning in found.warnings if "its translation is" in warning and "quai" in warning]
    change(project, "quai", lambda old: replace(old, state=State.REVIEWED) if old.key.source == READ else old)
    found = imported(project, path)
    assert not found.warnings, "an editor has cleared the mark"
    assert entry(project, READ).state is State.REVIEWED


def test_french_of_a_bead_a_memory_or_a_po_is_not_approved_either(project: Path) -> None:
    for name in (WAIT, NEW):
        change(project, "quai", lambda old, n=name: written(old, old.target, "F") if old.key.source == n else old)  # type: ignore[misc]
    path = exported(project)
    segment(
        path, f"{WAIT} {NEW}", "Les <pc id='1'>grues</pc> attendent, et elles sont <pc id='2'>neuves</pc>.", "final"
    )
    assert "its translation is left in French" in imported(project, path).warnings[0]
    assert entry(project, WAIT).state is State.FUZZY
    tmx = project / "agency.tmx"
    pair = f'<tuv xml:lang="fr"><seg>{READ}</seg></tuv><tuv xml:lang="en"><seg>{LEFT}</seg></tuv>'
    tmx.write_text(f'<tmx version="1.4"><header/><body><tu>{pair}</tu></body></tmx>', encoding="utf-8")
    imported(project, tmx, approve=True)
    assert entry(project, READ).state is State.FUZZY
    po_file = project / "quai.po"
    now = catalogue(project, "quai")
    entries = tuple(written(old, GERMAN, "R") for old in now.live if old.key.source == WATCH)
    po_file.write_bytes(serialize(Catalogue("quai", now.header, entries)))
    assert len(imported(project, po_file).warnings) == 1
    assert entry(project, WATCH).state is State.FUZZY


@pytest.mark.parametrize("approve", [False, True])
@pytest.mark.parametrize("state", ["translated", "final"])
@pytest.mark.parametrize(
    ("target", "said"),
    [(GERMAN, "its translation is in another language"), ("It opens on Monday.", "<g1> is missing")],
)
def test_approved_english_stays_where_what_comes_back_could_not_be_approved(
    project: Path, target: str, said: str, state: str, approve: bool
) -> None:
    path = exported(project)
    segment(path, OPENS, target, state)
    segment(path, READ, "They read it.", "final")
    for _ in range(2):
        found = imported(project, path, approve=approve)
        assert entry(project, OPENS).target == "It opens on <g1>Monday</g1>."
        assert entry(project, OPENS).state is State.REVIEWED
        assert entry(project, READ).target == "They read it.", "the rest is taken"
        assert (found.outcomes[Outcome.UNFIT], found.warnings) == (1, [])
        (problem,) = found.problems
        assert said in problem.message
        assert target in problem.message
        assert re.search(r"locales/en/quai\.po:\d+: It opens on <g1>Monday</g1>\.", problem.message)


def test_a_reviewers_list_does_not_lose_approved_english_either(project: Path) -> None:
    path = exported(project, "out.po", "quai")
    path.write_text(path.read_text("utf-8").replace("It opens on <g1>Monday</g1>.", "It opens today."), "utf-8")
    for _ in range(2):
        done = toolkit(project, "review", "merge", "out.po")
        assert_error(done, 1)
        assert "that of the list cannot take its place: <g1> is missing" in done.stderr
        assert entry(project, OPENS).target == "It opens on <g1>Monday</g1>."
        assert entry(project, OPENS).state is State.REVIEWED


def test_an_agencys_list_is_judged_by_its_language_too(project: Path) -> None:
    path = exported(project, "out.po", "quai")
    text = path.read_text("utf-8").replace("It opens on <g1>Monday</g1>.", GERMAN)
    path.write_text(text.replace("#, fuzzy\n", "").replace("The committee ran.", GERMAN), "utf-8")
    found = imported(project, path)
    assert (found.outcomes[Outcome.UNFIT], found.outcomes[Outcome.CHANGED]) == (1, 1)
    assert entry(project, OPENS).target == "It opens on <g1>Monday</g1>.", "approved English stays"
    assert (entry(project, READ).target, entry(project, READ).state) == (GERMAN, State.FUZZY)
    assert "its translation is in another language" in found.warnings[0]
    change(project, "quai", lambda old: replace(old, state=State.REVIEWED) if old.key.source == READ else old)
    imported(project, path)
    assert entry(project, READ).state is State.REVIEWED, "an editor has cleared the mark"


@pytest.mark.parametrize("mark", ["←", " -&gt; "])
def test_a_mark_is_no_english_of_an_agency(project: Path, mark: str) -> None:
    """An approved sentence would be gone from the edition, and no reader could tell."""
    before = entry(project, READ)
    path = exported(project)
    segment(path, READ, mark, "final")
    found = imported(project, path)
    assert entry(project, READ) == before
    assert [type(problem) for problem in found.problems] == [RefusedError]
    assert "mark for the catalogue" in found.problems[0].message


# -- files that do not say what they were made from -----------------------------------------------------------------


def test_without_metadata_only_what_nobody_worked_on_is_taken(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "translated")
    segment(path, WATCH, "The light watches.", "final", number=1)
    segment(path, OPENS, 'It opens <pc id="1">today</pc>.', "final")
    without_metadata(path)
    found = imported(project, path)
    assert entry(project, READ).target == "They read it.", "a draft"
    assert entry(project, WATCH).target == "The light watches.", "without English"
    assert entry(project, OPENS).target == "It opens on <g1>Monday</g1>.", "a person’s"
    assert found.outcomes[Outcome.DIFFERENT] == 1
    assert len(found.problems) == 1


def test_a_tmx_fills_what_is_open_in_every_release(project: Path) -> None:
    units = {WATCH: "The light watches.", OPENS: "It opens.", "Le vent souffle.": "The wind blows."}
    body = "".join(
        f'<tu><tuv xml:lang="fr-FR"><seg>{re.sub("<[^>]*>", "", fr)}</seg></tuv>'
        f'<tuv xml:lang="EN"><seg>{en}</seg></tuv></tu>'
        for fr, en in units.items()
    )
    path = project / "agency.tmx"
    path.write_text(f'<tmx version="1.4"><header/><body>{body}</body></tmx>', encoding="utf-8")
    found = imported(project, path)
    assert found.outcomes == {Outcome.CHANGED: 2, Outcome.ELSEWHERE: 2}, "codes are part of a sentence"
    for release in ("quai", "phare"):
        assert entry(project, WATCH, release).target == "The light watches."
        assert entry(project, WATCH, release).state is State.FUZZY
    assert not imported(project, path).has_taken
    change(project, "phare", lambda old: written(old, "It watches.", "F") if old.key.source == WATCH else old)
    importer = Importer(Pipeline(open_project(project)), approve=True)
    importer.bring(path)
    assert not importer.result.has_taken, "nothing tells it from English that is to be checked"
    assert {french for _, _, french in importer.left} == {WATCH}, "and somebody is told"
    assert importer.result.outcomes[Outcome.DIFFERENT] == 1, "somebody has changed that one since"
    change(project, "quai", lambda old: written(old, "The light watches.", "?") if old.key.source == WATCH else old)
    change(project, "phare", lambda old: written(old, "", "") if old.key.source == WATCH else old)
    assert imported(project, path, approve=True).outcomes[Outcome.APPROVED] == 2
    assert {entry(project, WATCH, release).state for release in ("quai", "phare")} == {State.REVIEWED}


def without_substates(path: Path) -> None:
    path.write_text(re.sub(r' subState="[^"]*"', "", path.read_text("utf-8")), "utf-8")


def test_without_metadata_approve_is_for_what_was_worked_on_only(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "translated")
    segment(path, NIGHT, None, "translated")
    without_metadata(path)
    without_substates(path)
    importer = Importer(Pipeline(open_project(project)), approve=True)
    importer.bring(path)
    assert importer.result.outcomes[Outcome.APPROVED] == 1
    assert entry(project, READ).state is State.REVIEWED
    assert entry(project, AGAIN).state is State.FUZZY, "it came back as it went out: to be checked"
    assert {french for _, _, french in importer.left} == {AGAIN}, "and somebody is told"
    segment(path, AGAIN, None, "final")
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1, "somebody says that it is right"


def test_without_metadata_approve_comes_too_late_for_what_needs_work_already(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "They read it.", "translated")
    without_metadata(path)
    assert "which --approve does not change" in toolkit(project, "import", "out.xlf").stdout
    before = locales(project)
    done = toolkit(project, "import", "out.xlf", "--approve")
    assert (done.returncode, locales(project)) == (0, before)
    assert "sentences still marked “needs work”, which --approve does not change" in done.stdout


def test_a_draft_confirmed_without_metadata_is_approved_with_approve(project: Path) -> None:
    path = exported(project)
    segment(path, READ, None, "translated")
    without_metadata(path)
    without_substates(path)
    assert imported(project, path).outcomes[Outcome.APPROVED] == 0
    assert imported(project, path, approve=True).outcomes[Outcome.APPROVED] == 1


@pytest.mark.parametrize("passed_on", [False, True])
def test_a_tmx_of_our_own_approves_nothing(project: Path, passed_on: bool) -> None:
    """What one release approved is no word on the same sentence elsewhere, nor on one that was put back since."""
    change(project, "quai", lambda old: written(old, "We cooperate.", "R") if old.key.source == AGAIN else old)
    path = exported(project, "out.tmx")
    if passed_on:  # another program has read it and written it again
        path.write_text(path.read_text("utf-8").replace('creationtool="toolkit"', 'creationtool="Nacelle"'), "utf-8")
    change(project, "phare", lambda old: written(old, "We cooperate.", "F") if old.key.source == AGAIN else old)
    before = locales(project)
    importer = Importer(Pipeline(open_project(project)), approve=True)
    importer.bring(path)
    assert (importer.result.has_taken, locales(project)) == (False, before)
    assert [french for _, _, french in importer.left] == [AGAIN]
    for state in "?", "":
        english = "We cooperate." if state else ""
        change(project, "phare", lambda old, e=english, s=state: written(old, e, s) if old.key.source == AGAIN else old)  # type: ignore[misc]
        assert imported(project, path, approve=True).outcomes[Outcome.APPROVED] == 0
        assert entry(project, AGAIN, "phare").state is not State.REVIEWED


@pytest.mark.parametrize("was", ["", "La coopération est souhaitable."])
def test_a_tmx_of_our_own_that_nothing_tells_approves_no_english_that_needs_work(project: Path, was: str) -> None:
    """A program has dropped header and properties, so that it looks like a stranger's."""
    change(project, "quai", lambda old: written(old, "We cooperate.", "R") if old.key.source == AGAIN else old)
    path = exported(project, "out.tmx")
    text = re.sub(r"<header[^>]*>", "<header/>", path.read_text("utf-8"))
    path.write_text(re.sub(r" *<prop .*</prop>\n", "", text), "utf-8")

    def to_check(old: Entry) -> Entry:
        made = written(old, "We cooperate.", "F")
        return replace(made, previous=Key(None, was)) if was else made

    change(project, "phare", lambda old: to_check(old) if old.key.source == AGAIN else old)
    before = locales(project)
    importer = Importer(Pipeline(open_project(project)), approve=True)
    importer.bring(path)
    assert (importer.result.has_taken, locales(project)) == (False, before)
    assert [french for _, _, french in importer.left] == [AGAIN]


def test_another_programs_po_is_approved_where_it_says_so(project: Path) -> None:
    path = project / "quai.po"
    found = catalogue(project, "quai")
    done = {READ: ("They read it.", "R"), OPENS: ("Mine.", "R"), AGAIN: ("Cooperation is needed.", "R")}
    entries = tuple(written(old, *done[old.key.source]) for old in found.live if old.key.source in done)
    path.write_bytes(serialize(Catalogue("quai", found.header, entries)))
    result = imported(project, path)
    assert entry(project, READ).state is State.REVIEWED
    assert entry(project, AGAIN).state is State.REVIEWED, "the same words, and somebody vouches for them"
    assert entry(project, OPENS).target == "It opens on <g1>Monday</g1>."
    assert len(result.problems) == 1
    german = (*found.header, ("Language", "de"))
    path.write_bytes(serialize(Catalogue("quai", tuple(dict(german).items()), entries)))
    with pytest.raises(ReviewError, match="translates to de"):
        imported(project, path)


def test_our_own_po_knows_what_it_was_made_from(project: Path) -> None:
    path = exported(project, "out.po", "quai")
    text = path.read_text().replace("It opens on <g1>Monday</g1>.", "It opens <g1>today</g1>.")
    path.write_text(text)
    assert imported(project, path).outcomes[Outcome.APPROVED] == 1
    assert entry(project, OPENS).target == "It opens <g1>today</g1>."


# -- who did it -----------------------------------------------------------------------------------------------------

ADA = "Ada Marlowe <ada@agency.example>"


def test_a_translator_is_named_where_the_english_changed_and_nowhere_else(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "The committee read the report.", "final")
    root = etree.parse(path)
    first = next(root.iter(core("unit")))
    notes = etree.Element(core("notes"))
    etree.SubElement(notes, core("note")).text = "Which lighthouse?"
    first.insert(0, notes)
    root.write(path, encoding="UTF-8")
    importer = Importer(Pipeline(open_project(project)), translator=ADA)
    importer.bring(path)
    assert importer.result.notes == 1
    assert len(importer.result.written) == 2
    assert catalogue(project, "quai").last_translator == ADA
    assert catalogue(project, "phare").last_translator != ADA, "a note is no translation"


@pytest.mark.parametrize(
    ("said", "given", "named"),
    [
        (ADA, "", ADA),
        (ADA, "Rose Abadie", "Rose Abadie"),
        ("FULL NAME <EMAIL@ADDRESS>", "", "Odile Kerg"),
        ("toolkit (machine drafts)", "", "Odile Kerg"),
        ("Automatically generated", "", "Odile Kerg"),
    ],
)
def test_a_po_says_itself_who_saved_it(project: Path, said: str, given: str, named: str) -> None:
    found = catalogue(project, "quai")
    header = {**dict(found.header), "Last-Translator": "Odile Kerg"}
    po(project, "quai").write_bytes(serialize(Catalogue("quai", tuple(header.items()), found.entries)))
    entries = tuple(written(old, "They read it.", "R") for old in found.live if old.key.source == READ)
    path = project / "quai.po"
    header |= {"Last-Translator": said, "PO-Revision-Date": "2026-03-02 10:00+0000"}
    path.write_bytes(serialize(Catalogue("quai", tuple(header.items()), entries)))
    importer = Importer(Pipeline(open_project(project)), translator=given)
    importer.bring(path)
    now = catalogue(project, "quai")
    assert entry(project, READ).target == "They read it."
    assert now.last_translator == named
    assert (dict(now.header)["PO-Revision-Date"] == "2026-03-02 10:00+0000") == (named != "Odile Kerg")


# -- the command line -----------------------------------------------------------------------------------------------


def test_the_commands_as_a_user_runs_them(project: Path) -> None:
    done = toolkit(project, "export", "quai", "--open", "-o", "agency.xlf")
    assert done.returncode == 0, done.stderr
    assert "1 release: " in done.stdout
    path = project / "agency.xlf"
    assert path.read_text().count('translate="no"') == 2, "what is approved, a sentence and a bead, is context"
    segment(path, READ, "The committee read the report.", "final")
    before = locales(project)
    dry = toolkit(project, "import", "agency.xlf", "--dry-run")
    assert dry.returncode == 0, dry.stderr
    assert "Would import: " in dry.stdout
    assert locales(project) == before
    done = toolkit(project, "import", "agency.xlf", "--translator", "Ada Marlowe <ada@agency.example>", "-v")
    assert done.returncode == 0, done.stderr
    assert "1 approved" in done.stdout
    assert "wrote locales/en/quai.po" in done.stdout
    assert "run `toolkit check quai`" in done.stdout
    assert catalogue(project, "quai").last_translator == "Ada Marlowe <ada@agency.example>"
    assert "Nothing to import" in toolkit(project, "import", "agency.xlf").stdout


def test_a_file_with_an_agencys_work_is_not_written_over(project: Path) -> None:
    path = exported(project)
    segment(path, READ, "The committee read the report.", "final")
    assert_error(toolkit(project, "export", "-o", "out.xlf"), 1, "out.xlf", "--force")
    assert "committee read the report" in path.read_text()
    assert toolkit(project, "export", "-o", "out.xlf", "--force").returncode == 0
    assert toolkit(project, "export", "-o", "out.xlf").returncode == 0, "the same bytes are no loss"
    assert_error(toolkit(project, "export", "-o", "locales/en/x.xlf"), 7, "x.xlf")
    assert toolkit(project, "export", "-o", "folder", "--format", "po").returncode == 0
    assert {found.name for found in (project / "folder").iterdir()} == {"quai.po", "phare.po"}
    assert toolkit(project, "export", "-o", "agency.xliff").returncode == 0
    assert (project / "agency.xliff").is_file()
    for name, form, said in (
        ("out.txt", "xliff", ".xlf"),
        ("out.xlf", "po", ".po"),
        ("none/out.xlf", "xliff", "no such folder"),
        ("output/out.xlf", "xliff", "publication only"),
        (f"{'x' * 300}.xlf", "xliff", "too long"),
    ):
        (project / "output").mkdir(exist_ok=True)
        code = 6 if said == "too long" else 7
        assert_error(
            toolkit(project, "export", "--force", "--format", form, "-o", name), code, name.split("/")[0], said
        )
    wrong = toolkit(project, "export", "--format", "tmx", "--open")
    assert wrong.returncode == 2
    assert "approved" in wrong.stderr


def test_wrong_files_are_refused_with_a_way_out(project: Path) -> None:
    assert_error(toolkit(project, "import", "none.xlf"), 13, "none.xlf")
    (project / "x.docx").write_bytes(b"PK")
    assert_error(toolkit(project, "import", "x.docx"), 13, "x.docx", "XLIFF")
    (project / "cut.po").write_bytes(po(project, "quai").read_bytes()[:900])
    assert_error(toolkit(project, "import", "cut.po"), 13, "cut.po")
    (project / "x.tmx").write_text("<tmx><body/></tmx>")
    assert_error(toolkit(project, "import", "x.tmx"), 13, "x.tmx")
    path = exported(project)
    path.write_text(path.read_text().replace("quai", "quay"))
    assert_error(toolkit(project, "import", "out.xlf"), 13, "out.xlf", "quay.html", "source/")
    po(project, "phare").unlink()
    done = toolkit(project, "import", str(exported(project, "two.xlf")))
    assert done.returncode == 0
