"""`toolkit import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, finish, pass_app, plural

if TYPE_CHECKING:
    from toolkit.jobs.combining import Merged


@click.command("import")
@click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path, dir_okay=False), metavar="FILE…")
@click.option("--approve", is_flag=True, help="Take what was translated as approved, even where nobody says so.")
@click.option("--translator", metavar="NAME", help="Who did the work, for the catalogues: “Name <address>”.")
@click.option("--dry-run", is_flag=True, help="Only say what would be done.")
@common_options
@pass_app
def command(app: App, files: tuple[Path, ...], approve: bool, translator: str | None, dry_run: bool) -> None:
    """Bring XLIFF, TMX or PO files back from a translation agency, sentence by sentence.

    What was changed in the file goes to its catalogue. A sentence that somebody changed there, too, is refused and told
    with both versions (exit code 1); the others are taken. Importing twice does nothing.

    \b
    Example:
        toolkit import from-the-agency.xlf --dry-run
        toolkit import from-the-agency.xlf --translator "Ada Marlowe <ada@agency.example>"
    """
    from toolkit.errors import ReviewError
    from toolkit.files import project_lock
    from toolkit.jobs.importing import Importer

    pipeline = app.pipeline()
    pipeline.sources(())  # before the lock leaves a file where there is no project
    importer = Importer(pipeline, approve, " ".join((translator or "").split()), dry_run)
    with project_lock(pipeline.project.root):
        pipeline.tidy()
        for file in files:
            try:
                importer.bring(file)
            except ReviewError as error:
                importer.result.problems.append(error)
    found = importer.result
    for warning in found.warnings:
        app.warn(warning)
    if found.outcomes or not found.problems:
        app.say(_summary(found, dry_run))
    if importer.unconfirmed:
        count = plural(len(importer.unconfirmed), "sentence")
        app.say(f"{count} came back translated, not reviewed: they need a look, or --approve if that was the reviewer.")
    finish(app, found.problems, found.written)


def _summary(found: Merged, dry_run: bool) -> str:
    """What happened, in one line."""
    told = [f"{count:,} {outcome.value}" for outcome, count in found.outcomes.items()]
    if found.notes:
        told.append(plural(found.notes, "new comment"))
    did = "Would import" if dry_run else "Imported"
    if not found.has_taken:
        did = "Nothing to import"
    return f"{did}: {', '.join(told) or 'no sentence'}."
