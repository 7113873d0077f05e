"""Y111: quotations over sentences and paragraphs, judged over their whole run.

A quotation of several paragraphs opens with “ at each of them and closes once, at the end of the last (New Hart's
Rules, quotations). So no sentence and no paragraph can be judged alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from toolkit.checks.model import WARNING, About, Knowledge, Problem, Sentence, Text, text_check
from toolkit.model import RUNNING_TEXT, BlockKind

_MARK = re.compile(r"[“”«»„]|(?<!\d)\"")
_RUNNING = RUNNING_TEXT | {BlockKind.ITEM}


@dataclass
class _Run:
    """How far a quotation has come: the sentence it opened in, or None."""

    opened: Sentence | None = None
    unknown: bool = False


@text_check(
    About(
        "Y111",
        WARNING,
        "A quotation does not close",
        "Marks pair over the whole quotation: one of several paragraphs opens at each of them and closes once.",
        "« Nous veillons.\n« Voilà tout », a dit Mme Petit.",
        "“We keep watch.\n“That is all, said Ms Petit.",
        "“We keep watch.\n“That is all,” said Ms Petit.",
        rule="New Hart’s Rules (Oxford), quotations",
    )
)
def quotations(text: Text, _: Knowledge) -> Iterator[Problem]:
    """Double marks through the paragraphs of a release; every other block alone."""
    if text.release is None:
        return
    run = _Run()
    for block in text.release.blocks:
        lines = text.of(block)
        if not lines:
            continue
        if block.kind not in _RUNNING:
            alone = _Run()
            yield from _through(lines, alone, opens_anew=False)
            yield from _left_open(alone)
            continue
        if None in lines:
            run = _Run(unknown=True)
            continue
        yield from _through(lines, run, opens_anew=True)
    yield from _left_open(run)


def _left_open(run: _Run) -> Iterator[Problem]:
    if run.opened is not None:
        yield Problem("a quotation opens here and is never closed", "set ” where it ends", at=run.opened)
        run.opened = None


def _through(lines: tuple[Sentence | None, ...], run: _Run, *, opens_anew: bool) -> Iterator[Problem]:
    """One block: the sentences of a quotation that is open may go on in it, if it opens with a mark again."""
    first = True
    for line in lines:
        if line is None:
            run.unknown = True
            continue
        text = line.english
        at = 0
        if first and opens_anew and run.opened is not None:
            mark = _MARK.search(text)
            if mark and _opens(mark, run) and not text[: mark.start()].strip(" –-—•0123456789.)"):
                at = mark.end()
            else:
                yield from _left_open(run)
        first = False
        yield from _marks(line, at, run)


def _opens(mark: re.Match[str], run: _Run) -> bool:
    if mark[0] == '"':
        return mark.start() == 0 or run.opened is None
    return mark[0] in "“«„"


def _marks(line: Sentence, at: int, run: _Run) -> Iterator[Problem]:
    for mark in _MARK.finditer(line.english, at):
        if _opens(mark, run):
            if run.opened is not None:
                yield Problem(
                    "a quotation opens inside another that is not closed",
                    "close the first with ”; inside a quotation write ‘ and ’",
                    at=line,
                )
            run.opened, run.unknown = line, False
        elif run.opened is not None:
            run.opened = None
        elif run.unknown:
            run.unknown = False
        else:
            yield Problem("a quotation closes that was not opened", "set “ where it begins", at=line)
