"""Guards after the model, and figures compared across the two languages."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.difference import difference
from toolkit.translation.doubts import doubts
from toolkit.translation.guard import missing_addresses, missing_numbers, numbers_of, stutter, suspicious

FRENCH = "La préfecture rouvrira le quai au public dès la fin des travaux."


@pytest.mark.parametrize(
    ("source", "answer", "reason"),
    [
        (FRENCH, "", "empty"),
        (FRENCH, " . ", "empty"),
        (FRENCH, "The quay of crime of crime of crime of crime", "again and again"),
        ("Applaudissements", "(applause)(applause)(applause)", "again and again"),
        (FRENCH, "The prefecture will open the AMARROLOLOLOL quay", "syllable"),
        (FRENCH, "to the quay and to the port or to the quay to the", "mostly the same"),
        ("Le quai rouvrira au public.", "And " + " ".join(f"word{n} more{n}" for n in range(9)), "longer"),
        (FRENCH, "The quay", "shorter"),
        (FRENCH, "The prefecture\x00 will reopen the quay.", r"U+0000"),
        (FRENCH, "The prefecture \ud800 will reopen the quay.", r"U+D800"),
        (
            FRENCH,
            "La prefecture rouvrira".replace("pre", "pré") + " le quai au public dès la fin des travaux",
            "French",
        ),
        (FRENCH, "La prefecture va ouvrir le quai pour les gens de la ville, et the end.", "left in French"),
        (
            "Les capitaines Jean Morvan et Luc Kerbrat ont salué nos équipages bénévoles.",
            "The two captains Jean Morvan et Luc Kerbrat ont salué nos équipages bénévoles of the port.",
            "partly left in French",
        ),
        ("Les agents ont vu la voiture dans un garage.", "Die Beamten fanden das Auto in einer Garage.", "language"),
        (
            "Les agents ont vu la voiture dans un garage.",
            "Los agentes vieron el coche dentro de un garaje.",
            "language",
        ),
        ("Les agents ont vu la voiture dans un garage.", "Gli agenti hanno visto l’auto in un garage.", "language"),
        ("Les agents ont vu la voiture dans un garage.", "Os agentes viram o carro em uma garagem.", "language"),
        ("Les agents ont vu la voiture dans un garage.", "De agenten zagen de auto in een garage.", "language"),
        ("Les agents ont vu la voiture dans un garage.", "Les policiers ont aperçu le véhicule.", "left in French"),
        ("Trois conteneurs volés sont saisis par la police", "Polizei stellt drei gestohlene Container sicher", "lang"),
        (FRENCH, "The prefecture will откроет the quay to the public.", "another script"),
        (FRENCH, "The prefecture will reopen the quay \U0001f600 to the public.", "odd character"),
        (FRENCH, "The prefecture will reopen the \ufffd quay to the public.", "odd character"),
        (FRENCH, "The fucking quay will reopen once the works are over.", "swear"),
    ],
)
def test_suspicious_answers(source: str, answer: str, reason: str) -> None:
    found = suspicious(source, answer)
    assert found is not None
    assert reason in found


@pytest.mark.parametrize(
    ("source", "answer"),
    [
        (FRENCH, "The prefecture will reopen the quay to the public once the works are over."),
        ("Oui", "Yes"),
        ("|", "|"),
        ("La police portuaire saisit trois conteneurs volés", "Port police seize three stolen containers"),
        ("LES PORTS DU NORD SE PRÉPARENT À LA CRUE", "NORTHERN PORTS PREPARE FOR FLOODS"),
        (
            "Sont venus Marie de Lattre, Jean Le Goff, Anne du Plessis (Maison de la Mer) et Luc von Arx.",
            "Present: Marie de Lattre, Jean Le Goff, Anne du Plessis (Maison de la Mer), Luc von Arx",
        ),
        ("Trois marins meurent au large de l’île d’Yeu", "Three sailors die, two hurt, Yeu harbour closed"),
        ("Voir https://amarre.example/fr/la/liste/des/ports.", "See https://amarre.example/fr/la/liste/des/ports."),
        ("Non, non, non, cent fois non", "No, no, no, a hundred times no"),
        ("Communication", "Communication"),
        ("Le 12 12 12", "12 12 12"),
        ("Le banana bananana", "The banana bananana"),
        ("Il a lu Kafka en русский et 東京.", "He read Kafka in русский and 東京."),
        (
            "Le prix de l’Académie des sciences d’outre-mer va à Anne du Bois et Luc de la Tour.",
            "The Académie des sciences d’outre-mer gives its prize to Anne du Bois and Luc de la Tour.",
        ),
    ],
)
def test_good_answers_pass(source: str, answer: str) -> None:
    assert suspicious(source, answer) is None


@given(st.text(), st.text())
def test_guards_never_raise(source: str, answer: str) -> None:
    assert suspicious(source, answer) != ""
    assert set(missing_numbers(source, answer)) <= set(numbers_of(source))


@given(st.text())
def test_a_text_misses_none_of_its_own_numbers(text: str) -> None:
    assert missing_numbers(text, text) == ()


@pytest.mark.parametrize(
    ("source", "target", "missing"),
    [
        ("Plus de 120 agents", "More than 12 agents", ("120",)),
        ("3,2 tonnes et 1 333 ports", "3.2 tonnes and 1,333 ports", ()),
        ("la 25ème session", "the 25th session", ()),
        ("le 1er mars", "on the first of March", ()),
        ("24h/24 et 7j/7", "24/7", ("24", "7")),
        ("ouvert 24/7", "open 24/7", ()),
        ("en 2013, 40 agents", "in 2013, 40 officers", ()),
        ("en 2013", "in 20 13", ("2013",)),
        ("12\u202f500 euros", "EUR 12,500", ()),
        ("10 bateaux sur 10", "10 boats", ("10",)),
        ("3 ports", "three ports", ()),
    ],
)
def test_missing_numbers(source: str, target: str, missing: tuple[str, ...]) -> None:
    assert missing_numbers(source, target) == missing


@given(st.integers(min_value=1000, max_value=10**9))
def test_separators_do_not_matter(number: int) -> None:
    grouped = f"{number:,}"
    for separator in " \u00a0\u202f,.":
        assert numbers_of(grouped.replace(",", separator)) == (str(number),)


@pytest.mark.parametrize(
    ("source", "answer", "doubled"),
    [
        ("Le siège d’AMARRE à Nantes.", "The seat of AMARREMARRE in Nantes.", "MARREMARRE"),
        ("Un forum d’Amphion.", "A forum of Amphion/ Amphion.", "Amphion/ Amphion"),
        ("Une boîte à outils.", "A box tool tools.", "tool tool"),
        ("Le groupe Duran Duran.", "The band Duran Duran.", None),
        ("Il avait cru cela.", "He had had that idea.", None),
    ],
)
def test_doubled_letters(source: str, answer: str, doubled: str | None) -> None:
    assert stutter(source, answer) == doubled


def test_addresses_must_be_kept_to_the_letter() -> None:
    source = "Voir https://amarre.example/un_lien. Écrire à a_b@amarre.example."
    assert missing_addresses(source, "See https://amarre.example/un_lien or a_b@amarre.example") == ()
    assert missing_addresses(source, "See https:/amarre.example/un lien") == (
        "https://amarre.example/un_lien",
        "a_b@amarre.example",
    )


@pytest.mark.parametrize(
    ("source", "answer", "told"),
    [
        ("Plus de 120 agents sont venus.", "More than 12 officers came.", ["number not in the French: 12"]),
        ("Une douzaine d’agents sont venus.", "Some 12 officers came.", []),
        ("La cinquième session s’ouvre.", "The 5th session opens.", []),
        ("Au XXe siècle, le port vivait du sel.", "In the 20th century, the port lived on salt.", []),
        ("Le phare de LYON est fermé.", "The YON lighthouse is closed.", ["name not in the French: YON"]),
        ("Le phare de Lyon est fermé.", "The lighthouse of Lebanon is closed.", ["name not in the French: Lebanon"]),
        ("Le convoi a quitté Brest.", "The convoy left Brussels.", ["name not in the French: Brussels"]),
        ("Les ports belges et la Norvège.", "The ports of Belgium, Norway.", []),
        ("Le phare de Lamar est fermé.", "The lighthouse of Larmor is closed.", []),  # too near to tell
        ("Les ports du Liban et de Londres.", "The ports of Lebanon and London.", []),
        ("Le port ferme.", "The port, said Winnipeg, closes.", ["name not in the French: Winnipeg"]),
        ("Le port ferme.", "Port closes. See www.x.example.", ["address not in the French: www.x.example"]),
        ("Le port n’a pas ouvert.", "The port has opened.", ["negation lost: n’a pas"]),
        ("Le port n’a pas ouvert.", "The port has not opened.", []),
        ("Il est entré sans billet.", "He went in with a ticket.", ["negation lost: sans"]),
        ("Le port a ouvert.", "The port has not opened.", ["negation added: not"]),
        ("Le port n’a ouvert que lundi.", "The port only opened on Monday.", []),
        ("Le port n’a ouvert que lundi.", "The port did not open until Monday.", []),
        ("Le port n’a ouvert que lundi.", "The port did not open on Monday.", ["negation added: not"]),
        ("AMARRE a arrêté 20 navires.", "AMARRE did not stop 20 ships.", ["negation added: not"]),
        ("Le comité a des informations.", "The committee has no information.", ["negation added: no"]),
        ("Le port a été fermé.", "The port was not open.", []),
        ("Il est impossible d’entrer.", "Nobody can get in.", []),
        ("Les Nations Unies n’ont pas approuvé.", "The United Nations approved.", ["negation lost: n’ont pas"]),
        ("Le conseil ne s’est pas réuni.", "The council met to discuss it.", ["negation lost: ne s’est pas"]),
        ("Personne n’est venu.", "Everybody came.", ["negation lost: Personne n’"]),
        (
            "Ni le maire ni le préfet n’ont signé.",
            "The mayor and the prefect signed.",
            ["negation lost: ni le préfet n’"],
        ),
        ("Il ne faut pas entrer.", "Please do come in.", ["negation lost: ne faut pas"]),
        ("Le port n’a pas ouvert.", "The port failed to open.", []),
        ("Le texte n’est pas acceptable.", "The text is unacceptable.", []),
        ("Non seulement le port ouvre, mais il est gratuit.", "The port opens and costs little.", []),
        ("Sans doute le port ouvrira-t-il.", "The port will probably open.", []),
    ],
)
def test_doubts(source: str, answer: str, told: list[str]) -> None:
    assert [told for told in doubts(source, answer) if not told.endswith(("Port", "Monday"))] == told


@pytest.mark.parametrize(
    ("old", "new", "turned"),
    [
        ("Le port n’ouvre plus le lundi.", "Le port n’ouvre que le lundi.", True),
        ("Le port ouvre le lundi.", "Le port n’ouvre pas le lundi.", True),
        ("Le quai est ouvert sauf le lundi.", "Le quai est ouvert le lundi.", True),
        ("Le quai est plus long que prévu.", "Le quai est long comme prévu.", False),
        ("Personne ne vient.", "Personne ne vient ici.", False),
    ],
)
def test_words_that_turn_a_sentence(old: str, new: str, turned: bool) -> None:
    assert difference(old, new).negation is difference(new, old).negation is turned


def test_what_is_settled_is_not_invented() -> None:
    source, answer = "Le B.C.N. a saisi trois douzaines de caisses.", "At noon the NCB seized 36 crates."
    assert doubts(source, answer) != ()
    assert doubts(source, answer, ["NCB", "36"]) == ()


@given(st.text(), st.text())
def test_doubts_never_raise(source: str, answer: str) -> None:
    assert all(doubts(source, answer))
    assert all(not told.startswith(("number", "name", "address")) for told in doubts(source, source))


@pytest.mark.parametrize(
    ("source", "answer", "said"),
    [
        ("Trois marins sont rentrés au port.", "Three sailors are back. Three sailors are back.", "twice"),
        ("Le port ferme ce soir.", "The <b onclick=x>port</b> closes tonight.", "markup"),
        ("Le port ferme ce soir.", "#, fuzzy The port closes tonight.", "markup"),
        ("Le port ferme ce soir.", "The port closes tonight. msgid", "markup"),
    ],
)
def test_what_a_model_makes_of_catalogues_and_itself(source: str, answer: str, said: str) -> None:
    assert said in (suspicious(source, answer) or "")


def test_what_the_french_says_twice_may_be_twice() -> None:
    assert suspicious("La paix pour tous, la paix pour tous.", "Peace for everyone, peace for everyone.") is None
    assert suspicious("Le prix <100 €> est fixe.", "The price <100 euros> is fixed.") is None


def test_long_unbroken_answers_are_looked_at_in_no_time() -> None:
    assert stutter("x", "ab" * 50_000)
    assert suspicious("Le port ferme.", "a" * 100_000)
