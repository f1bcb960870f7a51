"""Flows: elements that move from one party to another, and to whom they belong."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from dataflows.model.form_kinds import Url
from dataflows.model.grades import Grades, parse_grades
from dataflows.model.kinds import Choice, Count, Day, Line, Localized, PlainText, YesNo
from dataflows.model.list_kinds import LegalBasis, Ref, SetOf
from dataflows.model.periods import Period, last_kept_day
from dataflows.model.records import Nested, field_of, record
from dataflows.model.shared import ELEMENTS, Source, id_field, note_field, sources_field

if TYPE_CHECKING:
    from datetime import date

    from dataflows.model.text import Text


class Method(StrEnum):
    """How the receiver comes by the elements."""

    PROVIDED = "provided"
    COLLECTED = "collected"
    CONTRIBUTED = "contributed"
    UNSTATED = "unstated"


PURPOSE_KINDS = (
    "instruction", "assessment", "rostering", "communication", "operations", "safety", "transport", "meals",
    "health", "hosting", "security", "support", "study", "audit", "transfer", "reporting", "marketing",
    "advertising", "product-development", "other",
)  # fmt: skip
CHANNELS = ("oneroster", "lti", "saml", "api", "sftp", "upload", "email", "paper", "browser", "app")
SURVEY_AREAS = ("politics", "mental", "sex", "illegal", "family", "privileged", "religion", "income")


@record
class Audience:
    """The students whom a flow concerns; None stands for all schools, or all grades."""

    schools: tuple[str, ...] | None = field_of(SetOf(Ref("school"), or_all=True), "which", standard="all")
    grades: str | None = field_of(Grades(), "which", standard="all")

    @property
    def grade_codes(self) -> tuple[str, ...] | None:
        """Return its grades one by one; None is all."""
        return parse_grades(self.grades) if self.grades else None


@record
class OptOut:
    """Whether and how a family can keep a student out of a flow."""

    allowed: bool | None = field_of(YesNo(), "whether")
    how: Text | None = field_of(Localized(), "what a family does")
    contact: str | None = field_of(Line(), "a contact's role")


@record
class Consent:
    """The consent that a flow rests on (34 CFR 99.30)."""

    needed: bool | None = field_of(YesNo(), "whether nothing flows without it")
    kind: str | None = field_of(Choice(("opt_in",)), "how it is given")
    form_url: str | None = field_of(Url(), "the form")


@record
class Deidentification:
    """The determination that no student is identifiable (34 CFR 99.31(b))."""

    date: date | None = field_of(Day(), "day of the determination")
    by: str | None = field_of(PlainText(), "who made it")
    how: str | None = field_of(PlainText(), "by what method")


@record
class Survey:
    """What a survey asks about (20 USC 1232h)."""

    areas: tuple[str, ...] = field_of(SetOf(Choice(SURVEY_AREAS)), "the protected areas that it asks about", default=())
    required: bool | None = field_of(YesNo(), "whether students must take it")
    ed_funded: bool | None = field_of(YesNo(), "with money of the Department of Education")
    date: date | None = field_of(Day(), "day on which it is held")


@record
class Flow:
    """One movement of a set of elements, for one purpose, on one legal basis, between two dates."""

    id: str = id_field()
    sender: str | None = field_of(Ref("party"), "absent: the district", name="from")
    receiver: str = field_of(Ref("party"), "who gets it", name="to", required=True)
    via: str | None = field_of(Ref("vendor"), "the vendor through whose service it runs")
    method: str | None = field_of(
        Choice(("provided", "collected", "contributed")), "how the receiver comes by it; absent: not stated"
    )
    elements: tuple[str, ...] = field_of(ELEMENTS, "what it carries", required=True, default=())
    required_elements: tuple[str, ...] = field_of(ELEMENTS, "what must be given", default=(), standard=[])
    purpose: Text | None = field_of(Localized(), "what for, in words for families")
    purpose_kind: str | None = field_of(Choice(PURPOSE_KINDS), "what for, as one of a list")
    legal_basis: str | None = field_of(LegalBasis(), "what permits it; absent: not stated")
    onward_basis: str | None = field_of(LegalBasis(), "with 99.33(b): the basis of the further disclosure")
    recipient_told: date | None = field_of(Day(), "day on which the receiver was told of 99.33(a) (99.33(d))")
    deidentification: Deidentification | None = field_of(
        Nested(Deidentification), "how it was made sure that nobody is identifiable"
    )
    agreement: str | None = field_of(Ref("agreement"), "of the sender or the receiver")
    product: str | None = field_of(Line(), "of the sender, the receiver or `via`")
    channel: str | None = field_of(Choice(CHANNELS), "the technical way")
    frequency: str | None = field_of(PlainText(), "how often")
    starts: date | None = field_of(Day(), "absent: in force since before the records began")
    ends: date | None = field_of(Day(), "the last day")
    retention_days: int | None = field_of(Count(most=100_000), "how long the receiver keeps it after the end")
    destroyed: date | None = field_of(Day(), "day on which the receiver certified destruction")
    reviewed: date | None = field_of(Day(), "day of the last review")
    audience: Audience = field_of(Nested(Audience), "whose data; absent: every student's", default=Audience())
    opt_out: OptOut = field_of(Nested(OptOut), "whether a family can say no", default=OptOut())
    consent: Consent | None = field_of(Nested(Consent), "where it rests on one")
    mandate: str | None = field_of(Choice(("federal", "state", "local")), "who makes it mandatory")
    mandate_cite: str | None = field_of(PlainText(), "by which law")
    data_source: str | None = field_of(Choice(("meal-application", "sis", "other")), "the record that it comes from")
    survey: Survey | None = field_of(Nested(Survey), "where the data comes from one")
    note: str | None = note_field()
    sources: tuple[Source, ...] = sources_field()

    @property
    def period(self) -> Period:
        """Return the days on which the flow is in force."""
        return Period(self.starts, self.ends)

    @property
    def how(self) -> Method:
        """Return the method, `unstated` where the file does not state one."""
        return Method(self.method or Method.UNSTATED)

    @property
    def kept_until(self) -> date | None:
        """Return the last day on which what it brought may still be kept; None is without end."""
        days: list[date] = []
        if self.ends and self.retention_days is not None:
            days.append(last_kept_day(self.ends, self.retention_days))
        if self.destroyed:
            days.append(last_kept_day(self.destroyed, -1))
        return min(days) if days else None


def sender_of(flow: Flow, district: str) -> str:
    """Return the sender's id: the district where the file names none."""
    return flow.sender or district
