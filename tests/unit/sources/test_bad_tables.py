"""Tables that nobody wrote by hand: what a folder of CSV and a list in CSV make of them, as workbooks do."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest

from dataflows.errors import InputError
from dataflows.sources.district_list.propose import propose_mapping
from dataflows.sources.files import open_catalog_file
from tests.unit.sources.district_list.lists import read, write

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.errors import Problem
    from dataflows.sources.base import CatalogFile

MARKS = {"utf-8": b"\xef\xbb\xbf", "utf-16": b"\xff\xfe", "utf-16 the other way": b"\xfe\xff"}


def opened(folder: Path, data: bytes, name: str = "vendors.csv") -> CatalogFile:
    """Open a folder that holds one table."""
    (folder / name).write_bytes(data)
    return open_catalog_file(str(folder))


def problems_of(path: Path) -> list[Problem]:
    """Return what is wrong with a catalog file, whether it can be opened or not."""
    try:
        return open_catalog_file(str(path)).problems
    except InputError as error:
        return list(error.problems)


def refusal(path: Path) -> str:
    """Return why a list is refused, without its name; raises where it isn't."""
    with pytest.raises(InputError) as caught:
        propose_mapping(str(path))
    return "; ".join(str(problem).removeprefix(f"{path}: ") for problem in caught.value.problems)


@pytest.mark.parametrize("mark", MARKS)
def test_a_file_that_holds_a_byte_order_mark_only_has_no_rows(mark: str, tmp_path: Path) -> None:
    [problem] = opened(tmp_path, MARKS[mark]).problems

    assert problem.message == "The file holds only a byte order mark: it has no rows."
    assert refusal(tmp_path / "vendors.csv").startswith("The file is empty.")


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
def test_a_list_is_read_as_spreadsheet_programs_write_it(encoding: str, separator: str, tmp_path: Path) -> None:
    text = separator.join(["App", "Company", "What it gets"]) + "\r\n" + separator.join(["IXL", "Señor", "Name"])
    (tmp_path / "list.csv").write_bytes(f"{text}\r\n".encode(encoding))

    found = read(tmp_path / "list.csv")

    assert found.rows["vendors"]["senor"]["name"] == "Señor"
    assert found.rows["flows"]["ixl"]["elements"] == ["name"]
    assert [text.partition(": ")[0] for text in found.left_out] == (["2"] if encoding == "cp1252" else [])


def test_ten_thousand_columns_of_a_table_are_named_in_a_few_problems(tmp_path: Path) -> None:
    names = ",".join(f"column {n}" for n in range(10_000))
    began = time.process_time()

    file = opened(tmp_path, f"id,name,{names}\nzoom,Zoom{',x' * 10_000}\n".encode())

    assert [row.tree["id"] for row in file.rows()] == ["zoom"]
    assert len(file.problems) < 50
    assert time.process_time() - began < 5


def test_ten_thousand_columns_of_a_list_are_each_listed(tmp_path: Path) -> None:
    names = ",".join(f"column {n}" for n in range(10_000))
    began = time.process_time()

    found = read(write(tmp_path, f"App,Company,{names}\nIXL,IXL{',x' * 10_000}\n"))

    assert found.ids("vendors") == ["ixl"]
    assert len(found.left_out) == 10_000
    assert time.process_time() - began < 20


def test_a_million_blank_lines_of_a_table_cost_little(tmp_path: Path) -> None:
    began = time.process_time()
    tracemalloc.start()

    file = opened(tmp_path, b"id,name\nzoom,Zoom\n" + b",\r\n" * 1_000_000 + b"ixl,IXL\n")

    assert [row.tree["id"] for row in file.rows()] == ["zoom", "ixl"]
    assert tracemalloc.get_traced_memory()[1] < 20_000_000
    tracemalloc.stop()
    assert (file.problems, file.notes) == ([], [])
    assert time.process_time() - began < 60


@pytest.mark.parametrize("name", ["vendors.csv", "book.yaml", "book.json", "book.txt"])
def test_a_workbook_by_another_name_is_told_for_what_it_is(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(b"PK\x03\x04" + bytes(200))

    [problem] = problems_of(tmp_path / name)

    assert problem.message == "The file is a workbook or another zip archive, not text."
    assert ".xlsx" in str(problem.hint)


def test_a_cell_that_a_spreadsheet_would_run_is_a_text_in_a_list_too(tmp_path: Path) -> None:
    text = "App,Company,What it gets\n=1+1,=A1+1,Name\n@SUM,+Acme,DOB\n"

    found = read(write(tmp_path, text))

    assert [row["name"] for row in found.rows["vendors"].values()] == ["=A1+1", "+Acme"]
    assert [row["product"] for row in found.rows["flows"].values()] == ["=1+1", "@SUM"]


def test_digits_of_a_list_stay_as_they_are_written(tmp_path: Path) -> None:
    found = read(write(tmp_path, "App,Company,Contract number\n00601,007,000123\n"))

    assert found.rows["vendors"]["007"]["products"] == ["00601"]
    assert found.rows["agreements"]["000123"]["number"] == "000123"


@pytest.mark.parametrize(
    "text",
    ["catalog: 1\ndistrict: {id: oak}\n", '{"vendors": [{"name": "A"}]}', '[{"name": "A"}]', "\ufeffcatalog: 1\n"],
)
def test_a_catalog_is_no_list_in_columns(text: str, tmp_path: Path) -> None:
    said = refusal(write(tmp_path, text, "list.txt"))

    assert said == (
        "The file is YAML or JSON of a program, and no list in columns. `dataflows plan` reads a catalog as it is,"
        " without a mapping."
    )


def test_a_folder_called_as_a_table_is_named(tmp_path: Path) -> None:
    (tmp_path / "vendors.csv").mkdir()

    [problem] = problems_of(tmp_path)

    assert str(problem) == (
        f"{tmp_path / 'vendors.csv'}: This is a folder, and a list is a file."
        " Save the list as a CSV file, or rename it."
    )


def test_a_line_of_a_million_words_is_looked_at_in_a_moment(tmp_path: Path) -> None:
    path = write(tmp_path, "Vendor " * 400_000, "list.txt")
    began = time.process_time()

    propose_mapping(str(path))

    assert time.process_time() - began < 4


@pytest.mark.parametrize(
    "text",
    [
        "Student,Zoom,Clever\nJane Doe,x,\nAna Roe,x,x\nMax Poe,,x\n",
        'Student Name,Consent to Zoom\n"Doe, Jane",Yes\n"Roe, Ana",No\n',
        "Logins of grade 5\nAlumno,Zoom\nJane Doe,x\nAna Roe,x\n",
        "Student name:,Jane Doe\nDOB:,3/4/2012\nApp:,IXL\nVendor:,IXL Learning\nWebsite:,ixl.com\n",
    ],
)
def test_students_with_the_apps_that_they_use_are_no_vendors(text: str, tmp_path: Path) -> None:
    said = refusal(write(tmp_path, text))

    assert "looks like a list of students" in said
    assert not any(name in said for name in ("Doe", "Roe", "Poe"))


@pytest.mark.parametrize(
    "text",
    [
        "Vendor,Student,Parent\nAdder,X,\nHudl,X,X\n",
        'Vendor,Student data,Student\nAdder,yes,"Name, Email"\nHudl,yes,"Grade, Photo"\n',
        "Vendor,Student Name,Gender\nAdder,Required,Required\nHudl,Not Collected,Required\n",
    ],
)
def test_columns_of_students_data_are_no_students(text: str, tmp_path: Path) -> None:
    assert read(write(tmp_path, text)).ids("vendors") == ["adder", "hudl"]
