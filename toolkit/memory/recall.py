"""What people approved, laid into what has no English yet: the same sentence, the same words, other figures, others.

Only the very same sentence (``toolkit.text.spelling``) in the same kind of text is taken over as approved; everything
else needs work, says what it was made for and in which words that differs. Where a negation, a number or a name differs
the English is not filled in at all: it would be wrong with the assurance of something approved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple, Protocol

from toolkit.beading import beads_in, pointed_at
from toolkit.beads import joined, mark_of
from toolkit.memory.model import APPROVED, ENFORCE, Match, Unit, trust_of
from toolkit.memory.substitution import substituted
from toolkit.model import ENGINE_MEMORY, ENGINE_PREVIOUS, Catalogue, Entry, Key, Provenance, State
from toolkit.placeholders import bare
from toolkit.placeholders import difference as placeholders_differ
from toolkit.text.difference import LINE, difference, packed, per_cent
from toolkit.text.fixtures import Finder
from toolkit.text.spelling import folded

#: So much of an origin fits into a line of provenance.
LONGEST_NAME = 48
#: The signal that says English was offered and not taken over: once approved it is a person's, not a copy.
OFFERED = "match"

Digest = Callable[[str], str]
KeyDigest = Callable[[Key], str]


class Memory(Protocol):
    """Where units are looked up (``toolkit.memory.store.Store``)."""

    def same(self, source: str) -> tuple[Unit, ...]:
        """Units with the same words."""

    def shaped(self, source: str) -> tuple[Unit, ...]:
        """Units that differ in figures only."""

    def similar(self, source: str, least: int, limit: int = 5) -> tuple[Match, ...]:
        """Units that are alike."""


class Fitted(NamedTuple):
    """English with a sentence's placeholders, and what the reviewer should know of them."""

    target: str
    remarks: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Recalled:
    """A catalogue after memory has been through it.

    Attributes:
        copied, offered: sentences taken over as approved; sentences filled in for a person to check.
        similar: remarks for sentences that memory knows only too unlike ones of.
    """

    catalogue: Catalogue
    copied: int
    offered: int
    similar: dict[Key, tuple[str, ...]]


@dataclass(frozen=True)
class Recaller:
    """Lays a memory into catalogues.

    Attributes:
        digest, key_digest: how provenance hashes a target and a key.
        least: per cent a like sentence needs; 100 takes over the very same only.
        find: the fixtures of a bare French sentence.
        fit: puts a sentence's placeholders into bare English.
        by_rule: whether rules translate a sentence without a model: then only the very same sentence outranks them.
        unread: files that cannot be read now: what was copied from them is not doubted before they can.
    """

    memory: Memory
    digest: Digest
    key_digest: KeyDigest
    least: int = 80
    find: Finder = lambda text: ()
    fit: Callable[[str, str], tuple[str, tuple[str, ...]]] = lambda source, english: (english, ())
    by_rule: Callable[[Key], bool] = lambda key: False
    unread: frozenset[str] = frozenset()

    def recall(self, catalogue: Catalogue) -> Recalled:
        """Fill untranslated entries, replace drafts by what people approved, and question stale copies."""
        similar: dict[Key, tuple[str, ...]] = {}
        shared = pointed_at(catalogue)
        entries = tuple(
            _to_be_checked(entry, new) if entry.key in shared else new
            for entry, new in ((entry, self._now(entry, similar)) for entry in catalogue.entries)
        )
        changed = [new for old, new in zip(catalogue.entries, entries, strict=True) if _is_news(old, new)]
        copied = sum(entry.state is State.REVIEWED for entry in changed)
        return Recalled(replace(catalogue, entries=entries), copied, len(changed) - copied, similar)

    def _now(self, entry: Entry, similar: dict[Key, tuple[str, ...]]) -> Entry:
        if entry.state is State.UNTRANSLATED:
            units = self.memory.same(entry.key.source)
            filled = self._exact(entry, units)
            if filled is not None or self.least == 100 or self.by_rule(entry.key):
                return filled or entry
            return self._same_words(entry, units) or self._other_figures(entry) or self._like(entry, similar) or entry
        if entry.state is State.MACHINE:
            return self._drafted(entry, self.memory.same(entry.key.source))
        if entry.state is State.REVIEWED and entry.provenance is not None and is_copy(entry, self.digest):
            return self._copied(entry, entry.provenance)
        return entry

    def _drafted(self, entry: Entry, units: Sequence[Unit]) -> Entry:
        """A draft that nobody touched: it makes way for approved English of the very same sentence, or for enforced."""
        enforced = self._exact(entry, tuple(unit for unit in units if unit.trust == ENFORCE))
        found = enforced or self._exact(entry, units)
        return found if found is not None and (found is enforced or found.state is State.REVIEWED) else entry

    def _copied(self, entry: Entry, made: Provenance) -> Entry:
        """A copy: left alone, or questioned where an origin as trusted as its own has other English now.

        That its own origin is gone, or cannot be read now, says nothing against the English.
        """
        if made.package in {_named(name) for name in self.unread}:
            return entry
        known = _best(entry.key, self.memory.same(entry.key.source))
        if not known or known[0].trust.rank > _rank_of(made.package):
            return entry
        if entry.target in {unit.target for unit in known}:
            return entry
        origins = [_named(unit.origin) for unit in known]
        return _questioned(entry, made, made.package if made.package in origins else origins[0])

    def _exact(self, entry: Entry, units: Sequence[Unit]) -> Entry | None:
        """The very same sentence: as approved where its origin is trusted and agrees with itself."""
        known = _best(entry.key, units)
        if not known:
            return None
        unit = known[0]
        disputed = any(other.target != unit.target for other in known)
        sound = not placeholders_differ(entry.key.source, unit.target)
        if unit.trust.fills and sound and not disputed:
            return self._filled(entry, unit, unit.target, State.REVIEWED)
        alike = 100 - unit.trust.penalty
        if alike < self.least:
            return None
        remark = "approved differently in different releases" if disputed else "from memory, to be checked"
        target, doubts = (unit.target, ()) if sound else self.fit(entry.key.source, bare(unit.target))
        return self._filled(entry, unit, target, State.FUZZY, alike, (remark, *doubts))

    def _same_words(self, entry: Entry, units: Sequence[Unit]) -> Entry | None:
        """The same words in another kind of text or with other placeholders."""
        for unit in units:
            if unit.key != entry.key and 99 - unit.trust.penalty >= self.least:
                remark = "from memory: the same words"
                if unit.key.context != entry.key.context:
                    remark += f", in a {unit.key.context}" if unit.key.context else ", in running text"
                return self._offered(entry, Match(unit, 99 - unit.trust.penalty), bare(unit.target), (remark,))
        return None

    def _other_figures(self, entry: Entry) -> Entry | None:
        """The same sentence with other figures, which go into its English."""
        new = bare(entry.key.source)
        for unit in self.memory.shaped(entry.key.source):
            old = bare(unit.key.source)
            made = substituted(old, new, bare(unit.target), self.find)
            if made is not None and made.changes and unit.trust.penalty == 0:
                said = [f"{_short(before)} → {_short(after)}" for before, after in made.changes]
                remarks = packed("from memory with other numbers: ", said)
                return self._offered(entry, Match(unit, per_cent(old, new)), made.target, remarks)
        return None

    def _like(self, entry: Entry, similar: dict[Key, tuple[str, ...]]) -> Entry | None:
        """The most alike sentence without another negation, number or name."""
        new = bare(entry.key.source)
        for match in self.memory.similar(entry.key.source, self.least):
            change = difference(bare(match.unit.key.source), new)
            if not change.grave:
                remarks = change.lines(f"memory match {match.per_cent} %: ")
                return self._offered(entry, match, bare(match.unit.target), remarks)
            lead = f"similar in {match.unit.origin[:LONGEST_NAME]}, another {' and '.join(change.kinds)}"
            similar.setdefault(entry.key, (lead[:LINE],))
        return None

    def _offered(self, entry: Entry, match: Match, english: str, remarks: Iterable[str]) -> Entry:
        unit = match.unit
        if bare(unit.target) == english and not placeholders_differ(entry.key.source, unit.target):
            fitted = Fitted(unit.target)
        else:
            fitted = Fitted(*self.fit(entry.key.source, english))
        return self._filled(entry, unit, fitted.target, State.FUZZY, match.per_cent, (*remarks, *fitted.remarks))

    def _filled(
        self,
        entry: Entry,
        unit: Unit,
        target: str,
        state: State,
        alike: int | None = None,
        remarks: Iterable[str] = (),
    ) -> Entry:
        provenance = Provenance(
            engine=ENGINE_MEMORY,
            package=_named(unit.origin),
            source_hash=self.key_digest(unit.key),
            target_hash=self.digest(target),
            remarks=tuple(remarks),
            signals=() if alike is None else ((OFFERED, float(alike)),),
        )
        previous = unit.key if state is State.FUZZY and unit.key != entry.key else None
        return replace(entry, target=target, state=state, provenance=provenance, previous=previous)


def is_copy(entry: Entry, digest: Digest) -> bool:
    """Whether memory took the entry over as approved and nobody has changed it since."""
    made = entry.provenance
    return (
        made is not None
        and made.engine == ENGINE_MEMORY
        and made.target_hash == digest(entry.target)
        and all(name != OFFERED for name, _ in made.signals)
    )


def approved(catalogue: Catalogue, digest: Digest) -> Iterator[tuple[Key, str]]:
    """What a person has approved in a catalogue, live or obsolete, as running English.

    What memory itself took over does not count, or a mistake would vouch for itself after its correction. Neither does
    a mark (``toolkit.beads``), nor English that says a neighbour, too: elsewhere it would say too much.
    """
    beads = beads_in(catalogue)
    for entry in catalogue.entries:
        asleep = entry.state is State.OBSOLETE and "fuzzy" not in entry.flags
        if not entry.target or not (entry.state is State.REVIEWED or asleep) or is_copy(entry, digest):
            continue
        if not mark_of(entry.target) and (asleep or entry.key not in beads):
            yield entry.key, joined(entry.key.source, entry.target)


def _best(key: Key, units: Sequence[Unit]) -> list[Unit]:
    """The units of this very sentence that are trusted most; of these those in its own letters, where there are some.

    An enforced one without context serves every context.
    """
    name = folded(key.source)
    own = [
        unit
        for unit in units
        if folded(unit.key.source) == name
        and (unit.key.context == key.context or (unit.trust == ENFORCE and unit.key.context is None))
    ]
    best = [unit for unit in own if unit.trust == own[0].trust]
    return [unit for unit in best if unit.key.source == key.source] or best


def _questioned(entry: Entry, made: Provenance, origin: str) -> Entry:
    """A copy where this origin has other English: kept, but for a person to approve here."""
    whose = f"its original in {origin}" if origin == made.package else origin
    provenance = replace(made, engine=ENGINE_PREVIOUS, remarks=(f"{whose} has other English now",))
    return replace(entry, state=State.FUZZY, provenance=provenance)


def _to_be_checked(old: Entry, new: Entry) -> Entry:
    """English from memory for a sentence that is to say its neighbour, too: offered, and never as approved."""
    made = new.provenance
    if new is old or made is None or new.state is not State.REVIEWED:
        return new
    remark = "the sentence beside it is to be said here, too"
    offered = replace(made, remarks=(remark, *made.remarks), signals=((OFFERED, 100.0),))
    return replace(new, state=State.FUZZY, provenance=offered)


def _is_news(old: Entry, new: Entry) -> bool:
    """Whether memory gave an entry English, or approved the same letters that a machine had drafted."""
    return new.target != old.target or (new.state is State.REVIEWED and old.state is not State.REVIEWED)


def _named(origin: str) -> str:
    """An origin as provenance names it."""
    return origin.replace(" ", "_")[:LONGEST_NAME]


def _rank_of(package: str) -> int:
    """How far the origin was trusted that provenance names, whether it is still there or not."""
    folder, _, rest = package.partition("/")
    trust = trust_of(rest.partition("/")[0]) if folder == "memory" else None
    return (trust or APPROVED).rank


def _short(text: str) -> str:
    return text if len(text) <= 24 else text[:23] + "…"
