"""Which stretches of a page are its release: not what a browser hides, and on demand only its main part.

HTML standard: the ``hidden`` attribute (6.1), ``noscript`` (4.12.2), ``dialog`` (4.11.4), ``article`` (4.3.2), ``main``
(4.4.14: a page shows one); their roles: WAI-ARIA 1.2, 5.3.4. What is left out stays in the file, byte for byte.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property

from toolkit.formats.contract import Content, for_this_file
from toolkit.formats.html.elements import HEAD, OPAQUE
from toolkit.formats.html.references import decoded
from toolkit.formats.html.survey import Survey
from toolkit.formats.html.tokens import Kind, Token

_HIDING = re.compile("hidden|display", re.IGNORECASE)
_DISPLAY = re.compile(r"(?:^|;)\s*display\s*:\s*([a-z-]+)", re.IGNORECASE)
_CONTROLS = re.compile(r"""aria-controls\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'>]+))""", re.IGNORECASE)
_ROLE = re.compile(r"""\brole\s*=\s*["']?\s*(main|article)\b""", re.IGNORECASE)
#: So many stretches of text outside the main part are a site's menus and banners; fewer, a page's own head and foot.
_MANY = 10
#: What is shown of a stretch that was left out.
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class LeftOut:
    """What of a page is no text.

    Attributes:
        stretches: index of a stretch's first token → that of its last one. They do not overlap.
        said: what a person should know of it, in no more than one line.
    """

    stretches: dict[int, int] = field(default_factory=dict)
    said: tuple[str, ...] = ()


def left_out(survey: Survey, wanted: Content, path: str) -> LeftOut:
    """What of a page to leave out.

    Args:
        survey: of the page.
        wanted: "all" (nothing), "visible" (what a browser hides), "main" (that, and what is outside of the main part),
            or "auto": as "main" where a site's menus and banners stand around the main part, else as "visible".
        path: of the page, for messages.
    """
    if wanted == "all":
        return LeftOut()
    page = _Page(survey)
    hidden = dict(page.hidden())
    main = page.main(hidden) if wanted != "visible" else None
    outside = dict(page.outside(*main)) if main else {}
    apart = [*page.texts(outside)]
    if main is None or (wanted == "auto" and len(apart) < _MANY):
        missing = f"{path}: has no <main>, and no single <article> with the headline: the whole page was read."
        told = _told(path, [*page.texts(hidden)], [], "")
        return LeftOut(hidden, told if main or wanted != "main" else (missing, *told))
    hidden = {at: last for at, last in hidden.items() if main[0] < at < main[1]}
    said = _told(path, [*page.texts(hidden)], apart, survey.tokens[main[0]].name)
    return LeftOut(hidden | outside, said)


def _told(path: str, hidden: Sequence[str], apart: Sequence[str], name: str) -> tuple[str, ...]:
    """One line that says what was left out, if anything was, and how to have it."""
    parts = [f"outside of <{name}> {_shown(apart)}"] * bool(apart) + [f"as hidden {_shown(hidden)}"] * bool(hidden)
    if not parts:
        return ()
    wanted = "all" if hidden and not apart else "visible"
    return (f"{path}: left out {' and '.join(parts)}. To take that in, too: {for_this_file(path, 'content', wanted)}.",)


def _shown(texts: Sequence[str]) -> str:
    """So many texts, and the beginning of the first ones."""
    first = [text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…" for text in texts[:2]]
    named = ", ".join(f"“{text}”" for text in first) + (", …" if len(texts) > len(first) else "")
    return f"{len(texts):,} text{'s' if len(texts) > 1 else ''} ({named})"


class _Page:
    """Answers for one page; stretches of tokens are their first and last index."""

    def __init__(self, survey: Survey) -> None:
        self._survey, self._source, self._tokens, self._ends = survey, survey.source, survey.tokens, survey.ends
        begins = (at for at, token in enumerate(self._tokens) if self._begins_body(token))
        self._begin = next(begins, len(self._tokens))

    def _begins_body(self, token: Token) -> bool:
        if token.kind is Kind.TEXT:
            return not self._source[token.start : token.end].isspace()
        return token.kind is Kind.START and token.name not in HEAD

    # -- what is seen ---------------------------------------------------------------------------------------------

    def hidden(self) -> Iterator[tuple[int, int]]:
        """Elements that are not shown: the outermost of them, from start tag to end tag."""
        last = -1
        for at in range(self._begin, len(self._tokens)):
            if at > last and self._ends[at] > 0 and self._is_hidden(at, self._tokens[at]):
                last = self._ends[at]
                yield at, last

    def _is_hidden(self, at: int, token: Token) -> bool:
        if token.name == "noscript":
            return True
        is_dialog = token.name == "dialog"
        if token.name == "body" or not (is_dialog or _HIDING.search(self._source, token.attributes, token.end)):
            return False
        found = self._survey.attributes(at)
        values = {name: decoded(self._source, each.start, each.end).strip() for name, each in found.items()}
        displays = _DISPLAY.findall(values.get("style", ""))
        hidden = (
            (is_dialog and "open" not in values)
            or ("hidden" in values and values["hidden"].lower() != "until-found")
            or (bool(displays) and displays[-1].lower() == "none")
        )
        return hidden and values.get("id") not in self._controlled

    @cached_property
    def _controlled(self) -> frozenset[str]:
        """Ids of what a button or tab of the page shows: it is hidden for the time being, but text."""
        groups = (match[match.lastindex or 0] for match in _CONTROLS.finditer(self._source))
        return frozenset(name for group in groups for name in group.split())

    # -- the main part --------------------------------------------------------------------------------------------

    def main(self, hidden: Mapping[int, int]) -> tuple[int, int] | None:
        """The only ``<main>``; in it, or else in the page, the only ``<article>``, if every ``<h1>`` is there."""
        found: dict[str, list[int]] = {"main": [], "article": [], "h1": []}
        at, article = self._begin, -1
        while at < len(self._tokens):
            kind = "" if at in hidden else self._landmark(at)
            if kind in found and (kind != "article" or at > article):
                found[kind].append(at)
                article = max(article, self._ends[at]) if kind == "article" else article
            at = hidden.get(at, at) + 1
        first, last = -1, len(self._tokens)
        if len(found["main"]) == 1 and self._ends[found["main"][0]] > 0:
            first, last = found["main"][0], self._ends[found["main"][0]]
        articles = [each for each in found["article"] if first < each < last]
        if len(articles) == 1:
            start, end = articles[0], self._ends[articles[0]]
            heads = [start < each < end for each in found["h1"] if first < each < last]
            if all(heads) and (heads or first >= 0):
                return start, end
        return (first, last) if first >= 0 else None

    def _landmark(self, at: int) -> str:
        token = self._tokens[at]
        if token.kind is not Kind.START:
            return ""
        role = _ROLE.search(self._source, token.attributes, token.end)
        return role[1].lower() if role else token.name

    def outside(self, first: int, last: int) -> Iterator[tuple[int, int]]:
        """All of the body but an element, and the tags of the elements around it."""
        kept = {first}
        at, start = self._begin, -1
        while at < len(self._tokens):
            token, end = self._tokens[at], self._ends[at]
            if at < first < end:
                kept.add(end)
            inside = at == first
            if inside or at < first < end or at in kept or token.name in ("html", "body"):
                if start >= 0:
                    yield start, at - 1
                start, at = -1, last + 1 if inside else at + 1
                continue
            start = at if start < 0 else start
            at = max(at, end) + 1
        if start >= 0:
            yield start, len(self._tokens) - 1

    def texts(self, stretches: Mapping[int, int]) -> Iterator[str]:
        """What people would read in stretches, one text after the other."""
        for first, last in stretches.items():
            at = first
            while at <= last:
                token = self._tokens[at]
                if token.kind is Kind.TEXT:
                    text = " ".join(decoded(self._source, token.start, token.end, attribute=False).split())
                    if any(map(str.isalnum, text)):
                        yield text
                at = max(at, self._ends[at] if token.name in OPAQUE else at) + 1
