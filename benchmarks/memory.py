"""A translation memory of a million units: how long it takes to build and to search, and how large it is.

    python -m benchmarks.memory [--units 1000000] [--keep FILE] [--tmx MEGABYTES]

The sentences are made by a generator: 60,000 invented words whose frequencies fall as in running text (Zipf), function
words between them, figures, and what memories are full of: sentences that differ in a word or two, and boilerplate that
differs in its figures only. --tmx also writes a TMX file of that size, with broken entities, and reads it.
"""

from __future__ import annotations

import argparse
import random
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from itertools import accumulate
from pathlib import Path

from toolkit.memory.mending import Notes
from toolkit.memory.model import AUTO
from toolkit.memory.store import Stamp, Store
from toolkit.memory.tmx import Record, read_tmx, write_tmx
from toolkit.model import Key
from toolkit.text.tables import words as table

SYLLABLES = sorted(
    table(
        """
        ba ber bor ca cour da don fla for ga gran la lis lo mar men mi na nor pa por que ran re ri ro sa ser ta ti tor
        va ver vo
        """
    )
)
FUNCTION = sorted(
    table("de la le les des à et en du dans un une pour que qui sur par au avec ce son ne pas est sont a ont été")
)
BOILERPLATE = (
    "Le {0} mai {1}, {2} bateaux ont été contrôlés à l’entrée du port.",
    "Inscriptions avant le {0} juin {1} auprès du secrétariat, bureau {2}.",
)


class Generator:
    """Sentences in the likeness of French, the same for the same seed."""

    def __init__(self, seed: int = 1) -> None:
        self.random = random.Random(seed)  # noqa: S311
        self.words = list(
            dict.fromkeys("".join(self.random.choices(SYLLABLES, k=self.random.randint(2, 4))) for _ in range(90_000))
        )[:60_000]
        self.weights = list(accumulate(1 / (rank + 20) for rank in range(len(self.words))))
        self.past: list[str] = []

    def fresh(self) -> str:
        """A new sentence of 5 to 30 words."""
        draw = self.random
        length = min(30, max(5, int(draw.gauss(17, 6))))
        content = draw.choices(self.words, cum_weights=self.weights, k=length)
        words = [
            draw.choice(FUNCTION)
            if draw.random() < 0.45
            else str(draw.randint(2, 3000))
            if draw.random() < 0.04
            else word
            for word in content
        ]
        return " ".join(words).capitalize() + "."

    def varied(self, sentence: str) -> str:
        """A sentence with one or two words changed, added or left out."""
        words = sentence.split()
        for _ in range(self.random.randint(1, 2)):
            at = self.random.randrange(1, len(words))
            words[at : at + self.random.randint(0, 1)] = self.random.choices(self.words, k=self.random.randint(0, 1))
        return " ".join(words)

    def sentence(self) -> str:
        """A sentence as a memory has them: new, like one before, or boilerplate."""
        draw = self.random.random()
        if draw < 0.02:
            pattern = self.random.choice(BOILERPLATE)
            return pattern.format(
                self.random.randint(1, 31), self.random.randint(1990, 2026), self.random.randint(2, 99)
            )
        made = self.varied(self.random.choice(self.past)) if draw < 0.2 and self.past else self.fresh()
        if len(self.past) < 50_000:
            self.past.append(made)
        return made

    def units(self, count: int) -> Iterator[tuple[Key, str]]:
        for number in range(count):
            yield Key(None, self.sentence()), f"English of sentence {number}, as long as English usually is, or so."


def searches(store: Store, generator: Generator, count: int) -> Iterator[tuple[str, int, list[float], list[float]]]:
    """What is searched, how often it is found, and the milliseconds of each search by the clock and of processor."""
    draw = generator.random
    kinds: dict[str, Callable[[], str]] = {
        "a word or two changed": lambda: generator.varied(draw.choice(generator.past)),
        "unseen": generator.fresh,
        "boilerplate": lambda: BOILERPLATE[0].format(draw.randint(1, 31), draw.randint(1990, 2026), 555),
    }
    for kind, make in kinds.items():
        found, clock, processor = 0, [], []
        for sentence in [make() for _ in range(count)]:
            start, used = time.perf_counter(), time.process_time()
            found += bool(store.similar(sentence, 75))
            clock.append(1000 * (time.perf_counter() - start))
            processor.append(1000 * (time.process_time() - used))
        yield kind, found, sorted(clock), sorted(processor)


def measure(path: Path, count: int) -> None:
    generator = Generator()
    is_new = not path.exists()
    store = Store(path)
    if is_new:
        start = time.process_time()
        with store.changing():
            store.add(Stamp("memory/auto/made.tmx", AUTO, 0, 0, ""), generator.units(count))
        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
        print(f"{count:,} units: {time.process_time() - start:.0f} s of processor to generate and take in,", end=" ")
        print(f"{path.stat().st_size / 1e6:.0f} MB on disk, {peak:.0f} MB of memory at most", flush=True)
    else:
        for _ in generator.units(min(count, 60_000)):
            pass
    for kind, found, clock, processor in searches(store, generator, 300):
        print(f"{kind}: found for {found} of {len(clock)};", end=" ")
        for what, taken in (("clock", clock), ("processor", processor)):
            print(f"{what} median {statistics.median(taken):.2f} p95 {taken[int(0.95 * len(taken))]:.2f} ms", end="  ")
        print(flush=True)
    store.close()


def measure_tmx(path: Path, megabytes: int) -> None:
    generator = Generator(2)
    with path.open("wb") as handle:
        records = (Record(key, target) for key, target in generator.units(10_000_000))
        for number, piece in enumerate(write_tmx(records, ("fr", "en"))):
            handle.write(piece.replace(b" de ", b" de&nbsp;", 1) if number % 50 == 1 else piece)
            if handle.tell() > megabytes * 1_000_000:
                break
        handle.write(b"  </body>\n</tmx>\n")
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    notes = Notes()
    start = time.process_time()
    with path.open("rb") as handle:
        count = sum(1 for _ in read_tmx(handle, path.name, ("fr", "en"), notes))
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(
        f"TMX of {path.stat().st_size / 1e6:.0f} MB: {count:,} units in {time.process_time() - start:.0f} s", end="; "
    )
    print(f"memory {before:.0f} MB before, {peak:.0f} MB at most")
    print(*notes.warnings(path.name), sep="\n")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--units", type=int, default=1_000_000)
    parser.add_argument("--keep", type=Path, help="where to leave the cache, or to find it")
    parser.add_argument("--tmx", type=int, default=0, metavar="MEGABYTES")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if options.tmx:
            measure_tmx(Path(folder) / "made.tmx", options.tmx)
        if options.units:
            measure(options.keep or Path(folder) / "memory.sqlite", options.units)


if __name__ == "__main__":
    main()
