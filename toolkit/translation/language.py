"""Whether an answer is English: small words tell, and long runs that stand in the French as well."""

from __future__ import annotations

import re
from difflib import SequenceMatcher

from toolkit.text.tables import words

_WORD = re.compile(r"[^\W\d_]+")
#: Small words of one language that are none of the other's.
_FRENCH = words(
    """
    le la les des du un une et est sont dans pour que qui aux sur par avec ce cette ces il elle ils elles nous vous
    leur leurs ne pas été être ont avait mais ou où dont se sa ses au en de à y plus très son
    """
)
_ENGLISH = words(
    """
    the of and to is was were that for with by this these those are has have had be been it its their they he she his
    her from as at not which who will would we our you your an or but there into between than more also
    """
)
_ENOUGH, _LEAST, _RUN, _MOSTLY = 5, 2, 4, 0.6


def left_in_french(source: str, answer: str) -> str | None:
    """Judge whether an answer, or most of it, is still French.

    Returns:
        "left in French", "partly left in French"; None when it is English, or too short to tell.
    """
    given, got = _words(source), _words(answer)
    if len(got) >= _ENOUGH and given == got:
        return "left in French"
    french, english = sum(word in _FRENCH for word in got), sum(word in _ENGLISH for word in got)
    if len(got) >= _ENOUGH and french >= _LEAST and french > english:
        return "left in French"
    if len(got) >= 2 * _ENOUGH and _copied(given, got) > _MOSTLY * len(got):
        return "partly left in French"
    return None


def _words(text: str) -> list[str]:
    return [word.lower() for word in _WORD.findall(text)]


def _copied(given: list[str], got: list[str]) -> int:
    """Words in runs that both have, of four words or more with a small French one among them: names do not count."""
    blocks = SequenceMatcher(None, given, got, autojunk=False).get_matching_blocks()
    runs = (got[block.b : block.b + block.size] for block in blocks if block.size >= _RUN)
    return sum(len(run) for run in runs if any(word in _FRENCH for word in run))
