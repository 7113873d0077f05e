"""The memory of a run: what people have approved in one release serves the same sentence in all others.

It is made from the catalogues each time, which are the truth. Only whole sentences of the same kind of text count
(same key), and only targets that a person approved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.model import ENGINE_MEMORY, Catalogue, Entry, Key, Provenance, State


@dataclass(frozen=True, slots=True)
class Unit:
    """An approved translation.

    Attributes:
        target: the English.
        release: id of the release it was approved in; the first by name where there are several.
        disputed: another release has other approved English for the same sentence.
    """

    target: str
    release: str
    disputed: bool = False


def remember(catalogues: Iterable[Catalogue]) -> dict[Key, Unit]:
    """What has been approved anywhere, live or obsolete, by key; the order of the catalogues does not matter."""
    units: dict[Key, Unit] = {}
    for catalogue in sorted(catalogues, key=lambda catalogue: catalogue.release):
        for entry in catalogue.entries:
            if not _approved(entry):
                continue
            known = units.setdefault(entry.key, Unit(entry.target, catalogue.release))
            if known.target != entry.target:
                units[entry.key] = replace(known, disputed=True)
    return units


def _approved(entry: Entry) -> bool:
    asleep = entry.state is State.OBSOLETE and "fuzzy" not in entry.flags
    return bool(entry.target) and (entry.state is State.REVIEWED or asleep)


def recall(
    catalogue: Catalogue, memory: Mapping[Key, Unit], digest: Callable[[str], str], key_digest: Callable[[Key], str]
) -> Catalogue:
    """Fill untranslated entries from memory.

    Undisputed English is taken as approved, as it was for this very sentence; disputed English needs a look. Either way
    the provenance says which release it comes from.
    """
    return replace(
        catalogue,
        entries=tuple(
            _recalled(entry, memory[entry.key], digest, key_digest)
            if entry.state is State.UNTRANSLATED and entry.key in memory
            else entry
            for entry in catalogue.entries
        ),
    )


def _recalled(entry: Entry, unit: Unit, digest: Callable[[str], str], key_digest: Callable[[Key], str]) -> Entry:
    remarks = ("approved differently in different releases",) if unit.disputed else ()
    provenance = Provenance(
        engine=ENGINE_MEMORY,
        package=unit.release,
        source_hash=key_digest(entry.key),
        target_hash=digest(unit.target),
        remarks=remarks,
    )
    state = State.FUZZY if unit.disputed else State.REVIEWED
    return replace(entry, target=unit.target, state=state, provenance=provenance)
