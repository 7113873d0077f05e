"""Which stretches of a page are its release: not what a browser hides, and on demand only its main part.

HTML standard: ``article`` (4.3.2), ``main`` (4.4.14: a page shows one). What is left out stays in the file, byte for
byte. Whenever in doubt more is read: a menu too much is a nuisance, a paragraph too little a defect.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from toolkit.formats.contract import Content, for_this_file
from toolkit.formats.html.elements import HEADINGS
from toolkit.formats.html.page import Page, Stretches, Text
from toolkit.formats.html.survey import Survey

#: So many paragraphs outside the main part are a site's menus and banners; fewer, a page's own head and foot.
_MANY = 10
#: The main part holds so much of the letters that stand in no menu, head, foot or margin.
_MOST = 0.75
#: How many of the texts that were left out are shown, and how much of each.
_EXAMPLES, _SHOWN = 2, 40


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
    page = Page(survey)
    hidden = page.hidden()
    texts = [*page.texts(hidden)]
    main = None if wanted == "visible" else _Choice(page, hidden, texts).main(sure=wanted == "auto")
    if main is None:
        told = _told(path, [each.text for each in texts if each.at in hidden], [], "")
        missing = (
            f"{path}: has no <main>, and no single <article> with the headline and most of the text: all was read."
        )
        return LeftOut(hidden.outermost, (missing, *told) if wanted == "main" else told)
    first, last = main
    outside = Stretches(_outside(page, first, last))
    inside = {at: end for at, end in hidden.outermost.items() if first < at < last}
    apart = [each.text for each in texts if each.at in outside]
    unseen = [each.text for each in texts if each.at in hidden and first < each.at < last]
    said = _told(path, unseen, apart, survey.tokens[first].name)
    return LeftOut(inside | outside.outermost, said)


def _told(path: str, hidden: Sequence[str], apart: Sequence[str], name: str) -> tuple[str, ...]:
    """One line that says what was left out, if anything was, and how to have it."""
    parts = [f"outside of <{name}> {_shown(apart)}"] * bool(apart) + [f"as hidden {_shown(hidden)}"] * bool(hidden)
    if not parts:
        return ()
    wanted = "all" if hidden and not apart else "visible"
    return (f"{path}: left out {' and '.join(parts)}. To take that in, too: {for_this_file(path, 'content', wanted)}.",)


def _shown(texts: Sequence[str]) -> str:
    """So many texts, and the beginning of the longest: menus are short, what a release would lose is not."""
    longest = sorted(texts, key=len, reverse=True)[:_EXAMPLES]
    examples = [text if len(text) <= _SHOWN else f"{text[:_SHOWN].rstrip()}…" for text in longest]
    named = ", ".join(f"“{text}”" for text in examples) + (", …" if len(texts) > len(examples) else "")
    return f"{len(texts):,} text{'s' if len(texts) > 1 else ''} ({named})"


class _Choice:
    """Looks for the main part of a page.

    Args:
        page: the page.
        hidden: what of it is not seen.
        texts: of the page.
    """

    def __init__(self, page: Page, hidden: Stretches, texts: Sequence[Text]) -> None:
        self._page, self._hidden = page, hidden
        self._texts = [each for each in texts if not each.attribute and each.at not in hidden]
        self._apart = page.stretches("nav", "header", "footer", "aside")
        self._whole = (page.begin - 1, len(page.tokens))

    def main(self, *, sure: bool) -> tuple[int, int] | None:
        """First and last index of the main part; None where the page has none.

        Args:
            sure: only where much stands around it, and none of that can be of the release.
        """
        main = self._only("main", self._whole)
        article = self._only("article", main or self._whole)
        scope = self._whole if sure or not main else main
        if article and self._is_release(article, scope) and not (sure and self._loses(article)):
            return article
        return main if main and not (sure and self._loses(main)) else None

    def _seen(self, name: str, first: int, last: int) -> list[int]:
        """Elements between two tokens, but not in an element of the same name."""
        found = self._page.stretches(name).outermost
        return [at for at in found if first < at < last and at not in self._hidden]

    def _only(self, name: str, within: tuple[int, int]) -> tuple[int, int] | None:
        """The only element with a name, where there is only one."""
        found = self._seen(name, *within)
        return (found[0], self._page.ends[found[0]]) if len(found) == 1 and self._page.ends[found[0]] > 0 else None

    def _is_release(self, article: tuple[int, int], scope: tuple[int, int]) -> bool:
        """Whether an article has the headline and most of the text."""
        heads = self._seen("h1", *scope)
        return bool(heads) and self._holds(article, heads) and self._has_most(article, scope)

    def _holds(self, part: tuple[int, int], elements: Sequence[int]) -> bool:
        return all(part[0] <= at <= part[1] for at in elements)

    def _has_most(self, part: tuple[int, int], scope: tuple[int, int]) -> bool:
        inside = around = 0
        for each in self._texts:
            if part[0] <= each.at <= part[1]:
                inside += len(each.text)
            elif scope[0] < each.at < scope[1] and each.at not in self._apart:
                around += len(each.text)
        return inside > 0 and inside >= _MOST * (inside + around)

    def _loses(self, part: tuple[int, int]) -> bool:
        """Whether something outside a part can be of the release, or next to nothing stands there."""
        outside = [each for each in self._texts if not part[0] <= each.at <= part[1]]
        return (
            len(outside) < _MANY
            or not self._has_most(part, self._whole)
            or not self._holds(part, [*self._headline(), *self._figures(), *self._linked(part)])
        )

    def _headline(self) -> list[int]:
        """Every h1; in a page without one the first heading that is in no menu, margin or foot."""
        heads = self._seen("h1", *self._whole)
        if heads:
            return heads
        margins = self._page.stretches("nav", "footer", "aside")
        found = sorted(at for name in HEADINGS for at in self._seen(name, *self._whole))
        return [at for at in found if at not in margins][:1]

    def _figures(self) -> list[int]:
        """Figures, but not a foot's logos."""
        margins = self._page.stretches("nav", "footer")
        return [at for at in self._seen("figure", *self._whole) if at not in margins]

    def _linked(self, part: tuple[int, int]) -> Iterator[int]:
        """What links in a part lead to: notes, say. Not a menu, nor what the part itself stands in."""
        menus = self._page.stretches("nav")
        for link, name in self._page.links:
            target = self._page.targets.get(name, -1)
            around = target < part[0] and self._page.ends[target] > part[1]
            if target >= 0 and part[0] < link < part[1] and not around and target not in menus:
                yield target


def _outside(page: Page, first: int, last: int) -> Iterator[tuple[int, int]]:
    """All of the body but an element, and the tags of the elements around it."""
    kept = {first}
    at, start = page.begin, -1
    while at < len(page.tokens):
        token, end = page.tokens[at], page.ends[at]
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
        yield start, len(page.tokens) - 1
