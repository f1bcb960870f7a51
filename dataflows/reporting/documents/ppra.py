"""The notice of rights about surveys, marketing and exams (20 U.S.C. 1232h(c)(2)), read off policies and flows."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.law.notices import complaint_contact
from dataflows.model.parties import STUDENTS
from dataflows.model.school_years import school_year_of
from dataflows.reporting.choices import opt_outs_of, purpose_of
from dataflows.reporting.complaints import tell_complaint
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.views import ActivityView, PpraView
from dataflows.reporting.holes import gaps_of
from dataflows.reporting.telling import Teller, is_blank

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from dataflows.model.flows import Flow
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

_MARKETING = ("marketing", "advertising")
_FROM_STUDENTS = ("collected", "contributed")


def compose(order: Order) -> Document:
    """Return the notice; raises DocumentHoleError where the policies, or the days of an activity, are absent."""
    snapshot = order.snapshot
    flows = find_activities(snapshot, order.issued)
    gaps = gaps_of(order, "notice about surveys (PPRA)", list(_holes(snapshot, flows)))
    teller = Teller(snapshot, order.language)
    policy = snapshot.district.policies.ppra_policy
    notice = PpraView(
        policy=teller.tell_if("policies.ppra_policy", policy),
        activities=tuple(_activity(flow, teller) for flow in flows),
        contact=teller.contact("opt_out", "privacy_officer", "records_custodian"),
        complaint=tell_complaint(complaint_contact(order.issued), about_surveys=True),
    )
    return make_document(order, "notice/ppra.md.j2", teller, gaps=gaps, notice=notice)


def find_activities(snapshot: Snapshot, issued: date) -> list[Flow]:
    """Return the surveys on a protected area and the marketing of the rest of the school year, by day."""
    year = school_year_of(snapshot.district.school_year, issued)
    is_summer = issued > year.ends
    last = (
        school_year_of(snapshot.district.school_year, year.until + timedelta(days=1)).until if is_summer else year.until
    )
    found = [flow for flow in snapshot.all_flows.values() if kind_of(flow) and _is_ahead(flow, issued, last)]
    return sorted(found, key=lambda flow: (_first_day(flow) or last, flow.id))


def kind_of(flow: Flow) -> str | None:
    """Return `survey`, or `marketing` of what was collected from students; None for any other flow."""
    if flow.survey and flow.survey.areas:
        return "survey"
    is_from_students = flow.sender == STUDENTS or flow.method in _FROM_STUDENTS
    return "marketing" if flow.purpose_kind in _MARKETING and is_from_students else None


def _is_ahead(flow: Flow, issued: date, last: date) -> bool:
    """Tell whether an activity is on some day from the notice to the end of its school year."""
    day = flow.survey.date if flow.survey else None
    if day:
        return issued <= day <= last
    return not flow.period.ended_by(issued) and flow.period.begun_by(last)


def _first_day(flow: Flow) -> date | None:
    return (flow.survey.date if flow.survey else None) or flow.starts


def _is_dated(flow: Flow) -> bool:
    """Tell whether the day is known, or about when: what goes on all year has no day."""
    return _first_day(flow) is not None or flow.ends is not None or kind_of(flow) == "marketing"


def _holes(snapshot: Snapshot, flows: Sequence[Flow]) -> Iterator[tuple[str, str]]:
    policy = snapshot.district.policies.ppra_policy
    if policy is None or is_blank(policy):
        yield (
            "policies.ppra_policy",
            "20 U.S.C. 1232h(c)(2)(A): the district's policies on surveys, marketing and exams",
        )
    for flow in flows:
        if not _is_dated(flow):
            yield f"flows.{flow.id}.survey.date", "20 U.S.C. 1232h(c)(2)(B): the day of the survey, or about when"


def _activity(flow: Flow, teller: Teller) -> ActivityView:
    survey = flow.survey
    choices = opt_outs_of([flow], teller)
    return ActivityView(
        kind=kind_of(flow) or "",
        party=teller.party(flow.receiver),
        purpose=purpose_of(flow, teller),
        areas=survey.areas if survey else (),
        audience=teller.audience(flow.audience),
        day=survey.date if survey else None,
        starts=flow.starts,
        ends=flow.ends,
        is_dated=_is_dated(flow),
        needs_consent=bool(survey and survey.required and survey.ed_funded),
        choice=choices[0] if choices else None,
    )
