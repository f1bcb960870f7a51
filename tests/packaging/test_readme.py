"""The README's commands run in an empty folder, from the installed wheel."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.console import run_page
from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("packaging")


def test_the_commands_of_the_readme_run_in_their_order(installed: Path, tmp_path: Path) -> None:
    def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [installed / "dataflows", *words], cwd=folder, capture_output=True, check=False, text=True, encoding="utf-8"
        )

    assert run_page(CHECKOUT / "README.md", tmp_path, run) >= 4
