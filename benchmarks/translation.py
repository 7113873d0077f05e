"""Translation throughput: the toolkit's engine, bare CTranslate2 on ready tokens (the limit), argostranslate itself.

    python -m benchmarks.translation [--lines 300] [--runs 5] [--argos-python ENV/bin/python]

argostranslate's own path needs an environment of its own, because it brings PyTorch:

    python -m venv ENV && ENV/bin/pip install argostranslate

Words are those of the French text. Each figure is the median of the runs; the model is loaded before the clock starts.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import tempfile
import time
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import ctranslate2

from benchmarks.corpus import sentences
from toolkit.translation.argos import BATCH_TOKENS, LENGTH_PENALTY, MAX_TOKENS, ArgosEngine
from toolkit.translation.draft import WINDOW
from toolkit.translation.engine import available_processors
from toolkit.translation.packages import ModelPackage, embedded_packages


def median_seconds(work: Callable[[], Any], runs: int) -> float:
    work()
    times = []
    for _ in range(runs):
        start = time.perf_counter()
        work()
        times.append(time.perf_counter() - start)
    return statistics.median(times)


def bare(package: ModelPackage, lines: list[str], beam: int) -> Callable[[], Any]:
    """CTranslate2 alone: tokens ready, one call, nothing decoded."""
    engine = ArgosEngine(package, beam=beam)
    tokens = [engine._tokenizer.encode(line) for line in lines]
    translator = ctranslate2.Translator(
        "model", device="cpu", inter_threads=available_processors(), intra_threads=1, files=package.model_files()
    )
    return lambda: translator.translate_batch(
        tokens,
        beam_size=beam,
        length_penalty=LENGTH_PENALTY,
        replace_unknowns=True,
        return_scores=True,
        batch_type="tokens",
        max_batch_size=BATCH_TOKENS,
        max_input_length=0,
        max_decoding_length=MAX_TOKENS,
    )


def ours(package: ModelPackage, lines: list[str], beam: int) -> Callable[[], list[str]]:
    """The engine as the drafting stage uses it: windows of sentences in, English and scores out."""
    engine = ArgosEngine(package, beam=beam)
    size = WINDOW * available_processors()
    windows = [lines[start : start + size] for start in range(0, len(lines), size)]
    return lambda: [answer.text for answers in engine.translate(windows) for answer in answers]


def argos(python: str, package: ModelPackage, lines: list[str], runs: int, threads: str) -> tuple[float, list[str]]:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with zipfile.ZipFile(package.path) as archive:
            archive.extractall(folder)
        text = folder / "lines.txt"
        text.write_text("\n".join(lines), encoding="utf-8")
        top = next(path.parent for path in folder.glob("*/metadata.json"))
        done = subprocess.run(
            [python, str(Path(__file__).with_name("argos_path.py")), str(top), str(text), str(runs)],
            env={**os.environ, "ARGOS_INTRA_THREADS": threads, "XDG_DATA_HOME": name},
            capture_output=True,
            text=True,
            check=True,
        )
    found = json.loads(done.stdout.splitlines()[-1])
    return statistics.median(found["seconds"]), found["english"]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--lines", type=int, default=300)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--argos-python", help="Python of an environment with argostranslate and all it asks for")
    options = parser.parse_args()
    package = embedded_packages()[0]
    lines = sentences(options.lines)
    words = sum(len(line.split()) for line in lines)
    print(f"{package.label}, {len(lines)} sentences, {words} words, {available_processors()} processors")
    rows: dict[str, float] = {}
    for beam in (4, 1):
        rows[f"bare CTranslate2, ready tokens, beam {beam}"] = median_seconds(bare(package, lines, beam), options.runs)
        rows[f"toolkit engine, beam {beam}"] = median_seconds(ours(package, lines, beam), options.runs)
    if options.argos_python:
        mine = ours(package, lines, 4)()
        for threads, name in (("0", "as it comes"), ("1", "tuned to one thread")):
            runs = 1 if threads == "0" else options.runs
            seconds, english = argos(options.argos_python, package, lines, runs, threads)
            same = sum(one == other.strip() for one, other in zip(mine, english, strict=True))
            rows[f"argostranslate {name}, beam 4"] = seconds
            print(f"  {same} of {len(lines)} sentences come out the same as argostranslate's ({name})")
    reference = rows["toolkit engine, beam 4"]
    for name, seconds in rows.items():
        print(f"  {name:45} {seconds:8.2f} s {words / seconds:10,.0f} words/s  toolkit: {seconds / reference:6.2f} x")


if __name__ == "__main__":
    main()
