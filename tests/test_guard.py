"""Guards after the model, and figures compared across the two languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translation.guard import missing_addresses, missing_numbers, numbers_of, stutter, suspicious

FRENCH = "La préfecture rouvrira le quai au public dès la fin des travaux."


@pytest.mark.parametrize(
    ("source", "answer", "reason"),
    [
        (FRENCH, "", "empty"),
        (FRENCH, " . ", "empty"),
        (FRENCH, "The quay of crime of crime of crime of crime", "again and again"),
        ("Applaudissements", "(applause)(applause)(applause)", "again and again"),
        (FRENCH, "The prefecture will open the AMARROLOLOLOL quay", "syllable"),
        (FRENCH, "to the quay and to the port or to the quay to the", "mostly the same"),
        ("Le quai rouvrira au public.", "And " + " ".join(f"word{n} more{n}" for n in range(9)), "longer"),
        (FRENCH, "The quay", "shorter"),
        (FRENCH, "The prefecture\x00 will reopen the quay.", r"U+0000"),
        (FRENCH, "The prefecture \ud800 will reopen the quay.", r"U+D800"),
        (
            FRENCH,
            "La prefecture rouvrira".replace("pre", "pré") + " le quai au public dès la fin des travaux",
            "French",
        ),
    ],
)
def test_suspicious_answers(source: str, answer: str, reason: str) -> None:
    found = suspicious(source, answer)
    assert found is not None
    assert reason in found


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        (FRENCH, "The prefecture will reopen the quay to the public once the works are over."),
        ("Oui", "Yes"),
        ("|", "|"),
        ("Non, non, non, cent fois non", "No, no, no, a hundred times no"),
        ("Communication", "Communication"),
        ("Le 12 12 12", "12 12 12"),
        ("Le banana bananana", "The banana bananana"),
    ],
)
def test_good_answers_pass(source: str, answer: str) -> None:
    assert suspicious(source, answer) is None


@given(st.text(), st.text())
def test_guards_never_raise(source: str, answer: str) -> None:
    assert suspicious(source, answer) != ""
    assert set(missing_numbers(source, answer)) <= set(numbers_of(source))


@given(st.text())
def test_a_text_misses_none_of_its_own_numbers(text: str) -> None:
    assert missing_numbers(text, text) == ()


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("Plus de 120 agents", "More than 12 agents", ("120",)),
        ("3,2 tonnes et 1 333 ports", "3.2 tonnes and 1,333 ports", ()),
        ("la 25ème session", "the 25th session", ()),
        ("le 1er mars", "on the first of March", ()),
        ("24h/24 et 7j/7", "24/7", ("24", "7")),
        ("ouvert 24/7", "open 24/7", ()),
        ("en 2013, 40 agents", "in 2013, 40 officers", ()),
        ("en 2013", "in 20 13", ("2013",)),
        ("12\u202f500 euros", "EUR 12,500", ()),
        ("10 bateaux sur 10", "10 boats", ("10",)),
        ("3 ports", "three ports", ()),
    ],
)
def test_missing_numbers(source: str, target: str, missing: tuple[str, ...]) -> None:
    assert missing_numbers(source, target) == missing


@given(st.integers(min_value=1000, max_value=10**9))
def test_separators_do_not_matter(number: int) -> None:
    grouped = f"{number:,}"
    for separator in " \u00a0\u202f,.":
        assert numbers_of(grouped.replace(",", separator)) == (str(number),)


@pytest.mark.parametrize(
    ("source", "answer", "doubled"),
    [
        ("Le siège d’AMARRE à Nantes.", "The seat of AMARREMARRE in Nantes.", "MARREMARRE"),
        ("Un forum d’Amphion.", "A forum of Amphion/ Amphion.", "Amphion/ Amphion"),
        ("Une boîte à outils.", "A box tool tools.", "tool tool"),
        ("Le groupe Duran Duran.", "The band Duran Duran.", None),
        ("Il avait cru cela.", "He had had that idea.", None),
    ],
)
def test_doubled_letters(source: str, answer: str, doubled: str | None) -> None:
    assert stutter(source, answer) == doubled


def test_addresses_must_be_kept_to_the_letter() -> None:
    source = "Voir https://amarre.example/un_lien. Écrire à a_b@amarre.example."
    assert missing_addresses(source, "See https://amarre.example/un_lien or a_b@amarre.example") == ()
    assert missing_addresses(source, "See https:/amarre.example/un lien") == (
        "https://amarre.example/un_lien",
        "a_b@amarre.example",
    )
