"""Segmentation Rules eXchange (SRX) 2.0: the model of a rules file, and its reader.

The standard: https://www.gala-global.org/srx-20-april-7-2008 (LISA OSCAR, kept at https://www.unicode.org/uli/pas/srx/).
A file holds named lists of rules (``languagerule``), each rule saying "break" or "do not break" between two regular
expressions, and a table (``languagemap``) of which lists are for which language.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from importlib.resources import files
from itertools import chain
from pathlib import Path

from lxml import etree

from toolkit.errors import ConfigError
from toolkit.segmentation import icu

#: The standard's namespace; files without one are read too.
NAMESPACE = "http://www.lisa.org/srx20"

_HINT = "See docs/segmentation.md for a file to start from."


@dataclass(frozen=True, slots=True)
class Rule:
    """One ``rule``.

    Attributes:
        breaks: whether text is cut where the rule applies.
        before: ICU regular expression for the text that ends at the position; "" for any.
        after: the same for the text that starts there.
        name: "French: titles, never the end #2", from the list's name and the comment in front of the rule.
    """

    breaks: bool
    before: str
    after: str
    name: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class LanguageRules:
    """One ``languagerule``: a named list of rules, the first that applies wins."""

    name: str
    rules: tuple[Rule, ...]


@dataclass(frozen=True, slots=True)
class LanguageMap:
    """One ``languagemap``: which languages, by a pattern over their tags, use which list."""

    pattern: str
    name: str
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class SrxDocument:
    """A rules file.

    Attributes:
        path: as given, for messages.
        cascade: all lists whose map fits are used one after the other; otherwise only the first.
        segment_subflows: read and not used: a release's footnotes and captions are blocks of their own here.
        format_handles: kind of inline code → whether it stays with the text in front of it; read and not used, because
            inline codes are characters of the text for us and stay where they stand.
    """

    path: str
    cascade: bool
    language_rules: tuple[LanguageRules, ...]
    maps: tuple[LanguageMap, ...]
    segment_subflows: bool = True
    format_handles: tuple[tuple[str, bool], ...] = ()

    def rules_for(self, language: str) -> tuple[Rule, ...]:
        """All rules for a BCP 47 tag ("fr", "fr-CA"), in the order in which they are asked.

        Raises:
            ConfigError: no map fits the language.
        """
        lists = {rules.name: rules.rules for rules in self.language_rules}
        fitting = [entry.name for entry in self.maps if icu.matches_language(entry.pattern, language)]
        if not fitting:
            raise ConfigError(
                f'no languagemap is for the language "{language}"',
                where=self.path,
                hint=f'Add <languagemap languagepattern="{language}.*" languagerulename="…"/> to its maprules.',
            )
        used = fitting if self.cascade else fitting[:1]
        return tuple(chain.from_iterable(lists[name] for name in used))


#: Larger than any list of sentence rules; the largest that are known have half a megabyte.
MAX_BYTES = 10_000_000


def load_srx(path: Path | None = None) -> SrxDocument:
    """Reads an SRX 2.0 file.

    Args:
        path: the file; None for the toolkit's own French rules.

    Raises:
        ConfigError: no such file, bad XML, not SRX 2.0, a wrong regular expression, or a map to a list that is not
            there; ``where`` is "file:line".
    """
    if path is None:
        return parse_srx((files("toolkit.segmentation") / "french.srx").read_bytes(), "french.srx")
    try:
        if not path.is_file() or path.stat().st_size > MAX_BYTES:
            raise OSError(f"this is no file of at most {MAX_BYTES:,} bytes")
        data = path.read_bytes()
    except (OSError, ValueError) as error:
        raise ConfigError(
            f"the segmentation rules cannot be read: {getattr(error, 'strerror', None) or error}",
            where=str(path),
            hint="Correct the path of the SRX file in toolkit.toml, or take the line out to use the built-in rules.",
        ) from error
    return parse_srx(data, str(path))


def parse_srx(data: bytes, path: str) -> SrxDocument:
    """The same from bytes; ``path`` is for messages.

    Raises:
        ConfigError: as ``load_srx``.
    """
    root = _parse_xml(data, path)
    if etree.QName(root).localname != "srx" or root.get("version") != "2.0":
        raise ConfigError("this is not an SRX 2.0 file", where=f"{path}:{_line(root)}", hint=_HINT)
    header = next(_children(root, "header"), None)
    body = next(_children(root, "body"), None)
    if header is None or body is None:
        raise ConfigError("<header> or <body> is missing", where=f"{path}:{_line(root)}", hint=_HINT)
    document = SrxDocument(
        path=path,
        cascade=header.get("cascade") == "yes",
        language_rules=tuple(
            _read_language_rules(element, path)
            for part in _children(body, "languagerules")
            for element in _children(part, "languagerule")
        ),
        maps=tuple(
            LanguageMap(element.get("languagepattern", ""), element.get("languagerulename", ""), _line(element))
            for part in _children(body, "maprules")
            for element in _children(part, "languagemap")
        ),
        segment_subflows=header.get("segmentsubflows") != "no",
        format_handles=tuple(
            (element.get("type", ""), element.get("include") == "yes") for element in _children(header, "formathandle")
        ),
    )
    _check_maps(document)
    return document


def _parse_xml(data: bytes, path: str) -> etree._Element:
    # Rules come with projects from anywhere: no entity, no DTD and no address in them is followed.
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True)
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise ConfigError(
            f"the rules are not well-formed XML: {error.msg}",
            where=f"{path}:{error.lineno or 1}",
            hint="Open the file in an XML editor, or in OmegaT or Okapi Ratel, and save it again.",
        ) from error


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 0


def _children(parent: etree._Element, name: str) -> Iterator[etree._Element]:
    for child in parent:
        if isinstance(child.tag, str) and child.tag in (name, f"{{{NAMESPACE}}}{name}"):
            yield child


def _read_language_rules(element: etree._Element, path: str) -> LanguageRules:
    """Names each rule by the comment in front of its group, so that ``--explain`` speaks the author's words."""
    title = element.get("languagerulename", "")
    rules: list[Rule] = []
    heading, number = "", 0
    for child in element:
        if isinstance(child, etree._Comment):
            heading, number = " ".join((child.text or "").split()), 0
        elif isinstance(child.tag, str) and etree.QName(child).localname == "rule":
            number += 1
            name = f"{title}: {heading} #{number}" if heading else f"{title} #{number}"
            rules.append(_read_rule(child, name, path))
    return LanguageRules(title, tuple(rules))


def _read_rule(element: etree._Element, name: str, path: str) -> Rule:
    line = _line(element)
    verdict = element.get("break", "yes")
    if verdict not in ("yes", "no"):
        raise ConfigError(f'break="{verdict}" is neither yes nor no', where=f"{path}:{line}", hint=_HINT)
    before, after = (_text(element, part, path) for part in ("beforebreak", "afterbreak"))
    try:
        icu.compile_rule(before, after)
    except (icu.PatternError, RecursionError) as error:
        raise ConfigError(
            f"a regular expression of this rule is wrong: {error}",
            where=f"{path}:{line}",
            hint="Rules use ICU syntax; docs/segmentation.md lists what is understood.",
        ) from error
    return Rule(verdict == "yes", before, after, name, line)


def _text(rule: etree._Element, name: str, path: str) -> str:
    """The expression as it is written, white space counting; comments inside are left out."""
    element = next(_children(rule, name), None)
    if element is None:
        return ""
    parts = [element.text or ""]
    for child in element:
        if not isinstance(child, etree._Comment):
            raise ConfigError(f"<{name}> holds more than text", where=f"{path}:{_line(element)}", hint=_HINT)
        parts.append(child.tail or "")
    return "".join(parts)


def _check_maps(document: SrxDocument) -> None:
    names = {rules.name for rules in document.language_rules}
    for entry in document.maps:
        where = f"{document.path}:{entry.line}"
        if entry.name not in names:
            raise ConfigError(f'there is no languagerule named "{entry.name}"', where=where, hint=_HINT)
        try:
            icu.matches_language(entry.pattern, "")
        except (icu.PatternError, RecursionError) as error:
            raise ConfigError(f"languagepattern is no regular expression: {error}", where=where, hint=_HINT) from error
