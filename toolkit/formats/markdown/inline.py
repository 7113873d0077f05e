"""The inside of a Markdown paragraph, heading or cell → a flow.

The parser names the place of text and markup; what is between two of its events belongs to one of them: a backslash to
the character it escapes, the prefix of a line ("> ", an indentation) to the line break in front of it.
"""

from __future__ import annotations

import re
from collections import deque
from collections.abc import Callable
from typing import Any

from toolkit.formats.flow import Flow
from toolkit.formats.markdown.events import Stream, titled_definitions
from toolkit.formats.markdown.tags import HtmlTag, html_tag
from toolkit.formats.notes import note_name
from toolkit.model import Code, Role

#: What stands in front of a continued line: indentation, and the marks of the quotations it is in.
_PREFIX = re.compile(r"[ \t>]*")
_QUOTED = (
    r"""(?<=[ \t\r\n])(?:"(?P<double>(?:[^"\\]|\\.)*)"|'(?P<single>(?:[^'\\]|\\.)*)'|\((?P<round>(?:[^()\\]|\\.)*)\))"""
)
#: A title at the end of a link's or image's source, and at that of a definition's.
_LINK_TITLE = re.compile(_QUOTED + r"[ \t\r\n>]*\)\Z", re.DOTALL)
_DEFINITION_TITLE = re.compile(_QUOTED + r"[ \t\r\n]*\Z", re.DOTALL)
#: Lines that programs read: Pandoc's and Docusaurus's ":::", attributes of Kramdown and Pandoc, Liquid, Jinja.
_DIRECTIVE = re.compile(r"(?::::[^\r\n]*|\{[:#.%{][^\r\n]*\})[ \t]*(?=[\r\n]|$)")
_LINE_MARKS = frozenset(":{")
#: The first line of a definition, below its term: Markdown Extra and Pandoc.
_DEFINITION = re.compile(r":[ \t]+(?=\S)")
#: A line that is longer is no term, but was broken by hand in front of a colon.
_LONGEST_TERM = 60
_AUTOMATIC = ("Autolink", "Email")
#: Name of each kind of pair in the flow: none that an HTML tag could have.
_LINK = "*Link"


class Inline:
    """Tells a flow of the text and markup in blocks.

    Args:
        source: the file.
        flow: of the file.
        stream: the events; some are looked at ahead, and some taken here.
        language: BCP 47 tag of the release.
        start: where Markdown begins.

    Attributes:
        at: end of what was told last.
        parted: the paragraph may have lines that are no text.
        handlers: what takes each kind of event.
    """

    def __init__(self, source: str, flow: Flow, stream: Stream, language: str, start: int) -> None:
        self._source, self._flow, self._stream, self._language = source, flow, stream, language
        self.at = start
        self.parted = False
        self._fresh = True
        self._break = ""
        self._began = self._broken = start
        self._defines = False
        self._titles = deque(titled_definitions(source, start))
        self._words: list[str] = []
        self._open_html: list[dict[str, int]] = [{}]
        self._unclosed: set[str] = set()
        self.handlers: dict[str, Callable[[Any, int, int], None]] = {
            "Text": self._text,
            "SoftBreak": self._soft_break,
            "HardBreak": self._hard_break,
            "Code": self._code,
            "InlineMath": self._math,
            "DisplayMath": self._math,
            "InlineHtml": self._html,
            "FootnoteReference": self._note,
            "+Emphasis": self._emphasis,
            "-Emphasis": self._end_emphasis,
            "+Strong": self._strong,
            "-Strong": self._end_strong,
            "+Strikethrough": self._strike,
            "-Strikethrough": self._end_strike,
            "+Link": self._link,
            "-Link": self._end_link,
            "+Image": self._image,
        }
        self._links: list[dict[str, str]] = []

    def end(self) -> None:
        """The block that was open has ended."""
        self._flush()
        self._fresh, self._break, self._defines = True, "", False
        self._open_html = [{}]
        self._unclosed.clear()

    def boundary(self, end: int) -> None:
        """What is in front of ``end`` is no text; definitions of links in it may have titles."""
        end = max(end, self.at)
        self.pass_titles(end)
        self._flow.boundary(end)
        self.at = end

    def pass_titles(self, end: int) -> None:
        """Tell the flow of the titles in the stretch that will end at ``end``."""
        while self._titles and self._titles[0][1] <= end:
            start, stop, title = self._titles.popleft()
            if start >= self.at:
                self._title(_DEFINITION_TITLE, start, stop, title)

    # -- text -----------------------------------------------------------------------------------------------------

    def _text(self, words: str, start: int, end: int) -> None:
        if start > self.at and self._source[start - 1] == "\\":
            start -= 1
        if self._break or self._fresh:
            if self.parted and self._source[start] in _LINE_MARKS and len(self._open_html) == 1:
                if self._directive(start):
                    return
                start = self._definition(start)
                words = words[len(words) - (end - start) :]
                if not words:
                    return
            self._reach(start, text=True)
        self._words.append(" " if words in ("\n", "\r") else words)  # a line break's reference is no more than a space
        self.at = end

    def _directive(self, start: int) -> bool:
        """A line that is no text: it parts the paragraph it stands in."""
        line = _DIRECTIVE.match(self._source, start)
        if line is None:
            return False
        seen, stop = 0, line.end()
        for kind, _, first, last in self._stream.ahead():
            if first >= line.end() or kind in ("SoftBreak", "HardBreak", "-Paragraph"):
                break
            if kind != "Text":
                return False
            seen, stop = seen + 1, max(stop, last)
        self._stream.skip(seen)
        self.end()
        self.boundary(stop)
        return True

    def _definition(self, start: int) -> int:
        """Where the text of a line begins that defines the term above it."""
        mark = _DEFINITION.match(self._source, start)
        if mark is None or self._break != "soft":
            return start
        term = self._source[self._began : self._broken].strip()
        if not self._defines and (len(term) > _LONGEST_TERM or "\n" in term or "\r" in term):
            return start
        self.end()
        self.boundary(mark.end())
        self._defines = True
        return mark.end()

    def _soft_break(self, _: None, start: int, end: int) -> None:
        self._break = "soft"
        self._broken = end

    def _hard_break(self, _: None, start: int, end: int) -> None:
        self._break = "hard"
        self._broken = end

    def _reach(self, start: int, *, text: bool = False) -> None:
        """Something begins at ``start``: settle what is in front of it."""
        if self._fresh:
            self.boundary(start)
            self._fresh, self._began = False, start
        elif self._break == "soft" and text and self._words:
            self._words.append(" ")
        elif self._break:
            self._flush()
            if self._break == "soft":
                self._flow.text(start, " ")
            else:
                self._flow.empty(start, Code(0, Role.BREAK))
            self.at = start
        if not text:
            self._flush()
        self._break = ""

    def _flush(self) -> None:
        """Tell the text that was collected."""
        if self._words:
            self._flow.text(self.at, "".join(self._words))
            self._words.clear()

    # -- what stands alone ----------------------------------------------------------------------------------------

    def _code(self, words: str, start: int, end: int) -> None:
        self._reach(start)
        self._flow.fixed(end, words, Code(0, Role.CODE))
        self.at = end

    def _math(self, words: str, start: int, end: int) -> None:
        self._reach(start)
        self._flow.fixed(end, words, Code(0))
        self.at = end

    def _note(self, label: str, start: int, end: int) -> None:
        self._reach(start)
        self._flow.empty(end, Code(0, Role.NOTE, label=note_name(label)))
        self.at = end

    # -- pairs ----------------------------------------------------------------------------------------------------

    def _open(self, kind: str, start: int, width: int, code: Code) -> None:
        self._reach(start)
        self.at = start + width
        self._flow.open(self.at, kind, code)
        self._open_html.append({})

    def _close(self, kind: str, end: int) -> None:
        self._flush()
        self._flow.close(end, kind)
        self.at = end
        if len(self._open_html) > 1:
            self._open_html.pop()

    def _emphasis(self, _: None, start: int, end: int) -> None:
        self._open("*", start, 1, Code(0, Role.EMPHASIS))

    def _end_emphasis(self, _: None, start: int, end: int) -> None:
        self._close("*", end)

    def _strong(self, _: None, start: int, end: int) -> None:
        self._open("**", start, 2, Code(0, Role.STRONG))

    def _end_strong(self, _: None, start: int, end: int) -> None:
        self._close("**", end)

    def _strike(self, _: None, start: int, end: int) -> None:
        self._open("~", start, 2 if self._source.startswith("~~", start) else 1, Code(0, Role.STRIKE))

    def _end_strike(self, _: None, start: int, end: int) -> None:
        self._close("~", end)

    def _link(self, data: dict[str, str], start: int, end: int) -> None:
        if data["link_type"] in _AUTOMATIC:
            self._reach(start)
            shown = ""
            for kind, words, _, _ in self._stream:
                if kind == "-Link":
                    break
                shown += words if kind == "Text" else ""
            self._flow.fixed(end, shown, Code(0, Role.LINK, href=data["dest_url"]))
            self.at = end
            return
        self._links.append(data)
        self._open("[", start, 1, Code(0, Role.LINK, href=data["dest_url"]))

    def _end_link(self, _: None, start: int, end: int) -> None:
        data = self._links.pop()
        if self._break:
            self._reach(self._after_break(self._broken))
        end = self._whole(data, end)
        self._title(_LINK_TITLE, self.at, end, data["title"])
        self._close("[", end)

    def _after_break(self, end: int) -> int:
        match = _PREFIX.match(self._source, end)
        return match.end() if match else end

    def _whole(self, data: dict[str, str], end: int) -> int:
        """Where a link really ends: pulldown-cmark leaves out the empty brackets of [this][]."""
        return end + 2 if data["link_type"] == "Collapsed" and self._source.startswith("[]", end) else end

    def _title(self, pattern: re.Pattern[str], start: int, end: int, title: str) -> None:
        if title and (match := pattern.search(self._source, start, end)):
            kind = match.lastgroup or "double"
            self._flow.attribute(*match.span(kind), " ".join(title.split()), "title", f"title-{kind}")

    def _image(self, data: dict[str, str], start: int, end: int) -> None:
        self._reach(start)
        alt, close = self._alternative(start + 2)
        end = self._whole(data, end)
        short = data["link_type"] in ("Shortcut", "Collapsed")
        if self._source.startswith("]", close):
            stop = close + 2 if data["link_type"] == "Collapsed" else close
            self._flow.attribute(start + 2, stop, alt, "alt", "alt-label" if short else "alt")
        self._title(_LINK_TITLE, close, end, data["title"])
        self._flow.empty(end, Code(0, Role.IMAGE, href=data["dest_url"]))
        self.at = end

    def _alternative(self, at: int) -> tuple[str, int]:
        """An image's alternative text, taken from the stream, and where its source ends."""
        words: list[str] = []
        depth = 1
        for kind, data, _, end in self._stream:
            if kind == "-Image":
                depth -= 1
                if not depth:
                    break
            if kind == "+Image":
                depth += 1
            elif kind in ("SoftBreak", "HardBreak"):
                words.append(" ")
                at = self._after_break(end)
            elif kind[0] != "+":
                at = end
                if kind in ("Text", "Code", "InlineMath", "DisplayMath"):
                    words.append(data)
        return "".join(words), at

    # -- HTML -----------------------------------------------------------------------------------------------------

    def _html(self, _: str, start: int, end: int) -> None:
        self._reach(start)
        self.at = end
        tag = html_tag(self._source[start:end], self._language)
        if tag is None:
            self._flow.empty(end, Code(0))
        elif tag.closes:
            self._end_html(tag.name, end)
        elif tag.alone:
            self._alone(tag, start, end)
        elif tag.opaque and (found := self._held(tag.name)):
            shown, self.at = found
            self._flow.fixed(self.at, shown, tag.code)
        else:
            waiting = self._open_html[-1]
            waiting[tag.name] = waiting.get(tag.name, 0) + 1
            self._flow.open(end, f"<{tag.name}", tag.code)

    def _end_html(self, name: str, end: int) -> None:
        """An end tag; where its start tag is outside the emphasis or link around it, both stand alone."""
        waiting = self._open_html[-1]
        if waiting.get(name):
            waiting[name] -= 1
            self._flow.close(end, f"<{name}")
        else:
            self._flow.empty(end, Code(0))

    def _alone(self, tag: HtmlTag, start: int, end: int) -> None:
        if tag.alt:
            first, last, text = tag.alt
            self._flow.attribute(start + first, start + last, text, "alt", "html")
        self._flow.empty(end, tag.code)

    def _held(self, name: str) -> tuple[str, int] | None:
        """The words up to the end tag, taken from the stream, and where that ends; None if the block ends first."""
        if name in self._unclosed:
            return None
        words: list[str] = []
        inner, depth = 0, 1
        for number, (kind, data, start, end) in enumerate(self._stream.ahead(), 1):
            if kind not in self.handlers and kind != "-Image":
                break
            inner += {"+": 1, "-": -1}.get(kind[0], 0)
            if inner < 0:
                return None
            if kind == "InlineHtml":
                tag = html_tag(self._source[start:end], self._language)
                if tag and tag.name == name and not tag.alone:
                    depth += -1 if tag.closes else 1
                if not depth and not inner:
                    self._stream.skip(number)
                    return "".join(words), end
            elif kind in ("SoftBreak", "HardBreak"):
                words.append(" ")
            elif isinstance(data, str):
                words.append(data)
        self._unclosed.add(name)
        return None
