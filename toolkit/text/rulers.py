"""Sovereigns, popes and saints in running French: their first names, which English has otherwise ("le tsar Pierre").

Only people known by a first name are called otherwise; "Pierre Kervran" stays Pierre. So a name counts behind such a
title, and before a numeral or a byname ("François Ier", "Guillaume le Conquérant").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.tables import pairs

#: First names and what English histories call those who bore them; a second way is that of their own country.
_NAMES = pairs("""
Alexandre=Alexander|Alphonse=Alfonso|Anne=Anne|Antoine=Anthony|Benoît=Benedict|Catherine=Catherine
Charles=Charles/Karl|Édouard=Edward|Élisabeth=Elizabeth|Étienne=Stephen|François=Francis/Franz
Frédéric=Frederick/Friedrich|Georges=George|Grégoire=Gregory|Guillaume=William/Wilhelm|Henri=Henry
Jacques=James|Jean=John/João/Juan|Jean-Baptiste=John the Baptist|Jean-Paul=John Paul|Jeanne=Joan/Joanna
Laurent=Lawrence|Léon=Leo|Léopold=Leopold|Louis=Louis/Ludwig|Luc=Luke|Marc=Mark|Marguerite=Margaret
Marie=Mary/Maria|Matthieu=Matthew|Michel=Michael|Nicolas=Nicholas|Paul=Paul|Philippe=Philip|Pie=Pius|Pierre=Peter/Pedro
Rodolphe=Rudolf|Sixte=Sixtus|Thérèse=Teresa|Urbain=Urban
""")
_S = "[ \u00a0\u202f]"
_NAME = "|".join(sorted(map(re.escape, _NAMES), key=len, reverse=True))
_TITLE = (
    "tsars?|tsarine|rois?|reines?|empereurs?|impératrice|papes?|princes?|princesses?|grand-duc|grande-duchesse|archiduc|"
    "archiduchesse|saints?|saintes?"
)
_BEHIND = rf"(?={_S}(?:[IVX]+(?:er|re|ᵉʳ|e)?(?!\w)|1er(?!\w)|(?:l[ea]{_S}|l[’'])[A-ZÀ-Þ]))"
_RULER = re.compile(
    rf"(?<![^\W\d_])(?:(?i:{_TITLE})[ \u00a0\u202f-](?P<titled>{_NAME})(?![\w-])|(?P<known>{_NAME}){_BEHIND})"
)


def find(text: str) -> Iterator[Fixture]:
    """Each such name of a French sentence, with its title; suggestions, as a ship or a street keeps its French."""
    for match in _RULER.finditer(text):
        english = _NAMES[match["titled"] or match["known"]].split("/")
        yield Fixture(match.start(), match.end(), Kind.NAME, tuple(english), settled=False, origin="sovereign or saint")


def stands_at(text: str, start: int) -> bool:
    """Whether one of these names, or its title, stands here."""
    return any(one.start <= start < one.end for one in find(text))
