"""The header of a TEI edition: what it is, who is responsible, what its codes mean, and how it came about."""

from __future__ import annotations

import re
from functools import cache

from toolkit import __version__
from toolkit.edition import Edition
from toolkit.editions.drafts import Drafts
from toolkit.editions.interface import base
from toolkit.editions.labels import LANGUAGE_NAMES, MEANINGS, machine_date
from toolkit.editions.structure import Counts, Model, Standing, counts_of, title_of
from toolkit.editions.tei_text import analysis
from toolkit.editions.xml_text import ID, LANG, Xml, element
from toolkit.model import State

#: Categories of the taxonomy, with those that one of them holds.
_CATEGORIES: dict[str, tuple[str, dict[str, str]]] = {
    "reviewed": (MEANINGS[Standing.REVIEWED].en, {}),
    "machine": (MEANINGS[Standing.MACHINE].en, {}),
    "fuzzy": (
        "English that is no mere draft, and that no person has approved for the present French.",
        {standing.value: MEANINGS[standing].en for standing in (Standing.CHANGED, Standing.TO_CHECK)},
    ),
    "untranslated": ("Not translated yet: the sentence has no counterpart.", {}),
    "verbatim": ("Nothing to translate: signs that stand in both texts alike.", {}),
}
_SEGMENTATION = (
    "Each sentence is an s; the two texts have the same blocks, and twins have the same number. "
    "A gap of reason untranslated stands for a sentence that has no translation yet. Where the translator merged or "
    "parted sentences, corresp and the links name all that belong together."
)
_INTERPRETATION = (
    "ana says how far a sentence has come, resp who is responsible for it. A reviewer beside a model or a rule has "
    "approved its words as they were, letter for letter; where a reviewer stands alone, a person has written or "
    "changed them, or nobody knows how they began. cert is how sure a model was of its draft, from 0 to 1: the "
    "geometric mean of the probabilities of the draft's tokens."
)
_VERSION = re.compile(r"\d+(\.\d+){0,3}")


def write_header(xml: Xml, edition: Edition, drafts: Drafts, publisher: str) -> None:
    """The ``teiHeader``; ``publisher`` is "" for a working copy that nobody has published."""
    xml.open("teiHeader", {LANG: "en"})
    xml.open("fileDesc")
    _title_statement(xml, edition, drafts)
    xml.open("publicationStmt")
    if publisher:
        xml.leaf("publisher", text=publisher)
    else:
        xml.leaf("p", text="Working edition; no publisher is named.")
    xml.close()
    _source(xml, edition)
    xml.close()
    _encoding(xml, drafts.models)
    xml.open("profileDesc")
    xml.open("langUsage")
    for language, role in ((edition.release.language, "original"), (edition.target_language, "translation")):
        words = LANGUAGE_NAMES.get(base(language))
        xml.leaf("language", {"ident": language}, f"{words.en if words else language}: {role}")
    xml.close()
    xml.close()
    _revisions(xml, edition, drafts)
    xml.close()


def _title_statement(xml: Xml, edition: Edition, drafts: Drafts) -> None:
    title = title_of(edition)
    xml.open("titleStmt")
    xml.leaf("title", {"type": "main", LANG: edition.release.language}, title.source or edition.release.id)
    if title.target:
        values = {"type": "translated", LANG: edition.target_language, "ana": analysis(title.standing)}
        xml.leaf("title", values, title.target)
    approved = {pair.matched for pair in edition.pairs if pair.state is State.REVIEWED}
    if False in approved:
        unnamed = "a reviewer whom the catalogue does not name"  # it knows who saved it last, not who approved what
        _responsible(xml, "resp-review", "Reading and correction of the translation", unnamed)
    if edition.reviewer:
        _responsible(xml, "resp-saved", "Last saving of the translation", edition.reviewer)
    if True in approved:
        _responsible(xml, "resp-align", "Matching of an English text published before; not compared since", "toolkit")
    for number, model in enumerate(drafts.models, 1):
        _responsible(xml, f"model-{number}", "Machine translation draft", model.package, model.checksum)
    if drafts.by_rule:
        _responsible(xml, "resp-rule", "Draft by rule (dates, credits, fixed phrases)", "toolkit")
    xml.close()


def _responsible(xml: Xml, name: str, role: str, who: str, checksum: str = "") -> None:
    xml.open("respStmt", {ID: name} if name else {})
    xml.leaf("resp", text=role)
    xml.leaf("name", text=who)
    if checksum:
        xml.leaf("note", {"type": "sha256-prefix"}, checksum)
    xml.close()


def _source(xml: Xml, edition: Edition) -> None:
    release, metadata = edition.release, edition.release.metadata
    xml.open("sourceDesc")
    xml.open("bibl", {LANG: release.language})
    xml.leaf("title", text=title_of(edition).source or release.id)
    if (day := machine_date(metadata.date)) is not None:
        xml.leaf("date", {"when": day.isoformat()}, metadata.date)
    if metadata.place:
        xml.leaf("pubPlace", text=metadata.place)
    if metadata.credit:
        _responsible(xml, "", "crédit", metadata.credit)
    if metadata.source:
        xml.leaf("note", {"type": "source"}, metadata.source)
    xml.leaf("idno", {"type": "path"}, release.path)
    xml.close()
    xml.close()


def _encoding(xml: Xml, models: tuple[Model, ...]) -> None:
    xml.open("encodingDesc")
    xml.raw(_conventions())
    xml.open("appInfo")
    _application(xml, "toolkit", __version__, "toolkit")
    for model in models:
        name, _, version = model.package.rpartition(" ")
        _application(xml, re.sub(r"\s+", "-", name or model.package), version, model.package)
    xml.close()
    xml.close()


@cache
def _conventions() -> str:
    """What is the same in all editions."""
    xml = Xml(depth=3)
    xml.open("editorialDecl")
    xml.open("segmentation")
    xml.leaf("p", text=_SEGMENTATION)
    xml.close()
    xml.open("interpretation")
    xml.leaf("p", text=_INTERPRETATION)
    xml.close()
    xml.close()
    xml.open("classDecl")
    xml.open("taxonomy", {ID: "states"})
    for name, (meaning, inner) in _CATEGORIES.items():
        xml.open("category", {ID: name})
        xml.leaf("catDesc", text=meaning)
        for inner_name, inner_meaning in inner.items():
            xml.open("category", {ID: inner_name})
            xml.leaf("catDesc", text=inner_meaning)
            xml.close()
        xml.close()
    xml.close()
    xml.close()
    return xml.text()


def _application(xml: Xml, name: str, version: str, label: str) -> None:
    """What TEI does not accept as a version number becomes "0"."""
    xml.open("application", {"ident": name, "version": version if _VERSION.fullmatch(version) else "0"})
    xml.leaf("label", text=label)
    xml.close()


# -- how it came about --------------------------------------------------------------------------------------------


def _revisions(xml: Xml, edition: Edition, drafts: Drafts) -> None:
    """What the catalogue knows of its history (Guidelines 2.6), the latest first; no ``when`` where it has no date."""
    counts = counts_of(edition)
    status = _status(counts)
    xml.open("revisionDesc", {"status": status})
    _published(xml, counts, status)
    if edition.reviewer or edition.revised:
        _change(xml, "Catalogue last saved.", "#resp-saved" if edition.reviewer else "", edition.revised)
    if counts.read or counts.to_check:  # who read, and when, it does not know: whoever saved last need not have
        _change(xml, "English read and worked on by a person.", "#resp-review" if counts.read else "")
    if counts.aligned:
        _change(xml, f"English published before, matched with the French by program: {counts.aligned}.", "#resp-align")
    if by_rule := drafts.unread.get(None):
        _change(xml, f"Drafts by rule that no person has read yet: {by_rule}.", "#resp-rule")
    for number, model in enumerate(drafts.models, 1):
        if unread := drafts.unread.get(model):
            _change(xml, f"Machine drafts that no person has read yet: {unread}.", f"#model-{number}")
    _change(xml, "French sentences laid out in a catalogue for translation.", when=edition.created)
    xml.close()


def _status(counts: Counts) -> str:
    """Of the document, in words that the Guidelines suggest (att.docStatus)."""
    if not counts.total:
        return "published"  # as its source is: there was nothing to translate, and nothing to approve
    if counts.read == counts.total:
        return "approved"
    return "unfinished" if counts.untranslated else "draft"


def _published(xml: Xml, counts: Counts, status: str) -> None:
    """The state of what is published here: how many sentences of each."""
    found = (
        ("reviewed", counts.reviewed, "reviewed"),
        ("aligned", counts.aligned, "of these matched by program"),
        ("machine", counts.machine, "drafted by machine"),
        ("changed", counts.changed, "changed"),
        ("to-check", counts.to_check, "to be checked"),
        ("untranslated", counts.untranslated, "not yet translated"),
    )
    said = [
        element("measure", {"quantity": str(number), "unit": "sentence", "commodity": name}, f"{number} {words}")
        for name, number, words in found
        if number
    ]
    xml.open("change", {"status": status}, mixed=True)
    xml.raw(f"As published here: {', '.join(said) or 'nothing to translate'}.")
    xml.close()


def _change(xml: Xml, what: str, who: str = "", when: str = "") -> None:
    xml.leaf("change", {"when": when, "who": who}, what)
