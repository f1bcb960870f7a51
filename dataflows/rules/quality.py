"""The quality family: is the catalog itself whole enough to answer with?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.parties import STUDENTS
from dataflows.rules.base import Fault, rule
from dataflows.rules.texts import is_placeholder, policy_texts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case

PARENT_OR_STUDENT = "99.31(a)(12)"


@rule("DAT-001")
def flow_without_start(case: Case) -> Iterator[Fault]:
    """Flows of which nobody wrote down when they began."""
    for flow in case.disclosures:
        if flow.starts is None:
            yield Fault(flow)


@rule("DAT-004")
def placeholder_text(case: Case) -> Iterator[Fault]:
    """Texts that were left for later."""
    for name, text in policy_texts(case):
        if is_placeholder(text):
            yield Fault(case.district, field=name, text=text)
    for flow in case.disclosures:
        text = case.say(flow.purpose)
        if text and is_placeholder(text):
            yield Fault(flow, text=text, field="purpose")


_ROLES = ("records_custodian", "complaints")


@rule("DAT-005")
def contact_role_missing(case: Case) -> Iterator[Fault]:
    """Nobody is named to whom a family writes about records, or complains."""
    for role in _ROLES:
        if role not in case.contacts:
            yield Fault(case.district, field=f"contacts.{role}", role=role.replace("_", " "))


@rule("DAT-006")
def agreement_without_dates(case: Case) -> Iterator[Fault]:
    """Agreements in use whose first day is not known."""
    for agreement in case.agreements.values():
        if agreement.effective is None and not agreement.period.ended_by(case.valid_on):
            yield Fault(agreement)


@rule("DAT-007")
def vendor_without_flow(case: Case) -> Iterator[Fault]:
    """Vendors of which nothing is known; one whose products all take no student data has nothing to say."""
    used = {party for flow in case.all_flows.values() for party in (flow.receiver, flow.sender, flow.via)}
    for vendor in case.vendors.values():
        takes_none = bool(vendor.products) and all(
            product.student_data == "none" or product.status in ("retired", "prohibited") for product in vendor.products
        )
        if vendor.id not in used and not takes_none:
            yield Fault(vendor)


@rule("DAT-008")
def agreement_without_flow(case: Case) -> Iterator[Fault]:
    """Agreements in force that nothing rests on."""
    used = {flow.agreement for flow in case.all_flows.values()}
    used |= {row.supersedes for row in case.agreements.values()}
    for agreement in case.agreements.values():
        if agreement.id not in used and case.valid_on in agreement.period:
            yield Fault(agreement)


@rule("DAT-009")
def element_listed_twice(case: Case) -> Iterator[Fault]:
    """Flows that name an element and a broader one that holds it."""
    for flow in case.disclosures:
        if case.have_broader.isdisjoint(flow.elements):
            continue
        named = set(flow.elements)
        twice = tuple(id for id in flow.elements if not named.isdisjoint(case.wider(id)[1:]))
        if twice:
            yield Fault(flow, elements=twice)


@rule("DAT-010")
def duplicate_flow(case: Case) -> Iterator[Fault]:
    """Flows that say the same as another, on days that both have."""
    seen: dict[tuple[object, ...], list[Flow]] = {}
    for flow in case.disclosures:
        for other in seen.setdefault((flow.sender, flow.receiver, flow.method, flow.elements), []):
            if _says_the_same(case, flow, other) and other.period.meets(flow.period):
                yield Fault(flow, other=other.id)
                break
        seen[flow.sender, flow.receiver, flow.method, flow.elements].append(flow)


def _says_the_same(case: Case, flow: Flow, other: Flow) -> bool:
    return flow.audience == other.audience and case.say(flow.purpose) == case.say(other.purpose)


@rule("DAT-012")
def students_as_receiver_of_vendor_data(case: Case) -> Iterator[Fault]:
    """What goes to families rests on their own right to it."""
    for flow in case.flows:
        if flow.receiver == STUDENTS and flow.legal_basis not in (None, PARENT_OR_STUDENT):
            yield Fault(flow)


@rule("DAT-013")
def unnumbered_audience(case: Case) -> Iterator[Fault]:
    """Schools whose enrollment is not known, so that nobody can say how many students a fault concerns."""
    for school in case.schools.values():
        if school.students is None:
            yield Fault(school, name=school.name)


@rule("DAT-014")
def carrier_without_flow(case: Case) -> Iterator[Fault]:
    """Elements that run through a vendor's service, and that no flow in force brings that vendor."""
    for flow in case.flows:
        if flow.via is None:
            continue
        got = {element for other in case.arriving(flow.via) for element in other.elements}
        beyond = tuple(id for id in flow.elements if got.isdisjoint(case.wider(id)))
        if beyond:
            yield Fault(flow, elements=beyond, carrier=flow.via)


RULES = (
    flow_without_start,
    placeholder_text,
    contact_role_missing,
    agreement_without_dates,
    vendor_without_flow,
    agreement_without_flow,
    element_listed_twice,
    duplicate_flow,
    students_as_receiver_of_vendor_data,
    unnumbered_audience,
    carrier_without_flow,
)
