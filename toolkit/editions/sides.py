"""The rows of a page → HTML: a block's two sides, sentence by sentence.

Templates call these once for each block. They are Python because pages are mostly sentences: with Jinja's macros for
them a page took nearly twice as long (docs/performance.md).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import lru_cache

from markupsafe import Markup, escape

from toolkit.editions.interface import say
from toolkit.editions.labels import matched_mark
from toolkit.editions.sentences import Sentence, Translation
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
        kind = "code" if block.code else block.kind.value
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
            parts = [_source(each, self.source_language) for each in block.sentences]
            return _joined(parts, block.source_end)
        parts = [draft_mark(), " "] if block.draft else []
        for each in block.translations:
            parts += _target(each, self.target_language, self.only)
        return _joined(parts, block.target_end)


def indent(part: Part) -> str:
    """Class of a row that stands in lists or quotations."""
    return f" in-{min(part.depth, _DEEPEST)}" if part.depth else ""


def _marked(marker: str) -> str:
    """A list's marker. Numbers and letters are content and read aloud; a dash is not."""
    hidden = ' aria-hidden="true"' if marker == "–" else ""
    return f'<span class="marker"{hidden}>{_safe(marker)}</span>' if marker else ""


def draft_mark() -> Markup:
    """English that is all machine draft says so once, in sight; for screen readers each sentence says it."""
    return Markup('<span class="mark draft" lang="en" aria-hidden="true">{}</span>').format(say("en", "draft"))


def matched_tag() -> Markup:
    """As ``draft_mark``, before English that a program has laid beside its French."""
    return Markup('<span class="mark aligned" lang="en" aria-hidden="true">{}</span>').format(say("en", "matched"))


@lru_cache(maxsize=4096)
def _safe(text: str) -> str:
    """Text for an element or a quoted attribute; the same few values are asked for again and again."""
    return str(escape(text))


def _joined(parts: Iterable[str], end: Markup) -> Markup:
    return Markup("".join((*parts, end)))  # noqa: S704 - all texts and values in it were escaped where it was made


def _source(sentence: Sentence, language: str) -> str:
    own = _safe(sentence.id)
    number = f'<a class="n" id="{own}" href="#{own}">{sentence.number}</a>' if sentence.number else ""
    return (
        f'{sentence.gap}<span class="s" id="{_safe(language)}-{own}" data-s="{_safe(" ".join(sentence.group))}">'
        f'{number}<span class="t">{sentence.text}</span></span>'
    )


def _target(sentence: Translation, language: str, only: str) -> list[str]:
    own, side, standing = _safe(sentence.id), _safe(language), sentence.standing
    out = [str(sentence.gap)]
    if sentence.draft:
        out += [draft_mark(), " "]
    if sentence.matched_run:
        out += [matched_tag(), " "]
    out.append(f'<span class="s" id="{side}-{own}" data-s="{_safe(" ".join(sentence.ids))}"')
    out.append(f' data-state="{standing.state.value}"')
    if standing in (Standing.CHANGED, Standing.TO_CHECK):
        out.append(f' data-reason="{standing.value}"')
    if sentence.meaning and (standing is not Standing.REVIEWED or sentence.matched):
        out.append(f' title="{_safe(sentence.meaning.en)}"')
    out += [f' {name}="{_safe(value)}"' for name, value in sentence.data.items()]
    out.append(">")
    for other in map(_safe, sentence.ids[1:]):
        out.append(f'<span id="{side}-{other}"></span>')
        if only:
            out.append(f'<span id="{other}"></span>')
    if sentence.numbers:
        place = f' id="{own}"' if only else ""
        out.append(f'<a class="n"{place} href="#{own}">{_safe(sentence.numbers)}</a>')
    out.append(_words(sentence, language))
    return out


def _words(sentence: Translation, language: str) -> str:
    """A sentence's text between its marks, and the end of its element."""
    mark = _safe(sentence.mark.en) if sentence.mark else ""
    before = after = ""
    match sentence.standing:
        case Standing.CHANGED:
            before = f'<a class="mark" href="#was-{_safe(sentence.id)}" lang="en">{mark}</a> '
        case Standing.TO_CHECK:
            before = f'<span class="mark" lang="en">{mark}</span> '
        case Standing.UNTRANSLATED:
            after = f' <span class="mark" lang="en">{mark}</span>'
        case Standing.MACHINE:
            after = _aside(mark)
        case Standing.REVIEWED if sentence.matched:
            after = _aside(_safe(matched_mark().en))
    other = f' lang="{_safe(sentence.language)}"' if sentence.language != language else ""
    fixed = ' translate="no"' if sentence.standing is Standing.VERBATIM else ""
    return f'{before}<span class="t"{other}{fixed}>{sentence.text}</span>{after}</span>'


def _aside(words: str) -> str:
    """What only screen readers say behind a sentence."""
    return f' <span class="unseen" lang="en">({words})</span>'
