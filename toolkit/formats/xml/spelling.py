"""How characters are spelled in XML, both ways: attribute values as they are read, and new text as it is written."""

from __future__ import annotations

import html
import re
from typing import NamedTuple

from toolkit.errors import SourceError
from toolkit.formats.xml.tree import Document, character_of, readable

_ATTRIBUTE = re.compile(r"""([^\s=/>"'<]+)\s*=\s*(?:"([^"]*)"|'([^']*)')""")
_REFERENCE = re.compile(r"&(?:#x([0-9A-Fa-f]+)|#([0-9]+)|([^;]*));")
_PREDEFINED = {"lt": "<", "gt": ">", "amp": "&", "quot": '"', "apos": "'"}
_XML = "http://www.w3.org/XML/1998/namespace"
#: Everything that XML 1.0 section 2.2 does not allow, even as a reference.
FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_TO_ESCAPE = {ord("&"): "&amp;", ord("<"): "&lt;", ord(">"): "&gt;"}
#: White space that would be read as a blank in an attribute (XML 1.0 section 3.3.3).
_LINE_ENDS = {ord("\n"): "&#10;", ord("\r"): "&#13;"}
_PRESERVED = {**_TO_ESCAPE, **_LINE_ENDS}
_IN_ATTRIBUTE = {**_TO_ESCAPE, **_LINE_ENDS, ord("\t"): "&#9;"}

#: Names of the ways to write a slot. In PRESERVED text line ends and lone white space are references, as the line ends
#: that stand there as themselves are placeholders.
TEXT, PRESERVED = "text", "preserved"
CDATA, ATTRIBUTE, ATTRIBUTE_IN_APOSTROPHES = "cdata", "attribute", "attribute-apostrophes"
HTML, HTML_IN_CDATA = "html", "html-cdata"
#: Where HTML may stand and only text does: a text that would be taken for HTML is escaped once more.
PLAIN, PLAIN_IN_CDATA = "plain", "plain-cdata"
LOOKS_LIKE_HTML = re.compile(r"<[A-Za-z/!]|&(?:#\d+|#[xX][0-9A-Fa-f]+|[A-Za-z][A-Za-z0-9]*);")


class Attribute(NamedTuple):
    """An attribute in the source: text[start:end] means ``value``; None where an entity hides what it means."""

    start: int
    end: int
    value: str | None
    style: str


def attributes(document: Document, node: int) -> dict[str, Attribute]:
    """The attributes of an element as its start tag spells them, by their names in Clark's notation."""
    start, end = document.tokens[document.nodes[node].first][1:3]
    found: dict[str, Attribute] = {}
    for match in _ATTRIBUTE.finditer(document.text, start + 1 + len(document.nodes[node].name), end):
        group = 2 if match[2] is not None else 3
        style = ATTRIBUTE if group == 2 else ATTRIBUTE_IN_APOSTROPHES
        value = _value(match[group], document)
        found[_clark(match[1], document)] = Attribute(match.start(group), match.end(group), value, style)
    return found


def _clark(name: str, document: Document) -> str:
    prefix, colon, local = name.rpartition(":")
    uri = _XML if prefix == "xml" else document.prefixes.get(prefix, "")
    return f"{{{uri}}}{local}" if colon and uri else name


def _value(raw: str, document: Document) -> str | None:
    """The value as XML 1.0 section 3.3.3 normalises it."""
    if "&" not in raw:
        return re.sub(r"\r\n|[\t\r\n]", " ", raw)
    parts: list[str] = []
    end = 0
    for match in _REFERENCE.finditer(raw):
        means = (
            readable(chr(int(match[1], 16) if match[1] else int(match[2])))
            if match[3] is None
            else _PREDEFINED.get(match[3]) or character_of(match[3], document.entities)
        )
        if not means:
            return None
        parts += re.sub(r"\r\n|[\t\r\n]", " ", raw[end : match.start()]), means
        end = match.end()
    return "".join((*parts, re.sub(r"\r\n|[\t\r\n]", " ", raw[end:])))


def spell(text: str, style: str, encoding: str) -> bytes:
    """New text as XML. A character that the encoding lacks is written as a reference.

    Raises:
        SourceError: the text holds a character that XML does not allow.
    """
    bad = FORBIDDEN.search(text)
    if bad is not None:
        raise SourceError(
            f"the text “{text[:40]}” holds U+{ord(bad[0]):04X}, which XML cannot hold",
            hint="Take the character out of the translation.",
        )
    if style in (HTML, HTML_IN_CDATA) or (style in (PLAIN, PLAIN_IN_CDATA) and LOOKS_LIKE_HTML.search(text)):
        text = html.escape(text, quote=False)
    if style in (CDATA, HTML_IN_CDATA, PLAIN_IN_CDATA):
        return _cdata(text, encoding)
    if style == ATTRIBUTE:
        text = text.translate({**_IN_ATTRIBUTE, ord('"'): "&quot;"})
    elif style == ATTRIBUTE_IN_APOSTROPHES:
        text = text.translate({**_IN_ATTRIBUTE, ord("'"): "&apos;"})
    elif style == PRESERVED:
        text = "".join(f"&#{ord(c)};" for c in text) if text.isspace() else text.translate(_PRESERVED)
    else:
        text = text.translate(_TO_ESCAPE)
    return text.encode(encoding, "xmlcharrefreplace")


def _cdata(text: str, encoding: str) -> bytes:
    """Text inside a CDATA section, which is closed and opened again around what it cannot hold."""
    text = text.replace("]]>", "]]]]><![CDATA[>")
    try:
        return text.encode(encoding)
    except UnicodeEncodeError:
        pass
    out: list[str] = []
    for character in text:
        try:
            character.encode(encoding)
            out.append(character)
        except UnicodeEncodeError:
            out.append(f"]]>&#{ord(character)};<![CDATA[")
    return "".join(out).encode(encoding)
