"""The basis family: does each disclosure rest on something that permits it, and does it keep its conditions?

FERPA forbids what no paragraph of 99.31 permits, so a missing or unfit basis is an error.  What a
basis asks for is data (schemas/law/legal-bases.yaml); the rules here compare it with the flow.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.law.bases import members_of, overlays
from dataflows.law.element_sets import element_set
from dataflows.model.parties import STUDENTS
from dataflows.rules.base import WARNING, Fault, lacks, rule
from dataflows.rules.case import AUDIT, CONSENT, CONTRACTOR, EMPLOYEE, STUDY
from dataflows.rules.settings import days

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow
    from dataflows.rules.case import Case

TRANSFER = "99.31(a)(2)"
EMERGENCY = "99.31(a)(10)"
FINANCIAL_AID = "99.31(a)(4)"
DEIDENTIFIED = "99.31(b)(1)"
RESEARCH_CODE = "99.31(b)(2)"
JUVENILE_AFTER_1974 = "99.31(a)(5)(i)(B)"
RECRUITERS = "20-USC-7908"
DISOWNED = "not-education-record"


@rule("BAS-001")
def missing_legal_basis(case: Case) -> Iterator[Fault]:
    """Disclosures that name nothing which permits them; what students give themselves is BAS-002's."""
    for flow in case.on(""):
        if flow.sender != STUDENTS:
            yield Fault(flow)


@rule("BAS-002")
def collected_without_legal_basis(case: Case) -> Iterator[Fault]:
    """What a receiver gathers from students with no basis on which it acts for the district."""
    for flow in case.on(""):
        if flow.sender == STUDENTS:
            yield Fault(flow)


@rule("BAS-004")
def basis_before_it_existed(case: Case) -> Iterator[Fault]:
    """Flows that began before their basis was law."""
    for flow in case.disclosures:
        basis = case.basis_of(flow)
        if basis and basis.period.first_day and flow.starts and not basis.period.begun_by(flow.starts):
            severity = WARNING if basis.earlier_use == "doubtful" else None
            yield Fault(flow, severity=severity, held_from=basis.period.first_day)


@rule("BAS-005")
def receiver_unfit_for_basis(case: Case) -> Iterator[Fault]:
    """Receivers of a kind that the basis does not reach; two bases have a rule of their own."""
    for flow in case.disclosures:
        basis = case.basis_of(flow)
        if basis is None or basis.citation in (EMPLOYEE, TRANSFER):
            continue
        kind = case.kind_of(flow.receiver)
        if not basis.reaches(kind, case.level_of(flow.receiver)):
            yield Fault(flow, kind=kind)


@rule("BAS-006")
def employee_basis_for_outsider(case: Case) -> Iterator[Fault]:
    """The basis for the district's own staff, claimed for somebody else."""
    for flow in case.on(EMPLOYEE):
        kind = case.kind_of(flow.receiver)
        if kind != "school":
            yield Fault(flow, kind=kind)


@rule("BAS-007")
def unspecific_basis(case: Case) -> Iterator[Fault]:
    """A paragraph above several: which of them is meant is not said."""
    for flow in case.disclosures:
        if flow.legal_basis and (members := members_of(flow.legal_basis)):
            yield Fault(flow, members=members)


@rule("BAS-008")
def contractor_without_institutional_function(case: Case) -> Iterator[Fault]:
    """Contractors whose purpose names no job that the district's staff would do; none at all is MIN-001's."""
    for flow in case.on(CONTRACTOR):
        if flow.purpose_kind == "other":
            yield Fault(flow)


@rule("BAS-009")
def contractor_basis_for_marketing(case: Case) -> Iterator[Fault]:
    """Marketing and advertising are no service that the district's staff would otherwise do."""
    for flow in case.on(CONTRACTOR):
        if flow.purpose_kind in ("marketing", "advertising"):
            yield Fault(flow, kind=flow.purpose_kind)


@rule("BAS-010")
def contractor_basis_for_product_development(case: Case) -> Iterator[Fault]:
    """Improving the contracted service is tolerated; building others is a use of its own."""
    for flow in case.on(CONTRACTOR):
        if flow.purpose_kind == "product-development":
            yield Fault(flow)


_STUDY_PURPOSES = frozenset({None, "study", "assessment", "audit", "reporting", "other"})
_USES_INSIDE = frozenset({"instruction", "operations"})


@rule("BAS-011")
def study_outside_three_purposes(case: Case) -> Iterator[Fault]:
    """Studies are for tests, student aid or instruction alone; use in teaching itself is BAS-027's."""
    for flow in case.below(STUDY):
        if flow.purpose_kind not in _STUDY_PURPOSES | _USES_INSIDE | {"product-development"}:
            yield Fault(flow, kind=flow.purpose_kind)


@rule("BAS-012")
def study_for_the_recipient_itself(case: Case) -> Iterator[Fault]:
    """A study must be for or on behalf of the district, not the receiver's own research."""
    for flow in case.below(STUDY):
        agreement = case.agreement_of(flow)
        denies = agreement is not None and agreement.terms.on_behalf_of_district is False
        if denies or flow.purpose_kind == "product-development":
            yield Fault(flow)


def is_representative(case: Case, flow: Flow) -> bool:
    """Tell whether the receiver of audit data can only be a representative, not the authority itself."""
    basis = case.basis_of(flow)
    kind = case.kind_of(flow.receiver)
    rows = [row for row in (basis.receivers or () if basis else ()) if row.kind == kind]
    return bool(rows) and all(row.only_as == "representative" for row in rows)


@rule("BAS-013")
def audit_basis_to_undesignated_party(case: Case) -> Iterator[Fault]:
    """Audit data for somebody who is no authority, with no agreement that designates it; AGR-007 reads agreements."""
    for flow in case.below(AUDIT):
        if is_representative(case, flow) and case.agreement_of(flow) is None:
            yield Fault(flow)


@rule("BAS-014")
def transfer_basis_to_non_school(case: Case) -> Iterator[Fault]:
    """Records follow a student to another school, system or college, and to nobody else."""
    for flow in case.on(TRANSFER):
        basis = case.basis_of(flow)
        kind = case.kind_of(flow.receiver)
        if basis and not basis.reaches(kind):
            yield Fault(flow, kind=kind)


@rule("BAS-015")
def standing_emergency(case: Case) -> Iterator[Fault]:
    """An emergency without an end that has gone on for long is a standing arrangement."""
    limit = timedelta(days("standing_emergency_days"))
    for flow in case.on(EMERGENCY):
        if flow.ends is None and (flow.starts is None or case.valid_on - flow.starts > limit):
            yield Fault(flow)


@rule("BAS-016")
def long_emergency(case: Case) -> Iterator[Fault]:
    """An emergency that has an end, and lasts long."""
    limit = timedelta(days("standing_emergency_days"))
    for flow in case.on(EMERGENCY):
        if flow.starts and flow.ends and flow.ends - flow.starts > limit:
            yield Fault(flow, length=(flow.ends - flow.starts).days)


def _consent_of(case: Case, flow: Flow) -> Agreement | None:
    agreement = case.agreement_of(flow)
    return agreement if agreement and agreement.kind == "consent" else None


@rule("BAS-017")
def consent_basis_without_consent(case: Case) -> Iterator[Fault]:
    """Consent is claimed, and none is in the catalog."""
    for flow in case.on(CONSENT):
        if _consent_of(case, flow) is None:
            yield Fault(flow)


_CONSENT_PARTS = {
    "consent_records": "the records",
    "consent_purpose": "the purpose",
    "consent_parties": "the party or class of parties",
}


@rule("BAS-018")
def consent_incomplete(case: Case) -> Iterator[Fault]:
    """A consent says which records, for what, to whom, and when it was signed."""
    consents = {consent.id: consent for flow in case.on(CONSENT) if (consent := _consent_of(case, flow))}
    for agreement in consents.values():
        missing = [name for term, name in _CONSENT_PARTS.items() if lacks(agreement, term)]
        if agreement.terms.consent_signed is None and agreement.signed is None:
            missing.append("the day on which it was signed")
        if missing:
            yield Fault(agreement, missing=tuple(missing))


@rule("BAS-019")
def consent_after_the_fact(case: Case) -> Iterator[Fault]:
    """Consent is signed before the disclosure."""
    for flow in case.on(CONSENT):
        consent = _consent_of(case, flow)
        if consent is None or flow.starts is None:
            continue
        signed = consent.terms.consent_signed or consent.signed or consent.effective
        if signed and signed > flow.starts:
            yield Fault(flow, signed=signed)


@rule("BAS-020")
def opt_out_taken_as_consent(case: Case) -> Iterator[Fault]:
    """Silence is never consent under 99.30: a way to say no is none."""
    for flow in case.on(CONSENT):
        if flow.opt_out.allowed and _consent_of(case, flow) is None:
            yield Fault(flow)


@rule("BAS-021")
def college_basis_in_k12(case: Case) -> Iterator[Fault]:
    """Bases that only a college has, in a district none of whose schools goes beyond grade 12."""
    higher = {"13", "UG", "AE"}
    if any(higher & set(school.grade_codes) for school in case.schools.values()):
        return
    for flow in case.disclosures:
        basis = case.basis_of(flow)
        if basis and not basis.k12:
            yield Fault(flow)


@rule("BAS-022")
def education_record_disowned(case: Case) -> Iterator[Fault]:
    """What came from the district is an education record, whatever it is called."""
    for flow in case.on(DISOWNED):
        sender = case.sender_of(flow)
        given = sender == case.district.id and flow.method in (None, "provided")
        passed = any(other.sender in (None, case.district.id) for other in case.inbound(flow)) if flow.sender else False
        if given or (sender not in (case.district.id, STUDENTS) and passed):
            yield Fault(flow)


@rule("BAS-023")
def identifier_in_deidentified_data(case: Case) -> Iterator[Fault]:
    """Data is not de-identified while something in it names the student."""
    for flow in case.below("99.31(b)"):
        found = case.named(flow, element_set("identifying"))
        if found:
            yield Fault(flow, elements=found)


@rule("BAS-024")
def deidentification_undetermined(case: Case) -> Iterator[Fault]:
    """Somebody must have found that nobody can be identified, and that finding belongs on file."""
    for flow in case.on(DEIDENTIFIED):
        made = flow.deidentification
        if made is None or made.date is None:
            yield Fault(flow)


@rule("BAS-025")
def juvenile_disclosure_uncertified(case: Case) -> Iterator[Fault]:
    """Officials of the juvenile justice system certify in writing that they tell nobody else."""
    for flow in case.on(JUVENILE_AFTER_1974):
        agreement = case.agreement_of(flow)
        if agreement is None or lacks(agreement, "certification_no_disclosure"):
            yield Fault(flow)


@rule("BAS-026")
def recruiter_data_beyond_statute(case: Case) -> Iterator[Fault]:
    """Recruiters get name, address and telephone; the military alone school e-mail too."""
    for flow in case.on(RECRUITERS):
        basis = case.basis_of(flow)
        if basis is None or basis.elements is None:
            continue
        may_be_military = case.kind_of(flow.receiver) == "recruiter"
        more = {id for row in basis.elements_more if may_be_military for id in row["elements"]}
        allowed = {*basis.elements, *more}
        beyond = tuple(id for id in flow.elements if not allowed & set(case.wider(id)))
        if beyond:
            yield Fault(flow, elements=beyond)


@rule("BAS-027")
def purpose_outside_study_or_audit(case: Case) -> Iterator[Fault]:
    """Data for a study or an audit that is used to teach or to run the schools."""
    for flow in case.below(STUDY, AUDIT):
        if flow.purpose_kind in _USES_INSIDE:
            yield Fault(flow, kind=flow.purpose_kind)


@rule("BAS-028")
def financial_aid_for_meals(case: Case) -> Iterator[Fault]:
    """Free and reduced-price meals are no financial aid in the law's sense."""
    for flow in case.on(FINANCIAL_AID):
        found = case.named(flow, overlays()["nsla"].elements)
        if found:
            yield Fault(flow, elements=found)


RULES = (
    missing_legal_basis,
    collected_without_legal_basis,
    basis_before_it_existed,
    receiver_unfit_for_basis,
    employee_basis_for_outsider,
    unspecific_basis,
    contractor_without_institutional_function,
    contractor_basis_for_marketing,
    contractor_basis_for_product_development,
    study_outside_three_purposes,
    study_for_the_recipient_itself,
    audit_basis_to_undesignated_party,
    transfer_basis_to_non_school,
    standing_emergency,
    long_emergency,
    consent_basis_without_consent,
    consent_incomplete,
    consent_after_the_fact,
    opt_out_taken_as_consent,
    college_basis_in_k12,
    education_record_disowned,
    identifier_in_deidentified_data,
    deidentification_undetermined,
    juvenile_disclosure_uncertified,
    recruiter_data_beyond_statute,
    purpose_outside_study_or_audit,
    financial_aid_for_meals,
)
