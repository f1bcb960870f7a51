"""Start-up: a command imports what it uses and nothing else."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from dataflows import assets
from tests.layers import HOMES
from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

DATABASE = {"sqlalchemy"}
DRAWING = {"graphviz", "pygraphviz"}
WRITING = {"babel", "jinja2", "markdown_it", "markupsafe"}

MAY_IMPORT: dict[str, set[str]] = {
    "--version": set(),
    "--help": set(),
    "holds student-id": DATABASE,
    "holds category:student-identifiers --format json": DATABASE,
    "show zoom": DATABASE,
    "due": {*DATABASE, "yaml"},
    "log": DATABASE,
    "verify": DATABASE,
    "diff --from 2020-01-01 --to 2020-06-01": DATABASE,
    "plan zoom.yaml": {*DATABASE, "yaml"},
    "plan zoom.json": {*DATABASE, "yaml"},
    "export out.yaml": {*DATABASE, "yaml"},
    "export out.json": DATABASE,
    "init new.db": {*DATABASE, "alembic", "markupsafe"},
    "map network -o map.svg": {*DATABASE, *DRAWING, "typst"},
    "map network -o map.dot": {*DATABASE, "graphviz"},
    "notice vendor-letter --vendor zoom -o letter.html": {*DATABASE, *WRITING, "segno", "yaml"},
    "notice vendor-letter --vendor zoom -o letter.pdf": {*DATABASE, *WRITING, "segno", "typst", "yaml"},
    "notice vendor-letter --vendor zoom -o letter.docx": {*DATABASE, *WRITING, "segno", "docx", "lxml", "yaml"},
}
"""The libraries of HOMES that a command may import, besides click."""

HEAVY_PARTS = ("sqlalchemy.orm", "sqlalchemy.ext", "dataflows.model.lists", "unittest", "multiprocessing")
"""What `holds` may not import of what it may import otherwise."""


@pytest.fixture(scope="session")
def work(demo: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder with the demo's catalog, and its file as YAML and JSON."""
    folder = tmp_path_factory.mktemp("imports")
    shutil.copy(demo / "dataflows.db", folder / "dataflows.db")
    for name in ("zoom.yaml", "zoom.json"):
        subprocess.run([sys.executable, "-m", "dataflows", "export", name], cwd=folder, env=environment(), check=True)
    return folder


def environment() -> dict[str, str]:
    return {**os.environ, "PYTHONPATH": str(CHECKOUT)}


SPY = """
import pathlib, sys
from dataflows.commands import run
code = run(sys.argv[2:])
pathlib.Path(sys.argv[1]).write_text(" ".join(sys.modules), encoding="utf-8", newline="")
sys.exit(code)
"""


def imported_by(words: str, folder: Path) -> set[str]:
    """Run a command; return the names of all modules that were imported when it had ended."""
    listed = folder / "modules.txt"
    done = subprocess.run(
        [sys.executable, "-c", SPY, listed.name, *words.split()],
        cwd=folder,
        env=environment(),
        capture_output=True,
        check=False,
        text=True,
        encoding="utf-8",
    )
    assert done.returncode == 0, done.stderr
    return set(listed.read_text(encoding="utf-8").split())


@pytest.mark.parametrize("words", MAY_IMPORT)
def test_a_command_imports_only_the_libraries_that_it_uses(words: str, work: Path) -> None:
    libraries = {name.split(".")[0] for name in imported_by(words, work)} & set(HOMES)

    assert libraries - MAY_IMPORT[words] <= {"click"}


def test_holds_imports_no_heavy_part(work: Path) -> None:
    names = imported_by("holds student-id", work)

    assert {part for part in HEAVY_PARTS if part in names} == set()
    assert "sqlalchemy" in names


def test_a_plan_of_a_workbook_takes_neither_the_tables_nor_what_reads_lists_of_ones_own(work: Path) -> None:
    subprocess.run([sys.executable, "-m", "dataflows", "export", "book.xlsx"], cwd=work, env=environment(), check=True)

    names = imported_by("plan book.xlsx", work)

    assert {
        "sqlalchemy.orm",
        "dataflows.catalog.tables",
        "dataflows.sources.district_list.mapped_file",
    } & names == set()
    assert "dataflows.sources.xlsx_reader" in names


def test_the_version_is_said_without_reading_any_file_of_data(work: Path) -> None:
    names = imported_by("--version", work)

    assert {name for name in names if name.startswith("dataflows.")} <= {"dataflows.commands", "dataflows.errors"}


def test_the_package_itself_imports_nothing_but_its_name() -> None:
    words = [sys.executable, "-c", "import sys, dataflows; print([n for n in sys.modules if 'dataflows' in n])"]
    done = subprocess.run(words, env=environment(), capture_output=True, check=True, text=True, encoding="utf-8")

    assert done.stdout.strip() == "['dataflows']"
    assert assets.folder("schemas").is_dir()
