"""XLIFF 2.0 and 2.1 → units that may go back into the catalogues. The file is a stranger's: nothing in it is believed.

No document type is accepted, so no entity is ever expanded; nothing is fetched. What an agency's tool does although it
was asked not to (parting segments, dropping metadata, renaming files) is read as far as it can be told.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import chain, count, pairwise
from typing import cast

from lxml import etree

from toolkit.errors import ReviewError
from toolkit.exchange.inline import Codes, read, settled
from toolkit.exchange.names import PREFIX, core, local, metadata
from toolkit.exchange.units import TO_CHECK, Base, Returned, Stage, Unit
from toolkit.model import RUNNING_TEXT, BlockKind
from toolkit.placeholders import bare
from toolkit.text.spots import spot

#: A file larger than this is nobody's press release.
LARGEST = 100_000_000
_OLD = re.compile(rb"urn:oasis:names:tc:xliff:document:1\.|<xliff[^>]{0,400}version\s*=\s*[\"']1\.")
_DIGESTS = re.compile(r"[0-9a-f]{12}( [0-9a-f]{12})*")
_ORDER = tuple(Stage)
#: Of a target among those of its unit; what is longer is nobody's.
_ORDER_IN_UNIT = re.compile(r"[0-9]{1,9}")
_AGAIN = "ask for XLIFF 2.1, as `toolkit export` wrote it"


def load(data: bytes, where: str, languages: tuple[str, str]) -> tuple[Returned, ...]:
    """The units of an XLIFF file, by release.

    Args:
        data: the file.
        where: its name, for messages.
        languages: of the project, the source's first; regions do not matter.

    Raises:
        ReviewError: not XLIFF 2, broken XML, a document type, other languages, too large.
    """
    root = _root(data, where)
    _check_languages(root, where, languages)
    spots = _spots(root)
    return tuple(_file(element, spots) for element in root.iterchildren(core("file")))


def _spots(root: etree._Element) -> Iterator[str]:
    """Where the units stand, in the order of the file."""
    units = chain.from_iterable(file.iter(core("unit")) for file in root.iterchildren(core("file")))
    lines = (cast("int | None", element.sourceline) or 0 for element in chain([root], units))
    return (spot(number, line, before) for number, (before, line) in zip(count(1), pairwise(lines), strict=False))


def _root(data: bytes, where: str) -> etree._Element:
    if len(data) > LARGEST:
        raise ReviewError(
            f"is larger than {LARGEST // 1_000_000} MB", where=where, hint="have it sent in parts, one for each release"
        )
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        if b"<!DOCTYPE" in data[:4096]:
            raise _doctype(where) from None
        reason = re.sub(r", line \d+, column \d+.*", "", str(error.msg or error)).strip() or "it ends too early"
        raise ReviewError(
            f"is not well-formed XML: {reason}",
            where=f"{where}:{error.lineno or 1}",
            hint="the file was damaged on its way: have it sent again",
        ) from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise _doctype(where)
    if root.tag == core("xliff"):
        return root
    if _OLD.search(data[:4096]):
        raise ReviewError(
            "is XLIFF 1.2, which has no place for what `toolkit export` says of each sentence",
            where=where,
            hint=f"{_AGAIN}; tools that only know 1.2 can be given `toolkit export --format po`",
        )
    if local(root) == "xliff":
        kind = re.sub(r"\s+", " ", f"{root.get('version', '?')} ({root.nsmap.get(root.prefix) or 'without namespace'})")
        raise ReviewError(f"is XLIFF {kind[:80]}, and not 2.0 or 2.1", where=where, hint=_AGAIN)
    raise ReviewError(f"is no XLIFF 2 file: its first element is <{local(root)}>", where=where, hint=_AGAIN)


def _doctype(where: str) -> ReviewError:
    return ReviewError(
        "has a document type (<!DOCTYPE …>), which XLIFF does not have and which may hide other files' text",
        where=where,
        hint="have it sent without, or remove it in a text editor if you trust who wrote it",
    )


def _check_languages(root: etree._Element, where: str, languages: tuple[str, str]) -> None:
    found = tuple(re.split(r"[-_]", root.get(name, ""), maxsplit=1)[0].lower() for name in ("srcLang", "trgLang"))
    if found != languages and found != (languages[0], ""):
        given = " to ".join(code or "?" for code in (root.get("srcLang", ""), root.get("trgLang", "")))
        raise ReviewError(
            f"translates {given}",
            where=where,
            hint=f"this project translates from {languages[0]} to {languages[1]}: name the file that belongs to it",
        )


def _file(element: etree._Element, spots: Iterator[str]) -> Returned:
    units = tuple(_unit(unit, next(spots)) for unit in element.iter(core("unit")))
    return Returned(element.get("id", ""), element.get("original", ""), units)


def _unit(unit: etree._Element, spot: str) -> Unit:
    parts = [part for part in unit if part.tag in (core("segment"), core("ignorable"))]
    segments = [part for part in parts if part.tag == core("segment")]
    codes = Codes.of(parts)
    source = "".join([read(part.find(core("source")), codes) for part in parts])
    stages = [_stage(part) for part in segments]
    target = _target(parts, codes)
    if bare(source).strip() and not bare(target).strip():
        target = ""  # codes alone, as a tool copies them to be written between: no English
    return Unit(
        settled(source),
        settled(target),
        min(stages, key=_ORDER.index, default=Stage.INITIAL),
        spot,
        _base(unit),
        _context(unit.get("type", "")),
        tuple(_foreign_notes(unit)),
        any(part.get("subState") == PREFIX + TO_CHECK for part in segments),
        not target and any(stage is not Stage.INITIAL for stage in stages) and any(map(_has_english, segments)),
    )


def _has_english(segment: etree._Element) -> bool:
    target = segment.find(core("target"))
    return target is not None and bool("".join(map(str, target.itertext())).strip())


def _target(parts: list[etree._Element], codes: Codes) -> str:
    """The English of all segments of a unit, in the order that the tool gave them; "" if one of them has none."""
    found: list[tuple[int, str]] = []
    for position, part in enumerate(parts, 1):
        target = part.find(core("target"))
        is_space = part.tag == core("ignorable")
        text = read(part.find(core("source")) if is_space and target is None else target, codes, target=True)
        if not text.strip() and not is_space:
            return ""
        order = target.get("order", "") if target is not None else ""
        found.append((int(order) if _ORDER_IN_UNIT.fullmatch(order) else position, text))
    pieces = [text for _, text in sorted(found, key=lambda item: item[0])]
    return "".join(pieces)


def _stage(segment: etree._Element) -> Stage:
    state = segment.get("state", "")
    return Stage(state) if state in set(Stage) else Stage.INITIAL


def _base(unit: etree._Element) -> Base | None:
    """What the file was exported with, where its tools have kept that."""
    groups = unit.iterfind(f"{metadata('metadata')}/{metadata('metaGroup')}[@category='toolkit']")
    found = {meta.get("type", ""): (meta.text or "").strip() for meta in chain.from_iterable(groups)}
    entries, english, state = (found.get(name, "") for name in ("entries", "english", "state"))
    if not _DIGESTS.fullmatch(entries) or not _DIGESTS.fullmatch(english) or state not in set(Stage):
        return None
    return Base(tuple(entries.split()), english, Stage(state), found.get("translate") == "no")


def _context(kind: str) -> str | None:
    """The msgctxt that a unit's type stands for; "" for running text, None where it says nothing."""
    name = kind.removeprefix(PREFIX)
    if not kind.startswith(PREFIX) or name not in set(BlockKind):
        return None
    return "" if BlockKind(name) in RUNNING_TEXT else name


def _foreign_notes(unit: etree._Element) -> Iterator[str]:
    """Notes that are not ours, each as one line that cannot be taken for the toolkit's own."""
    for note in unit.iterfind(f"{core('notes')}/{core('note')}"):
        text = _UNFIT_NOTE.sub("", " ".join("".join(map(str, note.itertext())).split()))
        if text and not note.get("category", "").startswith(PREFIX):
            yield f"note: {text}" if text.startswith(PREFIX.strip()) else text


#: Control characters, and those that turn the direction of what stands behind them.
_UNFIT_NOTE = re.compile("[\x00-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069\ufffe\uffff]")
