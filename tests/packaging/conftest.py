"""The wheel, built once, and a clean environment that has it and what it depends on."""

from __future__ import annotations

import os
import shutil
import site
import subprocess
import sys
import venv
from typing import TYPE_CHECKING

import pytest

from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

PARTS = ("dataflows", "schemas", "migrations", "reports")
FILES = ("pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md", "cli.py")


@pytest.fixture(scope="session")
def source_tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Copy what a package is built from, so that building leaves nothing in the checkout."""
    folder = tmp_path_factory.mktemp("source") / "dataflows"
    for part in PARTS:
        shutil.copytree(CHECKOUT / part, folder / part, ignore=shutil.ignore_patterns("__pycache__"))
    for name in FILES:
        shutil.copy(CHECKOUT / name, folder / name)
    return folder


@pytest.fixture(scope="session")
def distributions(source_tree: Path) -> Path:
    """Build the source archive and the wheel; return their folder."""
    words = [sys.executable, "-m", "build", "--no-isolation", "--outdir", "dist"]
    for kind in ("--sdist", "--wheel"):
        made = subprocess.run(
            [*words, kind], cwd=source_tree, capture_output=True, check=False, text=True, encoding="utf-8"
        )
        assert made.returncode == 0, made.stdout + made.stderr
    return source_tree / "dist"


@pytest.fixture(scope="session")
def wheel(distributions: Path) -> Path:
    """Return the wheel."""
    [found] = distributions.glob("*.whl")
    return found


@pytest.fixture(scope="session")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Install the wheel into an environment of its own; return the folder of its programs.

    What the wheel depends on is borrowed from the tests' environment: no network is needed.
    """
    folder = tmp_path_factory.mktemp("installed") / "env"
    venv.create(folder, with_pip=False)
    programs = folder / ("Scripts" if os.name == "nt" else "bin")
    python = programs / "python"
    words = [sys.executable, "-m", "pip", "--python", python, "install", "--no-deps", "--no-index", "-q", wheel]
    subprocess.run(words, check=True, stdin=subprocess.DEVNULL)
    [packages] = [*folder.glob("lib/python*/site-packages"), *folder.glob("Lib/site-packages")]
    lines = "\n".join(site.getsitepackages())
    (packages / "zz-borrowed.pth").write_text(f"{lines}\n", encoding="utf-8", newline="\n")
    return programs
