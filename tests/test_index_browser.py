"""The lists and their search before judges that are not ours, and in Chromium as a reader would use them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edition_sample import M, R, build, sample
from tests.judges import Browser, check_html, chromium, npm_file
from tests.site_sample import invented
from toolkit.editions import SiteInfo, align, index, page, summary
from toolkit.editions.summaries import in_listed_order
from toolkit.model import BlockKind, Metadata, State

pytestmark = [pytest.mark.external, pytest.mark.xdist_group("browser")]

SITE = SiteInfo(publisher="Vigie des estuaires")
HOSTILE = "</script>\u202e<b>“<img src=x onerror=alert(1)>" + "a" * 3_000
CIVELLES = "2019-03-14-civelles"
NUMBER = 130


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with pages by year: invented releases, the sample, two that share words, one that attacks."""
    folder = tmp_path_factory.mktemp("lists")
    lines = ((HOSTILE, HOSTILE, M), (f"Anguille {HOSTILE}", f"Eel {HOSTILE}", M))
    hostile = (BlockKind.HEADING, 1, "", "", lines[:1]), (BlockKind.PARAGRAPH, 0, "", "", lines[1:])
    editions = [
        sample(),
        align(*build(hostile, name="attaque", metadata=Metadata("2018-01-01", HOSTILE))),
        align(
            *build(
                _pair("Œuvre d’un élève du quai nord", "Work of a pupil at Northquay"), name="un", metadata=Metadata()
            )
        ),
        align(*build(_pair("Le nord du quai", "North of the quay"), name="deux", metadata=Metadata())),
    ]
    own = replace(SITE, title=HOSTILE)
    plan: dict[str, bytes] = {}
    for edition in editions:
        plan |= page(edition, own)
    summaries = [summary(edition) for edition in editions]
    for made, files in invented(NUMBER):
        summaries.append(made)
        plan |= files
    for name, data in (plan | index(summaries, own)).items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def _pair(french: str, english: str) -> tuple[tuple[BlockKind, int, str, str, tuple[tuple[str, str, State], ...]], ...]:
    title = (BlockKind.HEADING, 1, "", "", (("Titre", "Title", R),))
    return title, (BlockKind.PARAGRAPH, 0, "", "", ((french, english, R),))


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


LISTS = ("index.html", "fr/index.html", "en/index.html")
PAGES = (*LISTS, "years/2025.html", "fr/years/2019.html", "en/years/undated.html")


@pytest.mark.parametrize("name", LISTS)
def test_forced_colours_show_which_list_this_is(site: Path, browser: Browser, name: str) -> None:
    browser.page.emulate_media(forced_colors="active")
    try:
        browser.open(site / name)
        lines = browser.run(
            "[...document.querySelectorAll('.languages a')]"
            ".map(a => [a.hasAttribute('aria-current'), getComputedStyle(a).borderBottomColor])"
        )
        (current,) = [colour for here, colour in lines if here]
        assert current not in [colour for here, colour in lines if not here]
    finally:
        browser.page.emulate_media(forced_colors="none")


def look(browser: Browser, page: Path, query: str) -> list[str]:
    """What a search shows, by the releases' names."""
    browser.open(page, query)
    until(browser, "document.getElementById('found').textContent")
    return shown(browser)


def shown(browser: Browser) -> list[str]:
    hrefs = browser.run("[...document.querySelectorAll('#results h3 a')].map(a => a.getAttribute('href'))")
    return [Path(href).stem for href in hrefs]


def until(browser: Browser, expression: str) -> None:
    """Wait for something in the page; Playwright's own way to wait is stopped by the page's policy."""
    for _ in range(1500):
        if browser.run(expression):
            return
        browser.page.wait_for_timeout(20)
    pytest.fail(f"never became true: {expression}")


# -- judges -------------------------------------------------------------------------------------------------------


def test_markup_is_valid(site: Path) -> None:
    said = [message["message"] for message in check_html(*(site / name for name in PAGES))]
    assert [message for message in said if "appears to be written in" not in message] == []


@pytest.mark.parametrize(("width", "scheme"), [(360, "light"), (360, "dark"), (1440, "light"), (1440, "dark")])
@pytest.mark.parametrize(
    ("name", "query"), [*((name, "") for name in PAGES), *((n, "?q=eau&state=machine") for n in LISTS)]
)
def test_accessible(site: Path, browser: Browser, name: str, query: str, width: int, scheme: str) -> None:
    browser.window(width, scheme=scheme)
    if query:
        look(browser, site / name, query)
    else:
        browser.open(site / name)
    browser.run(npm_file("axe-core/axe.min.js").read_text(encoding="utf-8") + ";0")
    found = browser.run("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html).slice(0, 3)]))")
    assert found == []


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("query", ["", "?q=aaa", "?state=machine"])
def test_nothing_is_wider_than_the_window(site: Path, browser: Browser, query: str, width: int) -> None:
    browser.window(width)
    for name in LISTS:
        browser.open(site / name, query)
        browser.page.wait_for_timeout(50)
        assert browser.run("document.documentElement.scrollWidth") == width


# -- search -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("oeuvre eleve", ["un"]),
        ("ŒUVRE ÉLÈVE", ["un"]),
        ("nord quai", ["deux", "un"]),
        ("northq", ["un"]),
        ("nord northq", ["un"]),
        ('"quai nord"', ["un"]),
        ("«nord du quai»", ["deux"]),
        ('"quai nord" deux', []),
        ("civelles silver", [CIVELLES]),
        ("introuvable", []),
    ],
)
def test_search_in_both_languages_from_the_disk(site: Path, browser: Browser, query: str, wanted: list[str]) -> None:
    assert sorted(look(browser, site / "index.html", f"?q={query}")) == wanted


@pytest.mark.parametrize(
    ("language", "query", "found"),
    [("fr", "silver", False), ("fr", "civelles", True), ("en", "silver", True), ("en", "civelles", False)],
)
def test_a_list_of_one_language_searches_it_alone(
    site: Path, browser: Browser, language: str, query: str, found: bool
) -> None:
    assert look(browser, site / language / "index.html", f"?q={query}") == [CIVELLES] * found
    if found:
        languages = browser.run("[...new Set([...document.querySelectorAll('.hits a')].map(a => a.lang))]")
        assert languages == [language]


def test_a_page_of_a_year_searches_all_years(site: Path, browser: Browser) -> None:
    assert look(browser, site / "years" / "2025.html", "?q=silver") == [CIVELLES]
    assert browser.run("document.querySelector('#results h3 a').getAttribute('href')") == f"../{CIVELLES}.html"


def test_a_hit_leads_to_its_sentence_with_its_state_in_both_languages(site: Path, browser: Browser) -> None:
    look(browser, site / "index.html", "?q=silver")
    hits = browser.run(
        "[...document.querySelectorAll('.hits a')]"
        ".map(a => [a.getAttribute('href'), a.lang, a.innerHTML.replace(/&nbsp;/g, '~')])"
    )
    assert hits == [
        [f"{CIVELLES}.html#p5s1", "fr", "«~Une civelle vaut aujourd’hui plus cher que l’argent au poids."],
        [f"{CIVELLES}.html#p5s1", "en", "“A glass eel is now worth more than <mark>silver</mark> by weight."],
    ]  # fmt: skip
    for word, wanted in (
        ("perfectly", "machine draft"),
        ("shared", "changed"),
        ("publish", "to be checked"),
        ("silver", ""),
    ):
        look(browser, site / "index.html", f"?q={word}")
        assert browser.run("[...document.querySelectorAll('.hits .mark')].map(e => e.textContent).join()") == wanted


def test_hits_together_say_all_that_was_asked_for(site: Path, browser: Browser) -> None:
    look(browser, site / "index.html", "?q=tonnes rapport vivier")
    marked = browser.run("[...document.querySelectorAll('.hits mark')].map(e => e.textContent.toLowerCase())")
    assert {"tonnes", "rapport", "viviers"} <= set(marked)


def test_text_is_shown_as_text(site: Path, browser: Browser) -> None:
    assert look(browser, site / "index.html", "?q=anguille alert") == ["attaque"]
    assert browser.run("document.querySelectorAll('#results b, #results img, #results script').length") == 0
    assert "</script>" in browser.run("document.querySelector('#results h3 a').textContent")
    assert "<img" in browser.run("document.querySelector('.hits a').textContent")


def test_results_are_what_the_list_shows(site: Path, browser: Browser) -> None:
    """The same release, found by the script and listed without it, reads the same."""
    for name in LISTS:
        browser.open(site / name)
        inner = "e => e.innerText.replace(/\\s+/g, ' ')"
        listed = browser.run(f"[...document.querySelectorAll('#list article')].slice(0, 20).map({inner})")
        look(browser, site / name, "?year=2025")
        assert browser.run(f"[...document.querySelectorAll('#results article')].map({inner})") == listed


def test_filters_and_more(site: Path, browser: Browser) -> None:
    browser.open(site / "index.html")
    browser.page.click("summary")
    browser.page.check("input[name=state][value=machine]")
    until(browser, "document.querySelectorAll('#results .release').length == 20")
    number = int(browser.run("document.querySelector('#found').textContent.match(/\\d+/)[0]"))
    listed = in_listed_order(made for made, _ in invented(NUMBER))
    in_drafts = [made.id for made in listed if made.counts.machine]
    assert number == len(in_drafts) + 2  # the sample, and the one that attacks
    browser.page.keyboard.press("Tab")
    browser.page.focus("#more")
    browser.page.keyboard.press("Enter")
    until(browser, "document.querySelectorAll('#results .release').length == 40")
    assert browser.run("document.activeElement.closest('li').matches(':nth-child(21)')")
    assert shown(browser)[:3] == in_drafts[:3]
    browser.page.select_option("#year", "2019")
    until(browser, "document.querySelectorAll('#results .release').length == 1")
    assert shown(browser) == [CIVELLES]
    assert browser.run("location.search") == "?state=machine&year=2019"
    browser.page.select_option("#year", "")
    browser.page.check("input[name=state][value='']")
    until(browser, "document.getElementById('results').hidden")
    assert browser.run("[document.getElementById('list').hidden, location.search]") == [False, ""]


def test_the_address_is_the_search(site: Path, browser: Browser) -> None:
    look(browser, site / "index.html", "?q=silver&year=2019&state=changed")
    assert shown(browser) == [CIVELLES]
    assert browser.run("[q.value, year.value, document.querySelector('details').open]") == ["silver", "2019", True]
    assert look(browser, site / "index.html", "?q=silver&year=<b>&state=none") == [CIVELLES]


def test_a_missing_search_file_is_told(site: Path, browser: Browser, tmp_path: Path) -> None:
    alone = tmp_path / "index.html"
    alone.write_bytes((site / "index.html").read_bytes())
    look(browser, alone, "?q=silver")
    assert "could not be loaded" in browser.run("document.getElementById('found').textContent")
    assert not browser.run("document.getElementById('list').hidden")


def test_whole_without_javascript(site: Path, browser: Browser) -> None:
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site / "index.html", "?q=rien")
        assert browser.run("document.querySelectorAll('#list h3 a').length") == 100
        assert browser.run("document.querySelector('form').getClientRects().length") == 0
        browser.run("document.querySelector('nav.years a:last-child').click()")
        browser.page.wait_for_url("**/years/undated.html")
        assert browser.run("document.querySelectorAll('#list h3 a').length") == 2
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


_WHERE = """(e => e.className || (e.closest('nav, form, h3') || e).className)(document.activeElement)"""


def test_only_the_keyboard(site: Path, browser: Browser) -> None:
    """Skip link, languages, search, filter, years: in the order of the page, each with a visible focus."""
    browser.window(1440)
    browser.open(site / "index.html")
    seen = []
    for _ in range(12):
        browser.page.keyboard.press("Tab")
        seen.append(browser.run(_WHERE))
        assert browser.run("getComputedStyle(document.activeElement).outlineStyle") != "none"
    assert seen[0] == "skip"
    assert seen[1:4] == ["languages"] * 3
    assert seen[4:6] == ["search"] * 2
    assert "years" in seen


def test_nothing_is_asked_for_before_somebody_searches(site: Path, browser: Browser) -> None:
    browser.open(site / "index.html")
    assert browser.run("document.querySelectorAll('script[src]').length") == 0
    look(browser, site / "index.html", "?q=silver")
    asked = browser.run("[...document.querySelectorAll('script[src]')].map(s => s.getAttribute('src').split('?')[0])")
    words = [name for name in asked if "/words/" in name]
    assert sorted(set(asked) - set(words)) == ["assets/search/index.js", f"assets/search/releases/{CIVELLES}.js"]
    assert len(words) <= 3
