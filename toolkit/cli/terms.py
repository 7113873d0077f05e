"""`toolkit terms`."""

from __future__ import annotations

import json
from pathlib import Path

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, plural, releases_argument


@click.command("terms")
@releases_argument
@click.option(
    "--output", type=click.Path(path_type=Path, dir_okay=False), metavar="FILE", help="A new .csv or .tsv file."
)
@click.option(
    "--least", type=click.IntRange(1), default=2, show_default=True, metavar="N", help="Leave out what is rarer."
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@encoding_option
@common_options
@pass_app
def command(
    app: App, releases: tuple[str, ...], output: Path | None, least: int, as_json: bool, encoding: str | None
) -> None:
    """Propose terms for your glossary: acronyms, names and noun groups of the releases that it does not have yet.

    The table is a glossary without English: fill in the column "en", delete the lines you do not want, and name the
    file under [glossary] in toolkit.toml.

    \b
    Example:
        toolkit terms --output terms.csv
        toolkit terms 2026-03-14-conference --least 1
    """
    from toolkit.jobs.terms import propose, table, write

    found, problems = propose(app.pipeline(encoding), releases, least)
    if not found:
        app.warn(f"no candidates: nothing stands {least} times that the glossary does not have; --least takes fewer")
    if output is not None:
        write(output, found)
        app.say(f"Wrote {plural(len(found), 'candidate')} to {output}. Fill in “en”; lines without it are passed over.")
    if as_json:
        keys = ("french", "count", "sort", "note", "release", "example")
        click.echo(
            json.dumps([{key: getattr(one, key) for key in keys} for one in found], ensure_ascii=False, indent=2)
        )
    elif output is None:
        click.echo(table(found), nl=False)
    finish(app, problems)
