"""What goes to the model, and what must not: dates, credits, datelines, menu words, capitals, quotation marks.

Small models fail where text is not a sentence: a lone date loops, "|" becomes a word, a headline in capitals comes back
in French. ``plan`` decides by rule what can be decided, and asks the model only for plain sentences. The table of
rules, with what was measured, is docs/rules.md.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

from toolkit.text.capitals import is_capitals, sentence_case
from toolkit.text.dates import leading_date, whole_date
from toolkit.text.numbers import bare_number
from toolkit.text.places import english_city, english_country, english_place, is_place
from toolkit.text.typography import VERBATIM, english
from toolkit.translation import phrases
from toolkit.translation.listing import Item, form_of, verbs_of
from toolkit.translation.pieces import Capitals, Done, Joined, Piece, recase, split_ending
from toolkit.translation.quotations import sentence

Kind = Literal["rule", "model", "mixed"]

_S = r"[\s\u00a0\u202f]"
_LABEL = re.compile(rf"(?P<label>[^\W\d_][\w’' .-]{{2,30}}?){_S}*:{_S}*(?P<value>\S.*)?", re.DOTALL)
#: "Tél. 02 40 00 00 00", also without a colon, and several of them in a line.
_NUMBER = r"\+?[\d(][\d\s()./-]{5,24}\d"
_PHONE_LABEL = r"(?:tél\.?|téléphone|fax|télécopie|portable|mobile|standard)"
_PHONE = re.compile(rf"(?P<label>{_PHONE_LABEL}){_S}*(?P<colon>:)?{_S}*(?P<number>{_NUMBER})", re.IGNORECASE)
_PHONES = re.compile(
    rf"{_PHONE_LABEL}{_S}*:?{_S}*{_NUMBER}(?:{_S}*[-–—/,;|]{_S}*{_PHONE_LABEL}{_S}*:?{_S}*{_NUMBER})*", re.IGNORECASE
)
_TITLE = re.compile(r"(?<!\w)(?:M\.|Mme|Mlle)(?=\s[A-ZÀ-Þ])")
#: What tells how to reach somebody, and what parts several such things.
_REACHED = re.compile(rf"@|www\.|https?:|{_NUMBER}")
_PARTED = re.compile(rf"(,{_S}+|{_S}+(?:et|ou){_S}+(?=\S*@|www\.|https?:|[\d+(]))")
_CODE = re.compile(r"(?=.*\d)[A-Z0-9][A-Z0-9./_–-]*")
_DATELINE = re.compile(
    rf"(?P<place>[^\W\d_][^\d«»:;.!?()–—]{{1,50}}?)(?:{_S}?\((?P<paren>[^()]{{2,50}})\))?"
    rf"(?:{_S}?,{_S}(?:le{_S})?(?P<date>[^–—:;.]{{4,40}}?))?{_S}+(?P<dash>[–—‒-]|--){_S}+(?=\S)"
)
#: One word of a name, particle or abbreviation; text is cut at _NAME_GAP first, so that nothing can match in two ways.
_NAME_WORD = re.compile(
    r"[A-ZÀ-ÖØ-Þ0-9©(][\w’'.@+]*\)?|[\w’'.@+]+\)|d[ue]|des|l[ae]|et|von|van|der|[dl][’'][A-ZÀ-Þ]\w*"
)
_NAME_GAP = re.compile(r"[\s,/|&–-]+")
#: Contexts whose short lines are names and sources, not sentences.
_CREDITS = frozenset({"credit", "caption", "dateline", "boilerplate"})
_CREDIT_WORDS = 8


@dataclass(frozen=True, slots=True)
class Plan:
    """How one sentence becomes English.

    Attributes:
        source: the French sentence.
        piece: what it is made of.
    """

    source: str
    piece: Piece

    @property
    def queries(self) -> tuple[str, ...]:
        """French for the model, in order; () when rules do it all."""
        return self.piece.queries

    @property
    def kind(self) -> Kind:
        """Who does it: the rules alone, the model (its answer only set in English typography), or both."""
        if not self.queries:
            return "rule"
        return "mixed" if isinstance(self.piece, Joined | Capitals) else "model"

    def finish(self, answers: Sequence[str]) -> str:
        """Make the English.

        Args:
            answers: the model's raw answers to ``queries``, one for each, in order; each may be anything.

        Returns:
            The sentence in English typography; "" when the model answered nothing.

        Raises:
            ValueError: the number of answers is not the number of queries (a mistake of the caller).
        """
        self._count(answers)
        if self.queries and not any(answer.strip() for answer in answers):
            return ""
        finished = self.piece.finish(answers)
        return english(finished) if self.queries else finished

    def doubts(self, answers: Sequence[str]) -> tuple[str, ...]:
        """Remarks for the reviewer's notes, given the same answers; () mostly."""
        self._count(answers)
        return self.piece.doubts(answers)

    def _count(self, answers: Sequence[str]) -> None:
        if len(answers) != len(self.queries):
            msg = f"{len(self.queries)} answers are needed, {len(answers)} were given"
            raise ValueError(msg)


def plan(
    source: str, context: str | None = None, *, casing: Mapping[str, str] | None = None, lead_in: str = ""
) -> Plan:
    """Decide how a French sentence is translated.

    Args:
        source: the sentence as the catalogue holds it.
        context: its msgctxt: None for running text, else the block kind ("heading", "credit", …).
        casing: ``toolkit.text.capitals.casing`` of the release: which words of a headline in capitals are names.
        lead_in: the French sentence that a list's item continues; "" when there is none.

    Returns:
        The plan; the same for the same arguments.
    """
    text = " ".join(source.split())
    by_rule = _by_rule(text, context)
    if by_rule is not None:
        return Plan(source, Done(by_rule))
    piece = _partly(text, context, casing)
    form = form_of(text, lead_in)
    return Plan(source, Item(piece, form, verbs_of(text)) if form else piece)


def _by_rule(text: str, context: str | None) -> str | None:
    """English that needs no model; None when it does."""
    rules: tuple[Callable[[str, str | None], str | None], ...] = (
        _copied,
        _menu_word,
        lambda words, _: whole_date(words),
        lambda words, _: bare_number(words),
        _phone_line,
        _credit_line,
        _label_line,
    )
    return next((found for rule in rules if (found := rule(text, context)) is not None), None)


def _copied(text: str, _: str | None) -> str | None:
    """Letterless lines, addresses, codes and copyright lines stay as they are, without French spaces and guillemets."""
    if not any(character.isalnum() for character in text):
        return english(text)
    if VERBATIM.fullmatch(text) or _CODE.fullmatch(text):
        return text
    if re.fullmatch(r"[\w-]+(?:\.[\w-]+)+(?:/\S*)?", text) and re.search(r"\.[a-z]{2,}(?:/|$)", text):
        return text
    if text in phrases.ACRONYMS or (text.startswith("©") and len(text.split()) <= _CREDIT_WORDS):
        return english(phrases.acronyms(text))
    return None


def _menu_word(text: str, context: str | None) -> str | None:
    """Words of a site's frame and usual headings; running text is not looked at when it ends like a sentence."""
    core, ending = split_ending(text)
    if context is None and ending not in ("", ":"):
        return None
    found = phrases.lookup(phrases.BOILERPLATE, core)
    if cell := None if found else phrases.lookup(phrases.CELLS, core):
        found = recase(cell, "lower") if core[0].islower() else cell
    if found:
        return (found.upper() if is_capitals(core) else found) + ending
    words = core.lower().split()
    if context == "boilerplate" and words and all(word in phrases.ENGLISH_MENU for word in words):
        return text
    return None


def _phone_line(text: str, _: str | None) -> str | None:
    """Translate the labels of "Tél. 02 40 00 00 00 – Fax : 02 40 00 00 01"."""
    return english(_PHONE.sub(_labelled, text)) if _PHONES.fullmatch(text.rstrip(".")) else None


def _labelled(phone: re.Match[str]) -> str:
    """A number with its label in English."""
    label = phrases.lookup(phrases.LABELS, phone["label"]) or phone["label"]
    label = label if phone["label"][0].isupper() else label.lower()
    return f"{label}{phone['colon'] or ''} {phone['number']}"


def _credit_line(text: str, context: str | None) -> str | None:
    """Translate the date of "15 octobre 2025, AFP" or "AFP, le 15 octobre 2025"; keep the names."""
    date = leading_date(text)
    if date and (match := re.fullmatch(rf"{_S}*([,|/–—-]){_S}*(?P<name>.+)", text[date.end :], re.DOTALL)):
        name = match["name"]
        if (_is_names(name) and match[1] in ",|/") or (context in _CREDITS and _is_names(name)):
            return f"{date.english}{', ' if match[1] == ',' else f' {english(match[1])} '}{_names(name)}"
    match = re.fullmatch(rf"(?P<name>[^,]+),{_S}(?P<date>.+)", text, re.DOTALL)
    if match and context in _CREDITS and _is_names(match["name"]):
        found = whole_date(re.sub(r"^le\s", "", match["date"]))
        return f"{_names(match['name'])}, {found}" if found else None
    return _names(text) if context == "credit" and _is_names(text) else None


def _label_line(text: str, _: str | None) -> str | None:
    """Translate the label of "Source : x.org", "Contact presse : a@b.org"; keep names and addresses."""
    match = _LABEL.fullmatch(text)
    label = match and _label(match["label"])
    if not match or not label:
        return None
    label = label if match["label"][0].isupper() else label.lower()
    value = (match["value"] or "").strip()
    if not value:
        return f"{label}:"
    found = _value(value, names=phrases.lookup(phrases.LABELS, match["label"]) is not None)
    return f"{label}: {found}" if found is not None else None


def _label(words: str) -> str | None:
    """The English of what stands before a colon; None when it is no known label."""
    return phrases.lookup(phrases.LABELS, words) or phrases.lookup(phrases.CELLS, words)


def _value(text: str, *, names: bool) -> str | None:
    """What stands behind a label, when it is no sentence; ``names``: whether words with capitals are taken for such."""
    core = text.rstrip(".")
    listed = [part.strip() for part in core.split(",")]
    if all(is_place(part) and part[:1].isupper() for part in listed):
        return ", ".join(map(english_place, listed)) + text[len(core) :]
    for found in (whole_date(text), bare_number(core), _copied(text, None), _copied(core, None)):
        if found is not None:
            return found + text[len(core) :] if found == core else found
    if cell := phrases.lookup(phrases.CELLS, core):
        return (recase(cell, "lower") if core[0].islower() else cell) + text[len(core) :]
    if (names and _is_names(text)) or re.fullmatch(r"[\d\s+().–-]+", text):
        return _names(text)
    return _details(core) + text[len(core) :] if _REACHED.search(core) and _details(core) else None


def _details(text: str) -> str:
    """How to reach somebody: names, offices, numbers and addresses, and nothing else; "" for anything else."""
    english_of = {"et": " and ", "ou": " or "}
    found = []
    for part in _PARTED.split(text):
        if part.strip() in (",", "et", "ou"):
            found.append(english_of.get(part.strip(), ", "))
        elif detail := _detail(part):
            found.append(detail)
        else:
            return ""
    return "".join(found)


def _detail(text: str) -> str | None:
    """One of them; None when it is something else."""
    if office := phrases.lookup(phrases.LABELS, text) or phrases.lookup(phrases.CELLS, text):
        return recase(office, "lower") if text[0].islower() else office
    rest = re.sub(r"[\d\s+()./|–—-]+", " ", VERBATIM.sub(" ", _PHONE.sub(" ", text))).strip(" :;")
    text = _TITLE.sub(lambda title: phrases.HONORIFICS[title[0]], _PHONE.sub(_labelled, text))
    return _names(text) if not rest or _is_names(rest) else None


def _is_names(text: str) -> bool:
    """Whether a short text is made of names, abbreviations and particles only."""
    words = [word for word in _NAME_GAP.split(text) if word]
    parts = len(text.split())
    return bool(words) and parts <= _CREDIT_WORDS and all(map(_NAME_WORD.fullmatch, words))


def _names(text: str) -> str:
    """Names as they are; abbreviations that English has otherwise."""
    return english(phrases.acronyms(text))


def _partly(text: str, context: str | None, casing: Mapping[str, str] | None) -> Piece:
    """A prefix or a form done by rule, the sentence by the model."""
    prefix, end = _dateline(text)
    if end:
        rest = sentence(recase(text[end:], "upper"))
        return Joined((Done(prefix), rest))
    label = _LABEL.fullmatch(text)
    if label and label["value"] and (found := _label(label["label"])):
        return Joined((Done(f"{found}: "), sentence(label["value"])))
    if is_capitals(text):
        return Capitals(sentence(sentence_case(text, casing)))
    return sentence(text)


def _dateline(text: str) -> tuple[str, int]:
    """The English of a dateline before its sentence, and where it ends; ("", 0) when there is none.

    "LYON (France) – " gives "LYON, France – "; "VIENNE, le 3 mars 2024 – " "VIENNA, 3 March 2024 – ";
    "23 mai 2026 - " "23 May 2026 – ".
    """
    date = leading_date(text)
    if date and (match := re.match(rf"{_S}+(?:[–—‒-]|--){_S}+(?=\S)", text[date.end :])):
        return f"{date.english} – ", date.end + match.end()
    match = _DATELINE.match(text)
    if not match:
        return "", 0
    day = whole_date(match["date"]) if match["date"] else None
    inner = match["paren"] and (whole_date(match["paren"]) or english_country(match["paren"]))
    if (match["date"] and not day) or not _is_dateline_place(match["place"], bool(day or inner)):
        return "", 0
    words = _place_names(match["place"])
    if match["paren"]:
        words += f", {inner}" if inner else f" ({_names(match['paren'])})"
    return f"{words}{f', {day}' if day else ''} – ", match.end()


def _is_dateline_place(place: str, confirmed: bool) -> bool:
    """A place in the table, or in capitals; any capitalised name when a country or date confirms it."""
    parts = re.split(rf"{_S}*/{_S}*", place)
    if all(english_city(part) for part in parts):
        return place.isupper() or confirmed or len(parts) > 1 or place[0].isupper()
    return confirmed and place[0].isupper() and len(place.split()) <= _PLACE_WORDS


_PLACE_WORDS = 5


def _place_names(place: str) -> str:
    """English of "GENÈVE/NEW YORK", each part by the table."""
    return "/".join(english_city(part) or part for part in re.split(rf"{_S}*/{_S}*", place))
