"""By which day was a posting due, and was it made by then?  A posting belongs to the day that is nearest to it.

Most states name a day of the year, or count from the first day of school; the law of that very day
says whether it was due at all.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING, NamedTuple

from dataflows.law.state_law import whole_state_law
from dataflows.model.school_years import school_year_of
from dataflows.rules.settings import setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.law.state_law import CalendarEntry, When
    from dataflows.model.publications import Given
    from dataflows.rules.case import Case


class DueDay(NamedTuple):
    """A day by which a posting had to be made, and the entry of the state's calendar that says so."""

    day: date
    entry: CalendarEntry
    posting: str


def first_school_day(starts: date) -> date:
    """Return the first day of school; a year that starts in summer is one on paper, and school follows it."""
    month, day = map(int, str(setting("school_begins_at_the_latest")).split("-"))
    return date(starts.year, month, day) if starts.month in (6, 7) else starts


def due_days(case: Case) -> Iterator[DueDay]:
    """Yield the days of this year and the two beside it on which the state's law of that day wants a posting."""
    for entry in whole_state_law(case.district.state).calendar:
        if entry.posting is None:
            continue
        for year in range(case.valid_on.year - 1, case.valid_on.year + 2):
            day = day_in_year(case, entry.when, year)
            if day is not None and day in entry.period:
                yield DueDay(day, entry, entry.posting)


def day_in_year(case: Case, when: When, year: int) -> date | None:
    """Return the day that an entry of the calendar names in a year; None where it names none."""
    if when.month_day:
        month, day = int(when.month_day[:2]), int(when.month_day[3:])
        return date(year, month, min(day, monthrange(year, month)[1]))
    if when.school_year == "starts":
        known = school_year_of(case.district.school_year, date(year, 12, 31))
        return first_school_day(known.starts) + timedelta(when.plus_days or 0)
    return None


def made_for(due: DueDay, days: list[DueDay], given: list[Given]) -> Given | None:
    """Return the first posting that was made for a day: of the days, the one that is nearest to it."""
    others = [other.day for other in days if other.posting == due.posting]
    nearest = [notice for notice in given if min(others, key=lambda day: _far(day, notice)) == due.day]
    return nearest[0] if nearest else None


def _far(day: date, notice: Given) -> int:
    return abs((day - notice.issued).days)
