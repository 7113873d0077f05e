"""A publishing project on disk: where its things live, which releases it has, and what toolkit.toml settles.

A project is a folder with source/, locales/ and output/. toolkit.toml may be missing: any folder with a source/ in it
is a project.
"""

from __future__ import annotations

import difflib
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib import resources
from pathlib import Path

from toolkit.errors import ConfigError, SourceError
from toolkit.files import write_atomic, write_error
from toolkit.formats import SUFFIXES
from toolkit.formats.slug import check_collisions, release_id
from toolkit.settings import FILE_NAME, Settings, load_settings

#: Images that a page may show; they lie beside the releases. SVG is left out: opened by itself it is a program with the
#: rights of the site.
IMAGES = frozenset({".png", ".jpg", ".jpeg", ".gif", ".webp", ".avif"})

SOURCE, LOCALES, OUTPUT, TEMPLATES = "source", "locales", "output", "templates"


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A release's file: its id, where it is, and how messages and references name it ("source/x.txt")."""

    release: str
    path: Path
    shown: str


@dataclass(frozen=True, slots=True)
class Project:
    """A project's folder and settings."""

    root: Path
    settings: Settings

    @property
    def source(self) -> Path:
        """French releases; never written to."""
        return self.root / SOURCE

    @property
    def output(self) -> Path:
        """Editions; everything in it can be made again."""
        return self.root / OUTPUT

    @property
    def locales(self) -> Path:
        """Catalogues of the target language."""
        return self.root / LOCALES / self.settings.project.target_language

    @property
    def templates(self) -> Path:
        """Catalogue templates."""
        return self.root / LOCALES / TEMPLATES

    def catalogue_path(self, release: str) -> Path:
        """The working catalogue of a release."""
        return self.locales / f"{release}.po"

    def template_path(self, release: str) -> Path:
        """The catalogue template of a release."""
        return self.templates / f"{release}.pot"

    def shown(self, path: Path) -> str:
        """A path as messages name it: relative to the project, with ``/``."""
        return path.relative_to(self.root).as_posix()

    def srx_path(self) -> Path | None:
        """The project's own SRX file; None for the packaged rules."""
        srx = self.settings.segmentation.srx
        return self.root / srx if srx else None

    def glossaries(self) -> tuple[tuple[str, Path], ...]:
        """The glossary files of toolkit.toml, in order, each with its name; a bare name is a packaged one."""
        packaged = Path(str(resources.files("toolkit"))) / "data" / "glossaries"
        return tuple(
            (name, self.root / name if name in self.settings.glossary.own else packaged / f"{name}.csv")
            for name in self.settings.glossary.files
        )

    def rules(self, name: str) -> bytes:
        """The project's own ITS rule file.

        Raises:
            ConfigError: it cannot be read.
        """
        try:
            return (self.root / name).read_bytes()
        except (OSError, ValueError) as error:
            raise ConfigError(
                f"the rules for XML cannot be read: {getattr(error, 'strerror', None) or error}",
                where=name,
                hint="correct the path of `rules` in toolkit.toml; it is relative to the project",
            ) from error


def refuse_output(project: Project, path: Path) -> None:
    """Refuse to write what a command was asked to write where the project keeps what nobody can make again.

    Raises:
        ConfigError: the path is toolkit.toml, or lies in source/ or locales/, whatever links lead there.
        WriteError: no file can have that name.
    """
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        pass
    except OSError as error:
        raise write_error(error, path) from error
    place = path.resolve()
    kept = (project.root / SOURCE, project.root / LOCALES)
    if place == (project.root / FILE_NAME).resolve() or any(is_below(path, folder) for folder in kept):
        raise ConfigError(
            "nothing but the toolkit's own work is written there",
            where=str(path),
            hint="releases and catalogues live in source/ and locales/: choose another file",
        )


def refuse_place(project: Project, path: Path) -> None:
    """As ``refuse_output``, for what belongs into a folder of somebody's own.

    Raises:
        ConfigError: also where the folder is missing, or is the publication's, in which nobody else's files lie.
        WriteError: as there.
    """
    refuse_output(project, path)
    if not path.parent.is_dir():
        raise ConfigError(
            "there is no such folder", where=str(path.parent), hint="make it first, or choose another for --output"
        )
    if is_below(path, project.output):
        raise ConfigError(
            f"{OUTPUT}/ holds the publication only, and `toolkit verify` would find this file a stranger there",
            where=str(path),
            hint="choose a place outside of it for --output",
        )


def is_below(path: Path, folder: Path) -> bool:
    """Whether a path is a folder, or lies or would lie in it or where a link there leads; letter case aside."""
    linked = (place for place in folder.rglob("*") if place.is_symlink())
    kept = {_identity(place) for place in (folder, *linked) if place.is_dir()}
    own = path.resolve()
    return any(_identity(place) in kept for place in (own, *own.parents) if place.is_dir())


def _identity(place: Path) -> tuple[int, int]:
    status = place.stat()
    return status.st_dev, status.st_ino


def open_project(root: Path) -> Project:
    """The project in a folder.

    Raises:
        ConfigError: the folder does not exist, one of its parts is a symbolic link, or toolkit.toml is wrong.
    """
    if not root.is_dir():
        raise ConfigError("there is no such folder", where=str(root), hint="give the project's folder with --project")
    root = root.resolve()
    for name in (SOURCE, LOCALES, OUTPUT):
        if (root / name).is_symlink():
            raise ConfigError(
                f"{name}/ is a symbolic link",
                where=str(root / name),
                hint="a project keeps its own folders: move the folder here and delete the link",
            )
    return Project(root, load_settings(root))


def find_sources(project: Project, wanted: Sequence[str] = ()) -> tuple[SourceFile, ...]:
    """The project's releases, sorted by id.

    Args:
        project: the project.
        wanted: ids, file names or paths; all releases when empty. Hidden files and files of other formats are passed
            over, unless they are asked for.

    Raises:
        SourceError: no source/ folder, no release in it, one that is asked for is missing, or two share an id. A file
            whose name cannot be used is passed over here; ``misnamed`` finds it.
    """
    if not project.source.is_dir():
        raise SourceError(
            "there is no source/ folder here",
            where=str(project.root),
            hint="put French releases into source/, or run `toolkit init` to start a project",
        )
    paths = sorted(path for path in project.source.iterdir() if path.suffix.lower() in SUFFIXES and _is_release(path))
    files = []
    for path in paths:
        with suppress(SourceError):
            files.append(SourceFile(release_id(path.name), path, project.shown(path)))
    check_collisions(file.shown for file in files)
    if not paths:
        others = unread_files(project)
        raise SourceError(
            "source/ holds no release" + (f", only {', '.join(others[:3])}" if others else ""),
            where=str(project.source),
            hint=f"put French releases into it, saved as {', '.join(sorted(SUFFIXES))}",
        )
    files.sort(key=lambda file: file.release)
    return tuple(_pick(files, name) for name in dict.fromkeys(wanted)) if wanted else tuple(files)


def _is_release(path: Path) -> bool:
    return not path.name.startswith(".") and (path.is_symlink() or not path.is_dir())


def _pick(files: Sequence[SourceFile], name: str) -> SourceFile:
    for file in files:
        names = {file.release, file.path.name, file.path.stem, file.shown}
        if name in names or Path(name).resolve() == file.path:
            return file
    near = difflib.get_close_matches(name, [file.release for file in files], 1)
    raise SourceError(
        f"there is no release “{name}” in source/" + (f"; did you mean “{near[0]}”?" if near else ""),
        where=SOURCE,
        hint="`toolkit status` lists the releases; name one by its id or its file",
    )


def misnamed(project: Project) -> tuple[SourceError, ...]:
    """An error for each release whose file name cannot name a catalogue and pages."""
    found = []
    for path in sorted(project.source.iterdir()):
        if path.suffix.lower() in SUFFIXES and _is_release(path):
            try:
                release_id(path.name)
            except SourceError as error:
                found.append(error)
    return tuple(found)


def unread_files(project: Project) -> tuple[str, ...]:
    """Files in source/ that no format reads, as messages name them; hidden ones and images left out."""
    if not project.source.is_dir():
        return ()
    known = {*SUFFIXES, *IMAGES, ".svg"}
    others = (path for path in project.source.iterdir() if path.suffix.lower() not in known and _is_release(path))
    return tuple(sorted(project.shown(path) for path in others))


INIT_TOML = """\
# A bilingual publishing project. Every line is optional; what is commented out shows the default.
# All keys: docs/configuration.md of the toolkit.

[project]
# name = "Bilingual releases"       # of the published site, in the language translated to
# name_in_source_language = "Communiqués bilingues"
# source_language = "fr"
# target_language = "en"

[source]
# encoding = "auto"                 # UTF-8, UTF-16 by its mark, else Windows-1252 with a warning; or name one
# paragraphs = "auto"               # "line": each line is a paragraph; "blank-line": hard-wrapped text
# content = "auto"                  # of web pages: "main" (no menus and banners), "visible", "all" (hidden text, too)
# rules = ""                        # your own ITS 2.0 rule file for XML: docs/formats.md of the toolkit
# max_bytes = 20_000_000            # larger releases are refused
# [source.files."avis.txt"]         # what holds for one file only
# encoding = "cp1252"
# paragraphs = "blank-line"

[segmentation]
# srx = "rules/my-french.srx"       # your own sentence rules (SRX 2.0) instead of the packaged ones

[recognise]                         # adds to what the reader knows: docs/reading.md
# boilerplate = ["Version imprimable"]

[glossary]
# files = ["police"]                # your own first (CSV, TSV, TBX), as in ["terms.csv", "police"]

[memory]
# fuzzy = 80                        # least similarity, in per cent, of a fuzzy match that is filled in

[translate]
# model = "translate-fr_en 1.9"     # a package, or an .argosmodel file; default: the best one installed
# beam = 4                          # 1 is three times faster and a little worse
# threads = 0                       # 0: all processors

[check]
# ignore = ["T120"]                 # codes you do not want: docs/checks.md
# words = ["Ashford"]               # spelt so
# [check.releases."2026-03-14-conference"]
# ignore = ["N101"]
# final = true                      # no machine draft may be left

[publish]
# formats = ["html", "tei"]         # also: "edition", "tmx", "xliff", "epub", "pdf", "source" (the English file itself)
# require = "reviewed"              # refuse to publish sentences that no person has approved
# publisher = "Press office"
# base_url = "https://press.example.org/bilingual/"

[theme]                             # docs/theming.md
# accent = "#8c1d18"                # links and marks, on light paper
# accent_dark = "#f0a295"           # the same on dark paper; without it made from accent
# paper = "#fcfbf8"                 # of the light scheme
# font = "Charter, Georgia"         # of the text
# logo = "theme/logo.svg"           # beside the site's name
# css = "theme/site.css"            # follows the toolkit's own style sheet
# templates = "theme/templates"     # templates that replace or extend the toolkit's
"""


def init_project(root: Path) -> tuple[Path, ...]:
    """Start a project: toolkit.toml and empty folders. Nothing that exists is changed.

    Returns:
        What was made.

    Raises:
        WriteError: the folder cannot be written.
    """
    made: list[Path] = []
    for name in (SOURCE, LOCALES, OUTPUT):
        folder = root / name
        try:
            if not folder.is_dir():
                folder.mkdir(parents=True)
                made.append(folder)
        except OSError as error:
            raise write_error(error, folder) from error
    settings = root / FILE_NAME
    if not settings.exists() and write_atomic(settings, INIT_TOML.encode()):
        made.append(settings)
    return tuple(made)
