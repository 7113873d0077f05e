"""Which English word stands for which French one: what the model looked at, and what words show by themselves.

A model's attention is good for words that carry meaning and noise for "the" and "of" (Garg et al., EMNLP 2019; Chen et
al., EMNLP 2020), so small words are linked by a table, and by the company they keep. Words, figures and names that are
the same in both languages, and days and months, need no model. Pure text in, figures out.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import lru_cache

from toolkit.text import tables
from toolkit.text.capitals import fold
from toolkit.text.dates import DAYS, MONTHS
from toolkit.text.typography import VERBATIM
from toolkit.translation.engine import Attention

#: Words times words beyond which nothing is aligned: no sentence, but a file may hold anything.
MOST_WORK = 40_000

_S = "[ \u00a0\u202f\u2009]"
_WORD = re.compile(
    rf"{VERBATIM.pattern}"
    rf"|\d{{1,3}}(?:(?:{_S}|[,.])\d{{3}})+(?![\d])(?:[.,]\d+)?|\d+[.,]\d+(?![.,]?\d)"
    r"|(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu)[’'](?=\w)"
    r"|\w+(?:[’'.-]\w+)*",
    re.IGNORECASE,
)
_FIGURE = re.compile(rf"(?P<whole>\d{{1,3}}(?:(?:{_S}|[,.])\d{{3}})+|\d+)(?P<rest>[.,]\d+)?(?P<suffix>\w*)")

#: Marks that end a sentence or bracket, not an address.
_NEVER_LAST = ".,;:!?…)]"

#: Weights of what speaks for a link, set on invented sentences: docs/rules.md.
_SAME, _TABLE, _SMALL, _COGNATE = 1.0, 1.0, 0.05, 0.8
#: What attention counts for, by whether the English word and the French one are small.
_SHARES = {(False, False): 1.0, (True, False): 0.25, (True, True): 0.25, (False, True): 0.1}
_COMPANY, _REACH, _FADING, _CROSSED = 0.8, 3, 0.7, 0.4
_LEAST_COGNATE, _ALIKE = 4, 0.6


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it is, and what it is compared by."""

    start: int
    end: int
    key: str


@dataclass(frozen=True, slots=True)
class Alignment:
    """Links between the words of a sentence and of its English.

    Attributes:
        source, target: the words.
        links: for each word of the source a row, with a weight from 0 for each word of the target.
    """

    source: tuple[Word, ...]
    target: tuple[Word, ...]
    links: tuple[tuple[float, ...], ...]


def words_of(text: str) -> tuple[Word, ...]:
    """The words of a text: an address, a figure with its separators, an elided "l’", or letters."""
    found = ((match.start(), match[0].rstrip(_NEVER_LAST)) for match in _WORD.finditer(text))
    return tuple(Word(start, start + len(word), _key(word)) for start, word in found)


def _key(word: str) -> str:
    """A word without case, accents and "’s"; a figure ("1 333", "25ème", "3,2") without spaces and ordinal letters."""
    if figure := _FIGURE.fullmatch(word):
        return re.sub(r"\D", "", figure["whole"]) + (f".{figure['rest'][1:]}" if figure["rest"] else "")
    return fold(word).replace("’", "'").removesuffix("'S")


def align(source: str, target: str, attentions: Sequence[Attention] = ()) -> Alignment:
    """Link the words of a French sentence and its English.

    Args:
        source: the sentence as a reader sees it.
        target: its English, finished.
        attentions: of the questions it was translated with. They need not be the sentence letter for letter: their
            words are looked for in it, and those of the answers in the English.

    Raises:
        ValueError: words times words are more than MOST_WORK.
    """
    french, english = words_of(source), words_of(target)
    if len(french) * len(english) > MOST_WORK:
        msg = f"{len(french)} times {len(english)} words are too many to be aligned"
        raise ValueError(msg)
    looks, seen = _lexical(french, english), _attended(french, english, attentions)
    content = [[sum(weights) for weights in zip(*rows, strict=True)] for rows in zip(looks, seen, strict=True)]
    return Alignment(french, english, tuple(map(tuple, _with_small_words(content, french, english))))


# --- attention ------------------------------------------------------------------------------------------------------


def _attended(french: Sequence[Word], english: Sequence[Word], attentions: Sequence[Attention]) -> list[list[float]]:
    links = [[0.0] * len(english) for _ in french]
    for attention in attentions:
        asked, answered = "".join(attention.source), "".join(attention.target)
        rows, columns = words_of(answered), words_of(asked)
        if max(len(rows) * len(english), len(columns) * len(french), len(rows) * len(columns)) > MOST_WORK:
            continue
        to_french, to_english = _same_words(columns, french), _same_words(rows, english)
        weights = _between_words(attention, rows, columns)
        for row, at in to_english.items():
            small = english[at].key in _SMALL_ENGLISH
            for column, origin in to_french.items():
                few = (small, french[origin].key in SMALL_WORDS)
                links[origin][at] = max(links[origin][at], _SHARES[few] * weights[row][column])
    return links


def _same_words(words: Sequence[Word], others: Sequence[Word]) -> dict[int, int]:
    """For each word that is in the other text, too, where: in order, and what stands between like words in pairs."""
    matcher = SequenceMatcher(None, [word.key for word in words], [word.key for word in others], autojunk=False)
    found: dict[int, int] = {}
    for what, start, end, first, last in matcher.get_opcodes():
        if what == "equal" or (what == "replace" and end - start == last - first):
            found.update(zip(range(start, end), range(first, last), strict=True))
    return found


def _between_words(attention: Attention, rows: Sequence[Word], columns: Sequence[Word]) -> list[list[float]]:
    """The weights of pieces, for words: the sum over a question's word, the mean over an answer's."""
    answer, question = _owners(attention.target, rows), _owners(attention.source, columns)
    weights = [[0.0] * len(columns) for _ in rows]
    count = [0] * len(rows)
    for row, piece in zip(answer, attention.weights, strict=False):
        if row is None:
            continue
        count[row] += 1
        for column, weight in zip(question, piece, strict=False):
            if column is not None:
                weights[row][column] += weight
    return [[weight / max(number, 1) for weight in row] for row, number in zip(weights, count, strict=True)]


def _owners(pieces: Sequence[str], words: Sequence[Word]) -> list[int | None]:
    """For each piece, the word it is in; None for spaces and punctuation."""
    owners: list[int | None] = []
    at = index = 0
    for piece in pieces:
        start, at = at + len(piece) - len(piece.lstrip()), at + len(piece)
        while index < len(words) and words[index].end <= start:
            index += 1
        owners.append(index if index < len(words) and words[index].start < at and start < at else None)
    return owners


# --- words that show it themselves ----------------------------------------------------------------------------------


def _lexical(french: Sequence[Word], english: Sequence[Word]) -> list[list[float]]:
    """What equal, known and similar words say, nearest first: of two equal words the one at the same place."""
    links = [[0.0] * len(english) for _ in french]
    for s, one in enumerate(french):
        for t, other in enumerate(english):
            weight = _alike(one.key, other.key)
            if weight:
                distance = abs((s + 0.5) / len(french) - (t + 0.5) / len(english))
                links[s][t] = weight * (1 - 0.5 * distance)
    return links


@lru_cache(maxsize=20_000)
def _alike(french: str, english: str) -> float:
    if french in SMALL_WORDS:
        return 0.0  # "on", "or", "but", "son" are other words in English
    if french == english:
        return _SAME if len(french) > 1 or french.isdigit() else 0.0
    if english in _TABLE_OF.get(french, ()):
        return _TABLE
    if min(len(french), len(english)) < _LEAST_COGNATE or french[:2] != english[:2]:
        return 0.0
    shorter, longer = sorted((french.removesuffix("S"), english.removesuffix("S")), key=len)
    begin = next((k for k, letter in enumerate(shorter) if letter != longer[k]), len(shorter))
    rest = shorter[begin:]
    end = next((k for k, letter in enumerate(reversed(rest)) if letter != longer[-1 - k]), len(rest))
    share = (begin + end) / len(longer)
    return _COGNATE * share if share >= _ALIKE else 0.0


def _with_small_words(links: list[list[float]], french: Sequence[Word], english: Sequence[Word]) -> list[list[float]]:
    """Add small words: "de" is that "of" whose neighbours are linked to its neighbours."""
    result = [list(row) for row in links]
    for s, one in enumerate(french):
        partners = SMALL_WORDS.get(one.key)
        if partners is None:
            continue
        for t, other in enumerate(english):
            if other.key in partners:
                result[s][t] += _SMALL + _COMPANY * _company(links, s, t) ** 2
    return result


def _company(links: Sequence[Sequence[float]], s: int, t: int) -> float:
    """How well the words around two words are linked; the nearer the better, and best in the same order."""
    best = 0.0
    for ds in range(-_REACH, _REACH + 1):
        if not ds or not 0 <= s + ds < len(links):
            continue
        row = links[s + ds]
        for dt in range(-_REACH, _REACH + 1):
            if dt and 0 <= t + dt < len(row):
                fading = _FADING ** (abs(ds) + abs(dt) - 2)
                best = max(best, min(row[t + dt], 1.0) * fading * (1.0 if ds * dt > 0 else _CROSSED))
    return best


def _small_words() -> Mapping[str, frozenset[str]]:
    pairs = tables.pairs("""
le=the|la=the|l'=the it him|les=the them|un=a an one|une=a an one|d'=of from|de=of from|du=of from the
des=of from the
à=to at in for|a=has have had|au=to at in the|aux=to at in the|et=and|ou=or|où=where when|en=in by of into to
dans=in into within|sur=on over about of upon|par=by per through|pour=for to in|avec=with|sans=without
contre=against|entre=between among|sous=under|chez=at with|vers=towards to|depuis=since for from|selon=according to
pendant=during for|que=that than which who|qu'=that than which who|qui=who which that|dont=whose which
ne=not no|n'=not no|pas=not|plus=more most no longer|moins=less|est=is has was|sont=are have|était=was|étaient=were
être=be being|été=been was were|ont=have|avait=had|avaient=had|avoir=have|sera=will be|seront=will be|serait=would be
se=itself themselves|ce=this it that|cet=this that|cette=this that|ces=these those|c'=it this that
son=his her its their|sa=his her its their|ses=his her its their|leur=their them|leurs=their|notre=our|nos=our
votre=your|vos=your|nous=we us|vous=you|je=I|j'=I|il=he it|elle=she it|ils=they|elles=they|on=we one they
tout=all every whole|tous=all every|toute=all any|toutes=all|très=very|aussi=also too as|mais=but|comme=as like
deux=two|trois=three|quatre=four|cinq=five|six=six|sept=seven|huit=eight|neuf=nine|dix=ten|même=same even
y=there|si=if so|lors=during at|afin=to in order|peut=can may|peuvent=can may|doit=must|doivent=must|fait=made does
""")
    return {fold(french).replace("’", "'"): frozenset(fold(english).split()) for french, english in pairs.items()}


SMALL_WORDS = _small_words()
_SMALL_ENGLISH = frozenset(word for partners in SMALL_WORDS.values() for word in partners) - tables.words(
    "TWO THREE FOUR FIVE SIX SEVEN EIGHT NINE TEN"
)
#: Words that a French sentence and its English share whatever the model makes of them.
_TABLE_OF = {fold(french): frozenset({fold(english)}) for french, english in (DAYS | MONTHS).items()}
