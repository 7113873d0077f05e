"""`toolkit export`."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.common import App, common_options, finish, pass_app, plural, releases_argument


@click.command("export")
@releases_argument
@click.option(
    "--format",
    "form",
    type=click.Choice(["xliff", "tmx", "po"]),
    help="XLIFF 2.1 (default), TMX of what is approved, or PO; by default as the name of --output ends.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE|DIR",
    help="One file for all releases, or a folder for a file each (default: export.xlf in the project's folder).",
)
@click.option("--open", "only_open", is_flag=True, help="What a person has approved is context, not work.")
@click.option("--force", is_flag=True, help="Replace a file that is there.")
@common_options
@pass_app
def command(
    app: App, releases: tuple[str, ...], form: str | None, output: Path | None, only_open: bool, force: bool
) -> None:
    """Write releases for a translation agency, with states, drafts, notes and placeholders.

    What comes back is brought in by `toolkit import`, sentence by sentence, without overwriting anybody.

    \b
    Example:
        toolkit export 2026-03-14-conference --open -o for-the-agency.xlf
        toolkit export --format tmx -o reference.tmx
    """
    from toolkit.files import project_lock
    from toolkit.jobs.exporting import SUFFIXES, export

    named = {suffix: name for name, suffix in SUFFIXES.items()}
    form = form or named.get(output.suffix.lower() if output else "", "xliff")
    if form == "tmx" and only_open:
        raise click.UsageError("a TMX holds what is approved: --open is for XLIFF and PO")
    pipeline = app.pipeline()
    pipeline.sources(releases)  # before the lock leaves a file where there is no project
    with project_lock(pipeline.project.root):
        found = export(pipeline, releases, form=form, output=output, only_open=only_open, force=force)
    for name in found.missing:
        app.warn(f"{name} has no catalogue yet: run `toolkit translate {name}` first")
    todo = (
        f"{plural(found.approved, 'sentence')} that somebody approved"
        if form == "tmx"
        else (
            f"{plural(found.sentences, 'sentence')} to do, {plural(found.words, 'word')}; {found.approved:,} approved"
        )
    )
    for path in found.written:
        app.say(f"{path}")
    if found.written:
        app.say(f"{plural(found.releases, 'release')}: {todo}.")
    else:
        app.say("Nothing to export.")
    finish(app, found.problems)
