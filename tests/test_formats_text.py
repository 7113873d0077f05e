"""Text releases: paragraphs, the round trip, file names, limits, and the registry."""

from __future__ import annotations

import codecs
import sys
import textwrap
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from toolkit.errors import SourceError
from toolkit.formats import SUFFIXES, ReadOptions, assemble, format_for, read_release, text, verify_round_trip
from toolkit.formats.contract import Paragraphs
from toolkit.formats.paragraphs import MAX_LINES, MAX_PARAGRAPHS, WHITE_SPACE
from toolkit.formats.slug import check_collisions, is_release_id, release_id
from toolkit.model import BlockKind, Origin, Release
from toolkit.skeleton import Slot

WRAPPED = "\n\n".join(
    textwrap.fill(paragraph, 48)
    for paragraph in (
        "La criée de Port-Launay rouvrira ses portes au début du mois de juin, après trois ans de travaux. "
        "Les mareyeurs y sont attendus dès la première marée.",
        "Le chantier a coûté 3,2 millions d’euros, soit un peu moins que prévu. La commune en a payé la moitié.",
    )
)


def texts(source: str, mode: Paragraphs = "auto") -> list[str]:
    release = read_release(source.encode(), "x.txt", ReadOptions(paragraphs=mode)).release
    return [block.text for block in release.blocks]


def identity(release: Release) -> bytes:
    return assemble(release.skeleton, {block.id: block.text for block in release.blocks})


# ---- reading


@pytest.mark.parametrize(
    ("name", "said", "day"),
    [
        ("2026-04-02-portes-ouvertes.txt", "", "2026-04-02"),
        ("2026-04-02-portes-ouvertes.md", "", "2026-04-02"),
        ("2026-04-02-portes-ouvertes.html", "", "2026-04-02"),
        ("2026-04-02-portes-ouvertes.txt", "7 avril 2026\n\n", "2026-04-07"),
        ("2026-02-30-portes-ouvertes.txt", "", ""),
        ("20260402-portes-ouvertes.txt", "", ""),
        ("portes-ouvertes-2026-04-02.txt", "", ""),
    ],
)
def test_a_file_that_tells_no_date_has_that_of_its_name(name: str, said: str, day: str) -> None:
    source = f"{said}La vedette se visite au quai nord. Le phare aussi.\n".encode()
    assert read_release(source, f"source/{name}").release.metadata.date == day


def test_a_release_knows_its_name_language_and_lines() -> None:
    source = "\ufeffLe port rouvre\r\n\r\n  Le quai est prêt. \rLa digue aussi.\n"
    result = read_release(source.encode(), "source/Été à Sète.txt", ReadOptions(language="fr-CA"))
    release = result.release
    assert (release.id, release.path, release.language) == ("ete-a-sete", "source/Été à Sète.txt", "fr-CA")
    assert release.title == "Le port rouvre"
    assert [(b.id, b.kind, b.text) for b in release.blocks] == [
        ("p1", BlockKind.HEADING, "Le port rouvre"),
        ("p2", BlockKind.PARAGRAPH, "Le quai est prêt."),
        ("p3", BlockKind.PARAGRAPH, "La digue aussi."),
    ]
    assert [b.origin for b in release.blocks] == [Origin(release.path, line) for line in (1, 3, 4)]
    assert release.skeleton.pieces == (
        codecs.BOM_UTF8,
        Slot("p1"),
        b"\r\n\r\n  ",
        Slot("p2"),
        b" \r",
        Slot("p3"),
        b"\n",
    )


def test_items_carry_marker_and_lead_in() -> None:
    release = read_release("Il s’agit de :\n-\u00a0draguer ;\n- baliser.\n".encode(), "x.txt").release
    assert [(b.marker, b.group) for b in release.blocks] == [("", ""), ("-\u00a0", "p1"), ("- ", "p1")]
    assert all(b.text.startswith(b.marker) for b in release.blocks)


def test_only_lf_cr_and_crlf_end_a_line() -> None:
    assert texts("a\u2028b\x85c\vd\fe\u2029f\ng\rh\r\ni") == ["a\u2028b\x85c\vd\fe\u2029f", "g", "h", "i"]


def test_white_space_is_what_unicode_says_and_two_more() -> None:
    assert set(WHITE_SPACE) == {c for c in map(chr, range(sys.maxunicode + 1)) if c.isspace()} | {
        "\ufeff",
        "\u200b",
    }


# ---- paragraphs


def test_a_line_is_a_paragraph_without_blank_lines() -> None:
    assert texts("Le quai est prêt.\nLa digue aussi.\n\nLe phare suivra.") == [
        "Le quai est prêt.",
        "La digue aussi.",
        "Le phare suivra.",
    ]


def test_hard_wrapped_text_is_told_by_its_lines() -> None:
    assert len(texts(WRAPPED)) == 2
    assert texts(WRAPPED) == texts(WRAPPED, "blank-line")
    assert texts(WRAPPED)[1].count("\n") == 2
    assert len(texts(WRAPPED, "line")) == 7
    assert len(texts(WRAPPED.replace("\n", "\r\n"))) == 2
    assert len(texts(WRAPPED.replace("\n\n", "\n"))) == 1
    assert len(texts(f"{WRAPPED}\n\nhttps://port.example/{'a' * 100}")) == 3  # nothing can wrap an address


#: Broken by hand: three lines in five would have taken the next word as well.
RAGGED = """Le port de Brest-Kervao rouvrira ses quais aux chalutiers
et aux caboteurs dès le premier lundi de juin, a annoncé la
capitainerie.

La digue du nord, que la tempête
avait ouverte sur quarante mètres, est fermée depuis
l’automne. Les pêcheurs, qui
débarquaient jusqu’ici à Port-Launay, devront
demander une place à la criée avant le 15 mai.

« Nous avons tenu trois hivers, et nous tiendrons encore
le temps qu’il faudra », a déclaré Mme Odile Kerbrat."""
LONG = "Le " + "département " * 20 + "paie le reste."


@pytest.mark.parametrize("tail", ["", LONG, "Ville de Brest\nVille de Lorient\nVille de Vannes"])
def test_ragged_lines_are_joined_where_words_lean_on_the_next_line(tail: str) -> None:
    source = f"{RAGGED}\n\n{tail}".strip()
    result = read_release(source.encode(), "x.txt")
    assert [b.text for b in result.release.blocks] == texts(source, "blank-line")
    assert len(texts(RAGGED)) == 3
    assert result.warnings == ()


def test_a_long_line_among_wrapped_paragraphs_is_a_paragraph_of_its_own() -> None:
    assert len(texts(f"{WRAPPED}\n\n{LONG}")) == 3


@pytest.mark.parametrize(
    "source",
    [
        "Ville de Brest\nVille de Lorient\nVille de Vannes\nVille de Quimper\nVille de Rennes",  # names: capitals
        "le quai\nla digue du nord et son musoir\nle phare\nla criée\nle môle",  # not full
        "Le port est prêt.\nla digue est prête.\nle phare est prêt.\nle môle est prêt.",  # finished lines
        "un quai\nune digue\nun phare\nune criée\nun môle",  # narrower than anyone wraps
        "Il s’agit de :\n"
        + "restaurer la digue du nord et son musoir de granit,\n" * 6
        + "fin.",  # items without marks
        "Il s’agit de :\n" + "restaurer la digue du nord et son musoir de granit ;\n" * 6 + "fin.",
        "La mer\nqui monte et la\nlune\nque le vent de\nla nuit\népelle",  # verse
        "Port de Brest\nservice des quais et de la\ncriée\n2 quai du Môle\n29200 Brest",  # an address
    ],
)
def test_in_doubt_a_line_is_a_paragraph(source: str) -> None:
    result = read_release(source.encode(), "x.txt")
    assert [b.text for b in result.release.blocks] == texts(source, "line")


def test_lines_that_look_torn_are_named_with_the_way_out() -> None:
    torn = "Le port de Brest rouvrira ses quais aux seuls chalutiers\nbretons dès lundi.\nLa digue suivra.\n"
    result = read_release(torn.encode() * 2, "source/le port.txt")
    assert len(result.release.blocks) == 6
    (warning,) = result.warnings
    assert warning.startswith("source/le port.txt: lines 2, 5 go on in the middle of a sentence")
    assert 'paragraphs = "blank-line" under [source.files."le port.txt"]' in warning
    assert len(warning) < 300
    assert read_release(torn.encode(), "x.txt").warnings == ()  # one may be a slip
    assert read_release(torn.encode() * 2, "x.txt", ReadOptions(paragraphs="line")).warnings == ()
    assert read_release(torn.encode() * 2, "x.txt", ReadOptions(paragraphs="blank-line")).warnings == ()
    assert "lines 2, 5, 8, 11 … (9 in all) go on" in read_release(torn.encode() * 9, "x.txt").warnings[0]


def test_items_without_marks_are_not_taken_for_torn_lines() -> None:
    for end in (";", ",", "."):
        item = f"restaurer la digue du nord et son musoir de granit {end}\n"
        assert read_release(("Il s’agit de :\n" + item * 5).encode(), "x.txt").warnings == ()
    assert read_release("Sont venus :\nle maire\nla préfète\nle capitaine\n".encode(), "x.txt").warnings == ()


def test_in_blank_line_mode_items_and_site_lines_stay_apart() -> None:
    source = (
        "All news\n|\nPrint\n2 mai 2024\n\nOrdre du jour\n- les quais, dont\n  celui du nord\n- la digue\n\n"
        "Le maire – élu\n– en 2020 – a parlé\ndu port en\n12. C’est tout.\n2 mai 2025, AFP\nSource : port.example"
    )
    assert texts(source, "blank-line") == [
        "All news",
        "|",
        "Print",
        "2 mai 2024",
        "Ordre du jour",
        "- les quais, dont\n  celui du nord",
        "- la digue",
        "Le maire – élu\n– en 2020 – a parlé\ndu port en\n12. C’est tout.",
        "2 mai 2025, AFP",
        "Source : port.example",
    ]


# ---- the round trip

BREAKS = st.sampled_from(["\n", "\r", "\r\n", "\n\n", "\r\n \t\r\n", "\n\u00a0\n"])
WORDS = st.sampled_from(
    [
        "Le port",
        "- quai",
        "« Non »",
        "2 mai 2024",
        "|",
        "AFP",
        "rouvre.",
        "fin :",
        "\u2028",
        "\x85",
        "\ufeff",
        "\f",
        " ",
        "œ",
    ]
)
SOURCES = st.lists(WORDS | BREAKS | st.text(alphabet="aé’\u202f 1.\t", max_size=4)).map("".join)
MARKED = st.sampled_from(
    [("utf-8", b""), ("utf-8", codecs.BOM_UTF8), ("utf-16-le", codecs.BOM_UTF16_LE), ("cp1252", b"")]
)
MODES: st.SearchStrategy[Paragraphs] = st.sampled_from(["auto", "line", "blank-line"])


@given(SOURCES, MARKED, MODES)
@example("\ufeff\ufeffa\r\n\r", ("utf-8", codecs.BOM_UTF8), "auto")
def test_identity_gives_the_same_bytes(source: str, marked: tuple[str, bytes], mode: Paragraphs) -> None:
    data = marked[1] + source.encode(marked[0], "ignore")
    options = ReadOptions(paragraphs=mode, encoding="cp1252" if marked[0] == "cp1252" else "auto")
    try:
        release = read_release(data, "x.txt", options).release
    except SourceError as error:
        assert not source.strip(WHITE_SPACE) or marked[0] == "cp1252", error
        return
    assert identity(release) == data
    assert read_release(data, "x.txt", options).release == release
    for block in release.blocks:
        assert block.text
        assert block.text == block.text.strip(WHITE_SPACE)
    slots = [piece.block for piece in release.skeleton.pieces if isinstance(piece, Slot)]
    assert slots == [block.id for block in release.blocks]


@given(st.binary(), st.sampled_from(["auto", "utf-16", "latin-1", "utf-7", "iso2022_jp", "hz", "big5", "cp037"]))
def test_any_bytes_round_trip_or_are_refused(data: bytes, encoding: str) -> None:
    try:
        release = read_release(data, "x.txt", ReadOptions(encoding=encoding)).release
    except SourceError as error:
        assert error.where.startswith("x.txt")
    else:
        assert identity(release) == data


def test_lines_below_the_lines_they_translate_keep_their_place() -> None:
    data = "  Le port.\r\n\r\n- le quai ;".encode("cp1252")
    release = read_release(data, "x.txt").release
    assert (
        assemble(release.skeleton, {"p1": "The harbour.", "p2": "- the quay;"}) == b"  The harbour.\r\n\r\n- the quay;"
    )


def test_what_the_encoding_cannot_write_is_named() -> None:
    release = read_release("Sète".encode("cp1252"), "x.txt").release
    with pytest.raises(SourceError, match=r"block p1 holds U\+2192, which cp1252 cannot write"):
        assemble(release.skeleton, {"p1": "→"})
    with pytest.raises(SourceError, match="no text for block p1"):
        assemble(release.skeleton, {})


def test_a_stateful_encoding_is_refused_at_reading() -> None:
    with pytest.raises(SourceError, match="utf-7 cannot write this file back"):
        read_release(b"caf+AOk", "x.txt", ReadOptions(encoding="utf-7"))


def test_verify_names_the_first_differing_byte(monkeypatch: pytest.MonkeyPatch) -> None:
    verify_round_trip(b"Le port\r", "x.txt")

    def broken(self: Any, skeleton: Any, texts: Any, localisation: Any = None, *, respell: bool = False) -> bytes:
        return b"Le fort\r"

    found = read_release(b"Le port\r", "x.txt")
    monkeypatch.setattr(text.TextFormat, "read", lambda *_: found)
    monkeypatch.setattr(text.TextFormat, "assemble", broken)
    with pytest.raises(SourceError, match="differs from byte 3 on"):
        verify_round_trip(b"Le port\r", "x.txt")
    with pytest.raises(SourceError, match="differs from byte 8 on"):
        verify_round_trip(b"Le fort\r\n", "x.txt")


# ---- limits and refusals


@pytest.mark.parametrize("data", [b"", b"\n", b" \t\r\n\f", codecs.BOM_UTF8, "\u00a0\u2028\n\u200b".encode()])
def test_a_file_without_text_is_refused(data: bytes) -> None:
    with pytest.raises(SourceError, match="holds no text") as caught:
        read_release(data, "source/x.txt")
    assert caught.value.where == "source/x.txt"


def test_too_large_a_file_is_refused_with_the_option_to_change() -> None:
    with pytest.raises(SourceError, match="50,000,000 bytes, over the limit of 20,000,000") as caught:
        read_release(b"a" * 50_000_000, "source/x.txt")
    assert "max_bytes" in caught.value.hint
    assert read_release(b"abc", "x.txt", ReadOptions(max_bytes=3)).release.blocks
    with pytest.raises(SourceError, match="4 bytes, over the limit of 3"):
        read_release(b"abcd", "x.txt", ReadOptions(max_bytes=3))


def test_too_many_lines_or_paragraphs_are_refused_before_anything_is_built() -> None:
    """Ten million lines took a gigabyte and a minute; what later stages do with 50,000 paragraphs takes long enough."""
    with pytest.raises(SourceError, match=f"more than {MAX_LINES:,} lines") as caught:
        read_release(b"a\n" * (MAX_LINES + 1), "source/x.txt")
    assert caught.value.where == "source/x.txt"
    assert "Split" in caught.value.hint
    with pytest.raises(SourceError, match="50,001 paragraphs, over the limit of 50,000"):
        read_release(b"A\n" * (MAX_PARAGRAPHS + 1), "source/x.txt")


def test_blank_lines_cost_nothing_and_still_count() -> None:
    data = b"\r\n \r" * 500_000 + b"Le port rouvre.\n" + b" \n" * 500_000
    (block,) = read_release(data, "x.txt").release.blocks
    assert block.origin == Origin("x.txt", 1_000_001)


@pytest.mark.parametrize("piece", ["Le port rouvre « hier ». ", "-", "« ", "a\u2028 ", "A’"])
def test_a_line_of_two_megabytes_is_one_block(piece: str) -> None:
    line = (piece * (2_000_000 // len(piece.encode()))).strip()
    release = read_release(line.encode(), "x.txt").release
    assert [len(block.text) for block in release.blocks] == [len(line)]
    assert len(release.title) <= 80 or release.title == line


# ---- the registry


def test_formats_are_found_by_suffix() -> None:
    assert format_for("source/X.TXT").name == "text"
    assert ".txt" in SUFFIXES
    with pytest.raises(SourceError, match=r'"\.rtf" is not a format') as caught:
        format_for("source/x.rtf")
    assert ".txt" in caught.value.hint
    with pytest.raises(SourceError, match="no suffix"):
        format_for("source/x")


# ---- names


@pytest.mark.parametrize(
    ("name", "slug"),
    [
        ("port.txt", "port"),
        ("Été à Sète.txt", "ete-a-sete"),
        ("Cœur & Œuvre_2.txt", "coeur-oeuvre-2"),
        ("rapport.v2.txt", "rapport-v2"),
        ("a..b.txt", "a-b"),
        ("--port--.txt", "port"),
        ("Straße №1.txt", "strasse-no1"),
        ("console.txt", "console"),
        ("e\u0301te\u0301.txt", "ete"),
    ],
)
def test_names_are_folded_to_an_allow_list(name: str, slug: str) -> None:
    assert release_id(name) == slug


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("", "is empty"),
        (".txt", "begins with a dot"),
        ("..", "begins with a dot"),
        ("../port.txt", "path separator"),
        ("a\\b.txt", "path separator"),
        ("port\n.txt", "control character"),
        ("port\0.txt", "control character"),
        ("port\x85.txt", "control character"),
        ("\udcff.txt", "not valid UTF-8"),
        ("é" * 99 + ".txt", "longer than 200 bytes"),
        ("港.txt", "no Latin letter"),
        ("CON.txt", "Windows"),
        ("com¹.txt", "Windows"),
        ("Index.txt", "front page"),
    ],
)
def test_bad_names_are_refused_in_one_clear_line(name: str, why: str) -> None:
    with pytest.raises(SourceError, match=why) as caught:
        release_id(name)
    assert str(caught.value).isprintable() or str(caught.value).count("\n") == 1
    assert "\0" not in str(caught.value)


def test_names_that_collide_are_both_named() -> None:
    check_collisions(["source/port.txt", "source/quai.txt"])
    with pytest.raises(SourceError, match=r'source/été\.txt would both be called "ete"') as caught:
        check_collisions(["source/été.txt", "source/port.txt", "source/ETE.txt"])
    assert caught.value.where == "source/ETE.txt"


@given(st.text(min_size=1, max_size=60))
def test_a_slug_is_safe_and_its_own_slug(name: str) -> None:
    try:
        slug = release_id(name)
    except SourceError:
        return
    assert set(slug) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert slug.strip("-") == slug
    assert release_id(f"{slug}.txt") == slug
    assert is_release_id(slug)


def test_the_longest_name_has_an_id_that_is_one() -> None:
    assert is_release_id(release_id("a" * 197 + ".md"))


@pytest.mark.parametrize(
    "name", ["", "a--b", "-a", "a-", "A", "é", "a.b", "../a", "nul", "index", "a" * 201, "a b", "a\n"]
)
def test_what_no_release_is_called(name: str) -> None:
    assert not is_release_id(name)
