"""The directory family: is directory information designated, announced, limited and refused as 99.37 says?

It may go out without consent only after public notice of what is designated, of the right to
refuse, and of the period for it.  Some elements can't be designated at all.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any

from dataflows.law.bases import overlays
from dataflows.law.element_sets import element_set
from dataflows.rules.base import ERROR, Fault, rule
from dataflows.rules.case import DIRECTORY
from dataflows.rules.settings import days, setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.district import DirectoryDesignation
    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case

RECRUITERS = "20-USC-7908"
FIELD = "policies.directory_information"
_SERVICES = frozenset({"instruction", "assessment", "rostering", "operations", "transport", "meals", "health"})
_SERVICE_CHANNELS = frozenset({"oneroster", "lti", "saml"})


def designation_of(case: Case) -> DirectoryDesignation | None:
    """Return what the district designates; None where it designates nothing."""
    return case.district.policies.directory_information


def _designated(case: Case) -> frozenset[str]:
    designation = designation_of(case)
    return frozenset(designation.elements) if designation else frozenset()


def _on_district(case: Case, **facts: Any) -> Fault:
    """Return a fault of the designation itself, which concerns the flows that rest on it."""
    return Fault(case.district, field=FIELD, flows=list(case.on(DIRECTORY)), **facts)


@rule("DIR-001")
def undesignated_directory_element(case: Case) -> Iterator[Fault]:
    """Elements that go out as directory information and are not designated; a broader one covers a narrower."""
    designated = _designated(case)
    for flow in case.on(DIRECTORY):
        never = _never_designated(case, flow)
        beyond = tuple(id for id in flow.elements if id not in never and designated.isdisjoint(case.wider(id)))
        if beyond:
            yield Fault(flow, elements=beyond)


def _never_designated(case: Case, flow: Flow) -> tuple[str, ...]:
    return case.named(flow, ("ssn", *overlays()["mckinney-vento"].elements))


@rule("DIR-002")
def directory_notice_not_given(case: Case) -> Iterator[Fault]:
    """Directory information goes out before any notice of it is on record; the annual notice may hold it."""
    if any(case.on(DIRECTORY)) and not case.notices_of("directory", "directory-information", "annual"):
        yield _on_district(case)


@rule("DIR-003")
def directory_notice_incomplete(case: Case) -> Iterator[Fault]:
    """A designation that names no element: the notice can't say what may go out."""
    designation = designation_of(case)
    if designation and not designation.elements:
        yield _on_district(case)


@rule("DIR-004")
def no_opt_out_period(case: Case) -> Iterator[Fault]:
    """Elements are designated, and no last day to refuse is set."""
    designation = designation_of(case)
    if designation and designation.elements and designation.opt_out_by is None:
        yield _on_district(case)


@rule("DIR-005")
def ssn_designated(case: Case) -> Iterator[Fault]:
    """A social security number is never directory information."""
    yield from _forbidden(case, ("ssn",))


@rule("DIR-007")
def homelessness_designated(case: Case) -> Iterator[Fault]:
    """Where a homeless student lives is never directory information."""
    yield from _forbidden(case, overlays()["mckinney-vento"].elements)


def _forbidden(case: Case, elements: tuple[str, ...]) -> Iterator[Fault]:
    """Yield a designation of such elements, and the flows that carry them as directory information."""
    designated = case.among(sorted(_designated(case)), elements)
    if designated:
        yield Fault(case.district, field=FIELD, flows=[], elements=designated)
    for flow in case.on(DIRECTORY):
        if found := case.named(flow, elements):
            yield Fault(flow, elements=found)


@rule("DIR-006")
def student_id_designated_unsafely(case: Case) -> Iterator[Fault]:
    """An identifier may be designated only where it opens no record without a further factor."""
    designation = designation_of(case)
    if designation is None or designation.id_needs_second_factor:
        return
    found = case.among(designation.elements, element_set("directory-with-second-factor"))
    if found:
        yield _on_district(case, elements=found)


@rule("DIR-008")
def harmful_element_designated(case: Case) -> Iterator[Fault]:
    """Elements whose disclosure would be thought harmful or an invasion of privacy."""
    designated = sorted(_designated(case))
    found = case.among(designated, element_set("directory-harmful"))
    always = case.among(designated, element_set("directory-harmful-always"))
    if found:
        yield _on_district(case, elements=found, severity=ERROR if always else None)


def _folded(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


@rule("DIR-009")
def outside_limited_directory_policy(case: Case) -> Iterator[Fault]:
    """A district that limits to whom or for what it discloses is bound by that."""
    designation = designation_of(case)
    limits = designation.limited_to if designation else None
    if limits is None:
        return
    purposes = {_folded(purpose) for purpose in limits.purposes}
    for flow in case.on(DIRECTORY):
        said = {_folded(case.say(flow.purpose)), _folded(flow.purpose_kind or "")}
        unfit_purpose = purposes and not any(purpose in text for purpose in purposes for text in said)
        if (limits.parties and flow.receiver not in limits.parties) or unfit_purpose:
            yield Fault(flow)


@rule("DIR-010")
def directory_basis_for_a_service(case: Case) -> Iterator[Fault]:
    """A service for every student can't rest on what some families refuse."""
    for flow in case.on(DIRECTORY):
        serves = flow.purpose_kind in _SERVICES or flow.channel in _SERVICE_CHANNELS
        if serves and case.kind_of(flow.receiver) == "vendor":
            yield Fault(flow)


@rule("DIR-011")
def directory_flow_without_opt_out(case: Case) -> Iterator[Fault]:
    """Directory information that families can't refuse."""
    for flow in case.on(DIRECTORY):
        if flow.opt_out.allowed is False:
            yield Fault(flow)


@rule("DIR-012")
def directory_flow_silent_on_opt_out(case: Case) -> Iterator[Fault]:
    """Directory information of which the catalog does not say whether families can refuse it."""
    for flow in case.on(DIRECTORY):
        if flow.opt_out.allowed is None:
            yield Fault(flow)


@rule("DIR-014")
def opt_out_contact_missing(case: Case) -> Iterator[Fault]:
    """Elements are designated, and nobody is named to whom a family writes."""
    designation = designation_of(case)
    if designation and designation.elements and designation.opt_out_contact not in case.contacts:
        yield Fault(case.district, field=f"{FIELD}.opt_out_contact", flows=[], contact=designation.opt_out_contact)


@rule("DIR-015")
def opt_out_closed_before_notice(case: Case) -> Iterator[Fault]:
    """The last day to refuse comes too soon after the notice, or before it."""
    designation = designation_of(case)
    given = case.notices_for_year("directory", "directory-information")
    if designation is None or designation.opt_out_by is None or not given:
        return
    issued, last = given[0].issued, designation.opt_out_by
    if last < issued + timedelta(days("opt_out_days")):
        yield Fault(
            case.district,
            field=f"{FIELD}.opt_out_by",
            flows=list(case.on(DIRECTORY)),
            severity=ERROR if last < issued else None,
            last=last,
            issued=issued,
        )


def secondary_schools(case: Case) -> list[str]:
    """Return the ids of the schools that teach one of grades 9 to 12."""
    grades = set(setting("secondary_grades"))
    return [school.id for school in case.schools.values() if grades & set(school.grade_codes)]


@rule("DIR-016")
def recruiter_notice_missing(case: Case) -> Iterator[Fault]:
    """Families of secondary students were never told that they may keep recruiters from their data."""
    if case.district.esea and secondary_schools(case) and not case.notices_of("recruiters", "recruiter"):
        yield Fault(case.district, field="policies.recruiter_notice", flows=list(case.on(RECRUITERS)))


@rule("DIR-017")
def recruiter_opt_in(case: Case) -> Iterator[Fault]:
    """A district may not make recruiters wait for the consent of those who did not refuse."""
    for flow in case.on(RECRUITERS):
        consent = flow.consent
        if consent and (consent.needed or consent.kind == "opt_in"):
            yield Fault(flow)


@rule("DIR-018")
def recruiter_exclusion_by_directory_limit(case: Case) -> Iterator[Fault]:
    """A limit on directory information is no reason to refuse a recruiter."""
    designation = designation_of(case)
    if designation is None or designation.limited_to is None:
        return
    for release in case.releases.values():
        flow = case.all_flows.get(release.flow)
        if release.refused and flow and flow.legal_basis == RECRUITERS and release.date <= case.valid_on:
            yield Fault(release, flows=[flow], receiver=flow.receiver, date=release.date)


RULES = (
    undesignated_directory_element,
    directory_notice_not_given,
    directory_notice_incomplete,
    no_opt_out_period,
    ssn_designated,
    student_id_designated_unsafely,
    homelessness_designated,
    harmful_element_designated,
    outside_limited_directory_policy,
    directory_basis_for_a_service,
    directory_flow_without_opt_out,
    directory_flow_silent_on_opt_out,
    opt_out_contact_missing,
    opt_out_closed_before_notice,
    recruiter_notice_missing,
    recruiter_opt_in,
    recruiter_exclusion_by_directory_limit,
)
