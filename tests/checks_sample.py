"""What tests of the checks are made of: sentences, releases, and somebody who knows a few terms and figures."""

from __future__ import annotations

import re
from collections.abc import Iterator

from toolkit.beads import mark_of
from toolkit.checks import CHECKS, Knowledge, Sentence, Text, Wrong
from toolkit.checks.model import Scope
from toolkit.findings import Finding
from toolkit.model import Block, BlockKind, Catalogue, Entry, Key, Metadata, Release, Segment, State
from toolkit.skeleton import Skeleton
from toolkit.text.fixtures import Fixture, Kind, missing

#: French (a pattern) → kind and English, as glossary and quantities would find them.
KNOWN = {
    r"P\.C\.N\.": (Kind.TERM, ("NCP", "NCPs", "contact point", "contact points")),
    "Marée Basse": (Kind.NAME, ("Marée Basse",)),
    "le 10 janvier 2026": (Kind.DATE, ("on 10 January 2026", "10 January 2026")),
    "18 h 30": (Kind.TIME, ("6.30 p.m.", "18:30", "18 h 30")),
    "280 millions d’USD": (Kind.MONEY, ("USD 280 million",)),
    "12 km": (Kind.MEASURE, ("12 km",)),
    "mille tonnes": (Kind.MEASURE, ("one thousand tonnes",)),
}


def fixtures(text: str) -> tuple[Fixture, ...]:
    found = [
        Fixture(match.start(), match.end(), kind, english)
        for french, (kind, english) in KNOWN.items()
        for match in re.finditer(french, text)
    ]
    return tuple(sorted(found, key=lambda one: one.start))


def forbidden(source: str, target: str) -> tuple[Wrong, ...]:
    return (Wrong("boat people", "say barge operators", "terms.csv:3"),) if "boat people" in target else ()


KNOW = Knowledge(
    fixtures=fixtures,
    missing=lambda source, target: missing(fixtures(source), target),
    forbidden=forbidden,
    sentences=lambda text: len(re.findall(r"[.?!](?= [A-Z“]|$)", text)) or 1,
)


def entry(french: str, english: str, context: str | None = None, state: State = State.REVIEWED, line: int = 1) -> Entry:
    return Entry(Key(context, french), english, state, line=line)


def text(
    *pairs: tuple[str, str],
    kind: BlockKind = BlockKind.PARAGRAPH,
    state: State = State.REVIEWED,
    id: str = "gand",  # noqa: A002 - as in the model
    final: bool = False,
    group: str = "",
    one: bool = False,
) -> Text:
    """A release of these sentences, a block each, or in one block, with its catalogue."""
    context = None if kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE) else kind.value
    blocks = tuple(
        Block(f"p{number}", kind, french, group=group, segments=(Segment(f"p{number}s1", french),))
        for number, (french, _) in enumerate(pairs, 1)
    )
    if one:
        segments = tuple(Segment(f"p1s{number}", french) for number, (french, _) in enumerate(pairs, 1))
        blocks = (Block("p1", kind, " ".join(french for french, _ in pairs), segments=segments),)
    entries = {
        french: entry(french, english, context, state if english else State.UNTRANSLATED, number * 10)
        for number, (french, english) in enumerate(pairs, 1)
    }
    release = Release(id, f"source/{id}.txt", "fr", "", Metadata(), blocks, Skeleton("text", "utf-8", ()))
    catalogue = Catalogue(id, (), tuple(entries.values()))
    return Text(id, f"locales/en/{id}.po", f"source/{id}.txt", release, catalogue, final=final)


def codes(french: str, english: str, context: str | None = None) -> dict[str, list[str]]:
    """What all checks of single sentences, and of releases but their state, say of lines of French and English."""
    kind = BlockKind(context) if context else BlockKind.PARAGRAPH
    pairs = tuple(zip(french.split("\n"), english.split("\n"), strict=True))
    if any(mark_of(other) for _, other in pairs):  # sentences of one paragraph
        whole = text(*pairs, kind=kind, one=True)
        return dict(_said(whole, [*whole.sentences]))
    whole = text(*pairs, kind=kind)
    lines = [Sentence(entry(one, other, context, line=number), whole.path) for number, (one, other) in enumerate(pairs)]
    whole.__dict__["sentences"] = tuple(lines)  # the same French twice is two lines here, one entry in a catalogue
    return dict(_said(whole, lines))


def _said(whole: Text, lines: list[Sentence]) -> Iterator[tuple[str, list[str]]]:
    for check in CHECKS:
        problems = [
            *(problem for line in lines for problem in check.of_sentence(line, KNOW)),
            *(check.of_text(whole, KNOW) if check.scope is Scope.TEXT and check.code[0] != "S" else ()),
        ]
        if problems:
            yield check.code, [problem.message for problem in problems]


def found(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.code for finding in findings]
