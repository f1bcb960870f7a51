"""Completion of commands and options in a shell."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def completion_command(shell: str) -> None:
    """Print the script that completes commands in SHELL.

    For bash, put this in ~/.bashrc: eval "$(dataflows completion bash)"
    """
    from dataflows.commands import cli

    complete = get_completion_class(shell)
    if complete is None:
        raise click.UsageError(f"There is no completion for {shell}.")
    click.echo(complete(cli, {}, "dataflows", "_DATAFLOWS_COMPLETE").source())
