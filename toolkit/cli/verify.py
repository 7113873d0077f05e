"""`toolkit verify`."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, plural
from toolkit.errors import PublicationError, ToolkitError

if TYPE_CHECKING:
    from toolkit.pipeline import Pipeline


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE…|OUTPUT")
@click.option("--rebuild", is_flag=True, help="Of a publication: make every edition again, too, and compare the bytes.")
@click.option("--own", multiple=True, metavar="PATTERN", help="Of a publication: files that you put there (CNAME, …).")
@encoding_option
@common_options
@pass_app
def command(app: App, files: tuple[str, ...], rebuild: bool, own: tuple[str, ...], encoding: str | None) -> None:
    """Prove that reading each file and writing it back gives the same bytes, or that a publication is untouched.

    A folder with a manifest.json is a publication: each file in it must have the SHA-256 that is listed there, no other
    file may lie there, and the sources and catalogues must be those it was made from. A folder without one is an error,
    unless it lies in source/. The output/ of another project is compared with that project, unless --project names one.

    Exit code 0 when all is well; 3 for a file that does not come back or cannot be read; 15 when published files were
    changed, are missing or unknown; 1 when they are only older than their sources.

    \b
    Example:
        toolkit verify source/*
        toolkit verify output
        toolkit verify press/output
        toolkit verify output --rebuild --own CNAME
    """
    pipeline, named = app.pipeline(encoding), _is_named()
    problems: list[ToolkitError] = []
    for file in files:
        try:
            made_from = pipeline if named else _made_from(app, pipeline, file, encoding)
            if not Path(file).exists() and Path(file).resolve() == made_from.project.output:
                hint = "run `toolkit publish`"
                raise PublicationError("nothing has been published here yet", where=file, hint=hint)
            if Path(file).is_dir():
                problems += _publication(app, made_from, file, rebuild, own)
            else:
                _round_trip(app, pipeline, file)
        except ToolkitError as error:
            problems.append(error)
    finish(app, problems)


def _is_named() -> bool:
    """Whether the command line says which project is meant, before the command or behind it."""
    context: click.Context | None = click.get_current_context()
    while context is not None:
        if context.params.get("project") is not None:
            return True
        context = context.parent
    return False


def _made_from(app: App, pipeline: Pipeline, folder: str, encoding: str | None) -> Pipeline:
    """Of the project whose output/ a folder is; where it is none's, the one given."""
    from toolkit.jobs.verifying import project_around

    root = project_around(Path(folder))
    if root is None or root == pipeline.project.root:
        return pipeline
    app.say(f"--  {folder}  compared with its own project, {root}")
    return replace(app, project=root).pipeline(encoding)


def _publication(app: App, pipeline: Pipeline, folder: str, rebuild: bool, own: tuple[str, ...]) -> list[ToolkitError]:
    """What is wrong with the publication in a folder; source/ and what is in it are passed over."""
    from toolkit.jobs.verifying import verify_publication
    from toolkit.project import is_below
    from toolkit.publication import MANIFEST

    if not (Path(folder) / MANIFEST).is_file() and is_below(Path(folder) / MANIFEST, pipeline.project.source):
        app.say(f"--  {folder}  is no release: a folder")
        return []
    found = verify_publication(pipeline, Path(folder), rebuild=rebuild, own=own)
    what = f"{plural(found.releases, 'release')}, {plural(found.files, 'file')}"
    if not found.problems:
        app.say(f"ok  {folder}  {what}, as they were published")
        if found.rebuilt:
            app.say(f"ok  {folder}  {plural(found.rebuilt, 'file')} made again, the same bytes")
    for left in found.left:
        app.say(f"--  {folder}  not made again to compare: {left}")
    if not found.compared:
        app.say(f"--  {folder}  not compared with sources: there is no source/ in {pipeline.project.root}")
    for maker in found.makers:
        app.say(f"--  {folder}  holds editions that version {maker} of the toolkit made")
    return found.problems


def _round_trip(app: App, pipeline: Pipeline, file: str) -> None:
    from toolkit.files import read_source
    from toolkit.formats import verify_round_trip
    from toolkit.project import IMAGES

    if Path(file).suffix.lower() in IMAGES:
        app.say(f"--  {file}  is no release: an image")
        return
    options = pipeline.read_options(Path(file).name)
    data = read_source(Path(file), file, options.max_bytes)
    verify_round_trip(data, file, options)
    app.say(f"ok  {file}  {len(data):,} bytes come back the same")
