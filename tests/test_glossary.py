"""Terms found in French sentences, and what English a sentence must and must not hold."""

from __future__ import annotations

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.glossary import Glossary, Status, Term
from toolkit.glossary.words import first_key, path, plain, tokens, units
from toolkit.glossary.words import joint as joined
from toolkit.text.fixtures import Fixture, Kind, missing


def glossary(*lines: str) -> Glossary:
    """Terms written "french = english | other; status; plural; part of speech; note"."""
    terms = []
    for number, line in enumerate(lines, 2):
        french, _, rest = line.partition(" = ")
        english, status, plural, pos, note = [*map(str.strip, rest.split(";")), "", "", "", ""][:5]
        ways = tuple(way.strip() for way in english.split("|") if way.strip())
        kind = Status(status) if status else Status.PREFERRED
        terms.append(Term(french.strip(), ways, kind, plural, pos, note, f"t.csv:{number}"))
    return Glossary(tuple(terms))


PORTS = glossary(
    "point de contact national = National Contact Point | NCP",
    "P.C.N. = NCP | National Contact Point",
    "contact = contact",
    "capitaine de port = harbour master",
    "secrétaire général = Secretary General;;Secretaries General",
    "trafic de migrants = migrant smuggling;;-",
    "services chargés de l'application de la loi = law enforcement agencies",
    "pays membre = member country",
    "ordre du jour = agenda",
    "en marge de = on the margins of",
    "fondé sur le renseignement = intelligence-led;;;adjective",
    "Nations Unies = United Nations;;-",
    "OETP = EOPT",
    "État côtier = coastal State",
    "Le Havre = Le Havre;;-;proper noun",
    "Abou Dhabi (Émirats arabes unis) = Abu Dhabi, United Arab Emirates;;-",
    "R-12/4 = R-12/4;do not translate",
    "Quai Clair = ;do not translate",
    "recueil = casebook;suggested",
    "arraisonner = board;;;verb",
    "ministre = minister",
    "forces de l’ordre = police | law enforcement officers",
    "procès-verbal = record",
    "œuvre maîtresse = masterpiece",
)


def found(text: str, terms: Glossary = PORTS) -> list[tuple[str, str]]:
    return [(one.source(text), one.english[0]) for one in terms.find(text)]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        # number: from the ending, from the determiner, from numerals and amounts
        ("Les points de contact nationaux veillent.", [("points de contact nationaux", "National Contact Points")]),
        ("Le point de contact national veille.", [("point de contact national", "National Contact Point")]),
        ("nos P.C.N. veillent", [("P.C.N.", "NCPs")]),
        ("le P.C.N. veille", [("P.C.N.", "NCP")]),
        ("chaque PCN veille", [("PCN", "NCP")]),
        ("trois nouveaux PCN", [("PCN", "NCPs")]),
        ("1 PCN", [("PCN", "NCP")]),
        ("1 200 PCN", [("PCN", "NCPs")]),
        ("une dizaine de PCN", [("PCN", "NCPs")]),
        ("Il écrit aux PCN.", [("PCN", "NCPs")]),
        ("PCN du Sud", [("PCN", "NCP")]),
        ("les pays membres", [("pays membres", "member countries")]),
        ("un pays membre", [("pays membre", "member country")]),
        ("les secrétaires généraux", [("secrétaires généraux", "Secretaries General")]),
        ("des trafics de migrants", [("trafics de migrants", "migrant smuggling")]),
        ("les forces de l'ordre", [("forces de l'ordre", "police")]),
        # the sentence's own period is not the acronym's
        ("Il a prévenu les P.C.N.", [("P.C.N", "NCPs")]),
        ("Il a dit : « Prévenez les P.C.N. »", [("P.C.N", "NCPs")]),
        ("les P.C.N. (douze)", [("P.C.N.", "NCPs")]),
        # contraction and elision
        ("la capitaine du port", []),  # of one certain port: "captain of the port"
        ("les capitaines de ports", [("capitaines de ports", "harbour masters")]),
        ("les capitaines des ports", [("capitaines des ports", "harbour masters")]),
        ("l’ordre du jour", [("ordre du jour", "agenda")]),
        ("des ordres du jour", [("ordres du jour", "agendas")]),
        (
            "aux services chargés de l’application des lois",
            [("services chargés de l’application des lois", "law enforcement agencies")],
        ),
        ("en marge de la session", [("en marge de", "on the margins of")]),
        ("en marge du sommet", [("en marge du", "on the margins of the")]),
        ("arrivé au Havre", [("Havre", "Le Havre")]),
        ("au départ du Havre", [("Havre", "Le Havre")]),
        # capitals and accents
        ("LES POINTS DE CONTACT NATIONAUX", [("POINTS DE CONTACT NATIONAUX", "National Contact Points")]),
        ("LE SECRETAIRE GENERAL", [("SECRETAIRE GENERAL", "Secretary General")]),
        ("Le Secrétaire général", [("Secrétaire général", "Secretary General")]),
        ("le secretaire général", []),
        ("les Nations unies", [("Nations unies", "United Nations")]),
        ("des nations unies par la mer", []),
        ("l’Etat côtier", [("Etat côtier", "coastal State")]),
        ("son état côtier", []),
        ("l’oetp", []),
        # spaces, apostrophes, hyphens, ligatures of any kind
        ("le point\u00a0de\u202fcontact national", [("point\u00a0de\u202fcontact national", "National Contact Point")]),
        ("un procès\u2011verbal", [("procès\u2011verbal", "record")]),
        ("une oeuvre maîtresse", [("oeuvre maîtresse", "masterpiece")]),
        ("le mini\u00adstre", [("mini\u00adstre", "minister")]),
        # punctuation in a term
        (
            "à Abou Dhabi (Émirats arabes unis).",
            [("Abou Dhabi (Émirats arabes unis)", "Abu Dhabi, United Arab Emirates")],
        ),
        ("le réseau R-12/4.", [("R-12/4", "R-12/4")]),
        # kept, suggested, adjectives, verbs
        ("l’unité Quai Clair", [("Quai Clair", "Quai Clair")]),
        ("ce recueil", [("recueil", "casebook")]),
        ("des enquêtes fondées sur le renseignement", [("fondées sur le renseignement", "intelligence-led")]),
        ("Ils ont arraisonné la barge.", [("arraisonné", "boarded")]),
        ("Il faut arraisonner la barge.", [("arraisonner", "board")]),
        # not found: within other words, across punctuation, in addresses
        ("le vice-ministre", []),
        ("l’administre", []),
        ("cet ordre, du jour au lendemain", []),
        ("https://ministre.example/contact", []),
        ("contact@ministre.example", []),
        ("www.ports.example/contact", []),
    ],
)
def test_found_in_sentences(text: str, wanted: list[tuple[str, str]]) -> None:
    assert found(text) == wanted


def test_a_term_within_another_is_not_found_there() -> None:
    assert found("le point de contact national") == [("point de contact national", "National Contact Point")]
    assert found("un contact") == [("contact", "contact")]
    assert [text for text, _ in found("le contact du point de contact national")] == [
        "contact",
        "point de contact national",
    ]


def test_number_decides_which_english_is_right() -> None:
    (plural,) = PORTS.find("les PCN")
    assert plural.plural is True
    assert plural.english == ("NCPs", "National Contact Points")
    assert missing([plural], "the NCP was told") == (plural,)
    (unknown,) = PORTS.find("PCN")
    assert unknown.plural is None
    assert unknown.english == ("NCP", "National Contact Point", "NCPs", "National Contact Points")
    (either,) = PORTS.find("les PCN", any_number=True)
    assert either.english == ("NCPs", "National Contact Points", "NCP", "National Contact Point")


def test_what_is_settled() -> None:
    settled = {
        one.source(text): (one.settled, one.kind)
        for text in ("un ministre", "un recueil", "ils arraisonnent", "Quai Clair")
        for one in PORTS.find(text)
    }
    assert settled == {
        "ministre": (True, Kind.TERM),
        "recueil": (False, Kind.TERM),
        "arraisonnent": (False, Kind.TERM),
        "Quai Clair": (True, Kind.NAME),
    }


def test_short_words_in_capitals_are_acronyms_but_in_headlines() -> None:
    terms = glossary("sas = airlock")
    assert found("la société SAS", terms) == []
    assert found("LE SAS DU PORT", terms) == [("SAS", "airlock")]


def test_of_two_spellings_the_nearer_is_taken() -> None:
    terms = glossary("office = pantry", "Office = Office for Ports")
    assert found("l’Office", terms) == [("Office", "Office for Ports")]
    assert found("l’office", terms) == [("office", "pantry")]
    accents = glossary("côte = coast", "côté = side", "cote = rating")
    assert [found(word, accents)[0][1] for word in ("côte", "côté", "cote", "cotes")] == [
        "coast",
        "side",
        "rating",
        "ratings",
    ]


FORBIDDEN = glossary(
    "point de contact national = National Contact Point | NCP",
    "point de contact national = contact office;forbidden",
    "avis = notice",
    "avis = opinion;forbidden;;;a legal opinion is another thing",
    " = riverine port | PCN;forbidden",
    "arraisonner = arraign;forbidden;;verb",
)


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("Le point de contact national", "The contact office", ["contact office"]),
        ("Les points de contact nationaux", "The Contact  Offices", ["contact office"]),
        ("Le bureau", "The contact office", []),
        ("Un avis", "An opinion", ["opinion"]),
        ("Un avis", "An opinionated notice", []),
        ("Rien", "A riverine port", ["riverine port"]),
        ("Rien", "the pcn", []),
        ("Rien", "the PCN", ["riverine port"]),
        ("Il arraisonne", "He arraigned it", ["arraign"]),
    ],
)
def test_forbidden_english(source: str, target: str, wanted: list[str]) -> None:
    assert [term.english[0] for term in FORBIDDEN.forbidden(source, target)] == wanted


def test_a_forbidden_word_within_a_right_rendering_is_right() -> None:
    terms = glossary("point de contact national = National Contact Point", "point = point;forbidden")
    assert terms.forbidden("Le point de contact national", "The National Contact Point") == ()
    assert [term.french for term in terms.forbidden("Le point", "The National Contact Point")] == ["point"]


def test_notes_for_translators() -> None:
    assert glossary("P.C.N. = NCP | Contact;;;noun;in each country").notes("nos PCN et le P.C.N.") == (
        "term: P.C.N. → NCP or Contact (noun): in each country",
    )
    assert PORTS.notes("un recueil de Quai Clair") == (
        "term: recueil → perhaps casebook",
        "term: Quai Clair stays as it is",
    )
    assert FORBIDDEN.notes("un avis") == (
        "term: avis → notice",
        "term: avis → not “opinion”, say “notice”: a legal opinion is another thing",
    )
    long = glossary(f"quai = quay;;;noun;{'where vessels moor ' * 20}").notes("un quai")
    assert all(len(line) <= 100 for line in long)


TEXT = st.text(
    alphabet=st.one_of(st.characters(codec="utf-8"), st.sampled_from("aeéàdlqu's’ -‑.()/@\u00a0\u202f\u00adPCN12œÉs")),
    max_size=80,
)
PIECES = st.lists(
    st.one_of(
        TEXT,
        st.sampled_from([term.french for term in PORTS.terms]),
        st.sampled_from(["les ", "du ", "d’", "des points de contact nationaux", "P.C.N.", "SECRETAIRE GENERAL"]),
    ),
    max_size=8,
).map(lambda parts: " ".join(parts))


@given(PIECES)
@settings(max_examples=100)
def test_find_never_raises_and_is_exact(text: str) -> None:
    """Offsets lie in the text, stretches do not overlap, and each holds the beginning of its term's words."""
    at = 0
    by_line = {term.origin: term for term in PORTS.terms}
    for one in PORTS.find(text):
        assert at <= one.start < one.end <= len(text)
        at = one.end
        assert one.english
        assert all(one.english)
        stretch = plain(one.source(text).replace(".", "").replace("\u00ad", ""))
        words = [plain(token.text) for token in tokens(by_line[one.origin].french) if len(token.text) > 3]
        assert all(word[:3] in stretch for word in words), (stretch, words)
    PORTS.notes(text)
    FORBIDDEN.forbidden(text, text)


@given(st.lists(st.sampled_from([term.french for term in PORTS.terms]), min_size=1, max_size=5))
@settings(max_examples=50)
def test_every_term_finds_itself(french: list[str]) -> None:
    text = " ; ".join(french)
    stretches = [one.source(text).casefold() for one in PORTS.find(text)]
    missed = [
        term for term in french if not any(term.casefold().rstrip(".").endswith(s.rstrip(".")) for s in stretches)
    ]
    assert missed == []


@given(PIECES)
@settings(max_examples=100)
def test_the_short_cut_gives_the_same_keys(text: str) -> None:
    for words in (text, text.split("’")[0], " ".join(token.text for token in tokens(text))):
        cut = units(tokens(words))
        assert path(words) == tuple(joined(unit) + unit.key if at else unit.key for at, unit in enumerate(cut))


def test_the_cost_does_not_grow_with_the_glossary() -> None:
    """The terms that are compared in full are those whose words stand in the sentence, and no others."""
    many = [f"balise {letter}{other} rouge = x" for letter in "bcdfgh" for other in "aeiou"]
    terms = glossary(*many, "balise da rouge = red beacon")
    _, hits = terms._index.find("la balise da rouge")
    assert [term.french for term, _ in hits] == ["balise da rouge"]


def test_fixtures_are_looked_for_in_english() -> None:
    fixtures = tuple(PORTS.find("Les PCN et les pays membres"))
    assert missing(fixtures, "The NCPs and the member countries") == ()
    assert [one.english[0] for one in missing(fixtures, "The points and the members")] == ["NCPs", "member countries"]
    assert isinstance(fixtures[0], Fixture)


@settings(max_examples=300)
@given(
    st.lists(
        st.sampled_from(["de", "à", "A", "a", "la", "l", "L", "d", "Œuvre", "É", "e\u0301", "²", *" '’-./ʼ"]),
        max_size=8,
    )
)
@example(["l", " ", "'", "a"])
@example(["de", " ", "la", " ", "a"])
@example(["A", " ", "la", " ", "a"])
def test_the_first_key_is_the_first_of_the_path(pieces: list[str]) -> None:
    french = "".join(pieces)
    assert first_key(french) == next(iter(path(french)), "")


def test_what_is_found_does_not_depend_on_what_was_asked_before() -> None:
    """Terms are cut into words when a sentence first has their beginning."""
    lines = (
        "port de pêche = fishing port",
        "port = port",
        "gérer = manage;;;verb",
        "gérer le port = run the port;;;verb",
    )
    asked = glossary(*lines)
    for text in ("Les ports de pêche.", "Elle gère le port.", "Un port géré.", "Rien."):
        assert tuple(asked.find(text)) == tuple(glossary(*lines).find(text))
    assert [one.english[0] for one in asked.find("Gérer le port de pêche")] == ["run the port"]
    assert [one.english[0] for one in asked.find("Ce port de pêche")] == ["fishing port"]
