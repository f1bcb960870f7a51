"""Days as numbers and as typed text."""

from __future__ import annotations

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dataflows.sources.xlsx_dates import (
    DAY_FIRST,
    MONTH_FIRST,
    AmbiguousDayError,
    format_serial,
    is_date_format,
    order_of_format,
    parse_typed_day,
    serial_of,
)


@given(st.dates(date(1900, 3, 1), date(2200, 12, 31)))
def test_a_day_comes_back_from_its_number(day: date) -> None:
    number = serial_of(day.isoformat())

    assert number is not None
    assert format_serial(float(number), from_1904=False) == day.isoformat()
    if day >= date(1904, 1, 1):
        assert format_serial((day - date(1904, 1, 1)).days, from_1904=True) == day.isoformat()


@given(st.datetimes(datetime(1900, 3, 1), datetime(2200, 1, 1)).map(lambda t: t.replace(second=0, microsecond=0)))  # noqa: DTZ001
def test_a_moment_comes_back_from_its_number_to_the_minute(moment: datetime) -> None:
    text = moment.isoformat(timespec="minutes")
    number = serial_of(text)

    assert (number is None) == (moment.hour == moment.minute == 0)
    if number is not None:
        assert format_serial(float(number), from_1904=False) == text


@pytest.mark.parametrize("text", ["1900-02-28", "2025-01-07T16:00+02:00", "2025-01-07T00:00", "soon"])
def test_what_no_number_says_the_same_stays_text(text: str) -> None:
    assert serial_of(text) is None


def test_the_first_days_and_the_day_that_never_was() -> None:
    assert [format_serial(number, from_1904=False) for number in (0, 1, 59, 60, 61, 0.5, -1, 3e6)] == [
        None, "1900-01-01", "1900-02-28", None, "1900-03-01", "12:00", None, None,
    ]  # fmt: skip
    assert format_serial(0, from_1904=True) == "1904-01-01"


@pytest.mark.parametrize(
    ("text", "wanted"),
    [("6/30/2026", "2026-06-30"), ("30.6.2026", "2026-06-30"), ("30-06-26", "2026-06-30"), ("2026/6/30", "2026-06-30"),
     ("2026-06-30", "2026-06-30"), ("June 30, 2026", "2026-06-30"), ("30 Jun 2026", "2026-06-30"),
     ("Tuesday, June 30th, 2026", "2026-06-30"), ("30 de junio de 2026", "2026-06-30"), ("30-Sept-2026", "2026-09-30"),
     ("5/5/2026", "2026-05-05"), ("1/13/2026 4:05 PM", "2026-01-13T16:05"), ("13.1.2026 04:05", "2026-01-13T04:05"),
     ("2026-01-07 16:00", None), ("2026-01-07T16:00", None), ("TBD", None), ("13/32/2026", None), ("6/30", None),
     ("2026", None), ("Smarch 3, 2026", None), ("", None)],
)  # fmt: skip
def test_a_date_that_can_mean_only_one_day_is_that_day(text: str, wanted: str | None) -> None:
    assert parse_typed_day(text, None) == wanted


def test_a_date_that_can_mean_two_days_needs_to_be_told() -> None:
    assert parse_typed_day("6/7/2026", MONTH_FIRST) == "2026-06-07"
    assert parse_typed_day("6/7/2026 1:00 AM", DAY_FIRST) == "2026-07-06T01:00"
    with pytest.raises(AmbiguousDayError):
        parse_typed_day("6/7/2026", None)


@given(st.dates(date(1950, 1, 1), date(2029, 12, 31)), st.sampled_from("/.-"), st.booleans())
def test_whatever_the_order_a_day_typed_by_it_is_that_day(day: date, mark: str, is_american: bool) -> None:
    parts = (day.month, day.day) if is_american else (day.day, day.month)
    text = mark.join(map(str, (*parts, day.year)))

    assert parse_typed_day(text, MONTH_FIRST if is_american else DAY_FIRST) == day.isoformat()


@pytest.mark.parametrize(
    ("code", "is_date", "order"),
    [("General", False, None), ("0.00", False, None), ('0 "days"', False, None), ("[Red]0", False, None),
     ("@", False, None), ("m/d/yyyy", True, MONTH_FIRST), ("dd.mm.yy", True, DAY_FIRST), ("[h]:mm", True, None),
     ("yyyy\\-mm\\-dd", True, None), ("[$-409]d\\-mmm\\-yy;@", True, MONTH_FIRST),
     ("[$-40C]d mmmm yyyy", True, DAY_FIRST),
     ("[$-F800]dddd\\,\\ mmmm\\ dd", True, None), ("dddd, mmmm d, yyyy", True, MONTH_FIRST),
     ("#,##0.00_);[Red](#,##0.00)", False, None)],
)  # fmt: skip
def test_formats_tell_days_from_numbers_and_in_which_order(code: str, is_date: bool, order: str | None) -> None:
    assert is_date_format(164, code) == is_date
    assert (order_of_format(code) if is_date else None) == order


def test_formats_without_a_code_are_known_by_number() -> None:
    assert [number for number in range(60) if is_date_format(number, None)][:4] == [14, 15, 16, 17]
