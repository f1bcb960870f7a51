"""The federal holidays, by rule: those that business days leave out (5 U.S.C. 6103).

A state's own holidays are not known here, and every output that counts business days says so.
"""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from dataflows.law.documents import read_law

if TYPE_CHECKING:
    from collections.abc import Mapping

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")


@dataclass(frozen=True, slots=True)
class Holiday:
    """A day that is left out: the one on which it is kept, which may not be its own."""

    name: str
    kept_on: date


@cache
def federal_holidays(year: int) -> Mapping[date, Holiday]:
    """Return the holidays that are kept on a day of a year, by that day.

    New Year's Day of the next year is kept on the last day of this one where it is a Saturday.
    """
    tree = read_law("federal-holidays")
    found: dict[date, Holiday] = {}
    for row in tree["holidays"]:
        for own_year in (year, year + 1):
            day = _day_of(row, own_year)
            if day is None or day < row.get("from", date.min):
                continue
            kept = day + timedelta(days=tree["observed"].get(_WEEKDAYS[day.weekday()], 0))
            if kept.year == year:
                found[kept] = Holiday(row["name"], kept)
    return MappingProxyType(dict(sorted(found.items())))


def _day_of(row: Mapping[str, Any], year: int) -> date | None:
    """Return a holiday's own day in a year; None beyond the calendar's end."""
    if not date.min.year < year < date.max.year:
        return None
    month: int = row["month"]
    if "day" in row:
        return date(year, month, row["day"])
    weekday = _WEEKDAYS.index(row["weekday"])
    if row["nth"] > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (row["nth"] - 1))
    last = date(year, month, monthrange(year, month)[1])
    return last - timedelta(days=(last.weekday() - weekday) % 7 + 7 * (-row["nth"] - 1))
