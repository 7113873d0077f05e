"""Dates, places and numbers that are done by rule."""

from __future__ import annotations

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.text.dates import leading_date, whole_date
from toolkit.text.numbers import bare_number, english_ordinal
from toolkit.text.places import english_city, english_country, english_place

MONTHS = [
    "janvier",
    "février",
    "mars",
    "avril",
    "mai",
    "juin",
    "juillet",
    "août",
    "septembre",
    "octobre",
    "novembre",
    "décembre",
]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("11 janvier 2023", "11 January 2023"),
        ("1er mars 2024", "1 March 2024"),
        ("1er\u00a0août 2024.", "1 August 2024."),
        ("mardi 3 juin 2025", "Tuesday 3 June 2025"),
        ("Le 3 juin 2025", "3 June 2025"),
        ("Lyon, le 14 mars 2026", "Lyon, 14 March 2026"),
        ("Genève (Suisse), le 14 mars 2026", "Geneva, Switzerland, 14 March 2026"),
        ("Pont-sur-Loire, le 14 mars 2026", "Pont-sur-Loire, 14 March 2026"),
        ("Publié le 3/05/2024 à 10 h 30", "Published on 3 May 2024, 10:30"),
        ("Dernière mise à jour : 3 mai 2024", "Last updated on 3 May 2024"),
        ("Fait à Bruxelles, le 2 avril 2024", "Done at Brussels, 2 April 2024"),
        ("du 7 au 9 février", "7–9 February"),
        ("Du 28 février au 2 mars 2024", "28 February – 2 March 2024"),
        ("les 7 et 8 mars 2024", "7 and 8 March 2024"),
        ("Mars 2024", "March 2024"),
        ("12 déc. 2024", "12 December 2024"),
    ],
)
def test_dates(french: str, english: str) -> None:
    assert whole_date(french) == english


@pytest.mark.parametrize(
    "text",
    [
        "31 février 2024",
        "45 mars 2024",
        "12",
        "mars",
        "Le 3 juin 2025, le conseil a voté.",
        "réunion du conseil, le 3 mars 2024",
        "",
        "99/99/2024",
    ],
)
def test_what_is_no_date_alone(text: str) -> None:
    assert whole_date(text) is None


@given(st.dates(min_value=datetime.date(1000, 1, 1)))
def test_every_date_of_the_calendar(date: datetime.date) -> None:
    day = "1er" if date.day == 1 else str(date.day)
    french = f"{day} {MONTHS[date.month - 1]} {date.year}"
    found = leading_date(french + " - suite")
    assert found is not None
    assert found.english.split()[::2] == [str(date.day), str(date.year)]
    assert french[: found.end] == french


@given(st.text(alphabet="0123456789 /.,-hleàumrsjin1erd()", max_size=40))
def test_dates_never_raise(text: str) -> None:
    assert whole_date(text) is None or text.strip()


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("1 333", "1,333"),
        ("12\u202f500\u00a0000", "12,500,000"),
        ("3,2", "3.2"),
        ("2024", "2024"),
        ("3,2 %", "3.2%"),
        ("1 200 €", "€1,200"),
        ("48 km", "48 km"),
        ("25ème", "25th"),
        ("1er", "1st"),
        ("112e", "112th"),
        ("10 h 30", "10:30"),
        ("-3,5 %", "-3.5%"),
        ("3 chats", None),
        ("1 33", None),
        ("", None),
    ],
)
def test_bare_numbers(french: str, english: str | None) -> None:
    assert bare_number(french) == english


@given(st.integers(min_value=0, max_value=10**12))
def test_grouped_numbers_read_back(number: int) -> None:
    french = f"{number:,}".replace(",", "\u202f")
    converted = bare_number(french)
    assert converted is not None
    assert int(converted.replace(",", "")) == number


def test_ordinals_around_the_teens() -> None:
    assert [english_ordinal(n) for n in (1, 2, 3, 4, 11, 12, 13, 21, 22, 111)] == [
        "1st", "2nd", "3rd", "4th", "11th", "12th", "13th", "21st", "22nd", "111th",
    ]  # fmt: skip


def test_places_in_any_case_and_with_or_without_accents() -> None:
    assert english_city("GENÈVE") == "GENEVA"
    assert english_city("Geneve") == "Geneva"
    assert english_city("La Haye") == "The Hague"
    assert english_city("LYON") == "LYON"
    assert english_country("Émirats arabes unis") == "United Arab Emirates"
    assert english_country("Côte d'Ivoire") == "Côte d’Ivoire"
    assert english_city("Pont-sur-Loire") is None
    assert english_place("Pont-sur-Loire") == "Pont-sur-Loire"
