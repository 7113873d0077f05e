"""The interface's words: collected, all in French, with the typography and the plurals of both languages."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Iterator

import pytest
from babel.messages.catalog import Message

from tests import messages
from tests.judges import program
from toolkit.editions.interface import TRANSLATED, Table, Words, both, both_in, both_plural, say, say_plural

_HOLE = re.compile(r"\{\w+\}")


def entries(name: str) -> list[Message]:
    return [entry for entry in messages.read(name) if entry.id]


def strings(entry: Message) -> Iterator[tuple[str, str]]:
    """Each English form with the French that stands for it."""
    if isinstance(entry.id, str):
        yield entry.id, str(entry.string)
    else:
        one, many = entry.id
        yield from zip((one, many), tuple(entry.string or ()), strict=True)


def keys(found: list[Message]) -> set[tuple[str | None, object]]:
    return {(entry.context, tuple(entry.id) if isinstance(entry.id, list | tuple) else entry.id) for entry in found}


def test_the_template_holds_what_code_and_templates_say() -> None:
    wanted = keys([entry for entry in messages.extracted() if entry.id])
    assert keys(entries("interface.pot")) == wanted, "run `make messages`"
    assert len(wanted) > 60


@pytest.mark.parametrize("language", TRANSLATED)
def test_every_message_is_translated(language: str) -> None:
    found = entries(f"{language}.po")
    assert keys(found) == keys(entries("interface.pot")), "run `make messages`"
    assert [entry.id for entry in found if entry.fuzzy] == []
    assert [entry.id for entry in found if not all(text.strip() for _, text in strings(entry))] == []
    assert not messages.read(f"{language}.po").obsolete


@pytest.mark.parametrize("language", TRANSLATED)
def test_placeholders_agree(language: str) -> None:
    for entry in entries(f"{language}.po"):
        allowed = {hole for english, _ in strings(entry) for hole in _HOLE.findall(english)}
        for english, text in strings(entry):
            assert set(_HOLE.findall(text)) <= allowed, text
            assert allowed - set(_HOLE.findall(text)) <= {"{count}"} or set(_HOLE.findall(english)) != allowed, text
            assert text.format(**dict.fromkeys((hole[1:-1] for hole in allowed), 1))


@pytest.mark.external
@pytest.mark.parametrize("name", ["interface.pot", "fr.po"])
def test_gettext_accepts_it(name: str) -> None:
    command = [program("msgfmt"), "-c", "-o", "/dev/null", str(messages.LOCALE / name)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr if name.endswith(".po") else "") == (0, "")


def test_french_typography() -> None:
    for entry in entries("fr.po"):
        for _, text in strings(entry):
            assert "'" not in text, text
            assert not re.search(r"(?<!\u202f)[;!?](?!\w)", text), text
            assert not re.search(r"(?<!\u00a0):(?=\s)", text), text
            assert not re.search(r"«(?!\u00a0)|(?<!\u00a0)»", text), text


def test_collecting_again_changes_nothing() -> None:
    before = {path.name: path.read_bytes() for path in messages.LOCALE.iterdir()}
    assert messages.collected() == before, "run `make messages`"


@pytest.mark.parametrize("number", range(4))
def test_plurals_are_those_of_the_language(number: int) -> None:
    said = both_plural("{count} machine draft", "{count} machine drafts", number)
    assert said.en == f"{number} machine draft{'' if number == 1 else 's'}"
    assert said.fr == f"{number} brouillon{'' if number < 2 else 's'} automatique{'' if number < 2 else 's'}"
    assert say_plural("fr-CA", "{count} machine draft", "{count} machine drafts", number) == said.fr


def test_languages_contexts_and_values() -> None:
    assert both("Machine draft") == Words("Brouillon automatique", "Machine draft")
    assert say("de", "Machine draft") == "Machine draft"
    assert say("fr-BE", "Machine draft") == "Brouillon automatique"
    assert both_in("languages", "Both") == Words("Les deux", "Both")
    assert both("Image: {text}", text="{x} <b>") == Words("Image\u00a0: {x} <b>", "Image: {x} <b>")
    assert Words("oui", "yes").in_("fr-CH") == "oui"


def test_a_table_reads_nothing_before_it_is_asked() -> None:
    table = Table({1: "No catalogue holds this", 2: "Machine draft"})
    assert (list(table), len(table)) == ([1, 2], 2)
    assert table[1] == Words("No catalogue holds this", "No catalogue holds this")
    assert table[2].fr == "Brouillon automatique"
