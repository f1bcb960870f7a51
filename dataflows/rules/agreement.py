"""The agreement family: does what was signed cover what flows?

A provider may act as a school official only while the district controls what it does with the
records (34 CFR 99.31(a)(1)(i)(B)).  An agreement is how it keeps that control and shows it; FERPA
itself names one only for studies and representatives, so most faults here are warnings.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.model.parties import STUDENTS
from dataflows.model.periods import last_kept_day
from dataflows.rules.base import ERROR, INFO, Fault, lacks, rule
from dataflows.rules.basis import is_representative
from dataflows.rules.case import AUDIT, CONTRACTOR, STUDY, is_below
from dataflows.rules.demands import find_ban, find_demand, raised, state_bans
from dataflows.rules.settings import days

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.law.bases import LegalBasis
    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case


def _needs_one(case: Case, flow: Flow) -> bool:
    """Tell whether FERPA itself asks for an agreement: of a study, and of an authority's representative."""
    basis = flow.legal_basis or ""
    return is_below(basis, STUDY) or (is_below(basis, AUDIT) and is_representative(case, flow))


@rule("AGR-001")
def contractor_without_agreement(case: Case) -> Iterator[Fault]:
    """Contractors that get data from us with no agreement; onward flows are RED-017's."""
    is_demanded = bool(state_bans(case, "no-agreement"))
    for flow in case.on(CONTRACTOR):
        if flow.agreement is None and flow.sender in (None, case.district.id, STUDENTS):
            is_vendor = is_demanded and case.kind_of(flow.receiver) == "vendor"
            ban = find_ban(case, "no-agreement", flow.receiver) if is_vendor else None
            yield Fault(flow, **raised(ban, f"{CONTRACTOR}(2)"))


@rule("AGR-002")
def direct_control_unstated(case: Case) -> Iterator[Fault]:
    """Contractors' agreements that do not say that the district controls the use of the records."""
    for agreement in case.contracts:
        if lacks(agreement, "direct_control"):
            demand = find_demand(case, agreement, "direct_control")
            yield Fault(agreement, **raised(demand, f"{CONTRACTOR}(2)"))


@rule("AGR-003")
def redisclosure_ban_unstated(case: Case) -> Iterator[Fault]:
    """Contractors' agreements that do not bar passing the data on."""
    for agreement in case.contracts:
        if lacks(agreement, "redisclosure_prohibited"):
            demand = find_demand(case, agreement, "redisclosure_prohibited")
            yield Fault(agreement, **raised(demand, f"{CONTRACTOR}(3)"))


@rule("AGR-004")
def study_without_agreement(case: Case) -> Iterator[Fault]:
    """A study rests on a written agreement, whoever does it."""
    for flow in case.below(STUDY):
        if flow.agreement is None:
            yield Fault(flow)


@rule("AGR-005")
def study_agreement_incomplete(case: Case) -> Iterator[Fault]:
    """What the law wants in a study's agreement, one finding for each thing that is missing."""
    for agreement, basis, _flow in _read_once(case, STUDY):
        for name, cite in _missing(agreement, basis, case.valid_on):
            yield Fault(agreement, missing=name, citation=cite)


@rule("AGR-006")
def representative_without_agreement(case: Case) -> Iterator[Fault]:
    """A representative who is no employee of the authority needs the authority's agreement."""
    for flow in case.below(AUDIT):
        basis = case.basis_of(flow)
        owed = basis is not None and (basis.agreement_from is None or basis.agreement_from <= case.valid_on)
        if owed and flow.agreement is None and is_representative(case, flow):
            yield Fault(flow)


@rule("AGR-007")
def representative_agreement_incomplete(case: Case) -> Iterator[Fault]:
    """What the law wants in a representative's agreement; an older one owes it from its renewal on."""
    for agreement, basis, flow in _read_once(case, AUDIT):
        if not is_representative(case, flow):
            continue
        severity = INFO if _is_older(agreement, basis.agreement_from) else None
        for name, cite in _missing(agreement, basis, case.valid_on):
            yield Fault(agreement, missing=name, citation=cite, severity=severity)


def _is_older(agreement: Agreement, first: date | None) -> bool:
    made = [agreement.signed or agreement.effective, *(change.date for change in agreement.amendments)]
    known = [day for day in made if day]
    return first is not None and bool(known) and max(known) < first


def _read_once(case: Case, paragraph: str) -> Iterator[tuple[Agreement, LegalBasis, Flow]]:
    """Yield each agreement of the flows on a basis once, with the basis and one of the flows."""
    seen: set[str] = set()
    for flow in case.below(paragraph):
        agreement, basis = case.agreement_of(flow), case.basis_of(flow)
        if agreement and basis and agreement.id not in seen:
            seen.add(agreement.id)
            yield agreement, basis, flow


def _missing(agreement: Agreement, basis: LegalBasis, day: date) -> Iterator[tuple[str, str]]:
    """Yield what the law names and the agreement lacks, with its citation."""
    for demanded in basis.terms:
        if day not in demanded.period:
            continue
        if demanded.field:
            is_there = bool(getattr(agreement, demanded.field))
        else:
            terms = [term for term in (demanded.term, demanded.alternative) if term]
            is_there = any(not lacks(agreement, term) for term in terms)
        if not is_there:
            yield str(demanded.field or demanded.term), demanded.cite


@rule("AGR-008")
def required_agreement_lapsed(case: Case) -> Iterator[Fault]:
    """Studies and audits that go on after the agreement which the law asks for has ended."""
    for flow, agreement in _lapsed(case):
        if _needs_one(case, flow):
            yield Fault(flow, ended=agreement.expires)


@rule("AGR-009")
def lapsed_agreement(case: Case) -> Iterator[Fault]:
    """Flows in force whose agreement has ended; one that never had any is AGR-001's."""
    for flow, agreement in _lapsed(case):
        if not _needs_one(case, flow):
            yield Fault(flow, ended=agreement.expires)


def _lapsed(case: Case) -> Iterator[tuple[Flow, Agreement]]:
    ended = {id: row for id, row in case.agreements.items() if row.period.ended_by(case.valid_on)}
    for flow in case.disclosures if ended else ():
        if flow.agreement in ended:
            yield flow, ended[flow.agreement]


@rule("AGR-010")
def data_before_agreement(case: Case) -> Iterator[Fault]:
    """Data went before the agreement, or the first that it takes the place of, began."""
    for flow in case.disclosures:
        agreement = case.agreement_of(flow)
        if agreement is None or flow.starts is None or agreement.kind == "consent":
            continue
        first = _first_day(case, agreement)
        if first and flow.starts < first:
            yield Fault(flow, severity=ERROR if _needs_one(case, flow) else None, first=first)


def _first_day(case: Case, agreement: Agreement) -> date | None:
    """Return the first day of an agreement and those before it; None where one of them states none."""
    seen: set[str] = set()
    current: Agreement | None = agreement
    first = agreement.effective
    while current and current.id not in seen:
        seen.add(current.id)
        if current.effective is None:
            return None
        first = min(first or current.effective, current.effective)
        current = case.agreements.get(current.supersedes) if current.supersedes else None
    return first


@rule("AGR-012")
def elements_outside_agreement(case: Case) -> Iterator[Fault]:
    """Elements that the agreement's schedule does not allow; a broader one there covers a narrower."""
    for flow in case.disclosures:
        agreement = case.agreement_of(flow)
        if agreement is None or agreement.schedule is None:
            continue
        allowed = set(agreement.schedule)
        beyond = tuple(id for id in flow.elements if allowed.isdisjoint(case.wider(id)))
        if beyond:
            yield Fault(flow, elements=beyond)


DELETION = ("deletion_days", "destruction_required", "destruction_by", "retention_prohibited")
"""Terms of which one says when the data is deleted."""


@rule("AGR-013")
def deletion_unagreed(case: Case) -> Iterator[Fault]:
    """Contractors' agreements with no word on when the data is deleted."""
    for agreement in case.contracts:
        if all(lacks(agreement, term) for term in DELETION):
            ban = find_ban(case, "no-end", agreement.vendor)
            yield Fault(agreement, **raised(ban, f"{CONTRACTOR}(2)"))


@rule("AGR-014")
def breach_notice_unagreed(case: Case) -> Iterator[Fault]:
    """Contractors' agreements with no number of hours in which a breach is told."""
    for agreement in case.contracts:
        if agreement.terms.breach_notice_hours is None:
            demand = find_demand(case, agreement, "breach_notice_hours")
            changed = raised(demand, "")
            yield Fault(agreement, **({**changed, "citation": demand.cite} if demand else {}))


@rule("AGR-015")
def audit_right_unagreed(case: Case) -> Iterator[Fault]:
    """Contractors' agreements that give the district no right to look."""
    for agreement in case.contracts:
        if lacks(agreement, "audit_right"):
            demand = find_demand(case, agreement, "audit_right")
            yield Fault(agreement, **raised(demand, f"{CONTRACTOR}(2)"))


@rule("AGR-016")
def advertising_unbarred(case: Case) -> Iterator[Fault]:
    """Contractors' agreements that do not bar advertising."""
    for agreement in case.contracts:
        if lacks(agreement, "advertising_prohibited"):
            demand = find_demand(case, agreement, "advertising_prohibited")
            ban = find_ban(case, "vendor-ads", agreement.vendor)
            yield Fault(agreement, **raised(demand or ban, "99.33(a)(2)"))


@rule("AGR-017")
def click_through_for_sensitive_data(case: Case) -> Iterator[Fault]:
    """Sensitive data under terms that a click accepted and that the vendor may change."""
    for agreement in case.contracts:
        if agreement.kind != "terms" and not agreement.terms.click_wrap:
            continue
        found = {id for flow in case.under(agreement) for id in case.sensitive(flow, "high", "critical")}
        if found:
            yield Fault(agreement, elements=tuple(case.taxonomy.sorted(found)))


@rule("AGR-018")
def unsigned_agreement(case: Case) -> Iterator[Fault]:
    """Agreements in use with no day of signature."""
    for agreement in case.agreements.values():
        in_force = case.valid_on in agreement.period
        if in_force and agreement.signed is None and agreement.kind in ("ndpa", "dpa", "mou"):
            yield Fault(agreement)


@rule("AGR-019")
def agreement_ending_soon(case: Case) -> Iterator[Fault]:
    """Agreements in use that end within the next months, with none to follow."""
    followed = {row.supersedes for row in case.agreements.values() if row.supersedes}
    limit = case.valid_on + timedelta(days("ending_soon_days"))
    for agreement in case.agreements.values():
        ends = agreement.expires
        if ends and case.valid_on <= ends <= limit and agreement.id not in followed and case.under(agreement):
            yield Fault(agreement)


@rule("AGR-020")
def purpose_limit_unstated(case: Case) -> Iterator[Fault]:
    """Contractors' agreements that do not keep the data to the purpose for which it was given."""
    for agreement in case.contracts:
        if lacks(agreement, "use_limited_to_purpose"):
            demand = find_demand(case, agreement, "use_limited_to_purpose")
            yield Fault(agreement, **raised(demand, "99.33(a)(2)"))


@rule("AGR-021")
def retention_beyond_agreement(case: Case) -> Iterator[Fault]:
    """Flows that are kept longer than their agreement allows."""
    for flow in case.disclosures:
        agreement = case.agreement_of(flow)
        if agreement is None or flow.retention_days is None:
            continue
        most, last = agreement.terms.deletion_days, agreement.terms.destruction_by
        if most is not None and flow.retention_days > most:
            yield Fault(flow, kept=f"{flow.retention_days} days", allowed=f"{most} days")
        elif last and flow.ends and last_kept_day(flow.ends, flow.retention_days) > last:
            yield Fault(flow, kept=f"until {last_kept_day(flow.ends, flow.retention_days)}", allowed=f"until {last}")


RULES = (
    contractor_without_agreement,
    direct_control_unstated,
    redisclosure_ban_unstated,
    study_without_agreement,
    study_agreement_incomplete,
    representative_without_agreement,
    representative_agreement_incomplete,
    required_agreement_lapsed,
    lapsed_agreement,
    data_before_agreement,
    elements_outside_agreement,
    deletion_unagreed,
    breach_notice_unagreed,
    audit_right_unagreed,
    advertising_unbarred,
    click_through_for_sensitive_data,
    unsigned_agreement,
    agreement_ending_soon,
    purpose_limit_unstated,
    retention_beyond_agreement,
)
