"""A segmented release → its catalogue template: every sentence once, with what a translator should know of it."""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime

from toolkit.model import (
    Block,
    BlockKind,
    Catalogue,
    Code,
    Entry,
    Key,
    Origin,
    Release,
    Role,
    Segment,
    context_of,
)
from toolkit.placeholders import Form, Tag, bare, numbering, tags

#: PO-Revision-Date of a file that nobody has saved (GNU gettext, 6.2 "Filling in the Header Entry").
NOT_SAVED = "YEAR-MO-DA HO:MI+ZONE"
#: What stood in headers of undated releases until version 0.1.
_NO_DAY = "1970-01-01"

#: How comments call text that is not in the flow, by its label; others are called as the source does.
_LABELS = {"alt": "alternative text", "title": "tooltip"}
_ROLES = {Role.STRONG: "bold", Role.OTHER: "formatting", Role.BREAK: "line break", Role.FOREIGN: "other language"}
_NAMES = {BlockKind.ITEM: "list item", BlockKind.BOILERPLATE: "site text", BlockKind.CELL: "table cell"}


def template(
    release: Release, target_language: str = "", *, notes: Callable[[str], Iterable[str]] = lambda text: ()
) -> Catalogue:
    """The catalogue template (POT) of a segmented release: every translatable sentence once, untranslated.

    Args:
        release: segmented.
        target_language: for the header; "" in a template.
        notes: what a translator is told of a bare sentence's terms, one line each.
    """
    comments: dict[Key, list[str]] = {}
    origins: dict[Key, list[Origin]] = {}
    total = Counter(block.kind for block in release.blocks)
    number: Counter[BlockKind] = Counter()
    leads = {block.id: block for block in release.blocks}
    for block in release.blocks:
        number[block.kind] += 1
        name = _LABELS.get(block.label) or block.label or _NAMES.get(block.kind, block.kind.value)
        place = f"{name} {number[block.kind]} of {total[block.kind]}"
        for index, segment in enumerate(block.segments, 1):
            if not block.translatable(segment):
                continue
            key = Key(context_of(block.kind), segment.msgid)
            comment = f"{segment.id}: {place}"
            if len(block.segments) > 1:
                comment += f", sentence {index} of {len(block.segments)}"
            told = (comment, *_lead_in(block, index, leads), *_legend(block, segment))
            if key not in comments:
                told += tuple(notes(bare(key.source)))
            comments.setdefault(key, []).extend(told)
            origins.setdefault(key, []).append(segment.origin or Origin(release.path, 1))
    entries = (Entry(key, comments=tuple(comments[key]), origins=tuple(origins[key])) for key in comments)
    return Catalogue(release.id, _header(release, target_language), tuple(entries))


def _legend(block: Block, segment: Segment) -> tuple[str, ...]:
    """What the placeholders of a sentence stand for, in one line; nothing where there are none."""
    codes = {code.number: code for code in block.codes}
    numbers = numbering(segment.text)
    told = dict.fromkeys(
        f"{_opening(tag, numbers)} {_meaning(codes.get(tag.number))}"
        for tag in tags(segment.text)
        if tag.form is not Form.CLOSE
    )
    return (", ".join(told),) if told else ()


def _opening(tag: Tag, numbers: Mapping[int, int]) -> str:
    number = numbers[tag.number]
    return {Form.EMPTY: f"<x{number}/>", Form.FIXED: f"<ph{number}>"}.get(tag.form, f"<g{number}>")


def _meaning(code: Code | None) -> str:
    if code is None:
        return Role.OTHER.value
    language = f" ({code.language})" if code.language else ""
    return f"{_ROLES.get(code.role, code.role.value)}{language}"


def for_language(made: Catalogue, release: Release, target_language: str) -> Catalogue:
    """A release's template as a working catalogue begins: with the language in its header."""
    return replace(made, header=_header(release, target_language))


def _lead_in(block: Block, index: int, leads: dict[str, Block]) -> tuple[str, ...]:
    lead = leads.get(block.group)
    if (
        index > 1
        or block.kind is not BlockKind.ITEM
        or lead is None
        or lead.kind is BlockKind.ITEM
        or not lead.segments
    ):
        return ()
    return (f"continues “{lead.segments[-1].msgid}”",)


def _header(release: Release, target_language: str) -> tuple[tuple[str, str], ...]:
    """Header fields that `msgfmt -c` accepts; dates are the release's own, never the clock's.

    Their time is midnight: by that ``editions.align`` knows them from those of PO editors, and states none of them.
    """
    day = release.metadata.date or _epoch_day()
    language = target_language or "en"
    return (
        ("Project-Id-Version", release.id),
        ("Report-Msgid-Bugs-To", ""),
        *dates(f"{day} 00:00+0000" if day else ""),
        ("Last-Translator", "toolkit (machine drafts)"),
        ("Language-Team", f"{release.language} to {language}"),
        ("Language", target_language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ("X-Source-Language", release.language),
    )


def dates(stamp: str) -> tuple[tuple[str, str], ...]:
    """The dates of a header.

    Args:
        stamp: a day and time as headers have it ("2026-05-04 00:00+0000"); "" or the epoch where none is known.

    Returns:
        Both dates; where none is known, gettext's own sign that nobody has saved the file yet, which PO editors replace
        when somebody does, and no date of the template, which gettext does not ask for. An empty date would be quieter
        (`msgfmt -c` warns of the sign, and of a missing field), but Babel 2.18 cannot read a catalogue with one.
    """
    if not stamp or stamp.startswith(_NO_DAY):
        return (("PO-Revision-Date", NOT_SAVED),)
    return ("POT-Creation-Date", stamp), ("PO-Revision-Date", stamp)


def _epoch_day() -> str:
    """Day of SOURCE_DATE_EPOCH (reproducible-builds.org); "" without it: never the clock's."""
    stamp = os.environ.get("SOURCE_DATE_EPOCH", "")
    return datetime.fromtimestamp(int(stamp), UTC).date().isoformat() if stamp.isdecimal() else ""
