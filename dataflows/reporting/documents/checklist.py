"""What the law looks for in a district each year, federal and of its state: where, by when, and whether it is there.

Whether something is done is read off what the catalog records, by the rules of `audit` (see standings).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.state_law import calendar, whole_state_law
from dataflows.law.states import states
from dataflows.model.school_years import day_in_year
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.standings import MISSING, UNKNOWN, notice_standing, posting_standings
from dataflows.reporting.documents.views import ChecklistView, DutyView
from dataflows.reporting.kinds import KINDS
from dataflows.reporting.telling import Teller
from dataflows.rules.case import Case
from dataflows.rules.federal_notices import day_owed, owed_notices
from dataflows.rules.posting_days import due_days, first_school_day

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import date

    from dataflows.law.federal_notices import FederalNotice
    from dataflows.law.state_law import CalendarEntry
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

FILE = "checklist"
"""Where its sentences are translated, those of the law's data too."""


def compose(order: Order) -> Document:
    """Return the checklist of a district's year."""
    teller = Teller(order.snapshot, order.language)
    return make_document(order, "notice/checklist.md.j2", teller, notice=build_checklist(teller))


def build_checklist(teller: Teller) -> ChecklistView:
    """Return the view of the checklist for the school year of the snapshot's day."""
    case = Case.of(teller.snapshot)
    state = case.district.state
    return ChecklistView(
        state=states()[state].name if state in states() else state,
        is_known=whole_state_law(state).is_known,
        federal=tuple(_federal(case, notice, teller) for notice in owed_notices(case)),
        own=(*_postings(case, teller), *_others(case, teller)),
        year=case.year.label,
    )


def _federal(case: Case, notice: FederalNotice, teller: Teller) -> DutyView:
    found = notice_standing(case, notice.kind)
    return DutyView(
        id=notice.kind,
        name=None,
        says=teller.of_law(FILE, notice.says),
        cite=notice.citation,
        is_certain=notice.certain,
        where="families",
        due=day_owed(case.year, notice),
        is_written=notice.kind in KINDS,
        state=found.state,
        done_on=found.on,
        url=found.url,
    )


def _postings(case: Case, teller: Teller) -> Iterator[DutyView]:
    """Yield what the state wants posted or sent; for contracts, whether each of them is."""
    for posting, found in posting_standings(case):
        yield DutyView(
            id=posting.id,
            name=teller.of_law(FILE, titled(KINDS[posting.id].what)) if posting.id in KINDS else None,
            says=teller.of_law(FILE, posting.says),
            cite=posting.cite,
            is_certain=posting.certain,
            where=posting.where,
            due=_due_day(case, posting.id, is_missing=found.state == MISSING),
            is_written=posting.id in KINDS,
            state=found.state,
            done_on=found.on,
            url=found.url,
            frequency=posting.frequency,
            left=tuple(sorted({teller.party(id) for id in found.left})),
        )


def titled(words: str) -> str:
    """Return words as a title."""
    return words[:1].upper() + words[1:]


def _due_day(case: Case, posting: str, *, is_missing: bool) -> date | None:
    """Return the next day by which a posting is due; of a missing one, the first of the school year, over or not."""
    days = sorted(due.day for due in due_days(case) if due.posting == posting)
    wanted = (day for day in days if (day in case.year if is_missing else day >= case.valid_on))
    return next(wanted, next((day for day in days if day >= case.valid_on), None))


def _others(case: Case, teller: Teller) -> Iterator[DutyView]:
    """Yield what else the state's calendar holds, of which the catalog keeps no record."""
    for entry in calendar(case.district.state, case.valid_on):
        if entry.posting is None and entry.when.after is None:
            yield DutyView(
                id=entry.id,
                name=None,
                says=teller.of_law(FILE, entry.says),
                cite=entry.cite,
                is_certain=entry.certain,
                where="",
                due=_day_of(case, entry),
                is_written=False,
                state=UNKNOWN,
                done_on=None,
                url=None,
            )


def _day_of(case: Case, entry: CalendarEntry) -> date | None:
    """Return the day of an entry in the school year of the snapshot's day; None where it names none."""
    when = entry.when
    if when.school_year == "starts":
        return first_school_day(case.year.starts)
    if when.month_day is None:
        return None
    # School year's two halves lie in two years of the calendar; the day is in one of them.
    days = (day_in_year(year, when.month_day) for year in (case.year.starts.year, case.year.until.year))
    return next((found for found in days if found in case.year), None)
