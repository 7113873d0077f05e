"""The templates of all pages, ours or a project's own, and what each of them may use.

All text passes Jinja's autoescape or the one in ``passages``; style sheet and script stand in the page itself, each
named by its SHA-256 in the page's Content-Security-Policy, so that a page works from a disk or an e-mail and runs
nothing but what we wrote. A project's templates run in Jinja's sandbox and are told with file and line where they fail.
"""

from __future__ import annotations

import base64
import hashlib
import json
import traceback
from collections.abc import Mapping
from functools import cache, lru_cache
from importlib.resources import files
from types import TracebackType

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from markupsafe import Markup

from toolkit.editions.about import Template, Theme
from toolkit.editions.interface import base, both, both_in, both_plural, say
from toolkit.editions.labels import (
    MARKS,
    MEANINGS,
    banner,
    long_date,
    machine_date,
    notice,
    open_graph_locale,
    own_name,
    summary_en,
    summary_fr,
    summary_words,
)
from toolkit.editions.structure import bar, clean
from toolkit.errors import ConfigError

NO_THEME = Theme()
#: What a faulty template raises, besides Jinja's own errors, when it is rendered.
_FAULTS = (TypeError, ValueError, AttributeError, LookupError, ArithmeticError, RecursionError)


def shared_context(
    script: str, *styles: str, theme: Theme = NO_THEME, only: str = "", root: str = ""
) -> dict[str, object]:
    """Names that every template may use: style and script with their hashes, labels, dates, texts that are safe.

    Args:
        script: file of the page's script.
        styles: files of its style sheet.
        theme: what follows them.
        only: language of a page that has one language only; "" for both.
        root: from the page to the folder with index.html: "" or "../".
    """
    return {
        **_inline(script, styles, theme),
        "only": base(only),
        "ui": "fr" if base(only) == "fr" else "en",
        "root": root,
        "notice": notice,
        "banner": banner,
        "both": both,
        "both_in": both_in,
        "both_plural": both_plural,
        "say": say,
        "MARKS": MARKS,
        "MEANINGS": MEANINGS,
        "base": base,
        "clean": clean,
        "long_date": long_date,
        "machine_date": machine_date,
        "open_graph_locale": open_graph_locale,
        "own_name": own_name,
        "summary_en": summary_en,
        "summary_fr": summary_fr,
        "summary_words": summary_words,
        "bar": bar,
    }


@lru_cache(maxsize=32)
def _inline(script: str, styles: tuple[str, ...], theme: Theme) -> Mapping[str, str]:
    """Style and script with their hashes; all pages of a kind have the same."""
    style, code = "\n".join([*map(static, styles), *theme_style(theme)]), static(script)
    return {
        "style": Markup(style),  # noqa: S704 - our own file and a checked one: CSS must not be escaped in a style element
        "script": Markup(code),  # noqa: S704 - our own file, as above
        "style_hash": csp_hash(style),
        "script_hash": csp_hash(code),
    }


def render(template: str, *, theme: Theme = NO_THEME, **context: object) -> str:
    """Render a template of ours, or the theme's of that name; a name it does not get is an error.

    Raises:
        ConfigError: a template of the theme is wrong; it says where.
    """
    try:
        return _environment(theme.templates).get_template(template).render(**context)
    except (jinja2.TemplateError, *_FAULTS) as error:
        where = _place(error, theme)
        if not where:
            raise
        raise _wrong(error, where) from error


def check_templates(theme: Theme) -> None:
    """Whether the templates of a theme can be read at all.

    Raises:
        ConfigError: one of them breaks Jinja's syntax.
    """
    for template in theme.templates:
        try:
            _environment(theme.templates).get_template(template.name)
        except jinja2.TemplateSyntaxError as error:
            where = _place(error, theme) or f"{template.path}:{error.lineno}"  # the lexer names no file
            raise _wrong(error, where) from error


def _wrong(error: Exception, where: str) -> ConfigError:
    hint = "docs/theming.md lists the blocks and names that templates have; mend it or take it out of there"
    return ConfigError(f"this template does not work: {error}", where=where, hint=hint)


def _place(error: Exception, theme: Theme) -> str:
    """File and line of the theme's template that an error comes from; "" where it is not one of them."""
    own = {template.path for template in theme.templates}
    if isinstance(error, jinja2.TemplateSyntaxError):
        return f"{error.filename}:{error.lineno}" if error.filename in own else ""
    trace: TracebackType | None = error.__traceback__
    frames = [frame for frame in traceback.extract_tb(trace) if frame.filename in own]
    return f"{frames[-1].filename}:{frames[-1].lineno}" if frames else ""


def theme_style(theme: Theme) -> list[str]:
    """What a theme adds to the style sheet."""
    light = [("--accent", theme.accent), ("--paper", theme.paper), ("--serif", theme.font)]
    rules = [_root(light)]
    if theme.accent_dark:
        rules.append(f"@media (prefers-color-scheme: dark) {{ {_root([('--accent', theme.accent_dark)])} }}")
    if theme.accent or theme.paper:  # on paper everything is black on white
        rules.append("@media print { :root { --accent: #000; --paper: #fff; } }")
    if theme.paper:
        rules.insert(1, "@media (prefers-color-scheme: dark) { :root { --paper: #171614; } }")
    return [rule for rule in (*rules, theme.style.replace("\r\n", "\n").strip()) if rule]


def _root(values: list[tuple[str, str]]) -> str:
    said = " ".join(f"{name}: {value};" for name, value in values if value)
    return f":root {{ {said} }}" if said else ""


def script_json(data: object) -> Markup:
    """JSON that can stand in a script element or a script file: no ``<``, no line separators of old JavaScript."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return Markup(text)  # noqa: S704 - nothing that HTML could read as markup is left


def csp_hash(text: str) -> str:
    """The hash-source of an inline style or script (CSP level 3, section 2.3.1)."""
    digest = hashlib.sha256(text.encode()).digest()
    return f"sha256-{base64.b64encode(digest).decode()}"


# -- files of the package -----------------------------------------------------------------------------------------


@cache
def static(name: str) -> str:
    """A style sheet or script of ours, as it stands between its tags.

    Browsers hash the content after normalising line ends, the Nu checker after trimming it: LF and no outer space
    give both the same.
    """
    text = files("toolkit.editions").joinpath("static", name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip()


@lru_cache(maxsize=4)
def _environment(own: tuple[Template, ...]) -> jinja2.Environment:
    kind = ImmutableSandboxedEnvironment if own else jinja2.Environment
    return kind(
        loader=jinja2.ChoiceLoader([_own_loader(own), jinja2.FunctionLoader(_ours), _original_loader()]),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _own_loader(own: tuple[Template, ...]) -> jinja2.BaseLoader:
    found = {template.name: template for template in own}

    def load(name: str) -> tuple[str, str, None] | None:
        template = found.get(name)
        return (template.text, template.path, None) if template else None

    return jinja2.FunctionLoader(load)


def _original_loader() -> jinja2.BaseLoader:
    """Ours under "original/page.html.j2", for a theme's template of the same name to extend."""
    return jinja2.PrefixLoader({"original": jinja2.FunctionLoader(_ours)})


def _ours(name: str) -> str | None:
    """A template of the package by its name alone: a path, which a theme's template might ask for, is none of ours."""
    if "/" in name or "\\" in name or name.startswith("."):
        return None
    file = files("toolkit.editions").joinpath("templates", name)
    return file.read_text(encoding="utf-8") if file.is_file() else None
