"""The tables of what happened and was written down: releases, notices, publications, waivers, incidents and more."""

from __future__ import annotations

from sqlalchemy import Index
from sqlalchemy.orm import Mapped, mapped_column

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


class Release(Base):
    """A request or release that must be written down (34 CFR 99.32)."""

    __tablename__ = "releases"
    __table_args__ = (key_to("flows", "flow"), slug_check())

    district: Mapped[Key]
    id: Mapped[Key]
    flow: Mapped[Id]
    date: Mapped[Day]
    requested_by: Mapped[LongText | None]
    interest: Mapped[LongText]
    threat: Mapped[LongText | None]
    refused: Mapped[bool | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class ReleaseParty(Base):
    """A party of a release: to whom, to whom further, or who may send further."""

    __tablename__ = "release_parties"
    __table_args__ = (
        key_to("releases", "release"),
        key_to("parties", "party"),
        one_of("role", ("parties", "redisclosed_to", "may_redisclose")),
    )

    district: Mapped[Key]
    release: Mapped[Key]
    role: Mapped[Key]
    party: Mapped[Key]


class Notice(Base):
    """A notice that was given otherwise than by `publish`."""

    __tablename__ = "notices"
    __table_args__ = (of_district(), slug_check())

    district: Mapped[Key]
    id: Mapped[Key]
    kind: Mapped[Word]
    issued: Mapped[Day]
    school_year: Mapped[Word | None]
    languages: Mapped[Tree | None]
    means: Mapped[Tree | None]
    url: Mapped[LongText | None]
    document_sha256: Mapped[Word | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Publication(Base):
    """A document as `publish` froze it, and how it went out."""

    __tablename__ = "publications"
    __table_args__ = (of_district(), slug_check(), Index(None, "district", "package_sha256"))

    district: Mapped[Key]
    id: Mapped[Key]
    kind: Mapped[Word]
    issued: Mapped[Day]
    school_year: Mapped[Word]
    languages: Mapped[Tree | None]
    formats: Mapped[Tree | None]
    package_sha256: Mapped[Word]
    catalog_sha256: Mapped[Word]
    files: Mapped[Tree | None]
    sent: Mapped[Tree | None]
    by: Mapped[LongText]
    at: Mapped[Word]


class Waiver(Base):
    """A finding that somebody accepts until a day."""

    __tablename__ = "waivers"
    __table_args__ = (of_district(),)

    district: Mapped[Key]
    rule: Mapped[Key]
    subject: Mapped[str] = mapped_column(primary_key=True)
    by: Mapped[LongText]
    why: Mapped[LongText]
    until: Mapped[Day]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Incident(Base):
    """Something that went wrong at a party that holds the district's data."""

    __tablename__ = "incidents"
    __table_args__ = (key_to("parties", "party"), slug_check())

    district: Mapped[Key]
    id: Mapped[Key]
    party: Mapped[Id]
    kind: Mapped[Word | None]
    occurred_from: Mapped[Day | None]
    occurred_to: Mapped[Day | None]
    vendor_discovered: Mapped[Word | None]
    vendor_notified: Mapped[Word | None]
    discovered: Mapped[Word]
    determined: Mapped[Word | None]
    students: Mapped[Number | None]
    students_former: Mapped[Number | None]
    staff_too: Mapped[bool | None]
    hold_until: Mapped[Day | None]
    notices: Mapped[Tree | None]
    owner: Mapped[LongText | None]
    closed: Mapped[Day | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class IncidentElement(Base):
    """An element that an incident exposed."""

    __tablename__ = "incident_elements"
    __table_args__ = (key_to("incidents", "incident"), key_to("elements", "element"))

    district: Mapped[Key]
    incident: Mapped[Key]
    element: Mapped[Key]


class Request(Base):
    """What parents asked for, without anybody's name."""

    __tablename__ = "requests"
    __table_args__ = (of_district(), slug_check())

    district: Mapped[Key]
    id: Mapped[Key]
    kind: Mapped[Word]
    received: Mapped[Day]
    due: Mapped[Day | None]
    answered: Mapped[Day | None]
    outcome: Mapped[LongText | None]
    why: Mapped[LongText | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]


class Monitoring(Base):
    """What the district watches on devices that it issues."""

    __tablename__ = "monitoring"
    __table_args__ = (of_district(), slug_check())

    district: Mapped[Key]
    id: Mapped[Key]
    device: Mapped[LongText]
    features: Mapped[Tree | None]
    purpose: Mapped[Tree]
    provider: Mapped[LongText | None]
    basis: Mapped[LongText | None]
    starts: Mapped[Day | None]
    ends: Mapped[Day | None]
    note: Mapped[LongText | None]
    sources: Mapped[Tree | None]
