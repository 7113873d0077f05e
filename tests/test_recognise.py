"""Which block is what: one folder per sample release, and the rules one by one."""

from __future__ import annotations

import os
import re
import warnings
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import ConfigError
from toolkit.formats import Recognition, read_release
from toolkit.formats.datelines import first_date, lone, opening
from toolkit.formats.recognise import DEFAULT, marker_of, recognise
from toolkit.model import Block, BlockKind, Metadata
from toolkit.text.tables import words

CASES = Path(__file__).parent / "data" / "text"


def kinds(*texts: str) -> list[str]:
    """The kinds of paragraphs, with a heading's level, a list's marker and the paragraph (from 1) it belongs to."""
    return [
        v.kind.value + (str(v.level) if v.level else "") + ("" if v.group is None else f"<{v.group + 1}")
        for v in recognise(texts).verdicts
    ]


def row(block: Block) -> str:
    level = str(block.level) if block.level else ""
    head = " ".join(block.text.split())[:40].rstrip()
    return f"{block.id}\t{block.kind.value}{level}\t{block.group or '-'}\t{block.marker.strip() or '-'}\t{head}\n"


@pytest.mark.parametrize("case", sorted(path.name for path in CASES.iterdir()))
def test_sample_release_is_recognised_as_its_golden_file_says(case: str) -> None:
    """TOOLKIT_ACCEPT=1 writes the golden file anew; read the difference before committing it."""
    result = read_release((CASES / case / "source.txt").read_bytes(), f"source/{case}.txt")
    release, data = result.release, result.release.metadata
    head = f"title\t{release.title}\nmetadata\t{data.date}\t{data.place}\t{data.credit}\t{data.source}\n"
    actual = head + "".join(row(block) for block in release.blocks)
    golden = CASES / case / "expected.tsv"
    if os.environ.get("TOOLKIT_ACCEPT"):
        golden.write_text(actual, encoding="utf-8")
    assert actual == golden.read_text(encoding="utf-8")
    assert result.warnings == ()


BODY = "Le conseil portuaire s’est réuni lundi à Brest."


@pytest.mark.parametrize(
    ("first", "kind"),
    [
        ("Le port rouvre après trois ans de travaux", "heading1"),
        ("Le port : « nous serons prêts »", "heading1"),
        ("LE PORT ROUVRE !", "heading1"),
        ("Le port rouvrira-t-il en mai ?", "heading1"),
        ("Le port rouvre lundi.", "paragraph"),
        ("Madame, Monsieur,", "paragraph"),
        ("Les travaux du port :", "paragraph"),
        ("le port rouvre", "paragraph"),
        ("BREST (France) – Le port rouvre après trois ans", "paragraph"),
        ("Le port " + "de Brest " * 40, "paragraph"),
    ],
)
def test_headline_is_the_first_line_without_a_period(first: str, kind: str) -> None:
    assert kinds(first, BODY)[0] == kind


def test_headline_comes_after_site_words_and_date_and_needs_text_below() -> None:
    assert kinds("Imprimer", "|", "2 mai 2024", "Le port rouvre", BODY)[3] == "heading1"
    assert kinds("Le port rouvre") == ["paragraph"]
    assert kinds("Le port rouvre", "aux navires de moins de trente mètres.") == ["paragraph", "paragraph"]


def test_sub_headings_stand_between_finished_text_and_text() -> None:
    assert kinds(BODY, "Un chantier de trois ans", BODY)[1] == "heading2"
    assert kinds("Le port rouvre", "Un chantier de trois ans", BODY)[:2] == ["heading1", "heading2"]
    assert kinds(BODY, "Un chantier de trois ans", "- le quai", "- la digue")[1] == "heading2"
    assert kinds(BODY, "Le maire de Brest a rappelé que", BODY)[1] == "heading2"  # nothing tells it from one
    assert kinds(BODY, "Le maire, inquiet,", BODY)[1] == "paragraph"
    assert kinds(BODY, "Claire Vasseur", "Directrice du port")[1:] == ["paragraph", "paragraph"]
    assert kinds("BREST (France) – Le maire dit que", "Un chantier", BODY)[1] == "paragraph"
    assert kinds(BODY, "M" * DEFAULT.heading_max, BODY)[1] == "heading2"
    assert kinds(BODY, "M" * (DEFAULT.heading_max + 1), BODY)[1] == "paragraph"


def test_numbers_head_sections_or_count_items() -> None:
    assert kinds(BODY, "1. Contexte", BODY, "2. Calendrier", BODY)[1::2] == ["heading2", "heading2"]
    assert kinds(BODY, "1. Le quai", "2. La digue", "3. Le phare", BODY)[1:4] == ["item"] * 3
    assert kinds("Trois chantiers :", "1) le quai", "2) la digue") == ["paragraph", "item<1", "item<1"]
    assert recognise([BODY, "1. Contexte", BODY]).verdicts[1].marker == "1. "


def test_lists_and_their_lead_ins() -> None:
    assert kinds(BODY + " Il s’agit de :", "- draguer ;", "- baliser.", BODY)[1:] == ["item<1", "item<1", "paragraph"]
    assert kinds(BODY, "• le quai", "• la digue")[1:] == ["item", "item"]
    nested = kinds("Au programme :", "a) le quai :", "– nord", "– sud", "b) la digue.")
    assert nested == ["paragraph", "item<1", "item<2", "item<2", "item<1"]
    assert kinds(BODY, "* Chiffres provisoires.") == ["paragraph", "paragraph"]


def test_a_dash_is_a_list_or_a_dialogue() -> None:
    assert kinds(BODY, "– le quai", "– la digue")[1:] == ["item", "item"]
    assert kinds(BODY, "– Qui êtes-vous ?", "– Le gardien.", "– Entrez.")[1:] == ["paragraph"] * 3
    assert kinds(BODY, "– Une précision s’impose.")[1:] == ["paragraph"]
    assert kinds("Deux questions :", "– Qui paie ?", "– Pour quand ?")[1:] == ["item<1", "item<1"]


def test_lists_without_marks() -> None:
    links = ["Plus d’informations :", "Le dossier du port", "12e session du comité"]
    assert kinds(BODY, *links)[1:] == ["paragraph", "item<2", "item<2"]
    assert kinds(BODY, links[0], "Texte intégral de l’accord", "www.port.example")[1:] == [
        "paragraph",
        "item<2",
        "credit",
    ]
    assert kinds(BODY, *links[:2], "Source : port.example")[2] == "item<2"
    assert kinds("Il s’agit de :", "draguer le chenal ;", "baliser la passe ;", "relever la digue.", BODY) == [
        "paragraph",
        *["item<1"] * 3,
        "paragraph",
    ]
    assert kinds("Il s’agit de :", "draguer le chenal ;", "baliser la passe ;") == ["paragraph", "item<1", "item<1"]
    assert kinds("Le maire a dit :", BODY, BODY) == ["paragraph"] * 3


def test_quotations_over_paragraphs_share_the_first() -> None:
    run = ["« Nous avons tenu.", "« Nous tiendrons. »"]
    assert kinds(BODY, *run, BODY) == ["paragraph", "quote", "quote<2", "paragraph"]
    assert kinds("Le maire a dit : « Nous avons tenu.", "« Nous tiendrons », a-t-il ajouté.") == [
        "paragraph",
        "quote<1",
    ]
    assert kinds("« Nous avons tenu.", "Ce fut long.", "Nous tiendrons. »", BODY) == [
        "quote",
        "quote<1",
        "quote<1",
        "paragraph",
    ]
    assert kinds("« La mer n’attend pas. »") == ["quote"]
    assert kinds("« Oui », dit-elle, « bien sûr »") == ["paragraph"]
    assert kinds("« Nous avons tenu.", BODY, BODY) == ["paragraph"] * 3
    assert kinds("Elle a dit : « Il a crié « oui ».", "« Non », a-t-il répondu.") == ["paragraph"] * 2


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("12 janvier 2016", "dateline"),
        ("1er mars 2024", "dateline"),
        ("Brest, le 14 mars 2026", "dateline"),
        ("Publié le 12/03/2024 à 10h12 - Mis à jour le 13/03/2024", "dateline"),
        ("14 octobre 2019, AFP", "credit"),
        ("(AFP)", "credit"),
        ("15 octobre 2015, Agence Iroise", "credit"),
        ("15 octobre 2015, Brest", "dateline"),
        ("Texte : Claire Vasseur", "credit"),
        ("Source : port.example", "credit"),
        ("Contact presse : Claire Vasseur", "credit"),
        ("© Port de Brest 2024", "credit"),
        ("(Photo : J. Kerbrat)", "credit"),
        ("Par Claire Vasseur", "credit"),
        ("presse@port.example", "credit"),
        ("Tél. : 02 98 00 00 00", "credit"),
        ("Le quai nord vu de la digue. Photo : Agence Iroise", "caption"),
        ("Le quai nord. © Port de Brest", "caption"),
        ("Le quai nord vu de la digue. (photo Agence Iroise)", "caption"),
        ("Légende : le quai nord", "caption"),
        ("All news", "boilerplate"),
        ("IMPRIMER", "boilerplate"),
        ("‹ Retour à l’accueil", "boilerplate"),
        ("Imprimer | Partager", "boilerplate"),
        ("Accueil > Actualités > Port", "boilerplate"),
        ("Nous utilisons des cookies pour mesurer l’audience.", "boilerplate"),
        ("ACTUALITES", "boilerplate"),
        ("|", "verbatim"),
        ("* * *", "verbatim"),
        ("Par ailleurs, le port rouvre.", "paragraph"),
        ("Le 2 mai 2024, le port a fermé.", "paragraph"),
        ("Les sources : elles se tarissent.", "paragraph"),
        ("Elle a longuement commenté la photo : un bel effort.", "paragraph"),
        ("Contactez le port : il répond.", "paragraph"),
    ],
)
def test_lines_that_stand_alone(line: str, kind: str) -> None:
    assert kinds(BODY, line, BODY)[1] == kind


@pytest.mark.parametrize(
    ("line", "date", "place"),
    [
        ("COMMUNIQUE DE PRESSE", "", ""),
        ("COMMUNIQUÉ DE PRESSE n° 12", "", ""),
        ("COMMUNIQUÉ DE PRESSE N°CP-2026/12", "", ""),
        ("Communiqué de presse - 12 mars 2026", "2026-03-12", ""),
        ("Communiqué de presse du 12 mars 2026", "2026-03-12", ""),
        ("Communiqué de presse n° 12 du jeudi 12 mars 2026", "2026-03-12", ""),
        ("Communiqué de presse – Brest, le 12 mars 2026", "2026-03-12", "Brest"),
        ("Communiqué de presse, Brest, le 12 mars 2026", "2026-03-12", "Brest"),
        ("12 mars 2026 | COMMUNIQUÉ", "2026-03-12", ""),
        ("Communiqué de presse (pour diffusion immédiate)", "", ""),
        ("COMMUNIQUE DE PRESSE – POUR DIFFUSION IMMEDIATE", "", ""),
        ("** Communiqué conjoint **", "", ""),
        ("Dossier de presse", "", ""),
        ("DOSSIER DE PRESSE - Mars 2026", "", ""),
        ("Invitation presse", "", ""),
        ("Note aux rédactions", "", ""),
        ("Pour diffusion immédiate", "", ""),
        ("SOUS EMBARGO", "", ""),
        ("SOUS EMBARGO jusqu’au 14 mars 2026 à 10 h", "2026-03-14", ""),
        ("Sous embargo jusqu'au mardi 14 mars 2026, 10 heures (heure de Brest)", "2026-03-14", ""),
        ("Embargo : 14 mars 2026, 10h30", "2026-03-14", ""),
        ("À ne pas diffuser avant le 14/03/2026", "2026-03-14", ""),
    ],
)
def test_what_says_that_it_is_a_release_is_no_headline(line: str, date: str, place: str) -> None:
    found = recognise([line, "Le port rouvre", BODY])
    assert [verdict.kind.value for verdict in found.verdicts[:2]] == ["boilerplate", "heading"]
    assert found.title == "Le port rouvre"
    assert (found.metadata.date, found.metadata.place) == (date, place)


@pytest.mark.parametrize(
    "line",
    [
        "Communiqué de presse : le port rouvre",
        "Communiqué de presse du port 12",
        "Communiqué final du sommet de Brest",
        "Dossier de presse : un succès",
        "Embargo sur le thon rouge",
        "Embargo : la criée de Brest proteste",
        "Sous embargo, le port dépérit",
        "Pour diffusion immédiate aux abonnés du port",
        "Le port rouvre le 12 mars 2026",
    ],
)
def test_a_headline_may_begin_like_a_label(line: str) -> None:
    assert kinds(line, BODY)[0] == "heading1"


def test_any_other_date_counts_before_the_label_s() -> None:
    label = "Communiqué de presse du 12 mars 2026"
    assert recognise([label, "Le port rouvre", "14 mars 2026", BODY]).metadata.date == "2026-03-14"
    assert recognise([label, "BREST, le 13 mars 2026 – Le port rouvre."]).metadata.date == "2026-03-13"


def test_your_own_labels_add_to_ours() -> None:
    rules = Recognition.from_mapping({"label_patterns": [r"^Flash info\b"]})
    found = recognise(["Flash info n° 3 du 2 mai 2024", BODY], rules)
    assert found.verdicts[0].kind is BlockKind.BOILERPLATE
    assert found.metadata.date == "2024-05-02"


@pytest.mark.parametrize("line", ["12" + "\u00a0" * 397 + "x", "le quai" + " | " * 120 + "x"])
def test_runs_of_blanks_inside_a_line_are_read_in_linear_time(line: str) -> None:
    """Two stretches of white space in one pattern tried every way to share the run: 13 ms a line, minutes for this."""
    assert kinds(*[line] * 2_000) == ["paragraph"] * 2_000


def test_names_below_a_contact_line_belong_to_it() -> None:
    assert kinds(BODY, "Contact presse :", "Claire Vasseur", "02 98 00 00 00", BODY)[1:] == [
        *["credit"] * 3,
        "paragraph",
    ]


@pytest.mark.parametrize(
    ("text", "date", "place"),
    [
        ("LYON (France) – Le port", "", "LYON (France)"),
        ("22 mai 2019 - Lors d’une fête", "2019-05-22", ""),
        ("VIENNE, le 3 mars 2024 – La fête", "2024-03-03", "VIENNE"),
        ("GENÈVE/NEW YORK (12 mai) — Le port", "", "GENÈVE/NEW YORK"),
        ("Brest, le 1er mars 2024. – « Le port", "2024-03-01", "Brest"),
        ("PARIS, 12 mars 2024 (AFP) – Le port", "2024-03-12", "PARIS"),
        ("SAINT-DENIS DE LA RÉUNION – Le port", "", "SAINT-DENIS DE LA RÉUNION"),
        ("LYON, le 31 février 2024 – Le port", "", "LYON"),
    ],
)
def test_a_dateline_opens_a_paragraph(text: str, date: str, place: str) -> None:
    found = opening(text, DEFAULT.agencies)
    assert found is not None
    assert (found.date, found.place) == (date, place)
    assert text[found.length :].startswith(("L", "«"))
    assert recognise([text + "."]).verdicts[0].kind is BlockKind.PARAGRAPH


@pytest.mark.parametrize(
    "text",
    [
        "Climat – le débat est ouvert",
        "Le 12 mai – jour férié – le port ferme",
        "L’ONU – Le conseil",
        "M. DUPONT (maire) – Il a parlé",
        "AFP – Le port",
        "Le port de Brest - Un long chantier",
        "–",
        "",
    ],
)
def test_not_every_dash_ends_a_dateline(text: str) -> None:
    assert opening(text, DEFAULT.agencies) is None


def test_dates_are_iso_or_nothing() -> None:
    assert [getattr(lone(text), "date", None) for text in ("2024-02-31", "12 mai", "2024", "mardi 2 févr. 2021")] == [
        "",
        "",
        None,
        "2021-02-02",
    ]
    assert first_date("entre le 31 juin 2020 et le 1er juillet 2020") == "2020-07-01"


def test_metadata_prefers_the_lone_date_and_keeps_lines_as_written() -> None:
    found = recognise(
        [
            "3 mai 2022",
            "BREST (France) – Le port rouvre.",
            "La grue. Photo : Iroise",
            "4 mai 2022, AFP",
            "Source : port.example",
        ]
    )
    assert found.metadata == Metadata("2022-05-03", "BREST (France)", "4 mai 2022, AFP", "port.example")


def test_title_without_headline_is_the_shortened_first_paragraph() -> None:
    assert recognise(["Menu", "BREST (France) – Le port rouvre."]).title == "Le port rouvre."
    long = recognise(
        ["Le port de Brest, fermé depuis trois ans, rouvrira ses quais aux navires de pêche et de plaisance."]
    )
    assert long.title == "Le port de Brest, fermé depuis trois ans, rouvrira ses quais aux navires de…"
    assert recognise(["a" * 500]).title == "a" * 79 + "…"
    assert recognise(["Menu"]).title == "Menu"
    assert recognise([]).title == ""


def test_configuration_adds_to_the_defaults_or_replaces_them() -> None:
    rules = Recognition.from_mapping(
        {"boilerplate": ["Écouter l’article"], "source_patterns": [r"^Repris de (?P<source>.+)$"], "bullets": ["¶"]}
    )
    assert recognise(["ÉCOUTER L'ARTICLE", BODY], rules).verdicts[0].kind is BlockKind.BOILERPLATE
    assert recognise(["Imprimer", BODY], rules).verdicts[0].kind is BlockKind.BOILERPLATE
    assert recognise([BODY, "Repris de port.example"], rules).metadata.source == "port.example"
    assert marker_of("¶ le quai", rules) == ("¶ ", "¶")
    bare = Recognition.from_mapping({"defaults": False, "heading_max": 12})
    assert bare.boilerplate == frozenset()
    assert recognise([BODY, "Un chantier de trois ans", BODY], bare).verdicts[1].kind is BlockKind.PARAGRAPH
    assert Recognition.from_mapping({}) == DEFAULT


def test_own_patterns_find_what_pythons_find() -> None:
    names = [name for name in DEFAULT.__dataclass_fields__ if name.endswith("_patterns")]
    patterns = {name: [pattern.pattern for pattern in getattr(DEFAULT, name)] for name in names}
    own = Recognition.from_mapping({"defaults": False, **patterns})
    lines = {
        line for case in CASES.iterdir() for line in (case / "source.txt").read_text("utf-8", "replace").split("\n")
    }
    found = 0
    for name in names:
        for mine, python in zip(getattr(own, name), getattr(DEFAULT, name), strict=True):
            for line in lines:
                expected = python.search(line)
                match = mine.search(line)
                assert (match and (match[0], match.groupdict())) == (expected and (expected[0], expected.groupdict()))
                found += expected is not None
    assert found >= 10


#: What the two modules might read otherwise: braces, brackets, sets, and what stands around them.
_PIECES = sorted(
    words(
        r"""
        a b A é { } {e} {i<=1} {s} {2} {1,} {,2} {,} {} {a,1} [ ] [^ [: [[:alpha:]] [[ ]] \] \[ \{ \} \\ ( (?: (?= (?!
        (?<= (?P<n> (?P=n) (?i) (?i: (?# ) | * + ? ?? *+ . ^ $ \b \w \W \d \s \N{BULLET} - && || , 1 (?r) (?| (*FAIL)
        """
    )
)
_PATTERNS = st.lists(st.sampled_from(_PIECES), min_size=1, max_size=6).map("".join)
_LINES = st.text("abAé{}[]:-12 •eis&|,\\", min_size=1)


def both(pattern: str, line: str) -> list[object]:
    """What Python and a pattern of toolkit.toml find in a line: where, and the named groups."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", FutureWarning)  # "possible nested set"
        python = re.compile(pattern)
    own = Recognition.from_mapping({"defaults": False, "credit_patterns": [pattern]}).credit_patterns[0]
    return [match and (match.span(), match.groupdict()) for match in (python.search(line), own.search(line))]


@pytest.mark.parametrize(
    ("pattern", "line", "found"),
    [
        ("Nom{s}", "Nom", False),  # fuzzy matching in the other module, and so the next three
        ("Nom{s}", "Nom{s}", True),
        ("A{e}", "B", False),
        ("Quai{i<=1}", "Quais", False),
        ("[[:alpha:]]+$", "abc", False),  # a class there, the set of [:alph and a bracket here
        ("[[:alpha:]]+$", "alpha:]", True),
        (r"^[]{[]+$", "[{]", True),
        (r"(?#[)^[a[b]{1,2}{e}$", "a[{e}", True),
        (r"\N{BULLET}\{e}[\[{e}]", "•{e}[", True),
        ("^a{2}b{,2}c{1,}$", "aabbc", True),
        ("[a||b]", "|", True),
    ],
)
def test_a_pattern_means_what_it_means_in_python(pattern: str, line: str, found: bool) -> None:
    python, own = both(pattern, line)
    assert own == python
    assert (own is not None) == found


@given(_PATTERNS, _LINES)
def test_any_pattern_that_python_reads_is_read_alike(pattern: str, line: str) -> None:
    try:
        python, own = both(pattern, line)
    except (re.error, OverflowError):
        return
    assert own == python


@pytest.mark.parametrize("pattern", ["(?x) ^ Vu # [par", "(?ix)vu", "(?x:v u)", "(?-x:vu)"])
def test_a_verbose_pattern_is_refused(pattern: str) -> None:
    """Brackets in its comments would have to be told from sets."""
    with pytest.raises(ConfigError, match=r"has the flag x \(verbose\)") as caught:
        Recognition.from_mapping({"credit_patterns": [pattern]})
    assert caught.value.hint
    Recognition.from_mapping({"credit_patterns": [r"(\(?x)?", "[(?x)]", "(?#x)", "(?P<x>x)(?:x)"]})


def test_a_pattern_without_end_is_stopped_and_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each letter may be one or half of two: Python's own search of this line would outlast everybody."""
    monkeypatch.setattr("toolkit.formats.recognition._PATIENCE", 0.05)
    rules = Recognition.from_mapping({"credit_patterns": ["^Vu$", r"^(?:\w|\w\w|\W)+[;:]$"]})
    line = "La Vigie des estuaires suit la brume, la houle et les courants du large depuis la digue"
    with pytest.raises(ConfigError, match="does not come to an end on the line that begins “La Vigie") as caught:
        recognise([line], rules)
    assert r"'^(?:\w|\w\w|\W)+[;:]$'" in caught.value.message
    assert '"credit_patterns"' in caught.value.message
    assert caught.value.where == "toolkit.toml [recognise]"
    assert caught.value.hint


@pytest.mark.parametrize(
    ("table", "message"),
    [
        ({"boilerplates": ["x"]}, 'unknown key "boilerplates"'),
        ({"credit_patterns": ["("]}, "is not a regular expression"),
        ({"boilerplate": "x"}, "must be a list of strings"),
        ({"boilerplate": [1]}, "must be a list of strings"),
        ({"heading_max": 0}, "must be a positive number"),
        ({"heading_max": True}, "must be a positive number"),
        ({"defaults": "no"}, "must be true or false"),
        ({"bullets": ["ab"]}, "is not one bullet"),
    ],
)
def test_bad_configuration_is_refused_with_its_place(table: dict[str, object], message: str) -> None:
    with pytest.raises(ConfigError, match=re.escape(message)) as caught:
        Recognition.from_mapping(table)
    assert caught.value.where == "toolkit.toml [recognise]"
    assert caught.value.hint


PARTS = st.sampled_from(
    [
        BODY,
        "Le port rouvre",
        "Les quais :",
        "- a",
        "– B ?",
        "1. C",
        "« Oui",
        "« Non »",
        "|",
        "AFP",
        "2 mai 2024",
        "la digue ;",
    ]
)


@given(st.lists(PARTS | st.text(min_size=1).map(str.strip).filter(bool)))
def test_any_paragraphs_get_one_consistent_verdict_each(texts: list[str]) -> None:
    found = recognise(texts)
    assert len(found.verdicts) == len(texts)
    for index, (text, verdict) in enumerate(zip(texts, found.verdicts, strict=True)):
        assert text.startswith(verdict.marker)
        assert verdict.marker != text
        assert verdict.group is None or verdict.group < index
        assert (verdict.level > 0) == (verdict.kind is BlockKind.HEADING)
    assert sum(verdict.level == 1 for verdict in found.verdicts) <= 1
    assert found.title or not texts


@pytest.mark.parametrize("line", ["– Qui va là ?", "Les quais :", "« Nous avons tenu.", "la digue ;", "A’" * 55])
def test_long_runs_of_one_line_are_read(line: str) -> None:
    """Each of these made an earlier rule look at the whole run again at every line: quadratic, minutes for this."""
    assert len(recognise([line] * 10_000).verdicts) == 10_000
