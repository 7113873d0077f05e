"""Days, times of day, lengths of time and amounts that are others in the English, with all that is found in French."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks_sample import text
from toolkit.checks import Knowledge, run
from toolkit.checks.durations import changed
from toolkit.fixing import Fixer
from toolkit.glossary import Glossary
from toolkit.text.counting import english_words, french_words

_FIXER = Fixer(Glossary())
KNOW = Knowledge(fixtures=_FIXER.find, missing=_FIXER.missing)


def said(french: str, english: str) -> list[str]:
    """Codes of what is said of a sentence's figures and dates."""
    return [one.code for one in run([text((french, english))], KNOW).findings if one.code[0] == "N"]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le quai ouvre le mardi et le jeudi.", "The quay opens on Tuesdays and Thursdays."),
        ("Le quai ouvre le mardi ou le jeudi.", "The quay opens on Tuesday or on Thursday."),
        ("Le quai ouvre du lundi au vendredi.", "The quay opens Mondays to Fridays."),
        ("Le quai ouvre du lundi au vendredi.", "The quay opens Monday through to Friday."),
        ("Le quai ouvre du lundi au vendredi.", "The quay opens on weekdays."),
        ("Répondez avant le vendredi midi.", "Reply before noon on Friday."),
        ("Le quai ferme à minuit et demi.", "The quay closes at 12.30 a.m."),
        ("À l’heure du repas de midi, le port dort.", "At lunchtime the port sleeps."),
        ("Venez vendredi après-midi.", "Come on Friday afternoon."),
    ],
)
def test_the_same_days_and_times(french: str, english: str) -> None:
    assert said(french, english) == []


@pytest.mark.parametrize(
    ("french", "english", "codes"),
    [
        ("Le quai ouvre le mardi et le jeudi.", "The quay opens on Tuesdays and Fridays.", ["N106"]),
        ("Le quai ouvre du lundi au vendredi.", "The quay opens from Monday to Saturday.", ["N106"]),
        ("Répondez avant le vendredi midi.", "Reply before Friday.", ["N108"]),
        ("Le quai ferme à minuit.", "The quay closes at noon.", ["N108"]),
        ("Il a pris quatre ans.", "He was given five years.", ["N118"]),
        ("Il a pris quatre mois.", "He was given four years.", ["N118"]),
        ("Il a pris dix-huit mois.", "He was given eight months.", ["N115"]),
        ("Le prix est de 300 €.", "The price is EUR €300.", ["N119"]),
    ],
)
def test_other_days_and_times(french: str, english: str, codes: list[str]) -> None:
    assert said(french, english) == codes


@pytest.mark.parametrize(
    ("french", "english", "others"),
    [
        ("Il a purgé un an et six mois.", "He served 18 months.", []),
        ("Il a purgé dix-huit mois.", "He served one year and six months.", []),
        ("Il a purgé un an et six mois.", "He served 19 months.", ["19 months"]),
        ("Il a pris deux ans, puis trois ans.", "He was given five years.", ["five years"] * 2),
    ],
)
def test_two_lengths_may_be_said_as_one(french: str, english: str, others: list[str]) -> None:
    assert [other.words for _, other in changed(french, english)] == others


UNITS = {"ans": "years", "mois": "months", "semaines": "weeks", "jours": "days", "minutes": "minutes"}
NUMBERS = st.integers(2, 99)


@given(NUMBERS, st.sampled_from(sorted(UNITS)), st.booleans())
@settings(max_examples=60)
def test_a_length_of_time_is_itself_in_words_and_figures(number: int, unit: str, figures: bool) -> None:
    french = f"Il attend depuis {french_words(number)} {unit}."
    english = f"He has been waiting for {number if figures else english_words(number)} {UNITS[unit]}."
    assert not list(changed(french, english))


@given(st.integers(2, 12), st.integers(2, 12), st.sampled_from(sorted(UNITS)))
@settings(max_examples=60)
def test_another_number_is_another_length_of_time(number: int, other: int, unit: str) -> None:
    found = list(
        changed(f"Il a attendu {french_words(number)} {unit}.", f"He waited {english_words(other)} {UNITS[unit]}.")
    )
    same = number == other or (unit == "jours" and (number, other) == (8, 7))
    assert bool(found) is not same
