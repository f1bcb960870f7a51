"""What a letter to families about one vendor says: read off the flows, never written twice."""

from __future__ import annotations

from typing import TYPE_CHECKING

from dataflows.model.flows import Method
from dataflows.model.parties import STUDENTS
from dataflows.model.shared import TOPICS
from dataflows.reporting.choices import consents_of, opt_outs_of, purpose_of
from dataflows.reporting.document import make_document
from dataflows.reporting.passing_on import find_onward
from dataflows.reporting.promises import find_promises
from dataflows.reporting.telling import Teller, short_name
from dataflows.reporting.views import (
    AudienceView,
    BatchView,
    GroupView,
    KeptView,
    LinkView,
    VendorLetterView,
)

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from dataflows.model.flows import Flow
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order
    from dataflows.reporting.views import ElementView

_METHODS = (Method.PROVIDED, Method.COLLECTED, Method.CONTRIBUTED, Method.UNSTATED)
_SENDERS = ("district", "students", "other")


def compose(order: Order) -> Document:
    """Return the letter to families about one vendor."""
    teller = Teller(order.snapshot, order.language)
    letter = build_vendor_letter(order.snapshot, order.snapshot.vendors[order.about.vendor or ""], teller)
    return make_document(order, "notice/vendor-letter.md.j2", teller, letter=letter)


def build_vendor_letter(snapshot: Snapshot, vendor: Vendor, teller: Teller) -> VendorLetterView:
    """Return the view of the letter about a vendor, for the snapshot's day."""
    district = snapshot.district.id
    into = [flow for flow in snapshot.flows if flow.receiver == vendor.id]
    back = [flow for flow in snapshot.flows if flow.receiver == district and vendor.id in (flow.via, flow.sender)]
    carried = [flow for flow in snapshot.flows if flow.via == vendor.id and flow.receiver != district]
    of_families = [flow for flow in (*into, *back, *carried) if flow.sender != vendor.id]
    agreements, promises = find_promises(snapshot, vendor, into)
    return VendorLetterView(
        name=vendor.name,
        short_name=short_name(vendor),
        profile=teller.tell_if(f"vendors.{vendor.id}.profile", vendor.profile),
        products=tuple(product.name for product in vendor.products if product.status not in ("prohibited", "retired")),
        groups=_groups(into, teller),
        own=_groups(back, teller),
        carried=_groups(carried, teller),
        kept=_kept(snapshot, vendor, teller),
        takes_no_data=bool(vendor.products) and all(product.student_data == "none" for product in vendor.products),
        audience=_audience_of_all(of_families, teller),
        opt_outs=opt_outs_of(of_families, teller),
        consents=consents_of(of_families, teller),
        agreement_until=max((a.expires for a in agreements if a.expires), default=None) if agreements else None,
        promises=promises,
        guidance={
            topic: (
                *teller.guidance(f"vendors.{vendor.id}", vendor.guidance, topic),
                *teller.guidance("district", snapshot.district.guidance, topic),
            )
            for topic in TOPICS
        },
        regulations=teller.regulations(),
        links=_links(snapshot, vendor, [a.document_url for a in agreements]),
    )


def _groups(flows: Iterable[Flow], teller: Teller) -> tuple[GroupView, ...]:
    """Group flows by method, sender and receiver; within, by purpose, audience and retention."""
    snapshot = teller.snapshot
    found: dict[tuple[int, int, str, str], list[Flow]] = {}
    for flow in flows:
        sender = snapshot.sender_of(flow)
        kind = _sender_kind(sender, snapshot)
        key = (_METHODS.index(flow.how), _SENDERS.index(kind), sender, flow.receiver)
        found.setdefault(key, []).append(flow)
    return tuple(
        GroupView(
            method=_METHODS[method].value,
            sender=_SENDERS[kind],
            sender_name=teller.party(sender),
            receiver_name=teller.party(receiver),
            batches=_batches(grouped, teller),
        )
        for (method, kind, sender, receiver), grouped in sorted(found.items())
    )


def _sender_kind(party: str, snapshot: Snapshot) -> str:
    return "students" if party == STUDENTS else "district" if party == snapshot.district.id else "other"


def _batches(flows: Sequence[Flow], teller: Teller) -> tuple[BatchView, ...]:
    found: dict[tuple[Told | None, AudienceView, int | None], dict[str, set[str]]] = {}
    for flow in flows:
        key = (purpose_of(flow, teller), teller.audience(flow.audience), flow.retention_days)
        receivers = found.setdefault(key, {})
        for element in flow.elements:
            receivers.setdefault(element, set()).add(flow.receiver)
    return tuple(
        BatchView(purpose, audience, _elements(elements, teller), keeps_days)
        for (purpose, audience, keeps_days), elements in found.items()
    )


def _elements(receivers: dict[str, set[str]], teller: Teller) -> tuple[ElementView, ...]:
    return tuple(teller.element(id, find_onward(id, receivers[id], teller)) for id in teller.elements(receivers))


def _kept(snapshot: Snapshot, vendor: Vendor, teller: Teller) -> tuple[KeptView, ...]:
    """Return what the vendor no longer gets and may still have."""
    day = snapshot.valid_on
    over = [
        flow
        for flow in snapshot.all_flows.values()
        if flow.receiver == vendor.id and flow.period.ended_by(day) and (flow.kept_until or day) >= day
    ]
    if not over:
        return ()
    now = {id for flow in snapshot.flows if flow.receiver == vendor.id for id in _narrower(snapshot, flow.elements)}
    found: list[KeptView] = []
    for flow in over:
        left = {id: {vendor.id} for id in flow.elements if id not in now}
        if left:
            found.append(KeptView(_elements(left, teller), flow.ends, flow.kept_until))
    return tuple(found)


def _narrower(snapshot: Snapshot, elements: Iterable[str]) -> set[str]:
    return {narrow for id in elements for narrow in snapshot.taxonomy.narrower_than(id)}


def _audience_of_all(flows: Sequence[Flow], teller: Teller) -> AudienceView:
    views = {teller.audience(flow.audience) for flow in flows}
    if len(views) == 1:
        return views.pop()
    if any(view.is_all or not view.schools for view in views):
        return AudienceView()
    return AudienceView(tuple(sorted({school for view in views for school in view.schools})))


def _links(snapshot: Snapshot, vendor: Vendor, agreements: Iterable[str | None]) -> tuple[LinkView, ...]:
    pages = [
        ("privacy", vendor.privacy_url),
        ("terms", vendor.terms_url),
        ("vendor", vendor.url),
        *(("agreement", url) for url in agreements),
        ("district", snapshot.district.links.privacy_page),
        ("security", snapshot.district.links.security_policy),
    ]
    told = {row.url for row in (*vendor.guidance, *snapshot.district.guidance) if row.topic == "more"}
    return tuple(LinkView(what, url) for what, url in dict.fromkeys(pages) if url and url not in told)
