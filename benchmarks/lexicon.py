"""Counts the word pairs of toolkit/data/lexicon/fr-en.tsv in translated sentences.

    python -m benchmarks.lexicon PAIRS.tsv OUTPUT.tsv [--most 600000]

PAIRS.tsv holds French and English on a line with a tab between them; every 25th line is left out, for
``benchmarks.alignment``. The method is IBM Model 1 (Brown et al., "The Mathematics of Statistical Machine Translation",
1993) in both directions, on the beginnings of words, each once a sentence; what is counted is the geometric mean of
both expectations. Takes some 8 GB of memory and five minutes for 600,000 pairs.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from toolkit.text.lexicon import french_english, words

Numbers = NDArray[np.int64]
Weights = NDArray[np.float64]

#: Words must stand in so many sentences, pairs in so many together, and so much oftener than by chance.
LEAST_WORD, LEAST_PAIR, LEAST_CHANCE = 8, 3, 2.5
#: Of a word's occurrences, the share that a pair must account for on either side; and how many pairs a word may have.
LEAST_SHARE, MOST_PAIRS = 0.025, 8
ROUNDS = 5


def read(path: Path, most: int) -> tuple[list[list[str]], list[list[str]]]:
    """The words of both sides, letters only, each once a sentence."""
    silent = french_english()
    sides: tuple[list[list[str]], list[list[str]]] = ([], [])
    with path.open(encoding="utf-8") as handle:
        for number, line in enumerate(handle):
            if number % 25 == 0 or len(sides[0]) >= most:
                continue
            texts = line.rstrip("\n").split("\t")[:2]
            for side, text, dull in zip(sides, texts, (silent.french, silent.english), strict=True):
                keys = (word.key for word in words(text) if not word.key[0].isdigit())
                side.append(list(dict.fromkeys(key for key in keys if key not in dull)))
    return sides


def numbered(side: Sequence[Sequence[str]]) -> tuple[list[str], list[Numbers]]:
    """The vocabulary, and each sentence as positions in it."""
    counts = Counter(key for sentence in side for key in sentence)
    known = [key for key, count in counts.most_common() if count >= LEAST_WORD]
    places = {key: at for at, key in enumerate(known)}
    return known, [np.array([places[key] for key in one if key in places], dtype=np.int64) for one in side]


def expected(pairs: Numbers, groups: Numbers, given: Numbers, types: int) -> Weights:
    """Expected counts of each type of pair after some rounds of Model 1.

    Args:
        pairs: of each pair of words in a sentence, its type.
        groups: of each, the word that is explained, numbered through all sentences.
        given: of each type, the word that explains.
        types: how many types there are.
    """
    chances: Weights = np.ones(types)
    counts: Weights = chances
    for number in range(ROUNDS):
        weights = chances[pairs]
        total = np.bincount(groups, weights=weights)
        nothing = 0.02 if number else 1.0  # a word may be explained by none
        counts = np.bincount(pairs, weights=weights / (total[groups] + nothing), minlength=types).astype(np.float64)
        chances = counts / np.bincount(given, weights=counts)[given]
    return counts


def count(
    french: Sequence[Numbers], english: Sequence[Numbers], size: int
) -> tuple[Numbers, Weights, Weights, Weights]:
    """Types of pairs (French position × ``size`` + English one), expected counts, and counts of both words."""
    keys = np.concatenate([(f[:, None] * size + e[None, :]).ravel() for f, e in zip(french, english, strict=True)])
    alone_f = np.bincount(np.concatenate(french)).astype(float)
    alone_e = np.bincount(np.concatenate(english), minlength=size).astype(float)
    types, together = np.unique(keys, return_counts=True)
    chance = together * len(french) / (alone_f[types // size] * alone_e[types % size])
    types = types[(together >= LEAST_PAIR) & (chance > LEAST_CHANCE)]
    at = np.minimum(np.searchsorted(types, keys), len(types) - 1)
    hit = types[at] == keys
    rows, columns = np.array([len(one) for one in french]), np.array([len(one) for one in english])
    first_f, first_e = np.cumsum(rows) - rows, np.cumsum(columns) - columns
    own_f = np.concatenate([np.repeat(np.arange(len(f)), len(e)) for f, e in zip(french, english, strict=True)])
    own_e = np.concatenate([np.tile(np.arange(len(e)), len(f)) for f, e in zip(french, english, strict=True)])
    groups_f = (np.repeat(first_f, rows * columns) + own_f)[hit]
    groups_e = (np.repeat(first_e, rows * columns) + own_e)[hit]
    there = expected(at[hit], groups_e, types // size, len(types))
    back = expected(at[hit], groups_f, types % size, len(types))
    return types, np.sqrt(there * back), alone_f[types // size], alone_e[types % size]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path)
    parser.add_argument("output", type=Path)
    parser.add_argument("--most", type=int, default=600_000)
    options = parser.parse_args()
    sides = read(options.pairs, options.most)
    (french, rows), (english, columns) = numbered(sides[0]), numbered(sides[1])
    types, counts, alone_f, alone_e = count(rows, columns, len(english))
    ratio = counts * len(rows) / (alone_f * alone_e)
    kept = (counts >= LEAST_PAIR) & (ratio > 4) & (np.maximum(counts / alone_f, counts / alone_e) >= LEAST_SHARE)
    table: dict[str, list[tuple[float, str, int]]] = {}
    for kind, number, times in zip(types[kept], counts[kept], ratio[kept], strict=True):
        word, other = french[kind // len(english)], english[kind % len(english)]
        table.setdefault(word, []).append((-number, other, round(10 * float(np.log(times)))))
    old = (Path(__file__).parent.parent / "toolkit/data/lexicon/fr-en.tsv").read_text(encoding="utf-8")
    head = "".join(f"{line}\n" for line in old.splitlines() if line[:1] in "#!")
    lines = (
        f"{word}\t{' '.join(f'{other}:{tenths}' for _, other, tenths in sorted(found)[:MOST_PAIRS])}\n"
        for word, found in sorted(table.items())
    )
    options.output.write_text(head + "".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
