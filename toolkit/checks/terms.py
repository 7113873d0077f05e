"""T: terms of the glossary, names, titles, acronyms, codes."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from rapidfuzz import fuzz

from toolkit.checks import dictionary
from toolkit.checks.model import ERROR, NOTE, WARNING, About, Knowledge, Problem, Sentence, quoted, sentence_check
from toolkit.text.capitals import fold, is_capitals
from toolkit.text.fixtures import Kind
from toolkit.text.places import english_city, english_country
from toolkit.text.tables import words

_NAME = r"[A-ZÀ-ÖØ-Þ][\w’'-]*[^\W\d_]"
_PARTICLES = r"(?:d[eu]|des|la|le|van|von|der|den|ben|bin|al|el|da|dos|di)"
_HONORED = re.compile(
    rf"(?<!\w)(?:MM?\.|M(?:mes?|lles?|es?)|D[rR]s?|Pr|le juge|la juge)[ \u00a0\u202f]+"
    rf"(?P<name>(?:{_NAME}|[A-Z]\.)(?:[ -](?:{_PARTICLES} )?(?:{_NAME}|[A-Z]\.))*)"
)
#: "Me Le Goff" is counsel; "le" inside a name and titles of office are none.
_NO_NAME = words(
    """
    Président Présidente Directeur Directrice Ministre Secrétaire Commissaire Procureur Procureure Juge Capitaine
    """
)
_CAPITALISED = re.compile(_NAME)
_ACRONYM = re.compile(r"(?<![\w.-])(?:[A-Z]\.){2,}(?:[A-Z](?!\w))?|(?<![\w.])[A-Z][A-Z]{1,7}s?(?![\w])")
#: Capitals that are no acronyms: currencies, Roman figures, parts of datelines.
_NO_ACRONYM = words(
    "MM EUR USD GBP CHF JPY II III IV VI VII VIII IX XI XII XIII XIV XV XVI XVII XVIII XIX XX XXI AM PM OK"
)
_ALIKE = 78


@sentence_check(
    About(
        "T101",
        WARNING,
        "A term of the glossary is not followed",
        "The glossary settles the English of this term. Use it, or give the reason in a suppression.",
        "Les P.C.N. se retrouvent à Anvers.",
        "The focal points are meeting in Antwerp.",
        "The NCPs are meeting in Antwerp.",
        any_language=True,
    )
)
def term_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Settled terms without any of their renderings."""
    for one in know.missing(line.source, line.target):
        if one.kind is Kind.TERM and one.english:
            origin = f" ({one.origin})" if one.origin else ""
            yield Problem(
                f"term not followed: {quoted([one.source(line.source)])}",
                f"the glossary says {' or '.join(one.english[:3])}{origin}",
            )


@sentence_check(
    About(
        "T102",
        ERROR,
        "A forbidden term",
        "The glossary says that this English must not be used.",
        "Les bateliers ont été entendus.",
        "The boat people were heard.",
        "The barge operators were heard.",
        any_language=True,
    )
)
def forbidden_term(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """What the glossary forbids, for this French or at all."""
    for one in know.forbidden(line.source, line.target):
        hint = " ".join(part for part in (one.note, f"({one.origin})" if one.origin else "") if part)
        yield Problem(f"forbidden term: {quoted([one.english])}", hint)


@sentence_check(
    About(
        "T103",
        ERROR,
        "A name is misspelt",
        "The English has nearly, but not quite, a name of the French.",
        "Mme Corvaisier a ouvert la séance à Nantes.",
        "Ms Corvasier opened the session in Nantes.",
        "Ms Corvaisier opened the session in Nantes.",
        any_language=True,
    )
)
def name_misspelt(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Capitalised words that are no English words, not in the French, and close to one that is missing."""
    for word, name in _misspelt(line, know):
        yield Problem(f"{quoted([word])} is nearly {quoted([name])}", f"if it is the name, write {name}")


def _misspelt(line: Sentence, know: Knowledge) -> Iterator[tuple[str, str]]:
    """Words that are nearly names, and the names."""
    if is_capitals(line.french) or is_capitals(line.english):
        return
    there = set(_CAPITALISED.findall(line.french.replace("'", "’")))
    english = {_unpossessive(word) for word in _CAPITALISED.findall(line.english.replace("'", "’"))}
    folded = {fold(word) for word in there}
    missing = [word for word in sorted(there - english) if len(word) > 3 and not _translated(word)]
    for word in sorted(english - there):
        if len(word) < 4 or fold(word) in folded or word.lower() in know.words or dictionary.known(word.lower()):
            continue
        near = [name for name in missing if fuzz.ratio(name, word) >= _ALIKE]
        if near and word.lower() not in _renderings(line, know):
            yield word, near[0]


def _unpossessive(word: str) -> str:
    return re.sub(r"[’']s?$", "", word)


def _translated(name: str) -> bool:
    return bool(english_city(name) or english_country(name)) and (english_city(name) or english_country(name)) != name


def _renderings(line: Sentence, know: Knowledge) -> str:
    return " ".join(way for one in know.fixtures(line.source) for way in one.english).lower()


@sentence_check(
    About(
        "T104",
        WARNING,
        "A name is missing",
        "The French names a person whom the English does not.",
        "« Rien n’est joué », a dit Mme Ysaline Corvaisier.",
        "“Nothing is settled,” said the Secretary General.",
        "“Nothing is settled,” said Ysaline Corvaisier.",
        any_language=True,
    )
)
def name_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Family names behind a title ("M.", "Mme", "Me", "Dr")."""
    english = fold(line.target.replace("'", "’"))
    for match in _HONORED.finditer(line.french):
        parts = [part for part in re.split(r"\s", match["name"]) if part not in _NO_NAME]
        surname = next((part for part in reversed(parts) if len(part) > 2), parts[-1] if parts else "")
        if surname and surname[0].isupper() and fold(surname.replace("'", "’")) not in english:
            near = any(fuzz.ratio(surname, word) >= _ALIKE for word in _CAPITALISED.findall(line.english))
            if not near and not know.settles(line.french, match.start("name")):
                yield Problem(f"a name is missing: {quoted([match['name']])}", "name the person, as the French does")


@sentence_check(
    About(
        "T105",
        WARNING,
        "An acronym is missing",
        "The French has an acronym, the English neither it nor another in its place.",
        "L’avis d’AMARRE et de l’OETP est attendu.",
        "The opinion of AMARRE is awaited.",
        "The opinions of AMARRE and the EOPT are awaited.",
    )
)
def acronym_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Distinct acronyms that are in the French only, against those in the English only."""
    french, english = _acronyms(line.french), _acronyms(line.english)
    lost, new = sorted(french - english), english - french
    capitals = is_capitals(line.french) or is_capitals(line.english)
    settled = {name for one in know.fixtures(line.source) if one.settled for name in _acronyms(one.source(line.source))}
    spelled = [name for name in lost if name not in settled and name + "S" not in english]
    if len(spelled) > len(new) + len(_spelled_out(line)) and not capitals:
        yield Problem(f"acronym missing: {quoted(spelled)}", "keep it, or use the English one")


def _spelled_out(line: Sentence) -> list[str]:
    """Names of two words and more that the French does not have: "United Nations" for ONU."""
    found = re.findall(r"[A-Z][a-z]+(?:(?: of| for| on| and| the| against)* [A-Z][a-z]+)+", line.english)
    return [name for name in found if name not in line.french]


def _acronyms(text: str) -> set[str]:
    found = (match[0].removesuffix("s").replace(".", "") for match in _ACRONYM.finditer(text))
    return {name for name in found if name not in _NO_ACRONYM}


@sentence_check(
    About(
        "T106",
        NOTE,
        "An acronym from nowhere",
        "The English has an acronym where the French has none.",
        "Le réseau relie les ports.",
        "The ECU network links the ports.",
        "The network links the ports.",
    )
)
def acronym_added(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Acronyms of the English that nothing in the French accounts for."""
    if is_capitals(line.english) or _acronyms(line.french):
        return
    expected = _acronyms(" ".join(way for one in know.fixtures(line.source) for way in one.english))
    gloss = {"".join(word[0] for word in re.findall(r"[A-Z]\w+", line.english))}
    for name in sorted(_acronyms(line.english) - expected):
        if name.lower() not in know.words and not any(name in letters for letters in gloss):
            yield Problem(f"not in the French: {quoted([name])}", "spell it out, or leave it away")


@sentence_check(
    About(
        "T107",
        WARNING,
        "A French title was left",
        "“M.”, “Mme”, “Me” are Mr, Ms and counsel’s name alone in English.",
        "Mme Corvaisier a ouvert la séance.",
        "Mme Corvaisier opened the session.",
        "Ms Corvaisier opened the session.",
    )
)
def french_title(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """A title that stands in both before the same name."""
    for match in re.finditer(rf"(?<!\w)(MM?\.|M(?:mes?|lles?|e))[ \u00a0\u202f]+(?={_NAME})", line.english):
        if match[1] in line.french and not _initial(line, match):
            yield Problem(
                f"a French title: {quoted([match[1]])}", "write Mr, Ms, Messrs; before counsel’s name nothing"
            )


def _initial(line: Sentence, match: re.Match[str]) -> bool:
    """Whether the M. is a person's initial: "J. M. Keller"."""
    return match[1] == "M." and bool(re.search(r"[A-Z]\.\s$", line.english[: match.start()]))


@sentence_check(
    About(
        "T108",
        ERROR,
        "A code is missing or changed",
        "Codes, file names and handles go through letter for letter.",
        "Les avis passent par le réseau R-12/4.",
        "Notices go through the R-12-4 network.",
        "Notices go through the R-12/4 network.",
        any_language=True,
    )
)
def code_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Codes that are found as fixtures, and what looks like one: letters, hyphen, figures and strokes."""
    lost = [one.source(line.source) for one in know.missing(line.source, line.target) if one.kind is Kind.CODE]
    lost += [code for code in re.findall(r"(?<![\w/])[A-Z]+-?\d+/\d+(?![\w/])", line.source) if code not in line.target]
    if lost:
        yield Problem(f"code missing or changed: {quoted(list(dict.fromkeys(lost)))}", "write it as in the French")


@sentence_check(
    About(
        "T109",
        WARNING,
        "A name that the glossary or a rule keeps is missing",
        "Names of operations, do-not-translate terms and acronyms with settled English.",
        "L’opération « Marée Basse » s’achève.",
        "Operation “Low Tide” is coming to an end.",
        "Operation “Marée Basse” is coming to an end.",
        any_language=True,
    )
)
def kept_name_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Settled names and acronyms without any of their renderings; misspelt ones are told as such."""
    told = [name for _, name in _misspelt(line, know)]
    for one in know.missing(line.source, line.target):
        french = one.source(line.source)
        misspelt = any(name in french.replace("'", "’") for name in told)
        if one.kind in (Kind.NAME, Kind.ACRONYM) and one.english and not misspelt:
            yield Problem(f"missing: {quoted([french])}", f"in English: {' or '.join(one.english[:3])}")


@sentence_check(
    About(
        "T110",
        NOTE,
        "Capitals of a term",
        "The glossary writes this term with capitals, the English without.",
        "La P.C.N. d’Anvers est saisie.",
        "The ncp in Antwerp has been called in.",
        "The NCP in Antwerp has been called in.",
    )
)
def term_capitals(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Terms that stand in the English only with other capitals than in a rendering of theirs; headlines aside."""
    if is_capitals(line.english):
        return
    for one in know.fixtures(line.source):
        if one.kind is Kind.TERM and one.settled and (found := _other_capitals(one.english, line.english)):
            right = next(way for way in one.english if way.lower() == found.lower())
            yield Problem(f"capitals: {quoted([found])}", f"the glossary writes {right}")


def _other_capitals(ways: Sequence[str], english: str) -> str:
    """A rendering with capitals as it stands in the English without them; "" where there is none, or a right one."""
    if any(re.search(_whole(way), english) for way in ways):
        return ""
    found = (re.search(_whole(way), english, re.IGNORECASE) for way in ways if not way.islower())
    wrong = next((match[0] for match in found if match), "")
    return "" if wrong.isupper() else " ".join(wrong.split())


def _whole(rendering: str) -> str:
    words = r"\s+".join(map(re.escape, rendering.split()))
    return rf"(?<!\w){words}(?!\w)"
