"""`due` lists what falls due, and what is overdue."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.actions.due import find_due
from tests.snapshots import snapshot_of

GIVEN = "notices: [{id: n, kind: annual, issued: 2026-08-14}]\n"


YEARLY = ("federal-notice", "state-posting")
"""The calendar of the law, which has tests of its own."""


def due(text: str, today: str = "2026-10-01", within: int = 60) -> list[tuple]:
    items = find_due(snapshot_of(GIVEN + text, today), date.fromisoformat(today), within)
    return [(item.day.isoformat(), item.topic, item.id, item.overdue) for item in items if item.topic not in YEARLY]


VENDOR = "vendors: [{id: mathly, name: Mathly}]\n"


def agreement(fields: str, flow: str = "") -> str:
    flows = f"flows: [{{id: rosters, to: mathly, elements: [email], agreement: a, {flow}}}]\n" if flow else ""
    return f"{VENDOR}agreements: [{{id: a, vendor: mathly, kind: dpa, {fields}}}]\n{flows}"


def test_an_agreement_is_due_on_its_last_day_and_overdue_after_it_while_data_flows() -> None:
    flowing = agreement("expires: 2026-10-01", "starts: 2020-01-01")

    assert due(flowing, "2026-10-01") == [("2026-10-01", "agreement-ends", "a", False)]
    assert due(flowing, "2026-10-02") == [("2026-10-01", "agreement-ends", "a", True)]
    assert due(agreement("expires: 2026-10-01"), "2026-10-02") == []


def test_the_last_day_of_the_window_belongs_to_it() -> None:
    assert len(due(agreement("expires: 2026-11-30"), within=60)) == 1
    assert due(agreement("expires: 2026-12-01"), within=60) == []


def test_deletion_is_due_after_the_end_of_the_flow_as_the_agreement_says() -> None:
    text = agreement("expires: 2019-06-30, terms: {deletion_days: 60}", "starts: 2015-08-01, ends: 2019-06-30")

    assert due(text, "2022-05-20") == [
        ("2019-08-29", "deletion", "rosters", True),
        ("2022-06-30", "annual-notice", "oak", False),
    ]


def test_a_deletion_that_is_recorded_is_not_due_from_its_day_on() -> None:
    text = agreement(
        "terms: {deletion_days: 60}", "starts: 2015-08-01, ends: 2019-06-30, destroyed: 2022-06-10"
    )  # fmt: skip

    assert ("2019-08-29", "deletion", "rosters", True) in due(text, "2022-06-01")
    assert "deletion" not in {row[1] for row in due(text, "2022-06-10")}


def test_the_end_of_a_retention_is_due() -> None:
    text = VENDOR + "flows: [{id: f, to: mathly, elements: [email], ends: 2026-06-30, retention_days: 100}]"

    assert due(text) == [("2026-10-08", "retention-ends", "f", False)]


def test_what_comes_back_to_the_district_need_not_be_deleted() -> None:
    text = VENDOR + "flows: [{id: f, from: mathly, to: oak, elements: [email], ends: 2026-06-30, retention_days: 1}]"

    assert due(text) == []


def test_a_destruction_day_is_due_until_all_that_flowed_is_destroyed() -> None:
    text = agreement("terms: {destruction_by: 2026-09-01}", "ends: 2026-06-30")

    assert due(text) == [("2026-09-01", "destruction", "a", True)]
    assert due(text.replace("ends: 2026-06-30", "ends: 2026-06-30, destroyed: 2026-07-01")) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "district: {policies: {directory_information: {elements: [name], opt_out_by: 2026-10-15}}}",
            ("2026-10-15", "opt-out", "oak", False),
        ),
        (
            "waivers: [{rule: r, subject: s, by: Officer, why: Soon, until: 2026-09-30}]",
            ("2026-09-30", "waiver-ends", "r:s", True),
        ),
        (agreement("terms: {exhibit_e_expires: 2026-11-01}"), ("2026-11-01", "exhibit-e-ends", "a", False)),
        (agreement("", "reviewed: 2025-09-01"), ("2026-09-01", "review", "rosters", True)),
        (
            "vendors: [{id: v, name: V, products: [{name: P, reviewed_on: 2025-10-20}]}]",
            ("2026-10-20", "product-review", "v", False),
        ),
        (
            "vendors: [{id: v, name: V, seals: [{by: iKeepSafe, expires: 2026-10-20}]}]",
            ("2026-10-20", "seal-expires", "v", False),
        ),
        ("requests: [{id: q, kind: inspect, received: 2026-09-01}]", ("2026-10-16", "request", "q", False)),
        (
            "requests: [{id: q, kind: inspect, received: 2026-09-01, due: 2026-12-01}]",
            ("2026-10-16", "request", "q", False),
        ),
        (
            "requests: [{id: q, kind: copy, received: 2026-09-01, due: 2026-09-11}]",
            ("2026-09-11", "request", "q", True),
        ),
        (
            VENDOR + "incidents: [{id: i, party: mathly, discovered: 2026-09-01, hold_until: 2026-10-05}]",
            ("2026-10-05", "incident-hold", "i", False),
        ),
    ],
)
def test_each_kind_of_day_is_listed(text: str, expected: tuple) -> None:
    assert due(text) == [expected]


@pytest.mark.parametrize(
    "text",
    [
        "requests: [{id: q, kind: inspect, received: 2026-09-01, answered: 2026-09-20}]",
        VENDOR
        + "incidents: [{id: i, party: mathly, discovered: 2026-09-01, hold_until: 2026-10-05, closed: 2026-09-30}]",
        "vendors: [{id: v, name: V, products: [{name: P, status: retired, reviewed_on: 2020-10-20}]}]",
        "vendors: [{id: v, name: V, seals: [{by: X, expires: 2020-01-01}, {by: X, expires: 2030-01-01}]}]",
        "district: {policies: {directory_information: {elements: [name], opt_out_by: 2026-09-30}}}",
    ],
)  # fmt: skip
def test_what_was_met_or_has_no_more_use_is_not_listed(text: str) -> None:
    assert due(text) == []


def annual(text: str, today: str) -> list[tuple]:
    items = find_due(snapshot_of(text, today), date.fromisoformat(today), 0)
    return [(item.day.isoformat(), item.citation, item.overdue) for item in items if item.topic == "annual-notice"]


def test_the_annual_notice_is_due_in_every_school_year() -> None:
    assert annual("", "2026-10-01") == [("2027-06-30", "99.7(a)(1)", False)]
    assert annual(GIVEN, "2026-10-01") == []
    assert annual(GIVEN, "2027-07-01") == [("2028-06-30", "99.7(a)(1)", False)]


def test_a_notice_given_in_summer_for_the_next_year_counts_for_that_one() -> None:
    text = "notices: [{id: n, kind: annual, issued: 2026-06-20, school_year: 2026-27}]"

    assert annual(text, "2026-06-25") == [("2026-06-30", "99.7(a)(1)", False)]
    assert annual(text, "2026-10-01") == []


def test_after_the_last_day_of_school_the_annual_notice_is_overdue() -> None:
    text = 'district: {school_year: {starts: "08-20", ends: "06-10"}}'

    assert annual(text, "2026-07-01") == [("2026-06-10", "99.7(a)(1)", True)]


def test_items_come_by_day() -> None:
    text = agreement("expires: 2026-10-20, terms: {destruction_by: 2026-10-05}")

    assert [row[0] for row in due(text)] == ["2026-10-05", "2026-10-20"]
