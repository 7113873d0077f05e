"""Styles and lists of a Word document: what a paragraph is, and how a run looks.

ECMA-376 part 1: 17.7 (styles), 17.9 (numbering), 17.3.2 (run properties).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.formats.office.kinds import CODE, StyleKind, style_kind
from toolkit.formats.office.lists import ListPlace
from toolkit.formats.office.runs import Run
from toolkit.formats.office.xml import Node, Part
from toolkit.model import Role

#: Run properties that nobody sees in French text: languages, proofing, other scripts, tracked formatting.
_UNSEEN = frozenset(
    {"w:bCs", "w:iCs", "w:szCs", "w:cs", "w:kern", "w:rStyle", "w:snapToGrid", "w:oMath", "w:webHidden"}
    | {"w:lang", "w:noProof", "w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo"}
)
#: Of those, the ones that new text does not get: it is in another language, and nobody has tracked it.
_DROPPED = frozenset({"w:lang", "w:noProof", "w:rPrChange", "w:ins", "w:del", "w:moveFrom", "w:moveTo"})
_NOTHING = frozenset({"", "0", "false", "off", "none", "baseline", "auto", "nil"})
_YES = frozenset({"1", "true", "on"})
#: Values that are the same as nothing for one property.
_SAME_AS_NOTHING = frozenset({("w:color", "000000"), ("w:w", "100"), ("w:shd", "clear")})
_LEVELS = frozenset("012345678")
_ROLES = {
    "w:b": Role.STRONG,
    "w:i": Role.EMPHASIS,
    "w:u": Role.UNDERLINE,
    "w:strike": Role.STRIKE,
    "w:dstrike": Role.STRIKE,
    "code": Role.CODE,
}
#: Looks in which white space shows.
_INKED = frozenset({"w:u", "w:strike", "w:dstrike", "w:highlight", "w:shd", "w:bdr"})
_TAG = re.compile(r"<([^\s/>]+)")
_DECLARATION = re.compile(r"xmlns[^\s=]*\s*=\s*(?:\"[^\"]*\"|'[^']*')")
_BULLETS = frozenset({"bullet", "none", ""})


@dataclass(frozen=True, slots=True)
class ParagraphStyle:
    """What a paragraph's properties say of it; ``name`` is that of the style whose look its runs inherit."""

    kind: StyleKind
    place: ListPlace | None
    name: str


class WordStyles:
    """The styles and numbering of one document.

    Args:
        styles: word/styles.xml; None where there is none.
        numbering: word/numbering.xml.
    """

    def __init__(self, styles: Part | None, numbering: Part | None) -> None:
        self._styles: dict[str, Node] = {}
        self._defaults: Node | None = None
        self._standard = ""
        self._looks: dict[tuple[str, str], dict[str, str]] = {}
        self._runs: dict[tuple[str, str, str, str], Run] = {}
        self._paragraphs: dict[str, ParagraphStyle] = {}
        if styles is not None:
            self._defaults = styles.root.find("w:docDefaults", "w:rPrDefault", "w:rPr")
            for style in styles.root.children:
                if style.name == "w:style":
                    self._styles.setdefault(style.get("w:styleId"), style)
                    if style.get("w:type") == "paragraph" and style.get("w:default") in ("1", "true", "on"):
                        self._standard = self._standard or style.get("w:styleId")
        self._numbering = _Numbering(numbering, self)

    def _chain(self, name: str) -> Iterator[Node]:
        """A style and those it is based on."""
        seen: set[str] = set()
        while name in self._styles and name not in seen:
            seen.add(name)
            style = self._styles[name]
            yield style
            based = style.child("w:basedOn")
            name = based.get("w:val") if based else ""

    def paragraph(self, properties: Node | None) -> ParagraphStyle:
        """What ``w:pPr`` makes of a paragraph."""
        key = properties.raw if properties else ""
        if key not in self._paragraphs:
            self._paragraphs[key] = self._paragraph(properties)
        return self._paragraphs[key]

    def _paragraph(self, properties: Node | None) -> ParagraphStyle:
        own = properties.child("w:pStyle") if properties else None
        name = own.get("w:val") if own else self._standard
        sources = [properties] if properties else []
        sources += [found for style in self._chain(name) if (found := style.child("w:pPr"))]
        outline = _first(sources, "w:outlineLvl")
        level = outline.get("w:val") if outline else ""
        kind = style_kind(self._names(name), int(level) + 1 if level in _LEVELS else 0)
        return ParagraphStyle(kind, self._numbering.place(_first(sources, "w:numPr"), sources), name)

    def list_of(self, name: str) -> str:
        """The list (numId) that a style is in; "" for none."""
        for style in self._chain(name):
            number = style.find("w:pPr", "w:numPr", "w:numId")
            if number is not None:
                return number.get("w:val")
        return ""

    def _names(self, name: str) -> list[str]:
        found = [
            (style.child("w:name") or style).get("w:val").casefold() or style.get("w:styleId").casefold()
            for style in self._chain(name)
        ]
        return found or [name.casefold()]

    # -- runs -----------------------------------------------------------------------------------------------------

    def run(self, node: Node | None, paragraph: str, part: Part) -> Run:
        """What text in a run has in common; None for a run that new text gets where there is none."""
        properties = node.child("w:rPr") if node else None
        tag = node.start_tag if node else ""
        declared = " ".join(_DECLARATION.findall(tag)) if "xmlns" in tag else ""
        key = (paragraph, properties.raw if properties else "", declared, _prefix(node or part.root))
        if key not in self._runs:
            self._runs[key] = self._run(properties, *key)
        return self._runs[key]

    def _run(self, properties: Node | None, paragraph: str, _: str, declared: str, prefix: str) -> Run:
        look = self._look(properties, paragraph)
        roles = {role for name, role in _ROLES.items() if name in look}
        if align := look.get("w:vertAlign"):
            roles.add(Role.SUPERSCRIPT if "superscript" in align else Role.SUBSCRIPT)
        start, end = _shell(properties, prefix, declared)
        text = f'{start}<{prefix}t xml:space="preserve">', f"</{prefix}t>{end}"
        return Run(frozenset(look.items()), text, (start, end), frozenset(roles), not _INKED.isdisjoint(look))

    def hidden(self, node: Node, paragraph: str) -> bool:
        """Whether a run is hidden text."""
        return "w:vanish" in self._look(node.child("w:rPr"), paragraph)

    def _look(self, properties: Node | None, paragraph: str) -> dict[str, str]:
        key = (paragraph, properties.raw if properties else "")
        if key not in self._looks:
            look: dict[str, str] = {}
            sources = [self._defaults] if self._defaults else []
            sources += [
                found for style in reversed([*self._chain(paragraph)]) if (found := style.child("w:rPr")) is not None
            ]
            character = properties.child("w:rStyle") if properties else None
            chain = [*self._chain(character.get("w:val"))] if character else []
            sources += [found for style in reversed(chain) if (found := style.child("w:rPr")) is not None]
            for source in [*sources, *([properties] if properties else [])]:
                _apply(source, look)
            if character and any(name in CODE for name in self._names(character.get("w:val"))):
                look["code"] = "1"
            self._looks[key] = {name: value for name, value in look.items() if value}
        return self._looks[key]


class _Numbering:
    """word/numbering.xml: list and level → how it counts."""

    def __init__(self, part: Part | None, styles: WordStyles) -> None:
        self._abstract: dict[str, Node] = {}
        self._lists: dict[str, Node] = {}
        self._known: dict[tuple[str, int], tuple[bool, int]] = {}
        self._styles = styles
        for node in part.root.children if part else ():
            if node.name == "w:abstractNum":
                self._abstract[node.get("w:abstractNumId")] = node
            elif node.name == "w:num":
                self._lists[node.get("w:numId")] = node

    def place(self, properties: Node | None, sources: list[Node]) -> ListPlace | None:
        if properties is None:
            return None
        holders = [found for source in sources if (found := source.child("w:numPr"))]
        number, depth = _first(holders, "w:numId"), _first(holders, "w:ilvl")
        name = number.get("w:val") if number else ""
        if name not in self._lists:
            return None
        level = int(depth.get("w:val")) if depth and depth.get("w:val") in _LEVELS else 0
        if (name, level) not in self._known:
            self._known[name, level] = self._format(name, level)
        return ListPlace(name, level, *self._known[name, level])

    def _format(self, name: str, level: int) -> tuple[bool, int]:
        """Whether a level counts, and from what."""
        node = self._lists[name]
        own = next((each for each in node.children if each.get("w:ilvl") == str(level)), None)
        found = own.child("w:lvl") if own else None
        found = found or self._level(node, level)
        kind = found.child("w:numFmt") if found else None
        start = (own.child("w:startOverride") if own else None) or (found.child("w:start") if found else None)
        first = start.get("w:val") if start else "1"
        ordered = kind.get("w:val") not in _BULLETS if kind else found is not None
        return ordered, int(first) if first.isdecimal() and len(first) < 7 else 1

    def _level(self, node: Node, level: int) -> Node | None:
        for _ in range(3):  # a list may take its levels from a list style, which names another list
            link = node.child("w:abstractNumId")
            abstract = self._abstract.get(link.get("w:val")) if link else None
            if abstract is None:
                return None
            for each in abstract.children:
                if each.name == "w:lvl" and each.get("w:ilvl") == str(level):
                    return each
            style = abstract.child("w:numStyleLink")
            other = self._styles.list_of(style.get("w:val")) if style else ""
            if other not in self._lists:
                return None
            node = self._lists[other]
        return None


def _first(sources: list[Node], name: str) -> Node | None:
    return next((found for source in sources if (found := source.child(name)) is not None), None)


def _apply(source: Node, look: dict[str, str]) -> None:
    """What run properties change of a look; "" for what they take back."""
    for node in source.children:
        name = node.name
        if not name or name in _UNSEEN:
            continue
        if name == "w:rFonts":
            for script in ("ascii", "hAnsi"):
                font = node.get(f"w:{script}Theme") or node.get(f"w:{script}")
                look[f"font {script}"] = font or look.get(f"font {script}", "")
            continue
        values = {key: value[0] for key, value in node.attributes.items()}
        value = values.pop("w:val", "" if values else "1")
        others = "".join(f" {key}={values[key]}" for key in sorted(values) if values[key] not in _NOTHING)
        nothing = value in _NOTHING or (name, value) in _SAME_AS_NOTHING
        if node.children:
            look[name] = node.raw
        elif nothing and (not others or name == "w:u"):
            look[name] = ""
        else:
            look[name] = ("1" if value in _YES else value) + others


def _prefix(node: Node) -> str:
    """The prefix of a tag as the file has it, with its colon."""
    name = _TAG.match(node.part.source, node.start)
    return name[1][: name[1].rfind(":") + 1] if name else ""


def _shell(properties: Node | None, prefix: str, declared: str) -> tuple[str, str]:
    """The tags of a run with the properties that new text keeps."""
    start = f"<{prefix}r {declared}>" if declared else f"<{prefix}r>"
    kept = [child.raw for child in properties.children if child.name not in _DROPPED] if properties else []
    if properties and "".join(kept).strip():
        start += f"{properties.start_tag}{''.join(kept)}</{_prefix(properties)}rPr>"
    return start, f"</{prefix}r>"
