"""Catalogue ↔ PO and the merge: the laws of docs/stages.md, the traps of polib, and what gettext itself says."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.catalogue import (
    NOT_SAVED,
    cost,
    dates,
    digest,
    key_digest,
    parse,
    serialize,
    shared,
    template,
    update,
)
from toolkit.catalogue.provenance import MAX_LINE, from_lines, to_lines
from toolkit.errors import CatalogueError
from toolkit.model import Block, BlockKind, Catalogue, Entry, Key, Metadata, Origin, Provenance, Release, Segment, State
from toolkit.skeleton import Skeleton

HEADER = (("Project-Id-Version", "x"), ("Language", "en"), ("Content-Type", "text/plain; charset=UTF-8"))

text = st.text(
    st.characters(codec="utf-8", exclude_categories=("Cs", "Cc"), exclude_characters="\ufffe\uffff"), max_size=40
) | st.sampled_from(["a\u2028b", "a\u0085b", 'dit "oui"', "\\n", "C:\\dossier\\", "« Oui »", "#, fuzzy", "a\tb"])
sentence = text.map(str.strip).filter(bool)
line = text.map(lambda value: " ".join(value.split())).filter(lambda value: bool(value) and value != "#")
key = st.builds(Key, st.none() | st.sampled_from(["heading", "item"]), sentence)
origin = st.builds(Origin, st.sampled_from(["source/a.txt", "source/été 100 %.txt"]), st.integers(1, 9999))


@st.composite
def entries(draw: st.DrawFn) -> Entry:
    own = draw(key)
    state = draw(st.sampled_from([State.UNTRANSLATED, State.MACHINE, State.FUZZY, State.REVIEWED, State.OBSOLETE]))
    target = "" if state is State.UNTRANSLATED else draw(sentence)
    previous = draw(key) if state is State.FUZZY else None
    provenance = None
    if state is State.MACHINE or (state in {State.REVIEWED, State.OBSOLETE} and draw(st.booleans())):
        made = target if state is State.MACHINE else draw(sentence)
        score = draw(st.none() | st.sampled_from([-0.25, -1.5]))
        provenance = Provenance("argos", "translate-fr_en 0.1", "0123456789ab", key_digest(own), digest(made), score)
    live = state is not State.OBSOLETE
    return Entry(
        key=own,
        target=target,
        state=state,
        provenance=provenance,
        previous=previous,
        notes=tuple(draw(st.lists(line.filter(lambda note: not note.startswith("toolkit:")), max_size=2))),
        comments=tuple(draw(st.lists(line, max_size=2))) if live else (),
        origins=tuple(draw(st.lists(origin, max_size=2))) if live else (),
    )


catalogues = st.lists(entries(), max_size=6, unique_by=lambda entry: entry.key).map(
    lambda items: Catalogue(
        "x",
        HEADER,
        tuple(sorted(items, key=lambda entry: entry.state is State.OBSOLETE)),
    )
)


@given(catalogues)
def test_parse_undoes_serialize(catalogue: Catalogue) -> None:
    data = serialize(catalogue)
    assert parse(data, "x.po", "x") == catalogue
    assert serialize(parse(data, "x.po", "x")) == data


def release_of(*paragraphs: str, kind: BlockKind = BlockKind.PARAGRAPH) -> Release:
    blocks = tuple(
        Block(f"p{n}", kind, text, segments=(Segment(f"p{n}s1", text, origin=Origin("source/r.txt", n)),))
        for n, text in enumerate(paragraphs, 1)
    )
    return Release("r", "source/r.txt", "fr", "", Metadata(date="2026-03-14"), blocks, Skeleton("text", "utf-8", ()))


def review(catalogue: Catalogue, english: dict[str, str]) -> Catalogue:
    return replace(
        catalogue,
        entries=tuple(
            replace(entry, target=english[entry.key.source], state=State.REVIEWED, previous=None)
            if entry.key.source in english
            else entry
            for entry in catalogue.entries
        ),
    )


def extract(old: Catalogue | None, *paragraphs: str) -> Catalogue:
    merged = update(old, template(release_of(*paragraphs), "en"))
    return parse(serialize(merged), "r.po", "r")  # every step passes through the file, as in real life


LONG = "La conférence annuelle des capitaineries s’est tenue à Anvers."
CHANGED = "La conférence annuelle des capitaineries s’est tenue à Gand."
ENGLISH = "The annual conference of harbour masters was held in Antwerp."


def test_changed_sentence_becomes_fuzzy_with_its_previous_source() -> None:
    first = review(extract(None, LONG, "Fin."), {LONG: ENGLISH})
    second = extract(first, CHANGED, "Fin.")
    assert second.entries[0].state is State.FUZZY
    assert second.entries[0].previous == Key(None, LONG)
    assert second.entries[0].target == ENGLISH
    assert not second.obsolete


REWORDED = "L’entrée est gratuite, mais une pièce d’identité sera demandée à l’accueil."
FREE = "L’entrée est libre, sur présentation d’une pièce d’identité."


def test_a_reworded_sentence_keeps_its_english_where_it_stood() -> None:
    """Less alike than ``LEAST_SIMILARITY``: only the unchanged sentences around it tell that it is the same one."""
    first = review(
        extract(None, LONG, FREE, "Fin."), {LONG: ENGLISH, FREE: "Admission is free on presentation of an ID."}
    )
    here = extract(first, LONG, REWORDED, "Fin.")
    assert (here.entries[1].state, here.entries[1].previous) == (State.FUZZY, Key(None, FREE))
    assert here.entries[1].provenance is not None
    assert here.entries[1].provenance.remarks
    elsewhere = extract(first, REWORDED, LONG, "Fin.")
    assert elsewhere.entries[0].state is State.UNTRANSLATED
    assert [entry.key.source for entry in elsewhere.obsolete] == [FREE]
    alone = extract(review(extract(None, FREE), {FREE: "Admission is free."}), REWORDED)
    assert alone.entries[0].state is State.UNTRANSLATED, "with nothing unchanged around it"
    english = {LONG: ENGLISH, FREE: "Admission is free on presentation of an ID."}
    last = extract(review(extract(None, LONG, FREE), english), LONG, REWORDED)
    assert last.entries[1].state is State.UNTRANSLATED, "with nothing unchanged behind it"
    more = extract(first, LONG, "Une phrase de plus se trouve ici.", REWORDED, "Fin.")
    assert more.entries[2].state is State.UNTRANSLATED, "which of the two it was, nobody can tell"


def test_short_phrases_are_taken_for_one_another_only_when_they_are_alike() -> None:
    first = review(extract(None, LONG, "Deux morts", "Fin."), {"Deux morts": "Two dead"})
    assert extract(first, LONG, "Deux ports", "Fin.").entries[1].previous == Key(None, "Deux morts")
    assert extract(first, LONG, "Cinq morts", "Fin.").entries[1].state is State.UNTRANSLATED


@pytest.mark.parametrize(("cell", "is_work"), [("214", False), ("2025", False), ("2500", True), ("1 284", True)])
def test_figures_that_both_languages_write_alike_stand_in_no_catalogue(cell: str, is_work: bool) -> None:
    assert [entry.key.source for entry in extract(None, LONG, cell).entries] == [LONG, *([cell] if is_work else [])]


def test_entries_that_repeat_a_figure_go_and_others_are_kept() -> None:
    old = extract(None, LONG)
    figures = [Entry(Key(None, number), english, State.REVIEWED) for number, english in (("214", "214"), ("1", "one"))]
    merged = extract(replace(old, entries=(*old.entries, *figures)), LONG)
    assert [(entry.key.source, entry.target) for entry in merged.obsolete] == [("1", "one")]


def test_what_a_change_cost_is_counted() -> None:
    first = review(extract(None, LONG, FREE, "Fin."), {LONG: ENGLISH, FREE: "Admission is free.", "Fin.": "End."})
    assert cost(None, first) == cost(first, first) == (0, 0)
    assert cost(first, extract(first, CHANGED, FREE, "Fin.")) == (1, 0)
    assert cost(first, extract(first, LONG, "Fin.")) == (0, 1)
    second = extract(first, CHANGED, "Fin.")
    assert cost(first, second) == (1, 1)
    assert cost(second, extract(second, LONG, FREE, "Fin.")) == (0, 0), "what comes back costs nothing"


def test_another_sentence_in_its_place_gets_none_of_its_english() -> None:
    first = review(extract(None, LONG, FREE, "Fin."), {FREE: "Admission is free on presentation of an ID."})
    second = extract(first, LONG, "Le phare rallumera ses feux le 3 mai à 21 heures.", "Fin.")
    assert second.entries[1].state is State.UNTRANSLATED


def test_changed_back_is_reviewed_again_unless_somebody_touched_it() -> None:
    first = review(extract(None, LONG), {LONG: ENGLISH})
    second = extract(first, CHANGED)
    assert extract(second, LONG).entries[0].state is State.REVIEWED
    touched = replace(second, entries=(replace(second.entries[0], target="Held in Ghent."),))
    back = extract(touched, LONG).entries[0]
    assert (back.state, back.target) == (State.FUZZY, "Held in Ghent.")


def test_vanished_sentence_is_kept_and_comes_back() -> None:
    first = review(extract(None, LONG, "Fin."), {LONG: ENGLISH, "Fin.": "End."})
    second = extract(first, LONG)
    assert [(entry.key.source, entry.target) for entry in second.obsolete] == [("Fin.", "End.")]
    third = extract(second, LONG, "Fin.")
    assert (third.entries[1].state, third.entries[1].target) == (State.REVIEWED, "End.")
    assert not third.obsolete


def test_machine_drafts_of_vanished_sentences_are_dropped() -> None:
    first = extract(None, LONG)
    own = first.entries[0].key
    draft = replace(
        first.entries[0],
        target="Draft.",
        state=State.MACHINE,
        provenance=Provenance("argos", "m 1", "0123456789ab", key_digest(own), digest("Draft."), -0.5),
    )
    second = extract(replace(first, entries=(draft,)), CHANGED)
    assert second.entries == (replace(second.entries[0], target="", state=State.UNTRANSLATED),)


def test_same_sentence_in_heading_and_body_has_two_entries() -> None:
    heading = release_of(LONG, kind=BlockKind.HEADING).blocks[0]
    body = release_of(LONG, LONG).blocks
    release = replace(release_of(), blocks=(heading, *body))
    made = template(release, "en")
    assert [entry.key.context for entry in made.entries] == ["heading", None]
    assert len(made.entries[1].origins) == 2


FRENCH = [
    "Le port d’Anvers a ouvert un nouveau quai.",
    "Le port de Gand a ouvert un nouveau quai.",
    "Le port d’Anvers n’a pas ouvert de nouveau quai.",
    "Une équipe de plongeurs a été formée.",
    "Deux équipes de plongeurs ont été formées.",
]
steps = st.lists(
    st.tuples(st.lists(st.sampled_from(FRENCH), unique=True), st.sets(st.sampled_from(FRENCH))), min_size=1, max_size=6
)


@settings(max_examples=200)
@given(steps)
def test_no_reviewed_word_is_lost(history: list[tuple[list[str], set[str]]]) -> None:
    """Whatever happens to the source between reviews, every reviewed target is live, fuzzy or obsolete."""
    catalogue: Catalogue | None = None
    for number, (paragraphs, reviewed) in enumerate(history):
        before = {entry.target for entry in catalogue.entries if entry.target} if catalogue else set()
        catalogue = extract(catalogue, *paragraphs)
        assert before <= {entry.target for entry in catalogue.entries}
        assert len({entry.key for entry in catalogue.entries}) == len(catalogue.entries), "gettext wants each key once"
        again = extract(catalogue, *paragraphs)
        assert again == catalogue
        for entry in catalogue.live:
            if entry.state is State.FUZZY:
                assert entry.previous is not None
        still_open = {entry.key.source for entry in catalogue.live if entry.state is not State.REVIEWED}
        catalogue = review(catalogue, {source: f"English {number} of {source}" for source in reviewed & still_open})


def test_a_corrected_sentence_never_falls_back_to_its_older_english() -> None:
    """The older English travelled with a changed sentence; when that goes, the correction is what stays."""
    other = "La préfecture annonce la fermeture du pont pour treize semaines."
    first = "La préfecture annonce la fermeture du pont pour douze semaines."
    step = review(extract(None, first, "Fin."), {first: "R1"})
    step = extract(step, other, "Fin.")
    step = review(extract(step, first, other, "Fin."), {first: "R2"})
    for paragraphs in ((first, "Fin."), ("Fin.",), (first, "Fin.")):
        step = extract(step, *paragraphs)
        assert len({entry.key for entry in step.entries}) == len(step.entries)
    assert (step.entries[0].target, step.entries[0].state) == ("R2", State.REVIEWED)


def test_english_that_would_need_a_second_entry_becomes_a_note() -> None:
    old = review(extract(None, LONG), {LONG: ENGLISH})
    twin = Entry(Key(None, LONG), "Older English.", State.OBSOLETE)
    merged = extract(replace(old, entries=(*old.entries, twin)), LONG)
    assert [entry.notes for entry in merged.entries] == [("earlier English: Older English.",)]
    bare = Catalogue("r", HEADER, (Entry(Key(None, LONG)), replace(twin, notes=("see style guide",))))
    [woken] = extract(bare, LONG).entries
    assert (woken.target, woken.state, woken.notes) == ("Older English.", State.REVIEWED, ("see style guide",))


def test_notes_of_people_are_kept() -> None:
    data = serialize(extract(None, LONG)) + b"\n# to be asked of the harbour master\n"
    noted = parse(data, "x.po", "x")
    assert noted.comments == ("to be asked of the harbour master",)
    assert parse(serialize(noted), "x.po", "x") == noted
    waiting = replace(noted, entries=(replace(noted.entries[0], notes=("who is the chair?",)),))
    assert [entry.notes for entry in extract(waiting, "Fin.").obsolete] == [("who is the chair?",)]


def po(body: str, count: int | None = None, charset: str = "UTF-8") -> bytes:
    counter = f'"X-Toolkit-Entries: {count} live, 0 obsolete\\n"\n' if count is not None else ""
    return f'msgid ""\nmsgstr ""\n"Content-Type: text/plain; charset={charset}\\n"\n{counter}\n{body}'.encode()


BROKEN = {
    "conflict": (po('<<<<<<< HEAD\nmsgid "a"\nmsgstr "b"\n=======\n>>>>>>> branch\n'), "conflict", "x.po:5"),
    "truncated": (po('msgid "a"\nmsgstr "b"\n', count=2), "cut short", "x.po"),
    "half a line": (po('msgid "a"\nmsgstr "b'), "middle of a line", "x.po"),
    "charset": (po('msgid "a"\nmsgstr "b"\n', charset="ISO-8859-1"), "ISO-8859-1", "x.po:3"),
    "placeholder charset": (po('msgid "a"\nmsgstr "b"\n', charset="CHARSET"), "CHARSET", "x.po:3"),
    "not utf-8": ('msgid "été"\nmsgstr "x"\n'.encode("latin-1"), "not UTF-8", "x.po:1"),
    "duplicate": (po('msgid "a"\nmsgstr "b"\n\nmsgid "a"\nmsgstr "c"\n'), "two entries", "x.po:8"),
    "NUL": (po('msgid "a\x00"\nmsgstr "b"\n'), r"U\+0000", "x.po:5"),
    "syntax": (po('msgid "a"\nmsgstr b\nhello\n'), "not a valid PO", "x.po:7"),
    "empty": (b"\n", "the catalogue is empty", "x.po"),
    "msgstr without msgid": (po('msgid "a"\nmsgstr "b"\n\nmsgstr "c"\n'), "msgstr stands where msgid", "x.po:8"),
    "msgid without msgstr": (po('msgid "a"\n"b"\n\nmsgid "c"\nmsgstr "d"\n'), "msgid stands where msgstr", "x.po:8"),
    "escaped control": (po('msgid "a"\nmsgstr "\\033"\n'), r"U\+001B", "x.po:5"),
    "second header": (po('msgid ""\nmsgstr "x: y\\n"\n'), "second header", "x.po"),
    "plural": (po('msgid "a"\nmsgid_plural "as"\nmsgstr[0] "b"\nmsgstr[1] "c"\n'), "plural", "x.po"),
}


@pytest.mark.parametrize("name", BROKEN)
def test_broken_catalogues_are_refused_with_place_and_way_out(name: str) -> None:
    data, message, place = BROKEN[name]
    with pytest.raises(CatalogueError, match=message) as caught:
        parse(data, "x.po", "x")
    assert caught.value.where.startswith(place)
    assert caught.value.hint


def test_every_cut_at_a_line_is_noticed() -> None:
    """As our own files are written: only a cut inside the last string's own line could go unseen, and it has no end."""
    data = serialize(extract(None, *FRENCH))
    lines = data.splitlines(keepends=True)
    for kept in range(len(lines)):
        with pytest.raises(CatalogueError):
            parse(b"".join(lines[:kept]), "x.po", "x")


def test_msgmerge_may_turn_live_entries_into_obsolete_ones() -> None:
    data = serialize(extract(None, "Un.", "Deux.")).replace(
        b'msgid "Deux."\nmsgstr ""', b'#~ msgid "Deux."\n#~ msgstr "Two."'
    )
    assert [entry.state for entry in parse(data, "x.po", "x").entries] == [State.UNTRANSLATED, State.OBSOLETE]


@pytest.mark.parametrize(
    ("body", "target"),
    [
        ('msgid "a"\nmsgstr "caf\\303\\251 \\x22\\42 \\\\303"\n', 'café "" \\303'),
        ('#note\n#!x\n#,fuzzy\nmsgid "a"\nmsgstr "b"\n', "b"),
        ('#~msgid "a"\n#~msgstr "b"\n', "b"),
        ('msgid "a"\nmsgstr "x\\r\\ny"\n', "x\ny"),
        ('msgid "a"\nmsgstr "  "\n', ""),
        ('#.note\n#:x.txt:1\n#~\n  msgid  "a"\n  msgstr "\\303\\251"\n', "é"),
        ('msgid "a"\nmsgstr "b"', "b"),
    ],
)
def test_spellings_of_other_tools(body: str, target: str) -> None:
    assert [entry.target for entry in parse(po(body), "x.po", "x").entries] == [target]


def test_windows_line_ends_bom_and_sticky_flags_are_read() -> None:
    body = '#= no-wrap\nmsgid "a"\nmsgstr "b\\rc"\n'
    data = b"\xef\xbb\xbf" + po(body).replace(b"\n", b"\r\n")
    entry = parse(data, "x.po", "x").entries[0]
    assert (entry.flags, entry.target) == (("no-wrap",), "b\nc")


def test_provenance_of_another_sentence_is_not_believed() -> None:
    lines = "".join(
        f"# {line}\n" for line in to_lines(Provenance("argos", "m 1", "ab", key_digest(Key(None, "x")), digest("b")))
    )
    entry = parse(po(f'{lines}#, fuzzy\nmsgid "a"\nmsgstr "b"\n'), "x.po", "x").entries[0]
    assert entry.state is State.FUZZY


def test_retyped_draft_that_is_still_flagged_is_no_longer_the_machines() -> None:
    own = Key(None, "a")
    lines = "".join(f"# {line}\n" for line in to_lines(Provenance("argos", "m 1", "ab", key_digest(own), digest("b"))))
    assert parse(po(f'{lines}#, fuzzy\nmsgid "a"\nmsgstr "b"\n'), "x.po", "x").entries[0].state is State.MACHINE
    assert parse(po(f'{lines}#, fuzzy\nmsgid "a"\nmsgstr "B"\n'), "x.po", "x").entries[0].state is State.FUZZY
    assert parse(po(f'{lines}msgid "a"\nmsgstr "B"\n'), "x.po", "x").entries[0].state is State.REVIEWED


@given(st.text("abc é-_.", max_size=90), st.floats(-9, 0))
def test_provenance_lines_are_short(package: str, score: float) -> None:
    provenance = Provenance("argos", package, "0" * 12, "1" * 12, "2" * 12, score, (package,))
    assert all(len(line) <= MAX_LINE for line in to_lines(provenance))


def fully_stated() -> Catalogue:
    first = review(
        extract(None, LONG, *FRENCH), {LONG: ENGLISH, FRENCH[0]: "One \u2028 two\tthree", FRENCH[3]: "Divers"}
    )
    return extract(first, CHANGED, *FRENCH[:3], "R-12/4 : « oui »")


@pytest.mark.external
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext's msgfmt is not installed")
def test_msgfmt_has_nothing_to_say(tmp_path: Path) -> None:
    path = tmp_path / "r.po"
    path.write_bytes(serialize(fully_stated()))
    done = subprocess.run(["msgfmt", "-c", "-v", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert "warning" not in done.stderr
    assert "1 translated message, 1 fuzzy translation, 3 untranslated messages." in done.stderr


def undated() -> Catalogue:
    release = release_of("Fin.")
    return template(replace(release, metadata=Metadata()), "en")


def test_a_catalogue_without_a_date_says_that_nobody_has_saved_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("SOURCE_DATE_EPOCH", raising=False)
    header = dict(undated().header)
    assert header["PO-Revision-Date"] == NOT_SAVED
    assert "POT-Creation-Date" not in header
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1782000000")
    assert dict(undated().header)["POT-Creation-Date"] == "2026-06-21 00:00+0000"
    assert "POT-Creation-Date" in dict(template(release_of("Fin."), "en").header)


def test_a_template_has_the_date_of_its_release() -> None:
    release = replace(release_of("Fin."), metadata=Metadata(date="2026-01-19"))
    assert dict(template(release, "en").header)["POT-Creation-Date"] == "2026-01-19 00:00+0000"


@pytest.mark.parametrize("stamp", ["", "1970-01-01 00:00+0000"])
def test_no_date_is_invented(stamp: str) -> None:
    assert dates(stamp) == (("PO-Revision-Date", NOT_SAVED),)


def test_a_catalogue_that_is_there_keeps_its_dates() -> None:
    """Those that version 0.1 wrote among them: a second run changes no byte."""
    header = (*HEADER, *((name, "1970-01-01 00:00+0000") for name in ("POT-Creation-Date", "PO-Revision-Date")))
    old = replace(undated(), header=header)
    assert update(old, undated()) == old


@pytest.mark.external
@pytest.mark.skipif(shutil.which("msgfmt") is None, reason="gettext's msgfmt is not installed")
def test_other_tools_read_a_catalogue_without_a_date(tmp_path: Path) -> None:
    path = tmp_path / "r.po"
    path.write_bytes(serialize(undated()))
    done = subprocess.run(["msgfmt", "-c", "-o", "/dev/null", path], capture_output=True, text=True, check=False)
    assert done.returncode == 0
    assert done.stderr.count("warning") == 1
    assert "'PO-Revision-Date' still has the initial default value" in done.stderr
    with path.open("rb") as file:
        assert read_po(file).revision_date == NOT_SAVED


@pytest.mark.external
@pytest.mark.skipif(shutil.which("msgcat") is None, reason="gettext's msgcat is not installed")
def test_gettext_keeps_states_and_provenance(tmp_path: Path) -> None:
    path = tmp_path / "r.po"
    catalogue = fully_stated()
    path.write_bytes(serialize(catalogue))
    done = subprocess.run(["msgcat", "--no-wrap", path], capture_output=True, check=True)
    again = parse(done.stdout, "r.po", "r")
    assert [(entry.key, entry.target, entry.state) for entry in again.entries] == [
        (entry.key, entry.target, entry.state) for entry in catalogue.entries
    ]
    assert [entry.provenance for entry in again.live] == [entry.provenance for entry in catalogue.live]


def test_remarks_come_first_are_wrapped_and_go_when_approved() -> None:
    remark = "quotation marks were placed by position: check what they enclose, and the names"
    own = Key(None, "a")
    made = Provenance("argos", "m 1", "ab", key_digest(own), digest("b"), -0.5, (remark,))
    lines = to_lines(made)
    assert lines[0].startswith("toolkit: remark quotation")
    assert lines[1].startswith("toolkit: remark … ")
    assert from_lines(lines) == (made, ())
    template_ = Catalogue("x", HEADER, (Entry(own),))
    draft = Entry(own, "b", State.MACHINE, made)
    kept = update(Catalogue("x", HEADER, (draft,)), template_).entries[0].provenance
    assert kept is not None
    assert kept.remarks
    gone = update(Catalogue("x", HEADER, (replace(draft, state=State.REVIEWED),)), template_).entries[0].provenance
    assert gone is not None
    assert not gone.remarks


def test_a_renamed_release_knows_its_catalogue() -> None:
    old = review(extract(None, *FRENCH), {FRENCH[0]: "Antwerp"})
    assert shared(old, template(release_of(*FRENCH[:3]), "en"))
    assert not shared(old, template(release_of(FRENCH[0], *(f"Autre phrase {n}." for n in range(9))), "en"))
    assert not shared(old, template(release_of("Fin."), "en"))
