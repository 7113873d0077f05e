"""What goes through a translation letter for letter: addresses, handles, telephone numbers, file names, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.fixtures import Fixture, Kind, settle

_S = "[ \u00a0\u202f\u2009]"
_URL = re.compile(r"(?:https?://|www\.)[^\s«»“”\"<>\u00a0\u202f]+")
_DOMAIN = re.compile(
    r"(?<![\w@./-])(?:[a-z0-9-]{1,63}\.){1,4}(?:com|org|net|int|fr|eu|be|ch|ca|info|example|gov|edu|io|uk|de|lu)"
    r"(?:/[^\s«»“”\"<>]*)?(?![\w-])",
    re.IGNORECASE,
)
_MAIL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}")
_HANDLE = re.compile(r"(?<![\w@.])@\w{2,30}(?![\w@])")
_HASHTAG = re.compile(r"(?<![\w#&])#[^\W\d]\w{1,40}")
_PHONE = re.compile(
    rf"(?<![\w+])(?:\+\d{{1,3}}(?:{_S}?\(0\))?(?:[ \u00a0\u202f\u2009.-]\d{{1,4}}){{2,6}}"
    rf"|0\d(?:[ \u00a0\u202f\u2009.-]\d\d){{4}}|0[1-9]\d{{8}})(?![\w-])"
)
_FILE = re.compile(
    r"(?<![\w./-])[\w-]{1,80}(?:\.[\w-]{1,40}){0,3}\.(?:pdf|docx?|xlsx?|pptx?|odt|ods|csv|tsv|json|xml|html?|txt|md|"
    r"zip|jpe?g|png|svg|mp[34]|po|toml|py)(?![\w-])",
    re.IGNORECASE,
)
#: Letters and digits joined by hyphens, slashes or points: I-24/7, A/RES/75/1, ISO 9001, S/2023/12, COP21, 5G.
_CODE = re.compile(
    rf"(?<![\w/@.-])(?:(?:ISO|EN|IEC|NF|DIN|RFC|CE|UE|EU){_S}(?:/IEC{_S})?\d[\w./:-]*\w|\d(?=[A-Z])[A-Z](?!\w)"
    r"|(?=[A-Z0-9/.-]{1,40}\d)(?:[A-Z]{1,12}\d*|\d{1,6}[A-Z]{1,6}\d*)(?:[/-][A-Z0-9]{1,12}|\.\d{1,6}){0,6})(?![\w/@-])"
)
_VERSION = re.compile(
    rf"(?<![\w.,])(?:v\d{{1,4}}(?:\.\d{{1,4}}){{0,3}}|(?!\d{{1,3}}(?:\.\d{{3}})+(?![\d.]))\d{{1,4}}(?:\.\d{{1,4}}){{2,4}}|(?<=version{_S})\d+\.\d+)(?![\w.]\w|\w)"
)
_SLASHED = re.compile(r"(?<![\w/.,])\d{1,4}(?:/\d{1,4}){1,3}(?![\w/])")
#: Five figures before a capitalised place: a postal code.
_POSTCODE = re.compile(
    rf"(?:(?<=^)|(?<=[,\n–—-]{_S})|(?<=[A-Z]-))(?P<code>\d{{5}}|\d{{2}}{_S}\d{{3}})(?={_S}[A-ZÀ-Þ][\w-]+(?:{_S}[Cc][Ee][Dd][Ee][Xx])?)"
)
_TRAILING = ".,;:!?…)]}'’"

_RULES = (
    (_URL, Kind.ADDRESS, "web address"),
    (_MAIL, Kind.ADDRESS, "mail address"),
    (_DOMAIN, Kind.ADDRESS, "web address"),
    (_HANDLE, Kind.ADDRESS, "handle"),
    (_HASHTAG, Kind.ADDRESS, "hashtag"),
    (_PHONE, Kind.ADDRESS, "telephone number"),
    (_FILE, Kind.ADDRESS, "file name"),
    (_CODE, Kind.CODE, "code"),
    (_VERSION, Kind.CODE, "version"),
    (_SLASHED, Kind.CODE, "code"),
    (_POSTCODE, Kind.ADDRESS, "postal code"),
)


def verbatim(text: str) -> tuple[Fixture, ...]:
    """The stretches of a text that no language changes, in order, without overlaps."""
    return settle(_found(text))


def _found(text: str) -> Iterator[Fixture]:
    for pattern, kind, origin in _RULES:
        for match in pattern.finditer(text):
            words = match[0] if pattern is not _URL else _trimmed(match[0])
            if words:
                yield Fixture(match.start(), match.start() + len(words), kind, (words,), origin=origin)


def _trimmed(address: str) -> str:
    """A web address without the punctuation of its sentence; a bracket that it opened itself stays."""
    while address and address[-1] in _TRAILING:
        if address[-1] == ")" and address.count("(") >= address.count(")"):
            break
        address = address[:-1]
    return address
