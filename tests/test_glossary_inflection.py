"""French inflection found again in sentences, and English inflection written."""

from __future__ import annotations

import pytest

from toolkit.glossary import Glossary, Term
from toolkit.glossary.english import plural, verb_forms

#: Dictionary form = forms that are found; "!" before what is not. Words of ports, courts and the police.
FOUND = """
bureau central = bureaux centraux
général = généraux
journal = journaux
tribunal maritime = tribunaux maritimes
canal = canaux
bail = baux
travail dangereux = travaux dangereux
vitrail = vitraux
enjeu régional = enjeux régionaux
lieu = lieux
pieu = pieux
joyau = joyaux
bijou = bijoux
caillou = cailloux
clou = clous
pneu = pneus
œil = yeux
monsieur = messieurs
prix = prix
procès-verbal = procès-verbaux
cas grave = cas graves
voix = voix
gaz = gaz
chef de poste = chefs de poste
agent portuaire = agents portuaires, agente portuaire, agentes portuaires
directeur général = directrice générale, directeurs généraux, directrices générales
trafiquant = trafiquante, trafiquants, trafiquantes
policier = policière, policiers, policières
coordinateur national = coordinatrice nationale, coordinatrices nationales
chercheur = chercheuse, chercheuses
gardien = gardienne, gardiennes
avocat = avocate, avocates
délégué = déléguée, déléguées
réfugié = réfugiée, réfugiés
port = ports, !porte, !portes
marché = marchés, !marchée
traité = traités, !traitée
médecin = médecins, !médecine
vent = vents, !vente
mer = mers, !mère
zone active = zones actives
contrôle actif = contrôles actifs
mesure préventive = mesures préventives
eau douce = eaux douces
eau usée = eaux usées
note secrète = notes secrètes
accord complet = accords complets
marée basse = marées basses
ligne blanche = lignes blanches
force publique = forces publiques
feu vert = feux verts
rade foraine = rades foraines
navire suspect = navires suspects
vedette rapide = vedettes rapides
nouveau quai = nouveaux quais
pavillon étranger = pavillons étrangers
cargaison étrangère = cargaisons étrangères
ancre perdue = ancres perdues
bateau-pilote = bateaux-pilotes
sous-préfet = sous-préfets
"""
CASES = [
    (term.strip(), form.strip())
    for term, _, forms in (line.partition("=") for line in FOUND.strip().splitlines())
    for form in forms.split(",")
]


@pytest.mark.parametrize(("term", "form"), CASES)
def test_inflected_forms_are_found(term: str, form: str) -> None:
    glossary = Glossary((Term(term, ("x",)),))
    wanted = not form.startswith("!")
    text = f"Ils ont noté {form.removeprefix('!')} hier."
    assert bool(list(glossary.find(text))) is wanted
    if wanted:
        assert [one.source(text) for one in glossary.find(text)] == [form]


def test_there_are_enough_forms() -> None:
    assert len(CASES) >= 80


#: Adjectives in front of nouns of both genders: masculine = feminine.
ADJECTIVES = """
européen=européenne|actif=active|dangereux=dangereuse|public=publique|grec=grecque|turc=turque|blanc=blanche|sec=sèche
long=longue|nul=nulle|bon=bonne|épais=épaisse|gros=grosse|inquiet=inquiète|léger=légère|cruel=cruelle|pareil=pareille
net=nette|faux=fausse|doux=douce|roux=rousse|vieux=vieille|frais=fraîche|bref=brève|neuf=neuve|malin=maligne
beau=belle|nouveau=nouvelle|portuaire=portuaire|maritime=maritime|fondé=fondée|suivi=suivie|perdu=perdue|mis=mise
meilleur=meilleure|français=française|chinois=chinoise|protecteur=protectrice|porteur=porteuse|premier=première
"""


@pytest.mark.parametrize("pair", ADJECTIVES.replace("\n", "|").strip("|").split("|"))
def test_feminines_of_adjectives(pair: str) -> None:
    masculine, _, feminine = pair.partition("=")
    glossary = Glossary((Term(masculine, ("x",), part_of_speech="adjective"),))
    for form in (masculine, feminine, feminine + "s"):
        assert [one.source(f"elle est {form}.") for one in glossary.find(f"elle est {form}.")] == [form]


PLURALS = """
bureau=bureaus|National Central Bureau=National Central Bureaus|NCB=NCBs|NGO=NGOs|agency=agencies|key=keys|day=days
Secretary General=Secretaries General|Attorney General=Attorneys General|court martial=courts martial
Director of Operations=Directors of Operations|Head of NCB=Heads of NCB|port=ports|wharf=wharves|knife=knives
analysis=analyses|crisis=crises|criterion=criteria|person=people|child=children|spokeswoman=spokeswomen
policeman=policemen|human=humans|human being=human beings|box=boxes|branch=branches|monarch=monarchs|witness=witnesses
virus=viruses|cargo=cargoes|embargo=embargoes|photo=photos|hero=heroes|chief=chiefs|proof=proofs|thief=thieves
human trafficking=human trafficking|money laundering=money laundering|information=information|evidence=evidence
organized crime=organized crime|war crime=war crimes|meeting=meetings|kidnapping=kidnappings|proceeding=proceedings
intelligence=intelligence|equipment=equipment|software=software|aircraft=aircraft|terrorism=terrorism
headquarters=headquarters|goods=goods|law enforcement=law enforcement|training=training|hearing=hearings
modus operandi=modi operandi|passer-by=passers-by|commander-in-chief=commanders-in-chief|gas=gases|address=addresses
port authority (estuary)=port authorities (estuary)|Officer of the Watch=Officers of the Watch|army=armies
"""


@pytest.mark.parametrize("pair", PLURALS.replace("\n", "|").strip("|").split("|"))
def test_english_plurals(pair: str) -> None:
    singular, _, wanted = pair.partition("=")
    assert plural(singular) == wanted
    assert plural(wanted) == wanted


@pytest.mark.parametrize(
    ("verb", "present", "past", "gerund"),
    [
        ("seize", "seizes", "seized", "seizing"),
        ("to carry out", "carries out", "carried out", "carrying out"),
        ("stop", "stops", "stopped", "stopping"),
        ("board", "boards", "boarded", "boarding"),
        ("search", "searches", "searched", "searching"),
        ("undertake", "undertakes", "undertook", "undertaking"),
        ("free", "frees", "freed", "freeing"),
    ],
)
def test_english_verbs(verb: str, present: str, past: str, gerund: str) -> None:
    forms = verb_forms(verb)
    assert (forms["present"][0], forms["past"][0], forms["gerund"][0]) == (present, past, gerund)
