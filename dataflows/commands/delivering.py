"""Delivers what was made: to stdout, or whole to a file, in the form that its name says."""

from __future__ import annotations

import sys
from pathlib import Path

import click


def deliver(content: bytes, output: str | None, what: str) -> None:
    """Write bytes to stdout, or to a file at once and say so."""
    if output is None or output == "-":
        stream = sys.stdout.buffer
        stream.write(content)
        stream.flush()
        return
    from dataflows.actions.files import write_whole

    write_whole(Path(output), content)
    click.echo(f"Wrote {what}: {output}", err=True)


def suffix_of(output: str | None, format_: str | None, *, default: str) -> str:
    """Return the form to write, without its point: as the file's name says, or as was asked for stdout."""
    if output is None or output == "-":
        return (format_ or default).removeprefix(".").lower()
    suffix = Path(output).suffix.removeprefix(".").lower()
    if not suffix:
        raise click.UsageError(f"{output!r} has no suffix that says which form to write. Write {output}.html, say.")
    if format_ and format_.lower() != suffix:
        raise click.UsageError(f"--format {format_} and the file {output} differ. Leave --format out.")
    return suffix
