"""`toolkit verify`."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app
from toolkit.errors import ToolkitError


@click.command("verify")
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@encoding_option
@common_options
@pass_app
def command(app: App, files: tuple[str, ...], encoding: str | None) -> None:
    """Prove that reading each file and writing it back with its own text gives the same bytes.

    Exit code 0 when all do; 3 with a sentence for each file that does not, or that cannot be read.

    \b
    Example:
        toolkit verify source/*
    """
    from toolkit.files import read_source
    from toolkit.formats import verify_round_trip
    from toolkit.project import IMAGES

    pipeline = app.pipeline(encoding)
    problems: list[ToolkitError] = []
    for file in files:
        if Path(file).is_dir() or Path(file).suffix.lower() in IMAGES:
            app.say(f"--  {file}  is no release: a folder, or an image")
            continue
        options = pipeline.read_options(Path(file).name)
        try:
            data = read_source(Path(file), file, options.max_bytes)
            verify_round_trip(data, file, options)
            app.say(f"ok  {file}  {len(data):,} bytes come back the same")
        except ToolkitError as error:
            problems.append(error)
    finish(app, problems)
