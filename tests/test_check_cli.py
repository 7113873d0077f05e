"""`toolkit check` as a person and as CI run it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from click.testing import CliRunner
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.running import assert_error, toolkit, tree
from toolkit.checks import CHECKS
from toolkit.checks.model import Scope
from toolkit.checks.reporting import as_github, as_sarif, fingerprint
from toolkit.checks.run import Outcome, run
from toolkit.cli.publish import command as publish
from toolkit.errors import RefusedError
from toolkit.findings import Finding, Severity
from toolkit.jobs.check import check
from toolkit.judging import Judge, ignored, knowledge, text_of
from toolkit.model import Catalogue, Entry, Key, Metadata, Release, State
from toolkit.pipeline import Pipeline
from toolkit.project import SourceFile, open_project
from toolkit.skeleton import Skeleton

RELEASE = """\
Le port de Gand ouvre un nouveau quai

Le comité a adopté 12 avis. Les autres s’y préparent.
"""
ENGLISH = {
    "Le port de Gand ouvre un nouveau quai": "The port of Ghent opens a new quay",
    "Le comité a adopté 12 avis.": "The committee adopted 21 opinions.",
    "Les autres s’y préparent.": "The others are preparing for it.",
}


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A release whose English is approved, with one wrong figure."""
    (tmp_path / "source").mkdir()
    (tmp_path / "source" / "gand.txt").write_text(RELEASE, encoding="utf-8")
    Pipeline(open_project(tmp_path)).extract()
    path = tmp_path / "locales" / "en" / "gand.po"
    catalogue = path.read_text(encoding="utf-8")
    for french, english in ENGLISH.items():
        catalogue = catalogue.replace(f'msgid "{french}"\nmsgstr ""', f'msgid "{french}"\nmsgstr "{english}"')
    path.write_text(catalogue, encoding="utf-8")
    return tmp_path


def published(project: Path, *options: str) -> str:
    """What `toolkit publish` warns of."""
    done = CliRunner().invoke(publish, ["--project", str(project), *options])
    assert done.exit_code == 0, done.stderr
    return done.stderr


def edit(path: Path, old: str, new: str) -> None:
    content = path.read_text(encoding="utf-8")
    assert old in content
    path.write_text(content.replace(old, new), encoding="utf-8")


def line_of(path: Path, text: str) -> int:
    lines = path.read_text(encoding="utf-8").splitlines()
    return next(number for number, line in enumerate(lines, 1) if text in line)


def test_an_error_fails_the_command_and_names_its_line(project: Path) -> None:
    before = tree(project)
    done = toolkit(project, "check")
    assert_error(done, 1, "1 finding is an error; `toolkit publish` publishes all the same", "--explain")
    po = project / "locales" / "en" / "gand.po"
    line = line_of(po, "#. p2s1")
    assert f"locales/en/gand.po:{line}: error N101: number missing or changed: “12”\n    → " in done.stdout
    assert "    Le comité a adopté 12 avis.\n    The committee adopted 21 opinions.\n" in done.stdout
    assert "Checked 3 sentences of 1 release: 1 error, 1 warning, 0 notes." in done.stdout
    assert tree(project) == before, "a check changes nothing"


def test_check_and_publish_agree_on_what_happens_to_an_error(project: Path) -> None:
    """What check says of publishing is so: it goes on, and tells of the error."""
    assert "`toolkit publish` publishes all the same" in toolkit(project, "check").stderr
    done = toolkit(project, "publish")
    assert done.returncode == 0, done.stderr
    assert "published with 1 error" in done.stderr
    assert (project / "output" / "gand.html").exists()


def test_a_correction_in_the_catalogue_passes(project: Path) -> None:
    edit(project / "locales" / "en" / "gand.po", "21 opinions", "12 opinions")
    done = toolkit(project, "check", "gand")
    assert done.returncode == 0, done.stdout + done.stderr
    assert done.stdout == "Checked 3 sentences of 1 release: 0 errors, 0 warnings, 0 notes.\n"


def test_drafts_do_not_fail_unless_their_release_is_final(project: Path) -> None:
    edit(project / "locales" / "en" / "gand.po", 'msgid "Le comité', '#, fuzzy\nmsgid "Le comité')
    done = toolkit(project, "check", "--json")
    assert done.returncode == 0, done.stderr
    assert {one["severity"] for one in json.loads(done.stdout)["findings"]} == {"warning"}
    told = toolkit(project, "check").stdout
    assert "0 errors, 2 warnings, 0 notes. (Drafts only warn: 1 of the warnings would be errors in approved" in told
    (project / "toolkit.toml").write_text('[check.releases."gand"]\nfinal = true\n', encoding="utf-8")
    done = toolkit(project, "check", "--json", "--severity", "error")
    assert_error(done, 1)
    assert [one["code"] for one in json.loads(done.stdout)["findings"]] == ["N101", "S103"]


def test_a_translators_comment_keeps_a_sentence_as_it_is(project: Path) -> None:
    po = project / "locales" / "en" / "gand.po"
    edit(po, 'msgid "Le comité', '# toolkit: ignore N101, N102 the press office says 21\nmsgid "Le comité')
    Pipeline(open_project(project)).extract()  # the comment outlives an update
    done = toolkit(project, "check")
    assert done.returncode == 0, done.stdout
    assert "0 errors, 0 warnings, 0 notes. 2 findings suppressed." in done.stdout
    edit(po, "21 opinions", "12 opinions")
    idle = toolkit(project, "check")
    assert idle.stdout.count("S201") == 2
    assert f"locales/en/gand.po:{line_of(po, '#. p2s1')}: warning S201" in idle.stdout


def test_toolkit_toml_is_named_with_its_lines(project: Path) -> None:
    toml = '[check]\nignore = [\n  "N",\n  "Y101",\n  "Q1"\n]\n\n[check.releases.brest]\nignore = ["T101"]\n'
    (project / "toolkit.toml").write_text(toml, encoding="utf-8")
    done = toolkit(project, "check", "--json")
    assert done.returncode == 0, done.stderr
    data = json.loads(done.stdout)
    told = [(one["path"], one["line"], one["code"]) for one in data["findings"]]
    assert told == [("toolkit.toml", 4, "S201"), ("toolkit.toml", 5, "S202"), ("toolkit.toml", 8, "S203")]
    assert data["summary"] == {"errors": 0, "warnings": 3, "notes": 0, "suppressed": 2}


def test_a_broken_catalogue_stops_no_other(project: Path) -> None:
    (project / "source" / "brest.txt").write_text("Le port est fermé.\n", encoding="utf-8")
    (project / "locales" / "en" / "brest.po").write_text('msgid "a\n', encoding="utf-8")
    done = toolkit(project, "check", "--json")
    assert done.returncode == 4, "what cannot be read goes before what is wrong"
    data = json.loads(done.stdout)
    assert [one["code"] for one in data["findings"]] == ["N101", "N102"]
    assert data["problems"][0]["where"].startswith("locales/en/brest.po")
    assert "brest.po" in done.stderr
    assert "Traceback" not in done.stderr
    assert toolkit(project, "check", "gand").returncode == 1, "nobody asked for the other"


def test_words_that_are_spelt_so(project: Path) -> None:
    edit(project / "locales" / "en" / "gand.po", "21 opinions", "12 avisos")
    assert "L104" in toolkit(project, "check").stdout
    (project / "toolkit.toml").write_text('[check]\nwords = ["avisos"]\n', encoding="utf-8")
    assert "L104" not in toolkit(project, "check").stdout


def test_the_projects_glossary_is_looked_for(project: Path) -> None:
    terms = "fr,en,status,note\navis,notice,,\navis,opinion,forbidden,that is a court’s\n"
    (project / "terms.csv").write_text(terms, encoding="utf-8")
    (project / "toolkit.toml").write_text('[glossary]\nfiles = ["terms.csv"]\n', encoding="utf-8")
    edit(project / "locales" / "en" / "gand.po", "21 opinions", "12 opinions")
    done = toolkit(project, "check", "--json")
    assert done.returncode == 1, done.stderr
    told = {one["code"]: one for one in json.loads(done.stdout)["findings"]}
    assert set(told) == {"T101", "T102"}
    assert "notice" in told["T101"]["hint"]
    assert "opinion" in told["T102"]["message"]
    assert "that is a court’s (terms.csv:3)" in told["T102"]["hint"]
    edit(project / "locales" / "en" / "gand.po", "12 opinions", "12 notices")
    assert toolkit(project, "check").returncode == 0


def test_codes_are_explained_and_listed(project: Path) -> None:
    done = toolkit(project, "check", "--explain", "p108")
    assert done.returncode == 0
    assert done.stdout.startswith("P108 (warning): ")
    assert "toolkit: ignore P108" in done.stdout
    assert toolkit(project, "check", "--explain", "N999").returncode == 2
    listed = toolkit(project, "check", "--list").stdout
    assert re.findall(r"^  ([A-Z]\d{3})", listed, re.MULTILINE) == [one.code for one in CHECKS]


def test_unknown_releases_and_files_that_cannot_be_written(project: Path) -> None:
    assert_error(toolkit(project, "check", "gant"), 3, "did you mean “gand”?")
    assert_error(toolkit(project, "check", "--output", "source", "--sarif"), 7)


def test_sarif_and_github(project: Path) -> None:
    done = toolkit(project, "check", "--sarif", "--output", "check.sarif")
    assert done.returncode == 1
    assert "1 error, 1 warning" in done.stdout
    log = json.loads((project / "check.sarif").read_text(encoding="utf-8"))
    assert_sarif(log)
    assert [one["ruleId"] for one in log["runs"][0]["results"]] == ["N101", "N102"]
    github = toolkit(project, "check", "--github")
    line = line_of(project / "locales" / "en" / "gand.po", "#. p2s1")
    assert github.stdout.splitlines()[0].startswith(
        f"::error file=locales/en/gand.po,line={line},title=N101 A number is missing or changed::number missing"
    )


def assert_sarif(log: dict[str, Any]) -> None:
    """What SARIF 2.1.0 requires, and what GitHub's code scanning asks for besides."""
    assert log["version"] == "2.1.0"
    assert log["$schema"].endswith("sarif-schema-2.1.0.json")
    (run,) = log["runs"]
    rules = run["tool"]["driver"]["rules"]
    assert run["tool"]["driver"]["name"]
    assert len({rule["id"] for rule in rules}) == len(rules)
    for rule in rules:
        assert rule["shortDescription"]["text"]
        assert rule["fullDescription"]["text"]
        assert rule["help"]["text"]
        assert rule["defaultConfiguration"]["level"] in {"error", "warning", "note"}
        assert re.fullmatch(r"[A-Za-z]+", rule["name"])
    for result in run["results"]:
        assert rules[result["ruleIndex"]]["id"] == result["ruleId"]
        assert result["level"] in {"error", "warning", "note"}
        assert result["message"]["text"]
        assert re.fullmatch(r"[0-9a-f]{32}", result["partialFingerprints"]["finding/v1"])
        for location in result["locations"]:
            place = location["physicalLocation"]
            uri = place["artifactLocation"]["uri"]
            assert not uri.startswith(("/", "file:"))
            assert re.fullmatch(r"[!-~]+", uri)
            assert place["artifactLocation"]["uriBaseId"] in run["originalUriBaseIds"]
            assert place.get("region", {"startLine": 1})["startLine"] >= 1


def finding(path: str = "locales/en/é à.po", line: int = 7, message: str = "50 % : “a”, b\nc") -> Finding:
    return Finding("N101", Severity.ERROR, path, line, message, "a hint", "gand", Key(None, "50 % : a"))


def test_odd_paths_and_words_are_escaped() -> None:
    log = json.loads(as_sarif(Outcome((finding(), finding(line=0))), Severity.NOTE))
    assert_sarif(log)
    places = [one["locations"][0]["physicalLocation"] for one in log["runs"][0]["results"]]
    assert unquote(places[0]["artifactLocation"]["uri"]) == "locales/en/é à.po"
    assert "region" not in places[1]
    (line,) = as_github(Outcome((finding(path="a:b,c%.po"),)), Severity.NOTE)
    assert line == (
        "::error file=a%3Ab%2Cc%25.po,line=7,title=N101 A number is missing or changed::50 %25 : “a”, b%0Ac%0Aa hint"
    )


def test_a_fingerprint_does_not_depend_on_the_line() -> None:
    assert fingerprint(finding(line=7)) == fingerprint(finding(line=9))
    assert fingerprint(finding()) != fingerprint(finding(message="another"))
    assert RefusedError.exit_code == 1


def test_the_samples_reviewed_english_passes() -> None:
    """The English that people have read in this repository: every warning about it would be a false one."""
    root = Path(__file__).parent.parent
    pipeline = Pipeline(open_project(root))
    names = ["2026-02-10-conference-regionale-lyon", "2026-06-02-numero-unique", "2026-06-09-charte-des-capitaineries"]
    report = check(pipeline, [*names, "2026-03-12-points-de-contact-nationaux", "2026-04-08-rapport-rives-vigilantes"])
    states = {(found.release, entry.key): entry.state for found in pipeline.shelf.all() for entry in found.live}
    assert report.sentences > 100
    told = [
        f"{one.path}:{one.line}: {one.code} {one.message}"
        for one in report.outcome.findings
        if one.severity is not Severity.NOTE
        and one.key
        and states.get((one.release, one.key)) is State.REVIEWED
        and next(check for check in CHECKS if check.code == one.code).scope is not Scope.PROJECT
    ]
    assert told == []


# -- what publishing tells ----------------------------------------------------------------------------------------


def test_publishing_tells_of_errors_in_one_line_and_again_when_the_release_is_passed_over(project: Path) -> None:
    path = project / "locales" / "en" / "gand.po"
    told = (
        f"warning: locales/en/gand.po:{line_of(path, '#. p2s1')}: published with 1 error: number missing or changed: "
        "“12” (N101); run `toolkit check gand`\n"
    )
    assert published(project) == told
    assert published(project) == told
    assert (project / "output" / "gand.html").exists()
    edit(path, "21 opinions", "12 opinions")
    assert published(project) == ""


def test_publishing_counts_errors_and_names_the_first(project: Path) -> None:
    path = project / "locales" / "en" / "gand.po"
    edit(path, "a new quay", "a <b>new</b> quay, <g7>2</g7>")
    (line,) = (line for line in published(project).splitlines() if "published with" in line)
    assert line.startswith(
        f"warning: locales/en/gand.po:{line_of(path, '#. p1s1')}: published with 2 errors, the first: "
    )


@pytest.mark.parametrize(
    "change",
    [
        ('msgid "Le comité a adopté 12 avis."', '#, fuzzy\nmsgid "Le comité a adopté 12 avis."'),
        (
            'msgid "Le comité a adopté 12 avis."',
            '# toolkit: ignore N101 the French is wrong\nmsgid "Le comité a adopté 12 avis."',
        ),
        ("21 opinions", "a dozen opinions"),
    ],
    ids=["not approved", "meant to be so", "in words"],
)
def test_publishing_tells_nothing_that_check_does_not_call_an_error(project: Path, change: tuple[str, str]) -> None:
    path = project / "locales" / "en" / "gand.po"
    edit(path, *change)
    if "dozen" in change[1]:
        edit(project / "source" / "gand.txt", "12 avis", "une douzaine d’avis")
        Pipeline(open_project(project)).extract()
        text = path.read_text(encoding="utf-8").replace("#, fuzzy\n", "")
        path.write_text(re.sub(r"#\| .*\n", "", text), encoding="utf-8")
    assert "published with" not in published(project)
    assert check(Pipeline(open_project(project))).outcome.count(Severity.ERROR) == 0


def test_in_a_final_release_a_draft_is_an_error_when_it_is_published(project: Path) -> None:
    path = project / "locales" / "en" / "gand.po"
    edit(path, 'msgid "Les autres s’y préparent."', '#, fuzzy\nmsgid "Les autres s’y préparent."')
    assert "published with 1 error:" in published(project)
    (project / "toolkit.toml").write_text('[check.releases."gand"]\nfinal = true\n', encoding="utf-8")
    assert "published with 2 errors" in published(project)


def test_publishing_needs_no_glossary(project: Path) -> None:
    (project / "toolkit.toml").write_text('[glossary]\nfiles = ["gone.csv"]\n', encoding="utf-8")
    assert "published with 1 error" in published(project)


def test_require_reviewed_promises_review_and_no_more(project: Path) -> None:
    assert "published with 1 error" in published(project, "--require", "reviewed")


@settings(max_examples=60, deadline=None)
@given(
    st.lists(st.sampled_from(["12", "1 200", "2,5", "3 mars 2026", "8 h 30", "mille", "<ph1>x</ph1>", "<g1>a</g1>"]))
)
def test_what_publishing_tells_check_finds_too(tmp_path_factory: pytest.TempPathFactory, parts: list[str]) -> None:
    project = open_project(tmp_path_factory.mktemp("laws"))
    pipeline = Pipeline(project)
    french, english = f"Voici {' et '.join(parts)}.", f"Here: {' and '.join(parts[1:])}."
    entry = Entry(Key(None, french), english, State.REVIEWED, line=9)
    catalogue = Catalogue("avis", (), (entry,))
    release = Release("avis", "source/avis.txt", "fr", "", Metadata(), (), Skeleton("text", "utf-8", ()))
    file = SourceFile("avis", project.source / "avis.txt", "source/avis.txt")
    told = Judge(project, lambda: knowledge(project, pipeline.fixer), ignored(project)).findings(
        file, release, catalogue
    )
    every = run([text_of(project, file, release, catalogue)], knowledge(project, pipeline.fixer)).findings
    assert set(told) <= {finding for finding in every if finding.severity is Severity.ERROR}
    if any(part[:1].isdigit() for part in parts[:1]) and parts[0] not in parts[1:]:
        assert told
