"""What the attributes of a start tag say: texts to translate, languages to change, where a link goes."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date

from toolkit.formats.decoding import FORBIDDEN, position
from toolkit.formats.flow import Flow
from toolkit.formats.html.addresses import base_of, resolved
from toolkit.formats.html.elements import (
    BUTTONS,
    META,
    META_DATES,
    SILENT,
    TRANSLATABLE,
    TRANSLATABLE_ON,
    UNTITLED,
)
from toolkit.formats.html.references import decoded
from toolkit.formats.html.stack import Mode
from toolkit.formats.html.survey import Survey
from toolkit.formats.html.tokens import Attribute, Token
from toolkit.model import Code, Role

#: A tag without any of these says nothing of interest.
_INTERESTING = re.compile(
    "lang|transl|title|aria-|alt|placeholder|label|abbr|summary|value|date|href|src|start|span|role|charset|content|dir",
    re.IGNORECASE,
)
_LANGUAGE = re.compile(r"[a-zA-Z]{2,8}(?:-[a-zA-Z0-9]{1,8})*")
#: Languages that say nothing of a language (BCP 47, section 4.1).
_UNKNOWN = frozenset({"und", "mul"})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_STYLES = {'"': "double", "'": "single", "": "bare"}
#: Classes by which syntax highlighters and converters mark a program's text.
_PROGRAM = re.compile(r"(?:^|\s)(?:lang(?:uage)?-|hljs|highlight|prettyprint|sourceCode|code\b|brush:)", re.IGNORECASE)

#: Before Python 3.12 it takes long to look up a member of an enumeration.
_LINK, _IMAGE = Role.LINK, Role.IMAGE

Attributes = Mapping[str, Attribute]
_NONE: Attributes = {}


def is_text(element: str, name: str, found: Attributes, source: str) -> bool:
    """Whether an attribute's value is text.

    Args:
        element: which has it.
        name: of the attribute.
        found: all of the element's.
        source: of the page.
    """
    if name in TRANSLATABLE:
        return element not in UNTITLED
    if name != TRANSLATABLE_ON.get(element):
        return False
    kind = found.get("type")
    return element != "input" or (kind is not None and decoded(source, kind.start, kind.end).lower() in BUTTONS)


class Tags:
    """Reads the start tags of one page and tells the flow what is in them.

    Attributes:
        dates: of publication, by the name of what says so.
        warnings: what a person should know.
    """

    def __init__(self, survey: Survey, flow: Flow, path: str, language: str) -> None:
        self.dates: dict[str, str] = {}
        self.warnings: list[str] = []
        self._survey, self._source, self._flow = survey, survey.source, flow
        self._path, self._language = path, language
        self._main = language.lower().partition("-")[0]
        self._base = base_of(survey)

    def of(self, at: int) -> Attributes:
        """The attributes of a start tag; none where none matters."""
        token = self._survey.tokens[at]
        if token.end - token.attributes < 4 or not _INTERESTING.search(self._source, token.attributes, token.end):
            return _NONE
        return self._survey.attributes(at)

    def value(self, found: Attributes, name: str) -> str | None:
        """What an attribute means; None when it is not there."""
        at = found.get(name)
        return None if at is None else decoded(self._source, at.start, at.end)

    def mode(self, found: Attributes, around: Mode) -> Mode:
        """What holds in an element: ``around`` itself when it does not say otherwise."""
        if not found:
            return around
        language, translate = around.language, around.translate
        said = self._said_language(found)
        if said is not None:
            language = said
        asked = self.value(found, "translate")
        if asked is not None and asked.lower() in ("yes", "no", ""):
            translate = asked.lower() != "no"
        elif "notranslate" in (self.value(found, "class") or "").split():
            translate = False
        if (language, translate) == (around.language, around.translate):
            return around
        return replace(around, language=language, translate=translate, on=translate and not self.is_foreign(language))

    def is_foreign(self, language: str) -> bool:
        """Whether a language is known and not the page's."""
        return bool(language) and language.lower().partition("-")[0] != self._main

    def is_program(self, at: int) -> bool:
        """Whether the class in a start tag says that the element holds a program."""
        return bool(_PROGRAM.search(self.value(self._survey.attributes(at), "class") or ""))

    def _said_language(self, found: Attributes) -> str | None:
        said = self.value(found, "xml:lang") if self._survey.xml and "xml:lang" in found else self.value(found, "lang")
        if said is None:
            return None
        said = said.strip().replace("_", "-")
        return said if _LANGUAGE.fullmatch(said) and said.lower() not in _UNKNOWN else ""

    # -- what the flow is told ------------------------------------------------------------------------------------

    def texts(self, token: Token, found: Attributes, mode: Mode) -> None:
        """The translatable attributes of an element in which ``mode`` holds; and its language, if that is to change."""
        if not found or not mode.on:
            return
        for each, at in found.items():
            if is_text(token.name, each, found, self._source):
                self._text(at, each)
            elif each in ("lang", "xml:lang"):
                self._relabel(at)

    def inner_texts(self, start: int, end: int, mode: Mode) -> None:
        """Those of the start tags from token ``start`` to ``end``, in an element that stands as a whole."""
        silent = -1
        for at in range(start, end + 1):
            token = self._survey.tokens[at]
            if at <= silent or not token.attributes:
                continue
            if token.name not in SILENT and (found := self.of(at)):
                self.texts(token, found, self.mode(found, mode))
            if token.name in SILENT or token.name == "svg":
                silent = max(at, self._survey.ends[at])

    def _text(self, at: Attribute, label: str) -> None:
        text = decoded(self._source, at.start, at.end)
        if not FORBIDDEN.search(text):
            self._flow.attribute(at.start, at.end, text, label, self.style(_STYLES[at.quote]))

    def style(self, name: str) -> str:
        """Of a slot: "double", "single" and "bare" by its quotes, or "text"; XHTML has styles of its own."""
        return f"xml-{name}" if self._survey.xml else name

    def _relabel(self, at: Attribute) -> None:
        """A language tag that says French: in the translation it says otherwise."""
        said = self._source[at.start : at.end].strip().lower().replace("_", "-")
        if said.partition("-")[0] == self._main:
            self._flow.localise(at.start, at.end, "{language}")

    # -- the page as a whole --------------------------------------------------------------------------------------

    def root(self, token: Token, found: Attributes) -> None:
        """``<html>``: its language and direction."""
        languages = [found[name] for name in ("lang", "xml:lang") if name in found and found[name].end]
        if not [at for at in languages if at.end > at.start]:
            both = ' lang="{language}" xml:lang="{language}"' if self._survey.xml else ' lang="{language}"'
            if not languages:
                self._flow.localise(token.attributes, token.attributes, both)
        for at in languages:
            self._language_of_page(token, at)
        direction = found.get("dir")
        if direction is None:
            self._flow.localise(token.attributes, token.attributes, ' dir="{direction}"', ("direction", "ltr"))
        elif self._source[direction.start : direction.end].strip().lower() in ("ltr", "rtl"):
            self._flow.localise(direction.start, direction.end, "{direction}")

    def _language_of_page(self, token: Token, at: Attribute) -> None:
        said = self._source[at.start : at.end].strip().replace("_", "-")
        if at.quote or at.end > at.start:
            self._flow.localise(at.start, at.end, "{language}")
        if _LANGUAGE.fullmatch(said) and said.lower() not in _UNKNOWN and self.is_foreign(said):
            where = position(self._source, token.start)
            self.warnings.append(
                f"{self._path}:{where}: <{token.name}> says that the page is in “{said}”; it was read as "
                f"“{self._language}”, the language of all sources. If the page is in another, take it out of source/."
            )

    def doctype(self, end: int) -> None:
        """``<!DOCTYPE html>``: the translation of a page without ``<html>`` gets one behind it, for the language."""
        if self._survey.root < 0:
            self._flow.localise(end, end, '<html lang="{language}">')

    def head(self, at: int) -> None:
        """Behind token ``at`` a translation says what it is and where its original stands."""
        end, tail = self._survey.tokens[at].end, " />" if self._survey.xml else ">"
        self._flow.localise(end, end, f'\n<meta name="translation-status" content="{{status}}"{tail}')
        link = f'\n<link rel="alternate" hreflang="{{original_language}}" href="{{original}}"{tail}'
        self._flow.localise(end, end, link, ("original", ""))

    def meta(self, found: Attributes, mode: Mode) -> None:
        """``<meta>``: a description, a language, a date."""
        content = found.get("content")
        if content is None or content.end == content.start:
            return
        name = self.value(found, "name") or self.value(found, "property") or self.value(found, "itemprop") or ""
        name = name.strip().lower()
        if name in META and mode.on:
            self._text(content, name)
        elif name == "og:locale":
            self._flow.localise(content.start, content.end, "{locale}")
        elif name in META_DATES:
            self.date(name, self.value(found, "content"))
        elif name in ("language", "dc.language", "dcterms.language") or (
            (self.value(found, "http-equiv") or "").strip().lower() == "content-language"
        ):
            self._relabel(content)

    def time(self, found: Attributes) -> None:
        """``<time>``: the date of publication, when it says that it is that."""
        if "pubdate" in found or (self.value(found, "itemprop") or "").lower() == "datepublished":
            self.date("datepublished", self.value(found, "datetime"))

    def date(self, name: str, value: str | None) -> None:
        """A date of publication, if it is one."""
        match = _DATE.match((value or "").strip())
        if match:
            try:
                self.dates.setdefault(name, date.fromisoformat(match[0]).isoformat())
            except ValueError:
                return

    def code(self, token: Token, found: Attributes, role: Role, mode: Mode | None = None) -> Code:
        """What a placeholder for an inline element stands for; with the mode of one in another language."""
        href = ""
        if role is _LINK or role is _IMAGE:
            href = (self.value(found, "href" if role is _LINK else "src") or "").strip()
            if role is _LINK and "href" not in found:
                role = Role.OTHER
            elif role is _LINK and href:
                href = resolved(self._base, href)
        language = ""
        if mode is not None and self.is_foreign(mode.language):
            language = mode.language
            if role in (Role.OTHER, Role.EMPHASIS):
                role = Role.FOREIGN
        return Code(0, role, href=href, language=language)
