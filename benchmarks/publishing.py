"""Publishing: pages a second, where the time goes, whether memory stays flat, what a second run costs, live preview.

    python -m benchmarks.publishing [--releases 1000] [--formats html,tei] [--profile] [--keep FOLDER]

A project of invented releases is made first: some 40 sentences each, in headings, paragraphs, lists and quotations,
with catalogues in mixed states. "processor" is what a run used, "clock" what a person waited.
"""

from __future__ import annotations

import argparse
import cProfile
import json
import pstats
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any, TypeVar

from benchmarks.memory import Generator
from toolkit import catalogue as catalogues
from toolkit.model import Entry, Provenance, State
from toolkit.pipeline import Pipeline
from toolkit.preview.live import Live
from toolkit.preview.watching import watch
from toolkit.project import open_project
from toolkit.publishing import site_files, site_of
from toolkit.segmentation import segment_release

Value = TypeVar("Value")
_MODEL = ("argos", "translate-fr_en 0.1", "df5b3dfb45a4")


def invent(folder: Path, count: int) -> None:
    """A project with this many releases and their catalogues."""
    (folder / "source").mkdir(parents=True)
    generator = Generator(7)
    for number in range(count):
        year, month, day = 2000 + number % 25, 1 + number % 12, 1 + number % 28
        name = f"{year}-{month:02}-{day:02}-communique-{number:05}"
        (folder / "source" / f"{name}.txt").write_text(_release(generator, number, day, year), encoding="utf-8")
    (folder / "toolkit.toml").write_text('[publish]\npublisher = "AMARRE"\nbase_url = "https://amarre.example/"\n')
    pipeline = Pipeline(open_project(folder))
    pipeline.extract()
    for number, file in enumerate(pipeline.sources(())):
        pipeline.shelf.change(file.release, lambda old, number=number: _translated(old, number))  # type: ignore[misc]


def _release(generator: Generator, number: int, day: int, year: int) -> str:
    parts = [f"Communiqué n° {number} du port", f"{day} mars {year}", f"NANTES (France) – {generator.sentence()}"]
    for section in range(4):
        if section:
            parts.append(f"Le point sur le chantier {section}")
        parts.append(" ".join(generator.sentence() for _ in range(4)))
        parts.append(f"« {generator.sentence()} », a dit Mme Ysaline Corvaisier. {generator.sentence()}")
        parts.append("\n".join(f"- {generator.sentence()[:-1]} ;" for _ in range(3)))
    parts.append("Source : AMARRE")
    return "\n\n".join(parts) + "\n"


def _translated(old: Any, number: int) -> Any:
    """A catalogue in which people have read some, a machine drafted most, and something is open."""

    def entry(at: int, each: Entry) -> Entry:
        target = f"English of it, as long as French: {each.key.source.lower()}"
        kind = (at * 7 + number) % 10
        if kind == 0:
            return each
        if kind < 5:
            return replace(each, target=target, state=State.REVIEWED)
        if kind == 5:
            return replace(each, target=target, state=State.FUZZY)
        made = Provenance(*_MODEL, catalogues.key_digest(each.key), catalogues.digest(target), -0.5)
        return replace(each, target=target, state=State.MACHINE, provenance=made)

    return replace(old, entries=tuple(entry(at, each) for at, each in enumerate(old.entries)))


# -- clocks -------------------------------------------------------------------------------------------------------


def processor(work: Callable[[], Value]) -> tuple[Value, float]:
    """What comes out, and the seconds of processor it took."""
    start = time.process_time()
    made = work()
    return made, time.process_time() - start


def stages(folder: Path, formats: tuple[str, ...], count: int) -> None:
    """Milliseconds of processor for each stage of a release."""
    from toolkit.editions import page, render_tei, summary, validate_tei
    from toolkit.editions.align import align
    from toolkit.files import read_source, write_atomic
    from toolkit.formats import read_release

    pipeline = Pipeline(open_project(folder))
    site = site_of(pipeline.project, formats)
    files = pipeline.sources(())[:count]
    spent: Counter[str] = Counter()

    def timed(name: str, work: Callable[[], Value]) -> Value:
        made, seconds = processor(work)
        spent[name] += seconds  # type: ignore[assignment]
        return made

    for file in files:
        options = pipeline.read_options(file.path.name)
        data = timed("read the file", lambda: read_source(file.path, file.shown, options.max_bytes))  # noqa: B023
        found = timed("recognise blocks", lambda: read_release(data, file.shown, options).release)  # noqa: B023
        release = timed("cut sentences", lambda: segment_release(found, pipeline.segmenter))  # noqa: B023
        catalogue = timed("read the catalogue", lambda: pipeline.shelf.load(release.id))  # noqa: B023
        edition = timed("align", lambda: align(release, catalogue))  # noqa: B023
        made = timed("pages, search", lambda: page(edition, site))  # noqa: B023
        if "tei" in formats:
            made["x.xml"] = timed("TEI", lambda: render_tei(edition, publisher=""))  # noqa: B023
            timed("validate TEI", lambda: validate_tei(made["x.xml"]))  # noqa: B023
        timed("summary", lambda: summary(edition))  # noqa: B023
        for name, content in made.items():
            timed("write", lambda: write_atomic(folder / "scratch" / name, content, durable=False))  # noqa: B023
    shutil.rmtree(folder / "scratch", ignore_errors=True)
    print(f"  stages of a release, ms of processor (mean of {len(files)}):")
    for name, seconds in spent.items():
        print(f"    {name:20} {1000 * seconds / len(files):7.2f}")
    print(f"    {'together':20} {1000 * sum(spent.values()) / len(files):7.2f}")


_COMMAND = """
import json, resource, sys, time
from toolkit.pipeline import Pipeline
from toolkit.project import open_project
from pathlib import Path
clock, used = time.perf_counter(), time.process_time()
report = Pipeline(open_project(Path(sys.argv[1]))).publish(formats=tuple(filter(None, sys.argv[2].split(","))))
used = time.process_time() - used
children = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([
    len(report.done), len(report.written), time.perf_counter() - clock, used + children.ru_utime + children.ru_stime,
    resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, children.ru_maxrss / 1024,
]))
"""


def published(folder: Path, name: str) -> None:
    """Publish in a process of its own; what it took."""
    done = subprocess.run(
        [sys.executable, "-c", _COMMAND, str(folder), ""], capture_output=True, text=True, check=True
    ).stdout
    releases, files, clock, used, peak, children = json.loads(done.splitlines()[-1])
    print(
        f"  {name:34} {clock:7.2f} s clock {used:7.2f} s processor {releases / clock:7.0f} releases/s"
        f" {releases / used:6.0f}/s of processor, peak {peak:.0f} MB (helpers {children:.0f}), {files:,} files",
        flush=True,
    )


def index_size(folder: Path, counts: Iterable[int]) -> None:
    """How large the index of so many releases is, and how long it takes; those there are, over and over."""
    from toolkit.editions import summary

    pipeline = Pipeline(open_project(folder))
    site = site_of(pipeline.project, ("html", "tei"))
    known = [summary(pipeline.edition(file)) for file in pipeline.sources(())]
    for count in counts:
        many = [replace(known[at % len(known)], id=f"{known[at % len(known)].id}-{at}") for at in range(count)]
        files, seconds = processor(lambda: site_files(many, site, ("html", "tei")))  # noqa: B023
        largest = sorted(files, key=lambda name: -len(files[name]))[:3]
        told = ", ".join(f"{name} {len(files[name]) / 1e6:.2f} MB" for name in largest)
        total = sum(map(len, files.values())) / 1e6
        print(
            f"  index of {count:5,} releases: {seconds:5.2f} s, {len(files)} files, {total:.1f} MB: {told}", flush=True
        )


def preview(folder: Path, runs: int = 20) -> None:
    """Seconds from a saved catalogue to the news of it."""
    start = time.perf_counter()
    live = Live(folder)
    live.get("index.html")
    print(f"  preview: first index after {time.perf_counter() - start:.2f} s")
    release = next(iter(live._files))
    live.get(f"{release}.html")
    path, stop = folder / "locales" / "en" / f"{release}.po", threading.Event()

    def watching() -> None:
        for paths in watch(live.folders, live.files, stop):
            live.changed(paths)

    thread = threading.Thread(target=watching)
    thread.start()
    time.sleep(1)
    taken, text = [], path.read_text(encoding="utf-8")
    for run in range(runs):
        number = live.bulletin.number
        path.write_text(text.replace("English of it", f"English {run} of it"), encoding="utf-8")
        start = time.perf_counter()
        while not any(news.kind == "release" for news in live.bulletin.wait(number, 5)):
            pass
        taken.append(time.perf_counter() - start)
        time.sleep(0.1)
    stop.set()
    thread.join()
    path.write_text(text, encoding="utf-8")
    taken.sort()
    print(f"  preview: saved to told, median {1000 * taken[runs // 2]:.0f} ms, longest {1000 * taken[-1]:.0f} ms")


def profile(folder: Path) -> None:
    profiler = cProfile.Profile()
    profiler.runcall(Pipeline(open_project(folder)).publish, anew=True)
    pstats.Stats(profiler).sort_stats("tottime").print_stats(45)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--releases", type=int, default=1000)
    parser.add_argument("--formats", default="html,tei")
    parser.add_argument("--profile", action="store_true", help="only say where the time of a publication goes")
    parser.add_argument("--keep", type=Path, help="where to leave the invented project, or to find it")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as made:
        folder = options.keep or Path(made) / "project"
        if not folder.exists():
            invent(folder, options.releases)
        if options.profile:
            profile(folder)
            return
        stages(folder, tuple(options.formats.split(",")), 200)
        small = Path(made) / "small"
        invent(small, 100)
        published(small, "publish 100")
        shutil.rmtree(folder / "output", ignore_errors=True)
        published(folder, "publish all, nothing there")
        published(folder, "publish again, nothing changed")
        (folder / "toolkit.toml").write_text((folder / "toolkit.toml").read_text() + "# \n[check]\nwords = ['x']\n")
        published(folder, "publish again, a setting changed")
        index_size(folder, (1_000, 5_000))
        preview(small)


if __name__ == "__main__":
    main()
