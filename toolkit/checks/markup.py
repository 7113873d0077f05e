"""P: placeholders, addresses, and what must go through letter for letter."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator

from toolkit import mending
from toolkit.checks.model import (
    ERROR,
    WARNING,
    About,
    Knowledge,
    Problem,
    Sentence,
    may_hold_address,
    quoted,
    sentence_check,
)
from toolkit.placeholders import Form, Tag, difference, tags, tokenize, unescape
from toolkit.text.fixtures import Kind
from toolkit.text.typography import VERBATIM

_PUT_BACK = "copy the placeholders of the French; publication mends what it can, and drops the rest"

_NO_TAGS: Counter[Tag] = Counter()


def _counts(line: Sentence) -> tuple[Counter[Tag], Counter[Tag]]:
    source, target = line.entry.key.source, line.entry.target
    if "<" not in source and "<" not in target:
        return _NO_TAGS, _NO_TAGS
    return Counter(tags(source)), Counter(tags(target))


@sentence_check(
    About(
        "P101",
        ERROR,
        "A placeholder is missing",
        "Markup of the French (bold, a link, a footnote’s mark) has no place in the English.",
        "Le <g1>registre</g1> est tenu<x2/>.",
        "The <g1>register</g1> is kept.",
        "The <g1>register</g1> is kept<x2/>.",
        any_language=True,
    )
)
def placeholder_missing(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Placeholders of the French that the English does not have."""
    wanted, given = _counts(line)
    fixed = {tag.number for tag in given if tag.form is Form.FIXED}
    lost = [tag for tag in wanted if not given[tag] and not (tag.form is Form.FIXED and tag.number in fixed)]
    if lost:
        yield Problem(f"missing: {quoted(list(map(str, lost)))}", _PUT_BACK)


@sentence_check(
    About(
        "P102",
        ERROR,
        "A placeholder that the French does not have",
        "Its number is wrong, or it was copied from another sentence.",
        "Le <g1>registre</g1> est tenu.",
        "The <g2>register</g2> is kept.",
        "The <g1>register</g1> is kept.",
        any_language=True,
    )
)
def placeholder_added(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Placeholders of the English alone."""
    wanted, given = _counts(line)
    fixed = {tag.number for tag in wanted if tag.form is Form.FIXED}
    new = [tag for tag in given if not wanted[tag] and not (tag.form is Form.FIXED and tag.number in fixed)]
    if new:
        yield Problem(f"not in the French: {quoted(list(map(str, new)))}", _PUT_BACK)


@sentence_check(
    About(
        "P103",
        ERROR,
        "A placeholder stands twice",
        "Each placeholder may stand once only.",
        "Le registre<x1/> est tenu.",
        "The register<x1/> is kept<x1/>.",
        "The register<x1/> is kept.",
        any_language=True,
    )
)
def placeholder_twice(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Placeholders more often than in the French."""
    wanted, given = _counts(line)
    twice = [str(tag) for tag, count in given.items() if wanted[tag] and count > wanted[tag]]
    if twice:
        yield Problem(f"twice: {quoted(twice)}", "keep the one in the right place")


@sentence_check(
    About(
        "P104",
        ERROR,
        "Placeholders in the wrong order",
        "What opens inside must close inside.",
        "<g1>Le <g2>registre</g2></g1> est tenu.",
        "<g1>The <g2>register</g1></g2> is kept.",
        "<g1>The <g2>register</g2></g1> is kept.",
        any_language=True,
    )
)
def placeholder_order(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """The right placeholders, not well nested."""
    wanted, given = _counts(line)
    if wanted == given and (reason := difference(line.entry.key.source, line.entry.target)):
        yield Problem(reason, "close first what was opened last")


@sentence_check(
    About(
        "P105",
        ERROR,
        "A placeholder is misspelt",
        "It will stand in the text as it is written.",
        "Le <g1>registre</g1> est tenu.",
        "The < g1 >register</g1> is kept.",
        "The <g1>register</g1> is kept.",
        any_language=True,
    )
)
def placeholder_misspelt(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """What a person or another program made of a placeholder."""
    reason = mending.problem(line.entry.key.source, line.entry.target)
    if "is not written as a placeholder" in reason:
        yield Problem(reason, _PUT_BACK)


@sentence_check(
    About(
        "P106",
        ERROR,
        "Fixed words were changed",
        "What stands inside <ph…> is code, a name or another language, and stays.",
        "Composez <ph1>*412#</ph1>.",
        "Dial <ph1>*421#</ph1>.",
        "Dial <ph1>*412#</ph1>.",
        any_language=True,
    )
)
def fixed_words(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Fixed placeholders with other words inside."""
    given = {tag.number: tag for tag in tags(line.entry.target) if tag.form is Form.FIXED}
    for tag in tags(line.entry.key.source):
        if tag.form is Form.FIXED and tag.number in given and given[tag.number] != tag:
            yield Problem(f"changed: {quoted([given[tag.number].shown])}", f"write {tag.shown} as in the French")


@sentence_check(
    About(
        "P107",
        WARNING,
        "A placeholder holds no words",
        "Nothing will be bold; a link that holds nothing cannot be followed.",
        "Le <g1>registre</g1> est tenu.",
        "The register<g1></g1> is kept.",
        "The <g1>register</g1> is kept.",
        any_language=True,
    )
)
def placeholder_empty(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Pairs around nothing whose French holds words."""
    french, english = inside(line.entry.key.source), inside(line.entry.target)
    for number, held in english.items():
        if not held.strip() and french.get(number, "").strip():
            hint = f"put it around the English of {quoted([french[number]])}"
            yield Problem(f"<g{number}> holds no words", hint)


def inside(text: str) -> dict[int, str]:
    """The words inside each pair, by its number."""
    held: dict[int, str] = {}
    opened: list[int] = []
    for token in tokenize(text):
        if not isinstance(token, Tag) or token.form in (Form.EMPTY, Form.FIXED):
            words = unescape(token.shown if isinstance(token, Tag) else token)
            words = "\ufffc" if isinstance(token, Tag) and not words else words
            for number in opened:
                held[number] += words
        elif token.form is Form.OPEN:
            opened.append(token.number)
            held[token.number] = ""
        elif token.number in opened:
            opened.remove(token.number)
    return {number: words for number, words in held.items() if number not in opened}


@sentence_check(
    About(
        "P108",
        WARNING,
        "Placeholders are swapped",
        "Two pairs hold each other’s words: a link leads to the wrong page.",
        "<g1>AMARRE</g1> et l’<g2>OETP</g2> publient leurs chiffres.",
        "The <g1>OETP</g1> and <g2>AMARRE</g2> publish their figures.",
        "<g1>AMARRE</g1> and the <g2>OETP</g2> publish their figures.",
        any_language=True,
    )
)
def placeholders_swapped(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Pairs whose names and figures stand in another pair in English, and not in their own."""
    french, english = inside(line.entry.key.source), inside(line.entry.target)
    marks = {number: _landmarks(words) for number, words in french.items()}
    for number, own in marks.items():
        other = next(
            (
                two
                for two, theirs in marks.items()
                if two > number
                and own - theirs
                and theirs - own
                and (own - theirs) <= _landmarks(english.get(two, ""))
                and (theirs - own) <= _landmarks(english.get(number, ""))
            ),
            None,
        )
        if other is not None and not (own - marks[other]) & _landmarks(english.get(number, "")):
            yield Problem(f"<g{number}> and <g{other}> hold each other’s words", "swap their numbers")


def _landmarks(text: str) -> set[str]:
    """What is the same in both languages: figures, names, acronyms."""
    return set(re.findall(r"\d+|[A-ZÀ-Þ][\w-]{2,}", text))


@sentence_check(
    About(
        "P109",
        WARNING,
        "A word sticks to a placeholder",
        "A space is missing where a placeholder stands between two words.",
        "Le <g1>registre</g1> est tenu.",
        "The<g1>register</g1> is kept.",
        "The <g1>register</g1> is kept.",
        any_language=True,
    )
)
def words_stuck(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """A pair's edge between two letters, where the French has it between words."""
    french = set(_stuck(line.entry.key.source))
    for tag in _stuck(line.entry.target):
        if tag not in french and not _is_superscript(line, tag):
            yield Problem(f"a word sticks to {quoted([str(tag)])}", "set a space")


def _stuck(text: str) -> Iterator[Tag]:
    tokens = tokenize(text)
    for before, token, after in zip(tokens, tokens[1:], tokens[2:], strict=False):
        if isinstance(token, Tag) and token.form in (Form.OPEN, Form.CLOSE):
            apart = isinstance(before, Tag) or isinstance(after, Tag)
            if not apart and str(before)[-1:].isalpha() and str(after)[:1].isalpha():
                yield token


def _is_superscript(line: Sentence, tag: Tag) -> bool:
    """Whether the template says that this pair is raised, lowered or part of a word."""
    return any(re.search(rf"<g{tag.number}>[^,]*(?:superscript|subscript)", comment) for comment in line.entry.comments)


def _addresses(text: str) -> list[str]:
    return [match[0].rstrip(".,;:!?)") for match in VERBATIM.finditer(text)] if may_hold_address(text) else []


@sentence_check(
    About(
        "P110",
        ERROR,
        "An address is missing or changed",
        "Web and mail addresses go through letter for letter.",
        "Écrivez à service_presse@amarre.example.",
        "Write to service presse@amarre.example.",
        "Write to service_presse@amarre.example.",
        any_language=True,
    )
)
def address_missing(line: Sentence, know: Knowledge) -> Iterator[Problem]:
    """Addresses of the French that are not in the English."""
    lost = [address for address in _addresses(line.source) if address not in line.target]
    lost += [one.source(line.source) for one in know.missing(line.source, line.target) if one.kind is Kind.ADDRESS]
    if lost:
        yield Problem(f"address missing or changed: {quoted(list(dict.fromkeys(lost)))}", "copy it from the French")


@sentence_check(
    About(
        "P111",
        WARNING,
        "An address that the French does not have",
        "A reader will be led elsewhere than the French reader.",
        "Écrivez-nous.",
        "Write to us at info@amarre.example.",
        "Write to us.",
        any_language=True,
    )
)
def address_added(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Addresses of the English alone."""
    new = [address for address in _addresses(line.target) if address not in line.source]
    if new:
        yield Problem(f"not in the French: {quoted(new)}", "delete it, or have it added to the French")


@sentence_check(
    About(
        "P112",
        WARNING,
        "Markup was typed",
        "Tags and entities are not read in a catalogue: they will be printed as they stand.",
        "Recherche et contrôle",
        "Research &amp; control",
        "Research & control",
        any_language=True,
    )
)
def typed_markup(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """HTML tags and character references that are not in the French."""
    pattern = r"&(?:[a-z]{2,8}|#\d{2,6}|#x[0-9a-f]{2,6});|</?(?:b|i|em|strong|a|br|p|span|sup|sub)(?: [^<>]*)?/?>"
    found = [match[0] for match in re.finditer(pattern, line.target, re.IGNORECASE) if match[0] not in line.source]
    if found:
        yield Problem(f"typed markup: {quoted(list(dict.fromkeys(found)))}", "write the character itself")
