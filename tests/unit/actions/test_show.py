"""`show` puts together everything about one row."""

from __future__ import annotations

import json

import pytest

from dataflows.actions.show import find_subjects, show
from dataflows.errors import UnknownIdError
from tests.snapshots import snapshot_of

CATALOG = """
district:
  contacts: [{role: opt_out, title: Registrar}]
  regulations: [{id: igt-ra, title: {en: Responsibilities, es: Responsabilidades}}]
schools: [{id: elm, name: Elm, grades: K-5, enrollment: 88}, {id: high, name: High}]
elements: [{id: lunch-pin, name: Lunch PIN, category: student-identifiers, sensitivity: high}]
vendors:
  - {id: zoom, name: Zoom, domains: [zoom.us], products: [Zoom Meetings]}
  - {id: aws, name: Amazon}
  - {id: old, name: Old Co}
parties: [{id: msde, name: State Department, kind: agency}]
agreements:
  - id: zoom-2020
    vendor: zoom
    kind: dpa
    expires: 2027-06-30
    schedule: [email]
    subprocessors: [aws]
    terms: {deletion_days: 60, direct_control: yes}
flows:
  - id: zoom
    to: zoom
    elements: [name, email]
    purpose: Accounts
    agreement: zoom-2020
    audience: {schools: [elm]}
    opt_out: {allowed: yes, contact: opt_out}
  - {id: hosting, from: zoom, to: aws, elements: [email, first-name]}
  - {id: gone, to: zoom, elements: [ssn], ends: 2020-01-01}
  - {id: old-flow, to: old, elements: [email], ends: 2019-06-30, retention_days: 3653}
releases: [{id: r1, flow: zoom, date: 2026-02-01, interest: Study}]
waivers: [{rule: lapsed-agreement, subject: hosting, by: Officer, why: Soon, until: 2026-12-31}]
incidents:
  - {id: i1, party: zoom, discovered: 2026-01-01, elements: [email]}
  - {id: i2, party: zoom, discovered: 2025-01-01, closed: 2025-02-01}
requests: [{id: q1, kind: inspect, received: 2026-09-01}]
notices: [{id: n1, kind: annual, issued: 2026-08-14}]
monitoring: [{id: m1, device: Chromebook, features: [web], purpose: Safety}]
"""


def one(word: str):
    [shown] = show(snapshot_of(CATALOG), word)
    return shown.to_json()


def test_one_word_may_be_a_vendor_and_a_flow() -> None:
    snapshot = snapshot_of(CATALOG)

    assert find_subjects(snapshot, "zoom") == [("vendor", "zoom"), ("flow", "zoom")]
    assert [shown.kind for shown in show(snapshot, "zoom")] == ["vendor", "flow"]
    assert find_subjects(snapshot, "flow/zoom") == [("flow", "zoom")]
    assert find_subjects(snapshot, "party/zoom") == [("vendor", "zoom")]


def test_a_vendor_has_its_fields_flows_agreements_subprocessors_and_elements() -> None:
    zoom = one("vendor/zoom")

    assert list(zoom["fields"]) == ["id", "name", "domains", "products"]
    assert [row["flow"] for row in zoom["flows_in"]] == ["zoom"]
    assert [(row["flow"], row["state"]) for row in zoom["flows_in_other"]] == [("gone", "ended")]
    assert [row["flow"] for row in zoom["flows_out"]] == ["hosting"]
    assert [row["agreement"] for row in zoom["agreements"]] == ["zoom-2020"]
    assert [(row["party"], row["elements"]) for row in zoom["subprocessors"]] == [("aws", ["email", "first-name"])]
    assert [(row["element"], row["path"]) for row in zoom["elements"]] == [
        ("email", ["oak", "zoom"]), ("name", ["oak", "zoom"]),
    ]  # fmt: skip
    assert zoom["retained"] == [{"elements": ["ssn"], "flow": "gone", "last_given": "2020-01-01", "until": None}]
    assert [row["incident"] for row in zoom["open_incidents"]] == ["i1"]


def test_a_subprocessor_shows_the_chain_by_which_it_holds() -> None:
    aws = one("aws")

    assert {row["element"]: row["path"] for row in aws["elements"]} == {
        "email": ["oak", "zoom", "aws"],
        "first-name": ["oak", "zoom", "aws"],
    }
    assert [row["as"] for row in aws["agreements"]] == ["allowed subprocessor"]


def test_a_vendor_that_left_shows_what_it_may_still_keep() -> None:
    old = one("old")

    assert old["elements"] == []
    assert old["retained"][0]["until"] == "2029-06-30"


def test_an_agreement_shows_its_terms_by_name_and_what_flows_under_it() -> None:
    agreement = one("zoom-2020")

    assert agreement["fields"]["terms.deletion_days"] == 60
    assert agreement["fields"]["terms.direct_control"] is True
    assert [row["flow"] for row in agreement["flows"]] == ["zoom"]


def test_an_element_shows_who_has_it_and_what_carries_it() -> None:
    first_name = one("first-name")

    assert [row["party"] for row in first_name["holders"]] == ["zoom", "aws"]
    assert [row["flow"] for row in first_name["flows"]] == ["hosting", "zoom"]
    assert one("email")["retained"][0]["party"] == "old"


def test_an_element_of_the_district_is_an_element_too() -> None:
    assert one("lunch-pin")["fields"]["sensitivity"] == "high"


def test_a_school_shows_the_flows_that_concern_it() -> None:
    assert [row["flow"] for row in one("elm")["flows"]] == ["hosting", "zoom"]
    assert [row["flow"] for row in one("high")["flows"]] == ["hosting"]


def test_a_flow_shows_its_ends_releases_and_waivers() -> None:
    flow = one("flow/zoom")

    assert flow["fields"]["opt_out.allowed"] is True
    assert [row["release"] for row in flow["releases"]] == ["r1"]
    assert [row["party"] for row in flow["parties"]] == ["oak", "zoom"]
    assert [row["rule"] for row in one("hosting")["waivers"]] == ["lapsed-agreement"]


@pytest.mark.parametrize(
    "word", ["oak", "students", "msde", "opt_out", "igt-ra", "r1", "i2", "q1", "n1", "m1", "lapsed-agreement:hosting"]
)
def test_a_row_of_every_list_can_be_shown(word: str) -> None:
    shown = one(word)

    assert shown["id"] == word
    assert json.loads(json.dumps(shown)) == shown


def test_labels_are_plain_words() -> None:
    [shown] = show(snapshot_of(CATALOG), "zoom-2020")

    assert [field.label for field in shown.fields if field.name.startswith("terms")] == [
        "Terms: direct control",
        "Terms: deletion days",
    ]


def test_an_unknown_id_is_answered_with_the_nearest_one() -> None:
    with pytest.raises(UnknownIdError, match=r"There is no entry called 'zoomm'\. Did you mean 'zoom'\?"):
        show(snapshot_of(CATALOG), "zoomm")
    with pytest.raises(UnknownIdError, match="There is no vendor called 'hosting'"):
        show(snapshot_of(CATALOG), "vendor/hosting")
