"""Styles and lists of an OpenDocument text: what a paragraph is, and how a span looks (ODF 1.3 part 3, 16 and 20)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from toolkit.formats.office.kinds import CODE, StyleKind, style_kind
from toolkit.formats.office.runs import Run
from toolkit.formats.office.xml import Node
from toolkit.model import Role

_NOTHING = frozenset({"", "none", "normal", "false", "auto", "0pt", "0cm", "0in", "0%", "transparent", "0% 100%"})
#: Text properties that nobody sees in French text: languages, other scripts, hyphenation, marks of revisions.
_UNSEEN = re.compile(r".*(?:-asian|-complex)|fo:(?:language|country|script|hyphen.*)|style:rfc-.*|\?:(?:rsid|.*-rsid)")
_ESCAPED = re.compile(r"_([0-9a-fA-F]{1,4})_")


@dataclass(frozen=True, slots=True)
class ListStyle:
    """How one level of a list counts."""

    ordered: bool = False
    start: int = 1


class OdfStyles:
    """The styles that one part can use.

    Args:
        holders: elements that hold styles, the part's own automatic ones first.
    """

    def __init__(self, holders: Iterable[Node]) -> None:
        self._styles: dict[tuple[str, str], Node] = {}
        self._lists: dict[str, Node] = {}
        self._looks: dict[tuple[str, ...], dict[str, str]] = {}
        self._runs: dict[tuple[str, ...], Run] = {}
        for holder in holders:
            for node in holder.children:
                if node.name == "style:style":
                    self._styles.setdefault((node.get("style:family"), node.get("style:name")), node)
                elif node.name == "text:list-style":
                    self._lists.setdefault(node.get("style:name"), node)

    def _chain(self, family: str, name: str) -> Iterator[Node]:
        seen: set[str] = set()
        while (family, name) in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[family, name]
            yield style
            name = style.get("style:parent-style-name")

    def _names(self, family: str, name: str) -> list[str]:
        found = [node.get("style:display-name") or _plain(node.get("style:name")) for node in self._chain(family, name)]
        return [each.casefold() for each in found or [_plain(name)]]

    def kind(self, node: Node) -> StyleKind:
        """What a text:p or text:h is."""
        level = node.get("text:outline-level", "1") if node.name == "text:h" else ""
        outline = int(level) if level.isdecimal() and len(level) < 3 else 0
        names = self._names("paragraph", node.get("text:style-name"))
        found = style_kind(names, max(1, outline) if level else 0)
        return style_kind((), max(1, outline)) if level and not found.level else found

    def list_style(self, name: str, level: int) -> ListStyle:
        """How a level, from 1, of a list style counts."""
        for node in self._lists[name].children if name in self._lists else ():
            if node.get("text:level") == str(level):
                start = node.get("text:start-value", "1")
                ordered = node.name == "text:list-level-style-number" and bool(node.get("style:num-format"))
                return ListStyle(ordered, int(start) if start.isdecimal() and len(start) < 7 else 1)
        return ListStyle()

    def run(self, spans: Sequence[Node], paragraph: str) -> Run:
        """What text inside spans, the outermost first, has in common."""
        key = (paragraph, *(span.start_tag for span in spans))
        if key not in self._runs:
            self._runs[key] = self._run(spans, paragraph)
        return self._runs[key]

    def _run(self, spans: Sequence[Node], paragraph: str) -> Run:
        look = self._look((paragraph, *(span.get("text:style-name") for span in spans)))
        roles = {
            role
            for name, role in (
                ("style:text-underline-style", Role.UNDERLINE),
                ("style:text-line-through-style", Role.STRIKE),
                ("style:text-line-through-type", Role.STRIKE),
                ("code", Role.CODE),
            )
            if name in look
        }
        if look.get("fo:font-weight") in ("bold", "600", "700", "800", "900"):
            roles.add(Role.STRONG)
        if look.get("fo:font-style") in ("italic", "oblique"):
            roles.add(Role.EMPHASIS)
        if place := look.get("style:text-position"):
            roles.add(Role.SUBSCRIPT if place.startswith(("sub", "-")) else Role.SUPERSCRIPT)
        shell = "".join(span.start_tag for span in spans), "".join(_end_tag(span) for span in reversed(spans))
        inked = bool(roles & {Role.UNDERLINE, Role.STRIKE}) or "fo:background-color" in look
        return Run(frozenset(look.items()), shell, shell, frozenset(roles), inked)

    def hidden(self, spans: Sequence[Node], paragraph: str) -> bool:
        """Whether text inside spans is not shown."""
        return "text:display" in self._look((paragraph, *(span.get("text:style-name") for span in spans)))

    def _look(self, names: tuple[str, ...]) -> dict[str, str]:
        if names not in self._looks:
            look: dict[str, str] = {}
            for family, name in (("paragraph", names[0]), *(("text", name) for name in names[1:])):
                for style in reversed([*self._chain(family, name)]):
                    properties = style.child("style:text-properties")
                    for key, (value, *_) in properties.attributes.items() if properties else ():
                        if not _UNSEEN.fullmatch(key):
                            look[key] = value
                if family == "text" and any(each in CODE for each in self._names("text", name)):
                    look["code"] = "1"
            if look.get("style:text-underline-style", "none") == "none":
                look = {key: value for key, value in look.items() if not key.startswith("style:text-underline")}
            if look.get("text:display") == "true":
                del look["text:display"]
            shown = look.pop("text:display", "") == "none"
            look = {key: value for key, value in look.items() if value not in _NOTHING}
            self._looks[names] = look | ({"text:display": "none"} if shown else {})
        return self._looks[names]


def _plain(name: str) -> str:
    """A style's name as people see it: "Heading_20_1" is "Heading 1"."""
    return _ESCAPED.sub(lambda match: chr(int(match[1], 16)), name)


def _end_tag(node: Node) -> str:
    return node.part.source[node.close : node.end]
