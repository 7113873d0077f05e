"""Markdown releases: what becomes a block, what stays bytes, and how new text is spelled."""

from __future__ import annotations

import re
from typing import Any

import pyromark
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.errors import SourceError
from toolkit.formats import Localisation, assemble, read_release, verify_round_trip
from toolkit.formats.markdown.front import front_matter
from toolkit.model import Block, BlockKind, Frame, Release, Role
from toolkit.placeholders import Tag, bare, escape, tokenize

ENGLISH = Localisation("en", "en-GB", "ltr", "fr", "x.md", "Draft", "Draft")


def read(source: str) -> Release:
    return verify_round_trip(source.encode(), "x.md").release


def texts(source: str) -> list[str]:
    return [block.text for block in read(source).blocks]


def kinds(source: str) -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in read(source).blocks]


def written(source: str, *new: str, localisation: Localisation | None = None) -> str:
    """The file with new texts for its first blocks."""
    release = read(source)
    given_texts = {block.id: block.text for block in release.blocks}
    given_texts |= {block.id: text for block, text in zip(release.blocks, new, strict=False)}
    return assemble(release.skeleton, given_texts, localisation).decode()


def codes(block: Block) -> list[tuple[Role, str]]:
    return [(code.role, code.href or code.label) for code in block.codes]


# ---- blocks


def test_headings_paragraphs_lists_and_quotations() -> None:
    source = (
        "# Le quai rouvre {#quai}\n\nLe chantier\na duré.\n\nLes faits\n---------\n\n3. un\n4. deux\n   - trois\n"
        "\n> Il est prêt.\n"
    )
    blocks = read(source).blocks
    assert [(block.kind, block.level, block.text) for block in blocks] == [
        (BlockKind.HEADING, 1, "Le quai rouvre"),
        (BlockKind.PARAGRAPH, 0, "Le chantier a duré."),
        (BlockKind.HEADING, 2, "Les faits"),
        (BlockKind.ITEM, 0, "un"),
        (BlockKind.ITEM, 0, "deux"),
        (BlockKind.ITEM, 0, "trois"),
        (BlockKind.QUOTE, 0, "Il est prêt."),
    ]
    assert [[box.frame for box in block.within] for block in blocks[3:]] == [
        [Frame.ORDERED_LIST, Frame.ITEM],
        [Frame.ORDERED_LIST, Frame.ITEM],
        [Frame.ORDERED_LIST, Frame.ITEM, Frame.LIST, Frame.ITEM],
        [Frame.QUOTE],
    ]
    assert blocks[3].within[0].start == 3
    assert [block.origin.line for block in blocks if block.origin] == [1, 3, 6, 9, 10, 11, 13]


def test_a_table_tells_rows_and_columns() -> None:
    blocks = read("| Port | Places |\n|---|--:|\n| Brest \\| nord | |\n| Sète | 12 |\n").blocks
    assert [(block.text, block.within[-1].frame, block.within[-1].column) for block in blocks] == [
        ("Port", Frame.HEADER_CELL, 0),
        ("Places", Frame.HEADER_CELL, 1),
        ("Brest | nord", Frame.CELL, 0),
        ("Sète", Frame.CELL, 0),
        ("12", Frame.CELL, 1),
    ]
    assert [box.frame for box in blocks[0].within] == [Frame.TABLE, Frame.ROW, Frame.HEADER_CELL]


def test_code_is_shown_and_never_translated() -> None:
    source = "Un exemple :\n\n> ```sh\n> ls\n>   pwd\n> ```\n"
    blocks = read(source).blocks
    assert (blocks[1].kind, blocks[1].text) == (BlockKind.VERBATIM, "ls\n  pwd")
    assert written(source, "An example:", "rm -rf") == source.replace("Un exemple :", "An example:")


def test_a_block_of_html_stays_and_a_warning_says_so() -> None:
    result = verify_round_trip(b"Un mot.\n\n<div>Encore\n</div>\n\n<!-- rien -->\n", "x.md")
    assert [block.text for block in result.release.blocks] == ["Un mot."]
    assert result.warnings == (
        "x.md: the words in blocks of HTML are not translated (line 3). Write them in Markdown if they should be.",
    )


def test_notes_and_task_lists() -> None:
    source = "Le quai[^1] rouvre.\n\n- [ ] à faire\n- [x] fait\n\n[^1]: Celui du nord.\n"
    blocks = read(source).blocks
    assert [block.text for block in blocks] == ["Le quai<x1/> rouvre.", "à faire", "fait", "Celui du nord."]
    assert codes(blocks[0]) == [(Role.NOTE, "1")]
    assert blocks[3].within[0].frame is Frame.NOTE


def test_lines_for_programs_part_a_paragraph() -> None:
    source = "::: warning\nAttention.\n:::\n\nUn mot\n{: .lead}\n\nQuai\n: Lieu du port\n: Autre sens\n"
    assert texts(source) == ["Attention.", "Un mot", "Quai", "Lieu du port", "Autre sens"]
    wrapped = "Une ligne assez longue pour avoir été coupée par la main de quelqu’un\n: ici.\n"
    assert texts(wrapped) == ["Une ligne assez longue pour avoir été coupée par la main de quelqu’un : ici."]


# ---- inline markup


def test_inline_markup_stands_as_placeholders() -> None:
    source = (
        "Le **port** de [l’*ouest*](/ouest 'Un titre') `ls`, ~~clos~~ <https://amarre.example>, "
        "![un phare](phare.png), <b>gras</b> <br>et  \nfin.\n"
    )
    block, *attributes = read(source).blocks
    assert block.text == (
        "Le <g1>port</g1> de <g2>l’<g3>ouest</g3></g2> <ph4>ls</ph4>, <g5>clos</g5> <ph6>https://amarre.example</ph6>, "
        "<x7/>, <g8>gras</g8> <x9/>et<x10/>fin."
    )
    assert codes(block) == [
        (Role.STRONG, ""),
        (Role.LINK, "/ouest"),
        (Role.EMPHASIS, ""),
        (Role.CODE, ""),
        (Role.STRIKE, ""),
        (Role.LINK, "https://amarre.example"),
        (Role.IMAGE, "phare.png"),
        (Role.STRONG, ""),
        (Role.BREAK, ""),
        (Role.BREAK, ""),
    ]
    assert [(one.label, one.text) for one in attributes] == [("title", "Un titre"), ("alt", "un phare")]
    assert (block.codes[1].blocks, block.codes[6].blocks) == (("p2",), ("p3",))


def test_what_html_says_is_not_french_stays() -> None:
    block = read('Dit <span lang="en">all *hands*</span>, <code>ls</code> et <span lang="fr">ici</span>.\n').blocks[0]
    assert block.text == "Dit <ph1>all hands</ph1>, <ph2>ls</ph2> et <g3>ici</g3>."
    assert (block.codes[0].role, block.codes[0].language) == (Role.FOREIGN, "en")
    assert texts("Un <code>mot sans fin.\n") == ["Un <x1/>mot sans fin."]
    assert texts("Un <b>*mot</b>* ici.\n") == ["Un <x1/><g2>mot<x3/></g2> ici."]


def test_references_and_escapes_are_read_and_kept() -> None:
    source = "L&rsquo;&eacute;t&eacute; \\*doux\\* &lt;g1&gt;\n"
    assert texts(source) == ["L’été *doux* <\\g1>"]


def test_dollars_are_money_unless_there_is_a_formula() -> None:
    assert texts("De 5 $ à 10$ puis $20.\n") == ["De 5 $ à 10$ puis $20."]
    assert texts("L’aire $\\pi r^2$ et $$x$$.\n") == ["L’aire <ph1>\\pi r^2</ph1> et <ph2>x</ph2>."]


# ---- front matter


def test_front_matter() -> None:
    source = (
        "---\ntitle: \"Le quai : \\\"bilan\\\"\"\ndescription: L'été au port # note\nsummary: 'L''an prochain'\n"
        "lang: fr-FR\ndate: 2026-03-12T10:00:00+01:00\nplace: Brest\ntags:\n  - title: port\n---\n\nUn mot.\n"
    )
    release = read(source)
    assert [(one.label, one.text) for one in release.blocks if one.kind is BlockKind.ATTRIBUTE] == [
        ("document title", 'Le quai : "bilan"'),
        ("description", "L'été au port"),
        ("summary", "L'an prochain"),
    ]
    assert (release.title, release.metadata.date, release.metadata.place) == (
        'Le quai : "bilan"',
        "2026-03-12",
        "Brest",
    )
    assert written(source, 'A "title"', "Note: # this", "Next year's", localisation=ENGLISH).startswith(
        '---\ntitle: "A \\"title\\""\ndescription: "Note: # this" # note\nsummary: \'Next year\'\'s\'\nlang: en-GB\n'
    )


def test_toml_front_matter_and_what_is_none() -> None:
    source = '+++\ntitle = \'Le quai\'\nlang = "fr"\n[params]\ntitle = "x"\n+++\nUn mot.\n'
    assert [block.text for block in read(source).blocks] == ["Le quai", "Un mot."]
    assert written(source, "The \\quay", localisation=ENGLISH).startswith('+++\ntitle = "The \\\\quay"\nlang = "en"\n')
    for none in ("---\n\nUn mot : ici\n\n---\n", "---\nUn mot\n---\n", "---\ntitle: x\n", "# Un mot\n"):
        assert not front_matter(none).end


@pytest.mark.parametrize("value", ["|", "> ", "*a", "[a, b]", '"un\\u00e9"', "'un", "un: deux", "un\n  deux"])
def test_values_that_are_not_plain_are_left_alone(value: str) -> None:
    source = f"---\nx: y\ntitle: {value}\n---\nUn mot.\n"
    assert texts(source) == ["Un mot."]


# ---- new text


@pytest.mark.parametrize(
    ("source", "new", "expected"),
    [
        ("Un mot.\n", "3 * 4 = 12, un_mot and #1", "3 * 4 = 12, un_mot and #1\n"),
        ("Un mot.\n", "5* (~30 km)", "5* (~30 km)\n"),
        ("Un mot.\n", "a *b* and _c_", "a \\*b\\* and \\_c\\_\n"),
        ("Un mot.\n", "- no list", "\\- no list\n"),
        ("Un mot.\n", "12. no list", "12\\. no list\n"),
        ("Un mot.\n", "# no heading", "\\# no heading\n"),
        ("Un mot.\n", "> no quote", "\\> no quote\n"),
        ("Un mot.\n", "---", "\\---\n"),
        ("Un mot.\n", "[sic] <b> & &amp; !", "\\[sic] \\<b> & \\&amp; !\n"),
        ("Un mot.\n", "two\nlines", "two lines\n"),
        ("Un mot.\n", "C:\\Users\\*", "C:\\Users\\\\*\n"),
        ("# Un mot\n", "C #", "# C \\#\n"),
        ("# Un mot\n", "- a", "# - a\n"),
        ("# Un mot\n", "a {b}", "# a {b\\}\n"),
        ("|a|\n|-|\n|Un mot|\n", "A", "|A|\n|-|\n|Un mot|\n"),
        ("|a|\n|-|\n", "x | y", "|x \\| y|\n|-|\n"),
        ("**Un** mot\n", "<g1>re</g1>use", "**re**use\n"),
        ("__Un__ mot\n", "<g1>re</g1>use", "__re__&#117;se\n"),
        ("**Un** mot\n", "a<g1> «b» </g1>c", "a **«b»** c\n"),
        ("**Un** mot\n", "a<g1>«b»</g1>c", "&#97;**«b»**&#99;\n"),
        ("**Un** mot\n", "\\a<g1>«b»</g1>", "\\\\&#97;**«b»**\n"),
        ("**Un** **mot**\n", "<g1>a</g1><g2>b</g2>", "**a**<!-- -->**b**\n"),
        ("**Un** mot\n", "<g1></g1>a", "a\n"),
        ("[Un](/u) mot\n", "a!<g1>b]</g1>", "a\\![b\\]](/u)\n"),
        ("Un  \nmot\n", "a <x1/> - b", "a  \n\\- b\n"),
        ("Un\\\nmot\n", "a b<x1/>", "a b\\\n&#32;\n"),
        ("Un <!-- x --> mot\n", "<x1/>a", "&#32;<!-- x -->a\n"),
    ],
)
def test_new_text_has_as_few_backslashes_as_will_do(source: str, new: str, expected: str) -> None:
    assert written(source, new) == expected


def test_a_link_keeps_its_definition_when_its_words_change() -> None:
    definition = "\n\n[le registre]: /registre 'Un titre'\n"
    source = "Voir [le\nregistre], [le registre][] et ![le registre].\n" + definition
    assert written(source, "See <g1>it</g1>, <g2>le registre</g2> and <x3/>.", "the register") == (
        "See [it][le registre], [le registre][] and ![the register][le registre].\n" + definition
    )


def test_characters_the_encoding_lacks_become_references() -> None:
    release = read_release("L’été.\n".encode("cp1252"), "x.md").release
    assert assemble(release.skeleton, {"p1": "“Ω”"}) == "“&#937;”\n".encode("cp1252")
    release = read_release("---\ntitle: Été\n---\nUn mot.\n".encode("cp1252"), "x.md").release
    with pytest.raises(SourceError, match=r"U\+03A9, which cp1252 cannot write"):
        assemble(release.skeleton, {"p1": "Ω", "p2": "a"})


def test_titles_and_alternative_texts_are_spelled() -> None:
    source = '![Un chat](c.png "Le titre") [x](/u (Là)) <img alt="Un quai" src=\'q.png\'>\n'
    assert texts(source)[1:] == ["Un chat", "Le titre", "Là", "Un quai"]
    assert written(source, texts(source)[0], "a [b]", 'say "a"', "(b)", 'a "b" & c') == (
        '![a \\[b\\]](c.png "say \\"a\\"") [x](/u (\\(b\\))) <img alt="a &quot;b&quot; &amp; c" src=\'q.png\'>\n'
    )


# ---- laws

FRAGMENTS = [
    *("mot", "été", "Un mot", " ", "  ", "\t", "\u00a0", "\n", "\n\n", "  \n", "\\\n", "\r\n", "\r", "\u2028", "\x0c"),
    *(
        "*",
        "**",
        "_",
        "__",
        "~~",
        "`",
        "``",
        "#",
        "# ",
        "- ",
        "1. ",
        "> ",
        "\n> ",
        "\n- ",
        "\n    ",
        "|",
        "[",
        "]",
        "(",
        ")",
    ),
    *(
        "[t](/u)",
        '[t](/u "Ti")',
        "[ref]",
        "[ref][]",
        "![ref]",
        "![alt](i.png)",
        '\n\n[ref]: /u "Ti"\n',
        "[^1]",
        "\n\n[^1]: n\n",
    ),
    *(
        "<b>",
        "</b>",
        "<br>",
        "<!-- c -->",
        "<p>",
        "<code>",
        "</code>",
        '<span lang="en">',
        "</span>",
        "<http://a.b>",
        "<",
        ">",
    ),
    *(
        "&amp;",
        "&nbsp;",
        "&#32;",
        "&#42;",
        "&#10;",
        "\\*",
        "\\\\",
        "\\",
        "!",
        ":",
        "\n: ",
        "\n:::\n",
        "{.c}",
        "{",
        "}",
        "$",
        "$x^2$",
    ),
    *("===", "---", "\n| a | b |\n|---|---|\n| c | d |\n", "\n```\ncode\n```\n", "\U0001f600", "\u0301", "«", "»", "."),
]
SOURCES = st.lists(st.sampled_from(FRAGMENTS), min_size=1, max_size=16).map("".join)


@given(SOURCES)
@example("*****Hello*world****")
@example("*’\r:::\\\n\x0c")
@example("> [foo\n> ](u)")
@example("# a\r#\rb")
@example("mot\n&#32;")
def test_written_back_with_its_own_text_it_has_the_same_bytes(source: str) -> None:
    try:
        release = read_release(source.encode(), "x.md").release
    except SourceError as error:
        assert "no text" in error.message
        return
    assert assemble(release.skeleton, {block.id: block.text for block in release.blocks}) == source.encode()


MARKED = ["*{}*", "**{}**", "_{}_", "[{}](/u)", "`{}`", "<b>{}</b>", "~~{}~~", "![{}](i.png)"]


@given(st.lists(st.tuples(st.sampled_from(["", *MARKED]), st.text("aé.«*_[]<&`#-!\\| 1~$", min_size=1)), max_size=6))
def test_spelled_anew_it_reads_the_same(parts: list[tuple[str, str]]) -> None:
    """The text of a file that was written from texts reads as these texts, and again."""
    source = "mot " + " ".join(shape.format("a") if shape else "a" for shape, _ in parts) + " mot\n"
    release = read(source)
    block = release.blocks[0]
    tags = [token for token in tokenize(block.text) if isinstance(token, Tag)]
    words = [escape(words.strip()) for _, words in parts] + ["z"] * (len(tags) + 1)
    new = "z " + "".join(str(tag) + " " + words[at] + " y" for at, tag in enumerate(tags))
    made = assemble(release.skeleton, {one.id: one.text for one in release.blocks} | {block.id: new})
    again = read_release(made, "x.md").release.blocks[0].text

    def squeezed(text: str) -> str:
        return "".join(bare(text).split())

    assert squeezed(again) == squeezed(new)
    assert [str(tag) for tag in tokenize(again) if isinstance(tag, Tag)] == [str(tag) for tag in tags]
    assert verify_round_trip(made, "x.md")


@given(
    st.text(),
    st.sampled_from(["{}\n", "- {}\n", "# {}\n", "> {}\n", "{}\n===\n", "| {} | b |\n|---|---|\n", "a\n\n{}"]),
)
@example("[a]: b", "{}\n")
@example("=", "{}\n===\n")
@example("1)", "- {}\n")
@example("a \\| b\\", "| {} | b |\n|---|---|\n")
@example("{#x}", "# {}\n")
@example("x\\ ", "# {}\n")
def test_any_text_can_stand_in_any_block(text: str, shape: str) -> None:
    """Literal text of any kind, in place of a word, is read back as that text."""
    text = f"x{text}x" if not any(map(str.isalnum, text)) else text
    release = read(shape.format("mot"))
    at = next(at for at, block in enumerate(release.blocks) if block.text == "mot")
    new = {block.id: block.text for block in release.blocks} | {release.blocks[at].id: escape(text)}
    if re.search("[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\ufdd0-\ufdef\ufffe\uffff]", text) or any(
        ord(char) & 0xFFFE == 0xFFFE for char in text
    ):
        return
    try:
        again = read_release(assemble(release.skeleton, new), "x.md").release
    except UnicodeEncodeError:
        return
    expected = re.sub("[\r\n]+", " ", text)
    assert bare(again.blocks[at].text).split() == expected.split()
    assert len(again.blocks) == len(release.blocks)


# ---- bad input


@pytest.mark.parametrize(
    "source",
    [
        "mot " * 60_000,
        ">" * 1_000 + " mot",
        "- " * 1_000 + "mot",
        "[" * 2_000 + "mot" + "](u)" * 2_000,
        "*a " * 1_000 + "b" + "*" * 1_000,
        "a " + "<b>" * 1_000,
        "a " + "<code>" * 1_000,
        "a <kbd>" + "*<code>* " * 500,
        "a " + "<!-- " * 20_000,
        "\\*" * 20_000 + "a",
        "![a " * 1_000 + "b" + "](u)" * 1_000,
    ],
    ids=lambda source: source[:12],
)
def test_hard_input_is_read(source: str) -> None:
    verify_round_trip(source.encode(), "x.md")


def test_line_ends_and_marks_stay() -> None:
    for source in ("\ufeff# Un\r\n\r\nmot\r\nsuite", "Un\rmot\r\rdeux\r", "Un\u2028mot\n"):
        verify_round_trip(source.encode(), "x.md")
    assert texts("Un\rmot\r\r# deux\r") == ["Un mot", "deux"]


@pytest.mark.parametrize(
    ("source", "message"),
    [(b"a\0b", "U\\+0000 is not text"), (b"", "holds no text"), (b"<div>\nmot\n</div>\n", "holds no text")],
)
def test_refused(source: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read_release(source, "x.md")


def test_a_parser_that_breaks_down_is_a_sentence(monkeypatch: pytest.MonkeyPatch) -> None:
    """pyo3 turns a panic of Rust into an exception that is no Exception."""

    class PanicException(BaseException):
        pass

    def broken(*_: Any, **__: Any) -> None:
        raise PanicException("index out of bounds")

    monkeypatch.setattr(pyromark, "events_with_range", broken)
    with pytest.raises(SourceError, match="the Markdown parser broke down on this file"):
        read_release(b"mot\n", "x.md")


def test_the_parser_is_the_one_that_was_chosen() -> None:
    """Offsets are bytes of UTF-8, and an escape's backslash is in no event: what the reader builds on."""
    found = [(event, span["start"], span["end"]) for event, span in pyromark.events_with_range("é \\*")]
    assert found[1:3] == [({"Text": "é "}, 0, 3), ({"Text": "*"}, 4, 5)]
