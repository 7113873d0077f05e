"""What each paragraph of a plain text is, by rule: headline, dateline, credit, list item, quotation, running text.

Plain text has no markup, so position and typography decide. Where a rule is unsure the paragraph is a PARAGRAPH:
running text taken for a heading is worse than the reverse. The rules one by one: docs/reading.md.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from toolkit.formats.datelines import Dateline, first_date, lone, opening
from toolkit.formats.labels import label_line
from toolkit.formats.recognition import DEFAULT, Recognition, first_match, fold
from toolkit.model import BlockKind, Metadata

__all__ = [
    "DEFAULT",
    "WEAK_MARKERS",
    "Recognised",
    "Recognition",
    "Verdict",
    "alone",
    "marker_of",
    "metadata",
    "recognise",
    "stands_alone",
    "title",
]

TITLE_LENGTH = 80
#: Credits, captions and the like are short; no pattern ever sees a longer line.
_SHORT = 400
#: A quotation that is not closed within so many paragraphs was left open by mistake.
_LONGEST_RUN = 20

_ALNUM = re.compile(r"[^\W_]")
_ENUMERATOR = re.compile(r"(?:\d{1,2}(?:[.)/]|°\)?)|\((?:\d{1,2}|[a-z])\)|[a-z]\)|[ivx]{1,4}\))[^\S\r\n]+(?=\S)")
_BLANK = re.compile(r"[^\S\r\n]+(?=\S)")
_BLANKS = re.compile(r"[^\S\r\n]{2,}")
_MARKS = re.compile(r"[«»“”]")
#: These marks also open a reply, a footnote or an aside: alone they do not make a list.
WEAK_MARKERS = frozenset("–—−*→")
_PRESS = re.compile(r"(?:Agence|Journal|Presse|Radio|Télévision)\b|.*\b[Pp]resse$")
_STOPS = (".", "!", "?", "…")


@dataclass(frozen=True, slots=True)
class Verdict:
    """What one paragraph is: the fields of a Block; ``group`` is the index of another paragraph or None."""

    kind: BlockKind = BlockKind.PARAGRAPH
    level: int = 0
    marker: str = ""
    group: int | None = None


@dataclass(frozen=True, slots=True)
class Recognised:
    """One verdict a paragraph, in order; the release's title (never "" if any paragraph has text) and metadata."""

    verdicts: tuple[Verdict, ...]
    title: str
    metadata: Metadata


def recognise(texts: Sequence[str], rules: Recognition = DEFAULT) -> Recognised:
    """Paragraphs, without outer white space and in order → what each is, the title and the metadata."""
    found: list[Verdict | None] = [alone(text, rules) for text in texts]
    _contacts(texts, found)
    _items(texts, found, rules)
    _headline(texts, found, rules)
    _unmarked_lists(texts, found)
    _quotations(texts, found)
    _sub_headings(texts, found, rules)
    verdicts = tuple(verdict or Verdict() for verdict in found)
    return Recognised(verdicts, title(texts, verdicts, rules), metadata(texts, verdicts, rules))


def stands_alone(text: str, rules: Recognition = DEFAULT) -> bool:
    """Whether a line is a paragraph by itself wherever it stands: boilerplate, date, credit, caption, ornament."""
    return alone(text, rules) is not None


def alone(text: str, rules: Recognition) -> Verdict | None:
    """What a paragraph is whatever stands around it; None when that depends."""
    if not _ALNUM.search(text):
        return Verdict(BlockKind.VERBATIM)
    if len(text) > _SHORT:
        return None
    text = _squeezed(text)
    if _is_menu(text, rules) or first_match(text, rules.boilerplate_patterns) or label_line(text, rules):
        return Verdict(BlockKind.BOILERPLATE)
    if _is_credit(text, rules):
        return Verdict(BlockKind.CREDIT)
    if lone(text):
        return Verdict(BlockKind.DATELINE)
    if first_match(text, rules.caption_patterns):
        return Verdict(BlockKind.CAPTION)
    return None


def _squeezed(text: str) -> str:
    """One blank for several: patterns with two stretches of white space would try every way to share them out."""
    return _BLANKS.sub(" ", text)


def _is_menu(text: str, rules: Recognition) -> bool:
    """Words of a web page, alone or in a row: "Imprimer | Partager"."""
    return all(fold(part) in rules.boilerplate for part in re.split("[|•·]", text) if _ALNUM.search(part))


def _is_credit(text: str, rules: Recognition) -> bool:
    return bool(
        first_match(text, rules.source_patterns)
        or first_match(text, rules.credit_patterns)
        or first_match(text, rules.contact_patterns)
        or _is_agency(text, rules)
    )


def _is_agency(text: str, rules: Recognition) -> bool:
    """Whether a line is an agency's: "AFP", "(AFP)", "14 octobre 2019, AFP", "AFP - 15/10/2015"."""
    bare = text.strip("().").casefold()
    if bare in rules.agencies:
        return True
    found = lone(text)
    return bool(found and (found.place.casefold() in rules.agencies or _PRESS.match(found.place)))


def _contacts(texts: Sequence[str], found: list[Verdict | None]) -> None:
    """The names and addresses under "Contact presse :" belong to it, up to the next sentence."""
    for index, text in enumerate(texts):
        verdict = found[index]
        if verdict is None or verdict.kind is not BlockKind.CREDIT or not text.endswith(":"):
            continue
        for below in range(index + 1, min(index + 6, len(texts))):
            if found[below] is None and _title_like(texts[below]) and len(texts[below]) <= 80:
                found[below] = Verdict(BlockKind.CREDIT)
            elif found[below] is None:
                break


def marker_of(text: str, rules: Recognition = DEFAULT) -> tuple[str, str]:
    """The list marker with its white space, and its family: items of one list share it ("1. ", "2. " → "1.").

    Both are "" where there is none. Whether it is a list at all, its neighbours decide.
    """
    enumerator = _ENUMERATOR.match(text)
    if enumerator:
        return enumerator[0], re.sub(r"\d+", "1", re.sub(r"[a-z]+", "a", enumerator[0].strip()))
    if text[0] in rules.bullets:
        blank = _BLANK.match(text, 1)
        if blank:
            return text[: blank.end()], text[0]
    return "", ""


def _items(texts: Sequence[str], found: list[Verdict | None], rules: Recognition) -> None:
    """Runs of marked paragraphs → items, each list under its lead-in; a weak mark alone, or a dialogue, is no list."""
    marks = [marker_of(text, rules) if found[i] is None else ("", "") for i, text in enumerate(texts)]
    index = 0
    while index < len(texts):
        end = index
        while end < len(texts) and marks[end][1]:
            end += 1
        lead = index - 1 if index and texts[index - 1].endswith(":") and found[index - 1] is None else None
        if end > index and (lead is not None or _is_list(texts[index:end], [mark[1] for mark in marks[index:end]])):
            _list(texts, found, marks, range(index, end), lead)
        index = max(end, index + 1)


def _list(
    texts: Sequence[str],
    found: list[Verdict | None],
    marks: Sequence[tuple[str, str]],
    run: range,
    lead: int | None,
) -> None:
    """One run of items. Another family of markers below an item that ends in ":" is a list inside that item."""
    groups = {marks[run[0]][1]: lead}
    for index in run:
        marker, family = marks[index]
        if family not in groups:
            groups[family] = index - 1 if texts[index - 1].endswith(":") else groups[marks[index - 1][1]]
        found[index] = Verdict(BlockKind.ITEM, marker=marker, group=groups[family])


def _is_list(run: Sequence[str], families: Sequence[str]) -> bool:
    """Whether marked paragraphs with no lead-in are a list: a bullet or number is; one dash or asterisk is not.

    Several dashes are, unless they are a dialogue: whole sentences, one of them asked or exclaimed.
    """
    if any(family[0] not in WEAK_MARKERS for family in families):
        return True
    spoken = all(_is_sentence(text) for text in run) and any(_end(text).endswith(("?", "!")) for text in run)
    return len(run) > 1 and not spoken


def _is_sentence(text: str) -> bool:
    return _end(text).endswith(_STOPS)


def _end(text: str) -> str:
    """The last characters without closing quotes and brackets: enough to see how a paragraph ends."""
    return text[-12:].rstrip(" \u00a0\u202f\t\r\n»”\"'’)]")


def _title_like(text: str) -> bool:
    """Short, capital or digit first, no final punctuation: a heading, a link, a name."""
    bare = text.lstrip("«“\"' \u00a0\u202f")
    capital = bare[:1].isupper() or bare[:1].isdigit()
    return len(text) <= 150 and capital and not _end(text).endswith((*_STOPS, ";", ":", ","))


def _headline(texts: Sequence[str], found: list[Verdict | None], rules: Recognition) -> None:
    free = [index for index, verdict in enumerate(found) if verdict is None]
    if not free:
        return
    first, rest = free[0], free[1:]
    text = texts[first]
    if len(text) > rules.headline_max or _end(text).endswith((".", ";", ":", ",")) or not _starts_upper(text):
        return
    items = [index for index, verdict in enumerate(found) if verdict and verdict.kind is BlockKind.ITEM]
    if (items and items[0] < first) or opening(text, rules.agencies):
        return
    # A line that goes on in lower case is a broken paragraph, not a headline; one with no text below is no headline.
    if rest and _starts_upper(texts[rest[0]]) and any(_is_sentence(texts[index]) for index in rest):
        found[first] = Verdict(BlockKind.HEADING, level=1)


def _starts_upper(text: str) -> bool:
    letter = _ALNUM.search(text)
    return letter is not None and not letter[0].islower()


def _unmarked_lists(texts: Sequence[str], found: list[Verdict | None]) -> None:
    """Lists without bullets below a ":": lines that end in ";" and the one after them, or titles."""
    for lead, text in enumerate(texts):
        if found[lead] is not None or not text.endswith(":"):
            continue
        end = lead + 1
        while end < len(texts) and found[end] is None and texts[end].endswith(";"):
            end += 1
        if end > lead + 1:
            end += end < len(texts) and found[end] is None
        else:
            while end < len(texts) and found[end] is None and _title_like(texts[end]):
                end += 1
            last = all(found[below] is not None for below in range(end, len(texts)))
            if end - lead < 3 and not (end - lead == 2 and last):
                continue
        for index in range(lead + 1, end):
            found[index] = Verdict(BlockKind.ITEM, group=lead)


def _quotations(texts: Sequence[str], found: list[Verdict | None]) -> None:
    balances = [_balance(text) for text in texts]
    index = 0
    while index < len(texts):
        end = _run_end(texts, found, index, balances) if found[index] is None else None
        if end is None:
            if found[index] is None and _is_quotation(texts[index]):
                found[index] = Verdict(BlockKind.QUOTE)
            index += 1
            continue
        # A run may open inside its first paragraph ("Le maire a déclaré : « …"): that one stays running text.
        found[index] = Verdict(BlockKind.QUOTE) if texts[index][0] in "«“" else None
        for inside in range(index + 1, end + 1):
            found[inside] = Verdict(BlockKind.QUOTE, group=index)
        index = end + 1


def _balance(text: str) -> int:
    return text.count("«") + text.count("“") - text.count("»") - text.count("”")


def _run_end(texts: Sequence[str], found: Sequence[Verdict | None], start: int, balances: Sequence[int]) -> int | None:
    """Index of the paragraph that closes the quotation left open in ``start``; None if none is, or none closes it.

    French sets « again at each paragraph and » only at the last (Lexique des règles typographiques en usage à
    l'Imprimerie nationale, "guillemets"); texts that open once and close once are followed too.
    """
    # "… il a dit « oui » à « tous." is a slip; "« Il a dit « oui »." closes both levels with one mark.
    if balances[start] < 1 or texts[start].rstrip(" .!?…").endswith(("»", "”")):
        return None
    for index in range(start + 1, min(start + _LONGEST_RUN, len(texts))):
        if found[index] is not None:
            return None
        balance = balances[index]
        reopened = texts[index][0] in "«“"
        if balance < 0 or (reopened and balance == 0):
            return index
        if balance > 0 and not reopened:
            return None
    return None


def _is_quotation(text: str) -> bool:
    """Whether one quotation is the whole paragraph, from its first mark to its last."""
    if text[0] not in "«“" or not text.rstrip(" .!?…\u00a0\u202f").endswith(("»", "”")):
        return False
    depth, closed = 0, -1
    for mark in _MARKS.finditer(text):
        if closed >= 0:
            return False
        depth += 1 if mark[0] in "«“" else -1
        if depth == 0:
            closed = mark.end()
    return closed >= 0 and not _ALNUM.search(text[closed:])


def _sub_headings(texts: Sequence[str], found: list[Verdict | None], rules: Recognition) -> None:
    running = [
        index
        for index, verdict in enumerate(found)
        if verdict is None or verdict.kind in (BlockKind.HEADING, BlockKind.ITEM, BlockKind.QUOTE)
    ]
    for before, index, after in zip(running, running[1:], running[2:], strict=False):
        verdict = found[index]
        if verdict is not None and not (
            _is_numbered(verdict) and not _is_numbered(found[before]) and not _is_numbered(found[after])
        ):
            continue
        marker = verdict.marker if verdict else ""
        text = texts[index][len(marker) :]
        if len(text) > rules.heading_max or not _title_like(text):
            continue
        complete = found[index - 1] is not None or _ends_before(texts[before])
        if complete and _opens_text(texts[after], found[after]):
            found[index] = Verdict(BlockKind.HEADING, level=2, marker=marker)


def _is_numbered(verdict: Verdict | None) -> bool:
    """Whether it is a numbered item without a lead-in: alone between paragraphs, "2. Calendrier" is a heading."""
    return bool(
        verdict
        and verdict.kind is BlockKind.ITEM
        and verdict.group is None
        and verdict.marker.lstrip("(")[:1].isdigit()
    )


def _ends_before(text: str) -> bool:
    """Whether running text is complete, so that a short line below it is not its continuation."""
    return _is_sentence(text) or text.endswith(";")


def _opens_text(text: str, verdict: Verdict | None) -> bool:
    """Whether what follows is text that a heading can head: a sentence, a quotation, a marked list, its lead-in."""
    if verdict is not None:
        return verdict.kind is BlockKind.QUOTE or bool(verdict.kind is BlockKind.ITEM and verdict.marker)
    return _starts_upper(text) and (_is_sentence(text) or text.endswith(":"))


def title(texts: Sequence[str], verdicts: Sequence[Verdict], rules: Recognition) -> str:
    """The headline, else the beginning of the first running text, shortened."""
    for text, verdict in zip(texts, verdicts, strict=True):
        if verdict.level == 1:
            return " ".join(text.split())
    chosen = _first_running(verdicts)
    if chosen is None:
        return _shortened(texts[0]) if texts else ""
    dateline = opening(texts[chosen], rules.agencies)
    return _shortened(texts[chosen][dateline.length if dateline else len(verdicts[chosen].marker) :])


def _shortened(text: str) -> str:
    words = " ".join(text[: 4 * TITLE_LENGTH].split())
    if len(words) <= TITLE_LENGTH:
        return words
    cut = words.rfind(" ", 0, TITLE_LENGTH)
    return words[: cut if cut > 0 else TITLE_LENGTH - 1].rstrip(" ,;:–—-«“(") + "…"


def _first_running(verdicts: Sequence[Verdict]) -> int | None:
    kinds = (BlockKind.PARAGRAPH, BlockKind.QUOTE, BlockKind.ITEM)
    return next((index for index, verdict in enumerate(verdicts) if verdict.kind in kinds), None)


def metadata(texts: Sequence[str], verdicts: Sequence[Verdict], rules: Recognition) -> Metadata:
    """A lone date counts before one inside the first paragraph, that before an agency's line, that before a label's."""
    of_kind: dict[BlockKind, list[str]] = {kind: [] for kind in BlockKind}
    for text, verdict in zip(texts, verdicts, strict=True):
        of_kind[verdict.kind].append(_squeezed(text) if len(text) <= _SHORT else text)
    first = _first_running(verdicts)
    inside = opening(texts[first], rules.agencies) if first is not None else None
    lines: list[Dateline] = [line for text in of_kind[BlockKind.DATELINE] if (line := lone(text))]
    lines += [inside] if inside else []
    credits_ = of_kind[BlockKind.CREDIT]
    dates = [line.date for line in lines] + [first_date(text) for text in credits_ if _is_agency(text, rules)]
    labels = [line for text in of_kind[BlockKind.BOILERPLATE] if (line := label_line(text, rules))]
    dates += [line.date for line in labels]
    sources = [
        match.groupdict().get("source") or match[0]
        for text in credits_
        if (match := first_match(text, rules.source_patterns))
    ]
    own = [text for text in credits_ if first_match(text, rules.credit_patterns) or _is_agency(text, rules)]
    own += [
        match.groupdict().get("credit") or ""
        for text in of_kind[BlockKind.CAPTION]
        if (match := first_match(text, rules.caption_patterns))
    ]
    return Metadata(
        date=next(filter(None, dates), ""),
        place=next((line.place for line in lines + labels if line.place), ""),
        credit=next(filter(None, own), "").strip("()"),
        source=next(filter(None, sources), "").strip(),
    )
