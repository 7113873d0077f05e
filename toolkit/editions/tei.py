"""Edition → TEI P5: both texts, sentence by sentence, linked, each sentence with its state.

The encoding follows the TEI Guidelines P5: a ``group`` of two ``text`` elements (chapter 4.3.1), sentences as ``s``
(17.1) with ``corresp`` (16.5) and a ``linkGrp`` of type translation in ``standOff`` (16.1, 16.10), states as categories
of a ``taxonomy`` that ``ana`` points to (2.3.7, 17.2), the French that a sentence was made for as an ``annotation``
(16.10), responsibility as ``respStmt`` that ``resp`` points to and
``cert`` as a probability (1.3.1.1.4). docs/editions.md lists every element; edition-tei.rng is the grammar.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from types import MappingProxyType

from lxml import etree

from toolkit import __version__
from toolkit.edition import Edition
from toolkit.editions.labels import LANGUAGE_NAMES, MEANINGS, base, machine_date
from toolkit.editions.structure import Standing, clean, models_of, plain, standing_of, title_of
from toolkit.editions.tei_elements import ID, LANG, TEI, add, analysis, by_rule, indent
from toolkit.editions.tei_inline import Texts
from toolkit.editions.tei_text import write_body
from toolkit.editions.tree import tree_of
from toolkit.errors import EditionError
from toolkit.model import State

#: Where the schema lies beside the published files.
SCHEMA_HREF = "assets/edition-tei.rng"

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
_VERSION = re.compile(r"\d+(\.\d+){0,3}")


def render_tei(edition: Edition, *, publisher: str = "", images: Mapping[str, str] = MappingProxyType({})) -> bytes:
    """The edition as a TEI document, UTF-8, the same bytes for the same edition.

    Args:
        edition: what to write.
        publisher: who publishes the edition; "" for a working copy that nobody has published.
        images: as for ``render_page``; an image without a published file keeps the address that the source gives it.
    """
    # The stubs know no default namespace; lxml does.
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})  # type: ignore[dict-item]
    root.append(_header(edition, publisher))
    apart = [part for part in (_links(edition), _earlier(edition)) if len(part)]
    if apart:
        add(root, "standOff").extend(apart)
    tree = tree_of(edition)
    group = add(add(root, "text"), "group")
    for language, is_target in ((edition.release.language, False), (edition.target_language, True)):
        text = add(group, "text", {ID: f"text-{language}", LANG: language})
        write_body(add(text, "body"), Texts.of(edition, tree, images, is_target=is_target))
    indent(root)
    instruction = (
        f'<?xml-model href="{SCHEMA_HREF}" type="application/xml" '
        'schematypens="http://relaxng.org/ns/structure/1.0"?>\n'
    )
    document = etree.tostring(root, encoding="unicode")
    return f'<?xml version="1.0" encoding="UTF-8"?>\n{instruction}{document}\n'.encode()


def validate(document: bytes) -> None:
    """Check a TEI edition against our grammar, and that every pointer in it has something to point at.

    Raises:
        EditionError: naming the line and what is wrong there.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(document, parser)
    except etree.XMLSyntaxError as error:
        raise _invalid(error.msg or "not well-formed XML", error.lineno) from error
    schema = _schema()
    if not schema.validate(root):
        # The last error of libxml2 is the outermost consequence, and "Expecting" one of several that it tried: the
        # first of the others names the place.
        first = min(schema.error_log, key=lambda error: error.message.startswith("Expecting"))
        raise _invalid(first.message, first.line)
    # That no xml:id is used twice the parser has seen to.
    known = {element.get(ID) for element in root.iter("*")}
    for element in root.iter("*"):
        for attribute in ("target", "corresp", "ana", "resp"):
            for pointer in element.get(attribute, "").split():
                if pointer.startswith("#") and pointer[1:] not in known:
                    raise _invalid(f"{attribute} points to “{pointer}”, which does not exist", element.sourceline)


def _invalid(message: str, line: object) -> EditionError:
    return EditionError(
        f"not a valid TEI edition: {message}",
        where=f"line {line}" if line else "",
        hint="Publish the release again; a file of the toolkit's own making that fails here is a bug to report.",
    )


@cache
def _schema() -> etree.RelaxNG:
    grammar = files("toolkit.editions").joinpath("schema", "edition-tei.rng").read_bytes()
    return etree.RelaxNG(etree.fromstring(grammar))


# -- header -------------------------------------------------------------------------------------------------------


def _header(edition: Edition, publisher: str) -> etree._Element:
    header = etree.Element(f"{{{TEI}}}teiHeader", {LANG: "en"})
    description = add(header, "fileDesc")
    _title_statement(add(description, "titleStmt"), edition)
    published = add(description, "publicationStmt")
    if publisher:
        add(published, "publisher", text=publisher)
    else:
        add(published, "p", text="Working edition; no publisher is named.")
    _source(add(add(description, "sourceDesc"), "bibl", {LANG: edition.release.language}), edition)
    _encoding(add(header, "encodingDesc"), edition)
    used = add(add(header, "profileDesc"), "langUsage")
    for language, role in ((edition.release.language, "original"), (edition.target_language, "translation")):
        words = LANGUAGE_NAMES.get(base(language))
        add(used, "language", {"ident": language}, f"{words.en if words else language}: {role}")
    return header


def _title_statement(statement: etree._Element, edition: Edition) -> None:
    title = title_of(edition)
    add(statement, "title", {"type": "main", LANG: edition.release.language}, title.source or edition.release.id)
    if title.target:
        state = {"ana": analysis(title.standing)}
        add(statement, "title", {"type": "translated", LANG: edition.target_language} | state, title.target)
    if any(pair.state is State.REVIEWED for pair in edition.pairs):
        reviewer = edition.reviewer or "a reviewer whom the catalogue does not name"
        _responsible(statement, "resp-review", "Reading and correction of the translation", reviewer, "")
    for number, model in enumerate(models_of(edition), 1):
        _responsible(statement, f"model-{number}", "Machine translation draft", model.package, model.checksum)
    if any(by_rule(pair) for pair in edition.pairs):
        _responsible(statement, "resp-rule", "Draft by rule (dates, credits, fixed phrases)", "toolkit", "")


def _responsible(statement: etree._Element, name: str, role: str, who: str, checksum: str) -> None:
    entry = add(statement, "respStmt", {ID: name})
    add(entry, "resp", text=role)
    add(entry, "name", text=who)
    if checksum:
        add(entry, "note", {"type": "sha256-prefix"}, checksum)


def _source(bibl: etree._Element, edition: Edition) -> None:
    release, metadata = edition.release, edition.release.metadata
    add(bibl, "title", text=title_of(edition).source or release.id)
    if machine_date(metadata.date):
        add(bibl, "date", {"when": metadata.date}, metadata.date)
    if metadata.place:
        add(bibl, "pubPlace", text=metadata.place)
    if metadata.credit:
        add(bibl, "respStmt").extend((_text("resp", "crédit"), _text("name", metadata.credit)))
    if metadata.source:
        add(bibl, "note", {"type": "source"}, metadata.source)
    add(bibl, "idno", {"type": "path"}, release.path)


def _text(name: str, text: str) -> etree._Element:
    element = etree.Element(f"{{{TEI}}}{name}")
    element.text = clean(text)
    return element


def _encoding(description: etree._Element, edition: Edition) -> None:
    editorial = add(add(description, "editorialDecl"), "segmentation")
    add(
        editorial,
        "p",
        text="Each sentence is an s; the two texts have the same blocks and the same sentence numbers. "
        "A gap of reason untranslated stands for a sentence that has no translation yet.",
    )
    taxonomy = add(add(description, "classDecl"), "taxonomy", {ID: "states"})
    for name, (meaning, inner) in _CATEGORIES.items():
        category = _category(taxonomy, name, meaning)
        for inner_name, inner_meaning in inner.items():
            _category(category, inner_name, inner_meaning)
    applications = add(description, "appInfo")
    _label(add(applications, "application", {"ident": "toolkit", "version": _version(__version__)}), "toolkit")
    for model in models_of(edition):
        name, _, version = model.package.rpartition(" ")
        identity = {"ident": re.sub(r"\s+", "-", name or model.package), "version": _version(version)}
        _label(add(applications, "application", identity), model.package)


def _category(parent: etree._Element, name: str, meaning: str) -> etree._Element:
    category = add(parent, "category", {ID: name})
    add(category, "catDesc", text=meaning)
    return category


def _label(application: etree._Element, text: str) -> None:
    add(application, "label", text=text)


def _version(text: str) -> str:
    """What TEI accepts as a version number; "0" for anything else."""
    return text if _VERSION.fullmatch(text) else "0"


# -- apart from the texts -----------------------------------------------------------------------------------------


def _links(edition: Edition) -> etree._Element:
    source, target = edition.release.language, edition.target_language
    links = etree.Element(f"{{{TEI}}}linkGrp", {"type": "translation", "targFunc": "original translation"})
    for pair in edition.pairs:
        if pair.target is not None:
            add(links, "link", {"target": f"#{source}-{pair.segment.id} #{target}-{pair.segment.id}"})
    return links


def _earlier(edition: Edition) -> etree._Element:
    """The French that the English of each CHANGED sentence was made for."""
    notes = etree.Element(f"{{{TEI}}}listAnnotation")
    for pair in edition.pairs:
        if standing_of(pair) is Standing.CHANGED:
            name = {ID: f"was-{pair.segment.id}", "motivation": "describing"}
            target = {"target": f"#{edition.target_language}-{pair.segment.id}"}
            annotation = add(notes, "annotation", name | target)
            words = plain(pair.previous)
            add(annotation, "note", {"type": "earlier-source", LANG: edition.release.language}, words)
    return notes
