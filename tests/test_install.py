"""Installing, replacing, verifying and removing packages: the old one or the new one is there, whole, at any time."""

from __future__ import annotations

import errno
import hashlib
import json
import os
import signal
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fake_package import TOP, lay, members, metadata, pack, tree
from toolkit.errors import LockedError, ModelError, ToolkitError, WriteError
from toolkit.translation import install
from toolkit.translation.archive import Limits
from toolkit.translation.install import install_archive, recover, remove_package, verify_package
from toolkit.translation.packages import RECORD, embedded_packages, installed_packages, open_package, work_folders

NOISE = hashlib.shake_256(b"noise").digest(4_100)  # does not get smaller when deflated
SMALL = Limits(members=20, file_bytes=4_000, total_bytes=6_000, ratio=20, ratio_from=1_000)


@pytest.fixture
def packages(tmp_path: Path) -> Path:
    """An empty packages directory with a parent of its own."""
    directory = tmp_path / "data" / "packages"
    directory.mkdir(parents=True)
    return directory


def left_behind(packages: Path) -> list[str]:
    """What an installation left beside or in the packages directory, but for its lock."""
    return sorted(p.name for p in packages.parent.rglob(".toolkit*") if p.name != ".toolkit-install.lock")


def archive_of(path: Path, *infos: tuple[zipfile.ZipInfo | str, bytes]) -> Path:
    """A good package with members added as they are."""
    pack(path)
    with zipfile.ZipFile(path, "a") as zipped:
        for info, content in infos:
            zipped.writestr(info, content, zipfile.ZIP_DEFLATED)
    return path


def link(name: str, kind: int = stat.S_IFLNK) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.create_system = 3
    info.external_attr = (kind | 0o777) << 16
    return info


def test_an_installed_package_is_the_archive_unpacked(packages: Path, tmp_path: Path) -> None:
    archive = pack(tmp_path / "x.argosmodel")
    package = install_archive(archive, packages, expect_pair=("fr", "en"), source="https://example.org/x.argosmodel")
    assert package.path == packages / TOP
    assert {name: content for name, content in tree(package.path).items() if name != RECORD} == members()
    assert package.names() == tuple(sorted(members()))
    assert (package.checksum, package.checksum_kind) == (open_package(archive).checksum, "archive")
    assert json.loads((package.path / RECORD).read_text())["source"] == "https://example.org/x.argosmodel"
    assert installed_packages([packages]) == ([package], [])
    report = verify_package(package)
    assert (report.kind, report.files, report.extra) == ("checksums", 6, ())
    assert report.size == sum(map(len, members().values()))
    assert left_behind(packages) == []


def test_the_packages_directory_is_made(tmp_path: Path) -> None:
    package = install_archive(pack(tmp_path / "x.argosmodel"), tmp_path / "a" / "b")
    assert installed_packages([tmp_path / "a" / "b"])[0] == [package]


def test_a_new_version_replaces_the_folder_of_the_old_one(packages: Path, tmp_path: Path) -> None:
    install_archive(pack(tmp_path / "old.argosmodel", {**members(), "old.txt": b"x"}), packages)
    new = install_archive(pack(tmp_path / "new.argosmodel", members(package_version="3.1")), packages)
    assert new.version == "3.1"
    assert "old.txt" not in new.names()
    assert installed_packages([packages]) == ([new], [])
    assert left_behind(packages) == []


@pytest.mark.parametrize(
    ("extra", "says"),
    [
        (("../evil.txt", b"x"), "could lead out"),
        ((f"{TOP}/../../evil.txt", b"x"), "could lead out"),
        (("/etc/evil.txt", b"x"), "could lead out"),
        ((f"{TOP}//evil.txt", b"x"), "could lead out"),
        (("C:/evil.txt", b"x"), "could lead out"),
        ((f"{TOP}\\..\\evil.txt", b"x"), "could lead out"),
        ((f"{TOP}/a\nb", b"x"), "could lead out"),
        ((link(f"{TOP}/link"), b"/etc/passwd"), "a link or a device"),
        ((link(f"{TOP}/pipe", stat.S_IFIFO), b""), "a link or a device"),
        (("other/metadata.json", b"{}"), "exactly one top folder"),
        (("evil.txt", b"x"), "exactly one top folder"),
        ((f"{TOP}/METADATA.json", b"{}"), "twice"),
        ((f"{TOP}/metadata.json/x", b"{}"), "inside of what is itself a file"),
        ((f"{TOP}/zeros", b"0" * 3_900), "when unpacked"),
        ((f"{TOP}/large", NOISE), "when unpacked"),
    ],
)
def test_an_unsafe_archive_is_refused_and_nothing_is_written(
    packages: Path, tmp_path: Path, extra: tuple[zipfile.ZipInfo | str, bytes], says: str
) -> None:
    before = tree(tmp_path)
    archive = archive_of(tmp_path / "x.argosmodel", extra)
    with pytest.raises(ModelError, match=says):
        install_archive(archive, packages, limits=SMALL)
    archive.unlink()
    assert tree(tmp_path) == before
    assert left_behind(packages) == []


def test_a_hidden_top_folder_is_refused(packages: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="hidden top folder"):
        install_archive(pack(tmp_path / "x.argosmodel", top=".toolkit-staging"), packages)


def test_the_same_name_twice_is_refused(packages: Path, tmp_path: Path) -> None:
    with pytest.warns(UserWarning, match="Duplicate name"):
        archive = archive_of(tmp_path / "x.argosmodel", (f"{TOP}/metadata.json", metadata(to_code="de")))
    with pytest.raises(ModelError, match="twice"):
        install_archive(archive, packages)


def test_an_encrypted_member_is_refused(packages: Path, tmp_path: Path) -> None:
    archive = pack(tmp_path / "x.argosmodel")
    content = bytearray(archive.read_bytes())
    place = content.index(b"PK\x01\x02")
    content[place + 8] |= 1
    archive.write_bytes(content)
    with pytest.raises(ModelError, match="encrypted"):
        install_archive(archive, packages)


def test_too_many_members_and_too_much_in_all_are_refused(packages: Path, tmp_path: Path) -> None:
    many = pack(tmp_path / "many.argosmodel", {**members(), **{f"f{n}": b"" for n in range(30)}})
    with pytest.raises(ModelError, match="members"):
        install_archive(many, packages, limits=SMALL)
    large = pack(tmp_path / "large.argosmodel", {**members(), **{f"f{n}": NOISE[n:3_000] for n in range(3)}})
    with pytest.raises(ModelError, match="MiB when unpacked"):
        install_archive(large, packages, limits=SMALL)
    assert left_behind(packages) == []


def test_a_bomb_that_lies_about_its_size_is_stopped(packages: Path, tmp_path: Path) -> None:
    archive = archive_of(tmp_path / "x.argosmodel", (f"{TOP}/bomb", b"\0" * 3_000_000))
    content = archive.read_bytes()
    assert content.count((3_000_000).to_bytes(4, "little")) == 2
    archive.write_bytes(content.replace((3_000_000).to_bytes(4, "little"), (300).to_bytes(4, "little")))
    with pytest.raises(ModelError, match="'translate-fr_en-3_0/bomb' is damaged"):
        install_archive(archive, packages)
    assert tree(packages) == {}
    assert left_behind(packages) == []


@settings(max_examples=40)  # each one syncs a dozen files to disk
@given(place=st.integers(0, 10_000), mask=st.integers(1, 255))
def test_a_flipped_byte_installs_the_same_or_nothing(
    tmp_path_factory: pytest.TempPathFactory, place: int, mask: int
) -> None:
    root = tmp_path_factory.mktemp("flip")
    archive = pack(root / "x.argosmodel")
    content = bytearray(archive.read_bytes())
    content[place % len(content)] ^= mask
    archive.write_bytes(content)
    try:
        package = install_archive(archive, root / "data" / "packages")
    except ModelError:
        assert tree(root / "data") in ({}, {".toolkit-install.lock": b""})
    else:
        assert {name: package.read(name) for name in package.names()} == members()


def test_a_flipped_byte_of_the_model_is_named(packages: Path, tmp_path: Path) -> None:
    archive = tmp_path / "x.argosmodel"
    with zipfile.ZipFile(archive, "w") as zipped:
        for name, content in members().items():
            zipped.writestr(f"{TOP}/{name}", content)
    archive.write_bytes(archive.read_bytes().replace(b"weights weights", b"weights veights", 1))
    with pytest.raises(ModelError, match=r"model/model\.bin' is damaged"):
        install_archive(archive, packages)
    assert tree(packages) == {}


def test_wrong_pair_wrong_sum_no_file(packages: Path, tmp_path: Path) -> None:
    archive = pack(tmp_path / "x.argosmodel")
    with pytest.raises(ModelError, match="fr to en, not en to fr"):
        install_archive(archive, packages, expect_pair=("en", "fr"))
    with pytest.raises(ModelError, match=f"expected {'0' * 64}"):
        install_archive(archive, packages, sha256="0" * 64)
    with pytest.raises(ModelError, match="no such file"):
        install_archive(tmp_path / "nulle-part", packages)
    with pytest.raises(ModelError, match="no such file"):
        install_archive(tmp_path, packages)
    assert tree(packages) == {}


def test_the_right_sum_in_capitals_is_right(packages: Path, tmp_path: Path) -> None:
    archive = pack(tmp_path / "x.argosmodel")
    assert install_archive(archive, packages, sha256=open_package(archive).checksum.upper()).version == "3.0"


def test_a_full_disk_leaves_the_old_package(packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    old = install_archive(pack(tmp_path / "old.argosmodel"), packages)
    before = tree(packages)

    def full(descriptor: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(WriteError, match="the disk is full"):
        install_archive(pack(tmp_path / "new.argosmodel", members(package_version="3.1")), packages)
    assert tree(packages) == before
    assert installed_packages([packages]) == ([old], [])
    assert left_behind(packages) == []


def test_a_rename_that_fails_puts_the_old_package_back(
    packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    old = install_archive(pack(tmp_path / "old.argosmodel"), packages)
    rename = Path.rename

    def fail_for_new(self: Path, target: Path) -> Path:
        if self.parent.name == "new":
            raise OSError(errno.EIO, os.strerror(errno.EIO))
        return rename(self, target)

    monkeypatch.setattr(Path, "rename", fail_for_new)
    with pytest.raises(WriteError, match="cannot be written"):
        install_archive(pack(tmp_path / "new.argosmodel", members(package_version="3.1")), packages)
    assert installed_packages([packages]) == ([old], [])
    verify_package(old)
    assert left_behind(packages) == []


KILLED = """
import os, signal, sys
from pathlib import Path
from toolkit.translation.install import install_archive
step, archive, packages = int(sys.argv[1]), Path(sys.argv[2]), Path(sys.argv[3])
done = 0
def counted(function):
    def call(*arguments, **named):
        global done
        if done == step:
            os.kill(os.getpid(), signal.SIGKILL)
        done += 1
        return function(*arguments, **named)
    return call
os.fsync, Path.rename = counted(os.fsync), counted(Path.rename)
install_archive(archive, packages)
"""
# fsync of 6 files and the record, of 2 folders; rename aside, rename in; fsync of the directory
STEPS = {"first file": 0, "last file": 5, "renamed nothing": 9, "renamed aside": 10, "renamed in": 11}


@pytest.mark.skipif(os.name != "posix", reason="kill -9 is POSIX's")
@pytest.mark.parametrize("step", STEPS.values(), ids=STEPS)
def test_kill_9_leaves_one_whole_package(packages: Path, tmp_path: Path, step: int) -> None:
    install_archive(pack(tmp_path / "old.argosmodel"), packages)
    archive = pack(tmp_path / "new.argosmodel", members(package_version="3.1"))
    result = subprocess.run([sys.executable, "-c", KILLED, str(step), str(archive), str(packages)], check=False)
    assert result.returncode == -signal.SIGKILL
    # Right after the kill, before anybody has tidied up: one package, whole.
    (found,), problems = installed_packages([packages])
    assert problems == []
    assert found.version == ("3.1" if step == STEPS["renamed in"] else "3.0")
    assert verify_package(found).kind == "checksums"
    assert left_behind(packages) != []
    # Argos itself lists every folder of the packages directory and fails at one without metadata.json.
    assert all((folder / "metadata.json").is_file() for folder in packages.iterdir())
    recover([packages])
    assert left_behind(packages) == []
    (after,), problems = installed_packages([packages])
    assert (after.version, after.path, problems) == (found.version, packages / TOP, [])
    assert install_archive(archive, packages).version == "3.1"


def test_an_unwritable_parent_is_no_obstacle(packages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    beside, inside = work_folders(packages)
    monkeypatch.setattr(os, "access", lambda path, mode: Path(path) != beside.parent)
    seen: list[bool] = []
    unpack = install._unpack

    def spy(*arguments: object) -> object:
        seen.append(inside.is_dir() or not beside.is_dir())
        return unpack(*arguments)  # type: ignore[arg-type]

    monkeypatch.setattr(install, "_unpack", spy)
    package = install_archive(pack(tmp_path / "x.argosmodel"), packages)
    assert seen == [True]
    assert installed_packages([packages]) == ([package], [])
    assert left_behind(packages) == []


def test_two_installations_at_once_are_kept_apart(packages: Path, tmp_path: Path) -> None:
    with FileLock(packages.parent / ".toolkit-install.lock"), pytest.raises(LockedError, match="under way"):
        install_archive(pack(tmp_path / "x.argosmodel"), packages)
    assert tree(packages) == {}


def test_a_file_where_the_directory_belongs_is_said(tmp_path: Path) -> None:
    (tmp_path / "packages").write_text("")
    with pytest.raises(WriteError, match="cannot be written"):
        install_archive(pack(tmp_path / "x.argosmodel"), tmp_path / "packages")


def test_verify_notices_each_change(packages: Path, tmp_path: Path) -> None:
    archive = pack(tmp_path / "x.argosmodel")
    for change, says in {"flip": "not what was installed", "delete": "missing", "record": "record"}.items():
        package = install_archive(archive, packages)
        if change == "flip":
            (package.path / "model/model.bin").write_bytes(b"Weights " * 40)
        elif change == "delete":
            (package.path / "README.md").unlink()
        else:
            (package.path / RECORD).write_text("{")
        with pytest.raises(ModelError, match=says):
            verify_package(open_package(package.path))


def test_verify_names_what_was_added(packages: Path, tmp_path: Path) -> None:
    package = install_archive(pack(tmp_path / "x.argosmodel"), packages)
    (package.path / "note.txt").write_text("à moi")
    assert verify_package(open_package(package.path)).extra == ("note.txt",)


def test_verify_says_what_it_cannot_prove(tmp_path: Path) -> None:
    assert verify_package(open_package(lay(tmp_path / "foreign"))).kind == "structure"
    assert verify_package(open_package(pack(tmp_path / "x.argosmodel"))).kind == "archive"
    empty = lay(tmp_path / "empty", {**members(), "model/model.bin": b""})
    with pytest.raises(ModelError, match="empty"):
        verify_package(open_package(empty))


@pytest.mark.parametrize(
    "other", [members(package_version="3.1"), {**members(), "model/model.bin": b"other"}, {"new.txt": b""}]
)
def test_a_package_unpacked_over_ours_is_no_longer_ours(
    packages: Path, tmp_path: Path, other: dict[str, bytes]
) -> None:
    ours = install_archive(pack(tmp_path / "x.argosmodel"), packages)
    recorded = ours.checksum
    lay(ours.path, other)
    over = open_package(ours.path)
    assert over.checksum_kind == "folder"
    assert over.checksum != recorded


def test_the_embedded_package_verifies_and_installs(packages: Path) -> None:
    (embedded,) = embedded_packages()
    report = verify_package(embedded)
    assert (report.kind, report.files) == ("checksums", 6)
    installed = install_archive(embedded.path, packages, expect_pair=("fr", "en"))
    assert installed.checksum == embedded.checksum
    assert installed.model_files() == embedded.model_files()


def test_the_embedded_archive_loads_from_memory() -> None:
    engine = pytest.importorskip("ctranslate2")
    pieces = pytest.importorskip("sentencepiece")
    (embedded,) = embedded_packages()
    translator = engine.Translator(embedded.label, device="cpu", files=embedded.model_files(), intra_threads=1)
    tokenizer = pieces.SentencePieceProcessor(model_proto=embedded.read(embedded.tokenizer_name))
    tokens = tokenizer.encode("Le conseil a adopté la résolution.", out_type=str)
    (result,) = translator.translate_batch([tokens], beam_size=4, length_penalty=0.2)
    assert "resolution" in tokenizer.decode_pieces(result.hypotheses[0]).lower()


def test_remove_deletes_the_package_and_only_it(packages: Path, tmp_path: Path) -> None:
    one = install_archive(pack(tmp_path / "one.argosmodel", top="one"), packages)
    two = install_archive(pack(tmp_path / "two.argosmodel", top="two"), packages)
    remove_package(one, [tmp_path / "missing", packages])
    assert installed_packages([packages]) == ([two], [])
    assert left_behind(packages) == []
    with pytest.raises(ModelError, match="no longer there"):
        remove_package(one, [packages])


def test_remove_takes_a_link_away_but_not_what_it_leads_to(packages: Path, tmp_path: Path) -> None:
    target = lay(tmp_path / "elsewhere")
    (packages / "linked").symlink_to(target)
    (linked,) = installed_packages([packages])[0]
    remove_package(linked, [packages])
    assert installed_packages([packages])[0] == []
    assert tree(target) == members()


def test_remove_refuses_what_is_not_installed(packages: Path, tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="part of the toolkit"):
        remove_package(embedded_packages()[0], [packages])
    outside = open_package(lay(tmp_path / "outside"))
    with pytest.raises(ModelError, match="not in a packages directory"):
        remove_package(outside, [packages])
    file = open_package(pack(packages / "x.argosmodel"))
    with pytest.raises(ModelError, match="not in a packages directory"):
        remove_package(file, [packages])
    assert outside.path.is_dir()
    assert file.path.is_file()


def test_every_refusal_has_a_way_out(packages: Path, tmp_path: Path) -> None:
    (tmp_path / "x").write_bytes(b"")
    for attempt in (tmp_path / "x", tmp_path / "y"):
        with pytest.raises(ToolkitError) as raised:
            install_archive(attempt, packages)
        assert raised.value.hint
        assert raised.value.where == str(attempt)
