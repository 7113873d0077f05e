"""Stand-ins put into French questions, and settled English put in their place in the answers. Pure text."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.text.articles import likely
from toolkit.text.fixtures import Fixture, Kind, places
from toolkit.text.tables import words
from toolkit.translation.standins import SLOTS, Slot, StandIn, StandIns

_S = "[ \u00a0\u202f]"
#: A determiner right before a stretch, the elided ones last.
_DETERMINER = re.compile(
    rf"(?<!\w)(?P<word>à la|de la|le|la|les|du|des|au|aux|un|une|ce|cet|cette|ces|mon|ma|mes|son|sa|ses|leur|leurs"
    rf"|notre|nos|votre|vos|chaque|plusieurs|certains|certaines|tous les|toutes les){_S}+$"
    r"|(?<!\w)(?P<elided>de l|à l|l|d|qu|lorsqu|puisqu|jusqu)[’']$",
    re.IGNORECASE,
)
_FEMININE = words("la une cette ma sa") | {"de la", "à la"}
_MASCULINE = words("le du au un ce")
_PLURAL = words("les des aux ces mes ses leurs nos vos plusieurs certains certaines") | {
    "tous les",
    "toutes les",
}
_UNELIDED = {"de l": "de la ", "à l": "à la ", "l": "la ", "d": "de ", "qu": "que ", "lorsqu": "lorsque "}
_UNELIDED |= {"puisqu": "puisque ", "jusqu": "jusque "}
_CONTRACTED = {"du": "de ", "des": "de ", "de la": "de ", "de l": "de ", "au": "à ", "aux": "à ", "à la": "à "}
_CONTRACTED |= {"à l": "à "}
_VOWELS = "aeiouyhâàéèêëîïôûœæ"
_QUANTITIES = frozenset(SLOTS)
_PREPOSITION = re.compile(r"(?:on|in|at|from|by|since|between|during)\s+", re.IGNORECASE)
_ENDS_IN_PREPOSITION = re.compile(r"(?<=\w )(?:on|in|at|to|from|of) $")
_INDEFINITE = re.compile(r"\b([Aa]n?)(?= $)")


@dataclass(frozen=True, slots=True)
class Use:
    """A stand-in in the place of a fixture.

    Attributes:
        article: whether the French determiner before it stays.
    """

    fixture: Fixture
    stand_in: StandIn
    article: bool = True


@dataclass(frozen=True, slots=True)
class Determiner:
    """What stands before a stretch: where it begins, its words in lower case ("" for none), whether it is elided."""

    start: int
    word: str = ""
    elided: bool = False


def determiner(question: str, start: int) -> Determiner:
    """The determiner or elided word that ends where a stretch starts."""
    found = _DETERMINER.search(question, max(0, start - 20), start)
    if not found:
        return Determiner(start)
    word = found["word"] or found["elided"]
    return Determiner(found.start(), " ".join(word.lower().split()), bool(found["elided"]))


def slots(question: str, fixture: Fixture) -> tuple[tuple[Slot, bool], ...]:
    """The kinds of stand-in for a fixture, best first, each with whether its French determiner stays."""
    if fixture.kind in _QUANTITIES:
        return ((_quantity(question, fixture), True),)
    before = determiner(question, fixture.start)
    named: tuple[tuple[Slot, bool], ...] = ((Slot.NAME, True),)
    if before.word in _CONTRACTED or before.word in {"le", "la", "les", "l"}:
        named = ((Slot.NAME, True), (Slot.NAME, False))
    if fixture.kind is not Kind.TERM:
        return named
    if fixture.plural or before.word in _PLURAL:
        return ((Slot.MANY, True), *named)
    if before.elided or before.word == "cet":
        return ((Slot.VOWEL, True), (Slot.VOWEL_COUNTED, True), *named)
    if before.word in _FEMININE:
        return ((Slot.SHE, True), (Slot.SHE_COUNTED, True), *named)
    if before.word in _MASCULINE:
        return ((Slot.HE, True), (Slot.HE_COUNTED, True), *named)
    return (*named, (Slot.SHE, True), (Slot.HE_COUNTED, True))


_SPAN = re.compile(r"(?:year|month|week|day|hour|minute|second)s?$")


def _quantity(question: str, fixture: Fixture) -> Slot:
    slot = SLOTS[fixture.kind]
    if slot is Slot.NUMBER and re.match(rf"{_S}+d(?:e{_S}|[’'])", question[fixture.end :]):
        return Slot.LARGE
    if slot is Slot.MEASURE and _SPAN.search(fixture.english[0]):
        return Slot.SPAN
    return slot


def uses(question: str, fixtures: Sequence[Fixture], stand_ins: StandIns, variant: int) -> tuple[Use, ...] | None:
    """Stand-ins for fixtures of a question.

    Args:
        question: French.
        fixtures: of the question, in order.
        stand_ins: those of the model.
        variant: 0 for each fixture's best kind of stand-in, 1 for its second best …

    Returns:
        Those that have one; None where none has, or none has so many kinds.
    """
    chosen: list[Use] = []
    fresh = variant == 0
    for fixture in fixtures:
        ways = slots(question, fixture)
        fresh = fresh or len(ways) > variant
        taken = [use.stand_in for use in chosen]
        for slot, article in (*ways[min(variant, len(ways) - 1) :], *ways):
            if found := stand_ins.choose(slot, question, taken):
                chosen.append(Use(fixture, found, article))
                break
    return tuple(chosen) if fresh and chosen else None


def asked(question: str, used: Sequence[Use]) -> str:
    """The question with its stand-ins."""
    parts: list[str] = []
    at = 0
    for use in used:
        before = determiner(question, use.fixture.start)
        if before.start < at:
            before = Determiner(use.fixture.start)
        french = use.stand_in.french
        start, article = use.fixture.start, ""
        if use.fixture.kind not in _QUANTITIES:
            if not use.article and before.word in _CONTRACTED | {"le": "", "la": "", "les": "", "l": ""}:
                start, article = before.start, _CONTRACTED.get(before.word, "")
            elif before.elided and french[0].lower() not in _VOWELS:
                start, article = before.start, _UNELIDED[before.word]
        put = article + french
        if not question[at:start].strip() and not at:
            put = put[:1].upper() + put[1:]
        elided = question[use.fixture.end - 1 : use.fixture.end] in ("’", "'")  # "9 millions d’", without its noun
        parts += [question[at:start], put, " " if elided else ""]
        at = use.fixture.end
    return "".join((*parts, question[at:]))


def filled(answer: str, used: Sequence[Use]) -> str | None:
    """An answer with settled English in the place of its stand-ins; None unless each is there exactly once."""
    places: list[tuple[int, int, str]] = []
    for use in used:
        found = use.stand_in.found(answer)
        if len(found) != 1:
            return None
        start, end = found[0].span()
        places.append((start, end, _rendering(use.fixture, answer, start, end)))
    places.sort()
    if any(one[1] > other[0] for one, other in itertools.pairwise(places)):
        return None
    return tidied(replaced(answer, places))


def replaced(answer: str, places: Sequence[tuple[int, int, str]]) -> str:
    """An answer with English in stretches of it, given in order; articles and prepositions before them fit."""
    text = ""
    at = 0
    for start, end, english in places:
        text += answer[at:start]
        fitted = _article_fitted(english, text)
        if indefinite := _INDEFINITE.search(text):
            text = text[: indefinite.start()] + _article(indefinite[1], fitted) + " "
        if _PREPOSITION.match(fitted):
            text = _ENDS_IN_PREPOSITION.sub("", text)
        text += fitted
        at = end
    text += answer[at:]
    return text[:1].upper() + text[1:] if places and places[0][0] == 0 else text


def _rendering(fixture: Fixture, answer: str, start: int, end: int) -> str:
    """The rendering that fits behind what the answer has there: "of 12 May" wants "10 January", not "on 10 January"."""
    english = fixture.english[0]
    held = _PREPOSITION.match(answer[start:end])
    if held or not _PREPOSITION.match(english) or start == 0:
        return english
    before = answer[:start].rstrip().rpartition(" ")[2].lower()
    if before in _GOVERNING:
        return next((way for way in fixture.english if not _PREPOSITION.match(way)), english)
    return english


_GOVERNING = words("of on in at from by since until till between during after before to the about for")


def _article_fitted(english: str, before: str) -> str:
    """A rendering without its own article where the answer has one already."""
    if re.search(r"\b(?:the|a|an|our|their|its|this|these|his|her)\s+$", before, re.IGNORECASE):
        return re.sub(r"^(?:the|an?)\s+", "", english, flags=re.IGNORECASE)
    return english


def tidied(text: str) -> str:
    """What replacing words leaves behind, put right: "a NCB", "the the", two spaces."""
    text = re.sub(r"\b(the|of|an?|in|on|to|by|at|from|for|with) \1\b", r"\1", text, flags=re.IGNORECASE)
    text = re.sub(r"\b(on|in|at) (?=(?:on|in|at|from|by) \d)", "", text)
    while text.count(")") > text.count("(") and "))" in text:
        text = text.replace("))", ")", 1)
    return re.sub(r" {2,}", " ", text)


def _article(article: str, term: str) -> str:
    """“a” or “an” by the sound of what follows."""
    right = likely(term)
    return right.capitalize() if article[0] == "A" else right


def with_articles(question: str, text: str, fixtures: Sequence[Fixture]) -> tuple[str, ...]:
    """The same English with and without "the" before each fixture, one at a time: the model says which it likes best.

    "the" is added only to terms that have an article in French.
    """
    found: list[str] = []
    for fixture in fixtures:
        if fixture.kind in _QUANTITIES:
            continue
        match = _held(fixture, text)
        if not match:
            continue
        before, term, after = text[: match.start()], match["term"], text[match.end() :]
        if match["the"]:
            found.append(before + (term if before else term[:1].upper() + term[1:]) + after)
        elif (
            fixture.kind is Kind.TERM
            and determiner(question, fixture.start).word in _ARTICLES
            and not _DETERMINED.search(before)
        ):
            found.append(before + ("the " if before else "The ") + term + after)
    return tuple(dict.fromkeys(found))


def _held(fixture: Fixture, text: str) -> re.Match[str] | None:
    """Where English holds a fixture, with "the" before it."""
    ways = (re.search(rf"(?<!\w)(?P<the>[Tt]he )?(?P<term>{re.escape(way)})(?!\w)", text) for way in fixture.english)
    return next((match for match in ways if match), None)


_WORDED = frozenset({Kind.TERM, Kind.MONEY})


def preferred(text: str, fixtures: Sequence[Fixture]) -> str:
    """English whose terms are worded as the glossary prefers, where the model took another of its renderings.

    Amounts of money likewise: "340 million USD" becomes "USD 340 million".

    A rendering that is part of the preferred one ("law enforcement"), or the preferred one of another fixture of the
    sentence, may be there for other reasons, and stays.
    """
    right = {way.lower() for one in fixtures for way in one.english[:1]}
    for fixture in dict.fromkeys(one for one in fixtures if one.kind in _WORDED):
        first = _unqualified(fixture.english) if fixture.kind is Kind.MONEY else fixture.english[0]
        others = [way for way in fixture.english if _is_other(way.lower(), first.lower()) and way.lower() not in right]
        ways = "|".join(re.escape(way) for way in sorted((first, *others), key=len, reverse=True))
        found = re.finditer(rf"(?<!\w)(?:{ways})(?!\w)", text, re.IGNORECASE)
        put = [(match.start(), match.end(), first) for match in found if _differs(match[0], first)]
        text = replaced(text, put) if put else text
    return _CURRENCY_TWICE.sub(r"\1", text)


def _unqualified(english: Sequence[str]) -> str:
    """The preferred rendering without "about" or "more than", which the model may have put otherwise."""
    return next((way for way in english if any(other.endswith(f" {way}") for other in english)), english[0])


def _is_other(way: str, first: str) -> bool:
    return way not in first and first not in way


#: "CHF 25 million francs", "€300 euros": a name behind an amount that has its code or sign; "EUR €300": a code before.
_CURRENCY_TWICE = re.compile(
    r"\b[A-Z]{3} (?=[€$£]\d)|((?:\b[A-Z]{3} |[€$£])\d+(?:[.,]\d+)*(?: (?:thousand|million|billion|trillion))?)"
    r" (?:(?:US|Swiss|CFA|Canadian|pounds?) )?(?:dollars?|euros?|francs?|pounds?|sterling|[A-Z]{3})\b"
)


def _differs(there: str, first: str) -> bool:
    """Whether English is worded otherwise; capitals count only where the preferred rendering has some."""
    return there != first if not first.islower() else there.lower() != first.lower()


def completed(english: str, source: str, lost: Sequence[Fixture]) -> str:
    """Finished English in which French words that were left by a rule or a model give way to what is settled."""
    for fixture in lost:
        left = re.compile(rf"(?<!\w){re.escape(fixture.source(source))}(?!\w)")
        if len(left.findall(english)) == 1:
            found = left.search(english)
            english = replaced(english, [(*found.span(), fixture.english[0])]) if found else english
    return english


def unglued(text: str, question: str, fixtures: Sequence[Fixture]) -> str:
    """English without what is left of a French abbreviation behind its term: "NCBs.N, are", "the NCB. is"."""
    for fixture in fixtures:
        if fixture.source(question).endswith("."):
            term = re.escape(fixture.english[0])
            text = re.sub(rf"(?<!\w)({term})\.(?:[A-Za-z]{{1,2}}\b\.?)*(?=[,;:]? ?\S)", r"\1", text)
            if question[fixture.end : fixture.end + 1] == " ":
                text = re.sub(rf"(?<!\w)({term}),(?= [a-z])", r"\1", text)
    return text


_ARTICLES = frozenset({"le", "la", "les", "l", "du", "des", "de la", "de l", "au", "aux", "à la", "à l"})
_DETERMINED = re.compile(
    r"(?:\b(?:a|an|the|this|that|these|those|our|your|his|her|its|their|my|each|every|no|some|any|\d+)|[’']s?)\s+$",
    re.IGNORECASE,
)


def surplus(fixtures: Sequence[Fixture], answer: str) -> int:
    """How many times more often than the French an answer has the English of fixtures."""
    stretches = places([fixture.english for fixture in fixtures], answer)
    groups: list[tuple[set[int], int]] = []  # fixtures that share stretches, and how many stretches they have
    for numbers in stretches.values():
        joined = [group for group in groups if group[0] & numbers]
        groups = [group for group in groups if not group[0] & numbers]
        groups.append((set(numbers).union(*(group[0] for group in joined)), 1 + sum(group[1] for group in joined)))
    return sum(max(0, count - len(numbers)) for numbers, count in groups)
