"""What federal law and the state want posted or sent, as days that fall due: yearly, and contracts just signed.

A posting that is recorded, by `publish`, as a notice of its kind, as a link or as the day on which an
agreement was posted, is met, and isn't listed.  What no row can record is listed while its day is to come.
"""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

from dataflows.law.clocks import count, day_of
from dataflows.law.state_law import calendar, whole_state_law
from dataflows.model.due import Due
from dataflows.model.school_years import school_year_of
from dataflows.rules.case import Case
from dataflows.rules.federal_notices import day_owed, owed_notices
from dataflows.rules.posted import contracts_of, demanded_postings, is_linked, is_posted, notices_of_posting
from dataflows.rules.posting_days import day_in_year, due_days, made_for

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.law.state_law import CalendarEntry
    from dataflows.model.snapshot import Snapshot


def find_legal_days(snapshot: Snapshot, today: date) -> Iterator[Due]:
    """Yield what the law wants by a day, and nothing shows that it was done."""
    case = Case.of(snapshot)
    yield from _federal(case)
    yield from _postings(case, today)
    yield from _unrecorded(case, today)
    yield from _contracts(case)


def _federal(case: Case) -> Iterator[Due]:
    """The other notices of federal law that nothing shows were given, this school year and for the next.

    One without a month can be given now already, so it is listed however far off the end of the year is.
    """
    following = school_year_of(case.district.school_year, case.year.until + timedelta(days=1))
    for notice in owed_notices(case):
        for year in (case.year,) if notice.when.yearly else (case.year, following):
            if notice.kind == "annual" or case.notices_in(year, notice.kind):
                continue
            what = f"{notice.says.rstrip('.')}; none is recorded for {year.label}"
            part = f"{notice.kind} {year.label}"
            yield Due(
                day_owed(year, notice), what, "district", case.district.id, "federal-notice", notice.citation,
                part=part, is_open=notice.when.yearly, certain=notice.certain,
            )  # fmt: skip


def _postings(case: Case, today: date) -> Iterator[Due]:
    """The next day of each posting, and the last one if it passed without."""
    days = sorted(due_days(case))
    for posting in demanded_postings(case):
        given = notices_of_posting(case, posting)
        if not given and is_linked(case, posting):
            continue
        own = [due for due in days if due.posting == posting.id]
        missed = [due for due in own if due.day < today][-1:]
        open_days = [*missed, *(due for due in own if due.day >= today)]
        for due in open_days:
            if made_for(due, days, given) is None:
                yield _due(case, due.day, due.entry, posting.id)


def _due(case: Case, day: date, entry: CalendarEntry, part: str) -> Due:
    what = entry.says.rstrip(".") + ("" if entry.certain else "; not certain, ask counsel")
    return Due(day, what, "district", case.district.id, "state-posting", entry.cite, part=part, certain=entry.certain)


def _unrecorded(case: Case, today: date) -> Iterator[Due]:
    """What the calendar asks for and no row can record; once its day has passed, nobody can tell if it was done."""
    for entry in whole_state_law(case.district.state).calendar:
        if entry.posting is not None or entry.when.after is not None:
            continue
        days = (_day_of(case, entry, year) for year in (today.year, today.year + 1))
        coming = [day for day in days if day is not None and day >= today and day in entry.period]
        if coming:
            yield _due(case, coming[0], entry, entry.id)


def _day_of(case: Case, entry: CalendarEntry, year: int) -> date | None:
    """Return an entry's day in a year: as the calendar has it, in the middle of the school year, or at its end."""
    day = day_in_year(case, entry.when, year)
    if day is not None:
        return day
    known = school_year_of(case.district.school_year, day_of(case.valid_on).replace(year=year, month=1, day=15))
    if entry.when.school_year == "midyear":
        return known.starts + (known.ends - known.starts) / 2
    return known.ends if entry.when.yearly else None


def _contracts(case: Case) -> Iterator[Due]:
    """Contracts that are to be posted so many days after they were signed, and are not."""
    for entry in calendar(case.district.state, case.valid_on):
        when = entry.when
        if when.after != "signing" or when.limit is None:
            continue
        for agreement in contracts_of(case):
            if agreement.signed is None or not entry.period.begun_by(agreement.signed) or is_posted(case, agreement):
                continue
            day = day_of(count(agreement.signed, when.limit, when.unit or "calendar_days").due)
            name = case.name_of(agreement.vendor)
            what = f"{entry.says.rstrip('.')}: {agreement.id} with {name}, signed on {agreement.signed}"
            yield Due(
                day, what, "agreement", agreement.id, "state-posting", entry.cite, part=entry.id, certain=entry.certain
            )  # fmt: skip
