"""Days as people type them: `6/30/2027`, `June 30, 2027`, and which number is the month.

The order is the sheet's own: a day above twelve shows it.  Where a sheet shows that it writes the
day first, a date that could be either is refused, unless the mapping says which.
"""

from __future__ import annotations

import re
from datetime import date, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

MONTH_FIRST = "month/day"
DAY_FIRST = "day/month"
NOT_CLEAR = "not clear"
ORDERS = (MONTH_FIRST, DAY_FIRST, NOT_CLEAR)

_NUMBERS = re.compile(r"(\d{1,2})\s*[/.\-]\s*(\d{1,2})\s*[/.\-]\s*(\d{4}|\d{2})")
_ISO = re.compile(r"(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_NAMED = re.compile(r"([A-Za-z]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})")
_NAMED_LATE = re.compile(r"(\d{1,2})(?:st|nd|rd|th)?(?:\s+de)?[\s-]+([A-Za-z]{3,10})\.?,?(?:\s+del?)?[\s-]+(\d{4})")
_SPANISH = {"ene": 1, "abr": 4, "ago": 8, "dic": 12}
_WEEKDAY = re.compile(r"(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+", re.IGNORECASE)
_SERIAL = re.compile(r"[3-7]\d{4}(?:\.0+)?")
_NO_END = re.compile(
    r"(?:on-?going|continuous|continuing|auto[- ]?renew\w*|perpetual|indefinite(?:ly)?|evergreen|month[- ]to[- ]month"
    r"|open[- ]?(?:ended)?|no (?:end|expiration)(?: date)?|does not expire|until (?:terminated|cancell?ed)"
    r"|annual(?:ly)?(?: renewal)?|yearly"
    r"|renews (?:annually|yearly|automatically)|current|none|never|indefinido|vigente)\b.{0,30}",
    re.IGNORECASE,
)
_TO = re.compile(
    r"\s*(?:[–—]|\s-\s|\bto\b|\bthrough\b|\bthru\b|\bal?\b)\s*|(?<=\d{4})-(?=\d{1,2}/)|(?<=/\d\d)-(?=\d{1,2}/)"
)
_TIME = re.compile(
    r"[T\s]+(?:at\s+)?\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?\s*(?:[AP]\.?M\.?)?(?:\s*(?:[A-Z]{3,4}|Z|[+-]\d\d:?\d\d))?$",
    re.IGNORECASE,
)


class Read(NamedTuple):
    """A day, or why there is none."""

    day: str | None
    fault: str = ""
    is_ambiguous: bool = False


class Order(NamedTuple):
    """In which order a sheet writes its dates, and the text that shows it."""

    order: str
    because: str


def find_order(texts: Iterable[str]) -> Order | None:
    """Return the order that dates show; None where there are no dates of numbers."""
    month_first = day_first = either = ""
    for text in texts:
        found = _NUMBERS.fullmatch(_TIME.sub("", text.strip()))
        if not found:
            continue
        first, second = int(found[1]), int(found[2])
        if first <= 12 < second:
            month_first = month_first or text
        elif second <= 12 < first:
            day_first = day_first or text
        elif first != second:
            either = either or text
    if day_first:
        return Order(
            NOT_CLEAR, f"{day_first!r} has the day first" + (f", {month_first!r} the month" if month_first else "")
        )
    if month_first:
        return Order(MONTH_FIRST, f"{month_first!r} can be nothing else")
    return (
        Order(MONTH_FIRST, f"no date shows the order, such as {either!r}; the month is first in the United States")
        if either
        else None
    )


@lru_cache(maxsize=4096)
def read_day(text: str, order: str) -> Read:
    """Read one day as typed."""
    words = _WEEKDAY.sub("", _TIME.sub("", text.strip()), count=1)
    if _SERIAL.fullmatch(words):
        return _of_serial(words)
    if found := _ISO.fullmatch(words):
        return _made(int(found[1]), int(found[2]), int(found[3]), text)
    if (found := _NAMED.fullmatch(words)) and (month := _month(found[1])):
        return _made(int(found[3]), month, int(found[2]), text)
    if (found := _NAMED_LATE.fullmatch(words)) and (month := _month(found[2])):
        return _made(int(found[3]), month, int(found[1]), text)
    if found := _NUMBERS.fullmatch(words):
        return _read_numbers(int(found[1]), int(found[2]), found[3], order, text)
    return Read(None, f"{text[:60]!r} is no day")


def is_day(text: str) -> bool:
    """Tell whether a text is written as a day."""
    if text.isdigit():
        return False
    found = read_day(text, NOT_CLEAR)
    return found.day is not None or found.is_ambiguous


def says_no_end(text: str) -> bool:
    """Tell whether a cell says that no last day is agreed on: `ongoing`, `auto-renews`."""
    return _NO_END.fullmatch(text.strip()) is not None


def read_span(text: str) -> tuple[str, str] | None:
    """Return the two texts of a first and a last day: `7/1/2025 - 6/30/2028`; None for anything else."""
    parts = [part.strip() for part in _TO.split(text.strip()) if part.strip()]
    return (parts[0], parts[1]) if len(parts) == 2 and is_day(parts[0]) and is_day(parts[1]) else None


def _of_serial(text: str) -> Read:
    """Read the number by which a spreadsheet program counts days, where a column lost its date format."""
    day = date(1899, 12, 30) + timedelta(days=int(text.partition(".")[0]))
    return Read(day.isoformat())


def _read_numbers(first: int, second: int, year_text: str, order: str, text: str) -> Read:
    year = int(year_text) if len(year_text) == 4 else 2000 + int(year_text)
    if order == NOT_CLEAR and first != second and first <= 12 and second <= 12:
        return Read(
            None,
            f"{text!r} may be {_day_text(year, first, second)} or {_day_text(year, second, first)}",
            is_ambiguous=True,
        )
    is_day_first = order == DAY_FIRST or (order == NOT_CLEAR and first > 12)
    month, day = (second, first) if is_day_first else (first, second)
    return _made(year, month, day, text)


def _day_text(year: int, month: int, day: int) -> str:
    return f"{year}-{month:02}-{day:02}"


def _made(year: int, month: int, day: int, text: str) -> Read:
    try:
        found = date(year, month, day)
    except ValueError:
        return Read(
            None,
            f"{text!r} is no day: there is no month {month}" if month > 12 else f"{text!r} is no day of the calendar",
        )
    if not 1900 <= year <= 2200:
        return Read(None, f"the year of {text!r} lies outside 1900 to 2200")
    return Read(found.isoformat())


def _month(word: str) -> int | None:
    start = word[:3].lower()
    if start in _SPANISH:
        return _SPANISH[start]
    return _MONTHS.index(start) + 1 if start in _MONTHS else None
