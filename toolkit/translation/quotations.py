"""Sentences with quotations: parted into what is said and who says it, or asked whole with the marks put back after.

"« A », a déclaré X." is two questions, A and X, because a small model loses one of the two when asked both at once; the
words between follow English usage: a comma inside the closing mark, then the verb of saying. Quotations that are part
of a sentence ("un « plan de sauvegarde »") are asked with the sentence.
"""

from __future__ import annotations

import re
from bisect import bisect
from dataclasses import dataclass, replace

from toolkit.translation import phrases
from toolkit.translation.pieces import Ask, Done, Joined, Located, Piece, ask, recase, split_ending
from toolkit.translation.placing import Span

_S = r"[\s\u00a0\u202f]"
_OPEN = "«“„‹"
_MARK = re.compile(rf"[«“„‹]{_S}*|{_S}*[»”›]|\"")
_LEAST_INNER_WORDS = 3
#: A text with more marks is no sentence, and is not taken apart.
_MOST_QUOTES = 12


@dataclass(frozen=True, slots=True)
class _Mark:
    """A quotation mark with the spaces inside it."""

    start: int
    end: int
    opens: bool


@dataclass(frozen=True, slots=True)
class _Quote:
    """A quotation in a text: ``outer_start:outer_end`` with its marks, ``start:end`` without."""

    outer_start: int
    start: int
    end: int
    outer_end: int
    opened: bool = True
    closed: bool = True
    depth: int = 0


def _marks(text: str) -> list[_Mark]:
    """All marks; a straight one opens before a word and closes after one, and otherwise takes turns."""
    marks: list[_Mark] = []
    straight_open = False
    for match in _MARK.finditer(text):
        sign = match[0].strip()
        if sign == '"':
            before = text[match.start() - 1 : match.start()]
            after = text[match.end() : match.end() + 1]
            glued = bool(before.strip()), bool(after.strip())
            straight_open = glued == (False, True) or (glued[0] == glued[1] and not straight_open)
            marks.append(_Mark(match.start(), match.end(), straight_open))
        else:
            marks.append(_Mark(match.start(), match.end(), sign in _OPEN))
    return marks


def _quotes(text: str) -> list[_Quote]:
    """Pair the marks: outer before inner, left to right; a lone half reaches to the end, or from the beginning."""
    found: list[_Quote] = []
    stack: list[_Mark] = []
    unopened: list[_Mark] = []
    for mark in _marks(text):
        if mark.opens:
            stack.append(mark)
        elif stack:
            opener = stack.pop()
            end = max(mark.start, opener.end)
            found.append(_Quote(opener.start, opener.end, end, mark.end, depth=len(stack)))
        else:
            unopened.append(mark)
    for depth, opener in enumerate(stack):
        found.append(_Quote(opener.start, opener.end, len(text), len(text), closed=False, depth=depth))
    ends = [mark.start for mark in unopened]
    found = [replace(quote, depth=quote.depth + len(ends) - bisect(ends, quote.outer_start)) for quote in found]
    for depth, mark in enumerate(reversed(unopened)):
        found.append(_Quote(0, 0, mark.start, mark.end, opened=False, depth=depth))
    return sorted(found, key=lambda quote: (quote.outer_start, -quote.outer_end, quote.depth))


def sentence(text: str, *, ending: str | None = None) -> Piece:
    """Plan a French sentence or fragment, with or without quotations.

    Args:
        text: French.
        ending: punctuation for the English's end; None for the source's own.
    """
    if not any(character.isalnum() for character in text):
        return Done("")
    quotes = _quotes(text)
    if not quotes:
        return ask(text, ending=ending)
    if len(quotes) > _MOST_QUOTES:
        return _located(text, quotes, ending)
    outer = [quote for quote in quotes if not quote.depth]
    return _speech(text, outer, ending) or _reported(text, outer, ending) or _located(text, quotes, ending)


# --- what is said, and who says it ----------------------------------------------------------------------------------

_ADVERB = "|".join(sorted(phrases.ADDING + phrases.OTHER_ADVERBS, key=len, reverse=True))
_DONE = "|".join(sorted(map(re.escape, phrases.SAID), key=len, reverse=True))
_DOES = "|".join(sorted(map(re.escape, phrases.SAYS), key=len, reverse=True))
_SELF = "|".join(sorted(map(re.escape, phrases.SAID_OF_ONESELF), key=len, reverse=True))
_PRONOUN = "(?:il|elle|on|ils|elles)"
#: "a-t-il (également) souligné", "ont déclaré (notamment)", "a-t-elle tenu à préciser"; "estime-t-elle", ", explique";
#: "s’est-elle félicitée".
_SAID = re.compile(
    rf"{_S}*(?P<comma>,)?{_S}*(?:"
    rf"(?:a|ont|avait|avaient)(?:(?:-t)?-(?P<p1>{_PRONOUN}))?{_S}+(?:(?P<adverb>{_ADVERB}){_S}+)?"
    rf"(?:(?P<done>{_DONE})e?s?|tenue?s?{_S}+à{_S}+(?P<wish>[a-zé]{{3,9}})er)"
    rf"|(?P<makes>fait|font)(?:-(?P<p5>{_PRONOUN})){_S}+(?P<point>valoir|savoir|remarquer|observer)"
    rf"|(?P<does>{_DOES})(?:nt)?(?:-t)?-(?P<p2>{_PRONOUN})"
    rf"|s[’'](?:(?:est|était|sont)(?:-(?P<p3>{_PRONOUN}))?{_S}+)?(?P<self>{_SELF})(?:\w{{0,4}})"
    rf"(?:(?:-t)?-(?P<p4>{_PRONOUN}))?"
    rf"|se{_S}+(?P<self2>{_SELF})\w{{0,4}}"
    rf"|(?<=[,\s\u00a0\u202f])(?P<present>{_DOES})(?:nt)?(?={_S}+\w))(?![\w-])"
    rf"(?:{_S}+(?P<adverb2>{_ADVERB})(?!\w))?",
    re.IGNORECASE,
)
_ACCORDING = re.compile(rf"{_S}*,{_S}*(?:selon|d[’']après){_S}+", re.IGNORECASE)
_LEAD = re.compile(rf"(?::|\b(?:a|ont|avait)(?:{_S}+(?:{_ADVERB}))?{_S}+(?:{_DONE}){_S}*,?){_S}*$", re.IGNORECASE)
_PRONOUNS = {"il": "he", "elle": "she", "on": "they", "ils": "they", "elles": "they"}


def _speech(text: str, outer: list[_Quote], ending: str | None) -> Piece | None:
    """Plan a sentence that is a quotation with its speaker; None when the quotation is only part of a sentence."""
    first = outer[0]
    before, after = text[: first.outer_start].strip(), text[first.outer_end :]
    rest_is_end = not any(character.isalnum() for character in after)
    if before:
        if not (rest_is_end and _LEAD.search(before)):
            return None
        said = _said(text, first, after)
        lead = ask(before.rstrip(" \u00a0\u202f:,") + " :", ending=":")
        return Joined((lead, Done(" "), said))
    if rest_is_end:
        return _said(text, first, after if ending is None else ending)
    tail = _speaker(after, ending)
    return Joined((_quoted(text, first, ","), *tail)) if tail else None


def _reported(text: str, outer: list[_Quote], ending: str | None) -> Piece | None:
    """Plan "Il juge l'accord « utile » et « durable », a-t-elle dit.": the speaker apart from the rest."""
    last = outer[-1]
    after = text[last.outer_end :]
    if not last.outer_start or not re.match(rf"{_S}*,", after):
        return None
    tail = _speaker(after, ending)
    return Joined((sentence(text[: last.outer_end], ending=","), *tail)) if tail else None


def _said(text: str, quote: _Quote, after: str) -> Piece:
    """A quotation up to the sentence's end: the period goes inside, as does any other mark the French puts behind."""
    own = split_ending(text[quote.start : quote.end])[1]
    return _quoted(text, quote, own or "".join(after.split()))


def _quoted(text: str, quote: _Quote, ending: str) -> Piece:
    """The words of a quotation between the marks that this sentence has; "?", "!" and "…" win over a comma."""
    inner = text[quote.start : quote.end]
    own = split_ending(inner)[1]
    final = own if own and own[-1] in "?!…" else ending
    said = sentence(inner, ending=final)
    return Joined((Done("“" if quote.opened else ""), said, Done("”" if quote.closed else "")))


def _speaker(text: str, ending: str | None) -> tuple[Piece, ...]:
    """What follows a quotation: verb, speaker, circumstances; () when it does not read as that."""
    if match := _ACCORDING.match(text):
        return (Done(" according to "), *_person(text[match.end() :], ending))
    match = _SAID.match(text)
    if not match or (match["present"] and not match["comma"]):
        return ()
    verb = _verb(match)
    rest = text[match.end() :]
    pronoun = next((match[name] for name in ("p1", "p2", "p3", "p4", "p5") if match[name]), None)
    if pronoun:
        return (Done(f" {_PRONOUNS[pronoun.lower()]} {verb}"), *_circumstances(rest, ending))
    if not any(character.isalnum() for character in rest):
        return ()
    return (Done(f" {verb} "), *_person(rest.strip(), ending))


def _verb(match: re.Match[str]) -> str:
    """The English verb of saying, in the past; "a également déclaré" is "added"."""
    if stem := match["self"] or match["self2"]:
        return phrases.SAID_OF_ONESELF[stem.lower()]
    if match["makes"]:
        return phrases.SAID[f"fait {match['point'].lower()}"]
    if match["wish"]:
        verb = phrases.SAID.get(f"{match['wish'].lower()}é", "said")
    elif match["done"]:
        verb = phrases.SAID[match["done"].lower()]
    else:
        verb = phrases.SAYS[(match["does"] or match["present"]).lower()]
    adverb = (match["adverb"] or match["adverb2"] or "").lower()
    return "added" if adverb in phrases.ADDING and verb == "said" else verb


_GERUND = re.compile(
    rf"(?P<comma>{_S}*,)?{_S}*(?P<en>en{_S}+)?(?P<gerund>"
    + "|".join(sorted(map(re.escape, phrases.GERUNDS), key=len, reverse=True))
    + rf")(?:{_S}+(?P<that>qu[’'e]){_S}*|{_S}+)",
    re.IGNORECASE,
)


def _circumstances(text: str, ending: str | None) -> tuple[Piece, ...]:
    """What follows "a-t-il dit": ", rappelant que …", " devant la presse.", " : « … »", ", « B »." or only the end."""
    bare = text.strip()
    if not any(character.isalnum() for character in bare):
        return (Done("".join(bare.split()) if ending is None else ending),)
    if match := _GERUND.match(text):
        link = f", {phrases.GERUNDS[match['gerund'].lower()]}"
        link += " that " if match["that"] else " "
        return (Done(link), _small(text[match.end() :], ending))
    quotes = [quote for quote in _quotes(text) if not quote.depth]
    if quotes and text[: quotes[0].outer_start].strip() in (",", ":", "") and len(quotes) == 1:
        after = text[quotes[0].outer_end :]
        if not any(character.isalnum() for character in after):
            comma = text[: quotes[0].outer_start].strip() or ","
            return (Done(f"{comma} "), _said(text, quotes[0], after if ending is None else ending))
    comma = "," if bare.startswith(",") else ""
    return (Done(f"{comma} "), _small(bare.lstrip(", \u00a0\u202f"), ending))


def _small(text: str, ending: str | None) -> Piece:
    """A fragment that continues an English sentence: no capital unless its French has one in a word that is a name."""
    return sentence(recase(text, "lower") if _function_word(text) else text, ending=ending)


def _function_word(text: str) -> bool:
    return re.match(r"(?:le|la|les|l|un|une|des|ce|cette|ces|il|elle|on|nous|à|en)\b", text, re.IGNORECASE) is not None


_CAPITALISED = r"(?:[A-ZÀ-ÖØ-Þ]\.(?:-?[A-ZÀ-ÖØ-Þ]\.)*|[A-ZÀ-ÖØ-Þ][\w’'-]*)"
_NAME_WORD = rf"(?:{_CAPITALISED}|d[ue]|de la|von|van|der|den|el|al|ben|bin|da|di|dos)"
_HONORIFIC = re.compile(
    rf"(?P<title>{'|'.join(map(re.escape, sorted(phrases.HONORIFICS, key=len, reverse=True)))}){_S}+"
    rf"(?P<name>{_CAPITALISED}(?:{_S}+{_NAME_WORD})*)(?![\w’'-])"
)
_NAME = re.compile(rf"{_CAPITALISED}(?:{_S}+{_NAME_WORD})+(?![\w’'-])")
_TITLED = re.compile(rf"(?P<title>[^,«»]+),{_S}+(?P<name>{_NAME.pattern})(?P<rest>$|{_S}*[,.].*)", re.DOTALL)


def _honoured(name: str) -> str:
    """A name with its honorific in English: "Mme Rose Ardant" is "Ms Rose Ardant"."""
    first, _, rest = name.partition(" ")
    return f"{phrases.HONORIFICS[first]} {rest}" if rest and first in phrases.HONORIFICS else name


def _person(text: str, ending: str | None) -> tuple[Piece, ...]:
    """A speaker: names stay as they are, titles are asked; then the circumstances."""
    for pattern in (_HONORIFIC, _NAME):
        if match := pattern.match(text):
            title = f"{phrases.HONORIFICS[match['title']]} {match['name']}" if pattern is _HONORIFIC else match[0]
            return (Done(title), *_circumstances(text[match.end() :], ending))
    gerund = re.search(rf",{_S}*(?:en{_S}+)?(?:{'|'.join(map(re.escape, phrases.GERUNDS))})\b", text)
    head, rest = (text[: gerund.start()], text[gerund.start() :]) if gerund else (text, "")
    if match := _TITLED.fullmatch(head):
        tail = match["rest"] + rest
        return (_small(match["title"], ""), Done(f", {_honoured(match['name'])}"), *_circumstances(tail, ending))
    if gerund:
        return (_small(head, ""), *_circumstances(rest, ending))
    return (_small(text, ending),)


# --- quotations inside a sentence -----------------------------------------------------------------------------------


def _located(text: str, quotes: list[_Quote], ending: str | None) -> Piece:
    """Ask the sentence without marks; ask the longer quotations alone too, as evidence of where they ended up."""
    bare, offsets = _without_marks(text)
    whole = ask(bare, ending=ending)
    core = split_ending(bare)[0]
    spans = []
    for quote in quotes:
        start = min(offsets[quote.start], len(core))
        spans.append(Span(start, max(start, min(offsets[quote.end], len(core))), quote.opened, quote.closed))
    inner = tuple(
        ask(core[span.start : span.end]).query
        if len(spans) <= _MOST_QUOTES
        and (span.start, span.end) != (0, len(core))
        and len(core[span.start : span.end].split()) >= _LEAST_INNER_WORDS
        else ""
        for span in spans
    )
    return Located(Ask(whole.query, whole.ending, whole.initial), core, tuple(spans), inner)


def _without_marks(text: str) -> tuple[str, list[int]]:
    """Take the marks out; the list gives, for each offset of ``text``, the offset in what is left."""
    keep = [True] * len(text)
    for mark in _marks(text):
        keep[mark.start : mark.end] = [False] * (mark.end - mark.start)
    offsets, count = [], 0
    for kept in keep:
        offsets.append(count)
        count += kept
    return "".join(c for c, kept in zip(text, keep, strict=True) if kept), [*offsets, count]
