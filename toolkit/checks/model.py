"""What a check is, what it looks at, and what it may ask.

A check is one small function with a permanent code. It looks at a ``Sentence`` (the French and its English), at a
``Text`` (one release with its catalogue) or at all of them, and yields a ``Problem`` for each thing it has to say.
Explanations, examples and sources stand with the function; docs/checks.md is made of them, and a test tries each
example.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property

from toolkit.beading import EntryBead, Place, beads_in, places_in, places_of, strung
from toolkit.beads import joined, mark_of
from toolkit.findings import Severity
from toolkit.model import Block, Catalogue, Entry, Key, Release, State, context_of
from toolkit.placeholders import Form, Tag, bare, tokenize, unescape
from toolkit.text.fixtures import Fixture, Kind
from toolkit.text.typography import VERBATIM

#: Stands in prose for what is not prose: an address, a command, words in another language.
GAP = "\ufffc"
#: Characters of a sentence that is looked at; what is longer is no sentence, and would take long.
LONGEST = 4_000


@dataclass(frozen=True)
class Sentence:
    """One entry of a catalogue that has English, ready to be looked at; with the French of all that it says.

    Attributes:
        path: of its catalogue, as messages name it.
        final: whether its release is said to be ready for publication.
        bead: the entries that this one's English says (``toolkit.beads``), itself among them; () for itself alone.
    """

    entry: Entry
    path: str = ""
    release: str = ""
    final: bool = False
    bead: tuple[Entry, ...] = ()

    @cached_property
    def source(self) -> str:
        """The bare French."""
        return bare(self._french)

    @cached_property
    def target(self) -> str:
        """The bare English."""
        return bare(self._english)

    @cached_property
    def french(self) -> str:
        """The French without addresses and fixed words."""
        return prose(self._french)

    @cached_property
    def english(self) -> str:
        """The English without addresses and fixed words, as every check of language and typography looks at it."""
        return prose(self._english)

    @cached_property
    def _french(self) -> str:
        return strung(entry.key.source for entry in self.bead) if self.bead else self.entry.key.source

    @cached_property
    def _english(self) -> str:
        return joined(self.entry.key.source, self.entry.target)

    @property
    def context(self) -> str | None:
        """The msgctxt: None for running text, else the kind of block ("heading", "item", "cell")."""
        return self.entry.key.context

    @property
    def approved(self) -> bool:
        """Whether a person stands by it: by all of its bead."""
        return all(entry.state is State.REVIEWED for entry in self.bead or (self.entry,))


def prose(text: str) -> str:
    """The words of a sentence with a GAP for each address and each stretch of fixed words."""
    if "<" not in text:
        return VERBATIM.sub(_gap, text) if may_hold_address(text) else text
    parts = []
    for token in tokenize(text):
        if isinstance(token, Tag):
            parts.append(GAP if token.form is Form.FIXED else " " if token.form is Form.EMPTY else "")
        else:
            parts.append(unescape(token))
    return VERBATIM.sub(_gap, _parted(parts))


def may_hold_address(text: str) -> bool:
    """Whether VERBATIM is worth looking for: it tries each letter of a text."""
    return "@" in text or "http" in text or "www." in text


def _gap(address: re.Match[str]) -> str:
    """A gap, and what only ends the sentence behind the address."""
    return GAP + address[0][len(address[0].rstrip(".,;:!?)")) :]


def _parted(parts: Sequence[str]) -> str:
    """The parts joined; what stands alone between two words parts them, and leaves no space elsewhere."""
    joined = ""
    for at, part in enumerate(parts):
        behind = next((later[0] for later in parts[at + 1 :] if later), "")
        if part == " " and not (joined[-1:].isalnum() and behind.isalnum()):
            continue
        joined += part
    return joined


@dataclass(frozen=True)
class Text:
    """A release with its catalogue.

    Attributes:
        id: of the release.
        path: of the catalogue, as messages name it; of the source in ``source_path``.
        release: None where only the catalogue is known: its release is gone, or was not asked for.
        catalogue: None where there is none.
        final: [check.releases."id"] final.
        asked: whether findings about it are wanted; the others are there to compare with.
        orphan: a catalogue without a release.
        only: the sentences that checks of single ones look at; None for all.
    """

    id: str
    path: str
    source_path: str = ""
    release: Release | None = None
    catalogue: Catalogue | None = None
    final: bool = False
    asked: bool = True
    orphan: bool = False
    only: frozenset[Key] | None = None

    @cached_property
    def sentences(self) -> tuple[Sentence, ...]:
        """The live entries that have English, in the order of the source; those that are no sentences left out.

        What is only a mark is left out, too: the sentence that leads its bead has its French.
        """
        live = self.catalogue.live if self.catalogue else ()
        return tuple(
            Sentence(entry, self.path, self.id, self.final, bead.entries if (bead := self.beads.get(entry.key)) else ())
            for entry in live
            if (self.only is None or entry.key in self.only)
            and entry.target.strip()
            and max(len(entry.key.source), len(entry.target)) <= LONGEST
            and not mark_of(entry.target)
        )

    @cached_property
    def beads(self) -> Mapping[Key, EntryBead]:
        """The beads of several entries, by the key of each of them."""
        return beads_in(self.catalogue, self.places) if self.catalogue else {}

    @cached_property
    def places(self) -> Mapping[Place, Key]:
        """Where its sentences stand."""
        if self.release is not None:
            return places_in(self.release)
        return places_of(self.catalogue) if self.catalogue else {}

    @cached_property
    def by_key(self) -> dict[Key, Sentence]:
        """The same by what identifies them."""
        return {sentence.entry.key: sentence for sentence in self.sentences}

    @cached_property
    def entries(self) -> Mapping[Key, Entry]:
        """Its live entries."""
        return {entry.key: entry for entry in self.catalogue.live} if self.catalogue else {}

    @cached_property
    def first_places(self) -> Mapping[Key, Place]:
        """Where each sentence stands first."""
        return {key: place for place, key in reversed(tuple(self.places.items()))}

    def of(self, block: Block) -> tuple[Sentence | None, ...]:
        """The sentences of a block, in order; None for one without English.

        What is not translated is left out, and what is said in the English of another one.
        """
        context = context_of(block.kind)
        keys = [Key(context, segment.msgid) for segment in block.segments if block.translatable(segment)]
        return tuple(self.by_key.get(key) for key in keys if key not in self.beads or self.beads[key].lead.key == key)


@dataclass(frozen=True, slots=True)
class Wrong:
    """A forbidden term that a sentence uses: the English, what the glossary says of it, and where it says so."""

    english: str
    note: str = ""
    origin: str = ""


def _nothing(*_: object) -> tuple[()]:
    return ()


@dataclass(frozen=True)
class Knowledge:
    """What checks may ask of the rest of the house, which they do not import.

    Attributes:
        language: translated into; checks of English are left out for any other.
        fixtures: all fixtures of a bare French sentence, suggestions too.
        missing: the settled fixtures of a bare French sentence that its bare English lacks.
        forbidden: the forbidden terms that a bare English sentence uses, given (French, English).
        values: the values of the quantities in an English sentence.
        words: spelt so: [check] words and what the glossary writes, in lower case.
        digest: how provenance hashes a target.
        sentences: how many sentences a text has.
    """

    language: str = "en"
    fixtures: Callable[[str], Sequence[Fixture]] = _nothing
    missing: Callable[[str, str], Sequence[Fixture]] = _nothing
    forbidden: Callable[[str, str], Sequence[Wrong]] = _nothing
    values: Callable[[str], Sequence[str]] = _nothing
    words: frozenset[str] = frozenset()
    digest: Callable[[str], str] = field(default=lambda text: text)
    sentences: Callable[[str], int] = field(default=lambda text: 1)

    def settles(self, french: str, at: int) -> bool:
        """Whether a place in a French sentence belongs to a settled fixture, which is judged as such."""
        return any(one.settled and one.english and one.start <= at < one.end for one in self.fixtures(french))


@dataclass(frozen=True, slots=True)
class Problem:
    """What a check has to say.

    Attributes:
        message, hint: as in a Finding.
        at: the sentence, for checks that look at more than one; an entry without English in ``entry``.
        place: path and line, where it is about no entry.
        severity: where it is not the check's own.
    """

    message: str
    hint: str = ""
    at: Sentence | None = None
    entry: Entry | None = None
    place: tuple[str, int] | None = None
    severity: Severity | None = None


class Scope(StrEnum):
    """What a check looks at."""

    SENTENCE = "sentence"
    TEXT = "release"
    PROJECT = "project"


OneSentence = Callable[[Sentence, Knowledge], Iterator[Problem]]
OneText = Callable[[Text, Knowledge], Iterator[Problem]]
AllTexts = Callable[[Sequence[Text], Knowledge], Iterator[Problem]]


@dataclass(frozen=True)
class About:
    """What a person is told of a check.

    Attributes:
        code: permanent: a letter and three digits; never used again for anything else.
        severity: for a sentence that a person has approved.
        title: what it finds, in a few words.
        why: why that matters and what to do, in a sentence or two.
        french: an example, with a ``wrong`` and a ``right`` English; several sentences are parted by line breaks.
        context: msgctxt of the example.
        rule: source of the rule, where it is one of typography or usage.
        any_language: whether it holds for languages other than English.
    """

    code: str
    severity: Severity
    title: str
    why: str
    french: str = ""
    wrong: str = ""
    right: str = ""
    context: str | None = None
    rule: str = ""
    any_language: bool = False


@dataclass(frozen=True)
class Check:
    """A check: what it is about, what it looks at, and the function."""

    about: About
    scope: Scope
    of_sentence: OneSentence = _nothing  # type: ignore[assignment]
    of_text: OneText = _nothing  # type: ignore[assignment]
    of_project: AllTexts = _nothing  # type: ignore[assignment]

    @property
    def code(self) -> str:
        """The permanent code."""
        return self.about.code


def sentence_check(about: About) -> Callable[[OneSentence], Check]:
    """Make a check of a function that looks at one sentence."""
    return lambda function: Check(about, Scope.SENTENCE, of_sentence=function)


def text_check(about: About) -> Callable[[OneText], Check]:
    """Make a check of a function that looks at one release."""
    return lambda function: Check(about, Scope.TEXT, of_text=function)


def project_check(about: About) -> Callable[[AllTexts], Check]:
    """Make a check of a function that compares releases."""
    return lambda function: Check(about, Scope.PROJECT, of_project=function)


def unsaid(line: Sentence, know: Knowledge, what: str, *kinds: Kind) -> Iterator[Problem]:
    """A problem for each settled fixture of these kinds that the English lacks."""
    for one in know.missing(line.source, line.target):
        if one.kind in kinds and not _said_otherwise(one, line.target):
            hint = f"in English: {one.english[0]}" if one.english else ""
            yield Problem(f"{what}: {quoted([one.source(line.source)])}", hint)


def _said_otherwise(one: Fixture, target: str) -> bool:
    """Whether a quantity is there as an attribute ("a three-day course"), or days of the week otherwise joined."""
    if one.origin == "weekdays":
        return all(day in target for day in re.findall(r"\b[A-Z]\w+day", one.english[0]))
    if one.kind not in (Kind.MEASURE, Kind.MONEY, Kind.NUMBER):
        return False
    english = f" {_loosely(target)} "
    return any(way and f" {_loosely(way)} " in english for way in one.english)


def _loosely(text: str) -> str:
    """Words without hyphens, plurals and a leading "one"."""
    found = [re.sub(r"(?<=\w{2})s$", "", word) for word in re.findall(r"[\w.,]*\w", text.lower().replace("-", " "))]
    return " ".join(found[1:] if found[:1] in (["one"], ["a"]) else found)


def quoted(words: Sequence[str], most: int = 4) -> str:
    """Words as a message names them: “a”, “b” and 3 more."""
    shown = [f"“{' '.join(word.split())}”" for word in words[:most]]
    if len(words) > most:
        return f"{', '.join(shown)} and {len(words) - most} more"
    return shown[0] if len(shown) == 1 else f"{', '.join(shown[:-1])} and {shown[-1]}" if shown else ""


ERROR, WARNING, NOTE = Severity.ERROR, Severity.WARNING, Severity.NOTE
