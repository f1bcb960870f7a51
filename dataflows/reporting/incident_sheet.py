"""The incident sheet: all that is known of a breach on a day, on a page for those who handle it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.documents import read_law
from dataflows.law.state_law import state_law, whole_state_law
from dataflows.reporting.document import make_document
from dataflows.reporting.incident_views import (
    DeadlineView,
    ExposedView,
    HeldView,
    IncidentSheetView,
    moment_view,
)
from dataflows.reporting.kinds import Order
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.graph.breaches import Breach
    from dataflows.law.deadlines import Deadline
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.document import Document


_STARTED_BY = {"ransom_paid": "--ransom-paid", "access_event": "--device-reached"}


def compose_incident_sheet(snapshot: Snapshot, breach: Breach) -> Document:
    """Return the sheet about a breach, for those who handle it."""
    order = Order("incident-sheet", snapshot, "en", breach.as_of)
    teller = Teller(snapshot, "en")
    sheet = build_incident_sheet(snapshot, breach, teller)
    return make_document(order, "incident/sheet.md.j2", teller, sheet=sheet)


def build_incident_sheet(snapshot: Snapshot, breach: Breach, teller: Teller) -> IncidentSheetView:
    """Return the view of the sheet about a breach."""
    case, exposure = breach.case, breach.exposure
    return IncidentSheetView(
        party=snapshot.name_of(case.party),
        incident=case.incident,
        occurred_from=case.occurred_from,
        occurred_to=case.occurred_to,
        counted_from=breach.occurred[0],
        vendor_discovered=moment_view(case.vendor_discovered),
        vendor_notified=moment_view(case.vendor_notified),
        discovered=moment_view(case.discovered),
        determined=moment_view(case.determined),
        exposed=tuple(_exposed(breach, teller)),
        downstream=tuple(
            HeldView(
                snapshot.name_of(held.party),
                tuple(teller.element(id) for id in teller.elements(held.elements)),
                held.is_holder,
            )
            for held in exposure.downstream
        ),
        schools=tuple(snapshot.schools[id].name for id in breach.schools),
        students=breach.students,
        students_former=case.students_former,
        reaches_former=breach.reaches_former,
        agreements=breach.agreements,
        deadlines=tuple(_deadline(deadline, teller) for deadline in breach.deadlines),
        notices=tuple((to, day) for to, day in case.notices if day <= breach.as_of),
        notes=tuple(notes_on(snapshot, breach)),
    )


def _exposed(breach: Breach, teller: Teller) -> Iterator[ExposedView]:
    for id in teller.elements(breach.exposure.elements):
        kept = tuple((row.flow, row.last_given, row.until) for row in breach.exposure.kept if row.element == id)
        yield ExposedView(teller.element(id), kept)


def _deadline(deadline: Deadline, teller: Teller) -> DeadlineView:
    return DeadlineView(
        by=deadline.by,
        notify=deadline.notify,
        due=moment_view(deadline.due),
        words=deadline.words,
        basis=deadline.basis,
        says=deadline.says,
        starts=_trigger_words(deadline.starts_from),
        started=moment_view(deadline.started),
        told=moment_view(deadline.told),
        missed_by=deadline.missed_by,
        certain=deadline.certain,
        condition=deadline.condition,
        threshold=deadline.threshold,
        threshold_met=deadline.is_threshold_met,
        because=tuple(teller.element(id) for id in teller.elements(deadline.because)),
    )


def _trigger_words(starts_from: str) -> str:
    words = {row["id"]: row["says"] for row in read_law("breaches")["triggers"]}
    return " or ".join(words[name] for name in starts_from.split(" or "))


def notes_on(snapshot: Snapshot, breach: Breach) -> Iterator[str]:
    """Yield what must be said beside the deadlines: how they were counted, and what is not sure."""
    deadlines = breach.deadlines
    state = snapshot.district.state
    if not whole_state_law(state).is_known:
        yield f"No law of {state} is on file here: only the contracts' clocks are listed. Ask counsel."
    if breach.exposure.elements:
        yield "FERPA sets no deadline for a breach. Ask counsel whether a disclosure must be recorded (34 CFR 99.32)."
    if any(deadline.due is not None for deadline in deadlines):
        yield (
            "The day of the trigger is day 0, and an end on a weekend or a holiday is not moved. "
            "None of the laws read says how to count, so this is the cautious reading."
        )
    yield from _on_ransoms(snapshot, breach)
    counted = [deadline for deadline in deadlines if deadline.unit == "business_days" and deadline.due is not None]
    if counted:
        names = sorted({f"{day.name} ({day.kept_on})" for deadline in counted for day in deadline.left_out})
        which = f" Left out: {'; '.join(names)}." if names else " None fell into these days."
        yield f"Business days are Monday to Friday without federal holidays; the state's own are not known.{which}"
    if any(deadline.due is None and deadline.words is None for deadline in deadlines):
        yield "A clock whose start is not known has no day yet; give it with --determined, --discovered and the like."
    if any(not deadline.certain for deadline in deadlines):
        yield "A line that is not certain was not read in a source, or lawyers may read it otherwise: ask counsel."
    general = sorted({id for deadline in deadlines for id in deadline.because})
    if general:
        yield f"The general breach law is reached because of: {', '.join(general)}."
    yield from _on_numbers(breach)


def _on_ransoms(snapshot: Snapshot, breach: Breach) -> Iterator[str]:
    """Yield what the state says of paying a ransom, and how to start the clocks that only run after an event."""
    if not breach.exposure.elements:
        return
    for law in state_law(snapshot.district.state, breach.as_of).instruments:
        if law.ransom:
            yield f"{law.ransom} ({law.cite}{'' if law.certain else '; not certain: ask counsel'})"
    waiting = {deadline.starts_from for deadline in breach.deadlines if deadline.is_conditional}
    if options := [option for trigger, option in _STARTED_BY.items() if trigger in waiting]:
        yield f"A clock of a payment or of a reached device runs only after it; then give {' or '.join(options)}."
    started = {trigger for deadline in breach.deadlines for trigger in deadline.starts_from.split(" or ")}
    given = {"ransom_paid": breach.case.ransom_paid, "access_event": breach.case.device_reached}
    for trigger, option in _STARTED_BY.items():
        if given[trigger] is not None and trigger not in started:
            yield f"No law of {snapshot.district.state} that is on file here and held on that day counts from {option}."


def _on_numbers(breach: Breach) -> Iterator[str]:
    if breach.exposure.elements and breach.students is None:
        yield "How many students are concerned is not known: the enrollment of a school is missing."
    if breach.reaches_former and breach.case.students_former is None:
        yield (
            "Data of students who have left was there too. How many is not known, "
            "so the number of students enrolled now is no upper limit."
        )
    for deadline in breach.deadlines:
        if deadline.threshold and deadline.is_threshold_met is not True:
            met = "there are fewer" if deadline.is_threshold_met is False else "whether there are is not known"
            yield f"{deadline.basis} asks for {deadline.threshold}; {met}."
