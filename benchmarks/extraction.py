"""Extraction beside po4a and Translate Toolkit: the same HTML, Markdown and text file → a template; MB/s, one process.

    python -m benchmarks.extraction [--size 2.0] [--runs 3]

Seconds are of processor time and include starting the program. `toolkit extract` does more than the others in them: it
proves the round trip, cuts sentences (the others stop at paragraphs), and writes a working catalogue beside the
template. po4a and Translate Toolkit's converters are passed over where they are not installed.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path

from benchmarks.corpus import ROOT, sentences

Maker = Callable[[Sequence[str]], str]


def html(paragraphs: Sequence[str]) -> str:
    """A page of sections with headings, links, emphasis, lists."""
    parts = ['<!DOCTYPE html>\n<html lang="fr"><head><meta charset="utf-8"><title>Corpus</title></head>\n<body>\n']
    for number, words in enumerate(paragraphs):
        first, _, rest = words.partition(" ")
        marked = f'<strong>{first}</strong> <a href="/p/{number}">{rest[:20]}</a>{rest[20:]}'
        if number % 12 == 0:
            parts.append(f"<h2>Partie {number}</h2>\n")
        parts.append(f"<ul><li>{marked}</li></ul>\n" if number % 5 == 0 else f"<p>{marked}</p>\n")
    return "".join([*parts, "</body></html>\n"])


def markdown(paragraphs: Sequence[str]) -> str:
    """The same as Markdown."""
    parts = []
    for number, words in enumerate(paragraphs):
        first, _, rest = words.partition(" ")
        marked = f"**{first}** [{rest[:20].strip()}](/p/{number}) {rest[20:].strip()}"
        if number % 12 == 0:
            parts.append(f"## Partie {number}\n\n")
        parts.append(f"* {marked}\n\n" if number % 5 == 0 else f"{marked}\n\n")
    return "".join(parts)


def text(paragraphs: Sequence[str]) -> str:
    """The same as plain text."""
    return "\n\n".join(paragraphs) + "\n"


FORMATS: dict[str, tuple[Maker, str, list[str]]] = {
    ".html": (html, "xhtml", ["html2po", "-P"]),
    ".md": (markdown, "text -o markdown", ["md2po", "-P"]),
    ".txt": (text, "text", ["txt2po", "-P"]),
}


def processor_time(command: Sequence[str], folder: Path) -> float | None:
    """Seconds of processor a command takes; None where it fails."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, check=False)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if done.returncode:
        print(f"    failed: {' '.join(command[:4])}: {done.stderr.decode(errors='replace').strip()[-200:]}")
        return None
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def commands(suffix: str, file: Path) -> dict[str, list[str]]:
    """Each tool's way to a template, by name, as far as it is installed."""
    _, module, converter = FORMATS[suffix]
    found = {"toolkit extract": [sys.executable, "-m", "toolkit", "extract", "-q"]}
    if shutil.which("po4a-updatepo"):
        found["po4a"] = ["po4a-updatepo", "-f", *module.split(), "-M", "UTF-8", "-m", str(file), "-p", "po4a.pot"]
    tool = Path(sys.executable).with_name(converter[0])
    if tool.exists():
        found["Translate Toolkit"] = [str(tool), *converter[1:], "--progress=none", str(file), "translate.pot"]
    return found


def measure(suffix: str, paragraphs: Sequence[str], runs: int) -> None:
    """Print a line for each tool."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        file = folder / "source" / f"corpus{suffix}"
        file.parent.mkdir()
        file.write_text(FORMATS[suffix][0](paragraphs), encoding="utf-8")
        size = file.stat().st_size / 1e6
        for tool, command in commands(suffix, file).items():
            times: list[float] = []
            for _ in range(runs):
                shutil.rmtree(folder / "locales", ignore_errors=True)
                seconds = processor_time(command, folder)
                times += [] if seconds is None else [seconds]
            if times:
                median = statistics.median(times)
                print(f"  {suffix:6} {size:5.2f} MB  {tool:20} {median:8.2f} s  {size / median:7.3f} MB/s")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--size", type=float, default=2.0, help="megabytes of text")
    parser.add_argument("--runs", type=int, default=3)
    options = parser.parse_args()
    own = sentences(int(options.size * 1e6 / 130))
    paragraphs = [" ".join(own[at : at + 3]) for at in range(0, len(own), 3)]
    for suffix in FORMATS:
        measure(suffix, paragraphs, options.runs)


if __name__ == "__main__":
    main()
