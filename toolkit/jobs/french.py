"""The sentences of a release as alignment sees them, and the English that they are known to have or may have."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from toolkit.beads import joined, mark_of
from toolkit.digests import fits
from toolkit.jobs.evidence import Line
from toolkit.memory import Store
from toolkit.model import ENGINE_ALIGN, Catalogue, Code, Entry, Key, Release, State, context_of
from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare, numbering

#: English of other releases for the very same sentence that is looked at.
_MOST_REMEMBERED = 3

#: French sentences → English ones, as a model drafts them.
Drafts = Callable[[Sequence[str]], Sequence[str]]


@dataclass(frozen=True, slots=True)
class French:
    """A translatable sentence of a release.

    Attributes:
        id: of its segment; ``key`` of its entry.
        text: bare, on one line.
        run: number of the stretch of its block in which nothing stands between the sentences.
        codes: what the placeholders of the msgid stand for, by their numbers in it.
        place: file and line.
    """

    id: str
    key: Key
    text: str
    run: int
    kind: str
    codes: Mapping[int, Code] = field(default_factory=dict)
    place: str = ""


def sentences_of(release: Release) -> tuple[French, ...]:
    """The translatable sentences of a segmented release, in order."""
    return tuple(_sentences(release))


def _sentences(release: Release) -> Iterator[French]:
    run = 0
    for block in release.blocks:
        codes = {code.number: code for code in block.codes}
        run += 1
        for segment in block.segments:
            if not block.translatable(segment):
                run += 1  # a mark cannot point past it
                continue
            numbers = numbering(segment.text)
            own = {new: replace(codes[old], number=new) for old, new in numbers.items() if old in codes}
            text = " ".join(bare(segment.msgid).split())
            key = Key(context_of(block.kind), segment.msgid)
            place = str(segment.origin) if segment.origin else release.path
            yield French(segment.id, key, text, run, block.kind.value, own, place)


def french_lines(
    sentences: Sequence[French], hints: Sequence[tuple[str, ...]], kind: Callable[[str], str]
) -> tuple[Line, ...]:
    """The sentences as they are weighed."""
    return tuple(
        Line(sentence.text, sentence.run, kind(sentence.kind), hint)
        for sentence, hint in zip(sentences, hints, strict=True)
    )


def hints_of(
    sentences: Sequence[French], current: Catalogue, pipeline: Pipeline, drafts: Drafts | None = None
) -> tuple[tuple[str, ...], ...]:
    """English for each sentence that speaks for its translation: what the catalogue has, memory, settled terms, drafts.

    Args:
        sentences: of the release.
        current: its catalogue; of the English in it what people wrote, so that aligning again finds the same.
        pipeline: of the project, for its memory and glossary.
        drafts: a translation of all of them, if asked for.
    """
    there = {entry.key: entry.target for entry in current.live if _is_witness(entry)}
    remembered = pipeline.memory.use(lambda store: [_remembered(store, one.key, current.release) for one in sentences])
    drafted = drafts([one.text for one in sentences]) if drafts else [""] * len(sentences)
    found = []
    for sentence, memory, draft in zip(sentences, remembered, drafted, strict=True):
        own = there.get(sentence.key, "")
        settled = (fixture.english[0] for fixture in pipeline.fixer.settled(sentence.text))
        known = (bare(joined(sentence.key.source, own)), *memory, draft, *settled)
        found.append(tuple(filter(None, dict.fromkeys(known))))
    return tuple(found)


def drafts_of(pipeline: Pipeline, model: str | None) -> Drafts:
    """Translates with a model of the project, rules and glossary left aside.

    Raises:
        ModelError: there is no such model, or it cannot be used.
    """
    engine = pipeline.engine(pipeline.package(model), beam=1)

    def drafts(sentences: Sequence[str]) -> list[str]:
        asked = list(dict.fromkeys(sentences))
        answers = next(iter(engine.translate([asked]))) if asked else ()
        known = {sentence: answer.text for sentence, answer in zip(asked, answers, strict=True)}
        return [known[sentence] for sentence in sentences]

    return drafts


def is_aligned(entry: Entry) -> bool:
    """Whether an entry is as an alignment left it: no witness for another one."""
    made = entry.provenance
    return made is not None and made.engine == ENGINE_ALIGN and fits(made, entry.key, entry.target)


def _is_witness(entry: Entry) -> bool:
    """Whether an entry's English is a person's: drafts make way for what is aligned, and cannot speak for it again."""
    is_words = bool(entry.target) and not mark_of(entry.target)
    return is_words and entry.state is not State.MACHINE and not is_aligned(entry)


def _remembered(store: Store, key: Key, own: str) -> tuple[str, ...]:
    """English that other releases or imported memories have for the very same sentence."""
    others = [unit for unit in store.same(key.source) if unit.origin != own]
    return tuple(bare(joined(unit.key.source, unit.target)) for unit in others[:_MOST_REMEMBERED])
