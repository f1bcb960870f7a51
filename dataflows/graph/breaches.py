"""A breach as a whole: what it exposes, whom it concerns, and every deadline that it sets.

The one place that brings flows, audiences, agreements and laws together; `breach`, `due`, the
letter to families and the rules on incidents ask here.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from dataflows.graph.chained_audiences import find_audiences
from dataflows.graph.exposure import Exposure, find_exposure
from dataflows.graph.network import edges_of
from dataflows.law.clocks import Moment, day_of, on_the_wall
from dataflows.law.deadlines import BreachFacts, Deadline, Promise, find_deadlines
from dataflows.law.receivers import receivers_named
from dataflows.model.audiences import students_of
from dataflows.model.parties import STUDENTS
from dataflows.model.school_years import school_year_of

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.model.agreements import Agreement
    from dataflows.model.events import Incident
    from dataflows.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachCase:
    """What is known of what happened; None is not known."""

    party: str
    occurred_from: date | None = None
    occurred_to: date | None = None
    kind: str | None = None
    known_since: date | None = None
    """The earliest day that is recorded of it: stands for a first day of the intrusion that isn't known."""
    vendor_discovered: Moment | None = None
    vendor_notified: Moment | None = None
    discovered: Moment | None = None
    determined: Moment | None = None
    ransom_paid: Moment | None = None
    device_reached: Moment | None = None
    hold_until: date | None = None
    students: int | None = None
    students_former: int | None = None
    notices: tuple[tuple[str, date], ...] = ()
    incident: str | None = None
    """The incident of the catalog that says some of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Breach:
    """What a breach exposes on a day, and what it makes due."""

    case: BreachCase
    as_of: date
    occurred: tuple[date, date]
    exposure: Exposure
    schools: tuple[str, ...]
    students: int | None
    """How many are enrolled now in the schools and grades concerned; None where a number is missing."""
    reaches_former: bool
    """Whether anything was there since before this school year, or is kept: former students' data too."""
    agreements: tuple[str, ...]
    deadlines: tuple[Deadline, ...]


def examine_breach(snapshot: Snapshot, case: BreachCase) -> Breach:
    """Return what a breach exposes on the snapshot's day.

    Without a first day of the intrusion, the earliest that is recorded of it is taken, else that day itself.
    """
    as_of = snapshot.valid_on
    first = case.occurred_from or case.known_since or as_of
    taxonomy, sources = snapshot.taxonomy, (snapshot.district.id, STUDENTS)
    exposure = find_exposure(edges_of(snapshot), case.party, taxonomy, sources, first=min(first, as_of), last=as_of)
    audiences = find_audiences(snapshot, exposure.flows, exposure.elements)
    agreements = tuple(_agreements(snapshot, case, exposure, first)) if exposure.elements else ()
    found = Breach(
        case=case,
        as_of=as_of,
        occurred=(first, case.occurred_to or first),
        exposure=exposure,
        schools=tuple(school for audience in audiences for school in audience.schools or ()),
        students=students_of(audiences, snapshot.schools) if exposure.elements else 0,
        reaches_former=_reaches_former(snapshot, exposure),
        agreements=tuple(agreement.id for agreement in agreements),
        deadlines=(),
    )
    return replace(found, deadlines=find_deadlines(_facts(snapshot, found, agreements), taxonomy))


def case_of(incident: Incident) -> BreachCase:
    """Return an incident of the catalog as a case."""
    moments = (incident.vendor_discovered, incident.vendor_notified, incident.discovered, incident.determined)
    return BreachCase(
        party=incident.party,
        kind=incident.kind,
        occurred_from=incident.occurred_from,
        occurred_to=incident.occurred_to,
        known_since=min(day_of(moment) for moment in moments if moment is not None),
        vendor_discovered=incident.vendor_discovered,
        vendor_notified=incident.vendor_notified,
        discovered=incident.discovered,
        determined=incident.determined,
        hold_until=incident.hold_until,
        students=incident.students,
        students_former=incident.students_former,
        notices=tuple((notice.to, notice.date) for notice in incident.notices),
        incident=incident.id,
    )


def _agreements(snapshot: Snapshot, case: BreachCase, exposure: Exposure, first: date) -> Iterator[Agreement]:
    """Those under which the data came, and those in force with the party since the intrusion began."""
    named = {snapshot.all_flows[id].agreement for id in exposure.flows}
    for agreement in snapshot.agreements.values():
        is_current = not agreement.period.ended_by(first) and agreement.period.begun_by(snapshot.valid_on)
        if agreement.id in named or (agreement.vendor == case.party and is_current):
            yield agreement


def _reaches_former(snapshot: Snapshot, exposure: Exposure) -> bool:
    starts = school_year_of(snapshot.district.school_year, snapshot.valid_on).starts.isoformat()
    return bool(exposure.kept) or any(keeping.since < starts for keeping in exposure.keepings)


def _facts(snapshot: Snapshot, breach: Breach, agreements: tuple[Agreement, ...]) -> BreachFacts:
    case = breach.case
    started, assumed = _triggers(case, breach.as_of)
    students = case.students if case.students is not None else breach.students
    people = students + (case.students_former or 0) if students is not None else case.students_former
    is_least = case.students_former is None and breach.reaches_former
    return BreachFacts(
        state=snapshot.district.state,
        as_of=breach.as_of,
        elements=breach.exposure.elements,
        started=started,
        assumed=assumed,
        notices=case.notices,
        people=people,
        people_is_least=is_least or students is None,
        is_at_vendor=case.party in snapshot.vendors,
        hold_until=case.hold_until,
        district=snapshot.district.name,
        promises=tuple(_promise(agreement, breach) for agreement in agreements if _has_promise(agreement)),
    )


def _has_promise(agreement: Agreement) -> bool:
    return agreement.terms.breach_notice_hours is not None


def _promise(agreement: Agreement, breach: Breach) -> Promise:
    has_ended = agreement.expires is not None and agreement.expires < breach.occurred[0]
    hours, starts = agreement.terms.breach_notice_hours or 0, agreement.terms.breach_starts
    return Promise(agreement.id, hours, starts, agreement.expires if has_ended else None)


def _triggers(case: BreachCase, as_of: date) -> tuple[dict[str, Moment], frozenset[str]]:
    """Return what has started clocks by a day; a district that a vendor told has found out by that."""
    told = [day for to, day in case.notices if "families" in receivers_named(to)]
    warned = [day for to, day in case.notices if "contractor" in receivers_named(to)]
    is_violation = case.kind in ("misuse", "violation")
    known = {
        "vendor_discovery": case.vendor_discovered,
        "notice_from_vendor": case.vendor_notified,
        "district_discovery": case.discovered or case.vendor_notified,
        "vendor_determination": case.determined,
        "district_determination": case.determined,
        "individuals_notified": min(told, default=None),
        "ransom_paid": case.ransom_paid,
        "access_event": case.device_reached,
        "unauthorized_use_discovered": (case.discovered or case.vendor_notified) if is_violation else None,
        "violation_notified": min(warned, default=None) if is_violation else None,
    }
    started = {name: on_the_wall(at) for name, at in known.items() if at is not None and day_of(at) <= as_of}
    is_assumed = case.discovered is None or (
        case.vendor_notified is not None and day_of(case.discovered) == day_of(case.vendor_notified)
    )
    return started, frozenset({"district_discovery"}) if is_assumed else frozenset()
