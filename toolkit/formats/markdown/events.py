"""Markdown → events with their place in the source: the one module that knows pyromark (pulldown-cmark)."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator
from itertools import islice
from typing import Any

import pyromark

from toolkit.errors import SourceError

#: What happens, what pulldown-cmark says of it, and where it begins and ends, in characters. Leaves have its own names
#: ("Text", "SoftBreak"); what has content begins with "+Paragraph" and ends with "-Paragraph".
Event = tuple[str, Any, int, int]

_OPTIONS = (
    pyromark.Options.ENABLE_TABLES
    | pyromark.Options.ENABLE_FOOTNOTES
    | pyromark.Options.ENABLE_STRIKETHROUGH
    | pyromark.Options.ENABLE_TASKLISTS
    | pyromark.Options.ENABLE_HEADING_ATTRIBUTES
    | pyromark.Options.ENABLE_GFM
)
_MATH = _OPTIONS | pyromark.Options.ENABLE_MATH
#: What makes a formula of something between two dollar signs: without it they are sums of money.
_TEX = re.compile(r"[\\^_={]")
#: CommonMark ends a line at CR, too; pulldown-cmark does not everywhere.
_LONE_RETURN = re.compile(r"\r(?!\n)")
_CONTINUATION = re.compile(rb"[\x80-\xbf]")


def _prepared(text: str) -> tuple[str, pyromark.Options]:
    """The text for the parser, of the same length, and the extensions of CommonMark that are read in it."""
    text = _LONE_RETURN.sub("\n", text) if "\r" in text else text
    if text.count("$") > 1:
        for event, _ in pyromark.events_with_range(text, options=_MATH):
            if isinstance(event, dict) and (event.get("DisplayMath") or _TEX.search(str(event.get("InlineMath", "")))):
                return text, _MATH
    return text, _OPTIONS


def events(text: str, start: int, path: str) -> Iterator[Event]:
    """What a Markdown parser finds in ``text[start:]``, in order.

    Raises:
        SourceError: the parser broke down.
    """
    try:
        body, options = _prepared(text[start:])
        ends = _continuations(body)
        for event, span in pyromark.events_with_range(body, options=options):
            first, last = span["start"], span["end"]
            if ends:  # pulldown-cmark counts the bytes of UTF-8
                first -= bisect_left(ends, first)
                last -= bisect_left(ends, last)
            if isinstance(event, str):
                yield event, None, first + start, last + start
                continue
            kind: str
            data: Any
            ((kind, data),) = event.items()
            if kind in _SIGNS:
                sign = _SIGNS[kind]
                if not isinstance(data, str):
                    ((kind, data),) = data.items()
                else:
                    kind, data = data, None
                kind = sign + kind
            yield kind, data, first + start, last + start
    except BaseException as error:
        if type(error).__name__ != "PanicException":  # what a defect of a Rust library becomes; no Exception
            raise
        raise SourceError(
            "the Markdown parser broke down on this file",
            where=path,
            hint="This is a defect of pulldown-cmark: please report it with the file.",
        ) from None


_SIGNS = {"Start": "+", "End": "-"}


def titled_definitions(text: str, start: int) -> list[tuple[int, int, str]]:
    """Where the definitions of links with a title stand in ``text[start:]``, and the title, in order."""
    if "]:" not in text:
        return []
    body = text[start:]
    ends = _continuations(body)
    found = pyromark.reference_definitions(_LONE_RETURN.sub("\n", body), options=_OPTIONS).values()
    return sorted(
        (
            each["span"]["start"] - bisect_left(ends, each["span"]["start"]) + start,
            each["span"]["end"] - bisect_left(ends, each["span"]["end"]) + start,
            each["title"],
        )
        for each in found
        if each["title"]
    )


def _continuations(text: str) -> list[int]:
    """Places of the bytes of UTF-8 that begin no character: what its byte offsets have too many."""
    return [] if text.isascii() else [match.start() for match in _CONTINUATION.finditer(text.encode())]


class Stream:
    """Events, one after the other, with a look at those to come."""

    def __init__(self, source: Iterator[Event]) -> None:
        self._source = source
        self._ahead: deque[Event] = deque()

    def __iter__(self) -> Iterator[Event]:
        while True:
            if self._ahead:
                yield self._ahead.popleft()
                continue
            event = next(self._source, None)
            if event is None:
                return
            yield event

    def ahead(self) -> Iterator[Event]:
        """The events to come, without taking them."""
        yield from self._ahead
        for event in self._source:
            self._ahead.append(event)
            yield event

    def skip(self, number: int) -> None:
        """Take as many of the events seen ahead."""
        for _ in islice(iter(self), number):
            pass
