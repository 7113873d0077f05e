"""Small DOCX and ODT files, made in code: the parts that a test is about, and the least that must be around them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from toolkit.formats import ReadResult, assemble, read_release, verify_round_trip
from toolkit.formats.writing import Localisation
from toolkit.model import Block

ENGLISH = Localisation("en", "en-GB", "ltr", "fr", "../x.html", "Draft translation", "Draft")

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_ROOT = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": W,
        "r": R,
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "pic": "http://schemas.openxmlformats.org/drawingml/2006/picture",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "v": "urn:schemas-microsoft-com:vml",
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
    }.items()
)
_HEAD = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\r\n'
_MAIN = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"


def archive(members: Mapping[str, str | bytes], *, stored: frozenset[str] = frozenset()) -> bytes:
    """A ZIP with the members in their order."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as file:
        for name, content in members.items():
            info = zipfile.ZipInfo(name, (2026, 6, 18, 10, 30, 0))
            info.compress_type = zipfile.ZIP_STORED if name in stored else zipfile.ZIP_DEFLATED
            file.writestr(info, content)
    return out.getvalue()


def run(text: str, properties: str = "", attributes: str = "") -> str:
    """A run of a DOCX with one text."""
    return f'<w:r{attributes}>{rpr(properties)}<w:t xml:space="preserve">{text}</w:t></w:r>'


def rpr(properties: str) -> str:
    return f"<w:rPr>{properties}</w:rPr>" if properties else ""


def p(*content: str, style: str = "", properties: str = "") -> str:
    """A paragraph of a DOCX."""
    named = f'<w:pStyle w:val="{style}"/>' if style else ""
    ppr = f"<w:pPr>{named}{properties}</w:pPr>" if named or properties else ""
    return f"<w:p>{ppr}{''.join(content)}</w:p>"


def field(instruction: str, *result: str) -> str:
    """A complex field, each of its marks in a run of its own, as Word writes them."""
    return (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>'
        f'<w:r><w:instrText xml:space="preserve"> {instruction} </w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
        + "".join(result)
        + '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    )


def part(name: str, inner: str) -> str:
    """A part of a DOCX: its root element and what is in it."""
    return f"{_HEAD}<w:{name} {_ROOT}>{inner}</w:{name}>"


def style(identifier: str, name: str, *, based: str = "", ppr: str = "", rpr: str = "", kind: str = "paragraph") -> str:
    on = f'<w:basedOn w:val="{based}"/>' if based else ""
    return (
        f'<w:style w:type="{kind}" w:styleId="{identifier}"><w:name w:val="{name}"/>{on}'
        f"<w:pPr>{ppr}</w:pPr><w:rPr>{rpr}</w:rPr></w:style>"
    )


STYLES = (
    '<w:docDefaults><w:rPrDefault><w:rPr><w:lang w:val="fr-FR" w:eastAsia="en-US"/></w:rPr></w:rPrDefault>'
    "</w:docDefaults>"
    + style("Titre", "Title")
    + style("Titre1", "heading 1", ppr='<w:outlineLvl w:val="0"/>')
    + style("Titre2", "heading 2", ppr='<w:outlineLvl w:val="1"/>')
    + style("Intertitre", "Intertitre AMARRE", based="Titre2")
    + style("Citation", "Quote", rpr="<w:i/>")
    + style("Lgende", "caption")
    + style("Puces", "List Bullet", ppr='<w:numPr><w:numId w:val="1"/></w:numPr>')
    + style("Accent", "Strong", kind="character", rpr="<w:b/>")
    + style("CodeHTML", "HTML Code", kind="character")
)
NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:numFmt w:val="bullet"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl>'
    "</w:abstractNum>"
    '<w:abstractNum w:abstractNumId="1">'
    '<w:lvl w:ilvl="0"><w:start w:val="3"/><w:numFmt w:val="decimal"/></w:lvl></w:abstractNum>'
    '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num><w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
)
CORE = (
    '<cp:coreProperties xmlns:cp="http://schemas.openxmlformats.org/package/2006/metadata/core-properties" '
    'xmlns:dc="http://purl.org/dc/elements/1.1/"><dc:title>{title}</dc:title><dc:creator>AMARRE</dc:creator>'
    "</cp:coreProperties>"
)


def relations(links: Mapping[str, tuple[str, str]]) -> str:
    """Relationship id → kind and target; addresses are external."""
    inner = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{target}"'
        + (' TargetMode="External"/>' if ":" in target else "/>")
        for name, (kind, target) in links.items()
    )
    return f'{_HEAD}<Relationships xmlns="{RELATIONS}">{inner}</Relationships>'


def docx(
    body: str,
    *,
    links: Mapping[str, tuple[str, str]] | None = None,
    parts: Mapping[str, str | bytes] | None = None,
    main: str = _MAIN,
    title: str = "",
) -> bytes:
    """A Word document.

    Args:
        body: inside w:body.
        links: relationships of the document, beside those of its styles and lists.
        parts: members by name, added or in place of those made here.
        main: content type of the document.
        title: in its properties.
    """
    types = (
        f'{_HEAD}<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
        '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/><Override PartName="/word/document.xml" '
        f'ContentType="{main}"/></Types>'
    )
    core = "http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties"
    own = relations({"rId1": ("officeDocument", "word/document.xml")}).replace(
        "</Relationships>",
        f'<Relationship Id="rId2" Type="{core}" Target="docProps/core.xml"/></Relationships>'
        if title
        else "<!----></Relationships>",
    )
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": types,
        "_rels/.rels": own,
        "word/document.xml": part("document", f"<w:body>{body}<w:sectPr/></w:body>"),
        "word/_rels/document.xml.rels": relations(
            {"rS": ("styles", "styles.xml"), "rN": ("numbering", "numbering.xml"), **(links or {})}
        ),
        "word/styles.xml": part("styles", STYLES),
        "word/numbering.xml": part("numbering", NUMBERING),
    }
    if title:
        members["docProps/core.xml"] = _HEAD + CORE.format(title=title)
    return archive(members | dict(parts or {}))


_ODF = "urn:oasis:names:tc:opendocument:xmlns"
_ODF_ROOT = " ".join(
    [f'xmlns:{name}="{_ODF}:{name}:1.0"' for name in ("office", "style", "text", "table", "meta")]
    + [f'xmlns:draw="{_ODF}:drawing:1.0"', f'xmlns:fo="{_ODF}:xsl-fo-compatible:1.0"']
    + [f'xmlns:svg="{_ODF}:svg-compatible:1.0"', 'xmlns:xlink="http://www.w3.org/1999/xlink"']
    + ['xmlns:dc="http://purl.org/dc/elements/1.1/"', 'xmlns:officeooo="http://openoffice.org/2009/office"']
)
ODT_TYPE = "application/vnd.oasis.opendocument.text"
ODT_STYLES = (
    '<style:default-style style:family="paragraph"><style:text-properties fo:language="fr" fo:country="FR"/>'
    "</style:default-style>"
    '<style:style style:name="Title" style:family="paragraph"/>'
    '<style:style style:name="Quotations" style:family="paragraph"/>'
    '<style:style style:name="Source_20_Text" style:display-name="Source Text" style:family="text"/>'
    '<text:list-style style:name="Num"><text:list-level-style-number text:level="1" style:num-format="1" '
    'text:start-value="4"/></text:list-style>'
)
ODT_AUTOMATIC = "".join(
    f'<style:style style:name="{name}" style:family="text"><style:text-properties {properties}/></style:style>'
    for name, properties in {
        "Gras": 'fo:font-weight="bold" style:font-weight-asian="bold"',
        "Gras2": 'fo:font-weight="bold" officeooo:rsid="001a"',
        "Italique": 'fo:font-style="italic"',
        "Rien": 'officeooo:rsid="002b" fo:language="en" fo:country="US"',
        "Souligne": 'style:text-underline-style="solid" style:text-underline-width="auto"',
        "Exposant": 'style:text-position="super 58%"',
        "Cache": 'text:display="none"',
    }.items()
)


def odt(
    body: str,
    *,
    automatic: str = ODT_AUTOMATIC,
    master: str = "",
    meta: str = "",
    parts: Mapping[str, str | bytes] | None = None,
) -> bytes:
    """An OpenDocument text: inside office:text, automatic styles, master pages and properties as given."""
    members: dict[str, str | bytes] = {
        "mimetype": ODT_TYPE,
        "content.xml": f"{_HEAD}<office:document-content {_ODF_ROOT}><office:automatic-styles>{automatic}"
        f"</office:automatic-styles><office:body><office:text>{body}</office:text></office:body>"
        "</office:document-content>",
        "styles.xml": f"{_HEAD}<office:document-styles {_ODF_ROOT}><office:styles>{ODT_STYLES}</office:styles>"
        f"<office:automatic-styles/><office:master-styles>{master}</office:master-styles></office:document-styles>",
        "meta.xml": f"{_HEAD}<office:document-meta {_ODF_ROOT}><office:meta>{meta}</office:meta>"
        "</office:document-meta>",
        "META-INF/manifest.xml": f'{_HEAD}<manifest:manifest xmlns:manifest="{_ODF}:manifest:1.0"/>',
    }
    return archive(members | dict(parts or {}), stored=frozenset({"mimetype"}))


def read(data: bytes) -> ReadResult:
    """Verified and read."""
    return verify_round_trip(data, path_of(data))


def blocks(data: bytes) -> tuple[Block, ...]:
    return read(data).release.blocks


def path_of(data: bytes) -> str:
    return "source/x.odt" if data[30:38] == b"mimetype" else "source/x.docx"


def written(data: bytes, texts: Mapping[str, str], localisation: Localisation | None = None) -> zipfile.ZipFile:
    """The file with some blocks' texts replaced."""
    release = read_release(data, path_of(data)).release
    own = {block.id: block.text for block in release.blocks}
    made = assemble(release.skeleton, {**own, **texts}, localisation)
    file = zipfile.ZipFile(io.BytesIO(made))
    assert file.testzip() is None
    read_release(made, path_of(data))
    return file


def member(file: zipfile.ZipFile, name: str = "word/document.xml") -> str:
    return file.read(name).decode()
