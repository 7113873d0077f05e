"""Glossary tables: CSV and TSV, as spreadsheets write them, with a row of column names."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator, Mapping, Sequence

from toolkit.errors import GlossaryError
from toolkit.glossary.entries import LONGEST_TERM, Warnings, cell, part_of_speech, status_of
from toolkit.glossary.terms import Status, Term
from toolkit.glossary.words import plain

#: Names a column may have, without capitals and accents → what it holds.
COLUMNS = {
    title: what
    for what, listed in {
        "french": "fr|french|francais|source|source term|french term|terme|terme source|terme francais",
        "english": "en|english|anglais|target|cible|target term|english term|terme cible|terme anglais"
        "|translation|traduction|equivalent",
        "status": "status|statut|state|etat",
        "plural": "plural|pluriel",
        "pos": "pos|part of speech|grammatical category|categorie|categorie grammaticale|nature",
        "note": "note|notes|remarque|remarques|comment|commentaire|definition",
    }.items()
    for title in listed.split("|")
}
_SEPARATORS = "\t;,"


def read_table(text: str, name: str, warnings: Warnings) -> Iterator[Term]:
    """The rows of a table of terms.

    Args:
        text: the whole file.
        name: for messages.
        warnings: is told what is doubtful.

    Raises:
        GlossaryError: no columns for French and English, or a quotation mark that does not close.
    """
    rows = _rows(text, name)
    line, header = next(rows, (1, []))
    columns = _columns(header)
    if not {"french", "english"} <= columns.keys():
        named = ", ".join(f"“{title.strip()}”" for title in header if title.strip())[:200] or "nothing"
        raise GlossaryError(
            f"the first row must name a French and an English column; it has {named}",
            where=f"{name}:{line}",
            hint='begin with a line like "fr,en,status,plural,pos,note"; docs/glossary.md lists the names',
        )
    for line, row in rows:
        if not "".join(row).strip():
            continue
        if len(row) > len(header) and any(value.strip() for value in row[len(header) :]):
            warnings.add(
                "rows with too many cells",
                line,
                f"{len(row)} cells, but {len(header)} columns; put a cell that holds the separator in quotes",
            )
        term = _term({key: row[at] if at < len(row) else "" for key, at in columns.items()}, name, line, warnings)
        if term is not None:
            yield term


def _rows(text: str, name: str) -> Iterator[tuple[int, list[str]]]:
    """Rows with the line they begin in."""
    declared, _, rest = text.partition("\n")
    skipped = 0
    if plain(declared).startswith("sep=") and len(declared.strip()) == 5:  # spreadsheets name their separator so
        separator, text, skipped = declared.strip()[-1], rest, 1
    else:
        line = next((line for line in text.splitlines() if line.strip()), "")
        separator = max(_SEPARATORS, key=lambda mark: line.count(mark))
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    at = skipped + 1
    try:
        for row in reader:
            if row or at > skipped + 1:
                yield at, row
            at = reader.line_num + 1 + skipped
    except csv.Error as error:
        raise GlossaryError(
            f"not a table that can be read from here on ({error})",
            where=f"{name}:{at}",
            hint='close the quotation mark; one inside a quoted cell is doubled ("")',
        ) from error


def _columns(header: Sequence[str]) -> dict[str, int]:
    """What a column holds → its index; the first of several for the same."""
    found: dict[str, int] = {}
    for index, title in enumerate(header):
        key = " ".join(plain(title.strip("\ufeff #*")).replace("_", " ").split())
        what = COLUMNS.get(key) or COLUMNS.get(key.split("-")[0] if key[:3] in ("fr-", "en-") else "")
        if what:
            found.setdefault(what, index)
    return found


def _term(row: Mapping[str, str], name: str, line: int, warnings: Warnings) -> Term | None:
    """A row as a term; None where it cannot be one, with a warning."""
    french = cell(row["french"], LONGEST_TERM + 1)
    status = status_of(cell(row.get("status", ""), 50))
    if status is None:
        told = cell(row["status"], 50)
        warnings.add(
            "unknown statuses", line, f"unknown status “{told}”, taken as “suggested”; docs/glossary.md has them"
        )
        status = Status.SUGGESTED
    ways = row["english"].split("|") if "|" in row["english"] else (row["english"],)
    english = tuple(dict.fromkeys(way for part in ways if (way := cell(part, LONGEST_TERM + 1))))
    return checked(
        Term(
            french,
            english,
            status,
            cell(row.get("plural", ""), LONGEST_TERM),
            part_of_speech(row.get("pos", "")),
            cell(row.get("note", "")),
            f"{name}:{line}",
        ),
        line,
        warnings,
    )


def checked(term: Term, line: int, warnings: Warnings) -> Term | None:
    """A term that can be used; None, with a warning, where it cannot be."""
    if not term.french and term.status is not Status.FORBIDDEN:
        warnings.add("entries without French", line, "no French; passed over")
        return None
    if not term.english and term.status is not Status.KEPT:
        warnings.add("entries without English", line, f"“{term.french[:60]}” has no English yet; passed over")
        return None
    for side in (term.french, *term.english):
        if side and not side[0].isalnum() and not any(letter.isalnum() for letter in side):
            warnings.add("terms without a letter", line, f"“{side[:60]}” is only punctuation; passed over")
            return None
        if len(side) > LONGEST_TERM:
            warnings.add(
                "terms that are too long", line, f"“{side[:40]}…” is longer than {LONGEST_TERM} characters; passed over"
            )
            return None
    return term
