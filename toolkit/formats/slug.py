"""File name → release id: the name of its catalogue and its pages, safe in every file system and URL."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date
from pathlib import PurePath

from toolkit.errors import SourceError

MAX_BYTES = 200
_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
#: Letters that Unicode does not decompose.
_LETTERS = str.maketrans({"œ": "oe", "æ": "ae", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
#: Names Windows gives to devices, with any suffix (Microsoft, "Naming Files, Paths, and Namespaces").
_DEVICE = re.compile(r"con|prn|aux|nul|com[0-9]|lpt[0-9]")
#: What the edition needs for itself.
_RESERVED = {"index": "the front page of the edition", "sitemap": "the edition's list for search engines"}


def release_id(filename: str) -> str:
    """The id of the release in a file: lower-case ASCII letters, digits and single hyphens between them.

    Accents are folded, everything else becomes a hyphen: "Été à Sète.txt" → "ete-a-sete". The last suffix goes.

    Raises:
        SourceError: the name is a path, hidden, too long, holds a control character, or leaves nothing usable.
    """
    shown = ascii(filename)[1:-1] if not filename.isprintable() else filename
    problem = _problem(filename)
    if problem:
        raise _refused(shown, problem)
    letters = unicodedata.normalize("NFKD", PurePath(filename).stem).casefold().translate(_LETTERS)
    folded = unicodedata.normalize("NFKD", letters)
    bare = "".join(letter for letter in folded if not unicodedata.combining(letter))
    slug = re.sub(r"[^a-z0-9]+", "-", bare).strip("-")
    if not slug:
        raise _refused(shown, "has no Latin letter or digit to name its pages by")
    if len(slug) > MAX_BYTES:
        raise _refused(shown, f"would name its catalogue with more than {MAX_BYTES} letters")
    if _DEVICE.fullmatch(slug):
        raise _refused(shown, f'would be called "{slug}", which Windows keeps for a device')
    if slug in _RESERVED:
        raise _refused(shown, f'would be called "{slug}", which is {_RESERVED[slug]}')
    return slug


def is_release_id(name: str) -> bool:
    """Whether a release can have this id."""
    free = not _DEVICE.fullmatch(name) and name not in _RESERVED
    return free and len(name) <= MAX_BYTES and bool(_ID.fullmatch(name))


def day_in(name: str) -> str:
    """The day with which a release's id begins ("2026-04-02-portes-ouvertes"), ISO 8601; "" where there is none."""
    try:
        day = date.fromisoformat(name[:10]).isoformat()
    except ValueError:
        return ""
    return day if day == name[:10] else ""


def check_collisions(paths: Iterable[str]) -> None:
    """Refuses two sources that would share catalogue and pages ("été.txt" and "ete.txt").

    Raises:
        SourceError: naming both files; or a name is bad in itself.
    """
    seen: dict[str, str] = {}
    for path in paths:
        slug = release_id(PurePath(path).name)
        if slug in seen:
            raise SourceError(
                f'this file and {seen[slug]} would both be called "{slug}"',
                where=path,
                hint="Rename one of the two.",
            )
        seen[slug] = path


def _problem(filename: str) -> str:
    if any(unicodedata.category(letter) == "Cc" for letter in filename):
        return "holds a control character"
    if any("\ud800" <= letter <= "\udfff" for letter in filename):
        return "is not valid UTF-8"
    if "/" in filename or "\\" in filename:
        return "holds a path separator"
    if filename.startswith("."):
        return "begins with a dot"
    if len(filename.encode("utf-8")) > MAX_BYTES:
        return f"is longer than {MAX_BYTES} bytes"
    return "" if filename else "is empty"


def _refused(shown: str, problem: str) -> SourceError:
    where = shown if len(shown) <= 80 else f"{shown[:79]}…"
    return SourceError(
        f"the file name {problem}",
        where=where,
        hint="Rename the file: letters, digits and hyphens are safe.",
    )
