"""Whole commands from outside: start-up, a first build, a build with nothing to do; seconds of processor and of clock.

    python -m benchmarks.commands [--releases 100] [--runs 5]

The releases are the sample project's, copied under other names until there are enough.
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
import time
from pathlib import Path

from benchmarks.corpus import ROOT

COMMAND = [sys.executable, "-m", "toolkit"]


def timed(*args: str) -> tuple[float, float]:
    """Processor and clock seconds of one run, children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    done = subprocess.run(
        [*COMMAND, *args], env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, check=False
    )
    clock = time.perf_counter() - start
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    assert done.returncode == 0, done.stderr.decode()
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, clock


def row(name: str, runs: int, *args: str) -> None:
    timed(*args)
    times = [timed(*args) for _ in range(runs)]
    processor, clock = (statistics.median(column) for column in zip(*times, strict=True))
    print(f"  {name:45} {processor:8.3f} s processor {clock:8.3f} s clock")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=100)
    parser.add_argument("--runs", type=int, default=5)
    options = parser.parse_args()
    row("toolkit --help", options.runs, "--help")
    row("toolkit --version", options.runs, "--version")
    with tempfile.TemporaryDirectory() as name:
        project = Path(name)
        (project / "source").mkdir()
        samples = sorted(path for path in (ROOT / "source").iterdir() if path.is_file())
        for number in range(options.releases):
            sample = samples[number % len(samples)]
            shutil.copy(sample, project / "source" / f"r{number:04}{sample.suffix}")
        processor, clock = timed("build", "--project", name)
        print(f"  {f'first build of {options.releases} releases':45} {processor:8.3f} s processor {clock:8.3f} s clock")
        row(f"build of {options.releases} releases, nothing to do", options.runs, "build", "--project", name)
        row(f"status of {options.releases} releases", options.runs, "status", "--project", name)


if __name__ == "__main__":
    main()
