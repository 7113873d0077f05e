"""What a line of a glossary says."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

#: In the column "plural": the English has none, it is uncountable or the same for one and for many.
UNCOUNTABLE = "-"


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
        plural: of the first rendering, where English has an irregular one; "-" (``UNCOUNTABLE``) where it has none;
            "" for the regular one.
        part_of_speech: "noun", "proper noun", "verb", "adjective", …; "" where the file does not say: a noun.
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
