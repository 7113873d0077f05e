"""The blocks of a Markdown file → a flow: headings, lists, quotations, tables, code, notes, front matter."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

from toolkit.formats.decoding import position
from toolkit.formats.flow import Flow, Place
from toolkit.formats.markdown.events import Stream, events
from toolkit.formats.markdown.front import Front
from toolkit.formats.markdown.inline import Inline
from toolkit.formats.markdown.tags import has_words
from toolkit.formats.notes import note_name
from toolkit.model import BlockKind, Frame

_ATX = re.compile(r"[ \t]*#{1,6}(?:[ \t\r\n]|$)")
#: A line of a paragraph that may be no text: a directive, attributes, a definition.
_PARTED = re.compile(r"[\r\n][ \t>]*(?::|\{[:#.%{])")
#: What front matter's keys name; "title" alone would be a tooltip, as in HTML.
_LABELS = {"title": "document title", "titre": "document title", "sous-titre": "subtitle", "résumé": "summary"}
#: A language tag's spelling in front matter: "fr-FR", "fr_FR".
_LANGUAGE = {"-": "{territory}", "_": "{language}_{region}"}


class Blocks:
    """Tells a flow of the blocks of one file.

    Args:
        source: the file.
        flow: of the file.
        path: of the source.
        language: BCP 47 tag of the release.
    """

    def __init__(self, source: str, flow: Flow, path: str, language: str) -> None:
        self._source, self._flow, self._path, self._language = source, flow, path, language
        self._column = 0
        self._cell = Frame.CELL
        self._code: list[str] | None = None
        self._html: list[int] = []
        self._handlers: dict[str, Callable[[Any, int, int], None]] = {
            "+Paragraph": self._paragraph,
            "-Paragraph": self._end_paragraph,
            "+Heading": self._heading,
            "-Heading": self._leave,
            "+List": self._list,
            "-List": self._leave,
            "+Item": self._item,
            "-Item": self._leave,
            "+BlockQuote": self._quote,
            "-BlockQuote": self._leave,
            "+FootnoteDefinition": self._note,
            "-FootnoteDefinition": self._leave,
            "+Table": self._table,
            "-Table": self._leave,
            "+TableHead": self._head,
            "-TableHead": self._leave,
            "+TableRow": self._row,
            "-TableRow": self._leave,
            "+TableCell": self._table_cell,
            "-TableCell": self._leave,
            "+CodeBlock": self._code_block,
            "-CodeBlock": self._end_code_block,
            "+HtmlBlock": self._html_block,
            "TaskListMarker": self._task,
            "Rule": self._rule,
        }

    def front(self, front: Front) -> None:
        """Tell the flow of the front matter."""
        values = [*front.shown, *([front.language] if front.language else [])]
        for value in sorted(values, key=lambda each: each.start):
            if value is front.language:
                self._localised(value.start + (value.style != "yaml"), value.text)
            else:
                label = _LABELS.get(value.key, value.key)
                self._flow.attribute(value.start, value.end, value.text, label, value.style)
        if front.end:
            self._flow.boundary(front.end)

    def _localised(self, start: int, tag: str) -> None:
        if tag.lower().replace("_", "-").partition("-")[0] == self._language.lower().partition("-")[0]:
            self._flow.localise(start, start + len(tag), _LANGUAGE.get(tag[2:3], "{language}"))

    def read(self, start: int) -> None:
        """Tell the flow of everything behind ``start``."""
        stream = Stream(events(self._source, start, self._path))
        self._inline = Inline(self._source, self._flow, stream, self._language, start)
        inline = self._inline.handlers
        for kind, data, first, last in stream:
            if self._code is not None and kind == "Text":
                self._code_text(data, first, last)
            elif handler := inline.get(kind):
                handler(data, first, last)
            elif other := self._handlers.get(kind):
                other(data, first, last)
        self._flow.boundary(self._to(len(self._source)))

    def warnings(self) -> tuple[str, ...]:
        """What a person should know: words in HTML that stay as they are."""
        if not self._html:
            return ()
        lines = ", ".join(position(self._source, at).partition(":")[0] for at in self._html[:4])
        more = f" … ({len(self._html)} in all)" if len(self._html) > 4 else ""
        return (
            f"{self._path}: the words in blocks of HTML are not translated (line {lines}{more}). "
            "Write them in Markdown if they should be.",
        )

    def _to(self, end: int) -> int:
        """The block that was open has ended; an offset that is not behind what has been told."""
        self._inline.end()
        end = max(self._inline.at, end)
        self._inline.pass_titles(end)
        self._inline.at = end
        return end

    def _paragraph(self, _: None, start: int, end: int) -> None:
        self._inline.end()
        if self._source[start] in ":{" or _PARTED.search(self._source, start, end):
            self._inline.parted = True
            self._enter(start, Place(style="part"))

    def _end_paragraph(self, _: None, start: int, end: int) -> None:
        self._inline.end()
        if self._inline.parted:
            self._inline.parted = False
            self._leave(None, start, end)

    def _enter(self, start: int, place: Place) -> None:
        self._flow.enter(self._to(start), place)

    def _leave(self, _: object, start: int, end: int) -> None:
        self._flow.leave(self._to(end))

    def _heading(self, data: dict[str, Any], start: int, end: int) -> None:
        style = "atx" if _ATX.match(self._source, start) else "setext"
        self._enter(start, Place(BlockKind.HEADING, level=int(data["level"][1:]), style=style))

    def _list(self, first: int | None, start: int, end: int) -> None:
        self._enter(start, Place(frame=Frame.LIST) if first is None else Place(frame=Frame.ORDERED_LIST, start=first))

    def _item(self, _: None, start: int, end: int) -> None:
        self._enter(start, Place(BlockKind.ITEM, frame=Frame.ITEM))

    def _task(self, _: object, start: int, end: int) -> None:
        self._flow.boundary(self._to(end))

    def _quote(self, _: object, start: int, end: int) -> None:
        self._enter(start, Place(BlockKind.QUOTE, frame=Frame.QUOTE))

    def _note(self, label: str, start: int, end: int) -> None:
        self._enter(start, Place(BlockKind.PARAGRAPH, frame=Frame.NOTE, label=note_name(label)))

    def _rule(self, _: None, start: int, end: int) -> None:
        self._flow.boundary(self._to(end))

    # -- tables, code, HTML ---------------------------------------------------------------------------------------

    def _table(self, _: object, start: int, end: int) -> None:
        self._enter(start, Place(frame=Frame.TABLE))

    def _head(self, _: None, start: int, end: int) -> None:
        self._begin_row(start, Frame.HEADER_CELL)

    def _row(self, _: None, start: int, end: int) -> None:
        self._begin_row(start, Frame.CELL)

    def _begin_row(self, start: int, cells: Frame) -> None:
        self._column, self._cell = 0, cells
        self._enter(start, Place(frame=Frame.ROW))

    def _table_cell(self, _: None, start: int, end: int) -> None:
        style = "cell" if self._source[start - 1 : start] == "|" else "cell-line"
        self._enter(start, Place(BlockKind.CELL, frame=self._cell, column=self._column, style=style))
        self._column += 1

    def _code_block(self, _: object, start: int, end: int) -> None:
        self._enter(start, Place(BlockKind.VERBATIM, style="code", label="code", fixed=True))
        self._code = []

    def _code_text(self, words: str, start: int, end: int) -> None:
        if self._code == []:
            self._flow.boundary(self._to(start))
        if self._code is not None:
            self._code.append(words)
        self._inline.at = end

    def _end_code_block(self, _: object, start: int, end: int) -> None:
        if text := "".join(self._code or ()).rstrip():
            self._flow.text(self._inline.at, text)
        self._code = None
        self._flow.leave(self._to(end))

    def _html_block(self, _: None, start: int, end: int) -> None:
        self._flow.boundary(self._to(start))
        if has_words(self._source[start:end]):
            self._html.append(start)
