"""toolkit.toml: what a project may settle, checked as it is read. Every key has a default; the file may be missing."""

from __future__ import annotations

import difflib
import re
import tomllib
from pathlib import Path
from typing import Annotated, Any, Literal

import msgspec

from toolkit.errors import ConfigError

FILE_NAME = "toolkit.toml"


class ProjectTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[project]: languages, and the site's name in both."""

    name: str = "Bilingual releases"
    name_in_source_language: str = "Communiqués bilingues"
    source_language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")] = "fr"
    target_language: Annotated[str, msgspec.Meta(pattern=r"^[a-z]{2,3}$")] = "en"


Paragraphs = Literal["auto", "line", "blank-line"]
Content = Literal["auto", "visible", "main", "all"]


class FileTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[source.files."name.txt"]: what holds for one file only; "" keeps what [source] says."""

    encoding: str = ""
    paragraphs: Literal["", "auto", "line", "blank-line"] = ""
    rules: str = ""
    content: Literal["", "auto", "visible", "main", "all"] = ""


class SourceTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[source]: how files in source/ are read."""

    encoding: str = "auto"
    paragraphs: Paragraphs = "auto"
    rules: str = ""
    content: Content = "auto"
    files: dict[str, FileTable] = {}
    max_bytes: Annotated[int, msgspec.Meta(ge=1, le=1_000_000_000)] = 20_000_000


class SegmentationTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[segmentation]: an SRX file instead of the packaged French rules, relative to the project."""

    srx: str = ""


class TranslateTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[translate]: the model package, beam width, and processor threads (0: all)."""

    model: str = ""
    beam: Annotated[int, msgspec.Meta(ge=1, le=32)] = 4
    threads: Annotated[int, msgspec.Meta(ge=0, le=512)] = 0


class GlossaryTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[glossary]: files of terms in order of precedence, relative to the project; a bare name is a packaged one."""

    files: tuple[str, ...] = ("police",)

    @property
    def own(self) -> tuple[str, ...]:
        """Those that are the project's: a packaged one has no suffix."""
        return tuple(name for name in self.files if Path(name).suffix)


class MemoryTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[memory]: least similarity, in per cent, of a fuzzy match that is filled in."""

    fuzzy: Annotated[int, msgspec.Meta(ge=50, le=100)] = 80


class CheckReleaseTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[check.releases."id"]: what holds for one release only."""

    ignore: tuple[str, ...] = ()
    final: bool = False


class CheckTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[check]: codes that are not wanted, further words that are spelt so, and what holds for single releases."""

    ignore: tuple[str, ...] = ()
    words: tuple[str, ...] = ()
    releases: dict[str, CheckReleaseTable] = {}


class PublishTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[publish]: what is written into output/ and what must hold first."""

    formats: Annotated[
        tuple[Literal["html", "tei", "edition", "tmx", "xliff", "epub", "pdf", "source"], ...],
        msgspec.Meta(min_length=1),  # nothing to write would take the whole publication away
    ] = ("html", "tei")
    require: Literal["", "reviewed"] = ""
    publisher: str = ""
    base_url: str = ""


Colour = Annotated[str, msgspec.Meta(pattern=r"^(#[0-9A-Fa-f]{6})?$")]


class ThemeTable(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """[theme]: the look of the pages; colours as "#rrggbb", files and folders relative to the project."""

    accent: Colour = ""
    accent_dark: Colour = ""
    paper: Colour = ""
    font: str = ""
    logo: str = ""
    css: str = ""
    templates: str = ""


class Settings(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The whole of toolkit.toml. [recognise] is handed to the readers, which check it."""

    project: ProjectTable = ProjectTable()
    source: SourceTable = SourceTable()
    segmentation: SegmentationTable = SegmentationTable()
    recognise: dict[str, Any] = {}
    glossary: GlossaryTable = GlossaryTable()
    memory: MemoryTable = MemoryTable()
    translate: TranslateTable = TranslateTable()
    check: CheckTable = CheckTable()
    publish: PublishTable = PublishTable()
    theme: ThemeTable = ThemeTable()

    @property
    def paths(self) -> tuple[str, ...]:
        """Files and folders of the project that editions depend on, as toolkit.toml names them.

        A key that names another one belongs here: what is published anew and what the preview watches follows. The
        package that drafts come from is left out, since an edition is made of drafts that are there.
        """
        source, theme = self.source, self.theme
        rules = (source.rules, *(file.rules for file in source.files.values()))
        names = (self.segmentation.srx, *rules, *self.glossary.own, theme.logo, theme.css, theme.templates)
        return tuple(dict.fromkeys(name for name in names if name))


def load_settings(root: Path) -> Settings:
    """Read toolkit.toml of a project; the defaults when there is none.

    Raises:
        ConfigError: not TOML (with the line), an unknown key, or a value of the wrong kind (with the key's path).
    """
    path = root / FILE_NAME
    if not path.exists():
        return Settings()
    try:
        tables = tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise ConfigError(f"cannot be read: {error.strerror}", where=str(path), hint="check its permissions") from error
    except UnicodeDecodeError as error:
        raise ConfigError("is not UTF-8", where=str(path), hint="save it as UTF-8 in your text editor") from error
    except tomllib.TOMLDecodeError as error:
        line = re.search(r"at line (\d+)", str(error))
        raise ConfigError(
            f"is not valid TOML: {error}",
            where=f"{path}:{line.group(1)}" if line else str(path),
            hint="mend that line; `toolkit init` in an empty folder writes a commented example",
        ) from error
    except (RecursionError, ValueError) as error:
        hint = "no key needs numbers of thousands of digits or tables in tables in tables"
        raise ConfigError("is nested too deeply, or holds a number too large", where=str(path), hint=hint) from error
    try:
        return msgspec.convert(tables, Settings)
    except msgspec.ValidationError as error:
        raise ConfigError(
            _explained(str(error)),
            where=str(path),
            hint="docs/configuration.md lists every key; `toolkit init` in an empty folder writes a commented example",
        ) from error


def _explained(message: str) -> str:
    """A validation error as a person would say it, with the key nearest to a misspelt one."""
    reason, _, at = message.partition(" - at `$")
    key = at.strip(".`")
    if "#[0-9A-Fa-f]" in reason:
        return f'a colour is written as "#0b5c7d", with six digits at {key}'
    unknown = re.search(r"unknown field `(.*)`", reason)
    if unknown is None:
        return reason[:1].lower() + reason[1:] + (f" at {key}" if key else "")
    table = getattr(Settings(), key, Settings())
    fields = getattr(table, "__struct_fields__", ())
    near = difflib.get_close_matches(unknown[1], fields, 1)
    place = f"in [{key}]" if key else "at the top"
    return f"there is no key “{unknown[1]}” {place}" + (f"; did you mean “{near[0]}”?" if near else "")
