"""Where a page stands on the web, as it says itself: what its links are relative to.

HTML standard: ``<base>`` (4.2.3), ``<link rel="canonical">`` (4.6.7.5); Open Graph's ``og:url``; the comment that
browsers write into a page when they save it.
"""

from __future__ import annotations

import re
from urllib.parse import urljoin

from toolkit.formats.html.references import decoded
from toolkit.formats.html.survey import Survey
from toolkit.formats.html.tokens import Kind

_ABSOLUTE = re.compile(r"https?://[^/\s]", re.IGNORECASE)
_SAVED = re.compile(r"<!--\s*saved from url=\([0-9]+\)(\S+)\s*-->", re.IGNORECASE)


def base_of(survey: Survey) -> str:
    """The address that a page's links are relative to; "" where it does not say."""
    said: dict[str, str] = {}
    for at, token in enumerate(survey.tokens):
        if token.kind is Kind.COMMENT and (saved := _SAVED.match(survey.source, token.start, token.end)):
            said.setdefault("saved", saved[1])
        elif token.kind is Kind.START and token.name in ("base", "link", "meta"):
            found = survey.attributes(at)
            values = {name: decoded(survey.source, each.start, each.end).strip() for name, each in found.items()}
            if token.name == "base":
                said.setdefault("base", values.get("href", ""))
            elif "canonical" in values.get("rel", "").lower().split():
                said.setdefault("canonical", values.get("href", ""))
            elif values.get("property", "").lower() == "og:url":
                said.setdefault("shared", values.get("content", ""))
        elif token.kind is Kind.START and token.name == "body":
            break
    absolute = (said[name] for name in ("canonical", "shared", "saved") if _ABSOLUTE.match(said.get(name, "")))
    base = resolved(next(absolute, ""), said.get("base", ""))
    return base if _ABSOLUTE.match(base) else ""


def resolved(base: str, href: str) -> str:
    """An absolute address for one that is relative to a page; one within the page, or no address, stays as it is."""
    if not base or not href or href.startswith("#"):
        return href or base
    try:
        return urljoin(base, href)
    except ValueError:
        return href
