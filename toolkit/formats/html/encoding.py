"""Bytes of a page → text, by what the page says of its encoding (HTML standard, section 13.2.3; XML, appendix F).

The order: a byte order mark, toolkit.toml, ``<meta charset>`` in the first 1,024 bytes or the XML declaration, else as
plain text. A page that is UTF-8 all through is read as that, whatever older encoding it names: its server said so.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import replace

from toolkit.formats.contract import for_this_file
from toolkit.formats.decoding import NOT_FILES, Decoded, decode
from toolkit.formats.html.tokens import Kind, attributes, tokens

#: So far browsers look for a declaration.
PRESCAN = 1024


def _labelled(codec: str, labels: str) -> dict[str, str]:
    return dict.fromkeys(labels.split(), codec)


#: Labels that mean another codec than Python's of that name (Encoding standard, section 4.2).
_LABELS = {
    **_labelled(
        "cp1252",
        "ansi_x3.4-1968 ascii cp1252 cp819 csisolatin1 ibm819 iso-8859-1 iso-ir-100 iso8859-1 iso88591 iso_8859-1 "
        "iso_8859-1:1987 l1 latin1 us-ascii windows-1252 x-cp1252 x-user-defined",
    ),
    **_labelled("cp1254", "csisolatin5 iso-8859-9 iso-ir-148 iso8859-9 iso88599 iso_8859-9 l5 latin5"),
    **_labelled("cp874", "dos-874 iso-8859-11 iso8859-11 iso885911 tis-620"),
    **_labelled("mac-roman", "macintosh mac x-mac-roman csmacintosh"),
    **_labelled("cp932", "shift_jis shift-jis sjis x-sjis ms_kanji csshiftjis"),
    **_labelled("cp949", "euc-kr korean ks_c_5601-1987 ksc5601 csksc56011987"),
    **_labelled("gbk", "gb2312 gbk chinese x-gbk gb_2312-80 csgb2312"),
    **_labelled("big5hkscs", "big5 cn-big5 x-x-big5 csbig5"),
    # Whoever can read such a declaration byte by byte has no UTF-16 before him.
    **_labelled("utf-8", "utf-16 utf-16le utf-16be unicode ucs-2 unicodefffe csunicode"),
    **_labelled("utf-8", "utf8 utf-8 unicode-1-1-utf-8 unicode11utf8 unicode20utf8 x-unicode20utf8"),
}
_DECLARATION = re.compile(rb"""<\?xml[^>]{0,200}?[\t\n\r ]encoding[\t\n\r ]*=[\t\n\r ]*(?:"([^"<>]*)"|'([^'<>]*)')""")
_LABEL = re.compile(r"[a-z0-9][a-z0-9_:.-]*")
_CHARSET = re.compile(
    r"""charset[\t\n\f\r ]*=[\t\n\f\r ]*(?:"([^"]*)"|'([^']*)'|([^"'\t\n\f\r ;][^\t\n\f\r ;]*))""", re.I
)


def decode_page(data: bytes, path: str, encoding: str, *, xml: bool) -> Decoded:
    """Decode a page.

    Args:
        data: the file.
        path: for messages.
        encoding: what toolkit.toml says: "auto", or the name of a codec.
        xml: whether it is XHTML, which is UTF-8 when it does not say otherwise.

    Raises:
        SourceError: as ``decoding.decode``.
    """
    if encoding != "auto" or data.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        return decode(data, path, encoding)
    codec = declared(data, xml=xml)
    if codec is None and data.isascii() and not xml:
        # Browsers take a page that says nothing for Windows-1252: new letters are to be character references.
        return replace(decode(data, path), encoding="ascii")
    if codec is None or codec == "utf-8":
        return decode(data, path)
    if data.isascii() or not _is_utf8(data):
        return decode(data, path, codec)
    warning = (
        f"{path}: the page says that it is {codec}, but all of it is UTF-8 and was read so. If accents look wrong, "
        f"write {for_this_file(path, 'encoding', codec)}."
    )
    found = decode(data, path)
    return replace(found, warnings=(*found.warnings, warning))


def declared(data: bytes, *, xml: bool = False) -> str | None:
    """The Python codec that a page names; None when it names none, or one that nobody knows."""
    declaration = _DECLARATION.match(data)
    if declaration:
        label = (declaration[1] or declaration[2] or b"").decode("latin-1")
        return _codec(label, exactly=xml)
    # What is cut off at the end is no tag any more, as the standard has it.
    return next((codec for label in _labels(data[:PRESCAN].decode("latin-1")) if (codec := _codec(label))), None)


def charset_of(content: str) -> str:
    """The encoding in the content of ``<meta http-equiv="content-type">``; "" when it names none."""
    found = _CHARSET.search(content)
    return (found[1] or found[2] or found[3] or "") if found else ""


def _labels(head: str) -> list[str]:
    labels = []
    for token in tokens(head):
        if token.kind is Kind.START and token.name == "meta":
            values = {
                name: head[at.start : at.end] for name, at in attributes(head, token.attributes, token.end).items()
            }
            if "charset" in values:
                labels.append(values["charset"])
            elif values.get("http-equiv", "").lower() == "content-type":
                labels.append(charset_of(values.get("content", "")))
    return labels


def _codec(label: str, *, exactly: bool = False) -> str | None:
    label = label.strip("\t\n\f\r ").lower()
    if not _LABEL.fullmatch(label):  # Python is more lenient than that
        return None
    if label in _LABELS and not (exactly and _LABELS[label] != "utf-8"):
        return _LABELS[label]
    try:
        codec = codecs.lookup(label).name
        "".encode(codec)
    except (LookupError, ValueError):
        return None
    return None if codec in NOT_FILES or codec == "utf-7" else codec


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True
