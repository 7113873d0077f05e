"""Y: how English is set. Quotation marks over several paragraphs are in ``quotations``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from toolkit.checks.model import ERROR, GAP, NOTE, WARNING, About, Knowledge, Problem, Sentence, quoted, sentence_check

_HARTS = "New Hart’s Rules (Oxford), punctuation"


def _around(text: str, at: int, width: int = 12) -> str:
    """The words around a place, for a message."""
    start, end = max(0, at - width), min(len(text), at + width)
    return ("…" if start else "") + text[start:end].replace(GAP, "…").strip() + ("…" if end < len(text) else "")


def _first(line: Sentence, pattern: str, what: str, hint: str) -> Iterator[Problem]:
    if match := re.search(pattern, line.english):
        yield Problem(f"{what}: {quoted([_around(line.english, match.start())])}", hint)


@sentence_check(
    About(
        "Y101",
        WARNING,
        "Straight quotation marks",
        "English sets “ and ”.",
        "« Rien n’est joué », dit-elle.",
        '"Nothing is settled," she says.',
        "“Nothing is settled,” she says.",
        rule=_HARTS,
    )
)
def straight_quotes(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Double straight marks; after a figure they may be inches or seconds."""
    yield from _first(line, r'(?<!\d)"|"(?=\w)', "straight quotation marks", "write “ and ”")


@sentence_check(
    About(
        "Y102",
        NOTE,
        "A straight apostrophe",
        "English sets ’, as the rest of the page does.",
        "L’avis de l’Observatoire",
        "The Observatory's opinion",
        "The Observatory’s opinion",
        rule=_HARTS,
    )
)
def straight_apostrophe(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Single straight marks beside a letter."""
    yield from _first(line, r"(?<=[^\W\d])'|'(?=[^\W\d])", "straight apostrophe", "write ’")


@sentence_check(
    About(
        "Y103",
        WARNING,
        "French quotation marks",
        "English sets “ and ”, inside them ‘ and ’.",
        "« Rien n’est joué », dit-elle.",
        "«Nothing is settled», she says.",
        "“Nothing is settled,” she says.",
        rule=_HARTS,
    )
)
def guillemets(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Guillemets and low marks."""
    yield from _first(line, r"[«»„‹›]", "French quotation marks", "write “ and ”")


@sentence_check(
    About(
        "Y104",
        WARNING,
        "A space before a mark",
        "Only French sets a space before ; : ! ? and inside quotation marks.",
        "Est-ce assez ?",
        "Is it enough ?",
        "Is it enough?",
        rule=_HARTS,
    )
)
def space_before(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Spaces of any width before high marks, commas and periods, and inside quotation marks and brackets."""
    marks = r"(?:[;!?](?!\w)|:(?![\w/)(-])|,(?!\d)|\.(?![\w.]))"
    pattern = rf"(?<=\S)[ \u00a0\u202f\u2009]+{marks}|[“(\[][ \u00a0\u202f]|[ \u00a0\u202f][”)\]]"
    yield from _first(line, pattern, "space before a mark, or inside quotation marks", "delete the space")


@sentence_check(
    About(
        "Y105",
        WARNING,
        "More than one space",
        "One space parts words and sentences.",
        "Le port est fermé.",
        "The port  is closed.",
        "The port is closed.",
        any_language=True,
    )
)
def double_space(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Runs of spaces that the French does not have."""
    match = re.search(r"\S(\s{2,})\S", line.entry.target)
    if match and not re.search(r"\S\s{2,}\S", line.entry.key.source):
        yield Problem(f"more than one space: {quoted([_around(line.entry.target, match.start(1))])}", "delete one")


@sentence_check(
    About(
        "Y106",
        WARNING,
        "Space at an end",
        "The sentence begins or ends with a space; the spaces around it are the toolkit’s.",
        "Le port est fermé.",
        "The port is closed. ",
        "The port is closed.",
        any_language=True,
    )
)
def outer_space(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Space at either end where the French has none."""
    target, source = line.entry.target, line.entry.key.source
    if target != target.strip() and source == source.strip():
        where = "begins" if target != target.lstrip() else "ends"
        yield Problem(f"{where} with a space", "delete it")


@sentence_check(
    About(
        "Y107",
        NOTE,
        "A no-break space was left",
        "French needs them before its marks and in numbers; English seldom does.",
        "Le port de\u00a0Nantes",
        "The port of\u00a0Nantes",
        "The port of Nantes",
    )
)
def no_break_space(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """U+00A0 and the narrow U+202F; between a figure and its unit they are right."""
    yield from _first(line, r"(?<!\d)[\u00a0\u202f]|[\u00a0\u202f](?![^\W\d])", "no-break space", "write a plain space")


@sentence_check(
    About(
        "Y108",
        NOTE,
        "Three periods",
        "An ellipsis is one character: …",
        "Et puis…",
        "And then...",
        "And then…",
        rule=_HARTS,
    )
)
def three_dots(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Three periods running."""
    yield from _first(line, r"(?<!\.)\.\.\.(?!\.)", "three periods", "write …")


@sentence_check(
    About(
        "Y109",
        WARNING,
        "A hyphen for a dash",
        "Between spaces stands an en dash: –",
        "Le port – le plus grand du bassin – rouvre.",
        "The port - the largest in the basin - reopens.",
        "The port – the largest in the basin – reopens.",
        rule=_HARTS,
    )
)
def hyphen_for_dash(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Hyphens, double hyphens, minus and figure dashes between spaces."""
    yield from _first(line, r"(?<=\S) (?:--?|[‒−―]) (?=\S)", "hyphen for a dash", "write – between the spaces")


@sentence_check(
    About(
        "Y110",
        NOTE,
        "A hyphen in a range",
        "A range of figures takes an en dash: 7–9.",
        "du 7 au 9 février",
        "7-9 February",
        "7–9 February",
        rule=_HARTS,
    )
)
def hyphen_in_range(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Two rising figures with a hyphen that is not in the French."""
    for match in re.finditer(r"(?<![\w./-])(\d{1,4})-(\d{1,4})(?![\w/-]|\.\d)", line.english):
        if int(match[1]) < int(match[2]) and match[0] not in line.source:
            yield Problem(f"hyphen in a range: {quoted([match[0]])}", f"write {match[1]}–{match[2]}")


@sentence_check(
    About(
        "Y112",
        WARNING,
        "A quotation mark the wrong way round",
        "“ opens, before a word; ” closes, behind one.",
        "« Rien n’est joué », dit-elle.",
        "”Nothing is settled,“ she says.",
        "“Nothing is settled,” she says.",
        rule=_HARTS,
    )
)
def wrong_way_round(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """An opening mark behind a word, a closing one before it."""
    yield from _first(
        line, r"(?:^|(?<=[\s(]))”(?=\w)|(?<=[\w.,!?])“(?=[\s.,;:!?)]|$)", "the wrong way round", "“ opens, ” closes"
    )


@sentence_check(
    About(
        "Y113",
        WARNING,
        "Quotation marks are missing",
        "The French quotes; the English reads as if the release said it itself.",
        "AMARRE salue un « travail utile ».",
        "AMARRE welcomes useful work.",
        "AMARRE welcomes “useful work”.",
    )
)
def quotes_lost(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Marks in the French, none whatsoever in the English; and the other way round."""
    french = bool(re.search(r"[«»“”\"]", line.french))
    english = bool(re.search(r"[«»“”‘\"]|(?<!\w)'", line.english))
    if french and not english and GAP not in line.english:
        yield Problem("the French quotes, the English does not", "set quotation marks where the French has them")
    elif not french and re.search(r"[“”\"]", line.english) and not _other_marks(line.french):
        yield Problem("the English quotes, the French does not", "quote only what was said or written")


def _other_marks(text: str) -> bool:
    """Whether a French sentence quotes with single marks, or its quotation is a gap."""
    return GAP in text or re.search(r"[‘’']\w[^’']*\w[’'](?!\w)|‟|''", text) is not None


@sentence_check(
    About(
        "Y114",
        WARNING,
        "Brackets do not pair",
        "One that opens is not closed, or the other way round.",
        "Le port (Belgique) est fermé.",
        "The port (Belgium is closed.",
        "The port (Belgium) is closed.",
        any_language=True,
    )
)
def brackets(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Round and square brackets; "a)" at the beginning is a list's, and what the French does is let be."""
    for opening, closing in ("()", "[]"):
        if _unpaired(line.english, opening, closing) and not _unpaired(line.french, opening, closing):
            yield Problem(f"{opening} and {closing} do not pair", "close what was opened")


def _unpaired(text: str, opening: str, closing: str) -> bool:
    depth = 0
    for character in re.sub(r"^\W*\w{1,3}\)", "", text):
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return True
    return depth != 0


@sentence_check(
    About(
        "Y115",
        WARNING,
        "n° was left",
        "English writes No. before a number.",
        "L’arrêt n° 2025/118 est définitif.",
        "Judgment n° 2025/118 is final.",
        "Judgment No. 2025/118 is final.",
        rule="UN Editorial Manual, abbreviations",
    )
)
def numero(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """The French abbreviation of number."""
    yield from _first(line, r"(?<!\w)[Nn](?:os?)?[°º](?=\s?\d)", "n° was left", "write No.")


@sentence_check(
    About(
        "Y116",
        WARNING,
        "Invisible characters",
        "Soft hyphens, zero-width spaces and the like come from copying; they break searching.",
        "Le port est fermé.",
        "The port is clo\u200bsed.",
        "The port is closed.",
        any_language=True,
    )
)
def invisible(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Format and control characters that the French does not have."""
    odd = sorted(
        {c for c in line.entry.target if unicodedata.category(c) in ("Cf", "Cc", "Co", "Cs") and c not in "\n\t"}
    )
    if found := [c for c in odd if c not in line.entry.key.source]:
        yield Problem(f"invisible: {', '.join(f'U+{ord(c):04X}' for c in found)}", "delete them, or type the word anew")


@sentence_check(
    About(
        "Y117",
        ERROR,
        "Broken characters",
        "The text went through a program that took UTF-8 for something else.",
        "La Conférence des côtes",
        "The ConfÃ©rence of coasts",
        "The coastal conference",
        any_language=True,
    )
)
def broken_characters(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """What UTF-8 looks like when it is read as Windows-1252, and U+FFFD."""
    match = re.search(
        r"Ã[\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ]|â€[\u0080-\u00bf™œžš¦“”˜]|Â[\u00a0-\u00bf]|\ufffd", line.target
    )
    if match and match[0] not in line.source:
        yield Problem(f"broken characters: {quoted([_around(line.target, match.start())])}", "type the words anew")


@sentence_check(
    About(
        "Y118",
        WARNING,
        "A space is missing",
        "A comma, semicolon, colon or period sticks to the next word.",
        "Hier, le port a fermé ; il rouvre lundi.",
        "Yesterday,the port closed;it reopens on Monday.",
        "Yesterday, the port closed; it reopens on Monday.",
        any_language=True,
    )
)
def space_missing(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Marks between two letters; periods only between words of three letters and more."""
    for match in re.finditer(r"[^\W\d_]+(?:[,;?!:](?=[^\W\d_])|\.(?=[A-ZÀ-Þ][a-zà-ÿ]{2}))[^\W\d_]+", line.english):
        stuck = re.search(r"[,;?!:.]", match[0])
        if match[0] not in line.source and (stuck is None or stuck[0] != "." or len(match[0].split(".")[0]) > 2):
            yield Problem(f"no space: {quoted([match[0]])}", "set a space behind the mark")


@sentence_check(
    About(
        "Y119",
        WARNING,
        "A mark stands twice",
        "“,,”, “..” or two marks that exclude each other.",
        "Le port est fermé.",
        "The port is closed..",
        "The port is closed.",
        any_language=True,
    )
)
def mark_twice(line: Sentence, _: Knowledge) -> Iterator[Problem]:
    """Doubled marks, and a period or comma behind ? ! or a comma, that are not in the French."""
    for match in re.finditer(
        r",,|;;|::|(?<!\.)\.\.(?!\.)|[,;:]\.|\.,(?<![\w]\.,)|[?!][.,](?![\w.])|!!|\?\?|“[ ]?“|”[ ]?”", line.english
    ):
        if match[0] not in line.french:
            yield Problem(f"twice: {quoted([_around(line.english, match.start())])}", "delete one")
