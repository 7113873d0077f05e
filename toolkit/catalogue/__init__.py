"""Catalogue ↔ PO, and the merge that loses no reviewed word."""

from toolkit.catalogue.po import parse, serialize
from toolkit.catalogue.update import NOT_SAVED, dates, for_language, shared, template, update
from toolkit.digests import digest, key_digest

__all__ = [
    "NOT_SAVED",
    "dates",
    "digest",
    "for_language",
    "key_digest",
    "parse",
    "serialize",
    "shared",
    "template",
    "update",
]
