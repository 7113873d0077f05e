"""Editions → XLIFF 2.1: what a translation agency's tools read.

One ``file`` for each release, a ``group`` for each block of several sentences, a ``unit`` with one ``segment`` for each
bead. A unit's metadata (Metadata module) say which entries of the catalogue it is, and what its English and state were
when it was written: with them, and only with them, work that comes back can be told from work that was overtaken.

Drafts are translation candidates with their score (Translation Candidates module). ITS MT Confidence is
``matchQuality`` there; it is not written on targets, as the standard advises where people will edit them (ITS module,
"MT Confidence").
"""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

from lxml import etree

from toolkit.edition import Edition, EditionBlock
from toolkit.exchange.inline import fill, fit, settled
from toolkit.exchange.names import NAMESPACES, PREFIX, SPACE, core, its, local, matches, metadata
from toolkit.exchange.units import Digests, Outgoing, outgoing
from toolkit.model import ENGINE_MEMORY, ENGINE_RULE, Key, Provenance
from toolkit.placeholders import bare
from toolkit.text.difference import per_cent

Hints = Callable[[Key], Sequence[str]]


def _no_hints(key: Key) -> Sequence[str]:
    return ()


@dataclass(frozen=True, slots=True)
class Options:
    """How a file is written.

    Attributes:
        digests: how sentences are known again.
        only_open: what a person has approved is ``translate="no"``: context, not work.
        hints: notes on a sentence that the edition does not hold (glossary, translators' comments), by its key.
    """

    digests: Digests
    only_open: bool = False
    hints: Mapping[str, Hints] = field(default_factory=dict)


def dump(editions: Sequence[Edition], options: Options) -> bytes:
    """One XLIFF 2.1 file of one or more editions of the same languages; the same editions give the same bytes."""
    first = editions[0]
    root = etree.Element(
        core("xliff"),
        {"version": "2.1", "srcLang": first.release.language, "trgLang": first.target_language, its("version"): "2.0"},
        nsmap=NAMESPACES,  # type: ignore[arg-type]  # lxml takes None for the default namespace
    )
    for edition in editions:
        _file(root, edition, options)
    _indent(root)
    return etree.tostring(root, xml_declaration=True, encoding="UTF-8") + b"\n"


#: Elements without text of their own: white space between their children is nobody's.
_STRUCTURE = frozenset(
    {"xliff", "file", "group", "unit", "segment", "notes", "metadata", "metaGroup", "matches", "match"}
)


def _indent(element: etree._Element, level: int = 1) -> None:
    """One line for each element that is not inside a sentence."""
    if local(element) not in _STRUCTURE or not len(element):
        return
    element.text = "\n" + "  " * level
    for child in element:
        _indent(child, level + 1)
        child.tail = "\n" + "  " * level
    element[-1].tail = "\n" + "  " * (level - 1)


def _file(root: etree._Element, edition: Edition, options: Options) -> None:
    release = edition.release
    element = etree.SubElement(
        root, core("file"), {"id": release.id, "original": fit(release.path), "canResegment": "no", SPACE: "preserve"}
    )
    about = [("title", bare(release.title)), ("date", release.metadata.date), ("last-saved-by", edition.reviewer)]
    _metadata(element, [(name, value) for name, value in about if value])
    for block in edition.blocks:
        _block(element, edition, block, options)
    if not edition.blocks:
        etree.SubElement(element, core("group"), id="empty")  # a file holds a unit or a group


def _block(parent: etree._Element, edition: Edition, block: EditionBlock, options: Options) -> None:
    """A block's beads; in a group of its own where there are several."""
    beads = outgoing(block)
    kind = PREFIX + block.block.kind.value
    if len(beads) > 1:
        parent = etree.SubElement(parent, core("group"), id=block.block.id, type=kind)
    for bead in beads:
        _unit(parent, edition, bead, kind, options)


def _unit(parent: etree._Element, edition: Edition, bead: Outgoing, kind: str, options: Options) -> None:
    settled_already = bead.reason == "verbatim" or (options.only_open and bead.reason == "approved")
    ids = [pair.segment.id for pair in bead.bead.pairs]
    unit = etree.SubElement(
        parent,
        core("unit"),
        {"id": ids[0], "type": kind} | ({"translate": "no"} if settled_already else {}),
    )
    made = bead.lead.provenance
    if bead.reason == "machine" and made:
        unit.set(its("tool"), _tool(made))
    if bead.keys:
        base = bead.base(options.digests)
        about = [("sentences", " ".join(ids)), ("entries", " ".join(base.entries))]
        about += [("english", base.english), ("state", base.stage.value)]
        _metadata(unit, about + [("translate", "no")] * settled_already)  # tools change the attribute as they like
        _matches(unit, bead, ids[0])
        _notes(unit, bead, options.hints.get(edition.release.id, _no_hints))
    segment = etree.SubElement(unit, core("segment"), {"id": ids[0], "state": bead.stage.value})
    if bead.reason and bead.reason != "verbatim":
        segment.set("subState", PREFIX + bead.reason)
    fill(etree.SubElement(segment, core("source")), bead.source, bead.codes)
    if bead.english:
        fill(etree.SubElement(segment, core("target")), bead.english, bead.codes)


def _metadata(parent: etree._Element, values: Sequence[tuple[str, str]]) -> None:
    group = etree.SubElement(etree.SubElement(parent, metadata("metadata")), metadata("metaGroup"), category="toolkit")
    for name, value in values:
        etree.SubElement(group, metadata("meta"), type=name).text = fit(value)


def _matches(unit: etree._Element, bead: Outgoing, segment: str) -> None:
    """The draft, or English made for what the sentence said before, as a translation candidate."""
    made, earlier = bead.lead.provenance, bead.lead.previous
    if bead.reason == "machine" and made and made.engine not in (ENGINE_RULE, ENGINE_MEMORY):
        attributes = {"ref": f"#{segment}", "id": "m1", "type": "mt", "origin": _tool(made), "similarity": "100"}
        if made.score is not None:
            attributes["matchQuality"] = f"{100 * math.exp(min(made.score, 0)):.2f}"
        match = _match(unit, attributes, bead.source, bead)
        match.set(its("annotatorsRef"), f"mt-confidence|{_IRI.sub('_', _tool(made))}")
    elif bead.reason == "changed" and bead.english:
        alike = per_cent(bare(earlier), bare(bead.source))
        attributes = {"ref": f"#{segment}", "id": "m1", "type": "tm", "origin": "earlier French"}
        _match(unit, attributes | {"similarity": str(alike)}, settled(earlier), bead)


def _match(unit: etree._Element, attributes: dict[str, str], source: str, bead: Outgoing) -> etree._Element:
    match = etree.SubElement(etree.SubElement(unit, matches("matches")), matches("match"), attributes)
    fill(etree.SubElement(match, core("source")), source, {})
    fill(etree.SubElement(match, core("target")), bead.english, {})
    return match


def _notes(unit: etree._Element, bead: Outgoing, hints: Hints) -> None:
    """What a translator should know: remarks on a draft, the earlier French, hints and comments of the catalogue."""
    made = bead.lead.provenance
    told = [("remark", remark, "target") for remark in (made.remarks if made and bead.reason == "machine" else ())]
    told += [("earlier", bare(bead.lead.previous), "source")] if bead.reason == "changed" else []
    told += [("problem", bead.lead.problem, "target")] if bead.lead.problem else []
    told += [("hint", hint, "source") for key in bead.keys for hint in hints(key)]
    if len(bead.bead.pairs) > 1:
        told.append(("bead", f"One English sentence says these {len(bead.bead.pairs)} French ones.", "target"))
    if not told:
        return
    notes = etree.SubElement(unit, core("notes"))
    for number, (category, text, side) in enumerate(dict.fromkeys(told), 1):
        note = etree.SubElement(notes, core("note"), id=f"n{number}", category=PREFIX + category, appliesTo=side)
        note.text = fit(text)


#: What would end a tool's name in annotatorsRef, which parts references by spaces (ITS 2.0, section 5.7).
_IRI = re.compile(r"[\s|]+")


def _tool(made: Provenance) -> str:
    return fit(" ".join(filter(None, (made.engine, made.package))))
