"""What `pip install` puts on a machine: one package with its data, a program, and nothing else."""

from __future__ import annotations

import subprocess
import tarfile
import zipfile
from typing import TYPE_CHECKING

import pytest

from dataflows import __version__
from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

pytestmark = pytest.mark.xdist_group("packaging")


def run(programs: Path, *words: str, cwd: Path) -> subprocess.CompletedProcess[str]:
    """Run the installed program in a folder that is not the checkout."""
    return subprocess.run(
        [programs / "dataflows", *words], cwd=cwd, capture_output=True, check=False, text=True, encoding="utf-8"
    )


def test_site_packages_gets_one_package_and_its_record(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        tops = {name.split("/")[0] for name in archive.namelist()}

    assert tops == {"dataflows", f"dataflows-{__version__}.dist-info"}


def is_made_by_tools(path: Path) -> bool:
    """Tell whether Python or the font library left a file."""
    return "__pycache__" in path.parts or path.name == ".uuid"


def test_the_wheel_carries_every_file_of_the_three_folders(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())
    for folder in ("schemas", "migrations", "reports"):
        files = [path for path in (CHECKOUT / folder).rglob("*") if path.is_file() and not is_made_by_tools(path)]
        assert files, f"{folder}/ is empty"
        for path in files:
            assert f"dataflows/_assets/{path.relative_to(CHECKOUT).as_posix()}" in inside


def test_the_wheel_has_the_typing_mark_and_the_license_but_no_door_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        inside = set(archive.namelist())

    assert "dataflows/py.typed" in inside
    assert f"dataflows-{__version__}.dist-info/licenses/LICENSE" in inside
    assert not [name for name in inside if name.endswith("cli.py") or "/tests/" in name or "__pycache__" in name]


def test_the_wheel_runs_on_every_platform(wheel: Path) -> None:
    assert wheel.name == f"dataflows-{__version__}-py3-none-any.whl"


def test_no_name_in_the_wheel_is_refused_by_windows(wheel: Path) -> None:
    from tests.test_portability import find_bad_names

    with zipfile.ZipFile(wheel) as archive:
        assert find_bad_names(archive.namelist()) == []


def test_the_source_archive_builds_and_holds_the_three_folders(distributions: Path) -> None:
    [archive] = distributions.glob("*.tar.gz")
    with tarfile.open(archive) as opened:
        tops = {name.split("/")[1] for name in opened.getnames() if name.count("/")}

    assert {"dataflows", "schemas", "migrations", "reports", "pyproject.toml", "LICENSE"} <= tops


def test_the_installed_program_says_its_version(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "--version", cwd=tmp_path)

    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.strip().endswith(__version__)


def test_the_installed_program_is_the_wheels_not_the_checkouts(installed: Path, tmp_path: Path) -> None:
    words = [installed / "python", "-c", "import dataflows; print(dataflows.__file__)"]
    done = subprocess.run(words, cwd=tmp_path, capture_output=True, check=True, text=True, encoding="utf-8")

    assert str(CHECKOUT) not in done.stdout


def test_the_installed_program_makes_a_catalog_outside_the_checkout(installed: Path, tmp_path: Path) -> None:
    folder = tmp_path / "Büro für Datenschutz 学校"
    folder.mkdir()

    done = run(installed, "init", cwd=folder)

    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.iterdir()] == ["dataflows.db"]


def test_the_installed_program_shows_the_whole_demo(installed: Path, tmp_path: Path) -> None:
    done = run(installed, "demo", "the demo", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    names = {path.suffix for path in (tmp_path / "the demo").rglob("*") if path.is_file()}
    assert {".db", ".svg", ".html", ".pdf", ".docx"} <= names
    assert "Sus derechos" in (tmp_path / "the demo" / "annual-notice.es.html").read_text(encoding="utf-8")
