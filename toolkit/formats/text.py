"""Plain text ↔ Release. Nothing of the file is lost: what is not a block's text is kept as bytes between the blocks.

Only LF, CR and CRLF end a line. The other characters Unicode counts as line breaks (VT, FF, NEL, U+2028, U+2029) are
white space inside a line, because no editor shows them as a new line in a text file.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import PurePath

from toolkit.errors import SourceError
from toolkit.formats.contract import Format, Paragraphs, ReadOptions, ReadResult
from toolkit.formats.decoding import Decoded, decode
from toolkit.formats.recognise import WEAK_MARKERS, Recognised, Recognition, marker_of, recognise, stands_alone
from toolkit.formats.slug import release_id
from toolkit.model import Block, Origin, Release, Skeleton, Slot

#: What never stands at the edge of a block: Unicode white space, the zero width space and a stray byte order mark.
WHITE_SPACE = (
    "\t\n\v\f\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a"
    "\u2028\u2029\u202f\u205f\u3000\ufeff\u200b"
)
#: Hard-wrapped text is this wide: mail and editors wrap at 72 to 80, some tools at 100, and none below 40.
WRAP_WIDTHS = range(40, 101)

_LINE_END = re.compile(r"\r\n|\r|\n")
_CLOSED = (".", "!", "?", "…", ":", ";")


@dataclass(frozen=True, slots=True)
class Span:
    """A stretch of the decoded text without outer white space: a line, or a paragraph; ``line`` counts from 1."""

    start: int
    end: int
    line: int


class TextFormat:
    """The .txt format."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes → release; SourceError if they are not text, hold none, or could not be written back."""
        slug = release_id(PurePath(path).name)
        decoded = decode(data, path, options.encoding)
        spans = paragraphs(decoded.text, options.paragraphs, options.recognition)
        if not spans:
            raise SourceError("the file holds no text", where=path, hint="Fill it or remove it from source/.")
        texts = [decoded.text[span.start : span.end] for span in spans]
        found = recognise(texts, options.recognition)
        blocks = _blocks(texts, spans, found, path)
        skeleton = _skeleton(decoded, spans, blocks)
        if self.assemble(skeleton, {block.id: block.text for block in blocks}) != data:
            raise SourceError(
                f"{decoded.encoding} cannot write this file back with the same bytes",
                where=path,
                hint="Save the file as UTF-8.",
            )
        release = Release(slug, path, options.language, found.title, found.metadata, blocks, skeleton)
        return ReadResult(release, decoded.warnings)

    def assemble(self, skeleton: Skeleton, texts: Mapping[str, str]) -> bytes:
        """Skeleton + a text for each block → the file; SourceError if one is missing or cannot be encoded."""
        return b"".join(
            piece if isinstance(piece, bytes) else _encoded(piece.block, texts, skeleton.encoding)
            for piece in skeleton.pieces
        )


FORMAT: Format = TextFormat()


def paragraphs(text: str, mode: Paragraphs, rules: Recognition) -> list[Span]:
    """The paragraphs of a text, in order, without blank ones."""
    lines = list(_lines(text))
    if mode == "line" or (mode == "auto" and not is_hard_wrapped(text, lines, rules)):
        return [line for line in lines if line.start < line.end]
    return [
        Span(part[0].start, part[-1].end, part[0].line)
        for group in _groups(lines)
        for part in _parts(text, group, rules)
    ]


def is_hard_wrapped(text: str, lines: Sequence[Span], rules: Recognition) -> bool:
    """Whether paragraphs were broken into lines of one width, as mail programs and editors do.

    All must hold, so that a line is a paragraph when in doubt: the longest line (addresses aside) is as wide as people
    wrap; at least three lines go on below without a blank one; of these, four in five are full (the next line's first
    word would not have fitted in the longest line's width), two in three do not end a sentence, and half go on in
    lower case.
    """
    width = max((line.end - line.start for line in lines if " " in text[line.start : line.end]), default=0)
    if width not in WRAP_WIDTHS:
        return False
    total = full = unfinished = lower = 0
    for group in _groups(lines):
        for one, below in pairwise(group):
            here, following = text[one.start : one.end], text[below.start : below.end]
            if marker_of(following, rules)[1] or stands_alone(here, rules) or stands_alone(following, rules):
                continue
            total += 1
            full += len(here) + 1 + len(following.split(maxsplit=1)[0]) > width
            unfinished += not _is_closed(here)
            lower += following[0].islower()
    return total >= 3 and full * 5 >= total * 4 and unfinished * 3 >= total * 2 and lower * 2 >= total


def _lines(text: str) -> Iterator[Span]:
    start, number = 0, 1
    for end in _LINE_END.finditer(text):
        yield _trimmed(text, start, end.start(), number)
        start, number = end.end(), number + 1
    yield _trimmed(text, start, len(text), number)


def _trimmed(text: str, start: int, end: int, number: int) -> Span:
    line = text[start:end]
    left = len(line) - len(line.lstrip(WHITE_SPACE))
    return Span(start + left, start + left + len(line.strip(WHITE_SPACE)), number)


def _groups(lines: Sequence[Span]) -> Iterator[list[Span]]:
    """Runs of lines without a blank one between them."""
    group: list[Span] = []
    for line in lines:
        if line.start < line.end:
            group.append(line)
        elif group:
            yield group
            group = []
    if group:
        yield group


def _parts(text: str, group: Sequence[Span], rules: Recognition) -> Iterator[list[Span]]:
    """The paragraphs in a run of lines: one, but for list items, and lines at its edges that stand alone."""
    lines = [text[line.start : line.end] for line in group]
    families = [marker_of(line, rules)[1] for line in lines]
    several = {family for family, count in Counter(families).items() if count > 1}
    start, alone = 0, stands_alone(lines[0], rules)
    for at in range(1, len(lines)):
        above_alone, alone = alone, stands_alone(lines[at], rules)
        closed = _is_closed(lines[at - 1])
        edge = (alone and (closed or above_alone)) or (above_alone and start == at - 1)
        family = families[at]
        # Below an unfinished line a dash may be an aside, and "12." the end of a wrapped sentence.
        if edge or (family and (closed or family in several or family[0] not in WEAK_MARKERS | {"1", "a"})):
            yield list(group[start:at])
            start = at
    yield list(group[start:])


def _is_closed(line: str) -> bool:
    return line[-12:].rstrip("»”\"' \u00a0\u202f").endswith(_CLOSED)


def _blocks(texts: Sequence[str], spans: Sequence[Span], found: Recognised, path: str) -> tuple[Block, ...]:
    return tuple(
        Block(
            id=f"p{number}",
            kind=verdict.kind,
            text=text,
            level=verdict.level,
            marker=verdict.marker,
            group="" if verdict.group is None else f"p{verdict.group + 1}",
            origin=Origin(path, span.line),
        )
        for number, (text, span, verdict) in enumerate(zip(texts, spans, found.verdicts, strict=True), start=1)
    )


def _skeleton(decoded: Decoded, spans: Sequence[Span], blocks: Sequence[Block]) -> Skeleton:
    pieces: list[bytes | Slot] = [decoded.mark] if decoded.mark else []
    position = 0
    for span, block in zip(spans, blocks, strict=True):
        if span.start > position:
            pieces.append(decoded.text[position : span.start].encode(decoded.encoding))
        pieces.append(Slot(block.id))
        position = span.end
    if position < len(decoded.text):
        pieces.append(decoded.text[position:].encode(decoded.encoding))
    return Skeleton("text", decoded.encoding, tuple(pieces))


def _encoded(block: str, texts: Mapping[str, str], encoding: str) -> bytes:
    try:
        return texts[block].encode(encoding)
    except KeyError:
        raise SourceError(f"there is no text for block {block}", hint="Give a text for every block.") from None
    except UnicodeEncodeError as error:
        raise SourceError(
            f"block {block} holds U+{ord(error.object[error.start]):04X}, which {encoding} cannot write",
            hint="Save the source as UTF-8, so that its translation can be written in the same encoding.",
        ) from None
