"""Placeholders put back into a translation: laws for any markup and any English, and the rules one by one."""

from __future__ import annotations

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.placeholders import bare, difference, escape, tags
from toolkit.translation.engine import Attention
from toolkit.translation.tags import AT_THE_EDGES, BY_POSITION, put_back

WORDS = ["le", "port", "de", "Nantes", "l’", "accord", "2026", "1 333", "M.", "a", "été", "signé", "amarre.example"]
MARKS = [".", ",", " :", " « ", " » ", "(", ")", " – ", " !", "%", "…", "<", ">", "<g1>", "</ph2>", "\\"]

words = st.sampled_from(WORDS)
marks = st.sampled_from(MARKS)
literal = st.lists(st.one_of(words, marks, st.just(" ")), max_size=5).map(lambda parts: escape("".join(parts)))


@st.composite
def marked(draw: st.DrawFn, halves: bool = True) -> str:
    """A sentence of the catalogue with well-nested placeholders, halves of pairs outside of all others."""
    numbers = iter(range(1, 100))

    def inner(depth: int) -> str:
        out = []
        for _ in range(draw(st.integers(0, 3))):
            number = next(numbers)
            match draw(st.sampled_from(["text", "pair", "empty", "fixed", "space"])):
                case "text":
                    out.append(draw(literal))
                case "pair" if depth < 4:
                    out.append(f"<g{number}>{inner(depth + 1)}</g{number}>")
                case "empty":
                    out.append(f"<x{number}/>")
                case "fixed":
                    shown = draw(literal).replace("</ph", "</\\ph")
                    out.append(f"<ph{number}>{shown}</ph{number}>")
                case _:
                    out.append(" ")
        return "".join(out)

    parts = [inner(0)]
    for _ in range(draw(st.integers(0, 2)) if halves else 0):
        number = next(numbers)
        parts += [draw(st.sampled_from([f"<g{number}>", f"</g{number}>"])), draw(literal), inner(0)]
    return "".join(parts)


english = st.lists(st.one_of(words, marks, st.just(" "), st.sampled_from(["port", "signed", "the"])), min_size=1).map(
    lambda parts: " ".join("".join(parts).split()) or "Yes."
)


@st.composite
def attentions(draw: st.DrawFn) -> list[Attention]:
    """Attention of any shape: a package may have another tokenizer, a model other words."""
    pieces = st.lists(st.sampled_from([" port", " le", "s", " Nan", "tes", " 2026", ".", ""]), max_size=6).map(tuple)
    source, target = draw(pieces), draw(pieces)
    rows = st.lists(st.floats(0, 1), max_size=7).map(tuple)
    return [Attention(source, target, tuple(draw(st.lists(rows, max_size=7))))]


def letters(text: str) -> str:
    return "".join(text.split())


@settings(max_examples=100)
@given(marked(), english, attentions())
def test_each_placeholder_is_there_once_and_well_nested(source: str, answer: str, seen: list[Attention]) -> None:
    target, _ = put_back(source, answer, seen)
    assert difference(source, target) == ""
    opened = re.findall(r"<g(\d+)></g\1>", target)
    assert all(re.search(rf"<g{number}>(?:<[gx]\d+/?>|</g\d+>)*</g{number}>", source) for number in opened)


@settings(max_examples=100)
@given(marked().filter(lambda text: "<ph" not in text), english, attentions())
def test_no_word_is_lost_or_added(source: str, answer: str, seen: list[Attention]) -> None:
    target, _ = put_back(source, answer, seen)
    assert letters(bare(target)) == letters(answer)


@given(english)
def test_without_placeholders_the_answer_is_literal_text(answer: str) -> None:
    target, remarks = put_back("Le port.", answer)
    assert (bare(target), tags(target), remarks) == (answer, (), ())


def looks(*links: tuple[str, str]) -> list[Attention]:
    """What a model would have looked at: pairs of a French and an English word."""
    source, target = [tuple(f" {word}" for word in dict.fromkeys(words)) for words in zip(*links, strict=True)]
    weights = tuple(tuple(float((f[1:], e[1:]) in links) for f in source) for e in target)
    return [Attention(source, target, weights)]


CASES = {
    "another order": (
        "Le <g1>rapport</g1> <g2>annuel</g2> du comité.",
        "The committee’s annual report.",
        "The committee’s <g2>annual</g2> <g1>report</g1>.",
        looks(("rapport", "report"), ("annuel", "annual"), ("comité", "committee’s")),
    ),
    "nested": (
        "Ils demandent <g1><g2>une aide</g2> immédiate</g1>.",
        "They ask for immediate help.",
        "They ask for <g1>immediate <g2>help</g2></g1>.",
        looks(("demandent", "ask"), ("aide", "help"), ("immédiate", "immediate")),
    ),
    "the full stop stays outside": (
        "Lire <g1>le rapport</g1>.",
        "Read the report.",
        "Read <g1>the report</g1>.",
        looks(("Lire", "Read"), ("rapport", "report")),
    ),
    "the full stop stays inside": (
        "Bien. <g1>Lire le rapport.</g1> Puis partir",
        "Good. Read the report. Then leave",
        "Good. <g1>Read the report.</g1> Then leave",
        looks(("Bien", "Good"), ("Lire", "Read"), ("rapport", "report"), ("Puis", "Then"), ("partir", "leave")),
    ),
    "marks inside": (
        "Un <g1>« plan »</g1> utile",
        "A useful “plan”",
        "A useful <g1>“plan”</g1>",
        looks(("plan", "plan"), ("utile", "useful")),
    ),
    "marks outside": (
        "Un « <g1>plan</g1> » utile",
        "A useful “plan”",
        "A useful “<g1>plan</g1>”",
        looks(("plan", "plan"), ("utile", "useful")),
    ),
    "a comma inside English marks": (
        "<g1>« Partons »</g1>, dit-elle.",
        "“Let us go,” she said.",
        "<g1>“Let us go,”</g1> she said.",
        looks(("Partons", "Let"), ("Partons", "us"), ("Partons", "go"), ("dit", "said"), ("elle", "she")),
    ),
    "a note before the comma": (
        "Selon le rapport<x1/>, rien ne change.",
        "According to the report, nothing changes.",
        "According to the report<x1/>, nothing changes.",
        looks(("rapport", "report"), ("rien", "nothing"), ("change", "changes")),
    ),
    "a note behind the full stop": (
        "Rien ne change.<x1/> Selon eux",
        "Nothing changes. According to them",
        "Nothing changes.<x1/> According to them",
        looks(("Rien", "Nothing"), ("change", "changes"), ("eux", "them")),
    ),
    "a note behind an adjective that moves": (
        "Le port voisin<x1/> est fermé.",
        "The neighbouring port is closed.",
        "The neighbouring port<x1/> is closed.",
        looks(("port", "port"), ("voisin", "neighbouring"), ("est", "is"), ("fermé", "closed")),
    ),
    "line breaks": (
        "Agence Amphion<x1/>12 quai des Tanneurs<x2/>Lyon",
        "Amphion Agency 12 quai des Tanneurs Lyon",
        "Amphion Agency<x1/>12 quai des Tanneurs<x2/>Lyon",
        [],
    ),
    "something between spaces": ("Le <x1/> port ferme.", "The port closes.", "The <x1/> port closes.", []),
    "something that touches the next word": (
        "Voir <x1/>port fermé",
        "See port closed",
        "See <x1/>port closed",
        looks(("Voir", "See"), ("fermé", "closed")),
    ),
    "fixed words come back": (
        "La commande <ph1>amarre --tout</ph1> vérifie.",
        "The amarre --tout command checks.",
        "The <ph1>amarre --tout</ph1> command checks.",
        looks(("commande", "command"), ("vérifie", "checks")),
    ),
    "fixed words in place of what became of them": (
        "La revue <ph1>Die Brücke</ph1> paraît.",
        "The magazine The Bridge appears.",
        "The magazine <ph1>Die Brücke</ph1> appears.",
        looks(("revue", "magazine"), ("Die", "The"), ("Brücke", "Bridge"), ("paraît", "appears")),
    ),
    "an ordinal": ("Le 25<g1>e</g1> congrès", "The 25th congress", "The 25<g1>th</g1> congress", []),
    "an ordinal in Roman figures": (
        "Le XXI<g1>e</g1> siècle",
        "The 21st century",
        "The 21<g1>st</g1> century",
        looks(("XXIe", "21st"), ("siècle", "century")),
    ),
    "nothing left of an ordinal": ("Le 1<g1>er</g1> mars 2026", "1 March 2026", "1<g1> </g1>March 2026", []),
    "a figure inside a word": ("Le CO<g1>2</g1> monte.", "CO2 rises.", "CO<g1>2</g1> rises.", []),
    "a date by rule": ("Publié le <g1>3 mars 2026</g1>", "Published on 3 March 2026", None, []),
    "figures": (
        "Soit <g1>3,2 %</g1> ou <g2>1 250 000 euros</g2>",
        "That is 3.2% or 1,250,000 euros",
        "That is <g1>3.2%</g1> or <g2>1,250,000 euros</g2>",
        [],
    ),
    "a colon of its own": ("Contact<g1> :</g1> Mme Roy", "Contact: Ms Roy", "Contact<g1>:</g1> Ms Roy", []),
    "a link around an image": (
        "Voir <g1><x2/></g1> le port.",
        "See the port.",
        "See <g1><x2/></g1> the port.",
        looks(("Voir", "See"), ("port", "port")),
    ),
    "the end of a pair from before": (
        "le port</g1> et la ville",
        "the port and the town",
        "the port</g1> and the town",
        looks(("port", "port"), ("et", "and"), ("ville", "town")),
    ),
    "a look-alike": ("Le signe <\\g1> est <g1>faux</g1>", "The sign <g1> is wrong", None, []),
}


@pytest.mark.parametrize("case", CASES)
def test_rules(case: str) -> None:
    source, answer, wanted, seen = CASES[case]
    target, _ = put_back(source, answer, seen)
    assert difference(source, target) == ""
    assert "".join(str(tag) for tag in tags(target)).count("<") == source.count("<") - source.count("<\\")
    if wanted is not None:
        assert target == wanted


def test_the_reviewer_is_told() -> None:
    sure = looks(("port", "harbour"), ("ferme", "closes"))
    assert put_back("Le <g1>port</g1> ferme", "The harbour closes", sure).remarks == ()
    assert put_back("Le <g1>port</g1> ferme", "The harbour closes").remarks == (BY_POSITION,)
    assert put_back("<g1>Le</g1> <g2>port</g2> <g3>ferme</g3>", "Closed").remarks == (AT_THE_EDGES,)
    assert put_back("<g1>Le</g1> <g2>port</g2>", "Harbour").text == "<g1><g2>Harbour</g2></g1>"


@pytest.mark.parametrize(
    "source",
    [
        "<g1>mot</g1> " + " ".join(f"<x{number}/>mot" for number in range(2, 5000)),
        "".join(f"<g{number}>" for number in range(1, 3000))
        + "mot"
        + "".join(f"</g{number}>" for number in range(2999, 0, -1)),
        "<g1>mot</g1> " + "mot " * 50_000,
    ],
    ids=["many", "deep", "long"],
)
def test_no_sentence_takes_long_or_overflows(source: str) -> None:
    target, remarks = put_back(source, "word " * 300)
    assert (difference(source, target), remarks) == ("", (AT_THE_EDGES,))
