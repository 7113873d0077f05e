"""What stands inside a block → HTML: emphasis, links, images, line breaks, marks of notes.

Every text and every value of an attribute is escaped here, and nothing else is written than the few elements below: no
source and no catalogue can bring in another. Elements close at the end of each stretch, and open again in the next.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from urllib.parse import quote

from markupsafe import Markup, escape

from toolkit.edition import Edition, EditionBlock, Pair
from toolkit.editions.about import Picture
from toolkit.editions.inline import Reader, Run, language_tag, link_address, nested
from toolkit.editions.interface import say
from toolkit.editions.labels import image_words, quotation_marks
from toolkit.editions.structure import clean, plain
from toolkit.editions.tree import Note, Tree
from toolkit.model import BlockKind, Code, Role
from toolkit.placeholders import Form

_TAGS = {
    Role.STRONG: "strong",
    Role.EMPHASIS: "em",
    Role.UNDERLINE: "u",
    Role.STRIKE: "s",
    Role.SUPERSCRIPT: "sup",
    Role.SUBSCRIPT: "sub",
    Role.CODE: "code",
    Role.LINK: "a",
}
#: Of an image, in CSS pixels: 32rem.
_TALLEST = 512
#: Quotations that bring their own marks, in front of the tag or behind it.
_OWN_MARKS = re.compile(r"[«»“”„‘’\"]\s{0,8}<g(\d+)>|<g(\d+)>(?=(?:<g\d+>|\s){0,8}[«»“”„‘’\"])")


@dataclass(frozen=True, slots=True)
class Passages:
    """All that the inside of a block must know of its edition.

    Attributes:
        images: image's address in the source → the published file; its path is relative to the page.
        marks: names of the marks of notes that have been written.
    """

    edition: Edition
    tree: Tree
    images: Mapping[str, Picture]
    blocks: Mapping[str, EditionBlock]
    notes: Mapping[int, Note]
    marks: set[str] = field(default_factory=set)

    @classmethod
    def of(cls, edition: Edition, tree: Tree, images: Mapping[str, Picture]) -> Passages:
        """All that is to be known of an edition."""
        blocks = {each.block.id: each for each in tree.blocks()}
        return cls(edition, tree, images, blocks, {note.number: note for note in tree.notes})

    def language(self, *, is_target: bool) -> str:
        """Of one of the two sides."""
        return self.edition.target_language if is_target else self.edition.release.language

    def side(self, block: EditionBlock, *, is_target: bool, lines: bool = False) -> Side:
        """One block in one language, to be written stretch by stretch."""
        return Side(self, block, is_target=is_target, lines=lines)

    def address(self, code: Code) -> str:
        """Where a link leads: to a block of this page, or out to an address that is allowed."""
        for name in code.blocks:
            if name in self.blocks and self.blocks[name].block.kind is not BlockKind.ATTRIBUTE:
                return f"#{name}"
        return link_address(code.href)

    def alternative(self, code: Code, *, is_target: bool) -> tuple[str, str]:
        """The text that stands for an image in one language, and the language it is in; "" for an ornament."""
        texts = [self.blocks[name] for name in code.blocks if name in self.blocks]
        texts = [each for each in texts if each.block.kind is BlockKind.ATTRIBUTE]
        source = self.edition.release.language
        if not texts:
            return "", source
        found = next((each for each in texts if each.block.label.lower().startswith("alt")), texts[0])
        if is_target and all(pair.target is not None for pair in found.pairs):
            return _joined(found.pairs, is_target=True), self.edition.target_language
        return _joined(found.pairs, is_target=False), source


def _joined(pairs: Iterable[Pair], *, is_target: bool) -> str:
    return " ".join(plain((pair.target or "") if is_target else pair.segment.text) for pair in pairs).strip()


class Side:
    """One block in one language."""

    def __init__(self, passages: Passages, block: EditionBlock, *, is_target: bool, lines: bool) -> None:
        self.lines = lines
        self._all, self._block, self._is_target = passages, block.block, is_target
        self._language = passages.language(is_target=is_target)
        self._pairs = block.pairs
        self._own: set[str] | None = None
        self._plain = not block.block.codes and not lines

    @cached_property
    def _reader(self) -> Reader:
        return Reader(self._block, self._all.address, self._marks, self.lines)

    def html(self, text: str) -> Markup:
        """The next stretch of the block's text."""
        if self._plain and "<" not in text:
            return escape(clean(text))
        out: list[str] = []
        open_tags: list[str] = []
        for stay, opened, run in nested(self._reader.read(text)):
            out += [f"</{tag}>" for tag in reversed(open_tags[stay:])]
            del open_tags[stay:]
            for code in opened:
                start, tag = self._start(code)
                out.append(start)
                open_tags.append(tag)
            out.append(self._run(run))
        out += [f"</{tag}>" for tag in reversed(open_tags)]
        return Markup("".join(out))  # noqa: S704 - every text and value in it has been escaped below

    def _marks(self, code: Code, inner: bool) -> tuple[str, str]:
        """Quotation marks of the side's language; none where the words bring their own."""
        if self._own is None:
            self._own = {one or other for one, other in _OWN_MARKS.findall(self._whole())}
        return ("", "") if str(code.number) in self._own else quotation_marks(self._language, inner=inner)

    def _whole(self) -> str:
        return "".join(
            pair.segment.before
            + (pair.segment.text if pair.target is None or not self._is_target else pair.target)
            + pair.segment.after
            for pair in self._pairs
        )

    def _start(self, code: Code) -> tuple[str, str]:
        """A start tag, and the name that closes it."""
        if code.role is Role.LINK:
            return f"<a{_attributes(href=self._all.address(code))}>", "a"
        if code.role is Role.FOREIGN:
            return f"<span{_attributes(lang=language_tag(code.language))}>", "span"
        tag = _TAGS[code.role]
        return f"<{tag}>", tag

    def _run(self, run: Run) -> str:
        code = run.code
        if code is None:
            return str(escape(run.text))
        if run.form is not Form.EMPTY:
            return self._fixed(run, code)
        match code.role:
            case Role.BREAK:
                return "<br>"
            case Role.IMAGE:
                return self._image(code)
            case _:
                return self._note(code)

    def _fixed(self, run: Run, code: Code) -> str:
        """Words that are not translated."""
        language = language_tag(code.language)
        tag, href = _TAGS.get(code.role, "span"), ""
        if code.role is Role.LINK:
            href = "" if any(outer.role is Role.LINK for outer in run.within) else self._all.address(code)
            tag = "a" if href else "span"
        return f"<{tag}{_attributes(href=href, lang=language, translate='no')}>{escape(run.text)}</{tag}>"

    def _image(self, code: Code) -> str:
        text, language = self._all.alternative(code, is_target=self._is_target)
        other = language if language != self._language else ""
        image = self._all.images.get(code.href)
        if image:
            source = quote(image.path, safe="/-._~", errors="replace")
            return f'<img{_attributes(src=source, lang=other)} alt="{escape(text)}"{_size(image)}>'
        shown = image_words(text or _file_name(code.href)).in_(language)
        return f'<span{_attributes(role="img", lang=other, aria_label=shown)} class="image">{escape(shown)}</span>'

    def _note(self, code: Code) -> str:
        """A note's mark: it leads to the note, and the note back to the first mark."""
        mark = (self._block.id, code.number)
        note = self._all.notes.get(self._all.tree.marks.get(mark, 0))
        if note is None:
            return f'<sup class="note-mark">{escape(clean(code.label))}</sup>' if code.label.strip() else ""
        name = mark_id(note.number, self._language) if note.mark == mark else ""
        self._all.marks.update({name} - {""})
        label = clean(note.label)
        # The space keeps it from the word before, which may be a figure.
        called = " " + say(self._language, "Note {number}", number=label)
        link = _attributes(id=name, href=f"#note-{note.number}", role="doc-noteref", aria_label=called)
        return f'<sup class="note-mark"><a{link}>{escape(label)}</a></sup>'


def _size(image: Picture) -> str:
    """Width and height, so that a page does not jump when the image comes; no taller than the style sheet lets it."""
    if image.size is None:
        return ""
    width, height = image.size
    part = min(1.0, _TALLEST / height)
    return f' width="{max(1, round(width * part))}" height="{max(1, round(height * part))}"'


def mark_id(number: int, language: str) -> str:
    """Name of the first mark of a note, in one language."""
    return f"{language}-mark-{number}"


def _attributes(**values: str) -> str:
    """Attributes with a value, escaped."""
    return "".join(f' {name.replace("_", "-")}="{escape(value)}"' for name, value in values.items() if value)


def _file_name(href: str) -> str:
    """The last part of an image's address, as all that is known of it."""
    text = clean(href).strip()
    return "" if text.startswith("data:") else text.partition("?")[0].rstrip("/").rpartition("/")[2][:80]
