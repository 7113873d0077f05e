"""`toolkit align`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, finish, pass_app, plural
from toolkit.cli.translate import model_option

if TYPE_CHECKING:
    from collections.abc import Sequence

    from toolkit.jobs.aligning import Alignment, Outcome, Row, Wanted
    from toolkit.pipeline import Pipeline

#: Width of a table that goes into a file or a pipe, characters of a sentence in it, and rows named one by one.
_WIDE, _SHOWN, _TOLD = 180, 46, 12


@click.command("align")
@click.argument("french", metavar="FR")
@click.argument("english", metavar="EN", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--dry-run", is_flag=True, help="Only say what would be filled in.")
@click.option("--table", is_flag=True, help="Show every match with its certainty, shape and first words.")
@click.option("--all-fuzzy", is_flag=True, help="Fill in nothing as approved: a person looks at every sentence.")
@click.option("--with-model", is_flag=True, help="Also compare with drafts of the translation model.")
@click.option("--encoding", metavar="NAME", default="auto", help="Encoding of EN, where it is not UTF-8 or UTF-16.")
@model_option
@common_options
@pass_app
def command(
    app: App,
    french: str,
    english: Path,
    dry_run: bool,
    table: bool,
    all_fuzzy: bool,
    with_model: bool,
    encoding: str,
    model: str | None,
) -> None:
    """Take over a translation that exists already: match the sentences of EN with those of the release FR.

    FR is a release of the project (its id, or its file in source/), EN an English file of the same text in any format
    that releases may have; it may lie anywhere and is only read. Certain matches are filled in as approved, doubtful
    ones as "needs work". What a person has written into the catalogue is never replaced.

    \b
    Example:
        toolkit align 2026-03-14-conference old/conference-en.docx --dry-run --table
        toolkit align 2026-03-14-conference old/conference-en.docx
    """
    from toolkit.jobs.aligning import Wanted
    from toolkit.jobs.french import drafts_of

    pipeline = app.pipeline()
    pipeline.sources(())  # before the lock leaves a file where there is no project
    drafts = drafts_of(pipeline, model) if with_model or model else None
    found = _aligned(pipeline, french, english, Wanted(encoding, all_fuzzy, dry_run, drafts))
    for warning in found.warnings:
        app.warn(warning)
    if table:
        click.echo(_table(found), nl=False)
    _tell(app, found, english, dry_run=dry_run)
    finish(app, (), (found.catalogue,) if found.written else ())


def _aligned(pipeline: Pipeline, french: str, english: Path, wanted: Wanted) -> Alignment:
    from toolkit.files import project_lock
    from toolkit.jobs.aligning import align_file

    if wanted.dry_run:
        return align_file(pipeline, french, english, wanted)
    with project_lock(pipeline.project.root):
        pipeline.tidy()
        return align_file(pipeline, french, english, wanted)


def _tell(app: App, found: Alignment, english: Path, *, dry_run: bool) -> None:
    """How many sentences had what become of them, and where a person has to look."""
    from toolkit.jobs.aligning import Outcome

    total = found.sentences(*(outcome for outcome in Outcome if outcome is not Outcome.NO_FRENCH))
    would = "would be " if dry_run else ""
    app.say(f"{found.release}: {plural(total, 'sentence')}, aligned with {english.name}")
    rows = (
        (Outcome.APPROVED, f"{would}filled in as approved"),
        (Outcome.DOUBTFUL, f"{would}filled in, marked “needs work”: check that the English is theirs"),
        (Outcome.WAITING, "have this English already, marked “needs work”: check that the English is theirs"),
        (Outcome.DRAFT, "have this English as a machine draft, which is still to be reviewed"),
        (Outcome.THERE, "have this English already"),
        (Outcome.KEPT, "have other English in the catalogue, which stays"),
        (Outcome.UNSURE, "matched too doubtfully: left as they are"),
        (Outcome.CLASH, "stand in the text more than once, with different English: left as they are"),
        (Outcome.NO_ENGLISH, "have no English in the file"),
    )
    for outcome, said in rows:
        if number := found.sentences(outcome):
            app.say(f"  {number:5,}  {said}")
    left = found.having(Outcome.NO_FRENCH)
    if left:
        app.say(f"  {len(left):5,}  English left over: nothing in the French says it")
    _name(app, found.having(Outcome.KEPT), "other English in the catalogue", french=True)
    _name(app, found.having(Outcome.NO_ENGLISH, Outcome.UNSURE, Outcome.CLASH), "without English", french=True)
    _name(app, left, "left over", french=False)
    if not dry_run:
        app.say(f"{found.catalogue} was written." if found.written else f"{found.catalogue} stays as it was.")


def _name(app: App, rows: Sequence[Row], what: str, *, french: bool) -> None:
    """Name the sentences of rows one by one, with file and line; with -v all of them."""
    if french:
        found = [(one.place, one.text) for row in rows for one in row.french]
    else:
        found = [(str(one.origin), one.text) for row in rows for one in row.english]
    shown = found if app.verbosity > 0 else found[:_TOLD]
    for place, text in shown:
        app.say(f"{place}: {what}: {_short(text, 70)}")
    if len(shown) < len(found):
        app.say(f"… and {len(found) - len(shown):,} more {what}: -v names them all")


def _table(found: Alignment) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("sentence", no_wrap=True, min_width=8)
    table.add_column("shape", no_wrap=True, min_width=5)
    table.add_column("certainty", justify="right", no_wrap=True, min_width=9)
    table.add_column("", no_wrap=True, min_width=12)
    table.add_column("French", no_wrap=True)
    table.add_column("English", no_wrap=True)
    for row in found.rows:
        french, english = (" / ".join(_short(one.text, _SHOWN) for one in side) for side in (row.french, row.english))
        outcome = _with_remarks(row.outcome, row)
        name = row.french[0].id if row.french else f"line {row.english[0].origin.line}"
        score = str(row.score) if row.french and row.english else ""
        table.add_row(name, row.shape, score, outcome, _short(french, _SHOWN), _short(english, _SHOWN))
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    with console.capture() as capture:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _with_remarks(outcome: Outcome, row: Row) -> str:
    return f"{outcome}: {_short(row.remarks[0], 36)}" if row.remarks else str(outcome)


def _short(text: str, width: int) -> str:
    return text if len(text) <= width else text[: width - 1].rstrip(" …") + "…"
