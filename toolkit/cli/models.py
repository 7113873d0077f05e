"""`toolkit models`."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import click

from toolkit.cli.common import App, common_options, finish, pass_app, plural
from toolkit.errors import ModelError, ToolkitError

if TYPE_CHECKING:
    from toolkit.translation.packages import ModelPackage


@click.group("models")
@common_options
def command() -> None:
    """List, install, verify or remove translation models (Argos packages)."""


def _all_packages(app: App) -> list[ModelPackage]:
    from toolkit.translation.directories import package_directories
    from toolkit.translation.packages import embedded_packages, installed_packages

    installed, problems = installed_packages(package_directories())
    for problem in problems:
        app.warn(problem)
    return [*installed, *embedded_packages()]


@command.command("list")
@common_options
@pass_app
def list_models(app: App) -> None:
    """Show the packages on this machine, those of other Argos programs too; → marks the one that is used.

    \b
    Example:
        toolkit models list
    """
    from toolkit.project import open_project
    from toolkit.translation.packages import choose

    settings = open_project(app.project).settings
    pair = settings.project.source_language, settings.project.target_language
    packages = _all_packages(app)
    try:
        used = choose(packages, *pair, settings.translate.model or None)
    except ModelError as error:
        used = None
        app.warn(str(error))
    for package in packages:
        mark = "→" if used is not None and package.path == used.path else " "
        where = "embedded" if package.embedded else str(package.path)
        app.say(f"{mark} {package.label}  {package.from_code} → {package.to_code}  {package.checksum[:12]}  {where}")


@contextmanager
def _download_bar(app: App) -> Iterator[Callable[[int, int | None], None]]:
    if app.verbosity < 0 or not sys.stderr.isatty():
        yield lambda done, total: None
        return
    from rich.console import Console
    from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (TextColumn("Downloading"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=None)
        yield lambda done, total: bar.update(task, completed=done, total=total)


@command.command("install")
@click.argument("what", nargs=-1, required=True, metavar="FILE | URL | FROM TO")
@click.option("--sha256", metavar="SUM", help="What the package's SHA-256 must be.")
@click.option("--trust", is_flag=True, help="Install a download for which no checksum is known.")
@click.option(
    "--index",
    metavar="URL",
    envvar="ARGOS_PACKAGE_INDEX",
    help="Another package index than Argos' own (environment: ARGOS_PACKAGE_INDEX).",
)
@common_options
@pass_app
def install(app: App, what: tuple[str, ...], sha256: str | None, trust: bool, index: str | None) -> None:
    """Install a package: from a file, from an address, or for a language pair from the Argos index.

    The only command that uses the network. A broken download goes on where it stopped. What is downloaded must match a
    known SHA-256: the one pinned in the toolkit, the one given with --sha256, or none at all with --trust.

    \b
    Example:
        toolkit models install fr en
        toolkit models install translate-fr_en-1_9.argosmodel
    """
    from toolkit.translation.directories import package_directories
    from toolkit.translation.download import DEFAULT_INDEX, install_source

    with _download_bar(app) as progress:
        package = install_source(
            what,
            package_directories()[0],
            index_url=index or DEFAULT_INDEX,
            sha256=sha256,
            trust=trust,
            progress=progress,
        )
    app.say(f"Installed {package.label} ({package.from_code} → {package.to_code}) in {package.path}")


def _named(packages: list[ModelPackage], name: str) -> list[ModelPackage]:
    """The packages a name stands for: its name, its name and version, its path, or "embedded"; else a file's own."""
    from toolkit.translation.packages import open_package

    found = [p for p in packages if name in {p.name, p.label, str(p.path)} or (p.embedded and name == "embedded")]
    if found:
        return found
    if not Path(name).exists():
        known = ", ".join(package.label for package in packages)
        raise ModelError(f"there is no package “{name}”", hint=f"there are: {known}; `toolkit models list` shows all")
    return [open_package(Path(name))]


@command.command("verify")
@click.argument("names", nargs=-1, metavar="[MODEL]…")
@common_options
@pass_app
def verify(app: App, names: tuple[str, ...]) -> None:
    """Read every byte of packages (all by default) and compare with the checksums of their installation.

    \b
    Example:
        toolkit models verify
        toolkit models verify "translate-fr_en 1.9"
    """
    from toolkit.translation.install import verify_package

    packages = _all_packages(app)
    wanted = [package for name in names for package in _named(packages, name)] if names else packages
    says = {
        "checksums": "every byte is what was shipped or installed",
        "archive": "the archive is whole; nobody has vouched for its contents",
        "structure": "its parts are there; it was installed by another program that left no checksums",
    }
    problems: list[ToolkitError] = []
    for package in wanted:
        try:
            proof = verify_package(package)
        except ToolkitError as error:
            problems.append(error)
            continue
        app.say(f"ok  {package.label}  {plural(proof.files, 'file')}, {proof.size:,} bytes: {says[proof.kind]}")
        for name in proof.extra:
            app.warn(f"{package.path}: {name} was not put there by the installation")
    finish(app, problems)


@command.command("remove")
@click.argument("name", metavar="MODEL")
@common_options
@pass_app
def remove(app: App, name: str) -> None:
    """Delete an installed package.

    \b
    Example:
        toolkit models remove "translate-fr_en 1.9"
    """
    from toolkit.translation.directories import package_directories
    from toolkit.translation.install import recover, remove_package

    recover(package_directories())
    packages = _all_packages(app)
    found = _named([package for package in packages if not package.embedded], name)
    if len(found) > 1:
        versions = ", ".join(package.label for package in found)
        raise ModelError(f"“{name}” stands for several packages: {versions}", hint="name one with its version")
    remove_package(found[0], package_directories())
    app.say(f"Removed {found[0].label}")
