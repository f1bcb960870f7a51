"""`breach` says what was exposed, whom it concerns, and every deadline, each from its own trigger."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime
from typing import Any

import pytest
import yaml

from dataflows.actions.breach import Asked, find_breach, incident_file
from dataflows.errors import UnknownIdError, UsageError
from dataflows.law.state_law import known_states
from tests.snapshots import snapshot_of

DAY = "2026-09-15"
ASKED = Asked(
    occurred_from=date(2026, 8, 20),
    occurred_to=date(2026, 9, 1),
    vendor_discovered=date(2026, 9, 1),
    vendor_notified=datetime.fromisoformat("2026-09-04T15:30"),
    discovered=datetime.fromisoformat("2026-09-04T15:30"),
    determined=date(2026, 9, 8),
)
VENDOR = "vendors: [{id: mathly, name: Mathly}, {id: cloud, name: Cloud}]\n"
WITH_SSN = "flows: [{id: f, to: mathly, elements: [name, ssn]}]\n"
PLAIN = "flows: [{id: f, to: mathly, elements: [student-work]}]\n"


def ask(text: str, asked: Asked = ASKED, *, state: str = "MD", day: str = DAY, party: str = "mathly") -> dict[str, Any]:
    snapshot = snapshot_of(f"district: {{state: {state}}}\n{VENDOR}{text}", day)
    return find_breach(snapshot, party, asked).to_json()


def deadlines(text: str, asked: Asked = ASKED, **words: str) -> dict[str, tuple[str | None, int | None]]:
    """Return due and missed by basis."""
    return {row["basis"]: (row["due"], row["missed_by"]) for row in ask(text, asked, **words)["deadlines"]}


@pytest.mark.parametrize(
    ("state", "basis", "due"),
    [
        ("NY", "8 NYCRR 121.10(a)", ("2026-09-08", None)),
        ("NY", "N.Y. Gen. Mun. Law 995-b", ("2026-09-07T15:30", 8)),
        ("NY", "8 NYCRR 121.10(b)", ("2026-09-14", 1)),
        ("IL", "105 ILCS 85/15(5)", ("2026-10-08", None)),
        ("IL", "105 ILCS 85/27(d)", ("2026-10-04", None)),
        ("CT", "C.G.S. 10-234dd", ("2026-10-31", None)),
        ("MD", "Md. Code, Com. Law 14-3504(c)", ("2026-09-11", None)),
        ("CO", "C.R.S. 24-73-103(2)", ("2026-10-08", None)),
        ("UT", "Utah Code 53G-8-903(2)(a)", ("2026-09-05T15:30", 10)),
        ("PA", "73 P.S. 2303", ("2026-09-17", None)),
        ("OH", "R.C. 9.64", ("2026-10-04", None)),
        ("WA", "RCW 42.56.590", ("2026-10-04", None)),
        ("VA", "Va. Code 2.2-5514", ("2026-09-05T15:30", 10)),
        ("FL", "F.S. 501.171(4)", ("2026-10-04", None)),
        ("LA", "La. R.S. 51:3074", ("2026-11-03", None)),
        ("TX", "Tex. Bus. & Com. Code 521.053(b)", ("2026-11-07", None)),
        ("CA", "Cal. Civ. Code 1798.82(a)(2)", ("2026-10-01", None)),
    ],
)
def test_each_state_has_its_clocks(state: str, basis: str, due: tuple[str, int | None]) -> None:
    assert deadlines(WITH_SSN, state=state)[basis] == due


def test_connecticuts_two_business_days_leave_out_the_weekend_and_labor_day_and_say_so() -> None:
    found = ask(PLAIN, state="CT")
    [row] = [row for row in found["deadlines"] if "website" in row["notify"]]

    assert row["due"] == "2026-09-09"
    assert row["left_out"] == ["2026-09-07 Labor Day"]


def test_only_the_student_data_clocks_run_where_no_element_of_the_general_law_was_there() -> None:
    laws = {row["law"] for row in ask(PLAIN, state="NY")["deadlines"]}

    assert laws == {"student", "cyber"}
    assert {row["law"] for row in ask(WITH_SSN, state="NY")["deadlines"]} == {"student", "cyber", "general"}


@pytest.mark.parametrize(
    ("state", "elements", "because"),
    [
        ("PA", "[name, ssn]", ["ssn"]),
        ("PA", "[ssn]", []),
        ("PA", "[name, health]", []),
        ("GA", "[name, health]", ["health"]),
        ("GA", "[username, password]", ["password", "username"]),
        ("GA", "[username]", []),
        ("MD", "[name, local-student-id]", ["local-student-id"]),
        ("MD", "[name, student-id]", ["student-id"]),
        ("MD", "[local-student-id]", []),
        ("GA", "[name, local-student-id]", []),
        ("FL", "[first-name, geolocation]", ["geolocation"]),
        ("OH", "[name, biometric]", []),
        ("MD", "[biometric]", ["biometric"]),
    ],
)
def test_the_general_law_is_started_by_its_elements(state: str, elements: str, because: list[str]) -> None:
    rows = ask(f"flows: [{{id: f, to: mathly, elements: {elements}}}]", state=state)["deadlines"]

    assert sorted({id for row in rows for id in row["because"]}) == because
    assert any(row["law"] == "general" for row in rows) == bool(because)


def test_a_law_newer_than_the_breach_is_not_applied_even_when_asked_later() -> None:
    asked = Asked(occurred_from=date(2025, 1, 1), vendor_notified=date(2025, 1, 7))

    assert "N.Y. Gen. Mun. Law 995-b" not in deadlines(PLAIN, asked, state="NY", day="2026-09-15")


def test_the_contracts_clock_starts_as_the_contract_says() -> None:
    terms = "agreements: [{{id: a, vendor: mathly, kind: dpa, terms: {{breach_notice_hours: 72{}}}}}]\n"

    for starts, due, certain in (
        (", breach_starts: discovery", "2026-09-04", True),
        (", breach_starts: determination", "2026-09-11", True),
        (", breach_starts: confirmation", "2026-09-11", True),
        ("", "2026-09-04", False),
    ):
        rows = ask(PLAIN + terms.format(starts))["deadlines"]
        assert [(row["due"], row["certain"]) for row in rows if row["law"] == "contract"] == [(due, certain)]


def test_a_contract_that_starts_at_determination_has_no_day_until_that_is_known() -> None:
    promised = "{breach_notice_hours: 72, breach_starts: confirmation}"
    terms = f"agreements: [{{id: a, vendor: mathly, kind: dpa, terms: {promised}}}]\n"
    asked = Asked(occurred_from=date(2026, 8, 20), vendor_discovered=date(2026, 9, 1))
    [row] = [row for row in ask(PLAIN + terms, asked)["deadlines"] if row["law"] == "contract"]

    assert (row["due"], row["missed_by"], row["starts_from"]) == (None, None, "vendor_determination")


def test_an_agreement_that_had_ended_is_listed_for_the_data_it_left_and_is_not_certain() -> None:
    text = """
agreements:
  - id: old
    vendor: mathly
    kind: dpa
    expires: 2021-06-30
    terms: {breach_notice_hours: 24, breach_starts: discovery}
  - {id: gone, vendor: mathly, kind: dpa, expires: 2020-06-30, terms: {breach_notice_hours: 24}}
flows: [{id: f, to: mathly, elements: [email], ends: 2021-06-30, agreement: old}]
"""
    found = ask(text)

    assert found["agreements"] == ["old"]
    assert [row["certain"] for row in found["deadlines"] if row["law"] == "contract"] == [False]


def test_a_vendor_that_told_nobody_is_late_by_the_day_asked_about() -> None:
    asked = Asked(occurred_from=date(2026, 8, 20), vendor_discovered=date(2026, 9, 1), discovered=date(2026, 9, 2))

    assert deadlines(PLAIN, asked, state="NY")["8 NYCRR 121.10(a)"] == ("2026-09-08", 7)


def test_the_earlier_of_the_districts_own_discovery_and_the_vendors_notice_starts_the_report() -> None:
    asked = Asked(discovered=date(2026, 9, 2), vendor_notified=date(2026, 9, 9))

    assert deadlines(PLAIN, asked, state="NY")["8 NYCRR 121.10(d)"] == ("2026-09-12", 3)
    assert "8 NYCRR 121.10(b)" not in deadlines(PLAIN, asked, state="NY")


def test_an_agency_has_no_vendors_clock() -> None:
    text = "parties: [{id: board, name: Board, kind: agency}]\nflows: [{id: f, to: board, elements: [name, ssn]}]\n"
    found = ask(text, state="NY", party="board")

    assert {row["by"] for row in found["deadlines"]} == {"district"}


def test_a_district_that_the_law_exempts_has_no_such_clock() -> None:
    text = f"district: {{state: NY, name: New York City Public Schools}}\n{VENDOR}{PLAIN}"
    found = find_breach(snapshot_of(text, DAY), "mathly", ASKED).to_json()

    assert "N.Y. Gen. Mun. Law 995-b" not in {row["basis"] for row in found["deadlines"]}


@pytest.mark.parametrize(
    ("enrollment", "former", "is_met"),
    [
        ("600", "", True),
        ("400", "", None),
        ("400", ", students_former: 50", False),
        ("400", ", students_former: 200", True),
    ],
)
def test_a_threshold_counts_former_students_too(enrollment: str, former: str, is_met: bool | None) -> None:
    text = f"""
schools: [{{id: s, name: S, enrollment: {enrollment}}}]
incidents: [{{id: i, party: mathly, discovered: 2026-09-04, occurred_from: 2026-08-20{former}}}]
"""
    rows = ask(WITH_SSN + text, state="FL")["deadlines"]
    [row] = [row for row in rows if row["basis"] == "F.S. 501.171(3)"]

    assert (row["threshold"], row["threshold_met"]) == ("500 or more individuals", is_met)


def test_what_the_incident_records_judges_who_was_told_in_time() -> None:
    told = """
incidents:
  - id: i
    party: mathly
    occurred_from: 2026-08-20
    vendor_discovered: 2026-09-01
    vendor_notified: 2026-09-04
    discovered: 2026-09-04
    students_former: 12
    notices: [{to: NYSED, date: 2026-09-20}, {to: Parents, date: 2026-09-10}, {to: State Police, date: 2026-09-10}]
"""
    found = ask(PLAIN + told, Asked(), state="NY", day="2026-09-30")
    rows = {row["basis"]: (row["told"], row["missed_by"]) for row in found["deadlines"]}

    assert (found["incident"], found["students_former"]) == ("i", 12)
    assert rows["8 NYCRR 121.10(b)"] == ("2026-09-20", 6)
    assert rows["8 NYCRR 121.10(e)"] == ("2026-09-10", None)
    before = ask(PLAIN + told, Asked(), state="NY", day="2026-09-12")
    assert {row["told"] for row in before["deadlines"] if row["basis"] == "8 NYCRR 121.10(b)"} == {None}


def test_a_hold_moves_the_notice_to_parents_only_where_it_ends_later() -> None:
    hold = "incidents: [{{id: i, party: mathly, discovered: 2026-09-04, occurred_from: 2026-08-20, hold_until: {}}}]\n"

    assert deadlines(PLAIN + hold.format("2026-09-30"), Asked(), state="NY")["8 NYCRR 121.10(e)"][0] == "2026-11-03"
    assert deadlines(PLAIN + hold.format("2026-12-01"), Asked(), state="NY")["8 NYCRR 121.10(e)"][0] == "2026-12-08"


def test_an_incident_that_is_closed_or_of_other_days_does_not_answer() -> None:
    closed = "incidents: [{id: i, party: mathly, discovered: 2026-01-04, closed: 2026-02-01, students_former: 3}]\n"
    days = "discovered: 2025-01-04, occurred_from: 2025-01-01, occurred_to: 2025-01-03"
    other = f"incidents: [{{id: i, party: mathly, {days}}}]\n"

    assert ask(PLAIN + closed, Asked())["incident"] is None
    assert ask(PLAIN + other)["incident"] is None
    assert ask(PLAIN + other, Asked(incident="i"))["incident"] == "i"
    assert ask(PLAIN + closed, Asked())["occurred"] == [DAY, DAY]


def test_an_incident_without_a_first_day_counts_from_the_earliest_day_that_it_records() -> None:
    text = """
flows: [{id: f, to: mathly, elements: [email], ends: 2026-09-02, retention_days: 0}]
incidents: [{id: i, party: mathly, vendor_discovered: 2026-09-01, discovered: 2026-09-04}]
"""
    found = ask(text, Asked())

    assert (found["elements"], found["occurred"]) == (["email"], ["2026-09-01", None])
    assert ask(text, Asked(occurred_from=date(2026, 9, 3)))["elements"] == []


SCHOOLS = """
schools:
  - {id: high, name: High, grades: 9-12, enrollment: {9: 100, 10: 110, 11: 120, 12: 130}}
  - {id: elm, name: Elm, grades: K-5, enrollment: 300}
  - {id: oak-ms, name: Oak Middle, grades: 6-8}
"""


@pytest.mark.parametrize(
    ("flows", "schools", "students"),
    [
        ("[{id: f, to: mathly, elements: [email], audience: {schools: [high], grades: 9-10}}]", ["high"], 210),
        ("[{id: f, to: mathly, elements: [email], audience: {schools: [elm], grades: K}}]", ["elm"], 300),
        ("[{id: f, to: mathly, elements: [email], audience: {schools: [high, elm]}}]", ["elm", "high"], 760),
        ("[{id: f, to: mathly, elements: [email]}]", ["elm", "high", "oak-ms"], None),
        (
            """
  - {id: f, to: mathly, elements: [email], audience: {schools: [high], grades: '9'}}
  - {id: g, to: mathly, elements: [name], audience: {schools: [high], grades: 9-10}}""",
            ["high"],
            210,
        ),
        (
            """
  - {id: f, to: cloud, elements: [email], audience: {schools: [high], grades: '9'}}
  - {id: g, from: cloud, to: mathly, elements: [email]}""",
            ["high"],
            100,
        ),
    ],
)
def test_each_student_is_counted_once_by_school_and_grade(flows: str, schools: list[str], students: int | None) -> None:
    found = ask(f"{SCHOOLS}flows: {flows}\n")

    assert (found["schools"], found["students"]) == (schools, students)


def test_a_catalog_without_schools_has_no_number() -> None:
    assert ask(PLAIN)["students"] is None


def test_a_party_that_had_nothing_sets_no_deadline() -> None:
    found = ask("flows: [{id: f, to: cloud, elements: [email]}]\n", state="NY")

    assert (found["elements"], found["deadlines"], found["students"], found["agreements"]) == ([], [], 0, [])


def test_a_state_that_is_not_on_file_leaves_the_contracts() -> None:
    assert "SD" not in known_states()
    terms = "agreements: [{id: a, vendor: mathly, kind: dpa, terms: {breach_notice_hours: 72}}]\n"

    assert [row["law"] for row in ask(WITH_SSN + terms, state="SD")["deadlines"]] == ["contract"]


DAY_OF_IT = date(2026, 8, 20)


@pytest.mark.parametrize(
    ("word", "asked", "error", "message"),
    [
        ("mathy", Asked(), UnknownIdError, "Did you mean 'mathly'"),
        ("oak", Asked(), UsageError, "where the data comes from"),
        ("students", Asked(), UsageError, "where the data comes from"),
        ("mathly", Asked(incident="x"), UnknownIdError, "incident"),
        ("mathly", Asked(occurred_from=date(2026, 9, 2), occurred_to=date(2026, 9, 1)), UsageError, "can't end"),
        ("mathly", Asked(vendor_notified=date(2026, 9, 16)), UsageError, "later --as-of"),
        ("mathly", Asked(occurred_from=DAY_OF_IT, discovered=date(2026, 8, 19)), UsageError, "before 2026-08-20"),
        ("mathly", Asked(occurred_from=DAY_OF_IT, ransom_paid=date(2026, 8, 19)), UsageError, "--ransom-paid"),
        ("cloud", Asked(incident="i"), UsageError, "not at 'cloud'"),
    ],
)
def test_what_can_not_be_is_refused(word: str, asked: Asked, error: type[Exception], message: str) -> None:
    incident = "incidents: [{id: i, party: mathly, discovered: 2026-09-04}]\n"
    with pytest.raises(error, match=message):
        find_breach(snapshot_of(VENDOR + PLAIN + incident, DAY), word, asked)


def test_the_incident_file_says_what_was_asked_and_leaves_out_what_is_not_known() -> None:
    snapshot = snapshot_of(f"{VENDOR}{PLAIN}{SCHOOLS}", DAY)
    tree = yaml.safe_load(incident_file(snapshot, find_breach(snapshot, "mathly", ASKED)))

    [row] = tree["incidents"]
    assert row["id"] == "mathly-2026-09-04"
    assert row["vendor_notified"] == "2026-09-04T15:30"
    assert row["elements"] == ["student-work"]
    assert "students" not in row
    assert "students_former" not in row


@pytest.mark.parametrize("note", [None, "Counsel was called.", "Counsel was called.\nA ransom was paid on 2026-09-05."])
def test_the_incident_file_notes_the_events_for_which_an_incident_has_no_field(note: str | None) -> None:
    known = f"incidents: [{{id: i, party: mathly, discovered: 2026-09-04, note: {note!r}}}]\n" if note else ""
    snapshot = snapshot_of(f"{VENDOR}{PLAIN}{SCHOOLS}{known.replace(chr(39), chr(34))}", DAY)
    asked = replace(ASKED, ransom_paid=date(2026, 9, 5), device_reached=datetime.fromisoformat("2026-09-03T09:30"))

    [row] = yaml.safe_load(incident_file(snapshot, find_breach(snapshot, "mathly", asked)))["incidents"]

    events = ["A ransom was paid on 2026-09-05.", "A device of a school was reached on 2026-09-03T09:30."]
    before = [line for line in (note or "").splitlines() if line not in events]
    assert row["note"].splitlines() == [*before, *events]


VIOLATION = """
incidents:
  - id: i
    party: mathly
    kind: {kind}
    occurred_from: 2026-08-20
    discovered: 2026-09-04
    notices: {notices}
"""


def violation_days(kind: str, notices: str = "[]") -> list[tuple[str, str, str | None, str | None]]:
    found = ask(PLAIN + VIOLATION.format(kind=kind, notices=notices), Asked(incident="i"), state="UT")
    rows = [row for row in found["deadlines"] if row["basis"] == "Utah Code 53E-9-309"]
    return [(row["by"], row["notify"], row["due"], row["told"]) for row in rows]


@pytest.mark.parametrize("kind", ["violation", "misuse"])
def test_a_violation_of_the_contract_starts_the_clocks_of_the_law_on_contracts(kind: str) -> None:
    assert violation_days(kind) == [
        ("district", "the contractor", "2026-10-04", None),
        ("vendor", "the school district", None, None),
    ]
    assert violation_days(kind, "[{to: the vendor, date: 2026-09-10}]") == [
        ("district", "the contractor", "2026-10-04", "2026-09-10"),
        ("vendor", "the school district", "2026-10-10", None),
    ]


@pytest.mark.parametrize("kind", ["breach", "accidental"])
def test_a_breach_starts_no_clock_of_the_law_on_contracts(kind: str) -> None:
    assert violation_days(kind) == []
