"""Amounts in running French: plain numbers, percentages, money, measures and durations, each of them or a range.

"25 à 30 %", "3,2 tonnes", "300 millions d’USD", "de 2 à 3 milliards d’euros", "une trentaine", "31 ans". Prefixes that
say "about" belong to the stretch: small models take a sentence's first "Environ" for a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from toolkit.text import currencies
from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.numerals import SPACE, START, Numeral, is_cut, may_be_year, numeral_at
from toolkit.text.tables import pairs
from toolkit.text.units import french_unit

_TO = re.compile(rf"{SPACE}[àa]{SPACE}(?:près{SPACE}de{SPACE})?|{SPACE}?[–‒—−]{SPACE}?|[-‑]")
_AND = re.compile(rf"{SPACE}et{SPACE}")
_BETWEEN = re.compile(rf"(?<!\w)entre{SPACE}$", re.IGNORECASE)
_FROM = re.compile(r"(?<!\w)de\s$", re.IGNORECASE)
_PERCENT = re.compile(rf"{SPACE}?%(?!\w)|{SPACE}pour{SPACE}cent(?!\w)")
_OF = re.compile(rf"{SPACE}d(?:e{SPACE}|[’'])")
_TIMES = re.compile(rf"{SPACE}de{SPACE}fois(?!\w)")
_CLOCK = re.compile(rf"{SPACE}?(?:h|heures?)(?!\w)|:\d")
_ABOUT = re.compile(
    rf"(?<!\w)(?P<word>environ|quelque|presque|à{SPACE}peu{SPACE}près|près{SPACE}de|près{SPACE}d[’']|plus{SPACE}de"
    rf"|plus{SPACE}d[’']|moins{SPACE}de|moins{SPACE}d[’']|au{SPACE}moins|jusqu[’']à){SPACE}?$",
    re.IGNORECASE,
)
_ABOUT_ENGLISH = {
    "environ": ("about", "some", "around", "approximately"),
    "quelque": ("some", "about", "around"),
    "presque": ("almost", "nearly"),
    "près": ("nearly", "almost", "close to"),
    "à": ("about", "around", "roughly"),
    "plus": ("more than", "over", "upwards of", "in excess of"),
    "moins": ("fewer than", "less than", "under", "below"),
    "au": ("at least", "no fewer than", "no less than"),
    "jusqu": ("up to", "as many as", "as much as"),
}
_LONGEST_ABOUT = 14
_AGED = re.compile(rf"(?<!\w)âgée?s?{SPACE}(?:de{SPACE}|d[’'])$", re.IGNORECASE)
_DURATION = re.compile(
    rf"{SPACE}(?P<noun>ans?|années?|mois|semaines?|jours?|jour(?:née)?s|heures?|minutes?|secondes?|h|min)(?![\w’'])"
)
_DURATIONS = pairs("""
an=year|ans=years|année=year|années=years|mois=months|semaine=week|semaines=weeks|jour=day|jours=days|journée=day
journées=days|heure=hour|heures=hours|h=hours|min=minutes|minute=minute|minutes=minutes|seconde=second
secondes=seconds
""")
#: What makes "12 heures" a length of time and not a time of day.
_DURING = re.compile(
    rf"(?<!\w)(?:pendant|durant|en|sous|toutes{SPACE}les|plus{SPACE}de|moins{SPACE}de|au{SPACE}moins|environ|quelque|"
    rf"premières|dernières|prochaines|de|près{SPACE}de){SPACE}$",
    re.IGNORECASE,
)
_MINUS = re.compile(r"(?:^|[\s(])[−-]$")
_A_DAY = 24
#: Numbers in words that idioms use ("quinze jours" is two weeks), and those below which English is free in its words.
_LEAST_SETTLED, _IDIOMATIC = 13, frozenset({15, 20, 100, 1000})


@dataclass(frozen=True, slots=True)
class _Amount:
    """One number, or two of a range, with what stands around them.

    Attributes:
        low, high: the numbers; high None for a single one.
        start, end: of the stretch so far.
        link: "to", "between", "dash".
    """

    low: Numeral
    high: Numeral | None
    start: int
    end: int
    link: str = ""

    @property
    def last(self) -> Numeral:
        """The number that the unit stands behind."""
        return self.high or self.low

    def value(self, before: str = "", after: str = "") -> str:
        """The value as fixtures write it."""
        name = f"{self._low_name}..{self.high.name}" if self.high else self.low.name
        return before + name + after

    @property
    def _low_name(self) -> str:
        if self.high and lends_scale(self.low, self.high):
            return Numeral(0, 0, self.low.value * self.high.scale, ("",)).name
        return self.low.name

    def english(self, *, figures: bool, before: str = "", after: str = "") -> str:
        """Write the amount.

        Args:
            figures: whether numbers in words become figures.
            before: a sign, repeated in a range ("€"), or a code, not repeated ("EUR ").
            after: what follows the last number ("%", " km").
        """
        last = self.last.figures if figures else self.last.english[0]
        if not self.high:
            return before + last + after
        first = self.low.figures if figures else self.low.english[0]
        again = before if before and not before[-1].isspace() else ""
        if again and lends_scale(self.low, self.high):
            first += last[last.index(" ") :]
        opening, joined = {"between": ("between ", " and "), "dash": ("", "–")}.get(self.link, ("", " to "))
        return opening + before + first + joined + again + last + after


def lends_scale(low: Numeral, high: Numeral) -> bool:
    """Whether "2 à 3 millions" means two millions: the first number has no scale and is the smaller one."""
    return low.scale == 1 and high.scale != 1 and low.value < high.value / high.scale


def find(text: str) -> Iterator[Fixture]:
    """The amounts of a French text, in order, without overlaps."""
    done = 0
    for begin in START.finditer(text):
        if begin.start() < done:
            continue
        numeral = _signed(text, numeral_at(text, begin.start()))
        if numeral is None:
            continue
        amount = _amount(text, numeral)
        fixture = _money(text, amount) or _percent(text, amount) or _measure(text, amount)
        fixture = fixture or _duration(text, amount) or _plain(text, amount)
        done = amount.end
        if fixture:
            done = max(done, fixture.end)
            yield _about(text, fixture, amount)


def _signed(text: str, numeral: Numeral | None) -> Numeral | None:
    """Take in a minus: "−5 °C"; a hyphen between words or numbers is none."""
    if numeral is None or numeral.spelled or not _MINUS.search(text[max(numeral.start - 2, 0) : numeral.start]):
        return numeral
    ways = tuple(f"−{way}" for way in numeral.english)
    return replace(numeral, start=numeral.start - 1, value=-numeral.value, english=ways)


def _amount(text: str, low: Numeral) -> _Amount:
    """Look for the other end of a range."""
    between = _BETWEEN.search(text[max(low.start - 7, 0) : low.start])
    percent = _PERCENT.match(text, low.end)
    link = (_AND if between else _TO).match(text, percent.end() if percent else low.end)
    high = numeral_at(text, link.end()) if link else None
    if not link or not high or _CLOCK.match(text, high.end) or (percent and not _PERCENT.match(text, high.end)):
        return _Amount(low, None, low.start, low.end)
    if between:
        start = low.start - (between.end() - between.start())
        return _Amount(low, high, start, high.end, "between")
    dash = not any(character.isalpha() for character in link[0])
    rising = low.value < high.value
    if (dash and not (rising and _are_bounds(text, low, high, tight=link[0] in "-‑"))) or not (
        rising or _FROM.search(text[max(low.start - 3, 0) : low.start])
    ):
        return _Amount(low, None, low.start, low.end)
    return _Amount(low, high, low.start, high.end, "dash" if dash else "to")


def _are_bounds(text: str, low: Numeral, high: Numeral, *, tight: bool) -> bool:
    """Whether a dash between two numbers is a range: figures, no code that goes on, not 2024-1234."""
    if low.spelled or high.spelled or is_cut(text, high.end) or low.doubtful or high.doubtful:
        return False
    wide = may_be_year(low) and not may_be_year(high)
    return not (tight and wide)


def _money(text: str, amount: _Amount) -> Fixture | None:
    """Amounts of money: "300 millions d’USD", "USD 3 millions", "1 200 €", "de 2 à 3 milliards d’euros"."""
    found = currencies.before(text, amount.low.start, "fr")
    if found:
        currency, start = found
        end = amount.end
        if is_cut(text, end) and not text[end : end + 1].isspace():
            return None
        start = amount.start if amount.link == "between" and amount.start < start else start
    else:
        behind = currencies.behind(text, _behind_of(text, amount.last), "fr")
        if not behind:
            return None
        currency, end = behind
        start = amount.start
    ways = (
        *(amount.english(figures=True, before=way) for way in _fronts(currency)),
        *(_named(amount, currency, text)),
        amount.english(figures=True, after=f" {currency.code}"),
    )
    return Fixture(start, end, Kind.MONEY, _distinct(ways), amount.value(f"{currency.code} "), origin="amount of money")


def _fronts(currency: currencies.Currency) -> tuple[str, ...]:
    """The sign and the code, as they stand before an amount, the French text's own kind first."""
    return tuple(way[:-1] for way in currency.english("#") if way.endswith("#"))


def _named(amount: _Amount, currency: currencies.Currency, text: str) -> tuple[str, ...]:
    names = tuple(way[1:] for way in currency.english("#") if way.startswith("#"))
    return tuple(amount.english(figures=figures, after=name) for name in names for figures in (True, False))


def _behind_of(text: str, numeral: Numeral) -> int:
    """Where the unit may begin: behind "de" or "d’" where the number is a noun ("millions", "une centaine")."""
    of = _OF.match(text, numeral.end) if numeral.scale != 1 or numeral.round else None
    return of.end() if of else numeral.end


def _percent(text: str, amount: _Amount) -> Fixture | None:
    match = _PERCENT.match(text, amount.end)
    if not match:
        return None
    written = (
        amount.english(figures=True, after="%"),
        amount.english(figures=True, after=" per cent"),
        amount.english(figures=True, after=" percent"),
        amount.english(figures=False, after=" per cent"),
    )
    return Fixture(
        amount.start, match.end(), Kind.PERCENT, _distinct(written), amount.value(after="%"), origin="percentage"
    )


def _measure(text: str, amount: _Amount) -> Fixture | None:
    """Measures: "3,2 tonnes", "85 mètres", "deux mille kilomètres", "25 °C"."""
    at = _behind_of(text, amount.last)
    found = french_unit(text, at)
    if not found:
        return None
    unit, end = found
    one = amount.high is None and amount.low.value == 1
    name = ("" if unit.tight else " ") + (unit.english if one else unit.plural)
    symbol = "" if unit.tight else " " + unit.name
    symbolic = unit.plural == unit.name
    ways = (
        amount.english(figures=symbolic, after=name),
        amount.english(figures=True, after=name),
        amount.english(figures=True, after=symbol) if symbol else "",
    )
    value = amount.value(after=f" {unit.name}")
    return Fixture(amount.start, end, Kind.MEASURE, _distinct(ways), value, origin=f"measure in {unit.name}")


def _duration(text: str, amount: _Amount) -> Fixture | None:
    """Durations: "31 ans", "âgé de 34 ans"; the value is the number, for English says "34-year-old", too."""
    match = _DURATION.match(text, _behind_of(text, amount.last))
    if not match:
        return None
    noun = _DURATIONS[match["noun"]]
    if (
        noun.startswith("hour")
        and amount.last.value < _A_DAY
        and not _DURING.search(text[max(amount.start - 16, 0) : amount.start])
    ):
        return Fixture(
            amount.start, match.end(), Kind.TIME, (amount.english(figures=True, after=" hours"),), settled=False
        )
    one = amount.high is None and amount.low.value == 1
    noun = noun.removesuffix("s") if one else noun.removesuffix("s") + "s"
    start, ways = amount.start, [amount.english(figures=False, after=f" {noun}")]
    if aged := noun.startswith("year") and _AGED.search(text[max(start - 9, 0) : start]):
        start -= aged.end() - aged.start()
        ways.insert(0, "aged " + amount.english(figures=False))
    ways += [amount.english(figures=True, after=f" {noun}"), amount.english(figures=True, after=f"-{noun[:-1]}")]
    settled = _is_settled(amount)
    return Fixture(
        start, match.end(), Kind.MEASURE, _distinct(ways), amount.value(), settled=settled, origin="duration"
    )


def _plain(text: str, amount: _Amount) -> Fixture | None:
    """A number alone; "18 millions de" with its "de", which English has not."""
    last = amount.last
    if (is_cut(text, last.end) and not last.spelled) or (_CLOCK.match(text, last.end) and not last.spelled):
        return None
    ways = [amount.english(figures=False), amount.english(figures=True)]
    if not amount.high:
        ways += last.english
    elif amount.link != "between":
        first, second = amount.low.figures, last.figures
        ways += [f"{first} to {second}", f"{first}–{second}", f"between {first} and {second}"]
    end = amount.end
    if times := _TIMES.match(text, end) if last.scale != 1 else None:
        end, ways = times.end(), [f"{way} times" for way in ways]
    elif last.scale != 1 or last.round:
        end = _without_space(text, _behind_of(text, last))
    return Fixture(
        amount.start,
        end,
        Kind.NUMBER,
        _distinct(ways),
        amount.value(),
        settled=_is_settled(amount),
        origin="number" if not amount.high else "range",
    )


def _without_space(text: str, end: int) -> int:
    """Leave the space behind "de" to the sentence; an elided "d’" has none."""
    return end - 1 if end and text[end - 1].isspace() else end


def _is_settled(amount: _Amount) -> bool:
    numerals = [numeral for numeral in (amount.low, amount.high) if numeral]
    return all(_is_sure(numeral) for numeral in numerals)


def _is_sure(numeral: Numeral) -> bool:
    """Whether English must have this number: figures, large ones in words, round ones but "une dizaine"."""
    if numeral.doubtful:
        return False
    if not numeral.spelled or numeral.scale != 1:
        return True
    if numeral.round:
        return numeral.value not in (10, 12, 15)
    return numeral.value >= _LEAST_SETTLED and numeral.value not in _IDIOMATIC


def _about(text: str, fixture: Fixture, amount: _Amount) -> Fixture:
    """Take in "environ", "près de", and say "about" for a round number."""
    start = fixture.start
    match = _ABOUT.search(text[max(start - _LONGEST_ABOUT, 0) : start])
    if not match and not amount.low.round:
        return fixture
    key = re.split(r"[\s’']", match["word"].lower())[0] if match else "environ"
    ways = tuple(f"{word} {fixture.english[0]}" for word in _ABOUT_ENGLISH[key])
    begin = start - (match.end() - match.start()) if match else start
    return replace(fixture, start=begin, english=_distinct((*ways, *fixture.english)))


def _distinct(ways: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(way for way in ways if way))
