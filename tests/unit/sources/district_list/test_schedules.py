"""Lists that name data row by row: boxes to tick, groups of data, a vendor in each column."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.sources.district_list.words import meanings
from tests.unit.sources.district_list.lists import propose, read, read_text, write

if TYPE_CHECKING:
    from pathlib import Path

EXHIBIT = """EXHIBIT "B"
Provider: Adder, Inc.   LEA: Oak County Schools

Category of Data\tElements\tCheck if Used by Your System
Demographics\tDate of Birth\tX
\tGender\t
Parent/Guardian Contact Information\tEmail\tX
Student Contact Information\tEmail\t
Student Name\tFirst and/or Last\tX
"""


def elements(found: dict[str, dict[str, object]], id: str) -> set[str]:
    listed = found[id]["elements"]
    assert isinstance(listed, list)
    return set(listed)


def test_rows_of_one_vendor_that_name_a_kind_of_data_each_are_one_flow(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Vendor,Data element\nClever,First name\nClever,Grade\nHudl,Photo\nClever,Gender\n")

    assert found.ids("flows") == ["clever", "hudl"]
    assert elements(found.rows["flows"], "clever") == {"first-name", "grade-level", "gender"}


def test_rows_that_say_something_else_stay_flows_of_their_own(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Vendor,Data element,Purpose\nClever,First name,Rosters\nClever,Grade,Reports\n")

    assert found.ids("flows") == ["clever", "clever-2"]


def test_data_whose_mark_says_no_is_not_given(tmp_path: Path) -> None:
    text = "Vendor,Data element,Shared?\nClever,First name,Yes\nClever,Birthdate,No\nClever,Gender,?\nHudl,Photo,\n"

    found = read_text(tmp_path, text)

    assert elements(found.rows["flows"], "clever") == {"first-name"}
    assert found.ids("flows") == ["clever"]
    assert "4:3: '?' does not say whether the data is given, so it was not taken." in found.left_out


def test_a_schedule_of_data_is_its_providers(tmp_path: Path) -> None:
    found = read(write(tmp_path, EXHIBIT, "list.txt"))

    assert found.ids("vendors") == ["adder"]
    assert elements(found.rows["flows"], "adder") == {"date-of-birth", "parent-email", "name"}
    assert found.left_out == [
        "4:3: 2 rows name data without a mark, so it was not taken: an empty box says that it is not given."
    ]


def test_a_schedule_that_names_no_provider_is_nobodys(tmp_path: Path) -> None:
    text = EXHIBIT.replace("Provider: Adder, Inc.   LEA: Oak County Schools\n", "")

    found = read(write(tmp_path, text, "list.txt"))

    assert found.rows == {}


def test_a_column_of_marks_beside_kinds_of_data_is_a_vendors(tmp_path: Path) -> None:
    text = "Data element,IXL,Hudl\nFirst name,Y,N\nGrade,Y,?\nPhoto,N,Y\n"

    found = read_text(tmp_path, text)

    assert "{column: B, heading: IXL, is: given to IXL}" in propose(tmp_path, text)
    assert elements(found.rows["flows"], "ixl") == {"first-name", "grade-level"}
    assert elements(found.rows["flows"], "hudl") == {"photo"}
    assert found.left_out == ["3:3: '?' does not say whether Hudl gets the data, so it was not taken."]


def test_an_address_below_parents_is_no_students(tmp_path: Path) -> None:
    text = "Vendor,Student,,Parent/Guardian,\n,Name,Email,Name,Email\nAdder,X,X,X,X\nHudl,X,,X,\n"

    found = read_text(tmp_path, text)

    assert elements(found.rows["flows"], "adder") == {"name", "email", "parent-name", "parent-email"}


def test_a_mark_may_stand_for_two_kinds_of_data(tmp_path: Path) -> None:
    text = "App,Vendor,First & Last Name,Photo/Video\nA,Adder,x,\nB,Hudl,x,x\n"

    found = read_text(tmp_path, text)

    assert "is: element first-name and last-name}" in propose(tmp_path, text)
    assert elements(found.rows["flows"], "b") == {"first-name", "last-name", "photo", "recordings"}


def test_marks_below_grades_and_schools_say_who_uses_it(tmp_path: Path) -> None:
    text = "App,Made by,K,1,2,Oak High,Data\nA,Adder,,X,X,,name\nB,Hudl,,,,X,name\n"

    proposed = propose(tmp_path, text)
    found = read_text(tmp_path, text)

    assert "is: grade K}" in proposed
    assert "is: school Oak High}" in proposed
    assert found.rows["flows"]["a"]["audience"] == {"grades": "1-2"}
    assert any("'Oak High'" in line for line in found.left_out), "the catalog has no such school"


@pytest.mark.parametrize(
    ("cell", "has_contract"),
    [
        ("Executed", True),
        ("Signed", True),
        ("Yes", True),
        ("Declined - will not sign", False),
        ("In negotiation", False),
    ],
)
def test_a_contract_that_is_not_signed_is_none(tmp_path: Path, cell: str, has_contract: bool) -> None:
    text = f"Vendor,DPA Type,DPA Status,Expires\nAdder,NDPA,{cell},6/30/2027\nHudl,NDPA,Executed,6/30/2027\n"

    found = read_text(tmp_path, text)

    assert ("adder-contract" in found.ids("agreements")) == has_contract
    assert found.rows["agreements"]["hudl-contract"]["kind"] == "ndpa"
    assert (
        has_contract or f"2:3: '{cell}' says that the contract is not signed, so there is none yet." in found.left_out
    )


def test_whether_there_is_a_contract_may_be_said_by_its_sort(tmp_path: Path) -> None:
    text = "Vendor,Data Privacy Agreement?,Data\nA Co,Yes,name\nB Co,NDPA,name\nC Co,Pending,name\nD Co,No,name\n"

    found = read_text(tmp_path, text)

    kinds = {id: row["kind"] for id, row in found.rows["agreements"].items()}
    assert kinds == {"a-contract": "dpa", "b-contract": "ndpa"}
    assert "4:2: 'Pending' says nothing yet about whether there is a contract." in found.left_out


@pytest.mark.parametrize("is_", list(meanings()))
def test_a_column_of_each_meaning_is_read_or_said(tmp_path: Path, is_: str) -> None:
    """Whatever a person writes after `is:`, and whatever stands in the cell, the plan is made."""
    text = "Vendor,Product,Mascot\nAdder,Sums,Owl\nHudl,Game,Yes\nZed,Zed,6/30/2027\n"

    found = read_text(tmp_path, text, edits={"{column: C, heading: Mascot, is: nothing}": f"{{column: C, is: {is_}}}"})

    assert found.ids("vendors")
