"""What a flow settles for every marked-up format, shown on a small markup of our own.

``[p`` enters a paragraph and ``]p`` leaves it, ``<b>`` is a tag in text, ``<br>`` stands alone, ``{…}`` is a note with
blocks of its own, ``&e;`` an entity, ``=code=`` fixed words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import SourceError
from toolkit.formats.flow import Builder, Flow, Place, pieces
from toolkit.formats.writing import Localisation, write
from toolkit.model import Block, BlockKind, Code, Frame, Role
from toolkit.placeholders import Form, difference, tags
from toolkit.skeleton import Skeleton

_TOKEN = re.compile(r"\[[plq]|\][plq]|<br>|</?\w(?: t='[^']*')?>|[{}]|&e;|=[^=]*=|[^\[\]<{}&=]+|.", re.DOTALL)
_PLACES = {
    "p": Place(),
    "l": Place(BlockKind.ITEM, frame=Frame.LIST),
    "q": Place(BlockKind.QUOTE, frame=Frame.QUOTE, language="de"),
}


def read(source: str) -> tuple[tuple[Block, ...], Skeleton]:
    builder = Builder("source/x.mini", "fr")
    flow = builder.flow(source, Place(BlockKind.PARAGRAPH, style="text"))
    for match in _TOKEN.finditer(source):
        _tell(flow, match[0], match.start(), match.end())
    parts = flow.finish()
    blocks = builder.blocks()
    return blocks, Skeleton("mini", "utf-8", pieces(parts, "utf-8"))


def _tell(flow: Flow, sign: str, start: int, end: int) -> None:
    if sign[0] == "[" and len(sign) == 2:
        flow.enter(end, _PLACES[sign[1]])
    elif sign[0] == "]" and len(sign) == 2:
        flow.leave(end)
    elif sign == "<br>":
        flow.empty(end, Code(0, Role.BREAK))
    elif sign[0] == "<" and len(sign) > 2:
        if value := re.search(r" t='([^']*)'", sign):
            flow.attribute(start + value.start(1), start + value.end(1), value[1], "title", "attribute")
        if sign[1] == "/":
            flow.close(end, sign[2])
        else:
            flow.open(end, sign[1], Code(0, Role.STRONG))
    elif sign == "{":
        flow.nest(end, Code(0, Role.NOTE))
    elif sign == "}":
        flow.unnest(end)
    elif sign == "&e;":
        flow.text(end, "é")
    elif len(sign) > 1 and sign[0] == sign[-1] == "=":
        flow.fixed(end, sign[1:-1], Code(0, Role.CODE))
    else:
        flow.text(end)


def spell(text: str, style: str, encoding: str) -> bytes:
    return text.replace("é", "&e;").encode(encoding)


def written(skeleton: Skeleton, texts: Mapping[str, str], *, respell: bool = False) -> str:
    return write(skeleton, texts, spell, respell=respell).decode()


SIGNS = [
    "[p",
    "]p",
    "[l",
    "]l",
    "[q",
    "]q",
    "<b>",
    "</b>",
    "<i>",
    "</i>",
    "<br>",
    "{",
    "}",
    "&e;",
    "é",
    "<",
    "\\",
    "<g1>",
    "<x1/>",
    "—",
    "ouvert.",
    "=ls",
]
SOUP = st.lists(st.sampled_from([*SIGNS, "=ls -l=", "<i t='Un titre'>", "le port", " ", "\n"]), max_size=25).map(
    "".join
)


@given(SOUP)
def test_with_its_own_text_the_source_comes_back(source: str) -> None:
    blocks, skeleton = read(source)
    assert written(skeleton, {block.id: block.text for block in blocks}) == source


@given(SOUP)
def test_spelled_anew_it_reads_the_same(source: str) -> None:
    blocks, skeleton = read(source)
    assert read(written(skeleton, {block.id: block.text for block in blocks}, respell=True))[0] == blocks


@given(SOUP)
def test_blocks_are_numbered_in_order_and_have_balanced_placeholders_with_a_meaning_each(source: str) -> None:
    blocks, _ = read(source)
    assert [block.id for block in blocks] == [f"p{number}" for number in range(1, len(blocks) + 1)]
    known = {block.id for block in blocks}
    for block in blocks:
        given = tags(block.text)
        numbers = list(dict.fromkeys(tag.number for tag in given))
        assert numbers == list(range(1, len(numbers) + 1)) == [code.number for code in block.codes]
        opened = [tag.number for tag in given if tag.form is Form.OPEN]
        assert sorted(opened) == sorted(tag.number for tag in given if tag.form is Form.CLOSE)
        assert difference(block.text, block.text) == ""
        assert block.kind is BlockKind.ATTRIBUTE or block.text == block.text.strip()
        assert {name for code in block.codes for name in code.blocks} <= known


def texts(source: str) -> list[str]:
    return [block.text for block in read(source)[0]]


def test_tags_that_cross_or_lack_a_partner_stand_alone() -> None:
    assert texts("[p Un <b>port <i>ouvert</b> tard</i>.]p") == ["Un <g1>port <x2/>ouvert</g1> tard<x3/>."]
    assert texts("[p<b>Un]p[pdeux</b> trois]p") == ["Un", "deux<x1/> trois"]


def test_what_only_surrounds_a_block_is_not_in_it() -> None:
    assert texts("[p\n <br> <b>Le port</b> <br>\n ]p") == ["<g1>Le port</g1>"]
    assert texts("[p <b> </b> ]p[p<br>]p") == []


def test_a_note_stands_alone_and_its_blocks_follow() -> None:
    blocks, skeleton = read("[pLe port{[pNote une.]p[pSuite.]p} ouvre.]p")
    assert [block.text for block in blocks] == ["Le port<x1/> ouvre.", "Note une.", "Suite."]
    assert blocks[0].codes == (Code(1, Role.NOTE, blocks=("p2", "p3")),)
    english = {"p1": "The port opens<x1/>.", "p2": "Note one.", "p3": "More."}
    assert written(skeleton, english) == "[pThe port opens{[pNote one.]p[pMore.]p}.]p"


def test_an_attribute_hangs_on_its_tag_and_is_translated_with_it() -> None:
    blocks, skeleton = read("[pLe <i t='Un titre'>port</i> est l&e;]p")
    assert [(block.text, block.kind, block.label) for block in blocks] == [
        ("Le <g1>port</g1> est lé", BlockKind.PARAGRAPH, ""),
        ("Un titre", BlockKind.ATTRIBUTE, "title"),
    ]
    english = {"p1": "The <g1>port</g1> is thé", "p2": "A title"}
    assert written(skeleton, english) == "[pThe <i t='A title'>port</i> is th&e;]p"
    # What has not changed keeps its spelling, whatever has changed beside it.
    assert written(skeleton, {"p1": blocks[0].text, "p2": "A title"}) == "[pLe <i t='A title'>port</i> est l&e;]p"


def test_another_language_and_ornaments_are_not_translated() -> None:
    blocks, _ = read("[qDer Hafen.]q[p***]p")
    assert [(block.kind, block.language) for block in blocks] == [(BlockKind.VERBATIM, "de"), (BlockKind.VERBATIM, "")]
    assert [container.frame for container in blocks[0].within] == [Frame.QUOTE]


def test_what_looks_like_a_placeholder_is_text() -> None:
    blocks, skeleton = read("[pLe <g1> et <x2/>.]p")
    assert blocks[0].text == "Le <\\g1> et <\\x2/>."
    assert written(skeleton, {"p1": blocks[0].text}, respell=True) == "[pLe <g1> et <x2/>.]p"


def test_language_marks_change_with_a_localisation_only() -> None:
    builder = Builder("source/x.mini", "fr")
    flow = builder.flow("<fr>Le port", Place(BlockKind.PARAGRAPH))
    flow.localise(1, 3, "{language}")
    flow.boundary(4)
    flow.text(11)
    parts = flow.finish()
    texts = {block.id: block.text for block in builder.blocks()}
    skeleton = Skeleton("mini", "utf-8", pieces(parts, "utf-8"))
    english = Localisation("en", "en-GB", "ltr", "fr", "x.mini", "draft", "Draft")
    assert write(skeleton, texts, spell) == b"<fr>Le port"
    assert write(skeleton, texts, spell, english) == b"<en>Le port"


def test_containers_nested_without_end_are_cut_off() -> None:
    blocks, _ = read("[l" * 10_000 + "Le port" + "]l" * 10_000)
    assert len(blocks[0].within) == 40
    blocks, _ = read("{" * 3_000 + "Le port" + "}" * 3_000)
    assert [block.text for block in blocks if block.text == "Le port"] == ["Le port"]


def test_a_paragraph_of_nothing_but_markup_is_refused_with_its_line() -> None:
    with pytest.raises(SourceError, match="a paragraph has more than 20,000 tags") as caught:
        read("[pUn]p\n[p" + "<b>a</b>" * 10_001 + "]p")
    assert caught.value.where == "source/x.mini:2"
