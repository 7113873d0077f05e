"""Word documents (.docx) ↔ Release: the body, notes, headers and footers, and the properties that hold words.

The archive's members stay as they are but for those with text; in those, everything but the text of paragraphs does.
What is translated, kept and refused: docs/formats.md, "DOCX and ODT".
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.formats.contract import Format, ReadOptions, ReadResult
from toolkit.formats.drafts import Part as Source
from toolkit.formats.drafts import pieces
from toolkit.formats.flow import Builder, Place
from toolkit.formats.marked import result
from toolkit.formats.notes import with_notes
from toolkit.formats.office.blocks import without_twins
from toolkit.formats.office.inline import Seen
from toolkit.formats.office.lines import paragraphs
from toolkit.formats.office.package import Package
from toolkit.formats.office.styles import WordStyles
from toolkit.formats.office.word import Reading, is_titled, read_part
from toolkit.formats.office.xml import Node, Part, spelled
from toolkit.formats.office.zips import assemble, embedded, open_archive
from toolkit.formats.writing import Localisation
from toolkit.model import BlockKind
from toolkit.skeleton import Piece, Skeleton

#: Kind of relationship → what its paragraphs are; in the order in which people read them.
_TEXTS = {
    "footnotes": BlockKind.PARAGRAPH,
    "endnotes": BlockKind.PARAGRAPH,
    "header": BlockKind.BOILERPLATE,
    "footer": BlockKind.BOILERPLATE,
}
_PROPERTIES = {"dc:title": "document title", "dc:subject": "subject", "dc:description": "description"}
_ROMAN = ((100, "c"), (90, "xc"), (50, "l"), (40, "xl"), (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"))


class DocxFormat:
    """The .docx format."""

    name = "docx"
    suffixes: tuple[str, ...] = (".docx",)

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes → release; SourceError if they are no Word document, or one that should not be trusted."""
        archive = open_archive(data, path, "Word document (.docx)")
        package = Package(archive, path)
        main = package.part(package.main)
        styles_part = package.optional("styles", package.main)
        styles = WordStyles(styles_part, package.optional("numbering", package.main))
        builder = Builder(path, options.language)
        reading = Reading(builder, styles, Seen(), is_titled(main, styles))
        told: dict[str, tuple[Part, list[Source]]] = {}
        before = 0
        texts = [(package.main, BlockKind.PARAGRAPH)]
        texts += [
            (link.target, kind)
            for relation, kind in _TEXTS.items()
            for link in package.links(package.main)
            if link.kind == relation and link.target in archive
        ]
        for name, kind in dict(texts).items():
            part = package.part(name)
            links = {link.id: link.target for link in package.links(name)}
            told[name] = part, read_part(reading, part, links, kind, before)
            before += len(paragraphs(part, "w:p"))
        for other, change in (
            (package.optional("core-properties", ""), _core),
            (styles_part, _styles),
            (package.optional("settings", package.main), _settings),
        ):
            if other is not None and other.name not in told:
                told[other.name] = other, change(builder, other)
        blocks = with_notes(builder.blocks(), _labels(reading.seen, package))
        made = {name: pieces(parts, part.encoding) for name, (part, parts) in told.items()}
        blocks, made = without_twins(blocks, made)
        members = {name: (_marked(told[name][0], inner), told[name][0].encoding) for name, inner in made.items()}
        skeleton = Skeleton(self.name, "utf-8", archive.pieces(members))
        return result(blocks, skeleton, path, options, warnings=_warnings(reading.seen, package, path))

    def assemble(
        self,
        skeleton: Skeleton,
        texts: Mapping[str, str],
        localisation: Localisation | None = None,
        *,
        respell: bool = False,
    ) -> bytes:
        """Skeleton + a text for each block → the file; SourceError if one is missing or cannot be written."""
        return assemble(skeleton, texts, _spell, localisation, respell=respell)

    def embedded(self, skeleton: Skeleton, name: str) -> bytes | None:
        """An image in the file, by its member name; None when there is none of this name."""
        return embedded(skeleton, name)


FORMAT: Format = DocxFormat()


def _spell(text: str, style: str, encoding: str) -> bytes:
    return spelled(text, attribute=style.startswith("attribute")).encode(encoding)


def _marked(part: Part, inner: tuple[Piece, ...]) -> tuple[Piece, ...]:
    return (part.mark, *inner) if part.mark else inner


# -- what changes with the language ------------------------------------------------------------------------------------


def _core(builder: Builder, part: Part) -> list[Source]:
    """docProps/core.xml: titles that people read, the language, and how final the text is."""
    flow = builder.flow(part.source, Place(BlockKind.ATTRIBUTE), line_of=lambda _: 1)
    root = part.root
    for node in root.children:
        if node.name in _PROPERTIES and node.end > node.inner:
            flow.attribute(node.inner, node.close, node.words, _PROPERTIES[node.name], "plain")
    for name, template in (("dc:language", "{territory}"), ("cp:contentStatus", "{final}")):
        found = root.child(name)
        if found is not None and found.end > found.inner:
            flow.localise(found.inner, found.close, template)
        elif found is None and root.end > root.inner:
            flow.localise(root.close, root.close, _element(root, name, template))
    return flow.finish()


def _element(root: Node, name: str, content: str) -> str:
    """A new property, with a prefix of its own where the file has none for it."""
    known, local = name.split(":")
    prefix = next((prefix for prefix, meaning in root.scope.items() if meaning == known and prefix), None)
    if prefix is not None:
        return f"<{prefix}:{local}>{content}</{prefix}:{local}>"
    uri = {"dc": "http://purl.org/dc/elements/1.1/"}.get(
        known, "http://schemas.openxmlformats.org/package/2006/metadata/core-properties"
    )
    return f'<{local} xmlns="{uri}">{content}</{local}>'


def _styles(builder: Builder, part: Part) -> list[Source]:
    """word/styles.xml: the language of the document, and of styles that say French."""
    flow = builder.flow(part.source, Place())
    defaults = part.root.find("w:docDefaults", "w:rPrDefault", "w:rPr")
    default = defaults.child("w:lang") if defaults else None
    for node in part.root.all("w:lang"):
        found = node.attributes.get("w:val")
        if found and (node is default or _is_french(found[0], builder.language)):
            flow.localise(found[1], found[2], "{territory}")
    if defaults is not None and default is None and defaults.end > defaults.inner:
        prefix = defaults.start_tag[1:].partition("rPr")[0]
        flow.localise(defaults.close, defaults.close, f'<{prefix}lang {prefix}val="{{territory}}"/>')
    return flow.finish()


def _settings(builder: Builder, part: Part) -> list[Source]:
    """word/settings.xml: the language that fonts are chosen for."""
    flow = builder.flow(part.source, Place())
    node = part.root.child("w:themeFontLang")
    found = node.attributes.get("w:val") if node else None
    if found and found[0]:
        flow.localise(found[1], found[2], "{territory}")
    return flow.finish()


def _is_french(tag: str, language: str) -> bool:
    return tag.partition("-")[0].lower() == language.partition("-")[0].lower()


# -- what a person should know -----------------------------------------------------------------------------------------


def _labels(seen: Seen, package: Package) -> dict[str, str]:
    """Each note's name → what Word prints for it; "" for those that bring a mark of their own."""
    formats = {"footnote": "decimal", "endnote": "lowerRoman"}
    settings = package.optional("settings", package.main)
    for part in (settings, package.part(package.main)):
        for kind in formats:
            found = next((node.child("w:numFmt") for node in part.root.all(f"w:{kind}Pr")), None) if part else None
            formats[kind] = found.get("w:val") if found else formats[kind]
    labels = {name: _number(number, formats[name.split()[0]]) for name, number in seen.notes.items()}
    for kind in formats:
        part = package.optional(f"{kind}s", package.main)
        for node in part.root.all(f"w:{kind}") if part else ():
            labels.setdefault(f"{kind} {node.get('w:id')}", "")
    return labels


def _number(number: int, form: str) -> str:
    if form in ("lowerLetter", "upperLetter"):
        letters = chr(97 + (number - 1) % 26) * (1 + (number - 1) // 26)
        return letters if form == "lowerLetter" else letters.upper()
    if form not in ("lowerRoman", "upperRoman") or number >= 400:
        return str(number)
    out = ""
    for value, sign in _ROMAN:
        out += sign * (number // value)
        number %= value
    return out if form == "lowerRoman" else out.upper()


def _warnings(seen: Seen, package: Package, path: str) -> list[str]:
    found = []
    if seen.tracked:
        found.append(
            f"{path}: the document has tracked changes ({seen.tracked}). They are read as if all were accepted: "
            "deleted words are not translated. Accept or reject them in Word before you publish."
        )
    if seen.comments:
        found.append(
            f"{path}: the document has comments ({seen.comments}). They are left as they are, in the translated file "
            "too: delete them in Word if readers should not see them."
        )
    if seen.unread:
        what = ", ".join(f"{name} ({count})" for name, count in sorted(seen.unread.items()))
        found.append(f"{path}: text in {what} is not read and stays in the source's language.")
    if package.signed:
        found.append(f"{path}: the document is signed; a translation cannot be, its signature will not be valid.")
    return found
