"""The pages before judges that are not ours: the Nu HTML checker, axe-core, and Chromium as a reader would use it."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from tests.edition_sample import M, R, U, beaded, build, matched, sample
from tests.judges import Browser, check_html, chromium, npm_file
from tests.marked_sample import IMAGES, MARKED, Marked, marked
from tests.site_sample import publish_html
from toolkit.books.epub import render_epub
from toolkit.books.volume import Bound, collected
from toolkit.edition import Edition
from toolkit.editions import SiteInfo, align, page
from toolkit.model import BlockKind, Container, Frame, Metadata, State

if TYPE_CHECKING:
    from playwright.sync_api import Locator

pytestmark = [pytest.mark.external, pytest.mark.xdist_group("browser")]

PAGE = "2019-03-14-civelles.html"
SITE = SiteInfo(publisher="Observatoire européen des fleuves")
RICH = "2026-03-05-bilan.html"
HOSTILE = "</script>\u202e<b>“" + "a" * 10_000


#: Sentences that hold quotations, whole, begun and ended ones.
QUOTES = (
    ("La zone reste «\u00a0suspecte\u00a0».", "The zone remains “suspect”."),
    ("«\u00a0Nous attendons.\u00a0»", "“We are waiting.”"),
    ("«\u00a0Rien n’est dit, a-t-elle précisé.", "“Nothing has been said,” she added."),
    ("On verra.\u00a0»", "We shall see.”"),
    ("«\u202fIl a crié “terre” deux fois\u202f», dit-elle.", "“He shouted ‘land’ twice,” she said."),
    ('Le mot "vigie" et 5" de pluie', 'The word "lookout" and 5" of rain'),
    ("Qui le sait\u202f?", "Who knows?"),
)


#: Level (0: a paragraph) and state of the blocks p1 … p11.
SECTIONS = (
    *((1, R), (2, R), (0, R)),
    *((2, R), (3, R), (0, M), (3, R), (0, R)),
    *((2, M), (2, R), (0, M)),
)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The sample, a release without headline or English, and one whose text attacks the page, published to files."""
    untitled = build(((BlockKind.PARAGRAPH, 0, "", "", (("Une note sans titre.", "", U),)),), name="note")
    hostile = build(
        tuple(
            (kind, 2 if kind is BlockKind.HEADING else 0, "- ", "", ((f"{HOSTILE} {kind}", HOSTILE, state),))
            for kind, state in zip(
                BlockKind, (State.MACHINE, State.FUZZY, State.REVIEWED, State.MACHINE, U) * 3, strict=False
            )
        ),
        name="hostile",
        metadata=Metadata("2018-01-01", HOSTILE, HOSTILE, HOSTILE),
        earlier={f"{HOSTILE} {kind}": HOSTILE for kind in BlockKind},
    )
    draft = build(
        (
            (BlockKind.HEADING, 1, "", "", (("Un essai", "A trial", M),)),
            (BlockKind.PARAGRAPH, 0, "", "", (("Une phrase.", "A sentence.", M), ("Une autre.", "Another.", M))),
            (BlockKind.ITEM, 0, "- ", "p2", (("un point.", "an item.", M),)),
        ),
        name="draft",
    )
    quotes = build(
        tuple((BlockKind.PARAGRAPH, 0, "", "", ((french, english, R),)) for french, english in QUOTES), name="quotes"
    )
    sections = tuple(
        (BlockKind.HEADING if level else BlockKind.PARAGRAPH, level, "", "", ((f"Texte {n}", f"Text {n}", state),))
        for n, (level, state) in enumerate(SECTIONS)
    )
    folder = tmp_path_factory.mktemp("site")
    editions = [sample(), align(*untitled), align(*hostile), align(*draft), marked(), wide()]
    own = replace(SITE, publisher=HOSTILE)
    plan = publish_html(editions[:4], own) | page(marked(), own, IMAGES) | page(wide(), own)
    aligned = matched(sample(), "p4s1")
    plan |= page(replace(aligned, release=replace(aligned.release, id="matched")), own)
    plan |= page(align(*quotes), own) | page(align(*build(sections, name="sections")), own)
    plan |= page(beaded(), own) | dict.fromkeys((image.path for image in IMAGES.values()), PIXEL)
    for name, data in plan.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


#: A GIF of one pixel.
PIXEL = bytes.fromhex("47494638396101000100800000ffffff0000002c00000000010001000002024401003b")


def wide() -> Edition:
    """A table that fits on no screen, and lists within lists within quotations."""
    grid, row = Container("t", Frame.TABLE), Container("r", Frame.ROW)
    cells = tuple(
        Marked(BlockKind.CELL, ((f"Observatoire{n}", f"Observatory{n}", M),),
               within=(grid, row, Container(f"c{n}", Frame.CELL, n)))
        for n in range(16)
    )  # fmt: skip
    deep: tuple[Container, ...] = ()
    lists: list[Marked] = []
    for n in range(9):
        deep = (*deep, Container(f"q{n}", Frame.QUOTE), Container(f"l{n}", Frame.LIST), Container(f"i{n}", Frame.ITEM))
        lists.append(Marked(BlockKind.ITEM, ((f"point {n}", f"item {n}", M),), within=deep))
    return marked((MARKED[2], *cells, *lists), name="large")


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with chromium() as started:
        yield started


PAGES = (
    *(PAGE, "note.html", "hostile.html", "draft.html", RICH, "large.html", "beads.html", "matched.html"),
    *(f"{language}/{name}" for language in ("fr", "en") for name in (PAGE, RICH, "hostile.html")),
)


def test_markup_is_valid(site: Path) -> None:
    said = [message["message"] for message in check_html(*(site / name for name in PAGES))]
    # The checker guesses a language from the letters, which a page in two languages, or an attack, leads astray; and to
    # it the images beside a page opened from the disk are not the page's own, as they are to browsers.
    excused = ("appears to be written in", "blocked by “img-src” directive")
    assert [message for message in said if not any(words in message for words in excused)] == []


@pytest.mark.parametrize(("width", "scheme"), [(1200, "light"), (1200, "dark"), (360, "light"), (360, "dark")])
@pytest.mark.parametrize("name", PAGES)
def test_accessible(site: Path, browser: Browser, name: str, width: int, scheme: str) -> None:
    browser.window(width, scheme=scheme)
    browser.open(site / name, "?show=unread#p4s2")
    browser.run("document.querySelector('a.n').click()")  # the tools are shown, too
    browser.run(npm_file("axe-core/axe.min.js").read_text(encoding="utf-8") + ";0")
    found = browser.run("axe.run().then(r => r.violations.map(v => [v.id, v.nodes.map(n => n.html)]))")
    assert found == []


@pytest.mark.parametrize("width", [320, 360, 768, 1440])
@pytest.mark.parametrize("name", PAGES)
def test_nothing_is_wider_than_the_window(site: Path, browser: Browser, name: str, width: int) -> None:
    browser.window(width)
    browser.open(site / name)
    assert browser.run("document.documentElement.scrollWidth") == width


_LEFT = """['.site', 'div.notice', '.meta', '.columns .source', '#legende h2', '.colophon > .row', '.record']
  .map(name => document.querySelector(name).getBoundingClientRect().left)"""


@pytest.mark.parametrize("width", [360, 768, 1024, 1280, 1310, 1440, 1920])
def test_footer_masthead_and_text_start_at_the_same_place(site: Path, browser: Browser, width: int) -> None:
    browser.window(width)
    browser.open(site / "draft.html")
    edges = browser.run(_LEFT.replace("'.columns .source', ", "" if width < 640 else "'.columns .source', "))
    assert max(edges) - min(edges) < 0.5, edges
    if width >= 640:
        assert browser.run(
            "Math.abs(document.querySelector('#legend h2').getBoundingClientRect().left"
            " - document.querySelector('div.notice p + p strong').getBoundingClientRect().left) < 1"
        )


@pytest.mark.parametrize(("query", "media"), [("", "screen"), ("?view=en", "screen"), ("?view=en", "print")])
def test_a_draft_says_so_above_the_fold_in_every_view(site: Path, browser: Browser, query: str, media: str) -> None:
    browser.window(360, 640, media=media)
    browser.open(site / "draft.html", query)
    seen = browser.run(
        "[...document.querySelectorAll('.notice strong')].map(e => [e.textContent, e.getBoundingClientRect()])"
        ".map(([text, box]) => [text, box.height > 0 && box.top >= 0 && box.bottom < innerHeight])"
    )
    assert seen == [["Brouillon automatique", True], ["Machine draft", True]]


def test_a_changed_mark_goes_to_the_french_before(site: Path, browser: Browser) -> None:
    browser.window(1200, 600)
    browser.open(site / PAGE, "?view=en")
    browser.run("document.querySelector('#en-p6s1 a.mark').click()")
    assert browser.run("location.hash") == "#was-p6s1"
    assert browser.run("document.querySelector('li:target').getClientRects().length") == 1


def test_images_beside_the_page_are_shown_and_no_others_asked_for(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / RICH)
    assert browser.run("[...document.images].map(image => image.naturalWidth)") == [1, 1]
    asked = browser.run("performance.getEntriesByType('resource').map(e => e.name).filter(n => !n.startsWith('file:'))")
    assert asked == []


@pytest.mark.parametrize("width", [320, 1200])
def test_a_wide_table_is_moved_sideways_and_not_the_page(site: Path, browser: Browser, width: int) -> None:
    browser.window(width)
    browser.open(site / "large.html")
    for side in ("source", "target"):
        inner = f"document.querySelector('.{side} .scroll')"
        assert browser.run(f"{inner}.scrollWidth > {inner}.clientWidth")
    assert browser.run("document.documentElement.scrollWidth") == width


def test_a_table_that_is_moved_sideways_is_not_squeezed_too_and_shows_that_it_goes_on(
    site: Path, browser: Browser
) -> None:
    browser.window(360)
    browser.open(site / "large.html")
    assert browser.run("Math.min(...[...document.querySelectorAll('td, th')].map(e => e.offsetWidth))") >= 88
    assert "local" in browser.run("getComputedStyle(document.querySelector('.scroll')).backgroundAttachment")


def test_words_stand_in_the_middle_of_their_buttons(site: Path, browser: Browser) -> None:
    for width in (360, 1200):
        browser.window(width)
        browser.open(site / PAGE)
        for name in (".filter button", ".views button"):
            off = browser.run(
                "(e => { const r = document.createRange(); r.selectNodeContents(e);"
                " const [a, b] = [e, r].map(x => x.getBoundingClientRect());"
                f" return Math.abs(a.top + a.bottom - b.top - b.bottom) / 2 }})(document.querySelector('{name}'))"
            )
            assert off < 1.5, (width, name, off)


@pytest.mark.parametrize("query", ["", "?view=fr", "?view=en"])
def test_a_mark_goes_to_its_note_and_back(site: Path, browser: Browser, query: str) -> None:
    browser.window(1200, 600)
    browser.open(site / RICH, query)
    side = "source" if "fr" in query else "target"
    seen = (
        "(e => {{ const r = e.getBoundingClientRect(); return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight }})"
        "({})"
    )
    browser.run(f"document.querySelector('#p4 .{side} .note-mark a').click()")
    assert browser.run("location.hash") == "#note-1"
    assert browser.run(seen.format("document.getElementById('note-1')"))
    browser.run(f"document.querySelector('#note-1 .back .{side} a').click()")
    assert browser.run(seen.format(f"document.querySelector('#p4 .{side} .note-mark a')"))
    assert marked_as(browser, "pinned") == ["fr-p4s1", "en-p4s1"]


def test_cells_have_twins_too(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / RICH)
    browser.run("document.querySelector('#en-p18s1 a').focus()")
    assert marked_as(browser, "twin") == ["fr-p18s1", "en-p18s1"]


def columns(browser: Browser) -> tuple[bool, bool]:
    """Whether the French and the English of a paragraph are shown."""
    shown = browser.run("['fr-p4s1', 'en-p4s1'].map(i => document.getElementById(i).getClientRects().length > 0)")
    return shown[0], shown[1]


def side_by_side(browser: Browser) -> bool:
    tops = browser.run("['fr-p4s1', 'en-p4s1'].map(i => document.getElementById(i).getClientRects()[0].top)")
    return bool(abs(tops[0] - tops[1]) < 1)


def marked_as(browser: Browser, name: str) -> list[str]:
    return list(browser.run(f"[...document.querySelectorAll('.{name}')].map(e => e.id)"))


@pytest.mark.parametrize(
    ("query", "wanted"),
    [("", (True, True)), ("?view=fr", (True, False)), ("?view=en", (False, True)), ("?view=<b>", (True, True))],
)
def test_the_address_says_which_language(site: Path, browser: Browser, query: str, wanted: tuple[bool, bool]) -> None:
    browser.window(1200)
    browser.open(site / PAGE, query)
    assert columns(browser) == wanted
    pressed = browser.run("[...document.querySelectorAll('.views [aria-pressed=true]')].map(b => b.dataset.view)")
    assert pressed == [{(True, True): "both", (True, False): "source", (False, True): "target"}[wanted]]


def test_a_button_changes_view_and_address(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    browser.run("document.querySelector('button[data-view=target]').click()")
    assert columns(browser) == (False, True)
    assert browser.run("location.search") == "?view=en"
    browser.run("document.querySelector('button[data-view=both]').click()")
    assert columns(browser) == (True, True)
    assert browser.run("location.search") == ""


def test_the_legend_is_there_in_every_view(site: Path, browser: Browser) -> None:
    browser.window(1200)
    for view in ("fr", "en", "both"):
        browser.open(site / PAGE, f"?view={view}")
        assert browser.run("['legend', 'legende'].every(i => document.getElementById(i).getClientRects().length > 0)")


def test_side_by_side_on_a_desk_stacked_on_a_phone_two_columns_on_paper(site: Path, browser: Browser) -> None:
    for width, media, wanted in (
        (1440, "screen", True),
        (768, "screen", True),
        (360, "screen", False),
        (600, "print", True),
    ):
        browser.window(width, media=media)
        browser.open(site / PAGE)
        assert side_by_side(browser) == wanted, (width, media)


@pytest.mark.parametrize(("page", "query"), [(f"en/{PAGE}", ""), (PAGE, "?view=en")])
def test_on_a_phone_headings_of_english_alone_are_headings(site: Path, browser: Browser, page: str, query: str) -> None:
    """Below the French, in a page of both, they stand back."""
    browser.window(360)
    look = "(e => [getComputedStyle(e).fontWeight, parseFloat(getComputedStyle(e).paddingTop)])"
    browser.open(site / page, query)
    assert browser.run(f"{look}(document.querySelector('h1 .target'))[0]") == "700"
    assert browser.run(f"{look}(document.querySelector('h2 .target'))[1]") > 10
    browser.open(site / PAGE)
    assert browser.run(f"{look}(document.querySelector('h1 .target'))[0]") == "400"
    assert browser.run(f"{look}(document.querySelector('h2 .target'))[1]") == 0


def test_whole_without_javascript(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site / PAGE, "?view=en")
        assert columns(browser) == (True, True)
        shown = "[...document.querySelectorAll('nav a, nav button, .filter, .walk, .tools')]"
        shown += ".filter(e => e.getClientRects().length).map(e => e.textContent.trim())"
        assert browser.run(shown) == ["Français", "Les deux · Both", "English"]
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


def pointer(browser: Browser, name: str) -> tuple[float, float]:
    x, y = browser.run(
        f"(() => {{ const e = document.getElementById({name!r}); e.scrollIntoView({{block: 'center'}});"
        " const r = e.querySelector('.t').getClientRects()[0]; return [r.left + r.width / 2, r.top + r.height / 2] })()"
    )
    return x, y


@pytest.mark.parametrize("name", ["fr-p4s2", "en-p4s2"])
def test_pointing_at_a_sentence_marks_its_twin(site: Path, browser: Browser, name: str) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    x, y = pointer(browser, name)
    browser.call("Input.dispatchMouseEvent", type="mouseMoved", x=x, y=y)
    assert marked_as(browser, "twin") == ["fr-p4s2", "en-p4s2"]
    # Not by colour alone: the mark draws a line, too.
    assert "rgb" in browser.run("getComputedStyle(document.querySelector('.twin')).boxShadow")


def test_keyboard_focus_marks_the_twin(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    browser.run("document.querySelector('#en-p4s2 a').focus()")
    assert marked_as(browser, "twin") == ["fr-p4s2", "en-p4s2"]


def test_a_tap_marks_until_the_next(site: Path, browser: Browser) -> None:
    browser.window(360)
    browser.open(site / PAGE)
    for wanted in (["fr-p4s2", "en-p4s2"], []):
        x, y = pointer(browser, "fr-p4s2")
        for kind in ("mousePressed", "mouseReleased"):
            browser.call("Input.dispatchMouseEvent", type=kind, x=x, y=y, button="left", clickCount=1)
        assert marked_as(browser, "pinned") == wanted


@pytest.mark.parametrize("fragment", ["#%", "#50%", "#:~:text=%C3"])
def test_a_fragment_that_is_none_breaks_nothing(site: Path, browser: Browser, fragment: str) -> None:
    browser.open(site / PAGE, fragment)
    browser.run("document.querySelector('button[data-view=source]').click()")
    assert browser.run("document.querySelector('button[data-view=source]').getAttribute('aria-pressed')") == "true"


@pytest.mark.parametrize("fragment", ["#p8s2", "#fr-p8s2", "#en-p8s2"])
def test_a_permalink_marks_both_and_shows_one(site: Path, browser: Browser, fragment: str) -> None:
    browser.window(900, 400)
    for query in ("", "?view=en", "?view=fr"):
        browser.open(site / PAGE, query + fragment)
        assert marked_as(browser, "pinned") == ["fr-p8s2", "en-p8s2"]
        seen = browser.run(
            "[...document.querySelectorAll('.pinned')].some(e => { const r = e.getBoundingClientRect();"
            " return r.height > 0 && r.top >= 0 && r.bottom <= innerHeight })"
        )
        assert seen, query


# -- what is not approved -----------------------------------------------------------------------------------------

_SHOWN = "[...document.querySelectorAll('.rows .row')].filter(r => r.getClientRects().length).map(r => r.id)"


def test_the_filter_hides_what_has_been_read_and_keeps_the_headings(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    everything = browser.run(_SHOWN)
    browser.page.get_by_role("button", name="Not approved 11").click()
    assert browser.run("location.search") == "?show=unread"
    shown = browser.run(_SHOWN)
    assert {"p3", "p7"} <= set(shown) < set(everything)
    assert "p9" not in shown  # an approved item
    hits = browser.run("[...document.querySelectorAll('.hit[data-state]')].map(e => e.dataset.state)")
    assert len(hits) == 11
    assert "reviewed" not in hits
    assert "11" in browser.page.get_by_role("status").first.inner_text()
    browser.page.get_by_role("button", name="All 18").click()
    assert browser.run(_SHOWN) == everything
    assert browser.run("location.search") == ""


@pytest.mark.parametrize(
    ("query", "rows"), [("?show=to-check", {"p10"}), ("?show=untranslated", {"p8", "p11"}), ("?show=nonsense", None)]
)
def test_the_address_says_what_is_shown(site: Path, browser: Browser, query: str, rows: set[str] | None) -> None:
    browser.window(1200)
    browser.open(site / PAGE, query)
    shown = set(browser.run(_SHOWN)) - {"", "p3", "p7"}
    assert shown == rows if rows else len(shown) > 10


def test_a_heading_stays_with_what_stays_of_its_section_only(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE, "?show=changed")
    assert browser.run(_SHOWN) == ["", "p3", "p6"], "nothing has changed below p7"
    browser.open(site / "sections.html", "?show=unread")
    assert browser.run(_SHOWN) == ["", "p1", "p4", "p5", "p6", "p9", "p10", "p11"]
    browser.page.get_by_role("button", name="All").first.click()
    assert len(browser.run(_SHOWN)) == 12


def test_a_permalink_into_what_is_hidden_shows_it(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE, "?show=to-check#p9s1")
    assert browser.run("document.getElementById('fr-p9s1').getClientRects().length") == 1


def test_next_and_previous_go_round_what_is_not_approved(site: Path, browser: Browser) -> None:
    browser.window(1200, 500)
    browser.open(site / PAGE, "?view=en")
    unread = browser.run(
        "[...document.querySelectorAll('[data-state]')]"
        ".filter(e => !['reviewed', 'verbatim'].includes(e.dataset.state)).map(e => e.id)"
    )
    browser.page.get_by_role("button", name="Next sentence not approved").focus()
    seen = []
    for _ in (*unread, ""):
        browser.page.keyboard.press("Enter")
        (name,) = (name for name in marked_as(browser, "pinned") if name.startswith("en-"))
        seen.append(name)
        assert browser.run("document.activeElement.dataset.walk") == "1", "so that the next press is the next step"
        box = browser.run(f"document.getElementById('{name}').getBoundingClientRect().toJSON()")
        assert box["bottom"] > 40 and box["top"] < 500
    assert seen == [*unread, unread[0]]
    browser.page.keyboard.press("Shift+Tab")
    browser.page.keyboard.press("Enter")
    assert browser.run("document.activeElement.dataset.walk") == "-1"
    assert f"{unread[-1]}" in marked_as(browser, "pinned")
    assert browser.run("document.querySelector('.tools').hidden")


def test_each_step_is_said_to_who_does_not_see_it(site: Path, browser: Browser) -> None:
    """WCAG 2.2, 4.1.3: number, state and words of the sentence, these marked with their language."""
    browser.window(1200, 500)
    browser.open(site / PAGE)
    words = {}
    for _ in range(11):
        browser.page.get_by_role("button", name="Next sentence not approved").press("Enter")
        said = browser.run(
            "(e => [e.getAttribute('role'), e.textContent, e.lastElementChild.lang])"
            "(document.querySelector('.filter-said'))"
        )
        assert said[0] == "status"
        words[said[1]] = said[2]
    assert words["Sentence 7, machine draft: Twenty-five people were arrested."] == "en"
    assert len([text for text in words if ", changed: " in text]) == 1
    assert {lang for text, lang in words.items() if ", not yet translated: " in text} == {"fr"}
    assert len(words) == 11
    browser.open(site / "fr" / "draft.html")
    assert browser.run("document.querySelector('.walk')") is None, "the page of the original has no states"


def test_a_step_closes_the_bar_of_another_sentence(site: Path, browser: Browser) -> None:
    browser.window(1200, 700)
    browser.open(site / PAGE)
    browser.page.locator("#fr-p4s2 > a.n").click()
    assert not browser.run("document.querySelector('.tools').hidden")
    browser.page.get_by_role("button", name="Next sentence not approved").click()
    assert browser.run("document.querySelector('.tools').hidden")


@pytest.mark.parametrize(
    ("width", "wanted"), [(320, "11"), (500, "11 not approved"), (1280, "11 non validées · 11 not approved")]
)
def test_the_count_stands_beside_its_arrows(site: Path, browser: Browser, width: int, wanted: str) -> None:
    browser.window(width)
    browser.open(site / PAGE)
    shown = browser.run(
        "[...document.querySelectorAll('.walk-count, .walk-number')].filter(e => e.offsetWidth > 1)"
        ".map(e => (e.querySelector('[lang]')?.offsetWidth === 1 ? e.lastChild.textContent : e.innerText)"
        ".replace(/\\s+/g, ' ').trim())"
    )
    assert shown == [wanted]
    heard = browser.page.locator(".walk-count").aria_snapshot()
    assert "11 non validées 11 not approved" in heard, "whatever there is room to show"
    tops = browser.run("['.site', '.walk'].map(n => document.querySelector(n).getBoundingClientRect().top)")
    assert abs(tops[0] - tops[1]) < 20, "in one line with the name of the site"


def name_of(element: Locator) -> str:
    """What an element is called, as Chromium tells screen readers."""
    found = re.search(r'"(.*)"', element.aria_snapshot())
    assert found
    return found[1]


def test_what_the_script_says_is_french_for_who_sees_french_alone(site: Path, browser: Browser) -> None:
    browser.window(1200)
    live = "(e => [e.lang, e.textContent.replace(/\\s+/g, ' ')])(document.querySelector('.filter-said'))"
    for query, filtered, step, named, done in (
        ("?view=fr", "Non validées 11", "Phrase 7, brouillon automatique\u00a0: ", "non validée suivante", "Copié"),
        ("?view=en", "Not approved 11", "Sentence 7, machine draft: ", "Next sentence not approved", "Copied"),
        ("", "Not approved 11", "Sentence 7, machine draft: ", "suivante\nNext sentence not approved", "Copied"),
    ):
        language = query[-2:] or "en"
        browser.open(site / PAGE, query)
        browser.page.locator("button[data-show=unread]").click()
        assert browser.run(live) == [language, filtered]
        browser.page.locator("button[data-show='']").click()
        arrow = browser.page.locator("button[data-walk='1']")
        assert named in (arrow.get_attribute("title") or "")
        assert name_of(arrow) == " ".join((arrow.get_attribute("title") or "").split())
        browser.run("document.getElementById('p4').scrollIntoView(); 0")
        while not (said := browser.run(live))[1].startswith(step[:10]):
            arrow.press("Enter")
        assert said[0] == language
        assert said[1].startswith(step.replace("\u00a0", " "))
        arrow.press("c")
        browser.page.locator(".said", has_text=done).wait_for()
        assert browser.run("document.querySelector('.said').lang") == language
    browser.page.locator("button[data-view=source]").click()
    assert name_of(arrow) == "Phrase non validée suivante", "a button changes the language at once"


# -- who listens --------------------------------------------------------------------------------------------------

#: Sentences whose number is a stop of the keyboard and known to screen readers, by their element's id.
_STOPS = """[...document.querySelectorAll('.s > a.n')]
  .filter(e => e.tabIndex >= 0 && e.ariaHidden !== 'true' && e.getClientRects().length).map(e => e.parentElement.id)"""


@pytest.mark.parametrize(
    ("name", "query", "side"),
    [
        (PAGE, "", "fr"),
        (PAGE, "?view=fr", "fr"),
        (PAGE, "?view=en", "en"),
        (f"fr/{PAGE}", "", "fr"),
        (f"en/{PAGE}", "", "en"),
    ],
)
def test_a_number_is_one_stop_and_has_the_name_of_its_side(
    site: Path, browser: Browser, name: str, query: str, side: str
) -> None:
    browser.window(360)
    browser.open(site / name, query)
    assert browser.run(_STOPS) == browser.run(
        f"[...document.querySelectorAll('[id^={side}-] > a.n')].map(e => e.parentElement.id)"
    )
    called = [name_of(link) for link in browser.page.locator(f"[id^={side}-] > a.n").all()]
    word = {"fr": "Phrase {} :", "en": "Sentence {}:"}[side]
    assert called == [word.format(number) for number in range(1, 19)]


def test_a_button_gives_the_english_numbers_their_names_and_takes_them_back(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / "beads.html")
    before = browser.run("document.querySelector('.rows').outerHTML")
    browser.page.locator("button[data-view=target]").click()
    names = [name_of(link) for link in browser.page.locator(".target a.n").all()]
    assert names[:3] == ["Sentence 1:", "Sentences 2–3:", "Sentence 4:"]
    browser.page.locator("button[data-view=both]").click()
    assert browser.run("document.querySelector('.rows').outerHTML") == before


def test_what_is_said_of_english_is_heard_as_it_is_seen(site: Path, browser: Browser) -> None:
    """Once before each run, and the figure of a cell apart from the number of its sentence."""
    browser.window(360)
    browser.open(site / PAGE)
    heard = browser.page.locator("#p4 .target").aria_snapshot()
    assert heard.count("draft :") == len(browser.run("[...document.querySelectorAll('#p4 .mark.draft')]")) == 1
    assert "machine draft" not in browser.page.locator(".rows").aria_snapshot()
    browser.open(site / "large.html")
    table = browser.page.locator(".target:has(table)")
    assert table.aria_snapshot().count("draft :") == 1, "of all its cells at once"
    cells = browser.page.locator(".source td").all()
    assert name_of(cells[1]) == "Phrase 3 : Observatoire1"
    browser.open(site / RICH)
    nodes = browser.call("Accessibility.getFullAXTree")["nodes"]
    notes = [each["name"]["value"].strip() for each in nodes if each.get("role", {}).get("value") == "doc-noteref"]
    assert set(notes) == {"Note 1", "Note *"}


def test_a_number_is_large_enough_for_a_finger(site: Path, browser: Browser) -> None:
    browser.window(360)
    browser.open(site / PAGE)
    boxes = browser.run(
        "[...document.querySelectorAll('p.source .n')].map(e => e.getBoundingClientRect())"
        ".map(r => [r.width, r.height])"
    )
    assert min(height for _, height in boxes) >= 20
    assert min(width for width, _ in boxes) >= 14


# -- citations ----------------------------------------------------------------------------------------------------


def copied(browser: Browser, name: str, number: str, copy: str, done: str = "Copied") -> str:
    browser.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    browser.page.locator(f"#{name} > a.n", has_text=number).first.click()
    browser.page.get_by_role("button", name=copy).click()
    browser.page.get_by_text(done, exact=True).wait_for()
    return str(browser.run("navigator.clipboard.readText()"))


def test_a_sentence_is_copied_as_a_citation_and_as_a_link(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    cited = copied(browser, "fr-p4s3", "7", "Copy citation")
    assert cited.startswith(
        "«\u00a0Vingt-cinq personnes ont été interpellées.\u00a0» – “Twenty-five people were arrested.”"
        " [machine draft, not reviewed]. Trafic d’anguilles"
    )
    assert ", 14 mars 2019 / 14 March 2019, phrase 7 / sentence 7. file:" in cited
    assert cited.endswith(f"{PAGE}#p4s3")
    assert copied(browser, "en-p4s2", "6", "Copy link") == (site / PAGE).as_uri() + "#p4s2"


def test_a_citation_of_merged_sentences_has_both(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / "beads.html")
    cited = copied(browser, "en-p2s1", "2–3", "Copy citation")
    assert cited.startswith("«\u00a0Le port a fermé. C’était vendredi.\u00a0» – “The port closed on Friday.” ")
    assert "[" not in cited
    assert ", phrases 2–3 / sentences 2–3. " in cited


@pytest.mark.parametrize(
    ("name", "wanted"),
    [
        ("q1", "«\u00a0La zone reste “suspecte”.\u00a0» – “The zone remains ‘suspect’.” "),
        ("q2", "«\u00a0“Nous attendons.”\u00a0» – “‘We are waiting.’” "),
        ("q3", "«\u00a0“Rien n’est dit, a-t-elle précisé.”\u00a0» – “‘Nothing has been said,’ she added.” "),
        ("q4", "«\u00a0“On verra.”\u00a0» – “‘We shall see.’” "),
        ("q5", "«\u00a0“Il a crié ‘terre’ deux fois”, dit-elle.\u00a0» – “‘He shouted ‘land’ twice,’ she said.” "),
        ("q6", '«\u00a0Le mot “vigie” et 5" de pluie\u00a0» – “The word ‘lookout’ and 5" of rain”. '),
        ("q7", "«\u00a0Qui le sait\u202f?\u00a0» – “Who knows?” "),
    ],
)
def test_quotations_within_a_citation_have_the_inner_marks_and_one_stop(
    site: Path, browser: Browser, name: str, wanted: str
) -> None:
    browser.window(1200)
    browser.open(site / "quotes.html")
    number = int(name[1:])
    cited = copied(browser, f"fr-p{number}s1", str(number), "Copy citation")
    assert cited.startswith(wanted + "La zone"), cited


@pytest.mark.parametrize(
    ("page", "wanted"),
    [
        (f"fr/{PAGE}", ("«\u00a0Vingt-cinq personnes ont été interpellées.\u00a0» Trafic", ", phrase 7. file:")),
        (
            f"en/{PAGE}",
            ("“Twenty-five people were arrested.” [machine draft, not reviewed]. Eel", ", sentence 7. file:"),
        ),
        ("fr/beads.html", ("«\u00a0Le port a fermé. C’était vendredi.\u00a0» ", ", phrases 2–3. file:")),
    ],
)
def test_a_citation_from_a_page_of_one_language(
    site: Path, browser: Browser, page: str, wanted: tuple[str, str]
) -> None:
    browser.window(1200)
    browser.open(site / page)
    name = "p2s1" if "beads" in page else "p4s3"
    button = ("Copier la citation", "Copié") if page.startswith("fr") else ("Copy citation", "Copied")
    cited = copied(browser, f"{page[:2]}-{name}", "", *button)
    assert cited.startswith(wanted[0]), cited
    assert wanted[1] in cited


def test_merged_sentences_light_up_together(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / "beads.html")
    browser.run("document.querySelector('#fr-p2s2 a').focus()")
    assert marked_as(browser, "twin") == ["fr-p2s1", "fr-p2s2", "en-p2s1"]
    browser.open(site / "beads.html", "#en-p2s2")
    assert marked_as(browser, "pinned") == ["fr-p2s1", "fr-p2s2", "en-p2s1"]


def test_citing_with_the_keyboard_alone_and_back(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    height = browser.run("document.documentElement.scrollHeight")
    browser.page.locator("#fr-p4s2 > a.n").focus()
    browser.page.keyboard.press("Enter")
    browser.page.wait_for_function("document.activeElement.textContent.includes('Copy citation')")
    assert browser.run("document.documentElement.scrollHeight") == height  # nothing moved
    browser.page.keyboard.press("Escape")
    assert browser.run("document.querySelector('.tools').hidden")
    assert browser.run("document.activeElement.closest('.s').id") == "fr-p4s2"


def cited(browser: Browser) -> str:
    browser.page.get_by_text("Copied", exact=True).wait_for()
    return str(browser.run("navigator.clipboard.readText()"))


def test_c_cites_the_sentence_that_an_arrow_has_led_to(site: Path, browser: Browser) -> None:
    browser.window(1200, 700)
    browser.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    browser.open(site / PAGE, "?show=to-check")
    arrow = browser.page.get_by_role("button", name="Next sentence not approved")
    assert arrow.get_attribute("aria-keyshortcuts") == "C"
    arrow.press("c")
    assert browser.run("document.querySelector('.tools').hidden"), "no sentence is marked yet"
    arrow.press("Enter")
    number = browser.run("document.querySelector('.pinned .n').textContent")
    arrow.press("c")
    assert f"sentence {number}. file:" in cited(browser)
    assert browser.run("document.activeElement.dataset.walk") == "1", "and on to the next"
    browser.page.keyboard.press("Enter")
    assert browser.run("document.querySelector('.tools').hidden")


def test_c_cites_the_sentence_whose_number_has_the_focus_and_is_no_command_elsewhere(
    site: Path, browser: Browser
) -> None:
    """WCAG 2.2, 2.1.4."""
    browser.window(1200, 700)
    browser.page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    browser.open(site / PAGE)
    number = browser.page.locator("#en-p4s2 > a.n")
    for key in ("Control+c", "Alt+c"):
        number.press(key)
    browser.page.locator("button[data-show='']").press("c")
    browser.page.locator("body").press("c")
    assert browser.run("document.querySelector('.tools').hidden")
    number.press("Shift+C")
    assert ", phrase 6 / sentence 6. file:" in cited(browser)
    assert browser.run(_FOCUS) == "en-p4s2"
    browser.page.keyboard.press("Escape")
    assert browser.run("document.querySelector('.tools').hidden")
    assert browser.run(_FOCUS) == "en-p4s2"


def test_c_leads_back_to_the_arrow_where_the_text_must_be_copied_by_hand(site: Path, browser: Browser) -> None:
    browser.window(1200, 700)
    browser.open(site / PAGE)
    browser.run("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; 0")
    arrow = browser.page.get_by_role("button", name="Next sentence not approved")
    arrow.press("Enter")
    arrow.press("c")
    browser.page.locator(".said", has_text="Copy the selected text:").wait_for()
    assert browser.run("document.activeElement.className") == "by-hand"
    browser.page.keyboard.press("Escape")
    assert browser.run("document.activeElement.dataset.walk") == "1"


#: What has the focus: a sentence's number by the sentence's id, anything else by its words.
_FOCUS = """(e => e === document.body ? "BODY" : e.matches(".s > .n") ? e.parentElement.id
  : e.dataset.named || e.textContent.trim())(document.activeElement)"""


def opened_bar(browser: Browser, site: Path, query: str = "", name: str = "fr-p4s2") -> None:
    browser.window(1200, 600)
    browser.open(site / PAGE, query)
    browser.page.locator(f"#{name} > a.n").focus()
    browser.run("window.followed = new Promise(done => addEventListener('hashchange', done, { once: true })); 0")
    browser.page.keyboard.press("Enter")
    browser.run("followed.then(() => true)")  # it marks the sentence, and may come after the bar
    browser.page.wait_for_function("document.activeElement.textContent.includes('Copy citation')")


def test_tab_leaves_the_bar_for_what_follows_the_number(site: Path, browser: Browser) -> None:
    opened_bar(browser, site)
    seen = []
    for _ in range(3):
        browser.page.keyboard.press("Tab")
        seen.append(browser.run(_FOCUS))
    assert seen[1:] == ["close", "fr-p4s3"]
    assert "Copy link" in seen[0]
    assert browser.run("document.querySelector('.tools').hidden"), "whoever comes to the end is not led back"
    assert marked_as(browser, "pinned") == ["fr-p4s2", "en-p4s2"]


def test_shift_tab_leaves_the_bar_for_the_number(site: Path, browser: Browser) -> None:
    opened_bar(browser, site)
    browser.page.keyboard.press("Shift+Tab")
    assert browser.run(_FOCUS) == "fr-p4s2"
    assert browser.run("document.querySelector('.tools').hidden")


@pytest.mark.parametrize(("query", "name"), [("", "fr-p4s2"), ("?view=en", "en-p4s2")])
@pytest.mark.parametrize("way", ["Escape", "Enter on ×", "click on ×"])
def test_closing_the_bar_leads_back_to_the_number_and_on_from_there(
    site: Path, browser: Browser, way: str, query: str, name: str
) -> None:
    opened_bar(browser, site, query, name)
    close = browser.page.get_by_role("button", name="Close")
    if way == "Escape":
        browser.page.keyboard.press("Escape")
    elif way == "Enter on ×":
        close.focus()
        browser.page.keyboard.press("Enter")
    else:
        close.click()
    assert browser.run(_FOCUS) == name
    assert marked_as(browser, "pinned") == []
    assert name not in marked_as(browser, "twin"), "what the pointer rests on may be lit"
    browser.page.keyboard.press("Tab")
    assert browser.run(_FOCUS) == name.replace("p4s2", "p4s3")


def test_a_bar_that_the_pointer_opened_leads_to_the_number_too(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    browser.page.locator("#fr-p4s2 > .t").click()
    browser.page.keyboard.press("Escape")
    assert browser.run("document.querySelector('.tools').hidden")
    assert browser.run(_FOCUS) == "fr-p4s2"


def test_what_is_tabbed_to_while_the_bar_is_open_is_not_under_it(site: Path, browser: Browser) -> None:
    """WCAG 2.2, 2.4.11."""
    browser.window(1200, 400)
    browser.open(site / PAGE)
    browser.page.locator("#fr-p4s2 > a.n").click()
    for _ in range(12):
        browser.page.keyboard.press("Tab")
        assert browser.run(
            "document.activeElement.getBoundingClientRect().bottom"
            " <= document.querySelector('.tools').getBoundingClientRect().top"
        )


@pytest.mark.parametrize("name", ["matched.html", "en/matched.html"])
def test_what_a_program_has_matched_can_be_found_and_says_so_in_a_citation(
    site: Path, browser: Browser, name: str
) -> None:
    browser.window(1200)
    browser.open(site / name, "?show=matched")
    assert browser.run("[...document.querySelectorAll('.hit[data-state]')].map(e => e.id)") == ["en-p4s1"]
    line = "getComputedStyle(document.querySelector('#en-p4s1 > .t'))"
    assert browser.run(f"[{line}.textDecorationLine, {line}.textDecorationStyle]") == ["underline", "double"]
    number = browser.page.locator("#en-p4s1 > a.n").inner_text()
    said = "[matched by program, not compared by a person]"
    assert said in copied(browser, "en-p4s1", number, "Copy citation")
    assert "matched :" in browser.page.locator("#p4 .target").aria_snapshot()
    browser.open(site / name, "?show=unread")
    assert "en-p4s1" not in browser.run("[...document.querySelectorAll('.hit[data-state]')].map(e => e.id)")


def test_where_the_clipboard_is_closed_the_text_is_marked_for_the_reader(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / PAGE)
    browser.run("navigator.clipboard.writeText = () => Promise.reject(); document.execCommand = () => false; 0")
    browser.page.locator("#fr-p4s2 > a.n").click()
    browser.page.get_by_role("button", name="Copy link").click()
    browser.page.locator(".said", has_text="Copy the selected text:").wait_for()
    assert browser.run("getSelection().toString() || document.activeElement.value").endswith("#p4s2")


# -- books ------------------------------------------------------------------------------------------------------------

_BOOK = "[...document.querySelectorAll('{names}')].filter(e => !e.closest('a')).map(e => {value})"


def test_the_columns_of_a_book_stand_straight_and_nothing_vanishes_by_night(tmp_path: Path, browser: Browser) -> None:
    with zipfile.ZipFile(BytesIO(render_epub(collected([Bound(sample()), Bound(marked())], SITE)))) as book:
        book.extractall(tmp_path)
    for chapter in ("r1", "r2"):
        browser.window(820)
        browser.open(tmp_path / "EPUB" / f"{chapter}.xhtml")
        rules = _BOOK.format(names=":not(.aside) > .row > .target", value="e.getBoundingClientRect().left")
        assert len({round(left) for left in browser.run(rules)}) == 1, chapter
        browser.page.add_style_tag(content="body { background: #121212; color: #e6e6e6 }")
        colours = _BOOK.format(names=".n, .mark, .dot, dt, .dateline, .credit", value="getComputedStyle(e).color")
        assert set(browser.run(colours)) == {"rgb(230, 230, 230)"}, chapter


# -- pages of one language ----------------------------------------------------------------------------------------


def test_the_way_to_another_language_keeps_the_place(site: Path, browser: Browser) -> None:
    browser.window(900, 500)
    browser.open(site / "en" / PAGE)
    browser.page.locator("#p8s2").click()
    browser.page.get_by_role("link", name="Français").first.click()
    browser.page.wait_for_load_state()
    assert browser.page.url.endswith(f"fr/{PAGE}#p8s1") or browser.page.url.endswith(f"fr/{PAGE}#p8s2")
    assert marked_as(browser, "pinned") in (["fr-p8s1"], ["fr-p8s2"])


def test_nothing_moves_and_forced_colours_show_what_is_pressed(site: Path, browser: Browser) -> None:
    browser.page.emulate_media(forced_colors="active", reduced_motion="reduce")
    try:
        browser.open(site / PAGE)
        pressed = browser.page.locator(".views [aria-pressed=true]")
        other = browser.page.locator(".views [aria-pressed=false]").first
        colour = "e => getComputedStyle(e).backgroundColor"
        assert pressed.evaluate(colour) != other.evaluate(colour)
        assert browser.run("document.getAnimations().length") == 0
    finally:
        browser.page.emulate_media(forced_colors="none", reduced_motion="no-preference")
