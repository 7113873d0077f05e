"""`toolkit publish`."""

from __future__ import annotations

from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, plural, releases_argument

if TYPE_CHECKING:
    from toolkit.pipeline import Pipeline
    from toolkit.reports import Report

require_option = click.option(
    "--require",
    type=click.Choice(["reviewed", "nothing"]),
    help="reviewed: refuse while a sentence has not been approved by a person.",
)


def _formats(_: click.Context, __: click.Parameter, value: str | None) -> tuple[str, ...]:
    """The names in a comma-separated list; none where nothing was asked for."""
    if value is None:
        return ()
    from toolkit.writers import FORMATS

    names = tuple(dict.fromkeys(name.strip().lower() for name in value.split(",") if name.strip()))
    if not names:  # as of a variable in a script that is not set: never quietly the default
        raise click.BadParameter(f"no format is named; there are {', '.join(FORMATS)}")
    for name in names:
        if name not in FORMATS:
            raise click.BadParameter(f"“{name}” is none of {', '.join(FORMATS)}")
    return names


formats_option = click.option(
    "--formats",
    metavar="LIST",
    callback=_formats,
    help="What to write, separated by commas: html, tei, edition, tmx, xliff, epub, pdf, source (the English itself).",
)

anew_option = click.option(
    "--anew", is_flag=True, help="Make every edition, even those that would come out the same as the last time."
)


def requirement(choice: str | None) -> str | None:
    """The option as the pipeline takes it: None leaves it to toolkit.toml."""
    return "" if choice == "nothing" else choice


def tell_pages(app: App, pipeline: Pipeline, report: Report, formats: tuple[str, ...] = ()) -> None:
    """Say what was published and where it is to be looked at."""
    app.say(f"Published {plural(len(report.done), 'release')}; {plural(len(report.written), 'file')} changed.")
    if report.dropped:
        files, names = plural(sum(report.dropped.values()), "file"), ", ".join(filter(None, report.dropped))
        app.say(
            f"Removed {files} of formats that were not asked for{f' ({names})' if names else ''}: "
            "add them to `formats` under [publish] in toolkit.toml to have them each time."
        )
    index = pipeline.project.output / "index.html"
    if formats and "html" not in formats:
        app.say(f"Look into {pipeline.project.output}; the pages there are as they were.")
    elif index.exists():
        app.say(f"Open {index}")


@click.command("publish")
@releases_argument
@require_option
@formats_option
@anew_option
@encoding_option
@common_options
@pass_app
def command(
    app: App, releases: tuple[str, ...], require: str | None, formats: tuple[str, ...], anew: bool, encoding: str | None
) -> None:
    """Write the bilingual editions (HTML and TEI XML) into output/, or the English files in the sources' own formats.

    Every sentence shows its state: approved by a person, changed since, machine draft, or not yet translated. Errors in
    approved sentences (a wrong figure, a lost placeholder) are told, and published all the same: `toolkit check` first
    where they must not be.

    --formats is for once: the next publication without it removes the files of formats that toolkit.toml ([publish]
    formats) does not ask for.

    \b
    Example:
        toolkit publish
        toolkit publish --require reviewed
        toolkit publish --formats html,tei,source
    """
    from toolkit.files import project_lock

    pipeline = app.pipeline(encoding)
    pipeline.sources(releases)  # before the lock leaves a file where there is no project
    with project_lock(pipeline.project.root):
        pipeline.tidy()
        report = pipeline.publish(releases, require=requirement(require), formats=formats, anew=anew)
    tell_pages(app, pipeline, report, formats)
    finish(app, report.problems, report.written)
