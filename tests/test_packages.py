"""Finding, describing and choosing model packages."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.fake_package import TOP, lay, members, metadata, pack, tree
from toolkit.errors import ModelError
from toolkit.translation.packages import (
    ModelPackage,
    choose,
    embedded_packages,
    installed_packages,
    open_package,
)


def package(version: str, *, embedded: bool = False, to_code: str = "en") -> ModelPackage:
    return ModelPackage(
        path=Path(f"/packages/{version}"),
        from_code="fr",
        to_code=to_code,
        version=version,
        argos_version="1.9",
        name=f"translate-fr_{to_code}",
        tokenizer_name="sentencepiece.model",
        embedded=embedded,
    )


def without(name: str) -> dict[str, bytes]:
    return {key: content for key, content in members().items() if key != name}


@pytest.mark.parametrize("as_archive", [True, False])
def test_a_package_is_described_the_same_as_a_folder_and_as_an_archive(tmp_path: Path, as_archive: bool) -> None:
    path = pack(tmp_path / "x.argosmodel") if as_archive else lay(tmp_path / "x")
    found = open_package(path)
    assert (found.from_code, found.to_code, found.version) == ("fr", "en", "3.0")
    assert found.label == "translate-fr_en 3.0"
    assert found.tokenizer_name == "sentencepiece.model"
    assert found.names() == tuple(sorted(members()))
    assert {name: found.read(name) for name in found.names()} == members()
    assert found.model_files() == {
        "model.bin": b"weights " * 40,
        "config.json": b"{}",
        "shared_vocabulary.json": b'["<unk>"]',
    }
    assert found.card() == "# Modèle d’essai\n"
    assert found.is_archive is as_archive
    assert not found.embedded


def test_checksum_of_an_archive_is_that_of_the_file(tmp_path: Path) -> None:
    path = pack(tmp_path / "x.argosmodel")
    found = open_package(path)
    assert found.checksum == hashlib.sha256(path.read_bytes()).hexdigest()
    assert found.checksum_kind == "archive"


def test_checksum_of_a_foreign_folder_is_over_names_and_contents(tmp_path: Path) -> None:
    one, same = open_package(lay(tmp_path / "one")), open_package(lay(tmp_path / "same"))
    other = open_package(lay(tmp_path / "other", {**members(), "model/config.json": b"[]"}))
    renamed = {"LISEZMOI.md" if name == "README.md" else name: content for name, content in members().items()}
    assert one.checksum_kind == "folder"
    assert one.checksum == same.checksum
    assert len({one.checksum, other.checksum, open_package(lay(tmp_path / "renamed", renamed)).checksum}) == 3
    lines = "".join(f"{n}\0{hashlib.sha256(c).hexdigest()}\n" for n, c in sorted(members().items()))
    assert one.checksum == hashlib.sha256(lines.encode()).hexdigest()


@pytest.mark.parametrize(
    ("files", "says"),
    [
        (without("metadata.json"), "no metadata.json"),
        (without("model/model.bin"), "no model/model.bin"),
        (without("sentencepiece.model"), "no tokenizer"),
        ({**members(), "metadata.json": b"{"}, "not JSON"),
        ({**members(), "metadata.json": b"\xff\xfe\x00"}, "not JSON"),
        ({**members(), "metadata.json": b"[" * 100_000}, "not JSON"),
        ({**members(), "metadata.json": b"[]"}, "does not describe"),
        ({**members(), "metadata.json": metadata(from_code=None)}, "no usable 'from_code'"),
        ({**members(), "metadata.json": metadata(to_code="../en")}, "no usable 'to_code'"),
        ({**members(), "metadata.json": metadata(package_version="1\nmsgid")}, "no usable 'package_version'"),
        ({**members(), "metadata.json": metadata(type="sbd")}, "not for translation"),
    ],
)
@pytest.mark.parametrize("as_archive", [True, False])
def test_what_is_no_package_is_refused(tmp_path: Path, files: dict[str, bytes], says: str, as_archive: bool) -> None:
    path = pack(tmp_path / "x.argosmodel", files) if as_archive else lay(tmp_path / "x", files)
    with pytest.raises(ModelError, match=says) as raised:
        open_package(path)
    assert raised.value.where == str(path)
    assert raised.value.hint


def test_a_bpe_tokenizer_is_a_tokenizer(tmp_path: Path) -> None:
    files = {**without("sentencepiece.model"), "bpe.model": b"#version: 0.2\n"}
    assert open_package(lay(tmp_path / "x", files)).tokenizer_name == "bpe.model"


@pytest.mark.parametrize("content", [b"", b"PK", b"PK\x03\x04", b"<html>non</html>", bytes(range(64))])
def test_what_is_no_zip_is_refused(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "x.argosmodel"
    path.write_bytes(content)
    with pytest.raises(ModelError, match="no zip archive"):
        open_package(path)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="no such file"):
        open_package(tmp_path / "nulle-part.argosmodel")
    with pytest.raises(ModelError, match="cannot be read"):
        open_package(tmp_path / ("n" * 300))


def test_a_truncated_archive_is_refused(tmp_path: Path) -> None:
    path = pack(tmp_path / "x.argosmodel")
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(ModelError):
        open_package(path)


def test_a_member_swallowed_by_a_comment_is_missed(tmp_path: Path) -> None:
    """Zipfile stops in silence where the list of members does not add up: a package must not lose a file that way."""
    path = pack(tmp_path / "x.argosmodel")
    content = bytearray(path.read_bytes())
    entry = content.rindex(b"PK\x01\x02", 0, content.rindex(b"PK\x01\x02"))
    content[entry + 32] = 255  # the length of the comment of the last entry but one, APPNOTE 4.3.12
    path.write_bytes(content)
    with zipfile.ZipFile(path) as zipped:
        assert len(zipped.infolist()) == len(members()) - 1
    with pytest.raises(ModelError, match="list of files is damaged"):
        open_package(path)


@pytest.fixture(scope="module")
def good_archive(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return pack(tmp_path_factory.mktemp("good") / "good.argosmodel")


@given(data=st.data())
def test_a_flipped_byte_is_noticed_or_without_effect(good_archive: Path, data: st.DataObject) -> None:
    """No byte of an archive can be changed so that other contents come out, or another error than ours."""
    content = bytearray(good_archive.read_bytes())
    place = data.draw(st.integers(0, len(content) - 1))
    content[place] ^= data.draw(st.integers(1, 255))
    path = good_archive.with_name(f"flipped-{os.getpid()}.argosmodel")
    path.write_bytes(content)
    try:
        found = open_package(path)
        contents = {name: found.read(name) for name in found.names()}
    except ModelError:
        return
    assert contents == members()


@given(content=st.binary(max_size=400))
def test_random_bytes_are_refused_in_our_own_words(good_archive: Path, content: bytes) -> None:
    whole = good_archive.read_bytes()
    path = good_archive.with_name(f"random-{os.getpid()}.argosmodel")
    # The end of a good archive makes zipfile look at the random rest.
    path.write_bytes(content + whole[-200:])
    with pytest.raises(ModelError):
        open_package(path)


def test_stray_folders_are_problems_not_failures(tmp_path: Path) -> None:
    packages = tmp_path / "packages"
    lay(packages / "new")
    lay(packages / "old", {**members(), "metadata.json": metadata(package_version="1.10")})
    lay(packages / "older", {**members(), "metadata.json": metadata(package_version="1.9")})
    lay(packages / "splitter", {**members(), "metadata.json": metadata(type="sbd")})
    (packages / "stray").mkdir()
    (packages / "notes.txt").write_text("à garder")
    found, problems = installed_packages([tmp_path / "missing", packages])
    assert [each.version for each in found] == ["1.9", "1.10", "3.0"]
    assert len(problems) == 1
    assert problems[0].startswith(str(packages / "stray"))


def test_a_file_where_the_packages_directory_belongs_is_a_problem(tmp_path: Path) -> None:
    (tmp_path / "packages").write_text("")
    found, problems = installed_packages([tmp_path / "packages"])
    assert found == []
    assert "cannot be read" in problems[0]


def test_installed_before_embedded_and_higher_before_lower() -> None:
    embedded, old, new = package("9.0", embedded=True), package("1.9"), package("1.10")
    assert choose([old, new, embedded], "fr", "en", None) == new
    assert choose([embedded], "fr", "en", None) == embedded
    assert choose([old, new, embedded], "fr", "en", "embedded") == embedded
    assert choose([old, new, embedded], "fr", "en", "translate-fr_en") == new
    assert choose([old, new, embedded], "fr", "en", "translate-fr_en 1.9") == old
    assert choose([package("odd"), old], "fr", "en", None) == old


def test_a_path_can_be_chosen_and_must_be_of_the_pair(tmp_path: Path) -> None:
    path = pack(tmp_path / "x.argosmodel")
    folder = lay(tmp_path / "folder")
    assert choose([], "fr", "en", str(path)).path == path
    assert choose([], "fr", "en", str(folder)).path == folder
    with pytest.raises(ModelError, match="fr to en, not fr to de"):
        choose([], "fr", "de", str(path))


@pytest.mark.parametrize("wanted", [None, "", "translate-fr_en 2.0", "embedded", "translate-fr_de"])
def test_a_choice_that_cannot_be_made_says_what_there_is(wanted: str | None) -> None:
    there = [package("1.0", to_code="de"), package("0.1", to_code="it", embedded=True)]
    with pytest.raises(ModelError) as raised:
        choose(there, "fr", "en", wanted)
    assert "translate-fr_de 1.0, translate-fr_it 0.1 (embedded)" in raised.value.message
    assert raised.value.hint == "toolkit models install fr en"
    with pytest.raises(ModelError, match="there is: none"):
        choose([], "fr", "en", wanted)


def test_the_embedded_package_is_whole_and_described() -> None:
    (found,) = [each for each in embedded_packages() if (each.from_code, each.to_code) == ("fr", "en")]
    assert found.embedded
    assert found.is_archive
    assert found.label == "translate-fr_en 0.1"
    sums = found.path.with_name("SHA256SUMS").read_text().split()
    assert sums == [found.checksum, found.path.name]
    assert set(found.model_files()) >= {"model.bin", "config.json"}
    assert "CC BY 4.0" in (found.card() or "")
    assert choose(embedded_packages(), "fr", "en", None) == found


def test_describing_packages_loads_no_engine_and_writes_nothing(tmp_path: Path) -> None:
    code = (
        "import sys; from toolkit.translation.packages import embedded_packages; embedded_packages()[0].checksum;"
        "heavy = {'ctranslate2', 'argostranslate', 'sentencepiece', 'numpy', 'urllib.request', 'socket'};"
        "sys.exit(', '.join(sorted(heavy & set(sys.modules))) or 0)"
    )
    environment = {**os.environ, "HOME": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    result = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=False)
    assert (result.returncode, result.stderr) == (0, "")
    assert tree(tmp_path) == {}


def test_a_huge_claim_in_metadata_is_not_read(tmp_path: Path) -> None:
    path = tmp_path / "x.argosmodel"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as zipped:
        zipped.writestr(f"{TOP}/metadata.json", b" " * (3 << 20))
    with pytest.raises(ModelError, match="refused"):
        open_package(path)
