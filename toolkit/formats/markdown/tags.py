"""HTML tags inside a Markdown paragraph: which are pairs, which stand alone, and what they hold untranslated."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from toolkit.formats.html.elements import ROLES
from toolkit.model import Code, Role

_NAME = re.compile(r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9-]*)")
_ATTRIBUTE = re.compile(
    r"""(?<=[\s"'])(?P<name>[A-Za-z_:][\w.:-]*)\s*=\s*(?:"(?P<double>[^"]*)"|'(?P<single>[^']*)'|(?P<bare>[^\s"'=<>`]+))"""
)
#: HTML's void elements (HTML Living Standard, section 13.1.2).
_VOID = frozenset(
    ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"]
)
#: What is in these is no text to translate.
_OPAQUE = frozenset({"code", "kbd", "samp", "var", "tt", "script", "style", "svg", "math"})


@dataclass(frozen=True, slots=True)
class HtmlTag:
    """One tag.

    Attributes:
        name: in lower case.
        code: what it is for a reader.
        alone: it has no end tag.
        opaque: what it holds is not translated.
        alt: (start, end, text) of an image's alternative text in the tag; None where there is none.
    """

    name: str
    code: Code
    closes: bool = False
    alone: bool = False
    opaque: bool = False
    alt: tuple[int, int, str] | None = None


def html_tag(raw: str, language: str) -> HtmlTag | None:
    """A tag as it stands in the source; None for comments, declarations and processing instructions."""
    named = _NAME.match(raw)
    if named is None:
        return None
    name = named["name"].lower()
    if named["close"]:
        return HtmlTag(name, Code(0), closes=True)
    values: dict[str, re.Match[str]] = {}
    for match in _ATTRIBUTE.finditer(raw, named.end()):
        values.setdefault(match["name"].lower(), match)
    said = {key: _value(match) for key, match in values.items()}
    foreign = said.get("lang", said.get("xml:lang", ""))
    foreign = foreign if _primary(foreign) not in ("", _primary(language)) else ""
    role = Role.FOREIGN if foreign else ROLES.get(name, Role.OTHER)
    alt = values.get("alt") if name == "img" else None
    return HtmlTag(
        name,
        Code(0, role, href=said.get("href" if name == "a" else "src", ""), language=foreign),
        alone=name in _VOID or raw.endswith("/>"),
        opaque=name in _OPAQUE
        or bool(foreign)
        or said.get("translate", "").lower() == "no"
        or "notranslate" in said.get("class", "").split(),
        alt=(*alt.span("double"), said["alt"]) if alt and alt["double"] is not None else None,
    )


def _value(match: re.Match[str]) -> str:
    return html.unescape(match["double"] or match["single"] or match["bare"] or "")


def _primary(language: str) -> str:
    return language.lower().partition("-")[0]


_MARKUP = re.compile(r"<!--.*?(?:-->|$)|<(script|style)\b.*?(?:</\1|$)|<[^>]*>?|&#?\w+;", re.DOTALL | re.IGNORECASE)


def has_words(block: str) -> bool:
    """Whether a block of HTML shows any words."""
    return any(map(str.isalpha, _MARKUP.sub(" ", block)))
