"""What the readers of glossary files share: a file's text, its rows before they are terms, words for statuses."""

from __future__ import annotations

import codecs
import re
import unicodedata
from dataclasses import dataclass, field
from functools import lru_cache

from toolkit.errors import GlossaryError
from toolkit.glossary.terms import Status
from toolkit.glossary.words import plain

#: Longest term, in characters: longer ones are sentences that slipped into the table.
LONGEST_TERM = 200
LONGEST_NOTE = 1_000
#: Warnings of one kind that are told in full, for each file.
TOLD = 5
#: The kind of warning on how a file is encoded.
ENCODINGS = "encodings"

_SPACES = re.compile(r"[\s\u200b\ufeff]+")
_CONTROLS = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")

#: Words for the statuses, without capitals and accents. TBX's own: ISO 30042, administrativeStatus.
STATUSES = {
    word.strip(): status
    for status, listed in {
        Status.PREFERRED: """
            |preferred|approved|mandatory|required|prefere|privilegie|valide|impose|obligatoire|preferredterm-admn-sts
            |preferredterm|standardizedterm|legalterm-admn-sts|regulatedterm-admn-sts""",
        Status.SUGGESTED: """
            suggested|suggestion|admitted|optional|suggere|propose|admis|tolere|facultatif|candidate
            |admittedterm-admn-sts|admittedterm""",
        Status.FORBIDDEN: """
            forbidden|deprecated|prohibited|not recommended|superseded|obsolete|interdit|deconseille|proscrit|a eviter
            |deprecatedterm-admn-sts|deprecatedterm|supersededterm-admn-sts|supersededterm""",
        Status.KEPT: "do not translate|dnt|kept|keep|untranslated|ne pas traduire|inchange|conserver|garder",
    }.items()
    for word in listed.split("|")
}
#: Words for parts of speech → as notes name them. TBX-Basic: noun, verb, adjective, adverb, properNoun, other.
PARTS_OF_SPEECH = {
    word: kind
    for kind, listed in {
        "noun": "n|noun|nom|nom commun|substantif|nm|nf|nom masculin|nom feminin",
        "proper noun": "proper noun|propernoun|nom propre|name|np",
        "verb": "v|verb|verbe",
        "adjective": "adj|adjective|adjectif",
        "adverb": "adv|adverb|adverbe",
        "": "|other|autre",
    }.items()
    for word in listed.split("|")
}


@dataclass
class Warnings:
    """Doubtful things in one file, told by kind: a few in full, of the others how many.

    Attributes:
        name: the file's, for messages.
    """

    name: str
    kinds: dict[str, list[str]] = field(default_factory=dict)

    def add(self, kind: str, line: int, message: str) -> None:
        """Note one: ``kind`` for counting ("entries without English"), the line it stands in, what is wrong."""
        self.kinds.setdefault(kind, []).append(f"{self.name}:{line}: {message}")

    def lines(self) -> tuple[str, ...]:
        """One line each, by kind."""
        told: list[str] = []
        for kind, found in self.kinds.items():
            told += found[:TOLD]
            if len(found) > TOLD:
                told.append(f"{self.name}: {len(found) - TOLD:,} more {kind}")
        return tuple(told)


def cell(text: str, longest: int = LONGEST_NOTE) -> str:
    """The words of a cell: composed letters (NFC), single spaces, no control characters, cut where absurdly long."""
    if not text:
        return ""
    if len(text) <= longest and text.isprintable() and "  " not in text and unicodedata.is_normalized("NFC", text):
        return text.strip()
    text = _SPACES.sub(" ", _CONTROLS.sub("", unicodedata.normalize("NFC", text))).strip()
    return text if len(text) <= longest else text[:longest]


@lru_cache(maxsize=256)
def status_of(word: str) -> Status | None:
    """The status a word stands for; None for an unknown one."""
    return STATUSES.get(plain(word).replace("_", " ").strip())


@lru_cache(maxsize=256)
def part_of_speech(word: str) -> str:
    """A part of speech as notes name it: unknown ones as the file has them."""
    key = plain(word).replace("_", " ").rstrip(".").strip()
    return PARTS_OF_SPEECH.get(key, cell(word, 30))


def decode(data: bytes, name: str, warnings: Warnings) -> str:
    """The text of a glossary file: by its byte order mark, else UTF-8, else Windows-1252 with a warning.

    Raises:
        GlossaryError: not text.
    """
    if data.startswith((b"PK\x03\x04", b"\xd0\xcf\x11\xe0")):
        hint = "open it there and save the sheet as “CSV UTF-8”"
        raise GlossaryError("this is a spreadsheet or office file, not a table in text", where=name, hint=hint)
    for mark, codec in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"), (b"", "utf-8-sig")):
        if not data.startswith(mark):
            continue
        try:
            return _text(data.decode(codec), name)
        except UnicodeDecodeError as error:
            line = data.count(b"\n", 0, error.start) + 1
            if codec == "utf-16":
                hint = "save it as UTF-8 in your editor"
                raise GlossaryError("is cut off in the middle of a character", where=name, hint=hint) from error
    try:
        text = data.decode("cp1252")
    except UnicodeDecodeError as error:
        raise GlossaryError(
            "neither UTF-8 nor Windows-1252", where=f"{name}:{line}", hint="save it as UTF-8 in your editor"
        ) from error
    warnings.add(ENCODINGS, line, "not UTF-8, read as Windows-1252; check its accents and save it as “CSV UTF-8”")
    return _text(text, name)


def _text(text: str, name: str) -> str:
    nul = text.find("\0")
    if nul >= 0:
        line = text.count("\n", 0, nul) + 1
        raise GlossaryError(
            "holds a NUL character: this is not text", where=f"{name}:{line}", hint="save it as UTF-8 in your editor"
        )
    return text
