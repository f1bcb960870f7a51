"""Deadlines are counted as the cautious reading counts, set against a plain version that walks day by day."""

from __future__ import annotations

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dataflows.law.clocks import Moment, count, day_of, days_late, is_business_day
from dataflows.law.holidays import federal_holidays

DAYS = st.dates(date(1975, 1, 1), date(2150, 1, 1))
LIMITS = st.integers(1, 90)


def at(moment: str) -> datetime:
    """Return a moment as the clock on the wall shows it, with a zone where one is written."""
    return datetime.fromisoformat(moment)


def slow_holidays(year: int) -> set[date]:
    """Return the federal holidays of a year by looking at each of its days, and those around it."""
    kept = set()
    day = date(year - 1, 12, 25)
    while day < date(year + 1, 1, 8):
        if is_holiday_itself(day):
            if day.weekday() == 5:
                kept.add(day - timedelta(days=1))
            elif day.weekday() == 6:
                kept.add(day + timedelta(days=1))
            else:
                kept.add(day)
        day += timedelta(days=1)
    return {day for day in kept if day.year == year}


def is_holiday_itself(day: date) -> bool:
    nth = (day.day - 1) // 7 + 1
    is_last = (day + timedelta(days=7)).month != day.month
    fixed = {(1, 1), (7, 4), (11, 11), (12, 25)}
    if (day.month, day.day) in fixed:
        return True
    if (day.month, day.day) == (6, 19):
        return day >= date(2021, 6, 17)
    if day.weekday() == 3:
        return day.month == 11 and nth == 4
    if day.weekday() != 0:
        return False
    if day.month == 1:
        return nth == 3 and day.year >= 1986
    return (day.month, nth) in {(2, 3), (9, 1), (10, 2)} or (day.month == 5 and is_last)


def slow_count(start: date, limit: int, unit: str) -> date:
    """Walk day by day; the trigger's own day is day 0."""
    day, counted = start, 0
    while counted < limit:
        day += timedelta(days=1)
        if unit == "calendar_days" or (day.weekday() < 5 and day not in slow_holidays(day.year)):
            counted += 1
    return day


@settings(deadline=None)
@given(st.integers(1975, 2150))
def test_the_holidays_of_a_year_are_those_that_a_calendar_shows(year: int) -> None:
    assert set(federal_holidays(year)) == slow_holidays(year)


@settings(deadline=None)
@given(DAYS, LIMITS)
def test_calendar_days_are_counted_one_by_one(start: date, limit: int) -> None:
    assert count(start, limit, "calendar_days").due == slow_count(start, limit, "calendar_days")


@settings(deadline=None)
@given(DAYS, st.integers(1, 15))
def test_business_days_are_counted_one_by_one_and_every_holiday_between_is_named(start: date, limit: int) -> None:
    counted = count(start, limit, "business_days")

    assert counted.due == slow_count(start, limit, "business_days")
    between = [start + timedelta(days=n) for n in range(1, (day_of(counted.due) - start).days + 1)]
    assert {holiday.kept_on for holiday in counted.left_out} == {
        day for day in between if day.weekday() < 5 and not is_business_day(day)
    }


@settings(deadline=None)
@given(st.datetimes(at("1975-01-01"), at("2150-01-01")), st.integers(1, 500))
def test_hours_run_from_the_moment_and_from_the_first_moment_of_a_day_that_has_none(
    start: datetime, limit: int
) -> None:
    assert count(start, limit, "hours").due == start + timedelta(hours=limit)
    midnight = datetime.combine(start.date(), datetime.min.time())
    assert count(start.date(), limit, "hours").due == (midnight + timedelta(hours=limit)).date()


@pytest.mark.parametrize(
    ("start", "limit", "unit", "due"),
    [
        (date(2024, 12, 28), 7, "calendar_days", date(2025, 1, 4)),
        (date(2025, 1, 7), 60, "calendar_days", date(2025, 3, 8)),  # a Saturday, and not moved
        (at("2025-01-07T16:00"), 60, "calendar_days", date(2025, 3, 8)),
        (date(2024, 12, 28), 72, "hours", date(2024, 12, 31)),
        (at("2024-12-28T09:30"), 72, "hours", at("2024-12-31T09:30")),
        (date(2024, 2, 28), 1, "calendar_days", date(2024, 2, 29)),
        (date(2025, 1, 17), 2, "business_days", date(2025, 1, 22)),  # a weekend and Dr. King's birthday between
        (date(2021, 12, 30), 1, "business_days", date(2022, 1, 3)),  # New Year's Day is kept on 31 December
        (date(9999, 12, 25), 60, "calendar_days", date.max),
        (date(9999, 12, 25), 60, "business_days", date.max),
    ],
)
def test_a_clock_ends(start: Moment, limit: int, unit: str, due: Moment) -> None:
    assert count(start, limit, unit).due == due


@pytest.mark.parametrize(
    ("due", "done", "late"),
    [
        (date(2025, 1, 4), date(2025, 1, 4), None),
        (date(2025, 1, 4), at("2025-01-04T23:59"), None),
        (date(2025, 1, 4), date(2025, 1, 7), 3),
        (at("2025-01-10T16:00"), at("2025-01-10T16:00"), None),
        (at("2025-01-10T16:00"), at("2025-01-10T18:00"), 0),
        (at("2025-01-10T16:00"), date(2025, 1, 10), None),
        (at("2025-01-10T16:00"), at("2025-01-11T09:00+00:00"), 1),
    ],
)
def test_what_is_late_is_late_by_days_and_by_zero_where_it_is_hours(
    due: Moment, done: Moment, late: int | None
) -> None:
    assert days_late(due, done) == late
