"""Slips of the model that a rule mends."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.translation.corrections import corrected
from toolkit.translation.rules import plan

MENDED = [
    ("La 3e session s’ouvre.", "The 3th session opens.", "The 3rd session opens."),
    ("La 22e et la 111e.", "The 22th and the 111st.", "The 22nd and the 111th."),
    ("La 21ème édition", "The 21e edition", "The 21st edition"),
    ("Mme Corvaisier a parlé.", "Mrs. Corvaisier spoke to Mrs Abgrall.", "Ms Corvaisier spoke to Ms Abgrall."),
    ("Un quai sur quatre est fermé.", "One quay on four is closed.", "One quay in four is closed."),
    ("Trois canots sur 10 ont coulé.", "Three boats on 10 sank.", "Three boats in 10 sank."),
    ("Ils ont été interpellés.", "They have been interpelled.", "They have been arrested."),
    ("Adopté par 12 voix contre 3.", "Adopted by 12 voice against 3.", "Adopted by 12 votes to 3."),
    ("Élue par dix voix contre deux.", "Elected by ten votes against two.", "Elected by ten votes to two."),
]
LEFT = [
    ("Deux équipes sur trois navires", "Two crews on three ships"),
    ("Un quai sur quatre ferme le 3 mars.", "One quay out of four closes on 3 March."),
    ("Le quai ouvre le 3 mars.", "The quay opens on 3 March."),
    ("Le 5e quai", "The 5th quay of 12,000 and 3 edges"),
    ("M. Sauvadet", "Mrs Sauvadet"),
    ("Le port est contre 3 mesures.", "The port votes against 3 measures."),
]


@pytest.mark.parametrize(("french", "answer", "right"), MENDED)
def test_a_slip_is_mended(french: str, answer: str, right: str) -> None:
    assert corrected(french, answer) == right
    assert corrected(french, right) == right


@pytest.mark.parametrize(("french", "answer"), LEFT)
def test_what_is_right_is_left(french: str, answer: str) -> None:
    assert corrected(french, answer) == answer


@settings(max_examples=100)
@given(st.text("Mme 3eth sur quatre voix contre onMrs. ", max_size=60), st.text("on three 3th in Mrs. A", max_size=60))
def test_mending_twice_changes_nothing_more(french: str, answer: str) -> None:
    once = corrected(french, answer)
    assert corrected(french, once) == once


def test_plans_mend_the_answers() -> None:
    way = plan("La 3e session s’ouvre mardi.")
    assert way.finish(["The 3th session opens on Tuesday."]) == "The 3rd session opens on Tuesday."
