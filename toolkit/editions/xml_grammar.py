"""Is a document what its grammar says, and does every pointer in it lead somewhere? RelaxNG by libxml2."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from importlib.resources import files

from lxml import etree

from toolkit.errors import EditionError

_RNG = "{http://relaxng.org/ns/structure/1.0}"
#: What explains the element that it stands in, or the value that it stands behind (RELAX NG DTD Compatibility, 2001).
_DOCUMENTATION = "{http://relaxng.org/ns/compatibility/annotations/1.0}documentation"
_PARSER = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
_IDS = etree.XPath("//@xml:id", smart_strings=False)


@dataclass(frozen=True)
class Grammar:
    """A grammar of ours.

    Attributes:
        name: of its file in editions/schema/, and in assets/ beside the published files.
        what: name of the format, for messages.
        pointers: XPath to attributes that hold ids, each with ``#`` in front of it or without.
    """

    name: str
    what: str
    pointers: str

    @property
    def instruction(self) -> str:
        """The head of a document that names its grammar (ISO/IEC 19757, "Associating Schemas with XML documents")."""
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<?xml-model href="assets/{self.name}" type="application/xml" '
            'schematypens="http://relaxng.org/ns/structure/1.0"?>'
        )

    @property
    def source(self) -> bytes:
        """The grammar itself, as it is published."""
        return files("toolkit.editions").joinpath("schema", self.name).read_bytes()

    def meanings(self, attribute: str = "") -> dict[str, str]:
        """What the grammar says: of each value of an attribute; under "", of an attribute without such, or of all."""
        found = etree.fromstring(self.source)
        if attribute:
            found = next(each for each in found.iter(f"{_RNG}attribute") if each.get("name") == attribute)
        values = [(value.text or "", value.getnext()) for value in found.iter(f"{_RNG}value")] if attribute else []
        said = {value: _words(behind) for value, behind in values if behind is not None}
        return said or {"": _words(found.find(_DOCUMENTATION))}

    @cached_property
    def _schema(self) -> etree.RelaxNG:
        """Compiled, without the form of pointers: ``check`` looks where they lead, and libxml2's patterns are slow."""
        grammar = etree.fromstring(self.source)
        for pattern in grammar.iterfind(f"{_RNG}define[@name='pointer']//{_RNG}param"):
            pattern.getparent().remove(pattern)  # type: ignore[union-attr]
        return etree.RelaxNG(grammar)

    @cached_property
    def _pointers(self) -> etree.XPath:
        return etree.XPath(self.pointers, smart_strings=False)

    def check(self, document: bytes) -> None:
        """Nothing for a valid document.

        Raises:
            EditionError: naming the line and what is wrong there.
        """
        try:
            root = etree.fromstring(document, _PARSER)
        except etree.XMLSyntaxError as error:
            raise self._invalid(error.msg or "not well-formed XML", error.lineno) from error
        if not self._schema.validate(root):
            first = min(self._schema.error_log, key=lambda error: _vagueness(error.message))
            raise self._invalid(first.message, first.line)
        # That no xml:id is used twice the parser has seen to.
        known = {*_strings(_IDS(root))}
        known |= {f"#{name}" for name in known}
        for value in _strings(self._pointers(root)):
            if value not in known and not known.issuperset(value.split()):
                raise self._astray(root, value, known)

    def _astray(self, root: etree._Element, value: str, known: set[str]) -> EditionError:
        wrong = next(pointer for pointer in value.split() if pointer not in known)
        line = next((found.sourceline for found in root.iter("*") if value in found.attrib.values()), None)
        return self._invalid(f"a pointer leads to “{wrong}”, which does not exist", line)

    def _invalid(self, message: str, line: object) -> EditionError:
        return EditionError(
            f"not a valid {self.what}: {message}",
            where=f"line {line}" if line else "",
            hint="Publish the release again; a file of the toolkit's own making that fails here is a bug to report.",
        )


def _words(documentation: etree._Element | None) -> str:
    return "" if documentation is None else " ".join((documentation.text or "").split())


def _vagueness(message: str) -> int:
    """Of what libxml2 says of one mistake: some of it is a consequence only, or one of several things that it tried."""
    return ("Expecting an element" in message) * 2 + ("failed to validate" in message)


def _strings(found: object) -> Iterable[str]:
    """What an XPath to attributes gives."""
    return map(str, found) if isinstance(found, list) else ()
