"""ODT: what is read, what stays as it is, and what new text looks like."""

from __future__ import annotations

import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office_samples import ENGLISH, ODT_AUTOMATIC, archive, blocks, docx, member, odt, p, read, run, written
from toolkit.errors import SourceError
from toolkit.formats import assemble, read_release, verify_round_trip
from toolkit.model import Block, BlockKind, Frame, Role
from toolkit.placeholders import tokenize


def para(inner: str, style: str = "Standard") -> str:
    return f'<text:p text:style-name="{style}">{inner}</text:p>'


def span(inner: str, style: str) -> str:
    return f'<text:span text:style-name="{style}">{inner}</text:span>'


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(odt(body))]


def frames(block: Block) -> list[str]:
    return [container.frame.value for container in block.within]


# -- spans -------------------------------------------------------------------------------------------------------------


def test_spans_that_look_the_same_are_one() -> None:
    body = para(f"Le {span('port', 'Rien')} {span('de ', 'Gras')}{span('nuit', 'Gras2')} ferme.")
    (block,) = blocks(odt(body))
    assert block.text == "Le port <g1>de nuit</g1> ferme."
    assert block.codes[0].role is Role.STRONG


@pytest.mark.parametrize(
    ("style", "role"),
    [
        ("Gras", Role.STRONG),
        ("Italique", Role.EMPHASIS),
        ("Souligne", Role.UNDERLINE),
        ("Exposant", Role.SUPERSCRIPT),
    ],
)
def test_roles(style: str, role: Role) -> None:
    (block,) = blocks(odt(para(f"Le {span('1er', style)} juin, le port ferme.")))
    assert block.text == "Le <g1>1er</g1> juin, le port ferme."
    assert block.codes[0].role is role


def test_white_space() -> None:
    spaces = "<text:s/><text:s text:c='2'/>"
    body = para(f"  Le \n quai{spaces}est <text:span> </text:span>fermé<text:tab/>ici<text:line-break/>!")
    assert texts(body) == ["Le quai   est fermé<x1/>ici<x2/>!"]


def test_new_spaces_are_elements() -> None:
    xml = member(written(odt(para("Le quai ferme.")), {"p1": " The  quay is & was "}), "content.xml")
    assert "<text:s/>The <text:s/>quay is &amp; was </text:p>" in xml


def test_hidden_text_and_code() -> None:
    assert texts(para(f"Le quai{span('interne', 'Cache')} ferme, tapez {span('ls', 'Source_20_Text')}.")) == [
        "Le quai<x1/> ferme, tapez <ph2>ls</ph2>."
    ]


def test_links_marks_and_fields() -> None:
    body = para(
        f"Lire <text:a xlink:href='https://www.amarre.example/'>le grand {span('site', 'Gras')}"
        "</text:a>, p. <text:page-number>4</text:page-number><text:bookmark-start text:name='a'/>, "
        "ou non<text:bookmark-end text:name='a'/><text:bookmark text:name='b'/>."
    )
    (block,) = blocks(odt(body))
    assert block.text == "Lire <g1>le grand <g2>site</g2></g1>, p. <ph3>4</ph3><g4>, ou non</g4><x5/>."
    assert (block.codes[0].role, block.codes[0].href) == (Role.LINK, "https://www.amarre.example/")


def test_bookmarks_around_a_heading_are_no_part_of_it() -> None:
    inner = '<text:bookmark-start text:name="_Toc"/>Le bilan<text:bookmark-end text:name="_Toc"/>'
    assert texts(f'<text:h text:outline-level="2">{inner}</text:h>') == ["Le bilan"]


def test_a_link_inside_a_span() -> None:
    link = '<text:a xlink:href="https://www.amarre.example/">le site</text:a>'
    data = odt(para(f"{span(f'Voir {link} pour tout', 'Italique')} savoir"))
    assert [block.text for block in blocks(data)] == ["Voir <g1>le site</g1> pour tout <g2>savoir</g2>"]
    xml = member(written(data, {"p1": blocks(data)[0].text.replace("Voir", "See")}), "content.xml")
    assert '<text:span text:style-name="Italique">See </text:span><text:a' in xml


def test_notes_stand_where_they_are() -> None:
    inner = (
        "<text:note text:note-class='footnote'><text:note-citation>1</text:note-citation><text:note-body>"
        + para(f"Voir au plus vite {span('le rapport', 'Gras')}.")
        + "</text:note-body></text:note>"
    )
    outer, note = blocks(odt(para(f"Le port{inner} ferme.")))
    assert outer.text == "Le port<x1/> ferme."
    assert (outer.codes[0].role, outer.codes[0].label, outer.codes[0].blocks) == (Role.NOTE, "1", (note.id,))
    assert note.text == "Voir au plus vite <g1>le rapport</g1>."


def test_comments_are_left_alone() -> None:
    inner = "<office:annotation><dc:creator>M. S.</dc:creator><text:p>À vérifier</text:p></office:annotation>"
    result = read(odt(para(f"Le port{inner} ferme.")))
    assert [block.text for block in result.release.blocks] == ["Le port<x1/> ferme."]
    assert "comments (1)" in result.warnings[0]


def test_deleted_words_are_not_in_the_translation() -> None:
    gone = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>secret</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
    )
    data = odt(gone + para("Le quai <text:change text:change-id='c'/>ferme."))
    result = read(data)
    assert [block.text for block in result.release.blocks] == ["Le quai ferme."]
    assert "tracked changes" in result.warnings[0]
    assert "secret" not in member(written(data, {"p1": "The quay closes."}, ENGLISH), "content.xml")


# -- paragraphs --------------------------------------------------------------------------------------------------------


def test_kinds() -> None:
    heading = '<text:h text:outline-level="1">Le bilan</text:h>'
    found = blocks(odt(para("Un port", "Title") + heading + para("« Oui »", "Quotations") + para("Texte.")))
    assert [(block.kind, block.level) for block in found] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.QUOTE, 0),
        (BlockKind.PARAGRAPH, 0),
    ]


def test_lists() -> None:
    inner = f"<text:list><text:list-item>{para('un bis')}</text:list-item></text:list>"
    body = (
        f"<text:list><text:list-item>{para('un')}{inner}</text:list-item>"
        f"<text:list-item>{para('deux')}</text:list-item></text:list>"
        f'<text:list text:style-name="Num"><text:list-item>{para("quatre")}</text:list-item></text:list>'
        '<text:list><text:list-item><text:h text:outline-level="1">Chapitre</text:h></text:list-item></text:list>'
    )
    found = blocks(odt(body))
    assert [frames(block) for block in found] == [
        ["list", "item"],
        ["list", "item", "list", "item"],
        ["list", "item"],
        ["ordered-list", "item"],
        [],
    ]
    assert found[3].within[0].start == 4
    assert [block.kind for block in found] == [BlockKind.ITEM] * 4 + [BlockKind.HEADING]


def test_tables() -> None:
    def cell(text: str, attributes: str = "") -> str:
        return f"<table:table-cell{attributes}>{para(text)}</table:table-cell>"

    body = (
        "<table:table><table:table-header-rows><table:table-row>"
        + cell("Port", ' table:number-columns-spanned="2"')
        + "<table:covered-table-cell/>"
        + cell("Saisies")
        + "</table:table-row></table:table-header-rows><table:table-row>"
        + cell("Nantes", ' table:number-rows-spanned="2"')
        + '<table:table-cell table:number-columns-repeated="1"/>'
        + cell("12")
        + "</table:table-row></table:table>"
    )
    cells = [block.within[-1] for block in blocks(odt(body))]
    assert [(each.frame, each.column, each.columns, each.rows) for each in cells] == [
        (Frame.HEADER_CELL, 0, 2, 1),
        (Frame.HEADER_CELL, 2, 1, 1),
        (Frame.CELL, 0, 1, 2),
        (Frame.CELL, 2, 1, 1),
    ]


def frame(inner: str) -> str:
    read = "<svg:title>Le phare</svg:title><svg:desc>Un phare &amp; une jetée</svg:desc>"
    return f'<draw:frame draw:name="i">{inner}{read}</draw:frame>'


def test_pictures_and_text_boxes() -> None:
    picture = frame('<draw:image xlink:href="Pictures/phare.png"/>')
    box = f"<draw:frame><draw:text-box>{picture}{para('Le phare')}</draw:text-box></draw:frame>"
    data = odt(para(f"Voici {picture}.") + para(f"{box}Et voilà."))
    first, title, alt, second, *rest = blocks(data)
    assert (first.text, first.codes[0].role, first.codes[0].href) == ("Voici <x1/>.", Role.IMAGE, "Pictures/phare.png")
    assert (title.text, alt.text, first.codes[0].blocks) == ("Le phare", "Un phare & une jetée", (title.id, alt.id))
    assert (alt.kind, alt.label) == (BlockKind.ATTRIBUTE, "alt")
    assert (second.text, [block.text for block in rest]) == (
        "<x1/>Et voilà.",
        ["Le phare", "Un phare & une jetée", "Le phare"],
    )
    assert second.codes[0].blocks == tuple(block.id for block in rest)
    assert "<svg:desc>A  &lt;b&gt;</svg:desc>" in member(written(data, {alt.id: "A  <b>"}), "content.xml")


def test_a_frame_between_paragraphs() -> None:
    box = f"<draw:frame><draw:text-box>{para('Encadré')}</draw:text-box><svg:desc>Une boîte</svg:desc></draw:frame>"
    assert texts(box + para("Le texte.")) == ["Encadré", "Une boîte", "Le texte."]


def test_headers_come_last() -> None:
    master = f"<style:master-page><style:header>{para('Alliance')}</style:header></style:master-page>"
    found = blocks(odt(para("Le texte."), master=master))
    assert [(block.text, block.kind) for block in found] == [
        ("Le texte.", BlockKind.PARAGRAPH),
        ("Alliance", BlockKind.BOILERPLATE),
    ]


# -- writing -----------------------------------------------------------------------------------------------------------


def test_only_what_changed_is_written_anew() -> None:
    data = odt(para("Un.") + para(span("Deux", "Rien")))
    old, new = zipfile.ZipFile(BytesIO(data)), written(data, {"p1": "One."})
    assert [name for name in old.namelist() if old.read(name) != new.read(name)] == ["content.xml"]
    assert member(new, "content.xml") == member(old, "content.xml").replace(">Un.<", ">One.<")
    assert new.infolist()[0].compress_type == zipfile.ZIP_STORED


def test_new_text_stands_in_spans_of_its_look() -> None:
    data = odt(para(f"Le {span('<text:line-break/>quai', 'Gras')} ferme ce soir."))
    (block,) = blocks(data)
    assert block.text == "Le <x1/><g2>quai</g2> ferme ce soir."
    xml = member(written(data, {"p1": "<g2>Quay</g2> closed<x1/>!"}), "content.xml")
    bold = '<text:span text:style-name="Gras">'
    assert f"{bold}Quay</text:span><text:s/>closed{bold}<text:line-break/></text:span>!</text:p>" in xml


def test_the_file_says_its_language() -> None:
    automatic = ODT_AUTOMATIC + (
        '<style:style style:name="F" style:family="text"><style:text-properties fo:language="fr" fo:country="FR"/>'
        "</style:style>"
    )
    data = odt(para("Un."), automatic=automatic, meta="<dc:title>Le titre</dc:title>")
    file = written(data, {}, ENGLISH)
    assert 'style:name="F" style:family="text"><style:text-properties fo:language="en" fo:country="GB"/>' in member(
        file, "content.xml"
    )
    assert 'fo:language="en" fo:country="GB"' in member(file, "styles.xml")
    assert ">en-GB</dc:language></office:meta>" in member(file, "meta.xml")
    assert blocks(data)[-1].label == "document title"


# -- refused -----------------------------------------------------------------------------------------------------------

ENCRYPTED = (
    '<manifest:manifest xmlns:manifest="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"><manifest:file-entry>'
    "<manifest:encryption-data/></manifest:file-entry></manifest:manifest>"
)
OTHER_PREFIX = '<t:d xmlns:t="urn:oasis:names:tc:opendocument:xmlns:text:1.0"/>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (odt(""), "holds no text"),
        (odt(para("Un."), parts={"META-INF/manifest.xml": ENCRYPTED}), "protected by a password"),
        (odt("", parts={"mimetype": "application/vnd.oasis.opendocument.text-template"}), r"template \(.ott\)"),
        (odt("", parts={"mimetype": "application/vnd.oasis.opendocument.spreadsheet"}), "spreadsheet"),
        (odt("", parts={"mimetype": "text/plain"}), "this is not an OpenDocument text"),
        (docx(p(run("Un."))), "a Word or other Microsoft Office file"),
        (archive({"a.txt": "x"}), "this is not an OpenDocument text"),
        (archive({"mimetype": "application/vnd.oasis.opendocument.text"}), "content.xml is missing"),
        (odt("", parts={"content.xml": '<!DOCTYPE a [<!ENTITY b SYSTEM "/etc/passwd">]><a>&b;</a>'}), "DOCTYPE"),
        (odt("", parts={"content.xml": OTHER_PREFIX}), 'in another way than "text:"'),
        (b"%PDF-1.7", "a PDF file, not an OpenDocument text"),
    ],
)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_release(data, "source/x.odt")
    assert caught.value.hint


# -- laws --------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["quai", " ", "  ", "de nuit ", " R&amp;D", "l’eau", "<![CDATA[a <]]>", "\u00a0", "\n\t"])
ALONE = st.sampled_from(
    ["<text:s/>", '<text:s text:c="3"/>', "<text:tab/>", "<text:line-break/>", "<text:soft-page-break/>", "<!-- x -->"]
    + [f'<text:bookmark-{side} text:name="{name}"/>' for side in ("start", "end") for name in "ab"]
    + ["<text:page-number>2</text:page-number>", "<text:change-start/>"]
)
CONTENT = st.recursive(
    st.lists(st.one_of(WORDS, WORDS, ALONE), max_size=4).map("".join),
    lambda inner: st.one_of(
        st.builds(span, inner, st.sampled_from(["Gras", "Gras2", "Italique", "Rien", "Souligne", "Source_20_Text"])),
        st.builds("<text:a xlink:href='u'>{}</text:a>".format, inner),
        st.builds(lambda one: f"<draw:frame><draw:text-box>{para(one)}</draw:text-box></draw:frame>", inner),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=8,
)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.builds(para, CONTENT), min_size=1, max_size=3).map("".join))
def test_law_every_document_comes_back_and_reads_the_same_with_new_spans(body: str) -> None:
    release = verify_round_trip(odt(para("Un début.") + body), "source/x.odt").release
    shouted = {
        block.id: "".join(token.upper() if isinstance(token, str) else str(token) for token in tokenize(block.text))
        for block in release.blocks
    }
    again = read_release(assemble(release.skeleton, shouted), "source/x.odt").release
    assert [block.text.casefold() for block in again.blocks] == [block.text.casefold() for block in release.blocks]
