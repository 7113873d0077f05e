"""Cardinal numbers in running French: where they stand, what they are worth, how English writes them.

"1 333", "3,2", "18 millions", "huit milliards", "une trentaine". Figures by the Imprimerie nationale: groups of three
with a fixed space, decimal comma; the points that older texts group with are read, too. English groups with commas from
five figures on, or where the French groups (New Hart's Rules 11.1), and spells what the French spells.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from decimal import Decimal

from toolkit.text.counting import COLLECTIVES, FRENCH_ROW, english_words, read_french
from toolkit.text.numbers import french_number

SPACE = "[ \u00a0\u202f\u2009]"
_GROUPED = rf"\d{{1,3}}(?:{SPACE}\d{{3}}){{1,5}}(?![\d])(?:,\d{{1,9}}(?!\d))?"
_POINTED = r"\d{1,3}(?:\.\d{3}){1,5}(?![\d.])(?:,\d{1,3}(?!\d))?"
_PLAIN = r"\d{1,15}(?!\d)(?:,\d{1,9}(?![\d]))?"
_FIGURE = re.compile(rf"(?P<grouped>{_GROUPED})|(?P<pointed>{_POINTED})|(?P<plain>{_PLAIN})")
_ROW = re.compile(FRENCH_ROW, re.IGNORECASE)
_COLLECTIVE = re.compile(rf"une{SPACE}(?P<noun>{'|'.join(COLLECTIVES)})(?!\w)", re.IGNORECASE)
_SCALE = re.compile(
    rf"{SPACE}?(?P<scale>(?:million|milliard|billion|millier)s?)(?P<half>{SPACE}et{SPACE}demie?)?(?!\w)"
)
_SCALE_SIGN = re.compile(
    rf"{SPACE}?(?P<scale>Mds?|Mrds?|M|k|K){SPACE}?(?=[€$£]|(?:d[’'])?(?:euros?|EUR|USD|dollars?)\b)"
)
_SCALES = {
    name: Decimal(10) ** power for name, power in (("millier", 3), ("million", 6), ("milliard", 9), ("billion", 12))
}
_SIGN_SCALES = {"M": "million", "Md": "milliard", "Mds": "milliard", "Mrd": "milliard", "Mrds": "milliard"}
_ENGLISH_SCALES = {"million": "million", "milliard": "billion", "billion": "trillion"}
#: Where a number may begin: not inside a word, a code or another number.
START = re.compile(r"(?<!\w)(?<!\w[-‑–/.,:_])(?=[\dzudtqcsonvhm])", re.IGNORECASE)
_TRAILED = re.compile(r"\.\d|[_/‑:-]\w|[’']\w|,\d")
_LEAST_GROUPED = 5
_YEARS = range(1000, 2200)


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number in a French text.

    Attributes:
        start, end: where it stands, with its scale ("18 millions").
        value: what it is worth.
        english: how English writes it; the first is to be written.
        spelled: whether it is in words (its scale apart).
        scale: 1, or what "millions" is worth: "2 à 3 millions" lends it to the 2.
        round: whether it is a collective ("une trentaine"), and so means "about".
        doubtful: whether it may be something else: "1.333", a row of figures that begins with 0.
    """

    start: int
    end: int
    value: Decimal
    english: tuple[str, ...]
    spelled: bool = False
    scale: Decimal = Decimal(1)
    round: bool = False
    doubtful: bool = False

    @property
    def figures(self) -> str:
        """The English in figures, for amounts of money and measures: "8 billion" for "huit milliards"."""
        return next((way for way in self.english if way[0].isdigit() or way[0] == "−"), self.english[0])

    @property
    def name(self) -> str:
        """The value as fixtures write it."""
        return plain(self.value)


def plain(value: Decimal) -> str:
    """A number without exponent, grouping or needless zeros: ``"1333.5"``."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def numeral_at(text: str, at: int) -> Numeral | None:
    """Read the number that begins at ``at``; None when none does."""
    if match := _FIGURE.match(text, at):
        return _figure(text, match)
    if match := _COLLECTIVE.match(text, at):
        value = COLLECTIVES[match["noun"].lower()]
        return Numeral(at, match.end(), Decimal(value), _spelt(value)[::-1], spelled=True, round=True)
    if match := _ROW.match(text, at):
        return _words(text, at, match[0])
    return None


def _words(text: str, at: int, row: str) -> Numeral | None:
    """A number in words: the longest row that is one."""
    ends = [end.start() for end in re.finditer(r"[\s‑-]|$", row)]
    for end in reversed(ends):
        value = read_french(row[:end])
        if value is not None:
            scaled = _scaled(text, at, at + end, Decimal(value), _spelt(value), spelled=True)
            alone = row[:end].lower() in ("un", "une") and scaled.scale == 1
            return None if alone else scaled
    return None


def _spelt(value: int) -> tuple[str, ...]:
    return (english_words(value), f"{value:,}")


def _figure(text: str, match: re.Match[str]) -> Numeral | None:
    """A number in figures, unless it is only the beginning of a code or version."""
    raw = match[0]
    if match["grouped"]:
        value = _decimal(re.sub(r"\s", "", raw))
        english: tuple[str, ...] = (french_number(raw),)
    elif match["pointed"]:
        value = _decimal(raw.replace(".", ""))
        english = (raw.translate({ord("."): ",", ord(","): "."}),)
    else:
        value = _decimal(raw)
        english = _ungrouped(raw)
    doubtful = bool(match["pointed"] and raw.count(".") == 1 and "," not in raw) or (
        raw[0] == "0" and len(raw) > 1 and raw[1] != ","
    )
    return _scaled(text, match.start(), match.end(), value, english, spelled=False, doubtful=doubtful)


def _decimal(raw: str) -> Decimal:
    return Decimal(raw.replace(",", "."))


def _ungrouped(raw: str) -> tuple[str, ...]:
    """Figures without groups: five or more get commas, four may be a year and stay as they are."""
    whole, comma, decimals = raw.partition(",")
    rest = f".{decimals}" if comma else ""
    grouped = f"{int(whole):,}{rest}"
    if whole[0] == "0" and len(whole) > 1:
        return (raw.replace(",", "."),)
    return (grouped, whole + rest) if len(whole) >= _LEAST_GROUPED or comma else (whole, grouped)


def _scaled(
    text: str,
    start: int,
    end: int,
    value: Decimal,
    english: tuple[str, ...],
    *,
    spelled: bool,
    doubtful: bool = False,
) -> Numeral:
    """Take in the scale behind a number: "18 millions", "3 M€", "deux millions et demi"."""
    english = tuple(dict.fromkeys(english))
    sign = _SCALE_SIGN.match(text, end)
    match = sign or _SCALE.match(text, end)
    if not match:
        return Numeral(start, end, value, english, spelled=spelled, doubtful=doubtful)
    name = match["scale"].rstrip("s") if not sign else _SIGN_SCALES.get(match["scale"], "millier")
    scale = _SCALES[name]
    if not sign and match["half"]:
        value += Decimal("0.5")
        english = (plain(value),)
    ways = tuple(f"{way} {_ENGLISH_SCALES[name]}" for way in english) if name in _ENGLISH_SCALES else ()
    if value == 1 and ways:
        ways = (*ways, f"a {_ENGLISH_SCALES[name]}")
    stop = match.start("scale") + len(match["scale"]) if sign else match.end()
    return Numeral(start, stop, value * scale, ways or (f"{value * scale:,f}",), spelled=spelled, scale=scale)


def is_cut(text: str, end: int) -> bool:
    """Whether a code, a version or a word goes on where a number ends: "24/7", "2.5", "5G"."""
    return bool(_TRAILED.match(text, end)) or text[end : end + 1].isalnum() or text[end : end + 1] == "_"


def may_be_year(numeral: Numeral) -> bool:
    """Whether four figures without a space may be a year."""
    return not numeral.spelled and numeral.end - numeral.start == 4 and numeral.value in _YEARS
