"""Bad input comes in by two ways, as a workbook of ours and as a list of one's own: each kind is tried on both."""

from __future__ import annotations

import time
import tracemalloc
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from dataflows.errors import InputError
from dataflows.sources.district_list.propose import propose_mapping
from dataflows.sources.files import open_catalog_file
from tests.books import parts_of, row_of, sheet_of, write_parts, write_sheets
from tests.unit.sources.district_list.lists import read
from tests.unit.sources.test_xlsx_reader import HOSTILE, all_said, trees

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

NOT_HELD = ("Jane", "Doe", "Ana", "1/2/2012", "2012")
LIST_HEAD = row_of(1, "App", "Company", "What it gets", "Contract ends")
OWN_HEAD = row_of(1, "id", "name", "url")


def refusal(path: Path) -> str:
    """Return why a list is refused, without its name; raises where it isn't."""
    with pytest.raises(InputError) as caught:
        propose_mapping(str(path))
    return "; ".join(str(problem).removeprefix(f"{path}: ") for problem in caught.value.problems)


@pytest.mark.parametrize("name", [name for name in HOSTILE if name != "no-sheets"])
def test_broken_and_hostile_workbooks_are_refused_as_lists_too(name: str, tmp_path: Path) -> None:
    data, wanted = HOSTILE[name]
    path = tmp_path / "a.xlsx"
    path.write_bytes(data)
    tracemalloc.start()
    began = time.process_time()

    said = refusal(path)

    assert time.process_time() - began < 2
    assert tracemalloc.get_traced_memory()[1] < 200_000_000
    tracemalloc.stop()
    assert said.startswith(wanted)
    for word in ("zlib", "BadZip", "Error", "Traceback", "not well-formed"):
        assert word not in said


def test_a_workbook_by_another_name_is_a_list_all_the_same(tmp_path: Path) -> None:
    path = write_sheets(tmp_path / "apps.csv", Apps=LIST_HEAD + row_of(2, "IXL", "IXL Learning", "Name", ""))

    assert read(path).ids("vendors") == ["ixl-learning"]


def test_a_list_that_breaks_far_down_is_said_in_a_sentence(tmp_path: Path) -> None:
    rows = LIST_HEAD + "".join(row_of(n, f"App {n}", f"Maker {n}", "Name", "") for n in range(2, 25_000))
    text = sheet_of(rows).replace('<row r="24000">', '<row r="24000"><broken>')

    said = refusal(write_parts(tmp_path / "a.xlsx", parts_of({"Apps": text})))

    assert (
        said
        == "The part 'xl/worksheets/sheet1.xml' of the workbook is broken. Open it in its program and save it again."
    )


def test_ten_thousand_columns_are_read_by_the_few_that_say_something(tmp_path: Path) -> None:
    names = [f"column {n}" for n in range(10_000)]
    path = write_sheets(tmp_path / "a.xlsx", Apps=row_of(1, "App", "Company", *names) + row_of(2, "IXL", "IXL", *names))
    began = time.process_time()

    found = read(path)

    assert time.process_time() - began < 20
    assert found.ids("vendors") == ["ixl"]
    assert len(found.left_out) == 10_000


def test_a_million_empty_coloured_rows_of_a_list_cost_little(tmp_path: Path) -> None:
    empty = "".join(f'<row r="{n}" s="1" customFormat="1"><c r="A{n}" s="1"/></row>' for n in range(3, 1_000_001))
    rows = LIST_HEAD + row_of(2, "IXL", "IXL Learning", "First name", "6/30/2027")
    path = write_sheets(tmp_path / "a.xlsx", Apps=rows + empty)
    del empty
    began = time.process_time()
    tracemalloc.start()

    found = read(path)

    assert tracemalloc.get_traced_memory()[1] < 100_000_000
    tracemalloc.stop()
    assert time.process_time() - began < 120
    assert (found.ids("vendors"), found.left_out) == (["ixl-learning"], [])


def test_merged_cells_count_for_each_row_of_a_list(tmp_path: Path) -> None:
    rows = LIST_HEAD + row_of(2, "Destiny", "Follett", "Name", "") + row_of(3, "Aspen", "", "Name", "")
    merged = '<mergeCells count="1"><mergeCell ref="B2:B3"/></mergeCells>'
    path = write_parts(tmp_path / "a.xlsx", parts_of({"Apps": sheet_of(rows, after=merged)}))

    assert read(path).rows["vendors"]["follett"]["products"] == ["Destiny", "Aspen"]


@pytest.mark.parametrize("way", ["own", "list"])
def test_of_a_formula_the_saved_value_counts_and_one_without_is_named(way: str, tmp_path: Path) -> None:
    head = OWN_HEAD if way == "own" else LIST_HEAD
    rows = head + ('<row r="2"><c r="A2" t="str"><f>CONCAT("a","b")</f><v>ab</v></c><c r="B2"><f>NOW()</f></c></row>')
    path = write_sheets(tmp_path / "a.xlsx", **{"vendors" if way == "own" else "Apps": rows})

    if way == "own":
        [tree] = trees(open_catalog_file(str(path)))
        assert tree["id"] == "ab"
        assert "formula" in tree["name"].message
    else:
        found = read(path)
        assert found.ids("vendors") == ["ab"]
        assert "formula whose result is not in the file" in found.left_out[0]


def test_hidden_sheets_of_a_list_are_read_and_said(tmp_path: Path) -> None:
    parts = parts_of({"Apps": sheet_of(LIST_HEAD + row_of(2, "IXL", "IXL Learning", "Name", ""))})
    parts["xl/workbook.xml"] = parts["xl/workbook.xml"].replace('sheetId="1"', 'sheetId="1" state="veryHidden"')
    path = write_parts(tmp_path / "a.xlsx", parts)

    assert any("The sheet is hidden." in remark for remark in propose_mapping(str(path)).remarks)
    assert read(path).ids("vendors") == ["ixl-learning"]


def test_links_to_other_files_are_never_followed(tmp_path: Path) -> None:
    rows = LIST_HEAD + ('<row r="2"><c r="A2" t="str"><f>[1]Sheet1!A1</f><v>IXL</v></c></row>')
    parts = parts_of({"Apps": sheet_of(rows)})
    parts["xl/externalLinks/externalLink1.xml"] = "<externalLink/>"
    parts["xl/externalLinks/_rels/externalLink1.xml.rels"] = (
        '<Relationships><Relationship Id="r1" Target="file:///etc/passwd" TargetMode="External"/></Relationships>'
    )

    assert read(write_parts(tmp_path / "a.xlsx", parts)).ids("vendors") == ["ixl"]


@pytest.mark.parametrize(("system", "number"), [("0", "46568"), ("1", "45106")])
@pytest.mark.parametrize("style", ["1", "0"])
def test_days_of_a_list_are_counted_from_where_the_book_counts(
    system: str, number: str, style: str, tmp_path: Path
) -> None:
    """A column that lost its date format shows the number."""
    rows = LIST_HEAD + (
        f'<row r="2"><c r="A2" t="inlineStr"><is><t>IXL</t></is></c><c r="D2" s="{style}"><v>{number}</v></c></row>'
    )
    parts = parts_of({"Apps": sheet_of(rows)}, workbook=f'<workbookPr date1904="{system}"/>')

    found = read(write_parts(tmp_path / "a.xlsx", parts))

    assert found.rows["agreements"]["ixl-contract"]["expires"] == "2027-06-30"


def test_days_typed_as_text_are_read_by_the_order_that_the_list_shows(tmp_path: Path) -> None:
    path = write_sheets(
        tmp_path / "a.xlsx",
        Apps=LIST_HEAD + row_of(2, "A", "A", "", "6/30/26") + row_of(3, "B", "B", "", "7/1/2026"),
    )

    assert [tree["expires"] for tree in read(path).rows["agreements"].values()] == ["2026-06-30", "2026-07-01"]


def test_numbers_with_zeros_in_front_stay_as_they_are(tmp_path: Path) -> None:
    rows = row_of(1, "App", "Company", "Contract #", "Data") + row_of(2, "IXL", "IXL", "0042", "Name")

    [agreement] = read(write_sheets(tmp_path / "a.xlsx", Apps=rows)).rows["agreements"].values()
    [own] = trees(open_catalog_file(str(write_sheets(tmp_path / "b.xlsx", vendors=OWN_HEAD + row_of(2, "007", "B")))))

    assert agreement["number"] == "0042"
    assert own["id"] == "007"


@pytest.mark.parametrize(
    "rows",
    [
        [["Last Name", "First Name", "Birthday"], ["Doe", "Jane", "1/2/2012"], ["Doe", "Ana", "1/2/2012"]],
        [["Roll of 4b"], ["Student", "DOB", "App"], ["Jane Doe", "1/2/2012", "IXL"], ["Ana Doe", "1/2/2012", "Zoom"]],
        [["Doe, Jane", "1/2/2012"], ["Doe, Ana", "3/4/2012"]],
        [["Nombre", "Apellido", "Fecha de nacimiento"], ["Ana", "Doe", "1/2/2012"]],
    ],
)
@pytest.mark.parametrize("way", ["own", "list"])
def test_a_sheet_of_students_is_refused_and_no_name_is_said(way: str, rows: list[list[Any]], tmp_path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "vendors" if way == "own" else "Apps"
    for row in rows:
        sheet.append(row)
    book.save(tmp_path / "a.xlsx")

    said = refusal(tmp_path / "a.xlsx") if way == "list" else "; ".join(all_said(tmp_path / "a.xlsx"))

    assert said
    assert not any(word in said for word in NOT_HELD)


def test_a_sheet_of_students_beside_a_list_is_left_out_with_a_line(tmp_path: Path) -> None:
    path = write_sheets(
        tmp_path / "a.xlsx",
        Apps=LIST_HEAD + row_of(2, "IXL", "IXL Learning", "Name", ""),
        Roster=row_of(1, "Last Name", "First Name", "Birthday") + row_of(2, "Doe", "Jane", "1/2/2012"),
    )

    found = read(path)
    mapping = propose_mapping(str(path))

    assert found.ids("vendors") == ["ixl-learning"]
    assert any("looks like a list of students" in text for text in found.left_out)
    assert any("looks like a list of students" in text for text in mapping.remarks)
    assert not any(word in " ".join((*found.left_out, *mapping.remarks)) for word in NOT_HELD)


def test_two_vendors_with_one_domain_are_proposed_as_one_and_can_be_struck_out(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("App,Company,Website\nA,Acme,acme.com\nB,Bolt,www.acme.com\n", encoding="utf-8")

    assert read(path).ids("vendors") == ["acme"]
    assert read(path, edits={"      - Bolt": "      # - Bolt"}).ids("vendors") == ["acme", "bolt"]
