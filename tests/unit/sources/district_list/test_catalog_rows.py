"""Rows of a district's list as rows of ours: what the list says, no more, and every cell accounted for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.errors import InputError
from dataflows.sources.district_list.known import Known
from dataflows.sources.district_list.map_reader import read_mapping
from dataflows.sources.district_list.mapped_file import MappedFile
from dataflows.sources.district_list.propose import propose_mapping
from tests.unit.sources.district_list.lists import propose, read, read_text, write

if TYPE_CHECKING:
    from pathlib import Path

OAK = Known(names=(("school", "Oak High", "oak-high"), ("school", "Elm School", "elm")), district="oak")


def test_a_row_says_what_it_says_and_nothing_more(tmp_path: Path) -> None:
    found = read_text(tmp_path, "App,What it gets\nIXL,First name\n")

    assert found.rows == {
        "vendors": {"ixl": {"id": "ixl", "name": "IXL", "products": ["IXL"]}},
        "flows": {"ixl": {"id": "ixl", "to": "ixl", "elements": ["first-name"], "product": "IXL"}},
    }


@pytest.mark.parametrize(
    "word", ["None", "none.", "No student data", "No PII collected", "Does not collect student data"]
)
def test_none_is_a_product_that_takes_no_data(tmp_path: Path, word: str) -> None:
    found = read_text(tmp_path, f"App,What it gets\nIXL,{word}\nZoom,name\n")

    assert found.rows["vendors"]["ixl"]["products"] == [{"name": "IXL", "student_data": "none"}]
    assert found.ids("flows") == ["zoom"]
    assert found.left_out == []


@pytest.mark.parametrize("word", ["?", "TBD", "n/a", "--", "unknown", "Pending", "see contract"])
def test_words_that_say_nothing_are_listed_and_leave_nothing(tmp_path: Path, word: str) -> None:
    found = read_text(tmp_path, f"App,What it gets,Contract ends\nIXL,{word},{word}\nZoom,name,6/30/2027\n")

    assert found.rows["vendors"]["ixl"]["products"] == ["IXL"]
    assert [place.partition(" ")[0] for place in found.left_out] == ["2:2:", "2:3:"]


def test_every_filled_cell_is_read_or_listed(tmp_path: Path) -> None:
    """The two lists of places together are all cells of the table."""
    found = read_text(
        tmp_path,
        "App,What it gets,Contract ends,Cost,Grades,Website\n"
        "IXL,Shoe size,someday,$5,all the small ones,not yet\n"
        ",name,,,,\n"
        "Updated in August,,,,,\n"
        "Zoom,name,6/30/2027,,K-5,zoom.us\n",
    )

    assert [place.partition(" ")[0] for place in found.left_out] == [
        "1:4:", "2:2:", "2:3:", "2:5:", "2:6:", "3:2:", "4:1:",
    ]  # fmt: skip


def test_schools_are_found_by_name_and_an_unknown_one_limits_nothing(tmp_path: Path) -> None:
    text = (
        "App,What it gets,Used at\nA,name,Oak High\nB,name,Oak High; Elm School\nC,name,all schools\n"
        "D,name,Oak High and Ash High\n"
    )
    found = read_text(tmp_path, text, OAK)

    assert [flow.get("audience") for flow in found.rows["flows"].values()] == [
        {"schools": ["oak-high"]}, {"schools": ["elm", "oak-high"]}, None, None,
    ]  # fmt: skip
    assert found.left_out == [
        (
            "5:3: The catalog has no school called 'Ash High', so the flow counts for all schools."
            " Add the schools first, and plan again."
        )
    ]


def test_rows_of_one_product_that_differ_in_schools_only_are_one_flow(tmp_path: Path) -> None:
    text = "App,What it gets,Used at\nA,name,Oak High\nA,name,Elm School\nA,email,Elm School\n"
    flows = read_text(tmp_path, text, OAK).rows["flows"]

    assert flows["a"]["audience"] == {"schools": ["elm", "oak-high"]}
    assert flows["a-2"]["elements"] == ["email"]


def test_two_vendors_with_a_product_of_one_name_have_flows_of_their_own(tmp_path: Path) -> None:
    found = read_text(tmp_path, "App,Vendor,Data shared,Expires\nMath,Acme,name,6/30/2027\nMath,Best,name,6/30/2027\n")

    assert found.ids("flows") == ["math", "best-math"]
    assert found.ids("agreements") == ["math-contract", "best-math-contract"]


def test_what_is_known_of_a_vendor_stays(tmp_path: Path) -> None:
    body = {
        "id": "zoom-us", "name": "Zoom", "url": "https://zoom.us/home", "aliases": ["Z"],
        "products": [{"name": "Meetings", "conditions": "Staff only"}, "Phone"],
    }  # fmt: skip
    known = Known(names=(("vendor", "Zoom", "zoom-us"),), vendors={"zoom-us": body})
    found = read_text(tmp_path, "App,Company,Website,Grades\nMeetings,zoom,zoom.us,6-8\nRooms,zoom,zoom.us,\n", known)

    assert found.rows["vendors"] == {
        "zoom-us": {
            "id": "zoom-us",
            "aliases": ["Z"],
            "domains": ["zoom.us"],
            "products": [{"name": "Meetings", "conditions": "Staff only", "grades": "6-8"}, "Phone", "Rooms"],
        }
    }


def test_a_legal_basis_is_taken_where_the_list_names_one_and_the_second_is_listed(tmp_path: Path) -> None:
    text = (
        "App,Data shared,Legal authority\nA,name,school official\nB,name,34 CFR 99.31(a)(6)\n"
        "C,name,34 CFR 99.31(a)(3) and 99.31(a)(6)\nD,name,the law\n"
    )
    found = read_text(tmp_path, text)

    assert [flow.get("legal_basis") for flow in found.rows["flows"].values()] == [
        "99.31(a)(1)(i)(B)", "99.31(a)(6)", "99.31(a)(3)", None,
    ]  # fmt: skip
    assert found.left_out == [
        "4:3: The row names a second legal basis, 99.31(a)(6); there can be one, and 99.31(a)(3) was taken.",
        "5:3: 'the law' names no legal basis, so none was taken.",
    ]


def test_a_state_posting_with_recipients_makes_parties_and_vendors(tmp_path: Path) -> None:
    text = (
        "| Agreement Number | Data Recipients | Description | End Date |\n|---|---|---|---|\n"
        "| X1 | State Department of Labor; Acme, Inc | A study. | 12/31/2027 |\n"
    )
    found = read(write(tmp_path, text, "posting.md"))

    assert found.ids("vendors") == ["acme"]
    assert found.rows["parties"]["state-department-of-labor"]["kind"] == "agency"
    assert [row["number"] for row in found.rows["agreements"].values()] == ["X1", "X1"]


def test_dates_in_both_orders_are_refused_by_cell_until_the_mapping_says_which(tmp_path: Path) -> None:
    text = "App,Contract ends\nA,13/6/2027\nB,5/6/2027\n"
    unsure = read_text(tmp_path, text)
    sure = read_text(tmp_path, text, edits={"dates: not clear": "dates: day/month"})

    assert [problem[:53] for problem in unsure.problems] == ["3:2: '5/6/2027' may be 2027-05-06 or 2027-06-05. Say "]
    assert [row["expires"] for row in sure.rows["agreements"].values()] == ["2027-06-13", "2027-06-05"]


def test_a_social_security_number_is_refused_and_not_shown(tmp_path: Path) -> None:
    found = read_text(tmp_path, "App,Data shared,Purpose\nA,name,219-09-9999\n")

    assert [problem[:30] for problem in found.problems] == ["2:3: The cell holds what is wr"]
    assert "219" not in "".join([*found.problems, *found.left_out])


STUDENTS = [
    "Student Name,Birthday\nJane Roe,1/2/2014\n",
    "Last,First,DOB,Grade\nRoe,Jane,1/2/2014,5\nDoe,John,1/3/2014,5\n",
    '"Roe, Jane",1/2/2014\n"Doe, John",3/4/2013\n',
    "App,Teacher,Birth date\nIXL,Roe,1/2/2014\nZoom,Doe,1/3/2014\n",
    "Software,Student ID\nIXL,100234\nZoom,100235\n",
    "My class\nName,Grade\nJane Roe,5\n",
]


@pytest.mark.parametrize("text", STUDENTS)
def test_a_list_of_students_is_refused_and_no_name_is_shown(tmp_path: Path, text: str) -> None:
    with pytest.raises(InputError) as refused:
        propose(tmp_path, text)

    said = "".join(map(str, refused.value.problems))
    assert "looks like a list of students" in said
    for name in ("Roe", "Jane", "Doe", "2014"):
        assert name not in said


@pytest.mark.parametrize(
    "text",
    [
        "Name,Grade,Website\nIXL,K-5,ixl.com\n",
        "App,Vendor,Name,Birthdate,Student ID Number\nIXL,IXL Learning,x,x,\n",
        'App,What it gets\nIXL,"Name, Birthdate"\n',
        "App,Contract ends\nIXL,1/2/2014\nZoom,1/3/2014\n",
        'App,Company,Contract ends\nIXL,"IXL, Inc.",1/2/2014\nZoom,"Zoom, Jones",1/3/2014\n',
    ],
)
def test_a_list_of_apps_is_none(tmp_path: Path, text: str) -> None:
    assert "is: product" in propose(tmp_path, text)


def test_a_column_that_moved_is_found_by_its_heading_and_one_that_is_gone_is_named(tmp_path: Path) -> None:
    path = write(tmp_path, "App,What it gets\nIXL,name\n")
    read(path)
    mapping = read_mapping(str(tmp_path / "map.yaml"))
    write(tmp_path, "Title\nNew,App,What it gets\nx,IXL,name\n")
    moved = MappedFile(str(path), mapping)
    rows = [row.tree for row in moved.rows()]
    write(tmp_path, "App,Mascot\nIXL,name\n")
    gone = MappedFile(str(path), mapping)

    assert [row["id"] for row in rows] == ["ixl", "ixl"]
    assert list(gone.rows())
    assert "The column 'What it gets' (B) of the mapping is not there any more." in str(gone.problems[0])


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ("is: product", "is: produkt", "4:3: A column can't be 'produkt'. Did you mean 'product'?"),
        ("dates: month/day", "dates: us", "Dates can't be read as 'us'."),
        ("headings: 1", "headings: top", "'top' is no row."),
        ("map: 1", "map: 2", "no mapping that this program reads"),
        ("column: A", "column: 1", "The line names no column."),
        ("agreement_kind: contract", "agreement_kind: deal", "There is no kind of agreement 'deal'."),
        ("vendors: []", "vendor: []", "There is no field 'vendor' here. Did you mean 'vendors'?"),
        ("sheets:", "sheets: [", "no YAML that can be read"),
    ],
)
def test_a_fault_in_the_mapping_is_named_with_its_line(tmp_path: Path, old: str, new: str, message: str) -> None:
    with pytest.raises(InputError) as refused:
        read_text(tmp_path, "App,Contract ends\nA,6/30/2027\n", edits={old: new})

    assert any(
        message.partition(": ")[2] in str(problem) or message in str(problem) for problem in refused.value.problems
    )
    assert all(problem.location.line for problem in refused.value.problems)


def test_a_proposal_reads_back_as_itself(tmp_path: Path) -> None:
    text = 'App,Vendor,Contract ends,Birthdate\nA,"Zoom, Inc.",6/30/2027,x\nB,Zoom,6/30/2027,\n'
    path = write(tmp_path, text)
    proposed = propose_mapping(str(path))
    read(path)
    back = read_mapping(str(tmp_path / "map.yaml"))

    assert [(c.column, c.heading, c.is_) for c in back.sheets[0].columns] == [
        (c.column, c.heading, c.is_) for c in proposed.sheets[0].columns
    ]
    assert [(v.name, [o.name for o in v.also]) for v in back.vendors] == [
        (v.name, [o.name for o in v.also]) for v in proposed.vendors
    ]
    assert (back.agreement_kind, back.sheets[0].dates) == (proposed.agreement_kind, proposed.sheets[0].dates)


def test_the_names_of_staff_are_left_out_with_their_place(tmp_path: Path) -> None:
    found = read_text(tmp_path, "Vendor,Product,Student data\nKahoot AS,Kahoot!,student & teacher email\n")

    assert found.left_out == ["2:3: 'teacher email' speaks of staff, whose data is no student's, so it was not read."]


@pytest.mark.parametrize(
    "note",
    [
        "Special Note: the following are pending review",
        "Companies that have not signed yet",
        "Nota: los siguientes faltan",
        "Apps awaiting approval",
    ],
)
@pytest.mark.parametrize("name", ["Boom Cards", "Kids Are Reading", "Note-taking Pro", "Teachers Pay Teachers"])
def test_a_row_that_is_a_sentence_is_no_vendor(tmp_path: Path, note: str, name: str) -> None:
    rows = ("IXL,name", f"{note},", f"{name},")

    found = read_text(tmp_path, "\n".join(("Vendor,Student data", *rows, "Kahoot AS,email", "")))

    assert [row["name"] for row in found.rows["vendors"].values()] == ["IXL", name, "Kahoot AS"]
    assert found.left_out[0] == f"3:1: {note!r} stands between the rows, so it was not read."
