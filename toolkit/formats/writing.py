"""Skeleton + texts → bytes, for every format: what was not translated is written as it stands.

A format adds only how it spells new text (``Spell``): entities in HTML, backslashes in Markdown. ZIP members are
written by ``formats.zips``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import asdict, dataclass

from toolkit.errors import SourceError
from toolkit.placeholders import Form, Tag, Token, tokenize, unescape
from toolkit.skeleton import Localised, Markup, Member, Piece, Skeleton, Slot

#: Languages as ISO 639-2/T has them; any other keeps the code it has.
_THREE_LETTERS = {"fr": "fra", "en": "eng", "de": "deu", "es": "spa", "it": "ita", "pt": "por"}

#: Literal text, the slot's style, the encoding → bytes. May raise UnicodeEncodeError.
Spell = Callable[[str, str, str], bytes]
#: A member whose content has been written → the bytes that stand in the file for it.
Pack = Callable[[Member, bytes], bytes]


@dataclass(frozen=True, slots=True)
class Localisation:
    """What a file in another language says of itself: the names that a ``Localised`` template may use.

    Attributes:
        language: BCP 47 tag ("en").
        territory: the same with a territory, for formats that want one ("en-GB").
        direction: "ltr" or "rtl".
        original_language: BCP 47 tag of the source ("fr").
        original: address of the source file relative to the file written, percent-encoded; "" when it has none.
        status: how far the translation has come, a sentence in English without "<", "&" or quotation marks.
        final: "Final" when a person has approved every sentence, else "Draft".
    """

    language: str
    territory: str
    direction: str
    original_language: str
    original: str
    status: str
    final: str

    @property
    def region(self) -> str:
        """The territory alone ("GB"); templates may use it, too."""
        return self.territory.rpartition("-")[2]

    def names(self) -> dict[str, str]:
        """All that a template may use, also ``locale`` (as POSIX and Open Graph write it: "en_GB") and ``alpha3``."""
        locale, alpha3 = self.territory.replace("-", "_"), _THREE_LETTERS.get(self.language, self.language)
        return asdict(self) | {"region": self.region, "locale": locale, "alpha3": alpha3}


@dataclass(frozen=True)
class Writer:
    """Writes the pieces of one file.

    Attributes:
        texts: the text of each block, with exactly the placeholders of its own text.
        respell: write every text anew, also those that have not changed: for proving that it can be read back.
    """

    texts: Mapping[str, str]
    spell: Spell
    encoding: str
    localisation: Localisation | None = None
    respell: bool = False
    pack: Pack | None = None

    def write(self, pieces: Iterable[Piece]) -> bytes:
        """The bytes of pieces, in order.

        Raises:
            SourceError: a text is missing, has other placeholders, or cannot be encoded.
        """
        return b"".join(self._piece(piece) for piece in pieces)

    def _piece(self, piece: Piece) -> bytes:
        if isinstance(piece, bytes):
            return piece
        if isinstance(piece, Slot):
            return self._slot(piece)
        if isinstance(piece, Localised):
            return self._localised(piece)
        if self.pack is None:
            msg = f"{piece.name}: this format has no members"
            raise TypeError(msg)
        inner = Writer(self.texts, self.spell, piece.encoding, self.localisation, self.respell, self.pack)
        return self.pack(piece, inner.write(piece.pieces))

    def _localised(self, piece: Localised) -> bytes:
        if self.localisation is None:
            return piece.raw
        names = self.localisation.names()
        name, value = piece.unless
        if name and names[name] == value:
            return piece.raw
        return piece.template.format_map(names).encode(self.encoding, "xmlcharrefreplace")

    def _slot(self, slot: Slot) -> bytes:
        if slot.block not in self.texts:
            raise SourceError(f"there is no text for block {slot.block}", hint="Give a text for every block.")
        text = self.texts[slot.block]
        if not slot.spelling:
            return self._spelled(unescape(text), slot)
        unchanged = text == slot.text and not self.respell
        tokens = tokenize(text)
        markup = {each.number: each for each in slot.markup}
        known = {} if self.respell or slot.whole else _known(slot)
        out: list[bytes] = []
        wraps = [slot.wrap]
        spelling = iter(slot.spelling)
        for token in _framed(tokens):
            if isinstance(token, str):
                out.append(next(spelling) if unchanged else self._stretch(token, known, wraps[-1], slot))
            else:
                out.append(self._tag(token, markup, wraps, slot, unchanged))
        return b"".join(out)

    def _stretch(self, token: str, known: Mapping[str, bytes], wrap: tuple[bytes, bytes], slot: Slot) -> bytes:
        if not token:
            return b""
        if token in known and wrap == slot.wrap == (b"", b""):
            return known[token]
        return wrap[0] + self._spelled(unescape(token), slot) + wrap[1]

    def _tag(
        self, tag: Tag, markup: Mapping[int, Markup], wraps: list[tuple[bytes, bytes]], slot: Slot, unchanged: bool
    ) -> bytes:
        found = markup.get(tag.number)
        if found is None or (tag.form is Form.CLOSE and len(wraps) == 1):
            raise SourceError(
                f"the text of block {slot.block} has a placeholder {tag} that the source does not have",
                hint="Give each block its own placeholders.",
            )
        before, after = (b"", b"") if unchanged else found.shell
        if tag.form is Form.CLOSE:
            wraps.pop()
            return before + self.write(found.close) + after
        if tag.form is Form.OPEN:
            wraps.append(wraps[-1] if found.wrap is None else found.wrap)
        return before + self.write(found.open) + after

    def _spelled(self, text: str, slot: Slot) -> bytes:
        try:
            return self.spell(text, slot.style, self.encoding)
        except UnicodeEncodeError as error:
            raise SourceError(
                f"block {slot.block} holds U+{ord(error.object[error.start]):04X}, which {self.encoding} cannot write",
                hint="Save the source as UTF-8, so that its translation can be written in the same encoding.",
            ) from None


def _framed(tokens: tuple[Token, ...]) -> Iterable[Token]:
    """Tokens with a stretch of text, "" where there is none, in front of each tag and at the end."""
    was_text = False
    for token in tokens:
        if isinstance(token, Tag) and not was_text:
            yield ""
        yield token
        was_text = isinstance(token, str)
    if not was_text:
        yield ""


def _known(slot: Slot) -> dict[str, bytes]:
    """The source's spelling of each stretch of a block."""
    texts = (token for token in _framed(tokenize(slot.text)) if isinstance(token, str))
    return {text: raw for text, raw in zip(texts, slot.spelling, strict=True) if text}


def write(
    skeleton: Skeleton,
    texts: Mapping[str, str],
    spell: Spell,
    localisation: Localisation | None = None,
    *,
    respell: bool = False,
    pack: Pack | None = None,
) -> bytes:
    """The file of a skeleton with ``texts[block id]`` in each block's place; see ``Writer``."""
    return Writer(texts, spell, skeleton.encoding, localisation, respell, pack).write(skeleton.pieces)
