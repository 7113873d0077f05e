"""Provenance as a PO file carries it: short ``# toolkit: key value`` lines among the translator comments.

Those are the only comments that every editor and msgmerge keep. They may be carried over to another sentence by a fuzzy
match, and an editor leaves them when a person retypes the English, so nothing here is believed unless the hashes of
source and target still fit.
"""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator

from toolkit.model import Provenance

PREFIX = "toolkit: "
_GOES_ON = "… "
_PRIORITY = re.compile(r"[0-9]{1,3}")
_KEYS = frozenset({"engine", "hashes", "score", "remark", "priority", "signals"})
#: Longest comment line that no editor re-wraps.
MAX_LINE = 74


def to_lines(provenance: Provenance) -> tuple[str, ...]:
    """The comment lines of a provenance, without the leading ``# ``; each at most MAX_LINE characters.

    Remarks come first, because a person is to read them; a long one goes on in lines that begin with an ellipsis.
    """
    parts = [provenance.engine, provenance.package, provenance.checksum]
    lines = [f"remark {line}" for remark in provenance.remarks for line in _wrapped(remark, "remark ", _GOES_ON)]
    lines.append(f"engine {' '.join(part for part in parts if part)}")
    lines.append(f"hashes {provenance.source_hash} {provenance.target_hash}")
    if provenance.score is not None:
        lines.append(f"score {provenance.score:.4f}")
    if provenance.priority is not None:
        lines.append(f"priority {provenance.priority}")
    measured = " ".join(f"{name}={value:g}" for name, value in provenance.signals)
    lines += [f"signals {line}" for line in _wrapped(measured, "signals ")]
    return tuple((PREFIX + line)[:MAX_LINE].rstrip() for line in lines)


def _wrapped(text: str, key: str, indent: str = "") -> list[str]:
    width = MAX_LINE - len(PREFIX) - len(key)
    return textwrap.wrap(text, width, break_on_hyphens=False, subsequent_indent=indent)


def from_lines(lines: tuple[str, ...]) -> tuple[Provenance | None, tuple[str, ...]]:
    """Split translator comment lines into our provenance and the translators' own lines.

    Lines that start like ours but cannot be read stay with the translators' own; without readable hashes there is no
    provenance at all.
    """
    own: list[str] = []
    found: dict[str, str] = {}
    remarks: list[str] = []
    signals: list[tuple[str, float]] = []
    for line in lines:
        key, _, value = line.removeprefix(PREFIX).partition(" ")
        if not line.startswith(PREFIX) or key not in _KEYS or not value:
            own.append(line)
        elif key == "remark" and value.startswith(_GOES_ON) and remarks:
            remarks[-1] += " " + value.removeprefix(_GOES_ON)
        elif key == "remark":
            remarks.append(value)
        elif key == "signals":
            signals += _signals(value)
        else:
            found[key] = value
    hashes = found.get("hashes", "").split(" ")
    engine = found.get("engine", "").split(" ")
    if len(hashes) != 2 or not engine[0]:
        return None, tuple(own)
    checksum = engine.pop() if len(engine) > 2 else ""
    return (
        Provenance(
            engine=engine[0],
            package=" ".join(engine[1:]),
            checksum=checksum,
            source_hash=hashes[0],
            target_hash=hashes[1],
            score=_score(found.get("score")),
            remarks=tuple(remarks),
            signals=tuple(signals),
            priority=int(priority) if _PRIORITY.fullmatch(priority := found.get("priority", "")) else None,
        ),
        tuple(own),
    )


def _signals(text: str) -> Iterator[tuple[str, float]]:
    for part in text.split():
        name, _, value = part.partition("=")
        number = _score(value)
        if name and number is not None:
            yield name, number


def _score(text: str | None) -> float | None:
    try:
        return None if text is None else float(text)
    except ValueError:
        return None
