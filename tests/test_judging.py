"""What a publication finds in a release for little: figures that are not those of the French."""

from __future__ import annotations

import pytest

from toolkit.judging import differ


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
