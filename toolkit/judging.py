"""What the checks are given of a project, and what a publication tells of them.

``toolkit check`` runs all of them over all releases. A publication asks of the one release that it writes whether it
holds what must not be published: a lost figure, a broken placeholder. It looks at approved sentences only, for errors
only, and for what takes long (all that is settled in the French) only where it may be wrong.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from toolkit import catalogue as catalogues
from toolkit import checks
from toolkit.checks import Ignored, Knowledge, Text, Wrong
from toolkit.errors import ConfigError
from toolkit.findings import Finding, Severity
from toolkit.fixing import Fixer
from toolkit.model import Catalogue, Release, State
from toolkit.project import Project, SourceFile
from toolkit.settings import FILE_NAME, CheckReleaseTable
from toolkit.text import quantities
from toolkit.text.fixtures import occurrences

#: Errors that are found by looking for all that is settled in the French: figures, dates, times, amounts, codes.
#: A publication looks for them only where the figures of both languages are not the same.
_OF_FIGURES = frozenset({"N101", "N106", "N108", "N110", "N115", "T108"})
#: Errors that only `toolkit check` finds: they take the glossary, or the dictionary, for every sentence.
_LEFT = frozenset({"T102", "T103"})
_ERRORS = tuple(each for each in checks.CHECKS if each.about.severity is Severity.ERROR and each.code not in _LEFT)
_FIGURES = tuple(each for each in _ERRORS if each.code in _OF_FIGURES)
_OTHERS = tuple(each for each in _ERRORS if each.code not in _OF_FIGURES)

#: What parts the thousands of a figure in either language.
_THOUSANDS = re.compile(r"(?<=\d)[ .,’'\u00a0\u202f](?=\d{3}(?!\d))")
_DIGIT = re.compile(r"\d")
_FIGURE = re.compile(r"\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Judge:
    """Finds in single releases what must not be published, as far as it can be had for little.

    Attributes:
        know, ignored: of the project.
    """

    project: Project
    know: Callable[[], Knowledge]
    ignored: Ignored

    def findings(self, file: SourceFile, release: Release, catalogue: Catalogue | None) -> Sequence[Finding]:
        """Errors that `toolkit check` finds, too, by line: in approved sentences, and in all of a final release."""
        text = text_of(self.project, file, release, catalogue)
        if not text.final:
            approved = (entry.key for entry in catalogue.live if entry.state is State.REVIEWED) if catalogue else ()
            text = replace(text, only=frozenset(approved))
            if not text.only:
                return ()
        plain = Knowledge(language=self.project.settings.project.target_language, digest=catalogues.digest)
        found = [*checks.run([text], plain, self.ignored, complete=False, which=_OTHERS).findings]
        odd = frozenset(line.entry.key for line in text.sentences if differ(line.source, line.target))
        if odd:
            text = replace(text, only=odd)
            found += checks.run([text], self.know(), self.ignored, complete=False, which=_FIGURES).findings
        errors = {finding for finding in found if finding.severity is Severity.ERROR}
        return sorted(errors, key=lambda finding: (finding.path, finding.line, finding.code, finding.message))

    def notice(self, file: SourceFile, release: Release, catalogue: Catalogue | None) -> str:
        """What a person is told of a release that is published now, in one line; "" where there is nothing to tell."""
        found = self.findings(file, release, catalogue)
        if not found:
            return ""
        first = found[0]
        number = "1 error" if len(found) == 1 else f"{len(found):,} errors, the first"
        place = f"{first.path}:{first.line}" if first.line else first.path
        said = " ".join(f"{first.message} ({first.code})".split())
        return f"{place}: published with {number}: {said}; run `toolkit check {release.id}`"


def differ(french: str, english: str) -> bool:
    """Whether the figures of a sentence and its English are not the same, by their digits and decimals."""
    return (_DIGIT.search(french) or _DIGIT.search(english)) is not None and _figures(french) != _figures(english)


def _figures(text: str) -> list[str]:
    """The figures of a sentence, sorted, each as English writes it, without what parts its thousands."""
    return sorted(figure.replace(",", ".") for figure in _FIGURE.findall(_THOUSANDS.sub("", text)))


def text_of(
    project: Project, file: SourceFile, release: Release | None, catalogue: Catalogue | None, *, asked: bool = True
) -> Text:
    """A release with its catalogue as the checks look at it; without the release, only to compare others with."""
    return Text(
        id=file.release,
        path=project.shown(project.catalogue_path(file.release)),
        source_path=file.shown,
        release=release,
        catalogue=catalogue,
        final=project.settings.check.releases.get(file.release, CheckReleaseTable()).final,
        asked=asked,
    )


def knowledge(project: Project, fixer: Fixer) -> Knowledge:
    """What checks may ask: the project's glossary and fixtures, and the words it wants spelt so."""
    glossary, settings = fixer.glossary, project.settings

    def forbidden(source: str, target: str) -> tuple[Wrong, ...]:
        return tuple(
            Wrong(used[0] if used else term.english[0] if term.english else term.french, term.note, term.origin)
            for term in glossary.forbidden(source, target)
            for used in [[way for way in term.english if occurrences([way], target)]]
        )

    written = " ".join((*settings.check.words, *(way for term in glossary.terms for way in term.english)))
    return Knowledge(
        language=settings.project.target_language,
        fixtures=fixer.find,
        missing=fixer.missing,
        forbidden=forbidden,
        values=quantities.values,
        words=frozenset(re.findall(r"[^\W\d_]+(?:[’'-][^\W\d_]+)*", written.lower())) | _parts(written),
        digest=catalogues.digest,
    )


def _parts(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"[^\W\d_]+", text.lower()))


def ignored(project: Project) -> Ignored:
    """[check] of toolkit.toml, with the lines on which things stand there.

    Raises:
        ConfigError: it cannot be read any more.
    """
    table = project.settings.check
    path = project.root / FILE_NAME
    try:
        lines = path.read_text(encoding="utf-8-sig").splitlines() if path.exists() else []
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError("cannot be read", where=FILE_NAME, hint="check its permissions") from error
    start = next((at for at, line in enumerate(lines) if re.match(r"\s*\[check", line)), 0)

    def line_of(word: str, after: int) -> int:
        quoted = re.compile(rf"[\"']?{re.escape(word)}[\"']?(?![\w-])")
        return next((at + 1 for at, line in enumerate(lines) if at >= after and quoted.search(line)), 0)

    named = {name: line_of(name, start) for name in table.releases}
    return Ignored(
        path=FILE_NAME,
        everywhere=tuple((spec, line_of(spec, start)) for spec in table.ignore),
        releases={
            name: tuple((spec, line_of(spec, max(0, named[name] - 1))) for spec in release.ignore)
            for name, release in table.releases.items()
        },
        lines=named,
    )
