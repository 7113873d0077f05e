"""The text that is measured on: the sample releases' own sentences, each made different so that none is a duplicate."""

from __future__ import annotations

from pathlib import Path

from toolkit.pipeline import Pipeline
from toolkit.placeholders import bare
from toolkit.project import open_project

ROOT = Path(__file__).parent.parent


def sentences(count: int) -> list[str]:
    """``count`` different French sentences of running text."""
    pipeline = Pipeline(open_project(ROOT))
    own = [
        bare(segment.msgid)
        for file in pipeline.sources(())
        for segment in pipeline.release(file).segments
        if len(segment.msgid.split()) > 5
    ]
    own = list(dict.fromkeys(own))
    return [own[n % len(own)] if n < len(own) else f"Point {n} : {own[n % len(own)]}" for n in range(count)]
