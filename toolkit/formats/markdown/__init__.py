"""Markdown (CommonMark with tables, footnotes and front matter) ↔ Release; docs/formats.md says what is read how."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import chain

from toolkit.errors import SourceError
from toolkit.formats.contract import Format, ReadOptions, ReadResult
from toolkit.formats.datelines import first_date
from toolkit.formats.decoding import decode
from toolkit.formats.flow import Builder, Place, pieces
from toolkit.formats.markdown.blocks import Blocks
from toolkit.formats.markdown.front import Front, front_matter
from toolkit.formats.markdown.writer import MarkdownWriter
from toolkit.formats.marked import result
from toolkit.formats.notes import note_name, with_notes
from toolkit.formats.writing import Localisation
from toolkit.model import Block, Metadata, Role
from toolkit.skeleton import Skeleton


class MarkdownFormat:
    """The .md format."""

    name = "markdown"
    suffixes: tuple[str, ...] = (".md", ".markdown")

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes → release; SourceError if they are not text, hold none, or could not be written back."""
        decoded = decode(data, path, options.encoding)
        if decoded.mark + decoded.text.encode(decoded.encoding) != data:
            raise SourceError(
                f"{decoded.encoding} cannot write this file back with the same bytes",
                where=path,
                hint="Save the file as UTF-8.",
            )
        front = front_matter(decoded.text)
        builder = Builder(path, options.language)
        flow = builder.flow(decoded.text, Place(style="line"))
        blocks = Blocks(decoded.text, flow, path, options.language)
        blocks.front(front)
        blocks.read(front.end)
        parts = flow.finish()
        found = _with_notes(builder.blocks())
        made = pieces(parts, decoded.encoding)
        skeleton = Skeleton(self.name, decoded.encoding, (decoded.mark, *made) if decoded.mark else made)
        done = result(
            found, skeleton, path, options, known=_known(front), warnings=(*decoded.warnings, *blocks.warnings())
        )
        return _titled(done, front)

    def assemble(
        self,
        skeleton: Skeleton,
        texts: Mapping[str, str],
        localisation: Localisation | None = None,
        *,
        respell: bool = False,
    ) -> bytes:
        """Skeleton + a text for each block → the file; SourceError if one is missing or cannot be encoded."""
        return MarkdownWriter.of(skeleton, texts, localisation, respell=respell).write(skeleton.pieces)


FORMAT: Format = MarkdownFormat()


def _with_notes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Notes numbered in the order of their first marks, as CommonMark's renderers print them."""
    marks = (code.label for block in blocks for code in block.codes if code.role is Role.NOTE)
    unmarked = (block.label for block in blocks if block.label.startswith(note_name("")))
    return with_notes(blocks, {name: str(at) for at, name in enumerate(dict.fromkeys(chain(marks, unmarked)), 1)})


def _known(front: Front) -> Metadata:
    said = front.said
    return Metadata(
        date=first_date(said.get("date", "")) or _iso(said.get("date", "")),
        place=said.get("place", said.get("lieu", "")),
        credit=said.get("credit", said.get("crédit", said.get("publisher", ""))),
        source=said.get("source", ""),
    )


def _iso(text: str) -> str:
    """The date in a time stamp; "" where there is none."""
    try:
        return date.fromisoformat(text[:10]).isoformat()
    except ValueError:
        return ""


def _titled(done: ReadResult, front: Front) -> ReadResult:
    """With front matter's title, where the text has no headline of its own."""
    title = " ".join(front.said.get("title", front.said.get("titre", "")).split())
    if not title or any(block.level == 1 for block in done.release.blocks):
        return done
    return replace(done, release=replace(done.release, title=title))
