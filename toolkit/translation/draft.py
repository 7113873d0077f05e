"""The drafting stage: what has no English yet gets some, by rule or by the engine, marked as the machine's.

All catalogues of a run go through the engine together, in windows of a few hundred sentences: large batches keep the
processor busy, and after each window the catalogues it completed are handed back to be written, so that a run that is
killed loses at most the window in flight. A sentence met twice is translated once, with inline markup or without: the
words go to the engine bare, and the placeholders are put back into the English.
"""

from __future__ import annotations

from collections.abc import Callable, Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace

from toolkit import placeholders
from toolkit.model import ENGINE_RULE, Catalogue, Entry, Key, Provenance, State
from toolkit.text.capitals import casing
from toolkit.translation.engine import Answer, Engine, Signature
from toolkit.translation.guard import missing_addresses, missing_numbers, stutter, suspicious
from toolkit.translation.rules import Plan, plan
from toolkit.translation.tags import put_back

#: Sentences sent to the engine before catalogues are written again, for each processor: a second or two of work.
WINDOW = 64

#: Hashes as the catalogue stage writes them; handed in, because stages do not import each other.
Digest = Callable[[str], str]
KeyDigest = Callable[[Key], str]


@dataclass(frozen=True, slots=True)
class Progress:
    """How far a run is: sentences done, of how many; and the release being written."""

    done: int
    total: int
    release: str


@dataclass(slots=True)
class _Window:
    """A group of entries whose sentences go to the engine together."""

    queries: list[str] = field(default_factory=list)
    places: dict[int, list[Entry]] = field(default_factory=dict)


@dataclass(frozen=True)
class Drafter:
    """Fills untranslated entries.

    Attributes:
        signature: of the engine that will be opened; known without loading it.
        open_engine: loads the engine; called at most once, and only when a sentence needs it.
        digest, key_digest: how provenance hashes a target and a key.
        window: sentences sent to the engine before the catalogues they complete are handed back.
    """

    signature: Signature
    open_engine: Callable[[], Engine]
    digest: Digest
    key_digest: KeyDigest
    window: int = WINDOW

    def wants(self, entry: Entry) -> bool:
        """Whether an entry is to be drafted: no target, and this package has not failed on it before."""
        if entry.state is not State.UNTRANSLATED:
            return False
        tried = entry.provenance
        return not (
            tried is not None
            and tried.checksum == self.signature.checksum
            and tried.source_hash == self.key_digest(entry.key)
        )

    def draft(
        self, catalogues: Sequence[Catalogue], report: Callable[[Progress], None] = lambda progress: None
    ) -> Iterator[Catalogue]:
        """Draft all catalogues; each is yielded whenever some of its entries are new, the last time complete.

        Args:
            catalogues: of one language pair, in the order in which they should be finished.
            report: called after each window.
        """
        current = list(catalogues)
        total = sum(self.wants(entry) for catalogue in catalogues for entry in catalogue.entries)
        done = 0
        report(Progress(done, total, ""))
        plans = self._marked(catalogues)
        attended = frozenset(query for way in plans.values() for query in way.queries)
        known: dict[str, Answer] = {}
        for window in self._answered(self._windows(catalogues, plans), known, attended):
            for index, entries in window.places.items():
                drafted = {entry.key: self._filled(entry, plans[index, entry.key], known) for entry in entries}
                current[index] = _with(current[index], drafted)
                done += len(entries)
                report(Progress(done, total, current[index].release))
                yield current[index]

    def _marked(self, catalogues: Sequence[Catalogue]) -> dict[tuple[int, Key], Plan]:
        """Plans of the sentences with placeholders, made first: their questions are asked with attention."""
        plans: dict[tuple[int, Key], Plan] = {}
        for index, catalogue in enumerate(catalogues):
            marked = [entry.key for entry in catalogue.entries if self.wants(entry) and _is_marked(entry.key)]
            names = _casing(catalogue) if marked else {}
            for key in marked:
                plans[index, key] = plan(placeholders.bare(key.source), key.context, casing=names)
        return plans

    def _windows(self, catalogues: Sequence[Catalogue], plans: dict[tuple[int, Key], Plan]) -> Iterator[_Window]:
        asked: set[str] = set()
        window = _Window()
        for index, catalogue in enumerate(catalogues):
            names = _casing(catalogue)
            for entry in catalogue.entries:
                if not self.wants(entry):
                    continue
                key = (index, entry.key)
                if key not in plans:
                    plans[key] = plan(placeholders.bare(entry.key.source), entry.key.context, casing=names)
                way = plans[key]
                fresh = [query for query in dict.fromkeys(way.queries) if query not in asked]
                asked.update(fresh)
                window.queries += fresh
                window.places.setdefault(index, []).append(entry)
                if len(window.queries) >= self.window:
                    yield window
                    window = _Window()
        if window.places:
            yield window

    def _answered(
        self, windows: Iterable[_Window], known: dict[str, Answer], attended: Container[str]
    ) -> Iterator[_Window]:
        """The windows, each once all its sentences are in ``known``; the engine works one window ahead."""
        engine: Engine | None = None
        waiting: list[_Window] = []

        def asked() -> Iterator[Sequence[str]]:
            for window in windows:
                waiting.append(window)
                yield window.queries

        queue = asked()
        for queries in queue:
            if not queries:
                yield waiting.pop(0)
                continue
            engine = engine or self.open_engine()
            for answers in engine.translate(_again(queries, queue), attended=attended):
                window = waiting.pop(0)
                known.update(_guarded(engine, window.queries, answers, attended))
                yield window

    def _filled(self, entry: Entry, way: Plan, known: dict[str, Answer]) -> Entry:
        answers = [known[query] for query in way.queries]
        problem = next((answer.problem for answer in answers if answer.problem), "")
        texts = [answer.text for answer in answers]
        english = "" if problem else way.finish(texts)
        attentions = [answer.attention for answer in answers if answer.attention is not None]
        target, doubts = put_back(entry.key.source, english, attentions) if english else ("", ())
        if problem:
            remarks: tuple[str, ...] = (f"no draft: {problem}",)
        else:
            remarks = (*_remarks(way.source, placeholders.bare(target)), *way.doubts(texts), *doubts)
        provenance = Provenance(
            engine=self.signature.engine if answers else ENGINE_RULE,
            package=self.signature.package if answers else "",
            checksum=self.signature.checksum if answers else "",
            source_hash=self.key_digest(entry.key),
            target_hash=self.digest(target),
            score=round(min(answer.score for answer in answers), 4) if answers and not problem else None,
            remarks=remarks,
        )
        state = State.MACHINE if target else State.UNTRANSLATED
        return replace(entry, target=target, state=state, provenance=provenance)


def _is_marked(key: Key) -> bool:
    return bool(placeholders.tags(key.source))


def _casing(catalogue: Catalogue) -> dict[str, str]:
    return casing(placeholders.bare(entry.key.source) for entry in catalogue.live)


def _again(first: Sequence[str], rest: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield first
    yield from rest


def _remarks(source: str, target: str) -> tuple[str, ...]:
    """What a reviewer should look at first."""
    lost = {
        "number missing": missing_numbers(source, target),
        "address changed": missing_addresses(source, target),
    }
    remarks = [f"{what}: {', '.join(items)}" for what, items in lost.items() if items]
    if doubled := stutter(source, target):
        remarks.append(f"doubled: {doubled}")
    return tuple(remarks)


def _guarded(
    engine: Engine, queries: Sequence[str], answers: Sequence[Answer], attended: Container[str]
) -> dict[str, Answer]:
    """Answers by query; one that went astray is asked again with repetition control.

    A second answer that is no better is given up where the first was unusable, and thrown away where it only stuttered.
    """
    result = dict(zip(queries, answers, strict=True))
    astray = [query for query, answer in result.items() if not answer.problem and _astray(query, answer)]
    if not astray:
        return result
    second = next(iter(engine.translate([astray], careful=True, attended=attended)))
    for query, again in zip(astray, second, strict=True):
        reason = again.problem or suspicious(query, again.text)
        if suspicious(query, result[query].text):
            result[query] = Answer("", 0.0, reason) if reason else again
        elif not reason and not stutter(query, again.text):
            result[query] = again
    return result


def _astray(query: str, answer: Answer) -> bool:
    return bool(suspicious(query, answer.text) or stutter(query, answer.text))


def _with(catalogue: Catalogue, drafted: dict[Key, Entry]) -> Catalogue:
    return replace(
        catalogue,
        entries=tuple(
            drafted.get(entry.key, entry) if entry.state is State.UNTRANSLATED else entry for entry in catalogue.entries
        ),
    )
