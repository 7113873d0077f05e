"""How sure it is that matched sentences say the same: 0–100, as often right as it says, where that could be measured.

The weights were fitted (logistic regression) to matches of texts whose true ones are known: benchmarks/alignment.py,
docs/alignment.md. What those texts do not have is held against a match by rule: words that speak against each other,
figures that are missing.
"""

from __future__ import annotations

import math

from toolkit.fixing import Fixer
from toolkit.jobs.evidence import Evidence
from toolkit.jobs.matching import Match
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
#: What must be the same in both languages whatever a translator does.
_FIGURES = frozenset({Kind.NUMBER, Kind.PERCENT, Kind.DATE, Kind.MONEY, Kind.MEASURE, Kind.CODE})


def certainty(evidence: Evidence, one: Match) -> int:
    """How sure a match is, 0–100; 0 for what matches nothing."""
    m, n = one.shape
    if not m or not n:
        return 0
    there, back = evidence.directions(one.source.start, m, one.target.start, n)
    french = sum(len(evidence.french[at]) for at in one.source)
    english = sum(len(evidence.english[at]) for at in one.target)
    share = min(max(one.share, 1e-6), 1 - 1e-4)
    found = _CONSTANT + _SHARE * math.log(share / (1 - share))
    found += _UNEVEN * (m + n > 2) + _WORDS * math.log1p(min(french, english))
    per_cent = min(MOST, round(100 / (1 + math.exp(-found))))
    support = min(there / max(1, english), back / max(1, french))
    if support >= _LEAST_SUPPORT:
        return per_cent
    strange = support < _NO_SUPPORT
    return min(per_cent, DOUBTFUL if not strange else STRANGE if min(french, english) < _FEW else LEAST - 1)


def contradictions(fixer: Fixer, french: str, english: str) -> tuple[str, ...]:
    """Figures of bare French that its bare English does not have, and the other way round, for people to look at."""
    lost = [one for one in fixer.missing(french, english) if one.kind in _FIGURES and _is_figure(one, french)]
    told = [f"number missing: {one.source(french)}" for one in lost]
    return (*told, *(f"number not in the French: {number}" for number in quantities.invented(french, english)))


def _is_figure(one: Fixture, french: str) -> bool:
    return any(character.isdigit() for character in one.source(french))
