"""C: one thing, one English, within a release and across all of them."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from toolkit.checks.model import (
    NOTE,
    WARNING,
    About,
    Knowledge,
    Problem,
    Sentence,
    Text,
    project_check,
    quoted,
    text_check,
)
from toolkit.model import BlockKind
from toolkit.text.dates import MONTHS
from toolkit.text.fixtures import Kind, occurrences
from toolkit.text.tables import words


def _plain(text: str) -> str:
    """Words alone: what two sentences are compared by."""
    return " ".join(re.findall(r"\w+", text.lower()))


def _grouped(lines: Iterable[Sentence], by: str) -> dict[str, list[Sentence]]:
    groups: dict[str, list[Sentence]] = defaultdict(list)
    for line in lines:
        if key := _plain(getattr(line, by)):
            groups[key].append(line)
    return groups


@text_check(
    About(
        "C101",
        WARNING,
        "The same French, different English",
        "A sentence that stands twice in a release reads differently the second time.",
        "Qui surveille les quais ?\nQui surveille les quais ?",
        "Who watches the quays?\nWho guards the wharves?",
        "Who watches the quays?\nWho watches the quays?",
        any_language=True,
    )
)
def same_source(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Sentences of running text, headings and items that differ in more than case and punctuation."""
    for lines in _grouped(text.sentences, "source").values():
        first = lines[0]
        for line in lines[1:]:
            if _plain(line.target) != _plain(first.target) and _comparable(line, first):
                yield Problem(
                    f"the same French is {quoted([_short(first.target)])} on line {first.entry.line}",
                    "choose one of the two, or say why in a suppression",
                    at=line,
                )


def _comparable(one: Sentence, other: Sentence) -> bool:
    """Whether two kinds of text want the same English: a heading, a table's cell or a button may be shorter."""
    return one.context == other.context or len(one.source.split()) > 3


def _short(text: str, most: int = 60) -> str:
    return text if len(text) <= most else text[: most - 1].rstrip() + "…"


@project_check(
    About(
        "C102",
        WARNING,
        "The same French, different English in another release",
        "Standing paragraphs and titles should read alike everywhere.",
        any_language=True,
    )
)
def same_source_elsewhere(texts: Sequence[Text], _: Knowledge) -> Iterator[Problem]:
    """Approved sentences of one key; those that most releases agree on are not complained of."""
    groups: dict[tuple[str | None, str], list[Sentence]] = defaultdict(list)
    for text in texts:
        for line in text.sentences:
            if line.approved:
                groups[line.context, " ".join(line.source.split())].append(line)
    for lines in groups.values():
        votes: dict[str, list[Sentence]] = defaultdict(list)
        for line in lines:
            votes[line.target].append(line)
        if len(votes) < 2:
            continue
        best = max(votes.values(), key=len)
        for line in lines:
            if line.target != best[0].target:
                where = f"{best[0].path}:{best[0].entry.line}"
                yield Problem(
                    f"the same French is {quoted([_short(best[0].target)])} in {where}",
                    "choose one of the two",
                    at=line,
                )


@text_check(
    About(
        "C103",
        NOTE,
        "The same English for different French",
        "Two sentences were given one translation: one of them may be a slip of copy and paste.",
        "Le port de Nantes est fermé.\nLe port de Brest est ouvert.",
        "The port of Nantes is closed.\nThe port of Nantes is closed.",
        "The port of Nantes is closed.\nThe port of Brest is open.",
        any_language=True,
    )
)
def same_target(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Sentences of four words and more."""
    for lines in _grouped(text.sentences, "target").values():
        first = lines[0]
        for line in lines[1:]:
            if _plain(line.source) != _plain(first.source) and len(line.target.split()) > 3:
                yield Problem(f"the same English stands on line {first.entry.line} for other French", at=line)


_BRITISH = re.compile(
    r"\b(?:\w*[a-z]{3}is(?:e[sd]?|ing|ation|ations)|\w*(?:colour|favour|labour|harbour|neighbour|honour|behaviour|rumour)"
    r"\w*|centre[sd]?|defence|licence|theatre\w*|kilometres?|metres?|analyse[sd]?|programmes?|travell\w+|signall\w+|labell\w+)\b",
    re.I,
)
_AMERICAN = re.compile(
    r"\b(?:\w*[a-z]{3}iz(?:e[sd]?|ing|ation|ations)|\w*(?:color|favor|labor|harbor|neighbor|honor|behavior|rumor)(?!at)\w*|"
    r"center[sed]*|defense|license[sd]?|theater\w*|kilometers?|meters?|analyze[sd]?|traveling|traveled|signaling|labeled)\b",
    re.I,
)
#: Words in -ise that have no other spelling, and in which z is right everywhere.
_ALWAYS_S = words(
    """
    advertise advise arise comprise compromise despise devise disguise exercise franchise improvise otherwise precise
    premise promise raise revise rise surprise supervise televise enterprise expertise likewise noise poise praise wise
    cruise concise treatise merchandise exercised promised raised advised revised supervised surprised comprised rising
    raising arising exercises promises rises raises advises supervising revising advising comprises enterprises
    comprising otherwise televised paradise demise premises exercising promising disguised compromised
    """
)
_ALWAYS_Z = words("size sized sizes prize prizes seize seized seizes seizing capsize capsized capsizes sizing")


@text_check(
    About(
        "C104",
        WARNING,
        "British and American spelling in one release",
        "Either is right; a release should keep to one. The rarer one is shown; -ize is British, too, but not "
        "beside -ise.",
        "Le centre organise un stage.\nLe centre reconnaît ses torts.",
        "The centre organises a course.\nThe center recognizes its faults.",
        "The centre organises a course.\nThe centre recognises its faults.",
        rule="New Hart’s Rules, spelling: consistent within a text",
    )
)
def spelling_mixed(text: Text, know: Knowledge) -> Iterator[Problem]:
    """Words in -ise and -ize, -our and -or, -re and -er; names of the glossary are left out."""
    british, american = _found(text, _BRITISH, _ALWAYS_S, know), _found(text, _AMERICAN, _ALWAYS_Z, know)
    if not british or not american:
        return
    rare, often = (american, british) if len(american) <= len(british) else (british, american)
    name = "American" if rare is american else "British"
    for line, word in rare:
        yield Problem(
            f"{name} spelling: {quoted([word])}", f"elsewhere the release writes {quoted([often[0][1]])}", at=line
        )


def _found(text: Text, pattern: re.Pattern[str], never: frozenset[str], know: Knowledge) -> list[tuple[Sentence, str]]:
    return [
        (line, match[0])
        for line in text.sentences
        if line.approved
        for match in pattern.finditer(line.english)
        if match[0].lower() not in never and match[0].lower() not in know.words and not match[0][:1].isupper()
    ]


_NAMES = "|".join(MONTHS.values())


@text_check(
    About(
        "C105",
        NOTE,
        "Dates in two styles",
        "One release, one way to write dates.",
        "Le 3 juin 2026, il ouvrira.\nLe 8 juin 2026, il fermera.",
        "It will open on 3 June 2026.\nIt will close on June 8, 2026.",
        "It will open on 3 June 2026.\nIt will close on 8 June 2026.",
    )
)
def dates_mixed(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Month before the day in one sentence, behind it in another."""
    american = [line for line in text.sentences if re.search(rf"\b(?:{_NAMES}) \d{{1,2}}(?!\d)", line.english)]
    british = [line for line in text.sentences if re.search(rf"\b\d{{1,2}} (?:{_NAMES})\b", line.english)]
    if american and british:
        rare = american if len(american) <= len(british) else british
        for line in rare:
            yield Problem("this date is written in another order than the others", "write day, month, year", at=line)


@text_check(
    About(
        "C106",
        NOTE,
        "A list whose items begin differently",
        "Where every French item begins with an infinitive, the English ones should all be of one form.",
    )
)
def list_forms(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Items of one list: "to open", "opening" or "open", as most of them have it."""
    lists: dict[str, list[Sentence]] = defaultdict(list)
    for block in text.release.blocks if text.release else ():
        lines = text.of(block)
        if block.kind is BlockKind.ITEM and block.group and lines and lines[0] is not None:
            lists[block.group].append(lines[0])
    for items in lists.values():
        if len(items) < 3 or not all(_is_infinitive(line.french) for line in items):
            continue
        forms = [_form(line.english) for line in items]
        usual = max(sorted(set(forms)), key=forms.count)
        if forms.count(usual) * 2 > len(forms):
            for line, form in zip(items, forms, strict=True):
                if form != usual:
                    yield Problem(f"this item begins with {form}, the others with {usual}", at=line)


def _is_infinitive(text: str) -> bool:
    first = re.match(r"\W*(?:(?:se|s[’']|ne pas|mieux) ?)?([^\W\d_]+)", text)
    return first is not None and re.search(r"(?:er|ir|re)$", first[1].lower()) is not None


def _form(text: str) -> str:
    first = re.match(r"\W*(to )?(?:not )?([^\W\d_]*)", text, re.IGNORECASE)
    if first and first[1]:
        return "“to”"
    return "an -ing form" if first and first[2].lower().endswith("ing") else "a plain word"


@text_check(
    About(
        "C107",
        NOTE,
        "One term, two renderings",
        "The glossary allows both, but a reader takes them for two things.",
        "Les P.C.N. se réunissent.\nLes P.C.N. se séparent.",
        "The NCPs are meeting.\nThe contact points part.",
        "The NCPs are meeting.\nThe NCPs part.",
    )
)
def term_varied(text: Text, know: Knowledge) -> Iterator[Problem]:
    """Settled terms whose renderings differ between two sentences of a release; plurals are one rendering."""
    first: dict[str, tuple[str, Sentence]] = {}
    for line in text.sentences:
        if not line.approved:
            continue
        for one in know.fixtures(line.source):
            if one.kind is not Kind.TERM or not one.settled or len(one.english) < 2:
                continue
            way = next((way for way in one.english if occurrences([way], line.target)), "")
            french = one.source(line.source).lower()
            known, where = first.setdefault(french, (way, line)) if way else ("", line)
            if known and _stem(known) != _stem(way):
                yield Problem(
                    f"{quoted([french])} is {quoted([way])} here and {quoted([known])} on line {where.entry.line}",
                    "choose one of the two",
                    at=line,
                )


def _stem(rendering: str) -> frozenset[str]:
    """Words by which two renderings are one: "smuggling of waste", "waste smuggling"; singular and plural."""
    words_of = re.findall(r"\w+", rendering.lower())
    return frozenset(re.sub(r"e?s$", "", word) for word in words_of) - {"the", "a", "an", "of", "for", "in"}
