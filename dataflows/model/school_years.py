"""The school year: which one a day belongs to, and what it is called.

A year runs until the day before the next one starts, so the summer belongs to the year before it.
"""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from typing import TYPE_CHECKING

from dataflows.model.frozen import frozen

if TYPE_CHECKING:
    from dataflows.model.district import SchoolYear


@frozen(kw_only=False)
class YearDays:
    """One school year: first day, last day of school, and the last day before the next."""

    starts: date
    ends: date
    until: date

    def __contains__(self, day: date) -> bool:
        """Tell whether a day lies in the year or in the summer after it."""
        return self.starts <= day <= self.until

    @property
    def label(self) -> str:
        """Return its name: `2026-27`."""
        return f"{self.starts.year}-{(self.starts.year + 1) % 100:02}"

    def is_called(self, name: str) -> bool:
        """Tell whether a name, `2026-27` or `2026-2027`, is this year's."""
        return name in (self.label, f"{self.starts.year}-{self.starts.year + 1}")

    def is_after(self, name: str) -> bool:
        """Tell whether a name, `2025-26` or `2025-2026`, is that of an earlier year."""
        return int(name[:4]) < self.starts.year


def school_year_of(days: SchoolYear, day: date) -> YearDays:
    """Return the school year to which a day belongs, by the district's days (MM-DD)."""
    starts = day_in_year(day.year, days.starts)
    if starts > day:
        starts = day_in_year(day.year - 1, days.starts)
    until = day_in_year(starts.year + 1, days.starts) - timedelta(days=1)
    ends = day_in_year(starts.year, days.ends)
    if ends <= starts:
        ends = day_in_year(starts.year + 1, days.ends)
    return YearDays(starts, min(ends, until), until)


def day_in_year(year: int, month_day: str) -> date:
    """Return a day of a year; one that its month lacks is the month's last."""
    month, day = int(month_day[:2]), int(month_day[3:])
    return date(year, month, min(day, monthrange(year, month)[1]))
