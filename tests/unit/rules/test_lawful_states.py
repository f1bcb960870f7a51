"""No false alarm: a district that does what the law of its state asks for has nothing at error or warning.

The district of lawful.yaml moves to each state in turn, signs what that state wants in its agreements
and makes what it wants posted; both are read from the law's own data.
"""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from dataflows.law.state_law import contract_terms, known_states, postings
from dataflows.model.findings import Severity
from dataflows.rules.run import check_snapshot
from tests.machine import CHECKOUT
from tests.snapshots import snapshot_of

if TYPE_CHECKING:
    from dataflows.model.findings import Finding

DAY = date(2026, 11, 2)
PAGE = "https://elmvalley.example.org"
CHOICES = {"breach_cost_allocation": "vendor", "deletion_days": 60}
MINIMAL = """
district:
  state: %s
  contacts: [{role: records_custodian, title: Principal}, {role: complaints, title: Principal}]
  policies:
    school_official_criteria: Teachers, staff, board members, and contractors who do work that our staff would do.
    legitimate_educational_interest: They need the record to do their job.
    inspection_procedure: Write to the principal, who shows you the records within 45 days.
    amendment_procedure: Write to the principal and say what is inaccurate, misleading or against privacy.
schools: [{id: tiny, name: Tiny Elementary, grades: K-5, enrollment: 90}]
agreements:
  - {id: sis, vendor: sisly, kind: dpa, effective: 2025-07-01, expires: 2028-06-30, signed: 2025-06-20,
     terms: {direct_control: true, redisclosure_prohibited: true, use_limited_to_purpose: true,
             advertising_prohibited: all, deletion_days: 60, breach_notice_hours: 72, audit_right: true}}
flows:
  - {id: sis, to: sisly, method: provided, elements: [first-name, last-name, date-of-birth, attendance],
     purpose: To keep the records of our students, purpose_kind: operations, legal_basis: school-official,
     agreement: sis, starts: 2025-07-01, retention_days: 60}
notices:
  - {id: a, kind: annual, issued: 2026-08-20, school_year: 2026-27, languages: [en], means: [handbook]}
  - {id: p, kind: ppra, issued: 2026-08-20, school_year: 2026-27, languages: [en], means: [handbook]}
"""


def grave(text: str) -> list[str]:
    """Return what an audit finds at error or warning, in words."""
    found: tuple[Finding, ...] = check_snapshot(snapshot_of(text, DAY.isoformat()))
    return [f"{f.about.code} {f.subject}: {f.message}" for f in found if f.severity is not Severity.INFO]


def lawful_in(state: str) -> dict[str, Any]:
    """Return the lawful district as one of another state."""
    tree: dict[str, Any] = yaml.safe_load((CHECKOUT / "tests/data/lawful.yaml").read_text(encoding="utf-8"))
    district = tree["district"]
    district["state"] = state
    district["links"] |= dict.fromkeys(("state_data_inventory", "governance_plan"), PAGE)
    district["policies"] |= dict.fromkeys(("copy_procedure", "deletion_procedure"), "Write to the principal.")
    district["policies"]["directory_information"]["recipients"] = "The newspaper."
    district["contacts"].append({"role": "contract_inspection", "title": "Records Office"})
    for vendor in tree["vendors"]:
        more = {"address": "1 Main Street", "profile": "A company.", "category": "curriculum"}
        vendor |= {**more, "transparency_url": PAGE, "subcontractors_url": PAGE, **vendor}
    for agreement in tree["agreements"]:
        agreement |= {"contact": "Records Office", "posted_on": agreement["signed"]}
        for fact in contract_terms(state, DAY):
            if fact.binds == "contract" and not fact.stated:
                agreement["terms"][fact.term] = fact.value if fact.at_most is None else fact.at_most
            elif fact.binds == "contract":
                agreement["terms"].setdefault(fact.term, CHOICES.get(fact.term, "As it stands there."))
            elif fact.at_most is not None and agreement["terms"].get(fact.term, 0) > fact.at_most:
                agreement["terms"][fact.term] = fact.at_most
    known = {notice["kind"] for notice in tree["notices"]}
    tree["notices"] += [
        {"id": posting.id, "kind": posting.id, "issued": date(2026, 7, 1), "means": ["web"], "url": PAGE}
        for posting in postings(state, DAY)
        if posting.scope != "agreement" and posting.id not in known
    ]
    return tree


@pytest.mark.parametrize("state", known_states())
def test_a_lawful_district_of_any_state_has_nothing_to_do(state: str) -> None:
    assert grave(yaml.safe_dump(lawful_in(state))) == []


def test_a_small_honest_district_of_a_state_with_little_law_has_nothing_to_do() -> None:
    assert grave(MINIMAL % "WY") == []


@pytest.mark.parametrize("state", ["MD", "TX", "WA", "CO"])
def test_in_other_states_it_has_what_that_state_asks_for_and_nothing_of_ferpa(state: str) -> None:
    assert {line.partition(" ")[0] for line in grave(MINIMAL % state)} <= {"LAW-001", "LAW-002", "POS-001"}
