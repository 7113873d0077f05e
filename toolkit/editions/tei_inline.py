"""What stands inside a sentence of a TEI edition: ``hi``, ``ref``, ``foreign``, ``figure``, marks of notes."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from lxml import etree

from toolkit.edition import Edition, EditionBlock
from toolkit.editions.inline import Reader, Run, image_address, language_tag, nested
from toolkit.editions.passages import Passages
from toolkit.editions.structure import clean, clean_lines, models_of
from toolkit.editions.tei_elements import LANG, add, say
from toolkit.editions.tree import Tree
from toolkit.model import Code, Role
from toolkit.placeholders import Form

_RENDITIONS = {
    Role.STRONG: "bold",
    Role.EMPHASIS: "italic",
    Role.UNDERLINE: "underline",
    Role.STRIKE: "strikethrough",
    Role.SUPERSCRIPT: "superscript",
    Role.SUBSCRIPT: "subscript",
    Role.CODE: "code",
}


@dataclass(frozen=True, slots=True)
class Texts:
    """What the writer of one text knows.

    Attributes:
        models: pointer to the entry of each model.
    """

    passages: Passages
    is_target: bool
    language: str
    other: str
    models: Mapping[object, str]

    @classmethod
    def of(cls, edition: Edition, tree: Tree, images: Mapping[str, str], *, is_target: bool) -> Texts:
        """All that is to be known of one side of an edition."""
        languages = edition.release.language, edition.target_language
        return cls(
            Passages.of(edition, tree, images),
            is_target,
            languages[is_target],
            languages[not is_target],
            {model: f"#model-{number}" for number, model in enumerate(models_of(edition), 1)},
        )


class Inner:
    """One block in one language, written stretch by stretch.

    Args:
        texts: that it belongs to.
        block: to write.
        lines: whether line breaks in its text count.
        descriptions: where to put the texts of its images; None gives each image a figure of its own.
    """

    def __init__(
        self, texts: Texts, block: EditionBlock, *, lines: bool, descriptions: list[dict[str, str]] | None
    ) -> None:
        self._texts, self._lines, self._descriptions = texts, lines, descriptions
        self._reader = Reader(block.block, self._address, lines=lines)

    def gap(self, element: etree._Element, text: str, *, first: bool) -> None:
        """What stands in front of a sentence; in the target there is always a space."""
        if first and not self._lines:
            text = text.lstrip()
        if not first and (text.isspace() or (self._texts.is_target and not any(map(str.isspace, text)))):
            say(element, " ")
        if not text.isspace():
            self.write(element, text)

    def write(self, parent: etree._Element, text: str, *, words: bool = True) -> None:
        """A stretch of text inside ``parent``; without its words only the images and the marks of notes in it."""
        path: list[etree._Element] = [parent]
        for stay, opened, run in nested(self._reader.read(text)):
            if not words:
                if run.form is Form.EMPTY and run.code is not None and run.code.role is not Role.BREAK:
                    self._alone(parent, run.code)
                continue
            del path[stay + 1 :]
            for code in opened:
                path.append(self._start(path[-1], code))
            self._run(path[-1], run)

    def _address(self, code: Code) -> str:
        target = self._texts.passages.address(code)
        return f"#{self._texts.language}-{target[1:]}" if target.startswith("#") else target

    def _start(self, parent: etree._Element, code: Code) -> etree._Element:
        match code.role:
            case Role.LINK:
                return add(parent, "ref", {"target": self._address(code)})
            case Role.FOREIGN:
                return add(parent, "foreign", {LANG: language_tag(code.language)})
            case Role.QUOTE:
                return add(parent, "q")
            case _:
                return add(parent, "hi", {"rend": _RENDITIONS[code.role]})

    def _run(self, parent: etree._Element, run: Run) -> None:
        if run.code is None:
            say(parent, (clean_lines if self._lines else clean)(run.text))
        elif run.form is Form.EMPTY:
            self._alone(parent, run.code)
        else:
            self._fixed(parent, run, run.code)

    def _fixed(self, parent: etree._Element, run: Run, code: Code) -> None:
        language = language_tag(code.language)
        if code.role is Role.CODE:
            element = add(parent, "code")
        elif code.role is Role.LINK and self._address(code):
            element = add(parent, "ref", {"target": self._address(code)})
        elif language:
            element = add(parent, "foreign", {LANG: language})
        elif code.role in _RENDITIONS:
            element = add(parent, "hi", {"rend": _RENDITIONS[code.role]})
        else:
            element = parent
        say(element, run.text)

    def _alone(self, parent: etree._Element, code: Code) -> None:
        match code.role:
            case Role.BREAK:
                add(parent, "lb")
            case Role.IMAGE:
                self._image(parent, code)
            case _:
                self._note(parent, code)

    def _image(self, parent: etree._Element, code: Code) -> None:
        passages = self._texts.passages
        path = passages.images.get(code.href)
        url = quote(path, safe="/-._~", errors="replace") if path else image_address(code.href)
        text, language = passages.alternative(code, is_target=self._texts.is_target)
        if not url and not text:
            return
        figure = parent if self._descriptions is not None else add(parent, "figure")
        if url:
            add(figure, "graphic", {"url": url})
        other = language if language != self._texts.language else ""
        if text and self._descriptions is not None:
            self._descriptions.append({"language": other, "text": text})
        elif text:
            add(figure, "figDesc", {LANG: other}, text)

    def _note(self, parent: etree._Element, code: Code) -> None:
        """A note's mark: all marks of a note lead to it."""
        passages, block = self._texts.passages, self._reader.block.id
        note = passages.notes.get(passages.tree.marks.get((block, code.number), 0))
        if note is not None:
            target = {"type": "note", "target": f"#{self._texts.language}-note-{note.number}"}
            add(parent, "ref", target, note.label)
        elif code.label.strip():
            add(parent, "hi", {"rend": "superscript"}, code.label.strip())
