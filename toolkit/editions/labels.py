"""What the interface says of states, texts and counts; dates and quotation marks of each language.

French typography follows the Imprimerie nationale's rules (narrow no-break space before ``;``, no-break space before
``:``), dates both languages' style guides: "1er janvier 2013", "1 January 2013". The words come from ``interface``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from toolkit.editions.interface import Table, Words, base, both, both_plural, message, say
from toolkit.editions.structure import Counts, Standing
from toolkit.text.dates import MONTHS
from toolkit.text.places import english_city, english_place, is_place

LANGUAGE_NAMES = Table({"fr": message("French"), "en": message("English")})
#: The same names as their own speakers write them, on the buttons and over the columns.
OWN_NAMES = {"fr": "Français", "en": "English"}

#: Short mark set beside a sentence; in the order of the legend.
MARKS = Table(
    {
        Standing.REVIEWED: message("reviewed"),
        Standing.TO_CHECK: message("to be checked"),
        Standing.CHANGED: message("changed"),
        Standing.MACHINE: message("machine draft"),
        Standing.UNTRANSLATED: message("not yet translated"),
    }
)


#: What a list says of a title that nobody has approved; in French a title is masculine, a sentence feminine.
TITLE_LABELS = Table(
    {
        Standing.TO_CHECK: message("title: to be checked"),
        Standing.CHANGED: message("title: changed"),
        Standing.MACHINE: message("title: machine draft"),
        Standing.UNTRANSLATED: message("title: not yet translated"),
    }
)


def title_mark(standing: Standing, language: str) -> str:
    """What precedes an English title that stands alone (in a window, a feed, a citation) until somebody approves it."""
    return f"[{MARKS[standing].in_(language)}] " if standing in (Standing.MACHINE, Standing.TO_CHECK) else ""


#: What the mark means, for the legend and for the pointer that rests on a sentence.
MEANINGS = Table(
    {
        Standing.REVIEWED: message("A person has read this sentence, and corrected or approved it."),
        Standing.MACHINE: message("Draft by a translation program or by rule; no person has read it yet."),
        Standing.TO_CHECK: message("Worked on, but not yet approved by a person."),
        Standing.CHANGED: message(
            "The French has changed since: this English translates an older text, given in a note."
        ),
        Standing.UNTRANSLATED: message("Not translated yet; the French stands in its place."),
    }
)

#: What texts outside the flow are, by the label that their reader gives them.
ATTRIBUTE_NAMES = Table(
    {
        "alt": message("alternative text"),
        "title": message("tooltip"),
        "subtitle": message("subtitle"),
        "category": message("category"),
        "page title": message("page title"),
        "document title": message("document title"),
        "subject": message("subject"),
        "description": message("description"),
        "summary": message("summary"),
        "keywords": message("keywords"),
        "aria-label": message("label for screen readers"),
        "aria-placeholder": message("input hint"),
        "aria-description": message("description for screen readers"),
        "placeholder": message("input hint"),
        "label": message("label"),
        "value": message("button"),
        "abbr": message("abbreviation"),
    }
)

#: Opening and closing quotation marks, outside and within another quotation.
_QUOTES = {
    "fr": (("«\u00a0", "\u00a0»"), ("“", "”")),
    "en": (("“", "”"), ("‘", "’")),
}
#: Territories of Open Graph's locales; the English is that of Europe's institutions.
_LOCALES = {"fr": "fr_FR", "en": "en_GB", "de": "de_DE", "es": "es_ES", "it": "it_IT", "pt": "pt_PT", "nl": "nl_NL"}
_PLACE = re.compile(r"([^()]*[^()\s])\s*\(([^()]+)\)")
_MONTHS = {"fr": tuple(MONTHS), "en": tuple(MONTHS.values())}


def matched_mark() -> Words:
    """The short mark of such a sentence as ``matched_meaning`` explains."""
    return both("matched by program")


def matched_meaning() -> Words:
    """What is to be known of a sentence that ``toolkit align`` took over and that no person has looked at since."""
    return both("From an English text published before, matched by program; nobody has compared the two since.")


def matched_cited() -> str:
    """What a citation says of such a sentence or title; it stands alone there, without a legend."""
    return say("en", "matched by program, not compared by a person")


def attribute_name(label: str) -> Words | None:
    """What an attribute is, in both languages; None where we do not know its label."""
    return ATTRIBUTE_NAMES.get(label.strip().lower())


def image_words(text: str) -> Words:
    """What stands for an image whose file is not published."""
    return both("Image: {text}", text=text)


def quotation_marks(language: str, *, inner: bool) -> tuple[str, str]:
    """The marks that a language puts around a quotation, or around one within another."""
    return _QUOTES.get(base(language), _QUOTES["en"])[inner]


def own_name(language: str) -> str:
    """A language's name in that language; the tag itself where we do not know it."""
    return OWN_NAMES.get(base(language), language)


def open_graph_locale(language: str) -> str:
    """A language as Open Graph wants it (ogp.me, "og:locale"): with a territory ("en_GB"); a tag that has one stays."""
    return language.replace("-", "_") if "-" in language else _LOCALES.get(language, language)


def long_date(iso: str, language: str) -> str:
    """An ISO 8601 calendar date in words ("12 janvier 2016"); anything else is returned as it is."""
    day = machine_date(iso)
    if day is None:
        return iso
    months = _MONTHS.get(base(language), _MONTHS["en"])
    number = "1er" if day.day == 1 and base(language) == "fr" else str(day.day)
    return f"{number} {months[day.month - 1]} {day.year}"


@lru_cache(maxsize=256)  # a release's pages say the same, one after the other
def place_words(place: str) -> Words:
    """A dateline's place in both languages: "LYON (France)" is "LYON, France"; unknown names stay as they are."""
    found = _PLACE.fullmatch(place)
    if not found:
        return Words(place, english_place(place) if is_place(place) else place)
    city, country = found.groups()
    if not is_place(country):
        return Words(place, place)
    return Words(place, f"{english_city(city) or city}, {english_place(country)}")


def machine_date(iso: str) -> date | None:
    """The date of an ISO 8601 string, or None where it is not one."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


# -- how far an edition has come ----------------------------------------------------------------------------------


@lru_cache(maxsize=256)
def summary_words(counts: Counts) -> Words:
    """One sentence on how far an edition has come, without its period."""
    total, read = counts.total, counts.read
    if total == 0:
        return both("Nothing to translate")
    if read == total:
        return (
            both("All sentences read by a person") if total > 1 else both("The only sentence has been read by a person")
        )
    open_parts = [
        both_plural(
            "{count} from an earlier translation, matched by program",
            "{count} from an earlier translation, matched by program",
            counts.aligned,
        )
        if counts.aligned
        else None,
        both_plural("{count} machine draft", "{count} machine drafts", counts.machine) if counts.machine else None,
        both_plural("{count} changed", "{count} changed", counts.changed) if counts.changed else None,
        both_plural("{count} to be checked", "{count} to be checked", counts.to_check) if counts.to_check else None,
        both_plural("{count} not yet translated", "{count} not yet translated", counts.untranslated)
        if counts.untranslated
        else None,
    ]
    said = [part for part in open_parts if part]
    if total == 1:
        head = both("The only sentence has not been read by a person")
    else:
        head = both_plural(
            "{count} of {total} sentences read by a person", "{count} of {total} sentences read by a person", read,
            total=total,
        )  # fmt: skip
    french, english = ", ".join(part.fr for part in said), ", ".join(part.en for part in said)
    # A message of its own: French sets a narrow no-break space before the semicolon.
    return Words(
        say("fr", "{head}; {rest}", head=head.fr, rest=french), say("en", "{head}; {rest}", head=head.en, rest=english)
    )


def summary_en(counts: Counts) -> str:
    """``summary_words`` in English."""
    return summary_words(counts).en


def summary_fr(counts: Counts) -> str:
    """``summary_words`` in French."""
    return summary_words(counts).fr


@dataclass(frozen=True, slots=True)
class Notice:
    """The warning over an edition that is mostly unread: what it is, and what that means for its reader."""

    name: Words
    text: Words


def notice(counts: Counts) -> Notice | None:
    """The warning that an edition needs, on its page and in books; None where a person has read half of it or more."""
    if not counts.mostly_unread:
        return None
    if counts.mostly_matched:
        return Notice(both("Earlier translation, matched by program"), _advice(_uncompared(counts)))
    if not counts.english:
        return Notice(both("Not yet translated"), both("The French stands in place of the English."))
    if 2 * counts.machine < counts.english:
        return Notice(both("Unfinished translation"), _advice(_unfinished(counts)))
    return Notice(both("Machine draft"), _advice(_unread(counts)))


def banner(counts: Counts) -> Notice | None:
    """What a page says above its text: ``notice``, or more quietly that not all of it has been read."""
    if counts.mostly_unread or not counts.unread:
        return notice(counts)
    said = both_plural(
        "One of the {total} sentences below has not been approved by a person; it is marked.",
        "{count} of the {total} sentences below have not been approved by a person; each is marked.",
        counts.unread,
        total=counts.total,
    )
    return Notice(both("Unfinished translation"), _with_matched(said, counts) if counts.aligned else said)


def _with_matched(said: Words, counts: Counts) -> Words:
    """What has not been approved, and how much of the rest nobody has compared."""
    matched = both_plural(
        "{count} more comes from an earlier translation and was matched by program; nobody has compared it since.",
        "{count} more come from an earlier translation and were matched by program; nobody has compared them since.",
        counts.aligned,
    )
    return Words(f"{said.fr} {matched.fr}", f"{said.en} {matched.en}")


def _unread(counts: Counts) -> Words:
    number, total = counts.machine, counts.english
    if number < total:
        return both_plural(
            "No person has read {number} of the {count} English sentences below.",
            "No person has read {number} of the {count} English sentences below.",
            total,
            number=number,
        )
    return both_plural(
        "No person has read the English sentence below.",
        "No person has read the {count} English sentences below.",
        total,
    )


def _unfinished(counts: Counts) -> Words:
    if not counts.read:
        return both("No person has yet approved the English below.")
    return both_plural(
        "A person has so far approved only {number} of the {count} sentences below.",
        "A person has so far approved only {number} of the {count} sentences below.",
        counts.total,
        number=counts.read,
    )


def _uncompared(counts: Counts) -> Words:
    if not counts.read:
        return both("Nobody has yet compared the English below with the French.")
    return both(
        "A person has so far compared only {number} of the {count} sentences below with the French.",
        number=counts.read,
        count=counts.total,
    )


def _advice(said: Words) -> Words:
    advice = both("Check it against the French before you rely on it.")
    return Words(f"{said.fr} {advice.fr}", f"{said.en} {advice.en}")
