"""notice check, as a person runs it: what it prints, and how it ends."""

from __future__ import annotations

import csv
import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest
from jsonschema import Draft202012Validator

from tests.machine import CHECKOUT

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

IDS = [f"99.7(a)(2)({n})" for n in ("i", "ii", "iii", "iv")] + [f"99.7(a)(3)({n})" for n in ("i", "ii", "iii")]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Give a folder with a complete notice, and one in which something is absent."""
    lines = (CHECKOUT / "tests/data/notices/complete/university.txt").read_text(encoding="utf-8").splitlines()
    parts = [line.partition("|") for line in lines]
    (tmp_path / "whole.txt").write_text("\n".join(text for _, _, text in parts), encoding="utf-8")
    (tmp_path / "half.txt").write_text("\n".join(text for mark, _, text in parts if mark != "2iv"), encoding="utf-8")
    return tmp_path


def test_a_complete_notice_ends_well(dataflows_in: DataflowsIn, folder: Path) -> None:
    done = dataflows_in(folder, "notice", "check", "whole.txt")

    assert (done.returncode, done.stderr) == (0, "")
    assert "7 of 7 items of 34 CFR 99.7 are stated." in done.stdout


def test_what_is_absent_is_told_with_what_it_must_say(dataflows_in: DataflowsIn, folder: Path) -> None:
    done = dataflows_in(folder, "notice", "check", "half.txt")

    assert done.returncode == 1
    assert "NO   99.7(a)(2)(iv)  Right to complain to the Department of Education" in done.stdout
    assert "Must say: Parents and eligible students may file a complaint" in done.stdout


def test_json_is_what_the_interface_promises(dataflows_in: DataflowsIn, folder: Path) -> None:
    done = dataflows_in(folder, "notice", "check", "half.txt", "--format", "json")
    found = json.loads(done.stdout)

    assert done.returncode == 1
    assert (found["file"], found["complete"]) == ("half.txt", False)
    assert [item["id"] for item in found["items"]] == IDS
    assert [item["id"] for item in found["items"] if not item["present"]] == ["99.7(a)(2)(iv)"]
    assert found["items"][0]["evidence"].endswith("The right to inspect and review the student's education records.")
    schema = json.loads((CHECKOUT / "schemas/exports/notice-check.schema.json").read_text(encoding="utf-8"))
    assert list(Draft202012Validator(schema).iter_errors(found)) == []


def test_csv_has_a_row_an_item(dataflows_in: DataflowsIn, folder: Path) -> None:
    done = dataflows_in(folder, "notice", "check", "whole.txt", "--format", "csv")

    assert [row["id"] for row in csv.DictReader(io.StringIO(done.stdout))] == IDS


def test_the_page_is_written_to_a_file(dataflows_in: DataflowsIn, folder: Path) -> None:
    done = dataflows_in(folder, "notice", "check", "half.txt", "-o", "page.html")

    assert (done.returncode, done.stdout) == (1, "")
    assert "The text must say:" in (folder / "page.html").read_text(encoding="utf-8")


def test_a_notice_is_read_from_stdin(folder: Path) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "dataflows", "notice", "check", "-", "--format", "json"],
        input=(folder / "whole.txt").read_bytes(),
        capture_output=True,
        check=False,
        cwd=CHECKOUT,
    )

    assert done.returncode == 0
    assert json.loads(done.stdout)["file"] == "stdin"


@pytest.mark.parametrize(
    ("words", "says"),
    [
        (["nowhere.txt"], "There is no such file."),
        (["empty.txt"], "This file is empty."),
        ([], "Name the notice that is to be checked"),
        (["whole.txt", "--format", "yaml"], "Choose one of: table, json, csv, html."),
        (["whole.txt", "-o", "page.pdf"], "Only the page is written to a file"),
    ],
)
def test_what_can_not_be_done_is_a_sentence(
    dataflows_in: DataflowsIn, folder: Path, words: list[str], says: str
) -> None:
    (folder / "empty.txt").touch()
    done = dataflows_in(folder, "notice", "check", *words)

    assert done.returncode == 2
    assert says in done.stderr
    assert "Traceback" not in done.stderr


def test_no_catalog_is_needed_and_none_is_made(dataflows_in: DataflowsIn, folder: Path) -> None:
    dataflows_in(folder, "notice", "check", "whole.txt")

    assert {path.name for path in folder.iterdir()} == {"whole.txt", "half.txt"}


def test_a_catalog_that_is_named_tells_which_languages_families_speak(dataflows_in: DataflowsIn, folder: Path) -> None:
    dataflows_in(folder, "demo", "work")
    (folder / "homes.yaml").write_text(
        "catalog: 1\ndistrict: {id: mcps, name: Montgomery, state: MD, home_languages: [en, vi]}\n",
        encoding="utf-8",
    )
    dataflows_in(folder, "apply", "homes.yaml", "--catalog", "work/dataflows.db", "--message", "languages")

    done = dataflows_in(folder, "notice", "check", "whole.txt", "--catalog", "work/dataflows.db")

    assert "NOT-017  Families of the district speak vi at home" in done.stdout
    assert "NOT-017" not in dataflows_in(folder, "notice", "check", "whole.txt").stdout


def test_a_file_beside_another_kind_is_asked_about(dataflows_in: DataflowsIn, folder: Path) -> None:
    done = dataflows_in(folder, "notice", "annual", "whole.txt")

    assert done.returncode == 2
    assert "notice check whole.txt" in done.stderr
