"""The records family: is written down what 34 CFR 99.32 and 300.614 want written down?

The record is kept with each student; the catalog holds an entry for the audience of a flow.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.element_sets import element_set
from dataflows.rules.base import WARNING, Fault, rule
from dataflows.rules.case import AUDIT, is_below

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.events import Release
    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case

EMERGENCY = "99.31(a)(10)"


def _owes_record(case: Case, flow: Flow) -> bool:
    basis = case.basis_of(flow)
    if basis is None or flow.sender not in (None, case.district.id):
        return False
    if basis.record == "unless-directory-information":
        designation = case.district.policies.directory_information
        designated = frozenset(designation.elements if designation else ())
        return any(designated.isdisjoint(case.wider(id)) for id in flow.elements)
    return basis.record in ("required", "required-with-contents")


@rule("REC-001")
def disclosure_unrecorded(case: Case) -> Iterator[Fault]:
    """Disclosures whose basis asks for a record, with none."""
    for flow in case.disclosures:
        if _owes_record(case, flow) and not case.releases_of(flow):
            basis = case.basis_of(flow)
            certain = basis is not None and basis.record_certain
            cite = basis.record_cite if basis else None
            yield Fault(flow, severity=None if certain else WARNING, certain=certain, citation=cite)


def _records(case: Case) -> Iterator[tuple[Release, Flow]]:
    for release in case.releases.values():
        flow = case.all_flows.get(release.flow)
        if flow and release.date <= case.valid_on:
            yield release, flow


@rule("REC-003")
def record_without_interest(case: Case) -> Iterator[Fault]:
    """Records that leave the legitimate interest blank."""
    for release, flow in _records(case):
        if not release.interest.strip():
            yield _fault(release, flow)


@rule("REC-004")
def emergency_threat_unrecorded(case: Case) -> Iterator[Fault]:
    """Records of an emergency that do not say what the threat was."""
    for release, flow in _records(case):
        if flow.legal_basis == EMERGENCY and not (release.threat or "").strip():
            yield _fault(release, flow)


@rule("REC-005")
def further_disclosers_unnamed(case: Case) -> Iterator[Fault]:
    """Records of an audit that do not name the authorities which may disclose further."""
    for release, flow in _records(case):
        if is_below(flow.legal_basis or "", AUDIT) and not release.may_redisclose and not release.refused:
            yield _fault(release, flow)


def _fault(release: Release, flow: Flow) -> Fault:
    return Fault(release, flows=[flow], flow=flow.id, receiver=flow.receiver, date=release.date)


@rule("REC-006")
def state_record_not_fetched(case: Case) -> Iterator[Fault]:
    """An authority passed audit data on, and the district's record does not say to whom."""
    for flow in case.below(AUDIT):
        known = {party for release in case.releases_of(flow) for party in release.redisclosed_to}
        unknown = {
            other.receiver
            for other in case.leaving(flow.receiver)
            if other.receiver not in known and not case.is_source(other.receiver)
        }
        if unknown and case.kind_of(flow.receiver) == "agency":
            yield Fault(flow, others=tuple(sorted(unknown)))


@rule("REC-007")
def special_education_access_unrecorded(case: Case) -> Iterator[Fault]:
    """Data of special education at a vendor, with no record of name, date and purpose."""
    for flow, found in case.carrying(element_set("special-education")):
        if case.kind_of(flow.receiver) == "vendor" and not case.releases_of(flow):
            yield Fault(flow, elements=found)


@rule("REC-008")
def requests_unrecorded(case: Case) -> Iterator[Fault]:
    """Records hold what was disclosed, and never who asked."""
    found = list(_records(case))
    if found and not any(release.requested_by or release.refused for release, _flow in found):
        yield Fault(case.district, flows=[])


@rule("REC-009")
def needless_record(case: Case) -> Iterator[Fault]:
    """Records of disclosures whose basis asks for none; special education has a rule of its own."""
    for release, flow in _records(case):
        basis = case.basis_of(flow)
        if basis and basis.record == "none" and not case.named(flow, element_set("special-education")):
            yield _fault(release, flow)


RULES = (
    disclosure_unrecorded,
    record_without_interest,
    emergency_threat_unrecorded,
    further_disclosers_unnamed,
    state_record_not_fetched,
    special_education_access_unrecorded,
    requests_unrecorded,
    needless_record,
)
