"""The staleness family: what should be gone, and what nobody has looked at for long?"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.law.bases import legal_bases
from dataflows.law.element_sets import element_set
from dataflows.model.periods import last_kept_day
from dataflows.rules.base import INFO, WARNING, Fault, rule
from dataflows.rules.basis import is_representative
from dataflows.rules.case import AUDIT, STUDY, is_below
from dataflows.rules.settings import days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case


def is_destroyed(case: Case, flow: Flow) -> bool:
    """Tell whether the receiver certified destruction by the day."""
    return flow.destroyed is not None and flow.destroyed <= case.valid_on


def may_still_hold(case: Case, flow: Flow) -> bool:
    """Tell whether what an ended flow brought may still be there: not destroyed, and its time has no end or goes on."""
    if flow.ends is None or flow.ends >= case.valid_on or is_destroyed(case, flow):
        return False
    return flow.retention_days is None or last_kept_day(flow.ends, flow.retention_days) >= case.valid_on


def _overdue(case: Case, paragraph: str) -> Iterator[tuple[Flow, date, bool]]:
    """Yield what must be destroyed and is not: the flow, since when, and whether the agreement's day has passed."""
    for flow in case.begun_below(paragraph):
        if is_destroyed(case, flow):
            continue
        agreement = case.agreement_of(flow)
        due = agreement.terms.destruction_by if agreement else None
        if due and due < case.valid_on:
            yield flow, due, True
        elif flow.period.ended_by(case.valid_on) and flow.ends and not due:
            yield flow, flow.ends, False


@rule("STA-001")
def study_data_past_destruction(case: Case) -> Iterator[Fault]:
    """Data of a study that is over, or past the day on which it had to be destroyed, with no word that it was."""
    for flow, due, by_agreement in _overdue(case, STUDY):
        yield Fault(flow, severity=None if by_agreement else WARNING, due=due, since=flow.starts)


@rule("STA-002")
def audit_data_past_destruction(case: Case) -> Iterator[Fault]:
    """The same of an audit; an authority itself owes the district no proof."""
    for flow, due, by_agreement in _overdue(case, AUDIT):
        severity = INFO if not is_representative(case, flow) else None if by_agreement else WARNING
        yield Fault(flow, severity=severity, due=due, since=flow.starts)


@rule("STA-003")
def undeleted_after_end(case: Case) -> Iterator[Fault]:
    """What an ended flow brought should be deleted, by its agreement or its own retention, and nothing shows it."""
    for flow in case.begun:
        if flow.ends is None or flow.ends >= case.valid_on or is_destroyed(case, flow):
            continue
        agreement = case.agreement_of(flow)
        limits = (agreement.terms.deletion_days if agreement else None, flow.retention_days)
        kept = next((limit for limit in limits if limit is not None), None)
        if kept is None or is_below(flow.legal_basis or "", STUDY, AUDIT):
            continue
        due = last_kept_day(flow.ends, kept)
        if due < case.valid_on:
            yield Fault(flow, due=due)


@rule("STA-004")
def last_years_designation(case: Case) -> Iterator[Fault]:
    """Directory information as it was designated for an earlier school year; next year's may be decided already."""
    designation = case.district.policies.directory_information
    if designation and designation.school_year and case.year.is_after(designation.school_year):
        field = "policies.directory_information"
        yield Fault(case.district, field=field, flows=[], year=designation.school_year, now=case.year.label)


@rule("STA-005")
def unreviewed_flow(case: Case) -> Iterator[Fault]:
    """Flows that were looked at, and not for long."""
    oldest = case.valid_on - timedelta(days("review_days"))
    for flow in case.disclosures:
        if flow.reviewed and flow.reviewed < oldest:
            yield Fault(flow, reviewed=flow.reviewed)


@rule("STA-007")
def law_data_unchecked(case: Case) -> Iterator[Fault]:
    """The program's own legal data was not read again for long."""
    oldest = case.valid_on - timedelta(days("law_checked_days"))
    used = {flow.legal_basis for flow in case.disclosures}
    checked = [basis.checked for basis in legal_bases().values() if basis.citation in used]
    if checked and min(checked) < oldest:
        yield Fault(case.district, flows=[], checked=min(checked))


@rule("STA-008")
def expired_bar(case: Case) -> Iterator[Fault]:
    """Vendors that were barred and may be given data again."""
    for vendor in case.vendors.values():
        if vendor.barred and vendor.barred.until and vendor.barred.until < case.valid_on:
            yield Fault(vendor, until=vendor.barred.until)


@rule("STA-009")
def unneeded_special_education_data(case: Case) -> Iterator[Fault]:
    """Data of special education that a vendor keeps long after its service ended; what is overdue is STA-003's."""
    oldest = case.valid_on - timedelta(days("unneeded_after_days"))
    for flow in case.begun:
        if flow.ends is None or flow.ends >= oldest or is_destroyed(case, flow):
            continue
        found = case.named(flow, element_set("special-education"))
        if found and case.kind_of(flow.receiver) == "vendor":
            yield Fault(flow, elements=found)


RULES = (
    study_data_past_destruction,
    audit_data_past_destruction,
    undeleted_after_end,
    last_years_designation,
    unreviewed_flow,
    law_data_unchecked,
    expired_bar,
    unneeded_special_education_data,
)
