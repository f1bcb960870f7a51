"""The children family: what does the vendor show that COPPA asks of it, where pupils may be under 13?

The duties are the operator's (16 CFR 312), so a fault is seldom an error of the district.  They
attach to what a service collects online from a child, not to what the district hands over.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING

from dataflows.law.bases import overlays
from dataflows.law.element_sets import element_set
from dataflows.rules.base import INFO, Fault, lacks, rule
from dataflows.rules.case import CONSENT
from dataflows.rules.settings import setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.flows import Flow
    from dataflows.model.parties import Coppa, Vendor
    from dataflows.rules.case import Case

_COMMERCIAL = ("marketing", "advertising", "product-development")
_INTERNAL = ("hosting", "support", "security")


def child_flows(case: Case) -> Iterator[tuple[Flow, Vendor]]:
    """Yield what commercial vendors collect from pupils of whom some are under 13, each with its vendor."""
    young = frozenset(setting("child_grades"))
    for flow in case.by_method(*overlays()["coppa"].methods):
        vendor = case.vendors.get(flow.receiver)
        if vendor and not vendor.nonprofit and not young.isdisjoint(case.grades_of(flow)):
            yield flow, vendor


def child_vendors(case: Case) -> Iterator[tuple[Vendor, Coppa | None, list[Flow]]]:
    """Yield each vendor of such flows once, with what it shows and the flows."""
    found: defaultdict[str, list[Flow]] = defaultdict(list)
    for flow, vendor in child_flows(case):
        found[vendor.id].append(flow)
    for id, flows in found.items():
        yield case.vendors[id], case.vendors[id].coppa, flows


def _consent_by_school(case: Case, flow: Flow, vendor: Vendor) -> bool:
    agreement = case.agreement_of(flow)
    said = vendor.coppa.consent if vendor.coppa else None
    return said == "school" or bool(said is None and agreement and agreement.terms.coppa_consent_by_school)


def _has_consent(case: Case, flow: Flow, vendor: Vendor) -> bool:
    said = vendor.coppa.consent if vendor.coppa else None
    return flow.legal_basis == CONSENT or said == "parent" or _consent_by_school(case, flow, vendor)


@rule("COP-001")
def child_data_without_consent_path(case: Case) -> Iterator[Fault]:
    """Nobody says who consents for children from whom a vendor collects data."""
    for vendor, _coppa, flows in child_vendors(case):
        open_ones = [flow for flow in flows if not _has_consent(case, flow, vendor)]
        if open_ones:
            yield Fault(vendor, flows=open_ones)


@rule("COP-002")
def school_consent_for_commercial_use(case: Case) -> Iterator[Fault]:
    """A school consents for the school's use alone."""
    for flow, vendor in child_flows(case):
        if flow.purpose_kind in _COMMERCIAL and _consent_by_school(case, flow, vendor):
            yield Fault(flow, kind=flow.purpose_kind)


@rule("COP-003")
def child_data_advertising_unbarred(case: Case) -> Iterator[Fault]:
    """The school consents, and the agreement does not bar advertising; a contractor's is AGR-016's."""
    seen: set[str] = set()
    for flow, vendor in child_flows(case):
        agreement = case.agreement_of(flow)
        if agreement is None or agreement.id in seen or not _consent_by_school(case, flow, vendor):
            continue
        seen.add(agreement.id)
        if lacks(agreement, "advertising_prohibited"):
            yield Fault(agreement)


@rule("COP-004")
def no_written_retention_policy(case: Case) -> Iterator[Fault]:
    """Vendors of children's services whose written retention policy is not linked."""
    for vendor, coppa, flows in child_vendors(case):
        if coppa is None or not coppa.retention_policy_url:
            yield Fault(vendor, flows=flows)


@rule("COP-005")
def child_data_kept_indefinitely(case: Case) -> Iterator[Fault]:
    """Children's data with no end of its keeping, in the flow or in the agreement."""
    amended = overlays()["coppa"].amended_from
    for flow, _vendor in child_flows(case):
        agreement = case.agreement_of(flow)
        ends = agreement and not (lacks(agreement, "deletion_days") and lacks(agreement, "destruction_by"))
        if flow.retention_days is None and not ends:
            yield Fault(flow, severity=INFO if amended and case.valid_on < amended else None)


def _onward(case: Case) -> Iterator[tuple[Flow, Vendor]]:
    """Yield what the vendors of children's services pass on, but for what serves the service itself."""
    for vendor, _coppa, _flows in child_vendors(case):
        for flow in case.leaving(vendor.id):
            if not case.is_source(flow.receiver) and flow.purpose_kind not in _INTERNAL:
                yield flow, vendor


@rule("COP-006")
def child_data_to_third_parties_without_consent(case: Case) -> Iterator[Fault]:
    """Children's data goes to third parties, and neither a consent of its own nor its need is shown."""
    for flow, vendor in _onward(case):
        coppa = vendor.coppa
        if coppa is None or not (coppa.separate_consent or coppa.integral_disclosure):
            yield Fault(flow)


@rule("COP-007")
def child_biometric_collected(case: Case) -> Iterator[Fault]:
    """Fingerprints, faces and voiceprints of children."""
    for flow, _vendor in child_flows(case):
        found = case.named(flow, element_set("biometric"))
        if found:
            yield Fault(flow, elements=found)


@rule("COP-008")
def child_voice_kept(case: Case) -> Iterator[Fault]:
    """Recordings of children's voices that are kept with nobody's consent."""
    for flow, vendor in child_flows(case):
        found = case.named(flow, element_set("voice"))
        if found and flow.retention_days != 0 and not _has_consent(case, flow, vendor):
            yield Fault(flow, elements=found)


@rule("COP-009")
def no_security_program_shown(case: Case) -> Iterator[Fault]:
    """Vendors of children's services that show no written security program."""
    for vendor, coppa, flows in child_vendors(case):
        if coppa is None or not coppa.security_program:
            yield Fault(vendor, flows=flows)


@rule("COP-010")
def no_assurance_from_subprocessor(case: Case) -> Iterator[Fault]:
    """Those to whom children's data goes on give no written assurance that is known."""
    for vendor, _coppa, flows in child_vendors(case):
        agreements = [agreement for flow in flows if (agreement := case.agreement_of(flow))]
        assured = any(agreement.terms.subprocessor_agreements for agreement in agreements)
        for flow in case.leaving(vendor.id):
            if not case.is_source(flow.receiver) and not assured:
                yield Fault(flow)


@rule("COP-011")
def third_parties_unnamed(case: Case) -> Iterator[Fault]:
    """A vendor passes children's data on, and no page of its that names the receivers is known."""
    for vendor, _coppa, flows in child_vendors(case):
        passes_on = any(not case.is_source(flow.receiver) for flow in case.leaving(vendor.id))
        if passes_on and not (vendor.privacy_url or vendor.subcontractors_url):
            yield Fault(vendor, flows=flows)


@rule("COP-012")
def persistent_identifier_for_profiling(case: Case) -> Iterator[Fault]:
    """What recognizes a child over time, used for advertising."""
    for flow, _vendor in child_flows(case):
        found = case.named(flow, element_set("persistent-identifiers"))
        if found and flow.purpose_kind in ("advertising", "marketing"):
            yield Fault(flow, elements=found)


@rule("COP-013")
def unknown_ages(case: Case) -> Iterator[Fault]:
    """A service collects from students of all grades of all schools, younger and older: of which is not said."""
    young = frozenset(setting("child_grades"))
    seen: set[str] = set()
    for flow, vendor in child_flows(case):
        grades = case.grades_of(flow)
        if flow.audience.grades is None and grades - young and vendor.id not in seen:
            seen.add(vendor.id)
            if not any(product.grades for product in vendor.products):
                yield Fault(vendor)


@rule("COP-014")
def child_service_without_privacy_notice(case: Case) -> Iterator[Fault]:
    """Vendors of children's services whose privacy policy is not linked; who also passes data on is COP-011's."""
    for vendor, _coppa, flows in child_vendors(case):
        if not vendor.privacy_url:
            yield Fault(vendor, flows=flows)


RULES = (
    child_data_without_consent_path,
    school_consent_for_commercial_use,
    child_data_advertising_unbarred,
    no_written_retention_policy,
    child_data_kept_indefinitely,
    child_data_to_third_parties_without_consent,
    child_biometric_collected,
    child_voice_kept,
    no_security_program_shown,
    no_assurance_from_subprocessor,
    third_parties_unnamed,
    persistent_identifier_for_profiling,
    unknown_ages,
    child_service_without_privacy_notice,
)
