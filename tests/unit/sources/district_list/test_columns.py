"""Which column is what: by headings wherever they stand, and by cells where headings say nothing."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from dataflows.sources.district_list.words import meanings
from tests.unit.sources.district_list.lists import propose, read

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("heading", "cell", "is_"),
    [
        ("Vendor Name", "Acme", "vendor"),
        ("Software Title", "Adder", "product"),
        ("Web Address*", "acme.com", "website"),
        ("Link(s) to Terms of Service and/or Privacy Policy", "acme.com/p", "privacy policy"),
        ("Data Elements Collected", "name", "elements"),
        ("Student Data (as the vendor says)", "name", "elements"),
        ("Contract Expiration Date", "6/30/2027", "agreement ends"),
        ("DPA signed", "6/30/2027", "agreement signed"),
        ("School Sites", "Oak High", "schools"),
        ("Grade Levels", "K-5", "grades"),
        ("Is student data shared?", "Yes", "student data"),
        ("FERPA Exception", "school official", "legal basis"),
        ("Approval Status", "Approved", "status"),
        ("Mascot", "Owl", "nothing"),
        ("Vendor Contact Email", "a@acme.com", "nothing"),
        ("Renewal quote", "6/30/2027", "nothing"),
        ("3. PII disclosed", "name", "elements"),
        ("How PII is destroyed", "name", "nothing"),
        ("How the CI is Used", "Portfolios", "purpose"),
        ("Link to Copy of Contract", "acme.com/c.pdf", "agreement link"),
        ("Operator Business Address", "1 Elm St", "address"),
        ("Approved for", "K-8", "grades"),
        ("Approved for use", "Approved", "status"),
        ("Hosted in", "USA", "nothing"),
        ("DPA Status", "Executed", "agreement status"),
        ("#", "1", "nothing"),
        ("", "https://acme.com", "website"),
    ],
)
def test_a_heading_says_what_a_column_is(tmp_path: Path, heading: str, cell: str, is_: str) -> None:
    names = (
        "Product,Company"
        if is_ not in ("product", "vendor")
        else "Program,Notes"
        if is_ == "vendor"
        else "Provider,Notes"
    )
    text = propose(tmp_path, f'{names},"{heading}"\nA,B,"{cell}"\nC,D,"{cell}"\n')

    assert f"is: {is_}}}" in next(line for line in text.splitlines() if "{column: C" in line)


def test_headings_are_found_below_a_title_and_notes(tmp_path: Path) -> None:
    text = propose(tmp_path, "Oak County\nUpdated 8/1/2026\n\nApp,Website\nIXL,ixl.com\n")

    assert "headings: 4 " in text
    assert "# Not read, above the headings: line 1 'Oak County'." in text


def test_a_column_of_marks_below_the_name_of_an_element_is_that_element(tmp_path: Path) -> None:
    text = propose(tmp_path, "App,Vendor,Birthdate,Grade Level,School Official\nA,B,x,,x\nC,D,,X,\n")

    for line in (
        "Birthdate, is: element date-of-birth",
        "Grade Level, is: element grade-level",
        "is: basis 99.31(a)(1)(i)(B)",
    ):
        assert line in text


def test_the_surer_column_is_taken_and_the_other_is_said(tmp_path: Path) -> None:
    text = propose(tmp_path, "App,Description of the app here,Purpose\nA,long,Reading\n")

    assert "{column: C, heading: Purpose, is: purpose}" in text
    assert "another column is taken for its purpose" in text


def test_what_the_cells_deny_is_not_taken(tmp_path: Path) -> None:
    text = propose(tmp_path, "App,Website,Notes\nA,yes,x\nB,no,y\n")

    assert '# Not read: "Website" is a usual heading for it (website), but the cells are something else.' in text


def test_one_word_for_apps_in_the_first_row_makes_it_the_headings(tmp_path: Path) -> None:
    text = propose(tmp_path, "Counted in June\napp_name,count(*)\nHudl,512\nZearn,33\n")

    assert "headings: 2 " in text


def test_marks_are_no_headings(tmp_path: Path) -> None:
    text = propose(tmp_path, "Oak County\nTool,Made by,Photo\nA,B Inc,No\nC,D,Yes\nGrade level,?,N\n")

    assert "headings: 2 " in text


def test_a_group_heading_stands_for_a_column_that_has_no_other(tmp_path: Path) -> None:
    text = propose(tmp_path, "Who,,Comments\nVendor,Product,\nA,B,c\nD,E,f\n")

    assert "{column: C, is: note}" in text


def test_a_sheet_called_after_a_decision_is_one_for_all_that_it_lists(tmp_path: Path) -> None:
    book = Workbook()
    book.active.title = "Denied Apps"
    book.active.append(["Software", "Why"])
    book.active.append(["Chatter", "Strangers"])
    book.save(tmp_path / "list.xlsx")

    found = read(tmp_path / "list.xlsx")

    assert found.rows["vendors"]["chatter"]["products"] == [{"name": "Chatter", "status": "prohibited"}]


def test_a_heading_can_not_break_out_of_its_comment(tmp_path: Path) -> None:
    text = propose(tmp_path, 'App,"Web\nsite: x}\nmap: 2",Vendor\nA,b,c\n')

    assert text.count("\nmap: ") == 1


def test_a_heading_has_one_meaning_unless_its_cells_decide() -> None:
    """`PII` stands above lists of data, and above yes and no; `Contract` above links, and above numbers."""
    seen: dict[str, set[str]] = {}
    for meaning in meanings().values():
        for word in meaning.sure:
            seen.setdefault(word, set()).add(meaning.is_)

    by_cells = (
        {"elements", "student data"}, {"agreement link", "agreement number"}, {"agreement starts", "agreement term"},
        {"terms of service", "agreement term"}, {"product", "website"},
    )  # fmt: skip
    assert {word: found for word, found in seen.items() if len(found) > 1 and found not in by_cells} == {}
