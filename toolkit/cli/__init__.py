"""The command line: a skin over toolkit.pipeline. The only place that prints or exits.

Commands are imported when they are called, so that `toolkit --help` loads nothing heavy.
"""

from __future__ import annotations

import importlib
import os
import sys
from typing import NoReturn

import click

from toolkit import __version__
from toolkit.cli.common import common_options, seen
from toolkit.errors import ToolkitError

INTERNAL_ERROR = 70
INTERRUPTED = 130

#: Command → (its module's name, the line that `toolkit --help` shows), in the order of the work.
COMMANDS = {
    "init": "Start a publishing project in a folder.",
    "build": "Do the whole job: extract, translate, publish.",
    "extract": "Bring the sentences of source/ into the catalogues.",
    "align": "Take over an English text that exists already.",
    "translate": "Draft the English of every sentence that has none.",
    "status": "Show how far each release has come.",
    "check": "Say what is wrong with the translations.",
    "review": "Review the worst sentences first, across releases.",
    "export": "Write releases for a translation agency.",
    "import": "Bring an agency's work back into the catalogues.",
    "publish": "Write the bilingual editions into output/.",
    "book": "Bind releases into one EPUB or PDF.",
    "serve": "Show the editions in a browser while you edit.",
    "memory": "Import, export and search approved translations.",
    "terms": "Propose a glossary from the releases.",
    "evaluate": "Score translations against references.",
    "calibrate": "Learn from your reviews which drafts need one.",
    "segment": "Show how a text is cut into sentences, and why.",
    "verify": "Prove that files come back, and what was published.",
    "models": "List, install, verify or remove translation models.",
    "doctor": "Check that this machine can do the job offline.",
}


#: Modules of commands whose names Python keeps for itself.
_MODULES = {"import": "importing"}


class _Commands(click.Group):
    """A group that imports a command's module when the command is called."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in COMMANDS:
            return None
        module = importlib.import_module(f"toolkit.cli.{_MODULES.get(cmd_name, cmd_name)}")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


@click.group(cls=_Commands, context_settings={"help_option_names": ["-h", "--help"]}, no_args_is_help=True)
@click.version_option(__version__, prog_name="toolkit")
@common_options
def cli() -> None:
    """Publish French releases bilingually, offline.

    source/ holds the French; `toolkit build` drafts the English into PO catalogues in locales/en/ and writes aligned
    editions into output/. Correct the catalogues in Poedit, Lokalize, Virtaal or any PO editor, and build again.

    \b
    Example:
        toolkit init press && cp releases/*.txt press/source/
        toolkit build --project press
    """


def main() -> NoReturn:
    """Run the command line and leave with its exit code: the one place that catches every error."""
    if os.environ.get("TOOLKIT_DEBUG"):
        cli()
    try:
        code = cli.main(prog_name="toolkit", standalone_mode=False)
        sys.stdout.flush()
        sys.exit(code if isinstance(code, int) else 0)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except (KeyboardInterrupt, click.Abort):
        click.echo("Interrupted. What was finished is kept; run the same command again to go on.", err=True)
        sys.stdout.flush()
        os._exit(INTERRUPTED)  # at once: an orderly exit would wait for the sentences still in the model
    except ToolkitError as error:
        click.echo(seen(f"error: {error}"), err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        os.dup2(
            os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno()
        )  # the reader of our output has gone: no complaint
        sys.exit(0)
    except Exception as error:  # noqa: BLE001 - the one top-level handler: no traceback for the people we work for
        click.echo(
            f"error: the toolkit itself failed ({type(error).__name__}: {error}); no file was left half-written\n"
            "  → please report it, with what the same command prints under TOOLKIT_DEBUG=1",
            err=True,
        )
        sys.exit(INTERNAL_ERROR)
