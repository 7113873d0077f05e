"""`toolkit status`."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, releases_argument

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.errors import ToolkitError
    from toolkit.reports import ReleaseStatus

#: What the JSON calls a column, and what the table calls it.
COLUMNS = {
    "segments": "sentences",
    "words": "words",
    "words_left": "words left",
    "effort_left": "effort left",
    "untranslated": "untranslated",
    "machine": "drafts",
    "fuzzy": "to check",
    "reviewed": "reviewed",
}


@click.command("status")
@releases_argument
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table.")
@encoding_option
@common_options
@pass_app
def command(app: App, releases: tuple[str, ...], as_json: bool, encoding: str | None) -> None:
    """Show, for each release, its sentences by state and the words that no person has approved yet.

    Effort left is these words weighted by review priority: 100 words of surely good drafts count for few, 100 words
    without English for 100.

    \b
    Example:
        toolkit status
        toolkit status --json | jq .total.words_left
    """
    from toolkit.jobs.effort import statuses

    pipeline = app.pipeline(encoding)
    found, problems = statuses(pipeline, releases)
    if as_json:
        click.echo(json.dumps(_data(found, problems), ensure_ascii=False, indent=2))
    else:
        _table(found)
        if aligned := sum(status.aligned for status in found):
            said = f"{aligned:,} of the sentences reviewed" if aligned > 1 else "1 of the sentences reviewed"
            app.say(f"{said}: matched by program from an earlier translation (`toolkit align`), and compared by nobody")
        for name in pipeline.shelf.orphans():
            app.warn(
                f"{pipeline.project.shown(pipeline.project.catalogue_path(name))} belongs to no release in source/"
            )
    finish(app, problems)


def _row(status: ReleaseStatus) -> dict[str, object]:
    states = {state.value: number for state, number in status.states.items()}
    return {
        "release": status.release,
        "title": status.title,
        "segments": status.segments,
        "words": status.words,
        "words_left": status.words_left,
        "effort_left": status.effort_left,
        **states,
        "aligned": status.aligned,
    }


def _total(found: Sequence[ReleaseStatus]) -> dict[str, int]:
    total = dict.fromkeys(COLUMNS, 0)
    for status in found:
        total["segments"] += status.segments
        total["words"] += status.words
        total["words_left"] += status.words_left
        total["effort_left"] += status.effort_left
        for state, number in status.states.items():
            total[state.value] += number
    return total | {"aligned": sum(status.aligned for status in found)}


def _data(found: Sequence[ReleaseStatus], problems: Sequence[ToolkitError]) -> dict[str, object]:
    return {
        "releases": [_row(status) for status in found],
        "total": _total(found),
        "problems": [{"where": p.where, "message": p.message, "hint": p.hint} for p in problems],
    }


def _table(found: Sequence[ReleaseStatus]) -> None:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("release", overflow="fold", min_width=24)
    for name in COLUMNS.values():
        table.add_column(name, justify="right", no_wrap=True)
    for row in [*map(_row, found), {"release": "total", **_total(found)}]:
        style = "bold" if row["release"] == "total" else None
        cells = [f"{row[name]:,}" for name in COLUMNS]
        table.add_row(str(row["release"]), *cells, style=style)
    console = Console()
    if not console.is_terminal:  # a file or a pipe has no right edge
        console = Console(width=500)
    console.print(table)
