"""Bytes of an XML document → text, by XML 1.0 section 4.3.3 and appendix F: a byte order mark, else the declaration.

Windows-1252 is never assumed here: without a declaration a document is UTF-8, and any other XML tool would refuse it.
"""

from __future__ import annotations

import codecs
import re

from toolkit.errors import SourceError
from toolkit.formats.decoding import Decoded, decode

#: The declaration, as far as the encoding's name; nothing but ASCII stands in front of it.
_DECLARED = re.compile(rb"""\s*<\?xml\s[^>]{0,200}?\bencoding\s*=\s*["']([A-Za-z][A-Za-z0-9._-]*)["']""")
_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
#: UTF-16 by its older names (IANA), which Python does not know.
_UCS_2 = frozenset({"ucs-2", "iso-10646-ucs-2", "csunicode"})
#: "<?" or "<a" without a mark.
_UNMARKED = ((re.compile(rb"<\0[^\0]\0"), "utf-16-le"), (re.compile(rb"\0<\0[^\0]"), "utf-16-be"))


def decode_xml(data: bytes, path: str, encoding: str = "auto") -> Decoded:
    """Decodes an XML document.

    Args:
        data: the file.
        path: for messages.
        encoding: "auto", or a codec that is believed in place of the declaration.

    Raises:
        SourceError: the mark and the declaration contradict each other, an unknown encoding, bytes that are not in it.
    """
    if encoding != "auto":
        return decode(data, path, encoding)
    marked = next((codec for mark, codec in _MARKS if data.startswith(mark)), "")
    if not marked:
        marked = next((codec for pattern, codec in _UNMARKED if pattern.match(data)), "")
    if not marked:
        declared = _declared(data[:400])
        if _family(declared or "utf-8") in ("utf-16", "utf-32"):
            raise SourceError(
                f"the declaration says {declared}, but the file is written in single bytes",
                where=f"{path}:1",
                hint='Write encoding="UTF-8" in the declaration, or save the file as what it says.',
            )
        return decode(data, path, declared or "utf-8")
    decoded = decode(data, path, marked)
    declared = _declared(decoded.text[:400].encode("ascii", "replace"))
    if declared and _family(declared) != _family(marked):
        how = "begins with the byte order mark of" if decoded.mark else "is"
        raise SourceError(
            f"the declaration says {declared}, but the file {how} {marked}",
            where=f"{path}:1",
            hint=f'Write encoding="{_family(marked).upper()}" in the declaration.',
        )
    return decoded


def _declared(head: bytes) -> str:
    found = _DECLARED.match(head)
    return found[1].decode("ascii") if found else ""


def _family(encoding: str) -> str:
    """The encoding's name without its byte order: "utf-16" for UTF-16LE."""
    if encoding.lower() in _UCS_2:
        return "utf-16"
    try:
        name = codecs.lookup(encoding).name
    except LookupError:
        return encoding.lower()
    return name.removesuffix("-sig").removesuffix("-le").removesuffix("-be")
