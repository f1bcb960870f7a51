"""The command line: a group that loads each command only when it is used.

`main` is the program's door: it turns what went wrong into a sentence and an exit code.
"""

from __future__ import annotations

import gc
import os
import sys
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

import click

from dataflows import __version__

if TYPE_CHECKING:
    from dataflows.errors import DataflowsError

COMMANDS: dict[str, tuple[str, str]] = {
    "init": ("catalog", "Make an empty catalog, at the newest schema."),
    "demo": ("demo", "Build the Zoom example of 2020 end to end."),
    "map-columns": ("map_columns", "Propose how your own list of apps or vendors is read."),
    "plan": ("changes", "Show what files would change."),
    "apply": ("changes", "Change the catalog to what files say, in one transaction."),
    "export": ("changes", "Write one district as YAML, JSON or a folder of CSV."),
    "holds": ("questions", "Say who holds elements, directly and down the chain."),
    "show": ("questions", "Show everything about one id."),
    "breach": ("breach", "Say what a breach at a party exposes, and whom to tell by when."),
    "due": ("questions", "List what falls due."),
    "cut": ("cut", "Say which flows to end so that elements no longer reach a party."),
    "audit": ("audit", "Say what is wrong, and what to do first."),
    "rules": ("rules", "List the rules, explain one, or show the law behind them."),
    "map": ("maps", "Draw a disclosure map."),
    "notice": ("notice", "Write a notice or a letter from the catalog."),
    "publish": ("publish", "Freeze the year's notices, and prove later what went out."),
    "portal": ("portal", "Write the site that tells families what data goes where."),
    "diff": ("history", "Say what changed in the flows between two days."),
    "log": ("history", "List who changed what."),
    "verify": ("history", "Prove that the record is whole."),
    "upgrade": ("catalog", "Bring an older catalog to the newest schema."),
    "completion": ("completion", "Print the script that completes commands in a shell."),
}
"""Each command, the module that has it, and its one-line help."""


class LazyGroup(click.Group):
    """A group that imports a command's module when the command is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002
        """Return the commands in the order in which a new user meets them."""
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:  # noqa: ARG002
        """Return a command, imported now."""
        if cmd_name not in COMMANDS:
            return None
        module = import_module(f"dataflows.commands.{COMMANDS[cmd_name][0]}")
        command: click.Command = getattr(module, f"{cmd_name.replace('-', '_')}_command")
        return command

    def resolve_command(self, ctx: click.Context, args: list[str]) -> tuple[Any, Any, list[str]]:
        """Find the command; a misspelt one is answered with the nearest."""
        if args and args[0] not in COMMANDS and not args[0].startswith("-"):
            from difflib import get_close_matches

            similar = get_close_matches(args[0], COMMANDS, n=1)
            hint = f" Did you mean {similar[0]!r}?" if similar else " See: dataflows --help"
            raise click.UsageError(f"There is no command {args[0]!r}.{hint}", ctx)
        return super().resolve_command(ctx, args)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:  # noqa: ARG002
        """Write the list of commands without importing any."""
        with formatter.section("Commands"):
            formatter.write_dl([(name, help_text) for name, (_module, help_text) in COMMANDS.items()])


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="dataflows")
@click.option("--catalog", metavar="URL", help="The same as after a command.")
@click.option("--district", metavar="ID", help="The same as after a command.")
def cli(catalog: str | None, district: str | None) -> None:
    """Where every student's data goes, and the notice that says so truly.

    The catalog is dataflows.db in this folder, or what --catalog or DATAFLOWS_CATALOG names.
    Start with: dataflows demo
    """


def main(args: list[str] | None = None) -> None:
    """Run the program and leave with the exit code that the interface promises.

    A command is short and makes few cycles, so the collector is off: it would walk a large
    catalog's ids over and over, which doubles the time of a load.
    """
    gc.disable()
    sys.exit(run(args))


def run(args: list[str] | None = None) -> int:  # noqa: PLR0911  (each way to end is a line of the interface)
    """Run the program on arguments and return its exit code; everything a user reads goes out here."""
    _prepare_streams()
    stdout = sys.stdout
    try:
        result = cli.main(args, prog_name="dataflows", standalone_mode=False)
        sys.stdout.flush()
        return result if isinstance(result, int) else 0
    except SystemExit as ended:
        # Where whoever reads us has closed the pipe, click puts another stream here and leaves; that is no fault.
        return 0 if sys.stdout is not stdout else int(ended.code or 0)
    except click.ClickException as error:
        error.show()
        return 2
    except _own_errors() as error:
        return _report(error)
    except (KeyboardInterrupt, click.Abort):
        _say("Interrupted.")
        return 130
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    except (OSError, MemoryError) as error:
        _say(f"Error: {_reason(error)}")
        return 2
    except Exception as fault:
        # The last resort: a fault of ours must not show a user a traceback; a developer asks for it.
        if os.environ.get("DATAFLOWS_DEBUG"):
            raise
        _say(f"Error: dataflows itself is at fault here ({type(fault).__name__}: {fault}).")
        _say("Please report it, with what DATAFLOWS_DEBUG=1 prints.")
        return 70


def _own_errors() -> type[DataflowsError]:
    """Return the class of our own errors; it is imported only when something has gone wrong."""
    from dataflows.errors import DataflowsError

    return DataflowsError


def _report(error: Any) -> int:
    for problem in getattr(error, "problems", ()):
        _say(str(problem))
    _say(f"Error: {error}")
    return int(error.exit_code)


def _reason(error: OSError | MemoryError) -> str:
    if isinstance(error, MemoryError):
        return "There is not enough memory for this."
    said = error.strerror or str(error)
    return f"{error.filename}: {said}." if error.filename else f"What this prints can't be written: {said}."


def _say(text: str) -> None:
    click.echo(text, err=True)


def _nowhere() -> TextIO:
    return Path(os.devnull).open("w", encoding="utf-8", newline="\n")


def _prepare_streams() -> None:
    """Let no character stop a run: what a terminal can't show is written as an escape."""
    # A stream is None where whoever started us has closed it, or has no console.
    sys.stdout, sys.stderr = (stream or _nowhere() for stream in (sys.stdout, sys.stderr))
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
