"""Where paragraphs begin and end in plain text: a line each, or runs of lines that were broken by hand at some width.

Only LF, CR and CRLF end a line. The other characters Unicode counts as line breaks (VT, FF, NEL, U+2028, U+2029) are
white space inside a line, because no editor shows them as a new line in a text file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, pairwise

from toolkit.errors import SourceError
from toolkit.formats.contract import Paragraphs
from toolkit.formats.recognise import WEAK_MARKERS, Recognition, marker_of, stands_alone

#: What never stands at the edge of a block: Unicode white space, the zero width space and a stray byte order mark.
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b"
)
#: Hard-wrapped text is this wide: mail and editors wrap at 72 to 80, some tools at 100 or 120, and none below 40.
WRAP_WIDTHS = range(40, 121)
#: A book has a fifth of these. Beyond it is not a release, and every later stage would pay for it.
MAX_PARAGRAPHS = 50_000
MAX_LINES = 200_000

# White space in front of a line, and blank lines with it, are skipped by the search itself: ten million take no time.
_LINE = re.compile(f"[^{WHITE_SPACE}][^\r\n]*")
_CLOSED = (".", "!", "?", "…", ":", ";")
#: Articles, prepositions, conjunctions and the like lean on the next word: a paragraph, a list item or an address never
#: ends in one, a line that was broken by hand does so one time in three.
_LEANING = frozenset(
    """
    a à afin ainsi après au aussi aux avant avec ce ces cet cette chez comme d dans de depuis des dès deux dont du
    elle elles en entre est et été était être il ils la le les leur leurs lors lorsque mais même mme n ne nos notre
    nous on ont ou où par pendant pour puis qu que quel quelle qui sa sans se selon sera ses si son sont sous sur
    tous tout toute toutes très trois un une vers vos votre y
    """.split()  # noqa: SIM905 - a table of words, not of quotation marks
)


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the decoded text without outer white space: a line, or a paragraph; ``line`` counts from 1."""

    start: int
    end: int
    line: int


@dataclass(frozen=True, slots=True)
class _Line:
    """A line and what can be seen of it without its neighbours; ``family`` is that of its list marker."""

    span: Span
    text: str
    family: str
    alone: bool


def paragraphs(text: str, mode: Paragraphs, rules: Recognition, path: str) -> tuple[list[Span], tuple[int, ...]]:
    """The paragraphs of a text, in order, without blank ones; and the lines that look torn off the line above.

    The second is empty unless ``mode`` is "auto" and the text was read line by line.

    Raises:
        SourceError: over MAX_LINES lines that are not blank, or MAX_PARAGRAPHS paragraphs.
    """
    spans = list(islice(_lines(text), MAX_LINES + 1))
    if len(spans) > MAX_LINES:
        raise _too_many(f"more than {MAX_LINES:,} lines with text", path)
    torn: tuple[int, ...] = ()
    found = spans
    if mode == "blank-line" or (mode == "auto" and _may_be_wrapped(text, spans)):
        groups = list(_groups(_seen(text, spans, rules)))
        if mode == "blank-line" or is_hard_wrapped(groups):
            found = [
                Span(part[0].span.start, part[-1].span.end, part[0].span.line)
                for group in groups
                for part in _parts(group)
            ]
        else:
            torn = tuple(below.span.line for here, below in _pairs(groups) if _is_torn(here.text, below.text))
    if len(found) > MAX_PARAGRAPHS:
        raise _too_many(f"{len(found):,} paragraphs, over the limit of {MAX_PARAGRAPHS:,}", path)
    return found, torn


def is_hard_wrapped(groups: Sequence[Sequence[_Line]]) -> bool:
    """Whether paragraphs were broken into lines by hand or by a program.

    Looked at are the lines that go on below without a blank one; list items, dates, credits and the like do not count.
    When in doubt a line is a paragraph, so two lines in three must not end a sentence, the next go on in lower case
    in half of the cases, and no more than half may end in a comma, as items do. Besides, one of these must hold:

    * the longest line of the file (addresses aside) is as wide as people wrap, at least three lines go on below, and
      four in five of them are full: the next line's first word would not have fitted in that width;
    * the longest of the lines that go on is as wide as people wrap, some end in a word that leans on the next ("de",
      "la", "que"), and others are torn off as well: no paragraph ends so, however ragged the lines are.
    """
    pairs = [(here.text, below.text) for here, below in _pairs(groups)]
    unfinished = sum(not _is_closed(here) for here, _ in pairs)
    lower = sum(_goes_on(below) for _, below in pairs)
    commas = sum(here.endswith(",") for here, _ in pairs)
    if not pairs or unfinished * 3 < len(pairs) * 2 or lower * 2 < len(pairs) or commas * 2 > len(pairs):
        return False
    leaning = sum(_leans(here) for here, _ in pairs)
    torn = sum(_is_torn(here, below) for here, below in pairs)
    ragged = leaning and torn + 2 * leaning >= 5 and torn * 5 >= len(pairs) * 2
    if ragged and max(len(line) for pair in pairs for line in pair) in WRAP_WIDTHS:
        return True
    width = max((len(line.text) for group in groups for line in group if " " in line.text), default=0)
    full = sum(len(here) + 1 + len(below.split(maxsplit=1)[0]) > width for here, below in pairs)
    return width in WRAP_WIDTHS and len(pairs) >= 3 and full * 5 >= len(pairs) * 4


def _may_be_wrapped(text: str, spans: Sequence[Span]) -> bool:
    """Whether any line goes on in lower case: if none does there is no need to look closer, which takes long."""
    return any(
        below.line == here.line + 1
        and _goes_on(text[below.start : below.start + 9])
        and not _is_closed(text[max(here.start, here.end - 12) : here.end])
        for here, below in pairwise(spans)
    )


def _too_many(what: str, path: str) -> SourceError:
    return SourceError(f"the file has {what}", where=path, hint="Split it into releases of their own.")


def _lines(text: str) -> Iterator[Span]:
    """The lines that are not blank."""
    number, position = 1, 0
    for found in _LINE.finditer(text):
        start = found.start()
        number += text.count("\n", position, start) + text.count("\r", position, start)
        number -= text.count("\r\n", position, start)
        position = found.end()
        yield Span(start, start + len(found[0].rstrip(WHITE_SPACE)), number)


def _seen(text: str, spans: Sequence[Span], rules: Recognition) -> Iterator[_Line]:
    for span in spans:
        line = text[span.start : span.end]
        yield _Line(span, line, marker_of(line, rules)[1], stands_alone(line, rules))


def _groups(lines: Iterator[_Line]) -> Iterator[list[_Line]]:
    """Runs of lines without a blank one between them."""
    group: list[_Line] = []
    for line in lines:
        if group and line.span.line > group[-1].span.line + 1:
            yield group
            group = []
        group.append(line)
    if group:
        yield group


def _pairs(groups: Sequence[Sequence[_Line]]) -> Iterator[tuple[_Line, _Line]]:
    """Each line with the one below that might go on with it."""
    for group in groups:
        for here, below in pairwise(group):
            if not (here.alone or below.alone or below.family):
                yield here, below


def _is_torn(here: str, below: str) -> bool:
    """Whether ``below`` looks like the rest of ``here``, which is too short, or ends in ",", if it may be an item."""
    unfinished = not _is_closed(here) and not here.endswith(",")
    return _goes_on(below) and unfinished and (len(here) >= WRAP_WIDTHS.start or _leans(here))


def _goes_on(line: str) -> bool:
    return line.lstrip("«“\"'( \u00a0\u202f")[:1].islower()


def _leans(line: str) -> bool:
    words = line[-20:].replace("’", "'").replace("'", " ").split()
    return bool(words) and (words[-1].casefold() in _LEANING or line.endswith(("’", "'")))


def _is_closed(line: str) -> bool:
    return line[-12:].rstrip("»”\"' \u00a0\u202f").endswith(_CLOSED)


def _parts(lines: Sequence[_Line]) -> Iterator[Sequence[_Line]]:
    """The paragraphs in a run of lines: one, but for list items, and lines at its edges that stand alone."""
    several = {family for family, count in Counter(line.family for line in lines).items() if count > 1}
    start = 0
    for at in range(1, len(lines)):
        above, line = lines[at - 1], lines[at]
        closed = _is_closed(above.text)
        edge = (line.alone and (closed or above.alone)) or (above.alone and start == at - 1)
        # Below an unfinished line a dash may be an aside, and "12." the end of a wrapped sentence.
        strong = closed or line.family in several or line.family[:1] not in WEAK_MARKERS | {"1", "a"}
        if edge or (line.family and strong):
            yield lines[start:at]
            start = at
    yield lines[start:]
