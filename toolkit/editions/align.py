"""Release + Catalogue → Edition: each sentence beside its English, in the order of the source.

Alignment needs no statistics here: the catalogue was extracted with the same segments, so a sentence's entry is found
by its key. The law: one pair per segment, in order, and the pair's segment is the release's own.
"""

from __future__ import annotations

import re

from toolkit.mending import mended, problem
from toolkit.model import (
    Block,
    Catalogue,
    Edition,
    EditionBlock,
    Entry,
    Key,
    Pair,
    Release,
    Segment,
    State,
    context_of,
)
from toolkit.placeholders import restored

#: Target language where nobody says another.
DEFAULT_TARGET_LANGUAGE = "en"

_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")


def align(release: Release, catalogue: Catalogue | None, target_language: str = DEFAULT_TARGET_LANGUAGE) -> Edition:
    """Pair every segment of a release with its entry.

    Args:
        release: a segmented release.
        catalogue: its catalogue; None when there is none yet: then nothing is translated.
        target_language: BCP 47 tag, for a catalogue that does not say its language.

    Returns:
        The edition. A sentence without a letter or digit stands for itself (``VERBATIM``); one with no entry, or with
        an empty target, is ``UNTRANSLATED``; every other pair carries the entry's target, state and provenance.
        Obsolete entries are never used: they belong to sentences the source no longer has.
    """
    entries = {entry.key: entry for entry in catalogue.live} if catalogue else {}
    language = _language(catalogue.target_language if catalogue else "", release.language, target_language)
    blocks = tuple(_align_block(block, entries) for block in release.blocks)
    return Edition(release, language, blocks, _reviewer(catalogue))


def _reviewer(catalogue: Catalogue | None) -> str:
    """The last translator's name as PO editors write it, without the address, which is not for publication.

    Nobody is named where nothing has been reviewed, or where the field holds no name: our own "toolkit (…)", gettext's
    "FULL NAME".
    """
    if catalogue is None or not any(entry.state is State.REVIEWED for entry in catalogue.live):
        return ""
    name = catalogue.last_translator.partition("<")[0].strip()
    return "" if name.startswith("toolkit (") or name == "FULL NAME" or "@" in name else name


def _language(header: str, source: str, default: str) -> str:
    """The BCP 47 tag of a PO header's Language ("en_GB"); ``default`` where the header names none that can be used.

    The tag becomes part of every sentence's id: it must be well-formed, and another than the source's.
    """
    tag = header.strip().replace("_", "-")
    usable = _LANGUAGE_TAG.fullmatch(tag) and tag.lower() != source.lower()
    return tag if usable else default


def _align_block(block: Block, entries: dict[Key, Entry]) -> EditionBlock:
    context = context_of(block.kind)
    return EditionBlock(
        block,
        tuple(
            _pair(segment, entries.get(Key(context, segment.msgid)))
            if block.translatable(segment)
            else Pair(segment, segment.text, State.VERBATIM)
            for segment in block.segments
        ),
    )


def _pair(segment: Segment, entry: Entry | None) -> Pair:
    if entry is None or not entry.target.strip():
        return Pair(segment, None, State.UNTRANSLATED)
    # A target whose entry claims to be untranslated has nobody to vouch for it: published as needing a look.
    state = State.FUZZY if entry.state is State.UNTRANSLATED else entry.state
    wrong = problem(segment.msgid, entry.target)
    target = restored(mended(segment.msgid, entry.target) if wrong else entry.target, segment.text)
    previous = entry.previous.source if entry.previous else ""
    return Pair(segment, target, state, entry.provenance, previous, wrong)
