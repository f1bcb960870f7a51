"""What a parent is told who asks who has a child's data: read off flows and audiences alone.

Three states of a vendor are told apart: it gets data on the day; it gets none any more and may still
have some; it takes none.  No student is in the catalog, so none is in the document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.reporting.concerned import find_concerned
from dataflows.reporting.disclosure_views import CountView, DisclosuresView, HolderView, NoDataView
from dataflows.reporting.document import make_document
from dataflows.reporting.documents.flows import PICTURE, show_flows
from dataflows.reporting.holders import HolderTeller
from dataflows.reporting.release_records import tell_releases, tell_unrecorded
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.model.flows import Flow
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.concerned import Concerned
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order

_PRIVATE = "critical"
_UNUSED = ("prohibited", "retired")


def compose(order: Order) -> Document:
    """Return the answer to a parent of a student of a school and grade: who has data, what, why."""
    teller = Teller(order.snapshot, order.language)
    notice = build_disclosures(teller, order.about.school, order.about.grade)
    shown = show_flows(order)
    drawn, told = ({PICTURE: shown.drawn}, shown.told) if shown else ({}, None)
    return make_document(order, "notice/disclosures.md.j2", teller, drawn=drawn, notice=notice, picture=told)


def build_disclosures(teller: Teller, school: str | None, grade: str | None) -> DisclosuresView:
    """Return the view for the students of a school and a grade; None is any."""
    snapshot = teller.snapshot
    concerned = find_concerned(snapshot, school, grade)
    tell = HolderTeller(teller, concerned, is_narrowed=bool(school or grade))
    direct = _sorted(tell.holder(party) for party in tell.getting if tell.is_direct(party))
    indirect = _sorted(tell.holder(party) for party in tell.getting if not tell.is_direct(party))
    flows = [flow for flow in snapshot.all_flows.values() if _is_told(snapshot, flow, concerned)]
    there = {item.edge.flow for item in concerned.standings}
    widest = find_concerned(snapshot, None, None) if tell.is_narrowed else concerned
    anywhere = {item.edge.receiver for item in widest.standings}
    return DisclosuresView(
        school=snapshot.schools[school].name if school else None,
        grade=grade,
        direct=direct,
        indirect=indirect,
        left=_sorted(tell.holder(party) for party in tell.keeping if party not in tell.getting),
        no_data=find_no_data(snapshot, anywhere, teller),
        not_known=sorted_names(teller.party(id) for id in find_not_known(snapshot, anywhere)),
        private=_private((*direct, *indirect), teller),
        releases=tell_releases(flows, teller),
        unrecorded=tell_unrecorded([flow for flow in flows if flow.id in there], teller),
        others=len(anywhere - {*tell.getting, *tell.keeping}),
    )


def _sorted(holders: Iterable[HolderView]) -> tuple[HolderView, ...]:
    return tuple(sorted(holders, key=lambda holder: (holder.name.casefold(), holder.name)))


def sorted_names(names: Iterable[str]) -> tuple[str, ...]:
    """Return names as people look for them."""
    return tuple(sorted(names, key=lambda name: (name.casefold(), name)))


def _is_told(snapshot: Snapshot, flow: Flow, concerned: Concerned) -> bool:
    """Tell whether a flow had begun by the day, goes outside, and means the students asked about."""
    has_begun = flow.period.begun_by(snapshot.valid_on)
    return has_begun and not snapshot.is_source(flow.receiver) and flow.audience in concerned.audiences


def find_no_data(snapshot: Snapshot, anywhere: set[str], teller: Teller) -> tuple[NoDataView, ...]:
    """Return the vendors whose products take no data, and single such products of the others."""
    found: list[NoDataView] = []
    for vendor in snapshot.vendors.values():
        offered = _offered(vendor)
        products = tuple(name for name, student_data in offered if student_data == "none")
        is_all = len(products) == len(offered)
        if products and not (is_all and vendor.id in anywhere):
            found.append(NoDataView(teller.party(vendor.id), () if is_all else products))
    return tuple(sorted(found, key=lambda view: (view.name.casefold(), view.name)))


def _offered(vendor: Vendor) -> list[tuple[str, str | None]]:
    return [(row.name, row.student_data) for row in vendor.products if row.status not in _UNUSED]


def find_not_known(snapshot: Snapshot, anywhere: set[str]) -> tuple[str, ...]:
    """Return the vendors of which the records explain neither that they have data nor that they don't.

    No flow goes to them (they may carry some, or send results back), or one does and brings nothing,
    since its sender has nothing. Those whose products take no data, or aren't used, are left out.
    """
    ever = {flow.receiver for flow in snapshot.all_flows.values()}
    now = {flow.receiver for flow in snapshot.flows}
    return tuple(
        vendor.id
        for vendor in snapshot.vendors.values()
        if vendor.id not in anywhere
        and (vendor.id not in ever or vendor.id in now)
        and (not vendor.products or any(student_data != "none" for _, student_data in _offered(vendor)))
    )


def _private(holders: Iterable[HolderView], teller: Teller) -> tuple[CountView, ...]:
    """Return the most private kinds of data that anybody gets, with how many get each."""
    taxonomy = teller.snapshot.taxonomy
    counts: dict[str, int] = {}
    for holder in holders:
        for element in holder.elements:
            if element.id in taxonomy and taxonomy[element.id].sensitivity == _PRIVATE:
                counts[element.id] = counts.get(element.id, 0) + 1
    ordered = sorted(teller.elements(counts), key=lambda id: -counts[id])
    return tuple(CountView(teller.element(id), counts[id]) for id in ordered)
