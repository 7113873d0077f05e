"""Names of people and operations: kept letter for letter, a title in front of them made English.

A row of capitalised words is a person's name only where something says so: a title ("Mme"), a known first name, a
position before or behind it ("…, directrice du port"). Otherwise it is suggested and not enforced, and not even that
when one of its words is a common noun ("Conférence", "Port").
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.text.capitals import fold, is_capitals
from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.namewords import COMMON, DAYS_AND_MONTHS, FIRST_NAMES, STARTERS
from toolkit.text.places import is_place
from toolkit.text.rulers import stands_at
from toolkit.text.tables import words

#: Origin of the fixtures that are names of operations.
OPERATION = "name of an operation"

HONORIFICS = {
    "M.": "Mr",
    "Mme": "Ms",
    "Mlle": "Ms",
    "MM.": "Messrs",
    "Mmes": "Mses",
    "Dr": "Dr",
    "Pr": "Professor",
    "Me": "Maître",
}
_OTHER_TITLES = {
    "M.": ("Mr.",),
    "Mme": ("Mrs", "Mrs.", "Ms."),
    "Mlle": ("Miss", "Ms."),
    "Dr": ("Dr.", "Doctor"),
    "Pr": ("Prof.", "Prof"),
    "Me": ("Me",),
}
_S = "[ \u00a0\u202f]"
_UPPER = "A-ZÀ-ÖØ-ÞĀĂĄĆČĎĐĒĘĚĞĪĮŁŃŇŌŐŘŚŠȘŞŤȚŪŮŰŹŻŽ"
_CAPITALISED = (
    rf"(?:[{_UPPER}]\.(?:-?[{_UPPER}]\.)*|(?:[{_UPPER}][’'](?=[{_UPPER}]))?[{_UPPER}][^\W\d_]+(?:[-’'][^\W\d_]+)*)"
)
_PARTICLE = "(?:d[eu]|des|de la|von|van|der|den|el|al|ben|bin|ibn|da|di|dos|le|la)"
_NAME = rf"(?:d[’'])?{_CAPITALISED}(?:{_S}(?:{_PARTICLE}{_S}){{0,2}}{_CAPITALISED}){{0,5}}"
_TITLED = re.compile(
    rf"(?<!\w)(?P<title>M\.|Mme|Mlle|MM\.|Mmes|Dr|Pr|Me){_S}(?P<name>{_NAME})(?:(?P<and>{_S}et{_S})(?P<second>{_NAME}))?(?!\w)"
)
_ROW = re.compile(rf"(?<![\w.@/-]){_CAPITALISED}(?:{_S}(?:{_PARTICLE}{_S}){{0,2}}{_CAPITALISED}){{1,5}}(?![\w@])")
_ELISION = re.compile(r"^(?:[DLdl]|[Qq]u)[’']")
#: "N’Guessan", "O’Brien": before a capital French elides nothing but "de", "le" and "que".
_APOSTROPHE = re.compile(
    rf"(?<![\w.@/’'-])(?P<letter>[{_UPPER}])[’'](?P<rest>[{_UPPER}][^\W\d_]+(?:[-’'][^\W\d_]+)*)(?![\w@])"
)
#: What goes on behind a first name: "Sébastien d’Almeida".
_OF_FAMILY = re.compile(rf"{_S}d[’'](?P<family>[{_UPPER}][^\W\d_]+(?:[-’'][^\W\d_]+)*)(?![\w@])")
_LONE = re.compile(rf"(?<![\w.@/’'-])[{_UPPER}][^\W\d_]+(?:-[{_UPPER}][^\W\d_]+)?(?={_S}d[’'][{_UPPER}])")
#: What may follow a subject: an auxiliary, or a word that ends like a verb in the third person.
_VERB = re.compile(rf"{_S}(?:a|est|sera|aura|doit|peut|dit|ne|n[’']\w+|se|s[’']\w+|[^\W\d_]+(?:ait|era|e|it))(?!\w)")
_SHOUTED_LETTERS = "NOM"
_OPERATION = re.compile(
    rf"(?:(?<!\w)(?P<article>l[’']|L[’']))?(?<![^\W\d_])(?P<word>[Oo]pérations?|OPÉRATIONS?|OPERATIONS?){_S}"
    rf"(?:«\s?(?P<quoted>[^«»\n]{{1,60}}?)\s?»|“(?P<curly>[^“”\n]{{1,60}})”|"
    rf"(?P<name>[{_UPPER}][\w’-]*(?:{_S}(?:(?:de|du|des|la){_S}|d[’'])?(?:[{_UPPER}][\w’-]*|\d[\d.]*\b)){{0,6}}"
    rf"(?:{_S}d[’'][^\W\d_]+|{_S}d[eu]{_S}[^\W\d_]+(?={_S}?(?:[.,;:!?)»]|$)))?))"
)
#: What follows the name of an operation and is no part of it: "l’opération Filet du Conseil".
_OF = re.compile(rf"{_S}(?:d[eu]{_S}|des{_S}|la{_S}|d[’'])(?P<word>\w+)")
_NOT_OPERATIONS = words("INTERPOL Interpol EUROPOL Europol ONU UE OTAN")
_ROLE = (
    r"(?:(?:vice-)?président|directeur|directrice|secrétaire|ministre|chef|cheffe|responsable|maire|préfet|préfète|commissaire|"
    r"ambassadeur|ambassadrice|procureur|procureure|porte-parole|capitaine|commandant|commandante|colonel|général|inspecteur|"
    r"inspectrice|professeur|professeure|docteur|avocat|avocate|juge|coordinateur|coordinatrice|coordonnateur|délégué|"
    r"déléguée|représentant|représentante|conseiller|conseillère|expert|experte|adjudant|adjudante|lieutenant|officier|"
    r"officière|gouverneur|gouverneure|roi|reine|pape|cofondateur|fondateur|fondatrice|journaliste|chercheur|chercheuse)"
)
_ROLE_BEFORE = re.compile(rf"(?<!\w){_ROLE}e?\b[^.;:!?«»()]{{0,80}}$", re.IGNORECASE)
_ROLE_BEHIND = re.compile(
    rf"{_S}?,{_S}(?:(?:le|la|l[’']|ancien|ancienne|son|sa|leur|notre){_S}?)?{_ROLE}", re.IGNORECASE
)
_REACH = 110
_QUOTE = ' \u00a0\u202f«“"—–-'
_BEGINNING = re.compile(r"[.!?:»…][\s«“]+$")


def find(text: str) -> Iterator[Fixture]:
    """The names of people and operations in a French sentence."""
    for match in _OPERATION.finditer(text):
        if fixture := _operation(match):
            yield fixture
    for match in _TITLED.finditer(text):
        yield _titled(text, match)
    for match in _ROW.finditer(text):
        if fixture := _person(text, match):
            yield fixture
    for match in _APOSTROPHE.finditer(text):
        if _is_apostrophed(text, match):
            yield Fixture(match.start(), match.end(), Kind.NAME, (match[0],), origin="name")
    for match in _LONE.finditer(text):
        if end := _family_end(text, match[0], match.end()):
            yield Fixture(match.start(), end, Kind.NAME, (text[match.start() : end],), origin="name")


def _operation(match: re.Match[str]) -> Fixture | None:
    """Write "l’opération Haechi IV" as "Operation Haechi IV"."""
    name, end = match["quoted"] or match["curly"] or match["name"], match.end()
    if match["name"] and (cut := next((of for of in _OF.finditer(name) if _is_owner(of["word"])), None)):
        name, end = name[: cut.start()], match.start("name") + cut.start()
    if name in _NOT_OPERATIONS:
        return None
    plural = match["word"][-1] in "sS"
    word = "operations" if plural else "operation"
    ways = (f"{word.capitalize()} {name}", f"{name} {word}", f"{word} “{name}”", f"“{name}” {word}", f"“{name}”")
    return Fixture(match.start(), end, Kind.NAME, ways, origin=OPERATION)


def _is_owner(word: str) -> bool:
    """Whether a word behind "de" names whose operation it is, or where, and not the operation."""
    return word.lower() in COMMON or _is_acronym(word) or is_place(word) or word.lower() in ("interpol", "europol")


def _titled(text: str, match: re.Match[str]) -> Fixture:
    """Write "M. Louboutin" as "Mr Louboutin"; the name alone satisfies a check."""
    title, name = match["title"], match["name"]
    if not match["second"] or title not in ("MM.", "Mmes"):
        end = _family_end(text, name, match.end("name")) or match.end("name")
        name = text[match.start("name") : end]
        ways = tuple(f"{way} {name}" for way in (HONORIFICS[title], *_OTHER_TITLES.get(title, ())))
        return Fixture(match.start(), end, Kind.NAME, (*ways, name), origin="name with a title")
    both = f"{name} and {match['second']}"
    one = "Mr" if title == "MM." else "Ms"
    ways = (f"{HONORIFICS[title]} {both}", f"{one} {name} and {one} {match['second']}", both)
    return Fixture(match.start(), match.end(), Kind.NAME, ways, origin="names with a title")


def _family_end(text: str, first: str, end: int) -> int:
    """Where "Jean d’Ormesson" ends, whose first name ends here; 0 where "d’" says of what or whence somebody is."""
    match = _OF_FAMILY.match(text, end)
    if not match or fold(re.split("[-’']", first)[0]) not in FIRST_NAMES:
        return 0
    family = match["family"]
    return 0 if is_place(family) or family.lower() in COMMON or _is_acronym(family) else match.end()


def _is_apostrophed(text: str, match: re.Match[str]) -> bool:
    """Whether "N’Guessan", "D’Almeida" is a name: with D and L inside a sentence, or before a verb."""
    letter, rest = match["letter"], match["rest"]
    if rest.isupper():
        return letter in _SHOUTED_LETTERS and not is_capitals(text)
    if letter not in "DL":
        return rest.lower() not in COMMON
    if is_place(rest) or rest.lower() in COMMON or rest in _NOT_OPERATIONS:
        return False
    return not _begins(text, match.start()) or _VERB.match(text, match.end()) is not None


def _begins(text: str, start: int) -> bool:
    """Whether a sentence begins here."""
    return _BEGINNING.search(text[max(start - 6, 0) : start]) is not None or not text[:start].strip(_QUOTE)


def _is_acronym(word: str) -> bool:
    return word.isupper() and len(word) > 1 and "." not in word


def _person(text: str, match: re.Match[str]) -> Fixture | None:
    """A row of capitalised words that is, or may be, somebody's name."""
    start, name = match.start(), match[0]
    elided = _ELISION.match(name)
    if elided and (len(elided[0]) > len("d’") or elided[0][0] in "Ll" or _begins(text, start) or is_place(name[2:])):
        start, name = start + elided.end(), name[elided.end() :]
    at_start = _begins(text, start)
    while (first := name.partition(" ")[0]) != name and (first.lower() in STARTERS or _is_acronym(first)):
        start, name, at_start = start + len(first) + 1, name[len(first) + 1 :], False
    parts = [part for part in re.split(r"[\s’'-]+", name) if part]
    capitalised = [part for part in name.split() if part[0].isupper()]
    if len(capitalised) < 2 or any(part.lower() in COMMON or part.lower() in DAYS_AND_MONTHS for part in parts):
        return None
    if any(map(_is_acronym, capitalised)) or is_place(name):
        return None
    known = fold(re.split("[-’']", capitalised[0])[0]) in FIRST_NAMES
    context = text[max(start - _REACH, 0) : start]
    told = bool(_ROLE_BEFORE.search(context) or _ROLE_BEHIND.match(text, match.end()))
    settled = (known or (told and not at_start)) and not stands_at(text, start)
    return Fixture(start, match.end(), Kind.NAME, (name,), settled=settled, origin="name")
