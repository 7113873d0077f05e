"""L, continued: English that is English: articles, repetition, capitals, ends, length."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import groupby

from toolkit.checks import dictionary
from toolkit.checks.leftovers import SMALL, WORD, content
from toolkit.checks.model import ERROR, GAP, NOTE, WARNING, About, Knowledge, Problem, Sentence, quoted, sentence_check
from toolkit.text.articles import article as article_of
from toolkit.text.capitals import fold, is_capitals
from toolkit.text.dates import DAYS, MONTHS
from toolkit.text.tables import words

_LONG_WORD = re.compile(r"[^\W\d_]{8,}")
_SYLLABLES = re.compile(r"([^\W\d_]{2,6}?)\1{3,}", re.IGNORECASE)


@sentence_check(
    About(
        "L105",
        WARNING,
        "a or an",
        "“an” before a vowel’s sound, “a” before any other.",
        "Un accord a été signé.",
        "A agreement was signed.",
        "An agreement was signed.",
    )
)
def article(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Articles against the sound of the next word; nothing is said of single letters and foreign words."""
    for match in re.finditer(r"(?<![\w.’'-])(an?|An?|AN)[ \u00a0][“‘(]?([^\W\d_]+|\d[\d,.]*)", line.english):
        word = match[2]
        wanted = article_of(word) if word[0].isdigit() or (len(word) > 1 and word.isascii()) else ""
        if wanted and match[1].lower() != wanted:
            yield Problem(f"article: {quoted([match[0]])}", f"write {wanted} {word}")


@sentence_check(
    About(
        "L106",
        WARNING,
        "A word stands twice",
        "“the the”: a slip of the hand.",
        "Le port est fermé.",
        "The the port is closed.",
        "The port is closed.",
        any_language=True,
    )
)
def word_twice(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """The same word twice running, unless the French has it so or English does."""
    for match in re.finditer(r"(?<![\w’'-])([^\W\d_]+) \1(?![\w’'-])", line.english, re.IGNORECASE):
        word = match[1].lower()
        if word not in {"that", "had", "very", "so", "no", "many"} and not _doubled(word, line.french):
            yield Problem(f"twice: {quoted([match[0]])}", "delete one")


def _doubled(word: str, french: str) -> bool:
    """Whether the French doubles a word, or names itself so ("Baden Baden")."""
    return re.search(r"(?<!\w)([^\W\d_]+)[ -]\1(?!\w)", french, re.IGNORECASE) is not None


@sentence_check(
    About(
        "L107",
        ERROR,
        "The same words again and again",
        "A model that lost its way repeats itself.",
        "Le port est fermé.",
        "The port of the port of the port of the sea.",
        "The port is closed.",
        any_language=True,
    )
)
def loop(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """One to eight words three times running, or a syllable four times, where the French has nothing like it."""
    found = _loop(content(line.english))
    if found and not _loop(content(line.french)):
        yield Problem(f"again and again: {quoted([found])}", "translate the sentence anew")
        return
    syllable = _syllable(line.english)
    if syllable and not _syllable(line.french):
        yield Problem(f"again and again: {quoted([syllable[:30]])}", "translate the sentence anew")


def _syllable(text: str) -> str:
    """The first two to six letters that stand four times running, with all their repetitions; "" for none."""
    words = _LONG_WORD.findall(text)  # what has eight letters at least
    found = _SYLLABLES.search(" ".join(words)) if words else None
    return found[0] if found else ""


def _loop(tokens: list[str]) -> str:
    """One to eight words that stand three times running; "" for none."""
    if len(tokens) - len(set(tokens)) < 2:
        return ""
    often = {token for token, count in Counter(tokens).items() if count > 2}
    longest = max((len([*run]) for is_often, run in groupby(tokens, often.__contains__) if is_often), default=0)
    for size in range(1, min(8, longest // 3) + 1):
        run = 0
        for at in range(size, len(tokens)):
            run = run + 1 if tokens[at] == tokens[at - size] else 0
            if run >= size * 2:
                return " ".join(tokens[at - size + 1 : at + 1])
    return ""


def _first_letter(text: str) -> str:
    return next((character for character in text if character.isalnum() or character == GAP), "")


@sentence_check(
    About(
        "L108",
        WARNING,
        "The first letter",
        "The French begins with a capital, the English with a small letter.",
        "Le port est fermé.",
        "the port is closed.",
        "The port is closed.",
    )
)
def first_letter(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Sentences, headings and captions; list items and cells may begin as they like."""
    french, english = _first_letter(line.french), _first_letter(line.english)
    if line.context in (None, "heading", "caption", "attribute") and french.isupper() and english.islower():
        yield Problem("begins with a small letter", f"write {english.upper()}")


@sentence_check(
    About(
        "L109",
        WARNING,
        "Capitals",
        "One of the two is set in capitals, the other is not.",
        "UN ACCORD EST SIGNÉ À GENÈVE",
        "An agreement is signed in Geneva",
        "AN AGREEMENT IS SIGNED IN GENEVA",
    )
)
def capitals(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Whole sentences in capitals, in one language only."""
    french, english = is_capitals(line.french), is_capitals(line.english)
    if french and not english and any(map(str.islower, line.english)):
        yield Problem("the French is in capitals, the English is not", "set both alike, so that the page looks alike")
    elif english and not french and any(map(str.islower, line.french)):
        yield Problem("the English is in capitals, the French is not", "write small letters")


_CLOSERS = "”’\"'»)]› \u00a0\u202f"


def _ending(text: str) -> str:
    text = text.rstrip(_CLOSERS)
    return "…" if text.endswith(("…", "...")) else text[-1:] if text[-1:] in ".?!:;,…" else ""


@sentence_check(
    About(
        "L110",
        WARNING,
        "The end of the sentence",
        "French and English end with the same mark; a question stays a question.",
        "Qui surveille les quais la nuit ?",
        "Who watches the quays at night.",
        "Who watches the quays at night?",
        rule="an abbreviation’s period may be a sentence’s last letter only",
    )
)
def ending(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Last marks, quotation marks and brackets aside."""
    french, english = _ending(line.french), _ending(line.english)
    if french == english or {french, english} <= {".", "…"} or {french, english} <= {".", "!"}:
        return
    if _abbreviated(line.french) or _abbreviated(line.english) or GAP in (line.french[-2:] + line.english[-2:]):
        return
    if {french, english} == {"", "."} and re.search(r"\.[”’\"»]?\W*$", line.french + "|"):
        return
    if re.search(r"[?!…][ \u00a0\u202f]?[»”\"]", line.french[-60:]) and english in (".", ",", "?", "!"):
        return
    shown = {"": "no mark"}
    hint = f"the French ends with {shown.get(french, french)}, the English with {shown.get(english, english)}"
    yield Problem("ends with another mark than the French", hint)


def _abbreviated(text: str) -> bool:
    """Whether the last word is an abbreviation: "P.C.N.", "4 h.", "a.m.", "Lucette B."."""
    return re.search(r"(?:\b[^\W\d_]\.|\b[^\W\d_]\.[^\W\d_]|\betc\.?)\W*$", text) is not None


_NOT_TITLED = words(
    "a an the and but or nor for so yet at by in of off on per to up via as if from into onto over with than that"
)


@sentence_check(
    About(
        "L111",
        NOTE,
        "A headline in title case",
        "Headlines are set like sentences: a capital at the beginning and in names only.",
        "Un nouveau service de signalement ouvre lundi",
        "A New Reporting Service Opens on Monday",
        "A new reporting service opens on Monday",
        context="heading",
        rule="UN Editorial Manual, capitals; most newsrooms do the same",
    )
)
def title_case(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Headings whose words nearly all have capitals, though they are neither names nor in capitals in the French."""
    if line.context != "heading" or is_capitals(line.english) or is_capitals(line.french):
        return
    names = {fold(word) for word in re.findall(r"[A-ZÀ-Þ][\w’'-]*", line.french)[1:]}
    ways = " ".join(way for one in know.fixtures(line.source) for way in one.english)
    plain = [
        word
        for word in WORD.findall(line.english)[1:]
        if word.lower() not in _NOT_TITLED
        and not word.isupper()
        and fold(word) not in names
        and word not in ways
        and dictionary.known(word.lower())
    ]
    if len(plain) >= 3 and sum(word[0].isupper() for word in plain) >= 0.8 * len(plain):
        french = [word for word in WORD.findall(line.french)[1:] if len(word) > 3]
        if sum(word[0].isupper() for word in french) < 0.5 * max(1, len(french)):
            yield Problem("the headline is in title case", "write it like a sentence")


_CAPITAL_WORDS = words(
    """
    english french german belgian dutch italian spanish european american british swiss african asian russian chinese
    portuguese polish europe france germany belgium italy spain africa asia
    """
) | {name.lower() for name in (*MONTHS.values(), *DAYS.values())} - {"march", "may"}


@sentence_check(
    About(
        "L112",
        WARNING,
        "A small letter in a name",
        "Months, days, languages, nations and countries take a capital in English.",
        "Le port rouvre lundi, en présence du ministre belge.",
        "The port reopens on monday, in the presence of the belgian minister.",
        "The port reopens on Monday, in the presence of the Belgian minister.",
        rule="New Hart’s Rules, capitalization",
    )
)
def small_names(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Names of the calendar, nations and languages in small letters; "march" and "may" beside a figure."""
    small = SMALL.findall(line.english)
    found = [word for word in dict.fromkeys(small) if word.split("-")[0].split("’")[0] in _CAPITAL_WORDS]
    found += re.findall(r"\b\d{1,2} (march|may)\b", line.english)
    if found:
        hint = f"write {', '.join(word[0].upper() + word[1:] for word in found)}"
        yield Problem(f"a small letter: {quoted(found)}", hint)


@sentence_check(
    About(
        "L113",
        WARNING,
        "Much longer than the French",
        "Something was added, or a model went on talking.",
        "Le port est fermé jusqu’à lundi.",
        "The port is closed until Monday, and everybody who would like to know more about the reasons is kindly "
        "invited to come and ask the harbour master.",
        "The port is closed until Monday.",
        any_language=True,
    )
)
def too_long(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """More than twice as long, for sentences of twenty characters and more."""
    given, got = len(line.source), len(line.target)
    if given >= 20 and got > 2 * given + 20:
        yield Problem(f"{got} characters for {given}", "compare it with the French")


@sentence_check(
    About(
        "L114",
        WARNING,
        "Much shorter than the French",
        "Part of the sentence is missing.",
        "Le registre, tenu depuis 1902, peut être consulté par tous les bateliers, à toute heure.",
        "The register may be consulted.",
        "Kept since 1902, the register may be consulted by all barge operators at any time.",
        any_language=True,
    )
)
def too_short(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Less than 45 per cent as long, for sentences of forty characters and more."""
    given, got = len(line.source), len(line.target)
    if given >= 40 and got < 0.45 * given:
        yield Problem(f"{got} characters for {given}", "compare it with the French")
