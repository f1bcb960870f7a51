"""`due`: what falls due, by day: ends, deadlines, reviews and the annual notice.

Each source of days is a function from a snapshot to items; a day that has passed is overdue
while nothing in the catalog says that it was met.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.model.due import Due
from dataflows.model.periods import last_kept_day
from dataflows.model.school_years import school_year_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import date

    from dataflows.model.agreements import Agreement
    from dataflows.model.events import Request
    from dataflows.model.flows import Flow
    from dataflows.model.publications import Given
    from dataflows.model.school_years import YearDays
    from dataflows.model.snapshot import Snapshot

REVIEW_DAYS = 365
"""A review older than this is due again."""
ANSWER_DAYS = 45
"""The longest that a request to inspect may wait (34 CFR 99.10(b))."""


def find_due(snapshot: Snapshot, today: date, within_days: int) -> list[Due]:
    """Return what is overdue or falls due within so many days of `today`, by day."""
    last = last_kept_day(today, within_days)
    items = (item for find in _SOURCES for item in find(snapshot, today))
    chosen = [_judged(item, today) for item in items if item.day <= last or item.is_open]
    return sorted(chosen, key=lambda item: (item.day, item.kind, item.id, item.topic, item.part))


def _judged(item: Due, today: date) -> Due:
    return item if item.day >= today else replace(item, overdue=True)


def _agreements_that_end(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """An agreement that has ended is overdue while something still flows under it."""
    in_use = {flow.agreement for flow in snapshot.all_flows.values() if today in flow.period}
    for agreement in snapshot.agreements.values():
        name = snapshot.name_of(agreement.vendor)
        if agreement.expires and (agreement.expires >= today or agreement.id in in_use):
            what = f"The agreement {agreement.id} with {name} ends"
            if agreement.expires < today:
                what = f"The agreement {agreement.id} with {name} has ended, and data still flows under it"
            yield Due(agreement.expires, what, "agreement", agreement.id, "agreement-ends")
        offered = agreement.terms.exhibit_e_expires
        if offered and offered >= today:
            what = f"The offer to other districts (Exhibit E) of the agreement {agreement.id} with {name} ends"
            yield Due(offered, what, "agreement", agreement.id, "exhibit-e-ends")


def _opt_out_day(snapshot: Snapshot, today: date) -> Iterator[Due]:
    designation = snapshot.district.policies.directory_information
    if designation and designation.opt_out_by and designation.opt_out_by >= today:
        what = "Last day for families to opt out of directory information"
        yield Due(designation.opt_out_by, what, "district", snapshot.district.id, "opt-out", "99.37(a)(3)")


def _waivers_that_end(snapshot: Snapshot, today: date) -> Iterator[Due]:
    for id, waiver in snapshot.waivers.items():
        verb = "ends" if waiver.until >= today else "has ended"
        what = f"The waiver of {waiver.rule} for {waiver.subject} by {waiver.by} {verb}"
        yield Due(waiver.until, what, "waiver", id, "waiver-ends")


def _deletions(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """What a flow brought must go, and nothing shows that it went."""
    for flow in snapshot.all_flows.values():
        if snapshot.is_source(flow.receiver) or not flow.period.begun_by(today):
            continue
        for item in _deletions_of(snapshot, flow):
            if not flow.destroyed or flow.destroyed > max(today, item.day):
                yield item


def _deletions_of(snapshot: Snapshot, flow: Flow) -> Iterator[Due]:
    """The last day of its retention, and the day that its agreement sets after the end."""
    name = snapshot.name_of(flow.receiver)
    if flow.ends and flow.retention_days is not None:
        what = f"The retention of what {flow.id} gave {name} ends; destruction is not recorded"
        yield Due(last_kept_day(flow.ends, flow.retention_days), what, "flow", flow.id, "retention-ends")
    agreement = snapshot.agreement_of(flow)
    ended = flow.ends or (agreement.expires if agreement else None)
    if agreement and ended and agreement.terms.deletion_days is not None:
        days = agreement.terms.deletion_days
        what = f"{name} must have deleted what {flow.id} gave it, {days} days after {ended} by {agreement.id}"
        yield Due(last_kept_day(ended, days), what, "flow", flow.id, "deletion")


def _destructions(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """The day by which a study or an audit must have destroyed what it got."""
    cited = {"research": "99.31(a)(6)(iii)(C)(4)", "audit": "99.35(a)(3)(iv)"}
    for agreement in snapshot.agreements.values():
        day = agreement.terms.destruction_by
        flows = _flows_under(snapshot, agreement)
        if day and (not flows or any(not flow.destroyed or flow.destroyed > today for flow in flows)):
            name = snapshot.name_of(agreement.vendor)
            what = f"{name} must have destroyed what it got under {agreement.id}"
            yield Due(day, what, "agreement", agreement.id, "destruction", cited.get(agreement.kind))


def _flows_under(snapshot: Snapshot, agreement: Agreement) -> list[Flow]:
    return [flow for flow in snapshot.all_flows.values() if flow.agreement == agreement.id]


def _reviews(snapshot: Snapshot, today: date) -> Iterator[Due]:
    for flow in snapshot.all_flows.values():
        if flow.reviewed and today in flow.period:
            what = f"Review the flow {flow.id} to {snapshot.name_of(flow.receiver)}, last reviewed on {flow.reviewed}"
            day = flow.reviewed + timedelta(days=REVIEW_DAYS)
            yield Due(day, what, "flow", flow.id, "review", "99.31(a)(1)(ii)")
    for vendor in snapshot.vendors.values():
        for product in vendor.products:
            if product.reviewed_on and product.status not in ("retired", "prohibited"):
                what = f"Review {product.name} of {vendor.name}, last reviewed on {product.reviewed_on}"
                day = product.reviewed_on + timedelta(days=REVIEW_DAYS)
                yield Due(day, what, "vendor", vendor.id, "product-review", part=product.id or product.name)


def _seals_that_expire(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """Of several seals by one body and of one kind, the newest counts."""
    for vendor in snapshot.vendors.values():
        newest: dict[tuple[str, str], date | None] = {}
        for seal in vendor.seals:
            key = (seal.by, seal.kind or "")
            known = newest.get(key, seal.expires)
            newest[key] = max(known, seal.expires) if known and seal.expires else None
        for (by, kind), expires in newest.items():
            if expires:
                verb = "expires" if expires >= today else "has expired"
                title = f"{kind} by {by}" if kind else by
                what = f"The seal {title} of {vendor.name} {verb}"
                yield Due(expires, what, "vendor", vendor.id, "seal-expires", part=f"{by} {kind}".strip())


_ANSWERS = {
    "inspect": ("inspect records", "99.10(b)"),
    "copy": ("have copies of records", "99.10(b)"),
    "who-has": ("inspect the record of disclosures", "99.10(b)"),
    "amend": ("have records amended", "99.20(b)"),
}


def _requests(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """Amending asks for an answer within a reasonable time (99.20(b)); the same 45 days are taken for it."""
    for request in snapshot.requests.values():
        if request.answered and request.answered <= today:
            continue
        wish, citation = _ANSWERS[request.kind]
        what = f"Answer the request to {wish} received on {request.received}"
        yield Due(_answer_day(request), what, "request", request.id, "request", citation)


def _answer_day(request: Request) -> date:
    longest = request.received + timedelta(days=ANSWER_DAYS)
    return min(request.due, longest) if request.due else longest


def _incident_holds(snapshot: Snapshot, today: date) -> Iterator[Due]:
    for incident in snapshot.incidents.values():
        is_closed = incident.closed is not None and incident.closed <= today
        if incident.hold_until and not is_closed:
            name = snapshot.name_of(incident.party)
            what = f"The hold on notices about the incident {incident.id} at {name} ends"
            yield Due(incident.hold_until, what, "incident", incident.id, "incident-hold")


def _incident_clocks(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """What an open incident has the vendor or the district tell, and nobody has told as far as is recorded."""
    unclosed = [item for item in snapshot.incidents.values() if item.closed is None or item.closed > today]
    if not unclosed:
        return
    from dataflows.graph.breaches import case_of, examine_breach
    from dataflows.law.clocks import day_of

    for incident in unclosed:
        if day_of(incident.discovered) > today:
            continue
        name = snapshot.name_of(incident.party)
        for deadline in examine_breach(snapshot, case_of(incident)).deadlines:
            if deadline.due is None or deadline.told is not None or deadline.is_threshold_met is False:
                continue
            who = f"{name} must tell" if deadline.by == "vendor" else "Tell"
            sure = "" if deadline.certain else "; not certain, ask counsel"
            what = f"{who} {deadline.notify} of the incident {incident.id} at {name}{sure}"
            yield Due(
                day_of(deadline.due), what, "incident", incident.id, "incident-clock", deadline.basis, part=deadline.id,
                certain=deadline.certain,
            )  # fmt: skip


def _annual_notice(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """Parents are told of their rights every year; no day of the year is prescribed."""
    year = school_year_of(snapshot.district.school_year, today)
    given: tuple[Given, ...] = (*snapshot.notices.values(), *snapshot.publications.values())
    if not any(_counts_for(notice, year) for notice in given if notice.issued <= today):
        what = f"Give the annual notice of rights; none is recorded for {year.label}"
        district = snapshot.district.id
        yield Due(
            year.ends, what, "district", district, "annual-notice", "99.7(a)(1)", part=year.label, is_open=True
        )  # fmt: skip


def _legal_days(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """Federal law's other notices, and the yearly calendar of the district's state."""
    from dataflows.actions.due_postings import find_legal_days

    yield from find_legal_days(snapshot, today)


def _counts_for(notice: Given, year: YearDays) -> bool:
    if notice.kind != "annual":
        return False
    return year.is_called(notice.school_year) if notice.school_year else notice.issued in year


_SOURCES: tuple[Callable[[Snapshot, date], Iterator[Due]], ...] = (
    _agreements_that_end,
    _opt_out_day,
    _waivers_that_end,
    _deletions,
    _destructions,
    _reviews,
    _seals_that_expire,
    _requests,
    _incident_holds,
    _incident_clocks,
    _annual_notice,
    _legal_days,
)
