"""All checks over all releases: a pure function from releases and catalogues to findings, in a settled order."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cache
from types import ModuleType

from toolkit.checks import (
    beads,
    consistency,
    durations,
    language,
    leftovers,
    markup,
    meaning,
    moments,
    names,
    numbers,
    quotations,
    state,
    suppression,
    terms,
    typography,
)
from toolkit.checks.model import Check, Knowledge, Problem, Scope, Sentence, Text
from toolkit.checks.suppression import NOTHING_IGNORED, UNKNOWN_RELEASE, Ignored, Suppressions, in_catalogue
from toolkit.findings import Finding, Severity
from toolkit.model import Entry, State

#: What each letter stands for.
GROUPS = {
    "N": "numbers, dates, times, money",
    "T": "terms, names, acronyms, codes",
    "P": "placeholders and addresses",
    "B": "beads: sentences merged into one, or parted",
    "L": "language: French left over, spelling, capitals, length",
    "Y": "typography",
    "C": "consistency within and across releases",
    "M": "meaning: negation, opposites, false friends",
    "S": "state of the catalogues, and of the suppressions",
}
_MODULES: tuple[ModuleType, ...] = (
    numbers,
    durations,
    terms,
    names,
    markup,
    beads,
    language,
    leftovers,
    typography,
    quotations,
    consistency,
    meaning,
    moments,
    state,
    suppression,
)


def _collected() -> tuple[Check, ...]:
    """Every check that a module defines, by group in the order above and then by number."""
    found = {value.code: value for module in _MODULES for value in vars(module).values() if isinstance(value, Check)}
    order = list(GROUPS)
    return tuple(sorted(found.values(), key=lambda check: (order.index(check.code[0]), check.code)))


CHECKS = _collected()
BY_CODE = {check.code: check for check in CHECKS}


@dataclass(frozen=True, slots=True)
class Outcome:
    """What the checks found.

    Attributes:
        findings: by file, line and code.
        suppressed: how many more there would have been.
        quotes: the English of each finding's entry, by (release, key), for people to recognise it by.
    """

    findings: tuple[Finding, ...] = ()
    suppressed: int = 0
    quotes: dict[tuple[str, object], str] = field(default_factory=dict)

    def count(self, severity: Severity) -> int:
        """Findings of one severity."""
        return sum(finding.severity is severity for finding in self.findings)


def run(
    texts: Sequence[Text],
    know: Knowledge,
    ignored: Ignored = NOTHING_IGNORED,
    *,
    complete: bool = True,
    progress: Callable[[str], None] = lambda release: None,
    which: Sequence[Check] = CHECKS,
) -> Outcome:
    """Check the releases that are asked for; the others are there to compare with.

    Args:
        texts: every release, and every catalogue without one.
        know: what may be asked of glossary and quantities.
        ignored: what toolkit.toml suppresses.
        complete: whether every release of the project is asked for and could be read.
        progress: told the id of each release before it is checked.
        which: the checks to run.

    Returns:
        Never an error: what cannot be judged is not complained of. The arguments are not changed.
    """
    know = _remembering(know)
    asked = [text for text in texts if text.asked and not text.orphan]
    suppressions = Suppressions([*ignored.suppressions(), *(one for text in asked for one in in_catalogue(text))])
    english = know.language.partition("-")[0] == "en"
    chosen = [check for check in which if check.about.any_language or english]
    found = dict.fromkeys(_found(texts, asked, know, chosen, progress))
    kept = [finding for finding in found if not suppressions.cover(finding)]
    ids = frozenset(text.id for text in texts)
    own = _of_suppressions(suppressions, ignored, ids, frozenset(text.id for text in asked), complete)
    kept += [finding for finding in own if not suppressions.cover(finding)]
    kept.sort(key=lambda one: (one.path, one.line, one.code, one.message))
    quotes: dict[tuple[str, object], str] = {
        (line.release, line.entry.key): line.target for text in asked for line in text.sentences
    }
    return Outcome(tuple(kept), len(found) - sum(one in found for one in kept), quotes)


def _remembering(know: Knowledge) -> Knowledge:
    """The same, asked once for each sentence: a dozen checks look at its fixtures."""
    return replace(know, fixtures=cache(know.fixtures), missing=cache(know.missing), forbidden=cache(know.forbidden))


def _found(
    texts: Sequence[Text],
    asked: Sequence[Text],
    know: Knowledge,
    checks: Sequence[Check],
    progress: Callable[[str], None],
) -> Iterator[Finding]:
    for text in asked:
        progress(text.id)
        for check in checks:
            for line in text.sentences if check.scope is Scope.SENTENCE else ():
                for problem in check.of_sentence(line, know):
                    yield _finding(check, problem, text, line)
            for problem in check.of_text(text, know):
                yield _finding(check, problem, text, problem.at)
    wanted = {text.id for text in texts if text.asked}
    for check in checks:
        yield from _across(check, texts, wanted, know)


def _across(check: Check, texts: Sequence[Text], wanted: set[str], know: Knowledge) -> Iterator[Finding]:
    by_path = {text.path: text for text in texts}
    for problem in check.of_project(texts, know):
        path = problem.at.path if problem.at else problem.place[0] if problem.place else ""
        text = by_path.get(path)
        if text is not None and text.id in wanted:
            yield _finding(check, problem, text, problem.at)


def _finding(check: Check, problem: Problem, text: Text, line: Sentence | None) -> Finding:
    entry = line.entry if line else problem.entry
    path, number = problem.place or (text.path, entry.line if entry else 0)
    return Finding(
        code=check.code,
        severity=problem.severity or _severity(check, line, entry, text),
        path=path,
        line=number,
        message=problem.message,
        hint=problem.hint,
        release=text.id,
        key=entry.key if entry else None,
    )


def _severity(check: Check, line: Sentence | None, entry: Entry | None, text: Text) -> Severity:
    """A draft is not yet anybody's word: what would be an error in an approved sentence is a warning in it."""
    given = check.about.severity
    draft = not line.approved if line else entry is not None and entry.state is not State.REVIEWED
    return Severity.WARNING if given is Severity.ERROR and draft and not text.final else given


def _of_suppressions(
    suppressions: Suppressions,
    ignored: Ignored,
    known: frozenset[str],
    asked: frozenset[str],
    complete: bool,
) -> Iterator[Finding]:
    complaints = suppression.complaints(suppressions, frozenset(BY_CODE), complete=complete, asked=asked)
    for check, one, problem in complaints:
        severity = check.about.severity
        yield Finding(check.code, severity, one.path, one.line, problem.message, problem.hint, one.release, one.key)
    for name, line in suppression.unknown_releases(ignored, known):
        yield Finding(
            UNKNOWN_RELEASE.code,
            UNKNOWN_RELEASE.about.severity,
            ignored.path,
            line,
            f"there is no release “{name}”",
            "`toolkit status` lists the releases",
        )
