"""The site's pages with the preview's script in them, and pages of the preview itself."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from collections.abc import Mapping
from functools import cache
from html import escape
from importlib.resources import files

from toolkit.errors import ToolkitError

#: Where pages listen for news.
EVENTS = ".preview/events"

_POLICY = re.compile(rb'(<meta http-equiv="Content-Security-Policy" content=")([^"]*)(")')
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; base-uri 'none'; form-action 'none'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
</head>
<body>
<h1>{title}</h1>
{body}
<p><a href="/">All releases</a></p>
</body>
</html>
"""


def with_script(page: bytes, about: Mapping[str, object]) -> bytes:
    """A page that renews itself: only our script is added to what its Content-Security-Policy lets run.

    Args:
        page: HTML, as it is published.
        about: what the script must know: the page's release, the number of the latest news, the run of the preview.
    """
    code = _script()
    digest = base64.b64encode(hashlib.sha256(code.encode()).digest()).decode()
    page = _POLICY.sub(lambda found: found[1] + _widened(found[2], digest) + found[3], page, count=1)
    known = escape(json.dumps(dict(about)), quote=True)
    added = f'<meta name="toolkit-preview" content="{known}">\n<script>{code}</script>\n</head>'
    return page.replace(b"</head>", added.encode(), 1)


def _widened(policy: bytes, digest: str) -> bytes:
    """A policy that also lets our script run, and lets it listen to this server."""
    parts = {part.split()[0]: part.strip() for part in policy.decode().split(";") if part.strip()}
    scripts = parts.get("script-src", "script-src")
    parts["script-src"] = f"{scripts.replace(' ' + _NONE, '')} 'sha256-{digest}'"
    parts["connect-src"] = "connect-src 'self'"
    return "; ".join(parts.values()).encode()


_NONE = "'none'"


@cache
def _script() -> str:
    text = files("toolkit.preview").joinpath("static", "preview.js").read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip()


def failed_page(error: ToolkitError) -> bytes:
    """Instead of a page that cannot be made: what is wrong, where, and what to do."""
    where = f"<p><code>{escape(error.where)}</code></p>\n" if error.where else ""
    hint = f"<p>→ {escape(error.hint)}</p>" if error.hint else ""
    body = f"{where}<p>{escape(error.message)}</p>\n{hint}\n<p>This page opens by itself when that is mended.</p>"
    return _PAGE.format(title="This page cannot be made", body=body).encode()


def missing_page(path: str) -> bytes:
    """Instead of a page that a publication would not make."""
    body = f"<p><code>{escape(path)}</code> is no file that <code>toolkit publish</code> would write.</p>"
    return _PAGE.format(title="There is no such page", body=body).encode()
