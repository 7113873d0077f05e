"""Edition → edition.xml: our own plain vocabulary, for archives and programs that do not read TEI.

A document is metadata, a list of where drafts came from, and blocks in the order in which they are shown. A block holds
beads: French sentences, the English sentences that say the same, and what is known of them. The text of a ``source`` or
``target`` is the sentence and no more: marks of notes and images are attributes. edition.rng is the grammar and
explains every element, in an archive that has no other page of ours; what it says of codes stands in each file, too.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache
from types import MappingProxyType

from toolkit import __version__
from toolkit.edition import Bead, Edition, EditionBlock, Pair
from toolkit.editions.about import Picture
from toolkit.editions.inline import language_tag
from toolkit.editions.labels import machine_date
from toolkit.editions.passages import Passages
from toolkit.editions.plain_words import PlainWords
from toolkit.editions.structure import (
    Standing,
    clean,
    confidence_of,
    counts_of,
    is_code,
    plain,
    standing_of,
    title_of,
)
from toolkit.editions.tables import table_of
from toolkit.editions.tree import LISTS, Item, Leaf, Node, tree_of
from toolkit.editions.xml_grammar import Grammar
from toolkit.editions.xml_text import ID, LANG, SPACE, Xml, attributes_of, part_ids
from toolkit.model import BlockKind, Frame

#: Name of the vocabulary: a name, not an address. A UUID made once (RFC 9562) is nobody else's, without a domain or a
#: registration; RFC 8141 leaves no other space of names to those who have neither (its "x-" names are withdrawn).
NAMESPACE = "urn:uuid:458b9cca-47df-4da8-8c19-8c3d95548a3b"
GRAMMAR = Grammar(
    "edition.rng",
    "XML edition",
    "//@origin|//@note|//@of|//@href[starts-with(., '#') and local-name(..) = 'a']",
)


def render_xml(edition: Edition, *, publisher: str = "", images: Mapping[str, Picture] = MappingProxyType({})) -> bytes:
    """The edition in the plain vocabulary, UTF-8; the arguments are those of ``render_tei``."""
    xml = Xml(GRAMMAR.instruction)
    passages = Passages.of(edition, tree_of(edition), images)
    languages = {"source-language": edition.release.language, "target-language": edition.target_language}
    xml.open("edition", {"xmlns": NAMESPACE, "release": edition.release.id, **languages})
    _metadata(xml, edition, publisher)
    xml.raw(_legend())
    writer = _Writer(xml, passages, _origins(xml, edition))
    tree = passages.tree
    xml.open("text")
    writer.items(tree.items)
    xml.close()
    if tree.notes:
        xml.open("notes")
        for note in tree.notes:
            xml.open("note", {ID: f"note-{note.number}", "label": note.label})
            writer.items(note.items)
            xml.close()
        xml.close()
    if tree.attributes:
        xml.open("outside")
        for block in tree.attributes:
            writer.block(block)
        xml.close()
    xml.close()
    return xml.document()


def validate(document: bytes) -> None:
    """Check an edition.xml against its grammar, and that every pointer in it has something to point at.

    Raises:
        EditionError: naming the line and what is wrong there.
    """
    GRAMMAR.check(document)


# -- above the text -----------------------------------------------------------------------------------------------


def _metadata(xml: Xml, edition: Edition, publisher: str) -> None:
    title, release = title_of(edition), edition.release
    day = machine_date(release.metadata.date)
    xml.open("metadata")
    xml.leaf("title", {LANG: release.language}, title.source or release.id)
    if title.target:
        xml.leaf("title", {LANG: edition.target_language, "state": title.standing.value}, title.target)
    known = {
        "date": day.isoformat() if day else "",
        "place": release.metadata.place,
        "credit": release.metadata.credit,
        "taken-from": release.metadata.source,
        "file": release.path,
        "publisher": publisher,
        "last-saved-by": edition.reviewer,
    }
    for name, value in known.items():
        if value:
            xml.leaf(name, text=value)
    if edition.created or edition.revised:
        xml.leaf("catalogue", {"made": edition.created, "revised": edition.revised})
    counts = counts_of(edition)
    xml.leaf(
        "sentences",
        {
            "total": str(counts.total),
            "reviewed": str(counts.reviewed),
            "machine": str(counts.machine),
            "changed": str(counts.changed),
            "to-check": str(counts.to_check),
            "untranslated": str(counts.untranslated),
            "aligned": str(counts.aligned) if counts.aligned else "",
        },
    )
    xml.leaf("software", {"version": __version__}, "toolkit")
    xml.close()


#: Attributes that no reader can do without who has the file alone.
_EXPLAINED = ("state", "origin", "edited", "matched", "confidence", "engine", "checksum")


@cache
def _legend() -> str:
    """What the codes of a file mean, in the words of the grammar: the same in all editions."""
    xml = Xml(depth=1)
    xml.open("legend")
    xml.leaf("about", text=GRAMMAR.meanings()[""])
    for attribute in _EXPLAINED:
        for value, meaning in GRAMMAR.meanings(attribute).items():
            xml.leaf("entry", {"attribute": attribute, "value": value}, meaning)
    xml.close()
    return xml.text()


_Origin = tuple[str, str, str]


def _origins(xml: Xml, edition: Edition) -> Mapping[_Origin, str]:
    """Where drafts came from, each listed once; names of the entries."""
    found: dict[_Origin, str] = {}
    for pair in edition.pairs:
        if not pair.lead and (origin := _origin(pair)) is not None:
            found.setdefault(origin, f"origin-{len(found) + 1}")
    if found:
        xml.open("origins")
        for (engine, package, checksum), name in found.items():
            xml.leaf("origin", {ID: name, "engine": engine, "package": package, "checksum": checksum})
        xml.close()
    return found


def _origin(pair: Pair) -> _Origin | None:
    made = pair.provenance
    return None if made is None or pair.target is None else (made.engine, made.package, made.checksum)


# -- the text -----------------------------------------------------------------------------------------------------


class _Writer:
    """Writes items with both languages.

    Args:
        origins: names of the entries of the list of origins.
    """

    def __init__(self, xml: Xml, passages: Passages, origins: Mapping[_Origin, str]) -> None:
        self._xml, self._passages, self._origins = xml, passages, origins
        edition = passages.edition
        self._languages = edition.release.language, edition.target_language

    def items(self, items: Iterable[Item]) -> None:
        """Blocks, and nodes with all that is in them."""
        for item in items:
            if isinstance(item, Leaf):
                self.block(item.block)
            elif item.frame in LISTS:
                self._list(item)
            elif item.frame is Frame.TABLE:
                self._table(item)
            else:
                self._within(item.frame.value, {}, item.items)

    def _within(self, name: str, values: Mapping[str, str], items: Iterable[Item]) -> None:
        self._xml.open(name, values)
        self.items(items)
        self._xml.close()

    def _list(self, node: Node) -> None:
        self._xml.open("list", {"kind": "numbered" if node.frame is Frame.ORDERED_LIST else "bulleted"})
        for item in node.items:
            if isinstance(item, Node):
                self._within("item", {"marker": clean(item.marker).strip()}, item.items)
        self._xml.close()

    def _table(self, node: Node) -> None:
        grid = table_of(node)
        self._xml.open("table", {"rows": str(len(grid.rows)), "columns": str(grid.columns)})
        self.items(grid.captions)
        for row in grid.rows:
            self._xml.open("row")
            for cell in row:
                values = {
                    "header": "yes" if cell.header else "",
                    "columns": str(cell.columns) if cell.columns > 1 else "",
                    "rows": str(cell.rows) if cell.rows > 1 else "",
                }
                self._within("cell", values, cell.items)
            self._xml.close()
        self._xml.close()

    def block(self, block: EditionBlock) -> None:
        """A block with its beads."""
        own, code = block.block, is_code(block)
        values = {
            ID: own.id,
            "kind": "code" if code else own.kind.value,
            "level": str(max(own.level, 1)) if own.kind is BlockKind.HEADING else "",
            "label": own.label.strip() if own.kind is BlockKind.ATTRIBUTE else "",
            "of": self._passages.tree.holders.get(own.id, "") if own.kind is BlockKind.ATTRIBUTE else "",
        }
        french, english = (PlainWords(self._passages, block, is_target=side) for side in (False, True))
        other = language_tag(own.language) if own.kind is BlockKind.VERBATIM else ""
        languages = (other, other) if other else self._languages
        self._xml.open("block", values)
        for bead in block.beads:
            self._bead(bead, french, english, languages)
        self._xml.close()

    def _bead(self, bead: Bead, french: PlainWords, english: PlainWords, languages: tuple[str, str]) -> None:
        xml, lead = self._xml, bead.lead
        space = "preserve" if french.lines else ""
        origin = _origin(lead)
        standing = standing_of(lead)
        values = {
            ID: lead.segment.id,
            "state": standing.value,
            "origin": self._origins[origin] if origin else "",
            "edited": "yes" if origin and lead.edited else "",
            "confidence": confidence_of(lead),
            "matched": "program" if lead.matched else "",
        }
        xml.open("bead", values)
        for pair in bead.pairs:
            name = {ID: f"{self._languages[0]}-{pair.segment.id}", LANG: languages[0], SPACE: space}
            xml.line(f"<source{attributes_of(name)}>{french.source(pair)}</source>")
        said = english.targets(bead)
        for part, markup in zip(part_ids(lead), said, strict=False):
            name = {ID: f"{self._languages[1]}-{part}", LANG: languages[1], SPACE: space}
            xml.line(f"<target{attributes_of(name)}>{markup}</target>")
        if standing is Standing.CHANGED:
            xml.leaf("earlier", {LANG: languages[0]}, plain(lead.previous))
        xml.close()
