"""The reference page of the commands, from the program itself."""

from __future__ import annotations

import inspect
from typing import TYPE_CHECKING

import click

from dataflows.commands import COMMANDS, cli

if TYPE_CHECKING:
    from collections.abc import Iterator

HEAD = """\
# Commands

<!-- Made by `python -m docs.make_reference` from dataflows/commands. Change the commands there, not this page. -->

Results go to stdout; progress and messages go to stderr.
`-` reads stdin or writes stdout.

| exit code | means |
| --- | --- |
| 0 | done, and nothing to report |
| 1 | done, and the check found something |
| 2 | wrong words or wrong input; nothing was written |
| 3 | the catalog can't be reached, read or written, or is at another schema version |
| 130 | interrupted |
"""


def make_page() -> str:
    """Return the page."""
    context = click.Context(cli, info_name="dataflows")
    lines = [HEAD]
    for name, (_module, help_text) in COMMANDS.items():
        command = cli.get_command(context, name)
        if command is not None:
            lines += make_section(command, ["dataflows", name], help_text)
    return "\n".join(lines)


def make_section(command: click.Command, words: list[str], help_text: str) -> Iterator[str]:
    """Yield the parts of a command's section, and of its subcommands'."""
    context = click.Context(command, info_name=words[-1])
    usage = " ".join([*words, *command.collect_usage_pieces(context)])
    level = "#" * len(words)
    yield f"{level} {' '.join(words[1:])}\n"
    yield f"{inspect.cleandoc(command.help or help_text)}\n".replace("\b\n", "")
    yield f"    {usage}\n"
    for option in command.params:
        if isinstance(option, click.Option) and not option.hidden:
            yield from make_option(option, context, level + "#")
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            if below is not None and not below.hidden:
                yield from make_section(below, [*words, name], below.get_short_help_str())


def make_option(option: click.Option, context: click.Context, level: str) -> Iterator[str]:
    """Yield an option's heading and what it does."""
    record = option.get_help_record(context)
    if record is None:
        return
    names, about = record
    yield f"{level} `{names}`\n"
    variable = f" The environment variable `{option.envvar}` says the same." if option.envvar else ""
    yield f"{' '.join(about.split())}{variable}\n"
