"""Rule files in the vocabulary of ITS 2.0 (W3C Recommendation, 2013): read, checked, their selectors compiled.

ITS says what is translated, what stands within text, where white space counts and where the language is written. What
an edition needs besides (headings, lists, links …) it does not say: that has elements of its own in STRUCTURE, in the
same files. docs/formats.md lists them all. Which element of a document gets what is found in ``xml_traits``.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from lxml import etree

from toolkit.errors import ConfigError
from toolkit.model import BlockKind, Frame, Role

ITS = "http://www.w3.org/2005/11/its"
#: A name made once for our own rules: nobody else's, without a domain or a registration (RFC 9562, RFC 8141).
STRUCTURE = "urn:uuid:9a6e943d-dc8c-4fc0-92dd-9db7f6e9a8a0"
#: ``xlink:href`` of a rules element may name one of the packaged files; no other link is followed.
PACKAGED = f"{STRUCTURE}#"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"
#: In ``aliases``: elements without a namespace (as in XML Schema).
NO_NAMESPACE = "##local"

_YES_NO = frozenset({"yes", "no"})
_XPATH = frozenset[str]()
_KINDS = frozenset(kind.value for kind in BlockKind)


@dataclass(frozen=True, slots=True)
class _Shape:
    """What a rule element may hold: attribute → its values, or _XPATH for an expression. ``needed`` must be there."""

    attributes: Mapping[str, frozenset[str]]
    needed: tuple[str, ...] = ()


_SHAPES = {
    f"{{{ITS}}}translateRule": _Shape({"translate": _YES_NO}, ("translate",)),
    f"{{{ITS}}}withinTextRule": _Shape({"withinText": _YES_NO | {"nested"}}, ("withinText",)),
    f"{{{ITS}}}preserveSpaceRule": _Shape({"space": frozenset({"default", "preserve"})}, ("space",)),
    f"{{{ITS}}}langRule": _Shape({"langPointer": _XPATH}, ("langPointer",)),
    f"{{{STRUCTURE}}}blockRule": _Shape(
        {
            "kind": _KINDS,
            "frame": frozenset(frame.value for frame in Frame),
            "level": _XPATH,
            "columns": _XPATH,
            "rows": _XPATH,
            "start": _XPATH,
            "label": _XPATH,
        }
    ),
    f"{{{STRUCTURE}}}inlineRule": _Shape(
        {"role": frozenset(role.value for role in Role), "href": _XPATH, "label": _XPATH}, ("role",)
    ),
    f"{{{STRUCTURE}}}ignoreRule": _Shape({"ignore": _YES_NO}),
    f"{{{STRUCTURE}}}htmlRule": _Shape({"html": _YES_NO}),
    f"{{{STRUCTURE}}}languageRule": _Shape({"attribute": frozenset({"xml:lang", "lang"})}, ("attribute",)),
    f"{{{STRUCTURE}}}metadataRule": _Shape(
        {"field": frozenset({"date", "place", "credit", "source"}), "value": _XPATH}, ("field",)
    ),
}


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule.

    Attributes:
        name: local name of its element ("translateRule").
        select: finds the nodes it holds for.
        values: of its other attributes.
        expressions: those of them that are XPath, asked of each node that is selected.
        variables: ``its:param``.
        where: "file:line".
    """

    name: str
    select: etree.XPath
    values: Mapping[str, str]
    expressions: Mapping[str, etree.XPath]
    variables: Mapping[str, str]
    where: str

    def fails(self, error: Exception) -> ConfigError:
        """What to tell a person whose selector cannot be evaluated."""
        return _bad(f"the selector “{self.select.path}” cannot be evaluated: {error}", self.where)


@dataclass(frozen=True, slots=True)
class RuleFile:
    """A rules element.

    Attributes:
        rules: in order; a later one goes before an earlier one.
        roots: names of the root elements of the vocabulary.
        namespace: of the vocabulary.
        aliases: namespaces whose elements are taken for those of ``namespace``; "" for none.
        links: names of packaged rules that go in front of these.
        ready_made: whether the packaged rules of the document's own vocabulary go in front of these.
    """

    rules: tuple[Rule, ...]
    roots: frozenset[str] = frozenset()
    namespace: str = ""
    aliases: frozenset[str] = frozenset()
    links: tuple[str, ...] = ()
    ready_made: bool = True


@lru_cache(maxsize=64)
def read_rules(data: bytes, name: str) -> RuleFile:
    """A rule file.

    Args:
        data: the file.
        name: for messages.

    Raises:
        ConfigError: not XML, not a rules element, an unknown rule, a missing or wrong attribute, a selector that is no
            XPath; with the line.
    """
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(data, parser)
    except etree.XMLSyntaxError as error:
        line = f":{error.lineno}" if error.lineno else ""
        raise _bad(f"not well-formed XML: {error.msg}", f"{name}{line}") from None
    return rules_of(root, {}, lambda element: f"{name}:{element.sourceline}")


def rules_of(
    root: etree._Element, prefixes: Mapping[str, str], where: Callable[[etree._Element], str], *, embedded: bool = False
) -> RuleFile:
    """The rules of a rules element, which may stand in a document.

    Args:
        root: the element.
        prefixes: those in scope that lxml does not know of.
        where: "file:line" of one of its elements.
        embedded: it stands in a document, which must not make selectors search it for ever.

    Raises:
        ConfigError: as for ``read_rules``.
    """
    if root.tag != f"{{{ITS}}}rules":
        raise _bad(f"the root element is {etree.QName(root).localname}, not its:rules", where(root))
    if root.get("version", "2.0") not in ("1.0", "2.0") or root.get("queryLanguage", "xpath") != "xpath":
        raise _bad("only ITS 1.0 and 2.0 with XPath selectors can be read", where(root))
    variables = {element.get("name", ""): element.text or "" for element in root if element.tag == f"{{{ITS}}}param"}
    rules = [
        _rule(element, {**prefixes, **_named(element.nsmap)}, variables, where(element), embedded=embedded)
        for element in root
        if isinstance(element.tag, str) and _is_rule(element, where)
    ]
    return RuleFile(
        rules=tuple(rules),
        roots=frozenset(_words(root, "roots")),
        namespace=root.get(f"{{{STRUCTURE}}}namespace", ""),
        aliases=frozenset("" if word == NO_NAMESPACE else word for word in _words(root, "aliases")),
        links=tuple(_links(root, where)),
        ready_made=root.get(f"{{{STRUCTURE}}}ready-made", "yes") != "no",
    )


def _is_rule(element: etree._Element, where: Callable[[etree._Element], str]) -> bool:
    """Whether an element is a rule of a category we know; those of ITS that we do not need are passed over."""
    if element.tag in _SHAPES:
        return True
    name = etree.QName(element)
    known = sorted(etree.QName(tag).localname for tag in _SHAPES if tag.startswith(f"{{{STRUCTURE}}}"))
    if name.namespace == STRUCTURE:
        raise _bad(f"there is no rule {name.localname}; there are {', '.join(known)}", where(element))
    if name.localname in known:  # never passed over because of a slip in a long name
        raise _bad(f"{name.localname} belongs into the namespace {STRUCTURE}", where(element))
    return False


def _links(root: etree._Element, where: Callable[[etree._Element], str]) -> Iterable[str]:
    for link in root.get(_XLINK_HREF, "").split():
        if not link.startswith(PACKAGED):
            raise _bad(f"the link {link} is not followed: copy those rules into this file", where(root))
        yield link.removeprefix(PACKAGED)


def _rule(
    element: etree._Element,
    prefixes: Mapping[str, str],
    variables: Mapping[str, str],
    where: str,
    *,
    embedded: bool,
) -> Rule:
    name = etree.QName(element).localname
    shape = _SHAPES[str(element.tag)]
    values = {str(key): str(value) for key, value in element.attrib.items() if key in shape.attributes}
    unknown = [str(key) for key in element.attrib if key not in shape.attributes and key != "selector"]
    if unknown and etree.QName(element).namespace == STRUCTURE:
        raise _bad(f"{name} has no attribute {unknown[0]}; it has selector, {', '.join(shape.attributes)}", where)
    for needed in ("selector", *shape.needed):
        if needed not in element.attrib:
            raise _bad(f"{name} needs the attribute {needed}", where)
    for key, value in values.items():
        if shape.attributes[key] and value not in shape.attributes[key]:
            raise _bad(f"{key}=“{value}” is not one of {', '.join(sorted(shape.attributes[key]))}", where)
    expressions = {
        key: _compiled(value, prefixes, where, embedded=embedded)
        for key, value in values.items()
        if not shape.attributes[key]
    }
    select = _compiled(element.get("selector", ""), prefixes, where, embedded=embedded)
    return Rule(name, select, values, expressions, variables, where)


def _compiled(path: str, prefixes: Mapping[str, str], where: str, *, embedded: bool) -> etree.XPath:
    if embedded and _costly(path):
        raise _bad(
            f"the selector “{path[:60]}” may search the document again and again: it cannot stand inside one",
            where,
        )
    try:
        return etree.XPath(path, namespaces=dict(prefixes))
    except (etree.XPathError, ValueError) as error:
        raise _bad(f"“{path}” is not an XPath expression: {error}", where) from None


def _costly(path: str) -> bool:
    """Whether a selector may take more than a few walks over the document: whoever sends one is not to be trusted."""
    alternatives = path.split("|")
    searches = ("//", "descendant", "following", "preceding", "ancestor", "/..")
    inside = path.partition("[")[2]
    return (
        len(path) > 1000
        or len(alternatives) > 20
        or any(word in inside.replace("|//", "") for word in searches)
        or any(sum(each.count(word) for word in searches) > 1 for each in alternatives)
    )


def _words(root: etree._Element, name: str) -> list[str]:
    return root.get(f"{{{STRUCTURE}}}{name}", "").split()


def _named(prefixes: Mapping[str | None, str]) -> dict[str, str]:
    return {prefix: name for prefix, name in prefixes.items() if prefix}


def _bad(message: str, where: str) -> ConfigError:
    return ConfigError(message, where=where, hint="docs/formats.md, section XML, lists every rule with an example")
