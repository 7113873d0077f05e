"""The review list as a PO file: one entry for each open sentence of any release, in the order in which to review them.

No PO editor sorts by a number, so the order of the file is the order of the work. An entry's msgctxt says where it goes
back to: the release, 12 hexadecimal digits for the catalogue's entry (its msgctxt and msgid), and 12 for its English as
it was exported. So the list alone tells what the reviewer did, and together with the catalogue what happened there in
the meantime, whatever an editor does to comments. `toolkit review merge` adds 12 digits more for the English that it
brought back: what was merged once is nobody's open work, whatever becomes of the sentence afterwards.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from toolkit import catalogue as catalogues
from toolkit.errors import CatalogueError, ReviewError
from toolkit.jobs.effort import Weighed
from toolkit.model import Catalogue, Entry, Key, State

#: Header field that makes a PO file a review list.
MARK = "X-Toolkit-Review"
#: Last-Translator of a list in which nobody has written yet.
NOBODY = "toolkit (review list)"
#: Release, entry, English as exported, and as merged.
_CONTEXT = re.compile(
    r"(?P<release>[a-z0-9-]+)\|(?P<key>[0-9a-f]{12})\|(?P<exported>[0-9a-f]{12})(?:\|(?P<merged>[0-9a-f]{12}))?"
)


@dataclass(frozen=True, slots=True)
class Item:
    """An open sentence to be listed.

    Attributes:
        release, title: of its release.
        entry: the catalogue's.
        weighed: its priority, and why.
        context: lines on what stands before and after it.
    """

    release: str
    title: str
    entry: Entry
    weighed: Weighed
    context: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry of a review list as a reviewer left it.

    Attributes:
        release: id of the release it belongs to.
        digest: of the catalogue's key.
        exported: ``fingerprint`` of the English when the list was made.
        entry: source, English and notes as they are in the list now.
        merged: ``fingerprint`` of the English that was last brought back; "" when none was.
        is_locked: whether it went out as nobody's work: approved, and not to be changed.
        wrong: what is wrong with its English, so that it cannot be approved as the file wants it.
        spot: where it stands in a file whose lines do not say it; "" where the entry's line does.
    """

    release: str
    digest: str
    exported: str
    entry: Entry
    merged: str = ""
    is_locked: bool = False
    wrong: str = ""
    spot: str = ""

    @property
    def at(self) -> str:
        """Where it stands, as messages name it behind the file's name."""
        return self.spot or f":{self.entry.line}"

    @property
    def fingerprint(self) -> str:
        """Of the English in the list now."""
        return fingerprint(self.entry)

    @property
    def is_touched(self) -> bool:
        """Whether the reviewer approved or changed it; comments aside."""
        return self.fingerprint != self.exported

    @property
    def is_merged(self) -> bool:
        """Whether its English, as it is now, was brought back before."""
        return self.merged == self.fingerprint

    def as_merged(self) -> Entry:
        """The list's entry, saying that its English was brought back."""
        context = "|".join((self.release, self.digest, self.exported, self.fingerprint))
        return replace(self.entry, key=replace(self.entry.key, context=context))


def fingerprint(entry: Entry) -> str:
    """Digest of an entry's English and of whether it still needs work: what a reviewer decides."""
    mark = "fuzzy" if entry.target and entry.state in {State.MACHINE, State.FUZZY} else ""
    return catalogues.digest(f"{mark}\x04{entry.target}")


def context_of_item(item: Item) -> str:
    """The msgctxt of a listed sentence."""
    return f"{item.release}|{catalogues.key_digest(item.entry.key)}|{fingerprint(item.entry)}"


def dump(
    items: Sequence[Item],
    language: str,
    source_language: str,
    date: str,
    told: str = "worst first; bring it back with: toolkit review merge",
) -> bytes:
    """A review list as PO bytes.

    Args:
        items: in the order in which they should be reviewed.
        language: of the English.
        source_language: of the French.
        date: for the header, as a PO header has it.
        told: in the header, after the number of sentences.
    """
    header = (
        (MARK, f"{len(items)} sentences, {told}"),
        ("Project-Id-Version", "review"),
        ("Report-Msgid-Bugs-To", ""),
        *catalogues.dates(date),
        ("Last-Translator", NOBODY),
        ("Language-Team", f"{source_language} to {language}"),
        ("Language", language),
        ("MIME-Version", "1.0"),
        ("Content-Type", "text/plain; charset=UTF-8"),
        ("Content-Transfer-Encoding", "8bit"),
        ("Plural-Forms", "nplurals=2; plural=(n != 1);"),
        ("X-Source-Language", source_language),
    )
    return catalogues.serialize(Catalogue("review", header, tuple(map(_entry, items))))


def _entry(item: Item) -> Entry:
    entry = item.entry
    return Entry(
        key=Key(context_of_item(item), entry.key.source),
        target=entry.target,
        state=_state(entry),
        previous=Key(None, entry.previous.source) if entry.previous else None,
        notes=entry.notes,
        comments=(
            f"priority {item.weighed.priority}: {'; '.join(item.weighed.reasons)}",
            f"release {item.release}: {item.title}",
            *entry.comments,
            *item.context,
        ),
        origins=entry.origins,
        flags=entry.flags,
    )


def _state(entry: Entry) -> State:
    """Of a listed entry: a draft “needs work” until somebody says otherwise."""
    if not entry.target:
        return State.UNTRANSLATED
    return State.REVIEWED if entry.state is State.REVIEWED else State.FUZZY


def read(data: bytes, where: str) -> tuple[tuple[Listed, ...], Catalogue]:
    """A review list as somebody left it.

    Args:
        data: the file's bytes.
        where: its name, for messages.

    Returns:
        Its entries, and the list as a catalogue, for its header.

    Raises:
        ReviewError: not a PO file, cut short, or not one of our lists.
    """
    try:
        found = catalogues.parse(data, where, "review")
    except CatalogueError as error:
        message = error.message.replace("the catalogue", "the review list")
        raise ReviewError(message, where=error.where or where, hint=error.hint) from error
    if MARK not in dict(found.header):
        raise ReviewError(
            "this is not a review list: its header lacks " + MARK,
            where=where,
            hint="name the file that `toolkit review export` wrote; a catalogue needs no merging",
        )
    return tuple(_listed(entry, where) for entry in found.live), found


def _listed(entry: Entry, where: str) -> Listed:
    found = _CONTEXT.fullmatch(entry.key.context or "")
    if found is None:
        raise ReviewError(
            f"the msgctxt “{entry.key.context or ''}” does not say where this sentence belongs",
            where=f"{where}:{entry.line}",
            hint="put it back as it was exported, or delete the entry together with the line that counts entries",
        )
    return Listed(found["release"], found["key"], found["exported"], entry, found["merged"] or "")
