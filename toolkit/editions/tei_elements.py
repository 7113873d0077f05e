"""Elements of a TEI edition: how they are made, indented and filled."""

from __future__ import annotations

from lxml import etree

from toolkit.edition import Pair
from toolkit.editions.structure import Standing, clean
from toolkit.model import State

TEI = "http://www.tei-c.org/ns/1.0"
_XML = "http://www.w3.org/XML/1998/namespace"
ID, LANG, SPACE = f"{{{_XML}}}id", f"{{{_XML}}}lang", f"{{{_XML}}}space"

#: Elements that hold running text: white space inside them counts, so they are never indented.
_MIXED = frozenset(
    {"p", "ab", "head", "item", "cell", "s", "title", "catDesc", "figDesc", "language", "resp", "name", "label"}
)


def add(parent: etree._Element, name: str, attributes: dict[str, str] | None = None, text: str = "") -> etree._Element:
    """A new last child in the TEI namespace; attributes that are "" are left out."""
    given = {key: clean(value) for key, value in (attributes or {}).items() if value}
    element = etree.SubElement(parent, f"{{{TEI}}}{name}", given)
    if text:
        element.text = clean(text)
    return element


def indent(element: etree._Element, depth: int = 1) -> None:
    """One element a line, except inside running text."""
    if etree.QName(element).localname in _MIXED or not len(element):
        return
    element.text = "\n" + "  " * depth
    for child in element:
        indent(child, depth + 1)
        child.tail = "\n" + "  " * depth
    element[-1].tail = "\n" + "  " * (depth - 1)


def say(element: etree._Element, text: str) -> None:
    """Text behind all that an element holds."""
    last = next(element.iterchildren(reversed=True), None)  # len() would count them all
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        element.text = (element.text or "") + text


def analysis(standing: Standing) -> str:
    """Pointers for ``ana``: the state and, where it is one of two cases, the case."""
    return " ".join(f"#{name}" for name in dict.fromkeys((standing.state.value, standing.value)))


def by_rule(pair: Pair) -> bool:
    """Whether a draft was made without a package: dates, credits and fixed phrases."""
    return pair.state is State.MACHINE and pair.provenance is not None and not pair.provenance.package
