"""Limits of states, what they want announced, clocks that were missed: each fault is said once, and right."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from dataflows.actions.audit import audit_snapshot
from dataflows.law.state_law import contract_terms, known_states
from dataflows.model.findings import Severity
from tests.snapshots import snapshot_of
from tests.unit.rules.test_lawful_states import DAY

if TYPE_CHECKING:
    from dataflows.law.state_law import ContractTerm
    from dataflows.model.findings import Finding

AGREEMENT = """
district: {state: %s}
agreements: [{id: dpa, vendor: mathly, kind: dpa, effective: 2025-07-01, terms: {%s: %d}}]
flows: [{id: f, to: mathly, elements: [email], legal_basis: school-official, agreement: dpa}]
"""
LIMITS = [(state, fact) for state in known_states() for fact in contract_terms(state, DAY) if fact.at_most is not None]


def audit(text: str, day: str = "2026-11-02") -> tuple[Finding, ...]:
    return audit_snapshot(snapshot_of(text, day)).findings


def of_rule(text: str, *rules: str, day: str = "2026-11-02") -> list[Finding]:
    return [finding for finding in audit(text, day) if finding.rule in rules]


@pytest.mark.parametrize(("state", "fact"), LIMITS, ids=lambda value: value if isinstance(value, str) else value.term)
def test_a_number_beyond_any_limit_of_a_state_is_found_once_and_says_how_sure_the_law_is(
    state: str, fact: ContractTerm
) -> None:
    assert fact.at_most is not None
    beyond = AGREEMENT % (state, fact.term, fact.at_most + 1)
    [found] = of_rule(beyond, "term-beyond-state-limit")

    assert str(fact.at_most + 1) in found.message
    assert str(fact.at_most) in found.message.partition(" allows ")[2]
    assert (found.citation, found.certain) == (fact.cite, fact.certain)
    assert found.severity is (Severity.ERROR if fact.certain and fact.binds == "contract" else Severity.WARNING)
    assert [f for f in of_rule(beyond, "state-term-missing") if fact.term.replace("_", " ") in f.message] == []
    assert of_rule(AGREEMENT % (state, fact.term, fact.at_most), "term-beyond-state-limit") == []


def test_a_limit_holds_from_its_day_on() -> None:
    assert of_rule(AGREEMENT % ("OH", "deletion_days", 120), "term-beyond-state-limit", day="2024-10-23") == []
    assert of_rule(AGREEMENT % ("OH", "deletion_days", 120), "term-beyond-state-limit", day="2024-10-24")


MONITORED = """
district: {state: %s}
monitoring: [{id: chrome, device: Chromebook, features: [web], purpose: Filtering%s},
             {id: pads, device: iPad, features: [location], purpose: Lost devices}]
%s
"""
SPOKEN = ("monitoring-unannounced", "missing-posting", "late-posting")


def test_devices_that_are_watched_in_silence_are_one_fault_where_the_state_names_a_posting() -> None:
    [found] = of_rule(MONITORED % ("OH", "", ""), *SPOKEN)
    elsewhere = of_rule(MONITORED % ("MN", "", ""), *SPOKEN)

    assert (found.rule, found.subject.field) == ("missing-posting", "postings.oh-annual-monitoring")
    assert [(f.rule, f.subject.id) for f in elsewhere] == [
        ("monitoring-unannounced", "chrome"),
        ("monitoring-unannounced", "pads"),
    ]


@pytest.mark.parametrize("kind", ["monitoring", "oh-annual-monitoring"])
def test_either_kind_of_record_shows_that_monitoring_was_announced(kind: str) -> None:
    given = f"notices: [{{id: n, kind: {kind}, issued: 2026-07-15, school_year: 2026-27}}]"

    assert of_rule(MONITORED % ("OH", "", given), *SPOKEN) == []


def test_an_annual_notice_does_not_announce_monitoring() -> None:
    given = "notices: [{id: n, kind: annual, issued: 2026-08-20, school_year: 2026-27}]"

    assert [f.rule for f in of_rule(MONITORED % ("OH", "", given), *SPOKEN)] == ["missing-posting"]


def test_last_years_monitoring_notice_is_one_fault_too() -> None:
    given = "notices: [{id: n, kind: monitoring, issued: 2025-12-10}]"

    assert [f.rule for f in of_rule(MONITORED % ("OH", "", given), *SPOKEN) if f.severity is not Severity.INFO] == [
        "late-posting"
    ]


def test_what_is_watched_no_more_is_not_announced() -> None:
    ended = (MONITORED % ("OH", ", ends: 2026-06-30", "")).replace(
        "purpose: Lost devices", "purpose: Lost devices, ends: 2026-06-30"
    )

    assert of_rule(ended, *SPOKEN) == []


DIRECTORY = "district: {policies: {directory_information: {elements: [name], school_year: %s}}}"


@pytest.mark.parametrize(("year", "is_old"), [("2025-26", True), ("2026-27", False), ("2027-2028", False)])
def test_only_the_designation_of_an_earlier_year_is_old(year: str, is_old: bool) -> None:
    assert bool(of_rule(DIRECTORY % year, "last-years-designation")) is is_old


NIGHT = """
district: {state: %s}
vendors: [{id: sis, name: Student Systems}]
schools: [{id: elm, name: Elm, grades: K-5, enrollment: 700}]
agreements: [{id: sis-dpa, vendor: sis, kind: dpa, terms: {breach_notice_hours: 24, breach_starts: discovery}}]
flows: [{id: f, to: sis, elements: [name, ssn], starts: 2015-08-01, agreement: sis-dpa, legal_basis: school-official}]
incidents:
  - {id: i, party: sis, occurred_from: 2025-11-11, vendor_discovered: 2025-11-21, vendor_notified: %s,
     discovered: 2025-12-01%s}
"""
CLOCKS = ("late-notice-to-state", "late-notice-to-families", "late-notice-by-vendor")


def test_a_vendor_that_was_late_by_contract_and_by_law_is_told_both() -> None:
    """8 NYCRR 121.10(a): seven calendar days; the agreement: 24 hours."""
    [found] = of_rule(NIGHT % ("NY", "2025-12-01", ""), "late-notice-by-vendor")
    [by_contract] = of_rule(NIGHT % ("NY", "2025-11-25", ""), "late-notice-by-vendor")

    assert found.message == (
        "Student Systems had to tell the district of the incident i by 2025-11-22 (agreement sis-dpa) and 2025-11-28"
        " (8 NYCRR 121.10(a)), and this was done 9 days late, on 2025-12-01."
    )
    assert found.citation == "agreement sis-dpa, 8 NYCRR 121.10(a)"
    assert by_contract.citation == "agreement sis-dpa"


def test_a_vendors_duty_to_tell_others_is_no_duty_to_tell_the_district() -> None:
    """Cal. Civ. Code 1798.82: a business tells the residents, and the Attorney General after them."""
    found = of_rule(NIGHT % ("CA", "2025-12-01", ", notices: [{to: families, date: 2025-12-10}]"), CLOCKS[2], day=(
        "2026-03-01"))  # fmt: skip

    assert [f.citation for f in found] == ["agreement sis-dpa"]


@pytest.mark.parametrize("state", known_states())
@pytest.mark.parametrize("told", ["", ", notices: [{to: families, date: 2026-06-20}, {to: AG, date: 2026-06-20}]"])
def test_a_sentence_about_a_deadline_reads_right_for_one_and_for_many(state: str, told: str) -> None:
    for notified in ("2025-12-20", "null"):
        for found in of_rule(NIGHT % (state, notified, told), *CLOCKS):
            rest = found.message.partition(", and ")[2] if found.rule == CLOCKS[2] else found.message
            assert rest.rpartition("and ")[2].startswith(("this was done ", "nothing shows that this was done, "))
