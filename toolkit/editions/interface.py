"""The words of the interface, in French and in English, by gettext.

Code and templates hold the English; ``locale/fr.po`` has the French, and any PO editor changes it. ``make messages``
collects what is new. Values stand in braces (``{count}``), as in ``str.format``; French typography (no-break spaces,
guillemets) is in the catalogue. Plural forms are gettext's: in French 0 and 1 are both singular.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from gettext import GNUTranslations, NullTranslations
from importlib.resources import files
from io import BytesIO
from typing import TypeVar

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po

#: Languages that the interface speaks besides English.
TRANSLATED = ("fr",)

_Key = TypeVar("_Key")


@dataclass(frozen=True, slots=True)
class Words:
    """One expression in both languages of the interface."""

    fr: str
    en: str

    def in_(self, language: str) -> str:
        """In French for a French reader, in English for any other."""
        return self.fr if base(language) == "fr" else self.en


def both(message: str, **values: object) -> Words:
    """A message in both languages."""
    return Words(say("fr", message, **values), say("en", message, **values))


def both_in(context: str, message: str, **values: object) -> Words:
    """As ``both``, for English words that French says differently in different places: the context tells which."""
    return Words(say_in("fr", context, message, **values), say_in("en", context, message, **values))


def both_plural(one: str, many: str, count: int, **values: object) -> Words:
    """A message that counts something; ``{count}`` in it is the number."""
    return Words(*(say_plural(language, one, many, count, **values) for language in ("fr", "en")))


def say(language: str, message: str, **values: object) -> str:
    """A message in one language: a BCP 47 tag; English where the interface does not speak it."""
    return _filled(_said(base(language), message), values)


def say_in(language: str, context: str, message: str, **values: object) -> str:
    """As ``say``, with a context."""
    return _filled(_translations(base(language)).pgettext(context, message), values)


def say_plural(language: str, one: str, many: str, count: int, **values: object) -> str:
    """As ``both_plural``, in one language."""
    return _filled(_translations(base(language)).ngettext(one, many, count), {"count": count, **values})


def message(text: str) -> str:
    """Marks a message that is translated later: ``Table`` or ``both`` is given it."""
    return text


class Table(Mapping[_Key, Words]):
    """Messages by what they are of, in both languages. Nothing is read before one is asked for."""

    def __init__(self, messages: Mapping[_Key, str]) -> None:
        self._messages = messages
        self._made: dict[_Key, Words] = {}

    def __getitem__(self, key: _Key) -> Words:
        if key not in self._made:
            self._made[key] = both(self._messages[key])
        return self._made[key]

    def __iter__(self) -> Iterator[_Key]:
        return iter(self._messages)

    def __len__(self) -> int:
        return len(self._messages)


@cache
def base(language: str) -> str:
    """The primary subtag of a BCP 47 tag: "fr" for "fr-CA"."""
    return language.partition("-")[0].lower()


def _filled(text: str, values: Mapping[str, object]) -> str:
    return text.format(**values) if values else text


@cache
def _said(language: str, message: str) -> str:
    return _translations(language).gettext(message)


@cache
def _translations(language: str) -> NullTranslations:
    if language not in TRANSLATED:
        return NullTranslations()
    file = files("toolkit.editions").joinpath("locale", f"{language}.po")
    compiled = BytesIO()
    with file.open("rb") as source:
        write_mo(compiled, read_po(source, locale=language))
    compiled.seek(0)
    return GNUTranslations(compiled)
