"""Whether a French noun is singular or plural, from what stands before it: "nos B.C.N." are several.

Determiners: Grevisse and Goosse, *Le bon usage*.
"""

from __future__ import annotations

from collections.abc import Sequence

from toolkit.glossary.words import Token
from toolkit.text.tables import words

_PLURAL = words(
    """
    les des aux mes tes ses nos vos leurs ces plusieurs quelques certains certaines divers diverses différents
    différentes tous toutes lesdits lesdites desdits desdites auxdits quels quelles desquels desquelles maints
    maintes deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize vingt trente
    quarante cinquante soixante cent cents mille entre parmi
    """
)
_SINGULAR = words(
    """
    le la l un une ce cet cette mon ton son ma ta sa notre votre leur chaque aucun aucune nul nulle du au tout toute
    ledit ladite dudit audit quel quelle
    """
)
#: "une dizaine de", "beaucoup de": what follows is plural.
_AMOUNTS = words(
    """
    dizaine dizaines douzaine douzaines quinzaine vingtaine trentaine quarantaine cinquantaine soixantaine centaine
    centaines millier milliers million millions milliard milliards majorité plupart nombre multitude beaucoup peu
    trop plus moins autant tant combien poignée quantité foule liste série groupe ensemble réseau réseaux
    """
) - words("liste série groupe ensemble réseau réseaux")
#: Adjectives that stand before the noun, so that the determiner is one word further off.
_BEFORE_NOUN = words(
    """
    petit grand nouveau nouvel nouvelle nouveaux nouvelles principal principale principaux principales premier
    première premiers premières dernier dernière derniers dernières autre autres même mêmes ancien ancienne anciens
    anciennes seul seule seuls seules bon bonne bons bonnes mauvais mauvaise mauvaises prochain prochaine prochains
    prochaines futur future futurs futures jeune jeunes vieux vieille vieilles propre propres véritable véritables
    éventuel éventuels éventuelle éventuelles petits petite petites grands grande grandes nombreux nombreuses
    différents différentes divers diverses second seconde deuxième troisième
    """
)
_PLURAL_ADJECTIVES = words(
    """
    petits petites grands grandes nouveaux nouvelles principaux principales premiers premières derniers dernières
    autres mêmes anciens anciennes bons bonnes prochains prochaines futurs futures éventuels éventuelles nombreux
    nombreuses
    """
)


def plural_before(cut: Sequence[Token], index: int) -> bool | None:
    """Whether the noun that begins with a word is plural, as determiners, numerals and amounts before it say.

    Args:
        cut: the words of the sentence.
        index: of the noun's first word among them.

    Returns:
        None where nothing before it tells.
    """
    for at in range(index - 1, max(-1, index - 4), -1):
        if cut[at + 1].gap not in (" ", "'"):
            return None
        word = cut[at].text.lower()
        if word.isdecimal():
            return _several(cut, at)
        if word in _PLURAL or word in _PLURAL_ADJECTIVES:
            return True
        if word in _SINGULAR:
            return False
        if word in ("de", "d"):
            return True if at and cut[at - 1].text.lower() in _AMOUNTS else None
        if word not in _BEFORE_NOUN:
            return None
    return None


def _several(cut: Sequence[Token], at: int) -> bool:
    """Whether a figure is two or more; in French 1,9 is not yet."""
    if at and cut[at].gap == "," and cut[at - 1].text.isdecimal():
        at -= 1
    return int(cut[at].text[-4:]) >= 2 or (cut[at].gap == " " and at > 0 and cut[at - 1].text.isdecimal())
