"""What families are told of a breach: read off the incident and the flows; what isn't known is a gap.

The law asks for a short account, the days of the incident and of its discovery, the kinds of data,
how many are concerned, what is being done, and whom to ask (8 NYCRR 121.10(e) and its like).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.graph.breaches import case_of, examine_breach
from dataflows.law.clocks import day_of
from dataflows.reporting.document import make_document
from dataflows.reporting.incident_views import BreachLetterView
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.graph.breaches import Breach
    from dataflows.model.events import Incident
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order


def compose(order: Order) -> Document:
    """Return the letter to families about an incident, with the text for the website."""
    teller = Teller(order.snapshot, order.language)
    letter = build_breach_letter(order.snapshot, order.snapshot.incidents[order.about.incident or ""], teller)
    return make_document(order, "notice/breach.md.j2", teller, gaps=letter.gaps, letter=letter)


def build_breach_letter(snapshot: Snapshot, incident: Incident, teller: Teller) -> BreachLetterView:
    """Return the view of the letter about an incident, for the snapshot's day."""
    breach = examine_breach(snapshot, case_of(incident))
    policies = snapshot.district.policies
    found = incident.vendor_discovered or incident.discovered
    told = incident.vendor_notified or incident.discovered
    measures = teller.tell_if("policies.breach_policy", policies.breach_policy)
    contact = teller.contact("breach_response", "privacy_officer")
    elements = incident.elements or breach.exposure.elements
    return BreachLetterView(
        party=teller.party(incident.party),
        kind=incident.kind or "breach",
        occurred_from=incident.occurred_from,
        occurred_to=incident.occurred_to,
        found_on=day_of(found),
        found_by_party=incident.vendor_discovered is not None,
        told_on=day_of(told),
        elements=tuple(teller.element(id) for id in teller.elements(elements)),
        elements_are_confirmed=bool(incident.elements),
        schools=tuple(snapshot.schools[id].name for id in breach.schools),
        is_all_schools=len(breach.schools) == len(snapshot.schools),
        students=_students(incident, breach),
        students_former=incident.students_former,
        reaches_former=breach.reaches_former,
        staff_too=incident.staff_too,
        measures=measures,
        contact=contact,
        passed_on=tuple(teller.party(held.party) for held in breach.exposure.downstream),
        gaps=tuple(_gaps(incident, breach, has_measures=measures is not None, has_contact=contact is not None)),
    )


def _students(incident: Incident, breach: Breach) -> int | None:
    return incident.students if incident.students is not None else breach.students


def _gaps(incident: Incident, breach: Breach, *, has_measures: bool, has_contact: bool) -> Iterator[str]:
    """Yield what is missing, by the field that would say it."""
    where = f"incidents.{incident.id}"
    if incident.occurred_from is None:
        yield f"{where}.occurred_from"
    if incident.occurred_to is None:
        yield f"{where}.occurred_to"
    if not incident.elements:
        yield f"{where}.elements"
    if _students(incident, breach) is None:
        yield f"{where}.students"
    if incident.students_former is None and breach.reaches_former:
        yield f"{where}.students_former"
    if not has_measures:
        yield "district.policies.breach_policy"
    if not has_contact:
        yield "district.contacts.breach_response"
