"""Sentences of an English text: what a reference is cut into before it is matched with the French."""

from __future__ import annotations

import re

from toolkit.text.tables import words

#: Abbreviations that a capital may follow: New Oxford Dictionary for Writers and Editors.
_ABBREVIATIONS = words(
    "Mr Mrs Ms Dr Prof Hon Sr Jr St Gen Col Capt Lt Sgt Rev No Nos art para vol vols vs cf approx p pp e.g i.e"
)
_END = re.compile(r"[.!?…]+[\"”’»)\]]*\s+(?=[\"“‘«(\[]*[A-Z0-9À-Þ])")
_LAST_WORD = re.compile(r"[^\s(“‘\"]+$")


def sentences(text: str) -> tuple[str, ...]:
    """Cut an English paragraph into sentences.

    A period after an abbreviation or an initial ends none.
    """
    found = []
    start = 0
    for end in _END.finditer(text):
        before = _LAST_WORD.search(text[start : end.start()])
        word = before[0] if before else ""
        if text[end.start()] == "." and (word in _ABBREVIATIONS or re.fullmatch(r"(?:[A-Z]\.)*[A-Z]", word)):
            continue
        found.append(text[start : end.end()].strip())
        start = end.end()
    found.append(text[start:].strip())
    return tuple(sentence for sentence in found if sentence)
