"""English words: the packaged dictionary, with British spellings derived from its American ones.

The only module that knows pyspellchecker, whose English list holds some 160,000 forms in lower case and American
spelling, with how often each was met.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from functools import cache
from typing import TYPE_CHECKING

from toolkit.text.tables import words

if TYPE_CHECKING:
    from spellchecker import SpellChecker

#: What press releases write and the list does not know.
_MORE = words(
    """
    anti co cyber cybercrime cybercriminal cybersecurity darknet email emails eco euro euros geolocation
    helpline hotline inbox inclusivity intermodal multi multilateral multinational offline online podcast roadmap
    roadmaps roadstead roadsteads sub traceability trilateral underway upskilling url vols webinar website websites
    webpage wifi workstream nos no pp vs pm am km kg ha cm mm th st nd rd lamplighter lockkeeper lockkeepers quayside
    anonymise anonymised anonymising anonymisation biometric biometrics barcode cryptocurrency cryptocurrencies deepfake
    façade café naïve cliché élite protégé communiqué communiqués résumé décor counterterrorism geopolitical malware
    multilingual onboarding phishing ransomware smartphone smartphones spyware toolkit tonne tonnes blockchain
    """
)
#: American for British, at a word's end or inside it; each alone turns a British form into a known one.
_AMERICAN = tuple(
    (re.compile(pattern), american)
    for pattern, american in (
        (r"(?<=[a-z]{2})our(?=s|ed|ing|ful|less|able|ably|ite|hood|er|ers|al|$)", "or"),
        (r"(?<=[a-z]{2})is(?=e|es|ed|ing|er|ers|ation|ations|able|ational|$)", "iz"),
        (r"(?<=[a-z]{2})ys(?=e|es|ed|ing|er|ers)", "yz"),
        (r"(?<=[a-z])tre(?=s|d|$)", "ter"),
        (r"(?<=[bmv])re(?=s|d|$)", "er"),
        (r"ence(?=s|d|less|$)", "ense"),
        (r"(?<=[a-z])ll(?=ed|ing|er|ers|ery|ment|or|ors|ous)", "l"),
        (r"(?<=[a-z])l(?=ment|ments|s|ful|$)", "ll"),
        (r"amme(?=s|d|$)", "am"),
        (r"ogue(?=s|d|$)", "og"),
        (r"[ao]e", "e"),
        (r"que(?=s|d|$)", "ck"),
        (r"pt$", "ped"),
        (r"nt$", "ned"),
        (r"lt$", "led"),
        (r"grey", "gray"),
        (r"plough", "plow"),
        (r"tyre", "tire"),
        (r"sceptic", "skeptic"),
        (r"moul(?=d|t)", "mol"),
        (r"kerb", "curb"),
        (r"yse$", "ysis"),
    )
)
#: The list has words at this frequency that were added by hand; they are never proposed.
_RARE = 50
_PREFIX = re.compile(r"(?:anti|co|counter|cyber|inter|mis|multi|non|over|post|pre|re|self|sub|super|trans|un|under)")


@cache
def _spelling() -> SpellChecker:
    from spellchecker import SpellChecker

    return SpellChecker(language="en", distance=1)


@cache
def frequency(word: str) -> int:
    """How often the list met a word in lower case; 0 where it does not have it."""
    return int(_spelling().word_frequency.dictionary.get(word, 0))


@cache
def known(word: str) -> bool:
    """Whether a word, in lower case with ' or ’, is English: British or American, with its regular endings."""
    word = word.replace("’", "'").lower()
    word = re.sub(r"'s?$", "", word)
    if len(word) == 1 or word in _MORE or frequency(word):
        return True
    if any(frequency(american) for american in american_forms(word)):
        return True
    if stem := next((word[: -len(end)] for end in ("s", "es", "ed", "d", "ing", "ly") if word.endswith(end)), ""):
        stems = (stem, stem + "e")
        if any(len(one) > 3 and (one in _MORE or frequency(one)) for one in stems):
            return True
    prefix = _PREFIX.match(word)
    return bool(prefix and len(word) - prefix.end() > 3 and known(word[prefix.end() :]))


def american_forms(word: str) -> Iterator[str]:
    """American spellings that a British word may stand for, by one or two rules."""
    once = [pattern.sub(american, word) for pattern, american in _AMERICAN if pattern.search(word)]
    yield from once
    for half in once:
        yield from (pattern.sub(american, half) for pattern, american in _AMERICAN if pattern.search(half))


@cache
def suggestions(word: str) -> tuple[str, ...]:
    """Up to three known words one letter away that begin alike, of the same length or longer first."""
    found: Collection[str] = _spelling().candidates(word) or ()
    near = [one for one in set(found) - {word} if one[:1] == word[:1] and frequency(one) > _RARE]
    return tuple(sorted(near, key=lambda one: (len(one) < len(word), -frequency(one), one))[:3])
