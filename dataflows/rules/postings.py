"""The postings family: does what the state wants published stand there, in time, and whole?

A posting is recorded as a notice whose kind is the posting's id (`ny-supplement`, `il-soppa`), as a
link of the district, or, for contracts, as the day on which an agreement was posted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.law.clocks import count, day_of
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
    severity_of,
)

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.law.state_law import Posting
    from dataflows.model.agreements import Agreement
    from dataflows.model.events import Notice
    from dataflows.rules.case import Case


def _in_force_for(posting: Posting, agreement: Agreement) -> bool:
    """Tell whether an agreement was made while the state asked for the posting."""
    made = made_on(agreement)
    return made is None or posting.frequency != "once" or posting.period.begun_by(made)


@rule("POS-001")
def missing_posting(case: Case) -> Iterator[Fault]:
    """What the state wants posted, and nothing shows that it is."""
    for posting in demanded_postings(case):
        if newest_notice(case, posting) or is_linked(case, posting):
            continue
        facts = {"severity": severity_of(posting), "citation": posting.cite, "certain": posting.certain}
        if posting.scope == "agreement":
            for agreement in contracts_of(case):
                if not is_posted(case, agreement) and _in_force_for(posting, agreement):
                    yield Fault(agreement, posting=posting.id, law=posting.says, **facts)
        else:
            yield Fault(case.district, field=f"postings.{posting.id}", posting=posting.id, law=posting.says, **facts)


@rule("POS-002")
def late_posting(case: Case) -> Iterator[Fault]:
    """Contracts that were posted after the state's number of days, or are not posted after them."""
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
                late = f"was posted on {done}" if done else "is not posted yet"
                severity = INFO if done else WARNING
                yield Fault(
                    agreement, severity=severity, citation=entry.cite, certain=entry.certain, due=due, late=late
                )


def _omitted(case: Case, posting: Posting, notice: Notice) -> list[str]:
    """Return the parties that began to receive something after a posting was made."""
    if posting.scope == "agreement":
        newer = (row for row in contracts_of(case) if not is_posted(case, row))
        return sorted({row.vendor for row in newer if (made := made_on(row)) and made > notice.issued})
    if not any(source in ("flows.to", "vendors.name") for field in posting.fields for source in field.from_):
        return []
    before = {flow.receiver for flow in case.begun if flow.period.begun_by(notice.issued)}
    return sorted({flow.receiver for flow in case.disclosures if case.kind_of(flow.receiver) == "vendor"} - before)


@rule("POS-003")
def posting_omits_holder(case: Case) -> Iterator[Fault]:
    """Parties that get data and can't be in the newest posting, for they came after it."""
    for posting in demanded_postings(case):
        notice = newest_notice(case, posting)
        if notice is None or posting.frequency not in ("always", "once"):
            continue
        others = _omitted(case, posting, notice)
        if others:
            severity = ERROR if posting.certain else WARNING
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
