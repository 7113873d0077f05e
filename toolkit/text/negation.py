"""Whether a sentence says that something is not so, in French and in English: one set of words for everybody.

Grevisse, Le Bon Usage, "la négation": "ne" with "pas", "point", "plus", "jamais", "rien", "aucun", "personne", "ni" …
denies; "ne … que" restricts, "ne" alone and "non seulement" deny nothing. In English, "not" and its like deny, and so do
verbs ("fail"), adverbs ("hardly") and adjectives ("unable"). All of these are lists of words: a beginning such as "in-"
or "dis-" is no negation ("information", "discuss").
"""

from __future__ import annotations

import re
from collections.abc import Collection

from toolkit.text.tables import words

#: Words that deny or exclude wherever they stand.
DENYING = words(
    "ne n pas jamais aucun aucune aucuns aucunes rien nul nulle nuls nulles guère nullement non ni sans sauf hormis"
)
#: Words that deny or restrict beside "ne" only.
BESIDE_NE = words("plus personne point que qu")

_APART = r"(?:[\w’'-]+ ){0,4}?"
_N = r"\b(?:ne |n[’'])"
#: Before one of these "rien", "personne" are nouns, "plus" a comparison, "pas" a step.
_NOUN = r"(?<!\b(?:un|de|la) )(?<!\b(?:une|des|les|par|le?s) )(?<!\b(?:cette|chaque) )"
