"""Skeleton of a Markdown file + texts → its bytes."""

from __future__ import annotations

import html
import re
from collections.abc import Mapping
from dataclasses import replace

from toolkit.errors import SourceError
from toolkit.formats.markdown import front as markdown_front
from toolkit.formats.markdown.spelling import STYLES, Part, spelled
from toolkit.formats.writing import Localisation, Writer
from toolkit.placeholders import Form, Tag, tags, tokenize, unescape
from toolkit.skeleton import Markup, Skeleton, Slot

_LINE_BREAK = re.compile(r"[\r\n]+")
#: A line break inside a reference's label, with the prefix of the next line.
_LABEL_BREAK = re.compile(r"\s*[\r\n][ \t>]*")
_FRONT = frozenset({"yaml", 'yaml"', "yaml'", "toml"})
#: In an attribute of HTML; a table's cell would end at a bar.
_IN_QUOTES = str.maketrans({'"': "&quot;", "|": "&#124;"})
_MARKS = frozenset({"*", "**", "_", "__", "~", "~~"})


def _encoded(text: str, style: str, encoding: str) -> bytes:
    """Markdown has character references for what the encoding lacks; front matter has not."""
    return text.encode(encoding, "strict" if style in _FRONT else "xmlcharrefreplace")


class MarkdownWriter(Writer):
    """Spells a block's new text with regard to the markup around each stretch of it."""

    @classmethod
    def of(
        cls, skeleton: Skeleton, texts: Mapping[str, str], localisation: Localisation | None, *, respell: bool
    ) -> MarkdownWriter:
        """The writer for a file."""
        return cls(texts, _encoded, skeleton.encoding, localisation, respell)

    def _slot(self, slot: Slot) -> bytes:
        text = self.texts.get(slot.block)
        if text is None or (text == slot.text and not self.respell):
            return super()._slot(slot)
        if slot.style == "code" or (text == slot.text and not any(map(str.isalnum, text))):
            return b"".join(self._original(slot))  # never translated, and code has prefixes on its lines
        if slot.style in _FRONT:
            return self._spelled(markdown_front.spelled(_one_line(unescape(text)), slot.style), slot)
        if slot.style == "html":
            return self._spelled(html.escape(_one_line(unescape(text)), quote=False).translate(_IN_QUOTES), slot)
        style = replace(STYLES[slot.style], exact=self.respell)
        done = self._joined(slot, spelled(self._parts(slot, text), style))
        return done + self._label(slot) if slot.style == "alt-label" else done

    def _joined(self, slot: Slot, parts: list[Part]) -> bytes:
        """Parts as bytes; a link whose words were the label of its definition gets that label, when they change."""
        short = {self._bytes("]"), self._bytes("][]")}
        labels: dict[int, bytes] | None = None
        begins: dict[int, int] = {}
        out: list[bytes] = []
        for part in parts:
            raw = self._spelled(part.text, slot) if part.form is None else part.raw
            if part.form is Form.CLOSE and raw in short:
                labels = self._labels(slot) if labels is None else labels
                label = labels.get(part.number, b"")
                if b"".join(out[begins.get(part.number, 0) :]) != label:
                    raw = self._bytes("][") + label + self._bytes("]")
            out.append(raw)
            if part.form is Form.OPEN:
                begins[part.number] = len(out)
        return b"".join(out)

    def _bytes(self, text: str) -> bytes:
        return text.encode(self.encoding)

    def _parts(self, slot: Slot, text: str) -> list[Part]:
        """A text's stretches, and the bytes of its placeholders."""
        markup = {each.number: each for each in slot.markup}
        opened: set[int] = set()
        parts: list[Part] = []
        for token in tokenize(text):
            if isinstance(token, str):
                parts.append(Part(_one_line(unescape(token))))
                continue
            raw = self._source(token, markup, opened, slot)
            shown = raw.decode(self.encoding)
            mark = shown[0] if token.form in (Form.OPEN, Form.CLOSE) and shown in _MARKS else ""
            parts.append(Part(shown, token.form, token.number, mark, raw))
        return parts

    def _source(self, tag: Tag, markup: Mapping[int, Markup], opened: set[int], slot: Slot) -> bytes:
        """The bytes of a placeholder."""
        found = markup.get(tag.number)
        if found is None or (tag.form is Form.CLOSE and tag.number not in opened):
            raise SourceError(
                f"the text of block {slot.block} has a placeholder {tag} that the source does not have",
                hint="Give each block its own placeholders.",
            )
        if tag.form is Form.OPEN:
            opened.add(tag.number)
        return self.write(found.close if tag.form is Form.CLOSE else found.open)

    def _original(self, slot: Slot) -> list[bytes]:
        """The stretches and the placeholders of the source, by turns."""
        markup = {each.number: each for each in slot.markup}
        opened: set[int] = set()
        out = [slot.spelling[0]]
        for tag, after in zip(tags(slot.text), slot.spelling[1:], strict=True):
            out += [self._source(tag, markup, opened, slot), after]
        return out

    def _labels(self, slot: Slot) -> dict[int, bytes]:
        """The source of what is in each pair: in [this] and [this][] it is the label of a definition, too."""
        out = self._original(slot)
        begins: dict[int, int] = {}
        found: dict[int, bytes] = {}
        for at, tag in enumerate(tags(slot.text)):
            if tag.form is Form.OPEN:
                begins[tag.number] = 2 * at + 2
            elif tag.form is Form.CLOSE:
                source = b"".join(out[begins[tag.number] : 2 * at + 1]).decode(self.encoding)
                found[tag.number] = self._bytes(_LABEL_BREAK.sub(" ", source))
        return found

    def _label(self, slot: Slot) -> bytes:
        """The label of an image's definition, which its alternative text was."""
        source = slot.spelling[0].decode(self.encoding).removesuffix("][")
        return self._bytes("][" + _LABEL_BREAK.sub(" ", source))


def _one_line(text: str) -> str:
    return _LINE_BREAK.sub(" ", text)
