"""`due` lists what federal law and the district's state want posted or sent, until something shows that it was done."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

import pytest

from dataflows.actions.due import find_due
from dataflows.actions.icalendar import format_ics
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from dataflows.model.due import Due

SHARED = """
vendors: [{id: mathly, name: Mathly}]
agreements: [{id: a, vendor: mathly, kind: dpa, signed: 2026-09-20, effective: 2026-09-20}]
flows: [{id: f, to: mathly, elements: [email], agreement: a, starts: 2020-08-01}]
"""


def state_days(state: str, text: str = SHARED, today: str = "2026-09-25", within: int = 400) -> list[Due]:
    snapshot = snapshot_of(f"district: {{state: {state}}}\n{text}", today)
    return [item for item in find_due(snapshot, date.fromisoformat(today), within) if item.topic == "state-posting"]


def told(items: list[Due]) -> list[tuple[str, str, bool, bool]]:
    return [(item.day.isoformat(), item.part, item.overdue, item.certain) for item in items]


def federal_days(text: str, today: str) -> list[tuple[str, str, bool]]:
    items = find_due(snapshot_of(text, today), date.fromisoformat(today), 60)
    return [(item.day.isoformat(), item.part, item.overdue) for item in items if item.topic == "federal-notice"]


def test_the_other_notices_of_federal_law_are_listed_until_one_is_recorded() -> None:
    """Those without a month are listed all year; the one of the beginning of school when it is near, or missed."""
    owed = (
        "district: {policies: {directory_information: {elements: [name]}}}\nschools: [{id: hs, name: H, grades: 9-12}]"
    )
    of_the_year = [("2027-06-30", "directory 2026-27", False), ("2027-06-30", "recruiters 2026-27", False)]

    assert federal_days(owed, "2026-10-01") == [("2026-09-01", "ppra 2026-27", True), *of_the_year]
    given = "notices: [" + ", ".join(
        f"{{id: {kind}, kind: {kind}, issued: 2026-08-14}}" for kind in ("ppra", "directory", "recruiters")
    )
    assert federal_days(f"{owed}\n{given}]", "2026-10-01") == []
    assert federal_days(f"{owed}\n{given}]", "2027-06-20") == []
    assert ("2027-09-01", "ppra 2027-28", False) in federal_days(f"{owed}\n{given}]", "2027-07-04")


def test_a_district_owes_only_the_notices_of_what_it_does() -> None:
    kindergarten = "schools: [{id: k, name: K, grades: K-5}]"

    assert [part for _day, part, _late in federal_days(kindergarten, "2026-10-01")] == ["ppra 2026-27"]
    assert "recruiters 2026-27" not in {
        part for _day, part, _late in federal_days("district: {esea: false}\n", "2026-10-01")
    }


def test_a_day_of_the_year_is_listed_with_its_citation_and_how_sure_it_is() -> None:
    [item] = [item for item in state_days("OH", today="2026-07-15", within=30) if not item.overdue]

    assert (item.day, item.citation, item.certain) == (date(2026, 8, 1), "R.C. 3319.326(G)", True)
    assert "curriculum" in item.what
    assert ("2027-07-01", "md-digital-tools", False, False) in told(state_days("MD"))
    assert "not certain" in state_days("MD")[-1].what


def test_a_day_counted_from_the_beginning_of_school_follows_the_districts_year() -> None:
    year = "district: {state: MN, school_year: {starts: 08-25, ends: 06-10}}\n"
    snapshot = snapshot_of(year + SHARED, "2026-09-01")
    found = [item for item in find_due(snapshot, date(2026, 9, 1), 60) if item.topic == "state-posting"]

    assert told(found)[-1] == ("2026-09-24", "mn-annual-contracts", False, True)


def test_what_was_given_is_not_listed_again_and_the_next_day_is() -> None:
    given = "notices: [{id: n, kind: oh-annual-contracts, issued: 2026-07-20}]\n"

    assert [row for row in told(state_days("OH")) if row[1] == "oh-annual-contracts"] == [
        ("2026-08-01", "oh-annual-contracts", True, True),
        ("2027-08-01", "oh-annual-contracts", False, True),
    ]
    assert [row for row in told(state_days("OH", given + SHARED)) if row[1] == "oh-annual-contracts"] == [
        ("2027-08-01", "oh-annual-contracts", False, True)
    ]


@pytest.mark.parametrize(
    ("state", "day"),
    [("IL", "2026-09-30"), ("CT", "2026-09-25")],  # ten days of the calendar; five business days from a Sunday
)
def test_a_signed_contract_is_due_for_posting_until_it_is_posted(state: str, day: str) -> None:
    posted = SHARED.replace("kind: dpa,", "kind: dpa, posted_on: 2026-09-22,")

    assert day in [item.day.isoformat() for item in state_days(state) if item.kind == "agreement"]
    assert [item for item in state_days(state, posted) if item.kind == "agreement"] == []


def test_what_no_row_can_record_is_listed_while_it_is_to_come() -> None:
    assert ("2026-10-01", "ut-october", False, True) in told(state_days("UT"))
    assert ("2027-10-01", "ut-october", False, True) in told(state_days("UT", today="2026-10-02"))


def test_the_middle_of_the_school_year_is_a_day_too() -> None:
    assert "co-on-demand-middle" in [item.part for item in state_days("CO")]


def test_a_district_that_shares_nothing_has_no_contracts_to_tell_of() -> None:
    assert "oh-annual-contracts" not in [item.part for item in state_days("OH", "")]


def test_a_state_without_a_file_has_no_days() -> None:
    assert state_days("ND") == []


def test_state_days_are_in_the_calendar_file() -> None:
    text = format_ics(state_days("OH"), district="oak", name="Oak", stamped=datetime(2026, 9, 25, 12, tzinfo=UTC))

    assert "CATEGORIES:state-posting" in text
    assert "DTSTART;VALUE=DATE:20270801" in text
