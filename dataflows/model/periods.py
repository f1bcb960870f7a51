"""Days of the world. The first and the last day of a period both belong to it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta


@dataclass(frozen=True, slots=True)
class Period:
    """From a first to a last day, both included; None is open: no beginning or no end is known."""

    first_day: date | None = None
    last_day: date | None = None

    def __contains__(self, day: date) -> bool:
        """Tell whether the day lies in the period."""
        return self.begun_by(day) and not self.ended_by(day)

    def begun_by(self, day: date) -> bool:
        """Tell whether the first day is `day` or earlier."""
        return self.first_day is None or self.first_day <= day

    def ended_by(self, day: date) -> bool:
        """Tell whether the last day lies before `day`."""
        return self.last_day is not None and self.last_day < day

    def meets(self, other: Period) -> bool:
        """Tell whether the two have a day in common."""
        starts = [p.first_day for p in (self, other) if p.first_day]
        ends = [p.last_day for p in (self, other) if p.last_day]
        return not starts or not ends or max(starts) <= min(ends)


def last_kept_day(ends: date, retention_days: int) -> date:
    """Return the last day on which what a flow brought may be kept: its end plus the retention."""
    try:
        return ends + timedelta(days=retention_days)
    except OverflowError:
        return date.max
