"""XML ↔ Release, in any vocabulary: what is text and what is markup is said by ITS 2.0 rules (docs/formats.md)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from email.utils import parsedate

from toolkit.errors import SourceError
from toolkit.formats.contract import Format, ReadOptions, ReadResult
from toolkit.formats.decoding import Decoded
from toolkit.formats.drafts import Place, pieces
from toolkit.formats.flow import Builder
from toolkit.formats.marked import result
from toolkit.formats.writing import Localisation, write
from toolkit.formats.xml.decoding import decode_xml
from toolkit.formats.xml.its import read_rules
from toolkit.formats.xml.spelling import spell
from toolkit.formats.xml.traits import same_language, traits_of
from toolkit.formats.xml.tree import Document, Kind, read_document
from toolkit.formats.xml.vocabularies import rules_for
from toolkit.formats.xml.walk import Walk
from toolkit.model import BlockKind, Metadata
from toolkit.skeleton import Piece, Skeleton

#: Encodings in which the bytes of a text are those of its parts.
_STATELESS = re.compile(r"utf-(?:8|16|32)|ascii|cp\d+$|iso8859|koi8|mac-")
_DATE = re.compile(r"(\d{4})-?(\d\d)-?(\d\d)(?!\d)")


class XmlFormat:
    """The .xml format."""

    name = "xml"
    suffixes: tuple[str, ...] = (".xml",)

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes → release.

        Raises:
            SourceError: not well-formed, no text, an encoding that contradicts itself, or wrong rules inside it.
            ConfigError: the project's rule file is wrong.
        """
        own = read_rules(options.its_rules, options.its_name) if options.its_rules is not None else None
        decoded = decode_xml(data, path, options.encoding)
        document = read_document(decoded.text, path)
        traits, said = traits_of(document, rules_for(document, path, own), options.language)
        builder = Builder(path, options.language)
        flow = builder.flow(decoded.text, Place())
        walk = Walk(document, traits, flow, options.language)
        walk.run()
        parts = flow.finish()
        blocks = builder.blocks()
        mark: tuple[Piece, ...] = (decoded.mark,) if decoded.mark else ()
        skeleton = Skeleton(self.name, decoded.encoding, mark + pieces(parts, decoded.encoding))
        if not _STATELESS.match(decoded.encoding):
            self._prove(data, skeleton, {block.id: block.text for block in blocks}, path)
        warnings = [*decoded.warnings, *_entity_warnings(document, path)]
        if walk.unread:
            lines = ", ".join(str(_line(decoded, document, node)) for node in walk.unread[:5])
            warnings.append(f"{path}: escaped HTML mixed with other markup was left as it is, in lines {lines}")
        if blocks and all(block.kind is BlockKind.VERBATIM for block in blocks):
            language = traits[0].language
            warnings.append(
                f"{path}: the file says that it is in “{language}”, so nothing of it is translated"
                if not same_language(language, options.language)
                else f"{path}: by its rules nothing of this file is to be translated"
            )
        known = Metadata(
            _iso(said.get("date", "")), said.get("place", ""), said.get("credit", ""), said.get("source", "")
        )
        return result(blocks, skeleton, path, options, known=known, warnings=warnings)

    def _prove(self, data: bytes, skeleton: Skeleton, texts: Mapping[str, str], path: str) -> None:
        """Encodings with a state of their own (ISO-2022-JP) need not give the same bytes piece by piece."""
        if self.assemble(skeleton, texts) != data:
            raise SourceError(
                f"{skeleton.encoding} cannot write this file back with the same bytes",
                where=path,
                hint="Save the file as UTF-8, and change its declaration.",
            )

    def assemble(
        self,
        skeleton: Skeleton,
        texts: Mapping[str, str],
        localisation: Localisation | None = None,
        *,
        respell: bool = False,
    ) -> bytes:
        """Skeleton + a text for each block → the file; SourceError if one is missing or cannot stand in XML."""
        return write(skeleton, texts, spell, localisation, respell=respell)


FORMAT: Format = XmlFormat()


def _entity_warnings(document: Document, path: str) -> list[str]:
    """A warning for entities that are declared nowhere, as other programs will refuse them."""
    if document.external:
        return []
    names = {token.text for token in document.tokens if token.kind is Kind.ENTITY}
    unknown = sorted(name for name in names if name[1:-1] not in document.entities)
    if not unknown:
        return []
    return [f"{path}: {', '.join(unknown[:5])}: declared nowhere in the file; kept, but other programs will refuse it"]


def _line(decoded: Decoded, document: Document, node: int) -> int:
    return decoded.text.count("\n", 0, document.tokens[document.nodes[node].first].start) + 1


def _iso(text: str) -> str:
    """A date as XML vocabularies write it (ISO 8601 with or without hyphens, RFC 822) → ISO 8601; "" for others."""
    found = _DATE.match(text)
    parts = (int(found[1]), int(found[2]), int(found[3])) if found else (parsedate(text) or ())[:3]
    try:
        return date(*parts).isoformat() if len(parts) == 3 else ""
    except ValueError:
        return ""
