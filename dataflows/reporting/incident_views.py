"""What the incident sheet and the letter about a breach are given: frozen views, never records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from datetime import date

    from dataflows.law.clocks import Moment
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.views import ContactView, ElementView


@dataclass(frozen=True, slots=True)
class MomentView:
    """A day, and the time of it where that is known."""

    day: date
    time: str | None


def moment_view(moment: Moment | None) -> MomentView | None:
    """Return a moment as templates see it."""
    if isinstance(moment, datetime):
        return MomentView(moment.date(), moment.strftime("%H:%M"))
    return MomentView(moment, None) if moment is not None else None


def number_shown(number: int | None) -> str:
    """Return a number with its thousands set apart; nothing where it is not known."""
    return "" if number is None else f"{number:,}"


@dataclass(frozen=True, slots=True)
class DeadlineView:
    """Who must tell whom by when."""

    by: str
    notify: str
    due: MomentView | None
    words: str | None
    basis: str
    says: str
    starts: str
    started: MomentView | None
    told: MomentView | None
    missed_by: int | None
    certain: bool
    condition: str | None
    threshold: str | None
    threshold_met: bool | None
    because: tuple[ElementView, ...]


@dataclass(frozen=True, slots=True)
class ExposedView:
    """A kind of data that was exposed; `flows` are those that only left it there."""

    element: ElementView
    kept_from: tuple[tuple[str, date | None, date | None], ...]
    """Flow, the day on which it was last given, the last day on which it may be kept."""


@dataclass(frozen=True, slots=True)
class HeldView:
    """Somebody else who has some of it."""

    name: str
    elements: tuple[ElementView, ...]
    is_holder: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class IncidentSheetView:
    """All that is known of an incident on a day, for those who handle it."""

    party: str
    incident: str | None
    occurred_from: date | None
    occurred_to: date | None
    counted_from: date
    """The first day on which what was there counts as exposed."""
    vendor_discovered: MomentView | None
    vendor_notified: MomentView | None
    discovered: MomentView | None
    determined: MomentView | None
    exposed: tuple[ExposedView, ...]
    downstream: tuple[HeldView, ...]
    schools: tuple[str, ...]
    students: int | None
    students_former: int | None
    reaches_former: bool
    agreements: tuple[str, ...]
    deadlines: tuple[DeadlineView, ...]
    notices: tuple[tuple[str, date], ...]
    notes: tuple[str, ...]

    @property
    def students_shown(self) -> str:
        """Return the number of students enrolled now, as it is written."""
        return number_shown(self.students)

    @property
    def former_shown(self) -> str:
        """Return the number of former students, as it is written."""
        return number_shown(self.students_former)


@dataclass(frozen=True, slots=True, kw_only=True)
class BreachLetterView:
    """What families are told of a breach; what is None is not known yet, and a gap in the letter."""

    party: str
    kind: str
    occurred_from: date | None
    occurred_to: date | None
    found_on: date
    found_by_party: bool
    """Found by the party itself; otherwise by the district."""
    told_on: date
    """When the district learned of it."""
    elements: tuple[ElementView, ...]
    elements_are_confirmed: bool
    schools: tuple[str, ...]
    is_all_schools: bool
    students: int | None
    students_former: int | None
    reaches_former: bool
    staff_too: bool | None
    measures: Told | None
    contact: ContactView | None
    passed_on: tuple[str, ...]
    gaps: tuple[str, ...]
    """What is missing, by the field that would say it."""
