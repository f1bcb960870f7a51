"""Prints rows as a table, as JSON or as CSV."""

from __future__ import annotations

import json
import shutil
import sys
from io import TextIOWrapper
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


def prepare_for_data() -> None:
    """Let what programs read be UTF-8 with plain line ends, whatever this machine's texts are in.

    The escapes that stand in for characters elsewhere would be no JSON, YAML or CSV.  A terminal stays as it is.
    """
    if isinstance(sys.stdout, TextIOWrapper) and not sys.stdout.isatty():
        sys.stdout.reconfigure(encoding="utf-8", newline="\n")


def print_json(value: Any) -> None:
    """Print a value as JSON that a person can read; every script as it is."""
    prepare_for_data()
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows as CSV; a cell that a spreadsheet would run as a formula is made text."""
    import csv

    prepare_for_data()
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> str:
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows in aligned columns, as wide as they are; on a terminal no wider than it."""
    from dataflows.commands.tables import format_table

    cells = [[show_value(value) for value in row] for row in rows]
    for line in format_table(headings, cells, terminal_width()):
        click.echo(line)


def terminal_width() -> int:
    """Return how many columns stdout has, 0 where it is no terminal: a file takes lines of any length."""
    return shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 0


def show_value(value: Any) -> str:
    """Return a value of JSON in one line that a person can read."""
    if value is None or value in ([], {}):
        return "-"
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, list | tuple):
        return ", ".join(show_value(item) for item in value)
    if isinstance(value, dict):
        return "; ".join(f"{key}: {show_value(item)}" for key, item in value.items())
    return " ".join(str(value).split())
