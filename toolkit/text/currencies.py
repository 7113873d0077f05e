"""Currencies: the names and signs French and English have for them, by ISO 4217 code.

Names are those of CLDR, through Babel, so that "200 couronnes danoises" needs no table of ours; added are the names
that need no country ("dollars", "euros") and the signs. A currency that many countries call the same ("dirhams") and
whose country is not said is named by its noun.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache

from babel import Locale
from babel.numbers import get_currency_name

from toolkit.text.tables import pairs

#: Signs; "$" alone is the United States' where nothing else is said.
SIGNS = {
    "€": "EUR",
    "$": "USD",
    "£": "GBP",
    "¥": "JPY",
    "US$": "USD",
    "$US": "USD",
    "$ US": "USD",
    "CA$": "CAD",
    "C$": "CAD",
    "$CA": "CAD",
    "A$": "AUD",
    "FCFA": "CFA",
    "F CFA": "CFA",
    "CFAF": "CFA",
    "XOF": "CFA",
    "XAF": "CFA",
}
_SHORT_FRENCH = pairs("""
euro=EUR|euros=EUR|dollar=USD|dollars=USD|dollar américain=USD|dollars américains=USD|dollar US=USD|dollars US=USD
dollar des États-Unis=USD|dollars des États-Unis=USD|livre sterling=GBP|livres sterling=GBP|franc suisse=CHF
francs suisses=CHF|franc CFA=CFA|francs CFA=CFA|yen=JPY|yens=JPY|yuan=CNY|yuans=CNY|rouble=RUB|roubles=RUB|rand=ZAR
rands=ZAR|naira=NGN|nairas=NGN|dirham=dirham|dirhams=dirham|dinar=dinar|dinars=dinar|roupie=rupee|roupies=rupee
peso=peso|pesos=peso|couronne=krone|couronnes=krone
""")
_SHORT_ENGLISH = pairs("""
euro=EUR|euros=EUR|dollar=USD|dollars=USD|US dollar=USD|US dollars=USD|U.S. dollars=USD|American dollars=USD
United States dollar=USD|United States dollars=USD|pounds sterling=GBP|pound sterling=GBP|pound=GBP|pounds=GBP
Swiss franc=CHF|Swiss francs=CHF|CFA franc=CFA|CFA francs=CFA|yen=JPY|yuan=CNY|ruble=RUB|rubles=RUB|rouble=RUB
roubles=RUB|rand=ZAR|naira=NGN|nairas=NGN|dirham=dirham|dirhams=dirham|dinar=dinar|dinars=dinar|rupee=rupee
rupees=rupee|peso=peso|pesos=peso|krone=krone|kroner=krone|kronor=krone|crowns=krone|British pounds=GBP
""")
#: English of the currencies that have no code of their own, and of those better known by name.
_NAMES = {
    "CFA": "CFA francs",
    "dirham": "dirhams",
    "dinar": "dinars",
    "rupee": "rupees",
    "peso": "pesos",
    "krone": "kroner",
}
_SIGN_OF = {"EUR": "€", "USD": "$", "GBP": "£", "JPY": "¥", "CAD": "CA$", "AUD": "A$"}
_MOST_WORDS = 5
_WORD = re.compile(r"[ \u00a0\u202f\u2009]?([^\W\d_]+(?:[’'.-][^\W\d_]+)*\.?)")
_SUFFIX_SIGN = re.compile(r"[ \u00a0\u202f\u2009]?(F[ \u00a0\u202f]?CFA|FCFA|\$[ \u00a0]?US|\$CA|[€$£¥])(?!\w)")
_PREFIX = re.compile(r"(?<!\w)(US\$|CA\$|C\$|A\$|[€$£¥]|[A-Z]{3}|CFAF|FCFA)[ \u00a0\u202f\u2009]?$")
_LONGEST_PREFIX = 6
#: Codes that are words in front of a number: "TOP 10", "CUP 2026".
_WORDS_TOO = frozenset({"ALL", "TOP", "CUP", "PEN", "TRY", "BAM"})


@dataclass(frozen=True, slots=True)
class Currency:
    """A currency as a text names it.

    Attributes:
        code: ISO 4217, or the noun that several currencies share.
        written: "sign", "code" or "name": how the French has it.
    """

    code: str
    written: str

    def english(self, amount: str) -> tuple[str, ...]:
        """An amount in English: codes and signs in front (EU Interinstitutional Style Guide 7.3.3), names behind.

        Args:
            amount: ``"1,450"``, ``"12 billion"``.
        """
        sign = _SIGN_OF.get(self.code)
        signed = f"{sign}{amount}" if sign else ""
        coded = f"{self.code} {amount}" if _is_code(self.code) else ""
        named = f"{amount} {_NAMES.get(self.code) or get_currency_name(self.code, 2, 'en')}"
        order = (signed, coded, named) if self.written == "sign" else (coded, named, signed)
        return tuple(way for way in order if way)


def _is_code(code: str) -> bool:
    return code.isupper() and code != "CFA"


@cache
def codes() -> frozenset[str]:
    """All codes of ISO 4217 that CLDR knows."""
    return frozenset(Locale("en").currencies)


@cache
def _names(language: str) -> dict[str, str]:
    """Names, singular and plural, to codes; the short ones of ours win."""
    table: dict[str, str] = {}
    for code in sorted(Locale(language).currencies):
        for count in (1, 2):
            name = get_currency_name(code, count, language)
            if "(" not in name and " " in name:
                table.setdefault(name.replace("'", "’"), code)
    return table | (_SHORT_FRENCH if language == "fr" else _SHORT_ENGLISH)


@cache
def _first_words(language: str) -> frozenset[str]:
    return frozenset(name.split()[0] for name in _names(language))


def behind(text: str, at: int, language: str) -> tuple[Currency, int] | None:
    """The currency behind a number that ends at ``at``, and where it ends; None when there is none.

    Args:
        text: French ("fr") or English ("en") text.
        at: where the number, and a "de" or "d’" behind it, ends.
        language: of the text.
    """
    if match := _SUFFIX_SIGN.match(text, at):
        return Currency(SIGNS[match[1].replace("\u00a0", " ").replace("\u202f", " ")], "sign"), match.end()
    found = None
    words: list[str] = []
    while len(words) < _MOST_WORDS and (match := _WORD.match(text, at)):
        words.append(match[1].replace("'", "’"))
        at = match.end()
        if len(words) == 1:
            code = words[0].rstrip(".")
            if code in codes() or code in SIGNS:
                return Currency(SIGNS.get(code, code), "code"), at - len(words[0]) + len(code)
            if code not in _first_words(language) and words[0] not in _first_words(language):
                return None
        for name, end in ((" ".join(words), at), (" ".join(words).rstrip("."), at - 1)):
            if code := _names(language).get(name, ""):
                found = Currency(code, "name"), end
                break
    return found


def before(text: str, at: int, language: str) -> tuple[Currency, int] | None:
    """The sign or code in front of a number that begins at ``at``, and where it begins."""
    low = max(at - _LONGEST_PREFIX, 0)
    match = _PREFIX.search(text[low:at])
    if not match:
        return None
    found = match[1]
    if found not in SIGNS and (found not in codes() or (found in _WORDS_TOO and language == "fr")):
        return None
    return Currency(SIGNS.get(found, found), "sign" if found in _SIGN_OF.values() or "$" in found else "code"), (
        low + match.start(1)
    )
