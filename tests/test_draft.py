"""The drafting stage: laws with an engine whose English is the French in ROT13, and the real engine for real."""

from __future__ import annotations

import codecs
import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.generated import Scrambler, generated
from toolkit import placeholders
from toolkit.catalogue import digest, key_digest
from toolkit.errors import ModelError
from toolkit.model import Catalogue, Entry, Key, State
from toolkit.text import quantities
from toolkit.text.fixtures import Fixture, Kind, settle
from toolkit.translation.answering import LADDER
from toolkit.translation.argos import ArgosEngine
from toolkit.translation.draft import Drafter
from toolkit.translation.engine import USUAL, Answer, Decoding, Engine, Signature
from toolkit.translation.packages import embedded_packages

SIGNATURE = Signature("cipher", "rot13-fr_en 1.0", "c0ffee000000")


class Cipher:
    """An engine that answers in ROT13, with one English word, and writes down what it was asked."""

    def __init__(self, astray: str = "") -> None:
        self.asked: list[str] = []
        self.careful: list[str] = []
        self.attended: list[str] = []
        self.astray = astray

    @property
    def signature(self) -> Signature:
        return SIGNATURE

    def translate(
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        for window in windows:
            (self.asked if decoding == USUAL else self.careful).extend(window)
            self.attended.extend(sentence for sentence in window if sentence in attended)
            yield tuple(Answer(self.say(sentence), -0.5) for sentence in window)

    def say(self, sentence: str) -> str:
        return (
            "of crime of crime of crime of crime of crime"
            if sentence == self.astray
            else codecs.encode(sentence, "rot13").replace(" ", " the ", 1)
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
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        waiting: list[Sequence[str]] = []
        for window in windows:
            waiting.append(window)
            if len(waiting) > 1:
                yield from super().translate([waiting.pop(0)], decoding=decoding)
        yield from super().translate(waiting, decoding=decoding)


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
    assert set(engine.careful) == {SENTENCES[0]}
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


# --- hallucinations -------------------------------------------------------------------------------------------------

LONG = "La préfecture maritime rouvrira lundi le quai de Sètes-Neuves au public, sans attendre la fin des travaux."
GOOD = (
    "The maritime prefecture will reopen the Sètes-Neuves quay to the public on Monday, without waiting for the works."
)

#: What small models do when they lose their way: whether no draft is kept, or one with a remark that begins so.
PLANTED = {
    "nothing": ("", "no draft"),
    "punctuation": (" . ", "no draft"),
    "loop": ("The quay of the port of the port of the port of the port of the port.", "no draft"),
    "one word": ("The the the the the quay will reopen on Monday to the public.", "no draft"),
    "syllables": ("The SèSèSèSèSèSè quay will reopen on Monday to the public at large.", "no draft"),
    "copied": (LONG, "no draft"),
    "copied in part": (f"The maritime {LONG[3:-20]} the works.", "no draft"),
    "another language": (
        "Die Präfektur öffnet den Kai et la mer pour les gens dans les villes.",
        "no draft",
    ),
    "German": ("Die Präfektur öffnet den Kai von Sètes-Neuves am Montag wieder für alle Besucher.", "no draft"),
    "Spanish": ("La prefectura marítima abrirá el muelle de Sètes-Neuves al público el próximo lunes.", "no draft"),
    "Italian": ("La prefettura marittima riaprirà lunedì il molo di Sètes-Neuves al pubblico.", "no draft"),
    "Dutch": ("De prefectuur opent maandag de kade van Sètes-Neuves weer voor alle bezoekers.", "no draft"),
    "Portuguese": ("A prefeitura marítima reabrirá na segunda-feira o cais de Sètes-Neuves ao público.", "no draft"),
    "Polish": (
        "Prefektura otworzy nabrzeże Sètes-Neuves ponownie dla wszystkich mieszkańców oraz gości już wkrótce.",
        "no draft",
    ),
    "other French": ("La préfecture ouvrira de nouveau lundi le quai de Sètes-Neuves aux visiteurs.", "no draft"),
    "another script": ("The prefecture откроет the quay to the public on Monday.", "no draft"),
    "odd signs": ("The prefecture will reopen the quay \u2603\ufffd on Monday.", "no draft"),
    "far too long": (f"{GOOD} " + " ".join(f"And more{n} of what{n} nobody{n} said." for n in range(12)), "no draft"),
    "far too short": ("Monday.", "no draft"),
    "swearing": ("The fucking prefecture will reopen the quay to the public on Monday.", "no draft"),
    "control characters": ("The prefecture will reopen\x07 the quay to the public on Monday.", "no draft"),
    "a figure": (GOOD.replace("quay", "quay 47"), "number not in the French: 47"),
    "a year": (GOOD.replace("Monday", "Monday 12 May 2019"), "number not in the French: 12"),
    "a name": (GOOD.replace("the public", "Winnipeg Limited"), "name not in the French: Winnipeg"),
    "half a name": (GOOD.replace("Sètes-Neuves", "TESNEU"), "name not in the French: TESNEU"),
    "an address": (GOOD.replace("the works", "www.quay.example"), "address not in the French: www.quay.example"),
    "mail": (GOOD.replace("the works", "quay@port.example"), "address not in the French: quay@port.example"),
    "a name twice": (GOOD.replace("Sètes-Neuves", "Neuves/ Neuves"), "doubled: Neuves/ Neuves"),
    "no negation": (GOOD.replace("without waiting for", "after"), "negation lost: sans"),
}


class Liar(Cipher):
    """Says what was planted; the truth where it is asked in a way it does not lie in."""

    def __init__(self, planted: str, honest: Decoding | None = None) -> None:
        super().__init__()
        self.planted, self.honest = planted, honest

    def translate(
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        for window in windows:
            yield tuple(Answer(GOOD if decoding == self.honest else self.planted, -0.1) for _ in window)


@pytest.mark.parametrize("kind", PLANTED)
def test_planted_hallucinations_are_caught(kind: str) -> None:
    planted, expected = PLANTED[kind]
    [drafted] = drafter(Liar(planted)).draft([catalogue("r", Entry(Key(None, LONG)))])
    [entry] = drafted.entries
    assert entry.provenance is not None
    assert any(remark.startswith(expected) for remark in entry.provenance.remarks), entry
    assert (entry.state is State.UNTRANSLATED) == (expected == "no draft")
    assert bool(entry.target) == (expected != "no draft")


@pytest.mark.parametrize("kind", PLANTED)
@pytest.mark.parametrize("honest", LADDER[:2])
def test_another_decoding_saves_the_sentence(kind: str, honest: Decoding) -> None:
    [drafted] = drafter(Liar(PLANTED[kind][0], honest)).draft([catalogue("r", Entry(Key(None, LONG)))])
    [entry] = drafted.entries
    assert entry.target == GOOD
    assert entry.provenance is not None
    assert entry.provenance.remarks == ()


def test_a_good_answer_is_asked_once() -> None:
    class Counting(Liar):
        def translate(
            self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
        ) -> Iterator[tuple[Answer, ...]]:
            assert decoding == USUAL
            yield from super().translate(windows)

    [drafted] = drafter(Counting(GOOD)).draft([catalogue("r", Entry(Key(None, LONG)))])
    assert drafted.entries[0].target == GOOD


# --- what is settled ------------------------------------------------------------------------------------------------


def port_terms(text: str) -> tuple[Fixture, ...]:
    found = re.finditer("capitaines? de port", text)
    own = (
        Fixture(one.start(), one.end(), Kind.TERM, ("harbour masters" if "capitaines" in one[0] else "harbour master",))
        for one in found
    )
    return settle((*own, *(one for one in quantities.find(text) if one.settled)))


def settling(engine: Engine) -> Drafter:
    return replace(drafter(engine), settled=port_terms, values=quantities.readings)


def test_what_a_draft_does_not_hold_is_remarked() -> None:
    source = "Les capitaines de port ont compté 120 navires le 10 janvier 2026."
    [drafted] = settling(Liar("They counted some ships on a day in winter, they said.")).draft(
        [catalogue("r", Entry(Key(None, source)))]
    )
    [entry] = drafted.entries
    assert entry.provenance is not None
    assert entry.provenance.remarks == (
        "term not followed: harbour masters",
        "number missing: 120",
        "date changed: le 10 janvier 2026",
    )
    assert dict(entry.provenance.signals)["bad"] == 3


def test_rules_keep_to_the_glossary_too() -> None:
    known = Fixture(8, 12, Kind.ACRONYM, ("RSTP",))

    def found(text: str) -> tuple[Fixture, ...]:
        return (known,) if text == "Photo : RTSP" else ()

    release = catalogue("r", Entry(Key("caption", "Photo : RTSP")))
    [drafted] = replace(drafter(Cipher()), settled=found).draft([release])
    assert drafted.entries[0].target == "Photo: RSTP"


def test_terms_are_in_drafts_with_placeholders_too(argos: ArgosEngine, tmp_path: Path) -> None:
    source = "Les <g1>capitaines de port</g1> ont compté <g2>1 450</g2> navires<x3/> en 2026."
    [drafted] = replace(settling(argos), cache=tmp_path).draft([catalogue("r", Entry(Key(None, source)))])
    [entry] = drafted.entries
    assert "<g1>harbour masters</g1>" in entry.target
    assert "<g2>1,450</g2>" in entry.target
    assert placeholders.difference(source, entry.target) == ""


@pytest.mark.parametrize("make", [drafter, settling])
def test_no_placeholder_is_lost_in_generated_sentences(make: Callable[[Engine], Drafter]) -> None:
    """500 in all; `python -m benchmarks.generated` tries 10,000."""
    sources = generated(400, seed=2) if make is drafter else generated(100, seed=3)
    assert sum("<" in source for source in sources) > 0.7 * len(sources)
    [*_, drafted] = make(Scrambler()).draft([catalogue("r", *(Entry(Key(None, source)) for source in sources))])
    for entry in drafted.entries:
        assert entry.target
        assert placeholders.difference(entry.key.source, entry.target) == "", entry


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
