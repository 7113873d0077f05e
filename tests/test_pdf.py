"""PDF: tags, languages, bookmarks, the pages themselves, and what happens on a machine without Chromium."""

from __future__ import annotations

import io
import re
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pikepdf
import pytest

from tests.edition_sample import EARLIER, build, sample
from tests.judges import program
from tests.marked_sample import marked
from tests.running import assert_error, toolkit
from tests.test_epub import SITE, a_photo, pictures
from toolkit.books import browser
from toolkit.books.browser import VARIABLE, find_browser, print_pages
from toolkit.books.pdf import _string, render_pdf
from toolkit.books.volume import Bound, Shown, Volume, collected, volume_of
from toolkit.edition import Edition
from toolkit.editions.align import align
from toolkit.errors import MissingToolError
from toolkit.model import BlockKind, State

FRENCH = "Vingt-cinq personnes ont été interpellées."
ENGLISH = "Twenty-five people were arrested."


def chromium() -> str:
    try:
        return find_browser()
    except MissingToolError as error:
        pytest.skip(error.message)


def changed() -> Edition:
    return align(*build(earlier=EARLIER))


def volume() -> Volume:
    return collected([Bound(changed()), Bound(marked(), pictures(a_photo()))], SITE)


@pytest.fixture(scope="module")
def book() -> bytes:
    chromium()
    return render_pdf(volume())


def elements(found: pikepdf.Object, depth: int = 0) -> Iterator[pikepdf.Dictionary]:
    if isinstance(found, pikepdf.Array):
        for child in found:
            yield from elements(child, depth + 1)
    elif isinstance(found, pikepdf.Dictionary):
        if "/S" in found:
            yield found
        if "/K" in found:
            yield from elements(found.K, depth + 1)


def texts(data: bytes, tmp_path: Path, *options: str) -> list[str]:
    """The words of each page, as poppler reads them."""
    (tmp_path / "book.pdf").write_bytes(data)
    command = [program("pdftotext"), *options, str(tmp_path / "book.pdf"), "-"]
    return subprocess.run(command, capture_output=True, text=True, check=True).stdout.split("\f")


# -- what a reader's program is told ------------------------------------------------------------------------------


@pytest.mark.external
def test_the_document_says_what_it_is(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        assert str(pdf.Root.Lang) == "en"
        assert pdf.Root.MarkInfo.Marked
        assert pdf.Root.ViewerPreferences.DisplayDocTitle
        assert {key: str(value) for key, value in pdf.docinfo.items()} == {"/Title": "Vigie <& Co>"}
        metadata = pdf.open_metadata()
        assert metadata["dc:title"] == "Vigie <& Co>"
        assert metadata["dc:language"] == {"fr", "en"}
        assert metadata["dc:publisher"] == {"OEF & fils"}
        assert metadata["xmp:CreateDate"] == "2026-03-05T00:00:00Z", "the newest release's"
        assert "pdfuaid:part" not in metadata, "nobody has checked that"
        assert [str(page.obj.MediaBox[2]) for page in pdf.pages if abs(float(page.obj.MediaBox[2]) - 595) > 1] == []


@pytest.mark.external
def test_passages_keep_their_languages(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        found = [each for each in elements(pdf.Root.StructTreeRoot) if "/Lang" in each]
        kinds = {(str(each.S), str(each.Lang)) for each in found}
    assert ("/P", "fr") in kinds
    assert ("/Span", "fr") in kinds, "a heading's French"
    assert not [kind for kind, _ in kinds if kind == "/NonStruct"]
    assert sum(str(each.Lang) == "fr" for each in found) > 30


@pytest.mark.external
def test_structure(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf:
        found = list(elements(pdf.Root.StructTreeRoot))
        kinds = [str(each.S) for each in found]
        assert {"/H1", "/H2", "/P", "/L", "/LI", "/BlockQuote", "/Table", "/TH", "/TD", "/Figure"} <= set(kinds)
        assert all(str(each.get("/Alt", "")) for each in found if each.S == "/Figure")
        for page in pdf.pages:
            assert page.obj.Tabs == "/S"
            for link in page.obj.get("/Annots", []):
                assert str(link.Contents)
                assert "/StructParent" in link


@pytest.mark.external
def test_bookmarks_are_the_words_of_the_headings(book: bytes) -> None:
    with pikepdf.open(io.BytesIO(book)) as pdf, pdf.open_outline() as outline:
        names = [item.title for item in outline.root]
        assert names[0] == "Sommaire · Contents"
        assert names[1].startswith("Trafic d’anguilles\u00a0: onze pays")
        assert names[1].endswith("eleven estuary countries join forces on inspections")
        assert names[-1] == "À propos de cette édition · About this edition"
        below = [item.title for item in outline.root[1].children]
        assert below[0] == "Des filières mieux connues · Better-known networks [machine draft]"


@pytest.mark.external
def test_the_same_book_has_the_same_bytes(book: bytes) -> None:
    assert render_pdf(volume()) == book


# -- what is on paper ---------------------------------------------------------------------------------------------


@pytest.mark.external
def test_the_contents_name_the_pages_on_which_the_releases_begin(book: bytes, tmp_path: Path) -> None:
    pages = texts(book, tmp_path, "-layout")
    listed = re.search(r"onze pays.*?(\d+)\n", pages[1], re.DOTALL)
    assert listed
    assert "Des filières mieux connues" in pages[int(listed[1]) - 1]
    assert re.search(rf"\b{listed[1]}\b", pages[int(listed[1]) - 1].rstrip().splitlines()[-1]), "its own number"


@pytest.mark.external
def test_both_languages_stand_side_by_side_under_their_titles(book: bytes, tmp_path: Path) -> None:
    page = next(page for page in texts(book, tmp_path, "-layout") if ENGLISH in page)
    head, *rows = [line for line in page.splitlines() if line.strip()]
    assert re.fullmatch(r"\s*Français · Trafic d’anguilles.*…\s+English · Eel trafficking.*…", head)
    row = next(line for line in rows if "Des filières mieux connues" in line)
    assert "Better-known networks" in row
    foot = page.rstrip().splitlines()[-1]
    assert "7 phrases sur 18 relues" in foot
    assert "7 of 18 sentences read by a person" in foot


@pytest.mark.external
def test_states_are_said_in_words(book: bytes, tmp_path: Path) -> None:
    text = re.sub(r"\s+", " ", " ".join(texts(book, tmp_path)))
    for words in ("[machine draft]", "[to be checked]", "[changed]", "[not yet translated]", "Unfinished translation"):
        assert words in text


@pytest.mark.external
def test_one_release_alone_has_no_title_page(tmp_path: Path) -> None:
    chromium()
    alone = texts(render_pdf(volume_of(changed(), SITE, {})), tmp_path)
    assert "Trafic d’anguilles" in alone[0]
    assert "Contents" not in "".join(alone)


@pytest.mark.external
def test_a_release_without_headline_has_its_bookmark_a_whole_mark_above_it_and_no_way_back_below(
    tmp_path: Path,
) -> None:
    chromium()
    title = "Le port de la Vigie des estuaires, fermé depuis lundi matin, ouvre demain à la navigation."
    english = "The port of the estuary watch, closed since Monday morning, opens to traffic tomorrow."
    edition = align(*build(((BlockKind.PARAGRAPH, 0, "", "", ((title, english, State.MACHINE),)),)))
    made = render_pdf(volume_of(edition, SITE, {}))
    with pikepdf.open(io.BytesIO(made)) as pdf, pdf.open_outline() as outline:
        assert str(outline.root[0].title).startswith(title)
    assert "… [machine draft]" in "".join(texts(made, tmp_path, "-layout")).replace("\u00a0", " ").splitlines()[0]
    assert "Back to the mark" not in "".join(texts(render_pdf(volume_of(marked(), SITE, {})), tmp_path))


@pytest.mark.external
@pytest.mark.parametrize(("shown", "there", "gone"), [("source", FRENCH, ENGLISH), ("target", ENGLISH, FRENCH)])
def test_one_language_alone(tmp_path: Path, shown: str, there: str, gone: str) -> None:
    chromium()
    made = render_pdf(replace(volume_of(sample(), SITE, {}), shown=Shown(shown)))
    text = re.sub(r"\s+", " ", "".join(texts(made, tmp_path)))
    assert there.split()[-1] in text
    assert there in text
    assert gone not in text


def test_a_css_string_holds_any_text() -> None:
    assert _string('a"}</style>\\\n') == '"a\\22 \\7d \\3c \\2f style\\3e \\5c \\a "'


# -- Chromium -----------------------------------------------------------------------------------------------------


def test_without_a_browser_pdf_is_refused_once_and_before_anything_is_made(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    for name in ("a", "b"):
        (tmp_path / "source" / f"{name}.txt").write_text("Le port ouvre lundi.\n", encoding="utf-8")
    for args in (("publish", "--formats", "html,pdf"), ("book", "-o", "x.pdf")):
        done = toolkit(tmp_path, *args, extra={VARIABLE: "no-such-browser"})
        assert_error(done, 16, "no-such-browser", "apt-get install chromium")
        assert not (tmp_path / "output").exists()
        assert not (tmp_path / "x.pdf").exists()


def test_any_browser_of_the_machine_is_found(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv(VARIABLE, raising=False)
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setattr(browser, "_MAC", ())
    with pytest.raises(MissingToolError, match="there is none on this machine"):
        find_browser()
    (tmp_path / "google-chrome").write_text("#!/bin/sh\n")
    (tmp_path / "google-chrome").chmod(0o755)
    assert find_browser() == str(tmp_path / "google-chrome")


@pytest.mark.parametrize(
    ("script", "said"),
    [
        ("exit 3", "printed nothing: exit 3"),
        ("echo 'no such flag' >&2; exit 1", "printed nothing: no such flag"),
        ("sleep 30", "has not printed a book in"),
    ],
)
def test_a_browser_that_does_not_print(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, script: str, said: str) -> None:
    path = tmp_path / "browser"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    monkeypatch.setenv(VARIABLE, str(path))
    monkeypatch.setattr(browser, "_START", 2)
    with pytest.raises(MissingToolError, match=said):
        print_pages(b"<html/>", {})


@pytest.mark.parametrize("made", ["", "no PDF", "a PDF"])
def test_a_browser_that_is_too_old(monkeypatch: pytest.MonkeyPatch, made: str) -> None:
    out = io.BytesIO()
    if made == "a PDF":
        pikepdf.new().save(out)
    monkeypatch.setattr("toolkit.books.pdf.print_pages", lambda *_, **__: out.getvalue() or made.encode())
    with pytest.raises(MissingToolError, match="this Chromium"):
        render_pdf(volume_of(sample(), SITE, {}))
