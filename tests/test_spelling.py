"""The same sentence in other typography."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.text.spelling import folded, of_one_kind

#: For each mark what programs write for it.
WAYS = {
    "'": ["'", "’", "ʼ", "‘"],
    '"': ['"', "«", "»", "“", "”", "„"],
    "-": ["-", "\u2010", "\u2011"],
    "...": ["...", "…"],
    " ": [" ", "\u00a0", "\u202f", "\u2009", "  ", "\n   "],
    "é": ["é", "e\u0301"],
}
WORDS = st.sampled_from(["quai", "phare", "été", "12", "Nantes", "<g1>port</g1>", "<x2/>"])


@settings(max_examples=60)
@given(st.data(), st.lists(st.tuples(WORDS, st.sampled_from([" ", "'", '"', "-", "...", ", "])), min_size=1))
def test_a_sentence_is_the_same_however_its_marks_are_written(
    data: st.DataObject, parts: list[tuple[str, str]]
) -> None:
    text = "".join(word + mark for word, mark in parts)
    other = "".join(
        word.replace("é", data.draw(st.sampled_from(WAYS["é"]))) + data.draw(st.sampled_from(WAYS.get(mark, [mark])))
        for word, mark in parts
    )
    assert folded(other) == folded(text)
    assert folded(folded(text)) == folded(text)


@settings(max_examples=60)
@given(st.text(st.sampled_from("aé’' «»“…\u00a0\u202f\u200b-.<g1>"), max_size=20))
def test_folding_changes_neither_letters_nor_what_is_folded(text: str) -> None:
    def letters(of: str) -> list[str]:
        return [letter for letter in unicodedata.normalize("NFC", of) if letter.isalnum()]

    assert letters(folded(text)) == letters(text)
    assert folded(folded(text)) == folded(of_one_kind(text)) == folded(text)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Quoi que dise le port.", "Quoique dise le port."),
        ("Le quai ouvre.", "Le quai ouvre !"),
        ("L’avant-port", "L’avant port"),
        ("Il l’a dit.", "Il la dit."),
        ("du 1er au 12 mai", "du 1er au 1 2 mai"),
        ("Le port a dû fermer.", "Le port a du fermer."),
        ("Un <g1>quai</g1>.", "Un quai."),
        ("Les quais 3, 5 et 7", "Les quais 3,5 et 7"),
        ("2, 000", "2,000"),
        ("Nantes - Brest", "Nantes-Brest"),
        ("Le <g1>port</g1> ouvre.", "Le<g1>port</g1>ouvre."),
    ],
)
def test_another_sentence_is_another_sentence(one: str, other: str) -> None:
    assert folded(one) != folded(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("«\u00a0Merci…\u00a0», dit-elle\u202f!", '"Merci...", dit-elle!'),
        ("10\u202f000 t à 12\u00a0%", "10 000 t à 12%"),
        ("sou\u00adrire\u200b", "sourire"),
        (" Le <g1> quai</g1> ", "Le <g1>quai</g1>"),
    ],
)
def test_the_same_sentence_is_the_same(one: str, other: str) -> None:
    assert folded(one) == folded(other)
