"""The states family: does the district keep what its own state asks for, besides FERPA?

What each state asks is data (schemas/law/states).  What FERPA's own rules find too is raised
there; here is what only a state asks for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.parties import STUDENTS
from dataflows.rules.agreement import DELETION
from dataflows.rules.base import ERROR, WARNING, Fault, lacks, rule
from dataflows.rules.case import CONTRACTOR
from dataflows.rules.demands import (
    cite_all,
    demanded_terms,
    exceeded_limits,
    find_ban,
    is_exceeded,
    is_kept,
    severity_of,
    state_bans,
)
from dataflows.rules.posted import demanded_postings, is_about_monitoring, watched

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.law.state_law import Ban, ContractTerm
    from dataflows.model.agreements import Agreement
    from dataflows.rules.case import Case

_FERPA_FINDS = frozenset({
    "direct_control", "redisclosure_prohibited", "use_limited_to_purpose", "advertising_prohibited",
    "breach_notice_hours", "audit_right",
})  # fmt: skip
"""Terms whose absence a rule of the agreement family finds, which the state then makes graver."""


def _in_use(case: Case) -> list[Agreement]:
    """Return the agreements in force with vendors under which something flows now."""
    return [
        agreement
        for agreement in case.agreements.values()
        if case.under(agreement) and not agreement.period.ended_by(case.valid_on)
    ]


@rule("LAW-001")
def state_term_missing(case: Case) -> Iterator[Fault]:
    """What the state wants an agreement to say, and it does not; errors and warnings are told apart."""
    contracts = {agreement.id for agreement in case.contracts}
    for agreement in _in_use(case):
        missing = [
            fact
            for fact in demanded_terms(case, agreement)
            if not is_kept(fact, agreement)
            and not is_exceeded(fact, agreement)
            and not (agreement.id in contracts and _is_found(fact, agreement))
        ]
        for severity in (ERROR, WARNING):
            facts = [fact for fact in missing if severity_of(fact) is severity]
            if facts:
                terms = tuple(fact.term.replace("_", " ") for fact in facts)
                certain = all(fact.certain for fact in facts)
                state = case.district.state
                yield Fault(agreement, severity=severity, citation=cite_all([*facts]), certain=certain,
                            missing=terms, state=state)  # fmt: skip


def _is_found(fact: ContractTerm, agreement: Agreement) -> bool:
    return fact.term in _FERPA_FINDS and lacks(agreement, fact.term)


@rule("LAW-002")
def sale_unbarred(case: Case) -> Iterator[Fault]:
    """Vendors' agreements that do not bar the sale of data, in a state that forbids it."""
    for agreement in _in_use(case):
        ban = find_ban(case, "vendor-sale", agreement.vendor)
        asked = any(fact.term == "sale_prohibited" for fact in demanded_terms(case, agreement))
        is_vendor = case.kind_of(agreement.vendor) == "vendor" and agreement.kind != "consent"
        if ban and is_vendor and not asked and lacks(agreement, "sale_prohibited"):
            yield Fault(agreement, severity=severity_of(ban), citation=ban.cite, certain=ban.certain, law=ban.says)


def _uncontracted(case: Case, ban_name: str, term: str) -> Iterator[tuple[Agreement, Ban]]:
    """Yield agreements with vendors on another basis than a contractor's, to which a ban of the state reaches."""
    contracts = {agreement.id for agreement in case.contracts}
    for agreement in _in_use(case):
        is_vendor = case.kind_of(agreement.vendor) == "vendor" and agreement.kind != "consent"
        ban = find_ban(case, ban_name, agreement.vendor) if is_vendor and agreement.id not in contracts else None
        if ban and all(fact.term != term for fact in demanded_terms(case, agreement)):
            yield agreement, ban


@rule("LAW-003")
def element_barred_by_state(case: Case) -> Iterator[Fault]:
    """Elements that the state does not let go to a vendor, or only with consent."""
    for ban in state_bans(case, "ssn-flow", "biometric-flow", "survey-flow"):
        for flow, found in case.carrying(ban.elements):
            is_permitted = ban.unless_basis is not None and flow.legal_basis == ban.unless_basis
            if case.kind_of(flow.receiver) == "vendor" and not is_permitted:
                # A recording of a voice is biometric only where it serves as a voiceprint.
                severity = WARNING if found == ("voice",) else severity_of(ban)
                yield Fault(flow, elements=found, severity=severity, citation=ban.cite, certain=ban.certain,
                            law=ban.says)  # fmt: skip


@rule("LAW-004")
def directory_contact_barred_by_state(case: Case) -> Iterator[Fault]:
    """Contact data that the state does not let a district designate."""
    designation = case.district.policies.directory_information
    for ban in state_bans(case, "directory-contact") if designation else ():
        found = case.among(designation.elements if designation else (), ban.elements)
        if found:
            yield Fault(case.district, field="policies.directory_information", flows=[], elements=found,
                        severity=severity_of(ban), citation=ban.cite, certain=ban.certain, law=ban.says)  # fmt: skip


@rule("LAW-005")
def monitoring_unannounced(case: Case) -> Iterator[Fault]:
    """Devices that the district watches, in a state that wants it announced, with no notice this year.

    Where the state names a posting for it, the fault is that posting's, and its own rules say it better.
    """
    posting = next((one for one in demanded_postings(case) if is_about_monitoring(one)), None)
    if case.notices_for_year("monitoring", *([posting.id] if posting else [])):
        return
    for ban in state_bans(case, "monitoring"):
        for row in watched(case):
            facts = {"severity": severity_of(ban), "citation": ban.cite, "certain": ban.certain,
                     "law": ban.says, "features": row.features, "device": row.device}  # fmt: skip
            if posting is None:
                yield Fault(row, **facts)
            else:
                yield Fault(case.district, field=f"postings.{posting.id}", flows=[], **facts)


@rule("LAW-006")
def vendor_without_state_agreement(case: Case) -> Iterator[Fault]:
    """Vendors that get data with no agreement, where the state demands one; a contractor's is AGR-001's."""
    for flow in case.disclosures:
        is_onward = flow.sender not in (None, case.district.id, STUDENTS)
        if flow.agreement is not None or flow.legal_basis == CONTRACTOR or is_onward:
            continue
        ban = find_ban(case, "no-agreement", flow.receiver)
        if ban and case.kind_of(flow.receiver) == "vendor":
            yield Fault(flow, severity=severity_of(ban), citation=ban.cite, certain=ban.certain, law=ban.says)


@rule("LAW-007")
def advertising_unbarred_in_state(case: Case) -> Iterator[Fault]:
    """Vendors' agreements that do not bar advertising, in a state that forbids it; contractors' are AGR-016's."""
    for agreement, ban in _uncontracted(case, "vendor-ads", "advertising_prohibited"):
        if lacks(agreement, "advertising_prohibited"):
            yield Fault(agreement, severity=severity_of(ban), citation=ban.cite, certain=ban.certain)


@rule("LAW-008")
def deletion_unagreed_in_state(case: Case) -> Iterator[Fault]:
    """Vendors' agreements with no word on deletion, in a state that wants one; contractors' are AGR-013's."""
    for agreement, ban in _uncontracted(case, "no-end", "deletion_days"):
        if all(lacks(agreement, term) for term in DELETION):
            yield Fault(agreement, severity=severity_of(ban), citation=ban.cite, certain=ban.certain, law=ban.says)


@rule("LAW-009")
def term_beyond_state_limit(case: Case) -> Iterator[Fault]:
    """A number that an agreement gives a vendor, and the state allows less, by a clause or without one."""
    for agreement in _in_use(case):
        for fact in exceeded_limits(case, agreement):
            what, _, unit = fact.term.rpartition("_")
            severity = severity_of(fact) if fact.binds == "contract" else WARNING
            given = f"{getattr(agreement.terms, fact.term)} {unit} for {what.replace('_', ' ')}"
            yield Fault(agreement, severity=severity, citation=fact.cite, certain=fact.certain, law=fact.says,
                        given=given, limit=fact.at_most, state=case.district.state)  # fmt: skip


RULES = (
    state_term_missing,
    sale_unbarred,
    element_barred_by_state,
    directory_contact_barred_by_state,
    monitoring_unannounced,
    vendor_without_state_agreement,
    advertising_unbarred_in_state,
    deletion_unagreed_in_state,
    term_beyond_state_limit,
)
