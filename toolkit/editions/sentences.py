"""A block's French sentences and their English, as a page shows them.

The French keeps one sentence each, with its number. The English of sentences that belong together (a bead) is one
passage with the numbers of all ("3–4"): where a translator merged sentences, no part of the English is that of one.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from markupsafe import Markup

from toolkit.edition import Bead, Edition, EditionBlock, Pair
from toolkit.editions.interface import Words
from toolkit.editions.labels import MARKS, MEANINGS, matched_meaning
from toolkit.editions.passages import Side
from toolkit.editions.structure import Model, Standing, clean, confidence_of, model_of, plain, standing_of

_SPACE = Markup(" ")
#: What only a program has matched; the states of other sentences are their standings'.
MATCHED = "matched"
#: The state that no words are needed for.
APPROVED = Standing.REVIEWED.value


@dataclass(frozen=True, slots=True)
class Sentence:
    """A French sentence.

    Attributes:
        number: counted in the order of the page; None where there is nothing to translate.
        gap: what stands between it and the one before it.
        group: ids of the sentences that its English says, this one among them.
    """

    id: str
    number: int | None
    gap: Markup
    text: Markup
    group: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Translation:
    """The English of one French sentence, or of several.

    Attributes:
        ids: of the French sentences it says.
        numbers: theirs ("3", "3–4"); "" where there is nothing to translate.
        gap: what stands between it and the one before it.
        text: English, or the French where there is none; ``language`` says which.
        previous: the French that the English of a CHANGED one was made for; "" otherwise.
        matched: whether a program alone has laid it beside its French (``Pair.matched``).
        data: attributes for programs: ITS 2.0, and where the English came from.
        begins: its state, where that is another than of what precedes it in its block: a mark speaks for all that
            follow up to the next mark, or to the block's end. "" within such a run, and for what is not translated.
    """

    ids: tuple[str, ...]
    numbers: str
    gap: Markup
    text: Markup
    language: str
    standing: Standing
    previous: str
    data: dict[str, str]
    matched: bool = False
    begins: str = ""

    @property
    def id(self) -> str:
        """Of the first sentence."""
        return self.ids[0]

    @property
    def state(self) -> str:
        """How far it has come: its standing's name, or ``MATCHED``."""
        return MATCHED if self.matched else self.standing.value

    @property
    def mark(self) -> Words | None:
        """The short mark beside it; None where a person has approved it, or there is nothing to translate."""
        return None if self.standing is Standing.REVIEWED else MARKS.get(self.standing)

    @property
    def meaning(self) -> Words | None:
        """What the mark means; of what a program has matched, that nobody has compared it."""
        return matched_meaning() if self.matched else MEANINGS.get(self.standing)


@dataclass(slots=True)
class Sentences:
    """Makes the sentences of a page; they are numbered as they come.

    Attributes:
        anchors: names of the entries that describe the models behind drafts.
    """

    edition: Edition
    anchors: dict[Model, str]
    number: int = 0

    def of(
        self, block: EditionBlock, source: Side, target: Side, *, said: str = APPROVED
    ) -> tuple[tuple[Sentence, ...], tuple[Translation, ...], str]:
        """The sentences of a block on both sides, and the text behind the last one.

        Args:
            block: what to show.
            source: writes its French, stretch by stretch.
            target: writes its English.
            said: the state that words above the block say of all in it.
        """
        gaps, end = _gaps(block)
        sentences: list[Sentence] = []
        translations: list[Translation] = []
        for bead in block.beads:
            own = [(pair, gaps[pair.segment.id]) for pair in bead.pairs]
            first = not sentences
            made = [self._sentence(bead, pair, gap, source, first=first and pair is bead.pairs[0]) for pair, gap in own]
            sentences += made
            one = self._translation(bead, own, made, target, first=first, said=said)
            translations.append(one)
            said = one.begins or said
        return tuple(sentences), tuple(translations), end

    def _sentence(self, bead: Bead, pair: Pair, gap: str, side: Side, *, first: bool) -> Sentence:
        counts = standing_of(pair) is not Standing.VERBATIM
        self.number += counts
        return Sentence(
            id=pair.segment.id,
            number=self.number if counts else None,
            gap=_gap(side, gap, first=first, apart=False),
            text=side.html(pair.segment.text),
            group=tuple(each.segment.id for each in bead.pairs),
        )

    def _translation(
        self,
        bead: Bead,
        own: list[tuple[Pair, str]],
        sentences: list[Sentence],
        side: Side,
        *,
        first: bool,
        said: str,
    ) -> Translation:
        lead, release = bead.lead, self.edition.release
        standing = standing_of(lead)
        state = MATCHED if lead.matched else standing.value
        numbers = [str(each.number) for each in sentences if each.number]
        return Translation(
            ids=tuple(each.id for each in sentences),
            numbers="–".join(dict.fromkeys((numbers[0], numbers[-1]))) if numbers else "",
            gap=_gap(side, own[0][1], first=first, apart=True),
            text=_english(own, side.html),
            language=release.language if lead.target is None else self.edition.target_language,
            standing=standing,
            previous=plain(lead.previous) if standing is Standing.CHANGED else "",
            data=self._data(lead),
            matched=lead.matched,
            begins="" if state == said or standing is Standing.VERBATIM else state,
        )

    def _data(self, pair: Pair) -> dict[str, str]:
        """What programs may want to know of an English sentence: what made or placed it, how sure a machine was of it.

        ITS 2.0: MT confidence (section 8.18) with its annotator, the tool (8.11). No ``its-rev-person``: a catalogue
        knows who saved it last, not who approved which sentence.
        """
        data: dict[str, str] = {}
        made = pair.provenance
        if made is not None and standing_of(pair) is not Standing.UNTRANSLATED:
            data["data-engine"] = clean(made.engine)
            if made.package:
                data["data-package"] = clean(made.package)
            if pair.edited:
                data["data-edited"] = "yes"
        if pair.matched:
            data["data-matched"] = "program"
        model = model_of(pair)
        if model is not None:
            anchor = f"#{self.anchors[model]}"
            data["its-tool-ref"] = anchor
            if confidence := confidence_of(pair):
                data |= {"its-mt-confidence": confidence, "its-annotators-ref": f"mt-confidence|{anchor}"}
        return data


def _gaps(block: EditionBlock) -> tuple[dict[str, str], str]:
    """What stands in front of each sentence of a block, by its id, and behind the last one."""
    found: dict[str, str] = {}
    gap, marker = "", block.block.marker
    for pair in block.pairs:
        found[pair.segment.id] = gap + pair.segment.before.removeprefix(marker)
        gap, marker = pair.segment.after, ""
    return found, gap.rstrip()


def _english(own: Iterable[tuple[Pair, str]], html: Callable[[str], Markup]) -> Markup:
    """The English of a bead: its lead's words, and what else has a place in it: an image, the mark of a note."""
    made = Markup()
    for at, (pair, gap) in enumerate(own):
        text = pair.segment.text if pair.target is None else pair.target
        if at:
            between = html(gap)
            made += between if made and text else between.strip()
        made = made + html(text) if at else html(text)
    return made


def _gap(side: Side, gap: str, *, first: bool, apart: bool) -> Markup:
    """What stands in front of a sentence; ``apart`` puts a space there where the source has none."""
    if first:
        html = side.html(gap)
        return html if side.lines else html.lstrip()
    if not gap or gap.isspace():
        return _SPACE if gap or apart else Markup()
    html = side.html(gap)
    return html if not apart or any(map(str.isspace, gap)) else _SPACE + html
