"""Prints rows as a table, as JSON or as CSV."""

from __future__ import annotations

import json
import shutil
import sys
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from collections.abc import Sequence


def print_json(value: Any) -> None:
    """Print a value as JSON that a person can read; every script as it is."""
    click.echo(json.dumps(value, indent=2, ensure_ascii=False))


def print_csv(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows as CSV; a cell that a spreadsheet would run as a formula is made text."""
    import csv

    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(headings)
    writer.writerows([_cell(value) for value in row] for row in rows)


def _cell(value: Any) -> str:
    text = "" if value is None else "; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text


def print_table(headings: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
    """Print rows in aligned columns; the last column takes what is left of the terminal's width."""
    cells = [[show_value(value) for value in row] for row in rows]
    widths = [max([len(h), *(len(row[i]) for row in cells)]) for i, h in enumerate(headings)]
    room = shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else 0
    for row in [list(headings), ["-" * min(width, room or width) for width in widths], *cells]:
        line = "  ".join(text.ljust(width) for text, width in zip(row, widths, strict=True)).rstrip()
        click.echo(line)


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
