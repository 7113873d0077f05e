"""What of an agency's units belongs into a catalogue as it is now: each becomes entries that `combining` can weigh."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from toolkit.beads import mark_of
from toolkit.catalogue import digest, key_digest
from toolkit.editions import align
from toolkit.exchange import Outgoing, Stage, Unit, by_entries, outgoing, own_english, settled
from toolkit.jobs.worklist import Listed, fingerprint
from toolkit.mending import problem, respelled
from toolkit.model import Catalogue, Entry, Key, Release, State
from toolkit.placeholders import bare
from toolkit.text.spelling import folded, of_one_kind
from toolkit.translation.language import another_language, speaks_english
from toolkit.writers import DIGESTS

_RANKS = tuple(Stage)
#: Fingerprint of English that is not what the catalogue has: a conflict, unless both have changed alike.
_OVERTAKEN = "-"
#: What is quoted or put in brackets.
_ASIDE = re.compile(r"\([^()]*\)|«[^«»]*»|“[^“”]*”|\"[^\"]*\"")
#: Fewer may be an address with a full stop.
_LEAST_WORDS = 5
_UNTOUCHED = frozenset({State.UNTRANSLATED, State.MACHINE})


@dataclass(frozen=True, slots=True)
class Standing:
    """A release as it stands: its beads, and its catalogue's entries by the digests of their keys.

    Attributes:
        by_source: beads by their French (``folded``).
        verbatim: French (``folded``) that stands for itself in every language; nobody is to translate it.
        languages: codes without region, the source's first.
    """

    release: str
    entries: dict[str, Entry]
    by_entries: dict[tuple[str, ...], Outgoing]
    by_source: dict[str, tuple[Outgoing, ...]]
    verbatim: frozenset[str]
    languages: tuple[str, str]

    @classmethod
    def of(cls, release: Release, catalogue: Catalogue, language: str) -> Standing:
        """That of a segmented release with its catalogue."""
        given = [bead for block in align(release, catalogue, language).blocks for bead in outgoing(block)]
        beads = by_entries(given, DIGESTS)
        sources: defaultdict[str, list[Outgoing]] = defaultdict(list)
        for bead in beads.values():
            sources[folded(bead.source)].append(bead)
        by_source = {source: tuple(alike) for source, alike in sources.items()}
        verbatim = frozenset(folded(bead.source) for bead in given if not bead.keys)
        entries = {key_digest(entry.key): entry for entry in catalogue.live}
        languages = release.language.partition("-")[0], language.partition("-")[0]
        return cls(release.id, entries, beads, by_source, verbatim, languages)

    def beads(self, unit: Unit) -> tuple[Outgoing, ...]:
        """What a unit is of: by what it was exported as, else by its French; () where it is of nothing here."""
        if unit.base is not None:
            found = self.by_entries.get(unit.base.entries)
            return (found,) if found else ()
        alike = self.by_source.get(folded(unit.source), ())
        own = tuple(bead for bead in alike if (bead.keys[0].context or "") == (unit.context or ""))
        return own if own or unit.context is not None else alike

    def items(self, units: Iterable[Unit], *, approve: bool = False) -> list[Listed]:
        """What these units say of entries, in their order; those in a sentence's own letters, where there are some."""
        found: list[Listed] = []
        units = list(units)
        spelled = {bead.keys for unit in units for bead in self.beads(unit) if _is_spelled(unit, bead)}
        for unit in units:
            beads = self.beads(unit)
            if not beads and unit.target and folded(unit.source) not in self.verbatim:
                found.append(self._lost(unit))
            for bead in beads:
                if bead.keys not in spelled or _is_spelled(unit, bead):
                    found += self._returned(unit, bead, approve)
        return _agreed(found)

    def is_left(self, unit: Unit) -> bool:
        """Whether a unit confirms nothing although it is translated: it may have gone out as it is, to be checked."""
        return (
            unit.base is None
            and unit.stage is not Stage.INITIAL
            and any(
                bead.lead.state is State.FUZZY and unit.target == bead.english and not _is_touched(unit, bead)
                for bead in self.beads(unit)
            )
        )

    # -- one unit ---------------------------------------------------------------------------------------------------

    def _returned(self, unit: Unit, bead: Outgoing, approve: bool) -> Sequence[Listed]:
        lead = _lead_key(bead)
        entry = self.entries.get(key_digest(lead))
        if entry is None:
            return [self._lost(unit)]
        now = fingerprint(entry)
        same = folded(unit.source) in ("", folded(bead.source))  # no tool lets anybody delete a whole source
        source = lead.source if same else unit.source
        if unit.source != bead.source and same and of_one_kind(unit.target) == of_one_kind(bead.english):
            unit = replace(unit, target=bead.english)  # a tool that changes spaces and marks has changed these, too
        if not _is_touched(unit, bead):
            as_it_is = replace(entry, key=Key(None, source), notes=unit.notes)
            return [Listed(self.release, key_digest(lead), now, as_it_is, spot=unit.spot)]
        approved = vouched = unit.stage.is_approved or approve
        is_same = unit.target == bead.english
        target = entry.target if is_same and not bead.lead.problem else own_english(bead.bead, unit.target)
        if is_same and entry.state is State.REVIEWED:
            approved = True  # a tool that lowers a state has not read the sentence
        kept = is_same and entry.state is State.REVIEWED  # approved as it is: `toolkit check` tells
        wrong = "" if kept else foreign(bead.source, unit.target, self.languages) or _misplaced(source, target)
        state = State.REVIEWED if approved and not wrong else State.FUZZY
        made = Entry(Key(None, source), target, state, notes=unit.notes)
        may_take = _may_take(unit, bead, entry)
        exported = now if may_take else _OVERTAKEN if unit.base else ""
        if fingerprint(made) == now:
            exported = _OVERTAKEN  # it is there already
        is_locked = unit.base is not None and unit.base.is_locked
        items = [
            Listed(self.release, key_digest(lead), exported, made, is_locked=is_locked, wrong=wrong, spot=unit.spot)
        ]
        if may_take and vouched and not wrong and source == lead.source:
            items += self._led(bead, unit.spot)
        return items

    def _led(self, bead: Outgoing, spot: str) -> list[Listed]:
        """The other sentences of an approved bead: their marks are approved with it."""
        found = []
        for key, pair in zip(bead.keys, bead.bead.pairs, strict=True):
            entry = self.entries.get(key_digest(key))
            if pair.lead and entry is not None:
                approved = replace(entry, key=Key(None, key.source), state=State.REVIEWED, notes=())
                found.append(Listed(self.release, key_digest(key), fingerprint(entry), approved, spot=spot))
        return found

    def _lost(self, unit: Unit) -> Listed:
        """A unit whose sentences are gone, or are no longer said together."""
        entries = unit.base.entries if unit.base else ()
        known = next((self.entries[name] for name in entries if name in self.entries), None)
        source = known.key.source if known else unit.source
        made = Entry(Key(None, source), unit.target, State.FUZZY, notes=unit.notes)
        is_same = unit.base is not None and digest(unit.target) == unit.base.english
        exported = fingerprint(made) if is_same or not unit.target else _OVERTAKEN
        return Listed(self.release, key_digest(known.key) if known else "", exported, made, spot=unit.spot)


def foreign(source: str, target: str, languages: tuple[str, str]) -> str:
    """What is wrong with English that is French or of a third language; "" where it is English, or may be.

    Names, addresses and titles stay French in good English. So what stands in brackets and quotation marks does not
    count, one small word that is surely English is enough, and a copy of the French must be a sentence. `toolkit check`
    looks at the rest.

    Args:
        source: the French, placeholders and all.
        target: its English.
        languages: of the project, without regions; other pairs than French and English are not judged.
    """
    if languages != ("fr", "en") or mark_of(target):
        return ""
    french, english = (_ASIDE.sub(" ", bare(text)).strip() for text in (source, target))
    may_be = not _is_sentence(english) if french == english else speaks_english(french, english)
    found = None if may_be else another_language(french, english)
    return f"its translation is {found}" if found else ""


def _is_sentence(text: str) -> bool:
    return len(text.split()) >= _LEAST_WORDS and text.endswith((".", "!", "?", "…"))


def _misplaced(source: str, target: str) -> str:
    """What is wrong with English's placeholders, once those that are only spelled otherwise are right; else ""."""
    return problem(source, respelled(source, target))


def _is_spelled(unit: Unit, bead: Outgoing) -> bool:
    """Whether a unit is a bead's by its letters or by what it went out as, and not by French in other typography."""
    return unit.base is not None or unit.source == bead.source


def _lead_key(bead: Outgoing) -> Key:
    return next(key for key, pair in zip(bead.keys, bead.bead.pairs, strict=True) if not pair.lead)


def _is_touched(unit: Unit, bead: Outgoing) -> bool:
    """Whether somebody has changed a unit's English, or raised its state.

    Where the file does not say what went out, only a state above the one that the sentence would go out with today says
    that anybody has looked at English which the catalogue has already.
    """
    if not unit.target:
        return False  # tools lose targets; nobody is paid to delete them
    sent_none = unit.base.english == digest("") if unit.base else not bead.english
    if sent_none and unit.target == unit.source and unit.stage is Stage.INITIAL:
        return False  # a tool has filled in the French, to be written over
    if not unit.has_stage and unit.target == bead.english and bead.lead.state is State.FUZZY:
        return False  # it may be what went out so, to be checked
    if unit.base is None:
        sent = max(_RANKS.index(bead.stage), _RANKS.index(Stage.TRANSLATED) if unit.is_to_check else 0)
        return unit.target != bead.english or _RANKS.index(unit.stage) > sent
    raised = _RANKS.index(unit.stage) > _RANKS.index(unit.base.stage)
    return raised or digest(unit.target) != unit.base.english


def _may_take(unit: Unit, bead: Outgoing, entry: Entry) -> bool:
    """Whether nobody's words are lost: the catalogue is as it was when the unit went out, or has the same English.

    Where it is not known what went out, nobody may have worked on the sentence.
    """
    if unit.target == bead.english:
        return True
    if unit.base is not None:
        return unit.base.english == digest(bead.english) and unit.base.stage is bead.stage
    return entry.state in _UNTOUCHED


def _agreed(items: Sequence[Listed]) -> list[Listed]:
    """Of a sentence that stands in several places, the same English is approved in all of them or in none."""
    approved = {
        (item.digest, item.entry.target)
        for item in items
        if item.is_touched and item.entry.target and item.entry.state is State.REVIEWED
    }
    return [
        replace(item, entry=replace(item.entry, state=State.REVIEWED))
        if item.is_touched and (item.digest, item.entry.target) in approved
        else item
        for item in items
    ]


def entries_of(found: Catalogue, now: Catalogue, languages: tuple[str, str], *, approve: bool = False) -> list[Listed]:
    """What another program's PO says of a catalogue's entries; sentences that the catalogue does not have are left out.

    Args:
        found: the PO, which does not say what its English was made from.
        now: the catalogue.
        languages: of the project, without regions.
        approve: take English as approved that is marked “needs work”.
    """
    there = {given.key for given in found.live}
    alike: defaultdict[Key, list[Entry]] = defaultdict(list)
    for entry in now.live:
        alike[known_by(entry.key)].append(entry)
    return [
        _given(given, entry, now.release, languages, approve=approve)
        for given in found.live
        if given.target
        for entry in alike[known_by(given.key)]
        if entry.key == given.key or entry.key not in there
    ]


def known_by(key: Key) -> Key:
    """What an entry of another program's PO is known by: its kind of text, and its French whatever its typography."""
    return Key(key.context, folded(key.source))


def _given(given: Entry, entry: Entry, release: str, languages: tuple[str, str], *, approve: bool) -> Listed:
    """What an entry of another program's PO says of an entry of the catalogue."""
    is_same = settled(given.target) == settled(entry.target)
    approved = given.state is State.REVIEWED or (approve and not is_same)
    wrong = "" if is_same and entry.state is State.REVIEWED else foreign(entry.key.source, given.target, languages)
    made = replace(
        given,
        key=Key(None, entry.key.source),
        target=entry.target if is_same else given.target,
        state=State.REVIEWED if approved and not wrong else State.FUZZY,
    )
    exported = fingerprint(entry) if is_same or entry.state in _UNTOUCHED else ""
    if is_same and (wrong or not approved):
        made = replace(made, state=entry.state)
    return Listed(release, key_digest(entry.key), exported, made, wrong=wrong)
