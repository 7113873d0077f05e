"""What open pages are told: one list of news, numbered, that any number of connections read at their own speed."""

from __future__ import annotations

import json
import threading
from collections import deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from toolkit.errors import ToolkitError

#: Stands for a release where the preview does not hear of changes; no release can be called so.
WATCH = "."
#: News that is kept for pages that were away for a moment; older ones make them reload.
_KEPT = 200


@dataclass(frozen=True, slots=True)
class News:
    """Something that pages should know.

    Attributes:
        number: counted from 1.
        kind: "release" (its pages changed), "index" (the lists changed), "site" (everything may have) or "problems"
            (those there are now have changed).
        release: whose pages changed; "" otherwise.
        sentences: ids of the sentences that changed, in order.
    """

    number: int
    kind: str
    release: str = ""
    sentences: tuple[str, ...] = ()


class Bulletin:
    """The news, for threads that tell and threads that wait."""

    def __init__(self) -> None:
        self._news: deque[News] = deque(maxlen=_KEPT)
        self._problems: dict[str, ToolkitError] = {}
        self._changed = threading.Condition()
        self._number = 0
        self._is_closed = False

    @property
    def number(self) -> int:
        """Of the latest news."""
        return self._number

    @property
    def is_closed(self) -> bool:
        """Whether there will be no more."""
        return self._is_closed

    def tell(self, kind: str, release: str = "", sentences: Iterable[str] = ()) -> None:
        """Add news and wake those who wait."""
        with self._changed:
            self._number += 1
            self._news.append(News(self._number, kind, release, tuple(sentences)))
            self._changed.notify_all()

    def problem(self, release: str, error: ToolkitError | None) -> bool:
        """Set or take back what is wrong with a release, with the project (""), or with hearing of changes (``WATCH``).

        Returns:
            Whether that is another thing than before.
        """
        with self._changed:
            before = self._problems.pop(release, None)
            if error is not None:
                self._problems[release] = error
        if str(before) == str(error):
            return False
        self.tell("problems", release)
        return True

    def problems(self, release: str) -> list[dict[str, str]]:
        """What a page should show: what is wrong with its release and the project, or with all for a list of them."""
        with self._changed:
            found = sorted(self._problems.items())
        return [
            {
                "release": "" if name == WATCH else name,
                "where": error.where,
                "message": error.message,
                "hint": error.hint,
            }
            for name, error in found
            if not release or name in ("", WATCH, release)
        ]

    def wait(self, after: int, seconds: float) -> Sequence[News]:
        """News after a number, when there is some; () when none came in time.

        A reader who missed some that is kept no more is told that the whole site may have changed.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._is_closed or self._number != after, seconds)
            if after > self._number or (self._news and after < self._news[0].number - 1):
                return (News(self._number, "site"),)
            return tuple(news for news in self._news if news.number > after)

    def close(self) -> None:
        """Let everybody go who waits."""
        with self._changed:
            self._is_closed = True
            self._changed.notify_all()


def message(news: News, run: str, problems: list[dict[str, str]]) -> bytes:
    """One message of Server-Sent Events (HTML Standard, section 9.2); ``run`` names the run of the preview."""
    data = {
        "run": run,
        "number": news.number,
        "kind": news.kind,
        "release": news.release,
        "sentences": news.sentences,
        "problems": problems,
    }
    return f"id: {news.number}\ndata: {json.dumps(data)}\n\n".encode()
