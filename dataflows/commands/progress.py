"""A progress bar on a terminal, for what takes longer than a second.

What is read is counted in bytes of its files, so that the bar shows how much of it is done.
"""

from __future__ import annotations

import os
import sys
import threading
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import TYPE_CHECKING

import click

from dataflows.commands.options import is_terminal

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

_AFTER = 1.0
"""Seconds before anything is shown."""
_EACH = 0.2
_WIDTH = 30


class Progress:
    """What is shown: a bar where it is known how much there is, else what is counted and how long it takes."""

    def __init__(self, what: str) -> None:
        self.what = what
        self.step = ""
        self.share: float | None = None
        self._began = monotonic()
        self._is_shown = False

    def tell(self, name: str, rows: int, share: float | None = None) -> None:
        """Say how far it is: rows of a file, and which part of it was read."""
        self.what, self.step, self.share = name, f"{rows:,} rows", share

    def line(self) -> str:
        """Return the line as it is now."""
        seconds = int(monotonic() - self._began)
        size = max(20, _terminal_width() - 1)
        if self.share is None:
            bar = "".join("#" if n == seconds % _WIDTH else "-" for n in range(_WIDTH))
            part = ""
        else:
            full = min(_WIDTH, round(self.share * _WIDTH))
            bar, part = "#" * full + "-" * (_WIDTH - full), f" {min(99, int(self.share * 100)):2d} %"
        name = Path(self.what).name or self.what
        return f"[{bar}]{part}  {seconds // 60}:{seconds % 60:02}  {name}  {self.step}".rstrip()[:size]

    def show(self) -> None:
        """Write the line over the one before."""
        if monotonic() - self._began > _AFTER:
            self._is_shown = True
            click.echo(f"\r{self.line()}\033[K", nl=False, err=True)

    def clear(self) -> None:
        """Take the line away."""
        if self._is_shown:
            click.echo("\r\033[K", nl=False, err=True)


@contextmanager
def shown_progress(what: str | Sequence[str]) -> Iterator[Progress]:
    """Show progress while the block runs, on a terminal only; the line is gone afterwards."""
    progress = Progress(what if isinstance(what, str) else ", ".join(what))
    if not is_terminal():
        yield progress
        return
    done = threading.Event()

    def repeat() -> None:
        while not done.wait(_EACH):
            progress.show()

    watcher = threading.Thread(target=repeat, daemon=True)
    watcher.start()
    try:
        yield progress
    finally:
        done.set()
        watcher.join()
        progress.clear()


def _terminal_width() -> int:
    try:
        return os.get_terminal_size(sys.stderr.fileno()).columns
    except (OSError, ValueError):
        return 80
