"""XML releases: exact tokens, ITS rules and their precedence, ready-made vocabularies, spelling, and hostile input."""

from __future__ import annotations

import codecs
import re
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from toolkit.errors import ConfigError, SourceError
from toolkit.formats import Localisation, ReadOptions, assemble, read_release, verify_round_trip
from toolkit.formats.xml import tree
from toolkit.formats.xml.its import ITS, STRUCTURE, read_rules
from toolkit.formats.xml.traits import traits_of
from toolkit.formats.xml.tree import DEEPEST, read_document
from toolkit.formats.xml.vocabularies import packaged, vocabulary_of
from toolkit.model import Block, BlockKind, Frame, Release, Role
from toolkit.pipeline import Pipeline
from toolkit.placeholders import tokenize
from toolkit.project import open_project

ENGLISH = Localisation("en", "en-GB", "ltr", "fr", "../x.xml", "machine draft", "Draft")
DOCBOOK = 'xmlns="http://docbook.org/ns/docbook" version="5.0"'


def read(source: str | bytes, rules: str = "", *, language: str = "fr") -> Release:
    data = source.encode() if isinstance(source, str) else source
    options = ReadOptions(its_rules=rules.encode() if rules else None, its_name="rules/x.its.xml", language=language)
    return verify_round_trip(data, "source/x.xml", options).release


def texts(source: str | bytes, rules: str = "") -> list[str]:
    return [block.text for block in read(source, rules).blocks]


def warnings(source: str) -> tuple[str, ...]:
    return read_release(source.encode(), "source/x.xml").warnings


def rewritten(release: Release, change: Callable[[str], str], localisation: Localisation | None = ENGLISH) -> bytes:
    new = {
        block.id: "".join(change(part) if isinstance(part, str) else str(part) for part in tokenize(block.text))
        for block in release.blocks
    }
    return assemble(release.skeleton, new, localisation)


def rules(*lines: str, attributes: str = "") -> str:
    head = f'<its:rules version="2.0" xmlns:its="{ITS}" xmlns:b="{STRUCTURE}" {attributes}>'
    return "\n".join((head, *lines, "</its:rules>"))


# ---- tokens and tree


def test_tokens_tile_the_root_element_in_characters() -> None:
    text = '<?xml version="1.0"?><!--é--><a é="1">œ&amp;&#233;&nom;<b/>\r\n<c></c><![CDATA[<é>]]><!--é--><?p é?></a>\n'
    document = read_document(text, "x.xml")
    shown = [(token.kind.name, text[token.start : token.end], token.text) for token in document.tokens]
    assert shown == [
        ("START", '<a é="1">', ""),
        ("TEXT", "œ", ""),
        ("REFERENCE", "&amp;", "&"),
        ("REFERENCE", "&#233;", "é"),
        ("ENTITY", "&nom;", "&nom;"),
        ("START", "<b/>", ""),
        ("END", "", ""),
        ("TEXT", "\r\n", ""),
        ("START", "<c>", ""),
        ("END", "</c>", ""),
        ("CDATA", "<![CDATA[<é>]]>", ""),
        ("COMMENT", "<!--é-->", "")[:3],
        ("INSTRUCTION", "<?p é?>", ""),
        ("END", "</a>", ""),
    ]
    assert [node.name for node in document.nodes] == ["a", "b", "c"]
    assert [element.tag for element in document.elements] == ["a", "b", "c"]


def test_the_nth_node_is_the_nth_element() -> None:
    document = read_document('<p:a xmlns:p="urn:x" xmlns="urn:y"><b c="1"/><p:b>t<p:c/></p:b></p:a>', "x.xml")
    assert [element.tag for element in document.elements] == ["{urn:x}a", "{urn:y}b", "{urn:x}b", "{urn:x}c"]
    assert [node.name for node in document.nodes] == ["p:a", "b", "p:b", "p:c"]
    assert document.elements[2].text == "t"


# ---- an unknown vocabulary


def test_unknown_elements_are_blocks_unless_text_stands_beside_them() -> None:
    source = """<note><objet>Marée basse</objet>
      <corps><al>Le <fort>quai</fort> est <em><fort>prêt</fort></em>.</al><al/>
      <al>Voici : <liste><pt>un</pt><pt>deux</pt></liste> et la suite.</al></corps></note>"""
    assert texts(source) == [
        "Marée basse",
        "Le <g1>quai</g1> est <g2><g3>prêt</g3></g2>.",
        "Voici :",
        "un",
        "deux",
        "et la suite.",
    ]


def test_lines_are_those_of_the_file() -> None:
    release = read("<a>\n<b>Un</b>\r\n<b>\n\nDeux</b></a>")
    assert [block.origin and block.origin.line for block in release.blocks] == [2, 5]


def test_comments_instructions_and_entities_are_placeholders() -> None:
    source = '<!DOCTYPE a [<!ENTITY nom "AMARRE">]><a>Le <!-- ? -->port <?pi x?> de l’&nom; ouvre &inconnue;!</a>'
    release = read(source)
    assert release.blocks[0].text == "Le <x1/>port <x2/> de l’<ph3>AMARRE</ph3> ouvre <ph4>&inconnue;</ph4>!"
    assert [code.label for code in release.blocks[0].codes] == ["", "", "&nom;", "&inconnue;"]
    (warning,) = warnings(source)
    assert "&inconnue;" in warning
    assert "&nom;" not in warning


def test_entities_that_are_one_character_are_that_character() -> None:
    source = (
        '<!DOCTYPE a [<!ENTITY ia "&#160;"><!ENTITY lt2 "&#38;lt;">]><a>L&eacute;t&#233;&ia;: a &lt; b&nbsp;&lt2;</a>'
    )
    release = read(source)
    assert release.blocks[0].text == "Lété\u00a0: a < b\u00a0<ph1>&lt2;</ph1>"
    assert rewritten(release, str, None) == source.encode()


def test_references_to_controls_never_reach_a_catalogue() -> None:
    source = "<a>L&#146;eau&#x7F; monte &#x1FFFE;</a>"
    assert texts(source) == ["L’eau<x1/> monte"]


def test_white_space_around_a_block_is_markup_however_it_is_spelled() -> None:
    assert texts("<a><b> &#160;&#10;Un mot&#32;</b><b><![CDATA[ x ]]> y</b></a>") == ["Un mot", "x  y"]


def test_preserved_white_space() -> None:
    source = """<a xml:space="preserve"><b>Un vers
   et <i>un
autre</i>

Une strophe</b><c xml:space="default">trois
mots</c></a>"""
    release = read(source)
    assert [block.text for block in release.blocks] == [
        "Un vers<x1/>   et <g2>un<x3/>autre</g2>",
        "Une strophe",
        "trois\nmots",
    ]
    assert release.blocks[0].codes[0].role is Role.BREAK
    assert b"UN VERS\n   ET" in rewritten(release, lambda text: re.sub(r"\b[^\W\d]{2,}", lambda m: m[0].upper(), text))


def test_other_languages_are_not_translated() -> None:
    source = '<a xml:lang="fr"><b>Il dit <i xml:lang="en">so what</i>.</b>\n'
    source += '<b xml:lang="de">Auf <c xml:lang="fr">quai</c></b></a>'
    release = read(source)
    assert [(b.text, b.kind.value, b.language) for b in release.blocks] == [
        ("Il dit <ph1>so what</ph1>.", "paragraph", ""),
        ("Auf", "verbatim", "de"),
        ("quai", "paragraph", ""),
    ]
    assert release.blocks[0].codes[0].language == "en"
    assert release.blocks[0].codes[0].role is Role.FOREIGN
    assert re.findall(rb'lang="(..)"', rewritten(release, str)) == [b"en", b"en", b"de", b"en"]


def test_a_file_in_another_language_says_so() -> None:
    (warning,) = warnings('<a xml:lang="en"><b>Hello</b></a>')
    assert "“en”" in warning


# ---- spelling


def test_new_text_is_escaped_and_old_spelling_is_kept() -> None:
    source = "<a><b>R&#38;D &quot;oui&quot;</b><b>Un &gt; <i>deux</i> l&apos;eau</b></a>"
    release = read(source)
    new = {"p1": 'A & B < C > "D"', "p2": "Un > <g1>deux & trois</g1> l'eau"}
    assert (
        assemble(release.skeleton, new).decode()
        == '<a><b>A &amp; B &lt; C &gt; "D"</b><b>Un &gt; <i>deux &amp; trois</i> l&apos;eau</b></a>'
    )


def test_cdata_stays_cdata() -> None:
    source = "<?xml version='1.0' encoding='ISO-8859-1'?><a><b>\n<![CDATA[ Un <mot> ]]>\n</b></a>"
    release = read(source)
    assert [block.text for block in release.blocks] == ["Un <mot>"]
    written = rewritten(release, lambda _: "Fin ]]> & œuvre", None)
    assert b"<b>\n<![CDATA[ Fin ]]]]><![CDATA[> & ]]>&#339;<![CDATA[uvre ]]>\n</b>" in written
    assert texts(written) == ["Fin ]]> & œuvre"]


def test_attributes_keep_their_quotation_marks() -> None:
    only = rules('<its:translateRule selector="//@titre" translate="yes"/>')
    source = "<a><b titre='L&#39;eau\n\"vive\"' x='Non'/><b titre=\"Le &lt;quai&gt; &nom;\"/>Texte</a>"
    release = read(source, only)
    assert [(b.text, b.kind.value, b.label) for b in release.blocks] == [
        ('L\'eau "vive"', "attribute", "titre"),
        ("Texte", "paragraph", ""),
    ]
    written = assemble(release.skeleton, {"p1": 'It\'s "a"\n<b>', "p2": "Text"})
    assert written.startswith(b"<a><b titre='It&apos;s \"a\"&#10;&lt;b&gt;' x=")


def test_characters_that_the_encoding_lacks_are_references() -> None:
    source = '<?xml version="1.0" encoding="windows-1252"?><a>L’œuvre</a>'.encode("cp1252")
    assert rewritten(read(source), lambda _: "Łódź & œ").endswith(
        b"<a>&#321;\xf3d&#378; &amp; \x9c</a>".replace(b"\xf3", "ó".encode("cp1252"))
    )


@pytest.mark.parametrize("bad", ["\x0b", "\ufffe", "\ud800"])
def test_what_xml_cannot_hold_is_refused(bad: str) -> None:
    with pytest.raises(SourceError, match="cannot hold"):
        rewritten(read("<a>Un</a>"), lambda _: f"a{bad}b")


@pytest.mark.parametrize(
    ("encoding", "mark"),
    [
        ("utf-8", b""),
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ],
)
def test_marks_and_encodings_survive(encoding: str, mark: bytes) -> None:
    name = encoding.removesuffix("-le").removesuffix("-be")
    source = f"<?xml version='1.0' encoding='{name}'?>\r\n<a>Été\u2028à l’œil 😀</a>"
    release = read(mark + source.encode(encoding))
    assert release.blocks[0].text == "Été\u2028à l’œil 😀"
    assert rewritten(release, lambda _: "Œ") == mark + source.replace("Été\u2028à l’œil 😀", "Œ").encode(encoding)


def test_utf_16_without_mark_and_stateful_encodings() -> None:
    assert texts("<a>Été</a>".encode("utf-16-le")) == ["Été"]
    assert texts("<?xml version='1.0' encoding='ISO-10646-UCS-2'?><a>Été</a>".encode("utf-16-be")) == ["Été"]
    assert texts("<?xml version='1.0' encoding='EUC-JP'?><a>港 ab</a>".encode("euc-jp")) == ["港 ab"]
    kept = "<?xml version='1.0' encoding='ISO-2022-JP'?><a>港 ab</a>".encode("iso2022_jp")
    assert texts(kept) == ["港 ab"]


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (b"<?xml version='1.0' encoding='UTF-16'?><a>b</a>", "single bytes"),
        (codecs.BOM_UTF8 + "<?xml version='1.0' encoding='ISO-8859-1'?><a>é</a>".encode(), "byte order mark of utf-8"),
        ("<?xml version='1.0' encoding='utf-8'?><a>b</a>".encode("utf-16-be"), "the file is utf-16-be"),
        (b"<?xml version='1.0' encoding='bogus'?><a>b</a>", "unknown encoding 'bogus'"),
        ("<a>é</a>".encode("cp1252"), "not utf-8"),
    ],
)
def test_encodings_that_contradict_the_file(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        read(data)


def test_what_is_around_and_inside_stays_byte_for_byte() -> None:
    source = """<?xml version="1.1" standalone='yes' ?><!-- a --><?style b?>
<!DOCTYPE a PUBLIC "-//X//EN" "http://x.example/a.dtd" [
  <!ENTITY % ext SYSTEM "http://x.example/b"> %ext;
  <!ENTITY b "<i>gras"> <!ATTLIST a c CDATA 'd'>
]>
<a  b = 'c'   xmlns:p = "urn:p" ><p:b   /><p:b
>Mot</p:b ></a  >

<!-- fin -->
"""
    release = read(source)
    assert rewritten(release, str) == source.encode()
    assert rewritten(release, lambda _: "Word") == source.replace("Mot", "Word").encode()


# ---- ITS


def test_local_goes_before_the_last_rule_before_what_is_inherited() -> None:
    source = f"""<a xmlns:its="{ITS}"><b>b</b><c>c<d its:translate="yes">d<e>e</e></d></c>
      <f its:translate="no"><g>g</g></f><h its:withinText="no">h</h></a>"""
    own = rules(
        '<its:translateRule selector="//c" translate="yes"/>',
        '<its:translateRule selector="//c" translate="no"/>',
        '<its:translateRule selector="//d" translate="no"/>',
        '<its:translateRule selector="//g" translate="yes"/>',
    )
    found = {block.text: block.kind is not BlockKind.VERBATIM for block in read(source, own).blocks}
    assert found == {"b": True, "c": False, "d<g1>e</g1>": True, "g": True, "h": True}


def test_within_text_is_not_inherited_and_nested_text_hangs_on_its_place() -> None:
    own = rules(
        '<its:withinTextRule selector="//renvoi" withinText="nested"/>',
        '<its:withinTextRule selector="//mot" withinText="yes"/>',
        '<its:withinTextRule selector="//bloc | //p" withinText="no"/>',
    )
    release = read(
        "<a><p>Un<renvoi>Une <mot>note</mot>.<p>Et encore.</p></renvoi> quai <bloc>à part</bloc> fin</p></a>", own
    )
    assert [block.text for block in release.blocks] == [
        "Un<x1/> quai",
        "Une <g1>note</g1>.",
        "Et encore.",
        "à part",
        "fin",
    ]
    assert release.blocks[0].codes[0].blocks == ("p2", "p3")


def test_words_that_are_not_translated_stay_in_the_sentence() -> None:
    own = rules('<its:translateRule selector="//code" translate="no"/>')
    release = read(
        f'<a>Tapez <code>ls <b>-l</b></code> et <code>x <c xmlns:i="{ITS}" i:translate="yes">ici</c></code>.</a>', own
    )
    assert release.blocks[0].text == "Tapez <ph1>ls -l</ph1> et <g2><ph3>x</ph3><g4>ici</g4></g2>."


def test_rules_inside_the_document() -> None:
    source = f"""<a xmlns:its="{ITS}" xmlns:q="urn:q"><its:rules version="2.0"><its:param name="n">x</its:param>
      <its:translateRule selector="//q:b[@c=$n]" translate="no"/></its:rules>
      <q:b c="x">non</q:b><q:b>oui <its:span translate="no">nom</its:span></q:b></a>"""
    assert [(b.text, b.kind.value) for b in read(source).blocks] == [
        ("non", "verbatim"),
        ("oui <ph1>nom</ph1>", "paragraph"),
    ]


@pytest.mark.parametrize("selector", ["//*[//*[//*]]", "//a//b//c", "//*[count(following::*) > 3]", "//a" * 400])
def test_rules_inside_the_document_may_not_search_for_ever(selector: str) -> None:
    rule = f'<its:translateRule selector="{selector}" translate="no"/>'
    with pytest.raises(SourceError, match=r"x.xml:2|its own ITS rules"):
        read(f'<a>\n<its:rules xmlns:its="{ITS}" version="2.0">{rule}</its:rules>Mot</a>')


def test_language_rules() -> None:
    own = rules(
        '<its:langRule selector="//b" langPointer="@langue"/>',
        '<b:languageRule selector="/a" attribute="xml:lang"/>',
    )
    release = read('<a><b langue="fr_FR">Un</b><b langue="en">Two</b><b langue="FR" xml:lang="de">Drei</b></a>', own)
    assert [block.kind.value for block in release.blocks] == ["paragraph", "verbatim", "verbatim"]
    assert rewritten(release, str).startswith(b'<a xml:lang="en"><b langue="en-GB">Un</b><b langue="en">Two')


@pytest.mark.parametrize(
    ("source", "line", "message"),
    [
        ("<rules/>", ":1", "not its:rules"),
        ("<its:rules xmlns:its='x'>\n<b>", ":2", "not well-formed"),
        (rules("", '<its:translateRule selector="//b"/>'), ":3", "needs the attribute translate"),
        (rules('<its:translateRule selector="//b" translate="oui"/>'), ":2", "“oui” is not one of no, yes"),
        (rules('<its:translateRule selector="//b[" translate="no"/>'), ":2", "not an XPath expression"),
        (rules('<its:translateRule selector="//x:b" translate="no"/>'), ":2", "cannot be evaluated"),
        (rules('<its:translateRule selector="count(//b)" translate="no"/>'), ":2", "selects no elements"),
        (rules('<b:blokRule selector="//b"/>'), ":2", "there is no rule blokRule; there are blockRule"),
        (rules('<b:blockRule selector="//b" kid="item"/>'), ":2", "has no attribute kid"),
        (
            rules('<c:blockRule xmlns:c="urn:uuid:slip" selector="//b"/>'),
            ":2",
            "belongs into the namespace " + STRUCTURE,
        ),
        (rules(attributes='queryLanguage="css"'), ":1", "with XPath selectors"),
        (rules(attributes='xmlns:x="http://www.w3.org/1999/xlink" x:href="other.xml"'), ":1", "is not followed"),
        (
            rules(attributes=f'xmlns:x="http://www.w3.org/1999/xlink" x:href="{STRUCTURE}#foo"'),
            "",
            "foo",
        ),
    ],
)
def test_a_broken_rule_file_is_an_error_with_its_line(source: str, line: str, message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        read("<a><b>Mot</b></a>", source)
    assert caught.value.where.endswith(line)
    assert caught.value.hint


def test_other_its_categories_are_passed_over() -> None:
    own = rules(
        '<its:termRule selector="//b" term="yes"/>', '<its:localeFilterRule selector="//b" localeFilterList="*"/>'
    )
    assert texts("<a><b>Mot</b></a>", own) == ["Mot"]


OWN_RULES = rules(
    '<b:blockRule selector="//titre" kind="heading" level="count(ancestor::partie) + 1"/>',
    '<b:blockRule selector="//liste" frame="ordered-list" start="@de"/>',
    '<b:blockRule selector="//point" kind="item" frame="item"/>',
    '<b:inlineRule selector="//lien" role="link" href="@vers"/>',
    '<b:inlineRule selector="//photo" role="image" href="@fichier"/>',
    '<its:translateRule selector="//photo/@legende" translate="yes"/>',
    '<b:ignoreRule selector="//technique"/>',
    '<b:ignoreRule selector="//technique/resume" ignore="no"/>',
    '<b:metadataRule selector="//technique/date" field="date"/>',
    '<b:metadataRule selector="//technique" field="place" value="lieu/@nom"/>',
)
OWN_SOURCE = """<avis><technique id="x"><date>2026-03-04T10:00</date><lieu nom="Sète"/>12-b
<resume>En bref</resume></technique>
<titre>Le port</titre><partie><titre>Suite</titre><liste de="3"><point>un</point></liste>
<p>Voir <lien vers="http://a.example">ici</lien> <photo fichier="q.png" legende="Le quai"/></p></partie></avis>"""


def test_a_project_says_what_its_own_vocabulary_means() -> None:
    release = read(OWN_SOURCE, OWN_RULES)
    assert (release.title, release.metadata.date, release.metadata.place) == ("Le port", "2026-03-04", "Sète")
    assert [(b.kind.value, b.level, b.text) for b in release.blocks] == [
        ("paragraph", 0, "En bref"),
        ("heading", 1, "Le port"),
        ("heading", 2, "Suite"),
        ("item", 0, "un"),
        ("paragraph", 0, "Voir <g1>ici</g1> <x2/>"),
        ("attribute", 0, "Le quai"),
    ]
    container, _ = release.blocks[3].within
    assert (container.frame, container.start) == (Frame.ORDERED_LIST, 3)
    link, image = release.blocks[4].codes
    assert (link.role, link.href, image.role, image.href, image.blocks) == (
        Role.LINK,
        "http://a.example",
        Role.IMAGE,
        "q.png",
        ("p6",),
    )


def test_rules_are_named_in_toolkit_toml(tmp_path: Path) -> None:
    for name, content in {
        "source/a.xml": OWN_SOURCE,
        "rules/avis.its.xml": OWN_RULES,
        "toolkit.toml": '[source]\nrules = "none.xml"\n[source.files."a.xml"]\nrules = "rules/avis.its.xml"\n',
    }.items():
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(content, encoding="utf-8")
    pipeline = Pipeline(open_project(tmp_path))
    (file,) = pipeline.sources(())
    assert pipeline.release(file).title == "Le port"
    with pytest.raises(ConfigError, match="cannot be read"):
        pipeline.read_options("b.xml")


# ---- ready-made vocabularies

VOCABULARIES = {
    "docbook": f"""<article {DOCBOOK}><info><title>Le port</title><pubdate>2026-03-04</pubdate></info>
<section><title>Suite</title><para>Le <emphasis role="bold">quai</emphasis><footnote><para>Neuf.</para></footnote>
<code>x</code></para><itemizedlist><listitem><para>un</para></listitem></itemizedlist></section></article>""",
    "dita": """<task id="a"><title>Le port</title><prolog><critdates><created date="2026-03-04"/></critdates></prolog>
<taskbody><steps><step><cmd>Ouvrir <codeph>ls</codeph><fn>Neuf.</fn></cmd></step></steps></taskbody></task>""",
    "tei": """<TEI xmlns="http://www.tei-c.org/ns/1.0"><teiHeader><fileDesc><titleStmt><title>Port</title></titleStmt>
<publicationStmt><date when="2026-03-04"/></publicationStmt></fileDesc></teiHeader><text><body><head>Le port</head>
<p>Le <hi rend="bold">quai</hi><note n="1">Neuf.</note></p><list><item>un</item></list></body></text></TEI>""",
    "nitf": """<nitf baselang="fr"><head><title>Port</title>
<docdata><date.issue norm="20260304T100000Z"/></docdata></head>
<body><body.head><hedline><hl1>Le port</hl1></hedline></body.head><body.content><p>Le <em>quai</em></p>
<ul><li>un</li></ul></body.content></body></nitf>""",
    "newsml": """<newsItem xmlns="http://iptc.org/std/nar/2006-10-01/" xml:lang="fr"><itemMeta><provider literal="X"/>
<versionCreated>2026-03-04T10:00:00Z</versionCreated></itemMeta><contentMeta><headline>Le port</headline>
<subject><name>Ports</name></subject></contentMeta><contentSet><inlineXML><html xmlns="http://www.w3.org/1999/xhtml">
<body><p>Le <b>quai</b></p><ul><li>un</li></ul></body></html></inlineXML></contentSet></newsItem>""",
    "akoma-ntoso": """<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act><meta><identification>
<FRBRExpression><FRBRdate date="2026-03-04"/><FRBRlanguage language="fra"/></FRBRExpression></identification></meta>
<preface><longTitle><p>Le port</p></longTitle></preface><body><section><heading>Objet</heading><content>
<p>Le <b>quai</b><authorialNote marker="1"><p>Neuf.</p></authorialNote></p>
</content></section></body></act></akomaNtoso>""",
    "rss": """<rss version="2.0"><channel><title>Le port</title><link>http://a.example</link><language>fr-fr</language>
<pubDate>Wed, 04 Mar 2026 10:00:00 GMT</pubDate><item><guid>1</guid>
<description>Le &lt;b&gt;quai&lt;/b&gt;</description></item></channel></rss>""",
    "atom": """<feed xmlns="http://www.w3.org/2005/Atom"><title>Le port</title><id>urn:x</id>
<updated>2026-03-04T10:00:00Z</updated>
<entry><content type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml"><p>Le <b>quai</b></p></div></content></entry>
</feed>""",
    "xhtml": """<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Port</title>
<meta name="date" content="2026-03-04"/></head>
<body><h1>Le port</h1><p>Le <b>quai</b><script>x</script></p><ul><li>un</li></ul></body></html>""",
}


def brief(block: Block) -> str:
    return f"{block.kind.value}{block.level or ''} {block.text}"


@pytest.mark.parametrize("name", VOCABULARIES)
def test_ready_made_rules(name: str) -> None:
    source = VOCABULARIES[name]
    assert vocabulary_of(read_document(source, "x.xml").elements[0]) == name
    release = read(source)
    assert release.title == "Le port"
    assert release.metadata.date == "2026-03-04"
    found = [brief(block) for block in release.blocks]
    assert "heading1 Le port" in found
    assert found[-1] in {"item un", "paragraph Neuf.", "paragraph Le <g1>quai</g1>"}
    assert any("quai" in text or "Ouvrir" in text for text in found)
    assert not [text for text in found if re.search(r"2026|urn:|http|Ports|literal", text)]
    assert re.search(rb'(?:lang(?:uage)?="|<language>)en', rewritten(release, str))


def test_ready_made_rules_cover_their_vocabularies() -> None:
    assert set(packaged()) == set(VOCABULARIES) | {"foreign"}


@pytest.mark.parametrize(
    ("said", "expected"), [("fra", "eng"), ("FRE", "eng"), ("fr", "en"), ("fr-FR", "en-GB"), ("deu", "deu")]
)
def test_a_language_in_three_letters_stays_so(said: str, expected: str) -> None:
    source = VOCABULARIES["akoma-ntoso"].replace('language="fra"', f'language="{said}"')
    assert f'language="{expected}"'.encode() in rewritten(read(source), str)


def test_attributes_that_a_dtd_gives_each_element_are_counted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tree, "MOST_ATTRIBUTES_OF_ALL", 100)
    dtd = "<!DOCTYPE l [<!ATTLIST p " + " ".join(f"a{at} CDATA 'x'" for at in range(30)) + ">]>"
    assert read(f"{dtd}<l><p>un</p>" + "<q>deux</q></l>").blocks
    with pytest.raises(SourceError, match="more than 100 attributes") as refused:
        read(f"{dtd}<l><p>un</p>\n<p>un</p>\n<p>un</p>\n<p>un</p></l>")
    assert refused.value.where.endswith(":4")


def test_docbook_4_has_no_namespace_and_its_own_attribute() -> None:
    source = """<!DOCTYPE article PUBLIC "-//OASIS//DTD DocBook XML V4.5//EN" "x.dtd">
<article lang="fr"><title>Le port</title><para>Le <ulink url="http://a.example">quai</ulink></para></article>"""
    release = read(source)
    assert [brief(block) for block in release.blocks] == ["heading1 Le port", "paragraph Le <g1>quai</g1>"]
    assert release.blocks[1].codes[0].href == "http://a.example"
    assert b'<article lang="en">' in rewritten(release, str)


def test_a_project_can_do_without_ready_made_rules() -> None:
    own = rules(attributes='b:ready-made="no"')
    assert brief(read(VOCABULARIES["tei"], own).blocks[0]) == "paragraph Port"


def test_cells_know_their_columns() -> None:
    source = f"""<informaltable {DOCBOOK}><tgroup cols="3">
      <colspec colname="a"/><colspec colname="b"/><colspec colname="c"/>
      <thead><row><entry namest="a" nameend="b">A</entry><entry>C</entry></row></thead><tbody>
      <row><entry morerows="1">1</entry><entry/><entry>3</entry></row><row><entry>5</entry></row></tbody></tgroup>
      </informaltable>"""
    found = [(block.text, block.within[-1]) for block in read(f"<article {DOCBOOK}>{source}</article>").blocks]
    assert [(text, cell.frame, cell.column, cell.columns, cell.rows) for text, cell in found] == [
        ("A", Frame.HEADER_CELL, 0, 2, 1),
        ("C", Frame.HEADER_CELL, 2, 1, 1),
        ("1", Frame.CELL, 0, 1, 2),
        ("3", Frame.CELL, 2, 1, 1),
        ("5", Frame.CELL, 1, 1, 1),
    ]


# ---- escaped HTML


def item(content: str) -> str:
    return f"<rss><channel><item><description>{content}</description></item></channel></rss>"


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("Le port &amp; le quai", ["Le port & le quai"]),
        (
            "&lt;p&gt;Un &lt;b&gt;mot&lt;/b&gt; &amp;amp; l&amp;#8217;eau&lt;p&gt;Deux",
            ["Un <g1>mot</g1> & l’eau", "Deux"],
        ),
        ("<![CDATA[ <p>Un <a href='http://z.example?a=1&amp;b'>lien</a></p> ]]>", ["Un <g1>lien</g1>"]),
        ("&amp;nbsp;Un &lt;code&gt;x&lt;/code&gt;&lt;br/&gt;&lt;!-- c --&gt;", ["Un <ph1>x</ph1>"]),
        ("&lt;script&gt;a()&lt;/script&gt;Un 3 &lt; 4 &lt;i&gt;x", ["Un 3 < 4 <x1/>x"]),
        ('&lt;img src="a.png"&gt; Un', ["<x1/> Un"]),
        ("<![CDATA[Sans balise, R&D]]>", ["Sans balise, R&D"]),
    ],
)
def test_escaped_html_is_read_as_html(content: str, expected: list[str]) -> None:
    assert texts(item(content)) == expected


def test_new_text_in_escaped_html_is_escaped_twice() -> None:
    release = read(item("&lt;p&gt;Un&lt;/p&gt;"))
    assert b"&lt;p&gt;a &amp;lt; b &amp;amp; c&lt;/p&gt;" in rewritten(release, lambda _: "a < b & c")
    release = read(item("<![CDATA[<p>Un</p>]]>"))
    assert b"<![CDATA[<p>a &lt; b ]]&gt; c</p>]]>" in rewritten(release, lambda _: "a < b ]]> c")


def test_escaped_html_mixed_with_markup_is_left_alone_and_said() -> None:
    source = item("<![CDATA[<p>Un</p>]]> &lt;p&gt;Deux&lt;/p&gt;").replace("<item>", "<item><title>Titre</title>")
    assert texts(source) == ["Titre"]
    assert "line" in warnings(source)[0]


# ---- hostile and broken input

LAUGHS = "".join(f'<!ENTITY l{n} "{f"&l{n - 1};" * 10}">' for n in range(1, 12))


def test_entities_are_never_expanded() -> None:
    source = (
        f'<!DOCTYPE a [<!ENTITY l0 "ha"><!ENTITY x SYSTEM "file:///etc/passwd">{LAUGHS}]><a>Un &l11; deux &x; trois</a>'
    )
    release = read(source)
    assert release.blocks[0].text == "Un <ph1>&l11;</ph1> deux <ph2>&x;</ph2> trois"


def nested(depth: int) -> str:
    return "<a>" * depth + "Mot" + "</a>" * depth


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("", "no element"),
        ("<a></a>", "no text"),
        ("<a><b>Un</a>", "</a> stands where </b> is missing (open since line 1)"),
        ("<a>\n<b>Un", "the file ends, but </b> is missing (open since line 2)"),
        ("<a>Un & deux</a>", "&amp;"),
        ("<a>Un</a><b/>", "behind the end"),
        ("<a b='1' b='2'>Un</a>", "stands twice"),
        ("<p:a>Un</p:a>", "prefix is used that is not declared"),
        ("Un mot", "not XML"),
        (" <?xml version='1.0'?><a>Un</a>", "not at the very beginning"),
        ("<a>&#0;</a>", "that XML forbids"),
        ("<a><![CDATA[Un</a>", "CDATA section is not closed"),
        (f'<!DOCTYPE a [<!ENTITY l0 "ha">{LAUGHS}]><a b="&l11;">Un</a>', "as in an attack"),
        ('<!DOCTYPE a [<!ENTITY a "&b;"><!ENTITY b "&a;">]><a b="&a;">Un</a>', "contains itself"),
        ('<!DOCTYPE a [<!ENTITY a SYSTEM "file:///etc/passwd">]><a b="&a;">Un</a>', "may not come from another file"),
        (nested(10_000), f"more than {DEEPEST} deep"),
    ],
)
def test_what_is_wrong_is_said_in_one_sentence_with_its_line(source: str, message: str) -> None:
    with pytest.raises(SourceError, match=re.escape(message)) as caught:
        read(source)
    assert caught.value.where.startswith("source/x.xml")
    assert caught.value.hint
    assert "\n" not in caught.value.message


@pytest.mark.parametrize(
    "source",
    [
        nested(DEEPEST),
        f"<a b='{'x' * 1_000_000}'>Mot</a>",
        f"<a>{'Un mot. ' * 60_000}</a>",
        f"<a>Mot{'<b/>' * 8_000}</a>",
        f"<a>Mot{'&#233;' * 20_000}</a>",
        f"<a xml:space='preserve'>Mot{chr(10) * 100_000}{'x' + chr(10)}</a>",
        item("&lt;a " * 15_000),
        item("&lt;a title='" * 8_000),
        "<!DOCTYPE a [<!ENTITY x '" + "x" * 50_000 + "'>]><a>" + "&x;" * 5_000 + "Mot</a>",
    ],
    ids=["deep", "attribute", "text", "tags", "references", "lines", "tags of HTML", "quotes of HTML", "quadratic"],
)
def test_large_input_takes_linear_time(source: str) -> None:
    start = time.process_time()
    read_release(source.encode(), "source/x.xml")
    assert time.process_time() - start < 5


# ---- laws

NAMES = st.sampled_from(["a", "b", "c", "p:d"])
CHARACTERS = st.sampled_from(["Mot", " ", "\n", "\r\n", "œ", "é.", "\u00a0", "\u2028", "😀", "x1/", "]]", "1", "a b"])
REFERENCES = st.sampled_from(
    ["&amp;", "&lt;", "&gt;", "&#233;", "&#xA0;", "&#10;", "&#13;", "&nom;", "&eacute;", "&#32;", "&#146;", "&quot;"]
)
CDATA = st.lists(st.sampled_from(["Mot", " ", "<g1>", "&amp;", "]", "\n", "\r", "<b>x</b>"]), max_size=4).map(
    lambda parts: f"<![CDATA[{''.join(parts)}]]>"
)
OTHERS = st.sampled_from(["<!-- a -->", "<?pi a?>", "<b/>", "<a></a>"])
ATTRIBUTES = st.lists(
    st.sampled_from(
        [
            'xml:lang="fr"',
            "xml:lang='en'",
            'xml:space="preserve"',
            'xml:space="default"',
            'i:translate="no"',
            'i:translate="yes"',
            'i:withinText="yes"',
            'i:withinText="no"',
            'i:withinText="nested"',
            "t='L&#39;\"eau\" &lt;'",
            't="Un\n mot"',
            "h='1'",
        ]
    ),
    max_size=3,
    unique_by=lambda attribute: attribute.partition("=")[0],
)


def element(content: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.builds(
        lambda name, attributes, inner: f"<{' '.join([name, *attributes])}>{''.join(inner)}</{name}>",
        NAMES,
        ATTRIBUTES,
        st.lists(content, max_size=5),
    )


CONTENT = st.recursive(CHARACTERS | REFERENCES | CDATA | OTHERS, element, max_leaves=25)
DOCUMENTS = st.lists(CONTENT, max_size=6).map(
    lambda parts: f'<a xmlns:i="{ITS}" xmlns:p="urn:p">{"".join(parts)}<b>fin</b></a>'
)
ANY_RULES = rules(
    '<its:translateRule selector="//@t" translate="yes"/>',
    '<b:blockRule selector="//c" kind="item" frame="item"/>',
    '<b:inlineRule selector="//p:d" role="strong"/>',
    '<b:htmlRule selector="//*[@h]"/>',
    attributes='xmlns:p="urn:p"',
)


@given(DOCUMENTS, st.booleans())
@example('<a><b h="1">&lt;p&gt; x &amp;nbsp;&lt;/p&gt;</b></a>', True)
@example("<a><b><![CDATA[ a]]></b>b<![CDATA[ ]]>c<![CDATA[ ]]></a>", False)
@settings(max_examples=60, deadline=None)
def test_any_document_comes_back_and_can_be_spelled_anew(source: str, with_rules: bool) -> None:
    read(source, ANY_RULES if with_rules else "")


@given(DOCUMENTS)
@settings(max_examples=40, deadline=None)
def test_what_is_written_is_read_again(source: str) -> None:
    def change(text: str) -> str:
        return text.replace("Mot", "W<o>&rd")

    release = read(source, ANY_RULES)
    options = ReadOptions(its_rules=ANY_RULES.encode(), its_name="r")
    again = read_release(rewritten(release, change, None), "source/x.xml", options).release
    assert [block.text for block in again.blocks] == [
        "".join(change(part) if isinstance(part, str) else str(part) for part in tokenize(block.text))
        for block in release.blocks
    ]


Tree = tuple[str, str, list["Tree"]]
TREES: st.SearchStrategy[Tree] = st.recursive(
    st.builds(lambda name, local: (name, local, []), st.sampled_from("abc"), st.sampled_from(["", "yes", "no"])),
    lambda inner: st.builds(
        lambda name, local, children: (name, local, children),
        st.sampled_from("abc"),
        st.sampled_from(["", "yes", "no"]),
        st.lists(inner, min_size=1, max_size=4),
    ),
    max_leaves=12,
)
RULES = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["yes", "no"])), max_size=4)


def written_tree(tree: Tree) -> str:
    name, local, children = tree
    return (
        f"<{name}" + (f' i:translate="{local}"' if local else "") + f">{''.join(map(written_tree, children))}</{name}>"
    )


def expected(tree: Tree, globals_: list[tuple[str, str]], above: bool) -> list[bool]:
    """ITS 2.0 section 5.5, said as plainly as can be."""
    name, local, children = tree
    chosen = local or next((value for selected, value in reversed(globals_) if selected == name), "")
    own = chosen == "yes" if chosen else above
    return [own, *(each for child in children for each in expected(child, globals_, own))]


@given(TREES, RULES)
@settings(max_examples=60, deadline=None)
def test_precedence_is_that_of_the_standard(tree: Tree, globals_: list[tuple[str, str]]) -> None:
    document = read_document(f'<r xmlns:i="{ITS}">{written_tree(tree)}</r>', "x.xml")
    lines = (f'<its:translateRule selector="//{name}" translate="{value}"/>' for name, value in globals_)
    traits, _ = traits_of(document, [read_rules(rules(*lines).encode(), "r")], "fr")
    assert [each.translate for each in traits] == [True, *expected(tree, globals_, True)]


@given(st.text(st.characters(codec="utf-8"), max_size=40) | st.binary(max_size=40))
@settings(max_examples=60, deadline=None)
def test_any_bytes_are_read_or_refused(noise: str | bytes) -> None:
    data = noise if isinstance(noise, bytes) else f"<a>Mot{noise}</a>".encode("utf-8", "surrogatepass")
    try:
        verify_round_trip(data, "source/x.xml")
    except SourceError as error:
        assert "defect" not in error.hint
