"""How sure it is that matched sentences say the same: 0–100, as often right as it says, where that could be measured.

The weights were fitted (logistic regression) to matches of texts whose true ones are known: benchmarks/alignment.py,
docs/alignment.md. What those texts do not have is held against a match by rule: words that speak against each other,
figures that are missing.
"""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence, Set

from toolkit.fixing import Fixer
from toolkit.jobs.evidence import Evidence, Line
from toolkit.jobs.matching import Match, matched, moved
from toolkit.text import quantities
from toolkit.text.fixtures import Fixture, Kind

#: From here on matches were right more often than 99 times in 100: docs/alignment.md.
CONFIDENT = 95
#: A machine is never quite sure.
MOST = 99
#: Below it they were wrong as often as right: no English at all is better.
LEAST = 40
#: At most, of sentences whose words do not speak for each other, or that stand in another place.
DOUBTFUL = 60
#: At most, of short ones without a word in common; longer ones do not belong together.
STRANGE = 45
_FEW = 5
_CONSTANT, _SHARE, _UNEVEN, _WORDS = -1.04, 2.68, -1.03, 0.95
#: Log-likelihood ratio of a word, in the weaker direction, below which the words speak against a match,
#: and where there is nothing for it at all.
_LEAST_SUPPORT, _NO_SUPPORT = -0.3, -1.0
#: What a sentence beside a match may account for of its words before it looks like a part of it, where it has no match
#: of its own and where it has; how near it stands; characters of it that are told.
_PART, _OTHERS_PART, _NEAR, _SHOWN = 4.0, 8.0, 3, 50
#: What must be the same in both languages whatever a translator does.
_FIGURES = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.DATE, Kind.MONEY, Kind.MEASURE, Kind.CODE})


def judged(evidence: Evidence) -> Iterator[tuple[Match, int, tuple[str, ...]]]:
    """The matches of two texts in the order of the source, how sure each is, and what a person should look at."""
    found, elsewhere = moved(evidence, matched(evidence))
    scores = [certainty(evidence, one) for one in found]
    alone = [one for one, score in zip(found, scores, strict=True) if score < LEAST]
    loose = frozenset(at for one in alone for at in one.source), frozenset(at for one in alone for at in one.target)
    for one, score in zip(found, scores, strict=True):
        where = ("the English stands in another place of its file",) if one in elsewhere else ()
        remarks = (*where, *(beyond(evidence, one, loose) if all(one.shape) else ()))
        yield one, min(score, DOUBTFUL) if remarks else score, remarks


def certainty(evidence: Evidence, one: Match) -> int:
    """How sure a match is, 0–100; 0 for what matches nothing."""
    m, n = one.shape
    if not m or not n:
        return 0
    french = sum(len(evidence.french[at]) for at in one.source)
    english = sum(len(evidence.english[at]) for at in one.target)
    share = min(max(one.share, 1e-6), 1 - 1e-4)
    found = _CONSTANT + _SHARE * math.log(share / (1 - share))
    found += _UNEVEN * (m + n > 2) + _WORDS * math.log1p(min(french, english))
    per_cent = min(MOST, round(100 / (1 + math.exp(-found))))
    support = evidence.support(one.source.start, m, one.target.start, n)
    if support >= _LEAST_SUPPORT:
        return per_cent
    strange = support < _NO_SUPPORT
    return min(per_cent, DOUBTFUL if not strange else STRANGE if min(french, english) < _FEW else LEAST - 1)


def beyond(evidence: Evidence, one: Match, loose: tuple[Set[int], Set[int]]) -> tuple[str, ...]:
    """Sentences beside a match that seem to belong to it, for people to look at.

    Args:
        evidence: of both texts.
        one: a match, both sides of it with sentences.
        loose: positions on both sides that nothing, or nothing that holds, is matched with.
    """
    part = (_OTHERS_PART, _PART)
    rows = [
        evidence.source[at].text
        for at in _beside(one.source, evidence.source, loose[0])
        if evidence.added(one.source, one.target, row=at) > part[at in loose[0]]
    ]
    columns = [
        evidence.target[at].text
        for at in _beside(one.target, evidence.target, loose[1])
        if evidence.added(one.source, one.target, column=at) > part[at in loose[1]]
    ]
    return (
        *(f"the English may say this, too: {_short(text)}" for text in rows),
        *(f"this English may belong to it, too: {_short(text)}" for text in columns),
    )


def _beside(places: range, lines: Sequence[Line], loose: Set[int]) -> Iterator[int]:
    """What stands next to a match on either side, and what is loose and near; a headline says what its text says."""
    for way, edge in ((-1, places.start), (1, places.stop - 1)):
        for step in range(1, _NEAR + 1):
            at = edge + way * step
            is_near = 0 <= at < len(lines) and (step == 1 or at in loose)
            if is_near and (lines[at].kind == "heading") == (lines[edge].kind == "heading"):
                yield at


def _short(text: str) -> str:
    return text if len(text) <= _SHOWN else f"{text[: _SHOWN - 1].rstrip()}…"


def contradictions(fixer: Fixer, french: str, english: str) -> tuple[str, ...]:
    """Figures of bare French that its bare English does not have, and the other way round, for people to look at."""
    lost = [one for one in fixer.missing(french, english) if one.kind in _FIGURES and _is_figure(one, french)]
    told = [f"number missing: {one.source(french)}" for one in lost]
    return (*told, *(f"number not in the French: {number}" for number in quantities.invented(french, english)))


def _is_figure(one: Fixture, french: str) -> bool:
    return any(character.isdigit() for character in one.source(french))
