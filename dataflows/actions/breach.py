"""`breach`: what a breach at a party exposes, whom it concerns, and whom to tell by when."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, datetime
from io import StringIO
from typing import TYPE_CHECKING, Any

from dataflows.errors import UnknownIdError, UsageError
from dataflows.graph.breaches import Breach, BreachCase, case_of, examine_breach
from dataflows.law.clocks import Moment, day_of
from dataflows.model.kinds import nearest
from dataflows.model.text import make_slug

if TYPE_CHECKING:
    from dataflows.law.deadlines import Deadline
    from dataflows.model.events import Incident
    from dataflows.model.snapshot import Snapshot


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What a person says of a breach; None is left to the incident that the catalog has, if it has one."""

    occurred_from: date | None = None
    occurred_to: date | None = None
    discovered: Moment | None = None
    vendor_discovered: Moment | None = None
    vendor_notified: Moment | None = None
    determined: Moment | None = None
    ransom_paid: Moment | None = None
    device_reached: Moment | None = None
    incident: str | None = None


@dataclass(frozen=True, slots=True)
class FoundBreach:
    """The answer, and the incident of the catalog that it took days and notices from."""

    breach: Breach
    incident: Incident | None

    def to_json(self) -> dict[str, Any]:
        """Return the answer as INTERFACE.md shapes it, with what it rests on."""
        breach, exposure = self.breach, self.breach.exposure
        is_day_asked = breach.case.occurred_from is None and breach.case.known_since is None
        ends = breach.case.occurred_to or (breach.occurred[1] if is_day_asked else None)
        return {
            "party": breach.case.party,
            "as_of": breach.as_of.isoformat(),
            "occurred": [breach.occurred[0].isoformat(), ends.isoformat() if ends else None],
            "elements": list(exposure.elements),
            "retained": [
                {
                    "element": kept.element,
                    "flow": kept.flow,
                    "until": _text(kept.until),
                    "last_given": _text(kept.last_given),
                }
                for kept in exposure.kept
            ],
            "parties": [found.party for found in exposure.downstream],
            "schools": list(breach.schools),
            "students": breach.students,
            "students_former": breach.case.students_former,
            "agreements": list(breach.agreements),
            "deadlines": [deadline_to_json(row) for row in breach.deadlines if not row.is_conditional],
            "conditional_deadlines": [deadline_to_json(row) for row in breach.deadlines if row.is_conditional],
            "flows": list(exposure.flows),
            "incident": self.incident.id if self.incident else None,
        }


def deadline_to_json(deadline: Deadline) -> dict[str, Any]:
    """Return a deadline as INTERFACE.md shapes it, and what it rests on."""
    return {
        "by": deadline.by,
        "notify": deadline.notify,
        "due": _text(deadline.due),
        "basis": deadline.basis,
        "starts_from": deadline.starts_from,
        "certain": deadline.certain,
        "missed_by": deadline.missed_by,
        "law": deadline.law,
        "started": _text(deadline.started),
        "told": _text(deadline.told),
        "words": deadline.words,
        "condition": deadline.condition,
        "limit": deadline.limit,
        "unit": deadline.unit,
        "threshold": deadline.threshold,
        "threshold_met": deadline.is_threshold_met,
        "because": list(deadline.because),
        "left_out": [f"{holiday.kept_on.isoformat()} {holiday.name}" for holiday in deadline.left_out],
        "says": deadline.says,
    }


def _text(moment: Moment | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat(timespec="minutes") if isinstance(moment, datetime) else moment.isoformat()


def find_breach(snapshot: Snapshot, word: str, asked: Asked | None = None) -> FoundBreach:
    """Return what a breach at a party exposes on the snapshot's day; raises UnknownIdError, UsageError.

    An incident of the catalog fills in what is not asked: the one that is named, or the newest at
    the party that fits the days (without days: that is open).
    """
    asked = asked or Asked()
    party = _party(snapshot, word)
    _check(asked, snapshot.valid_on)
    incident = _incident(snapshot, party, asked)
    case = case_of(incident) if incident else BreachCase(party=party)
    said: dict[str, Any] = {
        "occurred_from": asked.occurred_from,
        "occurred_to": asked.occurred_to,
        "discovered": asked.discovered,
        "vendor_discovered": asked.vendor_discovered,
        "vendor_notified": asked.vendor_notified,
        "determined": asked.determined,
        "ransom_paid": asked.ransom_paid,
        "device_reached": asked.device_reached,
    }
    stated = {name: value for name, value in said.items() if value is not None}
    if asked.occurred_from is not None:
        stated.setdefault("occurred_to", None)
    return FoundBreach(examine_breach(snapshot, replace(case, **stated)), incident)


def _party(snapshot: Snapshot, word: str) -> str:
    kind, slash, id = word.partition("/")
    party = id if slash and kind in ("vendor", "party") else word
    if snapshot.is_source(party):
        message = f"{party!r} is where the data comes from. A breach is asked of whoever else has it: a vendor, say."
        raise UsageError(message)
    known = [*snapshot.vendors, *snapshot.parties]
    if party not in known:
        raise UnknownIdError("party", party, nearest(party, known))
    return party


def _check(asked: Asked, as_of: date) -> None:
    """Refuse days that can't be: an end before its start, what lies after the day asked about or before the breach."""
    if asked.occurred_from and asked.occurred_to and asked.occurred_to < asked.occurred_from:
        raise UsageError(f"The intrusion can't end on {asked.occurred_to} and begin on {asked.occurred_from}.")
    days = {
        "--occurred": asked.occurred_to or asked.occurred_from,
        "--discovered": asked.discovered,
        "--vendor-discovered": asked.vendor_discovered,
        "--vendor-notice": asked.vendor_notified,
        "--determined": asked.determined,
        "--ransom-paid": asked.ransom_paid,
        "--device-reached": asked.device_reached,
    }
    for name, moment in days.items():
        if moment is not None and day_of(moment) > as_of:
            raise UsageError(f"{name} {_text(moment)} lies after {as_of}, the day asked about. Give a later --as-of.")
        if moment is not None and asked.occurred_from and day_of(moment) < asked.occurred_from:
            raise UsageError(
                f"{name} {_text(moment)} lies before {asked.occurred_from}, the first day of the intrusion. One of the"
                " two is wrong."
            )


def _incident(snapshot: Snapshot, party: str, asked: Asked) -> Incident | None:
    """Return the incident that a question is about."""
    if asked.incident is not None:
        id = asked.incident.removeprefix("incident/")
        if id not in snapshot.incidents:
            raise UnknownIdError("incident", id, nearest(id, snapshot.incidents))
        found = snapshot.incidents[id]
        if found.party != party:
            raise UsageError(f"The incident {id!r} happened at {found.party!r}, not at {party!r}.")
        return found
    at_party = [row for row in snapshot.incidents.values() if row.party == party and _is_known(row, snapshot.valid_on)]
    if asked.occurred_from is not None:
        fitting = [row for row in at_party if _fits(row, asked, snapshot.valid_on)]
    else:
        fitting = [row for row in at_party if row.closed is None or row.closed > snapshot.valid_on]
    return max(fitting, key=lambda row: (day_of(row.discovered), row.id), default=None)


def _is_known(incident: Incident, as_of: date) -> bool:
    return day_of(incident.discovered) <= as_of


def _fits(incident: Incident, asked: Asked, as_of: date) -> bool:
    """Tell whether an incident's days meet those asked about; one without days may."""
    first, last = asked.occurred_from or as_of, asked.occurred_to or as_of
    if incident.occurred_from is None:
        return True
    return incident.occurred_from <= last and first <= (incident.occurred_to or as_of)


def incident_file(snapshot: Snapshot, found: FoundBreach, suffix: str = ".yaml") -> bytes:
    """Return a catalog file whose one row is the incident, to be read, completed and applied."""
    from dataflows.actions.export import write_text

    district = snapshot.district
    body = incident_body(found)
    rows = {
        "district": [(district.id, {"id": district.id, "name": district.name, "state": district.state})],
        "incidents": [(body["id"], body)],
    }
    stream = StringIO()
    write_text(rows, suffix, stream)
    return stream.getvalue().encode()


def incident_body(found: FoundBreach) -> dict[str, Any]:
    """Return the incident as a canonical body: what isn't known is left out."""
    breach, case = found.breach, found.breach.case
    discovered = case.discovered or case.vendor_notified or breach.as_of
    new_id = make_slug(f"{case.party[:80]}-{day_of(discovered)}")
    body = {
        "id": found.incident.id if found.incident else new_id,
        "party": case.party,
        "kind": (found.incident.kind if found.incident else None) or "breach",
        "occurred_from": _text(case.occurred_from),
        "occurred_to": _text(case.occurred_to),
        "vendor_discovered": _text(case.vendor_discovered),
        "vendor_notified": _text(case.vendor_notified),
        "discovered": _text(discovered),
        "determined": _text(case.determined),
        "elements": list(breach.exposure.elements),
        "students": case.students if case.students is not None else breach.students,
        "students_former": case.students_former,
        "note": _note(found),
    }
    return {name: value for name, value in body.items() if value not in (None, [])}


def _note(found: FoundBreach) -> str | None:
    """Return the incident's note with what an incident has no field for, and a clock begins with."""
    case, note = found.breach.case, found.incident.note if found.incident else None
    events = (("A ransom was paid", case.ransom_paid), ("A device of a school was reached", case.device_reached))
    told = [f"{what} on {_text(moment)}." for what, moment in events if moment is not None]
    return "\n".join([*([note] if note else []), *(text for text in told if text not in (note or ""))]) or None
