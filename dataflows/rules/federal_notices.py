"""Which notices federal law wants of a district, by when, and which schools recruiters may ask."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.law.federal_notices import federal_notices
from dataflows.rules.posting_days import first_school_day
from dataflows.rules.settings import setting

if TYPE_CHECKING:
    from datetime import date

    from dataflows.law.federal_notices import FederalNotice
    from dataflows.model.publications import Given
    from dataflows.model.school_years import YearDays
    from dataflows.model.snapshot import Snapshot
    from dataflows.rules.case import Case


def owed_notices(case: Case) -> tuple[FederalNotice, ...]:
    """Return the notices that a district owes families in the school year of the case's day."""
    return tuple(notice for notice in federal_notices(case.valid_on) if _is_owed(case, notice))


def _is_owed(case: Case, notice: FederalNotice) -> bool:
    if notice.applies == "directory-information":
        designation = case.district.policies.directory_information
        return designation is not None and bool(designation.elements)
    if notice.applies == "secondary-schools":
        return case.district.esea and may_have_secondary(case)
    return True


def counted_notices(case: Case, kind: str) -> list[Given]:
    """Return what was given by the day and counts for the school year, oldest first.

    An annual notice counts for twelve months too (34 CFR 99.7(a)(1) says annually, not in which month).
    """
    given = case.notices_for_year(*_NAMES.get(kind, (kind,)))
    if kind == "annual" and not given:
        last_year = case.valid_on - timedelta(days=365)
        return [notice for notice in case.notices_of(kind) if notice.issued > last_year]
    return given


_NAMES = {"directory": ("directory", "directory-information"), "recruiters": ("recruiters", "recruiter")}
"""The kinds under which a notice is on record, where there are several."""


def day_owed(year: YearDays, notice: FederalNotice) -> date:
    """Return the last day for a notice: the first of school for those of its beginning, else the last of the year."""
    return first_school_day(year.starts) if notice.when.school_year == "starts" else year.ends


def secondary_schools(snapshot: Snapshot) -> tuple[str, ...]:
    """Return the names of the schools that are known to teach a grade from 9 to 12 (20 U.S.C. 7908)."""
    grades = set(setting("secondary_grades"))
    return tuple(school.name for school in snapshot.schools.values() if grades & set(school.grade_codes))


def may_have_secondary(snapshot: Snapshot) -> bool:
    """Tell whether there may be such a school: one is known, or the grades of one are not stated."""
    schools = snapshot.schools.values()
    return bool(secondary_schools(snapshot)) or not all(school.grade_codes for school in schools) or not schools
