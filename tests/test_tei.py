"""The TEI edition: valid for us and for two other judges, whole, and honest about what is not translated."""

from __future__ import annotations

import subprocess
from dataclasses import replace
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from tests.edition_sample import EARLIER, SAMPLE, BlockData, build, sample
from tests.judges import program
from toolkit.editions import align, render_tei, validate_tei
from toolkit.editions.html import confidence_of
from toolkit.editions.structure import Standing, standing_of
from toolkit.errors import EditionError
from toolkit.model import BlockKind, Edition, Metadata, Release, State
from toolkit.skeleton import Skeleton

_T = "{http://www.tei-c.org/ns/1.0}"
_ID = "{http://www.w3.org/XML/1998/namespace}id"
_LANG = "{http://www.w3.org/XML/1998/namespace}lang"


def parsed(edition: Edition) -> etree._Element:
    document = render_tei(edition)
    validate_tei(document)
    return etree.fromstring(document)


def test_valid_for_us() -> None:
    validate_tei(render_tei(sample()))
    validate_tei(render_tei(replace(sample(), reviewer="Rozenn Le Gall"), publisher="Observatoire & Cie"))


def test_same_edition_same_bytes() -> None:
    assert render_tei(sample()) == render_tei(sample())


def test_every_segment_is_there_once_in_each_language() -> None:
    edition, root = sample(), parsed(sample())
    french = [element.get(_ID) for element in root.iter(f"{_T}s") if str(element.get(_ID)).startswith("fr-")]
    assert french == [f"fr-{pair.segment.id}" for pair in edition.pairs]
    english = [element.get(_ID) for element in root.iter(f"{_T}s") if str(element.get(_ID)).startswith("en-")]
    assert english == [f"en-{pair.segment.id}" for pair in edition.pairs if pair.target is not None]
    texts = {element.get(_ID): element.text for element in root.iter(f"{_T}s")}
    for pair in edition.pairs:
        assert texts[f"fr-{pair.segment.id}"] == pair.segment.text
        if pair.target is not None:
            assert texts[f"en-{pair.segment.id}"] == pair.target


def test_links_pair_the_twins_and_leave_out_the_untranslated() -> None:
    edition, root = sample(), parsed(sample())
    links = [str(link.get("target")) for link in root.iter(f"{_T}link")]
    wanted = [pair.segment.id for pair in edition.pairs if pair.target is not None]
    assert links == [f"#fr-{name} #en-{name}" for name in wanted]
    gaps = [gap.get("corresp") for gap in root.iter(f"{_T}gap")]
    assert gaps == [f"#fr-{pair.segment.id}" for pair in edition.pairs if pair.target is None]
    alone = [s.get(_ID) for s in root.iter(f"{_T}s") if s.get("ana") == "#untranslated"]
    assert alone == [gap[1:] for gap in gaps if gap]


def test_states_and_who_is_responsible() -> None:
    edition, root = sample(), parsed(sample())
    english = {element.get(_ID): element for element in root.iter(f"{_T}s")}
    for pair in edition.pairs:
        element = english.get(f"en-{pair.segment.id}")
        if element is not None:
            standing = standing_of(pair)
            case = f" #{standing}" if pair.state is State.FUZZY else ""
            assert element.get("ana") == f"#{pair.state}{case}"
            assert (element.get("cert") or "") == confidence_of(pair)
    machine = next(e for e in english.values() if e.get("ana") == "#machine")
    statement = next(e for e in root.iter(f"{_T}respStmt") if f"#{e.get(_ID)}" == machine.get("resp"))
    assert "".join(map(str, statement.itertext())).split()[-3:] == ["translate-fr_en", "0.1", "0123456789ab"]


def test_the_cases_of_fuzzy_are_categories_within_it() -> None:
    (fuzzy,) = [e for e in parsed(sample()).iter(f"{_T}category") if e.get(_ID) == "fuzzy"]
    assert [inner.get(_ID) for inner in fuzzy.findall(f"{_T}category")] == ["changed", "to-check"]


def test_a_changed_sentence_has_the_french_before() -> None:
    changed = [pair for pair in sample().pairs if standing_of(pair) is Standing.CHANGED]
    notes = [
        (annotation.get("target"), note.get(_LANG), note.text)
        for annotation in parsed(sample()).iter(f"{_T}annotation")
        for note in annotation
    ]
    assert notes == [(f"#en-{pair.segment.id}", "fr", EARLIER[pair.segment.text]) for pair in changed]
    assert not list(parsed(align(*build())).iter(f"{_T}listAnnotation"))


def test_a_reviewer_and_a_publisher_are_named_where_they_are_known() -> None:
    def names(document: bytes) -> list[str]:
        root = etree.fromstring(document)
        statement = [e for e in root.iter(f"{_T}respStmt") if e.get(_ID) == "resp-review"]
        return [str(e.text) for e in (*statement[0].findall(f"{_T}name"), *root.iter(f"{_T}publisher"))]

    assert names(render_tei(sample())) == ["a reviewer whom the catalogue does not name"]
    named = replace(sample(), reviewer="Rozenn Le Gall")
    assert names(render_tei(named, publisher="Observatoire")) == ["Rozenn Le Gall", "Observatoire"]


def test_both_texts_have_the_same_shape() -> None:
    def shape(element: etree._Element) -> list[tuple[str, str]]:
        names = [(etree.QName(e).localname, str(e.get(_ID, ""))[3:]) for e in element.iter(f"{_T}*")]
        return [(name, ident) for name, ident in names if name not in ("s", "gap", "text")]

    french, english = parsed(sample()).findall(f"{_T}text/{_T}group/{_T}text")
    assert (french.get(_LANG), english.get(_LANG)) == ("fr", "en")
    assert shape(french) == shape(english)
    assert [name for name, _ in shape(french)].count("item") == 3
    assert [name for name, _ in shape(french)].count("quote") == 1


@pytest.mark.parametrize("levels", [(2, 1, 3, 2), (1, 1), (3, 2, 1), ()])
def test_headings_in_any_order_are_divisions(levels: tuple[int, ...]) -> None:
    blocks: list[BlockData] = [(BlockKind.PARAGRAPH, 0, "", "", (("Avant.", "Before.", State.REVIEWED),))]
    for level in levels:
        blocks.append((BlockKind.HEADING, level, "", "", ((f"Niveau {level}", f"Level {level}", State.MACHINE),)))
        blocks.append((BlockKind.PARAGRAPH, 0, "", "", (("Après.", "After.", State.FUZZY),)))
    root = parsed(align(*build(tuple(blocks))))
    assert len(list(root.iter(f"{_T}head"))) == 2 * len(levels)


def test_an_empty_release_is_valid_too() -> None:
    validate_tei(
        render_tei(align(Release("vide", "source/vide.txt", "fr", "", Metadata(), (), Skeleton("", "", ())), None))
    )


_TEXT = st.text(st.characters(exclude_categories=["Cs"]) | st.sampled_from("<>&'\"\x00\x0b\x1f\ufffe\u202e\r\n"))


@given(_TEXT, _TEXT)
def test_any_text_is_valid(french: str, english: str) -> None:
    lines = ((french, english, State.MACHINE), (f"{french}.", english, State.FUZZY))
    blocks: tuple[BlockData, ...] = ((BlockKind.PARAGRAPH, 0, "", "", lines),)
    metadata = Metadata(french, french, english, french)
    release, catalogue = build(blocks, metadata=metadata, earlier={f"{french}.": french})
    validate_tei(render_tei(replace(align(release, catalogue), reviewer=french), publisher=english))


def test_a_score_is_a_probability() -> None:
    pair = next(pair for pair in sample().pairs if pair.provenance and pair.provenance.score is not None)
    assert confidence_of(pair) == "0.7788"  # exp(-0.25)
    assert pair.provenance is not None
    for score, wanted in ((0.5, "1.0000"), (-1e9, "0.0000"), (float("nan"), ""), (None, "")):
        assert confidence_of(replace(pair, provenance=replace(pair.provenance, score=score))) == wanted


@pytest.mark.parametrize(
    ("old", "new", "complaint"),
    [
        (b'xml:id="en-p4s2"', b'xml:id="en-p4s1"', "already defined"),
        (b'corresp="#en-p4s2"', b'corresp="#en-p4s9"', "does not exist"),
        (b"<standOff>", b"<standoff>", "mismatch"),
        (b'ana="#machine"', b'ana="#human"', "ana"),
        (b'ana="#fuzzy #changed"', b'ana="#fuzzy"', "extra content"),
        (b'target="#en-p6s1"', b'target="#en-p6s9"', "does not exist"),
        (b"<quote>", b"<quote><b/>", "b"),
    ],
)
def test_what_is_not_valid_is_refused_with_its_line(old: bytes, new: bytes, complaint: str) -> None:
    with pytest.raises(EditionError, match=complaint) as caught:
        validate_tei(render_tei(sample()).replace(old, new, 1))
    assert caught.value.where.startswith("line ")


def test_entities_of_a_file_are_not_read(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    document = render_tei(sample()).replace(
        b"<TEI ", f'<!DOCTYPE TEI [<!ENTITY x SYSTEM "{secret.as_uri()}">]>\n<TEI '.encode(), 1
    )
    with pytest.raises(EditionError) as caught:
        validate_tei(document.replace(b">All news<", b">&x;<", 1))
    assert "secret" not in caught.value.message


@pytest.mark.external
def test_two_other_judges_agree(tmp_path: Path) -> None:
    schema = tmp_path / "schema.rng"
    schema.write_bytes(files("toolkit.editions").joinpath("schema", "edition-tei.rng").read_bytes())
    good, bad = tmp_path / "good.xml", tmp_path / "bad.xml"
    good.write_bytes(render_tei(sample()))
    bad.write_bytes(render_tei(sample()).replace(b"<quote>", b"<quote><b/>", 1))
    for command in ([program("jing"), str(schema)], [program("xmllint"), "--noout", "--relaxng", str(schema)]):
        assert subprocess.run([*command, str(good)], capture_output=True, check=False).returncode == 0
        assert subprocess.run([*command, str(bad)], capture_output=True, check=False).returncode != 0


def test_the_sample_has_every_kind_and_state() -> None:
    kinds = {block[0] for block in SAMPLE}
    assert kinds == set(BlockKind) - {BlockKind.CELL}
    assert {standing_of(pair) for pair in sample().pairs} == set(Standing)
