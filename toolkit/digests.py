"""How a text is known again without being kept: what provenance is believed by."""

from __future__ import annotations

import hashlib

from toolkit.model import ENGINE_ALIGN, Entry, Key, Provenance, State


def digest(text: str) -> str:
    """First 12 hexadecimal digits of the text's SHA-256 (UTF-8)."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()[:12]


def key_digest(key: Key) -> str:
    """Digest of a key as gettext joins it: context, U+0004, source."""
    return digest(key.source if key.context is None else f"{key.context}\x04{key.source}")


def fits(provenance: Provenance | None, key: Key, target: str) -> bool:
    """Whether the target is still, letter for letter, what the provenance says was made for this source."""
    return (
        provenance is not None
        and provenance.source_hash == key_digest(key)
        and provenance.target_hash == digest(target)
    )


def is_edited(entry: Entry) -> bool:
    """Whether a target is no longer, letter for letter, what its provenance says was written: a person has changed it.

    From a comma to every word: what was written is not kept, only its hash. Of English that nothing is known of, False.
    """
    return entry.provenance is not None and entry.provenance.target_hash != digest(entry.target)


def is_matched(entry: Entry) -> bool:
    """Whether an approved entry is as `toolkit align` left it: the English is a person's, its place a program's choice.

    A match that was doubtful has a review priority: where it is approved, a person has done that.
    """
    made = entry.provenance
    return (
        entry.state is State.REVIEWED
        and made is not None
        and made.engine == ENGINE_ALIGN
        and made.priority is None
        and fits(made, entry.key, entry.target)
    )
