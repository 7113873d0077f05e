"""The headings of a book's pages → its table of contents, nested as the headings are."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.books.pages import Heading, Page

#: Letters of a title.
_LONGEST = 120


@dataclass(slots=True)
class Entry:
    """A line of the contents: where it leads, its words by language, its page on paper, and what stands below it."""

    href: str
    words: tuple[tuple[str, str], ...]
    level: int
    page: str = ""
    children: list[Entry] = field(default_factory=list)


def contents(pages: Iterable[Page], href: Callable[[Page, Heading], str]) -> list[Entry]:
    """One entry for each page, with the headings of its text below."""
    top: list[Entry] = []
    for page in pages:
        path: list[Entry] = []
        for heading in page.headings:
            if heading.apart:
                continue
            words = tuple((language, _shortened(text)) for language, text in heading.words)
            made = Entry(href(page, heading), words, heading.level)
            while path and path[-1].level >= heading.level and len(path) > 1:
                path.pop()
            (path[-1].children if path else top).append(made)
            path.append(made)
    return top


def _shortened(text: str) -> str:
    """A release without headline is called by its first sentence, which may be long."""
    return text if len(text) <= _LONGEST else text[:_LONGEST].rpartition(" ")[0].rstrip(" ,;:–") + "…"


def every(entries: Iterable[Entry]) -> Iterator[Entry]:
    """All entries, each before those below it."""
    for entry in entries:
        yield entry
        yield from every(entry.children)
