"""What goes wrong in real life: each gets one clear sentence, a documented exit code, and nothing reviewed is lost."""

from __future__ import annotations

import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.running import ROOT, assert_error, environment, toolkit, tree
from toolkit.errors import ToolkitError

GOOD = "Le comité a adopté le rapport.\n"


@pytest.fixture
def project(tmp_path: Path) -> Path:
    for name in ("source", "locales", "output"):
        (tmp_path / name).mkdir()
    return tmp_path


def put(project: Path, data: bytes | str, name: str = "a.txt") -> Path:
    path = project / "source" / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode("utf-8"))
    return path


SOURCES: dict[str, tuple[bytes, str]] = {
    "empty file": (b"", "source/a.txt"),
    "only blank lines": (b"\n \r\n\t\n", "source/a.txt"),
    "binary file": (b"\x7fELF\x02\x01\x01\x00\x00\x03", "source/a.txt:1"),
    "NUL": (b"Bonjour.\nLe\x00 port.\n", "source/a.txt:2"),
    "lone surrogate": (b"Bonjour.\n\xed\xa0\x80\n", "source/a.txt:2"),
    "lone surrogate in UTF-16": (b"\xff\xfeB\x00\n\x00\x00\xd8\n\x00", "source/a.txt"),
    "UTF-8 cut in a character": ("Été à Sète".encode() + b"\xc3", "source/a.txt:1"),
}


@pytest.mark.parametrize("name", SOURCES)
def test_a_source_that_is_no_text(project: Path, name: str) -> None:
    data, place = SOURCES[name]
    put(project, data)
    put(project, GOOD, "good.txt")
    done = toolkit(project, "build")
    assert_error(done, 3, place)
    assert (project / "output" / "good.html").exists(), "the good release is published all the same"
    assert not (project / "output" / "a.html").exists()


def test_fifty_megabytes_are_refused_before_they_are_read(project: Path) -> None:
    with (project / "source" / "a.txt").open("wb") as huge:
        huge.truncate(50_000_000)
    assert_error(toolkit(project, "extract"), 3, "50,000,000 bytes", "max_bytes")


def test_a_line_of_two_megabytes_goes_through(project: Path) -> None:
    put(project, "Le comité a adopté le rapport numéro un. " * 50_000)
    done = toolkit(project, "extract")
    assert done.returncode == 0, done.stderr
    assert (project / "locales" / "en" / "a.po").stat().st_size < 10_000_000


def test_cp1252_is_read_with_a_loud_warning_and_without_one_when_named(project: Path) -> None:
    put(project, "Été à Sète.\n".encode("cp1252"))
    done = toolkit(project, "extract")
    assert done.returncode == 0
    assert "warning: source/a.txt" in done.stderr
    assert "cp1252" in done.stderr
    assert toolkit(project, "extract", "--encoding", "cp1252").stderr == ""
    assert_error(toolkit(project, "extract", "--encoding", "klingon"), 3, "klingon")


def test_names_with_spaces_and_accents_work(project: Path) -> None:
    put(project, GOOD, "Réunion d’été 100 %.txt")
    done = toolkit(project, "build")
    assert done.returncode == 0, done.stderr
    assert (project / "output" / "reunion-d-ete-100.html").exists()
    po = (project / "locales" / "en" / "reunion-d-ete-100.po").read_text(encoding="utf-8")
    assert "#: source/Réunion%20d’été%20100%20%25.txt:1" in po


@pytest.mark.parametrize("name", ["a\nb.txt", "con.txt", "日本.txt", "!!!.txt", "x" * 201 + ".txt"])
def test_names_that_cannot_be_used_stop_nobody_else(project: Path, name: str) -> None:
    put(project, GOOD, name)
    put(project, GOOD, "good.txt")
    assert_error(toolkit(project, "build"), 3, "file name")
    assert (project / "output" / "good.html").exists()


def test_a_release_outside_source_is_not_read(project: Path) -> None:
    put(project, GOOD)
    (project / "secret.txt").write_text("Secret.\n", encoding="utf-8")
    assert_error(toolkit(project, "extract", "../secret"), 3, "no release")
    assert_error(toolkit(project, "extract", "source/../secret.txt"), 3, "no release")
    (project / "source" / "lien.txt").symlink_to(project / "secret.txt")
    assert_error(toolkit(project, "extract"), 3, "symbolic link")
    assert not (project / "locales" / "en" / "lien.po").exists()


def test_two_releases_with_one_name(project: Path) -> None:
    put(project, GOOD, "été.txt")
    put(project, GOOD, "ete.txt")
    assert_error(toolkit(project, "build"), 3, "été.txt", "ete.txt")


REVIEWED = 'msgstr "The committee adopted the report."'


def reviewed(project: Path) -> Path:
    put(project, GOOD + "Deux équipes ont été formées.\n")
    assert toolkit(project, "build").returncode == 0
    path = project / "locales" / "en" / "a.po"
    text = re.sub(
        r'#, fuzzy\n(msgid "Le comité[^\n]*\n)msgstr "[^"]*"', rf"\1{REVIEWED}", path.read_text(encoding="utf-8")
    )
    path.write_text(text, encoding="utf-8")
    assert REVIEWED in text
    return path


CATALOGUES: dict[str, tuple[Callable[[bytes], bytes], str]] = {
    "conflict marker": (lambda data: data.replace(b"#, fuzzy", b"<<<<<<< HEAD\n#, fuzzy", 1), "conflict"),
    "empty": (lambda data: b"", "empty"),
    "cut in the header": (lambda data: data[: data.index(b"Language-Team")], "middle of a line"),
    "cut after the header's first line": (lambda data: data[: data.index(b'"Report')], "cut short"),
    "cut in half": (lambda data: data[: len(data) // 2], "cut short"),
    "cut between entries": (lambda data: data[: data.rindex(b"\n\n") + 1], "cut short"),
    "wrong charset": (lambda data: data.decode().encode("utf-16"), "UTF-8"),
    "latin-1": (lambda data: data.decode().replace("’", "'").encode("latin-1"), "UTF-8"),
    "doubled entry": (lambda data: data + data[data.rindex(b"\n\n") :], "two entries"),
    "NUL": (lambda data: data.replace(b"committee", b"commi\x00ttee"), "U+0000"),
    "not a PO": (lambda data: b"Dear colleague,\nplease find attached.\n", "not a valid PO"),
}


@pytest.mark.parametrize("name", CATALOGUES)
def test_a_broken_catalogue_is_named_and_left_alone(project: Path, name: str) -> None:
    path = reviewed(project)
    put(project, GOOD, "good.txt")
    spoil, message = CATALOGUES[name]
    path.write_bytes(spoil(path.read_bytes()))
    before = path.read_bytes()
    done = toolkit(project, "build")
    assert done.returncode == 4, done.stderr
    assert "Traceback" not in done.stderr
    assert message in done.stderr or (name == "cut in half" and "middle of a line" in done.stderr), done.stderr
    assert "locales/en/a.po" in done.stderr
    assert path.read_bytes() == before
    assert (project / "output" / "good.html").exists()


def test_a_full_disk_keeps_every_catalogue_whole(project: Path) -> None:
    path = reviewed(project)
    before = path.read_bytes()
    put(project, GOOD + "Deux équipes ont été formées.\n" + "Une phrase de plus est venue.\n")
    limit = "import resource\nresource.setrlimit(resource.RLIMIT_FSIZE, (700, 700))"
    done = toolkit(project, "build", program=limit)
    assert_error(done, 6, "cannot write")
    assert path.read_bytes() == before
    assert toolkit(project, "build").returncode == 0
    assert REVIEWED in path.read_text(encoding="utf-8")


def test_a_read_only_home_is_no_obstacle(project: Path) -> None:
    put(project, GOOD)
    done = toolkit(project, "build", extra={"HOME": "/proc/nowhere"})
    assert done.returncode == 0, done.stderr
    assert "1 sentence with translate-fr_en" in done.stdout


#: Python that makes any use of the network an error, run before the command.
NO_NETWORK = """
import sys
def refuse(event, args):
    if event.startswith(('socket.connect', 'socket.getaddrinfo', 'socket.bind', 'socket.sendto', 'urllib.')):
        raise AssertionError(event)
sys.addaudithook(refuse)
"""


def test_the_whole_job_opens_no_socket(project: Path) -> None:
    put(project, GOOD)
    for args in (["build"], ["status"], ["doctor"], ["models", "list"], ["models", "verify"]):
        done = toolkit(project, *args, program=NO_NETWORK)
        assert done.returncode == 0, done.stderr


def test_the_whole_job_runs_without_a_network(project: Path) -> None:
    if not shutil.which("unshare") or subprocess.run(["unshare", "-rn", "true"], check=False).returncode:
        pytest.skip("this system does not let us cut the network off (unshare -n)")
    put(project, GOOD)
    done = subprocess.run(
        ["unshare", "-rn", sys.executable, "-m", "toolkit", "build"],
        cwd=project,
        env={**environment(project), "PYTHONPATH": str(ROOT)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert (project / "output" / "a.html").exists()


def test_installing_without_a_network_says_so(project: Path) -> None:
    done = toolkit(project, "models", "install", "fr", "en", "--index", "http://127.0.0.1:9/index.json")
    assert_error(done, 9, "127.0.0.1")


def test_a_model_file_that_is_none(project: Path) -> None:
    put(project, GOOD)
    (project / "x.argosmodel").write_bytes(b"not a zip")
    assert_error(toolkit(project, "translate", "--model", "x.argosmodel"), 5, "x.argosmodel")
    assert_error(toolkit(project, "translate", "--model", "missing.argosmodel"), 5, "missing.argosmodel")
    assert_error(toolkit(project, "translate", "--model", "translate-fr_en 9.9"), 5, "translate-fr_en 9.9")
    assert_error(toolkit(project, "models", "install", "x.argosmodel"), 5, "x.argosmodel")


def test_a_damaged_model_is_refused_before_it_translates(project: Path) -> None:
    put(project, GOOD)
    archive = next((ROOT / "toolkit" / "data" / "models").glob("*.argosmodel"))
    assert toolkit(project, "models", "install", str(archive)).returncode == 0
    model = next(project.rglob("model.bin"))
    data = bytearray(model.read_bytes())
    data[len(data) // 2] ^= 1
    model.write_bytes(data)
    assert_error(toolkit(project, "translate"), 5, "model.bin")
    assert_error(toolkit(project, "models", "verify"), 5, "model.bin")


#: Python run before a command: the process gets a signal just before its n-th file is put in place.
SIGNAL = """
import os, pathlib, signal
signal.signal(signal.SIGINT, signal.default_int_handler)  # which a shell's background jobs inherit as ignored
left = [{count}]
rename = pathlib.Path.replace
def replace(self, target):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.{name})
    return rename(self, target)
pathlib.Path.replace = replace
"""


def many(project: Path) -> None:
    for number in range(4):
        put(
            project,
            f"Le comité numéro {number} a adopté le rapport.\nLa séance {number} est levée.\n",
            f"r{number}.txt",
        )


@pytest.mark.parametrize("command", ["extract", "translate", "publish"])
@pytest.mark.parametrize(("name", "code"), [("SIGINT", 130), ("SIGKILL", -signal.SIGKILL)])
def test_interrupted_runs_leave_whole_files_and_go_on(project: Path, command: str, name: str, code: int) -> None:
    many(project)
    for before in {"extract": [], "translate": ["extract"], "publish": ["extract", "translate"]}[command]:
        assert toolkit(project, before).returncode == 0
    done = toolkit(project, command, program=SIGNAL.format(count=3, name=name))
    assert done.returncode == code, done.stderr
    assert "Traceback" not in done.stderr
    if name == "SIGINT":
        assert "run the same command again" in done.stderr
    assert toolkit(project, "status").returncode == 0, "every catalogue on disk is whole"
    assert toolkit(project, "build").returncode == 0
    left = tree(project)
    assert not [path for path in left if "partial" in path]
    clean = project / "clean"
    shutil.copytree(project / "source", clean / "source")
    assert toolkit(clean, "build").returncode == 0
    assert {path: data for path, data in left.items() if not path.startswith("clean")} == tree(clean)


#: Python run before a command: a translator saves a correction in an editor while the first sentences are translated.
EDITOR = """
import pathlib
from toolkit.translation.argos import ArgosEngine
translate = ArgosEngine.translate
def slow(self, windows, **options):
    path = pathlib.Path('locales/en/a.po')
    text = path.read_text(encoding='utf-8')
    empty = 'msgid "Le comité a adopté le rapport."\\nmsgstr ""'
    assert empty in text
    path.write_text(text.replace(empty, empty[:-2] + '"By a person."'), encoding='utf-8')
    yield from translate(self, windows, **options)
ArgosEngine.translate = slow
"""


def test_what_a_translator_saves_during_translate_is_kept(project: Path) -> None:
    put(project, GOOD + "Deux équipes ont été formées.\n")
    toolkit(project, "extract")
    done = toolkit(project, "translate", program=EDITOR)
    assert done.returncode == 0, done.stderr
    text = (project / "locales" / "en" / "a.po").read_text(encoding="utf-8")
    assert 'msgstr "By a person."' in text
    assert text.count("#, fuzzy") == 1


def test_folders_that_are_links_are_not_written_through(project: Path) -> None:
    put(project, GOOD)
    elsewhere = project / "elsewhere"
    elsewhere.mkdir()
    (project / "locales" / "en").symlink_to(elsewhere)
    assert_error(toolkit(project, "build"), 6, "symbolic link")
    assert not list(elsewhere.iterdir())


def test_two_builds_at_once(project: Path) -> None:
    put(project, GOOD)
    holder = (
        "import sys\nfrom pathlib import Path\nfrom toolkit.files import project_lock\n"
        "with project_lock(Path(sys.argv[1])):\n    print('held', flush=True)\n    sys.stdin.read()"
    )
    with subprocess.Popen(
        [sys.executable, "-c", holder, str(project)], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as first:
        assert first.stdout is not None
        first.stdout.readline()
        assert_error(toolkit(project, "build"), 8, "another toolkit command")
        assert toolkit(project, "status").returncode == 0, "looking is always possible"
        first.kill()
    assert toolkit(project, "build").returncode == 0


def test_mistakes_of_ours_are_said_without_a_traceback(project: Path) -> None:
    put(project, GOOD)
    program = "import toolkit.pipeline\ntoolkit.pipeline.Pipeline.extract = lambda *args: 1 / 0"
    assert_error(toolkit(project, "build", program=program), 70, "ZeroDivisionError", "TOOLKIT_DEBUG")


def test_the_command_line_itself_is_explained(project: Path) -> None:
    for args in (["bild"], ["build", "--bem", "3"], ["translate", "--beam", "0"], ["segment"]):
        done = toolkit(project, *args)
        assert done.returncode == 2
        assert "Usage: toolkit" in done.stderr
        assert "Traceback" not in done.stderr


def test_every_exit_code_is_documented() -> None:
    """docs/errors.md has one row per class with its exit code, and no other."""
    text = (ROOT / "docs" / "errors.md").read_text(encoding="utf-8")
    rows = dict(re.findall(r"^\| (\d+) \| `(\w+)`", text, flags=re.MULTILINE))
    classes: list[type[ToolkitError]] = [ToolkitError, *ToolkitError.__subclasses__()]
    ours = [found for found in classes if found.__module__ == "toolkit.errors"]
    assert rows == {str(found.exit_code): found.__name__ for found in ours}
