"""The skeleton of a source file: everything in it that is not text to translate, byte for byte.

A skeleton is a sequence of pieces. With every block's own text it is written as the file was; docs/formats.md shows
one. Imports nothing of ours.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Slot:
    """The place of a block's text in a skeleton.

    Attributes:
        block: id of the block.
        style: how the format writes new text here ("attribute", "cell" …): each format has its own names.
        text: the block's own text: while it is this, ``spelling`` is written.
        spelling: the source's bytes of each stretch of text between placeholders, first to last, empty ones too: always
            one more than there are tags. () where text is simply encoded.
        markup: the bytes of each placeholder, by number.
        wrap: bytes in front of and behind every new stretch of text that stands in no placeholder of its own wrap.
        whole: a stretch's spelling makes sense only together with those around it (runs of a DOCX): when the text
            changes, all of them are spelled anew.
    """

    block: str
    style: str = ""
    text: str = ""
    spelling: tuple[bytes, ...] = ()
    markup: tuple[Markup, ...] = ()
    wrap: tuple[bytes, bytes] = (b"", b"")
    whole: bool = False


@dataclass(frozen=True, slots=True)
class Markup:
    """The bytes of a placeholder: they may hold slots, for an image's alternative text or a note's paragraphs.

    Attributes:
        open: the start tag, or all of a placeholder that stands alone or holds fixed words.
        close: the end tag.
        wrap: as in Slot, for text directly inside; None for that of what surrounds it.
        shell: bytes in front of and behind ``open``, and ``close``, when the block's text is spelled anew: a line
            break of a DOCX stands in a run.
    """

    number: int
    open: tuple[Piece, ...]
    close: tuple[Piece, ...] = ()
    wrap: tuple[bytes, bytes] | None = None
    shell: tuple[bytes, bytes] = (b"", b"")


@dataclass(frozen=True, slots=True)
class Localised:
    """Bytes that change with the language of the file: ``lang="fr"``, a document property.

    Attributes:
        raw: as they stand in the source; may be empty where a translation must add something.
        template: for ``str.format``, with the names in ``toolkit.formats.writing.Localisation``; literal braces are
            doubled.
        unless: one of these names and a value: where it has this value, ``raw`` stays.
    """

    raw: bytes
    template: str
    unless: tuple[str, str] = ("", "")


@dataclass(frozen=True, slots=True)
class Member:
    """A member of a ZIP whose content has slots; all others stay raw bytes.

    Attributes:
        name: of the member.
        raw: local header, compressed data and data descriptor, as they stand in the file.
        pieces: the content, decompressed.
        encoding: of the content.
    """

    name: str
    raw: bytes
    pieces: tuple[Piece, ...]
    encoding: str = "utf-8"


Piece = bytes | Slot | Localised | Member


@dataclass(frozen=True, slots=True)
class Skeleton:
    """The untouched rest of a file: what stands between the blocks, byte for byte, and how text becomes bytes again.

    Attributes:
        format: name of the format that wrote it ("text").
        encoding: Python codec that encodes a block's text ("utf-8", "utf-16-le", "cp1252").
        pieces: raw bytes and slots, in order.
    """

    format: str
    encoding: str
    pieces: tuple[Piece, ...]
