"""Which rules hold for a document: the packaged ones of its vocabulary, the project's own, and those inside it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from importlib import resources

from lxml import etree

from toolkit.errors import ConfigError, SourceError
from toolkit.formats.xml.its import ITS, RuleFile, read_rules, rules_of
from toolkit.formats.xml.tree import Document

#: Holds for every document: XHTML, MathML and SVG may stand in any vocabulary.
_EVERYWHERE = ("foreign",)
_SUFFIX = ".its.xml"


@cache
def packaged() -> dict[str, RuleFile]:
    """The packaged rule files, by name."""
    folder = resources.files("toolkit.formats.xml") / "rules"
    files = sorted((file for file in folder.iterdir() if file.name.endswith(_SUFFIX)), key=lambda file: file.name)
    return {file.name.removesuffix(_SUFFIX): read_rules(file.read_bytes(), file.name) for file in files}


def vocabulary_of(root: etree._Element) -> str:
    """Name of the packaged rules for a document with this root element; "" when none is for it."""
    name = etree.QName(root)
    namespace = name.namespace or ""
    for vocabulary, file in packaged().items():
        if name.localname in file.roots and (namespace == file.namespace or namespace in file.aliases):
            return vocabulary
    return ""


def rules_for(document: Document, path: str, own: RuleFile | None = None) -> tuple[RuleFile, ...]:
    """All rules that hold for a document, in ascending precedence.

    Args:
        document: the document.
        path: for messages.
        own: the project's rules.

    Raises:
        ConfigError: a rule file names packaged rules that do not exist.
        SourceError: the rules inside the document are wrong.
    """
    names = [*_EVERYWHERE]
    vocabulary = vocabulary_of(document.elements[0])
    if vocabulary and (own is None or own.ready_made):
        names += [*packaged()[vocabulary].links, vocabulary]
    if own is not None:
        names += own.links
    unknown = [name for name in names if name not in packaged()]
    if unknown:
        known = ", ".join(packaged())
        raise ConfigError(f"there are no packaged rules “{unknown[0]}”", where=path, hint=f"there are {known}")
    files = [packaged()[name] for name in dict.fromkeys(names)]
    return (*files, *((own,) if own is not None else ()), *_embedded(document, path))


def _embedded(document: Document, path: str) -> Iterator[RuleFile]:
    for at, element in enumerate(document.elements):
        if element.tag != f"{{{ITS}}}rules":
            continue
        start = document.tokens[document.nodes[at].first].start
        where = f"{path}:{document.text.count(chr(10), 0, start) + 1}"
        prefixes = {prefix: name for prefix, name in document.prefixes.items() if prefix and name}
        try:
            yield rules_of(element, prefixes, lambda _, where=where: where, embedded=True)  # type: ignore[misc]
        except ConfigError as error:
            raise SourceError(f"its own ITS rules: {error.message}", where=error.where, hint=error.hint) from None
