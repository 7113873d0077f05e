"""`toolkit book`."""

from __future__ import annotations

from pathlib import Path

import click

from toolkit.cli.common import App, common_options, encoding_option, finish, pass_app, plural, releases_argument


@click.command("book")
@releases_argument
@click.option("--year", type=click.IntRange(1, 9999), metavar="YEAR", help="Only releases dated in this year.")
@click.option("--title", default="", metavar="TEXT", help="Title of the book (default: the name of the site).")
@click.option(
    "--languages",
    default="both",
    metavar="both|fr|en",
    help="Which languages to show: both, the source's, or the translation's.",
)
@click.option(
    "-o",
    "--output",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="The file to write, .epub or .pdf (default: the title's name, as EPUB, in this folder).",
)
@click.option("--force", is_flag=True, help="Replace a file that is there and is no book of the toolkit's.")
@encoding_option
@common_options
@pass_app
def command(
    app: App,
    releases: tuple[str, ...],
    year: int | None,
    title: str,
    languages: str,
    output: Path | None,
    force: bool,
    encoding: str | None,
) -> None:
    """Bind releases into one book: EPUB 3 for reading devices, or PDF for paper.

    All releases, those named, or those of a year; the oldest first, with a table of contents. Each sentence keeps its
    number and its state. A PDF needs Chromium, Chrome or Edge on this machine.

    \b
    Example:
        toolkit book
        toolkit book --year 2026 --title "Releases of 2026" -o releases-2026.pdf
        toolkit book 2026-06-02-numero-unique --languages en -o numero-unique.epub
    """
    from toolkit.books.volume import Shown
    from toolkit.jobs.book import Wish, make_book

    pipeline = app.pipeline(encoding)
    names = pipeline.project.settings.project
    shown = {"both": Shown.BOTH, names.source_language: Shown.SOURCE, names.target_language: Shown.TARGET}
    if languages not in shown:
        raise click.BadParameter(f"“{languages}” is none of {', '.join(shown)}", param_hint="--languages")
    made = make_book(pipeline, Wish(releases, year or 0, title, shown[languages], output, force))
    counts = made.volume.counts
    app.say(
        f"{'Wrote' if made.changed else 'No change in'} {made.path}: {plural(len(made.volume.parts), 'release')}, "
        f"{counts.read:,} of {plural(counts.total, 'sentence')} read by a person."
    )
    finish(app, made.problems)
