"""Every error a person can meet, with its exit code and the way out.

Library code raises one of these; the command line catches the root class in one place, prints it in three short
parts (where, what, what to do next) and leaves with the class's exit code. docs/errors.md is checked against this.
"""

from __future__ import annotations


class ToolkitError(Exception):
    """Root of all expected failures.

    Args:
        message: what is wrong, one sentence, no final period needed.
        where: file, "file:line" or "file:line:column", or "" when there is no place.
        hint: what the person can do next; one sentence.
    """

    exit_code = 70

    def __init__(self, message: str, *, where: str = "", hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.where = where
        self.hint = hint

    def __str__(self) -> str:
        head = f"{self.where}: {self.message}" if self.where else self.message
        return f"{head}\n  → {self.hint}" if self.hint else head


class RefusedError(ToolkitError):
    """The job could be done but a condition does not hold.

    `publish --require reviewed` found unapproved sentences, `check` found errors, `review merge` refused an entry.
    """

    exit_code = 1


class SourceError(ToolkitError):
    """A release in source/ cannot be read: not text, wrong encoding, a control character, too large, a bad name."""

    exit_code = 3


class CatalogueError(ToolkitError):
    """A PO catalogue cannot be trusted: unparsable, truncated, wrong charset, duplicate entries, a merge conflict."""

    exit_code = 4


class TruncatedError(CatalogueError):
    """A PO catalogue holds fewer entries than its header counts."""


class ModelError(ToolkitError):
    """A translation package is missing, damaged, of another language pair, or refused at installation."""

    exit_code = 5


class GlossaryError(ToolkitError):
    """A glossary file cannot be read: no such file, not UTF-8, not a table of terms, not TBX."""

    exit_code = 11


class MemoryFileError(ToolkitError):
    """A translation memory cannot be read: not TMX or PO, of another language pair, broken beyond reading."""

    exit_code = 12


class ReviewError(ToolkitError):
    """A review list or an agency's file cannot be brought back: not of this project, broken, or of another kind."""

    exit_code = 13


class EvaluationError(ToolkitError):
    """The references of an evaluation cannot be read, or fit no release."""

    exit_code = 14


class WriteError(ToolkitError):
    """A file cannot be written: full disk, no permission, a symbolic link where a file belongs."""

    exit_code = 6


class ConfigError(ToolkitError):
    """toolkit.toml, an SRX file or the project's folders are not as they must be."""

    exit_code = 7


class LockedError(ToolkitError):
    """Another toolkit command is at work in the same project."""

    exit_code = 8


class DownloadError(ToolkitError):
    """The network, or what came over it, failed: only `models install` can raise this."""

    exit_code = 9


class EditionError(ToolkitError):
    """An edition does not pass its own schema: a mistake of the toolkit, but of one release only."""

    exit_code = 10


class PublicationError(ToolkitError):
    """What lies in output/ is not what its manifest says: a changed, missing or unknown file, or a broken manifest."""

    exit_code = 15


class MissingToolError(ToolkitError):
    """A program outside the toolkit that a format needs is missing, or does not do its work: Chromium for PDF."""

    exit_code = 16
