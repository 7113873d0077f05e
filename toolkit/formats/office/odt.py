"""OpenDocument texts (.odt) ↔ Release: the body, headers and footers, and the properties that hold words.

As in DOCX, everything but the text of paragraphs stays as it is. What is translated, kept and refused:
docs/formats.md, "DOCX and ODT".
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.errors import SourceError
from toolkit.formats.contract import Format, ReadOptions, ReadResult
from toolkit.formats.drafts import Part as Source
from toolkit.formats.drafts import pieces
from toolkit.formats.flow import Builder, Place
from toolkit.formats.marked import result
from toolkit.formats.office.lines import paragraphs
from toolkit.formats.office.odf import Reading, is_titled, read_content, read_pages
from toolkit.formats.office.odf_inline import Seen, spell
from toolkit.formats.office.odf_styles import OdfStyles
from toolkit.formats.office.xml import Part
from toolkit.formats.office.zips import Archive, assemble, embedded, open_archive
from toolkit.formats.writing import Localisation
from toolkit.model import BlockKind
from toolkit.skeleton import Skeleton

_TEXT = "application/vnd.oasis.opendocument.text"
#: Media type → what the file is instead.
_OTHERS = {
    f"{_TEXT}-template": "an OpenDocument template (.ott)",
    f"{_TEXT}-master": "an OpenDocument master document (.odm)",
    f"{_TEXT}-web": "an HTML template of LibreOffice (.oth)",
    "application/vnd.oasis.opendocument.spreadsheet": "an OpenDocument spreadsheet (.ods)",
    "application/vnd.oasis.opendocument.presentation": "an OpenDocument presentation (.odp)",
    "application/vnd.oasis.opendocument.graphics": "an OpenDocument drawing (.odg)",
    "application/vnd.sun.xml.writer": "an OpenOffice.org 1 document (.sxw)",
    "application/epub+zip": "an e-book (.epub)",
}
_PROPERTIES = {"dc:title": "document title", "dc:subject": "subject", "dc:description": "description"}
_SAVE_AS = "Save it as OpenDocument text (.odt) from its own program, or give it the suffix it should have."


class OdtFormat:
    """The .odt format."""

    name = "odt"
    suffixes: tuple[str, ...] = (".odt",)

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes → release; SourceError if they are no OpenDocument text, or one that should not be trusted."""
        archive = open_archive(data, path, "OpenDocument text (.odt)")
        _check(archive, path)
        parts = {
            name: Part(archive.read(name), name, path)
            for name in ("content.xml", "styles.xml", "meta.xml")
            if name in archive or name == "content.xml"
        }
        content, shared = parts["content.xml"], parts.get("styles.xml")
        _check_prefixes(content, shared, path)
        own = [content.root.child("office:automatic-styles"), content.root.child("office:styles")]
        common = [shared.root.child("office:styles"), shared.root.child("office:automatic-styles")] if shared else []
        styles = OdfStyles(holder for holder in (*own, *common[:1]) if holder)
        builder = Builder(path, options.language)
        reading = Reading(builder, Seen(), is_titled(content.root, styles))
        told = {"content.xml": read_content(reading, content, styles)}
        if shared is not None:
            before = len(paragraphs(content, "text:p", "text:h"))
            pages = OdfStyles(holder for holder in reversed(common) if holder)
            told["styles.xml"] = read_pages(reading, shared, pages, before)
        if "meta.xml" in parts:
            told["meta.xml"] = _meta(builder, parts["meta.xml"])
        blocks = builder.blocks()
        members = {}
        for name, made in told.items():
            part = parts[name]
            inner = pieces(made, part.encoding)
            members[name] = ((part.mark, *inner) if part.mark else inner, part.encoding)
        skeleton = Skeleton(self.name, "utf-8", archive.pieces(members))
        return result(blocks, skeleton, path, options, warnings=_warnings(reading.seen, archive, path))

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


FORMAT: Format = OdtFormat()


def _spell(text: str, style: str, encoding: str) -> bytes:
    return spell(text, plain=style == "plain").encode(encoding)


def _check(archive: Archive, path: str) -> None:
    """Refuse what is no OpenDocument text, or is locked."""
    kind = archive.read("mimetype").decode("ascii", "replace").strip() if "mimetype" in archive else ""
    if kind != _TEXT and (kind or "content.xml" not in archive):
        what = _OTHERS.get(kind, "")
        if "[Content_Types].xml" in archive:
            what = "a Word or other Microsoft Office file"
        raise SourceError(
            f"this is {what}, not an OpenDocument text (.odt)" if what else "this is not an OpenDocument text (.odt)",
            where=path,
            hint=_SAVE_AS,
        )
    if "META-INF/manifest.xml" in archive:
        manifest = Part(archive.read("META-INF/manifest.xml"), "META-INF/manifest.xml", path)
        if next(manifest.root.all("manifest:encryption-data"), None) is not None:
            raise SourceError(
                "it is protected by a password",
                where=path,
                hint="Open it in LibreOffice, save it without a password, and put that file into source/.",
            )


def _check_prefixes(content: Part, shared: Part | None, path: str) -> None:
    """New spaces are written as <text:s/>: the prefix must mean what it always means."""
    scopes = [part.root.scope for part in (content, shared) if part]
    if any(known == "text" and prefix != "text" for scope in scopes for prefix, known in scope.items()):
        raise SourceError(
            'it names its text elements in another way than "text:"',
            where=path,
            hint="Open it in LibreOffice and save it again.",
        )


def _meta(builder: Builder, part: Part) -> list[Source]:
    """meta.xml: titles that people read, and the language."""
    flow = builder.flow(part.source, Place(BlockKind.ATTRIBUTE), line_of=lambda _: 1)
    meta = part.root.child("office:meta")
    for node in meta.children if meta else ():
        if node.name in _PROPERTIES and node.end > node.inner:
            flow.attribute(node.inner, node.close, node.words, _PROPERTIES[node.name], "plain")
    language = meta.child("dc:language") if meta else None
    if language is not None and language.end > language.inner:
        flow.localise(language.inner, language.close, "{territory}")
    elif meta is not None and language is None and meta.end > meta.inner:
        new = '<dc:language xmlns:dc="http://purl.org/dc/elements/1.1/">{territory}</dc:language>'
        flow.localise(meta.close, meta.close, new)
    return flow.finish()


def _warnings(seen: Seen, archive: Archive, path: str) -> list[str]:
    found = []
    if seen.tracked:
        found.append(
            f"{path}: the document has tracked changes ({seen.tracked}). They are read as if all were accepted: "
            "deleted words are not translated. Accept or reject them in LibreOffice before you publish."
        )
    if seen.comments:
        found.append(
            f"{path}: the document has comments ({seen.comments}). They are left as they are, in the translated file "
            "too: delete them in LibreOffice if readers should not see them."
        )
    if seen.unread:
        what = ", ".join(f"{name} ({count})" for name, count in sorted(seen.unread.items()))
        found.append(f"{path}: text in {what} is not read and stays in the source's language.")
    if "META-INF/documentsignatures.xml" in archive:
        found.append(f"{path}: the document is signed; a translation cannot be, its signature will not be valid.")
    return found
