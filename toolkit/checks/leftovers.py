"""L: what was left in French, and spelling."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.checks import dictionary
from toolkit.checks.model import ERROR, WARNING, About, Knowledge, Problem, Sentence, quoted, sentence_check
from toolkit.text.tables import words

WORD = re.compile(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*")
SMALL = re.compile(r"(?<![\w’'@#.-])[a-zà-öø-ÿœ]+(?:[’'-][^\W\d_]+)*(?![\w@.]\w)")
_FRENCH_LITTLE = words(
    "des une les aux avec dans est sont été ont cette ces nous vous ils elles leur leurs mais donc qui que dont pas"
    " très plus sur sous chez vers entre afin selon lors ainsi aussi même être avoir fait deux trois"
)
#: Up to six words, of which the first has a capital; looked for behind each capital.
_NAMES = re.compile(r"(?<![\w’-])(?:[dlDL]’)?(?=([A-ZÀ-Þ][\w’-]*(?:[ \u00a0\u202f][\w’-]+){1,5}))")
#: Drugs have one name in all languages; stems of the World Health Organization's international names.
_DRUG = re.compile(r".{3,}(?:adol|azepam|azolam|cillin|micin|mycin|fentanyl|fentanil|codone|cetamol|bital|pram)")
#: French words that bind others, and are seldom English; words in small letters with only spaces between.
_BINDS = re.compile(r"(?<![\w’'-])(?:d[eu]|des|l[ae]|les|et|aux?|à|[dl][’']\w+)(?![\w’'-])")
_SMALL_WORDS = re.compile(r"(?<![\w'-])[a-zà-öø-ÿœ][\w'-]*(?:[ \u00a0\u202f][a-zà-öø-ÿœ][\w'-]*){2,12}")
#: Of the little words, what is English, too, or stands in English names and phrases.
_ENGLISH_TOO = words("sous plus pas sur que qui fait entre")


def content(text: str) -> list[str]:
    """The words of a text, in small letters."""
    return [*map(str.lower, WORD.findall(text))]


@sentence_check(
    About(
        "L101",
        ERROR,
        "Left in French",
        "The English is the French, word for word.",
        "Les autres s’y préparent.",
        "Les autres s’y préparent.",
        "The others are preparing to do so.",
        any_language=True,
    )
)
def left_in_french(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """The same words, of which one at least is French beyond doubt."""
    begins = WORD.search(line.french), WORD.search(line.english)
    if not all(begins) or len({word[0].lower() for word in begins if word}) > 1:
        return
    french = content(line.french)
    if french == content(line.english) and any(_french(word) for word in french):
        yield Problem("the French was left as it is", "translate it")


def _french(word: str) -> bool:
    """Whether a word is French and surely no English word nor name."""
    return word in _FRENCH_LITTLE - _ENGLISH_TOO or re.match(r"(?:[dljmnst]|qu)[’'].", word) is not None


@sentence_check(
    About(
        "L102",
        WARNING,
        "A French word was left",
        "A word stands in the English as it does in the French, and English does not know it.",
        "Le canot avait disparu.",
        "The canot had disappeared.",
        "The dinghy had disappeared.",
    )
)
def french_word(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Words in small letters that stand in both and in no English dictionary; parts of kept names excepted."""
    kept = _kept_names(line)
    there = {word.lower() for word in WORD.findall(line.french)}
    ways = " ".join(way for one in know.fixtures(line.source) for way in one.english).lower()
    found = [
        word
        for word in dict.fromkeys(SMALL.findall(line.english))
        if len(word) > 3
        and word in there
        and word not in kept
        and word not in know.words
        and not dictionary.known(word)
        and not _DRUG.fullmatch(word)
        and not re.search(rf"\b{re.escape(word)}\b", ways)
    ]
    if found:
        yield Problem(
            f"left in French: {quoted(found)}", "translate it; if it is kept on purpose, add it to [check] words"
        )


def _kept_names(line: Sentence) -> set[str]:
    """Small words of names that stand in both: "vigilantes" of "Rives vigilantes"."""
    english = line.english.replace("'", "’")
    names = _NAMES.finditer(line.french.replace("'", "’"))
    kept: set[str] = set()
    for match in names:
        parts = match[1].split()
        for end in range(len(parts), 1, -1):
            if " ".join(parts[:end]) in english:
                kept |= {part.lower() for part in parts[:end]}
                break
    return kept


def _is_kept(word: str, kept: set[str]) -> bool:
    """Whether a word is part of a kept name, whatever its apostrophes and capitals: "d’Ivoire"."""
    return word.replace("'", "’").lower() in kept


@sentence_check(
    About(
        "L103",
        WARNING,
        "French little words were left",
        "Articles and prepositions of the French stand in the English.",
        "Le port est fermé dans les deux sens.",
        "The port is closed dans les two directions.",
        "The port is closed in both directions.",
    )
)
def french_little_words(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Two such words, or one with an elision, outside kept names."""
    kept = _kept_names(line)
    found = [
        word
        for word in SMALL.findall(line.english)
        if not _is_kept(word, kept) and word not in know.words and (_french(word) or word in _FRENCH_LITTLE)
    ]
    sure = [word for word in found if word not in _ENGLISH_TOO]
    if left := _left_words(line, kept, know):
        yield Problem(f"left in French: {quoted([left])}", "translate it")
    elif sure and (len(found) > 1 or "’" in sure[0] or "'" in sure[0]):
        yield Problem(f"left in French: {quoted(list(dict.fromkeys(found)))}", "translate the words around it, too")


def _left_words(line: Sentence, kept: set[str], know: Knowledge) -> str:
    """Three words and more that stand in both with an article or preposition among them; "" for none."""
    if not _BINDS.search(line.english):
        return ""
    french = f" {' '.join(_plain_words(line.french))} "
    for match in _SMALL_WORDS.finditer(line.english.replace("’", "'")):
        run = match[0].split()
        for size in range(len(run), 2, -1):
            for at in range(len(run) - size + 1):
                words = run[at : at + size]
                free = [word for word in words if not _is_kept(word, kept) and word not in know.words]
                if len(free) > 2 and _BINDS.search(" ".join(free)) and f" {' '.join(words)} " in french:
                    return " ".join(words)
    return ""


def _plain_words(text: str) -> list[str]:
    return re.findall(r"[\w'-]+", text.replace("’", "'"))


@sentence_check(
    About(
        "L104",
        WARNING,
        "Spelling",
        "The word is in no dictionary, neither in the French, nor in the glossary, nor in [check] words.",
        "Les contrôles restent nécessaires.",
        "The controls remain necesary.",
        "The controls remain necessary.",
    )
)
def spelling(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Words in small letters; a compound is known when its parts are."""
    there = {word.lower() for word in WORD.findall(line.french)}
    there |= {part for word in there for part in re.split(r"[’'-]", word)}
    kept = _kept_names(line)
    for word in dict.fromkeys(SMALL.findall(line.english)):
        parts = [part for part in word.split("-") if part and not _is_kept(word, kept)]
        unknown = [part for part in parts if not (_spelt(part, know) or part in there or part in kept)]
        if unknown and not (_spelt(word, know) or word in there):
            near = dictionary.suggestions(unknown[0].replace("’", "'"))
            hint = f"{' or '.join(near)}?" if near else "add it to [check] words in toolkit.toml if it is right"
            yield Problem(f"spelling: {quoted([word])}", hint)


def _spelt(word: str, know: Knowledge) -> bool:
    return word in know.words or dictionary.known(word)
