"""HTML and XHTML pages ↔ Release; what is read as what: docs/formats.md."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import islice

from toolkit.errors import SourceError
from toolkit.formats import marked, writing
from toolkit.formats.contract import Format, ReadOptions, ReadResult, for_this_file
from toolkit.formats.decoding import Decoded, position
from toolkit.formats.flow import Builder, Place, pieces
from toolkit.formats.html.attributes import Tags
from toolkit.formats.html.content import left_out
from toolkit.formats.html.elements import META_DATES
from toolkit.formats.html.encoding import decode_page
from toolkit.formats.html.reader import Reader
from toolkit.formats.html.survey import Survey
from toolkit.formats.html.tokens import tokens
from toolkit.formats.writing import Localisation
from toolkit.model import BlockKind, Metadata
from toolkit.skeleton import Skeleton

#: Five megabytes of ordinary articles. More would take longer than anybody waits.
MAX_TOKENS = 100_000
#: Encodings in which every piece of a decoded text has the bytes it had: nothing is to be proved.
_EXACT = frozenset({"ascii", "utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be", "cp1252"})


class HtmlFormat:
    """The .html, .htm and .xhtml formats."""

    name = "html"
    suffixes: tuple[str, ...] = (".html", ".htm", ".xhtml")

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes → release; SourceError if they are not text, hold none, or could not be written back."""
        xml = path.lower().endswith(".xhtml") or data[:64].removeprefix(b"\xef\xbb\xbf").startswith(b"<?xml")
        decoded = decode_page(data, path, options.encoding, xml=xml)
        found = [*islice(tokens(decoded.text, xml=xml), MAX_TOKENS + 1)]
        if len(found) > MAX_TOKENS:
            raise SourceError(
                f"the page has more than {MAX_TOKENS:,} tags and stretches of text",
                where=path,
                hint="Split the page: no release is this long.",
            )
        survey = Survey(decoded.text, found, options.language, xml=xml)
        builder = Builder(path, options.language)
        root = Place(BlockKind.PARAGRAPH, style="xml-text" if xml else "text")
        flow = builder.flow(decoded.text, root)
        tags = Tags(survey, flow, path, options.language)
        left = left_out(survey, options.content, path)
        Reader(survey, flow, tags, options.language, left.stretches).read()
        parts = flow.finish()
        blocks = builder.blocks()
        if left.said and not blocks:
            hint = for_this_file(path, "content", "all")
            raise SourceError("the page hides all of its text", where=path, hint=f"Write {hint} to take it in.")
        mark = (decoded.mark,) if decoded.mark else ()
        skeleton = Skeleton(self.name, decoded.encoding, (*mark, *pieces(parts, decoded.encoding)))
        if decoded.encoding not in _EXACT:
            self._refuse_other_bytes(skeleton, {block.id: block.text for block in blocks}, data, path, decoded)
        known = Metadata(date=next((tags.dates[name] for name in META_DATES if name in tags.dates), ""))
        warnings = (*decoded.warnings, *tags.warnings, *left.said)
        return marked.result(blocks, skeleton, path, options, known=known, warnings=warnings)

    def assemble(
        self,
        skeleton: Skeleton,
        texts: Mapping[str, str],
        localisation: Localisation | None = None,
        *,
        respell: bool = False,
    ) -> bytes:
        """Skeleton + a text for each block → the page; SourceError if one is missing or has other placeholders."""
        return writing.write(skeleton, texts, spell, localisation, respell=respell)

    def _refuse_other_bytes(
        self, skeleton: Skeleton, texts: Mapping[str, str], data: bytes, path: str, decoded: Decoded
    ) -> None:
        """Some encodings can write the same letter in several ways, or change in mid-file."""
        again = self.assemble(skeleton, texts)
        if again == data:
            return
        pairs = enumerate(zip(again, data, strict=False))
        at = next((at for at, (one, other) in pairs if one != other), min(len(again), len(data)))
        before = data[:at].decode(decoded.encoding, "replace")
        raise SourceError(
            f"{decoded.encoding} would write byte {at} of this file in another way",
            where=f"{path}:{position(before, len(before))}",
            hint="Save the file as UTF-8.",
        )


FORMAT: Format = HtmlFormat()


def spell(text: str, style: str, encoding: str) -> bytes:
    """Text as HTML; letters that the encoding lacks as character references (HTML standard, section 13.3)."""
    text = text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
    language, _, kind = style.rpartition("-")
    if "\u00a0" in text:
        text = text.replace("\u00a0", "&#160;" if language else "&nbsp;")
    if kind == "double":
        text = text.replace('"', "&quot;")
    elif kind == "single":
        text = text.replace("'", "&#39;")
    elif kind == "bare":
        text = '"' + text.replace('"', "&quot;") + '"'
    return text.encode(encoding, "xmlcharrefreplace")
