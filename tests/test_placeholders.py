"""Placeholders: protect and restore are inverses, and a fitted target always has the source's own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from toolkit.placeholders import (
    STRAY,
    Form,
    Tag,
    bare,
    difference,
    escape,
    fitted,
    has_words,
    numbering,
    renumbered,
    restored,
    tags,
    tokenize,
    trimmed,
    unescape,
)

#: Text in which everything that looks like a placeholder is likely.
SOUP = st.lists(
    st.sampled_from(
        [
            *("<", ">", "/", "\\", "g", "x", "ph", "1", "2", "12", "<g1>", "</g1>", "<g2>", "</g2>", "<x3/>", "<x1/>"),
            *("<ph4>ls</ph4>", "<ph4>", "</ph4>", "<\\g1>", "<g01>", " ", "le ", "port", ".", "\n", "é", "\u00a0"),
        ]
    ),
    max_size=12,
).map("".join)


@st.composite
def marked(draw: st.DrawFn, depth: int = 2) -> str:
    """A sentence with well-nested placeholders, each number once."""
    number = 0

    def content(level: int) -> str:
        nonlocal number
        out = ""
        for what in draw(st.lists(st.sampled_from("wwwgxp"), max_size=4)):
            if what == "w":
                out += draw(st.sampled_from(["le ", "port", " est ", "ouvert", ".", " ", "<\\g1>"]))
                continue
            number += draw(st.integers(1, 3))
            own = number
            if what == "g" and level:
                out += f"<g{own}>{content(level - 1)}</g{own}>"
            elif what == "x":
                out += f"<x{own}/>"
            else:
                out += f"<ph{own}>ls -l</ph{own}>"
        return out

    return content(depth)


@given(SOUP)
def test_escaping_is_undone_and_hides_every_placeholder(text: str) -> None:
    assert unescape(escape(text)) == text
    assert not tags(escape(text))
    assert bare(escape(text)) == text


@given(SOUP)
def test_tokens_joined_are_the_text(text: str) -> None:
    tokens = tokenize(text)
    assert "".join(map(str, tokens)) == text
    assert "" not in tokens


@given(SOUP | marked())
def test_trimming_loses_nothing_and_is_stable(text: str) -> None:
    before, core, after = trimmed(text)
    assert before + core + after == text
    assert trimmed(core) == ("", core, "")
    assert not has_words(before)
    assert not has_words(after)
    assert not any(tag.form is Form.FIXED for tag in (*tags(before), *tags(after))) or not core


@pytest.mark.parametrize(
    ("text", "core"),
    [
        ("<g1>Tout est dit.</g1>", "Tout est dit."),
        ("<g1><g2> Tout</g2></g1><x3/>", "Tout"),
        ("<g1>Le port</g1> ouvre", "<g1>Le port</g1> ouvre"),
        ("<g1>Il ouvre.", "Il ouvre."),
        ("Il ouvre</g1> <g2>tôt</g2>.", "Il ouvre</g1> <g2>tôt</g2>."),
        ("<g1></g1> Un <g2>mot</g2>.<g3><x4/></g3>", "Un <g2>mot</g2>."),
        ("<g1>un</g1><g2>deux</g2>", "<g1>un</g1><g2>deux</g2>"),
        ("<ph1>ls</ph1>", "<ph1>ls</ph1>"),
        (" <x1/> ", ""),
    ],
)
def test_a_sentence_is_parted_from_what_surrounds_it(text: str, core: str) -> None:
    assert trimmed(text)[1] == core


@given(marked())
def test_numbers_count_from_one_and_come_back(text: str) -> None:
    catalogue = renumbered(text)
    assert list(numbering(catalogue)) == list(range(1, len(numbering(text)) + 1))
    assert renumbered(catalogue) == catalogue
    assert restored(catalogue, text) == text
    assert bare(catalogue) == bare(text)


@given(marked(), SOUP | marked())
def test_a_fitted_target_has_the_sources_placeholders_and_all_its_own_words(source: str, target: str) -> None:
    fit = fitted(source, target)
    assert difference(source, fit) == ""
    assert fitted(source, fit) == fit
    if not difference(source, target):
        assert fit == target
        return
    words = "".join(STRAY.sub("", token) for token in tokenize(target) if isinstance(token, str))
    kept = "".join(token for token in tokenize(fit) if isinstance(token, str))
    assert "".join(kept.split()) == "".join(words.split())


@given(marked())
def test_a_sentence_is_faithful_to_itself(text: str) -> None:
    assert difference(text, text) == ""
    assert difference(text, restored(renumbered(text), text)) == ""


@pytest.mark.parametrize(
    ("source", "target", "reason"),
    [
        ("<g1>a</g1> b", "b <g1>a</g1>", ""),
        ("a <x1/>", "a", "<x1/> is missing"),
        ("a <x1/>", "<x1/>a<x1/>", "<x1/> stands 2 times"),
        ("a", "<g1>a</g1>", "<g1> is not in the French"),
        ("<g1>a</g1> <g2>b</g2>", "<g1>a <g2>b</g1></g2>", "</g1> stands in the wrong place"),
        ("<g1>a</g1>", "</g1>a<g1>", "</g1> stands in the wrong place"),
        ("a <ph1>ls</ph1>", "a <ph1>dir</ph1>", "must stay as they are"),
        ("a</g1> <g2>b</g2>", "<g2>b</g1></g2> a", "</g1> stands inside <g2>"),
        ("a</g1> <g2>b</g2>", "b</g1> <g2>a</g2>", ""),
    ],
)
def test_the_difference_is_named(source: str, target: str, reason: str) -> None:
    found = difference(source, target)
    assert reason in found if reason else found == ""


def test_a_break_between_words_parts_them() -> None:
    assert bare("ligne une<x1/>ligne deux") == "ligne une ligne deux"
    assert bare("le texte<x1/>, puis <g2>le port</g2>") == "le texte, puis le port"


def test_every_form_is_spelled_as_it_is_read() -> None:
    for tag in (Tag(Form.OPEN, 1), Tag(Form.CLOSE, 1), Tag(Form.EMPTY, 2), Tag(Form.FIXED, 3, "ls")):
        assert tokenize(str(tag)) == (tag,)
