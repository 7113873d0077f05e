"""`toolkit import`: what an agency sends back, brought into the catalogues with the care of `toolkit review merge`.

XLIFF that `toolkit export` wrote says what each sentence was when it went out. Where a file does not (a TMX, another
program's PO, an XLIFF whose tools dropped it), its English is only taken where nobody has worked: sentences without
English, and drafts as the machine left them.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from io import BytesIO
from pathlib import Path, PureWindowsPath

from toolkit import catalogue as catalogues
from toolkit.beads import mark_of
from toolkit.errors import CatalogueError, MemoryFileError, RefusedError, ReviewError, ToolkitError
from toolkit.exchange import Returned, Stage, Unit, load, settled
from toolkit.exchange.reading import LARGEST
from toolkit.jobs.combining import Find, Merged, Outcome, Work, bring_back
from toolkit.jobs.merging import merge
from toolkit.jobs.returning import Standing, entries_of, foreign, known_by
from toolkit.jobs.worklist import MARK, Listed
from toolkit.memory.mending import Notes
from toolkit.memory.tmx import Pair, read_tmx
from toolkit.mending import problem
from toolkit.model import Catalogue, Entry, Key, Release, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.project import SourceFile
from toolkit.text.spelling import folded

#: English that the catalogue has from the file.
_THERE = frozenset({Outcome.CHANGED, Outcome.MERGED})
#: What can be imported, by the name's ending.
XLIFF, TMX, PO = frozenset({".xlf", ".xliff", ".xlif"}), ".tmx", ".po"
#: Characters that no catalogue may hold, though XLIFF has a way to say them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class _Known:
    """A segmented release, its catalogue as it was read, and how the release stands with it."""

    release: Release
    catalogue: Catalogue
    standing: Standing


@dataclass(frozen=True)
class Importer:
    """Brings files back.

    Attributes:
        pipeline: of the project.
        approve: English counts as approved even where the file does not say that somebody has reviewed it.
        translator: "Name <address>" for the headers of catalogues whose English changes; "" is for who the file names
            (PO only), else it leaves theirs.
        dry_run: only say what would be done.
        unconfirmed: file, place in it and French of what was translated or confirmed, but by nobody's word reviewed.
        left: the same of what is “needs work” and is not approved by importing the file again with ``approve``: nothing
            in the file tells it from what went out so.
    """

    pipeline: Pipeline
    approve: bool = False
    translator: str = ""
    dry_run: bool = False
    result: Merged = field(default_factory=Merged)
    unconfirmed: dict[tuple[str, str, str], None] = field(default_factory=dict)
    left: dict[tuple[str, str, str], None] = field(default_factory=dict)

    def bring(self, path: Path) -> None:
        """Bring one file back; what happened is added to ``result``.

        Raises:
            ReviewError: it cannot be read, or is not of this project.
        """
        suffix = path.suffix.lower()
        if suffix not in {*XLIFF, TMX, PO}:
            hint = "have it sent as XLIFF 2.1, TMX or PO"
            raise ReviewError("is neither XLIFF nor TMX nor PO by its name", where=str(path), hint=hint)
        data = _read(path)
        if suffix in XLIFF:
            self._xliff(path, data)
        elif suffix == TMX:
            self._tmx(path, data)
        else:
            self._po(path, data)

    def _work(self, path: Path, header: Mapping[str, str] = {}) -> Work:
        named = {"Last-Translator": self.translator} if self.translator else {}
        return Work(str(path), "the file", {**header, **named})

    def _bring(
        self, path: Path, release: str, find: Find, header: Mapping[str, str] = {}
    ) -> Sequence[tuple[Listed, Outcome, Entry | None]]:
        work = self._work(path, header)
        try:
            found = bring_back(self.pipeline, release, find, work, self.result, dry_run=self.dry_run)
        except CatalogueError as error:
            self.result.problems.append(error)
            return ()
        return found.outcomes

    @property
    def _language(self) -> str:
        return self.pipeline.project.settings.project.target_language

    @property
    def _languages(self) -> tuple[str, str]:
        return self.pipeline.memory.languages

    # -- XLIFF ------------------------------------------------------------------------------------------------------

    def _xliff(self, path: Path, data: bytes) -> None:
        sources = self.pipeline.sources(())
        for part in load(data, str(path), self._languages):
            file = _file_of(part, sources)
            if file is None:
                named = part.original or part.release or "?"
                self.result.problems.append(
                    ReviewError(
                        f"is of a release that is not in source/: {named}",
                        where=str(path),
                        hint="name it with the project it was exported from, or put the release back",
                    )
                )
                continue
            units = [unit for unit in part.units if self._is_sound(path, unit)]
            try:
                known = self._known(file)
                if known is None:
                    hint = f"run `toolkit extract {file.release}`, then import again"
                    raise ReviewError(f"{file.release} has no catalogue yet", where=str(path), hint=hint)
            except ToolkitError as error:
                self.result.problems.append(error)
            else:
                self.result.warnings += _without_english(path, known.standing, units)
                self._units(path, known, units, approve=self.approve)

    def _known(self, file: SourceFile) -> _Known | None:
        """A release as it stands; None without a catalogue."""
        now = self.pipeline.shelf.load(file.release)
        if now is None:
            return None
        release = self.pipeline.release(file)
        return _Known(release, now, Standing.of(release, now, self._language))

    def _units(self, path: Path, known: _Known, units: Sequence[Unit], *, approve: bool) -> None:
        """Bring units into their release; those that do not say what went out are not approved by another import."""
        late = frozenset(() if self.dry_run else (unit.spot for unit in units if unit.base is None))

        def find(now: Catalogue) -> Sequence[Listed]:
            same = now == known.catalogue  # an editor may have saved it meanwhile
            standing = known.standing if same else Standing.of(known.release, now, self._language)
            return standing.items(units, approve=approve)

        for item, outcome, _ in self._bring(path, known.release.id, find):
            if outcome in _THERE and item.entry.state is State.FUZZY and not item.wrong:
                told = self.left if item.at in late else self.unconfirmed
                told[str(path), item.at, item.entry.key.source] = None
        if self.approve:
            self.left.update(
                {(str(path), unit.spot, unit.source): None for unit in units if known.standing.is_left(unit)}
            )

    def _is_sound(self, path: Path, unit: Unit) -> bool:
        """Whether a catalogue can hold a unit's English; else it is refused and told."""
        if unit.is_partial:
            said = f"a part of this sentence has no English, so nothing of it was taken: {bare(unit.source)[:60]}"
            self.result.warnings.append(f"{path}{unit.spot}: {said}")
        found = _FORBIDDEN.search(unit.target)
        hint = "put it right in the file, and import it again"
        if found:
            said = f"the English holds the control character U+{ord(found[0]):04X}"
        elif "\ufffd" in unit.target and "\ufffd" not in unit.source:
            said = "the English holds U+FFFD, which stands for a character that was lost on the way"
        elif mark_of(unit.target) and not mark_of(unit.source):
            said = f"{bare(unit.target).strip()} is a mark for the catalogue, and no English"
            hint = "give the sentence its English in the file, or set the mark in the PO yourself"
        else:
            return True
        error = RefusedError(f"{said}\n    French: {unit.source}", where=f"{path}{unit.spot}", hint=hint)
        self.result.problems.append(error)
        return False

    # -- TMX --------------------------------------------------------------------------------------------------------

    def _tmx(self, path: Path, data: bytes) -> None:
        """A memory does not say of which release its sentences are: each goes wherever its French stands.

        Who names a stranger's file with ``approve`` vouches for what it brings. One of our own says again what was
        approved once, somewhere: it approves nothing. Where other programs have left nothing to know it by, it may be
        approved where there is no English yet or a draft, and never where the same English waits to be checked.
        """
        notes = Notes()
        try:
            pairs = list(read_tmx(BytesIO(data), str(path), self._languages, notes))
        except MemoryFileError as error:
            raise ReviewError(error.message, where=error.where, hint=error.hint) from error
        self.result.warnings += notes.warnings(str(path))
        units = [_unit_of(pair, approve=self.approve) for pair in pairs]
        units = [unit for unit in units if self._is_sound(path, unit)]
        by_french: dict[str, list[int]] = {}
        for number, unit in enumerate(units):
            by_french.setdefault(folded(unit.source), []).append(number)
        placed: set[int] = set()
        for file in self.pipeline.sources(()):
            try:
                known = self._known(file)
            except ToolkitError as error:
                self.result.problems.append(error)
                continue
            if known is None:
                continue
            standing = known.standing
            said = (number for french in standing.by_source.keys() & by_french.keys() for number in by_french[french])
            own = sorted(number for number in said if standing.beads(units[number]))
            placed.update(own)
            if own:
                self._units(path, known, [units[number] for number in own], approve=False)
        self._elsewhere(len(units) - len(placed))

    def _elsewhere(self, count: int) -> None:
        if count:
            self.result.outcomes += Counter({Outcome.ELSEWHERE: count})

    # -- PO ---------------------------------------------------------------------------------------------------------

    def _po(self, path: Path, data: bytes) -> None:
        try:
            found = catalogues.parse(data, str(path), path.stem)
        except CatalogueError as error:
            message = error.message.replace("the catalogue", "the file")
            raise ReviewError(message, where=error.where or str(path), hint=error.hint) from error
        if MARK in dict(found.header):
            self._list(path)
            return
        said = re.split(r"[-_]", found.target_language.strip(), maxsplit=1)[0].lower()
        if said and said != self._languages[1]:
            hint = f"this project translates to {self._languages[1]}: name the file that belongs to it"
            raise ReviewError(f"translates to {found.target_language}", where=str(path), hint=hint)
        known: set[Key] = set()
        for release, now in self._catalogues(found, path):
            known |= {known_by(entry.key) for entry in now.live}
            self._bring(path, release, _entries(found, self._languages, self.approve), dict(found.header))
        self._elsewhere(sum(known_by(entry.key) not in known and bool(entry.target) for entry in found.live))

    def _list(self, path: Path) -> None:
        def judge(source: str, target: str) -> str:
            return problem(source, target) or foreign(source, target, self._languages)

        done = merge(self.pipeline, path, dry_run=self.dry_run, judge=judge)
        self.result.outcomes += done.outcomes
        self.result.notes += done.notes
        self.result.written |= done.written
        self.result.problems += done.problems
        self.result.warnings += done.warnings

    def _catalogues(self, found: Catalogue, path: Path) -> Iterator[tuple[str, Catalogue]]:
        """The catalogues that a PO may be of: the one that it names, else all."""
        files = self.pipeline.sources(())
        named = {dict(found.header).get("Project-Id-Version", ""), path.stem}
        own = [file for file in files if file.release in named]
        for file in own or files:
            try:
                now = self.pipeline.shelf.load(file.release)
            except CatalogueError as error:
                self.result.problems.append(error)
                continue
            if now is not None:
                yield file.release, now


def _without_english(path: Path, standing: Standing, units: Sequence[Unit]) -> Iterator[str]:
    """A line for each unit that is marked as done and has no English, unless it was nobody's work."""
    for unit in units:
        is_locked = unit.base is not None and unit.base.is_locked
        if unit.target or unit.is_partial or is_locked or folded(unit.source) in standing.verbatim:
            continue
        if unit.stage is not Stage.INITIAL:
            said = f"this sentence is marked “{unit.stage}” and has no English, so nothing was taken"
            yield f"{path}{unit.spot}: {said}: {bare(unit.source)[:60]}"


def _unit_of(pair: Pair, *, approve: bool) -> Unit:
    """A pair of a memory as a unit: translated, and reviewed where a person says so and it is not of our own memory."""
    stage = Stage.REVIEWED if approve and not pair.is_own else Stage.TRANSLATED
    source, english = settled(pair.key.source), settled(pair.target)
    return Unit(source, english, stage, pair.spot, context=pair.key.context, has_stage=False)


def _entries(found: Catalogue, languages: tuple[str, str], approve: bool) -> Callable[[Catalogue], Sequence[Listed]]:
    return lambda now: entries_of(found, now, languages, approve=approve)


def _file_of(part: Returned, sources: Sequence[SourceFile]) -> SourceFile | None:
    """The release that a part of a file is of: by its id, which tools may replace, else by the source's path."""
    by_path = {file.shown: file for file in sources}
    by_id = {file.release: file for file in sources}
    name = PureWindowsPath(part.original).name  # of "a/b.txt", too
    by_name = {file.path.name: file for file in sources}
    return by_id.get(part.release) or by_path.get(part.original) or by_name.get(name)


def _read(path: Path) -> bytes:
    try:
        if path.stat().st_size > LARGEST:
            hint = "have it sent in parts, one for each release"
            raise ReviewError(f"is larger than {LARGEST // 1_000_000} MB", where=str(path), hint=hint)
        return path.read_bytes()
    except OSError as error:
        hint = "name the file that came back"
        raise ReviewError(f"cannot be read: {error.strerror}", where=str(path), hint=hint) from error
