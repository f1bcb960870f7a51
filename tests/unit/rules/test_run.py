"""The run: one fault is one finding, waivers hold until their last day, and a lawful district has nothing to do."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import yaml

from dataflows.actions.audit import audit_snapshot
from dataflows.model.findings import Severity
from dataflows.rules.run import check_snapshot
from tests.machine import CHECKOUT
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from dataflows.model.audits import Audit
    from dataflows.model.findings import Finding

DATA = Path(__file__).parents[2] / "data"
LAPSED = """
agreements: [{id: ndpa, vendor: mathly, kind: ndpa, expires: 2026-06-30}]
flows:
  - {id: rosters, to: mathly, elements: [email], legal_basis: school-official, agreement: ndpa}
  - {id: grades, to: mathly, elements: [course-grades], legal_basis: school-official, agreement: ndpa}
"""


def audit(text: str, day: str = "2026-10-01") -> Audit:
    return audit_snapshot(snapshot_of(text, day))


def of_rule(found: Audit, rule: str) -> list[Finding]:
    return [finding for finding in found.findings if finding.rule == rule]


def waiver(rule: str, subject: str, until: str) -> str:
    said = f"rule: {rule}, subject: {subject}, by: Privacy Officer, why: Renewal is under way, until: {until}"
    return f"waivers: [{{{said}}}]\n"


def test_a_lawful_district_has_nothing_at_error_or_warning() -> None:
    found = audit((DATA / "lawful.yaml").read_text(encoding="utf-8"), "2026-11-02")

    assert [(f.rule, str(f.subject), f.message) for f in found.findings if f.severity is not Severity.INFO] == []


def test_every_loss_in_a_lawful_district_is_noticed() -> None:
    """Whatever a district forgets to write down there, somebody says so."""
    tree = yaml.safe_load((DATA / "lawful.yaml").read_text(encoding="utf-8"))
    lost = [
        ("flows", "mathly-rosters", "legal_basis", "missing-legal-basis"),
        ("flows", "mathly-rosters", "agreement", "contractor-without-agreement"),
        ("flows", "mathly-rosters", "purpose", "purpose-missing"),
        ("flows", "mathly-hosting", "onward_basis", "onward-basis-unstated"),
        ("flows", "honor-roll", "opt_out", "directory-flow-silent-on-opt-out"),
        ("flows", "transcripts", "recipient_told", "recipient-uninformed-of-limits"),
        ("releases", "nysed-2026", "may_redisclose", "further-disclosers-unnamed"),
        ("vendors", "mathly", "coppa", "child-data-without-consent-path"),
        ("agreements", "mathly-2025", "signed", "unsigned-agreement"),
        ("agreements", "mathly-2025", "subprocessors", "unlisted-subprocessor"),
    ]
    for list_name, id, field, rule in lost:
        rows = [{k: v for k, v in row.items() if (row["id"], k) != (id, field)} for row in tree[list_name]]
        text = yaml.safe_dump({**tree, list_name: rows})

        assert of_rule(audit(text, "2026-11-02"), rule), (id, field)


def test_a_rule_looks_at_the_day_that_is_asked_about() -> None:
    on_the_last_day = audit(LAPSED, "2026-06-30")
    on_the_next = audit(LAPSED, "2026-07-01")

    assert of_rule(on_the_last_day, "lapsed-agreement") == []
    assert [f.subject.id for f in of_rule(on_the_next, "lapsed-agreement")] == ["grades", "rosters"]


def test_a_waiver_until_today_still_holds_and_counts_apart() -> None:
    found = audit(LAPSED + waiver("lapsed-agreement", "rosters", "2026-10-01"))

    assert [(f.subject.id, f.waived) for f in of_rule(found, "lapsed-agreement")] == [
        ("grades", False),
        ("rosters", True),
    ]
    assert found.summary["waived"] == 1
    assert sum(found.summary.values()) == len(found.findings)


def test_a_waiver_until_yesterday_holds_no_more_and_is_a_finding_itself() -> None:
    found = audit(LAPSED + waiver("lapsed-agreement", "rosters", "2026-09-30"))
    [expired] = of_rule(found, "waiver-expired")

    assert not any(f.waived for f in found.findings)
    assert "Privacy Officer" in expired.message
    assert "2026-09-30" in expired.message
    assert expired.subject.id == "lapsed-agreement:rosters"


def test_a_waiver_can_name_a_rule_by_its_code_and_a_subject_with_its_kind() -> None:
    for rule, subject in (("agr-009", "rosters"), ("lapsed-agreement", "flow/rosters")):
        found = audit(LAPSED + waiver(rule, subject, "2026-12-31"))

        assert found.summary["waived"] == 1
        assert of_rule(found, "waiver-of-unknown-rule") == of_rule(found, "waiver-of-unknown-subject") == []


def test_a_waived_finding_does_not_fail_the_audit() -> None:
    only_error = "notices: [{id: p, kind: ppra, issued: 2026-07-15}, {id: a, kind: annual, issued: 2026-07-15}]\n"
    rights = "\n".join(
        f"  - {{rule: {rule}, subject: oak, by: Counsel, why: Under way, until: 2027-01-01}}"
        for rule in ("inspection-procedure-missing", "amendment-procedure-missing")
    )
    found = audit(f"{only_error}waivers:\n{rights}\n")

    assert found.summary["error"] == 0
    assert not found.reaches(Severity.ERROR)
    assert found.summary["waived"] == 2


def test_one_fault_is_one_finding() -> None:
    """A social security number in Utah, biometrics of children, a survey without consent: each is said once."""
    ssn = audit("district: {state: UT}\nflows: [{id: f, to: mathly, elements: [ssn], legal_basis: school-official}]")

    assert of_rule(ssn, "element-barred-by-state")
    assert of_rule(ssn, "ssn-shared") == []


def test_a_missing_agreement_is_an_error_where_the_state_demands_one() -> None:
    flow = "flows: [{id: f, to: mathly, elements: [email], legal_basis: school-official}]"
    [here] = of_rule(audit(f"district: {{state: NY}}\n{flow}"), "contractor-without-agreement")
    [before] = of_rule(audit(f"district: {{state: NY}}\n{flow}", "2019-06-01"), "contractor-without-agreement")
    [elsewhere] = of_rule(audit(f"district: {{state: NJ}}\n{flow}"), "contractor-without-agreement")

    assert (here.severity, before.severity, elsewhere.severity) == (Severity.ERROR, Severity.WARNING, Severity.WARNING)
    assert "8 NYCRR 121" in str(here.citation)
    assert "NYCRR" not in str(elsewhere.citation)


def test_a_finding_says_whom_it_concerns_and_since_when() -> None:
    text = """
    schools: [{id: elm, name: Elm, grades: K-5, enrollment: 612}, {id: oaks, name: Oaks, grades: 9-12, enrollment: 900}]
    flows: [{id: f, to: mathly, elements: [last-name, first-name], starts: 2024-08-15, audience: {schools: [elm]}}]
    """
    [finding] = of_rule(audit(text), "missing-legal-basis")

    assert str(finding.effect) == "first-name, last-name; 612 students; since 2024-08-15"
    assert finding.effect.since == date(2024, 8, 15)


def test_the_past_stays_a_finding_after_the_state_was_told_late() -> None:
    """STORIES.md 2: the state is told on 2025-01-27, ten days late, and the incident is closed."""
    text = """
    district: {state: NY}
    vendors: [{id: sis, name: Student Systems}]
    schools: [{id: elm, name: Elm, grades: K-5, enrollment: 700}]
    flows: [{id: f, to: sis, elements: [name], starts: 2015-08-01}]
    incidents:
      - {id: i, party: sis, occurred_from: 2024-12-19, vendor_discovered: 2024-12-28, discovered: 2025-01-07,
         vendor_notified: "2025-01-07T16:00", closed: 2025-03-20,
         notices: [{to: State Education Department, date: 2025-01-27}]}
    """
    [late] = of_rule(audit(text, "2026-02-01"), "late-notice-to-state")

    assert late.severity is Severity.INFO
    assert "done 10 days late" in late.message
    assert "8 NYCRR 121.10" in str(late.citation)


def test_a_vendor_that_left_and_kept_the_data_is_named() -> None:
    """STORIES.md 3: sixty days after 2019-06-30 the data had to be gone, and nothing shows that it is."""
    text = """
    district: {state: IL}
    agreements: [{id: eval-2015, vendor: evaly, kind: dpa, expires: 2019-06-30, terms: {deletion_days: 60}}]
    flows:
      - {id: f, to: evaly, elements: [name, date-of-birth, state-student-id], agreement: eval-2015,
         legal_basis: school-official, starts: 2015-08-01, ends: 2019-06-30%s}
    """
    [kept] = of_rule(audit(text % "", "2022-05-20"), "undeleted-after-end")

    assert "2019-08-29" in kept.message
    assert "eval-2015" in kept.message
    assert of_rule(audit(text % ", destroyed: 2022-06-10", "2022-07-01"), "undeleted-after-end") == []
    assert of_rule(audit(text % ", destroyed: 2022-06-10", "2022-06-01"), "undeleted-after-end")


def test_the_same_catalog_gives_the_same_findings_in_the_same_order() -> None:
    text = (CHECKOUT / "schemas" / "examples" / "zoom-2020.yaml").read_text(encoding="utf-8")
    snapshot = snapshot_of(text, "2026-11-02")

    first, again = check_snapshot(snapshot), check_snapshot(snapshot)

    assert [f.to_json() for f in first] == [f.to_json() for f in again]
    assert [f.severity.rank for f in first] == sorted(f.severity.rank for f in first)


OHIO = """
district: {state: OH}
flows: [{id: f, to: mathly, elements: [email], legal_basis: school-official, starts: 2024-01-01%s}]
"""


def test_what_was_sent_after_the_states_day_stays_a_finding_and_belongs_to_the_nearest_day() -> None:
    """Ohio wants its notice of contracts by 1 August."""
    given = "notices: [{id: n, kind: oh-annual-contracts, issued: %s}]\n"
    late = of_rule(audit(OHIO % "" + given % "2026-08-20"), "late-posting")
    again = of_rule(audit(OHIO % "" + given % "2025-12-20", "2026-09-01"), "late-posting")
    for day in ("2026-07-30", "2026-08-01"):
        assert of_rule(audit(OHIO % "" + given % day), "late-posting") == []

    assert [(f.severity, str(f.subject)) for f in late] == [(Severity.INFO, "notice/n")]
    assert "had to be made by 2026-08-01, and was posted on 2026-08-20" in late[0].message
    assert late[0].citation == "R.C. 3319.326(G)"
    assert [(f.severity, f.message.partition(" had")[0]) for f in again] == [
        (Severity.WARNING, "The posting oh-annual-contracts"),
        (Severity.INFO, "The posting oh-annual-contracts"),
    ]


def test_a_posting_that_was_never_made_is_said_once() -> None:
    found = audit(OHIO % "")

    assert len(of_rule(found, "missing-posting")) == 1
    assert of_rule(found, "late-posting") == []


def test_a_vendor_that_came_and_left_since_the_posting_may_still_hold_data() -> None:
    text = """
    district: {state: LA}
    flows: [{id: f, to: mathly, elements: [email], legal_basis: school-official, starts: 2026-08-01,
             ends: 2026-09-01%s},
            {id: g, to: readly, elements: [email], legal_basis: school-official, starts: 2024-08-01}]
    notices: [{id: n, kind: la-transfers, issued: 2026-07-01}]
    """
    [left] = of_rule(audit(text % ""), "posting-omits-holder")

    assert (left.severity, "Mathly" in left.message or "mathly" in left.message) == (Severity.WARNING, True)
    assert of_rule(audit(text % ", destroyed: 2026-09-15"), "posting-omits-holder") == []
    assert of_rule(audit(text % ", retention_days: 10"), "posting-omits-holder") == []


def test_who_designates_no_directory_information_has_none_to_post() -> None:
    """California wants the categories and recipients announced where there are any."""
    flow = "flows: [{id: f, to: mathly, elements: [email], legal_basis: school-official}]"
    found = audit(f"district: {{state: CA}}\n{flow}\nnotices: [{{id: a, kind: annual, issued: 2026-08-20}}]")

    assert [f.message for f in found.findings if "ca-directory" in f.message] == []
