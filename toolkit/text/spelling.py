"""French as two programs write it: the same sentence, with other apostrophes, quotation marks, spaces or ellipses.

Translation programs, word processors and mail turn ’ into ', « » into " ", no-break spaces into plain ones and … into
three full stops, or the other way round. None of it is another sentence.
"""

from __future__ import annotations

import re
import unicodedata

#: What is written for the same mark, and what nobody sees: soft hyphens and characters without width.
_KINDS = str.maketrans(
    {
        **dict.fromkeys("’ʼ‘‛", "'"),
        **dict.fromkeys("«»“”„‟‹›", '"'),
        **dict.fromkeys("\u2010\u2011", "-"),
        "…": "...",
        **dict.fromkeys("\u00ad\u200b\u2060\ufeff"),
    }
)
_SPACES = re.compile(r"\s+")
_TAG = r"<[^<> ][^<>]*>"
#: A space inside a placeholder stands before it as well.
_BEHIND_TAGS = re.compile(rf"((?:{_TAG})+) +")
#: Spaces that French sets and other typography does not: before high marks and ellipses, and inside quotation marks.
#: Those beside a comma or a hyphen count: "3, 5" is not "3,5".
_OF_TYPOGRAPHY = re.compile(rf" (?=(?:{_TAG})*(?:[;:!?%\"]|\.\.\.|$))|(?<=\") ")


def of_one_kind(text: str) -> str:
    """A text with one kind of each mark (' " - ...) and of white space, where they are, and in Unicode's form NFC."""
    return _SPACES.sub(" ", unicodedata.normalize("NFC", text).translate(_KINDS))


def folded(text: str) -> str:
    """A sentence, with placeholders or without, as it is known again: two of one sentence are equal.

    Marks and spaces are of one kind, and those spaces are left out that French typography sets before ; : ! ? % and
    ellipses and beside quotation marks. Other spaces count, on whichever side of a placeholder: « Quoi que » is not
    « Quoique ».
    """
    moved = _SPACES.sub(" ", _BEHIND_TAGS.sub(r" \1", of_one_kind(text)))
    return _OF_TYPOGRAPHY.sub("", moved).strip()
