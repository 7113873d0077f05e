"""Catalogue ↔ PO, and the merge that loses no reviewed word."""

from toolkit.catalogue.po import parse, serialize
from toolkit.catalogue.template import NOT_SAVED, dates, for_language, template
from toolkit.catalogue.update import cost, shared, update
from toolkit.digests import digest, key_digest

__all__ = [
    "NOT_SAVED",
    "cost",
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
