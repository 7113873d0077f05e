"""What stands inside a block: its placeholders as markup that is well nested, whatever the sentences do with them.

A tag may open in one sentence and close in the next, or in the white space between them. A ``Reader`` goes through a
block in one language, stretch by stretch, and says of everything it shows in which markup it stands; writers close
what is open at a stretch's end and open it again in the next. Each kind of markup counts once, so that nothing nests
deeper than there are kinds; what a reader of the page need not see is left out.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from urllib.parse import quote

from toolkit.editions.structure import clean, clean_lines
from toolkit.model import Block, Code, Role
from toolkit.placeholders import Form, tokenize, unescape

#: Markup around words that readers of an edition must see.
AROUND = frozenset(
    {
        Role.STRONG,
        Role.EMPHASIS,
        Role.UNDERLINE,
        Role.STRIKE,
        Role.SUPERSCRIPT,
        Role.SUBSCRIPT,
        Role.CODE,
        Role.QUOTE,
        Role.LINK,
        Role.FOREIGN,
    }
)
_LANGUAGE_TAG = re.compile(r"[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*")
_CONTROL = "".join(map(chr, range(0x21)))
_HOST = re.compile(r"[A-Za-z0-9]([A-Za-z0-9.-]*[A-Za-z0-9])?")
_PORT = re.compile(r"(:[0-9]{1,5})?")
_LOOSE_PERCENT = re.compile(r"%(?![0-9A-Fa-f]{2})")
_SCHEME = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:")
_SAFE = "-._~!$&'()*+,;=:@/?%"


@dataclass(frozen=True, slots=True)
class Run:
    """Something to show.

    Attributes:
        within: the markup it stands in, the outermost first.
        text: words; of a FIXED placeholder those that it holds.
        code: what stands alone, or holds words that are not translated; None for plain words.
        form: of that.
    """

    within: tuple[Code, ...]
    text: str = ""
    code: Code | None = None
    form: Form | None = None


@dataclass(slots=True)
class Reader:
    """Reads one block in one language.

    Attributes:
        block: what it is.
        address: where a link leads; "" for one that is not shown as such.
        marks: called with a QUOTE and whether it is within another; gives its opening and closing marks. None leaves
            quotations to ``Run.within``.
        lines: whether line breaks in the text count, as they do in code.
    """

    block: Block
    address: Callable[[Code], str]
    marks: Callable[[Code, bool], tuple[str, str]] | None = None
    lines: bool = False
    _codes: dict[int, Code] = field(init=False)
    _active: list[Code] = field(default_factory=list)
    _open: dict[int, Role | None] = field(default_factory=dict)
    _depth: Counter[Role] = field(default_factory=Counter)
    _closing: dict[int, str] = field(default_factory=dict)
    _seen: set[int] = field(default_factory=set)
    _last: str = ""
    _parted: bool = False

    def __post_init__(self) -> None:
        self._codes = {code.number: code for code in self.block.codes}

    def read(self, text: str) -> Iterator[Run]:
        """The next stretch of the block's text, in its language."""
        self._last, self._parted = "", False
        for token in tokenize(text):
            if isinstance(token, str):
                yield from self._words(token)
                continue
            code = self._codes.get(token.number) or Code(token.number)
            match token.form:
                case Form.OPEN:
                    yield from self._opened(code)
                case Form.CLOSE:
                    yield from self._closed(code)
                case Form.FIXED:
                    yield from self._words(token.shown, code)
                case _:
                    yield from self._alone(code)

    def _words(self, text: str, code: Code | None = None) -> Iterator[Run]:
        words = (clean_lines if self.lines else clean)(unescape(text))
        if not words:
            return
        if self._parted and self._last.isalnum() and words[0].isalnum():
            yield self._run(" ")
        self._parted = False
        self._last = words[-1]
        yield self._run(words, code, Form.FIXED if code else None)

    def _alone(self, code: Code) -> Iterator[Run]:
        """What stands alone: shown once, whatever a catalogue made of it."""
        if code.number in self._seen:
            return
        self._seen.add(code.number)
        if code.role in (Role.BREAK, Role.IMAGE, Role.NOTE):
            self._last, self._parted = "", False
            apart = (Role.LINK, Role.SUPERSCRIPT) if code.role is Role.NOTE else ()  # its mark is both of its own
            yield Run(tuple(each for each in self._active if each.role not in apart), "", code, Form.EMPTY)
        elif code.role is Role.OTHER and code.label.strip():
            yield from self._words(code.label, code)
        else:
            # As in ``placeholders.bare``: a tab, say, between two words.
            self._parted = True

    def _opened(self, code: Code) -> Iterator[Run]:
        if code.number in self._open:
            return
        role = self._shown(code)
        self._open[code.number] = role
        if role is None:
            return
        self._depth[role] += 1
        if role is Role.QUOTE and self.marks is not None:
            opening, self._closing[code.number] = self.marks(code, self._depth[role] > 1)
            if opening:
                self._last = opening[-1]
                yield self._run(opening)
        elif self._depth[role] == 1:
            self._active.append(code)

    def _closed(self, code: Code) -> Iterator[Run]:
        role = self._open.pop(code.number, None)
        if role is None:
            return
        self._depth[role] -= 1
        closing = self._closing.pop(code.number, "")
        if closing:
            self._last = closing[-1]
            yield self._run(closing)
        if not self._depth[role]:
            self._active = [each for each in self._active if each.role is not role]

    def _shown(self, code: Code) -> Role | None:
        """The role of markup that is shown; None for any other."""
        hidden = (code.role is Role.LINK and not self.address(code)) or (
            code.role is Role.FOREIGN and not language_tag(code.language)
        )
        return None if hidden or code.role not in AROUND else code.role

    def _run(self, text: str, code: Code | None = None, form: Form | None = None) -> Run:
        return Run(tuple(self._active), text, code, form)


def nested(runs: Iterable[Run]) -> Iterator[tuple[int, tuple[Code, ...], Run]]:
    """Each run with how many of the elements that are open stay so, and those that open in front of it."""
    before: tuple[Code, ...] = ()
    for run in runs:
        stay = 0
        for one, other in zip(before, run.within, strict=False):
            if one is not other:
                break
            stay += 1
        yield stay, run.within[stay:], run
        before = run.within


# -- values from sources ------------------------------------------------------------------------------------------


def language_tag(tag: str) -> str:
    """A source's language tag where it is well-formed; "" otherwise."""
    return tag if _LANGUAGE_TAG.fullmatch(tag) else ""


def link_address(href: str) -> str:
    """A link as an edition may hold it, percent-encoded; "" for all that is not http, https, mailto or tel.

    An address relative to the source leads nowhere from an edition, and one with a user name is made to deceive.
    """
    text = _unwrapped(href)
    if text.startswith("//"):
        text = "https:" + text
    scheme, _, rest = text.partition(":")
    scheme = scheme.lower()
    if scheme in ("mailto", "tel"):
        return f"{scheme}:{_encoded(rest)}" if rest.strip("/?#") else ""
    if scheme not in ("http", "https") or not rest.startswith("//"):
        return ""
    end = next((at for at, character in enumerate(rest[2:], 2) if character in "/?#\\"), len(rest))
    host, colon, port = rest[2:end].partition(":")
    try:
        host = host if host.isascii() else host.encode("idna").decode()
    except UnicodeError:
        return ""
    if not _HOST.fullmatch(host) or ".." in host or not _PORT.fullmatch(colon + port) or int(port or 0) > 65535:
        return ""
    path = re.sub(r"^\\", "/", rest[end:])  # as browsers read it
    return f"{scheme}://{host}{colon + port}{_encoded(path)}"


def image_address(href: str) -> str:
    """Where an image lies, as an edition may name it: on a host, or beside the source; "" for anything else."""
    text = _unwrapped(href)
    if text.startswith(("//", "http:", "https:")):
        return link_address(text)
    return "" if _SCHEME.match(text) or text.startswith("\\\\") else _encoded(text)


def _unwrapped(href: str) -> str:
    """Without what browsers do not see: the URL standard strips control characters at the ends, and line breaks."""
    return re.sub("[\t\n\r]", "", href.strip(_CONTROL))


def _encoded(text: str) -> str:
    path, number_sign, fragment = text.partition("#")
    parts = (quote(part, safe=_SAFE, errors="replace") for part in (path, fragment))
    return _LOOSE_PERCENT.sub("%25", number_sign.join(parts) if number_sign else next(parts))
