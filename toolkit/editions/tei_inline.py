"""What stands inside a sentence of a TEI edition: ``hi``, ``ref``, ``foreign``, ``figure``, marks of notes."""

from __future__ import annotations

from toolkit.edition import EditionBlock
from toolkit.editions.inline import language_tag
from toolkit.editions.passages import Passages
from toolkit.editions.tree import Note
from toolkit.editions.xml_text import LANG, Attributes, element, text_of
from toolkit.editions.xml_words import Image, Words
from toolkit.model import Code, Role

_RENDITIONS = {
    Role.STRONG: "bold",
    Role.EMPHASIS: "italic",
    Role.UNDERLINE: "underline",
    Role.STRIKE: "strikethrough",
    Role.SUPERSCRIPT: "superscript",
    Role.SUBSCRIPT: "subscript",
    Role.CODE: "code",
}


class TeiWords(Words):
    """One block in one language.

    Args:
        descriptions: where to put the texts of its images; None gives each image a figure of its own.
    """

    def __init__(
        self, passages: Passages, block: EditionBlock, *, is_target: bool, descriptions: list[Image] | None
    ) -> None:
        super().__init__(passages, block, is_target=is_target)
        self._language, self._descriptions = passages.language(is_target=is_target), descriptions

    def address(self, code: Code) -> str:
        """A block of this edition is named in the language of the text."""
        target = self.passages.address(code)
        return f"#{self._language}-{target[1:]}" if target.startswith("#") else target

    def around(self, code: Code) -> tuple[str, Attributes]:
        """``ref``, ``foreign``, ``q``, and ``hi`` for the rest."""
        match code.role:
            case Role.LINK:
                return "ref", {"target": self.address(code)}
            case Role.FOREIGN:
                return "foreign", {LANG: language_tag(code.language)}
            case Role.QUOTE:
                return "q", {}
            case _:
                return "hi", {"rend": _RENDITIONS[code.role]}

    def fixed(self, code: Code) -> tuple[str, Attributes] | None:
        """``code`` is for words that hold no markup."""
        language = language_tag(code.language)
        if code.role is Role.CODE:
            return "code", {}
        if code.role is Role.LINK and self.address(code):
            return "ref", {"target": self.address(code)}
        if language:
            return "foreign", {LANG: language}
        return ("hi", {"rend": _RENDITIONS[code.role]}) if code.role in _RENDITIONS else None

    def line_break(self) -> str:
        """Of a line."""
        return "<lb/>"

    def image(self, image: Image) -> str:
        """A ``figure``, or the ``graphic`` of the figure that is open."""
        graphic = element("graphic", {"url": image.url}) if image.url else ""
        if self._descriptions is None:
            return element("figure", {}, graphic + description(image))
        self._descriptions.append(image)
        return graphic

    def note(self, note: Note | None, label: str) -> str:
        """A pointer to the note; superscript where there is none."""
        if note is None:
            return element("hi", {"rend": "superscript"}, text_of(label)) if label else ""
        return element("ref", {"type": "note", "target": f"#{self._language}-note-{note.number}"}, text_of(label))


def description(image: Image) -> str:
    """The text that stands for an image."""
    return element("figDesc", {LANG: image.language}, text_of(image.text)) if image.text else ""
