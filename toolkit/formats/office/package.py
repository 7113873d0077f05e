"""What the parts of a DOCX are and how they hang together (ECMA-376 part 2: content types and relationships)."""

from __future__ import annotations

import posixpath
from dataclasses import dataclass
from urllib.parse import unquote

from toolkit.errors import SourceError
from toolkit.formats.office.xml import Node, Part
from toolkit.formats.office.zips import Archive

_TYPES = "[Content_Types].xml"
_MAIN = "wordprocessingml.document.main+xml"
#: What a main part's content type holds → what the file is instead.
_OTHERS = {
    "macroEnabled": "a document with macros (.docm, .dotm)",
    "template.main": "a Word template (.dotx)",
    "spreadsheetml": "an Excel workbook (.xlsx)",
    "presentationml": "a PowerPoint presentation (.pptx)",
    "visio": "a Visio drawing (.vsdx)",
}


@dataclass(frozen=True, slots=True)
class Link:
    """A relationship: its kind ("header"), and a member's name or, where it is external, an address."""

    id: str
    kind: str
    target: str
    external: bool


class Package:
    """A DOCX's parts, read when they are asked for.

    Raises:
        SourceError: it is another kind of file, has macros, or lacks its main part.
    """

    def __init__(self, archive: Archive, path: str) -> None:
        self._archive, self._path = archive, path
        self._parts: dict[str, Part] = {}
        self._names = {name.casefold(): name for name in archive.entries}
        if _TYPES not in archive:
            raise self._other(self._guess())
        main = next((link for link in self.links("") if link.kind == "officeDocument"), None)
        if main is None:
            raise self._other(self._guess())
        self.main = main.target
        self._check_type()

    def _other(self, what: str) -> SourceError:
        return SourceError(
            f"this is {what}, not a Word document (.docx)" if what else "this is not a Word document (.docx)",
            where=self._path,
            hint="Save it as a Word document (.docx) from its own program, or give it the suffix it should have.",
        )

    def _guess(self) -> str:
        if "mimetype" in self._archive:
            return "an OpenDocument or EPUB file"
        return "a ZIP archive"

    def _check_type(self) -> None:
        kind = self._type_of(self.main)
        macros = any(name.endswith("vbaproject.bin") for name in self._names)
        if macros:
            kind = "macroEnabled"
        if _MAIN in kind:
            return
        what = next((name for sign, name in _OTHERS.items() if sign in kind), "")
        if what == _OTHERS["macroEnabled"]:
            raise SourceError(
                "the document has macros (.docm)",
                where=self._path,
                hint='Save it as "Word document (.docx)", which has none.',
            )
        raise self._other(what or "another kind of Office file")

    def _type_of(self, name: str) -> str:
        default = ""
        for node in self.part(_TYPES).root.children:
            if node.name == "types:Override" and node.get("PartName").lstrip("/").casefold() == name.casefold():
                return node.get("ContentType")
            if node.name == "types:Default" and name.casefold().endswith("." + node.get("Extension").casefold()):
                default = node.get("ContentType")
        return default

    @property
    def signed(self) -> bool:
        """Whether it has a digital signature."""
        return any(name.startswith("_xmlsignatures/") for name in self._names)

    def part(self, name: str) -> Part:
        """A part by its name; SourceError where it is missing or no XML."""
        if name not in self._parts:
            self._parts[name] = Part(self._archive.read(name), name, self._path)
        return self._parts[name]

    def optional(self, kind: str, source: str) -> Part | None:
        """The part that another one names by a relationship of a kind, if it does."""
        link = next((link for link in self.links(source) if link.kind == kind and link.target in self._archive), None)
        return self.part(link.target) if link else None

    def links(self, source: str) -> tuple[Link, ...]:
        """The relationships of a part, of the package itself for ""."""
        folder, _, base = source.rpartition("/")
        name = posixpath.join(folder, "_rels", f"{base}.rels")
        name = self._names.get(name.casefold(), name)
        if name not in self._archive:
            return ()
        return tuple(self._link(node, folder) for node in self.part(name).root.all("rels:Relationship"))

    def _link(self, node: Node, folder: str) -> Link:
        external = node.get("TargetMode") == "External"
        target = node.get("Target")
        if not external:
            target = posixpath.normpath(posixpath.join("/", folder, unquote(target).replace("\\", "/"))).lstrip("/")
            target = self._names.get(target.casefold(), target)
        return Link(node.get("Id"), node.get("Type").rpartition("/")[2], target, external)
