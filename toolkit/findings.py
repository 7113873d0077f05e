"""What the checks have to say: findings, each with how bad it is."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from toolkit.model import Key


class Severity(StrEnum):
    """How bad a finding is: an ERROR must not be published, a WARNING wants a look, a NOTE may be as it should."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """Something a check has to say.

    Attributes:
        code: permanent ("N101"): what suppressions name and docs/checks.md explains.
        path, line: where a person puts it right: a catalogue, a source, toolkit.toml; line 0 for the file as a whole.
        message: what is wrong, with the words it is about; one sentence, no final period.
        hint: what to do about it; "" where that is plain.
        release: id of the release; "" for the project as a whole.
        key: the entry; None for the release as a whole.
    """

    code: str
    severity: Severity
    path: str
    line: int
    message: str
    hint: str = ""
    release: str = ""
    key: Key | None = None
