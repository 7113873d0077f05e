"""Walks through a page from front to back and tells a ``Flow`` what each stretch of it is.

A short form of the HTML standard's tree construction (section 13.2.6): implied end tags, items and cells without end
tag, misplaced tags. What it decides is only how blocks are cut and what stands around them; bytes are never at stake.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from toolkit.formats.decoding import FORBIDDEN
from toolkit.formats.flow import Flow, Place
from toolkit.formats.html.attributes import Attributes, Tags
from toolkit.formats.html.blocks import HOLDERS, Blocks
from toolkit.formats.html.elements import BLOCKS, CODE, ENDS_PARAGRAPH, HEAD, OPAQUE, ROLES, SILENT, VOID
from toolkit.formats.html.references import Reference, decoded, references, replaced
from toolkit.formats.html.stack import Mode, Stack
from toolkit.formats.html.survey import Survey
from toolkit.formats.html.tokens import Kind, Token
from toolkit.model import Code, Role

_LINE_ENDS = re.compile(r"(?:[^\S\r\n]*(?:\r\n|\r|\n))+")
_ENTITY = re.compile(r"&[A-Za-z_:][\w:.-]*;")
_UNKNOWN = Code(0)
#: Before Python 3.12 it takes long to look up a member of an enumeration.
_TEXT, _START, _END = Kind.TEXT, Kind.START, Kind.END
_OTHER, _IMAGE = Role.OTHER, Role.IMAGE


class Reader:
    """Reads one page.

    Args:
        survey: of the page.
        flow: of the page, at its beginning.
        tags: which reads its start tags.
        language: of the release.
        left_out: stretches of tokens that are no text: the first → the last.
    """

    def __init__(self, survey: Survey, flow: Flow, tags: Tags, language: str, left_out: Mapping[int, int]) -> None:
        self._survey, self._source, self._tokens = survey, survey.source, survey.tokens
        self._flow, self._tags = flow, tags
        self._stack = Stack(flow, Mode(language))
        self._blocks = Blocks(survey, flow, tags, self._stack, language)
        #: Modes of inline elements that hold text in several modes, with the index of their end tag.
        self._inline: list[tuple[int, Mode]] = []
        #: Index of the end tag of an inline element that holds blocks → its name on the stack.
        self._containers: dict[int, str] = {}
        self._in_head = True
        self._left_out = left_out

    def read(self) -> None:
        """All of the page."""
        at, tokens = 0, self._tokens
        while at < len(tokens):
            token = tokens[at]
            kind = token.kind
            if at in self._left_out:
                at = self._leave_out(at, token)
                continue
            if kind is _TEXT:
                self._text(at, token)
            elif kind is _START:
                at = self._start(at, token)
                continue
            elif kind is _END:
                self._end(at, token)
            elif kind is Kind.RCDATA and self._stack.top == "title":
                self._stretches(token.start, token.end)
            elif kind is Kind.CDATA and self._survey.xml:
                self._section(token)
            elif kind is Kind.DOCTYPE:
                if self._in_head:
                    self._tags.doctype(token.end)
                self._flow.boundary(token.end)
            else:
                self._flow.empty(token.end, _UNKNOWN)
            at += 1

    def _leave_out(self, at: int, token: Token) -> int:
        """A stretch that is no text; the index of the token to read next."""
        last = self._left_out[at]
        end = self._tokens[last].end
        if token.name in BLOCKS or self._survey.holds_blocks(at, last):
            if token.name in ENDS_PARAGRAPH:
                self._stack.close("p", token.start, token.start)
            self._inline.clear()
            self._flow.boundary(end)
        else:
            self._flow.empty(end, _UNKNOWN)
        self._in_head = False
        return last + 1

    @property
    def _mode(self) -> Mode:
        return self._inline[-1][1] if self._inline else self._stack.mode

    # -- text -----------------------------------------------------------------------------------------------------

    def _text(self, at: int, token: Token) -> None:
        start, end = token.start, token.end
        if self._source[start:end].isspace():
            if at + 1 < len(self._tokens) and self._tokens[at + 1].name in BLOCKS:
                return  # the next call's stretch begins here
        else:
            self._in_head = False
            if self._stack.top in HOLDERS:
                self._blocks.hold(start)
            if self._inline and self._stack.mode.on and not self._inline[-1][1].on:
                self._kept(start, end)
                return
        if self._stack.mode.lines:
            self._lines(start, end)
        else:
            self._stretches(start, end)

    def _stretches(self, start: int, end: int) -> None:
        """Text and its character references; white space at its edges is a stretch of its own, so that it stays."""
        flow, source = self._flow, self._source
        if source.find("&", start, end) < 0:
            flow.text(end)
            return
        found = [*references(source, start, end)]
        if self._survey.xml or any(self._is_odd(text) for _, _, text in found):
            self._one_by_one(start, end, found)
            return
        head, tail, stop = 0, len(found), end
        while head < tail and found[head][2].isspace() and not source[start : found[head][0]].strip():
            flow.text(found[head][0])
            start = found[head][1]
            flow.text(start, found[head][2])
            head += 1
        while tail > head and found[tail - 1][2].isspace() and not source[found[tail - 1][1] : stop].strip():
            tail -= 1
            stop = found[tail][0]
        if head < tail:
            raw = source[start:stop]
            flow.text(start + len(raw) - len(raw.lstrip()))
            core = start + len(raw.rstrip())
            flow.text(core, replaced(source, stop - len(raw.lstrip()), core, found[head:tail]))
        for first, last, text in found[tail:]:
            flow.text(first)
            flow.text(last, text)
        flow.text(end)

    def _is_odd(self, text: str) -> bool:
        """Whether a reference means no text here: a control character, or the end of a line that is a block."""
        return bool(FORBIDDEN.search(text)) or (self._stack.mode.lines and text in "\r\n")

    def _one_by_one(self, start: int, end: int, found: Sequence[Reference]) -> None:
        """The same where a reference may be odd, or an entity of XHTML."""
        flow = self._flow
        for first, last, text in found:
            self._entities(start, first)
            flow.text(first)
            if not self._is_odd(text):
                flow.text(last, text)
            elif text in "\r\n":
                flow.boundary(last)
            else:
                flow.empty(last, Code(0, label=self._source[first:last]))
            start = last
        self._entities(start, end)
        flow.text(end)

    def _entities(self, start: int, end: int) -> None:
        """In XHTML a name that HTML does not know is one of the document's own."""
        if self._survey.xml:
            for match in _ENTITY.finditer(self._source, start, end):
                self._flow.text(match.start())
                self._flow.fixed(match.end(), match[0], Code(0, label=match[0]))

    def _lines(self, start: int, end: int) -> None:
        for match in _LINE_ENDS.finditer(self._source, start, end):
            self._stretches(start, match.start())
            self._flow.boundary(match.end())
            start = match.end()
        self._stretches(start, end)

    def _kept(self, start: int, end: int) -> None:
        """Text that is not translated in a block that is."""
        raw = self._source[start:end]
        first, last = start + len(raw) - len(raw.lstrip()), end - len(raw) + len(raw.rstrip())
        self._flow.text(first)
        role, mode = _OTHER, self._mode
        language = mode.language if self._tags.is_foreign(mode.language) else ""
        if language:
            role = Role.FOREIGN
        self._flow.fixed(last, self._shown(start, end), Code(0, role, language=language))
        self._flow.text(end)

    def _shown(self, start: int, end: int) -> str:
        return FORBIDDEN.sub("", decoded(self._source, start, end, attribute=False))

    def _section(self, token: Token) -> None:
        """A CDATA section of XHTML."""
        text = self._section_text(token)
        if text.strip():
            self._in_head = False
            self._blocks.hold(token.start)
        if self._stack.mode.lines and _LINE_ENDS.search(text):  # its lines cannot be blocks
            self._flow.fixed(token.end, text, _UNKNOWN)
        else:
            self._flow.text(token.end, text)

    def _section_text(self, token: Token) -> str:
        return self._source[token.start + 9 : token.end].removesuffix("]]>")

    # -- start tags -----------------------------------------------------------------------------------------------

    def _start(self, at: int, token: Token) -> int:
        """A start tag; the index of the token to read next."""
        name = token.name
        found = self._tags.of(at)
        if self._in_head:
            if name not in HEAD:
                self._in_head = False
            elif name not in ("html", "title"):
                return self._head(at, token, found)
        if name in BLOCKS:
            self._inline.clear()
            self._blocks.begin(at, token, found)
            return at + 1
        if name in OPAQUE:
            return self._opaque(at, token, found)
        if name == "br":
            return self._break(at, token)
        if name == "body":
            return at + 1
        return self._inline_start(at, token, found)

    def _head(self, at: int, token: Token, found: Attributes) -> int:
        """An element of the head: nothing of it is shown."""
        name = token.name
        last = self._survey.ends[at] if name in ("script", "style", "template", "noscript") else -1
        if name == "meta":
            self._tags.meta(found, self._stack.mode)
        if at == self._survey.insertion:
            self._tags.head(at)
        last = max(at, last)
        self._flow.boundary(self._tokens[last].end)
        return last + 1

    def _inline_start(self, at: int, token: Token, found: Attributes) -> int:
        name, end = token.name, token.end
        around = self._mode
        mode = self._tags.mode(found, around)
        role = ROLES.get(name, _OTHER)
        if name in VOID or (self._survey.xml and token.closed):
            self._tags.texts(token, found, mode)
            if role is _IMAGE:
                self._blocks.hold(token.start)
            self._flow.empty(end, self._tags.code(token, found, role))
            return at + 1
        if name in CODE and mode.on and self._tags.value(found, "translate") not in ("yes", ""):
            return self._special(at, token, found, Mode(mode.language, False, False, mode.lines))
        if mode is not around:
            return self._special(at, token, found, mode)
        self._tags.texts(token, found, mode)
        if name == "time":
            self._tags.time(found)
        if self._survey.ends[at] == at + 1:  # nothing in it: an anchor, an icon
            self._flow.empty(self._tokens[at + 1].end, self._tags.code(token, found, role))
            return at + 2
        self._flow.open(end, name, self._tags.code(token, found, role) if role is not _OTHER else _UNKNOWN)
        return at + 1

    def _special(self, at: int, token: Token, found: Attributes, mode: Mode) -> int:
        """An inline element in which another mode holds than around it."""
        survey, around, last = self._survey, self._mode, self._survey.ends[at]
        role = ROLES.get(token.name, _OTHER)
        self._tags.texts(token, found, mode)
        code = self._tags.code(token, found, role, mode if not mode.on else None)
        if last < 0:
            self._flow.open(token.end, token.name, code)
            return at + 1
        outer = self._stack.mode
        if survey.holds_blocks(at, last) or (mode.on and not outer.on):
            self._containers[last] = name = f"{token.name}#{at}"
            self._inline.clear()
            self._stack.push(name, token.end, self._blocks.place(Place(), mode), mode)
            return at + 1
        if outer.on and around.on and not mode.on and not survey.holds_switch(at, last):
            self._whole(at, last, code)
            return last + 1
        self._inline.append((last, mode))
        self._flow.open(token.end, token.name, code)
        return at + 1

    def _whole(self, at: int, last: int, code: Code) -> None:
        """An inline element none of whose words is translated."""
        shown = []
        for inner in self._tokens[at + 1 : last]:
            if inner.kind is _TEXT:
                shown.append(self._shown(inner.start, inner.end))
            elif inner.name == "br":
                shown.append(" ")
        words = "".join(shown)
        self._blocks.hold(self._tokens[at].start)
        if words.strip():
            self._flow.fixed(self._tokens[last].end, words, code)
        else:
            self._flow.empty(self._tokens[last].end, code)

    def _opaque(self, at: int, token: Token, found: Attributes) -> int:
        """An element that stands as a whole."""
        last = self._survey.ends[at]
        if last < 0:  # a raw one that is never closed reaches to the end
            last = at + 1 if at + 1 < len(self._tokens) and self._tokens[at + 1].kind in (Kind.RAW, Kind.RCDATA) else at
        code = _UNKNOWN
        if token.name not in SILENT:
            self._tags.inner_texts(at, last, self._mode)
            if token.name == "picture":
                code = self._picture(at, last)
        if code.role is _IMAGE:
            self._blocks.hold(token.start)
        self._flow.empty(self._tokens[last].end, code)
        return last + 1

    def _picture(self, at: int, last: int) -> Code:
        for inner in range(at + 1, last):
            if self._tokens[inner].name == "img":
                return self._tags.code(self._tokens[inner], self._tags.of(inner), _IMAGE)
        return _UNKNOWN

    def _break(self, at: int, token: Token) -> int:
        """A line break; two or more in a row part paragraphs."""
        last, following = at, at + 1
        while following < len(self._tokens):
            after = self._tokens[following]
            if after.name == "br":
                last = following
            elif not self._is_blank(after):
                break
            following += 1
        if last == at and not self._stack.mode.lines:
            self._flow.empty(token.end, Code(0, Role.BREAK))
        else:
            self._flow.boundary(self._tokens[last].end)
        return last + 1

    def _is_blank(self, token: Token) -> bool:
        """Whether nothing is seen of a token's text."""
        if token.kind is _TEXT:
            raw = self._source[token.start : token.end].lstrip()
            return not raw or (raw[0] == "&" and not self._shown(token.start, token.end).strip())
        return token.kind is Kind.CDATA and self._survey.xml and not self._section_text(token).strip()

    # -- end tags -------------------------------------------------------------------------------------------------

    def _end(self, at: int, token: Token) -> None:
        name, start, end, stack = token.name, token.start, token.end, self._stack
        if at in self._containers:
            if not stack.close(self._containers[at], start, end):
                self._flow.boundary(end)
        elif name in BLOCKS or name == "body":
            if name == "head":
                self._in_head = False
            self._inline.clear()
            if not self._blocks.end(name, start, end):
                self._flow.boundary(end)
        elif name == "br":
            self._flow.empty(end, Code(0, Role.BREAK))
        else:
            if self._inline and self._inline[-1][0] == at:
                self._inline.pop()
            self._flow.close(end, name)
