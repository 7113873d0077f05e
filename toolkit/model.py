"""The data every stage speaks: a Release cut into blocks and segments, its Catalogue, and the Edition that pairs them.

Everything is frozen and compares with ``==``. Positions in files are carried along for messages and references but do
not count in comparisons: the same sentence one line further down is the same sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from enum import StrEnum

from toolkit import placeholders
from toolkit.skeleton import Skeleton


class BlockKind(StrEnum):
    """What a block is on the page."""

    HEADING = "heading"
    PARAGRAPH = "paragraph"
    ITEM = "item"
    QUOTE = "quote"
    CELL = "cell"
    CAPTION = "caption"
    DATELINE = "dateline"
    CREDIT = "credit"
    BOILERPLATE = "boilerplate"
    #: Text that is not in the flow: alternative texts, page titles, descriptions, tooltips.
    ATTRIBUTE = "attribute"
    #: Not to be translated: ornaments, code, other languages, what the source marks so.
    VERBATIM = "verbatim"


class Role(StrEnum):
    """What a piece of inline markup is for a reader. Everything a page need not show is OTHER."""

    STRONG = "strong"
    EMPHASIS = "emphasis"
    UNDERLINE = "underline"
    STRIKE = "strike"
    SUPERSCRIPT = "superscript"
    SUBSCRIPT = "subscript"
    CODE = "code"
    QUOTE = "quote"
    LINK = "link"
    IMAGE = "image"
    BREAK = "break"
    NOTE = "note"
    FOREIGN = "foreign"
    OTHER = "other"


class Frame(StrEnum):
    """What a container of blocks is."""

    LIST = "list"
    ORDERED_LIST = "ordered-list"
    ITEM = "item"
    TABLE = "table"
    ROW = "row"
    CELL = "cell"
    HEADER_CELL = "header-cell"
    QUOTE = "quote"
    FIGURE = "figure"
    NOTE = "note"


class State(StrEnum):
    """How far a sentence has come. VERBATIM is only met in editions: nothing to translate ("|", "***")."""

    UNTRANSLATED = "untranslated"
    MACHINE = "machine"
    FUZZY = "fuzzy"
    REVIEWED = "reviewed"
    OBSOLETE = "obsolete"
    VERBATIM = "verbatim"


@dataclass(frozen=True, slots=True)
class Origin:
    """A place in a source file: path relative to the project with ``/``, line counted from 1."""

    path: str
    line: int

    def __str__(self) -> str:
        return f"{self.path}:{self.line}"


_SPACE = re.compile(r"\s+")
_FIGURE = re.compile(r"[0-9]{1,3}|(?:1[5-9]|20)[0-9]{2}")
_LINE_BREAK = re.compile(r"[\n\r\v\f\x1c-\x1e\x85\u2028\u2029]")


def is_figure(text: str) -> bool:
    """Whether a sentence is up to three digits, or a year: what both languages write alike. English parts thousands."""
    return _FIGURE.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Segment:
    """One sentence. ``before + text + after`` is its exact share of the block's text.

    Attributes:
        id: unique in the release and fit for ``xml:id``: "p3s1" is sentence 1 of block p3.
        text: the sentence, without outer white space; inner white space is the source's own. Inline markup stands in
            it as placeholders (``toolkit.placeholders``) that count through the block.
        before, after: white space, list marker ("- ") and placeholders that only surround it.
    """

    id: str
    text: str
    before: str = ""
    after: str = ""
    origin: Origin | None = field(default=None, compare=False)

    @property
    def msgid(self) -> str:
        """As a catalogue holds it: white space with a line break in it is one space, placeholders count from 1."""
        text = placeholders.renumbered(self.text)
        if not _LINE_BREAK.search(text):
            return text
        return _SPACE.sub(lambda run: " " if _LINE_BREAK.search(run[0]) else run[0], text)

    @property
    def translatable(self) -> bool:
        """Whether there is anything to translate: a letter or digit outside placeholders, and no mere figure."""
        return placeholders.has_words(self.text) and not is_figure(self.text)


@dataclass(frozen=True, slots=True)
class Code:
    """What a placeholder of a block stands for, as far as a reader must see it; its bytes are in the skeleton.

    Attributes:
        number: of the placeholder in the block's text.
        href: where a link goes or an image lies, as the source says it (relative to it, or a member of its ZIP).
        blocks: ids of the blocks that hang on it: an image's alternative text, a note's paragraphs.
        label: a note's mark as it is printed ("1", "*"); an entity's name ("&nom;").
        language: BCP 47 tag of words in another language; "" otherwise.
    """

    number: int
    role: Role = Role.OTHER
    href: str = ""
    blocks: tuple[str, ...] = ()
    label: str = ""
    language: str = ""


@dataclass(frozen=True, slots=True)
class Container:
    """Something that holds blocks: a list, a table's cell, a quotation.

    Attributes:
        id: "c1", "c2", … in the order in which they begin.
        column: of a cell, counted from 0; empty cells have no blocks, so this tells where the others stand.
        columns, rows: how many of each a cell spans.
        start: first number of an ordered list.
    """

    id: str
    frame: Frame
    column: int = 0
    columns: int = 1
    rows: int = 1
    start: int = 1


@dataclass(frozen=True, slots=True)
class Block:
    """A paragraph, heading, list item …: what the source keeps apart and the reading page sets as one row.

    Attributes:
        id: "p1", "p2", … in the order of the file.
        text: exactly what the source holds, with ``marker`` in front; inline markup as placeholders.
        level: of a heading: 1 is the release's title, 2 a sub-heading; otherwise 0.
        marker: the list marker with its white space ("- ", "• "), a prefix of ``text``; "" otherwise.
        group: id of the block that opens the list (its lead-in) or the quotation this one continues; "" otherwise.
        codes: what the placeholders in ``text`` stand for, one for each number.
        within: the containers it stands in, the outermost first; in formats that mark lists and tables.
        language: BCP 47 tag of a block that the source says is in another language; "" otherwise.
        label: what an ATTRIBUTE is ("alt", "title", "description"), a name for people; "" otherwise.
        segments: empty until segmentation.
    """

    id: str
    kind: BlockKind
    text: str
    level: int = 0
    marker: str = ""
    group: str = ""
    codes: tuple[Code, ...] = ()
    within: tuple[Container, ...] = ()
    language: str = ""
    label: str = ""
    segments: tuple[Segment, ...] = ()
    origin: Origin | None = field(default=None, compare=False)

    def translatable(self, segment: Segment) -> bool:
        """Whether a sentence of this block is to be translated."""
        return self.kind is not BlockKind.VERBATIM and segment.translatable


@dataclass(frozen=True, slots=True)
class Metadata:
    """What a release says of itself; every field is "" when it does not say.

    Attributes:
        date: when it came out, ISO 8601 ("2016-01-12"): as it says, else as its file's name begins.
        place: of the dateline, as written ("LYON (France)").
        credit: publisher or photographer's line, as written.
        source: where the text was taken from ("respectmag.com").
    """

    date: str = ""
    place: str = ""
    credit: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class Release:
    """One source document.

    Attributes:
        id: slug made from the file name: the name of its catalogue and its pages.
        path: where it was read, relative to the project with ``/`` ("source/x.txt").
        language: BCP 47 tag ("fr").
        title: the headline, or the first sentence where there is none.
    """

    id: str
    path: str
    language: str
    title: str
    metadata: Metadata
    blocks: tuple[Block, ...]
    skeleton: Skeleton

    @property
    def segments(self) -> tuple[Segment, ...]:
        """All segments in order."""
        return tuple(segment for block in self.blocks for segment in block.segments)


#: Kinds whose sentences share one entry: running text. Every other kind is its own msgctxt.
RUNNING_TEXT = frozenset({BlockKind.PARAGRAPH, BlockKind.QUOTE})


def context_of(kind: BlockKind) -> str | None:
    """The msgctxt of a block's sentences: None for running text, else the kind, so that a heading has its own entry."""
    return None if kind in RUNNING_TEXT else kind.value


@dataclass(frozen=True, slots=True)
class Key:
    """What identifies an entry: context and source sentence."""

    context: str | None
    source: str


#: Engines of a provenance that are no translation engine.
ENGINE_RULE = "rule"
#: A reviewed target kept for a source that has changed since.
ENGINE_PREVIOUS = "previous"
#: Approved for the same sentence in another release, which ``package`` names.
ENGINE_MEMORY = "memory"
#: From an English file that was there already, whose name ``package`` is: a person wrote it, a machine found its place.
ENGINE_ALIGN = "align"


@dataclass(frozen=True, slots=True)
class Provenance:
    """Where a target came from, written beside it so that a later hand can be told from the machine's.

    Attributes:
        engine: "argos", or one of the ENGINE_ names above.
        package: name and version of the model package ("translate-fr_en 0.1"); "" for rules.
        checksum: first 12 hexadecimal digits of the package's SHA-256; "" for rules.
        source_hash, target_hash: ``digest`` of the key the target was made for, and of the target as it was written.
        score: length-normalised log-probability (≤ 0, nearer 0 is surer); None where there is none.
        remarks: what the toolkit noticed and a reviewer should look at ("number missing: 120"), one line each.
        signals: what was measured of a draft, by short name: what review priority is computed from.
        priority: 0–100 as it was when the draft was written, 100 wants review most; None where nothing was measured.
    """

    engine: str
    package: str = ""
    checksum: str = ""
    source_hash: str = ""
    target_hash: str = ""
    score: float | None = None
    remarks: tuple[str, ...] = ()
    signals: tuple[tuple[str, float], ...] = ()
    priority: int | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of a catalogue.

    Attributes:
        previous: the source that ``target`` was made for, when the source has changed since; else None.
        notes: translator comments, one string a line, without our provenance lines.
        comments: extracted comments ("#."): block kind and position.
        flags: PO flags, kept as found; "fuzzy" stands here only for an obsolete entry, elsewhere it is the state.
        line: in the PO file, counted from 1; 0 where it was not read from one.
    """

    key: Key
    target: str = ""
    state: State = State.UNTRANSLATED
    provenance: Provenance | None = None
    previous: Key | None = None
    notes: tuple[str, ...] = ()
    comments: tuple[str, ...] = ()
    origins: tuple[Origin, ...] = ()
    flags: tuple[str, ...] = ()
    line: int = field(default=0, compare=False)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """All entries of a release in one target language.

    Attributes:
        release, header: its id; the PO header's fields, in order, as (name, value).
        entries: the live ones in the order of the source, then the obsolete ones; no two live ones share a key.
        comments: lines of the file's own comment, above the header.
    """

    release: str
    header: tuple[tuple[str, str], ...]
    entries: tuple[Entry, ...]
    comments: tuple[str, ...] = ()

    @property
    def target_language(self) -> str:
        """What the header's Language field says; "" where it says nothing (templates)."""
        return dict(self.header).get("Language", "")

    @property
    def last_translator(self) -> str:
        """What the header's Last-Translator field says: "Name <address>", or "" when it is missing."""
        return dict(self.header).get("Last-Translator", "")

    @property
    def live(self) -> tuple[Entry, ...]:
        """Entries of the current source."""
        return tuple(entry for entry in self.entries if entry.state is not State.OBSOLETE)

    @property
    def obsolete(self) -> tuple[Entry, ...]:
        """Entries whose sentence is gone from the source, kept for the reviewer's words in them."""
        return tuple(entry for entry in self.entries if entry.state is State.OBSOLETE)
