"""A posting from its state's file: who has a block, what each field says, what is missing.

The one thing to know: a posting goes out although a fact is missing.  It says so in that place, and
`missing` says whose fact it is and who must be asked; nothing posted would be worse.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

from dataflows.law.state_law import whole_state_law
from dataflows.reporting.choices import purpose_of
from dataflows.reporting.concerned import find_concerned
from dataflows.reporting.disclosure_views import NoDataView
from dataflows.reporting.disclosures import find_no_data, find_not_known, sorted_names
from dataflows.reporting.document import make_document
from dataflows.reporting.holders import HolderTeller
from dataflows.reporting.postings.blocks import concerns, find_subjects
from dataflows.reporting.postings.breaches import tell_breaches
from dataflows.reporting.postings.cautions import cautions_of
from dataflows.reporting.postings.fields import fields_of_blocks, fields_of_district, tell_field
from dataflows.reporting.postings.missing import MissingFact, in_order, missing_fact
from dataflows.reporting.postings.naming import RegisterTeller
from dataflows.reporting.postings.views import BlockView, OwnUseView, PostingView
from dataflows.reporting.telling import Teller

if TYPE_CHECKING:
    from collections.abc import Iterable

    from dataflows.law.state_law import Posting
    from dataflows.model.parties import Vendor
    from dataflows.model.snapshot import Snapshot
    from dataflows.reporting.disclosure_views import HolderView
    from dataflows.reporting.district_texts import Told
    from dataflows.reporting.document import Document
    from dataflows.reporting.kinds import Order
    from dataflows.reporting.postings.sources import Subject
    from dataflows.reporting.views import ElementView

_POLICIES = "district.policies."
_DROPPED = ("prohibited", "retired")


def compose(order: Order) -> Document:
    """Return a posting whose shape is the common one, by the template of its name."""
    posting = find_posting(order.snapshot, order.kind)
    teller = teller_for(posting, order)
    view, missing = build_posting(posting, teller)
    return publish(order, posting, teller, missing, posting=view)


def publish(order: Order, asked: Posting, teller: Teller, missing: Iterable[MissingFact], /, **views: Any) -> Document:
    """Return what the template of a posting makes of its views, with what is missing and what is doubtful."""
    facts = in_order(missing)
    gaps = tuple(fact.field for fact in facts)
    made = make_document(order, f"posting/{order.kind}.md.j2", teller, gaps=gaps, **views)
    return replace(made, missing=facts, cautions=cautions_of(asked, order.snapshot.valid_on))


def find_posting(snapshot: Snapshot, id: str) -> Posting:
    """Return a posting of the district's state, whether or not it was asked for on the day."""
    return next(row for row in whole_state_law(snapshot.district.state).postings if row.id == id)


def teller_for(posting: Posting, order: Order) -> Teller:
    """Return who tells kinds of data as the posting calls them."""
    kind = Teller if posting.names == "plain" else RegisterTeller
    return kind(order.snapshot, order.language)


def build_posting(posting: Posting, teller: Teller) -> tuple[PostingView, list[MissingFact]]:
    """Return the view of a posting for the snapshot's day, and what is missing of it."""
    snapshot = teller.snapshot
    concerned = find_concerned(snapshot, None, None)
    tell = HolderTeller(teller, concerned, is_narrowed=False)
    missing: list[MissingFact] = []
    blocks = [_block(posting, one, teller, missing) for one in find_subjects(posting, tell, snapshot)]
    left = [
        tell.holder(party) for party in tell.keeping if party not in tell.getting and concerns(posting, party, snapshot)
    ]
    anywhere = {item.edge.receiver for item in concerned.standings}
    unknown = [id for id in find_not_known(snapshot, anywhere) if concerns(posting, id, snapshot)]
    missing += [missing_fact(teller.party(id), f"vendors.{id}.products.student_data") for id in unknown]
    fields = []
    for field in fields_of_district(posting):
        view, lacking = tell_field(field, None, teller)
        missing += [missing_fact(snapshot.district.name, name) for name in lacking]
        fields += [view] if view else []
    texts = _texts(posting, blocks, teller)
    missing += [missing_fact(snapshot.district.name, f"district.policies.{name}") for name in texts if not texts[name]]
    breaches, of_breaches = tell_breaches(posting, teller)
    missing += of_breaches
    told = PostingView(
        cite=posting.cite,
        is_by_contract=posting.blocks == "agreement",
        blocks=tuple(blocks),
        left=tuple(sorted(left, key=lambda one: (one.name.casefold(), one.name))),
        no_data=find_no_data(snapshot, anywhere, teller),
        not_known=sorted_names(teller.party(id) for id in unknown),
        fields=tuple(fields),
        own=own_uses(teller),
        breaches=breaches,
        kinds=_kinds((tell.holder(party) for party in tell.getting if concerns(posting, party, snapshot)), teller),
        gaps=len(in_order(missing)),
        texts=texts,
        dropped=_dropped(snapshot.vendors.values(), teller),
    )
    return told, missing


def _block(posting: Posting, subject: Subject, teller: Teller, missing: list[MissingFact]) -> BlockView:
    """Return a block, and add what it lacks to what is missing."""
    vendor = teller.snapshot.vendors.get(subject.party)
    holder = subject.holder
    fields = []
    for field in fields_of_blocks(posting):
        view, lacking = tell_field(field, subject, teller)
        missing += [missing_fact(holder.full_name, name) for name in lacking]
        fields += [view] if view else []
    missing += _unsorted(posting, vendor, holder)
    return BlockView(
        name=holder.name,
        full_name=holder.full_name,
        is_vendor=vendor is not None,
        relationship=vendor.relationship if vendor else None,
        category=vendor.category if vendor else None,
        has_agreement=bool(subject.agreements),
        number=_number(posting, subject),
        fields=tuple(fields),
        kept=holder.kept,
    )


def _number(posting: Posting, subject: Subject) -> str | None:
    """Return the contract's number, or its id, where the block is about one."""
    is_about_one = posting.blocks == "agreement" and subject.agreements
    return (subject.agreements[0].number or subject.agreements[0].id) if is_about_one else None


def _unsorted(posting: Posting, vendor: Vendor | None, holder: HolderView) -> list[MissingFact]:
    """Return what is missing to put a vendor where the state wants it."""
    if vendor is None:
        return []
    asked = {source for field in posting.fields for source in field.from_}
    names = ("relationship", "category")
    return [
        missing_fact(holder.full_name, f"vendors.{vendor.id}.{name}")
        for name in names
        if f"vendors.{name}" in asked and getattr(vendor, name) is None
    ]


def _texts(posting: Posting, blocks: Iterable[BlockView], teller: Teller) -> dict[str, Told | None]:
    """Return the district's texts that the posting's template tells, and those to which blocks point."""
    sources = (source for field in posting.fields if field.label is None for source in field.from_)
    names = [source.removeprefix(_POLICIES) for source in sources if source.startswith(_POLICIES)]
    parts = (part for block in blocks for field in block.fields for part in field.parts)
    names += [str(part.value) for part in parts if part.kind == "own"]
    policies = teller.snapshot.district.policies
    return {name: teller.tell_if(f"policies.{name}", getattr(policies, name)) for name in dict.fromkeys(names)}


def own_uses(teller: Teller) -> tuple[OwnUseView, ...]:
    """Return what the district itself collects from its students, or gets back, by purpose."""
    snapshot = teller.snapshot
    found: dict[Told | None, set[str]] = {}
    for flow in snapshot.flows:
        if flow.receiver == snapshot.district.id and snapshot.sender_of(flow) != snapshot.district.id:
            found.setdefault(purpose_of(flow, teller), set()).update(flow.elements)
    return tuple(
        OwnUseView(purpose, tuple(teller.element(id) for id in teller.elements(elements)))
        for purpose, elements in found.items()
    )


def _kinds(holders: Iterable[HolderView], teller: Teller) -> tuple[ElementView, ...]:
    found = {element.id: element for holder in holders for element in holder.elements}
    return tuple(found[id] for id in teller.elements(found))


def _dropped(vendors: Iterable[Vendor], teller: Teller) -> tuple[NoDataView, ...]:
    """Return the vendors taken by a click of which a product is retired or prohibited, and those products."""
    found = [
        NoDataView(teller.party(vendor.id), tuple(row.name for row in vendor.products if row.status in _DROPPED))
        for vendor in vendors
        if vendor.relationship == "on_demand"
    ]
    return tuple(sorted((view for view in found if view.products), key=lambda view: (view.name.casefold(), view.name)))
