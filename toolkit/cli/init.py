"""`toolkit init`."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.common import App, common_options, pass_app
from toolkit.project import init_project


@click.command("init")
@click.argument("directory", type=click.Path(path_type=Path, file_okay=False), default=".", metavar="[DIR]")
@common_options
@pass_app
def command(app: App, directory: Path) -> None:
    """Start a publishing project: toolkit.toml with comments, source/, locales/ and output/.

    What exists already is left alone.

    \b
    Example:
        toolkit init press-office
    """
    folder = app.project / directory
    made = init_project(folder)
    for path in made:
        app.say(f"  made {path}")
    if not made:
        app.say(f"{folder} is a project already; nothing was changed.")
        return
    app.say(f"Put French releases into {folder / 'source'}, then run: toolkit build --project {folder}")
