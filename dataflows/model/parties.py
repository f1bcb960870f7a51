"""Whoever can hold student data: vendors with their products, and the other parties."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.form_kinds import Pattern, Url
from dataflows.model.grades import Grades
from dataflows.model.kinds import Choice, Day, Line, Localized, PlainText, Slug, YesNo
from dataflows.model.list_kinds import SetOf
from dataflows.model.records import Nested, Rows, field_of, record
from dataflows.model.shared import DIGEST, Guidance, Source, id_field, note_field, sources_field

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.text import Text

STUDENTS = "students"
"""The id of the students and parents themselves, as senders."""

PARTY_KINDS = (
    "agency", "researcher", "college", "school", "court", "law-enforcement", "accreditor", "aid-provider",
    "recruiter", "child-welfare", "volunteer", "service-agency", "consortium", "clearinghouse", "foundation",
    "public", "other",
)  # fmt: skip
VENDOR_CATEGORIES = (
    "curriculum", "testing", "assessment", "sis", "communication", "operations", "device", "other",
)  # fmt: skip
COUNTRY = Pattern("[A-Z]{2}", "a two-letter country code (ISO 3166)", upper=True)
DOMAIN = Pattern(r"(?i:[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)+)", "a domain, such as zoom.us")


@record
class VendorContact:
    """Whom to reach at a vendor, and for what."""

    role: str = field_of(Choice(("security", "privacy", "breach")), "what for", required=True)
    email: str | None = field_of(PlainText(contact=True), "not shown to families")
    phone: str | None = field_of(PlainText(contact=True), "not shown to families")


@record
class Product:
    """What a vendor offers, and what the district decided about it."""

    id: str | None = field_of(Slug(), "only where it is pointed at")
    name: str = field_of(Line(), "as it is sold", required=True)
    student_data: str | None = field_of(Choice(("yes", "none"), yes="yes", no="none"), "absent: not known")
    status: str | None = field_of(
        Choice(("approved", "known_unapproved", "prohibited", "retired")), "what the district decided"
    )
    conditions: str | None = field_of(PlainText(), "under which it may be used")
    required_use: bool | None = field_of(YesNo(), "whether students must use it")
    reviewed_on: date | None = field_of(Day(), "day of the last review")
    grades: str | None = field_of(Grades(), "which use it", standard="all")
    hosted: str | None = field_of(Choice(("vendor", "district")), "by whom it is run")


@record
class Seal:
    """What somebody certifies about a vendor."""

    by: str = field_of(Line(), "who certifies", required=True)
    kind: str | None = field_of(PlainText(), "name of the seal")
    scope: str | None = field_of(PlainText(), "what it covers")
    issued: date | None = field_of(Day(), "first day")
    expires: date | None = field_of(Day(), "last day")
    url: str | None = field_of(Url(), "where it can be checked")
    document_sha256: str | None = field_of(DIGEST, "of the certificate")


@record
class AdoptedFrom:
    """The row of another district that this one was copied from."""

    district: str | None = field_of(Slug(), "whose row it is")
    id: str | None = field_of(Slug(), "its id there")
    digest: str | None = field_of(PlainText(), "its SHA-256 when it was copied")


@record
class Coppa:
    """What a vendor shows about children under 13 (16 CFR 312)."""

    directed_to_children: bool | None = field_of(YesNo(), "whether the service is made for them")
    consent: str | None = field_of(Choice(("school", "parent", "none")), "who gives consent")
    retention_policy_url: str | None = field_of(Url(), "its written retention policy")
    separate_consent: bool | None = field_of(YesNo(), "for giving data to third parties")
    integral_disclosure: bool | None = field_of(YesNo(), "whether giving data on is part of the service")
    security_program: bool | None = field_of(YesNo(), "whether it has a written one")
    safe_harbor: str | None = field_of(PlainText(), "the approved program that it is in")


@record
class Bar:
    """The years in which a party may not be given data (34 CFR 99.67(c)-(e))."""

    starts: date | None = field_of(Day(), "first day", name="from")
    until: date | None = field_of(Day(), "last day")
    finding: str | None = field_of(PlainText(), "the Department's finding")


@record
class Vendor:
    """A company or body that provides a service to the district."""

    id: str = id_field()
    name: str = field_of(Line(), "in full", required=True)
    aliases: tuple[str, ...] = field_of(SetOf(Line()), "what else it is called", default=(), standard=[])
    domains: tuple[str, ...] = field_of(SetOf(DOMAIN), "where its services run", default=(), standard=[])
    url: str | None = field_of(Url(), "its site")
    privacy_url: str | None = field_of(Url(), "its privacy policy")
    terms_url: str | None = field_of(Url(), "its terms of service")
    transparency_url: str | None = field_of(Url(), "its page on the data that it takes")
    subcontractors_url: str | None = field_of(Url(), "its list of subcontractors")
    address: str | None = field_of(PlainText(contact=True), "for letters")
    profile: Text | None = field_of(Localized(), "what it does, in a sentence for families")
    category: str | None = field_of(Choice(VENDOR_CATEGORIES), "what it is for")
    relationship: str | None = field_of(Choice(("contract", "on_demand", "none")), "how the district came to it")
    nonprofit: bool | None = field_of(YesNo(), "whether it is a nonprofit body")
    country: str | None = field_of(COUNTRY, "where it is")
    owner: str | None = field_of(PlainText(contact=True), "a role or a member of staff", internal=True)
    contacts: tuple[VendorContact, ...] = field_of(Rows(VendorContact), "whom to reach there", default=(), standard=[])
    products: tuple[Product, ...] = field_of(Rows(Product, plain="name"), "names, or fields", default=(), standard=[])
    seals: tuple[Seal, ...] = field_of(Rows(Seal), "what others certify about it", default=(), standard=[])
    adopted_from: AdoptedFrom | None = field_of(Nested(AdoptedFrom), "the shared row that this one copies")
    coppa: Coppa | None = field_of(Nested(Coppa), "what it shows about children under 13")
    barred: Bar | None = field_of(Nested(Bar), "may be given no data (99.67)")
    guidance: tuple[Guidance, ...] = field_of(
        Rows(Guidance), "what families are told about it", default=(), standard=[]
    )
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()


@record
class Party:
    """Anyone else who can hold student data: an agency, a researcher, a recruiter, another school."""

    id: str = id_field()
    name: str = field_of(Line(), "in full", required=True)
    kind: str = field_of(Choice(PARTY_KINDS), "what it is", required=True)
    level: str | None = field_of(Choice(("local", "state", "federal", "tribal")), "of government")
    role: str | None = field_of(PlainText(), "what it does with the data")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()
