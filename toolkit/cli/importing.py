"""`toolkit import`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, brought, common_options, finish, pass_app, plural

if TYPE_CHECKING:
    from toolkit.jobs.importing import Importer

#: Warnings that are named one by one: where a tool has lost every placeholder, a dozen says it.
_TOLD = 12
#: Releases whose names make a command that a person can still read.
_NAMED = 3


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
    _tell(app, importer)
    finish(app, importer.result.problems, importer.result.written)


def _tell(app: App, importer: Importer) -> None:
    """What became of the files, what needs a look, and what to do next."""
    from toolkit.jobs.combining import Outcome

    found, dry_run = importer.result, importer.dry_run
    shown = found.warnings if app.verbosity > 0 else found.warnings[:_TOLD]
    for warning in shown:
        app.warn(warning)
    if len(shown) < len(found.warnings):
        app.warn(f"… and {len(found.warnings) - len(shown):,} more: -v names them all")
    if found.outcomes or not found.problems:
        app.say(brought(found, "import", "Imported", "no sentence", dry_run=dry_run))
    if importer.unconfirmed:
        count = plural(len(importer.unconfirmed), "sentence")
        app.say(f"{count} came back translated, not reviewed: they need a look, or --approve if that was the reviewer.")
    if importer.left:
        app.say(
            f"{plural(len(importer.left), 'sentence')} still marked “needs work”, which --approve does not change: the "
            "file does not show that anybody has read them. Read them, and clear the mark in the catalogue."
        )
    if found.outcomes[Outcome.APPROVED] and found.written and not dry_run:
        names = [Path(name).stem for name in found.written]
        command = " ".join(["toolkit check", *(names if len(names) <= _NAMED else [])])
        app.say(f"Not checked yet: run `{command}`.")
