"""How a text is known again without being kept: what provenance is believed by."""

from __future__ import annotations

import hashlib

from toolkit.model import Key, Provenance


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
