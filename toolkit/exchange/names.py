"""Names of XLIFF 2.1 and its modules, as lxml wants them."""

from __future__ import annotations

from lxml import etree

#: XLIFF 2.1 keeps the core namespace of 2.0 (XLIFF 2.1, section 1.5).
CORE = "urn:oasis:names:tc:xliff:document:2.0"
MATCHES = "urn:oasis:names:tc:xliff:matches:2.0"
METADATA = "urn:oasis:names:tc:xliff:metadata:2.0"
ITS = "http://www.w3.org/2005/11/its"

NAMESPACES = {None: CORE, "mtc": MATCHES, "mda": METADATA, "its": ITS}

SPACE = "{http://www.w3.org/XML/1998/namespace}space"

#: Prefix of what is ours in values that the standard leaves to users: sub-states, types, categories of notes.
PREFIX = "toolkit:"


def core(name: str) -> str:
    """A name of the core: "unit"."""
    return f"{{{CORE}}}{name}"


def its(name: str) -> str:
    """A name of the ITS module: "tool"."""
    return f"{{{ITS}}}{name}"


def matches(name: str) -> str:
    """A name of the Translation Candidates module: "match"."""
    return f"{{{MATCHES}}}{name}"


def metadata(name: str) -> str:
    """A name of the Metadata module: "meta"."""
    return f"{{{METADATA}}}{name}"


def local(element: etree._Element) -> str:
    """An element's name without namespace; "" for comments and processing instructions."""
    return str(element.tag).rpartition("}")[2] if isinstance(element.tag, str) else ""
