"""Edition → TEI P5: both texts, sentence by sentence, linked, each sentence with its state.

The encoding follows the TEI Guidelines P5: a ``group`` of two ``text`` elements (chapter 4.3.1), sentences as ``s``
(17.1) with ``corresp`` (16.5) and a ``linkGrp`` of type translation in ``standOff`` (16.1, 16.10), states as categories
of a ``taxonomy`` that ``ana`` points to (2.3.7, 17.2), the French that a sentence was made for as an ``annotation``
(16.10), responsibility as ``respStmt`` that ``resp`` points to and
``cert`` as a probability (1.3.1.1.4). docs/editions.md lists every element; edition-tei.rng is the grammar.
"""

from __future__ import annotations

import re
from functools import cache
from importlib.resources import files

from lxml import etree

from toolkit import __version__
from toolkit.editions.html import confidence_of
from toolkit.editions.labels import LANGUAGE_NAMES, MEANINGS, base, machine_date
from toolkit.editions.structure import (
    Group,
    Standing,
    clean,
    groups,
    model_of,
    models_of,
    ordered,
    standing_of,
    title_of,
)
from toolkit.errors import EditionError
from toolkit.model import BlockKind, Edition, EditionBlock, Pair, State

TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
_ID, _LANG = f"{{{_XML}}}id", f"{{{_XML}}}lang"

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
#: Elements that hold running text: white space inside them counts, so they are never indented.
_MIXED = frozenset({"p", "ab", "head", "item", "s", "title", "catDesc", "language", "resp", "name", "label"})


def render_tei(edition: Edition, *, publisher: str = "") -> bytes:
    """The edition as a TEI document, UTF-8, the same bytes for the same edition.

    Args:
        edition: what to write.
        publisher: who publishes the edition; "" for a working copy that nobody has published.
    """
    # The stubs know no default namespace; lxml does.
    root = etree.Element(f"{{{TEI}}}TEI", nsmap={None: TEI})  # type: ignore[dict-item]
    root.append(_header(edition, publisher))
    apart = [part for part in (_links(edition), _earlier(edition)) if len(part)]
    if apart:
        _add(root, "standOff").extend(apart)
    group = _add(_add(root, "text"), "group")
    for language, is_target in ((edition.release.language, False), (edition.target_language, True)):
        text = _add(group, "text", {_ID: f"text-{language}", _LANG: language})
        _body(_add(text, "body"), edition, language, is_target)
    _indent(root)
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
        # The last error of libxml2 is the outermost consequence; the first names the place.
        first = schema.error_log[0]
        raise _invalid(first.message, first.line)
    # That no xml:id is used twice the parser has seen to.
    known = {element.get(_ID) for element in root.iter("*")}
    for element in root.iter("*"):
        for attribute in ("target", "corresp", "ana", "resp"):
            for pointer in element.get(attribute, "").split():
                if pointer[1:] not in known:
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


# -- building -----------------------------------------------------------------------------------------------------


def _add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None, text: str = "") -> etree._Element:
    """A new last child in the TEI namespace; attributes that are "" are left out."""
    given = {key: clean(value) for key, value in (attributes or {}).items() if value}
    element = etree.SubElement(parent, f"{{{TEI}}}{name}", given)
    if text:
        element.text = clean(text)
    return element


def _indent(element: etree._Element, depth: int = 1) -> None:
    """One element a line, except inside running text."""
    if etree.QName(element).localname in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * depth
    for child in element:
        _indent(child, depth + 1)
        child.tail = "\n" + "  " * depth
    element[-1].tail = "\n" + "  " * (depth - 1)


# -- header -------------------------------------------------------------------------------------------------------


def _header(edition: Edition, publisher: str) -> etree._Element:
    header = etree.Element(f"{{{TEI}}}teiHeader", {_LANG: "en"})
    description = _add(header, "fileDesc")
    _title_statement(_add(description, "titleStmt"), edition)
    published = _add(description, "publicationStmt")
    if publisher:
        _add(published, "publisher", text=publisher)
    else:
        _add(published, "p", text="Working edition; no publisher is named.")
    _source(_add(_add(description, "sourceDesc"), "bibl", {_LANG: edition.release.language}), edition)
    _encoding(_add(header, "encodingDesc"), edition)
    used = _add(_add(header, "profileDesc"), "langUsage")
    for language, role in ((edition.release.language, "original"), (edition.target_language, "translation")):
        words = LANGUAGE_NAMES.get(base(language))
        _add(used, "language", {"ident": language}, f"{words.en if words else language}: {role}")
    return header


def _title_statement(statement: etree._Element, edition: Edition) -> None:
    title = title_of(edition)
    _add(statement, "title", {"type": "main", _LANG: edition.release.language}, title.source or edition.release.id)
    if title.target:
        state = {"ana": _analysis(title.standing)}
        _add(statement, "title", {"type": "translated", _LANG: edition.target_language} | state, title.target)
    if any(pair.state is State.REVIEWED for pair in edition.pairs):
        reviewer = edition.reviewer or "a reviewer whom the catalogue does not name"
        _responsible(statement, "resp-review", "Reading and correction of the translation", reviewer, "")
    for number, model in enumerate(models_of(edition), 1):
        _responsible(statement, f"model-{number}", "Machine translation draft", model.package, model.checksum)
    if any(_by_rule(pair) for pair in edition.pairs):
        _responsible(statement, "resp-rule", "Draft by rule (dates, credits, fixed phrases)", "toolkit", "")


def _responsible(statement: etree._Element, name: str, role: str, who: str, checksum: str) -> None:
    entry = _add(statement, "respStmt", {_ID: name})
    _add(entry, "resp", text=role)
    _add(entry, "name", text=who)
    if checksum:
        _add(entry, "note", {"type": "sha256-prefix"}, checksum)


def _source(bibl: etree._Element, edition: Edition) -> None:
    release, metadata = edition.release, edition.release.metadata
    _add(bibl, "title", text=title_of(edition).source or release.id)
    if machine_date(metadata.date):
        _add(bibl, "date", {"when": metadata.date}, metadata.date)
    if metadata.place:
        _add(bibl, "pubPlace", text=metadata.place)
    if metadata.credit:
        _add(bibl, "respStmt").extend((_text("resp", "crédit"), _text("name", metadata.credit)))
    if metadata.source:
        _add(bibl, "note", {"type": "source"}, metadata.source)
    _add(bibl, "idno", {"type": "path"}, release.path)


def _text(name: str, text: str) -> etree._Element:
    element = etree.Element(f"{{{TEI}}}{name}")
    element.text = clean(text)
    return element


def _encoding(description: etree._Element, edition: Edition) -> None:
    editorial = _add(_add(description, "editorialDecl"), "segmentation")
    _add(
        editorial,
        "p",
        text="Each sentence is an s; the two texts have the same blocks and the same sentence numbers. "
        "A gap of reason untranslated stands for a sentence that has no translation yet.",
    )
    taxonomy = _add(_add(description, "classDecl"), "taxonomy", {_ID: "states"})
    for name, (meaning, inner) in _CATEGORIES.items():
        category = _category(taxonomy, name, meaning)
        for inner_name, inner_meaning in inner.items():
            _category(category, inner_name, inner_meaning)
    applications = _add(description, "appInfo")
    _label(_add(applications, "application", {"ident": "toolkit", "version": _version(__version__)}), "toolkit")
    for model in models_of(edition):
        name, _, version = model.package.rpartition(" ")
        identity = {"ident": re.sub(r"\s+", "-", name or model.package), "version": _version(version)}
        _label(_add(applications, "application", identity), model.package)


def _category(parent: etree._Element, name: str, meaning: str) -> etree._Element:
    category = _add(parent, "category", {_ID: name})
    _add(category, "catDesc", text=meaning)
    return category


def _analysis(standing: Standing) -> str:
    """Pointers for ``ana``: the state and, where it is one of two cases, the case."""
    return " ".join(f"#{name}" for name in dict.fromkeys((standing.state.value, standing.value)))


def _label(application: etree._Element, text: str) -> None:
    _add(application, "label", text=text)


def _version(text: str) -> str:
    """What TEI accepts as a version number; "0" for anything else."""
    return text if _VERSION.fullmatch(text) else "0"


# -- texts --------------------------------------------------------------------------------------------------------


def _links(edition: Edition) -> etree._Element:
    source, target = edition.release.language, edition.target_language
    links = etree.Element(f"{{{TEI}}}linkGrp", {"type": "translation", "targFunc": "original translation"})
    for pair in edition.pairs:
        if pair.target is not None:
            _add(links, "link", {"target": f"#{source}-{pair.segment.id} #{target}-{pair.segment.id}"})
    return links


def _earlier(edition: Edition) -> etree._Element:
    """The French that the English of each CHANGED sentence was made for."""
    notes = etree.Element(f"{{{TEI}}}listAnnotation")
    for pair in edition.pairs:
        if standing_of(pair) is Standing.CHANGED:
            name = {_ID: f"was-{pair.segment.id}", "motivation": "describing"}
            target = {"target": f"#{edition.target_language}-{pair.segment.id}"}
            annotation = _add(notes, "annotation", name | target)
            _add(annotation, "note", {"type": "earlier-source", _LANG: edition.release.language}, pair.previous)
    return notes


def _body(body: etree._Element, edition: Edition, language: str, is_target: bool) -> None:
    """Blocks into divisions: a heading opens one, inside the last one that has a lower level.

    TEI wants a head first in its division and no paragraph behind an inner division; what stands before the first
    heading gets a division of its own.
    """
    writer = _Writer(edition, language, is_target)
    open_divisions: list[tuple[int, etree._Element]] = []
    for group in groups(tuple(block for block in edition.blocks if block.pairs)):
        block = group.blocks[0]
        if group.kind is BlockKind.HEADING:
            level = max(block.block.level, 1)
            while open_divisions and open_divisions[-1][0] >= level:
                open_divisions.pop()
            parent = open_divisions[-1][1] if open_divisions else body
            division = _add(parent, "div", {"type": "release" if level == 1 else "section"})
            open_divisions.append((level, division))
            writer.block(_add(division, "head"), block)
            continue
        if not open_divisions:
            # Level 99: any heading closes it.
            open_divisions.append((99, _add(body, "div", {"type": "opening"})))
        writer.group(open_divisions[-1][1], group)
    if not len(body):
        _add(_add(body, "div", {"type": "opening"}), "p")


class _Writer:
    """Writes blocks in one of the two languages."""

    def __init__(self, edition: Edition, language: str, is_target: bool) -> None:
        self._language, self._is_target = language, is_target
        self._other = edition.release.language if is_target else edition.target_language
        self._models = {model: f"#model-{number}" for number, model in enumerate(models_of(edition), 1)}

    def group(self, parent: etree._Element, group: Group) -> None:
        """A list, a quotation of one or more paragraphs, or a single block."""
        if group.kind is BlockKind.ITEM:
            listing = _add(parent, "list", {"rend": "numbered" if ordered(group) else "bulleted"})
            for block in group.blocks:
                self.block(_add(listing, "item", {"n": clean(block.block.marker).strip()}), block)
            return
        if group.kind is BlockKind.QUOTE:
            parent = _add(parent, "quote")
        for block in group.blocks:
            if group.kind in (BlockKind.QUOTE, BlockKind.PARAGRAPH):
                self.block(_add(parent, "p"), block)
            else:
                self.block(_add(parent, "ab", {"type": group.kind.value}), block)

    def block(self, element: etree._Element, block: EditionBlock) -> None:
        """The sentences of a block, with white space where the source has some."""
        element.set(_ID, f"{self._language}-{block.block.id}")
        previous: Pair | None = None
        for pair in block.pairs:
            if previous is not None and (self._is_target or previous.segment.after or pair.segment.before):
                element[-1].tail = " "
            self._sentence(element, pair)
            previous = pair

    def _sentence(self, parent: etree._Element, pair: Pair) -> None:
        twin = f"#{self._other}-{pair.segment.id}"
        name = {_ID: f"{self._language}-{pair.segment.id}"}
        if not self._is_target:
            if pair.target is None:
                _add(parent, "s", name | {"ana": "#untranslated"}, pair.segment.text)
            else:
                _add(parent, "s", name | {"corresp": twin}, pair.segment.text)
            return
        if pair.target is None:
            _add(parent, "gap", {"reason": "untranslated", "corresp": twin})
            return
        state = {"ana": _analysis(standing_of(pair)), "resp": self._responsible(pair), "cert": confidence_of(pair)}
        _add(parent, "s", name | {"corresp": twin} | state, pair.target)

    def _responsible(self, pair: Pair) -> str:
        if pair.state is State.REVIEWED:
            return "#resp-review"
        if _by_rule(pair):
            return "#resp-rule"
        model = model_of(pair)
        return self._models[model] if model else ""


def _by_rule(pair: Pair) -> bool:
    """Whether a draft was made without a package: dates, credits and fixed phrases."""
    return pair.state is State.MACHINE and pair.provenance is not None and not pair.provenance.package
