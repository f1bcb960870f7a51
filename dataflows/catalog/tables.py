"""The tables of what is known now: one a list of the catalog file, and one for each set of ids in it.

Every key starts with the district, so that no key crosses districts.  What happened and was
written down is in `event_tables`; what was known before, the journal and the log, in
`journal_tables`.
"""

from __future__ import annotations

from sqlalchemy import CheckConstraint, Index
from sqlalchemy.orm import Mapped, mapped_column

from dataflows.catalog import event_tables  # noqa: F401  (they fill the metadata too)
from dataflows.catalog.columns import (
    Base,
    Day,
    Id,
    Key,
    LongText,
    Number,
    Tree,
    Word,
    key_to,
    of_district,
    one_of,
    slug_check,
)
from dataflows.model.agreements import AGREEMENT_KINDS
from dataflows.model.district import CONTACT_ROLES
from dataflows.model.flows import CHANNELS, PURPOSE_KINDS
from dataflows.model.parties import PARTY_KINDS
from dataflows.model.sensitivities import SENSITIVITIES

_NO_ROWID = {"sqlite_with_rowid": False}


class District(Base):
    """The educational agency that keeps the catalog."""

    __tablename__ = "districts"
    __table_args__ = (CheckConstraint("length(state) = 2", name="state_code"), slug_check())

    id: Mapped[Key]
    name: Mapped[LongText]
    state: Mapped[Word]
    nces_id: Mapped[Word | None]
    url: Mapped[LongText | None]
    home_languages: Mapped[Tree | None]
    school_year: Mapped[Tree | None]
    esea: Mapped[bool | None]
    guidance: Mapped[Tree | None]
    links: Mapped[Tree | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Policy(Base):
    """A published text of the district that a notice states."""

    __tablename__ = "policies"
    __table_args__ = (of_district(),)

    district: Mapped[Key]
    name: Mapped[Key]
    text: Mapped[Tree]


class DirectoryDesignation(Base):
    """An element designated as directory information (34 CFR 99.37)."""

    __tablename__ = "directory_designations"
    __table_args__ = (of_district(), key_to("elements", "element"))

    district: Mapped[Key]
    element: Mapped[Key]


class Contact(Base):
    """The office or role that is answerable for something."""

    __tablename__ = "contacts"
    __table_args__ = (of_district(), one_of("role", CONTACT_ROLES))

    district: Mapped[Key]
    role: Mapped[Key]
    title: Mapped[LongText]
    email: Mapped[LongText | None]
    phone: Mapped[LongText | None]
    url: Mapped[LongText | None]
    address: Mapped[LongText | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Regulation(Base):
    """A district rule or state law that families are pointed to."""

    __tablename__ = "regulations"
    __table_args__ = (of_district(), slug_check())

    district: Mapped[Key]
    id: Mapped[Key]
    title: Mapped[Tree]
    about: Mapped[Tree | None]
    url: Mapped[LongText | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class School(Base):
    """A part of the district."""

    __tablename__ = "schools"
    __table_args__ = (of_district(), slug_check())

    district: Mapped[Key]
    id: Mapped[Key]
    name: Mapped[LongText]
    nces_id: Mapped[Word | None]
    grades: Mapped[Word | None]
    enrollment: Mapped[Tree | None]
    address: Mapped[LongText | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Element(Base):
    """A data element: those of the taxonomy, and what the district adds."""

    __tablename__ = "elements"
    __table_args__ = (
        of_district(),
        key_to("elements", "broader"),
        one_of("sensitivity", SENSITIVITIES),
        slug_check(),
    )

    district: Mapped[Key]
    id: Mapped[Key]
    name: Mapped[Tree | None]
    category: Mapped[Word | None]
    broader: Mapped[Id | None]
    sensitivity: Mapped[Word | None]
    definition: Mapped[Tree | None]
    necessity: Mapped[Word | None]
    also_called: Mapped[Tree | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Party(Base):
    """Anyone who can hold student data: the district, its students, vendors and all others."""

    __tablename__ = "parties"
    __table_args__ = (
        of_district(),
        one_of("kind", ("district", "students", "vendor", *PARTY_KINDS)),
        slug_check(),
    )

    district: Mapped[Key]
    id: Mapped[Key]
    kind: Mapped[Word]
    name: Mapped[LongText]
    level: Mapped[Word | None]
    role: Mapped[LongText | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Vendor(Base):
    """What is kept of a party that is a vendor."""

    __tablename__ = "vendors"
    __table_args__ = (key_to("parties", "id"),)

    district: Mapped[Key]
    id: Mapped[Key]
    name: Mapped[LongText]
    aliases: Mapped[Tree | None]
    domains: Mapped[Tree | None]
    url: Mapped[LongText | None]
    privacy_url: Mapped[LongText | None]
    terms_url: Mapped[LongText | None]
    transparency_url: Mapped[LongText | None]
    subcontractors_url: Mapped[LongText | None]
    address: Mapped[LongText | None]
    profile: Mapped[Tree | None]
    category: Mapped[Word | None]
    relationship: Mapped[Word | None]
    nonprofit: Mapped[bool | None]
    country: Mapped[Word | None]
    owner: Mapped[LongText | None]
    contacts: Mapped[Tree | None]
    seals: Mapped[Tree | None]
    adopted_from: Mapped[Tree | None]
    coppa: Mapped[Tree | None]
    barred: Mapped[Tree | None]
    guidance: Mapped[Tree | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Product(Base):
    """What a vendor offers, and what the district decided about it."""

    __tablename__ = "products"
    __table_args__ = (key_to("vendors", "vendor"),)

    district: Mapped[Key]
    vendor: Mapped[Key]
    position: Mapped[int] = mapped_column(primary_key=True)
    id: Mapped[Id | None]
    name: Mapped[LongText]
    student_data: Mapped[Word | None]
    status: Mapped[Word | None]
    conditions: Mapped[LongText | None]
    required_use: Mapped[bool | None]
    reviewed_on: Mapped[Day | None]
    grades: Mapped[Word | None]
    hosted: Mapped[Word | None]


class Agreement(Base):
    """A written agreement with a vendor or another party."""

    __tablename__ = "agreements"
    __table_args__ = (
        key_to("parties", "vendor"),
        key_to("agreements", "supersedes"),
        one_of("kind", AGREEMENT_KINDS),
        CheckConstraint("expires >= effective", name="days_in_order"),
        slug_check(),
        Index(None, "district", "vendor"),
    )

    district: Mapped[Key]
    id: Mapped[Key]
    vendor: Mapped[Id]
    kind: Mapped[Word]
    number: Mapped[LongText | None]
    effective: Mapped[Day | None]
    expires: Mapped[Day | None]
    signed: Mapped[Day | None]
    products: Mapped[Tree | None]
    document_url: Mapped[LongText | None]
    document_sha256: Mapped[Word | None]
    redacted: Mapped[bool | None]
    posted_on: Mapped[Day | None]
    notified_on: Mapped[Day | None]
    supersedes: Mapped[Id | None]
    origin: Mapped[Tree | None]
    approved_on: Mapped[Day | None]
    amendments: Mapped[Tree | None]
    audited_on: Mapped[Day | None]
    owner: Mapped[LongText | None]
    contact: Mapped[LongText | None]
    adopted_from: Mapped[Tree | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class AgreementTerm(Base):
    """One promise of an agreement; a term that it does not name has no row."""

    __tablename__ = "agreement_terms"
    __table_args__ = (key_to("agreements", "agreement"),)

    district: Mapped[Key]
    agreement: Mapped[Key]
    term: Mapped[Key]
    value: Mapped[Tree]


class AgreementElement(Base):
    """An element that an agreement's schedule allows."""

    __tablename__ = "agreement_elements"
    __table_args__ = (key_to("agreements", "agreement"), key_to("elements", "element"), _NO_ROWID)

    district: Mapped[Key]
    agreement: Mapped[Key]
    element: Mapped[Key]


class AgreementSubprocessor(Base):
    """A party whom an agreement allows the vendor to send to."""

    __tablename__ = "agreement_subprocessors"
    __table_args__ = (key_to("agreements", "agreement"), key_to("parties", "party"))

    district: Mapped[Key]
    agreement: Mapped[Key]
    party: Mapped[Key]


class Flow(Base):
    """Elements go from party to party, for a purpose, on a legal basis, in a period."""

    __tablename__ = "flows"
    __table_args__ = (
        key_to("parties", "sender"),
        key_to("parties", "receiver"),
        key_to("vendors", "via"),
        key_to("agreements", "agreement"),
        one_of("method", ("provided", "collected", "contributed")),
        one_of("purpose_kind", PURPOSE_KINDS),
        one_of("channel", CHANNELS),
        CheckConstraint("ends >= starts", name="days_in_order"),
        CheckConstraint("sender <> receiver", name="two_parties"),
        CheckConstraint("retention_days >= 0", name="retention_days_positive"),
        slug_check(),
        Index(None, "district", "agreement"),
    )

    district: Mapped[Key]
    id: Mapped[Key]
    sender: Mapped[Id]
    receiver: Mapped[Id]
    via: Mapped[Id | None]
    method: Mapped[Word | None]
    purpose: Mapped[Tree | None]
    purpose_kind: Mapped[Word | None]
    legal_basis: Mapped[Word | None]
    onward_basis: Mapped[Word | None]
    recipient_told: Mapped[Day | None]
    deidentification: Mapped[Tree | None]
    agreement: Mapped[Id | None]
    product: Mapped[LongText | None]
    channel: Mapped[Word | None]
    frequency: Mapped[LongText | None]
    starts: Mapped[Day | None]
    ends: Mapped[Day | None]
    retention_days: Mapped[Number | None]
    destroyed: Mapped[Day | None]
    reviewed: Mapped[Day | None]
    audience: Mapped[Tree | None]
    opt_out: Mapped[Tree | None]
    consent: Mapped[Tree | None]
    mandate: Mapped[Word | None]
    mandate_cite: Mapped[LongText | None]
    data_source: Mapped[Word | None]
    survey: Mapped[Tree | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class FlowElement(Base):
    """An element that a flow names."""

    __tablename__ = "flow_elements"
    __table_args__ = (
        key_to("flows", "flow"),
        key_to("elements", "element"),
        Index(None, "district", "element", "flow"),
        _NO_ROWID,
    )

    district: Mapped[Key]
    flow: Mapped[Key]
    element: Mapped[Key]


class FlowRequiredElement(Base):
    """An element without which a flow's service does not work."""

    __tablename__ = "flow_required_elements"
    __table_args__ = (key_to("flows", "flow"), key_to("elements", "element"))

    district: Mapped[Key]
    flow: Mapped[Key]
    element: Mapped[Key]


class FlowSchool(Base):
    """A school whose students a flow concerns; a flow without rows concerns all."""

    __tablename__ = "flow_schools"
    __table_args__ = (key_to("flows", "flow"), key_to("schools", "school"))

    district: Mapped[Key]
    flow: Mapped[Key]
    school: Mapped[Key]
