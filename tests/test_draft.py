"""The drafting stage: laws with an engine whose English is the French in ROT13, and the real engine for real."""

from __future__ import annotations

import codecs
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit import placeholders
from toolkit.catalogue import digest, key_digest, parse, serialize
from toolkit.errors import ModelError
from toolkit.model import Catalogue, Entry, Key, State
from toolkit.translation.argos import ArgosEngine
from toolkit.translation.draft import Drafter
from toolkit.translation.engine import Answer, Engine, Signature
from toolkit.translation.memory import recall, remember
from toolkit.translation.packages import embedded_packages

SIGNATURE = Signature("cipher", "rot13-fr_en 1.0", "c0ffee000000")


class Cipher:
    """An engine that answers in ROT13 and writes down what it was asked."""

    def __init__(self, astray: str = "") -> None:
        self.asked: list[str] = []
        self.careful: list[str] = []
        self.attended: list[str] = []
        self.astray = astray

    @property
    def signature(self) -> Signature:
        return SIGNATURE

    def translate(
        self, windows: Iterable[Sequence[str]], *, careful: bool = False, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        for window in windows:
            (self.careful if careful else self.asked).extend(window)
            self.attended.extend(sentence for sentence in window if sentence in attended)
            yield tuple(Answer(self.say(sentence), -0.5) for sentence in window)

    def say(self, sentence: str) -> str:
        return (
            "of crime of crime of crime of crime of crime"
            if sentence == self.astray
            else codecs.encode(sentence, "rot13")
        )


def drafter(engine: Engine, window: int = 512) -> Drafter:
    return Drafter(SIGNATURE, lambda: engine, digest, key_digest, window)


def catalogue(name: str, *entries: Entry) -> Catalogue:
    return Catalogue(name, (("Language", "en"),), entries)


def last_of(drafted: Iterable[Catalogue]) -> dict[str, Catalogue]:
    return {item.release: item for item in drafted}


SENTENCES = [f"La réunion numéro {n} des capitaines de port a été reportée au lendemain." for n in range(12)]

states = st.sampled_from([State.UNTRANSLATED, State.REVIEWED, State.FUZZY, State.OBSOLETE])
projects = st.lists(st.dictionaries(st.sampled_from(SENTENCES), states, max_size=8), min_size=1, max_size=4).map(
    lambda releases: [
        catalogue(
            f"r{number}",
            *(
                Entry(Key(None, source), "" if state is State.UNTRANSLATED else "By a person", state)
                for source, state in entries.items()
            ),
        )
        for number, entries in enumerate(releases)
    ]
)


@given(projects, st.integers(1, 5))
def test_only_what_has_no_target_is_touched_and_each_sentence_is_asked_once(
    releases: list[Catalogue], window: int
) -> None:
    engine = Cipher()
    result = last_of(drafter(engine, window).draft(releases))
    assert len(engine.asked) == len(set(engine.asked))
    for before in releases:
        after = result.get(before.release, before)
        for old, new in zip(before.entries, after.entries, strict=True):
            if old.state is State.UNTRANSLATED:
                assert new.state is State.MACHINE
                assert new.target
                assert new.provenance is not None
                assert new.provenance.target_hash == digest(new.target)
                assert new.provenance.source_hash == key_digest(new.key)
            else:
                assert new == old
    again = Cipher()
    assert not list(drafter(again).draft([result.get(one.release, one) for one in releases]))
    assert not again.asked


@given(projects, st.integers(1, 5))
def test_windows_change_nothing_in_the_result(releases: list[Catalogue], window: int) -> None:
    whole = last_of(drafter(Cipher()).draft(releases))
    assert last_of(drafter(Cipher(), window).draft(releases)) == whole


class Ahead(Cipher):
    """Reads one window ahead before it answers, as the real engine does."""

    def translate(
        self, windows: Iterable[Sequence[str]], *, careful: bool = False, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        waiting: list[Sequence[str]] = []
        for window in windows:
            waiting.append(window)
            if len(waiting) > 1:
                yield from super().translate([waiting.pop(0)], careful=careful)
        yield from super().translate(waiting, careful=careful)


def test_what_a_window_completed_is_handed_back_before_the_next_one_is_answered() -> None:
    """A killed run loses at most the windows in flight: the one being answered and the one read ahead."""
    release = catalogue("r", *(Entry(Key(None, sentence)) for sentence in SENTENCES))
    engine = Ahead()
    done = [
        (sum(entry.state is State.MACHINE for entry in step.entries), len(engine.asked))
        for step in drafter(engine, window=3).draft([release])
    ]
    assert done == [(3, 3), (6, 6), (9, 9), (12, 12)]


def test_progress_counts_sentences() -> None:
    seen = []
    release = catalogue("r", *(Entry(Key(None, sentence)) for sentence in SENTENCES))
    list(drafter(Cipher(), window=5).draft([release], lambda progress: seen.append((progress.done, progress.total))))
    assert seen == [(0, 12), (5, 12), (10, 12), (12, 12)]


def test_an_answer_gone_astray_is_asked_again_carefully_then_left_out_and_not_tried_again() -> None:
    engine = Cipher(astray=SENTENCES[0])
    release = catalogue("r", Entry(Key(None, SENTENCES[0])), Entry(Key(None, SENTENCES[1])))
    [drafted] = drafter(engine).draft([release])
    assert engine.careful == [SENTENCES[0]]
    lost, good = drafted.entries
    assert (lost.state, lost.target) == (State.UNTRANSLATED, "")
    assert lost.provenance is not None
    assert lost.provenance.remarks[0].startswith("no draft: ")
    assert good.state is State.MACHINE
    again = Cipher()
    assert not list(drafter(again).draft([drafted]))
    other = replace(drafter(again), signature=replace(SIGNATURE, checksum="another00000"))
    assert list(other.draft([drafted]))  # a better model may try


def test_rules_need_no_engine() -> None:
    def no_engine() -> Engine:
        raise AssertionError("the engine was opened")

    release = catalogue("r", Entry(Key("dateline", "11 janvier 2026")), Entry(Key("credit", "Source : amarre.example")))
    [drafted] = Drafter(SIGNATURE, no_engine, digest, key_digest).draft([release])
    assert [entry.target for entry in drafted.entries] == ["11 January 2026", "Source: amarre.example"]
    assert all(entry.provenance and entry.provenance.engine == "rule" for entry in drafted.entries)


def test_marked_up_sentences_are_asked_bare_and_only_once() -> None:
    """The same words get the same draft with markup and without; only marked ones are asked with attention."""
    plain, other = SENTENCES[0], SENTENCES[1]
    marked = plain.replace("capitaines de port", "<g1>capitaines de port</g1>")
    engine = Cipher()
    [drafted] = drafter(engine).draft([catalogue("r", *(Entry(Key(None, text)) for text in (plain, other, marked)))])
    assert (engine.asked, engine.attended) == ([plain, other], [plain])
    first, _, last = (entry.target for entry in drafted.entries)
    assert (placeholders.bare(last), placeholders.difference(marked, last)) == (first, "")
    assert last != first


def test_remarks_are_about_words_not_tags() -> None:
    source = "Le port a reçu <g1>12</g1> navires<x2/> en 2026."
    [drafted] = drafter(Cipher()).draft([catalogue("r", Entry(Key(None, source)))])
    [entry] = drafted.entries
    assert entry.provenance is not None
    assert all(remark.startswith("placeholders ") for remark in entry.provenance.remarks)
    assert entry.provenance.target_hash == digest(entry.target)


def test_what_only_looks_like_a_placeholder_is_escaped() -> None:
    engine = Cipher()
    source = "Le signe <\\g1> est un <g1>signe</g1> de trop."
    [drafted] = drafter(engine).draft([catalogue("r", Entry(Key(None, source)))])
    assert engine.asked == ["Le signe <g1> est un signe de trop."]
    assert placeholders.difference(source, drafted.entries[0].target) == ""

    class Tagging(Cipher):
        def say(self, sentence: str) -> str:
            return "The <g1>sitting</g1> was closed."

    [drafted] = drafter(Tagging()).draft([catalogue("r", Entry(Key(None, "La séance est levée.")))])
    assert drafted.entries[0].target == "The <\\g1>sitting</\\g1> was closed."


def test_dates_by_rule_keep_their_placeholders() -> None:
    release = catalogue("r", Entry(Key("dateline", "Nantes, le <g1>11 janvier</g1> 2026")))
    [drafted] = drafter(Cipher()).draft([release])
    assert drafted.entries[0].target == "Nantes, <g1>11 January</g1> 2026"


@pytest.fixture(scope="module")
def argos() -> ArgosEngine:
    return ArgosEngine(embedded_packages()[0])


def test_the_real_engine_translates_scores_and_signs(argos: ArgosEngine) -> None:
    [answers] = argos.translate([["La coopération entre les pays est nécessaire.", "Le comité a adopté le rapport."]])
    assert "cooperation between" in answers[0].text.lower()
    assert "committee" in answers[1].text.lower()
    assert all(-5 < answer.score < 0 for answer in answers)
    assert argos.signature.package.startswith("translate-fr_en ")
    assert len(argos.signature.checksum) == 12


def test_answers_do_not_depend_on_the_company(argos: ArgosEngine) -> None:
    """Same sentence, same package, same answer: whatever else is in the batch."""
    [together] = argos.translate([SENTENCES])
    alone = [next(argos.translate([[sentence]]))[0] for sentence in SENTENCES[:3]]
    assert [answer.text for answer in alone] == [answer.text for answer in together[:3]]


def test_attention_changes_no_answer_and_has_a_row_for_each_piece(argos: ArgosEngine) -> None:
    [plain] = argos.translate([SENTENCES[:3]])
    [seen] = argos.translate([SENTENCES[:3]], attended={SENTENCES[1]})
    assert [answer.text for answer in plain] == [answer.text for answer in seen]
    assert [answer.attention is None for answer in seen] == [True, False, True]
    attention = seen[1].attention
    assert attention is not None
    assert "".join(attention.target).split() == seen[1].text.split()
    assert len(attention.weights) == len(attention.target)
    assert {len(row) for row in attention.weights} == {len(attention.source)}


@pytest.mark.parametrize(
    ("source", "english"),
    [
        (
            "Le <g1>rapport</g1> <g2>annuel</g2> du comité est disponible en ligne.",
            "The committee’s <g2>annual</g2> <g1>report</g1> is available online.",
        ),
        (
            "Les victimes de la <g1>traite des êtres humains</g1> doivent être protégées.",
            "The victims of <g1>human trafficking</g1> must be protected.",
        ),
        (
            "Le Parlement européen<x1/> et le Conseil<x2/> ont approuvé le texte.",
            "The European Parliament<x1/> and the Council<x2/> have approved the text.",
        ),
        (
            "« Nous devons agir <g1>ensemble</g1> », a déclaré la présidente.",
            "“We must act <g1>together</g1>,” said the President.",
        ),
    ],
)
def test_the_real_engine_shows_where_words_went(argos: ArgosEngine, source: str, english: str) -> None:
    [drafted] = drafter(argos).draft([catalogue("r", Entry(Key(None, source)))])
    [entry] = drafted.entries
    assert entry.provenance is not None
    if placeholders.bare(entry.target) == placeholders.bare(english):  # another processor may word it otherwise
        assert (entry.target, entry.provenance.remarks) == (english, ())
    assert placeholders.difference(source, entry.target) == ""


def test_underscores_survive_decoding(argos: ArgosEngine) -> None:
    pieces = argos._tokenizer.encode("a_b_c@example.org")
    assert "_" in argos._decode(pieces)


def test_what_the_model_cannot_hold_is_left_out_with_a_reason(argos: ArgosEngine) -> None:
    [answers] = argos.translate([["mot " * 2000, "", "La séance est levée."]])
    assert answers[0].problem.startswith("too long for the model")
    assert answers[1].problem == "nothing to translate"
    assert answers[2].text


def test_a_package_that_cannot_be_loaded_is_one_clear_error(argos: ArgosEngine) -> None:
    class Broken:
        """The embedded package with a model file of noise."""

        def __getattr__(self, name: str) -> object:
            return getattr(embedded_packages()[0], name)

        def model_files(self) -> dict[str, bytes]:
            return {**embedded_packages()[0].model_files(), "model.bin": b"noise"}

    with pytest.raises(ModelError, match="cannot be loaded"):
        ArgosEngine(Broken())  # type: ignore[arg-type]


def reviewed(source: str, target: str, state: State = State.REVIEWED, flags: tuple[str, ...] = ()) -> Entry:
    return Entry(Key(None, source), target, state, flags=flags)


def test_what_was_approved_in_one_release_serves_the_others() -> None:
    memory = remember(
        [catalogue("b", reviewed(SENTENCES[0], "The meeting.")), catalogue("a", Entry(Key(None, "Fin.")))], digest
    )
    new = catalogue("c", Entry(Key(None, SENTENCES[0])), Entry(Key("heading", SENTENCES[0])), Entry(Key(None, "Fin.")))
    filled = recall(new, memory, digest, key_digest).entries
    assert [(entry.target, entry.state) for entry in filled] == [
        ("The meeting.", State.REVIEWED),
        ("", State.UNTRANSLATED),
        ("", State.UNTRANSLATED),
    ]
    assert filled[0].provenance is not None
    assert (filled[0].provenance.engine, filled[0].provenance.package) == ("memory", "b")


def test_what_was_approved_differently_needs_a_look() -> None:
    memory = remember([catalogue("b", reviewed("Fin.", "End.")), catalogue("a", reviewed("Fin.", "The end."))], digest)
    [entry] = recall(catalogue("c", Entry(Key(None, "Fin."))), memory, digest, key_digest).entries
    assert (entry.target, entry.state) == ("The end.", State.FUZZY)
    assert parse(serialize(catalogue("c", entry)), "c.po", "c").entries[0].state is State.FUZZY


def test_memory_holds_only_what_a_person_approved() -> None:
    asleep = reviewed("Oui.", "Yes.", State.OBSOLETE)
    doubtful = reviewed("Non.", "No.", State.OBSOLETE, ("fuzzy",))
    draft = reviewed("Peut-être.", "Perhaps.", State.MACHINE)
    memory = remember([catalogue("a", asleep, doubtful, draft)], digest)
    assert {key.source for key in memory} == {"Oui."}


def test_a_copy_vouches_for_nothing_and_is_questioned_when_its_original_changes() -> None:
    original = catalogue("a", reviewed("Fin.", "Ende."))
    copy = recall(catalogue("b", Entry(Key(None, "Fin."))), remember([original], digest), digest, key_digest)
    assert remember([copy], digest) == {}
    assert recall(copy, remember([original, copy], digest), digest, key_digest) == copy
    corrected = remember([catalogue("a", reviewed("Fin.", "End.")), copy], digest)
    [entry] = recall(copy, corrected, digest, key_digest).entries
    assert (entry.target, entry.state) == ("Ende.", State.FUZZY)
    approved = replace(copy, entries=(replace(entry, state=State.REVIEWED),))
    assert recall(approved, corrected, digest, key_digest) == approved  # a person has had the last word here
