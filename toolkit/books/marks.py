"""What a book says in words of its English: "[machine draft]" where a run of such sentences begins.

Words hold up to the next words in brackets, or to the end of the paragraph or item. So an approved sentence behind
others says "[reviewed]": a reader without style sheets has nothing else to know the end of a run by. Words above a
table hold for every cell without words of its own: they are those of most of its cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.editions.interface import Words, message, say
from toolkit.editions.labels import MARKS, matched_mark
from toolkit.editions.sentences import APPROVED, Translation
from toolkit.editions.structure import Standing
from toolkit.editions.view import Part, Passage, View
from toolkit.model import Frame

#: What stands above a table.
_WHOLE = message("the whole table: {state}")
_MOST = message("the table, except where marked: {state}")


@dataclass(frozen=True, slots=True)
class Said:
    """The words of a text.

    Attributes:
        before: what stands in front of an English sentence, by its id.
        whole: what stands over a table, by the id of the first sentence in it.
    """

    before: dict[str, Words] = field(default_factory=dict)
    whole: dict[str, Words] = field(default_factory=dict)


def said_in(view: View) -> Said:
    """The words of all rows, notes and texts outside the flow; their sentences' ids are unique in a release."""
    speaker = _Speaker()
    speaker.parts(view.parts)
    for note in view.notes:
        speaker.parts(note.parts)
    for text in view.attributes:
        speaker.passage(text.block)
    return speaker.said


def is_open(sentence: Translation) -> bool:
    """Whether no person has approved it beside its French: it is underlined."""
    return sentence.state not in (APPROVED, Standing.VERBATIM.value)


def first_sentence(part: Part) -> str:
    """The id of the first sentence in a table or the like; "" where there is none."""
    return next((sentence.id for sentence in _sentences((part,))), "")


@dataclass(slots=True)
class _Speaker:
    """Walks through the rows.

    Attributes:
        start: what holds where a paragraph or item begins: approved, or what the words above a table say.
    """

    said: Said = field(default_factory=Said)
    start: str = APPROVED

    def parts(self, parts: Iterable[Part]) -> None:
        """Rows in their order."""
        for part in parts:
            if part.block:
                self.passage(part.block)
            elif part.frame == Frame.TABLE.value:
                self._table(part)
            else:
                self.parts(_inside(part))

    def passage(self, block: Passage) -> None:
        """A block's sentences; what has nothing to translate is passed over."""
        now = self.start
        for sentence in block.translations:
            if sentence.state not in (now, Standing.VERBATIM.value):
                self.said.before[sentence.id] = _words(sentence)
                now = sentence.state

    def _table(self, table: Part) -> None:
        before = self.start
        if before == APPROVED:
            self.start = self._above(table)
        self.parts(_inside(table))
        self.start = before

    def _above(self, table: Part) -> str:
        """The state of most sentences of a table; words above it say so, where that is none that needs no words."""
        found = [each for each in _sentences((table,)) if each.standing is not Standing.VERBATIM]
        states = Counter(each.state for each in found)
        most = max(states, key=states.__getitem__, default=APPROVED)
        if most == APPROVED or states[most] == 1:
            return APPROVED
        state = _words(next(each for each in found if each.state == most))
        wording = _WHOLE if len(states) == 1 else _MOST
        self.said.whole[first_sentence(table)] = Words(
            say("fr", wording, state=state.fr), say("en", wording, state=state.en)
        )
        return most


def _words(sentence: Translation) -> Words:
    return matched_mark() if sentence.matched else MARKS[sentence.standing]


def _inside(part: Part) -> Iterator[Part]:
    """What a table or figure holds, in the order in which it is shown."""
    is_first = part.first or part.frame == Frame.TABLE.value
    yield from part.captions if is_first else ()
    for line in (*part.head, *part.body):
        for cell in line:
            yield from cell.parts
    yield from part.parts
    yield from () if is_first else part.captions


def _sentences(parts: Iterable[Part]) -> Iterator[Translation]:
    for part in parts:
        if part.block:
            yield from part.block.translations
        yield from _sentences(_inside(part))
