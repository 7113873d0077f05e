"""Translations to compare with: PO catalogues, TMX, or English texts, one for each release or one for all.

A PO or TMX file says which French each English sentence belongs to. An English text does not: it is matched with the
release, line by line where it has as many lines as the release has sentences, else paragraph by paragraph and sentence
by sentence (``toolkit.jobs.matching``).
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from toolkit import catalogue as catalogues
from toolkit.beading import beads_in
from toolkit.beads import joined, mark_of
from toolkit.errors import EvaluationError, SourceError, ToolkitError
from toolkit.formats import SUFFIXES, ReadOptions, read_release
from toolkit.formats.decoding import decode
from toolkit.formats.slug import release_id
from toolkit.jobs.english import sentences as english_sentences
from toolkit.jobs.evidence import Evidence, Line
from toolkit.jobs.matching import matched
from toolkit.memory.mending import Notes
from toolkit.memory.tmx import read_tmx
from toolkit.model import Key, Release, State, context_of
from toolkit.placeholders import bare

#: Texts larger than that are refused: a release has thousands of sentences, not millions.
MAX_BYTES = 200_000_000
_PAIRED = (".po", ".tmx")
_HINT = "name a folder with RELEASE.po, RELEASE.tmx or RELEASE.txt in it, or one such file"
_SPELLINGS = str.maketrans({"’": "'", "‘": "'", "\u00a0": " ", "\u202f": " ", "‑": "-"})


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a release that there is something to translate in.

    Attributes:
        id: of its segment.
        key: of its entry.
        block: id of its block.
        french: bare, one line.
    """

    id: str
    key: Key
    block: str
    french: str


@dataclass(frozen=True, slots=True)
class Unit:
    """What is compared as a whole: usually one sentence, more where a reference merges or parts some.

    Attributes:
        sentences: positions in the release.
        english: the reference.
    """

    sentences: tuple[int, ...]
    english: str


#: English by entry and by sentence alone: what a PO or TMX file says.
Table = Mapping[Key, str]


def sentences_of(release: Release) -> tuple[Sentence, ...]:
    """The translatable sentences of a segmented release, in order."""
    return tuple(
        Sentence(segment.id, Key(context_of(block.kind), segment.msgid), block.id, plain(segment.msgid))
        for block in release.blocks
        for segment in block.segments
        if block.translatable(segment)
    )


def plain(text: str) -> str:
    """A sentence without placeholders, on one line."""
    return " ".join(bare(text).split())


@dataclass
class References:
    """The translations in a file or a folder, read when they are first wanted.

    Attributes:
        path: the file or folder.
        releases: ids of all there are: a file with another name than theirs serves every release.
        languages: primary subtags, the source's first: which ones of a TMX file are read.
        alone: id of the only release asked for, "" when there are several: a lone text then belongs to it.
        notify: is told what is passed over, one line each.
    """

    path: Path
    releases: Collection[str] = ()
    languages: tuple[str, str] = ("fr", "en")
    alone: str = ""
    notify: Callable[[str], None] = lambda message: None
    _tables: dict[Path, Table] = field(default_factory=dict)

    def units(self, release: str, sentences: Sequence[Sentence]) -> tuple[Unit, ...]:
        """What can be compared of a release, in order; () where there is no reference for it.

        Raises:
            EvaluationError: a reference cannot be read.
        """
        names = {path: _slug(path) for path in self._files}
        own = [path for path in self._files if names[path] == release]
        shared = [path for path in self._files if path.suffix.lower() in _PAIRED and names[path] not in self.releases]
        if not own and self.alone == release and self.path.is_file():
            own = self._files
        for path in [*own, *shared]:
            if path.suffix.lower() in _PAIRED:
                found = tuple(_looked_up(self._table(path), sentences))
            else:
                found = tuple(_matched(path, sentences))
            if found:
                return found
        return ()

    @cached_property
    def _files(self) -> list[Path]:
        if not self.path.exists():
            raise EvaluationError("there is no such file or folder", where=str(self.path), hint=_HINT)
        paths = sorted(self.path.iterdir()) if self.path.is_dir() else [self.path]
        found = [
            path
            for path in paths
            if path.is_file() and not path.name.startswith(".") and path.suffix.lower() in (*_PAIRED, *SUFFIXES)
        ]
        if not found:
            raise EvaluationError("holds no reference", where=str(self.path), hint=_HINT)
        return sorted(found, key=lambda path: (path.suffix.lower() not in _PAIRED, path.name))

    def _table(self, path: Path) -> Table:
        if path not in self._tables:
            with _explained(path):
                self._tables[path] = (
                    _po(path) if path.suffix.lower() == ".po" else _tmx(path, self.languages, self.notify)
                )
            if not self._tables[path]:
                self.notify(f"{path} holds no approved translation, so nothing is compared with it")
        return self._tables[path]


@contextmanager
def _explained(path: Path) -> Iterator[None]:
    """Whatever is wrong with a reference, said as an error of the evaluation, with its place."""
    try:
        yield
    except EvaluationError:
        raise
    except ToolkitError as error:
        raise EvaluationError(error.message, where=error.where or str(path), hint=error.hint) from error
    except OSError as error:
        reason = f"cannot be read: {error.strerror or error}"
        raise EvaluationError(reason, where=str(path), hint="check the file's permissions") from error


def _slug(path: Path) -> str:
    with suppress(SourceError):
        return release_id(path.name)
    return ""


def _po(path: Path) -> Table:
    """The reviewed entries of a catalogue; what it merges has no English of its own to compare with."""
    found = catalogues.parse(path.read_bytes(), str(path), path.stem)
    beads = beads_in(found)
    return _table(
        (entry.key, joined(entry.key.source, entry.target))
        for entry in found.live
        if entry.state is State.REVIEWED and entry.key not in beads and not mark_of(entry.target)
    )


def _tmx(path: Path, languages: tuple[str, str], notify: Callable[[str], None]) -> Table:
    """The units of a translation memory that have both languages."""
    notes = Notes()
    with path.open("rb") as handle:
        table = _table((pair.key, pair.target) for pair in read_tmx(handle, str(path), languages, notes))
    for warning in notes.warnings(str(path)):
        notify(warning)
    return table


def _table(pairs: Iterable[tuple[Key, str]]) -> Table:
    """English by entry and, where the kind of text differs, by the sentence alone; of two the first counts."""
    found: dict[Key, str] = {}
    for key, target in pairs:
        for name in (key, Key("", _folded(key.source))):
            if target.strip():
                found.setdefault(name, plain(target))
    return found


def _looked_up(table: Table, sentences: Sequence[Sentence]) -> Iterator[Unit]:
    for at, sentence in enumerate(sentences):
        english = table.get(sentence.key) or table.get(Key("", _folded(sentence.key.source)))
        if english:
            yield Unit((at,), english)


def _folded(text: str) -> str:
    """A French sentence as it is looked up where the kind of text is not known: spellings of marks do not count."""
    return plain(unicodedata.normalize("NFC", text).translate(_SPELLINGS))


def _matched(path: Path, sentences: Sequence[Sentence]) -> Iterator[Unit]:
    """An English text against the release's sentences."""
    with _explained(path):
        data = path.read_bytes()
        lines = _worded(decode(data, str(path)).text.splitlines()) if path.suffix.lower() == ".txt" else []
        if len(lines) == len(sentences):
            return (Unit((at,), line) for at, line in enumerate(lines))
        release = read_release(data, path.name, ReadOptions(language="en", max_bytes=MAX_BYTES)).release
    return _by_paragraph(_worded(block.text for block in release.blocks), sentences)


def _worded(texts: Iterable[str]) -> list[str]:
    """Texts on one line each, without those that say nothing ("|", "***")."""
    return [plain(text) for text in texts if re.search(r"\w", bare(text))]


def _by_paragraph(paragraphs: Sequence[str], sentences: Sequence[Sentence]) -> Iterator[Unit]:
    numbers = {block: number for number, block in enumerate(dict.fromkeys(one.block for one in sentences))}
    source = [Line(one.french, numbers[one.block]) for one in sentences]
    target = [Line(text, at) for at, paragraph in enumerate(paragraphs) for text in english_sentences(paragraph)]
    for one in matched(Evidence(source, target)):
        if one.source and one.target:
            yield Unit(tuple(one.source), " ".join(target[at].text for at in one.target))
