"""The minimization family: is as little shared as the purpose needs, for as short a time, of as few students?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.bases import overlays
from dataflows.law.element_sets import element_set
from dataflows.model.grades import parse_grades
from dataflows.rules.base import Fault, rule
from dataflows.rules.case import CONSENT, DIRECTORY, EMPLOYEE, is_below
from dataflows.rules.settings import days

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case

TRANSFER = "99.31(a)(2)"


@rule("MIN-001")
def purpose_missing(case: Case) -> Iterator[Fault]:
    """Disclosures that say not what they are for."""
    for flow in case.disclosures:
        if not case.say(flow.purpose):
            yield Fault(flow)


@rule("MIN-002")
def retention_unstated(case: Case) -> Iterator[Fault]:
    """Nobody knows how long the receiver keeps it; records that follow a student, and what is public, are kept."""
    for flow in case.disclosures:
        if flow.retention_days is not None or flow.legal_basis == TRANSFER:
            continue
        basis = case.basis_of(flow)
        if basis is None or basis.redisclosure != "free":
            yield Fault(flow)


def _to_vendors(case: Case, elements: Collection[str]) -> Iterator[tuple[Flow, tuple[str, ...]]]:
    """Yield the flows to vendors that carry one of the elements, with those that they carry."""
    for flow, found in case.carrying(elements):
        if case.kind_of(flow.receiver) == "vendor":
            yield flow, found


@rule("MIN-003")
def ssn_shared(case: Case) -> Iterator[Fault]:
    """Social security numbers at a vendor; as directory information it is DIR-005's."""
    for flow, found in _to_vendors(case, ("ssn",)):
        if flow.legal_basis != DIRECTORY:
            yield Fault(flow, elements=found)


@rule("MIN-004")
def critical_data_without_need(case: Case) -> Iterator[Fault]:
    """Critical data for school officials with a purpose too short to say why."""
    critical = [id for id, element in case.taxonomy.elements.items() if element.sensitivity == "critical"]
    for flow, found in case.carrying(critical, exactly=True):
        purpose = case.say(flow.purpose)
        is_short = 0 < len(purpose) < days("short_purpose_letters")
        if is_short and is_below(flow.legal_basis or "", "99.31(a)(1)"):
            yield Fault(flow, elements=found)


def _has_meal_ground(case: Case, flow: Flow) -> bool:
    """Tell whether the school lunch act lets the receiver have it: consent, the meals themselves, their authorities."""
    basis = flow.legal_basis or ""
    if basis == CONSENT or flow.purpose_kind == "meals" or basis == "20-USC-1232g(b)(1)(K)":
        return True
    return case.kind_of(flow.receiver) == "agency" and is_below(basis, "99.31(a)(3)")


@rule("MIN-005")
def meal_status_shared(case: Case) -> Iterator[Fault]:
    """What a meal application tells, given to somebody whom the school lunch act does not name."""
    overlay = overlays()["nsla"]
    for flow, found in case.carrying(overlay.elements):
        if flow.data_source == overlay.data_source and not _has_meal_ground(case, flow):
            yield Fault(flow, elements=found)


@rule("MIN-006")
def meal_status_of_unknown_source(case: Case) -> Iterator[Fault]:
    """Low-income status that may come from a meal application, or may not."""
    for flow, found in case.carrying(overlays()["nsla"].elements):
        if flow.data_source is None and not _has_meal_ground(case, flow):
            yield Fault(flow, elements=found)


@rule("MIN-007")
def disability_data_shared_widely(case: Case) -> Iterator[Fault]:
    """Data of special education at many vendors, or about every student."""
    found = list(_to_vendors(case, element_set("special-education")))
    vendors = {flow.receiver for flow, _elements in found}
    for flow, elements in found:
        is_everybody = flow.audience.schools is None and flow.audience.grades is None
        if is_everybody or len(vendors) > days("shared_widely_vendors"):
            reason = (
                "its audience is every student" if is_everybody else f"{len(vendors)} vendors in all have such data"
            )
            yield Fault(flow, elements=elements, reason=reason)


@rule("MIN-008")
def password_shared(case: Case) -> Iterator[Fault]:
    """Passwords that are handed over."""
    for flow, found in case.carrying(("password",)):
        if flow.method == "provided":
            yield Fault(flow, elements=found)


@rule("MIN-009")
def biometric_shared(case: Case) -> Iterator[Fault]:
    """Fingerprints, faces and the like at a vendor."""
    for flow, found in _to_vendors(case, element_set("biometric")):
        yield Fault(flow, elements=found)


@rule("MIN-010")
def precise_location_collected(case: Case) -> Iterator[Fault]:
    """Where a student is, for another purpose than getting about and being safe."""
    for flow, found in case.carrying(("geolocation",)):
        if flow.purpose_kind not in ("transport", "safety"):
            yield Fault(flow, elements=found)


@rule("MIN-011")
def browsing_history_collected(case: Case) -> Iterator[Fault]:
    """What a student looks at on the web, for another purpose than filtering and security."""
    for flow, found in case.carrying(("web-history",)):
        if flow.purpose_kind not in ("security", "safety"):
            yield Fault(flow, elements=found)


@rule("MIN-012")
def audience_wider_than_use(case: Case) -> Iterator[Fault]:
    """Students of grades that the product is not for."""
    for flow in case.disclosures:
        vendor = case.vendors.get(flow.receiver)
        if vendor is None or flow.product is None:
            continue
        grades = next((product.grades for product in vendor.products if product.name == flow.product), None)
        beyond = case.grades_of(flow) - set(parse_grades(grades)) if grades else frozenset()
        if beyond:
            yield Fault(flow, product=flow.product, grades=grades, beyond=tuple(sorted(beyond)))


@rule("MIN-013")
def broad_element(case: Case) -> Iterator[Fault]:
    """Elements that stand for several, where a narrower one says more."""
    for flow, found in case.carrying(element_set("imprecise") | element_set("imprecise-whole"), exactly=True):
        yield Fault(flow, elements=found)


@rule("MIN-014")
def unlimited_access_by_officials(case: Case) -> Iterator[Fault]:
    """Staff get records, and no policy says how each is kept to those of a legitimate interest."""
    flows = [flow for flow in case.flows if flow.legal_basis == EMPLOYEE]
    if flows and not case.district.links.security_policy:
        yield Fault(case.district, field="links.security_policy", flows=flows)


RULES = (
    purpose_missing,
    retention_unstated,
    ssn_shared,
    critical_data_without_need,
    meal_status_shared,
    meal_status_of_unknown_source,
    disability_data_shared_widely,
    password_shared,
    biometric_shared,
    precise_location_collected,
    browsing_history_collected,
    audience_wider_than_use,
    broad_element,
    unlimited_access_by_officials,
)
