"""English typography: fixed examples, and what holds for any text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.capitals import casing, is_acronym, is_capitals, sentence_case, to_capitals
from toolkit.text.typography import curl, english, unquote

MARKS = "«»“”‘’\"'„‹› \u00a0\u202f.,;:!?…-–—()[]ab1s%"
TEXT = st.one_of(st.text(), st.text(alphabet=MARKS, max_size=60))


@pytest.mark.parametrize(
    ("raw", "set_"),
    [
        ("« Yes »\u00a0: the 'plan' is ready !", "“Yes”: the “plan” is ready!"),
        ("« The “Clean Port” label binds us »", "“The ‘Clean Port’ label binds us”"),
        ("He said \"the port's quays are 'safe' now\".", "He said “the port’s quays are ‘safe’ now”."),
        ("The members' rights, the '90s, it's", "The members’ rights, the ’90s, it’s"),
        ("rose by 4\u202f% in 2012-2015 , then stopped...", "rose by 4% in 2012–2015, then stopped…"),
        ("a 3-1 win, call 04-72-00, see 2024-05-01", "a 3-1 win, call 04-72-00, see 2024-05-01"),
        ("the river -- and the port - are closed", "the river – and the port – are closed"),
        ("two  spaces\u200b, one  no-break\u00a0space", "two spaces, one no-break space"),
        (
            "see https://example.org/a'b--c?x=1 , or a.b@example.org",
            "see https://example.org/a'b--c?x=1, or a.b@example.org",
        ),
        ("“Opened here, closed two paragraphs on.", "“Opened here, closed two paragraphs on."),
        ("closed here.»", "closed here.”"),
    ],
)
def test_english_typography(raw: str, set_: str) -> None:
    assert english(raw) == set_


WORD = st.sampled_from(["port", "l'eau", "members'", "it’s", "-", "…", "12", "4 %", "(quay)", "2012-2015", "a@b.org"])
PHRASE = st.lists(WORD, min_size=1, max_size=5).map(" ".join)
QUOTED = st.recursive(
    PHRASE,
    lambda inner: st.tuples(st.sampled_from(["«\u00a0\u00a0»", "“”", '""', "„”"]), PHRASE, inner, PHRASE).map(
        lambda parts: f"{parts[1]} {parts[0][0]}{parts[2]}{parts[0][-1]}, {parts[3]} !"
    ),
    max_leaves=3,
)


@given(st.one_of(QUOTED, st.text(alphabet="ab1 .,;:!?…-–—()[]%\u00a0\u202f")))
def test_english_typography_is_stable(text: str) -> None:
    once = english(text)
    assert english(once) == once


@given(TEXT)
def test_english_leaves_nothing_french(text: str) -> None:
    once = english(text)
    if "@" not in text and "://" not in text and "www" not in text:
        assert not set(once) & set('«»„‹›"\u00a0\u202f')
        assert " ;" not in once
        assert " !" not in once
        assert " ?" not in once


@given(TEXT)
def test_curling_keeps_length_and_every_other_character(text: str) -> None:
    curled = curl(text)
    assert len(curled) == len(text)
    marks = set("«»“”‘’\"'„‹›‛")
    assert all(a == b for a, b in zip(text, curled, strict=True) if a not in marks)


@given(TEXT)
def test_unquote_leaves_no_double_mark(text: str) -> None:
    assert not set(unquote(text)) & set('«»“”„‹›"')


def test_unquote_keeps_apostrophes_and_plurals() -> None:
    assert unquote("'in' the members' house it's “so”") == "in the members' house it's so"
    assert unquote("the traffickers' networks") == "the traffickers' networks"


@pytest.mark.parametrize(
    ("text", "capitals"),
    [
        ("UN ACCORD EST SIGNÉ À LYON", True),
        ("OMS", False),
        ("COP 21", False),
        ("AFP", False),
        ("Un ACCORD", False),
        ("1 333", False),
        ("PORTS : 12 MESURES", True),
    ],
)
def test_capitals_are_seen(text: str, capitals: bool) -> None:
    assert is_capitals(text) is capitals


def test_sentence_case_keeps_acronyms_and_learns_names_from_the_release() -> None:
    known = casing(["Réunis à Lyon, les États ont signé.", "L’État et la ville de Lyon.", "LES ETATS"])
    assert sentence_case("L'ONUDC ET LES ETATS REUNIS A LYON", known) == "L'ONUDC et les États reunis à Lyon"
    assert sentence_case("LE B.C.N. OUVRE") == "Le B.C.N. ouvre"
    assert is_acronym("SNCF")
    assert not is_acronym("PORT")


@given(st.text())
def test_sentence_case_changes_only_case_but_for_the_preposition(text: str) -> None:
    folded = sentence_case(text.upper())
    assert len(folded.split()) == len(text.upper().split())
    assert to_capitals(to_capitals(folded)) == to_capitals(folded)
