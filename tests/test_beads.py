"""Sentences merged and parted: the marks, what memory, update and the checks make of them, and the laws."""

from __future__ import annotations

import time
from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests import checks_sample
from toolkit import beading
from toolkit.beads import BOUNDARY, Mark, joined, mark_of, parts, without_mark
from toolkit.catalogue import digest, for_language, key_digest, parse, serialize, template, update
from toolkit.checks import BY_CODE, Knowledge, Text, run
from toolkit.editions.align import align
from toolkit.jobs.calibrate import history
from toolkit.jobs.evaluate import _united
from toolkit.jobs.memory import _records
from toolkit.jobs.references import Unit
from toolkit.memory import Recaller, Store, approved
from toolkit.memory.model import APPROVED
from toolkit.memory.store import Stamp
from toolkit.mending import problem
from toolkit.model import (
    Block,
    BlockKind,
    Catalogue,
    Entry,
    Key,
    Metadata,
    Provenance,
    Release,
    Segment,
    State,
)
from toolkit.placeholders import difference, tags
from toolkit.skeleton import Skeleton

# -- the marks ----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("target", "mark"),
    [
        ("←", Mark.PREVIOUS),
        (" <- ", Mark.PREVIOUS),
        ("→", Mark.NEXT),
        ("->", Mark.NEXT),
        ("←<x1/>", Mark.PREVIOUS),
        ("<g1>→</g1>", Mark.NEXT),
        ("", None),
        ("<--", None),
        ("← see above", None),
        ("A → B", None),
    ],
)
def test_a_mark_stands_alone(target: str, mark: Mark | None) -> None:
    assert mark_of(target) is mark


@pytest.mark.parametrize(
    ("source", "target", "found"),
    [
        ("Un.", "One. ‖ Two.", ("One.", "Two.")),
        ("Un.", "One.‖Two.", ("One.", "Two.")),
        ("Un.", "One. || Two.", ("One.", "Two.")),
        ("Un.", "a||b", ("a||b",)),
        ("Un.", "‖ One.", ("‖ One.",)),
        ("Un.", "One. ‖", ("One. ‖",)),
        ("x || y", "x || y", ("x || y",)),
        ("Un.", "One. ‖ Two. ‖ Three.", ("One.", "Two.", "Three.")),
        ("Un<x1/>.", "One.<x1/> ‖ Two.", ("One.<x1/>", "Two.")),
    ],
)
def test_boundaries_part_a_target(source: str, target: str, found: tuple[str, ...]) -> None:
    assert parts(source, target) == found
    assert joined(source, target) == (target if len(found) == 1 else " ".join(found))


def test_a_mark_keeps_the_placeholders_and_none_is_missed() -> None:
    source = "Le <g1>port</g1><x2/> dit <ph3>*412#</ph3>."
    assert without_mark(source) == "<g1></g1><x2/><ph3>*412#</ph3>"
    assert difference(source, without_mark(source)) == ""
    assert problem(source, "←") == ""
    assert problem(source, "The port.") != ""


@given(st.text(alphabet="ab .‖|<>/gx12", max_size=30), st.text(alphabet="ab .‖|<>/gx12", max_size=40))
def test_nothing_of_a_target_is_lost_by_parting_it(source: str, target: str) -> None:
    assert _without_bars(joined(source, target)) == _without_bars(target)
    assert tags(joined(source, target)) == tags(target)


def _without_bars(text: str) -> str:
    return "".join(character for character in text if character not in "‖| ")


# -- a catalogue of its own ---------------------------------------------------------------------------------------

Paragraph = Sequence[str]


def release_of(*paragraphs: Paragraph, kind: BlockKind = BlockKind.PARAGRAPH) -> Release:
    """A release of these paragraphs of sentences."""
    blocks = tuple(
        Block(
            f"p{number}",
            kind,
            " ".join(sentences),
            segments=tuple(Segment(f"p{number}s{at}", text) for at, text in enumerate(sentences, 1)),
        )
        for number, sentences in enumerate(paragraphs, 1)
    )
    return Release("r", "source/r.txt", "fr", "", Metadata(), blocks, Skeleton("text", "utf-8", ()))


def empty(*paragraphs: Paragraph) -> Catalogue:
    release = release_of(*paragraphs)
    return for_language(template(release), release, "en")


def filled(found: Catalogue, english: dict[str, str], state: State = State.REVIEWED) -> Catalogue:
    entries = tuple(
        replace(entry, target=english[entry.key.source], state=state) if entry.key.source in english else entry
        for entry in found.entries
    )
    return replace(found, entries=entries)


def states(found: Catalogue) -> dict[str, tuple[str, State]]:
    return {entry.key.source: (entry.target, entry.state) for entry in found.entries}


A, B, C, D = "Le port est fermé.", "Le quai l’est aussi.", "Une grue est tombée.", "Il pleut sur la rade."
BOTH, CRANE = "The port and the quay are closed.", "A crane has fallen."
MERGED = {A: BOTH, B: "←", C: CRANE}


def merged_catalogue() -> Catalogue:
    return filled(empty([A, B, C]), MERGED)


def test_a_catalogue_alone_knows_its_beads() -> None:
    found = merged_catalogue()
    beads = beading.beads_in(found)
    assert set(beads) == {Key(None, A), Key(None, B)}
    bead = beads[Key(None, B)]
    assert (bead.lead.key.source, bead.source, bead.target) == (A, f"{A} {B}", BOTH)
    assert bead.state is State.REVIEWED
    # A PO file that went through an editor still knows.
    assert beading.beads_in(parse(serialize(found), "r.po", "r")).keys() == beads.keys()


def test_a_chain_of_marks_leads_to_one_sentence_and_a_paragraph_ends_it() -> None:
    found = filled(empty([A, B, C], [D]), {A: "All of it.", B: "←", C: "<-", D: "←"})
    assert [entry.key.source for entry in beading.beads_in(found)[Key(None, C)].entries] == [A, B, C]
    assert Key(None, D) not in beading.beads_in(found)
    both_ways = filled(empty([A, B, C]), {A: "->", B: "All of it.", C: "←"})
    assert len(beading.beads_in(both_ways)[Key(None, B)].entries) == 3


def test_a_paragraph_of_nothing_but_marks_costs_no_more_than_its_length() -> None:
    """Each mark looked for its lead anew once: 4,000 of them took seconds, at every publication."""
    for mark in ("←", "→"):
        texts = [f"Phrase {number}." for number in range(3000)]
        release, catalogue = release_of(texts), filled(empty(texts), dict.fromkeys(texts, mark))
        start = time.process_time()
        edition = align(release, catalogue)
        assert time.process_time() - start < 1
        assert all(pair.problem and pair.target is None for pair in edition.pairs)


def test_the_placeholders_of_a_bead_are_counted_through() -> None:
    one, other = "Le <g1>port</g1>.", "Le <g1>quai</g1><x2/>."
    bead = beading.beads_in(filled(empty([one, other]), {one: "The <g1>port</g1> and quay.", other: "←"}))[
        Key(None, other)
    ]
    assert bead.source == "Le <g1>port</g1>. Le <g2>quai</g2><x3/>."
    assert bead.target == "The <g1>port</g1> and quay. <g2></g2><x3/>"
    assert difference(bead.source, bead.target) == ""


# -- update -------------------------------------------------------------------------------------------------------


def updated(old: Catalogue, *paragraphs: Paragraph) -> Catalogue:
    new = update(old, empty(*paragraphs))
    assert update(new, empty(*paragraphs)) == new
    assert parse(serialize(new), "r.po", "r") == replace(new, header=parse(serialize(new), "r.po", "r").header)
    return new


def test_a_merger_survives_what_does_not_touch_it() -> None:
    found = states(updated(merged_catalogue(), [D], [A, B, "Une grue est à terre."]))
    assert (found[A], found[B]) == ((BOTH, State.REVIEWED), ("←", State.REVIEWED))


def test_a_mark_is_offered_to_its_own_changed_sentence() -> None:
    changed = "Le quai l’est également."
    found = states(updated(merged_catalogue(), [A, changed, C]))
    assert found[changed] == ("←", State.FUZZY)
    assert found[A] == (BOTH, State.REVIEWED)  # the edition takes the least of both
    assert B not in found


def test_a_mark_is_offered_to_no_sentence_elsewhere() -> None:
    elsewhere = "Le quai l’est aussi !"
    found = states(updated(merged_catalogue(), [A, C], [elsewhere]))
    assert found[elsewhere] == ("", State.UNTRANSLATED)
    assert found[B] == ("←", State.OBSOLETE)


def test_english_whose_neighbour_is_gone_needs_work() -> None:
    new = updated(merged_catalogue(), [A, C])
    assert states(new)[A] == (BOTH, State.FUZZY)
    lead = next(entry for entry in new.live if entry.key.source == A)
    assert lead.previous == Key(None, f"{A} {B}")
    # All of it back: approved again, and nothing left over.
    again = updated(new, [A, B, C])
    assert states(again) == states(merged_catalogue())


def test_a_sentence_between_the_two_breaks_them() -> None:
    new = updated(merged_catalogue(), [A, D, B, C])
    found = states(new)
    assert (found[A], found[B], found[D]) == ((BOTH, State.FUZZY), ("←", State.FUZZY), ("", State.UNTRANSLATED))
    assert states(updated(new, [A, B, C]))[A] == (BOTH, State.REVIEWED)


def test_a_paragraph_break_between_the_two_breaks_them() -> None:
    found = states(updated(merged_catalogue(), [A], [B, C]))
    assert (found[A], found[B]) == ((BOTH, State.FUZZY), ("←", State.FUZZY))


def test_a_mark_does_not_join_a_stranger_when_its_lead_is_gone() -> None:
    old = filled(empty([C, A, B]), MERGED)
    new = updated(old, [C, B])
    assert states(new)[B] == ("←", State.FUZZY)
    assert states(new)[f"{A} {B}"] == (BOTH, State.OBSOLETE)  # under all the French that it says
    assert states(updated(new, [C, A, B]))[A] == (BOTH, State.REVIEWED)


def test_a_lead_that_changed_keeps_its_mark() -> None:
    changed = "Le grand port est fermé."
    found = states(updated(merged_catalogue(), [changed, B, C]))
    assert (found[changed], found[B]) == ((BOTH, State.FUZZY), ("←", State.REVIEWED))


def test_a_whole_paragraph_that_went_comes_back_approved() -> None:
    away = updated(merged_catalogue(), [D])
    assert {state for _, state in states(away).values()} == {State.OBSOLETE, State.UNTRANSLATED}
    # Its English does not answer for its first sentence alone.
    assert states(updated(away, [A]))[A][1] is not State.REVIEWED
    assert states(updated(away, [A, B, C]))[A] == (BOTH, State.REVIEWED)


_POOL = [A, B, C, D, "Le quai l’est encore.", "Le <g1>port</g1> rouvre<x2/>."]
_TEXTS = st.lists(st.lists(st.sampled_from(_POOL), min_size=1, max_size=4), min_size=1, max_size=3)
_TARGETS = ["←", "→", "<-", "One sentence.", "Two. ‖ Three.", ""]
_ENGLISH = st.fixed_dictionaries({source: st.sampled_from(_TARGETS) for source in _POOL})
_STATES = st.fixed_dictionaries(
    {source: st.sampled_from([State.REVIEWED, State.REVIEWED, State.FUZZY]) for source in _POOL}
)


def any_catalogue(paragraphs: list[list[str]], english: dict[str, str], given_states: dict[str, State]) -> Catalogue:
    found = empty(*paragraphs)
    entries = (
        replace(entry, target=english[source], state=given_states[source] if english[source] else State.UNTRANSLATED)
        for entry in found.entries
        for source in [entry.key.source]
    )
    return replace(found, entries=tuple(entries))


def approved_beads(found: Catalogue) -> set[tuple[str, str]]:
    """(French, English) of what is approved as several sentences."""
    beads = dict.fromkeys(beading.beads_in(found).values())
    return {(bead.source, bead.lead.target) for bead in beads if bead.state is State.REVIEWED}


@settings(max_examples=150)
@given(_TEXTS, _ENGLISH, _STATES, _TEXTS, _TEXTS)
def test_update_with_marks_is_idempotent_loses_nothing_and_approves_nothing_new(
    first: list[list[str]],
    english: dict[str, str],
    given_states: dict[str, State],
    second: list[list[str]],
    third: list[list[str]],
) -> None:
    old = any_catalogue(first, english, given_states)
    new = update(old, empty(*second))
    assert update(new, empty(*second)) == new
    words = [entry.target for entry in old.entries if entry.state is State.REVIEWED]
    kept = " ".join(f"{entry.target} {' '.join(entry.notes)}" for entry in new.entries)
    assert all(target in kept for target in words)
    assert approved_beads(new) <= approved_beads(old)
    assert approved_beads(update(new, empty(*third))) <= approved_beads(old)


# -- memory -------------------------------------------------------------------------------------------------------


def test_memory_remembers_no_mark_and_no_english_of_two_sentences() -> None:
    found = filled(empty([A, B, C], [D]), {**MERGED, D: "It rains. ‖ On the roads."})
    assert dict(approved(found, digest)) == {
        Key(None, C): CRANE,
        Key(None, D): "It rains. On the roads.",
    }
    gone = update(found, empty([D]))
    assert Key(None, A) not in dict(approved(gone, digest))
    assert "←" not in dict(approved(gone, digest)).values()


def recalled(todo: Catalogue, units: list[tuple[Key, str]]) -> Catalogue:
    store = Store()
    with store.changing():
        store.add(Stamp("other", APPROVED, 1, 1, "0"), units)
    made = Recaller(store, digest=digest, key_digest=key_digest).recall(todo).catalogue
    store.close()
    return made


def test_memory_fills_a_lead_only_for_a_person_to_complete() -> None:
    todo = filled(empty([A, B]), {B: "←"})
    found = states(recalled(todo, [(Key(None, A), "The port is closed.")]))
    assert found[A] == ("The port is closed.", State.FUZZY)
    assert found[B] == ("←", State.REVIEWED)
    alone = states(recalled(empty([A, B]), [(Key(None, A), "The port is closed.")]))
    assert alone[A] == ("The port is closed.", State.REVIEWED)


# -- checks -------------------------------------------------------------------------------------------------------


def checked(*paragraphs: Paragraph, english: dict[str, str], kind: BlockKind = BlockKind.PARAGRAPH) -> list[str]:
    """Codes and messages of what the checks say, by the order of the catalogue."""
    release = release_of(*paragraphs, kind=kind)
    catalogue = filled(for_language(template(release), release, "en"), english)
    text = Text("r", "locales/en/r.po", "source/r.txt", release, catalogue)
    know = replace(checks_sample.KNOW, digest=digest)
    return [f"{finding.code} {finding.message}" for finding in run([text], know).findings]


def test_the_checks_look_at_the_whole_bead() -> None:
    first, second = "Il a lu 41 avis.", "Il n’en a retenu que 12, dit www.amarre.example."
    both = "He read 41 notices and kept only 12 of them, says www.amarre.example."
    assert checked([first, second], english={first: both, second: "←"}) == []
    assert checked([first, second], english={first: "→", second: both}) == []
    wrong = checked([first, second], english={first: both.replace("12", "13"), second: "←"})
    assert [line[:4] for line in wrong] == ["N101", "N102"]
    # Parted, a number is not found missing either.
    assert checked([second], english={second: "He kept only 12. ‖ So says www.amarre.example."}) == []


def test_a_quotation_may_run_on_through_a_merger() -> None:
    first, second = "« Nous veillons.", "Toujours », dit M. Petit."
    assert checked([first, second], english={first: "“We always keep watch,” said Mr Petit.", second: "←"}) == []


@pytest.mark.parametrize(
    ("paragraphs", "english", "said"),
    [
        ([[A]], {A: "←"}, "“←”, but there is no sentence before it in this paragraph"),
        ([[A], [B]], {A: "The port is closed.", B: "←"}, "no sentence before it"),
        ([[A, B]], {B: "←"}, "the sentence before it has no English"),
        ([[A, B]], {A: "→", B: "←"}, "is only a mark, too"),
    ],
)
def test_a_mark_that_no_sentence_answers_is_an_error(
    paragraphs: list[list[str]], english: dict[str, str], said: str
) -> None:
    found = checked(*paragraphs, english=english)
    assert found and all(line.startswith("B101") for line in found)
    assert said in found[0]


def test_a_mark_in_a_heading_of_one_sentence_is_an_error() -> None:
    assert [line[:4] for line in checked([A], english={A: "←"}, kind=BlockKind.HEADING)] == ["B101"]


def test_a_sentence_that_stands_twice_is_merged_at_both_places_or_at_none() -> None:
    english = {A: BOTH, B: "←", C: CRANE}
    assert checked([A, B], [A, B], english=english) == []
    assert [line[:4] for line in checked([A, B], [A, C], english=english)] == ["B102"]
    assert [line[:4] for line in checked([A, B], [C, B], english=english)] == ["B102"]


def test_english_made_for_one_sentence_is_not_the_english_of_two() -> None:
    release = release_of([A, B])
    catalogue = filled(for_language(template(release), release, "en"), {A: "The port is closed.", B: "←"})
    made = Provenance("argos", "p 1", "0", key_digest(Key(None, A)), digest("The port is closed."))
    draft = replace(catalogue.entries[0], state=State.MACHINE, provenance=made)
    text = Text("r", "r.po", "s", release, replace(catalogue, entries=(draft, catalogue.entries[1])))
    assert "B107" in {one.code for one in run([text], Knowledge(digest=digest)).findings}


@pytest.mark.parametrize(
    "target",
    [
        "↑",
        "<--",
        "⟵",
        "idem",
        "see above",
        "(see previous sentence)",
        "← see above",
        "(←)",
        "⬅",
        "The port. ∥ Closed.",
        "It is closed. ←",
        "Closed <-",
        "‖",
        " ‖ ‖",
    ],
)
def test_what_only_looks_like_a_mark_is_found(target: str) -> None:
    french = "Le port est fermé jusqu’à lundi."
    assert "B106" in checks_sample.codes(french, target)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Idem.", "Ditto."),
        ("→ Inscription en ligne", "→ Online registration"),
        ("Suite en page 2 →", "Continued on page 2 →"),
        ("De Nantes → à Lyon, 3 h de train.", "From Nantes → to Lyon, 3 hours by train."),
        ("a || b", "a || b"),
        ("Le taux est < 3 %.", "The rate is < 3%."),
    ],
)
def test_arrows_and_bars_of_the_french_are_left_alone(french: str, english: str) -> None:
    assert not {code for code in checks_sample.codes(french, english) if code[0] == "B"}


def test_errors_of_beads_count_as_errors_once_all_of_it_is_approved() -> None:
    first, second = "Il a lu 41 avis.", "Il en a retenu 12."
    release = release_of([first, second])
    catalogue = filled(for_language(template(release), release, "en"), {first: "He read 41 notices.", second: "←"})
    text = Text("r", "r.po", "s", release, catalogue)
    begun = replace(text, catalogue=replace(catalogue, entries=(catalogue.entries[0], _begun(catalogue.entries[1]))))
    found = [[finding.severity.value for finding in run([one], checks_sample.KNOW).findings] for one in (text, begun)]
    assert found == [["error"], ["warning"]]


def _begun(entry: Entry) -> Entry:
    return replace(entry, state=State.FUZZY)


def test_every_check_of_beads_says_what_to_do() -> None:
    assert all(check.about.why for code, check in BY_CODE.items() if code[0] == "B")
    assert BOUNDARY in BY_CODE["B104"].about.why


# -- what reads catalogues beside them ------------------------------------------------------------------------------


def test_merged_sentences_are_exported_as_one_unit() -> None:
    found = filled(empty([A, B, C], [D]), {**MERGED, D: "It rains. ‖ On the roads."})
    records = {(record.key.source, record.target) for record in _records([found])}
    assert records == {(f"{A} {B}", BOTH), (C, CRANE), (D, "It rains. On the roads.")}


def test_what_is_not_approved_as_a_whole_is_not_exported() -> None:
    found = merged_catalogue()
    begun = replace(found, entries=tuple(_begun(one) if one.target == "←" else one for one in found.entries))
    assert [record.key.source for record in _records([begun])] == [C]


def test_merging_and_parting_do_not_count_as_corrections_of_a_draft() -> None:
    def draft(french: str, written: str, now: str) -> Entry:
        made = Provenance("argos", "p 1", "0", key_digest(Key(None, french)), digest(written), score=-0.5)
        place = next(entry for entry in empty([A, B, C, D]).entries if entry.key.source == french)
        return replace(place, target=now, state=State.REVIEWED, provenance=made)

    entries = (
        draft(A, "The port is closed.", BOTH),
        draft(B, "So is the quay.", "←"),
        draft(C, "It fell. A crane did.", "It fell. ‖ A crane did."),
        draft(D, "It is rain.", "It rains on the roads."),
    )
    assert [example.changed for _, example in sorted(history("r", entries), key=lambda one: one[1].changed)] == [
        False,
        True,
    ]


def test_references_are_compared_with_merged_sentences_as_a_whole() -> None:
    units = [Unit((0,), "One."), Unit((1,), "Two."), Unit((2, 3), "Three and four."), Unit((4,), "Five.")]
    assert _united(units, [0, 0, 2, 3, 4]) == (Unit((0, 1), "One. Two."), *units[2:])
    assert _united(units, [0, 1, 2, 4, 4]) == (*units[:2], Unit((2, 3, 4), "Three and four. Five."))
    assert _united(units, [0, 1, 2, 3, 4]) == tuple(units)
    assert _united(units[1:], [0, 0, 2, 3, 4]) == tuple(units[1:])  # the references lack the first
