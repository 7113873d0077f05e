"""Web pages: what is read as what, every byte kept, new text spelled so that it reads back."""

from __future__ import annotations

import codecs
from pathlib import Path

import msgspec
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.running import toolkit
from toolkit.errors import SourceError
from toolkit.formats import Localisation, ReadOptions, assemble, html, read_release, verify_round_trip
from toolkit.formats.html.encoding import charset_of, declared
from toolkit.formats.html.references import decoded
from toolkit.formats.html.tokens import Kind, attributes, tokens
from toolkit.model import Block, BlockKind, Frame, Release, Role
from toolkit.pipeline import Pipeline
from toolkit.placeholders import Tag, escape, tokenize
from toolkit.project import open_project
from toolkit.skeleton import Slot

NBSP = "\u00a0"
ENGLISH = Localisation(
    language="en",
    territory="en-GB",
    direction="ltr",
    original_language="fr",
    original="../quai.html",
    status="Machine draft",
    final="Draft",
)


def release(source: str | bytes, path: str = "page.html") -> Release:
    """Every sample is also proved."""
    data = source if isinstance(source, bytes) else source.encode()
    return verify_round_trip(data, path).release


def blocks(source: str, path: str = "page.html") -> list[tuple[str, str]]:
    return [(block.kind.value, block.text) for block in release(source, path).blocks]


def texts(source: str, path: str = "page.html") -> list[str]:
    return [text for _, text in blocks(source, path)]


def only(source: str, path: str = "page.html") -> Block:
    (block,) = release(source, path).blocks
    return block


def translated(source: str | bytes, new: dict[str, str], path: str = "page.html") -> str:
    """The page with some of its texts replaced."""
    data = source if isinstance(source, bytes) else source.encode()
    read = read_release(data, path).release
    written = assemble(read.skeleton, {block.id: new.get(block.text, block.text) for block in read.blocks})
    return written.decode(read.skeleton.encoding)


def localised(source: str, path: str = "page.html", localisation: Localisation = ENGLISH) -> str:
    read = release(source, path)
    return assemble(read.skeleton, {block.id: block.text for block in read.blocks}, localisation).decode()


def refused(data: bytes, path: str = "page.html") -> SourceError:
    with pytest.raises(SourceError) as caught:
        read_release(data, path)
    assert caught.value.hint
    return caught.value


PAGE = """<!DOCTYPE html>
<html lang="fr">
<head>
  <meta charset="utf-8">
  <title>La criée rouvre &ndash; Port-Launay</title>
  <meta name="description" content="Après trois ans de travaux">
  <meta property="article:published_time" content="2026-05-04T09:00:00+02:00">
  <script>if (a < b) document.write("<p>Non</p>");</script>
</head>
<body>
  <h1>La criée <em>rouvre</em></h1>
  <p class="chapo">Les mareyeurs y sont attendus <a href="dates.html?a=1&amp;b=2" title="Calendrier">dès juin</a>.
  <h2>Le chantier</h2>
  <p>Il a coûté 3,2&nbsp;millions d’euros.</p>
</body>
</html>
"""


def test_a_page_becomes_blocks_with_kinds_levels_and_placeholders() -> None:
    read = release(PAGE)
    assert [(block.kind, block.level, block.text) for block in read.blocks] == [
        (BlockKind.ATTRIBUTE, 0, "La criée rouvre – Port-Launay"),
        (BlockKind.ATTRIBUTE, 0, "Après trois ans de travaux"),
        (BlockKind.HEADING, 1, "La criée <g1>rouvre</g1>"),
        (BlockKind.PARAGRAPH, 0, "Les mareyeurs y sont attendus <g1>dès juin</g1>."),
        (BlockKind.ATTRIBUTE, 0, "Calendrier"),
        (BlockKind.HEADING, 2, "Le chantier"),
        (BlockKind.PARAGRAPH, 0, f"Il a coûté 3,2{NBSP}millions d’euros."),
    ]
    assert [block.label for block in read.blocks if block.label] == ["page title", "description", "title"]
    assert (read.title, read.metadata.date) == ("La criée rouvre", "2026-05-04")
    (link,) = read.blocks[3].codes
    assert (link.role, link.href, link.blocks) == (Role.LINK, "dates.html?a=1&b=2", ("p5",))
    assert [block.origin.line for block in read.blocks if block.origin] == [5, 6, 11, 12, 12, 13, 14]


def test_untouched_spelling_survives_beside_a_translation() -> None:
    new = translated(PAGE, {f"Il a coûté 3,2{NBSP}millions d’euros.": f"It cost €3.2{NBSP}million & “more” <b>."})
    assert new == PAGE.replace(
        "Il a coûté 3,2&nbsp;millions d’euros.", "It cost €3.2&nbsp;million &amp; “more” &lt;b&gt;."
    )


# ---- what of a page is its release

SITE = """<!DOCTYPE html><html lang="fr"><head><title>Le quai</title></head><body>
<a class="skip" href="#c">Aller au contenu</a>
<header><p>Ville de Port-Clair</p><nav><ul><li>Accueil<li>Agenda<li>Mairie<li>Plan</ul></nav></header>
<div id="page"><div role="dialog">Ce site dépose des témoins. <button>Accepter</button></div>
<main><p>Fil</p><article><h1>Le quai rouvre</h1><p>Il ouvre mardi.</p>
<p>Le bac de sept heures y accoste de nouveau, et les mareyeurs y retrouvent la halle.</p></article>
<aside>À lire aussi</aside></main>
bandeau<footer><p>Mentions</p><p>Contact</p></footer></div></body></html>"""
READ = [
    *("Le quai", "Le quai rouvre", "Il ouvre mardi."),
    "Le bac de sept heures y accoste de nouveau, et les mareyeurs y retrouvent la halle.",
]
#: Twelve paragraphs, and a menu of twelve lines.
TWELVE = "".join(f"<p>Le bac numéro {at} quitte le quai à l’aube.</p>" for at in range(12))
MENU = "<nav><ul>" + "<li>Rubrique" * 12 + "</ul></nav>"


def content(source: str, wanted: str, path: str = "page.html") -> tuple[list[str], tuple[str, ...]]:
    """The texts of a page, and what the reader says of it."""
    result = verify_round_trip(source.encode(), path, msgspec.convert({"content": wanted}, ReadOptions))
    return [block.text for block in result.release.blocks], result.warnings


@pytest.mark.parametrize("wanted", ["auto", "main"])
def test_of_a_page_of_a_site_only_the_main_part_is_read(wanted: str) -> None:
    found, said = content(SITE, wanted)
    assert found == READ
    assert said == (
        "page.html: left out outside of <article> 13 texts (“Ce site dépose des témoins.”, “Ville de Port-Clair”, …). "
        'To take that in, too: content = "visible" under [source.files."page.html"] in toolkit.toml.',
    )


def test_the_whole_of_a_page_can_be_asked_for() -> None:
    found, said = content(SITE, "visible")
    assert (found[1], found[-1], len(found), said) == ("<g1>Aller au contenu</g1>", "Contact", 17, ())


def test_a_project_says_which_part_of_a_page_it_wants(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    for name in ("a.html", "b.html", "c.html"):
        (tmp_path / "source" / name).write_text(SITE, encoding="utf-8")
    toml = '[source]\ncontent = "visible"\n[source.files."b.html"]\ncontent = "main"\n[source.files."c.html"]\n'
    (tmp_path / "toolkit.toml").write_text(toml, encoding="utf-8")
    pipeline = Pipeline(open_project(tmp_path))
    assert [len(pipeline.release(file).blocks) for file in pipeline.sources(())] == [17, 4, 17]


def test_extract_says_what_it_left_out(tmp_path: Path) -> None:
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "a.html").write_text(SITE, encoding="utf-8")
    done = toolkit(tmp_path, "extract")
    assert done.returncode == 0
    assert done.stderr.count("\n") == 1
    assert "source/a.html: left out outside of <article> 13 texts" in done.stderr


def test_what_is_left_out_stays_as_it_is() -> None:
    assert translated(SITE, {"Il ouvre mardi.": "It opens on Tuesday."}) == SITE.replace(
        "Il ouvre mardi.", "It opens on Tuesday."
    )


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<nav>un</nav><main>deux</main><footer>trois</footer>", ["un", "deux", "trois"]),  # a page, not a site
        ("<h1>un</h1><article><p>deux</article>" + "<p>x" * 10, ["un", "deux", *"x" * 10]),  # its headline is outside
        ("<article><p>un</article>" + "<p>x" * 10, ["un", *"x" * 10]),  # no headline: it could be anything
        ("<article><h1>un</h1></article><article>deux</article>" + "<p>x" * 10, ["un", "deux", *"x" * 10]),
        ("<main>un</main><main>deux</main>" + "<p>x" * 10, ["un", "deux", *"x" * 10]),
        ("<main hidden>un</main><main>deuxième partie, seule visible</main>" + "<p>x</p>" * 10,
         ["deuxième partie, seule visible"]),
        ("<div role='MAIN region'>un texte plus long que tout le reste</div>" + "<p>x</p>" * 10,
         ["un texte plus long que tout le reste"]),
        ("<main><h1>un titre plus long que le menu</h1><article>deux</article></main>" + "<p>x</p>" * 10,
         ["un titre plus long que le menu", "deux"]),
        ("<p>x</p>" * 10 + "<div lang=en><section lang=fr><main>un texte plus long que le reste</main></section></div>",
         ["un texte plus long que le reste"]),
    ],
)  # fmt: skip
def test_what_is_the_main_part(source: str, expected: list[str]) -> None:
    assert content(source, "auto")[0] == expected


HEADLINE = "<h1>La Vigie ouvre</h1>"


@pytest.mark.parametrize(
    "source",
    [
        f"<main><h2>La Vigie</h2>{TWELVE}<article><h3>À lire</h3><p>Ancien</article></main>",  # no h1
        f"<main><h1 hidden>Site</h1><article><p>Autre</p></article>{TWELVE}</main>",
        f"<article>{HEADLINE}</article><div>{TWELVE}</div>",
        f"<article>{HEADLINE}{TWELVE}</article><div>{TWELVE}</div>",
        f"<main>{HEADLINE}</main><div>{TWELVE}</div>",
        f"{MENU}<header>{HEADLINE}<p>Brest, le 5 mai</header><main>{TWELVE}</main>",
        f"{MENU}<header><h2>La Vigie ouvre</h2><p>Brest, le 5 mai</header><main>{TWELVE}<h3>Contact</h3></main>",
        f"{MENU}<header>{HEADLINE}</header><article>{HEADLINE}{TWELVE}</article>",
        f"{MENU}<article>{HEADLINE}{TWELVE}</article><figure><img src=q alt='Le quai'></figure>",
        f"{MENU}<main>{HEADLINE}{TWELVE}</main><div role=figure>Le quai</div>",
        f"{MENU}<article>{HEADLINE}{TWELVE}<a href='#n1'>1</a></article><footer><p id=n1>Une note</footer>",
        f"{MENU}<article>{HEADLINE}{TWELVE}<a href='#n%C3%A9'>1</a></article><p><a name=né></a>Une note",
        "<link rel=canonical href='https://a.example/b'>"
        f"{MENU}<article>{HEADLINE}{TWELVE}<a href='https://a.example/b#n1'>1</a></article><p id=n1>Une note",
        f"<div data-role='main'><p>Autre</p></div>{TWELVE}",
        f"<div title='role=main'><p>Autre</p></div>{TWELVE}",
        f"<div role='region main'>{TWELVE}</div>{MENU}",
        f"{MENU}<article>{TWELVE}</article>",
        f"<p>Brest, {'<b>le 5</b> <i>mai</i> ' * 6}</p><main>{HEADLINE}{TWELVE}</main>",  # one paragraph, not thirteen
        f"{'<p hidden>caché</p>' * 10}<p>Brest</p><main>{HEADLINE}{TWELVE}</main>",
    ],
)
def test_in_doubt_the_whole_page_is_read(source: str) -> None:
    assert content(source, "auto")[0] == content(source, "visible")[0]


@pytest.mark.parametrize(
    "source",
    [
        f"<body>{MENU}<main>{HEADLINE}{TWELVE}</main><footer><figure><img src=a alt=Logo></figure></footer>",
        f"<div id=haut>{MENU}<main>{HEADLINE}{TWELVE}<a href='#haut'>Haut</a><a href='#loin'>Loin</a></main></div>",
        f"{MENU}<main>{HEADLINE}{TWELVE}</main><div role=alertdialog>{'Ce site dépose des témoins. ' * 30}</div>",
        f"{MENU}<article>{HEADLINE}{TWELVE}<a href='https://a.example/#c'>c</a></article><div id=c>Autre</div>",
        f"<template><main>rien</main></template>{MENU}<main>{HEADLINE}{TWELVE}</main>",
        f"{MENU.replace('<ul>', '<ul id=menu>')}<main>{HEADLINE}{TWELVE}<a href='#menu'>Menu</a></main>",
        f"{MENU}<h1 hidden>Site</h1><article>{HEADLINE}{TWELVE}</article>",
        f"{MENU}<header><p>Ville</header><main><h2>La Vigie ouvre</h2>{TWELVE}</main>",
    ],
)
def test_what_surely_stands_around_the_release_is_left_out(source: str) -> None:
    found, (said,) = content(source, "auto")
    assert (found[0], len(found)) == ("La Vigie ouvre", 13 + ("<a href" in source))
    assert "left out outside of <" in said


def test_asked_for_the_main_part_is_read_whatever_stands_around_it() -> None:
    assert content(f"<main><p>un</p></main>{HEADLINE}{TWELVE}", "main")[0] == ["un"]
    assert content(f"<article>{HEADLINE}</article>{TWELVE}", "main")[0] == ["La Vigie ouvre", *texts(TWELVE)]


@pytest.mark.parametrize("name", ["noscript", "template"])
def test_what_a_head_hides_does_not_begin_the_body(name: str) -> None:
    head = f"<head><{name}><h1>x</h1><img src=pixel></{name}><title>Le quai</title></head>"
    assert content(f"{head}<body>{MENU}<main>{HEADLINE}{TWELVE}</main>", "auto")[0][:2] == ["Le quai", "La Vigie ouvre"]


def test_the_longest_of_what_was_left_out_is_shown() -> None:
    _, (said,) = content(f"{MENU}<header><p>{'La Vigie des estuaires ' * 3}</header><main>{TWELVE}</main>", "auto")
    assert "13 texts (“La Vigie des estuaires La Vigie des estu…”, “Rubrique”, …)" in said


@pytest.mark.parametrize(
    "hidden", ["<img src=a alt='Le quai'>", "<b title='Le quai'></b>", "<picture><img alt='Le quai'>"]
)
def test_attributes_that_were_left_out_are_told(hidden: str) -> None:
    assert "as hidden 1 text (“Le quai”)" in content(f"<p>mot</p><div hidden>{hidden}</div>", "auto")[1][0]
    found, (said,) = content(f"<main><p>mot</main><div><p>deux</p>{hidden}</div>", "main")
    assert found == ["mot"]
    assert "outside of <main> 2 texts (“Le quai”, “deux”)" in said


@pytest.mark.parametrize("silent", ["<template title=mot></template>", "<svg><b title=mot></b></svg>", "<img alt='–'>"])
def test_what_is_no_text_is_not_told(silent: str) -> None:
    assert content(f"<p>mot</p><div hidden>{silent}</div>", "auto") == (["mot"], ())


def test_a_page_without_a_main_part_says_so_where_it_was_asked_for() -> None:
    found, said = content("<h1>un</h1><p>deux", "main")
    assert (found, len(said)) == (["un", "deux"], 1)
    assert "has no <main>" in said[0]


@pytest.mark.parametrize(
    "hidden",
    [
        "<p hidden>mot</p>",
        "<div hidden=hidden><p>mot<table><tr><td>mot</table></div>",
        "<p style='color:red; display : none !important'>mot</p>",
        "<section STYLE='DISPLAY:NONE'>mot</section>",
        "<noscript><p>mot</p></noscript>",
        "<dialog><p>mot</p></dialog>",
        "<ul><li hidden>mot</li></ul>",
        "<p title=mot hidden>mot <a title=mot>mot</a></p>",
    ],
)
def test_what_a_browser_hides_is_no_text(hidden: str) -> None:
    source = f"<p>un</p>{hidden}<p>deux"
    found, said = content(source, "auto")
    assert found == ["un", "deux"]
    assert len(said) == 1
    assert "page.html: left out as hidden" in said[0]
    assert "“mot”" in said[0]
    assert "mot" in "".join(content(source, "all")[0])
    assert content(source, "all")[1] == ()


def test_hidden_words_in_a_sentence_are_one_placeholder() -> None:
    assert content("<p>un <span hidden>deux <b>trois</b></span> quatre", "auto")[0] == ["un <x1/> quatre"]


@pytest.mark.parametrize(
    "seen",
    [
        "<p hidden=until-found>mot</p>",
        "<p style='display:none;display:block'>mot</p>",
        "<p style='--display:none'>mot</p>",
        "<p class=hidden>mot</p>",
        "<p aria-hidden=true>mot</p>",
        "<dialog open>mot</dialog>",
        "<button aria-controls='x volet'></button><div id=volet hidden>mot</div>",
        "<button data-target='#x, #volet'></button><div id=volet hidden>mot</div>",
        "<button data-bs-target=#volet></button><div id=volet hidden>mot</div>",
        "<button popovertarget=volet></button><div id=volet hidden>mot</div>",
        "<a href='#volet'></a><div id=volet hidden>mot</div>",
        "<a href='#%C3%A9t&eacute;'></a><div id=été style='display:none'>mot</div>",
        "<main hidden>mot</main>",
        "<div style='display:none'><div hidden><main>mot</main></div></div>",
        "<div role=main style='display:none'>mot</div>",
        "<div hidden><h1>mot</h1></div>",
        "<body hidden>mot",
        "<p hidden>mot",  # nobody knows where it ends
    ],
)
def test_what_can_be_seen_is_text(seen: str) -> None:
    assert content(seen, "auto") == (["mot"], ())


@pytest.mark.parametrize(
    "hidden",
    [
        "<h1 hidden>deux</h1>",
        "<div hidden><h1 hidden>deux</h1></div>",
        "<dialog><h1>deux</h1></dialog>",
        "<div hidden><p>deux</p><noscript><h1></h1></noscript></div>",
        "<main>un</main><main hidden>deux</main>",
        "<h1>un</h1><div hidden><h1>deux</h1></div>",
        "<a href='#'></a><a href='autre.html#volet'></a><div id=volet hidden>deux</div>",
        "<a href='#volet'></a><div id=volet hidden><p hidden>deux</p></div>",
    ],
)
def test_what_nothing_opens_stays_hidden(hidden: str) -> None:
    found, (said,) = content(f"<p>zéro</p>{hidden}", "auto")
    assert "deux" not in found
    assert "as hidden 1 text (“deux”)" in said


def test_a_main_part_that_a_script_shows_is_read() -> None:
    page = f"{MENU}<main style='display:none'>{HEADLINE}{TWELVE}</main><footer>Pied</footer>"
    assert content(page, "auto")[0] == ["La Vigie ouvre", *texts(TWELVE)]


def test_a_page_that_hides_everything_is_refused() -> None:
    error = refused(b"<div hidden><p>mot</p></div>")
    assert "hides all of its text" in error.message
    assert 'content = "all"' in error.hint


@pytest.mark.parametrize(
    ("head", "href", "expected"),
    [
        ("", "/a", "/a"),
        ("<link rel=canonical href='https://a.example/b/c'>", "/d", "https://a.example/d"),
        ("<link rel='Canonical' href='https://a.example/b/c'>", "d?e#f", "https://a.example/b/d?e#f"),
        ("<link rel=canonical href='https://a.example/b/c'>", "//d.example/e", "https://d.example/e"),
        ("<link rel=canonical href='https://a.example/b/c'>", "#f", "#f"),
        ("<link rel=canonical href='https://a.example/b/c'>", "javascript:x()", "javascript:x()"),
        ("<link rel=canonical href='https://a.example/b/c'>", "mailto:a@b.example", "mailto:a@b.example"),
        ("<link rel=canonical href='https://a.example/b/c'>", "http://[", "http://["),
        ("<link rel=canonical href='javascript:x()'>", "/d", "/d"),
        (
            "<base href='https://g.example/h/'><link rel=canonical href='https://a.example/b'>",
            "d",
            "https://g.example/h/d",
        ),
        ("<base href='/h/'><link rel=canonical href='https://a.example/b'>", "d", "https://a.example/h/d"),
        ("<base href='javascript:x()'>", "/d", "/d"),
        ("<meta property='og:url' content='http://a.example/b'>", "d", "http://a.example/d"),
        ("<!-- saved from url=(0021)https://a.example/b/c -->", "d", "https://a.example/b/d"),
    ],
)
def test_links_lead_where_the_page_stood(head: str, href: str, expected: str) -> None:
    (code,) = release(f"{head}<body><p>Le <a href='{href}'>quai</a> ouvre.").blocks[-1].codes
    assert code.href == expected


# ---- blocks


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("<p>un<p>deux</p>trois<div>quatre", ["un", "deux", "trois", "quatre"]),
        ("un<hr>deux<section>trois</section>quatre", ["un", "deux", "trois", "quatre"]),
        ("<ul><li>un<li>deux</ul>trois", ["un", "deux", "trois"]),
        ("<address>un</address><details><summary>deux</summary>trois</details>", ["un", "deux", "trois"]),
        ("<form><label>un</label><button>deux</button></form>", ["un", "deux"]),
        ("<fieldset><legend>un</legend><select><option>deux<option>trois</select>", ["un", "deux", "trois"]),
        ("<p>un</div>deux</p></b>trois", ["un", "deux", "trois"]),
        ("un<br>deux", ["un<x1/>deux"]),
        ("un<br/> \n&nbsp;<BR>deux", ["un", "deux"]),
        ("<b>un<br><br>deux</b>", ["un", "deux"]),
        ("un<wbr>deux", ["un<x1/>deux"]),
        ("<p>&nbsp;</p><p> <!-- rien --> </p><p>un", ["un"]),
        ("un<noscript>deux</noscript>trois", ["un<x1/>trois"]),
    ],
)
def test_paragraphs_end_where_a_browser_ends_them(source: str, expected: list[str]) -> None:
    assert texts(source) == expected


@pytest.mark.parametrize(
    "source",
    [
        "<script>un</script>",
        "<style>un</style>",
        "<template><p>un</p></template>",
        "<textarea>un</textarea>",
        "<iframe>un</iframe>",
        "<svg><title>un</title><text>deux</text></svg>",
        "<math><mi>x</mi></math>",
        "<xmp>un</xmp>",
        "<plaintext>un</plaintext>",
        "<object><p>un</p></object>",
        "<!-- un --><?php un ?></ un><!un>",
        "<p title='un",
    ],
)
def test_what_is_no_text_of_the_page_is_left_alone(source: str) -> None:
    assert "holds no text" in refused(source.encode()).message
    assert texts(f"<p>mot</p>{source}") == ["mot"]


def test_nothing_in_the_head_is_shown() -> None:
    assert texts("<head><noscript>un</noscript><base href=x></head>deux") == ["deux"]
    assert "holds no text" in refused(b"<noscript>un</noscript>").message


def test_an_unclosed_heading_does_not_swallow_the_page() -> None:
    assert blocks("<h2>Titre<p>un<p>deux") == [("heading", "Titre"), ("paragraph", "un"), ("paragraph", "deux")]
    assert blocks("<h2>Titre</h3>un") == [("heading", "Titre"), ("paragraph", "un")]


def frames(block: Block) -> list[str]:
    return [container.frame.value for container in block.within]


def test_lists_nest_and_count() -> None:
    source = "<ol start=3><li>un<li><p>deux<p>suite<ul><li>a<li>b</ul>fin</ol><li>perdu"
    read = release(source)
    assert [(block.kind.value, block.text, len(block.within)) for block in read.blocks] == [
        ("item", "un", 2),
        ("item", "deux", 2),
        ("item", "suite", 2),
        ("item", "a", 4),
        ("item", "b", 4),
        ("item", "fin", 2),
        ("item", "perdu", 0),
    ]
    assert (read.blocks[0].within[0].frame, read.blocks[0].within[0].start) == (Frame.ORDERED_LIST, 3)
    assert read.blocks[1].within == read.blocks[2].within == read.blocks[5].within
    assert frames(read.blocks[3]) == ["ordered-list", "item", "list", "item"]


def test_text_directly_in_a_list_or_table_has_an_item_or_cell() -> None:
    assert frames(only("<ul>mot</ul>")) == ["list", "item"]
    assert frames(only("<ul><ul><li>mot</ul></ul>")) == ["list", "item", "list", "item"]
    assert frames(only("<table>mot</table>")) == ["table", "row", "cell"]
    assert frames(only("<dl>mot</dl>")) == ["list", "item"]


def test_a_term_and_its_descriptions_are_one_item() -> None:
    read = release("<dl><dt>a<dt>b<dd>c<dd>d<dt>e<dd>f<div><dt>g<dd>h</div></dl>")
    assert [block.within[-1].id for block in read.blocks] == ["c2", "c2", "c2", "c2", "c3", "c3", "c4", "c4"]


def test_cells_know_their_column() -> None:
    source = """<table><caption>Saisies</caption><thead><tr><th rowspan=2>Port<th colspan="2">Année<tr><th>2024<th>2025
    <tbody><tr><td>Sète<td>4<td>5</tbody><tr><td colspan=0>x<td rowspan=0>y<tr><td>z<td>t</table>"""
    found = [
        (block.text, block.kind.value, cell.frame.value, cell.column, cell.columns, cell.rows)
        for block in release(source).blocks
        for cell in block.within[-1:]
    ]
    assert found == [
        ("Saisies", "caption", "table", 0, 1, 1),
        ("Port", "cell", "header-cell", 0, 1, 2),
        ("Année", "cell", "header-cell", 1, 2, 1),
        ("2024", "cell", "header-cell", 1, 1, 1),
        ("2025", "cell", "header-cell", 2, 1, 1),
        ("Sète", "cell", "cell", 0, 1, 1),
        ("4", "cell", "cell", 1, 1, 1),
        ("5", "cell", "cell", 2, 1, 1),
        ("x", "cell", "cell", 0, 1, 1),
        ("y", "cell", "cell", 1, 1, 1),
        ("z", "cell", "cell", 0, 1, 1),
        ("t", "cell", "cell", 2, 1, 1),
    ]


def test_tables_inside_cells_and_tables_for_layout() -> None:
    read = release("<table><tr><td>a<table><tr><td>b</table>c<td>d</table>e")
    assert [(block.text, len(block.within)) for block in read.blocks] == [
        ("a", 3),
        ("b", 6),
        ("c", 3),
        ("d", 3),
        ("e", 0),
    ]
    assert blocks("<table role=presentation><tr><td>a<td>b</table>") == [("paragraph", "a"), ("paragraph", "b")]
    assert blocks("<td>a<tr>b</table>c") == [("paragraph", "a"), ("paragraph", "b"), ("paragraph", "c")]


def test_an_end_tag_in_a_cell_does_not_end_what_is_outside() -> None:
    read = release("<ul><li>a<table><tr><td>b</ul></li>c</table>d</ul>e")
    assert [(block.text, frames(block)) for block in read.blocks] == [
        ("a", ["list", "item"]),
        ("b", ["list", "item", "table", "row", "cell"]),
        ("c", ["list", "item", "table", "row", "cell"]),
        ("d", ["list", "item"]),
        ("e", []),
    ]


def test_quotes_figures_and_captions() -> None:
    read = release(
        "<blockquote><p>un<p>deux</blockquote><figure><img src=q.jpg alt='Le quai'><figcaption>Le quai, hier.</figure>"
    )
    assert [(block.kind.value, block.text, frames(block)) for block in read.blocks] == [
        ("quote", "un", ["quote"]),
        ("quote", "deux", ["quote"]),
        ("paragraph", "<x1/>", ["figure"]),
        ("attribute", "Le quai", ["figure"]),
        ("caption", "Le quai, hier.", ["figure"]),
    ]
    (image,) = read.blocks[2].codes
    assert (image.role, image.href, image.blocks) == (Role.IMAGE, "q.jpg", ("p4",))


def test_lines_of_preformatted_text_are_blocks_and_programs_are_kept() -> None:
    assert texts("<pre>\nun\n  deux&#10;trois<br>quatre\n\n</pre>") == ["un", "deux", "trois", "quatre"]
    assert blocks("<pre><code>if x:\n  y &lt; 1</code></pre>") == [("verbatim", "<g1>if x:\n  y < 1</g1>")]
    assert blocks("<pre class='language-sh'>make\nmake test</pre>suite") == [
        ("verbatim", "make\nmake test"),
        ("paragraph", "suite"),
    ]


def test_the_date_of_publication_is_found_in_the_markup() -> None:
    page = "<p>Le port <time pubdate datetime=2026-02-03>hier</time>, <time datetime=2020-01-01>avant</time>"
    assert release(page).metadata.date == "2026-02-03"
    assert (
        release(
            f"<meta name=dcterms.issued content='2026-13-01'><meta name=date content=2025-01-02>{page}"
        ).metadata.date
        == "2026-02-03"
    )


def test_the_rules_for_plain_text_find_what_markup_does_not_say() -> None:
    read = release("<p>Imprimer</p><p>Brest, le 14 mars 2026</p><p>Le port rouvre.</p><p>Source : Agence Amphion</p>")
    assert [block.kind.value for block in read.blocks] == ["boilerplate", "dateline", "paragraph", "credit"]
    assert read.metadata.date == "2026-03-14"


# ---- inline markup


@pytest.mark.parametrize(
    ("name", "role"),
    [
        ("b", Role.STRONG),
        ("cite", Role.EMPHASIS),
        ("ins", Role.UNDERLINE),
        ("strike", Role.STRIKE),
        ("sup", Role.SUPERSCRIPT),
        ("sub", Role.SUBSCRIPT),
        ("q", Role.QUOTE),
        ("span", Role.OTHER),
        ("ma-balise", Role.OTHER),
    ],
)
def test_inline_elements_have_roles(name: str, role: Role) -> None:
    block = only(f"<p>un <{name}>deux</{name.upper()}> trois")
    assert block.text == "un <g1>deux</g1> trois"
    assert [code.role for code in block.codes] == [role]


def test_code_images_and_what_is_empty_stand_alone() -> None:
    block = only("Tapez <code>a &lt;\n b</code>, <img src=x.png>, <a name=n></a>ou <input type=text> <svg><g/></svg>!")
    assert block.text == "Tapez <ph1>a < b</ph1>, <x2/>, <x3/>ou <x4/> <x5/>!"
    assert [code.role for code in block.codes] == [Role.CODE, Role.IMAGE, Role.OTHER, Role.OTHER, Role.OTHER]


def test_a_picture_is_one_image() -> None:
    read = release("<picture><source srcset=a.webp><img src=a.jpg alt='Le quai'></picture>")
    assert [block.text for block in read.blocks] == ["<x1/>", "Le quai"]
    assert (read.blocks[0].codes[0].href, read.blocks[0].codes[0].blocks) == ("a.jpg", ("p2",))


def test_misnested_tags_keep_their_bytes() -> None:
    assert texts("<p>un <b>deux <i>trois</b> quatre</i> cinq") == ["un <g1>deux <x2/>trois</g1> quatre<x3/> cinq"]
    assert texts("<b><p>un</b> deux") == ["un<x1/> deux"]


def test_links_around_blocks_do_not_hide_them() -> None:
    assert blocks("<a href=x><h3>un</h3><p>deux</p></a>") == [("heading", "un"), ("paragraph", "deux")]


# ---- what is not translated


def test_inline_parts_in_another_language_are_fixed() -> None:
    block = only(
        'Le <i lang="en">hub <b>port</b></i>, <span translate=no>AMARRE</span>, <b class="x notranslate">R</b>.'
    )
    assert block.text == "Le <ph1>hub port</ph1>, <ph2>AMARRE</ph2>, <ph3>R</ph3>."
    assert [(code.role, code.language) for code in block.codes] == [
        (Role.FOREIGN, "en"),
        (Role.OTHER, ""),
        (Role.STRONG, ""),
    ]


def test_translation_can_be_switched_on_again_inside() -> None:
    block = only("Le <span translate=no>fonds AMARRE <b translate=yes>rouvre</b> ici</span>.")
    assert block.text == "Le <g1><ph2>fonds AMARRE</ph2> <g3>rouvre</g3> <ph4>ici</ph4></g1>."
    assert blocks("<div translate=no><p>un</p><p translate=yes>deux</p></div>trois") == [
        ("verbatim", "un"),
        ("paragraph", "deux"),
        ("paragraph", "trois"),
    ]


def test_blocks_in_another_language_are_verbatim_until_french_returns() -> None:
    read = release('<div lang="en"><p>one<p lang="fr-CA">deux<blockquote>three</div><p lang="">quatre')
    assert [(block.kind.value, block.text, block.language) for block in read.blocks] == [
        ("verbatim", "one", "en"),
        ("paragraph", "deux", ""),
        ("verbatim", "three", "en"),
        ("paragraph", "quatre", ""),
    ]
    assert blocks("<p lang=en>one<p>deux<span lang=de><div>drei</div></span>vier") == [
        ("verbatim", "one"),
        ("paragraph", "deux"),
        ("verbatim", "drei"),
        ("paragraph", "vier"),
    ]


def test_a_page_that_says_it_is_english_is_read_with_a_warning() -> None:
    result = verify_round_trip(b'<html lang="en-GB" translate="no"><p>Le port rouvre.', "page.html")
    assert [block.kind for block in result.release.blocks] == [BlockKind.PARAGRAPH]
    (warning,) = result.warnings
    assert warning.startswith("page.html:1:1: <html> says that the page is in “en-GB”")


# ---- attributes


def test_translatable_attributes_have_labels() -> None:
    source = """<p title="a1" data-x="non">mot</p><img alt='b1'><input type=submit value=c1>
    <input value=non placeholder=d1>
    <button aria-label="e1">f</button><video><track label="g1"></video><td abbr=non><table summary="h1"><th abbr=i1>j
    <option label="k1"><iframe title="l1"></iframe><a title="12 m">m</a><link title="non"><optgroup label=n1>
    <svg aria-label="o1"><a title="non"></a></svg><p translate=no title="non">p</p><i lang=en title=non>q</i>"""
    found = [(block.label, block.text) for block in release(source).blocks if block.kind is BlockKind.ATTRIBUTE]
    assert found == [
        ("title", "a1"),
        ("alt", "b1"),
        ("value", "c1"),
        ("placeholder", "d1"),
        ("aria-label", "e1"),
        ("label", "g1"),
        ("summary", "h1"),
        ("abbr", "i1"),
        ("label", "k1"),
        ("title", "l1"),
        ("title", "12 m"),
        ("label", "n1"),
        ("aria-label", "o1"),
    ]


def test_descriptions_of_the_page_are_texts_and_its_name_is_not() -> None:
    source = """<meta name=Description content="un"><meta property="og:title" content="deux">
    <meta name=author content=non>
    <meta property="og:site_name" content="non"><meta name="twitter:description" content='trois'>"""
    assert texts(source) == ["un", "deux", "trois"]


@pytest.mark.parametrize(
    ("source", "written"),
    [
        ('<p title="mot">1', "<p title=\"a &quot;b&quot; &amp; 'c' &lt;&nbsp;e\">1"),
        ("<p title='mot'>1", "<p title='a \"b\" &amp; &#39;c&#39; &lt;&nbsp;e'>1"),
        ("<p title=mot>1", "<p title=\"a &quot;b&quot; &amp; 'c' &lt;&nbsp;e\">1"),
        ("<title>mot</title>1", "<title>a \"b\" &amp; 'c' &lt;&nbsp;e</title>1"),
    ],
)
def test_new_attributes_are_quoted_as_the_source_quotes(source: str, written: str) -> None:
    assert translated(source, {"mot": f"a \"b\" & 'c' <{NBSP}e"}) == written


# ---- character references


@pytest.mark.parametrize(
    ("source", "text", "in_attribute"),
    [
        ("&eacute;&#233;&#xE9;&#Xe9", "éééé", "éééé"),
        ("&copy 1 &copy=1 &copyx", "© 1 ©=1 ©x", "© 1 &copy=1 &copyx"),
        ("&notit; &notin;", "¬it; ∉", "&notit; ∉"),
        ("&AMP;amp; AT&T &foo; &", "&amp; AT&T &foo; &", "&amp; AT&T &foo; &"),
        (
            "&#128;&#x99;&#0;&#xD800;&#x110000;&#99999999999;",
            "€™\ufffd\ufffd\ufffd\ufffd",
            "€™\ufffd\ufffd\ufffd\ufffd",
        ),
        ("&#; &#x; &#xg;", "&#; &#x; &#xg;", "&#; &#x; &#xg;"),
        ("&NotEqualTilde;&fjlig;", "≂̸fj", "≂̸fj"),
    ],
)
def test_references_mean_what_the_standard_says(source: str, text: str, in_attribute: str) -> None:
    assert decoded(source, 0, len(source), attribute=False) == text
    assert decoded(source, 0, len(source)) == in_attribute
    assert texts(f"mot {source}x") == [f"mot {text}x"]


def test_references_to_no_text_stay_as_they_are() -> None:
    block = only("<p title='a&#1;b'>un&#1;deux&#x7F;")
    assert block.text == "un<x1/>deux"
    assert block.codes[0].label == "&#1;"


def test_white_space_at_the_edges_stays_outside() -> None:
    source = "<p> &nbsp; mot&eacute; &nbsp;\n</p>"
    assert texts(source) == ["moté"]
    assert translated(source, {"moté": "word"}) == "<p> &nbsp; word &nbsp;\n</p>"


def test_text_that_looks_like_a_placeholder_is_not_one() -> None:
    assert texts("<p>a &lt;g1&gt; b <b>c</b>") == ["a <\\g1> b <g1>c</g1>"]


# ---- the English page


def test_the_english_page_says_that_it_is_english() -> None:
    source = """<!DOCTYPE html>
<html lang="fr" dir="ltr"><head><meta charset=utf-8>
<meta http-equiv="Content-Language" content="fr"><meta property=og:locale content=fr_FR>
</head><body><p lang="fr-FR">Le port</p><p lang="en">The port</p><i lang=fr>mot</i> fin</body></html>"""
    assert (
        localised(source)
        == """<!DOCTYPE html>
<html lang="en" dir="ltr"><head><meta charset=utf-8>
<meta name="translation-status" content="Machine draft">
<link rel="alternate" hreflang="fr" href="../quai.html">
<meta http-equiv="Content-Language" content="en"><meta property=og:locale content=en_GB>
</head><body><p lang="en">Le port</p><p lang="en">The port</p><i lang=en>mot</i> fin</body></html>"""
    )


def test_what_cannot_be_said_is_left_out() -> None:
    arabic = Localisation("ar", "ar-EG", "rtl", "fr", "", "Brouillon", "Draft")
    assert localised("<html><head><title>A</title></head>", localisation=arabic) == (
        '<html lang="ar" dir="rtl"><head>\n<meta name="translation-status" content="Brouillon"><title>A</title></head>'
    )
    assert localised("<p>Un fragment") == "<p>Un fragment"
    assert localised("<!DOCTYPE html><title>Un</title>").startswith('<!DOCTYPE html><html lang="en"><title>')


def test_xhtml_is_marked_in_its_own_way() -> None:
    source = (
        '<?xml version="1.0"?><html xmlns="http://www.w3.org/1999/xhtml"><head/><body><p>Le&#160;port</p></body></html>'
    )
    read = localised(source, "page.xhtml")
    assert '<html lang="en" xml:lang="en" xmlns=' in read
    assert '<head/>\n<meta name="translation-status"' not in read
    source = source.replace("<head/>", "<head><title/></head>").replace("<html ", '<html xml:lang="fr" ')
    read = localised(source, "page.xhtml")
    assert '<html xml:lang="en" xmlns=' in read
    assert '<head>\n<meta name="translation-status" content="Machine draft" />\n<link rel="alternate" ' in read


# ---- XHTML


def test_xhtml_has_empty_elements_sections_and_entities_of_its_own() -> None:
    source = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE html [<!ENTITY nom "OETP > rien"> <!-- ]> --> ]>
<html xmlns="http://www.w3.org/1999/xhtml"><head><title>Un</title><script src="x.js"/></head>
<body><p/>deux<p>&nom; et <![CDATA[a < b & c]]> &amp; d</p><td/></body></html>"""
    assert texts(source, "page.xhtml") == ["Un", "deux", "<ph1>&nom;</ph1> et a < b & c & d"]
    assert read_release(source.encode(), "page.xhtml").release.blocks[2].codes[0].label == "&nom;"
    assert "e &lt; f &amp;&#160;g &amp; d" in translated(
        source, {"<ph1>&nom;</ph1> et a < b & c & d": f"<ph1>&nom;</ph1> e < f &{NBSP}g & d"}, "page.xhtml"
    )


def test_a_section_at_the_edge_or_over_lines_reads_back() -> None:
    assert texts("<p><![CDATA[ un ]]></p><p><![CDATA[]]>deux</p>", "page.xhtml") == ["un", "deux"]
    assert texts("<pre><![CDATA[un\ndeux]]> trois</pre>", "page.xhtml") == ["<ph1>un deux</ph1> trois"]


def test_in_html_a_section_is_a_comment() -> None:
    assert texts("<p>un<![CDATA[x]]>deux<br/><a/>trois") == ["un<x1/>deux<x2/><x3/>trois"]


# ---- encodings


@pytest.mark.parametrize(
    ("head", "codec"),
    [
        ('<meta charset="utf-8">', "utf-8"),
        ("<META CHARSET=ISO-8859-1>", "cp1252"),
        ("<meta http-equiv=content-type content='text/html; charset=latin1'>", "cp1252"),
        ("<!-- <meta charset=utf-8> --><meta charset='iso-8859-15'>", "iso8859-15"),
        ('<?xml version="1.0" encoding="ISO-8859-1"?>', "cp1252"),
        ("<meta charset=utf-16>", "utf-8"),
        ("<meta charset=klingon>", None),
        ("<meta charset='iso8859-2\">", None),
        ("<meta charset=utf-7>", None),
        (f"<!--{' ' * 1024}--><meta charset=iso-8859-2>", None),
        ("<p>mot", None),
    ],
)
def test_a_page_names_its_encoding(head: str, codec: str | None) -> None:
    assert declared(head.encode()) == codec


def test_xml_declares_exactly() -> None:
    assert declared(b"<?xml version=\"1.0\" encoding='iso-8859-1'?>", xml=True) == "iso8859-1"
    assert charset_of('text/html;charset = "x"') == "x"
    assert charset_of("text/html; charst=x") == ""


def test_a_page_is_read_and_written_in_its_encoding() -> None:
    source = "<meta charset=iso-8859-15><p>Un été à 3 €, œuvre</p>".encode("iso8859-15")
    assert [block.text for block in release(source).blocks] == ["Un été à 3 €, œuvre"]
    assert "<p>Café &#8220;€&#8221; &#9731;</p>" in translated(source, {"Un été à 3 €, œuvre": "Café “€” ☃"})


def test_what_the_encoding_lacks_becomes_a_reference() -> None:
    assert (
        translated("<meta charset=latin1>été".encode("cp1252"), {"été": "“sea” ☃"})
        == "<meta charset=latin1>“sea” &#9731;"
    )
    assert translated(b"<p>port</p>", {"port": "café"}) == "<p>caf&#233;</p>"  # who says nothing is not believed UTF-8
    assert translated("<p>été</p>".encode(), {"été": "café"}) == "<p>café</p>"


def test_utf_8_under_another_name_is_read_as_utf_8() -> None:
    result = verify_round_trip("<meta charset=iso-8859-1><p>Sète</p>".encode(), "page.html")
    assert result.release.blocks[0].text == "Sète"
    assert "the page says that it is cp1252, but all of it is UTF-8" in result.warnings[0]
    asked = read_release("<p>Sète".encode("mac-roman"), "page.html", ReadOptions(encoding="mac-roman"))
    assert asked.release.blocks[0].text == "Sète"


def test_marks_and_utf_16() -> None:
    for codec, mark in (
        ("utf-8", codecs.BOM_UTF8),
        ("utf-16-le", codecs.BOM_UTF16_LE),
        ("utf-16-be", codecs.BOM_UTF16_BE),
    ):
        assert [block.text for block in release(mark + "<meta charset=ascii><p>Sète</p>".encode(codec)).blocks] == [
            "Sète"
        ]


def test_an_encoding_that_cannot_give_the_bytes_back_is_refused_with_the_byte() -> None:
    data = b"<meta charset=iso-2022-jp><p>\x1b$B\x24\x22\x1b(B a</p><p>\x1b$B\x24\x22<b>\x24\x24</b>\x1b(B</p>"
    error = refused(data)
    assert "would write byte" in error.message or "not iso2022_jp" in error.message
    assert error.hint.startswith(("Save the file as UTF-8", "The file is damaged"))


def test_control_characters_are_refused() -> None:
    assert refused(b"<p>a\x00b").message.startswith("U+0000")
    assert refused(b"<p>a\x01b").message.startswith("U+0001")


# ---- the tokenizer


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("a<b>c</B >", [("TEXT", "a"), ("START", "<b>"), ("TEXT", "c"), ("END", "</B >")]),
        ("<a b='>' c=\">\" d=/>e", [("START", "<a b='>' c=\">\" d=/>"), ("TEXT", "e")]),
        ("1 < 2 <3 </ x></><b", [("TEXT", "1 < 2 <3 "), ("COMMENT", "</ x>"), ("IGNORED", "</>"), ("IGNORED", "<b")]),
        ("<!--a--!>b<!-->c<!--->d<!--e", [("COMMENT", "<!--a--!>"), ("TEXT", "b"), ("COMMENT", "<!-->"), ("TEXT", "c"),
                                         ("COMMENT", "<!--->"), ("TEXT", "d"), ("COMMENT", "<!--e")]),
        ("<title>a<b></titlex></title>", [("START", "<title>"), ("RCDATA", "a<b></titlex>"), ("END", "</title>")]),
        ("<script>a</b><!--<script></script>--></SCRIPT >", [
            ("START", "<script>"), ("RAW", "a</b><!--<script></script>-->"), ("END", "</SCRIPT >")]),
        ("<svg><style>a<b></style><![CDATA[>]]></svg><![CDATA[>]]>", [
            ("START", "<svg>"), ("START", "<style>"), ("TEXT", "a"), ("START", "<b>"), ("END", "</style>"),
            ("COMMENT", "<![CDATA[>"), ("TEXT", "]]>"), ("END", "</svg>"), ("COMMENT", "<![CDATA[>"), ("TEXT", "]]>")]),
        ("<svg><desc><title>a<b></title></desc><![CDATA[>]]>", [
            ("START", "<svg>"), ("START", "<desc>"), ("START", "<title>"), ("RCDATA", "a<b>"), ("END", "</title>"),
            ("END", "</desc>"), ("CDATA", "<![CDATA[>]]>")]),
        ("<!doctype html [<!ENTITY a '>'>]>b", [("DOCTYPE", "<!doctype html [<!ENTITY a '>'>]>"), ("TEXT", "b")]),
        ("<plaintext>a</plaintext>", [("START", "<plaintext>"), ("RAW", "a</plaintext>")]),
    ],
)  # fmt: skip
def test_tokens_are_those_of_the_standard(source: str, expected: list[tuple[str, str]]) -> None:
    assert [(token.kind.name, source[token.start : token.end]) for token in tokens(source)] == expected


def test_attributes_have_places() -> None:
    source = '<a B=1 c=\'2\' d = "3" e f= g="\'" =h=i/j b=k>'
    found = attributes(source, 2, len(source))
    assert {name: (source[at.start : at.end], at.quote) for name, at in found.items()} == {
        "b": ("1", ""),
        "c": ("2", "'"),
        "d": ("3", '"'),
        "e": ("", ""),
        "f": ('g="\'"', ""),
        "=h": ("i/j", ""),
    }
    (self_closed, value) = [*tokens("<br/><br a=/>")]
    assert (self_closed.closed, value.closed) == (True, False)


# ---- hard input


@pytest.mark.parametrize(
    "source",
    [
        "<" * 20_000,
        "<a " * 10_000,
        "<a b='" * 10_000,
        "<!--" * 10_000,
        "<!DOCTYPE [<!--" * 4_000,
        "<script>" * 4_000,
        "<title>" * 4_000,
        "&" * 20_000,
        "&a" * 4_000,
        "<svg><desc>" * 1_000 + "</math>" * 1_000 + "x",
        "<div>" * 2_000 + "x" + "</div>" * 2_000,
        "<b><i></b></i>" * 800 + "x",
        "<ul><li>" * 1_000 + "x" + "</p></div>" * 1_000,
        "<table><tr><td>" * 600 + "x",
        "<table>" + "<td colspan=1000 rowspan=65534>a" * 600,
        "<i translate=no>" * 800 + "<b translate=yes>x" + "</i>" * 800,
        "<pre>" + "x\n" * 800,
        "<code>" * 1_000 + "x",
        "mot\u2028" * 4_000,
    ],
    ids=lambda source: source[:12].strip(),
)
def test_hostile_pages_are_read_in_time_or_refused(source: str) -> None:
    try:
        release(source)
    except SourceError as error:
        assert error.message == "the file holds no text"


def test_a_page_that_is_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html, "MAX_TOKENS", 10)
    assert texts("<b>a</b>" * 3)
    assert "more than 10 tags and stretches of text" in refused(b"<b>a</b>" * 4).message


# ---- laws

_NAMES = (
    "p div b i span a ul ol li dl dt dd table tr td th tbody caption h1 h2 blockquote pre code br img input figure svg "
    "math title script style textarea template select option button label video picture object iframe noscript html "
    "head body meta q xmp plaintext wbr section foreignObject main article dialog nav header"
)
_VALUES = (
    "lang=en|lang=\"fr\"|translate=no|translate='yes'|class=notranslate|title='l&apos;été'|title=mot|alt='&eacute; 1'|"
    "href='?b&amp;c'|colspan=2|rowspan=0|type=submit value=ok|charset=utf-8|name=description content='mot'|x=\"|y='|/|"
    "role=presentation|title='a\nb'|title='&#1;'|title='&copy=1'|dir=rtl|property=og:locale content=fr_FR|"
    "hidden|style=display:none|role=main|aria-controls=x|id=x|href='#x'"
)
_ATTRIBUTES = st.sampled_from(_VALUES.split("|"))
_WORDS = st.sampled_from(
    [
        *(
            "Le port rouvre. ",
            "mot",
            "\n ",
            "&nbsp;",
            "&eacute;",
            "&amp;",
            "&lt;b&gt;",
            "&#233",
            "&foo;",
            "&",
            "<",
            ">",
        ),
        *(
            '"',
            "é",
            NBSP,
            "\u2028",
            "<!-- c -->",
            "<!--",
            "<![CDATA[ x ]]>",
            "<![CDATA[x\ny]]>",
            "<![CDATA[]]>",
            "<?pi?>",
        ),
        *("</>", "</ x>", "<!DOCTYPE html>", "&#1;", "&#10;", "&Tab;", "\r\n", "<g1>", "&lt;g1&gt;", "\\", "<br><br>"),
        *("<br>", "</p>", "{x}", "\ufeff", "-->"),
    ]
)
_TAGS = st.builds(
    "<{}{}{}{}>".format,
    st.sampled_from(["", "", "/"]),
    st.sampled_from(_NAMES.split()),
    st.lists(_ATTRIBUTES.map(" {}".format), max_size=2).map("".join),
    st.sampled_from(["", "", " ", "/"]),
)
SOUP = st.lists(_TAGS | _WORDS, max_size=25).map("".join)


@given(SOUP, st.sampled_from(["x.html", "x.xhtml"]))
@settings(max_examples=120)
@example("<p><![CDATA[x]]><noscript>&", "x.xhtml")
@example("a<br>&NewLine;<br>b", "x.html")
@example("a<br><![CDATA[]]><br>b", "x.xhtml")
def test_any_soup_round_trips_or_holds_no_text(source: str, path: str) -> None:
    """Identical bytes with its own text, and the same blocks with every text spelled anew."""
    try:
        read = release(source, path)
    except SourceError as error:
        assert error.message == "the file holds no text"
    else:
        assemble(read.skeleton, {block.id: block.text for block in read.blocks}, ENGLISH)


_PARTS = st.recursive(
    st.sampled_from(["<p>Le bac part à l’aube.", "<h1>La Vigie</h1>", "<figure>Le quai</figure>", "<p>x" * 10]),
    lambda parts: st.builds(
        "<{0}>{1}</{0}>".format,
        st.sampled_from(["main", "article", "article", "nav", "header", "footer", "aside", "div", "section"]),
        st.lists(parts, max_size=5).map("".join),
    ),
    max_leaves=20,
)


@given(_PARTS)
@settings(max_examples=120)
def test_no_page_loses_its_headline_or_most_of_its_text(source: str) -> None:
    source = f"<p>zéro{source}"
    every, found = content(source, "visible")[0], content(source, "auto")[0]
    assert found.count("La Vigie") == every.count("La Vigie")
    apart = source.count("nav>") + source.count("footer>") + source.count("header>") + source.count("aside>")
    if not apart:
        assert len("".join(found)) >= 0.75 * len("".join(every))
        assert found.count("Le quai") == every.count("Le quai")


_NEW = st.sampled_from(
    ["& \"q\" 'a' <b>x</b> œ", "&eacute;", "</p><p>", "<g1>", f"a{NBSP}b", "-->", "]]>", "{0}", "</title>"]
)


@given(SOUP, st.sampled_from(["x.html", "x.xhtml"]), st.lists(_NEW, min_size=1, max_size=4))
@settings(max_examples=80)
def test_a_translation_is_read_as_it_was_meant(source: str, path: str, words: list[str]) -> None:
    try:
        read = read_release(source.encode(), path).release
    except SourceError:
        return
    new = {
        block.id: block.text if block.kind is BlockKind.VERBATIM else _translated(block.text, words)
        for block in read.blocks
    }
    again = read_release(assemble(read.skeleton, new), path).release
    assert [block.text for block in again.blocks] == [*new.values()]


def _translated(text: str, words: list[str]) -> str:
    made = []
    for at, token in enumerate(tokenize(text)):
        core = "" if isinstance(token, Tag) else token.strip()
        if any(map(str.isalnum, core)):
            made.append(str(token).replace(core, f"a{escape(words[at % len(words)])}z"))
        else:
            made.append(str(token))
    return "".join(made)


@given(st.text(alphabet="<>/!-?ab \"'=&;#[]\n" + NBSP, max_size=60), st.booleans())
def test_tokens_tile_any_text(source: str, xml: bool) -> None:
    at = 0
    for token in tokens(source, xml=xml):
        assert token.start == at < token.end
        at = token.end
        if token.kind is Kind.START:
            for value in attributes(source, token.attributes, token.end).values():
                assert token.attributes <= value.start <= value.end < token.end
    assert at == len(source)


def test_slots_have_the_styles_that_spell_knows() -> None:
    read = release("<title>a</title><p title='b' lang=\"fr\">c<img alt=d>")
    styles = {piece.style for piece in read.skeleton.pieces if isinstance(piece, Slot)}
    assert styles == {"text", "single"}
