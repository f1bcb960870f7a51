"""Does what a page shows, in its order, as a reader would: runs its commands and writes its files.

Commands are the lines of `console` blocks that begin with `$ `.  A block whose first line names a
file after the language (three backticks, then `yaml district.yaml`) is that file.
"""

from __future__ import annotations

import re
import shlex
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import subprocess
    from collections.abc import Callable, Iterator
    from pathlib import Path

BLOCK = re.compile(r"^```(\w+)(?: (\S+))?\n(.*?)^```", re.DOTALL | re.MULTILINE)


def steps_of(page: Path) -> Iterator[tuple[str, str]]:
    """Yield a page's steps: `run` and a command, or the name of a file and its text."""
    for language, name, text in BLOCK.findall(page.read_text(encoding="utf-8")):
        if language == "console":
            yield from (("run", line[2:]) for line in text.splitlines() if line.startswith("$ "))
        elif name:
            yield name, text


def lines_of(page: Path) -> list[str]:
    """Return the commands of a page."""
    return [text for what, text in steps_of(page) if what == "run"]


def run_page(page: Path, folder: Path, run: Callable[..., subprocess.CompletedProcess[str]]) -> int:
    """Follow a page from a folder; each command must end well. Return how many there were.

    `run` gets the folder and the words after `dataflows`; what installs or tests is left out.
    """
    count = 0
    for what, text in steps_of(page):
        if what != "run":
            path = folder / what
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
            continue
        for part in text.split(" && "):
            words = shlex.split(part, comments=True)
            if words[0] == "cd":
                folder = folder / words[1]
            elif words[0] == "dataflows":
                done = run(folder, *words[1:])
                assert done.returncode == 0, f"{page.name}: {part}\n{done.stdout}{done.stderr}"
                count += 1
            else:
                assert words[:2] == ["python", "-m"], f"{part}: not a command that is known here"
    return count
