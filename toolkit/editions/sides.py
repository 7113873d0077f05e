"""The rows of a page → HTML: a block's two sides, sentence by sentence.

Templates call these once for each block. They are Python because pages are mostly sentences: with Jinja's macros for
them a page took nearly twice as long (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache

from markupsafe import Markup, escape

from toolkit.editions.interface import TRANSLATED, base, say
from toolkit.editions.labels import MARKS
from toolkit.editions.sentences import APPROVED, MATCHED, Sentence, Translation
from toolkit.editions.structure import Standing
from toolkit.editions.view import Part, Passage

#: Deepest indentation that the style sheet knows.
_DEEPEST = 6


@dataclass(frozen=True, slots=True)
class Sides:
    """Writes the blocks of a page.

    Attributes:
        source_language, target_language: of the two sides, BCP 47 tags.
        only: primary subtag of the language of a page that has one language only; "" for both.
        columns: which sides the page has: False is the French, True the English.
    """

    source_language: str
    target_language: str
    only: str
    columns: tuple[bool, ...]

    def row(self, part: Part, marker: str, element: str = "") -> Markup:
        """A block as a row of the page.

        Args:
            part: with the block.
            marker: of a list's item, before the text of each side.
            element: of the row, where it is not the block's own.
        """
        block = part.block
        assert block is not None  # noqa: S101 - a part without a block is no row
        tag = element or block.tag
        own = "pre" if block.code else "p" if tag in ("div", "li") else "span"
        sides = "\n".join(self._side(block, own, marker, is_target=side) for side in self.columns)
        kind = "code" if block.code else block.kind
        return Markup(  # noqa: S704 - its parts are Markup, ids and names of our own
            f'<{tag} class="row {kind}{indent(part)}" id="{_safe(block.id)}">{sides}</{tag}>\n'
        )

    def _side(self, block: Passage, tag: str, marker: str, *, is_target: bool) -> str:
        name = "target" if is_target else "source"
        language = block.language or (self.target_language if is_target else self.source_language)
        fixed = "" if is_target else ' translate="no"'
        start = f'<{tag} class="side {name}" lang="{_safe(language)}"{fixed}>'
        return f"{start}{_marked(marker)}{self.of(block, is_target=is_target)}</{tag}>"

    def of(self, block: Passage, is_target: bool) -> Markup:
        """The sentences of a block, in one language.

        The number of a French sentence is its permalink and carries the id "p3s1"; on a page of English alone that of
        the English does. English that says several sentences carries the numbers and ids of all.
        """
        if not is_target:
            name = number_name(self.source_language)
            parts = [_source(each, self.source_language, name) for each in block.sentences]
            return _joined(parts, block.source_end)
        parts = []
        for each in block.translations:
            parts += _target(each, self.target_language, self.only)
        return _joined(parts, block.target_end)

    def mark(self, state: str) -> Markup:
        """The mark that speaks for a whole table whose English is all in this state."""
        return Markup(_run_mark(state))  # noqa: S704 - made of words of our own


def indent(part: Part) -> str:
    """Class of a row that stands in lists or quotations."""
    return f" in-{min(part.depth, _DEEPEST)}" if part.depth else ""


def _marked(marker: str) -> str:
    """A list's marker. Numbers and letters are content and read aloud; a dash is not."""
    hidden = ' aria-hidden="true"' if marker == "–" else ""
    return f'<span class="marker"{hidden}>{_safe(marker)}</span>' if marker else ""


@cache
def _run_mark(state: str) -> str:
    """What stands where a run of sentences of one state begins, and is read aloud; "" where each has a mark of its own.

    Approved sentences behind others are told from these by the line that ends; who listens has a word for it.
    """
    if state == Standing.MACHINE:
        return _mark("mark draft", say("en", "draft"))
    if state == MATCHED:
        return _mark("mark aligned", say("en", "matched"))
    return _mark("unseen", MARKS[Standing.REVIEWED].en) if state == APPROVED else ""


def _mark(kind: str, words: str) -> str:
    """Words about what follows; read aloud they end in a colon, as text without a frame must."""
    colon = ":" if kind == "unseen" else '<span class="unseen">:</span>'
    return f'<span class="{kind}" lang="en">{_safe(words)}{colon}</span> '


@cache
def number_name(language: str, *, many: bool = False) -> tuple[str, str]:
    """What a number is called, as an attribute: what stands before the number in it, and what behind.

    The colon and the space keep it from the figure that a sentence may begin with: "Sentence 22: 418".
    """
    words = say(language, "Sentences {number}:") if many else say(language, "Sentence {number}:")
    before, _, behind = words.partition("{number}")
    spoken = "" if base(language) in ("en", *TRANSLATED) else ' lang="en"'
    return f'{spoken} aria-label="{_safe(before)}', f'{_safe(behind)} "'


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """Text for an element or a quoted attribute; the same few values are asked for again and again."""
    return str(escape(text))


def _joined(parts: Iterable[str], end: Markup) -> Markup:
    return Markup("".join((*parts, end)))  # noqa: S704 - all texts and values in it were escaped where it was made


def _source(sentence: Sentence, language: str, name: tuple[str, str]) -> str:
    own, number = _safe(sentence.id), ""
    if sentence.number:
        called = f"{name[0]}{sentence.number}{name[1]}"
        number = f'<a class="n" id="{own}" href="#{own}"{called}>{sentence.number}</a>'
    return (
        f'{sentence.gap}<span class="s" id="{_safe(language)}-{own}" data-s="{_safe(" ".join(sentence.group))}">'
        f'{number}<span class="t">{sentence.text}</span></span>'
    )


def _target(sentence: Translation, language: str, only: str) -> list[str]:
    own, side, standing = _safe(sentence.id), _safe(language), sentence.standing
    out = [str(sentence.gap), _run_mark(sentence.begins)]
    out.append(f'<span class="s" id="{side}-{own}" data-s="{_safe(" ".join(sentence.ids))}"')
    out.append(f' data-state="{standing.state}"')
    if standing in (Standing.CHANGED, Standing.TO_CHECK):
        out.append(f' data-reason="{standing}"')
    if (standing is not Standing.REVIEWED or sentence.matched) and (meaning := sentence.meaning):
        out.append(f' title="{_safe(meaning.en)}"')
    out += [f' {name}="{_safe(value)}"' for name, value in sentence.data.items()]
    out.append(">")
    for other in map(_safe, sentence.ids[1:]):
        out.append(f'<span id="{side}-{other}"></span>')
        if only:
            out.append(f'<span id="{other}"></span>')
    out.append(_own_mark(sentence))
    if sentence.numbers:
        out.append(_target_number(sentence, language, only))
    out.append(_words(sentence, language))
    return out


def _target_number(sentence: Translation, language: str, only: str) -> str:
    """The number of English; beside the French it is for the pointer: the link of the same number there is enough."""
    own, numbers = _safe(sentence.id), _safe(sentence.numbers)
    if not only:
        return f'<a class="n" href="#{own}" tabindex="-1" aria-hidden="true">{numbers}</a>'
    before, behind = number_name(language, many="–" in numbers)
    return f'<a class="n" id="{own}" href="#{own}"{before}{numbers}{behind}>{numbers}</a>'


def _own_mark(sentence: Translation) -> str:
    """The mark of a sentence that speaks for itself alone, in front of its number as all marks are."""
    match sentence.standing:
        case Standing.CHANGED:
            words = MARKS[Standing.CHANGED].en
            return f'<a class="mark" href="#was-{_safe(sentence.id)}" lang="en">{_safe(words)}</a> '
        case Standing.TO_CHECK | Standing.UNTRANSLATED:
            return _mark("mark", MARKS[sentence.standing].en)
    return ""


def _words(sentence: Translation, language: str) -> str:
    """A sentence's text, and the end of its element."""
    other = f' lang="{_safe(sentence.language)}"' if sentence.language != language else ""
    fixed = ' translate="no"' if sentence.standing is Standing.VERBATIM else ""
    return f'<span class="t"{other}{fixed}>{sentence.text}</span></span>'
