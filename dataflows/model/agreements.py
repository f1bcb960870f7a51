"""Written agreements and their terms."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.form_kinds import Url
from dataflows.model.kinds import Choice, Count, Day, Line, Localized, PlainText, YesNo
from dataflows.model.list_kinds import Ref, SetOf
from dataflows.model.parties import COUNTRY, AdoptedFrom
from dataflows.model.periods import Period
from dataflows.model.records import Nested, Rows, field_of, record
from dataflows.model.shared import DIGEST, ELEMENTS, PARTIES, Source, id_field, note_field, sources_field

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.text import Text

AGREEMENT_KINDS = ("ndpa", "dpa", "terms", "mou", "consent", "research", "audit", "contract")
"""`contract` is one of which nobody has said yet of what sort it is: it satisfies no demand for a certain sort."""
FRAMEWORKS = ("nist_csf", "nist_800_53", "nist_800_171", "iso_27001", "cis_8", "soc2", "gess", "other")


@record
class Terms:
    """What the parties promised. A term that an agreement does not name is absent, never no."""

    direct_control: bool | None = field_of(YesNo(), "99.31(a)(1)(i)(B)(2)")
    school_official: bool | None = field_of(YesNo(), "the vendor is called one")
    institutional_function: bool | None = field_of(YesNo(), "it does what staff would do (99.31(a)(1)(i)(B)(1))")
    on_behalf_of_district: bool | None = field_of(YesNo(), "it acts for the district")
    data_ownership_district: bool | None = field_of(YesNo(), "the data stays the district's")
    services_described: bool | None = field_of(YesNo(), "says which services")
    categories_listed: bool | None = field_of(YesNo(), "says which data")
    use_limited_to_purpose: bool | None = field_of(YesNo(), "used for the stated purpose only (99.33(a)(2))")
    secondary_use_prohibited: bool | None = field_of(YesNo(), "no other use")
    redisclosure_prohibited: bool | None = field_of(YesNo(), "99.33(a)")
    sale_prohibited: bool | None = field_of(YesNo(), "no sale")
    commercial_use_prohibited: bool | None = field_of(YesNo(), "no commercial use")
    profiling_limited: bool | None = field_of(YesNo(), "no profile but for school purposes")
    predictive_modeling_prohibited: bool | None = field_of(YesNo(), "no predictions about students")
    ai_training_prohibited: bool | None = field_of(YesNo(), "no training of models")
    subprocessors_listed: bool | None = field_of(YesNo(), "names those whom it sends to")
    subprocessor_agreements: bool | None = field_of(YesNo(), "binds them to the same terms")
    security_program: bool | None = field_of(YesNo(), "a written security program")
    encryption_in_transit: bool | None = field_of(YesNo(), "on the way")
    encryption_at_rest: bool | None = field_of(YesNo(), "where it is kept")
    access_limited: bool | None = field_of(YesNo(), "to those who need it")
    staff_training: bool | None = field_of(YesNo(), "of its staff")
    staff_confidentiality: bool | None = field_of(YesNo(), "its staff is bound")
    data_security_privacy_plan: bool | None = field_of(YesNo(), "a plan is attached")
    bill_of_rights_attached: bool | None = field_of(YesNo(), "the parents' bill of rights")
    breach_notice_procedure: bool | None = field_of(YesNo(), "how it tells of a breach")
    incident_response_plan: bool | None = field_of(YesNo(), "has one")
    deletion_on_request: bool | None = field_of(YesNo(), "deletes when asked")
    deletion_certified: bool | None = field_of(YesNo(), "certifies deletion")
    retention_prohibited: bool | None = field_of(YesNo(), "keeps nothing after the end")
    student_content_control: bool | None = field_of(YesNo(), "students keep control of what they made")
    parent_access_procedure: bool | None = field_of(YesNo(), "how parents see and correct data")
    export_supported: bool | None = field_of(YesNo(), "hands the data back")
    deidentification_allowed: bool | None = field_of(YesNo(), "may use de-identified data")
    reidentification_prohibited: bool | None = field_of(YesNo(), "may not identify students again")
    audit_right: bool | None = field_of(YesNo(), "the district may audit")
    policy_change_notice: bool | None = field_of(YesNo(), "tells before its policy changes")
    transparency_statement: bool | None = field_of(YesNo(), "publishes what it collects")
    publication_consented: bool | None = field_of(YesNo(), "the agreement may be posted")
    termination_for_violation: bool | None = field_of(YesNo(), "may be ended for a breach of it")
    ferpa_compliance: bool | None = field_of(YesNo(), "promises to keep FERPA")
    coppa_consent_by_school: bool | None = field_of(YesNo(), "the school consents for parents")
    severability: bool | None = field_of(YesNo(), "the rest stays if a part falls")
    indemnification: bool | None = field_of(YesNo(), "pays for the harm that it does")
    exhibit_e: bool | None = field_of(YesNo(), "offered to other districts")
    click_wrap: bool | None = field_of(YesNo(), "accepted by a click")
    no_identification: bool | None = field_of(YesNo(), "99.31(a)(6)(iii)(C)(3)")
    destruction_required: bool | None = field_of(YesNo(), "99.31(a)(6)(iii)(C)(4), 99.35(a)(3)(iii)")
    designates_representative: bool | None = field_of(YesNo(), "99.35(a)(3)(i)")
    purpose_audit: bool | None = field_of(YesNo(), "99.35(a)(3)(ii)(B)")
    certification_no_disclosure: bool | None = field_of(YesNo(), "99.38(b)")
    deletion_days: int | None = field_of(Count(), "days after the end or a request")
    breach_notice_hours: int | None = field_of(Count(), "vendor to district")
    parent_access_days: int | None = field_of(Count(), "to answer parents")
    correction_days: int | None = field_of(Count(), "to correct what is wrong")
    audit_notice_days: int | None = field_of(Count(), "before an audit")
    destruction_by: date | None = field_of(Day(), "all is destroyed by then")
    exhibit_e_expires: date | None = field_of(Day(), "last day to join")
    consent_signed: date | None = field_of(Day(), "day of the consent (99.30)")
    advertising_prohibited: str | None = field_of(
        Choice(("all", "targeted", "none"), yes="all", no="none"), "which advertising; true is all"
    )
    security_framework: str | None = field_of(Choice(FRAMEWORKS), "which it follows")
    breach_starts: str | None = field_of(
        Choice(("discovery", "determination", "confirmation")), "what starts the clock"
    )
    breach_cost_allocation: str | None = field_of(Choice(("vendor", "district", "shared")), "who pays")
    disposition: str | None = field_of(Choice(("destroy", "return", "transfer")), "what becomes of the data at the end")
    data_location: tuple[str, ...] = field_of(SetOf(COUNTRY), "countries", default=())
    consent_parties: tuple[str, ...] = field_of(PARTIES, "to whom the consent lets data go (99.30(b)(3))", default=())
    purpose: str | None = field_of(PlainText(), "of the study or audit (99.31(a)(6)(iii)(C)(1))")
    scope: str | None = field_of(PlainText(), "of the study or audit")
    duration: str | None = field_of(PlainText(), "of the study or audit")
    activity_description: str | None = field_of(PlainText(), "what the representative does (99.35(a)(3)(ii))")
    safeguards_policy: str | None = field_of(PlainText(), "how data is kept from further disclosure (99.35(a)(3)(v))")
    consent_records: str | None = field_of(PlainText(), "which records (99.30(b)(1))")
    consent_purpose: str | None = field_of(PlainText(), "for what (99.30(b)(2))")
    subcontractor_oversight: Text | None = field_of(Localized(), "how it watches them")
    storage_description: Text | None = field_of(Localized(), "where data is kept, for families")
    security_description: Text | None = field_of(Localized(), "how it is protected, for families")
    accuracy_challenge: Text | None = field_of(Localized(), "how to challenge what is wrong, for families")
    disposition_description: Text | None = field_of(Localized(), "what becomes of it, for families")
    governing_law: str | None = field_of(PlainText(), "which state's")
    insurance: str | None = field_of(PlainText(), "what it carries")
    ndpa_version: str | None = field_of(PlainText(), "of the standard agreement")
    exhibit_g_state: str | None = field_of(PlainText(), "whose state terms are attached")


@record
class Amendment:
    """A change to an agreement."""

    date: date | None = field_of(Day(), "day on which it was made")
    what: str | None = field_of(PlainText(), "what it changes")
    document_sha256: str | None = field_of(DIGEST, "of the document")


@record
class Origin:
    """Where an agreement comes from: our own, or another district's offer that was joined."""

    kind: str | None = field_of(Choice(("own", "exhibit_e", "consortium", "boces")), "own, or joined")
    party: str | None = field_of(PlainText(), "whose offer was joined")
    number: str | None = field_of(PlainText(), "its number there")


@record
class Agreement:
    """A written agreement with a vendor or another party."""

    id: str = id_field()
    vendor: str = field_of(Ref("party"), "a vendor's id, or another party's", required=True)
    kind: str = field_of(Choice(AGREEMENT_KINDS), "what sort of contract", required=True)
    number: str | None = field_of(PlainText(), "the district's own")
    effective: date | None = field_of(Day(), "first day")
    expires: date | None = field_of(Day(), "last day; it belongs to the agreement")
    signed: date | None = field_of(Day(), "day of the last signature")
    products: tuple[str, ...] = field_of(SetOf(Line()), "which it covers; absent: all", default=(), standard=[])
    document_url: str | None = field_of(Url(), "where it is posted")
    document_sha256: str | None = field_of(DIGEST, "of the signed document")
    redacted: bool | None = field_of(YesNo(), "whether the posted copy has blanks")
    posted_on: date | None = field_of(Day(), "day on which it was posted")
    notified_on: date | None = field_of(Day(), "day on which families were told")
    schedule: tuple[str, ...] | None = field_of(ELEMENTS, "elements that it allows; absent: it names none")
    subprocessors: tuple[str, ...] | None = field_of(PARTIES, "parties that it allows; absent: it names none")
    supersedes: str | None = field_of(Ref("agreement"), "the agreement before it")
    origin: Origin | None = field_of(Nested(Origin), "whose it is")
    approved_on: date | None = field_of(Day(), "by the board")
    amendments: tuple[Amendment, ...] = field_of(Rows(Amendment), "what was changed later", default=(), standard=[])
    audited_on: date | None = field_of(Day(), "day of the last audit under it")
    owner: str | None = field_of(PlainText(contact=True), "a role or a member of staff", internal=True)
    contact: str | None = field_of(PlainText(contact=True), "who answers for it at the vendor", internal=True)
    adopted_from: AdoptedFrom | None = field_of(Nested(AdoptedFrom), "the shared row that this one copies")
    terms: Terms = field_of(Nested(Terms), "what the parties promised", default=Terms())
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()

    @property
    def period(self) -> Period:
        """Return the days on which the agreement holds."""
        return Period(self.effective, self.expires)
