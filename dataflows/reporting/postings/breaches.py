"""The list of breaches that a state wants posted (105 ILCS 85/27(a)): which ones, and what is said of each."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING

from dataflows.law.general_elements import find_general_elements
from dataflows.reporting.postings.missing import MissingFact, missing_fact
from dataflows.reporting.postings.views import BreachView

if TYPE_CHECKING:
    from dataflows.law.state_law import Posting, PostingLimits
    from dataflows.model.events import Incident
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.telling import Teller


def tell_breaches(posting: Posting, teller: Teller) -> tuple[tuple[BreachView, ...], list[MissingFact]]:
    """Return the breaches of the list, newest first, and what is missing of them."""
    limits = next((field.limits for field in posting.fields if field.limits), None)
    if limits is None:
        return (), []
    snapshot = teller.snapshot
    listed = [row for row in snapshot.incidents.values() if _is_listed(row, limits, snapshot)]
    listed.sort(key=lambda row: (_found_on(row), row.id), reverse=True)
    missing: list[MissingFact] = []
    views: list[BreachView] = []
    for row in listed:
        is_counted = not find_general_elements(
            snapshot.district.state, snapshot.valid_on, row.elements, snapshot.taxonomy
        )
        name = teller.party(row.party)
        views.append(BreachView(name, row.occurred_from, row.occurred_to, row.students, is_counted))
        if row.occurred_from is None and row.occurred_to is None:
            missing.append(missing_fact(name, f"incidents.{row.id}.occurred_from"))
        if is_counted and row.students is None:
            missing.append(missing_fact(name, f"incidents.{row.id}.students"))
    return tuple(views), missing


def _found_on(incident: Incident) -> date:
    day = incident.discovered
    return day.date() if isinstance(day, datetime) else day


def _is_listed(incident: Incident, limits: PostingLimits, snapshot: Snapshot) -> bool:
    """Tell whether a breach belongs to the list; one whose size is not known does."""
    day, found_on = snapshot.valid_on, _found_on(incident)
    occurred_on = incident.occurred_to or incident.occurred_from or found_on
    is_held = incident.hold_until is not None and incident.hold_until >= day
    if found_on > day or is_held or occurred_on < limits.not_before:
        return False
    if (found_on.year + limits.years, found_on.month, found_on.day) < (day.year, day.month, day.day):
        return False
    enrolled = [school.students for school in snapshot.schools.values()]
    if incident.students is None or not enrolled or None in enrolled:
        return True
    return incident.students * 100 >= limits.percent_of_students * sum(number or 0 for number in enrolled)
