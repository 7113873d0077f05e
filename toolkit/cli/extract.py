"""`toolkit extract`."""

from __future__ import annotations

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, plural, releases_argument


@click.command("extract")
@releases_argument
@encoding_option
@common_options
@pass_app
def command(app: App, releases: tuple[str, ...], encoding: str | None) -> None:
    """Bring the sentences of source/ into locales/templates/*.pot, and merge them into locales/en/*.po.

    Nothing a reviewer wrote is lost: a changed sentence is marked "needs work" and keeps its English and its previous
    French, a vanished one is kept as obsolete, a returned one comes back.

    \b
    Example:
        toolkit extract
        toolkit extract 2026-03-14-conference source/avis.txt
    """
    from toolkit.files import project_lock

    pipeline = app.pipeline(encoding)
    pipeline.sources(releases)  # before the lock leaves a file where there is no project
    with project_lock(pipeline.project.root):
        pipeline.tidy()
        report = pipeline.extract(releases)
    app.say(f"Extracted {plural(len(report.done), 'release')}; {plural(len(report.written), 'file')} changed.")
    finish(app, report.problems, report.written)
