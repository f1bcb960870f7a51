"""What a state wants posted or sent, and what the catalog knows was: notices by kind, links, contracts by their day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import TYPE_CHECKING, Any

from dataflows.law.state_law import postings
from dataflows.model.records import fields_of
from dataflows.rules.base import ERROR, INFO, WARNING
from dataflows.rules.demands import demanded_terms
from dataflows.rules.settings import setting

if TYPE_CHECKING:
    from collections.abc import Iterator

    from dataflows.law.state_law import Posting, PostingField
    from dataflows.model.agreements import Agreement
    from dataflows.model.district import Monitoring
    from dataflows.model.findings import Severity
    from dataflows.model.publications import Given
    from dataflows.rules.case import Case

_LINKS = "district.links."


def demanded_postings(case: Case) -> Iterator[Posting]:
    """Yield what the state wants posted on the day, where there is something to post."""
    shares = any(case.kind_of(flow.receiver) == "vendor" for flow in case.disclosures)
    for posting in postings(case.district.state, case.valid_on):
        sources = {source.partition(".")[0] for field in posting.fields for source in field.from_}
        if sources == {"monitoring"} and not watched(case):
            continue
        if _is_about_directory(posting) and not case.district.policies.directory_information:
            continue
        if shares or sources.isdisjoint({"vendors", "flows", "agreements"}):
            yield posting


def is_about_monitoring(posting: Posting) -> bool:
    """Tell whether a posting says what a district watches on devices, and nothing else."""
    return {source.partition(".")[0] for field in posting.fields for source in field.from_} == {"monitoring"}


def watched(case: Case) -> list[Monitoring]:
    """Return what the district watches on the day."""
    return [
        row
        for row in case.monitoring.values()
        if (row.starts is None or row.starts <= case.valid_on) and (row.ends is None or row.ends >= case.valid_on)
    ]


def _is_about_directory(posting: Posting) -> bool:
    """Tell whether a posting is of directory information: who designates none has nothing to say."""
    sources = [source for field in posting.fields for source in field.from_]
    return bool(sources) and all(source.startswith("district.policies.directory_information") for source in sources)


def severity_of(posting: Posting) -> Severity:
    """Return how grave it is to lack a posting: an error only where the law is sure and asks without an `or`.

    What goes to the state alone, and not to families, is information.
    """
    if posting.id in setting("postings_of_good_practice") or posting.where == "state":
        return INFO
    is_sure = posting.certain and all(field.certain for field in posting.fields)
    return ERROR if is_sure and posting.id not in setting("postings_that_may_wait") else WARNING


def notices_of_posting(case: Case, posting: Posting) -> list[Given]:
    """Return the records of a posting by the day, oldest first: its own kind, and `monitoring` of one about that."""
    return case.notices_of(posting.id, *(["monitoring"] if is_about_monitoring(posting) else []))


def newest_notice(case: Case, posting: Posting) -> Given | None:
    """Return the newest record of a posting that still counts on the day."""
    given = notices_of_posting(case, posting)
    if posting.where == "notice" and not is_about_monitoring(posting):
        given = given or case.notices_of("directory", "annual")
    found = given[-1] if given else None
    if found is None or posting.frequency in ("always", "once"):
        return found
    days = 365 if posting.frequency == "yearly" else 184
    return found if found.issued > case.valid_on - timedelta(days=days) else None


def is_linked(case: Case, posting: Posting) -> bool:
    """Tell whether a posting is a page of the district whose address is known, or texts of its that such a page has."""
    sources = [source for field in posting.fields for source in field.from_]
    links = [source.removeprefix(_LINKS) for source in sources if _LINKS in source]
    if links:
        return all(getattr(case.district.links, link) for link in links)
    is_text = all(source.startswith(("district.policies.", "contacts.")) for source in sources)
    return is_text and case.district.links.privacy_page is not None and not gaps_of(case, posting.fields, None)


def is_shown(case: Case, posting: Posting) -> bool:
    """Tell whether a posting stands there without a notice of its kind: as a page, or each contract by its day."""
    if posting.scope == "agreement":
        return is_linked(case, posting) or not unposted(case, posting)
    return is_linked(case, posting)


def unposted(case: Case, posting: Posting) -> list[Agreement]:
    """Return the agreements that a state wants posted, and of which nothing shows that they are."""
    return [row for row in contracts_of(case) if not is_posted(case, row) and _is_reached(posting, row)]


def _is_reached(posting: Posting, agreement: Agreement) -> bool:
    """Tell whether an agreement was made while the state asked for the posting."""
    made = made_on(agreement)
    return made is None or posting.frequency != "once" or posting.period.begun_by(made)


def contracts_of(case: Case) -> list[Agreement]:
    """Return the agreements in force with vendors under which something flows."""
    return [
        agreement
        for agreement in case.agreements.values()
        if case.under(agreement)
        and not agreement.period.ended_by(case.valid_on)
        and case.kind_of(agreement.vendor) == "vendor"
        and agreement.kind != "consent"
    ]


def is_posted(case: Case, agreement: Agreement) -> bool:
    """Tell whether an agreement stood posted on the day."""
    return agreement.posted_on is not None and agreement.posted_on <= case.valid_on


def made_on(agreement: Agreement) -> date | None:
    """Return the day on which an agreement was made, as far as it is known."""
    return agreement.signed or agreement.effective


def gaps_of(case: Case, fields: tuple[PostingField, ...], agreement: Agreement | None) -> list[str]:
    """Return what a posting must say and the catalog has not: of the district, and of one agreement.

    What another rule finds already is left to it: a term that the state wants in the agreement itself
    (LAW-001), and what stands in _FOUND_ELSEWHERE.
    """
    owed = {f"agreements.terms.{fact.term}" for fact in demanded_terms(case, agreement)} if agreement else set()
    return [
        field.id.replace("-", " ")
        for field in fields
        if _is_gap(case, field, agreement)
        and not owed.issuperset(field.from_)
        and _FOUND_ELSEWHERE.isdisjoint(field.from_)
    ]


_FOUND_ELSEWHERE = frozenset({
    "agreements.effective",
    "agreements.terms.deletion_days",
    "contacts.complaints",
    "district.policies.amendment_procedure",
    "district.policies.inspection_procedure",
})  # fmt: skip
"""What DAT-006, AGR-013, DAT-005, NOT-006 and NOT-007 say is missing: one fault is one finding."""


def _is_gap(case: Case, field: PostingField, agreement: Agreement | None) -> bool:
    known = [_value(case, source, agreement) for source in field.from_]
    asked = [value for value in known if value is not _UNASKED]
    return bool(asked) and len(asked) == len(known) and not any(asked)


_UNASKED = object()
"""Stands for what other rules ask: of flows, elements and the like."""


def _value(case: Case, source: str, agreement: Agreement | None) -> Any:
    head, _, rest = source.partition(".")
    if head == "district":
        return _walk(case.district, rest)
    if head == "contacts":
        return rest in case.contacts
    if head == "agreements" and agreement is not None:
        return _walk(agreement, rest)
    return _UNASKED


def _walk(row: Any, path: str) -> Any:
    for name in path.split("."):
        if row is None:
            return None
        fields = fields_of(type(row))
        row = getattr(row, fields[name].attribute) if name in fields else None
    return row
