"""The postings family: does what the state wants published stand there, in time, and whole?

A posting is recorded as a notice whose kind is the posting's id (`ny-supplement`, `il-soppa`), as a
link of the district, or, for contracts, as the day on which an agreement was posted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.state_law import calendar
from dataflows.rules.base import ERROR, INFO, WARNING, Fault, rule
from dataflows.rules.posted import (
    contracts_of,
    demanded_postings,
    gaps_of,
    is_linked,
    is_posted,
    made_on,
    newest_notice,
    notices_of_posting,
    severity_of,
    unposted,
)
from dataflows.rules.posting_days import due_days, made_for
from dataflows.rules.staleness import may_still_hold

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.law.state_law import Posting
    from dataflows.model.publications import Given
    from dataflows.rules.case import Case
    from dataflows.rules.posting_days import DueDay


NOT_YET = "is not posted yet"
"""How a posting is late that was not made since."""


@rule("POS-001")
def missing_posting(case: Case) -> Iterator[Fault]:
    """What the state wants posted, and nothing shows that it is."""
    for posting in demanded_postings(case):
        if newest_notice(case, posting) or is_linked(case, posting):
            continue
        facts = {"severity": severity_of(posting), "citation": posting.cite, "certain": posting.certain}
        if posting.scope == "agreement":
            for agreement in unposted(case, posting):
                yield Fault(agreement, posting=posting.id, law=posting.says, **facts)
        else:
            yield Fault(case.district, field=f"postings.{posting.id}", posting=posting.id, law=posting.says, **facts)


@rule("POS-002")
def late_posting(case: Case) -> Iterator[Fault]:
    """What was posted or sent after the state's day, or is not yet; one that was never made is POS-001's."""
    yield from _late_contracts(case)
    days = sorted(due_days(case))
    demanded = {posting.id: posting for posting in demanded_postings(case)}
    for due in days:
        posting = demanded.get(due.posting)
        given = notices_of_posting(case, posting) if posting else []
        if posting is None or due.day >= case.valid_on or (not given and is_linked(case, posting)):
            continue
        made = made_for(due, days, given)
        facts = {"flows": [], "citation": due.entry.cite, "certain": due.entry.certain, "due": due.day,
                 "posting": f"posting {posting.id}"}  # fmt: skip
        if made is not None and made.issued > due.day:
            yield Fault(made, severity=INFO, late=f"was posted on {made.issued}", **facts)
        elif made is None and not any(_follows(other, due, case) for other in days):
            severity = INFO if posting.where == "state" else None
            field = f"postings.{posting.id}"
            yield Fault(case.district, field=field, severity=severity, late=NOT_YET, **facts)


def _follows(other: DueDay, due: DueDay, case: Case) -> bool:
    """Tell whether another day of the same posting came between a due day and the day asked about."""
    return other.posting == due.posting and due.day < other.day < case.valid_on


def _late_contracts(case: Case) -> Iterator[Fault]:
    """Yield contracts that were posted after the state's number of days, or are not posted after them."""
    from dataflows.law.clocks import count, day_of

    for entry in calendar(case.district.state, case.valid_on):
        when = entry.when
        if when.after != "signing" or when.limit is None:
            continue
        for agreement in contracts_of(case):
            if agreement.signed is None or not entry.period.begun_by(agreement.signed):
                continue
            due = day_of(count(agreement.signed, when.limit, when.unit or "calendar_days").due)
            done = agreement.posted_on if is_posted(case, agreement) else None
            if (done or case.valid_on) > due:
                late = f"was posted on {done}" if done else NOT_YET
                severity = INFO if done else WARNING
                posting = f"agreement {agreement.id} with {case.name_of(agreement.vendor)}"
                yield Fault(agreement, severity=severity, citation=entry.cite, certain=entry.certain, due=due,
                            posting=posting, late=late)  # fmt: skip


def _omitted(case: Case, posting: Posting, notice: Given) -> list[str]:
    """Return the parties that began to receive something after a posting was made."""
    if posting.scope == "agreement":
        newer = (row for row in contracts_of(case) if not is_posted(case, row))
        return sorted({row.vendor for row in newer if (made := made_on(row)) and made > notice.issued})
    now = {flow.receiver for flow in case.disclosures if case.kind_of(flow.receiver) == "vendor"}
    return sorted(now - _known_by(case, notice)) if _names_holders(posting) else []


def _names_holders(posting: Posting) -> bool:
    return any(source in ("flows.to", "vendors.name") for field in posting.fields for source in field.from_)


def _known_by(case: Case, notice: Given) -> set[str]:
    return {flow.receiver for flow in case.begun if flow.period.begun_by(notice.issued)}


def _left_since(case: Case, posting: Posting, notice: Given) -> list[str]:
    """Return vendors that came after a posting and left again, and may still hold what they got."""
    if posting.scope == "agreement" or not _names_holders(posting):
        return []
    now = {flow.receiver for flow in case.disclosures}
    left = {flow.receiver for flow in case.begun if flow.receiver not in now and may_still_hold(case, flow)}
    return sorted(party for party in left - _known_by(case, notice) if case.kind_of(party) == "vendor")


@rule("POS-003")
def posting_omits_holder(case: Case) -> Iterator[Fault]:
    """Parties that get data, or may still hold it, and can't be in the newest posting, for they came after it."""
    for posting in demanded_postings(case):
        notice = newest_notice(case, posting)
        if notice is None or posting.frequency not in ("always", "once"):
            continue
        for others, is_now in ((_omitted(case, posting, notice), True), (_left_since(case, posting, notice), False)):
            if others:
                severity = ERROR if posting.certain and is_now else WARNING
                yield Fault(notice, severity=severity, citation=posting.cite, certain=posting.certain, flows=[],
                            posting=posting.id, others=tuple(others), issued=notice.issued)  # fmt: skip


@rule("POS-004")
def posting_with_gaps(case: Case) -> Iterator[Fault]:
    """Postings that are made, and of whose contents the catalog lacks something."""
    for posting in demanded_postings(case):
        notice = newest_notice(case, posting)
        facts = {"citation": posting.cite, "certain": posting.certain, "posting": posting.id}
        if posting.scope == "agreement":
            for agreement in contracts_of(case):
                gaps = gaps_of(case, posting.fields, agreement) if notice or is_posted(case, agreement) else []
                if gaps:
                    yield Fault(agreement, missing=tuple(gaps), **facts)
        elif notice and (gaps := gaps_of(case, posting.fields, None)):
            yield Fault(notice, flows=[], missing=tuple(gaps), **facts)


RULES = (missing_posting, late_posting, posting_omits_holder, posting_with_gaps)
