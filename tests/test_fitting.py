"""Settled English in drafts: stand-ins, candidates, and the choice among them; with stub engines and the real one."""

from __future__ import annotations

import re
from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.text import quantities
from toolkit.text.fixtures import Fixture, Kind, missing, occurrences, settle
from toolkit.translation.argos import ArgosEngine
from toolkit.translation.candidates import Settler
from toolkit.translation.clauses import clauses, halves, joined, question
from toolkit.translation.engine import USUAL, Answer, Decoding, Signature, Steerable
from toolkit.translation.fitting import (
    Use,
    asked,
    determiner,
    filled,
    preferred,
    replaced,
    surplus,
    unglued,
    uses,
    with_articles,
)
from toolkit.translation.packages import embedded_packages
from toolkit.translation.standins import CANDIDATES, Slot, StandIn, StandIns, frames, probe, stand_ins

TERMS = {
    r"P\.C\.N\.": "NCP",
    "pillage d’épaves": "wreck looting",
    "équipe de repérage": "spotting team",
    "garde-quai": "quay warden",
    "convention de Sètes-Neuves": "New Sètes Convention",
}


def terms(text: str) -> tuple[Fixture, ...]:
    """The terms of an invented glossary; a plural determiner makes an English plural."""
    found = []
    for french, english in TERMS.items():
        for match in re.finditer(rf"(?<!\w)(?:{french})(?!\w)", text, re.IGNORECASE):
            plural = bool(re.search(r"\b(?:les|des|nos|ces|aux) $", text[: match.start()], re.IGNORECASE))
            way = f"{english}s" if plural else english
            found.append(Fixture(match.start(), match.end(), Kind.TERM, (way,), plural=plural))
    return tuple(found)


def settled(text: str) -> tuple[Fixture, ...]:
    return settle((*terms(text), *(one for one in quantities.find(text) if one.settled)))


def fixture(text: str, part: str, *english: str, kind: Kind = Kind.TERM, plural: bool | None = None) -> Fixture:
    at = text.index(part)
    return Fixture(at, at + len(part), kind, english, plural=plural)


# --- questions with stand-ins ---------------------------------------------------------------------------------------

NAME = StandIn("X1", "X1")
TRADE = StandIn("commerce", "trade")
FARMING = StandIn("agriculture", "agriculture")
MONEY = StandIn("37 millions de dollars", "USD 37 million")


@pytest.mark.parametrize(
    ("source", "part", "stand_in", "article", "wanted"),
    [
        ("Les P.C.N. sont utiles.", "P.C.N.", NAME, True, "Les X1 sont utiles."),
        ("Il combat le pillage d’épaves.", "pillage d’épaves", TRADE, True, "Il combat le commerce."),
        ("L’équipe de repérage est là.", "équipe de repérage", FARMING, True, "L’agriculture est là."),
        ("L’équipe de repérage est là.", "équipe de repérage", NAME, True, "La X1 est là."),
        ("Le chef de l’équipe de repérage.", "équipe de repérage", NAME, True, "Le chef de la X1."),
        ("Le chef de l’équipe de repérage.", "équipe de repérage", NAME, False, "Le chef de X1."),
        ("Le chef du P.C.N. parle.", "P.C.N.", NAME, False, "Le chef de X1 parle."),
        ("Un accord d’équipe de repérage.", "équipe de repérage", NAME, True, "Un accord de X1."),
        ("Pillage d’épaves au port.", "Pillage d’épaves", TRADE, True, "Commerce au port."),
    ],
)
def test_questions_with_stand_ins(source: str, part: str, stand_in: StandIn, article: bool, wanted: str) -> None:
    assert asked(source, [Use(fixture(source, part, "x"), stand_in, article)]) == wanted


def test_quantities_keep_what_is_before_them() -> None:
    source = "Une aide de 3,2 millions d’euros a été versée."
    one = fixture(source, "3,2 millions d’euros", "EUR 3.2 million", kind=Kind.MONEY)
    assert asked(source, [Use(one, MONEY)]) == "Une aide de 37 millions de dollars a été versée."


@pytest.mark.parametrize(
    ("text", "word", "elided"),
    [
        ("selon les ", "les", False),
        ("auprès de l’", "de l", True),
        ("Tous les ", "tous les", False),
        ("Avec ", "", False),
    ],
)
def test_determiners(text: str, word: str, elided: bool) -> None:
    found = determiner(text, len(text))
    assert (found.word, found.elided) == (word, elided)


@pytest.mark.parametrize(
    ("answer", "english", "wanted"),
    [
        ("The X1 are useful.", "NCPs", "The NCPs are useful."),
        ("X1 came.", "wreck looting", "Wreck looting came."),
        ("A X1 is there.", "NCP", "An NCP is there."),
        ("An X1 is there.", "quay warden", "A quay warden is there."),
        ("It is an X1.", "UNESCO site", "It is a UNESCO site."),
        ("It is a X1.", "hour of grace", "It is an hour of grace."),
        ("The X1’s head.", "NCP", "The NCP’s head."),
        ("The X1 met.", "the Council", "The Council met."),
        ("It is held in X1 port.", "on the margins of", "It is held on the margins of port."),
        ("No stand-in.", "NCP", None),
        ("X1 and X1.", "NCP", None),
    ],
)
def test_answers_filled(answer: str, english: str, wanted: str | None) -> None:
    assert filled(answer, [Use(Fixture(0, 1, Kind.TERM, (english,)), NAME)]) == wanted


@pytest.mark.parametrize(
    ("answer", "wanted"),
    [("It met on 12 May.", "It met on 3 June."), ("The meeting of 12 May.", "The meeting of 3 June.")],
)
def test_dates_take_the_preposition_that_fits(answer: str, wanted: str) -> None:
    date = Fixture(0, 1, Kind.DATE, ("on 3 June", "3 June"))
    assert filled(answer, [Use(date, CANDIDATES[Slot.DATE][0])]) == wanted


def test_articles_are_tried_both_ways() -> None:
    source = "Il combat le pillage d’épaves."
    found = [fixture(source, "pillage d’épaves", "wreck looting")]
    assert with_articles(source, "It fights wreck looting.", found) == ("It fights the wreck looting.",)
    assert with_articles(source, "It fights the wreck looting.", found) == ("It fights wreck looting.",)
    assert with_articles(source, "It fights our wreck looting.", found) == ()


def test_the_preferred_rendering_takes_the_place_of_others() -> None:
    one = Fixture(0, 1, Kind.TERM, ("national contact points", "Contact Points of the State", "contact points"))
    assert preferred("The Contact Points of the State met.", [one]) == "The national contact points met."
    assert preferred("The contact points met.", [one]) == "The contact points met."  # part of it: may be meant


def test_the_preferred_rendering_of_another_fixture_stays() -> None:
    one = Fixture(0, 1, Kind.TERM, ("partner ports", "sister ports"))
    other = Fixture(2, 3, Kind.TERM, ("sister ports", "twin ports"))
    assert preferred("The partner ports and the sister ports met.", [one, other]).count("partner") == 1
    assert surplus([one, other], "The partner ports and the sister ports met.") == 0
    assert surplus([one, other], "The partner ports, the sister ports and the twin ports met.") == 1


@pytest.mark.parametrize("answer", ["It pays EUR €300.", "It pays €300 euros.", "It pays €300 EUR."])
def test_a_currency_is_said_once(answer: str) -> None:
    assert preferred(answer, quantities.find("Elle verse 300 €.")) == "It pays €300."


def test_what_is_put_in_takes_its_article_along() -> None:
    assert replaced("They announced a sovoi.", [(17, 22, "appeal")]) == "They announced an appeal."


def test_nothing_of_an_abbreviation_is_left_behind_its_term() -> None:
    source = "Les P.C.N. sont là."
    found = [fixture(source, "P.C.N.", "NCPs")]
    assert unglued("The NCPs.N, are there.", source, found) == "The NCPs are there."
    assert unglued("The NCPs. are there.", source, found) == "The NCPs are there."
    assert unglued("These are the NCPs.", source, found) == "These are the NCPs."


WORDS = ("les", "le", "des", "la", "port", "avec", "Sur", "l’", "d’", "du", "et", "navires")


@given(st.data())
def test_every_stand_in_gives_way_to_its_english_once(data: st.DataObject) -> None:
    """Whatever stands around: a model that copies the question gives back each settled English exactly once."""
    count = data.draw(st.integers(1, 4))
    source, fixtures = "", []
    for number in range(count):
        source += "".join(f"{word} " for word in data.draw(st.lists(st.sampled_from(WORDS), max_size=4)))
        term = f"terme{number}"
        fixtures.append(Fixture(len(source), len(source) + len(term), Kind.TERM, (f"Term {'abcd'[number]}",)))
        source += f"{term} "
    names = StandIns({Slot.NAME: tuple(StandIn(name, name) for name in ("X1", "Zeta", "QZX", "B2"))})
    used = [Use(one, names.reliable[Slot.NAME][at], data.draw(st.booleans())) for at, one in enumerate(fixtures)]
    english = filled(asked(source, used), used)
    assert english is not None
    assert [occurrences(one.english, english) for one in fixtures] == [1] * count


# --- which stand-ins a model is good for ----------------------------------------------------------------------------


class Echo:
    """Answers with the question, in which some words are garbled."""

    def __init__(self, garble: Callable[[str], str] = lambda text: text, checksum: str = "c0ffee") -> None:
        self.garble, self.checksum = garble, checksum
        self.windows: list[list[str]] = []

    @property
    def signature(self) -> Signature:
        return Signature("echo", "echo 1", self.checksum)

    def translate(
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = ()
    ) -> Iterator[tuple[Answer, ...]]:
        for window in windows:
            self.windows.append(list(window))
            yield tuple(Answer(self.garble(sentence), -0.5) for sentence in window)


def test_only_what_always_comes_back_is_kept() -> None:
    found = probe(Echo(lambda text: text.replace("Zeta", "Theta").replace("Les X1", "Les Y1")))
    names = [one.french for one in found.reliable[Slot.NAME]]
    assert "QZX" in names
    assert not {"Zeta", "X1"} & set(names)
    assert not found.reliable[Slot.MANY]  # an echo knows no English


def test_every_frame_holds_its_candidate() -> None:
    for slot, candidates in CANDIDATES.items():
        for one in candidates:
            assert all(re.search(re.escape(one.french), text, re.IGNORECASE) for text in frames(slot, one.french))
            assert not any("{" in text or "le le" in text or text.startswith("de") for text in frames(slot, one.french))


def test_what_was_found_out_is_kept_by_checksum(tmp_path: Path) -> None:
    first = Echo()
    found = stand_ins(first, tmp_path)
    assert len(first.windows) == 1
    second = Echo()
    assert stand_ins(second, tmp_path) == found
    assert not second.windows
    other = Echo(checksum="other")
    stand_ins(other, tmp_path)
    assert other.windows
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"{", b"[]", b'{"name": ["nobody"]}', b"\xff\xfe"])
def test_a_damaged_cache_is_made_again(tmp_path: Path, damage: bytes) -> None:
    found = stand_ins(Echo(), tmp_path)
    [path] = tmp_path.iterdir()
    whole = path.read_bytes()
    path.write_bytes(damage)
    assert stand_ins(Echo(), tmp_path) == found
    assert path.read_bytes() == whole


def test_a_cache_that_cannot_be_written_is_done_without(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("no folder", encoding="utf-8")
    assert stand_ins(Echo(), blocked / "cache").reliable[Slot.NAME]
    assert stand_ins(Echo(), None).reliable[Slot.NAME]


def test_a_stand_in_is_not_taken_from_the_sentence_itself() -> None:
    ready = StandIns({Slot.NAME: (NAME, StandIn("Zeta", "Zeta"))})
    found = uses("Le X1 du P.C.N.", terms("Le X1 du P.C.N."), ready, 0)
    assert found is not None
    assert [use.stand_in.french for use in found] == ["Zeta"]


# --- the settler ----------------------------------------------------------------------------------------------------


def spoilt(text: str) -> str:
    """A model that spells terms wrong and loses digits, and copies all else."""
    text = re.sub(r"P\.C\.N\.", "B.C.Ne.", text)
    for term in ("pillage d’épaves", "équipe de repérage", "garde-quai", "convention de Sètes-Neuves"):
        text = re.sub(term, "chose", text, flags=re.IGNORECASE)
    return re.sub(r"(\d\d)\d+", r"\1", text)


SOURCES = st.lists(
    st.sampled_from(
        [
            "les P.C.N. de Nantes", "le pillage d’épaves", "une équipe de repérage", "le garde-quai", "120 navires",
            "la convention de Sètes-Neuves", "des P.C.N.", "avec prudence", "près du port", "1 450 caisses",
        ]
    ),
    min_size=1,
    max_size=5,
).map(lambda parts: f"Voici {', '.join(parts)}.")  # fmt: skip


@settings(max_examples=60)
@given(SOURCES)
def test_what_is_settled_is_in_the_answer_once_for_each_occurrence(source: str) -> None:
    engine = Echo(spoilt)
    settler = Settler(engine, settled, quantities.readings)
    [plain] = next(engine.translate([[source]]))
    best = settler.settle({source: plain})[source]
    assert not missing(settled(source), best.text, quantities.readings)
    for one in terms(source):
        wanted = sum(other.english == one.english for other in terms(source))
        assert occurrences(one.english, best.text) == wanted


def test_an_answer_that_holds_everything_is_not_touched() -> None:
    engine = Echo()
    source = "Ici, 120 navires."
    settler = Settler(engine, settled, quantities.readings)
    assert settler.settle({source: Answer("Here, 120 ships.", -0.1)}) == {source: Answer("Here, 120 ships.", -0.1)}
    assert not engine.windows  # not even probed


def test_an_engine_that_copies_nothing_leaves_the_best_there_is() -> None:
    engine = Echo(lambda text: "Something else entirely, at some length.")
    source = "Le garde-quai a compté 120 navires."
    best = Settler(engine, settled, quantities.readings).settle({source: Answer("Something else.", -1.0)})[source]
    assert best.text  # the remark is the drafter's business


# --- clauses --------------------------------------------------------------------------------------------------------

LONG = (
    "Le comité, réuni à Nantes pendant trois jours avec ses partenaires, a adopté un plan pour les ports du fleuve ; "
    "les capitaines, qui attendaient ce plan depuis des années, l’ont salué dans un communiqué commun."
)


def test_long_sentences_are_cut_between_clauses() -> None:
    parts = clauses(LONG)
    assert len(parts) > 2
    assert " ".join(parts) == LONG
    assert " ".join(halves(parts)) == LONG
    assert all(len(part.split()) >= 6 for part in parts)
    assert question("qui attendaient ce plan,") == "Qui attendaient ce plan."
    kept = fixture(LONG, "fleuve ; les", "river; the")
    assert "fleuve ; les" in " ".join(clauses(LONG, [kept])[1:2] + clauses(LONG, [kept])[:1])


def test_clauses_are_joined_with_the_marks_of_the_french() -> None:
    french = ("Le quai rouvre aujourd’hui pour tous ;", "Nantes et INTERPOL s’en réjouissent.")
    assert joined(french, ("The quay reopens.", "Nantes is glad."), "Nantes") == "The quay reopens; Nantes is glad."
    assert joined(french, ("The quay reopens.", "Everyone is glad."), "") == "The quay reopens; everyone is glad."


@given(st.text())
def test_cutting_loses_nothing(text: str) -> None:
    sentence = " ".join(text.split())
    assert " ".join(clauses(sentence)).split() == sentence.split() or not sentence


# --- the real engine ------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def argos() -> ArgosEngine:
    return ArgosEngine(embedded_packages()[0])


def test_the_embedded_model_has_stand_ins_of_every_kind(argos: ArgosEngine) -> None:
    found = probe(argos)
    assert all(found.reliable[slot] for slot in Slot), found


def test_the_real_engine_is_steerable(argos: ArgosEngine) -> None:
    assert isinstance(argos, Steerable)
    [answer] = argos.complete([("Le comité a adopté le rapport.", "The board")])
    assert answer.text.startswith("The board")
    right, wrong = argos.score(
        [
            ("Le comité a adopté le rapport.", "The committee has adopted the report."),
            ("Le comité a adopté le rapport.", "The fish has eaten the sea."),
        ]
    )
    assert wrong < right < 0
    assert argos.score([("", "Yes."), ("Oui.", "")]) == (-100.0, -100.0)


REAL = [
    "Les P.C.N. sont plus utiles que jamais pour les capitaines de port.",
    "Le P.C.N. de Nantes a contrôlé plus de 120 navires en 2025.",
    "La lutte contre le pillage d’épaves exige des moyens nouveaux.",
    "Une équipe de repérage a retrouvé 1 450 caisses, d’une valeur de 3,2 millions d’euros, le 10 janvier 2026.",
    "Nos P.C.N. et les autorités du port ont signé la convention de Sètes-Neuves.",
    "Lors de la 25e session, le garde-quai a rappelé que les équipes de repérage et les P.C.N. travaillent ensemble.",
]


@pytest.fixture(scope="module")
def settler(argos: ArgosEngine) -> Settler:
    return Settler(argos, settled, quantities.readings)


@pytest.mark.parametrize("source", REAL)
def test_real_drafts_hold_what_is_settled(argos: ArgosEngine, settler: Settler, source: str) -> None:
    [[plain]] = argos.translate([[source]], attended={source})
    best = settler.settle({source: plain})[source]
    assert not missing(settled(source), best.text, quantities.readings), best.text
    assert not best.problem
