"""The lists of releases as pages: index.html in both languages, and one in each; year by year where there are many.

The front page shows the newest releases. Where there are more than ``PER_PAGE``, each year has pages of its own
(``years/2026.html``), so that no page grows with the site. The same three kinds exist for the bilingual list and, in
the folder of the language, for that language alone.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from urllib.parse import quote

from toolkit.editions.about import SiteInfo, page_path
from toolkit.editions.interface import Words, both, say
from toolkit.editions.labels import TITLE_LABELS, long_date, notice, place_words, summary_words, title_mark
from toolkit.editions.search import STATES, languages_of, states_of
from toolkit.editions.structure import bar, clean, in_order
from toolkit.editions.summaries import ReleaseSummary
from toolkit.editions.templating import csp_hash, render, script_json, shared_context

#: Releases of a page: some 200 KB of HTML.
PER_PAGE = 100
#: Name of the pages of releases without a date.
UNDATED = "undated"


@dataclass(frozen=True, slots=True)
class Entry:
    """A release as a list shows it.

    Attributes:
        days, place: its date in words and its place; None where it does not say.
        label: a warning, or what its title is; None for a release whose title and most of whose text are approved.
        warns: whether the label is the warning that most of it has not been read.
    """

    summary: ReleaseSummary
    days: Words | None
    place: Words | None
    label: Words | None
    warns: bool
    standing: Words
    bar: tuple[tuple[str, float, float], ...]

    def data(self) -> dict[str, object]:
        """The same for the script that lists what a search has found."""
        about = self.summary
        return {
            "id": about.id,
            "date": about.date if about.year else "",
            "days": _pair(self.days),
            "places": _pair(self.place),
            "languages": [about.source_language, about.target_language],
            "titles": [about.title.source, about.title.target],
            "label": _pair(self.label),
            "warns": self.warns,
            "standing": _pair(self.standing),
            "bar": self.bar,
        }


def _pair(words: Words | None) -> list[str] | None:
    return [words.fr, words.en] if words else None


def entry_of(summary: ReleaseSummary) -> Entry:
    """What a list shows of a release."""
    counts, title = summary.counts, summary.title
    warning = notice(counts)
    label = warning.name if warning else TITLE_LABELS.get(title.standing)
    days = Words(long_date(summary.date, "fr"), long_date(summary.date, "en")) if summary.date else None
    place = place_words(summary.place) if summary.place else None
    return Entry(summary, days, place, label, warning is not None, summary_words(counts), bar(counts))


# -- which pages there are ----------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the list: ``name`` is that of its first page's file and of its place on a page ("2026", "undated")."""

    name: str
    number: int
    pages: int

    @property
    def label(self) -> str:
        """As it is shown; "" for releases without a date."""
        return "" if self.name == UNDATED else self.name


@dataclass(frozen=True, slots=True)
class ListPage:
    """One page of the list.

    Attributes:
        language: a primary subtag, or "" for the page in both languages.
        year: whose releases it shows; "" on the front page.
        part: number of the page within its year, from 1.
        entries: its releases, newest first.
    """

    language: str
    year: str
    part: int
    entries: tuple[ReleaseSummary, ...]

    @property
    def name(self) -> str:
        """Its path in the folder of its language."""
        return year_path(self.year, self.part) if self.year else "index.html"

    def path(self, language: str | None = None) -> str:
        """Its path relative to the output folder; that of the same page in another language where one is given."""
        folder = self.language if language is None else language
        return f"{folder}/{self.name}" if folder else self.name

    @property
    def folder(self) -> str:
        """Folder of its language relative to the output folder: "" or "fr/"."""
        return f"{self.language}/" if self.language else ""

    @property
    def root(self) -> str:
        """The way from the page to the output folder: "", "../" or "../../"."""
        return "../" * self.path().count("/")

    @property
    def groups(self) -> list[tuple[str, list[Entry]]]:
        """Its releases by year."""
        runs = groupby(self.entries, key=lambda entry: entry.year or UNDATED)
        return [(year, [entry_of(entry) for entry in run]) for year, run in runs]

    def href(self, entry: ReleaseSummary) -> str:
        """Address of a release's page in the language of this one, relative to it."""
        return self.root + quote(page_path(entry.id, self.language))


def year_path(year: str, part: int = 1) -> str:
    """Where a year's page lies in the folder of its language."""
    return f"years/{year}.html" if part == 1 else f"years/{year}-{part}.html"


def list_pages(entries: Sequence[ReleaseSummary], language: str) -> Iterator[ListPage]:
    """The pages of a list: the front page, and those of the years where it does not hold all releases."""
    yield ListPage(language, "", 1, tuple(entries[:PER_PAGE]))
    if len(entries) > PER_PAGE:
        for year, run in groupby(entries, key=lambda entry: entry.year or UNDATED):
            all_of_it = tuple(run)
            for part, start in enumerate(range(0, len(all_of_it), PER_PAGE), 1):
                yield ListPage(language, year, part, all_of_it[start : start + PER_PAGE])


def years_of(entries: Sequence[ReleaseSummary]) -> tuple[Year, ...]:
    """The years of a list and how many releases and pages each has, in the order of the list."""
    numbers = Counter(entry.year or UNDATED for entry in entries)
    return tuple(Year(name, number, -(-number // PER_PAGE)) for name, number in numbers.items())


# -- the pages ----------------------------------------------------------------------------------------------------


def render_lists(entries: Sequence[ReleaseSummary], site: SiteInfo, version: str) -> dict[str, bytes]:
    """All pages of all lists.

    Args:
        entries: all releases, newest first.
        site: that they belong to.
        version: of the search files, which a page asks for by it: a browser keeps no older ones.
    """
    made: dict[str, bytes] = {}
    languages = languages_of(entries)
    common = {
        "site": site,
        "languages": languages,
        "version": version,
        "year_path": year_path,
    }
    for language in ("", *languages):
        own = [entry for entry in entries if not language or language in (entry.source, entry.target)]
        of_list = common | _about(own, language, site)
        for page in list_pages(own, language):
            json_ld = script_json(_json_ld(page, site))
            # A data block never runs, and browsers do not ask for its hash; the Nu checker does.
            context = {"page": page, "json_ld": json_ld, "data_hash": csp_hash(json_ld)} | shared_context(
                "index.js", "base.css", "index.css", theme=site.theme, only=language, root=page.root
            )
            made[page.path()] = render("index.html.j2", theme=site.theme, **of_list, **context).encode()
    return made


def _about(entries: Sequence[ReleaseSummary], language: str, site: SiteInfo) -> dict[str, object]:
    """What all pages of one list say of it."""
    original = bool(language) and all(entry.source == language for entry in entries)
    return {
        "total": len(entries),
        "years": years_of(entries),
        "span": _span(entries),
        "states": () if original else _states(entries),
        "paged": len(entries) > PER_PAGE,
        "description": _description(language or "en", site),
    }


def _span(entries: Sequence[ReleaseSummary]) -> str:
    """The years of a list, "2019–2026"; "…" where no release has a date."""
    years = [entry.year for entry in entries if entry.year]
    return "…" if not years else years[0] if years[0] == years[-1] else f"{years[-1]}–{years[0]}"


def _description(language: str, site: SiteInfo) -> str:
    """What the list is, in one sentence, for search engines and previews."""
    if not site.publisher:
        return say(
            language,
            "Press releases, sentence by sentence in French and English, with the state of each translation.",
        )
    return say(
        language,
        "Press releases by {publisher}, sentence by sentence in French and English, "
        "with the state of each translation.",
        publisher=in_order(clean(site.publisher)),
    )


def _states(entries: Sequence[ReleaseSummary]) -> tuple[tuple[str, Words, int], ...]:
    """States that a list can be narrowed down to: name, words, how many releases; those of none are left out."""
    numbers = [0] * len(STATES)
    for entry in entries:
        bits = states_of(entry.counts)
        for bit in range(len(STATES)):
            numbers[bit] += bits >> bit & 1
    words = (
        both("read throughout"),
        both("with machine drafts"),
        both("with sentences to be checked"),
        both("with changed sentences"),
        both("not fully translated"),
        both("with sentences matched by program"),
    )
    return tuple((name, said, number) for name, said, number in zip(STATES, words, numbers, strict=True) if number)


def _name(entry: ReleaseSummary, language: str) -> str:
    """A release's title in the list of a language, in French in that of both."""
    title = entry.title
    if language != entry.target or title.target is None:
        return title.source
    return title_mark(title.standing, language) + title.target


def _json_ld(page: ListPage, site: SiteInfo) -> dict[str, object]:
    """schema.org CollectionPage; addresses are relative to the page where the site has none."""
    items = [
        {
            "@type": "ListItem",
            "position": position,
            "url": site.url + page.href(entry).removeprefix(page.root) if site.url else page.href(entry),
            "name": _name(entry, page.language),
        }
        for position, entry in enumerate(page.entries, 1)
    ]
    made: dict[str, object] = {
        "@context": "https://schema.org",
        "@type": "CollectionPage",
        "name": clean(site.name(page.language or "en")),
        "inLanguage": page.language or list(languages_of(page.entries)),
        "mainEntity": {
            "@type": "ItemList",
            "itemListOrder": "https://schema.org/ItemListOrderDescending",
            "numberOfItems": len(items),
            "itemListElement": items,
        },
    }
    if site.publisher:
        made["publisher"] = {"@type": "Organization", "name": clean(site.publisher)}
    if site.url:
        made["url"] = site.url + quote(page.path())
    return made
