"""docs/checks.md and what `toolkit check --explain` says, made from the checks themselves."""

from __future__ import annotations

from collections.abc import Iterator

from toolkit.checks.model import Check
from toolkit.checks.run import BY_CODE, CHECKS, GROUPS

_HEAD = """\
# The checks

`toolkit check` looks at every sentence that has English and says what is wrong with it. Nothing is changed. The page is
made from the checks themselves (`TOOLKIT_ACCEPT=1 pytest tests/test_checks.py` writes it), and every example in it is
tried by a test.

```
$ toolkit check 2026-03-14-conference
locales/en/2026-03-14-conference.po:41: error N101: number missing or changed: “870”
    → in English: 870
    L’an dernier, 870 conteneurs ont été ouverts.
    Last year, 780 containers were opened.

Checked 42 sentences of 1 release: 1 error, 0 warnings, 3 notes. `--severity note` shows the notes, too.
```

## Severities and exit codes

* An **error** should not be published: a number changed, an address broken, a forbidden term. (`toolkit publish`
  [goes on all the same](#when-a-release-is-published).)
* A **warning** wants a look. It may be as it should.
* A **note** is a matter of style or of housekeeping; `--severity note` shows them.

The severities below are those for sentences that a person has approved. In a draft, and in a sentence that waits for
review, an error counts as a warning: a draft is nobody’s word yet, and a fresh project of drafts does not fail. In a
release that toolkit.toml says is final every error is an error, and so is each draft left in it:

```toml
[check.releases."2026-03-14-conference"]
final = true
```

`toolkit check` exits with 1 when there is an error, with 0 otherwise. A release or catalogue that cannot be read is
reported after everything else, and its own code (3 or 4, see [errors.md](errors.md)) goes before 1.

## When a release is published

`toolkit publish` and `toolkit build` tell of each release with errors in approved sentences, in one line: how many,
where the first is, and what to run.

```
warning: locales/en/2026-03-14-conference.po:41: published with 1 error: number missing or
changed: “870” (N101); run `toolkit check 2026-03-14-conference`
```

They publish all the same, and exit with 0: who approved the sentence may know better than a program. `--require
reviewed` promises that a person approved every sentence, not that they are right. Where errors must not be published:

```sh
toolkit check
toolkit publish --require reviewed  # only if that exits with 0
```

That line is to cost little (a tenth of the time that writing takes where every sentence is approved, nothing where
none is), and so it may be missing where `toolkit check` finds an error, never the other way round. What publishing
looks for are all errors but T102 and T103; figures, dates, times, amounts, measures and codes (N101, N106, N108,
N110, N115, T108) only in sentences whose figures are not the same in both languages (“March” for « avril » goes
unnoticed). To look at everything would more than double the time that a page takes.

## What is meant to be as it is

For one sentence, as a comment of the translator in the catalogue (every PO editor has a field for it), with the reason:

```
# toolkit: ignore N101 the French figure is a slip, the press office says 780
```

For one release, or for all, in toolkit.toml; a letter alone stands for its whole group:

```toml
[check]
ignore = ["Y102", "M"]
words = ["roadstead"]               # spelt so

[check.releases."2026-03-14-conference"]
ignore = ["T101"]
```

A suppression that suppresses nothing is itself reported (S201), as is one of a code that does not exist (S202). One
that holds for all releases is only judged when all are checked.

## For programs

`--format json` (or `--json`) gives findings, their counts and what could not be read. `--format sarif` gives SARIF
2.1.0 with every check as a rule; fingerprints do not depend on lines. `--format github` annotates the lines of a pull
request. `--output FILE` writes to a file instead. The order is always the same: by file, line and code.

```yaml
# GitHub Actions
- run: toolkit check --format github
- run: toolkit check --format sarif --output check.sarif || true
- uses: github/codeql-action/upload-sarif@v3
  with: { sarif_file: check.sarif }
```

## What they look at

Checks of language and typography see the bare words: placeholders, addresses and fixed words are left out. Terms,
names, dates and amounts are those that drafting puts in ([glossary.md](glossary.md), [rules.md](rules.md)): drafts and
checks cannot disagree about them. Spelling is that of the packaged English dictionary, British and American, and
accepts whatever stands in the French of the sentence, in the glossary or in `[check] words`. Checks of English (marked
*English* below) are left out when a project translates into another language.

Names are looked at four times: nearly the French one (T103), a person who is not named any more (T104), a name that is
settled (T109), and another name (T111). In 60,000 sentences of parliament and law that people translated, T111 spoke 37
times: of slips of either side, of names spelt otherwise (Allaoui, Allawi) and, some six times, of a capital that is no
name. (Its word pairs were counted in the same texts; without those of names it speaks once in 480 sentences.) In 1,200
of them a place or a name was changed on purpose; the four found 1,144. What they do not see: a name that is only left
out or only added (people do both), names of fewer than three letters, the first word of a sentence where the release
has it nowhere else, and who does what to whom.

Lengths of time (N118) are compared with their units, each mention with one of its own. In the same 60,000 sentences,
1,313 of them with such a length, the check spoke twice, both times of a slip; of 482 lengths that were changed on
purpose it found 446. A length that is only left out, or said in another way (“the sentence was halved”), is not told.
"""


def page() -> str:
    """The whole page."""
    return "\n".join((_HEAD, *_index(), *_groups())).rstrip() + "\n"


def _index() -> Iterator[str]:
    yield f"## All {len(CHECKS)} codes\n"
    yield "| letter | about | codes |\n|---|---|---|"
    for letter, about in GROUPS.items():
        codes = [check.code for check in CHECKS if check.code[0] == letter]
        yield f"| {letter} | {about} | {' '.join(f'[{code}](#{anchor(BY_CODE[code])})' for code in codes)} |"
    yield ""


def _groups() -> Iterator[str]:
    for letter, about in GROUPS.items():
        yield f"## {letter}: {about}\n"
        for check in CHECKS:
            if check.code[0] == letter:
                yield f"### {heading(check)}\n"
                yield from _body(check)


def heading(check: Check) -> str:
    """Code and title."""
    return f"{check.code} {check.about.title}"


def anchor(check: Check) -> str:
    """The heading's address, as GitHub makes it."""
    kept = "".join(c for c in heading(check).lower() if c.isalnum() or c in "_ -")
    return kept.replace(" ", "-")


def _body(check: Check) -> Iterator[str]:
    about = check.about
    yield f"*{about.severity.value}{'' if about.any_language else ', English'}* – {about.why}\n"
    if about.french:
        yield "| | |\n|---|---|"
        for name, text in (("French", about.french), ("wrong", about.wrong), ("right", about.right)):
            yield f"| {name} | {' <br> '.join(f'`{_visible(line)}`' for line in text.splitlines())} |"
        yield ""
    if about.rule:
        yield f"Rule: {about.rule}.\n"


def _visible(text: str) -> str:
    """A sentence in a cell of a table, with what cannot be seen made visible."""
    return text.replace("\u200b", "[U+200B]").replace("\u00a0", "[no-break space]").replace("|", "\\|")


def explain(code: str) -> Iterator[str]:
    """One check for a terminal.

    Raises:
        KeyError: there is no such code.
    """
    check = BY_CODE[code]
    about = check.about
    yield f"{check.code} ({about.severity.value}): {about.title}"
    yield ""
    yield about.why
    if about.french:
        yield ""
        for name, text in (("French", about.french), ("wrong ", about.wrong), ("right ", about.right)):
            for number, line in enumerate(text.splitlines()):
                yield f"  {name if not number else '      '}  {_visible(line)}"
    if about.rule:
        yield ""
        yield f"Rule: {about.rule}."
    yield ""
    yield f"To keep a sentence as it is, add this comment to its entry:  # toolkit: ignore {check.code} REASON"


def listing() -> Iterator[str]:
    """A line for each check, by group."""
    for letter, about in GROUPS.items():
        yield f"{letter}: {about}"
        for check in CHECKS:
            if check.code[0] == letter:
                yield f"  {check.code}  {check.about.severity.value:<8} {check.about.title}"
