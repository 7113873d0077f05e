"""`toolkit align`: an English file becomes a catalogue; what is certain is approved, the rest is told."""

from __future__ import annotations

import json
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running import ROOT, assert_error, toolkit, tree
from toolkit import catalogue as catalogues
from toolkit.beads import mark_of
from toolkit.editions.labels import summary_en
from toolkit.editions.plain_xml import validate as validate_xml
from toolkit.editions.structure import counts_of
from toolkit.editions.tei import validate as validate_tei
from toolkit.fixing import Fixer
from toolkit.formats import ReadOptions
from toolkit.glossary import Glossary
from toolkit.jobs.certainty import CONFIDENT, DOUBTFUL, beyond, certainty, contradictions, judged
from toolkit.jobs.evidence import Evidence, Line
from toolkit.jobs.existing import Sentence, Span, read_sentences
from toolkit.jobs.french import hints_of, sentences_of
from toolkit.jobs.matching import Match, corridor, matched, moved
from toolkit.jobs.wording import worded
from toolkit.mending import problem
from toolkit.model import ENGINE_ALIGN, Code, Entry, Origin, Role, State
from toolkit.pipeline import Pipeline
from toolkit.placeholders import Form, bare, escape
from toolkit.project import open_project
from toolkit.text.lexicon import french_english, words

DATA = ROOT / "tests" / "data" / "alignment"
#: What belongs together in carnet.txt and logbook.md, by the English of each French sentence; None for none at all.
GOLD: dict[str, str | None] = {
    "Le carnet de bord devient numérique": "The ship’s log goes digital",
    "AMARRE présente aujourd’hui l’application qui le permettra.": "←",
    "Elle a essayé l’application pendant trois mois.": "She and her crew have tried the app for three months.",
    "Son équipage aussi.": "←",
    "En février, une crue avait noyé la salle des serveurs de Saint-Nazaire.": "←",
    "Les données de 212 bateaux ont été récupérées ; celles de sept autres sont perdues.": (
        "The data of 212 boats have been recovered. ‖ Those of seven others are lost."
    ),
    "Ce qui change": "What changes",
    "Elle fonctionne sans réseau.": "←",
    "Les données partent vers la capitainerie dès que le bateau retrouve une connexion.": (
        "Data go to the harbour office as soon as the boat finds a connection again."
    ),
    "Elle n’enregistre en revanche ni la voix ni l’image des membres d’équipage.": None,
    "Le coût, 840 000 euros, est partagé entre AMARRE et les cinq capitaineries du fleuve.": (
        "The cost of EUR 840,000 is shared between AMARRE and the five harbour offices on the river."
    ),
    "Une protestation": "A protest",
    "AMARRE lui répondra avant l’été.": "←",
    "Elles dureront une demi-journée et seront gratuites.": "It will take half a day. ‖ It will be free of charge.",
}
LINES = st.lists(
    st.builds(
        Line,
        st.text("ab é12.N", max_size=25),
        st.integers(0, 3),
        st.sampled_from(["", "text", "heading"]),
        st.lists(st.text("ab 12", max_size=8), max_size=2).map(tuple),
    ),
    max_size=9,
)


@pytest.fixture
def project(tmp_path: Path) -> Path:
    root = tmp_path / "amarre"
    (root / "source").mkdir(parents=True)
    shutil.copy(DATA / "carnet.txt", root / "source")
    shutil.copy(DATA / "logbook.md", root)
    return root


def entries(root: Path, release: str = "carnet") -> dict[str, Entry]:
    path = root / "locales" / "en" / f"{release}.po"
    found = catalogues.parse(path.read_bytes(), str(path), release)
    return {entry.key.source: entry for entry in found.live}


def lines(texts: list[str]) -> list[Line]:
    """Each a paragraph of its own."""
    return [Line(text, at) for at, text in enumerate(texts)]


# --- matching -----------------------------------------------------------------------------------------------------


@settings(max_examples=80)
@given(LINES, LINES)
def test_any_two_texts_are_cut_into_beads_each_sentence_once(source: list[Line], target: list[Line]) -> None:
    evidence = Evidence(source, target)
    found = matched(evidence)
    assert [at for one in found for at in one.source] == list(range(len(source)))
    assert [at for one in found for at in one.target] == list(range(len(target)))
    assert all(0 <= one.share <= 1 and 0 <= certainty(evidence, one) <= 99 for one in found)
    assert all(len({source[at].block for at in one.source}) <= 1 for one in found)
    ordered, _ = moved(evidence, found)
    assert sorted(at for one in ordered for at in one.source) == list(range(len(source)))
    assert sorted(at for one in ordered for at in one.target) == list(range(len(target)))
    assert all(0 <= score <= 99 for _, score, _ in judged(evidence))


def test_a_long_text_without_paragraphs_is_matched_in_a_narrow_corridor() -> None:
    french = [Line(f"Le bateau {number} attend à l’écluse de Redon.") for number in range(1000, 1600)]
    english = [Line(f"Boat {number} waits at the Redon lock.") for number in range(1000, 1600) if number % 50]
    evidence = Evidence(french, english)
    assert max(high - low for low, high in corridor(evidence)) < 40
    found = matched(evidence)
    pairs = [(one.source[0], one.target[0]) for one in found if one.shape == (1, 1)]
    assert all(french[i].text.split()[2] == english[j].text.split()[1] for i, j in pairs)
    assert len(pairs) >= 0.96 * len(english)  # beside a sentence left out, a neighbour may have been merged with it


def test_what_a_moved_paragraph_says_is_found_where_it_is() -> None:
    french = ["La vedette quitte Blaye à 8 h.", "Le pilote dort.", "Le phare de Cordouan reste fermé aux visiteurs."]
    english = [
        "The Cordouan lighthouse remains closed to visitors.",
        "The launch leaves Blaye at 8 a.m.",
        "The pilot sleeps.",
    ]
    evidence = Evidence(lines(french), lines(english))
    found, elsewhere = moved(evidence, matched(evidence))
    assert [(list(one.source), list(one.target)) for one in found] == [([0], [1]), ([1], [2]), ([2], [0])]
    assert [list(one.source) for one in elsewhere] == [[2]]


def test_a_section_in_another_place_is_found_with_its_heading() -> None:
    french = [
        Line("Le port de Blaye ouvre une école de voile.", 0, "text"),
        Line("Les prix", 1, "heading"),
        Line("Une journée coûte 42 euros.", 2, "text"),
        Line("Les enfants de moins de 12 ans ne paient pas.", 2, "text"),
        Line("Les horaires", 3, "heading"),
        Line("L’école ouvre du mardi au samedi, de 9 h à 17 h.", 4, "text"),
        Line("Elle ferme en janvier.", 4, "text"),
        Line("Les groupes doivent réserver une semaine à l’avance.", 4, "text"),
    ]
    order = [0, 4, 5, 6, 7, 1, 2, 3]
    said = [
        "The port of Blaye opens a sailing school.",
        "Prices",
        "A day costs EUR 42.",
        "Children under the age of 12 do not pay.",
        "Opening hours",
        "The school is open from Tuesday to Saturday, 9 a.m. to 5 p.m.",
        "It closes in January.",
        "Groups must book one week in advance.",
    ]
    english = [replace(french[at], text=said[at], block=place) for place, at in enumerate(order)]
    found = list(judged(Evidence(french, english)))
    assert [(list(one.source), [order[at] for at in one.target]) for one, _, _ in found] == [
        ([at], [at]) for at in range(8)
    ]
    elsewhere = [one.source[0] for one, score, remarks in found if remarks and score <= DOUBTFUL]
    assert elsewhere == [1, 2, 3]


def test_a_heading_is_no_part_of_a_sentence_nor_what_stands_behind_a_gap() -> None:
    french = [Line("Le bac de Royan reprend son service le 3 avril, après cinq mois de travaux.", 0, "text")]
    for kind, block in (("heading", 1), ("text", 2)):
        english = [
            Line("The Royan ferry is back on 3 April.", 0, "text"),
            Line("After five months of work", block, kind),
        ]
        shapes = [one.shape for one in matched(Evidence(french, english))]
        assert shapes == [(1, 1), (0, 1)]


def test_what_says_more_than_its_match_is_never_certain() -> None:
    """A list told in one sentence: no mark points over the end of a paragraph, and half a match is none."""
    french = [
        "La région promet :",
        "de draguer le chenal de la Charente avant l’hiver ;",
        "de former cent pilotes à la navigation de nuit ;",
        "de rouvrir la capitainerie de Rochefort.",
        "Le budget sera voté en septembre.",
    ]
    told = (
        "The region promises to dredge the Charente channel before winter, to train one hundred pilots in night"
        " navigation and to reopen the harbour office in Rochefort."
    )
    for english in ([told, "The budget will be voted in September."], [told]):
        found = list(judged(Evidence(lines(french), lines(english))))
        half = [(score, remarks) for one, score, remarks in found if one.source and list(one.target) == [0]]
        assert len(half) == 1
        assert half[0][0] <= DOUBTFUL
        assert sum(remark.startswith("the English may say this, too: ") for remark in half[0][1]) >= 1
    split = ["He spoke of the Charente channel.", "It will be dredged before the winter storms."]
    one = Match(range(1), range(1))
    evidence = Evidence(
        lines(["Il a parlé du chenal de la Charente, à draguer avant les tempêtes d’hiver."]), lines(split)
    )
    assert beyond(evidence, one, (frozenset(), frozenset({1}))) == (f"this English may belong to it, too: {split[1]}",)
    assert not beyond(evidence, replace(one, target=range(2)), (frozenset(), frozenset()))


def test_a_sentence_put_in_anothers_place_is_never_certain() -> None:
    french = ["Le port ouvre lundi.", "Les visiteurs trouveront le café au rez-de-chaussée.", "Il ferme mardi."]
    english = [
        "The port opens on Monday.",
        "Our lawyers regret every delay of the proceedings.",
        "It closes on Tuesday.",
    ]
    evidence = Evidence([Line(text) for text in french], [Line(text) for text in english])
    scores = {tuple(one.source): certainty(evidence, one) for one in matched(evidence) if one.source and one.target}
    assert scores.get((1,), 0) <= DOUBTFUL
    assert scores[0,] >= DOUBTFUL


def test_words_are_compared_by_their_beginnings_and_figures_by_their_digits() -> None:
    assert [word.key for word in words("Les œuvres : 1 333 écluses")] == [
        "les",
        "oeuvre",
        "1333",
        "écluse".replace("é", "e"),
    ]
    assert words("1,333")[0].key == words("1 333")[0].key
    lexicon = french_english()
    assert "water" in lexicon.expected(words("eaux")[0]) or "water" in lexicon.expected(words("eau")[0])
    assert not {word.key for word in lexicon.of_french("le port et la mer")} & {"le", "et", "la"}


# --- wording ------------------------------------------------------------------------------------------------------


def said(text: str, *spans: Span) -> Sentence:
    return Sentence(text, 0, "paragraph", Origin("en.html", 1), spans)


def test_links_and_bold_type_go_where_the_english_file_has_them() -> None:
    codes = {1: Code(1, Role.LINK, "/a"), 2: Code(2, Role.STRONG)}
    english = said(
        "The strong tide table is online.",
        Span(4, 10, Form.OPEN, Role.STRONG),
        Span(11, 21, Form.OPEN, Role.LINK, "/a"),
        Span(0, 3, Form.OPEN, Role.EMPHASIS),
    )
    made = worded("Le <g1>tableau</g1> des <g2>fortes</g2> marées est en ligne.", codes, [english])
    assert made is not None
    assert made.target == "The <g2>strong</g2> <g1>tide table</g1> is online."
    assert not made.remarks


@settings(max_examples=80)
@given(
    st.sampled_from(
        ["Un mot.", "Le <g1>port</g1> <x2/>ouvre.", "<ph1>ls</ph1> liste <g2>tout</g2>.", "</g1> fin <x2/>"]
    ),
    st.lists(
        st.text("ab <g1>x/2.‖←", min_size=1, max_size=20).filter(lambda text: any(map(str.isalnum, text))),
        min_size=1,
        max_size=2,
    ),
)
def test_no_english_spoils_a_catalogue(msgid: str, english: list[str]) -> None:
    made = worded(msgid, {}, [said(text) for text in english])
    if made is not None:
        assert not problem(msgid, made.target)
        assert mark_of(made.target) is None
        if "<" not in msgid and len(english) == 1:
            assert bare(made.target) == english[0] == bare(escape(english[0]))


def test_a_line_break_ends_a_sentence_and_words_that_stay_are_no_english(tmp_path: Path) -> None:
    path = tmp_path / "An odd name – §.html"
    path.write_text(
        "<html lang='en'><body><p>It <b>opens</b> at 9.<br>Bring a coat.</p><p translate='no'>AMARRE</p></body></html>",
        encoding="utf-8",
    )
    found, _ = read_sentences(path, ReadOptions(language="en"))
    assert [one.text for one in found] == ["It opens at 9.", "Bring a coat."]
    assert [(one.start, one.end, one.role) for one in found[0].spans] == [(3, 8, Role.STRONG)]


def test_a_figure_that_one_side_lacks_is_told() -> None:
    fixer = Fixer(Glossary(()))
    assert contradictions(fixer, "Il y a 120 bateaux.", "There are 12 boats.") == (
        "number missing: 120",
        "number not in the French: 12",
    )
    assert not contradictions(fixer, "Le 4 mai 2026, 3,2 tonnes.", "3.2 tonnes on 4 May 2026.")


# --- the command --------------------------------------------------------------------------------------------------


def test_a_free_translation_in_another_format_is_taken_over(project: Path) -> None:
    done = toolkit(project, "align", "carnet", "logbook.md", "--table")
    assert done.returncode == 0, done.stderr
    made = entries(project)
    for french, english in GOLD.items():
        french = french.replace(" ;", "\u202f;") if french not in made else french
        assert made[french].target == (english or ""), french
    approved = {source: entry for source, entry in made.items() if entry.state is State.REVIEWED}
    assert len(approved) >= 15
    for source, english in GOLD.items():
        if source in approved:
            assert approved[source].target == english
    for entry in made.values():
        if entry.target:
            assert entry.provenance is not None
            assert entry.provenance.engine == ENGINE_ALIGN
            assert bool(entry.provenance.remarks) == (entry.state is State.FUZZY)
            assert entry.state in (State.REVIEWED, State.FUZZY)
    assert "Home > News" in done.stdout
    assert "without English: Elle n’enregistre" in done.stdout
    assert "2:1" in done.stdout
    # what is approved serves other releases, the marks do not
    (project / "source" / "autre.txt").write_text(
        "Une protestation\n\nLes formations commenceront le 15 juin à Angers et à Nantes.\n", "utf-8"
    )
    again = toolkit(project, "memory", "search", "Les formations commenceront le 15 juin à Angers et à Nantes.")
    assert "Training will begin in Angers and Nantes on 15 June." in again.stdout


def test_what_a_program_has_matched_is_never_said_to_be_read(project: Path) -> None:
    """Approved, but compared by nobody; a person’s other English ends that, and so does approving a doubtful match."""
    toolkit(project, "align", "carnet", "logbook.md")
    approved = sum(entry.state is State.REVIEWED for entry in entries(project).values())
    done = toolkit(project, "publish", "--formats", "html,tei,edition")
    assert done.returncode == 0, done.stderr
    found = Pipeline(open_project(project))
    edition = found.edition(found.sources(())[0])
    counts = counts_of(edition)
    assert (counts.read, counts.aligned) == (0, counts.reviewed)
    assert counts.aligned >= approved
    assert f"{counts.aligned} from an earlier translation, matched by program" in summary_en(counts)
    page = (project / "output" / "carnet.html").read_text("utf-8")
    told = sum(pair.matched and not pair.lead for pair in edition.pairs)
    assert page.count("nobody has compared the two since") == told + 1, "each English passage, and the legend"
    assert 'data-engine="align"' in page
    tei = (project / "output" / "carnet.xml").read_bytes()
    validate_tei(tei)
    assert b'resp="#resp-align"' in tei
    assert b"resp-review" not in tei
    xml = (project / "output" / "carnet.edition.xml").read_bytes()
    validate_xml(xml)
    assert f'aligned="{counts.aligned}"'.encode() in xml
    assert b'matched="program"' in xml
    manifest = json.loads((project / "output" / "manifest.json").read_text("utf-8"))
    assert manifest["releases"][0]["sentences"]["aligned"] == counts.aligned
    assert f"{counts.aligned} of the sentences reviewed: matched by program" in toolkit(project, "status").stdout

    path = project / "locales" / "en" / "carnet.po"
    other = path.read_text("utf-8").replace('msgstr "What changes"', 'msgstr "What will change"')
    path.write_text(re.sub(r"^#, fuzzy\n", "", other, flags=re.MULTILINE), "utf-8")
    now = counts_of(found.edition(found.sources(())[0]))
    assert (now.reviewed, now.aligned) == (counts.reviewed + counts.to_check, counts.aligned - 1)


def test_aligning_twice_changes_nothing_and_a_persons_words_stay(project: Path) -> None:
    toolkit(project, "align", "carnet", "logbook.md")
    path = project / "locales" / "en" / "carnet.po"
    first = path.read_bytes()
    done = toolkit(project, "align", "carnet", "logbook.md")
    assert path.read_bytes() == first
    assert "stays as it was" in done.stdout
    assert "filled in" not in done.stdout
    assert "6  have this English already, marked “needs work”" in done.stdout
    assert toolkit(project, "align", "carnet", "logbook.md").stdout == done.stdout
    changed = first.decode().replace('msgstr "What changes"', 'msgstr "What is new"')
    changed = changed.replace('msgstr "She and her crew have tried the app for three months."', 'msgstr "Mine."')
    path.write_text(changed, "utf-8")
    done = toolkit(project, "align", "carnet", "logbook.md")
    assert done.returncode == 0, done.stderr
    assert path.read_text("utf-8") == changed
    assert "have other English in the catalogue" in done.stdout


def test_a_draft_nobody_touched_makes_way_and_one_that_was_edited_does_not(project: Path) -> None:
    assert toolkit(project, "translate", "--beam", "1").returncode == 0
    path = project / "locales" / "en" / "carnet.po"
    before = entries(project)
    assert before["Une protestation"].state is State.MACHINE
    edited = before["Ce qui change"].target
    path.write_text(path.read_text("utf-8").replace(f'msgstr "{edited}"', 'msgstr "Half-way"'), "utf-8")
    assert toolkit(project, "align", "carnet", "logbook.md").returncode == 0
    after = entries(project)
    assert after["Une protestation"].target == "A protest"
    assert (after["Ce qui change"].target, after["Ce qui change"].state) == ("Half-way", State.FUZZY)


def test_drafts_do_not_speak_for_the_english_that_replaces_them(project: Path) -> None:
    """Else the second run, in which they are gone, would find something else than the first."""
    pipeline = Pipeline(open_project(project))
    pipeline.extract()
    release = pipeline.release(pipeline.sources(())[0])
    sentences = sentences_of(release)
    empty = pipeline.shelf.load("carnet")
    assert empty is not None
    for state, speaks in ((State.MACHINE, False), (State.FUZZY, True), (State.REVIEWED, True)):
        live = tuple(replace(entry, target="Quite unlike it.", state=state) for entry in empty.live)
        found = hints_of(sentences, replace(empty, entries=live), pipeline)
        assert [("Quite unlike it." in hint) for hint in found] == [speaks] * len(sentences)


def test_a_draft_that_comes_back_is_nobodys_approval(project: Path) -> None:
    assert toolkit(project, "translate", "--beam", "1").returncode == 0
    assert toolkit(project, "publish", "--formats", "source").returncode == 0
    drafts = {source: (entry.state, entry.target) for source, entry in entries(project).items()}
    shutil.copy(project / "output" / "files" / "en" / "carnet.txt", project / "back.txt")
    done = toolkit(project, "align", "carnet", "back.txt")
    assert re.search(r"\d+  have this English as a machine draft, which is still to be reviewed\n", done.stdout)
    assert "have this English already" not in done.stdout
    assert {source: (entry.state, entry.target) for source, entry in entries(project).items()} == drafts


def test_every_sentence_that_is_counted_is_named(project: Path) -> None:
    """Of merged sentences each: the count is of sentences, and so is the list."""
    toolkit(project, "align", "carnet", "logbook.md")
    path = project / "locales" / "en" / "carnet.po"
    text = path.read_text("utf-8").replace(
        'msgstr "She and her crew have tried the app for three months."', 'msgstr "Mine."'
    )
    path.write_text(text, "utf-8")
    done = toolkit(project, "align", "carnet", "logbook.md")
    assert "    2  have other English in the catalogue" in done.stdout
    named = [line for line in done.stdout.splitlines() if ": other English in the catalogue: " in line]
    assert [line.rpartition(": ")[2] for line in named] == [
        "Elle a essayé l’application pendant trois mois.",
        "Son équipage aussi.",
    ]


def test_a_dry_run_writes_nothing_and_all_fuzzy_approves_nothing(project: Path) -> None:
    before = tree(project)
    done = toolkit(project, "align", "source/carnet.txt", "logbook.md", "--dry-run")
    assert "would be filled in as approved" in done.stdout
    assert {name: data for name, data in tree(project).items() if not name.startswith(".cache/")} == before
    toolkit(project, "align", "carnet", "logbook.md", "--all-fuzzy")
    assert all(entry.state is not State.REVIEWED for entry in entries(project).values())


def test_the_same_sentence_twice_has_one_english(project: Path) -> None:
    (project / "source" / "deux.txt").write_text(
        "Le phare reste allumé toute la nuit.\n\nLa capitainerie ferme à midi.\n\n"
        "Le phare reste allumé toute la nuit.\n\nLes bateliers attendent devant l’écluse.\n",
        "utf-8",
    )
    (project / "two.txt").write_text(
        "The lighthouse stays lit all night.\n\nThe harbour office closes at noon.\n\n"
        "All night the lighthouse is lit.\n\nThe boatmen are waiting at the lock.\n",
        "utf-8",
    )
    done = toolkit(project, "align", "deux", "two.txt")
    assert done.returncode == 0, done.stderr
    assert "more than once, with different English" in done.stdout
    assert entries(project, "deux")["Le phare reste allumé toute la nuit."].target in {
        "The lighthouse stays lit all night.",
        "All night the lighthouse is lit.",
    }


def test_what_cannot_be_aligned_is_refused_with_a_way_out(project: Path) -> None:
    (project / "other.txt").write_text(
        "Recipe for a cake\n\nBeat two eggs with sugar.\n\nAdd flour, then bake.\n", "utf-8"
    )
    assert_error(toolkit(project, "align", "carnet", "other.txt"), 1, "does not look like the English")
    shutil.copy(DATA / "carnet.txt", project / "fr.txt")
    assert_error(toolkit(project, "align", "carnet", "fr.txt"), 1, "looks French")
    assert_error(toolkit(project, "align", "carnet", "source/carnet.txt"), 3, "the French release itself")
    assert_error(toolkit(project, "align", "./logbook.md", "logbook.md"), 3, "no release")
    assert_error(toolkit(project, "align", "carnet", "gone.txt"), 3, "there is no such file")
    (project / "old.pdf").write_bytes(b"%PDF-1.4")
    assert_error(toolkit(project, "align", "carnet", "old.pdf"), 3, "no format")
    (project / "bad.docx").write_bytes(b"PK\x03\x04nonsense")
    assert_error(toolkit(project, "align", "carnet", "bad.docx"), 3, "bad.docx")
    assert not (project / "locales" / "en" / "carnet.po").exists()


@pytest.mark.parametrize("release", ["2026-06-02-numero-unique", "2026-03-12-points-de-contact-nationaux"])
def test_the_sample_releases_come_back_from_their_own_english_files(tmp_path: Path, release: str) -> None:
    root = tmp_path / "sample"
    for name in ("source", "locales"):
        shutil.copytree(ROOT / name, root / name)
    shutil.copy(ROOT / "toolkit.toml", root)
    wanted = {
        source: entry
        for source, entry in entries(root, release).items()
        if entry.state is State.REVIEWED and any(map(str.isalpha, source))
    }
    assert toolkit(root, "publish", release, "--formats", "source").returncode == 0
    published = next((root / "output" / "files" / "en").glob(f"{release}.*"))
    assert_error(toolkit(root, "align", release, str(published)), 3, "own catalogues")
    english = shutil.copy(published, tmp_path)
    (root / "locales" / "en" / f"{release}.po").unlink()
    done = toolkit(root, "align", release, str(english))
    assert done.returncode == 0, done.stderr
    made = entries(root, release)
    plain = {
        source: replace(entry, target=" ".join(entry.target.replace("‖", "").split())) for source, entry in made.items()
    }
    same = [" ".join(entry.target.replace("‖", "").split()) == plain[source].target for source, entry in wanted.items()]
    approved = [source for source in wanted if made[source].state is State.REVIEWED]
    assert all(plain[source].target == " ".join(wanted[source].target.replace("‖", "").split()) for source in approved)
    assert sum(same) >= 0.97 * len(same)
    assert len(approved) >= 0.8 * len(wanted)
    assert CONFIDENT > DOUBTFUL


@pytest.mark.parametrize("deleted", ["toolkit: engine align ", "toolkit: "])
def test_who_has_compared_a_match_deletes_the_note_that_a_program_made_it(project: Path, deleted: str) -> None:
    """As in Poedit's "Edit Comment": the English stays as it is, and counts as read; nothing brings the note back."""
    toolkit(project, "align", "carnet", "logbook.md")
    found = Pipeline(open_project(project))
    before = counts_of(found.edition(found.sources(())[0]))
    path = project / "locales" / "en" / "carnet.po"
    entry = next(each for each in path.read_text("utf-8").split("\n\n") if 'msgstr "What changes"' in each)
    confirmed = "".join(line for line in entry.splitlines(keepends=True) if not line.startswith(f"# {deleted}"))
    assert confirmed != entry
    path.write_text(path.read_text("utf-8").replace(entry, confirmed), "utf-8")
    for _ in range(2):
        after = counts_of(found.edition(found.sources(())[0]))
        assert (after.reviewed, after.aligned, after.read) == (before.reviewed, before.aligned - 1, before.read + 1)
        assert toolkit(project, "extract").returncode == 0
        assert toolkit(project, "align", "carnet", "logbook.md").returncode == 0
