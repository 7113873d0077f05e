r"""Placeholders: how inline markup stands in a sentence that people translate. Pure text in, pure text out.

XLIFF's idea (XLIFF 1.2 section 2.4.7, 2.1 section 4.2.3) in a spelling that a PO editor shows and a translator can
type: ``<g1>…</g1>`` around words, ``<x2/>`` for what stands alone (a line break, an image, a footnote's mark), and
``<ph3>…</ph3>`` around words that stay as they are (code, another language). Numbers count through a block in its
order; ``renumbered`` counts them through one sentence, which is what a catalogue holds. Text that only looks like a
placeholder gets a backslash: ``<\g1>``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import accumulate


class Form(StrEnum):
    """What a tag does: opens or closes words, stands alone, or holds words that are not translated."""

    OPEN = "open"
    CLOSE = "close"
    EMPTY = "empty"
    FIXED = "fixed"


#: Before Python 3.12 it takes long to look up a member of an enumeration.
_OPEN, _CLOSE, _EMPTY, _FIXED = Form.OPEN, Form.CLOSE, Form.EMPTY, Form.FIXED
_FORMS = {form.value: form for form in Form}


@dataclass(frozen=True, slots=True)
class Tag:
    """One tag of a sentence.

    Attributes:
        number: of its placeholder.
        shown: the words inside a FIXED one, escaped as they stand in the sentence; "" otherwise.
    """

    form: Form
    number: int
    shown: str = ""

    def __str__(self) -> str:
        if self.form is _OPEN:
            return f"<g{self.number}>"
        if self.form is _CLOSE:
            return f"</g{self.number}>"
        if self.form is _EMPTY:
            return f"<x{self.number}/>"
        return f"<ph{self.number}>{self.shown}</ph{self.number}>"


Token = str | Tag

_NUMBER = r"(?:0|[1-9]\d{0,5})"
_TAG = re.compile(
    rf"<g(?P<open>{_NUMBER})>|</g(?P<close>{_NUMBER})>|<x(?P<empty>{_NUMBER})/>"
    rf"|<ph(?P<fixed>{_NUMBER})>(?P<shown>.*?)</ph(?P=fixed)>",
    re.DOTALL | re.ASCII,
)
#: One of the two tags of fixed words, without the other: text, until another comes behind it.
STRAY = re.compile(rf"</?ph{_NUMBER}>", re.ASCII)
_LOOKALIKE = rf"(?=(?:g|ph){_NUMBER}>|x{_NUMBER}/>)"
_TO_ESCAPE = re.compile(rf"<(/?)(\\*){_LOOKALIKE}", re.ASCII)
_ESCAPED = re.compile(rf"<(/?)\\(\\*){_LOOKALIKE}", re.ASCII)


def escape(text: str) -> str:
    """Literal text as it stands in a sentence; the inverse of ``unescape``."""
    return _TO_ESCAPE.sub(r"<\1\2\\", text) if "<" in text else text


def unescape(text: str) -> str:
    """The literal text of a sentence's part that holds no tags."""
    return _ESCAPED.sub(r"<\1\2", text) if "<" in text else text


def tokenize(text: str) -> tuple[Token, ...]:
    """Text (still escaped) and tags in order; joined as strings they are ``text``. No token is ""."""
    if "<" not in text:
        return (text,) if text else ()
    return _tokenize(text) if len(text) > _LONG else _remembered(text)


def _tokenize(text: str) -> tuple[Token, ...]:
    found: list[Token] = []
    end = 0
    for match in _TAG.finditer(text):
        if match.start() > end:
            found.append(text[end : match.start()])
        found.append(_tag(match))
        end = match.end()
    if end < len(text):
        found.append(text[end:])
    return tuple(found)


#: A sentence passes through many hands, and each looks at its tags; what is longer is no sentence.
_LONG = 2_000
_remembered = lru_cache(maxsize=1024)(_tokenize)


def _tag(match: re.Match[str]) -> Tag:
    name = match.lastgroup or ""
    if name == "shown":
        return Tag(_FIXED, int(match["fixed"]), match[name])
    return Tag(_FORMS[name], int(match[name]))


def tags(text: str) -> tuple[Tag, ...]:
    """The tags of a sentence, in order."""
    return tuple(token for token in tokenize(text) if isinstance(token, Tag)) if "<" in text else ()


def bare(text: str) -> str:
    """The words without tags, unescaped: what a reader sees and an engine gets. Words in FIXED tags are kept.

    A tag that stands alone between two letters or digits parts them by a space.
    """
    return laid_out(text)[0]


def laid_out(text: str) -> tuple[str, tuple[tuple[int, Tag], ...]]:
    """The words without tags, as ``bare`` gives them, and each tag with the offset in them where it stands."""
    if "<" not in text:
        return text, ()
    out: list[str] = []
    found: list[tuple[int, Tag]] = []
    length = 0
    last = ""
    parted = False
    for token in tokenize(text):
        words = unescape(token.shown if isinstance(token, Tag) else token)
        if isinstance(token, Tag):
            parted = parted or token.form is _EMPTY
        if words and parted:
            space = " " if last.isalnum() and words[0].isalnum() else ""
            out.append(space)
            length += len(space)
            parted = False
        if isinstance(token, Tag):
            found.append((length, token))
        out.append(words)
        length += len(words)
        last = words[-1:] or last
    return "".join(out), tuple(found)


def has_words(text: str) -> bool:
    """Whether there is anything to translate: a letter or digit outside tags and their fixed words."""
    return any(any(map(str.isalnum, token)) for token in tokenize(text) if isinstance(token, str))


def renumbered(text: str) -> str:
    """The sentence with its placeholders counted from 1 in the order in which they begin."""
    if "<" not in text:
        return text
    numbers = numbering(text)
    return text if all(old == new for old, new in numbers.items()) else _mapped(text, numbers)


def renumbered_as(target: str, source: str) -> str:
    """A target in the numbers of ``source`` → in those that ``renumbered`` gives the source."""
    if "<" not in target:
        return target
    numbers = numbering(source)
    above = max(numbers.values(), default=0)
    return _mapped(target, {tag.number: numbers.get(tag.number, above + 1 + tag.number) for tag in tags(target)})


def restored(target: str, source: str) -> str:
    """A target in the catalogue's numbers → in the numbers of ``source``, the sentence as it stands in its block.

    Numbers that the source does not have are kept apart from its own: they become numbers above them all.
    """
    if "<" not in target:
        return target
    back = {new: old for old, new in numbering(source).items()}
    above = max(back.values(), default=0)
    return _mapped(target, {tag.number: back.get(tag.number, above + 1 + tag.number) for tag in tags(target)})


def numbering(source: str) -> dict[int, int]:
    """Number in the block → number in the sentence, for each placeholder of a sentence."""
    return {number: new for new, number in enumerate(dict.fromkeys(tag.number for tag in tags(source)), 1)}


def _mapped(text: str, numbers: Mapping[int, int]) -> str:
    return "".join(
        str(Tag(token.form, numbers[token.number], token.shown)) if isinstance(token, Tag) else token
        for token in tokenize(text)
    )


def difference(source: str, target: str) -> str:
    """Why a target's placeholders are not those of its source; "" when they are.

    They are when each tag of the source is there exactly once, and they are well nested: what opens inside closes
    inside. A tag whose partner is in another sentence stays outside of all others.
    """
    wanted, given = tags(source), tags(target)
    if wanted == given:
        return ""
    asked, times = set(wanted), Counter(given)
    for tag, count in times.items():
        if tag not in asked:
            return f"{tag} is not in the French" + (
                "" if tag.form is not _FIXED else ", or its words were changed: they must stay as they are"
            )
        if count > 1:
            return f"{tag} stands {count} times"
    for tag in wanted:
        if tag not in times:
            return f"{tag} is missing"
    lone = lone_tags(wanted)
    if [tag for tag in given if tag in lone] != (order := [tag for tag in wanted if tag in lone]):
        return f"{' and '.join(map(str, order))} must come in this order"
    return _misnested(given, lone)


def lone_tags(given: Sequence[Tag]) -> set[Tag]:
    """Opening and closing tags without partner."""
    opened = {tag.number for tag in given if tag.form is _OPEN}
    closed = {tag.number for tag in given if tag.form is _CLOSE}
    alone = opened ^ closed
    return {tag for tag in given if tag.form in (_OPEN, _CLOSE) and tag.number in alone}


def _misnested(given: Sequence[Tag], lone: set[Tag]) -> str:
    stack: list[int] = []
    for tag in given:
        if tag in lone:
            if stack:
                return f"{tag} stands inside <g{stack[-1]}>"
        elif tag.form is _OPEN:
            stack.append(tag.number)
        elif tag.form is _CLOSE:
            if not stack or stack[-1] != tag.number:
                return f"{tag} stands in the wrong place"
            stack.pop()
    return ""


def fitted(source: str, target: str) -> str:
    """The target with exactly the source's placeholders, whatever was made of them.

    A target that ``difference`` has nothing against is returned as it is. Else its tags are taken out, and those of the
    source put at its edges: pairs around everything, what stands alone behind it. Nothing of the words is lost.
    """
    if not difference(source, target):
        return target
    wanted = tags(source)
    lone = lone_tags(wanted)
    words = " ".join(
        "".join(STRAY.sub("", token) if isinstance(token, str) else _loose(token) for token in tokenize(target)).split()
    )
    pairs = [tag.number for tag in wanted if tag.form is _OPEN and tag not in lone]
    front = [str(tag) for tag in wanted if tag in lone and tag.form is _CLOSE]
    back = [str(tag) for tag in wanted if tag.form in (_EMPTY, _FIXED)]
    last = [str(tag) for tag in wanted if tag in lone and tag.form is _OPEN]
    opened = [f"<g{number}>" for number in pairs]
    closed = [f"</g{number}>" for number in reversed(pairs)]
    return "".join((*front, *opened, words, *closed, *back, *last))


def _loose(tag: Tag) -> str:
    """What is left of a tag that is taken out."""
    return " " if tag.form is _EMPTY else ""


def trimmed(text: str) -> tuple[str, str, str]:
    """Part a sentence and what only surrounds it: (before, sentence, after); joined they are ``text``.

    White space, tags that stand alone, and pairs or halves of pairs that do not reach into the sentence, go to its
    edges, so that a sentence in bold type is the same sentence. FIXED words always belong to the sentence.
    """
    if "<" not in text:
        core = text.strip()
        if not core:
            return text, "", ""
        at = text.index(core)
        return text[:at], core, text[at + len(core) :]
    tokens = tokenize(text)
    start, end = _edges(tokens)
    before, middle, after = ("".join(map(str, part)) for part in (tokens[:start], tokens[start:end], tokens[end:]))
    core = middle.strip()
    if not core:
        return text, "", ""
    at = middle.index(core)
    return before + middle[:at], core, middle[at + len(core) :] + after


def _edges(tokens: Sequence[Token]) -> tuple[int, int]:
    """First and last token of the sentence itself, the last one excluded."""
    partner = _partners(tokens)
    worded = [*accumulate((_is_worded(token) for token in tokens), initial=0)]
    start, end = 0, len(tokens)
    while start < end:
        first, last = tokens[start], tokens[end - 1]
        if not _is_worded(first) and (partner[start] is None or worded[partner[start] or 0] == worded[start]):
            start += 1
        elif not _is_worded(last) and (
            partner[end - 1] is None or worded[partner[end - 1] or 0] == worded[end] or (partner[end - 1] or 0) < start
        ):
            end -= 1
        elif partner[start] == end - 1:
            start, end = start + 1, end - 1
        else:
            break
    return start, end


def _partners(tokens: Sequence[Token]) -> list[int | None]:
    """For each token, where the other half of its pair is; None for all that are no half of a pair."""
    partner: list[int | None] = [None] * len(tokens)
    opened: dict[int, int] = {}
    for at, token in enumerate(tokens):
        if isinstance(token, Tag) and token.form is _OPEN:
            opened[token.number] = at
        elif isinstance(token, Tag) and token.form is _CLOSE and token.number in opened:
            other = opened.pop(token.number)
            partner[at], partner[other] = other, at
    return partner


def _is_worded(token: Token) -> bool:
    return bool(token.strip()) if isinstance(token, str) else token.form is _FIXED
