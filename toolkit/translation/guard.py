"""Cheap guards after the model: answers that no reader should meet, and figures that went missing.

They look at surface only. What fails here is asked again in other ways, and left untranslated if none helps.
What only needs a look (a figure or a name from nowhere, a lost "not") is ``doubts``.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from functools import lru_cache

from toolkit.text.numbers import missing_numbers, numbers_of
from toolkit.text.typography import VERBATIM
from toolkit.translation.language import another_language

__all__ = ["missing_addresses", "missing_numbers", "numbers_of", "stutter", "suspicious"]

_TIMES = 3
_LONGEST_LOOP = 8
_SPEAKING_LENGTH = 20
_TOO_LONG, _TOO_SHORT = 3, 0.25
_MOSTLY = 0.6
_LEAST_TOKENS = 8
_TOKEN = re.compile(r"[^\W_]+(?:[’'][^\W_]+)*|\([^()\s]*\)")
_STUTTER = re.compile(r"([^\W\d_]{4,})[\s/-]*\1", re.IGNORECASE)
#: What no catalogue can hold: control characters, lone surrogates, noncharacters.
_UNWRITABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]")
_SWEARING = re.compile(r"\b(?:fuck|shit|bitch|bastard|asshole|cunt)\w*", re.IGNORECASE)
#: An element that is no placeholder, or a line of a catalogue.
_MARKUP = re.compile(r"</?(?![a-z]{1,2}\d)[a-zA-Z][^<>]{0,200}>|\bmsg(?:id|str|ctxt)\b|^#[,~|:.]")
#: Fewest words of a sentence said twice; the French of one that may be has nearly twice as many.
_LEAST_SAID, _TWICE = 3, 1.7
#: Characters in which a stutter is looked for: no sentence has more, and looking takes their square.
_LONGEST_LOOKED_AT = 2_000
_SYLLABLE_LOOP = re.compile(r"([^\W\d_]{2,6}?)\1{3,}", re.IGNORECASE)


def suspicious(source: str, answer: str) -> str | None:
    """Judge a machine's answer by its surface.

    Args:
        source: the French that was asked, or the whole sentence.
        answer: what came back, raw or finished.

    Returns:
        What is wrong, in a few words for the reviewer's note; None when nothing is.
    """
    if broken := _UNWRITABLE.search(answer):
        return f"the character U+{ord(broken[0]):04X}, which is no text"
    words = _tokens(answer)
    if not words and _tokens(source):
        return "empty answer"
    return (
        _repetition(_tokens(source), words, answer, source)
        or _length(source, answer)
        or another_language(source, answer)
        or _strange(source, answer)
        or _marked(source, answer)
    )


def _marked(source: str, answer: str) -> str | None:
    """Markup that the French does not have, or the sentence said twice."""
    tag = _MARKUP.search(answer)
    if tag and not _MARKUP.search(source):
        return f"markup: “{tag[0]}”"
    words, half = _tokens(answer), len(_tokens(answer)) // 2
    if half >= _LEAST_SAID and words[:half] == words[half:] and len(_tokens(source)) < _TWICE * half:
        return "the sentence twice"
    return None


def stutter(source: str, answer: str) -> str | None:
    """Where an answer says four letters or more twice running, as small models do with names they do not know.

    "INTERPOLTERPOL", "Europol/ Europol", "a tool tool": worth asking again, but not worth throwing away.

    Returns:
        The doubled letters; None when there are none, or when the French doubles letters, too.
    """
    source, answer = source[:_LONGEST_LOOKED_AT], answer[:_LONGEST_LOOKED_AT]
    found = _STUTTER.search(answer)
    return found[0] if found and not _STUTTER.search(source) else None


def missing_addresses(source: str, target: str) -> tuple[str, ...]:
    """Web and mail addresses of the source that the target does not hold letter for letter."""
    addresses = dict.fromkeys(found[0].rstrip(".,;:!?)") for found in VERBATIM.finditer(source))
    return tuple(address for address in addresses if address not in target)


def _tokens(text: str) -> list[str]:
    return [token.strip("()").lower() for token in _TOKEN.findall(text)]


def _repetition(source: list[str], words: list[str], answer: str, asked: str) -> str | None:
    """The same words three times in a row, a stuttering syllable, or few words filling the answer."""
    loop = _loop(words)
    if loop and not _loop(source):
        return f"the same words again and again: “{loop}”"
    stutter = _SYLLABLE_LOOP.search(answer)
    if stutter and not _SYLLABLE_LOOP.search(asked):
        return f"a syllable again and again: “{stutter[0]}”"
    for size in (2, 3, 4):
        grams = Counter(tuple(words[i : i + size]) for i in range(len(words) - size + 1))
        if len(words) < _LEAST_TOKENS or not grams:
            continue
        gram, count = grams.most_common(1)[0]
        if count >= _TIMES and count * size >= _MOSTLY * len(words):
            return f"mostly the same words: “{' '.join(gram)}”"
    return None


def _loop(words: list[str]) -> str:
    """The shortest run of words that stands three times in a row; "" when there is none."""
    for size in range(1, min(_LONGEST_LOOP, len(words) // _TIMES) + 1):
        run = 0
        for at in range(size, len(words)):
            run = run + 1 if words[at] == words[at - size] else 0
            if run >= size * (_TIMES - 1):
                gram = words[at - size + 1 : at + 1]
                if not all(word.isdigit() for word in gram):
                    return " ".join(gram)
    return ""


def _length(source: str, answer: str) -> str | None:
    """Much longer or shorter than the French, for sources long enough to tell."""
    given, got = len(source.strip()), len(answer.strip())
    if given <= _SPEAKING_LENGTH:
        return None
    if got > _TOO_LONG * given:
        return f"{got} characters for {given}: much longer than the French"
    if got < _TOO_SHORT * given:
        return f"{got} characters for {given}: much shorter than the French"
    return None


def _strange(source: str, answer: str) -> str | None:
    """Writing or words that no release needs and the French does not have."""
    there = frozenset(source)
    for character in answer:
        if character not in there and (reason := _alien(character)):
            return f"{reason}: “{character}” (U+{ord(character):04X})"
    if (found := _SWEARING.search(answer)) and found[0].lower() not in source.lower():
        return "a swear word"
    return None


@lru_cache(maxsize=4096)
def _alien(character: str) -> str:
    """What is odd about a character in English; "" where nothing is."""
    if character < "\u0250":
        return ""
    if character.isalpha():
        return "" if unicodedata.name(character, "").startswith("LATIN") else "letters of another script"
    category = unicodedata.category(character)
    return "an odd character" if category in {"So", "Co", "Cn", "Cf"} or character == "\ufffd" else ""
