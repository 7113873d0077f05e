"""Release + Catalogue → Edition → HTML, TEI and plain XML."""

from toolkit.editions.about import SiteInfo
from toolkit.editions.align import align
from toolkit.editions.html import render_page
from toolkit.editions.plain_xml import render_xml
from toolkit.editions.plain_xml import validate as validate_xml
from toolkit.editions.site import ReleaseSummary, assets, index, page, summary
from toolkit.editions.tei import render_tei
from toolkit.editions.tei import validate as validate_tei
from toolkit.editions.tree import images_of

__all__ = [
    "ReleaseSummary",
    "SiteInfo",
    "align",
    "assets",
    "images_of",
    "index",
    "page",
    "render_page",
    "render_tei",
    "render_xml",
    "summary",
    "validate_tei",
    "validate_xml",
]
