"""Release + Catalogue → Edition: each sentence beside its English, in the order of the source.

Alignment needs no statistics here: the catalogue was extracted with the same segments, so a sentence's entry is found
by its key. The law: one pair per segment, in order, and the pair's segment is the release's own. Where a translator
merged or parted sentences the catalogue says so (``toolkit.beads``), and the pairs know it: ``EditionBlock.beads``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date

from toolkit.beads import BOUNDARY, Mark, is_boundary_alone, joined, mark_of, parts, without_mark
from toolkit.digests import is_edited, is_matched
from toolkit.edition import Bead, Edition, EditionBlock, Pair
from toolkit.mending import mended, problem
from toolkit.model import Block, Catalogue, Entry, Key, Release, Segment, State, context_of
from toolkit.placeholders import restored

#: Target language where nobody says another.
DEFAULT_TARGET_LANGUAGE = "en"

#: How the dates end that the toolkit writes into headers (tests hold it against ``catalogue.template``).
_OUR_TIME = " 00:00+0000"
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
    return Edition(release, language, blocks, _reviewer(catalogue), *_days(catalogue))


def _days(catalogue: Catalogue | None) -> tuple[str, str]:
    """When the catalogue was made and when a person last saved it, as its header says; "" where it says no such day.

    The toolkit has no clock: the dates that it writes itself (``catalogue.template``) are a day of the release, or of
    SOURCE_DATE_EPOCH, at midnight universal time, and tell nothing of the catalogue. PO editors write the minute. So
    whatever says exactly "00:00+0000" is taken for ours, whichever day it names: the release may have been given
    another since. Who saves in that very minute loses the day; no day is stated on which nobody saved.
    """
    if catalogue is None:
        return "", ""
    header = dict(catalogue.header)
    stamps = (header.get(name, "").strip() for name in ("POT-Creation-Date", "PO-Revision-Date"))
    created, revised = ("" if stamp.endswith(_OUR_TIME) else _day(stamp) for stamp in stamps)
    return created, "" if catalogue.last_translator.startswith("toolkit (") else revised


def _day(stamp: str) -> str:
    """The day of a PO header's date ("2026-02-03 14:22+0100"); "" for anything else, the epoch included."""
    try:
        day = date.fromisoformat(stamp[:10])
    except ValueError:
        return ""
    return "" if day == date(1970, 1, 1) else day.isoformat()


def _reviewer(catalogue: Catalogue | None) -> str:
    """The last translator's name as PO editors write it, without the address, which is not for publication.

    Nobody is named where no person has reviewed anything, or where the field holds no name: our own "toolkit (…)",
    gettext's "FULL NAME".
    """
    approved = (entry for entry in catalogue.live if entry.state is State.REVIEWED) if catalogue else ()
    if catalogue is None or all(map(is_matched, approved)):
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
    found = [
        (segment, entries.get(Key(context, segment.msgid)) if block.translatable(segment) else None)
        for segment in block.segments
    ]
    pairs = [
        _pair(segment, entry) if block.translatable(segment) else Pair(segment, segment.text, State.VERBATIM)
        for segment, entry in found
    ]
    marks = [mark_of(entry.target) if entry and entry.target else None for _, entry in found]
    return EditionBlock(block, tuple(_beaded(pairs, marks)) if any(marks) else tuple(pairs))


def _pair(segment: Segment, entry: Entry | None) -> Pair:
    if entry is None or not entry.target.strip():
        return Pair(segment, None, State.UNTRANSLATED)
    if is_boundary_alone(entry.target) and BOUNDARY not in segment.text:
        return Pair(segment, None, State.UNTRANSLATED, problem=f"“{BOUNDARY}” stands here, and no English beside it")
    # A target whose entry claims to be untranslated has nobody to vouch for it: published as needing a look.
    state = State.FUZZY if entry.state is State.UNTRANSLATED else entry.state
    previous = entry.previous.source if entry.previous else ""
    matched, edited = is_matched(entry), is_edited(entry)
    if mark_of(entry.target):
        own_place = without_mark(segment.text)
        return Pair(segment, own_place, state, entry.provenance, previous, matched=matched, edited=edited)
    english = joined(segment.msgid, entry.target)
    wrong = problem(segment.msgid, english)
    target = restored(mended(segment.msgid, english) if wrong else english, segment.text)
    own = parts(segment.msgid, entry.target)
    several = () if wrong or len(own) == 1 else tuple(restored(part, segment.text) for part in own)
    return Pair(segment, target, state, entry.provenance, previous, wrong, "", several, matched, edited)


# -- beads --------------------------------------------------------------------------------------------------------


def _beaded(pairs: Sequence[Pair], marks: Sequence[Mark | None]) -> Iterator[Pair]:
    """The pairs of a block, those that are said elsewhere led by the pair that says them."""
    leads = _leads(pairs, marks)
    bead: list[Pair] = []
    for at, (pair, mark) in enumerate(zip(pairs, marks, strict=True)):
        lead = leads[at]
        if mark and lead is None:
            wrong = f"“{mark}” stands here, but there is no English sentence {_BESIDE[mark]} that could say this one"
            made = Pair(pair.segment, None, State.UNTRANSLATED, problem=wrong)
        else:
            made = pair if lead is None or not mark else replace(pair, lead=pairs[lead].segment.id)
        if bead and (lead is None or lead != leads[at - 1]):
            yield from _of_one_state(bead)
            bead = []
        bead.append(made)
    yield from _of_one_state(bead)


_BESIDE = {Mark.PREVIOUS: "before it in this paragraph", Mark.NEXT: "after it in this paragraph"}


def _leads(pairs: Sequence[Pair], marks: Sequence[Mark | None]) -> list[int | None]:
    """For each pair the position of the one that has its English, itself or another; None where there is none."""

    def has_english(at: int) -> bool:
        return not marks[at] and pairs[at].state not in (State.VERBATIM, State.UNTRANSLATED)

    found: list[int | None] = [None] * len(pairs)
    for mark, order in ((Mark.PREVIOUS, range(len(pairs))), (Mark.NEXT, reversed(range(len(pairs))))):
        lead: int | None = None
        for at in order:
            if marks[at] is not mark:
                lead = at if has_english(at) else None
            if not marks[at] or marks[at] is mark:
                found[at] = lead
    return found


def _of_one_state(bead: Sequence[Pair]) -> Iterator[Pair]:
    """The pairs of a bead in the least advanced of their states: its English is approved when all of it is.

    Where a sentence's French has changed since, the English of all was made for what the bead said before.
    """
    if len(bead) == 1:
        yield from bead
        return
    state = min((pair.state for pair in bead), key=_RANKS.index)
    previous = _earlier(bead)
    # Whoever wrote the English of all knows what it says; whoever set a mark beside it need not have looked.
    matched = state is State.REVIEWED and next(pair for pair in bead if not pair.lead).matched
    for pair in bead:
        yield replace(pair, state=state, previous=previous, matched=matched)


def _earlier(bead: Sequence[Pair]) -> str:
    """The French that a bead's English was made for; "" where that is what its sentences say today."""
    if not any(pair.previous for pair in bead):
        return ""
    today = {" ".join(pair.segment.msgid for pair in bead), Bead(tuple(bead)).source}
    earlier = " ".join(pair.previous or pair.segment.msgid for pair in bead)
    # A bead that fell apart and was joined again: its leading entry still names the French of all (catalogue.beads).
    return "" if today & {earlier, *(pair.previous for pair in bead)} else earlier


#: From least to most advanced, of sentences that have English.
_RANKS = (State.FUZZY, State.MACHINE, State.REVIEWED)
