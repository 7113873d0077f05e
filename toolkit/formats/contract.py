"""What every source format offers, and what a reader is told: the contract between the registry and its modules."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePath
from typing import Literal, Protocol, runtime_checkable

from toolkit.formats.recognition import DEFAULT, Recognition
from toolkit.formats.writing import Localisation
from toolkit.model import Release
from toolkit.skeleton import Skeleton

Paragraphs = Literal["auto", "line", "blank-line"]
Content = Literal["auto", "visible", "main", "all"]


@dataclass(frozen=True, slots=True)
class ReadOptions:
    """How sources are read; every field has its place in toolkit.toml.

    Attributes:
        encoding: "auto" (UTF-8, a byte order mark, else Windows-1252 with a warning) or the name of a Python codec.
        paragraphs: "line" (each line is a paragraph), "blank-line" (paragraphs run to the next blank line), or "auto".
        language: BCP 47 tag the release gets.
        max_bytes: larger sources are refused.
        recognition: the rules that tell headlines, credits, list items … from running text.
        its_rules: the project's own ITS rule file for XML; None for the packaged rules alone.
        its_name: how messages name that file.
        content: what of a web page is read: "visible" (what a browser shows), "main" (of that, the main part), "all"
            (hidden text, too), or "auto": "main" where much stands around the main part, else "visible".
    """

    encoding: str = "auto"
    paragraphs: Paragraphs = "auto"
    language: str = "fr"
    max_bytes: int = 20_000_000
    recognition: Recognition = DEFAULT
    its_rules: bytes | None = None
    its_name: str = ""
    content: Content = "auto"


@dataclass(frozen=True, slots=True)
class ReadResult:
    """A release and what a person should know about how it was read (one string per warning, may be empty)."""

    release: Release
    warnings: tuple[str, ...] = ()


class Format(Protocol):
    """One source format. ``assemble`` undoes ``read``: with every block's own text it gives the file's own bytes.

    With ``respell`` it spells every text anew, and reading that gives the same blocks: the proof that a translation
    in their place will be read as it was meant.
    """

    name: str
    suffixes: tuple[str, ...]

    def read(self, data: bytes, path: str, options: ReadOptions) -> ReadResult:
        """Bytes of the file at ``path`` (for messages and origins) → release, or SourceError."""
        ...

    def assemble(
        self,
        skeleton: Skeleton,
        texts: Mapping[str, str],
        localisation: Localisation | None = None,
        *,
        respell: bool = False,
    ) -> bytes:
        """The file with ``texts[block id]`` in each block's place, or SourceError where a text cannot be encoded.

        With a localisation the file also says that it is in the other language.
        """
        ...


@runtime_checkable
class Holding(Protocol):
    """A format whose files hold other files: images."""

    def embedded(self, skeleton: Skeleton, name: str) -> bytes | None:
        """A file inside the source by the name that the release's codes have for it; None when there is none."""
        ...


def for_this_file(path: str, key: str, value: str) -> str:
    """Where toolkit.toml settles something for one file only, for hints: other files are read as before."""
    name = PurePath(path).name.replace('"', r"\"")
    return f'{key} = "{value}" under [source.files."{name}"] in toolkit.toml'
