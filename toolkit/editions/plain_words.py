"""What stands inside a sentence of edition.xml: ``b``, ``i``, ``a``, ``image`` and a few more.

The text of a sentence must be the sentence: a note's mark and an image are empty elements, and a line break has a space
behind it.
"""

from __future__ import annotations

from toolkit.edition import Bead, Pair
from toolkit.editions.inline import language_tag
from toolkit.editions.tree import Note
from toolkit.editions.xml_text import LANG, Attributes, element
from toolkit.editions.xml_words import Image, Words
from toolkit.model import Code, Role

_NAMES = {
    Role.STRONG: "b",
    Role.EMPHASIS: "i",
    Role.UNDERLINE: "u",
    Role.STRIKE: "s",
    Role.SUPERSCRIPT: "sup",
    Role.SUBSCRIPT: "sub",
    Role.CODE: "code",
    Role.QUOTE: "q",
}


class PlainWords(Words):
    """One block in one language; its sentences must be asked for in order."""

    def source(self, pair: Pair) -> str:
        """Markup of a French sentence, with the images and marks that stand before and behind it."""
        return self._trimmed(self._before(pair) + self.stretch(pair.segment.text) + self._after(pair))

    def targets(self, bead: Bead) -> list[str]:
        """Markup of the English sentences of a bead; [] while there are none."""
        said = [""]
        for pair in bead.pairs:
            before = self._before(pair)
            if pair.target is None:  # what it opens and closes must be known
                self.wordless(pair.segment.text)
            first, *others = pair.parts or (pair.target or "",)
            said[-1] += before + self.stretch(first)
            said += [self.stretch(part) for part in others]
            said[-1] += self._after(pair)
        return [] if bead.lead.target is None else [self._trimmed(part) for part in said]

    def _before(self, pair: Pair) -> str:
        first = pair.segment is self.block.pairs[0].segment
        text = pair.segment.before.removeprefix(self.block.block.marker if first else "")
        return self.stretch(text) if self.lines else self._outer(text)

    def _after(self, pair: Pair) -> str:
        return self.stretch(pair.segment.after) if self.lines else self._outer(pair.segment.after)

    def _outer(self, text: str) -> str:
        """What stands between sentences, unless it is mere space."""
        return self.stretch(text) if text.strip() else ""

    def _trimmed(self, markup: str) -> str:
        return markup if self.lines else markup.strip(" \t\n")

    # -- the vocabulary ---------------------------------------------------------------------------------------------

    def around(self, code: Code) -> tuple[str, Attributes]:
        """``a``, ``foreign``, and a name for each other role."""
        if code.role is Role.LINK:
            return "a", {"href": self.address(code)}
        if code.role is Role.FOREIGN:
            return "foreign", {LANG: language_tag(code.language)}
        return _NAMES[code.role], {}

    def fixed(self, code: Code) -> tuple[str, Attributes] | None:
        """As around other words; mere words where the source says nothing of them."""
        language = language_tag(code.language)
        if code.role is Role.LINK and self.address(code):
            return "a", {"href": self.address(code)}
        if language and code.role is not Role.CODE:
            return "foreign", {LANG: language}
        return (_NAMES[code.role], {}) if code.role in _NAMES else None

    def line_break(self) -> str:
        """Of a line."""
        return "<br/> "

    def image(self, image: Image) -> str:
        """Its address, and the text that stands for it."""
        return element("image", {"href": image.url, "alt": image.text, LANG: image.language if image.text else ""})

    def note(self, note: Note | None, label: str) -> str:
        """The note, where there is one, and the mark as it is printed."""
        if note is None:
            return element("noteref", {"label": label}) if label else ""
        return element("noteref", {"note": f"note-{note.number}", "label": label})
