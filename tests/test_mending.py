"""English whose placeholders went wrong: nothing that stands alone is lost, no word is, and nothing new gets marked."""

from __future__ import annotations

import pytest
from hypothesis import example, given

from tests.test_placeholders import SOUP, marked
from toolkit.mending import mended, problem, respelled
from toolkit.placeholders import Form, difference, lone_tags, tags, tokenize


@given(marked(), SOUP | marked())
@example("", "<ph4><g1><ph4>ls</ph4>")
def test_what_is_mended_is_well_nested_and_misses_pairs_at_most(source: str, target: str) -> None:
    result = mended(source, target)
    there, wanted = tags(result), tags(source)
    assert len(set(there)) == len(there)
    assert set(there) <= set(wanted)
    lone = lone_tags(wanted)
    left_out = [tag for tag in wanted if tag not in there]
    assert all(tag.form in (Form.OPEN, Form.CLOSE) and tag not in lone for tag in left_out)
    without = "".join(str(token) for token in tokenize(source) if token not in left_out)
    assert difference(without, result) == ""
    assert mended(source, result) == result or left_out


@given(marked())
def test_what_is_right_stays(source: str) -> None:
    assert problem(source, source) == ""
    assert mended(source, source) == source


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("<g1>a</g1> <g2>b</g2>", "<g1>A</g1> B", "<g1>A</g1> B"),
        ("<g1>a</g1> <g2>b</g2>", "<g1>A <g2>B</g1></g2>", "<g1>A B</g1>"),
        ("<g1>a</g1>", "< g1 >A</ G1 >", "<g1>A</g1>"),
        ("a<x1/> b", "A b <X1>", "A b <x1/>"),
        ("a<x1/> b", "A b", "A b<x1/>"),
        ("tape <ph1>ls</ph1> ici", "type <ph1>dir</ph1> here", "type <ph1>ls</ph1> here"),
        ("tape <ph1>ls</ph1> ici", "type it here", "type it here <ph1>ls</ph1>"),
        ("a", "<g3>A</g3>", "A"),
        ("c</g1> d</g2> e", "The dog</g1> eats", "</g1></g2>The dog eats"),
        ("c</g1> d</g2> e", "The dog</g2> eats</g1> soup", "</g1></g2>The dog eats soup"),
        ("<ph1>make</ph1> ici", "Run <ph1>make before you publish.", "Run make before you publish. <ph1>make</ph1>"),
    ],
)
def test_the_least_is_lost(source: str, target: str, wanted: str) -> None:
    assert problem(source, target)
    assert mended(source, target) == wanted


def test_what_is_nearly_a_placeholder_is_named() -> None:
    assert problem("<g1>a</g1>", "<G1>A</G1>") == "“<G1>” is not written as a placeholder: <g1>"


@pytest.mark.parametrize(
    ("source", "target", "wanted"),
    [
        ("<g1>Un</g1> port.", "A < G1 >port</g1 >.", "A <g1>port</g1>."),
        ("Un port<x1/>.", "A port<x1>.", "A port<x1/>."),
        ("Un <g1>port</g1>.", "A <G1>port.", "A <G1>port."),
        ("Un port.", "A <G1>port</G1>.", "A <G1>port</G1>."),
    ],
)
def test_spelling_is_put_right_where_nothing_else_is_wrong(source: str, target: str, wanted: str) -> None:
    assert respelled(source, target) == wanted
