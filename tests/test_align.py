"""One pair per segment, in order, each with what its entry says."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from itertools import cycle

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.edition_sample import MT, BlockData, build
from toolkit.beads import mark_of
from toolkit.catalogue import template
from toolkit.edition import Bead
from toolkit.editions import align
from toolkit.editions.structure import Standing, standing_of
from toolkit.editions.translated import status, texts
from toolkit.formats import Localisation, ReadOptions, assemble, read_release
from toolkit.model import BlockKind, Catalogue, Entry, Key, Metadata, Release, State, is_figure
from toolkit.placeholders import has_words, tags
from toolkit.segmentation import Segmenter, load_srx, segment_release
from toolkit.skeleton import Skeleton

SEGMENTER = Segmenter(load_srx(None), "fr")

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
            words = any(c.isalnum() for c in pair.segment.text) and not is_figure(pair.segment.text)
            if block.block.kind is BlockKind.VERBATIM or not words:
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


# -- beads --------------------------------------------------------------------------------------------------------

_HTML_SENTENCES = [
    "Le <b>port</b> est fermé.",
    "Une grue est <em>tombée<br>à l’eau</em>.",
    "Il pleut.",
    "<b>Lisez l’avis.",
    "Il est clair.</b>",
    "Tapez <code>*412#</code>.",
    "Voir <a href='https://amarre.example/'>le site</a>.",
]
_MARKUP = [b"<b>", b"</b>", b"<em>", b"<br", b"<code>*412#</code>", b"<a ", b"</a>"]
_FOR_WORDS = {b"<b>", b"</b>", b"<em>", b"<a ", b"</a>"}
_PARAGRAPHS = st.lists(st.lists(st.sampled_from(_HTML_SENTENCES), min_size=1, max_size=5), min_size=1, max_size=3).map(
    lambda paragraphs: "".join(f"<p>{' '.join(sentences)}</p>\n" for sentences in paragraphs)
)
_MARKS = st.lists(st.sampled_from(["", "←", "→", "<-", "->", "one", "one", "two"]), min_size=15, max_size=15)


def _english(source: str, way: str) -> str:
    """English of a sentence as somebody might write it, with the placeholders of the French; or a mark."""
    if way not in ("one", "two"):
        return way
    return source.replace("é", "e") if way == "one" else f"First. ‖ {source}"


@settings(max_examples=60)
@given(_PARAGRAPHS, _MARKS, st.lists(_STATES, min_size=15, max_size=15))
def test_beads_are_whole_and_lose_no_placeholder(html: str, marks: list[str], states: list[State]) -> None:
    data = f"<!DOCTYPE html><html lang='fr'><body>\n{html}</body></html>".encode()
    release = segment_release(read_release(data, "source/x.html", ReadOptions()).release, SEGMENTER)
    entries = tuple(
        replace(entry, target=_english(entry.key.source, way), state=state if way else State.UNTRANSLATED)
        for entry, way, state in zip(template(release).entries, cycle(marks), cycle(states), strict=False)
    )
    edition = align(release, Catalogue(release.id, (("Language", "en"),), entries))
    assert tuple(pair.segment for pair in edition.pairs) == release.segments
    for block in edition.blocks:
        beads = block.beads
        assert tuple(pair for bead in beads for pair in bead.pairs) == block.pairs
        for bead in beads:
            _judge(bead)
    made = assemble(release.skeleton, texts(edition), Localisation("en", "GB", "ltr", "fr", "", "", ""))
    led = any(pair.lead for pair in edition.pairs)
    for markup in _MARKUP:
        assert made.count(markup) == data.count(markup) or (led and markup in _FOR_WORDS)
        assert made.count(markup) <= data.count(markup)
    for empty in (b"<b></b>", b"<em></em>", b"></a>"):
        assert empty not in made


def _judge(bead: Bead) -> None:
    assert [pair for pair in bead.pairs if not pair.lead] == [bead.lead]
    assert {pair.lead for pair in bead.pairs} <= {"", bead.lead.segment.id}
    assert len({pair.state for pair in bead.pairs}) == 1
    if any(pair.problem for pair in bead.pairs):
        assert len(bead.pairs) == 1
        return
    if bead.target is None:
        assert len(bead.pairs) == 1
        assert bead.shape == (1, 0)
        return
    assert Counter(tags(bead.source)) == Counter(tags(bead.target))
    assert all(not has_words(pair.target or "") for pair in bead.pairs if pair.lead)
    assert not mark_of(bead.target)
    assert " ".join(bead.lead.parts or (bead.lead.target or "",)) == bead.lead.target


@pytest.mark.parametrize(
    ("name", "french", "english"),
    [
        ("x.md", "Un port. Voir [le **quai**](https://amarre.example/) ici.", "A port."),
        ("x.md", "Un port. Voir ![le quai](quai.png) **ici**[^1].\n\n[^1]: Non.", "A port.![le quai](quai.png)[^1]"),
        ("x.html", "<p>Un port. Voir <a href='x'>le quai</a><a id='y'></a>.</p>", "<p>A port.<a id='y'></a></p>"),
    ],
)
def test_a_link_whose_words_are_said_elsewhere_leaves_no_empty_one(name: str, french: str, english: str) -> None:
    release = segment_release(read_release(french.encode(), f"source/{name}", ReadOptions()).release, SEGMENTER)
    said = {0: "A port.", 1: "←"}
    entries = tuple(
        replace(entry, target=said[at], state=State.REVIEWED) if at in said else entry
        for at, entry in enumerate(template(release).entries)
    )
    edition = align(release, Catalogue(release.id, (("Language", "en"),), entries))
    made = assemble(release.skeleton, texts(edition), Localisation("en", "GB", "ltr", "fr", "", "", "")).decode()
    assert english in made
    assert not any(empty in made for empty in ("[]", "****", "<a href"))


def test_a_boundary_alone_is_no_english() -> None:
    release, catalogue = build(
        (_block(("Le port est fermé.", " ‖", State.REVIEWED), ("Le quai aussi.", "←", State.REVIEWED)),)
    )
    pairs = align(release, catalogue).pairs
    assert [pair.target for pair in pairs] == [None, None]
    assert "no English beside it" in pairs[0].problem


def _block(*lines: tuple[str, str, State]) -> BlockData:
    return (BlockKind.PARAGRAPH, 0, "", "", lines)


def test_a_merger_is_one_bead_in_the_least_advanced_state() -> None:
    release, catalogue = build(
        (
            _block(
                ("Le port est fermé.", "The port and the quay are closed.", State.REVIEWED),
                ("Le quai aussi.", "←", State.FUZZY),
                ("Il pleut.", "It rains. ‖ It pours.", State.REVIEWED),
            ),
        )
    )
    merged, parted = align(release, catalogue).blocks[0].beads
    assert (merged.shape, parted.shape) == ((2, 1), (1, 2))
    assert (merged.source, merged.target) == (
        "Le port est fermé. Le quai aussi.",
        "The port and the quay are closed.",
    )
    assert {pair.state for pair in merged.pairs} == {State.FUZZY}
    assert (parted.target, parted.lead.parts) == ("It rains. It pours.", ("It rains.", "It pours."))
    assert texts(align(release, catalogue))[release.blocks[0].id] == (
        "The port and the quay are closed. It rains. It pours."
    )


@pytest.mark.parametrize(
    ("earlier", "standing"),
    [
        ("Le port est fermé. Le quai aussi.", Standing.TO_CHECK),
        ("Le port est fermé.", Standing.TO_CHECK),
        ("Le port est ouvert.", Standing.CHANGED),
    ],
)
def test_a_bead_has_changed_where_the_french_of_all_has(earlier: str, standing: Standing) -> None:
    lines = (("Le port est fermé.", "Both are closed.", State.FUZZY), ("Le quai aussi.", "←", State.FUZZY))
    edition = align(*build((_block(*lines),), earlier={"Le port est fermé.": earlier}))
    assert {standing_of(pair) for pair in edition.pairs} == {standing}


def test_nothing_to_translate_is_not_called_approved() -> None:
    edition = align(*build((_block(("***", "", State.UNTRANSLATED)),)))
    assert status(edition) == ("nothing to translate: the file is as its source", False)


def test_a_mark_without_its_sentence_is_a_problem_and_stays_in_french() -> None:
    release, catalogue = build(
        (_block(("Le port est fermé.", "", State.UNTRANSLATED), ("Le quai aussi.", "←", State.REVIEWED)),)
    )
    edition = align(release, catalogue)
    assert [pair.target for pair in edition.pairs] == [None, None]
    assert "there is no English sentence before it" in edition.pairs[1].problem
    assert texts(edition)[release.blocks[0].id] == "Le port est fermé. Le quai aussi."
