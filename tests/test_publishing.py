"""What makes a publication quick changes nothing in it, and nothing is asked for in vain."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running import copy_samples
from toolkit.catalogue import po
from toolkit.editions.vocabulary import LONGEST_WORD, vocabulary, words_of
from toolkit.judging import Judge
from toolkit.pipeline import Pipeline
from toolkit.project import SourceFile, open_project
from toolkit.publication import RECORD

_TEXTS = st.lists(st.text(alphabet="aÉœΣσİſ\u0301ﬀ½²¨…’-_9 \u00a0\n\u2028𝐀", max_size=60), max_size=5)


@settings(max_examples=150)
@given(_TEXTS)
def test_a_vocabulary_has_the_words_of_each_text(texts: list[str]) -> None:
    assert vocabulary(texts) == {word[:LONGEST_WORD] for text in texts for word in words_of(text)}


_LINES = st.lists(st.text(alphabet='#~|=,.:" \tmaé', max_size=6), max_size=4)


@settings(max_examples=300)
@given(_LINES)
def test_spellings_are_looked_for_wherever_one_of_them_may_be(lines: list[str]) -> None:
    text = "".join(f"{line}\n" for line in lines)
    mended = text
    for pattern, spelling in po._SPELLINGS:
        mended = pattern.sub(spelling, mended)
    assert mended == text or po._UNUSUAL.search("\n" + text)


_NAMES = ("2025-10-15-surveillance-de-nuit.txt", "2026-06-12-trois-conteneurs.xml")


def test_a_release_that_only_the_index_asks_for_is_not_judged(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    copy_samples(tmp_path, *_NAMES)
    Pipeline(open_project(tmp_path)).publish()
    index = (tmp_path / "output" / "index.html").read_bytes()
    (tmp_path / "output" / RECORD).unlink()
    judged: list[str] = []

    def notice(self: Judge, file: SourceFile, *rest: object) -> str:
        judged.append(file.release)
        return ""

    monkeypatch.setattr(Judge, "notice", notice)
    Pipeline(open_project(tmp_path)).publish([_NAMES[0].rpartition(".")[0]])
    assert judged == [_NAMES[0].rpartition(".")[0]]
    assert (tmp_path / "output" / "index.html").read_bytes() == index


def test_what_is_doubtful_in_a_glossary_is_told_where_it_is_used_and_once(tmp_path: Path) -> None:
    copy_samples(tmp_path, _NAMES[0])
    (tmp_path / "toolkit.toml").write_text('[glossary]\nfiles = ["termes.csv"]\n', encoding="utf-8")
    (tmp_path / "termes.csv").write_text("fr,en\nporte-vigie,watch gate\nporte-vigie,lookout door\n", encoding="utf-8")
    told: list[str] = []
    pipeline = Pipeline(open_project(tmp_path), notify=told.append)
    assert pipeline._knowledge and not [line for line in told if "termes.csv" in line]
    assert pipeline.fixer.glossary is pipeline.glossary is pipeline._fixing[0].glossary
    assert pipeline.glossary.terms
    assert len([line for line in told if "termes.csv" in line]) == 1, told
