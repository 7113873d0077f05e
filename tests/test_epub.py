"""EPUB: what EPUBCheck says, the laws of its pages, and `toolkit book` as a person runs it."""

from __future__ import annotations

import io
import itertools
import os
import re
import subprocess
import sys
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st
from lxml import etree
from PIL import Image as Pillow

from tests.edition_sample import EARLIER, U, build, matched, sample
from tests.judges import ROOT, check_epub
from tests.marked_sample import IMAGES, Marked, any_edition, any_table, marked
from tests.running import assert_error, toolkit, tree
from toolkit.books.epub import render_epub
from toolkit.books.pages import pages_of
from toolkit.books.volume import Bound, Shown, Volume, collected, volume_of
from toolkit.edition import Edition
from toolkit.editions.about import Picture, SiteInfo
from toolkit.editions.align import align
from toolkit.editions.interface import Words
from toolkit.editions.labels import MARKS, matched_mark
from toolkit.editions.structure import Standing, standing_of
from toolkit.errors import ToolkitError
from toolkit.imaging import kind_of
from toolkit.jobs.book import Wish, make_book
from toolkit.model import BlockKind, Container, Frame, Metadata, State
from toolkit.pipeline import Pipeline
from toolkit.project import open_project

SITE = SiteInfo("Vigie <& Co>", "La Vigie «\u00a0des estuaires\u00a0»", "OEF & fils", "https://vigie.example/fr/")
XHTML = "{http://www.w3.org/1999/xhtml}"
XML_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
TYPE = "{http://www.idpf.org/2007/ops}type"
DC = "{http://purl.org/dc/elements/1.1/}"
OPF = "{http://www.idpf.org/2007/opf}"
IMAGE_FILE = ROOT / "source" / "images"
STATES = {"machine": "machine draft", "to-check": "to be checked", "changed": "changed", "untranslated": "not yet tr"}


def pictures(data: bytes) -> dict[str, Picture]:
    return {href: Picture(image.path, data) for href, image in IMAGES.items()}


def image(kind: str) -> bytes:
    out = io.BytesIO()
    Pillow.new("RGB", (3, 2)).save(out, kind)
    return out.getvalue()


PHOTO = image("JPEG")


def a_photo() -> bytes:
    return next(path for path in sorted(IMAGE_FILE.iterdir()) if path.suffix in (".png", ".jpg")).read_bytes()


def both() -> Volume:
    return collected([Bound(sample()), Bound(marked(), pictures(a_photo()))], SITE)


def members(book: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def documents(book: bytes) -> dict[str, etree._Element]:
    return {name: etree.fromstring(data) for name, data in members(book).items() if name.endswith((".xhtml", ".opf"))}


def languages(root: etree._Element) -> Iterator[tuple[str, str]]:
    """Each text with the language that the nearest element gives it."""
    for text in root.iter():
        if isinstance(text.tag, str):
            for words, holder in ((text.text, text), (text.tail, text.getparent())):
                if words and words.strip() and holder is not None:
                    nearest = next((each for each in (holder, *holder.iterancestors()) if each.get("lang")), None)
                    yield words.strip(), "" if nearest is None else nearest.get("lang", "")


# -- container and package ----------------------------------------------------------------------------------------


def test_the_container_is_an_epubs_and_has_no_date_of_its_own() -> None:
    with zipfile.ZipFile(io.BytesIO(render_epub(both()))) as archive:
        first, *others = archive.infolist()
        assert (first.filename, first.compress_type, first.extra) == ("mimetype", zipfile.ZIP_STORED, b"")
        assert archive.read("mimetype") == b"application/epub+zip"
        assert {each.date_time for each in (first, *others)} == {(1980, 1, 1, 0, 0, 0)}
        assert {each.compress_type for each in others} == {zipfile.ZIP_DEFLATED}


def test_the_same_book_has_the_same_bytes_in_another_process() -> None:
    program = (
        "import sys; from tests.test_epub import both; from toolkit.books.epub import render_epub; "
        "sys.stdout.buffer.write(render_epub(both()))"
    )
    made = {
        subprocess.run(
            [sys.executable, "-c", program], cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, stdout=-1, check=True
        ).stdout
        for seed in ("1", "2")
    }
    assert made == {render_epub(both())}


def test_the_package_says_what_the_book_is() -> None:
    package = documents(render_epub(both()))["EPUB/package.opf"]
    assert [each.text for each in package.iter(f"{DC}language")] == ["fr", "en"]
    assert [(each.text, each.get(XML_LANG)) for each in package.iter(f"{DC}title")] == [
        ("Vigie <& Co>", "en"),
        ("La Vigie «\u00a0des estuaires\u00a0»", "fr"),
    ]
    said = Counter(each.get("property") for each in package.iter(f"{OPF}meta"))
    for wanted in ("accessMode", "accessModeSufficient", "accessibilityHazard"):
        assert said[f"schema:{wanted}"] >= 1
    assert said["schema:accessibilitySummary"] == 2
    features = {each.text for each in package.iter(f"{OPF}meta") if each.get("property", "").endswith("Feature")}
    assert {"tableOfContents", "structuralNavigation", "alternativeText"} <= features
    assert "dcterms:conformsTo" not in said, "nobody has checked that"


def test_an_image_without_description_is_not_said_to_be_described() -> None:
    bare = replace(marked(), blocks=tuple(b for b in marked().blocks if b.block.kind is not BlockKind.ATTRIBUTE))
    for edition, sufficient in ((marked(), "textual"), (bare, "textual,visual")):
        package = documents(render_epub(volume_of(edition, SITE, pictures(a_photo()))))["EPUB/package.opf"]
        found = [e.text for e in package.iter(f"{OPF}meta") if e.get("property") == "schema:accessModeSufficient"]
        assert found == [sufficient]


def test_the_identifier_stays_when_a_translation_is_corrected_and_no_other_book_has_it() -> None:
    release, catalogue = build()
    corrected = replace(catalogue, entries=tuple(replace(e, target="Other words") for e in catalogue.entries))
    one, same = (volume_of(align(release, each), SITE, {}) for each in (catalogue, corrected))
    assert one.identifier == same.identifier
    assert re.fullmatch(r"urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", one.identifier)
    others = {
        replace(one, shown=Shown.TARGET).identifier,
        collected(one.parts, SITE).identifier,
        collected(one.parts, SITE, title=Words("Autre", "Other")).identifier,
        volume_of(replace(one.parts[0].edition, release=replace(release, id="x")), SITE, {}).identifier,
    }
    assert len(others | {one.identifier}) == 5


@pytest.mark.parametrize(
    ("date", "stamp", "moment"),
    [
        ("2019-03-14", "", datetime(2019, 3, 14, tzinfo=UTC)),
        ("2019-03-14", "1700000000", datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)),
        ("", "", datetime(1980, 1, 1, tzinfo=UTC)),
        ("soon", "x", datetime(1980, 1, 1, tzinfo=UTC)),
        ("1931-02-03", "0", datetime(1980, 1, 1, tzinfo=UTC)),
    ],
)
def test_the_date_is_no_clocks(monkeypatch: pytest.MonkeyPatch, date: str, stamp: str, moment: datetime) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", stamp)
    release, catalogue = build(metadata=Metadata(date=date))
    volume = volume_of(align(release, catalogue), SITE, {})
    assert volume.modified == moment
    package = members(render_epub(volume))["EPUB/package.opf"].decode()
    assert f'"dcterms:modified">{moment:%Y-%m-%dT%H:%M:%SZ}<' in package


def test_a_corrected_book_is_another_version(monkeypatch: pytest.MonkeyPatch) -> None:
    """The identifier stays, so the moment of the last change must tell it from the one before."""
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    edition = align(*build(metadata=Metadata(date="2019-03-14")))
    before, after = (volume_of(replace(edition, revised=day), SITE, {}) for day in ("", "2020-05-06"))
    assert before.identifier == after.identifier
    assert (before.modified.date().isoformat(), after.modified.date().isoformat()) == ("2019-03-14", "2020-05-06")
    assert volume_of(replace(edition, revised="2018-01-01"), SITE, {}).modified == before.modified


def test_releases_stand_in_the_order_of_time() -> None:
    named = [("b", "2020-01-01"), ("a", "2021-01-01"), ("c", ""), ("2019-05-05-d", "2019-05-05")]
    parts = [Bound(align(*build(name=name, metadata=Metadata(date=date)))) for name, date in named]
    volume = collected(parts, SITE)
    assert [part.edition.release.id for part in volume.parts] == ["2019-05-05-d", "b", "a", "c"]


# -- pages --------------------------------------------------------------------------------------------------------


def test_sentences_have_the_ids_of_the_page() -> None:
    chapter = documents(render_epub(volume_of(sample(), SITE, {})))["EPUB/r1.xhtml"]
    found = {each.get("id") for each in chapter.iter() if each.get("id")}
    for pair in sample().pairs:
        assert {f"fr-{pair.segment.id}", f"en-{pair.segment.id}"} <= found


@pytest.mark.parametrize("shown", Shown)
def test_each_passage_is_in_its_language(shown: Shown) -> None:
    edition = sample()
    volume = replace(volume_of(edition, SITE, {}), shown=shown)
    chapter = documents(render_epub(volume))["EPUB/r1.xhtml"]
    spoken = dict(languages(chapter))
    french = edition.pairs[4].segment.text
    english = "Officers seized 3.2 tonnes of live fish at 46 ports and airports."
    assert (spoken.get(french) == "fr") is (shown is not Shown.TARGET)
    assert (spoken.get(english) == "en") is (shown is not Shown.SOURCE)
    untranslated = next(pair.segment.text for pair in edition.pairs if pair.state is U)
    assert spoken[untranslated] == "fr", "it stands in for the English, too"
    assert all(each.get(XML_LANG) == each.get("lang") for each in chapter.iter() if each.get("lang"))


def test_a_state_is_said_in_words() -> None:
    chapter = documents(render_epub(volume_of(align(*build(earlier=EARLIER)), SITE, {})))["EPUB/r1.xhtml"]
    for state, words in STATES.items():
        marked_ones = [each for each in chapter.iter(f"{XHTML}span") if each.get("class") == f"s {state}"]
        assert marked_ones, state
        rows = {next(row for row in each.iterancestors() if "side" in (row.get("class") or "")) for each in marked_ones}
        assert any(words in said(row) for row in rows), state
    mixed = next(each for each in chapter.iter() if each.get("id") == "en-p4s3")
    assert "[machine draft]" in said(mixed)
    assert "[" not in said(next(each for each in chapter.iter() if each.get("id") == "en-p4s1"))
    assert "A person has so far approved only 7 of the 18 sentences" in said(chapter)


def test_a_number_is_kept_from_the_figure_behind_it_and_read_once() -> None:
    table = (Container("t", Frame.TABLE), Container("r", Frame.ROW), Container("c", Frame.CELL))
    edition = marked((Marked(BlockKind.CELL, (("418 escales", "418 calls", State.REVIEWED),), within=table),))
    wanted = {Shown.BOTH: "Phrase 1\u00a0:\u202f418 escales", Shown.TARGET: "Sentence 1:\u202f418 calls"}
    for shown, words in wanted.items():
        chapter = documents(render_epub(replace(volume_of(edition, SITE, {}), shown=shown)))["EPUB/r1.xhtml"]
        first = next(chapter.iter(f"{XHTML}td"))
        assert said(first) == words
        hidden = [each.get("aria-hidden") for each in chapter.iter(f"{XHTML}span") if each.get("class") == "n"]
        assert hidden == ([None, "true"] if shown is Shown.BOTH else [None])


def test_the_french_book_has_no_english_and_no_states() -> None:
    made = members(render_epub(collected([Bound(sample())], SITE, shown=Shown.SOURCE)))
    text = b"".join(data for name, data in made.items() if name.endswith(".xhtml")).decode()
    assert "Officers seized" not in text
    assert "machine draft" not in text
    assert "relues" not in text
    assert "<dc:language>en" not in made["EPUB/package.opf"].decode()


def test_notes_lead_there_and_back() -> None:
    chapter = documents(render_epub(volume_of(marked(), SITE, pictures(a_photo()))))["EPUB/r1.xhtml"]
    ids = {each.get("id"): each for each in chapter.iter() if each.get("id")}
    marks = [each for each in chapter.iter(f"{XHTML}a") if each.get(TYPE) == "noteref"]
    assert marks
    for mark in marks:
        note = ids[mark.get("href", "")[1:]]
        assert (note.tag, note.get(TYPE)) == (f"{XHTML}aside", "footnote")
        back = [each.get("href") for each in note.iter(f"{XHTML}a") if each.get("role") == "doc-backlink"]
        assert len(back) == 2
        assert {href[1:] for href in back if href} <= set(ids)


def test_the_contents_name_releases_and_headings_in_both_languages() -> None:
    nav = documents(render_epub(both()))["EPUB/nav.xhtml"]
    toc = next(each for each in nav.iter(f"{XHTML}nav") if each.get(TYPE) == "toc")
    entries = {each.get("href"): said(each) for each in toc.iter(f"{XHTML}a")}
    assert entries["r1.xhtml#p3"].startswith("Trafic d’anguilles")
    assert entries["r1.xhtml#p3"].endswith("join forces on inspections")
    assert entries["r1.xhtml#p7"] == "Des filières mieux connues · Better-known networks [machine draft]"
    landmarks = {each.get(TYPE) for each in nav.iter(f"{XHTML}a")} - {None}
    assert {"toc", "bodymatter", "cover", "colophon"} <= landmarks


def test_a_heading_is_not_named_by_english_for_older_french() -> None:
    lines = (
        (BlockKind.HEADING, 1, "", "", (("Le quai rouvre", "The quay closes", State.REVIEWED),)),
        (BlockKind.PARAGRAPH, 0, "", "", (("Il était fermé.", "It was closed.", State.REVIEWED),)),
    )
    release, catalogue = build(lines)
    entry = catalogue.entries[0]
    stale = replace(entry, state=State.FUZZY, previous=replace(entry.key, source="Fermé"))
    volume = volume_of(align(release, replace(catalogue, entries=(stale, *catalogue.entries[1:]))), SITE, {})
    nav = said(documents(render_epub(volume))["EPUB/nav.xhtml"])
    assert "Le quai rouvre" in nav
    assert "The quay closes" not in nav


# -- who has read what ---------------------------------------------------------------------------------------------


def standings(edition: Edition) -> dict[str, str]:
    """The words that are true of each English sentence, by the id of its first French one."""
    found = {}
    for bead in (bead for block in edition.blocks for bead in block.beads):
        standing = standing_of(bead.lead)
        if standing is not Standing.VERBATIM:
            found[bead.pairs[0].segment.id] = matched_mark().en if bead.lead.matched else MARKS[standing].en
    return found


def heard(chapter: etree._Element) -> dict[str, str]:
    """The words that hold for each English sentence, for a reader without style sheets who goes by the colophon."""
    found: dict[str, str] = {}
    table = now = "reviewed"
    for each in chapter.iter(etree.Element):
        kinds, tag = (each.get("class") or "").split(), etree.QName(each).localname
        around = [etree.QName(above).localname for above in each.iterancestors()]
        if "side" in kinds:
            table = now = "reviewed"
        if tag == "table" and "table" not in around:
            table = now = "reviewed"
        elif tag in ("td", "th", "li", "p", "ul", "ol", "figcaption"):
            now = table
        elif "mark" in kinds:
            words = said(each)[1:-1]
            now = words.removeprefix("the whole table: ").removeprefix("the table, except where marked: ")
            table = table if now == words else now
        elif (
            tag == "bdi"
            and "t" in kinds
            and (holder := each.getparent()) is not None
            and "s" in holder.get("class", "")
        ):
            found[holder.get("id", "").removeprefix("en-")] = now
    return {name: words for name, words in found.items() if not name.startswith("fr-")}


def lines(chapter: etree._Element) -> set[str]:
    """The ids of the English sentences that are underlined."""
    found = (each.getparent() for each in chapter.iter(f"{XHTML}bdi") if "open" in (each.get("class") or "").split())
    return {each.get("id", "").removeprefix("en-") for each in found if each is not None}


STANDING = st.sampled_from([State.REVIEWED, State.MACHINE, State.FUZZY])


@settings(max_examples=60)
@given(any_edition() | any_table(), st.lists(STANDING, min_size=1, max_size=9), st.lists(st.booleans(), max_size=5))
def test_words_and_lines_tell_of_every_sentence_who_has_read_it(
    edition: Edition, states: list[State], by_program: list[bool]
) -> None:
    """Whoever sees only the words knows as much as whoever sees only the lines, and both know what is true."""
    at = iter(itertools.cycle(states))
    drawn = (
        replace(b, pairs=tuple(p if p.lead or p.target is None else replace(p, state=next(at)) for p in b.pairs))
        for b in edition.blocks
    )
    edition = replace(edition, blocks=tuple(drawn))
    ids = [pair.segment.id for pair, yes in zip(edition.pairs, by_program, strict=False) if yes]
    edition = matched(edition, *ids) if ids else edition
    chapter = documents(render_epub(volume_of(edition, SITE, {})))["EPUB/r1.xhtml"]
    true, words = standings(edition), heard(chapter)
    assert {name: words.get(name) for name in true} == true
    assert lines(chapter) == {name for name, state in true.items() if state != "reviewed"}


def table_of(*states: State) -> str:
    """The words of a table with two cells in a row."""
    cells = tuple(
        Marked(BlockKind.CELL, ((f"La case {at}", f"Cell {at}", state),), within=cell(at))
        for at, state in enumerate(states)
    )
    chapter = documents(render_epub(volume_of(marked(cells), SITE, {})))["EPUB/r1.xhtml"]
    return " ".join(said(each) for each in chapter.iter(f"{XHTML}table"))


def cell(at: int) -> tuple[Container, ...]:
    return Container("c1", Frame.TABLE), Container(f"r{at // 2}", Frame.ROW), Container(f"d{at}", Frame.CELL, at % 2)


def test_words_above_a_table_speak_for_most_of_it() -> None:
    read, draft = State.REVIEWED, State.MACHINE
    whole = table_of(draft, draft, draft, draft)
    assert "[the whole table: machine draft]" in whole
    assert "[machine draft]" not in whole
    most = table_of(draft, draft, read, draft)
    assert "[the table, except where marked: machine draft]" in most
    assert most.count("[reviewed]") == 1
    assert "table" not in table_of(read, draft, read, read).lower()
    assert table_of(read, draft, read, read).count("[machine draft]") == 1


def test_what_a_program_has_matched_does_not_look_approved() -> None:
    edition = matched(align(*build(((BlockKind.HEADING, 1, "", "", (("Le quai", "The quay", State.REVIEWED),)),))))
    made = documents(render_epub(volume_of(edition, SITE, {})))
    chapter, colophon, nav = (said(made[f"EPUB/{name}.xhtml"]) for name in ("r1", "colophon", "nav"))
    assert "[matched by program]" in chapter
    assert "Nobody has yet compared the English below with the French." in chapter
    assert "[matched by program]" in colophon
    assert "The quay [matched by program]" in nav


# -- images -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (image("PNG"), ("image/png", ".png")),
        (PHOTO, ("image/jpeg", ".jpg")),
        (image("GIF"), ("image/gif", ".gif")),
        (image("WEBP"), ("image/webp", ".webp")),
        (image("TIFF"), None),
        (image("PNG")[:40], None),
        (image("PNG").replace(b"IDAT", b"IDAX"), None),
        (PHOTO[:8], None),
        (b"\x00\x00\x00 ftypavif", None),
        (b"<svg onload='x()'/>", None),
        (b"", None),
    ],
)
def test_an_image_is_what_its_content_says(data: bytes, kind: tuple[str, str] | None) -> None:
    assert kind_of(data) == kind
    made = members(render_epub(volume_of(marked(), SITE, pictures(data))))
    held = [name for name in made if "/images/" in name]
    assert [name.rpartition(".")[2] for name in held] == ([kind[1][1:]] if kind else [])
    shown = b"".join(data for name, data in made.items() if re.fullmatch(r"EPUB/r\d+\.xhtml", name))
    assert (b"<img " in shown) is bool(kind)
    assert kind or b'role="img"' in shown, "its alternative text stands in its place"


# -- laws ---------------------------------------------------------------------------------------------------------


def said(element: etree._Element) -> str:
    return "".join(map(str, element.itertext()))


def check_pages(made: dict[str, etree._Element]) -> None:
    """Every name is unique in its page, and every link leads to one."""
    names = {}
    for path, page in made.items():
        found = Counter(each.get("id") for each in page.iter() if each.get("id"))
        assert [name for name, count in found.items() if count > 1] == [], path
        names[path.removeprefix("EPUB/")] = set(found)
    for path, page in made.items():
        for link in page.iter(f"{XHTML}a"):
            file, _, name = (link.get("href") or "").partition("#")
            if ":" not in file:
                there = names[file or path.removeprefix("EPUB/")]
                assert not name or name in there, (path, link.get("href"))
        for each in page.iter():
            for name in (each.get("aria-labelledby") or "").split():
                assert name in names[path.removeprefix("EPUB/")]


@settings(max_examples=30)
@given(any_edition() | any_table(), st.sampled_from(Shown))
def test_any_edition_makes_pages_that_hold_together(edition: Edition, shown: Shown) -> None:
    volume = collected([Bound(edition, pictures(PHOTO)), Bound(edition)], SITE, shown=shown)
    check_pages(documents(render_epub(volume)))


_HOSTILE = st.sampled_from(
    ["</p>", "<script>", "]]>", "&nbsp;", "-->", '" onclick="', "\u202e", "\x00", "\ud800", "\u2028", "<br>", "{{ 1 }}"]
)


def shape(volume: Volume) -> list[list[object]]:
    return [[each.tag for each in page.body.iter()] for page in pages_of(volume, [{}] * len(volume.parts))]


@settings(max_examples=25)
@given(st.lists(_HOSTILE | st.text(max_size=5), min_size=1, max_size=4).map("".join))
def test_no_text_changes_the_elements(text: str) -> None:
    def volume(words: str) -> Volume:
        blocks = tuple(
            (kind, level, "", "", ((f"Un {words} mot", f"A {words} word", State.REVIEWED),))
            for kind, level in ((BlockKind.HEADING, 1), (BlockKind.PARAGRAPH, 0), (BlockKind.CREDIT, 0))
        )
        edition = align(*build(blocks, metadata=Metadata(place=f"x{words}", credit=f"x{words}", source=f"x{words}")))
        return collected([Bound(edition)], replace(SITE, title=f"x{words}", publisher=f"x{words}"))

    assert shape(volume(text)) == shape(volume("mere"))
    check_pages(documents(render_epub(volume(text))))


def test_metadata_hold_no_marks_of_direction() -> None:
    title = f"Avis\u202e du port{U}"
    edition = build(((BlockKind.HEADING, 1, "", "", ((title, "Notice\u2067 of the port", State.MACHINE),)),))
    site = replace(SITE, publisher="OEF \u202eP")
    made = members(render_epub(volume_of(align(*edition), site, {})))
    for name in ("EPUB/package.opf", "EPUB/cover.svg", "EPUB/cover.xhtml", "EPUB/nav.xhtml"):
        assert not re.search("[\u202a-\u202e\u2066-\u2069]", made[name].decode()), name


def test_a_word_without_end_does_not_leave_the_cover() -> None:
    volume = collected([Bound(sample())], SITE, title=Words("M" * 10_000, "word " * 900))
    lines = etree.fromstring(members(render_epub(volume))["EPUB/cover.svg"]).iter("{http://www.w3.org/2000/svg}text")
    texts = [(each.text or "", int(each.get("y", 0))) for each in lines]
    assert all(len(text) <= 50 for text, _ in texts)
    assert all(0 < y < 1800 for _, y in texts)


# -- EPUBCheck ----------------------------------------------------------------------------------------------------


@pytest.mark.external
@pytest.mark.parametrize("shown", [Shown.SOURCE, Shown.TARGET])
def test_epubcheck_has_nothing_to_say_of_one_language(tmp_path: Path, shown: Shown) -> None:
    (tmp_path / "book.epub").write_bytes(render_epub(replace(both(), shown=shown)))
    assert check_epub(tmp_path / "book.epub") == []


@pytest.mark.external
def test_epubcheck_has_nothing_to_say_of_one_release(tmp_path: Path) -> None:
    (tmp_path / "book.epub").write_bytes(render_epub(volume_of(marked(), SiteInfo(), pictures(a_photo()))))
    assert check_epub(tmp_path / "book.epub") == []


@pytest.mark.external
@settings(max_examples=1, phases=[Phase.generate])  # a book of many: EPUBCheck takes seconds for each
@given(st.lists(any_edition() | any_table(), min_size=25, max_size=25))
def test_epubcheck_has_nothing_to_say_of_any_edition(
    tmp_path_factory: pytest.TempPathFactory, found: list[Edition]
) -> None:
    path = tmp_path_factory.mktemp("any") / "book.epub"
    drawn = [Bound(edition, pictures(a_photo())) for edition in found]
    path.write_bytes(render_epub(collected([*both().parts, *drawn], SITE)))
    assert check_epub(path) == []


@pytest.mark.external
def test_epubcheck_finds_what_is_wrong(tmp_path: Path) -> None:
    """The judge itself: a link that leads nowhere."""
    made = render_epub(both()).replace(b"mimetype", b"mimetypo")
    (tmp_path / "book.epub").write_bytes(made)
    assert check_epub(tmp_path / "book.epub") != []


# -- the command --------------------------------------------------------------------------------------------------


@pytest.fixture
def project(tmp_path: Path) -> Path:
    (tmp_path / "source").mkdir()
    (tmp_path / "toolkit.toml").write_text('[project]\nname = "Quay news"\nname_in_source_language = "Nouvelles"\n')
    for name, text in {
        "2025-04-01-avis.txt": "Le port ouvre lundi.\n",
        "2026-05-02-note.txt": "Le quai reste fermé.\n",
        "2026-06-03-bilan.txt": "Un bilan est publié.\n",
    }.items():
        (tmp_path / "source" / name).write_text(text, encoding="utf-8")
    Pipeline(open_project(tmp_path)).extract()
    return tmp_path


def titles(path: Path) -> list[str]:
    with zipfile.ZipFile(path) as archive:
        return [name for name in archive.namelist() if re.fullmatch(r"EPUB/r\d+\.xhtml", name)]


def test_a_book_of_all_releases_is_named_after_the_site(project: Path) -> None:
    done = toolkit(project, "book")
    assert done.stdout == "Wrote quay-news.epub: 3 releases, 0 of 3 sentences read by a person.\n"
    assert len(titles(project / "quay-news.epub")) == 3
    assert toolkit(project, "book").stdout.startswith("No change in quay-news.epub")


@pytest.mark.parametrize(
    ("wish", "name", "releases"),
    [
        (Wish(year=2026), "quay-news-2026.epub", 2),
        (Wish(("2025-04-01-avis",)), "2025-04-01-avis.epub", 1),
        (Wish(("2025-04-01-avis",), title="Un/deux"), "un-deux.epub", 1),
        (Wish(title="…/…"), "book.epub", 3),
        (Wish(output=Path("../b.epub")), "../b.epub", 3),
    ],
)
def test_a_book_of_some_releases(
    project: Path, monkeypatch: pytest.MonkeyPatch, wish: Wish, name: str, releases: int
) -> None:
    monkeypatch.chdir(project)
    made = make_book(Pipeline(open_project(project)), wish)
    assert (str(made.path), made.changed) == (name, True)
    assert len(titles(project / name)) == len(made.volume.parts) == releases


def test_one_release_that_cannot_be_read_does_not_stop_the_others(project: Path) -> None:
    (project / "source" / "2026-07-01-faux.txt").write_bytes(b"a\x00b")
    done = toolkit(project, "book", "-o", "b.epub")
    assert "3 releases" in done.stdout
    assert_error(done, 3, "2026-07-01-faux.txt")


@pytest.mark.parametrize(
    ("wish", "part"),
    [
        (Wish(output=Path("source/x.epub")), "choose another file"),
        (Wish(output=Path("locales/en/x.epub")), "choose another file"),
        (Wish(output=Path("output/x.epub")), "publication only"),
        (Wish(output=Path("output/en/x.epub")), "no such folder"),
        (Wish(output=Path("none/x.epub")), "no such folder"),
        (Wish(output=Path("x" * 300 + ".epub")), "the name is too long"),
        (Wish(output=Path("thesis.epub")), "no book that the toolkit made"),
        (Wish(output=Path("thesis.pdf")), "no book that the toolkit made"),
        (Wish(output=Path("x.docx")), ".epub or a .pdf"),
        (Wish(output=Path("folder.epub")), "is a folder"),
        (Wish(year=1888), "no release is dated 1888"),
        (Wish(("nope",)), "nope"),
    ],
)
def test_refused(project: Path, monkeypatch: pytest.MonkeyPatch, wish: Wish, part: str) -> None:
    monkeypatch.chdir(project)
    (project / "folder.epub").mkdir()
    (project / "output").mkdir()
    for name in ("thesis.epub", "thesis.pdf"):
        (project / name).write_text("mine")
    before = tree(project)
    with pytest.raises(ToolkitError, match=re.escape(part)):
        make_book(Pipeline(open_project(project)), wish)
    assert tree(project) == before


def test_what_the_toolkit_did_not_make_is_replaced_when_asked_for_only(project: Path) -> None:
    path = project / "quay-news.epub"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("EPUB/package.opf", "<package/>")
    foreign = path.read_bytes()
    assert_error(toolkit(project, "book"), 1, "quay-news.epub", "--force")
    assert path.read_bytes() == foreign
    assert toolkit(project, "book", "--force").returncode == 0
    assert toolkit(project, "book", "--year", "2026", "-o", "quay-news.epub").returncode == 0, "our own: made again"
    assert len(titles(path)) == 2


def test_a_refusal_is_told_in_one_sentence(project: Path) -> None:
    assert_error(toolkit(project, "book", "-o", "source/x.epub"), 7, "source/x.epub")


def test_a_language_that_the_project_has_not(project: Path) -> None:
    done = toolkit(project, "book", "--languages", "de")
    assert done.returncode == 2
    assert "“de” is none of both, fr, en" in done.stderr


def test_publish_writes_an_epub_beside_the_page(project: Path) -> None:
    toolkit(project, "publish", "--formats", "html,epub")
    assert len(titles(project / "output" / "2026-05-02-note.epub")) == 1
    page = (project / "output" / "2026-05-02-note.html").read_text(encoding="utf-8")
    assert 'href="2026-05-02-note.epub"' in page
