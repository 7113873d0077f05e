"""Edition → TEI P5: both texts, sentence by sentence, linked, each sentence with its state.

The encoding follows the TEI Guidelines P5: a ``group`` of two ``text`` elements (chapter 4.3.1), sentences as ``s``
(17.1) with ``corresp`` (16.5) and a ``linkGrp`` of type translation in ``standOff`` (16.1, 16.10), states as categories
of a ``taxonomy`` that ``ana`` points to (2.3.7, 17.2), the French that a sentence was made for as an ``annotation``
(16.10), responsibility as ``respStmt`` that ``resp`` points to and ``cert`` as a probability (1.3.1.1.4), the
catalogue's history as ``revisionDesc`` (2.6). docs/xml.md lists every element; edition-tei.rng is the grammar.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from toolkit.edition import Edition
from toolkit.editions.about import Picture
from toolkit.editions.drafts import Drafts
from toolkit.editions.passages import Passages
from toolkit.editions.structure import Standing, plain, standing_of
from toolkit.editions.tei_header import write_header
from toolkit.editions.tei_text import Side, Twins, twins_of, write_body
from toolkit.editions.tree import tree_of
from toolkit.editions.xml_grammar import Grammar
from toolkit.editions.xml_text import ID, LANG, Xml

GRAMMAR = Grammar(
    "edition-tei.rng",
    "TEI edition",
    "//@corresp|//@ana|//@resp|//@who|//@target[starts-with(., '#') or not(parent::*[local-name() = 'ref'])]",
)


def render_tei(edition: Edition, *, publisher: str = "", images: Mapping[str, Picture] = MappingProxyType({})) -> bytes:
    """The edition as a TEI document, UTF-8, the same bytes for the same edition.

    Args:
        edition: what to write.
        publisher: who publishes the edition; "" for a working copy that nobody has published.
        images: as for ``render_page``; an image without a published file keeps the address that the source gives it.
    """
    xml = Xml(GRAMMAR.instruction)
    passages = Passages.of(edition, tree_of(edition), images)
    xml.open("TEI", {"xmlns": "http://www.tei-c.org/ns/1.0"})
    drafts = Drafts.of(edition)
    write_header(xml, edition, drafts, publisher)
    twins = twins_of(edition)
    _alignment(xml, edition, twins)
    xml.open("text")
    xml.open("group")
    for is_target in (False, True):
        side = Side.of(passages, twins, drafts, is_target=is_target)
        xml.open("text", {ID: f"text-{side.language}", LANG: side.language})
        write_body(xml, side)
        xml.close()
    xml.close()
    xml.close()
    xml.close()
    return xml.document()


def validate(document: bytes) -> None:
    """Check a TEI edition against our grammar, and that every pointer in it has something to point at.

    Raises:
        EditionError: naming the line and what is wrong there.
    """
    GRAMMAR.check(document)


def _alignment(xml: Xml, edition: Edition, twins: Mapping[str, Twins]) -> None:
    """Links of what belongs together, and the French that the English of each CHANGED sentence was made for."""
    said = [pair for pair in edition.pairs if pair.target is not None and not pair.lead]
    if not said:
        return
    xml.open("standOff")
    _links(xml, [twins[pair.segment.id] for pair in said])
    changed = [pair for pair in said if standing_of(pair) is Standing.CHANGED]
    if changed:
        xml.open("listAnnotation")
        for pair in changed:
            name = {ID: f"was-{pair.segment.id}", "motivation": "describing"}
            xml.open("annotation", {**name, "target": twins[pair.segment.id].pointers[1]})
            xml.leaf("note", {"type": "earlier-source", LANG: edition.release.language}, plain(pair.previous))
            xml.close()
        xml.close()
    xml.close()


def _links(xml: Xml, found: Iterable[Twins]) -> None:
    """A group for each shape of bead: ``targFunc`` has a value for each pointer of a link (att.pointing.group)."""
    shapes: dict[tuple[int, int], list[Twins]] = {}
    for twins in found:
        shapes.setdefault((len(twins.french), len(twins.english)), []).append(twins)
    for (french, english), alike in sorted(shapes.items()):
        functions = " ".join(["original"] * french + ["translation"] * english)
        xml.open("linkGrp", {"type": "translation", "targFunc": functions})
        for twins in alike:
            xml.line(f'<link target="{twins.pointers[0]} {twins.pointers[1]}"/>')
        xml.close()
