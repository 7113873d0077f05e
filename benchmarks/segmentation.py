"""Compares the toolkit's French sentence splitting with other splitters, on gold files of your own.

    python benchmarks/segmentation.py GOLD_FOLDER [--errors 20] [--repeat 3] [--srx RULES.srx]

GOLD_FOLDER holds UTF-8 ``*.txt`` files: one sentence a line, a blank line between paragraphs. Each paragraph is joined
with single spaces and given to every splitter; what counts is the boundaries inside paragraphs. A splitter that is not
installed is left out; all of them: pip install sentence-splitter pysbd spacy syntok sentencex blingfire. Each runs in
this one process, one paragraph a call (spaCy also through its batch interface, where it is faster or slower by text).
"""

from __future__ import annotations

import argparse
import importlib
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from pathlib import Path

from toolkit.segmentation import Segmenter, load_srx

#: Paragraphs → sentences of each.
Split = Callable[[list[str]], list[list[str]]]


def each(split: Callable[[str], list[str]]) -> Split:
    return lambda paragraphs: [split(paragraph) for paragraph in paragraphs]


def toolkit_splitter(rules: Path | None) -> Split:
    segmenter = Segmenter(load_srx(rules), "fr")
    return each(lambda text: [piece.text for piece in segmenter.split(text)])


def sentence_splitter() -> Split:
    splitter = importlib.import_module("sentence_splitter").SentenceSplitter(language="fr")
    return each(splitter.split)


def pysbd() -> Split:
    return each(importlib.import_module("pysbd").Segmenter(language="fr", clean=False).segment)


def spacy() -> Split:
    nlp = importlib.import_module("spacy").blank("fr")
    nlp.add_pipe("sentencizer")
    return each(lambda text: [sentence.text for sentence in nlp(text).sents])


def spacy_batch() -> Split:
    nlp = importlib.import_module("spacy").blank("fr")
    nlp.add_pipe("sentencizer")
    return lambda paragraphs: [[sentence.text for sentence in doc.sents] for doc in nlp.pipe(paragraphs)]


def syntok() -> Split:
    analyze = importlib.import_module("syntok.segmenter").analyze

    def split(text: str) -> list[str]:
        return [
            "".join(token.spacing + token.value for token in one) for paragraph in analyze(text) for one in paragraph
        ]

    return each(split)


def sentencex() -> Split:
    segment = importlib.import_module("sentencex").segment
    return each(lambda text: list(segment("fr", text)))


def blingfire() -> Split:
    sentences = importlib.import_module("blingfire").text_to_sentences
    return each(lambda text: list(sentences(text).split("\n")))


OTHERS: dict[str, Callable[[], Split]] = {
    "sentence-splitter": sentence_splitter,
    "pysbd": pysbd,
    "spaCy sentencizer": spacy,
    "spaCy, batch": spacy_batch,
    "syntok": syntok,
    "sentencex": sentencex,
    "blingfire": blingfire,
}


@dataclass(frozen=True)
class Score:
    right: int
    wrong: int
    missed: int
    speed: float

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def read_gold(folder: Path) -> list[list[str]]:
    """All paragraphs, each a list of sentences with runs of white space made one space."""
    paragraphs: list[list[str]] = []
    for path in sorted(folder.rglob("*.txt")):
        current: list[str] = []
        for line in [*path.read_text(encoding="utf-8").splitlines(), ""]:
            if line.strip():
                current.append(" ".join(line.split()))
            elif current:
                paragraphs.append(current)
                current = []
    return paragraphs


def boundaries(sentences: list[str]) -> set[int]:
    """Inner boundaries, counted in characters that are not white space: splitters differ in what they do with that."""
    lengths = [len("".join(sentence.split())) for sentence in sentences]
    return set(accumulate(lengths)) - {sum(lengths), 0}


def measure(
    split: Split, gold: list[list[str]], repeat: int
) -> tuple[Score, Iterator[tuple[str, list[int], list[int]]]]:
    """Score, and per paragraph the boundaries that are wrong and that are missed; the best of ``repeat`` runs."""
    paragraphs = [" ".join(sentences) for sentences in gold]
    split(paragraphs[:20])
    best = float("inf")
    for _ in range(repeat):
        start = time.perf_counter()
        found = split(paragraphs)
        best = min(best, time.perf_counter() - start)
    want = [boundaries(sentences) for sentences in gold]
    have = [boundaries(sentences) for sentences in found]
    right = sum(len(one & other) for one, other in zip(want, have, strict=True))
    score = Score(
        right,
        sum(map(len, have)) - right,
        sum(map(len, want)) - right,
        sum(map(len, paragraphs)) / best if best else 0.0,
    )
    errors = (
        (text, sorted(other - one), sorted(one - other))
        for text, one, other in zip(paragraphs, want, have, strict=True)
        if one != other
    )
    return score, errors


def context(text: str, boundary: int) -> str:
    """The place of a boundary, marked with ‖."""
    count = 0
    for at, character in enumerate(text):
        count += not character.isspace()
        if count == boundary:
            return f"{text[max(0, at - 50) : at + 1]} ‖{text[at + 1 : at + 45]}"
    return text[-50:]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--errors", type=int, default=0, help="show so many of our errors")
    parser.add_argument("--repeat", type=int, default=3, help="runs; the fastest counts")
    parser.add_argument("--srx", type=Path, help="rules to use instead of the built-in ones")
    options = parser.parse_args()
    gold = read_gold(options.gold)
    if not gold:
        parser.error(f"no *.txt with sentences in {options.gold}")
    inner = sum(len(sentences) - 1 for sentences in gold)
    print(f"{len(gold)} paragraphs, {inner} boundaries inside them\n")
    print(f"{'splitter':<20} {'P':>7} {'R':>7} {'F1':>7} {'wrong':>6} {'missed':>6} {'Mchar/s':>8}")
    for name, make in {"toolkit": lambda: toolkit_splitter(options.srx), **OTHERS}.items():
        try:
            split = make()
        except ImportError:
            print(f"{name:<20} not installed")
            continue
        score, errors = measure(split, gold, options.repeat)
        print(
            f"{name:<20} {score.precision:7.2%} {score.recall:7.2%} {score.f1:7.2%} "
            f"{score.wrong:6} {score.missed:6} {score.speed / 1e6:8.2f}"
        )
        if name == "toolkit" and options.errors:
            shown = [
                f"  {kind} {context(text, at)}"
                for text, wrong, missed in errors
                for kind, places in (("+", wrong), ("-", missed))
                for at in places
            ]
            print("\n".join(shown[: options.errors]))
    return 0


if __name__ == "__main__":
    sys.exit(main())
