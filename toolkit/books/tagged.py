"""A PDF as Chromium prints it → the file that is published: described, navigable, the same bytes each time.

Chromium tags the text (ISO 32000-1, section 14.8) and keeps its languages. It leaves out what ISO 14289-1 (PDF/UA)
also asks for: metadata in XMP (7.1), texts for links (7.18.5); and it writes the time into the file.
"""

from __future__ import annotations

import io
from collections.abc import Iterator, Sequence
from pathlib import Path

import pikepdf

from toolkit.editions.interface import both
from toolkit.errors import EditionError, MissingToolError

#: Elements of the structure tree are nested no deeper than the pages are; more is no tree of ours.
_DEEPEST = 500


def completed(
    data: bytes,
    *,
    title: str,
    language: str,
    metadata: bytes,
    outline: Sequence[str],
) -> bytes:
    """The file to publish.

    Args:
        data: as printed.
        title: of the document.
        language: of the document as a whole.
        metadata: what it is, in XMP (ISO 16684-1).
        outline: the words of each bookmark, in order.

    Raises:
        MissingToolError: what has been printed lacks its tags: the browser is too old.
        EditionError: it has other bookmarks than the pages have headings.
    """
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            if "/StructTreeRoot" not in pdf.Root or "/Outlines" not in pdf.Root:
                raise _too_old("prints PDF files without tags or bookmarks")
            _describe(pdf, title, language, metadata)
            _name_links(pdf, language)
            _settle_structure(pdf)
            _rename_bookmarks(pdf, outline)
            out = io.BytesIO()
            pdf.save(
                out,
                deterministic_id=True,
                object_stream_mode=pikepdf.ObjectStreamMode.generate,
                compress_streams=True,
                min_version="1.7",
            )
            return out.getvalue()
    except pikepdf.PdfError as error:
        raise _too_old(f"has printed what is no PDF: {error}") from error


def destinations(data: bytes) -> dict[str, int]:
    """On which page the places lie that links of a printed file lead to, by name; pages count from 1."""
    try:
        with pikepdf.open(io.BytesIO(data)) as pdf:
            numbers = {page.obj.objgen: number for number, page in enumerate(pdf.pages, 1)}
            named = pdf.Root.get("/Dests", pikepdf.Dictionary())
            return {name[1:]: numbers[place[0].objgen] for name, place in named.items() if place[0].objgen in numbers}
    except pikepdf.PdfError as error:
        raise _too_old(f"has printed what is no PDF: {error}") from error


def is_our_pdf(path: Path) -> bool:
    """Whether a file is a PDF that says it was made by the toolkit."""
    try:
        with pikepdf.open(path) as pdf:
            said = pdf.Root.get("/Metadata")
            return isinstance(said, pikepdf.Stream) and b"<xmp:CreatorTool>bilingual-toolkit " in said.read_bytes()
    except (OSError, pikepdf.PdfError):
        return False


def _too_old(what: str) -> MissingToolError:
    return MissingToolError(f"this Chromium {what}", hint="install version 131 or newer")


def _describe(pdf: pikepdf.Pdf, title: str, language: str, metadata: bytes) -> None:
    """What it is in XMP, its language, and its title in the window's bar; the time of printing goes."""
    for key in list(pdf.docinfo.keys()):
        del pdf.docinfo[key]
    pdf.docinfo["/Title"] = title
    pdf.Root.Lang = pikepdf.String(language)
    preferences = pdf.Root.get("/ViewerPreferences", pikepdf.Dictionary())
    preferences.DisplayDocTitle = True
    pdf.Root.ViewerPreferences = preferences
    stream = pdf.make_stream(metadata)
    stream.Type, stream.Subtype = pikepdf.Name.Metadata, pikepdf.Name.XML
    pdf.Root.Metadata = stream


def _name_links(pdf: pikepdf.Pdf, language: str) -> None:
    """A text for each link (ISO 14289-1, 7.18.5): where it leads."""
    inside = both("Link within this document").in_(language)
    for page in pdf.pages:
        page.obj.Tabs = pikepdf.Name.S  # 7.18.3: the keyboard follows the structure
        for annotation in page.obj.get("/Annots", []):
            if annotation.get("/Subtype") == "/Link" and "/Contents" not in annotation:
                action = annotation.get("/A", pikepdf.Dictionary())
                annotation.Contents = pikepdf.String(str(action.get("/URI", inside)))


def _settle_structure(pdf: pikepdf.Pdf) -> None:
    """Two kinds of elements are called otherwise.

    NonStruct is what Chromium writes for a span; one with a language must be more than that. A Figure is what it writes
    for HTML's ``figure`` too, which holds the image and its caption: a Figure must have a description (ISO 14289-1,
    7.3), which would be read in place of both.
    """
    for element in _elements(pdf.Root.StructTreeRoot):
        if element.get("/S") == "/NonStruct" and "/Lang" in element:
            element.S = pikepdf.Name.Span
        elif element.get("/S") == "/Figure" and "/Alt" not in element:
            element.S = pikepdf.Name.Div


def _elements(root: pikepdf.Object) -> Iterator[pikepdf.Dictionary]:
    """All elements of a structure tree, in order."""
    waiting: list[tuple[pikepdf.Object, int]] = [(root, 0)]
    while waiting:
        found, depth = waiting.pop()
        if depth > _DEEPEST:
            continue
        if isinstance(found, pikepdf.Array):
            waiting += [(child, depth + 1) for child in reversed(list(found))]
        elif isinstance(found, pikepdf.Dictionary):
            if "/S" in found:
                yield found
            if "/K" in found:
                waiting.append((found.K, depth + 1))


def _rename_bookmarks(pdf: pikepdf.Pdf, outline: Sequence[str]) -> None:
    """Chromium's bookmarks hold a heading's text with its numbers and marks: ours have the words alone."""
    items: list[pikepdf.OutlineItem] = []

    def gather(found: list[pikepdf.OutlineItem]) -> None:
        for item in found:
            items.append(item)
            gather(list(item.children))

    with pdf.open_outline() as tree:
        gather(list(tree.root))
        if len(items) != len(outline):
            hint = "try another release of Chromium; if it stays, this is a mistake of ours: please report it"
            raise EditionError(f"Chromium made {len(items)} bookmarks of {len(outline)} headings", hint=hint)
        for item, words in zip(items, outline, strict=True):
            item.title = words
