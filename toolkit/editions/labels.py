"""The words of the interface, in French and in English, and what depends on a language: dates, plurals.

French typography follows the Imprimerie nationale's rules (narrow no-break space before ``;``, no-break space before
``:``), dates both languages' style guides: "1er janvier 2013", "1 January 2013".
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from toolkit.editions.structure import Counts, Standing

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

#: Short mark set beside a sentence; in the order of the legend.
MARKS = {
    Standing.REVIEWED: Words("relue", "reviewed"),
    Standing.TO_CHECK: Words("à vérifier", "to be checked"),
    Standing.CHANGED: Words("modifiée", "changed"),
    Standing.MACHINE: Words("brouillon machine", "machine draft"),
    Standing.UNTRANSLATED: Words("pas encore traduite", "not yet translated"),
}

#: What the mark means, for the legend and for the pointer that rests on a sentence.
MEANINGS = {
    Standing.REVIEWED: Words(
        "Phrase lue par une personne, qui l’a corrigée ou approuvée.",
        "A person has read this sentence, and corrected or approved it.",
    ),
    Standing.MACHINE: Words(
        "Brouillon d’un traducteur automatique ou d’une règle, que personne n’a encore relu.",
        "Draft by a translation program or by rule; no person has read it yet.",
    ),
    Standing.TO_CHECK: Words(
        "Phrase déjà travaillée, mais que personne n’a encore approuvée.",
        "Worked on, but not yet approved by a person.",
    ),
    Standing.CHANGED: Words(
        "L’original a changé depuis\u00a0: cet anglais traduit un texte plus ancien, donné en note.",
        "The French has changed since: this English translates an older text, given in a note.",
    ),
    Standing.UNTRANSLATED: Words(
        "Phrase qui n’est pas encore traduite\u202f; l’original en tient lieu.",
        "Not translated yet; the French stands in its place.",
    ),
}


#: Before the words that stand for an image whose file is not published; it is the same in both languages.
IMAGE = Words("Image\u00a0: ", "Image: ")

#: Over the texts that are not in the flow.
ATTRIBUTES = Words("Textes hors page", "Texts outside the flow")

#: What texts outside the flow are, by the label that their reader gives them.
ATTRIBUTE_NAMES = {
    "alt": Words("texte alternatif", "alternative text"),
    "title": Words("titre", "title"),
    "subtitle": Words("sous-titre", "subtitle"),
    "category": Words("catégorie", "category"),
    "page title": Words("titre de la page", "page title"),
    "document title": Words("titre du document", "document title"),
    "subject": Words("objet", "subject"),
    "description": Words("description", "description"),
    "summary": Words("résumé", "summary"),
    "keywords": Words("mots-clés", "keywords"),
    "aria-label": Words("libellé pour lecteurs d’écran", "label for screen readers"),
    "aria-placeholder": Words("exemple de saisie", "input hint"),
    "aria-description": Words("description pour lecteurs d’écran", "description for screen readers"),
    "placeholder": Words("exemple de saisie", "input hint"),
    "label": Words("libellé", "label"),
    "value": Words("bouton", "button"),
    "abbr": Words("abréviation", "abbreviation"),
}

#: Opening and closing quotation marks, outside and within another quotation.
_QUOTES = {
    "fr": (("«\u00a0", "\u00a0»"), ("“", "”")),
    "en": (("“", "”"), ("‘", "’")),
}


def attribute_name(label: str) -> Words | None:
    """What an attribute is, in both languages; None where we do not know its label."""
    return ATTRIBUTE_NAMES.get(label.strip().lower())


def quotation_marks(language: str, *, inner: bool) -> tuple[str, str]:
    """The marks that a language puts around a quotation, or around one within another."""
    return _QUOTES.get(base(language), _QUOTES["en"])[inner]


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
        f"{counts.changed} changed" if counts.changed else "",
        f"{counts.to_check} to be checked" if counts.to_check else "",
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
        f"{counts.changed} modifiée{'s' if counts.changed > 1 else ''}" if counts.changed else "",
        f"{counts.to_check} à vérifier" if counts.to_check else "",
        f"{counts.untranslated} pas encore traduite{'s' if counts.untranslated > 1 else ''}"
        if counts.untranslated
        else "",
    ]
    head = f"{counts.reviewed} phrase{many} sur {counts.total} relue{many}"
    return f"{head}\u202f; {', '.join(part for part in open_parts if part)}"


@dataclass(frozen=True, slots=True)
class Notice:
    """The warning over an edition that is mostly unread: what it is, and what that means for its reader."""

    name: Words
    text: Words


def notice(counts: Counts) -> Notice | None:
    """The warning that an edition needs; None where a person has approved half of it or more."""
    if not counts.mostly_unread:
        return None
    if not counts.english:
        return Notice(
            Words("Pas encore traduit", "Not yet translated"),
            Words("Le français tient lieu de l’anglais.", "The French stands in place of the English."),
        )
    if 2 * counts.machine < counts.english:
        return Notice(Words("Traduction inachevée", "Unfinished translation"), _advice(_unfinished(counts)))
    return Notice(Words("Brouillon machine", "Machine draft"), _advice(_unread(counts)))


def _unread(counts: Counts) -> Words:
    number, total = counts.machine, counts.english
    french = "la phrase anglaise" if total == 1 else f"les {total} phrases anglaises"
    english = "the English sentence" if total == 1 else f"the {total} English sentences"
    if number < total:
        french, english = f"{number} des {total} phrases anglaises", f"{number} of {english}"
    return Words(f"Personne n’a relu {french} ci-dessous.", f"No person has read {english} below.")


def _unfinished(counts: Counts) -> Words:
    number, total = counts.reviewed, counts.total
    if not number:
        return Words(
            "Personne n’a encore approuvé l’anglais ci-dessous.", "No person has yet approved the English below."
        )
    return Words(
        f"Une personne n’a encore approuvé que {number} des {total} phrases ci-dessous.",
        f"A person has so far approved only {number} of the {total} sentences below.",
    )


def _advice(said: Words) -> Words:
    return Words(
        f"{said.fr} À vérifier sur l’original français avant de s’y fier.",
        f"{said.en} Check it against the French before you rely on it.",
    )
