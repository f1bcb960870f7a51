"""Delivers what was made: to stdout, or whole to a file."""

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
