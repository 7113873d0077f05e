"""The packaged glossary: it loads without a warning, finds its own terms, and spoils no ordinary sentence."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest

import toolkit
from toolkit.glossary import Glossary, load
from toolkit.glossary.model import Status
from toolkit.text.fixtures import occurrences, settle

PATH = Path(toolkit.__file__).parent / "data" / "glossaries" / "police.csv"
GLOSSARY, WARNINGS = load([("police", PATH)])
SETTLED = [term for term in GLOSSARY.terms if term.status in (Status.PREFERRED, Status.KEPT)]
SAMPLE = Path(__file__).parent.parent / "locales" / "glossary.csv"


def test_it_loads_without_a_warning() -> None:
    assert WARNINGS == ()
    assert len(GLOSSARY.terms) >= 350


def test_no_french_stands_twice() -> None:
    twice = [french for french, count in Counter(term.french for term in GLOSSARY.terms).items() if count > 1]
    assert not twice


def test_its_file_is_one_that_spreadsheets_keep() -> None:
    """Every row has every column, no cell has spaces around it, and the typography is that of careful French."""
    with PATH.open(encoding="utf-8", newline="") as file:
        rows = list(csv.reader(file))
    assert rows[0] == ["fr", "en", "status", "plural", "pos", "note"]
    assert all(len(row) == 6 and all(cell == cell.strip() for cell in row) for row in rows)
    assert not [row for row in rows if "'" in row[0] + row[1]], "typographic apostrophes"
    assert not [row for row in rows[1:] if "" in row[1].split("|")], "an empty rendering"


def test_every_term_finds_itself() -> None:
    lost = []
    for term in SETTLED:
        sentence = f"Voici {term.french}, dit-on."
        found = [one for one in settle(GLOSSARY.find(sentence)) if one.source(sentence) == term.french]
        if [one.origin for one in found] != [term.origin] or not found[0].settled:
            lost.append(f"{term.origin} {term.french}")
        elif occurrences(found[0].english, f"Here is {term.english[0]}, they say.") != 1:
            lost.append(f"{term.origin} {term.english[0]} is not among {found[0].english}")
    assert not lost, "\n".join(lost)


COUNTABLE = [
    term
    for term in SETTLED
    if term.status is Status.PREFERRED
    and term.plural != "-"
    and term.part_of_speech == "noun"
    and not term.french.endswith("s")
    and term.french.partition(" ")[0] not in ("le", "la")
]


def test_every_plural_finds_its_term() -> None:
    lost = []
    for term in COUNTABLE:
        plural = pluralised(term.french)
        sentence = f"Voici les {plural}, dit-on."
        found = [one for one in settle(GLOSSARY.find(sentence)) if one.source(sentence) == plural]
        if [one.origin for one in found] != [term.origin] or found[0].plural is not True:
            lost.append(f"{term.origin} {plural}")
        elif term.plural and found[0].english[0] != term.plural.split("|")[0]:
            lost.append(f"{term.origin} {plural}: {found[0].english[0]}")
    assert len(COUNTABLE) > 200
    assert not lost, "\n".join(lost)


def pluralised(term: str) -> str:
    """Regular French plural of a noun and its adjectives, up to the first preposition."""
    words = term.split(" ")
    end = next(
        (at for at, word in enumerate(words) if re.match(r"(?:d|l)’|(?:de|du|des|à|aux?|en|sur|pour|contre)$", word)),
        None,
    )
    return " ".join([*map(pluralised_word, words[:end]), *(words[end:] if end is not None else ())])


def pluralised_word(word: str) -> str:
    if word.endswith(","):
        return pluralised_word(word[:-1]) + ","
    if "-de-" in word:
        return word.replace("-de-", "s-de-")
    if word.isupper() or word.endswith(("s", "x", "z")):
        return word
    if word.endswith("al"):
        return word[:-2] + "aux"
    return word + ("x" if word.endswith(("eau", "eu")) else "s")


#: Sentences of everyday French, and words of theirs that the glossary must not settle.
ORDINARY = (
    "Le parquet de la salle a été ciré.",
    "La notice du médicament est illisible.",
    "Ce recueil de poèmes est une affaire de goût.",
    "La diffusion du film commence à huit heures.",
    "Le siège du conducteur est réglable.",
    "Un enlèvement des encombrants est prévu mardi.",
    "La saisie des données prend une heure.",
    "Le passeur de la balle a marqué.",
    "Il faut avoir des avoirs pour en parler.",
    "La contrefaçon est un art, dit-il, et le bureau est fermé.",
    "Les marins ont prévenu la vigie, qui les a prévenus à son tour.",
    "Une greffe de rein a été tentée.",
    "Le bus marque un arrêt devant le chantier.",
    "L’acquittement du péage se fait à l’écluse.",
    "La loi amende le texte et accorde un sursis.",
    "Il a été mis en cause par le rapport, puis il se relaxe.",
    "Les affaires familiales prospèrent.",
)


@pytest.mark.parametrize("sentence", ORDINARY)
def test_ordinary_words_are_left_alone(sentence: str) -> None:
    assert not [one.source(sentence) for one in GLOSSARY.find(sentence) if one.settled]


#: What an English edition of such releases must say: French in a sentence → what settles it.
FACTS = (
    ("les Bureaux centraux nationaux", "National Central Bureaus"),
    ("le B.C.N. de Dakar", "NCB"),
    ("nos B.C.N.", "NCBs"),
    ("des BCN", "NCBs"),
    ("le Secrétariat général", "General Secretariat"),
    ("la Secrétaire générale", "Secretary General"),
    ("Directeur exécutif des Services de police", "Executive Director of Police Services"),
    ("des services chargés de l’application de la loi", "law enforcement agencies"),
    ("le trafic de marchandises illicites", "trafficking in illicit goods"),
    ("au-delà de tout doute raisonnable", "beyond reasonable doubt"),
    ("la criminalité organisée transnationale", "transnational organized crime"),
    ("la criminalité transnationale organisée", "transnational organized crime"),
    ("aux pays membres", "member countries"),
    ("la traite des êtres humains", "human trafficking"),
    ("du trafic de migrants", "migrant smuggling"),
    ("le trafic d'humains", "human trafficking"),
    ("leurs modes opératoires", "modi operandi"),
    ("le directeur opérationnel délégué d’Europol", "Europol’s Deputy Director of Operations"),
    ("la Deuxième guerre mondiale", "Second World War"),
    ("l'ONUDC", "UNODC"),
    (
        "la Commission pour la prévention du crime et la justice pénale",
        "Commission on Crime Prevention and Criminal Justice",
    ),
    ("la Commission du Crime", "Crime Commission"),
    ("la Commission 2016 sur le Crime", "2016 Crime Commission"),
    ("le directeur général de l'ONUDC", "Executive Director of UNODC"),
    ("un événement parallèle", "side event"),
    ("en marge de la session", "on the margins of"),
    ("le recouvrement des actifs", "asset recovery"),
    ("la criminalité liée aux espèces sauvages", "wildlife crime"),
    ("des engins explosifs improvisés", "improvised explosive devices"),
    ("la Déclaration de Vienne", "Vienna Declaration"),
    ("les centres de cyberescroqueries", "cyber scam centres"),
    (
        "le réseau mondial sécurisé de communication policière I-24/7",
        "I-24/7 secure global police communications network",
    ),
    ("la Conférence régionale asiatique", "Asian Regional Conference"),
    ("la coopération intersectorielle", "cross-sector cooperation"),
    ("les objectifs de l’action policière mondiale", "Global Policing Goals"),
    ("des opérations fondées sur le renseignement", "intelligence-led"),
    ("l’OMD et l’OIM", "WCO"),
    ("deux bases de données biométriques", "biometric databases"),
    ("quarante interpellations", "arrests"),
    ("une notice argent", "Silver Notice"),
    ("les notices rouges", "Red Notices"),
    ("l’avocate de la prévenue", "the defendant"),
    ("les droits des prévenus", "the defendants"),
    ("l’audition des mis en cause", "the suspects"),
    ("ils ont été mis en examen", "been placed under formal investigation"),
    ("elle a été relaxée", "been acquitted"),
    ("la bâtonnière", "President of the Bar"),
    ("six mois de prison avec sursis", "suspended imprisonment"),
    ("un pourvoi en cassation", "appeal on points of law"),
    ("le pourvoi des postes", "filling of posts"),
    ("la juge aux affaires familiales", "family court judge"),
    ("au greffe du tribunal correctionnel", "registry of the criminal court"),
    ("les dommages-intérêts", "damages"),
    ("selon le parquet", "according to the public prosecutor’s office"),
)


@pytest.mark.parametrize(("french", "english"), FACTS, ids=lambda text: text)
def test_a_fact_is_settled(french: str, english: str) -> None:
    assert english in [one.english[0] for one in settle(GLOSSARY.find(french)) if one.settled]


def test_the_longest_term_wins() -> None:
    sentence = "Le Directeur exécutif des Services de police a parlé."
    assert [one.source(sentence) for one in settle(GLOSSARY.find(sentence))] == [
        "Directeur exécutif des Services de police"
    ]


def test_the_glossary_of_the_sample_stands_before_it() -> None:
    """The sample project writes "organisation" with s; the packaged entry is then not used, and nothing is told."""
    both, warnings = load([("locales/glossary.csv", SAMPLE), ("police", PATH)])
    assert warnings == ()
    found = [one for one in both.find("une organisation non gouvernementale") if one.settled]
    assert found[0].english[0] == "non-governmental organisation"
    assert isinstance(both, Glossary)
