"""Names that are others in the English: what T111 tells, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks_sample import found, text
from toolkit.checks import Knowledge, run
from toolkit.fixing import Fixer
from toolkit.glossary import Glossary
from toolkit.text.names import is_another_place, spoken_for

#: Somebody who knows the fixtures of a project without a glossary.
_FIXER = Fixer(Glossary())
KNOW = Knowledge(fixtures=_FIXER.find, missing=_FIXER.missing)


def said(*pairs: tuple[str, str]) -> list[str]:
    return [one.message for one in run([text(*pairs)], KNOW).findings if one.code == "T111"]


@pytest.mark.parametrize(
    ("french", "english", "lost", "new"),
    [
        ("Le convoi a quitté Brest lundi.", "The convoy left Brussels on Monday.", "Brest", "Brussels"),
        ("Selon Kervran, rien n’est joué.", "According to Kerven, nothing is settled.", "Kervran", "Kerven"),
        ("Selon Kervran, rien n'est joué.", "Sauvadet says that nothing is settled.", "Kervran", "Sauvadet"),
        ("Le comité siège à Port-Vigie.", "The committee meets in Marvelle.", "Port-Vigie", "Marvelle"),
        ("La société Navalis a gagné.", "The Maritek company has won.", "Navalis", "Maritek"),
        ("L’accord lie la France et la Belgique.", "The agreement binds France and Germany.", "Belgique", "Germany"),
        ("Le chantier d’Anvers avance.", "Work in Kervignac is progressing.", "", ""),  # T109 tells it
    ],
)
def test_another_name(french: str, english: str, lost: str, new: str) -> None:
    told = [f"another name: “{lost}” is not in the English, “{new}” not in the French"] if lost else []
    assert said((french, english)) == told


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("Le convoi va de Londres à Pékin.", "The convoy goes from London to Beijing."),  # exonyms
        ("L’Escaut et la Tamise montent.", "The Scheldt and the Thames are rising."),
        ("La police de Serbie et les marins belges", "The Serbian police and sailors from Belgium"),  # adjectives
        ("Selon Kervran, il a menti.", "According to the director, he lied."),  # free translation, one side only
        ("Selon elle, il a menti.", "According to Sauvadet, he lied."),
        ("Le bac d’Étretat s’appelle Éléonore.", "The ferry in Etretat is called Eleonore."),  # accents
        ("Le réseau Quai Vert s’étend.", "The QuaiVert network is growing."),  # one word of two
        ("Kervran a menti.", "Sauvadet lied."),  # the first word of a sentence: a name, or any other word
        ("Le Guichet a rouvert avec M. Sauvadet.", "The Counter has reopened with Mr Sauvadet."),
        ("SELON KERVRAN, RIEN N’EST JOUÉ", "ACCORDING TO SAUVADET, NOTHING IS SETTLED"),
        ("Le Grand-Duché soutient la Vice-Présidente.", "The country supports Ms Sauvadet."),
        ("Selon Loukachenko, tout va bien.", "According to Lukashenko, all is well."),  # another spelling: T103's
        ("Le XIVe congrès s’ouvre à Kerlouan.", "The XIVth congress opens in Kerlouan."),
    ],
)
def test_what_is_no_other_name(french: str, english: str) -> None:
    assert said((french, english)) == []


def test_the_first_word_is_a_name_where_the_release_says_so() -> None:
    """French begins a sentence with a capital: only elsewhere can be seen that the word is a name."""
    known = ("C’est l’avis de Kervran.", "That is what Kervran thinks.")
    assert said(("Kervran a menti.", "Sauvadet lied."), known) == [
        "another name: “Kervran” is not in the English, “Sauvadet” not in the French"
    ]


def test_a_word_that_the_release_writes_small_is_none() -> None:
    pair = ("Selon le Guet, tout va bien.", "According to Sauvadet, all is well.")
    assert said(pair) != []
    assert said(pair, ("Le guet veille.", "The watch is on duty.")) == []


def test_a_remark_can_be_suppressed_and_is_a_warning() -> None:
    findings = run([text(("Le convoi a quitté Brest.", "The convoy left Brussels."))], KNOW).findings
    assert found(findings) == ["T111"]
    assert findings[0].severity.value == "warning"


def test_what_a_sentence_speaks_for() -> None:
    assert {"london", "belgiu"} <= spoken_for("Les marins belges sont à Londres.")
    assert is_another_place("Brussels", "Le convoi a quitté Brest.")
    assert not is_another_place("Belgium", "Les marins belges sont partis.")
    assert not is_another_place("Kervignac", "Le convoi a quitté Brest.")  # no place of the tables
