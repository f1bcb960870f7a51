"""The incidents family: was everybody told in time, and does the record say what the clocks need?

The clocks are those of the state's laws and of the agreements, counted where `breach` counts them
too.  What was late stays a finding, as information, after it was done: an auditor tests the past.
"""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Any

from dataflows.rules.base import INFO, WARNING, Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.graph.breaches import Breach
    from dataflows.law.clocks import Moment
    from dataflows.law.deadlines import Deadline
    from dataflows.model.events import Incident
    from dataflows.rules.case import Case

_FIELDS = {
    "vendor_discovery": "vendor_discovered",
    "vendor_determination": "determined",
    "district_discovery": "discovered",
    "district_determination": "determined",
    "notice_from_vendor": "vendor_notified",
}
"""The field of an incident that holds the day of a trigger."""


def known_incidents(case: Case) -> Iterator[tuple[Incident, Breach]]:
    """Yield the incidents that were found by the day, each with what it exposes and makes due.

    What a breach is, and the clocks, are imported only where there is an incident.
    """
    if not case.incidents:
        return
    from dataflows.graph.breaches import case_of, examine_breach
    from dataflows.law.clocks import day_of

    for incident in case.incidents.values():
        if day_of(incident.discovered) <= case.valid_on:
            if incident.id not in case.breaches_known:
                case.breaches_known[incident.id] = examine_breach(case, case_of(incident))
            yield incident, case.breaches_known[incident.id]


def _is_closed(case: Case, incident: Incident) -> bool:
    return incident.closed is not None and incident.closed <= case.valid_on


def _is_held(case: Case, incident: Incident) -> bool:
    """Tell whether a written hold by the police still stands."""
    return incident.hold_until is not None and incident.hold_until >= case.valid_on


def _late(case: Case, by: str, *, to_families: bool) -> Iterator[tuple[Incident, Breach, Deadline]]:
    """Yield the clocks of a side that have passed with nobody told, or told late."""
    for incident, breach in known_incidents(case):
        is_held = _is_held(case, incident)
        for deadline in breach.deadlines:
            is_late = deadline.missed_by is not None and (deadline.told is not None or not is_held)
            if deadline.by == by and is_late and _goes_to_families(case, deadline) == to_families:
                yield incident, breach, deadline


def _goes_to_families(case: Case, deadline: Deadline) -> bool:
    from dataflows.law.receivers import receivers_named
    from dataflows.law.state_law import whole_state_law

    clocks = {clock.id: clock.receivers for clock in whole_state_law(case.district.state).breach}
    return "families" in clocks.get(deadline.id, tuple(receivers_named(deadline.notify)))


def _fault(case: Case, found: tuple[Incident, Breach, Deadline]) -> Fault:
    """Return a late notice: information once it was given, a warning where the clock is not sure."""
    incident, breach, deadline = found
    is_sure = deadline.certain and deadline.condition is None and deadline.threshold is None
    severity = INFO if deadline.told is not None or _is_closed(case, incident) else None if is_sure else WARNING
    flows = [case.all_flows[id] for id in breach.exposure.flows]
    return Fault(
        incident,
        severity=severity,
        citation=deadline.basis,
        certain=deadline.certain,
        flows=flows,
        elements=breach.exposure.elements,
        notify=deadline.notify[:1].upper() + deadline.notify[1:],
        party=incident.party,
        due=deadline.due,
        late=_lateness(deadline),
    )


def _lateness(deadline: Deadline) -> str:
    from dataflows.law.clocks import day_of

    number = deadline.missed_by or 0
    days = f"{number} day{'' if number == 1 else 's'}" if number else "some hours"
    if deadline.told is None:
        return f"nothing shows that this was done, {days} later"
    return f"this was done {days} late, on {day_of(deadline.told)}"


@rule("INC-001")
def late_notice_to_state(case: Case) -> Iterator[Fault]:
    """A public office that had to be told of a breach, and was not, or late."""
    for found in _late(case, "district", to_families=False):
        yield _fault(case, found)


@rule("INC-002")
def late_notice_to_families(case: Case) -> Iterator[Fault]:
    """Families, or others concerned, who had to be told of a breach, and were not, or late."""
    for found in _late(case, "district", to_families=True):
        yield _fault(case, found)


@rule("INC-003")
def late_notice_by_vendor(case: Case) -> Iterator[Fault]:
    """A vendor that told the district late: one finding an incident, with every clock that it missed."""
    missed: dict[str, list[tuple[Incident, Breach, Deadline]]] = {}
    for found in _late(case, "vendor", to_families=False):
        if _goes_to_the_district(case, found[2]):
            missed.setdefault(found[0].id, []).append(found)
    for founds in missed.values():
        incident, _breach, _deadline = founds[0]  # the earliest: deadlines come by their day
        clocks = _first_of_each_basis([deadline for _, _, deadline in founds])
        fault = _fault(case, founds[0])
        fault.severity = INFO if _is_closed(case, incident) else None
        fault.citation = ", ".join(clock.basis for clock in clocks)
        fault.certain = any(clock.certain for clock in clocks)
        fault.facts["due"] = " and ".join(f"{_moment(clock.due)} ({clock.basis})" for clock in clocks)
        yield fault


def _goes_to_the_district(case: Case, deadline: Deadline) -> bool:
    """Tell whether a vendor's clock is about telling the district: its agreement's, or a law's that says so."""
    from dataflows.law.state_law import whole_state_law

    told = {clock.id for clock in whole_state_law(case.district.state).breach if clock.receivers == ("district",)}
    return deadline.id in told if deadline.law != "contract" else deadline.id in case.agreements


def _first_of_each_basis(deadlines: list[Deadline]) -> list[Deadline]:
    """Return the first clock of each law and agreement: a law may have two, for two kinds of data."""
    found: dict[str, Deadline] = {}
    for deadline in deadlines:
        found.setdefault(deadline.basis, deadline)
    return list(found.values())


def _moment(moment: Moment | None) -> str:
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="minutes").replace("T", " at ")
    return str(moment)


@rule("INC-004")
def incident_open_past_clock(case: Case) -> Iterator[Fault]:
    """Incidents that are not closed, and of which every clock has passed."""
    from dataflows.law.clocks import day_of

    for incident, breach in known_incidents(case):
        due = [day_of(deadline.due) for deadline in breach.deadlines if deadline.due is not None]
        if due and max(due) < case.valid_on and not _is_closed(case, incident):
            yield Fault(incident, flows=[], party=incident.party, last=max(due))


@rule("INC-005")
def incident_without_triggers(case: Case) -> Iterator[Fault]:
    """Incidents that lack the day from which a clock of the state runs."""
    for incident, breach in known_incidents(case):
        waiting = [deadline for deadline in breach.deadlines if deadline.due is None and deadline.unit != "none"]
        starts = [start for deadline in waiting for start in deadline.starts_from.split(" or ")]
        missing = sorted({_FIELDS[start] for start in starts if start in _FIELDS and _is_empty(incident, start)})
        if missing and not _is_closed(case, incident):
            cited = ", ".join(dict.fromkeys(deadline.basis for deadline in waiting))
            certain = all(deadline.certain for deadline in waiting)
            yield Fault(
                incident, flows=[], party=incident.party, missing=tuple(missing), citation=cited, certain=certain
            )


def _is_empty(incident: Incident, start: str) -> bool:
    value: Any = getattr(incident, _FIELDS[start])
    return value is None


@rule("INC-006")
def former_students_uncounted(case: Case) -> Iterator[Fault]:
    """Old data was there when it happened, and nobody said how many former students it is about."""
    for incident, breach in known_incidents(case):
        if incident.students_former is None and breach.reaches_former:
            flows = [case.all_flows[id] for id in breach.exposure.flows]
            yield Fault(incident, flows=flows, party=incident.party)


RULES = (
    late_notice_to_state,
    late_notice_to_families,
    late_notice_by_vendor,
    incident_open_past_clock,
    incident_without_triggers,
    former_students_uncounted,
)
