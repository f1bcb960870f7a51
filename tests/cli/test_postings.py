"""`notice` with what a state wants posted: written all the same, the list of what is missing, and exit code 1."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

CATALOG = """\
catalog: 1
district:
  {id: prairie, name: Prairie View Schools, state: IL,
   policies: {inspection_procedure: A, amendment_procedure: B, copy_procedure: C, deletion_procedure: D}}
vendors: [{id: mathly, name: Mathly, products: [{name: Mathly, student_data: "yes"}]}]
agreements: [{id: dpa, vendor: mathly, kind: dpa, document_url: "https://example.org/dpa.pdf"}]
flows: [{id: practice, to: mathly, elements: [name], purpose: Practice, agreement: dpa}]
"""
ADDRESS = """\
catalog: 1
district: {id: prairie, name: Prairie View Schools, state: IL}
vendors: [{id: mathly, name: Mathly, address: "1 Main Street, Springfield"}]
"""


@pytest.fixture
def folder(tmp_path: Path, dataflows_in: DataflowsIn) -> Path:
    (tmp_path / "prairie.yaml").write_text(CATALOG, encoding="utf-8", newline="\n")
    (tmp_path / "address.yaml").write_text(ADDRESS, encoding="utf-8", newline="\n")
    assert dataflows_in(tmp_path, "init").returncode == 0
    assert dataflows_in(tmp_path, "apply", "prairie.yaml").returncode == 0
    return tmp_path


def test_a_gap_is_written_listed_and_found_and_gone_when_it_is_filled(folder: Path, dataflows_in: DataflowsIn) -> None:
    words = ("notice", "il-soppa", "--as-of", "2026-09-01", "-o", "soppa.html")
    done = dataflows_in(folder, *words)

    assert done.returncode == 1
    assert "Not yet available, asked on September 1, 2026." in (folder / "soppa.html").read_text(encoding="utf-8")
    assert (
        "1 fact is not yet available, and the document says that it was asked for on 2026-09-01:\n"
        "  Mathly\n"
        "    vendors.mathly.address: ask Mathly\n"
    ) in done.stderr
    assert "DRAFT" not in done.stderr

    assert dataflows_in(folder, "apply", "address.yaml").returncode == 0
    done = dataflows_in(folder, *words)
    assert (done.returncode, "not yet" in done.stderr) == (0, False)
    assert "Not yet available" not in (folder / "soppa.html").read_text(encoding="utf-8")


def test_the_list_goes_to_stderr_where_the_posting_goes_to_stdout(folder: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(folder, "notice", "il-soppa", "--format", "md")

    assert done.returncode == 1
    assert "# Student data, and the companies that get it" in done.stdout
    assert "ask Mathly" not in done.stdout
    assert "ask Mathly" in done.stderr


def test_what_another_state_asks_for_is_bad_usage_and_writes_nothing(folder: Path, dataflows_in: DataflowsIn) -> None:
    done = dataflows_in(folder, "notice", "ny-supplement", "-o", "ny.html")

    assert done.returncode == 2
    assert "is what New York asks for, and Prairie View Schools is in Illinois" in done.stderr
    assert "For Illinois there are: il-soppa." in done.stderr
    assert not (folder / "ny.html").exists()


def test_only_lists_that_a_state_takes_as_a_spreadsheet_are_written_as_one(
    folder: Path, dataflows_in: DataflowsIn
) -> None:
    done = dataflows_in(folder, "notice", "il-soppa", "-o", "soppa.csv")

    assert done.returncode == 2
    assert "Only `notice md-digital-tools` and `notice ut-metadata-dictionary` can be written as .csv" in done.stderr
