"""What stands over a release and is not part of it: "Communiqué de presse n° 12", "Sous embargo jusqu’au 14 mars"."""

from __future__ import annotations

import re

from toolkit.formats.datelines import MONTH, Dateline, first_date, lone
from toolkit.formats.recognition import DEFAULT, Recognition, first_match

_AROUND = " \u00a0\u202f\t()[]*-–—"
_PARTS = re.compile(r"\s[-–—/•·]\s|\s*\|\s*|\s\((?!heure)(?=[^()\d]*\)?$)")
#: What links a label to its number or date.
_LEAD = re.compile(r"[\s,.:]*(?:(?:du|le|en date du)\s+)?", re.IGNORECASE)
#: "n° 12", "n° CP-2026/03", "2026-03", "10 h 30", "mars 2026".
_NUMBER = re.compile(
    rf"(?:(?i:n[°ºo]s?|numéro|réf(?:érence)?)[\s.:]*|{MONTH}\s)?[\w/.-]*\d[\w/.-]*(?:\s?h\s?(?:\d\d)?)?(?!\w)"
)


def label_line(text: str, rules: Recognition = DEFAULT) -> Dateline | None:
    """The date and place (both may be "") of a line that only says what the release is; None for any other line.

    "Communiqué de presse n° 12 – Nantes, le 12 mars 2026" is one; "Communiqué de presse : le port rouvre" is not.
    """
    parts = [part.strip(_AROUND) for part in _PARTS.split(text.strip(_AROUND))]
    labels = [first_match(part, rules.label_patterns) for part in parts]
    if not any(labels):
        return None
    date = place = ""
    for part, label in zip(parts, labels, strict=True):
        tail = _tail(part[label.end() :] if label else part)
        if tail is None:
            return None
        date = date or tail.date or (first_date(label[0]) if label else "")
        place = place or tail.place
    return Dateline(date, place, len(text))


def _tail(text: str) -> Dateline | None:
    """The dateline in what follows a label: nothing, a number, a date, or both; None if it is anything else."""
    rest = _LEAD.sub("", text, count=1)
    dated = lone(rest)
    if dated is None:
        rest = _LEAD.sub("", _NUMBER.sub("", rest, count=1) if _NUMBER.match(rest) else rest, count=1)
        dated = lone(rest)
    return dated or (None if rest else Dateline("", "", 0))
