"""Which school year a day belongs to."""

from __future__ import annotations

from datetime import date

import pytest

from dataflows.model.district import SchoolYear
from dataflows.model.school_years import school_year_of


@pytest.mark.parametrize(
    ("starts", "ends", "day", "expected"),
    [
        ("07-01", "06-30", "2026-06-30", ("2025-07-01", "2026-06-30", "2025-26")),
        ("07-01", "06-30", "2026-07-01", ("2026-07-01", "2027-06-30", "2026-27")),
        ("08-20", "06-10", "2026-07-15", ("2025-08-20", "2026-06-10", "2025-26")),
        ("01-01", "12-31", "2026-07-15", ("2026-01-01", "2026-12-31", "2026-27")),
        ("02-29", "01-31", "2027-02-28", ("2027-02-28", "2028-01-31", "2027-28")),
        ("07-01", "06-30", "2099-12-31", ("2099-07-01", "2100-06-30", "2099-00")),
    ],
)
def test_a_day_belongs_to_the_year_that_began_last(starts, ends, day, expected) -> None:
    year = school_year_of(SchoolYear(starts=starts, ends=ends), date.fromisoformat(day))

    assert (year.starts.isoformat(), year.ends.isoformat(), year.label) == expected
    assert date.fromisoformat(day) in year


def test_both_ways_to_write_a_year_are_its_name() -> None:
    year = school_year_of(SchoolYear(), date(2026, 10, 1))

    assert year.is_called("2026-27")
    assert year.is_called("2026-2027")
    assert not year.is_called("2025-26")


def test_a_year_comes_after_the_names_of_earlier_ones_alone() -> None:
    year = school_year_of(SchoolYear(), date(2026, 10, 1))

    assert year.is_after("2025-26")
    assert year.is_after("2025-2026")
    assert not year.is_after("2026-27")
    assert not year.is_after("2027-28")
