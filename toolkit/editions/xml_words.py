"""What stands inside a block → XML: the walk through its stretches, whatever the vocabulary.

Elements close at the end of each stretch and open again in the next: a sentence may hold no half of an element.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from dataclasses import dataclass
from functools import cached_property
from urllib.parse import quote

from toolkit.edition import EditionBlock
from toolkit.editions.inline import Reader, Run, image_address, nested
from toolkit.editions.passages import Passages
from toolkit.editions.structure import is_code
from toolkit.editions.tree import Note
from toolkit.editions.xml_text import Attributes, attributes_of, element, escaped, text_of
from toolkit.model import Code, Role
from toolkit.placeholders import Form


@dataclass(frozen=True, slots=True)
class Image:
    """An image as an edition names it: ``url`` and ``text`` may both be ""; ``language`` where it is not the side's."""

    url: str
    text: str
    language: str


class Words(ABC):
    """One block in one language.

    Args:
        passages: all that is to be known of the edition.
        block: to write.
        is_target: which language.
    """

    def __init__(self, passages: Passages, block: EditionBlock, *, is_target: bool) -> None:
        self.passages, self.block, self.is_target = passages, block, is_target
        self.lines = is_code(block)
        self._plain = not block.block.codes and not self.lines

    # -- the vocabulary ---------------------------------------------------------------------------------------------

    @abstractmethod
    def around(self, code: Code) -> tuple[str, Attributes]:
        """The element for markup around words."""

    @abstractmethod
    def fixed(self, code: Code) -> tuple[str, Attributes] | None:
        """The element for words that are not translated; None for none."""

    @abstractmethod
    def line_break(self) -> str:
        """Markup of a line break."""

    @abstractmethod
    def image(self, image: Image) -> str:
        """Markup of an image."""

    @abstractmethod
    def note(self, note: Note | None, label: str) -> str:
        """Markup of a note's mark; None where there is no note for it."""

    def address(self, code: Code) -> str:
        """Where a link leads; "" for one that is not shown as such."""
        return self.passages.address(code)

    # -- the walk ---------------------------------------------------------------------------------------------------

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self.block.block, self.address, lines=self.lines)

    def stretch(self, text: str) -> str:
        """Markup of a stretch of the block's text."""
        if self._plain and "<" not in text:
            return text_of(text)
        out: list[str] = []
        names: list[str] = []
        for stay, opened, run in nested(self._reader.read(text)):
            out += [f"</{name}>" for name in reversed(names[stay:])]
            del names[stay:]
            for code in opened:
                name, values = self.around(code)
                out.append(f"<{name}{attributes_of(values)}>")
                names.append(name)
            out.append(self._run(run))
        out += [f"</{name}>" for name in reversed(names)]
        return "".join(out)

    def wordless(self, text: str) -> str:
        """Markup of the images and the marks of notes in a stretch, and of nothing else."""
        alone = (run.code for run in self._reader.read(text) if run.form is Form.EMPTY)
        return "".join(self._alone(code) for code in alone if code is not None and code.role is not Role.BREAK)

    def gap(self, text: str, *, first: bool) -> str:
        """Markup of what stands in front of a sentence; in the target there is always a space."""
        if first:
            return self.stretch(text if self.lines else text.lstrip())
        if text.isspace():
            return " "
        spaced = not self.is_target or any(map(str.isspace, text))
        return ("" if spaced else " ") + self.stretch(text)

    def _run(self, run: Run) -> str:
        if run.code is None:
            return escaped(run.text)
        if run.form is Form.EMPTY:
            return self._alone(run.code)
        found = self.fixed(run.code)
        return element(*found, escaped(run.text)) if found else escaped(run.text)

    def _alone(self, code: Code) -> str:
        match code.role:
            case Role.BREAK:
                return self.line_break()
            case Role.IMAGE:
                return self._image(code)
            case _:
                number = self.passages.tree.marks.get((self.block.block.id, code.number), 0)
                note = self.passages.notes.get(number)
                return self.note(note, note.label if note else code.label.strip())

    def _image(self, code: Code) -> str:
        passages = self.passages
        image = passages.images.get(code.href)
        url = quote(image.path, safe="/-._~", errors="replace") if image else image_address(code.href)
        text, language = passages.alternative(code, is_target=self.is_target)
        other = language if language != passages.language(is_target=self.is_target) else ""
        return self.image(Image(url, text, other)) if url or text else ""
