"""Generated sentences with placeholders, drafted by an engine that turns words about: is any placeholder ever lost?

    python -m benchmarks.generated [--count 10000] [--real]

With --real the embedded model drafts them, which takes some minutes.
"""

from __future__ import annotations

import argparse
import random
import time
from collections.abc import Container, Iterable, Iterator, Sequence

from toolkit import placeholders
from toolkit.catalogue import digest, key_digest
from toolkit.model import Catalogue, Entry, Key
from toolkit.text import quantities
from toolkit.translation.draft import Drafter
from toolkit.translation.engine import USUAL, Answer, Decoding, Engine, Signature

_SUBJECTS = ("Le port de Nantes", "Les capitaines de port", "AMARRE", "La cour régionale", "Mme Ysaline Corvaisier")
_VERBS = ("a contrôlé", "a signé", "n’a pas vendu", "publie", "prépare avec soin", "a recensé")
_OBJECTS = ("120 navires", "le rapport annuel", "3,2 tonnes de cuivre", "deux registres", "un accord", "1 450 fûts")
_ENDS = (
    "le 10 janvier 2026",
    "en mer du Nord",
    "sans délai",
    "du 7 au 9 février",
    "avec l’équipage",
    "près de l’écluse",
)
_NOTHING = frozenset[str]()


def generated(count: int, seed: int = 1) -> list[str]:
    """Different sentences, most of them with one to six placeholders: pairs, nested pairs, marks, fixed words."""
    chance = random.Random(seed)  # noqa: S311
    return [_sentence(chance, number) for number in range(count)]


def _sentence(chance: random.Random, number: int) -> str:
    parts = [chance.choice(_SUBJECTS), chance.choice(_VERBS), chance.choice(_OBJECTS), chance.choice(_ENDS)]
    if chance.random() < 0.5:
        parts += ["et", chance.choice(_VERBS), chance.choice(_OBJECTS)]
    words = [word for part in (*parts, f"(affaire {number})") for word in part.split()]
    tag = 1
    for _ in range(chance.choice((0, 1, 1, 2, 3, 4))):
        first = chance.randrange(len(words))
        last = min(len(words), first + chance.randint(1, 4))
        if any("<" in word for word in words[first:last]):
            if all("<" not in word for word in (words[first], words[last - 1])):
                continue
            words[first] = f"<x{tag}/>{words[first]}" if chance.random() < 0.5 else f"{words[first]}<x{tag}/>"
        else:
            kind = chance.choice(("g", "g", "g", "ph", "x"))
            if kind == "x":
                words[first] += f"<x{tag}/>"
            else:
                inner = " ".join(words[first:last])
                if kind == "g" and last - first > 2 and chance.random() < 0.5:
                    inner = f"{words[first]} <g{tag + 1}>{' '.join(words[first + 1 : last])}</g{tag + 1}>"
                    words[first:last] = [f"<g{tag}>{inner}</g{tag}>"]
                    tag += 2
                    continue
                words[first:last] = [f"<{kind}{tag}>{inner}</{kind}{tag}>"]
        tag += 1
    return placeholders.renumbered(" ".join(words) + ".")


class Scrambler:
    """An engine whose English is the French with its words turned about and some left out: no placeholder fits well."""

    @property
    def signature(self) -> Signature:
        """Of no package."""
        return Signature("scrambler", "words turned about", "5c4a3b1e0000")

    def translate(
        self, windows: Iterable[Sequence[str]], *, decoding: Decoding = USUAL, attended: Container[str] = _NOTHING
    ) -> Iterator[tuple[Answer, ...]]:
        """Answer window by window."""
        for window in windows:
            yield tuple(Answer(self.say(sentence), -0.5) for sentence in window)

    def say(self, sentence: str) -> str:
        """The words two by two in turned order, every fifth left out, and English small words between."""
        words = sentence.rstrip(".").split()
        turned = [word for at in range(0, len(words), 2) for word in reversed(words[at : at + 2])]
        kept = [word for at, word in enumerate(turned) if at % 5 != 4 or len(turned) < 5]
        return " of the ".join(" ".join(kept[at : at + 3]) for at in range(0, len(kept), 3)) + "."


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=10_000)
    parser.add_argument("--real", action="store_true", help="draft with the embedded model")
    options = parser.parse_args()
    engine: Engine = Scrambler()
    if options.real:
        from toolkit.translation.argos import ArgosEngine
        from toolkit.translation.packages import embedded_packages

        engine = ArgosEngine(embedded_packages()[0])
    entries = [Entry(Key(None, source)) for source in generated(options.count)]
    settled = lambda text: tuple(one for one in quantities.find(text) if one.settled)  # noqa: E731
    drafter = Drafter(
        engine.signature, lambda: engine, digest, key_digest, 512, settled=settled, values=quantities.readings
    )
    start = time.perf_counter()
    *_, drafted = drafter.draft([Catalogue("generated", (("Language", "en"),), tuple(entries))])
    seconds = time.perf_counter() - start
    lost = [entry for entry in drafted.entries if placeholders.difference(entry.key.source, entry.target)]
    held = sum(len(placeholders.tags(entry.key.source)) for entry in entries)
    empty = sum(not entry.target for entry in drafted.entries)
    print(f"  {options.count:,} sentences with {held:,} placeholders: {len(lost)} sentences lost one, ", end="")
    print(f"{empty} without a draft, {seconds:.0f} s")
    for entry in lost[:5]:
        print(f"    {entry.key.source}\n    {entry.target}")


if __name__ == "__main__":
    main()
