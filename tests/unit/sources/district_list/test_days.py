"""Days as people type them, read in the order that the sheet itself shows."""

from __future__ import annotations

import pytest

from dataflows.sources.district_list.days import find_order, read_day


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("6/30/2027", "2027-06-30"),
        ("06-30-27", "2027-06-30"),
        ("June 30, 2027", "2027-06-30"),
        ("30 Jun 2027", "2027-06-30"),
        ("2027-6-30", "2027-06-30"),
        ("June 14, 2021 at 5:00:00 AM", "2021-06-14"),
        ("6/30/2027 12:00 PM", "2027-06-30"),
    ],
)
def test_a_typed_day_is_read(text: str, day: str) -> None:
    assert read_day(text, "month/day").day == day


@pytest.mark.parametrize("text", ["2/30/2027", "30/6/2027", "next June", "2027", "6/30", "6/30/1027", "1/2/3/2027"])
def test_what_is_no_day_is_said_and_not_mended(text: str) -> None:
    found = read_day(text, "month/day")

    assert found.day is None
    assert text in found.fault


def test_a_sheet_shows_its_order_by_a_day_above_twelve() -> None:
    found = find_order(["5/6/2027", "6/30/2027"])

    assert found == ("month/day", "'6/30/2027' can be nothing else")


def test_without_such_a_day_the_month_is_first_as_in_the_united_states() -> None:
    found = find_order(["5/6/2027"])

    assert found is not None
    assert found.order == "month/day"


@pytest.mark.parametrize("others", [["13/6/2027"], ["13/6/2027", "6/30/2027"]])
def test_where_a_day_comes_first_what_may_be_either_is_refused(others: list[str]) -> None:
    found = find_order(others)

    assert found is not None
    assert found.order == "not clear"
    assert read_day("5/6/2027", found.order).is_ambiguous
    assert read_day("13/6/2027", found.order).day == "2027-06-13"
    assert read_day("6/6/2027", found.order).day == "2027-06-06"
    assert read_day("5/6/2027", "day/month").day == "2027-06-05"
