"""TBX-Basic ↔ terms: ISO 30042:2019 in its DCA and DCT styles, and the older TBX-Basic (martif).

Elements are known by their local names, and data categories by their names in either style: ``<termNote
type="partOfSpeech">`` and ``<min:partOfSpeech>`` say the same. Sources: ISO 30042:2019; TBX-Basic dialect, LTAC Global.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import NamedTuple

from lxml import etree

from toolkit.errors import GlossaryError
from toolkit.glossary.entries import LONGEST_TERM, Warnings, cell, part_of_speech, status_of
from toolkit.glossary.table import checked
from toolkit.glossary.terms import Status, Term
from toolkit.glossary.words import plain

_ROOTS = frozenset({"tbx", "martif"})
_CONCEPTS = frozenset({"conceptEntry", "termEntry"})
_LANGUAGES = frozenset({"langSec", "langSet"})
_TERMS = frozenset({"termSec", "tig", "ntig"})
_NOTES = ("note", "definition", "usageNote", "remark")
_SHORT = frozenset({"acronym", "abbreviation", "initialism", "shortform"})


class _Name(NamedTuple):
    """One name of a concept in one language."""

    text: str
    status: Status
    kind: str
    part_of_speech: str
    note: str
    line: int


def read_tbx(data: bytes, name: str, warnings: Warnings) -> Iterator[Term]:
    """The French–English terms of a TBX file.

    Each French name of a concept gets all English names as renderings, the preferred first, acronyms to acronyms.
    English that the file calls deprecated or superseded becomes a forbidden term.

    Raises:
        GlossaryError: not XML, not TBX, or without French and English.
    """
    root = _parse(data, name)
    if _local(root) not in _ROOTS:
        raise GlossaryError(
            f"not TBX: its root is <{_local(root)}>",
            where=f"{name}:{_line(root)}",
            hint="export the terms as TBX-Basic, or as CSV with the columns fr and en",
        )
    languages: dict[str, None] = {}
    found = False
    for concept in root.iter():
        if _local(concept) in _CONCEPTS:
            names = _names(concept, languages, warnings)
            for term in _terms(names, name):
                found = True
                line = int(term.origin.rpartition(":")[2])
                good = checked(term, line, warnings)
                if good is not None:
                    yield good
    if not found:
        has = ", ".join(languages) or "none"
        raise GlossaryError(
            f"no concept has both a French and an English term (languages: {has})",
            where=name,
            hint="choose a glossary of this language pair",
        )


def _parse(data: bytes, name: str) -> etree._Element:
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        return etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        raise GlossaryError(
            f"not well-formed XML: {error.msg}",
            where=f"{name}:{error.lineno or 1}",
            hint="export it again, or repair that line",
        ) from error


def _local(element: etree._Element) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _category(element: etree._Element) -> str:
    """The data category of an element: its type attribute (DCA), else its name (DCT)."""
    return element.get("type") or _local(element)


def _text(element: etree._Element) -> str:
    return "".join(part for part in element.itertext() if isinstance(part, str))


def _names(concept: etree._Element, languages: dict[str, None], warnings: Warnings) -> dict[str, list[_Name]]:
    """The names of a concept by language ("fr", "en"); other languages are only noted."""
    shared = _notes(concept)
    names: dict[str, list[_Name]] = {"fr": [], "en": []}
    for section in concept:
        if _local(section) not in _LANGUAGES:
            continue
        language = section.get("{http://www.w3.org/XML/1998/namespace}lang", section.get("lang", ""))
        languages.setdefault(language)
        short = plain(language).split("-")[0].split("_")[0]
        if short in names:
            note = _notes(section) or shared
            names[short] += [_name(element, note, warnings) for element in section if _local(element) in _TERMS]
    return names


def _line(element: etree._Element) -> int:
    line = element.sourceline
    return line if isinstance(line, int) else 1


def _elements(element: etree._Element) -> Iterator[etree._Element]:
    return (part for part in element.iter() if isinstance(part.tag, str))


def _notes(element: etree._Element) -> str:
    """The notes and definitions that stand right in an element or in its groups."""
    found = [
        cell(_text(part))
        for child in element
        if _local(child) not in (_LANGUAGES | _TERMS)
        for part in _elements(child)
        if _category(part) in _NOTES
    ]
    return "; ".join(dict.fromkeys(filter(None, found)))


def _name(element: etree._Element, note: str, warnings: Warnings) -> _Name:
    said = {_category(part): cell(_text(part), LONGEST_TERM + 1) for part in _elements(element)}
    line = _line(element)
    word = said.get("administrativeStatus") or said.get("normativeAuthorization") or ""
    status = status_of(word)
    if status is None:
        warnings.add("unknown statuses", line, f"unknown status “{word[:50]}”, taken as “suggested”")
        status = Status.SUGGESTED
    return _Name(
        said.get("term", ""),
        status,
        "short" if plain(said.get("termType", "")) in _SHORT else "",
        part_of_speech(said.get("partOfSpeech", "")),
        _notes(element) or note,
        line,
    )


def _terms(names: dict[str, list[_Name]], file: str) -> Iterator[Term]:
    right = [name for name in names["en"] if name.status is not Status.FORBIDDEN and name.text]
    wrong = tuple(name.text for name in names["en"] if name.status is Status.FORBIDDEN and name.text)
    order = [Status.PREFERRED, Status.KEPT, Status.SUGGESTED]
    for french in names["fr"]:
        origin = f"{file}:{french.line}"
        ways = sorted(right, key=lambda way: (way.kind != french.kind, order.index(way.status)))
        if ways:
            english = tuple(dict.fromkeys(way.text for way in ways))
            pos = french.part_of_speech or ways[0].part_of_speech
            note = french.note or ways[0].note
            status = Status.PREFERRED if french.status is Status.FORBIDDEN else french.status
            yield Term(french.text, english, status, "", pos, note, origin)
        if wrong:
            yield Term(french.text, wrong, Status.FORBIDDEN, "", french.part_of_speech, "", origin)
