"""What a flow collects before blocks have numbers, and how that becomes the pieces of a skeleton."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from itertools import groupby

from toolkit.model import BlockKind, Code, Container, Frame
from toolkit.skeleton import Localised, Markup, Piece, Slot

NO_WRAP = ("", "")
Wrap = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Place:
    """What blocks in some element are.

    Attributes:
        kind: None for that of the place around it.
        level: of headings.
        frame: the container that the element is; None when it is none.
        column, columns, rows, start: of the container.
        language: "" for that of the place around it. A block in another language than the release's is VERBATIM.
        style: of its slots; "" for that of the place around it.
        wrap: of its slots; None for that of the place around it.
        label: of ATTRIBUTE blocks.
        fixed: nothing inside is translated; None for what holds around it.
        whole: white space and tags at a block's edges belong to it; see ``skeleton.Slot``. Not inherited.
    """

    kind: BlockKind | None = None
    level: int = 0
    frame: Frame | None = None
    column: int = 0
    columns: int = 1
    rows: int = 1
    start: int = 1
    language: str = ""
    style: str = ""
    wrap: Wrap | None = None
    label: str = ""
    fixed: bool | None = None
    whole: bool = False


@dataclass(slots=True)
class Draft:
    """A block before it has its number."""

    place: Place
    within: tuple[Container, ...]
    line: int
    text: str = ""
    codes: tuple[Code, ...] = ()
    hangers: dict[int, list[Draft]] = field(default_factory=dict)
    id: str = ""


@dataclass(frozen=True, slots=True)
class Hole:
    """A slot before its block has a number."""

    draft: Draft
    spelling: tuple[str, ...]
    markup: tuple[DraftMarkup, ...]


@dataclass(frozen=True, slots=True)
class DraftMarkup:
    """The source of a placeholder."""

    number: int
    open: list[Part]
    close: list[Part]
    wrap: Wrap | None
    shell: Wrap = NO_WRAP


@dataclass(frozen=True, slots=True)
class Change:
    """What changes with the language of the file."""

    raw: str
    template: str
    unless: tuple[str, str] = ("", "")


Part = str | Hole | Change


def pieces(parts: Iterable[Part], encoding: str) -> tuple[Piece, ...]:
    """What ``Flow.finish`` returned → pieces of a skeleton; once ``Builder.blocks`` has numbered the blocks."""
    made: list[Piece] = []
    for is_text, run in groupby(parts, key=lambda part: isinstance(part, str)):
        if is_text:
            made.append("".join(part for part in run if isinstance(part, str)).encode(encoding))
            continue
        for part in run:
            if isinstance(part, Change):
                made.append(Localised(part.raw.encode(encoding), part.template, part.unless))
            elif isinstance(part, Hole):
                made.append(_slot(part, encoding))
    return tuple(made)


def _slot(hole: Hole, encoding: str) -> Slot:
    place = hole.draft.place
    return Slot(
        block=hole.draft.id,
        style=place.style,
        text=hole.draft.text,
        spelling=tuple(raw.encode(encoding) for raw in hole.spelling),
        markup=tuple(
            Markup(
                each.number,
                pieces(each.open, encoding),
                pieces(each.close, encoding),
                None if each.wrap is None else _encoded(each.wrap, encoding),
                _encoded(each.shell, encoding),
            )
            for each in hole.markup
        ),
        wrap=_encoded(place.wrap or NO_WRAP, encoding),
        whole=place.whole,
    )


def _encoded(wrap: Wrap, encoding: str) -> tuple[bytes, bytes]:
    return wrap[0].encode(encoding), wrap[1].encode(encoding)
