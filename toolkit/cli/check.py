"""`toolkit check`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import (
    App,
    common_options,
    encoding_option,
    finish,
    may_write,
    pass_app,
    plural,
    releases_argument,
)
from toolkit.errors import RefusedError

if TYPE_CHECKING:
    from toolkit.findings import Severity
    from toolkit.jobs.check import CheckReport

FORMATS = ("text", "json", "sarif", "github")


@contextmanager
def _progress(app: App) -> Iterator[Callable[[int, int, str], None]]:
    """A progress bar on standard error, where that is a terminal and nobody asked for quiet."""
    if app.verbosity < 0 or not sys.stderr.isatty():
        yield lambda done, total, release: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn

    columns = (TextColumn("Checking"), BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total, release: bar.update(task, total=total, completed=done, description=release)


@click.command("check")
@releases_argument
@click.option("--format", "form", type=click.Choice(FORMATS), help="How findings are told (default: text).")
@click.option("--json", "form", flag_value="json", help="The same as --format json.")
@click.option("--sarif", "form", flag_value="sarif", help="The same as --format sarif.")
@click.option("--github", "form", flag_value="github", help="The same as --format github.")
@click.option(
    "--severity",
    type=click.Choice(("error", "warning", "note")),
    default="warning",
    show_default=True,
    help="The least that is told.",
)
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write to a file instead.")
@click.option("--explain", metavar="CODE", help="Say what a code means, with an example.")
@click.option("--list", "listed", is_flag=True, help="List all codes.")
@encoding_option
@common_options
@pass_app
def command(
    app: App,
    releases: tuple[str, ...],
    form: str | None,
    severity: str,
    output: Path | None,
    explain: str | None,
    listed: bool,
    encoding: str | None,
) -> None:
    """Say what is wrong with the translations, and exit with 1 if there is an error.

    Nothing is changed, and nothing is stopped: `toolkit publish` tells of errors in approved sentences and goes on.
    Run it only if this exits with 0 where errors must not be published. docs/checks.md
    explains every code, and how to keep a sentence as it is.

    \b
    Example:
        toolkit check
        toolkit check 2026-03-14-conference --severity note
        toolkit check --explain N101
        toolkit check --sarif --output check.sarif
    """
    if listed or explain:
        _tell_codes(explain)
        return
    from toolkit.findings import Severity
    from toolkit.jobs.check import check

    pipeline = app.pipeline(encoding)
    may_write(pipeline, output)
    with _progress(app) as progress:
        report = check(pipeline, releases, progress)
    _tell(app, report, form or "text", Severity(severity), output)
    errors = report.outcome.count(Severity.ERROR)
    refused = RefusedError(
        f"{plural(errors, 'finding is an error', 'findings are errors')}; `toolkit publish` publishes all the same",
        hint="correct the English (`--explain CODE` says more); to stop there, run `toolkit check && toolkit publish`",
    )
    finish(app, [*report.problems, *([refused] if errors else [])])


def _tell(app: App, report: CheckReport, form: str, least: Severity, output: Path | None) -> None:
    """Findings to standard output or into a file; the summary where it does not spoil a format."""
    text = _told(report, form, least)
    if output is not None:
        from toolkit.files import write_atomic

        write_atomic(output, (text + "\n").encode("utf-8", "replace"))
    elif text:
        click.echo(text)
    if output is not None or form == "text":
        if text and output is None:
            app.say("")
        _summary(app, report, least)


def _tell_codes(explain: str | None) -> None:
    import difflib

    from toolkit.checks import BY_CODE
    from toolkit.checks.page import explain as explained
    from toolkit.checks.page import listing

    if explain is None:
        click.echo("\n".join(listing()))
        return
    code = explain.upper()
    if code not in BY_CODE:
        near = difflib.get_close_matches(code, BY_CODE, 1)
        raise click.BadParameter(
            f"there is no check {explain}{f'; did you mean {near[0]}?' if near else ''} (--list shows all)",
            param_hint="--explain",
        )
    click.echo("\n".join(explained(code)))


def _told(report: CheckReport, form: str, least: Severity) -> str:
    from toolkit.checks import reporting

    if form == "json":
        return reporting.as_json(report.outcome, least, report.problems)
    if form == "sarif":
        return reporting.as_sarif(report.outcome, least)
    lines = reporting.as_github if form == "github" else reporting.as_text
    return "\n".join(lines(report.outcome, least))


def _summary(app: App, report: CheckReport, least: Severity) -> None:
    from toolkit.checks import reporting

    app.say(reporting.summary(report.outcome, report.releases, report.sentences, least))
