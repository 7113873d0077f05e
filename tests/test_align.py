"""One pair per segment, in order, each with what its entry says."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.edition_sample import MT, BlockData, build
from toolkit.editions import align
from toolkit.model import BlockKind, Catalogue, Entry, Key, Metadata, Release, State
from toolkit.skeleton import Skeleton

_SENTENCES = st.sampled_from(["Un fait.", "Un autre fait.", "|", "***", "Le 14 mars.", "25"])
_STATES = st.sampled_from([State.MACHINE, State.FUZZY, State.REVIEWED, State.UNTRANSLATED])
_LINES = st.lists(st.tuples(_SENTENCES, st.sampled_from(["", " ", "A fact.", "Another."]), _STATES), max_size=4)
_BLOCKS = st.lists(
    st.builds(
        lambda kind, lines: (kind, 0, "", "", tuple(lines)),
        st.sampled_from(list(BlockKind)),
        _LINES,
    ),
    max_size=5,
).map(tuple)


@given(_BLOCKS)
def test_one_pair_per_segment_in_order(blocks: tuple[BlockData, ...]) -> None:
    release, catalogue = build(blocks)
    for known in (catalogue, None):
        edition = align(release, known)
        assert tuple(pair.segment for pair in edition.pairs) == release.segments
        assert tuple(block.block for block in edition.blocks) == release.blocks


@given(_BLOCKS)
def test_a_pair_says_what_its_entry_says(blocks: tuple[BlockData, ...]) -> None:
    release, catalogue = build(blocks)
    entries = {entry.key: entry for entry in catalogue.live}
    for block in align(release, catalogue).blocks:
        for pair in block.pairs:
            context = None if block.block.kind in (BlockKind.PARAGRAPH, BlockKind.QUOTE) else block.block.kind.value
            entry = entries[Key(context, pair.segment.text)]
            if block.block.kind is BlockKind.VERBATIM or not any(c.isalnum() for c in pair.segment.text):
                assert (pair.target, pair.state) == (pair.segment.text, State.VERBATIM)
            elif not entry.target.strip():
                assert (pair.target, pair.state, pair.provenance) == (None, State.UNTRANSLATED, None)
            else:
                assert (pair.target, pair.provenance) == (entry.target, entry.provenance)
                # A text that claims to be no translation is nothing a reader may take as approved.
                assert pair.state == (State.FUZZY if entry.state is State.UNTRANSLATED else entry.state)


def test_without_a_catalogue_nothing_is_translated() -> None:
    release, _ = build()
    states = {pair.state for pair in align(release, None).pairs}
    assert states == {State.UNTRANSLATED, State.VERBATIM}


def test_an_obsolete_entry_is_not_used() -> None:
    release, catalogue = build(((BlockKind.PARAGRAPH, 0, "", "", (("Un fait.", "A fact.", State.OBSOLETE),)),))
    assert align(release, catalogue).pairs[0].target is None


def test_headings_have_their_own_entries() -> None:
    line = (("Un fait.", "A fact.", State.REVIEWED),)
    release, catalogue = build(((BlockKind.HEADING, 1, "", "", line), (BlockKind.PARAGRAPH, 0, "", "", line)))
    body = replace(catalogue, entries=tuple(entry for entry in catalogue.entries if entry.key.context is None))
    assert [pair.target for pair in align(release, body).pairs] == [None, "A fact."]


def test_a_line_break_in_the_source_does_not_hide_the_entry() -> None:
    release, _ = build(((BlockKind.PARAGRAPH, 0, "", "", (("Un fait\nsur deux lignes.", "", State.UNTRANSLATED),)),))
    entry = Entry(Key(None, "Un fait sur deux lignes."), "A fact.", State.MACHINE, MT)
    catalogue = Catalogue(release.id, (("Language", "en"),), (entry,))
    assert align(release, catalogue).pairs[0].target == "A fact."


@pytest.mark.parametrize(
    ("header", "language"),
    [("en", "en"), ("en_GB", "en-GB"), ("", "de"), ("fr", "de"), ('en"><script>', "de"), ("sr@latin", "de")],
)
def test_the_target_language_is_a_tag_that_ids_can_hold(header: str, language: str) -> None:
    release, catalogue = build()
    said = replace(catalogue, header=(("Language", header),))
    assert align(release, said, "de").target_language == language


@pytest.mark.parametrize(
    ("header", "name"),
    [
        ("Rozenn Le Gall <rozenn@example.org>", "Rozenn Le Gall"),
        ("toolkit (machine drafts)", ""),
        ("FULL NAME <EMAIL@ADDRESS>", ""),
        ("rozenn@example.org", ""),
    ],
)
def test_the_last_translator_is_named_without_an_address(header: str, name: str) -> None:
    release = Release("r", "source/r.txt", "fr", "", Metadata(), (), Skeleton("text", "utf-8", ()))
    entry = Entry(Key(None, "Oui."), "Yes.", State.REVIEWED)
    catalogue = Catalogue("r", (("Last-Translator", header),), (entry,))
    assert align(release, catalogue).reviewer == name
    assert align(release, replace(catalogue, entries=())).reviewer == ""
