"""Quantities of French sentences, their English, and the values that both languages share."""

from __future__ import annotations

import datetime

import pytest
from babel.dates import format_date
from babel.numbers import format_decimal
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.text import quantities
from toolkit.text.counting import english_words, french_words, read_english, read_french
from toolkit.text.fixtures import Fixture, Kind, missing
from toolkit.text.numbers import english_ordinal

ALPHABET = "0123456789 ,.-–/%€$°hàetdu les 10 janvier mars million s de d’ XIVe ème n° M. () du au entre km tonnes"
ANY = st.one_of(st.text(max_size=120), st.text(alphabet=ALPHABET, max_size=120))


def settled(text: str) -> list[Fixture]:
    return [one for one in quantities.find(text) if one.settled]


#: French sentence with its settled quantities between bars, their English, their values ("-" for none).
CASES = [
    # plain numbers
    ("Le port compte |1 333| conteneurs.", "1,333", "1333"),
    ("Le port compte |1\u202f333| conteneurs.", "1,333", "1333"),
    ("Soit |1 250 000| caisses.", "1,250,000", "1250000"),
    ("Soit |10 000,5| unités.", "10,000.5", "10000.5"),
    ("Soit |1.250.000| caisses.", "1,250,000", "1250000"),
    ("Soit |12000| caisses.", "12,000", "12000"),
    ("Une moyenne de |3,2| appels.", "3.2", "3.2"),
    ("Venus de |13| pays.", "13", "13"),
    ("Il faut |870| ancres.", "870", "870"),
    ("Soit |0,5| en moyenne.", "0.5", "0.5"),
    # large ones
    ("|Plus de 18 millions de| messages.", "more than 18 million", "18000000"),
    ("Ils ont reçu |9 millions d’|avis.", "9 million", "9000000"),
    ("Lu |huit milliards de fois| environ.", "eight billion times", "8000000000"),
    ("Soit |2 000 milliards| en tout.", "2,000 billion", "2000000000000"),
    ("Près d’ici, |deux millions et demi d’|habitants.", "2.5 million", "2500000"),
    ("Soit |1,5 million de| bouées.", "1.5 million", "1500000"),
    ("Il y a |un million de| raisons.", "one million", "1000000"),
    ("|3 milliers de| bouées", "3,000", "3000"),
    ("Soit |2 billions d’euros| en tout.", "EUR 2 trillion", "EUR 2000000000000"),
    # in words
    ("Il reste |vingt-quatre| places.", "twenty-four", "24"),
    ("Il reste |dix-neuf| ports.", "nineteen", "19"),
    ("Il reste |deux cents| pages.", "two hundred", "200"),
    ("Il reste |quatre-vingt-dix-neuf| pages.", "ninety-nine", "99"),
    ("Il reste |nonante-neuf| pages.", "ninety-nine", "99"),
    ("Il reste |mille neuf cents| pages.", "one thousand nine hundred", "1900"),
    # round ones
    ("|Une trentaine d’|agents", "about 30", "30"),
    ("|une centaine de| pilotes", "about 100", "100"),
    ("|Environ 40| agents", "about 40", "40"),
    ("|Près de 700 000| cartouches", "nearly 700,000", "700000"),
    ("|quelque 60| bateliers", "some 60", "60"),
    ("|à peu près 12 %| des quais", "about 12%", "12%"),
    ("|plusieurs milliers de| navires", "several thousand", "-"),
    ("|plusieurs centaines d’|agents", "several hundred", "-"),
    ("les |milliards| de profits", "billions", "-"),
    ("des |dizaines de millions| d’euros", "tens of millions", "-"),
    ("|quelques millions de| litres", "a few million", "-"),
    # ranges
    ("Elle a lu |25 à 30| dossiers.", "25 to 30", "25..30"),
    ("Il faut |entre 3 et 5| navires.", "between 3 and 5", "3..5"),
    ("Il faut |15-17| caisses.", "15–17", "15..17"),
    ("Âge : de |8 à 12 ans|", "8 to 12 years", "8..12"),
    ("|12 à 15 millions| en tout", "12 to 15 million", "12000000..15000000"),
    ("|entre 10 et 15 millions de tonnes|", "between 10 and 15 million tonnes", "10000000..15000000 t"),
    # percentages
    ("Soit |3,2 %| du trafic.", "3.2%", "3.2%"),
    ("Soit |25 à 30 %| du trafic.", "25 to 30%", "25..30%"),
    ("Passer de |13 % à 20 %|.", "13 to 20%", "13..20%"),
    ("Soit |12 pour cent| du trafic.", "12%", "12%"),
    ("Une hausse de |2 points de pourcentage|.", "2 percentage points", "2 pp"),
    # money
    ("Saisie de |300 millions d’USD|.", "USD 300 million", "USD 300000000"),
    ("Saisie de |300 millions d'USD|.", "USD 300 million", "USD 300000000"),
    ("Amende de |1 250 000 euros|.", "EUR 1,250,000", "EUR 1250000"),
    ("Coût : |12 milliards d’euros|", "EUR 12 billion", "EUR 12000000000"),
    ("Coût : |3 M€|", "€3 million", "EUR 3000000"),
    ("Coût : |12 Mds€|", "€12 billion", "EUR 12000000000"),
    ("Coût : |10 k€|", "€10,000", "EUR 10000"),
    ("Coût : |1 200 €|", "€1,200", "EUR 1200"),
    ("Coût : |1 450 euros|", "EUR 1,450", "EUR 1450"),
    ("Coût : |280 M$|", "$280 million", "USD 280000000"),
    ("Coût : |2 millions de dollars|", "USD 2 million", "USD 2000000"),
    ("Coût : |2 millions de dollars canadiens|", "CAD 2 million", "CAD 2000000"),
    ("Coût : |500 000 francs CFA|", "500,000 CFA francs", "CFA 500000"),
    ("Coût : |40 couronnes suédoises|", "SEK 40", "SEK 40"),
    ("Coût : |3 000 dirhams|", "3,000 dirhams", "dirham 3000"),
    ("Coût : |250 millions de livres sterling|", "GBP 250 million", "GBP 250000000"),
    ("Coût : |75 francs suisses|", "CHF 75", "CHF 75"),
    ("Coût : |USD 3 millions|", "USD 3 million", "USD 3000000"),
    ("Coût : de |2 à 3 milliards d’euros|", "EUR 2 to 3 billion", "EUR 2000000000..3000000000"),
    ("Coût : |entre 200 000 et 300 000 euros|", "between EUR 200,000 and 300,000", "EUR 200000..300000"),
    # measures
    ("Une prise de |3,2 tonnes|.", "3.2 tonnes", "3.2 t"),
    ("Une prise de |1,5 tonne|.", "1.5 tonnes", "1.5 t"),
    ("Un chaland de |85 mètres|.", "85 metres", "85 m"),
    ("À |25 milles marins|.", "25 nautical miles", "25 nmi"),
    ("À |25 milles| au large.", "25 nautical miles", "25 nmi"),
    ("À |12 nœuds|.", "12 knots", "12 kn"),
    ("Un bois de |900 m³|.", "900 m³", "900 m³"),
    ("Il fait |25 °C|.", "25°C", "25 °C"),
    ("Il fait |−5 °C|.", "−5°C", "-5 °C"),
    ("Un fichier de |12 Mo|.", "12 MB", "12 MB"),
    ("À |30 km/h|.", "30 km/h", "30 km/h"),
    ("Sur |40 hectares|.", "40 hectares", "40 ha"),
    ("Il pèse |640 kilogrammes|.", "640 kilograms", "640 kg"),
    ("Sur |deux mille kilomètres|.", "two thousand kilometres", "2000 km"),
    ("Soit |3 à 5 millions de tonnes|.", "3 to 5 million tonnes", "3000000..5000000 t"),
    # durations
    ("Depuis |31 ans|.", "31 years", "31"),
    ("Un marin |âgé de 34 ans|.", "aged 34", "34"),
    ("En |18 mois|.", "18 months", "18"),
    ("Pendant |48 heures|.", "48 hours", "48"),
    # ordinals, numbers of things
    ("La |25ème| session", "25th", "25."),
    ("La |25e| session", "25th", "25."),
    ("La |1re| session", "1st", "1."),
    ("Le |1er| quai", "1st", "1."),
    ("La |2nde| phase", "2nd", "2."),
    ("La |112ème| fois", "112th", "112."),
    ("Au |XXIe siècle|", "21st century", "21."),
    ("Dès le |XIXe siècle|", "19th century", "19."),
    ("La |XXIIe| session", "22nd", "22."),
    ("Au |IIIe siècle av. J.-C.|", "3rd century BC", "3."),
    ("L’arrêt |n° 2025/118|", "No. 2025/118", "-"),
    ("Le quai |n° 12|", "No. 12", "12"),
    # days
    ("Elle s’est tenue |le 10 janvier|.", "on 10 January", "--01-10"),
    ("|Le 12 décembre|, à Brême", "on 12 December", "--12-12"),
    ("Depuis |le 3 mars 2024|", "3 March 2024", "2024-03-03"),
    ("Avant |le 1er juin|", "1 June", "--06-01"),
    ("La séance du |4 mai|", "4 May", "--05-04"),
    ("|Le 14 juillet| est férié.", "14 July", "--07-14"),
    ("Elle s’est tenue |mardi 3 juin|.", "on Tuesday 3 June", "--06-03"),
    ("|le mardi 3 juin 2025|", "on Tuesday 3 June 2025", "2025-06-03"),
    ("Réunis |du 7 au 9 février 2023|", "from 7 to 9 February 2023", "2023-02-07/2023-02-09"),
    ("trois jours (|du 7 au 9 février|)", "7–9 February", "--02-07/--02-09"),
    ("|du 28 février au 2 mars 2024|", "from 28 February to 2 March 2024", "2024-02-28/2024-03-02"),
    ("|du 28 décembre au 3 janvier 2024|", "from 28 December to 3 January 2024", "2023-12-28/2024-01-03"),
    ("|entre le 7 et le 9 février|", "between 7 and 9 February", "--02-07/--02-09"),
    ("|les 7 et 8 mars|", "on 7 and 8 March", "--03-07/--03-08"),
    ("|les 5, 7 et 9 mars|", "on 5, 7 and 9 March", "--03-05/--03-09"),
    ("|7-9 février|", "7–9 February", "--02-07/--02-09"),
    ("|le 3/05/2024|", "on 3 May 2024", "2024-05-03"),
    ("|Le 12 déc. 2024|", "on 12 December 2024", "2024-12-12"),
    # months, years
    ("lancé |en 2012|", "in 2012", "2012"),
    ("lancé |en mars|", "in March", "--03"),
    ("lancé |en mars 2024|", "in March 2024", "2024-03"),
    ("le numéro de |mars 2024|", "March 2024", "2024-03"),
    ("|fin 2023|", "at the end of 2023", "2023"),
    ("d’ici |fin 2023|", "the end of 2023", "2023"),
    ("|début mai 2024|", "in early May 2024", "2024-05"),
    ("|mi-juillet|", "in mid-July", "--07"),
    ("|mi-2023|", "in mid-2023", "2023"),
    ("dès |mai|", "May", "--05"),
    ("|d’ici à 2030|", "by 2030", "2030"),
    ("|d’ici à septembre|", "by September", "--09"),
    ("|de 2012 à 2015|", "from 2012 to 2015", "2012..2015"),
    ("|2012-2013|", "2012–2013", "2012..2013"),
    ("|2023-24|", "2023–24", "2023..2024"),
    ("|2023/2024|", "2023/2024", "2023..2024"),
    ("|de mars à juin|", "from March to June", "--03/--06"),
    ("|les années 1990|", "the 1990s", "1990s"),
    ("des |années 80|", "1980s", "1980s"),
    ("|du lundi au vendredi|", "from Monday to Friday", "-"),
    ("le |mardi et le jeudi|", "Tuesday and Thursday", "-"),
    ("organisé |jeudi et vendredi|", "Thursday and Friday", "-"),
    # times
    ("|de 9 h à 12 h 30|", "from 9:00 to 12:30", "T09:00/T12:30"),
    ("|entre 22 h 30 et 4 h|", "between 22:30 and 4:00", "T22:30/T04:00"),
    ("|10 h – 18 h|", "10:00–18:00", "T10:00/T18:00"),
    ("|à 14h30|", "at 14:30", "T14:30"),
    ("|à 8 h du soir|", "at 20:00", "T20:00"),
    ("dès |14 h|", "14:00", "T14:00"),
    ("|à midi|", "at noon", "T12:00"),
    ("avant |minuit|", "midnight", "T00:00"),
    ("le lundi |midi|", "noon", "T12:00"),
    ("|à midi et demi|", "at 12:30", "T12:30"),
    ("un poste |24h/24 et 7j/7|", "24 hours a day, seven days a week", "-"),
    ("un poste |24 heures sur 24|", "24 hours a day", "-"),
]


@pytest.mark.parametrize(("marked", "english", "value"), CASES, ids=[case[0] for case in CASES])
def test_a_quantity_its_english_and_its_value(marked: str, english: str, value: str) -> None:
    before, stretch, _ = marked.split("|")
    text = marked.replace("|", "")
    found = [one for one in settled(text) if one.start == len(before)]
    assert [(one.source(text), one.english[0], one.value or "-") for one in found] == [(stretch, english, value)]


@pytest.mark.parametrize(
    "text",
    [
        "Le quai neuf est ouvert.",
        "Une péniche, un chaland.",
        "C’est un second souffle.",
        "Deux ports voisins.",
        "Trois fois par jour.",
        "Il a quinze jours.",
        "Mille mercis",
        "La troisième fois",
        "Les trois quarts du temps",
        "Une dizaine de pilotes",
        "Il a mis deux heures.",
        "Le réseau R-12/4",
        "Voir https://amarre.example/2026/05/01.",
        "Le fichier plan_2026.pdf",
        "Tél. 02 40 00 00 00",
        "Le protocole A/RES/75/1",
        "Mardi gras",
        "La planète Mars",
    ],
)
def test_what_is_not_settled(text: str) -> None:
    assert settled(text) == []


def test_what_may_be_something_else_is_suggested() -> None:
    text = "Il dure 12 heures, deux fois, une dizaine de jours, la troisième fois."
    assert {one.source(text) for one in quantities.find(text)} >= {"12 heures", "deux", "troisième"}
    assert settled(text) == []


@pytest.mark.parametrize(
    ("value", "ways"),
    [
        ("1333", ["1,333 boats", "1333 boats"]),
        ("3.2", ["3.2 times"]),
        (
            "USD 300000000",
            ["USD 300 million", "$300 million", "US$300m", "300 million dollars", "300 million US dollars"],
        ),
        ("EUR 3750000", ["EUR 3.75 million", "€3.75 million", "3.75 million euros", "€3.75m"]),
        ("GBP 20", ["£20", "GBP 20", "20 pounds sterling"]),
        ("CFA 500000", ["500,000 CFA francs", "XOF 500,000"]),
        ("3.2%", ["3.2%", "3.2 per cent", "3.2 percent"]),
        ("25..30%", ["25–30%", "25% to 30%", "between 25 and 30 per cent", "25 to 30%"]),
        ("25..30", ["25 to 30", "25–30", "25-30", "between 25 and 30", "from 25 to 30"]),
        ("3.2 t", ["3.2 tonnes", "3.2 metric tons", "3.2 t"]),
        ("85 m", ["85 metres", "85 meters", "an 85-metre barge", "85 m"]),
        ("12 kn", ["12 knots"]),
        ("25 °C", ["25°C", "25 °C", "25 degrees Celsius"]),
        ("25.", ["25th", "twenty-fifth", "the Twenty-fifth"]),
        ("21.", ["21st century", "twenty-first century"]),
        (
            "2013-01-10",
            ["10 January 2013", "January 10, 2013", "10th January 2013", "10 Jan. 2013", "the 10th of January 2013"],
        ),
        ("--01-10", ["10 January", "January 10", "10 January 2013", "on Thursday 10 January"]),
        ("2024-03", ["March 2024", "10 March 2024"]),
        ("--03", ["in March", "March 2024"]),
        ("--05", ["in May", "May 2024", "from May to June"]),
        (
            "2023-02-07/2023-02-09",
            ["7–9 February 2023", "from 7 to 9 February 2023", "February 7-9, 2023", "between 7 and 9 February 2023"],
        ),
        ("2024-02-28/2024-03-02", ["28 February – 2 March 2024", "from 28 February to 2 March 2024"]),
        ("--03-07/--03-08", ["7 and 8 March", "on 7–8 March 2024", "March 7 and 8"]),
        ("T14:30", ["14:30", "2:30 p.m.", "2.30 pm", "1430 hours"]),
        ("T00:00", ["midnight"]),
        (
            "T09:00/T12:30",
            ["9:00 to 12:30", "9 a.m. to 12:30 p.m.", "9:00–12:30", "from 9 a.m. to 12.30 pm"],
        ),
        ("1990s", ["the 1990s", "the ’90s"]),
        ("2012..2015", ["2012–2015", "from 2012 to 2015", "between 2012 and 2015", "2012-15"]),
        ("8000000000", ["eight billion", "8 billion", "8,000,000,000", "8bn"]),
        ("30", ["thirty", "30", "some 30 boats"]),
        ("230", ["two hundred and thirty", "230"]),
        ("500000", ["half a million", "500,000"]),
        ("34", ["34-year-old", "aged 34", "34 years"]),
        ("2", ["twice", "two", "both"]),
    ],
)
def test_one_value_many_writings(value: str, ways: list[str]) -> None:
    assert [way for way in ways if value not in quantities.values(f"Then {way}, they said.")] == []


@pytest.mark.parametrize("text", ["1 333 boats", "3,2 tonnes", "the second R-12/4 line", "a 2012-1234 form"])
def test_what_english_does_not_write_is_not_read(text: str) -> None:
    assert not {"1333", "3.2 t", "3.2", "12", "12..4", "2012..1234"} & set(quantities.values(text))


def lost(source: str, target: str) -> list[str]:
    return [one.source(source) for one in missing(settled(source), target, quantities.readings)]


def test_a_figure_counts_once() -> None:
    source = "Les 12 ports ont signé le 12 mai."
    assert lost(source, "The 12 ports signed on 12 May.") == []
    assert lost(source, "The twelve ports signed on May 12.") == []
    assert lost(source, "The ports signed on 12 May.") == ["12"]
    assert lost(source, "The 12 ports signed in May.") == ["le 12 mai"]


def test_days_that_share_a_month_serve_two_dates() -> None:
    source = "Le 7 mars et le 8 mars, 7 ports ont fermé."
    assert lost(source, "On 7 and 8 March, seven ports closed.") == []
    assert lost(source, "On 7 and 8 March, ports closed.") == ["7"]


def test_a_wrong_figure_is_missing() -> None:
    assert lost("Venus de 120 pays", "From 12 countries") == ["120"]
    assert lost("300 millions d’USD", "USD 300 billion") == ["300 millions d’USD"]
    assert lost("3,2 tonnes", "3.2 kilograms") == ["3,2 tonnes"]
    assert lost("le 10 janvier 2013", "10 June 2013") == ["le 10 janvier 2013"]
    assert lost("en 2012", "in 2013") == ["en 2012"]


def test_figures_without_a_source() -> None:
    assert quantities.invented("Venus de 120 pays", "From 12 countries") == ("12",)
    assert quantities.invented("Une trentaine, à 14 h 30, huit milliards", "About 30, at 2:30 p.m., 8 billion") == ()


# --- laws ------------------------------------------------------------------------------------------------------------


@st.composite
def phrases(draw: st.DrawFn) -> str:
    """A French quantity of a random kind."""
    number = draw(st.integers(2, 999_999))
    figure = format_decimal(number, locale="fr")
    small = draw(st.integers(1, 900))
    day, month, year = draw(st.integers(1, 28)), draw(st.integers(1, 12)), draw(st.integers(1900, 2099))
    date = format_date(datetime.date(year, month, day), "d MMMM y", locale="fr")
    name = format_date(datetime.date(year, month, day), "MMMM", locale="fr")
    hour, minute = draw(st.integers(0, 23)), draw(st.integers(0, 59))
    return draw(
        st.sampled_from(
            [
                figure,
                f"{small},{day}",
                f"{small},{day} %",
                f"{figure} euros",
                f"{small} millions d’USD",
                f"{small},{day} milliards de dollars",
                f"{figure} tonnes",
                f"{small} km²",
                f"{small} à {small + day} ans",
                f"entre {small} et {small + day} millions d’euros",
                f"{small}ème",
                f"le {date}",
                f"du {day} au {day + 1} {name} {year}",
                f"en {name} {year}",
                f"de {year} à {year + day}",
                f"à {hour} h {minute:02}",
                f"de {hour} h à {hour % 23 + 1} h {minute:02}",
                f"{small} millions de",
                f"environ {small}",
                f"les années {year // 10 * 10}",
            ]
        )
    )


@settings(max_examples=100)
@given(phrases())
def test_the_english_of_a_quantity_holds_its_value(phrase: str) -> None:
    found = [one for one in quantities.find(phrase) if one.value]
    assert found
    for one in found:
        assert one.value in quantities.values(one.english[0])
        assert one.value in quantities.values(f"They said {one.english[0]}, then left.")
    assert missing(found, " and ".join(one.english[0] for one in found), quantities.readings) == ()


@settings(max_examples=100)
@given(
    st.integers(1, 31),
    st.integers(1, 31),
    st.sampled_from(("janvier", "mai", "juin 2026", "décembre 2013", "févr.")),
    st.sampled_from(("", " avril", " décembre 2013", " 2013")),
    st.sampled_from(("du {} au {}", "les {} et {}", "entre le {} et le {}", "le {} et le {}", "{}-{}", "{}, {}")),
)
def test_any_two_days_are_read_and_held_by_their_english(a: int, b: int, month: str, other: str, link: str) -> None:
    text = f"Réunis {link.format(f'{a}{other}', f'{b} {month}')}, ils ont signé."
    for one in quantities.find(text):
        assert not one.value or not missing([one], f"They met {one.english[0]}.", quantities.readings), (text, one)


@given(st.integers(0, 999_999))
def test_numbers_in_words(number: int) -> None:
    assert read_french(french_words(number)) == number
    assert read_english(english_words(number)) == number
    assert str(number) in quantities.values(f"Some {english_words(number)} boats")


@settings(max_examples=100)
@given(st.integers(1, 3999))
def test_ordinals_are_read(number: int) -> None:
    assert f"{number}." in quantities.values(f"the {english_ordinal(number)} session")


@settings(max_examples=100)
@given(ANY)
def test_nothing_raises_and_stretches_stand_in_order(text: str) -> None:
    end = 0
    for one in quantities.find(text):
        assert end <= one.start < one.end <= len(text)
        assert one.english
        assert all(one.english)
        end = one.end
    quantities.readings(text)
    quantities.invented(text, text)


@pytest.mark.parametrize(
    "unit", ["1 ", "1 111 ", "7, ", "le 7 mars 2024 ", "deux ", "de 9 h à ", "XX ", "3 euros ", "a"]
)
def test_long_texts_are_read_to_their_end(unit: str) -> None:
    """A quadratic pattern would take minutes."""
    text = unit * (20_000 // len(unit))
    quantities.find(text)
    quantities.readings(text)


def test_tables_agree_with_cldr() -> None:
    """Names of months are CLDR's, in both languages."""
    for month in range(1, 13):
        date = datetime.date(2024, month, 5)
        french = format_date(date, "'le' d MMMM y", locale="fr")
        (found,) = quantities.find(french)
        assert found.kind is Kind.DATE
        assert found.english[0] == "on " + format_date(date, "d MMMM y", locale="en")
