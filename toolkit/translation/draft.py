"""The drafting stage: what has no English yet gets some, by rule or by the engine, marked as the machine's.

All catalogues of a run go through the engine together, in windows of a few hundred sentences: large batches keep the
processor busy, and after each window the catalogues it completed are handed back to be written, so that a run that is
killed loses at most the window in flight. A sentence met twice is translated once, with inline markup or without: the
words go to the engine bare, and the placeholders are put back into the English.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from pathlib import Path

from toolkit import placeholders
from toolkit.model import ENGINE_RULE, Catalogue, Entry, Key, Provenance, State
from toolkit.text.capitals import casing
from toolkit.text.fixtures import Fixture, missing
from toolkit.translation import scores
from toolkit.translation.answering import Answerer
from toolkit.translation.candidates import Settled, Settler, Values
from toolkit.translation.engine import Answer, Engine, Signature
from toolkit.translation.fitting import completed
from toolkit.translation.remarks import failures, remarks
from toolkit.translation.rules import Plan, plan
from toolkit.translation.tags import put_back

#: Sentences sent to the engine before catalogues are written again, for each processor: a second or two of work.
WINDOW = 64

#: Questions whose fixtures are kept at hand.
_KEPT = 4096

#: The comment by which a list's item knows the sentence it continues.
_LEAD_IN = re.compile(r"continues “(.*)”", re.DOTALL)

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
        settled: finds what is settled in a bare French sentence (terms, figures, names): drafts hold it.
        values: finds the values of the quantities in English.
        cache: folder for what is learnt about a model once; None keeps nothing.
        weights: of review priority; None for the shipped ones.
    """

    signature: Signature
    open_engine: Callable[[], Engine]
    digest: Digest
    key_digest: KeyDigest
    window: int = WINDOW
    settled: Settled | None = None
    values: Values = lambda english: ()
    cache: Path | None = None
    weights: scores.Weights | None = None

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
        attended = _Everything() if self.settled else frozenset(q for way in plans.values() for q in way.queries)
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
            marked = [entry for entry in catalogue.entries if self.wants(entry) and _is_marked(entry.key)]
            names = _casing(catalogue) if marked else {}
            for entry in marked:
                plans[index, entry.key] = _planned(entry, names)
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
                    plans[key] = _planned(entry, names)
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
        self, windows: Iterable[_Window], known: dict[str, Answer], attended: frozenset[str] | _Everything
    ) -> Iterator[_Window]:
        """The windows, each once all its sentences are in ``known``; the engine works one window ahead."""
        answerer: Answerer | None = None
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
            answerer = answerer or self._answerer()
            for answers in answerer.engine.translate(_again(queries, queue), attended=attended):
                window = waiting.pop(0)
                known.update(answerer.improve(window.queries, answers, attended))
                yield window

    def _answerer(self) -> Answerer:
        engine = self.open_engine()
        if self.settled is None:
            return Answerer(engine)
        return Answerer(engine, Settler(engine, lru_cache(_KEPT)(self.settled), self.values, self.cache))

    def _filled(self, entry: Entry, way: Plan, known: dict[str, Answer]) -> Entry:
        answers = [known[query] for query in way.queries]
        problem = next((answer.problem for answer in answers if answer.problem), "")
        texts = [answer.text for answer in answers]
        fixtures = self._fixtures(way.source)
        english = "" if problem else way.finish(texts)
        english = completed(english, way.source, missing(fixtures, english, self.values))
        attentions = [answer.attention for answer in answers if answer.attention is not None]
        target, doubtful = put_back(entry.key.source, english, attentions) if english else ("", ())
        if not target:
            return self._left_out(entry, problem or "empty answer", bool(answers))
        bare = placeholders.bare(target)
        told = remarks(way.source, bare, fixtures, self.values)
        measured = scores.signals(way.source, bare, answers, failures(told))
        provenance = Provenance(
            engine=self.signature.engine if answers else ENGINE_RULE,
            package=self.signature.package if answers else "",
            checksum=self.signature.checksum if answers else "",
            source_hash=self.key_digest(entry.key),
            target_hash=self.digest(target),
            score=round(min(answer.score for answer in answers), 4) if answers else None,
            remarks=(*told, *way.doubts(texts), *doubtful),
            signals=measured,
            priority=scores.priority(measured, self.weights) if measured else None,
        )
        return replace(entry, target=target, state=State.MACHINE, provenance=provenance)

    def _left_out(self, entry: Entry, problem: str, asked: bool) -> Entry:
        """The entry without English, and why."""
        provenance = Provenance(
            engine=self.signature.engine if asked else ENGINE_RULE,
            package=self.signature.package if asked else "",
            checksum=self.signature.checksum if asked else "",
            source_hash=self.key_digest(entry.key),
            target_hash=self.digest(""),
            remarks=(f"no draft: {problem}",),
        )
        return replace(entry, target="", state=State.UNTRANSLATED, provenance=provenance)

    def _fixtures(self, source: str) -> Sequence[Fixture]:
        return self.settled(source) if self.settled else ()


class _Everything:
    """A set that holds whatever is asked for."""

    def __contains__(self, item: object) -> bool:
        return True


def _planned(entry: Entry, casing: Mapping[str, str]) -> Plan:
    lead = next((found[1] for comment in entry.comments if (found := _LEAD_IN.fullmatch(comment))), "")
    bare, context = placeholders.bare(entry.key.source), entry.key.context
    return plan(bare, context, casing=casing, lead_in=placeholders.bare(lead))


def _is_marked(key: Key) -> bool:
    return bool(placeholders.tags(key.source))


def _casing(catalogue: Catalogue) -> dict[str, str]:
    return casing(placeholders.bare(entry.key.source) for entry in catalogue.live)


def _again(first: Sequence[str], rest: Iterator[Sequence[str]]) -> Iterator[Sequence[str]]:
    yield first
    yield from rest


def _with(catalogue: Catalogue, drafted: dict[Key, Entry]) -> Catalogue:
    return replace(
        catalogue,
        entries=tuple(
            drafted.get(entry.key, entry) if entry.state is State.UNTRANSLATED else entry for entry in catalogue.entries
        ),
    )
