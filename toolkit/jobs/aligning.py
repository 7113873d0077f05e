"""`toolkit align`: an English file that is there already becomes the catalogue of its French release.

The English is a person's, its place in the catalogue a machine's guess. So a match that is sure enough is filled in as
approved and one that is doubtful as "needs work", with the certainty and the file in the provenance; nothing that a
person has touched is replaced, and what could not be matched is told, not guessed.
"""

from __future__ import annotations

import hashlib
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from enum import StrEnum
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.beads import Mark
from toolkit.errors import RefusedError, SourceError
from toolkit.formats import ReadOptions
from toolkit.jobs.certainty import CONFIDENT, LEAST, contradictions, judged
from toolkit.jobs.evidence import Evidence, Line
from toolkit.jobs.existing import Sentence, read_sentences
from toolkit.jobs.french import Drafts, French, french_lines, hints_of, is_aligned, sentences_of
from toolkit.jobs.wording import worded
from toolkit.model import ENGINE_ALIGN, Catalogue, Entry, Key, Provenance, Release, State
from toolkit.pipeline import Pipeline
from toolkit.project import is_below
from toolkit.text.lexicon import french_english, words

#: Kinds of blocks that formats tell apart alike; what is none of them is running text.
_KINDS = frozenset({"heading", "item", "cell", "attribute"})
#: Least share of sentences that surely belong together, of the shorter side, or the file is refused: another text.
_LEAST_SHARE = 0.2
#: So much of the file's name fits into a line of provenance.
_LONGEST_NAME = 44

#: Review priority of doubtful matches, at least; and of those with something that a person should look at.
LEAST_PRIORITY, FIGURES = 40, 80
#: Name of the certainty among an entry's signals.
SIGNAL = "aligned"


class Outcome(StrEnum):
    """What became of a match."""

    APPROVED = "approved"
    DOUBTFUL = "needs work"
    THERE = "there already"
    WAITING = "there, needs work"
    DRAFT = "there, a draft"
    KEPT = "other English there"
    UNSURE = "too doubtful"
    CLASH = "same French, other English"
    NO_ENGLISH = "no English"
    NO_FRENCH = "no French"


_FILLED = frozenset({Outcome.APPROVED, Outcome.DOUBTFUL})


@dataclass(frozen=True, slots=True)
class Row:
    """A match, or what has no partner.

    Attributes:
        score: how sure it is, 0–100.
        remarks: what a person should look at.
        targets: msgstr by entry; nothing where it cannot be filled in.
    """

    french: tuple[French, ...]
    english: tuple[Sentence, ...]
    score: int = 0
    outcome: Outcome = Outcome.UNSURE
    remarks: tuple[str, ...] = ()
    targets: Mapping[Key, str] = field(default_factory=dict)

    @property
    def state(self) -> State:
        """Of its English in the catalogue, where it is filled in."""
        return State.REVIEWED if self.outcome is Outcome.APPROVED else State.FUZZY

    @property
    def shape(self) -> str:
        """How many French sentences and how many English ones: "2:1"."""
        return f"{len(self.french)}:{len(self.english)}"


@dataclass(slots=True)
class Alignment:
    """What an alignment found and did.

    Attributes:
        release: its id; ``catalogue`` the file as messages name it.
        written: whether that was changed.
        warnings: of the reader of the English file.
    """

    release: str
    catalogue: str
    rows: tuple[Row, ...] = ()
    written: bool = False
    warnings: tuple[str, ...] = ()

    def sentences(self, *outcomes: Outcome) -> int:
        """French sentences of the rows with one of these outcomes."""
        return sum(len(row.french) for row in self.rows if row.outcome in outcomes)

    def having(self, *outcomes: Outcome) -> tuple[Row, ...]:
        """The rows with one of these outcomes."""
        return tuple(row for row in self.rows if row.outcome in outcomes)


@dataclass(frozen=True, slots=True)
class Wanted:
    """How to align.

    Attributes:
        encoding: of the English file.
        all_fuzzy: fill in nothing as approved.
        dry_run: write nothing.
        drafts: translates French sentences, to compare the English with; None goes without.
    """

    encoding: str = "auto"
    all_fuzzy: bool = False
    dry_run: bool = False
    drafts: Drafts | None = None


def align_file(pipeline: Pipeline, french: str, english: Path, wanted: Wanted = Wanted()) -> Alignment:
    """Fill a release's catalogue from an English file of the same text.

    Args:
        pipeline: of the project.
        french: the release, by id or file.
        english: of any format that releases may have, not necessarily the same.
        wanted: how.

    Raises:
        SourceError: there is no such release, or a file cannot be read. RefusedError: the file is no English, or not
            of this text. CatalogueError: the catalogue cannot be trusted.
    """
    release = _release(pipeline, french, english)
    language = pipeline.project.settings.project.target_language
    options = ReadOptions(encoding=wanted.encoding, language=language)
    found, warnings = read_sentences(english, options)
    _refuse_other_language(found, english)
    current = _current(pipeline, release)
    sentences = sentences_of(release)
    hints = hints_of(sentences, current, pipeline, wanted.drafts)
    rows = _settled(_rows(pipeline, sentences, found, hints), all_fuzzy=wanted.all_fuzzy)
    _refuse_other_text(rows, english, release.id)
    path = pipeline.project.catalogue_path(release.id)
    result = Alignment(release.id, pipeline.project.shown(path), warnings=warnings)
    made = _Provenance(english.name, hashlib.sha256(english.read_bytes()).hexdigest()[:12])
    if wanted.dry_run:
        result.rows = filled(current, rows, made)[1]
        return result
    report = pipeline.extract((release.id,))
    if report.problems:
        raise report.problems[0]

    def change(old: Catalogue | None) -> Catalogue:
        after, result.rows = filled(old or current, rows, made)
        return after

    result.written = pipeline.shelf.change(release.id, change) is not None
    return result


# -- what is read -----------------------------------------------------------------------------------------------------


def _release(pipeline: Pipeline, name: str, english: Path) -> Release:
    """The French release, segmented."""
    path, folder = Path(name), pipeline.project.source
    if path.is_file() and not path.resolve().is_relative_to(folder.resolve()) and "/" in path.as_posix():
        raise SourceError("is no release of this project", where=name, hint="copy it into source/, then align again")
    file = pipeline.sources((name,))[0]
    if english.exists() and english.resolve() == file.path.resolve():
        raise SourceError("is the French release itself", where=str(english), hint="name its English file after it")
    if english.exists() and is_below(english, pipeline.project.output):
        hint = "name the English that people made; drafts must not come back as theirs"
        raise SourceError("was made from this project's own catalogues", where=str(english), hint=hint)
    return pipeline.release(file)


def _current(pipeline: Pipeline, release: Release) -> Catalogue:
    """The catalogue as `extract` would leave it."""
    template = catalogues.template(release, notes=pipeline.glossary.notes)
    language = pipeline.project.settings.project.target_language
    new = catalogues.for_language(template, release, language)
    return catalogues.update(pipeline.shelf.load(release.id), new)


def _refuse_other_language(found: Sequence[Sentence], path: Path) -> None:
    lexicon = french_english()
    keys = [word.key for sentence in found[:500] for word in words(sentence.text)]
    french = sum(key in lexicon.french and key not in lexicon.english for key in keys)
    english = sum(key in lexicon.english and key not in lexicon.french for key in keys)
    if not found or (len(keys) > 20 and french > english):
        reason = "looks French, not English" if found else "holds no sentence"
        raise RefusedError(reason, where=str(path), hint="name the release first, then its English file")


def _refuse_other_text(rows: Sequence[Row], path: Path, release: str) -> None:
    """Refuse a file of which hardly a sentence surely belongs here; what is on every page fits any release."""
    sure = sum(row.score >= CONFIDENT for row in rows)
    shorter = min(sum(len(row.french) for row in rows), sum(len(row.english) for row in rows))
    if not sure or sure < _LEAST_SHARE * shorter:
        number = "no sentence fits" if not sure else f"only {sure} of {shorter} sentences fit"
        raise RefusedError(
            f"does not look like the English of {release}: {number}; nothing was written",
            where=str(path),
            hint="see whether it is the right file; `toolkit segment FILE` shows how it is cut",
        )


# -- what belongs together --------------------------------------------------------------------------------------------


def _rows(
    pipeline: Pipeline, french: Sequence[French], english: Sequence[Sentence], hints: Sequence[tuple[str, ...]]
) -> Iterator[Row]:
    """All sentences of both sides, in beads, with English as the catalogue would have it."""
    source = french_lines(french, hints, lambda kind: kind if kind in _KINDS else "text")
    target = [Line(one.text, one.block, one.kind if one.kind in _KINDS else "text") for one in english]
    evidence = Evidence(source, target)
    for one, score, remarks in judged(evidence):
        sides = tuple(french[at] for at in one.source), tuple(english[at] for at in one.target)
        row = Row(*sides, score, remarks=remarks)
        if not all(sides):
            yield replace(row, outcome=Outcome.NO_FRENCH if row.english else Outcome.NO_ENGLISH)
        else:
            yield _with_targets(pipeline, row)


def _with_targets(pipeline: Pipeline, row: Row) -> Row:
    lead = row.french[0]
    source = " ".join(sentence.text for sentence in row.french)
    english = " ".join(sentence.text for sentence in row.english)
    remarks = (*row.remarks, *contradictions(pipeline.fixer, source, english))
    made = worded(lead.key.source, lead.codes, row.english)
    if made is None or row.score < LEAST:
        return replace(row, outcome=Outcome.UNSURE, remarks=remarks)
    targets = dict.fromkeys((sentence.key for sentence in row.french[1:]), str(Mark.PREVIOUS))
    if lead.key in targets or len(targets) < len(row.french) - 1:  # the same sentence twice in a row
        return replace(row, outcome=Outcome.CLASH, remarks=remarks)
    targets = {lead.key: made.target, **targets}
    return replace(row, remarks=(*remarks, *made.remarks), targets=targets)


def _settled(rows: Iterator[Row], *, all_fuzzy: bool) -> tuple[Row, ...]:
    """The rows with what is to become of them; an entry that stands at several places has one English."""
    found = list(rows)
    order = sorted(range(len(found)), key=lambda at: (len(found[at].targets) != 1, -found[at].score, at))
    chosen: dict[Key, str] = {}
    for at in order:
        row = found[at]
        if not row.targets:
            continue
        if any(chosen.get(key, target) != target for key, target in row.targets.items()):
            found[at] = replace(row, outcome=Outcome.CLASH, targets={})
            continue
        chosen.update(row.targets)
        sure = row.score >= CONFIDENT and not row.remarks and not all_fuzzy
        found[at] = replace(row, outcome=Outcome.APPROVED if sure else Outcome.DOUBTFUL)
    return tuple(found)


# -- what is written --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class _Provenance:
    """Where the English is from: the file's name and the first digits of its SHA-256."""

    name: str
    checksum: str

    def of(self, key: Key, target: str, row: Row) -> Provenance:
        doubtful = row.outcome is Outcome.DOUBTFUL
        said = f"aligned with certainty {row.score}: is this its English?"
        return Provenance(
            ENGINE_ALIGN,
            package=" ".join(self.name.split())[:_LONGEST_NAME].strip() or "file",
            checksum=self.checksum,
            source_hash=catalogues.key_digest(key),
            target_hash=catalogues.digest(target),
            score=round(math.log(max(row.score, 1) / 100), 4),
            remarks=(row.remarks or (said,)) if doubtful else (),
            signals=((SIGNAL, float(row.score)),),
            priority=(FIGURES if row.remarks else max(LEAST_PRIORITY, 100 - row.score)) if doubtful else None,
        )


def filled(catalogue: Catalogue, rows: Sequence[Row], made: _Provenance) -> tuple[Catalogue, tuple[Row, ...]]:
    """A catalogue with the English of an alignment, and the rows with what became of them.

    Only what is untranslated, a draft nobody touched, or an earlier alignment nobody touched is filled; of a bead all
    or nothing.
    """
    entries = {entry.key: entry for entry in catalogue.live}
    told = []
    for row in rows:
        there = [entries[key] for key in row.targets if key in entries]
        if row.outcome not in _FILLED or len(there) < len(row.targets):
            told.append(row)
        elif any(entry.state is State.MACHINE and entry.target == row.targets[entry.key] for entry in there):
            told.append(replace(row, outcome=Outcome.DRAFT))  # a draft that comes back is nobody's approval
        elif not all(_is_free(entry) for entry in there):
            same = all(entry.target == row.targets[entry.key] for entry in there)
            told.append(replace(row, outcome=Outcome.THERE if same else Outcome.KEPT))
        elif all((entry.state, entry.target) == (row.state, row.targets[entry.key]) for entry in there):
            told.append(replace(row, outcome=Outcome.WAITING))  # as an earlier run left it
        else:
            for entry in there:
                target = row.targets[entry.key]
                own = made.of(entry.key, target, row)
                entries[entry.key] = replace(entry, target=target, state=row.state, provenance=own, previous=None)
            told.append(row)
    live = tuple(entries[entry.key] for entry in catalogue.live)
    return replace(catalogue, entries=(*live, *catalogue.obsolete)), tuple(told)


def _is_free(entry: Entry) -> bool:
    """Whether nobody has a word in an entry yet."""
    if entry.state in (State.UNTRANSLATED, State.MACHINE):
        return True
    return entry.state is State.FUZZY and is_aligned(entry)
