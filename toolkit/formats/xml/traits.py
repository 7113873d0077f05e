"""Rules + document → what each element is: ITS 2.0 sections 5.5 (precedence), 8.1 and 6 (inheritance, defaults).

What stands on the element itself goes first, then the last rule that selects it, then what it inherits, then the
default. One default is ours: the standard takes every element for a block of its own; here an element that no rule
speaks of stands within text when there is text beside it. So a file of an unknown vocabulary is read sensibly.
"""

from __future__ import annotations

import copy
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from math import isfinite
from typing import Any

from lxml import etree

from toolkit.formats.drafts import Place
from toolkit.formats.xml.its import ITS, Rule, RuleFile
from toolkit.formats.xml.tree import Document
from toolkit.model import BlockKind, Code, Frame, Role

_XML = "{http://www.w3.org/XML/1998/namespace}"
XML_LANG, _XML_SPACE = f"{_XML}lang", f"{_XML}space"
_SPAN = f"{{{ITS}}}span"
#: ISO 639-2 codes that stand for a two-letter one: Akoma Ntoso wants three letters, BCP 47 the shorter code.
SHORTER = {"fra": "fr", "fre": "fr", "eng": "en", "deu": "de", "ger": "de", "spa": "es", "ita": "it", "por": "pt"}


#: What an XPath expression finds: an element, an attribute (a string that knows its element), a number …
Found = Any


class Within(StrEnum):
    """How an element stands in the text around it (ITS 2.0 section 8.8)."""

    NO = "no"
    YES = "yes"
    NESTED = "nested"


_PLACE, _CODE = Place(), Code(0)


@dataclass(slots=True)
class Traits:
    """What an element is.

    Attributes:
        translate: whether its text is to be translated, as far as rules say; another language is told by ``language``.
        preserve: white space counts.
        ignored: no reader is to see it.
        language: BCP 47 tag; "" where nothing says.
        place: what its blocks are; where it is one itself.
        code: what it is where it stands within text.
        html: its text is escaped HTML.
        attributes: names of those to translate, in Clark's notation.
        localised: attributes that name the document's language.
        content_localised: its text does.
        insert: the attribute that should name the language and is missing; "" otherwise.
    """

    translate: bool = True
    within: Within = Within.NO
    preserve: bool = False
    ignored: bool = False
    language: str = ""
    place: Place = _PLACE
    code: Code = _CODE
    html: bool = False
    attributes: tuple[str, ...] = ()
    localised: tuple[str, ...] = ()
    content_localised: bool = False
    insert: str = ""


@dataclass(slots=True)
class _Said:
    """What rules and the element itself say, before anything is inherited."""

    translate: bool | None = None
    within: Within | None = None
    preserve: bool | None = None
    ignored: bool | None = None
    language: str | None = None
    place: Place | None = None
    code: Code | None = None
    html: bool = False
    attributes: dict[str, bool] = field(default_factory=dict)
    #: (node, attribute) that say the language; "" for the node's content.
    pointed: list[tuple[int, str]] = field(default_factory=list)
    insert: str = ""


@dataclass(slots=True)
class _View:
    """The tree that a rule file's selectors are asked of."""

    tree: etree._ElementTree
    index: dict[etree._Element, int]


def traits_of(document: Document, files: Iterable[RuleFile], language: str) -> tuple[list[Traits], dict[str, str]]:
    """What each element is, and what the document says of itself (date, place, credit, source).

    Args:
        document: the document.
        files: in ascending precedence.
        language: of the release.

    Raises:
        ConfigError: a selector cannot be evaluated.
    """
    said = [_Said() for _ in document.nodes]
    own = _view(document.elements)
    views: dict[tuple[str, frozenset[str]], _View] = {("", frozenset()): own}
    metadata: dict[str, str] = {}
    for file in files:
        key = (file.namespace, file.aliases)
        if key not in views:
            views[key] = _aliased(own, *key)
        for rule in file.rules:
            _apply(rule, views[key], said, metadata)
    for at, element in enumerate(document.elements):
        _local(element, said[at])
    return _resolved(document, said, language), metadata


def _view(elements: Sequence[etree._Element]) -> _View:
    return _View(elements[0].getroottree(), {element: at for at, element in enumerate(elements)})


def _aliased(own: _View, namespace: str, aliases: frozenset[str]) -> _View:
    """The same tree with the elements of some namespaces in another."""
    tags = {element.tag for element in own.index}
    changed = {tag: etree.QName(namespace, etree.QName(tag).localname).text for tag in tags if _uri(tag) in aliases}
    if not namespace or not changed:
        return own
    tree = copy.deepcopy(own.tree)
    elements = list(tree.iter())
    for element in elements:
        if element.tag in changed:
            element.tag = changed[element.tag]
    return _view(elements)


def _uri(tag: str) -> str:
    return tag[1:].partition("}")[0] if tag[:1] == "{" else ""


# -- what rules say -----------------------------------------------------------------------------------------------


def _apply(rule: Rule, view: _View, said: list[_Said], metadata: dict[str, str]) -> None:
    place: Place | None = None  # the same for all, where nothing is asked of each
    code: Code | None = None
    for at, attribute, node in _selected(rule, view):
        values = rule.values
        each = said[at]
        if rule.name == "metadataRule":
            text = _text(rule, "value", node) if "value" in values else attribute_text(node)
            metadata.setdefault(values["field"], " ".join(text.split()))
        elif attribute:
            if rule.name == "translateRule":
                each.attributes[attribute] = values["translate"] == "yes"
        elif rule.name == "langRule":
            _point(rule, view, node, each)
        elif rule.name == "blockRule":
            place = each.place = _place(rule, node) if place is None or rule.expressions else place
            each.within = Within.NO
        elif rule.name == "inlineRule":
            code = each.code = _code(rule, node) if code is None or rule.expressions else code
            each.within = Within.YES
        else:
            _say(rule, each)


def attribute_text(node: Found) -> str:
    """The text of a node that a selector found."""
    return node if isinstance(node, str) else "".join(map(str, node.itertext()))


def _selected(rule: Rule, view: _View) -> Iterator[tuple[int, str, Found]]:
    try:
        found: Found = rule.select(view.tree, **rule.variables)
    except etree.XPathError as error:
        raise rule.fails(error) from None
    if not isinstance(found, list):
        raise rule.fails(ValueError("it selects no elements or attributes"))
    for node in found:
        if isinstance(node, etree._Element):
            if node in view.index:
                yield view.index[node], "", node
        elif getattr(node, "is_attribute", False):
            yield view.index[node.getparent()], str(node.attrname), node


def _say(rule: Rule, said: _Said) -> None:
    values = rule.values
    match rule.name:
        case "translateRule":
            said.translate = values["translate"] == "yes"
        case "withinTextRule":
            said.within = Within(values["withinText"])
        case "preserveSpaceRule":
            said.preserve = values["space"] == "preserve"
        case "ignoreRule":
            said.ignored = values.get("ignore", "yes") == "yes"
        case "htmlRule":
            said.html = values.get("html", "yes") == "yes"
        case "languageRule":
            said.insert = XML_LANG if values["attribute"] == "xml:lang" else values["attribute"]


def _place(rule: Rule, node: Found) -> Place:
    values = rule.values
    return Place(
        kind=BlockKind(values["kind"]) if "kind" in values else None,
        level=min(6, _number(rule, "level", node)) if "level" in values else 0,
        frame=Frame(values["frame"]) if "frame" in values else None,
        columns=_number(rule, "columns", node),
        rows=_number(rule, "rows", node),
        start=_number(rule, "start", node),
        label=_text(rule, "label", node),
        fixed=True if values.get("kind") == BlockKind.VERBATIM else None,
    )


def _code(rule: Rule, node: Found) -> Code:
    return Code(0, Role(rule.values["role"]), _text(rule, "href", node).strip(), label=_text(rule, "label", node))


def _point(rule: Rule, view: _View, node: Found, said: _Said) -> None:
    for found in _asked(rule, "langPointer", node):
        if isinstance(found, etree._Element):
            said.pointed.append((view.index[found], ""))
            said.language = (found.text or "").strip()
        elif getattr(found, "is_attribute", False):
            said.pointed.append((view.index[found.getparent()], str(found.attrname)))
            said.language = str(found).strip()


def _asked(rule: Rule, name: str, node: Found) -> list[Found]:
    """What an expression of a rule says of a node, as a list."""
    try:
        found = rule.expressions[name](node, self=[node], **rule.variables)
    except (etree.XPathError, TypeError) as error:
        raise rule.fails(error) from None
    return found if isinstance(found, list) else [found]


def _text(rule: Rule, name: str, node: Found) -> str:
    found = _asked(rule, name, node) if name in rule.values else []
    return " ".join(attribute_text(found[0]).split()) if found and not isinstance(found[0], float | bool) else ""


def _number(rule: Rule, name: str, node: Found) -> int:
    """A whole number from 1 to 1000; 1 when there is none."""
    found = _asked(rule, name, node) if name in rule.values else []
    try:
        number = float(found[0] if isinstance(found[0], float) else attribute_text(found[0])) if found else 1.0
    except ValueError:
        number = 1.0
    return max(1, min(1000, int(number))) if isfinite(number) else 1


def _local(element: etree._Element, said: _Said) -> None:
    """What the element says of itself."""
    own = "" if element.tag == _SPAN else f"{{{ITS}}}"
    if element.tag == _SPAN:
        said.within = Within.YES
    translate = element.get(f"{own}translate")
    if translate in ("yes", "no"):
        said.translate = translate == "yes"
    within = element.get(f"{own}withinText")
    if within in ("yes", "no", "nested"):
        said.within = Within(within)
    space = element.get(_XML_SPACE)
    if space in ("default", "preserve"):
        said.preserve = space == "preserve"
    if XML_LANG in element.attrib:
        said.language = element.get(XML_LANG, "").strip()


# -- what is inherited --------------------------------------------------------------------------------------------


def _resolved(document: Document, said: list[_Said], release: str) -> list[Traits]:
    found: list[Traits] = []
    for at, (node, each) in enumerate(zip(document.nodes, said, strict=True)):
        above = found[node.parent] if node.parent >= 0 else Traits()
        traits = Traits(
            translate=above.translate if each.translate is None else each.translate,
            within=_within(document, at, each.within, above.within),
            preserve=above.preserve if each.preserve is None else each.preserve,
            ignored=above.ignored if each.ignored is None else each.ignored,
            language=above.language if each.language is None else normalised(each.language),
            place=each.place or _PLACE,
            code=each.code or _CODE,
            html=each.html,
            attributes=tuple(name for name, wanted in each.attributes.items() if wanted),
        )
        found.append(traits)
    _mark_languages(document, said, found, release)
    return found


def _within(document: Document, at: int, said: Within | None, above: Within) -> Within:
    node = document.nodes[at]
    if node.parent < 0:
        return Within.NO
    if said is not None:
        return said
    beside_text = document.nodes[node.parent].own_text or above is Within.YES
    holds_blocks = not node.own_text and node.worded_children > 1
    return Within.YES if beside_text and not holds_blocks else Within.NO


def _mark_languages(document: Document, said: list[_Said], found: list[Traits], release: str) -> None:
    """Note where the document names its own language, in the parts that will be translated."""
    for at, (each, traits) in enumerate(zip(said, found, strict=True)):
        if not traits.translate or not same_language(traits.language, release):
            continue
        if XML_LANG in document.elements[at].attrib and traits.language:
            traits.localised = (*traits.localised, XML_LANG)
        for node, attribute in each.pointed if traits.language else ():
            if attribute:
                found[node].localised = (*found[node].localised, attribute)
            else:
                found[node].content_localised = True
        if each.insert and each.insert not in document.elements[at].attrib:
            traits.insert = each.insert


def normalised(tag: str) -> str:
    """A language as documents write it ("fr_FR", "fra") → BCP 47."""
    language, hyphen, rest = tag.strip().replace("_", "-").partition("-")
    return SHORTER.get(language.lower(), language) + hyphen + rest


def same_language(one: str, other: str) -> bool:
    """Whether two tags name the same language, whatever the region; "" is the same as any."""
    return not one or one.lower().partition("-")[0] == other.lower().partition("-")[0]
