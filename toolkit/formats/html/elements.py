"""What each HTML element and attribute is for a translation (HTML standard, sections 4 and 15.3)."""

from __future__ import annotations

from toolkit.model import Role


def _words(names: str) -> frozenset[str]:
    return frozenset(names.split())


#: Elements without content (section 13.1.2), and two that browsers still treat so.
VOID = _words("area base basefont bgsound br col embed frame hr img input keygen link meta param source track wbr")
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
LISTS = frozenset({"ul", "ol", "menu", "dir", "dl"})
ITEMS = frozenset({"li", "dt", "dd"})
CELLS = frozenset({"td", "th"})
SECTIONS = frozenset({"thead", "tbody", "tfoot"})
TABLE_PARTS = frozenset({"table", *SECTIONS, "tr", *CELLS, "caption", "colgroup", "col"})
#: Elements that can hold blocks, whose end tag ends what is still open in them.
CONTAINERS = _words(
    "address article aside blockquote center details dialog div fieldset figcaption figure footer form header hgroup "
    "listing main nav pre search section"
)
#: Elements that part paragraphs and hold text directly.
PLAIN = _words("button frame frameset hr label legend optgroup option p select summary")
#: All that parts paragraphs.
BLOCKS = frozenset({*HEADINGS, *LISTS, *ITEMS, *TABLE_PARTS, *CONTAINERS, *PLAIN, "body", "head", "html", "title"})
#: Where one of these begins, an open paragraph ends (section 13.1.2.4); labels, buttons and options stand in it.
ENDS_PARAGRAPH = BLOCKS - {"button", "label", "legend", "optgroup", "option", "select", "summary", "title"}

#: One placeholder for the whole element: what it holds is no text of the page.
OPAQUE = _words(
    "applet audio canvas datalist iframe math meter noembed noframes object picture plaintext progress script style "
    "svg template textarea video xmp"
)
#: In these even attributes are no text; inside SVG neither.
SILENT = frozenset({"math", "plaintext", "script", "style", "template"})
CODE = frozenset({"code", "kbd", "samp", "tt"})
#: Elements that may stand in a head.
HEAD = _words("base basefont bgsound head html link meta noscript script style template title")

ROLES = {
    **dict.fromkeys(("b", "strong"), Role.STRONG),
    **dict.fromkeys(("i", "em", "cite", "dfn", "var"), Role.EMPHASIS),
    **dict.fromkeys(("u", "ins"), Role.UNDERLINE),
    **dict.fromkeys(("s", "strike", "del"), Role.STRIKE),
    "sup": Role.SUPERSCRIPT,
    "sub": Role.SUBSCRIPT,
    "q": Role.QUOTE,
    "a": Role.LINK,
    "img": Role.IMAGE,
    "br": Role.BREAK,
    **dict.fromkeys(CODE, Role.CODE),
}

#: Attributes whose value is text, on every element that may have them (section 3.2.6.1, and WAI-ARIA 1.2).
TRANSLATABLE = frozenset(
    {"alt", "title", "aria-label", "aria-description", "aria-placeholder", "aria-roledescription", "aria-valuetext"}
    | {"placeholder"}
)
#: The same of one element only; "input" only if its type is one of BUTTONS.
TRANSLATABLE_ON = {
    "input": "value",
    "option": "label",
    "optgroup": "label",
    "track": "label",
    "th": "abbr",
    "table": "summary",
}
BUTTONS = frozenset({"submit", "button", "reset"})
#: Their titles name style sheets and feeds.
UNTITLED = frozenset({"link", "style", "script", "meta", "base"})
#: Values of a meta element's ``name`` or ``property`` whose ``content`` is text.
META = _words(
    "description keywords og:title og:description og:image:alt twitter:title twitter:description "
    "twitter:image:alt dc.title dc.description dcterms.title dcterms.abstract"
)
#: The same that hold the date of publication, the best first.
META_DATES = (
    "article:published_time",
    "datepublished",
    "dcterms.issued",
    "dcterms.date",
    "dc.date.issued",
    "dc.date",
    "date",
    "pubdate",
)
