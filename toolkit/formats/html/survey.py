"""What must be known of a page before it is read from front to back: where each element ends and what it holds."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import accumulate

from toolkit.formats.html.elements import BLOCKS, CODE, HEAD, VOID
from toolkit.formats.html.tokens import Attribute, Kind, Token, attributes

_SWITCH = re.compile("lang|translate", re.IGNORECASE)
#: Before Python 3.12 it takes long to look up a member of an enumeration.
_START, _END = Kind.START, Kind.END
_TAG = (_START, _END)


class Survey:
    """The tokens of a page and how they belong together; questions about a stretch take no time.

    Attributes:
        tokens: which tile the page.
        ends: for each start tag the index of its end tag, -1 where it has none; so for each other token.
        root: index of the first ``<html>``, -1 where there is none.
        insertion: index of the token behind which a head can be added to: the declaration of the encoding, which must
            not be moved away from the start of the file, or ``<head>``; -1 where there is neither.
    """

    def __init__(self, source: str, tokens: Sequence[Token], language: str, *, xml: bool) -> None:
        self.source, self.tokens, self.xml = source, tokens, xml
        self.ends = self._pairs()
        self._language = language.lower().partition("-")[0]
        found = self.tokens
        starts = [token.kind is _START for token in found]
        self._blocks = self._counted([token.kind in _TAG and token.name in BLOCKS for token in found])
        self._codes = self._counted([start and token.name in CODE for start, token in zip(starts, found, strict=True)])
        switches = _SWITCH.search(source) is not None
        self._switches = self._counted(
            [switches and start and self._switches_on(token) for start, token in zip(starts, found, strict=True)]
        )
        self.root = next((at for at, token in enumerate(found) if starts[at] and token.name == "html"), -1)
        self.insertion = self._insertion()

    def attributes(self, at: int) -> dict[str, Attribute]:
        """Of a start tag."""
        token = self.tokens[at]
        return attributes(self.source, token.attributes, token.end)

    def holds_blocks(self, start: int, end: int) -> bool:
        """Whether there is a tag of a block element between two tokens."""
        return self._blocks[end] > self._blocks[start + 1]

    def holds_code(self, start: int, end: int) -> bool:
        """Whether there is a start tag of code between two tokens."""
        return self._codes[end] > self._codes[start + 1]

    def holds_switch(self, start: int, end: int) -> bool:
        """Whether something between two tokens says that it is to be translated, or in the page's language."""
        return self._switches[end] > self._switches[start + 1]

    @staticmethod
    def _counted(flags: Sequence[bool]) -> Sequence[int]:
        return [*accumulate(flags, initial=0)]

    def _pairs(self) -> list[int]:
        ends = [-1] * len(self.tokens)
        stack: list[int] = []
        waiting: dict[str, int] = {}
        for at, (kind, _, _, name, _, closed) in enumerate(self.tokens):
            if kind is _START:
                if name not in VOID and not (self.xml and closed):
                    stack.append(at)
                    waiting[name] = waiting.get(name, 0) + 1
            elif kind is _END and waiting.get(name):
                while True:
                    opening = stack.pop()
                    opened = self.tokens[opening].name
                    waiting[opened] -= 1
                    if opened == name:
                        break
                ends[opening] = at
        return ends

    def _switches_on(self, token: Token) -> bool:
        if not _SWITCH.search(self.source, token.attributes, token.end):
            return False
        values = {
            name: self.source[at.start : at.end].lower()
            for name, at in attributes(self.source, token.attributes, token.end).items()
        }
        if values.get("translate") in ("yes", ""):
            return True
        return any(values.get(name, "").partition("-")[0] == self._language for name in ("lang", "xml:lang"))

    def _insertion(self) -> int:
        head = -1
        for at, token in enumerate(self.tokens):
            if token.kind is _START:
                if token.name not in HEAD:
                    break
                if token.name == "head":
                    head = head if self.xml and token.closed else at
                elif token.name == "meta":
                    found = self.attributes(at)
                    kind = found.get("http-equiv")
                    said = self.source[kind.start : kind.end].lower() if kind else ""
                    if "charset" in found or said == "content-type":
                        return at
        return head
