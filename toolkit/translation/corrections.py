"""Slips of the model that a rule mends in its answer: "3th", "Mrs", "one on five", "interpelled", the votes against.

Each looks at the French first: what stands there in another sense is left alone.
"""

from __future__ import annotations

import re

from toolkit.text.counting import ENGLISH_WORD, FRENCH_WORD
from toolkit.text.numbers import english_ordinal

_S = "[ \u00a0\u202f]"
_FRENCH = rf"(?:\d+|{FRENCH_WORD})"
_ENGLISH = rf"(?:\d+|{ENGLISH_WORD})"
#: Longer figures are no ordinals.
_ORDINAL = re.compile(r"(?<![\w.,/-])(?P<number>\d{1,4})(?:st|nd|rd|th|[èe]me|e)(?![\w-])")
_MRS = re.compile(r"(?<!\w)Mrs\.?(?= [A-ZÀ-Þ])")
#: No English of the police, whose word it is in French.
_INTERPELLED = re.compile(r"(?<!\w)interpell?ed(?!\w)")
#: "un policier sur cinq", "trois pays sur dix"; "deux agents sur trois navires" is none.
_SHARE = re.compile(
    rf"(?<!\w){_FRENCH}{_S}(?:[^\W\d_’']+{_S}){{0,3}}sur{_S}{_FRENCH}"
    rf"(?![\w’'-]|{_S}(?:{_FRENCH}(?!\w)|%|[^\W\d_]+[sx](?!\w)))",
    re.IGNORECASE,
)
_ON = re.compile(rf"(?<=\w )on (?={_ENGLISH}\b(?!-| (?-i:[A-Z\d])))", re.IGNORECASE)
_VOTES = re.compile(rf"(?<!\w){_FRENCH}{_S}voix{_S}contre{_S}{_FRENCH}(?!\w)", re.IGNORECASE)
_VOTED = re.compile(
    rf"(?<!\w)(?P<number>{_ENGLISH}) (?:votes?|voices?) (?:against|to|versus) (?={_ENGLISH}\b)", re.IGNORECASE
)


def corrected(french: str, answer: str) -> str:
    """An answer without the slips that a rule knows.

    Args:
        french: the question.
        answer: the model's English.
    """
    answer = _ORDINAL.sub(lambda match: english_ordinal(int(match["number"])), answer)
    if "Mme" in french:
        answer = _MRS.sub("Ms", answer)
    if len(_SHARE.findall(french)) == len(_ON.findall(answer)):
        answer = _ON.sub("in ", answer)
    if "nterpell" in french:
        answer = _INTERPELLED.sub("arrested", answer)
    if _VOTES.search(french):
        answer = _VOTED.sub(lambda match: f"{match['number']} votes to ", answer)
    return answer
