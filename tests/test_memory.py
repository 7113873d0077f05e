"""The translation memory: what is taken over as approved, what is offered and why, what is left alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import placeholders
from toolkit.catalogue import digest, key_digest, parse, serialize, update
from toolkit.fixing import Fixer
from toolkit.glossary import Glossary
from toolkit.memory import APPROVED, AUTO, ENFORCE, SUGGEST, Recaller, Stamp, Store, Trust, approved, is_copy, trust_of
from toolkit.memory.recall import LONGEST_NAME
from toolkit.memory.substitution import substituted
from toolkit.model import Catalogue, Entry, Key, Provenance, State
from toolkit.recalling import with_similar
from toolkit.text.difference import LINE, Change, difference, per_cent, similarity, words
from toolkit.text.tables import words as table
from toolkit.translation.tags import put_back

HEADER = (("Language", "en"), ("Content-Type", "text/plain; charset=UTF-8"))


def reviewed(source: str, target: str, context: str | None = None, state: State = State.REVIEWED) -> Entry:
    return Entry(Key(context, source), target, state)


def catalogue(release: str, *entries: Entry) -> Catalogue:
    return Catalogue(release, HEADER, entries)


def remember(*catalogues: Catalogue, **imported: tuple[Trust, dict[str, str]]) -> Store:
    """A memory of these catalogues and imported files, none of which touches the disk."""
    store = Store()
    with store.changing():
        for found in catalogues:
            store.add(Stamp(found.release, APPROVED, 0, 0, ""), approved(found, digest))
        for name, (trust, units) in imported.items():
            pairs = ((Key(None, source), target) for source, target in units.items())
            store.add(Stamp(f"memory/{trust}/{name}.tmx", trust, 0, 0, ""), pairs)
    return store


def recall(new: Catalogue, memory: Store, least: int = 70) -> tuple[Entry, ...]:
    recaller = Recaller(memory, digest, key_digest, least, Fixer(Glossary()).find, put_back)
    return recaller.recall(new).catalogue.entries


def asked(source: str, memory: Store, context: str | None = None, least: int = 70) -> Entry:
    [entry] = recall(catalogue("new", Entry(Key(context, source))), memory, least)
    again = parse(serialize(catalogue("new", entry)), "new.po", "new").entries[0]
    assert again == entry  # whatever is filled in survives its file
    return entry


def remarks(entry: Entry) -> str:
    assert entry.provenance is not None
    assert all(len(remark) <= LINE for remark in entry.provenance.remarks)
    return " ".join(entry.provenance.remarks)


QUAY = "Les autorités du port ont rouvert le quai aux plaisanciers."
QUAY_EN = "The port authorities have reopened the quay to pleasure craft."


# --- the very same sentence ---------------------------------------------------------------------------------------


def test_what_was_approved_in_one_release_serves_the_others() -> None:
    memory = remember(catalogue("b", reviewed(QUAY, QUAY_EN)), catalogue("a", Entry(Key(None, "Fin."))))
    filled = asked(QUAY, memory)
    assert (filled.target, filled.state, filled.previous) == (QUAY_EN, State.REVIEWED, None)
    assert filled.provenance is not None
    assert (filled.provenance.engine, filled.provenance.package) == ("memory", "b")
    assert asked("Fin.", memory).state is State.UNTRANSLATED


def test_the_same_words_in_another_kind_of_text_need_a_look() -> None:
    memory = remember(catalogue("b", reviewed(QUAY, QUAY_EN)))
    heading = asked(QUAY, memory, context="heading")
    assert (heading.target, heading.state, heading.previous) == (QUAY_EN, State.FUZZY, Key(None, QUAY))
    assert "running text" in remarks(heading)
    assert asked(QUAY, memory, context="heading", least=100).state is State.UNTRANSLATED


def test_the_same_sentence_in_other_typography_is_taken_over_where_its_english_is_not_in_doubt() -> None:
    curly, straight, flat = "L’équipe : « Merci… »", "L'équipe\u00a0: «\u00a0Merci...\u00a0»", 'L\'équipe: "Merci..."'
    memory = remember(catalogue("b", reviewed(straight, "The team's.")))
    filled = asked(curly, memory)
    assert (filled.target, filled.state, filled.previous) == ("The team's.", State.REVIEWED, None)
    assert asked("Léquipe: « Merci… »", memory, least=100).state is State.UNTRANSLATED, "an apostrophe is no typography"
    doubtful = asked(
        curly, remember(catalogue("b", reviewed(straight, "One.")), catalogue("c", reviewed(flat, "Two.")))
    )
    assert (doubtful.state, "approved differently" in remarks(doubtful)) == (State.FUZZY, True)
    assert doubtful.previous == Key(None, straight)
    spelled = remember(catalogue("b", reviewed(straight, "One.")), catalogue("c", reviewed(curly, "Two.")))
    assert (asked(curly, spelled).target, asked(curly, spelled).state) == ("Two.", State.REVIEWED), "its own letters"
    store = remember(catalogue("b", reviewed(straight, "One.")))
    assert [match.per_cent for match in store.similar(curly, 60)] == [100]


def test_the_same_words_with_other_placeholders_get_theirs() -> None:
    memory = remember(catalogue("b", reviewed(QUAY, QUAY_EN)))
    source = QUAY.replace("le quai", "<g1>le quai</g1>")
    entry = asked(source, memory)
    assert entry.state is State.FUZZY
    assert placeholders.bare(entry.target) == QUAY_EN
    assert not placeholders.difference(source, entry.target)


def test_what_was_approved_differently_needs_a_look() -> None:
    memory = remember(catalogue("b", reviewed("Fin.", "End.")), catalogue("a", reviewed("Fin.", "The end.")))
    entry = asked("Fin.", memory)
    assert (entry.target, entry.state) == ("The end.", State.FUZZY)
    assert "approved differently" in remarks(entry)


def test_memory_holds_only_what_a_person_approved() -> None:
    asleep = reviewed("Oui.", "Yes.", state=State.OBSOLETE)
    doubtful = replace(reviewed("Non.", "No.", state=State.OBSOLETE), flags=("fuzzy",))
    draft = reviewed("Peut-être.", "Perhaps.", state=State.MACHINE)
    found = approved(catalogue("a", asleep, doubtful, draft), digest)
    assert [key.source for key, _ in found] == ["Oui."]


def test_a_copy_vouches_for_nothing_and_is_questioned_when_its_original_changes() -> None:
    original = catalogue("a", reviewed("Fin.", "Ende."))
    copy = catalogue("b", asked("Fin.", remember(original)))
    assert not list(approved(copy, digest))
    assert recall(copy, remember(original, copy)) == copy.entries
    corrected = remember(catalogue("a", reviewed("Fin.", "End.")), copy)
    [entry] = recall(copy, corrected)
    assert (entry.target, entry.state) == ("Ende.", State.FUZZY)
    confirmed = catalogue("b", replace(entry, state=State.REVIEWED))
    assert recall(confirmed, corrected) == confirmed.entries  # a person has had the last word here


def test_a_copy_is_not_questioned_by_what_is_trusted_less_or_cannot_be_read() -> None:
    copy = catalogue("b", asked("Fin.", remember(catalogue("a", reviewed("Fin.", "End.")))))
    auto = (AUTO, {"Fin.": "Finis."})
    assert recall(copy, remember(copy)) == copy.entries  # its original is gone
    assert recall(copy, remember(copy, x=auto)) == copy.entries
    [entry] = recall(copy, remember(copy, x=(ENFORCE, auto[1])))
    assert (entry.target, entry.state, remarks(entry)) == (
        "End.",
        State.FUZZY,
        "memory/enforce/x.tmx has other English now",
    )
    other = remember(catalogue("a", reviewed("Fin.", "The end.")))
    known = Recaller(other, digest, key_digest, unread=frozenset({"a"}))
    assert known.recall(copy).catalogue == copy
    assert replace(known, unread=frozenset({"c"})).recall(copy).catalogue != copy
    imported = catalogue("b", asked("Fin.", remember(x=auto)))
    assert recall(imported, remember(x=(SUGGEST, {"Fin.": "End."}))) == imported.entries
    assert recall(imported, remember(catalogue("a", reviewed("Fin.", "End.")))) != imported.entries


def test_what_was_offered_and_approved_is_a_persons_own() -> None:
    memory = remember(catalogue("a", reviewed(QUAY, QUAY_EN)))
    offered = asked(QUAY.replace("plaisanciers", "pêcheurs"), memory)
    assert offered.state is State.FUZZY
    confirmed = replace(offered, state=State.REVIEWED, previous=None)
    assert not is_copy(confirmed, digest)
    assert list(approved(catalogue("new", confirmed), digest)) == [(confirmed.key, QUAY_EN)]
    assert recall(catalogue("new", confirmed), memory) == (confirmed,)


# --- trust --------------------------------------------------------------------------------------------------------


def test_trust_decides_between_origins() -> None:
    own = catalogue("a", reviewed("Fin.", "The end."))
    auto = (AUTO, {"Fin.": "Finis.", "Oui.": "Yes."})
    enforced = (ENFORCE, {"Fin.": "End."})
    assert asked("Fin.", remember(own, x=auto)).target == "The end."  # the project's own counts before what it imported
    assert asked("Oui.", remember(own, x=auto)).state is State.REVIEWED
    entry = asked("Fin.", remember(own, x=auto, y=enforced))
    assert (entry.target, entry.state) == ("End.", State.REVIEWED)
    assert asked("Fin.", remember(y=enforced), context="heading").state is State.REVIEWED


@pytest.mark.parametrize(("trust", "alike"), [(SUGGEST, 100), (Trust(4, "penalty-20", 20), 80)])
def test_what_is_not_trusted_is_only_offered(trust: Trust, alike: int) -> None:
    entry = asked("Fin.", remember(x=(trust, {"Fin.": "End."})))
    assert (entry.target, entry.state, entry.previous) == ("End.", State.FUZZY, None)
    assert entry.provenance is not None
    assert entry.provenance.signals == (("match", float(alike)),)
    assert not is_copy(entry, digest)


def test_a_penalty_may_cost_the_match() -> None:
    heavy = Trust(4, "penalty-40", 40)
    assert asked("Fin.", remember(x=(heavy, {"Fin.": "End."}))).state is State.UNTRANSLATED


def test_enforced_memory_replaces_drafts_and_never_what_a_person_approved() -> None:
    made = Provenance("argos", "m 1", "0" * 12, key_digest(Key(None, "Fin.")), digest("Finish."))
    draft = Entry(Key(None, "Fin."), "Finish.", State.MACHINE, made)
    own = reviewed("Fin.", "The end.")
    memory = remember(x=(ENFORCE, {"Fin.": "End."}))
    assert [entry.target for entry in recall(catalogue("a", draft), memory)] == ["End."]
    assert recall(catalogue("a", own), memory) == (own,)
    assert recall(catalogue("a", draft), remember(x=(SUGGEST, {"Fin.": "End."}))) == (draft,)


def test_an_untouched_draft_makes_way_for_what_a_person_approved_elsewhere() -> None:
    made = Provenance("argos", "m 1", "0" * 12, key_digest(Key(None, "Fin.")), digest("Finish."))
    draft = Entry(Key(None, "Fin."), "Finish.", State.MACHINE, made, notes=("ask Rose",))
    own, other = (catalogue(name, reviewed("Fin.", english)) for name, english in (("b", "The end."), ("c", "Over.")))
    [entry] = recall(catalogue("a", draft), remember(own))
    assert (entry.target, entry.state, entry.notes) == ("The end.", State.REVIEWED, ("ask Rose",))
    assert is_copy(entry, digest)
    assert recall(catalogue("a", draft), remember(own, other)) == (draft,), "disputed"
    assert recall(catalogue("a", draft), remember(catalogue("b", reviewed("Fin.", "x", "heading")))) == (draft,)
    assert recall(catalogue("a", draft), remember(catalogue("b", reviewed("Fin, <g1>là</g1>.", "x")))) == (draft,)
    begun = Entry(Key(None, "Fin."), "Fini", State.FUZZY)
    assert recall(catalogue("a", begun), remember(own)) == (begun,)


def test_names_of_trust() -> None:
    assert trust_of("penalty-07") == Trust(4, "penalty-07", 7)
    assert [trust_of(name) for name in ("penalty-0", "penalty-100", "approved", "", "../auto")] == [None] * 5


# --- other figures ------------------------------------------------------------------------------------------------


def test_a_sentence_with_other_figures_takes_them_along() -> None:
    memory = remember(
        catalogue("b", reviewed("Au quai 7, 1 333 caisses ont été ouvertes.", "At quay 7, 1,333 crates were opened."))
    )
    entry = asked("Au quai 9, 2 000 caisses ont été ouvertes.", memory)
    assert (entry.target, entry.state) == ("At quay 9, 2,000 crates were opened.", State.FUZZY)
    assert entry.previous == Key(None, "Au quai 7, 1 333 caisses ont été ouvertes.")
    assert remarks(entry) == "from memory with other numbers: 7 → 9, 1 333 → 2 000"


def test_dates_go_along_in_english() -> None:
    memory = remember(
        catalogue("b", reviewed("Le 3 mai 2025, 12 bateaux sont partis.", "On 3 May 2025, 12 boats left."))
    )
    assert asked("Le 4 juin 2026, 15 bateaux sont partis.", memory).target == "On 4 June 2026, 15 boats left."


@pytest.mark.parametrize(
    ("old", "new", "target"),
    [
        ("Le quai 3.", "Le quai 4.", "The third quay."),  # not where it could be replaced
        ("Les quais 3 et 3.", "Les quais 4 et 5.", "Quays 3 and 3."),  # which is which?
        ("Il y a 1 cas.", "Il y a 12 cas.", "There is 1 case."),  # the grammar changes
        ("Le quai 3.", "Le port 4.", "Quay 3."),
        ("Le quai 12.", "Le quai 4.", "Quay 12,500."),
        ("Le quai 3.", "Le quai 4 et 5.", "Quay 3."),
    ],
)
def test_figures_that_cannot_be_placed_are_not(old: str, new: str, target: str) -> None:
    assert substituted(old, new, target, lambda text: ()) is None


@given(
    st.lists(st.tuples(st.integers(2, 999), st.integers(2, 999)), min_size=1, max_size=4, unique_by=(lambda x: x[0]))
)
def test_figures_replaced_and_replaced_back_are_the_same(pairs: list[tuple[int, int]]) -> None:
    old, new = ([pair[side] for pair in pairs] for side in (0, 1))
    french, english = "le quai {} est fermé, ", "quay {} is closed, "
    before, after = ("".join(french.format(number) for number in side) for side in (old, new))
    target = "".join(english.format(number) for number in old)
    made = substituted(before, after, target, lambda text: ())
    assert made is not None
    assert made.target == "".join(english.format(number) for number in new)


# --- like sentences -----------------------------------------------------------------------------------------------


def test_a_like_sentence_is_offered_with_the_difference_in_words() -> None:
    entry = asked(QUAY.replace("rouvert", "fermé"), remember(catalogue("b", reviewed(QUAY, QUAY_EN))))
    assert (entry.target, entry.state, entry.previous) == (QUAY_EN, State.FUZZY, Key(None, QUAY))
    assert remarks(entry) == "memory match 90 %: “rouvert” → “fermé”"
    assert entry.provenance is not None
    assert (entry.provenance.package, entry.provenance.signals) == ("b", (("match", 90.0),))


GRAVE = [
    ("Les autorités n’ont pas rouvert le quai aux plaisanciers du port.", "negation"),
    ("Les autorités ont rouvert le quai aux trois plaisanciers du port.", "number"),
    ("Les autorités ont rouvert le quai aux plaisanciers du port de Lyon.", "name"),
    ("Les autorités ont rouvert le quai 12 aux plaisanciers du port.", "number"),
]


@pytest.mark.parametrize(("source", "kind"), GRAVE)
def test_another_negation_number_or_name_is_never_filled_in(source: str, kind: str) -> None:
    known = "Les autorités ont rouvert le quai aux plaisanciers du port."
    for one, other in ((known, source), (source, known)):
        memory = remember(catalogue("b", reviewed(one, "Whatever it says.")))
        new = catalogue("new", Entry(Key(None, other)))
        found = Recaller(memory, digest, key_digest, 70).recall(new)
        assert found.catalogue == new
        assert found.similar == {Key(None, other): (f"similar in b, another {kind}",)}


def test_a_like_sentence_that_says_the_same_is_preferred_to_a_liker_one_that_denies_it() -> None:
    new = "Le comité a adopté le rapport annuel de la commission hier."
    memory = remember(
        catalogue("a", reviewed(new.replace("a adopté", "n’a adopté"), "The committee has not …")),
        catalogue("b", reviewed(new.replace("annuel", "final").replace("hier", "alors"), "The committee has …")),
    )
    assert asked(new, memory).target == "The committee has …"


def test_what_rules_translate_is_left_to_them() -> None:
    memory = remember(catalogue("b", reviewed("Contact : le bureau du port", "Contact: the port office")))
    new = catalogue("new", Entry(Key(None, "Contact : le bureau du quai")))
    by_rule = Recaller(memory, digest, key_digest, 60, by_rule=lambda key: True)
    assert by_rule.recall(new).catalogue == new
    assert replace(by_rule, by_rule=lambda key: False).recall(new).offered == 1


# --- laws ---------------------------------------------------------------------------------------------------------

WORD = st.sampled_from(sorted(table("le la port quai de Lyon ne pas trois 12 bateau est fermé l’eau Sète hier")))
SENTENCE = st.lists(WORD, min_size=1, max_size=12).map(lambda found: " ".join(found).capitalize() + ".")


@given(SENTENCE, SENTENCE)
def test_difference_says_what_changed(old: str, new: str) -> None:
    found, back = difference(old, new), difference(new, old)
    assert (found.negation, found.number, found.name) == (back.negation, back.number, back.name)
    assert bool(found.changes) == (words(old) != words(new))
    assert found.grave == bool(found.kinds)
    assert all(len(line) <= LINE for line in found.lines("memory match 99 %: "))
    changed = {word for change in found.changes for side in (change.old, change.new) for word in words(side)}
    assert set(words(old)) ^ set(words(new)) <= changed


@given(SENTENCE, SENTENCE)
def test_alike_is_symmetrical_and_hundred_for_the_same_only(old: str, new: str) -> None:
    assert similarity(words(old), words(new)) == similarity(words(new), words(old))
    assert (per_cent(old, new) == 100) == (old == new)


@given(st.lists(SENTENCE, max_size=8, unique=True), SENTENCE, st.integers(60, 99))
def test_searching_finds_what_comparing_each_finds(known: list[str], new: str, least: int) -> None:
    """On a small memory the index loses nothing: the best match is that of comparing with every sentence."""
    store = remember(catalogue("a", *(reviewed(source, "x") for source in known)))
    best = max((per_cent(source, new) for source in known), default=0)
    found = store.similar(new, least)
    assert (found[0].per_cent if found else 0) == (best if best >= least else 0)
    store.close()


@given(st.lists(st.tuples(SENTENCE, SENTENCE), max_size=6), st.lists(SENTENCE, max_size=6, unique=True))
def test_recall_touches_only_what_has_no_english(known: list[tuple[str, str]], new: list[str]) -> None:
    memory = remember(catalogue("a", *(reviewed(*pair) for pair in dict(known).items())))
    states = (State.UNTRANSLATED, State.FUZZY, State.REVIEWED, State.MACHINE)
    entries = tuple(
        Entry(Key(None, source), "" if state is State.UNTRANSLATED else "Mine.", state)
        for source, state in zip(new, states * 2, strict=False)
    )
    found = recall(catalogue("b", *entries), memory)
    for before, after in zip(entries, found, strict=True):
        assert before == after or before.state in (State.UNTRANSLATED, State.MACHINE)
        assert before == after or before.state is State.UNTRANSLATED or after.state is State.REVIEWED
        assert after.state in (before.state, State.REVIEWED, State.FUZZY)
        if after.state is State.REVIEWED and before != after:
            assert after.target == dict(known)[after.key.source]
    again = recall(catalogue("b", *found), memory)
    assert again == found
    memory.close()


def test_shown_changes_are_short() -> None:
    change = Change("un très long passage que personne ne lirait en entier", "un autre passage, aussi long que lui")
    assert len(str(change)) <= LINE
    assert LONGEST_NAME < LINE


@pytest.mark.parametrize("forget", [Store.drop, lambda store, name: store.add(Stamp(name, APPROVED, 0, 0, ""), ())])
def test_what_is_forgotten_is_found_no_more(forget: Callable[[Store, str], object]) -> None:
    store = remember(catalogue("a", reviewed(QUAY, QUAY_EN)), catalogue("b", reviewed(QUAY, "Other.")))
    with store.changing():
        forget(store, "a")
    assert [match.unit.target for match in store.similar(QUAY, 90)] == ["Other."]
    assert [unit.target for unit in store.same(QUAY)] == ["Other."]


def test_a_changed_source_says_in_which_words_and_how_urgent_that_is() -> None:
    old = catalogue("a", reviewed(QUAY, QUAY_EN))
    for change, remark, priority in (
        (("rouvert", "fermé"), "the French has changed: “rouvert” → “fermé”", None),
        (("ont rouvert", "n’ont pas rouvert"), "the French has changed: “ont” → “n’ont pas”", 95),
    ):
        new = catalogue("a", Entry(Key(None, QUAY.replace(*change))))
        merged = update(old, new)
        [entry] = merged.entries
        assert (entry.target, entry.state) == (QUAY_EN, State.FUZZY)
        assert entry.provenance is not None
        assert (remarks(entry), entry.provenance.priority) == (remark, priority)
        assert parse(serialize(merged), "a.po", "a") == merged
        assert update(merged, new) == merged


def test_a_draft_says_that_memory_knows_a_like_sentence() -> None:
    key = Key(None, QUAY)
    draft = Entry(key, "Draft.", State.MACHINE, Provenance("argos", "m 1", "0" * 12, key_digest(key), digest("Draft.")))
    noted = with_similar(catalogue("a", draft), {key: ("similar in b, another number",)})
    assert remarks(noted.entries[0]) == "similar in b, another number"
    assert with_similar(noted, {key: ("similar in b, another number",)}) == noted
