"""What a page's tags say of its parts: landmarks, what is hidden and what opens it, links within the page, its texts.

HTML standard: ``hidden`` (6.1), ``popovertarget`` (6.12.1), fragments (7.4.6.3), ``noscript`` (4.12.2), ``dialog``
(4.11.4); roles: WAI-ARIA 1.2, 5.3. ``data-target`` and ``data-bs-target`` are Bootstrap's, and of those who copy it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from typing import NamedTuple
from urllib.parse import unquote

from toolkit.formats.html.addresses import base_of
from toolkit.formats.html.attributes import is_text
from toolkit.formats.html.elements import BLOCKS, HEAD, HEADINGS, OPAQUE, SILENT
from toolkit.formats.html.references import decoded
from toolkit.formats.html.survey import Survey
from toolkit.formats.html.tokens import Kind, Token

#: A tag without any of these says nothing of the page's parts.
_SAYS = re.compile("hidden|display|role|id|name|href|target|aria-controls|open", re.IGNORECASE)
#: The same of its texts.
_SAYS_TEXT = re.compile("alt|title|aria-|placeholder|value|label|abbr|summary", re.IGNORECASE)
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
#: Attributes of buttons and tabs that name what they open; all but the first two with "#", as in a style sheet.
_OPENERS = ("aria-controls", "popovertarget", "data-target", "data-bs-target")
_NAMES = re.compile(r"[\s,]+")
#: Roles → the element that says the same.
_ROLES = {
    **{name: name for name in ("main", "article", "figure")},
    **dict.fromkeys(("navigation", "search"), "nav"),
    "banner": "header",
    "contentinfo": "footer",
    **dict.fromkeys(("complementary", "dialog", "alertdialog"), "aside"),
}
_ELEMENTS = {**{name: name for name in (*_ROLES.values(), *HEADINGS)}, "search": "nav", "dialog": "aside"}
_TEXT, _START = Kind.TEXT, Kind.START


class Text(NamedTuple):
    """What people would read: a paragraph, or an attribute's value; with the index of its first token."""

    at: int
    text: str
    attribute: bool = False


class Stretches:
    """Stretches of tokens that may lie in each other, by their first and last index; whether a token is in one."""

    def __init__(self, stretches: Iterable[tuple[int, int]]) -> None:
        #: The outermost, first index → last.
        self.outermost: dict[int, int] = {}
        end = -1
        for first, last in sorted(stretches):
            if first > end:
                self.outermost[first] = end = last
        self._firsts = [*self.outermost]

    def __contains__(self, at: int) -> bool:
        found = bisect_right(self._firsts, at)
        return found > 0 and at <= self.outermost[self._firsts[found - 1]]


class Page:
    """Answers for one page; elements are the index of their start tag.

    Attributes:
        begin: index of the first token of the body.
        landmarks: name of an element ("main", or one whose role is "main"; "h1" …) → those of the page, in order.
        targets: id → the element that has it.
        links: links to a place in the page: the link, the id.
    """

    def __init__(self, survey: Survey) -> None:
        self._survey, self._source = survey, survey.source
        self.tokens, self.ends = survey.tokens, survey.ends
        self.begin = self._body()
        self.landmarks: dict[str, list[int]] = {name: [] for name in _ELEMENTS.values()}
        self.targets: dict[str, int] = {}
        self.links: list[tuple[int, str]] = []
        self._opened: set[str] = set()
        self._hiding: list[tuple[int, str]] = []
        self._base = base_of(survey)
        opaque = -1
        for at in range(self.begin, len(self.tokens)):
            if at > opaque and self.tokens[at].kind is _START:
                self._tag(at, self.tokens[at])
                opaque = self.ends[at] if self.tokens[at].name in OPAQUE else opaque

    def _body(self) -> int:
        """Index of the first token behind the head; what a head's ``noscript`` or ``template`` holds is of the head."""
        at = 0
        while at < len(self.tokens):
            token = self.tokens[at]
            if token.kind is _TEXT and not self._source[token.start : token.end].isspace():
                return at
            if token.kind is _START and token.name not in HEAD:
                return at
            at = max(at, self.ends[at] if token.name in ("noscript", "template") else at) + 1
        return at

    def _tag(self, at: int, token: Token) -> None:
        """What a start tag says."""
        values: Mapping[str, str] = {}
        landmark = _ELEMENTS.get(token.name)
        if _SAYS.search(self._source, token.attributes, token.end):
            found = self._survey.attributes(at)
            values = {name: decoded(self._source, each.start, each.end).strip() for name, each in found.items()}
            self._names(at, token.name, values)
            role = values.get("role", "").lower().split()
            landmark = _ROLES.get(role[0], landmark) if role else landmark
        if landmark:
            self.landmarks[landmark].append(at)
        if self.ends[at] > 0 and self._hides(token.name, values):
            self._hiding.append((at, values.get("id", "")))

    def _names(self, at: int, element: str, values: Mapping[str, str]) -> None:
        """What an element is called, leads to, and opens."""
        for name in ("id", "name") if element == "a" else ("id",):
            if values.get(name):
                self.targets.setdefault(values[name], at)
        if element in ("a", "area"):
            address, _, fragment = values.get("href", "").partition("#")
            if fragment and address in ("", self._base):
                self.links.append((at, unquote(fragment)))
                self._opened.add(unquote(fragment))
        for name in _OPENERS:
            if name in values:
                self._opened.update(each.removeprefix("#") for each in _NAMES.split(values[name]))

    def _hides(self, name: str, values: Mapping[str, str]) -> bool:
        if name in ("body", "noscript"):
            return name == "noscript"
        if not values:
            return name == "dialog"
        displays = _DISPLAY.findall(values.get("style", ""))
        return (
            (name == "dialog" and "open" not in values)
            or ("hidden" in values and values["hidden"].lower() != "until-found")
            or (bool(displays) and displays[-1].lower() == "none")
        )

    def stretches(self, *names: str) -> Stretches:
        """Those of the landmarks with these names."""
        return Stretches((at, max(at, self.ends[at])) for name in names for at in self.landmarks[name])

    def hidden(self) -> Stretches:
        """Elements that are not shown, and that nothing in the page opens.

        A script shows the rest of a page that hides its only main part or its only headline.
        """
        hiding = {at: self.ends[at] for at, name in self._hiding if not name or name not in self._opened}
        never = Stretches((at, end) for at, end in hiding.items() if self.tokens[at].name in ("dialog", "noscript"))
        everything = Stretches(hiding.items())
        dear: list[int] = []
        for name in ("main", "h1"):
            found = self.landmarks[name]
            if all(at in everything for at in found):
                dear += [at for at in found if at not in never and (name == "main" or at not in hiding)]
        dear.sort()
        return Stretches(
            (at, end)
            for at, end in hiding.items()
            if at in never or bisect_right(dear, at - 1) == bisect_right(dear, end)
        )

    def texts(self, hidden: Stretches) -> Iterator[Text]:
        """What people would read in the body."""
        parts = [at for found in self.landmarks.values() for at in found] + [*hidden.outermost]
        edges = {*parts, *(self.ends[at] for at in parts)}
        words: list[str] = []
        first = opaque = silent = -1
        for at in range(self.begin, len(self.tokens)):
            token = self.tokens[at]
            if words and (token.name in BLOCKS or at in edges):
                yield from self._block(first, words)
                words, first = [], -1
            if at > opaque and (text := self._text(token)):
                first = at if first < 0 and not text.isspace() else first
                words.append(text)
            elif token.kind is _START:
                if at > silent and token.name not in SILENT:
                    yield from self._attributes(at, token)
                if token.name in OPAQUE:
                    opaque = max(opaque, self.ends[at])
                    silent = opaque if token.name in SILENT or token.name == "svg" else silent
        yield from self._block(first, words)

    def _text(self, token: Token) -> str:
        if token.kind is Kind.CDATA and self._survey.xml:
            return self._source[token.start + 9 : token.end].removesuffix("]]>")
        return decoded(self._source, token.start, token.end, attribute=False) if token.kind is _TEXT else ""

    def _block(self, first: int, words: list[str]) -> Iterator[Text]:
        text = " ".join("".join(words).split())
        if any(map(str.isalnum, text)):
            yield Text(first, text)

    def _attributes(self, at: int, token: Token) -> Iterator[Text]:
        if not _SAYS_TEXT.search(self._source, token.attributes, token.end):
            return
        found = self._survey.attributes(at)
        for name, place in found.items():
            if is_text(token.name, name, found, self._source):
                text = " ".join(decoded(self._source, place.start, place.end).split())
                if any(map(str.isalnum, text)):
                    yield Text(at, text, attribute=True)
