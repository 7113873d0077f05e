"""DOCX: what is read, what stays as it is, and what new text looks like."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office_samples import (
    ENGLISH,
    STYLES,
    archive,
    blocks,
    docx,
    field,
    member,
    p,
    part,
    read,
    relations,
    run,
    written,
)
from toolkit.errors import SourceError
from toolkit.formats import assemble, read_release, verify_round_trip
from toolkit.model import Block, BlockKind, Frame, Role
from toolkit.placeholders import difference, tokenize

BOLD, ITALIC = "<w:b/>", "<w:i/>"


def texts(body: str) -> list[str]:
    return [block.text for block in blocks(docx(body))]


def shout(text: str) -> str:
    """A sentence in capitals: the language that everybody can check."""
    return "".join(token.upper() if isinstance(token, str) else str(token) for token in tokenize(text))


def frames(block: Block) -> list[str]:
    return [container.frame.value for container in block.within]


# -- runs --------------------------------------------------------------------------------------------------------------


def test_runs_that_look_the_same_are_one() -> None:
    body = p(
        run("Les écl", attributes=' w:rsidR="00A1"'),
        "<w:proofErr w:type='spellStart'/>",
        run("usiers", '<w:lang w:val="en-US"/><w:noProof/>'),
        run(" veillent", '<w:b w:val="0"/><w:szCs w:val="20"/>'),
        "<w:r><w:lastRenderedPageBreak/><w:t>.</w:t></w:r>",
    )
    assert texts(body) == ["Les éclusiers veillent."]


def test_the_look_of_most_text_is_the_paragraphs_own() -> None:
    (block,) = blocks(docx(p(run("Deux mots ", BOLD), run("puis"), run(" tout le reste en gras", BOLD))))
    assert block.text == "Deux mots <g1>puis</g1> tout le reste en gras"
    assert block.codes[0].role is Role.OTHER


@pytest.mark.parametrize(
    ("properties", "role"),
    [
        (BOLD, Role.STRONG),
        ('<w:rStyle w:val="Accent"/>', Role.STRONG),
        (ITALIC, Role.EMPHASIS),
        ('<w:u w:val="single"/>', Role.UNDERLINE),
        ("<w:strike/>", Role.STRIKE),
        ('<w:vertAlign w:val="superscript"/>', Role.SUPERSCRIPT),
        ('<w:vertAlign w:val="subscript"/>', Role.SUBSCRIPT),
        ('<w:color w:val="C00000"/>', Role.OTHER),
    ],
)
def test_roles(properties: str, role: Role) -> None:
    (block,) = blocks(docx(p(run("Un port se lit "), run("comme un livre", properties), run(", dit-elle à Nantes."))))
    assert block.text == "Un port se lit <g1>comme un livre</g1>, dit-elle à Nantes."
    assert block.codes[0].role is role


def test_a_space_in_bold_is_no_part_of_the_bold_word() -> None:
    body = p(run("Le ", BOLD), run("quai", BOLD), run(" reste fermé jusqu’à la fin du mois."))
    assert texts(body) == ["<g1>Le quai</g1> reste fermé jusqu’à la fin du mois."]


def test_an_underlined_space_is_kept() -> None:
    line = run("   ", '<w:u w:val="single"/>')
    assert texts(p(run("Signature : "), line, run(" (lisible)"))) == ["Signature : <g1>   </g1> (lisible)"]


def test_a_style_that_says_what_the_run_says_makes_no_difference() -> None:
    assert texts(p(run("« Nous veillons »", ITALIC), run(", a-t-elle dit."), style="Citation")) == [
        "« Nous veillons », a-t-elle dit."
    ]


def test_what_stands_alone() -> None:
    body = p(
        "<w:r><w:t>Pont</w:t><w:noBreakHyphen/><w:t>levis</w:t><w:br/><w:t>et</w:t><w:tab/><w:t>quai</w:t></w:r>",
        '<w:r><w:sym w:font="Wingdings" w:char="F0FC"/></w:r>',
    )
    (block,) = blocks(docx(body))
    assert block.text == "Pont\u2011levis<x1/>et<x2/>quai<x3/>"
    assert [code.role for code in block.codes] == [Role.BREAK, Role.OTHER, Role.OTHER]


def test_white_space_without_preserve_is_none() -> None:
    assert texts(p("<w:r><w:t> Le quai </w:t></w:r>", run(" fermé"))) == ["Le quai fermé"]


def test_hidden_text_is_not_shown() -> None:
    assert texts(p(run("Le quai"), run("interne", "<w:vanish/>"), run(" ferme."))) == ["Le quai<x1/> ferme."]


def test_code_is_not_translated() -> None:
    assert texts(p(run("Tapez "), run("ls -l", '<w:rStyle w:val="CodeHTML"/>'), run(" pour voir."))) == [
        "Tapez <ph1>ls -l</ph1> pour voir."
    ]


# -- links, fields, marks ----------------------------------------------------------------------------------------------


def test_links() -> None:
    inside = f'<w:hyperlink r:id="rL">{run("le rapport", "<w:u/>")}{run(" complet", BOLD)}</w:hyperlink>'
    body = p(run("Lire "), inside, run(" ou "), '<w:hyperlink w:anchor="fin">', run("la fin"), "</w:hyperlink>.")
    data = docx(body.replace(".</w:p>", "</w:p>"), links={"rL": ("hyperlink", "https://www.amarre.example/r")})
    (block,) = blocks(data)
    assert block.text == "Lire <g1>le rapport <g2>complet</g2></g1> ou <g3>la fin</g3>"
    assert [(code.role, code.href) for code in block.codes] == [
        (Role.LINK, "https://www.amarre.example/r"),
        (Role.STRONG, ""),
        (Role.LINK, "#fin"),
    ]


def test_fields() -> None:
    link = field(r'HYPERLINK "https://www.amarre.example/" \l "page2"', run("notre site"))
    body = p(run("Page "), field("PAGE", run("2")), run(" : voir "), link, run("."))
    (block,) = blocks(docx(body))
    assert block.text == "Page <ph1>2</ph1> : voir <g2>notre site</g2>."
    assert block.codes[1].href == "https://www.amarre.example/#page2"


def test_a_field_in_one_run_with_words() -> None:
    inner = '<w:fldChar w:fldCharType="begin"/><w:instrText>PAGE</w:instrText><w:fldChar w:fldCharType="end"/>'
    assert texts(p(f"<w:r><w:t>Page</w:t>{inner}<w:t>sur 2</w:t></w:r>")) == ["Page<x1/>sur 2"]


def test_simple_fields() -> None:
    body = p(run("Page "), f'<w:fldSimple w:instr=" PAGE ">{run("3")}</w:fldSimple>')
    other = p(f'<w:fldSimple w:instr=" TITLE ">{run("Un port")}</w:fldSimple>', run(" ouvre"))
    assert texts(body + other) == ["Page <ph1>3</ph1>", "<g1>Un port</g1> ouvre"]


def test_a_table_of_contents_is_translated_line_by_line() -> None:
    begin, end = field(r"TOC \o", "|").split("|")
    line = "<w:r><w:t>Le bilan</w:t><w:tab/></w:r>" + field("PAGEREF _Toc1", run("4"))
    found = texts(p(begin, line, style="TM1") + p(run("La suite"), style="TM1") + p(end))
    assert found == ["<x1/>Le bilan<x2/><ph3>4</ph3>", "La suite"]


def test_bookmarks_around_a_paragraph_are_no_part_of_it() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="_Toc1"/>', '<w:bookmarkEnd w:id="1"/>'
    assert texts(p(start, run("Le bilan"), end)) == ["Le bilan"]
    assert texts(p(run("Le "), start, run("bilan"), end, run(" final"))) == ["Le <g1>bilan</g1> final"]
    last = '<w:bookmarkStart w:id="2" w:name="_GoBack"/><w:bookmarkEnd w:id="2"/>'
    assert texts(p(run("Le "), last, run("bilan"))) == ["Le bilan"]


def test_a_bookmark_that_crosses_a_link_stands_alone() -> None:
    start, end = '<w:bookmarkStart w:id="1" w:name="a"/>', '<w:bookmarkEnd w:id="1"/>'
    body = p(run("Un "), start, '<w:hyperlink w:anchor="x">', run("lien"), end, run(" long"), "</w:hyperlink>")
    assert texts(body) == ["Un <x1/><g2>lien<x3/> long</g2>"]


def test_comments_are_left_alone() -> None:
    start, end = '<w:commentRangeStart w:id="4"/>', '<w:commentRangeEnd w:id="4"/>'
    result = read(docx(p(run("Le "), start, run("quai"), end, '<w:r><w:commentReference w:id="4"/></w:r>')))
    assert result.release.blocks[0].text == "Le <g1>quai</g1><x2/>"
    assert any("comments (1)" in warning for warning in result.warnings)


def test_content_controls_and_smart_tags() -> None:
    control = f"<w:sdt><w:sdtPr/><w:sdtContent>{run('18 juin')}</w:sdtContent></w:sdt>"
    tag = f'<w:smartTag w:element="place"><w:smartTagPr/>{run("Nantes")}</w:smartTag>'
    assert texts(p(run("Le "), control, run(" à "), tag)) == ["Le <g1>18 juin</g1> à Nantes"]


def test_formulas_stay() -> None:
    assert texts(p(run("Soit "), "<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", run(" mètres."))) == [
        "Soit <ph1>x=2</ph1> mètres."
    ]


# -- tracked changes ---------------------------------------------------------------------------------------------------

TRACKED = p(
    run("Le quai "),
    f'<w:ins w:id="1" w:author="A">{run("nord ")}</w:ins>',
    '<w:del w:id="2" w:author="A"><w:r><w:delText>secret </w:delText></w:r></w:del>',
    run("ferme."),
)


def test_tracked_changes_are_read_as_accepted() -> None:
    result = read(docx(TRACKED))
    assert [block.text for block in result.release.blocks] == ["Le quai nord ferme."]
    assert "tracked changes (2)" in result.warnings[0]


def test_deleted_words_are_not_in_a_translated_paragraph() -> None:
    xml = member(written(docx(TRACKED), {"p1": "The north quay is closed."}))
    assert "secret" not in xml
    assert "<w:ins" not in xml


# -- paragraphs --------------------------------------------------------------------------------------------------------


def test_kinds_by_style() -> None:
    body = "".join(
        p(run(f"Texte {index}"), style=name)
        for index, name in enumerate(("Titre1", "Intertitre", "Citation", "Lgende", "", "Heading3"))
    )
    found = blocks(docx(body + p(run("Plan"), properties='<w:outlineLvl w:val="1"/>')))
    assert [(block.kind, block.level) for block in found] == [
        (BlockKind.HEADING, 1),
        (BlockKind.HEADING, 2),
        (BlockKind.QUOTE, 0),
        (BlockKind.CAPTION, 0),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.HEADING, 3),
        (BlockKind.HEADING, 2),
    ]


def test_below_a_title_headings_begin_on_level_two() -> None:
    result = read(docx(p(run("Un port sûr"), style="Titre") + p(run("Le bilan"), style="Titre1")))
    assert [block.level for block in result.release.blocks] == [1, 2]
    assert result.release.title == "Un port sûr"


def numbered(text: str, number: int, level: int = 0) -> str:
    place = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return p(run(text), properties=place)


def test_lists() -> None:
    body = numbered("un", 1) + numbered("un bis", 1, 1) + p(run("deux"), style="Puces") + p(run("Suite.")) + p()
    found = blocks(docx(body + numbered("trois", 2) + p(run("Puis.")) + numbered("quatre", 2)))
    assert [frames(block) for block in found] == [
        ["list", "item"],
        ["list", "item", "list", "item"],
        ["list", "item"],
        [],
        ["ordered-list", "item"],
        [],
        ["ordered-list", "item"],
    ]
    assert [block.kind for block in found[:3]] == [BlockKind.ITEM] * 3
    assert [block.within[0].start for block in found if block.within][-2:] == [3, 4]
    assert found[0].within[0] == found[2].within[0]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{p(run(text)) if text else p()}</w:tc>"


def test_tables() -> None:
    restart, go_on, wide = '<w:vMerge w:val="restart"/>', "<w:vMerge/>", '<w:gridSpan w:val="2"/>'
    rows = (
        f"<w:tr><w:trPr><w:tblHeader/></w:trPr>{cell('Port', wide)}{cell('Saisies')}</w:tr>"
        f"<w:tr>{cell('Nantes', restart)}{cell('quai nord')}{cell('12')}</w:tr>"
        f"<w:tr>{cell('', go_on)}{cell('')}{cell('7')}</w:tr>"
    )
    found = blocks(docx(f"<w:tbl>{rows}</w:tbl>"))
    assert [block.text for block in found] == ["Port", "Saisies", "Nantes", "quai nord", "12", "7"]
    assert {block.kind for block in found} == {BlockKind.CELL}
    cells = [block.within[-1] for block in found]
    assert [(each.frame, each.column, each.columns, each.rows) for each in cells] == [
        (Frame.HEADER_CELL, 0, 2, 1),
        (Frame.HEADER_CELL, 2, 1, 1),
        (Frame.CELL, 0, 1, 2),
        (Frame.CELL, 1, 1, 1),
        (Frame.CELL, 2, 1, 1),
        (Frame.CELL, 2, 1, 1),
    ]


def note(number: int, text: str) -> str:
    return f'<w:footnote w:id="{number}">{p("<w:r><w:footnoteRef/></w:r>", run(f" {text}"))}</w:footnote>'


def with_notes() -> bytes:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="{}"/></w:r>'
    body = p(run("Premier"), mark.format(5), run(" et second"), mark.format(3), run("."))
    notes = '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    inner = notes + note(3, "Deuxième note.") + note(5, "Première note.")
    return docx(
        body, links={"rF": ("footnotes", "footnotes.xml")}, parts={"word/footnotes.xml": part("footnotes", inner)}
    )


def test_notes_hang_on_their_marks() -> None:
    body, second, first = blocks(with_notes())
    assert body.text == "Premier<x1/> et second<x2/>."
    assert [(code.role, code.label, code.blocks) for code in body.codes] == [
        (Role.NOTE, "1", (first.id,)),
        (Role.NOTE, "2", (second.id,)),
    ]
    assert first.text == "<x1/> Première note."
    assert frames(first) == ["note"]
    assert not first.label


def test_headers_and_footers_come_last() -> None:
    data = docx(
        p(run("Le corps.")),
        links={"rH": ("header", "header1.xml"), "rP": ("footer", "footer1.xml")},
        parts={
            "word/footer1.xml": part("ftr", p(run("Page "), field("PAGE", run("1")))),
            "word/header1.xml": part("hdr", p(run("Communiqué de l’alliance"))),
        },
    )
    assert [(block.text, block.kind) for block in blocks(data)] == [
        ("Le corps.", BlockKind.PARAGRAPH),
        ("Communiqué de l’alliance", BlockKind.BOILERPLATE),
        ("Page <ph1>1</ph1>", BlockKind.BOILERPLATE),
    ]


# -- pictures and text boxes -------------------------------------------------------------------------------------------


def picture(alt: str) -> str:
    return (
        f'<w:r><w:drawing><wp:inline><wp:docPr id="1" name="Image 1" descr="{alt}"/><a:graphic><a:graphicData>'
        f'<pic:pic><pic:nvPicPr><pic:cNvPr id="1" name="x" descr="{alt}"/></pic:nvPicPr><pic:blipFill>'
        '<a:blip r:embed="rI"/></pic:blipFill></pic:pic></a:graphicData></a:graphic></wp:inline></w:drawing></w:r>'
    )


def test_a_picture_and_its_description() -> None:
    data = docx(
        p(run("Voici : "), picture("Le phare &amp; la jetée")),
        links={"rI": ("image", "media/image1.png")},
        parts={"word/media/image1.png": b"\x89PNG"},
    )
    body, alt = blocks(data)
    assert body.text == "Voici : <x1/>"
    assert (body.codes[0].role, body.codes[0].href, body.codes[0].blocks) == (
        Role.IMAGE,
        "word/media/image1.png",
        (alt.id,),
    )
    assert (alt.kind, alt.label, alt.text) == (BlockKind.ATTRIBUTE, "alt", "Le phare & la jetée")
    xml = member(written(data, {alt.id: 'The "lighthouse" & pier'}))
    assert xml.count('descr="The &quot;lighthouse&quot; &amp; pier"') == 2


def box(text: str, spare: str) -> str:
    return (
        f'<w:r><mc:AlternateContent><mc:Choice Requires="wps"><w:drawing><wp:anchor><wp:docPr id="2" name="Zone"/>'
        f"<wps:wsp><wps:txbx><w:txbxContent>{p(run(text))}</w:txbxContent></wps:txbx></wps:wsp></wp:anchor></w:drawing>"
        f"</mc:Choice><mc:Fallback><w:pict><v:shape><v:textbox><w:txbxContent>{p(run(spare, BOLD))}</w:txbxContent>"
        "</v:textbox></v:shape></w:pict></mc:Fallback></mc:AlternateContent></w:r>"
    )


def test_a_text_box_and_its_spare_are_one_block() -> None:
    data = docx(p(box("À retenir", "À retenir"), run("Le texte.")) + p(run("La suite.")))
    outer, inner, after = blocks(data)
    assert (outer.text, inner.text, after.id) == ("<x1/>Le texte.", "À retenir", "p3")
    assert outer.codes[0].blocks == ("p2",)
    assert member(written(data, {"p2": "In short"})).count(">In short<") == 2


def test_a_spare_with_other_words_is_a_block_of_its_own() -> None:
    assert texts(p(box("À retenir", "Retenons"))) == ["À retenir", "Retenons"]


# -- writing -----------------------------------------------------------------------------------------------------------


def test_new_text_stands_in_runs_with_the_properties_of_its_look() -> None:
    body = p(
        run("Le quai ", '<w:sz w:val="24"/><w:lang w:val="fr-FR"/>'), run("ferme", BOLD), run(" ce soir, à minuit")
    )
    xml = member(written(docx(body), {"p1": "<g1>Quay &</g1> closed<g2>!</g2>"}))
    assert (
        "<w:p>"
        + (
            '<w:r><w:rPr><w:sz w:val="24"/></w:rPr><w:t xml:space="preserve">Quay &amp;</w:t></w:r>'
            '<w:r><w:t xml:space="preserve"> closed</w:t></w:r>'
            '<w:r><w:rPr><w:b/></w:rPr><w:t xml:space="preserve">!</w:t></w:r></w:p>'
        )
        in xml
    )


def test_a_break_in_a_rewritten_paragraph_has_a_run_of_its_own() -> None:
    body = p("<w:r><w:rPr><w:b/></w:rPr><w:t>Nantes</w:t><w:br/><w:t>Brest</w:t></w:r>")
    xml = member(written(docx(body), {"p1": "NANTES<x1/>BREST"}))
    assert "<w:r><w:rPr><w:b/></w:rPr><w:br/></w:r>" in xml


def test_only_what_changed_is_written_anew() -> None:
    data = docx(p(run("Un.")) + p(run("Deux", attributes=' w:rsidR="1"')), title="Un titre")
    old, new = zipfile.ZipFile(BytesIO(data)), written(data, {"p1": "One."})
    assert [info.filename for info in new.infolist()] == [info.filename for info in old.infolist()]
    changed = [name for name in old.namelist() if old.read(name) != new.read(name)]
    assert changed == ["word/document.xml"]
    assert member(new) == member(old).replace(">Un.<", ">One.<")
    assert {info.date_time for info in new.infolist()} == {(2026, 6, 18, 10, 30, 0)}


def test_what_xml_cannot_hold_is_refused() -> None:
    with pytest.raises(SourceError, match=r"U\+000B"):
        written(docx(p(run("Un."))), {"p1": "One.\x0b"})


def test_the_file_says_its_language() -> None:
    settings_part = part("settings", '<w:themeFontLang w:val="fr-FR"/>')
    data = docx(
        p(run("Un.")),
        title="Le titre",
        links={"rX": ("settings", "settings.xml")},
        parts={"word/settings.xml": settings_part},
    )
    file = written(data, {"p2": "The <title>"}, ENGLISH)
    assert '<w:lang w:val="en-GB" w:eastAsia="en-US"/>' in member(file, "word/styles.xml")
    assert '<w:themeFontLang w:val="en-GB"/>' in member(file, "word/settings.xml")
    core = member(file, "docProps/core.xml")
    assert "<dc:title>The &lt;title&gt;</dc:title>" in core
    assert "<dc:language>en-GB</dc:language><cp:contentStatus>Draft</cp:contentStatus></cp:coreProperties>" in core


def test_a_language_is_added_where_the_document_has_none() -> None:
    bare = "<w:docDefaults><w:rPrDefault><w:rPr><w:b/></w:rPr></w:rPrDefault></w:docDefaults>"
    file = written(docx(p(run("Un.")), parts={"word/styles.xml": part("styles", bare)}), {}, ENGLISH)
    assert '<w:rPr><w:b/><w:lang w:val="en-GB"/></w:rPr>' in member(file, "word/styles.xml")


def test_utf_16_parts() -> None:
    inner = part("document", f"<w:body>{p(run('Éclusiers 🚢 de nuit'))}</w:body>").replace("UTF-8", "UTF-16")
    data = docx("", parts={"word/document.xml": inner.encode("utf-16")})
    assert blocks(data)[0].text == "Éclusiers 🚢 de nuit"
    assert "Œuvre".encode("utf-16-le") in written(data, {"p1": "Œuvre"}).read("word/document.xml")


def test_prefixes_are_the_files_own() -> None:
    inner = part("document", f"<w:body>{p(run('Un ', BOLD), run('quai'))}</w:body>")
    inner = re.sub(r"(</?|\s)w:", r"\1n0:", inner).replace("xmlns:w=", "xmlns:n0=")
    data = docx("", parts={"word/document.xml": inner})
    assert '<n0:r><n0:t xml:space="preserve"> dock</n0:t></n0:r>' in member(written(data, {"p1": "<g1>A</g1> dock"}))


def test_strict_documents_are_read() -> None:
    strict = "http://purl.oclc.org/ooxml"
    inner = part("document", f"<w:body>{p(run('Un quai'))}</w:body>")
    inner = inner.replace(
        "http://schemas.openxmlformats.org/wordprocessingml/2006/main", f"{strict}/wordprocessingml/main"
    )
    rels = relations({"rId1": ("officeDocument", "word/document.xml")}).replace(
        "http://schemas.openxmlformats.org/officeDocument/2006", f"{strict}/officeDocument"
    )
    assert blocks(docx("", parts={"word/document.xml": inner, "_rels/.rels": rels}))[0].text == "Un quai"


# -- refused -----------------------------------------------------------------------------------------------------------

MACROS = "application/vnd.ms-word.document.macroEnabled.main+xml"
TEMPLATE = "application/vnd.openxmlformats-officedocument.wordprocessingml.template.main+xml"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
DOCTYPE = '<!DOCTYPE w:document [<!ENTITY a "aaa">]><w:document/>'


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (docx(p(run("Un.")), main=MACROS), "has macros"),
        (docx(p(run("Un.")), parts={"word/vbaProject.bin": b"x"}), "has macros"),
        (docx(p(run("Un.")), main=TEMPLATE), "Word template"),
        (docx(p(run("Un.")), main=SHEET), "Excel workbook"),
        (docx(p()), "holds no text"),
        (archive({"a.txt": "x"}), "not a Word document"),
        (archive({"mimetype": "application/epub+zip"}), "OpenDocument or EPUB"),
        (docx("", parts={"_rels/.rels": relations({})}), "not a Word document"),
        (docx("", parts={"_rels/.rels": relations({"r": ("officeDocument", "word/x.xml")})}), "another kind"),
        (docx("", parts={"word/document.xml": DOCTYPE}), "DOCTYPE"),
        (docx("", parts={"word/document.xml": "<w:document>"}), "not well-formed"),
        (docx("", parts={"word/document.xml": b"<a>\xff</a>"}), "is not UTF-8"),
        (docx("", parts={"word/document.xml": b'<?xml version="1.0" encoding="koi8-r"?><a/>'}), "KOI8-R"),
        (docx("<w:sdt>" * 400 + "</w:sdt>" * 400), "300 elements inside each other"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "an old Word"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "protected by a password"),
        (b"Bonjour", "not a Word document"),
        (b'<?xml version="1.0"?><w:wordDocument/>', "an XML or HTML file"),
        (b"", "not a Word document"),
    ],
)
def test_refused(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        read_release(data, "source/x.docx")
    assert caught.value.where.startswith("source/x.docx")
    assert caught.value.hint


def test_a_part_with_too_many_elements_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("toolkit.formats.office.xml.MOST_NODES", 300)
    with pytest.raises(SourceError, match="more than 300 elements"):
        read_release(docx(p() * 301), "source/x.docx")


def test_a_deep_document_is_read_or_refused_and_never_crashes() -> None:
    deep = p(run("au fond"))
    for _ in range(25):
        deep = f"<w:tbl><w:tr><w:tc>{deep}</w:tc></w:tr></w:tbl>"
    assert texts(deep) == ["au fond"]


# -- laws --------------------------------------------------------------------------------------------------------------

WORDS = st.sampled_from(["quai", " ", "  ", "de nuit ", " R&amp;D ", "l’eau", "<![CDATA[a <]]>", "\u00a0", "x\u2028y"])
PROPERTIES = st.sampled_from(
    ["", BOLD, ITALIC, BOLD + ITALIC, '<w:u w:val="single"/>', '<w:lang w:val="en-US"/>', '<w:rStyle w:val="Accent"/>']
)
INSIDE = st.one_of(
    st.builds('<w:t xml:space="preserve">{}</w:t>'.format, WORDS),
    st.builds("<w:t>{}</w:t>".format, WORDS),
    st.sampled_from(["<w:br/>", "<w:tab/>", "<w:noBreakHyphen/>", '<w:footnoteReference w:id="2"/>', "<w:cr/>"]),
)
RUN = st.builds(
    lambda inner, properties: f"<w:r><w:rPr>{properties}</w:rPr>{''.join(inner)}</w:r>",
    st.lists(INSIDE, max_size=3),
    PROPERTIES,
)
MARK = '<w:{0} w:id="{1}" w:name="n{1}"/>'
MARKS = st.sampled_from(
    [
        MARK.format(kind + side, number)
        for kind in ("bookmark", "commentRange")
        for side in ("Start", "End")
        for number in (1, 2)
    ]
    + ['<w:proofErr w:type="gramEnd"/>', '<w:del w:id="9"><w:r><w:delText>non</w:delText></w:r></w:del>']
)
CONTENT = st.recursive(
    st.lists(st.one_of(RUN, RUN, MARKS), max_size=5).map("".join),
    lambda inner: st.one_of(
        st.builds('<w:hyperlink w:anchor="a">{}</w:hyperlink>'.format, inner),
        st.builds("<w:ins>{}</w:ins>".format, inner),
        st.builds("<w:sdt><w:sdtContent>{}</w:sdtContent></w:sdt>".format, inner),
        st.builds(lambda one, two: one + field("PAGE", two), inner, inner),
        st.builds(lambda one, two: field('HYPERLINK "u"', one) + two, inner, inner),
        st.builds(lambda one, two: one + box("Zone", "Zone") + two, inner, inner),
        st.lists(inner, max_size=3).map("".join),
    ),
    max_leaves=6,
)
STYLED = st.builds(lambda content, style: p(content, style=style), CONTENT, st.sampled_from(["", "Citation", "Titre1"]))


@settings(max_examples=100, deadline=None)
@given(st.lists(STYLED, min_size=1, max_size=3).map("".join))
def test_law_every_document_comes_back_and_reads_the_same_with_new_runs(body: str) -> None:
    data = docx(p(run("Un début.")) + body)
    release = verify_round_trip(data, "source/x.docx").release
    shouted = {block.id: shout(block.text) for block in release.blocks}
    assert not any(difference(block.text, shouted[block.id]) for block in release.blocks)
    again = read_release(assemble(release.skeleton, shouted), "source/x.docx").release
    assert [block.text.casefold() for block in again.blocks] == [block.text.casefold() for block in release.blocks]


def test_the_samples_have_styles() -> None:
    assert "heading 1" in STYLES
