"""`toolkit review`: export a list of the worst sentences, merge it back."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, brought, common_options, finish, pass_app, plural, releases_argument
from toolkit.cli.translate import progress_bar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.jobs.review import Exported
    from toolkit.pipeline import Pipeline


@click.group("review")
@common_options
def command() -> None:
    """Review the worst sentences first, across releases, in any PO editor.

    \b
    Example:
        toolkit review export --words 500
        poedit review.po
        toolkit review merge review.po
    """


@command.command("export")
@releases_argument
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path, dir_okay=False),
    metavar="FILE.po",
    help="The list (default: review.po in the project's folder).",
)
@click.option(
    "--least", type=click.IntRange(0, 100), default=0, metavar="N", help="Only sentences of this priority or more."
)
@click.option("--limit", type=click.IntRange(1), metavar="N", help="At most so many sentences.")
@click.option("--words", type=click.IntRange(1), metavar="N", help="At most so many words of French: an hour is 250.")
@click.option("--round-trip", is_flag=True, help="First translate drafts back, with an installed en→fr package.")
@click.option("--force", is_flag=True, help="Replace a list that holds work not yet merged.")
@common_options
@pass_app
def export_command(
    app: App,
    releases: tuple[str, ...],
    output: Path | None,
    least: int,
    limit: int | None,
    words: int | None,
    round_trip: bool,
    force: bool,
) -> None:
    """Write the open sentences of all releases into one PO file, the worst first.

    Each comes with its priority and the reasons, its release, and the sentences before and after it. Edit the list in
    a PO editor, clear "needs work" where the English is right, and bring it back with `toolkit review merge`.

    \b
    Example:
        toolkit review export
        toolkit review export 2026-03-14-conference --least 50 --output urgent.po
    """
    from toolkit.files import project_lock
    from toolkit.jobs.review import Wanted, export

    pipeline = app.pipeline()
    pipeline.sources(releases)  # before the lock leaves a file where there is no project
    with project_lock(pipeline.project.root):
        if round_trip:
            _translate_back(app, pipeline, releases)
        wanted = Wanted(least, limit, words)
        with progress_bar(app, "Checking") as progress:
            found = export(pipeline, releases, output=output, wanted=wanted, force=force, progress=progress)
    _tell_list(app, found)
    finish(app, found.problems)


def _tell_list(app: App, found: Exported) -> None:
    """Say what was listed."""
    for name in found.missing:
        app.warn(f"{name} has no catalogue yet: run `toolkit translate {name}` first")
    if found.path is None:
        app.say(
            f"No list: none of the {plural(found.open_sentences, 'open sentence')} has such a priority."
            if found.open_sentences
            else "No list: every sentence has been approved."
        )
    else:
        listed = f"{plural(found.sentences, 'sentence')}, {plural(found.words, 'word')}"
        app.say(f"Listed {listed}, worst first, of {plural(found.open_sentences, 'open sentence')}: {found.path}")


def _translate_back(app: App, pipeline: Pipeline, releases: Sequence[str]) -> None:
    """Measure drafts by translating them back, and say so."""
    from toolkit.jobs.roundtrip import round_trip

    pipeline.tidy()
    with progress_bar(app) as progress:
        found = round_trip(pipeline, releases, progress=progress)
    if found.sentences:
        app.say(f"Translated {plural(found.sentences, 'draft')} back with {found.model}.")
    for name in found.written:
        app.detail(f"  wrote {name}")


@command.command("merge")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@common_options
@pass_app
def merge_command(app: App, file: Path, dry_run: bool) -> None:
    """Bring a reviewed list back into the catalogues, sentence by sentence.

    What the reviewer approved, changed or commented goes to its catalogue. A sentence that changed there in the
    meantime, too, is refused and told with both versions (exit code 1); the others are merged. Merging twice does
    nothing. The list keeps your English, and notes for itself what was brought back.

    \b
    Example:
        toolkit review merge review.po --dry-run
        toolkit review merge review.po
    """
    from toolkit.files import project_lock
    from toolkit.jobs.merging import merge

    pipeline = app.pipeline()
    pipeline.sources(())  # before the lock leaves a file where there is no project
    with project_lock(pipeline.project.root):
        pipeline.tidy()
        found = merge(pipeline, file, dry_run=dry_run)
    for warning in found.warnings:
        app.warn(warning)
    app.say(brought(found, "merge", "Merged", "the list is empty", dry_run=dry_run))
    finish(app, found.problems, found.written)
