"""toolkit.toml's [theme] → the look of a site's pages, checked: colours that can be read, files that are the project's.

Contrast is that of WCAG 2.2 (success criterion 1.4.3): 4.5 to 1 for text, measured on every paper that the text may
stand on. A colour that falls short is darkened, or lightened, until it does not, and the person is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from pathlib import Path

from toolkit.editions.about import Picture, Template, Theme
from toolkit.editions.templating import check_templates
from toolkit.errors import ConfigError
from toolkit.project import Project
from toolkit.settings import FILE_NAME

#: Least contrast of text (WCAG 2.2, 1.4.3), and of the body of a text that is read at length (1.4.6).
ENOUGH, AMPLE = 4.5, 7.0
#: What text stands on, in base.css: paper, table heads, a marked sentence.
LIGHT, DARK = ("#fcfbf8", "#efebe2", "#fbefc7"), ("#171614", "#211f1c", "#43380f")
#: The light scheme's text, and its quieter text.
INK, SOFT = "#1d1b18", "#625d55"

_LOGOS = frozenset({".png", ".jpg", ".jpeg", ".svg", ".webp", ".gif"})
_LARGEST = 1_000_000
_FONT = re.compile(r"[\w\s,.'\"’-]+")
_NOT_IN_STYLE = re.compile(r"</|<!--|@import|[\x00-\x08\x0b\x0c\x0e-\x1f]", re.IGNORECASE)
_DOCS = "docs/theming.md has examples"


def load_theme(project: Project, notify: Callable[[str], None] = lambda message: None) -> Theme:
    """Read a project's theme.

    Args:
        project: whose toolkit.toml names it.
        notify: is told of a colour that had to be changed.

    Raises:
        ConfigError: a file is missing, too large or of the wrong kind, a colour cannot be read on, a template is wrong.
    """
    table = project.settings.theme
    paper = table.paper
    for text, least in ((INK, AMPLE), (SOFT, ENOUGH)) if paper else ():
        if contrast(text, paper) < least:
            raise ConfigError(
                f"text cannot be read well on paper {paper}: its contrast is {contrast(text, paper):.1f} to 1",
                where=f"{FILE_NAME} [theme]",
                hint="choose a lighter paper; the dark scheme keeps its own",
            )
    light = (paper, *LIGHT[1:]) if paper else LIGHT
    accent = _readable("accent", table.accent, light, notify)
    # Without a colour for the dark scheme the same one serves, as light as it must be there.
    dark = _readable("accent_dark", table.accent_dark, DARK, notify) or readable(table.accent, DARK)
    if table.font and not _FONT.fullmatch(table.font):
        raise ConfigError(
            f"“{table.font}” is no list of fonts",
            where=f"{FILE_NAME} [theme] font",
            hint="as in: Charter, Georgia, serif",
        )
    theme = Theme(
        accent=accent,
        accent_dark=dark,
        paper=paper,
        font=f"{table.font}, serif" if table.font else "",
        logo=_logo(project, table.logo),
        style=_style(project, table.css),
        templates=tuple(_templates(project, table.templates)),
    )
    check_templates(theme)
    return theme


# -- colours ------------------------------------------------------------------------------------------------------


def contrast(one: str, other: str) -> float:
    """The contrast of two colours "#rrggbb": from 1, the same, to 21, black on white (WCAG 2.2, "contrast ratio")."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def readable(colour: str, papers: Iterable[str]) -> str:
    """The colour, or the nearest darker or lighter one that can be read on each of these papers; "" for ""."""
    if not colour:
        return ""
    papers = tuple(papers)
    end = "#000000" if _luminance(papers[0]) > 0.18 else "#ffffff"
    for step in range(101):
        mixed = _mixed(colour, end, step / 100)
        if all(contrast(mixed, paper) >= ENOUGH for paper in papers):
            return mixed
    return end


def _readable(name: str, colour: str, papers: tuple[str, ...], notify: Callable[[str], None]) -> str:
    found = readable(colour, papers)
    if found != colour.lower():
        least = min(contrast(colour, paper) for paper in papers)
        notify(
            f"{FILE_NAME} [theme] {name}: {colour} has a contrast of {least:.1f} to 1 where it must have {ENOUGH}; "
            f"pages use {found}"
        )
    return found


def _luminance(colour: str) -> float:
    """Relative luminance, from 0, black, to 1, white (WCAG 2.2)."""
    parts = [value / 255 for value in bytes.fromhex(colour[1:])]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _mixed(one: str, other: str, share: float) -> str:
    pairs = zip(bytes.fromhex(one[1:]), bytes.fromhex(other[1:]), strict=True)
    return "#" + bytes(round(a + (b - a) * share) for a, b in pairs).hex()


# -- files --------------------------------------------------------------------------------------------------------


def _logo(project: Project, name: str) -> Picture | None:
    if not name:
        return None
    suffix = Path(name).suffix.lower()
    if suffix not in _LOGOS:
        raise ConfigError(
            f"a logo cannot be a {suffix or 'file without suffix'}",
            where=name,
            hint=f"save it as one of {', '.join(sorted(_LOGOS))}",
        )
    return Picture(f"assets/logo{suffix}", _file(project, name))


def _style(project: Project, name: str) -> str:
    if not name:
        return ""
    text = _text(project, name)
    found = _NOT_IN_STYLE.search(text)
    if found:
        line = text.count("\n", 0, found.start()) + 1
        raise ConfigError(
            f"a page's style sheet cannot hold {found[0]!r}",
            where=f"{name}:{line}",
            hint="pages load nothing from elsewhere and hold their style sheet themselves: write the rules here",
        )
    return text


def _templates(project: Project, name: str) -> Iterable[Template]:
    if not name:
        return
    folder = (project.root / name).resolve()
    if not folder.is_relative_to(project.root.resolve()):
        raise ConfigError("lies outside the project", where=name, hint="copy it into the project's folder")
    if not folder.is_dir():
        raise ConfigError(
            "there is no such folder of templates", where=name, hint=f"make it, or correct toolkit.toml; {_DOCS}"
        )
    for path in sorted(folder.rglob("*.j2")):
        shown = path.relative_to(project.root).as_posix()
        yield Template(path.relative_to(folder).as_posix(), shown, _text(project, shown))


def _text(project: Project, name: str) -> str:
    try:
        return _file(project, name).decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8", where=name, hint="save it as UTF-8 in your text editor") from error


def _file(project: Project, name: str) -> bytes:
    try:
        path = (project.root / name).resolve()
        if not path.is_relative_to(project.root.resolve()):
            raise ConfigError("lies outside the project", where=name, hint="copy it into the project's folder")
        if path.stat().st_size > _LARGEST:
            raise ConfigError("is larger than 1 MB", where=name, hint="every page has it: make it smaller")
        return path.read_bytes()
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ConfigError(
            f"cannot be read: {reason}", where=name, hint="correct its path under [theme] in toolkit.toml"
        ) from error
