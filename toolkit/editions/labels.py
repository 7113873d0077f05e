"""The words of the interface, in French and in English, and what depends on a language: dates, plurals.

French typography follows the Imprimerie nationale's rules (narrow no-break space before ``;``, no-break space before
``:``), dates both languages' style guides: "1er janvier 2013", "1 January 2013".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toolkit.editions.structure import Counts
from toolkit.model import State

_MONTHS = {
    "fr": "janvier février mars avril mai juin juillet août septembre octobre novembre décembre",
    "en": "January February March April May June July August September October November December",
}


@dataclass(frozen=True, slots=True)
class Words:
    """One expression in both languages of the interface."""

    fr: str
    en: str


LANGUAGE_NAMES = {"fr": Words("français", "French"), "en": Words("anglais", "English")}
#: The same names as their own speakers write them, on the buttons and over the columns.
OWN_NAMES = {"fr": "Français", "en": "English"}

#: Short mark set beside a sentence.
MARKS = {
    State.REVIEWED: Words("relue", "reviewed"),
    State.MACHINE: Words("brouillon machine", "machine draft"),
    State.FUZZY: Words("modifiée", "changed"),
    State.UNTRANSLATED: Words("pas encore traduite", "not yet translated"),
}

#: What the mark means, for the legend and for the pointer that rests on a sentence.
MEANINGS = {
    State.REVIEWED: Words(
        "Phrase lue par une personne, qui l’a corrigée ou approuvée.",
        "A person has read this sentence, and corrected or approved it.",
    ),
    State.MACHINE: Words(
        "Brouillon d’un traducteur automatique ou d’une règle, que personne n’a encore relu.",
        "Draft by a translation program or by rule; no person has read it yet.",
    ),
    State.FUZZY: Words(
        "L’original a changé, ou un doute a été signalé\u00a0: cet anglais peut correspondre à un texte plus ancien.",
        "The French has changed since, or a doubt was noted: this English may belong to an older text.",
    ),
    State.UNTRANSLATED: Words(
        "Phrase qui n’est pas encore traduite\u202f; l’original en tient lieu.",
        "Not translated yet; the French stands in its place.",
    ),
}


def base(language: str) -> str:
    """The primary subtag of a BCP 47 tag: "fr" for "fr-CA"."""
    return language.partition("-")[0].lower()


def own_name(language: str) -> str:
    """A language's name in that language; the tag itself where we do not know it."""
    return OWN_NAMES.get(base(language), language)


def long_date(iso: str, language: str) -> str:
    """An ISO 8601 calendar date in words ("12 janvier 2016"); anything else is returned as it is."""
    day = machine_date(iso)
    if day is None:
        return iso
    months = _MONTHS.get(base(language), _MONTHS["en"]).split()
    number = "1er" if day.day == 1 and base(language) == "fr" else str(day.day)
    return f"{number} {months[day.month - 1]} {day.year}"


def machine_date(iso: str) -> date | None:
    """The date of an ISO 8601 string, or None where it is not one."""
    try:
        return date.fromisoformat(iso)
    except ValueError:
        return None


def _plural(number: int, one: str, many: str) -> str:
    return f"{number} {one if number == 1 else many}"


def summary_en(counts: Counts) -> str:
    """One English sentence on how far an edition has come, without its period."""
    if counts.total == 0:
        return "Nothing to translate"
    if counts.reviewed == counts.total:
        return "All sentences read by a person" if counts.total > 1 else "The only sentence is read by a person"
    open_parts = [
        _plural(counts.machine, "machine draft", "machine drafts") if counts.machine else "",
        f"{counts.fuzzy} changed" if counts.fuzzy else "",
        f"{counts.untranslated} not yet translated" if counts.untranslated else "",
    ]
    head = f"{counts.reviewed} of {_plural(counts.total, 'sentence', 'sentences')} read by a person"
    return f"{head}; {', '.join(part for part in open_parts if part)}"


def summary_fr(counts: Counts) -> str:
    """The same sentence in French, where 0 and 1 are both singular."""
    if counts.total == 0:
        return "Rien à traduire"
    if counts.reviewed == counts.total:
        return "Toutes les phrases sont relues" if counts.total > 1 else "La seule phrase est relue"
    many = "s" if counts.reviewed > 1 else ""
    open_parts = [
        f"{counts.machine} brouillon{'s' if counts.machine > 1 else ''} machine" if counts.machine else "",
        f"{counts.fuzzy} modifiée{'s' if counts.fuzzy > 1 else ''}" if counts.fuzzy else "",
        f"{counts.untranslated} pas encore traduite{'s' if counts.untranslated > 1 else ''}"
        if counts.untranslated
        else "",
    ]
    head = f"{counts.reviewed} phrase{many} sur {counts.total} relue{many}"
    return f"{head}\u202f; {', '.join(part for part in open_parts if part)}"
