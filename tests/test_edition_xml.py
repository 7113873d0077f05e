"""edition.xml: valid, whole, plain enough for a style sheet of ten lines, and the same sentences as the TEI file."""

from __future__ import annotations

import csv
import io
import re
import shutil
import subprocess
from collections import Counter
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree, html

from tests.beaded_sample import any_beads, beaded
from tests.edition_sample import EARLIER, BlockData, build, sample
from tests.judges import ROOT, program
from tests.marked_sample import IMAGES, any_edition, any_table, marked
from tests.running import toolkit
from toolkit.edition import Edition
from toolkit.editions import SiteInfo, align, render_page, render_tei, render_xml, validate_xml
from toolkit.editions.plain_xml import GRAMMAR, NAMESPACE
from toolkit.editions.structure import Standing, confidence_of, plain, standing_of
from toolkit.errors import EditionError
from toolkit.model import BlockKind, Metadata, Release, State
from toolkit.skeleton import Skeleton

_E = f"{{{NAMESPACE}}}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_SPACE = "{http://www.w3.org/XML/1998/namespace}space"


def parsed(edition: Edition) -> etree._Element:
    document = render_xml(edition, images=IMAGES)
    validate_xml(document)
    return etree.fromstring(document)


def words(element: etree._Element) -> str:
    return " ".join("".join(map(str, element.itertext())).split())


def named(root: etree._Element, name: str) -> etree._Element:
    (element,) = (e for e in root.iter(f"{_E}*") if e.get(_ID) == name)
    return element


def inner(element: etree._Element) -> str:
    text = (element.text or "") + "".join(etree.tostring(child, encoding="unicode") for child in element)
    return text.replace(f' xmlns="{NAMESPACE}"', "")


# -- what it says -------------------------------------------------------------------------------------------------


def test_same_edition_same_bytes() -> None:
    assert render_xml(sample()) == render_xml(sample())
    validate_xml(render_xml(sample()))


def test_metadata() -> None:
    edition = replace(sample(), reviewer="Rozenn Le Gall", created="2019-03-14", revised="2019-04-02")
    document = render_xml(edition, publisher="Observatoire & Cie")
    validate_xml(document)
    metadata = etree.fromstring(document).find(f"{_E}metadata")
    assert metadata is not None
    found = {e.tag.removeprefix(_E): e.text or dict(e.attrib) for e in metadata if e.tag != f"{_E}title"}
    assert found.pop("software") == "toolkit"
    assert found == {
        "date": "2019-03-14",
        "place": "VERNAY-SUR-LOIRE (France)",
        "credit": "OEF / J. Tanguy",
        "taken-from": "fleuves.example",
        "file": "source/2019-03-14-civelles.txt",
        "publisher": "Observatoire & Cie",
        "last-saved-by": "Rozenn Le Gall",
        "catalogue": {"made": "2019-03-14", "revised": "2019-04-02"},
        "sentences": {
            "total": "18", "reviewed": "7", "machine": "7", "changed": "1", "to-check": "1", "untranslated": "2",
        },
    }  # fmt: skip


def test_every_sentence_is_there_once_with_its_words_and_its_state() -> None:
    edition, root = sample(), parsed(sample())
    assert [e.get(_ID) for e in root.iter(f"{_E}bead")] == [pair.segment.id for pair in edition.pairs]
    for pair in edition.pairs:
        bead = named(root, pair.segment.id)
        assert bead.get("state") == standing_of(pair).value
        assert (bead.get("confidence") or "") == confidence_of(pair)
        (source,) = bead.findall(f"{_E}source")
        assert (source.get(_ID), source.get(_LANG)) == (f"fr-{pair.segment.id}", "fr")
        assert "".join(map(str, source.itertext())) == pair.segment.text
        targets = [(e.get(_ID), e.get(_LANG), e.text) for e in bead.findall(f"{_E}target")]
        assert targets == ([] if pair.target is None else [(f"en-{pair.segment.id}", "en", pair.target)])


def test_where_drafts_came_from_and_what_they_were_made_for() -> None:
    edition, root = sample(), parsed(sample())
    origins = {e.get(_ID): (e.get("engine"), e.get("package"), e.get("checksum")) for e in root.iter(f"{_E}origin")}
    assert set(origins.values()) == {
        ("argos", "translate-fr_en 0.1", "0123456789ab"), ("rule", None, None), ("previous", None, None),
    }  # fmt: skip
    for pair in edition.pairs:
        origin = origins.get(named(root, pair.segment.id).get("origin"))
        made = pair.provenance
        assert origin == ((made.engine, made.package or None, made.checksum or None) if made else None)
    earlier = {str(e.getparent().get(_ID)): e.text for e in root.iter(f"{_E}earlier")}  # type: ignore[union-attr]
    assert earlier == {
        pair.segment.id: EARLIER[pair.segment.text] for pair in edition.pairs if pair.segment.text in EARLIER
    }


def test_english_that_a_person_has_changed_is_no_longer_its_origins() -> None:
    lines = (("Le quai ouvre.", "The quay opens.", State.MACHINE), ("Le pont ferme.", "Bridge shuts.", State.MACHINE))
    release, catalogue = build(((BlockKind.PARAGRAPH, 0, "", "", lines),))
    as_it_was, other = catalogue.entries
    for state in (State.REVIEWED, State.FUZZY):
        worked_on = (replace(as_it_was, state=state), replace(other, target="The bridge closes.", state=state))
        edition = align(release, replace(catalogue, entries=worked_on))
        beads = [(b.get("origin"), b.get("edited")) for b in parsed(edition).iter(f"{_E}bead")]
        assert beads == [("origin-1", None), ("origin-1", "yes")]
        page = html.fromstring(render_page(edition, SiteInfo()))
        shown = [e.get("data-edited") for e in page.iter("*") if e.get("data-engine") == "argos"]
        assert shown == [None, "yes"]
    retyped = replace(other, target="The bridge closes.", state=State.REVIEWED, provenance=None)
    (*_, last) = parsed(align(release, replace(catalogue, entries=(as_it_was, retyped)))).iter(f"{_E}bead")
    assert (last.get("origin"), last.get("edited")) == (None, None)


# -- read without us ----------------------------------------------------------------------------------------------


def test_the_grammar_explains_every_element_and_attribute() -> None:
    rng, note = "{http://relaxng.org/ns/structure/1.0}", "{http://relaxng.org/ns/compatibility/annotations/1.0}"
    grammar = etree.fromstring(GRAMMAR.source)
    for pattern in grammar.iter(f"{rng}element", f"{rng}attribute"):
        assert (pattern.findtext(f"{note}documentation") or "").endswith("."), (pattern.tag, pattern.get("name"))
    assert {*GRAMMAR.meanings("state")} == {*map(str, Standing)}
    assert "docs/" not in GRAMMAR.source.decode(), "an archive has no other page of ours"


def test_a_file_says_what_its_codes_mean() -> None:
    root = parsed(sample())
    entries = [e for legend in root.iter(f"{_E}legend") for e in legend.iter(f"{_E}entry")]
    said = {(e.get("attribute"), e.get("value")): e.text for e in entries}
    states = {e.get("state") for e in root.iter(f"{_E}bead")}
    assert {value for name, value in said if name == "state"} >= states
    used = {str(name) for bead in root.iter(f"{_E}bead") for name in bead.attrib} - {_ID}
    assert {name for name, _ in said} >= used
    assert all(said.values())


def test_files_of_earlier_versions_are_still_valid() -> None:
    validate_xml(re.sub(rb"<legend>.*</legend>", b"", render_xml(sample()), flags=re.DOTALL))


def test_what_was_merged_or_parted_is_one_bead() -> None:
    beads = {
        str(bead.get(_ID)): [(e.get(_ID), e.text) for e in bead if e.tag != f"{_E}earlier"]
        for bead in parsed(beaded()).iter(f"{_E}bead")
    }
    assert beads["p2s1"] == [
        ("fr-p2s1", "La première est à quai."),
        ("fr-p2s2", "La seconde arrive demain."),
        ("en-p2s1", "The first is moored, and the second is due tomorrow."),
    ]
    assert [name for name, _ in beads["p2s3"]] == ["fr-p2s3", "en-p2s3", "en-p2s3.2"]
    assert [name for name, _ in beads["p3s2"]] == ["fr-p3s1", "fr-p3s2", "en-p3s2"]
    assert [name for name, _ in beads["p2s4"]] == ["fr-p2s4"]
    assert "p2s2" not in beads


def test_markup_and_the_text_of_a_sentence() -> None:
    root = parsed(marked())
    assert inner(named(root, "en-p4s1")) == (
        'The Observatory (<b>EOPT</b>) is publishing <a href="https://oetp.example/bilan?annee=2025&amp;lang=fr">'
        'its review</a><noteref note="note-1" label="1"/>.'
    )
    assert words(named(root, "fr-p4s1")) == "L’Observatoire (OETP) publie son bilan."
    assert inner(named(root, "fr-p4s4")).endswith(
        '<code>bilan_2025.csv</code> suit la norme <foreign xml:lang="en">port call</foreign>.'
    )
    assert inner(named(root, "en-p25s1")) == (
        'The circuit <image href="schema.svg" alt="Schéma du circuit" xml:lang="fr"/> has four stages.<br/>'
    )
    image = next(root.iter(f"{_E}image"))
    assert image.get("href") == "assets/2026-03-05-bilan/quai%20%C3%A0%20Corvenne.jpg"
    code = named(root, "en-p29s1")
    assert (code.text, code.get(_SPACE)) == ('def port(n):\n    return n < 3 and "<b>"', "preserve")


def test_lists_tables_notes_and_texts_outside() -> None:
    root = parsed(marked())
    (table,) = root.iter(f"{_E}table")
    assert (table.get("rows"), table.get("columns")) == ("4", "3")
    cells = [[cell.get("header") for cell in row] for row in table.findall(f"{_E}row")]
    assert cells == [["yes", "yes"], ["yes", "yes"], ["yes", None, None], ["yes", None, None]]
    assert [e.get("kind") for e in root.iter(f"{_E}list")] == ["bulleted", "bulleted", "numbered"]
    assert [e.get("marker") for e in root.iter(f"{_E}item")][-2:] == ["3.", "4."]
    assert [(e.get(_ID), e.get("label")) for e in root.findall(f"{_E}notes/{_E}note")] == [
        ("note-1", "1"), ("note-2", "*"),
    ]  # fmt: skip
    outside = [(e.get("label"), e.get("of")) for e in root.findall(f"{_E}outside/{_E}block")]
    assert outside == [("page title", None), ("description", None), ("alt", "p22"), ("alt", "p25")]
    assert [e.get("level") for e in root.iter(f"{_E}block") if e.get("kind") == "heading"] == ["1", "2"]


# -- laws ---------------------------------------------------------------------------------------------------------


def ids(document: bytes, *names: str) -> list[str]:
    """Ids of elements, without regard to namespaces."""
    root = etree.fromstring(document)
    return [str(e.get(_ID)) for e in root.iter("{*}*") if etree.QName(e).localname in names and e.get(_ID)]


@settings(max_examples=60, deadline=None)
@given(any_edition() | any_table() | any_beads())
def test_any_edition_is_valid_and_has_the_sentences_that_the_tei_file_has(edition: Edition) -> None:
    document = render_xml(edition)
    validate_xml(document)
    found = ids(document, "source", "target")
    assert Counter(found) == Counter(ids(render_tei(edition), "s"))
    assert Counter(name for name in found if name.startswith("fr-")) == {
        f"fr-{pair.segment.id}": 1 for pair in edition.pairs
    }


@settings(max_examples=40, deadline=None)
@given(any_beads())
def test_the_words_of_each_side_are_the_editions(edition: Edition) -> None:
    root = parsed(edition)
    for block in edition.blocks:
        for bead in block.beads:
            element = named(root, bead.lead.segment.id)
            french, english = (" ".join(map(words, element.findall(f"{_E}{name}"))) for name in ("source", "target"))
            assert french == " ".join(plain(bead.source).split())
            assert english == " ".join(plain(bead.target or "").split())


def test_the_words_are_those_of_the_page() -> None:
    page, root = html.fromstring(render_page(sample(), SiteInfo())), parsed(sample())
    shown = {e.get("id"): " ".join("".join(map(str, e.itertext())).split()) for e in page.iter("*")}
    for name in (f"{side}-{pair.segment.id}" for pair in sample().pairs for side in ("fr", "en") if pair.target):
        assert words(named(root, name)) in shown[name]


_TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&'\"\x00\x0b\x1f\ufffe\u202e\r\n\t"))


@given(_TEXT, _TEXT)
def test_any_text_changes_no_element(french: str, english: str) -> None:
    def elements(one: str, other: str) -> list[str]:
        lines = ((f"x{one}", f"y{other}", State.MACHINE), (f"z{one}.", f"w{other}", State.FUZZY))
        blocks: tuple[BlockData, ...] = ((BlockKind.PARAGRAPH, 0, "", "", lines),)
        metadata = Metadata("", f"a{one}", f"b{other}", f"c{one}")
        release, catalogue = build(blocks, metadata=metadata, earlier={f"z{one}.": f"old{one}"})
        document = render_xml(replace(align(release, catalogue), reviewer=f"r{one}"), publisher=f"p{other}")
        validate_xml(document)
        return [e.tag for e in etree.fromstring(document).iter("*")]

    # Line breaks, marks and placeholders mean something in a catalogue: they are the business of other laws.
    one, other = (re.sub(r"[\s‖|<>←→/-]", "&", text) for text in (french, english))
    assert elements(one, other) == elements("", "")
    elements(french, english)


def test_an_empty_release_is_valid_too() -> None:
    release = Release("vide", "source/vide.txt", "fr", "", Metadata(), (), Skeleton("", "", ()))
    validate_xml(render_xml(align(release, None)))


# -- what is wrong is refused -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b'xml:id="en-p4s2"', b'xml:id="en-p4s1"', "already defined"),
        (b'origin="origin-1"', b'origin="origin-9"', "does not exist"),
        (b'origin="origin-1"', b'origin="p1 p2"', "bead"),
        (b"<quote>", b"<quote/><quote>", "Expecting an element"),
        (b'state="machine"', b'state="human"', "Invalid attribute id for element bead"),
        (b"<metadata>", b"<Metadata>", "mismatch"),
        (b"<source ", b"<sauce/><source ", "sauce"),
    ],
)
def test_what_is_not_valid_is_refused_with_its_line(old: bytes, new: bytes, complaint: str) -> None:
    with pytest.raises(EditionError, match=complaint) as caught:
        validate_xml(render_xml(sample()).replace(old, new, 1))
    assert caught.value.where.startswith("line ")


def test_a_mark_must_lead_to_a_note() -> None:
    with pytest.raises(EditionError, match="note-7"):
        validate_xml(render_xml(marked()).replace(b'noteref note="note-1"', b'noteref note="note-7"', 1))


@pytest.mark.external
def test_two_other_judges_agree(tmp_path: Path) -> None:
    schema = tmp_path / "schema.rng"
    schema.write_bytes(files("toolkit.editions").joinpath("schema", "edition.rng").read_bytes())
    made = {"good": render_xml(sample()), "rich": render_xml(marked(), images=IMAGES), "beaded": render_xml(beaded())}
    made["bad"] = made["good"].replace(b"<quote>", b"<quote><b/>", 1)
    for name, data in made.items():
        (tmp_path / f"{name}.xml").write_bytes(data)
    for command in ([program("jing"), str(schema)], [program("xmllint"), "--noout", "--relaxng", str(schema)]):
        for name in made:
            done = subprocess.run([*command, str(tmp_path / f"{name}.xml")], capture_output=True, check=False)
            assert (done.returncode == 0) is (name != "bad"), (command, name)


# -- as its users use it ------------------------------------------------------------------------------------------


def table_of(document: bytes) -> list[list[str]]:
    """The rows that the style sheet of docs/xml.md makes of a document."""
    text = (ROOT / "docs" / "xml.md").read_text(encoding="utf-8")
    (sheet,) = re.findall(r"```xml\n(<xsl:stylesheet.*?)```", text, re.DOTALL)
    made = etree.XSLT(etree.fromstring(sheet))(etree.fromstring(document))
    return list(csv.reader(io.StringIO(str(made)), delimiter="\t", quoting=csv.QUOTE_NONE))


def test_the_style_sheet_of_the_docs_makes_a_table() -> None:
    rows = table_of(render_xml(beaded()))
    assert rows[0] == ["p1s1", "reviewed", "Deux gabarres immobilisées à Corvenne", "Two barges held in Corvenne"]
    assert rows[1][2:] == [
        "La première est à quai. La seconde arrive demain.",
        "The first is moored, and the second is due tomorrow.",
    ]
    assert rows[2][3] == "The judge has heard three witnesses. She will rule on Monday."
    assert rows[3][1:] == ["untranslated", "Le port se tait.", ""]
    assert len(rows) == len([bead for block in beaded().blocks for bead in block.beads])


def test_publish_writes_it_with_its_grammar(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "ecluse.txt").write_text("L’écluse rouvre\n\nElle était fermée.\n", encoding="utf-8")
    (tmp_path / "toolkit.toml").write_text('[publish]\nformats = ["edition"]\n', encoding="utf-8")
    assert toolkit(tmp_path, "extract").returncode == 0
    done = toolkit(tmp_path, "publish")
    assert done.returncode == 0, done.stderr
    made = tmp_path / "output" / "ecluse.edition.xml"
    validate_xml(made.read_bytes())
    instruction = next(line for line in made.read_text(encoding="utf-8").splitlines() if line.startswith("<?xml-model"))
    href = dict(re.findall(r'(\w+)="([^"]*)"', instruction))["href"]
    assert etree.RelaxNG(etree.parse(made.parent / href)).validate(etree.parse(made))
    before = made.read_bytes()
    shutil.rmtree(tmp_path / "output")
    assert toolkit(tmp_path, "publish").returncode == 0
    assert made.read_bytes() == before
