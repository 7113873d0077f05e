"""Bytes → text: what is taken, what is assumed aloud, what is refused with its place."""

from __future__ import annotations

import codecs

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from toolkit.errors import SourceError
from toolkit.formats.decoding import decode, position

TEXT = "Le maire a dit : « C’est l’été »\u2028à Sète, œuvre à 3 €."


def refused(data: bytes, encoding: str = "auto") -> SourceError:
    with pytest.raises(SourceError) as caught:
        decode(data, "source/x.txt", encoding)
    assert caught.value.hint
    assert caught.value.where.startswith("source/x.txt")
    return caught.value


@pytest.mark.parametrize(
    ("mark", "codec"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
        (codecs.BOM_UTF32_LE, "utf-32-le"),
        (codecs.BOM_UTF32_BE, "utf-32-be"),
    ],
)
def test_unicode_is_told_by_its_mark(mark: bytes, codec: str) -> None:
    data = mark + TEXT.encode(codec)
    found = decode(data, "x.txt")
    assert (found.text, found.encoding, found.mark, found.warnings) == (TEXT, codec, mark, ())
    assert decode(data, "x.txt", codec) == found
    if codec == "utf-8":
        assert decode(data, "x.txt", "UTF-8-SIG") == found
    elif mark:
        assert decode(data, "x.txt", codec[:6]) == found


def test_windows_1252_is_assumed_aloud() -> None:
    found = decode("Le port\r\nde Sète rouvre à l’été".encode("cp1252"), "source/x.txt")
    assert (found.text, found.encoding) == ("Le port\r\nde Sète rouvre à l’été", "cp1252")
    assert len(found.warnings) == 1
    assert found.warnings[0].startswith("source/x.txt:2:5: not UTF-8, read as Windows-1252")
    assert "“de Sète rouvre à l’été”" in found.warnings[0]
    assert found.warnings[0].endswith('write encoding = "cp1252" under [source.files."x.txt"] in toolkit.toml.')


@pytest.mark.parametrize(
    "text",
    ["« La liberté\u00a0» d’abord", "SÉCURITÉ\u00a0! L’ÉTÉ’", "É» et là", "L’été\u00a0– et l’hiver", "n° 3 §\u00a04"],
)
def test_windows_1252_that_looks_like_utf8_in_places_is_still_windows_1252(text: str) -> None:
    assert decode(text.encode("cp1252"), "x.txt").text == text


def test_asking_for_windows_1252_silences_the_warning() -> None:
    assert decode("Sète".encode("cp1252"), "x.txt", "windows-1252").warnings == ()
    assert decode(b"Brest", "x.txt", "cp1252").warnings == ()


def test_asking_for_an_encoding_against_the_evidence_warns_or_refuses() -> None:
    found = decode("Sète".encode(), "x.txt", "cp1252")
    assert found.text == "SÃ¨te"
    assert "valid UTF-8" in found.warnings[0]
    assert "byte order mark of utf-8" in refused(codecs.BOM_UTF8 + b"Brest", "cp1252").message
    assert "byte order mark of utf-16-be" in refused(codecs.BOM_UTF16_BE + b"\0B", "utf-16-le").message
    assert "does not begin with its byte order mark" in refused("Brest".encode("utf-16-le"), "utf-16").message


@pytest.mark.parametrize("encoding", ["utf8x", "rot13", "zlib", "punycode", "unicode_escape", "undefined", "a\0b", ""])
def test_unknown_encodings_are_named(encoding: str) -> None:
    error = refused(b"Brest \\d", encoding)
    assert error.message == f"unknown encoding {encoding!r}"
    assert "cp1252" in error.hint


@pytest.mark.parametrize(
    ("data", "encoding", "where", "message"),
    [
        ("Été\nà Sète, l’".encode() + b"\xe9t\xe9", "auto", "2:11", "UTF-8 in some places"),
        ("Été à Sète".encode()[:-3] + b"\xc3", "auto", "1:8", "UTF-8 in some places"),
        (b"Brest\r\n\x81", "auto", "2:1", "neither UTF-8 nor Windows-1252"),
        (b"Brest\rle \xed\xa0\x80", "auto", "2:4", "lone surrogate"),
        (b"Brest\n\n le\0", "auto", "3:4", "U+0000"),
        (b"Brest\x1b[0m", "auto", "1:6", "U+001B"),
        (b"Brest\x7f", "auto", "1:6", "U+007F"),
        ("Brest\ufffe".encode(), "auto", "1:6", "U+FFFE"),
        ("Brest 🌊\u0001".encode(), "auto", "1:8", "U+0001"),
        ("Brest \U0001ffff".encode(), "auto", "1:7", "U+1FFFF"),
        ("Brest \ufdd0".encode(), "auto", "1:7", "U+FDD0"),
        ("l\x92été".encode(), "auto", "1:2", "U+0092"),
        ("l’été".encode("cp1252"), "latin-1", "1:2", "U+0092"),
        (b"l\xe9", "utf-8", "1:2", "not utf-8"),
        (b"ab\n\x81", "cp1252", "2:1", "not cp1252"),
        (codecs.BOM_UTF16_LE + "ab".encode("utf-16-le") + b"\x00\xd8", "auto", "1:3", "not utf-16-le"),
    ],
)
def test_what_is_not_text_is_refused_with_line_and_column(data: bytes, encoding: str, where: str, message: str) -> None:
    error = refused(data, encoding)
    assert error.where == f"source/x.txt:{where}"
    assert message in error.message


def test_hints_name_the_likely_encoding() -> None:
    assert "utf-16-le" in refused("Le port".encode("utf-16-le")).hint
    assert "utf-16-be" in refused("Le port".encode("utf-16-be")).hint
    assert "cp1252" in refused("l’été".encode("cp1252"), "latin-1").hint
    assert "utf-16" not in refused(b"Le port\0").hint
    assert "cp1252" not in refused("l\x92été".encode()).hint  # it is UTF-8: to read it as cp1252 would spoil the rest


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (b"Brest\r\n\x81", "auto"),
        ("Le port".encode("utf-16-le"), "auto"),
        ("l’été".encode("cp1252"), "latin-1"),
        ("été".encode("cp1252"), "auto"),
    ],
)
def test_no_hint_changes_how_the_other_files_are_read(data: bytes, encoding: str) -> None:
    try:
        found = decode(data, 'source/a "b".txt', encoding).warnings[0]
    except SourceError as error:
        found = error.hint
    assert r'[source.files."a \"b\".txt"]' in found
    assert "--encoding" not in found
    assert "[source]" not in found


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"PK\x03\x04\x14\0\x06\0", "a Word (.docx), OpenDocument or other ZIP file"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1\0\0", "an old Word"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3", "a PDF file"),
        (b"{\\rtf1\\ansi Le port rouvre.}", "a rich text file"),
        (b"\x89PNG\r\n\x1a\n\0\0", "an image"),
        (b"\xff\xd8\xff\xe0\0\x10JFIF", "an image"),
        (b"GIF89a\x01", "an image"),
        (b"RIFF\x24\0\0\0WEBPVP8 ", "an image"),
        (b"\x1f\x8b\x08\0", "a compressed archive"),
        (codecs.BOM_UTF8 + b" \n%PDF-1.4", "a PDF file"),
    ],
)
@pytest.mark.parametrize("encoding", ["auto", "latin-1"])
def test_other_files_by_the_name_of_a_text_are_called_what_they_are(data: bytes, kind: str, encoding: str) -> None:
    error = refused(data, encoding)
    assert kind in error.message
    assert error.where == "source/x.txt"
    assert "plain text (UTF-8)" in error.hint


@pytest.mark.parametrize(
    "text", ["PK : le point kilométrique", "%PDF", "{rtf}", "BM de Brest", "GIF animé", "RIFF et WEBP"]
)
def test_text_that_begins_like_another_file_is_text(text: str) -> None:
    assert decode(text.encode(), "x.txt").text == text


def test_white_space_controls_are_text() -> None:
    assert decode("a\tb\vc\fd\x85e\u2028f".encode(), "x.txt").text == "a\tb\vc\fd\x85e\u2028f"


def test_position_counts_lf_cr_and_crlf() -> None:
    assert position("ab\r\nc\rd\ne", 8) == "4:1"
    assert position("ab\r\nc", 4) == "2:1"
    assert position("abc", 2) == "1:3"


@given(st.text(), st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "cp1252"]), st.booleans())
def test_mark_and_text_are_the_bytes(text: str, codec: str, marked: bool) -> None:
    marks = {"utf-8": codecs.BOM_UTF8, "utf-16-le": codecs.BOM_UTF16_LE, "utf-16-be": codecs.BOM_UTF16_BE}
    try:
        data = (marks[codec] if marked and codec in marks else b"") + text.encode(codec)
        found = decode(data, "x.txt", codec)
    except (SourceError, UnicodeEncodeError):
        assume(False)
    assert found.mark + found.text.encode(found.encoding) == data
    assert not found.text.encode(found.encoding).startswith(found.mark) or not found.mark or text.startswith("\ufeff")


@given(st.binary(), st.sampled_from(["auto", "utf-8", "utf-16", "utf-16-le", "cp1252", "latin-1", "utf-7", "big5"]))
def test_any_bytes_are_text_or_refused(data: bytes, encoding: str) -> None:
    try:
        found = decode(data, "x.txt", encoding)
    except SourceError as error:
        assert error.where.startswith("x.txt")
    else:
        assert isinstance(found.text, str)
