"""S: how far a release is, and what stands in the way of publishing it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from toolkit.beads import joined
from toolkit.checks.model import (
    ERROR,
    LONGEST,
    NOTE,
    WARNING,
    About,
    Knowledge,
    Problem,
    Text,
    project_check,
    text_check,
)
from toolkit.model import ENGINE_MEMORY, ENGINE_PREVIOUS, Entry, Key, Segment, State, context_of

#: So much of a release's id fits into a line of provenance.
_LONGEST_NAME = 48


def _live(text: Text, *states: State) -> Iterator[Entry]:
    for entry in text.catalogue.live if text.catalogue else ():
        if entry.state in states:
            yield entry


@text_check(
    About(
        "S101",
        ERROR,
        "A machine draft in a final release",
        "`final = true` in toolkit.toml says that people have read every sentence of this release.",
        any_language=True,
    )
)
def draft_in_final(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Drafts that nobody has approved."""
    for entry in _live(text, State.MACHINE) if text.final else ():
        yield Problem("a machine draft in a final release", "review it, and clear its “needs work” mark", entry=entry)


@text_check(
    About(
        "S102",
        ERROR,
        "No English in a final release",
        "`final = true` in toolkit.toml says that every sentence of this release has its English.",
        any_language=True,
    )
)
def untranslated_in_final(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Entries without English."""
    for entry in _live(text, State.UNTRANSLATED) if text.final else ():
        yield Problem("no English in a final release", "translate it", entry=entry)


@text_check(
    About(
        "S103",
        ERROR,
        "Not approved in a final release",
        "The French has changed, or somebody has not finished: the entry is marked “needs work”.",
        any_language=True,
    )
)
def unapproved_in_final(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Fuzzy entries that are no machine's."""
    for entry in _live(text, State.FUZZY) if text.final else ():
        yield Problem(
            "not approved in a final release", "bring it up to date and clear its “needs work” mark", entry=entry
        )


@text_check(
    About(
        "S104",
        WARNING,
        "No catalogue",
        "The release has not been extracted, so nobody can translate it. In a final release this is an error.",
        any_language=True,
    )
)
def no_catalogue(text: Text, _: Knowledge) -> Iterator[Problem]:
    """A release without its PO file."""
    if text.release is not None and text.catalogue is None and any(_wanted(text)):
        yield Problem(
            "there is no catalogue for this release",
            "run `toolkit extract`",
            place=(text.source_path, 0),
            severity=ERROR if text.final else None,
        )


def _wanted(text: Text) -> Iterator[tuple[Key, Segment]]:
    for block in text.release.blocks if text.release else ():
        for segment in block.segments:
            if block.translatable(segment):
                yield Key(context_of(block.kind), segment.msgid), segment


@text_check(
    About(
        "S105",
        WARNING,
        "The catalogue is older than the French",
        "Sentences of the release have no entry: it was changed since it was extracted. In a final release an error.",
        any_language=True,
    )
)
def catalogue_old(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Sentences without entries, reported once, at the first."""
    if text.release is None or text.catalogue is None:
        return
    known = {entry.key for entry in text.catalogue.live}
    missing = [segment for key, segment in _wanted(text) if key not in known]
    if missing:
        line = missing[0].origin.line if missing[0].origin else 0
        number = "one sentence is" if len(missing) == 1 else f"{len(missing)} sentences are"
        yield Problem(
            f"{number} not in the catalogue, the first: “{missing[0].msgid[:60]}”",
            "run `toolkit extract`",
            place=(text.source_path, line),
            severity=ERROR if text.final else None,
        )


@project_check(
    About(
        "S106",
        WARNING,
        "A copy of English that has changed",
        "The sentence was taken over from another release, whose English was corrected since.",
        any_language=True,
    )
)
def stale_copy(texts: Sequence[Text], know: Knowledge) -> Iterator[Problem]:
    """Untouched copies from memory whose original reads otherwise now."""
    there = {
        (text.id[:_LONGEST_NAME], entry.key): entry
        for text in texts
        for entry in (text.catalogue.entries if text.catalogue else ())
        if entry.target
    }
    for text in texts:
        for entry in _live(text, State.REVIEWED):
            made = entry.provenance
            if made is None or made.engine != ENGINE_MEMORY or made.target_hash != know.digest(entry.target):
                continue
            original = there.get((made.package, entry.key))
            if original is None or original.state is not State.REVIEWED:
                continue
            if joined(original.key.source, original.target) != entry.target:
                yield Problem(
                    f"copied from {made.package}, which has other English now",
                    "take it over again, or keep this on purpose: any change makes it your own",
                    entry=entry,
                    place=(text.path, entry.line),
                )


@text_check(
    About(
        "S107",
        NOTE,
        "A remark is open",
        "The toolkit noticed something when it drafted the sentence (`# toolkit: remark …`), and it was approved "
        "as it was.",
        any_language=True,
    )
)
def remark_open(text: Text, know: Knowledge) -> Iterator[Problem]:
    """Approved drafts, letter for letter, with a remark."""
    for entry in _live(text, State.REVIEWED):
        made = entry.provenance
        if made is not None and made.remarks and made.target_hash == know.digest(entry.target):
            yield Problem(
                f"approved with a remark open: {made.remarks[0]}",
                "look at it once more; `toolkit extract` drops the remark",
                entry=entry,
            )


@text_check(
    About(
        "S108",
        WARNING,
        "The machine has no English for it",
        "The model was asked and gave nothing that can be shown. A person has to translate the sentence.",
        any_language=True,
    )
)
def no_draft(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Untranslated entries with a remark of the drafting stage."""
    for entry in _live(text, State.UNTRANSLATED) if not text.final else ():
        if entry.provenance is not None and entry.provenance.remarks:
            yield Problem(entry.provenance.remarks[0] or "no draft", "translate it by hand", entry=entry)


@text_check(
    About(
        "S109",
        NOTE,
        "The French has changed",
        "The English was made for an earlier wording, and waits for somebody to bring it up to date.",
        any_language=True,
    )
)
def french_changed(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Fuzzy entries with their previous French."""
    for entry in _live(text, State.FUZZY) if not text.final else ():
        if entry.previous is not None:
            reason = "the French has changed since"
            if entry.provenance is not None and entry.provenance.engine != ENGINE_PREVIOUS:
                reason = "the English was made for similar French"
            yield Problem(reason, "compare `#| msgid` with msgid", entry=entry)


@text_check(
    About(
        "S110",
        NOTE,
        "English of sentences that are gone",
        "The catalogue keeps it (`#~`) in case the sentences come back. It is never published.",
        any_language=True,
    )
)
def obsolete(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Obsolete entries, counted."""
    gone = [entry for entry in text.catalogue.obsolete if entry.target] if text.catalogue else []
    if gone:
        number = "one sentence" if len(gone) == 1 else f"{len(gone)} sentences"
        yield Problem(
            f"keeps the English of {number} that the French no longer has",
            "delete the entries in a PO editor if they are not wanted",
            place=(text.path, gone[0].line),
        )


@text_check(
    About(
        "S112",
        WARNING,
        "Too long to be checked",
        f"A sentence of more than {LONGEST:,} characters is none. Usually the source lost its line breaks.",
        any_language=True,
    )
)
def too_long(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Entries that no other check looks at."""
    for entry in text.catalogue.live if text.catalogue else ():
        if entry.target.strip() and max(len(entry.key.source), len(entry.target)) > LONGEST:
            yield Problem("too long to be checked", "look at the source, and check it by eye", entry=entry)


@project_check(
    About(
        "S111",
        NOTE,
        "A catalogue without a release",
        "Its source is no longer in source/: removed, or renamed.",
        any_language=True,
    )
)
def orphan(texts: Sequence[Text], _: Knowledge) -> Iterator[Problem]:
    """Catalogues whose release is gone."""
    for text in texts:
        if text.asked and text.orphan and text.catalogue is not None:
            yield Problem(
                "belongs to no release in source/",
                "delete it, or put its release back",
                place=(text.path, 0),
            )
