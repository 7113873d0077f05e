"""Blocks of a marked-up source → its release: what markup does not say is recognised as in plain text.

Markup says what is a heading, a list, a table. Datelines, credits and a site's menu words are mere paragraphs in it;
the rules for plain text (docs/reading.md) tell them from running text, and find the date and the place.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from pathlib import PurePath

from toolkit.errors import SourceError
from toolkit.formats.contract import ReadOptions, ReadResult
from toolkit.formats.recognise import Verdict, alone, metadata, title
from toolkit.formats.slug import release_id
from toolkit.model import Block, BlockKind, Metadata, Release
from toolkit.placeholders import bare
from toolkit.skeleton import Skeleton

_FOUND = frozenset({BlockKind.DATELINE, BlockKind.CREDIT, BlockKind.BOILERPLATE})
#: Unicode's overrides and isolates turn text around for the reader and not for the machine (UTR 36).
_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")


def result(
    blocks: Sequence[Block],
    skeleton: Skeleton,
    path: str,
    options: ReadOptions,
    *,
    known: Metadata | None = None,
    warnings: Sequence[str] = (),
) -> ReadResult:
    """The release that a marked-up source is.

    Args:
        blocks: as the markup has them.
        skeleton: of the file.
        path: of the source.
        options: how it is read.
        known: what the source says of itself in its own fields; it goes before what is recognised.
        warnings: what the reader has to say.

    Raises:
        SourceError: there is no text in the file, or its name cannot be a release's.
    """
    if not blocks:
        raise SourceError("the file holds no text", where=path, hint="Fill it or remove it from source/.")
    texts = [" ".join(bare(block.text).split()) for block in blocks]
    blocks = tuple(_refined(block, text, options) for block, text in zip(blocks, texts, strict=True))
    verdicts = [Verdict(block.kind, block.level) for block in blocks]
    flow = [at for at, block in enumerate(blocks) if block.kind is not BlockKind.ATTRIBUTE] or [0]
    shown = [texts[at] for at in flow]
    kinds = [verdicts[at] for at in flow]
    found = metadata(shown, kinds, options.recognition)
    if known is not None:
        found = Metadata(
            known.date or found.date,
            known.place or found.place,
            known.credit or found.credit,
            known.source or found.source,
        )
    name = title(shown, kinds, options.recognition)
    release = Release(release_id(PurePath(path).name), path, options.language, name, found, blocks, skeleton)
    return ReadResult(release, (*warnings, *bidi_warnings(blocks)))


def _refined(block: Block, text: str, options: ReadOptions) -> Block:
    if block.kind is not BlockKind.PARAGRAPH or block.within:
        return block
    verdict = alone(text, options.recognition)
    return replace(block, kind=verdict.kind) if verdict and verdict.kind in _FOUND else block


def bidi_warnings(blocks: Sequence[Block]) -> tuple[str, ...]:
    """A warning for each of the first few blocks with characters that turn the direction of text around."""
    found = [
        f"{block.origin}: U+{ord(match[0]):04X} turns the direction of the text around: what people read here is not "
        "what is stored. Remove it, unless the text is in Arabic or Hebrew script."
        for block in blocks
        if (match := _BIDI.search(block.text))
    ]
    return tuple(found[:5])
