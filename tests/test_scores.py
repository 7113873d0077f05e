"""Review priority: its laws, its weights on disk, and what a person is told."""

from __future__ import annotations

import math
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from toolkit.catalogue.provenance import MAX_LINE, from_lines, to_lines
from toolkit.errors import ConfigError
from toolkit.jobs.effort import BEGUN, CHANGED, EMPTY, GRAVE, Weighed, weigh
from toolkit.model import ENGINE_RULE, Entry, Key, Provenance, State
from toolkit.translation.engine import Answer
from toolkit.translation.logistic import Example, auc, fit
from toolkit.translation.scores import (
    BY_RULE,
    FLAWED,
    MOST,
    SHIPPED,
    SIGNALS,
    UNKNOWN,
    Signals,
    Weights,
    complaints,
    dump_weights,
    load_weights,
    priority,
    signals,
)

VALUES = {
    "lp": st.floats(-20, 0),
    "gap": st.floats(0, 5),
    "cov": st.floats(0, 1),
    "len": st.floats(-3, 3),
    "rep": st.integers(0, 40),
    "same": st.floats(0, 1),
    "lost": st.integers(0, 40),
    "rt": st.floats(0, 1),
    "bad": st.integers(0, 9),
    "words": st.integers(1, 200),
}
measured = st.fixed_dictionaries({"lp": VALUES["lp"]}, optional={n: v for n, v in VALUES.items() if n != "lp"})
texts = st.text(max_size=80)
fitted = st.dictionaries(
    st.sampled_from(list(SIGNALS)), st.tuples(st.floats(-2, 2), st.floats(0, 9)), max_size=len(SIGNALS)
).map(lambda terms: Weights(0.3, {name: (mean, SIGNALS[name].sign * size) for name, (mean, size) in terms.items()}))


def as_signals(values: dict[str, float]) -> Signals:
    return tuple(values.items())


@settings(max_examples=100)
@given(measured, st.sampled_from(list(SIGNALS)), st.data(), st.one_of(st.none(), fitted))
def test_a_worse_signal_never_lowers_the_priority(
    values: dict[str, float], name: str, data: st.DataObject, weights: Weights | None
) -> None:
    first, second = data.draw(VALUES[name]), data.draw(VALUES[name])
    worse = (abs(first) > abs(second)) if name == "len" else (first * SIGNALS[name].sign > second * SIGNALS[name].sign)
    low, high = (second, first) if worse else (first, second)
    good, bad = (priority(as_signals({**values, name: value}), weights) for value in (low, high))
    assert 0 <= good <= bad <= MOST


@settings(max_examples=100)
@given(measured)
def test_a_remark_puts_a_draft_among_the_first(values: dict[str, float]) -> None:
    assert priority(as_signals({**values, "bad": 1})) >= FLAWED
    assert priority(as_signals({"len": 0.0, "bad": 1, "words": 3})) >= FLAWED, "by rule, too"


def test_an_unsure_model_weighs() -> None:
    """The shipped weights tell drafts apart; not only in their law."""
    sure, unsure = (priority((("lp", lp), ("len", 0.0), ("bad", 0), ("words", 12))) for lp in (-0.2, -1.2))
    assert sure < 20
    assert unsure > 80
    assert priority(()) == UNKNOWN


@settings(max_examples=100)
@given(texts, texts, st.lists(st.floats(-9, 0), max_size=3), st.integers(0, 4))
def test_anything_can_be_measured(source: str, target: str, scores: list[float], failed: int) -> None:
    answers = [Answer(target, score, margin=0.01, coverage=0.9) for score in scores]
    found = signals(source, target, answers, failed)
    assert [name for name, _ in found] == [name for name in SIGNALS if name in dict(found)], "in their order"
    assert all(math.isfinite(value) for _, value in found)
    assert (dict(found).get("lp") is not None) == bool(scores)
    assert 0 <= priority(found) <= MOST


def test_what_is_measured() -> None:
    answers = [Answer("", -0.5123, margin=0.0414, coverage=0.98), Answer("", -0.7)]
    found = dict(signals("Le 3 mai, 120 tonnes à Nantes", "On 3 May 12 tonnes tonnes in Nantes", answers, 1))
    assert found["lp"] == -0.7, "the least sure answer counts"
    assert (found["gap"], found["cov"]) == (0.041, 0.98)
    assert found["lost"] == 1, "120"
    assert found["rep"] == 1
    assert found["bad"] == 1
    assert found["words"] == 7
    by_rule = signals("10 janvier 2013", "10 January 2013", (), 0)
    assert "lp" not in dict(by_rule)
    assert priority(by_rule) == BY_RULE


@settings(max_examples=50)
@given(st.text(min_size=1, max_size=300), st.floats(-9.99, 0), st.integers(0, 9))
def test_signals_fit_into_two_lines_of_comment(source: str, score: float, failed: int) -> None:
    found = signals(source, source[::-1] * 2, [Answer("", score, margin=1.234567, coverage=0.123456)], failed)
    lines = to_lines(Provenance("argos", "p 1", "abc", "0" * 12, "1" * 12, score, signals=found, priority=99))
    assert sum(line.startswith("toolkit: signals") for line in lines) <= 2
    assert max(map(len, lines)) <= MAX_LINE
    kept, _ = from_lines(lines)
    assert kept is not None
    assert kept.signals == found
    assert kept.priority == 99


def test_a_long_line_of_signals_loses_nothing() -> None:
    many = tuple((f"s{number:02}", 0.1) for number in range(30))
    kept, _ = from_lines(to_lines(Provenance("argos", source_hash="0" * 12, target_hash="1" * 12, signals=many)))
    assert kept is not None
    assert kept.signals == many


def test_complaints_name_what_raises_the_priority() -> None:
    long = "the English is long for this French"
    assert complaints((("lp", -2.0), ("len", 0.9), ("words", 5))) == ("the model was unsure", long)
    assert complaints((("lp", -0.1), ("len", -0.9))) == (long.replace("long", "short"),)
    assert complaints((("lp", -0.1), ("len", 0.0), ("words", 5))) == ()
    assert complaints((("words", 5),)) == ()


def test_weights_come_back_from_their_file(tmp_path: Path) -> None:
    path = tmp_path / "priority.json"
    assert load_weights(path, "priority.json") is None
    path.write_bytes(dump_weights(SHIPPED))
    assert load_weights(path, "priority.json") == SHIPPED


@pytest.mark.parametrize(
    "content",
    [
        "",
        "[]",
        "{}",
        "\0",
        '{"bias": "much", "signals": {}}',
        '{"bias": 1e999, "signals": {}}',
        '{"bias": 0, "signals": {"lp": 3}}',
        '{"bias": 0, "signals": {"lp": {"usual": 0, "weight": NaN}}}',
        "[" * 100_000,
    ],
    ids=range(9),
)
def test_a_broken_file_of_weights_is_said_so(tmp_path: Path, content: str) -> None:
    path = tmp_path / "priority.json"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(ConfigError) as caught:
        load_weights(path, "locales/priority.json")
    assert caught.value.where == "locales/priority.json"
    assert "calibrate" in caught.value.hint


def examples(count: int) -> list[Example]:
    """Drafts of which the unsure ones were changed, mostly; the sentence's length says nothing."""
    made = []
    for number in range(count):
        lp = -0.05 * (number % 40)
        changed = (number * 7919) % 40 < number % 40
        made.append(Example({"lp": lp, "words": math.log1p(number % 13)}, changed))
    return made


def test_a_fit_learns_what_tells_drafts_apart() -> None:
    weights = fit(examples(400))
    assert weights.terms["lp"][1] < -1
    assert abs(weights.terms.get("words", (0.0, 0.0))[1]) < 0.5
    assert weights == fit(examples(400)), "the same, to the last digit"


def test_a_fit_never_turns_a_signal_upside_down() -> None:
    wrong = [replace(example, changed=not example.changed) for example in examples(400)]
    assert "lp" not in fit(wrong).terms


def test_a_perfect_signal_does_not_run_away() -> None:
    weights = fit([Example({"lp": -1.0 if changed else -0.1}, changed) for changed in (True, False) * 30])
    assert -50 < weights.terms["lp"][1] < 0


@settings(max_examples=100)
@given(st.lists(st.tuples(st.integers(-5, 5), st.booleans()), max_size=40))
def test_auc_is_what_its_definition_says(scored: list[tuple[int, bool]]) -> None:
    pairs = [(a > b) + 0.5 * (a == b) for a, is_changed in scored if is_changed for b, other in scored if not other]
    assert math.isclose(auc(scored), sum(pairs) / len(pairs) if pairs else 0.5)


FRENCH = "Le comité n’a pas adopté le rapport de 12 pages."


def entry(state: State, target: str = "English", previous: str = "", made: Provenance | None = None) -> Entry:
    return Entry(Key(None, FRENCH), target, state, made, Key(None, previous) if previous else None)


def test_open_entries_by_state() -> None:
    assert weigh(entry(State.REVIEWED)) == Weighed(0)
    assert weigh(entry(State.OBSOLETE)) == Weighed(0)
    assert weigh(entry(State.UNTRANSLATED, "")).priority == EMPTY
    assert weigh(entry(State.FUZZY)).priority == BEGUN
    tried = Provenance("argos", remarks=("no draft: empty answer",))
    assert weigh(entry(State.UNTRANSLATED, "", made=tried)).reasons == ("no draft: empty answer",)
    assert weigh(entry(State.MACHINE, made=Provenance(ENGINE_RULE))).priority == BY_RULE


def test_a_draft_from_before_there_were_signals_still_has_a_priority() -> None:
    sure, unsure = (weigh(entry(State.MACHINE, made=Provenance("argos", score=score))) for score in (-0.1, -2.0))
    assert sure.priority < unsure.priority
    assert "the model was unsure" in unsure.reasons
    remarked = Provenance("argos", score=-0.1, remarks=("number missing: 12",))
    assert weigh(entry(State.MACHINE, made=remarked)).priority >= FLAWED


@pytest.mark.parametrize(
    ("previous", "kind"),
    [
        ("Le comité a adopté le rapport de 12 pages.", "negation"),
        ("Le comité n’a pas adopté le rapport de 15 pages.", "number"),
        ("Le comité Vauban n’a pas adopté le rapport de 12 pages.", "name"),
    ],
)
def test_a_change_that_turns_the_meaning_comes_first(previous: str, kind: str) -> None:
    found = weigh(entry(State.FUZZY, previous=previous))
    assert found.priority == GRAVE
    assert found.reasons[0] == f"the {kind} changed"


def test_other_changes_count_by_how_much_changed() -> None:
    little = weigh(entry(State.FUZZY, previous=FRENCH.replace("adopté", "accepté")))
    much = weigh(entry(State.FUZZY, previous="Le jury n’a pas encore lu chacune des 12 pages."))
    assert CHANGED < little.priority < much.priority < GRAVE
    assert "“accepté” → “adopté”" in " ".join(little.reasons)


@pytest.mark.parametrize(
    ("found", "reason"),
    [
        ((("lp", -0.1), ("len", 0.0), ("words", 3)), "a short phrase: easily wrong"),
        ((("lp", -0.62), ("len", 0.0), ("words", 9)), "the model was not quite sure"),
        ((("lp", -0.57), ("len", -0.2), ("words", 9)), "the English is a little short for this French"),
        ((("lp", -0.5), ("len", 0.0), ("words", 9)), "the model was as sure as usual"),
        ((("lp", -0.1), ("len", 0.0), ("words", 9)), "the model was sure; only reading tells"),
        ((("len", 0.0), ("words", 9)), "made by rule"),
    ],
)
def test_every_draft_says_why_it_stands_where_it_stands(found: Signals, reason: str) -> None:
    made = Provenance("argos", "stub 1", "c0ffee", "", "", -0.5, signals=found)
    assert weigh(Entry(Key(None, "Le quai"), "The quay", State.MACHINE, made)).reasons == (reason,)
