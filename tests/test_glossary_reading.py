"""Glossary files: the three formats, what is doubtful in them, and what cannot be read."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.errors import GlossaryError
from toolkit.glossary import Glossary, Status, Term, encodings, load
from toolkit.glossary.entries import Warnings
from toolkit.glossary.reading import parse


def read(tmp_path: Path, **files: str | bytes) -> tuple[Glossary, tuple[str, ...]]:
    """Load files named like ``a_csv`` in the order given."""
    paths = []
    for key, content in files.items():
        name = key.replace("_", ".")
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        paths.append((name, path))
    return load(paths)


WANTED = (
    Term("capitaine de port", ("harbour master", "port captain"), part_of_speech="noun", note="in the estuary"),
    Term("PCN", ("NCP",), plural="NCPs", part_of_speech="noun"),
    Term("recueil", ("casebook",), Status.SUGGESTED),
    Term("Quai Clair", (), Status.KEPT, part_of_speech="proper noun"),
    Term("capitaine de port", ("port master",), Status.FORBIDDEN),
)

CSV = """fr,en,status,plural,pos,note
capitaine de port,harbour master|port captain,,,noun,in the estuary
PCN,NCP,preferred,NCPs,noun,
recueil,casebook,suggested,,,
Quai Clair,,do not translate,,proper noun,
capitaine de port,port master,forbidden,,,
"""
#: As a French spreadsheet writes it: semicolons, CRLF, its own titles in another order, a column of somebody's own.
SEMICOLONS = """\ufeffNature;Français;Pluriel;Anglais;Remarque;Statut;Vu par\r
nom;capitaine de port;;harbour master | port captain;in the estuary;;L. B.\r
nom;PCN;NCPs;NCP;;préféré;\r
;recueil;;casebook;;suggéré;\r
nom propre;Quai Clair;;;;ne pas traduire;\r
;capitaine de port;;port master;;interdit;\r
"""
TSV = CSV.replace(",", "\t")
DCT = """<?xml version="1.0" encoding="UTF-8"?>
<tbx type="TBX-Basic" style="dct" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"
     xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic">
 <tbxHeader><fileDesc><sourceDesc><p>Ports</p></sourceDesc></fileDesc></tbxHeader>
 <text><body>
  <conceptEntry id="c1"><basic:definition>in the estuary</basic:definition>
   <langSec xml:lang="fr-FR"><termSec><term>capitaine de port</term><min:partOfSpeech>noun</min:partOfSpeech></termSec>
   </langSec>
   <langSec xml:lang="en">
    <termSec><term>port captain</term>
     <min:administrativeStatus>admittedTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>harbour master</term>
     <min:administrativeStatus>preferredTerm-admn-sts</min:administrativeStatus></termSec>
    <termSec><term>port master</term>
     <min:administrativeStatus>deprecatedTerm-admn-sts</min:administrativeStatus></termSec>
   </langSec>
   <langSec xml:lang="de"><termSec><term>Hafenmeister</term></termSec></langSec>
  </conceptEntry>
 </body></text>
</tbx>
"""
DCA = (
    DCT.replace('style="dct"', 'style="dca"')
    .replace("<basic:definition>", '<descripGrp><descrip type="definition">')
    .replace("</basic:definition>", "</descrip></descripGrp>")
    .replace("<min:partOfSpeech>", '<termNote type="partOfSpeech">')
    .replace("</min:partOfSpeech>", "</termNote>")
    .replace("<min:administrativeStatus>", '<termNote type="administrativeStatus">')
    .replace("</min:administrativeStatus>", "</termNote>")
)
MARTIF = (
    DCA.replace('<tbx type="TBX-Basic" style="dca" xml:lang="en" xmlns="urn:iso:std:iso:30042:ed-2"', "<martif")
    .replace('xmlns:min="http://www.tbxinfo.net/ns/min" xmlns:basic="http://www.tbxinfo.net/ns/basic"', 'type="TBX"')
    .replace('encoding="UTF-8"?>', 'encoding="UTF-8"?>\n<!DOCTYPE martif SYSTEM "TBXBasiccoreStructV02.dtd">')
    .replace("conceptEntry", "termEntry")
    .replace("langSec", "langSet")
    .replace("termSec", "tig")
    .replace("tbxHeader", "martifHeader")
    .replace("</tbx>", "</martif>")
)


def bare(terms: Glossary) -> tuple[Term, ...]:
    """Terms without their lines."""
    return tuple(
        Term(one.french, one.english, one.status, one.plural, one.part_of_speech, one.note) for one in terms.terms
    )


@pytest.mark.parametrize(
    "content",
    [
        pytest.param({"t_csv": CSV}, id="csv"),
        pytest.param({"t_csv": SEMICOLONS}, id="semicolons"),
        pytest.param({"t_csv": "sep=;\r\n" + SEMICOLONS.lstrip("\ufeff")}, id="separator named"),
        pytest.param({"t_tsv": TSV}, id="tsv"),
        pytest.param({"t_txt": TSV.encode("utf-16")}, id="Unicode text of spreadsheets"),
    ],
)
def test_tables_hold_the_same_terms(tmp_path: Path, content: dict[str, str | bytes]) -> None:
    terms, warnings = read(tmp_path, **content)
    assert bare(terms) == WANTED
    assert warnings == ()


@pytest.mark.parametrize("content", [DCT, DCA, MARTIF], ids=["dct", "dca", "martif"])
def test_tbx_holds_terms(tmp_path: Path, content: str) -> None:
    terms, warnings = read(tmp_path, t_tbx=content)
    right, wrong = terms.terms
    assert (right.french, right.english) == ("capitaine de port", ("harbour master", "port captain"))
    assert (right.part_of_speech, right.note, right.status) == ("noun", "in the estuary", Status.PREFERRED)
    assert (wrong.english, wrong.status) == (("port master",), Status.FORBIDDEN)
    line = content[: content.index("<term>capitaine")].count("\n") + 1
    assert right.origin == f"t.tbx:{line}"
    assert warnings == ()


def test_tbx_pairs_acronyms_with_acronyms(tmp_path: Path) -> None:
    def name(text: str, kind: str = "") -> str:
        note = f'<termNote type="termType">{kind}</termNote>' if kind else ""
        return f"<termSec><term>{text}</term>{note}</termSec>"

    french = name("point de contact national", "fullForm") + name("PCN", "acronym")
    english = name("NCP", "acronym") + name("National Contact Point", "fullForm")
    terms, _ = read(
        tmp_path,
        t_tbx=f'<tbx><text><body><conceptEntry><langSec xml:lang="fr">{french}</langSec>'
        f'<langSec xml:lang="en">{english}</langSec></conceptEntry></body></text></tbx>',
    )
    assert [(one.french, one.english[0]) for one in terms.terms] == [
        ("point de contact national", "National Contact Point"),
        ("PCN", "NCP"),
    ]


def test_lines_are_those_of_the_file(tmp_path: Path) -> None:
    terms, _ = read(tmp_path, t_csv='fr,en,note\n\nquai,quay,"two\nlines"\nrade,roadstead,\n')
    assert [(one.french, one.origin, one.note) for one in terms.terms] == [
        ("quai", "t.csv:3", "two lines"),
        ("rade", "t.csv:5", ""),
    ]


def test_windows_1252_is_read_with_a_warning(tmp_path: Path) -> None:
    terms, warnings = read(tmp_path, t_csv="fr,en\nquai,quay\nmarée,tide\n".encode("cp1252"))
    assert terms.terms[1].french == "marée"
    assert warnings == (), "told when releases are extracted, not with every command"
    (told,) = encodings([("t.csv", tmp_path / "t.csv")])
    assert told.startswith("t.csv:3: not UTF-8, read as Windows-1252")


@pytest.mark.parametrize(
    ("row", "warning", "left"),
    [
        ("quai,wharf,", "“quai” is “quay” at t.csv:2, which holds; “wharf” is passed over", 1),
        ("quai,quay,", "“quai” stands at t.csv:2 already", 1),
        ("quai,quay,forbidden", "“quay” is right at t.csv:2 and forbidden here", 2),
        ("rade,,", "“rade” has no English yet; passed over", 1),
        (",roadstead,", "no French; passed over", 1),
        ("…,dots,", "“…” is only punctuation; passed over", 1),
        ("rade,–,", "“–” is only punctuation; passed over", 1),
        (f"{'rade ' * 60},roadstead,", "is longer than 200 characters; passed over", 1),
        ("rade,roadstead,sometimes", "unknown status “sometimes”, taken as “suggested”", 2),
        ("rade,roadstead,,foraine", "4 cells, but 3 columns", 2),
    ],
)
def test_what_is_doubtful_is_told_with_its_line(tmp_path: Path, row: str, warning: str, left: int) -> None:
    terms, warnings = read(tmp_path, t_csv=f"fr,en,status\nquai,quay,\n{row}\n")
    (told,) = warnings
    assert told.startswith("t.csv:3: ")
    assert warning in told
    assert len(terms.terms) == left
    assert terms.terms[0].english == ("quay",)


def test_many_warnings_of_a_kind_are_counted(tmp_path: Path) -> None:
    _, warnings = read(tmp_path, t_csv="fr,en\n" + "".join(f"quai {n},\n" for n in range(1000)))
    assert len(warnings) == 6
    assert warnings[-1] == "t.csv: 995 more entries without English"


def test_the_earlier_file_wins(tmp_path: Path) -> None:
    terms, warnings = read(tmp_path, a_csv="fr,en\nquai,quay\n", b_csv="fr,en\nquai,wharf\nrade,roadstead\n")
    assert [(one.french, one.english) for one in terms.terms] == [("quai", ("quay",)), ("rade", ("roadstead",))]
    assert warnings == ("b.csv:2: “quai” is “quay” at a.csv:2, which holds; “wharf” is passed over",)


def test_a_packaged_glossary_may_be_overruled_without_a_word(tmp_path: Path) -> None:
    (tmp_path / "own.csv").write_text("fr,en\nquai,quay\n")
    (tmp_path / "ports.csv").write_text("fr,en\nquai,wharf\n")
    terms, warnings = load([("own.csv", tmp_path / "own.csv"), ("ports", tmp_path / "ports.csv")])
    assert [one.english for one in terms.terms] == [("quay",)]
    assert warnings == ()


def test_the_spelling_of_the_same_french_does_not_matter(tmp_path: Path) -> None:
    terms, _ = read(tmp_path, t_csv="fr,en\nœuvre d’art,work of art\noeuvre d'art,artwork\n")
    assert len(terms.terms) == 1


@pytest.mark.parametrize(
    ("name", "content", "where", "message"),
    [
        ("t.csv", b"", "t.csv", "the glossary is empty"),
        ("t.csv", b"quai,quay\n", "t.csv:1", "must name a French and an English column; it has “quai”, “quay”"),
        ("t.csv", b'fr,en\nquai,"quay\nrade,roadstead\n', "t.csv:2", "not a table that can be read"),
        ("t.csv", b"PK\x03\x04abc", "t.csv", "a spreadsheet or office file"),
        ("t.csv", b"fr,en\nquai,qu\0ay\n", "t.csv:2", "NUL"),
        ("t.csv", b"fr,en\n\x81\x8d,x\n", "t.csv:2", "neither UTF-8 nor Windows-1252"),
        ("t.csv", b"\xff\xfef\0r\0,", "t.csv", "cut off"),
        ("t.tbx", b"<tbx><text>", "t.tbx:1", "not well-formed XML"),
        ("t.tbx", b"<html/>", "t.tbx:1", "not TBX: its root is <html>"),
        ("t.tbx", b'<tbx><conceptEntry><langSec xml:lang="de"/></conceptEntry></tbx>', "t.tbx", "(languages: de)"),
        ("t.tbx", b'<!DOCTYPE tbx [<!ENTITY a "b">]><tbx>&a;</tbx>', "t.tbx", "(languages: none)"),
        ("t.xlsx", b"fr,en\n", "t.xlsx", "“.xlsx” is not a kind of glossary"),
    ],
)
def test_what_cannot_be_read(tmp_path: Path, name: str, content: bytes, where: str, message: str) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(GlossaryError) as error:
        load([(name, path)])
    assert error.value.where == where
    assert message in error.value.message
    assert error.value.hint
    assert error.value.exit_code == 11


def test_missing_files_and_packaged_names(tmp_path: Path) -> None:
    with pytest.raises(GlossaryError, match="there is no such glossary"):
        load([("terms.csv", tmp_path / "terms.csv")])
    (tmp_path / "ports.csv").write_text("fr,en\n")
    with pytest.raises(GlossaryError, match="there are: ports"):
        load([("rivers", tmp_path / "rivers.csv")])
    (tmp_path / "dir.csv").mkdir()
    with pytest.raises(GlossaryError, match="cannot be read"):
        load([("dir.csv", tmp_path / "dir.csv")])


@given(st.one_of(st.binary(max_size=200), st.text(alphabet='fren,;\t"\n|-é’x', max_size=80).map(str.encode)))
@settings(max_examples=100)
def test_any_bytes_are_read_or_refused_with_a_place(data: bytes) -> None:
    for name in ("t.csv", "t.tsv", "t.tbx"):
        for content in (data, b"fr,en,status\n" + data):
            warnings = Warnings(name)
            try:
                terms = tuple(parse(content, name, warnings))
            except GlossaryError as error:
                assert error.where.startswith(name)
                assert error.hint
            else:
                assert all(term.origin.startswith(f"{name}:") for term in terms)
                list(Glossary(terms).find("Le quai, la rade et d’autres."))


PAGE = (Path(__file__).parent.parent / "docs" / "glossary.md").read_text(encoding="utf-8")


def test_the_example_of_the_documentation_is_one(tmp_path: Path) -> None:
    table = PAGE.partition("```\nfr,en,")[2].partition("```")[0]
    terms, warnings = read(tmp_path, t_csv="fr,en," + table)
    assert warnings == ()
    assert {one.status for one in terms.terms} == set(Status)


def test_what_the_documentation_says_is_found_is_found() -> None:
    rows = [line.split("|") for line in PAGE.partition("## What is found")[2].partition("## ")[0].splitlines()]
    pairs = re.compile(r"`([^`]+)` in \*([^*]+)\*")
    told = 0
    for rule, found, missed in ([row[1], row[2], row[3]] for row in rows if len(row) == 5):
        pos = "verb" if rule.strip().startswith("verbs") else ""
        for column, wanted in ((found, True), (missed, False)):
            for term, text in pairs.findall(column):
                assert bool(list(Glossary((Term(term, ("x",), part_of_speech=pos),)).find(text))) is wanted, (
                    term,
                    text,
                )
                told += 1
    assert told >= 18
