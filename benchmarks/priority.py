"""How well review priority predicts what a reviewer changes, and weights fitted anew.

Sentences with good English are drafted afresh; a draft whose chrF++ against the good English is low counts as one that
a reviewer changes. Without --pairs, the good English is the sample project's own (about 110 sentences: enough to look
at, too few to fit on). With --pairs, any file of French, a tab, and English, one pair a line.

    python -m benchmarks.priority [--pairs FILE.tsv …] [--least 55] [--limit 4000]
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path

from sacrebleu.metrics.chrf import CHRF

from benchmarks.corpus import ROOT
from toolkit.jobs.calibrate import cross_validated, predicts
from toolkit.model import Catalogue, Entry, Key, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.project import open_project
from toolkit.translation.logistic import Example, auc, fit
from toolkit.translation.scores import SHIPPED, SIGNALS, dump_weights, features

SHORTEST, LONGEST = 4, 60


def sample(pipeline: Pipeline) -> Iterator[tuple[str, str]]:
    """The sentences of the sample project that a person has approved, with their English."""
    for catalogue in pipeline.shelf.all():
        for entry in catalogue.live:
            if entry.state is State.REVIEWED:
                yield bare(entry.key.source), bare(entry.target)


def from_file(path: Path) -> Iterator[tuple[str, str]]:
    for line in path.read_text(encoding="utf-8").splitlines():
        french, _, english = line.partition("\t")
        yield french.strip(), english.strip()


def examples(pipeline: Pipeline, pairs: dict[str, str], least: float) -> list[Example]:
    """Each pair drafted afresh and judged."""
    package = pipeline.package("embedded")
    drafter = pipeline.drafter(package, lambda: pipeline.engine(package))
    empty = Catalogue("pairs", (("Language", "en"),), tuple(Entry(Key(None, french)) for french in pairs))
    *_, drafted = drafter.draft([empty])
    metric = CHRF(word_order=2)
    found = []
    for entry in drafted.live:
        if entry.provenance and entry.provenance.score is not None:
            alike = metric.sentence_score(entry.target, [pairs[entry.key.source]]).score
            found.append(Example(features(entry.provenance.signals), alike < least))
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--pairs", type=Path, nargs="*", default=[])
    parser.add_argument("--least", type=float, default=55.0, help="chrF++ below which a draft counts as changed")
    parser.add_argument("--limit", type=int, default=4000)
    options = parser.parse_args()
    pipeline = Pipeline(open_project(ROOT))
    pairs = [pair for path in options.pairs for pair in from_file(path)] if options.pairs else list(sample(pipeline))
    usable = {french: english for french, english in pairs if SHORTEST <= len(french.split()) <= LONGEST and english}
    found = examples(pipeline, dict(list(usable.items())[: options.limit]), options.least)
    changed = sum(example.changed for example in found)
    print(f"  {len(found)} drafts, {changed} with chrF++ below {options.least:g}")
    print(f"  AUC of the shipped weights: {predicts(found, SHIPPED):.3f}")
    for name, signal in SIGNALS.items():
        known = [(signal.sign * one.values[name], one.changed) for one in found if name in one.values]
        if known:
            print(f"      {name:5} alone: {auc(known):.3f} ({len(known)})")
    print(f"  AUC of weights fitted here, in five parts: {cross_validated(found):.3f}")
    print(dump_weights(fit(found)).decode())


if __name__ == "__main__":
    main()
