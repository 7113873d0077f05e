"""`toolkit memory`."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, finish, may_write, pass_app, plural, releases_argument
from toolkit.errors import LockedError, ToolkitError

if TYPE_CHECKING:
    from toolkit.jobs.memory import Imported, Stats
    from toolkit.recalling import ProjectMemory

KILOBYTE, MEGABYTE = 1_000, 1_000_000


@click.group("memory")
@common_options
def command() -> None:
    """Import, export and search approved translations: the translation memory.

    What people approved in the catalogues is in it by itself. Files of other programs lie in locales/memory/.

    \b
    Example:
        toolkit memory import old-releases.tmx
        toolkit memory search "Le rapport sera publié demain."
    """


@contextmanager
def _progress(app: App) -> Iterator[Callable[[int, str], None]]:
    """Units taken in so far, on standard error, where that is a terminal."""
    if app.verbosity < 0 or not sys.stderr.isatty():
        yield lambda count, name: None
        return
    from rich.console import Console
    from rich.status import Status

    with Status("Reading the memory", console=Console(stderr=True)) as status:
        yield lambda count, name: status.update(f"{name}: {count:,} sentences")


@contextmanager
def _locked(app: App, memory: ProjectMemory) -> Iterator[bool]:
    """The project's lock, for bringing the cache up to date; where another command has it, the cache as it is."""
    from toolkit.files import project_lock

    try:
        lock = project_lock(memory.project.root)
        lock.__enter__()
    except LockedError:
        app.warn("another toolkit command is at work here: this is the memory as of its last use")
        yield False
        return
    try:
        yield True
    finally:
        lock.__exit__(None, None, None)


@command.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path), metavar="FILE…")
@click.option(
    "--trust",
    metavar="TRUST",
    help="auto (default): the very same sentences are taken over as approved; enforce: before other releases' English, "
    "too; suggest, penalty-NN: only filled in to be checked. A file that was imported before moves to this trust.",
)
@click.option("--replace", "replacing", is_flag=True, help="Take the place of an imported file of the same name.")
@common_options
@pass_app
def import_(app: App, files: tuple[Path, ...], trust: str | None, replacing: bool) -> None:
    """Copy TMX or PO files into locales/memory/, where they serve every release.

    \b
    Example:
        toolkit memory import releases-2019.tmx
        toolkit memory import agency.tmx --trust penalty-20
    """
    from toolkit.files import project_lock
    from toolkit.jobs.memory import import_file, trust_named

    pipeline = app.pipeline()
    wanted = trust_named(trust) if trust else None
    problems: list[ToolkitError] = []
    with project_lock(pipeline.project.root), _progress(app) as progress:
        pipeline.tidy()
        memory = replace(pipeline.memory, progress=progress)
        for file in files:
            try:
                done = import_file(memory, file, wanted, replacing=replacing)
            except ToolkitError as error:
                problems.append(error)
                continue
            _tell_import(app, file, done)
    finish(app, problems)


def _tell_import(app: App, file: Path, done: Imported) -> None:
    """Say where a memory is now, and what it will do."""
    said = "is there already, in" if done.known else "→"
    if done.moved:
        said = f"was in {done.moved} and moved to"
    app.say(f"{file} {said} {done.path}: {plural(done.units, 'sentence')}")
    if done.trust.fills:
        app.say("`toolkit translate` takes over the very same ones, where there is no English or an untouched draft.")
    else:
        app.say("`toolkit translate` fills them in to be checked, where there is no English.")


@command.command("export")
@click.argument("file", type=click.Path(path_type=Path))
@releases_argument
@click.option("--format", "form", type=click.Choice(["tmx", "po"]), help="By default as the file's name ends.")
@common_options
@pass_app
def export(app: App, file: Path, releases: tuple[str, ...], form: str | None) -> None:
    """Write what people approved into a TMX or PO file; of all releases, or of some.

    \b
    Example:
        toolkit memory export approved.tmx
        toolkit memory export conference.po 2026-02-10-conference-regionale-lyon
    """
    from toolkit.jobs.memory import export as write
    from toolkit.jobs.memory import form_of

    try:
        form = form_of(file, form)
    except ValueError as error:
        raise click.BadParameter(f"the name must end in .tmx or .po, unless --format says which ({file})") from error
    pipeline = app.pipeline()
    may_write(pipeline, file)
    if releases:
        loaded = (pipeline.shelf.load(found.release) for found in pipeline.sources(releases))
        catalogues = [catalogue for catalogue in loaded if catalogue is not None]
    else:
        catalogues = list(pipeline.shelf.all())
    count = write(pipeline.memory, file, catalogues, form)
    app.say(f"{file}: {plural(count, 'sentence')}")


@command.command("search")
@click.argument("text")
@click.option("--json", "as_json", is_flag=True, help="Print JSON.")
@click.option("--least", type=click.IntRange(1, 100), default=70, metavar="N", help="Least per cent (default: 70).")
@common_options
@pass_app
def search(app: App, text: str, as_json: bool, least: int) -> None:
    """Find what was approved for sentences like this one: per cent, difference, English and origin.

    \b
    Example:
        toolkit memory search "Le rapport sera publié demain."
        toolkit memory search "Le rapport sera publié demain." --least 50 --json
    """
    from toolkit.jobs.memory import explained
    from toolkit.jobs.memory import search as find

    memory = app.pipeline().memory
    with _locked(app, memory) as fresh, _progress(app) as progress:
        matches = find(replace(memory, progress=progress), text, least, fresh=fresh)
    if as_json:
        rows = [
            {
                "per_cent": match.per_cent,
                "difference": explained(match, text),
                "source": match.unit.key.source,
                "context": match.unit.key.context,
                "target": match.unit.target,
                "origin": match.unit.origin,
                "trust": match.unit.trust.name,
            }
            for match in matches
        ]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
        return
    for match in matches:
        place = f", {match.unit.key.context}" if match.unit.key.context else ""
        app.say(f"{match.per_cent:3} %  {match.unit.origin} ({match.unit.trust.name}{place})")
        app.say(f"       {match.unit.key.source}")
        app.say(f"       {match.unit.target}")
        if change := explained(match, text):
            app.say(f"       {change}")
    if not matches:
        app.say(f"Nothing in the memory is {least} % like it; --least {max(1, least - 20)} looks farther.")


def _tell(app: App, memory: ProjectMemory, found: Stats) -> None:
    for file in found.files:
        if not file.units and not file.problem:
            continue
        problem = f"  cannot be read: {file.problem}" if file.problem else ""
        app.say(f"{file.units:9,}  {file.trust.name:<10}  {file.name}{problem}")
    app.say(
        f"{found.units:9,}  sentences in {plural(len(found.files), 'file')}; {memory.project.shown(memory.cache)} has "
        f"{_size(found.size)}"
    )


def _size(size: int) -> str:
    """A number of bytes in words."""
    return f"{size / MEGABYTE:.1f} MB" if size >= MEGABYTE else f"{max(1, round(size / KILOBYTE))} KB"


@command.command("stats")
@common_options
@pass_app
def stats(app: App) -> None:
    """Count the sentences of the memory, by origin.

    \b
    Example:
        toolkit memory stats
    """
    from toolkit.jobs.memory import stats as count

    memory = app.pipeline().memory
    with _locked(app, memory) as fresh, _progress(app) as progress:
        _tell(app, memory, count(replace(memory, progress=progress), fresh=fresh))


@command.command("rebuild")
@common_options
@pass_app
def rebuild(app: App) -> None:
    """Make the memory's cache anew from the catalogues and the imported files.

    \b
    Example:
        toolkit memory rebuild
    """
    from toolkit.files import project_lock
    from toolkit.jobs.memory import rebuild as make

    pipeline = app.pipeline()
    with project_lock(pipeline.project.root), _progress(app) as progress:
        pipeline.tidy()
        memory = replace(pipeline.memory, progress=progress)
        _tell(app, memory, make(memory))
