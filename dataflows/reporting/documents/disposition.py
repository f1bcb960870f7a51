"""The directive to a vendor at the end of its work: what it has, when that had to be gone, what to do and to sign.

It is read off every flow that has begun and whose destruction is not recorded, so that nothing is
forgotten because its retention is over on paper.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.errors import NotOwedError
from dataflows.law.bases import find_basis, format_citation
from dataflows.law.state_law import contract_terms
from dataflows.model.periods import last_kept_day
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.views import DispositionView, LawView, LeftView
from dataflows.reporting.postings.naming import RegisterTeller

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from datetime import date

    from dataflows.model.agreements import Agreement
    from dataflows.model.flows import Flow
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order
    from dataflows.reporting.telling import Teller

FILE = "disposition"
"""Where its sentences are translated, those of the law's data too."""
TERMS = ("deletion_days", "deletion_on_request", "deletion_certified", "disposition", "destruction_required",
          "retention_prohibited")  # fmt: skip
"""Terms of agreements by which a state says what becomes of the data."""


def compose(order: Order) -> Document:
    """Return the directive; raises NotOwedError where nothing shows that the vendor has data."""
    snapshot = order.snapshot
    vendor = snapshot.vendors[order.about.vendor or ""]
    flows = find_undestroyed(snapshot, vendor.id)
    if not flows:
        why = f"nothing in the catalog shows that {vendor.name} has data on {snapshot.valid_on} that was not destroyed."
        raise NotOwedError("disposition directive", why)
    teller = RegisterTeller(snapshot, order.language)
    return make_document(order, "notice/disposition.md.j2", teller, notice=build_disposition(teller, vendor, flows))


def find_undestroyed(snapshot: Snapshot, vendor: str) -> list[Flow]:
    """Return the flows by which a vendor got data by the day, and of which no destruction is recorded."""
    day = snapshot.valid_on
    return [
        flow
        for flow in snapshot.all_flows.values()
        if flow.receiver == vendor and flow.period.begun_by(day) and not (flow.destroyed and flow.destroyed <= day)
    ]


def build_disposition(teller: Teller, vendor: Vendor, flows: Sequence[Flow]) -> DispositionView:
    """Return the view of the directive to a vendor about flows."""
    snapshot = teller.snapshot
    groups: dict[tuple[str, date | None], list[Flow]] = {}
    for flow in flows:
        last = flow.ends if flow.period.ended_by(snapshot.valid_on) else None
        groups.setdefault((flow.agreement or "", last), []).append(flow)
    return DispositionView(
        vendor=vendor.name,
        address=tuple(line.strip() for line in (vendor.address or "").splitlines() if line.strip()),
        emails=tuple(contact.email for contact in vendor.contacts if contact.email and contact.role != "breach"),
        parts=tuple(_part(teller, snapshot.agreements.get(key[0]), groups[key]) for key in sorted(groups, key=_order)),
        subprocessors=_subprocessors(teller, vendor.id, flows),
        bases=tuple(dict.fromkeys(_bases(flows, teller))),
        laws=tuple(_laws(teller)),
        contact=teller.contact("privacy_officer", "data_manager", "records_custodian"),
    )


def _order(key: tuple[str, date | None]) -> tuple[bool, str, str]:
    agreement, last = key
    return last is None, str(last), agreement


def _part(teller: Teller, agreement: Agreement | None, flows: Sequence[Flow]) -> LeftView:
    day = teller.snapshot.valid_on
    last = max((flow.ends for flow in flows if flow.ends and flow.period.ended_by(day)), default=None)
    due = min((found for flow in flows for found in _due_days(flow, agreement)), default=None)
    terms = agreement.terms if agreement else None
    where = f"agreements.{agreement.id}.terms.disposition_description" if agreement else ""
    return LeftView(
        agreement=agreement.id if agreement else None,
        number=agreement.number if agreement else None,
        effective=agreement.effective if agreement else None,
        ended=agreement.expires if agreement else None,
        elements=tuple(teller.element(id) for id in teller.elements({id for flow in flows for id in flow.elements})),
        first_given=min((flow.starts for flow in flows if flow.starts), default=None),
        last_given=last,
        deletion_days=terms.deletion_days if terms else None,
        due=due,
        overdue_days=max((day - due).days, 0) if due else 0,
        disposition=terms.disposition if terms else None,
        description=teller.tell_if(where, terms.disposition_description) if terms else None,
        url=agreement.document_url if agreement else None,
    )


def _due_days(flow: Flow, agreement: Agreement | None) -> Iterator[date]:
    """Yield the days by which what a flow brought had, or will have, to be gone."""
    if flow.ends and flow.retention_days is not None:
        yield last_kept_day(flow.ends, flow.retention_days)
    if agreement is None:
        return
    ended = flow.ends or agreement.expires
    if ended and agreement.terms.deletion_days is not None:
        yield last_kept_day(ended, agreement.terms.deletion_days)
    if agreement.terms.destruction_by:
        yield agreement.terms.destruction_by


def _subprocessors(teller: Teller, vendor: str, flows: Iterable[Flow]) -> tuple[str, ...]:
    """Return to whom it passed data on by the records, and to whom its agreements let it."""
    snapshot = teller.snapshot
    onward = {flow.receiver for flow in snapshot.all_flows.values() if flow.sender == vendor}
    begun = {id for id in onward if not snapshot.is_source(id)}
    named = {id for flow in flows if (row := snapshot.agreement_of(flow)) for id in row.subprocessors or ()}
    return tuple(sorted(snapshot.name_of(id) for id in begun | named))


def _bases(flows: Iterable[Flow], teller: Teller) -> Iterator[tuple[str, Told]]:
    for flow in flows:
        basis = find_basis(flow.legal_basis) if flow.legal_basis else None
        if basis and flow.legal_basis:
            yield format_citation(flow.legal_basis), teller.of_law(FILE, basis.title)


def _laws(teller: Teller) -> Iterator[LawView]:
    """Yield what the state is known to say about the end; what was not read in a source goes into no directive."""
    snapshot = teller.snapshot
    for term in contract_terms(snapshot.district.state, snapshot.valid_on):
        if term.term in TERMS and term.certain:
            yield LawView(term.cite, teller.of_law(FILE, term.says))
