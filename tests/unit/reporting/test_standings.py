"""The checklist and `audit` agree: what one calls done, the other does not ask for."""

from __future__ import annotations

import pytest

from dataflows.law.state_law import known_states
from dataflows.reporting.documents.standings import notice_standing, posting_standings
from dataflows.rules.case import Case
from dataflows.rules.run import check_snapshot
from tests.snapshots import snapshot_of
from tests.unit.reporting.test_documents import LAWFUL, text_of

DIGEST = "1" * 64
SENT = (
    "[{language: en, file: a.pdf, sha256: %s, edited: false, channels: [email], date: 2026-08-14, by: Pat,"
    ' at: "2026-08-14T12:00:00Z"%s}]'
)
ROW = (
    "  - {id: %s, kind: %s, issued: 2026-08-10, school_year: 2026-27, languages: [en], package_sha256: %s,"
    ' catalog_sha256: %s, by: Pat, at: "2026-08-10T12:00:00Z"%s}\n'
)


def frozen(kind: str, sent: str | None = None) -> str:
    more = "" if sent is None else f", sent: {SENT % (DIGEST, sent)}"
    return ROW % (f"{kind}-2026-08-10", kind, DIGEST, DIGEST, more)


def case_of(text: str, day: str = "2026-08-20") -> Case:
    return Case.of(snapshot_of(text, day))


def states_of(text: str, day: str = "2026-08-20") -> dict[str, str]:
    return {posting.id: standing.state for posting, standing in posting_standings(case_of(text, day))}


def test_what_was_frozen_and_never_sent_is_not_done() -> None:
    case = case_of("publications:\n" + frozen("annual", "") + frozen("ppra"))

    assert [notice_standing(case, kind).state for kind in ("annual", "ppra", "directory")] == [
        "done",
        "unsent",
        "missing",
    ]


def test_what_was_sent_inside_the_whole_package_was_sent() -> None:
    case = case_of("publications:\n" + frozen("package", "") + frozen("ppra"))

    assert notice_standing(case, "ppra").state == "done"


def test_what_was_given_otherwise_counts_before_what_only_lies_in_a_folder() -> None:
    given = "notices: [{id: n, kind: ppra, issued: 2026-08-01, means: [mail]}]\npublications:\n"

    assert notice_standing(case_of(given + frozen("ppra")), "ppra").state == "done"


def test_what_went_out_without_what_the_law_wants_is_faulty() -> None:
    case = case_of("publications:\n" + frozen("annual", ", absent: [99.7(a)(2)(iv)]"))

    assert notice_standing(case, "annual").state == "faulty"


def test_an_annual_notice_counts_for_twelve_months() -> None:
    given = "notices: [{id: n, kind: annual, issued: 2025-10-01}]"

    assert notice_standing(case_of(given, "2026-09-20"), "annual").state == "done"
    assert notice_standing(case_of(given, "2026-10-20"), "annual").state == "missing"


CONTRACTS = """
district: {state: %s}
agreements: [%s]
flows: [{id: f, to: mathly, elements: [name], legal_basis: school-official%s}]
"""
DPA = "{id: dpa, vendor: mathly, kind: dpa, signed: 2026-07-01, effective: 2026-07-01%s}"


@pytest.mark.parametrize(("state", "posting"), [("CT", "ct-contract-notice"), ("IL", "il-agreements")])
def test_contracts_are_posted_missing_or_not_there_at_all(state: str, posting: str) -> None:
    named = ", agreement: dpa"
    [known] = [id for id in states_of(CONTRACTS % (state, "", "")) if id == posting or "agreement" in id]

    assert states_of(CONTRACTS % (state, "", ""))[known] == "nothing"
    assert states_of(CONTRACTS % (state, DPA % "", named))[known] == "missing"
    assert states_of(CONTRACTS % (state, DPA % ", posted_on: 2026-07-02", named))[known] == "done"


def test_a_posting_of_last_year_is_missing_once_this_years_day_has_passed() -> None:
    text = (
        "district: {state: OH}\n"
        "flows: [{id: f, to: mathly, elements: [email], legal_basis: school-official, starts: 2024-01-01}]\n"
        "notices: [{id: n, kind: oh-annual-contracts, issued: 2025-12-20}]\n"
    )

    assert states_of(text, "2026-07-20")["oh-annual-contracts"] == "done"
    assert states_of(text, "2026-09-01")["oh-annual-contracts"] == "missing"


@pytest.mark.parametrize("state", known_states())
@pytest.mark.parametrize("day", ["2026-08-20", "2026-10-01", "2027-08-15", "2027-10-01"])
def test_what_is_done_is_not_asked_for_by_the_audit(state: str, day: str) -> None:
    text = LAWFUL.replace("state: NY", f"state: {state}")
    done = {posting for posting, standing in states_of(text, day).items() if standing == "done"}
    asked = {
        posting
        for finding in check_snapshot(snapshot_of(text, day))
        if finding.rule in ("missing-posting", "late-posting")
        for posting in done
        if f"posting {posting}," in finding.message and "was posted on" not in finding.message
    }

    assert asked == set()


def test_the_page_says_so_and_counts_it() -> None:
    frozen_only = "district: {state: CT}\nflows: [{id: f, to: mathly, elements: [name]}]\npublications:\n"
    rows = frozen("ppra") + frozen("annual", ", absent: [99.7(a)(2)(iv)]")
    text = text_of(frozen_only + rows, "checklist", "2026-08-20")

    assert "Written, not sent: 1. Sent, faulty: 1. Nothing to post: 1." in text
    assert "Not sent: written on August 10, 2026" in text
    assert "Faulty: sent on August 14, 2026" in text
