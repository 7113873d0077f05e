"""ZIP archives: members as they stand, a directory that follows changes, and archives that are not to be trusted."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.office_samples import archive
from toolkit.errors import SourceError
from toolkit.formats.office import zips
from toolkit.formats.office.zips import assemble, open_archive
from toolkit.skeleton import Piece, Skeleton, Slot

PATH = "source/x.docx"


def opened(data: bytes) -> zips.Archive:
    return open_archive(data, PATH, "Word document (.docx)")


def skeleton(data: bytes, *names: str) -> Skeleton:
    """Each named member is one slot, whose block is its name."""
    found = opened(data)
    parts: dict[str, tuple[tuple[Piece, ...], str]] = {
        name: ((Slot(name, spelling=(found.read(name),), text=found.read(name).decode()),), "utf-8") for name in names
    }
    return Skeleton("docx", "utf-8", found.pieces(parts))


def rewritten(data: bytes, texts: dict[str, str]) -> bytes:
    whole = skeleton(data, *texts)
    return assemble(whole, texts, lambda text, _, encoding: text.encode(encoding))


def patched(data: bytes, old: bytes, new: bytes, count: int = -1) -> bytes:
    assert old in data
    return data.replace(old, new, count)


MEMBERS: dict[str, str | bytes] = {"a.xml": "un" * 50, "image.png": b"\x89PNG\0\0", "b.xml": "deux", "vide/": ""}
DATA = archive(MEMBERS)
CENTRAL = DATA.index(b"PK\1\2")
END = DATA.index(b"PK\5\6")


def test_what_does_not_change_is_the_same_bytes() -> None:
    assert rewritten(DATA, {"a.xml": "un" * 50, "b.xml": "deux"}) == DATA


def test_a_changed_member_and_the_directory_behind_it() -> None:
    new = rewritten(DATA, {"a.xml": "tout autre chose", "b.xml": "deux"})
    old_file, file = zipfile.ZipFile(io.BytesIO(DATA)), zipfile.ZipFile(io.BytesIO(new))
    assert file.testzip() is None
    assert file.namelist() == old_file.namelist()
    assert file.read("a.xml") == b"tout autre chose"
    assert [info.date_time for info in file.infolist()] == [info.date_time for info in old_file.infolist()]
    for name in ("image.png", "b.xml"):
        assert file.read(name) == old_file.read(name)
    assert new == rewritten(DATA, {"a.xml": "tout autre chose"})


class Stream(io.RawIOBase):
    """Somewhere that cannot go back: zipfile writes data descriptors then."""

    def __init__(self) -> None:
        self.data = bytearray()

    def writable(self) -> bool:
        return True

    def write(self, data: bytes) -> int:  # type: ignore[override]
        self.data += data
        return len(data)


def test_members_with_data_descriptors() -> None:
    stream = Stream()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr(zipfile.ZipInfo("é.xml"), "accents")
        file.writestr("b.xml", "deux " * 30)
        file.comment = b"PK\5\7 is no end"
    data = bytes(stream.data)
    assert rewritten(data, {"é.xml": "accents"}) == data
    new = zipfile.ZipFile(io.BytesIO(rewritten(data, {"é.xml": "autre", "b.xml": "trois"})))
    assert new.testzip() is None
    assert (new.read("é.xml"), new.read("b.xml"), new.comment) == (b"autre", b"trois", b"PK\5\7 is no end")


def named(name: str) -> bytes:
    return archive({name: "x"})


def bomb(size: int) -> bytes:
    return archive({"a.xml": bytes(size)})


def lying_bomb() -> bytes:
    """The directory says that the member is small."""
    data = bomb(3_000_000)
    return data.replace(struct.pack("<I", 3_000_000), struct.pack("<I", 10))


def overlapping() -> bytes:
    """The second member's record points at the first one's data."""
    data = bytearray(archive({"a.xml": "un", "b.xml": "un"}))
    second = data.rindex(b"PK\1\2")
    data[second + 42 : second + 46] = struct.pack("<I", 0)
    return bytes(data)


def reaching() -> bytes:
    """The first member says that it is longer than the way to the second."""
    data = bytearray(archive({"a.xml": "un", "b.xml": "deux"}))
    first = data.index(b"PK\1\2")
    data[first + 20 : first + 24] = struct.pack("<I", 60)
    return bytes(data)


def zip64() -> bytes:
    data = bytearray(DATA)
    data[END + 16 : END + 20] = b"\xff" * 4
    return bytes(data)


def duplicates(one: str, other: str) -> bytes:
    return archive({one: "x", "y" * len(other): "y"}).replace(b"y" * len(other), other.encode())


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (named("../a.xml"), "leads out"),
        (named("/a.xml"), "leads out"),
        (named("a/../../b"), "leads out"),
        (named("C:a.xml"), "leads out"),
        (patched(named("a/b.xml"), b"a/b.xml", b"a\\b.xml"), "leads out"),
        (patched(named("a/b.xml"), b"a/b.xml", b"a\x01b.xml"), "leads out"),
        (duplicates("ab.xml", "ab.xml"), "two members"),
        (duplicates("ab.xml", "AB.xml"), "two members"),
        (overlapping(), "two names|reaches into"),
        (reaching(), "reaches into"),
        (zip64(), "ZIP64"),
        (DATA[:END] + b"PK\6\7" + bytes(16) + DATA[END:], "table of contents|ZIP64"),
        (DATA[:-30], "cut off"),
        (DATA[: len(DATA) // 2], "cut off"),
        (DATA[10:], "table of contents"),
        (b"junk" + DATA, "table of contents"),
        (patched(DATA, b"PK\1\2", b"PK\1\3", 1), "table of contents"),
        (DATA[: END + 4] + b"\1\0" + DATA[END + 6 :], "several files"),
        (DATA[: END + 10] + b"\5\0" + DATA[END + 12 :], "several files"),
        (DATA[: END + 8] + b"\5\0\5\0" + DATA[END + 12 :], "says that it has 5"),
        (DATA[: CENTRAL + 8] + b"\1\0" + DATA[CENTRAL + 10 :], "password"),
        (patched(DATA, b"a.xml", b"z.xml", 1), "two names"),
        (b"", "not a Word document"),
        (b"PK\5\6" + bytes(17), "cut off"),
    ],
)
def test_refused_at_once(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message) as caught:
        opened(data)
    assert caught.value.where == PATH
    assert caught.value.hint


@pytest.mark.parametrize(
    ("data", "message"),
    [
        (bomb(zips.UNPACKED + 1), "far more than a document"),
        (bomb(3_000_000), "far more than a document"),
        (lying_bomb(), "far more than a document"),
        (patched(DATA, zlib.crc32(b"un" * 50).to_bytes(4, "little"), bytes(4)), "checksum"),
        (patched(DATA, struct.pack("<I", 100), struct.pack("<I", 99)), "checksum"),
        (DATA[: CENTRAL + 10] + b"\x0e\0" + DATA[CENTRAL + 12 :], "method 14"),
        (DATA[:35] + b"\xff\xff\xff" + DATA[38:], "cannot be unpacked|checksum"),
        (archive({"b.xml": "x"}), "a.xml is missing"),
    ],
)
def test_refused_when_read(data: bytes, message: str) -> None:
    with pytest.raises(SourceError, match=message):
        opened(data).read("a.xml")


def test_the_limit_counts_all_parts_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(zips, "UNPACKED", 150)
    found = opened(archive({"a.xml": "ab" * 50, "b.xml": "cd" * 50}))
    assert found.read("a.xml")
    with pytest.raises(SourceError, match="far more"):
        found.read("b.xml")


@settings(max_examples=200, deadline=None)
@given(st.data())
def test_law_damage_is_refused_or_harmless(data: st.DataObject) -> None:
    at = data.draw(st.integers(0, len(DATA) - 1))
    byte = data.draw(st.integers(0, 255))
    damaged = DATA[:at] + bytes([byte]) + DATA[at + 1 :]
    try:
        same = rewritten(damaged, {"a.xml": "un" * 50, "b.xml": "deux"})
    except SourceError:
        return
    assert same == damaged


@settings(max_examples=100, deadline=None)
@given(
    st.dictionaries(st.sampled_from(["a.xml", "b/c.xml", "d.bin", "é.xml"]), st.text(max_size=40), min_size=1),
    st.text(max_size=300),
)
def test_law_a_changed_member_reads_as_written(members: dict[str, str], text: str) -> None:
    data = archive({name: content.encode("utf-8", "replace") for name, content in members.items()})
    text = text.encode("utf-8", "replace").decode()
    name = next(iter(members))
    file = zipfile.ZipFile(io.BytesIO(rewritten(data, {name: text})))
    assert file.testzip() is None
    assert file.read(name).decode() == text
    for other, content in members.items():
        assert other == name or file.read(other) == content.encode("utf-8", "replace")
