"""The incidents family: was everybody told in time, and does the record say what the clocks need?"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.rules.base import Fault, rule

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.model.events import Incident
    from dataflows.rules.case import Case


def first_day(incident: Incident) -> date:
    """Return the first day on which an incident is known to have touched data."""
    found = incident.occurred_from or incident.discovered
    return date_of(found)


def date_of(moment: date) -> date:
    """Return the day of a day or a moment."""
    as_day = getattr(moment, "date", None)
    return as_day() if callable(as_day) else moment


@rule("INC-006")
def former_students_uncounted(case: Case) -> Iterator[Fault]:
    """Old data was there when it happened, and nobody said how many former students it is about."""
    for incident in case.incidents.values():
        if incident.students_former is not None or date_of(incident.discovered) > case.valid_on:
            continue
        begun = case.year.starts
        old = [
            flow
            for flow in case.begun
            if flow.receiver == incident.party and not flow.destroyed and (flow.starts is None or flow.starts < begun)
        ]
        if old:
            yield Fault(incident, flows=old, party=incident.party)


RULES = (former_students_uncounted,)
