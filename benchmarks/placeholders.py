"""Where placeholders end up in machine drafts: the share that stands around the right words, and what it costs.

    python -m benchmarks.placeholders [--show]

The sentences are in placeholders.txt beside this file. A sentence that the model words otherwise on this machine is
left out, because nobody has said where its placeholders belong.
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from unittest.mock import patch

from toolkit.placeholders import Form, bare, laid_out
from toolkit.translation import alignment
from toolkit.translation.argos import ArgosEngine
from toolkit.translation.engine import Attention
from toolkit.translation.packages import embedded_packages
from toolkit.translation.rules import plan
from toolkit.translation.tags import put_back

MODES = ("attention and words", "words alone", "attention alone", "position alone")


@dataclass(frozen=True)
class Sentence:
    """A sentence, its draft, and the drafts with placeholders that a person would accept."""

    section: str
    source: str
    english: str
    attentions: tuple[Attention, ...]
    wanted: tuple[str, ...]


def corpus() -> Iterator[tuple[str, str, tuple[str, ...]]]:
    section = ""
    french = ""
    for line in Path(__file__).with_name("placeholders.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("# ") and line.endswith(" section"):
            section = line.removeprefix("# ")
        elif line and not line.startswith("# ") and not french:
            french = line
        elif french:
            yield section, french, tuple(part.strip() for part in line.split("||"))
            french = ""


def places(text: str) -> dict[tuple[Form, int], int]:
    """Where each placeholder stands: letters before it."""
    words, laid = laid_out(text)
    return {(tag.form, tag.number): len("".join(words[:offset].split())) for offset, tag in laid}


def right(target: str, wanted: str) -> tuple[int, int]:
    """Placeholders of a draft that are where they belong, of how many; a pair with both ends or not at all."""
    given, asked = places(target), places(wanted)
    wrong = {number for (form, number), at in asked.items() if given.get((form, number)) != at}
    numbers = {number for _, number in asked}
    return len(numbers - wrong), len(numbers)


def drafts() -> tuple[list[Sentence], list[str]]:
    engine = ArgosEngine(embedded_packages()[0])
    rows = list(corpus())
    plans = [plan(bare(french)) for _, french, _ in rows]
    queries = list(dict.fromkeys(query for way in plans for query in way.queries))
    next(engine.translate([queries]))  # warm
    for name, attended in (("without attention", frozenset[str]()), ("with attention", frozenset(queries))):
        start = time.process_time()
        answers = dict(zip(queries, next(engine.translate([queries], attended=attended)), strict=True))
        print(f"  the model {name}: {1000 * (time.process_time() - start) / len(rows):.2f} ms a sentence")
    found, left_out = [], []
    for way, (section, french, wanted) in zip(plans, rows, strict=True):
        english = way.finish([answers[query].text for query in way.queries])
        seen = tuple(attention for query in way.queries if (attention := answers[query].attention) is not None)
        if "<ph" in french or "".join(bare(wanted[0]).split()) == "".join(english.split()):
            found.append(Sentence(section, french, english, seen, wanted))
        else:
            left_out.append(english)
    return found, left_out


def measured(sentences: list[Sentence], mode: str, show: bool) -> str:
    with ExitStack() as stack:
        if mode in ("attention alone", "position alone"):
            stack.enter_context(
                patch.object(alignment, "_lexical", lambda french, english: [[0.0] * len(english) for _ in french])
            )
            stack.enter_context(patch.object(alignment, "_with_small_words", lambda links, french, english: links))
        seen = mode.startswith("attention")
        good: dict[str, int] = {}
        total: dict[str, int] = {}
        start = time.process_time()
        for one in sentences:
            target, remarks = put_back(one.source, one.english, one.attentions if seen else ())
            hits, count = max(right(target, wanted) for wanted in one.wanted)
            good[one.section] = good.get(one.section, 0) + hits
            total[one.section] = total.get(one.section, 0) + count
            if show and hits < count:
                print(f"    {one.source}\n    {target} {remarks}\n    {one.wanted[0]}\n")
        cost = 1000 * (time.process_time() - start) / len(sentences)
    shares = ", ".join(f"{section} {good[section]} of {total[section]}" for section in total)
    return f"  {mode:20} {sum(good.values()) / sum(total.values()):6.1%} ({shares}), {cost:.2f} ms a sentence"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--show", action="store_true", help="print the sentences with a placeholder in a wrong place")
    options = parser.parse_args()
    sentences, left_out = drafts()
    print(f"  {len(sentences)} sentences; {len(left_out)} left out, worded otherwise on this machine")
    for mode in MODES:
        print(measured(sentences, mode, options.show and mode == MODES[0]))


if __name__ == "__main__":
    main()
