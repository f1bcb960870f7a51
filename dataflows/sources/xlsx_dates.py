"""Days and moments as spreadsheets keep them: numbers that a format shows as dates, or text.

1 is 1900-01-01, and 60 a day that never was (29 February 1900), which every program keeps so that
old workbooks stay right.  The Macintosh system counts from 1904-01-01 as 0.
"""

from __future__ import annotations

import re
from datetime import date, datetime, timedelta

_BUILTIN_DATES = frozenset({14, 15, 16, 17, 22, *range(27, 37), *range(50, 59)})
_BUILTIN_TIMES = frozenset({18, 19, 20, 21, 45, 46, 47})
_LITERAL = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
_LOCALE = re.compile(r"\[\$[^\]-]*-([0-9A-Fa-f]+)")
_MONTH_FIRST = frozenset({0x409, 0x1009, 0x3409, 0x540A, 0x500A})
_DAY_FIRST = frozenset(
    {0x809, 0xC09, 0x1409, 0x1809, 0x40C, 0xC0C, 0x407, 0xC0A, 0x40A, 0x80A, 0x410, 0x416, 0x816, 0x413}
)
_SYSTEM = 0xF800
"""The long date of whoever looks at the book; its letters are the same everywhere."""
_NUMBERS = re.compile(
    r"(\d{1,4})\s*([/.\-])\s*(\d{1,2})\s*\2\s*(\d{1,4})"
    r"(?:,? (\d{1,2}):(\d\d)(?::\d\d)?(?: ?([ap])\.?m\.?)?)?"
)
_WORDS = re.compile(
    r"(?:[a-zé]+,?\s+)?(?:([a-zé]{3,12})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?|(\d{1,2})(?:st|nd|rd|th)?[\s-]+(?:de\s+)?([a-zé]{3,12})\.?,?(?:\s+de)?)[\s-]+(\d{4})"
)
_MONTHS = (
    ("january", "enero"), ("february", "febrero"), ("march", "marzo"), ("april", "abril"), ("may", "mayo"),
    ("june", "junio"), ("july", "julio"), ("august", "agosto"), ("september", "septiembre"),
    ("october", "octubre"), ("november", "noviembre"), ("december", "diciembre"),
)  # fmt: skip
MONTH_FIRST, DAY_FIRST = "month first", "day first"


def is_date_format(number: int, code: str | None) -> bool:
    """Tell whether a format shows a number as a day or a time."""
    if code is None:
        return number in _BUILTIN_DATES or number in _BUILTIN_TIMES
    first = _LITERAL.sub("", code).partition(";")[0].lower()
    return any(letter in first for letter in "ymdhs") and "general" not in first


def order_of_format(code: str) -> str | None:
    """Return in which order a format of numbers writes month and day; None where it does not tell."""
    if found := _LOCALE.search(code):
        language = int(found[1], 16) & 0xFFFF
        if language == _SYSTEM:
            return None
        if language in _MONTH_FIRST:
            return MONTH_FIRST
        if language in _DAY_FIRST:
            return DAY_FIRST
    letters = re.sub(r"(.)\1*", r"\1", re.sub(r"[^ymd]|d{3,}", "", _LITERAL.sub("", code).partition(";")[0].lower()))
    return {"mdy": MONTH_FIRST, "md": MONTH_FIRST, "dmy": DAY_FIRST, "dm": DAY_FIRST}.get(letters)


def format_serial(number: float, *, from_1904: bool) -> str | None:
    """Return the day, or the day and time, that a number stands for; None where there is none."""
    if not 0 <= number < 2_958_466:
        return None
    days, seconds = divmod(round(number * 86_400), 86_400)
    if from_1904:
        start = date(1904, 1, 1)
    elif days == 60 or (days == 0 and not seconds):
        return None
    else:
        start = date(1899, 12, 30) if days > 60 else date(1899, 12, 31)
    time = f"{seconds // 3600:02}:{seconds // 60 % 60:02}" + (f":{seconds % 60:02}" if seconds % 60 else "")
    if days == 0 and not from_1904:
        return time
    day = (start + timedelta(days=days)).isoformat()
    return f"{day}T{time}" if seconds else day


def serial_of(moment: str) -> str | None:
    """Return the number that stands for an ISO day or moment from March 1900 on; None where no number says the same."""
    try:
        found = datetime.fromisoformat(moment)
    except ValueError:
        return None
    has_time = "T" in moment
    if found.tzinfo or found < datetime(1900, 3, 1) or (has_time and not (found.hour or found.minute)):  # noqa: DTZ001
        return None
    days = (found.date() - date(1899, 12, 30)).days
    if not has_time:
        return str(days)
    return f"{days + (found.hour * 60 + found.minute) / 1440:.10f}"


class AmbiguousDayError(ValueError):
    """A text names one day to some and another to others."""

    def __init__(self, month_first: str, day_first: str) -> None:
        super().__init__(month_first, day_first)
        self.month_first = month_first
        self.day_first = day_first


def parse_typed_day(text: str, order: str | None) -> str | None:
    """Return the ISO day of a date typed as text, with a time where one is; None for other texts.

    `order` is in which order the workbook writes month and day, where it tells; without it,
    AmbiguousDayError is raised for what may be either.
    """
    plain = " ".join(text.split()).lower()
    if found := _WORDS.fullmatch(plain):
        return _iso(int(found[5]), _month(found[1] or found[4]), int(found[2] or found[3]))
    written = _NUMBERS.fullmatch(plain)
    if not written or len(written[1]) == 4:
        return _iso(int(written[1]), int(written[3]), int(written[4])) if written and not written[5] else None
    first, middle, last = int(written[1]), int(written[3]), int(written[4])
    if len(written[1]) > 2 or len(written[4]) not in (2, 4):
        return None
    year = last if len(written[4]) == 4 else _century(last)
    american, european = _iso(year, first, middle), _iso(year, middle, first)
    time = _time_of(written)
    if american and european and american != european:
        if order is None:
            raise AmbiguousDayError(american, european)
        return f"{american if order == MONTH_FIRST else european}{time}"
    day = american or european
    return f"{day}{time}" if day else None


def _time_of(written: re.Match[str]) -> str:
    """Return the time typed behind a day, as `T16:00`; empty where there is none."""
    if not written[5]:
        return ""
    hour = int(written[5]) % 12 if written[7] else int(written[5])
    return f"T{hour + 12 * (written[7] == 'p'):02}:{written[6]}"


def _century(year: int) -> int:
    """Return the year of two digits, as spreadsheet programs take it: 00 to 29 are of this century."""
    return 2000 + year if year < 30 else 1900 + year


def _month(word: str) -> int:
    return next((n for n, names in enumerate(_MONTHS, 1) if any(name.startswith(word) for name in names)), 0)


def _iso(year: int, month: int, day: int) -> str | None:
    try:
        return date(year, month, day).isoformat()
    except ValueError:
        return None
