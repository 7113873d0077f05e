"""Findings as people and programs read them: text, JSON, SARIF 2.1.0, GitHub annotations. Pure functions."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator, Sequence
from urllib.parse import quote

from toolkit import __version__
from toolkit.checks.model import Check
from toolkit.checks.run import BY_CODE, CHECKS, Outcome
from toolkit.errors import ToolkitError
from toolkit.findings import Finding, Severity

#: From what must not be published to what may be as it should.
ORDER = (Severity.ERROR, Severity.WARNING, Severity.NOTE)
_SARIF_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "note"}
_GITHUB_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}
_SARIF_SCHEMA = "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json"
_SHORT = 90


def shown(findings: Sequence[Finding], least: Severity) -> tuple[Finding, ...]:
    """The findings at least so severe."""
    wanted = ORDER[: ORDER.index(least) + 1]
    return tuple(finding for finding in findings if finding.severity in wanted)


def place(finding: Finding) -> str:
    """Where it is put right: ``path:line``, the path alone where there is no line."""
    return f"{finding.path}:{finding.line}" if finding.line else finding.path


def as_text(outcome: Outcome, least: Severity = Severity.WARNING) -> Iterator[str]:
    """Lines for a person: grouped by file, each finding with its hint and the sentence, shortened."""
    path = ""
    for finding in shown(outcome.findings, least):
        if path and finding.path != path:
            yield ""
        path = finding.path
        yield f"{place(finding)}: {finding.severity.value} {finding.code}: {finding.message}"
        if finding.hint:
            yield f"    → {finding.hint}"
        if finding.key is not None:
            yield f"    {_short(finding.key.source)}"
            if english := outcome.quotes.get((finding.release, finding.key)):
                yield f"    {_short(english)}"


def _short(text: str) -> str:
    text = " ".join(text.split())
    return text if len(text) <= _SHORT else text[: _SHORT - 1].rstrip() + "…"


def summary(outcome: Outcome, releases: int, sentences: int, least: Severity) -> str:
    """One line: how much was looked at and what was found, and what is not shown."""
    counts = {severity: outcome.count(severity) for severity in ORDER}
    found = ", ".join(_plural(number, severity.value) for severity, number in counts.items())
    line = f"Checked {_plural(sentences, 'sentence')} of {_plural(releases, 'release')}: {found}."
    if drafts := sum(_is_of_a_draft(finding) for finding in outcome.findings):
        line += f" (Drafts only warn: {drafts:,} of the warnings would be errors in approved English.)"
    if outcome.suppressed:
        line += f" {_plural(outcome.suppressed, 'finding')} suppressed."
    hidden = [severity for severity in ORDER if counts[severity] and severity not in ORDER[: ORDER.index(least) + 1]]
    if hidden:
        line += f" `--severity {hidden[-1].value}` shows the {' and '.join(one.value + 's' for one in hidden)}, too."
    return line


def _is_of_a_draft(finding: Finding) -> bool:
    """Whether an error is only a warning because no person has approved the sentence yet."""
    check = BY_CODE.get(finding.code)
    return check is not None and check.about.severity is Severity.ERROR and finding.severity is Severity.WARNING


def _plural(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


def as_json(outcome: Outcome, least: Severity, problems: Sequence[ToolkitError] = ()) -> str:
    """An object with ``findings``, ``summary`` and ``problems`` (what could not be read)."""
    data = {
        "findings": [_object(finding, outcome) for finding in shown(outcome.findings, least)],
        "summary": {
            **{f"{severity.value}s": outcome.count(severity) for severity in ORDER},
            "suppressed": outcome.suppressed,
        },
        "problems": [{"where": p.where, "message": p.message, "hint": p.hint} for p in problems],
    }
    return json.dumps(data, ensure_ascii=False, indent=2)


def _object(finding: Finding, outcome: Outcome) -> dict[str, object]:
    return {
        "code": finding.code,
        "severity": finding.severity.value,
        "path": finding.path,
        "line": finding.line,
        "message": finding.message,
        "hint": finding.hint,
        "release": finding.release,
        "context": finding.key.context if finding.key else None,
        "source": finding.key.source if finding.key else None,
        "target": outcome.quotes.get((finding.release, finding.key)),
    }


def as_github(outcome: Outcome, least: Severity) -> Iterator[str]:
    """Workflow commands that GitHub shows beside the lines; it shows ten of each level for a step."""
    for finding in shown(outcome.findings, least):
        level = _GITHUB_LEVELS[finding.severity]
        parts = {"file": finding.path, "line": str(finding.line) if finding.line else "", "title": _title(finding)}
        properties = ",".join(f"{name}={_property(value)}" for name, value in parts.items() if value)
        message = f"{finding.message}\n{finding.hint}" if finding.hint else finding.message
        yield f"::{level} {properties}::{_data(message)}"


def _title(finding: Finding) -> str:
    return f"{finding.code} {BY_CODE[finding.code].about.title}" if finding.code in BY_CODE else finding.code


def _data(text: str) -> str:
    """Escape a command's message as actions/toolkit does."""
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    """Escape a command's property: commas and colons part properties."""
    return _data(text).replace(":", "%3A").replace(",", "%2C")


def as_sarif(outcome: Outcome, least: Severity) -> str:
    """A SARIF 2.1.0 log with one run; every check is a rule, and paths are relative to the project."""
    index = {check.code: number for number, check in enumerate(CHECKS)}
    run = {
        "tool": {
            "driver": {
                "name": "bilingual-toolkit",
                "semanticVersion": __version__,
                "rules": [_rule(check) for check in CHECKS],
            }
        },
        "originalUriBaseIds": {"PROJECT": {"description": {"text": "The project’s folder."}}},
        "columnKind": "unicodeCodePoints",
        "results": [_result(finding, index) for finding in shown(outcome.findings, least)],
    }
    return json.dumps({"$schema": _SARIF_SCHEMA, "version": "2.1.0", "runs": [run]}, ensure_ascii=False, indent=2)


def _rule(check: Check) -> dict[str, object]:
    about = check.about
    example = f"\n\n* French: {about.french}\n* wrong: {about.wrong}\n* right: {about.right}" if about.french else ""
    return {
        "id": check.code,
        "name": "".join(word.capitalize() for word in re.findall(r"[a-z]+", about.title.lower())),
        "shortDescription": {"text": about.title},
        "fullDescription": {"text": about.why},
        "help": {"text": about.why + example, "markdown": about.why + example},
        "defaultConfiguration": {"level": _SARIF_LEVELS[about.severity]},
    }


def _result(finding: Finding, index: dict[str, int]) -> dict[str, object]:
    physical: dict[str, object] = {
        "artifactLocation": {"uri": quote(finding.path, safe="/"), "uriBaseId": "PROJECT"},
    }
    if finding.line:
        physical["region"] = {"startLine": finding.line}
    return {
        "ruleId": finding.code,
        "ruleIndex": index[finding.code],
        "level": _SARIF_LEVELS[finding.severity],
        "message": {"text": f"{finding.message}. {finding.hint}".rstrip(". ") + "."},
        "locations": [{"physicalLocation": physical}],
        "partialFingerprints": {"finding/v1": fingerprint(finding)},
    }


def fingerprint(finding: Finding) -> str:
    """The same for the same finding wherever its line has moved to."""
    key = finding.key
    parts = (finding.code, finding.path, (key.context or "") if key else "", key.source if key else "", finding.message)
    return hashlib.sha256("\x00".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]
