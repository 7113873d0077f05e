"""Plain text ↔ Release. Nothing of the file is lost: what is not a block's text is kept as bytes between the blocks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import PurePath

from toolkit.errors import SourceError
from toolkit.formats.contract import Format, ReadOptions, ReadResult, for_this_file
from toolkit.formats.decoding import Decoded, decode
from toolkit.formats.marked import bidi_warnings
from toolkit.formats.paragraphs import Span, paragraphs
from toolkit.formats.recognise import Recognised, recognise
from toolkit.formats.slug import release_id
from toolkit.formats.writing import Localisation, write
from toolkit.model import Block, Origin, Release
from toolkit.placeholders import escape
from toolkit.skeleton import Piece, Skeleton, Slot


class TextFormat:
    """The .txt format."""

    name = "text"
    suffixes: tuple[str, ...] = (".txt",)

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes → release; SourceError if they are not text, hold none, or could not be written back."""
        slug = release_id(PurePath(path).name)
        decoded = decode(data, path, options.encoding)
        spans, torn = paragraphs(decoded.text, options.paragraphs, options.recognition, path)
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
        return ReadResult(release, decoded.warnings + _warnings(torn, path) + bidi_warnings(blocks))

    def assemble(
        self,
        skeleton: Skeleton,
        texts: Mapping[str, str],
        localisation: Localisation | None = None,
        *,
        respell: bool = False,
    ) -> bytes:
        """Skeleton + a text for each block → the file; SourceError if one is missing or cannot be encoded."""
        return write(skeleton, texts, lambda text, _, encoding: text.encode(encoding), localisation, respell=respell)


FORMAT: Format = TextFormat()


def _warnings(torn: Sequence[int], path: str) -> tuple[str, ...]:
    """A warning if more than one line seems to be the rest of the line above; one alone may be a slip."""
    if len(torn) < 2:
        return ()
    lines = ", ".join(str(line) for line in torn[:4]) + (f" … ({len(torn)} in all)" if len(torn) > 4 else "")
    return (
        f"{path}: lines {lines} go on in the middle of a sentence, but each line was read as a paragraph. "
        f'If lines were broken by hand, write {for_this_file(path, "paragraphs", "blank-line")}; if not, write "line".',
    )


def _blocks(texts: Sequence[str], spans: Sequence[Span], found: Recognised, path: str) -> tuple[Block, ...]:
    return tuple(
        Block(
            id=f"p{number}",
            kind=verdict.kind,
            text=escape(text),
            level=verdict.level,
            marker=verdict.marker,
            group="" if verdict.group is None else f"p{verdict.group + 1}",
            origin=Origin(path, span.line),
        )
        for number, (text, span, verdict) in enumerate(zip(texts, spans, found.verdicts, strict=True), start=1)
    )


def _skeleton(decoded: Decoded, spans: Sequence[Span], blocks: Sequence[Block]) -> Skeleton:
    pieces: list[Piece] = [decoded.mark] if decoded.mark else []
    position = 0
    for span, block in zip(spans, blocks, strict=True):
        if span.start > position:
            pieces.append(decoded.text[position : span.start].encode(decoded.encoding))
        pieces.append(Slot(block.id))
        position = span.end
    if position < len(decoded.text):
        pieces.append(decoded.text[position:].encode(decoded.encoding))
    return Skeleton("text", decoded.encoding, tuple(pieces))
