"""What happened and was written down: releases, notices, waivers, incidents, requests."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.form_kinds import Pattern, Url
from dataflows.model.kinds import Choice, Count, Day, Language, Line, Moment, PlainText, Slug, YesNo
from dataflows.model.list_kinds import ListOf, Ref, SetOf
from dataflows.model.records import Rows, field_of, record
from dataflows.model.shared import DIGEST, ELEMENTS, PARTIES, Source, id_field, note_field, sources_field

if TYPE_CHECKING:
    from datetime import date, datetime

MEANS = ("handbook", "mail", "email", "web", "newspaper")


@record
class Release:
    """What 34 CFR 99.32 wants written down, about a population, never about one student."""

    id: str = id_field()
    flow: str = field_of(Ref("flow"), "by which the data went", required=True)
    date: date = field_of(Day(), "day of the release or request", required=True)
    requested_by: str | None = field_of(PlainText(), "who asked")
    interest: str = field_of(PlainText(), "the legitimate interest (99.32(a)(3)(ii))", required=True)
    parties: tuple[str, ...] = field_of(PARTIES, "who got it, besides the flow's receiver", default=(), standard=[])
    threat: str | None = field_of(PlainText(), "for 99.31(a)(10): the threat (99.32(a)(5))")
    redisclosed_to: tuple[str, ...] = field_of(PARTIES, "who got it from them (99.32(b))", default=(), standard=[])
    may_redisclose: tuple[str, ...] = field_of(PARTIES, "who may get it from them", default=(), standard=[])
    refused: bool | None = field_of(YesNo(), "the request was refused")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()


@record
class Notice:
    """A notice that was given otherwise than by `publish`."""

    id: str = id_field()
    kind: str = field_of(Slug(), "annual, directory, ppra, recruiters, ...", required=True)
    issued: date = field_of(Day(), "day on which it went out", required=True)
    school_year: str | None = field_of(Pattern(r"20\d\d-(20)?\d\d", "a school year, as in 2026-27"), "for which year")
    languages: tuple[str, ...] = field_of(ListOf(Language()), "in which", default=(), standard=[])
    means: tuple[str, ...] = field_of(SetOf(Choice(MEANS)), "how it went out", default=(), standard=[])
    url: str | None = field_of(Url(), "where it is posted")
    document_sha256: str | None = field_of(DIGEST, "of the document")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()


@record
class Waiver:
    """A finding that somebody accepts: by whom, why, until when."""

    rule: str = field_of(Slug(), "which rule's finding", required=True)
    subject: str = field_of(Line(most=150), "the id of what the finding is about", required=True)
    by: str = field_of(Line(), "who accepts it", required=True)
    why: str = field_of(Line(), "the reason", required=True)
    until: date = field_of(Day(), "the last day", required=True)
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()


@record
class IncidentNotice:
    """Whom the district told of an incident, and when."""

    to: str = field_of(Line(), "whom", required=True)
    date: date = field_of(Day(), "when", required=True)
    how: str | None = field_of(PlainText(), "by what means")


@record
class Incident:
    """Something that went wrong at a party that holds the district's data."""

    id: str = id_field()
    party: str = field_of(Ref("party"), "where it happened", required=True)
    kind: str | None = field_of(Choice(("breach", "misuse", "accidental", "violation")), "what happened")
    occurred_from: date | None = field_of(Day(), "first day")
    occurred_to: date | None = field_of(Day(), "last day")
    vendor_discovered: date | datetime | None = field_of(Moment(), "when the vendor found it")
    vendor_notified: date | datetime | None = field_of(Moment(), "when the vendor told the district")
    discovered: date | datetime = field_of(Moment(), "by the district", required=True)
    determined: date | datetime | None = field_of(Moment(), "when it was sure that data was taken")
    elements: tuple[str, ...] = field_of(ELEMENTS, "what was exposed", default=(), standard=[])
    students: int | None = field_of(Count(), "how many who are enrolled")
    students_former: int | None = field_of(Count(), "how many who are not any more; absent: not known")
    staff_too: bool | None = field_of(YesNo(), "staff's data too")
    hold_until: date | None = field_of(Day(), "police asked to wait until then")
    notices: tuple[IncidentNotice, ...] = field_of(
        Rows(IncidentNotice), "who was told, and when", default=(), standard=[]
    )
    owner: str | None = field_of(PlainText(contact=True), "who handles it", internal=True)
    closed: date | None = field_of(Day(), "day on which it was closed")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()


@record
class Request:
    """What parents asked for, without a student's or a parent's name."""

    id: str = id_field()
    kind: str = field_of(Choice(("inspect", "amend", "copy", "who-has")), "what was asked", required=True)
    received: date = field_of(Day(), "day on which it came", required=True)
    due: date | None = field_of(Day(), "last day to answer")
    answered: date | None = field_of(Day(), "day of the answer")
    outcome: str | None = field_of(PlainText(), "what was decided")
    why: str | None = field_of(PlainText(), "the reason for it")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()
