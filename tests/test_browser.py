"""The pages before judges that are not ours: the Nu HTML checker, axe-core, and Chromium as a reader would use it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from tests.edition_sample import M, U, build, sample
from tests.judges import Browser, check_html, chromium, npm_file
from tests.marked_sample import IMAGES, MARKED, Marked, marked
from toolkit.edition import Edition
from toolkit.editions import SiteInfo, align, index, page, publish_html, summary
from toolkit.model import BlockKind, Container, Frame, Metadata, State

pytestmark = [pytest.mark.external, pytest.mark.xdist_group("browser")]

PAGE = "2019-03-14-civelles.html"
SITE = SiteInfo(publisher="Observatoire européen des fleuves")
RICH = "2026-03-05-bilan.html"
HOSTILE = "</script>\u202e<b>“" + "a" * 10_000


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
    folder = tmp_path_factory.mktemp("site")
    editions = [sample(), align(*untitled), align(*hostile), align(*draft), marked(), wide()]
    own = replace(SITE, publisher=HOSTILE)
    plan = publish_html(editions[:4], own) | page(marked(), own, IMAGES) | page(wide(), own)
    plan |= index(map(summary, editions), own) | dict.fromkeys(IMAGES.values(), PIXEL)
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


PAGES = ("index.html", PAGE, "note.html", "hostile.html", "draft.html", RICH, "large.html")


def test_markup_is_valid(site: Path) -> None:
    said = [message["message"] for message in check_html(*(site / name for name in PAGES))]
    # The checker guesses a language from the letters, which a page in two languages, or an attack, leads astray; and to
    # it the images beside a page opened from the disk are not the page's own, as they are to browsers.
    excused = ("appears to be written in", "blocked by “img-src” directive")
    assert [message for message in said if not any(words in message for words in excused)] == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("name", PAGES)
def test_accessible(site: Path, browser: Browser, name: str, scheme: str) -> None:
    browser.window(1200, scheme=scheme)
    browser.open(site / name, "?q=ports" if name == "index.html" else "#p4s2")
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
    assert seen == [["Brouillon machine", True], ["Machine draft", True]]


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
    pressed = browser.run("[...document.querySelectorAll('[aria-pressed=true]')].map(b => b.dataset.view)")
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


def test_whole_without_javascript(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.open(site / PAGE, "?view=en")
        assert columns(browser) == (True, True)
        browser.open(site / "index.html", "?q=rien")
        assert browser.run("document.querySelectorAll('.release h2').length") == 6
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


_RESULTS = """new Promise(done => {
  const look = () => document.querySelector('.found').textContent && (!%d || document.querySelector('.hits'))
    ? done([...document.querySelectorAll('.release:not([hidden])')].map(e => e.dataset.release))
    : requestAnimationFrame(look);
  look();
})"""


@pytest.mark.parametrize(
    ("query", "wanted"),
    [
        ("EUROPEEN observatoire", [PAGE[:-5]]),
        ("silver weight", [PAGE[:-5]]),
        ("écluse", [PAGE[:-5]]),
        ("titre", ["note"]),
        ("introuvable", []),
    ],
)
def test_search_in_both_languages_from_the_disk(site: Path, browser: Browser, query: str, wanted: list[str]) -> None:
    browser.window(1200)
    browser.open(site / "index.html", f"?q={query}")
    found = browser.run(_RESULTS % bool(wanted and wanted != ["note"]))
    assert found == wanted


def test_a_hit_leads_to_its_sentence_with_its_state_and_shows_text_as_text(site: Path, browser: Browser) -> None:
    browser.window(1200)
    browser.open(site / "index.html", "?q=silver")
    browser.run(_RESULTS % True)
    hits = browser.run(
        "[...document.querySelectorAll('.hits a')].map(a => [a.getAttribute('href'), a.lang, a.innerHTML])"
    )
    assert hits == [[f"{PAGE}#p5s1", "en", "“A glass eel is now worth more than <mark>silver</mark> by weight."]]
    for word, wanted in (
        ("perfectly", "machine draft"),
        ("shared", "changed"),
        ("publish", "to be checked"),
        ("renseignements", ""),
    ):
        browser.open(site / "index.html", f"?q={word}")
        browser.run(_RESULTS % True)
        assert browser.run("[...document.querySelectorAll('.hits .mark')].map(e => e.textContent).join()") == wanted
    browser.open(site / "index.html", "?q=script")
    browser.run(_RESULTS % True)
    assert browser.run("document.querySelectorAll('.hits b, .hits script').length") == 0
    assert "</script>" in browser.run("document.querySelector('.hits a').textContent")
