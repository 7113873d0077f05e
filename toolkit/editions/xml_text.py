"""Writes XML as text, front to back: what the XML editions have in common.

Every text and every value is escaped here and nowhere else; elements are indented, except inside running text, where
white space counts.
"""

from __future__ import annotations

from collections.abc import Mapping

from toolkit.edition import Pair
from toolkit.editions.structure import clean

ID, LANG, SPACE = "xml:id", "xml:lang", "xml:space"

Attributes = Mapping[str, str]
_NONE: Attributes = {}


def escaped(text: str) -> str:
    """Clean text as it stands between tags."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def text_of(text: str) -> str:
    """Any text as it stands between tags, without what XML cannot hold."""
    # What can be printed is clean; to ask is much faster than to clean.
    return escaped(text if text.isprintable() else clean(text))


def attributes_of(values: Attributes) -> str:
    """Attributes as they stand in a tag; those that are "" are left out."""
    return "".join([f' {name}="{_value(value)}"' for name, value in values.items() if value])


def _value(text: str) -> str:
    # A tab that is no reference is a space to every parser (XML 1.0 section 3.3.3).
    return text_of(text).replace('"', "&quot;").replace("\t", "&#9;")


def element(name: str, values: Attributes, content: str = "") -> str:
    """An element in running text; ``content`` is markup."""
    return f"<{name}{attributes_of(values)}>{content}</{name}>" if content else f"<{name}{attributes_of(values)}/>"


def part_ids(pair: Pair) -> tuple[str, ...]:
    """Ids of a pair's English sentences: "p3s1", and "p3s1.2" and so on where one French sentence became several."""
    name = pair.segment.id
    return name, *(f"{name}.{number}" for number in range(2, len(pair.parts) + 1))


class Xml:
    """A document in the making.

    Args:
        head: what stands above the root element.
        depth: how deep it stands, for a piece of a document.
    """

    def __init__(self, head: str = "", *, depth: int = 0) -> None:
        self._out = [head]
        self._open: list[tuple[str, int, bool]] = []  # name, place of the start tag in the output, running text?
        self._line = "\n" + "  " * depth

    def open(self, name: str, values: Attributes = _NONE, *, more: str = "", mixed: bool = False) -> None:
        """Begin an element; ``more`` are attributes ready for the tag, ``mixed`` says that it holds running text."""
        running = bool(self._open) and self._open[-1][2]
        given = f"{attributes_of(values)}{more}" if values else more
        self._out.append(f"{'' if running else self._line}<{name}{given}>")
        self._open.append((name, len(self._out), mixed or running))
        self._line += "  "

    def close(self) -> None:
        """End the element that was begun last."""
        name, start, mixed = self._open.pop()
        self._line = self._line[:-2]
        if len(self._out) == start:
            self._out[-1] = f"{self._out[-1][:-1]}/>"
        else:
            self._out.append(f"</{name}>" if mixed else f"{self._line}</{name}>")

    def leaf(self, name: str, values: Attributes = _NONE, text: str = "") -> None:
        """An element with nothing but text in it."""
        self._out.append(f"{self._line}{element(name, values, text_of(text))}")

    def line(self, markup: str) -> None:
        """What is XML already, on a line of its own."""
        self._out.append(f"{self._line}{markup}")

    def raw(self, markup: str) -> None:
        """What is XML already."""
        if markup:
            self._out.append(markup)

    def text(self) -> str:
        """All of it; every element must have been closed."""
        return "".join(self._out)

    def document(self) -> bytes:
        """All of it as a file."""
        return f"{self.text()}\n".encode()
