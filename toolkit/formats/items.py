"""The stretches inside a block: which of them are pairs, which only surround the rest."""

from __future__ import annotations

from dataclasses import dataclass, field

from toolkit.formats.drafts import NO_WRAP, Draft, Part, Wrap
from toolkit.model import Code, Role
from toolkit.placeholders import Form

NO_CODE = Code(0)
#: Before Python 3.12 it takes long to look up a member of an enumeration.
_OPEN, _CLOSE, _EMPTY, _FIXED = Form.OPEN, Form.CLOSE, Form.EMPTY, Form.FIXED
_SHOWN = (Role.IMAGE, Role.NOTE)


@dataclass(slots=True)
class Item:
    """A stretch inside a block.

    Attributes:
        form: None for text.
        text: of text, and the words shown of a FIXED one.
        parts: its source, which begins at offset ``start``.
        blocks: drafts inside ``parts``.
        partner: index of the other half of a pair.
    """

    form: Form | None
    text: str
    parts: list[Part]
    start: int
    name: str = ""
    code: Code = NO_CODE
    wrap: Wrap | None = None
    shell: Wrap = NO_WRAP
    blocks: list[Draft] = field(default_factory=list)
    partner: int | None = None


def pair(items: list[Item]) -> None:
    """Find each pair's other half; tags that cross another pair, or have no other half, stand alone."""
    stack: list[int] = []
    waiting: dict[str, int] = {}
    for at, item in enumerate(items):
        if item.form is _OPEN:
            stack.append(at)
            waiting[item.name] = waiting.get(item.name, 0) + 1
        elif item.form is _CLOSE and waiting.get(item.name):
            while True:  # those above it cross: they stay without partner
                opening = stack.pop()
                waiting[items[opening].name] -= 1
                if items[opening].name == item.name:
                    break
            item.partner, items[opening].partner = opening, at


def counts(item: Item) -> bool:
    """Whether an item makes a block worth having."""
    if item.form is None:
        return bool(item.text.strip())
    return item.form is _FIXED or item.code.role in _SHOWN


def edges(items: list[Item]) -> tuple[int, int]:
    """The items without what only surrounds them: white space, halves of pairs, what stands alone and says nothing."""

    def outer(item: Item) -> bool:
        if item.form is None:
            return not item.text.strip()
        return not counts(item) and item.partner is None

    first, last = 0, len(items)
    while first < last and outer(items[first]):
        first += 1
    while last > first and outer(items[last - 1]):
        last -= 1
    return first, last


def stripped(items: list[Item]) -> tuple[str, list[Item], str]:
    """White space in front of and behind the text of the outermost items.

    Where it does not stand as itself (inside a CDATA section) it stays in the spelling, and no block's text has it.
    """
    lead = tail = ""
    first = items[0]
    if first.form is None:
        core = first.text.lstrip()
        if first.parts == [first.text]:
            lead = first.text[: len(first.text) - len(core)]
            items[0] = Item(None, core, [core], first.start + len(lead))
        else:
            first.text = core
    last = items[-1]
    if last.form is None:
        core = last.text.rstrip()
        if last.parts == [last.text]:
            tail = last.text[len(core) :]
            items[-1] = Item(None, core, [core], last.start)
        else:
            last.text = core
    return lead, items, tail
