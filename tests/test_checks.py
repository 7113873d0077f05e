"""The checks: every example of theirs is so, good English is left alone, and the laws hold."""

from __future__ import annotations

import os
import re
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.checks_sample import KNOW, codes, entry, found, text
from tests.running import ROOT
from toolkit.checks import BY_CODE, CHECKS, GROUPS, Ignored, Knowledge, Text, dictionary, run
from toolkit.checks.model import Scope, prose
from toolkit.checks.page import anchor, page
from toolkit.checks.suppression import Suppression, Suppressions
from toolkit.findings import Finding, Severity
from toolkit.model import BlockKind, Catalogue, Entry, Key, Provenance, State
from toolkit.text import quantities
from toolkit.text.fixtures import missing

EXAMPLES = [check for check in CHECKS if check.about.french]


def test_codes_are_permanent_and_well_formed() -> None:
    assert len(CHECKS) >= 40
    for check in CHECKS:
        assert re.fullmatch(r"[NTPBLYCMS]\d{3}", check.code)
        assert check.about.title[-1] not in ".:"
        assert check.about.why.endswith((".", ")", "…", "–")), check.code
    assert len({check.about.title for check in CHECKS}) == len(CHECKS)
    assert {check.code[0] for check in CHECKS} == set(GROUPS)


def test_what_has_no_example_is_tested_below() -> None:
    """State, suppressions and what compares releases cannot be shown in one sentence."""
    without = {check.code for check in CHECKS if not check.about.french}
    assert {code for code in without if code[0] != "S"} == {"C102", "C106", "B102", "B107"}


@pytest.mark.parametrize("check", EXAMPLES, ids=lambda check: check.code)
def test_examples_are_so(check: object) -> None:
    about = next(one.about for one in CHECKS if one is check)
    assert about.code in codes(about.french, about.wrong, about.context)
    assert codes(about.french, about.right, about.context) == {}


def test_the_page_is_made_from_the_checks() -> None:
    path = ROOT / "docs" / "checks.md"
    if os.environ.get("TOOLKIT_ACCEPT"):
        path.write_text(page(), encoding="utf-8")
    assert path.read_text(encoding="utf-8") == page()
    assert len({anchor(check) for check in CHECKS}) == len(CHECKS)


#: French and good English: nothing is to be said of any.
GOOD = [
    ("Les bateliers n’ont plus qu’un seul numéro à retenir.", "Boatmen have only one number to remember."),
    ("Un port n’est jamais une île.", "No port is an island."),
    ("Un indicateur n’a d’intérêt que s’il sert.", "An indicator is only worth having if it is used."),
    ("Sans registre, nul ne sait qui veille.", "Without a register, no one knows who is on watch."),
    ("Il craint que le quai ne s’effondre.", "He fears that the quay may collapse."),
    ("L’écluse ferme de 22 h 30 à 4 h.", "The lock is closed from 10.30 p.m. to 4 a.m."),
    ("Le numéro est le 0 800 00 412.", "The number is 0 800 00 412."),
    ("Appelez le +33 2 40 00 00 00.", "Call +33 2 40 00 00 00."),
    ("Pendant dix-huit mois, 71 agents ont veillé.", "For eighteen months, 71 officers kept watch."),
    ("Les deux agents ont vu deux navires.", "Both officers saw two ships."),
    ("Ils ont quinze jours pour répondre.", "They have two weeks to reply."),
    ("Il a quarante-huit heures.", "He has two days."),
    ("Deux ans et demi plus tard, un mois suffit.", "Two and a half years later, one month is enough."),
    ("Il a pris quatre ans, dont deux avec sursis.", "He was given four years, two of them suspended."),
    ("Le garçon a douze ans.", "The boy is twelve."),
    ("Il a payé 300 €, en euros.", "He paid €300, in euros."),
    ("Le code de conduite a été lu.", "The code of conduct was read out."),
    ("Il a lu « Les oiseaux de la rade ».", "He read “Les oiseaux de la rade”."),
    ("Les registres datent du XIXe siècle.", "The registers date from the nineteenth century."),
    ("Les registres datent du XIXe siècle.", "The registers date from the 19th century."),
    ("Une trentaine d’agents sont venus.", "About 30 officers came."),
    ("Les deux ports ont signé.", "Both ports have signed."),
    ("Il a sonné deux fois, puis une troisième.", "He rang twice, then a third time."),
    ("Elle a fêté ses quatre-vingt-dix-sept ans.", "She celebrated her ninety-seventh birthday."),
    ("Le navire neuf arrive vendredi.", "The new ship arrives on Friday."),
    ("« Une péniche de mille tonnes passe », dit-il.", "“A thousand-tonne barge goes by,” he says."),
    ("Elle a ouvert la séance « à l’heure ».", "She opened the meeting “on time”."),
    ("C’est une honnête réponse d’une université.", "It is an honest answer from a university."),
    ("Une heure suffit à une unité européenne.", "An hour is enough for a European unit."),
    ("Il a reçu une distinction de l’OMI.", "He received an award from the IMO."),
    ("L’ONU et l’OETP coopèrent.", "The United Nations and the EOPT cooperate."),
    ("M. J. K. Sauvadet, de Nantes, l’a confirmé.", "J. K. Sauvadet of Nantes confirmed it."),
    ("Me Delcroix plaide pour l’armateur.", "Ms Delcroix represents the shipowner."),
    ("Le juge de Genève suit l’avis de Bâle.", "The judge in Geneva follows the opinion from Basel."),
    ("Le Rhin, l’Escaut et la Tamise montent.", "The Rhine, the Scheldt and the Thames are rising."),
    ("L’association Rives vigilantes publie son rapport.", "The association Rives vigilantes publishes its report."),
    ("« Que faire ? », demande-t-elle.", "“What can be done?” she asks."),
    ("Tél. : 31 94 (prix d’un appel local)", "Tel.: 31 94 (price of a local call)"),
    ("voir p. 7-9 du rapport R-12/4", "see pp. 7–9 of report R-12/4"),
    ("Il pèse 3,2 kg et mesure 1,5 m.", "It weighs 3.2 kg and measures 1.5 m."),
    ("Les vols ont reculé de 12 % en un an.", "Thefts fell by 12 per cent in one year."),
    ("Deux milliards d’euros, soit 3 % du total.", "Two billion euros, or 3% of the total."),
    ("La moitié, soit 50 %, est perdue.", "Half of it is lost: 50%."),
    ("Le fret coûte 1 450 euros la tonne.", "Freight costs 1,450 euros a tonne."),
    ("Rendez-vous en mars ou en mai.", "See you in March or May."),
    ("Les délégués marchent d’un bon pas.", "The delegates march along at a good pace."),
    ("Le fichier <ph1>charte --port NOM</ph1> s’ouvre.", "The file <ph1>charte --port NOM</ph1> opens."),
    ("Le 1<g1>er</g1> juin, <g2>tout</g2> change<x3/>.", "On <g2>1</g2> June everything changes<x3/>."),
    ("Rapport : https://amarre.example/a_b.pdf.", "Report: https://amarre.example/a_b.pdf."),
    ("Huit pays l’hébergent au sein de leur P.C.N.", "Eight countries host it within their NCP."),
    ("Cela vaut pour MM. Terwagne et Poelvaert.", "That applies to Messrs Terwagne and Poelvaert."),
    ("Le service, gratuit, répond à toute heure.", "The free service answers at any time."),
    ("Il a évité l’échec.", "He did not fail."),
    ("Le port n’ouvre que lundi.", "The port does not open until Monday."),
    ("Il ne faut pas toucher au câble.", "It is forbidden to touch the cable."),
    ("Non seulement il pleut, mais il vente.", "It is raining and windy."),
    ("La réunion n’a pas été inutile.", "The meeting was far from useless."),
    ("Elle n’a pas manqué de le saluer.", "She greeted him, of course."),
    ("Le quai rouvre sans délai.", "The quay reopens at once."),
    ("Les capitaines refusent de signer.", "The captains will not sign."),
    ("Il n’en reste pas moins que l’eau monte.", "The water is rising all the same."),
    ("Une ONG a tenu un inventaire unanime.", "An NGO kept a unanimous inventory."),
    ("Un objet non identifié et 11 000 caisses.", "An unidentified object and an 11,000-crate load."),
    ("On ne sait pas qui a agi.", "It is unknown who acted."),
    ("Non seulement il pleut, mais il vente.", "It is not only raining but blowing."),
    ("Le procès-verbal fait 12 pages.", "The report has twelve pages."),
    ("Le phare n’est plus relié au réseau depuis mars.", "The lighthouse has been off the grid since March."),
    ("Le bac ne traverse plus l’estuaire.", "The ferry used to cross the estuary."),
    ("Elle n’est plus présidente.", "She is the former president."),
    (
        "Les autorités rappellent l’organisation à ses devoirs.",
        "The authorities remind the organisation of its duties.",
    ),
    ("Le programme, le théâtre et la défense", "The programme, the theatre and the defence"),
    ("Les vols augmentent, les saisies diminuent.", "Thefts are rising while seizures are falling."),
    ("Le nord et le sud s’accordent.", "North and south agree."),
    ("Hier, N'Dri a dit que la Côte d'Ivoire signe.", "Yesterday N’Dri said that Côte d’Ivoire would sign."),
    ("Le tramadol a été saisi.", "The tramadol was seized."),
    ("Le quai est ouvert après avoir été fermé.", "The quay is open after having been closed."),
]


@pytest.mark.parametrize(("french", "english"), GOOD, ids=lambda text: text[:30])
def test_good_english_is_left_alone(french: str, english: str) -> None:
    if "<g1>" in french:
        french, english = french.replace("<g1>er</g1>", "er"), english
        french, english = (
            french.replace("g2", "g1").replace("x3", "x2"),
            english.replace("g2", "g1").replace("x3", "x2"),
        )
    assert codes(french, english) == {}


def test_a_quotation_begins_with_a_word() -> None:
    french = "Le port a rendu 1 284 avis en 2025, le quai aucun."
    told = codes(french, "The port gave out 1,284 opinions about the vessels in 2025, ‖ and the quay none.")["B105"]
    assert told == ["does not end like a sentence: “…opinions about the vessels in 2025,”"]
    assert "“The port,”" in codes(french, "The port, ‖ and the quay.")["B105"][0]


#: What must be found, beyond the examples.
BAD = [
    ("Le vol porte sur 1 333 conteneurs.", "The theft concerns 1,233 containers.", "N101"),
    ("Il a duré onze mois.", "It lasted ten months.", "N118"),
    ("Il a quinze jours.", "He has five days.", "N118"),
    ("Il a pris dix-huit mois.", "He was given 18 years.", "N118"),
    ("Ses deux complices ont pris deux ans.", "His two accomplices were given three years.", "N118"),
    ("Les deux agents ont vu deux navires.", "The two officers saw three ships.", "N117"),
    ("L’amende est de 300 €.", "The fine is €300 euros.", "N119"),
    ("Contact : service de la pêche, salle 2", "Contact: service de la pêche, room 2", "L103"),
    ("Réunion le 3 mars.", "Meeting on 3 May.", "N107"),
    ("C’est le 1er port du pays.", "It is the 1er port in the country.", "N105"),
    ("Le coût atteint 280 millions d’USD.", "The cost amounts to USD 280 billion.", "N110"),
    ("M. Ndoumbé a parlé à Nantes.", "Mr Ndumbé spoke in Nantes.", "T103"),
    ("« Oui », a dit M. Sauvadet.", "“Yes,” said the director.", "T104"),
    ("Les <g1>ports</g1> et <g2>quais</g2>", "The <g1>ports</g1> and quays", "P101"),
    ("Voir www.amarre.example.", "See www.amare.example.", "P110"),
    ("Il reste des places pour les dockers.", "There are des places left for les dockers.", "L103"),
    ("Il a vu un aigle.", "He saw a eagle.", "L105"),
    ("Il a vu une unité.", "He saw an unit.", "L105"),
    ("Le port, le port, rien que le port.", "port port port port port port port port", "L107"),
    ("Nous veillons !", "We keep watch?", "L110"),
    ("Le registre est-il tenu ?", "The register is kept.", "L110"),
    ("Il a dit : « Oui. »", "He said: “Yes.", "Y111"),
    ("Le mot (rare) est long.", "The word rare) is long.", "Y114"),
    ("Rien ne va plus.", "Everything works again.", "M101"),
    ("Le phare n’est plus relié au réseau depuis mars.", "The lighthouse has been on the grid since March.", "M101"),
    ("Le phare n’est plus hors réseau.", "The lighthouse is off the grid.", "M101"),
    ("Le navire n’est plus au large de l’île.", "The ship is off the island.", "M101"),
    ("Le bac ne sert plus au transport.", "The ferry is used to carry lorries.", "M101"),
    ("Le phare n’est pas relié au réseau.", "The lighthouse used to be connected to the grid.", "M101"),
    ("Le port ouvre lundi.", "The port never opens on Monday.", "M102"),
    ("Les Nations Unies n’ont pas approuvé le texte.", "The United Nations approved the text.", "M101"),
    ("Il ne faut pas ouvrir la vanne.", "The valve is to be opened.", "M101"),
    ("Aucun navire n’a quitté le port.", "The ships left the port.", "M101"),
    ("La vedette part sans pilote.", "The launch leaves with a pilot.", "M101"),
    ("Le conseil discute des horaires.", "The council does not discuss the times.", "M102"),
    ("AMARRE a donné des informations.", "AMARRE gave no information.", "M102"),
    ("Le port n’ouvre que lundi.", "The port does not open on Monday.", "M102"),
    ("Ils vont en aval.", "They go upstream.", "M103"),
]


@pytest.mark.parametrize(("french", "english", "code"), BAD, ids=[code + english[:20] for _, english, code in BAD])
def test_bad_english_is_found(french: str, english: str, code: str) -> None:
    assert code in codes(french, english)


def test_prose_is_what_language_checks_see() -> None:
    assert prose("Voir <ph1>a_b</ph1> : <g2>www.x.example/a.</g2> Puis<x3/>là") == "Voir \ufffc : \ufffc. Puis là"


def test_british_and_american_words_are_known() -> None:
    for word in [
        "organised",
        "colour",
        "centre",
        "programme",
        "analyse",
        "travelled",
        "defence",
        "harbours",
        "anonymised",
        "quays",
        "member’s",
    ]:
        assert dictionary.known(word), word
    for word in ["organized", "color", "center"]:
        assert dictionary.known(word), word
    for word in ["recieve", "harbourr", "organisaton", "coopration"]:
        assert not dictionary.known(word), word
    assert "receive" in dictionary.suggestions("recieve")


#: Somebody who knows all quantities, as in a project.
REAL = Knowledge(
    fixtures=quantities.find,
    missing=lambda source, target: missing(quantities.find(source), target),
    values=quantities.values,
)


@pytest.mark.parametrize(
    ("french", "english", "added"),
    [
        ("Le coût est de 1 250 000 euros.", "The cost is EUR 1.25 million.", ""),
        ("Le coût est de 1,25 million d’euros.", "The cost is EUR 1,250,000.", ""),
        ("1 250 000 personnes vivent là.", "Some 1.25 million people live there.", ""),
        ("Le coût est de 1 250 000 euros.", "The cost is EUR 1.35 million.", "“1” and “35”"),
        ("Le coût est de 1 250 000 euros.", "The cost is EUR 1.25 million in 12 ports.", "“12”"),
        ("Le coût est de 1 250 000 euros.", "The cost is EUR 1.25 million for 25 buoys.", "“25”"),
    ],
)
def test_figures_are_compared_by_value(french: str, english: str, added: str) -> None:
    said = [one.message for one in run([text((french, english))], REAL).findings if one.code == "N102"]
    assert said == ([f"not in the French: {added}"] if added else [])


# The laws

_WORDS = """
Le port n’est pas ouvert . « » “ ” ‘ ’ ( ) [ ] 1 333 3,2 % 12 km le 10 janvier 2026 18 h 30 P.C.N. M. Sauvadet
<g1> </g1> <x2/> <ph3>a</ph3> https://a.example b@c.example The port is not open a an the the Marée Basse AMARRE
toolkit: ignore N101 €300 300 € 1er 22th é ß 中 … ... -- - – ? ! ; : , Ã© milliard million
"""
_PIECES = st.sampled_from([*_WORDS.split(), "\u00a0", "\u200b", "\u2028", " ", "1" * 5_000])
_TEXTS = st.one_of(st.text(max_size=40), st.lists(_PIECES, max_size=14).map(" ".join), st.lists(_PIECES).map("".join))
_STATES = st.sampled_from(list(State))


@st.composite
def _texts(draw: st.DrawFn) -> Text:
    pairs = draw(st.lists(st.tuples(_TEXTS.filter(str.strip), _TEXTS), max_size=5))
    kind = draw(st.sampled_from(list(BlockKind)))
    made = text(*dict(pairs).items(), kind=kind, final=draw(st.booleans()), group=draw(st.sampled_from(["", "p0"])))
    assert made.catalogue is not None
    entries = tuple(
        replace(
            one,
            state=draw(_STATES),
            notes=tuple(draw(st.lists(_TEXTS | st.just("toolkit: ignore N101 x"), max_size=2))),
            provenance=draw(st.none() | st.builds(Provenance, engine=_TEXTS, remarks=st.tuples(_TEXTS))),
        )
        for one in made.catalogue.entries
    )
    release = draw(st.sampled_from([made.release, None]))
    catalogue = draw(st.sampled_from([Catalogue("gand", (), entries), None]))
    return replace(made, release=release, catalogue=catalogue)


@given(st.lists(_texts(), max_size=2), st.booleans())
@settings(max_examples=60)
def test_checks_never_raise_and_always_say_the_same(texts: list[Text], complete: bool) -> None:
    before = repr(texts)
    ignored = Ignored(everywhere=(("Y", 1), ("X999", 2)), releases={"gand": (("N101", 3),)}, lines={"gand": 3, "b": 4})
    outcome = run(texts, KNOW, ignored, complete=complete)
    assert repr(texts) == before
    assert run(texts, KNOW, ignored, complete=complete).findings == outcome.findings
    assert list(outcome.findings) == sorted(
        outcome.findings, key=lambda one: (one.path, one.line, one.code, one.message)
    )
    assert all(finding.code in BY_CODE and finding.message for finding in outcome.findings)
    assert all("\ufffc" not in finding.message for finding in outcome.findings)


@given(_TEXTS.filter(str.strip), _TEXTS.filter(str.strip))
@settings(max_examples=60)
def test_what_a_check_says_does_not_depend_on_other_sentences(french: str, english: str) -> None:
    alone = run([text((french, english))], KNOW)
    beside = run([text((french, english), ("Tout va bien.", "All is well."))], KNOW)
    single = [one for one in CHECKS if one.scope is Scope.SENTENCE]
    wanted = {check.code for check in single}
    kept = [one for one in beside.findings if one.code in wanted and one.key and one.key.source == french]
    assert kept == [one for one in alone.findings if one.code in wanted]


# Severities

WRONG = ("L’an dernier, 870 conteneurs sont partis.", "Last year, 780 containers left.")


@pytest.mark.parametrize(
    ("state", "final", "severity"),
    [
        (State.REVIEWED, False, Severity.ERROR),
        (State.REVIEWED, True, Severity.ERROR),
        (State.MACHINE, False, Severity.WARNING),
        (State.FUZZY, False, Severity.WARNING),
        (State.MACHINE, True, Severity.ERROR),
    ],
)
def test_an_error_in_a_draft_is_a_warning(state: State, final: bool, severity: Severity) -> None:
    outcome = run([text(WRONG, state=state, final=final)], KNOW)
    assert [one.severity for one in outcome.findings if one.code == "N101"] == [severity]


def test_checks_of_english_are_left_out_for_other_languages() -> None:
    pair = ("Le port est ouvert.", "Der Hafen ist geöffnet , seit 7-9 Jahren")
    assert "L104" in found(run([text(pair)], KNOW).findings)
    german = run([text(pair, WRONG)], replace(KNOW, language="de"))
    assert "N101" in found(german.findings)
    assert all(BY_CODE[code].about.any_language for code in found(german.findings))


def test_obsolete_and_other_releases_are_not_judged() -> None:
    gone = text(WRONG, state=State.OBSOLETE)
    assert sorted(found(run([gone], KNOW).findings)) == ["S105", "S110"]
    assert run([replace(text(WRONG), asked=False)], KNOW).findings == ()


# Suppressions


def _noted(note: str, *, pair: tuple[str, str] = WRONG) -> Text:
    made = text(pair)
    assert made.catalogue is not None
    first = replace(made.catalogue.entries[0], notes=(note,))
    return replace(made, catalogue=replace(made.catalogue, entries=(first,)))


@pytest.mark.parametrize(
    ("note", "codes_left"),
    [
        ("toolkit: ignore N101, N102 the press office says 780", []),
        ("toolkit: ignore N101 N102 the press office says 780", []),
        ("toolkit: ignore N101: the press office says 780", ["N102"]),
        ("toolkit: ignore N101, N102", ["S204", "S204"]),
        ("toolkit: ignore N101 N102 T101 both", ["S201"]),
        ("toolkit: ignore N999 N101 N102 both", ["S202"]),
        ("toolkit: ignore everything", ["N101", "N102", "S202"]),
        ("toolkit: ignored by nobody", ["N101", "N102"]),
        ("please do not toolkit: ignore N101", ["N101", "N102"]),
    ],
)
def test_a_comment_keeps_a_sentence_as_it_is(note: str, codes_left: list[str]) -> None:
    outcome = run([_noted(note)], KNOW)
    assert found(outcome.findings) == codes_left
    assert outcome.suppressed == 2 - sum(code[0] == "N" for code in codes_left)
    for finding in outcome.findings:
        assert (finding.path, finding.line) == ("locales/en/gand.po", 10)


def test_a_comment_of_one_entry_does_not_cover_another() -> None:
    noted = _noted("toolkit: ignore N101 N102 so it is")
    other = text(WRONG, id="brest")
    assert {one.release for one in run([noted, other], KNOW).findings} == {"brest"}


def test_toolkit_toml_suppresses_for_a_release_or_for_all() -> None:
    texts = [text(WRONG), text(WRONG, id="brest")]
    for one in (Ignored(everywhere=(("N", 3),)), Ignored(everywhere=(("N101", 3), ("N102", 3)))):
        assert run(texts, KNOW, one).findings == ()
    one_release = Ignored(releases={"brest": (("N", 5),)}, lines={"brest": 4})
    assert {finding.release for finding in run(texts, KNOW, one_release).findings} == {"gand"}


def test_idle_suppressions_are_reported_where_they_stand() -> None:
    ignored = Ignored(everywhere=(("N", 3), ("Y101", 3)), releases={"gand": (("T102", 6),)}, lines={"gand": 5})
    outcome = run([text(WRONG)], KNOW, ignored)
    assert [(one.code, one.path, one.line) for one in outcome.findings] == [
        ("S201", "toolkit.toml", 3),
        ("S201", "toolkit.toml", 6),
    ]
    part = run([text(WRONG)], KNOW, ignored, complete=False)
    assert [(one.code, one.line) for one in part.findings] == [("S201", 6)], "what holds for all is judged with all"


def test_suppressions_of_nothing_known_are_reported() -> None:
    ignored = Ignored(everywhere=(("N1", 2), ("X", 2), ("n101", 2)), releases={"nowhere": ()}, lines={"nowhere": 7})
    outcome = run([text(("Oui.", "Yes."))], KNOW, ignored)
    assert [(one.code, one.line) for one in outcome.findings] == [("S202", 2)] * 3 + [("S203", 7)]


def test_half_a_code_suppresses_nothing() -> None:
    outcome = run([text(WRONG)], KNOW, Ignored(everywhere=(("N1", 2), ("N10", 2), ("N101x", 2))))
    assert sorted(found(outcome.findings)) == ["N101", "N102", "S202", "S202", "S202"]
    assert outcome.suppressed == 0


class _Counted(str):
    """A sentence that counts how often it is compared or hashed."""

    __slots__ = ()
    times = 0

    def __eq__(self, other: object) -> bool:
        _Counted.times += 1
        return str.__eq__(self, other)

    def __hash__(self) -> int:
        _Counted.times += 1
        return str.__hash__(self)


def test_many_suppressions_do_not_meet_many_findings() -> None:
    keys = [Key(None, _Counted(f"Phrase {number}.")) for number in range(300)]
    every = Suppressions(Suppression("N101", "a.po", 1, "a", key) for key in keys)
    for key in keys:
        assert every.cover(Finding("N101", Severity.ERROR, "a.po", 1, "x", release="a", key=key))
        assert not every.cover(Finding("N102", Severity.ERROR, "a.po", 1, "x", release="a", key=key))
    assert len(every.used) == 300
    assert _Counted.times < 100 * len(keys)


def test_findings_about_suppressions_can_be_suppressed() -> None:
    ignored = Ignored(everywhere=(("S201", 2), ("Y101", 2)))
    assert run([text(("Oui.", "Yes."))], KNOW, ignored).findings == ()


# Quotations over their run


def quotation_findings(*english: str) -> list[int]:
    pairs = [(f"« Phrase {number}.", one) for number, one in enumerate(english)]
    return [one.line for one in run([text(*pairs)], KNOW).findings if one.code == "Y111"]


def test_quotations_are_judged_over_paragraphs() -> None:
    assert quotation_findings("He said: “One.", "“Two.", "“Three.”", "After.") == []
    assert quotation_findings("“One.", "Two.”") == [10, 20]
    assert quotation_findings("“One.”", "“Two.”") == []
    assert quotation_findings("“One.", "“Two.") == [10]
    assert quotation_findings("One.”") == [10]
    assert quotation_findings("“One “two.”") == [10]
    assert quotation_findings('"One."', '"Two.') == [20]
    assert quotation_findings("“One.", "", "Three.”") == [], "nobody knows what the second will be"


# State


def test_nothing_but_approved_english_in_a_final_release() -> None:
    for state, code in ((State.MACHINE, "S101"), (State.FUZZY, "S103"), (State.REVIEWED, None)):
        findings = run([text(("Oui.", "Yes."), state=state, final=True)], KNOW).findings
        assert found(findings) == ([code] if code else [])
        assert all(one.severity is Severity.ERROR for one in findings)
        assert run([text(("Oui.", "Yes."), state=state)], KNOW).findings == ()
    assert found(run([text(("Oui.", ""), final=True)], KNOW).findings) == ["S102"]


def test_a_catalogue_that_is_missing_or_old() -> None:
    new = text(("Oui.", "Yes."))
    for final, severity in ((False, Severity.WARNING), (True, Severity.ERROR)):
        missing = run([replace(new, catalogue=None, final=final)], KNOW).findings
        assert [(one.code, one.path, one.severity) for one in missing] == [("S104", "source/gand.txt", severity)]
        old = run([replace(new, catalogue=Catalogue("gand", (), ()), final=final)], KNOW).findings
        assert [(one.code, one.path, one.severity) for one in old] == [("S105", "source/gand.txt", severity)]


def _with(made: Text, **changes: object) -> Text:
    assert made.catalogue is not None
    entries = tuple(replace(one, **changes) for one in made.catalogue.entries)  # type: ignore[arg-type]
    return replace(made, catalogue=replace(made.catalogue, entries=entries))


def test_copies_remarks_and_changed_french_are_told() -> None:
    copy = Provenance("memory", "gand", target_hash="Yes.")
    stale = _with(text(("Oui.", "Yes."), id="brest"), provenance=copy)
    original = text(("Oui.", "Indeed."))
    assert "S106" in found(run([original, stale], KNOW).findings)
    assert "S106" not in found(run([text(("Oui.", "Yes.")), stale], KNOW).findings)
    remarked = _with(text(("Oui.", "Yes.")), provenance=Provenance("argos", target_hash="Yes.", remarks=("doubled",)))
    assert found(run([remarked], KNOW).findings) == ["S107"]
    assert found(run([_with(remarked, target="Indeed.")], KNOW).findings) == []
    failed = _with(text(("Oui.", "")), provenance=Provenance("argos", remarks=("no draft: empty answer",)))
    assert found(run([failed], KNOW).findings) == ["S108"]
    changed = _with(text(("Oui.", "Yes."), state=State.FUZZY), previous=Key(None, "Non."))
    assert found(run([changed], KNOW).findings) == ["S109"]
    orphan = Text("old", "locales/en/old.po", catalogue=Catalogue("old", (), (entry(*WRONG),)), orphan=True)
    assert found(run([orphan], KNOW).findings) == ["S111"]


def test_what_is_no_sentence_is_not_looked_at_for_minutes() -> None:
    assert found(run([text(("a " * 5_000, "1" * 20_000))], KNOW).findings) == ["S112"]


@pytest.mark.parametrize("piece", ["1 ", "11", "n’a ", "A.", "a-", "Aa-", "“", "<g1>a</g1> ", "1,3 ", "M. A ", "ab"])
def test_odd_long_sentences_are_judged_all_the_same(piece: str) -> None:
    run([text((piece * (3_900 // len(piece)), "The port."), ("Le port.", piece * (3_900 // len(piece))))], KNOW)


# Consistency


def test_the_same_french_in_two_releases() -> None:
    gand, brest = text(("Oui.", "Yes."), id="gand"), text(("Oui.", "Indeed."), id="brest")
    lyon = text(("Oui.", "Yes."), id="lyon")
    findings = [one for one in run([gand, brest, lyon], KNOW).findings if one.code == "C102"]
    assert [one.release for one in findings] == ["brest"], "most releases agree on the other"
    assert "locales/en/gand.po:10" in findings[0].message
    one_asked = run([replace(gand, asked=False), brest, replace(lyon, asked=False)], KNOW)
    assert found(one_asked.findings) == ["C102"]


def test_items_of_a_list_begin_alike() -> None:
    pairs = (("ouvrir le port ;", "opening the port;"), ("tenir le registre ;", "to keep the register;"))
    items = text(*pairs, ("nommer un veilleur.", "appointing a watchman."), kind=BlockKind.ITEM, group="p0")
    findings = run([items], KNOW).findings
    assert [(one.code, one.line) for one in findings] == [("C106", 20)]


def test_a_checks_knowledge_may_be_empty() -> None:
    assert found(run([text(WRONG)], Knowledge()).findings) == ["N101", "N102"]


def test_entries_without_english_are_not_judged() -> None:
    assert run([text(("Le port est fermé.", ""))], KNOW).findings == ()
    blank = Entry(Key(None, "Le port est fermé."), "   ", State.REVIEWED)
    made = text(("Le port est fermé.", ""))
    assert run([replace(made, catalogue=Catalogue("gand", (), (blank,)))], KNOW).findings == ()
