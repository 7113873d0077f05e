"""XLIFF 2.1 and TMX of editions: valid, read by others, the same when they come back, whatever the text."""

from __future__ import annotations

import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tests.edition_sample import EARLIER, F, M, R, build, matched, sample
from toolkit.catalogue import digest, key_digest
from toolkit.edition import Edition
from toolkit.editions.about import SiteInfo
from toolkit.editions.align import align
from toolkit.errors import ReviewError
from toolkit.exchange import Digests, Options, Stage, Unit, dump, load, outgoing, own_english, settled
from toolkit.exchange.inline import Codes, fill, read
from toolkit.exchange.names import CORE, ITS, MATCHES, core, matches
from toolkit.model import BlockKind
from toolkit.placeholders import tags
from toolkit.writers import WRITERS

SCHEMA = Path(__file__).parent / "data" / "xliff" / "xliff_core_2.0.xsd"
DIGESTS = Digests(digest, key_digest)
OPTIONS = Options(DIGESTS)
PAIR = ("fr", "en")
N = {"x": CORE, "mtc": MATCHES, "its": ITS}

#: Markup that merges sentences, parts them, and crosses their borders.
MARKED = (
    (
        BlockKind.PARAGRAPH,
        0,
        "",
        "",
        (
            ("Le <g1>quai<x2/> nord</g1> ouvre.", "The <g1>north<x2/> quay</g1> opens, and ships come.", R),
            ("Les <g3>navires</g3> arrivent<x4/>.", "←", M),
            ("La <ph5>criée</ph5> attend <g6>sa", "The <ph5>criée</ph5> waits ‖ for <g6>its", F),
            ("halle</g6> neuve.", "</g6> new hall.", R),
        ),
    ),
)


def marked() -> Edition:
    return align(*build(MARKED, name="quai"))


@cache
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(SCHEMA))


def parsed(data: bytes) -> Any:
    root = etree.fromstring(data)
    schema().assertValid(root)
    return root


def unit(data: bytes, name: str) -> Any:
    return next(iter(parsed(data).iterfind(f".//{core('unit')}[@id='{name}']")))


# -- placeholders --------------------------------------------------------------------------------------------------

#: What may stand in a sentence: hostile and bidirectional characters, look-alikes of placeholders, markup, tags.
_PIECES = st.one_of(
    st.text(max_size=8),
    st.sampled_from(
        ["<g1>", "</g1>", "<x2/>", "<ph3>mot</ph3>", "<g4>", "</g5>", "<\\g1>", "<ph9>", "]]>", "&amp;", "<!--"]
    ),
    st.sampled_from(
        ["\x01", "\u202e", "\ufffe", "\x85", "\u2028", "\t", "<b>", "\r\n", "\ud800", "‖", "<ph3>a<\\g1>b</ph3>"]
    ),
)


@settings(max_examples=200)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_a_sentence_comes_back_as_it_went_out(text: str) -> None:
    holder = etree.Element(core("unit"))
    fill(etree.SubElement(holder, core("source")), text, {})
    written = etree.tostring(holder, encoding="UTF-8")
    back = etree.fromstring(written)
    assert settled(read(back.find(core("source")), Codes())) == settled(text).replace("\ud800", "\ufffd")
    assert settled(settled(text)) == settled(text)


@settings(max_examples=100)
@given(st.lists(_PIECES, max_size=8).map("".join))
def test_no_text_changes_the_elements_of_a_file(text: str) -> None:
    """But for its own placeholders and code points, and what is valid stays valid."""
    plain = "".join(character for character in text if character not in "<\n\r") or "x"
    blocks = ((BlockKind.PARAGRAPH, 0, "", "", ((f"Le {plain} mot.", plain, M),)),)
    made = dump([align(*build(blocks))], OPTIONS)
    root = parsed(made)
    names = {etree.QName(element).localname for element in root.iter()}
    known = {"xliff", "file", "unit", "segment", "source", "target", "cp", "metadata", "metaGroup", "meta"}
    assert names <= known | {"matches", "match", "notes", "note"}


def test_codes_say_what_they_are_and_halves_that_they_are_alone() -> None:
    made = dump([marked()], OPTIONS)
    source = unit(made, "p1s1").find(f".//{core('segment')}/{core('source')}")
    assert source is not None
    ids = [(etree.QName(code).localname, code.get("id")) for code in source.iter() if code is not source]
    assert ids == [("pc", "1"), ("ph", "2"), ("pc", "3"), ("ph", "4")], "the bead's, counted through both sentences"
    fixed = unit(made, "p1s3").find(f".//{core('segment')}/{core('target')}/{core('ph')}")
    assert fixed is not None
    assert (fixed.get("equiv"), fixed.get("subType")) == ("criée", "toolkit:fixed")
    alone = [code.get("isolated") for name in ("sc", "ec") for code in parsed(made).iter(core(name))]
    assert alone == ["yes"] * 4


# -- the file -------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("edition", [sample(), marked()], ids=["sample", "marked"])
def test_every_sentence_is_there_once_and_comes_back_as_it_was(edition: Edition) -> None:
    made = dump([edition], OPTIONS)
    assert made == dump([edition], OPTIONS)
    beads = [bead for block in edition.blocks for bead in outgoing(block)]
    (back,) = load(made, "x.xlf", PAIR)
    assert (back.release, back.original) == (edition.release.id, edition.release.path)
    assert len(back.units) == len(beads)
    for bead, found in zip(beads, back.units, strict=True):
        assert (found.source, found.target, found.stage) == (bead.source, bead.english, bead.stage)
        assert found.base == (bead.base(DIGESTS) if bead.keys else None)
        assert found.notes == (), "no note of ours comes back as somebody's"
    said = re.findall(r'type="sentences">([^<]+)<', made.decode())
    words = [name for ids in said for name in ids.split()]
    assert words == [pair.segment.id for pair in edition.pairs if pair.state.value != "verbatim"]


def test_states_are_told_in_the_words_of_the_standard() -> None:
    root = parsed(dump([sample()], OPTIONS))
    found = {(s.get("state"), s.get("subState")) for s in root.iter(core("segment"))}
    assert found == {
        ("final", "toolkit:approved"),
        ("initial", "toolkit:machine"),
        ("initial", "toolkit:changed"),
        ("translated", "toolkit:to-check"),
        ("initial", None),
    }
    assert root.get("version") == "2.1"
    assert all(file.get("canResegment") == "no" for file in root.iter(core("file")))


def test_a_draft_is_a_candidate_with_its_confidence_and_tool() -> None:
    root = parsed(dump([sample()], OPTIONS))
    drafts = root.xpath("//x:unit[x:segment/@subState='toolkit:machine'][@its:tool!='rule']", namespaces=N)
    assert len(drafts) == 6
    for draft in drafts:
        match = draft.find(f"{matches('matches')}/{matches('match')}")
        assert match.get("matchQuality") == "77.88", "100 · exp(-0.25)"
        assert match.get(f"{{{ITS}}}annotatorsRef").startswith("mt-confidence|")
        assert " " not in match.get(f"{{{ITS}}}annotatorsRef"), "a space would part two references"
        assert draft.find(f"{core('segment')}[@id='{match.get('ref')[1:]}']") is not None
        assert match.findtext(core("target")) == draft.findtext(f"{core('segment')}/{core('target')}")
    assert not root.xpath("//x:target//@its:mtConfidence", namespaces=N), "people will edit them (ITS module)"


def test_english_of_a_changed_sentence_comes_with_its_earlier_french() -> None:
    root = parsed(dump([sample()], OPTIONS))
    (changed,) = root.xpath("//x:unit[x:segment/@subState='toolkit:changed']", namespaces=N)
    match = changed.find(f"{matches('matches')}/{matches('match')}")
    earlier = next(iter(EARLIER.values()))
    assert match.findtext(core("source")) == earlier
    assert 50 < int(match.get("similarity")) < 100
    assert earlier in [note.text for note in changed.iter(core("note"))]


def test_what_is_approved_is_no_work_where_only_open_sentences_are_wanted() -> None:
    edition = sample()
    root = parsed(dump([edition], replace(OPTIONS, only_open=True)))
    locked = root.xpath("//x:unit[@translate='no']", namespaces=N)
    verbatim = [pair for pair in edition.pairs if pair.state.value == "verbatim"]
    assert len(locked) == edition.count(R) + len(verbatim)
    assert {s.get("state") for found in locked for s in found.iter(core("segment"))} == {"final", "initial"}


def test_several_releases_are_several_files() -> None:
    root = parsed(dump([sample(), marked()], OPTIONS))
    assert [file.get("id") for file in root] == ["2019-03-14-civelles", "quai"]


def test_sentences_that_are_said_together_are_one_segment() -> None:
    made = dump([marked()], OPTIONS)
    found = unit(made, "p1s1")
    (segment,) = found.iter(core("segment"))
    assert "".join(segment.find(core("source")).itertext()) == "Le quai nord ouvre. Les navires arrivent."
    assert segment.get("state") == "initial", "one of the two is a draft: approved is what is approved as a whole"
    assert not parsed(made).xpath("//x:unit[@id='p1s2']", namespaces=N)
    assert "‖" not in made.decode()


def test_the_english_of_a_bead_goes_back_without_the_others_placeholders() -> None:
    bead = next(bead for block in marked().blocks for bead in outgoing(block))
    moved = "Ships <g3>come</g3><x4/> as the <g1>north<x2/> quay</g1> opens."
    own = own_english(bead.bead, moved)
    assert own == "Ships come as the <g1>north<x2/> quay</g1> opens."
    strange = own_english(bead.bead, moved + "<x9/>")
    assert len(tags(strange)) == len(tags(own)) + 1, "a code of nobody's is kept, so that it is told"


# -- others' files --------------------------------------------------------------------------------------------------


def as_agency(data: bytes, *changes: tuple[str, str]) -> bytes:
    text = data.decode()
    for old, new in changes:
        assert re.search(old, text, flags=re.DOTALL), old
        text = re.sub(old, new, text, flags=re.DOTALL)
    return text.encode()


def first(data: bytes) -> Unit:
    return load(data, "x.xlf", PAIR)[0].units[0]


ONE = dump(
    [align(*build(((BlockKind.PARAGRAPH, 0, "", "", (("Un <g1>mot</g1>. Fin.", "One <g1>word</g1>. End.", M),)),)))],
    OPTIONS,
)


def test_a_unit_that_a_tool_parted_is_read_as_one() -> None:
    whole = first(ONE)
    parted = as_agency(
        ONE,
        (
            r"<segment .*?</segment>",
            '<segment state="final"><source>Un <pc id="1">mot</pc>.</source><target>A <pc id="1">word</pc>.</target>'
            "</segment><ignorable><source> </source></ignorable>"
            '<segment state="translated"><source>Fin.</source><target>The end.</target></segment>',
        ),
    )
    found = first(parted)
    assert found.source == whole.source
    assert found.target == "A <g1>word</g1>. The end."
    assert found.stage is Stage.TRANSLATED, "the least advanced of its segments"
    half = as_agency(parted, (r"<target>The end\.</target>", ""))
    assert first(half).target == "", "half of a sentence is no translation"


def test_codes_in_other_clothes_are_the_same_codes() -> None:
    spanned = as_agency(ONE, (r"<target>One <pc[^>]*>word</pc>", r'<target>One <sc id="1"/>word<ec startRef="1"/>'))
    assert first(spanned).target.startswith("One <g1>word</g1>")
    marked_up = as_agency(ONE, (r"(<segment.*)<target>One ", r'\1<target><mrk id="m" type="term">One</mrk> '))
    assert first(marked_up).target == first(ONE).target
    copied = as_agency(ONE, (r"(<segment.*)End\.</target>", r'\1End <pc id="c" copyOf="1">x</pc>.</target>'))
    assert first(copied).target.count("<g1>") == 2


def test_metadata_that_a_tool_dropped_or_changed_are_not_believed() -> None:
    assert first(as_agency(ONE, (r"<mda:metadata>.*?</mda:metadata>", ""))).base is None
    assert first(as_agency(ONE, (r'"state">initial<', '"state">nonsense<'))).base is None
    assert first(as_agency(ONE, (r'"english">[0-9a-f]+<', '"english">x<'))).base is None


def test_an_agencys_notes_are_its_own_and_cannot_pass_for_the_toolkits() -> None:
    notes = (
        '<notes><note category="query">Quel mot ?\n  Lequel ?</note><note>toolkit: engine argos</note>'
        "<note>\u202eab</note></notes>"
    )
    found = first(as_agency(ONE, (r"<segment", notes + "<segment")))
    assert found.notes == ("Quel mot ? Lequel ?", "note: toolkit: engine argos", "ab")


XLIFF = f'<xliff xmlns="{CORE}" version="2.0" srcLang="{{}}" trgLang="{{}}"><file id="f"/></xliff>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "not well-formed"),
        (ONE[:-40], "not well-formed"),
        (b"<html/>", "no XLIFF 2 file"),
        (b'<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"/>', "XLIFF 1.2"),
        (b'<xliff version="1.2"/>', "XLIFF 1.2"),
        (b'<xliff version="2.2" xmlns="urn:oasis:names:tc:xliff:document:2.2"/>', "XLIFF 2.2 (urn:"),
        (XLIFF.format("fr", "de").encode(), "fr to de"),
        (XLIFF.format("en", "fr").encode(), "en to fr"),
        (b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/hostname">]>' + XLIFF.format("fr", "en").encode(), "DOCTYPE"),
        (b'<!DOCTYPE x [<!ENTITY a "b"><!ENTITY c "&a;&a;">]><x>&c;</x>', "DOCTYPE"),
        (b'<!DOCTYPE xliff SYSTEM "http://example.org/x.dtd">' + XLIFF.format("fr", "en").encode(), "DOCTYPE"),
        (b"\xff\xfe\x00", "not well-formed"),
    ],
    ids=[
        "empty",
        "cut",
        "html",
        "1.2",
        "1.2 bare",
        "2.2",
        "German",
        "reversed",
        "entity",
        "laughs",
        "external",
        "bytes",
    ],
)
def test_what_is_no_xliff_of_this_pair_is_refused_with_a_way_out(data: bytes, said: str) -> None:
    with pytest.raises(ReviewError) as error:
        load(data, "x.xlf", PAIR)
    assert said in error.value.message
    assert error.value.hint
    assert error.value.where.startswith("x.xlf")


def test_regions_of_the_languages_do_not_matter() -> None:
    assert load(XLIFF.format("fr-FR", "en_GB").encode(), "x.xlf", PAIR)[0].units == ()


# -- TMX ------------------------------------------------------------------------------------------------------------


def test_a_tmx_holds_what_people_approved_and_beads_as_one_unit() -> None:
    whole = tuple((*block[:4], tuple((fr, en, R) for fr, en, _ in block[4])) for block in MARKED)
    made = WRITERS["tmx"].render(align(*build(whole, name="quai")), SiteInfo(), {})
    root: Any = etree.fromstring(made)
    assert [prop.text for prop in root.iterfind(".//prop[@type='x-sentences']")] == ["p1s1 p1s2", "p1s3", "p1s4"]
    assert "".join(root.find(".//seg").itertext()).startswith("Le <g1>quai")
    drafts = WRITERS["tmx"].render(sample(), SiteInfo(), {})
    assert len(etree.fromstring(drafts).findall(".//tu")) == sample().count(R)
    assert b"arrested" not in drafts


def test_a_tmx_says_what_a_program_has_matched_unless_a_person_has_read_it_once() -> None:
    twice = [("Le quai est fermé.", "The quay is closed.", R), ("Il rouvre lundi.", "It reopens on Monday.", R)]
    lines = tuple((BlockKind.PARAGRAPH, 0, "", "", tuple(each)) for each in (twice, twice[:1]))
    edition = matched(align(*build(lines)), "p1s1", "p1s2")
    root: Any = etree.fromstring(WRITERS["tmx"].render(edition, SiteInfo(), {}))
    units = {unit.find("tuv/seg").text: unit for unit in root.iter("tu")}
    assert [prop.text for prop in units["Il rouvre lundi."].iterfind("prop[@type='x-matched']")] == ["program"]
    assert "nobody has compared" in units["Il rouvre lundi."].findtext("note")
    assert units["Le quai est fermé."].find("note") is None
    assert units["Le quai est fermé."].findtext("prop[@type='x-sentences']") == "p2s1"


def test_the_translate_toolkit_reads_both(tmp_path: Path) -> None:
    tmx = pytest.importorskip("translate.storage.tmx")
    xliff2 = pytest.importorskip("translate.storage.xliff2")
    edition = sample()
    (tmp_path / "x.tmx").write_bytes(WRITERS["tmx"].render(edition, SiteInfo(), {}))
    (tmp_path / "x.xlf").write_bytes(WRITERS["xliff"].render(edition, SiteInfo(), {}))
    units = tmx.tmxfile.parsefile(str(tmp_path / "x.tmx")).units
    approved = [pair for pair in edition.pairs if pair.state is R]
    assert [(u.source, u.target) for u in units] == [(pair.segment.text, pair.target) for pair in approved]
    store = xliff2.Xliff2File.parsefile(str(tmp_path / "x.xlf"))
    assert [str(u.source) for u in store.units] == [pair.segment.text for pair in edition.pairs]
    fuzzy = [str(u.source) for u in store.units if u.isfuzzy()]
    drafts = [pair.segment.text for pair in edition.pairs if pair.state is M or pair.previous]
    assert fuzzy == drafts, "what nobody approved needs work in other programs, too"


# -- codes that cross, and what other tools make of ids -------------------------------------------------------------


def test_codes_that_cross_name_their_other_half() -> None:
    """XLIFF 2.1: "isolated" is for a half alone in its unit; else an ``ec`` has ``startRef`` in place of an id."""
    crossing = "<g1>un <g2>deux</g1> trois</g2>, <g3>quatre"
    root = etree.Element(core("unit"))
    fill(etree.SubElement(root, core("source")), crossing, {})
    source = root[0]
    names = ("id", "startRef", "isolated")
    codes = [(etree.QName(code).localname, *map(code.get, names)) for code in source.iter() if code is not source]
    crossed = next(number for number in ("1", "2") if ("ec", None, number, None) in codes)
    assert ("sc", crossed, None, None) in codes
    assert codes[-1] == ("sc", "3", None, "yes")
    assert read(source, Codes()) == crossing
    block = (
        (BlockKind.PARAGRAPH, 0, "", "", (("<g1>Un <g2>mot</g1> dit</g2>.", "<g1>A <g2>word</g1> said</g2>.", M),)),
    )
    assert unit(dump([align(*build(block))], OPTIONS), "p1s1") is not None, "valid by the standard's schema"


def test_ids_of_other_tools_get_no_number_of_ours() -> None:
    part = etree.fromstring(
        f'<segment xmlns="{CORE}"><source><ph id="b"/>x<ph id="1"/>y<ph id="1e"/></source></segment>'
    )
    codes = Codes.of([part])
    assert read(part[0], codes) == "<x2/>x<x1/>y<x3/>"


@pytest.mark.parametrize("order", ["1" * 5000, "²", "-1", ""])
def test_an_order_that_is_no_order_is_passed_over(order: str) -> None:
    assert first(as_agency(ONE, (r"(<segment.*)<target>", rf'\1<target order="{order}">'))).target == first(ONE).target


@pytest.mark.parametrize("code", ["D800", "dfff", "1" * 5000, "-1", "x", "110000"])
def test_a_code_point_that_is_no_character_is_the_replacement_character(code: str) -> None:
    assert "\ufffd" in first(as_agency(ONE, (r"(<segment.*)<target>", rf'\1<target><cp hex="{code}"/>'))).target
