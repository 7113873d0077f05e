"""What every command shares: --project, -v/-q, how things are said, and the end of a run."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

from toolkit.errors import ToolkitError

if TYPE_CHECKING:
    from toolkit.jobs.combining import Merged
    from toolkit.pipeline import Pipeline

Function = TypeVar("Function", bound=Callable[..., Any])

#: What would move a terminal's cursor, colour it, or turn the reading direction: nothing that others wrote may do that.
_UNSEEN = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]")


def seen(message: str) -> str:
    """A message as a terminal may show it: control characters by their numbers, line breaks and tabs as they are."""
    return _UNSEEN.sub(lambda found: ascii(found[0])[1:-1], message)


@dataclass(frozen=True, slots=True)
class App:
    """What was said on the command line about the run as a whole.

    Attributes:
        project: the project's folder.
        verbosity: -1 quiet, 0 normal, 1 verbose.
    """

    project: Path = Path()
    verbosity: int = 0

    def say(self, message: str) -> None:
        """Say a result, unless -q."""
        if self.verbosity >= 0:
            click.echo(seen(message))

    def detail(self, message: str) -> None:
        """Say what is only wanted with -v."""
        if self.verbosity > 0:
            click.echo(seen(message))

    def warn(self, message: str) -> None:
        """Say a warning on standard error, even with -q."""
        click.echo(seen(f"warning: {message}"), err=True)

    def pipeline(self, encoding: str | None = None) -> Pipeline:
        """The project's pipeline."""
        from toolkit.pipeline import Pipeline
        from toolkit.project import open_project

        return Pipeline(open_project(self.project), encoding, self.warn)


def common_options(function: Function) -> Function:
    """Give a command (or the group) --project, -v and -q; what stands nearer to the command wins."""

    @click.option(
        "--project",
        type=click.Path(path_type=Path),
        metavar="DIR",
        help="The project's folder (default: this one).",
    )
    @click.option("-v", "--verbose", is_flag=True, help="Say more: each file that is written.")
    @click.option("-q", "--quiet", is_flag=True, help="Say only what is wrong.")
    @click.pass_context
    @functools.wraps(function)
    def wrapper(
        context: click.Context, /, *args: Any, project: Path | None, verbose: bool, quiet: bool, **options: Any
    ) -> Any:
        app = context.find_object(App) or App()
        if project is not None:
            app = replace(app, project=project)
        if verbose or quiet:
            app = replace(app, verbosity=1 if verbose else -1)
        context.obj = app
        return context.invoke(function, *args, **options)

    return wrapper  # type: ignore[return-value]


pass_app = click.make_pass_decorator(App)

encoding_option = click.option(
    "--encoding", metavar="NAME", help="Encoding of the sources, where it is not UTF-8 or UTF-16 (cp1252, …)."
)
releases_argument = click.argument("releases", nargs=-1, metavar="[RELEASE]…")


def finish(app: App, problems: Sequence[ToolkitError], written: Iterable[str] = ()) -> None:
    """End a run: name files with -v, print each problem once, and leave with the first one's exit code."""
    for name in written:
        app.detail(f"  wrote {name}")
    said = list(dict.fromkeys(str(problem) for problem in problems))
    for problem in said:
        click.echo(seen(f"error: {problem}"), err=True)
    if problems:
        raise click.exceptions.Exit(problems[0].exit_code)


def may_write(pipeline: Pipeline, output: Path | None) -> None:
    """Before a long run: refuse an --output where the project keeps what nobody can make again."""
    if output is not None:
        from toolkit.project import refuse_output

        refuse_output(pipeline.project, output)


def plural(number: int, one: str, many: str = "") -> str:
    """Number and noun: "1 release", "1,234 sentences"."""
    return f"{number:,} {one if number == 1 else many or one + 's'}"


def brought(found: Merged, verb: str, done: str, nothing: str, *, dry_run: bool) -> str:
    """What happened to sentences that came back, in one line.

    Args:
        found: what the run did.
        verb: what it is called: "import", "merge".
        done: that it is done: "Imported", "Merged".
        nothing: what is said where there was no sentence.
        dry_run: whether nothing was done.
    """
    told = [f"{count:,} {outcome.value}" for outcome, count in found.told]
    if found.notes:
        told.append(plural(found.notes, "new comment"))
    did = f"Would {verb}" if dry_run else done
    if not found.has_taken:
        did = f"Nothing to {verb}"
    return f"{did}: {', '.join(told) or nothing}."
