"""Checks: what is wrong with the translations, by permanent codes. Laws: never raises, never changes its input."""

from toolkit.checks.model import Knowledge, Problem, Sentence, Text, Wrong
from toolkit.checks.run import BY_CODE, CHECKS, GROUPS, Outcome, run
from toolkit.checks.suppression import Ignored

__all__ = [
    "BY_CODE",
    "CHECKS",
    "GROUPS",
    "Ignored",
    "Knowledge",
    "Outcome",
    "Problem",
    "Sentence",
    "Text",
    "Wrong",
    "run",
]
