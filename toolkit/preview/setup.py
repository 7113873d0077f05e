"""What pages are made with: the settings of a project, read once, and what the last publication knows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path

from toolkit.edition import Edition
from toolkit.editions import ReleaseSummary
from toolkit.editions.about import SiteInfo
from toolkit.errors import ToolkitError
from toolkit.inputs import Inputs
from toolkit.outputs import Outputs
from toolkit.pipeline import Pipeline
from toolkit.project import SourceFile, open_project
from toolkit.publication import Input, load_manifest, load_record
from toolkit.publishing import site_of


@dataclass(frozen=True, slots=True)
class Shown:
    """A release as it was last rendered without a mistake."""

    edition: Edition
    files: Mapping[str, bytes]


@dataclass(frozen=True, slots=True)
class Setup:
    """What toolkit.toml and the files it names settle for all releases, read once."""

    pipeline: Pipeline
    site: SiteInfo
    inputs: Inputs

    @classmethod
    def read(cls, root: Path, encoding: str | None, notify: Callable[[str], None]) -> Setup:
        """Read it.

        Raises:
            ToolkitError: toolkit.toml or the theme is wrong.
        """
        pipeline = Pipeline(open_project(root), encoding, notify)
        project = pipeline.project
        site = site_of(project, project.settings.publish.formats, notify)
        return cls(pipeline, site, Inputs(project, encoding))

    @property
    def formats(self) -> tuple[str, ...]:
        """That a publication would write."""
        return self.pipeline.project.settings.publish.formats

    def outputs(self, *formats: str) -> Outputs:
        """Makes files of some formats, for a site with all of them."""
        return Outputs(self.pipeline.project, self.site, formats, lambda message: None)

    def shown(self, file: SourceFile) -> Shown:
        """A release's pages as they would be now."""
        edition = self.pipeline.edition(file)
        return Shown(edition, self.outputs("html").of(edition))


@dataclass(frozen=True, slots=True)
class Published:
    """What the last publication knows of a release: what decided its edition, and what the index says of it."""

    key: str
    images: tuple[Input, ...]
    summary: ReleaseSummary

    def holds(self, setup: Setup, file: SourceFile) -> bool:
        """Whether the release is still the same."""
        found = (*setup.inputs.of(file), *setup.inputs.again(self.images))
        return self.key == setup.inputs.key(file, found, setup.formats)


def published(setup: Setup) -> dict[str, Published]:
    """What the last publication knows, by release; nothing where it kept no record."""
    output = setup.pipeline.project.output
    record = load_record(output)
    try:
        manifest = load_manifest(output)
    except ToolkitError:
        manifest = None
    images = {entry.id: entry.images for entry in manifest.releases} if manifest else {}
    return {
        each.id: Published(record.keys[each.id], images.get(each.id, ()), each)
        for each in record.releases
        if each.id in record.keys
    }
