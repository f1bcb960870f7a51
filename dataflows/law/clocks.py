"""How deadlines are counted: hours to the moment, calendar days, business days.

None of the laws read says how to count, so the cautious reading is taken: the day of the trigger
is day 0, and an end on a weekend or a holiday is not moved.  Business days are Monday to Friday
without the federal holidays; a state's own holidays are not known.  Where only the day of a
trigger is known, a clock in hours runs from that day's first moment, and its end is a day too.
Moments are as the clock on the wall showed them: no zone, no change to summer time.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TYPE_CHECKING, TypeAlias

from dataflows.law.holidays import federal_holidays

if TYPE_CHECKING:
    from dataflows.law.holidays import Holiday

Moment: TypeAlias = date | datetime
"""A day, or a day and a time of it."""

UNITS = ("hours", "calendar_days", "business_days", "none")
"""`none`: the law names no time, only such words as "without unreasonable delay"."""


@dataclass(frozen=True, slots=True)
class Counted:
    """When a clock ends, and the holidays that it left out."""

    due: Moment
    left_out: tuple[Holiday, ...] = ()


def count(start: Moment, limit: int, unit: str) -> Counted:
    """Return when a clock of `limit` units ends that a trigger at `start` sets going."""
    try:
        if unit == "hours":
            return Counted(_count_hours(start, limit))
        if unit == "calendar_days":
            return Counted(day_of(start) + timedelta(days=limit))
        if unit == "business_days":
            return _count_business_days(day_of(start), limit)
    except OverflowError:
        return Counted(date.max)
    raise ValueError(unit)


def day_of(moment: Moment) -> date:
    """Return the day of a moment, as it was written."""
    return moment.date() if isinstance(moment, datetime) else moment


def on_the_wall(moment: Moment) -> Moment:
    """Return a moment as the clock on the wall showed it: without its zone."""
    return moment.replace(tzinfo=None) if isinstance(moment, datetime) else moment


def is_after(one: Moment, other: Moment) -> bool:
    """Tell whether a moment lies after another: by the clock where both have one, by the day otherwise."""
    if isinstance(one, datetime) and isinstance(other, datetime):
        return on_the_wall(one) > on_the_wall(other)
    return day_of(one) > day_of(other)


def days_late(due: Moment, done: Moment) -> int | None:
    """Return by how many days something was done too late; 0 is late by hours, None is in time."""
    if not is_after(done, due):
        return None
    return (day_of(done) - day_of(due)).days


def is_business_day(day: date) -> bool:
    """Tell whether a day counts as a business day."""
    return day.weekday() < 5 and day not in federal_holidays(day.year)


def _count_hours(start: Moment, limit: int) -> Moment:
    if isinstance(start, datetime):
        return on_the_wall(start) + timedelta(hours=limit)
    return start + timedelta(days=limit // 24)


def _count_business_days(start: date, limit: int) -> Counted:
    """Whole weeks at once would be faster; the longest limit that a law has is ten days."""
    day, left = start, limit
    holidays: list[Holiday] = []
    while left:
        day += timedelta(days=1)
        if day.weekday() >= 5:
            continue
        if (holiday := federal_holidays(day.year).get(day)) is not None:
            holidays.append(holiday)
        else:
            left -= 1
    return Counted(day, tuple(holidays))
