"""A paragraph of an OpenDocument text → the atoms that ``office_runs`` makes placeholders of (ODF 1.3 part 3, 6 and 7).

Tracked changes are read as if all were accepted: what was deleted stands elsewhere in the file (5.5), and the marks in
the text are not kept.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.formats.flow import Flow, Place
from toolkit.formats.office.odf_styles import OdfStyles
from toolkit.formats.office.runs import Atom, Kind, Run, Value, Walk
from toolkit.formats.office.xml import Node, spelled
from toolkit.model import BlockKind, Code, Role

Spans = tuple[Node, ...]
_GONE = frozenset({"text:change", "text:change-start", "text:change-end", "text:soft-page-break"})
_PAIRS = frozenset({"text:a", "text:meta", "text:text-input", "text:placeholder"})
_RANGES = {
    "text:bookmark-start": Kind.OPEN,
    "text:bookmark-end": Kind.CLOSE,
    "text:reference-mark-start": Kind.OPEN,
    "text:reference-mark-end": Kind.CLOSE,
}
#: What may stand around a paragraph's content without being part of it.
OUTER = frozenset({*_RANGES, "text:soft-page-break"})
TEXTS = frozenset({"text:p", "text:h", "text:list", "table:table", "text:section"})
_READ = {"svg:title": "title", "svg:desc": "alt"}
_SPACES = re.compile(r"^ +| {2,}")
#: More spaces in a row than this were not typed.
_MOST_SPACES = 200


@dataclass(slots=True)
class Seen:
    """What a whole document holds, for warnings."""

    tracked: int = 0
    comments: int = 0
    unread: Counter[str] = field(default_factory=Counter)


@dataclass(frozen=True, slots=True)
class Context:
    """What reading one part needs; ``walk`` walks the blocks of an element."""

    flow: Flow
    styles: OdfStyles
    seen: Seen
    walk: Callable[[Node], Walk]


def spell(text: str, *, attribute: bool = False, plain: bool = False) -> str:
    """Text as a paragraph holds it: a space behind another one, or in front, is an element of its own (6.1.2)."""
    raw = spelled(text, attribute=attribute)
    if attribute or plain:
        return raw
    return _SPACES.sub(lambda run: _spaces(run[0], run.start() == 0), raw).replace("\t", "<text:tab/>")


def _spaces(run: str, first: bool) -> str:
    count = len(run) - (not first)
    element = "<text:s/>" if count == 1 else f'<text:s text:c="{count}"/>'
    return element if first else " " + element


def atoms(context: Context, node: Node) -> list[Atom]:
    """What a text:p or text:h says."""
    reader = _Reader(context, node.get("text:style-name"))
    out: list[Atom] = []
    work: list[tuple[Node | Atom, Spans]] = [(child, ()) for child in reversed(node.children)]
    while work:
        item, spans = work.pop()
        if isinstance(item, Atom):
            out.append(item)
        else:
            work += reversed(reader.expanded(item, spans))
    return out


class _Reader:
    def __init__(self, context: Context, style: str) -> None:
        self._context, self._style = context, style
        self._after_space = True

    def expanded(self, node: Node, spans: Spans) -> list[tuple[Node | Atom, Spans]]:
        """What a node in a paragraph stands for: atoms, and nodes to look into."""
        name = node.name
        if name in _GONE:
            self._context.seen.tracked += name in ("text:change", "text:change-start")
            return []
        if name == "text:span":
            return [(child, (*spans, node)) for child in node.children]
        if name in _PAIRS and node.end > node.inner:
            pair = f"element {node.start}"
            code = Code(0, Role.LINK, href=node.get("xlink:href")) if name == "text:a" else Code(0)
            opening = Atom(Kind.OPEN, node.start, node.inner, code=code, name=pair, scope=True)
            closing = Atom(Kind.CLOSE, node.close, node.end, name=pair, scope=True)
            return [(opening, ()), *((child, spans) for child in node.children), (closing, ())]
        if name in _RANGES:
            pair = f"{name.rpartition('-')[0]} {node.get('text:name')}"
            return [(Atom(_RANGES[name], node.start, node.end, name=pair, mark=True), spans)]
        run = self._context.styles.run(spans, self._style)
        atom = self._text(node, run, spans) if not name or name == "text:s" else self._other(node, run)
        return [(atom, spans)] if atom else []

    def _text(self, node: Node, run: Run, spans: Spans) -> Atom | None:
        if node.name == "text:s":
            count = node.get("text:c", "1")
            many = int(count) if count.isdecimal() and len(count) < 7 else _MOST_SPACES + 1
            self._after_space = False
            if many > _MOST_SPACES:
                return Atom(Kind.EMPTY, node.start, node.end, run=run)
            return Atom(Kind.TEXT, node.start, node.end, " " * many, run=run, inner=node.start, close=node.start)
        text = re.sub(r"[ \t\r\n]+", " ", node.text)
        if self._after_space:
            text = text.removeprefix(" ")
        if not text:
            return None
        self._after_space = text.endswith(" ")
        if self._context.styles.hidden(spans, self._style):
            return Atom(Kind.EMPTY, node.start, node.end, run=run)
        if Role.CODE in run.roles and text.strip():
            return Atom(Kind.FIXED, node.start, node.end, text, run=run)
        return Atom(Kind.TEXT, node.start, node.end, text, run=run, inner=node.start, close=node.end)

    def _other(self, node: Node, run: Run) -> Atom:
        name = node.name
        self._after_space = False
        if name == "text:note":
            return self._note(node, run)
        if name.startswith("draw:"):
            return drawing(self._context, node, run)
        if name in ("office:annotation", "office:annotation-end"):
            self._context.seen.comments += name == "office:annotation"
            return Atom(Kind.EMPTY, node.start, node.end, run=run)
        if name == "text:line-break":
            return Atom(Kind.EMPTY, node.start, node.end, code=Code(0, Role.BREAK), run=run)
        shown = (node.child("text:ruby-base") or node).words
        kind = Kind.FIXED if shown.strip() else Kind.EMPTY
        return Atom(kind, node.start, node.end, shown if kind is Kind.FIXED else "", run=run)

    def _note(self, node: Node, run: Run) -> Atom:
        citation, body = node.child("text:note-citation"), node.child("text:note-body")
        code = Code(0, Role.NOTE, label=" ".join(citation.words.split()) if citation else "")
        if body is None or body.inner == body.end:
            return Atom(Kind.EMPTY, node.start, node.end, code=code, run=run)
        return Atom(
            Kind.EMPTY,
            node.start,
            node.end,
            code=code,
            run=run,
            inside=lambda: self._context.walk(body),
            inner=body.inner,
        )


# -- pictures and text boxes -------------------------------------------------------------------------------------------


@dataclass(slots=True)
class _Drawing:
    """What is in a drawing: boxes with where their text begins, descriptions, the picture's address."""

    boxes: list[tuple[Node, int]] = field(default_factory=list)
    slots: list[Value] = field(default_factory=list)
    href: str = ""
    role: Role = Role.OTHER


def drawing(context: Context, node: Node, run: Run | None) -> Atom:
    """A frame, a shape or a group of them in a paragraph."""
    found = _looked_into(context, node)
    first = found.boxes[0][1] if found.boxes else node.end
    later = [slot for slot in found.slots if slot[0] > first]
    return Atom(
        Kind.EMPTY,
        node.start,
        node.end,
        code=Code(0, found.role, href=found.href),
        run=run,
        slots=[slot for slot in found.slots if slot[0] < first],
        inside=(lambda: _boxes(context, found.boxes, later)) if found.boxes else None,
        inner=first,
    )


def floating(context: Context, node: Node) -> Walk:
    """A drawing that stands between paragraphs."""
    found = _looked_into(context, node)
    context.flow.boundary(node.start)
    yield from _boxes(context, found.boxes, found.slots)
    context.flow.boundary(node.end)


def _looked_into(context: Context, node: Node) -> _Drawing:
    found = _Drawing()
    for inner in _within(node):
        if inner.name in _READ:
            if inner.end > inner.inner:
                found.slots.append((inner.inner, inner.close, inner.words, _READ[inner.name], "plain"))
        elif inner.name == "draw:image":
            found.href = found.href or inner.get("xlink:href").removeprefix("./")
            found.role = Role.IMAGE
        elif inner.name == "draw:object":
            context.seen.unread["embedded objects"] += 1
        else:
            found.boxes.append((inner, next(each.start for each in inner.children if each.name not in ("", *_READ))))
    return found


def _within(node: Node) -> Iterator[Node]:
    stack = [iter([node])]
    while stack:
        child = next(stack[-1], None)
        if child is None:
            stack.pop()
        elif any(each.name in TEXTS for each in child.children):
            yield from (each for each in child.children if each.name in _READ)
            yield child
        else:
            if child.name in ("draw:image", "draw:object", *_READ):
                yield child
            stack.append(iter(child.children))


def _boxes(context: Context, boxes: Sequence[tuple[Node, int]], slots: Sequence[Value]) -> Walk:
    waiting = sorted(slots, reverse=True)
    for box, start in boxes:
        while waiting and waiting[-1][0] < start:
            context.flow.attribute(*waiting.pop())
        context.flow.enter(start, Place(BlockKind.PARAGRAPH))
        yield context.walk(box)
        context.flow.leave(box.close)
    for slot in reversed(waiting):
        context.flow.attribute(*slot)
