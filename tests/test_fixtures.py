"""Whether English holds what is settled: each fixture has words, or a figure, of its own."""

from __future__ import annotations

import pytest

from toolkit.fixing import Fixer
from toolkit.glossary import Glossary, Term
from toolkit.text.fixtures import Fixture, Kind, missing, places

FIXER = Fixer(
    Glossary(
        (
            Term("bureau du port", ("Port Office", "PO")),
            Term("BDP", ("PO", "Port Office")),
            Term("conseil du fleuve", ("River Council",)),
            Term("fleuve", ("river",)),
            Term("ports membres", ("member ports", "member harbours"), plural="member ports"),
            Term("havres membres", ("member harbours",), plural="member harbours"),
        )
    )
)


@pytest.mark.parametrize(
    ("french", "english", "lost"),
    [
        ("Le bureau du port et le BDP coopèrent.", "The PO cooperates.", 1),
        ("Le bureau du port et le BDP coopèrent.", "The PO and the Port Office cooperate.", 0),
        ("Le conseil du fleuve et le fleuve.", "The River Council.", 1),
        ("Le conseil du fleuve et le fleuve.", "The River Council and the river.", 0),
        ("Les ports membres et les havres membres.", "Member harbours.", 1),
        ("Le 7 février 2013, puis en 2013, il est venu.", "On 7 February 2013 he came.", 1),
        ("Le 7 février 2013, puis en 2013, il est venu.", "On 7 February 2013, then in 2013, he came.", 0),
        ("Le 7 février 2013, puis en février 2013.", "On 7 February 2013.", 1),
        ("Les 7 et 9 février 2013.", "On 7 and 9 February 2013.", 0),
        ("Le 12 mai, 12 ports ont fermé.", "On 12 May ports closed.", 1),
    ],
)
def test_each_has_words_or_figures_of_its_own(french: str, english: str, lost: int) -> None:
    assert len(FIXER.missing(french, english)) == lost


def test_the_longest_stretch_is_nobody_elses() -> None:
    found = places([["River Council"], ["river"]], "The River Council meets by the river.")
    assert found == {(4, 17): frozenset({0}), (31, 36): frozenset({1})}


def test_hundreds_of_fixtures_are_counted() -> None:
    many = [Fixture(at, at + 1, Kind.NAME, ("quay",)) for at in range(500)]
    assert not missing(many, "quay " * 500)
    assert len(missing(many, "quay " * 499)) == 500


def test_drafts_tell_two_things_apart() -> None:
    one, other = FIXER.drafted("Les ports membres et les havres membres.")
    assert one.english == ("member ports",)
    assert other.english[0] == "member harbours"
