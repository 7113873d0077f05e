"""The command line as a user runs it: a process of its own, with a clean environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parent.parent
#: Catalogues of the samples that a fresh clone has none of, as the demonstration drafts them.
DRAFTED = ROOT / "tests" / "data" / "drafted"


def environment(home: Path, extra: Mapping[str, str] = {}) -> dict[str, str]:
    """A home of its own, so that no package or setting of this machine matters."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARGOS_", "XDG_", "TOOLKIT_"))}
    return {**kept, "HOME": str(home), "NO_COLOR": "1", "COLUMNS": "200", "LC_ALL": "C.UTF-8", **extra}


def toolkit(
    root: Path,
    *args: str,
    stdin: bytes = b"",
    extra: Mapping[str, str] = {},
    program: str = "",
) -> subprocess.CompletedProcess[str]:
    """Run ``toolkit ARGS`` in a folder; ``program`` is Python that is run first in the same process."""
    start = ["-c", f"{program}\nfrom toolkit.cli import main\nmain()"] if program else ["-m", "toolkit"]
    done = subprocess.run(
        [sys.executable, "-X", "utf8", *start, *args],
        cwd=root,
        input=stdin,
        env=environment(root, extra),
        capture_output=True,
        check=False,
    )
    return subprocess.CompletedProcess(
        done.args, done.returncode, done.stdout.decode("utf-8"), done.stderr.decode("utf-8")
    )


def copy_samples(project: Path, *names: str) -> None:
    """Some of the sample releases with their catalogues and all images, as a project's source/ and locales/."""
    for folder in ("source", "locales/en"):
        (project / folder).mkdir(parents=True)
    shutil.copytree(ROOT / "source" / "images", project / "source" / "images")
    for name in names:
        shutil.copy(ROOT / "source" / name, project / "source")
        catalogue = f"{name.rpartition('.')[0]}.po"
        drafted = DRAFTED / catalogue
        shutil.copy(drafted if drafted.exists() else ROOT / "locales" / "en" / catalogue, project / "locales" / "en")


def assert_error(done: subprocess.CompletedProcess[str], code: int, *parts: str) -> None:
    """One clear sentence with a way out, the documented exit code, and no traceback."""
    assert done.returncode == code, (done.returncode, done.stdout, done.stderr)
    assert "Traceback" not in done.stderr + done.stdout
    errors = [line for line in done.stderr.splitlines() if line.startswith("error: ")]
    assert len(errors) == 1, done.stderr
    assert "→" in done.stderr
    for part in parts:
        assert part in done.stderr, done.stderr


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder with its content, locks and caches left out."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and path.name != ".toolkit.lock" and ".toolkit" not in path.relative_to(folder).parts
    }
