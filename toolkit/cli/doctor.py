"""`toolkit doctor`."""

from __future__ import annotations

import locale
import shutil
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass

import click

from toolkit.cli.common import App, common_options, pass_app, plural
from toolkit.errors import ModelError, ToolkitError, WriteError

#: Programs that help but are not needed, and what for.
OPTIONAL_TOOLS = {
    "poedit": "review catalogues (Lokalize and Virtaal do as well)",
    "msgfmt": "a second opinion on catalogues",
    "chromium": "look at the pages, run the browser tests",
    "java": "run the HTML validator in the tests",
}
LEAST_FREE_BYTES = 200_000_000


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing looked at: "ok", "note" (works, could be better) or "bad" (the job cannot be done)."""

    mark: str
    what: str
    hint: str = ""


@click.command("doctor")
@common_options
@pass_app
def command(app: App) -> None:
    """Check that this machine can do the whole job offline: model, checksums, folders, encodings, optional tools.

    Exit code 0 when it can, else that of what is wrong.

    \b
    Example:
        toolkit doctor
    """
    worst: ToolkitError | None = None
    for look in (_python, _encodings, _folders, _disk, _model, _sources, _tools):
        try:
            for finding in look(app):
                app.say(f"{finding.mark:<5}{finding.what}" + (f"\n     → {finding.hint}" if finding.hint else ""))
        except ToolkitError as error:
            worst = worst or error
            click.echo(f"bad  {error}", err=True)
    if worst is not None:
        raise click.exceptions.Exit(worst.exit_code)
    app.say("This machine can do the whole job offline.")


def _python(app: App) -> Iterator[Finding]:
    yield Finding("ok", f"Python {sys.version.split()[0]} on {sys.platform}")


def _encodings(app: App) -> Iterator[Finding]:
    names = {sys.getfilesystemencoding(), sys.stdout.encoding or "", locale.getpreferredencoding(False)}
    strange = sorted(name for name in names if name.lower().replace("-", "") != "utf8")
    if strange:
        hint = "files are read and written as UTF-8 all the same; for accents on the screen set LC_ALL=C.UTF-8"
        yield Finding("note", f"this terminal or file system speaks {', '.join(strange)}", hint)
    else:
        yield Finding("ok", "file names and terminal speak UTF-8")


def _folders(app: App) -> Iterator[Finding]:
    project = app.pipeline().project
    try:
        with tempfile.TemporaryFile(dir=project.root):
            yield Finding("ok", f"the project's folder can be written: {project.root}")
    except OSError as error:
        raise WriteError(
            "the project's folder cannot be written", where=str(project.root), hint="choose another with --project"
        ) from error


def _disk(app: App) -> Iterator[Finding]:
    free = shutil.disk_usage(app.pipeline().project.root).free
    if free < LEAST_FREE_BYTES:
        yield Finding(
            "note", f"only {free // 1_000_000:,} MB free on the project's disk", "free some before a large run"
        )
    else:
        yield Finding("ok", f"{free // 1_000_000:,} MB free on the project's disk")


def _model(app: App) -> Iterator[Finding]:
    from toolkit.translation.argos import ArgosEngine
    from toolkit.translation.directories import package_directories
    from toolkit.translation.engine import available_processors
    from toolkit.translation.install import recover, verify_package

    recover(package_directories())
    package = app.pipeline().package()
    proof = verify_package(package)
    where = "embedded" if package.embedded else str(package.path)
    yield Finding(
        "ok", f"model {package.label}, {where}: {proof.files} files checked, SHA-256 {package.checksum[:12]}…"
    )
    if package.embedded:
        hint = f"a better one, once, with network: toolkit models install {package.from_code} {package.to_code}"
        yield Finding("note", "this is the small starter model: its drafts are weak", hint)
    answer = next(ArgosEngine(package).translate([["La séance est ouverte."]]))[0]
    if not answer.text:
        raise ModelError("the model answers nothing", where=str(package.path), hint="install another package")
    yield Finding(
        "ok", f"it translates: “La séance est ouverte.” → “{answer.text}” on {available_processors()} processors"
    )


def _sources(app: App) -> Iterator[Finding]:
    from toolkit.formats import SUFFIXES
    from toolkit.project import unread_files

    pipeline = app.pipeline()
    if not pipeline.project.source.is_dir():
        yield Finding("note", "there is no source/ folder here", "run `toolkit init` to start a project")
        return
    found, problems = pipeline.status()
    yield Finding("ok", f"{plural(len(found), 'release')} can be read, catalogues too")
    for name in unread_files(pipeline.project):
        yield Finding("note", f"{name} is passed over", f"only {', '.join(SUFFIXES)} files are read")
    for name in pipeline.shelf.orphans():
        yield Finding("note", f"the catalogue {name}.po belongs to no release in source/")
    for problem in problems[1:]:
        click.echo(f"bad  {problem}", err=True)
    if problems:
        raise problems[0]


def _tools(app: App) -> Iterator[Finding]:
    for name, use in OPTIONAL_TOOLS.items():
        path = shutil.which(name)
        yield (
            Finding("ok", f"{name}: {path}")
            if path
            else Finding("note", f"{name} is not installed", f"optional: {use}")
        )
