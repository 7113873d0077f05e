"""An English file that is there already, cut into sentences, with what its markup says of their words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from toolkit.errors import SourceError
from toolkit.files import read_source
from toolkit.formats import SUFFIXES, ReadOptions, read_release
from toolkit.formats.slug import release_id
from toolkit.jobs.english import sentences as cut
from toolkit.model import Block, BlockKind, Code, Origin, Role, is_figure
from toolkit.placeholders import Form, Tag, laid_out, tokenize, unescape

_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029\t]")


@dataclass(frozen=True, slots=True)
class Span:
    """Markup of a sentence: a stretch of it, or a point where start and end are one.

    Attributes:
        start, end: offsets in the sentence.
        form: OPEN for a pair around words, EMPTY, or FIXED for words that are not translated.
    """

    start: int
    end: int
    form: Form
    role: Role
    href: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of an English file.

    Attributes:
        text: bare, on one line.
        block: number of its block; ``kind`` what that is.
        origin: where it stands.
    """

    text: str
    block: int
    kind: str
    origin: Origin
    spans: tuple[Span, ...] = ()


def read_sentences(path: Path, options: ReadOptions) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
    """The sentences of an English file of any format that releases may have, in order, and the reader's warnings.

    Args:
        path: the file, wherever it lies.
        options: as for a release; the language is the file's.

    Raises:
        SourceError: it cannot be read.
    """
    if path.suffix.lower() not in SUFFIXES:
        raise SourceError(
            f"“{path.suffix}” is no format that can be read" if path.suffix else "the file name has no suffix",
            where=str(path),
            hint=f"save the English as one of {', '.join(SUFFIXES)}",
        )
    if not path.is_file():
        raise SourceError("there is no such file", where=str(path), hint="check the name of the English file")
    data = read_source(path, str(path), options.max_bytes)
    made = read_release(data, _name(path), options)
    found = tuple(
        replace(sentence, origin=Origin(str(path), sentence.origin.line))
        for number, block in enumerate(made.release.blocks)
        if block.kind is not BlockKind.VERBATIM
        for sentence in _of_block(number, block)
    )
    return found, made.warnings


def _name(path: Path) -> str:
    """What messages call the file: one outside of the project may be called what no release can be."""
    with suppress(SourceError):
        release_id(path.name)
        return path.name
    return f"english{path.suffix.lower()}"


def _of_block(number: int, block: Block) -> Iterator[Sentence]:
    """The sentences of a block that are translated: list markers and mere figures are none."""
    codes = {code.number: code for code in block.codes}
    words, tags = laid_out(_spaced(block.text, codes))
    plain = _BREAK.sub(" ", words)
    start = len(unescape(block.marker)) if plain.startswith(unescape(block.marker)) else 0
    spans = _spans(tags, codes)
    origin = block.origin or Origin("", 1)
    for sentence in cut(plain[start:]):
        start = plain.index(sentence, start)
        end = start + len(sentence)
        if any(map(str.isalnum, sentence)) and not is_figure(sentence):
            line = origin.line + len(re.findall(r"\r\n|\r|\n", words[:start]))
            inside = tuple(_within(spans, start, end))
            yield _squeezed(Sentence(sentence, number, block.kind.value, replace(origin, line=line), inside))
        start = end


def _spaced(text: str, codes: Mapping[int, Code]) -> str:
    """A block's text with a space where a line is broken: a sentence may end there."""
    tokens = tokenize(text)
    breaks = {number for number, code in codes.items() if code.role is Role.BREAK}
    return "".join(f" {one}" if isinstance(one, Tag) and one.number in breaks else str(one) for one in tokens)


def _spans(tags: Sequence[tuple[int, Tag]], codes: Mapping[int, Code]) -> list[Span]:
    found: list[Span] = []
    opened: dict[int, int] = {}
    for at, tag in tags:
        code = codes.get(tag.number, Code(tag.number))
        if tag.form is Form.OPEN:
            opened[tag.number] = at
        elif tag.form is Form.CLOSE and tag.number in opened:
            found.append(Span(opened.pop(tag.number), at, Form.OPEN, code.role, code.href, code.label))
        elif tag.form in (Form.EMPTY, Form.FIXED):
            found.append(Span(at, at + len(unescape(tag.shown)), tag.form, code.role, code.href, code.label))
    return sorted(found, key=lambda span: (span.start, -span.end))


def _within(spans: Sequence[Span], start: int, end: int) -> Iterator[Span]:
    """What of the spans is in a sentence, counted from its beginning."""
    for span in spans:
        low, high = max(span.start, start), min(span.end, end)
        if low < high or (span.start == span.end and start <= span.start <= end):
            yield replace(span, start=low - start, end=high - start)


def _squeezed(sentence: Sentence) -> Sentence:
    """A sentence with single spaces, as one that was wrapped at a line's end has them not."""
    if "  " not in sentence.text:
        return sentence
    places, text = [0], ""
    for character in sentence.text:
        text += "" if character == " " and text.endswith(" ") else character
        places.append(len(text))
    spans = tuple(replace(span, start=places[span.start], end=places[span.end]) for span in sentence.spans)
    return replace(sentence, text=text, spans=spans)
