"""The SRX reader against files as other tools write them, and the engine against a naive reference."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
import regex  # type: ignore[import-untyped,unused-ignore]
from hypothesis import given
from hypothesis import strategies as st

from toolkit.errors import ConfigError
from toolkit.segmentation import LanguageMap, LanguageRules, Rule, Segmenter, SrxDocument, icu, load_srx, parse_srx

DATA = Path(__file__).parent / "data"


def sentences(segmenter: Segmenter, text: str) -> list[str]:
    return [piece.text for piece in segmenter.split(text)]


def document(*rules: Rule) -> SrxDocument:
    return SrxDocument("test.srx", False, (LanguageRules("all", rules),), (LanguageMap(".*", "all"),))


def srx(
    rules: str, maps: str = '<languagemap languagepattern=".*" languagerulename="A"/>', cascade: str = "no"
) -> bytes:
    return (
        f'<srx xmlns="http://www.lisa.org/srx20" version="2.0">\n<header segmentsubflows="yes" cascade="{cascade}"/>\n'
        f"<body><languagerules>\n{rules}\n</languagerules><maprules>\n{maps}\n</maprules></body></srx>"
    ).encode()


# --- the engine -------------------------------------------------------------------------------------------------------


def naive_cuts(rules: list[Rule], text: str) -> list[int]:
    """SRX 2.0 to the letter: at each position the first rule that fits decides; every start of ``before`` is tried."""

    def applies(rule: Rule, at: int) -> bool:
        before = regex.compile(rule.before, regex.VERSION1)
        after = regex.compile(rule.after, regex.VERSION1)
        return bool(after.match(text, at)) and any(
            (found := before.fullmatch(text, start, at)) and found.end() == at for start in range(at + 1)
        )

    verdicts = {at: next((rule.breaks for rule in rules if applies(rule, at)), False) for at in range(1, len(text))}
    return [at for at, breaks in verdicts.items() if breaks]


EXPRESSIONS = (
    *("", "a", "b", "[ab]", r"\.", r"\.+", "a+", "a*b", "b?a", "(a|bb)b", "(?:ab){2}", "(?i)A", r"\p{Lu}", "a{1,2}"),
    *("-|a-", "[^a]", r"a\.", "[.-]", r"a?[b\.]", r"(?:a|\.)*(?<=[.b])", "a(?<!b)", r"\.|[a]", "(?i:[a])", "[[a]b]"),
    *(
        "b|(?<=[a])",
        "[]b]",
        "(?:a|[.])",
        "[a-b]",
        "[ab]+",
        r"\.++",
        r"a?[.]+?",
        "[a]*",
        "([a]+)",
        r"[+]",
        "[a]?",
        r"b?\-",
    ),
)
rule_lists = st.lists(
    st.builds(Rule, st.booleans(), st.sampled_from(EXPRESSIONS), st.sampled_from(EXPRESSIONS)), max_size=7
)


@given(rule_lists, st.text(alphabet="abA.-", max_size=12))
def test_the_engine_cuts_where_the_standard_says(rules: list[Rule], text: str) -> None:
    cuts = [0, *naive_cuts(rules, text), len(text)]
    expected = [text[start:end] for start, end in pairwise(cuts)] if text else []
    assert sentences(Segmenter(document(*rules), "fr"), text) == expected


@given(st.sampled_from((*EXPRESSIONS, "a(?=[b])")), st.text(alphabet="abA.-]", min_size=1, max_size=6))
def test_the_characters_searched_for_are_all_a_match_can_end_in(expression: str, text: str) -> None:
    characters = icu.last_characters(expression)
    if characters and regex.fullmatch(expression, text, regex.VERSION1):
        assert regex.fullmatch(characters, text[-1], regex.VERSION1)


def test_the_common_endings_of_rules_are_recognised() -> None:
    known = {
        r"M\.": r"[\.]",
        "[.!?]": "[.!?]",
        r"[.!?]+": "[.!?]",
        r"\.++": r"[\.]",
        r"[.!?]»*(?<=[.!?»])": "[.!?»]",
        r"\+": r"[\+]",
    }
    assert {one: icu.last_characters(one) for one in known} == known
    for unknown in ("", "a|b", "a+", "(?i)[a]", "[a]*", "[a-z]", "([a])", r"\w"):
        assert icu.last_characters(unknown) is None


def test_the_first_rule_that_applies_wins() -> None:
    forbid, cut = Rule(False, "b", ""), Rule(True, "[abc]", "")
    assert sentences(Segmenter(document(forbid, cut), "fr"), "abcd") == ["a", "bc", "d"]
    assert sentences(Segmenter(document(cut, forbid), "fr"), "abcd") == ["a", "b", "c", "d"]


def test_groups_of_one_rule_do_not_disturb_another() -> None:
    doubled, single = Rule(True, r"x", r"(\w)\1"), Rule(True, r"(y)", r"(?<letter>\w)\k<letter>")
    assert sentences(Segmenter(document(doubled, single), "fr"), "xaaxabybbyba") == ["x", "aaxaby", "bbyba"]


def test_an_inline_flag_ends_with_its_rule() -> None:
    rules = Rule(True, "(?i)a", ""), Rule(True, "b", "")
    assert sentences(Segmenter(document(*rules), "fr"), "1A2B3b4") == ["1A", "2B3b", "4"]


def test_white_space_belongs_to_the_sentence_in_front() -> None:
    pieces = Segmenter(document(Rule(True, r"\.", ""), Rule(True, r"\s", "")), "fr").split(" \ta. \n b.\u00a0")
    assert [(piece.before, piece.text, piece.after) for piece in pieces] == [
        (" \t", "a.", " \n "),
        ("", "b.", "\u00a0"),
    ]


def test_a_rule_without_end_is_stopped_and_named() -> None:
    plain = Rule(True, r"\.", r"\s", "plain #1", 3)
    endless = Rule(True, r"b(?:a|aa|aaa)*(?:a|aa)*c?", "", "endless #1", 7)
    segmenter = Segmenter(document(plain, endless), "fr", time_limit=0.05)
    with pytest.raises(ConfigError, match="the segmentation rule “endless #1” does not come to an end") as caught:
        segmenter.split("a" * 400)
    assert caught.value.where == "test.srx:7"
    assert caught.value.hint


def test_the_same_holds_for_rules_that_forbid() -> None:
    endless = Rule(False, r"b(?:a|aa|aaa)*(?:a|aa)*", "c", "forbidding #1")
    segmenter = Segmenter(document(endless, Rule(True, "a", "c")), "fr", time_limit=0.05)
    with pytest.raises(ConfigError, match="“forbidding #1” does not come to an end"):
        segmenter.split("a" * 400 + "c")


@pytest.mark.parametrize(
    ("icu", "text", "cut"),
    [
        (r"\x{2019}", "l’eau", ["l’", "eau"]),
        (r"\u2019", "l’eau", ["l’", "eau"]),
        (r"\uD83D\uDE00", "a😀b", ["a😀", "b"]),
        (r"\h", "a\u202fb c", ["a", "b", "c"]),
        (r"a\H", "ab cd", ["ab", "cd"]),
        (r"\v", "a\u2028b", ["a", "b"]),
        (r"\Qa.b\E\.", "a.b.axb.c", ["a.b.", "axb.c"]),
        (r"[\Q]-\E]", "a]b-c", ["a]", "b-", "c"]),
        (r"\p{javaUpperCase}", "aBc", ["aB", "c"]),
        (r"\p{IsLu}", "aBc", ["aB", "c"]),
        (r"\cI", "a\tb", ["a", "b"]),
        (r"\011", "a\tb", ["a", "b"]),
        (r"[[a-c]&&[^b]]", "xaxbxc.", ["xa", "xbxc", "."]),
        (r"(?w)b", "abc", ["ab", "c"]),
        (r"(?w-u:b)", "abc", ["ab", "c"]),
        (r"\\z", r"a\zb", [r"a\z", "b"]),
        (r"[[:upper:]]", "aBc", ["aB", "c"]),
    ],
)
def test_icu_syntax_is_understood(icu: str, text: str, cut: list[str]) -> None:
    assert sentences(Segmenter(document(Rule(True, icu, "")), "fr"), text) == cut


def test_atomic_groups_forbid_after_a_break_but_not_before_it() -> None:
    after = document(Rule(True, "a", "(?>b|bc)d"))
    assert sentences(Segmenter(after, "fr"), "abd abcd") == ["a", "bd abcd"]
    # Read from the right: documented in docs/segmentation.md.
    before = document(Rule(True, "a(?>b|bc)", "d"))
    assert sentences(Segmenter(before, "fr"), "abd abcd") == ["ab", "d abc", "d"]


def test_the_end_of_the_text_is_named_as_in_icu() -> None:
    last_line = document(Rule(True, r"a", r"b\Z"))
    assert sentences(Segmenter(last_line, "fr"), "ab\n") == ["a", "b"]
    very_end = document(Rule(True, r"a", r"b\z"))
    assert sentences(Segmenter(very_end, "fr"), "ab\n") == ["ab"]
    assert sentences(Segmenter(very_end, "fr"), "ab") == ["a", "b"]


# --- SRX files --------------------------------------------------------------------------------------------------------


def test_a_file_as_okapi_writes_it_is_read() -> None:
    okapi = load_srx(DATA / "srx" / "okapi_style.srx")
    assert okapi.cascade
    assert not okapi.segment_subflows
    assert okapi.format_handles == (("start", False), ("end", True), ("isolated", False))
    segmenter = Segmenter(okapi, "fr-FR")
    assert sentences(segmenter, "Voici MME. Aubrac ! 2 amis, n° 0. 0 ici.\nFin. Bon") == [
        "Voici MME. Aubrac !",
        "2 amis, n° 0. 0 ici.",
        "Fin.",
        "Bon",
    ]
    assert segmenter.explain("M. Aubrac")[0].rule == "abbreviations: Titres #1"
    assert segmenter.explain("a. B")[0].rule == "default #1"


RULES = (
    '<languagerule languagerulename="A"><rule break="no"><beforebreak>x\\.</beforebreak></rule></languagerule>'
    '<languagerule languagerulename="B"><rule break="yes"><beforebreak>\\.</beforebreak></rule></languagerule>'
)
MAPS = (
    '<languagemap languagepattern="fr" languagerulename="A"/><languagemap languagepattern=".*" languagerulename="B"/>'
)


def test_cascade_uses_all_fitting_lists_in_the_order_of_the_map() -> None:
    both = Segmenter(parse_srx(srx(RULES, MAPS, "yes"), "x.srx"), "fr")
    assert sentences(both, "x.y.z") == ["x.y.", "z"]
    first = Segmenter(parse_srx(srx(RULES, MAPS, "no"), "x.srx"), "fr")
    assert sentences(first, "x.y.z") == ["x.y.z"]
    other = Segmenter(parse_srx(srx(RULES, MAPS, "yes"), "x.srx"), "en")
    assert sentences(other, "x.y.z") == ["x.", "y.", "z"]


@pytest.mark.parametrize("language", ["fr", "FR", "fr-CA", "fr_BE", "fr-Latn-CH"])
def test_the_french_rules_are_for_every_french(language: str) -> None:
    assert sentences(Segmenter(load_srx(), language), "Un mot. Le reste.") == ["Un mot.", "Le reste."]


def test_a_language_without_rules_is_an_error() -> None:
    with pytest.raises(ConfigError, match='"de"') as caught:
        Segmenter(load_srx(), "de")
    assert "languagemap" in caught.value.hint


def test_a_file_without_namespace_is_read() -> None:
    data = srx(RULES).replace(b' xmlns="http://www.lisa.org/srx20"', b"")
    assert len(parse_srx(data, "x.srx").language_rules) == 2


def rule(before: str = "", after: str = "", verdict: str = "yes") -> str:
    return (
        f'<languagerule languagerulename="A">\n<rule break="{verdict}"><beforebreak>{before}</beforebreak>'
        f"<afterbreak>{after}</afterbreak></rule></languagerule>"
    )


@pytest.mark.parametrize(
    ("data", "where", "message"),
    [
        (b"<srx", "x.srx:1", "not well-formed"),
        (b"", "x.srx:1", "not well-formed"),
        (b'<html version="2.0"/>', "x.srx:1", "not an SRX 2.0 file"),
        (b'<srx version="1.0"/>', "x.srx:1", "not an SRX 2.0 file"),
        (b'<srx version="2.0"><body/></srx>', "x.srx:1", "<header> or <body> is missing"),
        (srx(rule("(")), "x.srx:5", "regular expression"),
        (srx(rule("", "a)|(b")), "x.srx:5", "regular expression"),
        (srx(rule(r"\p{Nowhere}")), "x.srx:5", "regular expression"),
        (srx(rule(r"(a|b)\1")), "x.srx:5", "back-reference"),
        (srx(rule(r"(?&lt;x>a|b)\\\k&lt;x>")), "x.srx:5", "back-reference"),
        (srx(rule("a", verdict="maybe")), "x.srx:5", "neither yes nor no"),
        (srx(rule("<b>a</b>")), "x.srx:5", "more than text"),
        (srx(rule(), '<languagemap languagepattern="fr" languagerulename="Z"/>'), "x.srx:7", 'named "Z"'),
        (srx(rule(), '<languagemap languagepattern="(" languagerulename="A"/>'), "x.srx:7", "languagepattern"),
    ],
)
def test_a_wrong_file_is_refused_with_its_place(data: bytes, where: str, message: str) -> None:
    with pytest.raises(ConfigError) as caught:
        parse_srx(data, "x.srx")
    assert caught.value.where == where
    assert message in caught.value.message
    assert caught.value.hint


def test_entities_are_neither_fetched_nor_expanded(tmp_path: Path) -> None:
    secret = tmp_path / "secret.txt"
    secret.write_text("geheim", encoding="utf-8")
    doctype = f'<!DOCTYPE srx [<!ENTITY out SYSTEM "{secret.as_uri()}"><!ENTITY in "a">]>\n'
    for entity in ("&out;", "&in;"):
        with pytest.raises(ConfigError, match="more than text"):
            parse_srx(doctype.encode() + srx(rule(entity)), "x.srx")


def test_comments_inside_an_expression_are_left_out() -> None:
    parsed = parse_srx(srx(rule("a<!-- or -->b", "<![CDATA[[<&]]]>")), "x.srx")
    assert parsed.language_rules[0].rules[0] == Rule(True, "ab", "[<&]")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError) as caught:
        load_srx(tmp_path / "none.srx")
    assert caught.value.where == str(tmp_path / "none.srx")
