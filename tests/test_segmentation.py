"""The French rules against our own gold, and blocks and releases cut by them."""

from __future__ import annotations

import re
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.model import Block, BlockKind, Metadata, Origin, Release
from toolkit.placeholders import bare, has_words
from toolkit.segmentation import Segmenter, load_srx, segment_block, segment_release
from toolkit.skeleton import Skeleton

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def french() -> Segmenter:
    return Segmenter(load_srx(), "fr")


# Hypothesis wants no function-scoped state, and compiling the rules for each example would take minutes.
FRENCH = Segmenter(load_srx(), "fr")


def sentences(segmenter: Segmenter, text: str) -> list[str]:
    return [piece.text for piece in segmenter.split(text)]


# --- the French rules -------------------------------------------------------------------------------------------------


def gold_paragraphs() -> list[tuple[str, int, list[str]]]:
    found = []
    for path in sorted((DATA / "segmentation").glob("*.txt")):
        paragraphs = path.read_text(encoding="utf-8").strip().split("\n\n")
        found += [(path.stem, number, one.split("\n")) for number, one in enumerate(paragraphs, start=1)]
    return found


@pytest.mark.parametrize(
    "paragraph", [pytest.param(one, id=f"{name}-{number}") for name, number, one in gold_paragraphs()]
)
@pytest.mark.parametrize("space", [" ", "\n", "\u00a0", "  ", "\r\n"], ids=["one", "LF", "no-break", "two", "CRLF"])
def test_the_gold_paragraphs_are_cut_exactly(french: Segmenter, paragraph: list[str], space: str) -> None:
    assert sentences(french, space.join(paragraph)) == paragraph


def test_the_gold_is_not_empty() -> None:
    assert len(gold_paragraphs()) > 70


def test_no_break_spaces_inside_quotes_and_before_marks_change_nothing(french: Segmenter) -> None:
    for _, _, paragraph in gold_paragraphs():
        typed = " ".join(paragraph)
        for mark in "?!»:;":
            typed = typed.replace(f" {mark}", f"\u00a0{mark}")
        typed = typed.replace("« ", "«\u202f")
        expected = [line.replace("« ", "«\u202f") for line in paragraph]
        for mark in "?!»:;":
            expected = [line.replace(f" {mark}", f"\u00a0{mark}") for line in expected]
        assert sentences(french, typed) == expected


@pytest.mark.parametrize(
    "text",
    [
        "Le maire (« La mer monte ! ») a raison.",
        "« Viendrez-vous ? » a-t-il demandé.",
        "Un budget de 3,5 millions : c’est peu ; il en faudrait 4.",
        "Il vise l’art. 12, le ch. 3, la p. 8 et le no. 4.",
        "M. J.-P. Le Goff et Mme A. De Witte.",
        "Voir www.kerloch.example. et la suite",
        "Elle a écrit à p.duval@kerloch.example.fr hier soir.",
        "Les ports de St. Even et de Ste. Marie.",
        "Il y a 12 ports, 40 phares, etc., dans le Ponant.",
    ],
)
def test_one_sentence_stays_one(french: Segmenter, text: str) -> None:
    assert sentences(french, text) == [text]


FRAGMENTS = re.findall(
    r"\S+",
    """
    M. Mme p. ex. etc. art. 12 3. 2. a. B.N.P. J. Paul Le le La « » ... … . ! ? ( ) [1] – - — J.-C. av.
    il (EN) (Applaudissements) rapporteure. régulièrement. www.x.fr. l’ ’ ' " É État 500 b) (b) St. vol.
    sept. Art. IV. : ; ,
    """,
)
noise = st.lists(
    st.tuples(st.sampled_from(FRAGMENTS), st.sampled_from(["", " ", "\u00a0", "\u202f", "  ", "\n", "\u2028", "\r\n"]))
).map(lambda parts: "".join(word + space for word, space in parts))


@given(noise | st.text(max_size=60))
def test_the_pieces_joined_are_the_text_and_none_is_empty(text: str) -> None:
    pieces = FRENCH.split(text)
    assert all(piece.text == piece.text.strip() != "" for piece in pieces)
    if text.strip():
        assert "".join(piece.before + piece.text + piece.after for piece in pieces) == text
    else:
        assert pieces == ()


@given(noise)
def test_a_sentence_is_not_cut_again(text: str) -> None:
    for piece in FRENCH.split(text):
        assert [again.text for again in FRENCH.split(piece.text)] == [piece.text]


@given(noise)
def test_explain_agrees_with_split(text: str) -> None:
    decisions = FRENCH.explain(text)
    assert [one.offset for one in decisions] == sorted({one.offset for one in decisions})
    for one in decisions:
        assert text[: one.offset].endswith(one.before)
        assert text[one.offset :].startswith(one.after)
        assert one.rule
    cuts = [0, *(one.offset for one in decisions if one.breaks), len(text)]
    shares = [text[start:end].strip() for start, end in pairwise(cuts)]
    assert [share for share in shares if share] == sentences(FRENCH, text)


def test_explain_names_the_rule_of_each_decision(french: Segmenter) -> None:
    decisions = french.explain("Elle a vu M. Aubrac. Il part.")
    assert [(one.offset, one.breaks) for one in decisions] == [(12, False), (20, True)]
    assert decisions[0].rule == "French: (1) titles of persons, never the end #1"
    assert decisions[0].before == "Elle a vu M."
    assert decisions[1].rule.startswith("French: (2)")
    assert decisions[1].after == " Il part."


@pytest.mark.parametrize(
    "unit", ["a", ".", "» ", ". ", "A. ", "« ", "1. ", "( ", "'", "M. ", ".\n", "maison-", "¹", " "]
)
def test_long_lines_take_no_more_time_a_character(french: Segmenter, unit: str) -> None:
    # Twenty times this size takes seconds, twice what half of it takes; were one rule quadratic, it would take hours.
    text = unit * (100_000 // len(unit))
    pieces = french.split(text)
    assert "".join(piece.before + piece.text + piece.after for piece in pieces) == (text if text.strip() else "")


def test_all_sentences_of_a_two_megabyte_line_are_found(french: Segmenter) -> None:
    sentence = "Le phare de Kerloch éclaire la passe depuis plus de cent trente ans sans une seule panne."
    assert len(french.split(f"{sentence} " * (2_000_000 // len(sentence)))) == 2_000_000 // len(sentence)


# --- blocks and releases ----------------------------------------------------------------------------------------------


def block(text: str, kind: BlockKind = BlockKind.PARAGRAPH, marker: str = "") -> Block:
    return Block("p3", kind, text, marker=marker, origin=Origin("source/x.txt", 12))


def test_segments_carry_ids_and_the_line_they_begin_on(french: Segmenter) -> None:
    text = "Le port\nest ouvert. Il\r\nferme.\r\rLa nuit tombe."
    segments = segment_block(block(text), french).segments
    assert [(one.id, one.text, one.origin and one.origin.line) for one in segments] == [
        ("p3s1", "Le port\nest ouvert.", 12),
        ("p3s2", "Il\r\nferme.", 13),
        ("p3s3", "La nuit tombe.", 16),
    ]
    assert {one.origin.path for one in segments if one.origin} == {"source/x.txt"}


def test_the_list_marker_goes_in_front_of_the_first_sentence(french: Segmenter) -> None:
    segments = segment_block(block("-  Un port. Le phare. ", BlockKind.ITEM, "- "), french).segments
    assert [(one.before, one.text, one.after) for one in segments] == [
        ("-  ", "Un port.", " "),
        ("", "Le phare.", " "),
    ]


@pytest.mark.parametrize("kind", [BlockKind.HEADING, BlockKind.CREDIT, BlockKind.DATELINE, BlockKind.BOILERPLATE])
def test_every_running_kind_is_cut(french: Segmenter, kind: BlockKind) -> None:
    assert len(segment_block(block("Le port rouvre. La ville respire", kind), french).segments) == 2


def test_a_verbatim_block_is_one_segment(french: Segmenter) -> None:
    (only,) = segment_block(block(" a. B. C \n", BlockKind.VERBATIM), french).segments
    assert (only.before, only.text, only.after) == (" ", "a. B. C", " \n")


@pytest.mark.parametrize(("text", "marker"), [("", ""), (" \u00a0\n", ""), ("- ", "- "), ("•\t ", "•\t")])
@pytest.mark.parametrize("kind", [BlockKind.PARAGRAPH, BlockKind.VERBATIM])
def test_a_block_without_text_has_no_segments(french: Segmenter, text: str, marker: str, kind: BlockKind) -> None:
    assert segment_block(block(text, kind, marker), french).segments == ()


@given(noise, st.sampled_from(["", "- ", "1.\u00a0"]), st.sampled_from(list(BlockKind)))
def test_segments_joined_are_the_block(text: str, marker: str, kind: BlockKind) -> None:
    result = segment_block(Block("p1", kind, marker + text, marker=marker), FRENCH)
    assert replace(result, segments=()) == Block("p1", kind, marker + text, marker=marker)
    assert "".join(one.before + one.text + one.after for one in result.segments) == (
        marker + text if text.strip() else ""
    )
    assert [one.id for one in result.segments] == [f"p1s{number}" for number in range(1, len(result.segments) + 1)]
    assert all(one.origin is None for one in result.segments)


def test_a_release_keeps_everything_but_gains_segments(french: Segmenter) -> None:
    blocks = (block("Un. Le mot."), replace(block("Fin."), id="p4"))
    release = Release("x", "source/x.txt", "fr", "Un.", Metadata(), blocks, Skeleton("text", "utf-8", ()))
    segmented = segment_release(release, french)
    assert [one.id for one in segmented.segments] == ["p3s1", "p3s2", "p4s1"]
    assert replace(segmented, blocks=release.blocks) == release


# --- placeholders -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("<g1>Le port ouvre.</g1> <g2>Il ferme.</g2>", ["Le port ouvre.", "Il ferme."]),
        ("Le <g1>port</g1> ouvre.<x2/> Il ferme.", ["Le <g1>port</g1> ouvre.", "Il ferme."]),
        ("Il dit <g1>oui. Et non</g1> aussi.", ["Il dit <g1>oui.", "Et non</g1> aussi."]),
        ("Le port ouvre.<x1/>Il ferme.", ["Le port ouvre.", "Il ferme."]),
        ("Lire <ph1>fin. Debut</ph1> ici.", ["Lire <ph1>fin. Debut</ph1> ici."]),
        ("Il dit <ph1>Hello.</ph1> Le chat dort.", ["Il dit <ph1>Hello.</ph1>", "Le chat dort."]),
        ("<g1>M.</g1> Valcourt est venu.", ["<g1>M.</g1> Valcourt est venu."]),
        ("<x1/>", ["<x1/>"]),
    ],
)
def test_the_rules_see_the_words_and_not_the_placeholders(french: Segmenter, text: str, wanted: list[str]) -> None:
    pieces = french.split_marked(text, breaks={1} if "ouvre.<x1/>" in text else ())
    assert [piece.text for piece in pieces] == wanted
    assert "".join(piece.before + piece.text + piece.after for piece in pieces) == text


@given(
    st.lists(st.sampled_from(["Le port ouvre.", " ", "<g1>", "</g1>", "<x2/>", "<ph3>a. B</ph3>", "Il", "<"])).map(
        "".join
    )
)
def test_marked_text_is_cut_where_its_words_are(text: str) -> None:
    pieces = FRENCH.split_marked(text)
    assert "".join(piece.before + piece.text + piece.after for piece in pieces) == (text if text.strip() else "")
    assert all(piece.text.count("<ph3>") == piece.text.count("</ph3>") for piece in pieces)
    if "<ph3>" not in text and "<x2/>" not in text:
        assert [bare(piece.text) for piece in pieces if has_words(piece.text)] == [
            sentence for sentence in sentences(FRENCH, bare(text)) if has_words(sentence)
        ]
