"""`toolkit build`."""

from __future__ import annotations

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, plural, releases_argument
from toolkit.cli.publish import require_option, requirement, tell_pages
from toolkit.cli.translate import beam_option, model_option, progress_bar, tell_drafts


@click.command("build")
@releases_argument
@model_option
@beam_option
@require_option
@encoding_option
@common_options
@pass_app
def command(
    app: App,
    releases: tuple[str, ...],
    model: str | None,
    beam: int | None,
    require: str | None,
    encoding: str | None,
) -> None:
    """Do the whole job: extract, translate, publish. A second run changes nothing.

    \b
    Example:
        toolkit build
        toolkit build --project press --require reviewed
    """
    from toolkit.files import project_lock
    from toolkit.writers import refuse_missing_tools

    pipeline = app.pipeline(encoding)
    refuse_missing_tools(pipeline.project.settings.publish.formats)
    pipeline.sources(releases)  # before the lock leaves a file where there is no project
    with project_lock(pipeline.project.root):
        pipeline.tidy()
        extracted = pipeline.extract(releases)
        app.say(
            f"Extracted {plural(len(extracted.done), 'release')}; {plural(len(extracted.written), 'file')} changed."
        )
        problems, written = [*extracted.problems], [*extracted.written]
        if extracted.done:
            with progress_bar(app) as progress:
                drafted = pipeline.translate(extracted.done, model=model, beam=beam, progress=progress)
            tell_drafts(app, drafted)
            published = pipeline.publish(releases, require=requirement(require))
            tell_pages(app, pipeline, published)
            problems += [*drafted.problems, *published.problems]
            written += [*drafted.written, *published.written]
    finish(app, problems, written)
