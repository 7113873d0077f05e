"""Whether a word of a sentence is a word of a term: capitals, accents, inflection."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import NamedTuple

from toolkit.glossary.french import has_feminine, lemmas, looks_plural, same_in_plural, verb_forms
from toolkit.glossary.terms import Status, Term
from toolkit.glossary.words import DE, DE_THE, THE, TO, TO_THE, Unit, plain, tokens, units

_UNINFLECTED = ("proper noun", "proper", "adverb", "preposition", "conjunction", "phrase", "abbreviation")


class Fit(NamedTuple):
    """How a word of a sentence fits one of a term: as written, plural, feminine."""

    exact: bool
    plural: bool = False
    feminine: bool = False


@lru_cache(maxsize=1 << 16)
def fit(term: str, word: str, *, first: bool, inflected: bool = True) -> Fit | None:
    """Compare a word of a term with one of a sentence, both in one spelling.

    Lower case in the term matches any capitals. A capital must be there in the sentence, but where it begins a later
    word of a name ("Nations Unies", "Nations unies"). Capitals inside must be the same, or the whole in capitals.
    Accents may be missing on capitals only.

    Args:
        term: as the glossary writes it.
        word: as the sentence writes it.
        first: whether it is the term's first word.
        inflected: whether it may be plural or feminine.
    """
    if term == word:
        return Fit(True)
    headline = len(word) > 1 and word.isupper()
    if not term.islower() and not term[1:].islower() and len(term) > 1:  # capitals inside: "BCN", "McAllister"
        return _acronym(term, word, headline)
    if first and term[:1].isupper() and not word[:1].isupper():
        return None
    wanted, given = term.lower(), word.lower()
    for lemma in lemmas(given) if inflected else lemmas(given)[:1]:
        if _same(wanted, lemma.form, word, headline):
            return Fit(False, lemma.plural, lemma.feminine)
    return None


def _acronym(term: str, word: str, headline: bool) -> Fit | None:
    if word == term + "s":
        return Fit(False, plural=True)
    return Fit(False) if headline and plain(term) == plain(word) else None


def _same(wanted: str, form: str, word: str, headline: bool) -> bool:
    """Whether a form is the term's, where capitals of the sentence may lack their accents."""
    if wanted == form:
        return True
    if headline:
        return plain(wanted) == plain(form)
    return word[0].isupper() and wanted[1:] == form[1:] and plain(wanted[0]) == plain(form[0])


@dataclass(frozen=True, slots=True)
class Pattern:
    """A term made ready for comparing.

    Attributes:
        units: its words.
        lead, tail: punctuation around them, to be found in the sentence as well: the ")" of "Abou Dhabi (…)".
        head: index of the noun the term is about; -1 where it is no noun.
        agreeing: index behind the last word that takes the noun's number: before the first preposition.
    """

    units: tuple[Unit, ...]
    lead: str
    tail: str
    head: int
    agreeing: int
    inflected: bool
    feminine: bool


@lru_cache(maxsize=1 << 14)
def pattern(term: Term) -> Pattern:
    """A term made ready for comparing."""
    french = term.french
    cut = tuple(units(tokens(french)))
    head = 1 if len(cut) > 1 and cut[0].key == THE else 0
    noun = cut[head].content and term.part_of_speech not in ("verb", "adjective", *_UNINFLECTED[2:])
    end = next((at for at in range(head, len(cut)) if not cut[at].content), len(cut))
    inflected = term.status is not Status.KEPT and term.part_of_speech not in _UNINFLECTED
    feminine = len(cut) > head + 1 or term.part_of_speech in ("adjective", "verb") or has_feminine(cut[head].text)
    tail = french[cut[-1].end :].strip()
    return Pattern(cut, french[: cut[0].start].strip(), tail, head if noun else -1, end, inflected, feminine)


class Found(NamedTuple):
    """A term in a sentence.

    Attributes:
        start, end: offsets of the stretch.
        first: index of its first word among the sentence's units.
        plural: what its own words say of its number; None where they do not.
        cost: how many words are not written as in the glossary.
        form: of a verb, what its form is; "" otherwise.
        article: the term ends in "de" or "à", and the sentence has "du", "des", "au", "aux" there.
    """

    start: int
    end: int
    first: int
    plural: bool | None
    cost: int
    form: str = ""
    article: bool = False


def compare(term: Term, text: str, found: Sequence[Unit], first: int) -> Found | None:
    """Compare a term with the words of a sentence whose keys fit already.

    Args:
        term: the term.
        text: the sentence.
        found: the sentence's words that are to be the term's, as many as it has.
        first: index of the first of them among all.
    """
    shape = pattern(term)
    cost, form = 0, ""
    fits: list[Fit | None] = []
    for at, (mine, there) in enumerate(zip(shape.units, found, strict=True)):
        one = None
        if mine.content and at == 0 and term.part_of_speech == "verb":
            form = verb_forms(mine.text.lower()).get(there.text.lower(), "")
            one = Fit(mine.text == there.text) if form else None
        elif mine.content:
            one = fit(mine.text, there.text, first=at <= max(shape.head, 0), inflected=shape.inflected)
            if one is not None and one.feminine and at == max(shape.head, 0) and not shape.feminine:
                one = None
        if (one is None) if mine.content else _other_preposition(shape, found, at):
            return None
        cost += one is not None and not one.exact
        cost += one is None and mine.text.lower() != there.text.lower()
        fits.append(one)
    start, end, article = _stretch(shape, found)
    if shape.tail:
        if not text.startswith(shape.tail, end):
            return None
        end += len(shape.tail)
    if shape.lead:
        if not text.endswith(shape.lead, 0, start):
            return None
        start -= len(shape.lead)
    return Found(start, end, first, _own_number(shape, fits), cost, form, article)


def _other_preposition(shape: Pattern, found: Sequence[Unit], at: int) -> bool:
    """Whether "du" stands inside where the term has a bare "de". "des" before a plural may, and any at the end."""
    bare = shape.units[at].key in (DE, TO) and found[at].key in (DE_THE, TO_THE)
    if not bare or at == len(found) - 1:
        return False
    return found[at].text.lower() != "des" or not looks_plural(found[at + 1].text)


def _stretch(shape: Pattern, found: Sequence[Unit]) -> tuple[int, int, bool]:
    """Offsets of a term: without the preposition fused to its article, without the article fused to its preposition."""
    first, last = found[0], found[-1]
    start, end, article = first.start, last.end, False
    if shape.units[0].key == THE and first.key in (DE_THE, TO_THE):
        start = first.second if first.second >= 0 else found[1].start if len(found) > 1 else start
    if shape.units[-1].key in (DE, TO) and last.key in (DE_THE, TO_THE):
        if last.second >= 0:
            end = last.start + len(last.text)
        else:
            article = True
    return start, end, article


def _own_number(shape: Pattern, fits: Sequence[Fit | None]) -> bool | None:
    """The number that a term's own words show; None where they look the same in both."""
    if shape.head < 0:
        return None
    shown: bool | None = None
    for mine, one in zip(shape.units[shape.head : shape.agreeing], fits[shape.head : shape.agreeing], strict=True):
        if one is not None and one.plural:
            return True
        if mine.content and not looks_plural(mine.text) and not mine.text.isupper():
            shown = False
    return shown


def is_plural_term(term: Term) -> bool:
    """Whether a term is a plural in the glossary already: "forces de l’ordre"."""
    shape = pattern(term)
    if shape.head < 0:
        return False
    word = shape.units[shape.head].text
    return looks_plural(word) and not word.isupper() and not same_in_plural(word)
