"""The first hour: the list that the office already has becomes a catalog, which says what to do next."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
import yaml
from openpyxl import Workbook

if TYPE_CHECKING:
    from pathlib import Path

    from tests.conftest import DataflowsIn

DISTRICT = """\
catalog: 1
district: {id: oak, name: Oak County Schools, state: MD}
schools: [{id: oak-high, name: Oak High}]
"""
ROWS = [
    ["Apps of Oak County Schools"],
    ["School year 2026-27"],
    ["App", "Company", "Website", "What it gets", "Contract ends", "Used at"],
    ["IXL", "IXL Learning", "ixl.com", "First name, Last name, Grade level", "6/30/2027", "All"],
    [
        "Zoom Meetings", "Zoom Video Communications, Inc.", "https://zoom.us",
        "Student e-mail address; Student ID number", "6/30/2026", "Oak High",
    ],
    ["Zoom Rooms", "Zoom", "zoom.us/rooms", "None", None, "Oak High"],
    ["Hudl", None, "hudl.com", "?", "TBD", None],
]  # fmt: skip


def save(path: Path, rows: list[list[Any]]) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Apps"
    for row in rows:
        sheet.append(row)
    book.save(path)


class Office:
    """A folder with a catalog and a list, and a person who runs commands in it."""

    def __init__(self, folder: Path, dataflows_in: DataflowsIn) -> None:
        self.folder = folder
        self._run = dataflows_in

    def run(self, words: str) -> tuple[str, str]:
        done = self._run(self.folder, *words.split())
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout, done.stderr

    def json(self, words: str) -> Any:
        return json.loads(self.run(f"{words} --format json")[0])

    def catalog(self) -> Any:
        return yaml.load(self.run("export -")[0], Loader=yaml.BaseLoader)  # noqa: S506  (it makes texts only)


@pytest.fixture
def office(tmp_path: Path, dataflows_in: DataflowsIn) -> Office:
    made = Office(tmp_path, dataflows_in)
    (tmp_path / "oak.yaml").write_text(DISTRICT, encoding="utf-8", newline="\n")
    save(tmp_path / "apps.xlsx", ROWS)
    made.run("init")
    made.run("apply oak.yaml")
    made.run("map-columns apps.xlsx -o map.yaml")
    return made


def test_the_map_says_what_each_column_is_and_why(office: Office) -> None:
    text = (office.folder / "map.yaml").read_text(encoding="utf-8")

    for line in (
        "headings: 3",
        '# Sure: "What it gets" is a usual heading for it, and 3 of 4 cells fit.',
        "- {column: A, heading: App, is: product}",
        "- {column: B, heading: Company, is: vendor}",
        "- {column: C, heading: Website, is: website}",
        "- {column: D, heading: What it gets, is: elements}",
        "- {column: E, heading: Contract ends, is: agreement ends}",
        "- {column: F, heading: Used at, is: schools}",
        "dates: month/day",
    ):
        assert line in text


def test_the_map_proposes_one_vendor_for_two_names_with_the_reason(office: Office) -> None:
    lines = (office.folder / "map.yaml").read_text(encoding="utf-8").splitlines()
    place = lines.index('      - "Zoom Video Communications, Inc."')

    assert lines[place - 3 : place] == [
        "  - name: Zoom",
        "    also:",
        "      # Both 'Zoom Video Communications, Inc.' and 'Zoom' have zoom.us (C5 and C6).",
    ]


def test_the_plan_has_three_vendors_and_two_flows(office: Office) -> None:
    shown, _ = office.run("plan apps.xlsx --mapping map.yaml")
    adds = office.json("plan apps.xlsx --mapping map.yaml")["adds"]

    assert [row["id"] for row in adds if row["kind"] == "vendor"] == ["ixl-learning", "zoom", "hudl"]
    assert [row["id"] for row in adds if row["kind"] == "flow"] == ["ixl", "zoom-meetings"]
    assert "+ vendor zoom  (Zoom: Zoom Meetings; Zoom Rooms (takes no student data))" in shown
    assert "+ flow zoom-meetings  (Zoom Meetings: email, student-id)" in shown


def test_what_says_nothing_is_listed_by_its_cell_and_the_rest_lands(office: Office) -> None:
    left_out = office.json("plan apps.xlsx --mapping map.yaml")["left_out"]
    _, messages = office.run("plan apps.xlsx --mapping map.yaml")

    assert [item["where"] for item in left_out] == ["Apps!D7", "Apps!E7"]
    assert "apps.xlsx: Apps!D7: '?'" in messages
    assert "apps.xlsx: Apps!E7: 'TBD'" in messages


def test_the_catalog_holds_what_the_list_says_and_guesses_nothing(office: Office) -> None:
    office.run("apply apps.xlsx --mapping map.yaml")
    catalog = office.catalog()
    vendors = {row["id"]: row for row in catalog["vendors"]}

    assert vendors["zoom"] == {
        "id": "zoom",
        "name": "Zoom",
        "aliases": ["Zoom Video Communications, Inc."],
        "domains": ["zoom.us"],
        "url": "https://zoom.us",
        "products": ["Zoom Meetings", {"name": "Zoom Rooms", "student_data": "none"}],
    }
    assert vendors["hudl"]["products"] == ["Hudl"]
    assert catalog["flows"] == [
        {
            "id": "ixl",
            "to": "ixl-learning",
            "elements": ["first-name", "grade-level", "last-name"],
            "agreement": "ixl-contract",
            "product": "IXL",
        },
        {
            "id": "zoom-meetings",
            "to": "zoom",
            "elements": ["email", "student-id"],
            "agreement": "zoom-meetings-contract",
            "product": "Zoom Meetings",
            "audience": {"schools": ["oak-high"]},
        },
    ]
    assert [row["expires"] for row in catalog["agreements"]] == ["2027-06-30", "2026-06-30"]


def test_audit_opens_with_what_to_do_next(office: Office) -> None:
    office.run("apply apps.xlsx --mapping map.yaml")

    shown, _ = office.run("audit --fail-on never")
    everything, _ = office.run("audit --fail-on never --all")

    assert "State the legal basis: 2 flows (IXL Learning, Zoom)" in shown
    assert "Ask what it takes: Hudl" in shown
    assert "Hudl" in everything


def test_a_second_plan_shows_no_change_and_a_changed_date_shows_one(office: Office) -> None:
    office.run("apply apps.xlsx --mapping map.yaml")

    same = office.json("plan apps.xlsx --mapping map.yaml")
    rows = [list(row) for row in ROWS]
    rows[4][4] = "6/30/2028"
    save(office.folder / "apps.xlsx", rows)
    later = office.json("plan apps.xlsx --mapping map.yaml")

    assert (same["adds"], same["changes"], same["removes"]) == ([], [], [])
    assert (later["adds"], later["removes"]) == ([], [])
    assert later["changes"] == [
        {"kind": "agreement", "id": "zoom-meetings-contract", "fields": {"expires": ["2026-06-30", "2028-06-30"]}}
    ]


def test_a_name_that_is_struck_out_is_a_vendor_of_its_own(office: Office) -> None:
    path = office.folder / "map.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace('      - "Zoom Video', '      # - "Zoom Video'), encoding="utf-8", newline="\n")

    adds = office.json("plan apps.xlsx --mapping map.yaml")["adds"]

    assert [row["id"] for row in adds if row["kind"] == "vendor"] == [
        "ixl-learning", "zoom-video-communications", "zoom", "hudl",
    ]  # fmt: skip
