"""Looks whether every address in a published folder leads somewhere: pages, their places, images, files, feeds."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from lxml import etree, html

_ATTRIBUTES = ("href", "src", "cite", "poster", "data")


def addresses(file: Path) -> Iterator[str]:
    """What a page, feed or XML file names: links, images, alternates, and the addresses of a site map."""
    root = html.parse(file).getroot() if file.suffix == ".html" else etree.parse(file).getroot()
    for element in root.iter(etree.Element):
        yield from (str(element.get(name)) for name in _ATTRIBUTES if element.get(name) is not None)
        if element.get("property") in ("og:url", "og:image"):
            yield str(element.get("content"))
        if isinstance(element.tag, str) and element.tag.endswith("}loc"):
            yield element.text or ""


@cache
def places(file: Path) -> frozenset[str]:
    """Ids of a page."""
    root = html.parse(file).getroot()
    return frozenset(str(name) for name in root.xpath("//@id"))


def broken(folder: Path, base: str) -> list[str]:
    """Addresses that lead nowhere, as "file: address".

    Args:
        folder: the published site.
        base: its absolute address, ending in "/"; other absolute addresses are not followed.
    """
    wrong = []
    files = [file for suffix in (".html", ".atom") for file in folder.rglob(f"*{suffix}")]
    for file in sorted([*files, *folder.glob("sitemap*.xml")]):
        if file.relative_to(folder).parts[0] == "files":  # the source's own addresses, not ours
            continue
        here = base + file.relative_to(folder).as_posix()
        for address in set(addresses(file)):
            whole, fragment = urldefrag(urljoin(here, address))
            if not whole.startswith(base):
                if not urlsplit(address).scheme:
                    wrong.append(f"{here}: {address} leads out of the site")
                continue
            target = folder / unquote(urlsplit(whole).path.removeprefix(urlsplit(base).path))
            exists = target.is_file()
            if not exists or (fragment and target.suffix == ".html" and unquote(fragment) not in places(target)):
                wrong.append(f"{here}: {address}")
    return wrong
