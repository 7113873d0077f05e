"""What goes by rule, what is asked, and how answers become English. The model is played by the tests."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.translation.listing import Form, gerund, inflected
from toolkit.translation.rules import Plan, plan

MARKS = "«»“”\"'’ \u00a0\u202f.,:;!?…–-()a b le dit M. X 12 janvier 2024 a-t-il déclaré"
TEXT = st.one_of(st.text(), st.text(alphabet=MARKS, max_size=80))
ANSWER = st.one_of(st.text(max_size=40), st.text(alphabet="«»“”\"'’‘ .,;()wordsWORDS", max_size=60))


def english(made: Plan, answers: Mapping[str, str] | None = None) -> str:
    """Finish a plan with the answers of a table; an unknown question fails the test."""
    return made.finish([(answers or {})[query] for query in made.queries])


@pytest.mark.parametrize(
    ("source", "context", "target"),
    [
        ("11 janvier 2023", "dateline", "11 January 2023"),
        ("Nantes, le 14 mars 2026", "dateline", "Nantes, 14 March 2026"),
        ("15 octobre 2025, Agence Presse Ouest", "credit", "15 October 2025, Agence Presse Ouest"),
        ("AFP, le 15 octobre 2025", "credit", "AFP, 15 October 2025"),
        ("Source : riviere-infos.example", "credit", "Source: riviere-infos.example"),
        ("Photo : OMS", "credit", "Photo: WHO"),
        ("Photo\u00a0: OEVP / Jeanne Martin.", "caption", "Photo: OEVP / Jeanne Martin."),
        ("Crédit photo : Préfecture du Rhône", "credit", "Photo credit: Préfecture du Rhône"),
        ("Contact presse : j.martin@oevp.example", None, "Press contact: j.martin@oevp.example"),
        ("Tél. : 02 40 00 00 00", "credit", "Tel.: 02 40 00 00 00"),
        ("Tél. 02 40 00 00 00", "credit", "Tel. 02 40 00 00 00"),
        ("Tél. : +33 2 40 00 00 00 - Fax : 02 40 00 00 01", None, "Tel.: +33 2 40 00 00 00 – Fax: 02 40 00 00 01"),
        ("Mentions légales", None, "Legal notice"),
        ("© 2026 Office des ports", "credit", "© 2026 Office des ports"),
        ("Imprimer", "boilerplate", "Print"),
        ("Toutes les actualités", "boilerplate", "All news"),
        ("IMPRIMER", "boilerplate", "PRINT"),
        ("All news", "boilerplate", "All news"),
        ("Contacts presse\u00a0:", "heading", "Press contacts:"),
        ("Pour plus d'informations :", None, "For more information:"),
        ("|", None, "|"),
        ("* * *", None, "* * *"),
        ("https://oevp.example/a_b?c=1", None, "https://oevp.example/a_b?c=1"),
        ("www.oevp.example", None, "www.oevp.example"),
        ("j.martin@oevp.example", None, "j.martin@oevp.example"),
        ("OEVP/2026/14-B", None, "OEVP/2026/14-B"),
        ("1 333", "cell", "1,333"),
        ("25ème", "cell", "25th"),
        ("Montant", "cell", "Amount"),
        ("montant", "cell", "amount"),
        ("DÉPENSES", "heading", "EXPENDITURE"),
        ("Objet :", None, "Subject:"),
        ("Date : 3 mars 2025", None, "Date: 3 March 2025"),
        ("Pays : Allemagne, Côte d'Ivoire", None, "Country: Germany, Côte d’Ivoire"),
        ("Région : Afrique de l'Ouest", None, "Region: West Africa"),
        (
            "Contact presse : service de la communication, tél. 01 99 00 12 34, presse@port.example",
            None,
            "Press contact: communications department, tel. 01 99 00 12 34, presse@port.example",
        ),
        ("Contact : Odile Kervran, +33 2 40 00 00 00.", None, "Contact: Odile Kervran, +33 2 40 00 00 00."),
        ("Contact : Mme Odile Kervran, quai@port.example", None, "Contact: Ms Odile Kervran, quai@port.example"),
        ("Courriel : a@port.example ou b@port.example", None, "Email: a@port.example or b@port.example"),
        ("Responsable : Ysaline Corvaisier", None, "Person in charge: Ysaline Corvaisier"),
        ("", None, ""),
    ],
)
def test_done_by_rule(source: str, context: str | None, target: str) -> None:
    made = plan(source, context)
    assert made.queries == ()
    assert made.kind == "rule"
    assert made.finish([]) == target


@pytest.mark.parametrize(
    ("source", "query", "answer", "target"),
    [
        (
            "LYON (France) – Quelque 60 agents.",
            "Quelque 60 agents.",
            "Some 60 officers.",
            "LYON, France – Some 60 officers.",
        ),
        (
            "ABOU DHABI (Émirats arabes unis) — Le port.",
            "Le port.",
            "the port.",
            "ABU DHABI, United Arab Emirates – The port.",
        ),
        ("VIENNE, le 3 mars 2024 – Le port.", "Le port.", "The port.", "VIENNA, 3 March 2024 – The port."),
        ("GENÈVE/NEW YORK (12 mai) -- Le port.", "Le port.", "The port.", "GENEVA/NEW YORK, 12 May – The port."),
        ("PARIS (AFP) – Le port.", "Le port.", "The port.", "PARIS (AFP) – The port."),
        ("23 mai 2026 - Lors du forum.", "Lors du forum.", "At the forum.", "23 May 2026 – At the forum."),
        ("Statut : Terminé", "Terminé.", "Finished.", "Status: Finished"),
        ("Source : le ministère", "Le ministère.", "The ministry.", "Source: the ministry"),
        (
            "Contact : bureau des pilotes, quai@port.example",
            "Bureau des pilotes, quai@port.example.",
            "Pilots’ office, quai@port.example.",
            "Contact: pilots’ office, quai@port.example",
        ),
    ],
)
def test_prefixes_are_split_off(source: str, query: str, answer: str, target: str) -> None:
    made = plan(source)
    assert made.kind == "mixed"
    assert english(made, {query: answer}) == target


def test_a_word_in_capitals_is_no_dateline() -> None:
    assert plan("IMPORTANT – Les quais ferment.").queries == ("IMPORTANT – Les quais ferment.",)


def test_headlines_in_capitals_are_asked_in_sentence_case() -> None:
    made = plan("LES ETATS ET L'ONUDC REUNIS A LYON", "heading", casing={"ETATS": "États", "LYON": "Lyon"})
    assert made.queries == ("Les États et l'ONUDC reunis à Lyon.",)
    assert made.finish(["The States and UNODC meet in Lyon."]) == "THE STATES AND UNODC MEET IN LYON"


@pytest.mark.parametrize(
    ("source", "query", "answer", "target"),
    [
        ("Un port plus sûr", "Un port plus sûr.", "A safer port.", "A safer port"),
        ("former les agents\u00a0;", "Former les agents.", "Training the officers.", "training the officers;"),
        ("Il s’agit de\u00a0:", "Il s’agit de :", "It is, in particular,", "It is, in particular:"),
        ("Qui paie\u202f?", "Qui paie?", "who pays ?", "Who pays?"),
        ("Le quai ferme…", "Le quai ferme.", "The quay closes.", "The quay closes…"),
        ("La 25ème session", "La 25e session.", "The 25th session.", "The 25th session"),
        ("Le quai.", "Le quai.", "' The 'port's quay «", "The port’s quay."),
        (
            "Il a 1 450 quais, 3,2 km.",
            "Il a 1 450 quais, 3,2 km.",
            "It has 1 450 quays, 3,2 km.",
            "It has 1,450 quays, 3.2 km.",
        ),
    ],
)
def test_endings_case_and_stray_marks(source: str, query: str, answer: str, target: str) -> None:
    made = plan(source, "item")
    assert made.queries == (query,)
    assert english(made, {query: answer}) == target


ANSWERS = {
    "Le quai rouvre.": "The quay reopens.",
    "Le quai rouvre !": "The quay reopens!",
    "Qui paie?": "Who pays?",
    "La présidente.": "The President.",
    "Présidente de la Ligue.": "President of the League.",
    "La directrice du port.": "The port's director.",
    "Tout va bien.": "All is well.",
    "Mais rien n’est fini.": "But nothing is finished.",
    "Elle a ajouté :": "She added:",
    "Devant la presse.": "Before the press.",
}


@pytest.mark.parametrize(
    ("source", "target"),
    [
        ("« Le quai rouvre. »", "“The quay reopens.”"),
        ("« Le quai rouvre.", "“The quay reopens."),
        ("Le quai rouvre. »", "The quay reopens.”"),
        ("« Le quai rouvre », a déclaré M. Le Goff.", "“The quay reopens,” said Mr Le Goff."),
        ("« Le quai rouvre », a précisé M. J. K. Le Goff.", "“The quay reopens,” specified Mr J. K. Le Goff."),
        (
            "« Le quai rouvre », a déclaré Hélène Marin, présidente de la Ligue.",
            "“The quay reopens,” said Hélène Marin, president of the League.",
        ),
        ("Le quai rouvre », a ajouté la présidente.", "The quay reopens,” added the President."),
        (
            "« Qui paie ? », a demandé la directrice du port, Claire Aubin.",
            "“Who pays?” asked the port’s director, Claire Aubin.",
        ),
        (
            "« Le quai rouvre », a-t-elle également déclaré devant la presse.",
            "“The quay reopens,” she added before the press.",
        ),
        (
            "« Le quai rouvre », a-t-il dit, rappelant que tout va bien.",
            "“The quay reopens,” he said, recalling that all is well.",
        ),
        ("« Le quai rouvre », fait-il valoir.", "“The quay reopens,” he argued."),
        ("« Le quai rouvre », a-t-elle fait savoir.", "“The quay reopens,” she said."),
        ("« Le quai rouvre », ont-ils ajouté.", "“The quay reopens,” they added."),
        ("« Le quai rouvre », a-t-elle tenu à rappeler.", "“The quay reopens,” she recalled."),
        ("« Qui paie ? », s’est interrogée la présidente.", "“Who pays?” asked the President."),
        (
            "« Tout va bien », estime-t-elle, « mais rien n’est fini ».",
            "“All is well,” she said, “but nothing is finished.”",
        ),
        ("Elle a ajouté\u00a0: «\u00a0Le quai rouvre.\u00a0»", "She added: “The quay reopens.”"),
        ('"Le quai rouvre", a dit la présidente.', "“The quay reopens,” said the President."),
    ],
)
def test_quotation_and_speaker_are_asked_apart(source: str, target: str) -> None:
    made = plan(source)
    answers = {query: ANSWERS.get(query, ANSWERS.get(query[0].upper() + query[1:], "")) for query in made.queries}
    assert all(answers.values()), made.queries
    assert english(made, answers) == target


def test_nested_marks_are_single() -> None:
    made = plan("« Le label “Clean Port” nous oblige », a dit M. Roy.")
    answers = {"Le label Clean Port nous oblige.": "The Clean Port label binds us."}
    assert english(made, answers) == "“The ‘Clean Port’ label binds us,” said Mr Roy."


@pytest.mark.parametrize(
    ("source", "answers", "target"),
    [
        (
            "Le conseil a voté un « plan de sauvegarde » doté de 12 millions d’euros.",
            ["The council voted a safeguard plan of EUR 12 million.", "Safeguard plan."],
            "The council voted a “safeguard plan” of EUR 12 million.",
        ),
        (
            "Le programme « Rivières vivantes », lancé en 2021, continue.",
            ["The Rivières programme, launched in 2021, continues."],
            "The “Rivières” programme, launched in 2021, continues.",
        ),
        (
            "L’accord est « historique » et « ouvre une voie nouvelle ».",
            ["The agreement is historic and opens a new way.", "Opens a new way."],
            "The agreement is “historic” and “opens a new way”.",
        ),
        (
            "Les deux villes veulent « bâtir une relation de confiance » après dix ans.",
            ["Both cities want to build a relationship of trust after ten years.", "Build a relationship of trust."],
            "Both cities want to “build a relationship of trust” after ten years.",
        ),
    ],
)
def test_marks_return_to_the_words_they_enclosed(source: str, answers: list[str], target: str) -> None:
    made = plan(source)
    assert made.finish(answers) == target
    assert made.doubts(answers) == ()


def test_a_place_that_only_position_gives_is_doubted() -> None:
    made = plan("Les habitants se disent « confiants » malgré tout.")
    assert made.finish(["People keep their trust in all."]).count("“") == 1
    assert len(made.doubts(["People keep their trust in all."])) == 1


def test_answers_are_counted_and_an_empty_one_gives_nothing() -> None:
    made = plan("Le quai rouvre.")
    assert made.finish([" "]) == ""
    with pytest.raises(ValueError, match="1 answers are needed, 0 were given"):
        made.finish([])


@given(TEXT, st.sampled_from([None, "heading", "item", "credit", "dateline", "boilerplate", "caption"]), st.data())
def test_any_text_and_any_answers(source: str, context: str | None, data: st.DataObject) -> None:
    made = plan(source, context)
    assert made == plan(source, context)
    answers = [data.draw(ANSWER) for _ in made.queries]
    target = made.finish(answers)
    assert made.finish(answers) == target
    assert isinstance(made.doubts(answers), tuple)
    if made.queries:
        assert not set(target) & set("«»\u00a0\u202f")
        assert "\n" not in "".join(made.queries) or "\n" in source
        assert not any(set(query) & set("«»“”") for query in made.queries)


WORDS = st.lists(
    st.sampled_from(["le", "port", "du", "nord", "ouvre", "demain", "une", "voie", "claire"]), min_size=1, max_size=5
)


@given(st.lists(st.tuples(WORDS, WORDS), min_size=1, max_size=3), WORDS, st.text(alphabet="abcde '", min_size=1))
def test_no_quotation_mark_is_lost(parts: list[tuple[list[str], list[str]]], end: list[str], noise: str) -> None:
    source = " ".join(f"{' '.join(before)} « {' '.join(quoted)} »" for before, quoted in parts) + f" {' '.join(end)}."
    made = plan(source)
    target = made.finish([f"{noise} w" for _ in made.queries])
    assert target.count("“") == target.count("”") == len(parts)


@given(
    st.lists(
        st.sampled_from(["The", "port", "opens", "a", "clear", "way", "again", "for", "all", "who", "work", "there"]),
        min_size=1,
    )
)
def test_english_that_is_ready_stays(words: list[str]) -> None:
    sentence = " ".join(words).capitalize() + "."
    made = plan(sentence)
    assert made.finish([sentence] * len(made.queries)) == sentence


@pytest.mark.parametrize(
    "text", ["Contact : " + "A-" * 2000 + "a;", "Source : Le Monde " + "-" * 4000 + " (voir bas)", "A/" * 3000]
)
def test_long_odd_lines_come_to_an_end(text: str) -> None:
    for context in (None, "credit", "heading"):
        way = plan(text, context)
        assert isinstance(way.finish([""] * len(way.queries)), str)


@pytest.mark.parametrize(
    ("source", "lead_in", "answer", "target"),
    [
        (
            "renforcer l’échange et promouvoir le partage ;",
            "Il s’agit notamment de :",
            "Strengthen exchange and promote the sharing.",
            "strengthening exchange and promoting the sharing;",
        ),
        ("former les agents", "Parmi les mesures figurent :", "To train officers.", "training officers"),
        ("lire un port ;", "Les stagiaires apprendront à :", "Reading a port.", "read a port;"),
        ("rédiger un avis.", "Ce réseau permettra aux agents de :", "Drafting a notice.", "draft a notice."),
        ("stopper les vols ;", "L’objectif est de :", "Stop thefts.", "stopping thefts;"),
        ("ouvrir une ligne ;", "Elle formule deux recommandations :", "Open a line.", "open a line;"),
        ("centre de crise ;", "Il s’agit de :", "Share centre.", "share centre;"),
        ("renforcer la vigie ;", "", "Strengthen the lookout.", "strengthen the lookout;"),
        ("revoir la charte ;", "Il s’agit de :", "Look at the charter again.", "look at the charter again;"),
    ],
)
def test_items_follow_from_their_lead_in(source: str, lead_in: str, answer: str, target: str) -> None:
    made = plan(source, "item", lead_in=lead_in)
    assert made.finish([answer] * len(made.queries)) == target


@pytest.mark.parametrize(
    ("verb", "form"),
    [
        ("share", "sharing"),
        ("stop", "stopping"),
        ("see", "seeing"),
        ("tie", "tying"),
        ("be", "being"),
        ("visit", "visiting"),
        ("refer", "referring"),
        ("identify", "identifying"),
    ],
)
def test_gerunds(verb: str, form: str) -> None:
    assert gerund(verb) == form


@given(st.text(max_size=60), st.sampled_from(["gerund", "infinitive"]), st.integers(1, 3))
def test_a_form_once_given_stays(english: str, form: Form, verbs: int) -> None:
    once = inflected(english, form, verbs)
    assert inflected(once, form, verbs) == once
