"""T111: a name of the French is another one in the English.

Either alone is free translation ("he", "the Minister", "in that country"); both in one sentence seldom are.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from toolkit.checks import dictionary
from toolkit.checks.model import WARNING, About, Knowledge, Problem, Sentence, Text, quoted, text_check
from toolkit.text import placenames, rulers
from toolkit.text.capitals import fold, is_capitals
from toolkit.text.lexicon import french_english
from toolkit.text.lexicon import words as keyed
from toolkit.text.names import USUAL, english_water, spoken_for
from toolkit.text.namewords import COMMON, DAYS_AND_MONTHS, FIRST_NAMES, STARTERS
from toolkit.text.places import is_english_place, is_place
from toolkit.text.tables import words

_WORD = re.compile(r"[^\W\d_]+(?:[’-][^\W\d_]+)*")
_ELISION = re.compile(r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu)’(?=\w)", re.IGNORECASE)
#: Behind what a sentence begins, or a quotation, a bracket or an item in it.
_BEGINS = re.compile(r"(?:^|[.!?:;…|•«“(\[\ufffc]|[–—‒-](?=\s))[\s«“‘(\[–—-]*$")
#: Characters before a word that are looked at for that.
_REACH = 6
_TITLED = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Dr|Messrs|Mses|Maître)\.? (?:[A-Z][\w’-]*\.? ){0,2}$")
_TITLED_REACH = 40
#: Capitalised French that is nobody's name, beyond common nouns of institutions.
_NO_NAMES = words(
    """
    mme mlle mmes mlles monsieur madame mademoiselle messieurs mesdames mesdemoiselles maître excellence majesté
    altesse vice duché député députée députés rapporteur rapporteure rapporteurs commissaires communautés parlementaire
    ltée
    """
) | (COMMON | STARTERS | DAYS_AND_MONTHS)
#: English places that are words as well, where a sentence begins with one.
_WORDS_TOO = frozenset({"Nice", "Tours", "Angers"})
_LEAST = 3
#: From so many per cent of common letters on a name is misspelt, which T103 tells, or spelt the English way.
_ALIKE = 78
#: What the English dictionary met oftener than names is a word, unless something says that it is a name.
_RARE = 60


@dataclass(frozen=True)
class _Running:
    """The words, folded, that running French writes with a capital inside a sentence, and small."""

    names: frozenset[str]
    small: frozenset[str]


@text_check(
    About(
        "T111",
        WARNING,
        "Another name",
        "The English lacks a name of the French and has one that the French does not have. Places, sovereigns and "
        "saints are compared by their English names; a name that only one of the two has is not reported.",
        "Le convoi a quitté Brest lundi.",
        "The convoy left Brussels on Monday.",
        "The convoy left Brest on Monday.",
    )
)
def other_name(text: Text, know: Knowledge) -> Iterator[Problem]:
    """Names that only the French has, in sentences whose English has names that only it has."""
    running = _running(text.sentences)
    for line in text.sentences:
        if is_capitals(line.french) or is_capitals(line.english):
            continue
        french, english = _plain(line.french), _plain(line.english)
        new = _new(french, english)
        lost = _lost(french, english, know, running) if new else []
        lost, new = _unlike(lost, new)
        if lost and new:
            missing = f"{quoted(lost)} {'is' if len(lost) == 1 else 'are'} not in the English"
            yield Problem(f"another name: {missing}, {quoted(new)} not in the French", "check who or where it is", line)


def _plain(text: str) -> str:
    return text.replace("'", "’")


def _running(lines: Sequence[Sentence]) -> _Running:
    """How the sentences of a release write their words; headlines in capitals tell nothing."""
    names, small = set(), set()
    for line in lines:
        for word, _, begins in _french_words(_plain(line.french)) if not is_capitals(line.french) else ():
            if not word[0].isupper():
                small.add(fold(word))
            elif not begins:
                names.add(fold(word))
    return _Running(frozenset(names), frozenset(small))


def _french_words(text: str) -> Iterator[tuple[str, int, bool]]:
    """Each word without what is elided before it, where it stands, and whether a sentence begins with it."""
    for match in _WORD.finditer(text):
        elided = _ELISION.match(match[0])
        cut = elided.end() - elided.start() if elided else 0
        word = match[0][cut:]
        yield word, match.start() + cut, not cut and word[0].isupper() and _begins(text, match.start())


def _begins(text: str, at: int) -> bool:
    return _BEGINS.search(text, max(at - _REACH, 0), at) is not None


def _lost(french: str, english: str, know: Knowledge, running: _Running) -> list[str]:
    """Names that nothing in the English stands for; those of settled fixtures are told by T109."""
    parts, keys = _parts(english), frozenset(word.key for word in keyed(english))
    ways = None
    found = []
    for word, at, begins in _french_words(french):
        if not _is_french_name(word, begins, running) or _is_said(word, parts, keys) or know.settles(french, at):
            continue
        if ways is None:
            ways = (*placenames.find(french), *rulers.find(french), *know.fixtures(french))
        suggested = (way for one in ways if one.start <= at < one.end for way in one.english)
        if not any(way.lower() in english.lower() for way in suggested):
            found.append(word)
    return list(dict.fromkeys(found))


def _is_french_name(word: str, begins: bool, running: _Running) -> bool:
    """Whether a word is a name: where a sentence begins with it, only if the release has it inside one, too."""
    if not _is_capitalised(word):
        return False
    if _NO_NAMES.issuperset(word.lower().split("-")):
        return False
    return fold(word) not in running.small and (not begins or fold(word) in running.names)


def _is_capitalised(word: str) -> bool:
    """Whether a word may be a name: no acronym, and no "XIVe", either."""
    return len(word) >= _LEAST and word[0].isupper() and not word[:2].isupper()


def _is_said(word: str, parts: frozenset[str], keys: frozenset[str]) -> bool:
    """Whether English has a name, or a part of it, or a word that it speaks for."""
    if not parts.isdisjoint(_folded(word)):
        return True
    if not keys.isdisjoint(one.key for one in keyed(english_water(word))):
        return True
    expected = french_english().expected
    return any(not keys.isdisjoint(expected(one)) for one in keyed(word))


def _folded(word: str) -> list[str]:
    return [fold(part) for part in re.split("[’-]", word) if len(part) >= _LEAST]


@lru_cache(maxsize=256)
def _parts(text: str) -> frozenset[str]:
    return frozenset(fold(part) for word in _WORD.findall(text) for part in re.split("[’-]", word))


def _new(french: str, english: str) -> list[str]:
    """Names of the English that nothing in the French stands for."""
    found = []
    for match in _WORD.finditer(english):
        word = re.sub("’s?$", "", match[0])
        if not _is_english_name(english, word, match.start()):
            continue
        folded = _folded(word)
        strange = bool(folded) and _parts(french).isdisjoint(folded)
        if strange and spoken_for(french).isdisjoint(one.key for one in keyed(word)):
            found.append(word)
    return list(dict.fromkeys(found))


def _is_english_name(english: str, word: str, at: int) -> bool:
    if not _is_capitalised(word) or word in USUAL:
        return False
    begins = _begins(english, at)
    if is_english_place(word) and not (begins and word in _WORDS_TOO):
        return True
    if _TITLED.search(english, max(at - _TITLED_REACH, 0), at) or (fold(word) in FIRST_NAMES and not begins):
        return True
    known = [part.lower() for part in re.split("[’-]", word) if dictionary.known(part.lower())]
    return not known or (not begins and all(0 < dictionary.frequency(part) <= _RARE for part in known))


def _unlike(lost: Sequence[str], new: Sequence[str]) -> tuple[list[str], list[str]]:
    """Without names that are nearly one another's or part of one ("Safe Sea Net", "SafeSeaNet"); places are two."""
    alike = {(one, other) for one in lost for other in new if _is_alike(fold(one), fold(other))}
    alike -= {(one, other) for one, other in alike if is_place(one) and is_english_place(other)}
    same, spelt = {one for one, _ in alike}, {other for _, other in alike}
    return [one for one in lost if one not in same], [one for one in new if one not in spelt]


def _is_alike(lost: str, new: str) -> bool:
    return fuzz.ratio(lost, new) >= _ALIKE or lost in new
