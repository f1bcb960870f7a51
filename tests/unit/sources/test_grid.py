"""Cells out of any table: workbooks, CSV, pages, pasted text; with their places, and nothing dropped."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook

from dataflows.errors import InputError
from dataflows.sources.grid import column_number, letters
from dataflows.sources.grid_files import read_grids
from dataflows.sources.grid_text import read_records

if TYPE_CHECKING:
    from pathlib import Path

    from dataflows.sources.grid import Grid


def text_file(folder: Path, text: str | bytes, name: str = "list.txt") -> str:
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return str(path)


def workbook(folder: Path, *rows: list[Any], merges: tuple[str, ...] = ()) -> str:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Apps"
    for row in rows:
        sheet.append(row)
    for block in merges:
        sheet.merge_cells(block)
    book.save(folder / "list.xlsx")
    return str(folder / "list.xlsx")


def texts(grid: Grid) -> list[list[str]]:
    return [[cell.text for cell in row.cells.values()] for row in grid.rows]


@pytest.mark.parametrize(("number", "text"), [(0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA")])
def test_columns_go_by_letters(number: int, text: str) -> None:
    assert letters(number) == text
    assert column_number(text) == number


def test_a_cell_of_a_workbook_goes_by_sheet_and_letters(tmp_path: Path) -> None:
    [grid] = read_grids(workbook(tmp_path, ["App"], [], [None, "IXL"]))
    cell = grid.rows[1].cells[1]

    assert str(grid.place(cell)).endswith("list.xlsx: Apps!B3")


def test_numbers_days_and_truth_are_what_a_person_sees(tmp_path: Path) -> None:
    [grid] = read_grids(workbook(tmp_path, [60.0, date(2027, 6, 30), True, "  a\u00a0 b\u200b "]))
    cells = grid.rows[0].cells

    assert [cell.text for cell in cells.values()] == ["60", "2027-06-30", "yes", "a b"]
    assert cells[1].day == "2027-06-30"


def test_a_cell_that_spans_rows_counts_for_each(tmp_path: Path) -> None:
    [grid] = read_grids(workbook(tmp_path, ["Follett", "Destiny"], [None, "Aspen"], merges=("A1:A2",)))

    assert texts(grid) == [["Follett", "Destiny"], ["Follett", "Aspen"]]


def test_a_cell_that_spans_the_table_is_a_note(tmp_path: Path) -> None:
    [grid] = read_grids(workbook(tmp_path, ["Elementary", None], ["IXL", "x"], merges=("A1:B1",)))

    assert [row.is_note for row in grid.rows] == [True, False]


def test_a_formula_without_its_result_is_named_as_such(tmp_path: Path) -> None:
    [grid] = read_grids(workbook(tmp_path, ["=1+1"]))

    assert "formula whose result is not in the file" in grid.rows[0].cells[0].fault


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("App,Vendor\nIXL,IXL Learning\n", "a.csv"),
        ("App;Vendor\nIXL;IXL Learning\n", "a.csv"),
        ("App|Vendor\r\nIXL|IXL Learning\r\n", "a.csv"),
        ("App\tVendor\nIXL\tIXL Learning\n", "a.txt"),
        ("\ufeffsep=;\nApp;Vendor\nIXL;IXL Learning\n", "a.csv"),
        ("| App | Vendor |\n|---|---|\n| IXL | IXL Learning |\n", "a.txt"),
        ("App | Vendor\n---|---\nIXL | IXL Learning\n", "a.md"),
        ("<table><tr><th>App<th>Vendor<tr><td>IXL<td>IXL&nbsp;Learning</table>", "a.html"),
        (b"\xff\xfe" + "App,Vendor\nIXL,IXL Learning\n".encode("utf-16-le"), "a.csv"),
    ],
)
def test_a_table_is_the_same_in_any_form(tmp_path: Path, text: str | bytes, name: str) -> None:
    [grid] = read_grids(text_file(tmp_path, text, name))

    assert texts(grid) == [["App", "Vendor"], ["IXL", "IXL Learning"]]


@pytest.mark.parametrize("edge", ["", "|"])
def test_an_empty_cell_at_the_edge_of_a_table_of_bars_keeps_the_others_in_their_columns(
    edge: str, tmp_path: Path
) -> None:
    lines = [
        "Data | App | Grades",
        "--- | --- | ---",
        "Name | IXL | K-5",
        " | Zoom | K-5",
        "DOB | Hudl | ",
        " | Khan | ",
    ]
    text = "\n".join(f"{edge} {line} {edge}" for line in lines) + "\n"

    [grid] = read_grids(text_file(tmp_path, text))

    assert [[row.text(column) for column in range(3)] for row in grid.rows] == [
        ["Data", "App", "Grades"], ["Name", "IXL", "K-5"], ["", "Zoom", "K-5"], ["DOB", "Hudl", ""], ["", "Khan", ""],
    ]  # fmt: skip


def test_a_quotation_mark_that_is_not_closed_takes_no_other_row_with_it(tmp_path: Path) -> None:
    text = 'App,Vendor\n"A, Inc.",B\nC,"D\nE,F\nruler,"G\nstreet"\n"H" I,J\n'

    [grid] = read_grids(text_file(tmp_path, text, "a.csv"))

    assert texts(grid) == [
        ["App", "Vendor"], ["A, Inc.", "B"], ["C", '"D'], ["E", "F"], ["ruler", "G\nstreet"], ["H I", "J"],
    ]  # fmt: skip
    assert [str(problem).partition("a.csv:")[2] for problem in grid.problems] == [
        "3: A quotation mark opens in this line and is not closed, so it was taken for a sign like others."
    ]


def test_a_cell_that_is_too_long_is_said_and_the_rows_below_it_are_read(tmp_path: Path) -> None:
    [grid] = read_grids(text_file(tmp_path, f"App,Vendor\nA,B\nC,{'x' * 1_000_001}\nE,F\n", "a.csv"))

    assert texts(grid) == [["App", "Vendor"], ["A", "B"], ["E", "F"]]
    assert str(grid.problems[0]).endswith(
        "3: The line has a cell of more than 1,000,000 characters, so it was not read."
    )


@given(st.lists(st.text('ab",\n', max_size=8), max_size=6))
@settings(max_examples=200, deadline=None)
def test_whatever_quotation_marks_stand_in_a_table_each_letter_of_it_is_read(pieces: list[str]) -> None:
    text = "\n".join(pieces) + "\nb,b\n"

    read = "".join("".join(cells) for _, cells in read_records(text, ","))

    assert (read.count("a"), read.count("b")) == (text.count("a"), text.count("b"))


def test_a_line_in_windows_letters_is_read_and_said(tmp_path: Path) -> None:
    [grid] = read_grids(text_file(tmp_path, "Vendor,App\nSeñor,x\n".encode("cp1252"), "a.csv"))

    assert texts(grid)[1] == ["Señor", "x"]
    assert "Windows-1252" in str(grid.problems[0])


def test_cells_of_a_page_that_span_rows_and_columns_keep_the_others_in_their_columns(tmp_path: Path) -> None:
    page = (
        "<table><tr><th>A<th>B<th>C</tr><tr><td rowspan=2>1<td>2<td>3</tr><tr><td>4<td>5</tr>"
        "<tr><td colspan=3>All</tr><tr><td colspan=2>6<td>7</tr></table>"
    )
    [grid] = read_grids(text_file(tmp_path, page, "a.html"))

    assert texts(grid) == [["A", "B", "C"], ["1", "2", "3"], ["1", "4", "5"], ["All"], ["6", "7"]]
    assert list(grid.rows[4].cells) == [0, 2]
    assert grid.rows[3].is_note


def test_a_table_inside_a_cell_does_not_take_the_cells_around_it(tmp_path: Path) -> None:
    inner = "<table><tr><td>x</td></tr><tr><td>y</td></tr></table>"
    page = f"<table><tr><td>1</td><td>2</td></tr><tr><td>3{inner}</td><td>4</td></tr></table>"

    outer, nested = read_grids(text_file(tmp_path, page, "a.html"))

    assert texts(outer) == [["1", "2"], ["3", "4"]]
    assert texts(nested) == [["x"], ["y"]]


def test_records_with_the_same_labels_are_a_table(tmp_path: Path) -> None:
    record = "{}\n\nAdded\n\nApproved for Grades\n\nMay 1, 2021 at 5:00 AM\n\nK-8\n\nData Points Collected\n\n{}\n\n"
    text = "Our tools\n\n" + record.format("Frames", "None") + record.format("Counting", "Name")
    [grid] = read_grids(text_file(tmp_path, text))

    assert texts(grid)[1:] == [
        ["Name", "Added", "Approved for Grades", "Data Points Collected"],
        ["Frames", "May 1, 2021 at 5:00 AM", "K-8", "None"],
        ["Counting", "May 1, 2021 at 5:00 AM", "K-8", "Name"],
    ]
    assert grid.rows[0].is_note


def test_a_table_that_lost_its_borders_is_cut_at_its_days(tmp_path: Path) -> None:
    text = (
        "Our contracts\n\nVENDOR\n\nPURPOSE\n\nDATA ELEMENTS TRANSFERRED\n\nDate Signed\n\n"
        "Readers\n(Hill Middle School)\nReaders helps with reading. First and Last Name, Gender\n8/4/2015\n"
        "Counters\nIt counts. Full Name, Grade Level\n6/30/2017\nLast line\n"
    )
    [grid] = read_grids(text_file(tmp_path, text))

    assert texts(grid)[2:] == [
        ["Readers (Hill Middle School)", "Readers helps with reading.", "First and Last Name, Gender", "8/4/2015"],
        ["Counters", "It counts.", "Full Name, Grade Level", "6/30/2017"],
        ["Last line"],
    ]


def test_a_form_is_one_row(tmp_path: Path) -> None:
    text = "Request\n\nWebsite Name*:\n  Adder\n\nURL (Required)*:\n  adder.org\n\nPurpose*:\n\nComments: none so far\n"
    [grid] = read_grids(text_file(tmp_path, text))

    assert texts(grid)[-1] == ["Adder", "adder.org", "none so far"]
    assert str(grid.place(grid.rows[-1].cells[0])).endswith("list.txt:4:1")


@pytest.mark.parametrize(
    "text",
    [
        "Agreements\n\n- Readers\n- Counters\n- Adders\n\nAsk the office.\n",
        "What providers do we use?\n\nReaders\n\nCounters\n\nAdders\n\nThese are all of them.\n",
    ],
)
def test_a_list_of_names_is_one_column(tmp_path: Path, text: str) -> None:
    [grid] = read_grids(text_file(tmp_path, text))

    assert [row.text(0) for row in grid.rows if not row.is_note] == ["Readers", "Counters", "Adders"]
    assert len([row for row in grid.rows if row.is_note]) == 2


def test_a_list_of_data_is_no_list_of_names(tmp_path: Path) -> None:
    [grid] = read_grids(text_file(tmp_path, "They get:\n- First name\n- Last name\n- Gender\n"))

    assert grid.is_prose


def test_lines_that_make_no_table_stay_as_notes(tmp_path: Path) -> None:
    [grid] = read_grids(text_file(tmp_path, "We collect what we need.\n\nAsk us.\n"))

    assert grid.is_prose
    assert texts(grid) == [["We collect what we need."], ["Ask us."]]


@pytest.mark.parametrize(
    ("name", "data", "message"),
    [
        ("a.csv", b"", "The file is empty."),
        ("a.txt", b"  \n \n", "The file is empty."),
        ("a.xls", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600), "Excel before 2007"),
        ("a.xlsx", b"App,Vendor\n", "it holds text"),
        ("a.xlsx", b"PK\x03\x04" + bytes(90), "cut off or broken"),
        ("a.pdf", b"%PDF-1.7\n", "no table that can be read"),
        ("a.csv", bytes(range(256)) * 20, "no text that can be read"),
    ],
)
def test_what_is_no_table_is_refused_in_a_sentence(tmp_path: Path, name: str, data: bytes, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_grids(text_file(tmp_path, data, name))

    assert message in str(refused.value.problems[0])


def test_a_file_that_is_not_there_is_named_with_the_nearest(tmp_path: Path) -> None:
    text_file(tmp_path, "a", "apps.csv")

    with pytest.raises(InputError) as refused:
        read_grids(str(tmp_path / "app.csv"))

    assert "Did you mean 'apps.csv'?" in str(refused.value.problems[0])


def test_items_of_a_page_are_a_list_and_terms_go_before_what_is_said_of_them(tmp_path: Path) -> None:
    items = "<li>Clever - rosters</li><li>Hudl - video, name</li><li>Zearn</li>"
    terms = "<dl><dt>Clever</dt><dd>Rosters: name</dd><dt>Hudl</dt><dd>Video</dd><dt>Zearn</dt><dd>Math</dd></dl>"
    for page in (f"<ul>{items}</ul>", terms):
        path = tmp_path / "list.html"
        path.write_text(
            f"<html><body><h2>Our vendors</h2><p>We work with these.</p>{page}</body></html>", encoding="utf-8"
        )

        [grid] = read_grids(str(path))

        assert [row.text(0) for row in grid.rows if not row.is_note] == ["Clever", "Hudl", "Zearn"]


def test_a_form_in_two_columns_is_a_row_with_its_places(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text(
        "Vendor Review Form,\nVendor name:,Clever\nProduct:,Rosters\nData shared:,name\nReviewed by:,Us\n"
        "Vendor name:,Hudl\nProduct:,Video\nData shared:,photo\n",
        encoding="utf-8",
    )

    [grid] = read_grids(str(path))

    assert [[cell.text for cell in row.cells.values()] for row in grid.rows] == [
        ["Vendor Review Form"],
        ["Vendor name", "Product", "Data shared", "Reviewed by"],
        ["Clever", "Rosters", "name", "Us"],
        ["Hudl", "Video", "photo"],
    ]
    assert str(grid.place(grid.rows[3].cells[2])).endswith("list.csv:8:2")


def test_a_list_of_two_columns_is_no_form(tmp_path: Path) -> None:
    path = tmp_path / "list.csv"
    path.write_text("App,Vendor\nPurpose,Purpose Inc.\nRosters,Clever\nVideo,Hudl\n", encoding="utf-8")

    [grid] = read_grids(str(path))

    assert [row.text(0) for row in grid.rows] == ["App", "Purpose", "Rosters", "Video"]


def test_bars_without_a_rule_may_have_rows_over_lines(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "Our tools\nSystem | Data | Purpose | Link |\nHudl |\nName,\nphoto |\nVideo |\n\nhudl.com |\n"
        "A | B | C | D |\nEnd\n",
        encoding="utf-8",
    )

    [grid] = read_grids(str(path))

    assert [[cell.text for cell in row.cells.values()] for row in grid.rows] == [
        ["Our tools"],
        ["System", "Data", "Purpose", "Link"],
        ["Hudl", "Name,\nphoto", "Video", "hudl.com"],
        ["A", "B", "C", "D"],
        ["End"],
    ]


def test_a_row_of_bars_that_is_cut_off_is_a_row_still(tmp_path: Path) -> None:
    path = tmp_path / "list.txt"
    path.write_text(
        "System | Data | Purpose | Link |\nHudl | photo | Video | hudl.com |\nZearn | name | It is us\n",
        encoding="utf-8",
    )

    [grid] = read_grids(str(path))

    assert [cell.text for cell in grid.rows[-1].cells.values()] == ["Zearn", "name", "It is us"]


@pytest.mark.parametrize("is_each_ruled", [True, False])
def test_a_table_in_a_box_of_signs_is_one(is_each_ruled: bool, tmp_path: Path) -> None:
    rule = "+-------+-------+\n"
    between = rule if is_each_ruled else ""
    path = tmp_path / "list.txt"
    path.write_text(
        f"Our tools\n{rule}| App   | Data  |\n{rule.replace('-', '=')}"
        f"| Hudl  | photo |\n{between}| Zearn | name  |\n{rule}",
        encoding="utf-8",
    )

    [grid] = read_grids(str(path))

    assert [[cell.text for cell in row.cells.values()] for row in grid.rows] == [
        ["Our tools"],
        ["App", "Data"],
        ["Hudl", "photo"],
        ["Zearn", "name"],
    ]


def test_lines_between_two_rules_of_a_box_are_one_row(tmp_path: Path) -> None:
    rule = "+-------+---------+\n"
    path = tmp_path / "list.txt"
    path.write_text(
        f"{rule}| App   | Data    |\n{rule}| Hudl  | photo,  |\n|       | name    |\n{rule}| Zearn | name    |\n{rule}",
        encoding="utf-8",
    )

    [grid] = read_grids(str(path))

    assert [row.text(1) for row in grid.rows] == ["Data", "photo,\nname", "name"]


def test_questions_with_their_answers_are_records(tmp_path: Path) -> None:
    record = "{}\nWhat is this tool? {}\nWho pays? We do\nWhat data is required? {}\n"
    path = tmp_path / "list.txt"
    path.write_text(
        "Our tools\n" + record.format("Hudl", "Video.", "photo") + record.format("Zearn", "Math.", "None"),
        encoding="utf-8",
    )

    [grid] = read_grids(str(path))

    assert [[cell.text for cell in row.cells.values()] for row in grid.rows[1:]] == [
        ["Name", "What is this tool?", "Who pays?", "What data is required?"],
        ["Hudl", "Video.", "We do", "photo"],
        ["Zearn", "Math.", "We do", "None"],
    ]
