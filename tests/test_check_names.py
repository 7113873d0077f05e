"""Names that are others in the English: what T111 tells, and what it leaves alone."""

from __future__ import annotations

import pytest

from tests.checks_sample import found, text
from toolkit.checks import Knowledge, run
from toolkit.fixing import Fixer
from toolkit.glossary import Glossary
from toolkit.text import people, placenames, rulers
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
        ("On doit le phare au tsar Pierre.", "The lighthouse is due to Tsar Paul.", "Pierre", "Paul"),
        ("Le phare plaît à Guillaume.", "The lighthouse pleases William.", "Guillaume", "William"),  # no sovereign
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
        ("Le convoi va à Aix-la-Chapelle.", "The convoy goes to Aachen."),
        ("De Nimègue à Pise, de Courtrai à Soleure", "From Nijmegen to Pisa, from Kortrijk to Solothurn"),
        ("Le bac de La Corogne", "The ferry from Corunna"),  # each of three ways
        ("On doit le phare au tsar Pierre le Grand.", "The lighthouse is due to Tsar Peter the Great."),
        ("Une digue de Guillaume le Conquérant", "A dyke of William the Conqueror"),
        ("Le roi Charles et le prince Guillaume arrivent.", "King Charles and Prince William are arriving."),
        ("Le quai des saints Jacques et Jean", "The quay of Saints James and John"),
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


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("l’empereur Pierre", ("Peter", "Pedro")),
        ("du pape Jean-Paul", ("John Paul",)),
        ("la digue de François Ier", ("Francis", "Franz")),
        ("le port Saint-Étienne", ("Stephen",)),
        ("la digue de Pierre Kervran", ()),
        ("Saint-Pierre-et-Miquelon", ()),  # longer names are others
        ("le roi Louis-Philippe", ()),
        ("un effroi Pierre", ()),
    ],
)
def test_a_first_name_of_a_sovereign_or_saint(french: str, english: tuple[str, ...]) -> None:
    assert tuple(way for one in rulers.find(french) for way in one.english) == english


def test_a_byname_is_translated_and_a_surname_kept() -> None:
    """Else a draft would have to keep "Guillaume le Conquérant" letter for letter, and T109 would ask for it."""
    names = ("Guillaume le Conquérant", "Guillaume Kervran", "Guillaume Le Guet")
    settled = [[one.settled for one in people.find(f"La digue de {name}")] for name in names]
    assert settled == [[False], [True], [True]]


def test_a_town_has_several_english_names() -> None:
    ways = [one.english for one in placenames.find("Le bac de La Corogne")]
    assert ways == [("A Coruña", "La Coruña", "Corunna")]
    assert is_another_place("Corunna", "Le convoi a quitté Brest.")


def test_what_a_sentence_speaks_for() -> None:
    assert {"london", "belgiu"} <= spoken_for("Les marins belges sont à Londres.")
    assert is_another_place("Brussels", "Le convoi a quitté Brest.")
    assert not is_another_place("Belgium", "Les marins belges sont partis.")
    assert not is_another_place("Kervignac", "Le convoi a quitté Brest.")  # no place of the tables
