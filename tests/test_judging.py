"""What a publication finds in a release for little: figures that are not those of the French."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.checks import language
from toolkit.checks.model import _gap, prose
from toolkit.judging import differ
from toolkit.text.typography import VERBATIM


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le taux monte de 3,5 %.", "The rate rises by 35%."),
        ("1,25 million d’euros", "€12.5 million"),
        ("12 500 caisses", "12,501 crates"),
        ("le 3 mai", "on 4 May"),
        ("41 ports", "ports"),
        ("des ports", "41 ports"),
        ("2 et 2", "2"),
    ],
)
def test_figures_that_are_not_the_same(french: str, english: str) -> None:
    assert differ(french, english)


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le taux monte de 3,5 %.", "The rate rises by 3.5%."),
        ("12 500 caisses", "12,500 crates"),
        ("12\u202f500,75 euros", "€12,500.75"),
        ("1 250 000 euros", "EUR 1,250,000"),
        ("de 25 à 30 dossiers en 2026", "in 2026, 25–30 files"),
        ("Rien.", "Nothing."),
    ],
)
def test_the_same_figures_in_either_language(french: str, english: str) -> None:
    assert not differ(french, english)


_SOME = st.lists(st.sampled_from(["le", "la", "port", "tonton", "e", "É", "é", ","]), max_size=30)


@given(_SOME)
def test_a_loop_is_words_that_stand_three_times_running(tokens: list[str]) -> None:
    """The check looks only where words stand three times at all; that finds no less."""
    spans = [(at, size) for size in range(1, 9) for at in range(len(tokens) - 3 * size + 1)]
    there = any(tokens[at : at + size] * 3 == tokens[at : at + 3 * size] for at, size in spans)
    assert bool(language._loop(tokens)) is there


@given(_SOME.map("".join) | _SOME.map(" ".join) | st.text(alphabet="aÀ e’", max_size=40))
def test_a_syllable_that_repeats_is_found_in_long_words_alone(text: str) -> None:
    found = re.search(r"([^\W\d_]{2,6}?)\1{3,}", text, re.IGNORECASE)
    assert language._syllable(text) == (found[0] if found else "")


_NEAR_ADDRESSES = st.sampled_from(["www.a.b", "b@c.example", "http://x", "https://x/é.", "ww.a", "b@", "mot", " ", "."])


@given(st.lists(_NEAR_ADDRESSES, max_size=8).map("".join))
def test_prose_leaves_out_what_is_an_address_and_nothing_else(text: str) -> None:
    """Addresses are looked for only where one of their letters stands; that misses none."""
    assert prose(f"a {text}") == VERBATIM.sub(_gap, f"a {text}")
