"""Terms, and the glossary that finds them in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from toolkit.text.fixtures import Fixture


class Status(StrEnum):
    """What a glossary says of a term."""

    #: Drafts must use it, checks complain where it is not followed.
    PREFERRED = "preferred"
    #: Shown to the translator, never enforced: the French has other senses, too.
    SUGGESTED = "suggested"
    #: The English must not be used for this French (or at all, where the French is empty).
    FORBIDDEN = "forbidden"
    #: Stays as it is in French: a name, a brand.
    KEPT = "do not translate"


@dataclass(frozen=True, slots=True)
class Term:
    """One line of a glossary.

    Attributes:
        french: the term as a dictionary has it: singular, lower case unless a name.
        english: right renderings, the preferred one first; for FORBIDDEN the wrong ones.
        plural: of the first rendering, where English has an irregular one or the term is always plural; "" otherwise.
        part_of_speech: "noun", "proper noun", "verb", "adjective", …; "" where the file does not say.
        note: for the translator.
        origin: file and line, for messages.
    """

    french: str
    english: tuple[str, ...]
    status: Status = Status.PREFERRED
    plural: str = ""
    part_of_speech: str = ""
    note: str = ""
    origin: str = ""


@dataclass(frozen=True)
class Glossary:
    """Terms of several files; of two for the same French the earlier file's wins."""

    terms: Sequence[Term] = ()

    def find(self, text: str) -> Iterator[Fixture]:
        """The terms of a French sentence, longest match first, as fixtures (KEPT ones too; FORBIDDEN ones not)."""
        yield from ()

    def forbidden(self, source: str, target: str) -> tuple[Term, ...]:
        """The forbidden terms that an English sentence uses."""
        return ()

    def notes(self, text: str) -> tuple[str, ...]:
        """What a translator is told of a sentence's terms, one line each: "B.C.N. → NCB (noun): …"."""
        return ()
