"""The reading page and the index, as markup: no text changes an element, and every passage has its language."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections import Counter
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from itertools import count
from typing import Any
from urllib.parse import urljoin

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html
from PIL import Image
from PIL.JpegImagePlugin import JpegImageFile
from PIL.PngImagePlugin import PngImageFile
from PIL.WebPImagePlugin import WebPImageFile

from tests.edition_sample import EARLIER, SAMPLE, BlockData, M, R, U, beaded, build, matched, sample
from tests.marked_sample import IMAGES, Marked, V, any_edition, any_table, marked
from tests.site_sample import publish_html
from toolkit.books.pages import chapter
from toolkit.books.volume import volume_of
from toolkit.edition import Edition
from toolkit.editions import (
    SiteInfo,
    align,
    render_page,
    render_tei,
    validate_tei,
)
from toolkit.editions.about import Download, Picture, page_path
from toolkit.editions.html import render_monolingual
from toolkit.editions.interface import Words
from toolkit.editions.labels import MARKS, MEANINGS, long_date, notice, place_words, summary_en, summary_fr
from toolkit.editions.structure import Counts, Standing, bar, clean, standing_of, title_of
from toolkit.imaging import size_of
from toolkit.model import BlockKind, Code, Container, Frame, Metadata, Role, State

SITE = SiteInfo(publisher="Observatoire européen des fleuves", url="https://fleuves.example/")


def tree(text: str) -> Any:
    return html.document_fromstring(text)


def by_id(root: Any, name: str) -> Any:
    (element,) = root.xpath("//*[@id=$name]", name=name)
    return element


def words(element: Any) -> str:
    return "".join(element.itertext())


def text_of(root: Any, name: str) -> str:
    (element,) = by_id(root, name).xpath("span[@class='t']")
    return words(element)


# -- sentences ----------------------------------------------------------------------------------------------------


def test_every_segment_is_there_in_both_columns_in_order() -> None:
    edition, root = sample(), tree(render_page(sample(), SITE))
    for language in ("fr", "en"):
        names = root.xpath(f"//span[starts-with(@id, '{language}-')]/@id")
        assert names == [f"{language}-{pair.segment.id}" for pair in edition.pairs]
    for pair in edition.pairs:
        assert text_of(root, f"fr-{pair.segment.id}") == pair.segment.text
        assert text_of(root, f"en-{pair.segment.id}") == (pair.target or pair.segment.text)
        assert by_id(root, f"en-{pair.segment.id}").get("data-state") == pair.state.value


def test_a_sentence_has_the_same_permalink_on_both_sides() -> None:
    edition, root = sample(), tree(render_page(sample(), SITE))
    number = 0
    for pair in edition.pairs:
        name = pair.segment.id
        links = [by_id(root, f"{language}-{name}").findall("a[@class='n']") for language in ("fr", "en")]
        if pair.state is State.VERBATIM:
            assert links == [[], []]
            continue
        number += 1
        assert [(link.get("href"), link.text) for (link,) in links] == [(f"#{name}", str(number))] * 2
        assert by_id(root, name) is links[0][0]


def test_ids_are_unique() -> None:
    root = tree(render_page(sample(), SITE))
    names = root.xpath("//@id")
    assert len(names) == len(set(names))


def test_what_is_not_current_english_says_so_in_words() -> None:
    root = tree(render_page(sample(), SITE))
    for pair in sample().pairs:
        shown = words(by_id(root, f"en-{pair.segment.id}"))
        assert ("not yet translated" in shown) == (pair.state is State.UNTRANSLATED)
        assert ("changed" in shown) == (standing_of(pair) is Standing.CHANGED)
        assert ("to be checked" in shown) == (standing_of(pair) is Standing.TO_CHECK)
    summary_line = root.xpath("string(//p[@class='standing-en'])")
    assert str(summary_line).startswith(
        "7 of 18 sentences read by a person; 7 machine drafts, 1 changed, 1 to be checked, 2 not yet translated."
    )


@pytest.mark.parametrize(
    ("state", "previous", "standing"),
    [
        (State.FUZZY, "Un autre texte.", Standing.CHANGED),
        (State.FUZZY, "", Standing.TO_CHECK),
        (State.FUZZY, "Un texte.", Standing.TO_CHECK),  # the same French, now a heading: nothing to compare
        (State.MACHINE, "", Standing.MACHINE),
        (State.REVIEWED, "", Standing.REVIEWED),
    ],
)
def test_fuzzy_is_two_things(state: State, previous: str, standing: Standing) -> None:
    blocks: tuple[BlockData, ...] = ((BlockKind.PARAGRAPH, 0, "", "", (("Un texte.", "A text.", state),)),)
    edition = align(*build(blocks, earlier={"Un texte.": previous} if previous else {}))
    (pair,) = edition.pairs
    assert standing_of(pair) is standing
    assert standing.state is state
    english = by_id(tree(render_page(edition, SITE)), "en-p1s1")
    assert (english.get("data-state"), english.get("data-reason")) == (
        state.value,
        standing.value if state is State.FUZZY else None,
    )


def test_a_changed_sentence_leads_to_the_french_it_was_made_for() -> None:
    root = tree(render_page(sample(), SITE))
    (mark,) = by_id(root, "en-p6s1").xpath("a[@class='mark']")
    note = by_id(root, mark.get("href")[1:])
    (text,) = note.xpath("span[@class='t']")
    assert words(text) in EARLIER.values()
    assert (_language(text), text.get("translate")) == ("fr", "no")
    assert note.xpath("string(a/@href)") == "#p6s1"
    assert len(root.xpath("//li[starts-with(@id, 'was-')]")) == 1


def test_no_notes_without_changed_sentences() -> None:
    assert not tree(render_page(align(*build()), SITE)).xpath("//*[contains(@class, 'earlier')]")


# -- beads --------------------------------------------------------------------------------------------------------


def test_english_of_several_sentences_is_one_passage_with_the_names_of_all() -> None:
    root = tree(render_page(beaded(), SITE))
    assert [words(a) for a in root.xpath("//p[@class='side source']//a[@class='n']")] == ["2", "3", "4"]
    english = by_id(root, "en-p2s1")
    assert by_id(root, "en-p2s2").getparent() is english
    assert words(english.find("a")) == "2–3"
    groups = [by_id(root, name).get("data-s") for name in ("fr-p2s1", "fr-p2s2", "en-p2s1", "fr-p2s3", "en-p2s3")]
    assert groups == ["p2s1 p2s2"] * 3 + ["p2s3"] * 2
    assert text_of(root, "en-p2s1") == "The port closed on Friday."
    assert text_of(root, "en-p2s3") == "Two ships waited. They lay offshore."
    side = root.xpath("//div[@id='p2']/p[@class='side target']")[0]
    assert "Friday. " in words(side)


def test_a_placeholder_of_a_merged_sentence_keeps_its_place() -> None:
    codes = (Code(1, Role.IMAGE, "photo.png"),)
    lines = ("Un quai.", "A quay, here.", State.REVIEWED), ("Ici.<x1/>", "<x1/>", State.REVIEWED)
    edition = marked((Marked(BlockKind.PARAGRAPH, lines, codes),))
    first, second = edition.blocks[0].pairs
    pairs = (first, replace(second, lead="p1s1"))
    edition = replace(edition, blocks=(replace(edition.blocks[0], pairs=pairs),))
    root = tree(render_page(edition, SITE, {"photo.png": Picture("assets/photo.png", b"")}))
    assert inner(root, "en-p1s1") == 'A quay, here. <img src="assets/photo.png" lang="fr" alt="">'


# -- drafts -------------------------------------------------------------------------------------------------------


def in_states(*states: State) -> Edition:
    lines = tuple(
        (f"Phrase {n}.", "" if s is State.UNTRANSLATED else f"Sentence {n}.", s) for n, s in enumerate(states)
    )
    return align(*build(((BlockKind.PARAGRAPH, 0, "", "", lines),)))


@pytest.mark.parametrize("read", range(5))
def test_a_page_that_is_mostly_unread_says_so_first(read: int) -> None:
    edition = in_states(*[State.REVIEWED] * read, *[State.MACHINE] * (4 - read))
    (note,) = tree(render_page(edition, SITE)).xpath("//article/*[1][@role='note']") if read < 4 else (None,)
    if note is not None:
        said = {_language(strong): strong.text for strong in note.iter("strong")}
        unread = {"fr": "Brouillon automatique", "en": "Machine draft"}
        assert said == (unread if read < 2 else {"fr": "Traduction inachevée", "en": "Unfinished translation"})
        assert ("mild" in note.get("class")) == (read >= 2)
    else:
        assert not tree(render_page(edition, SITE)).xpath("//*[contains(@class, 'notice')]")


def test_a_paragraph_that_is_all_draft_says_so_once() -> None:
    shown = [
        len(tree(render_page(in_states(*states), SITE)).xpath("//span[contains(@class, 'draft')]"))
        for states in ((State.MACHINE,) * 3, (State.MACHINE, State.REVIEWED), (State.REVIEWED,))
    ]
    assert shown == [1, 1, 0]


def heard(element: Any) -> str:
    """What is read aloud of an element without names of its own, and before each sentence what is said of it."""
    parts = element.xpath("descendant::text()[not(ancestor::*[@aria-hidden='true'])]")
    return " ".join("".join(map(str, parts)).split())


def target(edition: Edition, block: str = "p1") -> Any:
    (side,) = tree(render_page(edition, SITE)).xpath("//*[@id=$b]//*[contains(@class, 'target')]", b=block)
    return side


def test_a_run_is_said_before_its_first_sentence_and_where_it_ends() -> None:
    edition = in_states(State.REVIEWED, State.MACHINE, State.MACHINE, State.REVIEWED, State.REVIEWED, State.MACHINE)
    side = target(edition)
    assert heard(side) == (
        "Sentence 0. draft: Sentence 1. Sentence 2. reviewed: Sentence 3. Sentence 4. draft: Sentence 5."
    )
    seen = [each.getnext().get("id") for each in side.iter("span") if each.get("class") == "mark draft"]
    assert seen == ["en-p1s2", "en-p1s6"], "what is heard of drafts is what is seen"


@given(st.lists(st.lists(st.sampled_from([M, R, U, State.FUZZY]), min_size=1, max_size=5), min_size=1, max_size=4))
@settings(max_examples=40, deadline=None)
def test_who_listens_knows_the_state_of_each_sentence(paragraphs: list[list[State]]) -> None:
    """A word holds up to the next one, or to the end of the block, in whatever order states come."""
    words = {"draft:": M, "reviewed:": R, "to be checked:": State.FUZZY, "not yet translated:": U}
    blocks = tuple(
        (kind, 0, "- " if kind is BlockKind.ITEM else "", "",
         tuple((f"Phrase {b}.{n}", "" if s is U else f"Words {b}.{n}", s) for n, s in enumerate(states)))
        for b, (kind, states) in enumerate(zip((BlockKind.PARAGRAPH, *[BlockKind.ITEM] * 3), paragraphs, strict=False))
    )  # fmt: skip
    edition = align(*build(blocks))
    for block in edition.blocks:
        now, found = R, []
        for piece in re.split(f"({'|'.join(words)})", heard(target(edition, block.block.id))):
            now = words.get(piece, now)
            found += [now] * len(re.findall(r"(?:Phrase|Words) \d", piece)) if piece not in words else []
        assert found == [pair.state for pair in block.pairs]


def test_each_item_of_a_list_speaks_for_itself() -> None:
    states = (State.MACHINE, State.MACHINE, State.REVIEWED, State.MACHINE)
    items: tuple[BlockData, ...] = tuple(
        (BlockKind.ITEM, 0, "- ", "p1", ((f"point {n}", f"item {n}", state),)) for n, state in enumerate(states)
    )
    root = tree(render_page(align(*build(items)), SITE))
    assert root.xpath("//li[.//span[contains(@class, 'draft')]]/@id") == ["p1", "p2", "p4"]


def table_said(read: int, *, by_program: int = 0) -> tuple[str, list[str]]:
    """What is read above the English side of a table of four cells and in each: the first so many are approved."""
    grid = Container("t", Frame.TABLE)
    cells = tuple(
        Marked(BlockKind.CELL, ((f"case {n}", f"cell {n}", R if n < read else M),),
               within=(grid, Container(f"r{n // 2}", Frame.ROW), Container(f"c{n}", Frame.CELL, n % 2)))
        for n in range(4)
    )  # fmt: skip
    edition = marked(cells)
    names = [pair.segment.id for pair in edition.pairs][:by_program]
    root = tree(render_page(matched(edition, *names) if names else edition, SITE))
    (side,) = root.xpath("//div[@class='side target'][.//table]")
    return " ".join(heard(each) for each in side.xpath("span")), [heard(each) for each in side.iter("td", "th")]


def test_a_table_says_once_what_all_its_english_is_else_each_cell() -> None:
    cells = [f"cell {n}" for n in range(4)]
    assert table_said(0) == ("draft:", cells)
    assert table_said(1) == ("", ["cell 0", *(f"draft: {cell}" for cell in cells[1:])])
    assert table_said(4, by_program=4) == ("matched:", cells)
    assert table_said(4, by_program=3) == ("", [*(f"matched: {cell}" for cell in cells[:3]), "cell 3"])
    assert table_said(4) == ("", cells)


def test_a_mark_stands_before_the_number_whatever_it_says() -> None:
    root = tree(render_page(sample(), SITE))
    for mark in root.xpath("//div[@class='rows']//*[starts-with(@class, 'mark')]"):
        rest = mark.xpath("following::*[@class='n' or @class='t'][1]/@class")
        assert rest == ["n"], words(mark)


# -- numbers ------------------------------------------------------------------------------------------------------


def test_the_french_number_is_a_link_with_a_name_and_the_english_one_is_for_the_pointer() -> None:
    root = tree(render_page(sample(), SITE))
    french, english = by_id(root, "fr-p4s2").find("a"), by_id(root, "en-p4s2").find("a")
    assert (french.get("aria-label"), french.text, french.get("href")) == ("Phrase 6\u00a0: ", "6", "#p4s2")
    assert (english.get("aria-hidden"), english.get("tabindex"), english.text) == ("true", "-1", "6")
    assert english.get("href") == "#p4s2"
    assert len(root.xpath("//div[@class='rows']//a[@class='n' and not(@aria-hidden)]")) == 18
    rows = root.xpath("//div[@class='rows']")[0]
    assert (rows.get("data-number"), rows.get("data-numbers")) == ("Sentence {number}:", "Sentences {number}:")


@pytest.mark.parametrize(
    ("language", "names"),
    [("fr", ["Phrase 2\u00a0: ", "Phrase 3\u00a0: "]), ("en", ["Sentences 2–3: ", "Sentence 4: "])],
)
def test_on_a_page_of_one_language_each_number_has_its_name(language: str, names: list[str]) -> None:
    root = tree(render_monolingual(beaded(), SITE, language))
    assert root.xpath("//*[@id='p2']//a[@class='n']/@aria-label")[:2] == names
    assert not root.xpath("//a[@class='n' and (@tabindex or @aria-hidden)]")


@pytest.mark.parametrize("language", ["fr", "en"])
def test_the_mark_of_a_note_has_a_name(language: str) -> None:
    marks = tree(render_monolingual(marked(), SITE, language, IMAGES)).xpath("//sup[@class='note-mark']/a")
    assert {mark.get("aria-label") for mark in marks} == {" Note 1", " Note *"}
    assert {mark.get("role") for mark in marks} == {"doc-noteref"}


@pytest.mark.parametrize("name", ["2019-03-14-civelles.html", "index.html"])
def test_what_has_no_words_has_its_name_in_both_languages_each_marked_as_such(name: str) -> None:
    root = tree(publish_html([sample()], SITE)[name].decode())
    named = root.xpath("//*[@data-named]")
    assert named
    for element in named:
        french, english = (by_id(root, each) for each in element.get("aria-labelledby").split())
        assert (french.get("lang"), english.get("lang")) == ("fr", "en")
        assert words(french) != words(english)
    sides = "ancestor-or-self::*[contains(@class, 'side') or @class='n']"
    assert root.xpath(f"//body//*[@aria-label and not({sides})]") == []


@pytest.mark.parametrize(
    ("state", "window"), [(State.MACHINE, "[machine draft] Title"), (State.FUZZY, "[to be checked] Title"),
                          (State.REVIEWED, "Title")],
)  # fmt: skip
def test_the_window_title_says_when_it_is_not_approved(state: State, window: str) -> None:
    blocks: tuple[BlockData, ...] = ((BlockKind.HEADING, 1, "", "", (("Titre", "Title", state),)),)
    page = tree(render_page(align(*build(blocks)), SITE))
    assert page.findtext("head/title") == window
    assert page.xpath("//@data-title-target") == [window], "a citation that is copied carries its state along"
    assert page.xpath("//@data-title-source") == ["Titre"]


@pytest.mark.parametrize(
    ("counts", "english", "french"),
    [
        (Counts(0, 18, 0, 0, 0), "No person has read the 18 English sentences below.",
         "Personne n’a relu les 18 phrases anglaises ci-dessous."),
        (Counts(0, 1, 0, 0, 0), "No person has read the English sentence below.",
         "Personne n’a relu la phrase anglaise ci-dessous."),
        (Counts(3, 9, 1, 1, 2), "No person has read 9 of the 14 English sentences below.",
         "Personne n’a relu 9 des 14 phrases anglaises ci-dessous."),
        (Counts(3, 2, 1, 4, 2), "A person has so far approved only 3 of the 12 sentences below.",
         "Phrases validées à ce jour par une personne\u00a0: 3 sur 12."),
        (Counts(0, 0, 1, 1, 0), "No person has yet approved the English below.",
         "La version anglaise ci-dessous n’a encore été validée par personne."),
        (Counts(5, 1, 0, 0, 0, 5), "Nobody has yet compared the English below with the French.",
         "Personne n’a encore comparé la version anglaise ci-dessous"),
        (Counts(9, 1, 0, 0, 2, 5), "A person has so far compared only 4 of the 12 sentences below with the French.",
         "Phrases comparées à ce jour"),
        (Counts(0, 0, 0, 0, 7), "The French stands in place of the English.",
         "Le texte français tient lieu de version anglaise."),
    ],
)  # fmt: skip
def test_notices(counts: Counts, english: str, french: str) -> None:
    found = notice(counts)
    assert found is not None
    assert found.text.en.startswith(english)
    assert found.text.fr.startswith(french)


@given(st.builds(Counts, *[st.integers(0, 9)] * 5), st.integers(0, 9))
def test_a_notice_stands_exactly_where_a_person_has_read_less_than_half(counts: Counts, aligned: int) -> None:
    counts = replace(counts, aligned=min(aligned, counts.reviewed))
    found = notice(counts)
    assert (found is not None) == (counts.read < counts.total / 2)
    by_program = found is not None and found.name.en == "Earlier translation, matched by program"
    assert by_program == (counts.read < counts.total / 2 <= counts.reviewed)


def test_what_only_a_program_has_matched_has_the_same_notice_on_its_page_and_in_a_book() -> None:
    edition = matched(in_states(*[State.REVIEWED] * 3, State.MACHINE))
    (note,) = tree(render_page(edition, SITE)).xpath("//article/*[1][@role='note']")
    assert "mild" not in note.get("class")
    said = words(note)
    assert "Earlier translation, matched by program Nobody has yet compared the English below" in said
    book = volume_of(edition, SITE, {})
    body = chapter(book, book.parts[0], {}, "r1").body
    (framed,) = body.iterfind(".//{*}div[@class='notice']")
    assert "".join(words(framed).split()) == "".join(said.split())


def test_every_standing_of_a_sentence_is_in_the_legend() -> None:
    assert set(MARKS) == set(MEANINGS) == set(Standing) - {Standing.VERBATIM}
    root = tree(render_page(sample(), SITE))
    for language in ("fr", "en"):
        samples = [words(e) for e in root.xpath("//section[@lang=$l]//dt/span", l=language)]
        assert samples == [getattr(mark, language) for mark in MARKS.values()]


def test_machine_text_is_marked_for_programs() -> None:
    root = tree(render_page(replace(sample(), reviewer="Rozenn Le Gall"), SITE))
    machine = by_id(root, "en-p4s3")
    assert machine.get("its-mt-confidence") == "0.7788"
    assert machine.get("its-annotators-ref") == "mt-confidence|#model-1"
    assert "translate-fr_en 0.1" in words(by_id(root, "model-1"))
    assert by_id(root, "en-p13s1").get("its-mt-confidence") is None  # by rule: nothing was estimated


@pytest.mark.parametrize("only", ["", "en"])
def test_who_saved_the_catalogue_last_is_said_once_and_of_no_sentence(only: str) -> None:
    """A catalogue does not know who approved which sentence, so no page may claim it."""
    edition = replace(sample(), reviewer="Rozenn Le Gall", revised="2019-04-02")
    root = tree(render_monolingual(edition, SITE, only) if only else render_page(edition, SITE))
    own = [e for e in root.iter() if "Rozenn" in "".join((e.text or "", e.tail or "", *e.attrib.values()))]
    data, name = own
    assert '"contributor":{"@type":"Person","name":"Rozenn Le Gall"}' in data.text
    assert words(name.getparent()).startswith("Rozenn Le Gall, 2 ")
    assert "2 April 2019" in words(name.getparent())
    assert "Translation last saved by" in words(name.getparent().getprevious())
    assert not root.xpath("//@*[starts-with(name(), 'its-rev')]")


def test_nobody_is_named_on_the_page_of_the_original_or_where_nobody_is_known() -> None:
    named = replace(sample(), reviewer="Rozenn Le Gall")
    assert "Rozenn" not in words(tree(render_monolingual(named, SITE, "fr")).find("body"))
    assert "last saved" not in render_page(sample(), SITE)


def test_what_a_program_has_matched_is_marked_counted_apart_and_can_be_shown_alone() -> None:
    root = tree(render_page(matched(sample(), "p4s1"), SITE))
    assert root.xpath("//@data-matched/../@id") == ["en-p4s1"]
    assert heard(by_id(root, "p4").find("p[@class='side target']")).startswith("matched: "), "for who sees no line"
    (button,) = root.xpath("//button[@data-show='matched']")
    assert words(button) == "rapprochée automatiquement · matched by program 1"
    assert root.xpath("//*[@class='sample matched']/ancestor::dl[@class='legend']")
    assert words(root.xpath("//div[contains(@class, 'notice')]")[0]).count("1 more comes from an earlier") == 0
    mild = tree(render_page(matched(_mostly_read(), "p1s1"), SITE))
    said = words(mild.xpath("//div[contains(@class, 'notice')]")[0])
    assert "1 more comes from an earlier translation and was matched by program" in said
    assert "1 autre, reprise d’une traduction antérieure" in said
    whole = tree(render_page(matched(_mostly_read(), "p1s1", "p2s1"), SITE))
    assert "2 more come from an earlier translation and were matched" in words(whole)


def _mostly_read() -> Edition:
    read = tuple((f"Phrase {number}.", f"Sentence {number}.", R) for number in range(4))
    lines = (("Un titre", "A title", R),), (*read, ("Une autre.", "Another.", M))
    return align(*build(((BlockKind.HEADING, 1, "", "", lines[0]), (BlockKind.PARAGRAPH, 0, "", "", lines[1]))))


@pytest.mark.parametrize(
    ("ids", "tagged"),
    [
        ({"p3s1"}, ["en-p3s1"]),
        ({"p3s1", "p4s1", "p4s2"}, ["en-p3s1", "en-p4s1"]),
        ({"p4s2", "p8s2", "p9s1"}, ["en-p4s2", "en-p8s2", "en-p9s1"]),
    ],
)
def test_each_run_of_matched_sentences_begins_with_a_mark(ids: set[str], tagged: list[str]) -> None:
    root = tree(render_page(matched(sample(), *ids), SITE))
    marks = root.xpath("//span[@class='mark aligned']")
    assert [mark.getnext().get("id") for mark in marks] == tagged
    assert {(mark.text, mark.get("lang"), mark.get("aria-hidden")) for mark in marks} == {("matched", "en", None)}


def test_each_matched_item_of_a_list_is_marked() -> None:
    lines = [(BlockKind.PARAGRAPH, "Un.", "One."), *((BlockKind.ITEM, f"point {n}", f"item {n}") for n in range(3))]
    blocks = tuple(
        (kind, 0, "- " if kind is BlockKind.ITEM else "", "", ((french, english, R),))
        for kind, french, english in lines
    )
    root = tree(render_page(matched(align(*build(blocks)), "p1s1", "p2s1", "p3s1", "p4s1"), SITE))
    found = [e.getnext().get("id") for e in root.xpath("//span[@class='mark aligned']")]
    assert found == [f"en-p{number}s1" for number in range(1, 5)]


def test_a_matched_title_says_so_where_it_is_cited() -> None:
    said = "[matched by program, not compared by a person] "
    title = tree(render_page(matched(sample(), "p3s1"), SITE)).xpath("string(//@data-title-target)")
    assert title == f"{said}{title_of(sample()).target}"
    assert tree(render_page(sample(), SITE)).xpath("string(//@data-title-target)") == title_of(sample()).target


def test_what_is_not_approved_is_not_called_unread() -> None:
    """A person may have worked on what is changed or to be checked."""
    root = tree(render_page(sample(), SITE))
    (button,) = root.xpath("//button[@data-show='unread']")
    assert words(button) == "Non validées · Not approved 11"
    assert words(root.xpath("//*[@class='walk-count']")[0]) == "11 non validées · 11 not approved"
    assert "nobody has read" not in words(root.find("body"))


def test_what_a_program_has_matched_is_a_part_of_the_bar_of_its_own() -> None:
    assert bar(Counts(3, 1, 0, 0, 0, aligned=2)) == (
        ("reviewed", 0.0, 25.0), ("matched", 25.0, 50.0), ("machine", 75.0, 25.0),
    )  # fmt: skip


# -- languages ----------------------------------------------------------------------------------------------------

_FRENCH = re.compile(r"[êàùœ«»]|\b(les?|des|du|une?|pas|encore|phrases?|cette|et|sur|par|Aller)\b")
_ENGLISH = re.compile(r"\b(the|of|by|not|and|this|how|read|sentences?|were|have|releases?|Skip)\b")


def _language(element: Any) -> str:
    (nearest,) = element.xpath("ancestor-or-self::*[@lang][1]/@lang")
    return str(nearest)


@pytest.mark.parametrize("name", ["2019-03-14-civelles.html", "index.html"])
def test_language_of_parts(name: str) -> None:
    """Each text node's nearest lang is the language it is written in (WCAG 2.2, 3.1.2)."""
    root = tree(publish_html([sample()], SITE)[name].decode())
    seen = {"fr": 0, "en": 0}
    for element in root.iter("*"):
        if element.tag in ("script", "style"):
            continue
        for text in (element.text, *(child.tail for child in element)):
            for language, wrong in (("fr", _ENGLISH), ("en", _FRENCH)):
                if text and text.strip() and _language(element) == language:
                    seen[language] += 1
                    named = element.xpath("boolean(ancestor-or-self::*[@translate='no'])") and language == "en"
                    assert named or not wrong.search(text), (language, text)
    assert min(seen.values()) > 5


def test_french_that_stands_for_missing_english_is_marked_french() -> None:
    root = tree(render_page(sample(), SITE))
    for pair in sample().pairs:
        (text,) = by_id(root, f"en-{pair.segment.id}").xpath("span[@class='t']")
        assert _language(text) == ("fr" if pair.state is State.UNTRANSLATED else "en")


# -- structure ----------------------------------------------------------------------------------------------------


def headings(edition: Edition) -> list[str]:
    article = tree(render_page(edition, SITE)).xpath("//article")[0]
    return [str(element.tag) for element in article.iter("h1", "h2", "h3", "h4", "h5", "h6")]


def test_a_heading_is_one_element_in_two_languages() -> None:
    root = tree(render_page(sample(), SITE))
    assert headings(sample()) == ["h1", "h2"]
    (h1,) = root.iter("h1")
    assert [side.get("lang") for side in h1.findall("span")] == ["fr", "en"]


@pytest.mark.parametrize(
    ("levels", "wanted"),
    [((1, 3, 3, 2), ["h1", "h2", "h2", "h2"]), ((2, 1, 2), ["h1", "h2"]), ((1, 1), ["h1", "h2"]), ((2,), ["h1", "h2"])],
)
def test_one_h1_and_no_level_skipped(levels: tuple[int, ...], wanted: list[str]) -> None:
    blocks: tuple[BlockData, ...] = tuple(
        (BlockKind.HEADING, level, "", "", ((f"Titre {n}", f"Title {n}", State.REVIEWED),))
        for n, level in enumerate(levels)
    )
    assert headings(align(*build(blocks))) == wanted


def test_items_are_one_list_and_a_quotation_one_blockquote() -> None:
    root = tree(render_page(sample(), SITE))
    (listing,) = root.xpath("//article//ul")
    assert [item.get("id") for item in listing] == ["p9", "p10", "p11"]
    (quote,) = root.xpath("//blockquote")
    assert [row.get("id") for row in quote] == ["p5", "p6"]


def test_a_numbered_list_keeps_its_numbers() -> None:
    items: tuple[BlockData, ...] = tuple(
        (BlockKind.ITEM, 0, f"{n}) ", "", ((f"point {n}", f"item {n}", State.REVIEWED),)) for n in (1, 2)
    )
    root = tree(render_page(align(*build(items)), SITE))
    (listing,) = root.xpath("//article//ol")
    assert [words(marker) for marker in listing.iter("span") if marker.get("class") == "marker"] == [
        "1)", "1)", "2)", "2)",
    ]  # fmt: skip


def test_french_comes_first_in_each_row() -> None:
    for row in tree(render_page(sample(), SITE)).xpath("//*[contains(concat(' ', @class, ' '), ' row ')]"):
        assert [side.get("lang") for side in row if "side" in str(side.get("class"))] == ["fr", "en"]


def test_downloads_are_named_by_their_format() -> None:
    downloads = tuple(Download(name, f"{{id}}.{name}", "text/xml", f"{name.upper()} file") for name in ("tei", "tmx"))
    root = tree(render_page(sample(), replace(SITE, downloads=downloads)))
    (entry,) = root.xpath("//footer//dd[a[@type='text/xml']]")
    found = [(words(link), link.get("href")) for link in entry.iter("a")]
    assert found == [(f"{name.upper()} file", f"2019-03-14-civelles.{name}") for name in ("tei", "tmx")]


def test_nothing_needs_the_script() -> None:
    root = tree(render_page(sample(), SITE))
    assert all(element.get("hidden") is None for element in root.xpath("//main//*"))
    # Links stand in for the buttons, which the style sheet shows to the script alone.
    links = root.xpath("//nav//span[@class='links']/a")
    assert [(a.get("href"), a.get("aria-current")) for a in links] == [
        ("fr/2019-03-14-civelles.html", None), ("2019-03-14-civelles.html", "page"),
        ("en/2019-03-14-civelles.html", None),
    ]  # fmt: skip
    assert "html:not([data-script]) :is(.buttons," in root.xpath("string(//style)")


def test_buttons_are_pressed_or_not_and_speak_their_language() -> None:
    buttons = tree(render_page(sample(), SITE)).xpath("//nav//button")
    assert [(b.get("lang"), b.get("aria-pressed")) for b in buttons] == [
        ("fr", "false"), ("en", "true"), ("en", "false"),
    ]  # fmt: skip


def test_date_place_and_source_are_data() -> None:
    root = tree(render_page(sample(), SITE))
    assert [(t.get("datetime"), t.text) for t in root.iter("time")] == [
        ("2019-03-14", "14 mars 2019"),
        ("2019-03-14", "14 March 2019"),
    ]
    assert "VERNAY-SUR-LOIRE (France)" in words(root.xpath("//dl")[0])


def test_json_ld_names_the_original() -> None:
    (script,) = tree(render_page(sample(), SITE)).xpath("//script[@type='application/ld+json']")
    data = json.loads(script.text)
    assert (data["@type"], data["inLanguage"]) == ("NewsArticle", "en")
    assert data["translationOfWork"]["inLanguage"] == "fr"
    assert data["translationOfWork"]["datePublished"] == "2019-03-14"
    assert data["headline"] == title_of(sample()).target


@pytest.mark.parametrize("url", [SITE.url, ""])
def test_all_three_pages_name_the_same_two_works(url: str) -> None:
    site, at, named = replace(SITE, url=url), "https://hote.example/a/", []
    for only in ("", "fr", "en"):
        page = render_monolingual(sample(), site, only) if only else render_page(sample(), site)
        data = json.loads(tree(page).xpath("string(//script[@type='application/ld+json'])"))
        works = [data, data.get("workTranslation") or data["translationOfWork"]]
        own = urljoin(at, page_path("2019-03-14-civelles", only))
        named.append({work["inLanguage"]: urljoin(own, work["@id"]) for work in works})
    base = url or at
    assert named == [{code: f"{base}{code}/2019-03-14-civelles.html" for code in ("fr", "en")}] * 3


def test_a_title_whose_sentences_are_merged_has_no_stray_space() -> None:
    lines = (("Un titre.", "One title for two.", State.REVIEWED), ("En deux phrases.", "←", State.REVIEWED))
    blocks: tuple[BlockData, ...] = ((BlockKind.HEADING, 1, "", "", lines),)
    assert title_of(align(*build(blocks))).target == "One title for two."


def test_markers_of_letters_and_numbers_are_read_aloud_and_dashes_are_not() -> None:
    blocks: tuple[BlockData, ...] = tuple(
        (BlockKind.ITEM, 0, marker, "p1", ((f"{marker} phrase {number}.", "One.", State.REVIEWED),))
        for number, marker in enumerate(("-", "12.", "b)"))
    )
    found = tree(render_page(align(*build(blocks)), SITE)).xpath("//*[@class='marker']")
    assert [(each.text, each.get("aria-hidden")) for each in found] == [
        pair for pair in (("–", "true"), ("12.", None), ("b)", None)) for _ in range(2)
    ]


def test_a_title_of_an_older_text_is_not_shown_as_current() -> None:
    blocks: tuple[BlockData, ...] = ((BlockKind.HEADING, 1, "", "", (("Nouveau titre", "Old title", State.FUZZY),)),)
    edition = align(*build(blocks, earlier={"Nouveau titre": "Ancien titre"}))
    assert title_of(edition).target is None
    root = tree(render_page(edition, SITE))
    assert (root.findtext("head/title"), root.xpath("//title")[0].get("lang")) == ("Nouveau titre", "fr")
    assert "Old title" not in root.xpath("string(//script[@type])")


@pytest.mark.parametrize("name", ["2019-03-14-civelles.html", "index.html"])
def test_the_policy_names_exactly_what_stands_in_the_page(name: str) -> None:
    text = publish_html([sample()], SITE)[name].decode()
    (policy,) = tree(text).xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    bodies = re.findall(r"<(?:script|style)[^>]*>(.*?)</(?:script|style)>", text, re.DOTALL)
    hashes = {f"'sha256-{base64.b64encode(hashlib.sha256(body.encode()).digest()).decode()}'" for body in bodies}
    assert hashes == set(re.findall(r"'sha256-[^']+'", policy))
    assert "unsafe" not in policy
    assert policy.startswith("default-src 'none'")
    assert not tree(text).xpath("//*[@style or @onclick or @onload]")


# -- pages of one language ----------------------------------------------------------------------------------------


@pytest.mark.parametrize(("language", "other"), [("fr", "en"), ("en", "fr")])
@pytest.mark.parametrize("edition", [sample(), marked(), beaded()], ids=["sample", "marked", "beaded"])
def test_a_page_of_one_language_is_whole_and_in_it(edition: Edition, language: str, other: str) -> None:
    text = render_monolingual(edition, SITE, language, IMAGES)
    root = tree(text)
    assert nesting(text) == depths(root)
    assert root.get("lang") == language
    names = Counter(map(str, root.xpath("//@id")))
    assert max(names.values()) == 1
    for pair in edition.pairs:
        assert names[f"{language}-{pair.segment.id}"] == 1
        assert names[f"{other}-{pair.segment.id}"] == 0
        assert names[pair.segment.id] == (pair.state is not State.VERBATIM)
    for address in map(str, root.xpath("//@href")):
        assert address[0] != "#" or names[address[1:]] == 1, address
    assert all(str(source).startswith("../assets/") for source in root.xpath("//main//@src"))
    assert root.xpath("//link[@rel='canonical']/@href") == [f"{SITE.url}{language}/{edition.release.id}.html"]
    assert bool(root.xpath("//*[@data-state='machine']")) == (language == "en")


def test_alternates_are_the_same_on_all_three_pages() -> None:
    pages = [render_page(sample(), SITE), *(render_monolingual(sample(), SITE, each) for each in ("fr", "en"))]
    found = [
        {(e.get("hreflang"), e.get("href")) for e in tree(text).xpath("//link[@rel='alternate' and not(@type)]")}
        for text in pages
    ]
    name = "2019-03-14-civelles.html"
    folders = {"fr": "fr/", "en": "en/", "x-default": ""}
    assert found == [{(tag, f"{SITE.url}{folder}{name}") for tag, folder in folders.items()}] * 3


def test_without_an_address_no_page_has_alternates_which_search_engines_want_whole() -> None:
    for text in publish_html([sample()], replace(SITE, url="")).values():
        if text.startswith(b"<!DOCTYPE"):
            assert not tree(text.decode()).xpath("//link[@rel='alternate' and @hreflang]")


def test_language_of_parts_of_pages_of_one_language() -> None:
    for language, wrong in (("fr", _ENGLISH), ("en", _FRENCH)):
        root = tree(render_monolingual(sample(), SITE, language))
        for element in root.iter("*"):
            if element.tag in ("script", "style") or element.xpath("boolean(ancestor-or-self::*[@translate='no'])"):
                continue
            for text in (element.text, *(child.tail for child in element)):
                if text and _language(element) == language:
                    assert not wrong.search(text), text


# -- what a page says of itself -----------------------------------------------------------------------------------


@pytest.mark.parametrize(("state", "language"), [(State.REVIEWED, "en"), (State.MACHINE, "fr"), (State.FUZZY, "fr")])
def test_the_description_is_english_only_where_a_person_has_approved_it(state: State, language: str) -> None:
    edition = in_states(State.REVIEWED, state)
    (meta,) = tree(render_page(edition, SITE)).xpath("//meta[@name='description']")
    assert (meta.get("lang"), meta.get("content")) == (
        (language, "Sentence 0. Sentence 1.") if language == "en" else (language, "Phrase 0. Phrase 1.")
    )


def test_a_long_description_ends_between_words() -> None:
    blocks: tuple[BlockData, ...] = (
        (BlockKind.PARAGRAPH, 0, "", "", (("mot, " * 99 + "fin.", "", State.UNTRANSLATED),)),
    )
    (content,) = tree(render_page(align(*build(blocks)), SITE)).xpath("//meta[@name='description']/@content")
    assert len(content) <= 201
    assert content.endswith("mot…")


def test_open_graph_and_status() -> None:
    root = tree(render_page(sample(), SITE))
    found = {e.get("property"): e.get("content") for e in root.xpath("//meta[@property]")}
    assert found["og:locale"] == "en_GB"
    assert found["og:locale:alternate"] == "fr_FR"
    assert found["og:url"] == f"{SITE.url}2019-03-14-civelles.html"
    assert found["article:published_time"] == "2019-03-14"
    data = json.loads(root.xpath("string(//script[@type])"))
    assert data["creativeWorkStatus"].startswith("Draft: 7 of 18 sentences")
    assert data["isBasedOn"]["@id"] == data["translationOfWork"]["@id"] == f"{SITE.url}fr/2019-03-14-civelles.html"


@pytest.mark.parametrize(
    ("place", "english"),
    [("LYON (France)", "LYON, France"), ("Genève (Suisse)", "Geneva, Switzerland"), ("LONDRES", "LONDON"),
     ("Corvenne (Haut-Vernay)", "Corvenne (Haut-Vernay)"), ("", "")],
)  # fmt: skip
def test_places(place: str, english: str) -> None:
    assert place_words(place) == Words(place, english)


def test_names_of_the_page_cannot_turn_the_direction_of_what_follows() -> None:
    blocks: tuple[BlockData, ...] = (
        (BlockKind.HEADING, 1, "", "", (("Un \u202etitre", "A \u202etitle", State.REVIEWED),)),
    )
    root = tree(render_page(align(*build(blocks)), SITE))
    assert root.findtext("head/title") == "A title"
    assert "\u202e" not in "".join(map(str, root.xpath("//meta/@content | //*[@class='tools']/@*")))
    assert "unicode-bidi: isolate" in root.xpath("string(//style)")  # in the text it is kept, in its own place


def test_no_address_outside() -> None:
    for name, data in publish_html([sample()], SiteInfo()).items():
        if name.endswith(".html"):
            links = tree(data.decode()).xpath("//@href | //@src")
            assert not [link for link in links if "//" in str(link)]


# -- marked-up releases -------------------------------------------------------------------------------------------


def marked_tree() -> Any:
    return tree(render_page(marked(), SITE, IMAGES))


def inner(root: Any, name: str) -> str:
    """The markup of a sentence, as it stands in the page."""
    (element,) = by_id(root, name).xpath("span[@class='t']")
    return (element.text or "") + "".join(html.tostring(child, encoding="unicode") for child in element)


def test_inline_markup_is_there_on_both_sides() -> None:
    root = marked_tree()
    for language, words_of in (("fr", "trois mois d’enquête."), ("en", "three months of inquiry.")):
        assert inner(root, f"{language}-p4s2").endswith(f"<strong>{words_of}</strong>")
        assert inner(root, f"{language}-p4s3").startswith("<strong>")  # opens again in the next sentence
        (link,) = by_id(root, f"{language}-p4s1").xpath("span/a")
        assert link.get("href") == "https://oetp.example/bilan?annee=2025&lang=fr"
        assert inner(root, f"{language}-p5s1").count("<u>") == 1
    assert inner(root, "fr-p25s2") == "Il est «\u00a0simplifié\u00a0», dit-on, <s>cette année</s>."
    assert inner(root, "en-p25s2") == "It is “simplified”, they say, <s>this year</s>."
    assert inner(root, "fr-p4s4").endswith(
        '<code translate="no">bilan_2025.csv</code> suit la norme <span lang="en" translate="no">port call</span>.'
    )


def test_quotation_marks_of_the_text_are_not_doubled() -> None:
    french = "Un <g1>«\u00a0mot\u00a0»</g1> et <g2>un</g2>"
    english = "A “<g1>word</g1>” and <g2>one <g3>more</g3></g2>"
    codes = tuple(Code(number, Role.QUOTE) for number in (1, 2, 3))
    edition = marked((Marked(BlockKind.PARAGRAPH, ((french, english, State.REVIEWED),), codes),))
    root = tree(render_page(edition, SITE))
    assert inner(root, "fr-p1s1") == "Un «\u00a0mot\u00a0» et «\u00a0un\u00a0»"
    assert inner(root, "en-p1s1") == "A “word” and “one ‘more’”"


def test_nested_and_numbered_lists() -> None:
    (first, second) = marked_tree().xpath("//article//*[@class='rows']/*[self::ul or self::ol]")
    assert [len(first), first.xpath("string(li[2]/ul/li/@id)")] == [2, "p9"]
    assert (second.tag, second.get("start")) == ("ol", "3")
    markers = second.xpath(".//span[@class='marker']")
    assert [words(marker) for marker in markers] == ["3.", "3.", "4.", "4."]


@pytest.mark.parametrize("language", ["fr", "en"])
def test_a_table_is_a_whole_table_in_each_language(language: str) -> None:
    (table,) = marked_tree().xpath("//div[@class='row table']/div[@lang=$l]//table", l=language)
    assert [[(cell.tag, cell.get("scope"), cell.get("colspan"), cell.get("rowspan")) for cell in row]
            for row in table.iter("tr")] == [
        [("th", "col", None, "2"), ("th", "col", "2", None)],
        [("th", "col", None, None), ("th", "col", None, None)],
        [("th", "row", None, None), ("td", None, None, None), ("td", None, None, None)],
        [("th", "row", None, None), ("td", None, None, None), ("td", None, None, None)],
    ]  # fmt: skip
    assert [part.tag for part in table] == ["caption", "thead", "tbody"]
    assert table.xpath("string(tbody/tr[1]/td[1])") == ""


def test_a_table_that_must_be_focused_has_a_role_and_a_name_in_its_language() -> None:
    table = Frame.TABLE
    figures = tuple(
        Marked(
            BlockKind.CELL, ((text, text, State.VERBATIM),), within=(Container(name, table), Container("r", Frame.ROW))
        )
        for name, text in (("a", "12"), ("b", "34"))
    )
    root = tree(render_page(marked(figures), SITE))
    boxes = [(each.get("role"), each.get("aria-label")) for each in root.xpath("//*[@class='scroll' and @tabindex]")]
    assert boxes == [("region", name) for name in ("Tableau 1", "Table 1", "Tableau 2", "Table 2")]


def test_the_mark_of_a_table_that_is_all_draft_stands_above_it() -> None:
    row = (Container("a", Frame.TABLE), Container("r", Frame.ROW))
    root = tree(render_page(marked((Marked(BlockKind.CELL, (("Port", "Harbour", State.MACHINE),), within=row),)), SITE))
    (box,) = root.xpath("//div[contains(@class, 'target')]/div[@class='scroll']")
    assert box.getprevious().get("class") == "mark draft"


def test_images_are_published_or_stood_in_for() -> None:
    root = marked_tree()
    shown = {image.get("alt"): (image.get("src"), _language(image)) for image in root.iter("img")}
    assert shown == {
        "Deux agents ouvrent un conteneur sur un quai.": ("assets/2026-03-05-bilan/quai%20%C3%A0%20Corvenne.jpg", "fr"),
        "Two officers open a container on a quay.": ("assets/2026-03-05-bilan/quai%20%C3%A0%20Corvenne.jpg", "en"),
    }
    missing = [(e.get("aria-label"), _language(e)) for e in root.xpath("//*[@role='img']")]
    assert missing == [("Image\u00a0: Schéma du circuit", "fr")] * 2 + [("Image\u00a0: p.gif", "fr")] * 2
    assert len(tree(render_page(marked(), SITE)).xpath("//*[@role='img']")) == 6  # nothing published


def test_marks_lead_to_notes_and_back() -> None:
    root = marked_tree()
    for language in ("fr", "en"):
        for mark, note, text in (("p4s1", "note-1", "p5s1"), ("p4s3", "note-2", "p32s1")):
            (link,) = by_id(root, f"{language}-{mark}").xpath(".//sup/a")
            assert link.get("href") == f"#{note}"
            assert by_id(root, note).xpath("boolean(.//*[@id=$id])", id=f"{language}-{text}")
            backs = by_id(root, note).xpath("p[contains(@class, 'back')]//a/@href")
            assert f"#{link.get('id')}" in backs
    assert root.xpath("boolean(//div[@role='note']//*[@id='fr-p31s1'])")


def test_texts_outside_the_flow_are_shown_at_the_end() -> None:
    (section,) = marked_tree().xpath("//section[@class='attributes']")
    assert section.xpath("div/@id") == ["p1", "p2", "p23", "p26"]
    labels = [(_language(label), words(label)) for label in section.xpath(".//p[@class='label']")]
    assert labels[:2] == [("fr", "titre de la page"), ("en", "page title")]
    assert section.xpath("//div[@id='p23']//p[@class='label']/a/@href") == ["#p22", "#p22"]


def test_code_and_other_languages() -> None:
    root = marked_tree()
    assert [words(pre) for pre in root.iter("pre")] == ['def port(n):\n    return n < 3 and "<b>"'] * 2
    for name in ("fr-p30s1", "en-p30s1"):
        assert _language(by_id(root, name)) == "en"


def test_placeholders_are_nowhere_else() -> None:
    for name, data in publish_html([marked()], SITE).items():
        if not name.endswith(".rng"):
            assert not re.search(r"[<>;c]/?(?:g|x|ph)\d+/?(?:>|&gt;|\\u003e)", data.decode()), name


def test_numbers_count_in_the_order_of_the_page() -> None:
    numbers = [int(link.text) for link in marked_tree().xpath("//main//a[@class='n' and @id]")]
    assert numbers == list(range(1, 1 + sum(pair.state is not V for pair in marked().pairs)))


# -- laws ---------------------------------------------------------------------------------------------------------


class _Nesting(HTMLParser):
    """A page as a judge that repairs nothing reads it: every end tag must be that of the element that is open."""

    VOID = frozenset({"meta", "link", "br", "img", "input", "rect"})

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.seen: list[tuple[str, int]] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.seen.append((tag, len(self.open)))
        if tag not in self.VOID:
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self.VOID:
            assert self.open.pop() == tag


def nesting(text: str) -> list[tuple[str, int]]:
    judge = _Nesting()
    judge.feed(text)
    judge.close()
    assert not judge.open
    return judge.seen


def depths(root: Any) -> list[tuple[str, int]]:
    return [(str(e.tag), sum(1 for _ in e.iterancestors())) for e in root.iter(etree.Element)]


_MAY = re.compile(
    r"#[\w-]+|(https?://[A-Za-z0-9.-]+|mailto:|tel:)[^\s\"'<>]*|(\w\w/|\.\./|assets/)?[\w.-]+\.(html|xml|atom|svg)",
    re.ASCII,
)


@pytest.mark.parametrize(
    "frames", [(Frame.ITEM,), (Frame.TABLE, Frame.CELL), (Frame.FIGURE, Frame.QUOTE), (Frame.NOTE,)]
)
def test_containers_as_deep_as_they_may_be(frames: tuple[Frame, ...]) -> None:
    deep = tuple(Container(f"c{at}", frames[at % len(frames)]) for at in range(100))
    edition = marked((Marked(BlockKind.PARAGRAPH, (("Mot.", "Word.", State.MACHINE),), within=deep),))
    text = render_page(edition, SITE)
    assert nesting(text) == depths(tree(text))
    validate_tei(render_tei(edition))


@settings(max_examples=40, deadline=None)
@given(any_edition() | any_table())
def test_any_markup_gives_a_page_that_is_whole_and_safe(edition: Edition) -> None:
    text = render_page(edition, SiteInfo(), {"photo.png": Picture('assets/x/pho to".png', b"")})
    root = tree(text)
    # A parser that repairs finds nothing to repair.
    assert nesting(text) == depths(root)
    names = Counter(map(str, root.xpath("//@id")))
    assert max(names.values()) == 1
    for pair in edition.pairs:
        assert names[f"fr-{pair.segment.id}"] == names[f"en-{pair.segment.id}"] == 1
    for address in root.xpath("//@href"):
        assert _MAY.fullmatch(address), address
        assert address[0] != "#" or address[1:] in names
    assert set(root.xpath("//@src")) <= {"assets/x/pho%20to%22.png"}
    assert not [name for e in root.iter(etree.Element) for name in e.attrib if str(name).startswith(("on", "style"))]
    assert set(map(str, root.xpath("//article//@lang"))) <= {"fr", "en", "de-CH"}


def shape(text: str) -> list[tuple[str, tuple[str, ...]]]:
    return [(str(e.tag), tuple(sorted(map(str, e.attrib)))) for e in tree(text).iter(etree.Element)]


_HOSTILE = st.sampled_from(
    [
        "</script><script>alert(1)</script>", "<!--", "]]>", "</title><b>", '" onload="x', "' x='", "&lt;&amp;",
        "{{ 7*7 }}", "\u202e\u2066abc", "\x00\x0b\ufffe", "a" * 10_000, "</style>", "javascript:x", "\u2028", "\r\n",
    ]
)  # fmt: skip
_TEXT = st.lists(_HOSTILE | st.text(max_size=20), min_size=1, max_size=3).map("x".join).map(lambda text: "x" + text)


def with_text(french: str, english: str) -> Edition:
    """The sample with another text, numbered so that each sentence keeps an entry and a state of its own."""
    number = count(1)
    blocks = tuple(
        (
            *(kind, level, marker, group),
            tuple((f"{french} {next(number)}", english if old else "", state) for _, old, state in lines),
        )
        for kind, level, marker, group, lines in SAMPLE
    )
    metadata = Metadata("2019-03-14", french, english, french)
    return align(*build(blocks, metadata=metadata, earlier={f"{french} 11": "avant " + french}))


def site_with(text: str) -> SiteInfo:
    return SiteInfo(text, text + "y", text, "", (Download(text, text, text, text),), text)


@settings(max_examples=50)
@given(_TEXT, _TEXT)
def test_no_text_changes_an_element(french: str, english: str) -> None:
    plain, hostile = with_text("x", "x"), with_text(french, english)
    assert shape(render_page(hostile, site_with(english))) == shape(render_page(plain, site_with("x")))
    for language in ("fr", "en"):
        one, other = (render_monolingual(each, site_with("x"), language) for each in (hostile, plain))
        assert shape(one) == shape(other)


@settings(max_examples=40, deadline=None)
@given(_TEXT, _TEXT)
def test_the_page_shows_the_text_and_nothing_else(french: str, english: str) -> None:
    edition = with_text(french, english)
    root = tree(render_page(edition, SITE))
    assert text_of(root, "fr-p4s1") == clean(french + " 6")
    assert text_of(root, "en-p4s1") == clean(english)
    assert text_of(root, "was-p6s1") == clean("avant " + french)
    (data,) = root.xpath("//script[@type='application/ld+json']")
    assert json.loads(data.text)["translationOfWork"]["locationCreated"]["name"] == clean(french)


@given(st.text() | _TEXT)
def test_cleaned_text_is_what_xml_can_hold(text: str) -> None:
    element = etree.Element("x")
    element.text = clean(text)  # lxml refuses what XML cannot hold
    assert clean(clean(text)) == clean(text)
    assert not re.search(r"[\x00-\x1f\x7f-\x9f\u2028\u2029]", clean(text).replace("\t", ""))


def test_same_editions_same_bytes_in_any_order() -> None:
    other = replace(sample(), release=replace(sample().release, id="autre"))
    assert publish_html([sample(), other], SITE) == publish_html([other, sample()], SITE)


# -- words --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("counts", "english", "french"),
    [
        (Counts(0, 0, 0, 0, 0), "Nothing to translate", "Rien à traduire"),
        (Counts(2, 0, 0, 0, 0), "All sentences read by a person", "Toutes les phrases ont été relues"),
        (Counts(1, 1, 0, 0, 0), "1 of 2 sentences read by a person; 1 machine draft",
         "1 phrase sur 2 relue\u202f; 1 brouillon automatique"),
        (Counts(31, 9, 2, 1, 1),
         "31 of 44 sentences read by a person; 9 machine drafts, 2 changed, 1 to be checked, 1 not yet translated",
         "31 phrases sur 44 relues\u202f; 9 brouillons automatiques, 2 modifiées, 1 à vérifier, 1 pas encore traduite"),
    ],
)  # fmt: skip
def test_summaries(counts: Counts, english: str, french: str) -> None:
    assert (summary_en(counts), summary_fr(counts)) == (english, french)


@pytest.mark.parametrize(
    ("iso", "french", "english"),
    [("2016-01-12", "12 janvier 2016", "12 January 2016"), ("2013-08-01", "1er août 2013", "1 August 2013"),
     ("printemps", "printemps", "printemps")],
)  # fmt: skip
def test_dates(iso: str, french: str, english: str) -> None:
    assert (long_date(iso, "fr"), long_date(iso, "en")) == (french, english)


# -- sizes of images ----------------------------------------------------------------------------------------------


def drawn(kind: str, size: tuple[int, int], orientation: int = 1) -> bytes:
    exif = Image.Exif()
    exif[0x0112] = orientation
    made = BytesIO()
    Image.new("RGB", size).save(made, kind, exif=exif)
    return made.getvalue()


@pytest.mark.parametrize("kind", ["PNG", "JPEG", "WEBP"])
@pytest.mark.parametrize("orientation", range(1, 9))
def test_an_image_is_measured_as_browsers_turn_it(kind: str, orientation: int) -> None:
    assert size_of(drawn(kind, (30, 20), orientation)) == ((20, 30) if orientation > 4 else (30, 20))


@pytest.mark.parametrize("data", [b"", b"<svg xmlns='http://www.w3.org/2000/svg'/>", b"\x89PNG\r\n\x1a\n", b"GIF89a"])
def test_what_cannot_be_measured_has_no_size(data: bytes) -> None:
    assert size_of(data) is None


def test_measuring_decodes_no_pixel(monkeypatch: pytest.MonkeyPatch) -> None:
    """A PNG of half a megabyte can have 500 MB of them."""
    pictures = [drawn(kind, (30, 20), 6) for kind in ("PNG", "JPEG", "WEBP")]

    def load(*_: object) -> None:
        raise AssertionError

    for kind in (PngImageFile, JpegImageFile, WebPImageFile):
        monkeypatch.setattr(kind, "load", load)
    assert [size_of(data) for data in pictures] == [(20, 30)] * 3


@pytest.mark.parametrize(
    ("size", "shown"),
    [((640, 400), ("640", "400")), ((1600, 1024), ("800", "512")), ((1, 9000), ("1", "512")), (None, ())],
)
def test_a_page_keeps_room_for_its_images(size: tuple[int, int] | None, shown: tuple[str, ...]) -> None:
    pictures = {href: Picture(image.path, b"", size) for href, image in IMAGES.items()}
    found = tree(render_page(marked(), SITE, pictures)).xpath("//article//img")
    assert found
    assert {(*each.xpath("@width"), *each.xpath("@height")) for each in found} == {shown}
