"""A project's own look: colours that can be read, files that are its own, templates that say where they are wrong."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from tests.edition_sample import sample
from tests.running import toolkit
from toolkit.editions.about import SiteInfo
from toolkit.editions.html import render_monolingual, render_page
from toolkit.editions.templating import static
from toolkit.errors import ConfigError
from toolkit.project import Project, open_project
from toolkit.themes import DARK, ENOUGH, INK, LIGHT, SOFT, contrast, load_theme, readable

_COLOUR = st.integers(0, 0xFFFFFF).map(lambda number: f"#{number:06x}")


def project(folder: Path, theme: str, **files: str) -> Project:
    (folder / "toolkit.toml").write_text(f"[theme]\n{theme}\n", encoding="utf-8")
    (folder / "source").mkdir(exist_ok=True)
    for name, text in files.items():
        path = folder / name.replace("__", "/").replace("_DOT_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return open_project(folder)


def test_contrast_is_that_of_the_guideline() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)  # the example everybody knows
    assert contrast("#123456", "#123456") == 1


@given(_COLOUR, st.sampled_from([LIGHT, DARK]))
def test_any_colour_becomes_readable_and_a_readable_one_stays(colour: str, papers: tuple[str, ...]) -> None:
    found = readable(colour, papers)
    assert min(contrast(found, paper) for paper in papers) >= ENOUGH
    assert readable(found, papers) == found


def test_the_papers_are_those_of_the_style_sheet() -> None:
    style = static("base.css")
    for name, values in (("paper", (LIGHT[0], DARK[0])), ("faint", (LIGHT[1], DARK[1])), ("lit", (LIGHT[2], DARK[2]))):
        assert re.findall(rf"--{name}: (#\w{{6}})", style)[:2] == list(values)
    assert re.findall(r"--(?:ink|soft): (#\w{6})", style)[:2] == [INK, SOFT]
    for accent, papers in zip(re.findall(r"--accent: (#\w{6})", style), (LIGHT, DARK), strict=False):
        assert min(contrast(accent, paper) for paper in papers) >= ENOUGH


def test_a_theme_reaches_the_pages(tmp_path: Path) -> None:
    made = project(
        tmp_path,
        'accent = "#ffcc00"\npaper = "#ffffff"\nfont = "Charter, Georgia"\nlogo = "t/logo.svg"\ncss = "t/own.css"\n'
        'templates = "t/templates"',
        t__logo_DOT_svg="<svg xmlns='http://www.w3.org/2000/svg'/>",
        t__own_DOT_css=".rows { font-size: 2rem }\r\n",
        t__templates__page_DOT_html_DOT_j2='{% extends "original/page.html.j2" %}\n'
        '{% block colophon %}<p id="own">{{ say(ui, "Date") }}</p>{{ super() }}{% endblock %}',
    )
    told: list[str] = []
    theme = load_theme(made, told.append)
    assert len(told) == 1
    assert "#ffcc00" in told[0]
    assert theme.files == {"assets/logo.svg": b"<svg xmlns='http://www.w3.org/2000/svg'/>"}
    for text, root in (
        (render_page(sample(), SiteInfo(theme=theme)), ""),
        (render_monolingual(sample(), SiteInfo(theme=theme), "fr"), "../"),
    ):
        assert f"--accent: {theme.accent}; --paper: #ffffff; --serif: Charter, Georgia, serif;" in text
        assert ".rows { font-size: 2rem }\n" in text or ".rows { font-size: 2rem }</style>" in text
        tree = html.document_fromstring(text)
        assert tree.xpath("//header//img/@src") == [f"{root}assets/logo.svg"]
        assert tree.xpath("string(//p[@id='own'])") == "Date"
        assert tree.xpath("boolean(//footer)")


@pytest.mark.parametrize(
    ("theme", "files", "where", "said"),
    [
        ('paper = "#555555"', {}, "toolkit.toml", "contrast"),
        ('font = "x; } body { display: none"', {}, "toolkit.toml", "fonts"),
        ('logo = "logo.bmp"', {"logo_DOT_bmp": "x"}, "logo.bmp", "cannot be a .bmp"),
        ('logo = "logo.png"', {}, "logo.png", "No such file"),
        ('logo = "../logo.png"', {}, "../logo.png", "outside"),
        ('css = "own.css"', {"own_DOT_css": "p {}\n</style><b>"}, "own.css:2", "cannot hold"),
        ('css = "own.css"', {"own_DOT_css": '@import "x";'}, "own.css:1", "cannot hold"),
        ('templates = "none"', {}, "none", "no such folder"),
        ('templates = "/usr/share"', {}, "/usr/share", "outside"),
        ('templates = "t"', {"t__page_DOT_html_DOT_j2": "one\n{% if %}"}, "t/page.html.j2:2", "does not work"),
        ('templates = "t"', {"t__page_DOT_html_DOT_j2": "one\n{# x"}, "t/page.html.j2:2", "does not work"),
    ],
)
def test_what_is_wrong_is_told_with_its_place(
    tmp_path: Path, theme: str, files: dict[str, str], where: str, said: str
) -> None:
    with pytest.raises(ConfigError, match=said) as caught:
        load_theme(project(tmp_path, theme, **files))
    assert caught.value.where.startswith(where)
    assert caught.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "one\n{% include '/etc/hostname' %}",
        "one\n{% include '../../../toolkit.toml' %}",
        "one\n{{ nobody }}",
        "one\n{{ counts.total / 0 }}",
        "one\n{{ ''.__class__.__mro__[1].__subclasses__() }}",
    ],
)
def test_a_template_that_fails_when_it_is_used_says_where(tmp_path: Path, text: str) -> None:
    theme = load_theme(project(tmp_path, 'templates = "t"', t__page_DOT_html_DOT_j2=text))
    with pytest.raises(ConfigError) as caught:
        render_page(sample(), SiteInfo(theme=theme))
    assert caught.value.where == "t/page.html.j2:2"


def test_a_colour_that_is_none_is_refused_by_the_settings(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"#0b5c7d.*accent"):
        project(tmp_path, 'accent = "red"')


def test_a_site_with_a_theme_on_the_command_line(tmp_path: Path) -> None:
    project(
        tmp_path,
        'accent = "#eeeeee"\nlogo = "logo.png"',
        logo_DOT_png="no image, but nobody looks",
        source__note_DOT_txt="Le port est ouvert.\n",
    )
    assert toolkit(tmp_path, "extract").returncode == 0
    done = toolkit(tmp_path, "publish")
    assert done.returncode == 0, done
    assert "#eeeeee" in str(done)
    for name in ("note.html", "fr/note.html", "en/note.html"):
        assert "assets/logo.png" in (tmp_path / "output" / name).read_text(encoding="utf-8")
    assert (tmp_path / "output" / "assets" / "logo.png").exists()
