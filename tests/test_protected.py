"""What goes through a translation letter for letter, and names that English has otherwise."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.fixing import Fixer
from toolkit.glossary import Glossary, Term
from toolkit.text import protected
from toolkit.text.fixtures import Fixture, Kind, occurrences, settle

ALPHABET = "ABC abc é’'-./@#_0123456789 «»() M. Mme opération Opération Lyon www.example.org/ ONU"
ANY = st.one_of(st.text(max_size=120), st.text(alphabet=ALPHABET, max_size=120))

#: French sentence with its protected stretch between bars, and the English of it ("=" for the same).
CASES = [
    # addresses
    ("Voir |https://www.amarre.example/fr/ecole_ete_2026|.", "="),
    ("Voir (|https://amarre.example/a_(b)|).", "="),
    ("Voir |www.amarre.example|, puis signer.", "="),
    ("Source : |quais-et-rivages.example|", "="),
    ("Écrire à |service_presse@amarre.example|.", "="),
    ("Suivre |@amarre_info| et répondre.", "="),
    ("Le mot-dièse |#MaréeBasse| circule.", "="),
    ("Appeler le |04 72 44 70 00| le matin.", "="),
    ("Appeler le |+33 4 72 44 70 00|.", "="),
    ("Appeler le |04.72.44.70.00|.", "="),
    ("Le fichier |plan_de_quai.pdf| est joint.", "="),
    ("Quai du Port, |69006| Lyon", "="),
    # codes
    ("Le réseau |I-24/7| est sûr.", "="),
    ("Le réseau |R-12/4|.", "="),
    ("La résolution |A/RES/75/1| le dit.", "="),
    ("Le document |S/2023/12| le dit.", "="),
    ("La norme |ISO 9001| suffit.", "="),
    ("La |COP21| suffit", "="),
    ("Le |CO2| rejeté", "="),
    ("Le réseau |5G| du port", "="),
    ("La version |2.5| du plan", "="),
    ("La version |v1.2.3| du plan", "="),
    ("Le virus |COVID-19| recule", "="),
    # acronyms
    ("Un accord avec l’|ONUDC| est signé.", "UNODC"),
    ("Un accord avec l'|ONU| est signé.", "UN"),
    ("Un accord avec l’|OMS| est signé.", "WHO"),
    ("Les |ONG| signent.", "NGOs"),
    ("Une |ONG| signe.", "NGO"),
    ("Nos |B.C.N.| répondent.", "NCBs"),
    ("Le |B.C.N.| répond.", "NCB"),
    ("Les bases d’|INTERPOL| répondent.", "="),
    ("Le secrétariat d’|AMARRE| répond.", "="),
    ("Le quai |XIV| rouvre.", "="),
    # operations
    ("Dans le cadre de |l’opération Marée Basse II|, conduite ici.", "Operation Marée Basse II"),
    ("|L’opération Haechi IV| a abouti.", "Operation Haechi IV"),
    ("Une |opération « Filet d’or »| est close.", "Operation Filet d’or"),
    ("Pendant |l'opération Quai Clair|, deux navires", "Operation Quai Clair"),
    ("|Opération Filet d’argent| : 214 interpellations", "Operation Filet d’argent"),
    ("Bilan de |l’opération Quai Clair| du Conseil", "Operation Quai Clair"),
    ("|L’opération Brume| a commencé.", "Operation Brume"),
    # people
    ("|N'Guessan| a rappelé l’accord.", "="),
    ("a dit |Mme N’Dri|.", "Ms N’Dri"),
    ("a remercié |M. D'Almeida| et elle", "Mr D'Almeida"),
    ("|D’Almeida| préside le comité.", "="),
    ("Selon |O’Brien|, rien n’est joué.", "="),
    ("a dit |Jean-Baptiste N'Diaye|.", "="),
    ("a dit |Sébastien d’Almeida|, lundi", "="),
    ("a dit |Mme d’Almeida|, lundi", "Ms d’Almeida"),
    ("a dit |M. Jean d’Ormelle|, lundi", "Mr Jean d’Ormelle"),
    ("a dit |M. Sauvadet| d’Amphion", "Mr Sauvadet"),
    ("à l’invitation de Konan |N’GUESSAN|, maire", "="),
    ("a ajouté |M. Sauvadet|.", "Mr Sauvadet"),
    ("a ajouté |Mme Ysaline Corvaisier|, secrétaire générale", "Ms Ysaline Corvaisier"),
    ("a ajouté |M. J. K. Sauvadet|, directeur", "Mr J. K. Sauvadet"),
    ("a ajouté le |Dr Arvid Lindemose|, directeur", "Dr Arvid Lindemose"),
    ("a ajouté |Me Sabine Delcroix-Maes|, avocate", "Maître Sabine Delcroix-Maes"),
    ("que |MM. Achille Terwagne et Joris Poelvaert| ignoraient", "Messrs Achille Terwagne and Joris Poelvaert"),
    ("a expliqué |Jean-Karl Sauvadet|, directeur des opérations", "="),
    ("a dit le directeur d’Amphion, |Wil Van Gemert|.", "="),
    ("le secrétaire général d’AMARRE |Juergen Stockfeld| a dit", "="),
    ("a dit |Charles de Vaugelas|.", "="),
    ("« Non », a dit |Baptistin Ndoumbé|, président d’AMARRE.", "="),
    # places
    ("Un exercice à |Hambourg (Allemagne)| en janvier", "Hamburg, Germany"),
    ("Réunis à |Abou Dhabi (Émirats arabes unis)|", "Abu Dhabi, United Arab Emirates"),
    ("Réunis à |Genève|, ils signent.", "Geneva"),
    ("Le protocole de |Vienne| est signé.", "Vienna"),
    ("Elle se tiendra au |Chili|.", "Chile"),
    ("Elle se tiendra en |Norvège|.", "Norway"),
    ("Elle se tiendra aux |États-Unis|.", "United States"),
    ("Elle se tiendra au |Cap-Vert|.", "Cabo Verde"),
    ("Elle se tiendra à |La Haye|.", "The Hague"),
    ("Elle se tiendra au |Sri Lanka|.", "Sri Lanka"),
    ("Les ports d’|Afrique de l'Ouest| s’unissent.", "West Africa"),
    ("Les ports d’|Asie du Sud-Est| s’unissent.", "Southeast Asia"),
    ("Les ports du |Moyen-Orient| s’unissent.", "Middle East"),
    ("Les ports des |Balkans occidentaux| s’unissent.", "Western Balkans"),
]


def settled(text: str) -> list[Fixture]:
    return [one for one in protected.find(text) if one.settled]


@pytest.mark.parametrize(("marked", "english"), CASES, ids=[case[0] for case in CASES])
def test_a_stretch_and_its_english(marked: str, english: str) -> None:
    before, stretch, _ = marked.split("|")
    text = marked.replace("|", "")
    found = [(one.source(text), one.english[0]) for one in settled(text) if one.start == len(before)]
    assert found == [(stretch, stretch if english == "=" else english)]


@pytest.mark.parametrize(
    "text",
    [
        "La Conférence régionale européenne se tient ici.",
        "Le Forum Opérationnel des Ports Francs",
        "L’Assemblée Générale du Pacifique Sud",
        "IMPORTANT : LES QUAIS FERMENT",
        "TROIS PORTS FERMÉS",
        "Le moyen ordre et la Deuxième guerre",
        "Ceci est un test.",
        "Une opération de sauvetage",
        "D’Amphion, elle ne dit rien.",
        "L’Observatoire Fluvial",
        "C’EST NOUVEAU",
        "La police de Serbie",
        "Réunis mardi, ils signent.",
        "M. le préfet",
        "Affaire de la Belle-Gabarre",
    ],
)
def test_what_is_not_settled(text: str) -> None:
    assert settled(text) == []


def test_an_acronym_behind_its_gloss_and_initials_are_only_suggested() -> None:
    text = "L’Alliance mondiale des autorités (AMARRE) et les P.C.N. signent."
    assert [one.source(text) for one in protected.find(text)] == ["AMARRE", "P.C.N."]
    assert settled(text) == []


def test_a_row_of_capitals_without_evidence_is_only_suggested() -> None:
    text = "Le chaland Brume Claire part."
    (found,) = protected.find(text)
    assert (found.source(text), found.settled) == ("Brume Claire", False)


def test_the_name_alone_is_enough_in_a_translation() -> None:
    (found,) = protected.find("a ajouté M. Sauvadet")
    assert occurrences(found.english, "added Mr. Sauvadet.") == 1
    assert occurrences(found.english, "added Sauvadet, the director.") == 1
    assert occurrences(found.english, "added Mr Sauvade.") == 0


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("les ports d’Asie du Sud-Est", "South-East Asian ports"),
        ("les ports d’Asie du Sud-Est", "the ports of South East Asia"),
        ("un port en Côte d'Ivoire", "a port in Ivory Coast"),
        ("un port en Côte d'Ivoire", "a port in Côte d’Ivoire"),
        ("un port en Turquie", "a port in Turkey"),
    ],
)
def test_a_place_may_be_called_otherwise(french: str, english: str) -> None:
    (found,) = settled(french)
    assert occurrences(found.english, english) == 1


@pytest.mark.parametrize(
    ("french", "term", "stretch", "english"),
    [
        (
            "L’opération Brume a pris fin.",
            ("opération Brume", "Operation Brume"),
            "L’opération Brume",
            "Operation Brume",
        ),
        ("L’opération Brume a pris fin.", ("opération Brume", "Mist campaign"), "opération Brume", "Mist campaign"),
        ("L’opération Brume a pris fin.", ("Brume", "Mist"), "L’opération Brume", "Operation Mist"),
        ("Une opération « Brume » a lieu.", ("Brume", "Mist"), "opération « Brume »", "Operation Mist"),
        ("L’opération Brume II a pris fin.", ("opération Brume", "Mist"), "L’opération Brume II", "Operation Brume II"),
    ],
)
def test_the_glossary_has_the_first_word_on_operations(
    french: str, term: tuple[str, str], stretch: str, english: str
) -> None:
    fixer = Fixer(Glossary([Term(term[0], (term[1],), origin="own.csv:2")]))
    assert [(one.source(french), one.english[0]) for one in fixer.settled(french)] == [(stretch, english)]


def test_the_name_of_an_operation_is_not_enough_alone() -> None:
    (found,) = settled("L’opération Brume a commencé.")
    assert occurrences(found.english, "The Brume started.") == 0
    assert occurrences(found.english, "The Brume operation started.") == 1
    assert occurrences(found.english, "Operation “Brume” started.") == 1


@pytest.mark.parametrize(("text", "plural"), [("les ONG", True), ("trois ONG", True), ("une ONG", None)])
def test_the_determiner_tells_the_number(text: str, plural: bool | None) -> None:
    (found,) = (one for one in protected.find(text) if one.kind is Kind.ACRONYM)
    assert found.plural is plural


@settings(max_examples=100)
@given(ANY)
def test_nothing_raises_and_stretches_stand_in_order(text: str) -> None:
    end = 0
    for one in protected.find(text):
        assert end <= one.start < one.end <= len(text)
        assert one.english
        assert all(one.english)
        end = one.end


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(0, 40), st.integers(1, 9)), max_size=20))
def test_settling_leaves_no_overlap_and_loses_no_longest(spans: list[tuple[int, int]]) -> None:
    found = [Fixture(start, start + length, Kind.TERM, ("x",)) for start, length in spans]
    chosen = settle(found)
    assert all(one.end <= other.start for one, other in pairwise(chosen))
    for one in found:
        assert any(one.start < other.end and other.start < one.end for other in chosen)
    if found:
        assert max(one.end - one.start for one in found) == max(one.end - one.start for one in chosen)


@pytest.mark.parametrize("unit", ["A. ", "Abc ", "M. Abc et ", "IV ", "a@", "http://", "opération « ", "+33 4 ", "A/1"])
def test_long_texts_are_read_to_their_end(unit: str) -> None:
    """A quadratic pattern would take minutes."""
    protected.find(unit * (40_000 // len(unit)))
