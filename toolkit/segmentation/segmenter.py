"""Text → sentences, by the rules of an SRX document.

At each position between two characters the first rule whose ``before`` ends there and whose ``after`` starts there
decides (SRX 2.0, section 4). Only a position where some break rule applies can become a cut, so those are searched for
first, all rules in one pattern, and only there is it asked whether a rule in front of them forbids it.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby, pairwise
from typing import Any

from toolkit.errors import ConfigError
from toolkit.model import Block, BlockKind, Origin, Release, Role, Segment
from toolkit.placeholders import Form, Tag, Token, tokenize, trimmed
from toolkit.segmentation import icu
from toolkit.segmentation.srx import Rule, SrxDocument

#: Characters of context on each side in ``Decision``.
CONTEXT = 24

_LINE_BREAK = re.compile(r"\r\n|\r|\n")
#: Seconds of processor that a search may take, and the characters for which it gets a further one: three times what
#: the packaged rules take for a paragraph of nothing but full stops.
_PATIENCE, _SPEED = 5.0, 100_000
#: Tags at the end of a sentence that belong to it.
_STAYS = re.compile(r"</g\d+>|<x\d+/>")


@dataclass(frozen=True, slots=True)
class Piece:
    """One sentence of a text; all pieces joined, ``before + text + after``, are the text."""

    before: str
    text: str
    after: str


@dataclass(frozen=True, slots=True)
class Decision:
    """What was decided at one position, and by which rule.

    Attributes:
        offset: in characters from the start of the text.
        breaks: whether the text is cut there.
        rule: name of the first rule that applies, from the SRX file's comments.
        before: the last characters in front of the position.
        after: the first characters behind it.
    """

    offset: int
    breaks: bool
    rule: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class _Run:
    """Neighbouring break rules, and in front of them all rules that forbid: which of each applies does not matter."""

    search: tuple[Any, ...]
    forbid: tuple[Any, ...]


class Segmenter:
    """Cuts text in one language; rules are compiled once.

    Args:
        document: the rules.
        language: BCP 47 tag that chooses among them.
        time_limit: seconds of processor that a search of a short text may take, against rules that backtrack without
            end.

    Raises:
        ConfigError: the document has no rules for the language.
    """

    def __init__(self, document: SrxDocument, language: str, *, time_limit: float = _PATIENCE) -> None:
        self._path = document.path
        self._rules = document.rules_for(language)
        self._time_limit = time_limit
        self._runs = tuple(_runs(self._rules))

    def split(self, text: str) -> tuple[Piece, ...]:
        """The sentences of ``text`` with the white space between them; () when there is nothing but white space.

        Raises:
            ConfigError: a rule does not come to an end on this text.
        """
        return _pieces(text, self._cuts(text))

    def split_marked(self, text: str, breaks: Container[int] = ()) -> tuple[Piece, ...]:
        """The sentences of a text with placeholders: the rules see the words only, and no sentence ends inside one.

        Closing tags and what stands alone stay with the sentence in front of them.

        Args:
            text: as a Block has it.
            breaks: numbers of the placeholders that are line breaks; the rules see white space there.

        Raises:
            ConfigError: a rule does not come to an end on this text.
        """
        if "<" not in text:
            return self.split(text)
        words: list[str] = []
        shifts: list[tuple[int, int]] = []  # from this offset among the words on, so many more characters in the text
        fixed: list[tuple[int, int]] = []
        at = seen = 0
        for token in tokenize(text):
            shown = _shown(token, breaks)
            if isinstance(token, Tag):
                if shown:
                    fixed.append((seen, seen + len(shown)))
                shifts.append((seen, at + len(str(token)) - seen - len(shown)))
            words.append(shown)
            seen += len(shown)
            at += len(str(token))
        cuts = [cut for cut in self._cuts("".join(words)) if not _inside(cut, fixed)]
        return _pieces(text, _moved(cuts, shifts, text))

    def explain(self, text: str) -> tuple[Decision, ...]:
        """Every position inside ``text`` where a rule applies, with the rule that decided, in order.

        Raises:
            ConfigError: a rule does not come to an end on this text.
        """
        decided: dict[int, int] = {}
        for number, pattern in enumerate(self._single_patterns):
            for offset in self._positions(pattern, text):
                decided.setdefault(offset, number)
        return tuple(
            Decision(
                offset,
                self._rules[number].breaks,
                self._rules[number].name,
                text[max(0, offset - CONTEXT) : offset],
                text[offset : offset + CONTEXT],
            )
            for offset, number in sorted(decided.items())
        )

    @cached_property
    def _single_patterns(self) -> tuple[Any, ...]:
        return tuple(icu.compile_rule(rule.before, rule.after) for rule in self._rules)

    def _cuts(self, text: str) -> list[int]:
        found: dict[int, bool] = {}
        for run in self._runs:
            for pattern in run.search:
                for offset in self._positions(pattern, text):
                    if offset not in found:
                        found[offset] = not self._applies(run.forbid, text, offset)
        return sorted(offset for offset, breaks in found.items() if breaks)

    def _applies(self, patterns: tuple[Any, ...], text: str, offset: int) -> bool:
        limit = self._limit(text)
        try:
            for pattern in patterns:
                if pattern.match(text, offset, timeout=limit):
                    return True
        except TimeoutError as error:
            raise self._endless(text) from error
        return False

    def _positions(self, pattern: Any, text: str) -> Iterator[int]:
        """Where a rule applies; a cut at the very start or end would make an empty sentence."""
        try:
            for match in pattern.finditer(text, timeout=self._limit(text)):
                if 0 < (offset := match.end()) < len(text):
                    yield offset
        except TimeoutError as error:
            raise self._endless(text) from error

    def _limit(self, text: str) -> float:
        return self._time_limit + len(text) / _SPEED

    def _endless(self, text: str) -> ConfigError:
        rule = self._slowest(text)
        named = f"the segmentation rule “{rule.name}” does" if rule else "the segmentation rules do"
        return ConfigError(
            f"{named} not come to an end on a paragraph that begins “{text[:CONTEXT].strip()}”",
            where=f"{self._path}:{rule.line}" if rule and rule.line else self._path,
            hint="look for a repetition inside a repetition, such as (a+)+, in the rule, or cut the paragraph",
        )

    def _slowest(self, text: str) -> Rule | None:
        """The first rule that takes too long by itself; None where only several together do."""
        for rule, pattern in zip(self._rules, self._single_patterns, strict=True):
            try:
                for _ in pattern.finditer(text, timeout=self._limit(text)):
                    pass
            except TimeoutError:
                return rule
        return None


def _shown(token: Token, breaks: Container[int]) -> str:
    """What the rules see of a token."""
    if isinstance(token, str):
        return token
    if token.form is Form.EMPTY and token.number in breaks:
        return "\n"
    return token.shown


def _inside(offset: int, ranges: Sequence[tuple[int, int]]) -> bool:
    at = bisect_right(ranges, (offset, 0)) - 1
    return at >= 0 and ranges[at][0] < offset < ranges[at][1]


def _moved(cuts: Iterable[int], shifts: Sequence[tuple[int, int]], text: str) -> list[int]:
    """Offsets among the words → offsets in the text, behind the tags that close there or stand alone."""
    moved = []
    for cut in cuts:
        at = bisect_left(shifts, (cut, -1)) - 1
        offset = cut + (shifts[at][1] if at >= 0 else 0)
        while (match := _STAYS.match(text, offset)) is not None:
            offset = match.end()
        moved.append(offset)
    return sorted(set(moved))


def _pieces(text: str, cuts: Sequence[int]) -> tuple[Piece, ...]:
    """Text cut at offsets; white space and placeholders that surround a sentence are not part of it."""
    pieces: list[Piece] = []
    # A sentence waits until what stands behind it is known; white space alone is no sentence.
    before, sentence, after = "", "", ""
    for start, end in pairwise((0, *cuts, len(text))):
        front, core, back = trimmed(text[start:end])
        if not core:
            after += front
            continue
        if sentence:
            pieces.append(Piece(before, sentence, after + front))
            before = ""
        else:
            before = after + front
        sentence, after = core, back
    if sentence:
        return (*pieces, Piece(before, sentence, after))
    return _whole(text)  # nothing but images, or nothing at all


def _runs(rules: Iterable[Rule]) -> Iterator[_Run]:
    """The break rules in order; those that forbid are gathered, as they forbid for every later break rule too."""
    forbid: list[Any] = []
    for breaks, group in groupby(rules, key=lambda rule: rule.breaks):
        expressions = [(rule.before, rule.after) for rule in group]
        if breaks:
            yield _Run(tuple(icu.combine_for_search(expressions)), tuple(forbid))
        else:
            forbid += icu.combine(expressions)


def segment_block(block: Block, segmenter: Segmenter) -> Block:
    """The block with its sentences; its marker and outer white space are in their ``before`` and ``after``.

    Verbatim blocks are one sentence; a block with nothing but its marker and white space has none.

    Raises:
        ConfigError: a rule does not come to an end on this text.
    """
    text = block.text[len(block.marker) :]
    breaks = {code.number for code in block.codes if code.role is Role.BREAK}
    verbatim = block.kind is BlockKind.VERBATIM
    pieces = _whole(text) if verbatim else segmenter.split_marked(text, breaks)
    segments = []
    line, done, offset = 0, 0, len(block.marker)
    for number, piece in enumerate(pieces, start=1):
        offset += len(piece.before)
        line += _line_breaks(block.text, done, offset)
        done = offset
        segments.append(
            Segment(
                id=f"{block.id}s{number}",
                text=piece.text,
                before=block.marker + piece.before if number == 1 else piece.before,
                after=piece.after,
                origin=block.origin and Origin(block.origin.path, block.origin.line + line),
            )
        )
        offset += len(piece.text) + len(piece.after)
    return replace(block, segments=tuple(segments))


def _whole(text: str) -> tuple[Piece, ...]:
    core = text.strip()
    before, _, after = text.partition(core) if core else ("", "", "")
    return (Piece(before, core, after),) if core else ()


def _line_breaks(text: str, start: int, end: int) -> int:
    return sum(1 for _ in _LINE_BREAK.finditer(text, start, end))


def segment_release(release: Release, segmenter: Segmenter) -> Release:
    """The release with every block segmented.

    Raises:
        ConfigError: a rule does not come to an end on a text.
    """
    return replace(release, blocks=tuple(segment_block(block, segmenter) for block in release.blocks))
