"""A paragraph of a Word document → the atoms that ``office_runs`` makes placeholders of.

ECMA-376 part 1: 17.3.3 (what runs hold), 17.16 (fields and hyperlinks), 17.5 (content controls), 17.13 (bookmarks,
comments, tracked changes). Tracked changes are read as if all were accepted: what was inserted is text, what was
deleted is not there.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.formats.flow import Flow
from toolkit.formats.office.fields import Mark, folded, is_opaque, target
from toolkit.formats.office.runs import Atom, Kind, Run, Value, Walk
from toolkit.formats.office.styles import WordStyles
from toolkit.formats.office.xml import Node, Part
from toolkit.model import Code, Role

#: Elements whose content is the paragraph's own.
TRANSPARENT = frozenset({"w:smartTag", "w:customXml", "w:ins", "w:moveTo", "mc:AlternateContent", "mc:Choice"})
_GONE = frozenset(
    {"w:del", "w:moveFrom", "w:proofErr", "w:lastRenderedPageBreak", "w:delText", "w:delInstrText", "mc:Fallback"}
)
#: Start and end of a range; both have the same ``w:id``.
_RANGES = {
    "w:bookmarkStart": "bookmark",
    "w:bookmarkEnd": "bookmark",
    "w:commentRangeStart": "comment",
    "w:commentRangeEnd": "comment",
    "w:permStart": "permission",
    "w:permEnd": "permission",
}
#: What may stand around a paragraph's content without being part of it.
OUTER = frozenset({*_RANGES, "w:proofErr"})
_HYPHENS = {"w:noBreakHyphen": "\u2011", "w:softHyphen": "\u00ad"}
_NOTES = {"w:footnoteReference": "footnote", "w:endnoteReference": "endnote"}
_OBJECTS = frozenset({"w:drawing", "w:pict", "w:object", "mc:AlternateContent"})
#: Element → its attributes that people read, and what they are.
_READ = {
    "wp:docPr": {"descr": "alt", "title": "title"},
    "pic:cNvPr": {"descr": "alt", "title": "title"},
    "v:textpath": {"string": "text"},
}
_UNREAD = {"c:chart": "charts", "dgm:relIds": "SmartArt graphics", "o:OLEObject": "embedded objects"}


@dataclass(slots=True)
class Seen:
    """What a whole document holds, for warnings and for linking its notes."""

    tracked: int = 0
    comments: int = 0
    unread: Counter[str] = field(default_factory=Counter)
    notes: dict[str, int] = field(default_factory=dict)
    numbers: Counter[str] = field(default_factory=Counter)
    objects: int = 0


@dataclass(frozen=True, slots=True)
class Context:
    """What reading one part needs.

    Attributes:
        links: relationship id → where it goes: a member's name or an address.
        walk: walks the blocks of an element.
    """

    part: Part
    flow: Flow
    styles: WordStyles
    links: Mapping[str, str]
    seen: Seen
    walk: Callable[[Node, str], Walk]


def atoms(context: Context, children: Sequence[Node], style: str, holder: int) -> list[Atom]:
    """What a paragraph's children say.

    Args:
        context: of the part.
        children: of the paragraph, without its properties.
        style: the paragraph style's id, whose look the runs inherit.
        holder: where the paragraph begins.
    """
    reader = _Reader(context, style)
    out: list[Atom] = []
    work: list[tuple[Node | Atom, int]] = [(child, holder) for child in reversed(children)]
    while work:
        item, parent = work.pop()
        if isinstance(item, Atom):
            out.append(item)
        else:
            work += reversed(reader.expanded(item, parent))
    return folded(out)


def _range(node: Node) -> str:
    return f"{_RANGES[node.name]} {node.get('w:id')}" if node.name in _RANGES else ""


class _Reader:
    def __init__(self, context: Context, style: str) -> None:
        self._context, self._style = context, style
        self._last_edits: set[str] = set()

    def expanded(self, node: Node, holder: int) -> list[tuple[Node | Atom, int]]:
        """What an element in a paragraph stands for: atoms, and elements to look into."""
        name = node.name
        if name == "w:r":
            return [(atom, holder) for atom in self._run(node, holder)]
        if not name or name in _GONE or (name.endswith(("Pr", "RangeStart", "RangeEnd")) and name not in _RANGES):
            if name in ("w:del", "w:moveFrom"):
                self._context.seen.tracked += 1
            return []
        if name in TRANSPARENT:
            self._context.seen.tracked += name in ("w:ins", "w:moveTo")
            return [(child, node.start) for child in node.children]
        if name in _RANGES:
            kind = Kind.OPEN if name.endswith("Start") else Kind.CLOSE
            marker = Atom(kind, node.start, node.end, name=_range(node), mark=True)
            return [] if self._is_last_edit(node) else [(marker, holder)]
        return self._element(node) or [(self._alone(node), holder)]

    def _element(self, node: Node) -> list[tuple[Node | Atom, int]]:
        """A link, a content control …: a pair around what it holds; nothing for what is no pair."""
        if node.name == "w:hyperlink":
            return self._pair(node, node, Code(0, Role.LINK, href=self._href(node)), self._slots(node))
        if node.name == "w:fldSimple" and not is_opaque(node.get("w:instr")):
            return self._pair(node, node, target(node.get("w:instr")))
        if node.name in ("w:sdt", "w:dir", "w:bdo"):
            content = node.child("w:sdtContent") if node.name == "w:sdt" else node
            return self._pair(node, content, Code(0)) if content else []
        return []

    def _alone(self, node: Node) -> Atom:
        """What stands in a paragraph and in no run."""
        if node.name == "mc:AlternateContent":
            return self._object(node, None)
        shown = "".join(text.words for text in node.all("m:t", "w:t"))
        fixed = node.name in ("m:oMath", "m:oMathPara", "w:fldSimple") and shown.strip()
        return Atom(Kind.FIXED if fixed else Kind.EMPTY, node.start, node.end, shown if fixed else "")

    def _is_last_edit(self, node: Node) -> bool:
        """Whether it is the bookmark that Word sets where the last change was made."""
        if node.get("w:name") == "_GoBack":
            self._last_edits.add(node.get("w:id"))
        return node.name.startswith("w:bookmark") and node.get("w:id") in self._last_edits

    def _pair(
        self, node: Node, content: Node, code: Code, slots: Sequence[Value] = ()
    ) -> list[tuple[Node | Atom, int]]:
        if content.inner == content.end:
            return [(Atom(Kind.EMPTY, node.start, node.end, code=code, slots=slots), 0)]
        name = f"element {node.start}"
        opening = Atom(Kind.OPEN, node.start, content.inner, code=code, name=name, scope=True, slots=slots)
        closing = Atom(Kind.CLOSE, content.close, node.end, name=name, scope=True)
        return [(opening, 0), *((child, content.start) for child in content.children), (closing, 0)]

    def _href(self, node: Node) -> str:
        address = self._context.links.get(node.get("r:id"), "")
        return f"{address}#{node.get('w:anchor')}" if node.get("w:anchor") else address

    def _slots(self, node: Node) -> list[Value]:
        found = node.attributes.get("w:tooltip")
        return [(found[1], found[2], found[0], "title", "attribute")] if found else []

    # -- runs -----------------------------------------------------------------------------------------------------

    def _run(self, node: Node, holder: int) -> Iterator[Atom]:
        styles = self._context.styles
        run = styles.run(node, self._style, self._context.part)
        held = [child for child in node.children if child.name not in ("", "w:rPr") and child.name not in _GONE]
        if held and not any(child.name == "w:fldChar" for child in held):
            whole = Atom(Kind.EMPTY, held[0].start, held[-1].end, run=run)
            if styles.hidden(node, self._style):
                yield whole
                return
            if Role.CODE in run.roles and all(child.name == "w:t" for child in held):
                shown = "".join(child.words for child in held)
                yield replace(whole, kind=Kind.FIXED, text=shown) if shown.strip() else whole
                return
        for child in held:
            atom = self._in_run(child, run, holder)
            if atom is not None:
                yield atom

    def _in_run(self, node: Node, run: Run, holder: int) -> Atom | None:
        name = node.name
        if name == "w:t":
            # Without xml:space="preserve" Word drops white space at both ends.
            text = node.words if node.get("xml:space") == "preserve" else node.words.strip(" \t\r\n")
            if not text:
                return None
            return Atom(Kind.TEXT, node.start, node.end, text, run=run, inner=node.inner, close=node.close)
        if name in _HYPHENS:
            return Atom(Kind.TEXT, node.start, node.end, _HYPHENS[name], run=run, inner=node.start, close=node.start)
        if name in ("w:fldChar", "w:instrText"):
            sign = node.get("w:fldCharType") if name == "w:fldChar" else "instruction"
            return Mark(Kind.EMPTY, node.start, node.end, node.words, run=run, sign=sign, holder=holder)
        if name in _OBJECTS:
            return self._object(node, run)
        if name in _NOTES:
            return Atom(Kind.EMPTY, node.start, node.end, code=self._note(node), run=run)
        if name == "w:ruby":
            base = node.child("w:rubyBase")
            shown = "".join(text.words for text in base.all("w:t")) if base else ""
            return Atom(Kind.FIXED if shown.strip() else Kind.EMPTY, node.start, node.end, shown, run=run)
        if name == "w:commentReference":
            self._context.seen.comments += 1
        line = name == "w:cr" or (name == "w:br" and node.get("w:type") in ("", "textWrapping"))
        return Atom(Kind.EMPTY, node.start, node.end, code=Code(0, Role.BREAK if line else Role.OTHER), run=run)

    def _note(self, node: Node) -> Code:
        """A note's mark; its label is the note's own name until all notes are known."""
        name = f"{_NOTES[node.name]} {node.get('w:id')}"
        seen = self._context.seen
        if name not in seen.notes and node.get("w:customMarkFollows") not in ("1", "true", "on"):
            seen.numbers[_NOTES[node.name]] += 1
            seen.notes[name] = seen.numbers[_NOTES[node.name]]
        return Code(0, Role.NOTE, label=name)

    # -- pictures and text boxes ----------------------------------------------------------------------------------

    def _object(self, node: Node, run: Run | None) -> Atom:
        seen = self._context.seen
        seen.objects += 1
        number = seen.objects
        boxes: list[tuple[Node, str]] = []
        slots: list[Value] = []
        href, role, shown = "", Role.OTHER, ""
        for inner, spare in _within(node):
            if inner.name == "w:txbxContent":
                boxes.append((inner, f"{'spare' if spare else 'text'}:{number}"))
            elif inner.name == "w:t":
                shown += inner.words if spare else ""
            elif inner.name in ("a:blip", "v:imagedata"):
                link = inner.get("r:embed") or inner.get("r:link") or inner.get("r:id")
                href, role = href or self._context.links.get(link, ""), Role.IMAGE
            elif inner.name in _UNREAD:
                seen.unread[_UNREAD[inner.name]] += not spare
            else:
                labels = _READ.get(inner.name, {"alt": "alt"})
                slots += [
                    (start, end, value, labels[name], f"attribute:{number}")
                    for name, (value, start, end) in inner.attributes.items()
                    if name in labels
                ]
        if shown.strip() and not boxes and role is Role.OTHER:  # an emoji, and a spare for programs that lack it
            return Atom(Kind.FIXED, node.start, node.end, shown, run=run)
        first = boxes[0][0].start if boxes else node.end
        later = [slot for slot in slots if slot[0] > first]
        return Atom(
            Kind.EMPTY,
            node.start,
            node.end,
            code=Code(0, role, href=href),
            run=run,
            slots=[slot for slot in slots if slot[0] < first],
            inside=(lambda: self._boxes(boxes, later)) if boxes else None,
            inner=first,
        )

    def _boxes(self, boxes: Sequence[tuple[Node, str]], slots: Sequence[Value]) -> Walk:
        waiting = sorted(slots, reverse=True)
        for box, style in boxes:
            while waiting and waiting[-1][0] < box.start:
                self._context.flow.attribute(*waiting.pop())
            yield self._context.walk(box, style)
        for slot in reversed(waiting):
            self._context.flow.attribute(*slot)


def _within(node: Node) -> Iterator[tuple[Node, bool]]:
    """What is in a drawing and matters, and whether it is only a spare for programs that lack the other form."""
    stack: list[tuple[Iterator[Node], bool]] = [(iter([node]), False)]
    while stack:
        children, spare = stack[-1]
        child = next(children, None)
        if child is None:
            stack.pop()
            continue
        if child.name in ("w:txbxContent", "w:t", "a:blip", *_READ, *_UNREAD) or child.name.startswith("v:"):
            yield child, spare
        if child.name not in ("w:txbxContent", "w:t"):
            stack.append((iter(child.children), spare or child.name == "mc:Fallback"))
