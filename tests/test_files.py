"""Atomic writing, locks, and what the operating system can do to us."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from toolkit.errors import LockedError, SourceError, WriteError
from toolkit.files import PARTIAL_SUFFIX, project_lock, read_source, refuse_link, remove_partials, write_atomic


def run(program: str, *args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", textwrap.dedent(program), *args], capture_output=True, text=True, check=False
    )


def test_unchanged_content_is_not_touched(tmp_path: Path) -> None:
    path = tmp_path / "new folder" / "x.po"
    assert write_atomic(path, b"one")
    before = path.stat()
    assert not write_atomic(path, b"one")
    assert path.stat().st_mtime_ns == before.st_mtime_ns
    assert path.stat().st_ino == before.st_ino
    assert write_atomic(path, b"two")
    assert path.read_bytes() == b"two"


def test_full_disk_leaves_the_old_file_and_no_rubbish(tmp_path: Path) -> None:
    """A limit on file size stands for the full disk: the operating system refuses in the middle of the write."""
    path = tmp_path / "x.po"
    path.write_bytes(b"old")
    done = run(
        """
        import resource, sys
        from pathlib import Path
        from toolkit.errors import WriteError
        from toolkit.files import write_atomic
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            write_atomic(Path(sys.argv[1]), b"x" * 100_000)
        except WriteError as error:
            print(error)
        """,
        str(path),
    )
    assert "cannot write" in done.stdout
    assert "→" in done.stdout
    assert path.read_bytes() == b"old"
    assert list(tmp_path.iterdir()) == [path]


def test_no_space_left_says_so(tmp_path: Path) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("this system has no /dev/full")
    from toolkit.files import write_error

    with pytest.raises(OSError, match="No space left") as caught, Path("/dev/full").open("wb", buffering=0) as full:
        full.write(b"x")
    assert "the disk is full" in str(write_error(caught.value, tmp_path / "x"))


def test_killed_in_the_middle_leaves_the_old_file(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"old")
    done = run(
        """
        import os, signal, sys
        from pathlib import Path
        from toolkit.files import write_atomic
        os.fsync = lambda handle: os.kill(os.getpid(), signal.SIGKILL)
        write_atomic(Path(sys.argv[1]), b"new")
        """,
        str(path),
    )
    assert done.returncode == -9
    assert path.read_bytes() == b"old"
    assert [entry.name for entry in tmp_path.iterdir() if entry != path] == [f".x.po{PARTIAL_SUFFIX}"]
    remove_partials(tmp_path)
    assert list(tmp_path.iterdir()) == [path]


def test_a_link_is_never_written_through(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.write_bytes(b"mine")
    link = tmp_path / "x.po"
    link.symlink_to(outside)
    with pytest.raises(WriteError, match="symbolic link"):
        write_atomic(link, b"new")
    assert outside.read_bytes() == b"mine"


def test_linked_folders_below_the_project_are_refused(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "project" / "locales").mkdir(parents=True)
    (tmp_path / "project" / "locales" / "en").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(WriteError, match="symbolic link"):
        refuse_link(tmp_path / "project" / "locales" / "en" / "x.po", tmp_path / "project")
    refuse_link(tmp_path / "project" / "locales" / "fr" / "x.po", tmp_path / "project")


def test_the_mode_of_a_shared_file_stays(tmp_path: Path) -> None:
    path = tmp_path / "x.po"
    path.write_bytes(b"old")
    path.chmod(0o664)
    write_atomic(path, b"new")
    assert path.stat().st_mode & 0o777 == 0o664


def test_the_lock_is_held_by_one_and_freed_by_a_kill(tmp_path: Path) -> None:
    held = subprocess.Popen(
        [
            sys.executable,
            "-c",
            "import sys\nfrom pathlib import Path\nfrom toolkit.files import project_lock\n"
            "with project_lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()",
            str(tmp_path),
        ],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    with held:
        assert held.stdout is not None
        assert held.stdout.readline() == "held\n"
        with pytest.raises(LockedError), project_lock(tmp_path):
            pass
        held.kill()
        held.wait()
    with project_lock(tmp_path):
        pass


def test_sources_are_plain_files_of_a_bounded_size(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_bytes(b"12345")
    assert read_source(path, "a.txt", 5) == b"12345"
    with pytest.raises(SourceError, match="more than the 4 allowed") as caught:
        read_source(path, "a.txt", 4)
    assert "max_bytes" in caught.value.hint
    link = tmp_path / "b.txt"
    link.symlink_to(path)
    with pytest.raises(SourceError, match="symbolic link"):
        read_source(link, "b.txt", 5)
    with pytest.raises(SourceError, match="no such file"):
        read_source(tmp_path, "folder", 5)


def test_a_folder_without_permission_is_named() -> None:
    with tempfile.TemporaryDirectory() as name, as_nobody():
        folder = Path(name)
        with pytest.raises(WriteError, match="permission denied"):
            write_atomic(folder / "x.po", b"new")


@contextmanager
def as_nobody() -> Iterator[None]:
    """Root may write everywhere, so put root's power aside; another account has no business in root's folder anyway."""
    if os.geteuid() != 0:
        pytest.skip("needs root, to become an account that may not write")
    os.seteuid(65534)
    try:
        yield
    finally:
        os.seteuid(0)
