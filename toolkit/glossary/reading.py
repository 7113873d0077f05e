"""Glossary files ↔ terms: CSV, TSV and TBX-Basic."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from toolkit.errors import GlossaryError
from toolkit.glossary.entries import ENCODINGS, Warnings, decode
from toolkit.glossary.model import Glossary
from toolkit.glossary.table import read_table
from toolkit.glossary.tbx import read_tbx
from toolkit.glossary.terms import Status, Term
from toolkit.glossary.words import APOSTROPHES, HYPHENS, tokens

TABLES = frozenset({".csv", ".tsv", ".tab", ".txt"})
TBX = frozenset({".tbx", ".xml"})
#: Largest file that is read, in bytes: some 500,000 terms.
MAX_BYTES = 100_000_000


#: Kinds of apostrophes, spaces and hyphens → one of each.
_ONE_SPELLING = str.maketrans({**dict.fromkeys(APOSTROPHES, "'"), **dict.fromkeys(HYPHENS, "-"), "œ": "oe"})


def load(paths: Sequence[tuple[str, Path]]) -> tuple[Glossary, tuple[str, ...]]:
    """Read glossary files, in order of precedence.

    Args:
        paths: of each file its name for messages and where it is. A name without an ending is a packaged glossary.

    Returns:
        The glossary, and warnings (contradictory entries, entries without English …), each with file and line. What
        encoding a file has is not among them: ``encodings`` tells that, and need not with every command. That a
        packaged glossary says otherwise than a file before it is no contradiction: so it is made one's own.

    Raises:
        GlossaryError: a file cannot be read at all.
    """
    terms: list[Term] = []
    told: list[str] = []
    known: dict[str, Term] = {}
    for name, path in dict.fromkeys(paths):
        warnings = Warnings(name)
        own = bool(Path(name).suffix)
        terms += _new(parse(_bytes(name, path), name, warnings), known, warnings, own)
        warnings.kinds.pop(ENCODINGS, None)
        told += warnings.lines()
    return Glossary(tuple(terms)), tuple(told)


def encodings(paths: Sequence[tuple[str, Path]]) -> Iterator[str]:
    """Warnings on glossary tables that are not UTF-8: read all the same, so telling once is enough.

    Raises:
        GlossaryError: a file cannot be read at all.
    """
    for name, path in dict.fromkeys(paths):
        if Path(name).suffix.lower() in TABLES:
            warnings = Warnings(name)
            decode(_bytes(name, path), name, warnings)
            yield from warnings.lines()


def parse(data: bytes, name: str, warnings: Warnings) -> Iterable[Term]:
    """The terms of a file's bytes, in its order; its kind is told by its name, or by its beginning.

    Raises:
        GlossaryError: it cannot be read.
    """
    if not data.strip():
        hint = 'begin it with a line like "fr,en,status,plural,pos,note", or take it out of toolkit.toml'
        raise GlossaryError("the glossary is empty", where=name, hint=hint)
    suffix = Path(name).suffix.lower()
    if suffix in TBX or data[:100].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return read_tbx(data, name, warnings)
    if suffix and suffix not in TABLES:
        raise GlossaryError(
            f"“{suffix}” is not a kind of glossary that can be read",
            where=name,
            hint="save the terms as .csv, .tsv or .tbx (TBX-Basic)",
        )
    return read_table(decode(data, name, warnings), name, warnings)


def _bytes(name: str, path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise GlossaryError("cannot be read: this is no file", where=name, hint="name a CSV, TSV or TBX file")
        if path.stat().st_size > MAX_BYTES:
            raise GlossaryError(
                f"larger than {MAX_BYTES // 1_000_000} MB", where=name, hint="keep the terms you need, in several files"
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        if Path(name).suffix:
            hint = "correct `files` under [glossary] in toolkit.toml; paths are relative to the project"
            raise GlossaryError("there is no such glossary", where=name, hint=hint) from error
        there = ", ".join(sorted(file.stem for file in path.parent.glob("*.csv"))) or "none"
        hint = "name one of these, or a file with its ending (terms.csv), under [glossary] in toolkit.toml"
        raise GlossaryError(f"no packaged glossary has this name; there are: {there}", where=name, hint=hint) from error
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise GlossaryError(f"cannot be read: {reason}", where=name, hint="check its path and permissions") from error


def _new(terms: Iterable[Term], known: dict[str, Term], warnings: Warnings, own: bool) -> Iterator[Term]:
    """The terms that say something new; contradictions and duplicates are told."""
    for term in terms:
        key = _spelling(term.french)
        if term.status is Status.FORBIDDEN:
            key += "\0" + "\0".join(sorted(way.casefold() for way in term.english))
        before = known.setdefault(key, term)
        if before is term:
            contrary = known.get(_spelling(term.french)) if term.status is Status.FORBIDDEN else None
            if contrary is not None and set(contrary.english) & set(term.english):
                line = int(term.origin.rpartition(":")[2])
                ways = ", ".join(f"“{way}”" for way in contrary.english if way in term.english)
                warnings.add("contradictions", line, f"{ways} is right at {contrary.origin} and forbidden here")
            yield term
        else:
            _tell(term, before, warnings, own)


def _spelling(french: str) -> str:
    """What two entries for the same French have in common: one spelling of apostrophes, spaces, hyphens, accents."""
    if "." not in french:
        return french.translate(_ONE_SPELLING)
    return "".join(token.gap + token.text for token in tokens(french)) or french


def _tell(term: Term, before: Term, warnings: Warnings, own: bool) -> None:
    file, _, line = term.origin.rpartition(":")
    same_file = before.origin.rpartition(":")[0] == file
    if (term.english, term.status) != (before.english, before.status):
        if own or same_file:
            warnings.add(
                "contradictory entries",
                int(line),
                f"“{term.french}” is “{' | '.join(before.english) or before.french}” at {before.origin}, which holds; "
                f"“{' | '.join(term.english) or term.french}” is passed over",
            )
    elif same_file and term.french == before.french:
        warnings.add("duplicates", int(line), f"“{term.french}” stands at {before.origin} already")
