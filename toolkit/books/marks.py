"""What a book says in words of its English: "[machine draft]" where a run of such sentences begins.

Words hold up to the next words in brackets, or to the end of the paragraph or list. So an approved sentence behind
others says "[reviewed]": a reader without style sheets has nothing else to know the end of a run by. Words above a
table hold for every cell without words of its own: they are those of most of its cells.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from toolkit.editions.interface import Words, message, say
from toolkit.editions.labels import MARKS, matched_mark
from toolkit.editions.sentences import Translation
from toolkit.editions.structure import Standing
from toolkit.editions.tree import LISTS
from toolkit.editions.view import Part, Passage, View
from toolkit.model import Frame

#: The state of sentences that only a program has matched; the others are their standings'.
MATCHED = "matched"
_APPROVED = Standing.REVIEWED.value
#: Where a list goes on behind a table: whatever comes next says what it is.
_UNSAID = ""
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


def state_of(sentence: Translation) -> str:
    """How far an English sentence has come: its standing's name, or "matched"."""
    return MATCHED if sentence.matched else sentence.standing.value


def is_open(sentence: Translation) -> bool:
    """Whether no person has approved it beside its French: it is underlined."""
    return state_of(sentence) not in (_APPROVED, Standing.VERBATIM.value)


def first_sentence(part: Part) -> str:
    """The id of the first sentence in a table or the like; "" where there is none."""
    return next((sentence.id for sentence in _sentences((part,))), "")


@dataclass(slots=True)
class _Speaker:
    """Walks through the rows.

    Attributes:
        now: the state that the last words have said.
        start: what holds where a paragraph or list begins: approved, or what the words above a table say.
    """

    said: Said = field(default_factory=Said)
    now: str = _APPROVED
    start: str = _APPROVED

    def parts(self, parts: Iterable[Part], *, listed: bool = False) -> None:
        """Rows in their order; ``listed`` ones go on where the one before has ended."""
        for part in parts:
            if part.block:
                self.passage(part.block, listed=listed)
            elif part.frame == Frame.TABLE.value:
                self._table(part)
                self.now = _UNSAID if listed else self.start
            elif part.frame == Frame.FIGURE.value:
                self.parts(_inside(part), listed=listed)
            else:
                is_list = part.frame in {frame.value for frame in LISTS}
                self.now = self.start if is_list and not listed else self.now
                self.parts(part.parts, listed=listed or is_list)

    def passage(self, block: Passage, *, listed: bool = False) -> None:
        """A block's sentences; what has nothing to translate is passed over."""
        self.now = self.now if listed else self.start
        for sentence in block.translations:
            state = state_of(sentence)
            if state not in (self.now, Standing.VERBATIM.value):
                self.said.before[sentence.id] = _words(sentence)
                self.now = state

    def _table(self, table: Part) -> None:
        before = self.start
        if before == _APPROVED:
            self.start = self._above(table)
        for inner in _inside(table):
            self.parts((inner,))
        self.start = before

    def _above(self, table: Part) -> str:
        """The state of most sentences of a table; words above it say so, where that is none that needs no words."""
        found = [each for each in _sentences((table,)) if each.standing is not Standing.VERBATIM]
        states = Counter(map(state_of, found))
        most = max(states, key=states.__getitem__, default=_APPROVED)
        if most == _APPROVED or states[most] == 1:
            return _APPROVED
        state = _words(next(each for each in found if state_of(each) == most))
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
