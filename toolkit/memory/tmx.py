"""TMX 1.4b, in and out: a streaming reader that takes memories as they are met, and a writer.

Reading needs no more memory than the largest unit. No document type is loaded, nothing is fetched, and entities are
mended before the parser sees them (``toolkit.memory.mending``). Inline tags become placeholders: ``bpt``/``ept`` and
``hi`` a pair, ``ph``, ``x`` and ``ut`` what stands alone, ``it`` half a pair; what was a placeholder when the toolkit
wrote it is that placeholder again.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import BinaryIO, NamedTuple, cast
from xml.sax.saxutils import escape as xml_escape
from xml.sax.saxutils import quoteattr

from lxml import etree

from toolkit import __version__
from toolkit.errors import MemoryFileError
from toolkit.memory.mending import Notes, mended
from toolkit.model import Key
from toolkit.placeholders import Form, Tag, escape, lone_tags, tags, tokenize, unescape
from toolkit.text.spots import by_line, spot

_LANGUAGE = "{http://www.w3.org/XML/1998/namespace}lang"
_CONTEXT = "x-context"
_TOOL = "toolkit"
#: Properties of every unit that the toolkit writes from catalogues.
_OWN = frozenset({"x-state", "x-release"})
_BREAK = re.compile(r"[\n\r\x85\u2028\u2029]")
_LINE_BREAK = re.compile(r"\s*[\n\r\x85\u2028\u2029]\s*")
#: What XML 1.0 cannot hold (section 2.2, Char).
_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_EXPORT_AGAIN = "export it again from the program it came from"


class Pair(NamedTuple):
    """A sentence of a memory and its translation, as a catalogue would hold them; and where it stands.

    Attributes:
        spot: in the file, as messages name it behind the file's name (``toolkit.text.spots``).
        is_own: whether the toolkit wrote it (``write_tmx``); other programs that pass a unit on keep its properties.
    """

    key: Key
    target: str
    spot: str = ""
    is_own: bool = False


@dataclass(frozen=True, slots=True)
class Record:
    """A unit to be written, with what is told of it beside the words.

    Attributes:
        props: for programs (prop elements), in order.
        note: for people, in English; "" for none.
    """

    key: Key
    target: str
    props: tuple[tuple[str, str], ...] = field(default=())
    note: str = ""


#: What is told of a unit that no person has compared, for programs and for people.
MATCHED = ("matched", "program")
MATCHED_NOTE = "An English text published before, matched by program; nobody has compared the two since."


def read_tmx(handle: BinaryIO, where: str, languages: tuple[str, str], notes: Notes) -> Iterator[Pair]:
    """The units of a TMX file that have both languages, one after the other.

    Args:
        handle: the file, opened for bytes.
        where: its name, for messages.
        languages: primary language subtags, the source's first: ("fr", "en"); regions and cases do not matter.
        notes: is told what was mended or passed over.

    Raises:
        MemoryFileError: no TMX, broken beyond its entities, or without a single unit of this pair.
    """
    parser = _parser()
    reader = _Reader(languages, notes)
    try:
        for text in mended(handle, where, notes):
            parser.feed(text.encode("utf-8"))
            yield from reader.pairs(parser)
        root = parser.close()
        yield from reader.pairs(parser)
    except etree.XMLSyntaxError as error:
        raise MemoryFileError(
            f"is not well-formed XML: {_reason(error)}", where=f"{where}:{error.lineno or 1}", hint=_EXPORT_AGAIN
        ) from None
    if _local(root) != "tmx":
        raise MemoryFileError(
            f"is no TMX file: its first element is <{_local(root)}>",
            where=where,
            hint="only TMX and PO files are read as memories",
        )
    if not reader.found:
        raise _no_pair(where, languages, reader.others)


def _parser() -> etree.XMLPullParser:
    """A parser that gives units one by one, and loads and fetches nothing."""
    return etree.XMLPullParser(
        events=("end",),
        tag=("{*}tu", "{*}header"),
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )


class _Reader:
    """Turns the units that the parser has ready into pairs, and lets go of them."""

    def __init__(self, languages: tuple[str, str], notes: Notes) -> None:
        self.languages, self.notes = languages, notes
        self.others: dict[str, None] = {}
        self.found = 0
        self.is_own = False
        self.units = self.line = 0

    def pairs(self, parser: etree.XMLPullParser) -> Iterator[Pair]:
        """The pairs of the units read since the last call."""
        for _, node in parser.read_events():
            element = cast("etree._Element", node)
            if _local(element) == "header":
                self.is_own = element.get("creationtool") == _TOOL
                self.line = _line(element)
                continue
            pair = self._pair(element)
            if pair is not None:
                self.found += 1
                yield pair
            _let_go(element)

    def _pair(self, unit: etree._Element) -> Pair | None:
        self.units += 1
        before, self.line = self.line, _line(unit)
        place = (self.line, "line") if by_line(self.line, before) else (self.units, "unit")
        segments: dict[str, etree._Element] = {}
        codes = []
        for variant in unit.iterchildren("{*}tuv"):
            code = variant.get(_LANGUAGE) or variant.get("lang") or ""
            codes.append(code)
            segment = variant.find("{*}seg")
            if segment is not None:
                segments.setdefault(_primary(code), segment)
        source, target = (segments.get(language) for language in self.languages)
        if source is None or target is None:
            if len(self.others) < 10:
                self.others[" and ".join(codes) or "no language"] = None
            self.notes.add(f"units without {' and '.join(self.languages)} passed over", *place)
            return None
        french, english = _texts(source, target)
        if not french or not english:
            self.notes.add("units without words passed over", *place)
            return None
        props = {prop.get("type"): prop.text for prop in reversed(unit.findall("{*}prop"))}  # the first of a type
        where = spot(self.units, self.line, before)
        return Pair(Key(props.get(_CONTEXT) or None, french), english, where, self.is_own or props.keys() >= _OWN)


def _line(element: etree._Element) -> int:
    return cast("int | None", element.sourceline) or 0


def _let_go(element: etree._Element) -> None:
    """Free an element and what came before it."""
    element.clear()
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def _local(element: etree._Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _primary(code: str) -> str:
    """The language of a code, without region: "FR-fr" gives "fr"."""
    return re.split(r"[-_]", code.strip(), maxsplit=1)[0].lower()


def _reason(error: etree.XMLSyntaxError) -> str:
    return re.sub(r", line \d+, column \d+.*", "", str(error.msg or error)).strip() or "it ends too early"


def _no_pair(where: str, languages: tuple[str, str], others: Iterable[str]) -> MemoryFileError:
    wanted = " and ".join(languages)
    found = "; ".join(others)
    return MemoryFileError(
        f"holds no unit with {wanted}" + (f", only {found}" if found else ": it has no units at all"),
        where=where,
        hint=f"this project translates from {languages[0]} to {languages[1]}: import a memory of this pair",
    )


# --- inline tags → placeholders ----------------------------------------------------------------------------------


class _Code(NamedTuple):
    """An inline tag before it has its number: what identifies it in both languages, and its form."""

    identity: tuple[str, str]
    form: Form
    shown: str = ""


def _texts(source: etree._Element, target: etree._Element) -> tuple[str, str]:
    """Both segments with placeholders, which count from 1 in the source's order."""
    if len(source) == len(target) == 0:
        return in_one_line(escape(source.text or "")), in_one_line(escape(target.text or ""))
    sides = [_parts(segment) for segment in (source, target)]
    identities = (part.identity for side in sides for part in side if isinstance(part, _Code))
    numbers = {identity: number for number, identity in enumerate(dict.fromkeys(identities), 1)}
    texts = [
        "".join(
            escape(part) if isinstance(part, str) else str(Tag(part.form, numbers[part.identity], part.shown))
            for part in side
        )
        for side in sides
    ]
    return in_one_line(texts[0]), in_one_line(texts[1])


def in_one_line(text: str) -> str:
    """Text without outer white space, and with a space for each line break."""
    return _LINE_BREAK.sub(" ", text.strip()) if _BREAK.search(text) else text.strip()


def _parts(segment: etree._Element) -> list[str | _Code]:
    parts: list[str | _Code] = []
    _collect(segment, parts, {}, {})
    joined: list[str | _Code] = []
    for part in parts:  # stretches of text in one, so that what looks like a placeholder is seen whole
        if isinstance(part, str) and joined and isinstance(joined[-1], str):
            joined[-1] += part
        elif part:
            joined.append(part)
    return joined


def _collect(
    element: etree._Element,
    parts: list[str | _Code],
    opened: dict[str, tuple[str, str]],
    counts: dict[str, int],
) -> None:
    parts.append(element.text or "")
    for child in element:
        name = _local(child)
        if name == "hi":
            identity = _identity(child, "hi", counts)
            parts.append(_Code(identity, Form.OPEN))
            _collect(child, parts, opened, counts)
            parts.append(_Code(identity, Form.CLOSE))
        elif name in ("bpt", "ept", "it", "ph", "x", "ut"):
            parts.append(_native(child) or _code(child, name, opened, counts))
        else:
            _collect(child, parts, opened, counts)
        parts.append(child.tail or "")


def _native(element: etree._Element) -> _Code | None:
    """A placeholder that the toolkit, or a tool with the same spelling, has written."""
    found = tokenize(element.text or "")
    if len(found) != 1 or not isinstance(found[0], Tag):
        return None
    return _Code(("native", str(found[0].number)), found[0].form, found[0].shown)


def _code(element: etree._Element, name: str, opened: dict[str, tuple[str, str]], counts: dict[str, int]) -> _Code:
    if name == "ept":
        pair = element.get("i", "")
        identity = opened.pop(pair, None)
        return _Code(identity or _identity(element, "it", counts), Form.CLOSE)
    if name == "it":
        form = Form.CLOSE if element.get("pos") == "end" else Form.OPEN
        return _Code(_identity(element, f"it-{form}", counts), form)
    identity = _identity(element, name, counts)
    if name == "bpt":
        opened[element.get("i", "")] = identity
        return _Code(identity, Form.OPEN)
    return _Code(identity, Form.EMPTY)


def _identity(element: etree._Element, name: str, counts: dict[str, int]) -> tuple[str, str]:
    """What an inline tag is known by in the other language: its x, else which one of its kind it is (TMX 1.4b, "x")."""
    counts[name] = counts.get(name, 0) + 1
    return (name, f"x{element.get('x')}" if element.get("x") else str(counts[name]))


# --- writing ------------------------------------------------------------------------------------------------------


def write_tmx(records: Iterable[Record], languages: tuple[str, str]) -> Iterator[bytes]:
    """A TMX 1.4b file, in pieces; the same records give the same bytes.

    Args:
        records: in the order in which they are to stand.
        languages: the source's first, as the project names them.
    """
    source, target = languages
    yield (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE tmx SYSTEM "tmx14.dtd">\n'
        '<tmx version="1.4">\n'
        f'  <header creationtool="{_TOOL}" creationtoolversion={quoteattr(__version__)} segtype="sentence"'
        f' o-tmf="PO" adminlang="en" srclang={quoteattr(source)} datatype="plaintext"/>\n'
        "  <body>\n"
    ).encode()
    for record in records:
        props = (*((("context", record.key.context),) if record.key.context else ()), *record.props)
        lines = ["    <tu>", *([f"      <note>{_plain(record.note)}</note>"] if record.note else [])]
        lines += [f"      <prop type={quoteattr(f'x-{name}')}>{_plain(value)}</prop>" for name, value in props]
        for language, text in ((source, record.key.source), (target, record.target)):
            lines.append(f"      <tuv xml:lang={quoteattr(language)}><seg>{_spelt(text)}</seg></tuv>")
        lines.append("    </tu>\n")
        yield "\n".join(lines).encode()
    yield b"  </body>\n</tmx>\n"


def _spelt(text: str) -> str:
    """A sentence with its placeholders as inline tags that hold them."""
    lone = lone_tags(tags(text))
    return "".join(
        _element(token, token in lone) if isinstance(token, Tag) else _plain(unescape(token))
        for token in tokenize(text)
    )


def _plain(text: str) -> str:
    """Text as XML; TMX has nothing for a character that XML cannot hold: it is U+FFFD."""
    return xml_escape(_UNFIT.sub("\ufffd", text))


def _element(tag: Tag, is_lone: bool) -> str:
    inner = _plain(str(tag))
    if tag.form in (Form.EMPTY, Form.FIXED):
        return f'<ph x="{tag.number}">{inner}</ph>'
    if is_lone:
        return f'<it pos="{"begin" if tag.form is Form.OPEN else "end"}" x="{tag.number}">{inner}</it>'
    if tag.form is Form.OPEN:
        return f'<bpt i="{tag.number}" x="{tag.number}">{inner}</bpt>'
    return f'<ept i="{tag.number}">{inner}</ept>'
