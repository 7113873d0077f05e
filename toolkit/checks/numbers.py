"""N: figures, dates, times, money. What a reader takes from a release first, and a model garbles first."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from toolkit.checks import durations
from toolkit.checks.counting import english_values, french_cardinals, french_values
from toolkit.checks.model import (
    ERROR,
    WARNING,
    About,
    Knowledge,
    Problem,
    Sentence,
    quoted,
    sentence_check,
    unsaid,
)
from toolkit.text import quantities
from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.numbers import missing_numbers, numbers_of

_HARTS = "New Hart’s Rules (Oxford), numbers and dates"
_SPACES = " \u00a0\u202f\u2009"
#: A figure as English writes it, with its thousands and decimals.
_WRITTEN = re.compile(r"\d+(?:[.,]\d+)*")
_LIKE_NUMBERS = frozenset({Kind.NUMBER, Kind.ORDINAL, Kind.PERCENT})


@sentence_check(
    About(
        "N101",
        ERROR,
        "A number is missing or changed",
        "Each figure of the French must be in the English, in figures or in words.",
        "L’an dernier, 870 conteneurs ont été ouverts.",
        "Last year, 780 containers were opened.",
        "Last year, 870 containers were opened.",
        any_language=True,
    )
)
def number_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Numbers that are found as fixtures, and figures outside of them."""
    yield from unsaid(line, know, "number missing or changed", *_LIKE_NUMBERS)
    if not missing_numbers(line.french, line.english):
        return
    if lost := missing_numbers(_uncovered(line.french, know.fixtures(line.french)), line.english):
        spoken = {str(value) for value in english_values(line.english)} | set(know.values(line.target))
        if left := [number for number in lost if number not in spoken and not _as_time(number, line)]:
            yield Problem(f"number missing or changed: {quoted(left)}", "compare the figures with the French")


def _uncovered(text: str, fixtures: Sequence[Fixture]) -> str:
    """The French without what was found as a fixture, which is judged as a whole."""
    for one in fixtures:
        if one.english:
            text = text[: one.start] + re.sub(r"\w", " ", text[one.start : one.end]) + text[one.end :]
    return text


def _as_time(number: str, line: Sentence) -> bool:
    """Whether an hour of the afternoon stands there by the twelve-hour clock: 22 h 30 as 10.30 p.m."""
    hour = int(number) if len(number) <= 2 else 0
    if not re.search(rf"(?<!\d){number}[{_SPACES}]?(?:h|heures?)\b", line.source):
        return False
    midday = {0: r"\bmidnight\b", 12: r"\b(?:noon|midday)\b"}
    clock = rf"(?<!\d){hour - 12}(?!\d)[^\d]*(?:[.:]\d\d)?[^\d]*p\.?m" if hour > 12 else midday.get(hour, "(?!)")
    return bool(re.search(clock, line.target))


@sentence_check(
    About(
        "N102",
        WARNING,
        "A figure that the French does not have",
        "A figure was invented, or misread: models do that with figures they see seldom.",
        "Les agents ont ouvert 41 conteneurs.",
        "The officers opened 41 containers in 12 ports.",
        "The officers opened 41 containers.",
        any_language=True,
    )
)
def number_added(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Figures of the English that stand in the French neither in figures nor in words."""
    there = Counter(numbers_of(line.french)) + Counter(map(str, french_values(line.french)))
    extra = []
    for number in numbers_of(line.english):
        if there[number]:
            there[number] -= 1
        elif number != "0" and not _afternoon(number, line):
            extra.append(number)
    if extra:
        settled = {number for one in know.fixtures(line.source) for way in one.english for number in numbers_of(way)}
        extra = [number for number in extra if number not in settled]
    if extra:
        extra = list((Counter(extra) - _same_value(line, know)).elements())
    if extra:
        yield Problem(f"not in the French: {quoted(extra)}", "delete or correct it, unless the French says it in words")


def _same_value(line: Sentence, know: Knowledge) -> Counter[str]:
    """Figures of English quantities that the French has in another writing: "1 250 000 euros", "EUR 1.25 million"."""
    known = {one.value for one in know.fixtures(line.source) if one.value}
    same = {at for one in quantities.readings(line.english) if one.value in known for at in one.atoms}
    stretches = (_WRITTEN.match(line.english, at) for at in same)
    return Counter(number for match in stretches if match for number in numbers_of(match[0]))


def _afternoon(number: str, line: Sentence) -> bool:
    """Whether a figure is an hour that the French counts from noon: 6 for 18 h."""
    return len(number) < 3 and re.search(rf"(?<!\d){int(number) + 12}[{_SPACES}]?h", line.source) is not None


@sentence_check(
    About(
        "N103",
        ERROR,
        "A decimal comma was left",
        "English reads “3,2” as a slip or as thousands; its decimal mark is a point.",
        "3,2 tonnes de batteries ont été saisies.",
        "3,2 tonnes of batteries were seized.",
        "3.2 tonnes of batteries were seized.",
        rule=_HARTS,
    )
)
def decimal_comma(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Decimal numbers of the French that stand in the English as they were."""
    found = re.findall(r"(?<![\d,.])\d+,\d+(?![\d,])", line.french) if re.search(r",\d", line.french) else ()
    for number in dict.fromkeys(found):
        if re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d,])", line.english):
            yield Problem(f"decimal comma: {quoted([number])}", f"write {number.replace(',', '.')}")


@sentence_check(
    About(
        "N104",
        WARNING,
        "Thousands parted by a space",
        "English parts thousands by a comma. Telephone numbers are left alone.",
        "Ses 5 200 membres ont voté.",
        "Its 5 200 members voted.",
        "Its 5,200 members voted.",
        rule=_HARTS,
    )
)
def thousands_space(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Grouped numbers; a number with a leading 0, or with other groups around it, is a telephone's."""
    pattern = rf"(?<![\d.,/+-])(?<!\d[{_SPACES}])[1-9]\d{{0,2}}(?:[{_SPACES}]\d{{3}})+(?![{_SPACES}]?\d)"
    for number in dict.fromkeys(re.findall(pattern, line.english)):
        if number in line.french or re.sub(r"\s", "\u202f", number) in line.french or "\u00a0" in line.french:
            yield Problem(f"thousands parted by a space: {quoted([number])}", f"write {re.sub(r'[^0-9]', ',', number)}")


@sentence_check(
    About(
        "N105",
        WARNING,
        "An ordinal is not English",
        "“25e”, “1er” were left, or the ending is wrong (“22th”).",
        "La 22e édition s’ouvre mardi.",
        "The 22th edition opens on Tuesday.",
        "The 22nd edition opens on Tuesday.",
    )
)
def ordinal(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Figures with a French ordinal ending, or a wrong English one."""
    for match in re.finditer(r"(?<![\w.,])(\d+)(st|nd|rd|th|er|ère|re|e|ème|eme|nde)(?!\w)", line.english):
        number = int(match[1]) if len(match[1]) < 9 else 0
        ending = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
        if match[2] != ending:
            yield Problem(f"not an English ordinal: {quoted([match[0]])}", f"write {match[1]}{ending}")


@sentence_check(
    About(
        "N110",
        ERROR,
        "An amount of money is missing or changed",
        "Figure, scale and currency must all be there.",
        "La valeur approche 280 millions d’USD.",
        "The value is close to USD 280.",
        "The value is close to USD 280 million.",
        any_language=True,
    )
)
def money_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Amounts that are found as fixtures."""
    yield from unsaid(line, know, "amount missing or changed", Kind.MONEY)


@sentence_check(
    About(
        "N111",
        WARNING,
        "The currency stands behind its figure",
        "English sets a currency’s sign, and its ISO code, before the figure.",
        "L’amende est de 300 €.",
        "The fine is 300 €.",
        "The fine is €300.",
        rule="Interinstitutional Style Guide of the European Union, 7.3.3; UN Editorial Manual",
    )
)
def currency_behind(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """A sign or code behind a figure, with or without the scale between."""
    pattern = (
        rf"\d[{_SPACES}]?(?:(?:million|billion|thousand)s?[{_SPACES}])?(?:of[{_SPACES}])?([€$£]|(?:EUR|USD|GBP|CHF)\b)"
    )
    for match in re.finditer(pattern, line.english):
        if not re.match(rf"[{_SPACES}]?\d", line.english[match.end() :]):
            yield Problem(f"currency behind its figure: {quoted([match[0]])}", f"set {match[1]} before the figure")


_CURRENCY_WORD = r"(?:EUR|USD|GBP|CHF|euros?|dollars?|pounds?|francs?)"
_CURRENCY_TWICE = re.compile(
    rf"\b(?:EUR|USD|GBP|CHF|euros?)[{_SPACES}]?[€$£]\d+(?:[.,]\d+)*"
    rf"|(?:[€$£]|\b(?:EUR|USD|GBP|CHF)[{_SPACES}]?)\d+(?:[.,]\d+)*(?:[{_SPACES}](?:thousand|million|billion))?"
    rf"[{_SPACES}]{_CURRENCY_WORD}\b"
)


@sentence_check(
    About(
        "N119",
        WARNING,
        "The currency is said twice",
        "A sign, a code or a name: one of them is enough.",
        "L’amende est de 300 €.",
        "The fine is EUR €300.",
        "The fine is €300.",
    )
)
def currency_twice(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """An amount with two of them, where the French has it otherwise."""
    for match in _CURRENCY_TWICE.finditer(line.english):
        if match[0] not in line.french:
            yield Problem(f"the currency is said twice: {quoted([match[0]])}", "delete one of the two")


_PERCENT_WORDS = re.compile(r"%|\bper ?cent\b|\bpercent(?:age)?\b|\bpc\b|\bhalf\b|\bquarters?\b|\bthirds?\b", re.I)


@sentence_check(
    About(
        "N112",
        ERROR,
        "The per cent sign is missing",
        "A share became a number.",
        "Les vols ont reculé de 12 %.",
        "Thefts fell by 12.",
        "Thefts fell by 12%.",
    )
)
def percent_lost(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """A sign, or "pour cent", that has no counterpart at all."""
    share = "%" in line.french or ("pour cent" in line.french and re.search(r"\bpour cent\b", line.french))
    if share and not _PERCENT_WORDS.search(line.english):
        yield Problem("the per cent sign is missing", "write 12% or 12 per cent")


@sentence_check(
    About(
        "N113",
        WARNING,
        "A space before the per cent sign",
        "English sets the sign close to the figure.",
        "Les vols ont reculé de 12 %.",
        "Thefts fell by 12 %.",
        "Thefts fell by 12%.",
        rule=_HARTS,
    )
)
def percent_space(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """A figure, a space, a sign."""
    for match in re.finditer(rf"\d+[{_SPACES}]+%", line.english):
        yield Problem(f"space before the per cent sign: {quoted([match[0]])}", "delete the space")


@sentence_check(
    About(
        "N114",
        ERROR,
        "Million, milliard, billion",
        "A milliard is a billion in English, and a French billion is a trillion: a factor of a thousand.",
        "Le préjudice atteint deux milliards d’euros.",
        "The damage amounts to two million euros.",
        "The damage amounts to two billion euros.",
        rule="UN Editorial Manual: billion is a thousand million",
    )
)
def scale(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """The word for the scale against its counterpart."""
    french, english = line.french.lower(), line.english.lower()
    if "milli" not in french and "milliard" not in english:
        return
    if re.search(r"\bmilliards?\b", french) and not re.search(
        r"\b(?:billions?|bn|thousand million)\b|\d ?bn?\b", english
    ):
        yield Problem("“milliard” is “billion” in English", "compare the amount with the French")
    if re.search(r"\bmilliards?\b", english):
        yield Problem("“milliard” is no English word", "write billion")
    if re.search(r"\bmillions?\b", french) and not re.search(r"million|\d ?(?:m|mn)\b|0,000", english):
        yield Problem("“million” is missing", "compare the amount with the French")


@sentence_check(
    About(
        "N115",
        ERROR,
        "A measure is missing or changed",
        "Figure and unit must both be there.",
        "Le chenal est long de 12 km.",
        "The channel is 12 miles long.",
        "The channel is 12 km long.",
        any_language=True,
    )
)
def measure_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Figures with a unit that are found as fixtures."""
    yield from unsaid(line, know, "measure missing or changed", Kind.MEASURE)


@sentence_check(
    About(
        "N117",
        WARNING,
        "A number in words is missing or changed",
        "A number that the French writes in words is not in the English, neither in words nor in figures.",
        "Onze bateliers ont signé.",
        "Twelve boatmen have signed.",
        "Eleven boatmen have signed.",
    )
)
def spoken_number(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Two to ninety-nine; what is settled as a fixture is judged there, what N118 tells is not told twice."""
    found = list(french_cardinals(line.french))
    if not found:
        return
    told = {one.start for one, _ in durations.changed(line.french, line.english)}
    french = [one for one in found if one[1] not in told]
    there = Counter([*english_values(line.english), *map(int, (n for n in numbers_of(line.english) if len(n) < 7))])
    known = {*french_values(line.french), *map(int, (n for n in numbers_of(line.french) if len(n) < 7))}
    new = any(value > 1 and value not in known for value in there)
    often = Counter(value for value, *_ in french)
    for value, start, word in french:
        # The "two" of "two accomplices" does not stand for that of "deux ans", too, where "three" is from nowhere.
        said = there[value] >= often[value] if new else there[value]
        if said or re.search(rf"\b(?:{_OTHERWISE.get(value, '(?!)')})\b", line.english, re.IGNORECASE):
            continue
        if not know.settles(line.french, start):
            often[value] -= 1
            yield Problem(f"number missing or changed: {quoted([word])}", f"in English: {value}, in figures or words")


#: What else a number may be in English.
_OTHERWISE = {
    2: r"both|pair|couple|twin\w*|double|either|neither|other|half|halves|bi\w+|dual|joint\w*|mutual|each|another",
    3: r"triple|threefold|tri\w+|trio",
    4: r"quarter\w*|quad\w+|fourfold",
    7: r"week|seventh",
    8: r"week",
    9: r"new|brand-new",
    10: r"dozen|decade|tens?",
    12: r"dozen|noon|midday|midnight",
    13: r"1 p\.?m|one p\.?m",
    15: r"fortnight|two weeks|quarter",
    20: r"score",
    24: r"day|midnight",
    30: r"half",
    45: r"quarter",
    48: r"two days|2 days",
}
