"""Term candidates of a project's releases, written as a glossary to fill in."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Sequence
from pathlib import Path

from toolkit.errors import RefusedError, ToolkitError
from toolkit.files import write_atomic
from toolkit.glossary.candidates import Candidate, candidates
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.reports import Report, kept

#: A glossary's columns, then what helps to decide; readers pass over columns they do not know.
COLUMNS = ("fr", "en", "status", "plural", "pos", "note", "count", "release", "example")
_TABS = frozenset({".tsv", ".tab"})
_NOT_A_WORD = re.compile(r"^[^\w«“(]+")


def propose(
    pipeline: Pipeline, wanted: Sequence[str] = (), least: int = 2
) -> tuple[tuple[Candidate, ...], list[ToolkitError]]:
    """Term candidates that the project's glossaries do not have. Nothing is written.

    Args:
        pipeline: of the project.
        wanted: releases to look at; all when empty.
        least: how often a name or a noun group must stand there.

    Returns:
        The candidates, and what is wrong with releases that could not be read.
    """
    report = Report()
    sentences: list[tuple[str, str]] = []
    for file in pipeline.sources(wanted):
        with kept(report):
            release = pipeline.release(file)
            sentences += (
                (release.id, bare(segment.msgid))
                for block in release.blocks
                for segment in block.segments
                if block.translatable(segment)
            )
    return candidates(sentences, pipeline.glossary, least), report.problems


def table(found: Sequence[Candidate], separator: str = ",") -> str:
    """Candidates as a glossary with empty English: CSV, or TSV where the separator is a tab."""
    out = io.StringIO()
    writer = csv.writer(out, delimiter=separator, lineterminator="\n")
    writer.writerow(COLUMNS)
    for one in found:
        # a spreadsheet takes a cell that begins with "=", "+" or "-" for a formula
        example = _NOT_A_WORD.sub("", one.example)
        writer.writerow((one.french, "", "", "", "", one.note, one.count, one.release, example))
    return out.getvalue()


def write(path: Path, found: Sequence[Candidate]) -> None:
    """Write candidates into a new file; with the mark by which spreadsheets know UTF-8.

    Raises:
        RefusedError: there is such a file: somebody may have filled it in.
        WriteError: it cannot be written.
    """
    if path.exists():
        raise RefusedError(
            "this file exists already; what was filled in there is not overwritten",
            where=str(path),
            hint="name another file, or move this one away",
        )
    separator = "\t" if path.suffix.lower() in _TABS else ","
    write_atomic(path, ("\ufeff" + table(found, separator)).encode())
