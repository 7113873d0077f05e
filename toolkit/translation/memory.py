"""The memory of a run: what people have approved in one release serves the same sentence in all others.

It is made from the catalogues each time, which are the truth. Only whole sentences of the same kind of text count
(same key), and only targets that a person approved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace

from toolkit.model import ENGINE_MEMORY, ENGINE_PREVIOUS, Catalogue, Entry, Key, Provenance, State

#: So much of a release's id fits into a line of provenance.
LONGEST_NAME = 48


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


def remember(catalogues: Iterable[Catalogue], digest: Callable[[str], str]) -> dict[Key, Unit]:
    """What a person has approved anywhere, live or obsolete, by key; the order of the catalogues does not matter.

    What memory itself filled in does not count, or a mistake would vouch for itself after its correction.
    """
    units: dict[Key, Unit] = {}
    for catalogue in sorted(catalogues, key=lambda catalogue: catalogue.release):
        for entry in catalogue.entries:
            if not _approved(entry) or is_copy(entry, digest):
                continue
            known = units.setdefault(entry.key, Unit(entry.target, catalogue.release))
            if known.target != entry.target:
                units[entry.key] = replace(known, disputed=True)
    return units


def _approved(entry: Entry) -> bool:
    asleep = entry.state is State.OBSOLETE and "fuzzy" not in entry.flags
    return bool(entry.target) and (entry.state is State.REVIEWED or asleep)


def is_copy(entry: Entry, digest: Callable[[str], str]) -> bool:
    """Whether memory filled the entry in and nobody has changed it since."""
    made = entry.provenance
    return made is not None and made.engine == ENGINE_MEMORY and made.target_hash == digest(entry.target)


def recall(
    catalogue: Catalogue, memory: Mapping[Key, Unit], digest: Callable[[str], str], key_digest: Callable[[Key], str]
) -> Catalogue:
    """Fill untranslated entries from memory, and question copies whose original has changed.

    Undisputed English is taken as approved, as it was for this very sentence; disputed English needs a look. Either way
    the provenance says which release it comes from.
    """

    def now(entry: Entry) -> Entry:
        unit = memory.get(entry.key)
        if entry.state is State.UNTRANSLATED and unit is not None:
            return _recalled(entry, unit, digest, key_digest)
        if entry.state is State.REVIEWED and is_copy(entry, digest) and (unit is None or unit.target != entry.target):
            return _questioned(entry)
        return entry

    return replace(catalogue, entries=tuple(map(now, catalogue.entries)))


def _questioned(entry: Entry) -> Entry:
    """A copy that its original no longer agrees with: kept, but for a person to approve here."""
    provenance = entry.provenance
    if provenance is not None:
        remark = f"its original in {provenance.package} has other English now"
        provenance = replace(provenance, engine=ENGINE_PREVIOUS, remarks=(remark,))
    return replace(entry, state=State.FUZZY, provenance=provenance)


def _recalled(entry: Entry, unit: Unit, digest: Callable[[str], str], key_digest: Callable[[Key], str]) -> Entry:
    remarks = ("approved differently in different releases",) if unit.disputed else ()
    provenance = Provenance(
        engine=ENGINE_MEMORY,
        package=unit.release[:LONGEST_NAME],
        source_hash=key_digest(entry.key),
        target_hash=digest(unit.target),
        remarks=remarks,
    )
    state = State.FUZZY if unit.disputed else State.REVIEWED
    return replace(entry, target=unit.target, state=state, provenance=provenance)
