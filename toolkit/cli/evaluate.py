"""`toolkit evaluate`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import (
    App,
    common_options,
    encoding_option,
    finish,
    may_write,
    pass_app,
    plural,
    releases_argument,
)
from toolkit.cli.translate import model_option, progress_bar

if TYPE_CHECKING:
    from toolkit.jobs.evaluate import Evaluation
    from toolkit.jobs.scoring import Miss, Row, System, Tally

#: Width of a table that goes into a file or a pipe, which have no right edge.
_WIDE = 500


@click.command("evaluate")
@click.argument("references", type=click.Path(path_type=Path), metavar="REFERENCES")
@releases_argument
@click.option("--fresh", is_flag=True, help="Score new drafts of everything, made in memory; no catalogue is touched.")
@click.option(
    "--compare",
    default="",
    metavar="raw|FILE",
    help="Also score the bare engine (raw), or another translation: a file or folder like REFERENCES.",
)
@click.option("--json", "as_json", is_flag=True, help="Print JSON instead of a table, with everything that is missing.")
@click.option("--output", type=click.Path(path_type=Path), metavar="FILE", help="Write it to a file instead.")
@model_option
@encoding_option
@common_options
@pass_app
def command(
    app: App,
    references: Path,
    releases: tuple[str, ...],
    fresh: bool,
    compare: str,
    as_json: bool,
    output: Path | None,
    model: str | None,
    encoding: str | None,
) -> None:
    """Score the English of the catalogues against reference translations: chrF, BLEU, terms, figures and names.

    REFERENCES is a folder with one file for each release, called as the release is and ending in .po, .tmx, .txt, .md,
    .html, .xml, .docx or .odt; or one such file. -v lists each term, figure and name that is missing.

    \b
    Example:
        toolkit evaluate references/
        toolkit evaluate references/ --fresh --compare raw
        toolkit evaluate speech.en.txt 2026-03-14-conference --json --output scores.json
    """
    from toolkit.jobs.evaluate import evaluate

    pipeline = app.pipeline(encoding)
    may_write(pipeline, output)
    with progress_bar(app) as progress:
        found = evaluate(pipeline, references, releases, fresh=fresh, compare=compare, model=model, progress=progress)
    text = _json(found) if as_json else _text(found, app.verbosity > 0)
    if output:
        from toolkit.files import write_atomic

        write_atomic(output, text.encode())
        app.say(f"Wrote {output}.")
    else:
        click.echo(text, nl=False)
    if found.without:
        app.detail(f"Without a reference: {', '.join(found.without)}.")
    finish(app, found.problems)


def _text(found: Evaluation, missing: bool) -> str:
    """A table, what is missing where that is asked for, and how the metrics were computed."""
    parts = [_table(found)]
    left_out = found.systems[0].total.left_out
    if left_out:
        parts.append(f"{plural(left_out, 'sentence')} left out: nothing in the references was made for them.\n")
    if missing:
        parts += [f"\nMissing in {_name(system)}:\n" + "".join(map(_line, system.misses)) for system in found.systems]
    parts += ["".join(f"{name}: {signature}\n" for name, signature in found.signatures.items())]
    return "\n".join(parts)


def _table(found: Evaluation) -> str:
    from rich.console import Console
    from rich.table import Table

    table = Table(box=None, pad_edge=False, header_style="bold")
    table.add_column("release", overflow="fold", min_width=24)
    several = len(found.systems) > 1
    if several:
        table.add_column("English", no_wrap=True)
    for name in ("sentences", "chrF", "BLEU", "terms", "as reference", "numbers", "names", "untranslated"):
        table.add_column(name, justify="right", no_wrap=True)
    rows = [[(system, system.rows[at]) for system in found.systems] for at in range(len(found.systems[0].rows))]
    for group in [*rows, [(system, system.total) for system in found.systems]]:
        for index, (system, row) in enumerate(group):
            style = "bold" if row is system.total else None
            names = [row.release if index == 0 else "", *([system.name] if several else [])]
            table.add_row(*names, *_cells(row), style=style)
    console = Console()
    if not console.is_terminal:
        console = Console(width=_WIDE)
    with console.capture() as capture:
        console.print(table)
    return "".join(f"{line.rstrip()}\n" for line in capture.get().splitlines())


def _cells(row: Row) -> list[str]:
    return [
        f"{row.sentences:,}",
        f"{row.chrf:.1f}",
        f"{row.bleu:.1f}",
        _share(row.held["terms"]),
        _share(row.held_as_reference["terms"]),
        _share(row.held["numbers"]),
        _share(row.held["names"]),
        f"{row.untranslated:,}",
    ]


def _share(tally: Tally) -> str:
    return "–" if tally.share is None else f"{tally.held:,}/{tally.of:,} {tally.share:.1%}"


def _line(miss: Miss) -> str:
    note = "" if miss.in_reference else " (nor does the reference)"
    return f"  {miss.release} {miss.sentence}: {miss.kind} {miss.french} → {' | '.join(miss.english)}{note}\n"


def _name(system: System) -> str:
    return f"{system.name} ({system.model})" if system.model else system.name


def _json(found: Evaluation) -> str:
    data = {
        "signatures": dict(found.signatures),
        "systems": [_system(system) for system in found.systems],
        "without_reference": list(found.without),
        "problems": [{"where": p.where, "message": p.message, "hint": p.hint} for p in found.problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=2) + "\n"


def _system(system: System) -> dict[str, object]:
    return {
        "name": system.name,
        "model": system.model,
        "releases": [_row(row) for row in system.rows],
        "total": _row(system.total),
        "missing": [_miss(miss) for miss in system.misses],
    }


def _row(row: Row) -> dict[str, object]:
    return {
        "release": row.release,
        "sentences": row.sentences,
        "left_out": row.left_out,
        "untranslated": row.untranslated,
        "chrf": round(row.chrf, 2),
        "bleu": round(row.bleu, 2),
        **_tallies(row.held),
        "as_reference": _tallies(row.held_as_reference),
    }


def _tallies(tallies: Mapping[str, Tally]) -> dict[str, object]:
    return {
        name: {"held": tally.held, "of": tally.of, "share": None if tally.share is None else round(tally.share, 4)}
        for name, tally in tallies.items()
    }


def _miss(miss: Miss) -> dict[str, object]:
    renderings: Sequence[str] = miss.english
    return {
        "release": miss.release,
        "sentence": miss.sentence,
        "kind": miss.kind,
        "french": miss.french,
        "english": list(renderings),
        "in_reference": miss.in_reference,
    }
