"""The house keeps its shape: imports point one way, fences hold, modules stand alone, the command line is light."""

from __future__ import annotations

import ast
import os
import subprocess
import sys
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

import toolkit

ROOT = Path(toolkit.__file__).parent
MODULES = sorted(path for path in ROOT.rglob("*.py"))

#: Storey of each part of the house: a part imports only what is below it. docs/stages.md draws it.
STOREYS = {
    "errors": 0,
    "placeholders": 0,
    "skeleton": 0,
    "beads": 1,
    "model": 1,
    "files": 1,
    "imaging": 1,
    "settings": 1,
    "edition": 2,
    "beading": 2,
    "mending": 2,
    "digests": 2,
    "findings": 2,
    "text": 2,
    "formats": 3,
    "segmentation": 3,
    "catalogue": 3,
    "translation": 3,
    "glossary": 3,
    "memory": 3,
    "exchange": 3,
    "checks": 3,
    "fixing": 4,
    "editions": 3,
    "project": 4,
    "books": 4,
    "writers": 5,
    "publication": 5,
    "themes": 5,
    "outputs": 6,
    "pictures": 5,
    "inputs": 6,
    "publishing": 7,
    "reports": 3,
    "shelf": 5,
    "recalling": 5,
    "judging": 6,
    "pipeline": 8,
    "jobs": 9,
    "preview": 9,
    "cli": 10,
    "__main__": 11,
}

#: Third-party libraries behind one fence each: where they may be imported.
FENCES = {
    "click": {"cli"},
    "rich": {"cli"},
    "polib": {"catalogue.po"},
    "argostranslate": {"translation.argos"},
    "ctranslate2": {"translation.argos"},
    "sentencepiece": {"translation.argos"},
    "jinja2": {"editions.templating", "books.pages"},
    "msgspec": {"settings", "publication", "publishing", "inputs"},
    "regex": {"segmentation.icu", "formats.recognition"},
    "filelock": {"files", "translation.partial", "translation.install"},
    "rapidfuzz": {"catalogue", "memory", "checks", "text.difference"},
    "babel": {"text", "editions.interface"},
    "sacrebleu": {"jobs"},
    "spellchecker": {"checks"},
    "watchfiles": {"preview.watching"},
    "pyromark": {"formats.markdown.events"},
    "pikepdf": {"books.tagged"},
    "PIL": {"imaging"},
}

#: Lines of a function, docstring included, and of a module: what a reader takes in at once.
LONGEST_FUNCTION, LONGEST_MODULE = 40, 400
#: Functions and modules that were longer when the limit was set: they may shrink, not grow.
LONGER = {
    "catalogue.po._entry": 44,
    "catalogue.provenance.from_lines": 43,
    "formats.flow._hole": 44,
    "formats.marked.result": 41,
    "formats.recognise": 411,
    "translation.download.install_source": 44,
    "translation.install.install_archive": 46,
    "translation.transfer.download": 56,
}


def name_of(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(part for part in parts if part != "__init__")


@cache
def imports_of(path: Path) -> frozenset[str]:
    """Full names of what a module imports, wherever in it."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module:
            found.add(node.module)
            found |= {f"{node.module}.{alias.name}" for alias in node.names}
    return frozenset(found)


def our_imports(path: Path) -> Iterator[str]:
    known = {name_of(module) for module in MODULES}
    for name in imports_of(path):
        inner = name.removeprefix("toolkit.")
        if name.startswith("toolkit.") and inner in known:
            yield inner


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_imports_point_down(path: Path) -> None:
    own = name_of(path).partition(".")[0]
    for other in our_imports(path):
        part = other.partition(".")[0]
        if part != own:
            assert STOREYS[part] < STOREYS[own], f"{name_of(path)} imports {other}"


def test_there_is_no_import_cycle() -> None:
    graph = {name_of(path): {other for other in our_imports(path) if other != name_of(path)} for path in MODULES}
    for name, others in graph.items():  # a package's own front may gather its modules
        others -= {name.rpartition(".")[0]}
    try:
        tuple(TopologicalSorter(graph).static_order())
    except CycleError as error:
        pytest.fail(f"import cycle: {error.args[1]}")


@pytest.mark.parametrize("library", FENCES)
def test_fences_hold(library: str) -> None:
    for path in MODULES:
        if any(name.split(".")[0] == library for name in imports_of(path)):
            own = name_of(path)
            assert own in FENCES[library] or own.partition(".")[0] in FENCES[library], f"{own} imports {library}"


def lengths(path: Path) -> Iterator[tuple[str, int, int]]:
    """The module and each function in it: name, lines, how many it may have."""
    own, text = name_of(path), path.read_text(encoding="utf-8")
    yield own, len(text.splitlines()), LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield f"{own}.{node.name}", (node.end_lineno or 0) - node.lineno + 1, LONGEST_FUNCTION


@pytest.mark.parametrize("path", MODULES, ids=name_of)
def test_functions_and_modules_are_short(path: Path) -> None:
    for name, lines, most in lengths(path):
        assert lines <= LONGER.get(name, most), f"{name} has {lines} lines"


#: Imports each module that it is given in a process of its own, which has the libraries and nothing of ours.
_ALONE = """
import importlib, os, sys
libraries, modules = (line.split() for line in sys.stdin)
for library in libraries:
    importlib.import_module(library)
for name in modules:
    child = os.fork()
    if not child:
        assert not [each for each in sys.modules if each.startswith("toolkit")]
        importlib.import_module(name)
        assert "torch" not in sys.modules
        os._exit(0)
    if os.waitpid(child, 0)[1]:
        sys.exit(f"{name} does not import alone")
"""


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork a process")
def test_every_module_imports_alone() -> None:
    """No module works only because another was imported before it."""
    engine = {"argostranslate", "ctranslate2", "sentencepiece"}
    names = [f"toolkit.{name_of(path)}".rstrip(".") for path in MODULES]
    given = " ".join({"lxml.etree", *FENCES} - engine) + "\n" + " ".join(names) + "\n"
    done = subprocess.run([sys.executable, "-c", _ALONE], input=given, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def test_help_loads_nothing_heavy() -> None:
    program = (
        "import sys\nsys.argv = ['toolkit', '--help']\nfrom toolkit.cli import main\n"
        "try:\n    main()\nexcept SystemExit:\n    pass\n"
        "heavy = {'lxml', 'polib', 'rich', 'jinja2', 'ctranslate2', 'numpy', 'rapidfuzz', 'msgspec', 'filelock'}\n"
        "assert not heavy & sys.modules.keys(), heavy & sys.modules.keys()\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    assert "build" in done.stdout
