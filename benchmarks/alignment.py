"""How well `toolkit align` matches sentences: precision and recall on texts whose pairs are known.

    python -m benchmarks.alignment PAIRS.tsv [--texts 40] [--long 2000]

PAIRS.tsv holds translations, French and English on a line with a tab between them; none of them should have been in
what the lexicon was counted in (``benchmarks/lexicon.py`` leaves every 25th line out). From them texts are put together
whose English has been treated as translators and web sites treat it: sentences merged, split and left out, paragraphs
merged, left out, moved or added. Four degrees: light, as an official translation has it; heavy; flat, where the English
has lost its paragraphs; archive, heavy with lists told in one sentence and sentences put in another's place. A match
counts as right when it has exactly the true sentences on both sides.
"""

from __future__ import annotations

import argparse
import math
import random
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from toolkit.jobs.certainty import CONFIDENT, DOUBTFUL, LEAST, judged
from toolkit.jobs.evidence import Evidence, Line

Bead = tuple[tuple[int, ...], tuple[int, ...]]


@dataclass(frozen=True)
class Degree:
    """How often what happens to a text: shares of sentences, and of paragraphs."""

    merged: float = 0.04
    split: float = 0.04
    omitted: float = 0.01
    added: float = 0.01
    paragraph_omitted: float = 0.01
    paragraph_added: float = 0.02
    paragraph_merged: float = 0.02
    paragraph_moved: float = 0.0
    flat: bool = False
    told: float = 0.0  # paragraphs that are a list in French, and one sentence in English
    replaced: float = 0.0  # by another sentence


DEGREES = {
    "light": Degree(),
    "heavy": Degree(0.1, 0.1, 0.06, 0.06, 0.06, 0.06, 0.08, 0.03),
    "flat": Degree(0.06, 0.06, 0.02, 0.02, 0.0, 0.02, 0.0, 0.0, flat=True),
    "archive": Degree(0.12, 0.08, 0.05, 0.05, 0.05, 0.05, 0.08, 0.04, told=0.05, replaced=0.02),
}


@dataclass
class Text:
    """A text and its translation, with the beads that belong together."""

    french: list[Line] = field(default_factory=list)
    english: list[Line] = field(default_factory=list)
    gold: set[Bead] = field(default_factory=set)


class Maker:
    """Makes texts from pairs, the same for the same seed."""

    def __init__(self, pairs: Sequence[tuple[str, str]], seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.pairs = pairs
        about: dict[str, list[tuple[str, str]]] = {}
        for pair in pairs:
            for word in {word[:6] for word in pair[0].lower().split() if len(word) > 6}:
                about.setdefault(word, []).append(pair)
        self.topics = [found for _, found in sorted(about.items()) if 40 <= len(found) <= 400]
        self.topic: Sequence[tuple[str, str]] = pairs

    def pair(self) -> tuple[str, str]:
        return self.random.choice(self.topic)

    def text(self, size: int, degree: Degree) -> Text:
        """About ``size`` French sentences on two topics: all of them share one of two words."""
        self.topic = [pair for topic in self.random.sample(self.topics, 2) for pair in topic]
        paragraphs: list[tuple[list[str], list[str], list[Bead]]] = []
        while sum(len(french) for french, _, _ in paragraphs) < size:
            paragraphs.append(self.paragraph(degree))
        order = self.moved(len(paragraphs), degree)
        made = Text()
        sources = [
            self._put(made.french, number * 10, french, 0 if beads else 1)
            for number, (french, _, beads) in enumerate(paragraphs)
        ]
        block = 0
        for number in order:
            if self.random.random() < degree.paragraph_added:
                self._put(made.english, block, [self.pair()[1]])
                block += 1
            _, english, beads = paragraphs[number]
            if self.random.random() < degree.paragraph_omitted:
                continue
            target = self._put(made.english, block, english)
            made.gold |= {
                (tuple(sources[number] + at for at in fr), tuple(target + at for at in en)) for fr, en in beads if en
            }
            block += not (degree.flat or self.random.random() < degree.paragraph_merged)
        return made

    def _put(self, lines: list[Line], block: int, texts: Sequence[str], step: int = 0) -> int:
        start = len(lines)
        lines += [Line(text, block + step * number) for number, text in enumerate(texts)]
        return start

    def moved(self, count: int, degree: Degree) -> list[int]:
        order = list(range(count))
        for number in range(count):
            if self.random.random() < degree.paragraph_moved:
                order.remove(number)
                order.insert(self.random.randrange(count), number)
        return order

    def paragraph(self, degree: Degree) -> tuple[list[str], list[str], list[Bead]]:
        """French sentences, English ones, and their beads."""
        french: list[str] = []
        english: list[str] = []
        beads: list[Bead] = []
        if self.random.random() < degree.told:  # the catalogue has no mark for it: no match with it is right
            items = [self.pair() for _ in range(self.random.randint(2, 4))]
            return [item[0] for item in items], [_in_one([item[1] for item in items])], []
        for _ in range(self.random.choices((1, 2, 3, 4, 6), (4, 4, 3, 2, 1))[0]):
            source, target = self.pair()
            at, to = len(french), len(english)
            chance = self.random.random()
            if chance < degree.merged:
                other = self.pair()
                french += [source, other[0]]
                english.append(_in_one([target, other[1]]))
                beads.append(((at, at + 1), (to,)))
            elif chance < degree.merged + degree.split and (parts := _split(target)):
                french.append(source)
                english += parts
                beads.append(((at,), (to, to + 1)))
            elif chance < degree.merged + degree.split + degree.omitted:
                french.append(source)
            elif chance > 1 - degree.replaced:
                french.append(source)
                english.append(self.pair()[1])
            else:
                french.append(source)
                english.append(target)
                beads.append(((at,), (to,)))
                if self.random.random() < degree.added:
                    english.append(self.pair()[1])
        return french, english, beads


def _in_one(texts: Sequence[str]) -> str:
    """Sentences as one."""
    rest = (f"{text[:1].lower()}{text[1:]}" for text in texts[1:])
    return ", and ".join(text.rstrip(".!?") for text in (texts[0], *rest)) + "."


def _split(text: str) -> tuple[str, str] | None:
    """English in two sentences, at the comma or "and" that is nearest to its middle."""
    words = text.split()
    cuts = [at for at in range(3, len(words) - 3) if words[at - 1].endswith((",", ";")) or words[at] == "and"]
    if not cuts:
        return None
    at = min(cuts, key=lambda cut: abs(cut - len(words) / 2))
    first, second = " ".join(words[:at]).rstrip(",;"), " ".join(words[at:])
    return f"{first}.", f"{second[:1].upper()}{second[1:]}"


# --- what is compared ------------------------------------------------------------------------------------------------

Aligner = Callable[[Text], Iterator[tuple[Bead, float]]]


def ours(text: Text) -> Iterator[tuple[Bead, float]]:
    for one, score, _ in judged(Evidence(text.french, text.english)):
        if all(one.shape):
            yield (tuple(one.source), tuple(one.target)), score


def gale_church(text: Text) -> Iterator[tuple[Bead, float]]:
    """As published: lengths alone, over the whole text, in a band around the diagonal."""
    prior = {(1, 1): 0.89, (1, 0): 0.0099, (0, 1): 0.0099, (2, 1): 0.089, (1, 2): 0.089, (2, 2): 0.011}
    source, target = [len(line.text) for line in text.french], [len(line.text) for line in text.english]
    ratio = sum(target) / max(1, sum(source))
    rows, columns = len(source), len(target)
    best: dict[tuple[int, int], tuple[float, tuple[int, int]]] = {(0, 0): (0.0, (0, 0))}
    band = 60 + abs(rows - columns)
    for i in range(rows + 1):
        middle = i * columns // max(1, rows)
        for j in range(max(0, middle - band), min(columns, middle + band) + 1):
            ways = []
            for (m, n), share in prior.items():
                if (i - m, j - n) in best:
                    french, english = sum(source[i - m : i]), sum(target[j - n : j])
                    cost = best[i - m, j - n][0] - math.log(share)
                    apart = abs(english - french * ratio) / math.sqrt(max(1.0, (french + english / ratio) / 2) * 6.8)
                    ways.append((cost - math.log(max(math.erfc(apart / math.sqrt(2)), 1e-12)), (m, n)))
            if ways:
                best[i, j] = min(ways)
    at = rows, columns
    while at != (0, 0):
        (i, j), (m, n) = at, best[at][1]
        if m and n:
            yield (tuple(range(i - m, i)), tuple(range(j - n, j))), 1.0
        at = i - m, j - n


@dataclass
class Tally:
    """Matches found, matches there are, and right ones."""

    found: int = 0
    gold: int = 0
    right: int = 0
    seconds: float = 0.0
    scored: list[tuple[float, bool]] = field(default_factory=list)

    def add(self, text: Text, aligner: Aligner) -> None:
        start = time.perf_counter()
        beads = list(aligner(text))
        self.seconds += time.perf_counter() - start
        self.found += len(beads)
        self.gold += len(text.gold)
        self.right += sum(bead in text.gold for bead, _ in beads)
        self.scored += [(score, bead in text.gold) for bead, score in beads]

    def __str__(self) -> str:
        return f"precision {self.right / max(1, self.found):6.2%}  recall {self.right / max(1, self.gold):6.2%}"


def read_pairs(path: Path) -> list[tuple[str, str]]:
    lines = (line.rstrip("\n").split("\t") for line in path.open(encoding="utf-8"))
    return [(line[0], line[1]) for line in lines if len(line) == 2 and all(line)]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("pairs", type=Path)
    parser.add_argument("--texts", type=int, default=40)
    parser.add_argument("--long", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    pairs = read_pairs(options.pairs)
    for name, degree in DEGREES.items():
        maker = Maker(pairs, options.seed)
        texts = [maker.text(40, degree) for _ in range(options.texts)]
        for aligner in (gale_church, ours):
            tally = Tally()
            for text in texts:
                tally.add(text, aligner)
            print(f"{name:6} {aligner.__name__:12} {tally}  {tally.seconds:5.1f} s")
            if aligner is ours:
                for low, high in ((CONFIDENT, 100), (DOUBTFUL + 1, CONFIDENT), (LEAST, DOUBTFUL + 1), (0, LEAST)):
                    inside = [right for score, right in tally.scored if low <= score < high]
                    print(f"       certainty {low:2}–{high - 1:2}: {sum(inside):5} of {len(inside):5} right")
    long = Maker(pairs, options.seed).text(options.long, DEGREES["light"])
    tally = Tally()
    tally.add(long, ours)
    print(f"long   ours         {tally}  {tally.seconds:5.1f} s for {len(long.french)} sentences")


if __name__ == "__main__":
    main()
