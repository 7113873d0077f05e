"""What the documentation says is so: its commands run, its options and files exist, its links lead somewhere."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from click import Command, Context, Group, Option

from tests.running import ROOT, toolkit
from toolkit.cli import COMMANDS, cli

PAGES = sorted([ROOT / "README.md", ROOT / "CHANGELOG.md", *(ROOT / "docs").glob("*.md")])
README = (ROOT / "README.md").read_text(encoding="utf-8")


def command_of(words: list[str]) -> tuple[Command, list[str]]:
    command: Command = cli
    while words and isinstance(command, Group) and not words[0].startswith("-"):
        group = command
        for name in words[0].split("|"):
            found = group.get_command(Context(group), name)
            assert found is not None, f"there is no command {name}"
            command = found
        words = words[1:]
    return command, words


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_command_and_option_that_is_mentioned_exists(page: Path) -> None:
    content = page.read_text(encoding="utf-8")
    blocks = "".join(re.findall(r"^```.*?^```", content, flags=re.MULTILINE | re.DOTALL))
    mentions = re.findall(r"`toolkit ([^`\n]+)`", content) + re.findall(r"^toolkit ([^\n#]+)", blocks, re.MULTILINE)
    for mention in mentions:
        text = mention.replace("\\|", "|")
        first, *words = text.split()
        for name in first.split("|"):
            if not name.islower():  # `toolkit COMMAND --help`
                continue
            command, rest = command_of([name, *words])
            known = {"--help", "-h", "--version"}
            for option in command.params:
                if isinstance(option, Option):
                    known |= set(option.opts)
            for word in rest:
                option_name = word.strip("[]").partition("=")[0]
                if option_name.startswith("-") and len(option_name) > 1:
                    assert option_name in known, f"{page.name}: toolkit {text}"


def test_the_readme_lists_every_command() -> None:
    table = README.partition("## Commands")[2].partition("\n## ")[0]
    assert set(re.findall(r"^\| `toolkit (\w+)", table, flags=re.MULTILINE)) == set(COMMANDS)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    for target in re.findall(r"\]\(([^)\s]+)\)", page.read_text(encoding="utf-8")):
        if target.startswith(("http", "#")):
            continue
        path, _, fragment = target.partition("#")
        found = page.parent / path
        assert found.exists(), f"{page.name}: {target}"
        if fragment:
            headings = re.findall(r"^#+ (.*)$", found.read_text(encoding="utf-8"), flags=re.MULTILINE)
            assert fragment in {re.sub(r"[^\w -]", "", heading.lower()).replace(" ", "-") for heading in headings}


def test_the_readmes_own_walk_through_works(tmp_path: Path) -> None:
    """Its commands, in its order, in a fresh folder with one of the sample releases."""
    block = README.partition("## Publish your own releases")[2].partition("## Commands")[0]
    lines = re.findall(r"^((?:toolkit|cp) [^#\n]*?)\s*(?:#.*)?$", block, flags=re.MULTILINE)
    assert [line.split()[1] for line in lines] == [
        "init",
        "releases/*",
        "build",
        "build",
        "status",
        "publish",
        "publish",
        "serve",
        "terms",
        "review",
        "review",
        "check",
        "export",
        "import",
        "align",
        "publish",
        "book",
        "verify",
        "models",
    ]
    (tmp_path / "releases").mkdir()
    (tmp_path / "archive").mkdir()
    english = "A summer school to learn to read a port\n\n4 May 2026\n\nIts secretariat is based in Nantes.\n"
    (tmp_path / "archive" / "conference-en.txt").write_text(english, encoding="utf-8")
    shutil.copy(ROOT / "source" / "2026-05-04-ecole-d-ete.txt", tmp_path / "releases")
    for line in lines:
        words = line.replace("2026-03-14-conference", "2026-05-04-ecole-d-ete").replace(",pdf", "").split()
        if words[1] == "import":
            shutil.copy(tmp_path / "for-the-agency.xlf", tmp_path / "from-the-agency.xlf")
        if words[0] == "cp":
            for release in (tmp_path / "releases").iterdir():
                shutil.copy(release, tmp_path / "press" / "source")
        elif words[1] not in ("models", "serve"):  # the one goes to the network, the other goes on
            done = toolkit(tmp_path, *words[1:])
            assert done.returncode == (1 if "reviewed" in words else 0), (line, done.stderr)
    assert (tmp_path / "press" / "output" / "index.html").exists()


def test_no_page_names_a_machine_or_an_index_host() -> None:
    for page in [*PAGES, *ROOT.glob("requirements*.lock")]:
        text = page.read_text(encoding="utf-8")
        assert not re.search(r"pypi|npmjs|/root/|/home/(?!<)\w+/", text), page.name
