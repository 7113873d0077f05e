"""How near translations come to references: chrF and BLEU, and what must be right in any of them.

A score of likeness says little about whether a figure or a term is right, so those are counted for themselves: the
fixtures of each French sentence (``toolkit.fixing``) are looked for in the translation. A reference may render a term
its own way; so they are counted a second time among those that the reference holds. The only import of sacrebleu.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.fixing import lost
from toolkit.jobs.references import Sentence, Unit
from toolkit.text.fixtures import Fixture, Kind

#: What is counted together.
GROUPS: Mapping[str, frozenset[Kind]] = {
    "terms": frozenset({Kind.TERM}),
    "numbers": frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.PERCENT, Kind.DATE, Kind.TIME, Kind.MONEY, Kind.MEASURE}),
    "names": frozenset({Kind.NAME, Kind.ACRONYM, Kind.CODE, Kind.ADDRESS}),
}
TOTAL = "total"

#: English of a release's sentences, in order; "" where there is none.
Targets = Sequence[str]


@dataclass(frozen=True, slots=True)
class Tally:
    """How many of how many."""

    held: int = 0
    of: int = 0

    def __add__(self, other: Tally) -> Tally:
        return Tally(self.held + other.held, self.of + other.of)

    @property
    def share(self) -> float | None:
        """0–1; None of nothing."""
        return self.held / self.of if self.of else None


@dataclass(frozen=True, slots=True)
class Miss:
    """Something settled that a translation does not hold.

    Attributes:
        sentence: id of the segment it stands in.
        in_reference: whether the reference holds it.
    """

    release: str
    sentence: str
    kind: str
    french: str
    english: tuple[str, ...]
    in_reference: bool


@dataclass(frozen=True, slots=True)
class Row:
    """The scores of one release, or of all.

    Attributes:
        sentences: compared.
        left_out: sentences without a counterpart in the reference.
        untranslated: of those compared.
        chrf, bleu: 0–100.
        held: by name of the group, in all; ``held_as_reference``: among those that the reference holds.
    """

    release: str
    sentences: int
    left_out: int
    untranslated: int
    chrf: float
    bleu: float
    held: Mapping[str, Tally]
    held_as_reference: Mapping[str, Tally]


@dataclass(frozen=True, slots=True)
class System:
    """A way to get English, scored.

    Attributes:
        name: "current", "fresh", "raw", or the file compared with.
        model: label of the package it was made with; "" where that is not one.
    """

    name: str
    model: str
    rows: tuple[Row, ...]
    total: Row
    misses: tuple[Miss, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A release with its references.

    Attributes:
        release: its id.
        sentences: all there is to translate, in order.
        units: what is compared.
        fixtures: what is settled in each sentence.
    """

    release: str
    sentences: tuple[Sentence, ...]
    units: tuple[Unit, ...]
    fixtures: tuple[tuple[Fixture, ...], ...] = field(repr=False)


def score(name: str, model: str, cases: Sequence[Case], targets: Mapping[str, Targets]) -> System:
    """Score a way to get English.

    Args:
        name: of the system.
        model: of its package, "" where it has none.
        cases: what it is compared with.
        targets: its English, by release.
    """
    rows, misses = [], []
    every: list[tuple[str, str]] = []
    for case in cases:
        english = targets[case.release]
        pairs = [(" ".join(filter(None, (english[at] for at in unit.sentences))), unit.english) for unit in case.units]
        every += pairs
        row, missed = _row(case, english, pairs)
        rows.append(row)
        misses += missed
    return System(name, model, tuple(rows), _total(rows, every), tuple(misses))


def _row(case: Case, english: Targets, pairs: Sequence[tuple[str, str]]) -> tuple[Row, list[Miss]]:
    held = dict.fromkeys(GROUPS, Tally())
    as_reference = dict.fromkeys(GROUPS, Tally())
    misses: list[Miss] = []
    for unit, (target, reference) in zip(case.units, pairs, strict=True):
        for fixture, sentence, there, agreed in _judged(case, unit, target, reference):
            group = next(name for name, kinds in GROUPS.items() if fixture.kind in kinds)
            held[group] += Tally(int(there), 1)
            as_reference[group] += Tally(int(there and agreed), int(agreed))
            if not there:
                words = fixture.source(sentence.french)
                misses.append(Miss(case.release, sentence.id, fixture.kind.value, words, fixture.english, agreed))
    compared = [at for unit in case.units for at in unit.sentences]
    empty = [unit for unit, (target, _) in zip(case.units, pairs, strict=True) if not target]
    row = Row(
        release=case.release,
        sentences=len(compared),
        left_out=len(case.sentences) - len(compared),
        untranslated=sum(len(unit.sentences) for unit in empty),
        chrf=_chrf(pairs),
        bleu=_bleu(pairs),
        held=held,
        held_as_reference=as_reference,
    )
    return row, misses


def _judged(case: Case, unit: Unit, target: str, reference: str) -> Iterator[tuple[Fixture, Sentence, bool, bool]]:
    """Each fixture of a unit with its sentence, whether the translation holds it, and whether the reference does."""
    moved: list[Fixture] = []
    where: list[tuple[Fixture, Sentence]] = []
    start = 0
    for at in unit.sentences:  # one after the other, as if they were one sentence
        moved += [replace(one, start=one.start + start, end=one.end + start) for one in case.fixtures[at]]
        where += [(one, case.sentences[at]) for one in case.fixtures[at]]
        start += len(case.sentences[at].french) + 1
    missing, disputed = (set(lost(moved, english)) for english in (target, reference))
    for (fixture, sentence), one in zip(where, moved, strict=True):
        yield fixture, sentence, one not in missing, one not in disputed


def _total(rows: Sequence[Row], pairs: Sequence[tuple[str, str]]) -> Row:
    def summed(name: str, tallies: Sequence[Mapping[str, Tally]]) -> Tally:
        return sum((tally[name] for tally in tallies), Tally())

    return Row(
        release=TOTAL,
        sentences=sum(row.sentences for row in rows),
        left_out=sum(row.left_out for row in rows),
        untranslated=sum(row.untranslated for row in rows),
        chrf=_chrf(pairs),
        bleu=_bleu(pairs),
        held={name: summed(name, [row.held for row in rows]) for name in GROUPS},
        held_as_reference={name: summed(name, [row.held_as_reference for row in rows]) for name in GROUPS},
    )


def _chrf(pairs: Sequence[tuple[str, str]]) -> float:
    from sacrebleu.metrics.chrf import CHRF

    return float(CHRF().corpus_score([target for target, _ in pairs], [[reference for _, reference in pairs]]).score)


def _bleu(pairs: Sequence[tuple[str, str]]) -> float:
    from sacrebleu.metrics.bleu import BLEU

    return float(BLEU().corpus_score([target for target, _ in pairs], [[reference for _, reference in pairs]]).score)


def signatures() -> dict[str, str]:
    """How the metrics were computed, as sacrebleu says it: what makes figures of two papers comparable."""
    from sacrebleu.metrics.bleu import BLEU
    from sacrebleu.metrics.chrf import CHRF

    found = {}
    for name, metric in (("chrF", CHRF()), ("BLEU", BLEU())):
        metric.corpus_score(["a"], [["a"]])  # the number of references is part of the signature
        found[name] = str(metric.get_signature())
    return found
