"""Markup, read from front to back → blocks and pieces, for every format that has inline markup.

A reader walks through its source and tells a ``Flow``, for each stretch of it in order, what it is: the start of a
block, text, an inline tag, anything else. Each call names where the stretch ends; it begins where the last one ended:
the stretches tile the source and nothing can be lost. The ``Builder`` numbers blocks across the parts of a file
(a DOCX has several) and makes the pieces of its skeleton.

What the flow settles for all formats: outer white space and halves of pairs are not part of a block's text; tags that
cross, or whose partner is in another block, stand alone; a block without words, image or note is no block.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field, replace
from itertools import count
from re import finditer

from toolkit.errors import SourceError
from toolkit.formats.drafts import NO_WRAP, Change, Draft, DraftMarkup, Hole, Part, Place, Wrap, pieces
from toolkit.formats.items import NO_CODE, Item, counts, edges, pair, stripped
from toolkit.formats.paragraphs import MAX_PARAGRAPHS
from toolkit.model import Block, BlockKind, Code, Container, Frame, Origin
from toolkit.placeholders import Form, Tag, escape

__all__ = ["Builder", "Flow", "Place", "Wrap", "pieces"]

#: Containers and notes nested deeper than this are read as if the rest of them were not there.
DEEPEST = 40
#: Of one paragraph. No person reads so many, and to look at each takes long.
MOST_TAGS = 20_000


#: Before Python 3.12 it takes long to look up a member of an enumeration.
_OPEN, _CLOSE, _EMPTY, _FIXED = Form.OPEN, Form.CLOSE, Form.EMPTY, Form.FIXED


@dataclass(slots=True)
class _Level:
    """The blocks of the source itself, or those inside a note, and the elements that are open in it."""

    places: list[Place]
    within: list[tuple[Container, ...]]
    parts: list[Part] = field(default_factory=list)
    items: list[Item] = field(default_factory=list)
    drafts: list[Draft] = field(default_factory=list)
    start: int = 0
    code: Code = NO_CODE
    shell: Wrap = NO_WRAP


class Builder:
    """Collects the blocks of one file, from one flow or several.

    Args:
        path: of the source, for origins.
        language: BCP 47 tag of the release.
    """

    def __init__(self, path: str, language: str) -> None:
        self.path, self.language = path, language
        self._drafts: list[Draft] = []
        self._containers = count(1)

    def flow(self, source: str, root: Place, *, line_of: Callable[[int], int] | None = None) -> Flow:
        """Start reading a part of the file.

        Args:
            source: the part, whole.
            root: what its blocks are where nothing else says so.
            line_of: offset → line for origins; None counts line ends.
        """
        return Flow(self, source, root, line_of or _line_counter(source))

    def container(self, place: Place) -> Container:
        """A new container for a place that has a frame."""
        number = next(self._containers)
        frame = place.frame or Frame.QUOTE
        return Container(f"c{number}", frame, place.column, place.columns, place.rows, place.start)

    def take(self, drafts: Iterable[Draft]) -> None:
        """Keep finished blocks, in order."""
        self._drafts += drafts

    def blocks(self) -> tuple[Block, ...]:
        """All blocks, numbered; once every flow has been finished."""
        for number, draft in enumerate(self._drafts, 1):
            draft.id = f"p{number}"
        return tuple(self._block(draft) for draft in self._drafts)

    def _block(self, draft: Draft) -> Block:
        place = draft.place
        codes = tuple(
            replace(code, blocks=tuple(hanger.id for hanger in draft.hangers[code.number]))
            if code.number in draft.hangers
            else code
            for code in draft.codes
        )
        return Block(
            id=draft.id,
            kind=BlockKind.VERBATIM if place.fixed else place.kind or BlockKind.PARAGRAPH,
            text=draft.text,
            level=place.level,
            codes=codes,
            within=draft.within,
            language="" if _same_language(place.language, self.language) else place.language,
            label=place.label,
            origin=Origin(self.path, draft.line),
        )


class Flow:
    """One part of a file on its way into blocks. Offsets are characters of the source, each at least the last one."""

    def __init__(self, builder: Builder, source: str, root: Place, line_of: Callable[[int], int]) -> None:
        self._builder, self._source, self._line_of = builder, source, line_of
        self._at = 0
        self._levels = [_Level([root], [()])]
        self._pending: list[tuple[int, int, Part, Draft | None]] = []
        self._ignored = 0

    @property
    def place(self) -> Place:
        """Where the flow is: what a block that began now would be, with all that it inherits."""
        return self._levels[-1].places[-1]

    # -- blocks ---------------------------------------------------------------------------------------------------

    def boundary(self, end: int) -> None:
        """Markup between blocks: the one that was open ends in front of it."""
        level = self._levels[-1]
        if level.items:
            self._flush()
        if not self._pending:  # as almost always: as short as can be
            if end > self._at:
                level.parts.append(self._source[self._at : end])
                self._at = end
            return
        parts, drafts = self._raw(end)
        level.parts += parts
        level.drafts += drafts

    def enter(self, end: int, place: Place) -> None:
        """The start tag of an element whose content is blocks, or a block itself; "" and None are inherited."""
        self.boundary(end)
        level = self._levels[-1]
        around, within = level.places[-1], level.within[-1]
        if place.frame is not None and len(within) < DEEPEST:
            within = (*within, self._builder.container(place))
        level.within.append(within)
        language = place.language or around.language
        foreign = bool(place.language) and not _same_language(place.language, self._builder.language)
        fixed = (foreign or (bool(around.fixed) and not place.language)) if place.fixed is None else place.fixed
        level.places.append(
            replace(
                place,
                kind=place.kind or around.kind,
                level=place.level if place.kind else around.level,
                language=language,
                style=place.style or around.style,
                wrap=around.wrap if place.wrap is None else place.wrap,
                label=place.label or around.label,
                fixed=fixed,
            )
        )

    def leave(self, end: int) -> None:
        """The end tag of the element entered last."""
        self.boundary(end)
        level = self._levels[-1]
        if len(level.places) > 1:
            level.places.pop()
            level.within.pop()

    def wrap(self, wrap: Wrap) -> None:
        """Wrap of the block that is open or begins now, in place of its place's own."""
        self._levels[-1].places[-1] = replace(self.place, wrap=wrap)

    # -- inside a block -------------------------------------------------------------------------------------------

    def text(self, end: int, text: str | None = None) -> None:
        """Characters; ``text`` is what they mean when that is not what stands there (an entity, a CDATA section)."""
        if end == self._at:
            return
        raw = self._source[self._at : end]
        self._levels[-1].items.append(Item(None, raw if text is None else text, [raw], self._at))
        self._at = end

    def open(self, end: int, name: str, code: Code, wrap: Wrap | None = None, shell: Wrap = NO_WRAP) -> None:
        """A start tag inside text. ``name`` finds its end tag; the code's number does not matter.

        ``wrap`` and ``shell`` are those of ``skeleton.Markup``.
        """
        self._inline(_OPEN, end, name=name, code=code, wrap=wrap, shell=shell)

    def close(self, end: int, name: str) -> None:
        """An end tag inside text; one without start tag stands alone."""
        self._inline(_CLOSE, end, name=name)

    def empty(self, end: int, code: Code, shell: Wrap = NO_WRAP) -> None:
        """Something that stands alone: a line break, an image, a comment."""
        self._inline(_EMPTY, end, code=code, shell=shell)

    def fixed(self, end: int, shown: str, code: Code, shell: Wrap = NO_WRAP) -> None:
        """Words that are not translated, with their markup; ``shown`` is what people see of them."""
        self._inline(_FIXED, end, text=" ".join(shown.split()), code=code, shell=shell)

    def nest(self, end: int, code: Code, shell: Wrap = NO_WRAP) -> None:
        """The start of something that stands alone in the text around it and holds blocks of its own: a note.

        Its start tag ends at ``end``; blocks follow, then ``unnest``.
        """
        if len(self._levels) > DEEPEST:
            self._ignored += 1
            self.boundary(end)
            return
        start = self._at
        parts, drafts = self._raw(end)
        place = replace(self.place, kind=BlockKind.PARAGRAPH, level=0)
        self._levels.append(_Level([place], [self._levels[-1].within[-1]], parts, [], drafts, start, code, shell))

    def unnest(self, end: int) -> None:
        """The end of what ``nest`` began."""
        self.boundary(end)
        if self._ignored:
            self._ignored -= 1
            return
        if len(self._levels) > 1:
            inner = self._levels.pop()
            item = Item(_EMPTY, "", inner.parts, inner.start, code=inner.code, shell=inner.shell)
            item.blocks = inner.drafts
            self._levels[-1].items.append(item)

    def attribute(self, start: int, end: int, text: str, label: str, style: str) -> None:
        """A translatable value inside the next stretch, which must reach over it: source[start:end] means ``text``."""
        fixed = bool(self.place.fixed)
        core = text.strip()
        if fixed or not any(map(str.isalnum, core)):
            return
        place = Place(BlockKind.ATTRIBUTE, style=style, label=label, language=self.place.language)
        draft = Draft(place, self._levels[-1].within[-1], self._line_of(start), escape(text))
        hole = Hole(draft, (self._source[start:end],), ())
        self._pending.append((start, end, hole, draft))

    def localise(self, start: int, end: int, template: str, unless: tuple[str, str] = ("", "")) -> None:
        """Bytes inside the next stretch that change with the language; see ``skeleton.Localised``."""
        self._pending.append((start, end, Change(self._source[start:end], template, unless), None))

    def finish(self) -> list[Part]:
        """The rest of the source is no text; all pieces of it, for ``pieces``."""
        while len(self._levels) > 1:  # never closed
            self.unnest(self._at)
        self.boundary(len(self._source))
        level = self._levels[-1]
        self._builder.take(level.drafts)
        return level.parts

    # -- how ------------------------------------------------------------------------------------------------------

    def _raw(self, end: int) -> tuple[list[Part], list[Draft]]:
        """The stretch up to ``end`` with the slots that are inside it."""
        parts: list[Part] = []
        drafts: list[Draft] = []
        at = self._at
        if not self._pending:
            self._at = end
            return ([self._source[at:end]] if end > at else []), drafts
        later: list[tuple[int, int, Part, Draft | None]] = []
        for start, stop, part, draft in sorted(self._pending, key=lambda each: each[:2]):
            if stop > end:
                later.append((start, stop, part, draft))
            if start < at or stop > end:
                continue
            if start > at:
                parts.append(self._source[at:start])
            parts.append(part)
            if draft is not None:
                drafts.append(draft)
            at = stop
        if end > at:
            parts.append(self._source[at:end])
        self._pending = later
        self._at = end
        return parts, drafts

    def _inline(
        self,
        form: Form,
        end: int,
        *,
        name: str = "",
        code: Code = NO_CODE,
        wrap: Wrap | None = None,
        shell: Wrap = NO_WRAP,
        text: str = "",
    ) -> None:
        start = self._at
        parts, drafts = self._raw(end)
        self._levels[-1].items.append(Item(form, text, parts, start, name, code, wrap, shell, drafts))

    def _flush(self) -> None:
        """End the block that is open, if there is one."""
        level = self._levels[-1]
        items, level.items = level.items, []
        pair(items)
        first, last = (0, len(items)) if self.place.whole else edges(items)
        before, after = items[:first], items[last:]
        items = items[first:last]
        if not any(counts(item) for item in items):
            before, items = [*before, *items], []
        for item in before:
            level.parts += item.parts
            level.drafts += item.blocks
        if items:
            lead, items, tail = ("", items, "") if self.place.whole else stripped(items)
            level.parts += [lead] if lead else []
            hole = self._hole(items, first)
            level.parts += [hole, tail] if tail else [hole]
            level.drafts.append(hole.draft)
            level.drafts += [draft for item in items for draft in item.blocks]
            if len(level.drafts) > MAX_PARAGRAPHS:
                raise SourceError(
                    f"the file has more than {MAX_PARAGRAPHS:,} paragraphs",
                    where=f"{self._builder.path}:{hole.draft.line}",
                    hint="Split the file: no release is this long.",
                )
        for item in after:
            level.parts += item.parts
            level.drafts += item.blocks

    def _hole(self, items: list[Item], shift: int) -> Hole:
        """A block of items that were so many places further on when they were paired."""
        if len(items) > MOST_TAGS and sum(item.form is not None for item in items) > MOST_TAGS:
            raise SourceError(
                f"a paragraph has more than {MOST_TAGS:,} tags",
                where=f"{self._builder.path}:{self._line_of(items[0].start)}",
                hint="Part it into paragraphs, or look at the program that wrote the file.",
            )
        place = self.place
        if not any(item.form in (_EMPTY, _FIXED) or any(map(str.isalnum, item.text)) for item in items):
            place = replace(place, fixed=True)  # an ornament
        draft = Draft(place, self._levels[-1].within[-1], self._line_of(items[0].start))
        text: list[str] = []
        literal: list[str] = []
        raw: list[str] = []
        spelling: list[str] = []
        markup: dict[int, DraftMarkup] = {}
        codes: dict[int, Code] = {}
        numbers: dict[int, int] = {}
        for at, item in enumerate(items):
            if item.form is None:
                literal.append(item.text)
                raw += [part for part in item.parts if isinstance(part, str)]
                continue
            text.append(escape("".join(literal)))
            spelling.append("".join(raw))
            literal, raw = [], []
            opening = at if item.partner is None else min(at, item.partner - shift)
            number = numbers.setdefault(opening, len(numbers) + 1)
            form = _EMPTY if item.partner is None and item.form in (_OPEN, _CLOSE) else item.form
            text.append(str(Tag(form, number, escape(item.text))))
            if form is _CLOSE:
                markup[number].close.extend(item.parts)
            else:
                lone = item.form is _OPEN and form is _EMPTY
                codes[number] = Code(number) if lone or item.code == NO_CODE else replace(item.code, number=number)
                markup[number] = DraftMarkup(number, item.parts, [], item.wrap, item.shell)
            if item.blocks:
                draft.hangers[number] = item.blocks
        text.append(escape("".join(literal)))
        spelling.append("".join(raw))
        draft.text = "".join(text)
        draft.codes = tuple(codes.values())
        return Hole(draft, tuple(spelling), tuple(markup.values()))


def _same_language(one: str, other: str) -> bool:
    """Whether two tags name the same language, whatever the region; "" is the same as any."""
    return not one or one.lower().partition("-")[0] == other.lower().partition("-")[0]


def _line_counter(source: str) -> Callable[[int], int]:
    ends = [match.end() for match in finditer("\r\n|\r|\n", source)]
    return lambda offset: bisect_right(ends, offset) + 1
