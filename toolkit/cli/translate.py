"""`toolkit translate`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, plural, releases_argument

if TYPE_CHECKING:
    from toolkit.reports import Report
    from toolkit.translation.draft import Progress

model_option = click.option(
    "--model", metavar="MODEL", help='A package ("translate-fr_en 1.9", "embedded") or an .argosmodel file.'
)
beam_option = click.option(
    "--beam", type=click.IntRange(1, 32), metavar="N", help="Beam width: 4 by default, 1 is fastest."
)


@contextmanager
def progress_bar(app: App, what: str = "Translating") -> Iterator[Callable[[Progress], None]]:
    """A progress bar on standard error, where that is a terminal and nobody asked for quiet."""
    if app.verbosity < 0 or not sys.stderr.isatty():
        yield lambda progress: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, TextColumn, TimeRemainingColumn
    from rich.progress import Progress as Bar

    columns = (
        TextColumn(what),
        BarColumn(),
        MofNCompleteColumn(),
        TimeRemainingColumn(),
        TextColumn("{task.description}"),
    )
    with Bar(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)

        def show(progress: Progress) -> None:
            bar.update(task, total=progress.total, completed=progress.done, description=progress.release)

        yield show


def tell_drafts(app: App, report: Report) -> None:
    """Say what was drafted, and with what."""
    if report.recalled:
        app.say(f"Took over {plural(report.recalled, 'sentence')} that a person approved before.")
    if report.offered:
        app.say(
            f"Filled in {plural(report.offered, 'sentence')} from memory to be checked: like ones were approved before."
        )
    if report.drafted:
        by = f" with {report.model}" if report.model else " by rule"
        app.say(
            f"Drafted {plural(report.drafted, 'sentence')}{by}. Drafts are marked “needs work” until a person approves."
        )
    elif not report.recalled and not report.offered:
        app.say("Nothing to translate: every sentence has its English or has been tried.")
    if report.undrafted:
        app.warn(f"{plural(report.undrafted, 'sentence')} got no draft; the catalogue's comments say why")


@click.command("translate")
@releases_argument
@model_option
@beam_option
@encoding_option
@common_options
@pass_app
def command(app: App, releases: tuple[str, ...], model: str | None, beam: int | None, encoding: str | None) -> None:
    """Draft the English of every sentence that has none, offline, with an Argos model.

    Only empty translations are filled, and drafts nobody touched make way for what people approved for the very same
    sentence elsewhere. Each catalogue is written as its sentences are done: interrupt with Ctrl-C and
    run again to go on.

    \b
    Example:
        toolkit translate
        toolkit translate 2026-03-14-conference --model embedded --beam 1
    """
    from toolkit.files import project_lock

    pipeline = app.pipeline(encoding)
    pipeline.sources(releases)  # before the lock leaves a file where there is no project
    with project_lock(pipeline.project.root):
        pipeline.tidy()
        with progress_bar(app) as progress:
            report = pipeline.translate(releases, model=model, beam=beam, progress=progress)
    tell_drafts(app, report)
    finish(app, report.problems, report.written)
