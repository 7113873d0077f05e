"""`toolkit segment`."""

from __future__ import annotations

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, encoding_option, pass_app
from toolkit.errors import SourceError

if TYPE_CHECKING:
    from toolkit.model import Block
    from toolkit.pipeline import Pipeline


@click.command("segment")
@click.argument("file", metavar="FILE|-")
@click.option("--explain", is_flag=True, help="Name the SRX rule at each place where one decided.")
@encoding_option
@common_options
@pass_app
def command(app: App, file: str, explain: bool, encoding: str | None) -> None:
    """Print the sentences of a text, one a line, with a blank line between paragraphs.

    With "-" the text comes from standard input, in UTF-8, one paragraph a line.

    \b
    Example:
        toolkit segment source/2026-03-14-conference.txt
        echo "M. Dupont a signé. Mme Petit aussi." | toolkit segment - --explain
    """
    from toolkit.placeholders import bare

    pipeline = app.pipeline(encoding)
    blocks = _lines(pipeline) if file == "-" else _blocks(app, pipeline, file)
    first = True
    for block in blocks:
        if not first:
            click.echo()
        first = False
        for segment in block.segments:
            click.echo(block.marker * (segment is block.segments[0]) + segment.msgid)
        if explain:
            for decision in pipeline.segmenter.explain(bare(block.text[len(block.marker) :])):
                mark = "break" if decision.breaks else "keep "
                place = re.sub(r"[\n\r\u2028]+", " ", f"{decision.before}|{decision.after}")
                click.echo(f"    {mark} at {decision.offset}: {place}  [{decision.rule}]")


def _lines(pipeline: Pipeline) -> Iterator[Block]:
    from toolkit.model import Block, BlockKind
    from toolkit.placeholders import escape
    from toolkit.segmentation import segment_block

    try:
        text = sys.stdin.buffer.read().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SourceError(
            "standard input is not UTF-8", where="-", hint="convert it first, for example with iconv -t UTF-8"
        ) from error
    for number, line in enumerate(filter(str.strip, text.split("\n")), 1):
        yield segment_block(Block(f"p{number}", BlockKind.PARAGRAPH, escape(line.strip())), pipeline.segmenter)


def _blocks(app: App, pipeline: Pipeline, file: str) -> Iterator[Block]:
    from toolkit.files import read_source
    from toolkit.formats import read_release
    from toolkit.segmentation import segment_release

    options = pipeline.read_options(Path(file).name)
    result = read_release(read_source(Path(file), file, options.max_bytes), file, options)
    for warning in result.warnings:
        app.warn(warning)
    yield from (block for block in segment_release(result.release, pipeline.segmenter).blocks if block.segments)
